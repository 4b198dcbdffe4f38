"""What one command line works with: the journal, the playbook, the incident meant, who is writing, what time it is."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, cast

import click

from warroom.text.cleaning import clean, clean_line

if TYPE_CHECKING:
    from warroom.model.playbook import Playbook
    from warroom.session import Session
    from warroom.store.journal import Journal


def wall_clock() -> int:
    """Tell the time, ms UTC."""
    return time.time_ns() // 1_000_000


class Failed(click.ClickException):
    """A command that can't do what it was asked; its text says why and what to do (exit 1)."""


class Invocation:
    """One run of the command line; everything is opened once, and only when a command asks for it."""

    def __init__(self, *, now: Callable[[], int] = wall_clock) -> None:
        self.now = now
        self.db: str | None = None
        self.reference: str | None = None
        self._journal: Journal | None = None
        self._playbook: Playbook | None = None

    @property
    def path(self) -> Path:
        """Where the journal is, or will be. Raises PlaceError."""
        from warroom import places

        return places.database(self.db)

    @property
    def author(self) -> str:
        """Who is writing: $WARROOM_AUTHOR, else the login name."""
        if named := os.environ.get("WARROOM_AUTHOR", "").strip():
            return clean_line(named)
        for name in ("LOGNAME", "USER", "LNAME", "USERNAME"):
            if named := os.environ.get(name, "").strip():
                return clean_line(named)
        try:
            import pwd

            return clean_line(pwd.getpwuid(os.getuid()).pw_name)
        except (ImportError, KeyError):
            return "unknown"

    def journal(self, *, create: bool = False) -> Journal:
        """The journal, opened; made if `create` and there is none. Raises StoreError."""
        if self._journal is None:
            from warroom.store.journal import Journal

            self._journal = Journal.open(self.path, now=self.now, create=create)
        return self._journal

    def playbook(self) -> Playbook:
        """The company's own playbook if there is one, else the built-in one. Raises PlaybookError, PlaceError."""
        if self._playbook is None:
            from warroom import places
            from warroom.model.playbook import PlaybookError, load

            own = places.config_folder() / "playbook.toml"
            path = own if own.exists() else places.templates() / "playbook.toml"
            try:
                text = path.read_text("utf-8")
            except (OSError, UnicodeDecodeError) as error:
                reason = error.strerror if isinstance(error, OSError) else "it is not UTF-8 text"
                raise PlaybookError(f"{path}: can't be read ({reason}); correct it or remove the file") from None
            self._playbook = load(text, file=str(path))
        return self._playbook

    def session(self, *, needs_playbook: bool = True) -> Session:
        """The incident meant, opened. Raises click's UsageError, Failed, StoreError, PlaybookError.

        Without `needs_playbook` the playbook is read only once an act asks for it, so that a note is logged whatever
        mistake somebody made in the company's copy.
        """
        from warroom.cli.reference import find
        from warroom.session import Session

        journal = self.journal()
        incident = find(journal, self.reference)
        playbook = self.playbook() if needs_playbook else cast("Playbook", _Unread(self.playbook))
        return Session(journal, playbook, incident, author=self.author, now=self.now)

    def close(self) -> None:
        """Let go of the file."""
        if self._journal is not None:
            self._journal.close()


class _Unread:
    """A playbook that is read when first looked into."""

    def __init__(self, read: Callable[[], Playbook]) -> None:
        self._read = read

    def __getattr__(self, name: str) -> object:
        return getattr(self._read(), name)


invocation = click.make_pass_decorator(Invocation)


class Time(click.ParamType[int]):
    """A moment that has happened, ms UTC; see `times.parse_past` for what can be typed."""

    name = "time"

    def convert(self, value: object, param: click.Parameter | None, ctx: click.Context | None) -> int:
        from warroom.model import times

        if isinstance(value, int):
            return value
        found = ctx.find_object(Invocation) if ctx else None
        try:
            return times.parse_past(str(value), found.now() if found else wall_clock())
        except times.TimeError as error:
            self.fail(str(error), param, ctx)


TIME = Time()


def hand_over(text: str) -> None:
    """Print for programs, on stdout: UTF-8 whatever the locale is, so that nothing is replaced on the way."""
    click.echo(clean(text).encode("utf-8"))


def say(text: str) -> None:
    """Print for people, on stdout; control characters become visible."""
    click.echo(clean(text))


def complain(text: str) -> None:
    """Print a sentence on stderr; control characters become visible."""
    click.echo(f"warroom: {clean(text)}", file=sys.stderr)


def is_expected(error: Exception) -> bool:
    """Whether an error's text is a sentence written for the user."""
    sandbox = sys.modules.get("warroom.messages.sandbox")  # its error can only come from it
    if sandbox is not None and isinstance(error, sandbox.TemplateError):
        return True
    from warroom.model.incident import Refused
    from warroom.model.playbook import PlaybookError
    from warroom.model.times import TimeError
    from warroom.places import PlaceError
    from warroom.store.errors import StoreError

    return isinstance(error, (Refused, PlaybookError, TimeError, PlaceError, StoreError))
