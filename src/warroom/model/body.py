"""The base class of every kind of entry: what a kind says of itself. The kinds themselves are in `model/kinds/`."""

from __future__ import annotations

from datetime import tzinfo
from enum import Enum
from typing import TYPE_CHECKING, Annotated, Literal, Self, cast

import msgspec

if TYPE_CHECKING:
    from warroom.model.entries import BaseIncident, Correction, Draft, Entry, Logged
    from warroom.model.playbook import Playbook

IncidentState = Literal["open", "resolved", "cancelled", "closed"]


SHORT_TEXT = 50_000
"""The limit for a text that is shown as a line or put in messages, in characters."""
Level = Annotated[int, msgspec.Meta(ge=1, le=4)]
"""A severity, as a field of an entry; an entry with any other number in it is not readable."""


Precision = Literal["exact", "approximate", "day", "unknown"]
"""How well the time of an entry is known: to the minute, about, only the day, or not at all.

With the last two, `at` only says where the entry stands in the timeline.
"""


class Tone(Enum):
    """How a kind stands out in the timeline, which chooses the colours."""

    QUIET = "quiet"
    ACTIVE = "active"
    STRONG = "strong"
    GOOD = "good"
    ALARM = "alarm"


class Body(msgspec.Struct, frozen=True, tag_field="kind", omit_defaults=True):
    """The base class of every kind of entry. A kind is a struct with a tag, in a file of `model/kinds/`.

    The tag is stored in the file's `kind` column and in JSON: once released, it never changes, nor does a field's name.
    A kind only overrides the attributes and methods whose defaults don't fit it.
    """

    # No annotations: msgspec would take these for fields, and check them for every kind at every start.

    changes_state = True
    """False for kinds that are only shown and never folded; the store's state index leaves out exactly these."""
    in_incident = True
    """False for kinds that are kept between incidents, in a register: a later entry replaces an earlier one."""
    may_be_retracted = True
    instead = "log what is right"
    """What to do about a line that can't be corrected or taken back, as the end of a sentence."""
    may_be_reworded = False
    """Whether its text and time may be corrected: only for kinds that say everything in their text."""
    allowed_when_closed = False
    """Whether it may be added to a closed incident."""
    leads_to = cast(IncidentState | None, None)
    """The state that the incident is in after it, for the four kinds that change that."""
    timeline_name = ""
    """The kind's name in the timeline, if it differs from the tag."""
    tone = Tone.QUIET
    most_characters = cast(int | None, None)
    """The limit for its text, for kinds that are shown as a line or put in messages; None: of any length."""
    keeps_number = False
    """Whether people name its entries by their number, which must not shift when an earlier one is taken back."""
    offered_for_update = False
    """Whether the composer offers it as news for the next status update."""

    @classmethod
    def tag(cls) -> str:
        """The kind's tag."""
        return str(cls.__struct_config__.tag)

    @property
    def kind(self) -> str:
        """The kind as the `kind` column stores it: the tag, or the name of an unknown kind."""
        return self.tag()

    @property
    def kind_label(self) -> str:
        """The kind's name in the timeline."""
        return self.timeline_name or self.kind

    @property
    def time_precision(self) -> Precision:
        """How well its time is known; only lines of a timeline that was written elsewhere may be vague."""
        return "exact"

    @property
    def corrects(self) -> str | None:
        """The key of the entry that it corrects or takes back; None for other kinds."""
        return None

    @property
    def recasts(self) -> str | None:
        """The key of the entry whose kind it changes, which may then count for the incident's state; usually None."""
        return None

    @property
    def marks(self) -> str | None:
        """The key of the line that it only marks, such as with a pin, and so is no line itself; usually None."""
        return None

    @property
    def undo_step(self) -> str:
        """ "undo" or "redo" if it was logged by undoing or redoing an act, usually empty; see `undoing`."""
        return ""

    @property
    def is_undoing(self) -> bool:
        """Whether taking it back puts back an end or a beginning that it undid."""
        return self.undo_step == "undo"

    @property
    def vanishes(self) -> bool:
        """Whether it is no line any more once it is taken back, as what was undone and redone."""
        return self.is_undoing or bool(self.undo_step)

    def as_correction(self, entry: Entry) -> Correction | None:
        """The correction it makes, None for other kinds; `entry` is the entry that has this body."""
        return None

    def is_rewordable(self, text: str) -> bool:
        """Whether its text and time may be corrected; a kind of which only some entries may be overrides this.

        `text` is what the entry said when it was written.
        """
        return self.may_be_reworded

    def reworded(self, text: str, at: int) -> Body:
        """The body where the entry has that text and time (ms UTC) now; only for kinds that repeat these in it."""
        return self

    def applied_to(self, body: Body) -> Body:
        """The body of the entry that it corrects, corrected; only for kinds that correct more than text and time."""
        return body

    def fold(self, incident: BaseIncident, logged: Logged[Self]) -> None:
        """Apply the entry to the incident being folded; it is also kept in `incident.all(…)` of its kind."""

    def refusal(self, incident: BaseIncident, draft: Draft, playbook: Playbook, now: int) -> str | None:
        """Why it can't be logged now, as a sentence for the user; None if it can. `now` is in ms UTC."""
        return None

    def refusal_at_start(self, playbook: Playbook, now: int) -> str | None:
        """Why it can't be logged before there is an incident; None if it can."""
        return "there is no such incident; declare one first"

    def refusal_of_target(self, incident: BaseIncident, target: Entry | None, draft: Draft) -> str | None:
        """Why the entry named by `corrects` can't be corrected so; `target` is None if there is no such entry."""
        return None

    def refusal_of_time(self, incident: BaseIncident, key: str, at: int) -> str | None:
        """Why the entry with this body and key can't be moved to a time (ms UTC); None if it can."""
        return None

    def details(self) -> tuple[str, ...]:
        """What follows the text on its line: `because …`, `by …`."""
        return ()

    def paragraphs(self, entry: Entry, incident: BaseIncident, tz: tzinfo | None) -> list[str]:
        """The paragraphs below the text when the whole entry is shown."""
        return []

    def log_lines(self, entry: Entry, at: int, text: str, playbook: Playbook) -> list[tuple[int, str, str]]:
        """The lines in the exported log, each with its time (ms UTC), kind and text; `at` and `text` are corrected."""
        return [(at, *self.log_line(text, playbook))]

    def log_line(self, text: str, playbook: Playbook) -> tuple[str, str]:
        """Kind and text in the exported log, for a kind that has one line there."""
        details = ", ".join(self.details()).removeprefix("because ")
        return self.kind_label, text + (f" – {details}" if details else "")


class Unknown(Body, frozen=True, tag=False):
    """The body of a kind that this version does not know: kept unchanged, and shown by the entry's text."""

    changes_state = False

    name: str
    data: str

    @property
    def kind(self) -> str:
        return self.name
