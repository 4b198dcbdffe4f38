"""The `warroom` command: each file in `commands/` is one command, imported only when it is the one that runs."""

from __future__ import annotations

import errno
import io
import os
import re
import sys
from collections.abc import Callable, Sequence
from contextlib import suppress
from importlib import import_module
from keyword import iskeyword
from pathlib import Path

import click

from warroom.cli.context import Invocation, check_reference, notify, quoted, wall_clock

ORDER = (
    "declare",
    "log",
    "status",
    "message",
    "wording",
    "next",
    "decide",
    "fact",
    "role",
    "tick",
    "severity",
    "stage",
    "escalate",
    "timer",
    "correct",
    "redact",
    "resolve",
    "cancel",
    "close",
    "reopen",
    "recovery",
    "milestone",
    "postmortem",
    "actions",
    "incidents",
    "search",
    "similar",
    "stats",
    "export",
    "import",
    "templates",
    "guide",
    "check",
    "verify",
    "backup",
    "restore",
    "ready",
    "review",
    "people",
    "name",
    "drill",
    "demo",
    "completion",
)
"""The order of commands in `warroom --help`. Commands that are not listed here follow in alphabetical order."""

_EXAMPLES = """\b
Examples:
  warroom
  warroom declare "Checkout errors" --affected many
  warroom log "Rollback started" --kind action --by Marcus
  warroom -i k7qd status --line
"""


def names() -> list[str]:
    """The names of all commands in the order of the help: the files in `commands/`, see `_file_of`."""
    from pkgutil import iter_modules

    from warroom.cli import commands

    files = [module.name for module in iter_modules(commands.__path__) if not module.name.startswith("_")]
    found = sorted(name.removesuffix("_").replace("_", "-") for name in files)
    return sorted(found, key=lambda name: ORDER.index(name) if name in ORDER else len(ORDER))


def command_named(name: str) -> click.Command | None:
    """Import the command with that name; None if there is no file for it in `commands/`."""
    if not re.fullmatch(r"[a-z][a-z0-9-]*", name):
        return None
    module = f"{__name__}.commands.{_file_of(name)}"
    try:
        command: click.Command = import_module(module).command
    except ModuleNotFoundError as error:
        if error.name != module:
            raise
        return None
    return command


def _file_of(command: str) -> str:
    """The name of a command's file: with `_` for `-`, and with a `_` behind a word that Python keeps for itself."""
    return f"{command}_" if iskeyword(command) else command.replace("-", "_")


class _Commands(click.Group):
    """A click group that imports a command's file only to run the command or show its help."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return names()

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        return command_named(cmd_name)

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        command = self.get_command(ctx, args[0])
        if command is None and not args[0].startswith("-"):
            from difflib import get_close_matches

            near = get_close_matches(args[0], names(), 1)
            ctx.fail(f"There is no command {args[0]!r}" + (f"; did you mean {near[0]!r}?" if near else "."))
        return super().resolve_command(ctx, args)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("Commands"):
            formatter.write_dl([(name, short_help(name)) for name in names()])


def short_help(name: str) -> str:
    """The one-line description of a command in `warroom --help` and in the README."""
    command = command_named(name)
    return (command.short_help or "") if command is not None else ""


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
@click.option("--db", metavar="FILE", help="The journal to use, instead of $WARROOM_DB or your own.")
@click.option(
    "-i",
    "--incident",
    metavar="REF",
    envvar="WARROOM_INCIDENT",
    show_envvar=True,
    help="Which incident: its reference, or enough of its first characters to be unique.",
)
@click.option(
    "--version", is_flag=True, is_eager=True, expose_value=False, callback=_show_version, help="Print the version."
)
@click.pass_context
def warroom(ctx: click.Context, db: str | None, incident: str | None) -> None:
    """Store the options that all commands share; open the console if there is no command."""
    if db is not None and not db.strip():
        raise click.UsageError("--db is empty; give the journal's file, or leave it out")
    if incident is not None:
        check_reference(incident)
    invocation = ctx.ensure_object(Invocation)
    invocation.db, invocation.reference = db, incident
    ctx.call_on_close(invocation.close)
    if ctx.invoked_subcommand is None:
        from warroom.cli.console import open_console

        ctx.exit(open_console(invocation))


def main(arguments: Sequence[str] | None = None, *, now: Callable[[], int] = wall_clock) -> int:
    """Run one command line; returns its exit code: 0 for success, 1 for failure, 2 for wrong usage, 130 if interrupted.

    `now` gives ms UTC. Every error that a user can cause is one sentence on stderr, never a traceback.
    """
    _open_closed_streams()
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")
    this_run = Invocation(now=now)
    this_run.unknown_zone = _without_unknown_zone()
    try:
        code = warroom.main(
            args=None if arguments is None else list(arguments),
            prog_name="warroom",
            standalone_mode=False,
            obj=this_run,
        )
        sys.stdout.flush()
        if this_run.unknown_zone and this_run.has_written:
            notify(f"{this_run.unknown_zone}.")
        return code if isinstance(code, int) else 0
    except click.UsageError as error:
        path = error.ctx.command_path if error.ctx else "warroom"
        message = _sentence(error).rstrip(".")
        if "\n" in message:  # a list, whose last row the hint would seem to belong to
            notify(f"{message}\nTry '{path} --help'.")
        else:
            notify(f"{message}{'' if message.endswith('?') else '.'} Try '{path} --help'.")
        return 2
    except click.ClickException as error:
        notify(error.format_message())
        return error.exit_code
    except (click.Abort, KeyboardInterrupt):
        return 130
    except SystemExit:  # click's answer to a pipe whose reader is gone
        if not this_run.has_written:
            raise
        _stop_writing()
        return _DONE
    except OSError as error:
        if this_run.has_written and not error.filename:
            _stop_writing()
            if error.errno != errno.EPIPE:
                with suppress(OSError):
                    notify(f"it is logged, but could not be printed here ({error.strerror or error}).")
            return _DONE
        if error.errno == errno.EPIPE:
            _stop_writing()
            return 1
        what = error.filename or ("the output" if _has_folder() else "the folder you are in is gone")
        notify(f"{what}: {error.strerror or error}.")
        return 1
    except Exception as error:
        from warroom.cli.context import is_expected

        if not is_expected(error):
            raise
        notify(str(error))
        return 1


def _without_unknown_zone() -> str:
    """Leave out a TZ that names no zone, so that no time stands under a made-up name; returns what to say, or ""."""
    if not os.environ.get("TZ"):
        return ""
    from warroom.places import unknown_zone

    if not (name := unknown_zone(os.environ)):
        return ""
    import time
    from datetime import datetime

    del os.environ["TZ"]
    time.tzset()
    own = datetime.now().astimezone().tzname()
    return (
        f"TZ is {quoted(name)}, which is no time zone on this machine, so times are in its own ({own}); "
        "set it to one such as Europe/Berlin"
    )


def _sentence(error: click.UsageError) -> str:
    """What click says, in one sentence: of a group its commands instead of all its help, and choices on one line."""
    if isinstance(error, click.exceptions.NoArgsIsHelpError) and isinstance(error.ctx.command, click.Group):
        return f"{error.ctx.info_name} needs one of its commands: {', '.join(error.ctx.command.commands)}"
    message = re.sub(r"(?<=[:,])\s*\n\t", " ", error.format_message())
    message = re.sub(r"'([^'\n]{59})[^'\n]{200,}'", r"'\1…'", message)  # a whole paste where a name belongs
    return re.sub(r"is not a valid integer(?: range)?", "is not a whole number", message)


_DONE = 0
"""The exit code once something is logged, whatever became of its output: a script told of a failure would log twice."""


def _has_folder() -> bool:
    """Whether the working directory still exists."""
    try:
        Path.cwd()
    except OSError:
        return False
    return True


def _open_closed_streams() -> None:
    """Replace streams that the shell has closed by the null device, so that reading and writing don't fail."""
    for name, mode in (("stdin", "r"), ("stdout", "w"), ("stderr", "w")):
        if getattr(sys, name) is None:
            setattr(sys, name, Path(os.devnull).open(mode, encoding="utf-8"))  # noqa: SIM115 - open to the end


def _stop_writing() -> None:
    """Redirect stdout after its reader has gone, so that Python's flush at exit does not fail."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
