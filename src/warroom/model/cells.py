"""How wide text is on a terminal, counted in cells, for lines that must not run over."""

from __future__ import annotations

import unicodedata


def width(text: str) -> int:
    """How many cells a line takes: two for wide characters, none for combining and joining ones."""
    return len(text) if text.isascii() else sum(map(_cell, text))


def shorten(text: str, cells: int) -> str:
    """Cut a line to so many cells, with … where it was cut."""
    if width(text) <= cells:
        return text
    kept, used = 0, 1
    for character in text:
        used += _cell(character)
        if used > cells:
            break
        kept += 1
    return text[:kept].rstrip() + "…"


def _cell(character: str) -> int:
    if unicodedata.combining(character) or unicodedata.category(character) in ("Mn", "Me", "Cf"):
        return 0
    return 2 if unicodedata.east_asian_width(character) in "WF" else 1
