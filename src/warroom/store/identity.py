"""Names made by chance: files and incidents are named without asking anybody else."""

from __future__ import annotations

import os

_LETTERS = "bcdfghjkmnpqrstvwxz"
_ALPHABET = _LETTERS + "23456789"  # no vowels, hence no words; no 0/o, 1/l/i, u/v or y to confuse when read aloud


def _random(length: int) -> str:
    number = int.from_bytes(os.urandom(16))
    number, first = divmod(number, len(_LETTERS))
    name = _LETTERS[first]
    while len(name) < length:
        number, digit = divmod(number, len(_ALPHABET))
        name += _ALPHABET[digit]
    return name


def new_origin() -> str:
    """Name a file so that no other file is ever likely to have the same name: 10 characters, about 47 bits."""
    return _random(10)


def new_incident() -> str:
    """Name an incident in 6 characters that can be typed from a voice on the phone."""
    return _random(6)
