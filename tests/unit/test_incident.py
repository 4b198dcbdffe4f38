"""The fold: what each entry does to an incident, in whatever order entries arrive, and why an act is refused."""

from __future__ import annotations

import itertools
import random
from collections.abc import Callable

import msgspec
import pytest

from tests.unit.story import BOOK, Story, message, moment
from warroom.model import acts
from warroom.model.entries import Draft, Entry, Unknown
from warroom.model.escalation import escalation
from warroom.model.incident import Incident, fold
from warroom.model.kinds import KINDS
from warroom.model.kinds.action_items import ActionItemAdded
from warroom.model.kinds.decisions import decision_list
from warroom.model.kinds.escalation import TriggerAnswered
from warroom.model.kinds.facts import FactSet
from warroom.model.kinds.items import ItemTicked
from warroom.model.kinds.links import Linked
from warroom.model.kinds.pins import Unpinned
from warroom.model.kinds.roles import RoleAssigned
from warroom.model.times import MINUTE


def test_a_declared_incident() -> None:
    incident = Story(2, began=-4).incident
    assert (incident.id, incident.title, incident.severity) == ("k7qd3f", "Checkout errors", 2)
    assert (incident.began, incident.learned) == (moment(-4), moment(0))
    assert (incident.state, incident.stage, incident.over()) == ("open", "triage", False)
    assert incident.severities == ((moment(0), 2),)
    assert incident.elapsed(moment(6)) == 10 * MINUTE


def test_entries_that_declare_nothing_are_no_incident() -> None:
    story = Story()
    story.severity(1, 1)
    with pytest.raises(ValueError, match="declare no incident"):
        fold(story.entries[1:])


def test_a_second_declaration_from_elsewhere_changes_nothing() -> None:
    story = Story(2)
    story.tell(1, acts.lifecycle.declare("Something else", 1, now=moment(1)), origin="there")
    assert (story.incident.title, story.incident.severity) == ("Checkout errors", 2)


def test_titles_stages_and_severities() -> None:
    story = Story(3)
    story.tell(1, acts.lifecycle.retitle("Checkout down"))
    story.severity(5, 1)
    story.tell(6, acts.stages.set_stage(BOOK, "response"))
    incident = story.incident
    assert (incident.title, incident.severity, incident.stage) == ("Checkout down", 1, "response")
    assert incident.severities == ((moment(0), 3), (moment(5), 1))


def test_it_keeps_since_when_it_was_in_each_stage() -> None:
    story = Story(2, began=-4)
    story.tell(3, acts.roles.assign(BOOK, story.incident, "ic", "Priya"))
    story.tell(4, acts.decisions.decision("Roll back", "safer"))  # response already
    story.tell(9, acts.lifecycle.resolve("Fixed", moment(8)))
    story.tell(10, acts.stages.set_stage(BOOK, "recovery"))
    story.tell(11, acts.lifecycle.reopen("It is back"))
    assert [((at - moment(0)) // MINUTE, stage) for at, stage in story.incident.stages] == [
        *((0, "triage"), (3, "response"), (8, "resolution"), (10, "recovery"), (11, "response"))
    ]


def test_the_last_word_on_severity_counts_even_when_it_is_back_dated() -> None:
    story = Story(2)
    story.severity(13, 1)
    story.severity(18, 3, at=3)
    assert story.incident.severity == 3
    assert [level for _, level in story.incident.severities] == [2, 1, 3]
    assert story.due("resolution", 18) == 3 + 480  # SEV1 had no target in between
    assert story.due("customer", 18) is None


def test_a_severity_back_dated_to_before_the_user_knew_counts_from_knowing() -> None:
    story = Story(3, began=-30)
    story.severity(5, 2, at=-20)
    assert story.incident.severities[-1] == (moment(0), 2)


def test_facts_keep_their_history_and_can_be_withdrawn() -> None:
    story = Story()
    for minute, value in enumerate(["10 %", "20 %"], 1):
        story.tell(minute, acts.facts.fact(BOOK, "affected", value))
    assert story.incident.fact("affected") == "20 %"
    assert [
        body.value for said in story.incident.facts["affected"] if isinstance(body := said.entry.body, FactSet)
    ] == [
        "10 %",
        "20 %",
    ]
    story.tell(3, acts.facts.fact(BOOK, "affected", ""))
    assert story.incident.fact("affected") == ""
    assert story.incident.known_facts() == {}
    assert len(story.incident.facts["affected"]) == 3
    assert story.incident.fact("never said") == ""


def test_what_is_logged_late_does_not_undo_a_newer_fact() -> None:
    story = Story(began=-60)
    story.tell(5, acts.facts.fact(BOOK, "impact", "payment fails"))
    story.tell(6, acts.facts.fact(BOOK, "impact", "login is slow", moment(-50)))
    history = story.incident.facts["impact"]
    assert [logged.body.value for logged in history] == ["login is slow", "payment fails"]
    assert story.incident.fact("impact") == "payment fails"
    story.tell(7, acts.facts.fact(BOOK, "impact", "all payments fail", moment(5)))
    assert story.incident.fact("impact") == "all payments fail", "of the same time, the later entry counts"
    story.tell(3, acts.facts.fact(BOOK, "impact", "mended"))
    assert story.incident.fact("impact") == "mended", "the clock was set back, and nothing logged late"


def assign(story: Story, minute: float, role: str, name: str, origin: str = "here") -> Entry:
    """Assign somebody to a role, as things are now."""
    return story.tell(minute, acts.roles.assign(BOOK, story.incident, role, name), origin=origin)


def test_a_role_is_handed_over() -> None:
    story = Story()
    assign(story, 1, "ic", "Priya, +1 555 0100")
    assert story.incident.holders("ic") == ("Priya",)
    assert story.incident.stage == "response"
    handed = assign(story, 9, "ic", "Marcus")
    assert handed.text == "Incident commander: Marcus, taking over from Priya"
    assert story.incident.holders("ic") == ("Marcus",)
    assign(story, 10, "ic", "")
    assert story.incident.holders("ic") == ()


def test_several_experts_may_be_there_and_leave_one_by_one() -> None:
    story = Story()
    for minute, name in enumerate(["Ana", "Ben", "Cleo"], 1):
        assign(story, minute, "expert", name)
    assert story.incident.holders("expert") == ("Ana", "Ben", "Cleo")
    assign(story, 4, "expert", "Ana")
    assert sorted(story.incident.holders("expert")) == ["Ana", "Ben", "Cleo"]
    story.tell(5, acts.roles.step_back(BOOK, story.incident, "expert", "ben"))
    assert "Ben" not in story.incident.holders("expert")
    assert len(story.incident.holders("expert")) == 2


def test_two_who_name_a_commander_at_once_leave_one() -> None:
    story = Story()
    before = story.incident
    story.tell(1, acts.roles.assign(BOOK, before, "ic", "Priya"))
    story.tell(1, acts.roles.assign(BOOK, before, "ic", "Marcus"), origin="there")
    assert story.incident.holders("ic") == ("Marcus",)
    story.tell(2, Draft(RoleAssigned("ic", "", replaces="Priya"), "Priya steps back"))
    assert story.incident.holders("ic") == ("Marcus",)


def test_a_decision_ends_triage() -> None:
    story = Story()
    story.tell(6, acts.decisions.decision("Roll back", "faster and safer"))
    assert story.incident.stage == "response"
    assert [said.text for said in story.incident.decisions] == ["Roll back"]
    story.tell(7, acts.decisions.review(story.entries[-1], "confirmed", "it worked"))
    story.tell(8, acts.decisions.add_context(story.entries[1], options="Hotfix"))
    (decision,) = decision_list(story.incident)
    assert decision.logged.key == story.entries[1].key
    assert (decision.outcome, decision.outcome_because, decision.options) == ("confirmed", "it worked", "Hotfix")


def test_resolved_closed_and_reopened() -> None:
    story = Story()
    story.tell(135, acts.lifecycle.resolve("Rolled back", at=moment(130)))
    incident = story.incident
    assert (incident.state, incident.stage, incident.resolved_at) == ("resolved", "resolution", moment(130))
    assert incident.resolution is not None
    assert incident.resolution.text == "Rolled back"
    assert incident.elapsed(moment(500)) == 130 * MINUTE
    story.tell(140, acts.lifecycle.close())
    assert (story.incident.state, story.incident.closed_at) == ("closed", moment(140))
    assert story.incident.elapsed(moment(500)) == 130 * MINUTE
    story.tell(150, acts.lifecycle.reopen("Errors are back"))
    incident = story.incident
    assert (incident.state, incident.stage) == ("open", "response")
    assert (incident.resolved_at, incident.closed_at) == (None, None)
    assert incident.resolution is None
    assert incident.elapsed(moment(500)) == 500 * MINUTE


def test_that_it_is_over_has_to_be_said_again_after_reopening() -> None:
    story = Story()
    story.tell(10, acts.lifecycle.resolve())
    assert not story.incident.resolution_announced()
    story.tell(11, message("resolution"))
    assert story.incident.resolution_announced()
    story.tell(20, acts.lifecycle.reopen())
    story.tell(30, acts.lifecycle.resolve())
    assert not story.incident.resolution_announced()


def test_messages_stand_in_the_order_they_went_out() -> None:
    story = Story()
    story.tell(10, message("initial"))
    story.tell(30, message("update", 2))
    back_dated = message("customer")
    story.tell(31, Draft(back_dated.body, back_dated.text, at=moment(20)))
    assert [said.at for said in story.incident.messages] == [moment(10), moment(20), moment(30)]
    assert [said.at for said in story.incident.sent(["initial", "update"])] == [moment(10), moment(30)]


def test_a_message_written_after_the_clock_was_set_back_is_still_the_last_one() -> None:
    story = Story()
    story.tell(70, message("initial", promise=100))
    story.tell(12, message("update", 2, promise=40))
    assert [said.entry.n for said in story.incident.messages] == [2, 3]


def due_by_key(incident: Incident) -> dict[str, int]:
    """When each own clock is due."""
    return {key: due for key, (_, due) in incident.timers.items()}


def test_own_clocks_go_on_or_are_done_with() -> None:
    story = Story()
    once = story.tell(1, acts.timers.start_timer("check with the commander", moment(11)))
    again = story.tell(1, acts.timers.start_timer("look at the graphs", moment(16), every=15 * MINUTE))
    assert due_by_key(story.incident) == {once.key: moment(11), again.key: moment(16)}
    for key in (once.key, again.key):
        story.tell(17, acts.timers.finish_timer(story.incident, key, moment(17)))
    assert due_by_key(story.incident) == {again.key: moment(32)}
    story.tell(18, acts.timers.finish_timer(story.incident, again.key, moment(18), stop=True))
    assert story.incident.timers == {}


def test_triggers_and_the_steps_of_escalating() -> None:
    story = Story()
    story.tell(1, acts.escalation.answer_trigger(BOOK, "churn", True))
    story.tell(2, acts.escalation.answer_trigger(BOOK, "churn", False))
    answer = story.incident.answers["churn"].entry.body
    assert isinstance(answer, TriggerAnswered)
    assert not answer.holds
    story.tell(3, acts.escalation.skip_commander("cannot be reached"))
    story.tell(4, acts.escalation.tell_commander("Priya", agrees=True))
    assert len(story.incident.escalations) == 2
    assert escalation(story.incident, BOOK, moment(5)).commander_agrees


def test_a_corrected_entry_reads_and_happened_as_corrected() -> None:
    story = Story()
    sent = story.tell(20, message("initial", promise=50))
    story.tell(21, acts.corrections.amend(sent, "Initial acknowledgement → leadership", at=moment(12)))
    (said,) = story.incident.messages
    assert (said.at, said.text, said.author) == (moment(12), "Initial acknowledgement → leadership", "Sam")
    assert said.entry == sent
    story.tell(22, acts.corrections.amend(sent, "Initial acknowledgement", at=moment(13)))
    assert story.incident.messages[0].at == moment(13)


TIMED = "here:3"
TAKEN_BACK: dict[str, Callable[[Incident], Draft]] = {
    "severity": lambda _: acts.severity.set_severity(1, "worse", 2),
    "title": lambda _: acts.lifecycle.retitle("Other"),
    "stage": lambda _: acts.stages.set_stage(BOOK, "resolution"),
    "role": lambda now: acts.roles.assign(BOOK, now, "ic", "Ana"),
    "fact": lambda _: acts.facts.fact(BOOK, "impact", "login fails"),
    "item": lambda _: acts.items.tick(BOOK, "severity", done=False),
    "decision": lambda _: acts.decisions.decision("Roll back"),
    "ruling": lambda now: acts.decisions.review(now.decisions[0].entry, "reversed", "errors are back"),
    "context": lambda now: acts.decisions.add_context(now.decisions[0].entry, by="Priya"),
    "message": lambda _: message("update", 2, promise=50),
    "snooze": lambda _: acts.timers.snooze("Customer message", "customer", moment(30), moment(40), "legal reads it"),
    "timer": lambda _: acts.timers.start_timer("look", moment(30)),
    "timer-done": lambda now: acts.timers.finish_timer(now, TIMED, moment(5)),
    "dismissed": lambda _: acts.advice.dismiss("care", "", "look after the team", "done"),
    "trigger": lambda _: acts.escalation.answer_trigger(BOOK, "churn", holds=True),
    "escalation": lambda _: acts.escalation.decline_escalation("small"),
    "time": lambda now: acts.times.correct_time(now, "learned", moment(2)),
    "respelt": lambda now: acts.roles.respell(now, "ic", "Pria", "Priya")[0],
    "amended": lambda now: acts.corrections.amend(now.decisions[0].entry, "Roll back to v2.3.1", moment(-3)),
    "pinned": lambda now: acts.pins.pin(now.decisions[0].entry),
    "unpinned": lambda now: Draft(Unpinned(now.decisions[0].key), "No longer pinned"),
    "linked": lambda now: Draft(Linked(now.messages[0].key, now.decisions[0].key), "Linked"),
    "retracted": lambda now: acts.corrections.retract(now.decisions[0].entry, "another incident"),
    "milestone": lambda now: acts.milestones.set_milestone(now, "mitigated", moment(3), "the graph"),
    "import": lambda _: acts.imports.checked([(moment(1), "Errors on the login page")], 1, 0),
    "recovery": lambda _: acts.recovery.set_item(BOOK, "thanks", "done"),
    "section": lambda _: acts.post_mortem.write_section("summary", "Payments failed."),
    "post-mortem": lambda _: acts.post_mortem.set_state("in review", "Ana"),
    "post-mortem-line": lambda now: acts.post_mortem.choose_line(now.decisions[0].entry, "left out"),
    "action-item": lambda _: acts.action_items.add("Limit the retries", owner="Ana"),
    "action-item-changed": lambda now: acts.action_items.change(now.all(ActionItemAdded)[0], state="done"),
    "note": lambda _: acts.log.note("over there"),
    "action": lambda _: acts.log.action("restarted it", "Marcus"),
}
"""An act of each kind that may be taken back, on the incident as it is before it."""


def under_way() -> Story:
    """An incident in which every kind of act has something to act on."""
    story = Story()
    story.tell(1, acts.decisions.decision("Fix forward"))
    story.tell(1, acts.timers.start_timer("check with Priya", moment(20), 600_000))
    story.tell(2, acts.roles.assign(BOOK, story.incident, "ic", "Pria"))
    story.tell(2, acts.items.tick(BOOK, "severity"))
    story.tell(3, acts.facts.fact(BOOK, "impact", "payment fails"))
    story.tell(3, acts.escalation.answer_trigger(BOOK, "churn", holds=False))
    story.tell(4, message("initial", promise=34))
    story.tell(4, acts.action_items.add("Alert on failed payments"))
    return story


def test_every_kind_that_may_be_taken_back_is_tried() -> None:
    assert set(TAKEN_BACK) | {"resolved"} == {
        kind.tag() for kind in KINDS if kind.may_be_retracted and kind.in_incident
    }, "the line that resolved it is taken back by reopening it"


@pytest.mark.parametrize("kind", TAKEN_BACK)
def test_what_was_taken_back_no_longer_counts(kind: str) -> None:
    story = under_way()
    before, clocks, advice = everything(story.incident), story.clocks(7), story.now(7)
    entry = story.tell(5, TAKEN_BACK[kind](story.incident))
    assert entry.kind == kind
    assert (everything(story.incident) != before) == entry.body.changes_state
    story.tell(6, acts.corrections.retract(entry, "wrong incident"))
    assert everything(story.incident) == before
    assert (story.clocks(7), story.now(7)) == (clocks, advice)
    assert story.incident.replaced[entry.key].retracted


def test_a_kind_from_a_newer_version_changes_nothing() -> None:
    story = Story()
    before = everything(story.incident)
    newer = Entry(9, "there", 1, 10**18, "k7qd3f", moment(1), moment(1), "Sam", "rain", Unknown("weather", "{}"))
    assert everything(fold([*story.entries, newer])) == before


def everything(incident: Incident) -> dict[str, object]:
    """What an incident holds, but for how many entries it took."""
    names = set(incident.__struct_fields__) - {
        "entries",
        "replaced",
        "changes",
        "numbered",
        "marks",
        "addable_when_closed",
    }
    return {
        name: {key: value for key, value in found.items() if value} if isinstance(found, dict) else found
        for name in names
        if (found := getattr(incident, name)) is not None
    }


def two_machines() -> Story:
    """An incident told from two machines whose clocks differ by ten minutes."""
    story = Story()
    note = story.tell(1, acts.facts.fact(BOOK, "impact", "payment fails"))
    for origin, shift in (("here", 0), ("there", 10)):
        story.tell(2 + shift, acts.roles.assign(BOOK, story.incident, "ic", f"Priya {origin}"), origin=origin)
        story.tell(3 + shift, acts.facts.fact(BOOK, "impact", f"seen from {origin}"), origin=origin)
        story.tell(4 + shift, acts.items.tick(BOOK, "impact", done=origin == "here"), origin=origin)
        story.tell(5 + shift, message("update", promise=30 + shift), origin=origin)
    story.tell(20, acts.corrections.amend(note, "payment fails at the end"), origin="there")
    story.tell(21, acts.corrections.retract(note))
    story.severity(22, 1)
    story.tell(23, acts.lifecycle.resolve())
    story.tell(24, acts.lifecycle.reopen(), origin="there")
    return story


def test_entries_fold_the_same_in_any_order_of_arrival() -> None:
    story = two_machines()
    expected = story.incident
    shuffle = random.Random(7)
    for _ in range(50):
        arrived = list(story.entries)
        shuffle.shuffle(arrived)
        assert fold(arrived) == expected


def test_what_arrives_late_takes_its_place_by_the_hybrid_clock() -> None:
    story = Story()
    early = story.tell(1, acts.facts.fact(BOOK, "impact", "seen first"), origin="there")
    story.tell(2, acts.facts.fact(BOOK, "impact", "seen last"))
    arrived = [story.entries[0], story.entries[2], msgspec.structs.replace(early, seq=9)]
    assert fold(arrived).fact("impact") == "seen last"


def test_every_order_of_the_first_entries_folds_the_same() -> None:
    story = two_machines()
    for arrived in itertools.permutations(story.entries[:6]):
        assert fold(arrived) == fold(story.entries[:6])


def test_the_later_word_counts_whichever_machine_it_comes_from() -> None:
    incident = two_machines().incident
    assert incident.holders("ic") == ("Priya there",)
    assert incident.fact("impact") == "seen from there"
    item = incident.items["impact"].entry.body
    assert isinstance(item, ItemTicked)
    assert not item.done
    assert incident.state == "open"
