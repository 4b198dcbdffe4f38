"""The problem as the first sentence tells it: "a problem with" the affected system, or that it is unavailable.

What else is wrong, the impact says in its own words: it need not be about the system.
"""

from __future__ import annotations

import re

from warroom.messages.grammar import capital
from warroom.messages.services import several, words_of

_DOWN = re.compile(
    r"\b(?:down|unavailable|offline|unreachable|unusable|outage|(?:is|are|was|were) not (?:available|reachable|working)"
    r"|(?:does|do|did)(?: not|n['’]?t) work|(?:can(?:not|['’]?t| not)) be reached)\b",
    re.IGNORECASE,
)
_BESIDE_DOWN = re.compile(
    r"an?|all|and|are|at|back|been|by|complete(?:ly)?|current(?:ly)?|customers?|entire(?:ly)?|every(?:body|one|thing)?|for"
    r"|fully|hard|has|have|in|is|it|its|major|moment|now|of|on|our|outage|people|since|still|that"
    r"|the|there|this|to|total(?:ly)?|users?|was|we|were|whole|with"
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


def is_out(impact: str, affected: str, service: str) -> bool:
    """Whether an impact says that the service is unavailable, for everybody, and nothing else."""
    first, *more = impact.strip().split("\n")
    part = _PART.search(first) or (affected and not re.fullmatch(r"(?:all|every).*|100 ?%.*", affected, re.IGNORECASE))
    if part or more:
        return False
    others = {*re.findall(r"[^\W\d_]+", _DOWN.sub(" ", first).casefold())} - words_of(service)
    if _DOWN.search(first) and all(map(_BESIDE_DOWN.fullmatch, others)):
        return True
    return re.search(r"\b(?:log-?ins?|sign-?ins?)\b", service) is not None and bool(_NOBODY_GETS_IN.fullmatch(first))


def begun(service: str, span: str, *, out: bool, over: bool) -> tuple[str, str]:
    """The first sentence without its full stop, and its short form, which the impact follows behind a colon.

    `span` is when: `since 02:17 UTC`.
    """
    if out:
        was, has = ("were", "have") if several(service) else ("was", "has")
        short = f"{capital(service)} {was if over else f'{has} been'} unavailable {span}"
        return short, short
    return f"We {'had' if over else 'have had'} a problem with {service} {span}", f"Problem with {service} {span}"
