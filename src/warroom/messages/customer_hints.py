"""What to tell the sender of a message to customers: what they don't read of colleagues' words, and what is missing.

Each is a sentence, and advice only.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, timedelta

from warroom.messages.advising import says_nothing_to_do
from warroom.messages.answers import says_none, says_nothing
from warroom.messages.at_the_end import noted_at_the_end
from warroom.messages.carried import WORKAROUND, is_of_before
from warroom.messages.contradictions import says_it_works
from warroom.messages.note_words import ORDER
from warroom.messages.sources import STATE, start_of, state_now
from warroom.messages.templates import Kind
from warroom.messages.to_you import FIELDS as TO_THEM
from warroom.messages.to_you import said_of_them
from warroom.messages.who import says_not_who
from warroom.model import times
from warroom.model.kinds.facts import says_unknown
from warroom.model.snapshot import Snapshot
from warroom.text.cleaning import clean
from warroom.text.sentences import same_words, unstopped

AFFECTED = "affected"
"""The field in which customers read who is affected, and the fact with the share that colleagues read."""


def hints_for_customers(kind: Kind, values: Mapping[str, str], snapshot: Snapshot) -> Iterator[str]:
    """The hints on a message to customers with these texts in its fields, by field id; some are ""."""
    yield _affected(kind, values, snapshot)
    yield from _of_before(kind, values, snapshot)
    yield _still_true(kind, values, snapshot)
    yield _workaround(kind, values, snapshot)
    yield _what_works(kind, values, snapshot)
    yield _zone(kind, values, snapshot)
    for field in filter(None, map(kind.field, TO_THEM)):
        if sentence := said_of_them(values.get(field.id, "")):
            yield f"“{short(sentence)}” speaks of customers, and they read it: say “you” in {field.label}."
    yield _noted(kind, values, snapshot)


def _what_works(kind: Kind, values: Mapping[str, str], snapshot: Snapshot) -> str:
    """If a fix is in place, and customers read nothing of what works by now."""
    field = kind.field("status")
    if field is None or _state(kind, values, snapshot) != "monitoring" or values.get("status", "").strip():
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


def _affected(kind: Kind, values: Mapping[str, str], snapshot: Snapshot) -> str:
    """If who is affected is noted for colleagues, and customers have read nothing of it since."""
    field, known = kind.field(AFFECTED), snapshot.incident.facts.get(AFFECTED, ())
    sent = snapshot.incident.sent([kind.id])
    if field is None or not known or values.get(AFFECTED, "").strip() or snapshot.incident.cancelled:
        return ""
    noted = clean(known[-1].body.value).strip()
    if says_none(noted) or says_unknown(noted) or says_not_who(noted) or (sent and sent[-1].when > known[-1].when):
        return ""  # or its sender left it out on purpose
    return f"Colleagues read as Affected “{short(noted)}”: say in {field.label} which customers it is."


def _of_before(kind: Kind, values: Mapping[str, str], snapshot: Snapshot) -> Iterator[str]:
    """What customers read before a fix or an end, and what was noted for them: it may hold no more."""
    incident = snapshot.incident
    state = _state(kind, values, snapshot)
    for field in kind.fields:
        text = "" if values.get(field.id, "").strip() else start_of(kind, field, snapshot, "").strip()
        if says_none(text) or says_unknown(text) or not is_of_before(kind, field, text, incident, state):
            continue
        read = any(same_words(sent.body.fields.get(field.id, ""), text) for sent in incident.sent([kind.id]))
        until = "Until now customers read as" if read else "Until now it was noted as"
        yield f"{until} {field.label} “{short(text)}”. If it still holds, say it again."


def _still_true(kind: Kind, values: Mapping[str, str], snapshot: Snapshot) -> str:
    """If something works before a fix is in place, and other fields are as they were before."""
    status, works = kind.field("status"), says_it_works(values.get("status", ""))
    if status is None or not works or _state(kind, values, snapshot) in ("monitoring", "resolved"):
        return ""
    fields = [field for id in _MAY_BE_OVER if (field := kind.field(id)) and values.get(id, "").strip()]
    old = [field for field in fields if same_words(values[field.id], start_of(kind, field, snapshot, ""))]
    if not old:
        return ""
    named = joined([field.label for field in old])
    as_before = "is as it was before" if len(old) == 1 else "are as they were before"
    return f"{status.label} says “{works}”, and {named} {as_before}: change what no longer holds."


_MAY_BE_OVER = ("impact", AFFECTED, WORKAROUND, "meaning")


def _noted(kind: Kind, values: Mapping[str, str], snapshot: Snapshot) -> str:
    """What colleagues noted at the end, and customers read nothing of."""
    if not snapshot.incident.over():
        return ""
    open_ = {
        field: told
        for id, told in noted_at_the_end(kind, snapshot.incident).items()
        if (field := kind.field(id)) and not values.get(id, "").strip()
    }
    if not open_:
        return ""
    noted = joined([f"as {label} “{short(text)}”" for label, text in open_.values()])
    return f"Colleagues read {noted}: say in {joined([field.label for field in open_])} what customers may know of it."


def joined(parts: Sequence[str]) -> str:
    """`a, b and c`."""
    *first, last = parts
    return f"{', '.join(first)} and {last}" if first else last


def _state(kind: Kind, values: Mapping[str, str], snapshot: Snapshot) -> str:
    """The state of the incident in a message."""
    typed = "" if snapshot.incident.over() else values.get(STATE, "").strip().lower()
    return typed or state_now(kind, snapshot.incident)


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


_LONGEST = 70


def short(text: str) -> str:
    """A text on one line, cut to what a remark has room for."""
    line = unstopped(" ".join(text.split()))
    return line if len(line) <= _LONGEST else f"{line[:_LONGEST].rsplit(' ', 1)[0]}…"
