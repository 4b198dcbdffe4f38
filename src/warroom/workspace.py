"""The workspace that the command line and the console share: journal, company's files, author, time zone, clock."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from datetime import tzinfo
from pathlib import Path
from time import monotonic as seconds
from typing import TYPE_CHECKING

import msgspec

from warroom.files_in_use import FilesInUse
from warroom.kept import KeptPeople, KeptReady
from warroom.model.drills import MayBeDrill, OfDrill
from warroom.own_files import Problem
from warroom.session import Session
from warroom.signing import Signing
from warroom.store.errors import StoreError
from warroom.store.journal import Journal

if TYPE_CHECKING:
    from warroom.documents.registry import Document
    from warroom.model.action_items import ActionItem
    from warroom.model.cases import Case
    from warroom.model.drill_report import Report as DrillReport
    from warroom.model.entries import Draft, Entry
    from warroom.model.figures import Report
    from warroom.model.metrics import By
    from warroom.model.people import Directory
    from warroom.model.playbook import Playbook
    from warroom.model.readiness import Ready
    from warroom.model.redaction import Words
    from warroom.model.similar import SimilarIncident
    from warroom.model.summary import IncidentSummary
    from warroom.store.action_items import ActionItemList
    from warroom.store.drill_clock import DrillClock
    from warroom.store.files import FileId
    from warroom.store.registers import Register
    from warroom.store.summaries import SummaryList

__all__ = ["Problem", "Workspace"]


class Workspace(FilesInUse, Signing):
    """Everything a command or a screen may need; each part is read once, when it is first used.

    A mistake in one of the company's own files never raises: a replacement is used, and `problems` has the mistake.
    """

    def __init__(
        self,
        database: Path,
        *,
        now: Callable[[], int],
        author: str | None = None,
        tz: tzinfo | None = None,
        env: Mapping[str, str] | None = None,
        config: Path | None = None,
        on_problem: Callable[[Problem], None] = lambda problem: None,
        monotonic: Callable[[], float] = seconds,
    ) -> None:
        """Use the journal at `database`, which is opened when it is first used.

        `now` gives ms UTC, `monotonic` seconds since any moment, by which the clock of a drill's file runs. `author`
        defaults to the name that was kept, then to the logged-in user, `tz` (the zone in which people read times) to
        the machine's, `config` (the company's folder) to the user's. `on_problem` is called once for each problem.
        """
        self.database = database
        self.now = now
        """The time (ms UTC) at which things happen here: in a drill's file that of its own clock, once it is open."""
        self.real_now = now
        """The time (ms UTC) on people's watches, also during a drill: for how long something takes."""
        self._monotonic = monotonic
        self.drill: DrillClock | None = None
        """The clock of the drill that this file is of; None for any other journal, and before it is opened."""
        self.tz = tz
        self.env = dict(os.environ) if env is None else env
        self._journal: Journal | None = None
        self._only: FileId | None = None
        """The file that has to be at `database`; None if any may."""
        self._action_items: ActionItemList | None = None
        self._summaries: SummaryList | None = None
        self._registers: dict[str, Register] = {}
        self._kept_people = KeptPeople(self.register, self._real_journal)
        self._kept_ready = KeptReady(self.register, self._real_journal)
        FilesInUse.__init__(self, config, on_problem)
        Signing.__init__(self, lambda: self.journal, lambda: self.real_now(), self.env, author)

    # The journal

    @property
    def journal(self) -> Journal:
        """The open journal. Raises StoreError, also if there is no file yet."""
        return self.open_journal()

    def open_journal(self, *, create: bool = False) -> Journal:
        """The open journal; with `create`, the file is created if there is none. Raises StoreError."""
        if self._journal is None:
            self._journal = Journal.open(self.database, now=lambda: self.now(), create=create, only=self._only)
            if self.drill is None:
                self._find_drill()
            self._find_name()
        return self._journal

    def _find_drill(self) -> None:
        """From now on use the clock of the drill, if this is a drill's file."""
        with suppress(StoreError):  # whoever needs what can't be read says so
            kept = self.preferences.get("drill-clock")
            if kept is not None:
                from warroom.store.drill_clock import DrillClock, Reading, read

                reading = read(kept) or Reading(self.now(), 1)
                self.drill = DrillClock(lambda: self.preferences, reading, self._monotonic)
                self.now = self.drill.now

    def is_practice(self, one: MayBeDrill) -> bool:
        """Whether it is a drill among what is real, so that nobody waits for it; in a drill's file all counts."""
        return one.drill and self.drill is None

    def apart(self, found: Iterable[OfDrill]) -> tuple[list[OfDrill], list[OfDrill]]:
        """What counts as real, and the drills among it, each in the order in which it was found."""
        real: list[OfDrill] = []
        drills: list[OfDrill] = []
        for one in found:
            (drills if self.is_practice(one) else real).append(one)
        return real, drills

    unknown_zone = ""
    """What to say of a TZ that names no zone; "" if it names one, or is not set."""
    has_written = False
    """Whether entries were written to a journal that is closed by now."""

    def wait_briefly(self) -> None:
        """From now on, hardly wait while others have the file locked: for the console, which has keys to answer."""
        self.journal.connection.wait_briefly()

    def make_daily_copy(self, *, anew: bool = False, stop: Callable[[], bool] = lambda: False) -> Path | None:
        """Make today's copy of the journal if it is due and not turned off; see `daily_copies`. Raises StoreError.

        With `anew`, only if there are copies already: they are replaced by one of the file as it is now; and what a
        killed process left unfinished is removed. This uses no
        connection of the workspace, so that another thread may do it.
        """
        from warroom.model import times
        from warroom.store import daily_copies

        off = self.env.get(daily_copies.SETTING, "").strip().lower() in daily_copies.OFF or self.drill is not None
        if off and not anew:
            return None
        if anew:
            from warroom.store.leftovers import remove_leftovers

            daily_copies.remove_stale(self.database.absolute(), anew=True)
            remove_leftovers(self.database.absolute(), others=True)
            if not daily_copies.copies(self.database):
                return None
        day = times.day(self.now(), self.tz)
        return daily_copies.make_copy(self.database.absolute(), day, anew=anew, stop=stop)

    def copies_with(self, incident: str, words: Words, journal: Journal | None = None) -> tuple[list[Path], list[Path]]:
        """The daily copies, and the journals kept by a restore, with words of an incident. Raises StoreError.

        A thread that is not the one of this workspace needs a `journal` of its own.
        """
        from warroom.store.old_copies import with_words

        return with_words(self.database.absolute(), (journal or self.journal).in_file(incident), words)

    def close(self) -> None:
        """Close the journal, if it was opened."""
        if self._journal is not None:
            self.has_written |= self._journal.has_written
            self._journal.close()
            self._journal = self._action_items = self._summaries = None
            self._registers.clear()

    def another(self) -> Workspace:
        """Another workspace on the same files and for the same person, with its own connection: for a thread.

        If the journal is open here, the other one opens the very same file, and raises Gone if it was replaced.
        """
        other = Workspace(
            self.database, now=self.now, author=self.author, tz=self.tz, env=self.env, config=self._config
        )
        other._only = self._journal.connection.file_id if self._journal is not None else None
        other.drill, other.real_now = self.drill, self.real_now
        return other

    def open(self, incident: str) -> Session:
        """Open an incident. Raises StoreError."""
        return Session(self.journal, self._playbook, incident, author=self.author, now=self.now, tz=self.tz)

    def declare(self, draft: Draft) -> Session:
        """Declare an incident and open it; in a drill's file it is a drill. Raises Refused, or StoreError."""
        journal = self.journal
        if self.drill is not None:
            from warroom.model.kinds.lifecycle import as_drill

            draft = as_drill(draft)
        return Session.declare(journal, self._playbook, draft, author=self.author, now=self.now, tz=self.tz)

    def action_items(self) -> tuple[ActionItem, ...]:
        """The action items of all incidents; only what is new is read, and the same object if nothing is.

        Raises StoreError.
        """
        if self._action_items is None:
            from warroom.store.action_items import ActionItemList

            self._action_items = ActionItemList(self.journal)
        return self._action_items.read()

    def register(self, name: str) -> Register:
        """What is kept between incidents under a name of `ids.REGISTERS`. Raises StoreError."""
        if name not in self._registers:
            from warroom.store.registers import Register

            self._registers[name] = Register(self.journal, name)
        return self._registers[name]

    def ready(self, *, check: bool = True) -> tuple[Ready, ...]:
        """What to have ready before the next incident, each item as it stands; all open if there is no file yet.

        Without `check`, message templates have only the mistakes that are known already: looking for them takes up to
        a second. Raises StoreError.
        """
        if self._journal is None and not self.database.exists():
            from warroom.model.readiness import readiness

            return readiness(self._files.playbook, ())
        found = self.kind_problems if check else self._files.known_kind_problems
        broken = next((problem.brief for problem in found.values()), "")
        return self._kept_ready.items(self._files.playbook, self._kept_people, self.now(), broken)

    def reviewed(self) -> None:
        """The numbers were written to a file, which counts as a review of them, if that can be kept."""
        self._kept_ready.reviewed(self._files.playbook, self.author)

    def people(self) -> Directory:
        """Everybody who is known, the lists, and who is on call; the same object if nothing is new. Raises StoreError.

        Nobody, if there is no file yet.
        """
        from warroom.model.people import Directory

        if self._journal is None and not self.database.exists():
            return Directory()
        return self._kept_people.directory()

    def change_people(self, made: Callable[[Directory], Iterable[Draft]]) -> list[Entry]:
        """Commit what is made of everybody who is known at that moment, all or none; returns the new entries.

        Raises StoreError, and what `made` raises.
        """
        from warroom.model.people import Directory

        return self._kept_people.append(lambda entries: made(Directory(entries)), author=self.author)

    def _real_journal(self) -> Path | None:
        """The journal beside which the drill is played whose file this is; None for any other journal."""
        if self.drill is None:
            return None
        kept = self.remembered("drill", _OfADrill)
        return Path(kept.journal) if kept is not None else None

    @property
    def _summary_list(self) -> SummaryList:
        if self._summaries is None:
            from warroom.store.summaries import SummaryList

            self._summaries = SummaryList(self.journal)
        return self._summaries

    def summaries(self) -> tuple[IncidentSummary, ...]:
        """All incidents in brief; only what is new is read, and the same object if nothing is. Raises StoreError."""
        return self._summary_list.read()

    def similar(self, text: str = "", system: str = "", *, incident: str = "", most: int = 5) -> list[SimilarIncident]:
        """The incidents that resemble a text and an affected system, or an `incident`; the most similar first.

        An incident is compared by all that tells it from others; `text` and `system` are left out then. If no system
        is given or known, it is one that the text or the title names. None resembles a cancelled incident or a drill.
        Raises StoreError.
        """
        return self._summary_list.similar(text, system, incident=incident, most=most)

    def report(self, now: int, *, since: int | None = None, by: By | None = None) -> Report:
        """The numbers over all incidents at `now` (ms UTC); see `metrics.report`. Raises StoreError."""
        from warroom.model.metrics import report_of

        return report_of(self.cases(now), now, self.tz, since=since, by=by)

    def cases(self, now: int, journal: Journal | None = None) -> tuple[Case, ...]:
        """What is measured at `now` (ms UTC) of each incident, for the numbers over all of them. Raises StoreError.

        A thread that is not the one of this workspace needs a `journal` of its own.
        """
        from warroom.store.cases import cases_of

        return cases_of(journal or self.journal, self.playbook, now)

    # What the company's own files say of it

    @property
    def playbook(self) -> Playbook:
        """The playbook: the company's own if it is valid, else the built-in one, with what was kept ready filled in."""
        book = self._files.playbook
        return book if self._journal is None else self._kept_ready.filled(book, self.real_now())

    def _playbook(self) -> Playbook:
        """The playbook for an incident: its audiences have the addresses of the people on their lists too.

        And the author's contact is known, if the author is one of the people.
        """
        return self._kept_people.filled(self.playbook, self.author)

    def document(self, document: Document, form: str, session: Session) -> Iterable[str]:
        """Write a document about an incident in one of its formats, in pieces, with the company's template if valid.

        Raises StoreError, also while the pieces are read.
        """
        from warroom.documents.material import from_journal

        material = from_journal(session.journal, session.snapshot(), author=session.author)
        return self._files.document(document, form, material)

    def review(self, form: str, *, since: int | None = None, by: By | None = None) -> Iterable[str]:
        """Write the review of the incidents that began at `since` (ms UTC) or later; see `document`."""
        from warroom.documents.registry import REVIEW
        from warroom.documents.review import Review

        now = self.now()
        found = Review(self.report(now, since=since, by=by), now, since, by, self.tz)
        return self._files.document(REVIEW, form, found)

    def drill_report(self, form: str, report: DrillReport) -> Iterable[str]:
        """Write the report of a drill in one of its formats; see `document`."""
        from warroom.documents.registry import DRILL

        return self._files.document(DRILL, form, report)


class _OfADrill(msgspec.Struct):
    """What matters here of what is kept of a drill: the journal beside which it is played."""

    journal: str
