"""One run of the monkey: a fresh file, the console open on it, events, and the checks after each of them."""

from __future__ import annotations

import asyncio
import random
import sqlite3
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, chdir, closing, contextmanager
from pathlib import Path
from time import monotonic
from typing import Any
from unittest.mock import patch

from textual import events
from textual.events import Resize
from textual.geometry import Size
from textual.keys import _character_to_key
from textual.pilot import Pilot
from textual.timer import Timer
from textual.widgets import Input, TextArea

from tests.conftest import Clock
from tests.console import CET, TERMINAL, Console
from tests.monkey import checks, others
from tests.monkey.events import SIZES, Event
from tests.monkey.timeline import Shown, Violation
from warroom.model import acts
from warroom.model.entries import Entry
from warroom.screens.incident.screen import IncidentScreen
from warroom.screens.incident.timeline_view import FIND
from warroom.session import Session
from warroom.store.filtered import Filter
from warroom.store.verify import verify
from warroom.terminal.clipboard import Copied
from warroom.terminal.driver import wait_until_idle
from warroom.widgets.logline import Notice
from warroom.widgets.timeline import LOCAL, TimelinePane
from warroom.workspace import Workspace

SLOW_S = 1.0
"""An event that takes longer is a hang, on a machine that has nothing else to do."""
_CHARACTERS = {"space": " ", "slash": "/", "question_mark": "?", "plus": "+", "minus": "-"}
_SAYS_DONE = ("Logged at", "Done: ", "Taken back", "Corrected", "Marked as sent")
_UNDOING = {"ctrl+z"}


class Run:
    """One run: plays events one after the other and raises Violation for the first one that breaks a rule."""

    def __init__(self, folder: Path, seed: int) -> None:
        self.rng = random.Random(seed)
        self.console = Console(folder, Clock(), TERMINAL)
        self.clock = self.console.clock
        self.other = Workspace(
            self.console.path, author="Sam", now=self.clock, tz=CET, env=TERMINAL, config=self.console.config
        )
        self.size = self.rng.choice(SIZES[:4])
        self.at = 0
        self.lock: sqlite3.Connection | None = None
        self.locked_for = 0
        self.typed: dict[str, str] = {}
        """Words typed into the log line that must not vanish, and the question they were typed for."""
        self.slowest = (0.0, 0)
        self.checked = 0
        """How many times the drawn timeline was compared."""
        self._shown: Shown | None = None
        self._read: set[str] = set()
        """The notices that were there before the present event, on any screen."""
        self._set_up()

    def _set_up(self) -> None:
        rng = self.rng
        sessions: list[Session] = []
        if rng.random() < 0.4:
            sessions.append(self.console.half_told())
        for number in range(rng.randint(0 if sessions else 1, 2)):
            sessions.append(self.console.declare(f"Incident {number} of the night", rng.randint(1, 4)))
        for number in range(rng.choice((0, 3, 30, 200))):
            rng.choice(sessions).apply(acts.log.note(f"note {number} " + "and more " * rng.choice((0, 0, 0, 5, 60))))
        self.incidents = [session.incident.id for session in sessions]

    def close(self) -> None:
        """Let go of the file."""
        self._unlock()
        self.other.close()
        self.console.close()

    async def play(self, script: Sequence[Event]) -> None:
        """Play the events, opening the console again where it was left. Raises Violation, with `at` the event."""
        self.at, first = 0, self.incidents[0]
        incident: str | None = first
        while self.at < len(script):
            async with self.console.opened(self.size, incident) as pilot:
                await self._play_until_left(pilot, script)
            incident = None
            self._unlock()
            self.console.start_again()
        report = verify(self.console.path)
        if not report.ok:
            raise Violation("the file is damaged", report.problems)

    async def _play_until_left(self, pilot: Pilot[None], script: Sequence[Event]) -> None:
        while self.at < len(script):
            event = script[self.at]
            before = self._entries() if self.lock is None else None
            notices, shown = self._notices(pilot), self._shown
            self._read = {notice.text for screen in pilot.app.screen_stack for notice in screen.query(Notice)}
            if event[0] == "restart":
                if self.lock is None:
                    await self._pass(pilot, 1000)  # drafts are kept once a second
                    self.at += 1
                    return
            else:
                await getattr(self, f"_{event[0]}")(pilot, event[1])
            self._raise_errors(pilot)
            if pilot.app.return_code is not None:
                self.at += 1
                self._shown = None
                return
            await self._check(pilot, event, before, notices, shown)
            self.at += 1
            if self.locked_for:
                self.locked_for -= 1
                if not self.locked_for:
                    self._unlock()

    def _raise_errors(self, pilot: Pilot[None]) -> None:
        error = pilot.app._exception
        if error is not None:
            raise error
        if pilot.app.return_code not in (None, 0):
            raise Violation("the console ended with an error", pilot.app.return_code)

    # Checks

    async def _check(
        self, pilot: Pilot[None], event: Event, before: list[Entry] | None, notices: dict[int, int], shown: Shown | None
    ) -> None:
        checks.notices(pilot)
        self._shown = None
        if self.lock is not None or before is None:
            return
        added = self._entries()[len(before) :]
        self._check_acts(pilot, event, added, notices)
        if any(entry.author == "Sam" for entry in added):
            await self._pass(pilot, 500)
            self._raise_errors(pilot)
        elif event[0] == "clock" or self.at % 3 == 0 or added:
            await self._settle(pilot)
        else:
            return
        checks.cells(pilot)
        self._check_typed(pilot)
        screen = pilot.app.screen
        if not isinstance(screen, IncidentScreen) or screen.page.waiting:
            return
        pane = screen.timeline
        if pane.newest_first or pane.only or pane.zone != LOCAL:  # only the usual view is worked out from the file
            pane.choose(zone=LOCAL, newest_first=False)
            pane.filter(Filter())
            shown = None
            await self._settle(pilot)
        theirs = self.other.open(screen.session.incident.id)
        try:
            self._shown = checks.incident(pilot, theirs)
        except Violation:  # it may still be to be drawn
            await asyncio.sleep(0.05)
            await self._settle(pilot)
            self._shown = checks.incident(pilot, theirs)
        self.checked += self._shown is not None
        if event[0] == "other" and shown is not None and self._shown is not None:
            incident = screen.session.incident.id
            lines = [
                entry for entry in added if entry.incident == incident and not (entry.body.corrects or entry.body.marks)
            ]
            self._check_new(shown, self._shown, len(lines))

    def _check_new(self, before: Shown, now: Shown, added: int) -> None:
        """What others add is in view, or counted."""
        if not now.end_in_view and now.new < before.new + added:
            raise Violation("new lines are neither in view nor counted", f"{before}, then {now}, {added} added")

    def _check_acts(self, pilot: Pilot[None], event: Event, added: list[Entry], notices: dict[int, int]) -> None:
        own = [entry for entry in added if entry.author == "Dana"]
        said = any(count > notices.get(page, 0) for page, count in self._notices(pilot).items())
        text = self._notice(pilot)
        if own and not said and all(entry.incident in self.incidents for entry in own):
            raise Violation("something was logged without a word", f"{own[-1].kind} {own[-1].text[:80]!r}")
        is_new = said and text not in self._read
        if is_new and not added and text.startswith(_SAYS_DONE) and event[0] not in ("clock",):
            raise Violation("said to be logged, and is not", repr(text))
        for entry in added:
            if entry.incident not in self.incidents:
                self.incidents.append(entry.incident)

    def _check_typed(self, pilot: Pilot[None]) -> None:
        """Every word typed into the log line is in the line, in a draft, or logged."""
        if not self.typed:
            return
        places = [*self._drafts(pilot), *(f"{entry.text}{entry.body}" for entry in self._entries())]
        for word in list(self.typed):
            if self.typed[word] == FIND or self.typed[word].startswith("redact:"):
                continue  # what was looked for is nothing to log, and what has to go is best forgotten
            if not any(word in place for place in places):
                raise Violation("typed words vanished", f"{word!r}, typed for {self.typed[word]!r}")

    def _drafts(self, pilot: Pilot[None]) -> Iterator[str]:
        for screen in pilot.app.screen_stack:
            for input in screen.query(Input):
                yield getattr(input, "text", input.value)
            for area in screen.query(TextArea):
                yield area.text
            if isinstance(screen, IncidentScreen):
                yield from screen.page.line.drafts.values()
                yield from screen.page.waiting.texts
        yield from self.console.workspace.unsaved_words  # kept until the file is no longer locked
        rows = self.other.journal.connection.rows("SELECT value FROM preferences")
        yield from (str(row[0]) for row in rows)

    def _entries(self) -> list[Entry]:
        return self.other.journal.since(0)

    @staticmethod
    def _notice(pilot: Pilot[None]) -> str:
        found = [notice.text for notice in pilot.app.screen.query(Notice)]
        return found[0] if found else ""

    @staticmethod
    def _notices(pilot: Pilot[None]) -> dict[int, int]:
        """How many notices each open screen has shown."""
        pages = [getattr(screen, "page", None) for screen in pilot.app.screen_stack]
        return {id(page): page.notices for page in pages if page is not None}

    # Events

    async def _idle(self, pilot: Pilot[None], keys: int = 1) -> None:
        """Wait for the effects of what was just posted, a number of keys, and measure that."""
        began = _quiet_time()
        await wait_until_idle(pilot.app)
        took = (_quiet_time() - began) / keys
        self._raise_errors(pilot)  # drawing a traceback takes long, too
        self.slowest = max(self.slowest, (took, self.at))
        if took > SLOW_S:
            raise Violation("an event took over a second", f"{took:.2f} s")

    async def _settle(self, pilot: Pilot[None]) -> None:
        await self._idle(pilot)
        await pilot._wait_for_screen()
        pilot.app.screen._on_timer_update()

    async def _press(self, pilot: Pilot[None], key: str) -> None:
        focused = pilot.app.focused
        if isinstance(focused, Input) and not (len(key) == 1 or key in ("escape", "enter", "tab", "shift+tab")):
            self.typed.clear()  # it may have been erased, or split, by the user's own key
        pilot.app.post_message(events.Key(key, _CHARACTERS.get(key, key if len(key) == 1 else None)))
        await self._idle(pilot)

    async def _keys(self, pilot: Pilot[None], keys: list[str]) -> None:
        for key in keys:
            await self._press(pilot, key)

    async def _words(self, pilot: Pilot[None], what: tuple[str, bool]) -> None:
        words, enter = what
        screen = pilot.app.screen
        in_line = isinstance(screen, IncidentScreen) and screen.page.line.input.has_focus
        waiting = 0
        for character in words:
            pilot.app.post_message(events.Key(_character_to_key(character), character))
            waiting += 1
            if not isinstance(pilot.app.focused, Input | TextArea):
                await self._idle(pilot, waiting)  # a letter that acts may open another screen
                waiting = 0
        await self._idle(pilot, max(waiting, 1))
        if in_line and pilot.app.screen is screen and isinstance(screen, IncidentScreen):
            line = screen.page.line
            keeps = not line.question.id.startswith("export:")  # the name of a file is no entry
            if keeps and words.startswith("word") and words in line.input.text:
                self.typed[words] = line.question.id
        if enter:
            await self._press(pilot, "enter")

    async def _answer(self, pilot: Pilot[None], what: tuple[str, int]) -> None:
        key, number = what
        await self._press(pilot, key)
        await self._words(pilot, (f"word{number}x", True))

    async def _paste(self, pilot: Pilot[None], text: str) -> None:
        pilot.app.post_message(events.Paste(text))
        await self._idle(pilot)

    async def _resize(self, pilot: Pilot[None], to: tuple[int, int]) -> None:
        self.size, size = to, Size(*to)
        driver: Any = pilot.app._driver
        driver._size = size
        pilot.app.post_message(Resize(size, size))
        await self._settle(pilot)
        while pilot.app.screen._compositor.size != size:  # Textual waits a moment for another change of size
            await asyncio.sleep(0.01)
            await self._settle(pilot)

    async def _clock(self, pilot: Pilot[None], ms: int) -> None:
        await self._pass(pilot, ms)

    async def _pass(self, pilot: Pilot[None], ms: int) -> None:
        """Let time pass, and give the console what comes with it."""
        self.clock.advance(ms=ms)
        app: Any = pilot.app
        for screen in app.screen_stack:
            if isinstance(screen, IncidentScreen):
                screen.beat()
        app.watch_clocks()
        await self._settle(pilot)

    async def _other(self, pilot: Pilot[None], what: tuple[str, float]) -> None:
        if self.lock is None:
            screen: Any = pilot.app.screen
            incident = self.incidents[int(what[1] * 1000) % len(self.incidents)]
            if isinstance(screen, IncidentScreen) and what[1] < 0.9:
                incident = screen.session.incident.id
            others.append(self.other.open(incident), *what)

    async def _lock(self, pilot: Pilot[None], what: tuple[str, int]) -> None:
        if self.lock is not None:
            return
        kind, self.locked_for = what
        self.lock = sqlite3.connect(self.console.path, isolation_level=None)
        if kind == "reader":
            self.lock.execute("BEGIN")
            self.lock.execute("SELECT count(*) FROM journal").fetchall()
        else:
            self.lock.execute(f"BEGIN {kind}")

    def _unlock(self) -> None:
        if self.lock is not None:
            self.lock.close()
        self.lock, self.locked_for = None, 0

    async def _switch(self, pilot: Pilot[None], number: int) -> None:
        app: Any = pilot.app
        app.show_incident(self.incidents[number % len(self.incidents)])
        await self._settle(pilot)

    async def _quit(self, pilot: Pilot[None], key: str) -> None:
        await self._press(pilot, "1")
        await self._press(pilot, "Q")
        if pilot.app.return_code is None:
            await self._press(pilot, key)

    async def _scroll(self, pilot: Pilot[None], direction: int) -> None:
        screen = pilot.app.screen
        if isinstance(screen, IncidentScreen):
            screen.query_one(TimelinePane).action_move(3 * direction)
            await self._idle(pilot)


def _quiet_time() -> float:
    """Seconds that passed, without those in which this process waited for a processor that others were using."""
    try:
        waited = int(Path("/proc/thread-self/schedstat").read_text("ascii").split()[1]) / 1e9
    except OSError:  # not on Linux
        waited = 0.0
    return monotonic() - waited


@contextmanager
def played(seed: int) -> Iterator[Run]:
    """A run on a fresh file, without this machine's clipboard and mail program; it beats only when time passes."""

    def no_beats(screen: IncidentScreen, interval: float, callback: Callable[..., Any], **given: Any) -> Timer:
        return real(screen, interval, callback, **{**given, "pause": given.get("pause") or callback == screen.beat})

    def copy(text: str, **_: object) -> Copied:
        return Copied("copied", "test", "Copied.", None)

    real = IncidentScreen.set_interval
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="warroom-monkey-")))
        stack.enter_context(chdir(folder))
        stack.enter_context(patch.object(IncidentScreen, "set_interval", no_beats))
        # The console leaves politely when it is told to end; the monkey itself has to end.
        refused = patch.object(asyncio.SelectorEventLoop, "add_signal_handler", side_effect=NotImplementedError)
        stack.enter_context(refused)
        stack.enter_context(patch("warroom.terminal.clipboard.copy", copy))
        stack.enter_context(patch("warroom.terminal.mail.open_mail", lambda url, env: ""))
        run = stack.enter_context(closing(Run(folder, seed)))
        yield run
