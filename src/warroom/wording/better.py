"""A better sentence for a remark: made from the sentence itself where that works, else one that is sure to be right."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from warroom.text.remembered import Same
from warroom.wording.by_place import said_digits
from warroom.wording.checks import check_text
from warroom.wording.clauses import has_verb
from warroom.wording.clausewise import clause_by_clause
from warroom.wording.deeds import could_be_done, done, done_by_us, done_unconfirmed, without_agent, without_names
from warroom.wording.findings import Finding, MessageText, moved
from warroom.wording.in_its_size import without_only
from warroom.wording.keeping import counted, figures, lone_codes, noted
from warroom.wording.kinds import Audience, Facts
from warroom.wording.parts import clear_parts
from warroom.wording.plain_words import filled, in_plain_words, tidied, we_are, without_chat
from warroom.wording.repeating import says_the_same, says_twice
from warroom.wording.rules import Rules
from warroom.wording.sound import agreeing, is_sound
from warroom.wording.technical import MISSED, SAYS_SO, drops_request, is_instruction, target_missed
from warroom.wording.telling import stems, told
from warroom.wording.unconfirmed import no_fault_found, unconfirmed
from warroom.wording.without_guess import cause_apart
from warroom.wording.without_leak import LOGIN_BEFORE, in_its_place, with_condition, without_secret, without_value
from warroom.wording.without_promise import FOR_EVER, assures

_LONGEST = 600
"""Characters of a sentence that is made better itself; nobody writes a longer one that can be saved."""


def better_sentence(
    sentence: str, finding: Finding, message: MessageText, rules: Rules, *, own_words: bool = False
) -> str:
    """The sentence to take instead of the one that a finding is about; "" if there is none without a remark.

    `own_words` allows only what is left of the sentence, in plain words, for a text that is kept as a fact.

    `sentence` is the text from `finding.first` to `finding.last`. The mark of a list stays as it is, and so does a
    label in front of it (`Status: …`), unless there is something to remark on in the label.
    """
    at_its_begin = moved(finding, -finding.first)
    return _better(sentence, at_its_begin, message.readers, message.facts, Same(rules), own_words=own_words)


@lru_cache(maxsize=512)
def _better(
    sentence: str, finding: Finding, audience: Audience, facts: Facts, judge: Same[Rules], *, own_words: bool
) -> str:
    rules = judge.thing
    mended = ""
    if finding.remark is not None and finding.remark.sort is not None:
        mended = _mended(sentence, finding.start - finding.first, rules, audience, facts)
        was, now = ({found.rule for found in check_text(text, rules, audience, facts)} for text in (sentence, mended))
        if "promise" not in was and "vague" not in now - was:
            return mended
    incomplete: list[tuple[str, str, str, set[str]]] = []
    for head, own in _without_label(sentence, stamps=finding.rule != "promise"):
        labelled = _ENDS_A_LABEL.search(head) is not None
        begin = finding.first + len(head)
        if finding.start < begin and (finding.rule != "promise" or finding.end <= begin):
            continue  # the remark is on the label itself
        if finding.rule == "blame" and _names_somebody(head, rules):
            continue
        if finding.rule == "promise" and labelled and assures(head) and not own_words:
            continue  # "Our promise to you: …"
        span = (max(finding.start - begin, 0), max(finding.end - begin, 0))
        found_here = check_text(own, rules, audience, facts)
        left_out = [(found.start, found.end) for found in found_here if found.rule in _FIGURES_GO]
        if finding.rule in _FIGURES_GO:
            left_out.append(span)
        if finding.rule == "speculation":
            left_out += [guess.span() for guess in _GUESSED_FIGURE.finditer(own)]
        left_out += [none.span() for none in _NO_FIGURE.finditer(own)]
        left_out += said_digits(own)
        left_out += lone_codes(own) if finding.rule == "jargon" else []
        said = figures(own, left_out, ahead=finding.rule == "promise")
        if finding.rule not in _FIGURES_GO:
            said |= counted(own)
        secret = [word for word in _SECRET.findall(finding.words) if finding.rule == "leak" and re.search(r"\d", word)]
        keeps = _Keeps(own, [span, *left_out], rules)
        candidates = _candidates(
            own, finding, rules, audience, facts, span=span, labelled=labelled, own_words=own_words
        )
        if finding.rule == "minimising":
            candidates = map(without_only, candidates)
        tidied_up = dict.fromkeys(agreeing(tidied(without_chat(words, rules, audience, facts))) for words in candidates)
        for tidy in sorted(tidied_up, key=keeps.loss):
            if audience == "customers" and not (labelled or own_words):
                tidy = we_are(tidy, rules.language) or tidy
            if not any(map(str.isalnum, tidy)) or tidy == own or (says_twice(tidy) and not says_twice(own)):
                continue
            typing = finding.remark is not None and finding.remark.sort is not None
            if says_the_same(tidy, own) and not typing:  # only chat typing can be in capitals and signs
                continue
            if secret and any(word in tidy for word in secret):
                continue
            if finding.rule == "jargon" and MISSED.search(own) and not SAYS_SO.search(tidy):
                continue
            if finding.rule == "jargon" and audience != "customers" and drops_request(own, head + tidy, span):
                continue
            if typing and rules.language.is_half_written(tidy):
                continue
            if not is_sound(tidy, own, rules.language) or (_NO_SUBJECT.match(tidy) and not _NO_SUBJECT.match(own)):
                continue
            if missing := said - figures(tidy, []) - counted(tidy):
                incomplete.append((head, own, tidy, missing))
            elif _is_fine(head + tidy, rules, audience, facts, says_little=own_words and finding.rule == "jargon"):
                within = finding.rule == "leak" and finding.first and own[:1].islower()  # behind a semicolon
                return head + (tidy[:1].lower() + tidy[1:] if within else tidy)
    for head, own, tidy, missing in () if own_words else incomplete:
        whole = f"{head}{tidy} {noted(own, missing)}"
        if missing <= figures(whole, []) | counted(whole) and _is_fine(whole, rules, audience, facts):
            return whole
    return mended


def _mended(sentence: str, start: int, rules: Rules, audience: Audience, facts: Facts) -> str:
    """A sentence with all of its chat typing written out, in plain words if that leaves nothing to remark on.

    The first of it is at `start`. What nobody can write out stays, and so does what other remarks are about; "" if
    nothing can be written out.
    """
    head, own = next(parts for parts in _without_label(sentence, stamps=True) if len(parts[0]) <= max(start, 0))
    if len(own) > _LONGEST:
        return ""
    written = agreeing(tidied(without_chat(own, rules, audience, facts)))
    if not any(map(str.isalnum, written)) or written == own:
        return ""
    plain = agreeing(tidied(in_plain_words(own, rules, audience, facts)))
    return head + (
        plain if is_sound(plain, own, rules.language) and _is_fine(head + plain, rules, audience, facts) else written
    )


class _Keeps:
    """How much of what a sentence tells a candidate for a better one loses."""

    def __init__(self, own: str, left_out: list[tuple[int, int]], rules: Rules) -> None:
        self._harms, self._things = told(own, left_out, rules.language)
        self._language = rules.language
        self._whole = has_verb(own, rules.language)

    def loss(self, candidate: str) -> int:
        """0 if harm and things are kept, more for each of them that is lost, and for a part of a sentence."""
        kept = stems(candidate)
        lost = bool(self._harms and not self._harms & kept) + bool(self._things and not self._things & kept)
        return 2 * lost + (self._whole and lost == 0 and not has_verb(candidate, self._language))


def _names_somebody(label: str, rules: Rules) -> bool:
    """Whether a label has somebody's name in it: "Rik again: …"."""
    return rules.language.lexicon.any_of("name", "roster").search(rules.language.tag(label).signs) is not None


def _is_fine(sentence: str, rules: Rules, audience: Audience, facts: Facts, *, says_little: bool = False) -> bool:
    """Whether nothing is remarked on in a sentence; one that is kept as a fact may say little."""
    found = check_text(sentence, rules, audience, facts)
    return all(finding.part == "whole" or (says_little and finding.rule == "vague") for finding in found)


def _candidates(
    own: str,
    finding: Finding,
    rules: Rules,
    audience: Audience,
    facts: Facts,
    *,
    span: tuple[int, int],
    labelled: bool,
    own_words: bool,
) -> Iterator[str]:
    """Sentences to take, the one that keeps most first; `span` is where the words of the finding are."""
    language = rules.language
    kind = language.kind(finding.rule)
    instead: list[str] = []
    guessed = ""
    if finding.remark is not None and finding.remark.sort is not None:
        found = check_text(without_chat(own, rules, audience, facts), rules, audience, facts)
        typed = {"vague"} | {other.rule for other in check_text(own, rules, audience, facts)}
        kind = next(filter(None, (language.kind(other.rule) for other in found if other.rule in typed)), None)
    if kind is not None:
        instead = [*kind.better.get(audience, kind.better.get("else", ()))]
        if "past" in kind.better and _IS_OVER.search(own) and not _IS_STILL.search(own):
            instead = [*kind.better["past"]]
        if "ever" in kind.better and FOR_EVER.search(own):
            instead = [*kind.better["ever"]]
        if "action" in kind.better and _IS_ACTION.match(own):
            instead = [*kind.better["action"]]
    if len(own) <= _LONGEST:
        # A leak is left out, and never in plain words: "with an error" would not say what was in its place.
        reworded = own if finding.rule == "leak" else in_plain_words(own, rules, audience, facts)
        others = {found.rule for found in check_text(own, rules, audience, facts)}
        guess = finding.rule == "speculation" and finding.remark is not None and not finding.remark.case.better
        if (not own_words or _ONLY_MAYBE.match(own)) and (
            guess or (finding.rule == "jargon" and "speculation" in others)
        ):
            guessed = unconfirmed(reworded, span[0], language)
        if guess and (fine := no_fault_found(reworded, language)):
            yield fine
        if not own_words and (guess or (finding.rule == "jargon" and "speculation" in others)):
            yield cause_apart(reworded, language)
        if guessed and (side := _SIDE.search(guessed)):
            rest = guessed[side.end() :].strip()
            if any(found.rule == "speculation" for found in check_text(rest, rules, audience, facts)):
                guessed = f"{guessed[: side.start()]}."  # one remark of a kind stands for all of a sentence
        elif guessed:
            yield guessed
        if finding.rule == "jargon" and _NO_HELP.search(reworded) and not own_words:
            yield from clause_by_clause(own, rules, audience, facts, {}, finding.rule)
        if finding.rule == "leak":
            if _TURN_TO.search(own, 0, span[0]) and _TO_SUPPORT.match(" ".join(finding.better)):
                yield with_condition(finding.better[0], own, *span)
                if _ONLY_TO_TURN.match(own):
                    yield finding.better[0]
            if _LOOK_AT.search(own, 0, span[0]) and _TO_STATUS.match(" ".join(finding.better)):
                yield finding.better[0]
            yield _without_gaps(own, rules, audience, facts, labelled=labelled)
            given_out = "shared separately" in " ".join(finding.better) and audience in ("customers", "stakeholders")
            with_login = [*without_value(own, *span, _LEFT_OUT.match(" ".join(finding.better)))]
            if LOGIN_BEFORE.search(own[: span[0]]):
                yield from with_login
            called = [*in_its_place(own, *span, given_out=given_out, bare=_called(finding))] if finding.better else []
            if _AT_ITS_END.fullmatch(own[: span[0]] + own[span[1] :]):
                yield from called
            yield without_secret(own, *span, labelled=labelled)
            yield from called
            yield from with_login
        elif finding.rule != "speculation":
            if finding.rule == "jargon" and audience == "customers" and _names_a_part(own, finding):
                reworded = own
            yield reworded
            if (
                finding.rule == "jargon" and finding.remark is None and _AT_THE_END.match(own, span[1])
            ):  # a code behind a comma
                yield in_plain_words(
                    _BEFORE_IT.sub("", own[: span[0]]) + own[span[1] :].lstrip(")"), rules, audience, facts
                )
        if finding.rule == "jargon" and not own_words:
            yield target_missed(reworded)
        if "blame" in others | {finding.rule}:
            if "speculation" in others:  # what was only guessed is no fact without who did it
                yield "" if own_words else done_unconfirmed(unconfirmed(reworded, 0, language), language)
            else:
                if finding.remark is not None and finding.remark.case.why:  # nobody is named
                    yield could_be_done(reworded) if audience == "post-mortem" else ""
                    yield done_by_us(reworded, language) if audience == "customers" and not own_words else ""
                yield done(reworded, shortened=audience == "log")
                yield done(own)
                yield without_agent(reworded)
                yield without_names(reworded)
        if not own_words:
            if finding.rule == "speculation" and finding.remark is not None and finding.remark.case.better:
                yield filled(finding.remark.case.better, finding.remark, facts)
            stock = {id: _stock(id, rules, audience, facts) for id in ("promise", "blame", "speculation")}
            if finding.rule == "promise" and FOR_EVER.search(own):
                stock["promise"] = next(iter(instead), "")
            yield from clause_by_clause(reworded, rules, audience, facts, stock, finding.rule)
            if finding.rule == "promise" and reworded != own and assures(own):
                yield from clause_by_clause(own, rules, audience, facts, stock, finding.rule)
        if _ASKS.match(reworded) and (side := _SIDE.search(reworded)):
            yield f"{reworded[: side.start()]}."
        if kept := clear_parts(reworded, rules, audience, facts):
            added = () if own_words else instead
            yield from (f"{kept} {filled(better, finding.remark, facts)}" for better in added if finding.rule in _ADDED)
            yield kept
        yield guessed
    if labelled and kind is not None and not own_words:
        yield from (filled(better, finding.remark, facts) for better in kind.better.get("label", ()))
    if finding.remark is not None and finding.remark.case.better and not own_words:
        yield filled(finding.remark.case.better, finding.remark, facts)
    if not own_words:
        if finding.rule == "jargon" and MISSED.search(own):
            yield from (f"A target was missed. {better}" for better in instead)
        for better in (*finding.better, *instead):
            if finding.rule == "leak":
                yield with_condition(better, own, *span)
            yield filled(better, finding.remark, facts)


def _without_gaps(sentence: str, rules: Rules, audience: Audience, facts: Facts, *, labelled: bool) -> str:
    """The sentence without any of its gaps; "" if it has only one, or if one can't be left out."""
    for times in range(_MOST_GAPS):
        leaks = [found for found in check_text(sentence, rules, audience, facts) if found.rule == "leak"]
        if not leaks:
            return sentence if times > 1 else ""
        place = leaks[0].start, leaks[0].end
        left = (without_secret(sentence, *place, labelled=labelled), *without_value(sentence, *place, None))
        sentence = next(filter(None, left), "")
    return ""


_MOST_GAPS = 5


def _names_a_part(own: str, finding: Finding) -> bool:
    """Whether an instruction is about a technical thing, so that it is hard to follow with a plain name too."""
    return is_instruction(own) and _VERB_FOLLOWS.search(own, 0, finding.start) is None


def _called(finding: Finding) -> str:
    """What a number is, where a sentence does not call it anything; "" if that can't be told."""
    left_out = " ".join(finding.better)
    return "an account" if "bank details" in left_out else "a card" if "card details" in left_out else ""


def _stock(id: str, rules: Rules, audience: Audience, facts: Facts) -> str:
    """The sentence that stands for a clause of which nothing can stay."""
    kind = rules.language.kind(id)
    sentences = kind.better.get(audience, kind.better.get("else", ())) if kind else ()
    return next(filter(None, (filled(better, None, facts) for better in sentences)), "")


_NO_HELP = re.compile(r"\bconnection methods?\b")
"""Plain words that tell nobody anything."""
_VERB_FOLLOWS = re.compile(r"(?:^|\b(?:and|then|please|or)|[,;])\s*$", re.IGNORECASE)
_TO_SUPPORT = re.compile(r"Please contact\b")
_TURN_TO = re.compile(r"\b(?:ask|call|contact|e-?mail|mail|phone|reach|ring|text|whatsapp|write)\b", re.IGNORECASE)
_ONLY_MAYBE = re.compile(
    r"(?:maybe|perhaps|possibly|probably) (?:about |around |up to )?[~<>]?\d[\d.,]* ?%?[^,;:]*$", re.IGNORECASE
)
"""How many, as a guess, without a verb: "not confirmed yet" says no more than "maybe"."""
_ASKS = re.compile(r"please \w+ [^,;–—]", re.IGNORECASE)
_SECRET = re.compile(r"[^\s,;:=()\"']{4,}(?<![.!?])")
_AT_ITS_END = re.compile(
    r".* with (?!the\b|an?\b|your\b|our\b)(?:[a-z-]+ ){1,3} \w.*|"
    r".*\b(?:has|have|had|with|by|under|of) (?:\S+ ){1,5}\W*|[A-Z]\w+ +(?:is|was|has)\b.*",
    re.DOTALL,
)
"""A sentence that needs what a secret is called: nothing follows it, or nothing stands in front of it."""
_ONLY_TO_TURN = re.compile(
    r"(?:please )?(?:ask|call|contact|e-?mail|mail|phone|reach|ring|text|whatsapp|write)\b[^.;]*[.!]?$", re.IGNORECASE
)
_TO_STATUS = re.compile(r"Follow our status page\b")
_LOOK_AT = re.compile(
    r"^(?:please )?(?:(?:you can )?(?:follow|see|watch|track|read|find)|more|details|updates?|progress)\b",
    re.IGNORECASE,
)
_LEFT_OUT = re.compile(r"The (?P<what>(?:access|bank|card|personal) details)\b")
_SIDE = re.compile(r"[,;–—]|\s-\s")
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
_ADDED = ("promise", "speculation", "blame")
"""The kinds whose better sentence is worth saying in addition to the facts."""


_IS_OVER = re.compile(
    r"\b(?:was|were|had|has been|have been|returned|recovered|restored|resolved|fixed|normal|over|"
    r"(?:works?|up|runs?|opens?|opened|available|online|working|running|loads?) again|"
    r"(?<!being )done)\b",
    re.IGNORECASE,
)
_IS_STILL = re.compile(
    r"\b(?:is|are)\b(?! (?:\w+ ){0,2}?(?:back|over|resolved|restored|fixed|solved|normal|up|available|online|"
    r"again|open|done|"
    r"stable|(?:working|running)(?: again| now|[.!]?$))\b)|\bha(?:s|ve) (?:had|been (?:some|a few|several|"
    r"problems?|issues?|"
    r"trouble))\b|['’]re\b(?! back)",
    re.IGNORECASE,
)
"""What tells that it goes on, beside what was."""
_IS_ACTION = re.compile(
    r"(?:we|i|our \w+|the \w+ team|engineers?|engineering)(?:['’](?:ve|re)| have| had| are| were| just| now| also)* "
    r"(?!need|feed|exceed|see|having|experienc|observ|notic|receiv|fail)(?:\w+(?:ed|ing)|ran|made|sent|took|set|"
    r"put)\b",
    re.IGNORECASE,
)
_NO_SUBJECT = re.compile(r"(?:are|is|was|were|has|have|had|does|did)\b[^?]*$", re.IGNORECASE)
_AT_THE_END = re.compile(r"\)?[.!]?$")
_BEFORE_IT = re.compile(r"[\s,;:(–—-]+$")
_SPEAKER = r"(?:We|I|You|It|They|There|This|That|He|She)\b"
_STAMP = r"(?:[\[(]?\d{1,2}[:.]\d\d(?::\d\d)?[\])]?(?: ?Z| [A-Z]{3,4})?:?(?: [-–—])? +)?"
_LABEL = re.compile(
    rf"(?P<mark>\s*(?:[-*•·▸] +|\d{{1,2}}[.)] +)?)(?P<stamp>{_STAMP})(?:(?!{_SPEAKER})[A-Z][\w’' /-]{{0,30}}:\s+)?"
)
_SAYS_SOMETHING = re.compile(r"\b(?:is|are|was|were|has|have|had|says?|said|thinks?|knows?)\b")
_ENDS_A_LABEL = re.compile(r"[A-Za-z][^:]*:\s*$")


def _without_label(sentence: str, *, stamps: bool) -> Iterator[tuple[str, str]]:
    """What stands in front of a sentence, and the sentence itself: first without its label, then with it.

    With `stamps`, a time in front of it, as in a log, counts as a label too.
    """
    label = _LABEL.match(sentence)
    assert label is not None
    if _SAYS_SOMETHING.search(label.group()):  # "The auditors are right: …"
        yield sentence[: label.end("mark")], sentence[label.end("mark") :].rstrip()
        return
    ends = (
        [label.end("mark")] if not stamps and label["stamp"] else [label.end(), label.end("stamp"), label.end("mark")]
    )
    for at in dict.fromkeys(ends):
        yield sentence[:at], sentence[at:].rstrip()
