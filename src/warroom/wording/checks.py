"""Checks the wording of a message before it is sent. The rules are data; findings are advice and never block.

Before matching, typographic quotes and dashes become plain ones, each run of white space becomes one space, and the
end of a sentence becomes a newline; the offsets of a finding refer to the original text.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import lru_cache, partial
from typing import Literal

import msgspec

from warroom.wording.patterns import FLAGS
from warroom.wording.rules import PEOPLE, Rule, Rules
from warroom.wording.time_limit import TookTooLong, time_limit

RULE_LIMIT_S = 0.25
"""Seconds that a rule may take for a message. One that took longer is not used again until its file is changed."""
_MANY_SLOW = 4
"""After so many slow rules the others get less time, so that a file full of them doesn't add up to a long wait."""

Part = Literal["subject", "body", "whole"]


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


class _Text:
    """One part of a message, normalized for matching, which maps a match back to the original."""

    def __init__(self, original: str) -> None:
        self.original = original
        pieces: list[str] = []
        self._origin: list[int] = []
        done = 0
        for space in _SPACE.finditer(original):
            pieces += original[done : space.start()], "\n" if _ends_sentence(original, space) else " "
            self._origin += range(done, space.start() + 1)
            done = space.end()
        pieces.append(original[done:])
        self._origin += range(done, len(original))
        self.plain = "".join(pieces).translate(_TYPOGRAPHY)
        self._taken = bytearray(len(self.plain))

    def matches(self, pattern: re.Pattern[str]) -> Iterator[re.Match[str]]:
        """Each match that overlaps with no match of an earlier rule."""
        for match in pattern.finditer(self.plain):
            start, end = match.span()
            if start < end and not any(self._taken[start:end]):
                yield match

    def claim(self, match: re.Match[str]) -> None:
        """Keep later rules from reporting the same words."""
        start, end = match.span()
        self._taken[start:end] = b"\1" * (end - start)

    def sentence(self, match: re.Match[str]) -> tuple[int, int]:
        """The start and end of the sentence around a match, in `plain`."""
        end = self.plain.find("\n", match.end())
        return self.plain.rfind("\n", 0, match.start()) + 1, len(self.plain) if end < 0 else end

    def span(self, match: re.Match[str]) -> tuple[int, int]:
        """The start and end of a match in the original."""
        return self._origin[match.start()], self._origin[match.end() - 1] + 1


_SPACE = re.compile(r"\s+")
_TYPOGRAPHY = str.maketrans("‘’ʼ´`“”„‐‑‒–—−", "'''''\"\"\"------")
_CLOSERS = "\"'”’)]*_"
_ABBREVIATION = re.compile(r"(?:\b(?:[ap]\.m|e\.g|i\.e|approx|est|ca|vs|no|incl|max|min|hrs?))\.$", re.IGNORECASE)
_NEW_ITEM = re.compile(r"[-*•·▸✓✗] |\d{1,2}[.)] |[A-Za-z][\w /#-]{0,30}:(?:\s|$)")


def _ends_sentence(text: str, space: re.Match[str]) -> bool:
    """Whether white space separates sentences, list items or labelled lines, rather than words of one sentence."""
    lines = space.group().count("\n")
    if lines > 1 or (lines and _NEW_ITEM.match(text, space.end())):
        return True
    before = text[max(0, space.start() - 12) : space.start()].rstrip(_CLOSERS)
    return before.endswith((".", "!", "?", ";", "…")) and not _ABBREVIATION.search(before)


def check(message: MessageText, rules: Rules, dismissed: frozenset[str] = frozenset()) -> tuple[Finding, ...]:
    """Find what to reconsider in a message: first the subject, then the body, by position, then the whole message.

    `dismissed` contains ids of rules or keys of findings to leave out. A message without a body has no findings.
    """
    if not message.body.strip():
        return ()
    subject, body = _Text(message.subject), _Text(message.body)
    names = _names(message.people)
    found: list[Finding] = []
    for rule in rules.messages:
        if not _applies(rule, message):
            continue
        parts: tuple[tuple[Part, _Text], ...] = (("subject", subject), ("body", body))
        parts = tuple((part, text) for part, text in parts if rule.part in (part, "all"))
        if rule.patterns:
            findings = _in_time(rule, partial(_phrases, rule, parts, (subject, body), names))
        else:
            findings = _in_time(rule, partial(_whole, rule, message, parts, names))
        found += (_switched_off(rule),) if findings is None else findings
    order = {"subject": 0, "body": 1, "whole": 2}
    found.sort(key=lambda finding: (order[finding.part], finding.start))
    return tuple(f for f in found if f.rule not in dismissed and f.key not in dismissed)


def hint(text: str, rules: Rules, *, people: tuple[str, ...] = (), also: tuple[str, ...] = ()) -> Finding | None:
    """The first place in a log line that leaves the user's role, such as debugging; None if there is none.

    `people` are the names of everybody who has a role; `also` are ids of message rules to apply as well.
    """
    body, names = _Text(text), _names(people)
    applied = [*rules.lane, *(rule for rule in rules.messages if rule.id in also and rule.patterns)]
    found: list[Finding] = []
    for rule in applied:
        found += _in_time(rule, partial(_phrases, rule, (("body", body),), (body,), names)) or ()
    return min(found, key=lambda finding: finding.start, default=None)


def compile_all(rules: Rules) -> None:
    """Compile every pattern, so that the first check is quick; safe in any thread, because nothing is matched."""
    for rule in (*rules.messages, *rules.lane):
        for source in (*rule.patterns, *rule.unless, *rule.unless_anywhere, *rule.requires):
            _compiled(source, "")


too_slow: set[Rule] = set()
"""Rules that took too long once."""


def _in_time(rule: Rule, find: Callable[[], Iterator[Finding]]) -> list[Finding] | None:
    """The findings of a rule; None if it takes too long, now or earlier."""
    if rule in too_slow:
        return None
    try:
        with time_limit(RULE_LIMIT_S if len(too_slow) < _MANY_SLOW else RULE_LIMIT_S / 10):
            return list(find())
    except TookTooLong:
        too_slow.add(rule)
        return None


def _switched_off(rule: Rule) -> Finding:
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
    rule: Rule, parts: tuple[tuple[Part, _Text], ...], everywhere: tuple[_Text, ...], names: str
) -> Iterator[Finding]:
    elsewhere = [_compiled(source, names) for source in rule.unless_anywhere]
    if any(pattern.search(text.plain) for pattern in elsewhere for text in everywhere):
        return
    patterns = [_compiled(source, names) for source in rule.patterns]
    excuses = [_compiled(source, names) for source in rule.unless]
    for part, text in parts:
        excused: dict[int, bool] = {}  # by start of the sentence, so that each sentence is searched only once
        for pattern in patterns:
            for match in text.matches(pattern):
                begin, end = text.sentence(match)
                if begin not in excused:
                    sentence = text.plain[begin:end]
                    excused[begin] = any(excuse.search(sentence) for excuse in excuses)
                if excused[begin]:
                    continue
                text.claim(match)
                start, stop = text.span(match)
                yield Finding(rule.id, rule.label, rule.why, part, start, stop, text.original[start:stop])


def _whole(rule: Rule, message: MessageText, parts: tuple[tuple[Part, _Text], ...], names: str) -> Iterator[Finding]:
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
    elif any(_compiled(source, names).search(text.plain) for source in rule.requires for _, text in parts):
        return
    yield Finding(rule.id, rule.label, rule.why, "whole", 0, 0, measure)


_RECIPIENT = re.compile(r"[,;\n&]|\band\b")


def _names(people: tuple[str, ...]) -> str:
    """A case-sensitive pattern for people's full and first names, as typed or capitalized, so that will isn't Will."""
    forms: set[str] = set()
    for person in people:
        full = " ".join(person.translate(_TYPOGRAPHY).split())
        first = full.split(" ")[0].lstrip("@")
        for name in (full, first):
            if any(letter.isalpha() for letter in name):
                forms |= {name, name[0].upper() + name[1:]}
    if not forms:
        return ""
    longest_first = sorted(forms, key=lambda form: (-len(form), form))
    return rf"(?-i:(?<!\w)(?:{'|'.join(map(re.escape, longest_first))})(?!\w))"


@lru_cache(maxsize=1024)
def _compiled(source: str, names: str) -> re.Pattern[str]:
    """A compiled pattern of the file; if nobody has a role yet, `{people}` becomes a pattern that never matches."""
    return re.compile(source.replace(f"{{{PEOPLE}}}", names or "(?!)"), FLAGS)
