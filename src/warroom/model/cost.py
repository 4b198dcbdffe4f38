"""An estimate of what the incident has cost so far: revenue per hour times duration, if the revenue is known."""

from __future__ import annotations

import re
from functools import lru_cache

import msgspec

from warroom.model import ids, times
from warroom.model.incident import Incident
from warroom.text.sentences import within

_GAPS = r" \u00a0\u202f'’"
"""Thousands separators other than comma and point; two of them are no-break spaces."""
_SMALL = r"euros?|dollars?|pounds?|kr|zł|Kč|Ft|RM|Rs"
# Not compiled here: most commands never need it, and `re` keeps it once it is used.
_MONEY = (
    rf"(?P<before>(?<!\w)[^\d\s.,+-]{{1,4}})?\s*(?P<number>\d[\d{_GAPS}.,]*)\s*(?P<scale>k|m|mio|thousand|million)?\b"
    rf"\s*(?P<after>(?:{_SMALL}|[A-Za-z]{{3}})\b|[^\w\s/.,;:()?!-])?"
)
_SCALE = {"k": 1_000, "thousand": 1_000, "m": 1_000_000, "mio": 1_000_000, "million": 1_000_000}
_BELOW_ZERO = r"[-−–][^\s\d]{0,4}\s?\d(?<![-−–]\s\d)"
"""A minus in front of a number or its currency; a dash with a space behind it is that of a list."""
_FILLERS = {
    "about",
    "approx",
    "roughly",
    "around",
    "circa",
    "ca",
    "up",
    "to",
    "per",
    "an",
    "a",
    "hour",
    "hr",
    "h",
    "in",
    "revenue",
    "lost",
    "loss",
    "of",
    "some",
}
"""Words around an amount that don't change its meaning; with any other word the amount is not used."""
_NOT_CURRENCY = {"per", "and", "the", "rev"}
_NOT_MONEY = {"%", "‰", "min", "hrs", "hr", "h"}


_NO_AMOUNT = 1e15
"""A cost beyond this is a slip of the keyboard."""


class Cost(msgspec.Struct, frozen=True):
    """An estimate and its basis: `text` is `≈ $14,000`, `basis` is `$32k per hour × 26 min since it began`.

    `currency` is what is written before and after the amount.
    """

    amount: float
    text: str
    basis: str
    currency: tuple[str, str] = ("", "")


def cost(incident: Incident, now: int, revenue: str = "") -> Cost | None:
    """The cost until now, or until the resolution; None if the `revenue` per hour is not known as a number.

    Without a revenue, it is the one that is noted.

    It counts whole minutes, because the basis shows whole minutes. The text has two significant digits: the revenue is
    a rough number, and so is the result; `amount` has the product. None as well for what was cancelled: a false alarm
    cost nothing, and a duplicate is counted where it belongs.
    """
    if incident.cancelled:
        return None
    revenue = revenue.strip() or incident.fact(ids.FACT_REVENUE)
    rate = money(revenue)
    if rate is None:
        return None
    amount, before, after = rate
    elapsed = incident.length(now)
    total = amount * elapsed / times.HOUR
    if not total < _NO_AMOUNT:
        return None
    period = "until it was resolved" if incident.resolved_at is not None else "since it began"
    basis = f"{without_per_hour(revenue)} per hour × {times.span(elapsed)} {period}"
    return Cost(total, in_words(total, (before, after)), basis, (before, after))


def in_words(amount: float, currency: tuple[str, str]) -> str:
    """`≈ $14,000`: an amount with two significant digits, between what is written before and after it."""
    return f"≈ {currency[0]}{_rounded(amount):,}{currency[1]}"


@lru_cache(256)  # the figures over many incidents read the same amounts again and again
def without_per_hour(revenue: str) -> str:
    """The revenue per hour, for a sentence that says itself that it is per hour."""
    return re.sub(r"\s*(/|per|an)\s*(h|hr|hour)\b\.?", "", within(revenue), flags=re.IGNORECASE)


def _rounded(amount: float) -> int:
    """An amount with two significant digits: 18,133 becomes 18,000."""
    whole = round(amount)
    return round(whole, min(2 - len(str(whole)), 0))


def cost_so_far(incident: Incident, now: int, revenue: str = "") -> str:
    """`≈ $14,000 ($32k per hour × 26 min since it began)`: the estimate, always with its basis. Empty if unknown."""
    known = cost(incident, now, revenue)
    return f"{known.text} ({known.basis})" if known else ""


@lru_cache(256)
def money(text: str) -> tuple[float, str, str] | None:
    """Read an amount such as `$32k`, `4 500 EUR`, `€1.2m` or `32,000.50 USD/hour`.

    Returns (amount, currency before it, currency after it); None if the text has no amount, several, a range, or one
    below zero: what was lost, or a slip of the keyboard.
    """
    if re.search(_BELOW_ZERO, text):
        return None
    found = list(re.finditer(_MONEY, text, re.IGNORECASE))
    if len(found) != 1 or not found[0]["number"]:
        return None
    match = found[0]
    around = text[: match.start()] + " " + text[match.end() :]
    if not set(re.findall(r"\w+", around.lower())) <= _FILLERS:
        return None
    number = _number(match["number"].strip().rstrip(".,'’"))
    if number is None:
        return None
    scale = _SCALE.get((match["scale"] or "").lower(), 1)
    before = (match["before"] or "").strip().lstrip("~≈<>")
    after = (match["after"] or "").strip()
    if after.lower() in _NOT_MONEY:
        return None
    if before.isalpha() and (len(before) > 3 or before.lower() in _NOT_CURRENCY | _FILLERS):
        before = ""
    if after.lower() in _NOT_CURRENCY:
        after = ""
    return number * scale, f"{before} " if before.isalpha() else before, f" {after}" if after else ""


def _number(text: str) -> float | None:
    """Read a number with thousands separators.

    If it has both commas and points, the last one is the decimal point; if it has one kind, it is a decimal point
    unless exactly three digits follow.
    """
    plain = re.sub(f"[{_GAPS}]", "", text)
    marks = [character for character in plain if character in ".,"]
    if len(set(marks)) == 2:
        point = marks[-1]
        if marks.count(point) > 1:
            return None
        plain = plain.replace("," if point == "." else ".", "").replace(point, ".")
    elif marks:
        parts = plain.split(marks[0])
        grouped = all(len(part) == 3 for part in parts[1:]) and 1 <= len(parts[0]) <= 3 and parts[0] != "0"
        plain = "".join(parts) if grouped else plain.replace(",", ".")
    try:
        return float(plain)
    except ValueError:
        return None
