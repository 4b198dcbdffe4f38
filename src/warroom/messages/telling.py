"""How customers are told what happens: what the problem is, and what stands in front of the impact.

People type an impact as a sentence ("nobody can log in"), as a name for what is seen ("errors when paying"), or in
between ("can't log in", "slow"). The words around it follow from that.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from warroom.messages.calm import calm
from warroom.messages.grammar import capital, listed
from warroom.messages.main_verb import has_verb
from warroom.messages.problems import begun, is_out
from warroom.messages.services import several, vocabulary
from warroom.messages.tense import speaks_of_now, told_in_past
from warroom.messages.unfinished import goes_on
from warroom.model.names import Names

IMPACT = "impact"


def told(
    impact: str,
    affected: str,
    service: str,
    when: Mapping[str, str],
    names: Names,
    *,
    state: str,
    over: bool,
    data: bool,
    seen: bool,
    unsure: bool = False,
    works: bool = False,
    planned: bool = False,
) -> dict[str, object]:
    """The impact as customers read it, and the words around it.

    `happening` says what stands in front of the impact, "" if it is a sentence of its own. The impact is "" if the
    `opening` says all of it. `when` has the period, a short one, and when it came back. `seen` if the impact was typed
    as what customers see. `data` if data may have been lost or seen by others, and `unsure` if words of the incident
    say that something is not over: then nothing is said to work again. `works` if the status says that it does.
    `planned` if the impact tells of a time that has not come, so that it is not told in the past.
    """
    text = _in_full(calm(impact, names))
    out = not data and is_out(text, affected, service)
    opening, _ = begun(service, when["period"], out=out, over=over)
    _, short = begun(service, when["period_short"], out=out, over=over)
    if back := when["back_since"]:
        opening = f"The problem with {service} {'that ' * over}came back at {back}{' is now resolved' * over}"
        short = f"{'Problem' if over else 'The problem'} with {service} {'that ' * over}came back at {back}"
    elif out:
        text = ""
    one = not several(service)
    again = f"{service} work{'s' * one} normally again"
    ending = "The problem is resolved" if out else "It is resolved"
    vague = unsure or bool(why_not_again(impact, names, data=data))
    if back:
        ending = "" if vague else capital(f"{again}.")
    else:
        ending = "This incident is resolved" if unsure else ending
        ending += "." if vague else f", and {again}."
    return {
        IMPACT: text,
        "happening": label(text, state=state, over=over, seen=seen, works=works, planned=planned),
        "reported": planned or not told_in_past(text),
        "works_again": "" if vague or works else capital(f"{service} work{'s' * one} again."),
        "opening": opening,
        "opening_short": short,
        "ending": ending,
    }


def why_not_again(impact: str, names: Names, *, data: bool) -> str:
    """Why customers don't read at the end that it works normally again, by what happened; "" if they may."""
    text = _in_full(calm(impact, names))
    if data:
        return "data may have been lost or seen by others"
    if vocabulary(names).wrong.search(text):
        return "what was wrong before the end may still be wrong"
    return "the impact tells of something that the end does not undo" if goes_on(text) else ""


def label(impact: str, *, state: str, over: bool, seen: bool, works: bool = False, planned: bool = False) -> str:
    """What stands in front of an impact: `see` and `seen` (What you may …) only if it names what people see.

    Of a sentence it is `happening` or `happened`, and "" if that is about "you". Of everything it is `is` or `was`
    (affected). `problem` is right for any words: it stands in front of what can't be put into the past.
    """
    sure = told_in_past(impact) and not planned
    past = over or (state == "monitoring" and (works or not speaks_of_now(impact)))
    if not impact:
        return "seen" if over else "see"
    if _ALL.fullmatch(impact.strip(" .!")):
        return "was" if over else "is"
    if seen or not _is_clause(impact):
        return "problem" if past and not sure else "seen" if past else "see"
    if _SOMEBODY_DID.match(impact):
        return "happened"
    if past:
        return "happened" if sure else "problem"
    return "" if _TO_YOU.match(impact) and "\n" not in impact else "happening"


def _in_full(text: str) -> str:
    """A clause with the subject that was left out: `can't log in` becomes `you can't log in`, `slow` `it is slow`.

    Several clauses stay as they were typed: the subject of one need not be that of the others.
    """
    if _SEVERAL.search(text.strip()):
        return text
    for pattern, subject in ((_NOT_DONE, "it "), (_NO_SUBJECT, "you "), (_UNABLE, "you are "), (_BARE, "it is ")):
        if found := pattern.match(text):
            rest = text[found.end("first") :]
            words = f"{subject}{found['first'].lower()}{rest}"
            return capital(words) if text[:1].isupper() else words
    return text


_SEVERAL = re.compile(r"\n|[,;:] |[.!?] | - ")
_NO_SUBJECT = re.compile(
    r"(?P<first>can['’]?t|cannot|can not|could(?:n['’]t| not)|don['’]?t|have to|must)(?= \w)"
    r"(?! (?:be|appear|arrive|finish|load|open|play|respond|send|show|start|sync|work)\b)",
    re.IGNORECASE,
)
_NOT_DONE = re.compile(
    r"(?P<first>can['’]?t|cannot|can not|could(?:n['’]t| not))(?= be \w+(?:ed|en|nd|ught)\b)", re.IGNORECASE
)
"""What can't be done with it: customers are not who `cannot be reached`."""
_UNABLE = re.compile(r"(?P<first>unable to|not able to|logged out)\b", re.IGNORECASE)
_STATES = r"slow|sluggish|laggy|down|offline|broken|unavailable|unreachable|not working|not available|unusable|unstable"
_BARE = re.compile(
    rf"(?P<first>(?:very |extremely |really |completely |totally |partly |sometimes |often )*(?:{_STATES}))"
    r"(?=[.!]*$|[,;] | (?:for|since|at|in|when|during|again|and)\b)",
    re.IGNORECASE,
)
_ALL = re.compile(r"(?:everything|all(?: services| systems| of it)?|the whole (?:\w+))", re.IGNORECASE)
_TO_YOU = re.compile(r"you(?:r|['’]re)?\b", re.IGNORECASE)
_ADVERB = r"(?:(?:is|are|not|very|too|extremely|often|still|sometimes|all|almost|completely|partly) )*"
_STATE = (
    rf"(?:{_STATES}|delayed|missing|stuck|empty|blank|late|wrong|unable|inaccessible|sent|received|loading|delivered"
    r"|processed|affected|shown|created|saved|updated|duplicated|rejected|failing|crashing|outdated|declined|possible)"
    r"(?=[.!,;]|$| (?:at|for|in|since|after|when|on|with|to|by|again|twice|out|and|from|if|during|while)\b)"
)
_NAME = r"(?!(?:the|a|an|of|for|with|in|on|to|by|and|or|some|any|many|more|our|very|too|all|no)\b)[\w'’-]+(?<!ing)"
_PREDICATE = re.compile(rf"\b{_NAME} {_ADVERB}(?:{_STATE}|(?:gone|lost)(?=[.!,;]|$))", re.IGNORECASE)
"""What is said of something without a verb: `emails not sent`, `photo uploads stuck at 99 %`."""


def _is_clause(text: str) -> bool:
    """Whether an impact says something of something, so that it is a sentence by itself."""
    lead, items = listed(text)
    return any(
        has_verb(row)
        or _BEEN.search(row)
        or _SOMEBODY_DID.match(row)
        or _DOING_IT.match(row)
        or (
            not _PHRASE.match(row)
            and _PREDICATE.search(re.split(r"[,;(]|:(?!\d)|\b(?:when|while|if|after)\b", row, maxsplit=1)[0])
        )
        for row in ([lead] if lead else items[:1] if len(items) == 1 else items)
    )


_SOMEBODY_DID = re.compile(
    r"(?:an?|the|one|some|somebody|someone|other|another|several|\d+)\b(?: [\w'’-]+){0,3}"
    r" (?:attacker|colleague|company|customer|employee|person|people|party|stranger|user)s?"
    r" (?:\w{2,}ed|saw|read|took|got|had|stole) (?!by\b)\w"
    r"|(?:somebody|someone|a stranger) (?:\w+ )?(?:\w{2,}ed|saw|read|took|got|had|stole) (?!by\b)\w",
    re.IGNORECASE,
)
"""`An unauthorized person viewed support tickets` is what happened, and nothing that customers see."""
_BEEN = re.compile(r"\b(?:has|have|is|are|was|were) (?:not )?(?:been|being) \w", re.IGNORECASE)
_DOING_IT = re.compile(
    r"(?!(?:during|everything|nothing|anything|something)\b)\w+ing\b[^.,;\n]*"
    r" (?:crashes|fails|freezes|hangs|stops|works)\b",
    re.IGNORECASE,
)
"""`Uploading files larger than 100 MB fails`."""
_PHRASE = re.compile(r"(?:[\w'’-]+ ){1,3}(?!\w*thing\b)\w+ing (?!(?:is|are|was|were|not)\b)", re.IGNORECASE)
"""`Emails arriving late` names what is seen, as `errors when paying` does."""
