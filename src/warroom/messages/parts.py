"""Reading the clauses of a typed text: which verbs in the present are certain, and whether there may be others.

A verb is certain if its word can be nothing else in its place: an auxiliary, or one of a few verbs right behind the
subject. `reports`, `claims`, `opens` and all others may be nouns or adjectives, or may belong to a clause within the
clause; then nobody can be sure of the text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from warroom.messages.typed_words import hide, plain
from warroom.messages.verbs import (
    ADJECTIVES,
    ADVERBS,
    ALWAYS_VERBS,
    AUXILIARIES,
    BEHIND_NOUNS,
    BEHIND_PLURAL,
    BEHIND_PRONOUN,
    CLAUSE,
    CLOSED,
    DETERMINERS,
    FINITE_PAST,
    LETTING,
    LINKING,
    MODAL,
    NEVER_PARTICIPLES,
    NUMBERS,
    OBJECT,
    PAST,
    PAST_AUXILIARIES,
    PLURAL,
    POSSESSIVES,
    PREPOSITIONS,
    PRONOUNS,
    QUANTIFIERS,
    RELATIVE,
    SAYING,
    SINGLE,
    SUBORDINATE,
    THIRD,
    TOLD,
    VERBS,
    WITH_OBJECT,
    WORD,
)
from warroom.text.verbs import BASES, PARTICIPLES, PASTS, participle
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
    for place, word in enumerate(lower):
        after = "".join(lower[place + 1 : place + 2])
        base = THIRD.get(word, word)
        if word in _UNSURE or (word == "please" and not place):
            return None
        if _keeps_its_form(lower, place):
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
            in_doubt = {*lower[:place]} & LETTING or any(_may_be_finite(lower, at) for at in range(place))
            if in_doubt or [at for at in found if at < place] != of_whom:
                return None
            found[place] = past_form(base)
    return found


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


def _before(lower: list[str], place: int) -> int:
    """The place before one, without adverbs."""
    place -= 1
    while place >= 0 and (lower[place] in _MOVABLE or lower[place].endswith("ly")):
        place -= 1
    return place


_MOVABLE = ADVERBS | {
    "not", "all", "both", "abroad", "worldwide", "nationwide", "citywide", "elsewhere", "online", "everywhere", "here",
    "there", "outside", "inside", "today", "too", "overnight", "instead",
}  # fmt: skip


def _keeps_its_form(lower: list[str], place: int) -> bool:
    """Whether a word stands behind one that its base form follows: `don't get`, `to always pay`."""
    before = _before(lower, place)
    return before >= 0 and lower[before] in MODAL


def _is_certain_here(words: list[re.Match[str]], lower: list[str], place: int) -> bool:
    """Whether a word that may be a noun elsewhere can only be a verb in its place: `when they pay`, `pages load`."""
    if not place:
        return False
    word, before = lower[place], lower[_before(lower, place)] if _before(lower, place) >= 0 else ""
    after = "".join(lower[place + 1 : place + 2])
    if before in PRONOUNS | {"i", "people"} | SINGLE - {"this", "that"}:
        return THIRD.get(word, word) in BEHIND_PRONOUN
    if _is_closed(before) or before.endswith("ing"):
        return False
    if word in ("time", "times") and after == "out":
        return True
    if word in BEHIND_PLURAL:
        return is_plural(before) and not {*lower[:place]} & (PREPOSITIONS | BEHIND_NOUNS)
    if is_plural(before) or THIRD.get(word) not in WITH_OBJECT | BEHIND_PLURAL:
        return False
    if after in DETERMINERS or after in ("no", "nothing") or after.endswith("ly"):
        return True
    told = after in TOLD and not _is_closed("".join(lower[place + 2 : place + 3]))
    quoted = _QUOTED.match(words[place].string, words[place].end()) is not None
    return THIRD[word] in WITH_OBJECT and (after.isdigit() or told or quoted)


_QUOTED = re.compile(" ?\x00")
"""Behind what shows it: `the terminal shows “No connection”`."""


def _has_subject(lower: list[str], place: int, joint: str, goes_on: frozenset[str]) -> bool:
    """Whether a verb stands right behind its subject, or goes on with that of the clause before."""
    before = _before(lower, place)
    form = "third" if lower[place] in THIRD else "base"
    if before == 1 and lower[1] in _PARTICLES and _who_does(lower, 0, joint):
        return True  # `who log in see errors`
    if before < 0:
        return joint in ("who", "which", "that") or (joint in ("and", "but", ",") and goes_on == {form})
    word = lower[before]
    return word in PRONOUNS | SINGLE | PLURAL | {"one"} or not (_is_closed(word) or has_past_form(word))


def _may_be_finite(lower: list[str], place: int) -> bool:
    """Whether a form in the past may be the verb of its clause: `orders placed`, but not `the written reports`."""
    before = lower[place - 1] if place else ""
    told = before in DETERMINERS | POSSESSIVES | QUANTIFIERS | NUMBERS | PREPOSITIONS | BEHIND_NOUNS
    return place > 0 and has_past_form(lower[place]) and not told and not before.isdigit() and before not in _BE


_BE = frozenset({*AUXILIARIES, *AUXILIARIES.values(), "be", "been"})


def has_past_form(word: str) -> bool:
    """Whether a word has the form of a verb in the past: `opened`, `sent`."""
    return word in _PAST_FORMS or (word.endswith("ed") and not word.endswith(("eed", "embed", "shed")))


_PAST_FORMS = PASTS.union(PAST) - BASES.union(VERBS)


def is_past(clause: Clause) -> bool:
    """Whether a clause without a verb in the present surely has one in the past: `orders were lost`."""
    if clause.verbs:
        return False
    sure = PAST_AUXILIARIES | NEVER_PARTICIPLES | FINITE_PAST
    acts = DETERMINERS | POSSESSIVES | {"us", "them"}
    return any(
        (word in sure and not _keeps_its_form(clause.lower, place))
        or (has_past_form(word) and ("".join(clause.lower[place + 1 : place + 2]) in acts or _did(clause.lower, place)))
        for place, word in enumerate(clause.lower)
    )


def _did(lower: list[str], place: int) -> bool:
    """Whether a form in the past stands right behind a pronoun, or as the last verb: `the robots jammed`."""
    return place > 0 and lower[place - 1] in PRONOUNS | SINGLE | {"i"}


def may_have_another(clause: Clause, *, strict: bool) -> bool:
    """Whether a clause may have a verb in the present besides those that are certain.

    `strict` if the text has a verb that is certain: then a word that is in no table may be another one.
    """
    lower, verbs = clause.lower, clause.verbs or {}
    if is_past(clause) or not lower:
        return False
    begins = _is_no_verb(lower[0]) or lower[0] in PREPOSITIONS | BEHIND_NOUNS | ADVERBS
    if clause.joint in SUBORDINATE - _SPANS and not verbs and not begins:
        return not any(map(has_past_form, lower))
    if lower[0] in ("what", "whatever", "whoever", "whichever") and verbs:
        return True  # `what is paid by card costs more`
    if clause.joint in ("who", "what") and 0 not in verbs and not begins:
        return True
    done = next((place for place in range(len(lower)) if _may_be_finite(lower, place)), len(lower))
    return any(_may_be_verb(clause, verbs, place, done, strict=strict) for place in range(len(lower)))


_SPANS = frozenset({"after", "before", "until", "as"})
"""What joins phrases as well as clauses: `after the update`, `as usual`."""


def _may_be_verb(clause: Clause, verbs: dict[int, str], place: int, first_done: int, *, strict: bool) -> bool:
    """Whether a word may be a verb in the present. `first_done` is the place of what may be a verb in the past."""
    lower, word = clause.lower, clause.lower[place]
    if place in verbs or _is_listed(clause, place) or _keeps_its_form(lower, place):
        return False
    if not place and clause.after_modal and clause.joint == "or":
        return False  # `cannot lock or unlock their doors`
    at = _before(lower, place)
    before, after = lower[at] if at >= 0 else "", "".join(lower[place + 1 : place + 2])
    known, third = word in VERBS or word in THIRD or word in BASES, _is_third(word)
    earlier, later = any(verb < place for verb in verbs), any(verb > place for verb in verbs)
    if known and (after in _ASKED or before in _OBJECTS or _follows_in_doubt(clause, verbs, place, third=third)):
        return True
    if after in _BEGINS_OBJECT and not (after in ("a", "an") and {*lower[place + 2 : place + 3]} & _TIMES):
        return place not in (verb + 1 for verb in verbs) or known
    if before in PRONOUNS | {"i"} or (place and before in SINGLE - {"this", "that"}):
        return True
    if THIRD.get(word, word) in SAYING and not _is_closed(before) and not earlier and later and place + 1 not in verbs:
        return not _is_closed(after)
    if known and not verbs and place and lower[place - 1] in ADVERBS:
        return True  # `orders made before noon never finish`
    if known and not verbs and not place and strict and after and not (third or clause.joint.isalpha()):
        return clause.joint != "" or _is_closed(after) or not clause.words[1][0].islower()  # `wait for news`
    if known and not verbs and place > first_done and not _is_closed(before):
        return True
    if not place or at < 0:
        return (known and after == "out") or (not verbs and _goes_on_with(clause, third=third, known=known))
    ahead = lower[at - 1] if at > 0 else ""
    gerund = before.endswith("ing") and ahead not in DETERMINERS and _is_closed(ahead)
    gerund = gerund and (at > 0 or clause.joint in SUBORDINATE)  # `when paying bills`
    done = has_past_form(after) and THIRD.get(word, word) not in LINKING
    if gerund or _is_closed(before) or before in _NO_VERBS - PLURAL or has_past_form(before) or done:
        return False
    return _agrees(clause, verbs, place, at, third=third, known=known, strict=strict)


def _follows_in_doubt(clause: Clause, verbs: dict[int, str], place: int, *, third: bool) -> bool:
    """Whether a verb may follow a certain one: that of the main clause, `who are abroad pay`, or of what is said."""
    lower, before = clause.lower, clause.lower[place - 1] if place else ""
    earlier = [verb for at, verb in verbs.items() if at < place]
    if not earlier or place - 1 in verbs or _keeps_its_form(lower, place - 1):
        return False
    if clause.joint in RELATIVE:
        return before not in DETERMINERS | POSSESSIVES | NUMBERS | PREPOSITIONS | BEHIND_NOUNS
    return third and not _is_closed(before) and not is_plural(before) and any(verb in _SAID for verb in earlier)


_SAID = frozenset({past_form(verb) for verb in SAYING})


def _agrees(
    clause: Clause, verbs: dict[int, str], place: int, at: int, *, third: bool, known: bool, strict: bool
) -> bool:
    """Whether a word behind the noun `at` a place may be the verb of it, by the number of the subject."""
    lower, before, after = clause.lower, clause.lower[at], "".join(clause.lower[place + 1 : place + 2])
    ahead = lower[at - 1] if at else ""
    held = (not ahead and clause.joint not in SUBORDINATE | {"what"}) or (
        ahead and (_is_closed(ahead) or at - 1 in verbs or _keeps_its_form(lower, at - 1))
    )
    if verbs:
        follows = any(verb < place for verb in verbs)
        return not third and is_plural(before) and not (held and (follows or place + 1 in verbs))
    head = _head(lower, place, at)
    name = third and not at and clause.joint != "" and not clause.words[0][0].islower()  # `Ines stands in for him`
    if third:
        list_goes_on = clause.joint in ("and", "or") and lower[0] not in DETERMINERS | POSSESSIVES  # `and MRI images`
        unknown = strict and not list_goes_on and not lower[place].endswith(_NOUNS)
        return (name or not is_plural(head)) and (known or unknown)
    if known and clause.joint == "and" and not at:
        return True  # `Visa and Mastercard work`
    if held and not after and not known and lower[0] in PREPOSITIONS | BEHIND_NOUNS:
        return False  # `and on the orders page`
    if is_plural(before):
        ends = head == before and (not after or (_is_closed(after) and after not in _NO_VERBS))
        return known or (is_plural(head) and (strict or ends))
    return is_plural(head) and known and (strict or after in OBJECT)


_BEGINS_OBJECT = DETERMINERS | (POSSESSIVES - {"whose"}) | {"them", "him", "me", "us", "no", "itself", "themselves"}
_ASKED = frozenset({"what", "how", "why", "whether", "who", "once", "like"})
_OBJECTS = frozenset({"them", "us", "him", "me"})
_TIMES = frozenset({"second", "minute", "hour", "day", "night", "week", "month", "year"})
_NOUNS = ("ments", "tions", "sions", "ings", "ities", "ances", "ences")


def _goes_on_with(clause: Clause, *, third: bool, known: bool) -> bool:
    """Whether the first word of a clause may be a verb with the subject of before: `the belt stops and jams`."""
    form = "third" if third else "base"
    return form in clause.goes_on and clause.joint in ("and", "or", "but", ",", ";") and (known or clause.bare)


def _head(lower: list[str], place: int, at: int) -> str:
    """The noun in front of the first preposition, or else the one `at`: `staff` in `staff at the doors whistle`."""
    told = PREPOSITIONS | BEHIND_NOUNS
    return next((lower[first] for first in range(place - 1) if lower[first + 1] in told), lower[at])


def _is_third(word: str) -> bool:
    return word in THIRD or (word.endswith("s") and not word.endswith(("ss", "us", "is")))


def _is_closed(word: str) -> bool:
    """Whether a word is neither a noun nor a verb, by the tables."""
    return not word or word in _NO_NOUNS or word.endswith("ly")


_NO_NOUNS = frozenset({
    *CLOSED, *PREPOSITIONS, *BEHIND_NOUNS, *ADVERBS, *QUANTIFIERS, *NUMBERS, *DETERMINERS, *POSSESSIVES, *MODAL,
    *AUXILIARIES, *PAST_AUXILIARIES, *_MOVABLE, *PRONOUNS, "be", "been", "please",
})  # fmt: skip


def _is_listed(clause: Clause, place: int) -> bool:
    """Whether a word is surely no verb in the present, by the tables or its form."""
    word, typed = clause.lower[place], clause.words[place][0]
    name = place > 0 and not typed.islower() and not clause.words[place].string.isupper()
    measure = _SIGN.match(clause.words[place].string, clause.words[place].end()) is not None
    return name or measure or not word.isalpha() or _is_closed(word) or _is_no_verb(word)


_SIGN = re.compile(r"\s*[<>≥≤~=]")
"""What stands behind a measure, not behind a verb: `page loads > 20 s`."""


def _is_no_verb(word: str) -> bool:
    return word in _NO_VERBS or has_past_form(word) or (word not in VERBS and word.endswith(_ENDINGS))


_ENDINGS = ("ing", "able", "ible", "ful", "ous", "less")


_NO_VERBS = ADJECTIVES | SINGLE | PLURAL | (PARTICIPLES - BASES) | {
    "bigger", "blank", "different", "down", "due", "earlier", "empty", "fewer", "fine", "first", "free", "full",
    "higher", "incorrect", "large", "larger", "last", "late", "later", "longer", "lower", "missing", "new", "newer",
    "live", "long", "offline", "ok", "okay", "old", "older", "outdated", "slower", "small", "smaller", "stale", "stuck",
    "twice", "usual", "wrong", "zero", "invalid", "unable",
}  # fmt: skip
