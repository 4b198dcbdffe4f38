"""`warroom verify`: check that the journal is intact and was not changed by others."""

from __future__ import annotations

import click

from warroom.cli.context import Invocation, invocation, say


@click.command(
    short_help="Check the journal: file, hash chain and search index.",
    help="Check the journal: the file, the hash chain of its entries and its search index. Nothing is changed.",
    epilog="""\b
Examples:
  warroom verify
  warroom --db copy-of-warroom.db verify
""",
)
@click.pass_context
@invocation
def command(to: Invocation, ctx: click.Context) -> None:
    """Print each problem, or that there are none."""
    from warroom.store.verify import verify as examine

    report = examine(to.path)
    for problem in report.problems:
        say(problem)
    if report.ok:
        entries = "1 entry" if report.entries == 1 else f"{report.entries} entries"
        origins = "1 origin" if report.origins == 1 else f"{report.origins} origins"
        say(f"OK: {entries} from {origins}; file, chain and index are intact.")
    ctx.exit(0 if report.ok else 1)
