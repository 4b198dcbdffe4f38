"""How the timeline is shown: which lines, from which end, in which zone, and going to a time in it."""

from __future__ import annotations

from contextlib import suppress
from datetime import timedelta

from msgspec.structs import replace

from warroom.actions import key_of
from warroom.model import times
from warroom.model.kinds.log import ActionTaken, Noted
from warroom.screens.incident.page import Feature as Base
from warroom.screens.incident.page import IncidentPage
from warroom.store.errors import StoreError
from warroom.store.filtered import Filter
from warroom.widgets.choices import Choice
from warroom.widgets.timeline import BOTH, IN_UTC, LOCAL, TimelinePane

FIND = "find"
"""The question in the log line whose words are looked for while they are typed."""
_VIEW = "timeline:view"
"""The name under which this machine remembers order and zone."""
_LOOKED_AT = 5_000
"""The number of the last lines whose authors are offered."""
_FOLLOWS = 12 * times.HOUR
"""A time is in the log if a line is there, or follows within so many ms."""


class Feature(Base):
    """Filters, order, zone, and going to a time."""

    @property
    def _pane(self) -> TimelinePane:
        return self.page.widget(TimelinePane)

    async def find(self) -> None:
        """Ask for words, and show only the lines that have them, while they are typed."""
        page, pane = self.page, self._pane
        page.bring_to_front("timeline")
        words = page.line.drafts.get(FIND) or pane.only.words  # those of last time, where they were left
        pane.filter(replace(pane.only, words=words.strip()))
        answer = await page.ask(
            FIND,
            "Find",
            placeholder="words in the timeline",
            hint="enter keeps these lines, esc shows all",
            start=words,
            when_closed=True,
        )
        pane.filter(replace(pane.only, words=(answer or "").strip()))
        page.go("timeline")

    async def filter(self) -> None:
        """Choose what to show."""
        page, pane = self.page, self._pane
        only = pane.only
        since = page.clock(only.since) if only.since is not None else "the beginning"
        rows = [
            Choice("kind", "Kind", only.kind or "any", key="k"),
            Choice("author", "Author", only.author or "anybody", key="a"),
            Choice("pinned", "Pinned lines only", "yes" if only.pinned else "no", key="p"),
            Choice("since", "Since a time", since, key="s"),
            Choice("words", "With words", only.words or "any", key="w"),
            Choice("all", "Show all", key="x"),
        ]
        match await page.pick("Which lines?", rows):
            case "kind":
                await self._filter_kind()
            case "author":
                await self._filter_author()
            case "pinned":
                self._show(replace(only, pinned=not only.pinned))
            case "since":
                await self._filter_since()
            case "words":
                await self.find()
            case "all":
                self._show(Filter())

    def _show(self, only: Filter) -> None:
        self._pane.filter(only)
        self.page.go("timeline")

    async def _filter_kind(self) -> None:
        incident, only = self.page.incident, self._pane.only
        labels = {logged.body.kind_label for found in incident.by_kind.values() for logged in found}
        labels |= {Noted.tag(), ActionTaken.tag(), *self._pane.labels()}
        rows = [Choice("", "Any kind"), *(Choice(label, label) for label in sorted(labels))]
        chosen = await self.page.pick("Lines of which kind?", rows, marked=only.kind)
        if chosen is not None:
            self._show(replace(only, kind=chosen))

    async def _filter_author(self) -> None:
        page, only = self.page, self._pane.only
        incident = page.incident
        names = {logged.author for found in incident.by_kind.values() for logged in found}
        try:
            names |= set(page.session.journal.authors(incident.id, _LOOKED_AT))
        except StoreError as error:
            page.say(str(error), failed=True)
            return
        rows = [Choice("", "Anybody"), *(Choice(name, name) for name in sorted(names, key=str.casefold) if name)]
        chosen = await page.pick("Lines by whom?", rows, marked=only.author)
        if chosen is not None:
            self._show(replace(only, author=chosen))

    async def _filter_since(self) -> None:
        at = await self._ask_time("since", "Since")
        if at is not None:
            self._show(replace(self._pane.only, since=at))

    async def go_to_time(self) -> None:
        """Ask for a time, and select the first line at that time or later."""
        at = await self._ask_time("go-to-time", "Go to")
        if at is not None:
            self.page.go("timeline")
            self._pane.go_to_time(at)

    async def _ask_time(self, question: str, label: str) -> int | None:
        page = self.page
        zone, now = self._pane.zones.first, page.workspace.now()
        selected = self._pane.selected()
        near = page.incident.shown(selected).at if selected is not None else now
        found: list[int] = []

        def take(text: str) -> bool:
            try:
                at = self._in_log(text, near)
                found.append(times.parse_past(text, now, zone) if at is None else at)
            except times.TimeError as error:
                page.say(str(error), failed=True)
                return False
            return True

        hint = f"in {times.zone_name(near, zone)}"
        await page.ask(question, label, placeholder="03:41 or 2026-11-22 03:41", hint=hint, take=take, when_closed=True)
        return found[0] if found else None

    def _in_log(self, text: str, near: int) -> int | None:
        """A time without a day, on the day of the log that is nearest to `near` (ms UTC); None if it isn't one.

        Raises TimeError if no line is there.
        """
        pane, tz = self._pane, self._pane.zones.first
        own = times.local(near, tz)
        midnight = own.replace(hour=0, minute=0, second=0, microsecond=0, fold=0)
        days = [own.date()]
        if (before := pane.last_before(times.to_ms(midnight))) is not None:
            days.append(times.local(before, tz).date())
        if (after := pane.first_from(times.to_ms(midnight + timedelta(days=1)))) is not None:
            days.append(times.local(after, tz).date())
        candidates = times.at_clock(text, tz, days)
        if not candidates or pane.first_from(times.MIN_MS) is None:
            return None
        there = [at for at in candidates if (line := pane.first_from(at)) is not None and line - at < _FOLLOWS]
        if not there:
            last = pane.last_before(times.MAX_MS)
            ends = (
                f"; the last one is at {times.day(last, tz)} {times.clock_zone(last, tz)}" if last is not None else ""
            )
            raise times.TimeError(f"No line is at {text.strip()}, or in the 12 hours after that{ends}")
        return min(there, key=lambda at: abs(at - near))

    def order(self) -> None:
        """Show the other end first."""
        pane = self._pane
        pane.choose(newest_first=not pane.newest_first)
        pane.action_first() if pane.newest_first else pane.action_last()
        self._remember()
        first = "newest" if pane.newest_first else "oldest"
        self.page.say(f"The {first} line comes first now; {key_of('order')} turns it round again")

    async def zone(self) -> None:
        """Choose the zone that times are shown in."""
        page, pane = self.page, self._pane
        now, tz = page.workspace.now(), page.workspace.tz
        rows = [
            Choice(LOCAL, "Local time", times.zone_name(now, tz), key="l"),
            Choice(IN_UTC, "UTC", key="u"),
            Choice(BOTH, "Both, side by side", key="b"),
            Choice("other", "Another zone…", "such as America/New_York", key="o"),
        ]
        known = pane.zone in (LOCAL, IN_UTC, BOTH)
        chosen = await page.pick("Times in which zone?", rows, marked=pane.zone if known else "other")
        if chosen == "other":
            named: list[str] = []

            def take(text: str) -> bool:
                name = zone_named(text)
                if name is None:
                    page.say(f"There is no zone “{text.strip()}”; give its name, such as America/New_York", failed=True)
                    return False
                named.append(name)
                return True

            await page.ask("zone", "Zone", placeholder="America/New_York", take=take, when_closed=True)
            chosen = named[0] if named else None
        if chosen is not None:
            pane.choose(zone=chosen)
            self._remember()

    def _remember(self) -> None:
        self.page.remember(_VIEW, {"first": "newest" if self._pane.newest_first else "oldest", "zone": self._pane.zone})


def find_as_typed(page: IncidentPage, words: str) -> None:
    """Show only the lines that have these words, which are being typed."""
    pane = page.widget(TimelinePane)
    pane.filter(replace(pane.only, words=words.strip()))


def restore_view(page: IncidentPage) -> None:
    """Show the timeline in the order and zone that were chosen last on this machine."""
    try:
        kept = page.workspace.remembered(_VIEW, dict[str, str]) or {}
    except StoreError:
        return  # whatever keeps it from being read is told by what else can't be
    zone = kept.get("zone", LOCAL)
    if zone not in (LOCAL, IN_UTC, BOTH):
        zone = zone_named(zone) or LOCAL
    page.widget(TimelinePane).choose(zone=zone, newest_first=kept.get("first") == "newest")


def zone_named(text: str) -> str | None:
    """The IANA name of a zone, however its letters were typed, or of a region; None if there is no such zone."""
    from zoneinfo import ZoneInfo, ZoneInfoNotFoundError, available_timezones

    from warroom.timelines import zone

    typed = text.strip().replace(" ", "_")
    with suppress(ZoneInfoNotFoundError, ValueError, OSError):  # no such file, no name of one, or a folder of zones
        if typed:
            ZoneInfo(typed)
            return typed
    found = next((name for name in available_timezones() if name.casefold() == typed.casefold()), None)
    region = zone(text) if found is None else None  # Pacific, Eastern time, CT
    return region.tz.key if region is not None and isinstance(region.tz, ZoneInfo) else found
