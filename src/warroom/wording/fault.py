"""A sentence with a remark, and what all that make it better need to know of it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from warroom.wording.assured import FOR_EVER
from warroom.wording.judging import Judge
from warroom.wording.plain_words import filled, in_plain_words, without_chat
from warroom.wording.technical import is_instruction

if TYPE_CHECKING:
    from warroom.wording.findings import Finding
    from warroom.wording.kinds import Kind
    from warroom.wording.language import Language


@dataclass(frozen=True)
class Fault:
    """A sentence `own` with a remark on its words from `start` to `end`.

    `labelled` says that a label stands in front of it. `own_words` allows only what is left of it, in plain words.
    """

    own: str
    finding: Finding
    judge: Judge
    start: int
    end: int
    labelled: bool
    own_words: bool

    @property
    def rule(self) -> str:
        """The kind of the remark."""
        return self.finding.rule

    @property
    def language(self) -> Language:
        """The language that the sentence is checked with."""
        return self.judge.language

    @property
    def is_typing(self) -> bool:
        """Whether the remark is on chat typing."""
        return self.finding.remark is not None and self.finding.remark.sort is not None

    @property
    def case_better(self) -> str:
        """The sentence that the case of the remark has in its place, with slots; "" if it has none."""
        return "" if self.finding.remark is None else self.finding.remark.case.better

    @property
    def is_guess(self) -> bool:
        """Whether the remark is on a guess that no sentence of its own replaces."""
        return self.rule == "speculation" and self.finding.remark is not None and not self.case_better

    @cached_property
    def kinds(self) -> set[str]:
        """All kinds of remark on the sentence."""
        return self.judge.kinds(self.own)

    @cached_property
    def reworded(self) -> str:
        """The sentence in plain words; as it is where these would not say what is meant."""
        if self.rule == "leak":  # it is left out: "with an error" would not say what was in its place
            return self.own
        if self.rule == "jargon" and self.judge.audience == "customers" and self._names_a_part():
            return self.own
        return in_plain_words(self.own, *self.judge)

    def _names_a_part(self) -> bool:
        """Whether an instruction is about a technical thing, so that it is hard to follow with a plain name too."""
        return is_instruction(self.own) and _VERB_FOLLOWS.search(self.own, 0, self.finding.start) is None

    @property
    def is_for_ever(self) -> bool:
        """Whether the part of the sentence with the remark says that something never happens again."""
        sides = [0, *(side.end() for side in _SIDES.finditer(self.own)), len(self.own)]
        begin = max(at for at in sides if at <= self.start)
        over = min((at for at in sides if at >= self.end), default=len(self.own))
        return FOR_EVER.search(self.own, begin, over) is not None

    def filled(self, better: str) -> str:
        """A better sentence with its slots filled; "" if one has nothing to fill it with."""
        return filled(better, self.finding.remark, self.judge.facts)

    @cached_property
    def kind(self) -> Kind | None:
        """The kind of the remark; of chat typing, that of the first other remark on the sentence."""
        language, judge = self.language, self.judge
        if not self.is_typing:
            return language.kind(self.rule)
        typed = self.kinds | {"vague"}
        others = (found.rule for found in judge.found(without_chat(self.own, *judge)) if found.rule in typed)
        return next(filter(None, map(language.kind, others)), None)

    @cached_property
    def instead(self) -> tuple[str, ...]:
        """The sentences that the kind has instead of this one, with slots."""
        if self.kind is None:
            return ()
        better, own = self.kind.better, self.own
        if "action" in better and _IS_ACTION.match(own):
            return better["action"]
        if "ever" in better and self.is_for_ever:
            return better["ever"]
        if "past" in better and _IS_OVER.search(own) and not _IS_STILL.search(own):
            return better["past"]
        return better.get(self.judge.audience, better.get("else", ()))


_SIDES = re.compile(r"[,;:–—](?!\d)\s|\b(?:because|but|since|so|and (?:we|you|they|it|the|our))\b", re.IGNORECASE)
_VERB_FOLLOWS = re.compile(r"(?:^|\b(?:and|then|please|or)|[,;])\s*$", re.IGNORECASE)
_IS_OVER = re.compile(
    r"\b(?:was|were|had|has been|have been|returned|recovered|restored|resolved|fixed|normal|over|"
    r"(?:works?|up|runs?|opens?|opened|available|online|working|running|loads?) again|"
    r"(?<!being )done)\b",
    re.IGNORECASE,
)

_IS_STILL = re.compile(
    r"\b(?:is|are)\b(?! (?:\w+ ){0,2}?(?:back|over|resolved|restored|fixed|solved|normal|up|available|online|"
    r"again|open|done|"
    r"stable|(?:working|running)(?: again| now|[.!]?$))\b)|\bha(?:s|ve) (?:had|been (?:some|a few|several|"
    r"problems?|issues?|"
    r"trouble))\b|['’]re\b(?! back)",
    re.IGNORECASE,
)
"""What tells that it goes on, beside what was."""

_IS_ACTION = re.compile(
    r"(?:we|i|our \w+|the \w+ team|engineers?|engineering)(?:['’](?:ve|re)| have| had| are| were| just| now| also)* "
    r"(?!need|feed|exceed|see|having|experienc|observ|notic|receiv|fail)(?:\w+(?:ed|ing)|ran|made|sent|took|set|"
    r"put)\b",
    re.IGNORECASE,
)
