"""`warroom restore`: put a backup in the place of the journal; the present one is kept beside it."""

from __future__ import annotations

from pathlib import Path

import click

from warroom.cli.context import Invocation, invocation, say
from warroom.model import times


@click.command(
    short_help="Put a backup in the place of the journal.",
    help="Check the backup FILE, and put a copy of it in the place of the journal. The journal that was there is kept "
    "beside it, under another name, so nothing is lost. Consoles that are open say that the file was replaced; open "
    "them again.",
    epilog="""\b
Examples:
  warroom restore incidents-2026-11-23.db
""",
)
@click.argument("file", metavar="FILE", type=click.Path(path_type=Path))
@invocation
def command(to: Invocation, file: Path) -> None:
    """Restore, and say what is there now and where the file is that was there before."""
    from warroom.store.restore import restore

    now = times.local(to.now(), to.workspace.tz)
    found = restore(file.expanduser(), to.path, f"{now:%Y-%m-%d-%H%M}")
    entries = "1 entry" if found.entries == 1 else f"{found.entries:,} entries"
    say(f"Restored {entries} from {file} to {to.path}")
    if found.before is not None:
        say(f"What was there before is kept in {found.before}")
