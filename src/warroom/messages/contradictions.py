"""What a text says of how it is by now: that all of it works again, or that a part does not."""

from __future__ import annotations

import re

from warroom.model.harm import says_it_is_safe as says_it_is_safe


def says_it_works(text: str) -> str:
    """The clause of a text by which all of it works again: `booking works again at all shops`; "" if none does."""
    if leaves_some_out(text):
        return ""
    clauses = (part for part in _PARTS.split(text) if _WORKS.search(part) and not _NOT_ALL.search(part))
    return " ".join(next(clauses, "").split())


def leaves_some_out(text: str) -> bool:
    """Whether a text names a part of which it says something else: `except the roses`, or gate 2 beside gate 1."""
    if _EXCEPT.search(text):
        return True
    of_one = [(found, part) for part in _PARTS.split(text) if (found := _ONE_OF_SEVERAL.match(part))]
    works = {found["noun"].casefold() for found, part in of_one if _WORKS.search(part)}
    return any(found["noun"].casefold() in works for found, part in of_one if not _WORKS.search(part))


_EXCEPT = re.compile(
    r"\b(?:all but|except|excluding|apart from|aside from|other than|but not"
    r"|without(?! (?:any |further |new )?(?:delays?|errors?|interruptions?|limits?|loss|problems?|restrictions?)\b))\b",
    re.IGNORECASE,
)
_ONE_OF_SEVERAL = re.compile(
    r"\W*(?i:the )?(?!(?i:about|after|around|before|from|only|over|sev|since|until)\b)"
    r"(?P<noun>[^\W\d_]{2,}[^\W\d_s])s? (?:\d+|[A-Z])\b(?! (?:of|out)\b)"
)
"""The beginning of a clause about one of several: `Clock 5 is being tested`, `Channels 1 and 2 work again`."""
_PARTS = re.compile(r"(?<!\d)[.,;](?!\d)|\n|\b(?:and|but|though|although) (?=(?:we|it|they|some|a few|the)\b)")
_FINE = (
    r"(?:available|back|clear|complete|correct|fine|good|green|healthy|normal|ok|okay|online|on|open|possible|reachable"
    r"|ready|right|safe|stable|sync|time|up|usable)"
)
_BAD = (
    r"(?:block\w*|broke\w*|cancel\w*|crash\w*|declin\w*|delay\w*|down|dropp\w*|empty|errors?|fail\w*|full|gone|late|lost"
    r"|offline|refus\w*|reject\w*|slow\w*|stuck|twice|wrong\w*)"
)
"""What is wrong again: `returns have been rejected again`."""
_NOT_ON_ITS_WAY = r"(?<!getting )(?<!coming )(?<!going )(?<!bringing )"
_WORKS = re.compile(
    r"\b(?!runs again\b)(?:works?|working|respond(?:s|ing)?|loads?|runs?|running(?! (?:it|them)\b)|open)"
    r" (?:\w+ )?(?:again|normally|as usual|fine)\b"
    rf"|{_NOT_ON_ITS_WAY}\bback (?:online|on|up|to normal)\b|\bpossible again\b"
    r"|\b(?:is|are) (?:(?!(?:\w+(?:ed|en|ing)|brought|held|paid|put|read|sent|won) )\w+ ){0,2}"
    r"(?:back(?! to (?!normal))|restored|recovered|up again|online again|available again)\b"
    r"|\b(?:complet|arriv|succeed|go(?:ing)? through)\w* (?:(?!late\b|empty\b|twice\b)\w+ )?(?:again|normally)\b"
    r"|\bcaught up\b"
    r"|\b(?:has|have) been (?:answer|arriv|deliver|load|mov|open|reach|receiv|respond|runn|work)ing\b"
    rf"(?!.*\b{_BAD}\b)(?: [\w:'’-]+){{0,7}}? again\b"
    r"|\ball (?:[\w'’-]+ ){1,3}?(?:(?:is|are|were|have been) )?(?:\w+ly )?(?:back|done|fixed|online|re-?\w+ed|repaired"
    r"|resolved|restored|rolled back|up|working)\b"
    r"|\ball (?:[\w'’-]+ ){1,3}?(?:are (?:now )?(?:available|open|operational|reachable|running|usable)"
    r"|have (?:now )?started)(?=\W*$| (?:now|since|in|at)\b)"
    r"|^(?!\W*(?:we|our|i|please|pls|plz|you may|try|ask|come|log|open|reload|restart|scan|sign|start)\b)"
    rf"(?!.*(?:\s\w+ing|\b(?:beg[au]n|call|came|check|happen\w*|loaded|runs again|same|sent|started|tried|try"
    rf"|{_BAD}))\b)"
    rf"(?!\W*(?:an?|the|this|that) (?:[\w'’-]+ ){{0,3}}(?!{_FINE} )[\w'’-]+ again\b)"
    r".*\bagain\b"
    r"|^\W*(?:fully |all )?(?:recovered|restored|fixed|back)\b",
    re.IGNORECASE,
)
_NOT_ALL = re.compile(
    r"\b(?:(?:has|have|needs?) to|must"
    r"|almost|being|few|guess|half|hardly|hope\w*|if|likely|many|maybe|most(?:ly)?|nearly|no|not|once|only"
    r"|part(?:ly|ial\w*)|perhaps|possibly|presumably|prob(?:ably)?|should|some|soon|still|think|until|when|where|whether|will)\b|n['’]t\b|%|\d/\d"
    r"|\b(?:\d+|one|two|three|four|five|six|seven|eight|nine|ten|eleven) (?:of|out of) \w"
    r"|^\W*(?:\d[\d,]*|one|two|three|four|five|six|seven|eight|nine|ten|eleven) [a-z]",
    re.IGNORECASE,
)
