"""The wording rules, read strictly from a wording file (`templates/wording.toml`).

A rule either looks for phrases (`patterns`) or checks the message as a whole (`requires`, `max_words`, `max_people`).
"""

from __future__ import annotations

import re
from typing import Any, Literal

import msgspec

from warroom.text import toml
from warroom.text.mistakes import Mistake
from warroom.wording.patterns import VOCABULARY, why_not, why_slow_when_tried, written_out

PEOPLE = "people"
"""The one vocabulary word that is not in the file: `{people}` matches the names of people who have a role."""


class WordingError(Mistake):
    """A wording file that cannot be used; str() is one sentence naming the file, the key and what is expected there."""


class _RuleError(Exception):
    """A mistake under a key of the file being read."""

    def __init__(self, key: str, expected: str) -> None:
        super().__init__(key)
        self.key = key
        self.expected = expected


class Rule(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One rule of the file; exactly one of `patterns`, `requires`, `max_words`, `max_people` is given.

    A phrase is no finding if its sentence matches `unless`, or the message matches `unless_anywhere`. `when` limits the
    rule to messages about a partial problem, without a promised next update, or without a stated need.
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
    """The rules of a checked wording file, vocabulary expanded. The first rule that matches a phrase reports it."""

    messages: tuple[Rule, ...]
    lane: tuple[Rule, ...]


class _File(msgspec.Struct, forbid_unknown_fields=True):
    words: dict[str, tuple[str, ...]] = {}
    rule: tuple[Rule, ...] = ()
    lane: tuple[Rule, ...] = ()


def load(text: str, *, file: str, try_patterns: bool = True) -> Rules:
    """Read a wording file strictly, so that a mistake in a company's copy is reported and never ignored.

    With `try_patterns`, patterns are also tried on texts that make bad ones slow, which takes about a second for a file
    as long as the built-in one. Raises WordingError with one sentence that names `file`, the key and what is expected.
    """
    raw: dict[str, Any] = {}
    try:
        raw = toml.parse(text, file=file)
        return _rules(toml.convert(raw, _File, file=file), try_patterns)
    except Mistake as mistake:
        where = mistake.where if isinstance(mistake.where, int) else _place(mistake.where, raw)
        raise WordingError(file, where, mistake.reason) from None
    except _RuleError as error:
        raise WordingError(file, error.key, error.expected) from None


def _rules(parsed: _File, try_patterns: bool) -> Rules:
    vocabulary: dict[str, str] = {}
    for name, choices in parsed.words.items():
        if name == PEOPLE:
            raise _RuleError(f"words.{PEOPLE}", "it is filled from the incident's roles; choose another name")
        expanded = [_expanded(choice, vocabulary, f"words.{name}", False) for choice in choices]
        vocabulary[name] = f"(?:{'|'.join(expanded)})"
    seen: set[str] = set()
    groups: dict[str, tuple[Rule, ...]] = {}
    for table, group in (("rule", parsed.rule), ("lane", parsed.lane)):
        written: list[Rule] = []
        for rule in group:
            where = f'{table} "{rule.id}"'
            _check_shape(rule, where, seen, lane=table == "lane")
            written.append(_written_out(rule, vocabulary, where, try_patterns))
        groups[table] = tuple(written)
    return Rules(messages=groups["rule"], lane=groups["lane"])


def _place(path: str, raw: dict[str, Any]) -> str:
    """Turn a path (`rule[3].label`) into the rule's own id and key, which is what a person can search for."""
    match = re.match(r"(rule|lane)\[(\d+)\]\.?(.*)", path)
    if match is None:
        return path
    table, index, key = match.groups()
    item = raw[table][int(index)]
    name = item.get("id") if isinstance(item, dict) else None
    rule = f'{table} "{name}"' if isinstance(name, str) else f"{table} number {int(index) + 1}"
    return f"{rule}, key {key}" if key else rule


def _check_shape(rule: Rule, where: str, seen: set[str], *, lane: bool) -> None:
    for key in ("id", "label", "why"):
        if not getattr(rule, key).strip():
            raise _RuleError(f"{where}, key {key}", "expected text, got none")
    if rule.id in seen:
        raise _RuleError(f"{where}, key id", "this id is taken by an earlier rule; expected a new one")
    seen.add(rule.id)
    tests = [key for key in ("patterns", "requires") if getattr(rule, key)]
    tests += [key for key in ("max_words", "max_people") if getattr(rule, key) is not None]
    if lane and tests != ["patterns"]:
        raise _RuleError(where, "expected patterns and none of requires, max_words, max_people")
    if len(tests) != 1:
        raise _RuleError(where, "expected exactly one of patterns, requires, max_words, max_people")
    for key in ("max_words", "max_people"):
        limit = getattr(rule, key)
        if limit is not None and limit < 1:
            raise _RuleError(f"{where}, key {key}", f"expected a number from 1 up, got {limit}")


def _written_out(rule: Rule, vocabulary: dict[str, str], where: str, try_patterns: bool) -> Rule:
    lists = {
        key: tuple(
            _expanded(source, vocabulary, f"{where}, key {key}[{index}]", try_patterns)
            for index, source in enumerate(getattr(rule, key))
        )
        for key in ("patterns", "unless", "unless_anywhere", "requires")
    }
    return msgspec.structs.replace(rule, **lists)


def _expanded(source: str, vocabulary: dict[str, str], where: str, try_patterns: bool) -> str:
    """Check a pattern, then expand its vocabulary. Raises _RuleError."""
    for name in VOCABULARY.findall(source):
        if name != PEOPLE and name not in vocabulary:
            raise _RuleError(where, f"{{{name}}} is not a name defined above it under [words]")
    if reason := why_not(source, vocabulary) or (why_slow_when_tried(source, vocabulary) if try_patterns else ""):
        raise _RuleError(where, f"expected {reason}")
    return written_out(source, vocabulary)
