"""The report of a drill: what it finds in a run, with the moment and what would have been better."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from tests.conftest import THREE_SEVENTEEN as START
from tests.unit.story import BOOK, Story, message, moment
from warroom.model import acts
from warroom.model.drill_report import Earlier, Played, Remarked, Report, report
from warroom.model.entries import Entry
from warroom.model.incident import Incident
from warroom.model.practice.checks import Check
from warroom.model.scenario import Event, Expected, Question, Scenario


def scenario(**more: object) -> Scenario:
    """A scenario of 40 minutes, with what else it has."""
    events = [Event(at=0, says="Checkout 5xx above 5 %", by="PagerDuty", rings=True)]
    given: dict[str, object] = {"title": "Checkout", "lesson": "Keep it.", "briefing": "You sleep.", "minutes": 40}
    return Scenario(**{**given, "events": events, "id": "checkout", **more})  # type: ignore[arg-type]


def no_remarks(incident: Incident, entry: Entry) -> Sequence[Remarked]:
    return ()


def judged(
    story: Story,
    of: Scenario | None = None,
    *,
    until: float = 40,
    earlier: Sequence[Earlier] = (),
    finished: bool = True,
) -> Report:
    played = Played(of or scenario(), BOOK, [story.entries], began=START, now=moment(until), finished=finished)
    return report(played, no_remarks, earlier)


def checks(found: Report, part: str) -> list[Check]:
    return list(next(one.checks for one in found.parts if one.id == part))


def said(found: Report, part: str) -> list[str]:
    """Each check of a part as text: `+` if it held, the moment, what happened."""
    return [f"{'+' if one.held else '-'} {found.moment(one)} {one.text}" for one in checks(found, part)]


@pytest.fixture(scope="module")
def story() -> Story:
    """A run with a late update, customers who are forgotten, a lost fact, and somebody who waits for an answer."""
    story = Story()
    story.tell(2, acts.roles.assign(BOOK, story.incident, "ic", "Priya"))
    story.tell(9, message("initial", promise=30))
    story.tell(38, message("update", 2, promise=68))
    return story


EVERYTHING = scenario(
    events=[Event(at=4, says="20 % fail", by="Marcus", tells={"affected": "20 %"})],
    questions=[Question(at=10, by="Dana", asks="When is it back?", better="Say when you write next.")],
    expected=[Expected(act="message", what="customer", text="Tell customers", better="Tell them.", by=30)],
)


def test_each_part_says_when_it_was_and_what_happened(story: Story) -> None:
    found = judged(story, EVERYTHING)
    assert found.words == "5 of 12 checks held"
    assert said(found, "promises") == [
        "- T+30:00 · 03:47 Initial #1 promised the next update for 03:47; it came 8 min late."
    ]
    assert said(found, "first") == [
        "+ T+09:00 · 03:26 At SEV2, the acknowledgement went out after 9 min; the limit is 15 min.",
        "- T+30:00 · 03:47 At SEV2, the first message to customers was due within 30 min, by 03:47; it was never sent.",
    ]
    assert said(found, "twice") == [
        "- T+04:00 · 03:21 Marcus told it: share affected, 20 %. It was never written down."
    ]
    assert said(found, "now") == [
        "+ T+02:00 · 03:19 “Find out who the incident commander is” was done in time.",
        "+ T+09:00 · 03:26 “Send the initial acknowledgement: due 03:32” was done in time.",
        "- T+30:00 · 03:47 NOW said “Send status update #2: promised for 03:47”; it was done 8 min late.",
        "- T+30:00 · 03:47 NOW said “Customer message is LATE: send the customer message”; it was never done.",
    ]
    assert said(found, "questions") == ["- T+10:00 · 03:27 Dana asked, and waited 28 min for your message."]
    assert said(found, "expected") == ["- T+30:00 · 03:47 Not done: Tell customers (by 03:47)."]
    assert all(one.better for part in found.parts for one in part.checks if not one.held)


def test_the_summary_names_the_worst_each_about_something_else(story: Story) -> None:
    found = judged(story, EVERYTHING)
    assert [one.part for one in found.differently] == ["first", "promises", "questions"]
    assert len(found.went_well) == 3
    assert all(one.held for one in found.went_well)
