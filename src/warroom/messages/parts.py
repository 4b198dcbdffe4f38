"""Reading the clauses of a typed text, and the verbs in the present that are certain in them.

A verb is certain if its word can be nothing else in its place: an auxiliary, or one of a few verbs right behind the
subject.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from warroom.messages.typed_words import hide, plain
from warroom.messages.verbs import (
    ADVERBS,
    ALWAYS_VERBS,
    AUXILIARIES,
    BEHIND_NOUNS,
    BEHIND_PLURAL,
    BEHIND_PRONOUN,
    CLAUSE,
    CLOSED,
    DETERMINERS,
    LETTING,
    MODAL,
    NUMBERS,
    PAST,
    PAST_AUXILIARIES,
    PLURAL,
    POSSESSIVES,
    PREPOSITIONS,
    PRONOUNS,
    QUANTIFIERS,
    SINGLE,
    SUBORDINATE,
    THIRD,
    TOLD,
    VERBS,
    WITH_OBJECT,
    WORD,
)
from warroom.text.verbs import (
    BASES,
    PASTS,
    participle,
)
from warroom.text.verbs import past as past_form


class Clause(NamedTuple):
    """The words between two signs or conjunctions, in small letters, and the one that joins them to what is before.

    `verbs` are those that are certain, by place, in the past; None if one is neither certain nor no verb. `goes_on` are
    the forms ("base", "third") that a verb would have that goes on with the subject of before, and `bare` if nothing
    stands between it and the verb before.
    """

    words: list[re.Match[str]]
    lower: list[str]
    joint: str
    verbs: dict[int, str] | None
    goes_on: frozenset[str]
    after_modal: bool
    bare: bool


def clauses(text: str) -> Iterator[Clause]:
    """The parts of a text between its signs and conjunctions."""
    hidden = hide(text)
    joint, at = "", 0
    goes_on: frozenset[str] = frozenset()
    after_modal = bare = False
    for mark in [*CLAUSE.finditer(hidden), None]:
        words = list(WORD.finditer(hidden, at, mark.start() if mark else len(hidden)))
        lower = [plain(word[0]) for word in words]
        verbs = _finite(words, lower, joint, goes_on if not after_modal else frozenset())
        yield Clause(words, lower, joint, verbs, goes_on, after_modal, bare)
        bare = False
        for place, word in enumerate(lower):
            if place in (verbs or {}) or word in MODAL - {"to", "not"} or word in PAST_AUXILIARIES:
                goes_on, after_modal = _goes_on(lower, place), word in MODAL
                bare = not after_modal and word not in AUXILIARIES and place == len(lower) - 1
        if mark and mark[0].strip() not in _WITHIN:
            goes_on = goes_on if mark[0].casefold() in SUBORDINATE | {"and", "or", "but"} else frozenset()
        joint, at = (mark[0].casefold().strip(), mark.end()) if mark else ("", 0)


_WITHIN = frozenset({",", ";", "–", "—", "-"})
"""Signs behind which a clause may go on with the subject of the one before."""


def _goes_on(lower: list[str], place: int) -> frozenset[str]:
    word = lower[place]
    if word in MODAL:
        several = place > 0 and is_plural(lower[place - 1])
        return frozenset({"base"} if several or word in ("do", "don't") else {"base", "third"})
    if word in PAST_AUXILIARIES:
        return frozenset()
    return frozenset({"base" if word in VERBS or word in ("are", "have", "aren't", "haven't") else "third"})


def is_plural(word: str) -> bool:
    """Whether a noun has the form of several: `orders`, `people`, but not `access`."""
    several = len(word) > 2 and word.endswith("s") and not word.endswith(("ss", "us", "is", "'s"))
    return several or word in PLURAL or word.endswith("men")


def _finite(words: list[re.Match[str]], lower: list[str], joint: str, goes_on: frozenset[str]) -> dict[int, str] | None:
    """The certain verbs of a clause by place, with what to write instead; None if one is in doubt."""
    found: dict[int, str] = {}
    if len(lower) > _MOST_WORDS:
        return None
    for place, word in enumerate(lower):
        after = "".join(lower[place + 1 : place + 2])
        base = THIRD.get(word, word)
        if word in _UNSURE or (word == "please" and not place):
            return None
        if keeps_its_form(lower, place):
            continue
        if word in ("may", "might"):
            be = place + 1 + (after == "not")
            verb = "".join(lower[be : be + 1])
            if verb != "be" and verb not in _MAY:
                return None
            if verb != "have":
                found[be] = f"have {participle(verb)}"
        elif word in AUXILIARIES:
            done = after in ("been", "got") or has_past_form(after)
            orders = word in ("do", "don't") and not place and joint not in _WITH_SUBJECT
            if orders or ("'" in word and AUXILIARIES[word].endswith(" was") and done) or _we_have(lower, place):
                return None
            found[place] = AUXILIARIES[word]
        elif base in ALWAYS_VERBS or _is_certain_here(words, lower, place) or _who_does(lower, place, joint):
            if base in ALWAYS_VERBS and not _has_subject(lower, place, joint, goes_on):
                return None
            of_whom = [0] if found and _who_does(lower, 0, joint) else []  # `who pay by card see an error`
            in_doubt = {*lower[:place]} & LETTING or any(may_be_finite(lower, at) for at in range(place))
            if in_doubt or [at for at in found if at < place] != of_whom:
                return None
            found[place] = past_form(base)
    return found


_MOST_WORDS = 80
"""Of a clause that anybody can be certain of; so the time for a text grows with its length only."""
_UNSURE = frozenset(
    {"will", "shall", "should", "must", "won't", "you'll", "they'll", "we'll", "it'll", "let's", "whether"}
)
_MAY = frozenset({"have", "see", "get", "find", "lose", "receive", "experience", "encounter", "notice", "fail"})
_WITH_SUBJECT = frozenset({"and", "but", "or", "who", "which", "that"})
_PARTICLES = frozenset({"in", "on", "out", "up"})


def _who_does(lower: list[str], place: int, joint: str) -> bool:
    """Whether a verb tells what those do whom the clause is about: `who pay`; `who see payments fail` is none."""
    return joint == "who" and not place and lower[place] in BEHIND_PRONOUN - ALWAYS_VERBS


def _we_have(lower: list[str], place: int) -> bool:
    """Whether it is `we have …`: what `we have fixed` is as true now as it was then."""
    return lower[place] in ("have", "haven't") and lower[max(0, place - 1) : place] in (["we"], ["i"])


def noun_before(lower: list[str], place: int) -> int:
    """The place before one, without adverbs."""
    place -= 1
    while place >= 0 and (lower[place] in _MOVABLE or lower[place].endswith("ly")):
        place -= 1
    return place


_MOVABLE = ADVERBS | {
    "not", "all", "both", "abroad", "worldwide", "nationwide", "citywide", "elsewhere", "online", "everywhere", "here",
    "there", "outside", "inside", "today", "too", "overnight", "instead",
}  # fmt: skip


def keeps_its_form(lower: list[str], place: int) -> bool:
    """Whether a word stands behind one that its base form follows: `don't get`, `to always pay`."""
    before = noun_before(lower, place)
    return before >= 0 and lower[before] in MODAL


def _is_certain_here(words: list[re.Match[str]], lower: list[str], place: int) -> bool:
    """Whether a word that may be a noun elsewhere can only be a verb in its place: `when they pay`, `pages load`."""
    if not place:
        return False
    word, before = lower[place], lower[noun_before(lower, place)] if noun_before(lower, place) >= 0 else ""
    after = "".join(lower[place + 1 : place + 2])
    if before in PRONOUNS | {"i", "people"} | SINGLE - {"this", "that"}:
        return THIRD.get(word, word) in BEHIND_PRONOUN
    if is_closed(before) or before.endswith("ing"):
        return False
    if word in ("time", "times") and after == "out":
        return True
    if word in BEHIND_PLURAL:
        return is_plural(before) and not {*lower[:place]} & (PREPOSITIONS | BEHIND_NOUNS)
    if is_plural(before) or THIRD.get(word) not in WITH_OBJECT | BEHIND_PLURAL:
        return False
    if after in DETERMINERS or after in ("no", "nothing") or after.endswith("ly"):
        return True
    told = after in TOLD and not is_closed("".join(lower[place + 2 : place + 3]))
    quoted = _QUOTED.match(words[place].string, words[place].end()) is not None
    return THIRD[word] in WITH_OBJECT and (after.isdigit() or told or quoted)


_QUOTED = re.compile(" ?\x00")
"""Behind what shows it: `the terminal shows “No connection”`."""


def _has_subject(lower: list[str], place: int, joint: str, goes_on: frozenset[str]) -> bool:
    """Whether a verb stands right behind its subject, or goes on with that of the clause before."""
    before = noun_before(lower, place)
    form = "third" if lower[place] in THIRD else "base"
    if before == 1 and lower[1] in _PARTICLES and _who_does(lower, 0, joint):
        return True  # `who log in see errors`
    if before < 0:
        return joint in ("who", "which", "that") or (joint in ("and", "but", ",") and goes_on == {form})
    word = lower[before]
    return word in PRONOUNS | SINGLE | PLURAL | {"one"} or not (is_closed(word) or has_past_form(word))


def may_be_finite(lower: list[str], place: int) -> bool:
    """Whether a form in the past may be the verb of its clause: `orders placed`, but not `the written reports`."""
    before = lower[place - 1] if place else ""
    told = before in DETERMINERS | POSSESSIVES | QUANTIFIERS | NUMBERS | PREPOSITIONS | BEHIND_NOUNS
    return place > 0 and has_past_form(lower[place]) and not told and not before.isdigit() and before not in _BE


_BE = frozenset({*AUXILIARIES, *AUXILIARIES.values(), "be", "been"})


def has_past_form(word: str) -> bool:
    """Whether a word has the form of a verb in the past: `opened`, `sent`."""
    return word in _PAST_FORMS or (word.endswith("ed") and not word.endswith(("eed", "embed", "shed")))


_PAST_FORMS = PASTS.union(PAST) - BASES.union(VERBS)


def is_closed(word: str) -> bool:
    """Whether a word is neither a noun nor a verb, by the tables."""
    return not word or word in _NO_NOUNS or word.endswith("ly")


_NO_NOUNS = frozenset({
    *CLOSED, *PREPOSITIONS, *BEHIND_NOUNS, *ADVERBS, *QUANTIFIERS, *NUMBERS, *DETERMINERS, *POSSESSIVES, *MODAL,
    *AUXILIARIES, *PAST_AUXILIARIES, *_MOVABLE, *PRONOUNS, "be", "been", "please",
})  # fmt: skip
