"""Short forms whose words only the place tells: `ur`, `prob`, and `2` and `4` for words."""

from __future__ import annotations

import re
from collections.abc import Iterator


def said_by_place(text: str) -> Iterator[tuple[int, int, str | None]]:
    """Where each such form stands, and the words to write for it; None if nobody can tell them."""
    for found in _UR.finditer(text) if "ur" in text.casefold() else ():
        words = _you(found["next"] or "", found["after"] or "")
        yield *found.span("ur"), words and (words.capitalize() if found["ur"][0] == "U" else words)
    for found in _PROB.finditer(text) if "prob" in text.casefold() else ():
        words = "problem" if found["a"] else "probably"
        yield *found.span("prob"), words.capitalize() if found["prob"][0] == "P" else words
    for start, end in said_digits(text):
        yield start, end, "to" if text[start] == "2" else "for"


def said_digits(text: str) -> Iterator[tuple[int, int]]:
    """Where a `2` or a `4` is no number, but stands for "to" or "for"."""
    for sign, pattern in ((" 2 ", _TO), (" 2 ", _TOLD_TO), (" 4 ", _FOR_ANY), (" 4 ", _FOR_ONE), (" 4 ", _FOR_THE)):
        for found in pattern.finditer(text) if sign in text else ():
            yield found.span("digit")


def _you(word: str, after: str) -> str | None:
    """What `ur` is in front of a word and the one behind that; None if it could be both."""
    word, after = word.casefold(), after.casefold()
    ends_here = not after or after in _NO_NOUN or after[0].isdigit() or after.endswith("ly")
    if word in _ALWAYS_ARE:
        return "you're"
    if not word or word in _NEITHER:
        return None
    if word in _STATES or (word.endswith("ed") and word not in _NOUNS and not word.endswith("eed")):
        if word in _NOUNS_TOO and after in {"is", "was", "will", "has"}:
            return "your"
        return "you're" if ends_here else "your"
    if word.endswith("ing") and word not in _NOUNS:
        return "you're" if word in _DOING and after not in _QUEUES else None
    return "your" if word.isalpha() else None


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


_NO_NOUN = _words(
    "a an about across after again all also and any anymore as at back because before but by double due during else"
    " even extra for from here if in into it more no not nothing now of off on only or our out over per since so some"
    " still than that the their there these they this those to today tomorrow tonight too twice until up us via we when"
    " where which while who why with within without yet you your"
)
"""Words that can't go on with the noun that a word in front of them belongs to: "charged twice", "locked out"."""
_ALWAYS_ARE = _words(
    "a all already also always an at being definitely getting going having in just never not now on only probably so"
    " still the they too unable very"
)
_NEITHER = _words(
    "and are as back because but by can could did do does for from had has have if is it may must of or out over should"
    " that then there this to until up was we were what when where which while who why will with would you"
)
_STATES = _words(
    "able abroad affected alone aware away caught cut done due early eligible entitled fine first free given"
    " good gone here hit hungry kept late left locked logged lost new next ok okay old out overdue owed paid ready"
    " right safe sent set shown shut sick signed sorry stranded stuck sure taken there told unaffected unlucky welcome"
    " well wrong"
)
_NOUNS_TOO = frozenset({"fine", "right", "left", "good", "set", "cut", "hit"})
_NOUNS = _words(
    "bed shed sled need feed seed speed red shared building meeting ring string thing king wing spring evening morning"
    " ceiling railing wedding clothing earring sibling"
)
_DOING = _words(
    "asking calling coming driving expecting flying leaving looking missing paying riding seeing trying using waiting"
    " walking working"
)
_QUEUES = frozenset({"list", "lists", "time", "times", "room", "number", "hours", "day", "days", "payment", "name"})
_UR = re.compile(r"(?<![\w'’.@/&-])(?P<ur>[Uu]r)(?![\w'’@/&-])(?: +(?P<next>[\w'’-]+)(?: +(?P<after>[\w'’-]+))?)?")

_PROB = re.compile(
    r"(?:\b(?P<a>an?|the|no|this|that|any|another|our|their|your|one|same|big|known|main|real) )?"
    r"(?<![\w'’.@/&-])(?P<prob>[Pp]rob)(?![\w'’@/&-])"
)
_SURE_VERBS = (
    r"add|ask|avoid|be|begin|bring|buy|choose|come|complete|confirm|contact|decide|deploy|do|explain|find|finish"
    r"|fix|follow|get|give|go|happen|have|hear|help|inform|install|keep|know|learn|leave|let|make|mend|prevent|publish"
    r"|reach|rebook|rebuild|receive|recover|reinstall|remove|repair|replace|reply|replay|resend|resolve|restore|retry"
    r"|say|see|send|speak|stay|submit|talk|tell|think|try|understand|verify|wait|write"
)
_NOUNS_AND_VERBS = (
    r"answer|book|call|change|charge|check|close|cover|log|look|move|order|pay|phone|pick|post"
    r"|print|process|pull|push|queue|reboot|refund|release|report|request|reset|restart|ring|roll|scan|share|show"
    r"|sign|start|stop|switch|sync|test|track|turn|update|upload|use"
)
_GOES_ON = (
    r"(?= (?:it|them|him|her|me|us|you|this|that|these|those|the|an?|our|your|his|their|all|any|some|each|every|in|on"
    r"|at|by|with|for|from|to|when|if|and|or|but|because|so|again|back|out|up|down|off|over|now|then|asap|today|tomorrow"
    r"|tonight|soon|first|before|after|until|what|who|why|how|where|everyone|everybody|everything|anyone|anything"
    r"|someone|something|customers|people)\b|\s*[.,;:!?)]|\s*$)"
)
_NUMBERED = (
    r"(?!(?:about|after|all|and|another|any|at|before|belt|building|by|cluster|database|db|depot|every|first"
    r"|floor|from|gate|hall|host|in|item|just|lane|last|level|line|next|no|node|number|of|only|option|or|other|our|page"
    r"|part|phase|platform|point|priority|question|room|route|section|server|sev|shift|site|some|stage|step|store|team"
    r"|terminal|than|the|their|these|those|tier|track|type|unit|version|week|which|with|your|zone"
    r"|barn|bay|berth|block|boiler|counter|desk|dock|door|exactly|for|kiosk|least|lift|most|pier|pump|rack|sluice|stop"
    r"|tank|till|tower|tram|train|truck|under|valve|van|vat|ward|within) )"
)
"""What a word must not be that has a number behind it."""
_TO = re.compile(
    rf"(?<![\w.,:-]){_NUMBERED}"
    r"[a-z][\w'’]*,? (?P<digit>2) "
    rf"(?:(?i:{_SURE_VERBS})\b(?!-)|(?:{_NOUNS_AND_VERBS})\b{_GOES_ON}|(?:us|you|me|him|them|everyone|everybody)\b"
    r"|(?<=back 2 )(?:normal|work|full|green|life|usual)\b|(?<=up 2 )(?:speed|date)\b)"
)
_TOLD = (
    r"accept|apologise|board|carry|cash|count|drive|expect|hand|hold|ignore|load|lock|offer|open|pack|park|pause|put|queue"
    r"|refuse|reject|run|sell|serve|set|ship|take|unlock|walk|weigh|work"
)
_TOLD_TO = re.compile(
    r"\b(?:allow|ask|asked|asking|need|remind|reminded|tell|telling|told|want|wants|warn|warned) (?:[\w'’-]+ ){0,5}?"
    rf"{_NUMBERED}[a-z][\w'’-]* (?P<digit>2) (?:{_SURE_VERBS}|{_NOUNS_AND_VERBS}|{_TOLD})\b"
    r"(?![-'’])(?! (?:is|are|was|were)\b)",
    re.IGNORECASE,
)
"""Who is told to do something, whoever and wherever they are: "tell shops in Ghent 2 use paper"."""
_FOR_THE = re.compile(
    rf"(?<![\w.,:-]){_NUMBERED}(?!(?:buses|docks|gates|halls|lanes|lifts|lines|pumps|rooms|tills|trams|trains|units) )"
    r"[a-z]{2,}[^su\W]s (?P<digit>4) (?:the|an?|our|your|their|this|these|those|all|every|everyone|us|you|them)\b",
    re.IGNORECASE,
)
_FOR_ANY = re.compile(
    r"\b(?:sorry|sry|thx|thanks|thank you|good|bad|free|here|ok|ask|asked|asking|fees|fine|ready|responsible) "
    r"(?P<digit>4)(?= (?!of\b|more\b|hours?\b|days?\b|min)[a-z]{2,20}\b)",
    re.IGNORECASE,
)
_FOR_ONE = re.compile(
    r"\b(?:available|charged?|data|down|due|enough|eta|except|help|info|looking|money|needed|news|open|paid|pay|reasons?"
    r"|refunds?|used|wait(?:ing)?|work(?:s|ing)?) (?P<digit>4)"
    r"(?= (?:us|you|the|an?|our|your|everyone|everybody|all|now|him|her|them|it|this|that|nothing|some|most|many)\b"
    r"| (?!of\b|more\b|extra\b|new\b|other\b|full\b|whole\b|different\b|separate\b|hours?\b|hrs?\b|days?\b|min"
    r"|secs?\b|weeks?\b|months?\b|years?\b|h\b|d\b|times\b|in\b|out\b|at\b|on\b|and\b|or\b|so\b|but\b|still\b)"
    r"(?!(?:[\w-]+ ){0,2}(?:[\w-]*[^su\W]s|people|staff|men|women|children|crew|percent|euro|dollar|pound|km|kg|million"
    r"|thousand|hundred|dozen|k)\b)[a-z]{3,20}\b)",
    re.IGNORECASE,
)
