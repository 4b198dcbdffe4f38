"""The timeline: going to it, searching it, pinning a line, opening it to copy, correct, redact or take it back."""

from __future__ import annotations

from warroom.model import acts
from warroom.model.entries import Entry
from warroom.model.kinds.messages import MessageSent
from warroom.screens.incident.page import Feature as Base
from warroom.screens.incident.page import IncidentPage
from warroom.store.errors import StoreError
from warroom.widgets.timeline import TimelinePane


class Feature(Base):
    """Going to the timeline, searching it, and pinning its lines."""

    def timeline(self) -> None:
        self.page.go("timeline")

    def pin(self) -> None:
        """Pin the selected line, or take its pin off."""
        page = self.page
        entry = page.widget(TimelinePane).selected() if page.pane == "timeline" else None
        if entry is None:
            page.say("Go to a line of the timeline first (2 and the arrow keys), then * pins it", mark="▸")
            return
        shown = page.incident.shown(entry)
        pin, unpin = acts.pins.pin(shown), acts.pins.unpin(shown)
        act = unpin if entry.key in page.incident.pinned else pin
        page.act(act, done=act.text)

    async def search(self) -> None:
        from warroom.screens.search import SearchScreen

        page = self.page
        key = await page.show(SearchScreen(page.workspace, page.incident))
        try:
            entry = page.session.journal.entry(key) if key else None
        except StoreError as error:
            page.say(str(error), failed=True)
            return
        if entry is not None:
            page.go("timeline")
            page.widget(TimelinePane).go_to(entry)


async def open_entry(page: IncidentPage) -> None:
    """Show the whole selected entry, and do what the user chooses to do with it."""
    from warroom.screens.entry import EntryScreen

    entry = page.widget(TimelinePane).selected()
    if entry is None:
        return
    chosen = await page.show(EntryScreen(entry, page.snapshot))
    if chosen is None:
        return
    what, text = chosen
    if what == "copy":
        page.copy(text)
    elif what == "correct":
        await _correct(page, entry, text)
    elif what == "redact":
        from warroom.screens.incident.redacting import redact

        await redact(page, entry)
    else:
        await page.ask(
            f"retract:{entry.key}",
            "Take back, because",
            placeholder="the reason (optional)",
            take=lambda reason: take_back(page, entry, reason),
        )


def take_back(page: IncidentPage, entry: Entry, because: str) -> bool:
    """Take an entry back; the words of a message are then a draft again. Returns whether it could be logged."""
    shown = page.incident.shown(entry)
    words = shown.text.partition("\n")[0]

    def done() -> str:
        draft = isinstance(entry.body, MessageSent) and page.message.give_back(entry.body)
        return f"Taken back: {words}" + (". Its words are a draft again" if draft else "")

    return page.act(acts.corrections.retract(shown, because), done=done)


async def _correct(page: IncidentPage, entry: Entry, present: str) -> None:
    def take(text: str) -> bool:
        dated = page.split_time(text)
        if dated is None:
            return False
        at, rest = dated
        shown = page.incident.shown(entry)
        rest = rest.strip() or (shown.text if at is not None else "")  # only a time: only the time was wrong
        unchanged = rest.strip() == shown.text and at in (None, shown.at)
        return unchanged or page.act(
            acts.corrections.amend(shown, rest, at),
            done=f"Corrected: {page.clock(shown.at if at is None else at)} {rest}",
        )

    hint = "start with a time to correct the time"
    await page.ask(f"amend:{entry.key}", "Correct", start=present, hint=hint, take=take)
