"""From what a person types to a query FTS5 accepts, whatever they type."""

from __future__ import annotations

from warroom.text.cleaning import clean

TOKENIZER = "unicode61 remove_diacritics 2"
"""How text becomes words; the same as in the file's own index, or the latest entries would be found differently."""


def match(words: str) -> str:
    """Turn words into an FTS5 query for entries that hold all of them, the last one as a prefix; "" if there are none.

    Each word is quoted, so `eu-west-1`, `O'Brien`, `AND` and `*` are words and never syntax.
    """
    terms = ['"' + word.replace('"', '""') + '"' for word in clean(words).split() if any(map(str.isalnum, word))]
    return " ".join(terms) + "*" if terms else ""
