"""The fields of a message: one live text area that goes from field to field, and nothing of any field lost by it."""

from __future__ import annotations

from textual.pilot import Pilot

from tests.console import (
    LARGE,
    SMALL,
    Console,
    composer_values,
    pastes,
    press,
    screen_lines,
    screen_text,
    settled,
    types,
)
from warroom.widgets.composer import Composer
from warroom.widgets.message_form import FieldArea
from warroom.widgets.message_preview import Preview


def area(pilot: Pilot[None]) -> FieldArea:
    return pilot.app.screen.query_one(FieldArea)


def row_of(pilot: Pilot[None], words: str) -> int:
    return next(y for y, line in enumerate(screen_lines(pilot)) if words in line)


async def test_each_field_keeps_what_can_be_undone(console: Console) -> None:
    console.half_told()
    async with console.opened() as pilot:
        await press(pilot, "u", "end")
        before = composer_values(pilot)
        await press(pilot, "ctrl+u", "tab", "tab", "ctrl+u")
        assert (composer_values(pilot)["status"], composer_values(pilot)["impact"]) == ("", "")
        await press(pilot, "ctrl+z")
        assert (composer_values(pilot)["status"], composer_values(pilot)["impact"]) == ("", before["impact"])
        await press(pilot, "shift+tab", "shift+tab", "ctrl+z")
        assert composer_values(pilot) == before


async def test_each_field_keeps_its_cursor_and_selection(console: Console) -> None:
    console.half_told()
    async with console.opened() as pilot:
        await press(pilot, "u", "home", "shift+right", "shift+right")
        selection = area(pilot).selection
        assert area(pilot).selected_text == "En"
        await press(pilot, "tab", "tab", "home")
        await types(pilot, "X")
        await press(pilot, "shift+tab", "shift+tab")
        assert area(pilot).selection == selection
        await types(pilot, "E")
        assert composer_values(pilot)["status"].startswith("Egineering")
        assert composer_values(pilot)["impact"].startswith("Xerrors")


async def test_a_picked_line_can_be_undone_in_its_field(console: Console) -> None:
    console.half_told()
    async with console.opened() as pilot:
        await press(pilot, "u", "shift+tab", "space")
        assert composer_values(pilot)["progress"] == "Rollback started, one host at a time"
        await press(pilot, "enter", "tab")
        assert area(pilot).field == "progress"
        await press(pilot, "ctrl+z")
        assert composer_values(pilot)["progress"] == ""


async def test_lines_that_made_a_scroll_bar_necessary_can_be_undone(console: Console) -> None:
    console.half_told()
    text = "\n".join(f"line {number}" for number in range(1, 50))
    async with console.opened() as pilot:
        await press(pilot, "u", "tab")
        await pastes(pilot, text)
        assert composer_values(pilot)["progress"] == text
        await press(pilot, "ctrl+z")
        assert composer_values(pilot)["progress"] == ""
        await press(pilot, "ctrl+y", "end", "enter", "ctrl+z", "ctrl+z")
        assert composer_values(pilot)["progress"] == ""


async def test_a_field_grows_to_four_lines_and_the_others_make_room(console: Console) -> None:
    console.half_told()
    async with console.opened() as pilot:
        await press(pilot, "u", "tab")
        for lines in (1, 2, 3, 4, 5):
            await types(pilot, f"line {lines}")
            rows = row_of(pilot, "┃ Impact") - row_of(pilot, "┃ What changed")
            assert rows == area(pilot).size.height == min(lines, 4)
            await press(pilot, "enter")
        await press(pilot, "tab")
        assert row_of(pilot, "┃ Impact") - row_of(pilot, "┃ What changed") == 4


async def test_a_click_on_a_field_puts_the_cursor_where_it_was_clicked(console: Console) -> None:
    console.half_told()
    async with console.opened() as pilot:
        await press(pilot, "u")
        y = row_of(pilot, "Impact *")
        x = screen_lines(pilot)[y].rindex("for about")
        await pilot.click(offset=(x, y))
        await settled(pilot)
        assert area(pilot).has_focus
        assert area(pilot).field == "impact"
        await types(pilot, "X")
        assert composer_values(pilot)["impact"] == "errors Xfor about 20 % of attempts"
        await pilot.click(offset=(x, row_of(pilot, "Your name")))
        await settled(pilot)
        assert area(pilot).text == "Dana"


async def test_fields_beyond_the_room_come_into_sight_when_they_are_written(console: Console) -> None:
    console.half_told()
    async with console.opened(SMALL) as pilot:
        await press(pilot, "u", "tab")
        await pastes(pilot, "one\ntwo\nthree\nfour")
        await press(pilot, "tab")
        await pastes(pilot, "much more is known by now and it takes more than a line to say what " * 4)
        fields = pilot.app.screen.query_one(Composer).fields[3:]
        for field in (one for one in fields if one.counts("plain", "investigating")):  # no others are shown
            await press(pilot, "tab")
            assert area(pilot).field == field.id
            assert area(pilot).region.height
            assert pilot.app.screen.query_one(Composer).form.region.contains_region(area(pilot).region)
        assert "leadership, customer success" in screen_text(pilot)


async def test_a_long_message_scrolls_by_keys_and_by_the_wheel(console: Console) -> None:
    console.half_told()
    async with console.opened(LARGE) as pilot:
        await press(pilot, "u", "tab")
        await pastes(pilot, "\n".join(f"step {number}" for number in range(40)))
        await press(pilot, "escape")
        preview = pilot.app.screen.query_one(Preview)
        assert preview.has_focus
        assert "[SEV2] Update #2" in screen_text(pilot)
        await press(pilot, "end")
        assert "Next update: 04:15 CET" in screen_text(pilot)
        assert "[SEV2] Update #2" not in screen_text(pilot)
        await press(pilot, "pageup", "up")
        assert "Next update: 04:15 CET" not in screen_text(pilot)
        await press(pilot, "home")
        assert "[SEV2] Update #2" in screen_text(pilot)
        preview.on_mouse_scroll_down(_Wheel())  # type: ignore[arg-type]
        await pilot.pause()
        assert "[SEV2] Update #2" not in screen_text(pilot)


class _Wheel:
    def stop(self) -> None:
        return
