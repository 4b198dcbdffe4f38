"""A sentence in plain words: without chat typing, jargon, and words that make harm small."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING

from warroom.wording.jargon import codes_in_words
from warroom.wording.kinds import Audience, Facts
from warroom.wording.nouns import inside
from warroom.wording.remarks import Remark, remarks
from warroom.wording.rules import Rules
from warroom.wording.typed import written_out

if TYPE_CHECKING:
    from warroom.wording.language import Language

_MOST_TERMS = 8
"""Terms of one sentence that are replaced one after the other."""


def without_chat(sentence: str, rules: Rules, audience: Audience, facts: Facts) -> str:
    """The sentence without chat typing."""
    language = rules.language
    return written_out(sentence, language.typed(language.tag(sentence), audience, facts))


def in_plain_words(sentence: str, rules: Rules, audience: Audience, facts: Facts) -> str:
    """The sentence with every term in plain words, without chat typing and without words that make harm small."""
    own, sentence = sentence, codes_in_words(sentence)
    if audience == "customers" and sentence != own:
        sentence = _THE_API.sub("our system", sentence)
    sentence = without_chat(sentence, rules, audience, facts)
    for _ in range(_MOST_TERMS):
        for remark in remarks(sentence, rules.language, audience, facts):
            words, case = sentence[remark.start : remark.end], remark.case
            start, end = remark.start, remark.end
            if remark.kind == "jargon" and (service := _SERVICE.fullmatch(words)):
                instead = f"the {service['what'].replace('-', ' ')} service"  # "checkout-svc"
            elif remark.kind == "jargon" and (several := _beside_another(sentence, remark, rules)):
                instead, start, end = several
            elif case.instead:
                instead = filled(case.instead, remark, facts)
                if instead and (who := _WHO_WILL.match(words)):
                    instead = f"{who['who']} {instead}"
            elif remark.kind == "jargon":
                instead, start, end = _term(sentence, remark, rules)
            else:
                instead = _dropped(words, case.drop, rules)
            if case.drop and not case.instead and not instead and remark.kind == "minimising":
                sentence = tidied(sentence[:start] + sentence[end:])  # "Luckily": nothing else was in it
                break
            if instead and instead != words:
                degree = _DEGREE.search(sentence[:start])
                if degree and remark.kind == "minimising" and instead.split()[0] != words.split()[0]:
                    start = degree.start()
                sentence = _put(sentence, start, end, instead)
                break
        else:
            break
    return sentence


_WHO_WILL = re.compile(r"(?P<who>[a-z]+)['’]ll\b", re.IGNORECASE)
_SERVICE = re.compile(r"(?:(?:the|our) )?(?P<what>(?!db\b|app\b|svc\b)[a-z]{4,20}(?:-[a-z]{3,20})?)-(?:svc|service)")
_DEGREE = re.compile(
    r"(?:\b(?:ever|so|very|rather|quite|fairly|pretty|too|extremely|really|relatively|comparatively|reasonably) )+$"
)
"""Words such as "very" and "relatively" that belong to the word that is left out."""


def _term(sentence: str, remark: Remark, rules: Rules) -> tuple[str, int, int]:
    """The plain words for a term that a remark is about, and where that term is; "" if there are none.

    Colleagues are told of abbreviations and codes only, but the plain words are the same.
    """
    for start, end, plain in _terms(sentence, rules):
        if start <= remark.start and end >= remark.end:
            return plain, start, end
    return "", remark.start, remark.end


def _beside_another(sentence: str, remark: Remark, rules: Rules) -> tuple[str, int, int] | None:
    """The plain words for two terms that are one thing, as in "the Kafka backlog": those of the second, for both."""
    terms = _terms(sentence, rules)
    for first, end, plain in terms:
        part = _PART_OF_IT.match(sentence, end)
        if part and plain and first <= remark.start < end and _NAME_OF_A_THING.search(sentence[:first]):
            return plain, first, part.end()
    for (first, end, _), (start, last, plain) in pairwise(terms):
        here = first <= remark.start < end or start <= remark.start < last
        if sentence[first:end].endswith(("ed", "ing", "less", "able", "al")):
            continue  # "a misconfigured server"
        if not rules.language.terms.names_a_thing(sentence[start:last]):
            continue  # "the HSM failed over"
        if here and plain and sentence[end:start] == " " and _NAME_OF_A_THING.search(sentence[:first]):
            return plain, first, last
    return None


def _terms(sentence: str, rules: Rules) -> list[tuple[int, int, str]]:
    """Where each term begins and ends, and its plain words; "" if it has none."""
    tagged = rules.language.tag(sentence)
    found = rules.language.terms.found(tagged, rules.language.lexicon)
    return [(*tagged.span(first, last), plain) for first, last, plain in found]


_THE_API = re.compile(
    r"(?<!^)(?<!of )\b(?:the|our) API(?= (?:has|had|is|was|returns?|returned|answers?|answered|fails?|failed)\b)"
)
"""What failed with a code; customers know it by its effects."""
_PART_OF_IT = re.compile(
    r" (?:index|instance|primary|standby|layer|tier|daemon|process|backend|broker|instances)\b(?! \d)"
)
"""What belongs to a part of a system, and says nothing beside its plain words."""
_NAME_OF_A_THING = re.compile(
    r"\b(?:the|our|an?|your|this|that|its|of|in|on|at|from|to|by|with|for|two|three|all|both) $", re.I
)
"""What stands in front of the name of a thing, so that two terms behind it are nouns."""


def _dropped(words: str, drop: str, rules: Rules) -> str:
    """The words without those of a class."""
    if not drop:
        return ""
    signs = set(rules.language.lexicon.signs(drop))
    tagged = rules.language.tag(words)
    for at in reversed(range(len(tagged.signs))):
        if tagged.signs[at] in signs:
            start, end = tagged.span(at, at + 1)
            before, after = words[:start], words[end:]
            words = _joined(before, _LEFT_OVER.sub("", after)) if _ARTICLE.search(before) else before + after
    return " ".join(words.split())


_LEFT_OVER = re.compile(r"^[\s,]*(?:(?:and|or)\b[\s,]*)?")
"""What is left between an article and its noun when the words beside it are gone."""


def _put(sentence: str, start: int, end: int, words: str) -> str:
    """The sentence with other words in this place, beginning with a capital letter where a sentence does."""
    before, after = sentence[:start], sentence[end:]
    if _PART.match(words) and (article := _ANY_DETERMINER.search(before)):
        before = before[: article.start()]
    if sentence.isupper():
        words = words.upper()
    if not before.strip() or (sentence[start : start + 1].isupper() and before.rstrip()[-1:] in ".!?:"):
        words = words[:1].upper() + words[1:]
    return _joined(before, words + after)


_PART = re.compile(r"(?:one|parts?|several|some) of\b", re.IGNORECASE)
_ANY_DETERMINER = re.compile(r"\b(?:the|an?|our) $", re.IGNORECASE)


def _joined(before: str, after: str) -> str:
    """Words in front of others, with `a` or `an` between them as English has it."""
    article = _ARTICLE.search(before)
    if article is None or not after:
        return before + after
    return f"{before[: article.start()]}{article[1]}{'n' if _VOWEL.match(after) else ''}{article[2]}{after}"


def with_articles(sentence: str) -> str:
    """The sentence with `a` and `an` as the words behind them need it."""
    sentence = _HAD_EFFECT.sub(r"\1 an \2", sentence)
    return _ANY_ARTICLE.sub(lambda found: f"{found[1]}{'n' if _VOWEL.match(found[2]) else ''} {found[2]}", sentence)


_HAD_EFFECT = re.compile(r"\b(had|has|have) (effect|impact|influence)(?= on\b)")
_ANY_ARTICLE = re.compile(r"\b([Aa])n? (\w+)")
_ARTICLE = re.compile(r"\b([Aa])n?( +)$")
_VOWEL = re.compile(r"(?!one\b|once\b|eu|uni[^nm]|us[aei]|ut[ie])[aeiou]|hour|hono|heir", re.IGNORECASE)


def filled(template: str, remark: Remark | None, facts: Facts) -> str:
    """A better sentence with its slots filled; "" if one has nothing to fill it with."""
    slots = dict(remark.slots) if remark is not None else {}
    impact = facts.impact.rstrip(".")
    slots["what"] = f"{impact[:1].upper()}{impact[1:]}." if impact else ""
    slots["news"] = f"The next update comes at {facts.next_update}." if facts.next_update else ""
    slots["next"] = f" The next update comes at {facts.next_update}." if facts.next_update else ""
    if any(not slots.get(name) and name != "next" for name in _SLOT.findall(template)):
        return ""
    return _SLOT.sub(lambda slot: slots[slot[1]], template)


_SLOT = re.compile(r"\{([a-z]+)\}")


def tidied(sentence: str) -> str:
    """The sentence without doubled spaces or lost commas, beginning with a capital letter."""
    sentence = re.sub(r" +([,.;:!?])", r"\1", " ".join(sentence.split())).lstrip(",;: ")
    return sentence[:1].upper() + sentence[1:]


_DOES_SOMETHING = re.compile(
    r"(?:going back|switching|undoing|restoring|restarting|replacing|moving|checking|repairing|removing|testing|"
    r"fixing|clearing|updating|sending|reviewing|rerouting|reversing|returning|correcting|installing|changing|"
    r"adding)\b",
    re.IGNORECASE,
)


def we_are(sentence: str, language: Language) -> str:
    """Who does it, of a status without a subject: "Going back to …" is "We are going back to …"."""
    if not _DOES_SOMETHING.match(sentence) or _has_verb(sentence):
        return ""
    return f"We are {inside(sentence, language)}"


def _has_verb(sentence: str) -> bool:
    """Whether a verb follows that such a status could be the subject of: "Restarting the app helps"."""
    first = re.split(r"[,;:.–—]|\b(?:and|but|because|since|so|that|which|to|as|while|until)\b", sentence, maxsplit=1)[0]
    return (
        re.search(
            r"\b(?:is|are|was|were|has|have|had|failed|stopped|broke|caused|helps?|works?|took|takes|will|did|does|can|made|makes)\b",
            first,
        )
        is not None
    )
