"""Words of a company for what it offers: how customers know the parts of its service, and what they do there.

They decide what a message to customers calls the affected system, and whether it says to check before trying again.
"""

import re
from collections.abc import Iterator
from typing import Annotated

import msgspec

_Word = Annotated[str, msgspec.Meta(min_length=1, max_length=60)]
_Words = tuple[_Word, ...]
_PLAIN = re.compile(r"[\w.'’-]+(?: [\w.'’-]+)*\*?")


class Names(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Words by what they are; each stands for its plural too, and one with `*` behind it for all that begin so.

    `suppliers` are companies you buy from, `internal` what only engineers call a part. `ours` are parts of which there
    may be many ("our portal"), `ordinary` words that are no names, `written` words with capitals of their own. `values`
    are what may be shown wrong, and `read` is what people only look at.
    """

    suppliers: _Words = ()
    internal: _Words = ()
    ours: _Words = ()
    ordinary: _Words = ()
    written: _Words = ()
    values: _Words = ()
    read: _Words = ()


class Repeat(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What may have gone through although it seemed to fail, by its `words`, but not if it is one of `unless`.

    Customers are told: if `what` failed, check your `where` before you `again` again; or, without `what`, to check
    whether it went through.
    """

    words: _Words
    unless: _Words = ()
    what: str = ""
    where: str = ""
    again: str = ""


def any_of(words: _Words) -> str:
    """A regular expression for any of these words, without marks of its own around it; it matches nothing for none."""
    return f"(?:{'|'.join(map(_pattern, words))})" if words else r"(?!)"


def _pattern(word: str) -> str:
    bare = word.removesuffix("*")
    shape = re.sub(r"(?:\\ |\\-|-| )+", "[ -]?", re.escape(bare))
    return shape + (r"\w*" if word.endswith("*") else "" if bare.endswith("s") else "s?")


def mistakes(names: Names, repeats: list[Repeat]) -> Iterator[tuple[str, str]]:
    """Mistakes that types can't catch, each as (key, what is expected)."""
    lists = [(f"names.{field}", getattr(names, field)) for field in Names.__struct_fields__]
    lists += [(f"repeats[number {place}].words", row.words) for place, row in enumerate(repeats, 1)]
    for key, words in lists:
        for word in words:
            if not _PLAIN.fullmatch(word):
                yield key, f"expected words, of which the last may end with *, found {word!r}"
    for place, row in enumerate(repeats, 1):
        if row.what and not (row.where and row.again):
            yield f"repeats[number {place}]", "expected where and again beside what"
