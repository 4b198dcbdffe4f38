"""`warroom backup`: copy the whole journal, consistently even while others write to it."""

from __future__ import annotations

from pathlib import Path

import click

from warroom.cli.context import Invocation, invocation, say
from warroom.cli.parameters import FILE


@click.command(
    short_help="Copy the journal to a file, even while it is in use.",
    help="Copy the journal with all its incidents to FILE, consistently even while others write to it. The copy is a "
    "complete journal, readable only by you. An existing FILE is not overwritten.",
    epilog="""\b
Examples:
  warroom backup incidents-2026-11-24.db
""",
)
@click.argument("file", metavar="FILE", type=FILE)
@invocation
def command(to: Invocation, file: Path) -> None:
    """Write the copy and say where it is."""
    target = file.absolute()
    from warroom.store.backup import backup

    backup(to.workspace.journal.connection, target)
    say(f"Backed up {to.path} to {target}")
