"""Pictures of the console: the same desk as the pilot's tests, taken at two sizes."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any

import pytest
from textual.pilot import Pilot
from textual.widgets import Input, TextArea

from tests.console import LARGE, Console, console, settled
from warroom.app import WarroomApp

__all__ = ["console"]

Story = Callable[[Pilot[None]], Awaitable[None]]
Looks = Callable[..., bool]


@pytest.fixture
def looks_the_same(console: Console, snap_compare: Any, monkeypatch: pytest.MonkeyPatch) -> Looks:
    """Open the console, do what `story` says, and compare the picture with the one that was accepted."""
    # On a busy machine the cursor blinks before its picture is taken, and a text area keeps the line without it.
    monkeypatch.setattr(TextArea, "_toggle_cursor_blink_visible", lambda area: None)
    monkeypatch.setattr(Input, "_toggle_cursor", lambda field: None)

    def compare(story: Story | None = None, size: tuple[int, int] = LARGE) -> bool:
        app = WarroomApp(console.workspace)
        app.title = "warroom"

        async def before(pilot: Pilot[None]) -> None:
            await settled(pilot)
            if story is not None:
                await story(pilot)
            for screen in pilot.app.screen_stack:
                for field in (*screen.query(Input), *screen.query(TextArea)):
                    field.cursor_blink = False
            await settled(pilot)

        return bool(snap_compare(app, terminal_size=size, run_before=before))

    return compare
