"""What an entry of the journal is, what every kind of entry answers about itself, and what a fold of entries keeps.

The kinds themselves are in `model/kinds/`, each in one file with everything about it. A kind this version does not know
(written by a newer one, or exchanged from another machine) is an `Unknown`: kept, and shown as text.
"""

from __future__ import annotations

from datetime import tzinfo
from enum import Enum
from typing import Any, Generic, Literal, Self, TypeVar, cast

import msgspec

from warroom.model import ids
from warroom.model.playbook import Playbook
from warroom.text.cleaning import clean, clean_deep

LifeState = Literal["open", "resolved", "closed"]


class Tone(Enum):
    """How a kind stands out in the timeline; which colours these are is the timeline's affair."""

    QUIET = "quiet"
    ACTIVE = "active"
    STRONG = "strong"
    GOOD = "good"
    ALARM = "alarm"


class Body(msgspec.Struct, frozen=True, tag_field="kind", omit_defaults=True):
    """What every kind of entry says about itself. A kind is a struct with a tag, in a file of `model/kinds/`.

    The tag is what the file's `kind` column and the JSON hold: once released it never changes, nor does a field's name.
    Only what differs from the answers given here needs to be written down.
    """

    # Without annotations: with them msgspec would look at each as a field, for every kind, at every start.

    changes_state = True
    """False for what is only read a screenful at a time and never folded; the store's index leaves out just these."""
    may_be_retracted = True
    may_be_reworded = False
    """Whether its words and time may be corrected: where they are all there is to it."""
    allowed_when_closed = False
    """Whether a closed incident takes it."""
    leads_to = cast(LifeState | None, None)
    """What it makes of the incident's life, for the four kinds that decide on that."""
    word = ""
    """What the timeline calls it, where that is not the tag."""
    tone = Tone.QUIET
    worth_telling = False
    """Whether it is offered for the next update to stakeholders."""

    @classmethod
    def tag(cls) -> str:
        """The kind's tag."""
        return str(cls.__struct_config__.tag)

    @property
    def kind(self) -> str:
        """The kind as the `kind` column stores it: the tag, where it is known."""
        return self.tag()

    @property
    def kind_label(self) -> str:
        """What a line of the timeline calls it."""
        return self.word or self.kind

    @property
    def corrects(self) -> str | None:
        """The key of the entry it corrects or takes back; None for everything else."""
        return None

    @property
    def acknowledges(self) -> bool:
        """Whether somebody takes the incident on by it."""
        return False

    def as_correction(self, entry: Entry) -> Correction | None:
        """What it does to the entry it corrects; `entry` is the one this is the body of."""
        return None

    def fold(self, incident: BaseIncident, logged: Logged[Self]) -> None:
        """Change the incident being folded, besides being kept in `incident.all(…)` of its kind."""

    def refusal(self, incident: BaseIncident, draft: Draft, playbook: Playbook, now: int) -> str | None:
        """Why it can't be done as things stand, as a sentence for the user; `now` in ms UTC. None if it can."""
        return None

    def refusal_at_start(self, playbook: Playbook, now: int) -> str | None:
        """Why it can't be done where there is no incident yet."""
        return "there is no such incident; declare one first"

    def refusal_of_target(self, incident: BaseIncident, target: Entry | None) -> str | None:
        """Why the entry that `corrects` names can't be corrected; `target` is None where there is none."""
        return None

    def details(self) -> tuple[str, ...]:
        """What stands behind the words, each as half a sentence: `because …`, `by …`."""
        return ()

    def paragraphs(self, entry: Entry, incident: BaseIncident, tz: tzinfo | None) -> list[str]:
        """What follows its words where an entry is read whole."""
        return []

    def log_line(self, text: str, playbook: Playbook, *, acknowledged: bool = False) -> tuple[str, str]:
        """Kind and words in the log document; `acknowledged` for the first entry by which it was taken on."""
        behind = ", ".join(self.details()).removeprefix("because ")
        return self.kind_label, text + (f" – {behind}" if behind else "")


B = TypeVar("B", bound=Body)
B_co = TypeVar("B_co", bound=Body, covariant=True)


class Unknown(Body, frozen=True, tag=False):
    """A kind from a newer version: kept as it came, shown by its text."""

    changes_state = False

    name: str
    data: str

    @property
    def kind(self) -> str:
        return self.name


class Draft(msgspec.Struct, frozen=True):
    """What is about to become an entry: the body, the words for the timeline, when it happened (None: now)."""

    body: Body
    text: str
    at: int | None = None


class Entry(msgspec.Struct, frozen=True):
    """One line of the journal as it stands in a file; `at` and `recorded` in ms UTC."""

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
        """The entry's kind as the journal's column has it."""
        return self.body.kind

    @property
    def key(self) -> str:
        """What names this entry on every machine: what `Amended.target` and `Retracted.target` hold."""
        return f"{self.origin}:{self.n}"

    @property
    def order(self) -> tuple[int, str, int]:
        """Where the entry stands among state-changing ones, the same on every machine."""
        return (self.hlc, self.origin, self.n)

    @property
    def skew(self) -> int:
        """How far the clock that timed it stood behind what this journal had already seen, in ms; 0 as a rule.

        The upper bits of `hlc` never go back; a wall clock does, when it is set or when another machine's runs ahead.
        """
        return max((self.hlc >> 16) - self.recorded, 0)

    @property
    def added_late(self) -> int:
        """How much later than it happened it was written down, in ms; 0 under a minute."""
        late = self.recorded - self.at
        return late if late >= 60_000 else 0


class Logged(msgspec.Struct, Generic[B_co], frozen=True):
    """A state-changing entry as it reads today: corrections applied, and its body by its own type."""

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
        """The entry's place among state-changing ones."""
        return self.entry.order

    @property
    def author(self) -> str:
        """Who wrote it."""
        return self.entry.author


class Correction(msgspec.Struct, frozen=True):
    """What was done to an entry later: it reads as `text` at `at` (ms UTC) from then on, or was taken back."""

    entry: Entry
    target: str
    because: str
    retracted: bool

    @property
    def key(self) -> str:
        """The key of the entry that corrects."""
        return self.entry.key

    @property
    def text(self) -> str:
        """How the target reads now; for one taken back, the words that say so."""
        return self.entry.text

    @property
    def at(self) -> int:
        """When the target happened, as is known now."""
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
    """What the kinds fold into: what any of them may change, and every entry that counts, by its kind.

    Callers outside of `model/kinds/` get an `Incident`, which can answer more. Times in ms UTC.
    """

    id: str
    title: str = ""
    severity: int = 0
    began: int = 0
    learned: int = 0
    detected_by: str = ""
    state: LifeState = "open"
    stage: str = ids.STAGE_TRIAGE
    resolved_at: int | None = None
    closed_at: int | None = None
    severities: tuple[tuple[int, int], ...] = ()
    """(since, level) in the order they were set, the last one counts; the first since the user learned of it."""
    replaced: dict[str, Correction] = {}
    """By key of the corrected or retracted entry: what was done to it, the latest."""
    by_kind: dict[type[Body], list[Logged[Body]]] = {}

    def all(self, kind: type[B]) -> tuple[Logged[B], ...]:
        """Every entry of a kind that counts, in order, as it reads today."""
        return cast("tuple[Logged[B], ...]", tuple(self.by_kind.get(kind, ())))

    def last(self, kind: type[B]) -> Logged[B] | None:
        """The latest entry of a kind that counts."""
        found = self.by_kind.get(kind)
        return cast("Logged[B]", found[-1]) if found else None

    def take_up(self) -> None:
        """End triage, as somebody leads now or something was decided."""
        if self.stage in (ids.STAGE_DETECTION, ids.STAGE_TRIAGE) and self.state == "open":
            self.stage = ids.STAGE_RESPONSE


_encoder = msgspec.json.Encoder(order="sorted")


def encode(body: Body) -> str:
    """Turn a body into the text of the `data` column, every string in it cleaned."""
    if isinstance(body, Unknown):
        return body.data
    return _encoder.encode(clean_deep(msgspec.to_builtins(body))).decode()


def as_json_value(body: Body) -> str | msgspec.Raw:
    """A body as a value to put into JSON: its fields, or the text of a kind that is not known."""
    return body.data if isinstance(body, Unknown) else msgspec.Raw(encode(body).encode())


def cleaned(draft: Draft) -> Draft:
    """A draft whose words and fields can be shown and stored as they are; see `cleaning.clean`."""
    body: Any = msgspec.convert(clean_deep(msgspec.to_builtins(draft.body)), type(draft.body))
    return Draft(body=body, text=clean(draft.text), at=draft.at)
