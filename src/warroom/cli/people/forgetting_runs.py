"""Erasing a person from the files of drills, which have who took a role and what was said."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path

import msgspec

from warroom import places
from warroom.model import ids
from warroom.model.people_forgetting import BECAUSE, Forgetting
from warroom.store.errors import StoreError
from warroom.workspace import Workspace

_LATEST = 1 << 45
"""A time (ms UTC) that no drill's clock reaches: it is in the year 3084."""


class Runs(msgspec.Struct):
    """The files of drills that have the person, those that still may afterwards, and those that can't be changed."""

    has: list[Path] = []
    left: list[Path] = []
    stuck: list[Path] = []


def in_runs(workspace: Workspace, forgetting: Forgetting, *, dry_run: bool) -> Runs:
    """Erase the person in every run beside the journal, with names and contacts wherever they stand; never raises."""
    runs, journal = Runs(), workspace.database.absolute()
    files: set[Path] = set()
    with suppress(OSError):
        for folder in {places.drills_of(journal), places.drills_of(journal.resolve())}:  # the journal may be a link
            files.update(path.resolve() for path in folder.glob("*.db") if path.is_file())
    for path in sorted(files):
        try:
            _in_run(path, workspace.author, forgetting, runs, dry_run=dry_run)
        except (StoreError, ValueError, OverflowError):  # a file that was edited may have any numbers in it
            runs.stuck.append(path)
    return runs


def _in_run(path: Path, author: str, forgetting: Forgetting, runs: Runs, *, dry_run: bool) -> None:
    from warroom.drilling import look
    from warroom.store.forgetting import forget, is_anywhere
    from warroom.store.journal import Journal

    run = look(path)
    # An entry that is later than the drill's clock would move it.
    now = run.clock.now if run is not None and 0 <= run.clock.now < _LATEST else 0
    with Journal.open(path, now=lambda: now, create=False, busy_s=2.0) as journal:
        if not is_anywhere(journal, forgetting.is_in):
            return
        runs.has.append(path)
        if dry_run:
            return
        forget(
            journal,
            ids.REGISTER_PEOPLE,
            forgetting.draft,
            forgetting.rewritten,
            [(words, "") for words in forgetting.sure],
            because=BECAUSE,
            author=author,
            everywhere=True,
        )
        if is_anywhere(journal, forgetting.is_in):
            runs.left.append(path)
