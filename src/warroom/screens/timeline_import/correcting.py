"""Correcting how one line of a timeline is understood: its time, its kind, its words, who; or leaving it out."""

from __future__ import annotations

from collections.abc import Callable
from typing import get_args

from msgspec.structs import replace

from warroom.model import times
from warroom.screens.ask import AskScreen
from warroom.screens.page import Page
from warroom.screens.timeline_import.draft import TimelineDraft
from warroom.timelines import Given, TimelineEntry, Zone, read
from warroom.timelines.corrections import Correction, Line
from warroom.timelines.rows import EntryKind
from warroom.widgets.choices import Choice
from warroom.widgets.reading_rows import when

_UNKNOWN = ("-", "?", "--:--", "??:??", "unknown", "not known")
_KINDS: dict[EntryKind, str] = {
    "note": "anything else that happened",
    "detected": "an alert, or a report by users",
    "acknowledged": "somebody took the alert",
    "declared": "the incident was declared",
    "role": "somebody took a role",
    "decision": "something was decided",
    "action": "something was done",
    "message": "a message was sent",
    "severity": "the severity changed",
    "mitigated": "it no longer harmed anybody",
    "resolved": "it was over",
}
assert set(_KINDS) == set(get_args(EntryKind))


class Correcting:
    """The conversations about one line; each changes the draft."""

    def __init__(self, page: Page, draft: TimelineDraft, changed: Callable[[], object]) -> None:
        """`changed` is called after each correction."""
        self._page, self._draft, self._changed = page, draft, changed

    async def any_part(self, line: Line) -> None:
        """Let the user choose what to correct."""
        rows = [
            Choice("time", "Time", key="t"),
            Choice("kind", "Kind", key="k"),
            Choice("words", "Words", key="e"),
            Choice("who", "Who", key="w"),
            Choice("leave_out", "Take it in" if line.left_out or line.entry is None else "Leave it out", key="x"),
        ]
        if line.corrected:
            rows.append(Choice("as_read", "As it was understood at first", key="r"))
        chosen = await self._page.pick(f"Correct line {line.number}", rows)
        if chosen == "time":
            await self.time(line)
        elif chosen == "kind":
            await self.kind(line)
        elif chosen == "words":
            await self.words(line)
        elif chosen == "who":
            await self.who(line)
        elif chosen == "leave_out":
            self.leave_out(line)
        elif chosen == "as_read":
            self.as_read(line)

    async def time(self, line: Line) -> None:
        """Ask for the time; it may be about right, or not known."""
        found: list[TimelineEntry] = []
        beside = self._beside(line)

        def refused(typed: str) -> str:
            found.clear()
            if not typed.strip() or typed.strip().lower() in _UNKNOWN:
                return ""
            understood = read(f"{typed.strip()} - x", beside).entries
            if len(understood) != 1 or understood[0].at is None:
                return "This time could not be read: 03:41, ~03:41, 2026-11-23 03:41Z, or ? if it is not known"
            found.extend(understood)
            return ""

        tz = self._page.workspace.tz
        present = "no time"
        if line.entry is not None and line.entry.at is not None:
            present = " ".join([*when(line.entry, tz).split(), times.zone_name(line.entry.at, tz)])
        day = f"{beside.day:%Y-%m-%d}" if beside.day is not None else ""
        zone = beside.zone.name if beside.zone is not None else ""
        hint = f"without a day it is {day}, without a zone {zone} · ~03:41 about right · ? not known"
        label, name = f"Time of line {line.number}, not {present} but", f"timeline time {line.key}"[:200]
        ask = AskScreen(self._page, name, label, hint=hint, placeholder="03:41", take=refused)
        typed = await self._page.show(ask)
        if not (typed or "").strip():
            return
        at, precision = (found[0].at, found[0].precision) if found else (None, "unknown")
        self._say(line, replace(self._draft.correction(line), at=at, precision=precision, left_out=False))

    def _beside(self, line: Line) -> Given:
        """What completes a time that was typed: the day of the line or of one before it, and this console's zone."""
        tz = self._page.workspace.tz
        at = line.entry.at if line.entry is not None else None
        if at is None:
            known = [(one.number, one.entry.at) for one in self._draft.lines if one.entry and one.entry.at is not None]
            earlier = [at for number, at in known if number < line.number]
            at = (earlier[-1:] or [at for _, at in known[:1]] or [self._page.workspace.now()])[0]
        moment = times.local(at, tz)
        return Given(day=moment.date(), zone=Zone(times.zone_name(at, tz), moment.tzinfo))

    async def kind(self, line: Line) -> None:
        """Choose what kind of thing happened."""
        rows = [Choice(kind, kind, about) for kind, about in _KINDS.items()]
        marked = line.entry.kind if line.entry is not None else "note"
        chosen = await self._page.pick(f"What is line {line.number}?", rows, marked=marked)
        for kind in _KINDS:
            if kind == chosen:
                self._take_in(line, kind=kind)

    async def words(self, line: Line) -> None:
        """Ask for other words."""
        text = line.entry.text if line.entry is not None else line.unread

        def refused(typed: str) -> str:
            return "" if typed.strip() else "Say what happened, or leave the line out with space"

        name = f"timeline words {line.key}"[:200]
        label = f"Words of line {line.number}"
        ask = AskScreen(self._page, name, label, start=text, take=refused, adds=True, long=True)
        typed = await self._page.show(ask)
        if typed is not None:
            self._take_in(line, text=typed.strip())

    async def who(self, line: Line) -> None:
        """Ask who did or said it; nothing removes the name."""
        who = line.entry.who if line.entry is not None else ""
        name = f"timeline who {line.key}"[:200]
        typed = await self._page.show(AskScreen(self._page, name, f"Who, in line {line.number}", start=who, adds=True))
        if typed is not None:
            self._take_in(line, who=" ".join(typed.split()))

    def leave_out(self, line: Line) -> None:
        """Leave the line out, or take it in again; one that was not understood comes in without a time."""
        if line.entry is None:
            self._take_in(line)
        else:
            said = self._draft.correction(line)
            self._say(line, replace(said, left_out=not line.left_out))

    def as_read(self, line: Line) -> None:
        """Take back all that was said of the line."""
        self._say(line, Correction())

    def _take_in(
        self, line: Line, *, kind: EntryKind | None = None, text: str | None = None, who: str | None = None
    ) -> None:
        said = self._draft.correction(line)
        if line.entry is None and not said.precision:
            said = replace(said, precision="unknown")
        self._say(
            line,
            replace(
                said,
                kind=said.kind if kind is None else kind,
                text=said.text if text is None else text,
                who=said.who if who is None else who,
                left_out=False,
            ),
        )

    def _say(self, line: Line, said: Correction) -> None:
        self._draft.correct(line, said)
        self._changed()
