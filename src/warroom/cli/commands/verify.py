"""`warroom verify`: check that the journal is intact and was not changed by others."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path

import click

from warroom.cli.context import Failed, Invocation, invocation, say
from warroom.cli.parameters import FILE


@click.command(
    short_help="Check the journal: file, hash chain and search index.",
    help="Check the journal, or a backup FILE: the file, the hash chain of its entries, and whether the search index, "
    "the counts and the summaries that are made from the entries match them; also whether daily copies are left that "
    "have words which were redacted since. Nothing is changed.",
    epilog="""\b
Examples:
  warroom verify
  warroom verify incidents-2026-11-23.db
""",
)
@click.argument("file", metavar="[FILE]", required=False, type=FILE)
@click.pass_context
@invocation
def command(to: Invocation, ctx: click.Context, file: Path | None) -> None:
    """Print each problem, or that there are none."""
    from warroom.store.errors import Missing, StoreError
    from warroom.store.old_copies import older_than_a_redaction
    from warroom.store.verify import verify as examine

    path = to.path if file is None else file
    try:
        report = examine(path)
    except Missing:
        if file is None:
            raise
        raise Failed(f"There is no file {path}: check the path.") from None
    for problem in report.problems:
        say(problem)
    old: list[Path] = []
    with suppress(StoreError):  # a damaged file, of which the report tells
        old = older_than_a_redaction(path.absolute())
    for copy in old:
        say(
            f"{copy} is a daily copy from before words were redacted, and still has them: run `warroom redact` again "
            "with the same words, or delete the copy."
        )
    if report.ok and not old:
        entries = "1 entry" if report.entries == 1 else f"{report.entries} entries"
        origins = "1 origin" if report.origins == 1 else f"{report.origins} origins"
        say(f"OK: {entries} from {origins}; file, chain, search index and summaries are intact.")
    ctx.exit(0 if report.ok and not old else 1)
