"""The review of incidents: the figures over many of them, for the monthly meeting; the values for its template."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import tzinfo

import msgspec

from warroom.documents import metrics, status
from warroom.documents.figure_words import (
    CANCELLED,
    GROUPED,
    IN_WORDS,
    NOTE,
    bar,
    median_words,
    overview,
    time_lines,
)
from warroom.documents.sections import TimeFormat, Values
from warroom.documents.table import as_table
from warroom.documents.trend_words import COMPARED, headlines
from warroom.model import times
from warroom.model.drills import DRILL
from warroom.model.figures import Counts, Figure, Group, Report
from warroom.text.cleaning import clean_line
from warroom.text.width import shorten

_NAME = 100
"""The most cells of a system or a cause."""
ALL = "All"
"""The name of the row of all incidents."""


class Review(msgspec.Struct, frozen=True):
    """The input for the review: the figures at `now`, of what began at `since` or later (ms UTC), grouped by `by`."""

    report: Report
    now: int
    since: int | None = None
    by: str | None = None
    tz: tzinfo | None = None

    @property
    def groups(self) -> tuple[Group, ...]:
        """All incidents, and each group after them, if there are several: a single one is all there is."""
        several = self.report.groups if len(self.report.groups) > 1 else ()
        return (Group(ALL, self.report.all), *several)


def values(review: Review) -> Values:
    """The values for the template: plain dicts, lists, strings and numbers."""
    found, since = review.report.all, "" if review.since is None else times.day(review.since, review.tz)
    most = max((group.metrics.incidents for group in review.report.groups), default=0)
    return {
        "written": TimeFormat(review.tz, dated=True, zoned=True)(review.now),
        "since": since,
        "overview": overview(found, "") if found.incidents else "none",
        "cancelled": CANCELLED if found.cancelled else "",
        "note": NOTE,
        "short": [{"name": one.name, "words": one.words} for one in headlines(review.report)],
        "compared": COMPARED if review.report.before else "",
        "grouped": GROUPED[review.by] if review.by else "",
        "groups": [
            {
                "name": clean_line(group.name),
                "incidents": group.metrics.incidents,
                "bar": bar(group.metrics.incidents, most),
            }
            for group in review.report.groups
        ],
        "times": [
            {
                "heading": figure.measure.heading,
                "rows": _times([(group.name, group.metrics.times[number]) for group in review.groups]),
            }
            for number, figure in enumerate(found.times)
        ],
        "figures": [
            {
                "heading": told.heading,
                "rows": [
                    {"name": clean_line(group.name), "words": first, "more": more}
                    for group in review.groups
                    for first, *more in filter(None, [told.lines(group.metrics)])
                ],
            }
            for told in IN_WORDS
        ],
        "recurring": [
            {"heading": "Systems affected more than once", **_recurring(found.systems)},
            {"heading": "Causes found more than once", **_recurring(found.causes)},
        ],
    }


def _times(rows: list[tuple[str, Figure]]) -> list[Values]:
    """A time of all incidents and of each group; the bars compare the medians."""
    most = max(figure.summary.median or 0 for _, figure in rows)
    found = []
    for name, figure in rows:
        lines = time_lines(figure, 1, median_words(figure))
        words, more = (": ".join(lines[0].split("  ", 1)), lines[1:]) if figure.summary.n else ("", lines)
        length = bar(figure.summary.median or 0, most)
        found.append({"name": clean_line(name), "words": words, "bar": length, "more": more})
    return found


def _recurring(counts: Counts) -> Values:
    found = [(shorten(clean_line(name), _NAME), n) for name, n in counts.recurring]
    known = sum(n for _, n in counts.rows)
    return {
        "rows": [{"name": name, "incidents": n, "bar": bar(n, found[0][1])} for name, n in found],
        "unknown": f"Known for {known} of {known + counts.unknown}." if counts.unknown else "",
    }


def as_json(review: Review) -> Iterator[str]:
    """The figures as JSON, the same as `warroom stats --json`."""
    yield status.encoded(metrics.as_data(review.report, review.now, review.since, review.by)) + "\n"


_COLUMNS = ("group", "figure", "from", "to", "n", "median_s", "p90_s", "mean_s", "least_s", "most_s", "left_out")


def as_csv(review: Review) -> Iterator[str]:
    """The times as CSV, a row for each group and time, durations in seconds; what is not known is an empty cell.

    Drills are a group of their own at the end, and in no other one.
    """
    found = [(group.name, metrics.metrics_data(group.metrics)["times"]) for group in review.groups]
    if review.report.drills:
        found.append((DRILL, metrics.drills_data(review.report.drills)["times"]))
    rows = []
    for group, figures in found:
        for id, data in figures.items():
            left_out = sum(reason["n"] for reason in data["left_out"])
            cells = {**data, "group": group, "figure": id, "left_out": left_out}
            rows.append(["" if cells[name] is None else str(cells[name]) for name in _COLUMNS])
    yield as_table(_COLUMNS, rows)
