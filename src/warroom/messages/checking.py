"""A message as the wording checks need it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import UTC
from typing import TYPE_CHECKING

from warroom.messages.compose import Composed
from warroom.messages.field import Field
from warroom.messages.length import SHORT_FORMS
from warroom.messages.notes import notes
from warroom.messages.sources import cadence
from warroom.model import ids, times
from warroom.model.contacts import contact
from warroom.model.kinds.severity import SeveritySet
from warroom.model.snapshot import Snapshot
from warroom.text.cleaning import clean, clean_line

if TYPE_CHECKING:
    from warroom.wording import Audience, Finding, MessageText, Rules

NOTE = "note"
"""The rule of the finding that says that customers read a note where a sentence should be."""


def message_to_check(composed: Composed, values: Mapping[str, str], snapshot: Snapshot) -> MessageText:
    """The message as the wording checks need it; `Composed.spans` maps their findings to `Composed.text`."""
    from warroom.wording import Facts, MessageText

    kind, incident = composed.kind, snapshot.incident
    promises: bool | None = None
    if composed.kind.promises and cadence(snapshot):
        promises = composed.promise is not None
    people = {name: None for role in incident.roles for name in incident.holders(role)}
    readers: Audience = "stakeholders"
    if kind.public:
        readers = "customers"
    elif kind.id == ids.MESSAGE_ESCALATION:
        readers = "leadership"
    promise = times.clock_zone(composed.promise, UTC if kind.public else snapshot.tz) if composed.promise else ""
    return MessageText(
        kind=kind.id,
        subject="" if composed.form in SHORT_FORMS else composed.subject,
        body=composed.body,
        to=composed.to,
        partial=incident.severity > 1,
        promises_next=promises,
        short=composed.form in SHORT_FORMS,
        people=tuple(people),
        needs=values.get("what_i_need", ""),
        audience=readers,
        zone=times.zone_name(snapshot.now, snapshot.tz),
        facts=Facts(
            people=tuple(people),
            systems=tuple(filter(None, [incident.fact(ids.FACT_SYSTEM)])),
            impact=clean_line(values.get("impact", "")),
            next_update=promise,
            contacts=tuple(
                filter(
                    None,
                    (
                        clean_line(values.get("help", "")) if kind.public else "",
                        *(contact(snapshot.playbook.contacts, incident, name) for name in _PUBLIC),
                    ),
                )
            ),
            now=_minutes(snapshot),
        ),
    )


def _minutes(snapshot: Snapshot) -> tuple[tuple[str, int], ...]:
    """The minute of the day in UTC, and in the zone in which times are typed, which is also that of a bare time."""
    found = {}
    for tz in (UTC, snapshot.tz):
        here = times.local(snapshot.now, tz)
        found[times.zone_name(snapshot.now, tz)] = found[""] = here.hour * 60 + here.minute
    return tuple(found.items())


def findings(
    composed: Composed,
    values: Mapping[str, str],
    snapshot: Snapshot,
    rules: Rules,
    dismissed: frozenset[str] = frozenset(),
) -> list[Finding]:
    """What to reconsider in the wording of a message, by position; `dismissed` are left out, as by `wording.check`."""
    from warroom.messages.own_words import on_own_words
    from warroom.wording import NOT_ENGLISH, check, not_english

    message = message_to_check(composed, values, snapshot)
    told = composed.told(values)
    found = on_own_words(check(message, rules, dismissed), composed.kind, told, message, snapshot, rules)
    name = values.get("name", "").strip().casefold()
    found = [one for one in found if one.remark is None or one.remark.sort is None or one.words.casefold() != name]
    if any(finding.rule == NOT_ENGLISH for finding in found):
        return found
    found = [one for one in found if not _is_the_reason(one.words, told, snapshot)]
    foreign = {field.id: field.label for field in composed.kind.fields if _is_foreign(field, told, rules)}
    elsewhere = "\n".join(text for id, text in told.items() if id not in foreign)
    if foreign:  # the kinds of remark are about English; what must not get out is found by rules
        found = [one for one in found if one.remark is None or _has(one.words, elsewhere)]
    left = [not_english(label) for label in foreign.values()]
    if composed.kind.public:
        left += _notes(composed, {id: text for id, text in told.items() if id not in foreign}, message, rules)
    left = [finding for finding in left if not {finding.rule, finding.key} & dismissed]
    order = {"subject": 0, "body": 1, "whole": 2}
    return sorted([*found, *left], key=lambda finding: (order[finding.part], finding.start))


def _is_the_reason(words: str, values: Mapping[str, str], snapshot: Snapshot) -> bool:
    """Whether words are only those of why the severity was changed, which colleagues read and no field can mend."""
    reasons = "\n".join(change.body.because for change in snapshot.incident.all(SeveritySet))
    return _has(words, reasons) and not _has(words, "\n".join(values.values()))


def _has(words: str, text: str) -> bool:
    return re.search(rf"(?<!\w){re.escape(words)}(?!\w)", text, re.IGNORECASE) is not None


def _is_foreign(field: Field, values: Mapping[str, str], rules: Rules) -> bool:
    """Whether the sentences in a field are in another language; around them, the message is in English."""
    from warroom.wording import is_english

    has_sentences = field.lines > 1 or field.bullets or field.id in IN_SENTENCES
    return has_sentences and not is_english(values.get(field.id, ""), rules)


def _notes(composed: Composed, values: Mapping[str, str], message: MessageText, rules: Rules) -> Iterator[Finding]:
    """The sentences of a message to customers that are only notes, also when their chat typing is written out."""
    from warroom.wording import Finding
    from warroom.wording.plain_words import without_chat

    body = composed.body
    for field in composed.kind.fields:
        if field.id not in IN_SENTENCES:
            continue
        text = clean(values.get(field.id, ""))
        for note in notes(text, field.id):
            sentence = text[note.start : note.end]
            place = _place(body, sentence)
            if place is None:
                continue  # there was no room for it
            if not notes(without_chat(sentence, rules, "customers", message.facts), field.id):
                continue  # `ppl r charged` has its verb
            if _FITTING.search(body, max(place[0] - _LONGEST_LABEL, 0), place[0]):
                labelled = notes(sentence, field.id, labelled=True)
                if not labelled:
                    continue
                note = labelled[0]
            why = f"Customers read it as a sentence, and it lacks {note.missing}."
            why += "" if note.whole else f" Write the whole sentence in {field.label}."
            yield Finding(NOTE, "reads as a note", why, "body", *place, note.words.rstrip(" .,"), *place)


def _place(body: str, sentence: str) -> tuple[int, int] | None:
    """Where a sentence that somebody typed is in a message, by its first words or its last ones; None if it is not."""
    words = _WORDS.findall(sentence)
    for few in (words, words[:_ENOUGH], words[-_ENOUGH:]):
        if found := re.search(r"\W{1,5}".join(map(re.escape, few)), body, re.IGNORECASE):
            return found.span()
    return None


IN_SENTENCES = frozenset({"impact", "status", "meaning", "workaround"})
"""The fields that customers read as sentences; the others are phrases behind their labels."""
_FITTING = re.compile(r"(?:What we are doing|What we did|What we know and what we are doing|How it was resolved): ?$")
_LONGEST_LABEL = 60
_WORDS = re.compile(r"\w+")
_ENOUGH = 3
_PUBLIC = ("support", "status_page")
"""The contacts that everybody may have."""
