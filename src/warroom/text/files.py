"""Finding and reading text files that a person wrote; never blocks, and never reads more than a limit."""

from __future__ import annotations

import os
import stat
from pathlib import Path

from warroom.text.mistakes import Mistake

MAX_FILE_BYTES = 256_000
"""The size limit for a company's own file, in bytes: ten times the longest file that comes with the program."""


def read_text(path: Path, max_bytes: int = MAX_FILE_BYTES) -> str:
    """Read a whole text file as UTF-8, with or without a byte-order mark, line ends as LF.

    Raises Mistake if it is not a regular file (a folder, a pipe, a broken link), can't be read, is not UTF-8, or is
    larger than `max_bytes` bytes.
    """
    file = str(path)
    try:
        # Checked before it is opened, because opening a device may act on it. O_NONBLOCK in case it is a pipe by then.
        if not stat.S_ISREG(path.stat().st_mode):
            raise Mistake(file, 0, "this is not a file; expected a text file")
        descriptor = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_CLOEXEC", 0))
        with os.fdopen(descriptor, "rb") as opened:
            data = opened.read(max_bytes + 1)
    except FileNotFoundError:
        linked = " that it links to" if path.is_symlink() else ""
        raise Mistake(file, 0, f"the file{linked} does not exist") from None
    except OSError as error:
        raise Mistake(file, 0, f"can't be read ({error.strerror or error})") from None
    if len(data) > max_bytes:
        raise Mistake(file, 0, f"it is longer than {max_bytes // 1000} kB, the limit for such a file")
    try:
        return data.decode("utf-8-sig").replace("\r\n", "\n")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise Mistake(file, line, "this is not UTF-8 text; save it as UTF-8") from None


def list_files(folder: Path, suffix: str) -> list[Path]:
    """The files in a folder with that suffix, sorted by name; none if the folder is missing or can't be read."""
    return [path for path in visible_files(folder) if path.suffix == suffix]


def visible_files(folder: Path) -> list[Path]:
    """What is in a folder, sorted by name, hidden files left out; none if the folder is missing or can't be read."""
    try:
        return sorted(path for path in folder.iterdir() if not path.name.startswith("."))
    except OSError:
        return []
