"""A guess, or a promise, as what is not confirmed yet: what it is about stays."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from warroom.wording.clauses import has_verb, verb_at
from warroom.wording.rewriting import inside, is_plural, names_a_cause

if TYPE_CHECKING:
    from warroom.wording.language import Language

_THAT = re.compile(r" (?:that|as if|as though) ")
_BEHIND = re.compile(
    r"^[\s,:–—-]*(?:(?:is|was|are|be|been|that|on|of|like|about|to|for|it['’]s|it is|it was)\b[\s:]*)*", re.IGNORECASE
)
_CLEFT = re.compile(
    r"(?:it|this|that|there)?(?:['’]s| is| was| must| might| may| could| has to| can only| would)?"
    r"(?: (?:well|just|only|simply|also))*(?: ?be| ?have been)? ?"
    r"(?P<what>(?:the|an?|our|your|some|one of|[A-Z])[^,;]{2,80}?) (?:that|which|who) (?P<does>[^,;]+)$",
    re.IGNORECASE,
)
_MODAL = re.compile(
    r"^(?:it|this|that) (?:must|might|may|could|has to|can only)(?: well| also| just)? (?:be|"
    r"have been)(?: that)? (?P<rest>.+)$|"
    r"^(?:it|this|that)(?:['’]s| is| was) (?:\w+ ){1,3}(?P<noun>(?:the|an?|our) .+)$",
    re.IGNORECASE,
)


def not_confirmed(clause: str, start: int, end: int, language: Language) -> Iterator[str]:
    """The guess in a clause as something that is not confirmed; `start` and `end` are where its words are."""
    if (cause := _DUE_TO.match(clause)) and start >= len(cause["what"]) - 1:
        yield f"{cause['what']}. {_whether(cause['cause'], language)}"
        return
    if there := _THERE.match(clause):
        is_it = "was" if there["be"] == "have been" else "is"
        yield f"It is not confirmed yet whether there {is_it} {there['what']}"
        return
    modal = _MODAL.match(clause)
    if modal:
        yield _whether(modal["rest"] or modal["noun"], language, whole=" that " in clause[: modal.start("rest")])
    while end > start and (article := _ARTICLE.search(clause, start, end)):
        end = article.start()
    that = next((found for found in _THAT.finditer(clause) if found.start() >= start), None)
    if that and start <= _IN_FRONT and has_verb(clause[that.end() :], language) and that.start() <= end + _IN_FRONT:
        yield _whether(clause[that.end() :], language, whole=True)
    if start <= _IN_FRONT:
        yield _whether(_BEHIND.sub("", clause[end:], count=1), language)
    else:
        yield _whether(f"{clause[:start].rstrip()} {clause[end:].lstrip()}", language)


_THERE = re.compile(r"there (?:must|might|may|could|has to) (?P<be>have been|be) (?P<what>an? [^,;]+)$", re.IGNORECASE)
_LONGEST_THING = 9
_DUE_TO = re.compile(
    r"(?P<what>[^;]{6,120}?),? (?:\w+ )?(?:because of|due to|owing to|as a result of) (?P<cause>[^,;]{3,80})$",
    re.IGNORECASE,
)
_ARTICLE = re.compile(r" (?:the|an?|our|your)$", re.IGNORECASE)
_IN_FRONT = 12
"""Characters in front of a guess that still belong to it: "My gut says"."""


def _whether(words: str, language: Language, *, whole: bool = False) -> str:
    """What is not confirmed: a clause, and of a thing that it is the cause; "" for anything else. `whole` says that it
    is a clause."""
    words = words.strip(" ,;:.!?…")
    if cleft := _CLEFT.fullmatch(words):
        words = f"{cleft['what'].strip()} {cleft['does']}"
    if len(words) < _SHORTEST or _NO_SUBJECT.match(words) or _BLAMES.search(words):
        return ""
    if not whole and verb_at(words, language) is None:
        if len(words.split()) > _LONGEST_THING:
            return ""
        head = re.split(r" (?:of|in|on|at|for|with|from|to)\b", words, maxsplit=1)[0]
        if not (_THING.match(words) or names_a_cause(words, language)):
            return ""
        words = f"{words} {'are' if is_plural(head.split()[-1]) else 'is'} the cause"
    return f"It is not confirmed yet whether {inside(words, language)}"


_SHORTEST = 3
_NO_SUBJECT = re.compile(
    r"(?:and|or|but|not|no|because|due|is|are|was|were|has|have|had|will|can|could|may|might|must|to|in|"
    r"on|at|same|from|"
    r"down|off|out|gone|fixed|resolved|done|over)\b",
    re.IGNORECASE,
)
_THING = re.compile(r"(?:the|an?|our|some|one|another|The|An?|Our|[A-Z])\b")
_BLAMES = re.compile(r"\b(?:to blame|at fault|guilty|the culprit|fault of)\b", re.IGNORECASE)

_PERIOD = r"(?:min(?:ute)?s?|hours?|hrs?|days?|weeks?|months?|seconds?)\b"
_CLOCK = (
    r"\d{1,2}(?:[:.]\d\d)?(?: ?[ap]\.?m\b| o['’]clock| ?h\b)?(?! ?%)"
    r"(?= (?:tomorrow|today|tonight|on|in the|at the|sharp)\b|[,.;!]|$)"
)
_AHEAD = re.compile(
    r",? (?:(?:no later than|not later than|as of|starting|by|before|within|in|until|from|at|on|around|about|for|"
    r"early|first thing|come)\b (?:about |around |the next |the |next |this |another |under |less than |at most )*"
    rf"(?:{_CLOCK}|(?:\d+|an?|half an|one|two|three|four|five|six|ten|fifteen|twenty|thirty|few|a few|couple of|"
    rf"a couple of) {_PERIOD}|\d{{1,2}} (?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)|"
    r"noon|midday|midnight|morning|evening|afternoon|tonight|tomorrow|today|weekend|end\b|week|month|close\b|lunch|"
    r"dinner|hour|minute|(?:mon|tues|wednes|thurs|fri|satur|sun)day)|"
    r"before (?:it|we|you|they|the \w+ (?:starts|opens|begins))\b|"
    r"(?:later )?(?:today|tonight|tomorrow|soon|shortly|very soon|this (?:morning|afternoon|evening|week)|"
    r"next (?:week|month|\w+day)|in no time|right away|any (?:minute|moment|time))\b|guaranteed|for sure|"
    r"without fail|you have my word|i promise|we promise|promised).*$",
    re.IGNORECASE,
)
_AHEAD_FIRST = re.compile(
    r"^by the time [^,;]*, |^(?:by|within|in|at|before|from|on|as of|come|tomorrow|tonight|later|this|next|soon)\b"
    r"[^,;]{0,40}?(?:, | (?=(?:the|our|your|all|we|you|every)\b))",
    re.IGNORECASE,
)
_WILL = re.compile(
    r"(?P<who>(?!(?:it|this|that|everything|all|things|they|there)\b)[^,;]{2,120}?)"
    r"(?: (?:will|shall|is going to|are going to|is due to|are due to|is set to|are set to)|['’]ll) "
    r"(?:\w+(?<=ly) |all |then )*(?P<does>(?!not\b|never\b)[^,;]{2,120})$",
    re.IGNORECASE,
)
_PLEASE = re.compile(r"^please [^,;]{2,60}[,;] ", re.IGNORECASE)
_MOODS = re.compile(r"\b(?:if|never|not|nobody|no one|guarantee|promise|n['’]t)\b|n['’]t\b", re.IGNORECASE)
_SURE = re.compile(
    r"^(?:we|i) (?:can |hereby )?(?:promise|guarantee|assure you|expect|are confident|are sure|are certain|"
    r"hope)(?: you)?(?: that)? ",
    re.IGNORECASE,
)


def no_time(clause: str, language: Language) -> str:
    """A promise as what has no time yet: "Trams will run by noon" is "It is not confirmed yet when trams will run"."""
    clause = _PLEASE.sub("", clause.strip(" ,;:.!?"))
    clause = _AHEAD.sub("", _AHEAD_FIRST.sub("", _SURE.sub("", clause)))
    if _MOODS.search(clause) or " since " in clause:
        return ""
    will = _WILL.match(clause)
    if will:
        who, does = will["who"], will["does"]
        clause = f"{who} will {does}"
    elif _NO_WHO.match(clause) or not _will_be(clause, language):
        return ""
    clause = inside(clause, language)
    if verb_at(clause, language) == 1 and _ONE_THING.match(clause) and not is_plural(clause.split()[0]):
        clause = f"the {clause}"
    return f"It is not confirmed yet when {clause}"


def _will_be(clause: str, language: Language) -> bool:
    """Whether a clause in the present tense can be about what is to come."""
    at = verb_at(clause, language)
    if at is None:
        return clause.endswith(" again") and len(clause.split()) > _SHORTEST
    verb = language.tag(clause).words(at, at + 1)[0]
    return at > 0 and not verb.endswith("ed") and "past" not in language.lexicon.classes_of(verb.lower())


_ONE_THING = re.compile(r"(?!(?:every|some|any|no)|we\b|you\b|i\b|all\b|both\b)[a-z]{3,} ")
_NO_WHO = re.compile(
    r"(?:it|this|that|everything|things|they|there|give|expect|plan|we|i|by|before|within|in|at|will|should|is|are|be|"
    r"back|up|online|ready|done)\b|.* (?:was|were|had|did) ",
    re.IGNORECASE,
)
