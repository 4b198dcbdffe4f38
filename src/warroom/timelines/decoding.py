"""The text that the bytes of a timeline are: in UTF-8, in UTF-16, or as Excel and old programs in Europe save it."""

from __future__ import annotations

import re
from typing import NamedTuple

from warroom.text import files
from warroom.text.mistakes import Mistake

_EXPECTED = "expected a timeline, such as a list of times and what happened"
_CONTROLS = re.compile(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f]")
"""Bytes that are in no text, whatever its letters."""
_HIGH = re.compile(rb"[\x80-\xff]+")
_OWN_PAGE = (b"<!doctype html>", b"Content-Security-Policy", b"--sev1-edge:")
"""What a page that this program exported begins with."""
_HEAD = 3_000


class Decoded(NamedTuple):
    """A text, and a sentence about how it was read if that was not certain; else ""."""

    text: str
    remark: str = ""


def decoded(data: bytes, name: str) -> Decoded:
    """The text of a file called `name`.

    Raises Mistake if it is no text, in letters that nobody can tell, or a page that this program exported.
    """
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        try:
            return Decoded(data.decode("utf-16"))
        except UnicodeDecodeError:
            raise Mistake(name, 0, f"this is not text; {_EXPECTED}") from None
    if (wide := _without_mark(data)) is not None:
        return Decoded(wide, "The file does not say how its letters are stored; it is read as UTF-16.")
    if (nul := data.find(b"\0")) >= 0:
        raise Mistake(name, _line(data, nul), f"this is not text, there is a NUL in it; {_EXPECTED}")
    if all(mark in data[:_HEAD] for mark in _OWN_PAGE):
        instead = "import its JSON instead (warroom export log --format json), with which everything comes back"
        raise Mistake(name, 0, f"this is a page that warroom exported; {instead}")
    try:
        return Decoded(files.decoded(data, name))
    except Mistake as mistake:
        if (western := _western(data)) is None:
            raise
        read_as = f"Line {mistake.where} is not UTF-8, so the file is read as Windows-1252"
        return Decoded(western, f"{read_as}: check letters such as ü and é.")


def _line(data: bytes, at: int) -> int:
    return data.count(b"\n", 0, at) + 1


def _without_mark(data: bytes) -> str | None:
    """The text of UTF-16 that doesn't begin with its mark: of two bytes, mostly the same one is a NUL; else None."""
    pairs, odd = divmod(len(data), 2)
    if odd or not pairs:
        return None
    nuls = data[::2].count(0), data[1::2].count(0)
    if min(nuls) or max(nuls) * 2 < pairs:
        return None
    try:
        return data.decode("utf-16-le" if nuls[1] else "utf-16-be")
    except UnicodeDecodeError:
        return None


def _western(data: bytes) -> str | None:
    """The text in Windows-1252, if that is plausible: one or two letters with accents among others; else None.

    It is not if more of those letters are right in UTF-8 than wrong, as in a file that was damaged.
    """
    as_utf_8 = data.decode("utf-8", errors="replace")
    wrong = as_utf_8.count("\ufffd")
    if _CONTROLS.search(data) is not None or sum(sign > "\x7f" for sign in as_utf_8) - wrong >= wrong:
        return None
    runs = [len(found.group()) for found in _HIGH.finditer(data)]
    if sum(long for long in runs if long > 2) * 3 > sum(runs):
        return None
    try:
        return data.decode("cp1252")
    except UnicodeDecodeError:
        return None
