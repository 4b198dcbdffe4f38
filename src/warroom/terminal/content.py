"""User text as lines of styled content: cleaned, fitted to a width, wrapped; what widgets draw their lines with."""

from __future__ import annotations

from functools import lru_cache

from textual.content import Content

from warroom.text.cleaning import clean, clean_line


def safe_line(text: str, style: str = "") -> Content:
    """User text as one line of content: never markup, never a control sequence; see `cleaning`."""
    return Content.styled(clean_line(text), style) if style else Content(clean_line(text))


def fit(line: Content, width: int) -> Content:
    """A line no wider than the room there is, its end marked where it is cut."""
    return line if line.cell_length <= width else line.truncate(max(width, 1), ellipsis=True)


def spread(left: Content, right: Content, width: int) -> Content:
    """Left and right on one line; where there is no room for both the left one is cut."""
    room = width - right.cell_length
    if room < 8:
        return fit(left, width)
    left = fit(left, room - 1)
    return Content.assemble(left, " " * (room - left.cell_length), right)


def highlighted(line: Content, width: int) -> Content:
    """The line under the cursor, in one piece: colours turned inside out would be a patchwork."""
    return Content.styled(line.plain + " " * max(width - line.cell_length, 0), "reverse")


def wrapped(text: str, width: int) -> list[str]:
    """User text wrapped to a width in cells, by words where it can."""
    return list(_wrapped(text, width))


@lru_cache(256)
def _wrapped(text: str, width: int) -> tuple[str, ...]:
    lines: list[str] = []
    for paragraph in clean(text).expandtabs(4).split("\n"):
        lines.extend(line.plain for line in Content(paragraph).wrap(max(width, 2)) or [Content("")])
    return tuple(lines)
