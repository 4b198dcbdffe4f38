"""What customers call the affected system, in a sentence: `checkout`, `our customer portal`, or only `our service`."""

from __future__ import annotations

import re
from functools import lru_cache

from warroom.messages.grammar import clause, joined
from warroom.model import ids
from warroom.model.incident import Incident
from warroom.model.names import Names, any_of
from warroom.text.cleaning import clean
from warroom.text.sentences import unstopped

UNNAMED = "our service"
"""What is said where the affected system has no name that customers know."""


class Vocabulary:
    """The words of a company as patterns; see `Names`."""

    def __init__(self, names: Names) -> None:
        internal = f"{any_of(names.suppliers)}|{any_of(names.internal)}"
        self.technical = re.compile(rf"\b(?:{internal})\b", re.IGNORECASE)
        """Names that customers don't know, or that are of others."""
        self.not_for_customers = re.compile(rf"\b(?:{internal}|{_UNKNOWN})\b", re.IGNORECASE)
        """Words that name no part of a service as customers know it."""
        self.in_general = re.compile(rf"\b{any_of(names.ours)}$", re.IGNORECASE)
        self.ordinary = re.compile(any_of(names.ordinary), re.IGNORECASE)
        self.written = {word.lower(): word for word in names.written}
        self.capitals = re.compile(rf"\b{'|'.join(map(re.escape, self.written)) or '(?!)'}\b")
        by_length = sorted(self.written, key=len, reverse=True)
        self.typed = re.compile(
            rf"(?<![\w.@/:#“\"`'’_-])(?:{'|'.join(map(re.escape, by_length)) or '(?!)'})(?=s?(?![\w@/_”\"`(-]|\.\w))",
        )
        """Names that were typed small, where they are no part of an address, a file or a quotation."""
        figures = any_of(names.values)
        self.wrong = re.compile(
            rf"\b(?:wrong|incorrect|outdated|stale|old) (?:\w+ )?{figures}\b"
            rf"|\b{figures} (?:is|are) (?:wrong|incorrect|outdated|old)\b",
            re.IGNORECASE,
        )


@lru_cache(maxsize=8)
def vocabulary(names: Names) -> Vocabulary:
    """The patterns of a company's words, made once."""
    return Vocabulary(names)


def service_of(incident: Incident, names: Names) -> str:
    """What fails, in words that customers know: the affected system, or what the title names while nobody noted it."""
    if system := clean(incident.fact(ids.FACT_SYSTEM)).strip():
        return service(system, names)
    return service(_named_in(clean(incident.title), names), names)


def _named_in(title: str, names: Names) -> str:
    """The system that a title begins with, made of ordinary words only: `Checkout` of "Checkout errors in the EU"."""
    found = _FAILS.match(title)
    ordinary = vocabulary(names).ordinary
    if not found or not all(ordinary.fullmatch(word.removesuffix("s")) for word in found["what"].split()):
        return ""
    return found["what"]


def service(system: str, names: Names) -> str:
    """What fails, in words that customers know: the affected system, unless only engineers call it that."""
    text, known = _as_what_is_done(initials(unstopped(clean(system).strip()))), vocabulary(names)
    parts = [part for part in _SEPARATOR.split(text) if part]
    plain = all(_PLAIN_NAME.fullmatch(_PLACE.sub("place", part)) for part in parts)
    if not parts or not plain or known.not_for_customers.search(text):
        return UNNAMED
    if re.match(r"(?:our|the)\b", text, re.IGNORECASE):
        return joined([clause(part) for part in parts])
    named = [_lowered(part, known) for part in parts]
    first = next((place for place, part in enumerate(named) if known.in_general.search(part)), None)
    if first and first == len(named) - 1 and named[first].endswith("s"):
        named[0] = f"our {named[0]}"  # `iOS and Android apps` are both of them apps
    elif first is not None:
        named[first] = f"our {named[first]}"
    elif _needs_owner(named[0], known):
        named[0] = f"our {named[0]}"
    return joined(named)


def initials(system: str) -> str:
    """A system with capitals where its name can only be initials, since it has no vowel: `wms` is `WMS`."""
    return _INITIALS.sub(lambda found: found[0].upper(), system)


_INITIALS = re.compile(r"(?<![\w.@/-])[bcdfghj-np-tv-xz]{2,4}(?![\w@/-]|\.\w)")


def _as_what_is_done(text: str) -> str:
    """A name that is only a verb, as the name of what people do: `unlock` is `unlocking`."""
    found = _DO.fullmatch(text)
    if not found:
        return text
    verb = found["verb"].lower()
    stem = f"{verb}{verb[-1]}" if verb in _DOUBLED else verb.removesuffix("e")
    return f"{stem}ing{found['rest'] or ''}"


_DONE = re.compile(r"(?:logg|sign)ing (?:in|off|on|out|up)$")
_DOUBLED = ("cancel", "enrol", "log", "submit")
_DO = re.compile(
    r"(?P<verb>activate|apply|book|borrow|buy|cancel|create|delete|enrol|install|invite|join|pay|register|renew|reserve"
    r"|send|submit|subscribe|unlock|verify|withdraw|(?:log|sign)(?= ))(?P<rest> (?:in|off|on|out|up))?",
    re.IGNORECASE,
)


def _needs_owner(name: str, known: Vocabulary) -> bool:
    """Whether "a problem with" can't stand in front of a name as it is: `loan application`, not `label printing`."""
    last = name.rpartition(" ")[2]
    if _DONE.match(name):
        return False
    return last.islower() and not (last.endswith(("s", "ing")) or known.ordinary.fullmatch(last))


def several(service: str) -> bool:
    """Whether a sentence about a service has its verb in the plural: `payments are slow`."""
    name = service.rpartition(" ")[2]
    last = name.casefold()
    if name.isupper() or not set(last) & set("aeiouy"):
        return " and " in service  # the initials of something: `wms`, `POS`
    return " and " in service or (last.endswith("s") and not last.endswith(("ss", "us", "is")))


def words_of(service: str) -> frozenset[str]:
    """The words that name a service, with the singular of each."""
    found = re.findall(r"[^\W_]+", service.casefold())
    return frozenset({*found, *(word.removesuffix("s") for word in found)})


def _lowered(part: str, known: Vocabulary) -> str:
    """A name with a small letter first if it is made of ordinary words: `Customer Portal` may not stay as it is."""
    words = [known.written.get(word.lower(), word) for word in part.split()]
    if _SENTENCE_CASE.fullmatch(part) and words[0] == part.split()[0] and _is_ordinary(part):
        return part[0].lower() + part[1:]  # `Loan desk`
    if all(word in known.written.values() or known.ordinary.fullmatch(word) for word in words):
        return " ".join(word if word.isupper() or word.lower() in known.written else word.lower() for word in words)
    return clause(" ".join(words))


_SENTENCE_CASE = re.compile(r"[A-Z][a-z]+(?:[ -][a-z]+)+")


def _is_ordinary(name: str) -> bool:
    """Whether a name is made of English words only, and names no place: `Berlin store` keeps its capital."""
    from warroom.wording.lexicon import is_english, places

    words = re.split("[ -]", name.lower())
    return words[0] not in places() and all(is_english(word) for word in words)


_FAILS = re.compile(
    r"(?P<what>[^\W\d_][\w-]*(?: [^\W\d_][\w-]*){0,2}?)(?: (?:is|are))? "
    r"(?:errors?|fail(?:s|ing|ures?)?|problems?|issues?|outage|down|unavailable|offline|slow|slowness|delays?|delayed|broken)"
    r"(?= (?:in|for|on|at|since|when)\b|[,;:.!?]|$)",
    re.IGNORECASE,
)
_SEPARATOR = re.compile(r"\s*(?:,(?:\s*and\b)?|&|\+|;|(?<=\w)/(?=\w)|(?<![\w-])and(?![\w-]))\s*", re.IGNORECASE)
_FIRST = r"(?:buy|check|click|drive|drop|e|home|in|log|next|off|on|order|pay|pick|same|self|sign|two|walk|web)"
_WORD = rf"(?:{_FIRST}-[^\W\d_]+(?:-[^\W\d_]+)?|[^\W\d_]+)"
_PLAIN_NAME = re.compile(rf"{_WORD}(?: {_WORD}){{0,4}}", re.IGNORECASE)
"""A few words, without digits or signs of a name that only engineers know; `e-mail` and `log-in` may have theirs."""
_PLACE = re.compile(
    r"\b(?:aisle|bay|berth|building|depot|dock|floor|gate|hall|lane|level|lot|pier|platform|room|shop|stand|station|store"
    r"|terminal|tower|ward|warehouse|wing) (?:no\.? ?)?(?:\d{1,3}[a-z]?|(?-i:[A-Z]))\b",
    re.IGNORECASE,
)
"""A place with its number, as its signs have it: `Terminal 3`, `Hall B`."""
_UNKNOWN = r"all|everything|investigating|known|not|several|some|tbd|unclear|unknown|various|yet"
