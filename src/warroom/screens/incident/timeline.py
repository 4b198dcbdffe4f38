"""The timeline: going to it, searching it, and opening an entry to copy it, correct it or take it back."""

from __future__ import annotations

from warroom.model import acts
from warroom.model.entries import Entry
from warroom.screens.incident.page import Feature as Base
from warroom.screens.incident.page import IncidentPage
from warroom.store.errors import StoreError
from warroom.widgets.timeline import TimelinePane


class Feature(Base):
    """Going to the timeline and searching it."""

    def timeline(self) -> None:
        self.page.go("timeline")

    async def search(self) -> None:
        from warroom.screens.search import SearchScreen

        page = self.page
        key = await page.show(SearchScreen(page.workspace, page.incident.id))
        try:
            entry = page.session.journal.entry(key) if key else None
        except StoreError as error:
            page.say(str(error), failed=True)
            return
        if entry is not None:
            page.go("timeline")
            page.widget(TimelinePane).go_to(entry)


async def open_entry(page: IncidentPage) -> None:
    """Show all of the selected entry, and do what is wanted of it."""
    from warroom.screens.entry import EntryScreen

    entry = page.widget(TimelinePane).selected()
    if entry is None:
        return
    wanted = await page.show(EntryScreen(entry, page.snapshot))
    if wanted is None:
        return
    what, words = wanted
    if what == "copy":
        page.copy(words)
    elif what == "correct":
        await _correct(page, entry, words)
    else:
        await page.ask(
            f"retract:{entry.key}",
            "Take back, because",
            placeholder="the reason; enter = without one",
            take=lambda reason: page.act(acts.corrections.retract(entry, reason)),
        )


async def _correct(page: IncidentPage, entry: Entry, words: str) -> None:
    def take(text: str) -> bool:
        dated = page.dated(text)
        if dated is None:
            return False
        at, rest = dated
        unchanged = rest.strip() == entry.text and at is None
        return unchanged or page.act(acts.corrections.amend(entry, rest, at))

    hint = "a time in front corrects the time"
    await page.ask(f"amend:{entry.key}", "Correct", start=words, hint=hint, take=take)
