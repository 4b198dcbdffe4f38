"""What was redacted in a file doesn't come back with a timeline, and nothing else is taken for it."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from tests.conftest import Clock
from tests.stories import PLAYBOOK
from warroom.model import acts
from warroom.model.redaction import Words
from warroom.redacted_before import RedactedBefore
from warroom.session import Session
from warroom.store.journal import Journal
from warroom.timelines import Given, TimelineEntry, read

LONG = "The deployment at the second data centre was stopped because its"
BECAUSE = "a key"
MARK = "[redacted: a key]"


@pytest.fixture
def redacted(journal: Journal, clock: Clock) -> RedactedBefore:
    """What is left of a file where `s3cret` was redacted."""
    began = read("2025-11-03 10:00Z x", Given()).entries[0].at
    assert began is not None
    declare = acts.lifecycle.declare("Key s3cret is public", 2, now=clock(), began=began, learned=began)
    session = Session.declare(journal, lambda: PLAYBOOK, declare, author="Sam", now=clock)
    for minutes, text in enumerate(("s3cret took over", "Use s3cret", f"{LONG} key s3cret was public", "s3cret")):
        session.apply(acts.log.note(text, began + minutes * 60_000))
    session.apply(acts.decisions.decision("Rotate", "s3cret leaked", at=began + 600_000))
    session.redact(Words("s3cret", BECAUSE))
    return RedactedBefore(journal)


def texts(entries: Sequence[TimelineEntry]) -> list[str]:
    """Their words."""
    return [entry.text for entry in entries]


def marked(redacted: RedactedBefore, text: str) -> list[str]:
    """The words of a timeline, as they would be imported."""
    return texts(redacted.marked(read(text, Given()).entries).entries)


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("2025-11-03 10:00Z s3cret took over", [f"{MARK} took over"]),  # at its time
        ("2025-11-03 10:00 +05:30 s3cret took over", [f"{MARK} took over"]),  # in another zone
        ("2025-11-03 10:01Z Use s3cret", [f"Use {MARK}"]),
        (f"2024-02-01 09:07Z {LONG} key s3cret was public", [f"{LONG} key {MARK} was public"]),  # on any day
        ("2025-11-03 10:01Z Use s3cret\n10:30Z They tried S3CRET again", [f"Use {MARK}", f"They tried {MARK} again"]),
        ("2025-11-03 10:10Z Rotate because s3cret leaked", [f"Rotate because {MARK} leaked"]),
    ],
)
def test_a_line_that_had_words_redacted_comes_back_with_the_mark(
    redacted: RedactedBefore, text: str, left: list[str]
) -> None:
    assert marked(redacted, text) == left


@pytest.mark.parametrize(
    "text",
    [
        "2025-11-03 11:07Z Marcus took over",  # said in many an incident
        "2025-12-24 10:00Z Marcus took over",
        "2025-11-03 10:02Z Something else",
        "2025-11-03 10:03Z A whole line was redacted, and this is any line",
        "2025-11-03 10:01Z Use the other one, " + "which is longer than any secret " * 9,
    ],
)
def test_other_words_stay_as_they_are(redacted: RedactedBefore, text: str) -> None:
    assert marked(redacted, text) == texts(read(text, Given()).entries)


def test_a_title_tells_the_words_too(redacted: RedactedBefore) -> None:
    found = redacted.marked(read("2025-11-03 12:00Z Logged in with s3cret", Given()).entries, "Key s3cret is public")
    assert (found.title, texts(found.entries)) == (f"Key {MARK} is public", [f"Logged in with {MARK}"])
    (remark,) = found.remarks
    assert remark.startswith("the title and line 1 have words that were redacted in ")
    assert found.text("s3cret?") == f"{MARK}?"
