"""The numbers over many incidents, each checked against figures worked out by hand. Minutes count from 03:17 UTC."""

from __future__ import annotations

from datetime import UTC, timedelta, timezone

import msgspec
import pytest

from tests.unit.story import BOOK, Story, message, moment
from warroom.documents.figure_words import overview
from warroom.model import acts
from warroom.model.cases import READ
from warroom.model.entries import Entry
from warroom.model.figures import Figure, Metrics, Summary
from warroom.model.incident import Incident, fold
from warroom.model.kinds.action_items import ActionItemAdded
from warroom.model.kinds.messages import MessageSent
from warroom.model.metrics import report
from warroom.model.times import HOUR, MINUTE

DAY = 24 * 60


def incident(story: Story, id: str, *, days: float = 0) -> Incident:
    """The story as the incident of that id, so many days later."""
    later = round(days * DAY * MINUTE)
    return fold(msgspec.structs.replace(entry, incident=id) for entry in _moved(story.entries, later) if state(entry))


def _moved(entries: list[Entry], ms: int) -> list[Entry]:
    found = []
    for entry in entries:
        body = entry.body
        times = {
            name: getattr(body, name) + ms
            for name in ("began", "learned", "to")
            if type(getattr(body, name, None)) is int
        }
        if getattr(body, "promise", None) is not None:
            times["promise"] = getattr(body, "promise") + ms  # noqa: B009 - only messages have it
        found.append(
            msgspec.structs.replace(
                entry, at=entry.at + ms, recorded=entry.recorded + ms, body=msgspec.structs.replace(body, **times)
            )
        )
    return found


def state(entry: Entry) -> bool:
    return entry.kind in READ


def resolved(minute: float, *, severity: int = 2, began: float = 0) -> Story:
    story = Story(severity, began=began)
    story.tell(minute, acts.lifecycle.resolve("rolled back"))
    return story


def metrics(*stories: Story, now: float = 60 * DAY) -> Metrics:
    found = [incident(story, f"inc{number}") for number, story in enumerate(stories)]
    return report(found, BOOK, moment(now), UTC).all


def time(found: Metrics, id: str) -> Figure:
    return next(figure for figure in found.times if figure.measure.id == id)


def left_out(figure: Figure) -> dict[str, int]:
    return {reason.because: len(reason.incidents) for reason in figure.left_out}


def minutes(*values: int) -> tuple[int, ...]:
    return tuple(value * MINUTE for value in values)


def test_a_summary_of_many_has_median_mean_and_p90_and_one_of_few_only_its_values() -> None:
    few = Summary((1, 2, 3, 40))
    assert (few.n, few.median, few.mean, few.p90, few.least, few.most) == (4, None, None, None, 1, 40)
    five = Summary((1, 2, 3, 40, 104))
    assert (five.n, five.median, five.mean, five.p90) == (5, 3, 30, 104)
    six = Summary((1, 2, 3, 40, 104, 120))
    assert (six.median, six.mean) == (21, 45)  # 21.5, to the ms
    ten, eleven = Summary(tuple(range(1, 11))), Summary(tuple(range(1, 12)))
    assert (ten.p90, eleven.p90) == (9, 10)
    assert (Summary(()).least, Summary(()).most, Summary(()).median) == (None, None, None)


def test_each_time_goes_from_one_milestone_to_another() -> None:
    story = Story(began=-20)
    story.tell(4, acts.roles.assign(BOOK, story.incident, "on-call", "Marcus"))
    story.tell(9, message("initial"))
    story.tell(21, message("customer"))
    story.tell(22, message("update", 2))
    story.tell(30, acts.milestones.set_milestone(story.incident, "detected", moment(-17)))
    story.tell(31, acts.milestones.set_milestone(story.incident, "mitigated", moment(25)))
    story.tell(60, acts.lifecycle.resolve("rolled back", moment(50)))
    found = metrics(story)
    assert {figure.measure.id: figure.summary.values for figure in found.times} == {
        "detect": minutes(3),
        "acknowledge": minutes(24),
        "stakeholders": minutes(9),
        "customers": minutes(21),
        "mitigate": minutes(45),
        "resolve": minutes(70),
    }
    assert all(figure.left_out == () for figure in found.times)
    assert {figure.measure.id: figure.measure.between for figure in found.times} == {
        "detect": "began → detected",
        "acknowledge": "began → acknowledged",
        "stakeholders": "learned of it → sent to stakeholders",
        "customers": "learned of it → sent to customers",
        "mitigate": "began → mitigated",
        "resolve": "began → resolved",
    }


def test_what_is_not_known_is_left_out_with_the_reason_and_never_counted_as_0() -> None:
    found = metrics(Story(began=-20), resolved(30), resolved(40))
    assert (found.incidents, found.open) == (3, 1)
    assert (time(found, "resolve").summary.values, left_out(time(found, "resolve"))) == (
        minutes(30, 40),
        {"not resolved": 1},
    )
    for id, reason in (
        ("detect", "no time of detection"),
        ("acknowledge", "no time of acknowledgement"),
        ("stakeholders", "no message to stakeholders"),
        ("customers", "no message to customers"),
        ("mitigate", "no time of mitigation"),
    ):
        assert (time(found, id).summary.values, left_out(time(found, id))) == ((), {reason: 3})
    assert time(found, "resolve").left_out[0].incidents == ("inc0",)


def test_times_out_of_order_are_left_out() -> None:
    story = resolved(50)
    story.tell(51, acts.milestones.set_milestone(story.incident, "detected", moment(20)))
    story.tell(52, acts.milestones.set_milestone(story.incident, "mitigated", moment(10)))
    early = Story(began=-20)
    early.tell(30, acts.messages.send(message("initial").body, "Initial", moment(-5)))  # type: ignore[arg-type]
    found = metrics(story, early)
    assert left_out(time(found, "mitigate")) == {"mitigated before “Detected”": 1, "no time of mitigation": 1}
    assert left_out(time(found, "stakeholders")) == {
        "no message to stakeholders": 1,
        "sent to stakeholders before learned of it": 1,
    }
    assert time(found, "detect").summary.values == minutes(20)


def test_times_are_of_whole_minutes_as_people_see_them() -> None:
    assert time(metrics(resolved(30.2, began=-0.5)), "resolve").summary.values == minutes(31)


def test_after_a_recurrence_the_last_resolution_counts() -> None:
    story = resolved(30)
    story.tell(40, acts.lifecycle.reopen("it is back"))
    assert left_out(time(metrics(story), "resolve")) == {"not resolved": 1}
    story.tell(90, acts.lifecycle.resolve("for good"))
    found = metrics(story, resolved(10))
    assert (found.reopened, time(found, "resolve").summary.values) == (1, minutes(10, 90))
    assert overview(found, "") == "2 incidents: 1 reopened after it was over"
    assert overview(metrics(story, story), "") == "2 incidents: 2 reopened after they were over"
    slip = resolved(30)
    slip.tell(31, acts.lifecycle.reopen("by mistake", undoes=True))
    assert metrics(slip).reopened == 0


def test_cancelled_ones_are_counted_apart_and_left_out_of_times() -> None:
    alarm, double = Story(), resolved(30)
    for story in (alarm, double):
        story.tell(5, acts.roles.assign(BOOK, story.incident, "ic", "Priya"))
        story.tell(6, acts.facts.fact(BOOK, "system", "checkout"))
        story.tell(6, acts.facts.fact(BOOK, "revenue_per_hour", "$60k"))
        story.tell(7, message("initial", promise=10))
    alarm.tell(8, acts.lifecycle.cancel("a test alert"))
    double.tell(40, acts.lifecycle.cancel("same outage", "zzzzzz"))
    found = metrics(alarm, double, resolved(20))
    assert (found.incidents, found.open, found.cancelled) == (3, 0, (("duplicate", 1), ("false alarm", 1)))
    assert time(found, "resolve").summary.values == minutes(20)
    assert left_out(time(found, "acknowledge")) == {"no time of acknowledgement": 1}
    assert (found.costs, found.cost_unknown) == ((), 1)
    assert (found.systems.rows, found.systems.unknown) == ((), 1)
    assert found.post_mortems.owed == 1
    assert found.promises.made == 2


def test_promises_kept_late_missed_and_running_and_by_how_much() -> None:
    story = Story()
    story.tell(10, message("initial", promise=40))
    story.tell(40.9, message("update", 2, promise=70))  # kept: within the minute that was promised
    story.tell(75, message("update", 3, promise=100))  # 5 minutes late
    story.tell(112, message("update", 4, promise=140))  # 12 minutes late
    story.tell(120, message("customer", promise=150))
    found = metrics(story, now=145).promises
    assert (found.made, found.kept, found.late, found.missed, found.running) == (5, 1, 2, 1, 1)
    assert (found.late_by.values, found.late_by.most) == (minutes(5, 12), 12 * MINUTE)


def test_escalations_are_messages_and_steps() -> None:
    story, quiet = Story(), Story()
    story.tell(5, acts.escalation.tell_commander("Priya", False, "too early"))
    story.tell(6, acts.escalation.tell_commander("Priya", True))
    story.tell(7, message("escalation"))
    story.tell(9, message("escalation", 2))
    quiet.tell(5, acts.escalation.decline_escalation("it is nearly over"))
    quiet.tell(6, acts.escalation.skip_commander("not reachable"))
    found = metrics(story, quiet).escalations
    assert (found.messages, found.incidents, found.told, found.objected) == (2, 1, 2, 1)
    assert (found.skipped, found.declined) == (1, 1)


def test_cost_is_summed_by_currency_and_what_is_not_known_is_counted() -> None:
    stories = [resolved(30), resolved(60), resolved(15), Story(), resolved(99)]
    for story, revenue in zip(stories, ("$32k", "$10,000 per hour", "€ 40k", "$1k", "a lot"), strict=True):
        story.tell(100, acts.facts.fact(BOOK, "revenue_per_hour", revenue))
    found = metrics(*stories, now=120)
    assert [(money.amount, money.text, money.n, money.running) for money in found.costs] == [
        (28_000, "≈ $28,000", 3, 1),  # 16,000 + 10,000 + 2 hours of 1,000
        (10_000, "≈ €10,000", 1, 0),
    ]
    assert found.cost_unknown == 1


def test_post_mortems_owed_done_late_waived_and_let_go() -> None:
    """Owed within 48 hours after a SEV1 or SEV2 was resolved."""
    two_days = 48 * 60
    in_time, late, again, waived, open_late, let_go = (resolved(30) for _ in range(6))
    in_time.tell(30.5 + two_days, acts.post_mortem.set_state("done", "Ana"))
    late.tell(31 + two_days, acts.post_mortem.set_state("done", "Ana"))
    again.tell(100, acts.post_mortem.set_state("done", "Ana"))
    again.tell(9 * DAY, acts.post_mortem.set_state("done", "Bo"))
    waived.tell(100, acts.post_mortem.set_state("waived", "", "nothing to learn"))
    let_go.tell(100, acts.lifecycle.close())
    still, minor, extra = resolved(59 * DAY), resolved(30, severity=3), resolved(30, severity=3)
    extra.tell(100, acts.post_mortem.set_state("done", "Ana"))
    found = metrics(in_time, late, again, waived, open_late, let_go, still, minor, extra, Story()).post_mortems
    assert (found.owed, found.done, found.done_late, found.waived) == (7, 3, 1, 1)
    assert (found.open, found.open_late, found.let_go, found.extra) == (2, 1, 1, 1)


def test_action_items_open_late_and_done_in_time() -> None:
    story = resolved(30)
    for text, due in (("Alert", "2026-11-24"), ("Test", "2026-11-25"), ("Document", ""), ("Limit", "2026-12-24")):
        story.tell(40, acts.action_items.add(text, owner="Ana", due=due))
    story.tell(41, acts.action_items.change(story.incident.all(ActionItemAdded)[0], state="done"))
    found = metrics(story, now=5 * DAY).action_items
    assert (found.total, found.open, found.overdue, found.done, found.share_in_time) == (4, 3, 1, 1, 100)


def test_systems_and_causes_that_come_back_are_counted_however_they_are_spelt() -> None:
    stories = [resolved(30) for _ in range(5)]
    for story, system in zip(stories, ("checkout", " Checkout ", "login", "unknown"), strict=False):
        story.tell(40, acts.facts.fact(BOOK, "system", system))
    notice = MessageSent("resolution", 1, "all", "s", "b", fields={"root_cause": "Expired  certificate."})
    stories[0].tell(50, acts.messages.send(notice, "Resolution"))
    stories[1].tell(50, acts.post_mortem.write_section("root_cause", "expired certificate"))
    stories[2].tell(50, acts.messages.send(notice, "Resolution"))
    stories[2].tell(51, acts.post_mortem.write_section("root_cause", "No alert on the age of certificates"))
    found = metrics(*stories)
    assert (found.systems.rows, found.systems.unknown) == ((("checkout", 2), ("login", 1)), 2)
    assert found.systems.recurring == (("checkout", 2),)
    assert (found.causes.recurring, found.causes.unknown) == ((("Expired certificate.", 2),), 2)


def test_only_incidents_that_began_since_then_are_counted() -> None:
    found = [incident(resolved(30), f"inc{days}", days=days) for days in (0, 3, 10)]
    assert report(found, BOOK, moment(60 * DAY), UTC, since=moment(3 * DAY)).all.incidents == 2
    assert report(found, BOOK, moment(60 * DAY), UTC, since=moment(3 * DAY) + 1).all.incidents == 1


def test_months_are_of_the_local_zone_and_of_when_it_began() -> None:
    """03:17 UTC on 1 December is still November five hours west of there."""
    found = [incident(resolved(30), "late", days=8), incident(resolved(50), "mid")]
    groups = report(found, BOOK, moment(60 * DAY), UTC, by="month").groups
    assert [(group.name, group.metrics.incidents) for group in groups] == [("2026-11", 1), ("2026-12", 1)]
    assert time(groups[1].metrics, "resolve").summary.values == minutes(30)
    west = report(found, BOOK, moment(60 * DAY), timezone(timedelta(milliseconds=-5 * HOUR)), by="month").groups
    assert [(group.name, group.metrics.incidents) for group in west] == [("2026-11", 2)]


def test_the_severity_is_the_most_serious_one_and_the_most_frequent_system_comes_first() -> None:
    worse = Story(3)
    worse.severity(5, 1)
    worse.severity(20, 4)
    stories = [worse, Story(3), Story(3), Story(2), Story(2), Story(2)]
    for story, system in zip(stories, ("login", "Search", "search", "", "", ""), strict=True):
        story.tell(30, acts.facts.fact(BOOK, "system", system))
    found = [incident(story, f"inc{number}") for number, story in enumerate(stories)]
    groups = report(found, BOOK, moment(60), UTC, by="severity").groups
    assert [(group.name, group.metrics.incidents) for group in groups] == [("SEV1", 1), ("SEV2", 3), ("SEV3", 2)]
    groups = report(found, BOOK, moment(60), UTC, by="system").groups
    assert [(group.name, group.metrics.incidents) for group in groups] == [
        ("Search", 2), ("login", 1), ("not known", 3),
    ]  # fmt: skip


def test_without_any_incident_every_figure_is_empty() -> None:
    found = report([], BOOK, moment(0), UTC, by="month")
    assert (found.all.incidents, found.all.promises.made, found.groups) == (0, 0, ())


@pytest.mark.parametrize("kind", ["item", "snooze", "timer", "trigger", "recovery", "decision"])
def test_kinds_that_change_no_figure_are_not_read(kind: str) -> None:
    assert kind not in READ
