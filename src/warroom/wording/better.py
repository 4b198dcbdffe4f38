"""A better sentence for a remark: made from the sentence itself where that works, else one that is sure to be right."""

from __future__ import annotations

import re
from collections.abc import Iterator

from warroom.wording.checks import Finding, MessageText, check_text
from warroom.wording.kinds import Audience, Facts
from warroom.wording.remarks import Remark, remarks
from warroom.wording.rules import Rules

_MOST_TERMS = 8
"""Terms of one sentence that are replaced one after the other."""


def better_sentence(sentence: str, finding: Finding, message: MessageText, rules: Rules) -> str:
    """The sentence to take instead of the one that a finding is about; "" if there is none without a remark.

    `sentence` is the text from `finding.first` to `finding.last`. A label in front of it (`Status: …`) and the mark of
    a list stay as they are.
    """
    audience, facts = message.readers, message.facts
    head, own = _without_label(sentence)
    for candidate in _candidates(own, finding, rules, audience, facts):
        tidy = _tidied(candidate)
        if tidy and tidy != own and not check_text(tidy, rules, audience, facts):
            return head + tidy
    return ""


def _candidates(own: str, finding: Finding, rules: Rules, audience: Audience, facts: Facts) -> Iterator[str]:
    language = rules.language
    kind = language.kind(finding.rule)
    instead = [] if kind is None else [*kind.better.get(audience, kind.better.get("else", ()))]
    if finding.remark is not None:
        yield _reworded(own, rules, audience, facts)
        if kept := _rest(own, rules, audience, facts):
            yield from (
                f"{kept} {_filled(better, finding.remark, facts)}" for better in instead if finding.rule in _ADDED
            )
            yield kept
        if finding.remark.case.better:
            yield _filled(finding.remark.case.better, finding.remark, facts)
    yield from (_filled(better, finding.remark, facts) for better in (*finding.better, *instead))


def _rest(sentence: str, rules: Rules, audience: Audience, facts: Facts) -> str:
    """The first part of a sentence without a remark that can stand alone: it has a verb and says something specific."""
    signs = rules.language.lexicon.signs
    specific, verbs = {*signs("specific")}, {*signs("finite"), *signs("ed")}
    marked = [(finding.start, finding.end) for finding in check_text(sentence, rules, audience, facts)]
    for part in _PART.finditer(sentence):
        words = part["words"].strip()
        if any(start < part.end("words") and end > part.start("words") for start, end in marked) or len(words) < 15:
            continue
        tagged = set(rules.language.tag(words).signs)
        if tagged & specific and tagged & verbs and not _DEPENDS.match(words):
            return f"{words[:1].upper()}{words[1:].rstrip('.!,;:')}."
    return ""


_ADDED = ("promise", "speculation")
"""The kinds whose better sentence is worth saying in addition to the facts."""
_PART = re.compile(
    r"(?:^|[,;:] |\s[-–—] )(?:(?:so|and|but|then|hence|therefore)\b )?(?P<words>[^,;:–—]+?)(?=[,;:] |\s[-–—] |$)"
)
_DEPENDS = re.compile(
    r"(?:because|which|that|who|whose|since|while|as|if|when|where|until|unless|although|though|than|to|from|in|on|at|by|"
    r"for|with|of|or|not|including|such|after|before|due|it|this|they|these|those|he|she)\b",
    re.IGNORECASE,
)


def _reworded(sentence: str, rules: Rules, audience: Audience, facts: Facts) -> str:
    """The sentence with every term in plain words, and without words that make harm small."""
    for _ in range(_MOST_TERMS):
        for remark in remarks(sentence, rules.language, audience, facts):
            words, case = sentence[remark.start : remark.end], remark.case
            instead = _filled(case.instead, remark, facts) if case.instead else _dropped(words, case.drop, rules)
            if instead and instead != words:
                sentence = _put(sentence, remark.start, remark.end, instead)
                break
        else:
            break
    return sentence


def _dropped(words: str, drop: str, rules: Rules) -> str:
    """The words without those of a class."""
    if not drop:
        return ""
    signs = set(rules.language.lexicon.signs(drop))
    tagged = rules.language.tag(words)
    kept, done = [], 0
    for at, sign in enumerate(tagged.signs):
        if sign in signs:
            start, end = tagged.span(at, at + 1)
            kept.append(words[done:start])
            done = end
    kept.append(words[done:])
    return " ".join("".join(kept).split())


def _put(sentence: str, start: int, end: int, words: str) -> str:
    """The sentence with other words in this place, and with `a` or `an` in front of them as English has it."""
    before, after = sentence[:start], sentence[end:]
    if not before.strip() or (sentence[start : start + 1].isupper() and before.rstrip()[-1:] in ".!?:"):
        words = words[:1].upper() + words[1:]
    article = re.search(r"\b([Aa])n?( +)$", before)
    if article:
        before = before[: article.start()] + article[1] + ("n" if words[:1].lower() in "aeiou" else "") + article[2]
    return before + words + after


def _filled(template: str, remark: Remark | None, facts: Facts) -> str:
    """A better sentence with its slots filled; "" if one has nothing to fill it with."""
    slots = dict(remark.slots) if remark is not None else {}
    slots["what"] = f"What is affected: {facts.impact.rstrip('.')}." if facts.impact else ""
    slots["news"] = f"The next update comes at {facts.next_update}." if facts.next_update else ""
    slots["next"] = f" The next update comes at {facts.next_update}." if facts.next_update else ""
    if any(not slots.get(name) and name != "next" for name in _SLOT.findall(template)):
        return ""
    return _SLOT.sub(lambda slot: slots[slot[1]], template)


_SLOT = re.compile(r"\{([a-z]+)\}")
_LABEL = re.compile(r"\s*(?:[-*•·▸] +|\d{1,2}[.)] +)?(?:[A-Z][\w’' /-]{0,30}:\s+)?")


def _without_label(sentence: str) -> tuple[str, str]:
    label = _LABEL.match(sentence)
    at = label.end() if label else 0
    return sentence[:at], sentence[at:].rstrip()


def _tidied(sentence: str) -> str:
    """The sentence without doubled spaces or lost commas, beginning with a capital letter."""
    sentence = re.sub(r" +([,.;:!?])", r"\1", " ".join(sentence.split())).lstrip(",;: ")
    return sentence[:1].upper() + sentence[1:]
