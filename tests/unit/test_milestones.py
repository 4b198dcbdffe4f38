"""Milestones: each with where it is known from; what is missing or out of order is said. Minutes after 03:17."""

from __future__ import annotations

from tests.unit.story import BOOK, Story, moment
from warroom.model import acts
from warroom.model.entries import Draft
from warroom.model.milestones import Milestone, milestones


def known(story: Story) -> dict[str, Milestone]:
    return {milestone.id: milestone for milestone in milestones(story.incident)}


def setting(story: Story, id: str, minute: float | None, because: str = "") -> Draft:
    return acts.milestones.set_milestone(story.incident, id, None if minute is None else moment(minute), because)


def test_all_nine_are_listed_and_what_is_not_known_is_not_guessed() -> None:
    story = Story(began=-20)
    found = milestones(story.incident)
    assert [milestone.name for milestone in found] == [
        "Began", "Detected", "Acknowledged", "Declared", "Mitigated", "Fixed", "Verified", "Resolved", "Closed",
    ]  # fmt: skip
    assert {m.id: (m.at, m.source) for m in found if m.at is not None} == {
        "began": (moment(-20), "the declaration"),
        "declared": (moment(0), "the declaration"),
    }
    assert all(m.source == "" and m.problem == "" for m in found if m.at is None)


def test_each_says_where_it_is_known_from() -> None:
    story = Story(began=-20)
    story.tell(4, acts.roles.assign(BOOK, story.incident, "on-call", "Marcus"))
    story.tell(6, acts.roles.assign(BOOK, story.incident, "ic", "Priya"))
    story.tell(60, acts.lifecycle.resolve("rolled back", moment(50)))
    story.tell(61, acts.recovery.set_item(BOOK, "verified", "done"))
    story.tell(70, acts.lifecycle.close(owes=True))
    found = known(story)
    assert (found["acknowledged"].at, "Marcus" in found["acknowledged"].source) == (moment(4), True)
    assert (found["resolved"].at, found["resolved"].source) == (moment(50), "rolled back")
    assert (found["verified"].at, found["verified"].source) == (moment(61), "the recovery checklist")
    assert (found["closed"].at, found["closed"].source) == (moment(70), "the closing")
    story.tell(71, acts.recovery.set_item(BOOK, "verified", "open"))
    assert known(story)["verified"].at is None
    story.tell(72, acts.times.correct_time(story.incident, "began", moment(-30), "first errors"))
    assert (known(story)["began"].at, known(story)["began"].source) == (moment(-30), "first errors, Sam")


def test_one_set_by_hand_replaces_what_is_known_until_it_is_taken_back() -> None:
    story = Story(began=-20)
    entry = story.tell(10, setting(story, "detected", -15, "the first page"))
    assert (known(story)["detected"].source, known(story)["detected"].set) == ("the first page, Sam", True)
    story.tell(11, setting(story, "declared", -1))
    assert (known(story)["declared"].at, known(story)["declared"].source) == (moment(-1), "set by hand, Sam")
    story.tell(12, setting(story, "declared", None))
    assert known(story)["declared"].source == "the declaration"
    story.tell(13, acts.corrections.retract(entry))
    assert known(story)["detected"].at is None


def test_what_comes_before_something_it_cannot_come_before_is_said() -> None:
    story = Story(began=-20)
    story.tell(10, setting(story, "mitigated", 8))
    story.tell(11, setting(story, "fixed", 5, "the deploy log"))
    assert known(story)["fixed"].problem == "before “Mitigated”"
    assert known(story)["mitigated"].problem == ""
    story.tell(12, setting(story, "fixed", 9))
    assert known(story)["fixed"].problem == ""


def test_wrong_ones_are_refused_with_a_reason() -> None:
    story = Story(began=-20)
    assert "it is one of began, detected" in (story.refused(1, setting(story, "noticed", 0)) or "")
    assert "corrected with the times" in (story.refused(1, setting(story, "began", 0)) or "")
    assert "in the future" in (story.refused(1, setting(story, "fixed", 5)) or "")
    assert "before the incident began" in (story.refused(1, setting(story, "fixed", -25)) or "")
    assert "is not closed" in (story.refused(1, setting(story, "closed", 0)) or "")
    assert setting(Story(began=-19.5), "detected", -20).at == moment(-19.5)  # people type minutes


def test_after_a_recurrence_only_what_began_it_still_counts() -> None:
    story = Story(began=-20)
    for id in ("detected", "mitigated", "fixed", "verified"):
        story.tell(10, setting(story, id, 5))
    story.tell(20, acts.lifecycle.resolve())
    story.tell(30, acts.lifecycle.reopen("it is back"))
    assert [id for id, found in known(story).items() if found.at is not None] == ["began", "detected", "declared"]
    story.tell(31, setting(story, "mitigated", 30))
    assert known(story)["mitigated"].at == moment(30)
