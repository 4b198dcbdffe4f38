"""A guess as what is not confirmed yet, where the sentence is one guess."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from warroom.text.verbs import ONLY_PASTS
from warroom.wording.nouns import WHAT_IT_IS, head_of, inside, is_plural, names_a_cause
from warroom.wording.sound import is_whole
from warroom.wording.without_guess import is_the_cause

if TYPE_CHECKING:
    from warroom.wording.language import Language

_HEDGE = (
    r"(?:(?:most|very|quite|more than) (?:likely|probably|possibly)|presumably|probably|possibly|perhaps|maybe|"
    r"apparently|supposedly|seemingly|likely|hopefully|surely|undoubtedly|(?:there is )?no doubt)"
)
_GUESS_FIRST = re.compile(
    rf"(?:{_HEDGE},? |(?:the )?chances are(?: good| high)?,?(?: that)? |"
    r"if (?:i|we) (?:had|have) to (?:bet|guess|say),? |"
    r"what (?:seems|appears|is likely|probably|likely|may|might|must)(?: to)? (?:have )?happened is(?: that)? |"
    r"it(?:'s| is| was) (?:most |very |quite |well )?(?:likely|possible|probable|plausible) that |"
    r"(?:it )?(?:could|may|might) (?:well |just )?be that |"
    r"(?:it )?(?:looks|seems|appears)(?: now)?(?: like| as if| as though| that)? |"
    r"(?:it |this |that )?(?:smells?|sounds?|feels?|reeks?)(?: a lot| very much| awfully)? (?:like|of) |"
    r"(?:(?:i|we)(?:'d)?|our engineers|engineering|the team)(?: (?:currently|still|strongly|now|would))? "
    r"(?:think|believe|suspect|assume|guess|reckon|suppose|imagine|feel|"
    r"bet(?: (?:my|a|good|real)(?: \w+)? (?:beer|fiver|hat|house|lunch|money|pay|pint|salary|tenner|wages))?"
    r"(?: (?:money )?on)?)(?: that)? |"
    r"(?:my|our) money(?: is|'s) on |i (?:have|['’]ve got|got) (?:a|the) (?:feeling|hunch|suspicion) that |"
    r"(?:i'm|we're|i am|we are) (?:fairly |pretty |quite |almost |reasonably |rather )?"
    r"(?:sure|confident|certain|convinced)(?: that)? |"
    r"(?:my|our|best|just a|a)(?: best| wild| educated)? (?:guess|hunch|theory|hypothesis|bet)(?: is that| is|:|,) |"
    r"(?:may|might|could|must|has to|can only)(?: well| also| just)? (?:be|have been) )",
    re.IGNORECASE,
)
_HEDGED = re.compile(rf",? \b{_HEDGE}\b,?", re.IGNORECASE)
_MAY = re.compile(
    r"(?P<before>[\w'’-]+) (?:may|might|could|must) (?:well |possibly |also )?(?P<verb>have been|have|be)\b"
)
_MUST_HAVE = re.compile(r"\bmust have (?P<did>(?!been\b)[a-z]{3,}ed)\b(?=.*\bhad\b)")
_MAY_COME_FROM = re.compile(
    r"(?P<before>[\w'’-]+) (?:may|might|could|must) (?:well |possibly |also |just )?"
    r"(?:come|originate|result|stem) from\b"
)
_THERE = re.compile(
    r"\b(?P<before>there) (?:may|might|could|must) (?:well |possibly |also )?(?P<verb>have been|be)"
    r"(?P<many> (?:more |other |further |some |several |many )?[a-z]{2,}[^su\W]s\b)",
    re.IGNORECASE,
)
_SEEMS = re.compile(r"(?P<before>[\w'’-]+) (?:seems?|appears?|looks?) to (?P<verb>have been|have|be)\b", re.IGNORECASE)
_SIDE = re.compile(r"[;–—]|[,:](?!\d)|\s-\s")


def unconfirmed(sentence: str, start: int, language: Language) -> str:
    """The guess as something that is not confirmed; "" if a part of the sentence before the guess is no guess.

    `start` is where the words of the guess begin.
    """
    first = _GUESS_FIRST.match(sentence)
    rest = sentence[first.end() :] if first else sentence
    hedge = None if first else _HEDGED.search(sentence)
    place = hedge.start() if hedge else start
    if not first and (_SIDE.search(sentence, 0, place) or (hedge and _SIDE.match(hedge.group()))):
        return ""
    if hedge:
        rest = f"{sentence[: hedge.start()]} {sentence[hedge.end() :].lstrip()}"
    if not first and not hedge:
        rest = _stated(sentence)
        if rest == sentence:
            return ""
    else:
        side = _SIDE.search(rest)  # another guess behind it stays one
        rest = _stated(rest[: side.start()]) + rest[side.start() :] if side else _stated(rest)
    rest = rest.strip().replace(" as the reason ", " is the reason ").replace(" as the cause ", " is the cause ")
    rest = _NO_THINGS.sub(lambda none: "any of " if none["of"] else "any ", _CLEFT.sub(_straight, rest))
    if (first or hedge) and re.match(r"(?:linked|related) to\b", rest):
        rest = f"this is {rest}"
    if re.match(r"(?:not|no|to|because|due|the same)\b", rest, re.IGNORECASE):
        return ""
    if len(rest.split()) <= _SHORT and _STATE_ONLY.match(rest):
        rest = f"it is {rest}"
    rest = _TO_ME.sub(r"\1", _WHO_KNOWS.sub(".", rest))
    if first and (behind := _BEHIND.match(rest)):
        be = "are" if is_plural(head_of(behind["thing"]).split()[-1]) else "is"
        rest = f"{behind['thing']} {be} {rest[behind.end('thing') :].lstrip()}"
    lead = _SIDE.split(rest)[0]
    if (
        first
        and _BEFORE_A_THING.search(first.group())
        and _A_THING.match(lead)
        and not _VERB.search(_DAYS.sub("", lead))
    ):
        rest = f"{is_the_cause(lead.rstrip('.!?…'))}."
    if not _SAYS.search(lead):
        thing = lead.rstrip(".!?…").removesuffix(" again")
        if not (first or hedge) or not names_a_cause(thing, language):
            return ""
        rest = f"{is_the_cause(thing)}."
    elif _QUANTITY.match(lead) and not language.lexicon.any_of("finite", "ed", "past").search(language.tag(lead).signs):
        return "" if lead != rest else f"{rest[:1].upper()}{rest[1:].rstrip('.!?…')}, not confirmed yet."
    end = "" if rest.endswith((".", "!")) else "."
    rest = _NOBODY.sub("anybody", _SUSPECT.sub("the cause", rest))
    if not _TWO_CLAUSES.search(rest):  # whether it is so or not is the same question
        rest = _DENIED.sub(lambda denied: f"{denied['verb']} " if denied["verb"] else "", rest, count=1)
    if not language.lexicon.any_of("job", "vendor", "team", "roster", "name").search(language.tag(rest).signs):
        rest = _IS_TO_BLAME.sub(r"\1 the cause", rest)
    if _TO_BLAME.search(rest):
        return ""
    rest = _IS_THIS.sub(r"This is \g<what>", rest)
    return f"It is not confirmed yet whether {inside(rest, language).rstrip('!?')}{'.' if rest[-1] in '!?' else end}"


_BEHIND = re.compile(
    r"(?P<thing>(?:an?|the|our|some|one of (?:the|our)|another) "
    r"(?:(?!(?:is|are|was|were|the|an?|our|that)\b)[\w'’-]+ ){1,5}?)"
    r"(?=behind )",
    re.IGNORECASE,
)
"""A thing that is guessed to be behind what is seen: "a burst seal behind the cold showers"."""
_IS_THIS = re.compile(rf"^(?P<what>{WHAT_IT_IS}[^,;]*) is the cause(?=[.!]?$)", re.IGNORECASE)


_CLEFT = re.compile(
    r"^(?:it|this|that|there)(?:['’]s| is| was) "
    r"(?:that (?P<clause>.+)|(?P<what>(?:the|an?|our|your|some)\b[^,;]{2,80}?) (?:that|which|who) (?P<does>[^,;]+)|"
    r"(?P<thing>(?:the|an?|our|some)\b[^,;]{2,80}))$",
    re.IGNORECASE,
)
"""A sentence that only points at something: "it is the router that failed", "it is that a bird hit the line"."""


def _straight(cleft: re.Match[str]) -> str:
    if cleft.group().lower().startswith("there"):
        return cleft.group()
    if cleft["thing"]:
        return is_the_cause(cleft["thing"].rstrip(".!?…"))
    return cleft["clause"] or f"{cleft['what']} {cleft['does']}"


def doubted(sentence: str, language: Language) -> str:
    """A sentence with a doubt behind it as what is not confirmed: "It was theft, if you ask me."; "" for others."""
    said = _IF_YOU_ASK_ME.match(sentence)
    if said is None or not is_whole(inside(said["what"], language), language):
        return ""
    return f"It is not confirmed yet whether {inside(said['what'], language)}."


_IF_YOU_ASK_ME = re.compile(
    r"(?P<what>(?:[^,;:–—]|[,:](?=\d)){8,160}),? (?:if you ask me|(?:i|we) (?:think|guess|suppose|reckon|"
    r"bet|believe|suspect|imagine)|in my (?:opinion|view)|i(?:['’]d| would) (?:say|guess|bet)|"
    r"as far as (?:i|we) can (?:tell|see)|(?:most |very )?(?:likely|probably)|presumably|"
    r"or so (?:it seems|i hear))[.!]?$",
    re.IGNORECASE,
)


def no_fault_found(sentence: str, language: Language) -> str:
    """That a thing looks fine as what is known: "The database looks fine." is "No fault has been found in the database
    so far."; "" for another form."""
    fine = _LOOKS_FINE.match(sentence)
    if fine is None:
        return ""
    what = inside(fine["what"], language)
    if what == "everything else":
        return "No other fault has been found so far."
    if " " not in what:
        what = f"the {'database' if what == 'db' else what}"
    return f"No fault has been found in {what} so far."


_LOOKS_FINE = re.compile(
    r"(?P<what>(?:(?:the|our) [\w-]+(?: [\w-]+)?|everything else|db|database|network|cache|server|queue)) "
    r"(?:looks?|seems?|appears?)(?: to be)? "
    r"(?:all )?(?:fine|ok|okay|good|healthy|clean|normal)(?: to (?:me|us))?[.!]?$",
    re.IGNORECASE,
)
_TO_ME = re.compile(r" to (?:me|us)([.!?]?)$")
_QUANTITY = re.compile(r"(?:(?:about|around|roughly|some|up to|half) )?(?:[~<>]?\d[\d.,]*|half)\b", re.IGNORECASE)
"""How many there are, in front of a noun: it needs a verb, which "30% of checkouts" has not."""
_NO_THINGS = re.compile(
    r"^(?:none (?P<of>of )|no (?!one\b)(?=(?:\w+ ){1,3}?(?:is|are|was|were|has|have)\b))", re.IGNORECASE
)
_NOBODY = re.compile(r"^(?:nobody|no one)\b", re.IGNORECASE)
_DENIED = re.compile(r"\b(?P<verb>is|are|was|were|has|have)(?: not|n['’]t| never) |(?<=[a-z] )never (?=\w+ed\b)")
_TWO_CLAUSES = re.compile(r" (?:and|or|but) ")
_SUSPECT = re.compile(r"\bthe (?:prime |main |usual )?suspect\b", re.IGNORECASE)
_IS_TO_BLAME = re.compile(r"\b(is|are|was|were) (?:to blame|the culprit)(?=[.!]?$)", re.IGNORECASE)
_TO_BLAME = re.compile(r"\b(?:to blame|at fault|guilty|the culprit|responsible for)\b", re.IGNORECASE)
_BEFORE_A_THING = re.compile(r"(?:money(?: is|'s)|bet(?: money)?) on $|\b(?:be|been) $", re.IGNORECASE)
_A_THING = re.compile(r"(?:a|an|the|our|some|another|one of|last|this|yesterday['’]s|today['’]s)\b", re.IGNORECASE)
"""What stands in front of a thing that is guessed to be the cause, and of no sentence; and how such a thing begins."""
_DAYS = re.compile(r"\b(?:day|evening|month|morning|night|today|week|yesterday)['’]s\b")
"""A day that something is of, which has no verb: "last night's release"."""
_WHO_KNOWS = re.compile(
    r"[,;–—] ?(?:(?:but )?(?:we|i) do(?:n['’]t| not) know(?: yet)?|(?:but )?not sure(?: yet)?|no idea)[.!]?$",
    re.IGNORECASE,
)
_SHORT = 3
_STATE_ONLY = re.compile(r"(?:fixed|resolved|solved|done|over|back|gone|down|mitigated|stable|fine)\b", re.IGNORECASE)
"""How a state begins of which nobody says what is in it: "probably fixed"."""
_SAYS = re.compile(
    r"\b(?:is|are|was|were|has|have|had|does|do|did|will|can|can't|cannot|isn't|aren't|'s|\w+(?:ed|es)|\w{3,}[^s\W]s|"
    rf"{'|'.join(sorted(ONLY_PASTS))}|cut|felt|found|hit|let|put|saw|set|shut|split|spoke|spread)\b"
)
_VERB = re.compile(r"\b(?:is|are|was|were|has|have|had|does|do|did|will|can|cannot|that|which)\b|['’]s\b|n['’]t\b")


def _stated(words: str) -> str:
    """The words without "may" and "seems to" in front of a verb whose form is known."""
    words = _THERE.sub(
        lambda there: f"{there['before']} {_form('those', there['verb'])}{there['many']}", words, count=1
    )
    words = _MUST_HAVE.sub(r"\g<did>", words)
    words = _MAY.sub(lambda may: f"{may['before']} {_form(_noun_before(may), may['verb'])}", words, count=1)
    words = _MAY_COME_FROM.sub(lambda may: f"{may['before']} {_form(_noun_before(may), 'be')} due to", words, count=1)
    return _SEEMS.sub(lambda seems: f"{seems['before']} {_form(_noun_before(seems), seems['verb'])}", words, count=1)


def _noun_before(verb: re.Match[str]) -> str:
    """The noun that a verb belongs to: "someone in accounts" is one."""
    subject = _SIDE.split(verb.string[: verb.end("before")])[-1].strip()
    one = _ONE_PERSON.search(subject)
    if one is None and _TWO_THINGS.fullmatch(subject):
        return "those"
    if one is None and _THING_FIRST.match(subject):
        return head_of(subject).split()[-1]
    return one.group("who") if one else verb["before"]


_TWO_THINGS = re.compile(
    r"(?:both )?(?:the|our|your|an?|some) [\w-]+(?: [\w-]+)? and (?:the|our|your|an?|some) [\w-]+(?: [\w-]+)?",
    re.IGNORECASE,
)
_THING_FIRST = re.compile(
    r"(?:the|our|your|an?|some|any|all|several|many|these|those|\d[\d.,]*)"
    r"(?: (?!(?:is|are|was|were|has|have|had|that|which|who|(?<!\d )and|says?|said)\b)[\w'’.,:-]+)+$",
    re.IGNORECASE,
)
"""Subjects whose number their noun tells: "the lights in Hall 3"."""
_ONE_PERSON = re.compile(
    r"\b(?P<who>(?:some|any|every)(?:one|body)) (?:in|at|on|from|of) (?:the |our )?[\w'’-]+$", re.IGNORECASE
)


def _form(before: str, verb: str) -> str:
    many = is_plural(before)
    if verb == "have been":
        return "were" if many else "was"
    if verb == "have":
        return "have" if many else "has"
    return "are" if many else "is"
