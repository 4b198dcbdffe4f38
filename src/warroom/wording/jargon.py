"""Technical terms in a text, and plain words in their place."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, NamedTuple

from warroom.wording.kinds import Jargon, Known

if TYPE_CHECKING:
    from warroom.wording.lexicon import Lexicon
    from warroom.wording.tagging import Tagged


class _Term(NamedTuple):
    """The plain words of a term, and those after "have" or "was" for a verb."""

    plain: str
    done: str


class Terms:
    """The terms of a wording file; where several begin at a word, the longest counts."""

    def __init__(self, jargon: Jargon, known: Known) -> None:
        self._terms: dict[tuple[str, ...], _Term] = {}
        self._hyphenated: dict[str, _Term] = {}  # "a time-out" is a noun, "to time out" is none
        fine = (*known.terms, *known.systems)
        self._fine = {_key(term) for term in fine} | {_key(plural(term)) for term in fine}
        for verb, plain in jargon.verbs.items():
            forms, instead = verb.split("/"), (plain.split("/") * 5)[:5]
            for at, form in enumerate(forms[:5]):
                self._add(form, instead[at], instead[3] if at == 2 else "")
        for noun, plain in jargon.nouns.items():
            self._add(noun, plain)
            self._add(plural(noun), plural(plain) if plain else "")
        for term, plain in jargon.others.items():
            self._add(term, plain)
        self._lengths: dict[str, list[int]] = {}
        for words in sorted(self._terms, key=len, reverse=True):
            lengths = self._lengths.setdefault(words[0], [])
            if len(words) not in lengths:
                lengths.append(len(words))

    def _add(self, term: str, plain: str, done: str = "") -> None:
        words = _key(term)
        if words and words not in self._fine and _key(plural(term)) not in self._fine:
            if "-" in term:
                self._hyphenated.setdefault(term.lower(), _Term(plain, done or plain))
            self._terms.setdefault(words, _Term(plain, done or plain))

    @property
    def beginnings(self) -> set[str]:
        """The first word of each term, in lower case."""
        return set(self._lengths)

    def found(self, tagged: Tagged, lexicon: Lexicon) -> Iterator[tuple[int, int, str]]:
        """Each term in a text as its first token, the one after its last, and plain words ("" if there are none)."""
        done = 0
        for begin in lexicon.any_of("term").finditer(tagged.signs):
            at = begin.start()
            if at < done:
                continue
            (first,) = _lower(tagged, at, at + 1)
            lengths = self._lengths.get(first, ())
            words = _lower(tagged, at, at + lengths[0]) if lengths and lengths[0] > 1 else (first,)
            for length in lengths:
                term = self._terms.get(words[:length])
                if term is not None and length <= len(words):
                    done = at + length
                    start, end = tagged.span(at, done)
                    term = self._hyphenated.get(tagged.text[start:end].lower(), term)
                    before = _lower(tagged, max(at - 2, 0), at)
                    yield at, done, term.plain if _HAVE.isdisjoint(before) else term.done
                    break


def _lower(tagged: Tagged, first: int, last: int) -> tuple[str, ...]:
    return tuple(word.lower() for word in tagged.words(first, last))


_HAVE = {"have", "has", "had", "be", "been", "being", "is", "are", "was", "were", "'ve", "get", "got"}


def _key(term: str) -> tuple[str, ...]:
    return tuple(term.lower().replace("-", " ").split())


def plural(noun: str) -> str:
    """The plural of a noun or noun phrase, by its last word: `switch to the backup` stays as it is."""
    head, of, rest = noun.partition(" of ")
    if " to " in noun or " for " in noun or " with " in noun or " that " in noun:
        return noun
    if of:
        return f"{plural(head)} of {rest}"
    if not noun or (noun.endswith("s") and not noun.endswith("ss")):
        return noun
    if noun.endswith(("s", "x", "z", "ch", "sh")):
        return noun + "es"
    if noun.endswith("y") and noun[-2:-1] not in "aeiou":
        return noun[:-1] + "ies"
    return noun + "s"
