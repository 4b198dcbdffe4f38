"""A guess in a clause as what is not confirmed yet: “My guess is that the rule blocks the tills” is “It is not
confirmed yet whether the rule blocks the tills”."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from warroom.wording.clauses import has_verb, verb_at
from warroom.wording.nouns import WHAT_IT_IS, head_of, inside, is_plural, names_a_cause

if TYPE_CHECKING:
    from warroom.wording.language import Language

_THAT = re.compile(r" (?:that|as if|as though) ")
_BEHIND = re.compile(
    r"^[\s,:–—-]*(?:(?:is|was|are|be|been|that|if|whether|money|on|of|like|about|to(?! blame)|for|it['’]s|it is|"
    r"it was)\b[\s:]*)*",
    re.IGNORECASE,
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
    if (shows := _SHOWS.search(clause, start, end)) and (that := _THAT.match(clause, max(shows.end(), end - 5))):
        yield _whether(clause[that.end() :], language, whole=True)
        return
    if state := _MAY_BE_DONE.fullmatch(clause[start:end].strip()):
        be = "are" if is_plural(head_of(clause[:start].strip() or "it").split()[-1]) else "is"
        yield _whether(f"{clause[:start].rstrip()} {be} {state['done']} {clause[end:].lstrip()}", language, whole=True)
        return
    while end > start and (article := _ARTICLE.search(clause, start, end)):
        end = article.start()
    that = next((found for found in _THAT.finditer(clause) if found.start() >= start), None)
    if that and start <= _IN_FRONT and has_verb(clause[that.end() :], language) and that.start() <= end + _IN_FRONT:
        yield _whether(clause[that.end() :], language, whole=True)
    if start <= _IN_FRONT:
        yield _whether(_BEHIND.sub("", clause[end:], count=1), language)
    else:
        before, after = clause[:start].rstrip(), clause[end:].lstrip()
        if before.endswith(",") and after.startswith(","):  # the guess stood between them
            before, after = before[:-1], after[1:].lstrip()
        elif before.endswith(","):
            return  # only what follows is a guess
        if _TO_BLAME.search(clause, start, end) and _IS.search(before):
            before = f"{before} the cause"
        yield _whether(f"{before} {after}", language)


_TO_BLAME = re.compile(r"\b(?:to blame|the culprit)$")
_IS = re.compile(r"\b(?:is|are|was|were)$")
_SHOWS = re.compile(r"\b(?:suggest|indicate|impl|hint|point)\w*")
_MAY_BE_DONE = re.compile(r"(?:may|might|could|must)(?: well| also)? be (?P<done>[a-z]{2,}ed)")


def is_the_cause(thing: str) -> str:
    """A thing as a clause: "the new scanners are the cause", "this is a breach"; of a time, when it was."""
    thing = _AGAIN.sub("", thing)
    if _IS_THIS.match(thing):
        return f"this is {thing}"
    if after := _AFTER_A_THING.match(thing):
        thing = thing[after.end() :]
    elif _WHEN_OR_WHERE.match(thing):
        return f"it was {thing[:1].lower()}{thing[1:]}"
    head = head_of(thing)
    return f"{thing} {'are' if is_plural(head.split()[-1]) else 'is'} the cause"


_IS_THIS = re.compile(WHAT_IT_IS, re.IGNORECASE)
_AGAIN = re.compile(r",? (?:again|once more|as usual|as always)$")
_AFTER_A_THING = re.compile(
    r"(?:(?:right|just|shortly|soon|immediately) )?(?:after|during|following|since) "
    r"(?=(?:the|an?|our|your|some|one of|this|last|yesterday['’]s|today['’]s) )",
    re.IGNORECASE,
)
"""What stands in front of a thing that may be the cause: "presumably after the update"."""
_WHEN_OR_WHERE = re.compile(
    r"(?:(?:right|just|shortly|soon|immediately) )?(?:after|around|at|before|behind|between|by|during|from|in|"
    r"inside|near|on|under) (?!of\b)",
    re.IGNORECASE,
)
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
        if not (_THING.match(words) or names_a_cause(words, language)):
            return ""
        words = is_the_cause(words)
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
