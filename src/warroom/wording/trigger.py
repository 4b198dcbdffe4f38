"""Whether a root cause only repeats the trigger: the event that set the incident off, not why that was enough."""

from __future__ import annotations

import re

_MOSTLY = 0.75
"""The share of the words of a root cause that has to come from the trigger for it to count as repeated."""
_ENOUGH = 0.4
"""The share of the words of the trigger that has to come back: a detail of a long trigger may well be the cause."""
_SHORT = 9
"""A text that only names an event has no more words with a meaning than this."""


def same_as_trigger(root_cause: str, trigger: str) -> bool:
    """Whether the text of the section “Root cause” says no more than what set the incident off.

    True if it has nearly the same words as `trigger` (which may be empty), or is short and only names an event such as
    a deploy or a spike, without a reason. If in doubt False, because a false alarm is worse than none here.
    """
    said, set_off = _words(root_cause), _words(trigger)
    if not said:
        return False
    reasons = _reasons(root_cause)
    if len(said) > 1 and set_off and reasons <= _reasons(trigger):
        shared = len(said & set_off)
        if shared >= _MOSTLY * len(said) and shared >= _ENOUGH * len(set_off):
            return True
    return not reasons and len(said) <= _SHORT and _only_an_event(root_cause)


_WORD = re.compile(r"[^\W_](?:[\w.'’/-]{0,60}\w)?")
_TIME = re.compile(r"\d{1,2}[:.]\d\d\w{0,2}|\d{4}-\d\d-\d\d\w{0,20}|\d{1,2}(?:am|pm|h)?", re.IGNORECASE)
# Words without a meaning of their own, and those that any text about a cause has.
_EMPTY = re.compile(
    r"a|about|after|all|am|an|and|are|as|at|be|been|before|began|being|but|by|came|can|caus|during|each|for|from|"
    r"had|has|have|he|her|his|how|i|in|incident|into|is|issue|it|its|just|made|me|more|most|my|of|off|on|or|our|"
    r"out|outage|over|pm|problem|root|s|she|since|so|some|started|such|than|that|the|their|them|then|there|these|"
    r"they|this|those|to|trigger|under|up|us|utc|cet|was|we|were|what|when|where|which|while|who|will|with|you|"
    r"your|reason|due|because|owing|result|led|happened"
)
_SAME = {
    "configuration": "config",
    "release": "deploy",
    "rollout": "deploy",
    "roll-out": "deploy",
    "rolled": "deploy",
    "shipped": "deploy",
    "surge": "spike",
    "peak": "spike",
    "db": "database",
}


def _words(text: str) -> frozenset[str]:
    """The words of a text that have a meaning, each without its ending."""
    found = (word for word in _WORD.findall(text.casefold()) if not _TIME.fullmatch(word))
    return frozenset(_stem(word) for word in found if not (_EMPTY.fullmatch(word) or _EMPTY.fullmatch(_stem(word))))


def _stem(word: str) -> str:
    word = re.sub(r"['’]s?$", "", word)
    if len(word) > 4 and word.isalpha():
        word = re.sub(r"(?:ments?|ing|ed|es|s)$", "", word)
    word = word.removesuffix("e") if len(word) > 4 else word
    return _SAME_STEMS.get(word, word)


_SAME_STEMS: dict[str, str] = {}
_SAME_STEMS.update({_stem(word): same for word, same in _SAME.items()})

# What a text says that goes beyond naming an event: a reason, a lack, a limit, a mechanism.
_REASON = re.compile(
    r"\b(?:because(?! of)|so that|therefore|why|allow\w*|let|lets|no|not|none|nothing|never|nobody|neither|nor|"
    r"cannot|missing|without|lack\w*|absen\w+|insufficient\w*|unable|only|unknown|"
    r"limit\w*|exhaust\w*|exceed\w*|overflow\w*|overload\w*|"
    r"saturat\w*|race|deadlock\w*|leak\w*|bugs?|defect\w*|flaw\w*|default\w*|assum\w*|threshold\w*|depend\w*|"
    r"single point|expir\w*|hard-?coded|incompatib\w*|mismatch\w*|stale|outdated|un\w{3,12}ed|by hand|manual\w*|all|"
    r"once|too (?:few|many|much|small|big|large|slow|short|long|late|early|high|low)|ignor\w*|fail(?:s|ed) to|"
    r"wrong\w*|incorrect\w*|invalid\w*|corrupt\w*|despite|although|"
    r"even though|instead|shared?|same|both|every)\b|n['’]t\b",
    re.IGNORECASE,
)


def _reasons(text: str) -> frozenset[str]:
    return frozenset(reason.casefold() for reason in _REASON.findall(text))


_EVENT = re.compile(
    r"(?:(?:it|this|that|the (?:outage|incident|problem|issue|root cause|cause)) (?:was|is) )?"
    r"(?:the |a )?(?:root )?(?:cause[:d]? |caused |triggered |result )?(?:by |of |due to |because of |owing to )?"
    r"(?:the |an? |our |this |that |another |yesterday['’]s |last night['’]s )?(?:[\w./-]{1,30} ){0,3}?"
    r"(?:(?:re)?deploy(?:s|ments?)?|releases?|roll-?outs?|changes?|migrations?|upgrades?|updates?|spikes?|surges?|peaks?|"
    r"bursts?|newsletters?|campaigns?|sale|restarts?|reboots?|fail-?overs?|merges?|commits?|pushe?s?|patch(?:es)?|hot-?fix|"
    r"switch|switch-?over|imports?|backups?|maintenance|renaming|black friday|load tests?|traffic)"
    # Not "deploy process" or "traffic routing": what follows the event says more about it, such as when and where.
    r"(?P<rest>(?:[ ,(]{1,3}(?:of|to|in|into|on|at|after|before|by|from|for|with|during|this|last|yesterday|today|was|"
    r"were|is|caused|triggered|broke|v?\d[\w.]{0,20})\b.{0,200})?)",
    re.IGNORECASE | re.DOTALL,
)
_MORE = re.compile(
    r"\b(?!(?:caused|triggered|deployed|changed|started|failed|crashed|released|merged|pushed|rolled|updated|upgraded|"
    r"migrated|renamed|planned|scheduled|happened|affected|morning|evening|during|pricing|billing|staging|routing|"
    r"marketing|booking|shipping|monitoring|logging|speed|feed|red|wed)\b)"
    r"(?:\w{2,20}(?:ed|ing)|had|has|have|set|made|left|kept|ran|used|sent|overwrote|filled|meant|held|took|threw|"
    r"cut|lost|put|gave|got|hit|wrote|split|that|which|who|while|until|goe?s?|gets?|reach|hits?|"
    r"writes?|locks?|blocks?|takes?|adds?|doubled|means|needs|uses|makes|runs|is|are)\b",
    re.IGNORECASE,
)


def _only_an_event(text: str) -> bool:
    """Whether a short text is one sentence that names an event, without saying what the event did or met."""
    line = " ".join(text.split()).strip("-*•. ")
    event = _EVENT.fullmatch(line)
    return event is not None and not re.search(r"[;:] |[.!?] ", event["rest"]) and not _MORE.search(event["rest"])
