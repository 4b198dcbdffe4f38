"""Searching takes whatever a person types as words."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.conftest import Clock
from tests.store.drafts import INCIDENT, note
from warroom.model import acts
from warroom.model.entries import Draft
from warroom.model.kinds.facts import FactSet
from warroom.model.kinds.messages import MessageSent
from warroom.store.journal import Journal
from warroom.store.verify import verify

LINES = [
    "Login 5xx alert in eu-west-1",
    "O'Brien rolled back payment service to v2.3.1",
    'They said "all good" AND left',
    "Café queue NEAR the limit, 100% full",
    "payments restored",
]


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Journal]:
    """A journal with a line of each awkward sort."""
    path: Path = tmp_path_factory.mktemp("search") / "journal.db"
    with Journal.open(path, now=Clock()) as journal:
        journal.append(INCIDENT, *map(note, LINES), author="Priya")
        journal.append("other2", note("payment elsewhere"), author="Priya")
        yield journal


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("eu-west-1", [0]),
        ("west-1 login", [0]),
        ("eu-east-1", []),
        ("O'Brien", [1]),
        ("o'br", [1]),
        ("v2.3", [1]),
        ('"all good"', [2]),
        ('"', []),
        ("AND", [2]),
        ("NEAR", [3]),
        ("NEAR(", [3]),
        ("cafe", [3]),
        ("pay", [4, 1]),
        ("pay rest", []),
        ("payments rest", [4]),
        ("service *", [1]),
        ("serv *", [1]),
        ("text: service", []),
        ("-service", [1]),
        ("^login", [0]),
        ("*", []),
        ("", []),
        (" \t\n", []),
        ("\x00", []),
        ("pay\x00ment", []),
        ("\ud800", []),
        ("x" * 10_000, []),
    ],
)
def test_words_are_words_and_never_syntax(filled: Journal, words: str, found: list[int]) -> None:
    assert [entry.text for entry in filled.search(words, INCIDENT)] == [LINES[line] for line in found]


def test_what_is_in_the_files_own_index_is_found_the_same_way(tmp_path: Path) -> None:
    with Journal.open(tmp_path / "journal.db", now=Clock()) as journal:
        with journal.writing() as writer:
            for number in range(200):
                writer.append(INCIDENT if number % 2 else "other2", note(f"Café payment {number}"), author="Priya")

        def found(words: str, incident: str | None = None, limit: int = 500) -> list[int]:
            return [entry.n - 1 for entry in journal.search(words, incident, limit)]

        assert found("cafe") == list(range(199, -1, -1))
        assert found("pay", INCIDENT) == list(range(199, 0, -2))
        assert found("pay", limit=50) == list(range(199, 149, -1))
        for number in (0, 63, 64, 127, 128, 191, 192, 199):
            assert found(f"payment {number}")[-1] == number
        with journal.writing() as writer:
            writer.append(INCIDENT, note("payment 1000"), author="Priya")
            assert found("payment 100") == [200, 100]


def test_newest_first_across_incidents_up_to_the_limit(filled: Journal) -> None:
    everywhere = [entry.text for entry in filled.search("pay")]

    assert everywhere == ["payment elsewhere", LINES[4], LINES[1]]
    assert [entry.text for entry in filled.search("pay", limit=2)] == everywhere[:2]


def test_what_people_wrote_into_other_fields_is_found_too(tmp_path: Path) -> None:
    """In the file's own index and in the few entries after it; a prefix of one or two letters is a whole word."""
    drafts = [
        acts.decisions.decision("Roll back", "the vendor sleeps", by="Marcus"),
        Draft(MessageSent("update", 2, "leadership", "Certificates", "We renew them"), "Status update #2"),
        Draft(FactSet("system", "payment-api"), "Affected system"),
    ]
    with Journal.open(tmp_path / "journal.db", now=Clock()) as journal:
        journal.append(INCIDENT, *drafts, author="Priya")
        for _ in range(2):
            for number, words in enumerate(("vendor marcus roll", "certif", "payment-api")):
                assert [entry.text for entry in journal.search(words)] == [drafts[number].text], words
            assert journal.search("ve") == journal.search("decision marcus kind") == []
            journal.append(INCIDENT, *[note("more")] * 64, author="Priya")
            assert verify(tmp_path / "journal.db").problems == []


@settings(max_examples=150, deadline=None)
@given(words=st.text(alphabet=st.characters(exclude_categories=())) | st.text(alphabet="\"'*^:(){}+-ANDORTNEAR \x00é"))
def test_searching_never_fails(filled: Journal, words: str) -> None:
    assert len(filled.search(words)) <= len(LINES) + 1


@settings(max_examples=60, deadline=None)
@given(line=st.sampled_from(LINES), data=st.data())
def test_any_of_a_lines_own_words_find_it(filled: Journal, line: str, data: st.DataObject) -> None:
    words = data.draw(st.lists(st.sampled_from(line.split()), min_size=1))

    assert line in [entry.text for entry in filled.search(" ".join(words))]
