"""`warroom ready`: what to have ready before the next incident, who checked it, and what is stale."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING

import click

from warroom.cli.context import Failed, Invocation, command_follows, invocation, notify, print_json, say
from warroom.cli.parameters import REASON, TextCommand, as_typed
from warroom.model import getting_ready, ids, times
from warroom.model.kinds import readiness as acts
from warroom.model.readiness import Ready, count, named, of_item
from warroom.text.cleaning import clean, clean_line

if TYPE_CHECKING:
    from warroom.model.entries import Draft
    from warroom.model.getting_ready import ReadyField

_MARKS = {"open": "·", "ready": "✓", "stale": "!"}


@click.group(
    invoke_without_command=True,
    short_help="What to have ready before the next incident.",
    help="List what to have ready before the next incident: what each item holds, who checked it, and what is stale. "
    "What they hold is filled into the messages, roles and facts of the next incident.",
    epilog="""\b
Examples:
  warroom ready
  warroom ready set channel "#incidents"
  warroom ready set on-call "Marcus, +49 170 5550100" --link https://pager.example.com/schedule
  warroom ready check runbook
  warroom ready --json | jq '.items[] | select(.state != "ready") | .id'
""",
)
@click.option("--json", "as_json", is_flag=True, help="For programs: every item, times in ISO 8601 UTC.")
@invocation
def command(to: Invocation, as_json: bool) -> None:
    """List the items, unless one of the commands below is called."""
    if command_follows(as_json):
        return
    if as_json:
        _print_json(to)
    else:
        _show(to)


def _show(to: Invocation) -> None:
    """Print the items under their groups, each with its mark, number, id and how it stands."""
    items, now = to.workspace.ready(), to.now()
    found = count(items, now)
    say(f"Ready: {found.words}")
    widest = max((len(item.row.id) for item in items), default=0)
    last = ""
    for item in items:
        if item.when != last:
            last = item.when
            say(f"{last[:1].upper()}{last[1:]}")
        mark, id = _MARKS[item.state(now)], item.row.id.ljust(widest)
        say(f"  {mark} {item.number:>2}  {id}  {item.row.text} ({clean_line(_stands(item, now, to))})")
        if item.text or item.by_itself:
            say(f"        {' ' * widest}{clean_line(item.text or item.by_itself)}")
    if not found.ready and not found.stale and items:
        first = items[0].row
        say(f"Begin with: warroom ready set {first.id} VALUE; or open warroom and press R")


def _stands(item: Ready, now: int, to: Invocation) -> str:
    checked = f", checked {times.day(item.at, to.workspace.tz)} by {item.by}" if item.at is not None else ""
    return item.told(now) + checked


def _print_json(to: Invocation) -> None:

    items, now = to.workspace.ready(), to.now()
    found = count(items, now)
    rows = [
        {
            "id": item.row.id,
            "number": item.number,
            "when": item.when,
            "text": item.row.text,
            "state": item.state(now),
            "values": item.values,
            "by_itself": item.by_itself,
            "missing": [field.id for field in item.missing],
            "wrong": item.wrong,
            "because": item.because,
            "checked_by": item.by if item.at is not None else "",
            "checked_at": None if item.at is None else times.iso(item.at),
            "good_for_days": item.good_for_days,
            "stale_at": None if item.stale_at is None else times.iso(item.stale_at),
            "fills": {field.id: field.fills for field in item.row.fields if field.fills},
        }
        for item in items
    ]
    print_json({"all": found.all, "ready": found.ready, "stale": found.stale, "items": rows})


_GOOD_FOR = click.option(
    "--good-for",
    type=click.IntRange(1, 3660),
    metavar="DAYS",
    help="How long this item stays good, instead of what the playbook says.",
)


@command.command(
    "set",
    cls=TextCommand,
    short_help="Store what an item holds.",
    help="Store what an item holds, which counts as checked by you now. ITEM is its id, its number, or words of it "
    "that no other has. Fields that are not given stay as they are; an empty text empties one.",
    epilog="""\b
Examples:
  warroom ready set runbook https://wiki.example.com/runbook
  warroom ready set on-call "Marcus, +49 170 5550100" --link https://pager.example.com/schedule --good-for 14
  warroom ready set templates --field wording "We are sorry, and we are working on it."
""",
)
@click.argument("item")
@click.argument("value", nargs=-1)
@click.option("--link", metavar="URL", help="The item's link.")
@click.option("--field", "fields", nargs=2, multiple=True, metavar="FIELD TEXT", help="Another of its fields.")
@_GOOD_FOR
@invocation
def set_(
    to: Invocation,
    item: str,
    value: tuple[str, ...],
    link: str | None,
    fields: tuple[tuple[str, str], ...],
    good_for: int | None,
) -> None:
    """Store values."""
    found = _item(to, item)
    given = [(_field(found, id), text) for id, text in fields]
    text = as_typed(" ".join(value))
    rows = found.row.fields
    if value:
        if not rows:
            raise click.UsageError(f"{found.row.id} holds nothing; warroom ready check {found.row.id} says it is right")
        given.append((rows[0], text))
    if link is not None:
        named_link = next((row for row in rows if row.kind == "link"), None)
        if named_link is None:
            raise click.UsageError(f"{found.row.id} has no link of its own; leave out --link, and give it as VALUE")
        given.append((named_link, link))
    if not given:
        raise click.UsageError("Say what it holds: VALUE, --link or --field; or use warroom ready check")
    values = {}
    for field, typed in given:
        values[field.id] = getting_ready.normal(field, typed)
        if reason := getting_ready.refusal(field, values[field.id]):
            raise click.UsageError(reason)
    _write(to, found, lambda before: acts.hold(found.row, {**before.values, **values}, good_for))


@command.command(
    help="Say that an item was looked at and is still right.",
    epilog="\b\nExamples:\n  warroom ready check runbook\n  warroom ready check severity --good-for 365\n",
)
@click.argument("item")
@_GOOD_FOR
@invocation
def check(to: Invocation, item: str, good_for: int | None) -> None:
    """Confirm an item."""
    found = _item(to, item)
    if reason := found.not_to_check:
        raise click.UsageError(reason)
    _write(to, found, lambda before: acts.check(found.row, good_for))


@command.command(
    help="Say that an item is not ready any more, with the reason; what it held is emptied.",
    epilog='\b\nExamples:\n  warroom ready clear channel --because "we moved to another chat"\n',
)
@click.argument("item")
@click.option("--because", type=REASON, required=True, metavar="REASON", help="Why.")
@invocation
def clear(to: Invocation, item: str, because: str) -> None:
    """Clear an item."""
    found = _item(to, item)
    _write(to, found, lambda before: acts.clear(found.row, because))
    if found.values:
        notify("what it held stays in the file's history; for a secret: warroom ready redact WORDS --because REASON")


@command.command(
    cls=TextCommand,
    short_help="Remove a secret from what is kept ready.",
    help="Remove WORDS that should never have been kept, such as a password: in all that was ever kept ready, also "
    "what was changed or cleared since, and in drafts, [redacted: REASON] takes their place, in the file itself. "
    "Capitals don't matter. This can't be undone. A single - reads the words from standard input, so that they are not "
    "in your shell's history.",
    epilog="""\b
Examples:
  warroom ready redact hunter2 --because "a password" --dry-run
  warroom ready redact - --because "a token" < token.txt
""",
)
@click.argument("words", nargs=-1, required=True)
@click.option("--because", type=REASON, required=True, metavar="REASON", help="What the words are; it is kept.")
@click.option("--dry-run", is_flag=True, help="Only show what would change.")
@click.option("--json", "as_json", is_flag=True, help="For programs: the keys of the entries, and how many drafts.")
@invocation
def redact(to: Invocation, words: tuple[str, ...], because: str, dry_run: bool, as_json: bool) -> None:
    """Redact the words in the register, and say where they were and where they may still be."""
    from warroom.cli.commands.redact import Of, tell, wanted_words

    wanted, workspace = wanted_words(words, because), to.workspace
    if workspace.drill is not None:
        raise Failed("this is the file of a drill; what to have ready is kept in your own")
    journal, register = workspace.journal, ids.REGISTER_READINESS
    found = (
        journal.find_words(register, wanted) if dry_run else journal.redact(register, wanted, author=workspace.author)
    )
    tell(to, found, wanted, Of(register, "what is kept ready"), dry_run=dry_run, as_json=as_json)


def _item(to: Invocation, words: str) -> Ready:
    """The item that is meant. Raises a UsageError if there is none, or more than one; and Failed in a drill's file."""
    to.workspace.open_journal(create=True)
    if to.workspace.drill is not None:
        raise Failed("this is the file of a drill; what to have ready is kept in your own")
    items = to.workspace.ready()
    found = named(items, clean(words))
    if len(found) == 1:
        return found[0]
    rows: Iterable[Ready] = found or items
    listed = ", ".join(item.row.id for item in rows)
    if found:
        raise click.UsageError(f"{clean_line(words)!r} may be any of {listed}; give one of these")
    raise click.UsageError(f"There is no item {clean_line(words)!r}; the items are {listed}")


def _field(item: Ready, id: str) -> ReadyField:
    field = item.row.field(id)
    if field is None:
        known = ", ".join(row.id for row in item.row.fields)
        has = f"its fields are {known}" if known else "it has no fields"
        raise click.UsageError(f"{item.row.id} has no field {clean_line(id)!r}; {has}")
    return field


def _write(to: Invocation, item: Ready, make: Callable[[Ready], Draft]) -> None:
    """Commit what `make` makes of the item as it is in the moment of writing, and print how it stands then."""
    workspace = to.workspace
    drafts = of_item(workspace.playbook, item.row.id, make)
    workspace.register(ids.REGISTER_READINESS).append(drafts, author=workspace.author)
    now = to.now()
    after = next(row for row in workspace.ready() if row.row.id == item.row.id)
    say(f"{after.row.text}: {clean_line(after.told(now))}")
