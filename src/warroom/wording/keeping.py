"""The figures of a sentence, so that none is lost: as digits, as words, and with what they count."""

from __future__ import annotations

import re
from collections.abc import Sequence

from warroom.wording.by_place import said_digits

_FIGURE = re.compile(r"(?<![a-zA-Z_])\d+(?:[.,:]\d+)*|(?<=[a-zA-Z_])\d+(?:[.,:]\d+)*(?![\da-zA-Z_])")
"""A figure, also that of `SEV2` and `v4`, and none within a word such as `k8s`."""
_TIME_SAID = re.compile(
    r"\b(?:since|from|between|started at|began at|ended at)(?: about| around)? \d{1,2}(?::\d\d)?(?: ?[ap]m)?"
    r"(?: (?:and|to|until) \d{1,2}:\d\d)?"
)
_TIME = re.compile(
    r"\d{1,2}:\d\d|\d{1,2} ?[ap]m\b|"
    r"\d{1,2}(?:st|nd|rd|th)? (?:jan|feb|mar|apr|may|june?|july?|aug|sept?|oct|nov|dec)(?:[a-z]{3,6})?\b|"
    r"\b(?:at|by|before|until) \d{1,2}(?= (?:tomorrow|tonight|today|on)\b|[,;]|[.!]?$)|"
    r"\d{1,3}(?: ?[-–] ?\d{1,3})?[ -]?(?:min|hour|hr|h\b|day|sec|week|ish|working|business)",
    re.IGNORECASE,
)


def figures(sentence: str, spans: Sequence[tuple[int, int]], *, ahead: bool = False) -> set[str]:
    """The figures of a sentence outside of the spans; with `ahead`, without the times that are promised."""
    left_out = [*spans, *said_digits(sentence)]
    if ahead:
        since = [match.span() for match in _TIME_SAID.finditer(sentence)]
        left_out += [
            time.span()
            for time in _TIME.finditer(sentence)
            if not any(a <= time.start() and time.end() <= b for a, b in since)
        ]
    left_out += [code.span() for code in _ERROR_NUMBER.finditer(sentence)]
    return {
        figure.group()
        for figure in _FIGURE.finditer(sentence)
        if not any(a < figure.end() and b > figure.start() for a, b in left_out)
    }


_ERROR_NUMBER = re.compile(r"\b(?:errno|(?:exit|return|status) code|signal) \d{1,5}\b", re.IGNORECASE)
"""A number that only says how a program failed."""
_MOST_NOTED = 8
_NUMBERED = re.compile(
    r"\b(?P<what>(?:blocks?|branch|building|bus|carriage|desk|docks?|flights?|floors?|gates?|halls?|hangar|"
    r"lanes?|levels?|"
    r"lifts?|lines?|platforms?|pumps?|rooms?|routes?|rows?|seats?|sections?|sites?|stations?|stores?|terminals?|"
    r"theatre|"
    r"tracks?|trains?|trams?|units?|vans?|wards?|zones?|class|unit|berths?|lots?|bays?))\s+$",
    re.IGNORECASE,
)
"""What has a number for its name: "row 12" is no count of rows."""
_UNITS = re.compile(
    r" ?(?:of \d[\d.,]* (?:[a-z-]{2,20} )?[a-z-]{2,20}s\b|"
    r"(?:[a-z-]{2,20} )?(?:cattle|children|fans|fish|men|people|police|sheep|staff|women)\b|"
    r"%|percent\b|[A-Z]{3,4}\b|[ap]m\b|min\b|h\b|"
    r"(?:[a-z-]{2,20} )?(?!(?:this|was|is|has|as|its|does|plus|minus|versus|always)\b)[a-z-]{2,20}s\b)"
)


def that_count(sentence: str) -> set[str]:
    """The figures that count something, or tell a time; no others are safe beside a secret: "code 882 114 990"."""
    return {
        figure.group()
        for figure in _FIGURE.finditer(sentence)
        if ":" in figure.group()
        or (_UNITS.match(sentence, figure.end()) and not sentence[max(figure.start() - 1, 0)].isalpha())
    }


_NUMBER = (
    "two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|fifteen|twenty|thirty|forty|fifty|sixty|seventy|"
    "eighty|"
    "ninety|hundreds?|thousands?|dozens?"
)
_COUNTED_IN_WORDS = re.compile(
    rf"\b(?:an? )?(?:{_NUMBER})(?:[- ](?:{_NUMBER}|one)){{0,3}}(?: of)? "
    r"(?:accounts|bookings|customers|days|flights|hours|invoices|messages|minutes|orders|parcels|"
    r"passengers|patients|payments|sales|seats|shops|stores|tickets|users|weeks)\b",
    re.IGNORECASE,
)


def counted(sentence: str) -> set[str]:
    """How many or how long it was, where the number is a word: "forty orders"."""
    return {found.group().lower() for found in _COUNTED_IN_WORDS.finditer(sentence)}


_NAMED_BY_NUMBER = re.compile(
    r"\b(?:(?P<sort>(?i:line|terminal|gate|hall|ward|barn|depot|tank|lot|bus|room|platform|station|flight|"
    r"route|building|floor|"
    r"track|bay|dock|berth|lane|unit|plant|node|road|street|highway|junction|exit|pier|pump|valve|field|"
    r"block|wing|court|"
    r"stage|studio|counter|desk|till|tower|turbine|reactor|furnace|oven|silo|well|stand|sector|zone|area|district|"
    r"chapter|step|phase|team|shift|class|grade|level|tram|train|ferry|boat|truck|lift|elevator|crane|kiosk|version|"
    r"store|shop|site|batch|sev|p)s? )|(?<=[a-z,] )[A-Z][\w-]+ )"
    r"(?:no\.? ?|number )?(?P<number>\d{1,4})\b(?![:.,]\d| ?%)"
)
"""A number that belongs to a name: "Terminal 2", "line 4"."""
_CODE = re.compile(r"[A-Z]{1,3}-?\d{1,4}")
_CODED = re.compile(
    r"\b(?!(?:the|a|an|our|your|this|that|in|on|at|of|for|from|to|with|by|and|or|is|are|was|were|near|behind|into|"
    r"between|than|server|host|node|pod|shard|cluster|switch|router)\b)[a-z]{3,} $"
)
"""A word in front of a code that says what it is of: "rack B12"."""


def lone_codes(sentence: str) -> list[tuple[int, int]]:
    """Where codes are that say nothing elsewhere, since no word in front says what they are of."""
    codes = re.finditer(rf"(?<![\w-]){_CODE.pattern}(?![\w-])", sentence)
    return [code.span() for code in codes if not _CODED.search(sentence, 0, code.start())]


_NAMED = re.compile(
    r"(?<=\s)(?!(?:about|above|after|almost|and|around|below|between|but|every|exactly|for|from|least|most|nearly|only|"
    r"order|over|past|roughly|some|than|the|these|those|till|under|until|with|within)\b)"
    r"(?P<what>[a-z]{3,}(?<!ed)(?<!s)) $"
)
"""What a number is the name of, if nothing is counted with it: "boiler 2"."""
_WHEN = re.compile(r"\b(?:since|from|until|before|after) $", re.IGNORECASE)
_DAY = r"\d{1,2}(?:st|nd|rd|th)?"
_MONTH = (
    r"(?-i:Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?|Sept?(?:ember)?|Oct(?:ober)?|"
    r"(?:Nov|Dec)(?:ember)?)\b"
)
_TO = r"(?: (?:and|to|until|till) | ?[-–] ?)"
_DATE = re.compile(
    rf"(?:\b(?:between|from) )?\b(?:{_DAY}(?: {_MONTH})?{_TO})?{_DAY} (?:of )?{_MONTH}(?: \d{{4}}\b)?|"
    rf"\b{_MONTH} {_DAY}(?:{_TO}(?:{_MONTH} )?{_DAY})?(?:,? \d{{4}}\b)?(?![:\d])|"
    rf"(?:\b(?:between|from) )?\b\d{{1,2}}:\d\d{_TO}\d{{1,2}}:\d\d(?-i: [A-Z]{{3,4}}\b)?",
    re.IGNORECASE,
)
"""A date or a time from one to another, which says nothing in parts: "between 1 and 9 May"."""


def noted(sentence: str, missing: set[str]) -> str:
    """The figures of a sentence that would be missing, with what they count: "Noted so far: 14:10, 600 quotes."."""
    found: dict[str, None] = {}
    names = {
        named["number"]: named.group()
        for named in _NAMED_BY_NUMBER.finditer(sentence)
        if named["sort"] or not _UNITS.match(sentence, named.end())
    }
    for words in _COUNTED_IN_WORDS.finditer(sentence):
        if words.group().lower() in missing:
            found.setdefault(words.group().lower())
    dates = [date for date in _DATE.finditer(sentence) if figures(date.group(), []) & missing]
    found |= dict.fromkeys(date.group() for date in dates)
    told = 0
    for word in re.finditer(r"\S+", sentence):
        if word.start() < told:
            continue  # the 14 of "5 of 14 plazas"
        if any(date.start() <= word.start() < date.end() for date in dates):
            continue
        if figures(word.group(), []) & missing:
            figure = word.group().strip("()[]{},;.!?\"'")
            unit = None
            if _CODE.fullmatch(figure) and (of := _CODED.search(sentence, 0, word.start())):
                found.setdefault(f"{of.group().strip()} {figure}")
                continue
            if (thing := _NUMBERED.search(sentence, 0, word.start())) and figure.isdigit():
                found.setdefault(f"{thing['what']} {figure}")
                continue
            if not re.match(r"[A-Za-z]", figure):  # "FRA1 drops" counts nothing
                unit = _UNITS.match(sentence, word.start() + word.group().find(figure) + len(figure))
            if figure in names:
                figure, unit = names[figure], None
            elif (
                unit is None and figure.replace(".", "").isdigit() and (of := _NAMED.search(sentence, 0, word.start()))
            ):
                figure = f"{of['what']} {figure}"
            when = _WHEN.search(sentence, 0, word.start()) if ":" in figure else None
            found.setdefault((when.group().lower() if when else "") + figure + (unit.group() if unit else ""))
            told = unit.end() if unit else told
    return f"Noted so far: {', '.join([*found][:_MOST_NOTED])}." if found else ""
