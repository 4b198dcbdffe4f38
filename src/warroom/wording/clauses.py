"""The clauses of a sentence: what says something of its own, and how it hangs together with the rest."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Literal, NamedTuple

from warroom.text.verbs import ONLY_PASTS

if TYPE_CHECKING:
    from warroom.wording.language import Language

Link = Literal["", "and", "but", "so", "why", "which"]
"""How a clause begins: as the sentence does, beside another, as what follows from it, or as the reason for it."""


class Clause(NamedTuple):
    """The words of a clause without the word that links it, and where they are in the sentence."""

    link: Link
    words: str
    start: int
    end: int


_TIME = r"(?:(?:about|around|roughly|at least|early|late|last|yesterday|midnight|noon|this|then|\d|[A-Z]?[a-z]+day\b))"
_SO = (
    r"which is why|that['’]s why|that is why|and (?:that|this) is why|which means(?: that)?|with the result that|"
    r"and as a result,?|as a result,?|and therefore|and so|and now|and hence|so that|so(?! (?:far|much|"
    r"many|long|on)\b)|"
    r"hence|therefore|thus|consequently,?"
)
_WHY = (
    rf"because|since(?! {_TIME})|as(?! (?:of|from|in|at|on|well|if|though|soon|long|a|an|usual|normal|planned|"
    rf"before|expected)\b)|"
    r"after|for the reason that|given that|now that"
)
_LINK = re.compile(
    rf"(?P<so>[,;]?\s+(?:[-–—]\s+)?(?:{_SO})\s+)|(?P<why>,?\s+(?:{_WHY})\s+)|"
    r"(?P<but>[,;]?\s+(?:but|yet|(?<!as )though|although|while|whereas)\s+)|(?P<which>,\s+(?:which|who)\s+)|"
    r"(?P<and>[,;]?\s+and\s+(?:then\s+|so\s+)?|\s*[;–—]\s*|\s+-\s+|,\s+|:\s+)",
    re.IGNORECASE,
)
_LINKS: tuple[Link, ...] = ("so", "why", "but", "which", "and")
_FIRST_WHY = re.compile(rf"(?:{_WHY}|due to|because of|owing to|thanks to|in|on|at|during|with|from)\s", re.IGNORECASE)
_MOST_WORDS = 14
"""Words of a clause within which its verb stands."""
_NO_SUBJECT = re.compile(
    r"(?:and|or|but|not|never|is|are|was|were|has|have|had|does|did|will|can|could|cannot|which|who|that|to|of)\b", re.I
)


def clauses(sentence: str, language: Language) -> list[Clause]:
    """The clauses of a sentence, each with a verb of its own; what has none stays part of the one before it."""
    found: list[Clause] = []
    start, link = 0, ""
    leading = bool(_FIRST_WHY.match(sentence))
    for sign in _LINK.finditer(sentence):
        words, rest = sentence[start : sign.start()], sentence[sign.end() :]
        kind: Link = next(name for name in _LINKS if sign[name] is not None)
        if not words.strip() or not rest.strip():
            continue
        if leading and not found and kind == "and" and sign.group().strip() == ",":
            if begins_clause(rest, language):  # "Because the driver overslept, the bus was late"
                found.append(Clause("why", words, start, sign.start()))
                start, link = sign.end(), ""
            continue
        if kind == "and" and _ENDS_IN_NUMBER.search(words) and rest[:1].isdigit():
            continue  # "the 41 and 43 buses"
        goes_on = kind in ("and", "but") and has_same_subject(rest)
        if (";" in sign.group() or _NO_SUCH.match(rest) or has_verb(words, language)) and (
            goes_on or begins_clause(rest, language) or kind == "which"
        ):
            found.append(Clause(_as_link(link), words.strip(), start, sign.start()))
            start, link = sign.end(), kind
    found.append(Clause(_as_link(link), sentence[start:].strip(), start, len(sentence)))
    return found


def _as_link(link: str) -> Link:
    return next((name for name in _LINKS if name == link), "")


def has_verb(words: str, language: Language) -> bool:
    """Whether some words have a finite verb, as far as lists and endings tell."""
    return verb_at(words, language) is not None


def has_same_subject(words: str) -> bool:
    """Whether words go on with the subject of the clause before them: "and get it back by noon"."""
    return _SAME_SUBJECT.match(words) is not None


def asks(words: str) -> bool:
    """Whether words begin with a request: "Use the side door"."""
    return _REQUEST.match(words) is not None


def begins_clause(words: str, language: Language) -> bool:
    """Whether words begin with a subject and its verb, or with a request."""
    if asks(words):
        return True
    if _DEED_FIRST.match(words):
        return False
    first = _LINK.search(words)
    head = words[: first.start()] if first else words
    return not _NO_SUBJECT.match(words) and (
        verb_at(head, language) not in (None, 0) or _SUBJECT_SHOULD.match(head) is not None
    )


_ENDS_IN_NUMBER = re.compile(r"\d$")
_SUBJECT_SHOULD = re.compile(
    r"(?:the|an?|our|your|all|every|each|we|you|they|\d[\d.,]*) (?:[\w'’-]+ ){0,5}?(?:should|ought|must|may|might)\b|"
    r"(?:we|you|they|it|he|she|i)(?:['’](?:ll|re|ve)| should| ought| must| may| might)\b",
    re.IGNORECASE,
)
_NO_SUCH = re.compile(r"no (?!longer\b|more\b)[a-z]+", re.IGNORECASE)
_SAME_SUBJECT = re.compile(
    r"(?:will|should|shall)\b|"
    r"(?:comes?|gets?|goes|opens?|reopens?|restarts?|resumes?|returns?|runs?|works?) (?:[^,;]* )?"
    r"(?:again|back|by|in|within|before|from|at)\b|no (?!longer\b|more\b)[a-z]+",
    re.IGNORECASE,
)
"""How a clause begins that has the subject of the one before it, or no verb: "and will be back", "and no tickets"."""
_DEED_FIRST = re.compile(r"[a-z]{3,}ed (?:to|the|a|an|our|it|them|in|on|at|for|with|by)\b|(?:did|had|was|were)\b")
_REQUEST = re.compile(
    r"(?:please|enter|use|call|ask|check|open|close|wait|keep|take|bring|try|restart|change|contact|tell|show)\b", re.I
)


def verb_at(words: str, language: Language) -> int | None:
    """Which token of some words is their finite verb; None if there is none among the first ones."""
    tagged = language.tag(words)
    signs, lexicon = tagged.signs[:_MOST_WORDS], language.lexicon
    verb, article = (
        lexicon.any_of("finite", "acted", "causing", "at_fault", "ed"),
        lexicon.any_of("determiner"),
    )
    for at, sign in enumerate(signs):
        if (
            at
            and verb.match(sign)
            and not _NO_VERB.fullmatch(tagged.words(at, at + 1)[0])
            and tagged.words(at, at + 1)[0] != "May"
            and not article.match(signs[at - 1])
            and not _AFTER_TO.fullmatch(tagged.words(at - 1, at)[0])
        ):
            return at - 1 if at > 1 and _GET.fullmatch(tagged.words(at - 1, at)[0]) else at
        if at == 0 and _IT_IS.match(words):
            return 1
    words_of = tagged.words(0, _MOST_WORDS)
    return next(
        (
            at
            for at, word in enumerate(words_of[1:], 1)
            if _THIRD.fullmatch(word)
            and (word in ONLY_PASTS or not (article.match(signs[at - 1]) or words_of[at - 1] in _OF_A_THING))
        ),
        None,
    )


_NO_VERB = re.compile(r"speed|feed|need|seed|bed|shed|red|hundred|weed|deed|indeed|kindred|\w+ing", re.IGNORECASE)
_GET = re.compile(r"gets?", re.IGNORECASE)
"""The verb in front of a participle: "everyone gets paid"."""
_AFTER_TO = re.compile(r"to|of|by|with|for", re.IGNORECASE)
_IT_IS = re.compile(r"(?:it|that|this|there|he|she|who)(?:['’]s| is| was)\b", re.IGNORECASE)
_OF_A_THING = ("'s", "’s")
_THIRD = re.compile(
    r"(?:show|fail|start|stop|crash|need|get|mean|cost|wait|read|block|miss|see|make|take|give|keep|hang|lose|"
    r"say|look|ask|stand|stay|sit|lie|come|begin|remain|belong|happen|know|think|believe|expect|follow|hope|intend|suspect|want|seem|"
    r"appear|sound|feel|choke|exceed|affect|concern|involve|limit|resume|reopen|drive|sail|fly|flow|roll|depart|"
    r"land|arrive|"
    r"leave|load|refuse|swallow|eat|drift|swell|spread)s?"
    r"|(?:throw|drop|reject|refuse|return|send|print|run|leak|lock|hide|charge|ignore|accept|answer|serve|"
    r"deliver|eat|"
    r"kill|restart|time|overflow|overload|flood|drown|skip|ask|believe|think|suspect|guess)s"
    rf"|{'|'.join(sorted(ONLY_PASTS))}|burst|cut|felt|hang|hit|put|set|shut"
    r"|crashes|jams|misses|died"
)


def as_sentence(words: str) -> str:
    """Words as a sentence of their own: a capital letter, a full stop, and no link in front."""
    words = _LINKING.sub("", words.strip(" ,;:–—-"), count=1).strip()
    if not words:
        return ""
    end = "" if words[-1] in ".!?" else "."
    return f"{words[:1].upper()}{words[1:]}{end}"


_LINKING = re.compile(
    r"^(?:(?:and|but|so|then|hence|therefore|now|which is why|that is why|because)\b,? )+", re.IGNORECASE
)
