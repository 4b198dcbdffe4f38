"""What somebody assures in a promise, without the words that assure it; and what is promised for ever."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from warroom.wording.clauses import begins_clause

if TYPE_CHECKING:
    from warroom.wording.language import Language

ASSURING = (
    r"(?:promis|guarant|assur|reassur|swear|swore|vow|pledg|vouch|confident|convinced|certain|sure|positive|"
    r"your? word|our word|my word|count on|rely on|depend on|bank on|bet on|take it from|doubt)[\w']*"
)
_THING = r"(?=(?:the|your|our|my|all|every|each|both|we|you|they|there|it|this|that|\d[\d.,]*|[A-Z]\w+)\b)"
_BY_A_PERSON = re.compile(
    rf"(?:i|we|you)(?:['’]\w+)?\b[^,;:]{{0,50}}?\b{ASSURING}(?:[^,;:]{{0,40}}? that |, |: | (?:you )?{_THING})",
    re.IGNORECASE,
)
_IN_A_NOUN = re.compile(
    r"(?:(?:our|my|the|a|here is our|here is my|that is our|that is my)\b[^,;:]{0,30}?\b)?"
    r"(?:promise|word|guarantee|pledge|commitment|vow|assurance)\b[^,;:]{0,30}?(?: that |, |: | is )",
    re.IGNORECASE,
)
_BY_OTHERS = re.compile(
    r"[^,;:]{2,60}? (?:says?|said|swears?|claims?|promises?|guarantees?|thinks?|believes?|insists?|vows?|hopes?|"
    r"tells? us|told us|"
    r"(?:can|may) be told|makes? sure|(?:is|are) (?:\w+ly |all )?(?:convinced|sure|certain|confident|positive))"
    r"(?: that)? ",
    re.IGNORECASE,
)
_ASKED_TO_BELIEVE = re.compile(
    r"(?:please |just |do |you can |you may )*(?:rest|be|stay|feel|trust|believe|mark|take|count|rely|bank|"
    r"depend|bet|"
    r"have (?:faith|confidence|no)|never fear|fear not|make no mistake|don['’]t worry|no worries|no fear)\b"
    r"[^,;:]{0,40}?(?: that |[,:;] | (?:assured|certain|sure) (?:that )?)",
    re.IGNORECASE,
)
_FOR_SURE = re.compile(
    r"(?:definitely|certainly|surely|absolutely|of course|naturally|honestly|(?:there is )?no doubt|"
    r"without (?:a |any )?doubt|"
    r"for (?:sure|certain)|hopefully|yes|(?:\w+, )?good news|relax|no ifs (?:and|or) buts|(?:in the |"
    r"at )?(?:worst|best)(?: case)?|"
    r"all being well|if all goes well|with (?:any|a bit of) luck|fingers crossed|touch wood|"
    r"fact is)(?: about it)?(?: that |[,:;!–—]+ | )",
    re.IGNORECASE,
)
_TO_DO_FIRST = re.compile(
    r"(?:please |just |so )*(?:give|wait|hold|bear|stay|hang|sit|keep|try|check|come|call|ask|leave|let|allow|"
    r"take|grant|"
    r"stand|relax|have|lend|spare|send|press|switch|turn|plug|restart|reload|open|close|go|watch|stick|sleep|"
    r"bring|put|"
    r"get|grab|see|look|do|make|use|enter|visit|follow|read|write|tell|speak|ring|phone|text|contact|be) "
    r"(?:us|me|it|them|him|her|the|an?|your|our|this|that|on|in|for|with|until|till|tight|patient|still|back|off|"
    r"up|down|"
    r"again|here|another|half|some|\d+|one|two|three|four|five|six|ten|fifteen|twenty|thirty|forty|"
    r"sixty)\b[^;:]*?(?:,? and (?:then )?|, then )"
    r"|(?:just |only |another |one |an? |few |couple |of |half |\d+ |two |three |five |ten |twenty |more )*"
    r"(?:minutes?|hours?|days?|moments?|nights?|weeks?|push|reboot|restart|test)(?: more|"
    r" or so)?(?:,? and (?:then )?|, then )",
    re.IGNORECASE,
)
_SURE = re.compile(
    r"(?:we|i) (?:can |hereby )?(?:promise|guarantee|assure you|expect|are confident|are sure|are certain|"
    r"hope)(?: you)?(?: that)? ",
    re.IGNORECASE,
)
_COUNT_ON = re.compile(
    r"(?:you|everyone|everybody|the \w+) (?:can|may|should) (?:safely |fully )?(?:count|rely|depend|bank|bet) on "
    r"(?P<who>[^,;:]{3,60}?) (?:being )?(?P<how>(?<=being )[^,;:]+|(?!having\b)\w{2,14}ing [^,;:]+)$",
    re.IGNORECASE,
)
_EXPECT_IT_TO = re.compile(
    r"(?:i|we|(?:our|the) \w+(?: \w+)?)(?:['’]re| are)?(?: still| now| fully| confidently)? "
    r"(?:expect|expecting|anticipate|anticipating|intend|want) (?P<who>(?!to\b|that\b)[^,;:]{2,80}?) to "
    r"(?P<does>(?:[^,;:]|:(?=\d))+)$",
    re.IGNORECASE,
)
_HOPE_TO = re.compile(
    r"(?P<who>i|we|they|(?:our|the) \w+(?: \w+)?)(?:['’]re| are)?(?: still| now| fully)? "
    r"(?:expect|hope|plan|aim|intend|promise|guarantee|commit|(?:expect|hop|plann|aim)ing)s? to (?P<does>.+)$",
    re.IGNORECASE,
)
_HAVE_IT = re.compile(
    r"(?:i|we|(?:our|the) (?:\w+ )?(?:crew|engineers|team|technicians))(?:['’](?:ll|re)| are| will| should)? "
    r"(?:(?:hope|hoping|expect|plan|planning|aim|intend|want|going) to )?have "
    r"(?P<who>(?:the|all|your|our|every|both|\d[\d.,]*)\b[^,;:]{2,80}?) "
    r"(?P<done>(?:back(?! (?:door|office|up|yard))|fixed|online|open|ready|repaired|restored|running|up and running|"
    r"working)\b[^,;]*)$",
    re.IGNORECASE,
)
_EXPECT_TO = re.compile(
    r"(?:please |you can |so |but )*(?:expect|look forward to|await) (?P<who>(?!to\b|that\b)[^,;:]{2,80}?) to "
    r"(?P<does>(?!you\b)(?:[^,;:]|:(?=\d))+)$",
    re.IGNORECASE,
)
_EXPECT_BACK = re.compile(
    r"(?:please |you can |so |but )*(?:expect|look forward to|await) "
    r"(?P<who>(?:the|our|your|all|every|both|(?-i:[A-Z])[\w'’-]*)\b[^,;:]{0,60}?|[a-z]+s) (?:to be )?"
    r"(?P<how>(?:fully |all )?(?:available|back|fixed|live|online|open|ready|repaired|restored|running|up|working)\b"
    r"(?: (?:again|up|online|live|running|and running))*)(?P<rest> (?:[^,;:]|:(?=\d))+)?$",
    re.IGNORECASE,
)


def promised(clause: str, language: Language) -> str:
    """What a clause promises, without what assures it: "I promise you that the lifts run" is "the lifts run"."""
    for pattern, will in _AS_WILL:
        if found := pattern.match(clause):
            return found.expand(will)
    for pattern in (_TO_DO_FIRST, _BY_A_PERSON, _IN_A_NOUN, _ASKED_TO_BELIEVE, _FOR_SURE, _BY_OTHERS, _SURE):
        if (found := pattern.match(clause)) and _begins(rest := clause[found.end() :], language):
            return promised(rest, language)
    return clause


_AS_WILL = (
    (_EXPECT_BACK, r"\g<who> will be \g<how>\g<rest>"),
    (_EXPECT_TO, r"\g<who> will \g<does>"),
    (_EXPECT_IT_TO, r"\g<who> will \g<does>"),
    (_HOPE_TO, r"\g<who> will \g<does>"),
    (_HAVE_IT, r"\g<who> will be \g<done>"),
    (_COUNT_ON, r"\g<who> will be \g<how>"),
)
"""What is expected, hoped for or counted on, as what will be."""


def _begins(words: str, language: Language) -> bool:
    return begins_clause(words, language) or _THING_DOES.match(words) is not None


_THING_DOES = re.compile(
    r"(?:the|our|your|every|each) (?:[a-z-]+ ){1,2}[a-z]{2,}[^s\W]s (?:again|back|up)\b", re.IGNORECASE
)


def asks_first(sentence: str) -> bool:
    """Whether a sentence asks for something in front of its promise: "Wait until six and the lifts run"."""
    return _TO_DO_FIRST.match(sentence) is not None


def assures(words: str) -> bool:
    """Whether words in front of a colon assure what follows: "Our promise to you:"."""
    return _IN_A_NOUN.match(words) is not None or _BY_A_PERSON.match(words) is not None


FOR_EVER = re.compile(
    r"\b(?:(?:is|are|be|now) impossible|last time|never again|never ever|no more (?!than\b)\w+s|"
    r"out of the question|ruled out|"
    r"(?:belongs?|thing) (?:to|of) the past|once and for all|"
    r"(?:nothing|nobody|no one|none|no (?!later|longer|ifs|doubt|problem|worries|matter)[a-z-]+)\b[^,;:]{0,60}"
    r"\b(?:ever|again|go wrong|fail|happen)|"
    r"(?:not|never|cannot)\b[^,;:]{0,40}\b(?:again|happen|recur|a second time)|n['’]t\b[^,;:]{0,40}\b(?:again|"
    r"ever|happen|recur))\b",
    re.IGNORECASE,
)
"""A promise that something never happens again: there is no time in it that could be confirmed."""
