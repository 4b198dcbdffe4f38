"""Reading a typed text word by word: without what is quoted, and each word as the tables of verbs have it."""

from __future__ import annotations

import re

from warroom.messages.verbs import (
    AUXILIARIES,
    BUTTON,
    FINITE,
    MODAL,
    PAST,
    QUOTED,
    SELDOM,
    THIRD,
    UNMARKED,
    VERBS,
    WORD,
)


def hide(text: str) -> str:
    """A text with signs in place of what is quoted, which keeps its tense, and of the names of buttons."""
    hidden = QUOTED.sub(lambda found: "\x00" * len(found[0]), text)
    hidden = hidden if hidden.isupper() else BUTTON.sub(lambda found: "\x00" * len(found[0]), hidden)
    return _ONE_OF_SEVERAL.sub(_only_the_first, hidden)


_ONE_OF_SEVERAL = re.compile(
    r"\b(?:can(?:['’]?t|not| not)?|do(?:es)?(?: not|n['’]t)|(?:un)?able to|could(?: not|n['’]t)?) (?:\w+ly )?[a-z]+\b"
    r"(?P<more>[^.,;:\n]{0,80}(?:, ?[a-z]+\b[^.,;:\n]{0,80}){1,6},? or [a-z]+\b)",
    re.IGNORECASE,
)
_ITEM = re.compile(r"(?:, ?|,? or )([a-z]+)\b", re.IGNORECASE)


def _only_the_first(found: re.Match[str]) -> str:
    """`cannot book, change or cancel` with signs in place of all but the first verb: the others keep their form too."""
    verbs = [plain(item[1]) for item in _ITEM.finditer(found["more"]) if plain(item[1]) not in ("and", "or")]
    if not verbs or not all(verb in VERBS or verb in SELDOM or _MADE_OF.sub("", verb) in VERBS for verb in verbs):
        return found[0]
    return found[0][: found.start("more") - found.start()] + "\x01" * len(found["more"])


_MADE_OF = re.compile(r"^(?:re|un|dis)-?")


def plain(word: str) -> str:
    """A word as the tables have it."""
    word = word.casefold().replace("’", "'")
    return UNMARKED.get(word, word)


def only_names(hidden: str, at: int, end: int) -> bool:
    """Whether a part of a text has no verb, and names something more closely: `payments in Poland`."""
    if end - at > _LONGEST_NAME or not _OF.search(hidden, at, end):
        return False
    words = (plain(word[0]) for word in WORD.finditer(hidden, at, end))
    return not any(word in _MAY_BE_VERBS or word.endswith(("ed", "ing")) for word in words)


_LONGEST_NAME = 200
"""Characters of a subject with `and` in it; so the time for a text grows with its length only."""
_MAY_BE_VERBS = frozenset({*VERBS, *THIRD, *AUXILIARIES, *FINITE, *PAST, *MODAL})
_OF = re.compile(r"\b(?:at|for|from|in|of|with)\b", re.IGNORECASE)
