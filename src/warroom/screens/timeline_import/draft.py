"""What is kept of a timeline until it is imported: its text, what was said beside it, and what was corrected."""

from __future__ import annotations

from collections.abc import Callable

import msgspec
from msgspec.structs import replace

from warroom.model import times
from warroom.screens.page import Page
from warroom.screens.timeline_import import DRAFT
from warroom.timelines import Given, NotGiven, Timeline, Zone, given_day, given_zone, read
from warroom.timelines.corrections import UNCHECKED, Checked, Correction, Line, checked, entries, lines
from warroom.timelines.reading import TimelineEntry

LOCAL_TIME = "local time"
"""The zone of this console, whatever its clocks showed on the day."""
MOST_KEPT = 2_000_000
"""A longer text is not kept for the next start; it came from a file, or can be pasted again."""


_GIVEN = "timeline:given:"


class Kept(msgspec.Struct, omit_defaults=True):
    """The draft as it is stored."""

    text: str = ""
    name: str = ""
    decoded: str = ""
    """How the letters of the file were read, if that was not certain."""
    day: str = ""
    zone: str = ""
    title: str = ""
    corrections: dict[str, Correction] = {}


class TimelineDraft:
    """One timeline that is being imported, with how it is understood."""

    def __init__(self, page: Page, incident: str, called: str = "") -> None:
        """`incident` is the id of the one it goes to, which is `called` so; "" makes a new one of it."""
        self._page, self.incident, self.called = page, incident, called
        self._name = f"{DRAFT}{incident}"
        self.kept = page.remembered(self._name, Kept) or Kept()
        if incident and not self.kept.text:  # what was said when some of it was imported before
            given = page.remembered(f"{_GIVEN}{incident}", dict[str, str]) or {}
            self.kept.zone, self.kept.day = given.get("zone", ""), given.get("day", "")
        self.timeline: Timeline | None = None
        self.lines: list[Line] = []
        self.ended: int | None = None
        """When it was over (ms UTC), if no line says so; None if it goes on."""

    def put(self, text: str, name: str = "", decoded: str = "") -> None:
        """Take a text instead of the one before; corrections of lines that it still has stay."""
        if text != self.kept.text or name != self.kept.name:
            self.kept.text, self.kept.name, self.kept.decoded = text, name, decoded
            self.save()

    def save(self) -> None:
        """Store the draft for the next start."""
        is_long = len(self.kept.text) > MOST_KEPT
        self._page.remember(self._name, self.kept if self.kept.text and not is_long else None)

    def redact(self, change: Callable[[str], str]) -> None:
        """Change all that was typed or read, such as by taking words out of it."""
        kept = self.kept
        kept.text, kept.name, kept.title = change(kept.text), change(kept.name), change(kept.title)
        kept.corrections = {
            change(key): replace(
                said,
                text=None if said.text is None else change(said.text),
                who=None if said.who is None else change(said.who),
            )
            for key, said in kept.corrections.items()
        }
        self.save()

    def remember_given(self, incident: str) -> None:
        """Keep the zone and the day for the next time that something is imported into this incident."""
        given = {"zone": self.kept.zone, "day": self.kept.day}
        if any(given.values()):
            self._page.remember(f"{_GIVEN}{incident}", given)

    def forget(self) -> None:
        """Remove the draft, once it is imported or the user gives it up."""
        self.kept, self.timeline, self.lines = Kept(), None, []
        self.save()

    def read(self) -> None:
        """Read the text with what was said beside it; safe to call from a thread."""
        timeline = read(self.kept.text, self.given)
        self.timeline, self.lines = timeline, lines(timeline, self.kept.corrections)

    @property
    def zone(self) -> Zone | None:
        """The zone that was said beside the text. Raises NotGiven if there is no such zone."""
        if self.kept.zone == LOCAL_TIME:
            return Zone(LOCAL_TIME, self._page.workspace.tz or times.MachineZone())
        return given_zone(self.kept.zone) if self.kept.zone else None

    @property
    def given(self) -> Given:
        """The zone and the day that were said beside the text."""
        try:
            zone = self.zone
            return given_day(self.kept.day, zone) if self.kept.day else Given(zone=zone)
        except NotGiven:  # it was checked when it was typed: another program has changed it
            return Given()

    def correct(self, line: Line, correction: Correction) -> None:
        """Say something else of a line; an empty correction takes everything back."""
        if correction == Correction():
            self.kept.corrections.pop(line.key, None)
        else:
            self.kept.corrections[line.key] = correction
        if self.timeline is not None:
            self.lines = lines(self.timeline, self.kept.corrections)
        self.save()

    def correction(self, line: Line) -> Correction:
        """What was said of a line."""
        return self.kept.corrections.get(line.key, Correction())

    @property
    def entries(self) -> list[TimelineEntry]:
        """What would be imported."""
        return entries(self.lines)

    @property
    def checked(self) -> Checked:
        """What was said of its lines."""
        return checked(self.timeline, self.lines) if self.timeline is not None else UNCHECKED

    @property
    def missing(self) -> frozenset[str]:
        """What has to be asked for; see `Timeline`."""
        return self.timeline.missing if self.timeline is not None else frozenset()

    @property
    def heading(self) -> str:
        """The first heading of the text, to begin a title with; "" if it has none."""
        for line in self.kept.text.split("\n", 20)[:20]:
            if line.startswith("#") and (words := line.lstrip("# ").strip()):
                return words[:100]
        return ""
