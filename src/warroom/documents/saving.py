"""Writing a document to a file, for the console and the command line alike: the whole document, or nothing."""

from __future__ import annotations

import os
from collections.abc import Iterable
from pathlib import Path
from typing import IO

from warroom.text.cleaning import clean


class NotSaved(Exception):
    """The document could not be written; the text says why, and names the file."""


class AlreadyThere(NotSaved):
    """There is a file of that name, and it was not to be replaced."""


def expanded(name: str) -> Path:
    """The path that a person typed, with `~` for a home folder; a file whose name only begins with ~ stays as it is."""
    return Path(os.path.expanduser(name))  # noqa: PTH111 - Path.expanduser would raise


def save(path: Path, pieces: Iterable[str | bytes], journal: Path, *, replace: bool) -> None:
    """Write the complete document or nothing, readable only by its owner; never over the journal. Raises NotSaved.

    Bytes are written as they are, text cleaned and in UTF-8. If there is a file already, it is replaced in one step if
    `replace` is set; else AlreadyThere is raised, also if it appears while the document is written. A link stays a
    link, and its target is written; a device or a pipe is written to directly.
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
        elif place.exists() and not replace:
            raise AlreadyThere(f"{path} exists already")
        else:
            _create(place, pieces, replace=replace)
    except FileExistsError:
        raise AlreadyThere(f"{path} exists already") from None
    except FileNotFoundError:
        raise NotSaved(f"{path} can't be written: there is no folder {path.parent}; make it, or name another") from None
    except (OSError, RuntimeError, ValueError) as error:
        # RuntimeError: links that lead to one another; ValueError: a name that no file can have
        reason = {RuntimeError: "its links lead nowhere", ValueError: "no file can have this name"}.get(type(error))
        said = reason or (error.strerror if isinstance(error, OSError) else None) or str(error)
        raise NotSaved(f"{path} can't be written ({said})") from None


def _create(path: Path, pieces: Iterable[str | bytes], *, replace: bool) -> None:
    """Write a new file and give it its name once it is complete. Raises FileExistsError unless `replace` is set."""
    making = path.with_name(f".{path.name[:100]}.{os.urandom(4).hex()}.new")
    try:
        with os.fdopen(os.open(making, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600), "wb") as file:
            _write_all(file, pieces)
            file.flush()
            os.fsync(file.fileno())
        if replace:
            making.replace(path)
        else:
            _name(making, path)
    finally:
        making.unlink(missing_ok=True)


def _name(made: Path, path: Path) -> None:
    """Give a file its name, which no other file may have. Raises FileExistsError."""
    try:
        path.hardlink_to(made)
    except FileExistsError:
        raise
    except OSError:  # a file system without hard links: claim the name, then put the file in its place
        os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
        made.replace(path)


def _write_all(file: IO[bytes], pieces: Iterable[str | bytes]) -> None:
    for piece in pieces:
        file.write(piece if isinstance(piece, bytes) else clean(piece).encode())
