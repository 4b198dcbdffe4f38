"""The timeline: going to it, searching it, pinning a line, opening it to copy, correct, redact or take it back."""

from __future__ import annotations

from warroom.model import acts, times
from warroom.model.entries import Entry
from warroom.model.kinds.messages import MessageSent
from warroom.screens.incident import timeline_view
from warroom.screens.incident.page import Feature as Base
from warroom.screens.incident.page import IncidentPage
from warroom.store.errors import StoreError
from warroom.widgets.choices import Choice
from warroom.widgets.logline import Notice
from warroom.widgets.timeline import TimelinePane

_BY_DIGIT = range(1, 10)
"""The numbers of the decisions that one key chooses."""


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
        toggle_pin(page, entry)

    async def search(self) -> None:
        from warroom.screens.search import SearchScreen

        page = self.page
        key = await page.show(SearchScreen(page.workspace, page.incident))
        try:
            entry = page.session.journal.entry(key) if key else None
        except StoreError as error:
            page.say(str(error), failed=True)
            return
        if entry is not None and entry.incident != page.incident.id:
            page.screen.call_later(page.console.show_entry, entry.key)  # once this conversation is over
        elif entry is not None:
            page.go("timeline")
            page.widget(TimelinePane).go_to(entry)


async def open_entry(page: IncidentPage) -> None:
    """Show the whole selected entry, and do what the user chooses to do with it.

    After that the entry is shown again, unless it was taken back, so that the same keys go on meaning the same. Who
    looks for words leaves it for good.
    """
    from warroom.screens.entry import EntryScreen

    pane = page.widget(TimelinePane)
    selected, said = pane.selected(), None
    while selected is not None:
        links = page.incident.links
        keys = [key for key, decision in links.items() if decision.logged.key == selected.key]
        try:
            entry = page.session.journal.entry(selected.key)  # its words may have been redacted since
            linked = page.session.journal.entries(keys) if keys else []
        except StoreError as error:
            page.say(str(error), failed=True)
            return
        if entry is None:
            return
        chosen = await page.show(EntryScreen(entry, page.snapshot, linked, said))
        if chosen is None:
            return
        if chosen[0] == "find":
            await timeline_view.Feature(page).find()
            return
        if chosen[0] == "search":
            await Feature(page).search()
            return
        before = page.notices
        pane.ask_about(True)
        try:
            await _carry_out(page, entry, *chosen)
        finally:  # also if another conversation ends this one
            pane.ask_about(False)
        change = page.incident.replaced.get(entry.key)
        if page.redacting or (change is not None and change.retracted):
            return
        notice = page.widget(Notice)
        selected, said = entry, (notice.text, notice.failed, notice.mark) if page.notices != before else None


async def _carry_out(page: IncidentPage, entry: Entry, what: str, text: str) -> None:
    """Do what was chosen on the screen of an entry."""
    match what:
        case "copy":
            page.copy(text)
        case "correct":
            await _correct(page, entry, text)
        case "time":
            await _correct_time(page, entry)
        case "kind":
            await _change_kind(page, entry)
        case "link":
            await _link(page, entry)
        case "pin":
            toggle_pin(page, entry)
        case "redact":
            from warroom.screens.incident.redacting import redact

            await redact(page, entry)
        case _:
            await page.ask(
                f"retract:{entry.key}",
                "Take back, because",
                placeholder="the reason (optional)",
                take=lambda reason: take_back(page, entry, reason),
            )


def toggle_pin(page: IncidentPage, entry: Entry) -> None:
    """Pin a line, or take its pin off."""
    shown = page.incident.shown(entry)
    act = acts.pins.unpin(shown) if entry.key in page.incident.pinned else acts.pins.pin(shown)
    page.act(act, done=act.text)


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
        shown = page.incident.shown(entry)
        dated = page.split_time(text, near=shown.at)
        if dated is None:
            return False
        at, rest = dated
        rest = rest.strip() or (shown.text if at is not None else "")  # only a time: only the time was wrong
        unchanged = rest.strip() == shown.text and at in (None, shown.at)
        return unchanged or page.act(
            acts.corrections.amend(shown, rest, at),
            done=f"Corrected: {page.clock_day(shown.at if at is None else at)} {rest}",
        )

    hint = "start with a time to correct the time"
    await page.ask(f"amend:{entry.key}", "Correct", start=present, hint=hint, take=take)


async def _correct_time(page: IncidentPage, entry: Entry) -> None:
    def take(text: str) -> bool:
        shown = page.incident.shown(entry)
        try:
            at = times.parse_past(text, page.workspace.now(), page.workspace.tz, near=shown.at)
        except times.TimeError as error:
            page.say(str(error), failed=True)
            return False
        done = f"Corrected: {page.clock_day(at)} {shown.text}"
        moved = acts.corrections.move(page.incident, shown, at, tz=page.workspace.tz)
        return at == shown.at or page.act(*moved, done=done)

    shown = page.incident.shown(entry)
    label = f"It happened at (not {page.clock_day(shown.at)})"
    await page.ask(f"time:{entry.key}", label, placeholder="03:41, -20m or 2026-11-23T03:41", take=take)


async def _change_kind(page: IncidentPage, entry: Entry) -> None:
    """Choose another kind for a line; for a decision, ask for its reason."""
    present = page.incident.shown(entry).body.kind
    rows = [
        Choice("note", "A note", "what happened or was learned", key="n"),
        Choice("action", "An action", "what was done", key="a"),
        Choice("decision", "A decision", "what was decided, with its reason; it gets a number", key="d"),
    ]
    chosen = await page.pick("What is it really?", rows, marked=present)
    if chosen is None or chosen == present or page.refuse_if_closed():
        return

    def take(because: str) -> bool:
        draft = acts.corrections.recast(page.incident.shown(entry), chosen, because, page.incident)
        return page.act(draft, done=f"Now {'an' if chosen == 'action' else 'a'} {chosen}: {draft.text}")

    if chosen == "decision":
        await page.ask(f"because:{entry.key}", "Because", placeholder="the reason (optional)", take=take)
    else:
        take("")


async def _link(page: IncidentPage, entry: Entry) -> None:
    """Choose the decision that a line belongs to, or none."""
    linked = page.incident.links.get(entry.key)
    rows = []
    for one in page.snapshot.decisions:
        if one.logged.key != entry.key:
            words, when = one.logged.text.partition("\n")[0], page.clock(one.logged.at)
            if one.number in _BY_DIGIT:
                rows.append(Choice(one.logged.key, words, when, key=str(one.number)))
            else:
                rows.append(Choice(one.logged.key, words, f"decision {one.number}, {when}"))
    if linked is not None:
        rows.append(Choice("none", "Not for a decision after all", key="n"))
    if not rows:
        page.say("There is no decision to link it to yet; d logs one", mark="▸")
        return
    marked = linked.logged.key if linked else ""
    chosen = await page.pick("For which decision?", rows, marked=marked)
    if chosen is None or chosen == marked:
        return
    shown = page.incident.shown(entry)
    found = next((one for one in page.snapshot.decisions if one.logged.key == chosen), None)
    draft = acts.links.link(shown, found) if found is not None else acts.links.unlink(shown)
    page.act(draft, done=draft.text)
