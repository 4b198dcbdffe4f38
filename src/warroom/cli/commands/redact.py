"""`warroom redact`: remove a secret or personal data that was logged by mistake from the file itself."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from warroom.cli.context import Failed, Invocation, notify, on_incident, print_data, say, standard_input
from warroom.cli.parameters import REASON, TextCommand, as_typed
from warroom.model.redaction import Words, WrongWords
from warroom.store.errors import StoreError

if TYPE_CHECKING:
    from warroom.session import Session
    from warroom.store.redacting import Found

MAX_BYTES = 100_000
"""The size limit for words from standard input, in bytes."""


@click.command(
    cls=TextCommand,
    short_help="Remove a secret or personal data from the file.",
    help="Remove WORDS that should never have been logged, such as a password: in all entries of the incident, also in "
    "earlier versions of corrected lines, and in drafts, [redacted: REASON] takes their place, in the file "
    "itself. Capitals don't matter. This can't be undone. The log says who did it, when and why, never the words. "
    "A single - reads the words from standard input, so that they are not in your shell's history.",
    epilog="""\b
Examples:
  warroom redact hunter2 --because "a password" --dry-run
  warroom redact "+1 555 0100" --because "a customer's number"
  warroom -i k7qd redact - --because "a token" < token.txt
""",
)
@click.argument("words", nargs=-1, required=True)
@click.option("--because", type=REASON, required=True, metavar="REASON", help="What the words are; it is kept.")
@click.option("--dry-run", is_flag=True, help="Only show what the lines would say.")
@click.option("--json", "as_json", is_flag=True, help="For programs: the keys of the entries, and how many drafts.")
@on_incident
def command(to: Invocation, words: tuple[str, ...], because: str, dry_run: bool, as_json: bool) -> None:
    """Redact the words, and say where they were and where they may still be."""
    try:
        wanted = Words(_read() if words == ("-",) else as_typed(" ".join(words)), because)
    except WrongWords as error:
        raise click.UsageError(str(error).capitalize()) from None
    session = to.session(closed=True)
    found = session.find_words(wanted) if dry_run else session.redact(wanted)
    _tell_of_what_stays(found)
    if not found.anything and not (found.finished and not dry_run):
        raise Failed(f"no entry of {session.incident.id} and no draft has these words; nothing was changed")
    if as_json:
        if not dry_run:
            _renew_copies(to)
        _print_json(session, found, wanted, dry_run)
    elif dry_run:
        say(f"Would redact in {_where(found)} of {_name(session)}:")
        for one in found.entries:
            say(f"  {one.key} {one.kind} {one.shown}")
    elif not found.anything:
        _renew_copies(to)
        say("Finished a redaction that was interrupted: unused parts of the file keep none of the words")
    else:
        _renew_copies(to)
        say(f"Redacted in {_where(found)} of {_name(session)}: “{wanted.mark}” takes the place of the words")
        say(
            "Copies made earlier still have them: backups, exports, messages that were sent or copied, and perhaps "
            "your shell's history. If it was a password, change it."
        )


def _renew_copies(to: Invocation) -> None:
    """Make the daily copies anew, which have the words too."""
    try:
        to.workspace.make_daily_copy(anew=True)
    except StoreError as error:
        notify(f"The daily copies of the file still have the words, and could not be made anew: {error}")


def _read() -> str:
    raw = standard_input().read(MAX_BYTES + 1)
    if len(raw) > MAX_BYTES:
        raise click.UsageError(f"Standard input has more than {MAX_BYTES:,} bytes; give only the words to redact")
    return raw.decode("utf-8", "surrogateescape")


def _where(found: Found) -> str:
    entries, drafts = len(found.entries), len(found.drafts)
    parts = [f"{entries:,} {'entry' if entries == 1 else 'entries'}"] if entries else []
    parts += [f"{drafts:,} {'draft' if drafts == 1 else 'drafts'}"] if drafts else []
    return " and ".join(parts)


def _name(session: Session) -> str:
    return f"{session.incident.id} “{session.incident.title}”"


def _tell_of_what_stays(found: Found) -> None:
    if found.kept:
        entries = "1 entry has" if found.kept == 1 else f"{found.kept:,} entries have"
        notify(f"{entries} the words as the author's name or in an id, where they stay.")
    for incident, count in found.elsewhere.items():
        entries = "1 entry" if count == 1 else f"{count:,} entries"
        notify(
            f"{entries} of {incident} {'has' if count == 1 else 'have'} the words too; redact them with -i {incident}."
        )


def _print_json(session: Session, found: Found, wanted: Words, dry_run: bool) -> None:
    import msgspec

    data = {
        "incident": session.incident.id,
        "dry_run": dry_run,
        "because": wanted.because,
        "mark": wanted.mark,
        "entries": [one.key for one in found.entries],
        "drafts": len(found.drafts),
        "kept": found.kept,
        "elsewhere": found.elsewhere,
    }
    print_data(msgspec.json.format(msgspec.json.encode(data)).decode())
