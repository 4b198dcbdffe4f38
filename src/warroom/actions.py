"""The one catalogue of what can be done in the console: keys, palette, help and the README's table all read it.

An action is carried out by the method `action_<id>` of the screen or widget whose scope it has.
"""

from __future__ import annotations

from typing import Literal

import msgspec

Scope = Literal["incident", "compose", "everywhere"]


class Action(msgspec.Struct, frozen=True):
    """One act: its key, the word in the footer, the sentence in the help, and where it applies.

    `rank` orders the footer, the smallest first; 0 keeps it out. `keys` are further keys, shown in the help.
    """

    id: str
    key: str
    label: str
    help: str
    scope: Scope = "incident"
    rank: int = 0
    keys: tuple[str, ...] = ()

    @property
    def key_name(self) -> str:
        """The key as people read it."""
        return _KEY_NAMES.get(self.key, self.key)


_KEY_NAMES = {
    "question_mark": "?",
    "slash": "/",
    "space": "space",
    "escape": "esc",
    "shift+tab": "shift+tab",
}

ACTIONS = (
    Action("log", "l", "Log", "Write down what happened; a time in front (-5m, 03:41, 03:41Z) back-dates it", rank=1),
    Action("decide", "d", "Decide", "Write down a decision and its reason", rank=2),
    Action("did", "a", "Action", "Write down something that was done", rank=12),
    Action("update", "u", "Update", "Compose the message that is due: acknowledgement, update, resolution", rank=3),
    Action("message", "m", "Message", "Compose any message, chosen from all there are", rank=13),
    Action("escalate", "e", "Escalate", "See which triggers hold; tell the commander, then send the message", rank=4),
    Action("severity", "s", "Severity", "Change the severity, with the reason", rank=5),
    Action("facts", "f", "Facts", "Set or correct what is known", rank=6),
    Action("roles", "r", "Roles", "Name who holds a role, or hand it over", rank=7),
    Action("stage", "g", "Stage", "Say which stage the incident is in", rank=0),
    Action("now", "enter", "Do it", "Do what the NOW line says, or open the selected line of the timeline", rank=0),
    Action("tick", "space", "Tick", "Tick or untick the selected item; one that asks for a fact asks for it", rank=9),
    Action("answer", "v", "Answer", "Tick the selected item with an answer", rank=0),
    Action("script", "p", "Script", "Read the words to say in this phase, to speak or to copy", rank=0),
    Action("snooze", "z", "Snooze", "Quieten the nearest clock for a while, with a reason", rank=0),
    Action("sent", "w", "Sent", "Read or copy again what was sent", rank=0),
    Action("timers", "t", "Clock", "Start a clock of your own, or deal with one that runs", rank=14),
    Action("decisions", "D", "Decisions", "List the decisions; confirm, reverse or add to one", rank=0),
    Action("set_aside", "i", "Set aside", "Set the advice of the NOW line aside, with a reason", rank=0),
    Action("care", "c", "Care", "Write down what was done for the team: food, coffee, relief", rank=0),
    Action("handoff", "H", "Hand over", "Read the hand-over of your own seat, to speak, copy or send", rank=0),
    Action("close", "x", "Resolve", "Resolve the incident, close a resolved one, reopen a closed one", rank=8),
    Action("rename", "T", "Retitle", "Give the incident a better title", rank=0),
    Action("search", "slash", "Search", "Search the log", rank=10),
    Action("switch", "o", "Open", "Open another incident, or go to the start screen", rank=0),
    Action("declare", "n", "New", "Declare an incident", rank=0),
    Action("checklist", "1", "Checklist", "Go to the checklist", rank=0),
    Action("timeline", "2", "Timeline", "Go to the timeline", rank=0),
    Action("composer", "3", "Composer", "Go to the message being composed", rank=0),
    Action("next_pane", "tab", "Next pane", "Go to the next pane", rank=0, keys=("shift+tab",)),
    Action("copy", "y", "Copy", "Copy the message", scope="compose", rank=1),
    Action("mark_sent", "s", "Mark as sent", "Mark it as sent: its promise starts to count", scope="compose", rank=2),
    Action("plain", "v", "View", "Show the message as plain text over the full screen", scope="compose", rank=3),
    Action("form", "f", "Form", "Next form: plain, e-mail, Slack, Markdown, status page", scope="compose", rank=4),
    Action("other", "k", "Kind", "Compose another kind of message", scope="compose", rank=5),
    Action("quiet", "n", "Nothing new", "Fill in: still investigating, nothing new", scope="compose", rank=8),
    Action("mail", "m", "Mail program", "Open the message in the mail program", scope="compose", rank=9),
    Action("dismiss", "d", "Dismiss", "Stop remarking on these words, in this message", scope="compose", rank=10),
    Action("editor", "E", "$EDITOR", "Write the field last worked on in your own editor", scope="compose"),
    Action("edit", "e", "Edit", "Go back to the fields", scope="compose", rank=6, keys=("enter",)),
    Action("leave", "escape", "Leave", "Leave a field, then the composer; the draft is kept", scope="compose", rank=7),
    Action("help", "question_mark", "Help", "Show every key", scope="everywhere", rank=11),
    Action("palette", "ctrl+p", "Palette", "Find any action by its name", scope="everywhere"),
    Action("colours", "C", "Colours", "Next colours: dark, light, 16 colours", scope="everywhere"),
    Action("leave_console", "Q", "Quit", "Leave; it reopens where it was", scope="everywhere"),
)  # fmt: skip

EDITING = [
    Action("next_field", "enter", "Next field", "Go on to the next field", scope="compose"),
    Action("back_field", "shift+tab", "Field before", "Go back a field", scope="compose"),
    Action("leave", "escape", "To the message: copy, mark as sent", "Leave the fields", scope="compose"),
]
"""What the footer says while a field has the keys; the fields see to these themselves."""

ASKING = [
    Action("answer_line", "enter", "Take it", "Take the words", scope="incident"),
    Action("leave", "escape", "Leave, keep the words", "Leave the line", scope="incident"),
]
"""What the footer says while the log line has the keys."""

BY_ID = {action.id: action for action in ACTIONS}


def scope(*scopes: Scope) -> list[Action]:
    """The actions of some scopes, in the catalogue's order."""
    return [action for action in ACTIONS if action.scope in scopes]


def footer(*scopes: Scope) -> list[Action]:
    """The actions the footer offers, the most needed first."""
    return sorted((action for action in scope(*scopes) if action.rank), key=lambda action: action.rank)


def key_of(action: str) -> str:
    """The key that does an action, as people read it; empty for what the catalogue does not have."""
    return BY_ID[action].key_name if action in BY_ID else ""
