"""Timelines with each time behind what happened: `Alert fired (14:02)`, `- fixed @ 14:35`."""

from __future__ import annotations

import re
from collections.abc import Sequence

from warroom.timelines.lines import Line
from warroom.timelines.stamps import Stamp, stamp_at

_AT_END = re.compile(r"(?:\s*[(\[](?P<within>[^()\[\]]{1,40})[)\]]|\s@\s?(?P<at>[^@]{1,40}?))[.!]?\Z")
_SURE = re.compile(r"\d[:h]\d\d|\d\s?[ap]\.?m\b|T\s?\+", re.IGNORECASE)
"""What only a time has: (1.20) may be a version."""
_LOOKED_AT = 60
"""Characters at the end of a line in which its time may stand."""


def times_behind(lines: Sequence[Line]) -> None:
    """Give lines the time that they end with, if most of them end with one and none only begins with one."""
    if any(line.has_time and _behind(line) is None for line in lines):
        return
    found = {at: behind for at, line in enumerate(lines) if (behind := _behind(line)) is not None}
    words = [line for line in lines if line.what == "text" and not line.is_day]
    if len(found) < 2 or len(found) * 2 <= len(words):
        return
    for at, (stamp, rest) in found.items():
        lines[at].stamp, lines[at].rest, lines[at].who = stamp, rest, ""


def _behind(line: Line) -> tuple[Stamp, str] | None:
    """The time that a line ends with, and the words in front of it."""
    if line.what != "text" or line.is_day:
        return None
    begin = max(0, len(line.body) - _LOOKED_AT)
    found = _AT_END.search(line.body, begin)
    if found is None or not (words := line.body[: found.start()].strip(" -–—:,")):
        return None
    text = (found["within"] or found["at"]).strip()
    stamp = stamp_at(text) if _SURE.search(text) is not None else None
    return (stamp, words) if stamp is not None and stamp.has_time and not text[stamp.end :].strip() else None
