"""`warroom restore`: put a backup in the place of the journal; the present one is kept beside it."""

from __future__ import annotations

from pathlib import Path

import click

from warroom.cli.context import Invocation, invocation, say
from warroom.cli.parameters import FILE
from warroom.model import times
from warroom.text.counts import counted


@click.command(
    short_help="Put a backup in the place of the journal.",
    help="Check the backup FILE, and put a copy of it in the place of the journal. The journal that was there is kept "
    "beside it, under another name, so nothing is lost. It says first how many entries of the journal are not in the "
    "backup; --dry-run only says that. Consoles that are open say that the file was replaced; open them again.",
    epilog="""\b
Examples:
  warroom restore incidents-2026-11-23.db --dry-run
  warroom restore incidents-2026-11-23.db
""",
)
@click.argument("file", metavar="FILE", type=FILE)
@click.option("--dry-run", is_flag=True, help="Only check the backup, and say how many entries are not in it.")
@invocation
def command(to: Invocation, file: Path, dry_run: bool) -> None:
    """Say what the backup does not have, restore, and say what is there now and where the file is that was there."""
    from warroom.store.restore import look, restore

    tz = to.workspace.tz
    source = file
    found = look(source, to.path)
    if found.newer and found.last is not None:
        verb = "is" if found.newer == 1 else "are"
        say(
            f"{_entries(found.newer)} of the journal {verb} not in this backup; the last one was written at "
            f"{times.clock_zone_day(found.last, to.now(), tz)}"
        )
    if dry_run:
        say(f"Would restore {_entries(found.entries)} from {file} to {to.path}")
        return
    restored = restore(source, to.path, f"{times.local(to.now(), tz):%Y-%m-%d-%H%M}", found)
    say(f"Restored {_entries(restored.entries)} from {file} to {to.path}")
    if restored.before is not None:
        say(f"What was there before is kept in {restored.before}")


def _entries(n: int) -> str:
    return counted(n, "entry", "entries")
