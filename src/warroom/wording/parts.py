"""The parts of a sentence that can stay as they are, where another one has to go."""

from __future__ import annotations

import re

from warroom.wording.checks import check_text
from warroom.wording.kinds import Audience, Facts
from warroom.wording.rules import Rules


def clear_parts(sentence: str, rules: Rules, audience: Audience, facts: Facts) -> str:
    """The parts of a sentence without a remark that can stand alone: each says something specific, and what of it."""
    signs = rules.language.lexicon.signs
    specific, predicate, doing = {*signs("specific")}, {*signs("finite"), *signs("ed")}, {*signs("ing")}
    predicates = predicate.union(*(signs(name) for name in ("harm", "harm_state", "vague_harm", "percent")))
    found = check_text(sentence, rules, audience, facts)
    marked = [(finding.start, finding.end) for finding in found]
    marked += [small.span() for small in _NO_HARM.finditer(sentence) if "minimising" in {f.rule for f in found}]
    guesses = [finding.end for finding in found if finding.rule == "speculation"]
    verbs = predicate.union(signs("does"))
    kept: list[str] = []
    denied = [no.start() for no in _NEGATION.finditer(sentence)]
    lost = {at for at in denied if not any(start <= at < end for start, end in marked)}
    rules_found = {finding.rule for finding in found}
    promised = "promise" in rules_found  # of which no part is a fact: "Six hours, and the shop is open"
    parts = _PARTS_AND if "blame" in rules_found and not rules_found & {"promise", "speculation"} else _PARTS
    for part in parts.finditer(sentence):
        words = part["words"].strip()
        link = sentence[part.start() : part.start("words")]
        if _THEN.search(link) or (promised and part.start() and _SO.search(link)):
            continue  # what follows from a promise is no fact
        if (state := _STATE_OF_A_FIX.fullmatch(words.rstrip("."))) and not any(
            start < part.end("words") and end > part.start("words") for start, end in marked
        ):
            kept.append(f"The {state['fix'].lower()} is {state['state']}.")
            continue
        inside = [start for start, end in marked if start < part.end("words") and end > part.start("words")]
        began_before = inside and max(inside) < part.start() and not guesses and not promised
        if began_before and not check_text(words, rules, audience, facts):
            inside = []  # the remark began in a part before, and nothing is remarked on in this one
        if inside:
            additions = [*_ADDITION.finditer(sentence, part.start("words"), part.end("words"))]
            before = [place.start() for place in additions if place.start() < min(inside)]
            if sentence[part.end() : part.end() + 1] == ":" and any(
                part.end() - 3 < at <= part.end() for at in guesses
            ):
                break  # what follows is the guess: "My guess: the cache is full"
            if not before:
                continue
            words = sentence[part.start("words") : before[-1]].strip()
        if " " not in words:
            continue
        if part.start("words") and _ONLY_A_TIME.fullmatch(sentence[: part.start("words")]) and promised:
            continue  # "As of Monday, tickets are on sale"
        tagged = rules.language.tag(words).signs
        if tagged[0] in predicate and part.start("words"):
            continue  # its subject is not there
        says = (specific & {*tagged} and predicates & {*tagged}) or (  # "Rolling back; …"
            tagged[0] in doing and not part.start("words") and _CLEAR_END.match(sentence, part.end())
        )
        if guesses and check_text(words, rules, audience, facts):
            continue  # one remark of a kind stands for all of a sentence
        if _RELATIVE.search(words) and not _says_more_than_which(words, verbs, rules):
            continue
        if says and not _DEPENDS.match(words) and not _WOULD.search(words):
            words_alone = _AS_A_RESULT.sub("", words.rstrip(".!,;:"))
            kept.append(f"{words[:1].upper()}{words_alone[1:]}.")
            lost -= {at for at in denied if part.start("words") <= at < part.start("words") + len(words)}
    return "" if lost and "minimising" in {finding.rule for finding in found} else " ".join(kept)


_NO_HARM = re.compile(
    r"\bno (?:real |lasting |great |serious )?(?:harm|damage)(?: (?:was )?done)?\b|\bno (?:big deal|biggie|drama)\b|"
    r"\b(?:nobody|no one|hardly anyone|hardly anybody) (?:will |would |has |have )?(?:miss|notic)\w*",
    re.IGNORECASE,
)
"""More words that make harm small, which may stand beside those that are remarked on."""
_NEGATION = re.compile(r"\b(?:no|not|never|nothing|nobody|none|without|cannot|unable)\b|n['’]t\b", re.IGNORECASE)
"""What must not be lost where harm was made small, since the rest would read as a success."""


def _says_more_than_which(words: str, verbs: set[str], rules: Rules) -> bool:
    """Whether words with a relative clause have a verb beside that of the clause: "cards that fail" says nothing."""
    relative = _RELATIVE.search(words)
    assert relative is not None
    before, after = (rules.language.tag(part).signs for part in (words[: relative.start()], words[relative.end() :]))
    if any(sign in verbs for sign in before):
        return True
    groups, last = 0, -9
    for at, sign in enumerate(after):
        if sign in verbs:
            groups, last = groups + (at - last > _WITHIN_A_VERB), at
    return groups > 1


_RELATIVE = re.compile(r" (?:that|which|who|whose) ")
_WITHIN_A_VERB = 2
"""Tokens from one part of a verb to the next: "were not declined" is one verb."""
_PART = r"""(?x)
    (?:^|[,;:]\ |\s[-–—]\ |\s(?=but\b|AND))(?:(?:so|and|but|then|hence|therefore)\b\ )?
    (?P<words>(?:[^,;:–—]|[,:](?=\d))+?)
    (?=[,;:]\ |\s[-–—]\ |\sbut\b|\sAND|$)
"""
_PARTS = re.compile(_PART.replace("AND", "(?!)"))
_PARTS_AND = re.compile(_PART.replace("AND", r"and\ (?:the|our|your|all|no|nobody|\d)"))
"""The parts of a sentence; in the second, what follows an "and" is one too, which for a promise would be a claim."""
_ADDITION = re.compile(
    r" (?:because|after|since(?! (?:about |around |roughly )?\d)|due to|as a result of|thanks to|"
    r"and (?=(?:will|should|we|it|they|is|are|that|this)\b|'ll))"
)
"""Where an addition begins without which the words before it can stand."""
_STATE_OF_A_FIX = re.compile(
    r"(?:the |a |our )?(?P<fix>fix|change|patch|repair|correction|update|workaround|restore)(?: is)? "
    r"(?P<state>(?:now )?(?:in (?:review|progress|testing|place)|under (?:review|way|test)|underway|"
    r"being (?:reviewed|tested|written)|written|ready|tested))",
    re.IGNORECASE,
)
"""How far a fix is, in a few words: "fix in review"."""
_AS_A_RESULT = re.compile(r",? (?:as a (?:result|consequence)|because of (?:that|this|it))$", re.IGNORECASE)
_CLEAR_END = re.compile(r"; | [–—-] ")
_DEPENDS = re.compile(
    r"(?:(?:most|some|all|none|many|both|each|few) of (?:which|whom|them)|because|which|that|who|whose|"
    r"since(?! (?:about |around |roughly )?\d)|while|as|if|when|where|until|unless|although|though|than|once|"
    r"whenever|whether|provided|assuming|given|even|to|from|in|on|"
    r"at|by|for|with|of|or|not|including|such|after|before|due|it|this|they|these|those|he|she|ahead|during|despite|"
    r"without|within|over|under|about|around|along|across|between|against|per|via|based|following|having|being)\b",
    re.IGNORECASE,
)
_ONLY_A_TIME = re.compile(
    r"(?:as of|as from|from|by|before|within|in|at|on|after|until|come|tomorrow|tonight|later|starting|no later than)\b"
    r"(?:(?!\b(?:is|are|was|were|has|have|had|will|can)\b)[^,;:])*, ",
    re.IGNORECASE,
)
_WOULD = re.compile(r"\bwould(?:n't)?\b|'d have\b", re.IGNORECASE)
"""What did not happen stands only beside the reason why."""
_SO = re.compile(r"\bso\b", re.IGNORECASE)
_THEN = re.compile(r"\bthen\b", re.IGNORECASE)
"""In front of what happens only once something else is done."""
