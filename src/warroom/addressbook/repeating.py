"""When an event of a calendar is repeated, within a time and within limits, whatever its rule says."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta

from dateutil.rrule import rrule, rrulestr

MOST_STEPS = 100_000
"""How many times may be worked out for one file; ten years of hours are fewer."""
MOST_RULES_OF_PARTS = 3
"""How many rules may choose days of a month or a year: one that no day ever fits takes most of a second to find out."""
_STEPS = {"HOURLY": timedelta(hours=1), "DAILY": timedelta(days=1), "WEEKLY": timedelta(weeks=1)}
_PARTS = {"BYMONTH", "BYMONTHDAY", "BYYEARDAY", "BYWEEKNO", "BYSETPOS", "BYHOUR", "BYMINUTE", "BYSECOND", "BYEASTER"}
_KNOWN = {"FREQ", "INTERVAL", "COUNT", "UNTIL", "BYDAY", "WKST", *_PARTS} - {"BYEASTER"}
_VALUE = re.compile(r"[A-Z0-9,+-]{1,200}")


class WrongRule(ValueError):
    """A rule that is none, or one that no rota has; the text says why."""


class TooMuch(Exception):
    """The rules of a file have used up what may be worked out for it."""


class Budget:
    """What may still be worked out for one file."""

    def __init__(self) -> None:
        self.steps = MOST_STEPS
        """How many times may still be worked out."""
        self.rules: dict[str, None] = {}

    def spend(self, steps: int) -> None:
        """Use so many steps. Raises TooMuch if there are none left."""
        self.steps -= steps
        if self.steps < 0:
            raise TooMuch

    def allow(self, rule: str) -> None:
        """Let a rule pass that may take long. Raises WrongRule after too many of them."""
        self.rules[rule] = None
        if len(self.rules) > MOST_RULES_OF_PARTS:
            raise WrongRule(f"more than {MOST_RULES_OF_PARTS} events of this file have such a rule; it is left out")


def starts(
    rule: str, first: datetime, low: datetime, high: datetime, until: Callable[[str], datetime], budget: Budget
) -> Iterator[datetime]:
    """When a rule begins its times between `low` and `high`; all are on one clock, without a zone.

    `until` reads the end that the rule gives. Raises WrongRule, TooMuch, and what `until` raises.
    """
    parts = _parts(rule)
    end = min(until(parts.pop("UNTIL")), high) if "UNTIL" in parts else high
    step = _STEPS.get(parts["FREQ"])
    if step is not None and "COUNT" in parts and set(parts) <= {"FREQ", "INTERVAL", "COUNT", "WKST"}:
        last = (int(parts.pop("COUNT")) - 1) * int(parts.get("INTERVAL", "1"))
        end = min(end, first + step * min(last, (high - first) // step + 1)) if high > first else end
    begin = _ahead(parts, first, low)
    if _may_take_long(parts):
        budget.allow(f"{rule} {begin}")
    for clock in _made(parts, begin, rule):
        budget.spend(1)
        if clock > end:
            return
        if clock > low:
            yield clock


def _made(parts: dict[str, str], begin: datetime, rule: str) -> Iterator[datetime]:
    """The times of the rule that the parts are. Raises WrongRule, and nothing in the library's own words."""
    wrong = f"its rule “{rule.strip()[:100]}” is not understood"
    try:
        made = rrulestr(";".join(f"{key}={value}" for key, value in parts.items()), dtstart=begin)
        if isinstance(made, rrule):
            yield from made
            return
    except (ValueError, TypeError, KeyError, IndexError, AttributeError, OverflowError):
        raise WrongRule(wrong) from None
    raise WrongRule(wrong)


def _parts(rule: str) -> dict[str, str]:
    parts: dict[str, str] = {}
    for part in rule.strip().strip(";").upper().split(";"):
        key, _, value = part.partition("=")
        if key.strip() not in _KNOWN or not _VALUE.fullmatch(value.strip()):
            raise WrongRule(f"its rule has “{part[:40]}”, which is not understood")
        parts[key.strip()] = value.strip()
    if parts.get("FREQ") not in (*_STEPS, "MONTHLY", "YEARLY"):
        raise WrongRule("its rule repeats too often for a rota, or does not say how often")
    for key in ("INTERVAL", "COUNT"):
        if key in parts and not (parts[key].isascii() and parts[key].isdigit() and 0 < int(parts[key]) <= 100_000):
            raise WrongRule(f"its rule has {key} {parts[key][:20]}")
    if _may_take_long(parts) and parts["FREQ"] not in ("MONTHLY", "YEARLY"):
        raise WrongRule("its rule chooses days in a way that no rota does")
    return parts


def _may_take_long(parts: dict[str, str]) -> bool:
    """Whether it may be that no day ever fits, or hardly any, so that finding out takes long."""
    if parts["FREQ"] == "WEEKLY":
        return not _PARTS.isdisjoint(parts)
    if "BYDAY" in parts and (parts["FREQ"] != "DAILY" or parts.get("INTERVAL", "1") != "1"):
        return True
    return not _PARTS.isdisjoint(parts)


def _ahead(parts: dict[str, str], first: datetime, low: datetime) -> datetime:
    """The last beginning that is surely before `low`, so that ten years of times need not be gone through."""
    step = _STEPS.get(parts["FREQ"])
    if step is None or "COUNT" in parts or first >= low:
        return first
    step *= int(parts.get("INTERVAL", "1"))
    return first + max((low - first) // step - 1, 0) * step
