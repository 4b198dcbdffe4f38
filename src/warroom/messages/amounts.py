"""Numbers and amounts of money in messages, written alike: `12,000 EUR`, `about 1,200 customers`."""

from __future__ import annotations

import re

_CODES = "eur|usd|gbp|chf|sek|nok|dkk|pln|czk|jpy|aud|cad|inr"
_CURRENCY = re.compile(rf"[€$£¥]|(?i:\b|(?<=\d)|(?<=\dk))(?i:{_CODES})\b")
_CODE = re.compile(rf"(?<=\d)( ?(?:k|m|mio|million|thousand)?) ?\b({_CODES})\b", re.IGNORECASE)
_ONLY_FIGURE = re.compile(r"\s*(?:about |[~≈<>] ?)?\d[\d.,'’ ]*(?:(?: per| an|/) ?h(?:our)?)?\s*", re.IGNORECASE)
_GROUPED = re.compile(r"(?<![\d.,])\d{1,3}(?:[.'’ \u00a0\u202f]\d{3})+(?![\d.,]?\d)")
_LONG = re.compile(r"(?<![\d.,:/#-])\d{4,15}(?![\d.,:/-]?\d)")
_NEAR = re.compile(r"(?<!\S)[~≈] ?(?=[\d€$£])")
_BEYOND = re.compile(r"(?<!\S)[<>] ?(?=\d)")


def numbers(text: str) -> str:
    """An amount whose numbers have commas between the thousands: `12000`, `12.000` and `12 000` become `12,000`."""
    text = _GROUPED.sub(lambda found: re.sub(r"\D", ",", found[0]), text)
    return _LONG.sub(lambda found: f"{int(found[0]):,}", text)


def count(text: str) -> str:
    """How many customers, as people write it: `~1.200` is `about 1,200`, and `~40 so far` is `about 40 so far`.

    A number beside other words may be a name, such as that of store 4521, and stays.
    """
    told = over_amount(_NEAR.sub("about ", text))
    return numbers(told) if _ONLY_FIGURE.fullmatch(text) else told


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
