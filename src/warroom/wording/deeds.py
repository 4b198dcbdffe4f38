"""What was not done, could be done or was done by us: “Jo forgot to shut the door” is “The door was not shut.”."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from warroom.text.verbs import participle, participle_of, past_of
from warroom.wording.nouns import inside, is_plural
from warroom.wording.passive import whole_deed

if TYPE_CHECKING:
    from warroom.wording.language import Language

_PASSIVE = re.compile(
    r"(?P<when>(?:at \d{1,2}:\d\d(?-i: [A-Z]{3,4})?,? |[A-Z][^,;:]{2,40}, )?)"
    r"(?P<what>(?:(?!(?:was|were|which|who|that|and|but|because)\b)[\w'’-]+ ){1,9}?)"
    r"(?:was|were|has been|have been|had been|got) (?P<how>(?:\w{2,14}ly )?)"
    r"(?P<did>(?:rolled|switched|turned|shut|put|sent) (?:out|off|on|down|live)|"
    r"(?:[a-z]{2,5}-)?\w{2,14}ed|run|set|cut|put|sent|made|written|taken)\b"
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
        if (first := _BEFORE_THAT.match(sentence, ought.end())) and (other := whole_deed(f"Somebody {first['did']}.")):
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
