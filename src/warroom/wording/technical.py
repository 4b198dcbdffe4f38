"""A clause about something technical that has no plain words as what follows from it: “At 09:00 the HSM hung, so
cards were refused” is “Because of a technical fault at 09:00, cards were refused”."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from warroom.wording.clauses import verb_at
from warroom.wording.telling import stems

if TYPE_CHECKING:
    from warroom.wording.language import Language

_DOES_HARM = re.compile(
    r"(?:has |have |had )?(?:\w+ly )?(?:kept|keeps?|stopped|stops|delayed|delays|blocked|blocks|made|"
    r"makes|caused|causes|means|meant|resulted|results|"
    r"prevented|prevents|broke|breaks|interrupted|interrupts|cut|cuts|slowed|slows|hit|hits|doubled|led|leads|"
    r"let|lets|"
    r"cost|costs|corrupted|lost|locked|took|knocked|brought|sent|showed|shows|left|leaves|held|holds|affected|"
    r"affects|"
    r"disrupted|disrupts|froze|turned|emptied|hid|hides|charged|refused|rejected|closed|killed|crashed)\b",
    re.IGNORECASE,
)
_BE = re.compile(r"(?:is|are|was|were|has|have|had|does|do|did|can|cannot|could|n't|not)\b", re.IGNORECASE)
_PLURAL_BE = {"are": "is", "were": "was", "have": "has", "do": "does"}
_DONE_BY_US = re.compile(
    r"(?P<who>[Ww]e|[Oo]ur team|[Ee]ngineers?|SRE|[Tt]he (?:\w+ )?team) "
    r"(?P<did>(?:have |has |are |is )?\w+(?:ed|ing)(?: (?:back|up|out|off|down|over))?)\b"
)
_FAILS = re.compile(
    r"\b(?:fail|error|timeout|timed|times out|timing out|crash|lost|lose|down|dead|stuck|broken|full|out of|drop|"
    r"return|throw|reject|"
    r"refus|"
    r"kill|evict|exhaust|expire|corrupt|unreachable|leak|lag|deadlock|overload|oom)\w*",
    re.IGNORECASE,
)


_INSTRUCTION = re.compile(
    r"(?:please |first |then |now |you (?:can|may|should|have to|need to|must) )*(?:flush|clear|purge|"
    r"renew|reset|delete|"
    r"restart|reboot|reload|refresh|whitelist|allow|open|close|set|change|update|install|uninstall|"
    r"disable|enable|switch|"
    r"turn|point|add|remove|run|use|try|check|rotate|revoke|re-?issue|re-?connect|do|empty|drop|release|block|"
    r"upgrade|"
    r"configure|map|mount|ping|pin|patch|sign|log|enter|send|import|export|raise|lower|increase)\b",
    re.IGNORECASE,
)
_PURPOSE = re.compile(
    r" (?:so that|in order to|to (?=(?:get|see|use|open|read|send|pay|book|print|log|make|keep|have)\b)).*$",
    re.IGNORECASE,
)


def is_instruction(clause: str) -> bool:
    """Whether a clause tells the reader what to do with something."""
    return _INSTRUCTION.match(clause) is not None


_TARGET = r"(?:RTO|RPO|SLA|SLO|OLA|targets?|deadlines?|objectives?)"
_MISS = r"(?:missed|breached|exceeded|violated)"
MISSED = re.compile(
    rf"(?<!no )\b{_TARGET}\b(?: (?!not\b|never\b)[\w'’]+){{0,6}} {_MISS}\b|"
    rf"(?<!not )(?<!never )\b{_MISS} (?:the |our |its |an? )?{_TARGET}\b",
    re.IGNORECASE,
)
"""What leadership has to know, whatever else of the sentence has no plain words."""
SAYS_SO = re.compile(
    rf"\b(?:targets?|deadlines?|objectives?|limits?|agreements?|times?)\b[^.;]*\b{_MISS}\b|\b{_MISS}\b[^.;]*\b"
    r"(?:targets?|deadlines?|objectives?|limits?|agreements?)\b",
    re.IGNORECASE,
)
_TARGET_OF = re.compile(
    r"(?:the |our |an? )?(?:[a-z]+ ){0,3}?(?:target|objective|RTO|RPO|SLA|SLO|OLA)s? (?:for|of|"
    r"on) [^,;:]{1,60}? (?:is|was|has been|"
    r"are|were|have been) "
    rf"(?:\w+ly )?{_MISS}(?P<more>\b.*)$",
    re.IGNORECASE,
)


def target_missed(sentence: str) -> str:
    """That the target for something without a plain name was missed; "" for another sentence."""
    target = _TARGET_OF.match(sentence)
    return f"A target for one of our systems was missed{target['more']}" if target else ""


_REQUEST = re.compile(
    r"(?:^|[,;:–—-] |\b(?:please|to|you|and) )"
    r"(?:decide|decision|approve|approval|authori[sz]e|agree|choose|confirm|sign)\b|"
    r"(?:^|[,;:] )(?:(?:we|i) )?(?:need|ask|request)\b|^(?:[\w ]+ )?(?:i|we) need:",
    re.IGNORECASE,
)
_MOSTLY = 0.75
"""The share of the words of a request without which it asks for something else."""


def drops_request(sentence: str, better: str, marked: tuple[int, int]) -> bool:
    """Whether a sentence asks readers for something that a `better` one doesn't say; what is `marked` may go."""
    if _REQUEST.search(sentence) is None:
        return False
    asked = stems(sentence[: marked[0]] + " " + sentence[marked[1] :])
    return len(asked & stems(better)) < _MOSTLY * len(asked)


def in_other_words(clause: str, marked: Sequence[tuple[int, int]], language: Language) -> Iterator[str]:
    """The clause with "a technical fault" or "part of our system" for what has no plain words; `marked` is where.

    When it was stays: "At 09:00 the HSM failed over" is "At 09:00 part of our system did not work".
    """
    if is_instruction(clause):
        purpose = _PURPOSE.search(clause)
        yield f"Please contact our support team{purpose.group() if purpose else ''}"
        return
    before, clause, after = _without_times(clause)
    shift = len(before)
    for made in _of_a_part(clause, [(start - shift, end - shift) for start, end in marked], language):
        if before and not made.startswith(("A ", "Part ")):
            continue
        since = _SINCE.search(before or after)
        told = _SO_FAR.sub("has not worked", made) if since else made
        told = f"{before}{told[:1].lower()}{told[1:]}" if before else told
        yield told if not after or after.strip() in told else f"{told}{after}"


def _of_a_part(clause: str, marked: Sequence[tuple[int, int]], language: Language) -> Iterator[str]:
    at = verb_at(clause, language)
    if at is None:
        return
    verb = language.tag(clause).span(at, at + 1)[0]
    last = max((end for _, end in marked), default=0)
    if any(start <= verb < end for start, end in marked) and (later := verb_at(f"It {clause[last:]}", language)):
        verb = last + language.tag(f"It {clause[last:]}").span(later, later + 1)[0] - 3
    predicate = clause[verb:]
    in_front = all(start < verb for start, _ in marked)
    only_front = all(end <= verb for _, end in marked)
    if in_front and only_front and not (_MISSES.match(predicate) or _MEASURES.match(predicate)):
        if _DOES_HARM.match(predicate) and " " in predicate:
            yield f"A technical fault {_for_one(predicate)}"
            yield f"Part of our technology {_for_one(predicate)}"
        elif _BE.match(predicate) or _FAILS.match(predicate):
            first, _, rest = predicate.partition(" ")
            yield f"Part of our system {_PLURAL_BE.get(first, first)} {rest}".rstrip()
        else:
            yield f"Part of our system {_for_one(predicate)}"
    if _FAILS.search(clause):
        over = re.match(r"(?:was|were|had|did|\w+ed|lost|threw|went|broke|ran)\b", predicate) is not None
        yield f"Part of our system {'did' if over else 'does'} not work"
    if ours := _DONE_BY_US.match(clause):
        yield f"{ours['who']} {ours['did']} part of our system"


_CLOCK = r"\d{1,2}[:.]\d\d(?::\d\d)?(?: ?[ap]m)?(?-i: [A-Z]{3,4})?"
_DAY = (
    r"(?:(?:this|yesterday|last|early this|late last)? ?(?:morning|afternoon|evening|night|week|noon|midnight)|today|"
    r"yesterday|tonight|"
    r"(?:last |on )?(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day(?: (?:morning|afternoon|evening|night))?|"
    r"\d{1,2} (?:January|February|March|April|May|June|July|August|September|October|November|December))"
)
_WHEN = (
    rf"(?:(?:since|at|from|until|by|before|after|around|about|between|as of)(?: about| around)? "
    rf"(?:{_CLOCK}|{_DAY})(?: (?:to|and|until) {_CLOCK})?|(?:on )?{_DAY}|"
    r"for (?:about |around |nearly |almost |over |more than )?[\w.]+ (?:seconds|minutes|hours|days|weeks))"
)
TIME_FIRST = re.compile(rf"{_WHEN}(?:,? {_WHEN}){{0,2}},? (?=\S)", re.IGNORECASE)
TIME_LAST = re.compile(rf"(?: {_WHEN}){{1,3}}(?=[.!]?$)", re.IGNORECASE)
"""When something was, at the beginning and at the end of a clause."""
_SINCE = re.compile(r"\bsince\b", re.IGNORECASE)
_SO_FAR = re.compile(r"\b(?:does|did) not work\b")
_MEASURES = re.compile(
    r"(?:is|are|was|were|took|lasted|reached|hit|rose|fell|went)(?: (?:at|up|down|to|above|below|over))* \d"
)
"""What can be said of a figure, and of no part of a system."""


def _without_times(clause: str) -> tuple[str, str, str]:
    """When it was, at the beginning of a clause, the clause itself, and when it was at its end."""
    first = TIME_FIRST.match(clause)
    before = first.group() if first else ""
    last = TIME_LAST.search(clause, len(before))
    end = last.start() if last and last.start() > len(before) else len(clause)
    return before, clause[len(before) : end], clause[end:]


_BECAUSE = re.compile(
    r"(?:,? (?:which is why|and so|so that|so|and therefore|therefore|and as a result,?|which means that)|;) ",
    re.IGNORECASE,
)
_DUE_TO = re.compile(r"(?:due to|because of|owing to|as a result of|after|following) (?P<why>[^,;]+), ", re.IGNORECASE)
_IS_DUE_TO = re.compile(
    r",? (?:because of|due to|owing to|as a result of|because|as|after|"
    r"since(?! (?:\d|about|yesterday|last|this|[A-Z]))) "
    r"(?P<why>(?!of\b)[^;]+?)(?=[.!]?$)",
    re.IGNORECASE,
)


def by_a_fault(sentence: str, marked: Sequence[tuple[int, int]], language: Language) -> Iterator[str]:
    """What followed from something that has no plain words, as the effect of a technical fault; `marked` is where.

    "At 09:00 the HSM hung, so cards were refused." is "Because of a technical fault at 09:00, cards were refused."
    """
    first = min((start for start, _ in marked), default=0)
    last = max((end for _, end in marked), default=0)
    for link in _BECAUSE.finditer(sentence, last):
        why, then = sentence[: link.start()], sentence[link.end() :]
        if verb_at(then, language) and not _FOLLOWS.match(then):
            yield f"Because of a technical fault{_times_of(why)}, {then}"
            return
    if (due := _DUE_TO.match(sentence)) and last <= due.end():
        yield f"Because of a technical fault{_times_of(due['why'])}, {sentence[due.end() :]}"
    if (due := _IS_DUE_TO.search(sentence)) and due.start("why") <= first and due.start():
        then, end = sentence[: due.start()], sentence[due.end() :]
        yield f"{then} because of a technical fault{_times_of(due['why'])}{end}"


def without_abbreviations(sentence: str, marked: Sequence[tuple[int, int]], language: Language) -> str:
    """The sentence without the abbreviations at the places `marked`; "" if one of them is something else.

    "The MES outage hit the WMS." is "The outage hit one of our systems.".
    """
    systems = 0
    if MISSED.search(sentence):
        return ""
    for start, end in sorted(marked, reverse=True):
        found = _ABBREVIATION.fullmatch(sentence, start, end)
        if found is None:
            return ""
        before, after = sentence[: found.start("name")], sentence[end:]
        noun = _NEXT_NOUN.match(after)
        if noun and not _ITS_VERB.match(after) and verb_at(f"It{after[: noun.end()]}", language) is None:
            if not _DETERMINER.search(before):
                return ""
            sentence = f"{before}{after.lstrip()}"
            continue
        if not (_ARTICLE.search(before) or _PLACE.search(before)):
            return ""
        systems += 1
        sentence = f"{_ARTICLE.sub('', before)}one of our systems{after}"
    return sentence if systems <= 1 else ""


_ABBREVIATION = re.compile(r"(?:(?i:the|our|an?) )?(?P<name>[A-Z][A-Z\d/&-]{1,6}s?)")
_NEXT_NOUN = re.compile(
    r" (?!(?:and|are|but|can|did|for|from|had|has|have|into|nor|not|now|off|out|over|ran|since|that|then|the|they|this|"
    r"until|was|were|when|which|while|who|will|with|yet)\b)[a-z]{3,}\b"
)
_ITS_VERB = re.compile(
    r" [a-z]+[^s\W]s (?:the|an?|our|your|no|all|it|its|some|many|about|up|\d[\d.,]*)\b", re.IGNORECASE
)
"""What can only be the verb of the abbreviation in front of it: "the OMS holds 1,900 orders"."""
_ARTICLE = re.compile(r"\b(?:the|our|an?|its|their|this|that) $", re.IGNORECASE)
_PLACE = re.compile(r"\b(?:of|in|on|at|from|with|by|to|for|between|behind) $")
_DETERMINER = re.compile(r"\b(?:the|our|an?|its|their|this|that) (?:[a-z]+ )?$", re.IGNORECASE)


_FOLLOWS = re.compile(r"(?:we|it|they|he|she|this|that)\b", re.IGNORECASE)
"""How words begin that need what stands in front of them."""


def _times_of(why: str) -> str:
    """When a cause was, to be put behind its name."""
    before, _, after = _without_times(why.strip())
    times = " ".join(part for part in (before.strip(" ,"), after.strip()) if part)
    return f" {times[:1].lower()}{times[1:]}" if times else ""


_MISSES = re.compile(rf"(?:is|are|was|were|has been|have been) (?:\w+ly )?{_MISS}\b", re.IGNORECASE)
"""What can be said of a target, and of no part of a system."""


def _for_one(predicate: str) -> str:
    """A predicate of several things as that of one: "keep viewers out" is "keeps viewers out"."""
    first, _, rest = predicate.partition(" ")
    if re.fullmatch(
        r"(?:keep|stop|delay|block|make|cause|prevent|break|interrupt|slow|lead|leave|hold|affect|disrupt|show)", first
    ):
        first += "s"
    return f"{first} {rest}".strip()
