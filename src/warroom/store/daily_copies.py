"""A copy of the journal file each day, the last seven of which are kept; made beside the work, never in its way."""

from __future__ import annotations

import os
import re
import sqlite3
import time
from collections.abc import Callable
from contextlib import closing, suppress
from pathlib import Path

from warroom.places import make_private_folder
from warroom.store import files
from warroom.store.errors import StoreError, translated
from warroom.store.files import sync_folder
from warroom.store.leftovers import is_running

KEPT = 7
SETTING = "WARROOM_DAILY_COPY"
"""The environment variable that turns the copies off, with one of the values in OFF."""
OFF = ("0", "no", "off", "false")
_PAGES = 256
"""Pages copied at a time: nobody waits longer than that takes for the file."""
_PAUSE_S = 0.005
_FOLDER = "backups"
_STALE_S = 3600
"""An unfinished copy that is older was left by a process that was killed."""


def folder_of(journal: Path) -> Path:
    """The folder with the daily copies of a journal: beside it."""
    return journal.parent / _FOLDER


def copies(journal: Path) -> list[Path]:
    """The daily copies of a journal, the earliest first."""
    pattern = _names(journal)
    folder = folder_of(journal)
    with suppress(OSError):
        return sorted(path for path in folder.iterdir() if pattern.fullmatch(path.name))
    return []


def is_name_of_copy(journal: Path, path: Path) -> bool:
    """Whether a file at `path` would be taken for a daily copy, and be removed after seven others."""
    return path.parent.resolve() == folder_of(journal).resolve() and _names(journal).fullmatch(path.name) is not None


def _names(journal: Path) -> re.Pattern[str]:
    return re.compile(re.escape(journal.stem) + r"-\d{4}-\d\d-\d\d" + re.escape(journal.suffix))


def is_due(journal: Path, day: str) -> bool:
    """Whether there is no copy of `day` (`2026-11-23`) yet, and the journal has changed since the last one."""
    made = copies(journal)
    if not made:
        return True
    if made[-1].name == _name(journal, day):
        return False
    with suppress(OSError):
        return journal.stat().st_mtime_ns > made[-1].stat().st_mtime_ns
    return False


def make_copy(journal: Path, day: str, *, anew: bool = False, stop: Callable[[], bool] = lambda: False) -> Path | None:
    """Make the copy of `day`, and remove all but the last seven; with `anew`, all others and also that of today.

    Returns where it is; None if it was not due, or if `stop` said to give up, such as when the console is left. Others
    write to the journal meanwhile. Raises StoreError with the reason; then all copies are as they were, or those
    that it names, because they can't be replaced or removed.
    """
    if not anew and not is_due(journal, day):
        return None
    folder = folder_of(journal)
    target = folder / _name(journal, day)
    with translated(target):
        make_private_folder(folder)
        remove_stale(journal, anew=anew)
        part = folder / f".{target.name}.{os.getpid()}.part"
        descriptor = os.open(part, os.O_CREAT | os.O_TRUNC | os.O_RDWR, 0o600)
        try:
            if not _copied(journal, part, stop):
                return None
            os.fsync(descriptor)
            left = _put_in_place(part, target)
        finally:
            os.close(descriptor)
            part.unlink(missing_ok=True)
        made = copies(journal)
        for old in (path for path in made if path != target) if anew else made[:-KEPT]:
            left += _removed(old)
        sync_folder(folder)
    if len(left) == 1:
        raise left[0]
    if left:
        raise StoreError(" ".join(map(str, left)))
    return target


def _put_in_place(part: Path, target: Path) -> list[StoreError]:
    """Put a copy in the place of the one that may be there; returns why that was not possible, if it was not."""
    try:
        with translated(target):
            part.replace(target)
    except StoreError as error:
        return [error]
    return []


def _removed(path: Path) -> list[StoreError]:
    try:
        with translated(path):
            path.unlink(missing_ok=True)
    except StoreError as error:
        return [error]
    return []


class _Stopped(Exception):
    """Copying was given up."""


def _copied(journal: Path, to: Path, stop: Callable[[], bool]) -> bool:
    def check(status: int, remaining: int, total: int) -> None:
        if stop():
            raise _Stopped

    with closing(files.connect_to_read(journal)) as source, closing(sqlite3.connect(to)) as copy:
        try:
            source.backup(copy, pages=_PAGES, progress=check, sleep=_PAUSE_S)
        except _Stopped:
            return False
    return True


def _name(journal: Path, day: str) -> str:
    return f"{journal.stem}-{day}{journal.suffix}"


def remove_stale(journal: Path, *, anew: bool = False) -> None:
    """Remove unfinished copies that were left by processes that were killed; with `anew`, also those of just now."""
    for path in unfinished(journal):
        with suppress(OSError):
            age_s = time.time() - path.stat().st_mtime
            if age_s > _STALE_S or anew:
                path.unlink()


def unfinished(journal: Path) -> list[Path]:
    """The copies that were begun and never finished, with what SQLite keeps beside them; none that is being made."""
    begins = re.compile(re.escape(f".{journal.stem}-") + r".*\.(\d+)\.part.*", re.DOTALL)
    with suppress(OSError):
        return sorted(
            path
            for path in folder_of(journal).iterdir()
            if (found := begins.fullmatch(path.name)) is not None and not is_running(int(found[1]))
        )
    return []
