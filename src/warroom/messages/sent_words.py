"""The remarks on words that were sent or logged, as the wording checks would have made them then."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

import msgspec

from warroom.model import ids
from warroom.model.drills import NOT_REAL
from warroom.model.entries import Entry
from warroom.model.kinds.messages import MessageSent
from warroom.model.practice.played import Remarked
from warroom.model.snapshot import Snapshot

if TYPE_CHECKING:
    from warroom.messages.templates import Kind
    from warroom.wording import Finding, MessageText, Rules

_FORMS = ("plain", "email", "slack", "markdown", "status", "sms", "social")
_MOST = 20
"""Remarks on one text; who has so many needs no further ones."""


def remarks_on(entry: Entry, snapshot: Snapshot, kinds: Mapping[str, Kind], rules: Rules) -> list[Remarked]:
    """What is to be remarked on in a message that was sent, or in a line of the log that answers somebody.

    `snapshot` is the incident just before it, `kinds` are the kinds of message by id.
    """
    from warroom import wording

    if not isinstance(entry.body, MessageSent):
        message = wording.MessageText(kind="", body=entry.text, audience="stakeholders")
        found = wording.check_text(entry.text, rules, "stakeholders")
        return list(_remarked(found[:_MOST], message, rules))
    sent = entry.body
    kind = kinds.get(sent.message)
    if kind is None:
        message = wording.MessageText(kind=sent.message, subject=sent.subject, body=_unmarked(sent.body), to=sent.to)
        return list(_remarked(wording.check(message, rules)[:_MOST], message, rules))
    return _on_message(sent, kind, snapshot, rules)


def _on_message(sent: MessageSent, kind: Kind, snapshot: Snapshot, rules: Rules) -> list[Remarked]:
    from warroom import wording
    from warroom.messages.checking import message_to_check
    from warroom.messages.compose import compose
    from warroom.messages.own_words import on_own_words

    form = sent.channel if sent.channel in _FORMS else "plain"
    composed = compose(kind, sent.fields, snapshot, form=form, to=sent.to)
    message = message_to_check(composed, sent.fields, snapshot)
    as_sent = msgspec.structs.replace(message, body=_unmarked(sent.body))
    if message.promises_next is False and sent.promise is not None:
        as_sent = msgspec.structs.replace(as_sent, promises_next=True)
    found: Iterable[Finding] = wording.check(as_sent, rules)
    if sent.fields and sent.channel in _FORMS:
        found = on_own_words(found, kind, sent.fields, as_sent, snapshot, rules)
    elif sent.message == ids.MESSAGE_ESCALATION:
        found = [finding for finding in found if finding.words]  # its fields are not known
    return list(_remarked(list(found)[:_MOST], as_sent, rules))


def _unmarked(text: str) -> str:
    """The text without the line on top that says that it is a drill."""
    return text.removeprefix(f"{NOT_REAL}\n\n")


def _remarked(found: Iterable[Finding], message: MessageText, rules: Rules) -> Iterable[Remarked]:
    from warroom.wording import better_sentence

    for finding in found:
        text = message.subject if finding.part == "subject" else message.body
        sentence = text[finding.first : finding.last] if finding.part != "whole" else ""
        better = better_sentence(sentence, finding, message, rules) if sentence else ""
        yield Remarked(
            finding.rule,
            finding.label,
            finding.words,
            finding.why,
            " ".join(sentence.split()),
            " ".join(better.split()),
        )
