"""What is counted and measured over many incidents, and how a figure is made of single values. Durations are in ms."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from warroom.model.action_items import Tally

FEW = 5
"""Of fewer values than this, each is shown: a median of three says less than the three."""


def median(values: Sequence[int]) -> int:
    """The value in the middle, or halfway between the two in the middle; in whole ms. Raises IndexError without any."""
    found = sorted(values)
    return (found[(len(found) - 1) // 2] + found[len(found) // 2]) // 2


class Summary(msgspec.Struct, frozen=True):
    """Some durations in ms, sorted; median, mean and p90 are None while there are fewer than FEW."""

    values: tuple[int, ...]

    @property
    def n(self) -> int:
        """How many there are."""
        return len(self.values)

    @property
    def median(self) -> int | None:
        """The one in the middle, or halfway between the two in the middle."""
        return None if self.n < FEW else median(self.values)

    @property
    def p90(self) -> int | None:
        """The shortest that nine of ten did not exceed: always one of the values, never one in between."""
        return None if self.n < FEW else self.values[-(-9 * self.n // 10) - 1]

    @property
    def mean(self) -> int | None:
        """The arithmetic mean, to the ms."""
        return None if self.n < FEW else round(sum(self.values) / self.n)

    @property
    def least(self) -> int | None:
        """The shortest; None if there is none."""
        return self.values[0] if self.values else None

    @property
    def most(self) -> int | None:
        """The longest; None if there is none."""
        return self.values[-1] if self.values else None


class LeftOut(msgspec.Struct, frozen=True):
    """The incidents (their ids) that a figure leaves out for the same reason, such as `no time of mitigation`."""

    because: str
    incidents: tuple[str, ...]


class Measure(msgspec.Struct, frozen=True):
    """A time that is measured: its id and name, and the ids of the moments it goes from and to, see MOMENTS."""

    id: str
    name: str
    start: str
    end: str

    @property
    def between(self) -> str:
        """Its two moments in words: `began → mitigated`."""
        return f"{MOMENTS[self.start]} → {MOMENTS[self.end]}"

    @property
    def heading(self) -> str:
        """`Time to mitigate: began → mitigated`."""
        return f"{self.name}: {self.between}"


MOMENTS = {
    "began": "began",
    "learned": "learned of it",
    "detected": "detected",
    "acknowledged": "acknowledged",
    "stakeholders": "sent to stakeholders",
    "customers": "sent to customers",
    "mitigated": "mitigated",
    "resolved": "resolved",
}
"""The moments that times are measured between, each in words: milestones, when it was learned of, first messages."""
MEASURES = (
    Measure("detect", "Time to detect", "began", "detected"),
    Measure("acknowledge", "Time to acknowledge", "began", "acknowledged"),
    Measure("stakeholders", "First message to stakeholders", "learned", "stakeholders"),
    Measure("customers", "First message to customers", "learned", "customers"),
    Measure("mitigate", "Time to mitigate", "began", "mitigated"),
    Measure("resolve", "Time to resolve", "began", "resolved"),
)
"""The times that are measured. Those to a message count from when the user learned of it, as the playbook's limits do;
the others from when it began, because that is what people had to wait."""


DRILL_MEASURES = ("acknowledge", "stakeholders")
"""The ids of the times that are told of drills."""


class Figure(msgspec.Struct, frozen=True):
    """How long something took in the incidents it is known of, and which incidents are left out."""

    measure: Measure
    summary: Summary
    left_out: tuple[LeftOut, ...]


class Promises(msgspec.Struct, frozen=True):
    """The promised updates: how many were made, are running, and were kept, late or never followed by a message.

    `late_by` is how late those were that came late; how late one is that never came is not known.
    """

    made: int
    running: int
    kept: int
    missed: int
    late_by: Summary

    @property
    def late(self) -> int:
        """How many were followed by a message, but late."""
        return self.late_by.n

    @property
    def broken(self) -> int:
        """How many were not kept: late, or never followed by a message."""
        return self.late + self.missed

    @property
    def judged(self) -> int:
        """How many were kept or broken, and not still running."""
        return self.made - self.running


class Escalations(msgspec.Struct, frozen=True):
    """The escalation messages and in how many incidents they went out, and how often each other step was taken."""

    messages: int
    incidents: int
    told: int
    objected: int
    skipped: int
    declined: int


class Money(msgspec.Struct, frozen=True):
    """The estimated cost of `n` incidents in one currency; `running` of them still go on. `text` is `≈ $14,000`."""

    amount: float
    text: str
    n: int
    running: int


class PostMortems(msgspec.Struct, frozen=True):
    """The post-mortems that resolved incidents owe: done (of these late), waived, open (of these late), let go.

    An incident that was closed without owing one has let it go. `extra` were done although none was owed.
    """

    owed: int
    done: int
    done_late: int
    waived: int
    open: int
    open_late: int
    let_go: int
    extra: int


class Counts(msgspec.Struct, frozen=True):
    """How many incidents have each name, the most frequent first, and of how many (`unknown`) none is known."""

    rows: tuple[tuple[str, int], ...]
    unknown: int

    @property
    def recurring(self) -> tuple[tuple[str, int], ...]:
        """Those of more than one incident."""
        return tuple(row for row in self.rows if row[1] > 1)


class Metrics(msgspec.Struct, frozen=True):
    """Every figure of a number of incidents; see `summed` for what cancelled ones count for."""

    incidents: int
    open: int
    reopened: int
    cancelled: tuple[tuple[str, int], ...]
    """How many were cancelled, by why: `false alarm`, `duplicate`."""
    times: tuple[Figure, ...]
    promises: Promises
    escalations: Escalations
    costs: tuple[Money, ...]
    cost_unknown: int
    post_mortems: PostMortems
    action_items: Tally
    systems: Counts
    causes: Counts


class Group(msgspec.Struct, frozen=True):
    """The figures of the incidents that have something in common; `name` is `2026-11`, `SEV2` or `checkout`."""

    name: str
    metrics: Metrics


class Drills(msgspec.Struct, frozen=True):
    """The few figures of drills: how many there were, the times in DRILL_MEASURES, and the promised updates."""

    n: int
    times: tuple[Figure, ...]
    promises: Promises


class Report(msgspec.Struct, frozen=True):
    """The figures of all incidents, and of each group, if they were grouped.

    `before` are those of the period before, which is as long; None if there is none to compare with.
    """

    all: Metrics
    groups: tuple[Group, ...]
    before: Metrics | None = None
    drills: Drills | None = None
    """The figures of the drills that began in the period; they are in none of the others. None if there was none."""
