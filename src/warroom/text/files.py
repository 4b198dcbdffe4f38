"""Finding and reading text files that a person wrote, whatever is in their place: never waiting, always bounded."""

from __future__ import annotations

import os
import stat
from pathlib import Path

from warroom.text.mistakes import Mistake

LARGEST = 256_000
"""So many bytes a company's own file may have: ten times the longest that comes with the program."""


def read_text(path: Path) -> str:
    """Read a whole text file as UTF-8, with or without a byte-order mark, line ends as LF.

    Raises Mistake for what is no regular file (a folder, a pipe, a link that leads nowhere), can't be read, is no
    UTF-8, or is larger than LARGEST.
    """
    file = str(path)
    try:
        # Looked at before it is opened: opening a device may act on it. And a pipe put there since must not hang.
        if not stat.S_ISREG(path.stat().st_mode):
            raise Mistake(file, 0, "this is not a file; expected a text file")
        descriptor = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_CLOEXEC", 0))
        with os.fdopen(descriptor, "rb") as opened:
            data = opened.read(LARGEST + 1)
    except FileNotFoundError:
        linked = " that it links to" if path.is_symlink() else ""
        raise Mistake(file, 0, f"the file{linked} is not there") from None
    except OSError as error:
        raise Mistake(file, 0, f"can't be read ({error.strerror or error})") from None
    if len(data) > LARGEST:
        raise Mistake(file, 0, f"it is longer than the {LARGEST // 1000} kB that such a file may have")
    try:
        return data.decode("utf-8-sig").replace("\r\n", "\n")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise Mistake(file, line, "this is not UTF-8 text; save it as such") from None


def list_files(folder: Path, suffix: str) -> list[Path]:
    """What stands in a folder under a name with that ending, by name; none where it is missing or can't be read."""
    try:
        return sorted(path for path in folder.iterdir() if path.suffix == suffix and not path.name.startswith("."))
    except OSError:
        return []
