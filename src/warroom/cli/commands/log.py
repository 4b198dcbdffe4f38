"""`warroom log`: log one line; fast enough for scripts, and not affected by mistakes in a company's files."""

from __future__ import annotations

import click

from warroom.cli.context import Invocation, on_incident, say, standard_input
from warroom.cli.parameters import REASON, TIME
from warroom.model import acts, times
from warroom.model.drills import marked
from warroom.model.entries import Draft
from warroom.model.kinds.log import NOTHING_TO_LOG
from warroom.model.lines import line
from warroom.text.cleaning import clean


class _Log(click.Command):
    """A command whose text may look like an option; its error message then says what to do."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        try:
            return super().parse_args(ctx, args)
        except click.NoSuchOption as error:
            raise click.UsageError(
                f"There is no option {error.option_name!r}; say when it happened with --at TIME (as in --at -5m), "
                f"and put -- in front of words that begin with a dash",
                ctx,
            ) from None


@click.command(
    cls=_Log,
    short_help="Log what happened, was done or was decided.",
    help="Log what happened. The words are joined by spaces; a single - reads them from standard input. A time at the "
    "start says when it happened, as in the console; with --at, the text is kept whole.",
    epilog="""\b
Examples:
  warroom log Payment provider confirms errors on their side
  warroom log "Roll back to v2.3.1" --kind decision --because "faster and safer" --by Priya
  warroom log "Rollback started" --kind action --by Marcus --at -5m
  warroom log 03:41 Errors are falling
  tail -1 deploy.log | warroom log -
  warroom log - --lines < chat.txt
""",
)
@click.argument("text", nargs=-1, required=True)
@click.option(
    "--kind", type=click.Choice(["note", "decision", "action"]), default="note", help="What it is (default: note)."
)
@click.option("--because", type=REASON, metavar="REASON", help="The reason for a decision.")
@click.option("--by", default="", metavar="WHO", help="Who did or decided it; for actions and decisions.")
@click.option("--at", type=TIME, metavar="TIME", help="When it happened: 03:41, 03:41Z, -5m (default: now).")
@click.option("--lines", is_flag=True, help="One note for each line; a time and Name: at its start are read.")
@on_incident
def command(
    to: Invocation, text: tuple[str, ...], kind: str, because: str | None, by: str, at: int | None, lines: bool
) -> None:
    """Log one entry, or one for each line, and print it."""
    if lines and (because or by or kind != "note" or at is not None):
        raise click.UsageError("--lines logs notes, each with its own time: leave out --kind, --because, --by and --at")
    if because and kind != "decision":
        raise click.UsageError("--because gives the reason for a decision: add --kind decision")
    if by and kind == "note":
        raise click.UsageError("--by says who did or decided it: add --kind action or --kind decision")
    words, by = clean(_read() if text == ("-",) else " ".join(text)), clean(by)
    drafts = _notes(words, to.now()) if lines else [_entry(words, kind, because or "", by, at, to.now())]
    if not all(draft.text.strip() for draft in drafts):
        raise click.UsageError(NOTHING_TO_LOG.capitalize())
    session = to.session()
    for entry in session.apply(*drafts):
        say(marked(line(entry), drill=session.incident.drill))


def _notes(words: str, now: int) -> list[Draft]:
    from warroom.model.log_lines import read_lines

    try:
        found = [row.draft() for row in read_lines(words, now)]
    except times.TimeError as error:
        raise click.UsageError(f"Nothing was logged; {error}") from None
    if not found:
        raise click.UsageError("There is no line to log")
    return found


def _entry(words: str, kind: str, because: str, by: str, at: int | None, now: int) -> Draft:
    if at is None:
        try:
            at, words = times.split_leading_time(words, now)
        except times.TimeError as error:
            raise click.UsageError(f"{error}; with --at TIME, the text is kept whole") from None
    match kind:
        case "decision":
            return acts.decisions.decision(words, because, by=by, at=at)
        case "action":
            return acts.log.action(words, by, at)
        case _:
            return acts.log.note(words, at)


def _read() -> str:
    """Standard input as text; bytes that are not UTF-8 become visible symbols, as in arguments."""
    return standard_input().read().decode("utf-8", "surrogateescape")
