"""Timelines as lists, headings, bare lines and chats: an entry begins with a time, and what is below belongs to it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

import msgspec

from warroom.timelines import tables
from warroom.timelines.dates import Day, counted_day_at, day_at, day_in
from warroom.timelines.lines import STATUS, Line
from warroom.timelines.rows import NAME, AboutMark, DayMark, Doubt, Item, Row, StartMark, Unread, ZoneMark, is_word
from warroom.timelines.stamps import why_no_time
from warroom.timelines.zones import are_all_about, zone_in_heading, zone_of_all

_NOISE = re.compile(
    r"(?:\(?edited\)?|reply|replies?|\d+ repl(?:y|ies)|new messages?|today|yesterday|pinned|:\w+:|👍|added by \w+)"
    r"\s*\d*$",
    re.IGNORECASE,
)
"""Lines that chats add, and nobody wrote; within a message, somebody may have."""
_EMOJI = r"(?::[\w+-]+:|[\u2190-\u2bff\U0001f000-\U0001faff]\ufe0f?[\U0001f3fb-\U0001f3ff]?)"
_ADDED = re.compile(
    rf"(?:{_EMOJI}\s*\d+\s*)+|\(edited\)|\d+ repl(?:y|ies)\b.{{0,60}}|last reply .{{0,40}}"
    r"|view (?:thread|replies|more)",
    re.IGNORECASE,
)
"""Lines that chats add below a message: `:eyes: 3`, `3 replies`."""
_EDITED = re.compile(r"\s*\(edited\)\s*$", re.MULTILINE)
_SIGNED = re.compile(rf"~\s?(?P<who>{NAME})\s*")
_ONLY_LABEL = re.compile(STATUS, re.IGNORECASE)
_NAME_LINE = re.compile(rf"(?:{NAME}|[a-z][\w.-]{{1,30}})(?:\s+(?:APP|BOT))?$")
_APP = re.compile(r"\s+(?:APP|BOT)$")
_APP_BEFORE_TIME = re.compile(r"(?:^|\s+)(?:APP|BOT|Bot|WORKFLOW)$")
_COLON_ONLY = re.compile(r"(?:\*\*|__)[A-Z][\w '/-]{2,40}:?(?:\*\*|__):?|[A-Z][\w '/-]{2,40}:")
"""A heading in the middle of text: `Root cause:`, `**Timeline**`."""
_OTHER_SECTION = re.compile(
    r"\W*(?:root causes?|causes?|contributing|analysis|lessons|what (?:went|we)|action items?|actions|follow[- ]?ups?"
    r"|next steps|prevention|remediation|corrective|preventive|improvements?|impact|summary|overview|background"
    r"|resolution|recovery|detection|glossary|appendix|references|links|open questions|to ?dos?|five whys"
    r"|retrospective|takeaways|conclusions?|metrics|attendees)\b",
    re.IGNORECASE,
)
"""Sections of a post-mortem that are no timeline, whatever times they name."""
_DATED = re.compile(r"(?<![\w/.-])(?=[\dA-Z])")
_DAY_HEAD = re.compile(
    r"\W{0,4}(?:D(?:ay|AY|ate|ATE)|N(?:ight|IGHT)|S(?:hift|HIFT)|P(?:art|ART))\b\W{0,4}"
    r"(?:(?:\d{1,3}|(?i:one|two|three))\b)?\W{0,6}(?=\w)"
)
"""What begins a line that only divides days; with a capital letter, so that no sentence goes on in it."""
_LIKE_A_TIME = re.compile(
    r"\W{0,3}(?:\d{1,2}[:.h]\d\d|(?:[01]\d|2[0-3])[0-5]\d|\d{1,2}\s?[ap]m|\d{1,2}[ap]|\d{1,2}\s?h(?=\s?:\s))"
    r"(?=[\s,:–—-]+\S)",
    re.IGNORECASE,
)
_TITLE = re.compile(
    r"\b(?:timeline|times?|log|chronology|incident|outage|events?|updates?|notes?|history)\b|:\W*$|\b\d{4}\b",
    re.IGNORECASE,
)
"""What the line above a timeline says, rather than another sentence."""
_MARK = re.compile(r"\A\s*[-*+•]\s+(?=\S)")
"""The mark of a list in front of the words below a time."""
_LOOKED_AT = 2_000
"""Characters of a line that are looked at for the zone or the date of all lines."""
_SHORT = 60
"""Characters of a line that gives the date of what follows, and nothing else that could be missed."""


def assembled(lines: Sequence[Line]) -> list[Item]:
    """What lines say, in their order: entries, and what stands between them."""
    first = _Assembler(lines, skip_sections=True)
    if first.skipped and not any(isinstance(item, Row) for item in first.items):
        return _Assembler(lines, skip_sections=False).items  # the other sections are all there is
    return first.items


class _Entry:
    """An entry that is being read, with the lines that belong to it."""

    def __init__(self, row: Row, line: Line) -> None:
        self.row, self.line = row, line
        self.parts = [line.rest] if line.rest else []
        self.gap = False
        """Whether there was an empty line."""
        self.closed = False

    def takes(self, line: Line) -> bool:
        """Whether a line without a time of its own belongs to it."""
        if self.closed:
            return False
        if not self.line.rest or line.indent > self.line.indent + (1 if self.line.bullet else 0):
            return True
        return not self.gap and not (line.bullet and self.line.bullet)

    def add(self, raw: str) -> None:
        """Add a line, without the space in front of it that the list asks for."""
        space = len(raw) - len(raw.lstrip())
        self.parts.append(raw[min(space, self.line.content) :])

    def finish(self) -> None:
        """Put the lines together as the entry's text, without what a chat adds to it."""
        while self.parts and not self.parts[-1].strip():
            self.parts.pop()
        if not self.line.rest and self.parts:
            self.parts[0] = _MARK.sub("", self.parts[0], count=1)
        if len(self.parts) > 1 and (signed := _SIGNED.fullmatch(self.parts[-1].strip())) is not None:
            self.row.who = self.row.who or signed["who"].lstrip("@")
            self.parts.pop()
        self.row.text = _EDITED.sub("", "\n".join(part.rstrip() for part in self.parts)).strip()


class _Assembler:
    """Takes one line after the other; with `skip_sections`, none of the sections that are no timeline."""

    def __init__(self, lines: Sequence[Line], *, skip_sections: bool) -> None:
        self.items: list[Item] = []
        self.skipped = False
        """Whether a section that was skipped has times."""
        self._lines = lines
        self._skip_sections = skip_sections
        timed = [line for line in lines if line.has_time]
        self._first_time = timed[0].number if timed else None
        self._several_alone = sum(not line.rest for line in timed) > 1
        self._is_framed = _has_usual_frame(timed)
        self._entry: _Entry | None = None
        self._who = ""
        self._label = ""
        """What a status page says of the post below."""
        self._is_chat = False
        self._is_outside = False
        """Whether it is in a section that is no timeline."""
        for at, line in enumerate(lines):
            self._take(at, line)
        self._finish()

    def _take(self, at: int, line: Line) -> None:
        entry = self._entry
        if line.moment is not None:
            self.items.append(StartMark(line.number, line.moment))
        match line.what:
            case "text" if line.moment is not None and not line.rest:
                self._close()
            case "blank":
                if entry is not None:
                    entry.gap = True
                    entry.parts.append("")
            case "rule":
                self._close()
            case "heading":
                self._heading(at, line)
            case "code" | "trace" | "quote":
                if entry is None or entry.closed:
                    self._unread(line)
                elif line.what == "quote":
                    entry.parts.append(line.raw.strip())
                else:
                    entry.add(line.raw)
            case "day":
                self._close()
                self._day(line)
            case "mail":
                self._close()
                self._mail(at, line)
            case "text" if self._is_outside:
                self.skipped = self.skipped or line.stamp is not None
                self._unread(line)
            case "text" if line.has_time:
                self._timed(line)
            case "text" if line.is_day:
                self._dated(at, line)
            case "text":
                self._text(at, line)

    def _mail(self, at: int, line: Line) -> None:
        """A line that says when a mail was written: at most the year of the dates below it."""
        days = (below.stamp.day for below in self._lines[at + 1 :] if below.stamp is not None)
        first = next((day for day in days if day is not None), None)
        if first is not None and first.year is None and (day := day_in(line.body)) is not None:
            self.items.append(DayMark(line.number, day))
        self._unread(line)

    def _timed(self, line: Line) -> None:
        """A line that begins with a time: an entry, or the wrapped end of a line above that mentions the time."""
        entry = self._entry
        if (
            entry is not None
            and not entry.closed
            and line.frame == "bare"
            and line.stamp is not None
            and (line.stamp.day is None or line.stamp.day.is_relative)
            and ((self._is_framed and line.stamp.day is None) or line.indent > entry.line.indent + 1)
        ):
            if line.indent <= entry.line.indent + 1:
                self._doubt(entry, line)
            entry.parts.append(line.raw.strip())
        else:
            self._begin(line)

    def _dated(self, at: int, line: Line) -> None:
        """A line that begins with a date: of the lines below, or an entry of which only the day is known."""
        if not line.rest or self._dates_what_follows(at):
            self._close()
            self._day(line)
            self._zone_of(line)
        elif self._entry is not None and self._entry.closed and self._first_time is not None:
            self._unread(line)
        else:
            self._begin(line)

    def _text(self, at: int, line: Line) -> None:
        """A line without a time: more of the entry above, a heading, a name, or what holds for all lines."""
        entry, is_name = self._entry, self._is_name(at)
        is_heading = _COLON_ONLY.fullmatch(line.body) is not None
        if _ADDED.fullmatch(line.raw.strip()):
            return
        is_label = self._stands_alone(at + 1) and _ONLY_LABEL.fullmatch(line.body) is not None
        if (day := self._day_head(at)) is not None:
            self._close()
            self.items.append(DayMark(line.number, day))
            self._zone_of(line)
        elif (
            entry is not None and entry.takes(line) and line.indent <= entry.line.indent + 1 and why_no_time(line.body)
        ):
            self._unread(line)
        elif entry is not None and entry.takes(line) and not is_name and not (entry.gap and (is_heading or is_label)):
            if entry.line.rest and line.indent <= entry.line.indent + 1 and _LIKE_A_TIME.match(line.body):
                self._doubt(entry, line)
            entry.add(line.raw)
        elif _NOISE.fullmatch(line.body):
            return
        elif is_heading:
            self._close()
            self._is_outside = self._skip_sections and _OTHER_SECTION.match(line.body) is not None
        elif is_label:
            self._close()
            self._label = line.body
        elif is_name:
            self._close()
            self._who, self._is_chat = _APP.sub("", line.body).lstrip("@"), True
        else:
            self._about_all(line)

    def _about_all(self, line: Line) -> None:
        """The zone, and in front of the first entry the date, that a sentence gives."""
        said = line.body[:_LOOKED_AT]
        is_before = self._first_time is None or line.number < self._first_time
        is_title = is_before and len(line.body) <= _SHORT and not line.bullet and _TITLE.search(said) is not None
        known = (zone_in_heading if is_title else zone_of_all)(said.strip("_* "))
        is_about = are_all_about(said)
        day = day_in(said) if is_before else None
        if known is not None:
            self.items.append(ZoneMark(line.number, known))
        if day is not None:
            self.items.append(DayMark(line.number, day))
        if is_about:
            self.items.append(AboutMark(line.number))
        if "\t" in said and tables.is_head(said.split("\t")):
            return  # the head of a table that was copied as HTML
        if (known is None and not is_about and (day is None or len(line.body) > _SHORT)) or why_no_time(line.body):
            self._unread(line)

    def _doubt(self, entry: _Entry, line: Line) -> None:
        """Say that a line which became part of an entry may be one of its own."""
        text = f"Line {line.number} is read as part of this one; it may be an entry of its own: {line.body[:40]}"
        self.items.append(Doubt(entry.line.number, text))

    def _heading(self, at: int, line: Line) -> None:
        self._zone_of(line)
        self._is_outside = False
        if line.has_time:
            self._begin(line)
            return
        self._close()
        text = line.body or line.raw
        self._is_outside = self._skip_sections and line.stamp is None and _OTHER_SECTION.match(text) is not None
        if line.is_day:
            self._day(line)
            return
        if (day := self._day_head(at)) is not None:
            self.items.append(DayMark(line.number, day))
            return
        for word in _DATED.finditer(text[:_LOOKED_AT]):
            if (found := day_at(text, word.start())) is not None and found[0].year is not None:
                self.items.append(DayMark(line.number, found[0]))
                return
            if why := why_no_time(text[word.start() :]):
                self.items.append(Doubt(line.number, why, is_reason=True))

    def _day(self, line: Line) -> None:
        if line.stamp is not None and line.stamp.day is not None:
            self.items.append(DayMark(line.number, line.stamp.day))

    def _zone_of(self, line: Line) -> None:
        has_own = line.stamp is not None and line.stamp.zone is not None and line.stamp.has_time
        if not has_own and (known := zone_in_heading(line.body or line.raw)) is not None:
            self.items.append(ZoneMark(line.number, known))
        if are_all_about(line.body or line.raw):
            self.items.append(AboutMark(line.number))

    def _begin(self, line: Line) -> None:
        self._finish()
        assert line.stamp is not None
        who = _APP_BEFORE_TIME.sub("", line.who)
        if who:
            self._is_chat, self._who = True, who
        if not self._is_chat:
            self._who = ""
        row = Row(line.number, line.stamp, who=who or self._who)
        self.items.append(row)
        self._entry = _Entry(row, line)
        if self._label:
            self._entry.parts.insert(0, self._label)
            self._label = ""

    def _finish(self) -> None:
        if self._entry is not None:
            self._entry.finish()
        self._entry = None

    def _close(self) -> None:
        if self._entry is not None:
            self._entry.closed = True

    def _unread(self, line: Line) -> None:
        self.items.append(Unread(line.number, line.raw.strip()))

    def _dates_what_follows(self, at: int) -> bool:
        """Whether the next line with a time needs the date of this line, which is then more of a title."""
        stamps = (self._lines[below].stamp for below in range(at + 1, len(self._lines)))
        following = next((stamp for stamp in stamps if stamp is not None), None)
        return following is not None and following.has_time and following.day is None

    def _day_head(self, at: int) -> Day | None:
        """The date of a line that only divides days, `Day 2 (2025-11-04)`, if the times below it need it."""
        line = self._lines[at]
        found = _DAY_HEAD.match(line.body) if len(line.body) <= _SHORT else None
        day = day_at(line.body, found.end()) if found is not None else None
        counted = counted_day_at(line.body.lstrip("*_-–—=[( ")) if len(line.body) <= _SHORT else None
        if day is None and counted is not None:
            end = len(line.body) - len(line.body.lstrip("*_-–—=[( ")) + counted[1]
            day = counted[0], end
        elif day is not None and counted is not None:
            day = msgspec.structs.replace(day[0], nth=counted[0].nth), day[1]
        is_alone = day is not None and not re.search(r"\w", line.body[day[1] :])
        if day is None or not (is_alone or line.what == "heading") or not self._dates_what_follows(at):
            return None
        return day[0]

    def _stands_alone(self, at: int) -> bool:
        """Whether a line has only a time."""
        return at < len(self._lines) and self._lines[at].has_time and not self._lines[at].rest

    def _is_name(self, at: int) -> bool:
        """Whether a line is the name of who wrote the message below, whose time stands alone on the next line."""
        if not is_name_above(self._lines, at):
            return False
        line, above = self._lines[at], self._lines[at - 1] if at else None
        is_full_name = " " in line.body
        begins = (
            above is None
            or above.what in ("blank", "rule", "heading")
            or (above.stamp is not None and not above.rest)
            or _NOISE.fullmatch(above.body) is not None
        )
        if self._is_chat:
            return (
                begins or is_full_name or line.body == self._who or (line.body[:1].isupper() and not is_word(line.body))
            )
        return begins and (is_full_name or self._several_alone)


def is_name_above(lines: Sequence[Line], at: int) -> bool:
    """Whether a line may be a name, with a time that stands alone on the next line."""
    line, below = lines[at], lines[at + 1] if at + 1 < len(lines) else None
    return (
        below is not None
        and below.has_time
        and not below.rest
        and below.who in ("", "APP", "BOT")
        and not line.bullet
        and _ONLY_LABEL.fullmatch(line.body) is None
        and _NAME_LINE.fullmatch(line.body) is not None
    )


def _has_usual_frame(timed: Sequence[Line]) -> bool:
    """Whether most times stand in the same frame, such as a list, so that a bare one may be only mentioned."""
    frames = Counter(line.frame for line in timed)
    usual, count = max(frames.items(), key=lambda pair: pair[1], default=("bare", 0))
    return usual != "bare" and count * 10 >= len(timed) * 6
