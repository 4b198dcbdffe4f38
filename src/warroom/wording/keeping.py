"""Other forms of a sentence for where its figures would be lost: what followed, what is counted, what was left out."""

from __future__ import annotations

import re
from collections.abc import Iterator

from warroom.text.verbs import participle
from warroom.wording.rewriting import figures, is_plural

_FORGOT = re.compile(
    r"[^\n,;:]{2,60}? (?:forgot|failed|neglected|omitted) to (?P<do>[a-z]{2,14})"
    r"(?P<with> (?:over|back|up|off|out|on|down|in|away))? "
    r"(?P<what>(?:the|a|an|our|this|that|these|those|all|any)"
    r"(?: (?!(?:but|and|because|so|if|when|who|which|instead|before|after|at|by|on|since|within|in|to)\b)"
    r"[\w'’/.-]*\w){1,6})"
    r"(?P<rest>(?: (?:before|after|at|by|on|since|within|in) [^,;:!?]{2,60})?)[.!]?$",
    re.IGNORECASE,
)


_OUGHT = re.compile(
    r"[^\n,;:]{2,60}? (?:should|could|ought to|might|must)(?: easily| really)? have (?P<did>\w{2,14}ed|caught|known|"
    r"read|seen|told|sent|kept|taken|run|made|set|put) (?P<what>(?:the|a|an|our|this|that|these|those|all|any)"
    r"(?: (?!(?:but|and|because|so|if|when|who|which|instead|before|after|at|by|on|since|within)\b)[\w'’/.-]+){1,6}"
    r"(?: (?:at|before|after|by|on|since|within) \d[\w:.]*(?: (?-i:[A-Z]{3,4}|[ap]m)\b)?)?)",
    re.IGNORECASE,
)


def not_done(sentence: str) -> str:
    """What was not done: "Jonas forgot to renew the certificate." is "The certificate was not renewed."."""
    if ought := _OUGHT.match(sentence):
        head = re.split(r" (?:of|for|in|to|at|before|after|by|on|since|within)\b", ought["what"].strip(), maxsplit=1)[0]
        where = ought["what"].strip()[len(head) :]
        return (
            f"{_begun(head).rstrip('.')} {'were' if is_plural(head.split()[-1]) else 'was'} not {ought['did']}{where}."
        )
    forgot = _FORGOT.match(sentence)
    if forgot is None or re.search(r"\b(?:who|because|nobody|never|not)\b", forgot.group()[: forgot.start("do")]):
        return ""
    do, what = forgot["do"].lower(), forgot["what"]
    did = f"{participle(do)}{forgot['with'] or ''}"
    if particle := _PARTICLE.search(what):
        what, did = what[: particle.start()], f"{did}{particle.group()}"
    head = re.split(r" (?:of|for)\b", what, maxsplit=1)[0]
    return _begun(f"{what} {'were' if is_plural(head.split()[-1]) else 'was'} not {did}{forgot['rest']}")


_PARTICLE = re.compile(r" (?:back|off|on|out|in|up|down|again|away|over)(?: again)?$", re.IGNORECASE)


_BY_SOMEBODY = re.compile(
    r"(?P<done>(?!(?:this|that|it|these|they)\b)(?:(?!(?:by|who|whoever|which|that|because|and|"
    r"but)\b)[^\s,;:]+ ){1,9}?"
    r"(?:was|were|has been|have been|had been|got) (?:\w+ly )?"
    r"(?!(?:triggered|caused|affected|hit|impacted|made|introduced|created|given|led|brought)\b)\w+"
    r"(?: (?:off|out|down|on))?) by (?!(?:mistake|accident|hand|email|e-mail|post|phone|\d)\b)"
    r"(?:(?!(?:who|whoever|which|that|because|and|but|when|while|if)\b)[^\s,;:.]++ ?){1,6}?"
    r"(?P<rest>(?:(?<= )(?:at|on|before|after|during|since) (?:\d|the \d|(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day)"
    r"(?:[^,;:]|:(?=\d)){0,60})?[.!]?)$",
    re.IGNORECASE,
)


def without_agent(sentence: str) -> str:
    """What was done, without by whom: "The table was deleted by Marc." is "The table was deleted."."""
    found = _BY_SOMEBODY.match(sentence)
    return f"{found['done']} {found['rest']}".replace(" .", ".").rstrip() if found else ""


_BY_A_NAME = re.compile(
    r"(?P<done>\b(?:was|were|been|got|is|are) (?:\w+ly )?"
    r"(?!(?:triggered|caused|affected|hit|made|introduced|created|led|brought|provoked|produced|started)\b)\w+"
    r"(?: (?:off|out|down|on))?) by "
    r"(?:(?-i:(?!(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day\b)[A-Z][\w'’-]+(?: [A-Z][\w'’-]+)?)"
    r"|(?:the|our|an?) (?:[\w-]+ ){0,2}?(?:admin|colleague|contractor|developer|engineer|operator|technician|team)s?)"
    r"(?=$|[.;!]|,(?-i: [^A-Z])| (?:since|at|on|for|until|before|after|during|and|but|so|because|in)\b)",
    re.IGNORECASE,
)


def without_names(sentence: str) -> str:
    """A sentence of several parts without by whom each thing was done; "" if none says so."""
    left, times = _BY_A_NAME.subn(lambda found: found["done"], sentence)
    return left if times else ""


NAMED = re.compile(r"\b(?:token|card|key|number|account|iban|secret|password|pin|login)$", re.IGNORECASE)
_ASIDE = re.compile(
    r", (?:[a-z]+ )?(?:card|account|iban|login|customer|contract|credit card)(?: number| no\.?)? $",
    re.IGNORECASE,
)
"""What a number is called where both stand behind a comma: "Jane Miller, card 4111 …"."""
_AND = re.compile(r", (?:and|but|so|which|who|the|our|we)\b")
_AFTER_ASIDE = re.compile(r"\s*(?:[.,;!)]|$)")
_A_TIME = re.compile(r"[\[<{]*(?:HH:MM|hh:mm|XX:XX|##:##|\?\?:\?\?|time|clock)[\]>}]*")
_NEXT_MESSAGE = re.compile(
    r"(?P<what>(?:the |our )?next (?:update|message|report|call)) (?:is |comes |follows )?at $", re.I
)
_BARE = re.compile(r"\b(?:to|from|on|of|for|with|by|in|at|into) $", re.IGNORECASE)
"""What a name stands after that has no article in front of it."""
_AFTER_A_GAP = re.compile(r"[ .]*$|[,;]| (?:until|since|as of|at|by|from|in|for|on)\b")
_TO_THE_GAP = re.compile(r" (?:(?:since|at|by|from|until|in|on|for) )?$")


def without_secret(sentence: str, start: int, end: int, *, labelled: bool = False) -> str:
    """A sentence without what must not leave the company: a gap, or a number beside the word that says what it is.

    `labelled` says that a label stands in front of it. "The card 5500 … was charged twice." is "The card was charged
    twice."; "" if the sentence needs those words.
    """
    before, words, after = sentence[:start], sentence[start:end].rstrip(",;."), sentence[end:]
    if _A_TIME.fullmatch(words) and (news := _NEXT_MESSAGE.match(before)):
        return f"{news['what']}: not known yet."
    gap = re.fullmatch(r"[\[<{].*[\]>}]|[A-Z ]{3,}|_{3,}|\?{2,}", words)
    if gap and (before.rstrip().endswith(":") or (labelled and not before)) and _AFTER_A_GAP.match(after):
        return f"{before.rstrip()} not known yet{after}".lstrip()
    if gap and (lead := _TO_THE_GAP.search(before)) and lead.group() != " ":
        return f"{before[: lead.start()]}{after}"
    if not gap and (" " not in words or re.fullmatch(r"[A-Z]{0,2}[\dA-Z ]*\d[\dA-Z ]*", words)):
        named = NAMED.search(before.rstrip())
        if (aside := _ASIDE.search(before)) and _AFTER_ASIDE.match(after):
            rest = after[1:] if after.startswith(",") and not _AND.match(after) else after
            return f"{before[: aside.start()]}{rest}"
        if named and before.rstrip() != before:
            bare = _BARE.search(before[: named.start()]) is not None
            thing = f"{before[: named.start()]}the {named.group()}" if bare else before.rstrip()
            thing = thing.removesuffix(" with the IBAN")
            if thing == "IBAN":
                thing = "The account"
            return f"{thing}{sentence[start + len(words) :]}"
    return ""


_GREETING = re.compile(r"\b(?:Dear|Hi|Hello|Hey)\s*$")
_COUNTED = re.compile(r" (?:[a-z]+ )?(?!this|was|is|has|as|does)[a-z]{2,}s\b")
_CONDITION = re.compile(
    r"\s*(?:if|until|while|when|as|because|although|in case|since|after|before|for|once|unless|with)\b", re.IGNORECASE
)
_PART = re.compile(r"[^,;]+")
_VALUE = re.compile(r"(?P<before>.*\b(?:is|was|are|were|be|to|as|with|by|using)(?: now)?:? )?[\"'`]?\S+$", re.DOTALL)
_SINGULAR = re.compile(r"\s+(?:is|was|has|does)\b")
_IS = re.compile(r"\b(?:is|was|are|were)(?: now)?:?\s+$")
_DETERMINER = re.compile(r"\b(?:the|a|an|our|your|my)\s+$")
_LOGIN_NAME = re.compile(r"\W*(?:log-?in|user(?:name)?|account|id)\b\W+\S+$", re.IGNORECASE)
"""The other half of a password."""
_NEXT_CLAUSE = re.compile(r"\s*(?:and|but|or|so|which|then)\b", re.IGNORECASE)
_WITH_ASIDE = 3
"""Parts of a sentence with an aside between two commas."""
_ABOUT_IT = re.compile(
    r"\s*(?:(?:and|but|so|please|just) )*(?:don['’]t|do not|never|keep|share|use|tell|forward|delete|"
    r"change)\b[^,;]*\b"
    r"(?:it|this|that|them|secret|quiet)\b",
    re.IGNORECASE,
)
"""What to do with a secret says nothing without the secret."""
LOGIN_BEFORE = re.compile(
    r" (?:the |our )?(?:log-?in|user(?:name)?)(?: name)?:? [^\s,;.]+(?: (?:and|with|/)|,|/)? (?:the )?$",
    re.IGNORECASE,
)
"""The other half of a password, in front of it: "Log in with user admin and …"."""
_WHOSE_PASSWORD = re.compile(
    r"\s*(?:the |our |your )?(?!(?:enter|export|gave|got|put|ran|run|set|try|type|use|"
    r"wrote)\b)[\w-]+(?<!ed)(?<!ing) ",
    re.I,
)
"""One word in front of a password, without a verb: "admin password: …"."""
_POINTS_TO = re.compile(r"\b(?:here|at|link|via|under|see|on)\s*:\s*$", re.IGNORECASE)
"""What stands in front of a link that the sentence is about."""
_NAME_GAP = re.compile(
    r"[\[<{]+ ?(?:\w+ ){0,2}(?:name|person|who|contact|lead|owner|customer|user|client|recipient)s? ?[\]>}]+|NAME",
    re.IGNORECASE,
)


def without_value(sentence: str, start: int, end: int, named: re.Match[str] | None) -> Iterator[str]:
    """The sentence without a secret or a gap in the place from `start` to `end`: the part it is in, or its value.

    `named` has as `what` the name of what is left out, to stand in its place; None if nothing can.
    """
    before, words = sentence[:start], sentence[start:end].rstrip(",;.")
    after = sentence[start + len(words) :]
    if after[:1] in "\"'”’" and before.count('"') % 2 == 0 and words[:1] not in "\"'“‘":
        after = after[1:]  # the mark that opened it is in the words
    if _NAME_GAP.fullmatch(words) and not before.strip(" -*•"):
        yield f"One of us{after}"
    if re.fullmatch(r"[\[<{].*[\]>}]|[A-Z ]{2,}|_{3,}|\?{2,}|#{4,}", words):
        if greeting := _GREETING.search(before):
            yield f"{before[: greeting.start()]}Hello{after}"
        elif _COUNTED.match(after):
            yield f"{before}some{after}"
        else:
            yield f"{before.rstrip(' ,') if before.rstrip().endswith(',') else before}{after.lstrip()}"
        return
    parts = list(_PART.finditer(sentence))
    rest = [part for part in parts if part.end() <= start or part.start() >= end]
    if rest and len(rest) < len(parts) and (len(rest) > 1 or not _CONDITION.match(rest[0].group())):
        aside = (
            len(parts) == _WITH_ASIDE
            and len(rest) == _WITH_ASIDE - 1
            and parts[1] not in rest
            and not _NEXT_CLAUSE.match(rest[-1].group())
        )
        kept = ("" if aside else ",").join(part.group() for part in rest)
        if " " in kept.strip() and not (_LOGIN_NAME.match(kept) or _ABOUT_IT.match(kept)):
            yield kept if kept[-1] in ".!?" or sentence[-1:] not in ".!?" else f"{kept}."
    if named is not None and (pair := LOGIN_BEFORE.search(before)):
        yield f"{before[: pair.start()]} the {named['what']}{after}"
    value = _VALUE.match(words)
    if value and value["before"] and _IS.search(value["before"]):
        yield f"{before}{value['before']}shared separately{after}"
    before = before[: before.rfind(" ") + 1]  # "status-admin / …" is cut into words
    if NAMED.search(before.rstrip()):
        yield f"{before.rstrip()}{after}"
    elif _IS.search(before):
        yield f"{before}shared separately{after}"
    elif before.rstrip().endswith(":") and not after.strip(" .") and not _POINTS_TO.search(before):
        yield f"{before}taken out{after}"
    elif " " in words and not NAMED.search(words.split()[0]):
        return  # the words have a verb of their own: "opens with …"
    elif (
        named is not None
        and _DETERMINER.sub("", before).strip()
        and not (_SINGULAR.match(after) or _WHOSE_PASSWORD.fullmatch(before))
    ):
        yield f"{_DETERMINER.sub('', before).rstrip()} the {named['what']}{after}"


_MOST_NOTED = 8
_NUMBERED = re.compile(
    r"\b(?P<what>(?:blocks?|branch|building|bus|carriage|desk|docks?|flights?|floors?|gates?|halls?|hangar|"
    r"lanes?|levels?|"
    r"lifts?|lines?|platforms?|pumps?|rooms?|routes?|rows?|seats?|sections?|sites?|stations?|stores?|terminals?|"
    r"theatre|"
    r"tracks?|trains?|trams?|units?|vans?|wards?|zones?|class|unit|berths?|lots?|bays?))\s+$",
    re.IGNORECASE,
)
"""What has a number for its name: "row 12" is no count of rows."""
_UNITS = re.compile(
    r" ?(?:%|percent\b|[A-Z]{3,4}\b|[ap]m\b|min\b|h\b|"
    r"(?:[a-z-]{2,20} )?(?!(?:this|was|is|has|as|its|does|plus|minus|versus|always)\b)[a-z-]{2,20}s\b)"
)


_NUMBER = (
    "two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|fifteen|twenty|thirty|forty|fifty|sixty|seventy|"
    "eighty|"
    "ninety|hundreds?|thousands?|dozens?"
)
_COUNTED_IN_WORDS = re.compile(
    rf"\b(?:an? )?(?:{_NUMBER})(?:[- ](?:{_NUMBER}|one)){{0,3}}(?: of)? "
    r"(?:accounts|bookings|customers|days|flights|hours|invoices|messages|minutes|orders|parcels|"
    r"passengers|patients|payments|sales|seats|shops|stores|tickets|users|weeks)\b",
    re.IGNORECASE,
)


def counted(sentence: str) -> set[str]:
    """How many or how long it was, where the number is a word: "forty orders"."""
    return {found.group().lower() for found in _COUNTED_IN_WORDS.finditer(sentence)}


_NAMED_BY_NUMBER = re.compile(
    r"\b(?:(?P<sort>(?i:line|terminal|gate|hall|ward|barn|depot|tank|lot|bus|room|platform|station|flight|"
    r"route|building|floor|"
    r"track|bay|dock|berth|lane|unit|plant|node|road|street|highway|junction|exit|pier|pump|valve|field|"
    r"block|wing|court|"
    r"stage|studio|counter|desk|till|tower|turbine|reactor|furnace|oven|silo|well|stand|sector|zone|area|district|"
    r"chapter|step|phase|team|shift|class|grade|level|tram|train|ferry|boat|truck|lift|elevator|crane|kiosk|version|"
    r"store|shop|site|batch|sev|p)s? )|(?<=[a-z,] )[A-Z][\w-]+ )"
    r"(?:no\.? ?|number )?(?P<number>\d{1,4})\b(?![:.,]\d| ?%)"
)
"""A number that belongs to a name: "Terminal 2", "line 4"."""


_CODE = re.compile(r"[A-Z]{1,3}-?\d{1,4}")
_CODED = re.compile(
    r"\b(?!(?:the|a|an|our|your|this|that|in|on|at|of|for|from|to|with|by|and|or|is|are|was|were|near|behind|into|"
    r"between|than|server|host|node|pod|shard|cluster|switch|router)\b)[a-z]{3,} $"
)
"""A word in front of a code that says what it is of: "rack B12"."""


def lone_codes(sentence: str) -> list[tuple[int, int]]:
    """Where codes are that say nothing elsewhere, since no word in front says what they are of."""
    codes = re.finditer(rf"(?<![\w-]){_CODE.pattern}(?![\w-])", sentence)
    return [code.span() for code in codes if not _CODED.search(sentence, 0, code.start())]


def noted(sentence: str, missing: set[str]) -> str:
    """The figures of a sentence that would be missing, with what they count: "Noted so far: 14:10, 600 quotes."."""
    found: dict[str, None] = {}
    names = {
        named["number"]: named.group()
        for named in _NAMED_BY_NUMBER.finditer(sentence)
        if named["sort"] or not _UNITS.match(sentence, named.end())
    }
    for words in _COUNTED_IN_WORDS.finditer(sentence):
        if words.group().lower() in missing:
            found.setdefault(words.group().lower())
    for word in re.finditer(r"\S+", sentence):
        if figures(word.group(), []) & missing:
            figure = word.group().strip("()[]{},;.!?\"'")
            unit = None
            if _CODE.fullmatch(figure) and (of := _CODED.search(sentence, 0, word.start())):
                found.setdefault(f"{of.group().strip()} {figure}")
                continue
            if (thing := _NUMBERED.search(sentence, 0, word.start())) and figure.isdigit():
                found.setdefault(f"{thing['what']} {figure}")
                continue
            if not re.match(r"[A-Za-z]", figure):  # "FRA1 drops" counts nothing
                unit = _UNITS.match(sentence, word.start() + word.group().find(figure) + len(figure))
            if figure in names:
                figure, unit = names[figure], None
            found.setdefault(figure + (unit.group() if unit else ""))
    return f"Noted so far: {', '.join([*found][:_MOST_NOTED])}." if found else ""


def _begun(words: str) -> str:
    words = words.strip()
    return f"{words[:1].upper()}{words[1:].rstrip('.!')}."
