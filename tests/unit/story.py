"""An incident told act by act in memory, for the tests of the model."""

from __future__ import annotations

from tests.conftest import THREE_SEVENTEEN as START
from tests.stories import NARRATIVE
from warroom import places
from warroom.model import acts
from warroom.model.advice import Advice
from warroom.model.clocks import Clock, clocks
from warroom.model.entries import Draft, Entry
from warroom.model.incident import Incident, fold, refusal
from warroom.model.kinds.messages import MessageSent
from warroom.model.playbook import Playbook, load
from warroom.model.promises import Promise, promises
from warroom.model.snapshot import Snapshot
from warroom.model.times import MINUTE

BOOK = load((places.templates() / "playbook.toml").read_text("utf-8"), file="playbook.toml")


def moment(minute: float) -> int:
    """The ms UTC of so many minutes after 03:17 UTC."""
    return START + round(minute * MINUTE)


def message(kind: str, number: int = 1, promise: float | None = None) -> Draft:
    """A message of that kind going out, promising the next update at a minute."""
    due = None if promise is None else moment(promise)
    body = MessageSent(kind, number, to="leadership", subject="Checkout errors", body="We are on it.", promise=due)
    return acts.messages.send(body, kind.capitalize())


class Story:
    """Entries in the making. Minutes count from 03:17 UTC, which is when the user learns of it."""

    def __init__(self, severity: int = 2, book: Playbook = BOOK, *, began: float = 0, origin: str = "here") -> None:
        self.book = book
        self.entries: list[Entry] = []
        self.tell(
            0,
            acts.lifecycle.declare("Checkout errors", severity, now=START, began=moment(began), learned=START),
            origin=origin,
        )

    def tell(self, minute: float, draft: Draft, *, author: str = "Sam", origin: str = "here") -> Entry:
        """Write an act down at a minute; the hybrid clock goes on even where the wall clock is set back."""
        recorded = moment(minute)
        hlc = max([recorded << 16, *(entry.hlc + 1 for entry in self.entries)])
        n = 1 + sum(entry.origin == origin for entry in self.entries)
        at = recorded if draft.at is None else draft.at
        seq = len(self.entries) + 1
        entry = Entry(seq, origin, n, hlc, "k7qd3f", at, recorded, author, draft.text, draft.body)
        self.entries.append(entry)
        return entry

    def severity(self, minute: float, level: int, at: float | None = None) -> Entry:
        """Change the severity."""
        when = None if at is None else moment(at)
        return self.tell(minute, acts.severity.set_severity(level, "as we know now", self.incident.severity, when))

    @property
    def incident(self) -> Incident:
        """The incident as all that was told folds."""
        return fold(entry for entry in self.entries if entry.kind not in NARRATIVE)

    def clocks(self, minute: float) -> dict[str, Clock]:
        """The clocks at a minute, by id."""
        return {clock.id: clock for clock in clocks(self.incident, self.book, moment(minute))}

    def due(self, clock: str, minute: float) -> float | None:
        """The minute a clock is due, seen at a minute; None where it does not run."""
        found = self.clocks(minute).get(clock)
        return None if found is None else (found.due - START) / MINUTE

    def promises(self, minute: float) -> list[Promise]:
        """What became of the promises by a minute."""
        return list(promises(self.incident, self.book, moment(minute)))

    def now(self, minute: float) -> Advice:
        """The NOW line at a minute."""
        return Snapshot(self.incident, self.book, moment(minute)).advice

    def refused(self, minute: float, draft: Draft) -> str | None:
        """Why an act is refused at a minute."""
        return refusal(self.incident, draft, self.book, moment(minute))
