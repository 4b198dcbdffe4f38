"""A sentence without the secret or the gap in it: “The card 5500 0000 0000 0004 was charged twice” is “The card was
charged twice”."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    pass

_WHAT = (
    r"(?:pass(?:word|phrase|code)s?|pin|puk|codes?|otp|token|key|secret|number|no\.?|iban|account|card|"
    r"login|user(?:name)?|"
    r"credentials|pw|pwd|combination|birth|address|diagnosis|id)"
)
_GAP = re.compile(r"[\[<{].*[\]>}]|_{3,}|\?{2,}")
_CALLED = re.compile(
    rf"(?P<call>\b(?:[\w-]+ )*?(?P<what>{_WHAT}))(?P<is>:| =| is| was| are| were| has been)?(?: now| still)?:?\s+$",
    re.IGNORECASE,
)
_CALLED_TWICE = re.compile(
    rf"\b(?P<what>{_WHAT})(?:[:,;]| [-–—]| \() (?:the |its )?{_WHAT}(?: is| reads|:| =)?:? $", re.IGNORECASE
)
"""A secret that is named before it is told: "use the gate code: code is …"."""
_TOLD = re.compile(
    rf"\b(?:gave|handed|sent|texted|told) [^,;:]*\b(?:the|our|a|my|his|her|their) (?:[\w-]+ )?"
    rf"(?P<what>{_WHAT})(?::| is| =)? $",
    re.IGNORECASE,
)
"""That a secret was told, which can be said without it: "told the driver the gate code: …"."""
_IN_WORDS = re.compile(
    rf"(?P<lead>.*?)(?P<what>\b{_WHAT})(?P<of> (?:of|for|on|to) [^\d]*?)?(?P<is>:| =| is| was| are|"
    rf" were)?(?: now| still)?:? (?P<value>\S+)$",
    re.IGNORECASE,
)
_IS = re.compile(r"\b(?P<is>is|was|are|were)(?: now| still)?:?\s+$", re.IGNORECASE)
_DETERMINER = re.compile(
    r"\b(?:the|an?|our|your|my|his|her|their|this|that|one|new|[\w]+['’]s|social|security|credit)(?: [\w-]+)?\s+$",
    re.IGNORECASE,
)
_PREPOSITION = re.compile(r"\b(?:to|from|into|on|with|by|of|for) $", re.IGNORECASE)
_OF_THE_READER = re.compile(r"\b(?:your|my) $", re.IGNORECASE)
_LINK = re.compile(r"https?://|www\.", re.IGNORECASE)
_ONLY_POINTS = re.compile(
    r"\b(?:see|visit|read|follow|check|watch|details?|info\w*|more|updates?|progress|is|are)\b[^,;]*$", re.IGNORECASE
)
_POINTS = re.compile(
    r",?(?: (?:at|on|under|via|from|here|with|through|using)(?: the| our| this)?(?: link| page| address)?)?:? ?$"
)


def named_before(sentence: str, start: int, end: int) -> str:
    """A sentence without a secret from `start` to `end` that it also names before it tells it; "" for another one."""
    words = sentence[start:end].rstrip(",;.!")
    value = _IN_WORDS.match(words)
    head = sentence[: start + (value.start("value") if value else 0)]
    if told := _TOLD.search(head):
        return sentence[: told.end("what")] + sentence[start + len(words) :]
    twice = _CALLED_TWICE.search(head)
    return sentence[: twice.end("what")] + sentence[start + len(words) :] if twice else ""


def in_its_place(sentence: str, start: int, end: int, *, given_out: bool, bare: str = "") -> Iterator[str]:
    """The sentence with the value from `start` to `end` hidden; `given_out` says that readers get it another way.

    `bare` is what to call it where the sentence doesn't: "an account"."""
    words = sentence[start:end].rstrip(",;.!")
    before, after = sentence[:start], sentence[start + len(words) :]
    if _LINK.match(words):
        if _ONLY_POINTS.search(before):
            return
        yield f"{_POINTS.sub('', before)}{after}"
        return
    if before.endswith(('"', "'", "“", "‘")) and after[:1] in "\"'”’":
        before, after = before[:-1], after[1:]
    if not after.strip(" ."):
        after = "." if sentence.endswith(".") else ""
    after = re.sub(r"^!+(?=[.\s])", "", after)
    hidden, aside = (
        ("shared separately", "that we share separately") if given_out else ("not shown here", "(not shown here)")
    )
    if inside := _IN_WORDS.match(words):
        before, named, verb = f"{before}{inside['lead']}", f"{inside['what']}{inside['of'] or ''}", inside["is"]
    elif called := _CALLED.search(before):
        begin = called.start("what")
        before, named, verb = before[:begin], before[begin : called.end("what")], called["is"]
    elif is_it := _IS.search(before):
        hidden = "not known yet" if _GAP.fullmatch(words) else hidden
        yield f"{before[: is_it.start()]}{'are' if is_it['is'].lower() in ('are', 'were') else 'is'} {hidden}{after}"
        return
    elif bare and _PREPOSITION.search(before):
        yield f"{before}{bare} {aside}{after}"
        return
    else:
        return
    if _OF_THE_READER.search(before) and not verb:
        yield f"{before}{named}{after}"
    if verb and verb.strip() in (":", "="):
        return
    if verb:
        if verb.strip().lower() in ("was", "were") and _AT_THAT_TIME.match(after):
            hidden = "not shown here"
        yield f"{before}{named} {'are' if verb.strip().lower() in ('are', 'were') else 'is'} {hidden}{after}"
        return
    if before.endswith("(") and after.startswith(")"):
        yield f"{before[:-1].rstrip()}{after[1:]}"
        return
    if before.rstrip().endswith(",") and (after.startswith(",") or not after.strip(" .")):
        return  # beside what the sentence says, and not needed in it
    article = "" if _DETERMINER.search(before) else "The " if not before.strip() else "the "
    named = named[:1].lower() + named[1:] if article and named[1:].islower() else named
    yield f"{before}{article}{named} {aside}{after}"


_AT_THAT_TIME = re.compile(r" (?:until|before|at|from|between)\b")
NAMED = re.compile(r"\b(?:token|card|key|number|account|iban|secret|password|pin|login)$", re.IGNORECASE)
_ASIDE = re.compile(
    r", (?:[a-z]+ )?(?:card|account|iban|login|customer|contract|credit card|number|no\.|key|password|token|pin|"
    r"code)(?: number| no\.?)? $",
    re.IGNORECASE,
)
"""What a number is called where both stand behind a comma: "Jane Miller, card 4111 …"."""
_HAS_VERB = re.compile(r"\b(?:is|are|was|were|has|have|had|[a-z]{3,}ed)\b")
_AND = re.compile(r", (?:and|but|so|which|who|the|our|we)\b")
_VERB_NEXT = re.compile(r", (?:is|are|was|were|has|have|had|can|could|did|does)\b")
_AFTER_ASIDE = re.compile(r"\s*(?:[.,;!)]|$)")
_A_TIME = re.compile(r"[\[<{]*(?:HH:MM|hh:mm|XX:XX|##:##|\?\?:\?\?|time|clock)[\]>}]*", re.IGNORECASE)


_AT_A_TIME = re.compile(
    r"(?P<what>(?:The|Our|Your|All|Both|We|You|They|It|A|An|This|These|Some|Most) [^,;:]*?) (?:again )?(?:at|by|"
    r"from)(?: about)? "
)
_BRACKET = re.compile(
    r" ?\((?:(?:born|date of birth|dob|tel|phone|mobile|card|account|iban|e-?mail|id|card number)\.?:? )?(?:on "
    r")?$",
    re.IGNORECASE,
)
_CLOSES = re.compile(r"[^()]{0,12}\)")
_NEXT_MESSAGE = re.compile(
    r"(?P<what>(?:the |our )?next (?:update|message|report|call)) (?:is |comes |follows )?at $", re.I
)


_BARE = re.compile(r"\b(?:to|from|on|of|for|with|by|in|at|into|use|using|enter|type|try) $", re.IGNORECASE)
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
    if (opens := _BRACKET.search(before)) and (closes := _CLOSES.match(sentence[start + len(words) :])):
        return f"{before[: opens.start()]}{sentence[start + len(words) + closes.end() :]}"
    called, bracket, _ = words.partition(" (")
    if bracket and after.startswith(")") and NAMED.search(called):
        return f"{before}{called}{after[1:]}"
    if _A_TIME.fullmatch(words) and (at := _AT_A_TIME.fullmatch(before)) and _AFTER_A_GAP.match(after):
        return f"It is not known yet when {at['what'][:1].lower()}{at['what'][1:]}{after}"
    gap = re.fullmatch(r"[\[<{].*[\]>}]|[A-Z ]{3,}|_{3,}|\?{2,}", words)
    if gap and (before.rstrip().endswith(":") or (labelled and not before)) and _AFTER_A_GAP.match(after):
        return f"{before.rstrip()} not known yet{after}".lstrip()
    if gap and (lead := _TO_THE_GAP.search(before)) and lead.group() != " ":
        return f"{before[: lead.start()]}{after}"
    if not gap and (" " not in words or re.fullmatch(r"[A-Z]{0,2}[\dA-Z ]*\d[\dA-Z ]*", words)):
        named = NAMED.search(before.rstrip())
        if (aside := _ASIDE.search(before)) and _AFTER_ASIDE.match(after):
            goes_on = _AND.match(after) or (_HAS_VERB.search(before) and not _VERB_NEXT.match(after))
            rest = after[1:] if after.startswith(",") and not goes_on else after
            return f"{before[: aside.start()]}{rest}"
        if named and before.rstrip() != before:
            bare = _BARE.search(before[: named.start()]) is not None
            thing = f"{before[: named.start()]}the {named.group()}" if bare else before.rstrip()
            if bare and _TO_IBAN.search(before[: named.end()]):
                thing = f"{before[: named.start()]}an account (not shown here)"
            thing = thing.removesuffix(" with the IBAN")
            if thing == "IBAN":
                thing = "The account"
            return f"{thing}{sentence[start + len(words) :]}"
    return ""


_TO_IBAN = re.compile(r"\b(?:to|into|from) iban$", re.IGNORECASE)
_GREETING = re.compile(r"\b(?:Dear|Hi|Hello|Hey)\s*$")
_COUNTED = re.compile(r" (?:[a-z]+ )?(?!this|was|is|has|as|does)[a-z]{2,}s\b")
_ONLY_IF = re.compile(
    r"\s*(?:if|until|while|when|as|because|although|in case|since|after|before|for|once|unless|with)\b", re.IGNORECASE
)
_PART = re.compile(r"[^,;]+")
_VALUE = re.compile(r"(?P<before>.*\b(?:is|was|are|were|be|to|as|with|by|using)(?: now)?:? )?[\"'`]?\S+$", re.DOTALL)
_SINGULAR = re.compile(r"\s+(?:is|was|has|does)\b")
_IT_IS = re.compile(r"\b(?:is|was|are|were)(?: now)?:?\s+$")
_ENDS_IN_DETERMINER = re.compile(r"\b(?:the|our|your|all|these|those)\s+$", re.IGNORECASE)
_PREPOSITION_LAST = re.compile(
    r",? (?:(?:about|around|at|between|by|for|from|in|of|on|over|since|to|until|up to|with|within|worth) )+$",
    re.IGNORECASE,
)
_ONLY_PREPOSITION = re.compile(r"(?:after|at|before|by|from|in|on|since|until) $", re.IGNORECASE)
_ASKED_FOR = re.compile(r"\bplease [a-z]+ $", re.IGNORECASE)
_NO_MORE_OF_IT = re.compile(
    r"\s*(?:[.,;:!?)]|$|\b(?:about|against|and|are|as|at|because|but|by|can|cannot|could|did|do|does|for|from|had|has|have|in|is|may|on|or|since|"
    r"so|to|today|until|was|went|were|when|which|while|will|with|[a-z]+ed|[a-z]+(?:day|night)|arrived?s?|goes|comes?|came)\b)",
    re.IGNORECASE,
)
"""What follows a gap that nothing else is said of: "of [amount] went out"."""
_ENDS_IN_ARTICLE = re.compile(r"\b(?:the|a|an|our|your|my)\s+$")
_LOGIN_NAME = re.compile(r"\W*(?:log-?in|user(?:name)?|account|id)\b\W+\S+$", re.IGNORECASE)
"""The other half of a password."""
_NEXT_CLAUSE = re.compile(r"\s*(?:and|but|or|so|which|then)\b", re.IGNORECASE)
_WITH_ASIDE = 3
"""Parts of a sentence with an aside between two commas."""
_ABOUT_IT = re.compile(
    r"\s*(?:(?:and|but|so|please|just) )*(?:don['’]t|do not|never|keep|share|use|tell|forward|delete|"
    r"change)\b[^,;]*\b"
    r"(?:it|this|that|them|secret|quiet)\b|"
    r"\s*(?:(?:and|so|please|just|you can|to) )*(?:look|check|see|go|click|read|try|watch|follow)\b[^,;]*"
    r"\b(?:there|here|it)\b",
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
        elif _ONLY_PREPOSITION.match(before):
            yield after.lstrip()
        elif _ASKED_FOR.search(before):
            return  # "Please bring [document] to the desk"
        elif _COUNTED.match(after) and (of_them := _ENDS_IN_DETERMINER.search(before)):
            yield f"{before[: of_them.end()]}{after.lstrip()}"
        elif _COUNTED.match(after):
            yield f"{before}some{after}"
        elif _NO_MORE_OF_IT.match(after) and (of_it := _PREPOSITION_LAST.search(before)):
            yield f"{before[: of_it.start()]}{after}"
        else:
            yield f"{before.rstrip(' ,') if before.rstrip().endswith(',') else before}{after.lstrip()}"
        return
    parts = list(_PART.finditer(sentence))
    rest = [part for part in parts if part.end() <= start or part.start() >= end]
    if rest and len(rest) < len(parts) and (len(rest) > 1 or not _ONLY_IF.match(rest[0].group())):
        aside = (
            len(parts) == _WITH_ASIDE
            and len(rest) == _WITH_ASIDE - 1
            and parts[1] not in rest
            and not _NEXT_CLAUSE.match(rest[-1].group())
        )
        kept = ("" if aside else ",").join(part.group() for part in rest)
        if " " in kept.strip() and not (_LOGIN_NAME.match(kept) or _ABOUT_IT.match(kept)):
            yield kept if kept[-1] in ".!?" or sentence[-1:] not in ".!?" else f"{kept}."
    if (signed := _SIGNED_IN.search(sentence)) and after.strip(" ."):
        yield f"{sentence[: signed.end('in')]}{sentence[max(signed.end(), end) :] if signed.end() > start else after}"
    if named is not None and (pair := LOGIN_BEFORE.search(before)):
        link = "" if _TAKES_LOGIN.search(before, 0, pair.start()) else " with"
        yield f"{before[: pair.start()]}{link} the {named['what']}{after}"
    value = _VALUE.match(words)
    if value and value["before"] and _IT_IS.search(value["before"]):
        yield f"{before}{value['before']}shared separately{after}"
    before = before[: before.rfind(" ") + 1]  # "status-admin / …" is cut into words
    if NAMED.search(before.rstrip()):
        yield f"{before.rstrip()}{after}"
    elif _IT_IS.search(before):
        yield f"{before}shared separately{after}"
    elif before.rstrip().endswith(":") and not after.strip(" .") and not _POINTS_TO.search(before):
        yield f"{before}taken out{after}"
    elif " " in words and not NAMED.search(words.split()[0]):
        return  # the words have a verb of their own: "opens with …"
    elif (
        named is not None
        and _ENDS_IN_ARTICLE.sub("", before).strip()
        and not (_SINGULAR.match(after) or _WHOSE_PASSWORD.fullmatch(before))
    ):
        yield f"{_ENDS_IN_ARTICLE.sub('', before).rstrip()} the {named['what']}{after}"


_TAKES_LOGIN = re.compile(r"\b(?:with|by|using|use|enter|type|try|and|via|to|have|get)$", re.IGNORECASE)
_SIGNED_IN = re.compile(
    r"\b(?P<in>(?:logged|signed) (?:in|on|into [\w -]{2,30}?)) (?:as|with(?: user)?) "
    r"\S+ (?:with|and|/|,) "
    r"(?:(?:the )?(?:password|pass|pw|key) )?\S+(?<![.,;])",
    re.IGNORECASE,
)
_CONDITION = re.compile(r"\b(?:if|until|while|in case) [^\n,;:.!?]{4,120}", re.IGNORECASE)


def with_condition(better: str, sentence: str, start: int, end: int) -> str:
    """A better sentence with the condition that the sentence has beside the words from `start` to `end`."""
    for condition in _CONDITION.finditer(sentence):
        if condition.end() <= start or condition.start() >= end:
            words = condition.group()
            return f"{better.rstrip('.')} {words[:1].lower()}{words[1:].rstrip()}."
    return ""
