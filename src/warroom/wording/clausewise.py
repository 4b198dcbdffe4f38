"""A sentence made better clause by clause: what is fine stays as it is, and of the rest what it tells."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from warroom.wording.checks import check_text
from warroom.wording.clauses import Clause, as_sentence, clauses, verb_at
from warroom.wording.deeds import could_be_done
from warroom.wording.findings import Finding, moved
from warroom.wording.in_its_size import in_its_size
from warroom.wording.kinds import Audience, Facts
from warroom.wording.nouns import inside, is_plural
from warroom.wording.rules import Rules
from warroom.wording.technical import in_other_words
from warroom.wording.telling import stems, told
from warroom.wording.unconfirmed import unconfirmed
from warroom.wording.without_blame import blameless, counterfactual, deed, under_review
from warroom.wording.without_guess import not_confirmed
from warroom.wording.without_promise import no_time

_MOST_CLAUSES = 8


def clause_by_clause(
    sentence: str, rules: Rules, audience: Audience, facts: Facts, stock: Mapping[str, str], about: str
) -> Iterator[str]:
    """Sentences in which every clause with a remark is made better or left out, the one that says most first.

    `about` is the kind of remark that the whole is for; `stock` has by kind what is said instead of a clause that is
    left out, and nothing is where it has none.
    """
    parts = clauses(sentence.rstrip(".!?… "), rules.language)
    if len(parts) > _MOST_CLAUSES:
        return
    found = check_text(sentence, rules, audience, facts)
    kinds = {finding.rule for finding in found}
    if "blame" in kinds and (happened := counterfactual(sentence)):
        yield f"{as_sentence(happened)} {stock.get('blame', '')}".rstrip()
        yield as_sentence(happened)
    for happened in deed(sentence, audience) if "blame" in kinds else ():
        yield as_sentence(happened)
    made: list[str] = []
    left_out: list[str] = []
    joins = changed = False
    for at, part in enumerate(parts):
        here = _of_part(part, parts, found, rules, audience, facts)
        subject = ""
        if at and _WILL.match(part.words) and _AND_OR_BUT.search(_between(sentence, part)):
            subject = _subject(parts[at - 1].words, rules)
        if "promise" in kinds and _SAYS_NOTHING.fullmatch(part.words.strip(" ,;:")):
            changed = True
            continue  # it only assures what follows
        if not here and "promise" in kinds and at and _THEN.search(_between(sentence, part)):
            left_out.append("promise")
            continue  # what is to follow a promise is no fact
        if not here and "minimising" not in kinds:
            if (part.link == "which" and not joins) or _WOULD_BE.search(part.words):
                continue
            if _ALONE.match(part.words) and (changed or not made):
                left_out += ["blame"] if changed and "blame" in kinds else []
                continue
            if joins and made:
                made[-1] = f"{made[-1].rstrip('.')}{_between(sentence, part)}{part.words}."
            else:
                made.append(as_sentence(part.words))
            joins, changed = True, False
            continue
        better, in_place = _of_clause(part, here, kinds, rules, audience, facts, about, subject)
        if in_place and joins and made and part.link != "":
            joined = f"{made[-1].rstrip('.')}{_between(sentence, part)}{inside(better, rules.language)}."
            if _fine(joined, rules, audience, facts):
                made[-1], changed = joined, True
                continue
        changed = True
        if better == _NOTHING:
            continue
        if better and part.link != "why":
            made.append(as_sentence(better))
            joins = in_place
        else:
            left_out += [finding.rule for finding in here]
            joins = False
    if not made:
        return
    kept = " ".join(dict.fromkeys(made))
    if "not confirmed yet when" in kept:
        left_out = [rule for rule in left_out if rule != "promise"]
    if "under review" in kept or "reviewing" in kept:
        left_out = [rule for rule in left_out if rule == "promise"]
    added = " ".join(dict.fromkeys(stock[rule] for rule in left_out if stock.get(rule)))
    if added:
        yield f"{kept} {added}"
    yield kept


def _of_part(
    part: Clause, parts: list[Clause], found: Sequence[Finding], rules: Rules, audience: Audience, facts: Facts
) -> list[Finding]:
    """What is remarked on in a clause: there is one remark of a kind for a sentence, which stands for all of it."""
    here = [finding for finding in found if finding.start < part.end and finding.end > part.start]
    later = [other for other in parts if other.start > part.start and _TO_COME.search(other.words)]
    told_now = {
        id(finding)
        for finding in here
        if finding.rule == "promise" and not _TO_COME.search(part.words) and any(finding.end > p.start for p in later)
    }
    if told_now and not any(found.rule == "promise" for found in check_text(part.words, rules, audience, facts)):
        return [finding for finding in here if id(finding) not in told_now]
    if len(parts) == 1 or (here and min(finding.start for finding in here) >= part.start):
        return here
    alone = [finding for finding in check_text(part.words, rules, audience, facts) if finding.part != "whole"]
    return [moved(finding, part.start) for finding in alone if finding.rule != "vague"]


_WILL = re.compile(r"(?:will|shall|should)\b", re.IGNORECASE)
_TO_COME = re.compile(r"\b(?:will|shall|should|going to|due to)\b|['’]ll\b", re.IGNORECASE)


def _subject(clause: str, rules: Rules) -> str:
    """The subject of a clause, for the verb of the next one; "" if it is not plain."""
    at = verb_at(clause, rules.language)
    if not at:
        return ""
    subject = clause[: rules.language.tag(clause).span(at, at + 1)[0]].strip()
    return "" if _NOT_PLAIN.search(subject) else inside(subject, rules.language)


_SAYS_NOTHING = re.compile(
    r"(?:please )?(?:rest (?:assured|easy)|be assured|(?:trust|believe) (?:me|us)|mark my words|count on (?:it|"
    r"us)|no worries|"
    r"don['’]t worry|you have (?:my|our) word|by the time [^,;]*|give or take [^,;]*|no ifs (?:and|or) buts|"
    r"promised|guaranteed|i promise)",
    re.IGNORECASE,
)
_THEN = re.compile(r"\bthen\b", re.IGNORECASE)
_NOT_PLAIN = re.compile(r"[,;:]|^\w+ing\b|^(?:it|this|that|there|they)$", re.IGNORECASE)
_AND_OR_BUT = re.compile(r"\b(?:and|but)\b", re.IGNORECASE)
_NOUN_ENDS = re.compile(r" (?:of|in|on|at|for|to|with|from|that|which|who)\b")
_BARE_WHO = re.compile(r" when (?:we|i|you|all(?! (?:\d|the|our))|the service|services?|systems?)\b", re.IGNORECASE)
_NOT_CONFIRMED = "It is not confirmed yet when you will have your"
_WOULD_BE = re.compile(
    r"\b(?:would|might|could) (?:not |never )?(?:have|be)\b|\bwouldn['’]t\b|['’]d (?:not |never )?have\b", re.IGNORECASE
)
_ALONE = re.compile(r"(?:then|it|they|this|that|which|who|whom|whose|he|she|these|those)\b", re.IGNORECASE)
"""How words begin that are about something in a clause before them."""


def _between(sentence: str, part: Clause) -> str:
    """What stands between a clause and the one before it."""
    at = part.start
    while at and not sentence[at - 1].isalnum():
        at -= 1
    begin = _LINK_BEFORE.search(sentence, 0, part.start)
    return sentence[begin.start() if begin else at : part.start]


_LINK_BEFORE = re.compile(
    r"(?:[,;:]|\s[-–—])?\s+(?:(?:which is why|so that|and now|and so|because|since|as|after|when|if|until|before|but|"
    r"yet|though|although|while|whereas|and then|and|so|which|who|hence|therefore|thus)\s+)?$|[,;:]\s*$",
    re.IGNORECASE,
)


def _fine(sentence: str, rules: Rules, audience: Audience, facts: Facts) -> bool:
    return not any(found.part != "whole" for found in check_text(sentence, rules, audience, facts))


_NOTHING = "-"
"""Instead of a clause that says nothing but how small the harm was."""


def _of_clause(
    part: Clause,
    here: list[Finding],
    kinds: set[str],
    rules: Rules,
    audience: Audience,
    facts: Facts,
    about: str,
    subject: str,
) -> tuple[str, bool]:
    """The clause without its remarks, and whether it can stand where the clause stood; "" if there is none.

    `subject` is that of its verb, where only the clause before it has one.
    """
    for words in _forms(part, here, kinds, rules, audience, facts, about, subject):
        if not words and "minimising" in kinds and not {finding.rule for finding in here} - {"minimising"}:
            return _NOTHING, False
        if words and _fine(as_sentence(words), rules, audience, facts):
            return words, not words.startswith(("We ", "It is not ", "What ", "How "))
    return "", False


def _forms(
    part: Clause,
    here: list[Finding],
    kinds: set[str],
    rules: Rules,
    audience: Audience,
    facts: Facts,
    about: str,
    subject: str,
) -> Iterator[str]:
    words, language = part.words, rules.language
    own = {finding.rule for finding in here}
    if "speculation" in own:
        guess = next(finding for finding in here if finding.rule == "speculation")
        at = max(guess.start - part.start, 0)
        stated = unconfirmed(f"{words}.", at, language).rstrip(".")
        stated = "" if "," in stated and "," not in words else stated
        for form in (stated, *not_confirmed(words, at, max(guess.end - part.start, at), language)):
            begin, whether, rest = form.partition(" whether ")
            if "blame" in kinds:
                yield from (f"{begin}{whether}{inside(form, language)}" for form in blameless(rest, audience) if form)
            yield form
        return
    if "promise" in own:
        when = no_time(f"{subject} {words}".lstrip(), language)
        if subject.lower() not in ("we", "you", "i") and is_plural(_NOUN_ENDS.split(subject, maxsplit=1)[0]):
            when = when.replace(f" when {subject} ", " when they ", 1)
        if when and (not _BARE_WHO.search(when) or told(when, [], language)[1] - stems(_NOT_CONFIRMED)):
            news = f". The next update comes at {facts.next_update}" if facts.next_update else ""
            yield f"{when}{news}"
        return
    if "minimising" in kinds:
        for form in in_its_size(words, language):
            yield form
        if not here:
            yield words
    if "blame" in own:
        for form in blameless(words, audience):
            if form and audience == "post-mortem" and not form.startswith(("What ", "We ")):
                yield could_be_done(form)
            yield form
        yield from (under_review(form, audience) for form in blameless(words, audience))
    if "jargon" in own or (about == "jargon" and "vague" in own):
        yield from in_other_words(words, [(f.start - part.start, f.end - part.start) for f in here], language)
