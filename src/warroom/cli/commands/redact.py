"""`warroom redact`: remove a secret or personal data that was logged by mistake from the file itself."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import click

from warroom.cli.context import Failed, Invocation, notify, on_incident, print_json, say, standard_input
from warroom.cli.parameters import REASON, TextCommand, as_typed
from warroom.model import ids
from warroom.model.redaction import Words, WrongWords
from warroom.store.errors import StoreError
from warroom.text.counts import counted

if TYPE_CHECKING:
    from warroom.store.redacting import Found

_MOST_NAMED = 5
"""How many entries are named in a sentence."""
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
    wanted = wanted_words(words, because)
    session = to.session(closed=True)
    incident = session.incident
    found = session.find_words(wanted) if dry_run else session.redact(wanted)
    tell(to, found, wanted, Of(incident.id, f"{incident.id} “{incident.name}”"), dry_run=dry_run, as_json=as_json)


def wanted_words(words: tuple[str, ...], because: str) -> Words:
    """The words to redact as they were given, or from standard input. Raises a UsageError."""
    try:
        return Words(_read() if words == ("-",) else as_typed(" ".join(words)), because)
    except WrongWords as error:
        raise click.UsageError(str(error).capitalize()) from None


class Of(NamedTuple):
    """What was redacted: an incident, or a register by its name; and how it is called in a sentence."""

    id: str
    name: str


def tell(to: Invocation, found: Found, wanted: Words, of: Of, *, dry_run: bool, as_json: bool) -> None:
    """Finish a redaction on this machine, and say where the words were and where they may still be. Raises Failed."""
    from warroom import places
    from warroom.store.old_copies import redact_texts, unfinished

    daily, kept = to.workspace.copies_with(of.id, wanted)
    _tell_of_what_stays(found)
    if not found.anything and (dry_run or not (found.finished or daily)):
        raise Failed(f"no entry of {of.id} and no draft has these words; nothing was changed")
    problem, renewed = (None, False) if dry_run else _renew_copies(to)
    saved, stuck = (0, []) if dry_run else redact_texts(places.outbox(), wanted)
    if as_json:
        _print_json(of, found, wanted, dry_run)
    elif dry_run:
        _show(of, found)
    else:
        _tell(of, found, wanted, renewed)
        if kept:
            say(f"What was there before a restore still has them; delete it when you can: {', '.join(map(str, kept))}")
        if saved:
            messages = counted(saved, "message that was", "messages that were")
            say(f"Redacted in {messages} copied and saved on this machine")
        if stuck:
            say(f"Copied messages that can't be changed still have them; delete them: {', '.join(map(str, stuck))}")
        if left := unfinished(to.workspace.database.absolute()):
            say(f"Files of a backup or restore that was not finished may still have them: {', '.join(map(str, left))}")
    if problem is not None:
        raise Failed(f"Daily copies of the file still have the words: {problem} Then run the same command again.")


def _renew_copies(to: Invocation) -> tuple[StoreError | None, bool]:
    """Replace the daily copies by one without the words; returns why some are left, and whether there were any."""
    try:
        return None, to.workspace.make_daily_copy(anew=True) is not None
    except StoreError as error:
        return error, False


def _show(of: Of, found: Found) -> None:
    say(f"Would redact in {_where(found)} of {of.name}:")
    for one in found.changed:
        say(f"  {one.key} {one.kind} {one.shown}")
        for field, text in one.shown_fields:
            say(f"      {field}: {text}")


def _tell(of: Of, found: Found, wanted: Words, renewed: bool) -> None:
    if found.anything:
        say(f"Redacted in {_where(found)} of {of.name}: “{wanted.mark}” takes the place of the words")
    elif found.finished:
        say("Finished a redaction that was interrupted: unused parts of the file keep none of the words")
    if renewed:
        say("The daily copies of the file were replaced by one without the words")
    if found.anything:
        say(
            "Copies made earlier still have them: backups, exports, messages that were sent or copied, and perhaps "
            "your shell's history. If it was a password, change it."
        )


def _read() -> str:
    raw = standard_input().read(MAX_BYTES + 1)
    if len(raw) > MAX_BYTES:
        raise click.UsageError(f"Standard input has more than {MAX_BYTES:,} bytes; give only the words to redact")
    return raw.decode("utf-8", "surrogateescape")


def _where(found: Found) -> str:
    entries, learned, drafts = len(found.entries), len(found.learned), len(found.drafts)
    parts = [counted(entries, "entry", "entries")] if entries else []
    if learned:
        parts.append(counted(learned, "note on what its post-mortem teaches", "notes on what its post-mortem teaches"))
    parts += [counted(drafts, "draft")] if drafts else []
    return " and ".join(filter(None, (", ".join(parts[:-1]), parts[-1])))


def _tell_of_what_stays(found: Found) -> None:
    if found.kept:
        entries = counted(found.kept, "entry has", "entries have")
        notify(f"{entries} the words as the author's name or in an id, where they stay.")
    if found.alike:
        one = len(found.alike) == 1
        lines = "1 entry has" if one else f"{len(found.alike):,} entries have"
        more = ", …" if len(found.alike) > _MOST_NAMED else ""
        notify(
            f"{lines} the same letters and digits with something else between them, and {'stays' if one else 'stay'}: "
            f"{', '.join(found.alike[:_MOST_NAMED])}{more}. Redact {'it' if one else 'them'} too if it is the same."
        )
    for incident, count in found.elsewhere.items():
        entries = counted(count, "entry", "entries")
        how = _OF_REGISTERS.get(incident, f"redact them with -i {incident}")
        notify(f"{entries} of {incident} {'has' if count == 1 else 'have'} the words too; {how}.")


_OF_REGISTERS = {
    ids.REGISTER_PEOPLE: "warroom people forget erases a person, warroom people set changes what is known",
    ids.REGISTER_READINESS: "redact them with warroom ready redact",
}


def _print_json(of: Of, found: Found, wanted: Words, dry_run: bool) -> None:

    data = {
        "incident": of.id,
        "dry_run": dry_run,
        "because": wanted.because,
        "mark": wanted.mark,
        "entries": [one.key for one in found.changed],
        "drafts": len(found.drafts),
        "kept": found.kept,
        "alike": found.alike,
        "elsewhere": found.elsewhere,
    }
    print_json(data)
