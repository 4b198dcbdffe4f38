"""The post-mortem by keys: filled in from the log, written, kept, joined, and read for blame."""

from __future__ import annotations

from pathlib import Path

import pytest
from textual.pilot import Pilot

from tests.console import (
    LARGE,
    SMALL,
    Console,
    answers,
    choices,
    failed,
    notice,
    press,
    screen_text,
    settled,
    types,
    until,
)
from tests.pilot.conftest import Clipboard
from tests.pilot.test_locks import locked
from warroom.model import acts
from warroom.model.kinds.post_mortem import LineChosen, PostMortemState, SectionWritten
from warroom.session import Session
from warroom.store.errors import DiskFull
from warroom.workspace import Workspace

BLAME = "Marcus forgot to limit the retries."


def resolved(console: Console) -> Session:
    """The checkout incident, resolved at 04:02."""
    session = console.half_told()
    console.clock.advance(minutes=15, seconds=19)
    session.apply(acts.lifecycle.resolve("Rolled back to v2.3.1"))
    return session


def flat(pilot: Pilot[None]) -> str:
    """What is on the screen, as one line."""
    return " ".join(screen_text(pilot).replace("│", " ").replace("┃", " ").split())


def right(pilot: Pilot[None]) -> str:
    """The section that is shown, as one line."""
    left = 38 if pilot.app.size.width > 100 else 27
    return " ".join(" ".join(line[left:].strip(" │┃╭╮╰╯─┏┓┗┛━") for line in screen_text(pilot).split("\n")[2:]).split())


def sections(console: Console) -> list[tuple[str, str]]:
    """Every section written so far, with its text."""
    return [(entry.body.section, entry.text) for entry in console.entries() if isinstance(entry.body, SectionWritten)]


async def go_to(pilot: Pilot[None], title: str) -> None:
    """Select a section in the list."""
    await press(pilot, "home")
    for _ in range(20):
        if any(line.split("▸")[1].strip(" ▪·✓✎!").startswith(title) for line in rows(pilot)):
            return
        await press(pilot, "down")
    raise AssertionError(f"no section {title}:\n{screen_text(pilot)}")


def rows(pilot: Pilot[None]) -> list[str]:
    """The line under the cursor of the list of sections."""
    return [line[:38] for line in screen_text(pilot).split("\n") if "▸" in line[:8]]


async def test_it_is_filled_in_from_the_log_until_somebody_writes(console: Console) -> None:
    session = resolved(console)
    async with console.opened(LARGE, session.incident.id) as pilot:
        await press(pilot, "P")
        shown = flat(pilot)
        assert "NOT STARTED · due 2026-11-25 04:02 CET, in 48:00:00 · 5 of" in shown
        assert "It lasted 45 min, from 2026-11-23 03:17 CET to 04:02 CET." in right(pilot)
        await go_to(pilot, "Impact")
        assert "Share affected" not in flat(pilot)
        other = Workspace(console.path, author="Max", now=console.clock).open(session.incident.id)
        other.apply(acts.facts.fact(other.playbook, "affected", "a fifth"))
        console.clock.advance(seconds=1)
        await until(pilot, lambda: "- Share affected: a fifth" in flat(pilot))
        await press(pilot, "enter")
        await types(pilot, "x")
        assert "Impact · being written" in flat(pilot)
        await press(pilot, "backspace", "escape")
        assert sections(console) == []
        assert "Impact · from the log, until you edit it" in flat(pilot)
        await go_to(pilot, "Trigger")
        assert "Trigger · empty" in flat(pilot)
        await press(pilot, "enter")
        await types(pilot, "The deploy of v2.4.0")
        await press(pilot, "tab")
        assert sections(console) == [("trigger", "The deploy of v2.4.0")]
        assert notice(pilot) == "Logged: Trigger"
        assert "Root cause · empty" in flat(pilot)
        assert "What would have prevented it entirely?" in flat(pilot)
        await types(pilot, "Retries had no limit")
        await press(pilot, "shift+tab")
        await types(pilot, ".")
        await press(pilot, "escape")
        assert sections(console)[1:] == [("root_cause", "Retries had no limit"), ("trigger", "The deploy of v2.4.0.")]
        assert "DRAFT" in flat(pilot)
        await go_to(pilot, "Trigger")
        assert "Trigger · by Dana, 04:02 CET" in flat(pilot)
        await press(pilot, "l")
        assert notice(pilot) == "Trigger: filled in from the log again; ctrl+z brings your text back"
        assert "Trigger · empty" in flat(pilot)
        await press(pilot, "ctrl+z")
        assert "Trigger · by Dana" in flat(pilot)
        await press(pilot, "escape")
        assert "SEV2" in screen_text(pilot).split("\n")[0]
        assert "POST-MORTEM" in flat(pilot)


async def test_what_is_typed_survives_a_kill_and_a_full_disk(console: Console, monkeypatch: pytest.MonkeyPatch) -> None:
    session = resolved(console)
    async with console.opened(LARGE, session.incident.id) as pilot:
        await press(pilot, "P")
        await go_to(pilot, "Lessons")
        await press(pilot, "enter")
        await types(pilot, "Limit every retry")
        pilot.app.screen.beat()  # type: ignore[attr-defined]
    console.start_again()
    async with console.opened(LARGE, session.incident.id) as pilot:
        await press(pilot, "P")
        assert notice(pilot) == "What you were typing is back: Lessons learned. Enter goes on, and leaving it logs it"
        assert "Limit every retry" in flat(pilot)

        def full(*_: object, **__: object) -> None:
            raise DiskFull("the disk is full")

        with monkeypatch.context() as broken:
            broken.setattr("warroom.store.connection.Connection.transaction", full)
            await press(pilot, "enter")
            await types(pilot, "!")
            await press(pilot, "escape")
            assert failed(pilot)
            assert "the disk is full" in notice(pilot)
            assert "Lessons learned · being written" in flat(pilot)
            assert "Limit every retry!" in flat(pilot)
        await press(pilot, "enter", "escape")
        assert sections(console) == [("lessons", "Limit every retry!")]
        await press(pilot, "escape", "P")
        assert "being written" not in flat(pilot)


async def test_two_who_write_one_section_lose_nothing(console: Console) -> None:
    session = resolved(console)
    async with console.opened(LARGE, session.incident.id) as pilot:
        await press(pilot, "P")
        await go_to(pilot, "Trigger")
        await press(pilot, "enter")
        await types(pilot, "Mine")
        other = Workspace(console.path, author="Max", now=console.clock).open(session.incident.id)
        other.apply(acts.post_mortem.write_section("trigger", "Theirs"))
        await press(pilot, "escape")
        assert notice(pilot) == "Trigger was also written by Max: both texts are kept"
        assert "Trigger · 2 texts side by side: join them" in flat(pilot)
        assert "Mine" in flat(pilot)
        assert "Theirs" in flat(pilot)
        await press(pilot, "enter")
        await types(pilot, ". Both")
        await press(pilot, "escape")
        other.poll()
        shown = other.snapshot().post_mortem.section("trigger")
        assert shown is not None
        assert not shown.others
        assert shown.text.endswith("Both")


async def test_people_named_as_the_cause_are_remarked_on_and_the_trigger_is_no_root_cause(console: Console) -> None:
    session = resolved(console)
    async with console.opened(SMALL, session.incident.id) as pilot:
        await press(pilot, "P")
        await go_to(pilot, "What could be")
        await press(pilot, "enter")
        await types(pilot, BLAME)
        await until(pilot, lambda: "⚠" in flat(pilot))
        shown = right(pilot)
        assert "“Marcus forgot to limit the retries” somebody forgot something: What could have reminded them" in shown
        assert "For example: It was possible to forget to limit the retries" in shown
        await press(pilot, "escape", "h")
        assert "⚠" not in flat(pilot)
        await go_to(pilot, "Trigger")
        await press(pilot, "enter")
        await types(pilot, "The deploy of v2.4.0")
        await press(pilot, "tab")
        await types(pilot, "The deploy of v2.4.0")
        await press(pilot, "escape")
        assert "The root cause only names the trigger" in flat(pilot)
        await press(pilot, "b")
        assert "Root cause · by Dana" in flat(pilot)
        await types(pilot, ", because retries had no limit")
        await press(pilot, "escape", "s")
        assert "The post-mortem is" in flat(pilot)
        await press(pilot, "escape")
    assert sections(console)[-1] == ("root_cause", "The deploy of v2.4.0, because retries had no limit")


async def test_lines_of_the_log_are_left_out_marked_reworded_and_added(console: Console) -> None:
    session = resolved(console)
    async with console.opened(LARGE, session.incident.id) as pilot:
        await press(pilot, "P")
        await go_to(pilot, "Timeline")
        assert "decision  Roll back payment service to v2.3.1" in screen_text(pilot)
        assert "Errors began with the deploy of payment service" in screen_text(pilot)  # there are only few notes
        assert "Incident commander: Priya" not in screen_text(pilot)
        await press(pilot, "enter", "slash")
        await types(pilot, "commander priya")
        assert not any("Retries" in row for row in choices(pilot)), "a section is no line of it"
        await press(pilot, "end", "enter")
        assert "▸ +  03:24  role" in screen_text(pilot)
        await press(pilot, "home", "down", "space")
        assert notice(pilot) == "This line always stays: it says when it began"
        await press(pilot, "down", "p")
        assert notice(pilot) == "Marked as a key moment"
        assert "key moment" in screen_text(pilot)
        await press(pilot, "space")
        assert notice(pilot) == "Left out; the log stays as it is"
        assert "left out" in screen_text(pilot)
        await press(pilot, "space", "end", "r")
        await types(pilot, "Rolled back, and errors stopped")
        await press(pilot, "enter")
        assert "reworded" in screen_text(pilot)
    chosen = [entry.body for entry in console.entries() if isinstance(entry.body, LineChosen)]
    assert [body.how for body in chosen] == ["picked", "pinned", "left out", "", "picked"]
    assert chosen[-1].words == "Rolled back, and errors stopped"
    assert session.journal.entry(chosen[-1].target).text == "Rolled back to v2.3.1"  # type: ignore[union-attr]


async def test_its_state_stops_its_clock_and_it_is_written_to_a_file(
    console: Console, clipboard: Clipboard, tmp_path: Path
) -> None:
    session = resolved(console)
    async with console.opened(LARGE, session.incident.id) as pilot:
        await press(pilot, "P", "W", "down", "down", "enter", "down", "enter", "ctrl+u")
        await answers(pilot, str(tmp_path / "post-mortem.txt"))
        assert (tmp_path / "post-mortem.txt").read_text("utf-8").startswith("POST-MORTEM: Checkout errors")
        assert "NOT STARTED" in flat(pilot)
        assert notice(pilot).startswith("Wrote ")
        await press(pilot, "s", "r")
        await answers(pilot, "Ana")
        assert "IN REVIEW by Ana" in flat(pilot)
        await press(pilot, "s", "w", "enter")
        assert failed(pilot)
        assert "needs a reason" in notice(pilot)
        await press(pilot, "s", "x")
        assert "Something is still open in it" in flat(pilot)
        assert "Empty: Trigger, Root cause, Contributing factors" in flat(pilot)
        await press(pilot, "enter")
        assert "IN REVIEW" in flat(pilot)
        await press(pilot, "s", "x", "down", "enter")
        assert "DONE · 5 of 13" in flat(pilot)
        await press(pilot, "v", "y")
        await settled(pilot)
        assert "# Post-mortem: Checkout errors affecting users" in clipboard.texts[-1]
        await press(pilot, "escape")
        assert "Post-mortem" not in flat(pilot).split("Timeline")[0].split("Clocks")[-1]
    states = [entry.body for entry in console.entries() if isinstance(entry.body, PostMortemState)]
    assert states == [PostMortemState("in review", "Ana"), PostMortemState("done")]


async def test_what_is_typed_while_the_file_is_locked_is_never_given_up(console: Console) -> None:
    session = resolved(console)
    async with console.opened(LARGE, session.incident.id) as pilot:
        await press(pilot, "P")
        await go_to(pilot, "Lessons")
        with locked(console):
            await press(pilot, "enter")
            await types(pilot, "First")
            await press(pilot, "escape", "enter")
            await types(pilot, ", second")
            await press(pilot, "escape")
        await until(pilot, lambda: sections(console))
        await press(pilot, "enter", "escape")
        await until(pilot, lambda: len(sections(console)) == 2)
        assert sections(console) == [("lessons", "First"), ("lessons", "First, second")]
        assert "side by side" not in flat(pilot)
        await press(pilot, "escape", "P")
        assert "✎" not in flat(pilot)
        with locked(console):
            await go_to(pilot, "Timeline")
            await press(pilot, "enter", "slash")
            await types(pilot, "rollback")
            await press(pilot, "enter", "escape", "escape", "A", "a")
            assert "locked" in flat(pilot) or "what will be done" in flat(pilot)


async def test_leaving_by_a_click_logs_and_filling_in_again_loses_nothing(console: Console) -> None:
    session = resolved(console)
    async with console.opened(LARGE, session.incident.id) as pilot:
        await press(pilot, "P")
        await go_to(pilot, "Lessons")
        await press(pilot, "enter")
        await types(pilot, "Limit retries")
        await pilot.click("#sections", offset=(8, 1))
        await pilot.pause()
        assert sections(console) == [("lessons", "Limit retries")]
        await press(pilot, "escape")
        await go_to(pilot, "Lessons")
        await press(pilot, "enter")
        await types(pilot, " everywhere")
        pilot.app.screen.beat()  # type: ignore[attr-defined]
        other = Workspace(console.path, author="Max", now=console.clock)
        assert other.remembered(f"words:post-mortem:{session.incident.id}:lessons", dict[str, str]) == {
            "text": "Limit retries everywhere"
        }
        other.close()
        await pilot.click("#sections", offset=(8, 1))
        await press(pilot, "escape")
        await go_to(pilot, "Lessons")
        await press(pilot, "l")
        assert "Lessons learned · empty" in flat(pilot)
        await press(pilot, "ctrl+z")
        assert "Limit retries everywhere" in flat(pilot)


async def test_a_section_too_long_for_the_screen_is_shown_in_part(console: Console) -> None:
    session = resolved(console)
    session.apply(acts.post_mortem.write_section("factors", "a long story " * 90_000))
    async with console.opened(SMALL, session.incident.id) as pilot:
        await press(pilot, "P")
        await go_to(pilot, "Contributing")
        assert "a long story a long story" in flat(pilot)
        await press(pilot, "enter")
        assert "With 1,170,000 characters it is too long to edit here: e opens it" in notice(pilot)


async def test_a_cancelled_incident_has_none(console: Console) -> None:
    session = console.half_told()
    session.apply(acts.lifecycle.cancel("a test page"))
    async with console.opened(LARGE, session.incident.id) as pilot:
        await press(pilot, "P")
        assert notice(pilot) == "A cancelled incident has no post-mortem: log what was learned instead"
