"""Checks on words about to go out: rules are data (`templates/wording.toml`), findings are advice and never block.

A rule either looks for phrases (`patterns`) or judges the message as a whole (`requires`, `max_words`, `max_people`).
Before matching, typographic quotes and dashes become plain ones, each run of white space becomes one space, and the
end of a sentence becomes a newline; findings carry offsets into the text as it was given.
"""

from __future__ import annotations

import re
import tomllib
import warnings
from collections.abc import Iterator
from functools import lru_cache
from typing import Any, Literal

import msgspec

from warroom.text.mistakes import Mistake, toml_mistake

PEOPLE = "people"
"""The one vocabulary word not written in the file: `{people}` stands for the names in the incident's roles."""

Part = Literal["subject", "body", "whole"]


class WordingError(Mistake):
    """A wording file that cannot be used; str() names the file, the key and what is expected there."""


class Rule(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One check as the file states it; exactly one of `patterns`, `requires`, `max_words`, `max_people` is given.

    `unless` acquits a phrase by its own sentence, `unless_anywhere` by the whole message. `when` narrows the rule to
    messages about a partial problem, without a promised next update, or without a stated need.
    """

    id: str
    label: str
    why: str
    applies_to: tuple[str, ...] = ("*",)
    except_for: tuple[str, ...] = ()
    part: Literal["subject", "body", "all"] = "all"
    when: Literal["always", "partial", "no_next_update", "no_need"] = "always"
    patterns: tuple[str, ...] = ()
    unless: tuple[str, ...] = ()
    unless_anywhere: tuple[str, ...] = ()
    requires: tuple[str, ...] = ()
    max_words: int | None = None
    max_people: int | None = None


class Rules(msgspec.Struct, frozen=True):
    """A wording file after checking, its vocabulary written out; the order in it decides who speaks about a phrase."""

    messages: tuple[Rule, ...]
    lane: tuple[Rule, ...]


class Words(msgspec.Struct, frozen=True):
    """A message as it would be sent, with what the rules need to know about its incident.

    `promises_next` is None where a next update does not apply; `needs` is what an escalation asks for.
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
    """Something to reconsider before sending: the offsets are in `part`, 0 and 0 when the whole message is meant."""

    rule: str
    label: str
    why: str
    part: Part
    start: int
    end: int
    words: str

    @property
    def key(self) -> str:
        """What dismisses these words only, in any layout, and not the rule's other findings."""
        return f"{self.rule}:{' '.join(self.words.split()).casefold()}"


class _File(msgspec.Struct, forbid_unknown_fields=True):
    words: dict[str, tuple[str, ...]] = {}
    rule: tuple[Rule, ...] = ()
    lane: tuple[Rule, ...] = ()


class _Text:
    """One part of a message made comparable, able to say where in the original a match lies."""

    def __init__(self, original: str) -> None:
        self.original = original
        pieces: list[str] = []
        self._origin: list[int] = []
        done = 0
        for gap in _SPACE.finditer(original):
            pieces += original[done : gap.start()], "\n" if _ends_sentence(original, gap) else " "
            self._origin += range(done, gap.start() + 1)
            done = gap.end()
        pieces.append(original[done:])
        self._origin += range(done, len(original))
        self.plain = "".join(pieces).translate(_TYPOGRAPHY)
        self._taken = bytearray(len(self.plain))

    def matches(self, pattern: re.Pattern[str]) -> Iterator[re.Match[str]]:
        """Each match whose words no earlier rule has claimed."""
        for match in pattern.finditer(self.plain):
            start, end = match.span()
            if start < end and not any(self._taken[start:end]):
                yield match

    def claim(self, match: re.Match[str]) -> None:
        """Let the rule that found these words be the only one to speak about them."""
        start, end = match.span()
        self._taken[start:end] = b"\1" * (end - start)

    def sentence(self, match: re.Match[str]) -> tuple[int, int]:
        """Where the sentence around a match begins and ends in `plain`."""
        end = self.plain.find("\n", match.end())
        return self.plain.rfind("\n", 0, match.start()) + 1, len(self.plain) if end < 0 else end

    def span(self, match: re.Match[str]) -> tuple[int, int]:
        """Where a match lies in the original."""
        return self._origin[match.start()], self._origin[match.end() - 1] + 1


_SPACE = re.compile(r"\s+")
_TYPOGRAPHY = str.maketrans("‘’ʼ´`“”„‐‑‒–—−", "'''''\"\"\"------")
_CLOSERS = "\"'”’)]*_"
_ABBREVIATION = re.compile(r"(?:\b(?:[ap]\.m|e\.g|i\.e|approx|est|ca|vs|no|incl|max|min|hrs?))\.$", re.IGNORECASE)
_NEW_ITEM = re.compile(r"[-*•·▸✓✗] |\d{1,2}[.)] |[A-Za-z][\w /#-]{0,30}:(?:\s|$)")


def _ends_sentence(text: str, gap: re.Match[str]) -> bool:
    """Whether white space separates sentences, list items or labelled lines, rather than words of one sentence."""
    lines = gap.group().count("\n")
    if lines > 1 or (lines and _NEW_ITEM.match(text, gap.end())):
        return True
    before = text[max(0, gap.start() - 12) : gap.start()].rstrip(_CLOSERS)
    return before.endswith((".", "!", "?", ";", "…")) and not _ABBREVIATION.search(before)


def load(text: str, *, file: str) -> Rules:
    """Read a wording file strictly, so that a mistake in a company's copy is told and never passed over.

    Raises WordingError with one sentence that names `file`, the key and what is expected.
    """
    try:
        raw = tomllib.loads(text)
    except (ValueError, RecursionError) as error:  # a number of thousands of digits is a ValueError of Python's own
        raise WordingError(file, (found := toml_mistake(file, error)).where, found.reason) from None
    try:
        return _rules(msgspec.convert(raw, _File))
    except msgspec.ValidationError as error:
        raise WordingError(file, *_located(str(error), raw)) from None
    except _Wrong as error:
        raise WordingError(file, error.key, error.expected) from None


class _Wrong(Exception):
    """A mistake under a key of the file being read."""

    def __init__(self, key: str, expected: str) -> None:
        super().__init__(key)
        self.key = key
        self.expected = expected


def _rules(parsed: _File) -> Rules:
    vocabulary: dict[str, str] = {}
    for name, choices in parsed.words.items():
        if name == PEOPLE:
            raise _Wrong(f"words.{PEOPLE}", "it is filled from the incident's roles; choose another name")
        expanded = [_expanded(choice, vocabulary, f"words.{name}") for choice in choices]
        vocabulary[name] = f"(?:{'|'.join(expanded)})"
    seen: set[str] = set()
    groups: dict[str, tuple[Rule, ...]] = {}
    for table, group in (("rule", parsed.rule), ("lane", parsed.lane)):
        written: list[Rule] = []
        for rule in group:
            where = f'{table} "{rule.id}"'
            _check_shape(rule, where, seen, lane=table == "lane")
            written.append(_written_out(rule, vocabulary, where))
        groups[table] = tuple(written)
    return Rules(messages=groups["rule"], lane=groups["lane"])


def check(words: Words, rules: Rules, dismissed: frozenset[str] = frozenset()) -> tuple[Finding, ...]:
    """Say what to reconsider in a message: subject first, then body, by position, then the message as a whole.

    `dismissed` holds rule ids, or keys of findings; either keeps quiet. A message without a body is not judged yet.
    """
    if not words.body.strip():
        return ()
    subject, body = _Text(words.subject), _Text(words.body)
    names = _names(words.people)
    found: list[Finding] = []
    for rule in rules.messages:
        if not _applies(rule, words):
            continue
        parts: tuple[tuple[Part, _Text], ...] = (("subject", subject), ("body", body))
        parts = tuple((part, text) for part, text in parts if rule.part in (part, "all"))
        if rule.patterns:
            found += _phrases(rule, parts, (subject, body), names)
        else:
            found += _whole(rule, words, parts, names)
    order = {"subject": 0, "body": 1, "whole": 2}
    found.sort(key=lambda finding: (order[finding.part], finding.start))
    return tuple(f for f in found if f.rule not in dismissed and f.key not in dismissed)


def hint(text: str, rules: Rules) -> Finding | None:
    """Notice, while a line is typed, words that leave the user's lane; the first such place, or None."""
    body = _Text(text)
    found = [finding for rule in rules.lane for finding in _phrases(rule, (("body", body),), (body,), "")]
    return min(found, key=lambda finding: finding.start, default=None)


def _applies(rule: Rule, words: Words) -> bool:
    if words.kind in rule.except_for or not ("*" in rule.applies_to or words.kind in rule.applies_to):
        return False
    match rule.when:
        case "partial":
            return words.partial
        case "no_next_update":
            return words.promises_next is False
        case "no_need":
            return not words.needs.strip()
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
        acquitted: dict[int, bool] = {}  # by where the sentence begins: each is searched once, however many matches
        for pattern in patterns:
            for match in text.matches(pattern):
                begin, end = text.sentence(match)
                if begin not in acquitted:
                    sentence = text.plain[begin:end]
                    acquitted[begin] = any(excuse.search(sentence) for excuse in excuses)
                if acquitted[begin]:
                    continue
                text.claim(match)
                start, stop = text.span(match)
                yield Finding(rule.id, rule.label, rule.why, part, start, stop, text.original[start:stop])


def _whole(rule: Rule, words: Words, parts: tuple[tuple[Part, _Text], ...], names: str) -> Iterator[Finding]:
    measure = ""
    if rule.max_words is not None:
        count = len(words.body.split())
        if count <= rule.max_words:
            return
        measure = f"{count} words"
    elif rule.max_people is not None:
        count = sum(1 for name in _RECIPIENT.split(words.to) if name.strip())
        if count <= rule.max_people:
            return
        measure = f"{count} people"
    elif any(_compiled(source, names).search(text.plain) for source in rule.requires for _, text in parts):
        return
    yield Finding(rule.id, rule.label, rule.why, "whole", 0, 0, measure)


_RECIPIENT = re.compile(r"[,;\n&]|\band\b")
_VOCABULARY = re.compile(r"(?<!\\)\{([a-z_]+)\}")


def _names(people: tuple[str, ...]) -> str:
    """A pattern for the people's names, whole or first, as typed or capitalised: case tells Will from will."""
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
    """A pattern of the file, ready to search; where nobody has a role yet, `{people}` becomes what never matches."""
    return re.compile(source.replace(f"{{{PEOPLE}}}", names or "(?!)"), re.IGNORECASE | re.MULTILINE)


def _located(message: str, raw: dict[str, Any]) -> tuple[str, str]:
    """Turn msgspec's path (`$.rule[3].label`) into the rule's own id and key, and say what is expected there."""
    problem, _, path = message.partition(" - at `$.")
    problem = problem[0].lower() + problem[1:]
    match = re.match(r"(rule|lane)\[(\d+)\]\.?([^`]*)", path)
    if match is None:
        return path.rstrip("`") or "top level", problem
    table, index, key = match.groups()
    item = raw[table][int(index)]
    name = item.get("id") if isinstance(item, dict) else None
    rule = f'{table} "{name}"' if isinstance(name, str) else f"{table} number {int(index) + 1}"
    return (f"{rule}, key {key}" if key else rule), problem


def _check_shape(rule: Rule, where: str, seen: set[str], *, lane: bool) -> None:
    for key in ("id", "label", "why"):
        if not getattr(rule, key).strip():
            raise _Wrong(f"{where}, key {key}", "expected some words, got none")
    if rule.id in seen:
        raise _Wrong(f"{where}, key id", "this id is taken by an earlier rule; expected a new one")
    seen.add(rule.id)
    tests = [key for key in ("patterns", "requires") if getattr(rule, key)]
    tests += [key for key in ("max_words", "max_people") if getattr(rule, key) is not None]
    if lane and tests != ["patterns"]:
        raise _Wrong(where, "expected patterns and none of requires, max_words, max_people")
    if len(tests) != 1:
        raise _Wrong(where, "expected exactly one of patterns, requires, max_words, max_people")
    for key in ("max_words", "max_people"):
        limit = getattr(rule, key)
        if limit is not None and limit < 1:
            raise _Wrong(f"{where}, key {key}", f"expected a number from 1 up, got {limit}")


def _written_out(rule: Rule, vocabulary: dict[str, str], where: str) -> Rule:
    lists = {
        key: tuple(
            _expanded(source, vocabulary, f"{where}, key {key}[{index}]")
            for index, source in enumerate(getattr(rule, key))
        )
        for key in ("patterns", "unless", "unless_anywhere", "requires")
    }
    return msgspec.structs.replace(rule, **lists)


_LONGEST, _DEEPEST = 50_000, 40
"""How long a pattern may be with its vocabulary written out, and how many groups may stand within one another in it."""


def _expanded(source: str, vocabulary: dict[str, str], where: str) -> str:
    """Write a pattern's vocabulary out, once it is sure that the result compiles and is quick on any text.

    Only the pattern as written is compiled here, a stand-in for each word: the whole is compiled when first needed.
    """
    names = _VOCABULARY.findall(source)
    for name in names:
        if name != PEOPLE and name not in vocabulary:
            raise _Wrong(where, f"{{{name}}} is not a name defined above it under [words]")
    # Before it is written out: a few words made of one another could fill the memory.
    if len(source) + sum(len(vocabulary.get(name, "")) for name in names) > _LONGEST:
        raise _Wrong(where, f"expected at most {_LONGEST} characters, those of its {{words}} included")
    # What is left of a pattern without escapes and character sets holds * and + only as repeats without a bound, and
    # parentheses only as groups.
    if re.search(r"[*+]|\{\d*,\}", _LITERAL.sub("", source)):
        raise _Wrong(where, "expected a bound on every repeat, such as {1,40} for +, so that checks stay quick")
    expanded = _VOCABULARY.sub(lambda found: vocabulary.get(found.group(1), found.group()), source)
    if _depth(_LITERAL.sub("", expanded)) > _DEEPEST:
        raise _Wrong(where, f"expected at most {_DEEPEST} groups within one another, those of its {{words}} included")
    # The group around it refuses flags that hold for a whole pattern, the stand-in a look-behind that needs one width.
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", FutureWarning)
            pattern = re.compile(f"(?:{_VOCABULARY.sub('(?:x|xx)', source)})", re.IGNORECASE | re.MULTILINE)
    except (re.error, OverflowError, RecursionError, FutureWarning) as error:
        raise _Wrong(where, f"expected a regular expression of Python's re module ({error})") from None
    if pattern.groups:
        raise _Wrong(where, "expected groups of the form (?:…), got one that captures")
    if pattern.search(""):
        raise _Wrong(where, "expected a pattern that needs at least one character; this one matches nothing")
    return expanded


_LITERAL = re.compile(r"\\.|\[\^?\]?(?:\\.|[^\]\\])*\]", re.DOTALL)


def _depth(pattern: str) -> int:
    deepest = depth = 0
    for sign in re.findall(r"[()]", pattern):
        depth += 1 if sign == "(" else -1
        deepest = max(deepest, depth)
    return deepest
