"""The console as tests use it: a real journal, a clock the test moves, one zone, and a terminal only pretended."""

from __future__ import annotations

import inspect
import re
from collections.abc import AsyncIterator, Callable, Iterator, Mapping
from contextlib import asynccontextmanager
from functools import cache
from itertools import count
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from textual import events
from textual.keys import _character_to_key
from textual.pilot import Pilot

from tests import quick_textual as quick_textual  # makes every console cheaper
from tests import stories
from tests.conftest import THREE_SEVENTEEN, Clock, put_journal
from warroom import places
from warroom.app import WarroomApp
from warroom.messages.rules import rules_of
from warroom.model import acts, ids, times
from warroom.model.entries import Entry
from warroom.model.kinds import readiness as kept
from warroom.screens import leaving
from warroom.screens.incident.screen import IncidentScreen
from warroom.session import Session
from warroom.store import identity
from warroom.terminal.driver import wait_until_idle
from warroom.widgets.choices import Choices
from warroom.widgets.composer import Composer
from warroom.widgets.found_rows import FoundRows
from warroom.widgets.incident_rows import IncidentRows
from warroom.widgets.keybar import KeyBar
from warroom.widgets.logline import Notice
from warroom.widgets.message_preview import Preview
from warroom.wording import compile_all
from warroom.workspace import Workspace

PLAYBOOK = stories.PLAYBOOK
CET = ZoneInfo("Europe/Berlin")
TERMINAL = {"TERM": "xterm-256color"}
Size = tuple[int, int]
LARGE, SMALL = (120, 36), (80, 24)
SIZES = pytest.mark.parametrize("size", [LARGE, SMALL], ids=["120x36", "80x24"])
NOBODY_PRINTS = re.compile("[\x00-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028\u2029\u202a-\u202e\u2066-\u2069\ud800-\udfff]")
"""What must never be among the cells sent to a terminal."""

LOADED_S = 3.0
"""How long a key may take on a machine under load until the next one is pressed; a person waits less."""

MARK_SENT = ("s", "down", "enter")
"""The keys that mark a message as sent that was not copied: the console asks first."""

_CHARACTERS = {"space": " ", "slash": "/", "question_mark": "?"}


class Console:
    """One person's workspace on one journal file; the console is opened on it as often as the test likes."""

    def __init__(self, folder: Path, clock: Clock, env: Mapping[str, str] = TERMINAL) -> None:
        """Make the journal in `folder`, and set the clock to 03:17 where that person is."""
        clock.at = THREE_SEVENTEEN - times.HOUR
        self.clock = clock
        self.folder = folder
        self.path = folder / "warroom.db"
        self.config = folder / "config"
        self.env = dict(env)
        self.workspace = self._open_workspace()

    def _open_workspace(self) -> Workspace:
        if not self.path.exists():
            put_journal(self.path)
        workspace = Workspace(self.path, author="Dana", now=self.clock, tz=CET, env=self.env, config=self.config)
        workspace.open_journal()
        workspace.journal.connection.sqlite.execute("PRAGMA synchronous = OFF")  # nobody cuts the power here
        return workspace

    def close(self) -> None:
        """Let go of the file."""
        self.workspace.close()

    def start_again(self) -> None:
        """What a new process would have: the file, and nothing of what was in memory."""
        self.close()
        self.workspace = self._open_workspace()

    @asynccontextmanager
    async def opened(
        self, size: Size = LARGE, incident: str | None = None, *, toasts: bool = False
    ) -> AsyncIterator[Pilot[None]]:
        """The console, open until the block ends; it is then dropped without a goodbye, as by a crash.

        With `toasts`, notices that lie on top of any screen are shown; Textual's tests leave them out.
        """
        app = WarroomApp(self.workspace, incident=incident)
        async with app.run_test(size=size, notifications=toasts) as pilot:
            await pilot.pause()
            if isinstance(app.screen, IncidentScreen):  # which starts its threads when its first frame is drawn
                await until(pilot, lambda: app.screen.query(Composer) or app.return_code is not None)
            await settled(pilot)
            yield pilot

    def declare(self, title: str = stories.TITLE, severity: int = 2) -> Session:
        """Declare an incident now, without the console."""
        return self.workspace.declare(acts.lifecycle.declare(title, severity, now=self.clock()))

    def half_told(self) -> Session:
        """The checkout incident of 03:17 as it stands at 03:46:41, six minutes before the promised update."""
        return stories.half_told(self.workspace, self.clock)

    def entries(self, incident: str | None = None) -> list[Entry]:
        """Everything in the file, in order of arrival."""
        return self.workspace.journal.since(0, incident)

    def last(self) -> Entry:
        """What was written last."""
        return self.entries()[-1]


def keep(console: Console, item: str, **values: str) -> None:
    """Keep what is ready before the next incident, in the hands of Lena."""
    groups = console.workspace.playbook.readiness
    row = next(row for group in groups for row in group.rows if row.id == item)
    draft = kept.hold(row, values)
    console.workspace.register(ids.REGISTER_READINESS).append(lambda before: [draft], author="Lena")


async def settled(pilot: Pilot[None]) -> None:
    """Wait until every thread the console started has ended and its words are on the screen."""
    await pilot.pause()
    await pilot.app.workers.wait_for_complete()
    await pilot.pause()


async def until(pilot: Pilot[None], holds: Callable[[], object]) -> None:
    """Wait for what comes a frame or two later, such as the end of scrolling; fail after 5 s."""
    for _ in range(500):
        if holds():
            return
        await pilot.pause(0.01)
    pytest.fail(f"still not so: {inspect.getsource(holds).strip()}\n{screen_text(pilot)}")


async def press(pilot: Pilot[None], *keys: str) -> None:
    """Press keys, each once what the one before set off is done; `pilot.press` does the same with long waits."""
    for key in keys:
        character = _CHARACTERS.get(key, key if len(key) == 1 else None)
        pilot.app.post_message(events.Key(key, character))
        await wait_until_idle(pilot.app, patience_s=LOADED_S)
    await pilot.pause()


async def types(pilot: Pilot[None], text: str) -> None:
    """Type words into whatever has the keys."""
    for character in text:
        pilot.app.post_message(events.Key(_character_to_key(character), character))
    await wait_until_idle(pilot.app, patience_s=LOADED_S)
    await pilot.pause()


async def pastes(pilot: Pilot[None], text: str) -> None:
    """Paste into whatever has the keys."""
    pilot.app.post_message(events.Paste(text))
    await pilot.pause()


async def answers(pilot: Pilot[None], *keys_then_words: str) -> None:
    """Press the keys, type the last argument, and enter."""
    *keys, words = keys_then_words
    await press(pilot, *keys)
    await types(pilot, words)
    await press(pilot, "enter")


def screen_lines(pilot: Pilot[None]) -> list[str]:
    """What the terminal would show, a string a row."""
    return ["".join(segment.text for segment in strip) for strip in pilot.app.screen._compositor.render_strips()]


def screen_text(pilot: Pilot[None]) -> str:
    """What the terminal would show, trailing spaces gone."""
    return "\n".join(line.rstrip() for line in screen_lines(pilot))


def incident_screen(pilot: Pilot[None]) -> IncidentScreen:
    """The incident screen, which must be the one shown."""
    screen: Any = pilot.app.screen
    assert isinstance(screen, IncidentScreen), f"{screen} is shown"
    return screen


def notice(pilot: Pilot[None]) -> str:
    """What the line above the log line says; "" on a screen that is not drawn yet."""
    return next((line.text for line in pilot.app.screen.query(Notice)), "")


def failed(pilot: Pilot[None]) -> bool:
    """Whether that line tells of a failure."""
    return pilot.app.screen.query_one(Notice).failed


def words_in_line(pilot: Pilot[None]) -> str:
    """What stands in the log line, typed and not sent."""
    return incident_screen(pilot).page.line.input.value


def choices(pilot: Pilot[None]) -> list[str]:
    """The rows of the list that is shown; those in columns as a very wide terminal shows them."""
    found = pilot.app.screen.query_one(Choices)
    rows = found.rows
    if isinstance(found, (IncidentRows, FoundRows)):
        return [re.sub("  +", "  ", found.line(row, 250, at_cursor=False).plain.strip()) for row in rows]
    return ["  ".join(filter(None, [row.tag, row.text, row.right])) for row in rows]


def message_shown(pilot: Pilot[None]) -> str:
    """The message as the composer shows it."""
    return pilot.app.screen.query_one(Preview).message.plain


def composer_values(pilot: Pilot[None]) -> dict[str, str]:
    """What stands in the composer's fields."""
    return pilot.app.screen.query_one(Composer).values()


def console_app(pilot: Pilot[None]) -> WarroomApp:
    """The app, by its own type."""
    assert isinstance(pilot.app, WarroomApp)
    return pilot.app


async def second(pilot: Pilot[None]) -> None:
    """Let the app look at all clocks, as it does once a second."""
    console_app(pilot).watch_clocks()
    for _ in range(3):  # a notice on top of a screen is mounted, laid out and drawn
        await pilot.pause()


def own_clock(console: Console, title: str, minutes: int) -> str:
    """Declare an incident with a clock of the user's own that runs out after `minutes`; returns its id."""
    session = console.declare(title, 4)
    due = console.clock() + minutes * times.MINUTE
    session.apply(acts.timers.start_timer("Ask the vendor", due, 0))
    return session.incident.id


def footer(pilot: Pilot[None]) -> list[str]:
    """The actions the footer offers."""
    return [action.id for action in pilot.app.screen.query_one(KeyBar).actions]


@cache
def _read_words() -> None:
    """Read the built-in words once, so that remarks are there as soon as a message is opened."""
    for _ in compile_all(rules_of((places.templates() / "wording.toml").read_text("utf-8"))):
        pass


@pytest.fixture
def console(tmp_path: Path, clock: Clock, monkeypatch: pytest.MonkeyPatch) -> Iterator[Console]:
    """The workspace of somebody called Dana, in Berlin, with an empty journal; incidents get names in order."""
    numbers = count(1)
    monkeypatch.setattr(identity, "new_incident", lambda: f"ck{next(numbers)}4mq")
    monkeypatch.setattr(leaving, "TOGETHER_S", 60)  # a second Q quits at once
    _read_words()
    console = Console(tmp_path, clock)
    yield console
    console.close()
