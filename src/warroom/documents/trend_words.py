"""What matters most in the numbers, in words: is it getting better, which promises were broken, what comes back."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import tzinfo

import msgspec

from warroom.documents.figure_incidents import CAUSE, SYSTEM
from warroom.documents.figure_words import drill_words, span
from warroom.model import ids, trends
from warroom.model.cases import Case, as_name
from warroom.model.figures import MEASURES, Counts, Figure, Metrics, Promises, Report
from warroom.model.trends import Series
from warroom.text.cleaning import clean_line
from warroom.text.counts import counted
from warroom.text.width import shorten

_RESOLVE = next(number for number, measure in enumerate(MEASURES) if measure.id == "resolve")
_SHORT_NAMES = {"stakeholders": "First to stakeholders", "customers": "First to customers"}
_NAMED = 2
"""The most systems or causes that are named in a sentence."""
_LISTED = 5
"""The most systems, and causes, that have a row."""


class Headline(msgspec.Struct, frozen=True):
    """One of the things that matter most: its name, how it goes, and the figures that say so.

    `verdict` is `better`, `worse` or `about the same`, else `broken` or `again`, or ""; `tone` is `good`, `bad` or "".
    """

    name: str
    verdict: str
    text: str
    tone: str = ""

    @property
    def words(self) -> str:
        """`better: median 40 min of 12; before: median 1 h of 9`."""
        return f"{self.verdict}: {self.text}" if self.verdict in _TONE and self.verdict else self.text


COMPARED = "“Before” is the period before, which is as long."


def headlines(report: Report) -> list[Headline]:
    """The three things to see first, and the drills, which are in none of them."""
    return [_speed(report), _kept(report), _comes_back(report.all), *of_drills(report)]


def of_drills(report: Report) -> list[Headline]:
    """The few figures of drills; nothing if there were none."""
    return [Headline("Drills", "", drill_words(report.drills))] if report.drills else []


def _speed(report: Report) -> Headline:
    now = report.all.times[_RESOLVE]
    before = report.before.times[_RESOLVE] if report.before else None
    verdict = trends.of_times(now, before) or ""
    text = _values(now) if now.summary.n else "nothing resolved"
    if before is not None:
        text += f"; before: {_values(before) if before.summary.n else 'nothing resolved'}"
    return Headline(now.measure.name, verdict, text, _TONE[verdict])


_TONE = {"better": "good", "worse": "bad", "about the same": "", "": ""}


def _values(figure: Figure, *, short: bool = False) -> str:
    """The median, or each value where there are few; `short` leaves out what the columns say."""
    found = figure.summary
    if found.median is None:
        return ", ".join(map(span, found.values))
    return span(found.median) if short else f"median {span(found.median)} of {found.n}"


def _kept(report: Report) -> Headline:
    now, before = report.all.promises, report.before.promises if report.before else None
    verdict = trends.of_promises(now, before) or ""
    text = _broken(now)
    if now.late:
        text += f", up to {span(now.late_by.most)} late"
    if before is not None:
        text += f"; before: {_broken(before)}"
    if now.broken and not _TONE[verdict]:
        return Headline("Promised updates", "broken", text, "bad")
    return Headline("Promised updates", verdict, text, _TONE[verdict])


def _broken(found: Promises) -> str:
    if not found.judged:
        return "none due" if found.made else "none made"
    return f"{found.broken} of {found.judged} broken" if found.broken else f"all {found.judged} kept"


def _comes_back(found: Metrics) -> Headline:
    parts = [_again(found.systems), _again(found.causes)]
    known = sum(n for _, n in found.systems.rows)
    total = known + found.systems.unknown
    nothing = "no system or cause more than once"
    if found.systems.unknown:
        nothing += f" (system known for {known} of {total})"
    again = any(parts)
    return Headline(
        "Comes back", "again" if again else "", " · ".join(filter(None, parts)) or nothing, "bad" if again else ""
    )


def _again(counts: Counts) -> str:
    named = [f"{shorten(clean_line(name), 40)} {n} times" for name, n in counts.recurring[:_NAMED]]
    more = len(counts.recurring) - len(named)
    return ", ".join([*named, f"{more} more"] if more else named)


class FigureRow(msgspec.Struct, frozen=True):
    """A figure in one line: its id and name, of how many it is, what it says now and said before, and its course.

    `id` is that of a measure, of a figure in words, `incidents`, or a system or a cause, see `SYSTEM`.
    """

    id: str
    name: str
    n: int
    now: str
    before: str = ""
    verdict: str = ""
    tone: str = ""
    series: Series | None = None
    share: float = 0
    """For a row with a bar, how long that is: 1 is the longest."""


def figure_rows(
    report: Report, found: Sequence[Case], since: int, now: int, tz: tzinfo | None, cells: int
) -> list[FigureRow]:
    """Every figure of the cases `found`, which began from `since` to `now` (ms UTC); a series has `cells` at most."""

    def in_time(moments: Iterable[int]) -> Series:
        return trends.over_time(list(moments), since, now, cells)

    return [
        _incidents(report, in_time(case.incident.began for case in found)),
        _promised(report, in_time(promise.due for case in found for promise in case.promises if promise.is_broken)),
        *(_timed(report, number, trends.in_order(found, number, cells)) for number in range(len(MEASURES))),
        _escalated(report, in_time(sent.at for case in found for sent in case.incident.sent([ids.MESSAGE_ESCALATION]))),
        _costly(report),
        _written_up(report.all),
        _agreed(report.all),
        *_named("System", SYSTEM, report.all.systems),
        *_named("Cause", CAUSE, report.all.causes),
    ]


def _incidents(report: Report, series: Series) -> FigureRow:
    found, before = report.all, report.before
    cancelled = sum(n for _, n in found.cancelled)
    parts = [
        f"{found.open} open" if found.open else "none open",
        f"{found.reopened} reopened" if found.reopened else "",
        f"{cancelled} cancelled" if cancelled else "",
    ]
    verdict = ""
    if before is not None:
        verdict = _MORE[(found.incidents > before.incidents) - (found.incidents < before.incidents)]
    earlier = str(before.incidents) if before else ""
    return FigureRow(
        "incidents", "Incidents", found.incidents, ", ".join(filter(None, parts)), earlier, verdict, "", series
    )


_MORE = {1: "more", 0: "as many", -1: "fewer"}


def _promised(report: Report, series: Series) -> FigureRow:
    found, before = report.all.promises, report.before.promises if report.before else None
    parts = [
        f"{found.late} late" if found.late else "",
        f"{found.missed} never came" if found.missed else "",
    ]
    now = ", ".join(filter(None, parts)) or ("" if not found.made else "all kept" if found.judged else "none due")
    verdict = trends.of_promises(found, before) or ""
    earlier = f"{before.broken} of {before.judged}" if before and before.judged else ""
    tone = "bad" if found.broken else _TONE[verdict]
    return FigureRow("promises", "Promised updates", found.made, now, earlier, verdict, tone, series)


def _timed(report: Report, number: int, series: Series) -> FigureRow:
    figure = report.all.times[number]
    before = report.before.times[number] if report.before else None
    verdict = trends.of_times(figure, before) or ""
    id, name = figure.measure.id, figure.measure.name
    earlier = _values(before, short=True) if before else ""
    now = _values(figure, short=True)
    return FigureRow(id, _SHORT_NAMES.get(id, name), figure.summary.n, now, earlier, verdict, _TONE[verdict], series)


def _escalated(report: Report, series: Series) -> FigureRow:
    found, before = report.all.escalations, report.before.escalations if report.before else None
    parts = [
        f"in {counted(found.incidents, 'incident')}" if found.messages else "",
        f"{found.declined} decided against" if found.declined else "",
    ]
    earlier = str(before.messages) if before else ""
    return FigureRow(
        "escalations", "Escalations", found.messages, ", ".join(filter(None, parts)), earlier, series=series
    )


def _costly(report: Report) -> FigureRow:
    found, before = report.all.costs, report.before.costs if report.before else ()
    sums, earlier = (" + ".join(clean_line(money.text) for money in costs) for costs in (found, before))
    return FigureRow("cost", "Cost", sum(money.n for money in found), sums, earlier)


def _written_up(found: Metrics) -> FigureRow:
    owed = found.post_mortems
    late = owed.done_late + owed.open_late
    parts = [f"{owed.done} done" if owed.owed else "", f"{owed.open} not yet" if owed.open else ""]
    parts.append(f"{late} late" if late else "")
    tone = "bad" if owed.open_late else ""
    return FigureRow("postmortems", "Post-mortems owed", owed.owed, ", ".join(filter(None, parts)), tone=tone)


def _agreed(found: Metrics) -> FigureRow:
    items = found.action_items
    parts = [f"{items.open or 'none'} open" if items.total else "", f"{items.overdue} overdue" if items.overdue else ""]
    tone = "bad" if items.overdue else ""
    return FigureRow("actions", "Action items", items.total, ", ".join(filter(None, parts)), tone=tone)


def _named(kind: str, prefix: str, counts: Counts) -> list[FigureRow]:
    found = counts.recurring[:_LISTED]
    return [
        FigureRow(f"{prefix}{as_name(name)[0]}", f"{kind}: {name}", n, "", share=n / found[0][1]) for name, n in found
    ]
