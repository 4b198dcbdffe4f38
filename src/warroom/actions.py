"""The one catalogue of what can be done in the console: keys, footer, palette, help and the README all read it.

A row has its key, its texts, where it applies and the feature that carries it out. How that happens depends on where
it applies:

- on an incident or on a message: the method `<id>` of the `Feature` in `screens/incident/<feature>.py`
- everywhere: the method `action_<id>` of the app
- on any other screen: the method `action_<id>` of that screen (`PLACES` says which class that is)
- with the feature `SCREEN`: by opening the screen of the place `opens`, which is given the page
- with the feature `WIDGET`: by the widget that has the focus, such as a list or a text field
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
    "picks",
    "line",
    "start",
    "declare",
    "severity",
    "escalation",
    "recovery",
    "post_mortem",
    "section",
    "post_mortem_lines",
    "question",
    "entry",
    "text",
    "search",
    "action_items",
    "action_item",
    "timeline_text",
    "timeline_reading",
    "numbers",
    "people",
    "readiness",
    "drill_report",
    "review",
    "first_start",
    "list",
    "help",
    "briefing",
    "tour",
    "call",
]

SCREEN = "screen"
"""The feature of rows that only open a screen."""
WIDGET = "widget"
"""The feature of rows that the widget with the focus carries out."""


class Action(msgspec.Struct, frozen=True):
    """One action: its key, its label in the footer, its sentence in the help, where it applies and what carries it out.

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
        """The key as shown to the user."""
        return _KEY_NAMES.get(self.key, self.key)

    @property
    def name(self) -> str:
        """The row's unique name in the catalogue: where it applies, and its id."""
        return f"{self.where}.{self.id}"


_KEY_NAMES = {
    "question_mark": "?",
    "slash": "/",
    "asterisk": "*",
    "plus": "+",
    "minus": "-",
    "escape": "esc",
    "at": "@",
    "f2": "F2",
    "f3": "F3",
}


class Place(msgspec.Struct, frozen=True):
    """Where actions apply: its heading in the help, and the class (`module:name`) whose methods carry them out."""

    heading: str
    owner: str

    def load(self) -> Any:
        """Import the module and return the class."""
        module, _, name = self.owner.partition(":")
        return getattr(import_module(module), name)


PLACES: dict[Where, Place] = {
    "incident": Place("On an incident", "warroom.screens.incident.screen:IncidentScreen"),
    "compose": Place("On a message", "warroom.screens.incident.screen:IncidentScreen"),
    "everywhere": Place("Everywhere", "warroom.app:WarroomApp"),
    "field": Place("In a field of a message", "warroom.widgets.composer:Composer"),
    "picks": Place("In the log entries to pick from", "warroom.widgets.composer:Picks"),
    "line": Place("In the log line", "warroom.widgets.logline:LogLine"),
    "start": Place("On the start screen", "warroom.screens.start:StartScreen"),
    "declare": Place("While declaring", "warroom.screens.declare:DeclareScreen"),
    "severity": Place("While changing the severity", "warroom.screens.severity:SeverityScreen"),
    "escalation": Place("While escalating", "warroom.screens.escalate:EscalateScreen"),
    "recovery": Place("After the fix: recovery", "warroom.screens.recovery:RecoveryScreen"),
    "post_mortem": Place("On the post-mortem", "warroom.screens.post_mortem.screen:PostMortemScreen"),
    "section": Place("In a section of the post-mortem", "warroom.widgets.section_area:SectionArea"),
    "post_mortem_lines": Place("In the post-mortem's timeline", "warroom.screens.post_mortem.timeline:TimelineLines"),
    "question": Place("In a question", "warroom.screens.ask:AskScreen"),
    "entry": Place("On an entry of the timeline", "warroom.screens.entry:EntryScreen"),
    "text": Place("On a full-screen text", "warroom.screens.read:ReadScreen"),
    "search": Place("While searching", "warroom.screens.search:SearchScreen"),
    "action_items": Place("In the action items", "warroom.screens.action_items:ActionItemsScreen"),
    "action_item": Place("On an action item", "warroom.screens.action_item:ActionItemScreen"),
    "timeline_text": Place("While pasting a timeline", "warroom.screens.timeline_import.text:TimelineTextScreen"),
    "timeline_reading": Place(
        "On a timeline that was read", "warroom.screens.timeline_import.reading:TimelineReadingScreen"
    ),
    "numbers": Place("In the numbers over all incidents", "warroom.screens.numbers:NumbersScreen"),
    "readiness": Place("On what is ready", "warroom.screens.readiness.screen:ReadinessScreen"),
    "review": Place("In the post-mortems to read", "warroom.screens.review:ReviewScreen"),
    "drill_report": Place("On the report of a drill", "warroom.screens.drill.report:ReportScreen"),
    "people": Place("In the people", "warroom.screens.people.screen:PeopleScreen"),
    "first_start": Place("On the first start", "warroom.screens.readiness.first_start:FirstStartScreen"),
    "list": Place("In a list", "warroom.screens.pick:PickScreen"),
    "help": Place("In the help", "warroom.screens.help:HelpScreen"),
    "briefing": Place("Before a drill", "warroom.screens.drill.briefing:BriefingScreen"),
    "tour": Place("In the guided tour", "warroom.tour_app:TourApp"),
    "call": Place("In a drill, before anything is declared", "warroom.screens.drill.call:CallScreen"),
}

ACTIONS = (
    Action("log", "l", "Log", "Log what happened; put a time first (-5m, 03:41, 03:41Z) to back-date it", "log", rank=1),
    Action("decide", "d", "Decide", "Log a decision and its reason", "decisions", rank=2),
    Action("did", "a", "Action", "Log something that was done", "log", rank=12),
    Action("update", "u", "Update", "Compose the message that is due: acknowledgement, update, resolution", "composing", rank=3),
    Action("message", "m", "Message", "Choose any kind of message and compose it", "composing", rank=13),
    Action("escalate", "e", "Escalate", "See which triggers apply; tell the commander, then send the message", "escalation", rank=4),
    Action("severity", "S", "Severity", "Change the severity, with the reason", "severity", rank=7),
    Action("facts", "f", "Facts", "Set or correct what is known", "facts", rank=8),
    Action("roles", "r", "Roles", "Assign a role, hand it over, or correct a name", "roles", rank=9),
    Action("stage", "g", "Stage", "Set the stage of the incident", "lifecycle"),
    Action("now", "enter", "Do it", "Do what the NOW line says, or open the selected line of the timeline", "advice"),
    Action("follow", "ctrl+n", "Do NOW", "Do what the NOW line says, wherever you are, in a text field too", "advice"),
    Action("undo", "ctrl+z", "Undo", "Take back the last thing that you did here; it is logged as taken back", "undo"),
    Action("redo", "ctrl+y", "Redo", "Do again what you took back last", "undo"),
    Action("tick", "space", "Tick", "Tick or untick the selected item; some items ask a question first", "checklist", rank=10),
    Action("answer", "v", "Answer", "Answer the selected item, which ticks it", "checklist"),
    Action("script", "p", "Script", "Show what to say in this phase, to read aloud or copy", "checklist"),
    Action("snooze", "z", "Snooze", "Snooze the clock that the NOW line is about, or your next one, with a reason", "timers"),
    Action("sent", "w", "Sent", "Read or copy a message that was sent", "sent"),
    Action("timers", "t", "Clock", "Start a clock of your own, or finish or snooze a running one", "timers", rank=14),
    Action("decisions", "D", "Decisions", "List the decisions; confirm or reverse one, or add details", "decisions"),
    Action("set_aside", "i", "Set aside", "Set aside the advice in the NOW line, with a reason", "advice"),
    Action("care", "c", "Care", "Log what was done for the team: food, coffee, relief", "care"),
    Action("handover", "H", "Hand over", "Show the hand-over of your role, to read aloud or copy", "handover"),
    Action("import_timeline", "I", "Import", "Import a timeline that people wrote into this incident: paste it, or read a file", SCREEN, opens="timeline_text"),
    Action("export", "W", "Write to a file", "Write the incident log, the hand-over or another document to a file", "export"),
    Action("recovery", "R", "Recovery", "See what is owed after the fix, and tick it, skip it or say who does it; milestones too", "follow_up"),
    Action("post_mortem", "P", "Post-mortem", "Write the post-mortem, filled in from the log", "follow_up"),
    Action("action_items", "A", "Action items", "See the action items of all incidents, and add one to this", "follow_up"),
    Action("close", "x", "Resolve", "Resolve the incident, close a resolved one, reopen a closed one", "lifecycle", rank=5),
    Action("cancel", "X", "Cancel", "Cancel the incident: a false alarm, or a duplicate of another", "lifecycle"),
    Action("rename", "T", "Retitle", "Give the incident a better title", "lifecycle"),
    Action("times", "B", "Times", "Correct when it began, when you learned of it, or when it was resolved", "lifecycle"),
    Action("search", "slash", "Search", "Search this incident, or all incidents: log, messages, reasons, post-mortems", "timeline", rank=6),
    Action("find", "ctrl+f", "Find", "Find words in the timeline as you type; enter keeps only those lines, esc shows all", "timeline_view"),
    Action("filter", "K", "Filter", "Show only some lines of the timeline: a kind, an author, pinned, since a time", "timeline_view"),
    Action("go_to_time", "ctrl+g", "Go to a time", "Go to a time in the timeline: 03:41, -30m, 2026-11-22 03:41", "timeline_view"),
    Action("order", "ctrl+o", "Order", "Show the newest line of the timeline first, or the oldest", "timeline_view"),
    Action("zone", "Z", "Zone", "Show the timeline in local time, UTC, both, or any other zone", "timeline_view"),
    Action("owners", "ctrl+r", "Who owns it", "See who owns the affected system, with their phone number", "people"),
    Action("similar", "ctrl+l", "Similar", "See earlier incidents like this one: why they are similar, and what resolved them", "similar"),
    Action("pin", "asterisk", "Pin", "Pin the selected line of the timeline, or take its pin off", "timeline"),
    Action("switch", "o", "Open", "Open another incident, or go to the start screen", "navigation"),
    Action("declare", "n", "New", "Declare an incident", "navigation"),
    Action("checklist", "1", "Checklist", "Go to the checklist", "checklist"),
    Action("timeline", "2", "Timeline", "Go to the timeline", "timeline"),
    Action("open", "3", "Composer", "Go to the message being composed", "composing"),
    Action("next_pane", "tab", "Next pane", "Go to the next pane", "navigation", keys=("shift+tab",)),

    Action("copy", "y", "Copy", "Copy the message", "sending", "compose", rank=1),
    Action("mark_sent", "s", "Mark as sent", "Mark it as sent; the clock for the promised next update starts", "sending", "compose", rank=2),
    Action("sent_earlier", "b", "Sent earlier", "Mark it as sent at a time that has passed: -20m, or 03:41", "sending", "compose"),
    Action("plain", "V", "View", "Show the message as plain text on the full screen", "sending", "compose", rank=3),
    Action("form", "F", "Format", "Next format: plain, e-mail, Slack, Markdown, status page, SMS, post", "composing", "compose", rank=4),
    Action("other", "k", "Kind", "Compose another kind of message", "composing", "compose", rank=5),
    Action("quiet", "N", "Nothing new", "Fill in that you are still investigating, with nothing new", "composing", "compose", rank=8),
    Action("mail", "M", "Mail program", "Open the message in the mail program", "sending", "compose", rank=9),
    Action("better", "U", "Use better", "Use the better sentence that is offered for the first remark", "remarks", "compose", rank=10),
    Action("own_words", "O", "Own words", "Give back your own words, which a better sentence replaced", "remarks", "compose", rank=11),
    Action("dismiss", "h", "Hide remark", "Hide the first remark, in this message", "remarks", "compose", rank=12),
    Action("editor", "E", "$EDITOR", "Edit the field you were last in with your own editor", "composing", "compose"),
    Action("picks", "L", "Pick from log", "Go to the lines logged since the last update; space picks one", "composing", "compose"),
    Action("edit", "enter", "Edit", "Go back to the fields", WIDGET, "compose", rank=6),
    Action("leave", "escape", "Leave", "Leave a field, then the composer; the draft is kept", "composing", "compose", rank=7),

    Action("help", "question_mark", "Help", "Show every key, those of where you are first", "app", "everywhere", rank=11, keys=("f1",)),
    Action("palette", "ctrl+p", "Palette", "Find any action by what it is called or what it does", "app", "everywhere"),
    Action("numbers", "G", "Numbers", "See the numbers over all incidents: better or worse, promises broken, what comes back", "app", "everywhere"),
    Action("drill", "f2", "Drills", "Choose a drill to practise on; during a drill: pause, faster, slower, skip, questions, end and report", "app", "everywhere"),
    Action("people", "at", "People", "Find people by name, team or what they own; phone numbers, lists, who is on call", "app", "everywhere"),
    Action("colours", "C", "Theme", "Next theme: dark, light, or the terminal's own", "app", "everywhere"),
    Action("leave_console", "Q", "Quit", "Quit; the console reopens where you left off", "app", "everywhere"),

    Action("next_field", "enter", "Next field", "Go to the next field", WIDGET, "field", rank=1, keys=("tab", "down")),
    Action("previous_field", "shift+tab", "Previous field", "Go back to the previous field, and from the first one to the log entries to pick from", WIDGET, "field", rank=2, keys=("up",)),
    Action("leave", "escape", "To the message: copy, mark as sent", "Leave the fields, to copy the message or mark it as sent", WIDGET, "field", rank=3),

    Action("choose", "space", "Pick", "Add the selected entry to the message, or remove it again", WIDGET, "picks", rank=1),
    Action("edit", "enter", "To the fields", "Go on to the fields", WIDGET, "picks", rank=2, keys=("tab",)),
    Action("leave", "escape", "To the message: copy, mark as sent", "Leave the list, to copy the message or mark it as sent", WIDGET, "picks", rank=3),

    Action("answer_line", "enter", "OK", "Log what you typed, or answer the question", WIDGET, "line", rank=1),
    Action("leave", "escape", "Leave, keep the text", "Leave the line; what you typed is kept", WIDGET, "line", rank=2),

    Action("declare", "n", "Declare", "Declare an incident", "start", "start", rank=1),
    Action("open", "enter", "Open", "Open the selected incident", WIDGET, "start", rank=2),
    Action("action_items", "A", "Action items", "See the action items of all incidents", "start", "start", rank=3),
    Action("find", "slash", "Find", "Show only the incidents with these words, as you type; tab searches all entries for them", "start", "start", rank=4),
    Action("search", "S", "Search all", "Search the entries of all incidents", "start", "start", rank=5),
    Action("which", "f", "Open/owed/over", "Show all, the open ones, those with something owed after the fix, those to close, or the others", "start", "start", rank=8),
    Action("drills", "D", "Drills", "Choose a drill to practise on, or go on with the one that waits", "start", "start", rank=6),
    Action("sort", "s", "Sort", "Sort by urgency, beginning, severity, length or title, and go to the top", "start", "start", rank=9),
    Action("reopen", "r", "Reopen", "Reopen the selected incident, which is over, with the reason", "start", "start", rank=10),
    Action("undo", "ctrl+z", "Undo", "Take back the last thing that you did here; it is logged as taken back", "start", "start"),
    Action("import_timeline", "I", "Import", "Import a timeline that people wrote: paste it, or read a file", "start", "start", rank=11),
    Action("reviews", "P", "Post-mortems", "Read the post-mortems of past incidents, and mark them as read", "start", "start", rank=12),
    Action("readiness", "R", "Ready", "See what to have ready before the next incident, and keep it", "start", "start", rank=7),
    Action("back", "escape", "Back", "Show all again if only some are found; then go back to the incident that was open", "start", "start"),

    Action("next", "tab", "Next field", "Go to the next field", WIDGET, "declare", rank=1, keys=("shift+tab",)),
    Action("choose", "enter", "Choose", "Choose who is affected; again declares", WIDGET, "declare", rank=2),
    Action("declare", "ctrl+g", "Declare", "Declare the incident, whichever field you are in", "declare", "declare", rank=3),
    Action("raise_severity", "plus", "Raise", "Make the severity more serious than the chosen row", "declare", "declare", rank=5),
    Action("lower_severity", "minus", "Lower", "Make the severity less serious than the chosen row", "declare", "declare", rank=6),
    Action("back", "escape", "Back", "Leave without declaring; what you typed is kept", "declare", "declare", rank=4),

    Action("choose", "enter", "Choose", "Choose who is affected; again changes the severity", WIDGET, "severity"),
    Action("raise_severity", "plus", "Raise", "Make the severity more serious than the chosen row", "severity", "severity"),
    Action("lower_severity", "minus", "Lower", "Make the severity less serious than the chosen row", "severity", "severity"),
    Action("back", "escape", "Back", "Leave the severity as it is", "severity", "severity"),

    Action("holds", "y", "Yes", "The selected trigger applies", "escalate", "escalation", rank=1),
    Action("does_not_hold", "n", "No", "The selected trigger does not apply", "escalate", "escalation", rank=2),
    Action("agrees", "a", "IC agrees", "The commander was told and agrees", "escalate", "escalation", rank=3),
    Action("objects", "o", "Objects", "The commander was told and objects", "escalate", "escalation", rank=4),
    Action("skip", "k", "Skip IC", "Escalate without telling the commander, with a reason", "escalate", "escalation", rank=5),
    Action("message", "m", "Message", "Compose the escalation message", "escalate", "escalation", rank=6),
    Action("decline", "x", "Decline", "Decide not to escalate, with a reason", "escalate", "escalation", rank=7),
    Action("facts", "f", "Facts", "Set a fact that a trigger depends on", "escalate", "escalation", rank=8),
    Action("back", "escape", "Back", "Go back without deciding", "escalate", "escalation", rank=9),

    Action("tick", "space", "Done", "Mark the selected item as done, or as open again", "recovery", "recovery", rank=1),
    Action("skip", "x", "Not doing", "Say that it will not be done, with a reason", "recovery", "recovery", rank=2),
    Action("assign", "w", "Who", "Say who does it", "recovery", "recovery", rank=3),
    Action("answer", "v", "Note", "Mark it as done with a note; of the fix, say when it was verified", "recovery", "recovery", rank=4),
    Action("snooze", "s", "Snooze", "Snooze the clock that it belongs to, with a reason", "recovery", "recovery", rank=5),
    Action("milestones", "m", "Milestones", "See when it began, was mitigated, fixed and so on; set or correct one", "recovery", "recovery", rank=6),
    Action("post_mortem", "P", "Post-mortem", "Write the post-mortem", "recovery", "recovery", rank=7),
    Action("action_items", "A", "Action items", "See the action items, and add one", "recovery", "recovery", rank=8),
    Action("stage", "g", "Stage", "Set the stage of the incident", "recovery", "recovery", rank=9),
    Action("undo", "ctrl+z", "Undo", "Take back the last thing that you did", "recovery", "recovery"),
    Action("back", "escape", "Back", "Go back to the incident", "recovery", "recovery", rank=10),

    Action("edit", "enter", "Edit", "Edit the selected section, or go to its lines", WIDGET, "post_mortem", rank=1),
    Action("state", "s", "State", "Set it to draft, in review, done or waived", "post_mortem", "post_mortem", rank=2),
    Action("whole", "v", "Read all", "Read all of it as Markdown, to copy it", "post_mortem", "post_mortem", rank=3),
    Action("export", "W", "Write to a file", "Write it to a file: Markdown, web page, PDF and more", "post_mortem", "post_mortem", rank=4),
    Action("action_items", "A", "Action items", "See the action items, and add one", "post_mortem", "post_mortem", rank=5),
    Action("add_item", "a", "Add an action item", "Add an action item that comes from the selected section", "post_mortem", "post_mortem", rank=6),
    Action("editor", "e", "$EDITOR", "Edit the section in your own editor", "post_mortem", "post_mortem", rank=6),
    Action("editor_all", "E", "$EDITOR, all", "Edit all sections at once in your own editor", "post_mortem", "post_mortem", rank=7),
    Action("from_log", "l", "From the log", "Fill the section in from the log again", "post_mortem", "post_mortem", rank=8),
    Action("hide", "h", "Hide remark", "Hide the first remark", "post_mortem", "post_mortem", rank=9),
    Action("undo", "ctrl+z", "Undo", "Take back the last thing that you logged", "post_mortem", "post_mortem", rank=10),
    Action("back", "escape", "Back", "Go back to the incident", "post_mortem", "post_mortem", rank=11),

    Action("next", "tab", "Next section", "Log the section, and go to the next one", WIDGET, "section", rank=1),
    Action("previous", "shift+tab", "Previous section", "Log the section, and go to the previous one", WIDGET, "section", rank=2),
    Action("undo", "ctrl+z", "Undo", "Undo what was typed; ctrl+y does it again", WIDGET, "section", rank=3, keys=("ctrl+y",)),
    Action("leave", "escape", "Log it", "Log the section, and go back to the list", WIDGET, "section", rank=4),

    Action("leave_out", "space", "Leave out", "Leave the line out of the post-mortem, or put it back", WIDGET, "post_mortem_lines", rank=1),
    Action("pin", "p", "Key moment", "Mark the line as a key moment of the incident, or no longer", WIDGET, "post_mortem_lines", rank=2),
    Action("reword", "r", "Reword", "Give the line other words in the post-mortem; the log stays as it is", WIDGET, "post_mortem_lines", rank=3),
    Action("add", "slash", "Add a line", "Search the log for a line to add", WIDGET, "post_mortem_lines", rank=4),
    Action("back", "escape", "Back", "Go back to the sections", WIDGET, "post_mortem_lines", rank=5),

    Action("answer", "enter", "OK", "Answer the question", WIDGET, "question", rank=1),
    Action("save", "ctrl+g", "OK, several lines", "Answer a question of several lines, in which enter begins the next", "ask", "question", rank=3),
    Action("back", "escape", "Leave, keep the text", "Leave without answering; what you typed is kept", "ask", "question", rank=2),

    Action("copy", "y", "Copy", "Copy the entry", "entry", "entry", rank=1),
    Action("correct", "c", "Correct", "Correct its text; a time in front corrects its time too; the original stays readable", "entry", "entry", rank=2),
    Action("time", "t", "Time", "Say when it really happened", "entry", "entry", rank=3),
    Action("kind", "k", "Kind", "Make it a note, an action or a decision", "entry", "entry", rank=4),
    Action("take_back", "x", "Take back", "Take it back; it stays readable and no longer counts", "entry", "entry", rank=5),
    Action("link", "d", "For decision", "Link it to the decision that it led to or carries out, or to none", "entry", "entry", rank=6),
    Action("pin", "asterisk", "Pin", "Pin it, or take its pin off", "entry", "entry", rank=7),
    Action("redact", "r", "Redact", "Remove a secret or personal data from the file itself, for good", "entry", "entry", rank=8),
    Action("search", "slash", "Search", "Search this incident, or all incidents", "entry", "entry", rank=10),
    Action("find", "ctrl+f", "Find", "Find words in the timeline as you type", "entry", "entry"),
    Action("back", "escape", "Back", "Go back to the timeline", "entry", "entry", rank=9),

    Action("copy", "y", "Copy", "Copy the text", "read", "text", rank=1),
    Action("back", "escape", "Back", "Go back", "read", "text", rank=2),

    Action("open", "enter", "Go to the line", "Go to the selected line in the timeline", WIDGET, "search", rank=1),
    Action("scope", "tab", "All incidents", "Search the entries of all incidents, or of this one only", "search", "search", rank=2),
    Action("back", "escape", "Back", "Leave the search", "search", "search", rank=3),

    Action("add", "a", "Add", "Add an action item: what, who, by when, what for", "action_items", "action_items", rank=1),
    Action("done", "space", "Done", "Mark it as done, or open it again", "action_items", "action_items", rank=2),
    Action("doing", "d", "Doing", "Mark it as begun, or as not begun", "action_items", "action_items", rank=8),
    Action("owner", "w", "Who", "Give it to somebody", "action_items", "action_items", rank=3),
    Action("postpone", "p", "New day", "Set the day it is due; a later day needs the reason", "action_items", "action_items", rank=4),
    Action("drop", "x", "Drop", "Drop it, with the reason", "action_items", "action_items", rank=9),
    Action("edit", "e", "Edit", "Correct its text; the original stays readable", "action_items", "action_items", rank=10),
    Action("kind", "K", "Kind", "Choose what it is for, or its priority", "action_items", "action_items", rank=11),
    Action("remind", "r", "Remind", "Show a reminder for its owner, to copy", "action_items", "action_items", rank=5),
    Action("show", "enter", "Show", "Show everything about it: its history, and where it came from", WIDGET, "action_items", rank=6),
    Action("open", "o", "Open", "Open its incident", "action_items", "action_items", rank=12),
    Action("undo", "ctrl+z", "Undo", "Take back the last thing that you did here; it is logged as taken back", "action_items", "action_items"),
    Action("find", "slash", "Find", "Show only the items with these words", "action_items", "action_items", rank=13),
    Action("which", "f", "Open/late/all", "Show the open ones, those that are overdue, or all", "action_items", "action_items", rank=14),
    Action("scope", "i", "This incident", "Show this incident's items only, or those of all incidents", "action_items", "action_items", rank=15),
    Action("owned", "O", "One owner", "Show only the items of one owner, or those of everybody", "action_items", "action_items", rank=16),
    Action("sort", "s", "Sort", "Sort by due day, owner or incident", "action_items", "action_items", rank=17),
    Action("back", "escape", "Back", "Show all again if only some are found; then go back", "action_items", "action_items", rank=7),

    Action("copy", "y", "Copy", "Copy the text", "action_item", "action_item", rank=1),
    Action("open", "o", "Open incident", "Open its incident", "action_item", "action_item", rank=2),
    Action("back", "escape", "Back", "Go back to the list", "action_item", "action_item", rank=3),

    Action("read", "ctrl+g", "Read it", "Show how each line is understood; nothing is imported yet", "timeline_import", "timeline_text", rank=1),
    Action("file", "ctrl+o", "Read a file", "Read the timeline from a file instead", "timeline_import", "timeline_text", rank=2),
    Action("empty", "ctrl+l", "Empty", "Begin with an empty text", "timeline_import", "timeline_text", rank=4),
    Action("back", "escape", "Back", "Go back; the text is kept", "timeline_import", "timeline_text", rank=3),

    Action("import", "ctrl+g", "Import", "Import all lines but those left out; what is here already is not added again", "timeline_import", "timeline_reading", rank=1),
    Action("correct", "enter", "Correct", "Correct the selected line", WIDGET, "timeline_reading", rank=2),
    Action("zone", "z", "Zone", "Say which zone the times are in that give none", "timeline_import", "timeline_reading", rank=3),
    Action("day", "d", "Day", "Say which day the first line is, or when T+0 was", "timeline_import", "timeline_reading", rank=4),
    Action("unsure", "u", "Unsure", "Go to the next line without an exact time, with a remark, or not understood", "timeline_import", "timeline_reading", rank=5),
    Action("leave_out", "space", "Leave out", "Leave the line out, or take it in", "timeline_import", "timeline_reading", rank=6),
    Action("time", "t", "Time", "Correct the time: 03:41, ~03:41, or ? if it is not known", "timeline_import", "timeline_reading", rank=8),
    Action("kind", "k", "Kind", "Say what kind of thing happened", "timeline_import", "timeline_reading", rank=9),
    Action("words", "e", "Words", "Correct the words", "timeline_import", "timeline_reading", rank=10),
    Action("who", "w", "Who", "Say who did or said it", "timeline_import", "timeline_reading", rank=12),
    Action("as_read", "r", "As read", "Take back what you corrected in the line", "timeline_import", "timeline_reading", rank=13),
    Action("file", "ctrl+o", "Read a file", "Read the timeline from a file instead", "timeline_import", "timeline_reading"),
    Action("back", "escape", "Back", "Go back to the text; corrections are kept", "timeline_import", "timeline_reading", rank=7),

    Action("open", "enter", "Its incidents", "List the incidents behind the selected figure, to open one", WIDGET, "numbers", rank=1),
    Action("period", "p", "Period", "Next period: 30 days, 90 days, a year, all", "numbers", "numbers", rank=3),
    Action("group", "b", "By", "Compare by month, by severity or by system", "numbers", "numbers", rank=5),
    Action("text", "v", "Read all", "Read all figures as text, to copy them", "numbers", "numbers", rank=2),
    Action("write", "W", "Write file", "Write the review with these numbers to a file, for the monthly meeting", "numbers", "numbers", rank=6),
    Action("back", "escape", "Back", "Go back", "numbers", "numbers", rank=4),

    Action("edit", "enter", "Fill in", "Say what the selected item holds, or read what it is about", WIDGET, "readiness", rank=1),
    Action("check", "c", "Still right", "Say that you looked at it and it is still right", "readiness", "readiness", rank=2, keys=("space",)),
    Action("clear", "x", "Not ready", "Say that it is not ready any more, with the reason", "readiness", "readiness", rank=6),
    Action("good_for", "g", "Good for", "Say that it is still right, and for how many days", "readiness", "readiness", rank=7),
    Action("begin", "b", "Be asked", "Be asked for what is needed right now and missing, one question after the other", "readiness", "readiness", rank=8),
    Action("reviews", "P", "Post-mortems", "Read the post-mortems of past incidents, and mark them as read", "readiness", "readiness", rank=5),
    Action("drills", "D", "Drills", "See the scenarios to practise on, and take part in a drill", "readiness", "readiness", rank=4),
    Action("undo", "ctrl+z", "Undo", "Take back the last thing that you did here", "readiness", "readiness", rank=9),
    Action("back", "escape", "Back", "Go back", "readiness", "readiness", rank=3),

    Action("read", "enter", "Read", "Read the post-mortem; afterwards say what you take from it, which marks it as read", WIDGET, "review", rank=1),
    Action("mark", "space", "Read/unread", "Mark it as read without opening it, or as not read after all", "review", "review", rank=2),
    Action("learned", "e", "What I take", "Write, or write anew, what you take from it", "review", "review", rank=4),
    Action("order", "s", "Sort", "Show the newest first, or those first whose system was affected most often", "review", "review", rank=5),
    Action("open_incident", "o", "Open incident", "Open its incident", "review", "review", rank=6),
    Action("back", "escape", "Back", "Go back", "review", "review", rank=3),

    Action("open", "enter", "The log then", "Read the lines of the log around the moment of the selected check", WIDGET, "drill_report", rank=1),
    Action("text", "v", "Read all", "Read the whole report as text, to copy it", "drill_report", "drill_report", rank=2),
    Action("write", "W", "Write file", "Write the report to a file", "drill_report", "drill_report", rank=3),
    Action("back", "escape", "Back", "Leave the report", "drill_report", "drill_report", rank=4),
    Action("find", "slash", "Find", "Show only the people with these words as you type: a name, a team, a role, what they own", "people", "people", rank=1),
    Action("copy", "y", "Copy", "Copy the name and the phone number", "people", "people", rank=2),
    Action("choose", "enter", "Change", "Change what is known of the selected person: phone, systems, e-mail and all else", WIDGET, "people", rank=3),
    Action("edit", "e", "Change", "Change what is known of the selected person, too", "people", "people"),
    Action("add", "a", "Add", "Add a person: the name first, then what you know; enter skips a question", "people", "people", rank=4),
    Action("lists", "L", "Lists", "Put the person on a list, or take them off it; a message to it goes to all of them", "people", "people", rank=5),
    Action("on_call", "o", "On call", "Say that the person is on call, until when", "people", "people", rank=6),
    Action("which", "f", "Show", "Show everybody, the people of one list, or who is on call now and next", "people", "people", rank=7),
    Action("import", "I", "Import", "Take people from a CSV or vCard file, or who is on call from a calendar (.ics); what would change is shown first", "people", "people", rank=9),
    Action("remove", "x", "Remove", "Remove the person everywhere, or a time on call that was typed", "people", "people", rank=10),
    Action("undo", "ctrl+z", "Undo", "Take back the last thing that you did here", "people", "people"),
    Action("back", "escape", "Back", "Show everybody again if only some are shown; then go back", "people", "people", rank=8),

    Action("next", "enter", "Next", "Keep the answer, or go on without one", WIDGET, "first_start", rank=1),
    Action("declare", "ctrl+n", "Declare", "Declare an incident at once; what was asked can wait", "first_start", "first_start", rank=2, keys=("n",)),
    Action("back", "escape", "Not now", "Leave; nobody asks again, and R on the start screen comes back to it", "first_start", "first_start", rank=3),

    Action("choose", "enter", "Choose", "Choose the selected row; the letter in front of a row chooses it at once", WIDGET, "list"),
    Action("back", "escape", "Back", "Leave without choosing", "pick", "list"),

    Action("skip_step", "f3", "Skip", "Go on with the next step of the tour", "tour", "tour"),
    Action("begin", "enter", "Begin", "Start the drill's clock", "briefing", "briefing", rank=1),
    Action("back", "escape", "Not now", "Leave; the drill waits", "briefing", "briefing", rank=2),

    Action("declare", "n", "Declare", "Declare an incident", "call", "call", rank=1),

    Action("guide", "m", "Mistakes and manners", "Read the classic mistakes and war-room manners, or the keys again", "help", "help", rank=1),
    Action("back", "escape", "Back", "Go back; ? works too", "help", "help", rank=2),
)  # fmt: skip

BY_ID = {action.id: action for action in ACTIONS if action.where == "incident"}
"""What can be done on an incident, by id."""
FOR_NOW = frozenset(BY_ID) - {"now", "follow", "undo", "redo"}
"""The actions that a rule of the NOW line may name: not the two that carry out the NOW line itself, nor undoing and redoing."""


def at(*places: Where) -> list[Action]:
    """Return the actions of some places, in the catalogue's order."""
    return [action for action in ACTIONS if action.where in places]


def footer(*places: Where) -> list[Action]:
    """Return the actions that the footer offers in these places, the most needed first."""
    return sorted((action for action in at(*places) if action.rank), key=lambda action: action.rank)


def key_of(action: str, where: Where = "incident") -> str:
    """Return the key of an action of a place as shown to the user; empty if the catalogue doesn't have the action."""
    return next((known.key_name for known in at(where) if known.id == action), "")
