"""Only the cells that changed go to the terminal, and what stands there then is what was drawn."""

from __future__ import annotations

import asyncio

import pyte
from textual.app import App, ComposeResult
from textual.content import Content
from textual.screen import Screen

from warroom.terminal.compositor import CellCompositor
from warroom.terminal.line_widget import LineWidget

WIDTH, HEIGHT = 60, 4


class _Lines(LineWidget):
    DEFAULT_CSS = "_Lines { width: 100%; height: 100%; background: #101418; }"
    texts: tuple[str, ...] = ()

    def draw(self, width: int, height: int) -> list[Content]:
        return [Content(text) for text in self.texts]


class _Screen(Screen[None]):
    def __init__(self, texts: tuple[str, ...]) -> None:
        super().__init__()
        self._compositor = CellCompositor()
        self.lines = _Lines()
        self.lines.texts = texts

    def compose(self) -> ComposeResult:
        yield self.lines


class _App(App[None]):
    def __init__(self, texts: tuple[str, ...]) -> None:
        super().__init__()
        self.first = _Screen(texts)

    def get_default_screen(self) -> Screen[object]:
        return self.first  # type: ignore[return-value]


def update(before: tuple[str, ...], after: tuple[str, ...]) -> tuple[str, list[str]]:
    """What is sent to turn one screen into the other, and what a terminal that showed the first then shows."""

    async def run() -> str:
        app = _App(before)
        async with app.run_test(size=(WIDTH, HEIGHT)) as pilot:
            await pilot.pause()
            lines, compositor = app.first.lines, app.first._compositor
            lines.texts = after
            lines.redraw()
            compositor.update_widgets({lines})
            changed = compositor.render_partial_update()
            assert changed is not None
            return changed.render_segments(app.console)

    sent = asyncio.run(run())
    terminal = pyte.Screen(WIDTH, HEIGHT)
    stream = pyte.Stream(terminal)
    for y, text in enumerate(before):
        stream.feed(f"\x1b[{y + 1};1H{text}")
    stream.feed(sent)
    return sent, [line.rstrip() for line in terminal.display[: len(after)]]


def test_one_digit_of_a_long_line_is_sent_alone() -> None:
    before, after = (
        "Stakeholder update, promised for 03:53, due in 06:19",
        "Stakeholder update, promised for 03:53, due in 06:18",
    )
    sent, shown = update((before,), (after,))
    assert shown == [after]
    assert "Stakeholder" not in sent
    assert len(sent) < 70


def test_digits_of_the_same_look_on_several_lines_set_their_style_once() -> None:
    before = ("Update      06:19", "Customer    16:19", "Resolution  36:19")
    after = ("Update      06:18", "Customer    16:18", "Resolution  36:18")
    sent, shown = update(before, after)
    assert shown == list(after)
    assert sent.count("\x1b[38;") < 3


def test_what_grows_shrinks_or_is_two_cells_wide_ends_up_as_drawn() -> None:
    before = ("LATE 02:11", "Rückmeldung 値段 3 von 12", "a short line", "gone")
    after = ("LATE 1:02:11 and more", "Rückmeldung 値値 4 von 12", "a", "")
    _, shown = update(before, after)
    assert [line.replace(" ", "") for line in shown] == [line.replace(" ", "") for line in after]
