"""Telling in the past tense what was typed while it went on: `Customers see errors` becomes `Customers saw errors`.

Only what is certain by its form is changed: auxiliaries, and a few verbs right behind their subject. If anything else
in a text may be a verb in the present, or if it speaks of now ("works again", "900 are lost"), all of it stays as it
was typed: no noun is taken for a verb, and no text is half in the one tense and half in the other. `told_in_past` says
whether that was certain, for the words around it.
"""

from __future__ import annotations

import re
from functools import lru_cache

from warroom.messages.doubts import may_have_another
from warroom.messages.parts import clauses
from warroom.messages.typed_words import hide, plain
from warroom.messages.unfinished import without_what_worked
from warroom.messages.verbs import AUXILIARIES, FINITE_PAST, HABIT, NOW, PAST, WORD


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
    if speaks_of_now(text) or _THINKS.search(hide(text)):
        return None
    told = list(clauses(text))
    strict = any(clause.verbs for clause in told)
    if any(clause.verbs is None or may_have_another(clause, strict=strict) for clause in told):
        return None
    changes = [
        (clause.words[place].start(), clause.words[place].end(), word)
        for clause in told
        for place, word in (clause.verbs or {}).items()
    ]
    since = [clause.lower for clause in told if clause.joint == "since"]  # `was slow since 8` would be no English
    sounds = all(since) and all(word == "had" for _, _, word in changes)
    return changes if sounds or not since or not changes else None


_THINKS = re.compile(r"\b(?:i|we) (?:also |still )?(?:assume|believe|guess|hope|suspect|think)\b", re.IGNORECASE)
"""What its author thinks now, whatever it is about: `everyone I think`."""


def _as_typed(word: str, typed: str) -> str:
    """A word in capitals where the one that it replaces was."""
    if typed.isupper() and len(typed) > 1:
        return word.upper()
    return word[0].upper() + word[1:] if typed[0].isupper() else word
