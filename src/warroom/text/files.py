"""Finding and reading text files that a person wrote; never reads more than a limit, and blocks only for a pipe."""

from __future__ import annotations

import os
import stat
from pathlib import Path
from typing import BinaryIO

from warroom.text.mistakes import Mistake

MAX_FILE_BYTES = 640_000
"""The size limit for a company's own file, in bytes: twice the longest that comes along, which it may copy."""


def read_text(path: Path, max_bytes: int = MAX_FILE_BYTES) -> str:
    """Read a whole text file as UTF-8, with or without a byte-order mark, line ends as LF.

    Raises Mistake as `read_bytes` and `decoded` do.
    """
    return decoded(read_bytes(path, max_bytes), str(path))


def decoded(data: bytes, name: str) -> str:
    """The text that bytes in UTF-8 are, without a byte-order mark, line ends as LF; `name` is what to call the file.

    Raises Mistake if they are not UTF-8, or so full of NULs that they are UTF-16 or no text at all.
    """
    wrong = data.find(b"\0") if data.count(b"\0") * _NULS > len(data) else -1
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        wrong = error.start
    if wrong >= 0:
        raise Mistake(name, data.count(b"\n", 0, wrong) + 1, "this is not UTF-8 text; save it as UTF-8")
    return text.replace("\r\n", "\n")


_NULS = 10
"""Of so many bytes, more than one that is NUL is no text: in UTF-16, nearly every second byte of English is."""


def read_bytes(path: Path, max_bytes: int, expected: str = "a text file") -> bytes:
    """Read a whole file; `expected` says what it should be, if it is something else.

    Raises Mistake if it is not a regular file (a folder, a pipe, a broken link), can't be read, or is larger than
    `max_bytes` bytes.
    """
    file = str(path)
    try:
        # Checked before it is opened, because opening a device may act on it. O_NONBLOCK in case it is a pipe by then.
        found = path.stat()
        if not stat.S_ISREG(found.st_mode):
            raise Mistake(file, 0, f"this is not a file; expected {expected}")
        if found.st_size > max_bytes:
            raise _too_long(file, max_bytes)
        descriptor = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_CLOEXEC", 0))
        with os.fdopen(descriptor, "rb") as opened:
            data = opened.read(max(found.st_size, min(max_bytes, MAX_FILE_BYTES)) + 1)
    except FileNotFoundError:
        linked = " that it links to" if path.is_symlink() else ""
        raise Mistake(file, 0, f"the file{linked} does not exist") from None
    except OSError as error:
        raise Mistake(file, 0, f"can't be read ({error.strerror or error})") from None
    if len(data) > max_bytes:
        raise _too_long(file, max_bytes)
    return data


def read_named(path: Path, max_bytes: int) -> bytes:
    """Read a whole file or pipe that a person named, such as <(command); waits for whoever writes into the pipe.

    Raises Mistake as `read_bytes` does.
    """
    try:
        if stat.S_ISFIFO(path.stat().st_mode):
            with path.open("rb") as pipe:
                return read_stream(pipe, str(path), max_bytes)
    except OSError:
        pass  # the following says why
    return read_bytes(path, max_bytes)


STDIN = "standard input"
"""What to call it in messages."""


def read_stream(stream: BinaryIO, name: str, max_bytes: int) -> bytes:
    """Read a pipe to its end; `name` is what to call it. Raises Mistake after `max_bytes` bytes."""
    pieces: list[bytes] = []
    length = 0
    while piece := stream.read(1 << 20):
        pieces.append(piece)
        length += len(piece)
        if length > max_bytes:
            raise _too_long(name, max_bytes)
    return b"".join(pieces)


def _too_long(file: str, max_bytes: int) -> Mistake:
    limit = f"{max_bytes // 1_000_000} MB" if max_bytes >= 10_000_000 else f"{max_bytes // 1000} kB"
    return Mistake(file, 0, f"it is longer than {limit}, the limit for such a file")


def list_files(folder: Path, suffix: str) -> list[Path]:
    """The files in a folder with that suffix, sorted by name; none if the folder is missing or can't be read."""
    return [path for path in visible_files(folder) if path.suffix == suffix]


def visible_files(folder: Path) -> list[Path]:
    """What is in a folder, sorted by name, hidden files left out; none if the folder is missing or can't be read."""
    try:
        return sorted(path for path in folder.iterdir() if not path.name.startswith("."))
    except OSError:
        return []
