"""A sentence that sends readers somewhere, without the number or the link: “Ring Ann on 0171 946 0123” is “Please
contact our support team”."""

from __future__ import annotations

import re

_TURN = re.compile(
    r"(?P<lead>^|[,;:–—-] |\b(?:please|or|and|just|then|can|may|could|to|should) )"
    r"(?P<verb>ask|call|contact|e-?mail|mail|phone|reach|ring|text|whatsapp|write(?: to)?)\b (?!you\b|back\b|us when\b)"
    r"(?P<whom>(?:(?!\b(?:to|because|that|when)\b (?!him|her|them|us))[^;])*?)$",
    re.IGNORECASE,
)
_REST = re.compile(r"(?: ?(?:\((?:mobile|private|direct|home)\)|extension \d+|ext\.? ?\d+))*[,)]? ?")
_SUPPORT = "contact our support team"


def turned_to_support(sentence: str, start: int, end: int) -> str:
    """A sentence that asks readers to contact somebody, with our support team; "" if it asks for something else.

    The number or address is from `start` to `end`: "Ring Ann on 0171 555." is "Please contact our support team.".
    """
    while end > start and sentence[end - 1] in ",;.!)":
        end -= 1
    asked = None
    for found in re.finditer(r"(?:^|\b)(?=[a-zA-Z])", sentence[:start]):
        asked = _TURN.match(sentence[:start], max(found.start() - 2, 0)) or _TURN.match(sentence[:start], found.start())
        if asked:
            break
    if _SAID_SO.match(sentence, end):
        return ""
    if asked is None:
        return _sent_to_support(sentence, start, end)
    rest = _REST.sub(" ", sentence[end:], count=1)
    rest = f" {rest.strip()}" if rest.strip(" .!") else sentence[end:].strip()
    before = sentence[: asked.start("verb")]
    ask = _SUPPORT if before.strip() else f"Please {_SUPPORT}"
    return f"{before}{ask}{rest}"


_SAID_SO = re.compile(
    r" (?:asks|complained|confirmed|got|had|has|is|noticed|received|reported|said|says|sent|told|was|writes|wrote)\b"
)
"""What somebody did, of whom nothing is asked: "E-mail ann@… said that …"."""
_SENT_TO = re.compile(
    r"(?:^|[,;:] |\b(?:please|or|and|just|can|may|to|should) )(?:send|forward|e-?mail|mail|give|report|return|"
    r"hand|post|write)\b"
    r"[^,;:.]*?(?P<to> to )(?:[A-Z][\w’'-]+(?: [A-Z][\w’'-]+){0,2},?(?: (?:at|on|under))? |\()?\(?$",
    re.IGNORECASE,
)
"""What is sent to somebody, up to the address."""


def _sent_to_support(sentence: str, start: int, end: int) -> str:
    sent = _SENT_TO.search(sentence[:start]) or _SENT_TO.search(re.sub(r"\S*$", "", sentence[:start]))
    if sent is None:
        return ""
    rest = sentence[end:].lstrip(")").removeprefix(",") if sentence[end:].lstrip(")")[1:].strip() else sentence[end:]
    return f"{sentence[: sent.end('to')]}our support team{rest.replace(')', '', 1) if '(' in sent.group() else rest}"


_TO_SEE = re.compile(
    r"\b(?:follow|see|watch|track|progress|details?|updates?|status|more|news|info\w*|read|find|post(?:ed)?|look)\b",
    re.IGNORECASE,
)
_TO_DO = re.compile(
    r"\b(?:sign|log|reset|pay|book|download|upload|enter|register|install|open|use|fill|order|change|test|join|dial)\b",
    re.IGNORECASE,
)
_AT = re.compile(
    r"(?:\b(?:(?P<at>at|on|under|via|in|from|here)|(?P<see>see|follow|watch|read|visit|check)):? |: )$", re.IGNORECASE
)


def on_status_page(sentence: str, start: int, end: int) -> str:
    """A sentence with our status page for a link from `start` to `end` that shows how it goes on; else ""."""
    while end > start and sentence[end - 1] in ",;.!":
        end -= 1
    before = sentence[:start]
    at = _AT.search(before)
    if at is None or not _TO_SEE.search(before) or _TO_DO.search(before):
        return ""
    page = (
        f"{at['see']} our status page" if at["see"] else " on our status page" if not at["at"] else "on our status page"
    )
    return f"{before[: at.start()]}{page}{sentence[end:]}"


_IS_ON = re.compile(
    r"(?P<what>.*\w) (?:(?P<be>is|are)|can be (?:found|read|seen)|stands?) (?:at|on|under|in|here):? ", re.IGNORECASE
)
_NEWS = re.compile(r"\b(?:progress|details?|updates?|status|news|info\w*|more)\b|[,;:]", re.IGNORECASE)
"""What readers are to follow, which is on our status page."""
_AND_DOES = re.compile(
    r",? and (?:it |they )?"
    r"(?P<does>(?!(?:all|an?|every|i|it|its|our|please|that|the|their|then|they|this|we|you|your)\b)[a-z]+\b.*)",
    re.DOTALL,
)


def without_where(sentence: str, start: int, end: int) -> str:
    """What else a sentence says of something that is behind a link, or that it is not shown; "" for another sentence.

    "The plan is on … and changes daily." is "The plan changes daily.", and "The plan is on …." is "The plan is not
    shown here.".
    """
    is_on = _IS_ON.fullmatch(sentence, 0, start)
    if is_on and is_on["be"] and not sentence[end:].strip(" .!") and not _NEWS.search(is_on["what"]):
        return f"{is_on['what']} {is_on['be']} not shown here."
    does = _AND_DOES.fullmatch(sentence, end)
    return f"{is_on['what']} {does['does']}" if is_on and does else ""


_SET_TO = re.compile(
    r"(?P<keep>.*\b(?:password|pass ?code|passphrase|pin|code|key|pw|pwd|token|combination)s?"
    r"(?: (?:of|for|on) [^\d:=]+?)?"
    r"(?: (?:has been|have been|was|were|is|are) (?:re)?(?:set|changed)| changed)?) (?:back )?to:? \S+",
    re.IGNORECASE | re.DOTALL,
)


def without_new_value(sentence: str, start: int, end: int, *, given_out: bool) -> str:
    """A sentence that says to what a secret was set, without that; "" for another sentence.

    `given_out` says that readers get it another way.
    """
    while end > start and sentence[end - 1] in ",;.":
        end -= 1
    set_to = _SET_TO.fullmatch(sentence, 0, end)
    if set_to is None or len(set_to["keep"].split()) <= 1:
        return ""
    return f"{set_to['keep']}{' (shared separately)' if given_out else ''}{sentence[end:]}"
