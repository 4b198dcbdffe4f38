"""Which word of a clause is its verb, by the words beside it; and whether it has one at all."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import NamedTuple

from warroom.messages.parts import begins_object, is_no_verb, is_plural, lets_do
from warroom.messages.typed_words import hide, only_names, plain
from warroom.messages.verbs import (
    ADVERBS,
    ALONE,
    ALSO_NOUNS,
    AUXILIARIES,
    BEHIND,
    BREAKS,
    CLAUSE,
    CLOSED,
    DETERMINERS,
    FINITE,
    FINITE_PAST,
    MODAL,
    NUMBERS,
    OBJECT,
    ONLY_VERBS,
    OWNERS,
    PAST,
    PLURAL,
    POSSESSIVES,
    PREPOSITIONS,
    PRONOUNS,
    QUANTIFIERS,
    RELATIVE,
    SINGLE,
    SPANS,
    SUBORDINATE,
    TELLING,
    THIRD,
    TOLD,
    VERBS,
    WORD,
)


def has_verb(text: str) -> bool:
    """Whether the first sentence of a text is a clause, with a verb: `nobody can pay`, not `errors when paying`."""
    first = next(filter(str.strip, re.split(r"[\n.!?]+(?=\s|$)", hide(text))), "")
    first = _SINCE_WHEN.sub("", first)
    begun = [joint for joint in [CLAUSE.match(first.strip())] if joint]
    if begun and begun[0][0].casefold() in SUBORDINATE:
        return True
    marks = (mark for mark in CLAUSE.finditer(first) if mark[0].casefold() not in RELATIVE)
    mark = next(
        (mark for mark in marks if mark[0].casefold() not in ("and", "or") or not only_names(first, 0, mark.start())),
        None,
    )
    end = mark.start() if mark else len(first)
    words = list(WORD.finditer(first, 0, end))
    lower = [plain(word[0]) for word in words]
    if any(word in AUXILIARIES or word in FINITE for word in lower):
        return True
    if any(word in PAST and lower[place] in SINGLE | PRONOUNS for place, word in enumerate(lower[1:])):
        return True
    return any(
        (word in VERBS or word in THIRD or word in PAST)
        and (is_verb(lower, place, mark[0].casefold() if mark else "") or (place > 0 and word in FINITE_PAST))
        for place, word in enumerate(lower)
    )


_SINCE_WHEN = re.compile(r"\s*since [^,;]+, (?=\w+ \w)", re.IGNORECASE)
"""What stands in front of the clause: `since Monday, nobody can pay`."""


def continued(lower: list[str], verb: str, between: str) -> int | None:
    """The verb that begins a clause with the subject of the one before: `, fails for some`, `but never arrive`.

    `verb` and `between` as in `_verb`: behind `hangs`, `ends` is a verb too, and `shows the cart` behind any.
    """
    place = 1 if lower[:1] == ["never"] else 0
    word = lower[place] if place < len(lower) else ""
    if word and is_no_verb(lower, place):
        return None
    if any(other in AUXILIARIES or may_be_verb(other) for other in lower[place + 1 :]):
        return None
    same_number = word in (VERBS if verb in VERBS or verb in ("are", "have", "do", "don't", "aren't") else THIRD)
    if not between or THIRD.get(word) in ONLY_VERBS or (place and word in ONLY_VERBS):
        return place if same_number or between else None
    after = lower[place + 1] if place + 1 < len(lower) else ""
    goes_on = lower[place + 1 : place + 2] in _PARTICLES or begins_object(after)
    alone = verb and (not after or after in ADVERBS) and word in THIRD and not is_plural(between.rpartition(" ")[2])
    return place if same_number and (goes_on or alone) else None


_PARTICLES = (["out"], ["off"], ["down"], ["itself"], ["themselves"])
"""What makes a verb of a word that may be a noun: `times out`, `empties itself`."""


def says(lower: list[str], stray: list[int]) -> bool:
    """Whether the one verb in front of another tells what something says: `the app says you have no internet`."""
    after = lower[stray[0] + 1] if stray[0] + 1 < len(lower) else ""
    says = THIRD.get(lower[stray[0]], lower[stray[0]]) in ("say", "think", "complain")
    begins = after.partition("'")[0]
    return len(stray) == 1 and says and (begins in PRONOUNS or begins in DETERMINERS or begins in ("there", "this"))


def done_to(lower: list[str], candidates: list[int], joint: str) -> int | None:
    """The verb behind what was done to its subject: `orders placed disappear`, `entered and saved disappear`."""
    place = candidates[0] if len(candidates) == 1 else 0
    if not place or lower[place] not in ONLY_VERBS or lower[place - 1] not in PAST or {*lower[:place]} & PREPOSITIONS:
        return None
    goes_on = place == 1 and joint in ("and", "or")
    return place if goes_on or (place == 2 and lower[0].endswith("s") and not lower[0].endswith("ss")) else None


def keeps_its_form(lower: list[str], place: int) -> bool:
    """Whether a word stands behind one that its base form follows: `don't get`, `to always pay`."""
    before = lower[place - 1] if place else ""
    between = place > 1 and lower[place - 2] in MODAL and not may_be_verb(before)
    return before in MODAL or between or lets_do(lower, place)


def may_be_verb(word: str) -> bool:
    return word in VERBS or word in THIRD


def is_second(lower: list[str], place: int) -> bool:
    """Whether a word is an auxiliary with a subject of its own clause: `who have a coupon can't use it`."""
    return lower[place] in AUXILIARIES and lower[place - 1] not in MODAL and lower[place - 1] not in AUXILIARIES


def in_front(lower: list[str], candidates: list[int], verb: int, joint: str) -> list[int]:
    """The verbs in front of that of the main clause: `who pay by card are …`, `the export you download is …`."""
    who = joint == "who" or (joint in RELATIVE and lower[0] in ONLY_VERBS)
    return [
        place
        for place in candidates
        if place < verb
        and (
            (who and not place)
            or (place > (joint not in RELATIVE) and lower[place] in VERBS and lower[place - 1] in OWNERS)
        )
    ]


def owned_verbs(lower: list[str], candidates: list[int]) -> tuple[int, int] | None:
    """The two verbs of `files you upload disappear`, the first of which says what is done with the files."""
    for doing, then in pairwise(candidates):
        owned = doing > 1 and lower[doing - 1] in OWNERS and lower[doing] in VERBS and then == candidates[-1]
        if owned and not {*lower[: doing - 1]} & (PREPOSITIONS - {"of", "about"}):
            return doing, then
    return None


def agree(lower: list[str], doing: int, then: int) -> bool:
    """Whether the second of these verbs has the number of the noun in front of the first one's subject."""
    noun = lower[doing - 2]
    plural = noun in PLURAL or (noun.endswith("s") and not noun.endswith(("ss", "us", "is")))
    return lower[then] in (VERBS if plural else THIRD)


def is_main(words: list[str], place: int) -> bool:
    """Whether a word is the verb behind a relative clause: `who pay by card see an error`."""
    word = THIRD.get(words[place], words[place])
    after = words[place + 1] if place + 1 < len(words) else ""
    return (word in ONLY_VERBS or word in ALSO_NOUNS) and (after in OBJECT or after == "to" or after.endswith("ly"))


def is_verb(words: list[str], place: int, joint_after: str, joint: str = "") -> bool:
    """Whether the word at a place can only be a verb, by the words beside it and those that join the clauses."""
    if place == 0:
        return False
    before, word = words[place - 2 if place > 1 and words[place - 1] == "still" else place - 1], words[place]
    after = words[place + 1] if place + 1 < len(words) else ""
    follows = after in OBJECT or after.endswith("ly") or after.isdigit()
    if word in THIRD and (before in SINGLE or (after in ("up", "off", "away") and not is_plural(before))):
        return True
    if word == "works" and not after and not joint_after.strip(".!"):
        return True
    if word in THIRD and words[0] in DETERMINERS and place > 1 and "of" not in words[:place]:
        return True
    if word in THIRD and THIRD[word] in BREAKS and not before.endswith("s") and not PREPOSITIONS & {*words[:place]}:
        return after in BEHIND or (not after and joint_after in BEHIND)
    if word in THIRD:
        shown = not before.endswith("s") and (after.endswith("s") or after in TOLD) and THIRD[word] in TELLING
        return THIRD[word] in ONLY_VERBS or follows or shown
    if before in PLURAL:
        return True
    several = before.endswith("s") and not before.endswith(("ss", "us", "is"))
    if word in ONLY_VERBS and (follows or any(other.endswith("s") and len(other) > 3 for other in words[:place])):
        return True
    if several and (joint in SUBORDINATE or joint in ("although", "though")):
        return True
    return several and (word in ONLY_VERBS or word in ALONE or bool(after) or joint_after in SPANS | {"as"})


class Hidden(NamedTuple):
    """A word that may be the verb of others, and whether that is `likely`: `carers receive alarms`, `card payments`."""

    word: str
    likely: bool


def may_hide_verb(text: str) -> Hidden | None:
    """Whether a word of what seems to be a name for something may be its verb, in a table or not; None if none can.

    Only what stands right behind a noun can be one, with the number of the subject: `nurses dose`, `the pump alarms`.
    """
    words = WORD.findall(text)
    lower = [plain(word) for word in words]
    phrase = [word in CLOSED or word in PREPOSITIONS for word in lower]
    found = None
    first = next((at for at, word in enumerate(lower) if not phrase[at] and word not in QUANTIFIERS), 0)
    for place in range(first + 1, len(words)):
        word, before = lower[place], lower[place - 1]
        no_noun = phrase[place - 1] or before in QUANTIFIERS or before in NUMBERS or before[:1].isdigit()
        if no_noun or phrase[place] or not words[place].islower() or word.endswith(("ing", "ly")):
            continue
        ends = next((at for at in range(first + 1, place) if phrase[at]), place)
        many = is_plural(lower[ends - 1]) or "and" in lower[:place] or lower[0] in QUANTIFIERS | NUMBERS
        if (is_plural(word) if many else not is_plural(word)) and not (word in PAST or word.endswith("ed")):
            continue
        if many or not is_plural(word) or lower[0] in DETERMINERS | POSSESSIVES:
            return Hidden(word, likely=True)
        found = found or Hidden(word, likely=False)
    return found
