"""Turning user text into lines of styled content: cleaning, fitting to a width, wrapping."""

from __future__ import annotations

from functools import lru_cache
from itertools import islice

from textual.content import Content

from warroom.text.cleaning import clean, clean_line

_LONGEST_LINE = 2_000
"""A line is cut after this many characters, more than fit on any screen, so that a huge text costs no more."""


def safe_line(text: str, style: str = "") -> Content:
    """Return user text as one line of content, without markup or control sequences; see `cleaning`."""
    line = clean_line(text[: _LONGEST_LINE + 1])
    if len(line) > _LONGEST_LINE:
        line = line[:_LONGEST_LINE] + "…"
    return Content.styled(line, style) if style else Content(line)


def fit(line: Content, width: int) -> Content:
    """Cut a line to a width in cells, with an ellipsis."""
    return line if line.cell_length <= width else line.truncate(max(width, 1), ellipsis=True)


def spread(left: Content, right: Content, width: int) -> Content:
    """Put left and right on one line; if there is no room for both, the left one is cut."""
    room = width - right.cell_length
    if room < 8:
        return fit(left, width)
    left = fit(left, room - 1)
    return Content.assemble(left, " " * (room - left.cell_length), right)


def highlighted(line: Content, width: int) -> Content:
    """Highlight the line under the cursor, more quietly than the NOW line; how depends on the theme."""
    return Content.assemble(line, " " * max(width - line.cell_length, 0)).stylize_before("$cursor-line")


def shortened(text: str, width: int) -> str:
    """Shorten user text to a width in cells, between words where that leaves more than half of the room."""
    line = Content(clean_line(text))
    if line.cell_length <= width:
        return line.plain
    cut = line.truncate(max(width - 1, 1)).plain
    before = cut.rpartition(" ")[0].rstrip(" ,;:·(-–→")
    return (before if 2 * len(before) > len(cut) else cut.rstrip()) + "…"


def wrapped(text: str, width: int, most: int | None = None) -> list[str]:
    """Wrap user text to a width in cells, between words where possible.

    With `most`, only so many lines are wrapped, whatever the length of the text.
    """
    if most is not None:
        text = text[: most * (width + 1) * _CHARACTERS_A_CELL]
    return list(_wrapped(text, width, most))


_CHARACTERS_A_CELL = 4
"""More than this many characters in a cell are seen only in texts made to look broken, which may be cut early."""


@lru_cache(256)
def _wrapped(text: str, width: int, most: int | None) -> tuple[str, ...]:
    paragraphs = clean(text).expandtabs(4).split("\n")
    lines = (line.plain for paragraph in paragraphs for line in Content(paragraph).wrap(max(width, 2)) or [Content("")])
    return tuple(islice(lines, most))
