"""The figures over many incidents in words, for `warroom stats` and the review."""

from __future__ import annotations

from collections.abc import Callable

import msgspec

from warroom.model import times
from warroom.model.action_items import counts
from warroom.model.figures import FEW, Drills, Figure, Metrics
from warroom.text.cleaning import clean_line
from warroom.text.counts import counted

BAR = 20
"""The most cells of a bar."""
NOTE = f"Times are in whole minutes. Where there are fewer than {FEW}, each is shown."
CANCELLED = "Cancelled ones are left out of times, cost, systems and causes."
GROUPED = {
    "month": "Incidents by the month in which they began (months without any are not listed)",
    "severity": "Incidents by the most serious severity that each of them had",
    "system": "Incidents by the affected system",
}
"""What the incidents of each group have in common."""


def overview(metrics: Metrics, since: str) -> str:
    """How many incidents there are, and how they stand; `since` is the first day that counts, "" for all."""
    cancelled = [counted(n, reason) for reason, n in metrics.cancelled]
    count = sum(n for _, n in metrics.cancelled)
    parts = [
        f"{metrics.open} open" if metrics.open else "",
        f"{metrics.reopened} reopened after {'it was' if metrics.reopened == 1 else 'they were'} over"
        if metrics.reopened
        else "",
        f"{count} cancelled ({clean_line(', '.join(cancelled))})" if count else "",
    ]
    incidents = counted(metrics.incidents, "incident")
    rest = "all resolved" if metrics.incidents > 1 else "resolved"
    return f"{incidents}{f' since {since}' if since else ''}: {', '.join(filter(None, parts)) or rest}"


def bar(value: float, most: float, mark: str = "█", room: int = BAR) -> str:
    """A bar of `mark` in proportion, `room` at most; whatever is more than nothing can be seen."""
    return mark * max(round(room * value / most), 1) if value and most else ""


def median_words(figure: Figure) -> str:
    """`median 12 min`; nothing where each value is shown."""
    return "" if figure.summary.median is None else f"median {span(figure.summary.median)}"


def time_lines(figure: Figure, digits: int, median: str) -> list[str]:
    """The lines of a time; `digits` is the room for n, `median` what is shown of many values."""
    found = figure.summary
    values = ", ".join(map(span, found.values)) if found.median is None else median
    lines = [f"n {found.n:>{digits}}  {values}"] if found.n else []
    if found.median is not None:
        least, most = span(found.least), span(found.most)
        lines.append(f"9 of 10 within {span(found.p90)} · mean {span(found.mean)} · {least} to {most}")
    lines += [f"{len(reason.incidents)} left out: {clean_line(reason.because)}" for reason in figure.left_out]
    return lines


def span(ms: int | None) -> str:
    """A duration to the minute; of a day and more, to the hour."""
    minutes = round((ms or 0) / times.MINUTE)
    days, hours = divmod(round(minutes / 60), 24)
    if minutes >= 24 * 60:
        return f"{days} d" + (f" {hours} h" if hours else "")
    return times.span(minutes * times.MINUTE) if minutes else "0 min"


def promise_lines(metrics: Metrics) -> list[str]:
    """What became of the promised updates."""
    found = metrics.promises
    if not found.made:
        return []
    parts = [
        f"{found.kept} kept",
        f"{found.late} late" if found.late else "",
        f"{found.missed} past without an update" if found.missed else "",
        f"{found.running} running" if found.running else "",
    ]
    lines = [f"{found.made} made: {', '.join(filter(None, parts))}"]
    late = found.late_by
    if late.median is not None:
        lines.append(f"late by {span(late.median)} (median of {late.n}), {span(late.most)} at worst")
    elif late.n:
        lines.append(f"late by {', '.join(map(span, late.values))}")
    return lines


def escalation_lines(metrics: Metrics) -> list[str]:
    """The escalation messages, and the other steps."""
    found = metrics.escalations
    parts = [
        f"{counted(found.messages, 'message')} in {counted(found.incidents, 'incident')}" if found.messages else "",
        f"commander told {_often(found.told)}" if found.told else "",
        f"objected {_often(found.objected)}" if found.objected else "",
        f"sent without telling the commander {_often(found.skipped)}" if found.skipped else "",
        f"decided against {_often(found.declined)}" if found.declined else "",
    ]
    text = ", ".join(filter(None, parts))
    return [text] if text else []


def _often(n: int) -> str:
    return "once" if n == 1 else f"{n} times"


def cost_lines(metrics: Metrics) -> list[str]:
    """The cost in each currency."""
    lines = [
        f"{clean_line(money.text)} in {counted(money.n, 'incident')}"
        + (f", {money.running} of them not over" if money.running else "")
        for money in metrics.costs
    ]
    if metrics.cost_unknown:
        lines.append(f"{metrics.cost_unknown} left out: revenue per hour not known")
    return lines


def post_mortem_lines(metrics: Metrics) -> list[str]:
    """What became of the post-mortems."""
    found = metrics.post_mortems
    parts = [
        f"{found.done} done" + (f" ({found.done_late} late)" if found.done_late else "") if found.done else "",
        f"{found.waived} waived" if found.waived else "",
        f"{found.open} not done yet" + (f" ({found.open_late} late)" if found.open_late else "") if found.open else "",
        f"{found.let_go} closed without one" if found.let_go else "",
    ]
    lines = [f"{found.owed} owed: {', '.join(filter(None, parts))}"] if found.owed else []
    if found.extra:
        lines.append(f"{found.extra} done that {'was' if found.extra == 1 else 'were'} not owed")
    return lines


def action_item_lines(metrics: Metrics) -> list[str]:
    """How many action items are open, late, and were done in time."""
    found = metrics.action_items
    return [f"{found.total} in all: {counts(found)}"] if found.total else []


_OF_DRILLS = {"acknowledge": "acknowledged in", "stakeholders": "first message in"}


def drill_words(drills: Drills) -> str:
    """`2, counted apart: acknowledged in 4 min, 6 min; first message in 9 min; 3 of 3 promises kept`."""
    parts = []
    for figure in drills.times:
        found = figure.summary
        values = ", ".join(map(span, found.values)) if found.median is None else f"{median_words(figure)} of {found.n}"
        if values:
            parts.append(f"{_OF_DRILLS[figure.measure.id]} {values}")
    if made := drills.promises.judged:
        parts.append(f"{drills.promises.kept} of {made} promises kept")
    return f"{drills.n}, counted apart" + (f": {'; '.join(parts)}" if parts else "")


class Told(msgspec.Struct, frozen=True):
    """A figure that is told in words: its id, its heading, and its lines; no line where there is nothing to tell."""

    id: str
    heading: str
    lines: Callable[[Metrics], list[str]]


IN_WORDS = (
    Told("promises", "Promised updates", promise_lines),
    Told("escalations", "Escalations", escalation_lines),
    Told("cost", "Cost: revenue per hour × duration", cost_lines),
    Told("postmortems", "Post-mortems", post_mortem_lines),
    Told("actions", "Action items", action_item_lines),
)
"""The figures that are told in words, in the order in which they are shown."""
