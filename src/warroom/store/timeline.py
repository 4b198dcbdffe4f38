"""The timeline as people read it: each line once, at its corrected time; corrections and pins are no lines."""

from __future__ import annotations

import msgspec

from warroom.model.entries import Correction, Entry
from warroom.model.incident import Incident
from warroom.model.kinds.redaction import Redacted
from warroom.store.finder import line_of
from warroom.store.journal import Journal


class _Changed(msgspec.Struct, frozen=True):
    """What corrections do to the stored order: entries that are no lines, and corrections that mark a line's place."""

    hidden: list[int] = []
    """The `seq` of each entry that is not a line of its own."""
    lines: dict[int, Entry] = {}
    """The line that stands where a correction is stored, by that correction's `seq`."""
    places: dict[str, Entry] = {}
    """The stored entry that marks the place of a line, by the key of the line or of a correction of it."""


class Timeline:
    """Reads timelines by page, as `Journal.timeline` does; `Incident.shown` says how an entry it returns reads now.

    A correction is stored at the time that it gives its line. So where a line was moved, the correction marks its new
    place and the line's own entry is passed over; all other corrections are passed over. How many there are is known
    from the incident, so that counting and reading a page cost what they cost without corrections.
    """

    def __init__(self, journal: Journal) -> None:
        self._journal = journal
        self._known: dict[str, Entry] = {}
        """Every entry that was corrected, by its key; only a redaction changes entries."""
        self._redactions = 0
        self._last: tuple[dict[str, list[Correction]], _Changed] = ({}, _Changed())

    def count(self, incident: Incident) -> int:
        """The number of lines."""
        return self._journal.count(incident.id) - len(self._changed(incident).hidden)

    def page(self, incident: Incident, offset: int, limit: int) -> list[Entry]:
        """At most `limit` lines from `offset` on, each as the entry that was first written."""
        changed = self._changed(incident)
        found = self._journal.timeline(incident.id, offset, limit, changed.hidden)
        return [changed.lines.get(entry.seq, entry) for entry in found] if changed.lines else found

    def position(self, incident: Incident, entry: Entry) -> int:
        """The offset of a line; for a correction or a pin, that of its line."""
        changed = self._changed(incident)
        return self._journal.position(incident.id, changed.places.get(entry.key, entry), changed.hidden)

    def position_at(self, incident: Incident, at: int) -> int:
        """The offset of the first line at a time (ms UTC) or later; that of the last one if there is none."""
        before = self._journal.position_at(incident.id, at, self._changed(incident).hidden)
        return min(before, max(self.count(incident) - 1, 0))

    def hidden(self, incident: Incident) -> list[int]:
        """The `seq` of each entry that is no line, or stands elsewhere."""
        return self._changed(incident).hidden

    def moved(self, incident: Incident) -> dict[int, Entry]:
        """The line that stands where a correction is stored, by that correction's `seq`."""
        return self._changed(incident).lines

    def corrected(self, incident: Incident) -> dict[int, Entry]:
        """Every line that was corrected, by its `seq`."""
        self._changed(incident)
        return {line.seq: line for key in incident.replaced if (line := self._known.get(key)) is not None}

    def place(self, incident: Incident, entry: Entry) -> Entry:
        """The stored entry that marks where a line stands; for a correction or a pin, where its line does."""
        return self._changed(incident).places.get(entry.key, entry)

    def search(self, incident: Incident, words: str, limit: int = 200) -> list[Entry]:
        """The lines that contain all the words, also in a version that was corrected; the latest arrival first."""
        self._changed(incident)
        found = self._journal.search(words, incident.id, limit)
        lines = {entry.key: entry for entry in map(self._line, found)}
        return list(lines.values())

    def _line(self, entry: Entry) -> Entry:
        """The line that an entry belongs to.

        Only earlier entries are looked at: in a file made by another program, corrections may name each other.
        """
        while (
            (key := line_of(entry)) is not None
            and (target := self._known.get(key)) is not None
            and target.order < entry.order
        ):
            entry = target
        return entry

    def _changed(self, incident: Incident) -> _Changed:
        redactions = len(incident.all(Redacted))
        if redactions != self._redactions:
            self._redactions = redactions
            self._known.clear()
        if incident.changes is not self._last[0]:
            self._last = (incident.changes, self._read(incident))
        return self._last[1]

    def _read(self, incident: Incident) -> _Changed:
        marks = {mark.key: mark for mark in incident.marks}
        wanted = [*incident.changes, *(mark.body.marks or "" for mark in incident.marks)]
        missing = [key for key in dict.fromkeys(wanted) if key not in self._known]
        self._known.update((entry.key, entry) for entry in self._journal.entries(missing))
        hidden: list[int] = []
        lines: dict[int, Entry] = {}
        places: dict[str, Entry] = {}
        for target, corrections in incident.changes.items():
            line = self._known.get(target)
            if line is None or line.incident != incident.id or target in marks:
                hidden += [change.entry.seq for change in corrections if target in marks]
                continue  # what it corrects has not arrived: it is shown as it is
            change, place = incident.replaced.get(target), line
            if change is not None and change.retracted and line.body.vanishes and line.body.corrects is None:
                hidden.append(line.seq)  # what was undone and redone is as if neither had been
            shown = change.reads if change is not None else None
            if shown is not None and shown.at != line.at and line.body.corrects is None:
                place = shown.entry
                hidden.append(line.seq)
                lines[place.seq] = line
            places |= dict.fromkeys([target, *(change.key for change in corrections)], place)
            hidden += [change.entry.seq for change in corrections if change.entry is not place]
        for mark in marks.values():
            hidden.append(mark.seq)
            target = mark.body.marks or ""
            if (marked := places.get(target) or self._known.get(target)) is not None:
                places |= dict.fromkeys([mark.key, *(one.key for one in incident.changes.get(mark.key, ()))], marked)
        return _Changed(hidden, lines, places)
