"""One open incident: `apply` logs the user's acts, `poll` reads what others have logged."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from datetime import tzinfo
from typing import TYPE_CHECKING, cast

from warroom.model import acts
from warroom.model.entries import Draft, Entry
from warroom.model.incident import Incident, Refused, fold, refusal
from warroom.model.kinds.redaction import Redacted
from warroom.model.playbook import Playbook
from warroom.store.journal import Journal

if TYPE_CHECKING:
    from warroom.model.redaction import Words
    from warroom.model.snapshot import Snapshot
    from warroom.model.undoing import Step
    from warroom.store.redacting import Found


class Session:
    """An open incident; its state only contains what is committed to the journal.

    `playbook` returns the current playbook; it is called only when the playbook is needed. `now` gives ms UTC, `tz` is
    the zone in which people read times (None: the machine's own).
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
        """The current playbook."""
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
        """Declare an incident and open it. Raises Refused, or StoreError."""
        if reason := refusal(None, draft, playbook(), now()):
            raise Refused(reason)
        with journal.writing() as writer:
            incident = writer.new_incident_id()
            writer.append(incident, draft, author=author)
            # Read before the commit: if reading failed after it, the user would declare the incident a second time.
            return cls(journal, playbook, incident, author=author, now=now, tz=tz)

    def apply(self, *drafts: Draft) -> list[Entry]:
        """Check drafts against the latest state of the incident and log them, all or none; returns the new entries.

        Raises Refused with the reason, or StoreError; in both cases nothing was written.
        """
        done: list[Entry] = []
        with self.journal.writing(self.now() if len(drafts) > 1 else None) as writer:  # one act is undone as one
            self._add_entries(self.journal.since(self.seq, self.incident.id))
            trial = dict(self._state)
            incident = self.incident
            for draft in drafts:
                self._check(incident, draft)
                entry = writer.append(self.incident.id, draft, author=self.author)
                done.append(entry)
                if entry.body.changes_state:
                    trial |= {one.key: one for one in (entry, *self.journal.recast([entry]))}
                    incident = fold(trial.values())
        # Set only after the commit, so that a failing commit leaves the state unchanged.
        self._state, self.incident = trial, incident
        self.seq = max(self.seq, *(entry.seq for entry in done)) if done else self.seq
        return done

    def poll(self) -> list[Entry]:
        """The entries that other processes have added to this incident since the last call; cheap if there are none."""
        version = self.journal.version()
        if version == self._version:
            return []
        new_entries = self.journal.since(self.seq, self.incident.id)
        self._add_entries(new_entries)
        # Set last: if reading failed, the same entries are read again the next time.
        self._version = version
        return new_entries

    def _add_entries(self, new_entries: list[Entry]) -> None:
        if not new_entries:
            return
        self.seq = max(self.seq, new_entries[-1].seq)
        if any(isinstance(entry.body, Redacted) for entry in new_entries):
            self.read_again()
            return
        state = [entry for entry in new_entries if entry.body.changes_state]
        if state:
            state += self.journal.recast(state)
            self._state.update((entry.key, entry) for entry in state)
            self.incident = fold(self._state.values())

    def read_again(self) -> None:
        """Read all entries anew: earlier ones say something else since a redaction."""
        version, seq = self.journal.version(), self.journal.last_seq()
        self._state = {entry.key: entry for entry in self.journal.state(self.incident.id)}
        self.incident = fold(self._state.values())
        self._version, self.seq = version, max(self.seq, seq)

    def undo_step(self, together: Iterable[Collection[str]] = (), *, passed: Collection[str] = ()) -> Step | None:
        """What undoes this author's last act here that is not undone yet; see `undoing.undo`. Raises StoreError."""
        from warroom.model.undoing import undo

        def find(key: str) -> Entry | None:
            return next(iter(self.journal.entries([key])), None)

        own = self.journal.own(self.incident.id, self.author)
        return undo(self.incident, own, together, passed, find=find, tz=self.tz)

    def redo_step(self) -> Step | None:
        """What does again what this author has undone last; None if there is nothing. Raises StoreError."""
        from warroom.model.undoing import redo

        return redo(self.incident, self.journal.own(self.incident.id, self.author))

    def why_no_undo(self) -> str:
        """Why there is nothing to undo although something was done, as the end of a sentence; "" if nothing was done.

        Raises StoreError.
        """
        others = self.journal.state(self.incident.id)
        if any(entry.author == self.author and entry.origin != self.journal.origin for entry in others):
            return (
                "what you did in this incident was written by another file, or by this one before it was restored, and "
                "only what this file wrote is undone; x on a line, or warroom correct retract, takes it back"
            )
        return ""

    def why_no_redo(self) -> str:
        """Why there is nothing to redo, as the end of a sentence. Raises StoreError."""
        from warroom.model.undoing import why_no_redo

        return why_no_redo(self.incident, self.journal.own(self.incident.id, self.author))

    def find_words(self, words: Words) -> Found:
        """Where words are that are to be redacted; nothing is changed. Raises StoreError."""
        return self.journal.find_words(self.incident.id, words)

    def redact(self, words: Words) -> Found:
        """Replace words in the incident's entries and in the drafts, and log that; returns what was replaced.

        Raises StoreError; see `Journal.redact`.
        """
        try:
            return self.journal.redact(self.incident.id, words, author=self.author)
        finally:
            self.read_again()

    def _check(self, incident: Incident, draft: Draft) -> None:
        # A draft that needs no playbook must not fail because of it: a note can always be logged.
        lazy = cast("Playbook", _LazyPlaybook(self._playbook))
        reason = refusal(incident, draft, lazy, self.now())
        if reason is None and (corrected := draft.body.corrects) is not None:
            reason = draft.body.refusal_of_target(incident, self.journal.entry(corrected), draft)
        if reason:
            raise Refused(reason)

    def snapshot(self) -> Snapshot:
        """The incident now, with everything that is computed from it."""
        # Imported here and below because `warroom log` does not need it and must be fast.
        from warroom.model.snapshot import Snapshot

        return Snapshot(self.incident, self.playbook, self.now(), self.tz)

    def change_severity(self, level: int, because: str, at: int | None = None) -> list[str]:
        """Change the severity; returns how the clocks changed, as text. Raises Refused, or StoreError."""
        from warroom.model.clocks import clock_changes

        before = self.incident
        self.apply(acts.severity.set_severity(level, because, before.severity, at))
        return clock_changes(before, self.incident, self.playbook, self.now())


class _LazyPlaybook:
    """A playbook that is read when it is first used."""

    def __init__(self, read: Callable[[], Playbook]) -> None:
        self._read = read

    def __getattr__(self, name: str) -> object:
        return getattr(self._read(), name)
