"""`warroom search`: find words in the entries of all incidents."""

from __future__ import annotations

import os
import sys

import click

from warroom.cli.context import Invocation, on_incident, print_json, say
from warroom.cli.parameters import SearchCommand, as_typed

_LIMIT = 20


@click.command(
    cls=SearchCommand,
    short_help="Find words in all incidents.",
    help="Find the entries that have all the words, in the incidents of the whole journal or in one with -i: the log, "
    "messages as sent, reasons, facts, names, post-mortems, action items. From its third letter on, the last word also "
    "finds longer ones. The newest comes first; what was corrected is found by what it said before, too. No character "
    "has a special meaning.",
    epilog="""\b
Examples:
  warroom search certificate expired
  warroom search "O'Brien" -i k7qd
  warroom search "eu-west-1" --limit 100 --json
""",
)
@click.argument("words", nargs=-1, required=True)
@click.option("--all", "everywhere", is_flag=True, help="In all incidents (the default without -i).")
@click.option("--limit", type=click.IntRange(1, 10_000), default=_LIMIT, metavar="N", help=f"At most N; {_LIMIT}.")
@click.option("--json", "as_json", is_flag=True, help="For programs; marks are pairs of offsets into text.")
@on_incident
def command(to: Invocation, words: tuple[str, ...], everywhere: bool, limit: int, as_json: bool) -> None:
    """Print what is found, each on a line with its incident."""
    from warroom.cli.found import as_data, found_lines
    from warroom.cli.reference import find as find_incident
    from warroom.store.finder import find
    from warroom.store.search import words_in

    if everywhere and to.reference is not None:
        raise click.UsageError("Give --all or -i REF, not both")
    typed = " ".join(map(as_typed, words))
    looked_for = words_in(typed)
    if not looked_for:
        raise click.UsageError("There is no word to look for: give letters or digits")
    journal = to.workspace.journal
    incident = None if to.reference is None else find_incident(journal, to.reference, closed=True)
    found = find(journal, typed, incident, limit + 1)
    if as_json:
        print_json(as_data(to.workspace, found[:limit], looked_for))
        return
    if not found:
        say("Nothing has these words.")
        return
    marked = sys.stdout.isatty() and os.environ.get("TERM") != "dumb"
    for line in found_lines(to.workspace, found[:limit], looked_for, marked=marked):
        click.echo(line)  # cleaned, and marked after that
    if len(found) > limit:
        say(f"… there are more; --limit {limit * 5} shows more of them")
