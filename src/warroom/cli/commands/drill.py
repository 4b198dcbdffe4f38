"""`warroom drill`: practise on a scenario; each command below it is a file of `cli/drills/`."""

from __future__ import annotations

from importlib import import_module

import click

from warroom.cli.context import Invocation, invocation

_COMMANDS = {"list": "listing", "from": "from_"}
"""The commands below this one, each with its module in `cli/drills/`; imported only to run it or to show its help."""


class _Drills(click.Group):
    """The commands of `_COMMANDS`."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(_COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in _COMMANDS:
            return None
        command: click.Command = import_module(f"warroom.cli.drills.{_COMMANDS[cmd_name]}").command
        return command


@click.group(
    cls=_Drills,
    invoke_without_command=True,
    short_help="Practise on a scenario, before the next incident.",
    help="Practise on a scenario: it plays minute by minute in a file of its own, and never touches what is real. "
    "Without a command, list the scenarios.",
)
@click.pass_context
@invocation
def command(to: Invocation, ctx: click.Context) -> None:
    """List the scenarios, unless a command follows."""
    if ctx.invoked_subcommand is None:
        ctx.invoke(import_module("warroom.cli.drills.listing").command)
