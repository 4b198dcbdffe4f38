"""What to tell the sender of a message to customers: what they don't read of colleagues' words, and what is missing.

Each is a sentence, and advice only.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from datetime import UTC

from warroom.messages.advising import says_nothing_to_do
from warroom.messages.answers import says_none, says_nothing
from warroom.messages.at_the_end import noted_at_the_end
from warroom.messages.carried import WORKAROUND, is_of_before
from warroom.messages.contradictions import says_it_works
from warroom.messages.field import STATES
from warroom.messages.grammar import joined
from warroom.messages.sources import STATE, last_value, start_of, state_now
from warroom.messages.templates import Kind
from warroom.messages.to_you import FIELDS as TO_THEM
from warroom.messages.to_you import said_of_them
from warroom.messages.who import says_not_who
from warroom.messages.worst import said_of, tells_the_end
from warroom.model import times
from warroom.model.snapshot import Snapshot
from warroom.text.cleaning import clean
from warroom.text.not_known import says_unknown
from warroom.text.sentences import same_words, unstopped

AFFECTED = "affected"
"""The field in which customers read who is affected, and the fact with the share that colleagues read."""


def hints_for_customers(
    kind: Kind,
    values: Mapping[str, str],
    snapshot: Snapshot,
    typed: Collection[str],
    text: str | None,
    resolution: Kind | None,
) -> Iterator[str]:
    """The hints on a message to customers with these texts in its fields, by field id; some are "".

    `typed` are the ids of the fields that its sender typed, of which nothing of before is offered; `text` and
    `resolution` are those of `hints`.
    """
    yield _reopen_first(kind, values, snapshot, typed)
    yield _affected(kind, values, snapshot, typed)
    yield from _of_before(kind, values, snapshot, typed)
    yield _still_true(kind, values, snapshot, typed)
    yield _workaround(kind, values, snapshot)
    yield _what_works(kind, values, snapshot)
    yield _zone(kind, values, snapshot, text)
    for field in filter(None, map(kind.field, TO_THEM)):
        if sentence := said_of_them(values.get(field.id, "")):
            yield f"“{short(sentence)}” speaks of customers, and they read it: say “you” in {field.label}."
    yield _noted(kind, values, snapshot, typed, resolution)


def _reopen_first(kind: Kind, values: Mapping[str, str], snapshot: Snapshot, typed: Collection[str]) -> str:
    """If a state is typed that customers don't read, because it is over."""
    state, incident = values.get(STATE, "").strip().lower(), snapshot.incident
    if STATE not in typed or state not in STATES or state == STATES[-1] or not incident.over() or incident.cancelled:
        return ""
    over = f"The incident is resolved, so customers read it as resolved, not as {state}"
    return f"{over}. If it is not over, reopen it first: warroom -i {incident.id} reopen"


def _what_works(kind: Kind, values: Mapping[str, str], snapshot: Snapshot) -> str:
    """If a fix is in place, and customers read nothing of what works by now."""
    field = kind.field("status")
    if field is None or _state(kind, values, snapshot) != "monitoring" or values.get("status", "").strip():
        return ""
    return f"Customers read that a fix is in place, and not what works again by now: say it in {field.label}."


def _zone(kind: Kind, values: Mapping[str, str], snapshot: Snapshot, text: str | None) -> str:
    """If the text that is shown has times in the sender's own zone, beside those of the message in UTC."""
    here, own = times.local(snapshot.now, snapshot.tz), times.zone_name(snapshot.now, snapshot.tz)
    if own == "UTC":
        return ""
    own_times = re.compile(rf"(?<![\d:])(?:{_CLOCK}(?: ?[-–] ?| (?:to|and|until|till) ))?{_CLOCK} {re.escape(own)}\b")

    def in_utc(clock: re.Match[str]) -> str:
        at = here.replace(hour=int(clock[1]) % 24, minute=int(clock[2]) % 60)
        return f"{at.astimezone(UTC):%H:%M}"

    found: dict[str, str] = {}
    labels = []
    for field in filter(None, map(kind.field, _TEXTS)):
        typed = values.get(field.id, "")
        meant = {said[0]: re.sub(_CLOCK, in_utc, said[0]).replace(own, "UTC") for said in own_times.finditer(typed)}
        left = {said: utc for said, utc in meant.items() if utc not in typed and (text is None or said in text)}
        found |= left
        labels += [field.label] if left else []
    if not found:
        return ""
    many = len(found) > 1
    said = f"{joined([f'“{one}”' for one in found])} in {joined(labels)} {'are' if many else 'is'}"
    if not here.utcoffset():
        return f"{said} {joined([*found.values()])}: write UTC, as in the rest of the message."
    other = "the other times of this message are in UTC"
    return f"{said} in your zone, and {other}. Write {joined([*found.values()])}, or both."


_CLOCK = r"(\d{1,2}):(\d\d)"
_TEXTS = ("impact", AFFECTED, "status", "meaning", "workaround", "cause", "prevention")


def _affected(kind: Kind, values: Mapping[str, str], snapshot: Snapshot, typed: Collection[str]) -> str:
    """If who is affected is noted for colleagues, and customers have read nothing of it since."""
    field, known = kind.field(AFFECTED), snapshot.incident.facts.get(AFFECTED, ())
    sent = snapshot.incident.sent([kind.id])
    if field is None or not known or AFFECTED in typed or values.get(AFFECTED, "").strip():
        return ""
    if any(last_value(source, field.id, kind, snapshot.incident) for source in field.source if source != "last"):
        return ""  # which customers it is has been noted
    if tells_the_end(kind, snapshot, values.get(STATE, "")) and said_of(kind, AFFECTED, snapshot):
        return ""  # what customers were told is asked about
    noted = clean(known[-1].body.value).strip()
    if says_none(noted) or says_unknown(noted) or says_not_who(noted) or (sent and sent[-1].when > known[-1].when):
        return ""  # or its sender left it out on purpose
    return f"Colleagues read as Affected “{short(noted)}”: say in {field.label} which customers it is."


def _of_before(kind: Kind, values: Mapping[str, str], snapshot: Snapshot, typed: Collection[str]) -> Iterator[str]:
    """What customers read before a fix or an end, and what was noted for them: it may hold no more."""
    incident = snapshot.incident
    state = _state(kind, values, snapshot)
    for field in kind.fields:
        told = field.id in typed or values.get(field.id, "").strip()
        text = "" if told else start_of(kind, field, snapshot, "").strip()
        if says_none(text) or says_unknown(text) or not is_of_before(kind, field, text, incident, state):
            continue
        read = any(same_words(sent.body.fields.get(field.id, ""), text) for sent in incident.sent([kind.id]))
        until = "Until now customers read as" if read else "Until now it was noted as"
        yield f"{until} {field.label} “{short(text)}”. If it still holds, type it again, or just: same."


def _still_true(kind: Kind, values: Mapping[str, str], snapshot: Snapshot, typed: Collection[str]) -> str:
    """If something works before a fix is in place, and other fields are as they were before."""
    status, works = kind.field("status"), says_it_works(values.get("status", ""))
    sent = snapshot.incident.sent([kind.id])
    if status is None or not works or not sent or _state(kind, values, snapshot) in ("monitoring", "resolved"):
        return ""
    told = {id: text for id in _MAY_BE_OVER if (text := values.get(id, "").strip()) and id not in typed}
    old = [field for id in told if (field := kind.field(id)) and same_words(told[id], sent[-1].body.fields.get(id, ""))]
    if not old:
        return ""
    named = joined([field.label for field in old])
    as_before = "is as it was before" if len(old) == 1 else "are as they were before"
    return f"{status.label} says “{works}”, and {named} {as_before}: change what no longer holds."


_MAY_BE_OVER = ("impact", AFFECTED, WORKAROUND, "meaning")


def _noted(
    kind: Kind, values: Mapping[str, str], snapshot: Snapshot, typed: Collection[str], resolution: Kind | None
) -> str:
    """What colleagues noted at the end, and customers read nothing of."""
    if not snapshot.incident.over():
        return ""
    open_ = {
        field: told
        for id, told in noted_at_the_end(kind, snapshot.incident, resolution).items()
        if (field := kind.field(id)) and id not in typed and not values.get(id, "").strip()
    }
    if not open_:
        return ""
    noted = joined([f"as {label} “{short(text)}”" for label, text in open_.values()])
    return f"Colleagues read {noted}: say in {joined([field.label for field in open_])} what customers may know of it."


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
    from warroom.messages.note_words import ORDER  # large, and needed for this alone until words are checked

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
    rows = (unstopped(" ".join(row.split())) for row in text.splitlines())
    line = "; ".join(filter(None, rows))
    return line if len(line) <= _LONGEST else f"{line[:_LONGEST].rsplit(' ', 1)[0]}…"
