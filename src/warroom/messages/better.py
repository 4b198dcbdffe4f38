"""A better sentence for a remark on a message, and the field whose text it changes."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Collection, Mapping
from typing import TYPE_CHECKING

import msgspec

if TYPE_CHECKING:
    from warroom.messages.templates import Kind
    from warroom.wording import Finding, MessageText, Rules


class BetterWords(msgspec.Struct, frozen=True):
    """The better `sentence`, and the whole `text` of the `field` with it in its place."""

    field: str
    sentence: str
    text: str


def better_words(
    finding: Finding,
    values: Mapping[str, str],
    message: MessageText,
    rules: Rules,
    facts: Collection[str] = (),
) -> BetterWords | None:
    """Find the field that a remark is about, and its text with a better sentence.

    A field is checked by itself, because a message shows its text with a label, a capital letter or escaped marks.
    `facts` are the ids of fields that state a fact of the incident: there, only what is left of the user's own words
    counts, because what is sent becomes that fact. None if no field has the words of the remark, as those of the
    template itself, or if there is no better sentence.
    """
    from warroom.wording import better_sentence, check_text

    if "next update" in message.body.casefold():  # it is said already
        message = msgspec.structs.replace(message, facts=msgspec.structs.replace(message.facts, next_update=""))
    for field, text in values.items():
        for start, end in _parts(text, finding.words):
            for found in check_text(text[start:end], rules, message.readers, message.facts):
                if found.key == finding.key or (found.rule == finding.rule and found.words in finding.words):
                    first, last = start + found.first, start + found.last
                    better = better_sentence(text[first:last], found, message, rules, own_words=field in facts)
                    if better and field in facts and not text.rstrip().endswith("."):
                        better = better.rstrip().removesuffix(".")  # a fact may stand within other sentences
                    if better:
                        return BetterWords(field, better.strip(), text[:first] + better + text[last:])
    return None


def fields_of_facts(kind: Kind) -> set[str]:
    """The ids of the fields that state a fact of the incident, or begin with one."""
    return {field.id for field in kind.fields if any(source.startswith("fact:") for source in field.source)}


def _parts(text: str, words: str) -> list[tuple[int, int]]:
    """The spans of a field to check: sentences that have these words as they are, or else lines with one of them."""
    if same := [match.span() for match in re.finditer(re.escape(words), text, re.IGNORECASE)]:
        ends = [0, *(match.end() for match in _END.finditer(text)), len(text)]
        return [(ends[bisect_right(ends, start) - 1], ends[bisect_left(ends, end)]) for start, end in same]
    seen = set(_WORD.findall(words.casefold()))
    return [line.span() for line in _LINE.finditer(text) if seen & set(_WORD.findall(line.group().casefold()))]


_END = re.compile(r"(?<=[.!?])\s+|\n+")
_LINE = re.compile(r"[^\n]+")
_WORD = re.compile(r"\w+")
