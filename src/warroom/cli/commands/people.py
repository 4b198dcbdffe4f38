"""`warroom people`: who is who, who owns what, who is on call; each command below it is a file of `cli/people/`."""

from __future__ import annotations

from importlib import import_module

import click

from warroom.cli.context import Invocation, invocation

_COMMANDS = {
    "find": "listing",
    "add": "changing",
    "set": "changing",
    "remove": "changing",
    "forget": "forgetting",
    "import": "files",
    "export": "files",
    "lists": "lists",
    "list": "lists",
    "on-call": "on_call",
}
"""The commands below this one, each with its module in `cli/people/`; imported only to run it or to show its help."""


class _People(click.Group):
    """The commands of `_COMMANDS`."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(_COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in _COMMANDS:
            return None
        found = getattr(import_module(f"warroom.cli.people.{_COMMANDS[cmd_name]}"), f"{cmd_name.replace('-', '_')}_")
        command: click.Command = found
        return command


@click.group(
    cls=_People,
    invoke_without_command=True,
    short_help="Who is who, who owns what, who is on call.",
    help="The people you need in an incident: their phone, what they own, their time now, the lists they are on, and "
    "who is on call. All of it is in the journal's file, which only you can read, and needs no network. Without a "
    "command, list everybody.",
    epilog="""\b
Examples:
  warroom people
  warroom people find payments
  warroom people add "Kim Roe" --phone "+1 555 0100" --team Payments --systems "payments, ledger"
  warroom people import contacts.vcf --dry-run
  warroom people list leadership add "Dana Cole"
  warroom people on-call Marcus --from 2026-12-01 --until 2026-12-08
""",
)
@click.option("--json", "as_json", is_flag=True, help="For programs: every field of everybody.")
@click.pass_context
@invocation
def command(to: Invocation, ctx: click.Context, as_json: bool) -> None:
    """List everybody, unless a command follows."""
    if ctx.invoked_subcommand is not None:
        if as_json:
            raise click.UsageError(f"Put --json behind the command: warroom people {ctx.invoked_subcommand} --json")
        return
    from warroom.cli.people.listing import print_people

    print_people(to, to.workspace.people().people, as_json=as_json)
