"""Writing a document to a file, for the console and the command line alike: the whole document, or nothing."""

from __future__ import annotations

import os
from collections.abc import Iterable
from pathlib import Path
from typing import IO

from warroom.text.cleaning import clean


class NotSaved(Exception):
    """The document could not be written; the text says why, and names the file."""


def expanded(name: str) -> Path:
    """The path that a person typed, with `~` for a home folder; a file whose name only begins with ~ stays as it is."""
    return Path(os.path.expanduser(name))  # noqa: PTH111 - Path.expanduser would raise


def save(path: Path, pieces: Iterable[str | bytes], journal: Path) -> None:
    """Write the complete document or nothing, readable only by its owner; never over the journal. Raises NotSaved.

    Bytes are written as they are, text cleaned and in UTF-8. A link stays a link, and its target is written; a device
    or a pipe is written to directly.
    """
    try:
        if path.is_dir():
            raise NotSaved(f"{path} is a folder; name a file in it")
        if path.exists() and path.samefile(journal):
            raise NotSaved(f"{path} is the journal itself; name another file")
        place = path.resolve()
        if place.exists() and not place.is_file():
            with place.open("wb") as file:
                _write_all(file, pieces)
        else:
            _replace(place, pieces)
    except (OSError, RuntimeError, ValueError) as error:
        # RuntimeError: links that lead to one another; ValueError: a name that no file can have
        reason = {RuntimeError: "its links lead nowhere", ValueError: "no file can have this name"}.get(type(error))
        said = reason or (error.strerror if isinstance(error, OSError) else None) or str(error)
        raise NotSaved(f"{path} can't be written ({said})") from None


def _replace(path: Path, pieces: Iterable[str | bytes]) -> None:
    making = path.with_name(f".{path.name[:100]}.{os.urandom(4).hex()}.new")
    try:
        with os.fdopen(os.open(making, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600), "wb") as file:
            _write_all(file, pieces)
            file.flush()
            os.fsync(file.fileno())
        making.replace(path)
    finally:
        making.unlink(missing_ok=True)


def _write_all(file: IO[bytes], pieces: Iterable[str | bytes]) -> None:
    for piece in pieces:
        file.write(piece if isinstance(piece, bytes) else clean(piece).encode())
