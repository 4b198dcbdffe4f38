"""Which earlier incidents an incident resembles: by its affected system, and by rare words that both have."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import tzinfo
from math import log

import msgspec

from warroom.model import times

_WORD = re.compile(r"[^\W_](?:[\w.-]*[^\W_])?")
_MOST_WORDS = 80
_LONGEST = 40
_SHORTEST = 3
_SYSTEM = 4.0
"""What the same system counts for, as much as a word that one incident of fifty has."""
_ENOUGH = 2.5
_SHOWN = 5
"""The most words that are named as the reason."""
_WITHOUT_MEANING = """
about after again all also and any are back because been before being both but can cannot could did does doing done
down due during each every few for from get gets getting had has have how impact into its incident just large low many
may more most much must no none not now number of off old one only other our out over people percent please resolved
same see seem since small some still such than that the their them then there these they this those through too under
unknown until use used user users very via was were what when where which while who why will with without would yet
you your
"""
"""Words that say nothing about what kind of incident it was."""
_COMMON = frozenset(_WITHOUT_MEANING.split())


class Similar(msgspec.Struct, frozen=True):
    """An incident that resembles another one: the system if both have the same, and the rare words both have."""

    id: str
    system: str
    words: tuple[str, ...]

    @property
    def why(self) -> str:
        """Why it is similar: `also payment-api; “certificate”, “expired”`."""
        named = ", ".join(f"“{word}”" for word in self.words)
        return "; ".join(part for part in (f"also {self.system}" if self.system else "", named) if part)


class SimilarIncident(msgspec.Struct, frozen=True):
    """A similar incident with what is shown of it; `resolved_by` is what resolved it then, "" if that is not known."""

    similar: Similar
    title: str
    severity: int
    began: int
    ended: int | None
    state: str
    resolved_by: str

    @property
    def id(self) -> str:
        """Its reference."""
        return self.similar.id

    def in_words(self, tz: tzinfo | None) -> str:
        """`2026-03-01, resolved after 42 min: renewed the certificate`."""
        day = times.day(self.began, tz)
        if self.ended is None:
            return f"{day}, still open"
        length = times.span(self.ended // times.MINUTE * times.MINUTE - self.began // times.MINUTE * times.MINUTE)
        return f"{day}, over after {length}" + (f": {self.resolved_by}" if self.resolved_by else "")


class Known(msgspec.Struct, frozen=True):
    """What is compared of an incident: its affected system, and the words that tell it from others."""

    system: str
    words: Sequence[str]


def telling_words(texts: Iterable[str]) -> list[str]:
    """The words of some texts that may tell an incident from others: each once, in small letters, in their order."""
    found: dict[str, None] = {}
    for text in texts:
        for word in _WORD.findall(text[:5_000].casefold()):
            if _SHORTEST <= len(word) <= _LONGEST and word not in _COMMON and not _is_number(word):
                found[_stem(word)] = None
    return list(found)[:_MOST_WORDS]


def similar(one: Known, others: Mapping[str, Known], most: int = 5) -> list[Similar]:
    """The incidents that resemble `one`, the most similar first; `others` are all incidents it may resemble, by id.

    A word counts the more, the fewer incidents have it; one that more than a tenth of them have counts nothing, unless
    there are only a few. Takes time in proportion to the number of incidents, about 10 µs each.
    """
    wanted = frozenset(one.words)
    system = _plain(one.system)
    shared = {id: [word for word in other.words if word in wanted] for id, other in others.items()}
    counts = Counter(word for words in shared.values() for word in words)
    limit = max(len(others) / 10, 3)
    weight = {word: log((len(others) + 10) / count) for word, count in counts.items() if count <= limit}
    found: list[tuple[float, Similar]] = []
    for id, other in others.items():
        same = bool(system) and _plain(other.system) == system
        rare = sorted((word for word in shared[id] if word in weight), key=lambda word: -weight[word])
        score = (_SYSTEM if same else 0) + sum(weight[word] for word in rare)
        has_all = len(wanted) >= 2 and len(shared[id]) == len(wanted)  # the same title, however common its words are
        if same or has_all or (len(rare) >= 2 and score >= _ENOUGH):
            words = rare or (shared[id] if has_all else [])
            found.append((score, Similar(id, other.system if same else "", tuple(words[:_SHOWN]))))
    found.sort(key=lambda row: -row[0])  # among those that are equally similar, the order of `others` stays
    return [row for _, row in found[:most]]


def known_risks(risks: str, text: str) -> list[str]:
    """The risks, one a line, that have a telling word of a text in them; those with the most come first."""
    wanted = set(telling_words([text]))
    rows = [(len(wanted & set(telling_words([line]))), line.strip()) for line in risks.split("\n")]
    return [line for count, line in sorted(rows, key=lambda row: -row[0]) if count]


def named_system(text: str, known: Iterable[Known]) -> str:
    """The affected system of an earlier incident that a text names; of several the longest, "" if it names none."""
    words = f" {' '.join(_WORD.findall(text.casefold()))} "
    names = {one.system for one in known if len(one.system) >= _SHORTEST}
    found = [name for name in names if f" {' '.join(_WORD.findall(name.casefold()))} " in words]
    return max(found, key=lambda name: (len(name), name), default="")


def _plain(system: str) -> str:
    return " ".join(system.casefold().split()).rstrip(".")


def _is_number(word: str) -> bool:
    return not any(map(str.isalpha, word))


def _stem(word: str) -> str:
    """A plural without its s, so that `certificates` is `certificate`."""
    return word[:-1] if len(word) > 4 and word.endswith("s") and not word.endswith(("ss", "us", "is")) else word
