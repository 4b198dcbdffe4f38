"""The `warroom` command: a table of commands, each imported only when it is the one that runs."""

from __future__ import annotations

import errno
import io
import os
import sys
from collections.abc import Callable, Sequence
from importlib import import_module

import click

from warroom.cli.context import Invocation, complain, wall_clock

COMMANDS = {
    "declare": ("warroom.cli.lifecycle:declare", "Declare an incident; prints its reference."),
    "log": ("warroom.cli.log:log", "Write down what happened, was done or was decided."),
    "status": ("warroom.cli.status:status", "Say all there is to know now."),
    "message": ("warroom.cli.message:message", "Print a message, ready to paste; copy it, mark it as sent."),
    "next": ("warroom.cli.state:following", "Say the one next thing to do."),
    "decide": ("warroom.cli.decide:decide", "Write down a decision, or what became of one."),
    "fact": ("warroom.cli.state:fact", "Set what is known."),
    "role": ("warroom.cli.state:role", "Seat someone in a role."),
    "tick": ("warroom.cli.state:tick", "Tick an item of the checklist."),
    "severity": ("warroom.cli.state:severity", "Change the severity, with the reason."),
    "escalate": ("warroom.cli.escalate:escalate", "See which triggers hold; log the steps of escalating."),
    "timer": ("warroom.cli.timer:timer", "Start a clock of your own, or deal with one."),
    "resolve": ("warroom.cli.lifecycle:resolve", "Mark the incident as resolved."),
    "close": ("warroom.cli.lifecycle:close", "Put a resolved incident away."),
    "reopen": ("warroom.cli.lifecycle:reopen", "Take up a resolved or closed incident again."),
    "export": ("warroom.cli.export:export", "Write the incident log, or the hand-over of your seat."),
    "templates": ("warroom.cli.templates:templates", "See, copy and check the templates of messages."),
    "verify": ("warroom.cli.verify:verify", "Check the file, its chain and its index."),
    "demo": ("warroom.cli.demo:demo", "Open the console on a sample incident in a throwaway file."),
    "completion": ("warroom.cli.completion:completion", "Print the completion script for a shell."),
}
"""Adding a command is adding a module and its row here: where it is found, and its one line in `warroom --help`."""

_EXAMPLES = """\b
Examples:
  warroom
  warroom declare "Checkout errors" --affected many
  warroom log "Rollback started" --kind action --by Marcus
  warroom -i k7qd status --line
"""


class _Commands(click.Group):
    """A group that knows its commands by name and imports one only to run it or to show its help."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in COMMANDS:
            return None
        module, _, name = COMMANDS[cmd_name][0].partition(":")
        command: click.Command = getattr(import_module(module), name)
        return command

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        if args[0] not in COMMANDS and not args[0].startswith("-"):
            from difflib import get_close_matches

            near = get_close_matches(args[0], COMMANDS, 1)
            ctx.fail(f"There is no command {args[0]!r}" + (f"; did you mean {near[0]!r}?" if near else "."))
        return super().resolve_command(ctx, args)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("Commands"):
            formatter.write_dl([(name, short) for name, (_, short) in COMMANDS.items()])


def _show_version(ctx: click.Context, param: click.Parameter, wanted: bool) -> None:
    if wanted and not ctx.resilient_parsing:
        from warroom import __version__

        click.echo(f"warroom {__version__}")
        ctx.exit()


@click.group(
    cls=_Commands,
    invoke_without_command=True,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
    help="Run an incident from the first minute to the log. Without a command, the console opens.",
    epilog=_EXAMPLES,
)
@click.option("--db", metavar="FILE", help="The journal to use, in place of $WARROOM_DB or your own one.")
@click.option(
    "-i",
    "--incident",
    metavar="REF",
    envvar="WARROOM_INCIDENT",
    show_envvar=True,
    help="Which incident is meant: its reference, or as much of its beginning as is unique.",
)
@click.option("--version", is_flag=True, is_eager=True, expose_value=False, callback=_show_version, help="Say which.")
@click.pass_context
def warroom(ctx: click.Context, db: str | None, incident: str | None) -> None:
    """Take in what every command shares; open the console if that is all."""
    invocation = ctx.ensure_object(Invocation)
    invocation.db, invocation.reference = db, incident or None
    ctx.call_on_close(invocation.close)
    if ctx.invoked_subcommand is None:
        from warroom.cli.console import open_console

        ctx.exit(open_console(invocation))


def main(arguments: Sequence[str] | None = None, *, now: Callable[[], int] = wall_clock) -> int:
    """Run one command line and return its exit code: 0, 1 if it could not be done, 2 for wrong use, 130 if interrupted.

    `now` gives ms UTC. Whatever a user can cause ends in one sentence on stderr, never in a traceback.
    """
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")
    try:
        code = warroom.main(
            args=None if arguments is None else list(arguments),
            prog_name="warroom",
            standalone_mode=False,
            obj=Invocation(now=now),
        )
        sys.stdout.flush()
        return code if isinstance(code, int) else 0
    except click.UsageError as error:
        path = error.ctx.command_path if error.ctx else "warroom"
        message = error.format_message().rstrip(".")
        complain(f"{message}{'' if message.endswith('?') else '.'} Try '{path} --help'.")
        return 2
    except click.ClickException as error:
        complain(error.format_message())
        return error.exit_code
    except (click.Abort, KeyboardInterrupt):
        return 130
    except OSError as error:
        if error.errno == errno.EPIPE:
            _stop_writing()
            return 1
        complain(f"{error.filename or 'the output'}: {error.strerror or error}.")
        return 1
    except Exception as error:
        from warroom.cli.context import is_expected

        if not is_expected(error):
            raise
        complain(str(error))
        return 1


def _stop_writing() -> None:
    """Nobody reads stdout any more: point it away, so that Python's own flush at exit has nothing to complain about."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
