"""What kind of problem customers have, as the first sentence tells it: unavailable, slow, delays, wrong data, errors.

Only what the impact says with certainty; else it is "a problem with" the affected system.
"""

from __future__ import annotations

import re

from warroom.messages.grammar import capital
from warroom.messages.services import UNNAMED, several, vocabulary, words_of
from warroom.model.names import Names

OUT, SLOW, WRONG = "unavailable", "slow", "wrong data"
_DELAYED, _FAILING = "delays", "errors"
_DOWN = re.compile(
    r"\b(?:down|unavailable|offline|unreachable|unusable|outage|(?:is|are|was|were) not (?:available|reachable|working)"
    r"|(?:does|do|did)(?: not|n['’]?t) work|(?:can(?:not|['’]?t| not)) be reached)\b",
    re.IGNORECASE,
)
_BESIDE_DOWN = re.compile(
    r"an?|all|and|are|at|back|been|by|complete(?:ly)?|current(?:ly)?|customers?|entire(?:ly)?|every(?:body|one|thing)?|for"
    r"|fully|hard|has|have|in|is|it|its|major|moment|now|of|on|our|outage|people|since|sites?|still|systems?|services?|that"
    r"|the|there|this|to|total(?:ly)?|users?|was|we|web|website|were|whole|with"
)
"""Words that say nothing more beside `down`."""
_PART = re.compile(
    r"\b(?:some|few|several|many|most|part|partly|only|mostly|sometimes|often|intermittent\w*)\b|\d|%", re.IGNORECASE
)
_NOBODY_GETS_IN = re.compile(
    r"(?:nobody|no ?one|no (?:users?|customers?)) can (?:log|sign)[ -]?in\.?"
    r"|(?:(?:all|our) )*(?:users|customers|you|everybody|everyone) (?:cannot|can['’]?t|can not) (?:log|sign)[ -]?in\.?",
    re.IGNORECASE,
)
_TAKES_LONG = re.compile(
    r"\b(?:slow(?:ly)?|slower|sluggish|laggy"
    r"|tak(?:es?|ing) (?:up to |about |over |more than |~ ?)?\d+\s?(?:s|sec\w*|min\w*)"
    r"|tak(?:es?|ing) (?:(?:too|very|so) )?(?:ages|long|forever)|load(?:s|ing)? (?:for|in) \d+)\b",
    re.IGNORECASE,
)
_LATE = re.compile(r"\b(?:delay(?:s|ed)?|late|behind schedule)\b", re.IGNORECASE)
_FAILS = re.compile(r"\bfail(?:s|ed|ing)?\b", re.IGNORECASE)
_WORSE = re.compile(
    r"\b(?:errors?|fail\w*|cannot|can['’]?t|can not|could not|nobody|no ?one|missing|lost|wrong|down|time[sd]? out"
    r"|time-?outs?|never|charged|crash\w*|not|unavailable|blank|empty|broken|stuck|dupl\w+|gone)\b",
    re.IGNORECASE,
)


def kind_of(impact: str, affected: str, service: str, names: Names) -> str:
    """What kind of problem an impact tells of, "" if that is not certain."""
    wrong = vocabulary(names).wrong
    first = impact.strip().split("\n")[0]
    part = _PART.search(first) or (affected and not re.fullmatch(r"(?:all|every).*|100 ?%.*", affected, re.IGNORECASE))
    if not part and "\n" not in impact.strip():
        others = {*re.findall(r"[^\W\d_]+", _DOWN.sub(" ", first).casefold())} - words_of(service)
        if _DOWN.search(first) and all(map(_BESIDE_DOWN.fullmatch, others)):
            return OUT
        if re.search(r"\b(?:log-?ins?|sign-?ins?)\b", service) and _NOBODY_GETS_IN.fullmatch(first):
            return OUT
    if service == UNNAMED or re.search(r"\b(?:may|might|could)\b", impact, re.IGNORECASE):
        return ""
    slow = _TAKES_LONG.search(impact)
    if slow and not _WORSE.search(re.sub(r"\bsome time out\b", "", impact)):
        return SLOW if _is_of(service, impact[: slow.start()]) else ""
    if _WORSE.search(wrong.sub("", impact)) and wrong.search(impact):
        return ""
    if wrong.search(impact):
        return WRONG
    if _LATE.search(impact) and not _WORSE.search(impact):
        return _DELAYED
    return _FAILING if _FAILS.search(first) and not re.search(r"\berrors?\b", impact, re.IGNORECASE) else ""


def _is_of(service: str, before: str) -> bool:
    """Whether what stands in front of "slow" is the service itself, its pages, or nothing: not `loading at Berth 3`."""
    words = {*re.findall(r"[^\W\d_]+", _BEGUN.split(before)[-1].casefold())}
    return not words - _OF_ANY or bool(words & (words_of(service) | _ITS_PAGES))


_BEGUN = re.compile(r"[.;,:]\s|\n")
_OF_ANY = frozenset(
    {"all", "are", "been", "everything", "extremely", "has", "have", "is", "it", "now", "often", "really", "runs"}
    | {"so", "sometimes", "still", "super", "too", "very"}
)
"""Words that say of no other thing than the service that it is slow."""
_ITS_PAGES = frozenset({"answers", "app", "page", "pages", "requests", "responses", "screens", "site", "website"})


def begun(kind: str, service: str, span: str, *, over: bool) -> tuple[str, str]:
    """The first sentence without its full stop, and its short form, which the impact follows behind a colon.

    `span` is when: `since 02:17 UTC`. In brackets, the sentence is the shortest that there is.
    """
    begins, tight = capital(service), span.startswith("(")
    was, has = ("were", "have") if several(service) else ("was", "has")
    if kind in (OUT, SLOW):
        begins = capital(service.removeprefix("the ")) if tight else begins
        short = f"{begins}{'' if tight else f' {was}' if over else f' {has} been'} {kind} {span}"
        return short, short
    if kind == WRONG and not tight:
        short = f"{begins} {'showed' if over else f'{has} shown'} wrong data {span}"
        return short, short
    where = f"{_WORDS[kind]} {service}"
    return f"We {'had' if over else 'have had'} {where} {span}", f"{capital(where.removeprefix('a '))} {span}"


_WORDS = {
    "": "a problem with",
    _DELAYED: "delays with",
    _FAILING: "errors with",
    WRONG: "wrong data in",
}
