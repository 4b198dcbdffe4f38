"""Telling a verb in the present from an adjective, a noun, or a verb that is in the past already.

`duplicate`, `open` and `report` are all of these. What a word is, the words beside it say: `all open orders were lost`
has no verb but `were`. A clause here is a list of its words, in small letters.
"""

from __future__ import annotations

import re
from itertools import pairwise

from warroom.messages.verbs import (
    ADJECTIVES,
    ADVERBS,
    ALSO_NOUNS,
    AUXILIARIES,
    BEHIND_NOUNS,
    BREAKS,
    CLOSED,
    DETERMINERS,
    FINITE_PAST,
    HARDLY_NOUNS,
    LETTING,
    MODAL,
    NEVER_PARTICIPLES,
    NUMBERS,
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
from warroom.text.verbs import BASES, PARTICIPLES, PASTS


def is_plural(word: str) -> bool:
    """Whether a noun has the form of several: `orders`, `people`, but not `access`."""
    several = word.endswith("s") and not word.endswith(("ss", "us", "is", "'s"))
    return several or word in PLURAL or word.endswith("men")


def is_no_verb(words: list[str], place: int) -> bool:
    """Whether the word before one makes it a noun or an adjective: `the duplicates`, `of open orders`, `stays open`."""
    word, before = words[place], words[place - 1] if place else ""
    after = words[place + 1] if place + 1 < len(words) else ""
    of_subject = word in VERBS and (not place or before in QUANTIFIERS) and is_plural(after)
    if of_subject and any(other in VERBS or other in AUXILIARIES for other in words[place + 2 : place + 4]):
        return True  # `all open orders are lost`
    if before in QUANTIFIERS and place > 1 and words[place - 2] in PREPOSITIONS:
        return True  # `in all order mails`
    adjective = is_plural("".join(words[place + 2 : place + 3]))  # `counts cancelled orders`
    subject = _has_past_form(after) and not adjective and THIRD.get(word, word) not in _WITH_PARTICIPLE
    if subject or (after == "of" and THIRD.get(word, word) in ALSO_NOUNS):
        return True  # `writes stopped`, `the daily reports of sales`
    if not place:
        return False
    if word in VERBS and before in _BEFORE_A_THING and not (place > 1 and _GOES_IN.fullmatch(words[place - 2])):
        return True  # `in claim files`
    if before in DETERMINERS or before in POSSESSIVES or before in BEHIND_NOUNS or before in _BEFORE_NO_VERB:
        return True
    if place == 1 and (before in _NO_VERBS - {"offline", "online"} or before in ADJECTIVES or before == "missing"):
        return True  # `late breaks at the gates`
    if word in THIRD:  # `drops calls`: the second is no verb, or the first one would not have the form of one
        beside = before in THIRD and place > 1 and not is_plural(words[place - 2]) and not is_no_verb(words, place - 1)
        done = _has_past_form(before) and THIRD[word] not in ONLY_VERBS and THIRD[word] not in HARDLY_NOUNS
        counted = (
            before in QUANTIFIERS
            or before in NUMBERS
            or (before.isdigit() and len(before) < 3 and THIRD[word] in ALSO_NOUNS)
        )
        return counted or beside or (done and place > 1 and after != "out" and not begins_object(after))
    verb = THIRD.get(before, before)
    sees = verb in ONLY_VERBS and before not in ADJECTIVES and place > 1 and not is_no_verb(words, place - 1)
    return verb in STAYING or sees  # `see open orders`


_WITH_PARTICIPLE = STAYING | {"get", "go", "keep", "have", "say", "claim", "report", "show", "see", "receive"}
"""What a form in the past may follow that is no verb of its own: `gets charged`, `see outdated prices`."""
_BEFORE_A_THING = frozenset({"at", "by", "for", "from", "in", "of", "on", "with"})
_GOES_IN = re.compile(r"(?:check|dial|log|opt|phone|sign|switch|turn|walk)(?:s|p?ed|t?ed|g?ing|k?ing)?(?:in)?")
"""What the word before a verb may belong to: `those who log in see errors`."""
_BEFORE_NO_VERB = frozenset({"and", "or", "is", "are", "isn't", "aren't", "was", "were", "be", "been", "very"})


def without_time(words: list[str]) -> int:
    """How many words at the beginning of a clause say when: `at 09:00 UTC the list empties`."""
    if len(words) < 2 or words[0] not in ("about", "around", "at", "from", "until") or not words[1].isdigit():
        return 0
    return next((place for place, word in enumerate(words) if place and not _CLOCK.fullmatch(word)), 0)


_CLOCK = re.compile(r"\d+|utc|gmt|b?st|ce?s?t|e[sd]?t|p[sd]?t|[ap]m|o'clock")


def is_noun(lower: list[str], place: int) -> bool:
    """Whether a word that may be a verb does not agree with the one before it: `page load`, `user reports missing`."""
    word, before = lower[place], lower[place - 1] if place else ""
    if before == "still":
        return False
    if word in THIRD and place and lower[place + 1 :] in (["up"], ["off"], ["away"]) and not is_plural(before):
        return False  # `sound breaks up`
    if word in THIRD and (THIRD[word] in BREAKS or THIRD[word] in HARDLY_NOUNS) and place == len(lower) - 1:
        return False  # `App crashes` may be either
    if not place:
        return word not in ONLY_VERBS or word in ADJECTIVES or (len(lower) > 1 and lower[1].endswith("s"))
    plural = is_plural(before)
    return not plural if word in VERBS else plural or THIRD[word] in ALSO_NOUNS


def without_nouns(lower: list[str], candidates: list[int], sure: list[int]) -> tuple[list[int], list[int]]:
    """The candidates for the verb of a clause, and those that are sure, without what is a noun beside a sure one."""
    thirds = [place for place in sure if lower[place] in THIRD]
    nouns = {place for place in candidates if place + 1 in sure and THIRD.get(lower[place], "") in ALSO_NOUNS}
    nouns |= {p for p in candidates if p not in sure and lower[p] in ALSO_NOUNS and any(p < verb for verb in thirds)}
    nouns |= {p for p in candidates if p and lower[p] in ALSO_NOUNS and lower[p - 1] in PREPOSITIONS | DETERMINERS}
    nouns |= {p for p in candidates if p not in sure and lower[p] in ALSO_NOUNS and not p and any(sure)}
    bases = [place for place in sure if lower[place] in VERBS and place not in nouns]
    nouns |= {
        p for p in candidates if p not in sure and THIRD.get(lower[p]) in ALSO_NOUNS and any(p < v for v in bases)
    }
    return [p for p in candidates if p not in nouns], [p for p in sure if p not in nouns]


def is_past(words: list[str]) -> bool:
    """Whether the verb of a clause is in the past already: `we refunded all duplicate charges`, `orders were lost`."""
    if any(word in AUXILIARIES or word in WOULD for word in words):
        return False
    if any(word in PAST_AUXILIARIES or word in NEVER_PARTICIPLES for word in words):
        return not any(word in PRONOUNS | OWNERS for word in words[1:])
    for before, verb, after in zip(words, words[1:], words[2:], strict=False):
        acts = after in ("us", "them", "me", "him") or (
            (after in DETERMINERS or after in POSSESSIVES) and not is_plural(before)
        )
        if acts and _has_past_form(verb):  # `the change doubled our load`; `users charged a fee` may go on
            return True
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


_PAST_FORMS = PASTS.union(VERBS.values()) - BASES.union(VERBS)


def agreeing(words: list[str], candidates: list[int]) -> int | None:
    """The one word that agrees with a subject that is not right before it: `orders placed with a card show the price`.

    None if none does, or more than one.
    """
    found = [place for place in candidates if _agrees(words, place)]
    return found[0] if len(found) == 1 else None


def may_agree(words: list[str], candidates: list[int]) -> bool:
    """Whether a word may be the verb of `orders placed in a shop`, although nothing that follows it says so."""
    done = [place for place, word in enumerate(words) if place and _has_past_form(word) and word not in FINITE_PAST]
    heads = {place: _head(words[:place]) for place in candidates if done and place > done[0] + 1}
    return any(head is not None and is_plural(words[head]) and words[place] in VERBS for place, head in heads.items())


def _agrees(words: list[str], place: int) -> bool:
    word, before = words[place], words[place - 1] if place else ""
    after = words[place + 1] if place + 1 < len(words) else ""
    if before in ("never", "always", "often") and place > 1:
        return True
    head = _head(words[:place])
    if head is None:
        return False
    gerund = not head and words[0].endswith("ing")
    if (is_plural(words[head]) and not gerund) != (word in VERBS):
        return False
    if before in ADVERBS:
        return True
    if THIRD.get(word, word) in ONLY_VERBS:
        return before not in QUANTIFIERS
    if begins_object(after) or after in QUANTIFIERS or after in SINGLE:
        return True
    if word in VERBS:
        goes_on = after in ("up", "out", "until") or (not after and is_plural(before))
        return goes_on and any(map(_has_past_form, words[head + 1 : place]))
    if gerund and not after and before in PREPOSITIONS | {"out", "up", "off"}:
        return True
    ends = is_plural(before) or (gerund and words[place - 2] in DETERMINERS)  # `returning a car ends with an error`
    return ends and (after in PREPOSITIONS or not after)


_GOES_TO = frozenset({"to", "into", "too", "their", "wrong", "old", "back"})


def _head(words: list[str]) -> int | None:
    """The noun that what follows it tells more about: `list` in `the list of orders`; None if nothing tells more."""
    for place, word in enumerate(words):
        told = word in PREPOSITIONS or word in BEHIND_NOUNS or (place and (_has_past_form(word) or word in _LATER))
        if place and (told or (not place and word.endswith("ing"))):
            first = 0 if words[0].endswith("ing") and words[0] not in SINGLE else place - 1
            return None if words[first] in DETERMINERS else first
    return 0 if words and words[0].endswith("ing") and words[0] not in SINGLE and len(words) > 1 else None


_LATER = frozenset({
    "larger", "longer", "older", "newer", "lower", "higher", "later", "earlier", "slower", "faster", "smaller", "fewer",
    "there", "here", "abroad", "worldwide", "everywhere",
})  # fmt: skip


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
    return place if place < len(words) and _unheard(words[place]) and not words[place].endswith("s") else None


def lets_do(words: list[str], place: int) -> bool:
    """Whether a word is what something lets somebody do: `lets an operator delete a volume`."""
    return any(
        word in LETTING and (after in DETERMINERS or after in POSSESSIVES or after in PLURAL)
        for word, after in pairwise(words[max(0, place - 4) : place])
    )


def orders(words: list[str]) -> bool:
    """Whether a clause begins with what somebody is to do: `wait for news`, `stop them`."""
    return len(words) > 1 and words[0] in VERBS and (words[1] in _ORDERED or words[1] in DETERMINERS | POSSESSIVES)


_ORDERED = frozenset({"for", "until", "them", "it", "all"})


def unknown_with_object(words: list[str], joint: str) -> int | None:
    """The place of a verb that no table has in front of `the`, where no noun stands: `the banner covers the map`."""
    if joint.strip() in ("and", "but", ",") and len(words) > 1 and words[1] in _OF_OBJECT and _unheard(words[0]):
        return 0 if words[0].endswith("s") else None
    for place in range(1, len(words) - 1):
        word, before, after = words[place], words[place - 1], words[place + 1]
        begins = after in _OF_OBJECT or after in QUANTIFIERS or (after in ("a", "an") and words[0] in DETERMINERS)
        if not begins or not _unheard(word) or before in CLOSED or before in PREPOSITIONS or before in ADVERBS:
            continue
        if is_plural(word) != is_plural(before):  # `window covers`, `windows cover`
            return place
    return None


_OF_OBJECT = frozenset({"the", "their", "its", "his", "her", "my", "your", "our"})


def may_have_unknown(words: list[str], joint: str, *, goes_on: bool) -> bool:
    """Whether a word that no table has may be the verb of a clause: `crews plough by hand`, `and phone the yard`.

    It stands behind a noun of several, or behind one of one with its article, or begins what `and` goes on with.
    With `goes_on`, nothing stands between that and the verb before: `stops and jams`.
    """
    for place, word in enumerate(words):
        before, after = words[place - 1] if place else "", "".join(words[place + 1 : place + 2])
        acts = after in _OF_OBJECT or after in DETERMINERS or after in QUANTIFIERS or after in ("them", "it")
        adjective = word.endswith(("able", "ible", "ful")) or word in _NO_VERBS or word in PARTICIPLES - BASES
        if not _unheard(word) or (adjective and not acts):
            continue
        if not place and (goes_on or (acts and joint in ("and", "or", "but"))):
            return True
        if not place or before in PRONOUNS or before in QUANTIFIERS or before in ADVERBS or before in CLOSED:
            continue
        article = place > 1 and (words[place - 2] in DETERMINERS or words[place - 2] in _OF_OBJECT)
        where = {*words[: place - 1][-1 - article :][:1]} & PREPOSITIONS  # `errors on the orders page`
        if acts or (is_plural(before) and not word.endswith("s") and not (where and (not joint or words[0] in where))):
            return True
        begun = words[0] in DETERMINERS or words[0] in _OF_OBJECT  # `the dam gate sticks`
        inside = {*words[:place]} & PREPOSITIONS and not (joint and begun)  # `a queue at the north gates`
        told = inside or any(map(_has_past_form, words[:place]))
        if place > 1 and (article or begun) and not told and not is_plural(before) and is_plural(word):
            return True
    return False


_NO_VERBS = frozenset({
    "down", "due", "fine", "free", "late", "new", "offline", "ok", "okay", "old", "online", "open", "stuck", "twice",
    "wrong",
})  # fmt: skip


def _unheard(word: str) -> bool:
    """Whether a word is in no table, and may be a verb in the present by its form."""
    known = word in VERBS or word in THIRD or word in AUXILIARIES or word in MODAL or word in CLOSED or word in OWNERS
    placed = (
        known
        or word in PREPOSITIONS
        or word in BEHIND_NOUNS
        or word in ADVERBS
        or word in QUANTIFIERS
        or word in _LATER
    )
    plain = re.fullmatch("[a-z]{2,}", word) and not word.endswith(("ly", "ing", "us", "is"))
    return bool(plain) and not placed and not _has_past_form(word)


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
