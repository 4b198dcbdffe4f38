"""The one catalogue of what can be done in the console: keys, footer, palette, help and the README all read it.

A row names its key, its words, where it applies and the feature that does it. How a row is carried out follows from
where it applies:

- on an incident or on a message: the method `<id>` of the `Feature` in `screens/incident/<feature>.py`
- everywhere: the method `action_<id>` of the app
- on any other screen: the method `action_<id>` of that screen (`PLACES` says which class that is)
- with the feature `SCREEN`: by opening the screen of the place `opens`, which is given the page
- with the feature `WIDGET`: by the widget that has the keys, such as a list or a text field
"""

from __future__ import annotations

from importlib import import_module
from typing import Any, Literal

import msgspec

Where = Literal[
    "incident",
    "compose",
    "everywhere",
    "field",
    "line",
    "start",
    "declare",
    "severity",
    "escalation",
    "entry",
    "text",
    "search",
    "list",
    "help",
]

SCREEN = "screen"
"""The feature of rows that do nothing but open a screen of its own."""
WIDGET = "widget"
"""The feature of rows that the widget with the keys sees to."""


class Action(msgspec.Struct, frozen=True):
    """One act: its key, the word in the footer, the sentence in the help, where it applies and what does it.

    `rank` orders the footer, the smallest first; 0 keeps it out. `keys` are further keys, shown in the help.
    """

    id: str
    key: str
    label: str
    help: str
    feature: str = ""
    where: Where = "incident"
    rank: int = 0
    keys: tuple[str, ...] = ()
    opens: str = ""
    """The place whose screen a row of the feature `SCREEN` opens."""

    @property
    def key_name(self) -> str:
        """The key as people read it."""
        return _KEY_NAMES.get(self.key, self.key)

    @property
    def name(self) -> str:
        """What names the row in the whole catalogue: where it applies, and its id."""
        return f"{self.where}.{self.id}"


_KEY_NAMES = {"question_mark": "?", "slash": "/", "escape": "esc"}


class Place(msgspec.Struct, frozen=True):
    """Where actions apply: its heading in the help, and the class (`module:name`) whose methods carry them out."""

    heading: str
    owner: str

    def load(self) -> Any:
        """The class, its module imported only now."""
        module, _, name = self.owner.partition(":")
        return getattr(import_module(module), name)


PLACES: dict[Where, Place] = {
    "incident": Place("On an incident", "warroom.screens.incident.screen:IncidentScreen"),
    "compose": Place("On a message", "warroom.screens.incident.screen:IncidentScreen"),
    "everywhere": Place("Everywhere", "warroom.app:WarroomApp"),
    "field": Place("In a field of a message", "warroom.widgets.composer:Composer"),
    "line": Place("In the log line", "warroom.widgets.logline:LogLine"),
    "start": Place("On the start screen", "warroom.screens.start:StartScreen"),
    "declare": Place("While declaring", "warroom.screens.declare:DeclareScreen"),
    "severity": Place("While changing the severity", "warroom.screens.severity:SeverityScreen"),
    "escalation": Place("While escalating", "warroom.screens.escalate:EscalateScreen"),
    "entry": Place("On an entry of the timeline", "warroom.screens.entry:EntryScreen"),
    "text": Place("On a text", "warroom.screens.read:ReadScreen"),
    "search": Place("While searching", "warroom.screens.search:SearchScreen"),
    "list": Place("In a list", "warroom.screens.pick:PickScreen"),
    "help": Place("In the help", "warroom.screens.help:HelpScreen"),
}

ACTIONS = (
    Action("log", "l", "Log", "Write down what happened; a time in front (-5m, 03:41, 03:41Z) back-dates it", "log", rank=1),
    Action("decide", "d", "Decide", "Write down a decision and its reason", "decisions", rank=2),
    Action("did", "a", "Action", "Write down something that was done", "log", rank=12),
    Action("update", "u", "Update", "Compose the message that is due: acknowledgement, update, resolution", "composing", rank=3),
    Action("message", "m", "Message", "Compose any message, chosen from all there are", "composing", rank=13),
    Action("escalate", "e", "Escalate", "See which triggers hold; tell the commander, then send the message", "escalation", rank=4),
    Action("severity", "s", "Severity", "Change the severity, with the reason", "severity", rank=5),
    Action("facts", "f", "Facts", "Set or correct what is known", "facts", rank=6),
    Action("roles", "r", "Roles", "Name who holds a role, or hand it over", "roles", rank=7),
    Action("stage", "g", "Stage", "Set the stage the incident is in", "lifecycle"),
    Action("now", "enter", "Do it", "Do what the NOW line says, or open the selected line of the timeline", "advice"),
    Action("tick", "space", "Tick", "Tick or untick the selected item; one that asks for a fact asks for it", "checklist", rank=9),
    Action("answer", "v", "Answer", "Tick the selected item with an answer", "checklist"),
    Action("script", "p", "Script", "Read the words to say in this phase, to speak or to copy", "checklist"),
    Action("snooze", "z", "Snooze", "Silence the nearest clock for a while, with a reason", "timers"),
    Action("sent", "w", "Sent", "Read or copy again what was sent", "sent"),
    Action("timers", "t", "Clock", "Start a clock of your own, or deal with one that runs", "timers", rank=14),
    Action("decisions", "D", "Decisions", "List the decisions; confirm, reverse or add to one", "decisions"),
    Action("set_aside", "i", "Set aside", "Set the advice of the NOW line aside, with a reason", "advice"),
    Action("care", "c", "Care", "Write down what was done for the team: food, coffee, relief", "care"),
    Action("handover", "H", "Hand over", "Read the hand-over of your own seat, to speak, copy or send", "handover"),
    Action("close", "x", "Resolve", "Resolve the incident, close a resolved one, reopen a closed one", "lifecycle", rank=8),
    Action("rename", "T", "Retitle", "Give the incident a better title", "lifecycle"),
    Action("search", "slash", "Search", "Search the log", "timeline", rank=10),
    Action("switch", "o", "Open", "Open another incident, or go to the start screen", "navigation"),
    Action("declare", "n", "New", "Declare an incident", "navigation"),
    Action("checklist", "1", "Checklist", "Go to the checklist", "checklist"),
    Action("timeline", "2", "Timeline", "Go to the timeline", "timeline"),
    Action("open", "3", "Composer", "Go to the message being composed", "composing"),
    Action("next_pane", "tab", "Next pane", "Go to the next pane", "navigation", keys=("shift+tab",)),

    Action("copy", "y", "Copy", "Copy the message", "sending", "compose", rank=1),
    Action("mark_sent", "s", "Mark as sent", "Mark it as sent: its promise starts to count", "sending", "compose", rank=2),
    Action("plain", "v", "View", "Show the message as plain text over the full screen", "sending", "compose", rank=3),
    Action("form", "f", "Form", "Next form: plain, e-mail, Slack, Markdown, status page", "composing", "compose", rank=4),
    Action("other", "k", "Kind", "Compose another kind of message", "composing", "compose", rank=5),
    Action("quiet", "n", "Nothing new", "Fill in: still investigating, nothing new", "composing", "compose", rank=8),
    Action("mail", "m", "Mail program", "Open the message in the mail program", "sending", "compose", rank=9),
    Action("dismiss", "d", "Dismiss", "Stop remarking on these words, in this message", "composing", "compose", rank=10),
    Action("editor", "E", "$EDITOR", "Write the field last worked on in your own editor", "composing", "compose"),
    Action("edit", "e", "Edit", "Go back to the fields", WIDGET, "compose", rank=6, keys=("enter",)),
    Action("leave", "escape", "Leave", "Leave a field, then the composer; the draft is kept", "composing", "compose", rank=7),

    Action("help", "question_mark", "Help", "Show every key", "app", "everywhere", rank=11),
    Action("palette", "ctrl+p", "Palette", "Find any action by its name", "app", "everywhere"),
    Action("colours", "C", "Colours", "Next colours: dark, light, 16 colours", "app", "everywhere"),
    Action("leave_console", "Q", "Quit", "Leave; it reopens where it was", "app", "everywhere"),

    Action("next_field", "enter", "Next field", "Go on to the next field", WIDGET, "field", rank=1, keys=("tab", "down")),
    Action("previous_field", "shift+tab", "Previous field", "Go back to the field before", WIDGET, "field", rank=2, keys=("up",)),
    Action("leave", "escape", "To the message: copy, mark as sent", "Leave the fields", WIDGET, "field", rank=3),

    Action("answer_line", "enter", "OK", "Log the words, or answer what is asked", WIDGET, "line", rank=1),
    Action("leave", "escape", "Leave, keep the words", "Leave the line; what was typed is kept", WIDGET, "line", rank=2),

    Action("declare", "n", "Declare", "Declare an incident", "start", "start", rank=1),
    Action("open", "enter", "Open", "Open the selected incident", WIDGET, "start", rank=2),
    Action("back", "escape", "Back", "Go back to the incident that was open", "start", "start"),

    Action("next", "tab", "Next field", "Go on to the next field", WIDGET, "declare", rank=1, keys=("shift+tab",)),
    Action("choose", "enter", "Choose", "Choose who is affected, then declare", WIDGET, "declare", rank=2),
    Action("declare", "ctrl+g", "Declare", "Declare it, wherever the cursor is", "declare", "declare", rank=3),
    Action("back", "escape", "Back", "Leave without declaring; the words are kept", "declare", "declare", rank=4),

    Action("choose", "enter", "Choose", "Choose who is affected, then change the severity", WIDGET, "severity"),
    Action("back", "escape", "Back", "Leave the severity as it is", "severity", "severity"),

    Action("holds", "y", "Yes", "The selected trigger holds", "escalate", "escalation", rank=1),
    Action("does_not_hold", "n", "No", "The selected trigger does not hold", "escalate", "escalation", rank=2),
    Action("agrees", "a", "IC agrees", "The commander was told and agrees", "escalate", "escalation", rank=3),
    Action("objects", "o", "Objects", "The commander was told and objects", "escalate", "escalation", rank=4),
    Action("skip", "k", "Skip IC", "Escalate without telling the commander, with a reason", "escalate", "escalation", rank=5),
    Action("message", "m", "Message", "Compose the escalation message", "escalate", "escalation", rank=6),
    Action("decline", "x", "Decline", "Decide not to escalate, with a reason", "escalate", "escalation", rank=7),
    Action("facts", "f", "Facts", "Set a fact that a trigger is worked out from", "escalate", "escalation"),
    Action("back", "escape", "Back", "Leave it as it is", "escalate", "escalation", rank=8),

    Action("copy", "y", "Copy", "Copy the entry", "entry", "entry", rank=1),
    Action("correct", "c", "Correct", "Correct its words or its time; the original stays readable", "entry", "entry", rank=2),
    Action("take_back", "x", "Take back", "Take it back; it stays readable and no longer counts", "entry", "entry", rank=3),
    Action("back", "escape", "Back", "Go back to the timeline", "entry", "entry", rank=4),

    Action("copy", "y", "Copy", "Copy the text", "read", "text", rank=1),
    Action("back", "escape", "Back", "Go back", "read", "text", rank=2),

    Action("open", "enter", "Go to the line", "Go to the selected line in the timeline", WIDGET, "search", rank=1),
    Action("back", "escape", "Back", "Leave the search", "search", "search", rank=2),

    Action("choose", "enter", "Choose", "Choose the selected row; a row's own letter chooses it at once", WIDGET, "list"),
    Action("back", "escape", "Back", "Leave without choosing", "pick", "list"),

    Action("back", "escape", "Back", "Go back; ? does so too", "help", "help", rank=1),
)  # fmt: skip

BY_ID = {action.id: action for action in ACTIONS if action.where == "incident"}
"""What can be done on an incident, by id."""
FOR_NOW = frozenset(BY_ID) - {"now"}
"""What a rule of the NOW line may name; not the act that follows NOW, which would lead to itself."""


def at(*places: Where) -> list[Action]:
    """The actions of some places, in the catalogue's order."""
    return [action for action in ACTIONS if action.where in places]


def footer(*places: Where) -> list[Action]:
    """The actions the footer offers in these places, the most needed first."""
    return sorted((action for action in at(*places) if action.rank), key=lambda action: action.rank)


def key_of(action: str) -> str:
    """The key that does an action, as people read it; empty for what the catalogue does not have."""
    return BY_ID[action].key_name if action in BY_ID else ""
