"""Which word of a clause is its verb, by the words beside it; and whether it has one at all."""

from __future__ import annotations

import re
from typing import NamedTuple

from warroom.messages.parts import is_plural
from warroom.messages.typed_words import hide, only_names, plain
from warroom.messages.verbs import (
    ALONE,
    AUXILIARIES,
    BEHIND,
    BREAKS,
    CLAUSE,
    CLOSED,
    DETERMINERS,
    FINITE,
    FINITE_PAST,
    NUMBERS,
    OBJECT,
    ONLY_VERBS,
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
