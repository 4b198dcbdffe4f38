"""Timelines as status pages have them: each time stands alone on a line, below what happened then."""

from __future__ import annotations

import re
from collections.abc import Sequence

from warroom.timelines.assembling import is_name_above
from warroom.timelines.dates import counted_day_at
from warroom.timelines.lines import STATUS, Line
from warroom.timelines.rows import AboutMark, DayMark, Item, Row, Unread, ZoneMark
from warroom.timelines.zones import are_all_about, zone_in_heading, zone_of_all

_LABELLED = re.compile(rf"\W{{0,3}}{STATUS}\b")
_ONLY_LABEL = re.compile(STATUS, re.IGNORECASE)
_BEGINS_POST = re.compile(rf"\W{{0,3}}{STATUS}\W{{0,3}}(?:\s[-–—]\s|:\s|$)", re.IGNORECASE)
"""What a post of a status page begins with."""


def are_posts(lines: Sequence[Line]) -> bool:
    """Whether each time stands alone below what happened then."""
    timed = [line for line in lines if line.has_time]
    if not timed or any(line.rest or line.who or line.what == "heading" for line in timed):
        return False
    content = [line for line in lines if line.what not in ("comment", "rule")]
    under = over = 0
    for at, line in enumerate(content):
        if not line.has_time:
            continue
        before = at > 0 and _is_words(content[at - 1])
        after = at + 1 < len(content) and _is_words(content[at + 1])
        if before and is_name_above(content, at - 1) and _begins(content, at - 1):
            before = False
            over += 1
        under += before and not after
        over += after and not before
    if under != over:
        return under > over
    said = [line for line in content if line.what in ("text", "quote")]
    if not said or said[0].stamp is not None:
        return False
    return said[-1].stamp is not None or _is_labelled_above(said)


def _is_labelled_above(said: Sequence[Line]) -> bool:
    """Whether a post stands above the first time, and none below the last one, where a page names what was affected."""
    times = [at for at, line in enumerate(said) if line.has_time]
    above, below = said[: times[0]], said[times[-1] + 1 :]
    if above and _ONLY_LABEL.fullmatch(above[-1].body or above[-1].raw.strip()):
        above = above[:-1]  # a label right above a time belongs to the words below it
    return any(_is_post(line) for line in above) and not any(_is_post(line) for line in below)


def _is_post(line: Line) -> bool:
    return _BEGINS_POST.match(line.body or line.raw) is not None


def _is_words(line: Line) -> bool:
    return line.what != "blank" and line.stamp is None


def _begins(lines: Sequence[Line], at: int) -> bool:
    """Whether a name may stand in this line: at the beginning, after a gap, or right after a time."""
    above = lines[at - 1] if at else None
    return (
        above is None
        or above.what in ("blank", "heading")
        or (above.stamp is not None and not above.rest)
        or counted_day_at(above.body) is not None
    )


def posts(lines: Sequence[Line]) -> list[Item]:
    """What the lines say, each block of them at the time below it."""
    items: list[Item] = []
    parts: list[Line] = []
    is_first = True
    for line in lines:
        if line.has_time and line.stamp is not None:
            post = _post(parts, is_first=is_first)
            items += _unread(parts[: len(parts) - len(post)])
            if post:
                words = "\n".join(part.body or part.raw.strip() for part in post).strip()
                items.append(Row(post[0].number, line.stamp, words))
                is_first = False
            else:
                items.append(Unread(line.number, line.raw.strip()))
            parts = []
        elif line.what == "heading":
            if (zone := zone_in_heading(line.body or line.raw)) is not None:
                items.append(ZoneMark(line.number, zone))
            if are_all_about(line.body or line.raw):
                items.append(AboutMark(line.number))
            if line.is_day and line.stamp is not None and line.stamp.day is not None:
                items.append(DayMark(line.number, line.stamp.day))
            elif _ONLY_LABEL.fullmatch(line.body or line.raw.strip()):
                parts.append(line)
        elif line.is_day and line.stamp is not None and line.stamp.day is not None and not line.rest:
            items += [*_unread(parts), DayMark(line.number, line.stamp.day)]
            parts = []
        elif line.what == "text" and not parts and (zone := zone_of_all(line.body)) is not None:
            items.append(ZoneMark(line.number, zone))
        elif line.what in ("text", "code", "quote", "trace"):
            parts.append(line)
    return [*items, *_unread(parts)]


def _post(parts: Sequence[Line], *, is_first: bool) -> Sequence[Line]:
    """Those lines above a time that are its post: from its label on, or below the title in front of the first one."""
    begins = [at for at in range(1, len(parts)) if parts[at].number - parts[at - 1].number > 1]
    labelled = next((at for at in (0, *begins) if parts and _LABELLED.match(parts[at].raw)), None)
    if labelled is not None:
        return parts[labelled:]
    return parts[begins[-1] :] if is_first and begins else parts


def _unread(parts: Sequence[Line]) -> list[Unread]:
    return [Unread(part.number, part.raw.strip()) for part in parts]
