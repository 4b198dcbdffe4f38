"""One open incident: its journal and its folded state; acts go in through `apply`, news come back through `poll`."""

from __future__ import annotations

from collections.abc import Callable
from datetime import tzinfo
from typing import TYPE_CHECKING, cast

from warroom.model import acts
from warroom.model.entries import Draft, Entry
from warroom.model.incident import Incident, Refused, fold, refusal
from warroom.model.playbook import Playbook
from warroom.store.journal import Journal

if TYPE_CHECKING:
    from warroom.model.snapshot import Snapshot


class Session:
    """An incident being worked on; nothing is shown as done that is not committed.

    `playbook` gives the playbook as it is now, and is called only when an act or a look needs it. `now` gives ms UTC,
    `tz` is the zone people read times in (None: the machine's own).
    """

    def __init__(
        self,
        journal: Journal,
        playbook: Callable[[], Playbook],
        incident: str,
        *,
        author: str,
        now: Callable[[], int],
        tz: tzinfo | None = None,
    ) -> None:
        self.journal = journal
        self._playbook = playbook
        self.author = author
        self.now = now
        self.tz = tz
        self._version = journal.version()
        self.seq = journal.last_seq()
        self._state = {entry.key: entry for entry in journal.state(incident)}
        self.incident: Incident = fold(self._state.values())

    @property
    def playbook(self) -> Playbook:
        """The playbook as it is now."""
        return self._playbook()

    @classmethod
    def declare(
        cls,
        journal: Journal,
        playbook: Callable[[], Playbook],
        draft: Draft,
        *,
        author: str,
        now: Callable[[], int],
        tz: tzinfo | None = None,
    ) -> Session:
        """Begin an incident and open it. Raises Refused, or StoreError."""
        if reason := refusal(None, draft, playbook(), now()):
            raise Refused(reason)
        with journal.writing() as writer:
            incident = writer.new_incident_id()
            writer.append(incident, draft, author=author)
        return cls(journal, playbook, incident, author=author, now=now, tz=tz)

    def apply(self, *drafts: Draft) -> list[Entry]:
        """Append acts, all or none, as the incident stands at that very moment; returns what was committed.

        Raises Refused with the reason, or StoreError; in both cases nothing was written.
        """
        done: list[Entry] = []
        with self.journal.writing() as writer:
            self._take(self.journal.since(self.seq, self.incident.id))
            trial = dict(self._state)
            incident = self.incident
            for draft in drafts:
                self._check(incident, draft)
                entry = writer.append(self.incident.id, draft, author=self.author)
                done.append(entry)
                if entry.body.changes_state:
                    trial[entry.key] = entry
                    incident = fold(trial.values())
        # Only now is it on disk: a failing commit leaves the state as it was.
        self._state, self.incident = trial, incident
        self.seq = max(self.seq, *(entry.seq for entry in done)) if done else self.seq
        return done

    def poll(self) -> list[Entry]:
        """What other processes have added to this incident since the last look; cheap when there is nothing."""
        version = self.journal.version()
        if version == self._version:
            return []
        news = self.journal.since(self.seq, self.incident.id)
        self._take(news)
        # Last: news that could not be read this time is still new the next time.
        self._version = version
        return news

    def _take(self, news: list[Entry]) -> None:
        if not news:
            return
        self.seq = max(self.seq, news[-1].seq)
        state = [entry for entry in news if entry.body.changes_state]
        if state:
            self._state.update((entry.key, entry) for entry in state)
            self.incident = fold(self._state.values())

    def _check(self, incident: Incident, draft: Draft) -> None:
        # An act that names nothing of the playbook must not wait for it: a note is logged whatever its state.
        unread = cast("Playbook", _Unread(self._playbook))
        reason = refusal(incident, draft, unread, self.now())
        if reason is None and (corrected := draft.body.corrects) is not None:
            reason = draft.body.refusal_of_target(incident, self.journal.entry(corrected))
        if reason:
            raise Refused(reason)

    def snapshot(self) -> Snapshot:
        """The incident as it stands now, with everything that follows from it."""
        # Imported here and below because `warroom log` works none of it out, and is to be quick.
        from warroom.model.snapshot import Snapshot

        return Snapshot(self.incident, self.playbook, self.now(), self.tz)

    def change_severity(self, level: int, because: str, at: int | None = None) -> list[str]:
        """Change the severity and say in words what that did to the clocks. Raises Refused, or StoreError."""
        from warroom.model.clocks import what_changed

        before = self.incident
        self.apply(acts.lifecycle.set_severity(level, because, before.severity, at))
        return what_changed(before, self.incident, self.playbook, self.now())


class _Unread:
    """A playbook that is read when first looked into."""

    def __init__(self, read: Callable[[], Playbook]) -> None:
        self._read = read

    def __getattr__(self, name: str) -> object:
        return getattr(self._read(), name)
