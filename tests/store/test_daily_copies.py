"""The daily copies: one a day if something has changed, the last seven, none half made; and restoring one."""

from __future__ import annotations

import errno
import os
import shutil
import time
from pathlib import Path

import pytest

from tests.conftest import Clock
from tests.store.drafts import INCIDENT, declared, note
from warroom.store import daily_copies
from warroom.store.daily_copies import copies, make_copy
from warroom.store.errors import DiskFull, Missing, StoreError
from warroom.store.journal import Journal
from warroom.store.restore import Found, look, restore
from warroom.store.verify import verify


def age(path: Path) -> None:
    """Make a file older than whatever is written next, however coarse the clock of the disk is."""
    earlier = path.stat().st_mtime_ns - 10_000_000_000
    os.utime(path, ns=(earlier, earlier))


def test_a_copy_is_made_each_day_and_seven_are_kept(journal: Journal, clock: Clock) -> None:
    journal.append(INCIDENT, declared(), author="Sam")
    made = []
    for day in range(1, 10):
        found = make_copy(journal.path, f"2026-11-0{day}")
        assert found is not None
        assert found.stat().st_mode & 0o777 == 0o600
        assert make_copy(journal.path, f"2026-11-0{day}") is None, "one a day"
        assert make_copy(journal.path, f"2026-11-1{day}") is None, "none without a change"
        made.append(found)
        journal.append(INCIDENT, note(f"day {day}"), author="Sam")
        age(found)
    assert copies(journal.path) == made[-7:]
    assert [verify(path).entries for path in made[-7:]] == [3, 4, 5, 6, 7, 8, 9]
    assert all(verify(path).ok for path in made[-7:])
    assert sorted(path.name for path in made[-1].parent.iterdir()) == [path.name for path in made[-7:]]
    # After a redaction they are made anew.
    assert make_copy(journal.path, "2026-11-09", anew=True) == made[-1]
    assert copies(journal.path) == made[-1:]
    assert verify(made[-1]).entries == 10


def test_a_full_disk_or_leaving_leaves_the_copies_as_they_were(
    journal: Journal, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    journal.append(INCIDENT, declared(), author="Sam")
    assert make_copy(journal.path, "2026-11-01", stop=lambda: True) is None
    assert copies(journal.path) == []

    def full(descriptor: int) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(DiskFull, match="full"):
        make_copy(journal.path, "2026-11-01")
    assert list(daily_copies.folder_of(journal.path).iterdir()) == []


def test_a_backup_takes_the_place_of_the_journal_which_is_kept(journal: Journal, clock: Clock, tmp_path: Path) -> None:
    journal.append(INCIDENT, declared(), author="Sam")
    kept = make_copy(journal.path, "2026-11-01")
    assert kept is not None
    journal.append(INCIDENT, note("since then"), author="Sam")
    killed = journal.path.with_name(f".{journal.path.name}.999999999-00ff00ff00ff.new")
    for left in (killed, killed.with_name(f"{killed.name}-journal")):  # by a restore that was killed two minutes ago
        left.touch()
        os.utime(left, (time.time() - 120,) * 2)

    assert look(kept, journal.path) == Found(1, 1, clock())
    found = restore(kept, journal.path, "2026-11-02-0341")
    assert not list(journal.path.parent.glob(".*"))
    assert (found.entries, found.before) == (1, journal.path.with_name("journal-before-restore-2026-11-02-0341.db"))
    assert found.before is not None
    assert verify(found.before).entries == 2
    with Journal.open(journal.path, now=clock) as restored:
        assert restored.origin != journal.origin, "what is logged now is no other version of what was logged since"
        restored.append(INCIDENT, note("from here on"), author="Sam")
    assert (verify(journal.path).entries, verify(journal.path).ok) == (2, True)
    with pytest.raises(StoreError):
        journal.append(INCIDENT, note("to the old file"), author="Sam")
    # One that is damaged replaces nothing; a journal that is damaged is replaced, and kept.
    damaged = tmp_path / "damaged.db"
    shutil.copy(kept, damaged)
    damaged.write_bytes(damaged.read_bytes()[:5000])
    with pytest.raises(StoreError, match="damaged"):
        restore(damaged, journal.path, "2026-11-02-0342")
    assert verify(journal.path).entries == 2
    found = restore(kept, damaged, "2026-11-02-0342")
    assert (found.entries, verify(damaged).ok) == (1, True)
    with pytest.raises(Missing, match=r"There is no backup at .*nowhere.db: check the path\.$"):
        restore(tmp_path / "nowhere.db", damaged, "2026-11-02-0343")
    with pytest.raises(StoreError, match="the journal itself"):
        restore(journal.path, journal.path, "2026-11-02-0343")
