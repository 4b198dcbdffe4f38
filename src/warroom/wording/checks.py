"""Checks the wording of a message before it is sent. The rules are data; findings are advice and never block.

The offsets of a finding refer to the original text, whatever `matching` does to it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import partial
from typing import Literal, TypeVar

import msgspec

from warroom.wording.matching import Text, compiled, names_pattern, phrases
from warroom.wording.patterns import EXACT
from warroom.wording.rules import Rule, Rules
from warroom.wording.time_limit import TookTooLong, time_limit

RULE_LIMIT_S = 0.25
"""Seconds that a rule may take for a message. One that took longer is not used again until its file is changed."""
_MANY_SLOW = 4
"""After so many slow rules the others get less time, so that a file full of them doesn't add up to a long wait."""

Part = Literal["subject", "body", "whole"]


Found = TypeVar("Found", bound="Finding")


class MessageText(msgspec.Struct, frozen=True):
    """A message as it would be sent, with what the rules need to know about its incident.

    `promises_next` is None if the message needs no next update; `needs` is what an escalation asks for; `partial` means
    that the problem is only partial; `people` are the names of everybody who has a role.
    """

    kind: str
    subject: str = ""
    body: str = ""
    to: str = ""
    partial: bool = False
    promises_next: bool | None = None
    people: tuple[str, ...] = ()
    needs: str = ""


class Finding(msgspec.Struct, frozen=True):
    """Something to reconsider before sending: `start` and `end` are offsets in `part`, both 0 for the whole message.

    `words` is the text that matched, or a count such as `120 words`.
    """

    rule: str
    label: str
    why: str
    part: Part
    start: int
    end: int
    words: str

    @property
    def key(self) -> str:
        """The key to dismiss only this match, however it is wrapped, and not the rule's other findings."""
        return f"{self.rule}:{' '.join(self.words.split()).casefold()}"


def check(message: MessageText, rules: Rules, dismissed: frozenset[str] = frozenset()) -> tuple[Finding, ...]:
    """Find what to reconsider in a message: first the subject, then the body, by position, then the whole message.

    `dismissed` contains ids of rules or keys of findings to leave out. A message without a body has no findings.
    """
    if not message.body.strip():
        return ()
    subject, body = Text(message.subject), Text(message.body)
    names = names_pattern(message.people)
    found: list[Finding] = []
    for rule in rules.messages:
        if not _applies(rule, message):
            continue
        parts: tuple[tuple[Part, Text], ...] = (("subject", subject), ("body", body))
        parts = tuple((part, text) for part, text in parts if rule.part in (part, "all"))
        if rule.patterns:
            findings = in_time(rule, partial(_phrases, rule, parts, (subject, body), names))
        else:
            findings = in_time(rule, partial(_whole, rule, message, parts, names))
        found += (switched_off(rule),) if findings is None else findings
    order = {"subject": 0, "body": 1, "whole": 2}
    found.sort(key=lambda finding: (order[finding.part], finding.start))
    return tuple(f for f in found if f.rule not in dismissed and f.key not in dismissed)


def hint(text: str, rules: Rules, *, people: tuple[str, ...] = (), also: tuple[str, ...] = ()) -> Finding | None:
    """The first place in a log line that leaves the user's role, such as debugging; None if there is none.

    `people` are the names of everybody who has a role; `also` are ids of message rules to apply as well.
    """
    body, names = Text(text), names_pattern(people)
    applied = [*rules.lane, *(rule for rule in rules.messages if rule.id in also and rule.patterns)]
    found: list[Finding] = []
    for rule in applied:
        found += in_time(rule, partial(_phrases, rule, (("body", body),), (body,), names)) or ()
    return min(found, key=lambda finding: finding.start, default=None)


def compile_all(rules: Rules) -> None:
    """Compile every pattern, so that the first check is quick; safe in any thread, because nothing is matched."""
    for rule in (*rules.messages, *rules.lane):
        for source in (*rule.patterns, *rule.unless, *rule.unless_anywhere, *rule.requires):
            compiled(source, "")
        for source in rule.only_if:
            compiled(source, "", EXACT)


too_slow: set[Rule] = set()
"""Rules that took too long once."""


def in_time(rule: Rule, find: Callable[[], Iterator[Found]]) -> list[Found] | None:
    """The findings of a rule; None if it takes too long, now or earlier."""
    if rule in too_slow:
        return None
    try:
        with time_limit(RULE_LIMIT_S if len(too_slow) < _MANY_SLOW else RULE_LIMIT_S / 10):
            return list(find())
    except TookTooLong:
        too_slow.add(rule)
        return None


def switched_off(rule: Rule) -> Finding:
    """The finding that says that a rule is not used any more, because it took too long."""
    why = f"the check “{rule.id}” took too long and is switched off; its patterns have too many ways to match a text"
    return Finding(rule.id, rule.label, why, "whole", 0, 0, "")


def _applies(rule: Rule, message: MessageText) -> bool:
    if message.kind in rule.except_for or not ("*" in rule.applies_to or message.kind in rule.applies_to):
        return False
    match rule.when:
        case "partial":
            return message.partial
        case "no_next_update":
            return message.promises_next is False
        case "no_need":
            return not message.needs.strip()
    return True


def _phrases(
    rule: Rule, parts: tuple[tuple[Part, Text], ...], everywhere: tuple[Text, ...], names: str
) -> Iterator[Finding]:
    elsewhere = [compiled(source, names) for source in rule.unless_anywhere]
    if any(pattern.search(text.plain) for pattern in elsewhere for text in everywhere):
        return
    for part, text in parts:
        for match in phrases(rule, text, names):
            start, stop = text.span(match)
            yield Finding(rule.id, rule.label, rule.why, part, start, stop, text.original[start:stop])


def _whole(rule: Rule, message: MessageText, parts: tuple[tuple[Part, Text], ...], names: str) -> Iterator[Finding]:
    measure = ""
    if rule.max_words is not None:
        count = len(message.body.split())
        if count <= rule.max_words:
            return
        measure = f"{count} words"
    elif rule.max_people is not None:
        count = sum(1 for name in _RECIPIENT.split(message.to) if name.strip())
        if count <= rule.max_people:
            return
        measure = f"{count} people"
    elif any(compiled(source, names).search(text.plain) for source in rule.requires for _, text in parts):
        return
    yield Finding(rule.id, rule.label, rule.why, "whole", 0, 0, measure)


_RECIPIENT = re.compile(r"[,;\n&]|\band\b")
