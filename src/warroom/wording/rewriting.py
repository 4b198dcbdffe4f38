"""Other forms of a sentence that keep what it says: a guess as unconfirmed, and what was done without who did it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING

from warroom.text.verbs import participle_of, past_of

if TYPE_CHECKING:
    from warroom.wording.language import Language

_HEDGE = (
    r"(?:(?:most|very|quite|more than) (?:likely|probably|possibly)|presumably|probably|possibly|perhaps|maybe|"
    r"apparently|supposedly|seemingly|likely|hopefully)"
)
_GUESS_FIRST = re.compile(
    rf"(?:{_HEDGE},? |"
    r"it(?:'s| is| was) (?:most |very |quite |well )?(?:likely|possible|probable|plausible) that |"
    r"(?:it )?(?:looks|seems|appears)(?: now)?(?: like| as if| as though| that)? |"
    r"(?:it |this |that )?(?:smells?|sounds?|feels?|reeks?)(?: a lot| very much| awfully)? (?:like|of) |"
    r"(?:(?:i|we)(?:'d)?|our engineers|engineering|the team)(?: (?:currently|still|strongly|now|would))? "
    r"(?:think|believe|suspect|assume|guess|reckon|suppose|imagine|feel|"
    r"bet(?: (?:my|a|good|real)(?: \w+){1,2})?(?: (?:money )?on)?)(?: that)? |"
    r"(?:my|our) money(?: is|'s) on |"
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
_THERE = re.compile(
    r"\b(?P<before>there) (?:may|might|could|must) (?:well |possibly |also )?(?P<verb>have been|be)"
    r"(?P<many> (?:more |other |further |some |several |many )?[a-z]{2,}[^su\W]s\b)",
    re.IGNORECASE,
)
_SEEMS = re.compile(r"(?P<before>[\w'’-]+) (?:seems?|appears?|looks?) to (?P<verb>have been|have|be)\b", re.IGNORECASE)
_SIDE = re.compile(r"[,;:–—]|\s-\s")
_NOT_PLURAL = re.compile(r"(?:ss|(?<!en)us|is|dns|aws|https|news|sms)$", re.IGNORECASE)
_MOST_PLURAL = {"we", "you", "they", "these", "those", "people", "data", "children", "staff"}


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
    rest = _CLEFT.sub(_straight, rest)
    if re.match(r"(?:not|no|to|because|due|the same)\b", rest, re.IGNORECASE):
        return ""
    if len(rest.split()) <= _SHORT and _STATE_ONLY.match(rest):
        rest = f"it is {rest}"
    rest = _TO_ME.sub(r"\1", _WHO_KNOWS.sub(".", rest))
    lead = _SIDE.split(rest)[0]
    if first and _BEFORE_A_THING.search(first.group()) and _A_THING.match(lead) and not _VERB.search(lead):
        thing = lead.rstrip(".!?…")
        many = is_plural(re.split(r" (?:of|in|on|at|with|from|for|to|that|which)\b", thing)[0].split()[-1])
        rest = f"{thing} {'are' if many else 'is'} the cause."
    if not _SAYS.search(lead):
        thing = lead.rstrip(".!?…")
        if not (first or hedge) or not names_a_cause(thing, language):
            return ""
        many = is_plural(thing.split()[-1])
        rest = f"{thing} {'are' if many else 'is'} the cause."
    elif _QUANTITY.match(lead) and not language.lexicon.any_of("finite", "ed", "past").search(language.tag(lead).signs):
        return "" if lead != rest else f"{rest[:1].upper()}{rest[1:].rstrip('.!?…')}, not confirmed yet."
    end = "" if rest.endswith((".", "!")) else "."
    rest = _NOBODY.sub("anybody", _SUSPECT.sub("the cause", rest))
    rest = _DENIED.sub(r"\g<verb> ", rest, count=1)  # whether it is so or not is the same question
    if _TO_BLAME.search(rest):
        return ""
    return f"It is not confirmed yet whether {inside(rest, language).rstrip('!?')}{'.' if rest[-1] in '!?' else end}"


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
        thing = cleft["thing"].rstrip(".!?…")
        head = re.split(r" (?:of|in|on|at|for|with|from|to)\b", thing, maxsplit=1)[0]
        return f"{thing} {'are' if is_plural(head.split()[-1]) else 'is'} the cause"
    return cleft["clause"] or f"{cleft['what']} {cleft['does']}"


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


_NOBODY = re.compile(r"^(?:nobody|no one)\b", re.IGNORECASE)
_DENIED = re.compile(r"\b(?P<verb>is|are|was|were|has|have)(?: not|n['’]t) ")
_SUSPECT = re.compile(r"\bthe (?:prime |main |usual )?suspect\b", re.IGNORECASE)
_TO_BLAME = re.compile(r"\b(?:to blame|at fault|guilty|the culprit|responsible for)\b", re.IGNORECASE)


def names_a_cause(words: str, language: Language) -> bool:
    """Whether a few words only name a thing that can be a cause: "DNS", "the load balancer"."""
    if not 0 < len(words.split()) <= _LONGEST_NAME or re.search(r"[,;:]", words):
        return False
    signs = language.tag(words).signs
    names = language.lexicon.any_of("suspect", "term", "name", "abbreviation", "system", "vendor", "tool", "harm")
    return names.match(signs[-1]) is not None and language.lexicon.any_of("ed", "ing").match(signs) is None


_LONGEST_NAME = 5
_BEFORE_A_THING = re.compile(r"(?:money(?: is|'s)|bet(?: money)?) on $|\b(?:be|been) $", re.IGNORECASE)
_A_THING = re.compile(r"(?:a|an|the|our|some|another|one of)\b", re.IGNORECASE)
"""What stands in front of a thing that is guessed to be the cause, and of no sentence; and how such a thing begins."""
_WHO_KNOWS = re.compile(
    r"[,;–—] ?(?:(?:but )?(?:we|i) do(?:n['’]t| not) know(?: yet)?|(?:but )?not sure(?: yet)?|no idea)[.!]?$",
    re.IGNORECASE,
)
_SHORT = 3
_STATE_ONLY = re.compile(r"(?:fixed|resolved|solved|done|over|back|gone|down|mitigated|stable|fine)\b", re.IGNORECASE)
"""How a state begins of which nobody says what is in it: "probably fixed"."""
_SAYS = re.compile(
    r"\b(?:is|are|was|were|has|have|had|does|do|did|will|can|can't|cannot|isn't|aren't|'s|\w+(?:ed|es)|\w{3,}[^s\W]s|"
    r"began|blew|broke|burst|came|caught|choke|cut|dug|fed|fell|found|froze|got|grew|held|hit|kept|knew|led|left|"
    r"let|lost|"
    r"made|meant|met|put|ran|rose|sank|sent|set|shut|spread|split|stood|struck|stuck|threw|told|took|tore|went|"
    r"wrote)\b"
)


_VERB = re.compile(r"\b(?:is|are|was|were|has|have|had|does|do|did|will|can|cannot|that|which)\b|['’]s\b|n['’]t\b")


def _stated(words: str) -> str:
    """The words without "may" and "seems to" in front of a verb whose form is known."""
    words = _THERE.sub(
        lambda there: f"{there['before']} {_form('those', there['verb'])}{there['many']}", words, count=1
    )
    words = _MAY.sub(lambda may: f"{may['before']} {_form(_noun_before(may), may['verb'])}", words, count=1)
    return _SEEMS.sub(lambda seems: f"{seems['before']} {_form(_noun_before(seems), seems['verb'])}", words, count=1)


def _noun_before(verb: re.Match[str]) -> str:
    """The noun that a verb belongs to: "someone in accounts" is one."""
    subject = _SIDE.split(verb.string[: verb.end("before")])[-1]
    one = _ONE_PERSON.search(subject)
    return one.group("who") if one else verb["before"]


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


def is_plural(noun: str) -> bool:
    """Whether a noun is in the plural, as far as its form tells."""
    noun = noun.lower()
    return noun in _MOST_PLURAL or (noun.endswith("s") and not _NOT_PLURAL.search(noun))


def inside(words: str, language: Language) -> str:
    """The words as they are within a sentence: a name keeps its capital letter."""
    first = re.match(r"[\w'’-]+", words)
    if first is None or words.startswith(("I ", "I'")):
        return words
    signs = language.lexicon.any_of(
        "name", "abbreviation", "roster", "system", "unknown", "sign", "weekday", "month", "company", "payment_company"
    )
    if signs.match(language.tag(first.group()).signs) or first.group()[1:] != first.group()[1:].lower():
        return words
    return words[0].lower() + words[1:]


_DEEDS = (
    "applied|approved|broke|cancelled|changed|corrupted|cut|deleted|deployed|disabled|dropped|edited|emptied|entered|"
    "erased|ignored|installed|leaked|merged|migrated|moved|overloaded|overwrote|pasted|published|pulled|pushed|ran|"
    "released|removed|renamed|restarted|revoked|rotated|sent|set|shipped|skipped|switched off|triggered|turned off|"
    "unplugged|updated|uploaded|wiped|wrote"
)
_SAID_OF_IT = {
    "brought down": "down", "killed": "stopped", "knocked out": "down", "misconfigured": "wrongly set up",
    "overlooked": "not noticed", "took down": "down",
}  # fmt: skip
"""What is said of a thing instead of the participle."""
_DETERMINER = (
    r"(?:the|a|an|our|your|all|some|this|that|these|those|both|every|each|one|two|three|four|five|six|several|"
    r"\d[\d.,]*)"
)
_BEFORE_TAIL = (
    r"(?=[,;.!]|$| (?:at|since|between|by|before|after|during|on|from|and|but|because|so|yesterday|again|today|last|"
    r"twice)\b)"
)
_DEED = re.compile(
    rf"(?P<who>[^\n,;:]{{1,60}}?) (?:has |have |had )?(?:\w{{2,12}}ly )?(?P<did>{_DEEDS}|{'|'.join(_SAID_OF_IT)}) "
    rf"(?P<what>(?!the (?:ball|mark|bar)\b){_DETERMINER}(?: (?!(?:against|at|since|between|by|before|after|during|on|"
    r"without|w/o|from|into|instead|and|but|because|so|which|that|who|when|while|yesterday|again|today|with|last|as|"
    r"just|only|simply|too|straight|right|early|late|twice|over|once|by|\w+ly)\b)(?:[\w'’/.-]|"
    r",(?=\d))*[\w'’]){1,7}|(?!it\b|them\b|this\b|that\b|off\b|down\b|out\b)[\w-]{3,20}"
    rf"{_BEFORE_TAIL})"
    r"(?P<tail>(?:[,;.! ]|$).*)",
    re.IGNORECASE,
)
_OTHER_DEED = re.compile(
    r"\b(?:which|who|whoever|what|how|that|because|instead|without|by (?:mistake|accident)|after|when|if|had|would|"
    r"should|not|never|nobody|"
    r"can|could|and (?!the\b|our\b))\b|n't\b",
    re.IGNORECASE,
)
_OF_SOMEBODY = re.compile(
    r"(?<!,) which\b|\b(?:who|because|instead|without|by (?:mistake|accident)|after|when|if|had|would|should|"
    r"he|she|they|his|her|their|and (?!the\b|our\b|that\b|\d))\b",
    re.IGNORECASE,
)


_VERB_INSIDE = re.compile(r"\b(?:did|does|do|is|are|was|were|has|have|had|will|would|can|could|not|never)\b|n['’]t\b")
_GOES_ON = re.compile(r" (?:did|does|do|is|are|was|were|has|have|had|will|would|can|could|not|never)\b")
"""What stands behind a thing that is the subject of a verb: "whoever wrote this migration did not test it"."""
MOVED = {
    "changed", "deployed", "merged", "migrated", "moved", "published", "pushed", "released", "sent", "set", "shipped",
    "uploaded",
}  # fmt: skip
_HOW_LONG = re.compile(
    r" for (?:the (?:whole|entire)|all|two|three|several|hours|days|weeks|\d"
    r"|(?:[\w-]+ ){1,3}(?:seconds?|minutes?|hours?|days?|weeks?|months?))\b"
)
_TO_WHERE = re.compile(rf" to |{_HOW_LONG.pattern}")
"""What belongs to the verb, and not to the thing in front of it: "sent the letters to the wrong homes"."""
AIM = re.compile(
    r" to (?!(?:the|our|your|their|a|an|all|each|every|these|those|production|prod|live|customers|users|orders|one|two|"
    r"three|four|five|six|seven|eight|nine|ten|eleven|twelve|some|several|many|most|both|half|dozens|hundreds|night)\b)"
    r"[a-z]+\b"
)
_THEMSELVES = re.compile(r" (?:themselves|himself|herself|itself)(?=[.!]?$)", re.IGNORECASE)
_MOCKING = re.compile(
    r"[,;]? (?:brilliant|great|genius|bravo|thanks|of course|naturally|as usual|as always|well done|nice|clever|"
    r"lovely)"
    r"(?: job| work| one)?([.!]?)$",
    re.IGNORECASE,
)
_WHILE_DOING = re.compile(r"[ ,]*(?:\bjust )?\b(?:before|after|while|when|by|without|instead of) \w+ing\b.*$")
_OF_THE_THING = re.compile(r" (?:that|which) (?:[a-z’'-]+ ){1,5}[a-z’'-]+[.!]?$")


def done_unconfirmed(guess: str, language: Language) -> str:
    """What was done as something that is not confirmed, from such a sentence about who did it; "" for another form."""
    begin, whether, rest = guess.partition(" whether ")
    deed = done(rest[:1].upper() + rest[1:], shortened=True) if whether else ""
    return f"{begin}{whether}{inside(deed, language)}" if deed else ""


def done(sentence: str, *, shortened: bool = False) -> str:
    """What was done, without who did it: "Sam deleted the table at 14:10." is "The table was deleted at 14:10.".

    "" if the sentence has another form, or says more of who it was; `shortened` leaves that out.
    """
    deed = _DEED.match(_THEMSELVES.sub("", sentence))
    if deed is None or _OTHER_DEED.search(deed["who"]):
        return ""
    what, tail = deed["what"], deed["tail"]
    if _GOES_ON.match(tail) or _VERB_INSIDE.search(what):
        return ""
    if aim := AIM.search(what) if deed["did"].lower() not in MOVED else None:  # "… to charge her phone"
        if not shortened:
            return ""
        what, tail = what[: aim.start()], "."
    if doing := _WHILE_DOING.search(tail):  # it was somebody who left, and not the thing
        if not shortened:
            return ""
        tail = f"{tail[: doing.start()]}."
    tail = _MOCKING.sub(r"\1", tail)
    if where := (_TO_WHERE if deed["did"].lower() in MOVED else _HOW_LONG).search(what):
        what, tail = what[: where.start()], f"{what[where.start() :]}{tail}"
    if relative := _OF_THE_THING.match(tail):
        what, tail = f"{what}{relative.group().rstrip('.!')}", tail[len(relative.group().rstrip(".!")) :]
    if more := _OF_SOMEBODY.search(tail):
        if not shortened:
            return ""
        tail = re.sub(r"[\s,;]*(?:\b(?:with|and|by|of|to|in|on|for|from|at))?[\s,;]*$", "", tail[: more.start()]) + "."
    head = re.split(r" (?:of|for|in|to|that|which)\b", what, maxsplit=1)[0].split()
    many = is_plural(head[-1]) or re.match(r"(?:all|these|those|both|two|three|four|five|six|several)\b", what, re.I)
    did, _, particle = deed["did"].lower().partition(" ")
    result = _SAID_OF_IT.get(deed["did"].lower()) or f"{participle_of(did)} {particle}".rstrip()
    return f"{what[:1].upper()}{what[1:]} {'were' if many else 'was'} {result}{tail}"


_PASSIVE = re.compile(
    r"(?P<when>(?:at \d{1,2}:\d\d(?: [A-Z]{3,4})?,? |[A-Z][^,;:]{2,40}, )?)"
    r"(?P<what>(?:(?!(?:was|were|which|who|that|and|but|because)\b)[\w'’-]+ ){1,9}?)"
    r"(?:was|were|has been|have been|had been|got) (?P<how>(?:\w{2,14}ly )?)"
    r"(?P<did>(?:rolled|switched|turned|shut|put|sent) (?:out|off|on|down|live)|"
    r"\w{2,14}ed|run|set|cut|put|sent|made|written|taken)\b"
    r"(?P<tail>[^;]*)$",
    re.IGNORECASE,
)
_HOW_IT_CAME = re.compile(
    r" ?\b(?:accidentally|mistakenly|inadvertently|by (?:mistake|accident)|in error)\b", re.IGNORECASE
)


def could_be_done(sentence: str) -> str:
    """What was done as possible: "It was run without a test." is "It could be run without a test."."""
    passive = _PASSIVE.match(sentence)
    if passive is None:
        return ""
    tail = _HOW_IT_CAME.sub("", passive["tail"])
    return f"{passive['when']}{passive['what']}could be {passive['did']}{tail}"


def done_by_us(sentence: str, language: Language) -> str:
    """What was done as what we did: "A faulty update was released." is "We released a faulty update."."""
    passive = _PASSIVE.match(sentence)
    if passive is None:
        return ""
    tail = re.sub(r"\bwithout being (\w+?)ed\b", r"without \1ing it", passive["tail"])
    if re.search(r"\bbeing\b|\b(?:and|but) (?:then |now |so |also )?(?:is|are|was|were|has|have|had)\b", tail):
        return ""
    verb, *particle = passive["did"].lower().split()
    what = passive["what"].strip()
    if not passive["when"]:
        what = inside(what, language)
    we = "we" if passive["when"] else "We"
    return f"{passive['when']}{we} {passive['how']}{' '.join([past_of(verb), *particle])} {what}{tail}"


_CONDITION = re.compile(r"\b(?:if|until|while|in case) [^\n,;:.!?]{4,120}", re.IGNORECASE)


def with_condition(better: str, sentence: str, start: int, end: int) -> str:
    """A better sentence with the condition that the sentence has beside the words from `start` to `end`."""
    for condition in _CONDITION.finditer(sentence):
        if condition.end() <= start or condition.start() >= end:
            words = condition.group()
            return f"{better.rstrip('.')} {words[:1].lower()}{words[1:].rstrip()}."
    return ""


_FIGURE = re.compile(r"(?<![a-zA-Z_])\d+(?:[.,:]\d+)*|(?<=[a-zA-Z_])\d+(?:[.,:]\d+)*(?![\da-zA-Z_])")
"""A figure, also that of `SEV2` and `v4`, and none within a word such as `k8s`."""
_TIME_SAID = re.compile(
    r"\b(?:since|from|between|started at|began at|ended at)(?: about| around)? \d{1,2}(?::\d\d)?(?: ?[ap]m)?"
    r"(?: (?:and|to|until) \d{1,2}:\d\d)?"
)
_TIME = re.compile(
    r"\d{1,2}:\d\d|\d{1,2} ?[ap]m\b|"
    r"\d{1,2}(?:st|nd|rd|th)? (?:jan|feb|mar|apr|may|june?|july?|aug|sept?|oct|nov|dec)(?:[a-z]{3,6})?\b|"
    r"\b(?:at|by|before|until) \d{1,2}(?= (?:tomorrow|tonight|today|on)\b|[,;]|[.!]?$)|"
    r"\d{1,3}(?: ?[-–] ?\d{1,3})?[ -]?(?:min|hour|hr|h\b|day|sec|week|ish|working|business)",
    re.IGNORECASE,
)


def figures(sentence: str, spans: Sequence[tuple[int, int]], *, ahead: bool = False) -> set[str]:
    """The figures of a sentence outside of the spans; with `ahead`, without the times that are promised."""
    left_out = [*spans]
    if ahead:
        since = [match.span() for match in _TIME_SAID.finditer(sentence)]
        left_out += [
            time.span()
            for time in _TIME.finditer(sentence)
            if not any(a <= time.start() and time.end() <= b for a, b in since)
        ]
    return {
        figure.group()
        for figure in _FIGURE.finditer(sentence)
        if not any(a < figure.end() and b > figure.start() for a, b in left_out)
    }
