"""A time as people write it at the start of a line: with or without its date and zone, exact, about, or not known."""

from __future__ import annotations

import re

import msgspec

from warroom.timelines.dates import (
    DATE,
    FIRST_YEAR,
    LAST_YEAR,
    Day,
    counted_day_at,
    day_at,
    full_year,
    real_day,
    written,
)
from warroom.timelines.names import WEEKDAY, weekday
from warroom.timelines.ranges import hyphenated
from warroom.timelines.zones import ZONE, Zone, settled_beside, zone

SECOND, MINUTE, HOUR = 1_000, 60_000, 3_600_000

_UNKNOWN = r"(?:\?{1,2}|[xX]{2}|-{2}|_{2}|\*{2})"


class Stamp(msgspec.Struct, frozen=True, kw_only=True):
    """A time as it was written, in the parts that are there.

    `clock` is ms since midnight, None if there is only a date or if `unknown`; `after` is ms after the beginning
    (T+5m), of which `+1d 02:10` may also be a time of the next day: then `clock_after` is ms since midnight on the day
    that is `days_after` the first. `ms` is a moment in ms UTC by itself (Unix seconds). `weekday` is 0 for a Monday.
    `until` is the end of a range, as written. `half` says that it has am or pm, `word` that it is noon or midnight,
    which need none. `shift` is the zone that the end of a range may be, or may be the end of one: 22:00-05:00. `end` is
    where the time ends in the text.
    """

    day: Day | None = None
    clock: int | None = None
    unknown: bool = False
    about: bool = False
    zone: Zone | None = None
    after: int | None = None
    days_after: int = 0
    clock_after: int | None = None
    ms: int | None = None
    weekday: int | None = None
    until: str = ""
    shift: Zone | None = None
    half: bool = False
    word: bool = False
    end: int = 0

    @property
    def has_clock(self) -> bool:
        """Whether it says a time of a day, or a moment."""
        return self.clock is not None or self.ms is not None

    @property
    def has_time(self) -> bool:
        """Whether it says more than a day, if only that the time is not known."""
        return self.clock is not None or self.unknown or self.after is not None or self.ms is not None


_LEAD = re.compile(
    r"(?:(?P<about>~|≈|∼|\b(?:approx(?:imately)?\.?|about|around|circa|ca\.?|c\.|gegen|vers|hacia|verso|rond|roughly"
    r"|shortly (?:after|before)"
    r"|just (?:after|before)|before|after|by|prior to|nearly|almost|some time (?:after|before))(?=\s|~|\d))"
    r"|(?:at|on|from|between|since|starting(?: at)?|@"
    r"|ab|um|seit|von|à|dès|depuis|desde|dalle|alle|om|vanaf)(?=[\s\d]))\s*",
    re.IGNORECASE,
)
_ISO = re.compile(
    r"(?P<y>\d{4})-?(?P<m>\d\d)-?(?P<d>\d\d)[T_](?P<h>[01]\d|2[0-4]|\d(?=:)):?(?P<mi>[0-5]\d)"
    r"(?::?(?P<s>[0-5]\d)(?:[.,](?P<f>\d{1,9}))?)?"
)
_UNIX = re.compile(r"(?P<s>1[0-9]{9})(?:\.(?P<f>\d{1,6})|(?P<ms>\d{3}))?(?!\d|[:.\-/]\d)")
_AFTER = re.compile(
    r"(?:T\s?(?P<sign>[+\-−–])\s?|(?P<plus>\+)\s?)(?:(?P<d>\d{1,3})\s?d(?:ays?)?\s?)?(?:"
    r"(?P<h>\d{1,3}):(?P<m>[0-5]\d)(?::(?P<s>[0-5]\d))?"
    r"|(?=\d)(?:(?P<hh>\d{1,3})\s?h(?:(?:ou)?rs?)?\s?)?(?:(?P<mm>\d{1,5})\s?(?:m(?:in(?:ute)?s?)?|['′])\s?)?"
    r"(?:(?P<ss>\d{1,6})\s?(?:s(?:ec(?:ond)?s?)?|[\"″]))?"
    r"(?<=[\w'′\"″])(?!\w)"
    r"|(?<=d)|(?<=day)|(?<=days))(?!\w|:\d)"
)
_AFTER_BARE = re.compile(r"T(?:\s?(?P<sign>[+\-−–])\s?(?P<m>\d{1,4})|0)(?!\w|[:.]\d)")
_WEEKDAY_ONLY = re.compile(rf"(?P<weekday>{WEEKDAY})(?:,|\s)\s*(?:at\s+)?(?=[\d?~])", re.IGNORECASE)
_AT = r"\b(?:at|um|om|à|a las?|alle|ore|às)\b"
_BETWEEN = re.compile(
    rf"\s*(?:[,;]|@|[-–—|/·•]|T|:(?=\d\d:\d\d:\d\d)|{_AT})?\s*(?:{_AT}\s*)?(?P<about>~|≈|\b(?:about|around|approx\.?|ca\.?|circa)\s)?\s*",
    re.IGNORECASE,
)
_CLOCK = re.compile(
    rf"""
    (?:12(?:[:.]00)?\s)?(?P<word>noon|midday|midnight)\b
  | (?P<unknown>
        \d{{1,2}}[:.h]{_UNKNOWN}(?::{_UNKNOWN})?
      | {_UNKNOWN}:(?:{_UNKNOWN}|\d\d)(?::{_UNKNOWN})?
      | \d{{1,2}}:\d[?xX](?!\w)
      | \?{{2,5}}(?!\w)
    )\s?(?:[ap]\.?m\b\.?)?
  | (?P<h>\d{{1,2}})(?:[:.h]|\sh\s|\sh|h\s)(?P<m>[0-5]\d)(?!\d|\s?min)
    (?:[:.](?P<s>[0-5]\d)(?:[.,](?P<f>\d{{1,9}}))?)?(?!\d|:\d)
    (?:\s?(?P<ap>[ap])\.?\s?m\b\.?|(?P<a>[ap])(?=[\s\])–-]|$))?(?:\s?(?:h(?:rs?|ours)?|Uhr)\b)?
  | (?P<h2>\d{{1,2}})\s?(?:(?P<ap2>[ap])\.?\s?m\b\.?|Uhr\b)
  | (?P<hh>[01]\d|2[0-4])(?P<mm>[0-5]\d)(?=\s?(?:Z\b|h\b|hrs?\b|hours\b|\(?{ZONE}))(?:\s?(?:h|hrs?|hours)\b)?
    """,
    re.VERBOSE | re.IGNORECASE,
)
_SHIFTED = re.compile(r"[+−-]\d\d:?\d\d(?!\d|:)")
"""What is a shift from UTC behind a time such as 2025-11-03T10:00, if there is one so large."""
_SHIFTED_BY_CLOCK = re.compile(r"[+−-]\d\d:\d\d(?!\d|:)")
"""The same behind any time: 11:00-1500 may be followed by a number of something."""
_COLON_CLOCK = re.compile(r"\d{1,2}:\d\d(?::\d\d)?(?![\d:])(?:\s?[ap]\.?m\b)?", re.ASCII | re.IGNORECASE)
_IN_FRONT = re.compile(r"[^\w\n]{0,8}")
_BARE = re.compile(r"(?P<hh>[01]\d|2[0-3])(?P<mm>[0-5]\d)(?=\s*(?:[-–—:|]|\s\S)|\s*$)")
_ISH = re.compile(
    r"\s?(?:-?ish\b|\?(?=[\s:)\]*-]|$)|\(?(?:approx(?:imately)?|approximate|circa|about)\.?\)?(?=[\s:,-]|$))",
    re.IGNORECASE,
)
_ZONE = re.compile(rf"\s?[\[(]?\s?(?P<zone>Z\b|{ZONE})(?:\s(?:time))?\s?[\])]?", re.IGNORECASE)
_TO = re.compile(r"\s*(?:-|–|—|−|→|->|=>|\bto\b|\buntil\b|\btill?\b|\bthrough\b|\band\b|\.\.\.?|…)\s*", re.IGNORECASE)
_OTHER = re.compile(r"\s*[(/|=]\s*")
_DAYS_LATER = re.compile(
    r"\s*,?\s*(?:[(\[](?:the )?(?P<next>next|following) (?:day|morning)[)\]]"
    r"|[(\[]\+\s?(?P<days>\d{1,2})\s?d(?:ays?)?[)\]]|\+(?P<days2>\d{1,2})\s?d(?:ays?)?\b)",
    re.IGNORECASE,
)
"""What says behind a time that it is on a later day: `02:10 (next day)`, `02:10 (+1)`, `02:10 +1d`."""
_DAY_AFTER = re.compile(r"\s*(?:,|\bon\b|[-–—(])?\s*", re.IGNORECASE)


def stamp_at(text: str, at: int = 0, *, bare: bool = False) -> Stamp | None:
    """The time at this place of a text, with where it ends; None if there is none.

    `bare` allows four digits without a colon, 1320, as a time.
    """
    about = False
    while (lead := _LEAD.match(text, at)) is not None and lead.end() > at:
        about = about or bool(lead["about"])
        at = lead.end()
    if (found := _ISO.match(text, at)) is not None:
        return _iso(text, found, about=about)
    if (found := _UNIX.match(text, at)) is not None:
        ms = int(found["s"]) * SECOND + int(found["ms"] or (found["f"] or "0").ljust(3, "0")[:3])
        return Stamp(ms=ms, about=about, end=found.end())
    if (after := _after(text, at)) is not None:
        counts = Stamp(after=after[0], about=about, end=after[1])
        if (found := _AFTER.match(text, at)) is not None and found["plus"] and found["d"] and found["h"]:
            of_day = _ms(found["h"], found["m"], found["s"])
            counts = msgspec.structs.replace(counts, days_after=int(found["d"]), clock_after=of_day)
        return _finish(text, after[1], counts, zones=False)
    if (dated := day_at(text, at)) is not None:
        on_date = _after_date(text, *dated, about=about, bare=bare)
        return None if _is_impossible(text, on_date) else on_date
    if (found := DATE.match(text, at)) is not None and full_year(found):
        return None  # there is no such day, and 2025 is then no time either
    if (counted := counted_day_at(text, at)) is not None:
        on_day = _after_date(text, *counted, about=about, bare=bare)
        return on_day if on_day.has_time else None
    on = None
    if (found := _WEEKDAY_ONLY.match(text, at)) is not None:
        on, at = weekday(found["weekday"]), found.end()
    clock = _clock(text, at, bare=bare)
    stamp = None if clock is None else _with_clock(text, clock, Stamp(weekday=on, about=about))
    if stamp is None or _is_impossible(text, stamp):
        return None
    return None if stamp.day is None and _wrong_date_behind(text, stamp.end) else stamp


def _is_impossible(text: str, stamp: Stamp) -> bool:
    """Whether what follows a date has the form of a time but is none, 10:60, or a time has no such zone: +25:00."""
    if stamp.clock is not None:
        return stamp.zone is None and not stamp.until and _SHIFTED_BY_CLOCK.match(text, stamp.end) is not None
    between = _BETWEEN.match(text, stamp.end)
    return not stamp.has_time and between is not None and _COLON_CLOCK.match(text, between.end()) is not None


def _iso(text: str, found: re.Match[str], *, about: bool) -> Stamp | None:
    day = real_day(int(found["y"]), int(found["m"]), int(found["d"]))
    clock = _ms(found["h"], found["mi"], found["s"], found["f"])
    if day is None or clock is None:
        return None
    stamp = _finish(text, found.end(), Stamp(day=day, clock=clock, about=about), ranges=False)
    return None if stamp.zone is None and _SHIFTED.match(text, found.end()) else stamp


def _after_date(text: str, day: Day, end: int, *, about: bool, bare: bool) -> Stamp:
    """The time after a date that ends at `end`; only the date, if there is none."""
    between = _BETWEEN.match(text, end)
    assert between is not None
    clock = _clock(text, between.end(), bare=bare)
    about = about or (clock is not None and bool(between["about"]))
    stamp = Stamp(day=day, weekday=day.weekday, about=about, end=end)
    return stamp if clock is None else _with_clock(text, clock, stamp)


def why_no_time(text: str) -> str:
    """Why what a text begins with is no time although it has the form of one, in a sentence; "" if it hasn't."""
    begin = _IN_FRONT.match(text)
    at = begin.end() if begin is not None else 0
    found = DATE.match(text, at)
    if (iso := _ISO.match(text, at)) is not None:
        year, known = int(iso["y"]), real_day(int(iso["y"]), int(iso["m"]), int(iso["d"])) is not None
        if known and (shift := _SHIFTED.match(text, iso.end())) is not None and zone(shift.group()) is None:
            return f"No zone is {shift.group()} from UTC."
        shown = iso.group()[: 10 if "-" in iso.group() else 8]
    elif found is not None and written(found) is not None:
        between = _BETWEEN.match(text, found.end())
        return _wrong_clock(text, between.end()) if between is not None else ""
    elif found is not None and (with_year := full_year(found)):
        year, known, shown = int(with_year), False, found.group()
    elif found is not None and _is_before_clock(text, found):
        return f"There is no {found.group()}."
    else:
        return _wrong_clock(text, at)
    if known:
        return ""
    is_year = FIRST_YEAR <= year <= LAST_YEAR
    return f"There is no {shown}." if is_year else f"Only the years {FIRST_YEAR} to {LAST_YEAR} are read, not {shown}."


def _wrong_clock(text: str, at: int) -> str:
    """Why what has the form of a time, 10:60, is none, or why its zone or its date is none; "" if it is one."""
    found = _COLON_CLOCK.match(text, at)
    if found is None:
        return ""
    if (known := _clock(text, at)) is None:
        return f"There is no {found.group()}."
    if (shift := _SHIFTED_BY_CLOCK.match(text, known[1])) is not None and zone(shift.group()) is None:
        return f"No zone is {shift.group()} from UTC."
    wrong = _wrong_date_behind(text, found.end())
    return f"There is no {wrong}." if wrong else ""


def _is_before_clock(text: str, date_: re.Match[str]) -> bool:
    """Whether a time follows a date, which is then no number of something."""
    between = _BETWEEN.match(text, date_.end())
    return between is not None and _clock(text, between.end()) is not None


def _wrong_date_behind(text: str, end: int) -> str:
    """The date behind a time, `13:20 on 2025-02-30`, if there is no such date; else ""."""
    link = _DAY_AFTER.match(text, end)
    found = DATE.match(text, link.end()) if link is not None else None
    return found.group() if found is not None and full_year(found) and written(found) is None else ""


def _with_clock(text: str, clock: tuple[int | None, int], stamp: Stamp) -> Stamp:
    ms, end = clock
    shown = text[:end].rstrip(". ").lower()
    half, word = shown.endswith(("m", "a", "p")), shown.endswith(("noon", "midday", "midnight"))
    return _finish(text, end, msgspec.structs.replace(stamp, clock=ms, unknown=ms is None, half=half, word=word))


def _finish(text: str, end: int, stamp: Stamp, *, zones: bool = True, ranges: bool = True) -> Stamp:
    """The stamp with what may follow its time: its zone, its date, the end of a range, the same time elsewhere.

    Without `ranges`, -05:00 right behind it is always a zone.
    """
    about, end = _ish(text, end, about=stamp.about)
    zoned = shift = None
    second = hyphenated(text, end, stamp.clock, is_dated=stamp.day is not None) if zones and ranges else None
    if zones and (second is None or not second.ends_range):
        zoned, end = _zone(text, end)
        if zoned is not None:
            about, end = _ish(text, end, about=about)
    until, until_zone, end = _until(text, end, stamp, zones=zones)
    if second is not None and until_zone is None and bool(until) == second.ends_range:
        shift = second.shift
    zoned = zoned or until_zone
    if zones:
        end = _elsewhere(text, end)
    day, weekday = stamp.day, stamp.weekday
    if day is None and stamp.after is None and (later := _date_behind(text, end)) is not None:
        if until and later[0].is_relative:  # 22:00 – 00:30 (next day) begins on this day
            until, end = text[end - len(until) : later[1]].strip(), later[1]
        else:
            day, end = later
            weekday = day.weekday
        if zoned is None:
            zoned, end = _zone(text, end)
    return msgspec.structs.replace(
        stamp, about=about, zone=zoned, until=until, shift=shift, day=day, weekday=weekday, end=end
    )


def _ish(text: str, end: int, *, about: bool) -> tuple[bool, int]:
    """Whether a time is approximate, `13:20-ish`, and where that ends."""
    found = _ISH.match(text, end)
    return (about, end) if found is None else (True, found.end())


def _zone(text: str, end: int) -> tuple[Zone | None, int]:
    """The zone at this place, and where it ends."""
    found = _ZONE.match(text, end)
    known = zone(found["zone"]) if found is not None else None
    if found is None or known is None:
        return None, end
    sure, last = settled_beside(known, text, found.end("zone"))
    return sure, (last if sure is not known else found.end())


def _until(text: str, end: int, stamp: Stamp, *, zones: bool) -> tuple[str, Zone | None, int]:
    """The end of a range, `13:20 – 13:40 UTC`, as written, its zone, and where it ends; "" if there is none."""
    to = _TO.match(text, end)
    if to is None:
        return "", None, end
    begin = to.end()
    if (shown := DATE.match(text, begin)) is not None and (between := _BETWEEN.match(text, shown.end())) is not None:
        begin = between.end()
    if stamp.after is not None and (last := _AFTER.match(text, begin) or _AFTER_BARE.match(text, begin)) is not None:
        return text[to.end() : last.end()], None, last.end()
    bare = text[max(0, end - 4) : end].isdigit()  # 2200-0200
    if not stamp.has_time or (clock := _clock(text, begin, bare=bare)) is None:
        return "", None, end
    zoned, end = _zone(text, clock[1]) if zones else (None, clock[1])
    return text[to.end() : end].strip(), zoned, end


def _elsewhere(text: str, end: int) -> int:
    """Where the same time in another zone ends, which is left out: `04:19 PST (12:19 UTC)`."""
    other = _OTHER.match(text, end)
    same = _clock(text, other.end()) if other is not None else None
    zoned, last = _zone(text, same[1]) if same is not None else (None, end)
    if zoned is None:
        return end
    return last + 1 if text[last : last + 1] in (")", "]") else last


def _date_behind(text: str, end: int) -> tuple[Day, int] | None:
    """The date behind a time, `13:20 on 5 May`, and where it ends; 13:20 – 5/6 says none. `(next day)` is one."""
    if (later := _DAYS_LATER.match(text, end)) is not None:
        if later["next"]:
            return Day(None, later=1), later.end()
        return Day(None, nth=int(later["days"] or later["days2"]) + 1), later.end()
    link = _DAY_AFTER.match(text, end)
    found = DATE.match(text, link.end()) if link is not None else None
    if link is None or found is None or not (found["iy"] or found["dm"] or found["dm2"] or found["mm"] or found["n1"]):
        return None
    day, end = written(found), found.end()
    if day is None:
        return None
    return day, end + 1 if "(" in link.group() and text[end : end + 1] == ")" else end


def _after(text: str, at: int) -> tuple[int, int] | None:
    found = _AFTER.match(text, at)
    if found is not None and any(found[name] for name in ("d", "h", "hh", "mm", "ss")):
        hours, minutes = int(found["h"] or found["hh"] or 0), int(found["m"] or found["mm"] or 0)
        ms = (
            int(found["d"] or 0) * 24 * HOUR
            + hours * HOUR
            + minutes * MINUTE
            + int(found["s"] or found["ss"] or 0) * SECOND
        )
        return (-ms if (found["sign"] or "+") in "-−–" else ms), found.end()
    if (found := _AFTER_BARE.match(text, at)) is not None:
        minutes = int(found["m"] or 0)
        return (-minutes if (found["sign"] or "+") in "-−–" else minutes) * MINUTE, found.end()
    return None


def _clock(text: str, at: int, *, bare: bool = False) -> tuple[int | None, int] | None:
    """The ms since midnight (None: not known) of a clock time at this place, and where it ends."""
    found = _CLOCK.match(text, at)
    if found is None:
        found = _BARE.match(text, at) if bare else None
        return None if found is None else (_ms(found["hh"], found["mm"]), found.end())
    if found["unknown"]:
        return None, found.end()
    if found["word"]:
        return (0 if found["word"].lower() == "midnight" else 12 * HOUR), found.end()
    hour, minute = found["h"] or found["h2"] or found["hh"], found["m"] or found["mm"] or "0"
    half = (found["ap"] or found["a"] or found["ap2"] or "").lower()
    if half:
        if int(hour) > (12 if half == "a" else 23):
            return None
        hour = str(int(hour) % 12 + (12 if half == "p" else 0)) if int(hour) <= 12 else hour
    ms = _ms(hour, minute, found["s"], found["f"])
    return None if ms is None else (ms, found.end())


def _ms(hour: str, minute: str, second: str | None = None, fraction: str | None = None) -> int | None:
    ms = int(hour) * HOUR + int(minute) * MINUTE + int(second or 0) * SECOND + int((fraction or "0").ljust(3, "0")[:3])
    return ms if ms <= 24 * HOUR else None
