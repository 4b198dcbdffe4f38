"""Erasing what a register says of somebody: the entries are changed in the file itself, as by a redaction."""

from __future__ import annotations

from collections.abc import Callable, Iterable

import msgspec

from warroom.model.entries import Draft
from warroom.model.kinds.redaction import redacted
from warroom.model.redaction import Words
from warroom.store.journal import Journal
from warroom.store.redacting import Changed, Redactor
from warroom.text.cleaning import clean_line

_ROWS = """
SELECT seq, origin, n, at, kind, CAST(text AS BLOB), CAST(data AS BLOB) FROM journal WHERE incident = ? ORDER BY seq
"""


_AGAIN = "`warroom people forget` again"


class Forgotten(msgspec.Struct, frozen=True):
    """How many entries and drafts were changed."""

    entries: int
    drafts: int


def forget(
    journal: Journal,
    register: str,
    last: Draft,
    rewritten: Callable[[str, str, str], tuple[str, str] | None],
    drafts: Iterable[tuple[Words, str]],
    *,
    because: str,
    author: str,
) -> Forgotten:
    """Log a `last` entry, and change all entries of a register as `rewritten` says; all or none.

    `rewritten` is given kind, text and JSON, and returns the last two as they will be, None for no change. Each of the
    `drafts` is words, and the beginning of the names of the drafts in which they are replaced.
    Raises StoreError, and NotWiped if that is done, but old copies may be left in unused parts of the file.
    """
    redactor = Redactor(journal.connection)
    with journal.connection.overwriting(), journal.writing() as writer:
        writer.append(register, last, author=author)
        changed = []
        for seq, origin, n, at, kind, raw_text, raw_data in journal.connection.rows(_ROWS, journal.in_file(register)):
            text, data = raw_text.decode("utf-8", "surrogateescape"), raw_data.decode("utf-8", "surrogateescape")
            if (new := rewritten(kind, text, data)) is not None:
                text_then, data_then = (part.encode("utf-8", "surrogateescape") for part in new)
                changed.append(Changed(seq, f"{clean_line(origin)}:{n}", at, kind, text_then, data_then))
        record = redactor.replace(changed, {})
        count = 0
        for words, start in drafts:
            found = {name: value for name, value in redactor.drafts(words).items() if name.startswith(start)}
            redactor.replace([], found, words)
            count += len(found)
        writer.append(register, redacted(because, record), author=author)
        left = redactor.finish()
    redactor.wipe(left, _AGAIN)
    return Forgotten(record.entries, count)


def finish(journal: Journal) -> bool:
    """Finish what was interrupted after all entries were changed; whether there was anything. Raises StoreError."""
    redactor = Redactor(journal.connection)
    left = redactor.unfinished()
    if left is None:
        return False
    redactor.wipe(left, _AGAIN)
    return True
