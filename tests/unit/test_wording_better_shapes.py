"""Of every better sentence, whatever the sentence is about: it is whole, and no time or number is lost."""

from __future__ import annotations

import re

import pytest

from tests.unit.test_wording_better import better
from warroom.wording import Audience

THINGS = ("ferry timetable", "cold store in Hall 4", "harvest payouts")
SHAPES: tuple[tuple[Audience, str], ...] = (
    ("post-mortem", "The stop at 06:10 CET happened because Osman fat-fingered the {thing}."),
    ("post-mortem", "At 06:10 CET 14 lorries stood still because Lin mistyped the {thing}."),
    ("post-mortem", "The {thing} was re-primed without checking the spare at 06:10 CET."),
    ("post-mortem", "The night crew should have looked at the {thing} before 06:10 CET."),
    ("stakeholders", "The {thing} failed at 06:10 CET because Karolina skipped the check, and 14 lorries wait."),
    ("stakeholders", "It looks like a burst seal behind the {thing} since 06:10 CET."),
    ("leadership", "It smells like an expired licence behind the {thing} since 06:10 CET, and 14 lorries wait."),
    ("stakeholders", "My hunch is that a worn bearing stopped the {thing} at 06:10 CET."),
    ("customers", "Expect the {thing} to be repaired from 14:00 onward."),
    ("customers", "You can expect the {thing} to be back by 17:00."),
    ("leadership", "After tonight's patch a fault of the {thing} will never happen again."),
    ("customers", "We promise that the {thing} will run again by noon."),
    ("customers", "A tiny hiccup: 14 orders for the {thing} were merely late at 06:10 CET."),
    ("customers", "Refunds for the [number] tickets for the {thing} went out on Tuesday at 10:00 CET."),
    ("customers", "Your refund of [amount] for the {thing} went out on Monday at 10:00 CET."),
    ("customers", "The notice of [date] about the {thing} was wrong for 14 guests."),
)
_TWO_TOGETHER = re.compile(
    r"\b(?:of|for|with|from|into|the|a|an|our|your) (?:of|for|with|from|about|and|or|is|are|was|were|went|has)\b|"
    r"\b(\w+) \1\b",
    re.IGNORECASE,
)
_TIME_OR_NUMBER = re.compile(r"\d{1,2}:\d\d|\b\d+\b")
_VERB = re.compile(
    r"\b(?:is|are|was|were|has|have|had|does|did|could|will|went|failed|stopped|stood|happened|follows|wait|[a-z]{3,}ed)\b"
)
_PROMISED = re.compile(r"14:00|17:00")


@pytest.mark.parametrize(("audience", "shape"), SHAPES, ids=[shape for _, shape in SHAPES])
def test_it_is_a_whole_sentence_with_every_time_and_number(audience: Audience, shape: str) -> None:
    for thing in THINGS:
        own = shape.format(thing=thing)
        made = better(own, audience)
        assert made.endswith("."), (own, made)
        for sentence in re.split(r"(?<=\.) ", made):
            told = sentence.startswith("Noted so far: ")
            assert told or _VERB.search(sentence), (own, sentence)
        assert not _TWO_TOGETHER.search(made), (own, made)
        kept = set(_TIME_OR_NUMBER.findall(_PROMISED.sub("", own)))
        assert kept <= set(_TIME_OR_NUMBER.findall(made)), (own, made)
        assert {word[:5] for word in thing.split()[:2]} & {word[:5].rstrip(".,") for word in made.split()}, (own, made)
