"""The incident as a page of plain text: what `warroom status` prints for people."""

from __future__ import annotations

import os
import sys

from warroom.model import ids, times
from warroom.model.action_items import counts, due_in_words, sorted_by_due, tally
from warroom.model.cost import cost
from warroom.model.escalation import escalation
from warroom.model.lines import line, mark
from warroom.model.promises import promises
from warroom.session import Session
from warroom.store.timeline import Timeline
from warroom.text.cleaning import clean_line
from warroom.text.counts import counted
from warroom.text.width import shorten, width, wrap

_LAST = 5
_NARROW, _WIDE = 40, 120
_ROWS = 3
_ITEMS = 5
"""The most action items that are listed."""


def status_page(session: Session, columns: int | None = None) -> str:
    """Header, NOW line, clocks, checklist or recovery, roles, facts and the last log lines, fitted to the terminal."""
    available = terminal_columns() if columns is None else columns
    page = _Page(min(max(available, _NARROW), _WIDE))
    _header(page, session)
    _clocks(page, session)
    _so_far(page, session)
    if session.snapshot().recovery.items:
        _recovery(page, session)
    else:
        _checklist(page, session)
    incident, playbook = session.incident, session.playbook
    names = {row.id: row.name for row in playbook.roles}
    labels = {row.id: row.label for row in playbook.facts}
    page.table(
        "Roles", [(names.get(role, role), ", ".join(incident.holders(role))) for role in incident.roles], empty="vacant"
    )
    page.table("Facts", [(labels.get(name, name), value) for name, value in incident.known_facts().items()])
    _action_items(page, session)
    _log(page, session)
    return "\n".join(page.lines)


def terminal_columns() -> int:
    """The width of the terminal, like `shutil.get_terminal_size`; but `shutil` is slow to import."""
    columns = os.environ.get("COLUMNS", "")
    if columns.isdecimal() and int(columns) > 0:
        return int(columns)
    try:
        return os.get_terminal_size(sys.__stdout__.fileno()).columns or 80 if sys.__stdout__ else 80
    except (OSError, ValueError):
        return 80


class _Page:
    """The lines of the page, wrapped to a width."""

    def __init__(self, width: int) -> None:
        self.width = width
        self.lines: list[str] = []

    def add(self, text: str, indent: str = "", hang: str | None = None) -> None:
        """Add a paragraph, cut after a few rows, because the page is an overview."""
        self.lines += wrap(clean_line(text), self.width, _ROWS, indent, indent if hang is None else hang)

    def head(self, text: str) -> None:
        """Add a heading, with an empty line above it."""
        self.lines += ["", text]

    def table(self, head: str, rows: list[tuple[str, str]], empty: str = "") -> None:
        """Add two columns under a heading; nothing if there are no rows."""
        if not rows:
            return
        self.head(head)
        left = min(max(width(name) for name, _ in rows), self.width // 2)
        for name, value in rows:
            padded = shorten(name, left)
            self.add(value or empty, f"  {padded}{' ' * (left - width(padded))}  ", " " * (left + 4))


def _header(page: _Page, session: Session) -> None:
    incident, playbook, now = session.incident, session.playbook, session.now()
    page.add(f"SEV{incident.severity}  {incident.name}")
    stage = playbook.stage(incident.stage)
    parts = [incident.id, stage.name if stage else incident.stage]
    if incident.over():
        undone = incident.cancelled is not None and incident.cancelled.body.undoes
        after = "" if undone else f" after {times.span(incident.length(now))}"
        parts.append(f"{incident.outcome}{after}")
    else:
        parts.append(f"T+{times.elapsed(incident.elapsed(now))}")
    parts.append(f"began {_moment(incident.began, now, session)}")
    parts.append(f"IC {', '.join(incident.holders(ids.ROLE_COMMANDER)) or 'not known'}")
    page.add(" · ".join(parts))
    page.lines.append("")
    page.add(session.snapshot().advice.text, "NOW  ", "     ")


def _moment(ms: int, now: int, session: Session) -> str:
    """A clock time with its zone, and with its date if that is not today."""
    day, today = times.day(ms, session.tz), times.day(now, session.tz)
    return times.clock_zone(ms, session.tz) if day == today else f"{day} {times.clock_zone(ms, session.tz)}"


def _clocks(page: _Page, session: Session) -> None:
    now = session.now()
    rows = []
    for clock in session.snapshot().clocks:
        text = f"{clock.countdown:<12} due {_moment(clock.due, now, session)}"
        if clock.snoozed_until is not None:
            text += f", snoozed until {_moment(clock.snoozed_until, now, session)}: {clock.snooze_reason}"
        rows.append((clock.label, text))
    page.table("Clocks", rows)


def _so_far(page: _Page, session: Session) -> None:
    """The cost, kept and missed promises, and the escalation triggers and steps."""
    incident, playbook, now = session.incident, session.playbook, session.now()
    rows = []
    if known := cost(incident, now):
        rows.append(("Cost", f"{known.text} ({known.basis})"))
    states: list[str] = [promise.state for promise in promises(incident, playbook, now)]
    if states:
        others = {"late": "late", "missed": "missed", "running": "still to come"}
        rest = "".join(f", {count} {label}" for state, label in others.items() if (count := states.count(state)))
        rows.append(("Promises", f"{states.count('kept')} of {len(states)} kept{rest}"))
    state = escalation(incident, playbook, now, session.tz)
    rows.extend(("Escalation", f"{trigger.text}: {trigger.why}") for trigger in state.active)
    if state.latest is not None:
        rows.append(("Escalation", f"{_moment(state.latest.at, now, session)} {state.latest.text}"))
    if incident.decisions:
        rows.append(("Decisions", str(len(incident.decisions))))
    page.table("So far", rows)


def _recovery(page: _Page, session: Session) -> None:
    """What is owed after the fix, once there was one."""
    snapshot, rows = session.snapshot(), []
    found = snapshot.recovery
    for number in dict.fromkeys(item.horizon for item in found.items):
        items = [item for item in found.items if item.horizon == number]
        text = f"{sum(item.state != 'open' for item in items)}/{len(items)}"
        if (clock := snapshot.clock(f"{ids.CLOCK_RECOVERY}{number}")) is not None:
            text += f"  {clock.countdown}, due {_moment(clock.due, snapshot.now, session)}"
        if owed := ", ".join(item.row.text for item in items if item.owed):
            text += f"  open: {owed}"
        rows.append((items[0].when[:1].upper() + items[0].when[1:], text))
    again = f" · round {found.round}" if found.round > 1 else ""
    page.table(f"Recovery · {found.settled} of {len(found.items)}{again}", rows)


def _checklist(page: _Page, session: Session) -> None:
    checklist = session.snapshot().checklist
    rows = []
    for phase in checklist.phases:
        open_items = ", ".join(item.row.text for item in phase.items if not item.done)
        text = f"{phase.done}/{len(phase.items)}"
        if not phase.required:
            text += "  not required at this severity"
        elif open_items:
            text += f"  open: {open_items}"
        rows.append((f"{phase.row.from_min}–{phase.row.until_min} {phase.row.title}", text))
    page.table(f"First 30 minutes · {checklist.done} of {checklist.total}", rows)


def _action_items(page: _Page, session: Session) -> None:
    """The open action items, the most urgent first."""
    snapshot = session.snapshot()
    opened = [item for item in sorted_by_due(snapshot.action_items) if item.is_open]
    rows = []
    for item in opened[:_ITEMS]:
        due = ", ".join(filter(None, (due_in_words(item, snapshot.today), item.due)))
        rows.append((item.id, f"{item.text} – {', '.join([item.owner or 'no owner', due or 'no day'])}"))
    if len(opened) > _ITEMS:
        rows.append(("…", f"and {len(opened) - _ITEMS} more: warroom actions -i {session.incident.id}"))
    page.table(f"Action items · {counts(tally(snapshot.action_items, snapshot.today, session.tz))}", rows)


def _log(page: _Page, session: Session) -> None:
    incident, timeline = session.incident, Timeline(session.journal)
    total = timeline.count(incident)
    page.head(f"Log · {counted(total, 'entry', 'entries')}")
    for entry in timeline.page(incident, max(total - _LAST, 0), _LAST):
        shown = line(incident.shown(entry), session.tz, incident)
        page.add(shown + mark(incident.replaced.get(entry.key)), "  ", "    ")
