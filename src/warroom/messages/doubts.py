"""Whether a clause may have a verb in the present that is not certain, so that nobody can be sure of its text.

`reports`, `claims`, `opens` and all others may be nouns or adjectives, or belong to a clause within the clause. Only
words that can be no such verb by the words beside them are none; it is better to ask than to turn half of a text.
"""

from __future__ import annotations

import re

from warroom.messages.parts import (
    Clause,
    has_past_form,
    is_closed,
    is_plural,
    keeps_its_form,
    may_be_finite,
    noun_before,
)
from warroom.messages.verbs import (
    ADJECTIVES,
    ADVERBS,
    BEHIND_NOUNS,
    DETERMINERS,
    FINITE_PAST,
    LINKING,
    NEVER_PARTICIPLES,
    NUMBERS,
    OBJECT,
    ONLY_VERBS,
    PAST_AUXILIARIES,
    PLURAL,
    POSSESSIVES,
    PREPOSITIONS,
    PRONOUNS,
    RELATIVE,
    SAYING,
    SINGLE,
    SUBORDINATE,
    THIRD,
    VERBS,
)
from warroom.text.verbs import (
    BASES,
    PARTICIPLES,
)
from warroom.text.verbs import past as past_form


def is_past(clause: Clause) -> bool:
    """Whether a clause without a verb in the present surely has one in the past: `orders were lost`."""
    if clause.verbs:
        return False
    sure = PAST_AUXILIARIES | NEVER_PARTICIPLES | FINITE_PAST
    acts = DETERMINERS | POSSESSIVES | {"us", "them"}
    return any(
        (word in sure and not keeps_its_form(clause.lower, place))
        or (has_past_form(word) and ("".join(clause.lower[place + 1 : place + 2]) in acts or _did(clause.lower, place)))
        for place, word in enumerate(clause.lower)
    )


def _did(lower: list[str], place: int) -> bool:
    """Whether a form in the past stands right behind a pronoun: `they jammed`."""
    return place > 0 and lower[place - 1] in PRONOUNS | SINGLE | {"i"}


def may_have_another(clause: Clause, *, strict: bool) -> bool:
    """Whether a clause may have a verb in the present besides those that are certain.

    `strict` if the text has a verb that is certain: then a word that is in no table may be another one.
    """
    lower, verbs = clause.lower, clause.verbs or {}
    if is_past(clause) or not lower:
        return False
    if any(_may_be_short(lower, place) for place in range(len(lower)) if place not in verbs):
        return True
    begins = _is_no_verb(lower[0]) or lower[0] in PREPOSITIONS | BEHIND_NOUNS | ADVERBS
    if clause.joint in SUBORDINATE - _SPANS and not verbs and not begins:
        return not any(map(has_past_form, lower))
    if lower[0] in ("what", "whatever", "whoever", "whichever") and verbs:
        return True  # `what is paid by card costs more`
    if clause.joint in ("who", "what") and 0 not in verbs and not begins:
        return True
    done = next((place for place in range(len(lower)) if may_be_finite(lower, place)), len(lower))
    return any(_may_be_verb(clause, verbs, place, done, strict=strict) for place in range(len(lower)))


def _may_be_short(lower: list[str], place: int) -> bool:
    """Whether a word may end with a short verb: `the app's down`, unlike `the app's users`."""
    word, after = lower[place], "".join(lower[place + 1 : place + 2])
    owns = word.endswith("'s") and after and not is_closed(after) and not _is_no_verb(after)
    return word.endswith(("'s", "'re", "'ve", "'d", "'ll", "'m")) and not owns


_SPANS = frozenset({"after", "before", "until", "as"})
"""What joins phrases as well as clauses: `after the update`, `as usual`."""


def _may_be_verb(clause: Clause, verbs: dict[int, str], place: int, first_done: int, *, strict: bool) -> bool:
    """Whether a word may be a verb in the present. `first_done` is the place of what may be a verb in the past."""
    lower, word = clause.lower, clause.lower[place]
    if place in verbs or _is_listed(clause, place) or keeps_its_form(lower, place):
        return False
    if not place and clause.after_modal and clause.joint == "or":
        return False  # `cannot lock or unlock their doors`
    at = noun_before(lower, place)
    before, after = lower[at] if at >= 0 else "", "".join(lower[place + 1 : place + 2])
    known, third = word in VERBS or word in THIRD or word in BASES, _is_third(word)
    earlier, later = any(verb < place for verb in verbs), any(verb > place for verb in verbs)
    if known and (after in _ASKED or before in _OBJECTS or _follows_in_doubt(clause, verbs, place, third=third)):
        return True
    if after in _BEGINS_OBJECT and not (after in ("a", "an") and {*lower[place + 2 : place + 3]} & _TIMES):
        return place not in (verb + 1 for verb in verbs) or known
    if before in PRONOUNS | {"i"} or (place and before in SINGLE - {"this", "that"}):
        return True
    if THIRD.get(word, word) in SAYING and not is_closed(before) and not earlier and later and place + 1 not in verbs:
        return not is_closed(after)
    if known and not verbs and place and lower[place - 1] in ADVERBS:
        return True  # `orders made before noon never finish`
    if known and not verbs and not place and strict and after and not (third or clause.joint.isalpha()):
        return clause.joint != "" or is_closed(after) or not clause.words[1][0].islower()  # `wait for news`
    if known and not verbs and place > first_done and not is_closed(before):
        return True
    if not place or at < 0:
        return (known and after == "out") or (not verbs and _goes_on_with(clause, third=third, known=known))
    ahead = lower[at - 1] if at > 0 else ""
    gerund = before.endswith("ing") and ahead not in DETERMINERS and is_closed(ahead)
    gerund = gerund and (at > 0 or clause.joint in SUBORDINATE)  # `when paying bills`
    done = has_past_form(after) and THIRD.get(word, word) not in LINKING
    if gerund or is_closed(before) or before in _NO_VERBS - PLURAL or has_past_form(before) or done:
        return False
    return _agrees(clause, verbs, place, at, third=third, known=known, strict=strict)


def _follows_in_doubt(clause: Clause, verbs: dict[int, str], place: int, *, third: bool) -> bool:
    """Whether a verb may follow a certain one: that of the main clause, `who are abroad pay`, or of what is said."""
    lower, before = clause.lower, clause.lower[place - 1] if place else ""
    earlier = [verb for at, verb in verbs.items() if at < place]
    if not earlier or place - 1 in verbs or keeps_its_form(lower, place - 1):
        return False
    if clause.joint in RELATIVE:
        return before not in DETERMINERS | POSSESSIVES | NUMBERS | PREPOSITIONS | BEHIND_NOUNS
    return third and not is_closed(before) and not is_plural(before) and any(verb in _SAID for verb in earlier)


_SAID = frozenset({past_form(verb) for verb in SAYING})


def _agrees(
    clause: Clause, verbs: dict[int, str], place: int, at: int, *, third: bool, known: bool, strict: bool
) -> bool:
    """Whether a word behind the noun `at` a place may be the verb of it, by the number of the subject."""
    lower, before, after = clause.lower, clause.lower[at], "".join(clause.lower[place + 1 : place + 2])
    ahead = lower[at - 1] if at else ""
    held = (not ahead and clause.joint not in SUBORDINATE | {"what"}) or (
        ahead and (is_closed(ahead) or at - 1 in verbs or keeps_its_form(lower, at - 1))
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
        ends = head == before and (not after or (is_closed(after) and after not in _NO_VERBS))
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
    if THIRD.get(clause.lower[0]) in {*ONLY_VERBS, "work"}:
        return True  # `, works in the US`
    return form in clause.goes_on and clause.joint in ("and", "or", "but", ",", ";") and (known or clause.bare)


def _head(lower: list[str], place: int, at: int) -> str:
    """The noun in front of the first preposition, or else the one `at`: `staff` in `staff at the doors whistle`."""
    told = PREPOSITIONS | BEHIND_NOUNS
    return next((lower[first] for first in range(place - 1) if lower[first + 1] in told), lower[at])


def _is_third(word: str) -> bool:
    return word in THIRD or (word.endswith("s") and not word.endswith(("ss", "us", "is")))


def _is_listed(clause: Clause, place: int) -> bool:
    """Whether a word is surely no verb in the present, by the tables or its form."""
    word, typed = clause.lower[place], clause.words[place][0]
    name = place > 0 and not typed.islower() and not all(other[0].isupper() for other in clause.words)
    measure = _SIGN.match(clause.words[place].string, clause.words[place].end()) is not None
    return name or measure or not word.isalpha() or is_closed(word) or _is_no_verb(word)


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
