"""The width of text on a terminal, in cells, and cutting and wrapping text to a width."""

from __future__ import annotations

import unicodedata


def width(text: str) -> int:
    """The number of cells a line takes: two for wide characters, none for combining and joining characters."""
    return len(text) if text.isascii() else sum(map(_cell, text))


def shorten(text: str, cells: int) -> str:
    """Cut a line to at most `cells`, ending in … if it was cut."""
    if width(text) <= cells:
        return text
    return text[: _fitting(text, cells - 1)].rstrip() + "…"


def wrap(text: str, cells: int, rows: int, first: str = "", then: str = "") -> list[str]:
    """Break a line at spaces into at most `rows` rows of `cells`; the last row ends in … if text was cut.

    `first` is put in front of the first row, `then` in front of the others.
    """
    lines: list[str] = []
    line, rest = first, text.strip()
    while rest:
        room = max(cells - width(line), 1)
        if width(rest) <= room:
            lines.append(line + rest)
            break
        if len(lines) == rows - 1:
            lines.append(line + shorten(rest, room))
            break
        fits = _fitting(rest, room)
        space = rest.rfind(" ", 0, fits + 1)
        taken = space if space > 0 else max(fits, 1)
        lines.append(line + rest[:taken].rstrip())
        line, rest = then, rest[taken:].lstrip()
    return lines or [first.rstrip()]


def _fitting(text: str, cells: int) -> int:
    used = 0
    for index, character in enumerate(text):
        used += _cell(character)
        if used > cells:
            return index
    return len(text)


def _cell(character: str) -> int:
    if unicodedata.combining(character) or unicodedata.category(character) in ("Mn", "Me", "Cf"):
        return 0
    return 2 if unicodedata.east_asian_width(character) in "WF" else 1
