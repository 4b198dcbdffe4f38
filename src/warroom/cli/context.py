"""One run of the command line: its shared options, its workspace, and how it prints."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO, Concatenate, ParamSpec, TypeVar

import click

from warroom.text.cleaning import clean, clean_line

if TYPE_CHECKING:
    from warroom.model.entries import Draft, Entry
    from warroom.session import Session
    from warroom.workspace import Workspace

Given = ParamSpec("Given")
Result = TypeVar("Result")


def wall_clock() -> int:
    """The current time, ms UTC."""
    return time.time_ns() // 1_000_000


class Failed(click.ClickException):
    """A command failed (exit code 1); the message says why and what to do."""


class Invocation:
    """One run of the command line: the shared options, and the workspace, created when a command needs it."""

    def __init__(self, *, now: Callable[[], int] = wall_clock) -> None:
        self.real_now = now
        """The time on people's watches, ms UTC."""
        self.unknown_zone = ""
        """What to say of a TZ that names no zone; "" if it names one, or is not set."""
        self.db: str | None = None
        self.reference: str | None = None

    @property
    def path(self) -> Path:
        """Where the journal is, or will be. Raises PlaceError."""
        from warroom import places

        return places.database(self.db)

    def now(self) -> int:
        """The time (ms UTC) at which things happen: in a drill's file that of its own clock."""
        if self._is_of_a_drill:
            from warroom.store.errors import StoreError

            with suppress(StoreError):  # the command says so itself when it opens the file
                self.workspace.open_journal()
        return self.workspace.now() if "workspace" in self.__dict__ else self.real_now()

    @cached_property
    def _is_of_a_drill(self) -> bool:
        from warroom import places

        with suppress(places.PlaceError):
            return places.is_of_a_drill(self.path)
        return False

    @cached_property
    def workspace(self) -> Workspace:
        """The workspace of this run; each mistake in a company's file is printed once, on stderr. Raises PlaceError."""
        from warroom.workspace import Workspace

        return Workspace(self.path, now=self.real_now, on_problem=lambda problem: notify(str(problem)))

    def session(self, *, closed: bool = False, owing: bool = False) -> Session:
        """Open the incident that was asked for; see `reference.find`. That it is a drill is said on stderr.

        Raises click's UsageError, Failed, StoreError.
        """
        from warroom.cli.reference import find

        session = self.workspace.open(find(self.workspace.journal, self.reference, closed=closed, owing=owing))
        if session.incident.drill:
            notify(f"{session.incident.name} ({session.incident.id})")
        return session

    def close(self) -> None:
        """Close the journal, if it was opened."""
        if "workspace" in self.__dict__:
            self.workspace.close()

    @property
    def has_written(self) -> bool:
        """Whether the command has written entries; known once it is closed."""
        return "workspace" in self.__dict__ and self.workspace.has_written


invocation = click.make_pass_decorator(Invocation)


def check_reference(reference: str) -> None:
    """Raise a UsageError for an empty reference, as of a variable that isn't set: the incident may be another one."""
    if not reference.strip():
        raise click.UsageError("-i is empty; give the incident's reference, or leave it out")


def _store_reference(ctx: click.Context, param: click.Parameter, reference: str | None) -> None:
    found = ctx.find_object(Invocation)
    if reference is not None and found is not None:
        check_reference(reference)
        found.reference = reference


def on_incident(command: Callable[Concatenate[Invocation, Given], Result]) -> Callable[Given, Result]:
    """Pass the invocation to a command about one incident, which may be named after the command too: `log -i REF`."""
    return click.option(
        "-i",
        "--incident",
        metavar="REF",
        expose_value=False,
        callback=_store_reference,
        help="Which incident; -i in front of the command works too.",
    )(invocation(command))


def command_follows(as_json: bool) -> bool:
    """Whether one of the commands of this group is called; raises a UsageError if --json stands in front of it."""
    ctx = click.get_current_context()
    if as_json and ctx.invoked_subcommand is not None:
        raise click.UsageError(f"--json belongs to warroom {ctx.info_name} alone")
    return ctx.invoked_subcommand is not None


def log_and_say(session: Session, *drafts: Draft) -> list[Entry]:
    """Log drafts, all or none, and print the line of each new entry; returns these. Raises Refused, or StoreError."""
    from warroom.model.lines import line

    entries = session.apply(*drafts)
    for entry in entries:
        say(line(entry, session.tz))
    return entries


def say_already(session: Session, words: str, at: int | None = None, by: str = "") -> None:
    """Say on stderr that something is so already, so that nothing is logged: since when (ms UTC), and who did it."""
    from warroom.model import times

    since = f", since {times.clock_zone_day(at, session.now(), session.tz)}" if at is not None else ""
    who = f" ({clean_line(by)})" if by else ""
    notify(f"{words} already{since}{who}; nothing was logged.")


def print_data(text: str) -> None:
    """Print for programs, on stdout, always in UTF-8, so that no character is lost."""
    click.echo(clean(text).encode("utf-8"))


def print_json(data: object) -> None:
    """Print data for programs as indented JSON."""
    import msgspec

    print_data(msgspec.json.format(msgspec.json.encode(data)).decode())


def say(text: str) -> None:
    """Print for people, on stdout; control characters become visible."""
    click.echo(clean(text))


_MOST_QUOTED = 60
"""How many characters of a text are quoted in a sentence."""


def quoted(text: str) -> str:
    """A text in quotation marks on one line; of a long one the beginning, with … for the rest."""
    words = clean_line(text)
    return f"“{words if len(words) <= _MOST_QUOTED else f'{words[: _MOST_QUOTED - 1]}…'}”"


def has_output() -> bool:
    """Whether there is a standard output, not closed by the shell: then `main` has put the null device there."""
    return getattr(sys.stdout, "name", "") != os.devnull


def standard_input() -> BinaryIO:
    """Standard input, to read it whole. Raises Failed if the shell has closed it, because nothing was given then."""
    if getattr(sys.stdin, "name", "") == os.devnull:
        raise Failed("standard input is closed, so there is nothing to read; pipe a text into this command")
    return sys.stdin.buffer


def notify(text: str) -> None:
    """Print a sentence on stderr; control characters become visible."""
    with suppress(OSError):  # stderr is full or gone; the exit code still says how it went
        click.echo(f"warroom: {clean(text)}", file=sys.stderr)


def is_expected(error: Exception) -> bool:
    """Whether an error's text is a sentence written for the user."""
    from warroom.model.incident import Refused
    from warroom.model.times import TimeError
    from warroom.places import PlaceError
    from warroom.store.errors import StoreError
    from warroom.text.mistakes import Mistake

    if isinstance(error, (Refused, TimeError, PlaceError, StoreError, Mistake)):
        return True
    sandbox = sys.modules.get(
        "warroom.messages.sandbox"
    )  # slow to import; if it is not imported, the error isn't from it
    return sandbox is not None and isinstance(error, sandbox.TemplateError)
