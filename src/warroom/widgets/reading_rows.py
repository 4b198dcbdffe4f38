"""A timeline as it was understood, in columns: line, time, kind, who and words; what was not understood among it."""

from __future__ import annotations

from datetime import tzinfo

from textual.content import Content

from warroom.model import times
from warroom.terminal.content import fit, safe_line
from warroom.text.width import width as cells
from warroom.timelines.corrections import Line
from warroom.timelines.reading import TimelineEntry
from warroom.widgets.choices import Choice, Choices
from warroom.widgets.columns import GAP, cell

_KIND = len("mitigated?")
_SHORT = {"acknowledged": "acked"}
"""Kinds whose names are too long for the column."""
_CLOCK = len("no time")
_DATE = 11
"""The cells of a date and the space behind it."""
_WITH_DATE = 60
"""From this width on, each row has its date."""
_LEAST_TEXT = 20
_MOST_WHO = 14

HERE, OUT, LOOK, NEW = "=", "×", "!", " "
"""The mark of a row: the incident has it already, it is left out, a person should look at it, it is imported."""
_STYLE = {HERE: "$text-muted", OUT: "$text-muted strike", LOOK: "", NEW: ""}


class ReadingRow(Choice, frozen=True, kw_only=True):
    """One line of the timeline; with `here`, the incident has it already. A `remark` says what doesn't fit."""

    text: str = ""
    line: Line
    here: bool = False
    remark: str = ""

    @property
    def mark(self) -> str:
        """What becomes of it."""
        if self.line.entry is None:
            return LOOK
        if self.line.left_out:
            return OUT
        return HERE if self.here else LOOK if self.remark and not self.line.corrected else NEW

    @property
    def is_unsure(self) -> bool:
        """Whether a person should look at it: not understood, without an exact time, or remarked on."""
        if self.line.corrected or self.line.left_out:
            return False
        return self.line.entry is None or self.line.entry.precision != "exact" or bool(self.remark)


class ReadingRows(Choices):
    """The rows; a kind that was guessed has a question mark."""

    tz: tzinfo | None = None
    """The zone in which times are shown."""
    _number = 4
    _who = 0

    def show(self, rows: list[Choice]) -> None:
        found = [row.line for row in rows if isinstance(row, ReadingRow)]
        self._number = max([4, *(len(str(line.number)) for line in found)])
        names = {line.entry.who for line in found if line.entry is not None}
        self._who = min(max(map(cells, names), default=0), _MOST_WHO)
        super().show(rows)

    def heads(self, width: int) -> Content:
        """The line of headings."""
        time, who = self._columns(width)
        parts = (
            "line".rjust(self._number),
            "time".ljust(time),
            "kind".ljust(_KIND),
            *(["who".ljust(who)] if who else []),
        )
        return fit(Content.styled("    " + GAP.join(parts) + f"{GAP}what happened", "$text-muted"), width)

    def line(self, row: Choice, width: int, *, at_cursor: bool) -> Content:
        if not isinstance(row, ReadingRow):
            return super().line(row, width, at_cursor=at_cursor)
        front = Content.assemble(
            "▸ " if at_cursor else "  ",
            Content.styled(f"{row.mark} ", "bold $text-warning" if row.mark == LOOK else "bold"),
            Content.styled(str(row.line.number).rjust(self._number), "$text-muted"),
            GAP,
        )
        if row.line.entry is None:
            unread = Content.assemble(Content.styled("not understood: ", "$text-warning"), safe_line(row.line.unread))
            return fit(Content.assemble(front, unread), width)
        return fit(Content.assemble(front, self._understood(row, row.line.entry, width)), width)

    def _understood(self, row: ReadingRow, entry: TimelineEntry, width: int) -> Content:
        time, who = self._columns(width)
        style = _STYLE[row.mark]
        called = _SHORT.get(entry.kind, entry.kind)
        kind = called if entry.sure or entry.kind == "note" else f"{called}?"
        unsure = "" if entry.precision == "exact" else "$text-warning"
        parts = [
            (when(entry, self.tz, dated=time >= _DATE).ljust(time), style or unsure),
            (kind.ljust(_KIND), style or ("$text-muted" if entry.kind == "note" else "$text-accent")),
        ]
        found = [
            Content.assemble(Content.styled(text.rstrip(), look), " " * (len(text) - len(text.rstrip())))
            for text, look in parts
        ]
        if who:
            found.append(cell(entry.who, who, style))
        words = entry.text.replace("\n", " ⏎ ")
        return Content(GAP).join([*found, safe_line(words, style)])

    def _columns(self, width: int) -> tuple[int, int]:
        """The cells of the time and of who; 0 for who if there is no room for it or nobody is named."""
        time = _DATE + 6 if width >= _WITH_DATE else _CLOCK
        taken = 4 + self._number + time + _KIND + 3 * len(GAP)
        who = self._who if width - taken - self._who - len(GAP) >= _LEAST_TEXT else 0
        return time, who


def when(entry: TimelineEntry, tz: tzinfo | None, *, dated: bool = True) -> str:
    """An entry's time in a zone as far as it is known: `2026-11-23  03:41`, `2026-11-23 ~03:41`, `no time`.

    One whose zone or day is missing stands as it was written, `2026-11-23 ?03:41`.
    """
    if entry.at is None:
        day, _, clock = entry.written.rpartition(" ")
        return "no time" if not entry.lacking else f"{day:10} ?{clock}" if dated else f"?{clock}"
    day, clock = times.day(entry.at, tz), times.clock(entry.at, tz)
    if entry.precision == "day":
        return day if dated else "--:--"
    mark = "~" if entry.precision == "approximate" else " "
    return f"{day} {mark}{clock}" if dated else f"{mark}{clock}"
