"""`warroom actions`: list the action items of all incidents, add them, and follow them up."""

from __future__ import annotations

from typing import Any

import click

from warroom.cli.action_items import find_items, full_ids, table
from warroom.cli.context import Invocation, log_and_say, notify, on_incident, print_json, say, say_already
from warroom.cli.parameters import DAY, REASON, check_id, one_of, text_of
from warroom.model import acts, times
from warroom.model.action_items import (
    SECTION,
    ActionItem,
    counts,
    items_of,
    limit,
    people,
    reminder,
    sorted_by_due,
    source_name,
    spelt,
    tally,
    unknown_owner,
    usual_fields,
)
from warroom.model.kinds.action_items import is_later
from warroom.model.lines import line
from warroom.session import Session
from warroom.text.cleaning import clean_line

_BECAUSE = click.option("--because", type=REASON, metavar="WHY", help="The reason.")
_IDS = click.argument("ids", nargs=-1, required=True, metavar="ID…")


@click.group(
    invoke_without_command=True,
    short_help="List, add and follow up action items.",
    help="List the action items of all incidents, or of one with -i: what will be done so that it doesn't happen "
    "again, by whom and by when. With a command, add one or change it. ID is k7qd-3, or 3 in the incident that is "
    "open or given with -i.",
    epilog="""\b
Examples:
  warroom actions
  warroom actions --overdue --owner Priya
  warroom actions add "Alert on 5xx" --owner Priya --due friday --kind detect
  warroom actions due k7qd-3 2w --because "the vendor is late"
  warroom actions done k7qd-3
  warroom actions remind Priya
""",
)
@one_of(
    "which",
    "open",
    open="Those that are open (the default).",
    overdue="Those whose day has passed.",
    all="Also those done or dropped.",
)
@click.option("--owner", default="", metavar="NAME", help="Those of one owner.")
@click.option("--json", "as_json", is_flag=True, help="For programs: every field, times in ISO 8601 UTC.")
@on_incident
@click.pass_context
def command(ctx: click.Context, to: Invocation, which: str, owner: str, as_json: bool) -> None:
    """List the items that were asked for, the most urgent first."""
    if ctx.invoked_subcommand is not None:
        return
    workspace = to.workspace
    items = sorted_by_due(_asked_for(to))
    today = times.day(to.now(), workspace.tz)
    name = spelt(owner, [item.owner for item in items])
    mine = [item for item in items if not name or item.owner == name]
    shown = [item for item in mine if which == "all" or (item.is_open if which == "open" else item.overdue(today))]
    if as_json:
        print_json(_as_data(to, shown, today))
        return
    for row in table(shown, today):
        say(row)
    if not items:
        say("No action item yet; add one with: warroom actions add TEXT --owner WHO --due DAY")
    else:
        whose = f"{name}: " if name else ""
        say(("" if not shown else "\n") + whose + counts(tally(mine, today, workspace.tz)))


def _asked_for(to: Invocation) -> tuple[ActionItem, ...]:
    """The items of the incident that was asked for, else of all."""
    if to.reference is not None:
        return items_of(to.session().incident)
    return to.workspace.action_items()


def _as_data(to: Invocation, items: list[ActionItem], today: str) -> list[dict[str, Any]]:
    from warroom.documents.status import action_item_data
    from warroom.model.incident import fold

    journal, tz = to.workspace.journal, to.workspace.tz
    named = {item.key: source_name(fold(journal.state(item.incident)), item.source) for item in items if item.source}
    return [action_item_data(item, today, tz, named.get(item.key, "")) for item in items]


@command.command(
    short_help="Add an action item.",
    help="Add an action item to the incident, also to a closed one. Without --priority and --due, it gets the "
    "priority that is usual at the incident's severity, and the last day that this priority allows; "
    "--due none leaves the day out.",
    epilog="""\b
Examples:
  warroom actions add "Alert on 5xx" --owner Priya --due friday --kind detect
  warroom actions add "Rehearse the rollback" --from decision:2
  warroom actions add "Test the failover" --from section:root_cause --due none
""",
)
@click.argument("text", nargs=-1, required=True)
@click.option("--owner", default="", metavar="NAME", help="Who will do it.")
@click.option("--due", type=DAY, metavar="DAY", help="By when: 2026-12-24, dec 24, friday, 3d, 2w or none.")
@click.option("--kind", default="", metavar="KIND", help="What it is for: prevent, detect, mitigate, …")
@click.option("--priority", default="", metavar="PRIORITY", help="high, normal or low.")
@click.option("--from", "source", default="", metavar="SOURCE", help="decision:2, or section:root_cause.")
@on_incident
def add(
    to: Invocation, text: tuple[str, ...], owner: str, due: str | None, kind: str, priority: str, source: str
) -> None:
    """Add one item, and print its id."""
    what = text_of(text, "The text is empty; say in a few words what will be done")
    session = to.session(closed=True)
    incident, playbook = session.incident, session.playbook
    if kind:
        check_id("kind", kind, playbook.action_items.kinds)
    if priority:
        _check_priority(session, priority)
    usual, day = usual_fields(incident, playbook, session.now())
    if priority:
        day = limit(incident, playbook, priority, session.now())
    owner = spelt(owner, people(incident))
    draft = acts.action_items.add(
        what,
        owner=owner,
        due=day if due is None else due,
        purpose=kind,
        priority=priority or usual,
        source=_source(session, source),
    )
    (entry,) = session.apply(draft)
    item = next(item for item in items_of(session.incident) if item.key == entry.key)
    say(f"{full_ids(to.workspace.action_items())[item.key]}: {line(entry, session.tz)}")
    _say_unknown(owner, session)


def _check_priority(session: Session, priority: str) -> None:
    rows = session.playbook.action_items
    if rows.priority(priority) is None:
        known = ", ".join(row.id for row in rows.priorities)
        raise click.UsageError(f"There is no priority {clean_line(priority)!r}; the priorities are {known}")


def _source(session: Session, given: str) -> str:
    """The source as it is stored. Raises click.UsageError."""
    kind, _, name = given.strip().partition(":")
    if not given:
        return ""
    if kind == "section":
        sections = session.playbook.post_mortem.sections
        check_id("section", name, sections)
        return SECTION + name
    if kind != "decision" or not (name.isascii() and name.isdigit()):
        raise click.UsageError(f"--from is decision:2 or section:root_cause, not {clean_line(given)!r}")
    for decision in session.snapshot().decisions:
        if decision.number == int(name):
            return decision.logged.key
    count = len(session.snapshot().decisions)
    raise click.UsageError(f"There is no decision {int(name)}; the incident has {count or 'none'}")


def _say_unknown(owner: str, session: Session) -> None:
    if sentence := unknown_owner(owner, session.incident):
        notify(f"{sentence}.")


def _set_state(to: Invocation, ids: tuple[str, ...], state: str, because: str = "") -> None:
    for session, item in find_items(to, ids):
        if item.state == state:
            say_already(session, f"{item.id} is {state}")
        else:
            log_and_say(session, acts.action_items.change(item.logged, state=state, because=because))


@command.command(help="Mark action items as done.", epilog="\b\nExamples:\n  warroom actions done k7qd-3 k7qd-4\n")
@_IDS
@on_incident
def done(to: Invocation, ids: tuple[str, ...]) -> None:
    """Mark items as done."""
    _set_state(to, ids, "done")


@command.command(
    help="Mark action items as begun: somebody is doing them.", epilog="\b\nExamples:\n  warroom actions doing k7qd-3\n"
)
@_IDS
@on_incident
def doing(to: Invocation, ids: tuple[str, ...]) -> None:
    """Mark items as begun."""
    _set_state(to, ids, "doing")


@command.command(
    help="Open action items again that were done, begun or dropped.",
    epilog="\b\nExamples:\n  warroom actions reopen k7qd-3\n",
)
@_IDS
@on_incident
def reopen(to: Invocation, ids: tuple[str, ...]) -> None:
    """Open items again."""
    _set_state(to, ids, "open")


@command.command(
    help="Drop action items that will not be done, with the reason.",
    epilog='\b\nExamples:\n  warroom actions drop k7qd-3 --because "the service goes away in March"\n',
)
@_IDS
@click.option("--because", type=REASON, required=True, metavar="WHY", help="The reason.")
@on_incident
def drop(to: Invocation, ids: tuple[str, ...], because: str) -> None:
    """Drop items."""
    _set_state(to, ids, "dropped", because)


@command.command(
    help="Give an action item to somebody; without a NAME, it has no owner.",
    epilog="\b\nExamples:\n  warroom actions assign k7qd-3 Marcus\n",
)
@click.argument("id")
@click.argument("name", nargs=-1)
@on_incident
def assign(to: Invocation, id: str, name: tuple[str, ...]) -> None:
    """Change the owner of an item."""
    to_whom = text_of(name, "The name is empty; leave it out if nobody is to own the item")
    ((session, item),) = find_items(to, (id,))
    owner = spelt(to_whom, people(session.incident))
    if owner == item.owner:
        say_already(session, f"{item.id} is with {owner}" if owner else f"{item.id} has no owner")
        return
    log_and_say(session, acts.action_items.change(item.logged, owner=owner))
    _say_unknown(owner, session)


@command.command(
    help="Set the day an action item is due: 2026-12-24, dec 24, friday, 3d, 2w or none. A later day, or none instead "
    "of one, needs the reason.",
    epilog="\b\nExamples:\n  warroom actions due k7qd-3 friday\n"
    '  warroom actions due k7qd-3 2w --because "the vendor is late"\n',
)
@click.argument("id")
@click.argument("day", nargs=-1, required=True)
@_BECAUSE
@on_incident
@click.pass_context
def due(ctx: click.Context, to: Invocation, id: str, day: tuple[str, ...], because: str | None) -> None:
    """Change the day of an item."""
    when = DAY.convert(" ".join(day), None, ctx)
    ((session, item),) = find_items(to, (id,))
    if when == item.due and not because:
        say_already(session, f"{item.id} is due {when}" if when else f"{item.id} has no day")
        return
    if is_later(when, item.due) and not because:
        raise click.UsageError(f"It is due {item.due}; a later day, or none, needs the reason: --because WHY")
    log_and_say(session, acts.action_items.change(item.logged, due=when, because=because or ""))


@command.command(
    help="Correct the text of an action item; the original stays readable.",
    epilog='\b\nExamples:\n  warroom actions reword k7qd-3 "Alert on 5xx and 429"\n',
)
@click.argument("id")
@click.argument("text", nargs=-1, required=True)
@on_incident
def reword(to: Invocation, id: str, text: tuple[str, ...]) -> None:
    """Correct the text of an item."""
    what = text_of(text, "The text is empty; say in a few words what will be done")
    ((session, item),) = find_items(to, (id,))
    words = clean_line(what).strip()
    if words == item.text:
        say_already(session, f"{item.id} has those words")
        return
    log_and_say(session, acts.corrections.amend(item.logged.entry, words))


@command.command(
    help="Print a reminder to send to an owner with everything that is open with them; without OWNER, one for each.",
    epilog="\b\nExamples:\n  warroom actions remind Priya\n  warroom actions remind\n",
)
@click.argument("owner", nargs=-1)
@on_incident
def remind(to: Invocation, owner: tuple[str, ...]) -> None:
    """Print reminders."""
    items = [item for item in _asked_for(to) if item.is_open]
    owners = sorted({item.owner for item in items if item.owner}, key=str.casefold)
    if asked := text_of(owner, "The name is empty; leave it out for a reminder to each owner"):
        name = spelt(asked, owners)
        if name not in owners:
            there = f"; the owners are {', '.join(map(clean_line, owners))}" if owners else ""
            raise click.UsageError(f"Nothing is open with {name}{there}")
        owners = [name]
    if nobody := sum(not item.owner for item in items):
        notify(f"{nobody} open action item{'s have' if nobody > 1 else ' has'} no owner, whom nobody is reminded of.")
    today = times.day(to.now(), to.workspace.tz)
    if not owners:
        notify("nobody owns an open action item.")
    for number, name in enumerate(owners):
        say(("\n" if number else "") + reminder(name, items, today))
