"""Judging a run that was told act by act in memory, for the tests of its report."""

from __future__ import annotations

from collections.abc import Sequence

from tests.conftest import THREE_SEVENTEEN as START
from tests.unit.story import BOOK, Story, moment
from warroom.model.drill_report import Earlier, Played, Remarked, Report, report
from warroom.model.entries import Entry
from warroom.model.incident import Incident
from warroom.model.practice.checks import Check
from warroom.model.scenario import Event, Scenario


def scenario(**more: object) -> Scenario:
    """A scenario of 40 minutes, with what else it has."""
    events = [Event(at=0, says="Checkout 5xx above 5 %", by="PagerDuty", rings=True)]
    given: dict[str, object] = {"title": "Checkout", "lesson": "Keep it.", "briefing": "You sleep.", "minutes": 40}
    return Scenario(**{**given, "events": events, "id": "checkout", **more})  # type: ignore[arg-type]


def no_remarks(incident: Incident, entry: Entry) -> Sequence[Remarked]:
    return ()


def judged(
    story: Story,
    of: Scenario | None = None,
    *,
    until: float = 40,
    earlier: Sequence[Earlier] = (),
    finished: bool = True,
) -> Report:
    known = [entry for entry in story.entries if entry.recorded <= moment(until)]
    played = Played(of or scenario(), BOOK, [known], began=START, now=moment(until), finished=finished)
    return report(played, no_remarks, earlier)


def checks(found: Report, part: str) -> list[Check]:
    return list(next(one.checks for one in found.parts if one.id == part))


def said(found: Report, part: str) -> list[str]:
    """Each check of a part as text: `+` if it held, the moment, what happened."""
    return [f"{'+' if one.held else '-'} {found.moment(one)} {one.text}" for one in checks(found, part)]
