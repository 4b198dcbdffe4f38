"""An incident that was exported is the same incident in another journal, and importing it twice changes nothing."""

from __future__ import annotations

import re
import shutil
import sqlite3
from collections.abc import Iterator
from itertools import count
from pathlib import Path

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.conftest import Clock
from tests.store.conftest import by_hand
from tests.store.drafts import INCIDENT, declared, note
from tests.store.exchange import entries_of, entries_part, exported
from warroom.model import acts
from warroom.model.entries import Draft, Unknown
from warroom.model.incident import Incident, fold
from warroom.model.kinds.facts import FactSet
from warroom.store.digest import content_digest
from warroom.store.errors import NotAJournal
from warroom.store.importing import Foreign, NotImported
from warroom.store.journal import Journal
from warroom.store.verify import Report, verify

OTHER = "other2"
OLD = Path(__file__).parents[1] / "fixtures" / "journal-of-version-4.db"


@pytest.fixture
def there(tmp_path: Path, clock: Clock) -> Iterator[Journal]:
    """Another journal, with an incident of its own."""
    with Journal.open(tmp_path / "there.db", now=clock) as journal:
        journal.append("mine44", declared("Search is slow"), note("slower"), author="Ana")
        yield journal


@pytest.fixture
def written(journal: Journal, clock: Clock) -> Journal:
    """A journal whose entries of one incident have others between them."""
    journal.append(OTHER, declared("Another one"), author="Priya")
    journal.append(INCIDENT, declared(), note("checkout is broken"), author="Priya")
    journal.append(OTHER, note("between"), author="Priya")
    journal.append(INCIDENT, note("back-dated", clock() - 60_001), Draft(FactSet("impact", "20 %"), "x"), author="Max")
    return journal


def keys(journal: Journal, incident: str = INCIDENT) -> list[str]:
    return [entry.key for entry in journal.timeline(incident, 0, 1000)]


def test_the_incident_is_the_same_there_and_later_entries_come_after(
    written: Journal, there: Journal, clock: Clock
) -> None:
    clock.advance(hours=-3)  # the other machine's clock is behind
    assert there.import_entries(entries_of(written, INCIDENT)) == 4
    assert keys(there) == keys(written) == [f"{written.origin}:{n}" for n in (5, 2, 3, 6)]
    assert folded(there, INCIDENT) == folded(written, INCIDENT)
    assert entries_part(exported(there, INCIDENT)) == entries_part(exported(written, INCIDENT))
    assert [entry.text for entry in there.search("broken")] == ["checkout is broken"]
    assert verify(there.path) == Report(entries=6, origins=2, problems=[])

    (own,) = there.append(INCIDENT, note("looked at here"), author="Ana")
    assert (own.origin, own.n) == (there.origin, 3)
    assert own.hlc > max(entry.hlc for entry in written.state(INCIDENT))
    assert there.count("mine44") == 2
    assert verify(there.path) == Report(entries=7, origins=2, problems=[])

    # What was added there comes back, once.
    assert written.import_entries(entries_of(there, INCIDENT)) == 1
    assert exported(written, INCIDENT) == exported(there, INCIDENT)
    assert verify(written.path).ok


def test_importing_again_adds_only_what_is_new(written: Journal, there: Journal) -> None:
    first = entries_of(written, INCIDENT)
    there.import_entries(first)
    before = there.path.read_bytes()
    assert there.import_entries(first) == 0
    assert written.import_entries(first) == 0
    assert there.path.read_bytes() == before

    written.append(INCIDENT, *[note(f"line {number}") for number in range(150)], author="Priya")
    assert there.import_entries(entries_of(written, INCIDENT)) == 150
    assert there.import_entries(first) == 0
    assert there.count(INCIDENT) == 154
    assert len(there.search("line", limit=500)) == 150
    # The origin's other incident fills the gaps between the numbers.
    assert there.import_entries(entries_of(written, OTHER)) == 2
    assert verify(there.path) == Report(entries=158, origins=2, problems=[])


def test_another_process_sees_it_as_it_sees_any_entry(written: Journal, there: Journal, clock: Clock) -> None:
    with Journal.open(there.path, now=clock) as watching:
        last = watching.last_seq()
        there.import_entries(entries_of(written, INCIDENT))
        assert watching.changed()
        assert watching.changed_since(last) == [INCIDENT]
        assert watching.import_entries(entries_of(written, INCIDENT)) == 0


def test_an_older_copy_of_the_file_gets_its_own_entries_back(written: Journal, tmp_path: Path, clock: Clock) -> None:
    shutil.copy(written.path, tmp_path / "copy.db")
    written.append(OTHER, note("not exported"), author="Priya")
    written.append(INCIDENT, note("after the copy"), author="Priya")
    with Journal.open(tmp_path / "copy.db", now=clock) as copy:
        assert copy.import_entries(entries_of(written, INCIDENT)) == 1
        (own,) = copy.append(INCIDENT, note("goes on"), author="Priya")
        assert (own.origin, own.n) == (written.origin, 9)
    assert verify(tmp_path / "copy.db") == Report(entries=8, origins=1, problems=[])


def folded(journal: Journal, incident: str) -> Incident:
    """The incident, apart from where its entries are in the file."""
    return fold(msgspec.structs.replace(entry, seq=0) for entry in journal.state(incident))


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"text": "checkout is fine"}, "is already here and says something else, so nothing was imported"),
        ({"at": 5}, "is already here and says something else"),
        ({"data": '{"kind":"note","more":1}'}, "is already here and says something else"),
    ],
)
def test_an_entry_that_says_something_else_here_is_refused_with_all_others(
    written: Journal, there: Journal, change: dict[str, object], says: str
) -> None:
    there.import_entries(entries_of(written, INCIDENT))
    before = there.path.read_bytes()
    written.append(INCIDENT, note("new"), author="Priya")
    entries = entries_of(written, INCIDENT)
    changed = [msgspec.structs.replace(entry, **change) if entry.n == 3 else entry for entry in entries]
    with pytest.raises(NotImported, match=re.escape(f"Entry {written.origin}:3 {says}")):
        there.import_entries(changed)
    assert there.path.read_bytes() == before


def test_another_incident_with_that_reference_is_not_mixed_with_it(written: Journal, there: Journal) -> None:
    there.append(INCIDENT, declared("Something else"), author="Ana")
    before = there.path.read_bytes()
    with pytest.raises(NotImported, match=f"another incident {INCIDENT} here already"):
        there.import_entries(entries_of(written, INCIDENT))
    assert there.path.read_bytes() == before


def test_a_clock_that_contradicts_the_numbers_is_refused(written: Journal, there: Journal) -> None:
    there.import_entries(entries_of(written, OTHER))
    before = there.path.read_bytes()
    early = [msgspec.structs.replace(entry, hlc=entry.n) for entry in entries_of(written, INCIDENT)]
    with pytest.raises(NotImported, match=f"Entry {written.origin}:2 is numbered after an entry"):
        there.import_entries(early)
    assert there.path.read_bytes() == before


@pytest.mark.parametrize(
    ("statement", "says"),
    [
        ("UPDATE journal SET text = 'fine' WHERE origin <> {own} AND n = 3", "Entry {0}:3 was changed"),
        ("UPDATE journal SET data = '{{}}' WHERE origin <> {own} AND n = 6", "Entry {0}:6 was changed"),
        ("UPDATE journal SET author = 'Al' WHERE origin = {own} AND n = 2", "Entry {1}:2 was changed"),
        ("DELETE FROM journal WHERE origin <> {own} AND n = 3", f"1 imported entry of incident {INCIDENT} is missing."),
        ("DELETE FROM journal WHERE origin <> {own} AND n = 6", f"1 imported entry of incident {INCIDENT} is missing."),
        ("DELETE FROM journal WHERE origin <> {own}", f"4 imported entries of incident {INCIDENT} are missing."),
        ("DELETE FROM journal WHERE origin = {own} AND n = 1", "Entry {1}:1 is missing."),
        ("DELETE FROM imported", "Entry {0}:1 is missing."),
        ("UPDATE imported SET first = 1", "Entry {0}:2 was changed"),
    ],
)
def test_what_is_changed_or_removed_afterwards_is_found(
    written: Journal, there: Journal, statement: str, says: str
) -> None:
    there.import_entries(entries_of(written, INCIDENT))
    there.append(INCIDENT, note("own"), author="Ana")
    there.close()
    assert verify(there.path).ok
    by_hand(there.path, statement.format(own=f"'{there.origin}'"))
    found = verify(there.path).problems
    assert any(problem.startswith(says.format(written.origin, there.origin)) for problem in found), found


def test_another_programs_table_in_its_place_is_refused(there: Journal, clock: Clock) -> None:
    there.close()
    by_hand(there.path, "CREATE TRIGGER mine AFTER INSERT ON imported BEGIN SELECT 1; END")
    with pytest.raises(NotAJournal, match="trigger mine"):
        Journal.open(there.path, now=clock)


def test_a_file_of_version_4_gives_and_takes_incidents(tmp_path: Path, there: Journal, clock: Clock) -> None:
    """Among its entries are one of each kind of then, and one of a kind that this version does not know."""
    path = tmp_path / "old.db"
    shutil.copy(OLD, path)
    assert verify(path).ok  # before it is migrated
    with Journal.open(path, now=clock) as old:
        (life,) = old.lifecycles()
        assert there.import_entries(entries_of(old, life.incident)) == old.count(life.incident) == 35
        assert exported(there, life.incident) == exported(old, life.incident)
        assert folded(there, life.incident) == folded(old, life.incident)
        assert _columns(there.path, life.incident) == _columns(path, life.incident)
        assert old.import_entries(entries_of(there, "mine44")) == 2
    assert verify(path) == Report(entries=37, origins=2, problems=[])
    assert verify(there.path).ok


def _columns(path: Path, incident: str) -> list[tuple[object, ...]]:
    """An incident's entries as the file has them, without `seq` and the digests, which are the file's own."""
    connection = sqlite3.connect(path)
    sql = "SELECT origin, n, hlc, incident, at, recorded, author, kind, text, data FROM journal WHERE incident = ?"
    rows = connection.execute(f"{sql} ORDER BY hlc, origin, n", [incident]).fetchall()
    connection.close()
    return rows


WORDS = st.text(st.characters(codec="utf-8"), max_size=12) | st.sampled_from(
    ["a\x1b[2J", "=1+1", "\u202e", '"\\\n', ""]
)
NEWER = st.sampled_from(
    ['{"kind":"relay","to":"night shift"}', "{}", '{ "b": 1.0, "a": 12345678901234567890123 }', "no JSON", '"text"']
)
DRAFTS = st.one_of(
    st.builds(note, WORDS, st.none() | st.integers(-62_000_000_000_000, 253_300_000_000_000)),
    st.builds(lambda name, value: Draft(FactSet(name, value), value), st.sampled_from("ab"), WORDS),
    st.builds(lambda level, why: acts.severity.set_severity(level, why, 2), st.integers(1, 4), WORDS),
    st.builds(lambda kind, data, text: Draft(Unknown(kind, data), text), st.sampled_from(["relay", "x"]), NEWER, WORDS),
    st.builds(lambda data: Draft(Unknown("note", data), "newer"), NEWER),
)
"""Any text at any time, of kinds that this version knows and of others."""


def test_any_incident_comes_back_as_it_was(tmp_path: Path) -> None:
    numbers = count()
    clock = Clock()

    @settings(derandomize=True, max_examples=40, deadline=None)
    @given(st.lists(st.tuples(st.booleans(), st.integers(-90_000, 90_000), WORDS, DRAFTS), max_size=12))
    def comes_back(story: list[tuple[bool, int, str, Draft]]) -> None:
        incident, other = f"i{next(numbers)}", f"o{next(numbers)}"
        here.append(incident, declared(), author="Priya")
        for is_this, ms, author, draft in story:
            clock.advance(ms=ms)
            here.append(incident if is_this else other, draft, author=author)
        with Journal.open(tmp_path / f"{incident}.db", now=clock) as empty:
            for journal in (there, empty):
                assert journal.import_entries(entries_of(here, incident)) == here.count(incident)
                assert entries_part(exported(journal, incident)) == entries_part(exported(here, incident))
                assert folded(journal, incident) == folded(here, incident)
                assert _columns(journal.path, incident) == _columns(here.path, incident)
                assert verify(journal.path).ok

    with Journal.open(tmp_path / "a.db", now=clock) as here, Journal.open(tmp_path / "b.db", now=clock) as there:
        comes_back()


def test_the_digest_of_an_entry_is_over_everything_that_it_says() -> None:
    entry = Foreign("here", 1, 2, INCIDENT, 3, 4, "Ana", "note", "text", "{}")
    others = [
        msgspec.structs.replace(entry, **{name: value + 1 if isinstance(value, int) else f"{value}!"})
        for name, value in msgspec.structs.asdict(entry).items()
    ]
    digests = {content_digest(*msgspec.structs.astuple(one)) for one in (entry, *others)}
    assert len(digests) == 1 + len(others) == 11
