"""Timelines as JSON: an array, or one object on each line."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

from warroom.timelines.rows import DayMark, Item, Row, Unread
from warroom.timelines.stamps import SECOND, Stamp, stamp_at

# Names of fields in lower case; the first that an object has counts.
_TIME = (
    "at", "time", "timestamp", "ts", "datetime", "date_time", "when", "@timestamp", "created_at", "createdat",
    "created", "occurred_at", "happened_at", "logged_at", "reported_at", "event_time", "start", "started_at",
    "posted_at", "date", "zeit", "uhrzeit", "zeitpunkt", "zeitstempel", "datum",
)  # fmt: skip
_DAY = ("date", "day", "datum", "tag")
_TEXT = (
    "text", "message", "msg", "event", "description", "body", "what", "summary", "title", "note", "entry",
    "content", "details", "action", "update", "ereignis", "beschreibung", "nachricht", "meldung",
)  # fmt: skip
_WHO = (
    "user_profile", "who", "author", "user", "by", "actor", "name", "username", "user_name", "from", "sender",
    "owner", "person", "real_name", "nick", "wer",
)  # fmt: skip
_KIND = ("kind", "type", "event_type", "category")
_LISTS = ("entries", "timeline", "events", "messages", "items", "records", "data", "log", "updates", "incident_updates")
_DEEP = 4
"""How many objects within one another a list is looked for."""
_SHOWN = 500
"""Characters of an object that was not understood that are shown."""
_MOST_SECONDS = 7_000_000_000
"""A larger number, which would be a time after 2190 in Unix seconds, is one in milliseconds."""


def objects(text: str) -> list[tuple[int, Any]] | None:
    """The objects of a JSON array or of JSON lines, each with its line; None if it is neither."""
    start = text.lstrip("\ufeff \t\r\n")
    if start[:1] not in ("[", "{"):
        return None
    try:
        whole = json.loads(start)
    except (ValueError, RecursionError):
        return _lines(text)
    rows = _list_in(whole)
    if rows is None:
        return [(1, whole)] if isinstance(whole, dict) and _pick(whole, _TIME) is not None else None
    return [*zip(_numbers(text, len(rows)), rows, strict=True)]


def _lines(text: str) -> list[tuple[int, Any]] | None:
    found: list[tuple[int, Any]] = []
    good = 0
    for number, line in enumerate(text.split("\n"), 1):
        if not line.strip():
            continue
        try:
            value = json.loads(line)
            good += isinstance(value, dict)
        except (ValueError, RecursionError):
            value = line.strip()
        found.append((number, value))
    return found if good and good * 2 >= len(found) else None


def _list_in(value: Any, deep: int = 0) -> list[Any] | None:
    if isinstance(value, list):
        return value
    if isinstance(value, dict) and deep < _DEEP:
        for name in _LISTS:
            for key, inner in value.items():
                if key.lower() == name and (found := _list_in(inner, deep + 1)) is not None:
                    return found
        for inner in value.values():
            if isinstance(inner, dict) and (found := _list_in(inner, deep + 1)) is not None:
                return found
    return None


def _numbers(text: str, count: int) -> list[int]:
    """The line on which each object of an array begins, as well as can be told."""
    decoder, numbers = json.JSONDecoder(), []
    at = text.find("[") + 1
    line, counted = text.count("\n", 0, at) + 1, at
    for _ in range(count):
        while at < len(text) and text[at] in ", \t\r\n":
            at += 1
        line, counted = line + text.count("\n", counted, at), at
        numbers.append(line)
        try:
            _, at = decoder.raw_decode(text, at)
        except (ValueError, RecursionError):
            break
    return [*numbers, *[line] * (count - len(numbers))]


def items(rows: Iterable[tuple[int, Any]]) -> list[Item]:
    """What the objects say."""
    found: list[Item] = []
    for number, row in rows:
        if not isinstance(row, dict):
            found.append(Unread(number, str(row)[:_SHOWN]))
            continue
        value = _pick(row, _TIME)
        stamp = _stamp(value)
        text = _words(_pick(row, _TEXT))
        if stamp is None and value is None and text:
            stamp = Stamp(unknown=True)
        if stamp is None or not text:
            found.append(Unread(number, json.dumps(row, ensure_ascii=False)[:_SHOWN]))
            continue
        if stamp.day is None and stamp.clock is not None and (day := _stamp(_pick(row, _DAY))) is not None and day.day:
            found.append(DayMark(number, day.day))
        kind = _words(_pick(row, _KIND)).strip().lower()
        if kind == "message" and "ts" in row:
            kind = ""  # Slack calls all of its rows messages
        found.append(Row(number, stamp, text, _words(_pick(row, _WHO)).strip().lstrip("@"), kind))
    return found


def _pick(row: dict[str, Any], names: tuple[str, ...]) -> Any:
    lower = {str(key).lower(): value for key, value in row.items()}
    return next((lower[name] for name in names if lower.get(name) not in (None, "")), None)


def _words(value: Any) -> str:
    if isinstance(value, dict):
        value = _pick(value, ("real_name", "display_name", *_WHO, "email", "text", "value"))
    return value if isinstance(value, str) else "" if value is None or isinstance(value, (dict, list)) else str(value)


def _stamp(value: Any) -> Stamp | None:
    if isinstance(value, bool) or value is None:
        return None
    if isinstance(value, (int, float)):
        ms = value if value > _MOST_SECONDS else value * SECOND
        return Stamp(ms=round(ms)) if 0 < ms < _MOST_SECONDS * SECOND else None
    text = str(value).strip()
    found = stamp_at(text, bare=True)
    return found if found is not None and not text[found.end :].strip(" .)]") else None
