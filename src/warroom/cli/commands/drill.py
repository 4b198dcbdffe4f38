"""`warroom drill`: practise on a scenario; each command below it is a file of `cli/drills/`."""

from __future__ import annotations

from importlib import import_module

import click

from warroom.cli.context import Invocation, invocation, notify

_COMMANDS = {"list": "listing", "start": "start", "runs": "runs", "report": "report", "from": "from_"}
"""The commands below this one, each with its module in `cli/drills/`; imported only to run it or to show its help."""


class _Drills(click.Group):
    """The commands of `_COMMANDS`; any other command of warroom works here too, on the drill that waits or runs."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(_COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in _COMMANDS:
            return None
        command: click.Command = import_module(f"warroom.cli.drills.{_COMMANDS[cmd_name]}").command
        return command

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        from warroom.cli import command_named, names

        name = args[0]
        if name not in _COMMANDS and not name.startswith("-"):
            if name == "drill" or (command := command_named(name)) is None:
                from difflib import get_close_matches

                near = get_close_matches(name, [*_COMMANDS, *names()], 1)
                ctx.fail(f"There is no command {name!r}" + (f"; did you mean {near[0]!r}?" if near else "."))
            _go_to_drill(ctx)
            return name, command, args[1:]
        return super().resolve_command(ctx, args)


def _go_to_drill(ctx: click.Context) -> None:
    """Let the command work on the file of the drill that was played last and is not ended."""
    from warroom import drilling, places

    to = ctx.ensure_object(Invocation)
    if places.is_of_a_drill(to.path):
        return
    several = drilling.open_now(to.path)
    if len(several) > 1:
        files = "".join(f"\n  {run.path}  {run.scenario.title}" for run in several)
        ctx.fail(f"Several drills are open in consoles; say which with warroom --db FILE COMMAND:{files}")
    run = several[0] if several else drilling.unfinished(to.path)
    if run is None:
        ctx.fail("No drill runs or waits; warroom drill start begins one.")
    to.db = str(run.path)
    notify(f"in the DRILL {run.scenario.title}, {run.how_far} played.")


@click.group(
    cls=_Drills,
    invoke_without_command=True,
    short_help="Practise on a scenario, before the next incident.",
    help="Practise on a scenario: it plays minute by minute in a file of its own, and never touches what is real. "
    "Without a command, list the scenarios. Any other command works on the drill that runs or waits, if you put drill "
    "in front of it: warroom drill log, warroom drill status.",
    epilog="""\b
Examples:
  warroom drill
  warroom drill start checkout
  warroom drill start checkout --speed 20
  warroom drill report
  warroom drill from k7qd
""",
)
@click.pass_context
@invocation
def command(to: Invocation, ctx: click.Context) -> None:
    """List the scenarios, unless a command follows."""
    if ctx.invoked_subcommand is None:
        ctx.invoke(import_module("warroom.cli.drills.listing").command)
