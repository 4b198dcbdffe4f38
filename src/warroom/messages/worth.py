"""What the parts of a short text are worth: the filter with which a template says what may be left out of it.

`{{ status | worth(6) }}` may lose sentences, and all of them unless it has `keep`. Of a list, one text is shown:
`{{ [long, short, ""] | worth(2, 1, 0) }}`. Everywhere but in a short text, the filter shows what has most words.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

import msgspec

from warroom.messages.grammar import clause, continued, listed, sentence, sentences
from warroom.messages.matters import harms, is_back, is_left, reassures
from warroom.messages.restated import without_repetition

DENIES = re.compile(
    r"\b(?:no|not|none|never|nobody|nothing|cannot|only|except\w*|excluding|unless|without)\b|n['’]t\b", re.IGNORECASE
)
"""Words that say what is not so, or for whom; they matter also in a sentence of their own."""
LIMITS = re.compile(
    rf"{DENIES.pattern}|\b(?:(?:and|so) )?(?:but|however|instead|just|nor|neither|or|until|although|though|apart"
    r"|besides|if|false|still|yet|than|others?|rest|last|left|remaining"
    r"|mostly|mainly|most|some|this is|it is|that is|limited|while|whereas"
    r"|works?|does|do|fine|ok|okay|safe)\b",
    re.IGNORECASE,
)
"""The same, and words that limit or turn around what stands in front of them."""
ASKS = re.compile(
    r"\b(?:please|change|reset|check|delete|log out|sign out|switch|update|contact|wait|use)\b", re.IGNORECASE
)
"""Words for what the readers are to do."""
_REFERS = re.compile(
    r"(?:[\w'’-]+ ){0,4}?(?:it|they|them|these|those|both|such|otherwise|instead|then|therefore|too"
    r"|(?:a|the) (?:\w+ )?ones?|(?:the |all )?(?:others?|rest|remaining|remainder)|another|the (?:same|latter)"
    r"|the (?:two|three|four|five)|as well|also"
    r"|this(?! (?:morning|afternoon|evening|week|month|year|weekend)\b)|that (?:is|was|will|would)"
    r"|(?:before|after|since|until) (?:that|then|this)\b"
    r"|if (?:so|not|you d(?:o|id)))\b",
    re.IGNORECASE,
)
"""The beginning of a sentence that needs the one in front of it: `The others follow by noon`."""
_REMAINS = re.compile(r"(?:[\w'’-]+ ){0,4}?(?:others?|rest|remaining|remainder|both)\b", re.IGNORECASE)
"""The beginning of a sentence that speaks of what is left of something else."""
_COUNTS = re.compile(r"\b(?:both|two|three|four|five|six|seven|eight|nine|ten|\d+)\b", re.IGNORECASE)
"""A number in the line above a list, which may be that of its items."""
_MOST = 5
"""Sentences of a text from which any may be left out; of more, only the last ones."""


class Choice(msgspec.Struct, frozen=True):
    """A part of a short text: one of several texts, or some of the sentences of one; each is worth its `points`.

    The `label` stands in front of what is shown, and is worth `front` itself. Where a sentence `asks` for something, it
    is worth so much more. With `keep`, something of it is shown. With `cut`, a sentence may lose its last clause. With
    `small`, it begins with a small letter behind the label where that is sure. A list with a `lead` is one sentence,
    whose last items may be left out.
    """

    texts: tuple[str, ...]
    points: tuple[float, ...]
    one_of: bool
    raw: str = ""
    label: str = ""
    front: float = 0
    asks: float = 0
    keep: bool = False
    cut: bool = False
    small: bool = False
    lead: str = ""

    def options(self, worth: float = 1) -> Iterator[Option]:
        """What may be shown of it; the points of its texts count so many times."""
        if self.one_of:
            yield from (
                Option(text, value * worth if text else 0) for text, value in zip(self.texts, self.points, strict=True)
            )
            return
        if not self.keep or not self.texts:
            yield Option("", 0)
        for kept in self._kept():
            value = self.front + worth * sum(self._worth(at) for at in kept)
            refers = kept[0] == 0 and not self.lead and _REMAINS.match(self.texts[0]) is not None
            shown = [self.texts[at] for at in kept]
            last = kept[-1] == len(self.texts) - 1
            yield Option(
                self._joined(shown),
                value,
                last=last,
                refers=refers,
                shown=tuple(shown),
                harm=any(map(harms, shown)),
                labelled=len(self.label) > 1,
            )
            rest = shown[-1]
            while self.cut and not self.lead and (rest := without_clause(rest)):
                less = (*shown[:-1], rest)
                fewer = value - _CUT * self._worth(kept[-1]) * worth
                harm = any(map(harms, less))
                yield Option(
                    self._joined(less),
                    fewer,
                    refers=refers,
                    shown=less,
                    harm=harm,
                    labelled=len(self.label) > 1,
                )

    def _joined(self, shown: list[str] | tuple[str, ...]) -> str:
        words = f"{self.lead} {'; '.join(shown)}." if self.lead else " ".join(shown)
        if self.small and continued(self.raw)[:1].islower():
            words = words[:1].lower() + words[1:]
        return f"{self.label} {words}".strip() if self.label != ":" else f": {words}"

    def _worth(self, at: int) -> float:
        text = self.texts[at]
        asks = self.asks if ASKS.search(text) or DENIES.search(text) else 0
        asks = _HARM + asks if harms(text) else max(_REASSURES, asks) if reassures(text) else asks
        return self.points[min(at, len(self.points) - 1)] * (1 - at / 20) + asks

    def _kept(self) -> Iterator[tuple[int, ...]]:
        """The sentences that may be shown together, by their places."""
        count = len(self.texts)
        for bits in range(1, 1 << min(count, _MOST)):
            kept = tuple(at for at in range(min(count, _MOST)) if bits >> at & 1)
            if self._stands(kept):
                yield kept
        for most in range(_MOST + 1, count + 1):
            if self._stands(tuple(range(most))):
                yield tuple(range(most))

    def _stands(self, kept: tuple[int, ...]) -> bool:
        """Whether these sentences mean the same without the others."""
        if self.lead:
            following = self.texts[kept[-1] + 1 :]
            counted = following and _COUNTS.search(self.lead)
            return kept == tuple(range(len(kept))) and not counted and not any(map(LIMITS.search, following))
        back = [at for at in kept if is_back(self.texts[at])]
        if back and any(
            at > back[0] and at not in kept and (is_left(text) or _REMAINS.match(text))
            for at, text in enumerate(self.texts)
        ):
            return False
        for at, text in enumerate(self.texts):
            if at and at in kept and at - 1 not in kept and (_REFERS.match(text) or text[:1].islower()):
                return False
            if at and at - 1 in kept and at not in kept and binds(self.texts[at - 1], text, items="\n" in self.raw):
                return False
        return True


_CUT = 0.3
"""The share of its points that a sentence loses with its last clause."""
_HARM = 25
"""What a sentence is worth more that tells of harm to people or their data, in whatever field."""
_REASSURES = 18
"""The same of one that says that no harm was done."""


class Option(msgspec.Struct, frozen=True):
    """One way to show a part, and its worth.

    `shown` are its sentences, `last` if the last one is among them, `refers` if the first needs one in front of it.
    `harm` if one tells of harm, `labelled` if a label is in front.
    """

    text: str
    worth: float
    last: bool = False
    refers: bool = False
    shown: tuple[str, ...] = ()
    harm: bool = False
    labelled: bool = False


def binds(before: str, text: str, *, items: bool = False) -> bool:
    """Whether the sentence `before` must not be told without this one, which limits it or asks for something.

    Of `items` of a list, one may deny something of itself.
    """
    asked = ASKS.search(before) is not None
    denies = not items and DENIES.search(text)
    return bool(LIMITS.match(text) or (not asked and (denies or ASKS.search(text))))


class Piece(str):
    """The whole text of a part, which is what other templates show, and what a short text chooses from."""

    choice: Choice


def worth(
    value: object,
    *points: float,
    label: str = "",
    front: float = 0,
    asks: float = 0,
    keep: bool | str = False,
    cut: bool = False,
    small: bool = False,
) -> str:
    """The filter of this name: a part of a short text, with its worth; "" of nothing.

    A list shows one of its texts, each worth the number at its place. Any other value is made into sentences; with
    `keep="asked"`, one of them is always shown if any asks for something.
    """
    numbers = tuple(float(number) for number in points) or (1.0,)
    if isinstance(value, (list, tuple)):
        texts = tuple(map(str, value))
        values = tuple(numbers[min(at, len(numbers) - 1)] for at in range(len(texts)))
        return _piece(Choice(texts, values, one_of=True))
    raw = str(value).strip()
    raw = without_repetition(raw, label.rstrip(":")) if label.strip(":") else raw
    lead, items = listed(raw)
    if not items:
        return ""
    rows = [[clause(item)] if lead else sentences(sentence(item)) for item in items]
    texts = tuple(part for row in rows for part in row)
    return _piece(
        Choice(
            texts,
            numbers,
            one_of=False,
            raw=raw,
            label=label,
            front=front,
            asks=asks,
            keep=any(map(ASKS.search, texts)) or any(map(DENIES.search, texts)) if keep == "asked" else bool(keep),
            small=bool(small),
            cut=cut,
            lead=lead and sentence(lead),
        )
    )


def _piece(choice: Choice) -> Piece:
    first = choice.texts[0] if choice.one_of else choice._joined(choice.texts)
    piece = Piece(first)
    piece.choice = choice
    return piece


def marking(seal: Callable[[object], object]) -> Callable[[object], object]:
    """What a short text does with each value: a part keeps its choice, in marks that no person can type."""

    def sealed(value: object) -> object:
        if isinstance(value, Piece):
            return seal(f"\x02{msgspec.json.encode(value.choice).decode()}\x03")
        return seal(value)

    return sealed


def parts_of(text: str) -> list[str | Choice]:
    """The parts of a short text that was filled in: those between the marks are choices, the others fixed."""
    found: list[str | Choice] = []
    for at, part in enumerate(_MARKED.split(text)):
        if at % 2:
            found.append(msgspec.json.decode(part, type=Choice))
        elif part.strip():
            found.append(part.strip())
    return found


_MARKED = re.compile("\x02([^\x03]*)\x03")


def without_clause(text: str) -> str:
    """A sentence without its last clause; "" if it has only one, or would mean something else without it."""
    end = text[-1:] if text[-1:] in (".", "!", "?") else ""
    for mark in reversed(list(_MARK.finditer(text))):
        rest, kept = text[mark.end() :], text[: mark.start()]
        if ASKS.search(rest) or (LIMITS.search(rest) and not _WE_WATCH.match(rest)):
            continue
        if (
            harms(rest)
            or (harms(text) and not harms(kept))
            or (is_back(rest) and not (is_back(kept) or _CONDITION.match(rest)))
        ):
            continue
        if mark[0].strip() == "," and (not _CLAUSE.match(rest) or _CONDITION.match(_MARK.split(kept)[-1])):
            continue  # `If your file is missing, we will contact you`: the first part says nothing without the other
        return _without_list(kept, rest) + end
    return ""


def _without_list(kept: str, rest: str) -> str:
    """What is left of a list of clauses, with an "and" in front of its last one: `a, b` of `a, b, and c`."""
    head, comma, last = kept.rpartition(", ")
    return f"{head} and {last}" if comma and re.match(r"and\b", rest, re.IGNORECASE) else kept


_MARK = re.compile(r"[;,]\s+")
_CONDITION = re.compile(
    r"\s*(?:after|although|as|because|before|if|once|since|unless|until|when|whenever|while)\b", re.IGNORECASE
)
_WE_WATCH = re.compile(
    r"(?:and|so) we(?: are|['’]re) (?:now |still |closely )*(?:checking|monitoring|observing|watching)\b"
    r"(?!.*(?:\b(?:but|last|most|not|only|remaining|rest|some|still)\b|n['’]t\b|\d))",
    re.IGNORECASE,
)
"""What we do beside it, whose own words limit nothing in front of it: `and we are watching until all is delivered`."""
_CLAUSE = re.compile(
    r"(?:(?:and|so(?= (?:our|we)\b)) )?(?:all|because|beginning|especially|e\.g\.|for example|including|it|our|starting"
    r"|the|their|they|this|we|which|you|your|since)\b",
    re.IGNORECASE,
)
"""How a clause begins, so that what is in front of its comma is one too, and not the beginning of a list."""
