"""`warroom verify`: check that the journal is intact and was not changed by others."""

from __future__ import annotations

from pathlib import Path

import click

from warroom.cli.context import Invocation, invocation, say


@click.command(
    short_help="Check the journal: file, hash chain and search index.",
    help="Check the journal, or a backup FILE: the file, the hash chain of its entries, and whether the search index, "
    "the counts and the summaries that are made from the entries match them. Nothing is changed.",
    epilog="""\b
Examples:
  warroom verify
  warroom verify incidents-2026-11-23.db
""",
)
@click.argument("file", metavar="[FILE]", required=False, type=click.Path(path_type=Path))
@click.pass_context
@invocation
def command(to: Invocation, ctx: click.Context, file: Path | None) -> None:
    """Print each problem, or that there are none."""
    from warroom.store.verify import verify as examine

    report = examine(to.path if file is None else file.expanduser())
    for problem in report.problems:
        say(problem)
    if report.ok:
        entries = "1 entry" if report.entries == 1 else f"{report.entries} entries"
        origins = "1 origin" if report.origins == 1 else f"{report.origins} origins"
        say(f"OK: {entries} from {origins}; file, chain, search index and summaries are intact.")
    ctx.exit(0 if report.ok else 1)
