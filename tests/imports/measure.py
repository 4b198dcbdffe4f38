"""How much of timelines in many layouts is understood: entries found, times and kinds that are right."""

from __future__ import annotations

import json
from collections import Counter
from datetime import date, datetime
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

from warroom.timelines import Given, Timeline, TimelineEntry, read, zone

FOLDER = Path(__file__).parent / "timelines"


class Sample(NamedTuple):
    """A timeline as somebody would paste it, and what it says: see the `.expected.json` beside it."""

    name: str
    text: str
    given: Given
    expected: dict[str, Any]


class Result(NamedTuple):
    """What was counted in one timeline, and each difference in words."""

    counts: Counter[str]
    differences: list[str]


@cache
def samples() -> tuple[Sample, ...]:
    """Every timeline of the folder."""
    found = []
    for file in sorted(FOLDER.glob("*.expected.json")):
        expected = json.loads(file.read_text("utf-8"))
        stem = file.name.removesuffix(".expected.json")
        (source,) = (path for path in FOLDER.glob(f"{stem}.*") if path != file)
        found.append(Sample(stem, source.read_bytes().decode("utf-8-sig"), _given(expected), expected))
    return tuple(found)


def _given(expected: dict[str, Any]) -> Given:
    known = zone(expected["zone"]) if expected["zone"] else None
    day = expected["date"]
    if day is None:
        return Given(zone=known)
    if len(day) == len("2025-10-28"):
        return Given(day=date.fromisoformat(day), zone=known)
    moment = datetime.fromisoformat(day)
    if moment.tzinfo is None:
        assert known is not None
        moment = moment.replace(tzinfo=known.tz)
    return Given(day=moment.date(), start=round(moment.timestamp() * 1000), zone=known)


def measure(sample: Sample) -> Result:
    """Read a timeline and compare it with what it says."""
    counts: Counter[str] = Counter()
    differences: list[str] = []
    timeline = read(sample.text, sample.given)
    got = {entry.line: entry for entry in timeline.entries}
    for row in sample.expected["entries"]:
        counts["there"] += 1
        entry = got.pop(row["line"], None)
        if entry is None:
            differences.append(f"line {row['line']}: not found: {row['text']}")
            continue
        counts["found"] += 1
        for what, value, wanted in _values(entry, row):
            counts[what] += value == wanted
            if value != wanted:
                differences.append(f"line {row['line']}: {what} {value!r} instead of {wanted!r}: {entry.text[:60]!r}")
    counts["wrong"] += len(got)
    differences += [f"line {line}: no entry: {entry.text[:60]!r}" for line, entry in got.items()]
    differences += [f"has to be asked for: {what}" for what in sorted(timeline.missing)]
    counts["unread"] += _unread(timeline) == set(sample.expected["not_understood"])
    return Result(counts, differences)


def _values(entry: TimelineEntry, row: dict[str, Any]) -> list[tuple[str, object, object]]:
    at = None if row["at"] is None else round(datetime.fromisoformat(row["at"]).timestamp() * 1000)
    words = " ".join(row["text"].split())
    return [
        ("time", entry.at, at),
        ("precision", entry.precision, row["precision"]),
        ("kind", entry.kind, row["kind"]),
        ("text", words in " ".join(entry.text.split()), True),
        ("who", entry.who if row["who"] else "", row["who"]),
    ]


def _unread(timeline: Timeline) -> set[int]:
    return {line.line for line in timeline.not_understood}
