"""Timelines as lists, headings, bare lines and chats: everything but tables and data."""

from __future__ import annotations

import re
from collections.abc import Sequence

import msgspec

from warroom.timelines.rows import NAME, DayMark, Item, Row, StartMark, Unread, ZoneMark
from warroom.timelines.stamps import Stamp, day_at, day_in, stamp_at
from warroom.timelines.zones import zone_in_heading, zone_of_all

_FENCE = re.compile(r"\s*(?:[-*+]\s+)?(```+|~~~+)")
_HEADING = re.compile(r"\s{0,3}(?P<marks>#{1,6})\s+(?P<text>.*?)\s*#*\s*$")
_UNDERLINE = re.compile(r"\s{0,3}(?:={3,}|-{3,})\s*$")
_RULE = re.compile(r"\s{0,3}(?:[-*_=~](?:\s*[-*_=~]){2,})\s*$")
_BULLET = re.compile(r"(?P<indent>\s*)(?P<mark>[-*+•·●▪◦–—→▸‣✓✗]|\d{1,3}[.)](?=\s))\s+(?:\[[ xX]\]\s+)?")
_QUOTE = re.compile(r"\s{0,8}>")
_COMMENT = re.compile(r"\s*<!--.*-->\s*$")
_TRACE = re.compile(
    r"\s+(?:at |File \"|\.\.\. \d+ more)|Traceback \(most recent|Caused by: |[\w.]+(?:Error|Exception)(?:: |$)"
)
_OPEN = re.compile(r"(?:[\[(<{*_`\"'“]|~~){1,4}\s?")
_CLOSE = re.compile(r"\s?[\])>}*_`~\"'”]{1,4}")
_LINK = re.compile(r"\[(?=[^\]]{1,60}\]\((?P<url>[^)\s]{1,500})\))")
_AFTER = re.compile(r"\s*(?:(?:[-–—−:|>•·,;]|->|=>|→|\.\.\.|…)[*_`~]*\s*){0,3}")
_STATUS = (
    r"Investigating|Identified|Monitoring|Resolved|Update|Updated|Posted|Scheduled|In progress|Completed|Verifying|"
    r"Post-?mortem|Acknowledged|Mitigated|Recovering|Detected|Opened|Closed|Started?|Ended?|Time|Timestamp|When|Date"
)
_LABEL = re.compile(
    rf"(?P<open>[*_\[]{{0,3}})(?P<label>{_STATUS})(?: \d+ \w+ ago\.?| about \w+ \w+ ago\.?)?(?: (?:at|on))?(?P<close>[*_\]]{{0,3}})\s*(?:[-–—:|(]\s*)?(?=[*_`\[(~]*[\d~≈JFMASONDTW])",
    re.IGNORECASE,
)
_SILENT = re.compile(r"(?:Posted|Time|Timestamp|When|Date)$", re.IGNORECASE)
_NOISE = re.compile(
    r"(?:\(?edited\)?|reply|replies?|\d+ repl(?:y|ies)|new messages?|today|yesterday|pinned|:\w+:|👍|added by \w+)\s*\d*$",
    re.I,
)
_NAME_LINE = re.compile(rf"(?:{NAME}|[a-z][\w.-]{{1,30}})(?:\s+(?:APP|BOT))?$")
_NAME_FIRST = re.compile(
    rf"(?P<who>{NAME}|[a-z][\w.-]{{1,30}})(?:\s+(?:APP|BOT))?\s*(?:[,—–-]\s*|\s)(?:Today at |Yesterday at )?(?=[\[(]?\d|[\[(]?(?:{'|'.join(('Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun', 'Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'))}))"
)


_START = re.compile(r"\W{0,3}T ?[+-]? ?0?\s*(?:=|:|is|was|at)\s+(?=[\d\[(A-Z])")
_COLON_ONLY = re.compile(r"(?:\*\*|__)[A-Z][\w '/-]{2,40}:?(?:\*\*|__):?|[A-Z][\w '/-]{2,40}:")
_OTHER_SECTION = re.compile(
    r"\W*(?:root causes?|causes?|contributing|analysis|lessons|what (?:went|we)|action items?|actions|follow[- ]?ups?|next steps|"
    r"prevention|remediation|corrective|preventive|improvements?|impact|summary|overview|background|resolution|recovery|detection|"
    r"glossary|appendix|references|links|open questions|to ?dos?|five whys|retrospective|takeaways|conclusions?|metrics|attendees)\b",
    re.IGNORECASE,
)
_MARKED_DAY = re.compile(r"\W*(?:log (?:opened|closed)|day changed(?: to)?)?\W*", re.IGNORECASE)
_CTIME = re.compile(
    r"(?P<weekday>[A-Z][a-z]{2}) (?P<month>[A-Z][a-z]{2}) +(?P<day>\d{1,2}) (?:[\d:]{5,8} )?(?P<year>\d{4})"
)


_SHORT = 60
"""Characters of a line that gives the date of what follows, and nothing else that could be missed."""


class _Line(msgspec.Struct):
    """A line with its number from 1, what it is, and its time if it begins with one."""

    number: int
    raw: str
    what: str = "text"  # blank, code, quote, trace, rule, heading, comment, text
    indent: int = 0
    bullet: bool = False
    body: str = ""
    stamp: Stamp | None = None
    who: str = ""
    rest: str = ""
    level: int = 0
    frame: str = ""
    """How its time stands in the line: heading, bullet, bracket, chat, alone, or bare."""
    content: int = 0
    """Where its words begin, after the mark of a list."""


def items(lines: Sequence[tuple[int, str]], *, bare: bool) -> list[Item]:
    """What numbered lines say, in their order. `bare` allows 1320 as a time."""
    read = [*_classified(lines, bare=bare)]
    return _Assembler(read).items()


def _classified(lines: Sequence[tuple[int, str]], *, bare: bool) -> list[_Line]:
    found: list[_Line] = []
    fence = ""
    for at, (number, raw) in enumerate(lines):
        line = _Line(number, raw)
        found.append(line)
        mark = _FENCE.match(raw)
        if fence or mark is not None:
            line.what = "code"
            if mark is not None and not fence:
                fence = mark[1]
                if raw.strip().count(fence) > 1 and len(raw.strip()) > len(fence):
                    fence = ""
            elif mark is not None and raw.strip().startswith(fence):
                fence = ""
            continue
        if not raw.strip():
            line.what = "blank"
        elif _QUOTE.match(raw):
            line.what = "quote"
        elif _COMMENT.match(raw):
            line.what = "comment"
        elif _RULE.match(raw) and not _unknown_only(raw):
            line.what = "rule"
        elif (day := _marked_day(raw)) is not None:
            line.what, line.stamp, line.body = "day", day, raw.strip()
        elif _TRACE.match(raw):
            line.what = "trace"
        elif (heading := _HEADING.match(raw)) is not None:
            line.what, line.level, line.body = "heading", len(heading["marks"]), heading["text"]
            _read_time(line, bare=bare)
        else:
            following = lines[at + 1][1] if at + 1 < len(lines) else ""
            bullet = _BULLET.match(raw)
            line.indent = len(raw.expandtabs(4)) - len(raw.expandtabs(4).lstrip())
            line.bullet = bullet is not None
            line.body = raw[bullet.end() :].strip() if bullet else raw.strip()
            line.content = bullet.end() if bullet else line.indent
            _read_time(line, bare=bare)
            if bullet is not None and line.stamp is None and bullet["mark"][0].isdigit():
                whole = _Line(number, raw, body=raw.strip())  # "13. May 2021 …" is no thirteenth item
                _read_time(whole, bare=bare)
                if whole.stamp is not None:
                    line.body, line.stamp, line.rest, line.bullet = whole.body, whole.stamp, whole.rest, False
            if _UNDERLINE.match(following) and following.strip() and line.stamp is None and not line.bullet:
                line.what, line.level = "heading", 2
    return found


def _marked_day(raw: str) -> Stamp | None:
    """The day of a line that only divides days: `----- June 4th, 2019 -----`, `--- Day changed Mon Mar 10 2025`."""
    text = raw.strip()
    if text[:2] not in ("--", "==", "**", "__", "──", "——", "––"):
        return None
    begin = _MARKED_DAY.match(text)
    at = begin.end() if begin else 0
    ctime = _CTIME.match(text, at)
    if ctime is not None:
        found = day_at(f"{ctime['weekday']} {ctime['day']} {ctime['month']} {ctime['year']}")
        end = ctime.end()
    else:
        found = day_at(text, at)
        end = found[1] if found is not None else 0
    if found is None or text[end:].strip(" -=*_─—–"):
        return None
    return Stamp(day=found[0], weekday=found[0].weekday)


def _frame(line: _Line) -> str:
    if line.what == "heading":
        return "heading"
    if line.who:
        return "chat"
    if line.bullet:
        return "bullet"
    if line.body[:1] in ("[", "(", "*", "`", "_"):
        return "bracket"
    return "bare" if line.rest else "alone"


def _unknown_only(raw: str) -> bool:
    return ":" in raw


def _read_time(line: _Line, *, bare: bool) -> None:
    """Find the time at the start of a line: after marks, a label such as "Update -", or a name as chats have it."""
    text = line.body
    if _START.match(text):
        return
    label = ""
    at = 0
    if (found := _LABEL.match(text)) is not None:
        at = found.end()
        label = "" if _SILENT.match(found["label"]) else found["label"]
    done = _time_from(text, at, bare=bare)
    if done is None and at:
        label, done = "", _time_from(text, 0, bare=bare)
    if done is None:
        named = _NAME_FIRST.match(text)
        if named is not None and len(text) < 90:
            done = _time_from(text, named.end(), bare=False)
            if done is not None and done[1].strip(" ]):") == "" and done[0].has_time:
                line.stamp, line.rest, line.who = done[0], "", named["who"].lstrip("@")
                return
        return
    line.stamp, line.rest = done[0], done[1]
    if label:
        line.rest = f"{label}: {done[1]}" if done[1] else label


def _time_from(text: str, at: int, *, bare: bool) -> tuple[Stamp, str] | None:
    """The time at a place, within brackets, bold or a link, and the text after it."""
    link = _LINK.match(text, at)
    opened = _OPEN.match(text, at)
    begin = opened.end() if opened is not None else at
    stamp = stamp_at(text, begin, bare=bare)
    if stamp is None and opened is not None and text[at] in "[(":
        return None
    if stamp is None:
        return None
    end = stamp.end
    if end < len(text) and (text[end].isalnum() and text[end - 1].isalnum()):
        return None
    if link is not None:
        closed = text.find("](", end)
        rest = text[closed + 2 + len(link["url"]) + 1 :]
        return stamp, (_AFTER.sub("", rest, count=1) + f" ({link['url']})").strip()
    if opened is not None:
        closed_at = _CLOSE.match(text, end)
        if closed_at is not None:
            end = closed_at.end()
        elif opened.group().strip() in ("**", "__", "*", "_") and (
            bold := re.match(r"[^*_]{0,60}?(\*\*|__|\*|_)", text[end:])
        ):
            # **13:20 UTC – Deploy** text: the bold words belong to the text
            inner = text[end : end + bold.end() - len(bold[1])]
            return stamp, _AFTER.sub("", f"{inner}{text[end + bold.end() :]}", count=1).strip()
    if end < len(text) and text[end] == "." and not text[end + 1 : end + 2].isdigit():
        end += 1
    sep = _AFTER.match(text, end)
    rest = text[sep.end() if sep else end :].strip()
    iso = text[begin : begin + 4].isdigit()
    if not stamp.has_time and sep is not None and not sep.group().strip(" *_`") and rest and opened is None and not iso:
        return None  # "May 5 we saw …" says nothing that can be told from prose
    # A zone may stand after the marks: **13:20** UTC
    if stamp.zone is None and stamp.has_time and end != stamp.end:
        again = stamp_at(f"00:00 {text[end:].lstrip()}")
        if again is not None and again.zone is not None:
            stamp = msgspec.structs.replace(stamp, zone=again.zone)
            after = text[end:].lstrip()[again.end - 6 :]
            rest = _AFTER.sub("", after, count=1).strip()
    return stamp, rest


class _Open:
    """An entry that is being read, with the lines that belong to it."""

    def __init__(self, row: Row, line: _Line) -> None:
        self.row, self.line = row, line
        self.parts = [line.rest] if line.rest else []
        self.alone = not line.rest
        self.gap = False
        self.closed = False

    def takes(self, line: _Line) -> bool:
        """Whether a line without a time of its own belongs to it."""
        if self.closed:
            return False
        if self.alone or line.indent > self.line.indent + (1 if self.line.bullet else 0):
            return True
        if line.bullet and self.line.bullet:
            return False
        return not self.gap

    def finish(self) -> None:
        """Put the lines together as the entry's text."""
        while self.parts and not self.parts[-1].strip():
            self.parts.pop()
        self.row.text = "\n".join(part.rstrip() for part in self.parts).strip()


class _Assembler:
    """Puts lines together to entries."""

    def __init__(self, lines: list[_Line]) -> None:
        self._lines = lines
        self._timed = [line for line in lines if line.stamp is not None and line.stamp.has_time]
        self._alone = sum(not line.rest for line in self._timed)
        self._frame = self._usual_frame()
        self._items: list[Item] = []
        self._open: _Open | None = None
        self._who = ""
        self._chat = False
        self._sections, self._outside, self._skipped = True, False, False

    def _usual_frame(self) -> str:
        """The frame that most times stand in; "" if there is none, or if it is the bare line."""
        frames: dict[str, int] = {}
        for line in self._timed:
            line.frame = _frame(line)
            frames[line.frame] = frames.get(line.frame, 0) + 1
        usual = max(frames, key=lambda frame: frames[frame], default="")
        return usual if usual != "bare" and frames.get(usual, 0) * 10 >= len(self._timed) * 6 else ""

    def items(self) -> list[Item]:
        """What the lines say, in their order."""
        if self._time_is_under_the_text():
            return self._from_under()
        for at, line in enumerate(self._lines):
            self._take(at, line)
        self._finish()
        if self._skipped and not any(isinstance(item, Row) for item in self._items):
            self._items, self._sections = [], False  # there is no other section
            for at, line in enumerate(self._lines):
                self._take(at, line)
            self._finish()
        return self._items

    def _take(self, at: int, line: _Line) -> None:
        current = self._open
        if line.what == "blank":
            if current is not None:
                current.gap = True
                current.parts.append("")
        elif line.what == "rule":
            self._close()
        elif line.what == "heading":
            self._heading(line)
        elif line.what in ("code", "trace", "quote"):
            if current is not None and not current.closed:
                space = len(line.raw) - len(line.raw.lstrip())
                current.parts.append(
                    line.raw[min(space, current.line.content) :] if line.what != "quote" else line.raw.strip()
                )
            else:
                self._unread(line)
        elif line.what == "day" and line.stamp is not None and line.stamp.day is not None:
            self._close()
            self._items.append(DayMark(line.number, line.stamp.day))
        elif line.what == "text" and self._outside:
            self._skipped = self._skipped or line.stamp is not None
            self._unread(line)
        elif line.what == "text":
            self._text(at, line)

    def _text(self, at: int, line: _Line) -> None:
        current = self._open
        if line.stamp is not None and line.stamp.has_time:
            wrapped = (
                current is not None
                and not current.closed
                and line.frame == "bare"
                and (self._frame != "" or line.indent > current.line.indent)
            )
            if wrapped and current is not None:
                current.parts.append(line.raw.strip())
            else:
                self._begin(line)
        elif line.stamp is not None and line.stamp.day is not None:
            if line.rest and not self._dates_what_follows(at):
                if current is not None and current.closed and self._timed:
                    self._unread(line)
                else:
                    self._begin(line)
            else:
                self._close()
                self._items.append(DayMark(line.number, line.stamp.day))
                self._zone_of(line)
        elif (
            current is not None
            and current.takes(line)
            and not self._is_name(at)
            and not (current.gap and _COLON_ONLY.fullmatch(line.body))
        ):
            current.parts.append(line.raw[min(len(line.raw) - len(line.raw.lstrip()), current.line.content) :])
        elif _NOISE.fullmatch(line.body):
            return
        elif (start := _START.match(line.body)) is not None and (
            moment := stamp_at(line.body, start.end())
        ) is not None:
            self._items.append(StartMark(line.number, moment))
        elif _COLON_ONLY.fullmatch(line.body):
            self._close()
            self._outside = self._sections and _OTHER_SECTION.match(line.body) is not None
        elif self._is_name(at):
            self._close()
            self._who, self._chat = re.sub(r"\s+(?:APP|BOT)$", "", line.body).lstrip("@"), True
        else:
            known, day = zone_of_all(line.body.strip("_* ")), None if self._timed_before(line) else day_in(line.body)
            if known is not None:
                self._items.append(ZoneMark(line.number, known))
            if day is not None:
                self._items.append(DayMark(line.number, day))
            if known is None and (day is None or len(line.body) > _SHORT):
                self._unread(line)

    def _heading(self, line: _Line) -> None:
        self._zone_of(line)
        self._outside = False
        if line.stamp is not None and line.stamp.has_time:
            self._begin(line)
            return
        self._close()
        self._outside = (
            self._sections and line.stamp is None and _OTHER_SECTION.match(line.body or line.raw) is not None
        )
        if line.stamp is not None and line.stamp.day is not None:
            self._items.append(DayMark(line.number, line.stamp.day))
        else:
            text = line.body or line.raw
            for word in re.finditer(r"(?<![\w/.-])(?=[\dA-Z])", text):
                if (found := day_at(text, word.start())) is not None and found[0].year is not None:
                    self._items.append(DayMark(line.number, found[0]))
                    break

    def _zone_of(self, line: _Line) -> None:
        has_own = line.stamp is not None and line.stamp.zone is not None and line.stamp.has_time
        if not has_own and (known := zone_in_heading(line.body or line.raw)) is not None:
            self._items.append(ZoneMark(line.number, known))

    def _timed_before(self, line: _Line) -> bool:
        return bool(self._timed) and self._timed[0].number < line.number

    def _begin(self, line: _Line) -> None:
        self._finish()
        assert line.stamp is not None
        line.who = re.sub(r"(?:^|\s+)(?:APP|BOT|Bot|WORKFLOW)$", "", line.who)
        who = line.who or self._who
        if line.who:
            self._chat, self._who = True, line.who
        if not self._chat:
            self._who = ""
        row = Row(line.number, line.stamp, who=who)
        self._items.append(row)
        self._open = _Open(row, line)

    def _finish(self) -> None:
        if self._open is not None:
            self._open.finish()
        self._open = None

    def _close(self) -> None:
        if self._open is not None:
            self._open.closed = True

    def _unread(self, line: _Line) -> None:
        self._items.append(Unread(line.number, line.raw.strip()))

    def _dates_what_follows(self, at: int) -> bool:
        """Whether the next line with a time needs the date of this line, which is then more of a title."""
        for line in self._lines[at + 1 :]:
            if line.stamp is not None:
                return line.stamp.has_time and line.stamp.day is None
        return False

    def _is_name(self, at: int) -> bool:
        """Whether a line is the name of who wrote the message below, whose time stands alone on the next line."""
        line = self._lines[at]
        if not _NAME_LINE.fullmatch(line.body) or line.bullet:
            return False
        if at + 1 >= len(self._lines):
            return False
        below = self._lines[at + 1]
        if below.stamp is None or below.rest or below.who not in ("", "APP", "BOT") or not below.stamp.has_time:
            return False
        above = self._lines[at - 1] if at else None
        begins = (
            above is None or above.what in ("blank", "rule", "heading") or (above.stamp is not None and not above.rest)
        )
        if not begins and not (self._chat and (" " in line.body or line.body == self._who)):
            return False
        return self._chat or " " in line.body or self._alone > 1

    def _time_is_under_the_text(self) -> bool:
        """Whether each time stands alone below what happened then, as on status pages."""
        if not self._timed or self._alone < len(self._timed) or any(line.who for line in self._timed):
            return False
        if any(line.what == "heading" for line in self._timed):
            return False
        under = over = 0
        content = [line for line in self._lines if line.what not in ("comment", "rule")]
        for at, line in enumerate(content):
            if line.stamp is None or not line.stamp.has_time:
                continue
            before = at > 0 and content[at - 1].what != "blank" and content[at - 1].stamp is None
            after = at + 1 < len(content) and content[at + 1].what != "blank" and content[at + 1].stamp is None
            if before and self._is_name(self._lines.index(content[at - 1])):
                before = False
                over += 1
            under += before and not after
            over += after and not before
        if under != over:
            return under > over
        said = [line for line in content if line.what in ("text", "quote")]
        return (
            bool(said)
            and said[0].stamp is None
            and said[-1].stamp is not None
            and under + over > 0
            or (bool(said) and said[0].stamp is None and said[-1].stamp is not None)
        )

    def _before_block(self, parts: list[_Line]) -> list[_Line]:
        """Those lines above a time that belong to none: the title of the page, in front of the first post."""
        first = not any(isinstance(item, Row) for item in self._items)
        begins = [at for at, part in enumerate(parts) if at and part.number - parts[at - 1].number > 1]
        labelled = [at for at in (0, *begins) if re.match(rf"\W{{0,3}}(?:{_STATUS})\b", parts[at].raw)] if parts else []
        if labelled:
            return parts[: labelled[0]]
        return parts[: begins[-1]] if first and begins else []

    def _from_under(self) -> list[Item]:
        parts: list[_Line] = []
        for line in self._lines:
            if line.stamp is not None and line.stamp.has_time:
                self._items += [Unread(part.number, part.raw.strip()) for part in self._before_block(parts)]
                parts = parts[len(self._before_block(parts)) :]
                said = [part.body or part.raw.strip() for part in parts]
                if said:
                    row = Row(parts[0].number, line.stamp, "\n".join(said).strip())
                    self._items.append(row)
                else:
                    self._items.append(Unread(line.number, line.raw.strip()))
                parts = []
            elif line.what == "heading":
                self._zone_of(line)
                if line.stamp is not None and line.stamp.day is not None:
                    self._items.append(DayMark(line.number, line.stamp.day))
                elif re.fullmatch(_STATUS, line.body or line.raw.strip(), re.IGNORECASE):
                    parts.append(line)
            elif line.stamp is not None and line.stamp.day is not None and not line.rest:
                self._items += [Unread(part.number, part.raw.strip()) for part in parts]
                parts = []
                self._items.append(DayMark(line.number, line.stamp.day))
            elif line.what == "text" and not parts and (known := zone_of_all(line.body)) is not None:
                self._items.append(ZoneMark(line.number, known))
            elif line.what in ("text", "code", "quote", "trace"):
                parts.append(line)
        self._items += [Unread(part.number, part.raw.strip()) for part in parts]
        return self._items
