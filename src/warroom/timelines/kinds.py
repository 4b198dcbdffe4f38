"""What a line of a timeline is about, guessed from its words: detected, declared, a decision, a message, and so on."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path
from typing import get_args

import msgspec

from warroom.text import toml
from warroom.timelines.rows import EntryKind

_NO_QUESTION = frozenset({"declared", "decision", "resolved", "action", "severity"})
"""Kinds that no question is of."""
_NO_LABELS = frozenset({"update", "info", "open", "change"})
"""Names of kinds that say too little as a label in front of a text."""
_LABEL = re.compile(r"\W*(?P<label>[a-z][a-z ]{2,14}?)(?:\W*[:\]–-](?:\W|$)|\n)", re.IGNORECASE)
_SENTENCE = re.compile(r"(?<=[.!?])\s+(?=[A-Z])|\n")
_FIRST_CHARACTERS = 300
_SAYS_SO = re.compile(
    r"[.!]\s+(?:the )?(?:incident |issue |outage )?(?:is )?(?:now )?(?:resolved|closed|all[ -]clear)"
    r"(?:, thanks?)?\W*(?:\n|$)",
    re.IGNORECASE,
)
"""A last sentence that only says that it is over."""


def guess(text: str, said: str = "") -> EntryKind:
    """The kind of what happened; `said` is what the text calls it itself, such as in a column."""
    rules = _rules()
    if (known := rules.labels.get(said.lower().strip())) is not None:
        return known
    words = text.strip()[:_FIRST_CHARACTERS]
    if (found := _LABEL.match(words)) is not None and (label := found["label"].lower()) not in _NO_LABELS:
        known = rules.labels.get(label.strip())
        if known is not None:
            return known
    if _SAYS_SO.search(words) is not None:
        return "resolved"
    # The first sentence says what it is about; the others are told if it says nothing.
    first = _SENTENCE.split(words, maxsplit=1)[0]
    for part in dict.fromkeys((first, words)):
        if (fits := rules.first_that_fits(part)) is not None:
            return fits
    return "note"


def is_end(text: str) -> bool:
    """Whether the last line of a timeline that names no end is the end: it says that things work."""
    return _rules().ends(_SENTENCE.split(text.strip()[:_FIRST_CHARACTERS], maxsplit=1)[0])


class _Kind(msgspec.Struct):
    """One table of the file: patterns, of which each alone makes a line be of a kind."""

    kind: EntryKind
    patterns: list[str]


class _Last(msgspec.Struct):
    """What the last line says if it is the end, and what it then doesn't say."""

    over: list[str]
    unless: list[str]


class _File(msgspec.Struct):
    """What `kinds.toml` holds."""

    words: dict[str, list[str]]
    last: _Last
    called: dict[EntryKind, list[str]]
    kind: list[_Kind]


class _Rule:
    """The patterns of one kind, joined to as few as can be, because every line of a timeline is searched for them."""

    def __init__(self, kind: EntryKind, patterns: list[str]) -> None:
        self.kind = kind
        capital = [pattern for pattern in patterns if "(?-i:" in pattern]
        others = [pattern for pattern in patterns if "(?-i:" not in pattern]
        self._begins = _joined([pattern for pattern in others if pattern.startswith("^")])
        self._has = _joined([pattern for pattern in others if not pattern.startswith("^")])
        self._names = _joined(capital, re.IGNORECASE)

    def fits(self, text: str, lower: str) -> bool:
        """Whether a text, of which `lower` is the same in lower case, has one of the patterns."""
        return bool(
            (self._begins is not None and self._begins.match(lower))
            or (self._has is not None and self._has.search(lower))
            or (self._names is not None and self._names.search(text))
        )


class _Rules:
    """All of the file, compiled."""

    def __init__(self, file: _File) -> None:
        kinds: tuple[EntryKind, ...] = get_args(EntryKind)
        self.labels = {kind: kind for kind in kinds} | {
            name: kind for kind, names in file.called.items() for name in names
        }
        self._rules = [_Rule(row.kind, [_filled(one, file.words) for one in row.patterns]) for row in file.kind]

        self._over, self._unless = _joined(file.last.over), _joined(file.last.unless)

    def ends(self, text: str) -> bool:
        """Whether a text says that things work."""
        lower = text.lower()
        assert self._over is not None
        assert self._unless is not None
        return bool(self._over.search(lower)) and not self._unless.search(lower) and not lower.rstrip().endswith("?")

    def first_that_fits(self, text: str) -> EntryKind | None:
        """The kind of the first rule that fits a text; None if none does."""
        asks, lower = text.rstrip(" \n)").endswith("?"), text.lower()
        for rule in self._rules:
            if not (asks and rule.kind in _NO_QUESTION) and rule.fits(text, lower):
                return rule.kind
        return None


@cache
def _rules() -> _Rules:
    """The rules of the file beside this one, read when the first kind is guessed."""
    name = "kinds.toml"
    file = Path(__file__).with_name(name)
    return _Rules(toml.convert(toml.parse(file.read_text("utf-8"), file=name), _File, file=name))


def _filled(pattern: str, words: dict[str, list[str]]) -> str:
    """A pattern with the words that it names."""
    return re.sub(
        r"\{([a-z_]+)\}", lambda found: f"(?:{'|'.join(_filled(one, words) for one in words[found[1]])})", pattern
    )


def _joined(patterns: list[str], flags: re.RegexFlag = re.NOFLAG) -> re.Pattern[str] | None:
    """One pattern for several; what all of those at a word's edge begin with is looked for only once."""
    if not patterns:
        return None
    edge = [pattern.removeprefix(r"\b") for pattern in patterns if pattern.startswith(r"\b")]
    others = [pattern for pattern in patterns if not pattern.startswith(r"\b")]
    parts = [*others, *([rf"\b(?:{_either(edge)})"] if edge else [])]
    return re.compile(_either(parts), flags)


def _either(patterns: list[str]) -> str:
    return "|".join(f"(?:{pattern})" for pattern in patterns)
