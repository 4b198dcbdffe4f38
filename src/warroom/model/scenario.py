"""A drill's scenario: what happens minute by minute, what people ask, and what is expected of whoever practises.

A scenario is a TOML file in `templates/drills/`, or in `drills/` in a company's folder. Times in it are minutes since
the drill began; what needs an incident waits until one is declared.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection
from itertools import islice
from typing import Annotated, Any, Literal

import msgspec

from warroom.model.entries import Level
from warroom.text import toml
from warroom.text.cleaning import clean_deep, clean_line
from warroom.text.mistakes import Mistake

LONGEST_MIN = 24 * 60
"""The limit for the length of a drill, in minutes."""
MOST_ROWS = 1_000
"""The limit for each of a scenario's lists."""
MOST_TITLE = 80

Minute = Annotated[float, msgspec.Meta(ge=0, le=LONGEST_MIN)]
NonEmpty = Annotated[str, msgspec.Meta(min_length=1)]
Text = Annotated[str, msgspec.Meta(min_length=1, max_length=2_000)]
Which = Annotated[int, msgspec.Meta(ge=1, le=9)]
"""Which of the drill's incidents something belongs to, by the order in which they are declared."""
Answer = Literal["message", "decision", "log"]
"""What counts as an answer to a question: a message that is sent, a decision, or any line of the log."""
Act = Literal[
    "declare",
    "severity",
    "message",
    "fact",
    "role",
    "item",
    "log",
    "decision",
    "timer",
    "escalate",
    "trigger",
    "resolve",
    "cancel",
]
"""What can be expected of whoever practises; `scenario_acts.does` says which entry does it.

`severity` needs the level in `what`, `message` the kind of message, `fact`, `role`, `item` and `trigger` (answered with
yes) their ids; the others need none. `escalate` is telling the commander, `log` a note or an action, `timer` a clock of
one's own.
"""
Until = Literal[Act, "writing", "copied", "ended"]
"""How it is seen that a step of the guided tour was taken."""
Brief = Annotated[str, msgspec.Meta(min_length=1, max_length=66)]
Keys = Annotated[str, msgspec.Meta(min_length=1, max_length=74)]
"""These fit on one line of the smallest terminal, the first beside a word at its end."""
Known = Callable[[str], Collection[str]]
"""The ids there are of each of `KINDS_OF_ID`, read only when a scenario names one."""
KINDS_OF_ID = ("fact", "role", "item", "trigger", "message", "audience", "remark")


class _Row(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The base class of every table of a scenario: rows are immutable, and an unknown key is a mistake."""


class Event(_Row, frozen=True):
    """Something that happens: a line that `by` writes into the log of an incident at a minute of the drill.

    `tells` are facts that the line makes known, by the fact's id; whoever practises has to set them. With `rings` it is
    what wakes the user up, or asks for another incident: it is shown until an incident is declared.

    With `if_sent`, a kind of message, it happens only if one has gone out in that incident by then; with `unless_sent`
    only if none has. Such an event neither tells facts nor rings.
    """

    at: Minute
    says: Text
    by: NonEmpty = "Monitoring"
    incident: Which = 1
    kind: Literal["note", "action"] = "note"
    tells: dict[str, NonEmpty] = {}
    rings: bool = False
    if_sent: str = ""
    unless_sent: str = ""


class Question(_Row, frozen=True):
    """What somebody asks of whoever practises, to answer within minutes by one of the kinds of `answer`.

    `to` is the audience that a message has to go to in order to answer it, or several, one of which has to get it,
    separated by commas; empty: any. `never` are kinds of remark that the answer must not get, such as a promise.
    `about` are beginnings of words, one of which the answer has: `charge` for `charged` too; empty: any words answer
    it. With `anywhere`, an answer in any of the drill's incidents counts, also in one that the question is not asked
    in. `better` is an answer that would have been good, or what to do instead.
    """

    at: Minute
    by: NonEmpty
    asks: Text
    better: Text
    id: str = ""
    incident: Which = 1
    within_min: Annotated[float, msgspec.Meta(gt=0, le=LONGEST_MIN)] = 15
    answer: tuple[Answer, ...] = ("message", "decision")
    to: str = ""
    never: list[str] = []
    about: list[NonEmpty] = []
    anywhere: bool = False


class Expected(_Row, frozen=True):
    """What a good run does by a minute of the drill, and what would have been better if it was not done.

    `text` names it as one would ask for it: "Tell customers, within 30 min". What was done before the minute `since`
    doesn't count. With `never`, it must not be done until `by`. `who` is who has the role in truth; if it is
    empty, any name counts.
    """

    act: Act
    text: NonEmpty
    better: Text
    by: Minute = LONGEST_MIN
    since: Minute = 0
    what: str = ""
    incident: Which = 1
    never: bool = False
    who: str = ""


class Step(_Row, frozen=True):
    """A step of the guided tour through a scenario: what there is to do, what to press and why, each on one line.

    It goes on when whoever practises has done `until`: an act (with `what` as in `Expected`; empty: any of it), or
    `writing` (a message is open), `copied` (the message was copied), `ended` (the drill). With `at`, the clock goes on
    to that minute when the step begins.
    """

    say: Brief
    press: Keys
    why: Brief
    until: Until
    what: str = ""
    at: Minute | None = None


class Written(_Row, frozen=True):
    """A scenario as its file has it.

    One incident, or several, to practise on.

    `minutes` is how long it takes, `starts` the local time at which its clock begins. `briefing` is read before it
    starts: who one is, and what is known. `severity` is what a good run declares first. `lesson` is what it teaches, in
    one sentence. Lists are sorted by minute.
    """

    title: Annotated[str, msgspec.Meta(min_length=1, max_length=MOST_TITLE)]
    lesson: Text
    briefing: Text
    minutes: Annotated[int, msgspec.Meta(ge=1, le=LONGEST_MIN)]
    events: Annotated[list[Event], msgspec.Meta(max_length=MOST_ROWS)]
    starts: str = "03:17"
    severity: Level = 2
    questions: Annotated[list[Question], msgspec.Meta(max_length=MOST_ROWS)] = []
    expected: Annotated[list[Expected], msgspec.Meta(max_length=MOST_ROWS)] = []
    tour: Annotated[list[Step], msgspec.Meta(max_length=MOST_ROWS)] = []
    order: int = 100


class Scenario(Written, frozen=True):
    """A scenario: what its file has, and what it is called."""

    id: str = ""
    """The file's name without its ending, set when it is read."""
    own: bool = False
    """Whether it is the company's own; set when it is read."""

    @property
    def incidents(self) -> int:
        """How many incidents it has."""
        return max(row.incident for rows in (self.events, self.questions, self.expected) for row in rows)


class ScenarioError(Mistake):
    """A mistake in a scenario; its text is one sentence naming file, key and what is expected.

    `more` are other mistakes in it, each as (key, what is expected).
    """

    more: tuple[tuple[str, str], ...] = ()


def load(text: str, *, id: str, file: str, known: Known | None = None, own: bool = False) -> Scenario:
    """Read a scenario from TOML. Raises ScenarioError, which names `file`, the key and what is expected.

    With `known`, an id that it doesn't have is a mistake too. Ids are only looked at once every key has the right type.
    """
    from warroom.model.scenario_mistakes import mistakes, mistyped

    data: dict[str, Any] = {}
    try:
        if not is_name(id):
            reason = "expected a file name of up to 40 letters, digits, - and _, such as payments-down.toml"
            raise Mistake(file, 0, reason)
        data = clean_deep(toml.parse(text, file=file))
        for key in ("id", "own"):
            if key in data:
                raise Mistake(file, key, "unknown key; a scenario is called as its file is")
    except Mistake as mistake:
        raise ScenarioError(mistake.file, mistake.where, mistake.reason) from None
    found = [(_place(key), expected) for key, expected in mistyped(data, file)]
    if not found:
        scenario = toml.convert(data, Scenario, file=file)
        found = [(clean_line(key), expected) for key, expected in islice(mistakes(scenario, known), _MOST_NAMED)]
    if found:
        error = ScenarioError(file, *found[0])
        error.more = tuple(found[1:])
        raise error
    return msgspec.structs.replace(
        scenario,
        title=clean_line(scenario.title),
        events=sorted(scenario.events, key=lambda row: row.at),
        questions=_named(scenario.questions),
        id=id,
        own=own,
    )


_MOST_NAMED = 50
"""So many mistakes of one scenario are named at once."""


def is_name(id: str) -> bool:
    """Whether a scenario may be called so, which is what its file, and each file of a run, is called."""
    return _NAME.fullmatch(id) is not None


_NAME = re.compile(r"[A-Za-z0-9][\w-]{0,39}", re.ASCII)


def _place(path: str) -> str:
    """The path of a key with its row counted from 1, as people count: `events[number 3].at`."""
    return clean_line(re.sub(r"\[(\d+)\]", lambda found: f"[number {int(found[1]) + 1}]", path))


def _named(questions: list[Question]) -> list[Question]:
    """The questions by minute, each with an id of its own."""
    return sorted(
        (msgspec.structs.replace(row, id=row.id or f"question-{number}") for number, row in enumerate(questions, 1)),
        key=lambda row: row.at,
    )
