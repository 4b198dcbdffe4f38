"""Short answers in a field, such as "none", "unknown" or an address, in the words that a message needs."""

from __future__ import annotations

import re
from collections.abc import Mapping

from warroom.text.not_known import UNKNOWN, bare_words

NOT_KNOWN, NOT_KNOWN_TO_CUSTOMERS = "Not known yet", "We do not know yet"
"""What a field says that nobody can fill in yet, to colleagues and to customers."""
_NOT_GIVEN = re.compile(r"(?:n\s?/\s?a|n\.a|not applicable|see above|lorem ipsum(?: dolor.*)?)", re.IGNORECASE)
_LATELY = (
    r"(?: (?:known|available|yet|to report|to tell|at all|so far|at (?:the moment|this (?:time|point|stage))|for now"
    r"|right now|currently|needed|required|possible|really|(?:that )?we know of"
    r"|since (?:then|the last (?:message|update))))*"
)
_UNCHANGED = re.compile(
    r"(?:there (?:is|are|was|were) )?(?:no news|nothing new|no (?:new )?(?:changes?|updates?|progress)"
    rf"|nothing (?:has )?changed){_LATELY}|(?:still )?(?:unchanged|(?:the )?same(?: as before)?|as before)",
    re.IGNORECASE,
)
_NONE = re.compile(
    rf"(?:there (?:is|are|was|were) )?(?:none|no|nothing|nil|no (?:workarounds?|estimate|eta)){_LATELY}"
    r"|not (?:really|that (?:i|we) know(?: of)?)",
    re.IGNORECASE,
)
_NO_IMPACT = re.compile(
    r"(?:there is )?no (?:known )?(?:customer |user )?impact(?: on (?:customers|users))?", re.IGNORECASE
)
"""What is no news for customers: whoever tells them something has to say what."""
_NO_MORE = frozenset({"none", "no", "nothing", "nil"})
_ZERO = re.compile(
    r"(?:0|zero|no)(?: (?:support )?(?:tickets?|customers?|users?|people|accounts?))?(?: (?:so far|yet))?",
    re.IGNORECASE,
)
_ADDRESS = re.compile(r"[^\s@]+@[^\s@]+\.\w+|https?://\S+|www\.\S+|\+?[\d ()/-]{6,}")

_IF_NONE: dict[str, str] = {
    "workaround": "None so far",
    "eta": "None yet",
    "apology": " ",
}
"""What a field says instead of "none"; a space leaves out what the template says where a field is empty."""
_NONE_OF = frozenset({"affected", "customers", "tickets", "costs", "revenue", "next_steps", "impact"})
"""Fields that say "None" for "no" and "nothing" too."""
_COUNTED = frozenset({"affected", "customers", "tickets"})
"""Fields with a number, of which 0 is none."""
_LEFT_OUT = frozenset({"known", "unknown", "system", "inquiries", "cadence", "help", "meaning", "name"})
"""Fields that are left out if they say that there is none."""
_ABOUT_KNOWING = frozenset({"known", "unknown"})
"""Fields whose label says already what "unknown" would say."""
_STATED = frozenset({"why", "status", "phone", "root_cause", "resolution", "what_i_need"})
"""Fields in which "none" is no answer: each incident has one."""
_SURE = frozenset({"why", "phone", "what_i_need"})
"""Fields that only their sender can fill in, who knows."""
_FOR_CUSTOMERS = frozenset({"affected", "meaning", "cause"})
"""The fields in which customers are told that something is not known; elsewhere it is left out."""


def says_nothing(text: str) -> bool:
    """Whether a text has no words: it is empty, or only marks such as `-` or `…`, or `n/a`."""
    bare = bare_words(text)
    return not bare or _NOT_GIVEN.fullmatch(bare) is not None


def says_none(text: str) -> bool:
    """Whether a text is only a word for none: `none really`."""
    return _NONE.fullmatch(bare_words(text)) is not None


def says_unchanged(text: str) -> bool:
    """Whether a text is only a word for what was told before: `same`, `as before`, `no change`."""
    return len(text) <= _LONGEST and _SAME.fullmatch(bare_words(text)) is not None


_SAME = re.compile(
    r"(?:(?:still|all|it is|it['’]s) )*(?:(?:the )?same(?: (?:as (?:before|last time|above)|again))?|unchanged"
    r"|as before|no (?:new )?changes?|not changed|nothing (?:has )?changed)(?: (?:so far|yet))?",
    re.IGNORECASE,
)


def says_no_news(text: str) -> bool:
    """Whether a status says that nothing is new, in whatever words: `no change`, `nothing new to report`."""
    bare = bare_words(text)
    return _UNCHANGED.fullmatch(bare) is not None or _STILL.fullmatch(bare) is not None


_STILL = re.compile(
    r"(?:(?:we are )?(?:still |continuing )*(?:investigating|working on it|this work)[,.;:–-]* *)?"
    r"(?:there is |we have )?(?:nothing new|no news|no (?:new )?updates?)"
    r"(?: to (?:report|tell|say))?(?: yet| so far| at the moment)?"
    r"|(?:we are )?still (?:investigating|working on it|looking into it)",
    re.IGNORECASE,
)


def worded(
    texts: Mapping[str, str],
    *,
    public: bool,
    over: bool = False,
    required: frozenset[str] = frozenset(),
    if_unknown: Mapping[str, str] = {},
) -> dict[str, str]:
    """The texts of fields, by id, as a message says them: "none" and "unknown" in words that fit the field.

    What says nothing is "", and so is what a `required` field can't be answered with: it counts as not filled in. Once
    the incident is `over`, nobody needs to read that nothing changed. `if_unknown` is what fields say to colleagues
    instead of NOT_KNOWN.
    """
    said = {}
    for id, text in texts.items():
        unknown = if_unknown.get(id, NOT_KNOWN)
        said[id] = _worded(id, text, public=public, over=over, required=id in required, if_unknown=unknown)
    if said.get("impact") == NOT_KNOWN:  # whom it affects is not known either, which need not be read twice
        said |= {id: "" for id in _HOW_MANY if said.get(id) == NOT_KNOWN}
    return said


_HOW_MANY = ("affected", "customers")


def _worded(field: str, text: str, *, public: bool, over: bool, required: bool, if_unknown: str) -> str:
    bare = bare_words(text)
    if says_nothing(text):
        return ""
    if len(bare) > _LONGEST:
        return text
    if UNKNOWN.fullmatch(bare):
        if field in _ABOUT_KNOWING:
            return ""
        if not public:
            return "" if required and field in _SURE else if_unknown
        return NOT_KNOWN_TO_CUSTOMERS if field in _FOR_CUSTOMERS and not required else ""
    if field == "impact" and public and _NO_IMPACT.fullmatch(bare):
        return ""
    if field == "help" and public and _ADDRESS.fullmatch(text.strip()):
        return f"If you need help, please contact {text.strip()}"
    if field in _COUNTED and _ZERO.fullmatch(bare):
        return "None"
    unchanged = _UNCHANGED.fullmatch(bare) is not None
    if field == "progress" and (unchanged or _NONE.fullmatch(bare)):
        return "" if over else NOTHING_NEW
    if unchanged:
        if field == "status":
            return "" if public else "No change" if over else "No change so far"
        return "" if public and not required else text
    if not _NONE.fullmatch(bare):
        return text
    if field in _LEFT_OUT or (required and field in _STATED):
        return ""
    if public:
        return _IF_NONE["apology"] if field == "apology" else ""
    if field in _NONE_OF and bare.casefold() in _NO_MORE:
        return "None"
    return _IF_NONE.get(field, text)


NOTHING_NEW = "Nothing new since the last message"
_LONGEST = 80
