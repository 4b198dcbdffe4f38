"""`warroom log`: log one line; fast enough for scripts, and not affected by mistakes in a company's files."""

from __future__ import annotations

import sys

import click

from warroom.cli.context import Invocation, on_incident, say
from warroom.cli.parameters import TIME
from warroom.model import acts
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
    help="Log what happened. The words are joined by spaces; a single - reads them from standard input.",
    epilog="""\b
Examples:
  warroom log Payment provider confirms errors on their side
  warroom log "Roll back to v2.3.1" --kind decision --because "faster and safer" --by Priya
  warroom log "Rollback started" --kind action --by Marcus --at -5m
  tail -1 deploy.log | warroom log -
""",
)
@click.argument("text", nargs=-1, required=True)
@click.option(
    "--kind", type=click.Choice(["note", "decision", "action"]), default="note", help="What it is (default: note)."
)
@click.option("--because", default="", metavar="REASON", help="The reason for a decision.")
@click.option("--by", default="", metavar="WHO", help="Who did or decided it; for actions and decisions.")
@click.option("--at", type=TIME, metavar="TIME", help="When it happened: 03:41, 03:41Z, -5m (default: now).")
@on_incident
def command(to: Invocation, text: tuple[str, ...], kind: str, because: str, by: str, at: int | None) -> None:
    """Log one entry and print its line."""
    if because and kind != "decision":
        raise click.UsageError("--because gives the reason for a decision: add --kind decision")
    if by and kind == "note":
        raise click.UsageError("--by says who did or decided it: add --kind action or --kind decision")
    words, because, by = clean(_read() if text == ("-",) else " ".join(text)), clean(because), clean(by)
    match kind:
        case "decision":
            draft = acts.decisions.decision(words, because, by=by, at=at)
        case "action":
            draft = acts.log.action(words, by, at)
        case _:
            draft = acts.log.note(words, at)
    session = to.session()
    (entry,) = session.apply(draft)
    say(line(entry))


def _read() -> str:
    """Standard input as text; bytes that are not UTF-8 become visible symbols, as in arguments."""
    return sys.stdin.buffer.read().decode("utf-8", "surrogateescape")
