"""How the timeline is shown: filters, finding as you type, order, zones, going to a time."""

from __future__ import annotations

from tests.console import SMALL, Console, answers, incident_screen, notice, press, screen_text, settled, types, until
from warroom.model import acts
from warroom.model.times import MINUTE
from warroom.widgets.timeline import TimelinePane
from warroom.workspace import Workspace


def title(text: str) -> str:
    """What the pane's title says."""
    return text[text.index("Timeline · ") :].split("─")[0].strip()


async def test_lines_are_filtered_and_found_and_the_title_says_how_to_see_all(console: Console) -> None:
    session = console.half_told()
    other = Workspace(console.path, author="Max", now=console.clock).open(session.incident.id)
    other.apply(acts.log.note("vendor confirms errors"), acts.log.action("restarted the cache"))
    async with console.opened(SMALL) as pilot:
        await press(pilot, "2")
        pane = pilot.app.screen.query_one(TimelinePane)
        total = pane.total
        await press(pilot, "K", "a")
        await press(pilot, "down", "down", "enter")
        assert title(screen_text(pilot)).startswith(f"Timeline · 2 of {total} · by Max · esc shows all")
        await press(pilot, "K", "k")
        await press(pilot, "down", "enter")
        assert f"1 of {total} · action, by Max" in screen_text(pilot)
        assert "restarted the cache" in screen_text(pilot)
        other.apply(acts.log.note("not shown"), acts.log.action("shown at once"))
        incident_screen(pilot).beat()
        await pilot.pause()
        assert "shown at once" in screen_text(pilot)
        assert "not shown" not in screen_text(pilot)
        await press(pilot, "asterisk", "escape")
        assert pane.total == total + 2
        await press(pilot, "K", "p")
        assert f"1 of {total + 2} · pinned" in screen_text(pilot)
        await press(pilot, "escape", "ctrl+f")
        await types(pilot, "err")
        assert "“err” · esc shows all" in screen_text(pilot), "it narrows while it is typed"
        found = pane.total
        assert 0 < found < total
        await types(pilot, "ors vend")
        assert pane.total == 1
        await press(pilot, "enter")
        assert pilot.app.focused is pane
        await press(pilot, "x")
        await press(pilot, "escape", "2", "escape")
        assert pane.total == total + 2
        await press(pilot, "ctrl+f")
        await types(pilot, "zebra")
        assert "No line is like that; esc shows all" in screen_text(pilot)
        await press(pilot, "escape")
        assert pane.total == total + 2
        await answers(pilot, "K", "s", "03:41")
        assert "since 03:41 CET" in screen_text(pilot)
        await press(pilot, "home")
        first = pane.selected()
        assert first is not None
        assert first.at >= console.clock() - 6 * MINUTE


async def test_order_and_zone_are_kept_and_a_time_is_gone_to(console: Console) -> None:
    console.half_told()
    async with console.opened() as pilot:
        await press(pilot, "2", "ctrl+o")
        assert notice(pilot) == "The newest line comes first now; ctrl+o turns it round again"
        rows = [line for line in screen_text(pilot).splitlines() if " note  " in line]
        assert "Error rate down" in rows[0]
        pane = pilot.app.screen.query_one(TimelinePane)
        assert pane.cursor == pane.total - 1
        await press(pilot, "down", "down", "up")
        assert pane.cursor == pane.total - 2, "down goes to earlier lines"
        await press(pilot, "Z", "b")
        assert "03:41 02:41Z" in screen_text(pilot)
        await answers(pilot, "ctrl+g", "03:23")
        selected = pane.selected()
        assert selected is not None
        assert (console.clock() - selected.at) // MINUTE == 23
        await answers(pilot, "Z", "o", "nowhere")
        assert "There is no zone “nowhere”" in notice(pilot)
        await press(pilot, "ctrl+u")
        await answers(pilot, "eastern")
        assert "21:41" in screen_text(pilot)
        assert pane.zone == "America/New_York"
    console.start_again()
    async with console.opened() as pilot:
        await press(pilot, "2")
        pane = pilot.app.screen.query_one(TimelinePane)
        assert (pane.newest_first, pane.zone) == (True, "America/New_York")
        assert "21:41" in screen_text(pilot)


async def test_what_is_filtered_out_of_a_long_log_is_looked_for_bit_by_bit(console: Console) -> None:
    session = console.declare()
    session.apply(acts.log.action("the first action"))
    session.apply(*(acts.log.note(f"note {number}") for number in range(4100)))
    async with console.opened() as pilot:
        await press(pilot, "2")
        pane = pilot.app.screen.query_one(TimelinePane)
        await press(pilot, "K", "k", "home", "down", "enter")
        await until(pilot, lambda: "1 of 4102 · action · esc" in screen_text(pilot))
        await settled(pilot)
        assert pane.total == 1
