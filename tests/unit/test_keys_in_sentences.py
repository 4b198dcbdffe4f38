"""A sentence that names a key names that of the action it means, also after the catalogue has changed."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator

from tests.e2e.conftest import SOURCE
from warroom.actions import ACTIONS

CONSOLE = SOURCE / "warroom"
KEY = re.compile(
    r"\b(ctrl\+[a-z])\b"
    r"|(?:^|[;,.:(·>] |\b[Pp]ress |\()([A-Za-z/?*])(?= (?:\w+s|has|or|again|once|alone|to|when|and)\b|[).]|$)"
    r"|\bor ([a-z])\)|\bPress ([a-zA-Z]): "
)
"""How a sentence names a key: `a adds one`, `Press e`, `(o)`, `: u`."""
MEANT = {
    "incident.close": ("x resolves it", "x closes a resolved"),
    "incident.decide": ("d logs one",),
    "incident.escalate": (". Press e", "a reason to escalate (e)"),
    "incident.post_mortem": ("screen, with a reason: P",),
    "incident.cancel": ("X cancels the incident",),
    "incident.redo": ("ctrl+y does again", "ctrl+y brings all of it back"),
    "incident.severity": ("; S changes that",),
    "incident.switch": ("o comes back", "other LATE (o)"),
    "incident.times": ("correct when that began first (B)",),
    "incident.undo": (
        "ctrl+z takes back the last",
        "Press ctrl+z again to take it back",
        "ctrl+z in the timeline puts back",
        "Press ctrl+z again to go past it",
    ),
    "incident.update": ("u opens the one that is due", "notice is next: u"),
    "compose.dismiss": ("h hides the first remark",),
    "compose.mark_sent": ("Press s once you have sent it",),
    "compose.picks": ("L or shift+tab goes here",),
    "compose.plain": ("V shows the text",),
    "compose.quiet": ("Press N again",),
    "everywhere.help": ("does nothing here; ? shows the keys",),
    "everywhere.leave_console": (
        "press Q alone to quit",
        "Q again quits",
        "Press Q again to quit",
        "press Q to quit",
        ". Q leaves; the drill",
    ),
    "start.declare": ("breaks, press n",),
    "start.drills": ("To practise, press D",),
    "start.reopen": ("r reopens it",),
    "start.which": ("f shows others",),
    "declare.declare": ("press ctrl+g when it is complete", "Press ctrl+g to declare", "or ctrl+g, declares it"),
    "escalation.agrees": ("tell the commander (a or o)",),
    "escalation.facts": ("f sets it", "press f to set a fact"),
    "escalation.holds": ("y or n",),
    "escalation.message": ("m composes it",),
    "escalation.objects": ("tell the commander (a or o)", ": a, o or k"),
    "escalation.skip": ("skip that with a reason (k)",),
    "question.save": ("ctrl+g: done",),
    "readiness.check": ("If it is right, press c", "looked at the numbers, press c"),
    "recovery.action_items": ("to prevent it (A)",),
    "recovery.answer": ("the fix was verified (v)",),
    "recovery.milestones": ("m shows the milestones",),
    "recovery.post_mortem": ("done or waived (P)",),
    "post_mortem.add_item": ("None yet; a adds one",),
    "post_mortem.editor": ("e opens your own editor", "e opens it in your own editor"),
    "post_mortem.hide": (" more; h hides the first remark",),
    "post_mortem.undo": ("ctrl+z brings your text back",),
    "post_mortem_lines.add": ("/ adds a line",),
    "action_items.add": (
        "a adds an action item",
        "No action item yet; a adds one",
        "is selected; a adds one",
        "a has the words",
    ),
    "action_items.owner": ("w gives it to somebody",),
    "action_items.undo": ("ctrl+z takes back the last",),
    "action_items.which": ("f shows those", "f shows all"),
    "timeline_text.file": ("ctrl+o reads a file",),
    "timeline_text.read": ("ctrl+g shows how",),
    "timeline_reading.day": ("Press d: ", "and the day (d)"),
    "timeline_reading.import": ("ctrl+g imports it", "ctrl+g imports them"),
    "timeline_reading.time": ("t gives it a time",),
    "timeline_reading.unsure": ("u goes to the next line",),
    "timeline_reading.zone": ("Press z: ", "is the zone right (z)"),
    "numbers.period": ("p shows another",),
    "numbers.text": (": v",),
    "people.add": ("a adds somebody", "a adds them"),
    "people.edit": ("e changes them", "; e changes that"),
    "people.find": ("/ finds them",),
    "people.import": ("I takes people from", "I reads a calendar"),
    "people.on_call": ("o puts somebody else", "o on a person"),
    "people.which": ("f shows them",),
    "people.undo": ("ctrl+z brings them back",),
}
"""The sentences, by the action whose key they name."""
OF_THE_WIDGET = ("ctrl+z brings back what you typed", "ctrl+c copies what is selected")
"""Sentences with keys of Textual's own text fields."""


def mentions() -> Iterator[tuple[str, str]]:
    """Each key that a text of the console's code names, with the text; docstrings are none."""
    for path in (*CONSOLE.glob("screens/**/*.py"), *CONSOLE.glob("widgets/*.py"), CONSOLE / "app.py"):
        tree = ast.parse(path.read_text("utf-8"))
        alone = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
        for node in ast.walk(tree):
            if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in alone:
                for found in KEY.finditer(node.value if " " in node.value else ""):
                    yield next(filter(None, found.groups())), node.value


def test_every_key_in_a_sentence_is_that_of_the_action_meant() -> None:
    keys = {action.name: action.key_name for action in ACTIONS}
    assert MEANT.keys() <= keys.keys()
    told = list(mentions())
    wrong = [
        (key, text)
        for key, text in told
        if not any(keys[name] == key and any(part in text for part in parts) for name, parts in MEANT.items())
        and not any(part in text for part in OF_THE_WIDGET)
    ]
    assert wrong == [], "take the key from actions.key_of, or say here which action is meant"
    unused = [
        part
        for parts in (*MEANT.values(), OF_THE_WIDGET)
        for part in parts
        if not any(part in text for _, text in told)
    ]
    assert unused == [], "sentences that are gone"
