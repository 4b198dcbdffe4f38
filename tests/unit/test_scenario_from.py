"""A past incident becomes a scenario: what others did happens again, what was done then or owed is expected."""

from __future__ import annotations

from datetime import UTC

import pytest

from tests.unit.player import Player, judged
from tests.unit.story import BOOK, Story, message
from warroom.model import acts
from warroom.model.scenario import Scenario, load
from warroom.model.scenario_from import NotASubject, from_incident
from warroom.model.scenario_text import as_toml


def made(story: Story, *, names: bool = True, at_most: int | None = None) -> Scenario:
    """The scenario, which says the same when it is written into a file and read again."""
    entries = sorted(story.entries, key=lambda entry: (entry.at, entry.order))
    scenario = from_incident(story.incident, entries, BOOK, names=names, at_most=at_most, tz=UTC)
    again = load(as_toml(scenario, comment="Made of an incident."), id="past", file="past.toml", own=True)
    assert again == load(as_toml(again), id="past", file="past.toml", own=True)
    assert (again.events, again.expected) == (scenario.events, scenario.expected)
    return again


@pytest.fixture(scope="module")
def past() -> Story:
    """Two hours in which nobody told the customers, and an hour in which nothing was written down."""
    story = Story(began=-4)
    tell = story.tell
    tell(2, acts.roles.assign(BOOK, story.incident, "ic", "Priya Shah"))
    tell(3, acts.roles.assign(BOOK, story.incident, "pm", "Sam"))
    tell(5, acts.log.note('Marcus: "20 % of attempts" fail\nsince 03:13', by="Marcus Webb"), author="Marcus Webb")
    tell(6, acts.facts.fact(BOOK, "affected", "20 % of attempts"))
    tell(7, acts.facts.fact(BOOK, "impact", "payment fails"))
    gone = tell(8, acts.log.note("Wrong channel, sorry"), author="Ana")
    tell(8.5, acts.corrections.retract(gone))
    tell(25, message("initial", promise=55))
    tell(30, acts.decisions.decision("Roll back", "safer", by="Priya Shah"))
    tell(31, acts.decisions.decision("No credit notes tonight", "Monday is early enough"))
    tell(33, acts.log.action("Rollback started, Priya agrees", "Marcus Webb"))
    tell(36, acts.severity.set_severity(1, "now everybody", 2))
    tell(38, acts.escalation.tell_commander("Priya Shah", agrees=True))
    tell(40, message("escalation"))
    tell(100, acts.log.note("Errors are falling"), author="Marcus Webb")
    tell(110, acts.lifecycle.resolve("Rolled back"))
    tell(300, acts.log.note("Post-mortem on Monday"))
    return story


def test_what_others_said_and_did_happens_at_its_minutes(past: Story) -> None:
    scenario = made(past)
    assert (scenario.title, scenario.starts, scenario.severity, scenario.minutes) == (
        "Checkout errors",
        "03:17",
        2,
        121,
    )
    assert [(row.at, row.by, row.kind, row.says) for row in scenario.events] == [
        (0, "Monitoring", "note", "Checkout errors"),
        (2, "Priya Shah", "note", "I am incident commander for this one."),
        (5, "Marcus Webb", "note", 'Marcus: "20 % of attempts" fail\nsince 03:13'),
        (7, "The channel", "note", "User impact: payment fails"),
        (30, "Priya Shah", "note", "Decided: Roll back, because safer"),
        (33, "Marcus Webb", "action", "Rollback started, Priya agrees"),
        (100, "Marcus Webb", "note", "Errors are falling"),
        (110, "Priya Shah", "note", "Rolled back (It is resolved.)"),
    ]
    assert [row.tells for row in scenario.events if row.tells] == [
        {"affected": "20 % of attempts"},
        {"impact": "payment fails"},
    ]


def test_what_was_done_then_is_expected_and_what_was_owed_by_its_limit(past: Story) -> None:
    assert [(row.act, row.what, row.since, row.by) for row in made(past).expected] == [
        ("declare", "", 0, 5),
        ("severity", "2", 0, 8),
        ("role", "ic", 0, 7),
        ("message", "initial", 0, 15),
        ("message", "customer", 0, 30),
        ("decision", "", 0, 36),
        ("severity", "1", 36, 41),
        ("escalate", "", 38, 43),
        ("message", "escalation", 0, 45),
        ("resolve", "", 110, 115),
        ("message", "resolution", 105, 120),
    ]


def test_long_gaps_are_shortened_on_request_the_longest_first(past: Story) -> None:
    scenario = made(past, at_most=60)
    assert [row.at for row in scenario.events][:4] == [0, 2, 5, 7]
    assert scenario.events[-1].at == 49
    gaps = [later.at - earlier.at for earlier, later in zip(scenario.events, scenario.events[1:], strict=False)]
    assert max(gaps) < 21
    for at_most in (5, 11, 60):
        assert made(past, at_most=at_most).minutes == at_most
    assert made(past).minutes == 121
    assert made(past, at_most=300).minutes == 121, "it is not made longer"


def test_people_are_called_by_their_roles_on_request(past: Story) -> None:
    scenario = made(past, names=False)
    text = as_toml(scenario)
    assert not [name for name in ("Priya", "Marcus", "Webb", "Shah", "Sam") if name in text]
    said = {row.at: (row.by, row.says) for row in scenario.events}
    assert said[33] == ("Colleague 1", "Rollback started, the incident commander agrees")
    assert said[30][0] == "The incident commander"


def test_it_can_be_played_to_its_end(past: Story) -> None:
    scenario = made(past, at_most=60)
    player = Player(scenario)
    player.play()
    (story,) = player.stories.values()
    assert story.incident.over()
    expected = [one for part in judged(player).parts if part.id == "expected" for one in part.checks]
    assert len(expected) == len(scenario.expected)
    assert [one.text for one in expected if not one.held] == []


def refused(story: Story) -> str:
    with pytest.raises(NotASubject) as caught:
        made(story)
    return str(caught.value)


def test_what_can_not_be_practised_is_refused_with_the_reason() -> None:
    story = Story()
    story.tell(1, acts.log.note("Looking", by="Marcus"))
    assert refused(story) == "incident k7qd3f is still open; a drill is made of one that is over"
    story.tell(2, acts.lifecycle.cancel("a test"))
    assert refused(story) == "incident k7qd3f was cancelled; a drill is made of one that was resolved"
    story = Story()
    story.tell(26 * 60, acts.log.note("Looking", by="Marcus"))
    story.tell(26 * 60 + 1, acts.lifecycle.resolve())
    assert refused(story) == "it took 26 h 1 min, which is too long for a drill; shorten its gaps with --at-most 60"
    story = Story()
    for number in range(1_001):
        story.tell(number / 60, acts.log.note(f"Line {number}", by="Marcus"))
    story.tell(30, acts.lifecycle.resolve())
    assert refused(story).startswith("its log has more than 1000 lines")


def test_only_the_first_message_of_a_kind_has_the_limit_and_an_end_is_told_once() -> None:
    story = Story()
    story.tell(20, message("customer"))
    story.tell(40, message("customer"))
    story.tell(50, acts.log.note("All probes are green", by="Priya"), author="Priya")
    story.tell(50, acts.lifecycle.resolve())
    scenario = made(story)
    assert [(row.since, row.by) for row in scenario.expected if row.what == "customer"] == [(0, 25), (35, 45)]
    assert [(row.at, row.says) for row in scenario.events] == [(0, "Checkout errors"), (50, "All probes are green")]


def test_an_incident_without_a_line_is_refused() -> None:
    story = Story()
    story.tell(5, acts.lifecycle.resolve())
    assert refused(story).startswith("nobody wrote down what happened in incident k7qd3f")
