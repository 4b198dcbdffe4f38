"""A fact and its guessed cause as two sentences: “Carts are slow, probably because of the sale” is “Carts are slow. It
is not confirmed yet whether the sale is the cause.”."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, NamedTuple

from warroom.wording.clauses import begins_clause, has_verb
from warroom.wording.nouns import inside
from warroom.wording.sound import is_whole
from warroom.wording.unconfirmed import unconfirmed
from warroom.wording.without_guess import is_the_cause

if TYPE_CHECKING:
    from warroom.wording.language import Language


class Apart(NamedTuple):
    """What is sure, and what is not confirmed, each as a sentence; `guess_first` if the guess came first."""

    fact: str
    unsure: str
    guess_first: bool

    def joined(self) -> str:
        """Both, in the order in which they were told."""
        return f"{self.unsure} {self.fact}" if self.guess_first else f"{self.fact} {self.unsure}"


_BEFORE_A_CAUSE = (
    r"(?:(?:it|this|that)(?:['’]s| is)? )?(?:just |only |surely |most |very |quite )?(?:(?:must|might|may|could|"
    r"has to|can only|"
    r"will|is bound to)(?: well| just| only)? be|likely|probably|presumably|possibly|perhaps|maybe|apparently|"
    r"supposedly|"
    r"(?:looks?|smells?|sounds?|feels?|seems?)(?: a lot| very much)? like|(?:my|our) (?:best |first |"
    r"own )?(?:bet|guess|hunch|money|"
    r"theory|hypothesis|suspicion)(?: is|['’]s)?(?: on)?:?|i (?:guess|suspect|bet|think|reckon)(?: it(?:['’]s|"
    r" is| was))?|"
    r"i(?:['’]d| would) (?:say|bet|guess)(?: on)?(?: it(?:['’]s| is| was))?)"
)
_CAUSE_FIRST = re.compile(
    rf"{_BEFORE_A_CAUSE}:? (?P<cause>[^,;:–—]{{3,70}})(?:[,;:]| [-–—]) (?P<what>.+)$", re.IGNORECASE
)
_DUE_TO = r"(?:because of|caused by|due to|down to|owing to|a result of|as a result of|thanks to)"
_MAY_BE = (
    r"(?:(?:most |very |quite |just |only )?(?:likely|probably|presumably|possibly|perhaps|maybe|apparently|"
    r"supposedly|seemingly)|(?:which |that |this |and (?:it |this |that )?)?(?:may|might|could|must)"
    r"(?: well| just)? (?:be|have been)|"
    r"(?:i|we) (?:think|believe|guess|suspect|assume)|it (?:seems|looks like|appears))"
)
_CAUSE_LAST = (
    re.compile(
        rf"(?P<what>.{{6,200}}?),? (?:and )?(?:which is )?{_MAY_BE} "
        rf"(?:{_DUE_TO} (?P<cause>[^;:–—]{{3,120}})|(?:because|since|as)(?! of\b) (?P<clause>[^;–—]{{6,160}}))$",
        re.IGNORECASE,
    ),
    re.compile(
        rf"(?P<what>.{{6,200}}?)(?:[,;:]| [-–—]) (?:and |but |so )?{_BEFORE_A_CAUSE} (?:{_DUE_TO} )?"
        r"(?P<cause>[^,;:–—]{3,70})$",
        re.IGNORECASE,
    ),
    re.compile(
        r"(?P<what>.{6,200}? (?:(?:about |around )?\d\S*(?: ?[ap]m| minutes?| hours?| days?|(?-i: [A-Z]{3,4}))?|"
        r"again|down|noon|offline|overnight|today|tonight|yesterday)) "
        r"(?:probably|presumably|possibly|perhaps|maybe|apparently|most likely) "
        r"(?P<cause>(?:the|an?|our|some) [^,;:]{3,60})$",
        re.IGNORECASE,
    ),
)
"""A fact, and what it may be due to: with a word for a reason, behind a comma, or just behind a time."""
_TIME_FIRST = re.compile(
    r"^(?:(?:after|around|at|between|by|during|for|from|in|on|since|until) [^,;]{2,60}, |"
    r"(?:since|at|from|around|on) (?:about |around )?(?:\d[\d:.]*(?: ?[ap]m\b|(?-i: [A-Z]{3,4}\b))?|noon|midnight|"
    r"\w+day|yesterday|this \w+|last \w+),? |(?:yesterday|today|overnight|this \w+|last \w+|earlier),? )",
    re.IGNORECASE,
)
_LEFT_OVER = re.compile(
    r"^(?:because of|due to|down to) |,? (?:again|once more|as usual|as always|i guess|i think|i suppose|right|"
    r"surely|or so)$",
    re.IGNORECASE,
)


def cause_apart(sentence: str, language: Language) -> Apart | None:
    """A fact beside the guess at its cause: "must be the firmware, the tills froze" is "It is not confirmed yet whether
    the firmware is the cause." and "The tills froze."; None for another form."""
    words = sentence.rstrip(".!?… ")
    first = _CAUSE_FIRST.match(words)
    for found in (first, *(pattern.match(words) for pattern in _CAUSE_LAST)):
        if found is None or not _is_fact(what := found["what"].strip(" ,"), language):
            continue
        clause = found.groupdict().get("clause")
        if clause and not is_whole(inside(clause, language), language):
            continue
        if not clause and _NO_CAUSE.match(found["cause"]):
            continue
        cause = "" if clause else _LEFT_OVER.sub("", _LEFT_OVER.sub("", found["cause"].strip()))
        if not clause and has_verb(re.sub(r"['’]s\b", "", cause), language):
            continue
        unsure = inside(clause or is_the_cause(cause), language)
        return Apart(
            f"{what[:1].upper()}{what[1:].rstrip('.')}.", f"It is not confirmed yet whether {unsure}.", found is first
        )
    return None


_NO_CAUSE = re.compile(
    r"(?:only|just|all|both|nearly|almost|not|for|in|at|on|from|with|more|less|later|worse|\d[\d.,]*|[a-z]+(?:ed|ly))\b",
    re.IGNORECASE,
)
"""How a guess begins at who, where or how it is: "4% of cards, probably only Visa", "maybe more"."""


def _is_fact(what: str, language: Language) -> bool:
    """Whether words in front of a guess, or behind it, are a whole clause."""
    clause = _TIME_FIRST.sub("", what)
    if _A_CUT.fullmatch(clause):
        return False
    return (
        not _NO_FACT.search(clause) and begins_clause(clause, language) and is_whole(inside(clause, language), language)
    )


_A_CUT = re.compile(
    r"(?:the|an?|our|this|that|your) (?:\w+ ){0,3}(?:break|burst|cut|hit|leak|set|shift|split|spread|stop)"
    r"(?: (?:at|in|of|on|from|between|since) .*)?",
    re.IGNORECASE,
)
"""A thing whose noun could be a verb: "the power cut at 03:12"."""
_NO_FACT = re.compile(
    r"^(?:i|we) (?:do not|don['’]t) know|\b(?:is|are|was|were|be|been|has|have|had|can|could|will|might|may)$",
    re.IGNORECASE,
)
SOMEBODY = ("job", "vendor", "team", "roster", "someone_word")
"""The classes of words for people, teams and companies."""


def looks_well(sentence: str) -> str:
    """What was done, without that it looks well, which is a guess only; "" for another form."""
    well = _LOOKS_WELL.fullmatch(sentence)
    return f"{well['fact'][:1].upper()}{well['fact'][1:]}." if well else ""


_LOOKS_WELL = re.compile(
    r"(?P<fact>[^;]{6,160}?)(?:[,;–—-]| and| but) (?:it |this |that |all |everything )?(?:all )?"
    r"(?:looks?|seems?|appears?|sounds?) (?:to be )?(?:like )?"
    r"(?:better|fine|good|ok|okay|right|stable|normal|well|(?:it |that )?(?:helped|helps|worked|works))"
    r"(?: (?:again|now|so far|for now))?[.!]?",
    re.IGNORECASE,
)


def explained(sentence: str, start: int, language: Language) -> Iterator[str]:
    """A fact, and what is guessed to explain it as not confirmed: "a bug got in, which explains why the tills froze".

    `start` is where the words of the guess begin.
    """
    explains = _EXPLAINS.fullmatch(sentence)
    if explains is None:
        return
    what = inside(explains["fact"], language)
    guess = unconfirmed(f"{explains['guess']}.", start, language)
    if explains["thing"] is not None:
        yield f"{guess.rstrip('.')}, and what caused {what}." if guess else ""
        yield f"It is not confirmed yet what caused {what}."
    elif guess and is_whole(what, language):
        yield f"{explains['fact'][:1].upper()}{explains['fact'][1:]}. {guess}"


_EXPLAINS = re.compile(
    r"(?P<guess>(?:[^,;]|,(?=\d)){8,160}), (?:which|and (?:that|this|it)|that|this) "
    r"(?:(?:would|could|may|might|will|also|probably|well) )*"
    r"(?:(?:explains?|(?:is|be)(?: the reason)?) why |"
    r"(?:explains?|accounts? for) (?P<thing>(?=(?:the|our|your|all|\d)\b)))"
    r"(?P<fact>(?:[^,;]|,(?=\d)){8,160}?)[.!]?"
)
