"""Words that were searched for are marked where the index found them, in the text or wherever else they are."""

from __future__ import annotations

import pytest

from warroom.model import acts
from warroom.model.entries import Draft, Entry
from warroom.model.finding import excerpt, marks
from warroom.model.kinds.messages import MessageSent


def entry(draft: Draft) -> Entry:
    return Entry(1, "origin", 1, 1, "k7qd2m", 0, 0, "Priya", draft.text, draft.body)


@pytest.mark.parametrize(
    ("text", "words", "marked"),
    [
        ("Login 5xx in eu-west-1, eu-west-2", ["eu-west-1"], ["eu-west-1"]),
        ("payment, payments, repayment", ["payment"], ["payment", "payments"]),
        ("payment, payments", ["payment", "rolled"], ["payment"]),
        ("CAFÉ queue, cafe\u0301", ["cafe"], ["CAFÉ", "cafe\u0301"]),
        (
            "O'Brien rolled back",
            [
                "o'br",
            ],
            ["O'Brien"],
        ),
        ("a b a b", ["a", "b"], ["a", "b", "a", "b"]),
        ("[bold]markup[/bold]", ["markup"], ["markup"]),
        ("👩‍💻 deployed", ["deployed"], ["deployed"]),
        ("nothing here", ["xylophone"], []),
        ("nothing here", [], []),
        ("nothing here", ["--"], []),
    ],
)
def test_words_are_marked_as_the_index_compares_them(text: str, words: list[str], marked: list[str]) -> None:
    assert [text[start:end] for start, end in marks(text, words)] == marked


def test_an_excerpt_begins_near_the_word_and_shows_what_is_elsewhere() -> None:
    long = entry(acts.log.note(f"{'so far nothing ' * 20}until the certificate expired"))
    found = excerpt(long, ["certificate"])
    assert found.text.startswith("…")
    assert found.text.endswith("until the certificate expired")
    assert [found.text[start:end] for start, end in found.marks] == ["certificate"]

    decision = entry(acts.decisions.decision("Roll back", "the vendor is asleep"))
    assert excerpt(decision, ["vendor"]).text == "Roll back … because the vendor is asleep"

    message = entry(Draft(MessageSent("update", 2, "all", "Update", "We renew\nthe certificate"), "Status update #2"))
    found = excerpt(message, ["renew", "cert"])
    assert found.text == "Status update #2 … Update We renew the certificate"
    assert [found.text[start:end] for start, end in found.marks] == ["renew", "certificate"]

    before, now = entry(acts.log.note("the disk is full")), entry(acts.log.note("the queue is full"))
    assert excerpt(now, ["disk"], before).text == "the queue is full … was: the disk is full"
    assert excerpt(now, ["queue"], before).text == "the queue is full"
