"""A file that another program wrote to: what is read from it is text that cannot act, and the file stays as it is."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import msgspec
import pytest

from tests.conftest import Clock
from tests.doctored import ACTS, acting, doctored, keep_hostile
from tests.store.conftest import by_hand
from tests.store.drafts import declared, note
from warroom.model import times
from warroom.model.entries import Draft, Unknown, encode
from warroom.model.incident import fold
from warroom.model.kinds.decisions import DecisionMade
from warroom.model.kinds.messages import MessageSent
from warroom.model.kinds.severity import set_severity
from warroom.store.errors import NotAJournal, StoreError
from warroom.store.journal import Journal
from warroom.store.preferences import Preferences
from warroom.store.verify import verify
from warroom.text.cleaning import clean, clean_deep, clean_line


@pytest.mark.parametrize("ids", [False, True])
def test_no_entry_that_is_read_can_act(path: Path, clock: Clock, ids: bool) -> None:
    doctored(path, ids=ids)

    with Journal.open(path, now=clock) as journal:
        [life] = journal.lifecycles()
        incident = life.incident
        count = journal.count(incident)
        everything = journal.since(0)
        assert count == len(everything) == 34
        assert [entry.seq for entry in journal.timeline(incident, 0, 100)] != []
        for entry in [*everything, *journal.state(incident), *journal.search("rollback"), life.declared]:
            words = (entry.origin, entry.incident, entry.author, entry.kind, entry.text, encode(entry.body), entry.key)
            assert set().union(*map(acting, words)) == set()
            assert not isinstance(entry.body, Unknown) or entry.n == 35
            assert clean_deep(msgspec.to_builtins(entry.body)) == msgspec.to_builtins(entry.body)
            assert journal.entry(entry.key) == entry
            assert journal.timeline(incident, journal.position(incident, entry), 1) == [entry]
        assert {entry.incident for entry in everything} == {incident}
        assert len(journal.search("rollback", incident)) == len(journal.search("rollback")) > 0
        assert incident == clean_line("wghrsw" + (ACTS if ids else ""))


@pytest.mark.parametrize("ids", [False, True])
def test_what_is_added_joins_the_doctored_incident_and_its_chain(path: Path, clock: Clock, ids: bool) -> None:
    doctored(path, ids=ids)
    before = verify(path).problems

    with Journal.open(path, now=clock) as journal:
        [life] = journal.lifecycles()
        appended = journal.append(life.incident, note("on"), Draft(DecisionMade("why"), "what"), author="Priya")

        assert [entry.n for entry in appended] == [36, 37]
        assert journal.since(35) == appended
        assert journal.count(life.incident) == 36
        assert [entry.text for entry in journal.state(life.incident)][-1] == "what"
    connection = sqlite3.connect(path)
    assert connection.execute("SELECT count(DISTINCT incident), count(DISTINCT origin) FROM journal").fetchone() == (
        1,
        1,
    )
    connection.close()
    # What was there is as damaged as before, and what was added fits it.
    assert verify(path).problems == before


def test_reading_changes_nothing_in_the_file(path: Path, clock: Clock) -> None:
    doctored(path)
    Journal.open(path, now=clock).close()
    before = path.read_bytes()

    with Journal.open(path, now=clock) as journal:
        journal.since(0)
        journal.search("rollback")
        Preferences(journal.connection).get("colours")
    assert path.read_bytes() == before


@pytest.mark.parametrize("ids", [False, True])
def test_what_verify_reports_cannot_act(path: Path, ids: bool) -> None:
    doctored(path, ids=ids)
    by_hand(
        path,
        "UPDATE journal SET incident = 'x' || char(27) || ']0;y' || char(10) || 'z', origin = origin || char(27) "
        "WHERE n = 20",
        "INSERT INTO tally VALUES ('gone' || char(27) || char(10), 3)",
        "UPDATE journal SET n = 99 WHERE n = 30",
    )

    problems = verify(path).problems

    assert len(problems) > 30
    assert all(problem.isprintable() for problem in problems)


def test_what_sqlite_quotes_from_the_file_cannot_act(journal: Journal, path: Path, clock: Clock) -> None:
    journal.close()
    connection = sqlite3.connect(path)
    connection.execute("PRAGMA writable_schema = ON")
    connection.execute("INSERT INTO sqlite_schema VALUES ('table', ?, ?, 99, 'nonsense')", [f"a{ACTS}", f"a{ACTS}\nb"])
    connection.commit()
    connection.close()

    with pytest.raises(StoreError) as caught, Journal.open(path, now=clock) as again:
        again.since(0)
    assert str(caught.value).isprintable()
    assert "owned" in str(caught.value)


@pytest.mark.parametrize(
    "data",
    [
        pytest.param('{"kind":"declared"', id="cut off"),
        pytest.param('{"kind":"declared","title":"t","severity":7,"began":1,"learned":1}', id="severity 7"),
        pytest.param(f'{{"kind":"declared","title":"t","severity":2,"began":{2**62},"learned":1}}', id="no calendar"),
    ],
)
def test_an_incident_whose_declaration_cannot_be_read_is_there_all_the_same(
    journal: Journal, path: Path, data: str
) -> None:
    journal.append("broken", declared("Broken"), note("still searchable"), author="Priya")
    journal.append("whole2", declared("Whole"), author="Priya")
    by_hand(path, f"UPDATE journal SET data = '{data}' WHERE incident = 'broken' AND kind = 'declared'")

    titles = {life.incident: life.declaration.title for life in journal.lifecycles()}
    assert titles == {"whole2": "Whole", "broken": "Broken (the declaration can't be read)"}
    incident = fold(journal.state("broken"))
    assert (incident.title, incident.severity, incident.state) == (titles["broken"], 2, "open")
    assert [entry.text for entry in journal.search("searchable")] == ["still searchable"]
    assert verify(path).problems


@pytest.mark.parametrize("at", [2**62, -(2**62)])
@pytest.mark.parametrize("column", ["at", "recorded"])
def test_a_time_that_no_calendar_has_is_the_nearest_that_can_be_shown(
    journal: Journal, path: Path, at: int, column: str
) -> None:
    journal.append("ckt234", declared(), set_severity(1, "worse", 2), note("odd"), author="Priya")
    by_hand(path, f"UPDATE journal SET {column} = {at} WHERE n > 1")

    entries = journal.timeline("ckt234", 0, 9)
    assert {entry.text for entry in entries} > {"odd"}
    for entry in entries:
        assert times.day(entry.at)
        assert times.iso(entry.recorded)
    assert fold(journal.state("ckt234")).severity == 2, "what can't be read changes nothing"
    assert verify(path).problems


@pytest.mark.parametrize(
    "data",
    [
        pytest.param('{"kind":"note","x":' + "[" * 100_000, id="nested without end"),
        pytest.param('{"kind":"note","x":"\\u0041', id="cut off"),
    ],
)
def test_data_that_cannot_be_decoded_is_kept_as_text(journal: Journal, path: Path, data: str) -> None:
    journal.append("ckt234", declared(), note("odd"), author="Priya")
    by_hand(path, f"UPDATE journal SET data = '{data}' WHERE n = 2")

    assert [entry.body for entry in journal.since(1)] == [Unknown("note", data)]


def test_what_is_skipped_in_decoding_hides_nothing_either(journal: Journal, path: Path) -> None:
    """A number that JSON in general does not hold, in a field that this version skips."""
    journal.append("ckt234", declared(), Draft(DecisionMade("why"), "what"), author="Priya")
    by_hand(path, """UPDATE journal SET data = '{"kind":"decision","because":"\\u001b]0;x","new":1e400}' WHERE n = 2""")

    [entry] = journal.since(1)
    assert entry.body == DecisionMade("␛]0;x")


def test_data_without_anything_hostile_is_read_as_it_stands(journal: Journal, path: Path) -> None:
    body = 'C:\\users\\bruno\\fern "quoted" / slash\nline\ttab é 東京'
    [entry] = journal.append(
        "ckt234", Draft(MessageSent("update", 1, "all", "s", body, fields={"a\\u": body}), "t"), author="P"
    )

    assert journal.since(0) == [entry]
    assert isinstance(entry.body, MessageSent)
    assert entry.body.body == body


def test_preferences_that_another_program_wrote_cannot_act(journal: Journal, path: Path) -> None:
    keep_hostile(path, **{"words:ckt234": {"log": "half", "a": ["b"]}, "colours": "dark", "plain": 3})
    by_hand(path, "INSERT INTO preferences VALUES ('raw', 'a' || char(27) || '[31m')")
    preferences = Preferences(journal.connection)

    for name in ("words:ckt234", "colours", "plain", "raw"):
        text = preferences.get(name)
        assert text is not None
        assert acting(text) == set()
        assert name == "raw" or not acting(str(msgspec.json.decode(text)))
    assert preferences.get("raw") == "a␛[31m"
    words = msgspec.json.decode(preferences.get("words:ckt234") or "", type=dict[str, object])
    assert str(words[clean("log")]).startswith(f"half{clean(ACTS)}\nand\ton")


@pytest.mark.parametrize(
    ("sql", "told"),
    [
        (
            "ALTER TABLE journal RENAME TO old; CREATE VIEW journal AS WITH RECURSIVE n (seq) AS (SELECT 1 UNION ALL "
            "SELECT seq + 1 FROM n) SELECT seq, '' AS origin, 1 AS n, 1 AS hlc, '' AS incident, 1 AS at, "
            "1 AS recorded, '' AS author, 'note' AS kind, '' AS text, '{}' AS data, x'' AS digest FROM n",
            "the view journal",
        ),
        ("CREATE TRIGGER mine AFTER INSERT ON journal BEGIN DELETE FROM head; END", "the trigger mine"),
    ],
)
def test_a_file_with_endless_views_or_foreign_triggers_is_not_opened(
    journal: Journal, path: Path, sql: str, told: str
) -> None:
    journal.close()
    with closing(sqlite3.connect(path)) as database:
        database.executescript(sql)
    for use in (lambda: Journal.open(path, now=lambda: 0), lambda: verify(path)):
        with pytest.raises(NotAJournal, match=f"another program has put {told} into it"):
            use()
