"""Deleting the unfinished files that a process killed while it created a journal has left beside it."""

from __future__ import annotations

import os
import re
import time
from contextlib import suppress
from pathlib import Path

_OLD_S = 3_600
"""A file that is made is in place within seconds."""


def unfinished_name(path: Path) -> Path:
    """A new name beside `path` for a file that is not complete yet; it has the number of the process that makes it."""
    return path.with_name(f".{path.name}.{os.getpid():d}-{os.urandom(6).hex()}.new")


def remove_leftovers(path: Path) -> None:
    """Delete what was begun for `path` and never finished: second names of that same file, and old files of no process.

    Only files are deleted that have a name of `unfinished_name`, of this version or an earlier one; never raises.
    """
    mine = re.compile(rf"\.{re.escape(path.name)}\.(?:(\d+)-)?[0-9a-f]{{12}}\.new(?:-journal)?")
    with suppress(OSError):
        names = os.listdir(path.parent)  # noqa: PTH208 - only names are needed
        for name in names:
            if found := mine.fullmatch(name):
                with suppress(OSError):
                    _remove(path.with_name(name), path, int(found[1] or 0))


def _remove(leftover: Path, path: Path, process: int) -> None:
    found = leftover.lstat()
    second_name = found.st_nlink > 1 and path.exists() and leftover.samefile(path)
    if second_name or (time.time() - found.st_mtime > _OLD_S and not _is_running(process)):
        leftover.unlink()


def _is_running(process: int) -> bool:
    if not process:
        return False
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except OSError:
        return True  # somebody else's
    return True
