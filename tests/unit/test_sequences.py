"""Changed cells as sequences: short, and on the screen what Textual's own would be."""

from __future__ import annotations

import pyte
from hypothesis import given, settings
from hypothesis import strategies as st
from rich.color import ColorSystem
from rich.segment import Segment
from rich.style import Style
from textual.strip import Strip

from warroom.terminal.sequences import encode

WIDTH, HEIGHT = 20, 5
COLOURS = st.sampled_from(["default", "red", "bright_blue", "#e0af68", "color(99)"])
STYLES = st.builds(
    Style,
    color=COLOURS,
    bgcolor=COLOURS,
    bold=st.booleans(),
    italic=st.booleans(),
    underline=st.booleans(),
    reverse=st.booleans(),
    strike=st.booleans(),
)
TEXTS = st.text("ab9 é世", min_size=1, max_size=3)
SEGMENTS = st.lists(st.builds(lambda text, style: Segment(text, style), TEXTS, STYLES), min_size=1, max_size=3)
CELLS = st.lists(st.tuples(st.integers(0, WIDTH - 1), st.integers(0, HEIGHT - 1), SEGMENTS), max_size=8)


def shown(sequence: str) -> list[list[object]]:
    screen = pyte.Screen(WIDTH, HEIGHT)
    pyte.Stream(screen).feed(sequence)
    return [[screen.buffer[y][x] for x in range(WIDTH)] for y in range(HEIGHT)]


@settings(deadline=None)  # time is measured by the benchmarks: a busy machine fails no test
@given(CELLS)
def test_the_screen_is_as_if_each_piece_were_sent_alone(found: list[tuple[int, int, list[Segment]]]) -> None:
    cells = [(x, y, Strip(segments).crop(0, WIDTH - x)) for x, y, segments in found]
    cells.sort(key=lambda cell: (cell[1], cell[0]))
    plain = "".join(
        f"\x1b[{y + 1};{x + 1}H" + "".join(s.style.render(s.text) if s.style else s.text for s in strip)
        for x, y, strip in cells
    )
    assert shown(encode(cells, WIDTH, ColorSystem.TRUECOLOR)) == shown(plain)


def test_digits_below_each_other_need_one_style_and_short_moves() -> None:
    style = Style(color="#e0af68", bgcolor="#14161b")
    cells = [(31, y, Strip([Segment("7", style)])) for y in (28, 29, 30)]
    assert encode(cells, 120, ColorSystem.TRUECOLOR) == (
        "\x1b[29;32H\x1b[38;2;224;175;104;48;2;20;22;27m7\x1b[B\x1b[D7\x1b[B\x1b[D7\x1b[m"
    )


def test_a_style_that_is_more_than_a_pen_is_sent_as_textual_does() -> None:
    link = Style(bold=True, link="https://example.org")
    sent = encode([(0, 0, Strip([Segment("here", link), Segment("!", Style(bold=True))]))], 80, ColorSystem.STANDARD)
    assert "]8;" in sent
    assert sent.endswith("\x1b[1m!\x1b[m")


def test_without_any_style_there_is_only_text() -> None:
    assert encode([(2, 1, Strip([Segment("plain")]))], 80, ColorSystem.TRUECOLOR) == "\x1b[2;3Hplain"
