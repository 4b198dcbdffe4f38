"""The timeline alone: every line as it reads now, for a template and as data."""

from __future__ import annotations

from collections.abc import Iterator

import msgspec

from warroom.documents import sections
from warroom.documents.material import Material
from warroom.documents.sections import TimedLine, Values
from warroom.model import times
from warroom.model.incident import Incident
from warroom.text.cleaning import clean_line


def values(material: Material) -> Values:
    """The values for the template of a timeline: plain dicts, lists, strings and numbers."""
    snapshot = material.snapshot
    return {
        "title": clean_line(snapshot.incident.title),
        "ref": snapshot.incident.id,
        "severity": sections.severity(snapshot),
        **sections.with_zones(sections.timeline(material.entries(), snapshot)),
    }


def as_json(material: Material) -> Iterator[str]:
    """The timeline as JSON, in pieces: a list of lines as they read now, one per row."""
    before = "[\n"
    incident = material.snapshot.incident
    for line in sections.timed_lines(material.entries(), material.snapshot, lambda line: _as_data(line, incident)):
        yield before + msgspec.json.encode(line).decode()
        before = ",\n"
    yield "\n]\n"


def _as_data(line: TimedLine, incident: Incident) -> Values:
    decision = incident.links.get(line.entry.key)
    return {
        "at": times.iso(line.at),
        "kind": line.kind,
        "text": line.text,
        "author": line.entry.author,
        "added_late_s": line.added_late // times.SECOND,
        "corrected": line.corrected,
        "pinned": line.entry.key in incident.pinned,
        "decision": decision.number if decision else None,
        **({"drill": True} if incident.drill else {}),
    }
