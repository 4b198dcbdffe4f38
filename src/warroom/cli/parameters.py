"""Types of options and arguments that several commands share: a time, a severity."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Protocol

import click

from warroom.cli.context import Invocation, wall_clock
from warroom.text.cleaning import clean_line


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


def as_typed(text: str) -> str:
    """An argument of a `TextCommand` as it was typed."""
    return text.replace(_MINUS, "-")


_MINUS = "\ufdd0"
"""Stands for the dash while click sorts the arguments; no text that anybody types has it."""

TIME = _Time()
DAY = _Day()
SINCE = _Since()
SINCE_HELP = "Count what began since then: 2026-01-31, 2026-01, 90d or 12w."
BY = ("month", "severity", "system")
"""What the numbers may be grouped by; see `metrics.By`."""
REASON = _Reason()
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
