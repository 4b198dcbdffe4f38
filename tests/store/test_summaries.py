"""Summaries say what the entries say, whoever wrote them; they are kept in the file, checked, and never needed."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest

from tests.conftest import Clock
from tests.store.conftest import by_hand
from tests.stories import PLAYBOOK
from warroom.model import acts
from warroom.model.advice import end_owed
from warroom.model.entries import Draft, Entry
from warroom.model.incident import fold
from warroom.model.kinds.messages import MessageSent
from warroom.model.promises import promises
from warroom.model.redaction import Words
from warroom.model.snapshot import Snapshot
from warroom.model.summary import FORMAT, IncidentSummary, summary, words_of
from warroom.store import summaries
from warroom.store.journal import Journal
from warroom.store.restore import restore
from warroom.store.summaries import SummaryList
from warroom.store.verify import verify


def sent(kind: str, number: int, promise: int | None = None) -> Draft:
    """A message that was sent."""
    return Draft(MessageSent(kind, number, "leadership", "subject", "body", promise=promise), f"Sent {kind}")


def declare(journal: Journal, clock: Clock, *titles: str) -> list[str]:
    """Declare an incident for each title."""
    found = []
    with journal.writing() as writer:
        for title in titles:
            found.append(writer.new_incident_id())
            writer.append(found[-1], acts.lifecycle.declare(title, 2, now=clock()), author="Priya")
    return found


def stored(path: Path) -> dict[str, str]:
    """What the file has of each incident."""
    connection = sqlite3.connect(path)
    found = dict(connection.execute("SELECT incident, data || words FROM summary").fetchall())
    connection.close()
    return found


def by_id(listed: SummaryList) -> dict[str, IncidentSummary]:
    return {brief.id: brief for brief in listed.read()}


def test_each_says_what_the_folded_incident_says_after_every_entry(path: Path, clock: Clock) -> None:
    with Journal.open(path, now=clock) as journal:
        (one, other) = declare(journal, clock, "Checkout errors", "Search is slow")
        listed = SummaryList(journal)
        entries = [
            acts.facts.fact(PLAYBOOK, "system", "payment-api"),
            sent("initial", 1, clock() + 20 * 60_000),
            sent("customer", 1),
            acts.severity.set_severity(1, "all payments", 2),
            acts.lifecycle.retitle("Checkout is down"),
            acts.log.note("nothing that a summary has"),
            sent("update", 2, clock() + 90 * 60_000),
            acts.lifecycle.resolve("Renewed the certificate"),
            sent("resolution", 1),
            sent("customer", 2),
            acts.post_mortem.set_state("done"),
            acts.lifecycle.close(),
            acts.lifecycle.reopen("it is back"),
            acts.lifecycle.cancel("a test"),
            sent("update", 3),
        ]
        for draft in entries:
            clock.advance(minutes=7)
            before = listed.read()
            journal.append(one, draft, author="Priya")
            found = by_id(listed)
            incident = fold(journal.state(one))
            assert found[one] == summary(incident)
            assert (listed.read() is before) == (draft.body.kind == "note"), "only what changes the state is folded"
            brief, view = found[one], Snapshot(incident, PLAYBOOK, clock())
            assert brief.end_owed(PLAYBOOK) == end_owed(view), draft.text
            assert brief.promises(PLAYBOOK, clock()) == promises(incident, PLAYBOOK, clock())
            assert (brief.over, brief.outcome) == (incident.over(), incident.outcome)
            assert brief.elapsed(clock()) == incident.elapsed(clock())
        assert listed.known()[one].words == words_of(incident).split()
        assert found[other].title == "Search is slow"
    assert verify(path).problems == []
    assert len(stored(path)) == 2


def test_the_next_reader_folds_only_what_came_after(path: Path, clock: Clock, monkeypatch: pytest.MonkeyPatch) -> None:
    with Journal.open(path, now=clock) as journal:
        ids = declare(journal, clock, *(f"Trouble {number}" for number in range(60)))
        first = by_id(SummaryList(journal))
    assert set(first) == set(ids) == set(stored(path))
    with Journal.open(path, now=clock) as journal:
        journal.append(ids[3], acts.lifecycle.resolve("fixed"), author="Priya")
        journal.append(ids[5], acts.log.note("a note"), author="Priya")
        read: list[str] = []
        state = Journal.state

        def counted(journal: Journal, id: str) -> list[Entry]:
            read.append(id)
            return state(journal, id)

        monkeypatch.setattr(Journal, "state", counted)
        monkeypatch.setattr(Journal, "states", lambda self: pytest.fail("nothing else is to be read"))
        found = by_id(SummaryList(journal))
        assert read == [ids[3]]
        assert {id for id in ids if found[id] != first[id]} == {ids[3]}
        monkeypatch.undo()
        monkeypatch.setattr(summaries, "FORMAT", FORMAT + 1)
        assert by_id(SummaryList(journal)) == found, "of another format, all are made anew"


def test_a_file_that_cannot_be_written_is_summed_up_all_the_same(path: Path, clock: Clock) -> None:
    with Journal.open(path, now=clock) as journal:
        (one,) = declare(journal, clock, "Checkout errors")
    with Journal.open(path, now=clock, busy_s=0.0) as journal:
        lock = sqlite3.connect(path, isolation_level=None)
        lock.execute("BEGIN IMMEDIATE")
        assert by_id(SummaryList(journal))[one].title == "Checkout errors"
        lock.execute("ROLLBACK")
        lock.close()
        assert stored(path) == {}
        listed = SummaryList(journal)
        assert by_id(listed)[one].severity == 2
        assert list(stored(path)) == [one]

        (two,) = declare(journal, clock, "Search is slow")
        lock = sqlite3.connect(path, isolation_level=None)
        lock.execute("BEGIN IMMEDIATE")
        assert set(by_id(listed)) == {one, two}
        lock.execute("ROLLBACK")
        lock.close()
        assert list(stored(path)) == [one]
        (three,) = declare(journal, clock, "Login fails")
        assert set(by_id(listed)) == {one, two, three}
        assert set(stored(path)) == {one, two, three}, "with what could not be kept before"
        assert set(by_id(SummaryList(journal))) == {one, two, three}
    assert verify(path).problems == []
    by_hand(path, "UPDATE summary SET data = 'no JSON'")
    with Journal.open(path, now=clock) as journal:
        assert by_id(SummaryList(journal))[one].title == "Checkout errors"


def test_verify_finds_a_summary_that_differs_or_is_missing(path: Path, clock: Clock) -> None:
    with Journal.open(path, now=clock) as journal:
        one, other = declare(journal, clock, "Checkout errors", "Search is slow")
        SummaryList(journal).read()
    assert verify(path).problems == []
    by_hand(
        path,
        "UPDATE summary SET data = replace(data, 'Search', 'Seerch')",
        f"DELETE FROM summary WHERE incident = '{one}'",
    )
    wrong = "The stored summary of incident {} does not match its entries."
    found = verify(path)
    assert found.problems[:-1] == [wrong.format(id) for id in sorted([one, other])]
    assert found.problems[-1].startswith("All entries are intact")
    restored = path.with_name("restored.db")
    restore(path, restored, "2026-11-23-0341")
    with Journal.open(restored, now=clock) as journal:
        assert {brief.title for brief in SummaryList(journal).read()} == {"Checkout errors", "Search is slow"}
    assert verify(restored).problems == []


def test_redacted_words_are_in_no_summary(path: Path, clock: Clock) -> None:
    with Journal.open(path, now=clock) as journal:
        one, _ = declare(journal, clock, "Password hunter2 leaked", "Search is slow")
        listed = SummaryList(journal)
        listed.read()
        assert "hunter2" in stored(path)[one]
        journal.redact(one, Words("hunter2", "a password"), author="Sam")
        assert b"hunter2" not in path.read_bytes()
        assert verify(path).problems == []
        assert by_id(listed)[one].title == "Password [redacted: a password] leaked"
        assert len(stored(path)) == 2
    assert verify(path).problems == []


def test_all_are_read_at_once_whatever_their_number(path: Path, clock: Clock) -> None:
    with Journal.open(path, now=clock) as journal:
        declare(journal, clock, *(f"Trouble {number}" for number in range(300)))
        SummaryList(journal).read()
        statements: list[str] = []
        journal.connection.sqlite.set_trace_callback(statements.append)
        assert len(SummaryList(journal).read()) == 300
        assert len([sql for sql in statements if sql.startswith("SELECT")]) <= 4


def test_a_note_that_became_a_decision_counts_in_whatever_way_it_is_read(path: Path, clock: Clock) -> None:
    with Journal.open(path, now=clock) as journal:
        ids = declare(journal, clock, *(f"Trouble {number}" for number in range(60)))
        (note,) = journal.append(ids[0], acts.log.note("roll back"), author="Sam")
        clock.advance(minutes=1)
        journal.append(ids[0], acts.corrections.recast(note, "decision", "faster"), author="Sam")
        assert fold(journal.states()[ids[0]]) == fold(journal.state(ids[0]))
        assert by_id(SummaryList(journal))[ids[0]] == summary(fold(journal.state(ids[0])))
    assert verify(path).problems == []
