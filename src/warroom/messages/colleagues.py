"""What messages to colleagues say beyond their fields: what changed since the last, how many are affected, amounts."""

from __future__ import annotations

import re
from collections.abc import Mapping

from warroom.messages.amounts import amount, count
from warroom.messages.answers import NOT_KNOWN
from warroom.messages.calm import calm, counted_to_the_end
from warroom.messages.changes import with_changes
from warroom.messages.grammar import capital, capitals, clause, continued, sentence, without_label
from warroom.messages.rhythm import updates_told
from warroom.messages.services import initials
from warroom.messages.sources import state_now, with_dates
from warroom.messages.templates import Kind
from warroom.messages.values import cost_sum, cost_told
from warroom.messages.worst import TO_COLLEAGUES
from warroom.model import ids
from warroom.model.harm import is_harm
from warroom.model.snapshot import Snapshot
from warroom.text.cleaning import clean
from warroom.text.sentences import unstopped, within

AFFECTED, CUSTOMERS, PROGRESS, NEED = "affected", "customers", "progress", "what_i_need"
ESTIMATE = "eta"

_NOT_KNOWN_STATUS = {
    "investigating": "We are investigating; the cause is not known yet",
    "identified": "The cause is known, and we are working on a fix",
    "monitoring": "A fix is in place, and we are checking that it works",
    "resolved": "Resolved",
}


def if_unknown(kind: Kind, snapshot: Snapshot) -> dict[str, str]:
    """What fields say to colleagues when their sender does not know: never that nobody is working on it."""
    if kind.public:
        return {}
    incident = snapshot.incident
    owed = min(level for _, level in incident.severities) in snapshot.playbook.post_mortem.owed
    due = with_dates(" in the post-mortem, which is due by {post_mortem}", snapshot) if owed else ""
    status = "Cancelled" if incident.cancelled else _NOT_KNOWN_STATUS[state_now(kind, incident)]
    resolution = "It works again; we do not know yet why"
    return {"status": status, PROGRESS: "", "resolution": resolution, "next_steps": f"To be agreed{due}"}


def for_colleagues(
    kind: Kind, said: Mapping[str, str], shown: Mapping[str, object], snapshot: Snapshot, *, over: bool
) -> dict[str, object]:
    """The values that a message to colleagues shows instead of those in `shown`; nothing to customers.

    `said` are its fields as it says them, before what repeats a label was left out.
    """
    values: dict[str, object] = {
        "updates": updates_told(str(shown.get("cadence", ""))),
        "need": "",
        "eta_of_others": False,
    }
    if kind.public:
        return values
    shown = {**shown, **_calmed(kind, shown, snapshot)}
    said = {id: calm(text, snapshot.playbook.names) for id, text in said.items()}
    if NEED in shown:
        values["need"] = _need(str(shown[NEED]), said[NEED])
    if "why" in shown:
        why = _SEVERITY.sub(r"SEV\1", str(shown["why"]))
        values["why"] = f"this is a {unstopped(why)}" if _SEVERITY.fullmatch(unstopped(why)) else why
    values |= {
        id: amount(_DOUBTED.sub(" (not confirmed)", str(shown[id]))) for id in ("revenue", "costs") if id in shown
    }
    revenue = unstopped(str(shown.get("revenue", "")).strip())
    if revenue and snapshot.incident.fact(ids.FACT_REVENUE):
        values |= {"cost": cost_told(snapshot, revenue), "cost_sum": cost_sum(snapshot, revenue)}
    if over:
        said, shown = {**said, **_at_the_end(said)}, {**shown, **_at_the_end(shown)}
    if ESTIMATE in shown:
        own = _ENGINEERING_SAYS.sub("", str(shown[ESTIMATE]))
        values |= {ESTIMATE: own, "eta_of_others": bool(_SAYS.match(own))}
    if "system" in shown:
        values["system"] = initials(str(shown["system"]))
    if "tickets" in shown:
        values["tickets"] = count(str(shown["tickets"]))
    values |= {id: count(str(shown[id])) for id in (AFFECTED, CUSTOMERS) if id in shown}
    values = {**_calmed(kind, shown, snapshot), **values}
    if PROGRESS in shown and not over:
        values[PROGRESS] = with_changes(str(shown[PROGRESS]), said, snapshot)
    return values


def breach_below_sev2(kind: Kind, snapshot: Snapshot) -> str:
    """If colleagues read of a breach for the first time, under a severity at which nobody expects one; else ""."""
    incident, row = snapshot.incident, snapshot.playbook.fact(ids.FACT_BREACH)
    noted = incident.facts.get(ids.FACT_BREACH, ())
    if kind.public or incident.over() or row is None or not noted or snapshot.severity <= _EXPECTS_BREACH:
        return ""
    said = clean(noted[-1].body.value).strip()
    if not is_harm(said) or any(sent.when > noted[-1].when for sent in incident.sent(TO_COLLEAGUES)):
        return ""
    now = f"and the subject says SEV{snapshot.severity}"
    return f"{row.label} is noted as “{within(said)}”, {now}: raise the severity if that is too low."


_EXPECTS_BREACH = 2


def _calmed(kind: Kind, shown: Mapping[str, object], snapshot: Snapshot) -> dict[str, object]:
    """The fields with words of any kind, without shouting."""
    return {
        field.id: calm(str(shown[field.id]), snapshot.playbook.names)
        for field in kind.fields
        if field.id in shown and field.id not in _NOT_WORDS
    }


_NOT_WORDS = ("name", "next_update", "cadence")
_DOUBTED = re.compile(r"(?<=\w)\s*\?+$")
_SEVERITY = re.compile(r"\bsev[ -]?([1-4])\b", re.IGNORECASE)
_YOU_TO = re.compile(r"you (?:all |both )?to ", re.IGNORECASE)
_ASKS = re.compile(
    r"(?:i|we)(?:['’]d| would)?(?: \w+ly)? (?:need|require|want|like)\b|please\b(?! find)", re.IGNORECASE
)
"""A sentence that asks by itself."""


_ENGINEERING_SAYS = re.compile(
    r"(?:engineering|engineers?|the engineers)(?: team)? (?:estimates?|expects?|says?|thinks?):? (?:about )?(?=\d)",
    re.IGNORECASE,
)
_SAYS = re.compile(r"(?:(?:[^\W\d_]+ ){1,3})(?:estimates?|expects?|says?|thinks?|told us)\b", re.IGNORECASE)
"""An estimate that names whose it is: `vendor says 03:00`."""


def _need(shown: str, said: str) -> str:
    """What an escalation asks for, as a sentence of a running text."""
    whole = " ".join(said.split())
    if not whole:
        return ""
    if _YOU_TO.match(whole):
        return f"I need {clause(whole)}."
    if _ASKS.match(whole) or _SENTENCES.search(whole):
        return sentence(capital(whole))
    return capitals(f"Needed: {continued(without_label(shown, 'Needed'))}")


_SENTENCES = re.compile(r"[^\W\d_]{3}[.!?]\s+[A-Z]|[!?]$", re.MULTILINE)


def _at_the_end(texts: Mapping[str, object]) -> dict[str, str]:
    """The numbers of people and tickets in those texts that have any, as they are once there will be no more."""
    told = {id: counted_to_the_end(str(texts[id])) for id in (AFFECTED, CUSTOMERS, "tickets") if id in texts}
    return {
        id: text.replace(NOT_KNOWN, "Not known", 1) if text.startswith(NOT_KNOWN) else text for id, text in told.items()
    }
