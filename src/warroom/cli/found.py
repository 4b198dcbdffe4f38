"""What a search has found as text and as JSON: what `warroom search` prints."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from warroom.model import times
from warroom.model.entries import Entry
from warroom.model.finding import Excerpt, excerpt
from warroom.model.incident import Incident, fold
from warroom.model.lines import label, mark
from warroom.text.cleaning import clean_line
from warroom.text.width import shorten, width
from warroom.workspace import Workspace

_TITLE = 28
_LONGEST = 400
"""The most characters of a line's text that are printed."""
_ON, _OFF = "\x1b[1;4m", "\x1b[0m"
"""Bold and underlined, which is no colour: words stay marked with NO_COLOR."""


class _Incidents:
    """The incidents of the lines that were found, each folded once."""

    def __init__(self, workspace: Workspace) -> None:
        self._workspace = workspace
        self._known: dict[str, Incident | None] = {}

    def __getitem__(self, id: str) -> Incident | None:
        if id not in self._known:
            try:
                self._known[id] = fold(self._workspace.journal.state(id))
            except ValueError:  # nothing readable declares it, which `warroom verify` tells
                self._known[id] = None
        return self._known[id]


def _shown(entry: Entry, incident: Incident | None, words: Sequence[str]) -> tuple[Entry, Excerpt]:
    shown = incident.shown(entry) if incident else entry
    return shown, excerpt(shown, words, entry)


def found_lines(workspace: Workspace, found: Sequence[Entry], words: Sequence[str], *, marked: bool) -> list[str]:
    """Each entry on a line: when, its incident, its kind, and the text with the words, which are `marked`."""
    incidents, lines = _Incidents(workspace), []
    titles = {entry.incident: clean_line(one.name) if (one := incidents[entry.incident]) else "" for entry in found}
    room = min(max(map(width, titles.values()), default=0), _TITLE)
    for entry in found:
        incident = incidents[entry.incident]
        shown, part = _shown(entry, incident, words)
        title = shorten(titles[entry.incident], room)
        when = f"{times.day(shown.at, workspace.tz)} {times.clock(shown.at, workspace.tz)}"
        front = f"{when}  {entry.incident}  {title}{' ' * (room - width(title))}  {label(entry)}: "
        note = clean_line(mark(incident.replaced.get(entry.key))) if incident else ""
        lines.append(f"{clean_line(front)}{_marked(part, marked)}{note}")
    return lines


def _marked(part: Excerpt, marked: bool) -> str:
    """The text with its marks; each piece is cleaned, so that nothing but the marks can act on the terminal."""
    pieces, end = [], 0
    text = part.text if len(part.text) <= _LONGEST else f"{part.text[:_LONGEST]}…"
    for start, stop in part.marks:
        if stop > _LONGEST:
            break
        word = clean_line(text[start:stop])
        pieces += [clean_line(text[end:start]), f"{_ON}{word}{_OFF}" if marked else word]
        end = stop
    return "".join([*pieces, clean_line(text[end:])])


def as_data(workspace: Workspace, found: Sequence[Entry], words: Sequence[str]) -> list[dict[str, Any]]:
    """The entries for programs, as objects; `marks` are pairs of offsets into `excerpt`, in characters."""
    incidents = _Incidents(workspace)
    rows = []
    for entry in found:
        incident = incidents[entry.incident]
        shown, part = _shown(entry, incident, words)
        change = incident.replaced.get(entry.key) if incident else None
        rows.append(
            {
                "key": entry.key,
                "incident": entry.incident,
                "title": incident.title if incident else None,
                "drill": incident is not None and incident.drill,
                "at": times.iso(shown.at),
                "recorded": times.iso(entry.recorded),
                "author": entry.author,
                "kind": entry.kind,
                "text": shown.text,
                "excerpt": part.text,
                "marks": part.marks,
                "corrected": change is not None and not change.retracted,
                "taken_back": change is not None and change.retracted,
            }
        )
    return rows
