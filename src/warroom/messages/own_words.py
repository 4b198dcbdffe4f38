"""Which remarks on a message are about what somebody wrote, and not about the words of its template."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING

from warroom.messages.fields import program_texts
from warroom.messages.templates import Kind
from warroom.model.kinds.severity import SeveritySet
from warroom.model.snapshot import Snapshot

if TYPE_CHECKING:
    from warroom.wording import Finding, MessageText, Rules

_OF_WORDS = frozenset({"promise", "blame", "speculation", "minimising", "vague"})
"""The kinds of remark that are about how something is said; what must not get out is remarked on wherever it stands."""


def on_own_words(
    findings: Iterable[Finding],
    kind: Kind,
    values: Mapping[str, str],
    message: MessageText,
    snapshot: Snapshot,
    rules: Rules,
) -> list[Finding]:
    """The findings without the remarks on words of the template, which whoever writes the message can't change.

    A remark stays if a text that somebody wrote gets it by itself too, or stands whole in the sentence that it is on.
    """
    found = list(findings)
    if not any(finding.remark is not None and finding.rule in _OF_WORDS for finding in found):
        return found
    texts = [*dict.fromkeys(_written(kind, values, snapshot))]
    parts = {"subject": message.subject, "body": message.body}
    return [
        finding
        for finding in found
        if finding.remark is None
        or finding.rule not in _OF_WORDS
        or _is_own(finding, parts.get(finding.part, "")[finding.first : finding.last], texts, message, rules)
    ]


def _written(kind: Kind, values: Mapping[str, str], snapshot: Snapshot) -> Iterator[str]:
    """The texts that people wrote: those of the fields but for the program's own, and what the incident knows."""
    for field in kind.fields:
        value = values.get(field.id, "").strip()
        if value and value not in program_texts(kind, field, snapshot):
            yield from filter(None, map(str.strip, value.split("\n")))
    incident = snapshot.incident
    yield incident.title
    yield from (incident.fact(name) for name in incident.facts)
    if incident.resolution is not None:
        yield incident.resolution.text
    if incident.cancelled:
        yield incident.cancelled.body.because
    if raised := incident.last(SeveritySet):
        yield raised.body.because


def _is_own(finding: Finding, sentence: str, texts: list[str], message: MessageText, rules: Rules) -> bool:
    from warroom.wording import check_text

    words, whole = _words(finding.words), " ".join(_WORD.findall(sentence.casefold()))
    for text in texts:
        if not words & _words(text):
            continue
        if f" {' '.join(_WORD.findall(text.casefold()))} " in f" {whole} ":
            return True
        alone = check_text(text, rules, message.readers, message.facts)
        if any(found.rule == finding.rule and words & _words(found.words) for found in alone):
            return True
    return False


def _words(text: str) -> set[str]:
    """The words of a text that mean something, each by its beginning: a verb may stand in another form."""
    return {word[:_STEM] for word in _WORD.findall(text.casefold()) if word not in _SMALL}


_WORD = re.compile(r"\w+")
_STEM = 4
_SMALL = frozenset({
    "a", "an", "and", "are", "at", "be", "been", "by", "can", "do", "for", "from", "has", "have", "in", "is", "it",
    "no", "not", "of", "on", "or", "our", "that", "the", "this", "to", "us", "was", "we", "were", "will", "with", "you",
    "your", "its",
})  # fmt: skip
