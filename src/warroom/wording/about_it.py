"""What a sentence is about, told without its remark where no other form keeps it: “QA rubber-stamped the rule” is “What
happened with the rule is under review”."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from warroom.wording.assured import promised
from warroom.wording.nouns import inside, is_plural
from warroom.wording.times_ahead import without_times
from warroom.wording.to_be_named import WHEN
from warroom.wording.without_guess import is_the_cause

if TYPE_CHECKING:
    from warroom.wording.fault import Fault
    from warroom.wording.language import Language


def about_it(fault: Fault) -> Iterator[str]:
    """What is asked about the thing that a sentence names, for blame, a promise or a guess; none if it names none."""
    if fault.own_words:
        return
    own, customers = fault.reworded, fault.judge.audience == "customers"
    if fault.rule == "promise" and _is_for_ever(fault):
        yield _not_again(own, fault.language)
    elif fault.rule == "promise":
        news = fault.judge.facts.next_update
        for thing, before in _named(without_times(own), fault.language):
            if _IS_PROMISED.search(before):
                after = f" The next update comes at {news}." if news else ""
                yield f"There is no confirmed time yet for {thing}.{after}"
    elif fault.rule == "speculation":
        for thing, _ in _named(own[fault.start :], fault.language, guessed=True):
            yield f"It is not confirmed yet whether {is_the_cause(thing)}."
    elif fault.rule == "blame":
        when = "".join(f" {time.group()}" for time in list(WHEN.finditer(own))[:1] if _AT_A_TIME.match(time.group()))
        for thing in _things(own, own[fault.start :], fault.language):
            what = "allowed" if _EVENT.search(thing) else "happened with"
            asked = f"{what} {thing}{'' if when.strip() in thing else when}"
            yield f"We are reviewing what {asked}." if customers else f"What {asked} is under review."


def beside_plan(fault: Fault) -> Iterator[str]:
    """That it is reviewed what else has to change, for a promise that a plan makes good for ever."""
    if (
        not fault.own_words
        and _is_for_ever(fault)
        and " besides " in (made := _not_again(fault.reworded, fault.language))
    ):
        yield made


def _is_for_ever(fault: Fault) -> bool:
    return "what has to change" in " ".join((fault.case_better, *fault.instead))


_EVENT = re.compile(
    r"\b(?:breach|delay|disruption|downtime|failure|flood|incident|interruption|leak|loss|mess|outage|shortage)s?$"
)


def _things(own: str, after: str, language: Language) -> Iterator[str]:
    """The things that the words of a remark and those behind them name, then those in front of them."""
    people = language.lexicon.any_of(*_PEOPLE)
    for words in (after, own):
        for thing, before in _named(words, language):
            where = _WHERE.search(before)
            if not _WITHOUT.search(before) and not (where and people.match(language.tag(where["who"]).signs)):
                yield thing


_WITHOUT = re.compile(r"\b(?:without|no|against|on)$")
_WHERE = re.compile(r"(?P<who>[\w-]+) (?:at|from|in)$")
"""Where somebody works, which is not what they did something to: "a technician at our data centre"."""
_AT_A_TIME = re.compile(r"at|since|from|between|on |yesterday|overnight|this|last", re.IGNORECASE)
_IS_PROMISED = re.compile(
    r"^(?:but|so|all|both)?$|"
    r"\b(?:and|gets?|getting|bring|have|having|guarantees?|fix|restore|repair|refund|expect|touches on)$|"
    r"\b(?:ETA|hours?|minutes?|days?|time) for$|^(?:restoration|repair|return) of$|\b(?:half|most|all|rest|some) of$",
    re.IGNORECASE,
)
"""What stands in front of a thing that is itself promised."""


def _named(words: str, language: Language, *, guessed: bool = False) -> Iterator[tuple[str, str]]:
    """Each thing with its article that is no person, time or figure of speech, and the words in front of it."""
    of = language.lexicon.any_of
    people, careless = of(*_PEOPLE), of("careless", "trait", "mistake", "lapse", "unit")
    goes_on = of("function", "finite", "past", "ed", "determiner", "ly", "acted", "number", "clock", "again", "weekday")
    for begin in _DETERMINER.finditer(words):
        thing: list[str] = []
        for word in _WORD.finditer(words, begin.end()):
            signs = language.tag(word["word"]).signs
            if not thing and of("wrong").match(signs):
                continue  # "the wrong cable" was not wrong before somebody pulled it
            if _GOES_ON.match(words, word.start("word")) or (
                goes_on.match(signs) and not people.match(signs) and (thing or not word["word"].endswith("ed"))
            ):
                break
            thing.append(word["word"])
            if word["end"] or len(thing) == _LONGEST:
                break
        signs = language.tag(" ".join(thing)).signs
        if not thing or _NO_THING.fullmatch(thing[-1]) or people.search(signs) or careless.search(signs):
            continue
        article = begin["article"].lower()
        number = article[0].isdigit()
        if guessed and (number or article in ("all", "both", "your") or _NO_CAUSE.fullmatch(thing[-1])):
            continue
        if is_plural(thing[-1]) or not (number or article in ("all", "both", "these")):
            kept = article if article in _KEPT or number or (guessed and article in ("a", "an")) else "the"
            yield f"{kept} {' '.join(thing)}", words[: begin.start()].rstrip()


_PEOPLE = ("job", "team", "vendor", "roster", "public", "someone_word", "company", "name", "agent", "harmed")
_DETERMINER = re.compile(
    r"(?<![\w'’:.,-])(?P<article>the|an?|our|your|his|her|its|their|this|these|all|both|one|\d[\d.,]*\d|\d) "
    r"(?=(?-i:[a-z]))",
    re.IGNORECASE,
)
_KEPT = ("our", "your", "this", "these", "all", "both")
_WORD = re.compile(r" ?(?P<word>[a-z][\w-]*)(?P<end>['’]s\b|[^\w ]|$)?", re.IGNORECASE)
_NO_CAUSE = re.compile(r"chance|likelihood|doubt|details|building|file|data|guess|theory|feeling", re.IGNORECASE)
_GOES_ON = re.compile(
    r"(?:twice|once|offline|online|home|early|late|overnight|again|down|up|off|too|not|green|cannot|can|could|like|"
    r"may|might|must|nobody|belongs?|occurs?|corrects?|means?|[a-z]+s? (?:back|off|up|everything|to the))\b",
    re.IGNORECASE,
)
"""What goes on behind a thing and is no part of its name."""
_LONGEST = 4
_NO_THING = re.compile(
    r"(?:advice|bank|better|worse|best|depth|former|latest|member|position|start|sweep|zero|bit|case|corner|day|end|fact|fault|goal|good|hands?|homework|idea|job|kind|last|line|lot|lunch|manual|moment|"
    r"morning|one|ones|other|others|part|people|person|phone|place|point|problem|reason|rest|result|root|rush|same|side|sort|"
    r"stretch|team|thing|things|time|times|touches|way|week|weekend|wheel|while|wrong|year|cause|culprit|blame|hurry|"
    r"first|second|third|night|evening|afternoon|matter|hours?|minutes?|deal|word|times|plan)",
    re.IGNORECASE,
)
"""What stands behind an article and is nothing that could be looked into."""


def _not_again(sentence: str, language: Language) -> str:
    """What must not happen again, as what is reviewed, with what is planned for that; "" if that can't be told."""
    words = sentence.strip().rstrip(".!")
    planned = _PLANNED.match(words) or _PLANNED_LAST.search(words)
    beside = f" besides {inside(planned['work'], language)}" if planned else ""
    words = words[: planned.start()] or words[planned.end() :] if planned else words
    words = promised(words, language)
    words = _BY_THEN.sub("", words)
    never = _NEVER.search(words)
    repeat = None if never else _REPEAT.search(words)
    thing = inside(repeat["what"] if repeat else words[: never.start()].strip() if never else "", language)
    thing = _OF_A_REPEAT.sub("", thing)
    if planned and (not thing or _A_REPEAT.fullmatch(thing)):
        thing = "this"
    elif not _SUBJECT.match(thing) or _ANYBODY.match(thing):
        return ""
    does = "do" if is_plural(_OF.split(thing, maxsplit=1)[0].split()[-1]) else "does"
    return f"We are reviewing what has to change{beside} so that {thing} {does} not happen again."


_WORK = r"(?:after|with|following|thanks to|once) (?P<work>(?:the|our|this|[a-z]+['’]s) (?:[\w-]+ ){0,2}?"
_PLANNED = re.compile(
    rf"{_WORK}(?:(?:change|fix|hotfix|installation|maintenance|migration|move|patch|release|repair|replacement|setup|"
    r"switch|system|update|upgrade|version)s?(?=,? )|[\w-]+(?=, ))),? ",
    re.IGNORECASE,
)
_PLANNED_LAST = re.compile(rf",? {_WORK}[\w-]+)$", re.IGNORECASE)
_BY_THEN = re.compile(
    r"^(?:from|as of|starting|by) [^,]{2,30}?(?:, | on,? | (?=(?:such|this|that|these|the|an?|no)\b))", re.I
)
_REPEAT = re.compile(
    r"\b(?:repeat|repetition|recurrence) of (?P<what>(?:the|this|our|last|yesterday)[^,;]{3,80})$", re.I
)
_NEVER = re.compile(
    r" (?:(?:will|shall|can|does|do|is|are)(?: now)? (?:never|not|no longer|impossible|out of|ruled)|cannot|"
    r"can['’]t|won['’]t|will be impossible|(?:belongs?|is|are) (?:now )?(?:to|of|a thing of|history|impossible)\b)",
    re.IGNORECASE,
)
_OF_A_REPEAT = re.compile(r"^(?:an?|any|the) (?:repeat|recurrence|repetition) of ", re.IGNORECASE)
_A_REPEAT = re.compile(r"(?:an?|any|the) (?:repeat|recurrence|repetition)", re.IGNORECASE)
_SUBJECT = re.compile(
    r"(?:the|another|an?|our|your|this|that|these|those|such|last|yesterday['’]s|"
    r"(?:[\w-]+ ){0,3}[a-z]{3,}[^su]s$)\b(?!.*,)",
    re.I,
)
_ANYBODY = re.compile(r"(?:this|that)$|.*\b(?:was|were|is|are|has|have)\b|(?:an?|any|the) repeat$", re.IGNORECASE)
_OF = re.compile(r" (?:of|at|in|on|for|like|to|from|with|that|which)\b")
