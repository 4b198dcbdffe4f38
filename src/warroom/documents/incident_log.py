"""The incident log: the values for its template, and every line as CSV; `log_json` writes it as JSON."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Mapping

from warroom.documents import sections
from warroom.documents.material import Material
from warroom.documents.sections import TimeFormat, Values
from warroom.documents.table import no_formula
from warroom.model import ids, lines, times
from warroom.model.entries import Correction, Entry
from warroom.model.incident import Incident
from warroom.model.kinds.corrections import Retracted
from warroom.model.kinds.lifecycle import Closed
from warroom.model.kinds.log import Noted
from warroom.model.kinds.milestones import MilestoneSet
from warroom.model.kinds.roles import RoleAssigned
from warroom.model.playbook import Playbook
from warroom.text.cleaning import clean_line


def values(material: Material) -> Values:
    """The values for the template of an incident log: plain dicts, lists, strings and numbers."""
    snapshot = material.snapshot
    incident, playbook, tz = snapshot.incident, snapshot.playbook, snapshot.tz
    changes: list[Correction] = []
    originals: dict[str, Entry] = {}
    linked: dict[str, Entry] = {}
    entries = _noting(material.entries(), incident, changes, originals, linked)
    timeline = sections.with_zones(sections.timeline(entries, snapshot, _CORRECTED))
    when = TimeFormat(tz, dated=timeline["several_days"], zoned=timeline["several_zones"])
    told = [_Told(change, originals) for change in sorted(changes, key=lambda change: change.entry.order)]
    moments = [at for one in told for at in one.moments()]
    days, zones = {times.day(at, tz) for at in moments}, {times.zone_name(at, tz) for at in moments}
    changed = TimeFormat(tz, dated=when.dated or len(days) > 1, zoned=when.zoned or len(zones) > 1)
    end = incident.resolved_at
    began = sections.day_time_zone(incident.began, tz)
    return {
        "title": clean_line(incident.title),
        "ref": incident.id,
        "date": began[0],
        "severity": sections.severity(snapshot),
        "commander": sections.commander(incident),
        "roles": _roles(incident, playbook, when),
        "started": f"{began[0]} {began[1]} {began[2]}",
        "learned": when(incident.learned),
        "systems": incident.fact(ids.FACT_SYSTEM),
        "facts": sections.facts(snapshot, when),
        "cost": sections.cost(snapshot),
        **timeline,
        "decisions": sections.decisions(snapshot, when, linked),
        "updates": sections.updates(snapshot, when),
        "promises": sections.promise_count(snapshot),
        "escalation": sections.escalation_steps(snapshot, when),
        "corrections": [one.values(changed) for one in told],
        "resolved": when(end) if end is not None else "",
        "resolution": text if (text := incident.resolution.text if incident.resolution else "") != "Resolved" else "",
        "cancelled": f"{when(off.at)}: {off.body.outcome} – {off.body.because}" if (off := incident.cancelled) else "",
        "closed": when(incident.closed_at) if incident.closed_at is not None else "",
        "duration": times.span(incident.length(snapshot.now)),
        "over": incident.over(),
    }


_CORRECTED = "corrected, see below"


def _noting(
    entries: Iterable[Entry],
    incident: Incident,
    changes: list[Correction],
    originals: dict[str, Entry],
    linked: dict[str, Entry],
) -> Iterator[Entry]:
    """Pass on the entries, and collect the corrections, what they correct, and the lines that are linked to decisions.

    A log is read only once.
    """
    for entry in entries:
        if (correction := entry.body.as_correction(entry)) is not None and _is_told(correction, incident):
            changes.append(correction)
        if incident.changes and entry.key in incident.changes:
            originals[entry.key] = entry
        if incident.links and entry.key in incident.links and sections.is_line(entry, incident):
            linked[entry.key] = incident.shown(entry)
        yield entry


def _is_told(change: Correction, incident: Incident) -> bool:
    """Whether a correction is listed: not if it is about a pin or a link, nor if it was undone and redone."""
    redone = incident.changes.get(change.key)
    step = change.entry.body.undo_step
    of_mark = any(change.target == mark.key for mark in incident.marks)
    return not (of_mark or step == "redo" or (step == "undo" and redone))


def _roles(incident: Incident, playbook: Playbook, when: TimeFormat) -> list[Values]:
    """Who had which role, from when to when, and who took over; in the playbook's order of roles."""
    held: dict[str, list[Values]] = {}
    names = {row.id: row.name for row in playbook.roles}
    for assignment in incident.all(RoleAssigned):
        body = assignment.body
        present = {row["holder"]: row for row in held.setdefault(body.role, []) if not row["until"]}
        if body.replaces != body.name and (leaving := present.get(body.replaces)):
            leaving.update(until=when(assignment.at), to=body.name)
        if body.name and body.name not in present:
            row = {"name": names.get(body.role, body.role), "holder": body.name, "since": when(assignment.at)}
            held[body.role].append({**row, "until": "", "to": ""})
    order = [*names, *(role for role in held if role not in names)]
    return [row for role in order for row in held.get(role, [])]


class _Told:
    """A correction as the log tells it: about the line that it is about in the end, also if it takes one back."""

    def __init__(self, change: Correction, originals: Mapping[str, Entry]) -> None:
        self._change = change
        target = originals.get(change.target)
        self._of_correction = target is not None and target.body.corrects is not None
        self._puts_back = target is not None and isinstance(target.body, Retracted)
        seen = set[str]()
        while target is not None and target.body.corrects is not None and target.key not in seen:
            seen.add(target.key)  # in a file made by another program, corrections may name each other
            target = originals.get(target.body.corrects)
        self._line = target

    def moments(self) -> list[int]:
        """The times (ms UTC) that it names."""
        change, line = self._change, self._line
        return [change.recorded, *([] if change.retracted else [change.at]), *([line.at] if line else [])]

    def values(self, when: TimeFormat) -> Values:
        """The values for the template."""
        change, line = self._change, self._line
        return {
            "time": when(change.recorded),
            "by": change.author,
            "kind": _new_kind(change, line),
            "verb": self._verb(),
            "because": "" if change.keeps_text else change.because,  # it is in the text already
            "of": when(line.at) if line else "",
            "was": line.text if line else "",
            "now": "" if change.retracted else change.text,
            "now_at": "" if change.retracted else when(change.at),
            "retracted": change.retracted,
        }

    def _verb(self) -> str:
        """What somebody did to the line."""
        if not self._change.retracted:
            return "corrected"
        if self._puts_back:
            return "put back"
        return "took back a correction of" if self._of_correction else "took back"


def _new_kind(change: Correction, original: Entry | None) -> str:
    """The kind that a correction has given a line; empty if it left that as it was."""
    if change.recast is not change.entry.body or original is None:
        return ""
    return lines.label(original.corrected(change))


CSV_COLUMNS = ("time", "kind", "author", "by", "text", "detail", "recorded", "id", "changed", "pinned", "decision")


def as_csv(material: Material) -> Iterator[str]:
    """The log as CSV, in pieces: every line once, as it reads now; `by` is who did or said it, if not the author,
    `changed` says if it was corrected or taken back, `decision` is the number of the decision that it is linked to.

    A spreadsheet would run a text that begins like a formula, so such a text gets a ' in front; JSON has it as it is.
    """
    buffer = io.StringIO()
    writer = csv.writer(buffer, quoting=csv.QUOTE_ALL, lineterminator="\n")
    writer.writerow(CSV_COLUMNS)
    incident = material.snapshot.incident
    for recorded in material.entries():
        if recorded.body.corrects is not None or recorded.body.marks is not None:
            continue
        change = incident.replaced.get(recorded.key)
        if change is not None and change.retracted and recorded.body.vanishes:
            continue  # it was undone and redone
        entry, changed = recorded.corrected(change), lines.mark(change).removeprefix(" · ")
        by = str(getattr(entry.body, "by", ""))
        detail = ", ".join(part for part in entry.body.details() if part != f"by {by}")
        kind = lines.label(entry) if isinstance(entry.body, Noted | MilestoneSet | Closed) else entry.kind
        row = (times.iso(entry.at), kind, entry.author, by, entry.text, detail)
        pinned = "pinned" if entry.key in incident.pinned else ""
        decision = str(incident.links[entry.key].number) if entry.key in incident.links else ""
        more = (times.iso(entry.recorded), entry.key, changed, pinned, decision)
        writer.writerow(map(no_formula, (*row, *more)))
        if buffer.tell() > 65_536:
            yield buffer.getvalue()
            buffer.seek(0)
            buffer.truncate()
    yield buffer.getvalue()
