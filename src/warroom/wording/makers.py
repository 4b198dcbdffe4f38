"""Who makes a better sentence for which kind of remark: each takes the sentence, and gives what may stand for it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import replace

from warroom.wording.about_it import beside_plan
from warroom.wording.assured import assures
from warroom.wording.cause_apart import SOMEBODY, cause_apart, explained, looks_well
from warroom.wording.clauses import has_verb, verb_at
from warroom.wording.clausewise import clause_by_clause
from warroom.wording.deeds import could_be_done, done_by_us, without_agent, without_names
from warroom.wording.fault import Fault
from warroom.wording.in_its_size import only_there, without_only
from warroom.wording.jargon import codes_in_words
from warroom.wording.judging import Judge
from warroom.wording.leaving_out import without_leak
from warroom.wording.nouns import inside
from warroom.wording.parts import clear_parts
from warroom.wording.passive import done_unconfirmed, whole_deed
from warroom.wording.plain_words import filled, in_plain_words
from warroom.wording.promise_apart import promise_apart
from warroom.wording.technical import MISSED, by_a_fault, target_missed, without_abbreviations
from warroom.wording.to_be_named import what_is_affected
from warroom.wording.unconfirmed import doubted, no_fault_found, unconfirmed
from warroom.wording.without_blame import blameless
from warroom.wording.without_leak import with_condition

Maker = Callable[[Fault], Iterator[str]]
"""Gives sentences to take instead, the one that keeps most first; "" counts as none."""
LONGEST = 600
"""Characters of a sentence that is made better itself; nobody writes a longer one that can be saved."""


def candidates(fault: Fault) -> Iterator[str]:
    """The sentences that are made from the sentence itself."""
    makers = MAKERS.get(fault.rule, _OF_ANY) if len(fault.own) <= LONGEST else ()
    if fault.rule == "jargon" and _COMMAND.search(fault.own):
        makers = ()
    if fault.rule == "minimising":
        yield from filter(None, [only_there(fault.own)])
    for maker in makers:
        for made in maker(fault):
            if made:
                yield without_only(made) if fault.rule == "minimising" else made


def _unsure(fault: Fault) -> Iterator[str]:
    """A guess as what is not confirmed yet."""
    if fault.is_guess:
        yield no_fault_found(fault.reworded, fault.language)
    if _guesses(fault):
        yield from _fact_first(fault)
        yield doubted(fault.reworded, fault.language)
    if not _SIDE.search(guess := _guess(fault)):
        yield from _nobody_named(guess, fault)
        yield guess


def _fact_first(fault: Fault) -> Iterator[str]:
    """A fact and the guess at its cause as two sentences; as a fact of the incident, only the first."""
    if apart := cause_apart(fault.reworded, fault.language):
        if not fault.own_words:
            yield apart.joined()
            yield f"{apart.fact} The cause is not confirmed yet."
        yield apart.fact
    if well := looks_well(fault.reworded):
        if not fault.own_words:
            yield f"{well} We are checking whether that is enough."
        yield well
    yield from explained(fault.reworded, fault.start, fault.language)


def _guesses(fault: Fault) -> bool:
    return fault.is_guess or (fault.rule == "jargon" and "speculation" in fault.kinds)


def _nobody_named(guess: str, fault: Fault) -> Iterator[str]:
    """What is not confirmed without who is said to have done it: "whether the lights were left on"."""
    begin, whether, rest = guess.partition(" whether ")
    signs = fault.language.tag(rest).signs[: verb_at(rest, fault.language) or 0]
    if not whether or not fault.language.lexicon.any_of(*SOMEBODY).search(signs):
        return
    for happened in blameless(rest.rstrip(". "), fault.judge.audience):
        if asked := _ASKED.fullmatch(happened):
            yield f"{begin} what {asked['caused']}."
        elif happened:
            yield f"{begin}{whether}{inside(happened, fault.language)}."


_ASKED = re.compile(r"(?:We are reviewing what|What) (?P<caused>.+?)(?: is under review)?")


def _guess(fault: Fault) -> str:
    """The sentence as what is not confirmed yet; "" if it is none, or has another form."""
    if not _guesses(fault) or (fault.own_words and not _ONLY_MAYBE.match(fault.own)):
        return ""
    return unconfirmed(fault.reworded, fault.start, fault.language)


def _unsure_at_last(fault: Fault) -> Iterator[str]:
    """The same where it says more than what is not confirmed, so that other forms are better."""
    guess = _guess(fault)
    side = _SIDE.search(guess)
    if side and "speculation" in fault.judge.kinds(guess[side.end() :].strip()):
        yield f"{guess[: side.start()]}."  # one remark of a kind stands for all of a sentence
    else:
        yield guess


def _without_terms(fault: Fault) -> Iterator[str]:
    """The sentence clause by clause where the plain words tell nobody anything."""
    if _NO_HELP.search(fault.reworded) and not fault.own_words:
        yield from _clauses(fault, codes_in_words(fault.own), {})


def _plain(fault: Fault) -> Iterator[str]:
    """The sentence in plain words."""
    yield fault.reworded


def _without_code(fault: Fault) -> Iterator[str]:
    """The sentence without a code at its end."""
    if fault.finding.remark is None and _AT_THE_END.match(fault.own, fault.end):
        rest = _BEFORE_IT.sub("", fault.own[: fault.start]) + fault.own[fault.end :].lstrip(")")
        yield in_plain_words(rest, *fault.judge)


def _target(fault: Fault) -> Iterator[str]:
    """That a target was missed, whatever it is called."""
    if not fault.own_words:
        yield target_missed(fault.reworded)


def _by_a_fault(fault: Fault) -> Iterator[str]:
    """The sentence without what has no plain words: the abbreviation, or all but what followed from it."""
    if not fault.own_words:
        own = fault.reworded
        marked = [(found.start, found.end) for found in fault.judge.found(own) if found.rule == "jargon"]
        if marked:
            yield without_abbreviations(own, marked, fault.language)
            yield from by_a_fault(own, marked, fault.language)


def _without_leak_too(fault: Fault) -> Iterator[str]:
    """The sentence in plain words and without what must not leave the company."""
    leak = next((found for found in fault.judge.found(fault.own) if found.rule == "leak"), None)
    if leak is not None:
        yield from without_leak(replace(fault, finding=leak, start=leak.start, end=leak.end))


def _without_blame(fault: Fault) -> Iterator[str]:
    """What was done, without who did it."""
    if "blame" not in fault.kinds | {fault.rule}:
        return
    reworded, language, audience = fault.reworded, fault.language, fault.judge.audience
    if "speculation" in fault.kinds:  # what was only guessed is no fact without who did it
        yield from _fact_first(fault)
        if not fault.own_words:
            yield done_unconfirmed(unconfirmed(reworded, 0, language), language)
        return
    remark = fault.finding.remark
    if remark is not None and (remark.case.why or _WAS_DONE_AGAIN.search(reworded)):  # nobody is named
        if audience == "post-mortem":
            yield could_be_done(reworded)
        if audience == "customers" and not fault.own_words:
            yield done_by_us(reworded, language)
    yield whole_deed(reworded, shortened=audience == "log")
    yield whole_deed(fault.own)
    yield without_agent(reworded)
    yield without_names(reworded)


def _said_instead(fault: Fault) -> Iterator[str]:
    """What is said instead of a guess of such a form."""
    if fault.case_better and not fault.own_words:
        yield fault.filled(fault.case_better)


def _by_clause(fault: Fault) -> Iterator[str]:
    """The sentence with each of its clauses made better, or left out."""
    if fault.own_words:
        return
    stock = {kind: _stock(kind, fault.judge) for kind in ("promise", "blame", "speculation")}
    if fault.rule == "promise" and fault.case_better:
        stock["promise"] = fault.filled(fault.case_better)
    yield from _clauses(fault, fault.reworded, stock)
    if fault.rule == "promise" and fault.reworded != fault.own and assures(fault.own):
        yield from _clauses(fault, fault.own, stock)


def _promise_apart(fault: Fault) -> Iterator[str]:
    """The facts as typed, and the promise beside them as what has no time yet."""
    if not fault.own_words and not fault.is_for_ever:
        yield from promise_apart(fault.reworded, fault.judge, _stock("promise", fault.judge))


def _clauses(fault: Fault, sentence: str, stock: dict[str, str]) -> Iterator[str]:
    return clause_by_clause(sentence, fault.judge, stock, fault.rule)


def _stock(id: str, judge: Judge) -> str:
    """The sentence that stands for a clause of which nothing can stay."""
    kind = judge.language.kind(id)
    sentences = kind.better.get(judge.audience, kind.better.get("else", ())) if kind else ()
    return next(filter(None, (filled(better, None, judge.facts) for better in sentences)), "")


def _request(fault: Fault) -> Iterator[str]:
    """Only what readers are asked to do."""
    if _ASKS.match(fault.reworded) and (side := _SIDE.search(fault.reworded)):
        yield f"{fault.reworded[: side.start()]}."


def _clear(fault: Fault) -> Iterator[str]:
    """The parts of the sentence that can stay as they are, with what is worth saying beside them."""
    if kept := clear_parts(fault.reworded, *fault.judge):
        if fault.rule in _ADDED and not fault.own_words:
            yield from (f"{kept} {fault.filled(better)}" for better in fault.instead)
        yield kept


def _to_be_named(fault: Fault) -> Iterator[str]:
    """What the sentence tells of a problem that it does not name."""
    if not fault.own_words:
        facts = fault.judge.facts
        yield from what_is_affected(fault.own, known=bool(facts.impact or facts.affected))


def ready_made(fault: Fault) -> Iterator[str]:
    """Sentences that say nothing of this one, but are sure to be right."""
    if fault.own_words:
        return
    if fault.labelled and fault.kind is not None:
        yield from map(fault.filled, fault.kind.better.get("label", ()))
    if fault.case_better:
        yield fault.filled(fault.case_better)
    if fault.rule == "jargon" and MISSED.search(fault.own):
        yield from (f"A target was missed. {better}" for better in fault.instead)
    for better in (*fault.finding.better, *fault.instead):
        if better.endswith(" yet.") and not (fault.labelled or has_verb(better, fault.language)):
            continue  # "Not known yet." stands behind a label
        if fault.rule == "leak":
            yield with_condition(better, fault.own, fault.start, fault.end)
        yield fault.filled(better)


_OF_ANY: tuple[Maker, ...] = (_plain, _without_blame, _by_clause, _request, _clear)
MAKERS: dict[str, tuple[Maker, ...]] = {
    "promise": (beside_plan, _promise_apart, *_OF_ANY),
    "speculation": (_unsure, _without_blame, _said_instead, _by_clause, _request, _clear, _unsure_at_last),
    "jargon": (
        _without_leak_too, _unsure, _without_terms, _plain, _without_code, _target, _without_blame, _by_clause,
        _by_a_fault, _request, _clear, _unsure_at_last,
    ),
    "vague": (_plain, _to_be_named, _without_blame, _by_clause, _request, _clear),
    "leak": (without_leak, _without_blame, _by_clause, _request, _clear),
}  # fmt: skip
"""The makers for each kind of remark that needs more than any other, in the order in which they are asked."""
_COMMAND = re.compile(
    r"(?:^|[,:;]\s|\b(?:please|then|and|to)\s)(?:curl|docker|helm|kubectl|mysql|psql|ssh|sudo|systemctl|terraform)\s",
    re.IGNORECASE,
)
"""A command to type, of which no sentence comes in plain words."""
_NO_HELP = re.compile(r"\bconnection methods?\b")
"""Plain words that tell nobody anything."""
_ONLY_MAYBE = re.compile(
    r"(?:maybe|perhaps|possibly|probably) (?:about |around |up to )?[~<>]?\d[\d.,]* ?%?[^,;:]*$", re.IGNORECASE
)
"""How many, as a guess, without a verb: "not confirmed yet" says no more than "maybe"."""
_ASKS = re.compile(r"please \w+ [^,;–—]", re.IGNORECASE)
_SIDE = re.compile(r"[;–—]|[,:](?!\d)|\s-\s")
_WAS_DONE_AGAIN = re.compile(r"\b(?:was|were|been) (?:de|mis|over|pre|re|un|under)-[a-z]+ed without [a-z]+ing\b")
_ADDED = ("promise", "speculation", "blame")
"""The kinds whose better sentence is worth saying in addition to the facts."""
_AT_THE_END = re.compile(r"\)?[.!]?$")
_BEFORE_IT = re.compile(r"[\s,;:(–—-]+$")
