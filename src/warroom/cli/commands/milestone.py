"""`warroom milestone`: list the milestones, and set or correct one."""

from __future__ import annotations

import click

from warroom.cli.context import Invocation, on_incident, print_json, say
from warroom.cli.parameters import REASON, TimesCommand, as_typed, past_time
from warroom.model import acts, times
from warroom.model.kinds.milestones import ENTRIES, MILESTONES
from warroom.model.milestones import Milestone, day_meant, milestones
from warroom.session import Session
from warroom.text.cleaning import clean_line


@click.command(
    cls=TimesCommand,
    short_help="List the milestones; set or correct one.",
    help="Set or correct when a milestone was reached, with how that is known. Without a TIME, show it; without a "
    "NAME, list all: when, where that is known from, and what is odd. What nobody knows stays “not known”. A TIME "
    "without a day is on that of the milestone, or of an incident that is over. NAME is one of "
    f"{', '.join(MILESTONES)}.",
    epilog="""\b
Examples:
  warroom milestone
  warroom milestone mitigated -20m --because "traffic went to the standby"
  warroom milestone fixed 03:52 --because "the deploy log"
  warroom milestone fixed --unset
""",
)
@click.argument("name", required=False)
@click.argument("time", required=False, metavar="[TIME]")
@click.option("--because", type=REASON, metavar="TEXT", help="How that is known.")
@click.option("--unset", is_flag=True, help="What was set by hand no longer counts.")
@click.option("--json", "as_json", is_flag=True, help="For programs: every milestone, times in ISO 8601 UTC.")
@on_incident
def command(
    to: Invocation, name: str | None, time: str | None, because: str | None, unset: bool, as_json: bool
) -> None:
    """List the milestones, show one, or set one."""
    if name is not None and name not in MILESTONES:
        raise click.UsageError(f"There is no milestone {clean_line(name)!r}; they are {', '.join(MILESTONES)}")
    if unset and (name is None or time is not None):
        raise click.UsageError("--unset needs the NAME of a milestone, and no TIME")
    if because and time is None and not unset:
        raise click.UsageError("--because says how a TIME is known: warroom milestone NAME TIME --because TEXT")
    if as_json and name is not None:
        raise click.UsageError("--json lists all milestones: leave out the NAME")
    if unset and name in ENTRIES:
        raise click.UsageError(f"When it {name} can only be corrected: warroom milestone {name} TIME")
    writes = time is not None or unset
    session = to.session(closed=not writes, owing=True)
    if as_json:
        from warroom.documents.status import milestones_data

        print_json(milestones_data(session.snapshot()))
    elif name is None or not writes:
        for milestone in session.snapshot().milestones:
            if name in (None, milestone.id):
                say(_line(milestone, session))
    else:
        incident, tz = session.incident, session.tz
        at = _at(name, time, session) if time is not None else None
        if name in ENTRIES and at is not None:
            draft = acts.times.correct_time(incident, name, at, because or "", tz)
        else:
            draft = acts.milestones.set_milestone(incident, name, at, because or "", tz)
        (entry,) = session.apply(draft)
        day = times.day(entry.at, tz)
        say(entry.text if name in ENTRIES or day == times.day(to.now(), tz) else f"{day} {entry.text}")


def _at(name: str, typed: str, session: Session) -> int:
    """The time that was typed, ms UTC; without a day, it is on that of the milestone or of the past incident."""
    (milestone,) = milestones(session.incident, {name})
    near = day_meant(session.incident, milestone)
    return past_time(as_typed(typed), session.now(), session.tz, near=near, hint="'[TIME]'")


def _line(milestone: Milestone, session: Session) -> str:
    widest = max(map(len, MILESTONES))
    if milestone.at is None:
        return f"{milestone.id.ljust(widest)}  not known"
    when = times.clock_zone_day(milestone.at, session.now(), session.tz)
    odd = f" – odd: {milestone.problem}" if milestone.problem else ""
    return f"{milestone.id.ljust(widest)}  {when}  {clean_line(milestone.source)}{odd}"
