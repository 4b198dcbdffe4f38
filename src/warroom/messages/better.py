"""A better sentence for a remark on a message, and the field whose text it changes."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Collection, Mapping
from typing import TYPE_CHECKING

import msgspec

from warroom.messages.checking import IN_SENTENCES, NOTE
from warroom.messages.notes import in_whole_sentences, notes
from warroom.messages.zones import RULE, sentence_with_zone, with_zone

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

    if finding.rule == NOTE:
        return _whole_sentence(finding, values, message, rules, facts)
    if finding.rule == RULE:
        return _with_zone(finding, values, message, rules)
    if "next update" in message.body.casefold():  # it is said already
        message = msgspec.structs.replace(message, facts=msgspec.structs.replace(message.facts, next_update=""))
    others: list[tuple[int, BetterWords]] = []
    said = _said((message.subject if finding.part == "subject" else message.body)[finding.first : finding.last])
    for field, text in values.items():
        for start, end in _parts(text, finding.words):
            for found in check_text(text[start:end], rules, message.readers, message.facts):
                first, last = start + found.first, start + found.last
                own = text[first:last]
                if _is_same(found, finding, own):
                    better = better_sentence(own, found, message, rules, own_words=field in facts)
                    if better and finding.remark is not None and finding.remark.sort is not None:
                        better = _in_whole_sentences(better, field, message)
                    if better and field in facts and not text[last:].strip() and not text.rstrip().endswith("."):
                        better = better.rstrip().removesuffix(".")  # a fact may stand within other sentences
                    if better:
                        here = BetterWords(field, better.strip(), text[:first] + better + text[last:])
                        others.append((len(said ^ _said(own)), here))
    return min(others, key=lambda row: row[0])[1] if others else None


def _with_zone(finding: Finding, values: Mapping[str, str], message: MessageText, rules: Rules) -> BetterWords | None:
    """The field with a time without its zone, and its text with the zone behind all of its times."""
    from warroom.wording import check

    said = _said((message.subject if finding.part == "subject" else message.body)[finding.first : finding.last])
    found: list[tuple[int, BetterWords]] = []
    for field, text in values.items() if message.zone else ():
        own, sentence = sentence_with_zone(text, finding.words, message.zone)
        whole = with_zone(text, message.zone)
        alone = msgspec.structs.replace(message, subject="", body=whole)
        if own and not any(left.rule == RULE for left in check(alone, rules)):
            found.append((len(said ^ _said(own)), BetterWords(field, sentence, whole)))
    return min(found, key=lambda row: row[0])[1] if found else None


def _whole_sentence(
    finding: Finding, values: Mapping[str, str], message: MessageText, rules: Rules, facts: Collection[str]
) -> BetterWords | None:
    """The field with a note, and its text with the whole sentence, without chat typing, in its place."""
    from warroom.wording import check_text

    said = _said(message.body[finding.first : finding.last])
    for field in values.keys() & IN_SENTENCES:
        text = values[field]
        for note in notes(text, field, over=message.says_over):
            own = text[note.start : note.end]
            if _said(own) != said and note.words.rstrip(" .,").casefold() != finding.words.casefold():
                continue
            better = _in_whole_sentences(own, field, message)
            for found in check_text(own, rules, message.readers, message.facts):
                if found.remark is not None and found.remark.sort is not None:
                    better = better_sentence_of(own, found, field, message, rules)
            if field in facts and not text[note.end :].strip() and not text.rstrip().endswith("."):
                better = better.rstrip().removesuffix(".")
            if better.strip().casefold() != own.strip().casefold():
                return BetterWords(field, better.strip(), text[: note.start] + better + text[note.end :])
    return None


def better_sentence_of(own: str, found: Finding, field: str, message: MessageText, rules: Rules) -> str:
    """A sentence of a field without its chat typing, and whole where that is sure."""
    from warroom.wording import better_sentence

    written = better_sentence(own, found, message, rules, own_words=True)
    return _in_whole_sentences(written or own, field, message)


def _in_whole_sentences(text: str, field: str, message: MessageText) -> str:
    """A text of a field as customers should read it: its notes are whole sentences, where that is sure."""
    if message.readers != "customers" or field not in IN_SENTENCES:
        return text
    return in_whole_sentences(text, field, over=message.says_over)


def _is_same(found: Finding, finding: Finding, own: str) -> bool:
    """Whether what was found in a field is what a remark is about; a message shows some chat typing written out."""
    shown, typed = _letters(finding.words), _letters(own)
    if found.key == finding.key or (found.rule == finding.rule and _letters(found.words) in shown):
        return True
    typing = all(one.remark is not None and one.remark.sort is not None for one in (found, finding))
    return typing and re.search(rf"(?<!\w){re.escape(shown)}(?!\w)", typed) is not None


def _letters(text: str) -> str:
    """A text without capitals and apostrophes: a message shows "cant" as "can't"."""
    return _APOSTROPHE.sub("", text).casefold()


def _said(text: str) -> set[str]:
    """The words of a sentence, to tell which of several is the one that a message shows."""
    return set(_WORD.findall(text.casefold()))


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


_END = re.compile(r"(?<=[.!?])(?<!\bco\.)(?<!\bltd\.)(?<!\binc\.)(?<!\bcorp\.)\s+|\n+", re.IGNORECASE)
_LINE = re.compile(r"[^\n]+")
_WORD = re.compile(r"\w+")
_APOSTROPHE = re.compile("['’]")
