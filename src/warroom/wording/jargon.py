"""Technical terms in a text, and plain words in their place."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, NamedTuple

from warroom.wording.grammar import set_of
from warroom.wording.kinds import Jargon, Known

if TYPE_CHECKING:
    from warroom.wording.lexicon import Lexicon
    from warroom.wording.tagging import Tagged


class _Term(NamedTuple):
    """The words of a term in lower case, its plain words, and those after "have" or "was" for a verb."""

    words: tuple[str, ...]
    plain: str
    done: str


class Terms:
    """The terms of a wording file, by their first words; longer ones first."""

    def __init__(self, jargon: Jargon, known: Known) -> None:
        self._by_first: dict[str, list[_Term]] = {}
        fine = (*known.terms, *known.systems)
        self._fine = {_key(term) for term in fine} | {_key(plural(term)) for term in fine}
        for noun, plain in jargon.nouns.items():
            self._add(noun, plain)
            self._add(plural(noun), plural(plain) if plain else "")
        for verb, plain in jargon.verbs.items():
            forms, instead = verb.split("/"), (plain.split("/") * 5)[:5]
            for at, form in enumerate(forms[:5]):
                self._add(form, instead[at], instead[3] if at == 2 else "")
        for term, plain in jargon.others.items():
            self._add(term, plain)
        for terms in self._by_first.values():
            terms.sort(key=lambda term: -len(term.words))
        self._longest = max((len(terms[0].words) for terms in self._by_first.values()), default=0)

    def _add(self, term: str, plain: str, done: str = "") -> None:
        words = _key(term)
        if words and words not in self._fine:
            terms = self._by_first.setdefault(words[0], [])
            if all(words != other.words for other in terms):
                terms.append(_Term(words, plain, done or plain))

    @property
    def beginnings(self) -> set[str]:
        """The first word of each term, in lower case."""
        return set(self._by_first)

    def found(self, tagged: Tagged, lexicon: Lexicon) -> Iterator[tuple[int, int, str]]:
        """Each term in a text as its first token, the one after its last, and plain words ("" if there are none)."""
        done = 0
        for begin in re.finditer(set_of(lexicon.signs("term")), tagged.signs):
            at = begin.start()
            if at < done:
                continue
            here = tuple(map(str.lower, tagged.words(at, at + self._longest)))
            for term in self._by_first.get(here[0], ()):
                if here[: len(term.words)] == term.words:
                    done = at + len(term.words)
                    before = {word.lower() for word in tagged.words(max(at - 2, 0), at)}
                    yield at, done, term.done if before & _HAVE else term.plain
                    break


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
