"""The sections of a post-mortem as the log fills them in: known facts only, and nothing where nothing is known."""

from __future__ import annotations

from collections.abc import Callable
from datetime import tzinfo

import msgspec

from warroom.model import ids, times
from warroom.model.clocks import applies_since
from warroom.model.cost import Cost
from warroom.model.incident import Incident
from warroom.model.kinds.decisions import Decision
from warroom.model.kinds.lifecycle import Reopened, Resolved
from warroom.model.milestones import milestones
from warroom.model.playbook import Playbook
from warroom.model.promises import Promise, late_from
from warroom.text.sentences import within

_IMPACT_FACTS = (
    "impact", "affected", "segment", "customers", "system", "tickets", "data_loss", "breach", "workaround", "event",
)  # fmt: skip


class Known(msgspec.Struct, frozen=True):
    """What the sections are filled in from: the incident, and what is computed from it; times for readers in `tz`."""

    incident: Incident
    playbook: Playbook
    now: int
    tz: tzinfo | None
    cost: Cost | None
    decisions: tuple[Decision, ...]
    promises: tuple[Promise, ...]


def prefilled(section: str, known: Known) -> str:
    """The text of a section from what is known; "" if nothing is, or if the section needs judgement."""
    fill = _SECTIONS.get(section)
    return "\n".join(fill(known)) if fill else ""


def moment(ms: int, known: Known, since: int | None = None) -> str:
    """`03:17 CET`, with the day in front if the incident (or `since`) is on another one."""
    return times.clock_zone_day(ms, known.incident.began if since is None else since, known.tz)


def _sentence(text: str) -> str:
    text = text.strip()
    text = text[:1].upper() + text[1:]
    return text if not text or text[-1] in ".!?…" else f"{text}."


def _duration(known: Known) -> str:
    """`58 min, from 2026-11-23 03:17 CET to 04:15 CET`, or since when it has lasted."""
    incident = known.incident
    length = times.span(incident.length(known.now))
    began = f"{times.day(incident.began, known.tz)} {times.clock_zone(incident.began, known.tz)}"
    if incident.resolved_at is None:
        return f"{length} so far, since {began}"
    return f"{length}, from {began} to {moment(incident.resolved_at, known)}"


def _summary(known: Known) -> list[str]:
    incident = known.incident
    row = known.playbook.severity(incident.severity)
    impact = " ".join(incident.fact("impact").split())
    lines = [_sentence(f"{row.tag} {row.name}: {incident.title}")]
    lines += [_sentence(impact)] if impact else []
    lines.append(_sentence(f"It lasted {_duration(known)}"))
    lines += _rounds(known)
    return [" ".join(lines)]


def _rounds(known: Known) -> list[str]:
    """How it was resolved; of an incident that came back, each time, and what was broken again."""
    incident = known.incident
    ends = sorted((*incident.all(Resolved), *incident.all(Reopened)), key=lambda logged: logged.order)
    returned = any(isinstance(logged.body, Reopened) and not logged.body.undoes for logged in ends)
    lines = []
    for number, logged in enumerate(ends):
        undone = number + 1 < len(ends) and isinstance(again := ends[number + 1].body, Reopened) and again.undoes
        if isinstance(logged.body, Reopened):
            why = f": {logged.body.because}" if logged.body.because else ""
            lines += [] if logged.body.undoes else [_sentence(f"It came back at {moment(logged.at, known)}{why}")]
        elif not undone and (logged.text != "Resolved" or returned):
            how = f": {logged.text}" if logged.text != "Resolved" else ""
            lines.append(_sentence(f"Resolved at {moment(logged.at, known)}{how}" if returned else logged.text))
    return lines


def _impact(known: Known) -> list[str]:
    incident = known.incident
    lines = []
    for id in _IMPACT_FACTS:
        row = known.playbook.fact(id)
        value = " ".join(incident.fact(id).split())
        if row is not None and value:
            lines.append(f"- {row.label}: {value}")
    lines.append(f"- Duration: {_duration(known)}")
    if known.cost is not None:
        lines.append(f"- Cost: {known.cost.text} ({known.cost.basis})")
    return lines


def _detection(known: Known) -> list[str]:
    incident = known.incident
    lines = []
    if incident.detected_by:
        lines.append(f"- Detected by: {incident.detected_by}")
    for milestone in milestones(incident):
        if milestone.id in ("began", "detected", "acknowledged", "declared") and milestone.at is not None:
            after = times.between(incident.began, milestone.at)
            later = f", {times.span(after)} after it began" if after >= times.MINUTE else ""
            lines.append(f"- {milestone.name}: {moment(milestone.at, known)}{later} ({milestone.source})")
    after = times.between(incident.began, incident.learned)
    if after >= times.MINUTE:
        lines.append(f"- Learned of it: {moment(incident.learned, known)}, {times.span(after)} after it began")
    return lines


def stated_root_cause(incident: Incident) -> str:
    """What the resolution notice said; nothing else in the log is meant as the root cause. "" if it is not known."""
    said = (
        sent.body.fields.get("root_cause", "").strip() for sent in reversed(incident.sent([ids.MESSAGE_RESOLUTION]))
    )
    return next(filter(None, said), "")


def _root_cause(known: Known) -> list[str]:
    return [text] if (text := stated_root_cause(known.incident)) else []


def _decisions(known: Known) -> list[str]:
    lines = []
    for decision in known.decisions:
        text = f"- {moment(decision.logged.at, known)} {' '.join(decision.logged.text.split())}"
        text += f" – because {within(decision.because)}" if decision.because else ""
        text += f", by {decision.by}" if decision.by else ""
        text += f"; options considered: {' '.join(decision.options.split())}" if decision.options else ""
        if decision.outcome:
            why = f": {' '.join(decision.outcome_because.split())}" if decision.outcome_because else ""
            text += f"; later {decision.outcome}{why}"
        lines.append(text)
    return lines or ["None was logged."]


def _communication(known: Known) -> list[str]:
    promises = {promise.key: promise for promise in known.promises}
    lines = []
    for sent in known.incident.messages:
        line = f"- {moment(sent.at, known)} {' '.join(sent.text.split())}"
        promise = promises.get(sent.key)
        if promise is not None:
            line += f"; next update promised for {moment(promise.due, known)}: {_kept(promise, known)}"
        lines.append(line)
    lines = [*(lines or ["- No message was sent"]), *_first_messages(known)]
    if states := [promise.state for promise in known.promises]:
        counts = {"kept": "kept", "late": "late", "missed": "missed", "running": "still to come"}
        told = ", ".join(f"{states.count(state)} {name}" for state, name in counts.items() if state in states)
        lines.append(f"- Promised updates: {len(states)}, of which {told}")
    return lines


def _first_messages(known: Known) -> list[str]:
    """Whether the acknowledgement and the customer message that the severity asks for came in time."""
    incident, playbook = known.incident, known.playbook
    lines = []
    for limit, rule in (
        ("acknowledge_within_min", playbook.clocks.acknowledgement),
        ("customer_within_min", playbook.clocks.customer),
    ):
        since = applies_since(incident, playbook, limit)
        if since is None:
            continue
        due = since + getattr(playbook.severity(incident.severity), limit) * times.MINUTE
        if incident.came_too_early(due):
            continue
        sent = next((logged.at for logged in incident.sent(rule.answered_by)), None)
        if sent is None:
            how = "not sent"
        elif sent < late_from(due):
            how = f"sent {moment(sent, known)}, in time"
        else:
            how = f"sent {moment(sent, known)}, {times.span(sent - due)} late"
        lines.append(f"- {rule.label}: due by {moment(due, known)}; {how}")
    return lines


def _kept(promise: Promise, known: Known) -> str:
    match promise.state:
        case "kept":
            return "kept"
        case "late" if promise.answered is not None:
            return f"late by {times.span(promise.answered - promise.due)}"
        case "running":
            return "still to come"
        case _:
            return "missed"


def _questions(known: Known) -> list[str]:
    return [f"- {line.strip()}" for line in known.incident.fact("unknown").split("\n") if line.strip()]


_SECTIONS: dict[str, Callable[[Known], list[str]]] = {
    "summary": _summary,
    "impact": _impact,
    "detection": _detection,
    "root_cause": _root_cause,
    "decisions": _decisions,
    "communication": _communication,
    "questions": _questions,
}
