"""Words that were logged by mistake leave the file without a trace, and nothing else changes."""

from __future__ import annotations

import json
import sqlite3
from pathlib import Path

import msgspec
import pytest

from tests.conftest import Clock
from tests.store.conftest import Start, by_hand, finished
from tests.store.drafts import INCIDENT, declared, note
from tests.store.exchange import entries_of, exported
from warroom.documents import log_json
from warroom.model import acts
from warroom.model.entries import Draft
from warroom.model.incident import fold
from warroom.model.kinds.decisions import DecisionMade
from warroom.model.kinds.facts import FactSet
from warroom.model.kinds.messages import MessageSent
from warroom.model.kinds.redaction import Redacted
from warroom.model.redaction import Words
from warroom.store.action_items import ActionItemList
from warroom.store.digest import content_digest, digest
from warroom.store.errors import DiskFull, StoreError
from warroom.store.importing import NotImported
from warroom.store.journal import Journal
from warroom.store.preferences import Preferences
from warroom.store.redacting import NotWiped, Redactor
from warroom.store.timeline import Timeline
from warroom.store.verify import verify

SECRET = 'hunter2"é'
MARK = "[redacted: a password]"
WORDS = Words(SECRET, "a password")
OTHER = "other2"


@pytest.fixture
def written(journal: Journal) -> Journal:
    """The secret in a text, in other capitals, in a line that was corrected, in a message, a fact and a decision."""
    journal.append(OTHER, declared("Search is slow"), author="Ana")
    journal.append(INCIDENT, declared(), note("before"), author="Priya")
    [wrong] = journal.append(INCIDENT, note(f"password {SECRET}, again {SECRET.upper()}"), author="Priya")
    journal.append(INCIDENT, acts.corrections.amend(wrong, "a password was typed", because=SECRET), author="Max")
    sent = MessageSent(
        "update", number=1, to=SECRET, subject="", body=f"log in\nwith {SECRET}", fields={"status": SECRET}
    )
    journal.append(
        INCIDENT,
        Draft(sent, f"Update: {SECRET}"),
        Draft(FactSet("impact", SECRET), SECRET),
        Draft(DecisionMade(because=f"so {SECRET}", by="Priya"), "change the password"),
        *[note(f"line {number} hunter2") for number in range(150)],
        author="Priya",
    )
    return journal


def rows(path: Path) -> list[tuple[object, ...]]:
    connection = sqlite3.connect(path)
    found = connection.execute("SELECT * FROM journal ORDER BY seq").fetchall()
    connection.close()
    return found


def is_in_file(path: Path, *words: str) -> bool:
    raw = path.read_bytes().lower()
    return any(word.lower().encode() in raw for word in words)


def test_no_trace_is_left_and_nothing_else_changes(written: Journal, path: Path) -> None:
    before = rows(path)

    found = written.redact(INCIDENT, WORDS, author="Sam")

    assert verify(path).problems == []
    assert len(found.entries) == 5
    assert not is_in_file(path, SECRET, SECRET.replace('"', '\\"'), json.dumps(SECRET).strip('"'))
    after = rows(path)
    assert [row[:9] + row[11:] for row in before] == [row[:9] + row[11:] for row in after[:-1]]
    texts = [str(row[9]) for row in after]
    assert f"password {MARK}, again {MARK}" in texts
    assert texts[-1] == "Words redacted in 5 entries: a password"
    assert after[-1][7] == "Sam"
    incident = fold(written.state(INCIDENT))
    assert incident.fact("impact") == MARK
    assert incident.messages[0].body.body == f"log in\nwith {MARK}"
    assert incident.messages[0].body.fields == {"status": MARK}
    assert incident.decisions[0].body.because == f"so {MARK}"
    assert [change.because for changes in incident.changes.values() for change in changes] == [MARK]
    assert [entry.text for entry in written.search("hunter2") if MARK in entry.text] == []
    assert len(written.search("redacted")) == 6  # in reasons and messages too
    assert written.redact(INCIDENT, WORDS, author="Sam").anything is False


def test_the_blocks_of_the_index_stay_as_they_are(written: Journal, path: Path) -> None:
    written.redact(INCIDENT, Words("hunter2", "a password"), author="Sam")

    assert verify(path).problems == []
    assert not is_in_file(path, "hunter2")
    for _ in range(3):
        written.append(INCIDENT, *[note("more")] * 50, author="Priya")
        assert verify(path).problems == []
    assert written.search("hunter2") == []
    assert len(written.search("redacted", limit=1000)) == 156


def test_the_drafts_of_this_machine_have_the_mark(written: Journal, path: Path) -> None:
    preferences = Preferences(written.connection)
    for length in range(1, 300):  # as typed, so that old copies are left behind
        preferences.set("draft:1", f'{{"text":"password {SECRET[:2]}hunter2 {"x" * length}"}}')
    preferences.set("draft:2", "plain hunter2")
    preferences.set("pane", '"timeline"')

    written.redact(INCIDENT, Words("hunter2", "a password"), author="Sam")

    assert not is_in_file(path, "hunter2")
    assert preferences.get("draft:2") == f"plain {MARK}"
    assert MARK in (preferences.get("draft:1") or "")
    assert preferences.get("pane") == '"timeline"'


def test_what_is_only_in_a_draft_is_redacted_without_an_entry(written: Journal, path: Path) -> None:
    Preferences(written.connection).set("draft", "swordfish")
    last = written.last_seq()

    assert written.redact(INCIDENT, Words("swordfish", "a password"), author="Sam").anything
    assert written.last_seq() == last
    assert not is_in_file(path, "swordfish")
    assert verify(path).ok


def test_other_incidents_authors_and_ids_are_left_and_told_of(written: Journal, path: Path) -> None:
    written.append(OTHER, note("Priya knows"), author="Priya")

    found = written.redact(INCIDENT, Words("priya", "a name"), author="Sam")

    assert len(found.entries) == 1
    assert (found.kept, found.elsewhere) == (156, {OTHER: 1})
    found = written.redact(INCIDENT, Words("impact", "a word"), author="Sam")
    assert (found.anything, found.kept) == (False, 1)
    assert fold(written.state(INCIDENT)).facts.keys() == {"impact"}
    assert verify(path).ok


def test_looking_changes_nothing(written: Journal, path: Path) -> None:
    before = path.read_bytes()

    found = written.find_words(INCIDENT, WORDS)

    assert found.entries[0].shown == f"password {MARK}, again {MARK}"
    assert path.read_bytes() == before


@pytest.mark.parametrize("kind", ["note", "message", "amended", "redacted"])
@pytest.mark.parametrize("change", ["text = text || '.'", "author = 'Eve'", "at = at + 1", "digest = zeroblob(32)"])
def test_any_other_change_is_found_afterwards(written: Journal, path: Path, kind: str, change: str) -> None:
    written.redact(INCIDENT, WORDS, author="Sam")
    written.append(INCIDENT, note("after"), author="Sam")

    by_hand(path, f"UPDATE journal SET {change} WHERE seq = (SELECT min(seq) FROM journal WHERE kind = '{kind}')")

    assert verify(path).problems


def test_a_line_doctored_with_its_digest_is_found_although_the_next_one_is_redacted(
    written: Journal, path: Path
) -> None:
    written.redact(INCIDENT, WORDS, author="Sam")
    row = next(row for row in rows(path) if row[9] == "before")
    previous = next(before[11] for before in rows(path) if before[0] == row[0] - 1)  # type: ignore[operator]
    forged = digest(previous, *row[1:9], "all is well", row[10])  # type: ignore[arg-type]

    by_hand(path, f"UPDATE journal SET text = 'all is well', digest = x'{forged.hex()}' WHERE seq = {row[0]}")

    assert any(f":{row[2] + 1} was changed" in problem for problem in verify(path).problems)  # type: ignore[operator]


def test_the_words_put_back_are_found(written: Journal, path: Path) -> None:
    [(text,)] = [row[9:10] for row in rows(path) if str(row[9]).startswith("password")]
    written.redact(INCIDENT, WORDS, author="Sam")

    by_hand(path, f"UPDATE journal SET text = '{text}' WHERE text LIKE 'password%'")

    assert any("was changed after it was written" in problem for problem in verify(path).problems)


@pytest.mark.parametrize(
    "statement",
    [
        "DELETE FROM journal WHERE kind = 'redacted'",
        "UPDATE journal SET data = replace(data, 'digests', 'digest5') WHERE kind = 'redacted'",
        "UPDATE journal SET kind = 'note' WHERE kind = 'redacted'",
    ],
)
def test_a_redaction_removed_is_found(written: Journal, path: Path, statement: str) -> None:
    written.redact(INCIDENT, WORDS, author="Sam")

    by_hand(path, statement)

    assert len(verify(path).problems) >= 6


def test_a_forged_redaction_is_found(written: Journal, path: Path) -> None:
    [entry] = written.append(INCIDENT, note("roll back"), author="Sam")
    written.append(INCIDENT, note("after"), author="Sam")
    written.close()
    by_hand(path, f"UPDATE journal SET text = 'do not' WHERE seq = {entry.seq}")
    fields = next(row[1:11] for row in rows(path) if row[0] == entry.seq)
    data = (
        f'{{"because":"x","digests":{{"{entry.key}":"{content_digest(*fields).hex()}"}},"entries":1,"kind":"redacted"}}'  # type: ignore[arg-type]
    )
    by_hand(
        path,
        f"UPDATE journal SET kind = 'redacted', data = '{data}' WHERE seq = {entry.seq} + 1",
    )

    assert any(f":{entry.n + 1} was changed" in problem for problem in verify(path).problems)


def test_a_line_changed_by_hand_stays_found_after_a_redaction(written: Journal, path: Path, clock: Clock) -> None:
    written.close()
    by_hand(path, "UPDATE journal SET text = 'no ' || text WHERE text LIKE 'password%'")
    problems = verify(path).problems
    assert len(problems) == 2, "the entry and the index"

    with Journal.open(path, now=clock) as journal:
        journal.redact(INCIDENT, WORDS, author="Sam")

    assert verify(path).problems == problems[1:]


def test_a_second_redaction_of_the_same_line_and_of_a_reason(written: Journal, path: Path) -> None:
    written.redact(INCIDENT, WORDS, author="Sam")
    written.redact(INCIDENT, Words("again", "an adverb"), author="Sam")
    assert verify(path).problems == []

    written.redact(INCIDENT, Words("a password", "a secret"), author="Sam")

    assert verify(path).problems == []
    assert not is_in_file(path, "a password")
    assert "password [redacted: [redacted: a secret]], [redacted: an adverb]" in " ".join(
        str(row[9]) for row in rows(path)
    )


def test_another_process_may_still_not_change_an_entry(written: Journal, path: Path) -> None:
    written.redact(INCIDENT, WORDS, author="Sam")
    connection = sqlite3.connect(path)
    for change in ("text = ''", "data = '{}'", "author = 'Eve'"):
        with pytest.raises(sqlite3.IntegrityError, match="append-only"):
            connection.execute(f"UPDATE journal SET {change} WHERE seq = 2")
    connection.rollback()
    connection.close()


def test_within_a_redaction_only_text_and_data_may_change(written: Journal) -> None:
    with written.writing():
        written.connection.write("INSERT INTO redaction VALUES (1, 0)")
        with pytest.raises(StoreError, match="append-only"):
            written.connection.write("UPDATE journal SET author = 'Eve' WHERE seq = 2")


def test_an_interrupted_wipe_is_told_of_and_finished_later(
    written: Journal, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(self: object) -> None:
        raise DiskFull("There is no space left.")

    with monkeypatch.context() as patch:
        patch.setattr("warroom.store.connection.Connection.vacuum", fail)
        with pytest.raises(
            NotWiped, match=r"may still have them: there is no space left\. Free some space\. Then run "
        ):
            written.redact(INCIDENT, WORDS, author="Sam")

    assert any("A redaction was interrupted" in problem for problem in verify(path).problems)
    assert written.redact(INCIDENT, WORDS, author="Sam").finished
    assert not is_in_file(path, SECRET)
    assert verify(path).ok


def test_a_redaction_that_fails_in_the_middle_changes_nothing(
    written: Journal, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = rows(path)
    monkeypatch.setattr(Redactor, "finish", lambda self: 1 / 0)

    with pytest.raises(ZeroDivisionError):
        written.redact(INCIDENT, WORDS, author="Sam")

    assert rows(path) == before
    assert verify(path).ok


@pytest.mark.parametrize("step", ["replace", "finish", "wipe"])
def test_killed_in_the_middle_it_is_all_or_nothing(
    written: Journal, path: Path, start: Start, clock: Clock, step: str
) -> None:
    written.close()
    before = rows(path)

    worker = start("redact", path, SECRET, step)
    worker.communicate(timeout=60)

    assert worker.returncode == -9
    with Journal.open(path, now=clock) as journal:
        if step == "wipe":
            assert len(rows(path)) == len(before) + 1
        else:
            assert rows(path) == before
            assert verify(path).ok
        journal.redact(INCIDENT, WORDS, author="Sam")
        assert verify(path).ok
        assert not is_in_file(path, SECRET)


def test_others_log_in_the_meantime(written: Journal, path: Path, start: Start) -> None:
    writer = start("append", path, 60, "worker")
    for number in range(3):
        written.redact(INCIDENT, Words(f"line {number} hunter2", "a password"), author="Sam")

    finished(writer)
    assert verify(path).problems == []


def test_an_open_incident_shows_the_mark_after_it(written: Journal, path: Path, clock: Clock) -> None:
    with Journal.open(path, now=clock) as other:
        timeline, items = Timeline(other), ActionItemList(other)
        before = fold(other.state(INCIDENT))
        assert any(SECRET in entry.text for entry in timeline.page(before, 0, 10))
        written.append(INCIDENT, acts.action_items.add(f"change {SECRET}"), author="Sam")
        assert [item.text for item in items.read()] == [f"change {SECRET}"]

        written.redact(INCIDENT, WORDS, author="Sam")

        after = fold(other.state(INCIDENT))
        assert not any(SECRET in entry.text for entry in timeline.page(after, 0, 10))
        assert [item.text for item in items.read()] == [f"change {MARK}"]


# Import and export


@pytest.fixture
def there(tmp_path: Path, clock: Clock) -> Journal:
    return Journal.open(tmp_path / "there.db", now=clock)


def test_a_redacted_incident_is_imported_and_verified(written: Journal, there: Journal) -> None:
    written.redact(INCIDENT, WORDS, author="Sam")
    text = exported(written, INCIDENT)
    assert SECRET not in text

    there.import_entries(log_json.read(text.encode(), "incident.json"))

    assert verify(there.path).problems == []
    assert exported(there, INCIDENT) == text
    there.redact(INCIDENT, Words("before", "a word"), author="Ana")
    assert verify(there.path).problems == []
    there.close()


def test_importing_a_redaction_redacts_what_is_here(written: Journal, there: Journal) -> None:
    old = entries_of(written, INCIDENT)
    there.append("mine44", declared(f"with {SECRET}"), author="Ana")
    there.import_entries(old)
    written.redact(INCIDENT, WORDS, author="Sam")

    assert there.import_entries(entries_of(written, INCIDENT)) == 1

    assert verify(there.path).problems == []
    both = exported(there, INCIDENT)
    assert SECRET not in both
    assert [entry.text for entry in there.search("hunter2") if SECRET in entry.text] == [f"with {SECRET}"]
    assert there.import_entries(old) == 0, "an older export does not bring the words back"
    assert exported(there, INCIDENT) == both
    assert there.import_entries(entries_of(written, INCIDENT)) == 0
    assert written.import_entries(entries_of(there, INCIDENT)) == 1, "that it was redacted there too"
    assert exported(written, INCIDENT) == both
    assert verify(written.path).problems == []
    there.close()


def test_redactions_go_back_and_forth(written: Journal, there: Journal) -> None:
    there.import_entries(entries_of(written, INCIDENT))
    written.redact(INCIDENT, WORDS, author="Sam")
    there.import_entries(entries_of(written, INCIDENT))
    there.redact(INCIDENT, Words("again", "an adverb"), author="Ana")

    written.import_entries(entries_of(there, INCIDENT))

    assert verify(written.path).problems == []
    assert there.import_entries(entries_of(written, INCIDENT)) == 1
    assert verify(there.path).problems == []
    assert exported(there, INCIDENT) == exported(written, INCIDENT)
    there.close()


def test_different_redactions_of_a_line_in_two_journals_are_refused(written: Journal, there: Journal) -> None:
    there.import_entries(entries_of(written, INCIDENT))
    written.redact(INCIDENT, WORDS, author="Sam")
    there.redact(INCIDENT, Words("again", "an adverb"), author="Ana")
    before = rows(there.path)

    with pytest.raises(NotImported, match="differently in each"):
        there.import_entries(entries_of(written, INCIDENT))
    assert rows(there.path) == before
    there.close()


def test_a_log_that_claims_a_redaction_can_only_remove_words(written: Journal, there: Journal) -> None:
    there.import_entries(entries_of(written, INCIDENT))
    written.redact(INCIDENT, Words("before", "a word"), author="Sam")
    entries = entries_of(written, INCIDENT)
    place = next(place for place, entry in enumerate(entries) if entry.text == "[redacted: a word]")
    forged = msgspec.structs.replace(entries[place], text="all is well [redacted: a word]")
    right = entries[place].digest
    entries[place] = forged
    last = next(place for place, entry in enumerate(entries) if entry.kind == Redacted.tag())
    entries[last] = msgspec.structs.replace(entries[last], data=entries[last].data.replace(right, forged.digest))

    with pytest.raises(NotImported):
        there.import_entries(entries)
    assert verify(there.path).ok
    there.close()
