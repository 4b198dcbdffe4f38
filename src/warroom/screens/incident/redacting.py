"""Redacting words that should never have been logged, from the entry that is open; asked twice, as it is for good."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from msgspec.structs import replace

from warroom import places
from warroom.model.entries import Entry
from warroom.model.kinds.redaction import Redacted
from warroom.model.redaction import Words, WrongWords
from warroom.model.times import SECOND
from warroom.screens.conversation import Question
from warroom.store.errors import StoreError
from warroom.store.journal import Journal
from warroom.store.old_copies import redact_texts
from warroom.store.redacting import Found, NotWiped
from warroom.widgets.choices import Choice

if TYPE_CHECKING:
    from warroom.screens.incident.page import IncidentPage

_MOST_OFFERED = 200
"""A text with more characters, or with several lines, is not put into the line to be cut down to the words."""
_SHOWS_WORDS = frozenset({"entry", "search", "text"})
"""The places whose screens show words of the log and don't follow what others do."""
_AGAIN = ". Try again: enter, then r"
_TELL_S = 1.0
"""Seconds between saying how long it takes."""


async def redact(page: IncidentPage, entry: Entry) -> None:
    """Ask for the words and the reason, say what will happen, and do it if the user confirms."""
    text = page.incident.shown(entry).text
    words = await page.ask(
        f"redact:{entry.key}",
        "Redact",
        placeholder="the words that must go",
        hint="leave only the words that must go",
        start=text if len(text) <= _MOST_OFFERED and "\n" not in text else "",
        take=lambda answer: _words(page, answer, "?") is not None,
        when_closed=True,
    )
    if words is None:
        return
    because = await page.ask(
        "redact:because",
        "Redact, because",
        placeholder="what it is: a password, a customer's number",
        hint="the reason takes the place of the words",
        take=lambda answer: _words(page, words, answer) is not None,
        when_closed=True,
    )
    wanted = _words(page, words, because) if because is not None else None
    if wanted is None:
        return

    def find(journal: Journal) -> Found:
        found = journal.find_words(page.incident.id, wanted)
        if not found.changed and page.workspace.copies_with(page.incident.id, wanted, journal)[0]:
            journal.connection.vacuum()  # they were typed again, and may be left in an unused part
            page.workspace.make_daily_copy(anew=True)  # which was not possible when the words were redacted
            return replace(found, finished=True)
        return found

    from warroom.screens.leaving import HasDrafts

    if isinstance(page.screen, HasDrafts):
        page.screen.save_drafts()  # without the words as they were just being typed
    job = Job(page, "Looking for the words", find)
    found = await Question[Found | StoreError](job.start)
    if isinstance(found, StoreError):
        page.say(f"Nothing was redacted: {found}", failed=True)
        return
    page.say("")
    if found.finished:
        page.say("The daily copies that still had these words were replaced by one without them")
        return
    if not found.changed:
        page.say("No entry of this incident has these words; nothing was changed", failed=True)
        return
    if await _confirmed(page, wanted, found):
        _redact(page, wanted)


def _words(page: IncidentPage, words: str, because: str) -> Words | None:
    """The words and the reason; None, with a notice, if they can't be used."""
    try:
        return Words(words, because)
    except WrongWords as error:
        page.say(str(error).capitalize(), failed=True)
        return None


async def _confirmed(page: IncidentPage, wanted: Words, found: Found) -> bool:
    entries = _entries(len(found.changed))
    about = (
        f"“{wanted.mark}” takes the place of the words, in the file itself. This can't be undone, and the log says "
        "that you did it. Backups, exports and messages that were sent keep the words."
    )
    rows = [
        Choice("no", "Keep the words", about="Nothing is changed."),
        Choice("yes", f"Redact them in {entries}, for good", about=about),
    ]
    return await page.pick(f"Redact in {entries}?", rows) == "yes"


def _redact(page: IncidentPage, wanted: Words) -> None:
    if page.waiting:
        page.say("Nothing was redacted: first, what waits has to be saved" + _AGAIN, failed=True)
        return
    if page.composing:
        page.message.leave()
    # Or the words would be saved again.
    page.line.restore({question: wanted.redact(draft) for question, draft in page.line.drafts.items()})
    page.save_again()
    incident, author = page.incident.id, page.session.author

    def work(journal: Journal) -> Found:
        found = journal.redact(incident, wanted, author=author)
        redact_texts(places.outbox(), wanted)
        page.workspace.make_daily_copy(anew=True)  # the others have the words
        return found

    def done(found: Found | StoreError) -> None:
        page.redacting = False
        try:
            page.session.read_again()
        except StoreError as error:
            page.say(str(error), failed=True)
            return
        if isinstance(found, StoreError) and not any(record.seq > before for record in _redactions(page)):
            page.say(f"Nothing was redacted: {found}", failed=True)
            return
        forget_words(page)
        page.show_changed()
        if isinstance(found, StoreError):
            copies = (
                "" if isinstance(found, NotWiped) else "The words are redacted, but perhaps not in the daily copies: "
            )
            again = "" if isinstance(found, NotWiped) else " Then redact the same words again"
            page.say(f"{copies}{found}{again}", failed=True)
        else:
            alike = f". {_entries(len(found.alike))} more look alike, and stay" if found.alike else ""
            page.say(f"Redacted in {_entries(len(found.changed))}{alike}. Change it if it was a password")

    before = page.session.seq
    page.redacting = True
    Job(page, "Redacting, which writes the whole file anew", work).start(done)


def _redactions(page: IncidentPage) -> list[Entry]:
    return [logged.entry for logged in page.incident.all(Redacted)]


class Job:
    """Work on the file that may take long: in a thread, on a connection of its own, while the screen says so."""

    def __init__(self, page: IncidentPage, says: str, work: Callable[[Journal], Found]) -> None:
        self._page, self._says, self._work = page, says, work
        self._began = page.workspace.real_now()

    def start(self, done: Callable[[Found | StoreError], object]) -> None:
        """Begin; `done` is called with the result, in the screen's own thread."""
        app = self._page.screen.app
        self._tell()
        telling = self._page.screen.set_interval(_TELL_S, self._tell)

        def finish(found: Found | StoreError) -> None:
            telling.stop()
            if self._page.screen.is_attached:  # else the console is being left
                done(found)

        def run() -> None:
            workspace = self._page.workspace
            try:
                with Journal.open(workspace.database, now=workspace.now, create=False) as journal:
                    found: Found | StoreError = self._work(journal)
            except StoreError as error:
                found = error
            app.call_from_thread(finish, found)

        app.run_worker(run, thread=True, group="redacting")

    def _tell(self) -> None:
        seconds = (self._page.workspace.real_now() - self._began) // SECOND
        self._page.say(f"{self._says}…" + (f" {seconds} s" if seconds else ""), mark="▸")


def forget_words(page: IncidentPage) -> None:
    """Forget what has redacted words or could bring them back: a text on top, undo, drafts that are not being typed."""
    page.say("")
    page.done.clear()
    top = page.screen.app.screen
    if top is not page.screen and not _SHOWS_WORDS.isdisjoint(getattr(top, "PLACES", ())):
        top.dismiss(None)
    if not page.composing:
        page.message.drafts.forget()


def _entries(count: int) -> str:
    return "1 entry" if count == 1 else f"{count:,} entries"
