"""What a sentence tells that says nothing specific: “Several of our lifts have issues” is “There is a problem with
several of our lifts, and what it affects follows here once it is confirmed”."""

from __future__ import annotations

import re
from collections.abc import Iterator

from warroom.wording.nouns import is_plural

_TROUBLE = re.compile(
    r"\b(?:problem|issue|difficult|troubl|irregular|anomal|degrad|limited|affect|impact|incident|disrupt|concern(?:s|ing)\b|"
    r"disturb|unavailab|slow|error|fail|glitch|hiccup|unstable|instab|wrong|brok|odd\b|strange|amiss|interrupt|"
    r"off with|is off\b|"
    r"(?:not|n['’]t) (?:\w+ )?"
    r"(?:work|behav|quite|right|available|respond|function|run|accessible|as (?:they|it) should))\w*",
    re.IGNORECASE,
)
_OVER = re.compile(
    r"\b(?:fixed|resolved|solved|sorted|repaired|restored|mitigated|back to normal|all clear|no longer|again)\b", re.I
)
"""It is over, and what can be said of that is another sentence."""
_ZONE = r"(?: (?-i:[A-Z]{3,4}|Z)\b)?"
_CLOCK = rf"(?:\d{{1,2}}[:.]\d\d(?: ?[ap]m)?|\d{{1,2}} ?[ap]m|noon|midnight){_ZONE}"
_DAY = (
    r"(?:(?:early |late )?(?:this|yesterday|last|[A-Z][a-z]+day) (?:morning|afternoon|evening|night|week)|"
    r"yesterday|today|(?:last )?(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|midday|lunchtime|"
    r"\d{1,2} (?:January|February|March|April|May|June|July|August|September|October|November|December))"
)
_ABOUT = r"(?:about |around |roughly |shortly after )?"
WHEN = re.compile(
    rf"\b(?:since {_ABOUT}(?:{_CLOCK}|{_DAY})(?: (?:on )?{_DAY})?|since (?:the [a-z]+(?: of (?:the )?[\w-]+)?|"
    rf"opening)|from {_ABOUT}{_CLOCK} (?:to|until) {_ABOUT}{_CLOCK}|"
    rf"between {_ABOUT}{_CLOCK} and {_ABOUT}{_CLOCK}|at {_ABOUT}{_CLOCK}|(?:on )?{_DAY}|"
    rf"(?:in|during) the (?:night|morning|afternoon|evening)(?: of {_DAY})?|overnight|for (?:about |over |more "
    rf"than )?[\w.]+ (?:minutes|hours|days))\b",
    re.IGNORECASE,
)
_SOME = (
    r"(?P<many>one(?= of)|some|certain|several|various|many|most|multiple|numerous|a few|a (?:small |limited |"
    r"certain )?number of|"
    r"a (?:small )?(?:subset|portion|part|share|handful|group|fraction|percentage) of|[\d.,]+ ?%? of|[\d.,]+)"
)
_NOBODY = (
    r"(?:(?:problem|issue|difficult|trouble|irregular|anomal|thing|function|feature|service|system|operation|minute|"
    r"aspect|element|component|error|delay|interruption|disruption|product|request|value|figure|process|activit|"
    r"incident|outage|failure|limitation|restriction|reason|circumstance|factor|measure|detail|question|update|impact|"
    r"effect|symptom)\w*|(?:part|area|hour|day|week|time|way|case|tool|place|point|app|page|cause|step|event|sort|"
    r"kind)s?)"
)
"""What a vague sentence counts beside those whom it is about."""
_WHO = re.compile(
    rf"\b{_SOME}(?P<of> of (?:our|the|your))?"
    rf"(?P<which> (?:our|the|your|(?!(?:and|at|by|for|from|in|of|on|or|to|with) |{_NOBODY} )[a-z-]+)){{0,2}}? "
    rf"(?P<who>(?:(?!and |or |{_NOBODY} )[a-z]+ )?(?!{_NOBODY}\b)(?:people|staff|[a-z]{{2,}}[^su\W]s))\b"
    r"(?! (?:are|is|were|was) (?:already |still |now |all )?(?:on (?:it|this|that)\b|check|investigat|"
    r"look|search|try|work))"
    r"(?P<where>(?: (?:in|at|near|across|of|from) (?:the )?(?:[A-Z][\w’'-]+(?:,? (?:and )?[A-Z][\w’'-]+){0,2}|"
    r"(?:north|south)(?:-?(?:east|west))?|east|west|region|area|city|country)(?: (?:area|region))?)?)",
)
_FOR = re.compile(
    r"\b(?:for|affecting) (?P<who>(?:people|customers|users|clients|guests|visitors|passengers|patients|"
    r"[a-z]{3,}[^su\W]s) "
    r"(?:in|at|near|across|of|from) (?:the )?[A-Z][\w’'-]+(?: [A-Z][\w’'-]+)?(?: area| region)?)"
)
_SAME = {"one": "one", "many": "many", "most": "most", "several": "several", "multiple": "several", "numerous": "many"}
_NAMED = (
    r"platforms?|apps?|websites?|web ?shop|services?|systems?|portals?|shop|stores?|network|database|products?|tools?|"
    r"pages?|phones?|phone lines|machines|tills?|line|hotline|software|displays?|readers?|accounts?|cards?|payments|"
    r"deliveries|maps?|lifts?|doors?|alarms?|screens?|sensors?|cameras?|site"
)
_THING = re.compile(
    r"(?:^(?:some|certain|various|parts?|one|several|a few)?(?:[a-z ]{0,20}\bof )?|"
    r"\b(?:of|on|in|using|to|from|affecting|affects|affected) )"
    rf"(?P<thing>(?:our|the|your) (?:[a-z-]+ ){{0,2}}?(?:{_NAMED}))\b(?! (?:{_NAMED})\b)",
    re.IGNORECASE,
)
_WITH = re.compile(
    rf"\bwith (?:(?:some|parts?|some parts|certain parts|areas) of )?(?P<thing>(?:(?:our|the|your) )?"
    rf"(?!(?:some|something|certain|various|several|one|a|an|many|any|the things|this|that|it|{_NOBODY})\b)"
    r"[a-z-]{2,}(?: [a-z-]+){0,2}?)"
    r"(?= (?:in|at|on|for|since|from|between|during|yesterday|today|this|last|over|and|but|right|currently|across)\b|"
    r"[,.;]|$)",
    re.IGNORECASE,
)
_ONE_OF = re.compile(rf"\bone of our (?:[a-z-]+ ){{0,2}}?(?:{_NAMED})\b", re.IGNORECASE)
_OF_THEM = re.compile(
    r"\b(?P<many>one|some|several|various|certain|multiple|a few|a (?:large |small )?number of|many|part|"
    r"parts)(?: of)? (?:our |the |your )?"
    r"(?P<what>(?:online |internal )?(?:services?|systems?|functions|features|areas|products|tools))\b(?! of\b)",
    re.IGNORECASE,
)


def what_is_affected(sentence: str, *, known: bool) -> Iterator[str]:
    """That there is or was a problem, with what of it the sentence tells, and that the rest follows; else nothing.

    `known` says that more is known of it, which is told where the sentence tells nothing.

    "Certain clients have had issues with our app since Monday." is "There has been a problem with our app for some
    clients since Monday, and what it affects follows here once it is confirmed.".
    """
    if _OVER.search(sentence):
        return
    if not _TROUBLE.search(sentence):
        if _AT_WORK.search(sentence) and not known:
            yield "We are working on this, and what is affected follows here once it is confirmed."
        return
    times = [time.group() for time in WHEN.finditer(sentence)]
    who, thing = _who(sentence), _thing(sentence)
    if (known or _MAY.search(sentence)) and not times and _ANYBODY.fullmatch(who) and _ANYTHING.fullmatch(thing):
        return
    if thing and who.removeprefix("for ").endswith(thing):
        thing, who = who.removeprefix("for "), ""
    if thing.split()[1:] == ["site"] and not re.search(r"\b(?:on|of) our site\b", sentence):
        thing = ""
    place = _PLACE.search(sentence) if sentence[:9].lower() == "something" and not thing else None
    told = "".join(
        part
        for part in (
            f" with {thing}" if thing else "",
            f" {who}" if who else "",
            f" {place.group()}" if place else "",
            *(f" {time[:1].lower() + time[1:] if time.split()[0].lower() in _LOWER else time}" for time in times),
        )
    )
    sorry = " We are sorry for the trouble this has caused you." if _SORRY.search(sentence) else ""
    if any(map(_HAS_BEEN.match, times)) or _HAS_BEEN.match(sentence):
        yield f"There has been a problem{told}, and what it affects follows here once it is confirmed.{sorry}"
    elif _was(sentence, times):
        yield f"There was a problem{told}, and what it affected follows here once it is confirmed.{sorry}"
    else:
        there_is = "We are working on" if _AT_WORK.search(sentence) else "There is"
        yield f"{there_is} a problem{told}, and what it affects follows here once it is confirmed.{sorry}"


def _was(sentence: str, times: list[str]) -> bool:
    """Whether the problem is over, as far as its time and its verb tell."""
    past = re.search(r"\b(?:was|were|had|did|experienced|reported|saw)\b", sentence)
    return any(map(_PAST.match, times)) or (past is not None and not _GOES_ON.search(sentence))


_PAST = re.compile(
    r"(?:from|between|yesterday|overnight|last|late last|early yesterday|(?:in|during) the|on|[A-Z][a-z]+day)\b"
)
_ANYBODY = re.compile(
    r"(?:for (?:some|many|most|several)(?: of (?:our|the|your))? (?:users|customers|clients|people|guests))?"
)
_ANYTHING = re.compile(r"(?:(?:some|one) of our \w+|(?:our|the) (?:services?|systems?))?")
"""What tells no more than that there is a problem."""
_MAY = re.compile(r"\b(?:may|might|could)\b", re.IGNORECASE)
_PLACE = re.compile(
    r"\b(?:at|in) (?:our|the) "
    r"(?!(?:afternoon|end|evening|last|meantime|middle|moment|morning|night|past|way)\b)[a-z]{3,}\b"
)
_HAS_BEEN = re.compile(r"\bsince\b|\bthere (?:has|have) been\b", re.IGNORECASE)
_SORRY = re.compile(r"\b(?:sorry|apologi[sz]e|apologies|regret)\b", re.IGNORECASE)
_AT_WORK = re.compile(
    r"\b(?:on it|on the case|(?:work|look|check|investigat)ing (?:\w+ ){0,2}?(?:on|into|it|this)|investigating)\b", re.I
)
_GOES_ON = re.compile(r"\b(?:is|are|have|has|may|might|can|could|do|does|currently|still)\b")
_LOWER = {
    "since",
    "from",
    "between",
    "at",
    "on",
    "in",
    "during",
    "yesterday",
    "today",
    "this",
    "last",
    "overnight",
    "for",
}


def _who(sentence: str) -> str:
    """For whom or where it is, as "for some clients in Denmark"; "" if nobody is named."""
    found = _WHO.search(sentence[:1].lower() + sentence[1:])
    if found is None:
        named = _FOR.search(sentence)
        return f"for {named['who']}" if named else ""
    place = _IN_PLACES.search(sentence, 0, found.start())
    link = place.group().strip().lower() if place else "for"
    many = found["many"].lower()
    if many.endswith(" of") and not many[0].isdigit():
        return f"{link} some of our {_OURS.sub('', found['who'])}{found['where']}"
    if not many[0].isdigit():
        many = _SAME.get(many, "some")
    if many.endswith(" of"):
        return f"{link} {many}{found['which'] or ''} {found['who']}{found['where']}"
    return f"{link} {many}{found['of'] or ''}{_adjective(found['which'])} {found['who']}{found['where']}"


_OURS = re.compile(r"^(?:our|the|your) ")
_IN_PLACES = re.compile(r"\b(?:in|at|across) $", re.IGNORECASE)


def _adjective(word: str | None) -> str:
    return "" if word is None or word.strip() in ("our", "the", "your") else word


def _thing(sentence: str) -> str:
    """What it is with, as "our app"; "" if nothing is named."""
    if one := _ONE_OF.search(sentence):
        return one.group().lower()
    if found := _WITH.search(sentence) or _THING.search(sentence):
        return f"{found['thing'][:1].lower()}{found['thing'][1:]}"
    if found := _OF_THEM.search(sentence):
        what = found["what"].lower()
        if found["many"].lower() == "one" or not is_plural(what):
            return f"one of our {what if is_plural(what) else what + 's'}"
        return f"some of our {what}"
    return ""
