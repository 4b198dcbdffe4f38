"""What was written stays as it was written, and whoever changes it behind the journal's back is found out."""

from __future__ import annotations

import os
import sqlite3
from pathlib import Path

import pytest

from tests.conftest import Clock
from tests.store.conftest import by_hand
from tests.store.drafts import INCIDENT, declared, note
from warroom.model.entries import Draft
from warroom.model.kinds.decisions import DecisionMade
from warroom.model.kinds.lifecycle import Declared
from warroom.store.backup import backup
from warroom.store.digest import FIRST, digest
from warroom.store.errors import Damaged, Missing, NewerFile, NotAJournal
from warroom.store.journal import Journal
from warroom.store.summaries import SummaryList
from warroom.store.verify import Report, verify


@pytest.fixture
def written(journal: Journal, path: Path) -> Path:
    """A closed journal of five entries."""
    drafts = [
        note("checkout is broken"),
        Draft(DecisionMade(because="faster"), "roll back"),
        note("four"),
        note("five"),
    ]
    journal.append(INCIDENT, declared(), *drafts, author="Priya")
    journal.close()
    return path


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE journal SET text = 'all is well' WHERE n = 2",
        "UPDATE OR REPLACE journal SET seq = 1 WHERE seq = 2",
        "DELETE FROM journal WHERE n = 2",
        "DELETE FROM journal",
        "INSERT OR REPLACE INTO journal SELECT seq, origin, 9, hlc, incident, at, recorded, author, kind, '', data, "
        "digest FROM journal WHERE n = 2",
        "INSERT OR REPLACE INTO journal SELECT 99, origin, n, hlc, incident, at, recorded, author, kind, '', data, "
        "digest FROM journal WHERE n = 2",
        "REPLACE INTO journal SELECT * FROM journal WHERE n = 2",
    ],
)
def test_any_other_program_is_refused_a_change(written: Path, statement: str) -> None:
    connection = sqlite3.connect(written)  # with none of our pragmas

    with pytest.raises(sqlite3.IntegrityError, match="append-only"):
        connection.execute(statement)

    connection.rollback()
    connection.close()
    assert verify(written) == Report(entries=5, origins=1, problems=[])


def test_an_untouched_journal_has_no_problems(written: Path) -> None:
    report = verify(written)

    assert report == Report(entries=5, origins=1, problems=[])
    assert report.ok


@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("text", "'checkout is fine'"),
        ("text", "'checkout is broken '"),
        ("author", "'Max'"),
        ("at", "at - 1"),
        ("recorded", "recorded + 1"),
        ("incident", "'other2'"),
        ("kind", "'action'"),
        ("data", """'{"kind": "note"}'"""),
        ("hlc", "hlc + 1"),
        ("digest", "zeroblob(32)"),
    ],
)
def test_a_doctored_line_is_named(written: Path, column: str, value: str) -> None:
    origin = _origin(written)
    by_hand(written, f"UPDATE journal SET {column} = {value} WHERE n = 2")

    problems = verify(written).problems

    assert any(f"{origin}:2 " in problem for problem in problems)
    assert not any(f"{origin}:{n} " in problem for problem in problems for n in (1, 4, 5))


def test_doctoring_a_line_with_its_digest_breaks_the_chain_behind_it(written: Path) -> None:
    connection = sqlite3.connect(written)
    rows = connection.execute(
        "SELECT origin, n, hlc, incident, at, recorded, author, kind, text, data, digest FROM journal ORDER BY n"
    ).fetchall()
    connection.close()
    forged = digest(rows[0][-1], *rows[1][:8], "all is well", rows[1][9])
    by_hand(written, f"UPDATE journal SET text = 'all is well', digest = x'{forged.hex()}' WHERE n = 2")

    assert verify(written).problems == [
        f"Entry {rows[0][0]}:3 was changed after it was written: it does not match its digest."
    ]


def test_moving_a_boundary_between_fields_is_found(written: Path) -> None:
    by_hand(written, "UPDATE journal SET author = author || substr(kind, 1, 1), kind = substr(kind, 2) WHERE n = 2")

    assert any(":2 was changed" in problem for problem in verify(written).problems)


def test_a_flipped_byte_in_a_text_is_found_and_hides_nothing(written: Path, clock: Clock) -> None:
    raw = written.read_bytes()
    assert raw.count(b"checkout is broken") == 1
    written.write_bytes(raw.replace(b"checkout is broken", b"checkout is \xe2roken"))

    report = verify(written)

    assert any(":2 was changed after it was written" in problem for problem in report.problems)
    with Journal.open(written, now=clock) as journal:
        texts = [entry.text for entry in journal.timeline(INCIDENT, 0, 10)]
        assert texts == ["Checkout errors", "checkout is \ufffdroken", "roll back", "four", "five"]
        assert journal.append(INCIDENT, note("six"), author="Priya")[0].n == 6


@pytest.mark.parametrize(
    ("where", "words"),
    [
        ("n = 2", "Entry {0}:2 is missing."),
        ("n IN (2, 3)", "Entries {0}:2 to {0}:3 are missing."),
        ("n = 1", "Entry {0}:1 is missing."),
        ("n = 5", "Entry {0}:5 is missing."),
        ("n > 3", "Entries {0}:4 to {0}:5 are missing."),
        ("n > 0", "Entries {0}:1 to {0}:5 are missing."),
    ],
)
def test_a_removed_row_is_missed(written: Path, where: str, words: str) -> None:
    by_hand(written, f"DELETE FROM journal WHERE {where}")

    assert verify(written).problems == [words.format(_origin(written))]


@pytest.mark.parametrize(
    "statement",
    [
        "INSERT INTO journal_fts (journal_fts, rowid, text) VALUES ('delete', 4, 'four')",
        "INSERT INTO journal_fts (rowid, text) VALUES (4, 'more')",
        "DELETE FROM journal WHERE seq = 4",
    ],
)
def test_an_index_that_does_not_fit_is_reported(journal: Journal, path: Path, statement: str) -> None:
    journal.append(INCIDENT, declared(), note("two"), note("three"), note("four"), author="Priya")
    journal.append(INCIDENT, *[note("filling a block")] * 60, author="Priya")
    assert verify(path).ok

    by_hand(path, statement)

    assert "The search index does not match" in verify(path).problems[0]


def test_words_changed_in_what_is_derived_from_the_entries_are_reported(journal: Journal, path: Path) -> None:
    """By bytes, as somebody changes them who doesn't know the tables."""
    words = [note(f"zebra {number}") for number in range(70)]
    journal.append(INCIDENT, Draft(Declared("Okapi", 2, 0, 0), "Okapi declared"), *words, author="Priya")
    SummaryList(journal).read()
    origin = journal.origin
    backup(journal.connection, path.with_name("copy.db"))
    raw = path.with_name("copy.db").read_bytes()
    connection = sqlite3.connect(path.with_name("copy.db"))
    blocks = [block for (block,) in connection.execute("SELECT block FROM journal_fts_data") if b"zebra" in block]
    (kept,) = connection.execute("SELECT data || words FROM summary").fetchone()
    connection.close()
    assert b"zebra" in blocks[0]
    assert kept.casefold().count("okapi") == 2
    changed = path.with_name("changed.db")
    for before, after, table in (
        (blocks[0], blocks[0].replace(b"zebra", b"cobra", 1), "search index"),
        (kept.encode(), kept.replace("Okapi", "Koala").encode(), "stored summary"),
        (kept.encode(), kept.replace("okapi", "koala").encode(), "stored summary"),
    ):
        assert raw.count(before) == 1, table
        changed.write_bytes(raw.replace(before, after))
        assert table in verify(changed).problems[0]
    changed.write_bytes(raw)
    by_hand(changed, "UPDATE head SET n = 7")
    assert verify(changed).problems == [f"The stored number of the last entry of origin {origin} is wrong."]


def test_a_wrong_tally_is_reported(written: Path) -> None:
    by_hand(written, f"INSERT INTO tally VALUES ('{INCIDENT}', 3)")

    [problem] = verify(written).problems
    assert INCIDENT in problem


def test_a_damaged_page_is_reported(written: Path) -> None:
    raw = bytearray(written.read_bytes())
    place = raw.index(b"checkout is broken")
    page = place // 4096 * 4096
    raw[page : page + 64] = os.urandom(64)
    written.write_bytes(raw)

    assert any("damaged" in problem for problem in verify(written).problems)


def test_an_index_that_lost_a_row_is_reported(written: Path) -> None:
    connection = sqlite3.connect(written)
    (page,) = connection.execute("SELECT rootpage FROM sqlite_schema WHERE name = 'journal_timeline'").fetchone()
    connection.close()
    raw = bytearray(written.read_bytes())
    place = raw.index(INCIDENT.encode(), (page - 1) * 4096, page * 4096)
    raw[place + len(INCIDENT) - 1] ^= 1
    written.write_bytes(raw)

    problems = verify(written).problems

    assert problems
    assert all("structure is damaged" in problem for problem in problems)


def test_a_clock_that_went_back_within_an_origin_is_reported(written: Path) -> None:
    connection = sqlite3.connect(written)
    chained = FIRST
    for n, hlc in ((1, 9), (2, 8)):
        fields = ("elsewhere2", n, hlc, INCIDENT, 1, 1, "Max", "note", "words", '{"kind":"note"}')
        chained = digest(chained, *fields)
        connection.execute(f"INSERT INTO journal VALUES (NULL {', ?' * 11})", (*fields, chained))
    connection.commit()
    connection.close()

    assert verify(written).problems == ["Entry elsewhere2:2 is earlier than the entry before it: its clock went back."]


def test_verifying_writes_nothing(written: Path) -> None:
    before = written.read_bytes(), written.stat().st_mtime_ns, sorted(written.parent.iterdir())

    verify(written)

    assert (written.read_bytes(), written.stat().st_mtime_ns, sorted(written.parent.iterdir())) == before


def test_verifying_does_not_wait_for_a_writer(journal: Journal, path: Path) -> None:
    journal.append(INCIDENT, declared(), author="Priya")

    with journal.writing() as writer:
        writer.append(INCIDENT, note("not yet committed"), author="Priya")
        assert verify(path) == Report(entries=1, origins=1, problems=[])


def test_what_is_no_journal_cannot_be_verified(written: Path, tmp_path: Path) -> None:
    with pytest.raises(Missing):
        verify(tmp_path / "nothing.db")

    (tmp_path / "text.db").write_text("not a database, and long enough for one " * 100)
    with pytest.raises(NotAJournal):
        verify(tmp_path / "text.db")

    by_hand(written, "PRAGMA user_version = 99")
    with pytest.raises(NewerFile):
        verify(written)


def test_a_file_cut_short_is_found(written: Path) -> None:
    os.truncate(written, written.stat().st_size // 4096 // 2 * 4096)

    try:
        problems = verify(written).problems
    except Damaged as error:
        problems = [str(error)]
    assert any("damaged" in problem for problem in problems)


def _origin(path: Path) -> str:
    connection = sqlite3.connect(path)
    (origin,) = connection.execute("SELECT id FROM origin").fetchone()
    connection.close()
    return str(origin)
