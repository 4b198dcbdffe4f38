"""What the commands for action items share: finding an item by its id, and the table of items."""

from __future__ import annotations

import sys
from collections.abc import Sequence

import click

from warroom.cli.context import Invocation
from warroom.cli.reference import find
from warroom.cli.status_page import terminal_columns
from warroom.model.action_items import STATE_MARKS, ActionItem, due_in_words
from warroom.session import Session
from warroom.text.cleaning import clean_line
from warroom.text.width import shorten, width

_GAP = "  "
_LISTED = 10
_OWNER, _SHORT_OWNER = 16, 10
"""The most cells of an owner on a terminal, and on a narrow one."""
_LEAST_TEXT, _LEAST_TITLE = 24, 10


def find_items(to: Invocation, ids: Sequence[str]) -> list[tuple[Session, ActionItem]]:
    """The items with these ids (`k7qd-3`, or `3` of the one incident that is meant), each with its open incident.

    Raises click.UsageError, which lists the items there are, for one that is not there.
    """
    items = to.workspace.action_items()
    sessions: dict[str, Session] = {}
    found: list[tuple[Session, ActionItem]] = []
    for id in ids:
        item = _find(to, items, id)
        if item.incident not in sessions:
            sessions[item.incident] = to.workspace.open(item.incident)
        if item not in (other for _, other in found):
            found.append((sessions[item.incident], item))
    return found


def _find(to: Invocation, items: Sequence[ActionItem], id: str) -> ActionItem:
    reference, _, number = clean_line(id).strip().lower().rpartition("-")
    if not (number.isascii() and number.isdigit()):
        raise click.UsageError(f"{clean_line(id)!r} is not the id of an action item, such as k7qd-3 or 3")
    if reference:
        of = [item for item in items if item.incident.startswith(reference)]
    else:
        incident = find(to.workspace.journal, to.reference, closed=True)
        of = [item for item in items if item.incident == incident]
    matching = [item for item in of if str(item.number) == number.lstrip("0")]
    if len(matching) == 1:
        return matching[0]
    shown = clean_line(id).strip()
    if matching:
        raise click.UsageError(f"{shown!r} matches several action items\n{_list(matching)}")
    if of or items:
        raise click.UsageError(f"There is no action item {shown!r}; there are\n{_list(of or items)}")
    raise click.UsageError(f"There is no action item {shown!r}, because none was added yet")


def _list(items: Sequence[ActionItem]) -> str:
    ids = full_ids(items)
    rows = [f"  {ids[item.key]}  {shorten(clean_line(item.text), 70)}" for item in items[:_LISTED]]
    if len(items) > _LISTED:
        rows.append(f"  … and {len(items) - _LISTED} more: warroom actions --all")
    return "\n".join(rows)


def full_ids(items: Sequence[ActionItem]) -> dict[str, str]:
    """The ids of these items by their key, with the whole reference where its beginning is not enough."""
    incidents: dict[str, set[str]] = {}
    for item in items:
        incidents.setdefault(item.id, set()).add(item.incident)
    return {item.key: f"{item.incident}-{item.number}" if len(incidents[item.id]) > 1 else item.id for item in items}


def table(items: Sequence[ActionItem], today: str) -> list[str]:
    """One line for each item, fitted to the terminal; whole where the output goes to a file or a program."""
    ids = full_ids(items)
    rows = [
        (
            ids[item.key],
            STATE_MARKS[item.state],
            item.due or "no day",
            due_in_words(item, today) or (item.state if not item.is_open else ""),
            clean_line(item.owner) or "no owner",
            clean_line(item.text),
            clean_line(item.name),
        )
        for item in items
    ]
    if not rows:
        return []
    widths = [max(width(row[column]) for row in rows) for column in range(len(rows[0]))]
    columns = terminal_columns() if sys.stdout.isatty() else 0
    if columns:
        _fit(widths, columns)
    shown = [column for column, room in enumerate(widths) if room]
    return [
        _GAP.join(_cell(row[column], widths[column], last=column == shown[-1]) for column in shown).rstrip()
        for row in rows
    ]


def _fit(widths: list[int], columns: int) -> None:
    """Shorten owner, text and title to the terminal; where there is no room, leave out the title, then the date."""
    widths[4] = min(widths[4], _OWNER)
    room = columns - _taken(widths[:5])
    if room >= _LEAST_TEXT + _LEAST_TITLE + len(_GAP):
        room -= len(_GAP)
        widths[6] = min(widths[6], max(room - widths[5], room // 3))
        widths[5] = min(widths[5], room - widths[6])
        return
    widths[6] = 0
    if room < _LEAST_TEXT and widths[3]:
        widths[2], widths[4] = 0, min(widths[4], _SHORT_OWNER)
        room = columns - _taken(widths[:5])
    widths[5] = min(widths[5], max(room, 1))


def _taken(widths: list[int]) -> int:
    """The cells that columns take, with the gaps behind them."""
    return sum(width + len(_GAP) for width in widths if width)


def _cell(text: str, room: int, *, last: bool) -> str:
    text = shorten(text, room)
    return text if last else text + " " * (room - width(text))
