"""What messages to colleagues say beyond their fields: what changed since the last, how many are affected, amounts."""

from __future__ import annotations

import re
from collections.abc import Mapping

from warroom.messages.answers import NOT_KNOWN, NOTHING_NEW
from warroom.messages.dates import time_told
from warroom.messages.fields import state_now, with_dates
from warroom.messages.grammar import capital, clause, continued, listed
from warroom.messages.rhythm import updates_told
from warroom.messages.said import beyond
from warroom.messages.templates import Kind
from warroom.model import ids
from warroom.model.incident import Incident
from warroom.model.kinds.facts import says_unknown
from warroom.model.kinds.lifecycle import SeveritySet
from warroom.model.snapshot import Snapshot
from warroom.text.cleaning import clean
from warroom.text.sentences import unstopped, within

IMPACT, AFFECTED, CUSTOMERS, PROGRESS, NEED = "impact", "affected", "customers", "progress", "what_i_need"

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
    return {"status": status, PROGRESS: "", "next_steps": f"To be agreed{due}"}


def for_colleagues(
    kind: Kind, said: Mapping[str, str], shown: Mapping[str, object], snapshot: Snapshot, *, over: bool
) -> dict[str, object]:
    """The values that a message to colleagues shows instead of those in `shown`; nothing to customers.

    `said` are its fields as it says them, before what repeats a label was left out.
    """
    values: dict[str, object] = {"updates": updates_told(str(shown.get("cadence", ""))), "need": ""}
    if kind.public:
        return values
    if NEED in shown:
        values["need"] = _need(str(shown[NEED]), said[NEED])
    if severity := re.fullmatch(r"sev[ -]?(\d)", unstopped(str(shown.get("why", ""))), re.IGNORECASE):
        values["why"] = f"this is a SEV{severity[1]}"
    values |= {id: _amounts(str(shown[id])) for id in ("revenue", "costs") if id in shown}
    values |= _reach(said, shown)
    if PROGRESS in shown and not over:
        values[PROGRESS] = _with_changes(str(shown[PROGRESS]), said.get(IMPACT, ""), snapshot)
    return values


_I_NEED = re.compile(r"(?:i|we)(?:['’]d| would)?(?: \w+ly)? (?:need|require|want|like)\b", re.IGNORECASE)


def _need(shown: str, said: str) -> str:
    """What an escalation asks for, as a sentence of a running text."""
    whole = " ".join(said.split())
    return f"{capital(unstopped(whole))}." if _I_NEED.match(whole) else f"I need: {continued(shown)}"


_CURRENCY = r"(?:[€$£¥]|(?i:eur|usd|gbp|chf|sek|nok|dkk|pln|czk|jpy|aud|cad|inr)\b)"
_CODE = re.compile(
    r"(?<=\d)( ?(?:k|m|mio|million|thousand)?) ?\b(eur|usd|gbp|chf|sek|nok|dkk|pln|czk|jpy)\b", re.IGNORECASE
)
_GROUPED = re.compile(r"(?<![\d.,])\d{1,3}(?:[.'’ \u00a0\u202f]\d{3})+(?![\d.,]?\d)")
_LONG = re.compile(r"(?<![\d.,:/-])(?!(?:19|20)\d\d\b)\d{4,15}(?![\d.,:/-]?\d)")
_ABOUT = re.compile(r"(?<!\S)[~≈] ?(?=[\d€$£])")


def _numbers(text: str) -> str:
    """A text whose numbers have commas between the thousands: `12000`, `12.000` and `12 000` become `12,000`."""
    text = _GROUPED.sub(lambda found: re.sub(r"\D", ",", found[0]), text)
    return _LONG.sub(lambda found: f"{int(found[0]):,}", text)


def _amounts(text: str) -> str:
    """An amount of money as the cost is written that warroom works out: `≈ 12,000 EUR`."""
    if not re.search(_CURRENCY, text):
        return text
    text = re.sub(r"(?<!\S)~ ?(?=[\d€$£])", "≈ ", text)
    return _CODE.sub(lambda found: f"{found[1].strip()} {found[2].upper()}", _numbers(text))


_BARE_COUNT = re.compile(
    r"(?P<count>(?:(?:about|almost|approx\.?|around|at least|less than|more than|nearly|over|roughly|up to) )?"
    r"\d[\d.,]*(?: ?k)?)(?P<rest>(?: (?:so far|by now|at least|in total|until now|or more)\b.*| \(.*)?)",
    re.IGNORECASE,
)
"""A number of customers that does not say that it is one."""
_LONGEST = 120


def _counted(text: str) -> str:
    """How many customers, with numbers as people write them: `~1.200 so far` is `about 1,200 so far`."""
    return _numbers(_ABOUT.sub("about ", text)) if re.fullmatch(r"[^.!?\n]*(?:[.,]\d[^.!?\n]*)*\.?", text) else text


def _reach(said: Mapping[str, str], shown: Mapping[str, object]) -> dict[str, object]:
    """The share and the customers, on one line if there are both: `20% (about 1,200 customers so far)`."""
    if AFFECTED not in shown or CUSTOMERS not in shown:
        return {}
    share, count = (_counted(str(shown[id]).strip()) for id in (AFFECTED, CUSTOMERS))
    if not share or not count or "\n" in share + count:
        return {AFFECTED: share, CUSTOMERS: count}
    if share == NOT_KNOWN or _same(share, count):
        return {AFFECTED: "" if share == NOT_KNOWN else share, CUSTOMERS: count if share == NOT_KNOWN else ""}
    people = clause(_counted(said[CUSTOMERS].strip()))
    if bare := _BARE_COUNT.fullmatch(people):
        people = f"{bare['count']} customers{bare['rest']}"
    if count == NOT_KNOWN:
        people = "it is not known yet how many customers"
    elif not beyond(re.sub(r"\b(?:about|customers?)\b", "", people), share):
        return {AFFECTED: share, CUSTOMERS: ""}
    if "None" in (share, count) or len(share) + len(people) > _LONGEST or re.search(r"[.!?] ", f"{share} {people}"):
        return {AFFECTED: share, CUSTOMERS: count}
    bare_share = unstopped(share)
    if re.search(r"[()\[\]]", bare_share + people):
        return {AFFECTED: f"{bare_share}; {people}", CUSTOMERS: ""}
    return {AFFECTED: f"{bare_share} ({people})", CUSTOMERS: ""}


def _same(one: str, other: str) -> bool:
    return unstopped(one).casefold() == unstopped(other).casefold()


_NOTHING = re.compile(r"(?:still )?(?:nothing|no (?:new|change|news|progress|update))\b", re.IGNORECASE)


def _with_changes(progress: str, impact: str, snapshot: Snapshot) -> str:
    """What changed since the last message: first the severity and the impact, then what its sender says."""
    changes = [*_severity_changed(progress, snapshot), *_impact_changed(progress, impact, snapshot)]
    if not changes:
        return progress
    lead, items = listed(progress)
    if lead:
        items = [f"{lead} {'; '.join(items)}"]
    elif progress == NOTHING_NEW or (len(items) == 1 and _NOTHING.match(items[0])):
        items = []
    return "\n".join([*changes, *items])


def severity_change(snapshot: Snapshot) -> tuple[int, int] | None:
    """The severity that colleagues were told last and the present one, if they differ."""
    told = snapshot.incident.sent(_COUNTED)
    if not told or snapshot.past:
        return None
    before = [level.body.severity for level in snapshot.incident.all(SeveritySet) if level.when < told[-1].when]
    was, now = (before or [snapshot.incident.severities[0][1]])[-1], snapshot.incident.severity
    return (was, now) if was != now else None


_COUNTED = (ids.MESSAGE_INITIAL, ids.MESSAGE_UPDATE)


def _severity_changed(progress: str, snapshot: Snapshot) -> list[str]:
    change, last = severity_change(snapshot), snapshot.incident.last(SeveritySet)
    if change is None or last is None or re.search(rf"\bSEV[ -]?{change[1]}\b", progress, re.IGNORECASE):
        return []
    was, now = change
    why = within(clean(last.body.because))
    when = time_told(last.at, snapshot.now, snapshot.tz)
    return [f"{'Raised' if now < was else 'Lowered'} from SEV{was} to SEV{now} at {when}" + (f": {why}" if why else "")]


def _impact_changed(progress: str, impact: str, snapshot: Snapshot) -> list[str]:
    before = _told_last(IMPACT, snapshot.incident)
    if snapshot.past or not before or not impact.strip() or impact == NOT_KNOWN or says_unknown(impact):
        return []
    if not beyond(impact, before) and not beyond(before, impact):
        return []
    if progress and not beyond(impact, progress):
        return []
    if says_unknown(before):
        return ["The impact is known now"]
    words = within(before)
    return [
        f"The impact has changed; the last message said: {words}"
        if len(words) <= _LONGEST
        else "The impact has changed"
    ]


def _told_last(field: str, incident: Incident) -> str:
    """What the last numbered message to colleagues said in a field; "" if it had no such field."""
    told = incident.sent(_COUNTED)
    return clean(told[-1].body.fields.get(field, "")).strip() if told else ""
