"""How one entry of the timeline is drawn: its lines, in the zones that are chosen, wrapped once and kept."""

from __future__ import annotations

from datetime import UTC, tzinfo

import msgspec
from textual.content import Content

from warroom.model import times
from warroom.model.entries import Correction, Entry, Tone
from warroom.model.lines import added, as_known, label, mark
from warroom.model.promises import Promise
from warroom.model.snapshot import Snapshot
from warroom.terminal.content import highlighted, safe_line, shortened, wrapped
from warroom.text.width import width as width_of
from warroom.widgets.clocks import STYLE as CLOCK_STYLE

_STYLE = {
    Tone.QUIET: "$text-muted",
    Tone.ACTIVE: "$text-accent",
    Tone.STRONG: "bold $text-accent",
    Tone.GOOD: "bold $text-success",
    Tone.ALARM: "bold $text-warning",
}
_KIND_WIDTH = 10
_CLOCK_WIDTH = 7
_LONGEST = 6
"""An entry shows at most this many lines here; enter opens all of it."""

PIN = "●"
"""The mark in front of the text of a line that is pinned."""

_DOT = " · "
_KEPT_BLOCKS = 400
_CELLS = 40
"""The most cells of a decision's text below a line that is linked to it."""


class Zones(msgspec.Struct, frozen=True):
    """The zones that times are shown in: one, or two side by side; None is the machine's own."""

    first: tzinfo | None = None
    second: tzinfo | None = None
    is_both: bool = False

    @property
    def width(self) -> int:
        """The cells that the time of a line takes, with the space behind it."""
        return _CLOCK_WIDTH + (7 if self.is_both else 0)

    def clock(self, entry: Entry) -> str:
        """The time of an entry: `03:41`, or `03:41 02:41Z` in two zones."""
        shown = as_known(entry, times.clock(entry.at, self.first))
        if not self.is_both or "-" in shown:
            return shown
        return f"{shown} {times.clock(entry.at, self.second)}" + ("Z" if self.second is UTC else "")

    def now(self, ms: int) -> str:
        """The present time with its zone, for the title."""
        shown = times.clock_zone(ms, self.first)
        return f"{shown} · {times.clock_zone(ms, self.second)}" if self.is_both else shown


class Blocks:
    """Draws entries of one incident, and keeps what was drawn by everything that it depends on."""

    def __init__(self) -> None:
        self.view: Snapshot | None = None
        self.zones = Zones()
        self._blocks: dict[tuple[object, ...], list[Content]] = {}
        """Wrapping these lines again took most of a key's time."""

    def clear(self) -> None:
        """Forget what was drawn."""
        self._blocks.clear()

    def day(self, entry: Entry) -> str:
        """The day of an entry, as it is shown."""
        assert self.view is not None
        return times.day(self.view.incident.shown(entry).at, self.zones.first)

    def lines(self, entry: Entry, width: int, *, new_day: str, selected: bool) -> list[Content]:
        """The lines of an entry, below the day if it is the first that is shown of that day."""
        assert self.view is not None
        incident = self.view.incident
        change = incident.replaced.get(entry.key)
        promise = self.view.promise_by_message.get(entry.key)
        promised = promise and (promise.due, promise.state, _promise_style(promise, self.view))
        pinned = entry.key in incident.pinned
        decision = incident.links.get(entry.key)
        of = decision and (decision.number, decision.logged.text)
        key = (entry.key, change and change.key, pinned, of, promised, new_day, self.zones, width, selected)
        block = self._blocks.get(key)
        if block is None:
            if len(self._blocks) > _KEPT_BLOCKS:
                self._blocks.clear()
            block = self._block(entry, change, new_day, width)
            if selected:
                block = [highlighted(line, width) for line in block]
            self._blocks[key] = block
        return block

    def _block(self, entry: Entry, change: Correction | None, new_day: str, width: int) -> list[Content]:
        assert self.view is not None
        lines = []
        if new_day:
            lines.append(Content.styled(f"── {new_day} ".ljust(min(width, 30), "─"), "$text-muted"))
        entry = entry.corrected(change)
        style = "strike $text-muted" if change is not None and change.retracted else ""
        kind = label(entry)[:_KIND_WIDTH]
        when = self.zones.clock(entry)
        front = Content.assemble(
            Content.styled(when, "$text-muted"),
            " " * (self.zones.width - len(when)),
            Content.styled(kind.ljust(_KIND_WIDTH), _STYLE[entry.body.tone]),
            " ",
        )
        indent = front.cell_length
        room, most = width - indent, _LONGEST + 1
        pinned = f"{PIN} " if entry.key in self.view.incident.pinned else ""
        body = [safe_line(line, style) for line in wrapped(pinned + entry.text, room, most)]
        extras, remark = self._extras(entry), mark(change)
        if remark and body and body[-1].cell_length + width_of(remark) <= room:
            body[-1] = Content.assemble(body[-1], safe_line(remark, "$text-muted"))
        elif remark:
            extras.insert(0, (remark.removeprefix(" · "), "$text-muted"))
        body += _in_rows(extras, room, most)
        if len(body) > _LONGEST:
            body = [*body[: _LONGEST - 1], Content.styled("… enter shows all of it", "$text-muted")]
        for number, line in enumerate(body):
            lines.append(Content.assemble(front if number == 0 else " " * indent, line))
        return lines

    def _extras(self, entry: Entry) -> list[tuple[str, str]]:
        """Return the lines below an entry's text, styled: reason, author, promise, and late addition."""
        extras = [(detail, "$text-muted") for detail in entry.body.details()]
        if self.view is not None and (promise := self.view.promise_by_message.get(entry.key)):
            state = {"running": "promised", "missed": "MISSED"}.get(promise.state, promise.state)
            text = f"next update {times.clock_zone(promise.due, self.zones.first)}: {state}"
            extras.append((text, _promise_style(promise, self.view)))
        if self.view is not None and (decision := self.view.incident.links.get(entry.key)):
            extras.append((f"for decision {decision.number}: {shortened(decision.logged.text, _CELLS)}", "$text-muted"))
        late = self.view.incident.added_late(entry) if self.view is not None else 0
        if late:
            extras.append((added(late), "$text-muted"))
        return extras


def _in_rows(extras: list[tuple[str, str]], room: int, most: int) -> list[Content]:
    """Put as many extras beside each other as there is room for; a long one is wrapped, at most to `most` rows."""
    rows: list[Content] = []
    fits_more = False
    for extra, style in extras:
        lines = [safe_line(line, style) for line in wrapped(extra, room, most)]
        beside = fits_more and len(lines) == 1 and rows[-1].cell_length + len(_DOT) + lines[0].cell_length <= room
        if beside:
            rows[-1] = Content.assemble(rows[-1], Content.styled(_DOT, "$text-muted"), lines[0])
        else:
            rows += lines
        fits_more = len(lines) == 1
    return rows


def promises(view: Snapshot) -> list[tuple[Promise, str]]:
    return [(promise, _promise_style(promise, view)) for promise in view.promises]


def _promise_style(promise: Promise, view: Snapshot) -> str:
    """Return the color of a promise: that of its clock while it runs, and afterwards of how it was kept."""
    if promise.state == "running":
        soon = promise.due - view.now <= view.playbook.clocks.soon_min * times.MINUTE
        return CLOCK_STYLE["soon" if soon else "ok"]
    return {"kept": "$text-muted", "late": CLOCK_STYLE["soon"], "missed": CLOCK_STYLE["late"]}[promise.state]
