"""A clause without words that make harm small: “Only 300 orders were lost, luckily” is “300 orders were lost”."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import partial
from typing import TYPE_CHECKING

from warroom.text.verbs import PASTS
from warroom.wording.clauses import verb_at
from warroom.wording.nouns import is_plural
from warroom.wording.plain_words import with_articles

if TYPE_CHECKING:
    from warroom.wording.language import Language

_QUANTITY = (
    r"(?:(?:about|around|roughly|some|the|our|one|two|three|four|five|six|seven|eight|nine|ten|twelve|fifteen|twenty|"
    r"thirty|forty|fifty|a|an|half) )*"
)
_SMALL = (
    r"(?:(?:very|rather|quite|so|fairly|pretty|relatively|extremely|really|such a|ever so|more or less) )*"
    r"(?:small|minor|little|tiny|slight|brief|short|trivial|negligible|petty|mere|modest|mild|limited|marginal|"
    r"insignificant|harmless|minimal|minuscule|unimportant|cosmetic|isolated|teeny|wee|momentary|quick|manageable)"
)
_FEW = "one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|fifteen|twenty|thirty|forty|fifty|half|a dozen"
_ONLY = (
    r"(?:only|just|merely|simply|barely|hardly|scarcely|purely|nothing (?:more|but) than|no more than|"
    r"not more than|a mere|a meagre)"
)
_MORE = (
    r"(?:more|less|worse|better|(?:later|slower|longer|fewer|higher|lower|shorter|earlier|smaller|larger|bigger|busier|"
    r"colder|warmer|hotter|wetter|darker|louder|weaker|dearer)|[a-z]{3,}er than|late|early|slow|off|behind|delayed)\b"
)
"""What a little of can be left out in front of: "a bit slower"."""
_HICCUP = re.compile(
    r"\b(?:hiccup|blip|glitch|wobble|snag|hitch|niggle|dent|stutter|kink|bump|ripple|wrinkle)(?P<s>e?s)?\b", re.I
)
_SWAPS = (
    (re.compile(rf"\b(?:{_ONLY} )?(?:a (?:small |tiny |mere )?(?:handful|few|sprinkling|fraction|couple) of|"
    rf"(?:a )?(?:very )?few(?! (?:hundred|thousand|dozen|million)\b)|one or two|hardly any|barely any|"
    rf"scarcely any)\b", re.I), "some"),
    (re.compile(rf"\b(?:{_ONLY}|at (?:the )?(?:very )?most)\b (?:a |an )?(?={_QUANTITY}\d|(?:{_FEW})\b)", re.I), ""),
    (re.compile(r" (?:at (?:the )?(?:very )?most|only|in total|max)$", re.I), ""),
    (re.compile(rf"\b(?:{_ONLY} )?(?:an? (?:(?:tiny|little|wee|small|teeny) )?(?:bit|tad|touch|trifle|shade|little)|"
    rf"slightly|somewhat|marginally) (?={_MORE})", re.I), ""),
    (_HICCUP, "problem"),
    (re.compile(r"\ba (?:(?:little|tiny|wee|small) )?(?:bit|touch|spot) of (?=[a-z])", re.I), ""),
    (re.compile(rf"\b(?:an? )?{_SMALL} (?=\d)", re.I), ""),
    (re.compile(rf"\b{_SMALL}(?:,? and {_SMALL}|, {_SMALL})? (?=[a-z])", re.I), ""),
    (re.compile(rf"\b(?:{_ONLY}|luckily|fortunately|thankfully|a (?:little )?bit|a little|slightly|somewhat|briefly|"
    rf"of sorts|kind of|sort of)\b,? ?", re.I), ""),
)  # fmt: skip
_ONLY_JUDGES = re.compile(
    r"(?:so |and |but |please |there is |there['’]s |there was |it['’]s |it is |it was |that['’]s |"
    r"that is |that was |is |was |which is |which was |therefore |hence |all in all )*"
    r"(?:(?:(?:don['’]t|do not|no need to|never|no reason to) (?:panic|worry|fret|be alarmed)\b.*)|"
    r"(?:no|nothing|not|hardly|barely|scarcely)(?: (?:a|any|really|very|too|at all))* (?:big |great |real |"
    r"major |worth )*\w+|"
    r"(?:hardly|barely|scarcely|not) (?:even )?worth .*|"
    r"(?:(?:which|it|that) )?(?:is not|isn['’]t) (?:exactly )?"
    r"(?:the end of the world|a (?:catastrophe|disaster|tragedy|drama))|"
    r"(?:quite |perfectly |completely |entirely |fairly |pretty )?(?:normal|usual|common|ok|okay|fine|acceptable|"
    r"manageable|bearable|to be expected|nothing new)|"
    r"(?:hardly|barely|scarcely) (?:an?|any) (?:soul|person|customer|guest|user|reader|passenger)s? .*|"
    r"(?:(?:the |our |your |most |\d[\d.,]* )*[a-z]+ (?:hardly|barely|scarcely) (?:notic|felt|saw|remember)\w*.*)|"
    r"(?:nobody|no one|hardly anyone|hardly anybody|barely anyone|few)(?: people)?(?: will| would| has|"
    r" have| had| should| even| really)* "
    r"(?:notic|miss|felt|feel|mind|saw|see|car|complain|remember)\w*.*)",
    re.IGNORECASE,
)
"""A clause of nothing but a judgement on how large the harm was."""
_PARTS = re.compile(r"(?:^|[,;:]\s|\s[-–—]\s)(?:(?![,;:]\s|\s[-–—]\s).)+")
_SIGNS = " ,;:.!-–—"
_TROUBLE = (
    r"(?:problem|issue|inconvenience|matter|thing|interruption|detail|affair|one|event|incident|trouble|fault|glitch|"
    r"hiccup|blip|nuisance|annoyance|disturbance|disruption|hitch|snag|setback|dent|wobble|bump|price)s?"
)
_APPOSITION = re.compile(
    r"(?:so |and |but |therefore )*the (?:damage|impact|effect|harm|loss|consequences|risk|inconvenience) (?:is|"
    r"was|are|were) "
    rf"(?:\w+ly )?(?:very )?{_SMALL}|"
    rf"(?:all in all |really |just |only )*an? {_SMALL} (?:[a-z-]+ )?{_TROUBLE}"
    r"(?! (?:in|of|at|for|with) (?:the|our) )[^\d]*",
    re.IGNORECASE,
)
"""A judgement behind what it is about: "…, a negligible interruption compared with last year"."""
_BARE_PROBLEM = re.compile(
    rf"(?:so |but |and |luckily |fortunately |of course |,)*(?:it|this|that|which|there|these|those|all of this)"
    rf"(?:['’]s| is| was| were| are| has been| may be| might be)(?: of course| luckily| fortunately| really)*"
    rf"(?: {_ONLY})?(?: an?| some)?(?: {_SMALL})?(?: purely| merely)?(?: {_SMALL})? {_TROUBLE}(?: at worst| really)?",
    re.IGNORECASE,
)
_JUDGED_FIRST = re.compile(
    rf"^{_BARE_PROBLEM.pattern}(?:,? (?:but|and|yet|though|although|since|as|because)|:|;|,(?= (?:just |only )?\d)|"
    r" [-–—]) (?=(?:\S+ ){2})",
    re.IGNORECASE,
)
_JUDGED_LAST = re.compile(
    rf"(?:[,;]| [-–—])? (?:(?:but|and|so|yet|though|although),? )?{_BARE_PROBLEM.pattern}(?=[.!]?$)",
    re.IGNORECASE,
)
"""A clause at the beginning or the end that says that there was a problem and not which."""
_SMALL_FIRST = re.compile(
    rf"(?:the|this|our) [^,;:]{{3,40}}? (?:was|is|were|are) (?:very |rather |quite )?{_SMALL}[,;:] ", re.IGNORECASE
)
_SAYS_MORE = re.compile(rf"\b(?:is|are|was|were|has|have|had|{'|'.join(sorted(PASTS))})\b|[a-z]{{3}}ed\b")
_SMALL_THING = re.compile(
    rf"(?P<before>\b(?:an?|the|some|our|this|that|of|with|by) )(?:{_ONLY} )?{_SMALL} "
    r"(?=(?!number|matter|affair|part|share|amount|group|minority|fraction|percentage|print|change|businesses|"
    r"business|animals|children|boats?|parcels?|ones?\b)[a-z]{4,})",
    re.IGNORECASE,
)
_SOME = re.compile(
    r"[Ss]ome (?P<what>(?:of (?:our|the|your) )?[a-z]+s? (?:have|had|were|are|did|do|could|can|got) .+)$"
)
_HARDLY_HIT = re.compile(
    r"(?:hardly|barely|scarcely|almost|next to) (?:anyone|anybody|nobody|no one|a soul|any [a-z]+) "
    r"(?:was|were|is|are|got|has been|have been) (?:\w+ly )?(?:hit|affected|hurt|concerned|inconvenienced|"
    r"bothered|disturbed|troubled) "
    r"(?:when|because|as|after|while) (?P<what>.+)$",
    re.IGNORECASE,
)
"""How few were hit, in front of what happened."""
_JUST_SO_MANY = re.compile(rf", {_ONLY} (?P<who>(?:about |some )?(?:[\d.,]*\d|[a-z]+) [a-z]+s)$", re.IGNORECASE)
_AT_WORST = re.compile(r"^(?:at (?:the )?(?:very )?(?:worst|most)|(?:in the )?worst case):?,? ", re.IGNORECASE)
_FOR_TIME = re.compile(
    r"(?P<time>For (?:about |around |some |nearly |almost |over )?[\w.,]+ (?:seconds|minutes|hours|days|weeks)) "
    r"(?P<what>[^,;:]{8,})$"
)
_WAS_SMALL = re.compile(
    rf"(?P<the>the|this|that|our|your|yesterday's|today's) (?P<what>[^,;]{{3,90}}?) (?P<was>was|were|is|are|"
    rf"has been|have been|remained|stayed) "
    rf"(?:{_ONLY} )?(?:(?:an? )?{_SMALL}(?: matter| affair| thing| one)?|no big deal|no drama|"
    r"nothing to (?:worry|panic|lose sleep)(?: about| over)?|no (?:reason|cause) (?:to|for) .*|"
    rf"not (?:dramatic|serious|bad|a big deal)|nothing (?:dramatic|serious))(?! {_MORE})(?P<rest>[,:]? .*)?$",
    re.IGNORECASE,
)
_AND_DID = re.compile(r"(?:and|but) (?:it )?(?P<did>[a-z]+ed .+)")
_AND_SMALL = re.compile(
    rf",? (?:and|but) (?:it )?(?:was|were|is|are) (?:{_ONLY} )?(?:an? )?{_SMALL}(?: one| thing| matter| affair)?$", re.I
)
_HOW_LONG = re.compile(
    r"(?:the|this|our|your) (?P<what>[a-z]+(?: [a-z]+)?) (?:was|lasted|took|is|has been) (?:for )?"
    r"(?P<time>[^,;:]*\b(?:seconds?|minutes?|hours?|days?|weeks?)(?: long| or so)?)$",
    re.IGNORECASE,
)
_EVENT = re.compile(
    r"(?:outage|problem|issue|fault|failure|error|loss|losses|gap|delay|incident|breach|leak|disruption|"
    r"downtime|mix-?up|"
    r"interruption|slowdown|crash|bug|backlog|blackout|spill|fire|flood|theft|shortage|overcharge|queue|"
    r"damage|accident|"
    r"contamination|mistake|injury|injuries|slowness|trouble|shortfall|hole|overflow|defect|break|cut|stoppage)s?",
    re.IGNORECASE,
)
_IT_IS = re.compile(
    rf"(?:(?:it|that|this)(?:['’]s| is| was| were)) (?:{_ONLY} )*(?P<what>(?:[^,;:]|[,:](?=\d)){{3,90}})$",
    re.IGNORECASE,
)
_JUDGED = re.compile(rf"^(?:[^\s,;:]+ ){{0,4}}?(?:{_SMALL}|{_ONLY})\b[^,;:]*: (?=\w)", re.IGNORECASE)
"""A judgement in front of what it is about: "Just a cosmetic issue: …"."""
_OVER = re.compile(
    r"\b(?:was|were|had|did|yesterday|last|this morning|earlier|ago|noticed|felt|lasted)\b|\w{3,}ed\b", re.I
)


_CLEFT = re.compile(
    r"(?P<what>(?:the|our|your|some|an?)\b.+?) (?:that|which|who) (?P<does>.+)",
    re.I,
)


_AMOUNT = re.compile(
    r"(?:impact|effect|number|risk|cost|price|fine|share|amount|consequence|relevance|size|scale|scope|rate|chance)s?",
    re.I,
)
_DOING = re.compile(
    rf"(?:in [^,;]+, )?(?P<what>[a-z]+ing .{{3,90}}?) (?:was|is) (?:(?:an? )?{_SMALL}.*|no (?:big )?\w+|nothing .*)$",
    re.IGNORECASE,
)
_LIMITED_TO = re.compile(
    r"(?P<what>[^,;:]{3,90}?) (?P<was>was|were|is|are) (?:limited|confined|restricted) to (?P<rest>[^;:]+)$",
    re.IGNORECASE,
)


def in_its_size(clause: str, language: Language) -> Iterator[str]:
    """The clause with what happened in its own size, the form that keeps most first; "" if nothing is left."""
    clause = clause.strip(" ,;:.!")
    own, clause = clause, _told(clause).strip(_SIGNS)
    if not clause:
        yield ""
        return
    if doing := _DOING.match(clause):
        yield f"We are still finding out who was affected by {doing['what']}"
        return
    if hit := _HARDLY_HIT.match(clause):
        clause = f"{hit['what'][:1].upper()}{hit['what'][1:]}"
        if few := _JUST_SO_MANY.search(clause):
            clause = f"{clause[: few.start()]} for {few['who']}"
    clause = _AND_SMALL.sub("", _AT_WORST.sub("", clause))
    plain = _JUDGED.sub("", _HARDLY_ONE.sub(_some_of_them, clause))
    for pattern, instead in _SWAPS:
        plain = pattern.sub(partial(_put, instead), plain)
    plain = with_articles(" ".join(plain.split()))
    if (first := _FOR_TIME.match(plain)) and verb_at(first["what"], language):
        plain = f"{first['what'][0].upper()}{first['what'][1:]} {first['time'][0].lower()}{first['time'][1:]}"
    if limited := _LIMITED_TO.match(clause):
        now = "affect" if is_plural(_head(limited["what"])) else "affects"
        affects = "affected" if limited["was"].startswith("w") else now
        yield f"{limited['what']} {affects} {_SWAPS[0][0].sub('some', limited['rest'])}"
        return
    if small := _WAS_SMALL.match(clause) or _WAS_SMALL.match(plain):
        what = _HICCUP.sub("problem", re.sub(rf"^{_SMALL} ", "", small["what"]))
        if not _AMOUNT.fullmatch(_head(what)):
            rest = _SWAPS[1][0].sub("", (small["rest"] or "").strip(_SIGNS))
            if did := _AND_DID.match(rest):
                yield f"{small['the']} {what} {did['did']}"
                return
            what = there_was(what, over=small["was"].startswith("w") or "been" in small["was"])
            yield f"{what}: {rest}" if re.search(rf"\d|\b(?:{_FEW}|dozens|hundreds|thousands)\b", rest) else what
            return
    if it_is := _IT_IS.match(plain):
        what = it_is["what"].strip()
        if (only := _CLEFT.match(what)) and (
            verb_at(f"It {only['does']}", language) == 1 or only["does"].split()[0] in PASTS
        ):
            yield f"{only['what']} {only['does']}"
            return
        if not _has_event(what) and re.match(r"(?:the|our|your|some|\d)", what, re.IGNORECASE):
            yield f"{what} {'are' if is_plural(_head(what)) else 'is'} affected"
        elif _has_event(what):
            yield there_was(what, over=bool(_OVER.search(clause)))
    elif verb_at(plain, language) is None and _has_event(plain):
        yield there_was(plain, over=bool(_OVER.search(clause)))
    if plain != own:
        yield plain
    if some := _SOME.match(plain):
        yield f"We are checking how many {some['what']}"
    if how_long := _HOW_LONG.match(plain):
        yield f"Who was affected by the {how_long['what']} of {how_long['time']} follows here once it is confirmed"


def only_there(sentence: str) -> str:
    """A sentence that says where harm stopped, without how lucky that was: "Only the blue line was affected, so …";
    and one without the judgement in front of it: "Nothing to worry about: the alarm went off".

    "" for any other; "only" in front of a number is no limit, and makes it small.
    """
    if judged := _NO_WORRY.match(sentence):
        return f"{sentence[judged.end()].upper()}{sentence[judged.end() + 1 :]}"
    lucky = _LUCKY_ONLY.match(sentence)
    return f"Only {sentence[lucky.end() :]}" if lucky else ""


_NO_WORRY = re.compile(
    r"(?:nothing|no (?:need|reason|cause)) (?:to|for)\b[^,;:]*: (?=\w)|"
    r"(?:nobody|no one|hardly anyone|hardly anybody|few people) (?:really |even |actually )?noticed that "
    r"(?=(?:the|our|your|an?|all|some|\d[\d.,]*) )",
    re.IGNORECASE,
)
_LUCKY_ONLY = re.compile(
    r"(?:luckily|fortunately|thankfully|happily|mercifully),? (?:it (?:was|is) )?(?:only|just|merely) "
    r"(?=(?:the|our|your|one of|[A-Z])(?! (?:few|handful|fraction|couple))[^,;\d]* (?:is|are|was|were|has|have|had|"
    r"[a-z]+ed)\b[^,;]*[,;] (?:so|and|but|while)\b)",
    re.IGNORECASE,
)


def without_only(sentence: str) -> str:
    """The sentence without "only" in front of a number, "tiny" in front of a thing, and clauses that only judge."""
    kept = _told(sentence)
    end = sentence[-1:] if sentence[-1:] in ".!" and kept[-1:] not in (".", "!") else ""
    kept = re.sub(
        r"^(?:only|just|merely|simply) (?=(?:the|our|your|some|down|off|offline|out|closed|late|slow|for)\b)",
        "",
        kept,
        flags=re.IGNORECASE,
    )
    kept = _SWAPS[1][0].sub("", _ONLY_DONE.sub(r"\1 ", kept.lstrip(_SIGNS) + end))
    kept = _JUDGED_FIRST.sub("", _JUDGED_LAST.sub("", kept))
    if (small := _SMALL_FIRST.match(kept)) and _SAYS_MORE.search(kept, small.end()):
        kept = kept[small.end() :]
    kept = with_articles(_SMALL_THING.sub(_thing, kept))
    return re.sub(r" at (?:the )?(?:very )?most(?=[.!]?$)", "", kept)


_ONLY_DONE = re.compile(
    r"\b(was|were|is|are|has|have|had) (?:simply|merely) (?=[a-z]{2,}(?:ed|en|nt)\b)", re.IGNORECASE
)


def _told(sentence: str) -> str:
    """The parts of a sentence that do more than judge, without the link to what stood in front of them."""
    parts = [
        part
        for at, part in enumerate(_PARTS.findall(sentence))
        if not (_ONLY_JUDGES.fullmatch(part.strip(_SIGNS)) or (at and _APPOSITION.fullmatch(part.strip(_SIGNS))))
    ]
    kept = "".join(parts)
    if parts and not sentence.startswith(parts[0]):
        kept = re.sub(r"^(?:since|because|as|but|though|although) (?!\d)", "", kept.lstrip(_SIGNS))
    return kept


def only_judges(clause: str) -> bool:
    """Whether a clause says that there was a problem and not which: "It was just a tiny glitch"."""
    return _BARE_PROBLEM.fullmatch(clause.strip(_SIGNS)) is not None


_HARDLY_ONE = re.compile(
    r"\b(?:hardly|barely|scarcely) any (?P<one>[a-z]+[^sy\W]) (?P<was>was|is|has)\b", re.IGNORECASE
)


def _some_of_them(found: re.Match[str]) -> str:
    many = {"was": "were", "is": "are", "has": "have"}[found["was"].lower()]
    return f"some {found['one']}s {many}"


def _thing(found: re.Match[str]) -> str:
    begin = found["before"]
    return begin[:1].upper() + begin[1:] if found.start() == 0 else begin


def there_was(what: str, *, over: bool) -> str:
    """That there is or was a problem: "problem on the radio feed" is "There was a problem on the radio feed"."""
    what = re.sub(r"^(?:the|this|that|our|an?) ", "", what.strip(), flags=re.IGNORECASE)
    many = is_plural(_head(what)) or re.match(r"\d|some\b", what) is not None
    article = "" if many else "an " if what[:1].lower() in "aeio" else "a "
    if re.match(r"(?:damage|downtime|trouble|slowness|losses)\b", what):
        article = ""
    verb = ("were" if many else "was") if over else ("are" if many else "is")
    return f"There {verb} {article}{what[:1].lower() if what[1:2].islower() else what[:1]}{what[1:]}"


def _head(what: str) -> str:
    return re.split(r" (?:of|in|on|at|for|to|with|from|that|which|when|during|between)\b", what, maxsplit=1)[0].split()[
        -1
    ]


def _has_event(what: str) -> bool:
    return any(_EVENT.fullmatch(word) for word in what.split())


def _put(instead: str, found: re.Match[str]) -> str:
    ending = "s" if "s" in found.re.groupindex and found["s"] else ""
    return f"{instead}{ending}"


def drops_hardly(own: str, made: str) -> bool:
    """Whether a sentence tells what hardly happened as what happened."""
    return any(
        re.search(rf"(?<!hardly )(?<!barely )(?<!scarcely )\b{verb}\b", made, re.IGNORECASE) is not None
        for verb in _HARDLY.findall(own)
    )


_HARDLY = re.compile(
    r"\b(?:hardly|barely|scarcely) (notic\w+|felt|feel|saw|seen|heard|used|remember\w*)\b", re.IGNORECASE
)
