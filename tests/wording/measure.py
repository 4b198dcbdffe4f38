"""How many of the labelled sentences get the remarks that they should, and no others."""

from __future__ import annotations

import hashlib
import tomllib
from collections import Counter
from functools import cache
from pathlib import Path
from typing import NamedTuple, cast

from warroom.own_files import OwnFiles
from warroom.wording import KINDS, Audience, Facts, Rules, check_text

FOLDER = Path(__file__).parent


class Sentence(NamedTuple):
    """A labelled sentence: who reads it, and the kinds of remark that it should get."""

    text: str
    audience: Audience
    kinds: frozenset[str]
    people: tuple[str, ...]

    @property
    def half(self) -> int:
        """1 or 2, by a hash of the text: rules are written with the first half in view, and measured on both."""
        return hashlib.sha256(self.text.encode()).digest()[0] % 2 + 1


class Figures:
    """Counts of remarks found, missed and wrong, by kind."""

    def __init__(self) -> None:
        self.found: Counter[str] = Counter()
        self.missed: Counter[str] = Counter()
        self.wrong: Counter[str] = Counter()
        self.errors: list[str] = []

    def add(self, sentence: Sentence, kinds: set[str]) -> None:
        """Count the kinds of remark that a sentence got."""
        for kind in KINDS:
            if kind in kinds & sentence.kinds:
                self.found[kind] += 1
            elif kind in sentence.kinds:
                self.missed[kind] += 1
                self.errors.append(f"missed {kind:11} {sentence.audience:12} {sentence.text}")
            elif kind in kinds:
                self.wrong[kind] += 1
                self.errors.append(f"wrong  {kind:11} {sentence.audience:12} {sentence.text}")

    def recall(self, kind: str = "") -> float:
        """The share of remarks that were found, of one kind or of all."""
        found, missed = self._sums(self.found, self.missed, kind)
        return found / max(found + missed, 1)

    def precision(self, kind: str = "") -> float:
        """The share of remarks that were right, of one kind or of all."""
        found, wrong = self._sums(self.found, self.wrong, kind)
        return found / max(found + wrong, 1)

    @staticmethod
    def _sums(first: Counter[str], second: Counter[str], kind: str) -> tuple[int, int]:
        return (first[kind], second[kind]) if kind else (first.total(), second.total())


def sentences(file: Path = FOLDER / "corpus.toml") -> list[Sentence]:
    """Read the sentences of a file."""
    return [
        Sentence(
            entry["text"], cast(Audience, entry["audience"]), frozenset(entry["kinds"]), tuple(entry.get("people", ()))
        )
        for entry in tomllib.loads(file.read_text(encoding="utf-8"))["sentence"]
    ]


@cache
def shipped_rules() -> Rules:
    """The rules that come with the program, as the program has them: compiled once, for it and for every test."""
    return OwnFiles(None).rules


def measure(chosen: list[Sentence], rules: Rules) -> Figures:
    """Check each sentence, and count."""
    figures = Figures()
    for sentence in chosen:
        found = check_text(sentence.text, rules, sentence.audience, Facts(people=sentence.people))
        figures.add(sentence, {finding.rule for finding in found})
    return figures
