"""Turning what is known of an incident into a message: the text to start from, the message, and the record of it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import UTC, tzinfo
from typing import TYPE_CHECKING

import msgspec

from warroom.messages import forms
from warroom.messages.blocks import TemplateFault, fill
from warroom.messages.forms import Block, Bullets, Label, Rendered
from warroom.messages.templates import Field, Kind
from warroom.model import acts, ids, times
from warroom.model.advice import next_number
from warroom.model.cost import cost_so_far
from warroom.model.entries import Body, Draft, Said
from warroom.model.escalation import escalation
from warroom.model.incident import Incident
from warroom.model.kinds.messages import MessageSent
from warroom.model.playbook import Playbook
from warroom.model.times import HOUR, MINUTE, TimeError
from warroom.text.cleaning import clean

if TYPE_CHECKING:
    from warroom.wording import Words

NEXT_UPDATE = "next_update"
STATE = "state"
FAR_AHEAD = 12 * HOUR
"""A clock time further ahead than this was meant for a moment that has passed."""
FARTHEST = 7 * 24 * HOUR
"""Nobody waits longer than this for an update: a promise beyond it is a slip of the keys."""


class Composed(msgspec.Struct, frozen=True):
    """A message as it would go out now, in the form asked for.

    `body` is `text` without its heading. `missing` are required fields nobody has filled in: the text shows each as
    `[Impact?]`. `promise` is the next update it names, ms UTC. `problem` says why it should not go out as it is.
    """

    kind: Kind
    form: str
    to: str
    subject: str
    text: str
    body: str
    missing: tuple[Field, ...]
    promise: int | None
    number: int
    problem: str
    rendered: Rendered

    @property
    def ready(self) -> bool:
        """Whether nothing is missing or wrong, so that it can be marked as sent."""
        return not self.missing and not self.problem


def prefill(
    kind: Kind, incident: Incident, playbook: Playbook, *, now: int, tz: tzinfo | None = None, author: str = ""
) -> dict[str, str]:
    """The text each field starts from: of its sources the first that has words.

    A fact gives way to an earlier message (a `last` source further down its list) that was written after it, so that
    an old fact never undoes what people were told since. What a message left empty on purpose stays empty.
    """
    return {
        field.id: clean(_start(kind, field, incident, playbook, now=now, tz=tz, author=author)) for field in kind.fields
    }


def compose(
    kind: Kind,
    values: Mapping[str, str],
    incident: Incident,
    playbook: Playbook,
    *,
    now: int,
    tz: tzinfo | None = None,
    author: str = "",
    form: str = "plain",
    to: str | None = None,
) -> Composed:
    """Make the message of what was filled in so far; nothing a person types makes it raise.

    `to` defaults to whom this kind of message last went to, else to its audience. Raises FormError for an unknown form.
    """
    typed = {field.id: clean(values.get(field.id, "")).strip("\n").rstrip() for field in kind.fields}
    missing = tuple(
        field for field in kind.fields if not typed[field.id].strip() and _is_required(field, incident, playbook)
    )
    promise, shown, problem = _next_update(kind, typed.get(NEXT_UPDATE, ""), now, tz)
    state = typed.get(STATE, "").strip().lower() or _state(kind, incident)
    problems = [problem] if problem else []
    if state not in forms.STATES:
        problems.append(f"There is no state {state!r}; it is one of {', '.join(forms.STATES)}.")
    if kind.id == ids.MESSAGE_RESOLUTION and not incident.over():
        problems.append("The incident is not resolved yet; resolve it before telling people that it is.")
    number = next_number(incident, kind.id)
    to = clean(to if to is not None else _last_recipients(kind, incident)).strip()
    context = _standard(incident, now=now, tz=tz, author=author) | typed
    context |= {"number": number, "resolved": incident.over(), "form": form, STATE: state}
    if NEXT_UPDATE in typed:
        context[NEXT_UPDATE] = shown
    context |= {field.id: gap(field) for field in missing}
    try:
        subject, blocks = fill(kind.subject, kind.body, context)
    except TemplateFault as fault:
        problems.append(f"The template {kind.file} failed: {fault}; these are its fields as they stand.")
        subject, blocks = f"[SEV{incident.severity}] {kind.label}: {clean(incident.title)}", _plainly(kind, context)
    rendered = Rendered(to, subject, blocks)
    return Composed(
        kind=kind,
        form=form,
        to=to,
        subject=subject,
        text=forms.render(form, rendered, state=state if state in forms.STATES else _state(kind, incident)),
        body=forms.body(form, rendered),
        missing=missing,
        promise=promise,
        number=number,
        problem=" ".join(problems),
        rendered=rendered,
    )


def as_sent(composed: Composed, values: Mapping[str, str], channel: str = "") -> MessageSent:
    """The record of a message that went out: word for word, with what was filled in, for the next one to start from."""
    return MessageSent(
        message=composed.kind.id,
        number=composed.number,
        to=composed.to,
        subject=composed.subject,
        body=composed.text,
        channel=channel or composed.form,
        promise=composed.promise,
        fields={field.id: clean(values.get(field.id, "")).strip() for field in composed.kind.fields},
    )


def sending(
    composed: Composed, values: Mapping[str, str], incident: Incident, playbook: Playbook, channel: str = ""
) -> list[Draft]:
    """What marking a message as sent logs: facts it states that nobody had set, so as not to ask again, then itself."""
    kind = composed.kind
    said = {field.id: values.get(field.id, "").strip() for field in kind.fields if f"fact:{field.id}" in field.source}
    facts = [
        acts.facts.fact(playbook, name, value)
        for name, value in said.items()
        if value and playbook.fact(name) and not incident.fact(name) and not kind.public
    ]
    return [*facts, acts.messages.send(as_sent(composed, values, channel), kind.label)]


def quiet_update(
    kind: Kind, incident: Incident, playbook: Playbook, *, now: int, tz: tzinfo | None = None, author: str = ""
) -> dict[str, str]:
    """What to send when there is nothing new, so that silence never has that as its reason.

    Everything as it was said last; what was never said is said not to be known yet.
    """
    values = prefill(kind, incident, playbook, now=now, tz=tz, author=author)
    status = values.get("status", "").strip()
    if "status" in values and (not status or status.lower().startswith("investigating")):
        values["status"] = "Still investigating, nothing new"
    if "progress" in values:
        last = incident.sent([ids.MESSAGE_INITIAL, ids.MESSAGE_UPDATE])
        since = f" since the last message at {times.clock_zone(last[-1].at, tz)}" if last else ""
        values["progress"] = f"Nothing new to report{since}"
    for field in kind.fields:
        if _is_required(field, incident, playbook) and not values[field.id].strip():
            values[field.id] = "Not known yet"
    return values


def gap(field: Field) -> str:
    """What a message shows where a required field is empty."""
    return f"[{field.label}?]"


def words_to_check(composed: Composed, values: Mapping[str, str], incident: Incident, playbook: Playbook) -> Words:
    """What the wording checks look at; offsets they find in the body are those of `Composed.body`."""
    from warroom.wording import Words

    promises: bool | None = None
    if composed.kind.promises and playbook.severity(incident.severity).update_every_min:
        promises = composed.promise is not None
    people = {name: None for role in incident.roles for name in incident.holders(role)}
    return Words(
        kind=composed.kind.id,
        subject=composed.subject,
        body=composed.body,
        to=composed.to,
        partial=incident.severity > 1,
        promises_next=promises,
        people=tuple(people),
        needs=values.get("what_i_need", ""),
    )


def _is_required(field: Field, incident: Incident, playbook: Playbook) -> bool:
    """A next update is owed only where the severity has a cadence."""
    if field.id == NEXT_UPDATE and not playbook.severity(incident.severity).update_every_min:
        return False
    return field.required


def _start(
    kind: Kind, field: Field, incident: Incident, playbook: Playbook, *, now: int, tz: tzinfo | None, author: str
) -> str:
    for place, source in enumerate(field.source):
        prefix, _, name = source.partition(":")
        if prefix in ("fact", "last"):
            rivals = [source] if prefix == "last" else field.source[place:]
            said = [found for rival in rivals if (found := _said(rival, field.id, kind, incident))]
            if not said:
                continue
            return max(said, key=lambda pair: pair[0].order)[1]
        if prefix == "role":
            text = ", ".join(incident.holders(name))
        elif prefix == "text":
            text = name
        elif prefix == "owed":
            text = name if min(level for _, level in incident.severities) <= 2 else ""
        else:
            text = _computed(source, kind, incident, playbook, now=now, tz=tz, author=author)
        if text.strip():
            return text
    return ""


def _said(source: str, field: str, kind: Kind, incident: Incident) -> tuple[Said[Body], str] | None:
    """What a fact, or the last message of some kinds, says for a field ("" too), with the entry that says it."""
    prefix, _, name = source.partition(":")
    if prefix == "fact" and (value := incident.fact(name)):
        return incident.facts[name][-1], value
    if prefix == "last":
        for said in reversed(incident.sent(name.split(",") if name else [kind.id])):
            if field in said.body.fields:
                return said, said.body.fields[field]
    return None


def _computed(
    source: str, kind: Kind, incident: Incident, playbook: Playbook, *, now: int, tz: tzinfo | None, author: str
) -> str:
    every = playbook.severity(incident.severity).update_every_min
    match source:
        case "author":
            return author
        case "severity":
            return f"SEV{incident.severity}"
        case "title":
            return incident.title
        case "duration":
            return times.span(incident.elapsed(now))
        case "cadence":
            return f"every {every} min" if every else ""
        case "next_update":
            return times.clock(_whole_minute(now + every * MINUTE), tz) if every else ""
        case "trigger":
            progress = escalation(incident, playbook, now, tz)
            return ", ".join(one.text for one in progress.holding if one == progress.pending or not progress.sent)
        case "state":
            return _state(kind, incident)
        case "resolution" if incident.resolution and incident.resolution.text != "Resolved":
            return incident.resolution.text
        case _:
            return ""


def _state(kind: Kind, incident: Incident) -> str:
    """The status page's word for how far it is; never further than what was done or said."""
    if incident.over():
        return "resolved"
    if incident.stage in (ids.STAGE_RESOLUTION, ids.STAGE_RECOVERY):
        return "monitoring"
    found = _said("last", STATE, kind, incident)
    said = found[1].strip().lower() if found else ""
    return said if said in forms.STATES and said != "resolved" else "investigating"


def _last_recipients(kind: Kind, incident: Incident) -> str:
    before = incident.sent([kind.id])
    return (before[-1].body.to if before else "") or kind.audience


def _zone(kind: Kind, tz: tzinfo | None) -> tzinfo | None:
    """The zone readers are told: colleagues the local one; customers, who are everywhere, UTC."""
    return UTC if kind.public else tz


def _whole_minute(ms: int) -> int:
    return -(-ms // MINUTE) * MINUTE


_LONGEST = 40  # characters of anything that can be read as a time
_CLOCK_WITH_ZONE = re.compile(r"(?P<clock>\d{1,2}:\d{2})\s*(?P<zone>[A-Za-z][A-Za-z0-9+:-]*)")
_ONLY_CLOCK = re.compile(r"\d{1,2}:\d{2}\s*(?:Z|UTC|GMT|[A-Za-z][\w+:-]*|[+-]\d{2}:?\d{2})?", re.IGNORECASE)


def _next_update(kind: Kind, text: str, now: int, tz: tzinfo | None) -> tuple[int | None, str, str]:
    """The promise (ms UTC, a whole minute), how the message words it, and what is wrong with what was typed."""
    text = text.strip()
    if not text or not kind.promises:
        return None, text, ""
    if len(text) > _LONGEST:
        return None, text, f"Next update: that is not a time; try {times.FUTURE_EXAMPLES}."
    try:
        promise = _whole_minute(_moment(text, now, tz))
        dated = f"{times.day(promise, tz)}T{times.clock(promise, tz)}"
        shown = times.clock_zone(promise, _zone(kind, tz))
        day = times.day(promise, _zone(kind, tz))
    except TimeError as error:
        return None, text, f"Next update: {error}."
    except (ArithmeticError, OSError, ValueError):  # beyond the calendar
        promise = now + FARTHEST + 1
    if promise - now > FARTHEST:
        return None, text, f"Next update: {text} is more than a week away; try {times.FUTURE_EXAMPLES}."
    if promise - now > FAR_AHEAD and _ONLY_CLOCK.fullmatch(text):
        return (
            None,
            text,
            f"Next update: {text} has passed; give a time to come, or {dated} if that is what you mean.",
        )
    return promise, f"{day} {shown}" if promise - now > FAR_AHEAD else shown, ""


def _moment(text: str, now: int, tz: tzinfo | None) -> int:
    """A moment to come as typed; a zone's own name, as messages show it, is read where it is the zone in use."""
    try:
        return times.parse_future(text, now, tz)
    except TimeError:
        named = _CLOCK_WITH_ZONE.fullmatch(text)
        if named is None:
            raise
        moment = times.parse_future(named["clock"], now, tz)
        if named["zone"].upper() != times.zone_name(moment, tz).upper():
            raise
        return moment


def _standard(incident: Incident, *, now: int, tz: tzinfo | None, author: str) -> dict[str, object]:
    """The values every template may use, whether it has fields of those names or not."""
    end = incident.resolved_at if incident.resolved_at is not None else now
    return {
        "severity": f"SEV{incident.severity}",
        "title": clean(incident.title),
        "ref": incident.id,
        "began": _dated(incident.began, now, tz),
        "ended": _dated(end, now, tz),
        "duration": times.span(incident.elapsed(now)),
        "window": _window(incident, now),
        "zone": times.zone_name(now, tz),
        "cost": clean(cost_so_far(incident, now)),
        "name": clean(author),
        "now": times.clock_zone(now, tz),
    }


def _dated(at: int, now: int, tz: tzinfo | None) -> str:
    """A moment with its zone, and with its date where that is not today's."""
    day = times.day(at, tz)
    return times.clock_zone(at, tz) if day == times.day(now, tz) else f"{day} {times.clock_zone(at, tz)}"


def _window(incident: Incident, now: int) -> str:
    """From when to when customers may have noticed, in UTC: `02:17 and 04:32 UTC`, or up to now while it lasts."""
    end = incident.resolved_at if incident.resolved_at is not None else now
    first, last = times.clock(incident.began, UTC), times.clock(end, UTC)
    if times.day(incident.began, UTC) != times.day(end, UTC):
        first, last = f"{times.day(incident.began, UTC)} {first}", f"{times.day(end, UTC)} {last}"
    return f"{first} and {last} UTC" if incident.resolved_at is not None else f"{first} UTC and now ({last} UTC)"


def _plainly(kind: Kind, context: Mapping[str, object]) -> tuple[Block, ...]:
    """A message's fields one below the other, for when its template fails: what was typed is never lost."""
    return tuple(
        Bullets(field.label, tuple(str(context[field.id]).split("\n")))
        if field.bullets
        else Label(field.label, str(context[field.id]))
        for field in kind.fields
    )
