"""What a hyphen and a second time behind a time are: the end of a range, 22:00-02:00, or a zone, 13:20-05:00."""

from __future__ import annotations

import re
from typing import NamedTuple

from warroom.timelines.zones import ZONE, Zone, zone

_HOUR, _MINUTE, _DAY = 3_600_000, 60_000, 86_400_000
_HYPHENATED = re.compile(
    r"[-−–](?P<h>[01]\d|2[0-3])(?P<colon>:?)(?P<m>[0-5]\d)(?![\d:])(?P<half>\s?[ap]\.?m\b)?", re.IGNORECASE
)
_ZONE_BEHIND = re.compile(rf"\s?(?:Z\b|{ZONE})")
_SECONDS = re.compile(r":\d\d:\d\d\Z")
_SHIFTS = frozenset({"0230", "0300", "0330", "0400", "0500", "0600", "0700", "0800", "1000"})
"""Hours and minutes behind UTC that clocks in America show."""
_LONGEST = 12 * _HOUR
"""Nobody writes a longer range over midnight like this: 13:20-05:00 is a time in New York."""


class Hyphenated(NamedTuple):
    """A second time behind a hyphen: whether it ends a range, and the zone that it may be instead, if both may be."""

    ends_range: bool
    shift: Zone | None


def hyphenated(text: str, end: int, clock: int | None, *, is_dated: bool) -> Hyphenated | None:
    """What -10:20 behind a time is that ends there and is `clock` ms after midnight; None if there is no such thing.

    Behind seconds it is always a zone. Behind a date it is one where clocks are set so: 2025-11-03 04:00-05:00.
    """
    found = _HYPHENATED.match(text, end)
    if found is None or clock is None or _SECONDS.search(text, max(0, end - 6), end):
        return None
    if not found["colon"] and not text[max(0, end - 4) : end].isdigit():
        return None  # 20:00-0400 is no range, but 2000-0400 is
    if found["half"]:
        return Hyphenated(True, None)
    shift = zone(found.group())
    until = int(found["h"]) * _HOUR + int(found["m"]) * _MINUTE
    is_range = until > clock or (until - clock) % _DAY <= _LONGEST or shift is None
    if is_range and _ZONE_BEHIND.match(text, found.end()) is not None:
        return Hyphenated(True, None)
    if not is_range or found["h"] + found["m"] not in _SHIFTS:
        return Hyphenated(is_range, None)
    return Hyphenated(not is_dated, shift)
