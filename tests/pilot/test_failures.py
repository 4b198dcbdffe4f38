"""When the file can't be written the words stay where they were typed, the reason is said, and trying again works."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from unittest import mock

import pytest

from tests.console import (
    MARK_SENT,
    SMALL,
    Console,
    answers,
    composer_values,
    failed,
    incident_screen,
    message_shown,
    notice,
    pastes,
    press,
    screen_text,
    types,
    words_in_line,
)
from warroom.model import acts
from warroom.model.kinds.lifecycle import Declared
from warroom.screens.declare import DeclareScreen
from warroom.screens.incident.screen import IncidentScreen
from warroom.widgets.text_input import TextInput

Trouble = Callable[[Console], AbstractContextManager[None]]

MANY_WORDS = "a stack trace " * 700


@contextmanager
def full(console: Console) -> Iterator[None]:
    """A disk without room for another page."""
    connection = console.workspace.journal.connection.sqlite
    pages = connection.execute("PRAGMA page_count").fetchone()[0]
    connection.execute(f"PRAGMA max_page_count = {pages}")
    yield
    connection.execute("PRAGMA max_page_count = 1000000")


@contextmanager
def unwritable(console: Console) -> Iterator[None]:
    """A file that has become read-only."""
    connection = console.workspace.journal.connection.sqlite
    connection.execute("PRAGMA query_only = 1")
    with mock.patch("os.access", return_value=False):
        yield
    connection.execute("PRAGMA query_only = 0")


@contextmanager
def gone(console: Console) -> Iterator[None]:
    """A file that somebody moved away."""
    elsewhere = console.path.with_name("elsewhere.db")
    console.path.rename(elsewhere)
    yield
    elsewhere.rename(console.path)


@contextmanager
def locked(console: Console) -> Iterator[None]:
    """Another process that writes and does not come to an end."""
    console.workspace.journal.connection.wait_briefly()
    other = sqlite3.connect(console.path, isolation_level=None)
    other.execute("BEGIN EXCLUSIVE")
    yield
    other.execute("ROLLBACK")
    other.close()


TROUBLES = pytest.mark.parametrize(
    ("trouble", "reason"),
    [
        pytest.param(full, "There is no space left to write", id="full"),
        pytest.param(unwritable, "grant write access", id="unwritable"),
        pytest.param(gone, "was deleted or moved while it was open", id="gone"),
    ],
)


@TROUBLES
async def test_a_log_line_stays_and_is_taken_the_next_time(console: Console, trouble: Trouble, reason: str) -> None:
    console.half_told()
    async with console.opened(SMALL) as pilot:
        await press(pilot, "l")
        await pastes(pilot, MANY_WORDS)
        with trouble(console):
            await press(pilot, "enter")
            assert failed(pilot)
            assert reason in notice(pilot)
            assert words_in_line(pilot) == MANY_WORDS
            assert "✗ " in screen_text(pilot)
            for _ in range(3):
                console.clock.advance(seconds=1)
                incident_screen(pilot).beat()
            assert words_in_line(pilot) == MANY_WORDS
        await press(pilot, "enter")
        assert notice(pilot).startswith("Logged at")
        assert words_in_line(pilot) == ""
    assert console.last().text == MANY_WORDS.strip()


@TROUBLES
async def test_a_decision_stays_with_its_reason(console: Console, trouble: Trouble, reason: str) -> None:
    console.half_told()
    async with console.opened() as pilot:
        await answers(pilot, "d", "Roll back")
        await pastes(pilot, MANY_WORDS)
        with trouble(console):
            await press(pilot, "enter")
            assert reason in notice(pilot)
            assert words_in_line(pilot) == MANY_WORDS
        await press(pilot, "enter")
    assert console.last().text == "Roll back"


@TROUBLES
async def test_a_message_is_not_marked_as_sent_and_its_words_stay(
    console: Console, trouble: Trouble, reason: str
) -> None:
    console.half_told()
    async with console.opened() as pilot:
        await press(pilot, "u", "end")
        await pastes(pilot, MANY_WORDS)
        before = composer_values(pilot)
        await press(pilot, "escape")
        with trouble(console):
            await press(pilot, *MARK_SENT)
            assert failed(pilot)
            assert reason in notice(pilot)
            assert composer_values(pilot) == before
            assert "Compose · Status update #2" in screen_text(pilot)
        await press(pilot, *MARK_SENT)
        assert notice(pilot).startswith("Marked as sent")
    assert console.last().kind == "message"


@TROUBLES
async def test_a_declaration_stays_on_its_page(console: Console, trouble: Trouble, reason: str) -> None:
    async with console.opened() as pilot:
        await press(pilot, "n")
        await pastes(pilot, MANY_WORDS)
        await press(pilot, "enter", "2")
        with trouble(console):
            await press(pilot, "enter")
            assert reason in notice(pilot)
            assert isinstance(pilot.app.screen, DeclareScreen)
            assert pilot.app.screen.query_one("#title", TextInput).value == MANY_WORDS
        await press(pilot, "enter")
        assert incident_screen(pilot)
    body = console.last().body
    assert isinstance(body, Declared)
    assert body.title == MANY_WORDS.strip()


async def test_a_tick_that_could_not_be_written_is_not_shown_nor_a_zone_that_is_none_kept_quiet(
    console: Console,
) -> None:
    console.declare()
    console.workspace.unknown_zone = "TZ is “Mars”, which is no time zone on this machine"
    async with console.opened() as pilot:
        assert failed(pilot)
        assert notice(pilot) == "TZ is “Mars”, which is no time zone on this machine"
        with full(console):
            incident_screen(pilot).page.remember("colours", "x" * 100_000)
            assert notice(pilot).startswith(f"No space is left to write {console.path}: nothing can be saved until")
        with gone(console):
            await press(pilot, "space")
            assert failed(pilot)
            assert "0 of 12" in screen_text(pilot)
        await press(pilot, "space")
        assert "1 of 12" in screen_text(pilot)


async def test_a_file_that_cannot_be_read_for_a_while_is_told_and_read_again(console: Console) -> None:
    session = console.declare()
    session.apply(*(acts.log.note(f"note {number}") for number in range(200)))
    async with console.opened() as pilot:
        with locked(console):
            await press(pilot, "2", "home", "pageup")
            assert failed(pilot)
            assert "is locked by another process" in notice(pilot)
            await press(pilot, "enter", "u", "escape", "escape", "o", "escape", "w", "escape", "slash")
            await types(pilot, "note 7")
            assert "is locked by another process" in notice(pilot)
            await press(pilot, "escape")
        console.clock.advance(seconds=1)
        incident_screen(pilot).beat()
        await press(pilot, "2", "home")
        assert "Declared SEV2" in screen_text(pilot)


async def test_the_composer_opens_while_the_file_cannot_be_read(console: Console) -> None:
    console.half_told()
    async with console.opened() as pilot:
        await press(pilot, "u")
        with locked(console):
            await press(pilot, "shift+tab", "space")
            assert "What changed: Rollback started" in message_shown(pilot)
            await press(pilot, "escape", "escape", "u")
            assert failed(pilot)
            assert "Compose · Status update #2" in screen_text(pilot)


async def test_a_failure_is_shown_until_the_next_act_and_a_success_for_a_while(console: Console) -> None:
    console.half_told()
    async with console.opened() as pilot:
        await answers(pilot, "x", "02:00 fixed")
        for _ in range(40):
            incident_screen(pilot).beat()
        assert "before it began" in notice(pilot)
        await press(pilot, "escape")
        await answers(pilot, "l", "going on")
        assert notice(pilot) == "Logged at 03:46 CET: going on"
        for _ in range(40):
            incident_screen(pilot).beat()
        assert notice(pilot) == ""


async def test_a_console_told_to_end_with_its_first_frame_ends(
    console: Console, monkeypatch: pytest.MonkeyPatch
) -> None:
    def mounted(screen: IncidentScreen) -> None:
        screen.call_after_refresh(screen.app.leaving.at_once)  # type: ignore[attr-defined]
        real(screen)

    console.declare()
    real = IncidentScreen.on_mount
    monkeypatch.setattr(IncidentScreen, "on_mount", mounted)
    async with console.opened() as pilot:
        assert pilot.app.return_code == 0
