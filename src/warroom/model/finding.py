"""Where in an entry the words are that were searched for, in the same way as the index compares words."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence

import msgspec

from warroom.model.entries import Entry
from warroom.model.kinds.messages import MessageSent
from warroom.model.lines import detail

_TOKEN = re.compile(r"[^\W_]+(?:[\u0300-\u036f]+[^\W_]*)*")
_BEFORE = 30
"""So many characters of a text are shown before the first word that was found, if it is far behind the beginning."""
_FAR = 60
_SEPARATOR = " … "

Span = tuple[int, int]
"""Where a word is in a text: its first character, and the one after its last."""


class Excerpt(msgspec.Struct, frozen=True):
    """The part of an entry that has the words, on one line, and where they are in it."""

    text: str
    marks: tuple[Span, ...]


def excerpt(entry: Entry, words: Sequence[str], before: Entry | None = None) -> Excerpt:
    """The entry's text from its beginning or, if the words come later or elsewhere in the entry, from there.

    `words` are those that were typed, without signs alone; the last one may be the beginning of a word. `before` is the
    entry as it was first written: if only that has the words, it is added.
    """
    found = _excerpt(entry, words)
    if found.marks or before is None or before is entry or not (old := _excerpt(before, words)).marks:
        return found
    text = f"{found.text}{_SEPARATOR}was: {old.text}"
    return Excerpt(text, tuple(marks(text, words)))


def _excerpt(entry: Entry, words: Sequence[str]) -> Excerpt:
    text = " ".join(entry.text.split())
    found = marks(text, words)
    if found and found[0][0] > _FAR:
        start = text.rfind(" ", 0, max(found[0][0] - _BEFORE, 1)) + 1
        text = f"…{text[start:]}" if start else text
        found = marks(text, words)
    if len({text[a:b].casefold() for a, b in found}) < len(words):  # some are elsewhere: in a reason, in a message
        for other in _others(entry):
            if more := marks(other, words):
                start = other.rfind(" ", 0, max(more[0][0] - _BEFORE, 1)) + 1
                text = f"{text}{_SEPARATOR}{other[start:]}"
                found = marks(text, words)
                break
    return Excerpt(text, tuple(found))


def _others(entry: Entry) -> Iterable[str]:
    """The other texts of an entry, each on one line."""
    if isinstance(entry.body, MessageSent):
        yield " ".join(f"{entry.body.subject} {entry.body.body}".split())
    if rest := detail(entry):
        yield " ".join(rest.split())


def marks(text: str, words: Sequence[str]) -> list[Span]:
    """Where the words are in a text, in order and without overlaps; the last word also as a beginning."""
    tokens = [(found.start(), found.end(), _folded(found.group())) for found in _TOKEN.finditer(text)]
    spans: list[Span] = []
    for number, word in enumerate(words):
        wanted = [_folded(found.group()) for found in _TOKEN.finditer(word)]
        if not wanted:
            continue
        prefix = number == len(words) - 1
        for at in range(len(tokens) - len(wanted) + 1):
            here = [token for _, _, token in tokens[at : at + len(wanted)]]
            same = here == wanted or (prefix and here[:-1] == wanted[:-1] and here[-1].startswith(wanted[-1]))
            if same:
                spans.append((tokens[at][0], tokens[at + len(wanted) - 1][1]))
    return _merged(spans)


def _merged(spans: list[Span]) -> list[Span]:
    found: list[Span] = []
    for start, end in sorted(spans):
        if found and start < found[-1][1]:
            found[-1] = (found[-1][0], max(end, found[-1][1]))
        else:
            found.append((start, end))
    return found


def _folded(word: str) -> str:
    """A word in small letters and without marks on them, as FTS5's tokenizer compares it."""
    if word.isascii():
        return word.lower()
    return "".join(c for c in unicodedata.normalize("NFD", word).lower() if not unicodedata.combining(c))
