"""Types of options and arguments that several commands share: a time, a severity."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from datetime import tzinfo
from pathlib import Path
from typing import Any, Protocol, TypeVar

import click

from warroom.cli.context import Invocation, wall_clock
from warroom.text.cleaning import clean_line

_Command = TypeVar("_Command", bound=Callable[..., Any])


class _Time(click.ParamType[int]):
    """A time in the past, ms UTC; see `times.parse_past` for what can be typed."""

    name = "time"

    def convert(self, value: object, param: click.Parameter | None, ctx: click.Context | None) -> int:
        from warroom.model import times

        if isinstance(value, int):
            return value
        found = ctx.find_object(Invocation) if ctx else None
        try:
            text = str(value).replace(_MINUS, "-")
            return times.parse_past(text, found.now() if found else wall_clock())
        except times.TimeError as error:
            self.fail(str(error), param, ctx)


class _Day(click.ParamType[str]):
    """A day that has not passed, as `2026-12-24`, or "" for none; see `parse_day` for what can be typed."""

    name = "day"

    def convert(self, value: object, param: click.Parameter | None, ctx: click.Context | None) -> str:
        from warroom.model.kinds.action_items import parse_day
        from warroom.model.times import TimeError

        found = ctx.find_object(Invocation) if ctx else None
        try:
            return parse_day(str(value), found.now() if found else wall_clock())
        except TimeError as error:
            self.fail(str(error), param, ctx)


class _Since(click.ParamType[int]):
    """The beginning of a day that has begun, ms UTC; see `times.parse_since` for what can be typed."""

    name = "since"

    def convert(self, value: object, param: click.Parameter | None, ctx: click.Context | None) -> int:
        from warroom.model import times

        if isinstance(value, int):
            return value
        found = ctx.find_object(Invocation) if ctx else None
        try:
            return times.parse_since(str(value), found.now() if found else wall_clock())
        except times.TimeError as error:
            self.fail(str(error), param, ctx)


class _Level(click.ParamType[int]):
    """A severity as people write it: 2, or SEV2."""

    name = "severity"

    def convert(self, value: object, param: click.Parameter | None, ctx: click.Context | None) -> int:
        level = str(value).strip().upper().removeprefix("SEV").strip("-")
        if level not in ("1", "2", "3", "4"):
            self.fail(f"{value!r} is not a severity: it is 1 (critical), 2 (high), 3 (medium) or 4 (low)", param, ctx)
        return int(level)


class _Reason(click.ParamType[str]):
    """A reason, in words: an empty one is none."""

    name = "reason"

    def convert(self, value: object, param: click.Parameter | None, ctx: click.Context | None) -> str:
        from warroom.text.cleaning import clean

        reason = clean(str(value)).strip()
        if not reason:
            self.fail("the reason is empty; say why, in a few words", param, ctx)
        return reason


class _File(click.ParamType[Path]):
    """A file by its name, never a pipe: an empty name, as of a variable that isn't set, or - is wrong use."""

    name = "file"

    def convert(self, value: object, param: click.Parameter | None, ctx: click.Context | None) -> Path:
        if isinstance(value, Path):
            return value
        typed = str(value)
        if not typed.strip():
            raise click.UsageError(EMPTY_FILE, ctx)
        if typed == "-":
            raise click.UsageError("- is not a file; a journal can't be piped, so give the name of a file", ctx)
        return Path(typed).expanduser()


EMPTY_FILE = "The name of the file is empty; give one"


class Once(click.Option):
    """An option that may be given only once: of two values, neither is silently left out."""

    def __init__(self, names: Sequence[str], **settings: Any) -> None:
        self._default_once = settings.pop("default", None)
        super().__init__(names, multiple=True, **settings)

    def process_value(self, ctx: click.Context, value: Any) -> Any:
        """The one value, or the default."""
        values = super().process_value(ctx, value)
        if len(values) > 1:
            raise click.UsageError(f"Give {self.opts[0]} only once")
        return values[0] if values else self._default_once


def one_of(into: str, default: str, **helps: str) -> Callable[[_Command], _Command]:
    """Flags of which at most one may be given; its name, or the default, is passed as `into`. `helps` explains them."""

    def choose(ctx: click.Context, param: click.Parameter, given: bool) -> None:
        name = param.opts[0].removeprefix("--")
        chosen = ctx.params.setdefault(into, name if given else default)  # click comes to those that are given first
        if given and chosen != name:
            raise click.UsageError(f"Give --{chosen} or --{name}, not both")

    def add(command: _Command) -> _Command:
        for name, text in reversed(helps.items()):
            command = click.option(f"--{name}", is_flag=True, expose_value=False, callback=choose, help=text)(command)
        return command

    return add


class TimesCommand(click.Command):
    """A command whose arguments may be a time such as -1h20m, which click would take for options, among them -h."""

    dashed = r"-\d\w*"
    """The arguments that are none of its options, although they begin with a dash."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        sorted_out = []
        for last, arg in zip(("", *args), args, strict=False):
            plain = re.fullmatch(self.dashed, arg, re.DOTALL) and not last.startswith("--")
            sorted_out.append(f"{_MINUS}{arg[1:]}" if plain else arg)
        return super().parse_args(ctx, sorted_out)


class TextCommand(TimesCommand):
    """A command whose text may begin with a dash, as a list does; `as_typed` gives the text back as it was."""

    dashed = r"-[^-]?\s.*|-[^-]\S*\s.*"


class SearchCommand(TimesCommand):
    """A command whose words may begin with a dash, unless they are the name of one of its options."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        try:
            return super().parse_args(ctx, args)
        except click.NoSuchOption as error:
            raise click.UsageError(
                f"There is no option {error.option_name!r}; put -- in front of words that begin with a dash", ctx
            ) from None

    dashed = r"-[^-hi].*|-[hi]\S*\s.*"


class ValueCommand(click.Command):
    """A command whose value may look like an option; its error message then says what to do."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        try:
            return super().parse_args(ctx, args)
        except click.NoSuchOption as error:
            raise click.UsageError(
                f"There is no option {error.option_name!r}; put -- in front of a value that begins with a dash, "
                f"as in: warroom {ctx.info_name} impact -- '- files are missing'",
                ctx,
            ) from None


def as_typed(text: str) -> str:
    """An argument of a command with `dashed` as it was typed."""
    return text.replace(_MINUS, "-")


def text_of(given: Sequence[str], empty: str) -> str:
    """The words of an argument as one text; "" if there are none.

    Words that are all blank count as a mistake, as of a variable that is not set: a UsageError, with `empty`.
    """
    from warroom.text.cleaning import clean

    text = clean(" ".join(map(as_typed, given)))
    if given and not text.strip():
        raise click.UsageError(empty)
    return text


def past_time(typed: str, now: int, tz: tzinfo | None, *, near: int | None, hint: str = "TIME") -> int:
    """The time that was typed, ms UTC; see `times.parse_past`. Raises click.BadParameter."""
    from warroom.model import times

    try:
        return times.parse_past(typed, now, tz, near=near)
    except times.TimeError as error:
        raise click.BadParameter(str(error), param_hint=hint) from None


_MINUS = "\ufdd0"
"""Stands for the dash while click sorts the arguments; no text that anybody types has it."""

TIME = _Time()
DAY = _Day()
SINCE = _Since()
SINCE_HELP = "Count what began since then: 2026-01-31, 2026-01, 90d or 12w."
BY = ("month", "severity", "system")
"""What the numbers may be grouped by; see `metrics.By`."""
REASON = _Reason()
FILE = _File()
LEVEL = _Level()


class _Row(Protocol):
    """A row of the playbook."""

    @property
    def id(self) -> str: ...


def check_id(what: str, id: str, rows: Iterable[_Row]) -> None:
    """Raise a UsageError, with the ids there are, if no row has that id; `what` names the rows: `fact`."""
    known = [row.id for row in rows]
    if id not in known:
        raise click.UsageError(f"There is no {what} {clean_line(id)!r}; the {what}s are {', '.join(known)}")
