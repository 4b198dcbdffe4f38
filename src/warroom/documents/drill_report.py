"""The report of a drill: the values for its template, and as data."""

from __future__ import annotations

from collections.abc import Iterator

from warroom.documents import status
from warroom.documents.sections import TimeFormat, Values, day_time_zone
from warroom.model import times
from warroom.model.drill_report import NOT_DUE, Check, Compared, Earlier, Report, held_words
from warroom.model.practice.checks import PARTS
from warroom.text.cleaning import clean_line

FIRST_RUN = "This is the first run of this scenario: play it again, and it is compared."

SHORTER = {
    "this": "This run is shorter than the one before: where it has fewer checks, it is not comparable.",
    "that": "The run before was shorter: where it has fewer checks, it is not comparable.",
    "": "",
}


def values(report: Report) -> Values:
    """The values for the template: plain dicts, lists, strings and numbers."""
    when = TimeFormat(report.tz, dated=True, zoned=True)
    return {
        "title": clean_line(report.title),
        "lesson": clean_line(report.lesson),
        "began": when(report.began),
        "ended": when(report.ended),
        "lasted": lasted(report),
        "unfinished": unfinished(report),
        "incidents": [{"ref": ref, "title": clean_line(title)} for ref, title in report.incidents],
        "words": report.words,
        "not_due": [clean_line(one.text) for one in report.not_due],
        "not_due_words": NOT_DUE if report.not_due else "",
        "went_well": [_check(check, report) for check in report.went_well],
        "differently": [_check(check, report) for check in report.differently],
        "compared": [
            {"name": PARTS[one.part], "change": one.change, "words": one.words(report.tz)} for one in report.compared
        ],
        "shorter": SHORTER[report.shorter],
        "first_run": "" if report.earlier else FIRST_RUN,
        "earlier": [
            {"day": times.day(run.at, report.tz), "words": earlier_words(run)} for run in reversed(report.earlier)
        ],
        "parts": [
            {"title": part.title, "words": part.words, "checks": [_check(check, report) for check in part.rows]}
            for part in report.parts
        ],
        "zone": day_time_zone(report.ended, report.tz)[2],
    }


def lasted(report: Report) -> str:
    """`38 min of 45`: how long it went on, by its own clock; and how long after its end."""
    length, whole = report.ended - report.began, report.minutes * times.MINUTE
    if length // times.MINUTE > report.minutes:
        return f"{times.span(whole)}, and {times.span(length - whole)} after its end"
    return f"{times.span(length)} of {times.span(whole)}"


def unfinished(report: Report) -> str:
    """That a run is not over, was ended early or went on after its end, and what that means; empty otherwise."""
    minute = times.span(report.ended - report.began)
    if not report.finished:
        return f"This run is not finished: it stands at {minute}, and only what is known by then is judged."
    if not report.to_the_end:
        return f"This run was ended early, after {minute}: what was not due yet is left out."
    if report.ended - report.began < (report.minutes + 1) * times.MINUTE:
        return ""
    return f"Played {lasted(report)}: what fell due after the end is not held against you."


def earlier_words(run: Earlier) -> str:
    """How an earlier run went: `9 of 12 checks held`."""
    held, checks = (sum(part[place] for part in run.parts.values()) for place in (0, 1))
    return held_words(held, checks) + ("" if run.finished else ", not played to the end")


def _check(check: Check, report: Report) -> Values:
    return {
        "held": check.held,
        "mark": "held" if check.held else "did not hold",
        "moment": report.moment(check),
        "text": clean_line(check.text),
        "said": clean_line(check.said),
        "why": clean_line(check.why),
        "better": clean_line(check.better),
        "incident": check.where.incident,
    }


def as_json(report: Report) -> Iterator[str]:
    """The report as JSON; times are ISO 8601 UTC by the drill's clock, durations (`…_s`) whole seconds."""
    yield status.encoded(as_data(report)) + "\n"


def as_data(report: Report) -> Values:
    """The report as plain dicts and lists."""
    return {
        "drill": True,
        "scenario": report.scenario,
        "title": report.title,
        "lesson": report.lesson,
        "finished": report.finished,
        "to_the_end": report.to_the_end,
        "began_at": status.iso(report.began),
        "ended_at": status.iso(report.ended),
        "lasted_s": (report.ended - report.began) // 1000,
        "minutes": report.minutes,
        "incidents": [{"ref": ref, "title": title} for ref, title in report.incidents],
        "held": report.held,
        "checks": report.checks,
        "not_due": [{"due_at": status.iso(one.due), "text": one.text} for one in report.not_due],
        "went_well": [_data(check, report) for check in report.went_well],
        "differently": [_data(check, report) for check in report.differently],
        "parts": [
            {
                "id": part.id,
                "title": part.title,
                "held": part.held,
                "checks": [_data(check, report) for check in part.checks],
            }
            for part in report.parts
        ],
        "compared": [_compared(one) for one in report.compared],
        "shorter": report.shorter,
        "earlier": [
            {
                "at": status.iso(run.at),
                "finished": run.finished,
                "parts": {id: {"held": held, "checks": checks} for id, (held, checks) in run.parts.items()},
            }
            for run in report.earlier
        ],
    }


def _compared(one: Compared) -> Values:
    return {
        "part": one.part,
        "change": one.change,
        "now": {"held": one.now[0], "checks": one.now[1]},
        "then": {"held": one.then[0], "checks": one.then[1]},
        "then_at": status.iso(one.at),
    }


def _data(check: Check, report: Report) -> Values:
    return {
        "part": check.part,
        "held": check.held,
        "at": status.iso(check.at),
        "minute_s": (check.at - report.began) // 1000,
        "text": check.text,
        "why": check.why,
        "better": check.better,
        "said": check.said,
        "incident": check.where.incident,
        "entry": check.where.entry,
    }
