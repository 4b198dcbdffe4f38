"""A journal that an earlier version wrote, with an entry of every kind it knew, is read to the letter, and goes on."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.e2e.conftest import Cli
from warroom.model import acts
from warroom.model.entries import Entry, Unknown
from warroom.model.kinds import KINDS
from warroom.store.journal import Journal
from warroom.store.verify import verify
from warroom.workspace import Workspace

FIXTURES = Path(__file__).parents[1] / "fixtures"
INCIDENT = "wghrsw"


@pytest.fixture
def old(cli: Cli) -> Cli:
    """The command line on a copy of the journal, an hour and a half after its incident was resolved."""
    shutil.copy(FIXTURES / "journal-of-version-4.db", cli.db)
    cli.clock.advance(hours=2.5)
    return cli


@pytest.fixture
def entries(old: Cli) -> list[Entry]:
    """All that the journal holds."""
    with Journal.open(old.db, now=old.clock) as journal:
        return journal.since(0)


def test_every_entry_is_read_as_its_kind_and_what_is_not_known_stays_text(entries: list[Entry]) -> None:
    unknown = [entry for entry in entries if isinstance(entry.body, Unknown)]
    assert [(entry.kind, entry.text) for entry in unknown] == [("relay", "Handed to the night shift of 2027")]
    assert len(entries) == 35


def test_every_kind_of_then_is_among_them(entries: list[Entry]) -> None:
    tags = {kind.tag() for kind in KINDS}
    written = {entry.kind for entry in entries} - {"relay"}
    assert len(written) == 24
    assert written <= tags


def test_the_log_of_it_reads_as_it_did_then(old: Cli) -> None:
    then = (FIXTURES / "journal-of-version-4.md").read_text("utf-8")
    assert old.ok("export", "log") + "\n" == then


def test_programs_find_in_its_log_what_they_found_then(old: Cli) -> None:
    then = json.loads((FIXTURES / "journal-of-version-4.json").read_text("utf-8"))
    now = json.loads(old.ok("export", "log", "--format", "json"))
    assert {key: value for key, value in now.items() if key in then and key != "timeline"} | {
        "timeline": [{key: entry[key] for key in then["timeline"][0]} for entry in now["timeline"]]
    } == then


def test_the_first_format_of_an_exported_log_is_imported_to_the_letter(cli: Cli) -> None:
    """It holds all entries of that journal, and one with a field that a later version added."""
    cli.clock.advance(hours=2.5)
    exported = FIXTURES / "log-of-format-1.json"
    assert cli.ok("import", str(exported)).endswith(": 36 entries, all new")
    again = cli.ok("export", "log", "--format", "json") + "\n"
    assert again.partition('"timeline"')[2] == exported.read_text("utf-8").partition('"timeline"')[2]
    assert cli.ok("verify").startswith("OK: 36 entries from 1 origin")


def test_it_is_sound_and_takes_another_entry(old: Cli) -> None:
    assert old.ok("log", "Looked at again in a later version").endswith("note Looked at again in a later version")
    assert old.ok("verify") == "OK: 36 entries from 1 origin; file, chain, search index and summaries are intact."
    assert old.ok("export", "log").count("note: Looked at again in a later version") == 1


@pytest.fixture
def workspace(old: Cli) -> Iterator[Workspace]:
    """The workspace on it."""
    workspace = Workspace(old.db, author="Sam", now=old.clock)
    yield workspace
    workspace.close()


def test_what_was_left_unsent_and_the_colours_chosen_are_still_there(workspace: Workspace) -> None:
    assert workspace.remembered("colours", str) == "warroom-light"
    assert workspace.remembered(f"words:{INCIDENT}", dict[str, str]) == {"log": "half a line"}


def test_the_incident_in_it_can_be_worked_on(old: Cli, workspace: Workspace) -> None:
    session = workspace.open(INCIDENT)
    assert session.incident.holders("ic") == ("Priya",)
    (relay,) = [entry for entry in session.journal.since(0) if entry.kind == "relay"]
    session.apply(acts.corrections.retract(relay, "not tonight"))
    assert session.incident.replaced[relay.key].retracted
    assert verify(old.db).ok
