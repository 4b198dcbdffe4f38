"""`warroom timer`: start, list and finish clocks of your own."""

from __future__ import annotations

import click

from warroom.cli.context import Invocation, log_and_say, on_incident, say
from warroom.model import acts, times
from warroom.model.clocks import TIMER, Clock
from warroom.model.entries import Logged
from warroom.model.kinds.timers import TimerStarted
from warroom.model.lines import line
from warroom.session import Session
from warroom.text.cleaning import clean, clean_line
from warroom.text.width import width


class _Span(click.ParamType[int]):
    """A duration, in ms."""

    name = "span"

    def convert(self, value: object, param: click.Parameter | None, ctx: click.Context | None) -> int:
        text = str(value).strip().lower()
        try:
            if ":" in text or text == "now":
                raise times.TimeError
            return times.parse_future(text, 0)
        except times.TimeError:
            self.fail(f"{value!r} is not a length of time; try 15m or 1h30m", param, ctx)


@click.command(
    short_help="Start, list or finish a clock of your own.",
    help="Start a clock of your own: LABEL says what for, WHEN is 10m, 1h30m, 10:00, 10:00Z or a full date. Or list, "
    "finish or stop your running clocks. With --every, a clock starts again when it is done.",
    epilog="""\b
Examples:
  warroom timer "check with the commander" 10m
  warroom timer demo 10:00
  warroom timer "ask support for tickets" 15m --every 15m
  warroom timer --list
  warroom timer --done 1
  warroom timer --stop demo
""",
)
@click.argument("words", nargs=-1, metavar="[LABEL WHEN]")
@click.option("--every", type=_Span(), metavar="SPAN", help="Start again after this long: 15m, 1h30m.")
@click.option("--list", "listed", is_flag=True, help="List the running clocks, numbered.")
@click.option("--done", metavar="LABEL|N", help="Mark a clock as done; if it repeats, it starts again.")
@click.option("--stop", metavar="LABEL|N", help="Stop a clock for good.")
@on_incident
def command(
    to: Invocation, words: tuple[str, ...], every: int | None, listed: bool, done: str | None, stop: str | None
) -> None:
    """Start, list, finish or stop clocks."""
    if sum((bool(words), listed, done is not None, stop is not None)) > 1:
        raise click.UsageError("Give one of LABEL WHEN, --list, --done and --stop")
    if every is not None and not words:
        raise click.UsageError("--every is for starting a clock: give it a LABEL and WHEN")
    session = to.session(closed=not words and done is None and stop is None)
    if words:
        _start(session, words, every)
    elif done is not None:
        _finish(session, done, stop=False)
    elif stop is not None:
        _finish(session, stop, stop=True)
    else:
        _show(session)


def _start(session: Session, words: tuple[str, ...], every: int | None) -> None:
    try:
        label, due, again = times.split_timer(clean_line(" ".join(words)), session.now(), session.tz)
    except times.TimeError as error:
        raise click.UsageError(str(error)) from None
    log_and_say(session, acts.timers.start_timer(label, due, again if every is None else every, session.tz))


def _running(session: Session) -> list[tuple[Logged[TimerStarted], int]]:
    """The running clocks, each with when it is due (ms UTC), in the order in which they were started."""
    return sorted(session.incident.timers.values(), key=lambda timer: timer[0].order)


def _show(session: Session) -> None:
    running = _running(session)
    if not running:
        say("No clock of your own is running; start one with: warroom timer LABEL WHEN")
        return
    clocks: dict[str, Clock] = {clock.id: clock for clock in session.snapshot().clocks}
    left = max(width(clean_line(logged.body.label)) for logged, _ in running)
    for number, (logged, due) in enumerate(running, 1):
        label = clean_line(logged.body.label)
        clock = clocks[TIMER + logged.key]
        again = f", every {times.span(logged.body.every)}" if logged.body.every else ""
        snoozed = f", snoozed until {times.clock_zone(clock.snoozed_until)}" if clock.snoozed_until is not None else ""
        text = f"{clock.countdown:<12} due {times.clock_zone(due, session.tz)}{again}{snoozed}"
        say(f"{number}  {label}{' ' * (left - width(label))}  {text}")


def _finish(session: Session, wanted: str, *, stop: bool) -> None:
    logged = _find(_running(session), wanted)
    (entry,) = session.apply(acts.timers.finish_timer(session.incident, logged.key, session.now(), stop=stop))
    found = session.incident.timers.get(logged.key)
    again = f"; due again at {times.clock_zone(found[1], session.tz)}" if found else ""
    say(line(entry, session.tz) + again)


def _find(running: list[tuple[Logged[TimerStarted], int]], wanted: str) -> Logged[TimerStarted]:
    """The clock with that label, with the only label that begins so, or with that number in the list."""
    name = clean(wanted).strip().casefold()
    labels = [logged.body.label.casefold() for logged, _ in running]
    found = [index for index, label in enumerate(labels) if label == name]
    if not found and name.isdecimal() and 1 <= int(name) <= len(running):
        found = [int(name) - 1]
    if not found:
        found = [index for index, label in enumerate(labels) if name and label.startswith(name)]
    if len(found) == 1:
        return running[found[0]][0]
    if not running:
        raise click.UsageError("No clock of your own is running")
    listed = "\n".join(f"  {number}  {clean_line(logged.body.label)}" for number, (logged, _) in enumerate(running, 1))
    why = "matches several clocks; give a number" if found else "is not one of your clocks; there are"
    raise click.UsageError(f"{wanted!r} {why}\n{listed}")
