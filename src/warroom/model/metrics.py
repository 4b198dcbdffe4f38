"""The numbers over many incidents: how long things took, which promises were kept, what is still owed.

A figure counts only the incidents it is known for, and names those left out with the reason; nothing is filled in.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from datetime import tzinfo
from typing import Literal

from warroom.model import ids, times
from warroom.model.action_items import tally
from warroom.model.cases import Case, Name, cases, real
from warroom.model.cost import in_words
from warroom.model.figures import (
    DRILL_MEASURES,
    MEASURES,
    Counts,
    Drills,
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
from warroom.model.playbook import Playbook
from warroom.model.promises import Promise
from warroom.model.recovery import worst_severity

By = Literal["month", "severity", "system"]
"""What incidents are grouped by: the month they began in, the most serious severity they had, the affected system."""


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
    return report_of(cases(incidents, playbook, now), now, tz, since=since, by=by)


def report_of(
    found: Sequence[Case], now: int, tz: tzinfo | None = None, *, since: int | None = None, by: By | None = None
) -> Report:
    """The figures of incidents that are measured already, in the order in which they began; see `report`.

    With `since`, also those of the period before, which is as long as from `since` to `now`, if any began in it.
    Drills are counted apart, and are in no other figure.
    """
    practised = [case for case in found if case.incident.drill and (since is None or case.incident.began >= since)]
    found = real(found)
    chosen = [case for case in found if since is None or case.incident.began >= since]
    groups: dict[str, list[Case]] = {}
    if by is not None:
        names = _spelt(case.system for case in chosen)
        key: dict[By, Callable[[Case], str]] = {
            "month": lambda case: times.day(case.incident.began, tz)[:7],
            "severity": lambda case: f"SEV{worst_severity(case.incident)}",
            "system": lambda case: names.get(case.system[0], NOT_KNOWN),
        }
        for case in chosen:
            groups.setdefault(key[by](case), []).append(case)
    order = list(groups) if by == "system" else sorted(groups)
    if by == "system":
        order.sort(key=lambda name: (name == NOT_KNOWN, -len(groups[name]), name.casefold()))
    earlier = before(found, now, since)
    return Report(
        summed(chosen, now, tz),
        tuple(Group(name, summed(groups[name], now, tz)) for name in order),
        summed(earlier, now, tz) if earlier else None,
        _drills(practised) if practised else None,
    )


def before(found: Sequence[Case], now: int, since: int | None) -> list[Case]:
    """The incidents of the period before `since` that is as long as from then to `now`; none without `since`."""
    if since is None:
        return []
    return [case for case in found if 2 * since - now <= case.incident.began < since]


NOT_KNOWN = "not known"
"""The name of the group of incidents whose system is not known."""


def summed(cases: Sequence[Case], now: int, tz: tzinfo | None) -> Metrics:
    """The figures of these incidents.

    Cancelled ones are counted apart, and left out of times, cost, systems and causes: a false alarm took no time, and a
    duplicate is counted where it belongs. What was promised, escalated or agreed on in them still counts.
    """
    took_place = [case for case in cases if not case.incident.cancelled]
    cancelled = Counter(case.incident.cancelled.body.cancelled for case in cases if case.incident.cancelled)
    costs, unknown = _costs(took_place)
    return Metrics(
        len(cases),
        sum(case.incident.state == "open" for case in cases),
        sum(case.incident.restarted is not None for case in took_place),
        tuple(sorted(cancelled.items())),
        tuple(_figure(number, measure, took_place) for number, measure in enumerate(MEASURES)),
        _promises(promise for case in cases for promise in case.promises),
        _escalations(cases),
        costs,
        unknown,
        _post_mortems(cases),
        tally((item for case in cases for item in case.items), times.day(now, tz), tz),
        _counts(case.system for case in took_place),
        _counts(case.cause for case in took_place),
    )


def _drills(practised: Sequence[Case]) -> Drills:
    held = [case for case in practised if not case.incident.cancelled]
    told = (row for row in enumerate(MEASURES) if row[1].id in DRILL_MEASURES)
    return Drills(
        len(practised),
        tuple(_figure(number, measure, held) for number, measure in told),
        _promises(promise for case in practised for promise in case.promises),
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
    late_by = [late for promise in found if (late := promise.late_by) is not None]
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


def _spelt(found: Iterable[Name]) -> dict[str, str]:
    """How each name was written first, by how it is compared; none for those that are not known."""
    names: dict[str, str] = {}
    for plain, shown in found:
        if plain:
            names.setdefault(plain, shown)
    return names


def _counts(found: Iterable[Name]) -> Counts:
    every = list(found)
    names = _spelt(every)
    counted = Counter(plain for plain, _ in every)
    unknown = counted.pop("", 0)
    rows = sorted(((names[plain], count) for plain, count in counted.items()), key=lambda row: (-row[1], row[0]))
    return Counts(tuple(rows), unknown)
