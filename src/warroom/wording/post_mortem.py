"""Checks that the text of a post-mortem blames the system, never a person, a team, or “human error”."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import partial

from warroom.wording.checks import in_time, switched_off
from warroom.wording.findings import Finding
from warroom.wording.matching import Text, compiled, names_pattern, phrases
from warroom.wording.patterns import EXACT, FLAGS, VOCABULARY
from warroom.wording.rules import PostMortemRule, Rules


class PostMortemFinding(Finding, frozen=True):
    """A place in a section that makes a person, a team or “human error” the cause; its `part` is `body`.

    `ask` asks for the condition in the system that let it happen. `rewording` is a whole sentence to start from, with
    [gaps] for what is not known; empty if there is none that is sure to be right.
    """

    ask: str = ""
    rewording: str = ""

    @property
    def sentence(self) -> str:
        """`“Marcus forgot …” somebody forgot something: what would have noticed? For example: …`."""
        quoted = f"“{self.words}” " if self.words else ""
        example = f" For example: {self.rewording}" if self.rewording else ""
        return f"{quoted}{self.label}: {self.ask or self.why}{example}"


def check_post_mortem(
    text: str,
    rules: Rules,
    *,
    people: tuple[str, ...] = (),
    section: str = "",
    dismissed: frozenset[str] = frozenset(),
) -> tuple[PostMortemFinding, ...]:
    """Find where a section of a post-mortem blames somebody, by position; the offsets refer to `text`.

    `people` are the names of everybody who has a role or wrote in the log; `section` is the id of the section, for
    rules that hold for some sections only. `dismissed` contains ids of rules or keys of findings to leave out.
    """
    if not text.strip():
        return ()
    normalized, names = Text(text), names_pattern(people)
    found: list[PostMortemFinding] = []
    for rule in rules.post_mortem:
        if section in rule.except_for or not ("*" in rule.applies_to or section in rule.applies_to):
            continue
        _compile(rule, names)  # before the clock of the rule starts: compiling takes long, but only once
        findings = in_time(rule, partial(_findings, rule, normalized, names), len(text))
        if findings is None:
            off = switched_off(rule)
            findings = [PostMortemFinding(off.rule, off.label, off.why, off.part, off.start, off.end, off.words)]
        found += findings
    found.sort(key=lambda finding: (finding.part == "whole", finding.start))
    return tuple(f for f in found if f.rule not in dismissed and f.key not in dismissed)


def compile_post_mortem(rules: Rules, people: tuple[str, ...] = ()) -> None:
    """Compile the patterns for these people, so that the first check is quick; safe in any thread."""
    names = names_pattern(people)
    for rule in rules.post_mortem:
        _compile(rule, names)


def _compile(rule: PostMortemRule, names: str) -> None:
    for source in (*rule.patterns, *rule.unless, *rule.unless_anywhere):
        compiled(source, names)
    for source in rule.only_if:
        compiled(source, "", EXACT)


def _findings(rule: PostMortemRule, text: Text, names: str) -> Iterator[PostMortemFinding]:
    if any(compiled(source, names).search(text.plain) for source in rule.unless_anywhere):
        return
    for match in phrases(rule, text, names):
        start, end = text.span(match)
        yield PostMortemFinding(
            rule.id,
            rule.label,
            rule.why,
            "body",
            start,
            end,
            text.original[start:end],
            ask=rule.ask or rule.why,
            rewording=_reworded(rule.rewording, match, names),
        )


def _reworded(template: str, match: re.Match[str], names: str) -> str:
    """The template filled in, once, with the groups of the match; empty if one is missing or is about somebody."""
    groups = match.groupdict()
    parts = [groups.get(name) for name in VOCABULARY.findall(template)]
    if any(not part or _ABOUT_SOMEBODY.search(part) for part in parts):
        return ""
    if names and any(re.search(names, part, FLAGS) for part in parts if part):
        return ""
    filled = VOCABULARY.sub(lambda name: _inside_a_sentence(groups[name[1]]), template)
    # A name such as iOS or k8s keeps its case.
    return filled[:1].upper() + filled[1:] if re.match(r"[a-z]+\b", filled) else filled


def _inside_a_sentence(words: str) -> str:
    return words[0].lower() + words[1:] if re.match(r"(?:The|An?|Our|This|That|One|Some|All|Both)\b", words) else words


_ABOUT_SOMEBODY = re.compile(
    r"\b(?:I|me|my|mine|myself|he|him|his|himself|she|her|hers|herself|they|them|their|theirs|themselves|you|yours?|"
    r"who|whom|whose|someone|somebody)\b",
    FLAGS,
)
