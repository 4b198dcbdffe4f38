"""What is owed after the fix. Every number is a minute after 03:17; the incidents here are resolved at minute 60."""

from __future__ import annotations

import pytest

from tests.unit.story import BOOK, Story, message, moment
from warroom import places
from warroom.model import acts
from warroom.model.playbook import Playbook, load
from warroom.model.recovery import Recovery, RecoveryState
from warroom.model.snapshot import Snapshot
from warroom.model.times import MINUTE

DAY = 24 * 60


class Fixed(Story):
    """An incident that is resolved at minute 60."""

    def __init__(self, severity: int = 2, book: Playbook = BOOK) -> None:
        super().__init__(severity, book)
        self.resolve(60)

    def resolve(self, minute: float) -> None:
        self.tell(minute, acts.lifecycle.resolve("rolled back"))

    def do(self, minute: float, item: str, state: str = "done", note: str = "") -> None:
        self.tell(minute, acts.recovery.set_item(self.book, item, state, note))

    def look(self, minute: float) -> Snapshot:
        return Snapshot(self.incident, self.book, moment(minute))

    def recovery(self, minute: float = 61) -> Recovery:
        return self.look(minute).recovery

    def item(self, id: str, minute: float = 61) -> RecoveryState:
        found = self.recovery(minute).item(id)
        assert found is not None
        return found

    def late(self, minute: float) -> list[str]:
        return [item.row.id for item in self.recovery(minute).items if item.late(moment(minute))]


def test_recovery_begins_with_the_resolution_and_a_cancelled_incident_has_none() -> None:
    story = Story(2)
    assert Snapshot(story.incident, BOOK, moment(5)).recovery.items == ()
    draft = acts.recovery.set_item(BOOK, "thanks", "done")
    assert story.refused(5, draft) == "recovery begins once the incident is resolved; resolve it first"
    story.tell(6, acts.lifecycle.cancel("a drill"))
    assert Snapshot(story.incident, BOOK, moment(7)).recovery.items == ()
    assert "nothing was fixed" in (story.refused(7, draft) or "")


@pytest.mark.parametrize(("levels", "owed"), [((1,), 13), ((2,), 13), ((3,), 1), ((4,), 0), ((4, 1), 13), ((2, 4), 13)])
def test_what_is_required_follows_from_the_worst_severity_it_had(levels: tuple[int, ...], owed: int) -> None:
    story = Story(levels[0])
    for level in levels[1:]:
        story.severity(5, level)
    story.tell(60, acts.lifecycle.resolve())
    found = Snapshot(story.incident, BOOK, moment(61)).recovery
    assert (len(found.items), len(found.owed)) == (13, owed)
    assert sum(item.required for item in found.items) == owed


def test_an_item_is_done_skipped_only_with_a_reason_opened_again_and_has_an_owner() -> None:
    story = Fixed()
    assert "needs a reason" in (story.refused(61, acts.recovery.set_item(BOOK, "channel", "skipped", " ")) or "")
    assert "there is no recovery item 'x'; the items are verified, " in (
        story.refused(61, acts.recovery.set_item(BOOK, "x", "done")) or ""
    )
    assert "can't be 'lost'" in (story.refused(61, acts.recovery.set_item(BOOK, "thanks", "lost")) or "")
    story.do(62, "channel", "skipped", "it is the team's own")
    story.tell(63, acts.recovery.assign(BOOK, "customers", " Ana\nSouza "))
    story.do(64, "customers", "done", "Acme was called")
    channel, customers = story.item("channel"), story.item("customers")
    assert (channel.state, channel.note, channel.at, channel.by) == (
        "skipped", "it is the team's own", moment(62), "Sam",
    )  # fmt: skip
    assert not channel.owed
    assert (customers.state, customers.owner, customers.note) == ("done", "Ana ⏎ Souza", "Acme was called")
    story.do(65, "customers", "open")
    story.tell(66, acts.recovery.assign(BOOK, "customers", ""))
    assert (story.item("customers").state, story.item("customers").owner) == ("open", "")
    assert story.recovery().settled == 1


def test_each_horizon_has_a_clock_until_nothing_in_it_is_owed() -> None:
    story = Fixed()
    assert {id: clock.label for id, clock in story.clocks(61).items()} == {
        "recovery:1": "First hour: 5 open",
        "recovery:2": "First 24 h: 4 open",
        "recovery:3": "First 48 h: 3 open",
        "post-mortem": "Post-mortem",
    }
    assert [story.due(id, 61) for id in ("recovery:1", "recovery:2", "recovery:3", "post-mortem")] == [
        120, 60 + DAY, 60 + 2 * DAY, 60 + 2 * DAY,
    ]  # fmt: skip
    assert story.late(120.9) == []
    assert story.late(121) == ["verified", "recurrence", "stakeholders", "channel", "thanks"]
    assert story.clocks(121)["recovery:1"].state == "late"
    for item in ("verified", "recurrence", "stakeholders", "channel"):
        story.do(122, item)
    story.do(122, "thanks", "skipped", "nobody else was there")
    assert "recovery:1" not in story.clocks(123)
    story.tell(124, acts.times.correct_time(story.incident, "resolved", moment(30)))
    assert story.due("recovery:2", 125) == 30 + DAY
    assert not Fixed(4).clocks(61)


def test_items_tick_themselves_by_what_is_logged_after_the_fix() -> None:
    story = Fixed()
    story.tell(62, message("resolution"))
    story.tell(63, message("customer"))
    assert [story.item(id).state for id in ("stakeholders", "status-page", "verified")] == ["done", "done", "open"]
    assert (story.item("stakeholders").at, story.item("stakeholders").by) == (moment(62), "Sam")
    story.do(64, "stakeholders", "open", "")
    assert story.item("stakeholders").owed  # what was said last counts
    story.tell(65, acts.milestones.set_milestone(story.incident, "verified", moment(61), "error rate"))
    assert story.item("verified").state == "done"
    story.tell(66, acts.milestones.set_milestone(story.incident, "verified", None))
    assert story.item("verified").owed
    story.tell(67, acts.post_mortem.set_state("done"))
    assert story.item("post-mortem").state == "done"
    story.tell(68, acts.post_mortem.set_state("draft"))
    assert story.item("post-mortem").owed
    story.tell(69, acts.post_mortem.set_state("waived", because="the vendor writes it"))
    assert story.item("post-mortem").state == "done"


def test_a_message_before_the_fix_ticks_nothing_and_the_post_mortem_is_not_ticked_by_hand() -> None:
    story = Story(2)
    story.tell(20, message("customer"))
    story.tell(60, acts.lifecycle.resolve())
    found = Snapshot(story.incident, BOOK, moment(61)).recovery
    assert [item.row.id for item in found.items if item.state != "open"] == []
    assert "once the post-mortem is done" in (
        story.refused(61, acts.recovery.set_item(BOOK, "post-mortem", "done")) or ""
    )
    assert story.refused(61, acts.recovery.assign(BOOK, "post-mortem", "Priya")) is None


def test_only_an_action_item_that_prevents_it_counts_until_it_is_dropped() -> None:
    story = Fixed()
    story.tell(61, acts.action_items.add("Alert on 5xx", purpose="detect"))
    assert story.item("prevention").owed
    added = story.tell(62, acts.action_items.add("Canary first", purpose="prevent"))
    assert story.item("prevention").state == "done"
    found = next(item for item in story.look(63).action_items if item.key == added.key)
    story.tell(64, acts.action_items.change(found.logged, state="dropped", because="the service goes away"))
    assert story.item("prevention").owed


def test_after_a_recurrence_everything_is_to_be_done_again() -> None:
    story = Fixed()
    story.do(61, "verified")
    story.tell(62, acts.recovery.assign(BOOK, "thanks", "Ana"))
    story.tell(63, message("resolution"))
    story.tell(64, acts.post_mortem.set_state("done"))
    story.tell(65, acts.action_items.add("Canary first", purpose="prevent"))
    assert (story.recovery().settled, story.recovery().round) == (4, 1)
    story.tell(90, acts.lifecycle.reopen("errors are back"))
    assert story.recovery().items == ()
    story.resolve(100)
    found = story.recovery(101)
    assert (found.settled, found.round, len(found.owed)) == (0, 2, 13)
    assert story.item("thanks").owner == ""
    assert story.due("recovery:1", 101) == 160
    assert sum(entry.kind == "recovery" for entry in story.entries) == 2  # the first round stays in the log


def test_a_resolution_taken_back_as_a_mistake_is_no_recurrence() -> None:
    story = Fixed()
    story.do(61, "verified")
    story.tell(62, acts.lifecycle.reopen("a slip of the finger", undoes=True))
    story.resolve(63)
    assert (story.item("verified").state, story.recovery().round) == ("done", 1)


def test_the_clocks_go_on_after_closing_only_if_something_was_owed_then() -> None:
    story = Fixed()
    entry = story.tell(70, acts.lifecycle.close("until Monday", owes=True))
    assert set(story.clocks(71)) == {"recovery:1", "recovery:2", "recovery:3", "post-mortem"}
    assert story.now(71).rule == "recovery"
    assert story.late(121)
    assert story.refused(71, acts.recovery.set_item(BOOK, "thanks", "done")) is None
    assert story.refused(71, acts.timers.snooze("First hour", "recovery:1", moment(120), moment(200), "asleep")) is None
    assert "is closed" in (story.refused(71, acts.timers.snooze("Mine", "timer:x", 0, moment(200), "asleep")) or "")
    done = story.tell(72, acts.recovery.set_item(BOOK, "thanks", "done"))
    assert story.refused(73, acts.corrections.retract(done)) is None
    assert "is closed" in (story.refused(73, acts.corrections.retract(story.entries[1])) or "")
    story.entries.remove(entry)
    story.tell(74, acts.lifecycle.close())
    assert not story.clocks(200)
    assert not story.late(200)
    assert story.look(200).still_owed == ()
    assert not story.recovery(200).owed
    assert (story.now(200).rule, story.now(200).reason) == ("stand_by", "Nothing is owed to anybody here.")


def test_what_is_still_owed_is_said_in_words() -> None:
    story = Fixed(3)
    assert story.look(61).still_owed == ("The fix works (verified)",)
    story.do(62, "verified")
    assert story.look(63).still_owed == ()
    assert Fixed(1).look(61).still_owed[-1] == "Post-mortem"


def test_the_now_line_goes_from_item_to_item_to_the_post_mortem_and_to_closing() -> None:
    story = Fixed()
    assert story.now(61).text == "The fix works (verified): due 05:17 UTC, in 59 min"
    assert (story.now(61).action, story.now(61).target) == ("recovery", "verified")
    assert story.now(125).text == "The fix works (verified): due 05:17 UTC, LATE by 5 min"
    assert story.now(125).late
    seen = []
    for minute in range(61, 80):
        advice = story.now(minute)
        if advice.rule != "recovery":
            break
        seen.append(advice.target)
        story.do(minute, advice.target)
    assert seen[:6] == ["verified", "recurrence", "stakeholders", "channel", "thanks", "customers"]
    assert story.now(80).text.startswith("Write the post-mortem: due 2026-11-25 04:17 UTC, in 47 h")
    story.tell(81, acts.post_mortem.set_state("done"))
    assert story.now(82).target == "prevention"
    for item in ("prevention", "learnings", "runbooks"):
        story.do(83, item)
    assert (story.now(84).rule, story.now(84).action) == ("close", "close")


def test_a_snoozed_horizon_is_not_advised_and_one_item_can_be_set_aside_where_nothing_is_due() -> None:
    story = Fixed()
    due = 120 * MINUTE + moment(0)
    story.tell(61, acts.timers.snooze("First hour", "recovery:1", due, moment(180), "asleep"))
    assert story.now(62).target == "customers"
    for item in ("customers", "status-page", "data", "meeting", "prevention", "learnings", "runbooks"):
        story.do(63, item)
    story.tell(64, acts.post_mortem.set_state("done"))
    assert story.now(65).text == "Stand by; First hour: 5 open is snoozed until 06:17 UTC"
    story.tell(66, acts.lifecycle.close(owes=True))
    snoozed = story.now(67)
    assert (snoozed.text, snoozed.action) == ("Stand by; First hour: 5 open is snoozed until 06:17 UTC", "switch")
    assert snoozed.reason == "What is owed here is snoozed."
    assert story.now(181).target == "verified"
    text = (places.templates() / "playbook.toml").read_text("utf-8")
    untimed = Fixed(2, load(text.replace("within_min = 60\n", "", 1), file="playbook.toml"))
    assert untimed.now(61).target == "customers"  # what has a time comes first
    assert "recovery:1" not in untimed.clocks(61)
    for item in ("customers", "status-page", "data", "meeting", "prevention", "learnings", "runbooks"):
        untimed.do(62, item)
    untimed.tell(63, acts.post_mortem.set_state("done"))
    assert untimed.now(64).text == "The fix works (verified) (first hour)"
    untimed.tell(65, acts.advice.dismiss("recovery", "verified", "verify", "the vendor does"))
    assert untimed.now(66).target == "recurrence"
    for item in ("recurrence", "stakeholders", "channel", "thanks"):
        untimed.do(67, item)
    assert untimed.now(68).text == "Close the incident: the rest was set aside"


def test_ticking_in_recovery_moves_the_stage_on() -> None:
    story = Fixed()
    assert story.incident.stage == "resolution"
    story.do(61, "recurrence")
    assert story.incident.stage == "recovery"
