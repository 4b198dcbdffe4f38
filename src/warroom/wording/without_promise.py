"""A promise as what has no time yet, or as what is not confirmed."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from warroom.wording.assured import ASSURING, FOR_EVER, promised
from warroom.wording.clauses import has_verb, verb_at
from warroom.wording.nouns import head_of, inside, is_plural
from warroom.wording.sound import is_whole
from warroom.wording.times_ahead import AHEAD_FIRST, has_time, without_time

if TYPE_CHECKING:
    from warroom.wording.language import Language

_SHORTEST = 3
_WILL = re.compile(
    r"(?P<who>[^,;]{2,120}?)"
    r"(?: (?:will|shall|should|ought to|is going to|are going to|is due to|are due to|is set to|are set to)|['’]ll) "
    r"(?:\w+(?<=ly) |all |then )*(?P<does>(?!not\b|never\b)[^;]{2,120})$",
    re.IGNORECASE,
)
_PLEASE = re.compile(r"^please [^,;]{2,60}[,;] ", re.IGNORECASE)
_MOODS = re.compile(r"\b(?:if|never|not|nobody|no one|guarantee|promise|n['’]t)\b|n['’]t\b", re.IGNORECASE)


def unsure(clause: str, language: Language) -> str:
    """A promise as what is not confirmed: as what has no time yet, or else as it was typed."""
    return no_time(clause, language) or _as_typed(clause, language)


def _as_typed(clause: str, language: Language) -> str:
    """A promise behind "Not confirmed yet:", which is right for any verb; what never happens is what work is for."""
    clause = _PLEASE.sub("", clause.strip(" ,;:.!?"))
    said = promised(clause, language)
    to_come = said != clause or has_time(said)
    if _VOUCHES.search(said) or not _has_subject(said, language):
        return ""
    said = inside(said, language)
    if FOR_EVER.search(said) and _NEVER.search(said):
        whole = is_whole(said.removeprefix("no "), language) and not _POINTS.match(said)
        return f"We are reviewing what has to change so that {said}" if whole else ""
    if _MOODS.search(said) or _IS_NOW.search(said) or _IS_OVER.search(said) or not to_come:
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
    r"nobody|no one|no (?!later|longer|more)[a-z]+|nothing|[a-z]{3,}[^s\W]s) [a-z\d]",
    re.IGNORECASE,
)
_ALL = re.compile(r"(?:all|both) ", re.IGNORECASE)
_VOUCHES = re.compile(
    rf"\b{ASSURING}|\b(?:working out|hopefully|expect\w*|hop(?:e|es|ing)|plan(?:ning)? to|aim\w*)\b|[;–—]",
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
    clause = _BARE_CLOCK.sub(r"\1 at ", clause)
    whole = _COMMA.split(_SURELY.sub("", clause), maxsplit=1)[0]
    if when := _WHEN_FIRST.match(whole):
        whole = f"{whole[when.end() :]} {when['when'].lower()}"
    whole = inside(whole, language)
    if _ON_TIME.search(whole) and is_whole(whole, language) and not _MOODS.search(whole):
        return f"It is not confirmed yet whether {whole}"
    if takes := _TAKES.match(whole):
        return f"It is not confirmed yet how long {inside(takes['who'], language)} {takes['does']}"
    whats = [(thing := _THING_BY.match(part.strip())) and thing["what"].strip() for part in _COMMA.split(clause)]
    if all(what and _is_thing(what, language) for what in whats):
        things = [_with_article(inside(what, language), language) for what in whats if what]
        listed = f"{', '.join(things[:-1])} and {things[-1]}" if things[1:] else things[0]
        return f"There is no confirmed time yet for {listed}"
    clause = promised(without_time(AHEAD_FIRST.sub("", clause), language), language)
    clause = _WHEN_LAST.sub("", clause)
    if (
        (note := _IN_A_STATE.match(clause))
        and (_BY_US.match(note["state"]) or not _DOES.search(note["who"]))
        and not has_verb(note["who"], language)
        and not _NO_WHO.match(clause)
    ):
        who = _with_article(inside(note["who"], language), language)
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
    if verb_at(clause, language) == 1:
        first, _, rest = clause.partition(" ")
        clause = f"{_with_article(first, language)} {rest}"
    return f"It is not confirmed yet when {clause}" if is_whole(clause, language) and not _IS_NOW.search(clause) else ""


def _with_article(thing: str, language: Language) -> str:
    """One thing with its article: "app" is "the app", and "berth 2" is a name."""
    head = head_of(thing)
    first = head.split()[0]
    of_people = "team" in language.lexicon.classes_of(first)
    with_one = _ONE_THING.match(f"{thing} ") and not any(map(str.isdigit, head))
    several = of_people or is_plural(first) or is_plural(head.split()[-1])
    return f"the {thing}" if with_one and not several else thing


def _is_thing(what: str, language: Language) -> bool:
    """Whether words are only a thing, without a verb or its state."""
    of, signs = language.lexicon.any_of, language.tag(what).signs
    state = of("well", "recover", "again", "deliver", "past", "finite", "soon").search(signs) or of("ed", "ing").match(
        signs, len(signs) - 1
    )
    return not (state or has_verb(what, language) or _NO_WHO.match(f"{what} ") or _DOES_OR_WE.search(what))


_DOES_OR_WE = re.compile(
    r"^(?:we|you|i|he|she|all)\b|[a-z]s (?!(?:and|or|of|in|at|on|for|to|from|with|near)\b)[a-z]", re.IGNORECASE
)
"""What is no thing: "we swap the meter", "the vet visits barn 2"."""
_BARE_CLOCK = re.compile(
    r"\b(again|back|clear|done|fixed|live|online|open|ready|running|up|working) (?=\d{1,2}[:.]\d\d\b)", re.IGNORECASE
)
"""A state and its time, as a note has them: "gates back 15:30"."""
_THING_BY = re.compile(r"(?P<what>(?:[\w'’-]+ ){1,6}?)(?:by|within) [^,;]*$", re.IGNORECASE)
"""A note of a thing and its time: "half of the tills by noon"."""
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
    r"live|repaired|restored|running|sent|up|working)(?: (?:again|online|up|running|and running))*)$",
    re.IGNORECASE,
)
"""A note without its verb: "tills back"."""
_BY_US = re.compile(r"done|fixed|ready|repaired|restored|running|sent|working", re.IGNORECASE)
"""States that no verb goes with: "Sauna 2 heats up", but not "heats repaired"."""
_DOES = re.compile(r"[\w'’-]+ (?<!\bof )[a-z]{2,}[^s\W]s$")
"""What may end in a verb: "Sauna 2 heats up again"."""
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
    r"(?!(?:every|some|any|no)|(?:we|you|i|all|both|there|it|this|that|they|these|those|half)\b)[a-z][a-z-]{2,} "
)
_NO_WHO = re.compile(
    r"(?:it|this|that|everything|things|they|there|give|expect|plan|by|before|within|in|at|will|should|is|"
    r"are|be|back|up|online|ready|done)\b|.* (?:was|were|had|did) |"
    r"(?:we|i)(?:['’]\w+| (?:\w+ly )?(?:are|is|am|have|can|could|may|might|must|do|need|know|see|stand|think|want)\b)"
    r"(?! (?:back|done|live|online|open|ready|through|up)\b)",
    re.IGNORECASE,
)
