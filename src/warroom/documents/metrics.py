"""The numbers over many incidents as data for other programs, printed by `warroom stats --json`."""

from __future__ import annotations

import msgspec

from warroom.documents.status import Data, iso
from warroom.model import times
from warroom.model.figures import Counts, Drills, Figure, Metrics, Promises, Report, Summary


def as_data(report: Report, now: int, since: int | None, by: str | None) -> Data:
    """Every figure as plain dicts and lists; times are ISO 8601 UTC, durations (`…_s`) whole seconds.

    `before` are the figures of the period before `since`, which is as long; null if nothing began in it.
    """
    return {
        "now_at": iso(now),
        "since_at": iso(since),
        "by": by,
        "all": metrics_data(report.all),
        "before": metrics_data(report.before) if report.before else None,
        "drills": drills_data(report.drills) if report.drills else None,
        "groups": [{"name": group.name, **metrics_data(group.metrics)} for group in report.groups],
    }


def drills_data(drills: Drills) -> Data:
    """The figures of drills, which are in no other one."""
    return {
        "drill": True,
        "drills": drills.n,
        "times": {figure.measure.id: _figure(figure) for figure in drills.times},
        "promises": _promises(drills.promises),
    }


def _promises(promises: Promises) -> Data:
    return {
        "made": promises.made,
        "running": promises.running,
        "kept": promises.kept,
        "late": promises.late,
        "missed": promises.missed,
        "late_by": _summary(promises.late_by),
    }


def metrics_data(metrics: Metrics) -> Data:
    """The figures of all incidents, or of a group."""
    post_mortems, items = metrics.post_mortems, metrics.action_items
    return {
        "incidents": metrics.incidents,
        "open": metrics.open,
        "reopened": metrics.reopened,
        "cancelled": dict(metrics.cancelled),
        "times": {figure.measure.id: _figure(figure) for figure in metrics.times},
        "promises": _promises(metrics.promises),
        "escalations": msgspec.structs.asdict(metrics.escalations),
        "cost": {
            "sums": [
                {"amount": round(money.amount), "text": money.text, "n": money.n, "open": money.running}
                for money in metrics.costs
            ],
            "unknown": metrics.cost_unknown,
        },
        "postmortems": msgspec.structs.asdict(post_mortems),
        "actions": {**msgspec.structs.asdict(items), "share_in_time": items.share_in_time},
        "systems": _counts(metrics.systems),
        "causes": _counts(metrics.causes),
    }


def _figure(figure: Figure) -> Data:
    measure = figure.measure
    return {
        "name": measure.name,
        "from": measure.start,
        "to": measure.end,
        **_summary(figure.summary),
        "left_out": [
            {"because": reason.because, "n": len(reason.incidents), "incidents": reason.incidents}
            for reason in figure.left_out
        ],
    }


def _summary(summary: Summary) -> Data:
    """Median, mean and p90 are null with few values, all is null without any."""
    figures = ("median", "p90", "mean", "least", "most")
    return {
        "n": summary.n,
        **{f"{name}_s": _seconds(getattr(summary, name)) for name in figures},
        "values_s": [_seconds(value) for value in summary.values],
    }


def _seconds(ms: int | None) -> int | None:
    return None if ms is None else round(ms / times.SECOND)


def _counts(counts: Counts) -> Data:
    return {"rows": [{"name": name, "incidents": n} for name, n in counts.rows], "unknown": counts.unknown}
