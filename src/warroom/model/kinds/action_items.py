"""Action items: what will be done so that it does not happen again, by whom and by when."""

from __future__ import annotations

import re
from datetime import UTC, date, timedelta, tzinfo

from warroom.model import times
from warroom.model.entries import SHORT_TEXT, BaseIncident, Body, Draft, Logged, Tone
from warroom.model.playbook import Playbook
from warroom.text.cleaning import clean_line
from warroom.text.width import shorten

OPEN, DOING, DONE, DROPPED = "open", "doing", "done", "dropped"
STATES = (OPEN, DOING, DONE, DROPPED)
"""The states of an action item."""
_LONGEST_NAME = 200
"""The most characters of an owner's name."""
_TEXT_CELLS = 200
"""How much of an item's text the line has that changes it: a text of any allowed length may be changed."""
_LAST_ZONE = 12 * times.HOUR
"""How far behind UTC a day ends last; where the people are is not known here."""


class ActionItemAdded(Body, frozen=True, tag="action-item"):
    """An action item; what will be done is the entry's text.

    `due` is a day (`2026-12-24`, the last on which it is in time), "" for none. `purpose` is a kind of the playbook.
    `source` is what it came from: the key of a decision, or `section:` and the id of a section of the post-mortem.
    """

    timeline_name = "follow-up"
    allowed_when_closed = True
    tone = Tone.STRONG
    most_characters = SHORT_TEXT
    may_be_reworded = True
    keeps_number = True

    owner: str = ""
    due: str = ""
    purpose: str = ""
    priority: str = ""
    source: str = ""

    def details(self) -> tuple[str, ...]:
        return tuple(filter(None, (self.owner, f"due {self.due}" if self.due else "")))

    def log_line(self, text: str, playbook: Playbook) -> tuple[str, str]:
        details = ", ".join(self.details())
        return "action item", text + (f" – {details}" if details else "")

    def refusal(self, incident: BaseIncident, draft: Draft, playbook: Playbook, now: int) -> str | None:
        if not draft.text.strip():
            return "an action item needs a few words about what will be done"
        return _wrong_field(playbook, self.purpose, self.priority) or _no_name(self.owner) or _no_day(self.due, now)


class ActionItemChanged(Body, frozen=True, tag="action-item-changed"):
    """An action item is begun, done, dropped with a reason, given to somebody else, or due on another day.

    A field that is None stays as it was; an empty `owner` means nobody, an empty `due` no day.
    """

    timeline_name = "follow-up"
    allowed_when_closed = True
    tone = Tone.ACTIVE
    most_characters = SHORT_TEXT

    target: str
    state: str | None = None
    owner: str | None = None
    due: str | None = None
    purpose: str | None = None
    priority: str | None = None
    because: str = ""

    def log_line(self, text: str, playbook: Playbook) -> tuple[str, str]:
        return "action item", text

    def refusal(self, incident: BaseIncident, draft: Draft, playbook: Playbook, now: int) -> str | None:
        item = next((logged for logged in incident.all(ActionItemAdded) if logged.key == self.target), None)
        if item is None:
            return "there is no such action item in this incident"
        if self.state is not None and self.state not in STATES:
            return f"an action item can't be {self.state!r}; it is one of {', '.join(STATES)}"
        if self.state == DROPPED and not self.because.strip():
            return "dropping an action item needs a reason, so that it is a choice and not an oversight"
        if self.due is not None:
            if reason := _no_day(self.due, now):
                return reason
            if is_later(self.due, due_now(incident, item)) and not self.because.strip():
                return "postponing an action item needs a reason, because somebody counts on the day it had"
        return _no_name(self.owner or "") or _wrong_field(playbook, self.purpose or "", self.priority or "")


def _wrong_field(playbook: Playbook, purpose: str, priority: str) -> str | None:
    rows = playbook.action_items
    if purpose and rows.kind(purpose) is None:
        return f"there is no kind of action item {purpose!r}; the kinds are {', '.join(row.id for row in rows.kinds)}"
    if priority and rows.priority(priority) is None:
        known = ", ".join(row.id for row in rows.priorities)
        return f"there is no priority {priority!r}; the priorities are {known}"
    return None


def _no_name(owner: str) -> str | None:
    if len(owner) > _LONGEST_NAME:
        return f"{len(owner):,} characters are too many for the name of an owner; give one name"
    return None


def _no_day(due: str, now: int) -> str | None:
    """Why an action item can't be due on that day; the day may have begun in any zone."""
    if not due:
        return None
    if read_day(due) is None:
        return f"{due!r} is not a day; give one such as 2026-12-24"
    if due < times.day(now - _LAST_ZONE, UTC):
        return f"{due} has passed; give today or a later day"
    return None


def is_later(due: str, before: str) -> bool:
    """Whether an item that had a day is postponed by this one, or by having none."""
    return bool(before) and (not due or due > before)


def read_day(text: str) -> date | None:
    """Read a day as it is stored, `2026-12-24`; None if it is none."""
    if not re.fullmatch(r"\d{4}-\d{2}-\d{2}", text):
        return None
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def due_now(incident: BaseIncident, item: Logged[ActionItemAdded]) -> str:
    """The day on which an item is due now, "" for none."""
    due = item.body.due
    for change in incident.all(ActionItemChanged):
        if change.body.target == item.key and change.body.due is not None:
            due = change.body.due
    return due


def add(text: str, *, owner: str = "", due: str = "", purpose: str = "", priority: str = "", source: str = "") -> Draft:
    """Write down an action item; see `ActionItemAdded` for the fields."""
    owner = clean_line(owner).strip()
    return Draft(ActionItemAdded(owner, due.strip(), purpose, priority, source), clean_line(text).strip())


def change(
    item: Logged[ActionItemAdded],
    *,
    state: str | None = None,
    owner: str | None = None,
    due: str | None = None,
    purpose: str | None = None,
    priority: str | None = None,
    because: str = "",
) -> Draft:
    """Change an action item; what is None stays as it is."""
    owner = None if owner is None else clean_line(owner).strip()
    because = because.strip()
    parts = [state or ""]
    parts += [f"owner {owner or 'nobody'}"] if owner is not None else []
    parts += [f"due {due}" if due else "no day"] if due is not None else []
    parts += [purpose or "", f"priority {priority}" if priority else ""]
    text = f"{', '.join(filter(None, parts))}: {shorten(clean_line(item.text), _TEXT_CELLS)}"
    text += f" – {because}" if because else ""
    return Draft(ActionItemChanged(item.key, state, owner, due, purpose, priority, because), text)


def parse_day(text: str, now: int, tz: tzinfo | None = None) -> str:
    """Read a day as people type it: `2026-12-24`, `12-24`, `dec 24`, `friday`, `tomorrow`, `3d`, `2w`; "" for none.

    Raises TimeError if it can't be read, or has passed.
    """
    typed, today = text.strip().lower(), times.local(now, tz).date()
    if typed in ("", "none", "-"):
        return ""
    found: date | None = None
    if typed in ("today", "tomorrow"):
        found = today + timedelta(days=typed == "tomorrow")
    elif weekdays := [number for number, name in enumerate(_WEEKDAYS) if len(typed) >= 3 and name.startswith(typed)]:
        found = today + timedelta(days=(weekdays[0] - today.weekday() - 1) % 7 + 1)
    elif span := re.fullmatch(r"\+?(\d{1,3})\s*(d|days?|w|weeks?)", typed):
        found = today + timedelta(days=int(span[1]) * (7 if span[2][0] == "w" else 1))
    elif short := re.fullmatch(r"(\d{1,2})-(\d{1,2})", typed):
        found = _next_such_day(int(short[1]), int(short[2]), today)
    elif named := re.fullmatch(r"(?P<day>\d{1,2})\.? ([a-z]{3,9})|([a-z]{3,9}) (?P<last>\d{1,2})", typed):
        month = _month(named[2] or named[3])
        found = _next_such_day(month, int(named["day"] or named["last"]), today) if month else None
    else:
        found = read_day(typed)
    if found is None:
        shown = shorten(clean_line(text.strip()), _SHOWN)
        raise times.TimeError(f"can't read {shown!r} as a day; try 2026-12-24, dec 24, friday, tomorrow, 3d or 2w")
    if found < today:
        raise times.TimeError(f"{found} has passed; give today or a later day")
    return found.isoformat()


_SHOWN = 40
_MONTHS = (
    "january", "february", "march", "april", "may", "june",
    "july", "august", "september", "october", "november", "december",
)  # fmt: skip
_WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")


def _month(name: str) -> int:
    """The number of a month, by its name or the beginning of it; 0 if it is none."""
    return next((number for number, month in enumerate(_MONTHS, 1) if month.startswith(name)), 0)


def _next_such_day(month: int, day: int, today: date) -> date | None:
    for year in range(today.year, today.year + 9):  # as far as the next 29 February
        if (found := read_day(f"{year}-{month:02d}-{day:02d}")) is not None and found >= today:
            return found
    return None
