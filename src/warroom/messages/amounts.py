"""Numbers and amounts of money in messages, written alike: `12,000 EUR`, `about 1,200 customers`."""

from __future__ import annotations

import re

_CODES = "eur|usd|gbp|chf|sek|nok|dkk|pln|czk|jpy|aud|cad|inr"
_CURRENCY = re.compile(rf"[€$£¥]|(?i:\b|(?<=\d)|(?<=\dk))(?i:{_CODES})\b")
_CODE = re.compile(rf"(?<=\d)( ?(?:k|m|mio|million|thousand)?) ?\b({_CODES})\b", re.IGNORECASE)
_ONLY_FIGURE = re.compile(r"\s*(?:about |[~≈] ?)?\d[\d.,'’ ]*(?:(?: per| an|/) ?h(?:our)?)?\s*", re.IGNORECASE)
_GROUPED = re.compile(r"(?<![\d.,])\d{1,3}(?:[.'’ \u00a0\u202f]\d{3})+(?![\d.,]?\d)")
_LONG = re.compile(r"(?<![\d.,:/#-])(?<!\bsince )(?<!\bin )(?<!\bfrom )(?<!\buntil )\d{4,15}(?![\d.,:/-]?\d)")
_NEAR = re.compile(r"(?<!\S)[~≈] ?(?=[\d€$£])")
_BEYOND = re.compile(r"(?<!\S)[<>] ?(?=\d)")


def numbers(text: str) -> str:
    """A text whose numbers have commas between the thousands: `12000`, `12.000` and `12 000` become `12,000`."""
    text = _GROUPED.sub(lambda found: re.sub(r"\D", ",", found[0]), text)
    return _LONG.sub(lambda found: found[0] if _is_year(found) else f"{int(found[0]):,}", text)


def _is_year(found: re.Match[str]) -> bool:
    """Whether a number is a year or part of a name, by the words beside it: `TVs from before 2021`, `Office 2019`."""
    if not _AS_A_YEAR.fullmatch(found[0]):
        return False
    before = found.string[max(0, found.start() - _BESIDE) : found.start()]
    return bool(_IN_FRONT_OF_A_YEAR.search(before) or _BEHIND_A_YEAR.match(found.string, found.end()))


_AS_A_YEAR = re.compile(r"(?:19|20)\d\d")
_BESIDE = 30
_IN_FRONT_OF_A_YEAR = re.compile(
    r"\b(?:after|before|by|during|early|late|mid|through|till|year|spring|summer|autumn|fall|winter|Q[1-4])[ -]$"
    r"|\b(?:earlier|later|newer|older) than $|\b(?:autumn|class|edition|models?|spring|summer|winter|year) of $"
    r"|\b(?:19|20)\d\d (?:and|or) $|(?-i:[\w)] [A-Z][A-Za-z]+ )$",
    re.IGNORECASE,
)
_BEHIND_A_YEAR = re.compile(
    r" (?:and|or|to) (?:19|20)\d\d\b"
    r"|(?: (?:or|and))? (?:calendar|edition|later|models?|newer|older|season|tax|version|vintage|year)s?\b",
    re.IGNORECASE,
)


def count(text: str) -> str:
    """How many customers, as people write it: `~1.200 so far` is `about 1,200 so far`."""
    return numbers(over_amount(_NEAR.sub("about ", text)))


def over_amount(text: str) -> str:
    """A text with words for `>` and `<`: `> 9 customers` is `more than 9 customers`; within a text, it is `over`."""

    def told(found: re.Match[str]) -> str:
        if found.start():
            return "over " if found[0][0] == ">" else "under "
        return "more than " if found[0][0] == ">" else "fewer than "

    return _BEYOND.sub(told, text)


def amount(text: str) -> str:
    """An amount of money as warroom writes a cost: `~12000 eur` is `≈ 12,000 EUR`; other texts stay."""
    if not _CURRENCY.search(text) and not _ONLY_FIGURE.fullmatch(text):
        return text
    return _CODE.sub(lambda found: f"{found[1].strip()} {found[2].upper()}", numbers(_NEAR.sub("≈ ", text)))
