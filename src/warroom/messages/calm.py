"""A text without the marks of a hurried hand: shouting, chat shorthand, and names and apostrophes typed in haste."""

from __future__ import annotations

import re

from warroom.messages.grammar import capital
from warroom.messages.services import vocabulary
from warroom.model.names import Names
from warroom.text.remembered import remembered


@remembered
def calm(text: str, names: Names) -> str:
    """A text as its readers see it: `ppl in london cant pay w/ paypal!!` is `people in London can't pay with PayPal`.

    Only what has one meaning is written out, and what is quoted stays as it was typed.
    """
    text = _DOTS.sub(".", _SHOUTS.sub(".", text))
    return written_out(lowered(text, names), names)


def written_out(text: str, names: Names) -> str:
    """A text without chat shorthand, with its apostrophes, and with the names in it as they are `written`."""
    text = _WITHOUT.sub("without ", _WITH.sub("with ", _COUNTING.sub(" so far", text)))
    text = _ALSO.sub(" and ", _ROUGHLY.sub(r"about \1", _LAUGHS.sub("", text)))
    text = _IT_IS.sub(r"\1t's", _SMILES.sub("", text))
    text = _OWNED.sub(r"\1's", text)
    text = _SHORT.sub(lambda found: _in_full(found[0]), text)
    text = _BARE_NOT.sub(lambda found: f"{found[0][:-1]}'{found[0][-1]}", text)
    return named(re.sub(r"(?<![\w.(])i(?= [a-z])", "I", text), names)


def lowered(text: str, names: Names) -> str:
    """A text of several words that are all in capitals, in small letters; names that are `written` so keep theirs."""
    if not text.isupper() or sum(len(word) > 2 for word in re.findall(r"[^\W\d_]+", text)) < 2:
        return text
    known = vocabulary(names)
    text = capital(known.capitals.sub(lambda found: known.written[found[0]], text.lower()))
    return re.sub(r"\bi\b", "I", text)


def named(text: str, names: Names) -> str:
    """A text with the capitals of the names that are `written` so, where they were typed small: `paypal in berlin`."""
    known = vocabulary(names)
    return known.typed.sub(lambda found: known.written[found[0].casefold()], text)


def _in_full(typed: str) -> str:
    word = _WRITTEN_OUT[typed.casefold()]
    return capital(word) if typed[0].isupper() else word


UNTIL_NOW = re.compile(r",? (?:so far|by now|until now|at the moment)\b", re.IGNORECASE)
"""What nobody needs to read of a number once it is over: there will be no more."""


def counted_to_the_end(text: str) -> str:
    """A group or a number as it is told once it is over: `orders since 09:27 UTC` are `orders from 09:27 UTC on`."""
    text = UNTIL_NOW.sub("", text)
    return text if _HAVE.search(text) else _SINCE.sub(r"from \g<time> on", text)


_HAVE = re.compile(r"\b(?:has|have|had|been)\b", re.IGNORECASE)
"""`Who have logged in since 9` tells by its verb when it was."""
_SINCE = re.compile(r"\bsince (?P<time>\d{1,2}[:.]\d\d(?: (?:UTC|[A-Z]{3,4}))?)\b(?! on\b)", re.IGNORECASE)
_BARE_NOT = re.compile(
    r"\b(?:ca|do|wo|does|is|are|did|could|was|were|has|have|had|should|would)nt\b(?![./@-])", re.IGNORECASE
)
_SHOUTS = re.compile(r"[!?]*!{2,}[!?]*(?=\s|$)")
_WITH, _WITHOUT = re.compile(r"\bw/ ?(?!o\b)"), re.compile(r"\bw/o\b ?")
_DOTS = re.compile(r"(?<=[\w)%\"”'])(?:\.{2,}|…)(?=\s*$)")
_WRITTEN_OUT = {
    "ppl": "people",
    "abt": "about",
    "pls": "please",
    "plz": "please",
    "yday": "yesterday",
    "tmrw": "tomorrow",
    "msg": "message",
    "msgs": "messages",
    "acct": "account",
    "accts": "accounts",
    "mgr": "manager",
    "mgrs": "managers",
    "yr": "year",
    "yrs": "years",
    "thru": "through",
    "bc": "because",
    "til": "until",
    "alot": "a lot",
    "dupe": "duplicate",
    "dupes": "duplicates",
    "temps": "temperatures",
}
"""Shorthand that means the same wherever it stands."""
_SHORT = re.compile(rf"(?<![\w.@/#“\"`'’-])(?:{'|'.join(_WRITTEN_OUT)})(?![\w@/_”\"`-]|\.\w)", re.IGNORECASE)
_COUNTING = re.compile(r",? (?:and|still) counting\b", re.IGNORECASE)
_OWNED = re.compile(r"\b(today|yesterday|tomorrow)s(?= [a-z])", re.IGNORECASE)
_IT_IS = re.compile(r"\b(i)ts(?= (?:the|us|them|an?|not|been|down|back|raining)\b)", re.IGNORECASE)
_SMILES = re.compile(r"\s+[:;]-?[()/DPp|](?=\s|$)")
_LAUGHS = re.compile(r",? \b(?:lol|haha+|smh|ugh)\b(?=[.,;!?]|$)", re.IGNORECASE)
_ALSO = re.compile(r"(?<=[\w]) (?<!\s\d )(?:\+|&) (?=[^\W\d_]{2})(?!(?<=[A-Z] . )[A-Z]\b)")
"""`email + password`; the names of companies have no spaces beside letters of theirs, or keep theirs: `R & D`."""
_ROUGHLY = re.compile(r"(?<![\w.])(\d[\d.,]*)[ -]?ish\b", re.IGNORECASE)
