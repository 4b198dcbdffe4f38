"""The parts that every kind of journal entry shares: the entry, its corrections, and the incident's state.

The base class of its body is in `body.py`, and is imported from here with the rest; the kinds themselves are in
`model/kinds/`. An entry of a kind that this version does not know, because a newer version
wrote it, gets an `Unknown` body: it is kept, and shown as text.
"""

from __future__ import annotations

from typing import Any, Generic, TypeVar, cast

import msgspec

from warroom.model import ids
from warroom.model.body import SHORT_TEXT as SHORT_TEXT
from warroom.model.body import Body as Body
from warroom.model.body import IncidentState as IncidentState
from warroom.model.body import Level as Level
from warroom.model.body import Precision as Precision
from warroom.model.body import Tone as Tone
from warroom.model.body import Unknown as Unknown
from warroom.model.drills import marked
from warroom.text.cleaning import clean, clean_deep

PAST = 24 * 60 * 60_000
"""An incident that began so many ms before it was declared was written down when it was history."""


B = TypeVar("B", bound=Body)
B_co = TypeVar("B_co", bound=Body, covariant=True)


class Draft(msgspec.Struct, frozen=True):
    """An entry before it is logged: its body, its text, and when it happened in ms UTC (None: now)."""

    body: Body
    text: str
    at: int | None = None


class Entry(msgspec.Struct, frozen=True):
    """One entry as the journal file has it; `at` (when it happened) and `recorded` are in ms UTC.

    `seq` is the order of arrival in this file, `n` the number among the entries of its `origin` (the file that wrote
    it), `hlc` its hybrid logical clock.
    """

    seq: int
    origin: str
    n: int
    hlc: int
    incident: str
    at: int
    recorded: int
    author: str
    text: str
    body: Body

    @property
    def kind(self) -> str:
        """The entry's kind, as the `kind` column stores it."""
        return self.body.kind

    @property
    def key(self) -> str:
        """The entry's name, `origin:n`, the same on every machine; `Amended.target` and others refer to it."""
        return f"{self.origin}:{self.n}"

    @property
    def order(self) -> tuple[int, str, int]:
        """The sort key of state-changing entries, the same on every machine."""
        return (self.hlc, self.origin, self.n)

    @property
    def skew(self) -> int:
        """How far the wall clock was behind the latest time this journal had seen, in ms; usually 0.

        The upper bits of `hlc` never go back. A wall clock does, if it is set back or if another machine's is ahead.
        """
        return max((self.hlc >> 16) - self.recorded, 0)

    def corrected(self, change: Correction | None) -> Entry:
        """The entry as it reads after a correction; unchanged if there is none. One taken back reads as it last did."""
        if change is not None and change.retracted:
            change = change.before
        if change is None:
            return self
        text = (change.worded or self.text) if change.keeps_text else change.text
        body = change.entry.body.applied_to(self.body)
        if change.recast is not None and change.recast is not change.entry.body:
            body = change.recast.applied_to(body)
        if change.at != self.at and body.time_precision != "exact":
            body = msgspec.structs.replace(body, precision="exact")  # somebody knows now when it was
        return msgspec.structs.replace(self, at=change.at, text=text, body=body.reworded(text, change.at))

    @property
    def added_late(self) -> int:
        """How long after it happened it was logged, in ms; 0 if that is less than a minute."""
        late = self.recorded - self.at
        return late if late >= 60_000 else 0


class Logged(msgspec.Struct, Generic[B_co], frozen=True):
    """A state-changing entry with corrections applied; the type of its body is known."""

    entry: Entry
    at: int
    text: str
    body: B_co

    @property
    def key(self) -> str:
        """The entry's key."""
        return self.entry.key

    @property
    def order(self) -> tuple[int, str, int]:
        """The sort key among state-changing entries."""
        return self.entry.order

    @property
    def when(self) -> tuple[int, tuple[int, str, int]]:
        """The sort key by the time when it happened, as if a clock that was set back had not been.

        What is logged late comes where it belongs; of the same time, the later entry is the last.
        """
        return (self.at + self.entry.skew, self.order)

    @property
    def author(self) -> str:
        """Who wrote it."""
        return self.entry.author


class Correction(msgspec.Struct, frozen=True):
    """A later change to an entry: a new text and time (ms UTC), or that it was taken back.

    With `keeps_text` only the time is new, and the text of the correction says what it does; `worded` is the text that
    an earlier correction has given the entry. `recast` is the body of the correction that says of which kind the entry
    is now, which may be an earlier one.
    """

    entry: Entry
    target: str
    because: str
    retracted: bool
    keeps_text: bool = False
    worded: str = ""
    recast: Body | None = None
    before: Correction | None = None
    """What an entry that was taken back had been corrected to before."""

    @property
    def reads(self) -> Correction | None:
        """The correction whose words and time the target has: this one, or the last before it was taken back."""
        return self.before if self.retracted else self

    @property
    def key(self) -> str:
        """The key of the entry that corrects."""
        return self.entry.key

    @property
    def text(self) -> str:
        """The new text of the target, or the text that says it was taken back."""
        return self.entry.text

    @property
    def at(self) -> int:
        """The new time of the target."""
        return self.entry.at

    @property
    def recorded(self) -> int:
        """When it was corrected."""
        return self.entry.recorded

    @property
    def author(self) -> str:
        """Who corrected it."""
        return self.entry.author


class BaseIncident(msgspec.Struct, dict=True):
    """The state that entries are folded into, with every entry that was not taken back, by kind. Times in ms UTC.

    Code outside `model/kinds/` uses `Incident`, which has more properties.
    """

    id: str
    title: str = ""
    severity: int = 0
    began: int = 0
    learned: int = 0
    detected_by: str = ""
    drill: bool = False
    """Whether it is only practised."""
    state: IncidentState = "open"
    stage: str = ids.STAGE_TRIAGE
    stage_before_end: str = ""
    stages: tuple[tuple[int, str], ...] = ()
    """(since, stage id) in the order they were entered; the first begins when the user learned of the incident."""
    resolved_at: int | None = None
    closed_at: int | None = None
    severities: tuple[tuple[int, int], ...] = ()
    """(since, level) in the order they were set; the last is the current one, the first begins when the user learned
    of the incident."""
    declared: str = ""
    """The key of the entry that declares it."""
    declared_at: int = 0
    """When that entry was written."""
    replaced: dict[str, Correction] = {}
    """The correction that counts of each entry that was corrected or taken back, by that entry's key."""
    changes: dict[str, list[Correction]] = {}
    """Every correction of each entry, in order, also those that were taken back themselves."""
    marks: list[Entry] = []
    """Every entry that only marks a line, in order, also those that were taken back."""
    by_kind: dict[type[Body], list[Logged[Body]]] = {}
    numbered: dict[type[Body], list[str]] = {}
    """The keys of every entry of the kinds that keep their number, also of those that were taken back.

    In the order in which they arrived in this file, so that a number never changes here, whatever is imported.
    """
    addable_when_closed: set[str] = set()
    """The keys of every entry of the kinds that may be added to a closed incident, also of those taken back."""

    @property
    def name(self) -> str:
        """The title as people see it everywhere: of a drill, with the mark in front."""
        return marked(self.title, drill=self.drill)

    def added_late(self, entry: Entry) -> int:
        """How long after it happened an entry was logged, in ms; 0 if that says nothing.

        An incident that was declared when it was history, as an import does, is all written down later: so it says
        nothing of any line about the time before that, whether it came with the declaration or with a longer version.
        """
        is_history = self.declared_at - self.began >= PAST and entry.at <= self.declared_at
        return 0 if is_history else entry.added_late

    @property
    def closed_for_now(self) -> str | None:
        """Why what is not allowed on a closed incident can't be logged; None unless it is closed."""
        if self.state != "closed":
            return None
        return f"incident {self.id} is closed; reopen it first if it is not over"

    def all(self, kind: type[B]) -> tuple[Logged[B], ...]:
        """Every entry of a kind, in order, corrections applied; none that was taken back."""
        return cast("tuple[Logged[B], ...]", tuple(self.by_kind.get(kind, ())))

    def last(self, kind: type[B]) -> Logged[B] | None:
        """The latest entry of a kind that was not taken back."""
        found = self.by_kind.get(kind)
        return cast("Logged[B]", found[-1]) if found else None

    def shown(self, entry: Entry) -> Entry:
        """An entry as it reads now, corrections applied."""
        return entry.corrected(self.replaced.get(entry.key))

    def enter_stage(self, stage: str, at: int) -> None:
        """Move to a stage at a time (ms UTC), and keep since when."""
        if stage != self.stage:
            self.stage = stage
            self.stages += ((max(at, self.learned), stage),)

    def end_triage(self, at: int) -> None:
        """Move from triage to response at a time (ms UTC): somebody leads now, or a decision was made."""
        if self.stage in (ids.STAGE_DETECTION, ids.STAGE_TRIAGE) and self.state == "open":
            self.enter_stage(ids.STAGE_RESPONSE, at)


_encoder = msgspec.json.Encoder(order="sorted")


def encode(body: Body) -> str:
    """Turn a body into the text of the `data` column, with every string cleaned."""
    if isinstance(body, Unknown):
        return body.data
    return _encoder.encode(clean_deep(msgspec.to_builtins(body))).decode()


def as_json_value(body: Body) -> str | msgspec.Raw:
    """A body as a value to put into JSON: its fields, or the stored text of an unknown kind."""
    return body.data if isinstance(body, Unknown) else msgspec.Raw(encode(body).encode())


def cleaned(draft: Draft) -> Draft:
    """A copy of a draft whose text and fields are safe to show and store; see `cleaning.clean`."""
    body: Any = msgspec.convert(clean_deep(msgspec.to_builtins(draft.body)), type(draft.body))
    return Draft(body=body, text=clean(draft.text), at=draft.at)
