"""`warroom tick`: tick or untick a checklist item."""

from __future__ import annotations

import click

from warroom.cli.context import Invocation, log_and_say, on_incident, say_already
from warroom.cli.parameters import ValueCommand, check_id, text_of
from warroom.model import acts
from warroom.model.kinds.facts import no_value


@click.command(
    cls=ValueCommand,
    short_help="Tick a checklist item.",
    help="Tick a checklist item, with the answer it asks for, if any; list the items with warroom status --json.",
    epilog="""\b
Examples:
  warroom tick severity
  warroom tick audience leadership, customer success
  warroom tick severity --undo
""",
)
@click.argument("item")
@click.argument("value", nargs=-1)
@click.option("--undo", is_flag=True, help="Untick it.")
@on_incident
def command(to: Invocation, item: str, value: tuple[str, ...], undo: bool) -> None:
    """Tick or untick an item; if the item asks for a fact or a role, the answer sets that fact or role."""
    answer = text_of(value, "The answer is empty; leave it out to tick the item without one")
    session = to.session()
    playbook = session.playbook
    check_id("item", item, [row for phase in playbook.phases for row in phase.items])
    phases = session.snapshot().checklist.phases
    now = next(state for phase in phases for state in phase.items if state.row.id == item)
    if now.done is not undo and answer.strip() in ("", now.value):
        words = f"“{now.row.text}” is {'ticked' if now.done else 'open'}"
        say_already(session, words, now.at, now.by)
        return
    asked = now.row.asks_fact
    if asked and not undo and (reason := no_value(asked, answer, playbook)):
        raise click.UsageError(reason)
    if undo:
        draft = acts.items.tick(playbook, item, done=False, value=answer)
    else:
        draft = acts.items.answer_item(playbook, session.incident, item, answer)
    log_and_say(session, draft)
