"""What is measured of each single incident, before figures are made of many: times, promises, cost, what is owed."""

from __future__ import annotations

from collections.abc import Iterable

import msgspec

from warroom.model import ids
from warroom.model.action_items import ActionItem, items_of
from warroom.model.cost import Cost, cost
from warroom.model.entries import Body
from warroom.model.figures import MEASURES, MOMENTS, Measure
from warroom.model.incident import Incident
from warroom.model.kinds.action_items import ActionItemAdded, ActionItemChanged
from warroom.model.kinds.corrections import Amended, Retracted
from warroom.model.kinds.escalation import EscalationStep
from warroom.model.kinds.facts import FactSet
from warroom.model.kinds.lifecycle import Closed, Declared, Reopened, Resolved, Retitled
from warroom.model.kinds.messages import MessageSent
from warroom.model.kinds.milestones import MilestoneSet
from warroom.model.kinds.post_mortem import DONE, WAIVED, PostMortemState, SectionWritten, heads
from warroom.model.kinds.roles import RoleAssigned
from warroom.model.kinds.severity import SeveritySet
from warroom.model.kinds.times import TimeCorrected
from warroom.model.milestones import milestones
from warroom.model.playbook import Playbook
from warroom.model.prefill import stated_root_cause
from warroom.model.promises import Promise, late_from, promises
from warroom.model.recovery import worst_severity
from warroom.model.times import MINUTE
from warroom.text.not_known import says_unknown

_BODIES: tuple[type[Body], ...] = (
    Declared, Retitled, SeveritySet, Resolved, Closed, Reopened, RoleAssigned, FactSet, MessageSent, EscalationStep,
    MilestoneSet, PostMortemState, SectionWritten, ActionItemAdded, ActionItemChanged, Amended, Retracted,
    TimeCorrected,
)  # fmt: skip
READ = tuple(kind.tag() for kind in _BODIES)
"""The kinds of entry that an incident is folded from for its numbers; ticks, clocks and advice change none of them."""

_MISSING = {
    "detected": "no time of detection",
    "acknowledged": "no time of acknowledgement",
    "stakeholders": "no message to stakeholders",
    "customers": "no message to customers",
    "mitigated": "no time of mitigation",
    "resolved": "not resolved",
}

Name = tuple[str, str]
"""A name as it is compared, in which capitals, spaces and a full stop at its end make no difference; and as written."""


_MEASURED = {moment for measure in MEASURES for moment in (measure.start, measure.end)}
"""The moments that times are measured between."""


class Case(msgspec.Struct, frozen=True):
    """What is measured of one incident, worked out once for every group it is in."""

    incident: Incident
    spans: tuple[int | str, ...]
    """For each of MEASURES the ms, or why it is left out."""
    promises: tuple[Promise, ...]
    cost: Cost | None
    items: tuple[ActionItem, ...]
    post_mortem: str
    system: Name
    cause: Name


def real(found: Iterable[Case]) -> tuple[Case, ...]:
    """The incidents among them, without drills."""
    return tuple(case for case in found if not case.incident.drill)


def cases(incidents: Iterable[Incident], playbook: Playbook, now: int) -> tuple[Case, ...]:
    """Measure each incident at `now` (ms UTC); the one that began first comes first."""
    return tuple(_case(incident, playbook, now) for incident in sorted(incidents, key=lambda one: one.began))


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
        as_name("" if says_unknown(system) else system),
        as_name(own or stated_root_cause(incident)),
    )


def _spans(incident: Incident, playbook: Playbook) -> tuple[int | str, ...]:
    """For each of MEASURES the ms it took in whole minutes, as these are what people give and see; or why not."""
    found: dict[str, tuple[int | None, str]] = {
        row.id: (row.at, row.problem) for row in milestones(incident, _MEASURED)
    }
    found["learned"] = (incident.learned, "")
    for id, kinds in (
        ("stakeholders", playbook.clocks.acknowledgement.answered_by),
        ("customers", playbook.clocks.customer.answered_by),
    ):
        found[id] = (min((sent.at for sent in incident.sent(kinds)), default=None), "")
    detected, problem = found["detected"]
    if incident.is_from_the_past and detected is not None and detected // MINUTE == incident.began // MINUTE:
        found["detected"] = (detected, problem or "when it began, as far as is known")  # a timeline begins with that
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
    due = incident.resolved_at + playbook.post_mortem.within_min * MINUTE
    if worst_severity(incident) not in playbook.post_mortem.owed or incident.came_too_early(due):
        return "extra" if state == DONE else ""
    limit = late_from(due)
    if state == DONE:
        first = next((n for n in range(len(states), 0, -1) if states[n - 1].body.state != DONE), 0)
        return "done_late" if states[first].at >= limit else "done"
    if state == WAIVED:
        return "waived"
    if not incident.follow_up_goes_on:
        return "let_go"
    return "open_late" if now >= limit else "open"


def as_name(text: str) -> Name:
    shown = " ".join(text.split())
    return shown.casefold().rstrip("."), shown
