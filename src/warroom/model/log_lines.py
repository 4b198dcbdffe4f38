"""Lines pasted or piped in, such as from a chat, as entries of the log: one each, with its time and who said it."""

from __future__ import annotations

import re
from datetime import tzinfo

import msgspec

from warroom.model import times
from warroom.model.entries import Draft
from warroom.model.kinds import log

_BULLET = r"^[-*•]\s+"
_BRACKETS = r"^[\[(](?P<when>[^\])]{1,40})[\])]\s*"
_DASH = r"^[-–—|:]\s+"
_NAME = r"^@?(?P<by>[A-Z][a-zà-öø-ÿ'’-]+(?: [A-Z][\w.'’-]*){0,2}):\s+(?P<rest>\S.*)$"
_LABELS = frozenset(
    {
        "action",
        "alert",
        "cause",
        "customers",
        "decision",
        "detected",
        "error",
        "errors",
        "eta",
        "fix",
        "fixed",
        "fyi",
        "impact",
        "info",
        "next",
        "note",
        "notes",
        "plan",
        "question",
        "resolved",
        "result",
        "root",
        "severity",
        "stack",
        "status",
        "summary",
        "symptom",
        "update",
        "warning",
        "workaround",
    }
)
"""First words that are no names in front of a colon."""
_CLOCK_ONLY = r"\d{1,2}:\d{2}(?::\d{2})?\s?(?:Z|UTC|GMT|[+-]\d{2}:?\d{2})?"
_HALF_A_DAY = 12 * times.HOUR


class LogLine(msgspec.Struct, frozen=True):
    """One line: when it happened in ms UTC (None: now), who said it (empty: not known), and the rest of its text."""

    at: int | None
    by: str
    text: str

    def draft(self) -> Draft:
        """The line as a note of the log."""
        return log.note(self.text, self.at, self.by)


def count_lines(text: str) -> int:
    """The number of lines that are not empty."""
    return sum(1 for line in text.split("\n") if line.strip())


def read_lines(text: str, now: int, tz: tzinfo | None = None) -> list[LogLine]:
    """Read each line that is not empty: its leading time as in the log line, also in brackets, then `Name:`.

    Lines are in the order in which they happened: a clock time that is followed by an earlier one is of the day before.
    A line without a time takes that of the line above it. A name is only read after a time, or if it was read before.
    Raises TimeError, which names the line, for a time that can't be read or is in the future.
    """
    rows: list[tuple[int | None, str, str]] = []
    for number, line in enumerate(text.split("\n"), 1):
        if not line.strip():
            continue
        bare = re.sub(_BULLET, "", line.strip())
        bare = re.sub(_BRACKETS, lambda found: f"{found['when']} ", bare) if _is_time_in_brackets(bare) else bare
        try:
            at, rest = times.split_leading_time(bare, now, tz)
        except times.TimeError as error:
            raise times.TimeError(f"line {number}: {error}") from None
        when = bare[: len(bare) - len(rest)].strip() if at is not None else ""
        rows.append((at, when, re.sub(_DASH, "", rest) if at is not None else line.strip()))
    return _named(_in_order(rows, tz))


def _is_time_in_brackets(line: str) -> bool:
    found = re.match(_BRACKETS, line)
    return found is not None and re.match(r"-?\d", found["when"]) is not None


def _in_order(rows: list[tuple[int | None, str, str]], tz: tzinfo | None) -> list[tuple[int | None, str]]:
    """Move clock times before midnight to the day before, from the last line up; fill in the times of lines without."""
    following: int | None = None
    moved: list[tuple[int | None, str]] = []
    for at, when, text in reversed(rows):
        if at is not None:
            if following is not None and at - following > _HALF_A_DAY and re.fullmatch(_CLOCK_ONLY, when, re.I):
                at = times.parse_past(when, following, tz)
            following = at
        moved.append((at, text))
    above: int | None = None
    filled = []
    for at, text in reversed(moved):
        above = at if at is not None else above
        filled.append((above, text))
    return filled


def _named(rows: list[tuple[int | None, str]]) -> list[LogLine]:
    lines, known = [], set()
    for at, text in rows:
        found = re.match(_NAME, text, re.DOTALL)
        name = found["by"] if found else ""
        if found and name.split()[0].lower() not in _LABELS and (at is not None or name in known):
            known.add(name)
            lines.append(LogLine(at, name, found["rest"]))
        else:
            lines.append(LogLine(at, "", text))
    return lines
