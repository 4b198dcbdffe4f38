"""`warroom drill start`: open the console on a drill, a new one or the one that waits."""

from __future__ import annotations

from math import isnan

import click

from warroom.cli.console import run_console, run_drill, without_terminal
from warroom.cli.context import Failed, Invocation, invocation, notify, say
from warroom.model.drill_run import FASTEST, SLOWEST, USUAL_SPEED


@click.command(
    "start",
    short_help="Start a drill, or go on with the one that waits.",
    help="Start a drill in the console, or go on with the one that waits, at the minute at which it was left. Without "
    f"NAME, go on with the one that was played last. It runs {USUAL_SPEED:g} times as fast as your clock: 45 minutes "
    "take nine, and you can still keep every promise by typing; the drill's menu (F2) changes that.",
    epilog="""\b
Examples:
  warroom drill start checkout
  warroom drill start checkout --speed 10
  warroom drill start --new checkout
""",
)
@click.argument("name", required=False)
@click.option(
    "--speed",
    type=click.FloatRange(SLOWEST, FASTEST),
    metavar=f"{SLOWEST}-{FASTEST}",
    help=f"How many times as fast as real time (default: {USUAL_SPEED:g}, or what it was when it was left).",
)
@click.option("--new", "anew", is_flag=True, help="Begin anew, also if a run of this scenario waits.")
@click.pass_context
@invocation
def command(to: Invocation, ctx: click.Context, name: str | None, speed: float | None, anew: bool) -> None:
    """Find or make the run's file, and open the console on it."""
    if speed is not None and isnan(speed):  # which is in no range, and out of none
        raise click.UsageError(f"--speed is a number from {SLOWEST} to {FASTEST}")
    if reason := without_terminal("a drill", "run it in one, without a pipe"):
        notify(reason)
        ctx.exit(2)
    from warroom import drilling, places

    if places.is_of_a_drill(to.path):
        raise click.UsageError(
            "This is the file of a drill already: leave out --db and $WARROOM_DB, or open it as it is"
        )
    scenarios = to.workspace.scenarios
    if name is not None and name not in scenarios:
        from difflib import get_close_matches

        near = get_close_matches(name, scenarios, 1)
        raise click.UsageError(
            f"There is no drill {name!r}"
            + (f"; did you mean {near[0]!r}?" if near else f"; there are {', '.join(scenarios)}")
        )
    waits = None if anew else drilling.unfinished(to.path, name or "")
    if waits is None and name is None:
        raise click.UsageError(f"No drill waits; name the one to start: {', '.join(scenarios)}")
    file = waits.path if waits else None
    if file is None and name is not None:
        file = drilling.begin(
            to.path, scenarios[name], now=to.real_now(), author=to.workspace.author, speed=speed or USUAL_SPEED
        )
    if file is None:
        raise Failed("there is no drill to go on with")
    drill = drilling.open_drill(file, now=to.real_now)
    if speed is not None and waits is not None:
        drill.beat()
        if drill.clock.keeps:
            drill.clock.set(speed=speed)
    left = run_drill(drill)
    code = left.code
    if left.real is not None and not left.at_once:
        to.workspace.open_journal()
        code = run_console(to.workspace, incident=left.real)
    elif (run := drilling.look(file)) is not None and run.finished:
        say("The drill is over; its report again: warroom drill report")
    elif run is not None:
        say(f"The drill waits ({run.how_far} played); go on with it: warroom drill start")
    ctx.exit(code)
