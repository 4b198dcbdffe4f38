"""The list of an incident's action items: the values for its template, and as data."""

from __future__ import annotations

from collections.abc import Iterator

import msgspec

from warroom.documents import sections, status
from warroom.documents.material import Material
from warroom.documents.sections import TimeFormat, Values
from warroom.documents.table import as_table
from warroom.model.action_items import ActionItem, sorted_by_due, source_name, tally
from warroom.model.snapshot import Snapshot
from warroom.text.cleaning import clean_line


def values(material: Material) -> Values:
    """The values for the template of the list: plain dicts, lists, strings and numbers."""
    snapshot = material.snapshot
    items = sorted_by_due(snapshot.action_items)
    counted = tally(items, snapshot.today, snapshot.tz)
    return {
        "title": clean_line(snapshot.incident.title),
        "ref": snapshot.incident.id,
        "severity": sections.severity(snapshot),
        "written": TimeFormat(snapshot.tz, dated=True, zoned=True)(snapshot.now),
        "tally": {**msgspec.structs.asdict(counted), "share_in_time": counted.share_in_time},
        "action_items": [item_values(item, snapshot) for item in items],
    }


def item_values(item: ActionItem, snapshot: Snapshot) -> Values:
    """An action item for a template, in the playbook's words."""
    rows = snapshot.playbook.action_items
    kind, priority = rows.kind(item.purpose), rows.priority(item.priority)
    return {
        "id": item.id,
        "state": item.state,
        "text": item.text,
        "owner": item.owner,
        "due": item.due,
        "overdue": item.overdue(snapshot.today),
        "kind": kind.name if kind else item.purpose,
        "priority": priority.name if priority else item.priority,
        "source": source_words(item.source, snapshot),
        "because": item.because,
    }


def source_words(source: str, snapshot: Snapshot) -> str:
    """Where an action item comes from, in words: `decision 2: Roll back`, or the title of a section."""
    if source.startswith("section:"):
        row = snapshot.playbook.post_mortem.section(source.removeprefix("section:"))
        return row.title if row else source.removeprefix("section:")
    found = next((decision for decision in snapshot.decisions if decision.logged.key == source), None)
    return f"decision {found.number}: {clean_line(found.logged.text)}" if found else ""


def item_data(item: ActionItem, snapshot: Snapshot) -> Values:
    """An action item as data for other programs, the same as in `warroom status --json`."""
    source = source_name(snapshot.incident, item.source)
    return status.action_item_data(item, snapshot.today, snapshot.tz, source)


def as_json(material: Material) -> Iterator[str]:
    """The list as JSON."""
    snapshot = material.snapshot
    items = sorted_by_due(snapshot.action_items)
    yield status.encoded([item_data(item, snapshot) for item in items]) + "\n"


_COLUMNS = ("id", "state", "due", "overdue", "owner", "text", "kind", "priority", "because", "added_at", "ended_at")


def as_csv(material: Material) -> Iterator[str]:
    """The list as CSV; a text that begins like a formula gets a ' in front."""
    snapshot = material.snapshot
    found = [item_data(item, snapshot) for item in sorted_by_due(snapshot.action_items)]
    yield as_table(_COLUMNS, (["" if data[name] is None else str(data[name]) for name in _COLUMNS] for data in found))
