"""Telling a verb in the present from an adjective, a noun, or a verb that is in the past already.

`duplicate`, `open` and `report` are all of these. What a word is, the words beside it say: `all open orders were lost`
has no verb but `were`. A clause here is a list of its words, in small letters.
"""

from __future__ import annotations

import re

from warroom.messages.verbs import (
    ADVERBS,
    AUXILIARIES,
    BEHIND_NOUNS,
    CLOSED,
    DETERMINERS,
    HARDLY_NOUNS,
    IRREGULAR,
    MODAL,
    NEVER_PARTICIPLES,
    OBJECT,
    ONLY_VERBS,
    OWNERS,
    PAST_AUXILIARIES,
    PLURAL,
    POSSESSIVES,
    PREPOSITIONS,
    PRONOUNS,
    QUANTIFIERS,
    SINGLE,
    STAYING,
    SUBORDINATE,
    THIRD,
    VERBS,
    WOULD,
)


def is_plural(word: str) -> bool:
    """Whether a noun has the form of several: `orders`, `people`, but not `access`."""
    return word in PLURAL or (word.endswith("s") and not word.endswith(("ss", "us", "is")))


def is_no_verb(words: list[str], place: int) -> bool:
    """Whether the word before one makes it a noun or an adjective: `the duplicates`, `of open orders`, `stays open`."""
    word, before = words[place], words[place - 1] if place else ""
    after = words[place + 1] if place + 1 < len(words) else ""
    of_subject = word in VERBS and (not place or before in QUANTIFIERS) and is_plural(after)
    if of_subject and any(other in VERBS or other in AUXILIARIES for other in words[place + 2 : place + 4]):
        return True  # `all open orders are lost`
    if not place:
        return False
    if before in DETERMINERS or before in POSSESSIVES or before in BEHIND_NOUNS:
        return True
    if word in THIRD:  # `drops calls`: the second is no verb, or the first one would not have the form of one
        beside = before in THIRD and place > 1 and not is_plural(words[place - 2]) and not is_no_verb(words, place - 1)
        done = _has_past_form(before) and THIRD[word] not in ONLY_VERBS and THIRD[word] not in HARDLY_NOUNS
        return before in QUANTIFIERS or beside or (done and place > 1 and after != "out" and not begins_object(after))
    return THIRD.get(before, before) in STAYING


def is_past(words: list[str]) -> bool:
    """Whether the verb of a clause is in the past already: `we refunded all duplicate charges`, `orders were lost`."""
    if any(word in AUXILIARIES or word in WOULD for word in words):
        return False
    if any(word in PAST_AUXILIARIES or word in NEVER_PARTICIPLES for word in words):
        return not any(word in PRONOUNS | OWNERS for word in words[1:])
    begins = 1 if words[0] in PRONOUNS | SINGLE | {"i"} else 0
    while begins and begins < len(words) - 1 and words[begins] in ADVERBS:
        begins += 1
    verb = words[begins] if begins < len(words) else ""
    if not _has_past_form(verb):
        return False
    after = words[begins + 1] if begins + 1 < len(words) else ""
    return begins > 0 or after in DETERMINERS | POSSESSIVES | QUANTIFIERS | PLURAL


def _has_past_form(word: str) -> bool:
    return word in _PAST_FORMS or (word.endswith("ed") and not word.endswith(("eed", "embed", "shed")))


_PAST_FORMS = frozenset({*VERBS.values(), *IRREGULAR.values()} - {*VERBS, *IRREGULAR})


def agreeing(words: list[str], candidates: list[int]) -> int | None:
    """The one word that agrees with a subject that is not right before it: `orders placed with a card show the price`.

    None if none does, or more than one.
    """
    found = [place for place in candidates if _agrees(words, place)]
    return found[0] if len(found) == 1 else None


def _agrees(words: list[str], place: int) -> bool:
    word, before = words[place], words[place - 1] if place else ""
    after = words[place + 1] if place + 1 < len(words) else ""
    if before in ("never", "always", "often"):
        return True
    head = _head(words[:place])
    if head is None:
        return False
    several = is_plural(words[head]) if not words[head].endswith("ing") or head else False
    if several != (word in VERBS):
        return False
    if before in ADVERBS:
        return True
    if THIRD.get(word, word) in ONLY_VERBS:
        return before not in QUANTIFIERS
    return (
        begins_object(after)
        or after in QUANTIFIERS
        or (word in THIRD and is_plural(before) and (after in PREPOSITIONS or not after))
    )


_GOES_TO = frozenset({"to", "into", "too", "their", "wrong", "old", "back"})


def _head(words: list[str]) -> int | None:
    """The noun that what follows it tells more about: `list` in `the list of orders`; None if nothing tells more."""
    for place, word in enumerate(words):
        told = word in PREPOSITIONS or word in BEHIND_NOUNS or (place and (_has_past_form(word) or word in _LATER))
        if place and (told or (not place and word.endswith("ing"))):
            first = 0 if words[0].endswith("ing") and words[0] not in SINGLE else place - 1
            return None if words[first] in DETERMINERS else first
    return 0 if words and words[0].endswith("ing") and words[0] not in SINGLE and len(words) > 1 else None


_LATER = frozenset({"larger", "longer", "older", "newer"})


def unknown_verb(words: list[str], joint: str) -> int | None:
    """The place of a verb that no table has, where nothing but a verb can stand: `while they type`, `who invite …`."""
    if joint == "who":
        place = 0
    elif joint in SUBORDINATE | {"what"} and words[:1] and words[0] in OWNERS:
        if any(word in VERBS or word in THIRD or word in AUXILIARIES for word in words[1:]):
            return None
        place = 1
    else:
        return None
    while place < len(words) and words[place] in ADVERBS:
        place += 1
    word = words[place] if place < len(words) else ""
    known = word in VERBS or word in THIRD or word in AUXILIARIES or word in MODAL or word in CLOSED
    plain = re.fullmatch("[a-z]{2,}", word) and not word.endswith(("ly", "ing", "s")) and not _has_past_form(word)
    return place if plain and not known else None


def tells_of_trouble(words: list[str]) -> bool:
    """Whether words tell of what nobody wants to see: `an error page`, `a blank screen`, `old prices`."""
    return _TROUBLE.match(" ".join(words[:4])) is not None


_TROUBLE = re.compile(
    r"(?:(?:an?|the|only|just) )*(?:[\w'-]+ )?(?:errors?|blank|empty|messages?|no|nothing|old|outdated|spinner"
    r"|time-?out|warnings?|white|wrong)\b"
)


def begins_object(word: str) -> bool:
    """Whether a word begins what a verb is about, so that the one before it is that verb: `shows the`, `shows 0`."""
    return word in OBJECT or word in POSSESSIVES or word in _GOES_TO or word[:1].isdigit()
