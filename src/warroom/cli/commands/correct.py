"""`warroom correct`: correct when the incident began, was learned of or was resolved."""

from __future__ import annotations

import click

from warroom.cli.context import Invocation, on_incident, say
from warroom.cli.parameters import TIME, TimesCommand
from warroom.model import acts, times
from warroom.text.cleaning import clean


@click.command(
    cls=TimesCommand,
    short_help="Correct when it began, was learned of or was resolved.",
    help="Correct when the incident began, when you learned of it, or when it was resolved. Clocks, duration, cost and "
    "the log follow; what was there before stays in the log's corrections.",
    epilog="""\b
Examples:
  warroom correct began 03:05 --because "first errors in the log"
  warroom correct learned -20m
  warroom correct resolved 03:12
""",
)
@click.argument("which", type=click.Choice(["began", "learned", "resolved"]), metavar="began|learned|resolved")
@click.argument("time", type=TIME, metavar="TIME")
@click.option("--because", default="", metavar="REASON", help="Why the time was wrong.")
@on_incident
def command(to: Invocation, which: str, time: int, because: str) -> None:
    """Correct a time, and print what it is now and how long the incident lasted."""
    session = to.session(closed=True)
    (entry,) = session.apply(acts.times.correct_time(session.incident, which, time, clean(because), session.tz))
    say(entry.text)
    length = times.span(session.incident.elapsed(to.now()))
    say(f"Duration: {length}" + ("" if session.incident.over() else " so far"))
