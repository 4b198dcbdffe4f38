"""Telling in the past tense what was typed while it went on: `Customers see errors` becomes `Customers saw errors`.

Only what is certain is changed: a clause has one word that can only be its verb. If that is not sure anywhere in a
text, or if it speaks of now ("works again", "900 are lost"), all of it stays as it was typed, so that no text is half
in the one tense and half in the other. `told_in_past` says which it is, for the words around it, and `has_verb`
whether it is a clause at all, or only names what people see: `errors when paying`.
"""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import pairwise

from warroom.messages.clauses import ends_with, hide, lacks_main_clause, only_names, plain
from warroom.messages.parts import (
    agreeing,
    begins_object,
    is_no_verb,
    is_noun,
    is_past,
    is_plural,
    lets_do,
    may_agree,
    may_be_unknown,
    orders,
    tells_of_trouble,
    unknown_verb,
    unknown_with_object,
    without_nouns,
    without_time,
)
from warroom.messages.past_forms import changed, of_auxiliary, possible
from warroom.messages.verbs import (
    ADVERBS,
    ALONE,
    ALSO_NOUNS,
    AMOUNTS,
    AUXILIARIES,
    BEHIND,
    BREAKS,
    CLAUSE,
    DETERMINERS,
    FINITE,
    FINITE_PAST,
    HABIT,
    MODAL,
    NOW,
    OBJECT,
    ONLY_VERBS,
    OWNERS,
    PAST,
    PERFECT,
    PLURAL,
    PREPOSITIONS,
    PRONOUNS,
    RELATIVE,
    SEEING,
    SIGN,
    SINGLE,
    SPANS,
    SUBORDINATE,
    TELLING,
    THIRD,
    TOLD,
    VERBS,
    WORD,
    WOULD,
)


def past(value: object, over: object = True) -> str:
    """A text in the past tense, if what it tells is `over` and each of its verbs is certain; else as it is."""
    text = str(value)
    for start, end, word in reversed(_changes(text) or []) if over else []:
        text = text[:start] + _as_typed(word, text[start:end]) + text[end:]
    return text


def told_in_past(text: str) -> bool:
    """Whether a text, as `past` returns it, surely tells what is over; `errors when paying` does too."""
    return _changes(text) is not None


def speaks_of_now(text: str) -> bool:
    """Whether a text tells what is so now, or later, or what stays: `works again`, `still missing`."""
    hidden = hide(text)
    return NOW.search(HABIT.sub(lambda found: "\x00" * len(found[0]), hidden)) is not None


def has_verb(text: str) -> bool:
    """Whether the first sentence of a text is a clause, with a verb: `nobody can pay`, not `errors when paying`."""
    first = next(filter(str.strip, re.split(r"[\n.!?]+(?=\s|$)", hide(text))), "")
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
        and (_is_verb(lower, place, mark[0].casefold() if mark else "") or (place > 0 and word in FINITE_PAST))
        for place, word in enumerate(lower)
    )


@lru_cache(maxsize=128)
def _changes(text: str) -> list[tuple[int, int, str]] | None:
    """The words to put into the past tense, each with its start and end; None if not all of the text is certain."""
    hidden = hide(text)
    if speaks_of_now(text) or _THINKS.search(hidden) or _WITHOUT_SUBJECT.match(hidden):
        return None
    changes: list[tuple[int, int, str]] = []
    joint = ""
    at = 0
    for mark in [*CLAUSE.finditer(hidden), None]:
        end = mark.start() if mark else len(hidden)
        if mark and not changes and mark[0].casefold() in ("and", "or") and only_names(hidden, at, end):
            continue  # `payments in Poland and Hungary fail` has one subject
        behind = max(at - _LOOKED_AT, changes[-1][1]) if changes else at
        between = hidden[behind:at].strip(" \t,\x00").removesuffix(joint).rstrip(" \x00") if changes else "-"
        verb = plain(hidden[changes[-1][0] : changes[-1][1]]) if changes else ""
        words = list(WORD.finditer(hidden, at, end))
        found = _verb(words, joint, mark[0].casefold() if mark else "", verb, between)
        if found is None:
            return None
        changes += found
        if mark and mark[0].casefold() == "since" and found and found[-1][2] in PERFECT.values():
            changes.append((mark.start(), mark.end(), "from"))  # `was failing since 8` would be no English
        elif mark and mark[0].casefold() == "since" and found and found[-1][2] in _BY_ITSELF:
            return None  # nor would `crashed since 8`
        if mark:
            joint, at = mark[0].casefold(), mark.end()
    if changes and lacks_main_clause(hidden, changes[-1][0]):
        return None
    if changes and (since := _SINCE_TIME.match(hidden)):
        changes.insert(0, (since.start(), since.end(), "from"))
    return changes


_QUOTES = re.compile("[ ]?\x00")
"""Behind what tells or shows it: `the terminals show “No connection”`."""
_THINKS = re.compile(r"\b(?:i|we) (?:also |still )?(?:assume|believe|guess|hope|suspect|think)\b", re.IGNORECASE)
"""What its author thinks now, whatever it is about: `everyone I think`."""
_WITHOUT_SUBJECT = re.compile(
    r"\s*(?:(?:can['’]?t|cannot|does(?:n['’]?t| not)|do(?:n['’]?t| not))\b[^.]*, "
    r"|(?:fails|freezes|gets|hangs|keeps|loads|returns|says|shows|spins|takes)\b)",
    re.IGNORECASE,
)
"""`can't log in, just spins`: who can't, and what spins, is for readers to say."""
_LOOKED_AT = 120
"""Characters of what stands between two verbs, so that the time for a text grows with its length only."""
_MOST_WORDS = 80
"""Of a clause that anybody can be certain of."""
_SINCE_TIME = re.compile(r"since(?= (?:about )?\d)", re.IGNORECASE)
_BY_ITSELF = frozenset(VERBS.values())


def _as_typed(word: str, typed: str) -> str:
    """A word in capitals where the one that it replaces was."""
    if typed.isupper() and len(typed) > 1:
        return word.upper()
    return word[0].upper() + word[1:] if typed[0].isupper() else word


def _verb(
    words: list[re.Match[str]], joint: str, joint_after: str, verb: str = "", between: str = ""
) -> list[tuple[int, int, str]] | None:
    """What to write instead of the verbs of a clause that are in the present; None if it is not certain.

    `verb` is that of the clause before, and `between` are the words behind it.
    """
    lower = [plain(word[0]) for word in words]
    if when := without_time(lower):
        words, lower = words[when:], lower[when:]
    if len(lower) > _MOST_WORDS:
        return None
    if any(word in ("may", "might") for word in lower):
        return possible(words, lower)
    if sum(word in PRONOUNS for word in lower[:-1]) > 1:
        return None
    if lower and ("please" in lower or (joint not in RELATIVE and is_past(lower))):
        return []
    if joint.strip() in _GOES_ON and (goes_on := _continued(lower, verb, between)) is not None:
        return [changed(words[goes_on], lower[goes_on])]
    seen = lower[:1] and (lower[0] in SEEING or (lower[0] in VERBS and "instead" in lower))
    if seen and joint == "and" and ends_with(_NOT_DONE, words[0]):
        if "instead" in lower:
            return [changed(words[0], lower[0])]
        return [changed(words[0], lower[0])] if tells_of_trouble(lower[1:]) else None
    first = next((place for place, word in enumerate(lower) if word in AUXILIARIES), None)
    candidates = [
        place
        for place, word in enumerate(lower)
        if (word in VERBS or word in THIRD)
        and not _keeps_its_form(lower, place)
        and ((joint in RELATIVE and not place) or not is_no_verb(lower, place))
        and not SIGN.match(words[place].string, words[place].end())
    ]
    quoted = [p for p in candidates if first is None and _QUOTES.match(words[p].string, words[p].end())]
    if len(quoted) == 1 and (len(candidates) == 1 or (joint in RELATIVE and not candidates[0])):
        return [
            changed(words[place], lower[place]) for place in candidates[:1] + quoted if candidates[0] != quoted[0]
        ] or [changed(words[quoted[0]], lower[quoted[0]])]
    if (unknown := unknown_verb(lower, joint)) is not None:
        candidates = sorted([unknown, *candidates])
        if len(candidates) == 1 and first is None:
            return [changed(words[unknown], lower[unknown])]
    if first is not None:
        more = [place for place in candidates if place > first] if joint in RELATIVE else []
        main = [place for place in more if _is_main(lower, place)]
        if more and (len(main) != 1 or more != main):
            return None  # the verb of the main clause may follow
        if first and lower[first - 1] in MODAL:
            return []
        found = of_auxiliary(words, lower, first, joint_after)
        if found is None and joint in RELATIVE and lower[first] in PERFECT and not main:
            found = [(words[first].start(), words[first].end(), "had")]  # `do not receive what doctors have signed`
        second = [place for place in range(first + 1, len(lower)) if _is_second(lower, place)]
        if second and (joint not in RELATIVE or len(second) > 1 or main):
            return None
        then = of_auxiliary(words, lower, second[0], joint_after) if second else []
        if found is None or then is None:
            return None
        front = _in_front(lower, candidates, first, joint)
        stray = [p for p in candidates if p < first and p not in front and THIRD.get(lower[p], lower[p]) in ONLY_VERBS]
        if stray and not _says(lower, stray):
            return None  # one of the two may be the verb of the main clause
        main = [*front, *stray, *main]
        return sorted([*(changed(words[place], lower[place]) for place in main), *found, *then])
    if (will := next((place for place, word in enumerate(lower) if word in WOULD), None)) is not None:
        who = [changed(words[place], lower[place]) for place in _in_front(lower, candidates, will, joint)]
        if will + 1 < len(lower) and lower[will + 1] in SEEING:  # each time: `users will see` is no `users would see`
            subject = lower[will].partition("'")[0] + " " if "'" in lower[will] else ""
            return [*who, (words[will].start(), words[will + 1].end(), subject + VERBS[lower[will + 1]])]
        return [*who, (words[will].start(), words[will].end(), WOULD[lower[will]])]
    if owned := _owned(lower, candidates):
        doing, then_does = owned
        return [changed(words[place], lower[place]) for place in owned] if _agree(lower, doing, then_does) else None
    if joint not in RELATIVE and (place := agreeing(lower, candidates)) is not None:
        return [changed(words[place], lower[place])]
    if any(word in PAST and place < min(candidates, default=len(lower)) for place, word in enumerate(lower)):
        if (done := _done_to(lower, candidates, joint)) is not None:
            return [changed(words[done], lower[done])]
        verbs = any(THIRD.get(lower[place], lower[place]) in ONLY_VERBS for place in candidates)
        unsure = verbs or may_agree(lower, candidates)
        return None if unsure or any(_is_verb(lower, place, joint_after) for place in candidates) else []
    if not candidates and (place := unknown_with_object(lower, joint)) is not None:
        return [changed(words[place], lower[place])]
    if not candidates:
        amount = lower[:1] and (lower[0] in AMOUNTS or lower[0].isdigit())
        named = not any((word.endswith("s") and not word.endswith("ss")) or word in PRONOUNS for word in lower[:-1])
        span = joint in SPANS and len(lower) > 1 and (amount or named)
        if any(after in ("itself", "themselves") and word.endswith("s") for word, after in pairwise(lower)):
            return None  # a verb that is not known here: `the cart empties itself`
        if any(may_be_unknown(lower, place) for place in range(1, len(lower) - 1)):
            return None
        span = span or (joint == "as" and lower[:1] in (["a"], ["an"]))
        span = span or lower[:1] == ["of"] or bool(words and joint == "as" and ends_with(_LIKE, words[0]))
        told = (
            joint in SUBORDINATE | _TELLS_MORE and len(lower) > 1 and not span and not lower[0].endswith(("ing", "ed"))
        )
        return None if told else []
    if joint in RELATIVE and len(candidates) == 2 and candidates[0] == 0 and _is_main(lower, candidates[1]):
        return [changed(words[place], lower[place]) for place in candidates]
    if not verb and joint in SPANS and candidates == [len(lower) - 1] and lower[-1] in ONLY_VERBS and len(lower) > 1:
        return [changed(words[-1], lower[-1])]  # `maps downloaded before the update vanish`
    if joint in RELATIVE and candidates == [0] and lower[0] in VERBS and lower[1:2] and lower[1].endswith("ly"):
        return [changed(words[0], lower[0])]
    if candidates == [0] and orders(lower) and joint.strip() in ("", ",", ";", ".", ":", "–"):
        return None
    sure = [place for place in candidates if _is_verb(lower, place, joint_after, joint)]
    if not sure and any(word in PAST for word in lower[max(candidates) + 1 :]):
        return []
    candidates, sure = without_nouns(lower, candidates, sure)
    if sure:
        candidates = [place for place in candidates if place in sure or not is_noun(lower, place)]
    if joint in RELATIVE and len(candidates) > 1 and not candidates[0] and lower[candidates[-1]] in ONLY_VERBS:
        return None
    if not sure and all(is_noun(lower, place) for place in candidates):
        return []
    if len(candidates) != 1 or not sure or (joint == "who" and 0 not in sure and _may_be_verb(lower[0])):
        return None
    return [changed(words[sure[0]], lower[sure[0]])]


_TELLS_MORE = frozenset({"so", "although", "though"})
"""What joins whole clauses, with a verb in each."""
_NOT_DONE = re.compile(r"\b(?:can['’]?t|cannot|can not)\b[^.,;:\n]*\band\s+\Z", re.IGNORECASE)
"""Behind it, `see an error` tells what is seen instead, and `see their orders` what can't be seen."""
_LIKE = re.compile(r"\b(?:\w+ed|appears?|counts?|known|sent|shown?|shows|such|told|written) as\s+\Z", re.IGNORECASE)
"""What `as` follows where no clause begins: `shown as 0 EUR`."""
_GOES_ON = frozenset({"and", "but", "or", ",", ";"})


def _continued(lower: list[str], verb: str, between: str) -> int | None:
    """The verb that begins a clause with the subject of the one before: `, fails for some`, `but never arrive`.

    `verb` and `between` as in `_verb`: behind `hangs`, `ends` is a verb too, and `shows the cart` behind any.
    """
    place = 1 if lower[:1] == ["never"] else 0
    word = lower[place] if place < len(lower) else ""
    if word and is_no_verb(lower, place):
        return None
    if any(other in AUXILIARIES or _may_be_verb(other) for other in lower[place + 1 :]):
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


def _says(lower: list[str], stray: list[int]) -> bool:
    """Whether the one verb in front of another tells what something says: `the app says you have no internet`."""
    after = lower[stray[0] + 1] if stray[0] + 1 < len(lower) else ""
    says = THIRD.get(lower[stray[0]], lower[stray[0]]) in ("say", "think", "complain")
    begins = after.partition("'")[0]
    return len(stray) == 1 and says and (begins in PRONOUNS or begins in DETERMINERS or begins in ("there", "this"))


def _done_to(lower: list[str], candidates: list[int], joint: str) -> int | None:
    """The verb behind what was done to its subject: `orders placed disappear`, `entered and saved disappear`."""
    place = candidates[0] if len(candidates) == 1 else 0
    if not place or lower[place] not in ONLY_VERBS or lower[place - 1] not in PAST or {*lower[:place]} & PREPOSITIONS:
        return None
    goes_on = place == 1 and joint in ("and", "or")
    return place if goes_on or (place == 2 and lower[0].endswith("s") and not lower[0].endswith("ss")) else None


def _keeps_its_form(lower: list[str], place: int) -> bool:
    """Whether a word stands behind one that its base form follows: `don't get`, `to always pay`."""
    before = lower[place - 1] if place else ""
    between = place > 1 and lower[place - 2] in MODAL and not _may_be_verb(before)
    return before in MODAL or between or lets_do(lower, place)


def _may_be_verb(word: str) -> bool:
    return word in VERBS or word in THIRD


def _is_second(lower: list[str], place: int) -> bool:
    """Whether a word is an auxiliary with a subject of its own clause: `who have a coupon can't use it`."""
    return lower[place] in AUXILIARIES and lower[place - 1] not in MODAL and lower[place - 1] not in AUXILIARIES


def _in_front(lower: list[str], candidates: list[int], verb: int, joint: str) -> list[int]:
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


def _owned(lower: list[str], candidates: list[int]) -> tuple[int, int] | None:
    """The two verbs of `files you upload disappear`, the first of which says what is done with the files."""
    for doing, then in pairwise(candidates):
        owned = doing > 1 and lower[doing - 1] in OWNERS and lower[doing] in VERBS and then == candidates[-1]
        if owned and not {*lower[: doing - 1]} & (PREPOSITIONS - {"of", "about"}):
            return doing, then
    return None


def _agree(lower: list[str], doing: int, then: int) -> bool:
    """Whether the second of these verbs has the number of the noun in front of the first one's subject."""
    noun = lower[doing - 2]
    plural = noun in PLURAL or (noun.endswith("s") and not noun.endswith(("ss", "us", "is")))
    return lower[then] in (VERBS if plural else THIRD)


def _is_main(words: list[str], place: int) -> bool:
    """Whether a word is the verb behind a relative clause: `who pay by card see an error`."""
    word = THIRD.get(words[place], words[place])
    after = words[place + 1] if place + 1 < len(words) else ""
    return (word in ONLY_VERBS or word in ALSO_NOUNS) and (after in OBJECT or after == "to" or after.endswith("ly"))


def _is_verb(words: list[str], place: int, joint_after: str, joint: str = "") -> bool:
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
    if several and joint in SUBORDINATE:
        return True
    return several and (word in ONLY_VERBS or word in ALONE or bool(after) or joint_after in SPANS | {"as"})
