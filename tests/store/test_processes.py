"""Several processes on one file, some of them killed: what was acknowledged is there, and nobody is turned away."""

from __future__ import annotations

import random
import sqlite3
import time
from pathlib import Path

import pytest

from tests.conftest import Clock
from tests.store.conftest import Start, finished
from tests.store.drafts import INCIDENT
from warroom.store import files
from warroom.store.journal import Journal
from warroom.store.verify import verify

HEAVY = {"textual", "rich", "sqlite_utils", "jinja2", "platformdirs", "humanize"}


def test_four_writers_and_a_reader_share_the_file(path: Path, clock: Clock, start: Start) -> None:
    with Journal.open(path, now=clock) as reader:
        writers = [start("append", path, 300, f"writer{number}") for number in range(4)]
        seen = 0
        deadline = time.monotonic() + 60
        while seen < 1200 and time.monotonic() < deadline and any(writer.poll() is None for writer in writers):
            if reader.changed():
                new = reader.since(seen)
                assert [entry.seq for entry in new] == list(range(seen + 1, seen + 1 + len(new)))
                seen += len(new)
                assert len(reader.timeline(INCIDENT, max(0, seen - 20), 20)) >= min(20, seen)
            time.sleep(0.01)
        outputs = [finished(writer) for writer in writers]
        seen += len(reader.since(seen))

        assert seen == reader.count(INCIDENT) == 1200
        assert [len(output.splitlines()) for output in outputs] == [300] * 4
    report = verify(path)
    assert (report.entries, report.origins, report.problems) == (1200, 1, [])


def test_nobody_waits_in_vain_on_a_slow_disk(path: Path, clock: Clock, start: Start) -> None:
    Journal.open(path, now=clock).close()

    for worker in [start("hold", path, 20, 0.03, 1.7) for _ in range(4)]:
        finished(worker)

    with Journal.open(path, now=clock) as journal:
        assert journal.count(INCIDENT) == 80


@pytest.mark.parametrize("there", ["nothing", "a file that has had no migration yet"])
def test_a_file_opened_by_eight_at_once_is_one_journal(tmp_path: Path, start: Start, there: str) -> None:
    path = tmp_path / "new" / "journal.db"
    if there != "nothing":
        path.parent.mkdir()
        connection = sqlite3.connect(path)
        connection.execute(f"PRAGMA application_id = {files.APPLICATION_ID}")
        connection.close()

    origins = finished(start("open_at_once", path, 8)).split()

    assert (len(origins), len(set(origins))) == (8, 1)
    assert list(path.parent.iterdir()) == [path]
    assert (verify(path).entries, verify(path).problems) == (8, [])


def test_whatever_was_acknowledged_survives_a_kill(path: Path, clock: Clock, start: Start) -> None:
    chance = random.Random(317)
    acknowledged: list[str] = []
    kills = 0
    while kills < 6 or len(acknowledged) <= 20:
        kills += 1
        worker = start("append", path, 100_000, "doomed")
        assert worker.stdout is not None
        acknowledged.append(worker.stdout.readline())
        time.sleep(chance.uniform(0, 0.15))
        worker.kill()
        rest, _ = worker.communicate()
        acknowledged += rest.splitlines(keepends=True)

        with Journal.open(path, now=clock, create=False) as journal:
            there = {f"{entry.key} {entry.text}\n" for entry in journal.since(0)}
        whole = [line for line in acknowledged if line.endswith("\n")]
        assert set(whole) <= there
        assert verify(path).ok


def test_a_short_command_loads_only_what_it_needs(path: Path, clock: Clock, start: Start) -> None:
    Journal.open(path, now=clock).close()

    loaded = set(finished(start("modules", path)).split())

    assert "warroom.store.journal" in loaded
    families = {name.partition(".")[0] for name in loaded}
    assert families & HEAVY == set()
