"""What this machine remembers beside the journal: texts by name, overwritten at will, in the same one file."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from tests.conftest import Clock
from tests.store.conftest import Start, by_hand, finished
from tests.store.drafts import INCIDENT, note
from warroom.store import files
from warroom.store.journal import Journal
from warroom.store.preferences import Preferences
from warroom.store.verify import verify

FIXTURES = Path(__file__).parents[1] / "fixtures"


def test_a_text_is_there_until_it_is_cleared(journal: Journal, path: Path, clock: Clock) -> None:
    preferences = Preferences(journal.connection)
    preferences.set("draft", "half a sen")
    preferences.set("draft", "half a sentence \ud800")
    preferences.set("pane", "timeline")

    with Journal.open(path, now=clock) as again:
        elsewhere = Preferences(again.connection)
        assert elsewhere.get("draft") == "half a sentence ⟨U+D800⟩"
        elsewhere.set("draft", None)
        elsewhere.set("never there", None)
    assert preferences.get("draft") is None
    assert preferences.get("pane") == "timeline"


def test_they_are_no_entries_and_other_processes_see_them_change(journal: Journal, path: Path, clock: Clock) -> None:
    with Journal.open(path, now=clock) as other:
        Preferences(other.connection).set("draft", "words")

        assert journal.changed()
        assert (journal.last_seq(), journal.since(0)) == (0, [])
    assert verify(path).entries == 0


def test_an_act_that_fails_takes_no_preference_with_it(journal: Journal) -> None:
    preferences = Preferences(journal.connection)
    preferences.set("draft", "before")

    def act() -> None:
        with journal.writing() as writer:
            writer.append(INCIDENT, note("no"), author="Priya")
            raise RuntimeError("stop")

    with pytest.raises(RuntimeError, match="stop"):
        act()
    assert preferences.get("draft") == "before"


@pytest.fixture
def version_4(tmp_path: Path) -> Path:
    """A copy of the journal that the fourth version of the file's form was kept with."""
    return Path(shutil.copy(FIXTURES / "journal-of-version-4.db", tmp_path / "old.db"))


def _assert_as_it_was(journal: Journal) -> None:
    preferences = Preferences(journal.connection)
    assert preferences.get("colours") == '"warroom-light"'
    assert preferences.get("words:wghrsw") == '{"log":"half a line"}'
    assert journal.count("wghrsw") == 35


def test_drafts_and_colours_of_an_older_file_are_still_there(version_4: Path, clock: Clock) -> None:
    assert verify(version_4).ok

    with Journal.open(version_4, now=clock, create=False) as journal:
        assert journal.connection.version == files.VERSION
        _assert_as_it_was(journal)
        Preferences(journal.connection).set("colours", '"warroom-dark"')
        before = journal.since(0)

    with Journal.open(version_4, now=clock, create=False) as again:
        assert Preferences(again.connection).get("colours") == '"warroom-dark"'
        assert again.since(0) == before
    assert (verify(version_4).entries, verify(version_4).problems) == (35, [])


def test_an_older_file_is_migrated_once_by_eight_at_once(version_4: Path, clock: Clock, start: Start) -> None:
    origins = finished(start("open_at_once", version_4, 8)).split()

    assert (len(origins), len(set(origins))) == (8, 1)
    with Journal.open(version_4, now=clock, create=False) as journal:
        _assert_as_it_was(journal)
        assert journal.last_seq() == 35 + 8
    assert verify(version_4).problems == []


@pytest.mark.parametrize(("file", "folder"), [(0o444, 0o777), (0o666, 0o555)])
def test_an_older_file_that_may_not_be_written_is_read_as_it_is(
    public_folder: Path, start: Start, file: int, folder: int
) -> None:
    path = Path(shutil.copy(FIXTURES / "journal-of-version-4.db", public_folder / "old.db"))
    path.chmod(file)
    public_folder.chmod(folder)
    before = path.read_bytes()

    entries, preferences, refused = finished(start("forbidden_old", path)).splitlines()

    assert entries == "4 35 2"
    assert preferences == '"warroom-light" {"log":"half a line"}'
    assert refused.startswith(f"Unwritable {path} cannot be opened or written")
    assert path.read_bytes() == before


@pytest.mark.parametrize("statement", ["DELETE FROM preferences", "DROP TABLE preferences"])
def test_what_another_program_removed_is_missing_and_the_journal_goes_on(
    journal: Journal, path: Path, statement: str
) -> None:
    Preferences(journal.connection).set("draft", "words")
    by_hand(path, statement)

    if statement.startswith("DELETE"):
        assert Preferences(journal.connection).get("draft") is None
    assert journal.append(INCIDENT, note("on"), author="Priya")[0].n == 1
