"""The screen of numbers: from the key to an incident behind a figure, at every size and on poor terminals."""

from __future__ import annotations

import re

from rich.cells import cell_len

from tests.console import Console, choices, failed, notice, press, screen_lines, screen_text, settled, types
from tests.stories import a_year
from warroom.model import acts
from warroom.screens.incident.screen import IncidentScreen
from warroom.screens.numbers import NumbersScreen
from warroom.screens.read import ReadScreen
from warroom.widgets.choices import Choices


async def test_from_the_start_screen_to_the_incident_that_broke_a_promise(console: Console) -> None:
    async with console.opened() as pilot:
        await press(pilot, "G")
        await settled(pilot)
        assert "No incident yet, so there are no numbers" in screen_text(pilot)
        a_year(console.workspace, console.clock)
        pilot.app.screen.beat()  # type: ignore[attr-defined]
        await settled(pilot)
        shown = screen_text(pilot)
        for words in (
            "BETTER   Time to resolve   median 1 h 24 min of 8; before: median 1 h 49 min of 10",
            "BROKEN   Promised updates  1 of 8 broken, up to 12 min late; before: 1 of 9 broken",
            "AGAIN    Comes back        checkout 5 times, login 2 times",
            "as of 03:17 CET · since 2026-08-25, compared with as many days before",
            "First to customers         2  24 min, 29 min",
            "2026-09  4  ████████████████████",
        ):
            assert words in shown, words
        await press(pilot, "down")
        assert "Checkout is down: 1 late, by 12 min (of 1)" in screen_text(pilot)
        await press(pilot, "p", "b")
        shown = screen_text(pilot)
        assert "since 2025-11-23, with none before to compare" in shown
        assert "▸ Promised updates          36  4 late" in shown, "the cursor stays on its row"
        assert "SEV1  7 made: 6 kept, 1 late" in shown
        await press(pilot, *["down"] * 5, "enter")
        listed = pilot.app.screen.query_one(Choices)
        out = next(at for at, row in enumerate(listed.rows) if row.heading)
        assert re.search(r"▸ \d+ (h|min).* +\d{4}-\d\d-\d\d  ck\w+ +SEV", screen_text(pilot))
        await press(pilot, *["down"] * out)
        assert listed.cursor == out + 1, "the cursor passes the line between"
        assert re.search(r"── Left out: no time of mitigation \(\d+\) ─+ +│.*\n.*▸ +2\d{3}-", screen_text(pilot))
        await press(pilot, "up")
        assert listed.cursor == out - 1
        await press(pilot, "escape", *["up"] * 5, "p", "v")
        assert isinstance(pilot.app.screen, ReadScreen)
        assert "Time to detect: began → detected" in screen_text(pilot)
        await press(pilot, "escape", "W", "enter")  # Markdown
        await types(pilot, str(console.folder / "no" / "review.md"))
        await press(pilot, "enter")
        assert "there is no folder" in notice(pilot)
        file = console.folder / "review.md"
        file.write_text("an older one")
        await press(pilot, *["backspace"] * len(str(console.folder / "no" / "review.md")))
        await types(pilot, str(file))
        await press(pilot, "enter", "r")
        assert notice(pilot) == f"Wrote {file}"
        assert file.read_text().startswith("# Review of incidents"), file.read_text()[:80]
        await press(pilot, "p", "enter")
        assert choices(pilot)[0] == "SEV4  Search shows errors"
        assert re.search(r"▸ 1 running \(of 1\) +2026-11-23  ", screen_text(pilot))
        await press(pilot, "escape", "p", "enter")
        rows = choices(pilot)
        assert rows[0] == "SEV1  Checkout is down", rows
        line = next(line for line in screen_text(pilot).splitlines() if "▸" in line and "SEV1" in line)
        assert re.search(r"▸ 1 late, by 12 min \(of 1\)  2026-09-12  ck\w+ +SEV1  Checkout is down", line)
        await press(pilot, "enter")
        assert isinstance(pilot.app.screen, IncidentScreen)
        assert pilot.app.screen.session.incident.title == "Checkout is down"
        await press(pilot, "G")
        await settled(pilot)
        assert isinstance(pilot.app.screen, NumbersScreen)
        await press(pilot, "escape")
        assert isinstance(pilot.app.screen, IncidentScreen)


async def test_it_lines_up_at_every_size_and_shows_what_is_written_meanwhile(console: Console) -> None:
    console.env["TERM"] = "linux"
    console.start_again()
    console.clock.advance(hours=24 * 360)
    a_year(console.workspace, console.clock)
    hostile = console.declare("[/x] \x1b]0;y\x07 界界界 {{ 1 }}" + "z" * 300, 1)
    hostile.apply(acts.facts.fact(console.workspace.playbook, "system", "界" * 90))
    other = console.declare("[red]again", 1)
    other.apply(acts.facts.fact(console.workspace.playbook, "system", "界" * 90))
    async with console.opened((120, 36)) as pilot:
        await press(pilot, "G")
        await settled(pilot)
        for size in ((60, 16), (60, 20), (80, 24), (120, 36), (200, 50)):
            await pilot.resize_terminal(*size)
            await settled(pilot)
            lines = screen_lines(pilot)
            assert {cell_len(line) for line in lines} == {size[0]}, size
            text = screen_text(pilot)
            assert "Time to resolve" in text
            assert "v Read all" in text
            assert size != (60, 16) or re.search(r"─\n +20\d\d-\d\d .*\n +20\d\d-\d\d .*… \d+ more lines: v\n", text)
            assert not set("▁▂▃▄▅▆▇█") & set(text), "a terminal without block characters"
            head = next(number for number, line in enumerate(lines) if "  n  now" in line)
            column = lines[head].index("  n  now") + 2
            counts = [line[column] for line in lines[head + 1 : head + 5]]
            assert all(count.isdigit() for count in counts), (size, counts)
        await press(pilot, "end", "up", "up", "enter")
        assert {cell_len(line) for line in screen_lines(pilot)} == {200}
        await press(pilot, "escape")
        before = pilot.app.screen.query_one(Choices).rows[0].row.n  # type: ignore[attr-defined]
        console.declare("One more", 3)
        pilot.app.screen.beat()  # type: ignore[attr-defined]
        await settled(pilot)
        assert pilot.app.screen.query_one(Choices).rows[0].row.n == before + 1  # type: ignore[attr-defined]
        console.path.rename(console.path.with_suffix(".away"))
        pilot.app.screen.beat()  # type: ignore[attr-defined]
        await settled(pilot)
        assert failed(pilot)
        assert "warroom.db" in notice(pilot)
        console.path.with_suffix(".away").rename(console.path)
        pilot.app.screen.beat()  # type: ignore[attr-defined]
        await settled(pilot)
        assert not failed(pilot)
