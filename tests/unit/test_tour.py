"""The guided tour: each step waits until it was taken, and what was done before is not asked for again."""

from __future__ import annotations

from tests.unit.story import BOOK, Story
from warroom.model import acts
from warroom.model.scenario import Step, Until
from warroom.model.tour import Tour


def step(until: Until, what: str = "") -> Step:
    return Step(say="s", press="p", why="w", until=until, what=what)


def test_each_step_waits_for_its_act_or_state() -> None:
    story = Story()
    tour = Tour([step("declare"), step("fact", "impact"), step("item"), step("writing"), step("ended")])
    assert tour.look(story.entries, ())
    assert tour.number == 2
    story.tell(1, acts.facts.fact(BOOK, "system", "photos"))
    assert not tour.look(story.entries, ["writing"]), "another fact is none"
    story.tell(2, acts.items.tick(BOOK, "severity", done=False))
    story.tell(3, acts.facts.fact(BOOK, "impact", "grey"))
    assert tour.look(story.entries, ())
    assert tour.number == 3, "it was unticked"
    story.tell(4, acts.items.tick(BOOK, "severity"))
    tour.look(story.entries, ())
    assert tour.number == 4
    tour.look(story.entries, ["writing"])
    assert tour.number == 5
    tour.look(story.entries, ["ended"])
    assert tour.step is None
    tour.skip()
    assert tour.step is None


def test_what_was_done_before_its_turn_is_not_asked_for_again() -> None:
    story = Story()
    tour = Tour([step("role", "ic"), step("log"), step("writing"), step("copied"), step("resolve")])
    story.tell(1, acts.log.note("Looking"))
    story.tell(2, acts.lifecycle.resolve())
    assert not tour.look(story.entries, ())
    tour.skip()
    assert tour.number == 2
    tour.look(story.entries, ())
    assert tour.step is None, "nobody has to copy a message whose turn is over"


def test_a_step_of_a_message_is_over_once_that_was_sent() -> None:
    tour = Tour([step("writing"), step("copied"), step("ended")])
    assert not tour.look((), ())
    assert tour.look((), ["copied"])
    assert tour.number == 3
