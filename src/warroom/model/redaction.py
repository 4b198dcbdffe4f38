"""Replacing words by a mark in a text and in the strings of JSON, and telling whether nothing else was changed."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Collection, Iterator
from itertools import pairwise
from typing import NamedTuple

from warroom.model import alike
from warroom.model.kinds.redaction import MARK_BEGINS
from warroom.text.cleaning import clean, clean_line

LEAST = 3
"""How many characters the words have at least: fewer would be found inside too many other words."""
LONGEST_REASON = 200

IDS = frozenset(
    (
        "about",
        "basis",
        "becomes",
        "called",
        "cancelled",
        "channel",
        "clock",
        "decision",
        "digests",
        "due",
        "duplicate_of",
        "group",
        "how",
        "item",
        "joins",
        "kind",
        "leaves",
        "links",
        "message",
        "milestone",
        "of",
        "outcome",
        "parents",
        "person",
        "priority",
        "purpose",
        "role",
        "rule",
        "section",
        "shift",
        "source",
        "stage",
        "state",
        "step",
        "target",
        "trigger",
        "triggers",
        "which",
    )
)
"""The fields of an entry's data that hold ids and keys, which nobody typed; changing one would change what counts."""
IDS_OF_KIND = {
    "fact": frozenset({"name"}),
    "drill-finished": frozenset({"run", "scenario", "parts"}),
    "post-mortem-read": frozenset({"read"}),
    "post-mortem-unread": frozenset({"read"}),
}

_OWN = frozenset(
    ("action", "decision", "declared", "detected", "incident", "message", "note", "resolved", "severity", "update")
)
"""Words that warroom writes itself, in most of its lines."""
_TAGS = "SEV1 SEV2 SEV3 SEV4"

_TOKEN = re.compile(r'"[^"\\]*(?:\\.[^"\\]*)*"|[{}\[\]]', re.DOTALL)
_IS_KEY = re.compile(r"\s*:")


class WrongWords(ValueError):
    """Words that can't be redacted, or a reason that can't be given; its text says why."""


class Words:
    """The words to redact, however they are spelled, and the mark that takes their place. Raises WrongWords.

    They are found in capitals or not, across any white space where they have some, in either form of Unicode, and with
    characters between their letters that nobody sees.
    """

    def __init__(self, words: str, because: str) -> None:
        self.words = clean(words).strip()
        self.because = reason(because)
        self.mark = mark(self.because)
        self._pattern = re.compile(re.escape(self.words), re.IGNORECASE)
        self._folded = alike.folded(self.words).strip()
        self._skeleton = alike.skeleton(self.words)
        if len(self.words) < LEAST:
            raise WrongWords(f"give at least {LEAST} characters to redact; fewer are part of too many other words")
        if self._folded in _OWN or self.are_in(_TAGS):
            raise WrongWords("these are words that warroom writes itself, in many lines; give more of the text")
        if self.are_in(self.because) or self.look_like(self.because):
            raise WrongWords("the reason has the very words that are to be redacted, and it is kept; give another one")
        if self.are_in(self.mark):
            raise WrongWords("these words are part of the mark that takes their place; give more of the text")

    def are_in(self, text: str) -> bool:
        """Whether the text has the words."""
        return self._pattern.search(text) is not None or bool(self._places(text))

    def _places(self, text: str) -> list[tuple[int, int]]:
        """Where the words are in a text, in other white space or another form of Unicode too."""
        return alike.places(self._folded, text)

    def may_be_in_json(self, data: str) -> bool:
        """A quick test that is true for all JSON that has the words in a string."""
        return "\\" in data or self._pattern.search(data) is not None or self._folded in alike.folded(data)

    def look_like(self, text: str, data: str = "") -> bool:
        """Whether the text or the JSON has the same letters and digits, whatever stands between: `4111-1111`."""
        if len(self._skeleton) < alike.LEAST_ALIKE:
            return False
        return self._skeleton in alike.skeleton(text) or self._skeleton in alike.skeleton_of_json(data)

    def redact(self, text: str) -> str:
        """The text with the mark instead of the words."""
        text = self._pattern.sub(lambda _: self.mark, text)
        parts: list[str] = []
        last = 0
        for start, end in self._places(text):
            parts += [text[last:start], self.mark]
            last = end
        return "".join([*parts, text[last:]])

    def redact_data(self, kind: str, data: str) -> str:
        """The data of an entry with the mark instead of the words in every string, but for keys and ids."""
        return self._in_strings(data, IDS | IDS_OF_KIND.get(kind, frozenset()))

    def changed(self, kind: str, data: str) -> list[tuple[str, str]]:
        """The strings that `redact_data` changes: each with its field, and as it will be."""
        found: list[tuple[str, str]] = []
        try:
            json.loads(data)
        except (ValueError, RecursionError):
            return found
        ids = IDS | IDS_OF_KIND.get(kind, frozenset())
        for token in _tokens(data):
            text = _decoded(data[token.start : token.end])
            if token.is_value and token.field not in ids and self.are_in(text):
                found.append((token.field, self.redact(text)))
        return found

    def redact_value(self, value: str) -> str:
        """A text that may be JSON, with the mark instead of the words in every string, but for keys that are ids.

        A key with a space is a text, such as a line of a timeline.
        """
        return self._in_strings(value, frozenset(), keys=True)

    def _in_strings(self, data: str, ids: Collection[str], *, keys: bool = False) -> str:
        try:
            json.loads(data)
        except (ValueError, RecursionError):
            return self.redact(data)
        return _with_strings(data, lambda key, text: text if key in ids else self.redact(text), keys=keys)


class WholeWords(Words):
    """Words that count only where they stand by themselves: Marcus Lee is not in Marcus Leeson."""

    def __init__(self, words: str, because: str) -> None:
        super().__init__(words, because)
        self._pattern = re.compile(rf"(?<!\w){re.escape(self.words)}(?!\w)", re.IGNORECASE)

    def _places(self, text: str) -> list[tuple[int, int]]:
        return [place for place in super()._places(text) if not any(map(_is_letter, _beside(text, *place)))]


def _beside(text: str, start: int, end: int) -> tuple[str, str]:
    return text[max(start - 1, 0) : start], text[end : end + 1]


def _is_letter(sign: str) -> bool:
    return sign.isalnum() or sign == "_"


def reason(text: str) -> str:
    """A reason as it is put into the mark, on one line. Raises WrongWords if there is none, or if it is too long."""
    because = clean_line(text).replace("[", "(").replace("]", ")").strip()
    if not because:
        raise WrongWords("say why, in a few words; the reason takes the place of what is redacted")
    if len(because) > LONGEST_REASON:
        raise WrongWords(f"the reason has {len(because):,} characters ({LONGEST_REASON} at most); say it briefly")
    return because


def mark(because: str) -> str:
    """What takes the place of redacted words."""
    return f"{MARK_BEGINS}{because}]"


def marks_in(text: str) -> set[str]:
    """The marks that a text has, also one that is JSON."""
    return set(_MARK.findall(text))


_MARK = re.compile(rf"{re.escape(MARK_BEGINS)}[^\]\n]*\]")


class _Token(NamedTuple):
    """A string, a brace or a bracket of JSON: where it is, and the field of the outermost object that it is in."""

    start: int
    end: int
    is_value: bool
    field: str


def _tokens(data: str) -> Iterator[_Token]:
    depth, field = 0, ""
    for found in _TOKEN.finditer(data):
        token = found.group()
        if token[0] == '"':
            is_key = _IS_KEY.match(data, found.end()) is not None
            if is_key and depth == 1:
                field = _decoded(token)
            yield _Token(found.start(), found.end(), not is_key, field)
        else:
            depth += 1 if token in "{[" else -1


def _with_strings(data: str, change: Callable[[str, str], str], *, keys: bool = False) -> str:
    """Valid JSON with every string that is no key changed; all else stays as it is, byte for byte.

    With `keys`, also those that have a space.
    """
    parts: list[str] = []
    last = 0
    for token in _tokens(data):
        text = _decoded(data[token.start : token.end])
        if not token.is_value and not (keys and " " in text):
            continue
        changed = change(token.field, text)
        if changed != text:
            parts += [data[last : token.start], _encoded(changed)]
            last = token.end
    return "".join([*parts, data[last:]])


def _decoded(token: str) -> str:
    return str(json.loads(token, strict=False))


def _encoded(text: str) -> str:
    found = json.dumps(text, ensure_ascii=False)
    try:
        found.encode("utf-8", "surrogateescape")
    except UnicodeEncodeError:
        return json.dumps(text)
    return found


def only_redacts(before: str, after: str, marks: Collection[str]) -> bool:
    """Whether a text differs from the one before only by marks that took the place of something."""
    return before == after or what_is_redacted(before, after, marks) is not None


def what_is_redacted(before: str, after: str, marks: Collection[str]) -> tuple[tuple[str, str], ...] | None:
    """What marks in a text have taken the place of, each with its mark; None if it differs in other things too."""
    if not marks:
        return None
    longest_first = sorted(marks, key=len, reverse=True)
    first, *others = re.split(f"({'|'.join(map(re.escape, longest_first))})", after)
    if not others or not before.startswith(first):
        return None
    found: list[tuple[str, str]] = []
    place = len(first)
    *middle, (stands, last) = zip(others[::2], others[1::2], strict=True)
    for earlier, piece in middle:
        end = before.find(piece, place + 1)
        if end < 0:
            return None
        found.append((before[place:end], earlier))
        place = end + len(piece)
    if len(before) - len(last) <= place or not before.endswith(last):
        return None
    return (*found, (before[place : len(before) - len(last)], stands))


def taken_out(before: str, after: str, marks: Collection[str]) -> set[tuple[str, str]]:
    """What marks have taken the place of in a text or in the strings of JSON, each with its mark."""
    old, new = [*_tokens(before)], [*_tokens(after)]
    pairs = [(before, after)]
    if old and len(old) == len(new):
        try:
            pairs = [
                (_decoded(before[a.start : a.end]), _decoded(after[b.start : b.end]))
                for a, b in zip(old, new, strict=True)
            ]
        except ValueError:  # text with quotation marks, and no JSON
            pairs = [(before, after)]
    return {gap for one, other in pairs if one != other for gap in what_is_redacted(one, other, marks) or ()}


def only_redacts_json(before: str, after: str, marks: Collection[str]) -> bool:
    """Whether JSON differs from the one before only by such marks in its strings."""
    old, new = list(_tokens(before)), list(_tokens(after))
    if len(old) != len(new) or _between(before, old) != _between(after, new):
        return False
    return all(
        only_redacts(_decoded(before[a.start : a.end]), _decoded(after[b.start : b.end]), marks if a.is_value else ())
        for a, b in zip(old, new, strict=True)
    )


def _between(data: str, tokens: list[_Token]) -> list[str]:
    """What JSON has besides its strings."""
    edges = [0, *(edge for token in tokens for edge in (token.start, token.end)), len(data)]
    return [data[start:end] for place, (start, end) in enumerate(pairwise(edges)) if place % 2 == 0]
