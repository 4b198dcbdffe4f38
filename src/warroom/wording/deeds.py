"""What was done, or not done, without who did it or left it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from warroom.text.verbs import participle, participle_of, past_of
from warroom.wording.nouns import inside, is_plural

if TYPE_CHECKING:
    from warroom.wording.language import Language

_DEEDS = (
    "applied|approved|broke|cancelled|changed|corrupted|cut|deleted|deployed|disabled|dropped|edited|emptied|entered|"
    "erased|ignored|installed|leaked|merged|migrated|moved|overloaded|overwrote|pasted|published|pulled|pushed|ran|"
    "released|removed|renamed|restarted|revoked|rotated|sent|set|shipped|skipped|switched off|triggered|turned off|"
    "unplugged|updated|uploaded|wiped|wrote"
)
_SAID_OF_IT = {
    "brought down": "down", "killed": "stopped", "knocked out": "down", "misconfigured": "wrongly set up",
    "overlooked": "not noticed", "took down": "down",
}  # fmt: skip
"""What is said of a thing instead of the participle."""
_DETERMINER = (
    r"(?:the|a|an|our|your|all|some|this|that|these|those|both|every|each|one|two|three|four|five|six|several|"
    r"\d[\d.,]*)"
)
_BEFORE_TAIL = (
    r"(?=[,;.!]|$| (?:at|since|between|by|before|after|during|on|from|and|but|because|so|yesterday|again|today|last|"
    r"twice)\b)"
)
_DEED = re.compile(
    rf"(?P<who>[^\n,;:]{{1,60}}?) (?:has |have |had )?(?:\w{{2,12}}ly )?(?P<did>{_DEEDS}|{'|'.join(_SAID_OF_IT)}) "
    rf"(?P<what>(?!the (?:ball|mark|bar)\b){_DETERMINER}(?: (?!(?:against|at|since|between|by|before|after|during|on|"
    r"without|w/o|from|into|instead|and|but|because|so|which|that|who|when|while|yesterday|again|today|with|last|as|"
    r"just|only|simply|too|straight|right|early|late|twice|over|once|by|\w+ly)\b)(?:[\w'’/.-]|"
    r",(?=\d))*[\w'’]){1,7}|(?!it\b|them\b|this\b|that\b|off\b|down\b|out\b)[\w-]{3,20}"
    rf"{_BEFORE_TAIL})"
    r"(?P<tail>(?:[,;.! ]|$).*)",
    re.IGNORECASE,
)
_OTHER_DEED = re.compile(
    r"\b(?:which|who|whoever|what|how|that|because|instead|without|by (?:mistake|accident)|after|when|if|had|would|"
    r"should|not|never|nobody|"
    r"can|could|and (?!the\b|our\b))\b|n't\b",
    re.IGNORECASE,
)
_OF_SOMEBODY = re.compile(
    r"(?<!,) which\b|\b(?:who|because|instead|without|by (?:mistake|accident)|after|when|if|had|would|should|"
    r"he|she|they|his|her|their|and (?!the\b|our\b|that\b|\d))\b",
    re.IGNORECASE,
)
_VERB_INSIDE = re.compile(r"\b(?:did|does|do|is|are|was|were|has|have|had|will|would|can|could|not|never)\b|n['’]t\b")
_SECOND_OBJECT = re.compile(
    r"\w (?<! of )(?<! to )(?<! in )(?<! on )(?<! at )(?<! for )(?<! and )(?<!or )(?<! that )(?<!which )"
    r"(?:an?|the|our) "
)
"""A second thing without a link: "the cows the wrong dose", "the votes a second time"."""
_GOES_ON = re.compile(r" (?:did|does|do|is|are|was|were|has|have|had|will|would|can|could|not|never)\b")
"""What stands behind a thing that is the subject of a verb: "whoever wrote this migration did not test it"."""
MOVED = {
    "changed", "deployed", "merged", "migrated", "moved", "published", "pushed", "released", "sent", "set", "shipped",
    "uploaded",
}  # fmt: skip
_HOW_LONG = re.compile(
    r" for (?:the (?:whole|entire)|all|two|three|several|hours|days|weeks|\d"
    r"|(?:[\w-]+ ){1,3}(?:seconds?|minutes?|hours?|days?|weeks?|months?))\b"
)
_TO_WHERE = re.compile(rf" to |{_HOW_LONG.pattern}")
"""What belongs to the verb, and not to the thing in front of it: "sent the letters to the wrong homes"."""
AIM = re.compile(
    r" to (?!(?:the|our|your|their|a|an|all|each|every|these|those|production|prod|live|customers|users|orders|one|two|"
    r"three|four|five|six|seven|eight|nine|ten|eleven|twelve|some|several|many|most|both|half|dozens|hundreds|night)\b)"
    r"[a-z]+\b"
)
_THEMSELVES = re.compile(r" (?:themselves|himself|herself|itself)(?=[.!]?$)", re.IGNORECASE)
_MOCKING = re.compile(
    r"[,;]? (?:brilliant|great|genius|bravo|thanks|of course|naturally|as usual|as always|well done|nice|clever|"
    r"lovely)"
    r"(?: job| work| one)?([.!]?)$",
    re.IGNORECASE,
)
_WHILE_DOING = re.compile(r"[ ,]*(?:\bjust )?\b(?:before|after|while|when|by|without|instead of) \w+ing\b.*$")
_OF_THE_THING = re.compile(r" (?:that|which) (?:[a-z’'-]+ ){1,5}[a-z’'-]+[.!]?$")


def done_unconfirmed(guess: str, language: Language) -> str:
    """What was done as something that is not confirmed, from such a sentence about who did it; "" for another form."""
    begin, whether, rest = guess.partition(" whether ")
    deed = done(rest[:1].upper() + rest[1:], shortened=True) if whether else ""
    return f"{begin}{whether}{inside(deed, language)}" if deed else ""


def done(sentence: str, *, shortened: bool = False) -> str:
    """What was done, without who did it: "Sam deleted the table at 14:10." is "The table was deleted at 14:10.".

    "" if the sentence has another form, or says more of who it was; `shortened` leaves that out.
    """
    deed = _DEED.match(_THEMSELVES.sub("", sentence))
    if deed is None or _OTHER_DEED.search(deed["who"]):
        return ""
    what, tail = deed["what"], deed["tail"]
    if _GOES_ON.match(tail) or _VERB_INSIDE.search(what) or _SECOND_OBJECT.search(what):
        return ""
    if aim := AIM.search(what) if deed["did"].lower() not in MOVED else None:  # "… to charge her phone"
        if not shortened:
            return ""
        what, tail = what[: aim.start()], "."
    if doing := _WHILE_DOING.search(tail):  # it was somebody who left, and not the thing
        if not shortened:
            return ""
        tail = f"{tail[: doing.start()]}."
    tail = _MOCKING.sub(r"\1", tail)
    if where := (_TO_WHERE if deed["did"].lower() in MOVED else _HOW_LONG).search(what):
        what, tail = what[: where.start()], f"{what[where.start() :]}{tail}"
    if relative := _OF_THE_THING.match(tail):
        what, tail = f"{what}{relative.group().rstrip('.!')}", tail[len(relative.group().rstrip(".!")) :]
    if more := _OF_SOMEBODY.search(tail):
        if not shortened:
            return ""
        tail = re.sub(r"[\s,;]*(?:\b(?:with|and|by|of|to|in|on|for|from|at))?[\s,;]*$", "", tail[: more.start()]) + "."
    head = re.split(r" (?:of|for|in|to|that|which)\b", what, maxsplit=1)[0].split()
    many = is_plural(head[-1]) or re.match(r"(?:all|these|those|both|two|three|four|five|six|several)\b", what, re.I)
    did, _, particle = deed["did"].lower().partition(" ")
    result = _SAID_OF_IT.get(deed["did"].lower()) or f"{participle_of(did)} {particle}".rstrip()
    return f"{what[:1].upper()}{what[1:]} {'were' if many else 'was'} {result}{tail}"


_PASSIVE = re.compile(
    r"(?P<when>(?:at \d{1,2}:\d\d(?: [A-Z]{3,4})?,? |[A-Z][^,;:]{2,40}, )?)"
    r"(?P<what>(?:(?!(?:was|were|which|who|that|and|but|because)\b)[\w'’-]+ ){1,9}?)"
    r"(?:was|were|has been|have been|had been|got) (?P<how>(?:\w{2,14}ly )?)"
    r"(?P<did>(?:rolled|switched|turned|shut|put|sent) (?:out|off|on|down|live)|"
    r"\w{2,14}ed|run|set|cut|put|sent|made|written|taken)\b"
    r"(?P<tail>[^;]*)$",
    re.IGNORECASE,
)
_HOW_IT_CAME = re.compile(
    r" ?\b(?:accidentally|mistakenly|inadvertently|by (?:mistake|accident)|in error)\b", re.IGNORECASE
)


def could_be_done(sentence: str) -> str:
    """What was done as possible: "It was run without a test." is "It could be run without a test."."""
    passive = _PASSIVE.match(sentence)
    if passive is None:
        return ""
    tail = _HOW_IT_CAME.sub("", passive["tail"])
    return f"{passive['when']}{passive['what']}could be {passive['did']}{tail}"


def done_by_us(sentence: str, language: Language) -> str:
    """What was done as what we did: "A faulty update was released." is "We released a faulty update."."""
    passive = _PASSIVE.match(sentence)
    if passive is None:
        return ""
    tail = re.sub(r"\bwithout being (\w+?)ed\b", r"without \1ing it", passive["tail"])
    if re.search(r"\bbeing\b|\b(?:and|but) (?:then |now |so |also )?(?:is|are|was|were|has|have|had)\b", tail):
        return ""
    verb, *particle = passive["did"].lower().split()
    what = passive["what"].strip()
    if not passive["when"]:
        what = inside(what, language)
    we = "we" if passive["when"] else "We"
    return f"{passive['when']}{we} {passive['how']}{' '.join([past_of(verb), *particle])} {what}{tail}"


_WHAT_TO_DO = (
    r"(?P<do>[a-z]{2,14})(?P<with> (?:over|back|up|off|out|on|down|in|away))? "
    r"(?P<what>(?:the|a|an|our|this|that|these|those|all|any)"
    r"(?: (?!(?:but|and|because|so|if|when|who|which|instead|before|after|at|by|on|since|within|in|to)\b)"
    r"[\w'’/.:-]*\w){1,8}|(?:[a-z-]+ )?[a-z]{3,} (?:\d{1,4}|(?-i:[A-Z]\d{0,3}))\b(?![:.,]\d)|both [a-z]+s|"
    r"(?!(?:so|it|that|this|them|something|anything|us|me|you|to)\b)[a-z-]{3,}(?: [a-z-]{3,})?(?=[.!]?$))"
    r"(?P<back>(?: (?:back|off|on|out|in|up|down|again|away|over)(?= (?:at|before|after|by|on|since)\b|[.!]?$))*)"
    r"(?P<rest>(?: (?:before|after|at|by|on|since|within|in) (?:[^,;:!?]|:(?=\d)){2,60})?)[.!]?$"
)
_FORGOT = re.compile(
    rf"(?:[^\n,;:]{{2,60}}? (?:forgot|failed|neglected|omitted)|"
    rf"(?P<nobody>nobody|no one)\b[^\n,;:]{{0,50}}? (?:bothered|cared|remembered|thought)) to {_WHAT_TO_DO}",
    re.IGNORECASE,
)
_FAILURE_TO = re.compile(
    rf"[^\n,;:]{{2,90}}? (?:failure|inability|refusal|unwillingness) to {_WHAT_TO_DO}", re.IGNORECASE
)
_OUGHT = re.compile(
    r"[^\n,;:]{2,60}? (?:should|could|ought to|might|must)(?: easily| really)? have (?P<did>\w{2,14}ed|caught|known|"
    r"read|seen|told|sent|kept|taken|run|made|set|put) (?P<what>(?:the|a|an|our|this|that|these|those|all|any)"
    r"(?: (?!(?:but|and|because|so|if|when|who|which|instead|before|after|at|by|on|since|within)\b)[\w'’/.-]+){1,6}"
    r"(?: (?:at|before|after|by|on|since|within) \d[\w:.]*(?: (?-i:[A-Z]{3,4}|[ap]m)\b)?)?)",
    re.IGNORECASE,
)


def not_done(sentence: str) -> str:
    """What was not done: "Jonas forgot to renew the certificate." is "The certificate was not renewed."."""
    if ought := _OUGHT.match(sentence):
        head = re.split(r" (?:of|for|in|to|at|before|after|by|on|since|within)\b", ought["what"].strip(), maxsplit=1)[0]
        where = ought["what"].strip()[len(head) :]
        if (first := _BEFORE_THAT.match(sentence, ought.end())) and (other := done(f"Somebody {first['did']}.")):
            return f"{other.rstrip('.')} before {head[:1].lower()}{head[1:]} had been {ought['did']}{where}."
        was = "were" if is_plural(head.split()[-1]) else "was"
        return f"{_begun(head).rstrip('.')} {was} not {ought['did']}{where}."
    if never := _DID_NOT.match(sentence):
        return _never_done(never)
    forgot = _FORGOT.match(sentence) or _FAILURE_TO.match(sentence)
    if forgot is None:
        return ""
    nobody = forgot.groupdict().get("nobody") or ""
    if _NOT_FORGOT.search(forgot.group()[len(nobody) : forgot.start("do")]):
        return ""
    do, what = forgot["do"].lower(), forgot["what"] + forgot["back"]
    did = f"{participle(do)}{forgot['with'] or ''}"
    if particle := _PARTICLE.search(what):
        what, did = what[: particle.start()], f"{did}{particle.group()}"
    head = re.split(r" (?:of|for)\b", what, maxsplit=1)[0]
    return _begun(f"{what} {'were' if is_plural(head.split()[-1]) else 'was'} not {did}{forgot['rest']}")


_NOT_FORGOT = re.compile(r"\b(?:who|because|nobody|no one|never|not)\b")


def _never_done(never: re.Match[str]) -> str:
    what, do = never["what"], never["do"].lower()
    done = do if do.endswith("ed") else participle_of(do) or participle(do)
    head = re.split(r" (?:of|for)\b", what, maxsplit=1)[0]
    was = "were" if is_plural(head.split()[-1]) else "was"
    no = "" if what.lower().startswith("enough ") else "not "
    return _begun(f"{'not ' if not no else ''}{what} {was} {no}{done}{never['rest']}")


_DID_NOT = re.compile(
    r"(?!(?:if|had|unless|when|it|this|that|they|we|i|nobody|no one)\b)[^\n,;:]{2,60}? "
    r"(?:did not|didn['’]t|never|had not|hadn['’]t)(?: even| ever| properly)? "
    r"(?P<do>(?!(?:be|been|bother|care|do|get|go|have|had|know|say|tell|think|want|was|were|work)\b)[a-z]{3,14}) "
    r"(?P<what>(?:the|an?|our|these|those|all|any|enough)"
    r"(?: (?!(?:but|and|because|so|if|when|who|which|before|after|at|by|on|since|within|in|to|until|with)\b)"
    r"[\w'’/.-]*\w){1,5}|[a-z]{3,}s(?=[.!]?$))"
    r"(?P<rest>(?: (?:before|after|at|by|on|since|within|in|until) [^,;:!?]{2,60})?)[.!]?$",
    re.IGNORECASE,
)
"""Something that somebody left out: "The shift lead didn't order enough fuel"."""
_BEFORE_THAT = re.compile(r" before (?:he|she|they|it|we|you) (?P<did>[^,;:]+?)[.!]?$", re.IGNORECASE)
_PARTICLE = re.compile(r"(?: (?:back|off|on|out|in|up|down|again|away|over))+$", re.IGNORECASE)
_BY_SOMEBODY = re.compile(
    r"(?P<done>(?!(?:this|that|it|these|they)\b)(?:(?!(?:by|who|whoever|which|that|because|and|"
    r"but)\b)[^\s,;:]+ ){1,9}?"
    r"(?:was|were|has been|have been|had been|got) (?:\w+ly )?"
    r"(?!(?:triggered|caused|affected|hit|impacted|made|introduced|created|given|led|brought)\b)\w+"
    r"(?: (?:off|out|down|on))?) by (?!(?:mistake|accident|hand|email|e-mail|post|phone|\d)\b)"
    r"(?:(?!(?:who|whoever|which|that|because|and|but|when|while|if)\b)[^\s,;:.]++ ?){1,6}?"
    r"(?P<rest>(?:(?<= )(?:at|on|before|after|during|since) (?:\d|the \d|(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day)"
    r"(?:[^,;:]|:(?=\d)){0,60})?[.!]?)$",
    re.IGNORECASE,
)


def without_agent(sentence: str) -> str:
    """What was done, without by whom: "The table was deleted by Marc." is "The table was deleted."."""
    found = _BY_SOMEBODY.match(sentence)
    return f"{found['done']} {found['rest']}".replace(" .", ".").rstrip() if found else ""


_BY_A_NAME = re.compile(
    r"(?P<done>\b(?:was|were|been|got|is|are) (?:\w+ly )?"
    r"(?!(?:triggered|caused|affected|hit|made|introduced|created|led|brought|provoked|produced|started)\b)\w+"
    r"(?: (?:off|out|down|on))?) by "
    r"(?:(?-i:(?!(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day\b)[A-Z][\w'’-]+(?: [A-Z][\w'’-]+)?)"
    r"|(?:the|our|an?) (?:[\w-]+ ){0,2}?(?:admin|colleague|contractor|developer|engineer|operator|technician|team)s?)"
    r"(?=$|[.;!]|,(?-i: [^A-Z])| (?:since|at|on|for|until|before|after|during|and|but|so|because|in)\b)",
    re.IGNORECASE,
)


def without_names(sentence: str) -> str:
    """A sentence of several parts without by whom each thing was done; "" if none says so."""
    left, times = _BY_A_NAME.subn(lambda found: found["done"], sentence)
    return left if times else ""


def _begun(words: str) -> str:
    words = words.strip()
    return f"{words[:1].upper()}{words[1:].rstrip('.!')}."
