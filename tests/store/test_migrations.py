"""A file of any earlier version is brought to the present one, once."""

from __future__ import annotations

import re
import sqlite3
from pathlib import Path

import pytest
from sqlite_utils import Database, Migrations

from tests.conftest import Clock
from tests.store.drafts import INCIDENT, declared
from tests.stories import NARRATIVE
from warroom.model.kinds import LEADS_TO
from warroom.store import files, migrations
from warroom.store.journal import Journal


def test_the_version_counts_the_migrations(path: Path, journal: Journal) -> None:
    database = Database(path, execute_plugins=False)

    assert migrations.journal.pending(database) == []
    assert len(migrations.journal.applied(database)) == files.VERSION
    database.close()


def test_the_indexes_say_the_same_as_the_kinds(journal: Journal, path: Path) -> None:
    """One leaves out what is never folded, one holds what decides on an incident's life; a change needs a migration."""
    connection = sqlite3.connect(path)
    indexes = dict(connection.execute("SELECT name, sql FROM sqlite_schema WHERE type = 'index'").fetchall())
    connection.close()

    kinds = ", ".join(f"'{kind}'" for kind in sorted(NARRATIVE))
    assert indexes["journal_state"].endswith(f"WHERE kind NOT IN ({kinds})")
    condition = "WHERE kind IN ('declared', 'resolved', 'closed', 'reopened')"
    assert indexes["journal_lifecycle"].endswith(condition)
    assert set(re.findall(r"'(\w+)'", condition)) == set(LEADS_TO)


def test_counting_a_block_reads_only_the_block(journal: Journal, path: Path) -> None:
    connection = sqlite3.connect(path)
    (trigger,) = connection.execute("SELECT sql FROM sqlite_schema WHERE name = 'journal_block'").fetchone()
    counting = re.search(r"SELECT incident, count.*?GROUP BY \S+", trigger, re.DOTALL)
    assert counting
    plan = connection.execute(f"EXPLAIN QUERY PLAN {counting[0].replace('NEW.seq', '128')}").fetchall()
    connection.close()
    assert "SEARCH journal USING INTEGER PRIMARY KEY" in plan[0][-1]


def test_a_file_that_is_behind_is_migrated_and_keeps_its_entries(
    journal: Journal, path: Path, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    appended = journal.append(INCIDENT, declared(), author="Priya")
    journal.close()
    monkeypatch.setattr(files, "VERSION", files.VERSION + 1)
    later = Migrations(migrations.journal.name)
    monkeypatch.setattr(migrations, "journal", later)

    @later(name="m999_next")
    def m999_next(database: Database) -> None:
        database.execute("CREATE TABLE later (one INTEGER) STRICT")

    with Journal.open(path, now=clock, create=False) as first, Journal.open(path, now=clock) as second:
        assert first.since(0) == second.since(0) == appended
    connection = sqlite3.connect(path)
    assert connection.execute("PRAGMA user_version").fetchone() == (files.VERSION,)
    assert connection.execute("SELECT count(*) FROM later").fetchone() == (0,)
    connection.close()


def test_a_migration_that_fails_leaves_the_file_as_it_was(
    journal: Journal, path: Path, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    journal.close()
    before = path.read_bytes()
    monkeypatch.setattr(files, "VERSION", files.VERSION + 1)
    later = Migrations(migrations.journal.name)
    monkeypatch.setattr(migrations, "journal", later)

    @later(name="m999_broken")
    def m999_broken(database: Database) -> None:
        database.execute("CREATE TABLE later (one INTEGER) STRICT")
        raise RuntimeError("broken")

    with pytest.raises(RuntimeError, match="broken"):
        Journal.open(path, now=clock)
    assert path.read_bytes() == before
