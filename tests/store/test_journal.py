"""The journal as its callers use it: what goes in comes out, in the order promised."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest

from tests.conftest import THREE_SEVENTEEN, Clock
from tests.store.drafts import INCIDENT, declared, note
from tests.stories import NARRATIVE
from warroom.model import entries
from warroom.model.entries import Draft, Entry, Unknown
from warroom.model.kinds.corrections import Amended
from warroom.model.kinds.decisions import DecisionMade
from warroom.model.kinds.facts import FactSet
from warroom.model.kinds.items import ItemTicked
from warroom.model.kinds.lifecycle import Closed, Reopened, Resolved
from warroom.model.kinds.log import ActionTaken
from warroom.store.backup import backup
from warroom.store.errors import StoreError
from warroom.store.journal import Journal
from warroom.store.verify import verify


def test_what_is_appended_is_what_is_read(journal: Journal) -> None:
    drafts = [
        declared(),
        Draft(DecisionMade(because="faster", by="Priya"), "Roll back", at=THREE_SEVENTEEN - 60_000),
        Draft(FactSet("system", "checkout"), "Affected system: checkout"),
        note("Größe 測試 👩‍💻 \t tab\nand a second line"),
    ]

    appended = journal.append(INCIDENT, *drafts, author="Zoë")

    assert journal.since(0) == appended
    assert [entry.body for entry in appended] == [draft.body for draft in drafts]
    assert [entry.text for entry in appended] == [draft.text for draft in drafts]
    assert [entry.n for entry in appended] == [1, 2, 3, 4]
    assert [entry.at for entry in appended] == [
        THREE_SEVENTEEN, THREE_SEVENTEEN - 60_000, THREE_SEVENTEEN, THREE_SEVENTEEN,
    ]  # fmt: skip
    assert {entry.recorded for entry in appended} == {THREE_SEVENTEEN}
    assert {(entry.author, entry.incident) for entry in appended} == {("Zoë", INCIDENT)}


def test_it_is_all_there_after_reopening(journal: Journal, path: Path, clock: Clock) -> None:
    appended = journal.append(INCIDENT, declared(), note("one"), author="Priya")
    journal.close()

    with Journal.open(path, now=clock, create=False) as again:
        assert again.origin == journal.origin
        assert again.since(0) == appended
        assert again.append(INCIDENT, note("two"), author="Priya")[0].n == 3


def test_appending_several_is_one_act(journal: Journal) -> None:
    def act() -> None:
        with journal.writing() as writer:
            writer.append(INCIDENT, declared(), author="Priya")
            assert journal.count(INCIDENT) == 1
            raise RuntimeError("stop")

    with pytest.raises(RuntimeError, match="stop"):
        act()

    assert journal.since(0) == []
    assert journal.append(INCIDENT, declared(), author="Priya")[0].n == 1


def test_a_writer_ends_with_its_transaction(journal: Journal) -> None:
    with journal.writing() as writer:
        writer.append(INCIDENT, declared(), author="Priya")

    with pytest.raises(RuntimeError):
        writer.append(INCIDENT, note("too late"), author="Priya")
    assert journal.count(INCIDENT) == 1


def test_an_error_of_the_callers_own_comes_back_as_it_was(journal: Journal) -> None:
    with pytest.raises(FileNotFoundError), journal.writing():
        raise FileNotFoundError("not about the journal")


def test_since_gives_what_is_new_in_order_of_arrival(journal: Journal) -> None:
    journal.append(INCIDENT, declared(), author="Priya")
    last = journal.last_seq()
    journal.append("other2", declared("Other"), author="Priya")
    journal.append(INCIDENT, note("late", at=5), author="Priya")

    assert [entry.text for entry in journal.since(last)] == ["Other", "late"]
    assert [entry.text for entry in journal.since(last, INCIDENT)] == ["late"]
    assert journal.since(journal.last_seq()) == []


def test_an_empty_journal_answers_everything(journal: Journal) -> None:
    assert journal.last_seq() == 0
    assert journal.count(INCIDENT) == 0
    assert journal.lifecycles() == []
    assert journal.timeline(INCIDENT, 0, 10) == []
    assert journal.state(INCIDENT) == []
    assert journal.search("checkout") == []


def test_the_timeline_is_in_the_order_things_happened(journal: Journal, clock: Clock) -> None:
    for minute in (5, 1, 3, 1, 4):
        clock.advance(seconds=1)
        journal.append(INCIDENT, note(f"{minute}", at=THREE_SEVENTEEN + minute * 60_000), author="Priya")
    journal.append("other2", note("elsewhere"), author="Priya")

    whole = journal.timeline(INCIDENT, 0, 100)

    assert [entry.text for entry in whole] == ["1", "1", "3", "4", "5"]
    assert whole[0].hlc < whole[1].hlc
    for offset in range(7):
        for limit in range(7):
            assert journal.timeline(INCIDENT, offset, limit) == whole[offset : offset + limit]
    assert [journal.position(INCIDENT, entry) for entry in whole] == [0, 1, 2, 3, 4]


def test_a_long_timeline_is_counted_and_found_from_any_place(journal: Journal, path: Path) -> None:
    with journal.writing() as writer:
        for number in range(3000):
            writer.append(INCIDENT if number % 3 else "other2", note(str(number), at=number), author="Priya")
    whole = [str(number) for number in range(3000) if number % 3]

    assert (journal.count(INCIDENT), journal.count("other2"), journal.count("none22")) == (2000, 1000, 0)
    for offset in (0, 7, 990, 1010, 1995):
        page = journal.timeline(INCIDENT, offset, 10)
        assert [entry.text for entry in page] == whole[offset : offset + 10]
        assert journal.position(INCIDENT, page[0]) == offset
    assert verify(path).ok


def test_an_entry_knows_its_seq_whatever_the_file_does_on_the_side(journal: Journal) -> None:
    appended = journal.append(INCIDENT, *[note(str(number)) for number in range(200)], author="Priya")

    assert [entry.seq for entry in appended] == list(range(1, 201))
    assert journal.since(0) == appended


def test_position_far_from_the_end(journal: Journal) -> None:
    with journal.writing() as writer:
        for number in range(2500):
            writer.append(INCIDENT, note(str(number), at=number), author="Priya")

    [entry] = journal.timeline(INCIDENT, 20, 1)
    assert journal.position(INCIDENT, entry) == 20


def test_state_leaves_the_narrative_out(journal: Journal) -> None:
    journal.append(INCIDENT, declared(), note("n"), Draft(ActionTaken(by="Max"), "a"), author="Priya")
    journal.append(INCIDENT, Draft(ItemTicked("severity", True), "i"), author="Priya")

    assert [entry.kind for entry in journal.state(INCIDENT)] == ["declared", "item"]
    assert {entry.kind for entry in journal.since(0)} - {entry.kind for entry in journal.state(INCIDENT)} == (NARRATIVE)


def test_reading_state_takes_no_longer_among_many_notes(journal: Journal) -> None:
    journal.append(INCIDENT, declared(), Draft(ItemTicked("severity", True), "i"), author="Priya")

    def steps() -> int:
        """Count the virtual machine's steps, in tens: time as SQLite has it, the same on every machine."""
        count = 0

        def step() -> int:
            nonlocal count
            count += 1
            return 0

        journal.connection.sqlite.set_progress_handler(step, 10)
        journal.state(INCIDENT)
        journal.lifecycles()
        journal.timeline(INCIDENT, max(0, journal.count(INCIDENT) - 2), 2)
        journal.connection.sqlite.set_progress_handler(None, 10)
        return count

    few = steps()
    with journal.writing() as writer:
        for number in range(64 * 64 - 2):
            writer.append(INCIDENT, note(str(number)), author="Priya")

    assert steps() <= few * 1.5


def test_the_histories_of_all_incidents_are_read_at_once(journal: Journal) -> None:
    journal.append("aaaaaa", declared(), note("a line"), Draft(ItemTicked("severity", True), "Severity"), author="Sam")
    journal.append("bbbbbb", declared("Search is slow"), Draft(FactSet("system", "search"), "Search"), author="Sam")
    journal.append("aaaaaa", Draft(Resolved(), "Fixed"), author="Sam")
    journal.append("nobody", Draft(FactSet("system", "lost"), "of an incident that is not declared"), author="Sam")
    found = journal.histories(["declared", "resolved", "fact", "note"])
    assert {incident: [entry.kind for entry in entries] for incident, entries in found.items()} == {
        "aaaaaa": ["declared", "resolved"],
        "bbbbbb": ["declared", "fact"],
    }
    assert found["bbbbbb"] == journal.state("bbbbbb")


def test_lifecycles_tell_where_each_incident_stands(journal: Journal, clock: Clock) -> None:
    histories: dict[str, list[Draft]] = {
        "first2": [],
        "second": [Draft(Resolved(), "fixed")],
        "third2": [Draft(Resolved(), "fixed"), Draft(Closed(), "closed")],
        "fourth": [Draft(Resolved(), "fixed"), Draft(Reopened("again"), "reopened"), note("on it")],
    }
    for incident, history in histories.items():
        clock.advance(minutes=1)
        journal.append(incident, declared(incident), *history, author="Priya")

    assert [(life.incident, life.state) for life in journal.lifecycles()] == [
        ("fourth", "open"), ("third2", "closed"), ("second", "resolved"), ("first2", "open"),
    ]  # fmt: skip
    assert [life.incident for life in journal.lifecycles("open")] == ["fourth", "first2"]
    assert all(life.declared.text == life.incident for life in journal.lifecycles())


def test_what_was_closed_while_something_was_owed_is_not_finished(journal: Journal) -> None:
    fixed, owing, settled = Draft(Resolved(), "fixed"), Draft(Closed(owes=True), "closed"), Draft(Closed(), "closed")
    again = Draft(Reopened("again"), "reopened")
    histories = {
        "open22": [], "fixed2": [fixed], "owing2": [fixed, owing], "closed": [fixed, settled],
        "again2": [fixed, owing, again, fixed, settled], "later2": [fixed, settled, again, fixed, owing],
        "cancel": [Draft(Closed("false alarm", because="a drill"), "cancelled")],
    }  # fmt: skip
    for incident, history in histories.items():
        journal.append(incident, declared(incident), *history, author="Priya")

    unfinished = {life.incident for life in journal.lifecycles() if life.state != "closed" or life.owes}
    assert unfinished == {"open22", "fixed2", "owing2", "later2"}
    assert {life.incident for life in journal.lifecycles("closed") if life.owes} == {"owing2", "later2"}


def test_an_entry_is_found_by_its_key(journal: Journal) -> None:
    [entry] = journal.append(INCIDENT, note("here"), author="Priya")

    assert journal.entry(entry.key) == entry
    for key in ("", ":", "1", f"{journal.origin}:2", f"{journal.origin}:x", f"{journal.origin}:{'9' * 30}", "\ud800:1"):
        assert journal.entry(key) is None


def test_an_amendment_points_at_its_target(journal: Journal) -> None:
    [wrong] = journal.append(INCIDENT, note("5 %"), author="Priya")
    [right] = journal.append(INCIDENT, Draft(Amended(wrong.key), "50 %"), author="Priya")

    assert isinstance(right.body, Amended)
    assert journal.entry(right.body.target) == wrong


def test_order_holds_when_the_wall_clock_jumps_back(journal: Journal, clock: Clock) -> None:
    [before] = journal.append(INCIDENT, note("before"), author="Priya")
    clock.advance(hours=-5)
    [after, also] = journal.append(INCIDENT, note("after"), note("also"), author="Priya")

    assert before.hlc < after.hlc < also.hlc
    assert (after.at, after.recorded) == (clock.at, clock.at)
    assert before.hlc >> 16 == THREE_SEVENTEEN


def test_entries_of_two_origins_interleave_by_their_clocks(journal: Journal, tmp_path: Path, clock: Clock) -> None:
    """What a later exchange between machines relies on: foreign rows keep their identity, chain and place."""
    elsewhere = Clock(clock.at + 1500)
    with Journal.open(tmp_path / "other.db", now=elsewhere) as other:
        other.append(INCIDENT, Draft(ItemTicked("a", True), "theirs 1"), author="Max")
        elsewhere.advance(hours=1)
        other.append(INCIDENT, Draft(ItemTicked("b", True), "theirs 2"), author="Max")
    clock.advance(seconds=2)
    journal.append(INCIDENT, Draft(ItemTicked("c", True), "ours 1"), author="Priya")
    _exchange(tmp_path / "other.db", journal.path)

    [ours] = journal.append(INCIDENT, Draft(ItemTicked("d", True), "ours 2"), author="Priya")

    assert [entry.text for entry in journal.state(INCIDENT)] == ["theirs 1", "ours 1", "theirs 2", "ours 2"]
    assert ours.hlc >> 16 == elsewhere.at
    assert ours.n == 2
    report = verify(journal.path)
    assert (report.origins, report.entries, report.problems) == (2, 4, [])


def _exchange(source: Path, target: Path) -> None:
    columns = "origin, n, hlc, incident, at, recorded, author, kind, text, data, digest"
    connection = sqlite3.connect(target)
    connection.execute("ATTACH ? AS other", [str(source)])
    connection.execute(f"INSERT INTO journal ({columns}) SELECT {columns} FROM other.journal ORDER BY seq")
    connection.commit()
    connection.close()


def test_a_kind_from_a_newer_version_is_kept(journal: Journal) -> None:
    connection = sqlite3.connect(journal.path)
    rows = [(1, "hologram", '{"kind":"hologram","depth":3}'), (2, "note", "not JSON"), (3, "note", '{"kind":"item"}')]
    for n, kind, data in rows:
        connection.execute(
            "INSERT INTO journal (origin, n, hlc, incident, at, recorded, author, kind, text, data, digest) "
            "VALUES ('newer', ?, ?, ?, 1, 1, 'Max', ?, 'words', ?, ?)",
            [n, n, INCIDENT, kind, data, bytes(32)],
        )
    connection.commit()
    connection.close()

    assert [entry.body for entry in journal.timeline(INCIDENT, 0, 10)] == [
        Unknown(kind, data) for _, kind, data in rows
    ]
    assert [entry.kind for entry in journal.state(INCIDENT)] == ["hologram"]
    assert [entry.text for entry in journal.search("words")] == ["words"] * 3


def test_hostile_text_is_stored_visible_and_comes_back(journal: Journal, path: Path) -> None:
    hostile = (
        "\x1b]0;title\x07 \x9b31m \u202egnp.exe [/x] [@click=app.quit] {{ 7*7 }} \ud800 \x00 ' \" ; DROP TABLE \r\n"
    )
    long = "é" * 10_000
    drafts = [
        note(hostile),
        note(long),
        note(""),
        Draft(DecisionMade(because=hostile, options=long), hostile),
        Draft(FactSet(hostile, hostile), hostile),
    ]

    appended = journal.append(INCIDENT + hostile, *drafts, author=hostile)

    assert journal.since(0) == appended
    assert appended[1].text == long
    for entry in appended:
        for text in (entry.text, entry.author, entry.incident, entries.encode(entry.body)):
            assert not set(text) & set("\x1b\x07\x9b\u202e\ud800\x00\r")
    assert "[/x] [@click=app.quit] {{ 7*7 }}" in appended[0].text
    assert journal.timeline(appended[0].incident, 0, 10) == appended
    assert verify(path).ok


def test_changed_sees_other_connections_only(journal: Journal, path: Path, clock: Clock) -> None:
    assert not journal.changed()
    journal.append(INCIDENT, note("mine"), author="Priya")
    assert not journal.changed()

    with Journal.open(path, now=clock) as other:
        other.append(INCIDENT, note("theirs"), author="Max")

        assert journal.changed()
        assert not journal.changed()
        assert other.changed() is False


def test_incident_ids_are_typeable_and_short_ones_unique(journal: Journal) -> None:
    with journal.writing() as writer:
        names = [writer.new_incident_id() for _ in range(200)]
        for name in names:
            writer.append(name, declared(), author="Priya")

    assert all(len(name) == 6 and name[0].isalpha() for name in names)
    assert set("".join(names)) <= set("bcdfghjkmnpqrstvwxz23456789")
    assert len(set(names)) == 200


def test_an_incident_id_whose_short_form_is_taken_is_not_given(
    journal: Journal, monkeypatch: pytest.MonkeyPatch
) -> None:
    journal.append("bcdf22", declared(), author="Priya")
    drawn = iter(["bcdf99", "bcdg22"])
    monkeypatch.setattr("warroom.store.identity.new_incident", lambda: next(drawn))

    with journal.writing() as writer:
        assert writer.new_incident_id() == "bcdg22"


def test_a_backup_is_a_whole_journal(journal: Journal, tmp_path: Path, clock: Clock) -> None:
    appended: list[Entry] = journal.append(INCIDENT, declared(), note("one"), author="Priya")
    copy = tmp_path / "copy.db"

    backup(journal.connection, copy)

    assert copy.stat().st_mode & 0o777 == 0o600
    assert verify(copy).ok
    with Journal.open(copy, now=clock, create=False) as restored:
        assert restored.since(0) == appended
    with pytest.raises(StoreError, match="already exists"):
        backup(journal.connection, copy)
    with pytest.raises(StoreError):
        backup(journal.connection, tmp_path / "no such folder" / "copy.db")
    assert verify(copy).entries == 2
