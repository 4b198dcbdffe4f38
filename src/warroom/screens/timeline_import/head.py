"""The head of the screen that shows how a timeline is understood: what there is, and what is still to be said."""

from __future__ import annotations

from datetime import tzinfo

from textual.content import Content

from warroom.model import times
from warroom.screens.timeline_import.draft import LOCAL_TIME, TimelineDraft
from warroom.screens.timeline_import.questions import ASKS
from warroom.terminal.content import fit, safe_line
from warroom.terminal.line_widget import LineWidget
from warroom.widgets.reading_rows import ReadingRows

_SAMPLE = 100
"""So many times are looked at, to name the zone."""


class ReadingHead(LineWidget):
    """What there is, what it goes to, and what is still to be said; above the headings of the columns."""

    def __init__(self, rows: ReadingRows) -> None:
        super().__init__(id="head")
        self._rows = rows
        self._count, self._asks, self._remarks = "", "", ""

    def show(self, count: str, asks: str, remarks: str) -> None:
        """Show what was counted, what has to be asked for, and remarks about the whole text."""
        self._count, self._asks, self._remarks = count, asks, remarks
        self.redraw()

    def draw(self, width: int, height: int) -> list[Content]:
        top = Content.assemble(Content.styled("Import a timeline  ", "bold $text-primary"), safe_line(self._count))
        told = (
            safe_line(f"▸ {self._asks}", "bold $text-warning")
            if self._asks
            else safe_line(self._remarks, "$text-muted")
        )
        return [fit(top, width), fit(told, width), self._rows.heads(width)]


def asks(draft: TimelineDraft) -> str:
    """What has to be said before any time is right, and with which key; "" if nothing."""
    return next((sentence for what, sentence in ASKS.items() if what in draft.missing), "")


def zone_names(draft: TimelineDraft, tz: tzinfo | None) -> str:
    """The zone `tz` of the times shown, as it is called on their days: CET, or CEST, or both; a sample is enough.

    If the text is read in another one that was given beside it, that too.
    """
    known = [entry.at for entry in draft.entries if entry.at is not None]
    if "zone" in draft.missing:
        return "zone not known"
    if not known:
        return "no times yet"
    sample = sorted(known)
    sample = [*sample[:: max(len(sample) // _SAMPLE, 1)], sample[-1]]
    names = "/".join(dict.fromkeys(times.zone_name(at, tz) for at in sample))
    given = draft.kept.zone
    if not given or given == LOCAL_TIME or all(_is_as_given(draft, at, tz) for at in sample):
        return f"times in {names}"
    return f"read as {given}, shown in {names}"


def _is_as_given(draft: TimelineDraft, at: int, tz: tzinfo | None) -> bool:
    """Whether clocks in the zone `tz` show a time as those of the zone that was given beside the text."""
    zone = draft.given.zone
    return zone is None or times.local(at, zone.tz).utcoffset() == times.local(at, tz).utcoffset()
