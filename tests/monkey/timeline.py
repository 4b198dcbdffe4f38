"""What the timeline has to show, worked out from the file alone, and the comparison with the rows on the screen."""

from __future__ import annotations

import re
from dataclasses import dataclass

from textual.pilot import Pilot

from warroom.model import times
from warroom.model.entries import Entry
from warroom.model.lines import added, label, mark
from warroom.model.snapshot import Snapshot
from warroom.text.cleaning import clean
from warroom.widgets.timeline import LOCAL, TimelinePane
from warroom.widgets.timeline_blocks import PIN

_FRONT = 18
"""Cells in front of an entry's text: its time and the name of its kind."""
_MOST_ROWS = 6
_MORE = "…entershowsallofit"
_TITLE = re.compile(r"Timeline · (\d+) · (?:\d\d:\d\d|\d{4}-\d\d-\d\d) \S+(?: · (\d+) new ↓)?")


class Violation(Exception):
    """Something that must never be: `what` names the rule, the text tells the case."""

    def __init__(self, what: str, case: object = "") -> None:
        super().__init__(f"{what}: {case}" if case else what)
        self.what = what


@dataclass(frozen=True)
class Line:
    """A line of the timeline as it must be drawn, without white space."""

    key: str
    time: str
    label: str
    day: str
    texts: tuple[str, ...]
    """The ways to draw it whole: a remark stands behind its text, or below where there is no room."""
    has_gaps: bool
    """Whether a row of it may be empty, so that an empty row at the bottom may be one of its own."""

    def may_be(self, drawn: str, width: int, *, cut: bool) -> bool:
        """Whether this is what was drawn; with `cut`, rows may be missing at its end."""
        shortened = drawn.endswith(_MORE)
        part = drawn.removesuffix(_MORE)
        # A text with so many characters in a row that only marks without width explain it, may end early.
        most = (_MOST_ROWS + 1) * (width - _FRONT + 1) * 2
        return any(
            text == drawn or ((shortened or cut or len(text) > most) and text.startswith(part)) for text in self.texts
        )

    def ends_with(self, drawn: str) -> bool:
        """Whether these may be the last rows of it, whose first rows did not fit."""
        return drawn.endswith(_MORE) or any(text.endswith(drawn) for text in self.texts)


@dataclass(frozen=True)
class Shown:
    """What the screen shows of the timeline: the range of lines, whether the last is one of them, what is new."""

    first: int
    last: int
    end_in_view: bool
    new: int


def lines_of(entries: list[Entry], view: Snapshot) -> list[Line]:
    """The lines of an incident in order, from everything that was ever logged about it."""
    incident = view.incident
    known = {entry.key for entry in entries}
    placed = []
    for entry in entries:
        if entry.body.corrects in known or entry.body.marks in known:
            continue
        change, shown = incident.replaced.get(entry.key), incident.shown(entry)
        moved = change is not None and not change.retracted and shown.at != entry.at
        place = change.entry if moved and change is not None else entry
        placed.append(((shown.at, place.hlc, place.origin), _line(entry, view)))
    return [line for _, line in sorted(placed, key=lambda pair: pair[0])]


def _line(entry: Entry, view: Snapshot) -> Line:
    change, shown = view.incident.replaced.get(entry.key), view.incident.shown(entry)
    below = list(shown.body.details())
    if promise := view.promise_by_message.get(entry.key):
        state = {"running": "promised", "missed": "MISSED"}.get(promise.state, promise.state)
        below.append(f"next update {times.clock_zone(promise.due, view.tz)}: {state}")
    if late := view.incident.added_late(shown):
        below.append(added(late))
    remark, pin = mark(change), f"{PIN} " if entry.key in view.incident.pinned else ""
    ways = {remark, remark.removeprefix(" · ")}
    return Line(
        entry.key,
        times.clock(shown.at, view.tz),
        label(shown)[:10].strip(),
        times.day(shown.at, view.tz),
        tuple(squeezed(pin + clean(shown.text) + way) + end for way in ways for end in _ends(below)),
        any(not row.strip() for row in shown.text.split("\n")),
    )


def _ends(below: list[str]) -> list[str]:
    """The ways to draw what is below a text: each part on its own row, or behind a dot where there is room."""
    ends = [""]
    for part in map(squeezed, below):
        ends = [end + gap + part for end in ends for gap in ("", "·")]
    return ends


def squeezed(text: str) -> str:
    """A text without white space."""
    return "".join(clean(text).split())


def drawn_timeline(pilot: Pilot[None]) -> tuple[str, list[str]] | None:
    """The border's top row and the rows inside, from the screen's cells; None if the timeline is not in view."""
    pane = pilot.app.screen.query_one(TimelinePane)
    compositor = pilot.app.screen._compositor
    if pane not in compositor.visible_widgets or not pane.display:
        return None
    if pane.newest_first or pane.only or pane.zone != LOCAL:  # another view of the same lines than is worked out here
        return None
    strips = compositor.render_strips()
    region, content = pane.region, pane.content_region
    if region.height < 3 or content.width <= _FRONT + 4 or region.bottom > len(strips):
        return None
    rows = [strips[y].crop(content.x, content.right).text for y in range(content.y, content.bottom)]
    return strips[region.y].crop(region.x, region.right).text, rows


def compare(title: str, rows: list[str], lines: list[Line], width: int) -> Shown:
    """Compare drawn rows with the lines that must be there: consecutive ones, each once. Raises Violation."""
    found = _TITLE.search(title)
    if found and int(found[1]) != len(lines):
        raise Violation("the title counts other lines than there are", f"{title!r}, not {len(lines)}")
    new = int(found[2] or 0) if found else 0
    blocks, top = _blocks(rows)
    if not blocks:
        if lines and not any(line.ends_with(squeezed("".join(top))) for line in lines):
            raise Violation("drawn rows belong to no line", rows)
        return Shown(0, 0, end_in_view=True, new=new)
    drawn_to = max(number for number, row in enumerate(rows) if row.strip()) + 1
    full = drawn_to == len(rows)
    ends = [
        last for last in range(len(blocks) - 1, len(lines)) if _match(blocks, top, lines[: last + 1], width, full=full)
    ]
    if not ends:
        raise Violation("drawn rows are not what the file says", _difference(rows, blocks, lines, width))
    last = ends[-1]
    if last < len(lines) - 1 and not any(row.strip() for row in rows[-1:]) and not _ends_blank(lines[last], blocks[-1]):
        raise Violation("rows are empty though there is more to show", rows)
    # The only line shown may be higher than the timeline.
    whole = len(blocks) == 1 or lines[last].may_be(blocks[-1].text, width, cut=False)
    end_in_view = last == len(lines) - 1 and whole
    if new and end_in_view:
        raise Violation("lines are called new though the last one is in view", title)
    return Shown(last - len(blocks) + 1, last, end_in_view, new)


@dataclass
class _Block:
    time: str
    label: str
    day: str
    text: str


def _blocks(rows: list[str]) -> tuple[list[_Block], list[str]]:
    """The entries among the rows, and the rows above the first of them."""
    blocks: list[_Block] = []
    top: list[str] = []
    day = ""
    for row in rows:
        if row.startswith("── "):
            day = row.strip("─ ")
        elif row[2:3] == ":" and row[:2].isdigit():
            blocks.append(_Block(row[:5], row[7:17].strip(), day, squeezed(row[_FRONT:])))
            day = ""
        elif blocks:
            blocks[-1].text += squeezed(row)
        else:
            top.append(row)
    return blocks, top


def _match(blocks: list[_Block], top: list[str], lines: list[Line], width: int, *, full: bool) -> bool:
    first = len(lines) - len(blocks)
    for number, block in enumerate(blocks):
        line = lines[first + number]
        day = line.day if first + number and lines[first + number - 1].day != line.day else ""
        # The row above the first block may be out of view; the first line of all has its day unless that is today.
        days = {day} | ({""} if number == 0 else set()) | ({line.day} if first + number == 0 else set())
        if (block.time, block.label) != (line.time, line.label) or block.day not in days:
            return False
        if not line.may_be(block.text, width, cut=(full or line.has_gaps) and number == len(blocks) - 1):
            return False
    above = squeezed("".join(top))
    return not above or (first > 0 and lines[first - 1].ends_with(above))


def _ends_blank(line: Line, block: _Block) -> bool:
    """Whether the last rows of an entry may be empty themselves."""
    return block.text.endswith(_MORE) or block.text not in line.texts


def _difference(rows: list[str], blocks: list[_Block], lines: list[Line], width: int) -> str:
    tail = [f"{line.day} {line.time} {line.label:10} {line.texts[0][:100]}" for line in lines[-len(rows) - 5 :]]
    strange = [
        block
        for block in blocks
        if not any(
            (block.time, block.label) == (line.time, line.label) and line.may_be(block.text, width, cut=False)
            for line in lines
        )
    ]
    return "\n".join(["", *map(repr, rows), f"in no line: {strange}", "the file says:", *tail])
