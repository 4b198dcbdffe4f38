"""Erasing what a file says of somebody: the entries are changed in the file itself, as by a redaction."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from typing import Any

import msgspec

from warroom.model import ids
from warroom.model.entries import Draft
from warroom.model.kinds.redaction import redacted
from warroom.model.redaction import Words
from warroom.store.drill_clock import RUN
from warroom.store.journal import Journal
from warroom.store.redacting import Changed, Redactor
from warroom.text.cleaning import clean_line

_ROWS = """
SELECT seq, origin, n, at, kind, CAST(text AS BLOB), CAST(data AS BLOB) FROM journal
WHERE ?1 OR incident IN (SELECT value FROM json_each(?2)) ORDER BY seq
"""
_ALL_ROWS = """
SELECT incident, CAST(author AS BLOB), CAST(text AS BLOB), CAST(data AS BLOB) FROM journal ORDER BY seq
"""

_KEPT = "SELECT name, CAST(value AS BLOB) FROM preferences"
_RUN = "SELECT CAST(value AS BLOB) FROM preferences WHERE name = ?"

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
    everywhere: bool = False,
) -> Forgotten:
    """Log a `last` entry in a register, and change the entries of all registers as `rewritten` says; all or none.

    With `everywhere`, also those of incidents. `rewritten` is given kind, text and JSON, and returns the last two as
    they will be, None for no change. Each of the `drafts` is words, and the beginning of the names of the drafts in
    which they are replaced.
    Raises StoreError, and NotWiped if that is done, but old copies may be left in unused parts of the file.
    """
    redactor = Redactor(journal.connection)
    with journal.connection.overwriting(), journal.writing() as writer:
        writer.append(register, last, author=author)
        changed = []
        registers = json.dumps([journal.in_file(name) for name in ids.REGISTERS])
        for seq, origin, n, at, kind, raw_text, raw_data in journal.connection.rows(_ROWS, everywhere, registers):
            text, data = raw_text.decode("utf-8", "surrogateescape"), raw_data.decode("utf-8", "surrogateescape")
            if (new := rewritten(kind, text, data)) is not None:
                text_then, data_then = (part.encode("utf-8", "surrogateescape") for part in new)
                changed.append(Changed(seq, f"{clean_line(origin)}:{n}", at, kind, text_then, data_then))
        record = redactor.replace(changed, {})
        count = 0
        for words, start in drafts:
            found = {name: value for name, value in redactor.drafts(words).items() if name.startswith(start)}
            if RUN in found:
                (kept,) = journal.connection.rows(_RUN, RUN)
                found[RUN] = _of_a_run(kept[0], found[RUN])
            redactor.replace([], found, words)
            count += len(found)
        writer.append(register, redacted(because, record), author=author)
        left = redactor.finish()
    redactor.wipe(left, _AGAIN)
    return Forgotten(record.entries, count)


def _of_a_run(before: bytes, after: bytes) -> bytes:
    """What a drill's file keeps of its run; the path of its journal stays, whatever the folders are called."""
    with suppress(ValueError, RecursionError):
        old, new = json.loads(before), json.loads(after)
        if isinstance(old, dict) and isinstance(new, dict) and "journal" in old:
            fields = new | {"journal": old["journal"]}
            return json.dumps(fields, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "surrogateescape")
    return after


def naming(journal: Journal, is_in: Callable[..., bool]) -> tuple[Counter[str], Counter[str]]:
    """How many entries have somebody in text or data, and how many as their author, by incident or register.

    `is_in` tells it of any number of texts. Raises StoreError.
    """
    said, signed = Counter[str](), Counter[str]()
    for incident, *raw in journal.connection.rows(_ALL_ROWS):
        author, text, data = (part.decode("utf-8", "surrogateescape") for part in raw)
        said[clean_line(incident)] += is_in(text, *_strings(data))
        signed[clean_line(incident)] += is_in(author)
    return +said, +signed


def is_anywhere(journal: Journal, is_in: Callable[..., bool]) -> bool:
    """Whether somebody is in any entry, or in anything that is kept besides, such as drafts. Raises StoreError."""
    return texts_besides(journal, is_in) > 0 or any(naming(journal, is_in))


def texts_besides(journal: Journal, is_in: Callable[..., bool]) -> int:
    """How many drafts and other things that this machine remembers have somebody. Raises StoreError."""
    kept = ((name, raw.decode("utf-8", "surrogateescape")) for name, raw in journal.connection.rows(_KEPT))
    return sum(is_in(name, *_strings(text)) for name, text in kept)


def _strings(data: str) -> Iterator[str]:
    """JSON as it stands; where it has escaped letters, also its strings without."""
    yield data
    if "\\" in data:
        with suppress(ValueError, RecursionError):
            yield from _texts(json.loads(data))


def _texts(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for name, one in value.items():
            yield name
            yield from _texts(one)
    elif isinstance(value, list):
        for one in value:
            yield from _texts(one)


def finish(journal: Journal) -> bool:
    """Finish what was interrupted after all entries were changed; whether there was anything. Raises StoreError."""
    redactor = Redactor(journal.connection)
    left = redactor.unfinished()
    if left is None:
        return False
    redactor.wipe(left, _AGAIN)
    return True
