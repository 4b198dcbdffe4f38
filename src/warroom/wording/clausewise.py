"""A sentence made better clause by clause: what is fine stays as it is, and of the rest what it tells."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, NamedTuple

from warroom.wording.assured import asks_first
from warroom.wording.cause_apart import SOMEBODY
from warroom.wording.clauses import Clause, as_sentence, asks, begins_clause, clauses, verb_at
from warroom.wording.deeds import could_be_done
from warroom.wording.findings import Finding, moved
from warroom.wording.in_its_size import in_its_size, only_judges
from warroom.wording.judging import Judge
from warroom.wording.nouns import inside, is_plural
from warroom.wording.technical import in_other_words
from warroom.wording.unconfirmed import unconfirmed
from warroom.wording.without_blame import LEFT_SO, blameless, counterfactual, deed, under_review
from warroom.wording.without_guess import not_confirmed
from warroom.wording.without_promise import also_promised, unsure

if TYPE_CHECKING:
    from warroom.wording.language import Language

_MOST_CLAUSES = 8


class Faulty(NamedTuple):
    """The `words` of a clause, and what is `found` in it, by its places there.

    `kinds` are those of all remarks on its sentence, and `about` is the one that the sentence is made better for.
    `subject` is that of its verb, where only the clause before it has one.
    """

    words: str
    found: Sequence[Finding]
    kinds: set[str]
    about: str
    subject: str
    judge: Judge


def clause_by_clause(sentence: str, judge: Judge, stock: Mapping[str, str], about: str) -> Iterator[str]:
    """Sentences in which every clause with a remark is made better or left out, the one that says most first.

    `about` is the kind of remark that the whole is for; `stock` has by kind what is said instead of a clause that is
    left out, and nothing is where it has none.
    """
    parts = clauses(sentence.rstrip(".!?… "), judge.language)
    if len(parts) > _MOST_CLAUSES:
        return
    found = judge.found(sentence)
    kinds = {finding.rule for finding in found}
    for happened in filter(None, counterfactual(sentence)) if "blame" in kinds else ():
        yield f"{as_sentence(happened)} {stock.get('blame', '')}".rstrip()
        yield as_sentence(happened)
    for happened in deed(sentence, judge.audience) if "blame" in kinds else ():
        yield as_sentence(happened)
    if about == "promise" and asks_first(sentence):
        yield as_sentence(unsure(sentence, judge.language))
    made: list[str] = []
    left_out: list[str] = []
    joins = changed = False
    for at, part in enumerate(parts):
        here = _of_part(part, parts, found, judge)
        subject = ""
        if at and _WILL.match(part.words) and _AND_OR_BUT.search(_between(sentence, part)):
            subject = _subject(parts[at - 1].words, judge)
        if "promise" in kinds and SAYS_NOTHING.fullmatch(part.words.strip(" ,;:")):
            changed = True
            continue  # it only assures what follows
        if not here and "promise" in kinds and at and _THEN.search(_between(sentence, part)):
            left_out.append("promise")
            continue  # what is to follow a promise is no fact
        if not here and "promise" in kinds and (when := also_promised(part.words, judge.language)):
            made.append(as_sentence(when))
            joins, changed = False, True
            continue
        if not here and part.link == "so" and made and _UNSURE.match(made[-1]) and follows(part.words, judge.language):
            link = _between(sentence, part)
            joined = " and " if _SO.fullmatch(link) and made[-1].startswith("It is") else link
            made[-1] = f"{made[-1].rstrip('.')}{joined}{part.words}."
            continue  # what follows from a promise is no fact
        if not here and part.link == "why" and made and made[-1].startswith("It is not confirmed yet whether "):
            made[-1] = f"{made[-1].rstrip('.')}{_between(sentence, part)}{part.words}."
            continue  # the reason for what is not confirmed is not confirmed either
        if not here and "minimising" not in kinds:
            if (part.link == "which" and not joins) or _WOULD_BE.search(part.words):
                continue
            names_it = joins and _IT.match(part.words) and " was " in made[-1] and " were " not in made[-1]
            if _ALONE.match(part.words) and (changed or not made) and not names_it:
                left_out += ["blame"] if changed and "blame" in kinds else []
                continue
            if joins and made:
                link = _between(sentence, part)
                if changed and part.link == "which" and " not " in made[-1] and not _DOES_TO.match(part.words):
                    link = _and_what(made[-1], parts[at - 1].words)
                if link == ", " and part.link == "and" and at + 1 < len(parts) and _is_last(parts[at + 1], found):
                    link = " and "  # what stood behind "and" goes
                made[-1] = f"{made[-1].rstrip('.')}{link}{part.words}."
            elif part.link == "why" and at == 0 and len(parts) > 1 and not _of_part(parts[1], parts, found, judge):
                made.append(f"{part.words[:1].upper()}{part.words[1:]}.")  # the clause that it is the reason for stays
            else:
                made.append(as_sentence(part.words))
            joins, changed = True, False
            continue
        moved_here = [moved(finding, -part.start) for finding in here]
        better, in_place = _of_clause(Faulty(part.words, moved_here, kinds, about, subject, judge))
        if in_place and joins and made and part.link != "":
            joined = f"{made[-1].rstrip('.')}{_between(sentence, part)}{inside(better, judge.language)}."
            if judge.is_fine(joined):
                made[-1], changed = joined, True
                continue
        changed = True
        if better == _NOTHING or (len(parts) > 1 and "minimising" in kinds and only_judges(better)):
            continue
        if better and (part.link != "why" or about == "promise" or ("minimising" in kinds and not made)):
            made.append(as_sentence(better))
            joins = in_place
        else:
            left_out += [finding.rule for finding in here]
            joins = False
    if not made:
        return
    kept = asked_once(" ".join(dict.fromkeys(made)))
    if _ASKS_WHEN.search(kept):
        left_out = [rule for rule in left_out if rule != "promise"]
    if "under review" in kept or "reviewing" in kept:
        left_out = [rule for rule in left_out if rule == "promise"]
    added = " ".join(dict.fromkeys(stock[rule] for rule in left_out if stock.get(rule)))
    if added:
        yield f"{kept} {added}"
    yield kept


def follows(clause: str, language: Language) -> bool:
    """Whether a clause behind "so" goes with the promise before it: it asks for nothing, and was not done before."""
    at = verb_at(clause, language)
    if not at or asks(clause) or not begins_clause(clause, language):
        return False
    return language.lexicon.any_of("past", "ed").match(language.tag(clause).signs, at) is None


_UNSURE = re.compile(r"It is not confirmed yet when |Not confirmed yet: ")
_SO = re.compile(r"[,;]? (?:and )?so ", re.IGNORECASE)


def _is_last(part: Clause, found: Sequence[Finding]) -> bool:
    """Whether a clause has a remark, so that it does not stay as the last of a list."""
    return part.link == "and" and any(finding.start < part.end and finding.end > part.start for finding in found)


def _and_what(made: str, clause: str) -> str:
    """What stands for ", which " behind a sentence that no longer ends with the thing it is about.

    "checked the lock, which broke" is "the lock was not checked and broke".
    """
    subject = _WAS.split(made, maxsplit=1)[0].lower()
    if clause.lower().endswith(subject):
        return " and "
    return ", and they " if is_plural(subject.split()[-1]) else ", and it "


_WAS = re.compile(r" (?:was|were) ")
_DOES_TO = re.compile(
    r"(?:meant|means|led|leads|caused|resulted|made|left|let|cost|is why|was why)\b|"
    r"(?!(?:was|were|is|are|has|have|had)\b)[a-z]+ (?:(?:the|an?|our|your|us|you|them|all|both|some|many|half)\b|\d)",
    re.IGNORECASE,
)
"""What follows from all of what happened, and not only from the thing named last: "which delayed the trams"."""


def asked_once(kept: str) -> str:
    """Sentences with what is not confirmed in one, where two of them ask when."""
    return _ASKS_TWICE.sub(r"\1, or when ", kept, count=1)


_ASKS_TWICE = re.compile(r"(It is not confirmed yet when [^.]+)\. It is not confirmed yet when ")


def _of_part(part: Clause, parts: list[Clause], found: Sequence[Finding], judge: Judge) -> list[Finding]:
    """What is remarked on in a clause: there is one remark of a kind for a sentence, which stands for all of it."""
    here = [finding for finding in found if finding.start < part.end and finding.end > part.start]
    later = [
        other
        for other in parts
        if other.start > part.start and (_TO_COME.search(other.words) or also_promised(other.words, judge.language))
    ]
    told_now = {
        id(finding)
        for finding in here
        if finding.rule == "promise" and not _TO_COME.search(part.words) and any(finding.end > p.start for p in later)
    }
    if told_now and "promise" not in judge.kinds(part.words):
        return [finding for finding in here if id(finding) not in told_now]
    before = max((other.end for other in parts if other.start < part.start), default=0)
    if len(parts) == 1 or (here and min(finding.start for finding in here) >= before):
        return here
    alone = [finding for finding in judge.found(part.words) if finding.part != "whole"]
    return [moved(finding, part.start) for finding in alone if finding.rule != "vague"]


def _subject(clause: str, judge: Judge) -> str:
    """The subject of a clause, for the verb of the next one; "" if it is not plain."""
    at = verb_at(clause, judge.language)
    if not at:
        return ""
    subject = clause[: judge.language.tag(clause).span(at, at + 1)[0]].strip()
    return "" if _NOT_PLAIN.search(subject) else inside(subject, judge.language)


_IT = re.compile(r"it\b", re.IGNORECASE)
"""What a clause before it names, whoever is no longer named there."""
_WILL = re.compile(
    r"(?:will|shall|should|(?:arrive|come|get|go|have|open|receive|reopen|restart|resume|return|run|see|start|work)s?)\b",
    re.IGNORECASE,
)
"""How a clause begins that has its subject in the clause before it."""
_TO_COME = re.compile(r"\b(?:will|shall|should|going to|due to)\b|['’]ll\b", re.IGNORECASE)
_ONE_THING = re.compile(
    r"(?:the|our|your|this|that) (?!.*\b(?:driver|doctor|nurse|manager|engineer|team|colleague|officer|agent)\b)",
    re.IGNORECASE,
)
SAYS_NOTHING = re.compile(
    r"(?:please )?(?:rest (?:assured|easy)|be assured|(?:trust|believe) (?:me|us)|mark my words|count on (?:it|"
    r"us)|no worries|"
    r"don['’]t worry|you have (?:my|our) word|by the time [^,;]*|give or take [^,;]*|whatever (?:it takes|happens)|"
    r"(?:i am|i['’]m|we are|we['’]re) (?:\w+ly )?(?:certain|confident|sure)(?: of (?:it|that|this))?|"
    r"no matter what|come what may|rain or shine|no ifs (?:and|or) buts|"
    r"(?:we|i)(?: have|['’]ve)? (?:see|seen|saw) to (?:it|that)|that(?:['’]s| is) (?:a promise|certain|settled)|"
    r"promised|guaranteed|i promise)",
    re.IGNORECASE,
)
_ASKS_WHEN = re.compile(
    r"not confirmed yet (?:when|how long|whether any|whether [^.]*\b(?:on time|in time|on schedule|as \w+ed)\b)"
)
_THEN = re.compile(r"\bthen\b", re.IGNORECASE)
_NOT_PLAIN = re.compile(r"[,;:]|^\w+ing\b|^(?:it|this|that|there|they)$| (?:that|which|who)\b", re.IGNORECASE)
_AND_OR_BUT = re.compile(r"\b(?:and|but)\b", re.IGNORECASE)
_NOUN_ENDS = re.compile(r" (?:of|in|on|at|for|to|with|from|that|which|who)\b")
_BARE = re.compile(
    r" when (?:we|i|you|all(?: of (?:it|them))?|the service|services?|systems?)(?: will)?(?: be)?"
    r"(?: fully| completely)? (?:go )?[\w'’-]+(?: again)?$",
    re.IGNORECASE,
)
"""What says no more than that it is not over."""
_WOULD_BE = re.compile(
    r"\b(?:would|might) (?:not |never )?(?:have|be)\b|\bcould (?:(?:not |never )?have|be)\b|\bwouldn['’]t\b|"
    r"['’]d (?:not |never )?have\b",
    re.IGNORECASE,
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
_NOTHING = "-"
"""Instead of a clause that says nothing but how small the harm was."""


def _of_clause(clause: Faulty) -> tuple[str, bool]:
    """The clause without its remarks, and whether it can stand where the clause stood; "" if there is none."""
    for words in _forms(clause):
        if not words and "minimising" in clause.kinds and all(finding.rule == "minimising" for finding in clause.found):
            return _NOTHING, False
        if words and clause.judge.is_fine(as_sentence(words)):
            return words, not (words.startswith(("We ", "It is not ", "What ", "How ")) or ". " in words)
    return "", False


def _forms(clause: Faulty) -> Iterator[str]:
    """What may stand for the clause, from all who make one of its kinds better."""
    own = {finding.rule for finding in clause.found}
    if "minimising" in clause.kinds:
        own.add("minimising")  # harm may be made small in any clause of such a sentence
    if clause.about == "jargon" and "vague" in own:
        own.add("jargon")
    for kind, make in _MAKERS.items():
        if kind in own:
            yield from make(clause)
            if kind in _ALL_OF_IT:
                return


def _guess(clause: Faulty) -> Iterator[str]:
    """A guess as what is not confirmed yet, without who is said to have done it."""
    words, language = clause.words, clause.judge.language
    guess = next(finding for finding in clause.found if finding.rule == "speculation")
    at = max(guess.start, 0)
    if explains := _WOULD_EXPLAIN.match(words):
        yield f"It is not confirmed yet whether that explains {explains['what']}"
        return
    stated = unconfirmed(f"{words}.", at, language).rstrip(".")
    stated = "" if "," in stated and "," not in words else stated
    for form in (stated, *not_confirmed(words, at, max(guess.end, at), language)):
        begin, whether, rest = form.partition(" whether ")
        subject = language.tag(rest).signs[: verb_at(rest, language) or 0]
        if "blame" in clause.kinds or language.lexicon.any_of(*SOMEBODY).search(subject):
            for happened in blameless(rest, clause.judge.audience):
                yield f"{begin}{whether}{inside(happened, language)}" if happened else ""
            yield LEFT_SO.sub(r"\1 ", form)
        yield form


_WOULD_EXPLAIN = re.compile(
    r"(?:which |that |this |it )?(?:would|might|could|may|can|probably|likely|perhaps|presumably)(?: also| well)? "
    r"explains? (?P<what>.+)$",
    re.IGNORECASE,
)


def _promise(clause: Faulty) -> Iterator[str]:
    """A promise as what has no time yet, with when there is news."""
    subject, language, facts = clause.subject, clause.judge.language, clause.judge.facts
    when = unsure(f"{subject} {clause.words}".lstrip(), language)
    if subject.lower() not in ("we", "you", "i") and is_plural(_NOUN_ENDS.split(subject, maxsplit=1)[0]):
        when = when.replace(f" when {subject} ", " when they ", 1)
    elif _ONE_THING.match(subject):
        when = when.replace(f" when {subject} ", " when it ", 1)
    if when and not _BARE.search(when):
        news = f". The next update comes at {facts.next_update}" if facts.next_update else ""
        yield f"{when}{news}"


def _harm(clause: Faulty) -> Iterator[str]:
    """What happened in its own size."""
    yield from in_its_size(clause.words, clause.judge.language)
    if not clause.found:
        yield clause.words


def _blame(clause: Faulty) -> Iterator[str]:
    """What happened, without who did it; or else how that came about as what is asked."""
    audience = clause.judge.audience
    for when in _WHEN.finditer(clause.words):
        yield from _when_done(clause.words[: when.start()], when.group(), clause.words[when.end() :], clause.judge)
    for form in blameless(clause.words, audience):
        if form and audience == "post-mortem" and not form.startswith(("What ", "We ", "it ", "they ")):
            yield could_be_done(form)
        yield form
    yield from (under_review(form, audience) for form in blameless(clause.words, audience))


def _when_done(fact: str, when: str, deed: str, judge: Judge) -> Iterator[str]:
    """What happened when somebody did something, with the deed as what was done; or else as what is asked."""
    if not begins_clause(fact, judge.language):
        return
    for happened in blameless(deed, judge.audience):
        slip = judge.language.lexicon.any_of("lapse").search(judge.language.tag(happened).signs)
        if happened and not slip and not happened.startswith(("What ", "We ")):
            first = happened[:1].lower() + happened[1:]
            within = first if first.split()[0] in deed.split() else inside(happened, judge.language)
            yield f"{fact}{when}{within}"
    asked = (
        "We are reviewing what allowed this" if judge.audience == "customers" else "What allowed this is under review"
    )
    yield f"{fact}. {asked}"


_WHEN = re.compile(r",? (?:when|once|the moment|as soon as) ", re.IGNORECASE)


def _terms(clause: Faulty) -> Iterator[str]:
    """What follows from something technical, whatever it is called."""
    marked = [(finding.start, finding.end) for finding in clause.found]
    return in_other_words(clause.words, marked, clause.judge.language)


_MAKERS: Mapping[str, Callable[[Faulty], Iterator[str]]] = {
    "speculation": _guess, "promise": _promise, "minimising": _harm, "blame": _blame, "jargon": _terms,
}  # fmt: skip
"""Who makes a clause with such a remark better; "" from one of them says that nothing of the clause is left."""
_ALL_OF_IT = ("speculation", "promise")
"""Kinds of which no other form is a fact: without its guess or promise, a clause would state what nobody knows."""
