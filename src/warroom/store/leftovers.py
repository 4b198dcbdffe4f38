"""Deleting the unfinished files that a killed process left beside a journal or backup that it was making."""

from __future__ import annotations

import os
import re
import time
import zlib
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

from warroom.text.late import late

_OLD_S = 3_600
"""A file that is made is in place within seconds."""
_ABANDONED_S = 60
"""The same for a file of a process that isn't running here; it may be that of another machine with the same disk."""
_ENDING = r"(?:(?:([0-9a-f]{8})-)?(\d+)-)?[0-9a-f]{12}\.new(?:-journal)?"


_NAME = late(rf"\..+\.{_ENDING}", re.DOTALL)


def unfinished_name(path: Path) -> Path:
    """A new name beside `path` for a file that is not complete yet; it names the machine and process that make it."""
    return path.with_name(f".{path.name}.{this_machine()}-{os.getpid():d}-{os.urandom(6).hex()}.new")


def this_machine() -> str:
    """Eight digits that tell this machine from others that use the same disk."""
    return f"{zlib.crc32(os.uname().nodename.encode()):08x}"


def is_unfinished_name(name: str) -> bool:
    """Whether a file of this name may be deleted as a leftover of some file's making."""
    return _NAME.fullmatch(name) is not None


def remove_leftovers(path: Path, *, others: bool = False) -> None:
    """Delete what was begun for `path` and never finished: second names of that same file, and old files of no process.

    What a process of this machine began in that folder, for any file, is deleted once that process has ended. With
    `others`, also what was begun elsewhere for other files, as backups have another name each time. Only files are
    deleted that have a name of `unfinished_name`, of this version or an earlier one; never raises.
    """
    for leftover, found in _found(path.parent):
        is_mine = leftover.name.startswith(f".{path.name}.") or others
        with suppress(OSError):
            _remove(leftover, path, found[1], int(found[2] or 0), is_mine=is_mine)


def abandoned(folder: Path) -> list[Path]:
    """The files in a folder that were begun and never finished, but for those that a process here is still making."""
    return sorted(
        leftover
        for leftover, found in _found(folder)
        if not (found[1] in (None, this_machine()) and is_running(int(found[2] or 0)))
    )


def _found(folder: Path) -> Iterator[tuple[Path, re.Match[str]]]:
    with suppress(OSError):
        names = os.listdir(folder)  # noqa: PTH208 - only names are needed
        for name in names:
            if name.startswith(".") and (found := _NAME.fullmatch(name)):
                yield folder / name, found


def _remove(leftover: Path, path: Path, machine: str | None, process: int, *, is_mine: bool) -> None:
    found = leftover.lstat()
    second_name = is_mine and found.st_nlink > 1 and path.exists() and leftover.samefile(path)
    age_s = time.time() - found.st_mtime
    if machine == this_machine():
        is_left = not is_running(process)
    else:
        is_left = is_mine and age_s > (_ABANDONED_S if process else _OLD_S) and not is_running(process)
    if second_name or is_left:
        leftover.unlink()


def is_running(process: int) -> bool:
    """Whether a process of this number runs on this machine; 0 stands for none."""
    if not process:
        return False
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except OSError:
        return True  # somebody else's
    return True


def begun(process: int) -> str:
    """When a process was begun, in digits that tell it from a later one of the same number; "" if nothing tells it."""
    try:
        return Path(f"/proc/{process:d}/stat").read_text("utf-8", "replace").rpartition(")")[2].split()[19]
    except (OSError, IndexError):
        return ""
