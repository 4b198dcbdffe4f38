"""The numbers over many incidents: how long things took, which promises were kept, what is still owed.

A figure counts only the incidents it is known for, and names those left out with the reason; nothing is filled in.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from datetime import tzinfo
from typing import Literal

import msgspec

from warroom.model import ids, times
from warroom.model.action_items import ActionItem, items_of, tally
from warroom.model.clocks import Promise, late_from, promises
from warroom.model.cost import Cost, cost, in_words
from warroom.model.entries import Body
from warroom.model.figures import (
    MEASURES,
    MOMENTS,
    Counts,
    Escalations,
    Figure,
    Group,
    LeftOut,
    Measure,
    Metrics,
    Money,
    PostMortems,
    Promises,
    Report,
    Summary,
)
from warroom.model.incident import Incident
from warroom.model.kinds.action_items import ActionItemAdded, ActionItemChanged
from warroom.model.kinds.corrections import Amended, Retracted
from warroom.model.kinds.escalation import EscalationStep
from warroom.model.kinds.facts import FactSet, says_unknown
from warroom.model.kinds.lifecycle import Closed, Declared, Reopened, Resolved, Retitled, SeveritySet
from warroom.model.kinds.messages import MessageSent
from warroom.model.kinds.milestones import MilestoneSet
from warroom.model.kinds.post_mortem import DONE, WAIVED, PostMortemState, SectionWritten, heads
from warroom.model.kinds.roles import RoleAssigned
from warroom.model.kinds.times import TimeCorrected
from warroom.model.milestones import milestones
from warroom.model.playbook import Playbook
from warroom.model.prefill import stated_root_cause
from warroom.model.recovery import worst_severity
from warroom.model.times import MINUTE

_BODIES: tuple[type[Body], ...] = (
    Declared, Retitled, SeveritySet, Resolved, Closed, Reopened, RoleAssigned, FactSet, MessageSent, EscalationStep,
    MilestoneSet, PostMortemState, SectionWritten, ActionItemAdded, ActionItemChanged, Amended, Retracted,
    TimeCorrected,
)  # fmt: skip
READ = tuple(kind.tag() for kind in _BODIES)
"""The kinds of entry that an incident is folded from for its numbers; ticks, clocks and advice change none of them."""

By = Literal["month", "severity", "system"]
"""What incidents are grouped by: the month they began in, the most serious severity they had, the affected system."""


_MISSING = {
    "detected": "no time of detection",
    "acknowledged": "no time of acknowledgement",
    "stakeholders": "no message to stakeholders",
    "customers": "no message to customers",
    "mitigated": "no time of mitigation",
    "resolved": "not resolved",
}


_Name = tuple[str, str]
"""A name as it is compared, in which capitals, spaces and a full stop at its end make no difference; and as written."""


class Case(msgspec.Struct, frozen=True):
    """What is measured of one incident, worked out once for every group it is in."""

    incident: Incident
    spans: tuple[int | str, ...]
    """For each of MEASURES the ms, or why it is left out."""
    promises: tuple[Promise, ...]
    cost: Cost | None
    items: tuple[ActionItem, ...]
    post_mortem: str
    system: _Name
    cause: _Name


def report(
    incidents: Iterable[Incident],
    playbook: Playbook,
    now: int,
    tz: tzinfo | None = None,
    *,
    since: int | None = None,
    by: By | None = None,
) -> Report:
    """Work out the figures at `now` of the incidents that began at `since` or later (both ms UTC).

    Months, and the days of action items, are those of the zone `tz`.
    """
    chosen = sorted((one for one in incidents if since is None or one.began >= since), key=lambda one: one.began)
    cases = [_case(incident, playbook, now) for incident in chosen]
    groups: dict[str, list[Case]] = {}
    if by is not None:
        names = _spelt(case.system for case in cases)
        key: dict[By, Callable[[Case], str]] = {
            "month": lambda case: times.day(case.incident.began, tz)[:7],
            "severity": lambda case: f"SEV{worst_severity(case.incident)}",
            "system": lambda case: names.get(case.system[0], NOT_KNOWN),
        }
        for case in cases:
            groups.setdefault(key[by](case), []).append(case)
    order = list(groups) if by == "system" else sorted(groups)
    if by == "system":
        order.sort(key=lambda name: (name == NOT_KNOWN, -len(groups[name]), name.casefold()))
    return Report(summed(cases, now, tz), tuple(Group(name, summed(groups[name], now, tz)) for name in order))


NOT_KNOWN = "not known"
"""The name of the group of incidents whose system is not known."""


def _case(incident: Incident, playbook: Playbook, now: int) -> Case:
    written = heads(incident).get("root_cause")
    own = written[-1].text if written and not written[-1].body.live else ""
    system = incident.fact(ids.FACT_SYSTEM)
    return Case(
        incident,
        _spans(incident, playbook),
        promises(incident, playbook, now),
        cost(incident, now),
        items_of(incident),
        _post_mortem(incident, playbook, now),
        _name("" if says_unknown(system) else system),
        _name(own or stated_root_cause(incident)),
    )


def _spans(incident: Incident, playbook: Playbook) -> tuple[int | str, ...]:
    """For each of MEASURES the ms it took in whole minutes, as these are what people give and see; or why not."""
    found: dict[str, tuple[int | None, str]] = {row.id: (row.at, row.problem) for row in milestones(incident)}
    found["learned"] = (incident.learned, "")
    for id, kinds in (
        ("stakeholders", playbook.clocks.acknowledgement.answered_by),
        ("customers", playbook.clocks.customer.answered_by),
    ):
        found[id] = (min((sent.at for sent in incident.sent(kinds)), default=None), "")
    return tuple(_span(measure, found) for measure in MEASURES)


def _span(measure: Measure, found: dict[str, tuple[int | None, str]]) -> int | str:
    (start, _), (end, problem) = found[measure.start], found[measure.end]
    if start is None or end is None:
        return _MISSING[measure.end if end is None else measure.start]
    if problem:
        return f"{MOMENTS[measure.end]} {problem}"
    took = end // MINUTE - start // MINUTE
    if took < 0:
        return f"{MOMENTS[measure.end]} before {MOMENTS[measure.start]}"
    return took * MINUTE


def _post_mortem(incident: Incident, playbook: Playbook, now: int) -> str:
    """How the post-mortem stands: one of the fields of PostMortems; "" if none is owed, and none was written."""
    since = incident.restarted.order if incident.restarted else (0, "", 0)
    states = [logged for logged in incident.all(PostMortemState) if logged.order > since]
    state = states[-1].body.state if states else ""
    if incident.resolved_at is None:
        return ""
    if worst_severity(incident) not in playbook.post_mortem.owed:
        return "extra" if state == DONE else ""
    limit = late_from(incident.resolved_at + playbook.post_mortem.within_min * MINUTE)
    if state == DONE:
        first = next((n for n in range(len(states), 0, -1) if states[n - 1].body.state != DONE), 0)
        return "done_late" if states[first].at >= limit else "done"
    if state == WAIVED:
        return "waived"
    if not incident.follow_up_goes_on:
        return "let_go"
    return "open_late" if now >= limit else "open"


def summed(cases: Sequence[Case], now: int, tz: tzinfo | None) -> Metrics:
    """The figures of these incidents.

    Cancelled ones are counted apart, and left out of times, cost, systems and causes: a false alarm took no time, and a
    duplicate is counted where it belongs. What was promised, escalated or agreed on in them still counts.
    """
    real = [case for case in cases if not case.incident.cancelled]
    cancelled = Counter(case.incident.cancelled.body.cancelled for case in cases if case.incident.cancelled)
    costs, unknown = _costs(real)
    return Metrics(
        len(cases),
        sum(case.incident.state == "open" for case in cases),
        sum(case.incident.restarted is not None for case in real),
        tuple(sorted(cancelled.items())),
        tuple(_figure(number, measure, real) for number, measure in enumerate(MEASURES)),
        _promises(promise for case in cases for promise in case.promises),
        _escalations(cases),
        costs,
        unknown,
        _post_mortems(cases),
        tally((item for case in cases for item in case.items), times.day(now, tz), tz),
        _counts(case.system for case in real),
        _counts(case.cause for case in real),
    )


def _figure(number: int, measure: Measure, cases: Iterable[Case]) -> Figure:
    values: list[int] = []
    reasons: dict[str, list[str]] = {}
    for case in cases:
        took = case.spans[number]
        if isinstance(took, str):
            reasons.setdefault(took, []).append(case.incident.id)
        else:
            values.append(took)
    left_out = tuple(LeftOut(because, tuple(found)) for because, found in reasons.items())
    return Figure(measure, Summary(tuple(sorted(values))), left_out)


def _promises(made: Iterable[Promise]) -> Promises:
    found = list(made)
    late_by = [
        (promise.answered // MINUTE - promise.due // MINUTE) * MINUTE
        for promise in found
        if promise.state == "late" and promise.answered is not None
    ]
    by_state = Counter(promise.state for promise in found)
    summary = Summary(tuple(sorted(late_by)))
    return Promises(len(found), by_state["running"], by_state["kept"], by_state["missed"], summary)


def _escalations(cases: Iterable[Case]) -> Escalations:
    incidents = [case.incident for case in cases]
    sent = [len(incident.sent([ids.MESSAGE_ESCALATION])) for incident in incidents]
    steps = [logged.body for incident in incidents for logged in incident.escalations]
    by_step = Counter(step.step for step in steps)
    objected = sum(step.step == "told" and not step.agrees for step in steps)
    return Escalations(
        sum(sent), sum(map(bool, sent)), by_step["told"], objected, by_step["skipped"], by_step["declined"]
    )


def _costs(cases: Iterable[Case]) -> tuple[tuple[Money, ...], int]:
    """The cost in each currency, the most frequent first, and of how many incidents it is not known."""
    found: dict[tuple[str, str], list[tuple[float, bool]]] = {}
    unknown = 0
    for case in cases:
        if case.cost is None:
            unknown += 1
        else:
            found.setdefault(case.cost.currency, []).append((case.cost.amount, case.incident.state == "open"))
    sums = []
    for currency, parts in found.items():
        amount = sum(part for part, _ in parts)
        sums.append(Money(amount, in_words(amount, currency), len(parts), sum(running for _, running in parts)))
    return tuple(sorted(sums, key=lambda money: -money.n)), unknown


def _post_mortems(cases: Iterable[Case]) -> PostMortems:
    found = Counter(case.post_mortem for case in cases)
    done, still = found["done"] + found["done_late"], found["open"] + found["open_late"]
    owed = done + still + found["waived"] + found["let_go"]
    return PostMortems(
        owed, done, found["done_late"], found["waived"], still, found["open_late"], found["let_go"], found["extra"]
    )


def _name(text: str) -> _Name:
    shown = " ".join(text.split())
    return shown.casefold().rstrip("."), shown


def _spelt(found: Iterable[_Name]) -> dict[str, str]:
    """How each name was written first, by how it is compared; none for those that are not known."""
    names: dict[str, str] = {}
    for plain, shown in found:
        if plain:
            names.setdefault(plain, shown)
    return names


def _counts(found: Iterable[_Name]) -> Counts:
    every = list(found)
    names = _spelt(every)
    counted = Counter(plain for plain, _ in every)
    unknown = counted.pop("", 0)
    rows = sorted(((names[plain], count) for plain, count in counted.items()), key=lambda row: (-row[1], row[0]))
    return Counts(tuple(rows), unknown)
