"""Recovery step by step: ticking, skipping and assigning its items, and the milestones. Also on a closed incident."""

from __future__ import annotations

from collections.abc import Callable

from warroom.model import acts, ids, times
from warroom.model.kinds.milestones import ENTRIES
from warroom.model.kinds.recovery import DONE, OPEN, SKIPPED
from warroom.model.milestones import Milestone, day_meant
from warroom.model.recovery import RecoveryState
from warroom.screens.incident.page import IncidentPage
from warroom.screens.incident.timers import ask_snooze
from warroom.screens.recovery import RecoveryScreen
from warroom.text.width import shorten
from warroom.widgets.choices import Choice

_LABEL = 30
"""The most cells of an item's text in a question, which must leave room for the answer."""
_UNKNOWN = ("none", "-", "not known")
"""What takes back a milestone that was set by hand."""


async def recover(page: IncidentPage, item: str = "") -> None:
    """Show what is owed after the fix, with an item selected, and take the chosen step; then show it again."""
    while (choice := await page.show(RecoveryScreen(page, item))) is not None:
        step, _, item = choice.partition(":")
        state = page.session.snapshot().recovery.item(item)
        match step:
            case "milestones":
                await milestones(page)
            case "snooze" if state is not None:
                await _snooze(page, state)
            case "skip" if state is not None:
                await ask_skip(page, state)
            case "assign" if state is not None:
                await _ask_owner(page, state)
            case "note" if state is not None:
                await ask_note(page, state)
            case "post_mortem" | "action_items" | "undo":
                await page.do(step)
            case "stage":  # this may end or reopen the incident
                await page.do(step)
                return
            case _:  # somebody else has reopened or cancelled the incident in the meantime
                pass


async def toggle(page: IncidentPage, item: RecoveryState, after: Callable[[], object] = lambda: None) -> None:
    """Mark an item as done, or as open again if it is done or skipped; the post-mortem has a screen of its own."""
    if item.row.done_by == "post-mortem":
        await page.do("post_mortem")
    else:
        toggle_now(page, item, after)


def toggle_now(page: IncidentPage, item: RecoveryState, after: Callable[[], object] = lambda: None) -> None:
    """The same for an item that is ticked by hand, without a question."""
    done = item.state == OPEN
    text = f"{'Done' if done else 'Open again'}: {item.row.text}"
    draft = acts.recovery.set_item(page.playbook, item.row.id, DONE if done else OPEN)
    page.act(draft, done=text, after=after if done else lambda: None)


async def ask_note(page: IncidentPage, item: RecoveryState, after: Callable[[], object] = lambda: None) -> None:
    """Ask for what goes with an item, which ticks it: a note, or when it was verified and how that is known."""
    row = item.row
    if row.done_by == "post-mortem":
        await page.do("post_mortem")
        return
    if row.done_by == "verified" and item.state == OPEN:
        known = next(milestone for milestone in page.session.snapshot().milestones if milestone.id == "verified")
        await _ask_milestone(page, known, after)
        return

    def take(note: str) -> bool:
        draft = acts.recovery.set_item(page.playbook, row.id, DONE, note)
        return page.act(draft, done=f"Done: {row.text}", after=after)

    label, hint = shorten(row.text, _LABEL), "enter = done, without a note"
    await page.ask(f"recovery:{row.id}", label, placeholder="a note", hint=hint, take=take, when_closed=True)


async def ask_skip(page: IncidentPage, item: RecoveryState) -> None:
    """Ask for the reason not to do an item."""
    row = item.row
    if row.done_by == "post-mortem":
        page.say("The post-mortem is waived on its own screen, with a reason: P", mark="▸")
        return
    await page.ask(
        f"recovery-skip:{row.id}",
        f"Not doing “{shorten(row.text, _LABEL)}”, because",
        placeholder="the reason; it is logged",
        take=lambda because: page.act(
            acts.recovery.set_item(page.playbook, row.id, SKIPPED, because), done=f"Not doing: {row.text}"
        ),
        when_closed=True,
    )


async def _ask_owner(page: IncidentPage, item: RecoveryState) -> None:
    row = item.row
    await page.ask(
        f"recovery-owner:{row.id}",
        f"Who does “{shorten(row.text, _LABEL)}”",
        placeholder="a name",
        hint="empty = nobody",
        start=item.owner,
        take=lambda owner: owner.strip() == item.owner or page.act(acts.recovery.assign(page.playbook, row.id, owner)),
        when_closed=True,
    )


async def _snooze(page: IncidentPage, item: RecoveryState) -> None:
    """Snooze the clock of the item's horizon; that of the post-mortem, where nothing else is owed in it."""
    snapshot, clock = page.session.snapshot(), f"{ids.CLOCK_RECOVERY}{item.horizon}"
    if snapshot.clock(clock) is None and item.row.done_by == "post-mortem":
        clock = ids.CLOCK_POST_MORTEM
    await ask_snooze(page, clock)


async def milestones(page: IncidentPage) -> None:
    """Show all milestones, and ask for the time of the chosen one, until the user leaves."""
    marked = ""
    while True:
        snapshot = page.session.snapshot()
        rows = [_row(page, milestone) for milestone in snapshot.milestones]
        marked = await page.pick("Milestones: enter sets or corrects one", rows, start=marked) or ""
        chosen = next((milestone for milestone in snapshot.milestones if milestone.id == marked), None)
        if chosen is None:
            return
        await _ask_milestone(page, chosen)


def _row(page: IncidentPage, milestone: Milestone) -> Choice:
    if milestone.at is None:
        return Choice(milestone.id, f"{milestone.name:<12}  {'not known':<20}", "")
    when = times.clock_zone_day(milestone.at, page.session.snapshot().now, page.workspace.tz)
    right = f"▲ {milestone.problem} · {milestone.source}" if milestone.problem else milestone.source
    style = "$text-warning" if milestone.problem else ""
    return Choice(milestone.id, f"{milestone.name:<12}  {when:<20}", right, style=style)


async def _ask_milestone(page: IncidentPage, milestone: Milestone, after: Callable[[], object] = lambda: None) -> None:
    """Ask when a milestone was reached, and how that is known."""
    now, tz, id = page.workspace.now, page.workspace.tz, milestone.id
    if id == "closed" and page.incident.state != "closed":
        page.say("It is not closed; x closes a resolved incident", mark="▸")
        return
    if id == "resolved" and page.incident.resolved_at is None:
        page.say("It is not resolved; x resolves it, -5m in front back-dates", mark="▸")
        return

    near = day_meant(page.incident, milestone)

    def take(text: str) -> bool:
        if milestone.set and text.strip().lower() in _UNKNOWN:
            return page.act(acts.milestones.set_milestone(page.incident, id, None))
        try:
            to, because = times.split_time_and_reason(text, now(), tz, near=near)
        except times.TimeError as error:
            page.say(str(error), failed=True)
            return False
        if id in ENTRIES:
            draft = acts.times.correct_time(page.incident, id, to, because, tz)
        else:
            draft = acts.milestones.set_milestone(page.incident, id, to, because, tz)
        return page.act(draft, done=draft.text, after=after)

    hint = "the time, then how that is known" + ("; - takes it back" if milestone.set else "")
    before = "" if milestone.at is None else f", not {page.clock_day(milestone.at)} but"
    label = f"{milestone.name}{before}"
    await page.ask(f"milestone:{id}", label, placeholder="03:41 or -20m", hint=hint, take=take, when_closed=True)
