"""Every figure against one that is worked out in another way, from the plain facts of incidents made by chance."""

from __future__ import annotations

import random
from collections import Counter
from datetime import UTC, datetime
from fractions import Fraction
from typing import Any

import msgspec

from tests.unit.story import BOOK, Story, message, moment
from tests.unit.test_metrics import incident, left_out, minutes
from warroom.documents.figure_incidents import CAUSE, SYSTEM, behind
from warroom.model import acts
from warroom.model.cases import cases
from warroom.model.entries import Draft
from warroom.model.figures import Metrics
from warroom.model.incident import Incident
from warroom.model.kinds.action_items import ActionItemAdded
from warroom.model.kinds.milestones import MilestoneSet
from warroom.model.metrics import report_of
from warroom.model.times import MINUTE

NOW = 300 * 24 * 60
"""The minute at which the figures are worked out."""
DAY = 24 * 60


class Facts(msgspec.Struct):
    """What is known of an incident, told plainly: minutes after it began, None for what never was."""

    began: int
    severity: int
    at: dict[str, int] = {}
    """Minutes after it began: learned, detected, acknowledged, stakeholders, customers, mitigated, resolved."""
    promises: list[tuple[int, int | None]] = []
    """When each promised update was due, and when the next message came: minutes after it began."""
    escalations: int = 0
    revenue: int | None = None
    system: str = ""
    cause: str = ""
    post_mortem: int | None = None
    """How many minutes after the resolution it was done."""
    items: list[tuple[int, bool]] = []
    """The day each action item is due, counted from the first of all, and whether it was done at once."""
    cancelled: bool = False


def by_chance(pick: random.Random) -> Facts:
    """An incident with some of everything."""
    began = pick.choice([pick.randrange(0, NOW - DAY), pick.randrange(NOW - 4 * DAY, NOW - DAY)])
    facts = Facts(began, pick.randrange(1, 5), {"learned": pick.randrange(0, 20)})
    at, learned = facts.at, facts.at["learned"]
    if pick.random() < 0.7:
        at["detected"] = pick.randrange(0, 40)
    if pick.random() < 0.8:
        at["acknowledged"] = learned + pick.randrange(0, 30)
    if pick.random() < 0.6:
        at["mitigated"] = pick.randrange(0, 90)
    if pick.random() < 0.5:
        at["customers"] = learned + pick.randrange(1, 60)
    told = learned + pick.randrange(1, 20)
    if pick.random() < 0.8:
        at["stakeholders"] = told
        for _ in range(pick.randrange(0, 4)):
            due, answered = told + pick.randrange(5, 40), told + pick.randrange(5, 60)
            facts.promises.append((due, answered))
            told = answered
        if pick.random() < 0.3:
            facts.promises.append((told + pick.randrange(5, 40), None))
    facts.escalations = pick.choice([0, 0, 1, 2])
    facts.revenue = pick.choice([None, 6000, 12000])
    facts.system = pick.choice(["", "login", "Login", "checkout", "search"])
    facts.cancelled = pick.random() < 0.15
    if not facts.cancelled and pick.random() < 0.8:
        at["resolved"] = max([100, told, *at.values()]) + pick.randrange(1, 300)
        facts.cause = pick.choice(["", "A full disk", "a full disk.", "A slow partner"])
        done = pick.randrange(1, 4 * DAY)
        if pick.random() < 0.6 and began + at["resolved"] + done < NOW:
            facts.post_mortem = done
    facts.items = [(pick.randrange(0, 400), pick.random() < 0.4) for _ in range(pick.randrange(0, 3))]
    return facts


def told(facts: Facts, id: str) -> Incident:
    """The same as entries, folded."""
    story, at = Story(facts.severity, began=-facts.at["learned"]), facts.at
    learned = at["learned"]
    acted: list[tuple[int, Any]] = []
    for name in ("detected", "mitigated"):
        if name in at:
            reached = MilestoneSet(name, moment(at[name] - learned))
            acted.append((at[name] - learned, Draft(reached, name.capitalize(), reached.to)))
    if "acknowledged" in at:
        acted.append((at["acknowledged"] - learned, acts.roles.assign(BOOK, None, "on-call", "Marcus")))
    dues = [due for due, _ in facts.promises]
    sent = [at["stakeholders"], *(answer for _, answer in facts.promises if answer is not None)] if dues else []
    if not dues and "stakeholders" in at:
        sent = [at["stakeholders"]]
    for number, when in enumerate(sent):
        promise = dues[number] - learned if number < len(dues) else None
        acted.append((when - learned, message("initial" if number == 0 else "update", number + 1, promise)))
    if "customers" in at:
        acted.append((at["customers"] - learned, message("customer")))
    acted += [(at["learned"] + 1, message("escalation", number + 1)) for number in range(facts.escalations)]
    if facts.revenue is not None:
        acted.append((1, acts.facts.fact(BOOK, "revenue_per_hour", f"${facts.revenue}")))
    if facts.system:
        acted.append((1, acts.facts.fact(BOOK, "system", facts.system)))
    if facts.cancelled:
        acted.append((90, acts.lifecycle.cancel("a test alert")))
    if "resolved" in at:
        over = at["resolved"] - learned
        acted.append((over, acts.lifecycle.resolve("rolled back")))
        if facts.cause:
            acted.append((over + 1, acts.post_mortem.write_section("root_cause", facts.cause)))
        if facts.post_mortem is not None:
            acted.append((over + facts.post_mortem, acts.post_mortem.set_state("done", "Ana")))
    for minute, draft in sorted(acted, key=lambda one: one[0]):
        story.tell(minute, draft)
    for due, done in facts.items:
        story.tell(5, acts.action_items.add("Alert", owner="Ana", due=day(due * DAY)))
        if done:
            story.tell(5, acts.action_items.change(story.incident.all(ActionItemAdded)[-1], state="done"))
    return incident(story, id, days=(facts.began + learned) / DAY)


def day(minute: float) -> str:
    """The day of a minute, UTC."""
    return f"{datetime.fromtimestamp(moment(minute) / 1000, UTC):%Y-%m-%d}"


def test_every_figure_is_what_a_slow_calculation_finds() -> None:
    for seed in range(12):
        pick = random.Random(seed)
        facts = [by_chance(pick) for _ in range(pick.choice([3, 6, 25]))]
        found = cases([told(one, f"inc{number:03}") for number, one in enumerate(facts)], BOOK, moment(NOW))
        since = pick.choice([None, moment(100 * DAY), moment(200 * DAY)])
        report = report_of(found, moment(NOW), UTC, since=since, by="severity")
        _compare(report.all, _chosen(facts, since, moment(NOW)), f"seed {seed}")
        for group in report.groups:
            same = [one for one in _chosen(facts, since, moment(NOW)) if f"SEV{one.severity}" == group.name]
            _compare(group.metrics, same, f"seed {seed} {group.name}")
        if since is not None:
            earlier = _chosen(facts, 2 * since - moment(NOW), since - 1)
            assert (report.before is None) == (not earlier), seed
            if report.before:
                _compare(report.before, earlier, f"seed {seed} before")


def _chosen(facts: list[Facts], since: int | None, until: int) -> list[Facts]:
    return [one for one in facts if (since is None or moment(one.began) >= since) and moment(one.began) <= until]


def _compare(found: Metrics, facts: list[Facts], where: str) -> None:
    real = [one for one in facts if not one.cancelled]
    assert found.incidents == len(facts), where
    assert found.open == sum("resolved" not in one.at and not one.cancelled for one in facts), where
    for figure in found.times:
        values = sorted(took for one in real if (took := _took(one, figure.measure.id)) is not None)
        assert figure.summary.values == minutes(*values), (where, figure.measure.id)
        assert sum(left_out(figure).values()) == len(real) - len(values), (where, figure.measure.id)
        if len(values) < 5:
            assert (figure.summary.median, figure.summary.mean, figure.summary.p90) == (None, None, None)
            continue
        half = len(values) // 2
        median = Fraction(values[half]) if len(values) % 2 else Fraction(values[half - 1] + values[half], 2)
        assert figure.summary.median == median * MINUTE, (where, figure.measure.id)
        assert figure.summary.mean == round(Fraction(sum(values), len(values)) * MINUTE), (where, figure.measure.id)
        within = [value for value in values if sum(other <= value for other in values) * 10 >= 9 * len(values)]
        assert figure.summary.p90 == within[0] * MINUTE, (where, figure.measure.id)
    due = [promise for one in facts for promise in one.promises]
    late = sorted(answer - due for due, answer in due if answer is not None and answer > due)
    assert found.promises.made == len(due), where
    assert found.promises.late_by.values == minutes(*late), where
    assert found.promises.missed == sum(answer is None for _, answer in due), where
    assert found.promises.kept == len(due) - len(late) - found.promises.missed, where
    assert (found.promises.broken, found.promises.running) == (len(late) + found.promises.missed, 0), where
    assert found.escalations.messages == sum(one.escalations for one in facts), where
    known = [one for one in real if one.revenue is not None]
    assert found.cost_unknown == len(real) - len(known), where
    assert [round(money.amount) for money in found.costs] == ([round(sum(map(_cost, known)))] if known else []), where
    _owed(found, real, where)
    _agreed(found, facts, where)
    systems = Counter(one.system.lower() for one in real if one.system)
    assert {name.lower(): n for name, n in found.systems.rows} == dict(systems), where
    causes = Counter(one.cause.lower().rstrip(".") for one in real if one.cause)
    assert {name.lower().rstrip("."): n for name, n in found.causes.rows} == dict(causes), where


def _took(one: Facts, id: str) -> int | None:
    """How many minutes it took; None if that is not known or out of order."""
    at, learned = one.at, one.at["learned"]
    if id in ("stakeholders", "customers"):
        return None if id not in at else at[id] - learned
    end = {"detect": "detected", "acknowledge": "acknowledged", "mitigate": "mitigated", "resolve": "resolved"}[id]
    before = {"acknowledged": "detected", "mitigated": "detected", "resolved": "mitigated"}.get(end, "")
    return None if end not in at or at[end] < at.get(before, 0) else at[end]


def _cost(one: Facts) -> float:
    assert one.revenue is not None
    return one.revenue * (one.at["resolved"] if "resolved" in one.at else NOW - one.began) / 60


def _owed(found: Metrics, real: list[Facts], where: str) -> None:
    """Post-mortems, within 48 hours after a SEV1 or SEV2 was resolved; and action items."""
    owed = [one for one in real if "resolved" in one.at and one.severity <= 2]
    done = [one.post_mortem for one in owed if one.post_mortem is not None]
    late = [one for one in owed if one.post_mortem is None and one.began + one.at["resolved"] + 2 * DAY < NOW]
    assert (found.post_mortems.owed, found.post_mortems.done) == (len(owed), len(done)), where
    assert found.post_mortems.done_late == sum(minutes > 2 * DAY for minutes in done), where
    assert (found.post_mortems.open, found.post_mortems.open_late) == (len(owed) - len(done), len(late)), where


def _agreed(found: Metrics, facts: list[Facts], where: str) -> None:
    items = [item for one in facts for item in one.items]
    open_ones = [due for due, done in items if not done]
    late = sum(day(due * DAY) < day(NOW) for due in open_ones)
    tally = found.action_items
    assert (tally.total, tally.open, tally.overdue) == (len(items), len(open_ones), late), where


def test_the_incidents_behind_a_figure_are_those_that_it_counts() -> None:
    pick = random.Random(7)
    facts = [by_chance(pick) for _ in range(25)]
    found = cases([told(one, f"inc{number:03}") for number, one in enumerate(facts)], BOOK, moment(NOW))
    metrics = report_of(found, moment(NOW), UTC).all

    def rows(figure: str) -> list[str]:
        rows = behind(found, figure, moment(NOW), UTC)
        assert [one.left_out for one in rows] == sorted(one.left_out for one in rows), "those left out come last"
        return ["left out: " * one.left_out + one.words for one in rows]

    assert len(rows("incidents")) == 25
    for figure in metrics.times:
        words = rows(figure.measure.id)
        measured = [row for row in words if not row.startswith("left out: ")]
        assert len(measured) == figure.summary.n, figure.measure.id
        assert words[: len(measured)] == measured, "what is left out comes last"
        reasons = Counter(row.removeprefix("left out: ") for row in words[len(measured) :])
        assert dict(reasons) == left_out(figure), figure.measure.id
    assert sum("late" in row or "never came" in row for row in rows("promises")) == sum(
        any(answer is None or answer > due for due, answer in one.promises) for one in facts
    )
    assert "never came" in rows("promises")[0]
    assert len([row for row in rows("cost") if row.startswith("≈ $")]) == metrics.costs[0].n
    assert rows("cost")[-1] == "left out: revenue per hour not known"
    assert len(rows("escalations")) == metrics.escalations.incidents
    assert len(rows("postmortems")) == metrics.post_mortems.owed + metrics.post_mortems.extra
    assert len(rows("actions")) == sum(bool(one.items) for one in facts)
    for prefix, counts in ((SYSTEM, metrics.systems), (CAUSE, metrics.causes)):
        for name, n in counts.rows:
            assert len(rows(f"{prefix}{name.lower().rstrip('.')}")) == n, name
    assert rows("nothing such") == []
