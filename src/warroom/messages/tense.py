"""Telling in the past tense what was typed while it went on: `Customers see errors` becomes `Customers saw errors`.

Only what is certain is changed: a clause has one word that can only be its verb. If that is not sure anywhere in a
text, or if it speaks of now ("works again", "900 are lost"), all of it stays as it was typed, so that no text is half
in the one tense and half in the other. `told_in_past` says which it is, for the words around it.
"""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import pairwise

from warroom.messages.main_verb import (
    agree,
    continued,
    done_to,
    in_front,
    is_main,
    is_second,
    is_verb,
    keeps_its_form,
    may_be_verb,
    owned_verbs,
    says,
)
from warroom.messages.parts import (
    agreeing,
    is_no_verb,
    is_noun,
    is_past,
    may_agree,
    may_have_unknown,
    orders,
    tells_of_trouble,
    unknown_verb,
    unknown_with_object,
    without_nouns,
    without_time,
)
from warroom.messages.past_forms import changed, of_auxiliary, possible
from warroom.messages.typed_words import ends_with, hide, lacks_main_clause, only_names, plain
from warroom.messages.unfinished import without_what_worked
from warroom.messages.verbs import (
    AMOUNTS,
    AUXILIARIES,
    CLAUSE,
    FINITE_PAST,
    HABIT,
    MODAL,
    NOW,
    ONLY_VERBS,
    PAST,
    PERFECT,
    PRONOUNS,
    RELATIVE,
    SEEING,
    SIGN,
    SPANS,
    SUBORDINATE,
    THIRD,
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


def may_be_past(text: str) -> bool:
    """Whether a text is told in the past, or may be: it has a verb in the past, and none that is surely in the present.

    With it, nobody is asked to put into the past what is there already: `Returns were not registered`.
    """
    words = {plain(word) for word in WORD.findall(hide(text))}
    return told_in_past(text) or bool(words & _TOLD_IN_PAST and not words & AUXILIARIES.keys())


_TOLD_IN_PAST = (PAST | FINITE_PAST) - {"could", "had to"}


def speaks_of_now(text: str) -> bool:
    """Whether a text tells what is so now, or later, or what stays: `works again`, `still missing`."""
    hidden = without_what_worked(hide(text))
    return NOW.search(HABIT.sub(lambda found: "\x00" * len(found[0]), hidden)) is not None


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
        begun = joint == "," and not changes and _SINCE_TIME.match(hidden)  # `since 8, nobody has …`
        found = _verb(words, joint, "since" if begun else mark[0].casefold() if mark else "", verb, between)
        if found is None or (not found and _may_have_verb(words, joint, hidden[max(0, at - _LOOKED_AT) : at], between)):
            return None
        changes += found
        perfect = found and WORD.findall(hidden[found[-1][0] : found[-1][1]])[0].casefold() in PERFECT
        if mark and mark[0].casefold() == "since" and found and (perfect or found[-1][2] in PERFECT.values()):
            if not (found[-1][2] == "had" and _NONE.match(hidden, found[-1][1])):  # `no copies from 8` are other ones
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


def _may_have_verb(words: list[re.Match[str]], joint: str, before: str, between: str) -> bool:
    """Whether a clause in which no verb was found may have one that no table has.

    `before` ends with the clause before it, and `between` is as in `_verb`.
    """
    lower = [plain(word[0]) for word in words]
    if not lower or "please" in lower or is_past(lower):
        return False
    if joint in RELATIVE and not any(word in PAST or word.endswith("ed") for word in lower):
        return True  # `shops that open late`
    if {plain(word) for word in WORD.findall(before)} & (MODAL - {"not", "to"}):
        joint = ""  # `cannot lock or unlock the door`
    return may_have_unknown(lower, joint, goes_on=joint in ("and", "or", "but") and not between)


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
_NONE = re.compile(r" (?:no|none|nothing)\b", re.IGNORECASE)
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
    if joint.strip() in _GOES_ON and (goes_on := continued(lower, verb, between)) is not None:
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
        and not keeps_its_form(lower, place)
        and ((joint in RELATIVE and not place) or not is_no_verb(lower, place))
        and not SIGN.match(words[place].string, words[place].end())
    ]
    quoted = [p for p in candidates if first is None and _QUOTES.match(words[p].string, words[p].end())]
    if joint in RELATIVE and len(candidates) > 1 and quoted[:1] == candidates[:1] == [0]:
        quoted = quoted[1:]  # `who tap “Start” see an error`: what is quoted first is what they tap
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
        main = [place for place in more if is_main(lower, place)]
        if more and (len(main) != 1 or more != main):
            return None  # the verb of the main clause may follow
        if first and lower[first - 1] in MODAL:
            return []
        found = of_auxiliary(words, lower, first, joint_after)
        if found is None and joint in RELATIVE and lower[first] in PERFECT and not main:
            found = [(words[first].start(), words[first].end(), "had")]  # `do not receive what doctors have signed`
        second = [place for place in range(first + 1, len(lower)) if is_second(lower, place)]
        if second and (joint not in RELATIVE or len(second) > 1 or main):
            return None
        then = of_auxiliary(words, lower, second[0], joint_after) if second else []
        if found is None or then is None:
            return None
        front = in_front(lower, candidates, first, joint)
        stray = [p for p in candidates if p < first and p not in front and THIRD.get(lower[p], lower[p]) in ONLY_VERBS]
        if stray and not says(lower, stray):
            return None  # one of the two may be the verb of the main clause
        main = [*front, *stray, *main]
        return sorted([*(changed(words[place], lower[place]) for place in main), *found, *then])
    if (will := next((place for place, word in enumerate(lower) if word in WOULD), None)) is not None:
        who = [changed(words[place], lower[place]) for place in in_front(lower, candidates, will, joint)]
        if will + 1 < len(lower) and lower[will + 1] in SEEING:  # each time: `users will see` is no `users would see`
            subject = lower[will].partition("'")[0] + " " if "'" in lower[will] else ""
            return [*who, (words[will].start(), words[will + 1].end(), subject + VERBS[lower[will + 1]])]
        return [*who, (words[will].start(), words[will].end(), WOULD[lower[will]])]
    if owned := owned_verbs(lower, candidates):
        doing, then_does = owned
        return [changed(words[place], lower[place]) for place in owned] if agree(lower, doing, then_does) else None
    if joint not in RELATIVE and (place := agreeing(lower, candidates)) is not None:
        return [changed(words[place], lower[place])]
    if any(word in PAST and place < min(candidates, default=len(lower)) for place, word in enumerate(lower)):
        if (done := done_to(lower, candidates, joint)) is not None:
            return [changed(words[done], lower[done])]
        verbs = any(THIRD.get(lower[place], lower[place]) in ONLY_VERBS for place in candidates)
        unsure = verbs or may_agree(lower, candidates)
        return None if unsure or any(is_verb(lower, place, joint_after) for place in candidates) else []
    if not candidates and (place := unknown_with_object(lower, joint)) is not None:
        return [changed(words[place], lower[place])]
    if not candidates:
        amount = lower[:1] and (lower[0] in AMOUNTS or lower[0].isdigit())
        named = not any((word.endswith("s") and not word.endswith("ss")) or word in PRONOUNS for word in lower[:-1])
        span = joint in SPANS and len(lower) > 1 and (amount or named)
        if any(after in ("itself", "themselves") and word.endswith("s") for word, after in pairwise(lower)):
            return None  # a verb that is not known here: `the cart empties itself`
        span = span or (joint == "as" and lower[:1] in (["a"], ["an"]))
        span = span or lower[:1] == ["of"] or bool(words and joint == "as" and ends_with(_LIKE, words[0]))
        told = (
            joint in SUBORDINATE | _TELLS_MORE and len(lower) > 1 and not span and not lower[0].endswith(("ing", "ed"))
        )
        return None if told else []
    if joint in RELATIVE and len(candidates) == 2 and candidates[0] == 0 and is_main(lower, candidates[1]):
        return [changed(words[place], lower[place]) for place in candidates]
    if not verb and joint in SPANS and candidates == [len(lower) - 1] and lower[-1] in ONLY_VERBS and len(lower) > 1:
        return [changed(words[-1], lower[-1])]  # `maps downloaded before the update vanish`
    if candidates == [0] and (
        joint == "who" or (joint in RELATIVE and lower[0] in VERBS and lower[1:2] and lower[1].endswith("ly"))
    ):
        return [changed(words[0], lower[0])]
    if candidates == [0] and orders(lower) and joint.strip() in ("", ",", ";", ".", ":", "–"):
        return None
    sure = [place for place in candidates if is_verb(lower, place, joint_after, joint)]
    if not sure and any(word in PAST for word in lower[max(candidates) + 1 :]):
        return []
    candidates, sure = without_nouns(lower, candidates, sure)
    if sure:
        candidates = [place for place in candidates if place in sure or not is_noun(lower, place)]
    if joint in RELATIVE and len(candidates) > 1 and not candidates[0] and lower[candidates[-1]] in ONLY_VERBS:
        return None
    if not sure and all(is_noun(lower, place) for place in candidates):
        return []
    if len(candidates) != 1 or not sure or (joint == "who" and 0 not in sure and may_be_verb(lower[0])):
        return None
    return [changed(words[sure[0]], lower[sure[0]])]


_TELLS_MORE = frozenset({"so", "although", "though"})
"""What joins whole clauses, with a verb in each."""
_NOT_DONE = re.compile(r"\b(?:can['’]?t|cannot|can not)\b[^.,;:\n]*\band\s+\Z", re.IGNORECASE)
"""Behind it, `see an error` tells what is seen instead, and `see their orders` what can't be seen."""
_LIKE = re.compile(r"\b(?:\w+ed|appears?|counts?|known|sent|shown?|shows|such|told|written) as\s+\Z", re.IGNORECASE)
"""What `as` follows where no clause begins: `shown as 0 EUR`."""
_GOES_ON = frozenset({"and", "but", "or", ",", ";"})
