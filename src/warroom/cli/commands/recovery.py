"""`warroom recovery`: what is owed after the fix; tick it, skip it, or say who does it."""

from __future__ import annotations

import click

from warroom.cli.context import Invocation, command_follows, log_and_say, on_incident, print_json, say, say_already
from warroom.cli.parameters import REASON, check_id, text_of
from warroom.model import acts, ids, times
from warroom.model.kinds.recovery import DONE, OPEN, SKIPPED
from warroom.model.recovery import RecoveryState
from warroom.session import Session
from warroom.text.cleaning import clean_line

_MARKS = {OPEN: "·", DONE: "✓", SKIPPED: "–"}


@click.group(
    invoke_without_command=True,
    short_help="Show and tick what is owed after the fix.",
    help="List what is owed in the first hour, 24 hours and 48 hours after the fix; the commands below change it. Also "
    "on a closed incident.",
    epilog="""\b
Examples:
  warroom recovery
  warroom recovery done verified "error rate is normal since 03:50"
  warroom recovery skip channel --because "it is the team's own"
  warroom recovery assign customers Ana
""",
)
@click.option("--json", "as_json", is_flag=True, help="For programs: every item, times in ISO 8601 UTC.")
@on_incident
def command(to: Invocation, as_json: bool) -> None:
    """List the items, unless one of the commands below is called."""
    if command_follows(as_json):
        return
    session = to.session(closed=True, owing=True)
    if as_json:
        from warroom.documents.status import recovery_data

        print_json(recovery_data(session.snapshot()))
    else:
        _show(session)


def _show(session: Session) -> None:
    """Print the items under their horizons, each with its mark, its id, who did it or does it, and its note."""
    snapshot = session.snapshot()
    state = snapshot.recovery
    if not state.items:
        cancelled = session.incident.state == "cancelled"
        say("Nothing was fixed, so there is no recovery" if cancelled else "Recovery begins once it is resolved")
        return
    again = f", round {state.round}" if state.round > 1 else ""
    say(f"Recovery of {session.incident.id}: {state.settled} of {len(state.items)}{again}")
    widest = max(len(item.row.id) for item in state.items)
    shown = 0
    for item in state.items:
        if item.horizon != shown:
            shown = item.horizon
            clock = snapshot.clock(f"{ids.CLOCK_RECOVERY}{shown}")
            due = f": {clock.countdown}, due {_when(clock.due, session)}" if clock else ""
            say(f"{item.when[:1].upper()}{item.when[1:]}{due}")
        say(f"  {_MARKS[item.state]} {item.row.id.ljust(widest)}  {item.row.text}{_details(item, session)}")


def _details(item: RecoveryState, session: Session) -> str:
    words = [] if item.required or item.state != OPEN else ["optional"]
    if item.at is not None:
        state = {DONE: "done ", SKIPPED: "not doing, "}.get(item.state, "open again ")
        words.append(f"{state}{_when(item.at, session)} {item.by}")
    words += [f"{item.owner} does it"] if item.owner and item.state == OPEN else []
    text = ", ".join(words) + (f": {clean_line(item.note)}" if item.note else "")
    return f" ({text})" if text else ""


def _when(ms: int, session: Session) -> str:
    return times.clock_zone_day(ms, session.now(), session.tz)


@command.command(
    help="Mark an item as done, with a note.",
    epilog='\b\nExamples:\n  warroom recovery done recurrence\n  warroom recovery done customers "Acme was called"\n',
)
@click.argument("item")
@click.argument("note", nargs=-1)
@on_incident
def done(to: Invocation, item: str, note: tuple[str, ...]) -> None:
    """Mark an item as done."""
    said = text_of(note, "The note is empty; say what was done, or leave it out")
    session = _session(to, item)
    if not _is_so(session, item, DONE, said):
        log_and_say(session, acts.recovery.set_item(session.playbook, item, DONE, said))


@command.command(
    help="Say that an item will not be done, with the reason.",
    epilog='\b\nExamples:\n  warroom recovery skip channel --because "it is the team\'s own"\n',
)
@click.argument("item")
@click.option("--because", type=REASON, required=True, metavar="REASON", help="Why not.")
@on_incident
def skip(to: Invocation, item: str, because: str) -> None:
    """Mark an item as skipped."""
    session = _session(to, item)
    if not _is_so(session, item, SKIPPED, because):
        log_and_say(session, acts.recovery.set_item(session.playbook, item, SKIPPED, because))


@command.command("open", help="Mark an item as open again.", epilog="\b\nExamples:\n  warroom recovery open verified\n")
@click.argument("item")
@on_incident
def open_again(to: Invocation, item: str) -> None:
    """Mark an item as open again."""
    session = _session(to, item)
    if not _is_so(session, item, OPEN):
        log_and_say(session, acts.recovery.set_item(session.playbook, item, OPEN))


@command.command(
    help="Say who does an item; without a NAME, nobody.",
    epilog="\b\nExamples:\n  warroom recovery assign customers Ana Souza\n  warroom recovery assign customers\n",
)
@click.argument("item")
@click.argument("name", nargs=-1)
@on_incident
def assign(to: Invocation, item: str, name: tuple[str, ...]) -> None:
    """Assign an item."""
    person = text_of(name, "The name is empty; leave it out if nobody does it")
    session = _session(to, item)
    log_and_say(session, acts.recovery.assign(session.playbook, item, clean_line(person)))


def _is_so(session: Session, item: str, state: str, note: str = "") -> bool:
    """Whether an item is in that state, and its note is the same or none is given, which is said."""
    for now in session.snapshot().recovery.items:
        if now.row.id == item and now.state == state and note.strip() in ("", now.note):
            say_already(session, f"“{now.row.text}” is {state}", now.at, now.by)
            return True
    return False


def _session(to: Invocation, item: str) -> Session:
    """The incident that is meant; raises a UsageError if the playbook has no such item."""
    session = to.session(owing=True)
    check_id("recovery item", item, [row for horizon in session.playbook.recovery for row in horizon.rows])
    return session
