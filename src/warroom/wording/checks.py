"""Checks the wording of a message before it is sent. The rules are data; findings are advice and never block.

The offsets of a finding refer to the original text, whatever `matching` does to it.
"""

from __future__ import annotations

import re
import time
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator
from contextlib import suppress
from functools import partial
from itertools import islice
from typing import TypeVar
from weakref import WeakSet

import msgspec

from warroom.wording.findings import Finding, MessageText, Part, is_contact, merged, moved
from warroom.wording.kinds import Audience, Facts
from warroom.wording.language import Language
from warroom.wording.matching import Text, compiled, names_pattern, phrases
from warroom.wording.patterns import EXACT
from warroom.wording.remarks import MOST_OF_A_KIND, remarks
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
LEAKS_S = 0.35
"""Seconds of that time which are kept for finding the leaks of a megabyte of which nothing else is checked."""
UNCHECKED = "length"
"""The rule of the finding that says that a part of a text was not checked."""
NOT_ENGLISH = "language"
"""The rule of the finding that says that a text is not in English, so that its wording is not checked."""

Found = TypeVar("Found", bound="Finding")


def check(message: MessageText, rules: Rules, dismissed: frozenset[str] = frozenset()) -> tuple[Finding, ...]:
    """Find what to reconsider in a message: first the subject, then the body, by position, then the whole message.

    `dismissed` contains ids of rules or kinds, or keys of findings, to leave out. A message without a body has no
    findings.
    """
    if not message.body.strip():
        return ()
    names, length = names_pattern(message.people), len(message.subject) + len(message.body)
    applied = [rule for rule in rules.messages if _applies(rule, message, rules)]

    def ready() -> Callable[[Rule], Iterator[Finding]]:
        subject, body = Text(message.subject), Text(message.body)

        def find(rule: Rule) -> Iterator[Finding]:
            both: tuple[tuple[Part, Text], ...] = (("subject", subject), ("body", body))
            parts = tuple((part, text) for part, text in both if rule.part in (part, "all"))
            if rule.patterns:
                return _phrases(rule, parts, (subject, body), names)
            return _whole(rule, message, parts, names)

        return find

    found = _by_rules(applied, ready, length)
    facts = msgspec.structs.replace(message.facts, people=message.people)
    both: tuple[tuple[Part, str], ...] = (("subject", message.subject), ("body", message.body))
    for part, text in both:
        found = merged(part, found, _remarks(part, text, rules, message.readers, facts))
    language = rules.language
    if language.tables.kind and not language.is_english(language.tag(message.body, facts.people, facts.systems)):
        found.append(not_english())
    found = [finding for finding in found if not is_contact(finding, facts)]
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
    TEXT_LIMIT_S at most; a finding about the whole text says where that ended, and the rest has its leaks found.
    """
    facts = facts or Facts()
    leaks, others = _rules_for_text(rules, audience)
    if len(text) <= PIECE:
        return _check_piece(text, rules, [*leaks, *others], audience, facts)
    found: dict[tuple[str, int, int], Finding] = {}
    counts: Counter[tuple[str, str]] = Counter()
    begun, unchecked = time.process_time(), 0
    for start, end in _pieces(text):
        if start and not unchecked:
            kept = LEAKS_S * (len(text) - start) / 1_000_000
            unchecked = start if time.process_time() - begun > TEXT_LIMIT_S - kept else 0
        full = {kind for kind, count in counts.items() if count >= MOST_OF_A_KIND}
        applied = [rule for rule in (leaks if unchecked else [*leaks, *others]) if (rule.kind, rule.label) not in full]
        findings = (
            _leaks(text[start:end], applied, facts)
            if unchecked
            else _check_piece(text[start:end], rules, applied, audience, facts, {kind for kind, _ in full} - {"leak"})
        )
        for finding in findings:
            kind = finding.rule, finding.label if finding.rule == "leak" else ""  # no address keeps a password away
            if finding.part == "whole":
                found.setdefault((finding.rule, 0, 0), finding)
            elif counts[kind] < MOST_OF_A_KIND:
                counts[kind] += 1
                here = moved(finding, start)
                found[here.rule, here.start, here.end] = here
    return _with_whole(found.values(), *([_unchecked(unchecked)] if unchecked else []))


def _rules_for_text(rules: Rules, audience: Audience) -> tuple[list[Rule], list[Rule]]:
    """The rules for any text for an audience: those that find leaks, and the others."""
    applied: list[Rule] = [
        rule
        for rule in rules.messages
        if rule.kind
        and rule.patterns
        and audience in (rule.audiences or (audience,))
        and not rules.language.is_off(rule.kind, audience)
    ]
    post_mortem = rules.post_mortem if audience == "post-mortem" else ()
    leaks = [rule for rule in applied if rule.kind == "leak"]
    return leaks, [*(rule for rule in applied if rule.kind != "leak"), *post_mortem]


def _leaks(piece: str, applied: list[Rule], facts: Facts) -> tuple[Finding, ...]:
    """What these rules find in a piece of a text, of which nothing else is checked."""
    found = _in_any_text(piece, applied, facts, quick=True)
    return tuple(finding for finding in found if not is_contact(finding, facts))


def _in_any_text(text: str, applied: list[Rule], facts: Facts, *, quick: bool = False) -> list[Finding]:
    names = names_pattern(facts.people)

    def ready() -> Callable[[Rule], Iterator[Finding]]:
        plain = Text(text, quick=quick)
        return lambda rule: _phrases(rule, (("body", plain),), (plain,), names)

    return _by_rules(applied, ready, len(text)) if applied else []


def _check_piece(
    text: str,
    rules: Rules,
    applied: list[Rule],
    audience: Audience,
    facts: Facts,
    without: Collection[str] = (),
) -> tuple[Finding, ...]:
    if "blame" in without:
        applied = [rule for rule in applied if not isinstance(rule, PostMortemRule)]
    found = merged("body", _in_any_text(text, applied, facts), _remarks("body", text, rules, audience, facts, without))
    found = [finding for finding in found if not is_contact(finding, facts)]
    return tuple(sorted(found, key=lambda finding: finding.start))


def _pieces(text: str) -> Iterator[tuple[int, int]]:
    """The spans of a long text that are checked one after the other: whole paragraphs, or whole sentences.

    The first ones are short, because patterns are compiled when a text first needs them, and that takes its time.
    """
    start = 0
    while len(text) - start > PIECE:
        size = PIECE if start >= PIECE else PIECE // 4
        most = start + size
        paragraph = text.rfind("\n\n", start + size // 2, most)
        if paragraph >= 0:
            end = paragraph + 2
        else:
            ends = [match.end() for match in _PLACES_TO_CUT.finditer(text, start + size // 2, most)]
            end = ends[-1] if ends else most
        yield start, end
        start = end
    yield start, len(text)


_PLACES_TO_CUT = re.compile(r"\n+|[.!?] +")


def _with_whole(found: Iterable[Finding], *more: Finding) -> tuple[Finding, ...]:
    """The findings by position, those about the whole text last."""
    return tuple(sorted((*found, *more), key=lambda finding: (finding.part == "whole", finding.start)))


def _unchecked(checked: int) -> Finding:
    label = "is too long to be checked whole"
    why = (
        f"Only its first {checked:,} characters were checked, in the time that there is; of the rest, only leaks were "
        "looked for. Check it on its own."
    )
    return Finding(UNCHECKED, label, why, "whole", 0, 0, "")


def is_english(text: str, rules: Rules) -> bool:
    """Whether a text is in English, the only language whose words are checked, or too short to tell."""
    return not rules.language.tables.kind or rules.language.is_english(rules.language.tag(text))


def not_english(what: str = "") -> Finding:
    """The finding that says that a message, or only `what` of it, is in another language, so that nobody checked it."""
    return Finding(NOT_ENGLISH, _NOT_ENGLISH, _ASK, "whole", 0, 0, what)


def compile_all(rules: Rules) -> Iterator[None]:
    """Read every pattern, so that the first check is quick; safe in any thread, because nothing is matched.

    After each part it yields, for a caller that may have no more use for the rest: all of it takes about a second. The
    patterns of the rules are compiled; those of the kinds of remark are when a text first has what they need.
    """
    yield from rules.language.compile()
    for rule in (*rules.messages, *rules.lane):
        yield
        for source in (*rule.patterns, *rule.unless, *rule.unless_anywhere, *rule.requires):
            compiled(source, "")
        for source in rule.only_if:
            compiled(source, "", EXACT)
    _compiled.add(rules.language)


_compiled: WeakSet[Language] = WeakSet()
"""The languages of all rules of which every pattern was read."""


def were_compiled(rules: Callable[[], Rules]) -> bool:
    """Whether every pattern of these rules was read before in this process; they are asked for only if any were."""
    return bool(_compiled) and rules().language in _compiled


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


def _by_rules(
    applied: list[Rule], ready: Callable[[], Callable[[Rule], Iterator[Finding]]], length: int
) -> list[Finding]:
    """The findings of rules in a text of so many characters; one that takes too long is named instead.

    `ready` makes a text ready, and gives what finds the findings of a rule in it. All rules together nearly always need
    less time than one may have, and a limit for each costs more than most of them do.
    """
    if not too_slow:
        find = ready()
        with suppress(TookTooLong), time_limit(RULE_LIMIT_S * max(1, length / _USUAL_LENGTH)):
            return [finding for rule in applied for finding in find(rule)]
    find, found = ready(), []
    for rule in applied:
        findings = in_time(rule, partial(find, rule), length)
        found += [switched_off(rule)] if findings is None else findings
    return found


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
        case "over":
            return message.says_over
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
            label = remark.sort.label if remark.sort else kind.label
            why = remark.sort.why if remark.sort else remark.case.why or kind.why
            yield Finding(kind.id, label, why, part, *where, remark)


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
