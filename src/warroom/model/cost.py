"""What the incident has cost so far: revenue per hour times how long it has gone on; nothing where nothing is known."""

from __future__ import annotations

import re

import msgspec

from warroom.model import ids, times
from warroom.model.incident import Incident

_GAPS = r" \u00a0\u202f'’"
"""What stands between thousands besides a comma or point; two of these are spaces that do not break a line."""
_SMALL = r"euros?|dollars?|pounds?|kr|zł|Kč|Ft|RM|Rs"
# Compiled at its first use (and kept by `re`): most commands read no amount.
_MONEY = (
    rf"(?P<before>(?<!\w)[^\d\s.,+-]{{1,4}})?\s*(?P<number>\d[\d{_GAPS}.,]*)\s*(?P<scale>k|m|mio|thousand|million)?\b"
    rf"\s*(?P<after>(?:{_SMALL}|[A-Za-z]{{3}})\b|[^\w\s/.,;:()-])?"
)
_SCALE = {"k": 1_000, "thousand": 1_000, "m": 1_000_000, "mio": 1_000_000, "million": 1_000_000}
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
"""Words that leave an amount what it is; any other one may mean something this can't know."""
_NOT_CURRENCY = {"per", "and", "the", "rev"}
_NOT_MONEY = {"%", "‰", "min", "hrs", "hr", "h"}


class Cost(msgspec.Struct, frozen=True):
    """An estimate, and what it rests on: `words` is `≈ $14,208`, `basis` `$32k per hour × 26 min`."""

    amount: float
    words: str
    basis: str


def cost(incident: Incident, now: int) -> Cost | None:
    """The cost up to now, or to the resolution; None where the revenue per hour is not known as a number."""
    words = incident.fact(ids.FACT_REVENUE)
    rate = money(words)
    if rate is None:
        return None
    amount, before, after = rate
    elapsed = incident.elapsed(now)
    total = amount * elapsed / times.HOUR
    basis = re.sub(r"\s*(/|per|an)\s*(h|hr|hour)\b\.?", "", words.strip(), flags=re.IGNORECASE)
    return Cost(total, f"≈ {before}{total:,.0f}{after}", f"{basis} per hour × {times.span(elapsed)}")


def cost_so_far(incident: Incident, now: int) -> str:
    """`≈ $14,208 ($32k per hour × 26 min)`: an estimate never stands without what it rests on. Empty if unknown."""
    known = cost(incident, now)
    return f"{known.words} ({known.basis})" if known else ""


def money(text: str) -> tuple[float, str, str] | None:
    """Read an amount: (amount, currency in front, currency behind); None where there is no one number to rely on.

    `$32k`, `4 500 EUR`, `€1.2m`, `32,000.50 USD/hour`. A range or two amounts are no one number.
    """
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
    """Read digits with the separators people use: the last of two kinds, or one not before three digits, is a point."""
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
