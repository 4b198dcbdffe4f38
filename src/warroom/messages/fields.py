"""The initial text of a message's fields: from facts, roles, clocks and the previous message."""

from __future__ import annotations

from collections.abc import Collection

import msgspec

from warroom.messages.answers import NOT_KNOWN
from warroom.messages.carried import MEANING, is_of_before
from warroom.messages.changes import severity_change
from warroom.messages.customer_data import DATA_LOSS, about_data, data_at_risk, finding_out
from warroom.messages.field import MOST_IN_FIELD, Field
from warroom.messages.grammar import clause
from warroom.messages.services import UNNAMED
from warroom.messages.sources import DOING, STATE, cadence, last_value, own_words, start_of, state_now
from warroom.messages.templates import Kind
from warroom.messages.titles import TITLE
from warroom.messages.values import STATED_FACTS, public_title
from warroom.messages.worst import HARM, at_the_end, says_no_harm, tells_the_end
from warroom.model import ids, times
from warroom.model.entries import Logged
from warroom.model.escalation import yes
from warroom.model.incident import Incident
from warroom.model.kinds.lifecycle import Closed, severity_chosen
from warroom.model.kinds.messages import MessageSent
from warroom.model.playbook import Playbook
from warroom.model.snapshot import Snapshot
from warroom.text.cleaning import clean
from warroom.text.sentences import same_words

NEXT_UPDATE = "next_update"
"""The field in which a message promises the time of the next update."""
_FINDING_OUT, _NO_LOSS = "We are finding out whether your data is affected", "No data was lost"
"""What a message to customers says of their data by what is noted, until somebody writes more."""

_FACT_IMPACT = "fact:impact"


def fact_of(kind: Kind, field: Field) -> str:
    """The id of the fact that a field states; "" if it states none, or words of its own.

    A field that may take its text from several facts states none of them. In a message to the public, none does: it is
    worded for them, and colleagues would read it as theirs.
    """
    facts = [source.removeprefix("fact:") for source in field.source if source.startswith("fact:")]
    return "" if kind.public or len(facts) != 1 else facts[0]


def prefill(kind: Kind, snapshot: Snapshot, *, author: str = "", state: str = "") -> dict[str, str]:
    """The initial text of each field: from the first of its sources that has any.

    If a message was sent after a fact was set, and the field also has a `last` source, the text of that message wins,
    so that an old fact does not undo what people have heard since. A field that was sent empty stays empty. A field
    that names `last` first keeps its words, such as those for customers, unless they were those of a fact that has
    changed since; `outdated` tells if a fact changed since and they are others. What customers can do and what it means
    for them is not taken over a fix or an end; `state` is that of the incident in the message, if somebody typed it.
    """
    start = {field.id: short_enough(clean(start_of(kind, field, snapshot, author))) for field in kind.fields}
    if kind.public and start.get(TITLE, "") == f"Problem with {UNNAMED}":
        start[TITLE] = public_title(snapshot)  # nobody wrote that, and what is affected may be known by now
    if _nobody_outside(snapshot):
        start |= {"inquiries": ""} if "inquiries" in start else {}
    if kind.public:
        state = state.strip().lower() or start.get(STATE, "") or state_now(kind, snapshot.incident)
        for field in kind.fields:
            if is_of_before(kind, field, start[field.id], snapshot.incident, state):
                start[field.id] = ""
        if MEANING in start and start[MEANING].strip() in ("", _FINDING_OUT, _NO_LOSS):
            start[MEANING] = _of_their_data(snapshot)
    start |= {id: short_enough(text) for id, text in at_the_end(kind, start, snapshot, state).items()}
    cancelled = snapshot.incident.cancelled
    if cancelled and "status" in start:
        start["status"] = short_enough(clean(_why_cancelled(cancelled.body, public=kind.public)))
    elif (ended := _told_the_end(kind, snapshot.incident)) and "status" in start:
        start["status"] = short_enough(clean(ended))
    elif kind.public and "status" in start and not start["status"].strip():
        start["status"] = short_enough(_approved(kind, snapshot))
    elif "status" in start and not kind.public and _of_before_it_came_back(snapshot.incident):
        start["status"] = "Investigating why it came back"
    elif not kind.public and same_words(start.get("status", ""), DOING["investigating"]):
        start["status"] = DOING.get(state_now(kind, snapshot.incident), start["status"])
    return start


def _approved(kind: Kind, snapshot: Snapshot) -> str:
    """The wording that was approved before the incident, to begin the first message to customers with."""
    begun = snapshot.incident.over() or snapshot.incident.sent([kind.id])
    return "" if begun else clean(snapshot.playbook.standing.customer_wording)


def _of_their_data(snapshot: Snapshot) -> str:
    """What is noted of the data of customers, in words for them: that it is being found out, or that none was lost."""
    incident = snapshot.incident
    if incident.over():
        return _NO_LOSS if yes(incident.fact(DATA_LOSS)) is False and not incident.cancelled else ""
    return _FINDING_OUT if data_at_risk(snapshot) and finding_out(snapshot, {}) else ""


def _nobody_outside(snapshot: Snapshot) -> bool:
    """Whether the severity was chosen because nobody is affected: no customer will ask."""
    chosen = severity_chosen(snapshot.incident)
    return chosen is not None and any(row.id == "none" and row.label == chosen[1] for row in snapshot.playbook.matrix)


def _why_cancelled(body: Closed, *, public: bool) -> str:
    """`This was a false alarm: the probe was broken`; to the public only that it was one, as the reason is internal."""
    if public:
        return "It was a false alarm" if body.outcome == _FALSE_ALARM else ""
    if body.because.casefold().startswith(body.outcome.casefold()):
        rest = body.because[len(body.outcome) :]
        bare = rest.lstrip(" .,:;–—-")
        because = f": {clause(bare)}" if bare and not rest.startswith(" ") else rest
        return f"This was a {body.outcome}{because}"
    return f"This was a {body.outcome}: {clause(body.because)}"


_FALSE_ALARM = "false alarm"


def _told_the_end(kind: Kind, incident: Incident) -> str:
    """The status to start from once it is resolved, when the last one that colleagues read is of before; else ""."""
    end, field = incident.resolution, kind.field("status")
    if end is None or field is None or kind.public:
        return ""
    found = [last_value(source, field.id, kind, incident) for source in field.source if source.startswith("last")]
    if any(told and told[0].order > end.order for told in found):
        return ""
    return "Resolved" if end.text == "Resolved" else f"Resolved. {end.text}"


def _of_before_it_came_back(incident: Incident) -> bool:
    """Whether colleagues have not heard a status since the incident was reopened."""
    again = incident.restarted
    if again is None or incident.over():
        return False
    told = incident.sent([ids.MESSAGE_INITIAL, ids.MESSAGE_UPDATE, ids.MESSAGE_ESCALATION])
    return not any(sent.order > again.order for sent in told)


def short_enough(text: str) -> str:
    """Cut a text to what a field takes, with an ellipsis."""
    return text if len(text) <= MOST_IN_FIELD else text[: MOST_IN_FIELD - 1] + "…"


def program_texts(kind: Kind, field: Field, snapshot: Snapshot) -> set[str]:
    """The texts that a field may start from and nobody wrote: those of its template, and what is computed."""
    sources = [source for source in field.source if source.partition(":")[0] not in _WRITTEN]
    alone = [msgspec.structs.replace(field, source=(source,)) for source in sources]
    found = {clean(start_of(kind, one, snapshot, "")).strip() for one in alone} | {field.quiet, *DOING.values()}
    return found - {snapshot.incident.title}


_WRITTEN = ("fact", "last", "role", "title", "author", "resolution", "trigger")
"""The sources with what people wrote."""


def quiet_update(kind: Kind, snapshot: Snapshot, *, author: str = "") -> dict[str, str]:
    """The fields of an update that says there is nothing new, which is better than silence.

    Every field is as it was last sent; a required field that was never sent has the template's `quiet` words, else it
    says NOT_KNOWN. Once it is told as over, what it was is for the sender to say.
    """
    values = prefill(kind, snapshot, author=author)
    status = values.get("status", "").strip()
    working = not snapshot.incident.over()  # afterwards, nobody is still investigating
    if working and "status" in values and (not status or status.lower().startswith("investigating")):
        words = next(field.quiet for field in kind.fields if field.id == "status")
        values["status"] = words or "Still investigating, nothing new"
    if "progress" in values:
        last = snapshot.incident.sent(["initial", "update"])
        since = f" since the last message at {times.clock_zone(last[-1].at, snapshot.tz)}" if last else ""
        values["progress"] = f"Nothing new to report{since}"
    told_as_over = tells_the_end(kind, snapshot, values.get(STATE, ""))
    for field in kind.fields:
        if is_required(field, snapshot) and not values[field.id].strip() and not (told_as_over and field.id in HARM):
            values[field.id] = field.quiet or NOT_KNOWN
    return values


def outdated(
    kind: Kind, values: dict[str, str], snapshot: Snapshot, playbook: Playbook, typed: Collection[str] = ()
) -> list[str]:
    """A remark on each field that still says what was sent before a fact it is about changed; `values` by field id.

    Those that the sender has typed anew, by the ids in `typed`, are new.
    """
    found, over = [], snapshot.incident.over()
    ended = snapshot.incident.resolution if over else None
    told_as_over = tells_the_end(kind, snapshot, values.get(STATE, ""))
    for field in kind.fields:
        if field.id in typed:
            continue
        names = [source.partition(":")[2] for source in field.source if source.startswith("fact:")]
        facts = {name: known for name in names if (known := snapshot.incident.facts.get(name, ()))}
        fact = max(facts, key=lambda name: facts[name][-1].when, default="")
        known = facts.get(fact, ())
        sent = last_value("last", field.id, kind, snapshot.incident)
        if (
            not known
            or sent is None
            or not (
                field.source[0].startswith("last")
                or (kind.public and not over and own_words(kind, field, snapshot.incident))
            )
        ):
            continue
        if field.id in HARM and (ended or (told_as_over and says_no_harm(field.id, known[-1].body.value))):
            left_out = ended is not None and not values.get(field.id, "").strip() and known[-1].order > ended.order
            if not left_out:
                continue  # what was left of it at last is not what the end tells
        unchanged = values.get(field.id, "").strip() == sent[1].strip()
        if unchanged and known[-1].when > sent[0].when and not same_words(known[-1].body.value, sent[1]):
            row, value = playbook.fact(fact), known[-1].body.value
            label, when = row.label if row else fact, times.clock_zone(sent[0].at, snapshot.tz)
            now = f"“{value}” is known" if value else "it is no longer known"
            as_before = f"what you sent at {when}" if sent[1].strip() else f"empty, as it was at {when}"
            found.append(f"{field.label} is {as_before}. Since then, {now} ({label}).")
    return found


def repeated_message(kind: Kind, values: dict[str, str], snapshot: Snapshot) -> Logged[MessageSent] | None:
    """The last message to the same readers, if this one says nothing that it did not say; the promised time may differ.

    `values` are the texts of this message's fields by id.
    """
    updates = snapshot.playbook.clocks.update.answered_by
    sent = snapshot.incident.sent(updates if kind.id in updates else [kind.id])
    if not sent:
        return None
    if kind.field("progress") and severity_change(snapshot):
        return None
    facts = (snapshot.incident.facts.get(name) for name in STATED_FACTS if name in kind.body)
    if any(known and known[-1].when > sent[-1].when for known in facts):
        return None
    before = sent[-1].body.fields
    told = (field.id for field in kind.fields if field.id != NEXT_UPDATE and "duration" not in field.source)
    return sent[-1] if all(values.get(id, "").strip() in ("", before.get(id, "").strip()) for id in told) else None


def is_required(field: Field, snapshot: Snapshot, impact: str = "") -> bool:
    """Whether the field must be filled in: a next update only if the severity requires regular updates.

    Once it is over, customers must hear what it means for them if their data may have been lost or seen by others: by
    what is at risk, or by the `impact`, which is the fact if it is "".
    Nobody has to say what the impact of a cancelled incident was.
    """
    if field.id == NEXT_UPDATE and not cadence(snapshot):
        return False
    if (
        field.id == MEANING
        and snapshot.incident.resolution
        and snapshot.incident.over()
        and about_data(snapshot, impact)
    ):
        return True
    return field.required and not (snapshot.incident.cancelled and _FACT_IMPACT in field.source)
