"""`warroom wording`: remarks on any text before it goes out, with a better sentence for each."""

from __future__ import annotations

import sys
from bisect import bisect_left, bisect_right
from typing import TYPE_CHECKING, Any

import click

from warroom.cli.context import Failed, Invocation, has_output, invocation, print_data, quoted, say, standard_input
from warroom.text.cleaning import clean, clean_line
from warroom.text.counts import counted

if TYPE_CHECKING:
    from warroom.wording import Finding

MAX_BYTES = 4_000_000
"""The size limit for a text, in bytes: longer than any message."""
_MARK = "\ufeff"
_AUDIENCES = ("customers", "stakeholders", "leadership", "post-mortem", "log")


@click.command(
    short_help="Check the wording of any text.",
    help="Check the wording of a text written anywhere, such as a status page or an e-mail: promises nobody can keep, "
    "blame, guesses, harm made small, vague words, jargon, and what must not leave the company. FILE is a text file; "
    "without it, or with -, the text is read from standard input. Each remark has its line, the words, why, and a "
    "better sentence. The exit code is 0, also with remarks.",
    epilog="""\b
Examples:
  warroom wording status.txt
  echo "We should be back in 20 minutes" | warroom wording --for stakeholders
  pbpaste | warroom wording --for post-mortem --strict
""",
)
@click.argument("file", metavar="[FILE]", default="-")
@click.option(
    "--for", "audience", type=click.Choice(_AUDIENCES), default="customers", help="Who reads it (default: customers)."
)
@click.option("--json", "as_json", is_flag=True, help="Print the remarks as JSON.")
@click.option("--strict", is_flag=True, help="Exit with 1 if there is any remark.")
@invocation
def command(to: Invocation, file: str, audience: Any, as_json: bool, strict: bool) -> None:
    """Print each remark on the text."""
    from warroom.wording import MessageText, better_sentence, check_text, is_english

    if not has_output():
        raise Failed("standard output is closed, so no remark can be printed")
    given, rules = _contents(file), to.workspace.rules
    text = clean(given.removeprefix(_MARK))
    found = check_text(text, rules, audience)
    message = MessageText(kind="", body=text, audience=audience)
    better: dict[tuple[str, str], str] = {}  # the same words with the same mistake are not thought about again
    rows = []
    for finding in found:
        sentence = text[finding.first : finding.last]
        key = finding.key, sentence
        if key not in better:
            better[key] = better_sentence(sentence, finding, message, rules)
        rows.append((finding, better[key]))
    english = is_english(text, rules)
    if as_json:
        _print_json(text, given, rows, english)
    else:
        _print(text, rows, english)
    if strict and (found or not english):
        raise Failed(f"{counted(len(found), 'remark')} (--strict)" if found else "the words are not checked")


def _print(text: str, rows: list[tuple[Finding, str]], english: bool) -> None:
    for at, (finding, better) in enumerate(rows):
        line = text.count("\n", 0, finding.start) + 1
        words = quoted(finding.words) if finding.words else "the text"
        say(f"{line}: {finding.rule}: {words} {finding.label}. {finding.why}")
        following = rows[at + 1] if at + 1 < len(rows) else None
        if better and (following is None or (following[0].first, following[1]) != (finding.first, better)):
            say(f"   better: {clean_line(better.strip())}")
    if not english:
        say("This doesn't look like English, so its words are not checked; only secrets and gaps are.")
    elif not rows:
        say("No remarks.")


def _print_json(text: str, given: str, rows: list[tuple[Finding, str]], english: bool) -> None:
    import json

    places = _Places(given)
    remarks = [
        {
            "kind": finding.rule,
            "words": finding.words,
            "start": places.of(finding.start),
            "end": places.of(finding.end),
            "line": text.count("\n", 0, finding.start) + 1,
            "sentence": text[finding.first : finding.last],
            "why": f"{finding.label}: {finding.why}",
            "better": better.strip() or None,
        }
        for finding, better in rows
    ]
    print_data(json.dumps({"english": english, "remarks": remarks}, ensure_ascii=False, indent=2))


class _Places:
    """Finds the places of a cleaned text in the text as it was given, with its byte-order mark and its CRLF."""

    def __init__(self, given: str) -> None:
        at, cleaned = int(given.startswith(_MARK)), 0
        self._lines: list[tuple[int, int, str]] = []  # where each line begins: cleaned, and as given
        for line in (f"{line}\n" for line in given[at:].split("\n")):
            self._lines.append((cleaned, at, line))
            cleaned, at = cleaned + len(clean(line)), at + len(line)

    def of(self, offset: int) -> int:
        """The place of an offset in the cleaned text."""
        cleaned, at, line = self._lines[bisect_right(self._lines, offset, key=lambda entry: entry[0]) - 1]
        within = offset - cleaned
        if len(clean(line[:within])) == within:
            return at + within
        return at + bisect_left(range(len(line)), within, key=lambda length: len(clean(line[:length])))


def _contents(file: str) -> str:
    """The text of a file or of standard input, as it is. Raises Mistake and UsageError."""
    from warroom.documents.saving import expanded
    from warroom.text.files import STDIN, read_named, read_stream

    if not file.strip():
        raise click.UsageError("The name of the file is empty; name a file, or pipe a text into this command")
    if file != "-":
        path = expanded(file)
        return _as_given(read_named(path, MAX_BYTES), str(path))
    if sys.stdin.isatty():
        raise click.UsageError("Name a file, or pipe a text into this command: warroom wording < status.txt")
    return _as_given(read_stream(standard_input(), STDIN, MAX_BYTES), STDIN)


def _as_given(data: bytes, name: str) -> str:
    from warroom.text.files import decoded

    decoded(data, name)  # which says what is wrong with it
    return data.decode("utf-8")
