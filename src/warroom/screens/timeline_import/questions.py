"""Questions about a whole timeline: the zone of its times, the day or moment of its start, the new incident's title."""

from __future__ import annotations

from warroom.model import times
from warroom.screens.ask import AskScreen
from warroom.screens.page import Page
from warroom.screens.timeline_import.draft import TimelineDraft
from warroom.timelines import Given, NotGiven, Zone, given_day, read
from warroom.timelines.drafts import not_exactly_over
from warroom.widgets.choices import Choice

ASKS = {
    "zone": "Press z: which zone are its times in? The timeline doesn't say",
    "date": "Press d: which day was it? The timeline doesn't say",
    "year": "Press d: which year was it? The timeline doesn't say",
    "start": "Press d: when was T+0, from which the timeline counts?",
}
"""What is told of each thing that is missing, the most pressing one first."""
_OTHER = "\x00other"
_NEWS = 2 * times.HOUR
"""A timeline whose last line is younger than that may be of an incident that goes on."""


async def ask_what_is_missing(page: Page, draft: TimelineDraft) -> bool:
    """Ask for all that is missing, one after the other; False if the user left a question unanswered.

    With an answer the text is read again; one that settles nothing is not asked for again.
    """
    asked: set[str] = set()
    while missing := [what for what in ASKS if what in draft.missing and what not in asked]:
        what = missing[0]
        asked.add(what)
        if not (await ask_zone(page, draft) if what == "zone" else await ask_day(page, draft)):
            return False
        draft.read()
    return not draft.missing


async def ask_zone(page: Page, draft: TimelineDraft) -> bool:
    """Ask in which zone the times are that say none."""
    from warroom.screens.timeline_import.zone import ZoneScreen, zones_to_choose

    choices = draft.timeline.choices if draft.timeline is not None else ()
    rows = zones_to_choose(page.workspace, choices, draft.kept.zone)
    chosen = await page.show(ZoneScreen(rows, marked=draft.kept.zone))
    if not chosen:
        return False
    draft.kept.zone = chosen.strip()
    draft.save()
    return True


def _first(draft: TimelineDraft) -> int | None:
    """The time of the first line that has one, as it is read now."""
    return next((line.entry.at for line in draft.lines if line.entry is not None and line.entry.at is not None), None)


async def ask_day(page: Page, draft: TimelineDraft) -> bool:
    """Ask for the day of the first line or, where the times count from T+0, for its moment."""
    from_start = "start" in draft.missing
    tz, now = page.workspace.tz, page.workspace.now()

    def refused(typed: str) -> str:
        try:
            given = given_day(typed, draft.zone)
        except NotGiven as error:
            return str(error)
        return "T+0 needs its time too, such as 2026-11-23T03:12Z" if from_start and given.start is None else ""

    if from_start:
        label, start = "When was T+0?", ""
        hint = "the day, the time and the zone: 2026-11-23T03:12Z"
    else:
        label, start = "Which day is the first line?", draft.kept.day or times.day(_first(draft) or now, tz)
        hint = "the year, the month and the day: 2026-11-23"
    typed = await page.show(
        AskScreen(page, "timeline day", label, hint=hint, start=start, take=refused, adds=bool(draft.kept.day))
    )
    if typed is None:
        return False
    draft.kept.day = typed.strip()
    draft.save()
    return True


async def ask_end(page: Page, draft: TimelineDraft) -> bool:
    """Ask whether a new incident is over, if its lines don't say so and are no news; False if the user left."""
    draft.ended = None
    tz, now = page.workspace.tz, page.workspace.now()
    known = [entry.at for entry in draft.entries if entry.at is not None]
    says_it = any(entry.kind == "resolved" and entry.precision == "exact" for entry in draft.entries)
    if draft.incident or says_it or not known or now - max(known) < _NEWS:
        return True
    last = max(known)
    shown = f"{times.day(last, tz)} {times.clock_zone(last, tz)}"
    about = not_exactly_over(draft.entries)
    about_at = about.at if about is not None and about.precision == "approximate" else None
    rows = [
        Choice("last", "It was over with the last line", shown, key="l"),
        Choice(_OTHER, "It was over at another time…", key="o"),
        Choice("open", "It is still going on", "its clocks run", key="g"),
    ]
    question = "No line says that it was over. Is it?"
    if about is not None and about_at is not None:
        question = "No line says exactly when it was over. When was it?"
        told = f"as line {about.line} says: ~{times.day(about_at, tz)} {times.clock_zone(about_at, tz)}"
        rows.insert(0, Choice("about", "It was over at about that time", told, key="a"))
    chosen = await page.pick(question, rows)
    if chosen == "last":
        draft.ended = last
    elif chosen == "about":
        draft.ended = about_at
    elif chosen == _OTHER:
        there = times.local(last, tz)
        beside = Given(day=there.date(), zone=Zone("", there.tzinfo))

        def moment(typed: str) -> int | None:
            found = read(f"{typed.strip()} - x", beside).entries
            return found[0].at if len(found) == 1 else None

        def refused(typed: str) -> str:
            at = moment(typed)
            wrong = at is None or not min(known) <= at <= now
            return "Give a time between its first line and now: 05:32, or 2026-11-23 05:32Z" if wrong else ""

        typed = await page.show(AskScreen(page, "timeline end", "When was it over?", start=shown, take=refused))
        if typed is None:
            return False
        draft.ended = moment(typed)
    return chosen is not None


async def ask_title(page: Page, draft: TimelineDraft) -> str | None:
    """Ask what the new incident is called; None if the user left."""

    def refused(typed: str) -> str:
        return "" if typed.strip() else "An incident needs a title: a few words about what users saw"

    label, start = "Title of the incident", draft.kept.title or draft.heading
    typed = await page.show(AskScreen(page, "timeline title", label, start=start, take=refused, adds=True))
    if typed is not None:
        draft.kept.title = typed.strip()
        draft.save()
    return typed
