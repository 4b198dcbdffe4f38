"""Checks the wording of a message before it is sent. The rules are data; findings are advice and never block.

The offsets of a finding refer to the original text, whatever `matching` does to it.
"""

from __future__ import annotations

import re
import time
from bisect import bisect_left
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator
from functools import partial
from itertools import accumulate, islice
from typing import Literal, TypeVar

import msgspec

from warroom.wording.kinds import KINDS, Audience, Facts
from warroom.wording.matching import Text, compiled, names_pattern, phrases
from warroom.wording.patterns import EXACT
from warroom.wording.remarks import MOST_OF_A_KIND, Remark, remarks
from warroom.wording.rules import PostMortemRule, Rule, Rules
from warroom.wording.time_limit import TookTooLong, time_limit

RULE_LIMIT_S = 0.25
"""Seconds that a rule may take for a message. One that took longer is not used again until its file is changed."""
_USUAL_LENGTH = 100_000
"""Characters up to which a rule gets that time; for a longer text it gets more, in proportion."""
_MANY_SLOW = 4
"""After so many slow rules the others get less time, so that a file full of them doesn't add up to a long wait."""
PIECE = 30_000
"""Characters of a text that are checked together: longer than any message."""
TEXT_LIMIT_S = 0.8
"""Seconds of processor time after which no further piece of a text is checked; a megabyte of sentences takes less."""
UNCHECKED = "length"
"""The rule of the finding that says that a part of a text was not checked."""
NOT_ENGLISH = "language"
"""The rule of the finding that says that a text is not in English, so that its wording is not checked."""

Part = Literal["subject", "body", "whole"]


Found = TypeVar("Found", bound="Finding")


class MessageText(msgspec.Struct, frozen=True):
    """A message as it would be sent, with what the rules need to know about its incident.

    `kind` is the kind of message. `audience` is who reads it; if empty, customers for a customer message, else
    stakeholders. `promises_next` is None if the message needs no next update; `needs` is what an escalation asks for;
    `partial` means that the problem is only partial, `short` that it is a text message or a post; `people` are the
    names of everybody who has a role; `facts` are what a better sentence may state.
    """

    kind: str
    subject: str = ""
    body: str = ""
    to: str = ""
    partial: bool = False
    short: bool = False
    promises_next: bool | None = None
    people: tuple[str, ...] = ()
    needs: str = ""
    audience: Audience | Literal[""] = ""
    facts: Facts = Facts()

    @property
    def readers(self) -> Audience:
        """Who reads the message."""
        return self.audience or ("customers" if self.kind == "customer" else "stakeholders")


class Finding(msgspec.Struct, frozen=True):
    """Something to reconsider before sending: `start` and `end` are offsets in `part`, both 0 for the whole message.

    `words` is the text that matched, or a count such as `120 words`. `first` and `last` are the offsets of its
    sentence, both 0 if it is about no sentence. `remark` is what a kind of remark found, None if a rule did; `better`
    are the sentences that a rule offers instead.
    """

    rule: str
    label: str
    why: str
    part: Part
    start: int
    end: int
    words: str
    first: int = 0
    last: int = 0
    remark: Remark | None = None
    better: tuple[str, ...] = ()

    @property
    def key(self) -> str:
        """The key to dismiss only this match, however it is wrapped, and not the rule's other findings."""
        return f"{self.rule}:{' '.join(self.words.split()).casefold()}"


def check(message: MessageText, rules: Rules, dismissed: frozenset[str] = frozenset()) -> tuple[Finding, ...]:
    """Find what to reconsider in a message: first the subject, then the body, by position, then the whole message.

    `dismissed` contains ids of rules or kinds, or keys of findings, to leave out. A message without a body has no
    findings.
    """
    if not message.body.strip():
        return ()
    subject, body = Text(message.subject), Text(message.body)
    names, length = names_pattern(message.people), len(message.subject) + len(message.body)
    found: list[Finding] = []
    for rule in rules.messages:
        if not _applies(rule, message, rules):
            continue
        parts: tuple[tuple[Part, Text], ...] = (("subject", subject), ("body", body))
        parts = tuple((part, text) for part, text in parts if rule.part in (part, "all"))
        if rule.patterns:
            findings = in_time(rule, partial(_phrases, rule, parts, (subject, body), names), length)
        else:
            findings = in_time(rule, partial(_whole, rule, message, parts, names), length)
        found += (switched_off(rule),) if findings is None else findings
    facts = msgspec.structs.replace(message.facts, people=message.people)
    both: tuple[tuple[Part, Text], ...] = (("subject", subject), ("body", body))
    for part, text in both:
        found = _merged(part, found, _remarks(part, text.original, rules, message.readers, facts))
    language = rules.language
    if language.tables.kind and not language.is_english(language.tag(message.body, facts.people, facts.systems)):
        found.append(Finding(NOT_ENGLISH, _NOT_ENGLISH, _ASK, "whole", 0, 0, ""))
    found = [finding for finding in found if not _is_contact(finding, facts)]
    order = {"subject": 0, "body": 1, "whole": 2}
    found.sort(key=lambda finding: (order[finding.part], finding.start))
    return tuple(f for f in found if f.rule not in dismissed and f.key not in dismissed)


def hint(text: str, rules: Rules, *, people: tuple[str, ...] = (), also: tuple[str, ...] = ()) -> Finding | None:
    """The first place in a log line that leaves the user's role, such as debugging; None if there is none.

    `people` are the names of everybody who has a role; `also` are kinds of remark or ids of message rules to apply too.
    """
    body, names = Text(text), names_pattern(people)
    applied = [*rules.lane, *(rule for rule in rules.messages if rule.id in also and rule.patterns)]
    found: list[Finding] = []
    for rule in applied:
        found += in_time(rule, partial(_phrases, rule, (("body", body),), (body,), names), len(text)) or ()
    if also:
        found += (f for f in _remarks("body", text, rules, "log", Facts(people=people)) if f.rule in also)
    return min(found, key=lambda finding: finding.start, default=None)


def check_text(text: str, rules: Rules, audience: Audience, facts: Facts | None = None) -> tuple[Finding, ...]:
    """Find what to reconsider in any text for an audience: the kinds of remark only, by position.

    A rule that took too long is named by a finding about the whole text. A long text is checked in pieces, for
    TEXT_LIMIT_S at most; a finding about the whole text says where that ended.
    """
    facts = facts or Facts()
    if len(text) <= PIECE:
        return _check_piece(text, rules, audience, facts)
    found: dict[tuple[str, int, int], Finding] = {}
    counts: Counter[str] = Counter()
    begun = time.process_time()
    for start, end in _pieces(text):
        if start and time.process_time() - begun > TEXT_LIMIT_S:
            return _with_whole(found.values(), _unchecked(start))
        full = {rule for rule, count in counts.items() if count >= MOST_OF_A_KIND}
        for finding in _check_piece(text[start:end], rules, audience, facts, full):
            if finding.part == "whole":
                found.setdefault((finding.rule, 0, 0), finding)
            elif counts[finding.rule] < MOST_OF_A_KIND:
                counts[finding.rule] += 1
                moved = _moved(finding, start)
                found[moved.rule, moved.start, moved.end] = moved
    return _with_whole(found.values())


def _check_piece(
    text: str, rules: Rules, audience: Audience, facts: Facts, without: Collection[str] = ()
) -> tuple[Finding, ...]:
    plain, names = Text(text), names_pattern(facts.people)
    applied: list[Rule] = [
        rule
        for rule in rules.messages
        if rule.kind
        and rule.patterns
        and rule.kind not in without
        and audience in (rule.audiences or (audience,))
        and not rules.language.is_off(rule.kind, audience)
    ]
    if audience == "post-mortem" and "blame" not in without:
        applied += rules.post_mortem
    found: list[Finding] = []
    for rule in applied:
        findings = in_time(rule, partial(_phrases, rule, (("body", plain),), (plain,), names), len(text))
        found += (switched_off(rule),) if findings is None else findings
    found = _merged("body", found, _remarks("body", text, rules, audience, facts, without))
    found = [finding for finding in found if not _is_contact(finding, facts)]
    return tuple(sorted(found, key=lambda finding: finding.start))


def _pieces(text: str) -> Iterator[tuple[int, int]]:
    """The spans of a long text that are checked one after the other: whole paragraphs, or whole sentences."""
    start = 0
    while len(text) - start > PIECE:
        most = start + PIECE
        paragraph = text.rfind("\n\n", start + PIECE // 2, most)
        if paragraph >= 0:
            end = paragraph + 2
        else:
            ends = [match.end() for match in _PLACES_TO_CUT.finditer(text, start + PIECE // 2, most)]
            end = ends[-1] if ends else most
        yield start, end
        start = end
    yield start, len(text)


_PLACES_TO_CUT = re.compile(r"\n+|[.!?] +")


def _moved(finding: Finding, by: int) -> Finding:
    """A finding in a piece that begins `by` characters after the beginning of the text."""
    remark = finding.remark
    if remark is not None:
        places = {name: getattr(remark, name) + by for name in ("start", "end", "first", "last")}
        remark = msgspec.structs.replace(remark, **places)
    places = {name: getattr(finding, name) + by for name in ("start", "end", "first", "last")}
    return msgspec.structs.replace(finding, remark=remark, **places)


def _with_whole(found: Iterable[Finding], *more: Finding) -> tuple[Finding, ...]:
    """The findings by position, those about the whole text last."""
    return tuple(sorted((*found, *more), key=lambda finding: (finding.part == "whole", finding.start)))


def _unchecked(checked: int) -> Finding:
    label = "is too long to be checked whole"
    why = f"Only its first {checked:,} characters were checked, in the time that there is; check the rest on its own."
    return Finding(UNCHECKED, label, why, "whole", 0, 0, "")


def is_english(text: str, rules: Rules) -> bool:
    """Whether a text is in English, the only language whose words are checked, or too short to tell."""
    return not rules.language.tables.kind or rules.language.is_english(rules.language.tag(text))


def compile_all(rules: Rules) -> None:
    """Read every pattern, so that the first check is quick; safe in any thread, because nothing is matched.

    The patterns of the rules are compiled; those of the kinds of remark are when a text first has what they need.
    """
    for audience in ("customers", "stakeholders", "leadership", "log"):
        rules.language.compile(audience)
    for rule in (*rules.messages, *rules.lane):
        for source in (*rule.patterns, *rule.unless, *rule.unless_anywhere, *rule.requires):
            compiled(source, "")
        for source in rule.only_if:
            compiled(source, "", EXACT)


too_slow: set[Rule] = set()
"""Rules that took too long once."""


def in_time(rule: Rule, find: Callable[[], Iterator[Found]], length: int) -> list[Found] | None:
    """The findings of a rule in a text of so many characters; None if it takes too long, now or earlier."""
    if rule in too_slow:
        return None
    limit = RULE_LIMIT_S if len(too_slow) < _MANY_SLOW else RULE_LIMIT_S / 10
    try:
        with time_limit(limit * max(1, length / _USUAL_LENGTH)):
            return list(find())
    except TookTooLong:
        too_slow.add(rule)
        return None


def switched_off(rule: Rule) -> Finding:
    """The finding that says that a rule is not used any more, because it took too long."""
    why = f"the check “{rule.id}” took too long and is switched off; its patterns have too many ways to match a text"
    return Finding(rule.id, rule.label, why, "whole", 0, 0, "")


def _applies(rule: Rule, message: MessageText, rules: Rules) -> bool:
    if message.kind in rule.except_for or not ("*" in rule.applies_to or message.kind in rule.applies_to):
        return False
    if rule.audiences and message.readers not in rule.audiences:
        return False
    if rule.kind and rules.language.is_off(rule.kind, message.readers):
        return False
    match rule.when:
        case "partial":
            return message.partial
        case "no_next_update":
            return message.promises_next is False
        case "room":
            return not message.short
        case "no_need":
            return not message.needs.strip()
    return True


def _remarks(
    part: Part, text: str, rules: Rules, audience: Audience, facts: Facts, without: Collection[str] = ()
) -> Iterator[Finding]:
    """What the kinds of remark find in a text, but for those `without`."""
    language = rules.language
    for remark in remarks(text, language, audience, facts, without):
        kind = language.kind(remark.kind)
        if kind is not None:
            where = (remark.start, remark.end, remark.words, remark.first, remark.last)
            yield Finding(kind.id, kind.label, remark.case.why or kind.why, part, *where, remark)


def _merged(part: Part, by_rules: list[Finding], by_kinds: Iterable[Finding]) -> list[Finding]:
    """The findings of rules and of kinds of remark in a part, each of the words for one reason.

    A leak is no jargon, blame that the rules of a post-mortem found is said once, and a remark is more important than a
    rule without a kind, such as for a time without its zone.
    A remark that counts only if it is alone has no place in a sentence with a rule's.
    """
    here = [finding for finding in by_rules if finding.part == part]
    leaks, ruled = _Spans(f for f in here if f.rule == "leak"), _Spans(here)
    blamed = _Spans(f for f in here if f.rule == "blame")
    kept = [
        finding
        for finding in by_kinds
        if finding.remark is None
        or not (
            (finding.rule == "blame" and blamed.overlap(finding.start, finding.end))
            or (finding.rule == "jargon" and leaks.overlap(finding.start, finding.end))
            or (finding.remark.case.alone and ruled.overlap(finding.first, finding.last))
        )
    ]
    marked = _Spans(kept)
    rest = [f for f in by_rules if f.part != part or f.rule in KINDS or not marked.overlap(f.start, f.end)]
    return [*rest, *kept]


def _is_contact(finding: Finding, facts: Facts) -> bool:
    """Whether it is about an address or a number that the company gives to everybody."""
    words = finding.words.strip().casefold()
    return finding.rule == "leak" and bool(words) and any(words in contact.casefold() for contact in facts.contacts)


class _Spans:
    """Where findings are, to ask quickly if one of them overlaps with some words."""

    def __init__(self, findings: Iterable[Finding]) -> None:
        spans = sorted((finding.start, finding.end) for finding in findings)
        self._starts = [start for start, _ in spans]
        self._reach = list(accumulate((end for _, end in spans), max))

    def overlap(self, start: int, end: int) -> bool:
        """Whether a finding has some of the characters from `start` up to `end`."""
        last = bisect_left(self._starts, end) - 1
        return last >= 0 and self._reach[last] > start


_NOT_ENGLISH = "does not look like English"
_ASK = "Only English is checked, so nothing was said about its words. Ask somebody who speaks the language to read it."


def _phrases(
    rule: Rule, parts: tuple[tuple[Part, Text], ...], everywhere: tuple[Text, ...], names: str
) -> Iterator[Finding]:
    elsewhere = [compiled(source, names) for source in rule.unless_anywhere]
    if any(pattern.search(text.plain) for pattern in elsewhere for text in everywhere):
        return
    name = "blame" if isinstance(rule, PostMortemRule) else rule.kind or rule.id
    for part, text in parts:
        for match in islice(phrases(rule, text, names), MOST_OF_A_KIND):
            start, stop = text.span(match)
            words = text.original[start:stop]
            yield Finding(name, rule.label, rule.why, part, start, stop, words, *text.around(match), better=rule.better)


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
