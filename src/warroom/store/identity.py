"""Random names for files and incidents, which need no coordination between machines."""

from __future__ import annotations

import os

_LETTERS = "bcdfghjkmnpqrstvwxz"
_ALPHABET = _LETTERS + "23456789"  # no vowels, so no words; no 0/o, 1/l/i, u/v or y to confuse when read aloud


def _random(length: int) -> str:
    number = int.from_bytes(os.urandom(16))
    number, first = divmod(number, len(_LETTERS))
    name = _LETTERS[first]
    while len(name) < length:
        number, digit = divmod(number, len(_ALPHABET))
        name += _ALPHABET[digit]
    return name


def new_origin() -> str:
    """A random name for a file, which no other file is likely to have: 10 characters, about 47 bits."""
    return _random(10)


def new_incident() -> str:
    """A random reference for an incident: 6 characters, easy to dictate over the phone."""
    return _random(6)
