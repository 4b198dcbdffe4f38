"""One line of a timeline: what it is, and the time that it begins with, after marks, a label or a name."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Literal

import msgspec

from warroom.timelines.copies import is_mail_header
from warroom.timelines.dates import day_at
from warroom.timelines.rows import NAME, is_word
from warroom.timelines.stamps import Stamp, stamp_at

What = Literal["blank", "code", "quote", "trace", "rule", "heading", "comment", "day", "mail", "text"]

STATUS = (
    r"(?:Investigating|Identified|Monitoring|Resolved|Update|Updated|Posted|Scheduled|In progress|Completed|Verifying"
    r"|Post-?mortem|Acknowledged|Mitigated|Recovering|Detected|Opened|Closed|Started?|Ended?|Time|Timestamp|When|Date)"
)
"""A pattern for the labels that status pages put in front of a time or a post; without groups."""
_SILENT = re.compile(r"(?:Posted|Time|Timestamp|When|Date)$", re.IGNORECASE)
"""Labels that say nothing about what happened."""
_LOG = re.compile(
    r"(?P<host>[\w.:-]{3,45}) \S{1,40} \S{1,40} (?=\[\d{1,2}/[A-Z][a-z]{2}/\d{4}:)|<\d{1,3}>(?:1 )?(?=\w)"
)
"""What stands in front of the time in the log of a web server, `10.2.3.4 - - [14/Jan/2026:…`, or in syslog."""
_T_IS = re.compile(r"\W{0,3}T ?[+-]? ?0?\s*(?:=|:|is|was|at)\s+(?=[\d\[(A-Z])")
"""What stands in front of the moment that T+0 is: `T0 = …`."""

_FENCE = re.compile(r"\s*(?:[-*+]\s+)?(```+|~~~+)")
_HEADING = re.compile(r"\s{0,3}(?P<marks>#{1,6})\s")
_UNDERLINE = re.compile(r"\s{0,3}(?:={3,}|-{3,})\s*$")
_RULE = re.compile(r"\s{0,3}(?:[-*_=~](?:\s*[-*_=~]){2,})\s*$")
_BULLET = re.compile(
    r"\s*(?P<mark>\*{2,6}(?=\s+<)|[-*+•·●▪◦–—→▸‣✓✗]|\d{1,3}[.)](?=\s)|[\u2600-\u27bf\U0001f000-\U0001faff]\ufe0f?|:[a-z][\w+-]+:)\s+"
    r"(?:\[[ xX]\]\s+)?"
)
_QUOTE = re.compile(r"\s{0,8}>")
_COMMENT = re.compile(r"\s*<!--.*-->\s*$")
_TRACE = re.compile(
    r"\s+(?:at |File \"|\.\.\. \d+ more)|Traceback \(most recent|Caused by: |[\w.]+(?:Error|Exception)(?:: |$)"
)
_OPEN = re.compile(r"(?:[\[(<{*_`\"'“]|~~){1,4}\s?")
_CLOSE = re.compile(r"\s?[\])>}*_`~\"'”]{1,4}")
_LINK = re.compile(r"\[(?=[^\]]{1,60}\]\((?P<url>[^)\s]{1,500})\))")
_BOLD_END = re.compile(r"[^*_]{0,60}?(\*\*|__|\*|_)")
_AFTER = re.compile(r"\s*(?:(?:[-–—−:|>•·,;]|->|=>|→|\.\.\.|…)[*_`~]*\s*){0,3}")
"""What may stand between a time and the words."""
_LABEL = re.compile(
    rf"[*_\[]{{0,3}}(?P<label>{STATUS})(?: \d+ \w+ ago\.?| about \w+ \w+ ago\.?)?(?: (?:at|on))?[*_\]]{{0,3}}\s*"
    r"(?:[-–—:|]\s*)?(?=[*_`\[(~]*[\d~≈JFMASONDTW])",
    re.IGNORECASE,
)
_NAME_FIRST = re.compile(
    rf"(?P<who>{NAME}|[a-z][\w.-]{{1,30}})(?:\s+(?:APP|BOT))?"
    r"(?:\s+(?:(?:has |have )?(?:added|posted|left|edited|made|wrote)\b(?: an?\b)?(?: \w+){0,2}|commented))?"
    r"\s*(?:[:,—–-]\s*|\s)(?:on |at )?"
    r"(?=[\[(]?(?:\d|[Tt]oday at|[Yy]esterday at|Mon|Tue|Wed|Thu|Fri|Sat|Sun"
    r"|Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec))"
)
_LONGEST_HEAD = 90
"""Characters of a line above a message that gives a name and a time, as chats have it."""
_MARK_OF_IRC = r"[\])>}]{0,2}\s+(?:-!-|-->|<--|--|==|→|←|\*{1,3})\s(?:\|\s)?"
_NICK_AND_HOST = r"\S{1,40}\s(?:[(\[][^)\]\s]{1,80}[)\]]\s)?"
_COMES_OR_GOES = re.compile(
    rf"{_MARK_OF_IRC}{_NICK_AND_HOST}has (?:joined|left|quit)\s?[#&(\[]"
    r"|[\])>}]{0,2}\s+-!-\s(?:mode/|irssi:|netsplit|"
    rf"{_NICK_AND_HOST}(?:has (?:joined|left|quit)|is now known as)\b)",
    re.IGNORECASE,
)
"""What IRC shows behind a time when somebody comes or goes: `-!- alice has joined #ops`."""
_SEEMS_TO_COME_OR_GO = re.compile(
    rf"{_MARK_OF_IRC}(?:(?:joins|parts|quits): |{_NICK_AND_HOST}(?:has )?(?:(?:joined|left|quit|parted)"
    r"(?=\s*(?:$|[#&(\[]|irc\b|the (?:channel|room)\b))|is now known as\b))"
    r"|[\])>}]{0,2}\s+(?:-->|<--)\s\S{1,40}\s*$",
    re.IGNORECASE,
)
"""What IRC shows as well, but people may have written: `*** bob quit`, `--> eve`."""
_SAID_IN_IRC = re.compile(r"[\W\d]{5,30}\s<[@+%&~ ]?[\w.`|\[\]\\^{}-]{1,40}>\s")
_MARKED_DAY = re.compile(r"\W*(?:log (?:opened|closed)|day changed(?: to)?)?\W*", re.IGNORECASE)
_CTIME = re.compile(
    r"(?P<weekday>[A-Z][a-z]{2}) (?P<month>[A-Z][a-z]{2}) +(?P<day>\d{1,2}) (?:[\d:]{5,8} )?(?P<year>\d{4})"
)


class Line(msgspec.Struct):
    """A line with its number from 1, what it is, and its time if it begins with one."""

    number: int
    raw: str
    what: What = "text"
    indent: int = 0
    bullet: bool = False
    body: str = ""
    """Its text without the marks of a list or a heading."""
    content: int = 0
    """Where its words begin, after the mark of a list."""
    stamp: Stamp | None = None
    who: str = ""
    rest: str = ""
    """What follows its time."""
    moment: Stamp | None = None
    """The moment of T+0, if it gives that."""

    @property
    def has_time(self) -> bool:
        """Whether it begins with a time, and not only with a date."""
        return self.stamp is not None and self.stamp.has_time

    @property
    def is_day(self) -> bool:
        """Whether it begins with a date that has no time."""
        return self.stamp is not None and not self.stamp.has_time and self.stamp.day is not None

    @property
    def frame(self) -> str:
        """How its time stands in the line: heading, bullet, bracket, chat, alone, or bare."""
        if self.what == "heading":
            return "heading"
        if self.who:
            return "chat"
        if self.bullet:
            return "bullet"
        if self.body[:1] in ("[", "(", "*", "`", "_"):
            return "bracket"
        return "bare" if self.rest else "alone"


def classified(lines: Sequence[tuple[int, str]], *, bare: bool) -> Iterator[Line]:
    """What each of the numbered lines is. `bare` allows 1320 as a time."""
    fence = ""
    is_irc = any(_SAID_IN_IRC.match(raw) for _, raw in lines)
    for at, (number, raw) in enumerate(lines):
        mark = _FENCE.match(raw)
        if fence or mark is not None:
            yield Line(number, raw, "code")
            if mark is not None:
                fence = _fence_after(raw.strip(), mark[1], fence)
            continue
        following = lines[at + 1][1] if at + 1 < len(lines) else ""
        line = _line(number, raw, following, bare=bare)
        yield Line(number, raw, "comment") if _comes_or_goes(line, is_irc=is_irc) else line


def _comes_or_goes(line: Line, *, is_irc: bool) -> bool:
    """Whether a line only says that somebody came or went."""
    if line.stamp is None or not line.stamp.has_time or not line.rest:
        return False
    end = line.stamp.end
    return bool(
        _COMES_OR_GOES.match(line.body, end) or (is_irc and _SEEMS_TO_COME_OR_GO.match(line.body, end)),
    )


def _fence_after(text: str, mark: str, fence: str) -> str:
    """The mark that ends the code which goes on below a line with the mark of a fence; "" if it ends with the line."""
    if fence:
        return "" if text.startswith(fence) else fence
    opens_and_closes = text.count(mark) > 1 and len(text) > len(mark)
    return "" if opens_and_closes else mark


def _line(number: int, raw: str, following: str, *, bare: bool) -> Line:
    if not raw.strip():
        return Line(number, raw, "blank")
    if is_mail_header(raw):
        return Line(number, raw, "mail", body=raw.strip())
    if _QUOTE.match(raw):
        return Line(number, raw, "quote")
    if _COMMENT.match(raw):
        return Line(number, raw, "comment")
    if ":" not in raw and _RULE.match(raw):  # --:-- is a time that is not known
        return Line(number, raw, "rule")
    if (day := _marked_day(raw.strip())) is not None:
        return Line(number, raw, "day", stamp=day, body=raw.strip())
    if _TRACE.match(raw):
        return Line(number, raw, "trace")
    if (heading := _HEADING.match(raw)) is not None:
        line = Line(number, raw, "heading", body=raw[heading.end() :].strip().rstrip("#").rstrip())
        _read_time(line, bare=bare)
        return line
    line = _text(number, raw, bare=bare)
    if line.stamp is None and not line.bullet and _UNDERLINE.match(following):
        line.what = "heading"
    return line


def _text(number: int, raw: str, *, bare: bool) -> Line:
    """A line of text, or of a list."""
    spaced = raw.expandtabs(4)
    bullet = _BULLET.match(raw)
    line = Line(number, raw, indent=len(spaced) - len(spaced.lstrip()), bullet=bullet is not None)
    line.content = bullet.end() if bullet is not None else line.indent
    line.body = raw[bullet.end() :].strip() if bullet is not None else raw.strip()
    _read_time(line, bare=bare)
    if bullet is not None and line.stamp is None and bullet["mark"][0].isdigit():
        whole = Line(number, raw, body=raw.strip())  # "13. May 2021 …" is no thirteenth item
        _read_time(whole, bare=bare)
        if whole.stamp is not None:
            line.body, line.stamp, line.rest, line.bullet = whole.body, whole.stamp, whole.rest, False
    return line


def _marked_day(text: str) -> Stamp | None:
    """The day of a line that only divides days: `----- June 4th, 2019 -----`, `--- Day changed Mon Mar 10 2025`."""
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


def _read_time(line: Line, *, bare: bool) -> None:
    """Find the time at the start of a line: after marks, a label such as "Update -", or a name as chats have it."""
    text = line.body
    if (begin := _T_IS.match(text)) is not None and (found := _time_from(text, begin.end(), bare=False)) is not None:
        line.moment, line.rest = found
        line.stamp = Stamp(after=0, end=line.moment.end) if line.rest else None
        return
    if (log := _LOG.match(text)) is not None and (found := _time_from(text, log.end(), bare=False)) is not None:
        line.stamp, line.rest = found[0], f"{log['host']} {found[1]}" if log["host"] else found[1]
        return
    label = ""
    at = 0
    if (labelled := _LABEL.match(text)) is not None:
        at = labelled.end()
        label = "" if _SILENT.match(labelled["label"]) else labelled["label"]
    done = _time_from(text, at, bare=bare)
    if done is None and at:
        label, done = "", _time_from(text, 0, bare=bare)
    if done is None:
        _read_name_and_time(line)
        return
    line.stamp, line.rest = done
    if line.stamp.after == 0 and (found := _time_from(line.rest, 0, bare=False)) is not None and found[0].has_clock:
        line.moment, line.rest = found
    if label:
        line.rest = f"{label}: {line.rest}" if line.rest else label


def _read_name_and_time(line: Line) -> None:
    """Find the name and the time that are all of a line, as chats put it above a message."""
    named = _NAME_FIRST.match(line.body) if len(line.body) < _LONGEST_HEAD else None
    done = _time_from(line.body, named.end(), bare=False) if named is not None else None
    if named is not None and done is not None and done[0].has_time and not done[1].strip(" ]):"):
        line.stamp = done[0]
        if re.fullmatch(STATUS, named["who"], re.IGNORECASE) or (
            line.body[named.end()] in "([" and is_word(named["who"])
        ):
            line.rest = named["who"]
        else:
            line.who = named["who"].lstrip("@")


def _time_from(text: str, at: int, *, bare: bool) -> tuple[Stamp, str] | None:
    """The time at a place, within brackets, bold or a link, and the text after it."""
    opened = _OPEN.match(text, at)
    begin = opened.end() if opened is not None else at
    stamp = stamp_at(text, begin, bare=bare)
    if stamp is None:
        return None
    end = stamp.end
    if end < len(text) and text[end].isalnum() and text[end - 1].isalnum():
        return None
    if (link := _LINK.match(text, at)) is not None:
        rest = text[text.find("](", at) + 2 + len(link["url"]) + 1 :]
        return stamp, (_AFTER.sub("", rest, count=1) + f" ({link['url']})").strip()
    if opened is not None:
        if (closed := _CLOSE.match(text, end)) is not None:
            end = closed.end()
        elif opened.group().strip() in ("**", "__", "*", "_") and (bold := _BOLD_END.match(text, end)):
            # **13:20 UTC – Deploy** text: the bold words belong to the text
            inner = text[end : bold.end() - len(bold[1])]
            return stamp, _AFTER.sub("", f"{inner}{text[bold.end() :]}", count=1).strip()
    if text[end : end + 1] == "." and not text[end + 1 : end + 2].isdigit():
        end += 1
    after = _AFTER.match(text, end)
    assert after is not None
    rest = text[after.end() :].strip()
    iso = text[begin : begin + 4].isdigit()
    if not stamp.has_time and rest and opened is None and not iso and not after.group().strip(" *_`"):
        return None  # "May 5 we saw …" says nothing that can be told from prose
    if stamp.zone is None and stamp.has_time and end != stamp.end:
        return _with_zone_after(stamp, text[end:].lstrip()) or (stamp, rest)
    return stamp, rest


def _with_zone_after(stamp: Stamp, text: str) -> tuple[Stamp, str] | None:
    """A time whose zone stands after the marks, `**13:20** UTC`, and the text after it; None if there is no zone."""
    before = "00:00 "
    again = stamp_at(before + text)
    if again is None or again.zone is None:
        return None
    rest = _AFTER.sub("", text[again.end - len(before) :], count=1).strip()
    return msgspec.structs.replace(stamp, zone=again.zone), rest
