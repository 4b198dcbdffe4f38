"""A text that says again what its label says: `Who is affected: Some customers are affected.`

The label is shown in front of it, so the words that only repeat it are left out; the others stay as they were typed.
"""

from __future__ import annotations

import re
from functools import lru_cache

from warroom.messages.grammar import capital
from warroom.text.remembered import remembered

_BE = r"(?:is|are|was|were|has been|have been|had been|may be|may have been|might be|could be)"
_SEE = (
    r"(?:see(?:ing)?|saw|seen|(?:notic|experienc|fac)(?:e|ed|ing)|encounter(?:ed|ing)?"
    r"|(?:get(?:ting)?|got)(?= (?:an?|the|no|only|errors?|blank|empty)\b))"
)
_MAY = r"(?:may|might|can|could|will|would|are|were|have|had|have been)"
_WHO = r"(?:customers|users|people|clients|they)"
_SEEN = r"(?:(?:you|they) may (?:see|have seen))"
_IT = r"(?:it|this|that|the (?:incident|issue|problem|outage|error|errors|disruption))"

_OPENINGS: tuple[tuple[str, str], ...] = (
    # a label (the end of it is enough), and what a text may begin with that says the same
    (rf"{_SEEN}", r"we (?:are|were|have been)(?: currently)? (?:seeing|experiencing|having|facing) (?:an? )?"),
    (rf"{_SEEN}", rf"you (?:{_MAY} )*(?:also )?{_SEE} (?:that )?"),
    (rf"{_SEEN}", rf"{_WHO} (?:{_MAY} )*{_SEE} (?:that )?(?!.*\b(?:they|their|them)\b)"),
    (r"affected", rf"(?:affected {_BE} |{_IT} (?:(?:is|was) )?(?:affect(?:s|ed|ing)?|impact(?:s|ed|ing)?) )"),
    (r"affected system", rf"the (?:affected )?system {_BE} "),
    (r"affected", r"(?:affects|affecting|impacts|impacting) "),
    (r"why", r"because "),
    (
        r"i need",
        r"(?:what )?(?:i|we) (?:would |will |'d |’d )?(?:need|require) "
        r"(?:is |to have |to get |you (?:all |both )?to )?|you (?:all |both )?to ",
    ),
    (r"reach me", r"(?:(?:you|please) )?(?:can )?reach me (?:on|at|by|via|under|through) "),
    (r"estimate", r"(?:the )?(?:engineering(?:['’]s)? |current )*(?:estimates?|eta)(?: (?:is|that))* "),
    (r"root cause", rf"(?:the |our )?(?:root )?cause (?:{_BE}|seems to be) (?:that )?"),
    (r"resolution", rf"(?:the )?resolution (?:is|was) (?:that )?|{_IT} (?:was|has been) \w+ by (?=\w+ing\b)"),
    (r"status", r"(?:the |our )?(?:current )?status is (?:that )?"),
    (r"impact(?: while it lasted| at the time)?", r"(?:the )?(?:user |customer )?impact (?:is|was) (?:that )?"),
    (r"workaround", r"(?:as )?(?:the |a |one |our )?(?:current )?workaround(?: (?:is|was)(?: to)?|,) "),
    (r"in the meantime", r"(?:in the meantime|meanwhile|for now|until then|as a workaround),? "),
    (r"we know", r"(?:what )?we (?:now |already |do )?know (?:that |is that |is )?"),
    (r"we (?:don't|do not) know yet", r"(?:what )?we (?:still )?(?:do not|don['’]t) (?:yet )?know (?:yet )?(?:is )?"),
    (r"this means for you", r"(?:this|that|it) means (?:for you )?(?:that )?"),
    (r"cost(?: so far)?", r"(?:the |our )?(?:total )?cost(?:s)? (?:is|was|are|were) "),
    (r"why we closed it", r"we (?:have )?closed (?:it|this|the \w+) (?:because|since|as) "),
    (r"next steps?", r"(?:the |our )?next steps? (?:is|are) (?:to )?"),
)
_CLOSINGS: tuple[tuple[str, str], ...] = (
    (r"affected", rf" {_BE} (?:now |currently |also |being )*(?:affected|impacted)(?: by (?:this|it))?(?=[.!]?$)"),
    (r"support tickets", r"(?<=\d) (?:support )?tickets?"),
    (r"in the meantime", r",? (?:in the meantime|meanwhile|for now)(?=[.!]?$)"),
)
_INNER = re.compile(r"[.!?]\s|\n|\b(?:who|which|whether|how many|what|that)\b", re.IGNORECASE)
"""What a text has of which the end alone says little: several sentences, or a question within it."""


_THOSE_WHO = re.compile(
    r"(?:[\w%.,]+ ){0,3}(?:customers|users|people|clients|those|everyone|everybody|anyone) (?:who|that) "
    r"(?!.*[.!?]\s|.*\n)",
    re.IGNORECASE,
)
"""A group of people, of which what is said at the end is said: `Customers who pay by card are affected`."""


@remembered
def without_repetition(text: str, label: str) -> str:
    """A text without the words that only repeat its label; the whole of it if no others are left."""
    name = " ".join(label.casefold().replace("’", "'").split())
    rest = text
    for opening in _found(_OPENINGS, name):
        if found := opening.match(rest):
            rest = rest[found.end() :]
            break
    if rest == text and not text.rstrip().endswith("?") and (own := _own(name).match(text.replace("’", "'"))):
        rest = text[own.end() :]
    if not _INNER.search(rest) or (_THOSE_WHO.match(rest) and not re.match(r"we\b|it\b|i\b", rest, re.IGNORECASE)):
        for closing in _found(_CLOSINGS, name):
            rest = closing.sub("", rest, count=1)
    if rest == text or not any(sign.isalnum() for sign in rest):
        return text
    return capital(rest) if text[:1].isupper() else rest


@lru_cache(maxsize=64)
def _own(name: str) -> re.Pattern[str]:
    """A label as the subject of its own text: `Affected system is the till`; not `Why is …`, which asks."""
    return re.compile(
        rf"(?!why\b)(?:the |our )?{re.escape(name)} (?:is|are|was|were) (?:that |to )?(?=\S)", re.IGNORECASE
    )


@lru_cache(maxsize=64)
def _found(rows: tuple[tuple[str, str], ...], name: str) -> tuple[re.Pattern[str], ...]:
    return tuple(re.compile(words, re.IGNORECASE) for label, words in rows if re.search(rf"(?:^|\s)(?:{label})$", name))
