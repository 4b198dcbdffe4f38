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
    from warroom.store.old_copies import has_redactions, older_than_a_redaction, unfinished
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
    left: list[Path] = []
    with suppress(StoreError):  # a damaged file, of which the report tells
        old = older_than_a_redaction(path.absolute())
        if (left := unfinished(path.absolute())) and not has_redactions(path.absolute()):
            left = []
    for copy in old:
        say(
            f"{copy} is a daily copy from before words were redacted, and still has them: run `warroom redact` again "
            "with the same words, or delete the copy."
        )
    for file in left:
        say(
            f"{file} was left by a backup or restore that was not finished, and may have words that were redacted: "
            "delete it, or run any other warroom command, which removes it if it was made on this machine."
        )
    if report.ok and not old and not left:
        entries = "1 entry" if report.entries == 1 else f"{report.entries} entries"
        origins = "1 origin" if report.origins == 1 else f"{report.origins} origins"
        say(f"OK: {entries} from {origins}; file, chain, search index and summaries are intact.")
    ctx.exit(0 if report.ok and not old and not left else 1)
