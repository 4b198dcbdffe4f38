"""`warroom review`: post-mortems of past incidents to read, and which of them you have read."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from warroom.cli.context import Invocation, command_follows, invocation, notify, print_json, say
from warroom.cli.parameters import Once
from warroom.model import ids, times
from warroom.model.kinds.reviews import mark_read, mark_unread
from warroom.model.reviews import ToRead, counted, to_read

if TYPE_CHECKING:
    from warroom.model.reviews import Order
    from warroom.workspace import Workspace


@click.group(
    invoke_without_command=True,
    short_help="Past post-mortems to read, and which you have read.",
    help="List the post-mortems of past incidents, those that are done first, the most recent first, and which of them "
    "you have read. Reading the last three is one of the things to have ready: see warroom ready.",
    epilog="""\b
Examples:
  warroom review
  warroom review --by system
  warroom review read k7qd
  warroom review read k7qd --learned "A retry without a limit makes an outage of our own"
""",
)
@click.option(
    "--by",
    "order",
    cls=Once,
    type=click.Choice(("newest", "system")),
    default="newest",
    help="The newest first, or those first whose system was affected most often (default: newest).",
)
@click.option("--json", "as_json", is_flag=True, help="Print JSON, for programs.")
@invocation
def command(to: Invocation, order: Order, as_json: bool) -> None:
    """List the post-mortems, unless the command below is called."""
    if command_follows(as_json):
        return
    workspace = to.workspace
    rows = _rows(workspace, order)
    if as_json:
        _print_json(rows)
        return
    if not rows:
        say("No post-mortem to read yet: none was written of an incident that is over.")
        return
    say(f"Post-mortems: {counted(rows)}")
    for row in rows:
        brief = row.brief
        tag = workspace.playbook.severity(brief.severity).tag
        state = "" if row.done else f" · {brief.post_mortem}"
        mark, day = "✓" if row.read else "·", times.day(brief.began, workspace.tz)
        system = f" · {brief.system}" if brief.system else ""
        say(f"{mark} {brief.id}  {day}  {tag}  {brief.title}{system}{state}")
        if row.read is not None:
            learned = f": {row.learned}" if row.learned else ""
            say(f"    read on {times.day(row.read.at, workspace.tz)}{learned}")


def _rows(workspace: Workspace, order: Order = "newest") -> list[ToRead]:
    entries = workspace.register(ids.REGISTER_READINESS).read()
    return to_read(workspace.summaries(), entries, workspace.author, order)


def _print_json(rows: list[ToRead]) -> None:
    from warroom.documents.status import iso

    data = [
        {
            "ref": row.brief.id,
            "title": row.brief.title,
            "severity": row.brief.severity,
            "began_at": iso(row.brief.began),
            "system": row.brief.system,
            "post_mortem": row.brief.post_mortem,
            "others_of_system": row.others,
            "read_at": iso(row.read.at) if row.read else None,
            "learned": row.learned,
        }
        for row in rows
    ]
    print_json(data)


@command.command(
    "read",
    short_help="Read a post-mortem, and mark it as read.",
    help="Print the post-mortem of an incident, and mark it as read by you. REF is the incident's reference, or enough "
    "of it to be unique.",
    epilog="""\b
Examples:
  warroom review read k7qd | less
  warroom review read k7qd --learned "Alert on failed payments by bank"
  warroom review read k7qd --unread
""",
)
@click.argument("reference", metavar="REF")
@click.option("--learned", metavar="TEXT", help="What you take from it, in a line.")
@click.option("--unread", is_flag=True, help="Print nothing, and take back that you have read it.")
@invocation
def read(to: Invocation, reference: str, learned: str | None, unread: bool) -> None:
    """Print a post-mortem and mark it as read."""
    from warroom.cli.documents import put
    from warroom.cli.reference import find
    from warroom.documents.registry import DOCUMENTS

    workspace = to.workspace
    id = find(workspace.journal, reference, closed=True)
    row = next((row for row in _rows(workspace) if row.brief.id == id), None)
    register = workspace.register(ids.REGISTER_READINESS)
    if row is None:
        raise click.UsageError(f"Incident {id} has no post-mortem to read; warroom review lists those that have one")
    if unread:
        if learned is not None:
            raise click.UsageError("--learned says what you take from a post-mortem you have read: leave out --unread")
        if row.read is None:
            notify("you have not read it, so there is nothing to take back.")
            return
        draft = mark_unread(id)
        register.append(lambda _: [draft], author=workspace.author)
        notify(f"{row.brief.title}: not read.")
        return
    pages = workspace.document(DOCUMENTS["postmortem"], "txt", workspace.open(id))
    put("-", pages, workspace.database, force=False)
    draft = mark_read(id, learned or row.learned)
    register.append(lambda _: [draft], author=workspace.author)
    notify(f"{row.brief.title}: marked as read.")
