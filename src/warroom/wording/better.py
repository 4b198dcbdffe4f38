"""A better sentence for a remark: made from the sentence itself where that works, else one that is sure to be right."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache

import msgspec

from warroom.text.remembered import Same
from warroom.wording.about_it import about_it
from warroom.wording.assured import assures
from warroom.wording.by_now import as_of
from warroom.wording.clauses import asks, has_verb
from warroom.wording.fault import Fault
from warroom.wording.findings import Finding, MessageText, moved
from warroom.wording.in_its_size import drops_hardly
from warroom.wording.judging import Judge
from warroom.wording.keeping import counted, figures, lone_codes, noted, that_count
from warroom.wording.kinds import Audience, Facts
from warroom.wording.labels import is_label, without_label
from warroom.wording.makers import LONGEST, candidates, ready_made
from warroom.wording.nouns import inside
from warroom.wording.plain_words import in_plain_words, tidied, we_are, without_chat
from warroom.wording.promise_apart import promised_spans
from warroom.wording.repeating import says_the_same, says_twice
from warroom.wording.rules import Rules
from warroom.wording.sound import agreeing, is_sound
from warroom.wording.technical import MISSED, SAYS_SO, drops_request
from warroom.wording.telling import stems, told


def better_sentence(
    sentence: str, finding: Finding, message: MessageText, rules: Rules, *, own_words: bool = False
) -> str:
    """The sentence to take instead of the one that a finding is about; "" if there is none without a remark.

    `own_words` allows only what is left of the sentence, in plain words, for a text that is kept as a fact.

    `sentence` is the text from `finding.first` to `finding.last`. The mark of a list stays as it is, and so does a
    label in front of it (`Status: …`), unless there is something to remark on in the label.
    """
    at_its_begin = moved(finding, -finding.first)
    facts = msgspec.structs.replace(message.facts, now=as_of(sentence, dict(message.facts.now)))
    better = _better(sentence, at_its_begin, message.readers, facts, Same(rules), own_words=own_words)
    text = message.subject if finding.part == "subject" else message.body
    if text[finding.first : finding.last] != sentence:
        return better
    if text[: finding.first].rstrip().endswith(";") and sentence[:1].islower():
        better = inside(better, rules.language)
    return f"{better[:-1]};" if sentence.endswith(";") and better.endswith(".") else better


@lru_cache(maxsize=512)
def _better(
    sentence: str, finding: Finding, audience: Audience, facts: Facts, rules: Same[Rules], *, own_words: bool
) -> str:
    """Cut the sentence, ask the makers of its kind, and take the first that is sound and without a remark."""
    judge = Judge(rules.thing, audience, facts)
    mended = ""
    if finding.remark is not None and finding.remark.sort is not None:
        mended = _mended(sentence, finding.start - finding.first, judge)
        was, now = judge.kinds(sentence), judge.kinds(mended)
        if "promise" not in was and "vague" not in now - was:
            return mended
    incomplete: list[str] = []
    for head, fault in _faults(sentence, finding, judge, own_words=own_words):
        kept = _Kept(fault)
        of_it, asked, of_any = ([*_tidied(make(fault), fault)] for make in (candidates, about_it, ready_made))
        for made in (*sorted(of_it + of_any * (not asked), key=kept.loss), *asked, *of_any):
            if not _may_stand(made, fault, head):
                continue
            if missing := kept.missing(made):
                incomplete += [] if own_words else _with_figures(head + made, fault.own, missing)
            elif judge.is_fine(head + made, says_little=own_words and fault.rule == "jargon"):
                return head + made
    return next(filter(judge.is_fine, sorted(incomplete, key=lambda made: _BARE.search(made) is not None)), mended)


def _faults(sentence: str, finding: Finding, judge: Judge, *, own_words: bool) -> Iterator[tuple[str, Fault]]:
    """What stands in front of the sentence, and the sentence with its remark: without its label first, then with it."""
    for head, own in without_label(sentence, stamps=finding.rule != "promise"):
        begin = finding.first + len(head)
        if finding.start < begin and (finding.rule != "promise" or finding.end <= begin):
            continue  # the remark is on the label itself
        if finding.rule == "blame" and _names_somebody(head, judge):
            continue
        if finding.rule == "promise" and is_label(head) and assures(head) and not own_words:
            continue  # "Our promise to you: …"
        start, end = max(finding.start - begin, 0), max(finding.end - begin, 0)
        yield head, Fault(own, finding, judge, start, end, labelled=is_label(head), own_words=own_words)


def _names_somebody(label: str, judge: Judge) -> bool:
    """Whether a label has somebody's name in it: "Rik again: …"."""
    names = judge.language.lexicon.any_of("name", "roster")
    return names.search(judge.language.tag(label).signs) is not None


def _tidied(given: Iterable[str], fault: Fault) -> Iterator[str]:
    """What the makers gave, each once, as it is written."""
    subject = fault.judge.audience == "customers" and not (fault.labelled or fault.own_words)
    for tidy in dict.fromkeys(agreeing(tidied(without_chat(made, *fault.judge))) for made in given if made):
        yield (we_are(tidy, fault.language) or tidy) if subject else tidy


def _may_stand(made: str, fault: Fault, head: str) -> bool:
    """Whether a sentence is another one than that with the fault, sound, and keeps what its readers have to know."""
    own = fault.own
    if not any(map(str.isalnum, made)) or made == own or (says_twice(made) and not says_twice(own)):
        return False
    if says_the_same(made, own) and not fault.is_typing:  # only chat typing can be in capitals and signs
        return False
    if fault.rule == "minimising" and drops_hardly(own, made):
        return False
    if fault.rule == "leak" and _has_secret(made, fault.finding.words):
        return False
    if fault.rule == "jargon":
        if MISSED.search(own) and not SAYS_SO.search(made):
            return False
        if fault.judge.audience != "customers" and drops_request(own, head + made, (fault.start, fault.end)):
            return False
    if fault.rule in ("blame", "speculation"):
        careless = fault.language.lexicon.any_of("careless")
        if careless.search(fault.language.tag(made).signs):
            return False  # "It is not confirmed yet whether the stupid provider is the cause."
    if fault.is_typing and fault.language.is_half_written(made):
        return False
    if fault.labelled and _IS_LABELLED.match(made):
        return False  # "ETA: Not confirmed yet: …"
    if _DID_FIRST.match(made) and not _DID_FIRST.match(own):
        return False
    return is_sound(made, own, fault.language) and not (_NO_SUBJECT.match(made) and not _NO_SUBJECT.match(own))


def _has_secret(made: str, words: str) -> bool:
    """Whether a word with a figure, of the words of a leak, is still there."""
    return any(word in made for word in _SECRET.findall(words) if any(map(str.isdigit, word)))


def _with_figures(made: str, own: str, missing: set[str]) -> list[str]:
    """A sentence with the figures behind it that it lost; none if they can't be told."""
    whole = f"{made} {noted(own, missing)}"
    return [whole] if missing <= figures(whole, []) | counted(whole) else []


def _mended(sentence: str, start: int, judge: Judge) -> str:
    """A sentence with all of its chat typing written out, in plain words if that leaves nothing to remark on.

    The first of it is at `start`. What nobody can write out stays, and so does what other remarks are about; "" if
    nothing can be written out.
    """
    head, own = next(parts for parts in without_label(sentence, stamps=True) if len(parts[0]) <= max(start, 0))
    if len(own) > LONGEST:
        return ""
    written = agreeing(tidied(without_chat(own, *judge)))
    if not any(map(str.isalnum, written)) or written == own:
        return ""
    plain = agreeing(tidied(in_plain_words(own, *judge)))
    return head + (plain if is_sound(plain, own, judge.language) and judge.is_fine(head + plain) else written)


class _Kept:
    """What of a sentence a better one has to keep: its figures, the harm, and what it is about."""

    def __init__(self, fault: Fault) -> None:
        own, rule = fault.own, fault.rule
        left_out = [none.span() for none in _NO_FIGURE.finditer(own)]
        left_out += [(found.start, found.end) for found in fault.judge.found(own) if found.rule in _FIGURES_GO]
        if rule in _FIGURES_GO:
            left_out.append((fault.start, fault.end))
        if rule == "promise":
            left_out += promised_spans(own, fault.judge)
        if rule == "speculation":
            left_out += [guess.span() for guess in _GUESSED_FIGURE.finditer(own)]
        if rule == "jargon":
            left_out += lone_codes(own)
        self._figures = figures(own, left_out, ahead=rule == "promise")
        if "leak" in fault.kinds | {rule}:
            self._figures &= that_count(own)
        if rule not in _FIGURES_GO:
            self._figures |= counted(own)
        self._harms, self._things = told(own, [(fault.start, fault.end), *left_out], fault.language)
        self._language = fault.language
        self._whole = has_verb(own, fault.language)

    def missing(self, made: str) -> set[str]:
        """The figures that are not in a sentence."""
        return self._figures - figures(made, []) - counted(made)

    def loss(self, made: str) -> int:
        """0 if harm and things are kept, more for each of them that is lost, and for a part of a sentence."""
        kept = stems(made)
        lost = bool(self._harms and not self._harms & kept) + bool(self._things and not self._things & kept)
        stump = self._whole and lost == 0 and not (has_verb(made, self._language) or asks(made))
        return 2 * lost + stump


_BARE = re.compile(r"Noted so far: (?:[^.]*, )?\d[\d.,]*(?:,|\.?$)")
"""A number of which nobody says what it counts."""
_SECRET = re.compile(r"[^\s,;:=()\"']{4,}(?<![.!?])")
_NO_FIGURE = re.compile(
    r"\b\d{1,3} ?(?:%|percent|per cent) (?:sure|certain|confident)\b|"
    r"\b(?:pid|nodes?|pods?|shards?|hosts?|replicas?|ports?) \d{1,5}\b|"
    r"\b[2-6]G\b|\b[a-z]+\d+(?=,? (?:password|pass|pw|pwd)\b)",
    re.IGNORECASE,
)
"""How sure somebody is of a guess, which machine it was, and a login: no figures of the incident."""
_GUESSED_FIGURE = re.compile(
    r"\b(?:perhaps|maybe|possibly|probably|presumably|likely|i(?:['’]d)? guess|something like)"
    r"(?: (?:about|around|roughly|some|up to))? [~<>≈]?\d[\d.,]*",
    re.IGNORECASE,
)
_FIGURES_GO = ("promise", "jargon", "leak")
"""The kinds whose words may have figures that are to go with them: a time, a code, a number of a card."""
_IS_LABELLED = re.compile(r"Not confirmed yet: ")
_DID_FIRST = re.compile(r"[A-Z][a-z]{2,}ed (?:his|her|their|its|the|an?|our|your|all)\b")
"""A deed without who did it, which is a part of a sentence."""
_NO_SUBJECT = re.compile(r"(?:are|is|was|were|has|have|had|does|did)\b[^?]*$", re.IGNORECASE)
