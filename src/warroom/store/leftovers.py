"""Deleting the unfinished files that a killed process left beside a journal or backup that it was making."""

from __future__ import annotations

import os
import re
import time
from contextlib import suppress
from pathlib import Path

_OLD_S = 3_600
"""A file that is made is in place within seconds."""
_ABANDONED_S = 60
"""The same for a file of a process that isn't running here; it may be that of another machine with the same disk."""
_ENDING = r"(?:(\d+)-)?[0-9a-f]{12}\.new(?:-journal)?"


def unfinished_name(path: Path) -> Path:
    """A new name beside `path` for a file that is not complete yet; it has the number of the process that makes it."""
    return path.with_name(f".{path.name}.{os.getpid():d}-{os.urandom(6).hex()}.new")


def is_unfinished_name(name: str) -> bool:
    """Whether a file of this name may be deleted as a leftover of some file's making."""
    return re.fullmatch(rf"\..+\.{_ENDING}", name, re.DOTALL) is not None


def remove_leftovers(path: Path, *, others: bool = False) -> None:
    """Delete what was begun for `path` and never finished: second names of that same file, and old files of no process.

    With `others`, also what was begun for other files of that folder, as backups have another name each time. Only
    files are deleted that have a name of `unfinished_name`, of this version or an earlier one; never raises.
    """
    mine = re.compile(rf"\.{'.+' if others else re.escape(path.name)}\.{_ENDING}", re.DOTALL)
    with suppress(OSError):
        names = os.listdir(path.parent)  # noqa: PTH208 - only names are needed
        for name in names:
            if found := mine.fullmatch(name):
                with suppress(OSError):
                    _remove(path.with_name(name), path, int(found[1] or 0))


def _remove(leftover: Path, path: Path, process: int) -> None:
    found = leftover.lstat()
    second_name = found.st_nlink > 1 and path.exists() and leftover.samefile(path)
    age_s = time.time() - found.st_mtime
    if second_name or (age_s > (_ABANDONED_S if process else _OLD_S) and not _is_running(process)):
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
