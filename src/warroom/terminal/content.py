"""Turning user text into lines of styled content: cleaning, fitting to a width, wrapping."""

from __future__ import annotations

from functools import lru_cache

from textual.content import Content

from warroom.text.cleaning import clean, clean_line


def safe_line(text: str, style: str = "") -> Content:
    """Return user text as one line of content, without markup or control sequences; see `cleaning`."""
    return Content.styled(clean_line(text), style) if style else Content(clean_line(text))


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
    """Highlight the line under the cursor, without its other styles: inverted colors would be hard to read."""
    return Content.styled(line.plain + " " * max(width - line.cell_length, 0), "reverse")


def wrapped(text: str, width: int) -> list[str]:
    """Wrap user text to a width in cells, between words where possible."""
    return list(_wrapped(text, width))


@lru_cache(256)
def _wrapped(text: str, width: int) -> tuple[str, ...]:
    lines: list[str] = []
    for paragraph in clean(text).expandtabs(4).split("\n"):
        lines.extend(line.plain for line in Content(paragraph).wrap(max(width, 2)) or [Content("")])
    return tuple(lines)
