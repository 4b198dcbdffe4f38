"""What is kept between incidents stands apart from them, is read bit by bit, and is written without losing anything."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.conftest import Clock
from tests.store.drafts import INCIDENT
from warroom.model import acts, ids
from warroom.model.entries import Draft, Entry
from warroom.model.kinds.facts import FactSet
from warroom.store.journal import Journal
from warroom.store.registers import Register
from warroom.store.summaries import SummaryList


@pytest.fixture
def journal(tmp_path: Path) -> Iterator[Journal]:
    with Journal.open(tmp_path / "journal.db", now=Clock()) as journal:
        yield journal


def _kept(value: str) -> Draft:
    return Draft(FactSet("channel", value), f"Channel: {value}")


def _texts(entries: tuple[Entry, ...]) -> list[str]:
    return [entry.text for entry in entries]


def test_entries_of_a_register_are_read_once_and_then_only_what_is_new(journal: Journal, tmp_path: Path) -> None:
    register = Register(journal, ids.REGISTER_READINESS)
    assert register.read() == ()
    register.append(lambda before: [_kept("#inc"), _kept("#inc2")], author="Priya")
    first = register.read()
    assert _texts(first) == ["Channel: #inc", "Channel: #inc2"]
    assert register.read() is first
    with Journal.open(tmp_path / "journal.db", now=Clock()) as other:
        Register(other, ids.REGISTER_READINESS).append(lambda before: [_kept(f"{len(before)} before")], author="Sam")
        Register(other, ids.REGISTER_PEOPLE).append(lambda before: [_kept("of another register")], author="Sam")
    assert register.known() is first
    assert journal.last_seq() == 4
    assert register.known() is register.read()
    assert _texts(register.known()) == ["Channel: #inc", "Channel: #inc2", "Channel: 2 before"]
    journal.append(ids.REGISTER_READINESS, _kept("#own"), author="Priya")
    assert _texts(register.known())[3:] == ["Channel: #own"]


def test_what_can_not_be_made_of_the_latest_entries_is_not_written(journal: Journal) -> None:
    register = Register(journal, ids.REGISTER_PEOPLE)

    def refuse(before: tuple[Entry, ...]) -> Iterator[Draft]:
        yield _kept("half")
        raise ValueError("the rest is wrong")

    with pytest.raises(ValueError, match="the rest is wrong"):
        register.append(refuse, author="Priya")
    assert register.read() == ()


def test_a_register_is_no_incident_and_no_search_of_all_incidents_finds_it(journal: Journal) -> None:
    journal.append(INCIDENT, acts.lifecycle.declare("Payment errors", 2, now=0), author="Priya")
    for _ in range(70):  # beyond the last full block of the index
        Register(journal, ids.REGISTER_PEOPLE).append(lambda before: [_kept(f"payment {len(before)}")], author="Priya")
    assert [brief.title for brief in SummaryList(journal).read()] == ["Payment errors"]
    assert journal.changed_since(0) == [INCIDENT] == list(journal.states())
    assert {entry.incident for entry in journal.search("payment")} == {INCIDENT}
    assert len(journal.search("payment", ids.REGISTER_PEOPLE)) == 70
