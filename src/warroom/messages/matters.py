"""What a sentence of a short text says, which decides more than its field whether it may be left out.

Harm to people or their data comes before all else; then what works again, never without what still doesn't.
"""

from __future__ import annotations

import re
from functools import lru_cache

from warroom.messages.customer_data import DATA, EXPOSED
from warroom.messages.shares import PEOPLE

_MOST = 512
"""Sentences of which each answer is remembered: a text is put together again at each key."""
_HURT = re.compile(
    r"\b(?:harm(?:ed|ful)?|hurt|injur\w+|unsafe|danger(?:ous)?|overdos\w+|poison\w*|allerg\w+|contaminat\w+|suffocat\w+"
    r"|electrocut\w+|electric shocks?|dos(?:es?|age)|(?:wrong|missed|missing) (?:[\w'’-]+ )?"
    r"(?:medicines?|medication|drugs?|blood))\b",
    re.IGNORECASE,
)
_GONE = re.compile(
    rf"\b{DATA}\b.*\b(?:deleted|exposed|gone|leaked|lost|stolen)\b"
    r"|\b(?:leaked|stolen|exposed)\b.*\b(?:cards?|numbers?|passwords?|names?)\b"
    r"|\b(?:cards?|numbers?|passwords?|names?)\b.*\b(?:leaked|stolen|exposed)\b",
    re.IGNORECASE,
)
_OF_OTHERS = re.compile(
    r"\b(?:get|gets|got|open\w*|read|received?|saw|see[ns]?|seeing|sent|shown|showed|shows?|viewed|visible)\b.*"
    r"\b(?:of|to|by) (?:another|others?|a stranger|strangers|someone else|somebody else|each other|one another)\b"
    rf"|\b(?:of|to) the wrong (?:{PEOPLE})\b",
    re.IGNORECASE,
)
"""What is of others, or came to them: `the bookings of another member`, but not `of the other shops`."""
_NOT_SO = re.compile(
    r"\b(?:not|never|n['’]t) (?:[\w'’-]+ )?(?:been )?(?:affected|accessed|copied|deleted|exposed|harmed|hurt|injured"
    r"|leaked|lost|read|seen|shown|stolen|taken|viewed|visible|at risk|in danger)\b"
    r"|\b(?:no|none of|nobody|no one|nothing)\b(?: [\w'’-]+){0,6} (?:affected|accessed|copied|deleted|exposed|harmed"
    r"|hurt|injured|leaked|lost|read|saw|seen|shown|stolen|taken|viewed|visible|at risk|in danger)\b"
    r"|\bonly (?:see |sees )?(?:their|your|his|her|its) own\b|\b(?:is|are|was|were) (?:all |still )*(?:safe|intact)\b",
    re.IGNORECASE,
)
_OF_PEOPLE = re.compile(
    rf"\b(?:{DATA}|personal|cards?|names?|passwords?|nobody|no one|their own|your own)\b", re.IGNORECASE
)
_OPEN = re.compile(
    r"\b(?:whether|if|may|might|could|not (?:yet )?(?:known|clear|sure|certain)|(?:do not|don['’]t) know)\b",
    re.IGNORECASE,
)


@lru_cache(maxsize=_MOST)
def harms(sentence: str) -> bool:
    """Whether a sentence says that people, or data of theirs, came to harm, or may have: not that they did not."""
    return _is_of_harm(sentence) and (not _NOT_SO.search(sentence) or _OPEN.search(sentence) is not None)


@lru_cache(maxsize=_MOST)
def reassures(sentence: str) -> bool:
    """Whether a sentence says that no harm was done: `No data was shown to the wrong person`."""
    if _OPEN.search(sentence) or not _NOT_SO.search(sentence):
        return False
    return _is_of_harm(sentence) or _OF_PEOPLE.search(sentence) is not None


def _is_of_harm(sentence: str) -> bool:
    return any(pattern.search(sentence) for pattern in (EXPOSED, _HURT, _GONE, _OF_OTHERS))


_AGAIN = re.compile(
    r"\b(?:again|back|restored|recovered|reconnected|normal(?:ly)?|accepted|fixed|resolved|repaired|up and running"
    r"|as usual)\b",
    re.IGNORECASE,
)
_LEFT = re.compile(
    r"\b(?:still|yet|remain(?:s|ing|der)?|the rest|the (?:last|others?)|left|except|only|some|a few|not|cannot)\b"
    r"|n['’]t\b",
    re.IGNORECASE,
)


@lru_cache(maxsize=_MOST)
def is_back(sentence: str) -> bool:
    """Whether a sentence, or a clause, says that something works again."""
    return _AGAIN.search(sentence) is not None


@lru_cache(maxsize=_MOST)
def is_left(sentence: str) -> bool:
    """Whether a sentence says what doesn't work yet, or for whom: good news is not told without it."""
    return _LEFT.search(sentence) is not None
