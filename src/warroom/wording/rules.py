"""The wording rules, read strictly from a wording file (`templates/wording.toml`).

A rule either looks for phrases (`patterns`) or checks the message as a whole (`requires`, `max_words`, `max_people`).
The kinds of remark, such as promises and blame, are not rules but a grammar: see `language`.
"""

from __future__ import annotations

import re
from typing import Any, Literal, TypeVar

import msgspec

from warroom.text import toml
from warroom.text.mistakes import Mistake
from warroom.wording.kinds import KINDS, Audience
from warroom.wording.language import Language, Mistaken, Tables
from warroom.wording.patterns import NAMED_GROUP, VOCABULARY, why_not, why_slow_when_tried, written_out
from warroom.wording.shapes import why_slots

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

    A phrase is no finding if its sentence does not match `only_if` or have one of the texts of `only_with` (when
    given), or matches `unless`, or if the message matches `unless_anywhere`. `when` limits the rule to messages about a
    partial problem, without a promised next update, without a stated need, or that say that it is over. `kind` is the
    kind of remark it counts as, and `better` a sentence to take instead of the one it remarks on.
    """

    id: str
    label: str
    why: str
    applies_to: tuple[str, ...] = ("*",)
    except_for: tuple[str, ...] = ()
    part: Literal["subject", "body", "all"] = "all"
    when: Literal["always", "partial", "no_next_update", "no_need", "room", "over"] = "always"
    patterns: tuple[str, ...] = ()
    only_if: tuple[str, ...] = ()
    only_with: tuple[str, ...] = ()
    unless: tuple[str, ...] = ()
    unless_anywhere: tuple[str, ...] = ()
    requires: tuple[str, ...] = ()
    max_words: int | None = None
    max_people: int | None = None
    kind: str = ""
    audiences: tuple[Audience, ...] = ()
    better: tuple[str, ...] = ()


class PostMortemRule(Rule, frozen=True, forbid_unknown_fields=True):
    """A rule for the sections of a post-mortem; `applies_to` and `except_for` are ids of sections.

    `ask` asks for the condition in the system that let it happen. `rewording` is a sentence in which `{name}` stands
    for the named group of that name in the pattern that matched; empty if there is none.
    """

    ask: str = ""
    rewording: str = ""


_AnyRule = TypeVar("_AnyRule", bound=Rule)


class Rules(msgspec.Struct, frozen=True):
    """The rules of a checked wording file, vocabulary expanded. The first rule that matches a phrase reports it.

    `language` finds the kinds of remark. `left_out` are the tables that the file doesn't have (rule, lane, postmortem,
    kind), for which the built-in ones are used.
    """

    messages: tuple[Rule, ...]
    lane: tuple[Rule, ...]
    post_mortem: tuple[PostMortemRule, ...]
    language: Language
    left_out: frozenset[str] = frozenset()

    def completed(self, built_in: Rules, *, file: str) -> Rules:
        """These rules, with the built-in ones for every table that was left out.

        Raises WordingError if `file`, which they were read from, adds to what isn't there.
        """
        taken = {"rule": "messages", "lane": "lane", "postmortem": "post_mortem"}
        changes: dict[str, Any] = {
            field: getattr(built_in, field) for table, field in taken.items() if table in self.left_out
        }
        if "kind" in self.left_out:
            try:
                changes["language"] = built_in.language.with_own(self.language.tables)
            except Mistaken as mistaken:
                raise WordingError(file, mistaken.key, mistaken.expected) from None
        return msgspec.structs.replace(self, **changes)


class _File(Tables, frozen=True, forbid_unknown_fields=True):
    words: dict[str, tuple[str, ...]] = {}
    rule: tuple[Rule, ...] = ()
    lane: tuple[Rule, ...] = ()
    postmortem: tuple[PostMortemRule, ...] = ()


def load(text: str, *, file: str, try_patterns: bool = True) -> Rules:
    """Read a wording file strictly, so that a mistake in a company's copy is reported and never ignored.

    With `try_patterns`, patterns are compiled and tried on texts that make bad ones slow, which takes about a second
    for a file as long as the built-in one. Raises WordingError with one sentence that names `file`, the key and what is
    expected.
    """
    raw: dict[str, Any] = {}
    try:
        raw = toml.parse(text, file=file)
        rules = _rules(toml.convert(raw, _File, file=file), try_patterns)
        return msgspec.structs.replace(rules, left_out=_TABLES - raw.keys())
    except Mistake as mistake:
        where = mistake.where if isinstance(mistake.where, int) else _place(mistake.where, raw)
        raise WordingError(file, where, mistake.reason) from None
    except (_RuleError, Mistaken) as error:
        raise WordingError(file, error.key, error.expected) from None


_TABLES = frozenset({"rule", "lane", "postmortem", "kind"})


def _rules(parsed: _File, try_patterns: bool) -> Rules:
    vocabulary: dict[str, str] = {}
    for name, choices in parsed.words.items():
        if name == PEOPLE:
            raise _RuleError(f"words.{PEOPLE}", "it is filled from the incident's roles; choose another name")
        expanded = [_expanded(choice, vocabulary, f"words.{name}", try_patterns, in_use=False) for choice in choices]
        vocabulary[name] = f"(?:{'|'.join(expanded)})"
    seen: set[str] = set()
    kinds = list(dict.fromkeys((*KINDS, *(kind.id for kind in parsed.kind))))

    def checked(table: str, group: tuple[_AnyRule, ...]) -> tuple[_AnyRule, ...]:
        written: list[_AnyRule] = []
        for rule in group:
            where = f'{table} "{rule.id}"'
            _check_shape(rule, where, seen, phrases_only=table != "rule")
            _check_sentences(rule, where)
            if rule.kind and rule.kind not in kinds:
                expected = f"expected a kind of remark ({', '.join(kinds)}), got {rule.kind!r}"
                raise _RuleError(f"{where}, key kind", expected)
            if isinstance(rule, PostMortemRule):
                _check_post_mortem(rule, where)
            written.append(_written_out(rule, vocabulary, where, try_patterns))
        return tuple(written)

    language = Language(Tables(*(getattr(parsed, table) for table in Tables.__struct_fields__)))
    if try_patterns:
        language.check()
    return Rules(
        checked("rule", parsed.rule),
        checked("lane", parsed.lane),
        checked("postmortem", parsed.postmortem),
        language,
    )


def _place(path: str, raw: dict[str, Any]) -> str:
    """Turn a path (`rule[3].label`) into the rule's own id and key, which is what a person can search for."""
    match = re.match(r"(rule|lane|postmortem|kind)\[(\d+)\]\.?(.*)", path)
    if match is None:
        return path
    table, index, key = match.groups()
    item = raw[table][int(index)]
    name = item.get("id") if isinstance(item, dict) else None
    rule = f'{table} "{name}"' if isinstance(name, str) else f"{table} number {int(index) + 1}"
    return f"{rule}, key {key}" if key else rule


def _check_shape(rule: Rule, where: str, seen: set[str], *, phrases_only: bool) -> None:
    for key in ("id", "label", "why"):
        if not getattr(rule, key).strip():
            raise _RuleError(f"{where}, key {key}", "expected text, got none")
    if rule.id in seen:
        raise _RuleError(f"{where}, key id", "this id is taken by an earlier rule; expected a new one")
    seen.add(rule.id)
    tests = [key for key in ("patterns", "requires") if getattr(rule, key)]
    tests += [key for key in ("max_words", "max_people") if getattr(rule, key) is not None]
    if phrases_only and tests != ["patterns"]:
        raise _RuleError(where, "expected patterns and none of requires, max_words, max_people")
    if len(tests) != 1:
        raise _RuleError(where, "expected exactly one of patterns, requires, max_words, max_people")
    for key in ("max_words", "max_people"):
        limit = getattr(rule, key)
        if limit is not None and limit < 1:
            raise _RuleError(f"{where}, key {key}", f"expected a number from 1 up, got {limit}")


def _check_sentences(rule: Rule, where: str) -> None:
    for key in ("applies_to", "except_for", "only_with", "better"):
        for at, text in enumerate(getattr(rule, key)):
            if not text.strip():
                raise _RuleError(f"{where}, key {key}[{at}]", "expected text, got none")
    for at, sentence in enumerate(rule.better):
        for mistake in why_slots(f"{where}, key better[{at}]", sentence):
            raise _RuleError(*mistake)


def _check_post_mortem(rule: PostMortemRule, where: str) -> None:
    for key, default in (("part", "all"), ("when", "always")):
        if getattr(rule, key) != default:
            raise _RuleError(f"{where}, key {key}", "a section of a post-mortem has no such thing; leave this key out")
    named = set(NAMED_GROUP.findall(" ".join(rule.patterns)))
    for name in VOCABULARY.findall(rule.rewording):
        if name not in named:
            raise _RuleError(f"{where}, key rewording", f"{{{name}}} is no group (?P<{name}>…) of its patterns")


def _written_out(rule: _AnyRule, vocabulary: dict[str, str], where: str, try_patterns: bool) -> _AnyRule:
    lists = {
        key: tuple(
            _expanded(source, vocabulary, f"{where}, key {key}[{index}]", try_patterns, named)
            for index, source in enumerate(getattr(rule, key))
        )
        for key in ("patterns", "only_if", "unless", "unless_anywhere", "requires")
        for named in (key == "patterns" and isinstance(rule, PostMortemRule),)
    }
    for index, source in enumerate(lists["only_if"]):
        if re.search(r"(?<!\\)[A-Z]", source) or f"{{{PEOPLE}}}" in source:
            raise _RuleError(f"{where}, key only_if[{index}]", "expected lower case, and no {people}")
    return msgspec.structs.replace(rule, **lists)


def _expanded(
    source: str,
    vocabulary: dict[str, str],
    where: str,
    try_patterns: bool,
    named_groups: bool = False,
    *,
    in_use: bool = True,
) -> str:
    """Check a pattern and expand its vocabulary; a part of the vocabulary is not `in_use` alone. Raises _RuleError."""
    for name in VOCABULARY.findall(source):
        if name != PEOPLE and name not in vocabulary:
            raise _RuleError(where, f"{{{name}}} is not a name defined above it under [words]")
    if try_patterns:  # the built-in file is tried by the tests: compiling all of it would cost each start 0.1 s
        reason = why_not(source, vocabulary, named_groups=named_groups)
        if reason := reason or (why_slow_when_tried(source, vocabulary) if in_use else ""):
            raise _RuleError(where, f"expected {reason}")
    return written_out(source, vocabulary)
