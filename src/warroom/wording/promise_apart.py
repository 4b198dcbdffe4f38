"""A sentence of facts and a promise: the facts stay as they were typed, and of the promise it is told that it has no
time yet."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, NamedTuple

from warroom.wording.assured import asks_first
from warroom.wording.clauses import as_sentence, begins_clause, has_same_subject, has_verb
from warroom.wording.clausewise import SAYS_NOTHING, asked_once, follows
from warroom.wording.times_ahead import has_deadline, has_time
from warroom.wording.without_promise import unsure

if TYPE_CHECKING:
    from warroom.wording.judging import Judge
    from warroom.wording.language import Language

_SIGNS = (
    re.compile(r"\s*[;–—]\s*|\s+-\s+"),
    re.compile(r"[,:](?!\d)\s+"),
)
"""Where a sentence is cut, the signs that part more first."""
_JOINED = re.compile(r",?\s+(?:and|but|so|while)\s+(?:then\s+)?", re.IGNORECASE)
_LINK = re.compile(r"^(?:and|but|so|while|then)\b,? (?:then )?", re.IGNORECASE)
_LINK_OR_REASON = re.compile(rf"{_LINK.pattern}|^(?:because|since|as) ", re.IGNORECASE)
_THEN = re.compile(r"(?:and )?then\b", re.IGNORECASE)
_LEANS = re.compile(
    r"(?:and|but|so|then|which|who|whose|that|because|since|as|after|before|once|when|if|until(?! then\b)|unless|"
    r"including|except|"
    r"or|with|without|although|though|while|due|thanks|not|give or take|weather|at|by|in|on|for|from|to|of)\b",
    re.IGNORECASE,
)
"""How words begin that belong to those in front of them."""
_SO = re.compile(r"(?:and )?so ", re.IGNORECASE)
_IF = re.compile(r"(?:if|for (?:those|everyone|everybody|customers|all)) ", re.IGNORECASE)
_AHEAD_TOO = re.compile(
    r"\b(?:will|shall|should|going to|hopefully|eta|tomorrow|tonight|soon|rest assured|promise|guarantee)\b|['’]ll\b",
    re.IGNORECASE,
)
_ONLY_TALKS = re.compile(
    r"(?:\S+ ?|(?:please )?(?:be|rest|bear|hang|hold|don['’]t|do not|no|trust|believe|sit|stay) .*|(?:yes|well|"
    r"good news|relax|sorry|thanks|thank you)\b.*|(?:almost|nearly) .*)",
    re.IGNORECASE,
)


def promise_apart(sentence: str, judge: Judge, stock: str) -> Iterator[str]:
    """The facts as typed, each promise as what has no time yet, or `stock` where no sentence comes of it.

    Nothing for a sentence of which no part is a fact, or with other remarks.
    """
    words = sentence.rstrip(".!?… ")
    if judge.kinds(sentence) - {"promise"}:
        return
    for sign in _SIGNS:
        pieces = _cut(words, sign, judge.language)
        told = _sorted(pieces, judge)
        if len(pieces) == 1 or not any(one.promised for one in told):
            continue
        if any(_SO.match(piece) and follows(_SO.sub("", piece), judge.language) for piece, _ in pieces[1:]):
            return  # what follows from a promise is no fact: it stays behind its clause
        if any(one.promised and _two_in_one(one.words, judge.language) for one in told):
            continue
        asked = [as_sentence(_unsure(one.words, judge)) if one.promised else "" for one in told]
        facts = " ".join(_as_typed(one.words) for one in told if not one.promised)
        news = judge.facts.next_update
        if not facts:
            whole = asked_once(" ".join(filter(None, dict.fromkeys(asked))))
            yield f"{whole} The next update comes at {news}." if whole and news else whole
            continue
        if _IF.match(facts) and ", " not in facts:
            if when := next(filter(None, asked), ""):
                yield f"{facts.rstrip('.')}, {when[0].lower()}{when[1:]}"
            continue
        made = [when if one.promised else _as_typed(one.words) for one, when in zip(told, asked, strict=True)]
        made = list(filter(None, dict.fromkeys(made)))
        if any(asked):
            whole = asked_once(" ".join(made))
            yield f"{whole} The next update comes at {news}." if news else whole
            if made[-1].startswith("It is not confirmed"):  # where the facts alone would say too little
                yield f"{' '.join(made[:-1]).rstrip('.')}, but {made[-1][0].lower()}{made[-1][1:]}"
        else:
            yield f"{' '.join(made)} {stock}"


def promised_spans(sentence: str, judge: Judge) -> list[tuple[int, int]]:
    """Where the promises stand in a sentence that has facts as well: their figures go with them."""
    for sign in _SIGNS:
        told = _sorted(_cut(sentence, sign, judge.language), judge)
        spans = [(one.start, one.end) for one in told if one.promised]
        if spans and len(spans) < len(told):
            return spans
    return []


class _Told(NamedTuple):
    """Words of a sentence, where they stand in it, and whether they are a promise."""

    words: str
    start: int
    end: int
    promised: bool


def _as_typed(fact: str) -> str:
    """A fact as a sentence of its own, which keeps the reason in front of it."""
    if _REASON_FIRST.match(fact):
        return f"{fact[:1].upper()}{fact[1:].rstrip('.')}."
    return as_sentence(fact)


_REASON_FIRST = re.compile(r"(?:because|since|as|so) [^,]*, ", re.IGNORECASE)


def _cut(words: str, sign: re.Pattern[str], language: Language) -> list[tuple[str, str]]:
    """The pieces of a sentence, each with what stands between it and the next one: a sign, or "and" between clauses."""
    pieces: list[tuple[str, str]] = []
    start = 0
    for found in sorted([*sign.finditer(words), *_JOINED.finditer(words)], key=lambda one: one.start()):
        piece, rest = words[start : found.start()], words[found.end() :]
        if not piece.strip() or not rest.strip():
            continue
        if found.group().strip() == "and" and asks_first(f"{piece} and "):
            continue  # "Wait until six and the lifts run again"
        if _ENDS_IN_NUMBER.search(piece) and rest[0].isdigit():
            continue  # "trams 4 and 9"
        if _ONLY_WHEN.match(piece) and not has_verb(piece, language):
            continue  # "As of Monday, tickets are on sale"
        if found.re is _JOINED and not (
            _THEN.search(found.group())
            or (has_verb(piece, language) and begins_clause(rest, language) and not has_same_subject(rest))
        ):
            continue
        link = found.group().lstrip(", ") if found.re is _JOINED else ""
        pieces.append((piece, found.group()[: len(found.group()) - len(link)]))
        start = found.end() - len(link)
    return [*pieces, (words[start:], "")]


_ENDS_IN_NUMBER = re.compile(r"\d$")
_ONLY_WHEN = re.compile(
    r"(?:as of|of|by|from|on|in|at|within|before|after|until|tomorrow|tonight|later|next|this|come|with)\b",
    re.IGNORECASE,
)
_RELY = re.compile(r"\b(?:can|may) (?:\w+ )?(?:bank|bet|count|depend|rely) on (?:it|me|that|this|us)\b", re.IGNORECASE)
_WHICH = re.compile(r"(?:which|who|that)\b", re.IGNORECASE)


def _unsure(promise: str, judge: Judge) -> str:
    if _WHICH.match(promise) or _RELY.search(promise):
        return ""
    return unsure(_LINK_OR_REASON.sub("", promise, count=1), judge.language)


def _two_in_one(piece: str, language: Language) -> bool:
    """Whether a fact and a promise share their subject: "radio is silent and should be back by tonight"."""
    return any(
        has_same_subject(piece[found.end() :]) and has_verb(piece[: found.start()], language)
        for found in _JOINED.finditer(piece)
    )


def _sorted(pieces: list[tuple[str, str]], judge: Judge) -> list[_Told]:
    """The facts, with the signs that they were typed with, and the promises."""
    told: list[_Told] = []
    between, start = "", 0
    for at, (piece, sign) in enumerate(pieces):
        end, language = start + len(piece), judge.language
        after = bool(told) and told[-1].promised
        leans = _LEANS.match(piece) is not None and not begins_clause(_LINK.sub("", piece, count=1), language)
        then = at + 1 < len(pieces) and _THEN.match(pieces[at + 1][0]) is not None
        no_verb = not has_verb(piece, language)
        if after and no_verb and has_time(piece):
            told[-1] = _Told(told[-1].words + between + piece, told[-1].start, end, promised=True)
        elif (
            _THEN.match(piece)
            or "promise" in judge.kinds(piece)
            or _AHEAD_TOO.search(piece)
            or (then and has_time(piece))
            or (no_verb and has_deadline(piece))
        ):
            told.append(_Told(piece, start, end, promised=True))
        elif told and not after:
            told[-1] = _Told(told[-1].words + between + piece, told[-1].start, end, promised=False)
        elif not (after and leans) and not _ONLY_TALKS.fullmatch(piece) and not SAYS_NOTHING.fullmatch(piece):
            told.append(_Told(_LINK.sub("", piece, count=1), start, end, promised=False))
        between, start = sign, end + len(sign)
    return told
