"""A clause about something technical that has no plain words: that it is technical, and what follows from it."""

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
    r"makes|caused|causes|"
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
    r"\b(?:fail|error|timeout|timed|crash|lost|lose|down|dead|stuck|broken|full|out of|drop|return|throw|reject|"
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
    """The clause with "a technical fault" or "part of our system" for what has no plain words; `marked` is where."""
    if is_instruction(clause):
        purpose = _PURPOSE.search(clause)
        yield f"Please contact our support team{purpose.group() if purpose else ''}"
        return
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
    if in_front and only_front and not _MISSES.match(predicate):
        if _DOES_HARM.match(predicate):
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
