"""A promise as what has no time yet, without what assures it; and what is promised for ever."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from warroom.wording.clauses import begins_clause, has_verb, verb_at
from warroom.wording.nouns import inside, is_plural
from warroom.wording.sound import is_whole

if TYPE_CHECKING:
    from warroom.wording.language import Language

_ASSURING = (
    r"(?:promis|guarant|assur|reassur|swear|swore|vow|pledg|vouch|confident|convinced|certain|sure|positive|"
    r"your? word|our word|my word|count on|rely on|depend on|bank on|bet on|take it from|doubt)[\w']*"
)
_THING = r"(?=(?:the|your|our|my|all|every|each|both|we|you|they|there|it|this|that|\d[\d.,]*|[A-Z]\w+)\b)"
_BY_A_PERSON = re.compile(
    rf"(?:i|we|you)(?:['’]\w+)?\b[^,;:]{{0,50}}?\b{_ASSURING}(?:[^,;:]{{0,40}}? that |, |: | (?:you )?{_THING})",
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
_COUNT_ON = re.compile(
    r"(?:you|everyone|everybody|the \w+) (?:can|may|should) (?:safely |fully )?(?:count|rely|depend|bank|bet) on "
    r"(?P<who>[^,;:]{3,60}?) (?P<how>being|having|\w{2,14}ing) (?P<rest>[^,;:]+)$",
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
_EXPECT_BACK = re.compile(
    r"(?:please |you can |so |but )*(?:expect|look forward to|await) "
    r"(?P<who>(?:the|our|your|all|every|both|(?-i:[A-Z])[\w'’-]*)\b[^,;:]{0,60}?|[a-z]+s) (?:to be )?"
    r"(?P<how>(?:fully |all )?(?:available|back|fixed|live|online|open|ready|repaired|restored|running|up|working)\b"
    r"(?: (?:again|up|online|live|running|and running))*)(?P<rest> (?:[^,;:]|:(?=\d))+)?$",
    re.IGNORECASE,
)
_MOST_LAYERS = 3


def promised(clause: str, language: Language) -> str:
    """What a clause promises, without what assures it: "I promise you that the lifts run" is "the lifts run"."""
    if back := _EXPECT_BACK.match(clause):
        return f"{back['who']} will be {back['how']}{back['rest']}"
    if expected := _EXPECT_IT_TO.match(clause):
        return f"{expected['who']} will {expected['does']}"
    if hope := _HOPE_TO.match(clause):
        return f"{hope['who']} will {hope['does']}"
    if have := _HAVE_IT.match(clause):
        return f"{have['who']} will be {have['done']}"
    if on := _COUNT_ON.match(clause):
        how = {"being": "be", "having": "have"}.get(on["how"].lower(), f"be {on['how']}")
        return f"{on['who']} will {how} {on['rest']}"
    for _ in range(_MOST_LAYERS):
        layer = next(
            (
                found
                for pattern in (_TO_DO_FIRST, _BY_A_PERSON, _IN_A_NOUN, _ASKED_TO_BELIEVE, _FOR_SURE, _BY_OTHERS)
                if (found := pattern.match(clause)) and _begins(clause[found.end() :], language)
            ),
            None,
        )
        if layer is None:
            break
        clause = clause[layer.end() :]
    return clause


def _begins(words: str, language: Language) -> bool:
    return begins_clause(words, language) or _THING_DOES.match(words) is not None


_THING_DOES = re.compile(
    r"(?:the|our|your|every|each) (?:[a-z-]+ ){1,2}[a-z]{2,}[^s\W]s (?:again|back|up)\b", re.IGNORECASE
)


def assures(words: str) -> bool:
    """Whether words in front of a colon assure what follows: "Our promise to you:"."""
    return _IN_A_NOUN.match(words) is not None or _BY_A_PERSON.match(words) is not None


FOR_EVER = re.compile(
    r"\b(?:last time|never again|never ever|no more (?!than\b)\w+s|out of the question|ruled out|"
    r"(?:belongs?|thing) (?:to|of) the past|once and for all|"
    r"(?:nothing|nobody|no one|none|no (?!later|longer|ifs|doubt|problem|worries|matter)[a-z-]+)\b[^,;:]{0,60}"
    r"\b(?:ever|again|go wrong|fail|happen)|"
    r"(?:not|never|cannot)\b[^,;:]{0,40}\b(?:again|happen|recur|a second time)|n['’]t\b[^,;:]{0,40}\b(?:again|"
    r"ever|happen|recur))\b",
    re.IGNORECASE,
)
"""A promise that something never happens again: there is no time in it that could be confirmed."""
_SHORTEST = 3
_PERIOD = r"(?:min(?:ute)?s?|hours?|hrs?|days?|weeks?|months?|seconds?)\b"
_ZONE = r"(?: (?-i:[A-Z]{2,5})\b| (?:local|\w{2,10}(?:ern|ean)) time)?"
_CLOCK = (
    rf"\d{{1,2}}:\d\d(?: ?[ap]\.?m\b)?{_ZONE}|"
    rf"\d{{1,2}}(?:[:.]\d\d)?(?: ?[ap]\.?m\b| o['’]clock| ?h\b)?(?! ?%){_ZONE}"
    r"(?= (?:tomorrow|today|tonight|on|in the|at the|sharp)\b|[,.;!]|$)"
    r"|(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve)(?: o['’]clock| sharp|(?= (?:tomorrow|"
    r"today|tonight)\b|"
    r"[,.;!]|$))"
)
_TIME_AHEAD = (
    r",? (?:just |long |right |shortly |well )?"
    r"(?:(?:no later than|not later than|as of|starting|by|before|within|in|until|from|at|on|around|about|for|"
    r"early|first thing|come|over|during)\b "
    r"(?:about |around |the next |the |next |this |another |under |less than |at most )*"
    rf"(?:{_CLOCK}|(?:\d+|an?|half an|one|two|three|four|five|six|ten|fifteen|twenty|thirty|few|a few|couple of|"
    rf"a couple of) {_PERIOD}|\d{{1,2}} (?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)|"
    r"(?:first |second |third |late |early |night |day |morning |next )?"
    r"shift|dawn|dusk|sunrise|sunset|daybreak|nightfall|breakfast|supper|tea|\w+time\b|eod\b|cob\b|christmas|easter|"
    r"(?:new year|spring|summer|autumn|winter)\b|"
    r"kick-?off|"
    r"noon|midday|midnight|morning|evening|afternoon|tonight|tomorrow|today|weekend|end\b|week|month|close\b|lunch|"
    r"dinner|hour|minute|(?:mon|tues|wednes|thurs|fri|satur|sun)day)|"
    r"(?:before|by|until) (?:the |this |our |next )*(?:\w+ )?(?:audit|concert|elections?|game|holidays?|launch|match|"
    r"peak|race|rush|season|show)\b|"
    r"before (?:it|we|you|they|(?:the|your|our) \w+ "
    r"(?:arrives?|begins?|comes?|goe?s?|leaves?|opens?|starts?|wakes?))\b|"
    r"before (?:the|your|our) \w+ (?:come|get|go) (?:back|home)\b|"
    r"before (?:the|your|our) [\w-]+(?= ?(?:[,.;!]|$))|"
    r"(?:later )?(?:today|tonight|tomorrow|soon|shortly|very soon|this (?:morning|afternoon|evening|week)|"
    r"next (?:week|month|\w+day)|in no time|right away|any (?:minute|moment|time))\b|guaranteed|for sure|"
    r"from (?:that day|then) on|the day after tomorrow|without fail|you have my word|i promise|we promise|promised)"
)
_AHEAD = re.compile(rf"{_TIME_AHEAD}.*$", re.IGNORECASE)
_TIMES_AHEAD = re.compile(
    rf"{_TIME_AHEAD}(?: of (?:the |this |next |our |business)?\w*)?"
    r"(?:,? (?:at the (?:very )?latest|latest|sharp|or so|max|(?-i:[A-Z]{3,4})\b|tomorrow|today|tonight|morning|"
    r"evening|afternoon|night|on \w+day|this week|next week|local time|at most))*",
    re.IGNORECASE,
)
_NOT_KEPT = re.compile(
    r"\d{1,2}:\d\d|\b(?:because|since|as|so|then|once|when|if|after|before|until|but|which|who|thanks|due|give or take|"
    r"promise\w*|guarantee\w*|sure|word|latest|tomorrow|tonight|today|noon|midnight|\w+day|minutes?|hours?|days?|weeks?|"
    r"or|than|to)\b|[:;–—]|['’]",
    re.IGNORECASE,
)
"""What nothing behind a promised time is kept with: a reason, another time, an assurance."""


_STATE_LAST = re.compile(
    r"\b(?:be|is|are|back|again|up|online|available|work|run|open|reopen|return|start|ready|done|normal)(?:s|ed|ing)?$",
    re.I,
)


def has_time(clause: str) -> bool:
    """Whether a clause has a time that may be ahead."""
    return _TIMES_AHEAD.search(clause) is not None


def has_deadline(clause: str) -> bool:
    """Whether a clause has a time that can only be ahead."""
    return any(_DEADLINE.match(time.group().lstrip(" ,")) for time in _TIMES_AHEAD.finditer(clause))


_DEADLINE = re.compile(
    r"(?:by|before|within|in|until|no later|later|next|soon|shortly|tomorrow|tonight)\b", re.IGNORECASE
)


def _without_time(clause: str, language: Language) -> str:
    """A clause without its promised times, with what stands behind them if that is a place or a part of a list."""
    first = _TIMES_AHEAD.search(clause)
    if first is None:
        return clause
    head, tail = clause[: first.start()], _TIMES_AHEAD.sub("", clause[first.start() :]).rstrip(" ,;:.!?")
    if _STATE_LAST.search(head) and tail[:1] != " ":
        return head  # "Ward 3 will be back at 11:00, ward 4 at 12:00"
    tail = _LAST_OF_LIST.sub(r" and \1", tail)  # "to Ost by 6:00, West by 7:00"
    if not tail.strip() or _OF_THE_TIME.fullmatch(tail) or _NOT_KEPT.search(tail) or has_verb(tail, language):
        return head
    return head + tail


_OF_THE_TIME = re.compile(r" (?!again\b|anew\b|online\b|too\b|here\b|there\b|[a-z]+where\b)[a-z-]+", re.IGNORECASE)
"""What a time is of: "before the six o'clock show", "tomorrow lunchtime"."""
_LAST_OF_LIST = re.compile(r"^, (?!.* and )((?:the |our |all )?(?-i:[A-Z\d])[^,]*|(?:the|our|all) [^,]*)$")
_AHEAD_FIRST = re.compile(
    r"^by the time [^,;]*, |^(?:no later than|at the latest|by|within|in|at|before|from|on|as of|come|tomorrow|"
    r"tonight|later|this|next|soon)\b"
    r"[^,;]{0,40}?(?:, | (?=(?:the|our|your|all|we|you|every|it|they|that|everything)\b))",
    re.IGNORECASE,
)
_WILL = re.compile(
    r"(?P<who>[^,;]{2,120}?)"
    r"(?: (?:will|shall|should|ought to|is going to|are going to|is due to|are due to|is set to|are set to)|['’]ll) "
    r"(?:\w+(?<=ly) |all |then )*(?P<does>(?!not\b|never\b)[^;]{2,120})$",
    re.IGNORECASE,
)
_PLEASE = re.compile(r"^please [^,;]{2,60}[,;] ", re.IGNORECASE)
_MOODS = re.compile(r"\b(?:if|never|not|nobody|no one|guarantee|promise|n['’]t)\b|n['’]t\b", re.IGNORECASE)
_SURE = re.compile(
    r"^(?:we|i) (?:can |hereby )?(?:promise|guarantee|assure you|expect|are confident|are sure|are certain|"
    r"hope)(?: you)?(?: that)? ",
    re.IGNORECASE,
)


def unsure(clause: str, language: Language) -> str:
    """A promise as what is not confirmed: as what has no time yet, or else as it was typed."""
    return no_time(clause, language) or _as_typed(clause, language)


def _as_typed(clause: str, language: Language) -> str:
    """A promise behind "Not confirmed yet:", which is right for any verb; what never happens is what work is for."""
    said = promised(_PLEASE.sub("", clause.strip(" ,;:.!?")), language)
    if _VOUCHES.search(said) or not _has_subject(said, language):
        return ""
    said = inside(said, language)
    if FOR_EVER.search(said) and _NEVER.search(said):
        whole = is_whole(said.removeprefix("no "), language) and not _POINTS.match(said)
        return f"We are reviewing what has to change so that {said}" if whole else ""
    if _MOODS.search(said) or _IS_NOW.search(said) or _IS_OVER.search(said) or not has_time(said):
        return ""
    return f"Not confirmed yet: {said}"


def _has_subject(clause: str, language: Language) -> bool:
    """Whether a clause begins as its subject would, whatever its verb is."""
    signs, of = language.tag(clause).signs, language.lexicon.any_of
    if _SUBJECT.match(clause):
        return not (_ALL.match(clause) and of("ed", "well").match(signs, 1))  # "all sorted by noon"
    return of("name").match(signs) is not None


_SUBJECT = re.compile(
    r"(?:the|our|your|all|every|each|both|we|you|they|it|this|that|these|those|there|every(?:thing|one|body)|\d[\d.,]*|"
    r"nobody|no one|no [a-z]+|nothing|[a-z]{3,}[^s\W]s) [a-z\d]",
    re.IGNORECASE,
)
_ALL = re.compile(r"(?:all|both) ", re.IGNORECASE)
_VOUCHES = re.compile(
    rf"\b{_ASSURING}|\b(?:working out|hopefully|expect\w*|hop(?:e|es|ing)|plan(?:ning)? to|aim\w*)\b|[;–—]",
    re.IGNORECASE,
)
_POINTS = re.compile(
    r"(?:it|this|that)(?:['’]\w+| (?:will|can|cannot|could|does|is|never|shall|won['’]t))\b", re.IGNORECASE
)
_IS_OVER = re.compile(r"\b(?:was|were|had|did|since|ago|yesterday)\b", re.IGNORECASE)
_NEVER = re.compile(
    r"\b(?:never|(?:will|shall|can) not|cannot|nobody|nothing|no one|no [a-z]+)\b|n['’]t\b", re.IGNORECASE
)


def no_time(clause: str, language: Language) -> str:
    """A promise as what has no time yet: "Trams will run by noon" is "It is not confirmed yet when trams will run"."""
    clause = promised(_PLEASE.sub("", clause.strip(" ,;:.!?")), language)
    whole = _COMMA.split(_SURELY.sub("", _SURE.sub("", clause)), maxsplit=1)[0]
    if when := _WHEN_FIRST.match(whole):
        whole = f"{whole[when.end() :]} {when['when'].lower()}"
    whole = inside(whole, language)
    if _ON_TIME.search(whole) and is_whole(whole, language) and not _MOODS.search(whole):
        return f"It is not confirmed yet whether {whole}"
    if takes := _TAKES.match(whole):
        return f"It is not confirmed yet how long {inside(takes['who'], language)} {takes['does']}"
    clause = promised(_without_time(_AHEAD_FIRST.sub("", _SURE.sub("", clause)), language), language)
    clause = _WHEN_LAST.sub("", clause)
    if (note := _IN_A_STATE.match(clause)) and not has_verb(note["who"], language) and not _NO_WHO.match(clause):
        who = "the rest" if note["who"].lower() == "rest" else note["who"]
        clause = f"{who} will be {note['state']}"
    if nobody := _NOBODY_WILL.match(clause):
        who = f"any {nobody['what']}" if nobody["what"] else "anybody"
        return f"It is not confirmed yet whether {who} will {nobody['does'].replace(' a single ', ' a ')}"
    if _MOODS.search(clause) or FOR_EVER.search(clause) or " since " in clause:
        return ""
    will = _WILL.match(clause)
    if will:
        who, does = will["who"], will["does"]
        if lasts := _LASTS.match(does):
            return f"It is not confirmed yet how long {inside(who, language)} will {lasts.group()}"
        clause = f"{who} will {does}"
    elif _NO_WHO.match(clause) or not _will_be(clause, language):
        return ""
    clause = inside(clause, language)
    first = clause.split()[0]
    of_people = "team" in language.lexicon.classes_of(first)
    if verb_at(clause, language) == 1 and _ONE_THING.match(clause) and not (of_people or is_plural(first)):
        clause = f"the {clause}"
    return f"It is not confirmed yet when {clause}" if is_whole(clause, language) and not _IS_NOW.search(clause) else ""


_ON_TIME = re.compile(
    r"\b(?:on time|in time|on schedule|as (?:normal|planned|scheduled|usual)|"
    r"(?:hit|keep|meet)s? [^,;]*\b(?:date|deadline|target)s?)\b",
    re.IGNORECASE,
)
"""What is promised of something whose time is known."""
_WHEN_FIRST = re.compile(r"(?P<when>(?:next|this) \w+|(?:later )?today|tomorrow|tonight|from now on),? ", re.IGNORECASE)
_SURELY = re.compile(r"\b(?:absolutely|certainly|definitely|for sure|surely) ?", re.IGNORECASE)
_NOBODY_WILL = re.compile(
    r"(?:nobody|no one|no (?P<what>[\w-]+(?: [\w-]+){0,2}?)) (?:will|(?:is|are) going to) "
    r"(?P<does>(?!.*\b(?:again|ever)\b).+)$",
    re.IGNORECASE,
)
_COMMA = re.compile(r",(?!\d)")
_WHEN_LAST = re.compile(r" (?:when|by the time) [^,;]*$", re.IGNORECASE)
_IN_A_STATE = re.compile(
    r"(?P<who>(?:[\w'’-]+ ){0,3}?[\w'’-]+) (?P<state>(?:back|closed|clear|done|empty|fixed|online|open|out|paid|ready|"
    r"repaired|restored|running|sent|up|working)(?: (?:again|online|up|running|and running))*)$",
    re.IGNORECASE,
)
"""A note without its verb: "tills back"."""
_TAKES = re.compile(
    r"(?P<who>(?:the|our|your|this|that|we|they|it|an?|all|every|each)\b[^,;:]{0,60}?) (?P<does>takes?|needs?|lasts?) "
    r"(?:(?:about|around|roughly|up to|at most|under|less than|only|just|another|maybe|no longer than) )*"
    r"(?:\d|an?\b|half|two|three|four|five|six|ten|twelve|fifteen|twenty|thirty|a few|until)[^,;:]*$",
    re.IGNORECASE,
)
"""How long something takes, which is promised, and no time."""
_LASTS = re.compile(r"(?:last|take)(?= (?:about|around|at most|just|longer|no longer|only|up to)\b|$)", re.IGNORECASE)
"""What has a length that is promised, and no time."""
_IS_NOW = re.compile(r"\b(?:now|already|currently|at the moment|as we speak)\b", re.IGNORECASE)


def also_promised(clause: str, language: Language) -> str:
    """What a clause beside a promise promises too, in the present tense: "the queue clears by noon"; "" for a fact."""
    clause = clause.strip(" ,;:.!?")
    at = verb_at(clause, language)
    if not at or _STATE.fullmatch(language.tag(clause).words(at, at + 1)[0]) or not _BY_THEN.search(clause):
        return ""
    return no_time(clause, language)


_STATE = re.compile(r"is|are|was|were|has|have|had|can|cannot|does|do|did|\w+['’]\w+", re.IGNORECASE)
_BY_THEN = re.compile(
    r"\b(?:by|before|within|no later than) (?:\d|noon|midnight|midday|the (?:morning|evening|end|weekend)|tonight|"
    r"tomorrow|an hour|\w+day|\w+ (?:hours|minutes|days))|\b(?:tonight|tomorrow|shortly|soon)\b",
    re.IGNORECASE,
)
"""When something is still to come, whatever the verb says."""


def _will_be(clause: str, language: Language) -> bool:
    """Whether a clause in the present tense can be about what is to come."""
    at = verb_at(clause, language)
    if at is None:
        return clause.endswith(" again") and len(clause.split()) > _SHORTEST
    verb = language.tag(clause).words(at, at + 1)[0]
    return at > 0 and not verb.endswith("ed") and "past" not in language.lexicon.classes_of(verb.lower())


_ONE_THING = re.compile(
    r"(?!(?:every|some|any|no)|(?:we|you|i|all|both|there|it|this|that|they|these|those|half|rest)\b)[a-z]{3,} "
)
_NO_WHO = re.compile(
    r"(?:it|this|that|everything|things|they|there|give|expect|plan|by|before|within|in|at|will|should|is|"
    r"are|be|back|up|online|ready|done)\b|.* (?:was|were|had|did) |"
    r"(?:we|i)(?:['’]\w+| (?:\w+ly )?(?:are|is|am|have|can|could|may|might|must|do|need|know|see|stand|think|want)\b)"
    r"(?! (?:back|done|live|online|open|ready|through|up)\b)",
    re.IGNORECASE,
)
