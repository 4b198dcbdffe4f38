"""The one shape of a mistake in a file that a person wrote: which file, where in it, and what is expected there."""

from __future__ import annotations

from warroom.text.cleaning import clean_line


class Mistake(Exception):
    """A file that can't be used as it is; its text is one sentence, `FILE:12: reason` or `FILE: key: reason`."""

    def __init__(self, file: str, where: int | str, reason: str) -> None:
        """`where` is a line, counted from 1, or a key; 0 or "" means the file as a whole."""
        super().__init__(located(file, where, reason))
        self.file = file
        self.where = where
        self.reason = reason


def located(file: str, where: int | str, reason: str) -> str:
    """Put a mistake on one line, the place first: a line number as editors look it up, a key in words."""
    place = f":{where}" if isinstance(where, int) and where else f": {where}" if where else ""
    return clean_line(f"{file}{place}: {reason}")
