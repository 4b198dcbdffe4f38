"""The base class for mistakes in a file that a person wrote: which file, where in it, and what is expected there."""

from __future__ import annotations

from warroom.text.cleaning import clean_line


class Mistake(Exception):
    """A file that can't be used; the message is one sentence, `FILE:12: reason` or `FILE: key: reason`."""

    def __init__(self, file: str, where: int | str, reason: str) -> None:
        """`where` is a line, counted from 1, or a key; 0 or "" means the whole file."""
        super().__init__(located(file, where, reason))
        self.file = file
        self.where = where
        self.reason = reason


def located(file: str, where: int | str, reason: str) -> str:
    """A mistake on one line, with its place first: `FILE:12: reason` or `FILE: key: reason`."""
    place = f":{where}" if isinstance(where, int) and where else f": {where}" if where else ""
    return clean_line(f"{file}{place}: {reason}")
