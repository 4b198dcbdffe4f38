"""What to tell the sender of a message to customers: what they don't read of colleagues' words, and what is missing.

Each is a sentence, and advice only.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import UTC, timedelta
from typing import TYPE_CHECKING

from warroom.messages.advising import WORKAROUND, says_nothing_to_do
from warroom.messages.afterwards import told_of_prevention, told_of_the_cause, told_of_the_fix
from warroom.messages.answers import says_none, says_nothing
from warroom.messages.fields import AFFECTED, scope_noted
from warroom.messages.note_words import ORDER
from warroom.messages.readable import LEFT, Readable, scope
from warroom.messages.sources import state_now
from warroom.messages.templates import Kind
from warroom.messages.to_you import FIELDS as TO_THEM
from warroom.messages.to_you import still_of_them
from warroom.model import times
from warroom.model.kinds.facts import says_unknown
from warroom.model.snapshot import Snapshot
from warroom.text.cleaning import clean
from warroom.text.sentences import same_words, unstopped

if TYPE_CHECKING:
    from warroom.messages.readable import RulesOf


def hints_for_customers(kind: Kind, values: Mapping[str, str], snapshot: Snapshot, rules: RulesOf) -> Iterator[str]:
    """The hints on a message to customers with these texts in its fields, by field id; some are ""."""
    yield _scope(kind, values, snapshot, rules)
    yield _workaround(kind, values, snapshot)
    yield _what_works(kind, values, snapshot)
    yield _zone(kind, values, snapshot)
    for field in filter(None, map(kind.field, TO_THEM)):
        if sentence := still_of_them(values.get(field.id, "")):
            yield f"“{short(sentence)}” speaks of customers, and they read it: say “you” in {field.label}."
    yield from _kept_back(kind, values, snapshot, rules)


def _what_works(kind: Kind, values: Mapping[str, str], snapshot: Snapshot) -> str:
    """If a fix is in place, and customers read nothing of what works by now."""
    field = kind.field("status")
    state = values.get("state", "").strip().lower() or state_now(kind, snapshot.incident)
    if field is None or snapshot.incident.over() or state != "monitoring" or values.get("status", "").strip():
        return ""
    return f"Customers read that a fix is in place, and not what works again by now: say it in {field.label}."


def _zone(kind: Kind, values: Mapping[str, str], snapshot: Snapshot) -> str:
    """If a text has a time in the sender's own zone, beside those of the message in UTC."""
    here = times.local(snapshot.now, snapshot.tz)
    own, offset = times.zone_name(snapshot.now, snapshot.tz), here.utcoffset() or timedelta()
    if not offset:
        return ""
    for id in _TEXTS:
        field, text = kind.field(id), values.get(id, "")
        found = re.search(rf"(?<![\d:])(\d{{1,2}}):(\d\d) {re.escape(own)}\b(?![^.;\n]*\bUTC\b)", text)
        if field is not None and found:
            at = here.replace(hour=int(found[1]) % 24, minute=int(found[2]) % 60).astimezone(UTC)
            other = f"the other times of this message are in UTC. Write {at:%H:%M} UTC, or both"
            return f"“{found[0]}” in {field.label} is in your zone, and {other}."
    return ""


_TEXTS = ("impact", "status", "meaning", "workaround")


def _scope(kind: Kind, values: Mapping[str, str], snapshot: Snapshot, rules: RulesOf) -> str:
    """If who is affected is noted in words that are not for customers, and they read nothing of it."""
    field, noted = kind.field(AFFECTED), scope_noted(snapshot)
    if field is None or not noted or values.get(AFFECTED, "").strip():
        return ""
    found = scope(noted, snapshot, rules)
    if not found.kept_back:
        return ""
    row = found.kept_back[0]
    return f"Customers do not read “{short(noted)}” ({row.why}). Say it in plain words in {field.label}."


def _workaround(kind: Kind, values: Mapping[str, str], snapshot: Snapshot) -> str:
    """If customers would read a workaround as colleagues noted it, and nothing in it tells them what they can do."""
    field, noted = kind.field(WORKAROUND), clean(snapshot.incident.fact(WORKAROUND)).strip()
    if (
        field is None
        or snapshot.incident.over()
        or says_nothing(noted)
        or says_none(noted)
        or says_unknown(noted)
        or says_nothing_to_do(noted)
    ):
        return ""
    sent = snapshot.incident.sent([kind.id])
    if not same_words(values.get(WORKAROUND, ""), noted) or ORDER.match(noted) or _FOR_THEM.search(noted):
        return ""
    if any(same_words(message.body.fields.get(WORKAROUND, ""), noted) for message in sent):
        return ""  # they have read it before
    return f"“{short(noted)}” is how colleagues noted it: say in {field.label} what customers can do meanwhile."


_FOR_THEM = re.compile(
    r"\b(?:you|your|customers?|users?|people|everybody|everyone|please|can|may|works?|working|available|open"
    r"|(?:is|are) (?:\w+ )?(?:shown|possible|accepted|answered|delivered|sent))\b",
    re.IGNORECASE,
)
"""What tells customers what they can do, or what works for them meanwhile."""


def _kept_back(kind: Kind, values: Mapping[str, str], snapshot: Snapshot, rules: RulesOf) -> Iterator[str]:
    """What colleagues wrote about the end and customers do not read, because its words are not for them."""
    incident, field = snapshot.incident, kind.field("status")
    if field is None or not incident.over() or incident.cancelled:
        return
    status, fix = values.get("status", ""), told_of_the_fix(snapshot, rules)
    told = {"how it was resolved": fix if same_words(status, fix.text) else Readable()}
    cause = told_of_the_cause(snapshot, rules)
    own = " ".join(values.get(id, "") for id in ("status", "meaning"))
    if not cause.text and not _tells_why(own, "\n".join(row.sentence for row in cause.kept_back)):
        told["why it happened"] = cause
    told["what will prevent it"] = told_of_prevention(snapshot, rules)
    for what, found in told.items():
        if rows := [row for row in found.kept_back if row.why != LEFT]:
            sentences = "; ".join(f"“{short(row.sentence)}” ({row.why})" for row in rows[:_MOST_NAMED])
            part = " all of" if found.text else ""
            yield f"Customers do not read{part} {what}: {sentences}. Say it in plain words in {field.label}."


def _tells_why(text: str, cause: str) -> bool:
    """Whether a text gives a reason, or names something of a cause, so that its sender has seen to telling it."""
    return bool(_REASON.search(text) or {*_NAMED.findall(text.casefold())} & {*_NAMED.findall(cause.casefold())})


_REASON = re.compile(r"\b(?:because|caused?|due to|led to|owing to|reasons?|thanks to)\b", re.IGNORECASE)
_NAMED = re.compile(r"(?!(?:another|before|during|having|should|through|without)\b)[^\W\d_]{6,}")
_MOST_NAMED = 2
_LONGEST = 70


def short(text: str) -> str:
    """A text on one line, cut to what a remark has room for."""
    line = unstopped(" ".join(text.split()))
    return line if len(line) <= _LONGEST else f"{line[:_LONGEST].rsplit(' ', 1)[0]}…"
