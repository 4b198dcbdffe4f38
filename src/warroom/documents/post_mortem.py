"""The post-mortem: the values for its template, and as data."""

from __future__ import annotations

import re
from collections.abc import Iterator

from warroom.documents import sections, status
from warroom.documents.action_items import item_data, item_values
from warroom.documents.material import Material
from warroom.documents.sections import TimeFormat, Values
from warroom.documents.table import as_table
from warroom.model import times
from warroom.model.action_items import sorted_by_due
from warroom.model.incident import Incident
from warroom.model.kinds.post_mortem import PINNED, REVIEW, PostMortemState
from warroom.model.post_mortem import STRUCTURED, Line, PostMortem, people_named, timeline_lines
from warroom.model.snapshot import Snapshot
from warroom.text.cleaning import clean_line
from warroom.wording import Rules, check_post_mortem

_ITEM = re.compile(r"\s*[-*•]\s+(.*)", re.DOTALL)


def values(material: Material) -> Values:
    """The values for the template of a post-mortem: plain dicts, lists, strings and numbers."""
    snapshot = material.snapshot
    incident, tz = snapshot.incident, snapshot.tz
    written = snapshot.post_mortem
    lines = [_line(line, snapshot) for line in timeline_lines(incident, snapshot.playbook, material.chosen())]
    when = TimeFormat(tz, dated=True, zoned=True)
    return {
        "title": clean_line(incident.title),
        "ref": incident.id,
        "date": times.day(incident.began, tz),
        "severity": sections.severity(snapshot),
        "state": written.state,
        "reviewer": written.by if written.state == REVIEW else "",
        "because": written.because,
        "author": authors(snapshot),
        "started": when(incident.began),
        "resolved": when(incident.resolved_at) if incident.resolved_at is not None else "",
        "duration": times.span(incident.length(snapshot.now)),
        "over": incident.over(),
        "cost": sections.cost(snapshot),
        "commander": sections.commander(incident),
        "responders": _responders(snapshot),
        "resolution": resolution.text if (resolution := incident.resolution) and resolution.text != "Resolved" else "",
        "sections": [
            {"id": section.row.id, "title": section.row.title, "text": whole, "blocks": blocks(whole)}
            for section in written.sections
            for whole in (section.whole(tz),)
        ],
        "timeline": lines,
        "several_days": len({line["day"] for line in lines}) > 1,
        "several_zones": len({line["zone"] for line in lines}) > 1,
        "milestones": [
            {
                "name": milestone.name,
                "time": when(milestone.at) if milestone.at is not None else "",
                "source": milestone.source,
                "problem": milestone.problem,
            }
            for milestone in snapshot.milestones
        ],
        "action_items": [item_values(item, snapshot) for item in sorted_by_due(snapshot.action_items)],
        "decisions": sections.decisions(snapshot, when),
        "updates": sections.updates(snapshot, when),
        "promises": sections.promise_count(snapshot),
    }


def _responders(snapshot: Snapshot) -> str:
    """Who had which role last: `Priya (incident commander), Marcus (on-call engineer)`."""
    held, rows = snapshot.incident.roles, snapshot.playbook.roles
    return ", ".join(f"{logged.body.name} ({row.name.lower()})" for row in rows for logged in held.get(row.id, ()))


def authors(snapshot: Snapshot) -> str:
    """Who wrote the post-mortem: everybody whose version of a section counts, or who set its state; "" for nobody."""
    versions = (version for section in snapshot.post_mortem.sections for version in section.versions)
    states = snapshot.incident.all(PostMortemState)
    return ", ".join(dict.fromkeys(logged.author for logged in (*versions, *states)))


def blocks(text: str) -> list[Values]:
    """The text of a section as paragraphs and items: a line that begins with a dash is an item, up to the next line."""
    found: list[Values] = []
    gap = True
    for line in text.split("\n"):
        item = _ITEM.fullmatch(line)
        if item:
            found.append({"item": True, "text": item[1]})
        elif not line.strip():
            gap = True
            continue
        elif gap or found[-1]["item"]:
            found.append({"item": False, "text": line})
        else:
            found[-1]["text"] += f"\n{line}"
        gap = False
    return found


def _line(line: Line, snapshot: Snapshot) -> Values:
    day, clock, zone = sections.day_time_zone(line.at, snapshot.tz)
    words = line.words + (" (key moment)" if line.how == PINNED else "")
    return {"day": day, "time": clock, "zone": zone, "kind": line.kind, "text": words}


def open_points(view: PostMortem, incident: Incident, rules: Rules) -> list[str]:
    """What is still open in a post-mortem, each in words: texts to join, blame, sections that are empty."""
    people = people_named(incident)
    texts = [section for section in view.sections if section.row.id not in STRUCTURED]
    side_by_side = [section.row.title for section in texts if section.others]
    blaming = [
        section.row.title
        for section in texts
        if section.row.blameless and check_post_mortem(section.text, rules, people=people, section=section.row.id)
    ]
    empty = [section.row.title for section in texts if not section.text.strip()]
    named = {"texts to join": side_by_side, "somebody named as the cause": blaming, "empty": empty}
    return [f"{what}: {', '.join(titles)}" for what, titles in named.items() if titles]


def as_data(material: Material) -> Values:
    """The post-mortem as data; `live` says that a section is filled in from the log."""
    snapshot = material.snapshot
    incident = snapshot.incident
    return {
        "ref": incident.id,
        "title": incident.title,
        "drill": incident.drill,
        "severity": incident.severity,
        **status.post_mortem_data(snapshot),
        "began_at": times.iso(incident.began),
        "resolved_at": status.iso(incident.resolved_at),
        "duration_s": incident.elapsed(snapshot.now) // times.SECOND,
        "cost": status.cost_data(snapshot),
        "author": authors(snapshot) or None,
        "milestones": status.milestones_data(snapshot),
        "sections": [
            {
                "id": section.row.id,
                "title": section.row.title,
                "text": section.text,
                "live": section.live,
                "versions": [
                    {"id": version.key, "author": version.author, "at": times.iso(version.at), "text": version.text}
                    for version in section.versions
                    if not version.body.live
                ],
            }
            for section in snapshot.post_mortem.sections
            if section.row.id not in STRUCTURED
        ],
        "timeline": [
            {
                "id": line.entry.key,
                "at": times.iso(line.at),
                "kind": line.entry.kind,
                "text": line.words,
                "key_moment": line.how == PINNED,
                "reworded": line.reworded,
            }
            for line in timeline_lines(incident, snapshot.playbook, material.chosen())
        ],
        "actions": [item_data(item, snapshot) for item in snapshot.action_items],
    }


_COLUMNS = ("section", "time", "kind", "text")


def as_csv(material: Material) -> Iterator[str]:
    """The post-mortem as CSV: a row for each paragraph or item, each line of the timeline and each action item."""
    found = values(material)
    rows: list[tuple[str, str, str, str]] = []
    for section in found["sections"]:
        title = section["title"]
        rows += [(title, "", "", block["text"]) for block in section["blocks"]]
        if section["id"] == "timeline":
            lines = found["timeline"]
            rows += [
                (title, f"{line['day']} {line['time']} {line['zone']}", line["kind"], line["text"]) for line in lines
            ]
        elif section["id"] == "action_items":
            rows += [(title, item["due"], item["state"], item["text"]) for item in found["action_items"]]
    rows += [("Milestones", mark["time"], mark["name"], mark["source"]) for mark in found["milestones"] if mark["time"]]
    yield as_table(_COLUMNS, rows)


def as_json(material: Material) -> Iterator[str]:
    """The post-mortem as JSON."""
    yield status.encoded(as_data(material)) + "\n"
