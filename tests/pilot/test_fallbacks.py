"""Without a private part of Textual the console runs on Textual's own ways, and shows the same."""

from __future__ import annotations

from collections.abc import Iterator

import pyte
import pytest
from textual._compositor import CompositorUpdate
from textual.app import App
from textual.screen import Screen

from tests.console import (
    LARGE,
    SMALL,
    Console,
    composer_values,
    incident_screen,
    message_shown,
    press,
    screen_text,
    settled,
    types,
)
from warroom.terminal import capabilities


@pytest.fixture(autouse=True)
def all_back_afterwards() -> Iterator[None]:
    yield
    capabilities.reset()


@pytest.mark.parametrize("missing", [*capabilities.names(), "all of them"])
async def test_the_console_runs_without(console: Console, missing: str) -> None:
    capabilities.switch_off(*(capabilities.names() if missing == "all of them" else [missing]))
    console.half_told()
    async with console.opened() as pilot:
        assert "8 of 12" in screen_text(pilot)
        await press(pilot, "1", "home", "space")
        assert "7 of 12" in screen_text(pilot)
        await press(pilot, "space")
        assert "8 of 12" in screen_text(pilot)
        console.clock.advance(seconds=1)
        incident_screen(pilot).beat()
        await settled(pilot)
        assert "Stakeholder update       06:1" in screen_text(pilot)
        await press(pilot, "2", "up", "up")
        await press(pilot, "u")
        await types(pilot, "Two of six hosts done")
        assert composer_values(pilot)["status"] == "Two of six hosts done"
        assert "Current status: Two of six hosts done" in message_shown(pilot)
        for size in (SMALL, LARGE):
            await pilot.resize_terminal(*size)
            await settled(pilot)
            assert "Current status*" in screen_text(pilot).replace("status *", "status*")
        await press(pilot, "escape", "escape")
        assert "Compose" not in screen_text(pilot)
        await press(pilot, "Q", "Q")
        await settled(pilot)
        assert not pilot.app.is_running


async def test_the_updates_of_single_cells_add_up_to_the_whole_screen(
    console: Console, monkeypatch: pytest.MonkeyPatch
) -> None:
    terminal = pyte.Screen(*LARGE)
    stream = pyte.Stream(terminal)
    display = App._display

    def sent(app: App[None], screen: Screen[object], update: object) -> None:
        if isinstance(update, CompositorUpdate):
            stream.feed(update.render_segments(app.console))
        display(app, screen, update)  # type: ignore[arg-type]

    monkeypatch.setattr(App, "_display", sent)
    console.half_told()
    async with console.opened() as pilot:
        for keys in (
            ["1", "home", "space", "down"],
            ["2", "up", "up", "home"],
            ["u", "shift+tab", "space", "enter", "tab", "x", "escape", "F"],
            ["escape", "S", "down", "escape"],
        ):
            await press(pilot, *keys)
            console.clock.advance(seconds=61)
            incident_screen(pilot).beat()
            await settled(pilot)
            whole = pyte.Screen(*LARGE)
            update = pilot.app.screen._compositor.render_full_update()
            pyte.Stream(whole).feed(update.render_segments(pilot.app.console))
            assert terminal.display == whole.display
            assert terminal.buffer == whole.buffer
