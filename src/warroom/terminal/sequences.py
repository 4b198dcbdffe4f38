"""Encoding changed cells as short control sequences: only differences from the previous cell are written."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache
from typing import NamedTuple

from rich.color import ColorSystem
from rich.style import Style
from textual.strip import Strip

Cells = tuple[int, int, Strip]
"""Column, row and content of adjacent cells in one row."""

_ATTRIBUTES = {"1": "22", "2": "22", "3": "23", "4": "24", "5": "25", "7": "27", "8": "28", "9": "29"}
"""The code that switches each attribute off."""
_NO_STYLE = Style.null()
_RENDERED = re.compile(r"\x1b\[([\d;]+)m \x1b\[0m")


class Pen(NamedTuple):
    """How cells are written: SGR codes, each "" or () for the terminal's default."""

    foreground: str = ""
    background: str = ""
    attributes: tuple[str, ...] = ()

    @property
    def codes(self) -> list[str]:
        """The codes that change a plain pen to this one."""
        return list(filter(None, [*self.attributes, self.foreground, self.background]))


PLAIN = Pen()


def encode(cells: Iterable[Cells], width: int, colors: ColorSystem) -> str:
    """Encode cells for a terminal `width` columns wide, whose pen is plain before and after."""
    written: list[str] = []
    pen = PLAIN
    at: tuple[int, int] | None = None
    """Where the cursor is; None if the terminal may have it elsewhere, as after text other than ASCII."""
    for x, y, strip in cells:
        written.append(_move(at, x, y))
        for text, style, control in strip:
            if control or not text:
                continue
            style = style or _NO_STYLE
            new = _pen(style, colors)
            if new is not None:
                written.append(_change(pen, new) + text)
            else:  # such as a link: Textual's own sequence, which starts and ends with a plain pen
                written.append(_change(pen, PLAIN) + Strip.render_style(style, text, color_system=colors))
            pen = new or PLAIN
        end = x + strip.cell_length
        at = (end, y) if end < width and strip.text.isascii() else None
    written.append(_change(pen, PLAIN))
    return "".join(written)


def _move(at: tuple[int, int] | None, x: int, y: int) -> str:
    moves = [f"\x1b[{y + 1};{x + 1}H"]
    if at is not None and 0 <= y - at[1] <= 1:
        down = "\x1b[B" * (y - at[1])
        moves.append(down + (_step("D", at[0] - x) if x <= at[0] else _step("C", x - at[0])))
    return min(moves, key=len)


def _step(direction: str, cells: int) -> str:
    return f"\x1b[{cells if cells > 1 else ''}{direction}" if cells else ""


@lru_cache(1024)
def _pen(style: Style, colors: ColorSystem) -> Pen | None:
    """Return the pen for a style; None for a style that a pen can't express."""
    rendered = Strip.render_style(style, " ", color_system=colors)
    if rendered == " ":
        return PLAIN
    found = _RENDERED.fullmatch(rendered)
    if found is None:
        return None
    codes = found[1].split(";")
    foreground = background = ""
    attributes = []
    while codes:
        code = codes.pop(0)
        if code in ("38", "48"):
            size = 4 if codes[0] == "2" else 2
            color, codes = ";".join([code, *codes[:size]]), codes[size:]
            foreground, background = (color, background) if code == "38" else (foreground, color)
        elif code in _ATTRIBUTES:
            attributes.append(code)
        elif code[0] == "3" or code[0] == "9":
            foreground = code
        elif code[0] == "4" or code[0] == "1":
            background = code
        else:
            return None
    return Pen(foreground, background, tuple(attributes))


@lru_cache(1024)
def _change(old: Pen, new: Pen) -> str:
    """Return the shortest sequence that changes one pen to another."""
    if old == new:
        return ""
    if new == PLAIN:
        return "\x1b[m"
    off = {_ATTRIBUTES[code] for code in old.attributes if code not in new.attributes}
    codes = [*sorted(off), *(code for code in new.attributes if code not in old.attributes or _ATTRIBUTES[code] in off)]
    if new.foreground != old.foreground:
        codes.append(new.foreground or "39")
    if new.background != old.background:
        codes.append(new.background or "49")
    ways = [f"\x1b[{';'.join(way)}m" for way in (codes, ["0", *new.codes])]
    return min(ways, key=len)
