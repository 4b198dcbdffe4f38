"""Finding words that say that not everything is over: then no message claims that it works normally again."""

from __future__ import annotations

import re

from warroom.messages.extents import FAILS, LESS

_DOING = r"(?:deploying|fixing|investigating|moving|restarting|restoring|rolling|switching|working)"
_ONGOING = (
    r"\b(?:in progress|under ?way|ongoing"
    r"|is (?:being|still|running(?! (?:again|at|in|normally|on|smoothly|stably|without)\b))"
    r"|are (?:being|still)"
    r"|to be (?:done|fixed))\b"
    r"|\bstill (?:running|rolling|working|waiting|being)\b|^(?:we(?:['’]re| are)|now|still|currently) \w+ing\b"
    r"|\b(?:we|they|i)(?:['’]ll| will| are going to| plan to)\b|\bwill (?:be|follow|take)\b"
    rf"|\b(?:is|are) (?:\w+ )?{_DOING}\b(?! again)|^{_DOING}\b"
)
_DAYS = r"(?:mon|tues|wednes|thurs|fri|satur|sun)day"
_LEFT = (
    r"\b(?:still|(?:until|till)(?! [^.;]*\b(?:was|were|had|worked)\b)"
    r"|tomorrow|tonight|next week|remain(?:s|ing)|the rest of|for now"
    r"|for the (?:moment|time being)|(?:have|has|needs?) to|must"
    r"|(?:turned|switched|shut|taken) (?:it |them )?(?:off|down|offline)\b"
    r"|(?:^|(?<=[,;.] ))(?:the |all )?(?!(?:day|far|kicked|log\w*|paid|pays|sign\w*|time|well|\w+ed)\b)[\w-]+ off"
    r"(?=$|[,;.]| (?:for|until|now)\b)"
    r"|(?:is|are|stays?) (?:off|down|offline|limited|slow|slower|unavailable)|disabled|deactivated|paused"
    r"|partial(?:ly)?|partly|mitigated|mitigation|work-?arounds?|stop-?gap|temporar(?:y|ily)|interim|degraded|read-only"
    rf"|by (?:noon|midnight|next|the end|end of|{_DAYS})|takes? (?:a while|about|another|longer|some|time|up to|\d\S*)"
    r"|not (?:yet|all|back|every\w*|complete\w*|fixed|for all|fully|over|solved)|yet"
    r"|(?:works?|working|ok|back) for (?:almost|many|most|some)"
    r"|(?:for|on) (?:a few|a handful|many|most|some) (?:customers|people|users)|for some|mostly|reproduc\w+"
    r"|(?:delays?|errors?|failures?|problems?) (?:continue|go on|persist|remain)"
    r"|all but|(?:is|are|still|\d+ \w+) (?:missing|lost|gone)|for good"
    r"|could(?: not|n['’]?t)|can(?: not|not|['’]?t)|unable to)\b"
    r"|(?<![\d.,])(?!0+ ?%|100 ?%)\d[\d.,]* ?%"
)
_UNSURE = (
    r"\b(?:monitoring|watching|observing|keep(?:ing)? (?:an eye|watch)|should (?:be|work)|seems?"
    r"|looks? (?:fine|good|ok\w*)"
    r"|probably|hopefully|might)\b"
)
_LEFT_OVER = re.compile(rf"{_ONGOING}|{_LEFT}", re.IGNORECASE | re.MULTILINE)
_AT_THE_END = re.compile(rf"{_ONGOING}|{_LEFT}|{_UNSURE}", re.IGNORECASE | re.MULTILINE)
_IS_OVER = re.compile(
    r"\bback (?:again )?(?:to|at|below|under) (?:about |around |~ ?|below |under )?\d[\d.,]* ?%"
    r"|\b(?:down|dropped|fell|fallen) (?:again )?(?:to|below|under) (?:about |around |~ ?|below |under )?0?[.,]\d+ ?%"
    r"|\b(?:errors?|fail(?:ed|ing|ures?)|loss(?:es)?|time-?outs?)(?: rates?)? (?:(?!still\b)\w+ ){0,3}?"
    r"(?:at|below|of|under|less than) (?:about )?(?:0?[.,]\d+|1) ?%"
    r"|\b(?:enlarg|expand|extend|increas|rais)\w+ (?:[\w'’-]+ ){0,5}by \d[\d.,]* ?%"
    r"|\b(?:alarm|alert|cpu|disk|limit|load|memory|threshold|warning)s?(?: [\w'’-]+){0,4}? (?:at|below|of|over|to"
    r"|under) (?:about )?\d[\d.,]* ?%"
    r"|\b(?:availability|success(?: rate)?|uptime) (?:\w+ ){0,3}99(?:[.,]\d+)? ?%"
    r"|(?:\b(?:not|no|never|nobody|nothing)\b|n['’]t\b)[^.,;]{0,12} (?:have|has|needs?) to\b"
    r"|\b(?:will|['’]ll|are going to) (?:\w+ )?(?:be )?"
    r"(?:compensat|credit|pay (?:it|them|you) back|refund|reimburs|repa(?:id|y)|waive)\w*"
    r"|\bdisabled (?:customers|guests|passengers|people|users|visitors)\b"
    r"|\b(?:disabled|interim|paused|temporary|work-?arounds?) (?:[\w'’-]+ ){0,3}?(?:was|were|has been|have been)"
    r" (?:enabled|lifted|removed|restored|switched on|taken (?:away|down))\b"
    r"|\b(?:no|none of|nothing)\b[^.,;]{0,25} (?:is|are|was|were|has been|have been) (?:gone|lost|missing)\b"
    r"|\b(?:(?:is|are|stays?|remains?)(?: all)?(?: still)?|still(?: is| are)?)"
    r" (?:available|correct|intact|safe|saved|there|unchanged|valid|yours)\b",
    re.IGNORECASE,
)
"""What says that it is as before, that nothing is lost or to be done, or that money is given back for what was.

`error rate back to 0.01%`, `still yours`, `we will refund the difference`.
"""
_IN_IMPACT = re.compile(
    r"\b(?:still(?! works?\b)|for good|no longer|permanently|(?:again|back|only) for"
    r"|(?:is|are) (?:deleted|gone|lost))\b",
    re.IGNORECASE,
)


def unfinished(text: str, *, over: bool = True) -> str:
    """The words of a text by which something is off, partial, or to come; "" if there are none.

    Once it is said to be `over`, words such as "monitoring" and "should be ok" count too.
    """
    found = (_AT_THE_END if over else _LEFT_OVER).search(_IS_OVER.sub(_signs, without_conditions(text)))
    return " ".join(found[0].split()) if found else ""


def what_is_left(impact: str) -> str:
    """The words of an impact that tell what is left of a larger one: `2 % of payments still fail`; "" if none do.

    Only its first sentence counts: what goes on beside it, as `open sessions still work`, tells of no end.
    """
    found = _REMNANT.search(without_conditions(_SENTENCE.split(impact.strip(), maxsplit=1)[0]))
    return " ".join(found[0].split()) if found else ""


_SENTENCE = re.compile(r"(?<=[.!?])\s+|;\s+|\n")
_REMNANT = re.compile(
    r"\bstill(?! works?\b)(?: [\w~≈%.'’-]+){1,2}|\b(?:not|n['’]t|nt)\b(?: \w+){0,4} yet\b"
    r"|\b(?:again|back),? (?:but|except|only)\b"
    r"|\beverything (?:\w+ )?(?:works|is fine|is back)[^.;]*\b(?:but|except)\b"
    r"|\b(?:are|is) left\b|\bremain(?:s|ing)?\b",
    re.IGNORECASE,
)


def goes_on(impact: str) -> bool:
    """Whether an impact tells of something that the end does not undo: `half of them are still missing`."""
    return _IN_IMPACT.search(without_conditions(impact)) is not None


def without_conditions(text: str) -> str:
    """A text with signs in place of what may not be so (`if you still see errors`) and of what worked beside it."""
    return without_what_worked(_CONDITION.sub(_signs, text))


def without_what_worked(text: str) -> str:
    """A text with signs in place of `although the valves still open`, and not of `although payments still fail`."""
    return _BESIDE.sub(lambda said: said[0] if FAILS.search(said[0]) or LESS.search(said[0]) else _signs(said), text)


def _signs(said: re.Match[str]) -> str:
    return "·" * len(said[0])


_CONDITION = re.compile(
    r"\b(?:(?<!even )(?<!know )(?<!known )(?<!clear )(?<!sure )(?<!see )(?<!check )(?<!checking )if|in case|unless"
    r"|whoever|any(?:body|one) who|(?:(?<=^)|(?<=[.;,] ))should (?:an?|any\w*|it|the|they|you\w*))\b[^.,;\n]*",
    re.IGNORECASE,
)
_BESIDE = re.compile(
    r"\b(?:even |al)?though (?:[\w'’-]+ ){1,5}?(?<!is )(?<!are )(?<!has )(?<!have )still\b[^.,;\n]*", re.IGNORECASE
)
