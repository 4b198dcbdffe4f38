"""A drill's scenario: what happens minute by minute, what people ask, and what is expected of whoever practises.

A scenario is a TOML file in `templates/drills/`, or in `drills/` in a company's folder. Times in it are minutes since
the drill began; what needs an incident waits until one is declared.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, Literal

import msgspec

from warroom.model.entries import Level
from warroom.text import toml
from warroom.text.mistakes import Mistake

LONGEST_MIN = 24 * 60
"""The limit for the length of a drill, in minutes."""

Minute = Annotated[float, msgspec.Meta(ge=0, le=LONGEST_MIN)]
NonEmpty = Annotated[str, msgspec.Meta(min_length=1)]
Text = Annotated[str, msgspec.Meta(min_length=1, max_length=2_000)]
Which = Annotated[int, msgspec.Meta(ge=1, le=9)]
"""Which of the drill's incidents something belongs to, by the order in which they are declared."""
Answer = Literal["message", "decision", "log"]
"""What counts as an answer to a question: a message that is sent, a decision, or any line of the log."""


class _Row(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The base class of every table of a scenario: rows are immutable, and an unknown key is a mistake."""


class Event(_Row, frozen=True):
    """Something that happens: a line that `by` writes into the log of an incident at a minute of the drill.

    `tells` are facts that the line makes known, by the fact's id; whoever practises has to set them. With `rings` it is
    what wakes the user up, or asks for another incident: it is shown until an incident is declared.
    """

    at: Minute
    says: Text
    by: NonEmpty = "Monitoring"
    incident: Which = 1
    kind: Literal["note", "action"] = "note"
    tells: dict[str, NonEmpty] = {}
    rings: bool = False


class Question(_Row, frozen=True):
    """What somebody asks of whoever practises, to answer within minutes by one of the kinds of `answer`.

    `to` is the audience that a message has to go to in order to answer it; empty: any. `never` are kinds of remark that
    the answer must not get, such as a promise. `better` is an answer that would have been good, or what to do instead.
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


class Expected(_Row, frozen=True):
    """What a good run does by a minute of the drill, and what would have been better if it was not done.

    `act` says what has to be logged, with the value of `what`: `severity` the level, `message` the kind of message,
    `fact` and `role` their ids, `trigger` the one that was answered with yes; `declare`, `decision`, `escalate` (the
    commander was told), `resolve` and `cancel` need none. With `never`, it must not be done before `by`, or ever.
    """

    act: Literal[
        "declare", "severity", "message", "fact", "role", "decision", "escalate", "trigger", "resolve", "cancel"
    ]
    text: NonEmpty
    better: Text
    by: Minute = LONGEST_MIN
    since: Minute = 0
    what: str = ""
    incident: Which = 1
    never: bool = False


class Scenario(_Row, frozen=True):
    """One incident, or several, to practise on.

    `minutes` is how long it takes, `starts` the local time at which its clock begins. `briefing` is read before it
    starts: who one is, and what is known. `system` and `severity` are what a good run declares. `lesson` is what it
    teaches, in one sentence.
    """

    title: Annotated[str, msgspec.Meta(min_length=1, max_length=80)]
    lesson: Text
    briefing: Text
    minutes: Annotated[int, msgspec.Meta(ge=1, le=LONGEST_MIN)]
    events: list[Event]
    starts: str = "03:17"
    severity: Level = 2
    questions: list[Question] = []
    expected: list[Expected] = []
    order: int = 100
    id: str = ""
    """The file's name without its ending, set when it is read."""

    @property
    def incidents(self) -> int:
        """How many incidents it has."""
        return max(row.incident for rows in (self.events, self.questions, self.expected) for row in rows)


class ScenarioError(Mistake):
    """A mistake in a scenario; its text is one sentence naming file, key and what is expected."""


def load(text: str, *, id: str, file: str) -> Scenario:
    """Read a scenario from TOML. Raises ScenarioError, which names `file`, the key and what is expected."""
    try:
        scenario = toml.convert(toml.parse(text, file=file), Scenario, file=file)
    except Mistake as mistake:
        raise ScenarioError(mistake.file, mistake.where, mistake.reason) from None
    for key, expected in _mistakes(scenario):
        raise ScenarioError(file, key, expected)
    return msgspec.structs.replace(scenario, id=id)


def _mistakes(scenario: Scenario) -> Iterator[tuple[str, str]]:
    """Mistakes that types can't catch, each as (key, what is expected)."""
    if not scenario.events:
        yield "events", "expected at least one event"
