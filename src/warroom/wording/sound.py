"""Whether a sentence that was made, or a clause of it, is a whole one, as far as its form tells."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from warroom.text.verbs import BASES, NO_FORMS, PASTS
from warroom.wording.clauses import has_verb, verb_at

if TYPE_CHECKING:
    from warroom.wording.language import Language

_LIMITED = re.compile(
    r"\b(?:no|not|nobody|none|nothing|never|neither|nor|without|cannot|only|merely|hardly|barely|scarcely|few|little|"
    r"whether|if|before|than|until|unless|too|least|just)\b|n['’]t\b|\?",
    re.IGNORECASE,
)
_OF_A_LIMIT = re.compile(r"\b(?:any|anyone|anybody|anything|anywhere|ever|at all)\b", re.IGNORECASE)
"""Words that stand only where something is denied or limited: "only a few noticed anything"."""
_SIGNS_TOGETHER = re.compile(r"[?!,;:][.,;:]|\.[,;:]| [,;.!?)]|\( ")
_NAMES_A_SIGN = re.compile(r"[a-z]{3} [<>] ?\d", re.IGNORECASE)
"""A sign of arithmetic behind a word: "the response time < 300 ms"."""
_NOTHING_BEHIND = re.compile(
    r"\b(?:of|within) (?:about|for|is|are|was|were|has|have|had|will|went|came|and|or|[.!])(?=\s|$)|"
    r"\b(?:the|an?|our|your) (?:and|or|is|are|was|were|went)\b|\b(?:the|our|your) some\b",
    re.IGNORECASE,
)
"""What needs a noun and has none: "a refund of went out"."""
_GLUED = re.compile(r"[a-z]{3}\d|\d[a-z]{4}|[a-z]\(|\)[a-z]", re.IGNORECASE)
_NO_PREDICATE = re.compile(r"\b(?:is|are|was|were|has|have|had)[.!](?=\s|$)", re.IGNORECASE)
_WORD_TWICE = re.compile(r"\b(an?|at|by|for|from|in|is|it|of|on|the|to|was|were|with) \1\b", re.IGNORECASE)
_NO_QUESTION = re.compile(
    r"\b(?:when|whether) (?:how|what|why|whether|we are (?:checking|finding out|reviewing))\b", re.IGNORECASE
)
"""What is asked already can't be what is not confirmed."""
_HOW_MANY_OF_WHAT = re.compile(
    r"\w+ing (?:two|three|four|five|six|seven|eight|nine|ten|several|many|some)(?=[.!]|$)", re.IGNORECASE
)
_TWO_VERBS = re.compile(
    r"\b(?:was|were) (?:was|were|is|are|did|does|do|has|have|had|not (?:was|were))\b", re.IGNORECASE
)
_NO_NOUN = re.compile(
    r"\b(?:our|the|a|an|your|their) (?:at|of|by|from|with|into|our|the|a|an|your|their|one of|some)\b"
    r"|\bthe no\.|(?<!it)(?<!that)(?<!there)(?<!here)(?<!what)(?<!who)['’]s (?:the|an?|our|your)\b"
    r"|^not \w+ing \w+s\b|\b(?:i|we|they|he|she) (?:the|an?|our|your)\b",
    re.IGNORECASE,
)
_IT_IS_SOME = re.compile(r"^(?:it|this|that)(?:['’]s| is| was) some \w+(?<!thing)s\b", re.IGNORECASE)
_NOT_COMPARED = re.compile(r"\ban? (?:[a-z]{2,}er|more|less) than\b", re.IGNORECASE)
_VERB_APART = re.compile(
    r"^(?:one|an?|the|our|your|some|\d[\d.,]*) [^,;:]+, (?:was|were|is|are|has|have|had)\b", re.IGNORECASE
)
_BARE_NUMBER = re.compile(r"^\d{1,2} (?:was|were)\b", re.IGNORECASE)
_TWO_PREDICATES = re.compile(
    r"\b[a-z]+s (?:booked|made|ordered|placed|sent|sold|treated) (?:was|were|is|are)\b", re.IGNORECASE
)
_ENDS_OPEN = re.compile(
    r"\b(?:the|a|an|of|our|your|their|and|or|but|that|which|who|(?<!dealt )with|to|because|than)[.!]?$", re.I
)
_CUT_SHORT = re.compile(
    r"(?:^|[.!] )(?:(?! and )[^.!,;])* (?:is|are|was|were|has|have|does|do|did|can) not[.!](?=\s|$)"
)
"""A sentence that needs the one before it: "The gateway is not."."""
_TWO_ARTICLES = re.compile(
    r"\ban? (?:slowness|downtime|trouble|damage)\b|\blacks of\b"
    r"|\b(?:the|an?|our|your) (?:[a-z]+ )?(?:the|an?|our|your)\b",
    re.IGNORECASE,
)
_NEW_AFTER_SIGN = re.compile(r"[;,] (?:Our|The|We|Please|There|It|Follow)\b")
_OPEN_END = re.compile(r"[,;:–—-][.!?]?$")
_SENTENCE = re.compile(r"(?!\s)(?:[^.!?]|[.!?](?!\s|$))+[.!?]?")
_DID = re.compile(rf"\b(?:\w{{3,}}ed|{'|'.join(sorted(PASTS))})\b", re.IGNORECASE)
_GOES_ON = re.compile(r"(?:and|or|but|nor|then|which|whose|than)\b", re.IGNORECASE)
_IN_FRONT = re.compile(
    r"(?:(?P<thing>to|for|with|by|despite|during)|if|when|because|since|until|while|although|as|after|before|"
    r"in|on|at|from)\b"
    r"(?: (?!(?:is|are|was|were|has|have|had|can|could|cannot|will|did|does|please|use|call)\b)[^\s,;:]+)*[.!]?$",
    re.IGNORECASE,
)
_MANY_AS_ONE = re.compile(
    r"^(?:some|several|many|all|both|these|those)(?: of (?:the|our|your))? (?:[\w-]+ ){0,2}?[\w-]{2,}[^su\W]s "
    r"(?:was|is|has|does)\b",
    re.IGNORECASE,
)


def is_sound(made: str, own: str, language: Language) -> bool:
    """Whether a sentence has no flaw of form that the one it was made from has not."""
    for open_question in _NOT_CONFIRMED.finditer(made):
        clause = open_question["clause"].strip(" .!")
        if open_question.group() not in own and not is_whole(clause, language):
            return False
        if open_question.group() not in own and _REASON_INSIDE.search(clause):
            return False
        if open_question["link"] == "when" and (_NEVER_A_TIME.search(clause) or _NO_EVENT.search(clause)):
            return False
    for flaw in (_NO_MAIN_CLAUSE, _DISAGREES):
        if flaw.search(made) and not flaw.search(own):
            return False
    if _NO_FORM.search(made) and not _NO_FORM.search(own):
        return False
    if _OPEN_END.search(made) and not _OPEN_END.search(own):
        return False
    if not _is_part(own) and any(_is_part(part) for part in _SENTENCE.findall(made)):
        return False
    if _lone_signs(made) and not _lone_signs(own):
        return False
    if _OF_A_LIMIT.search(made) and _LIMITED.search(own) and not _LIMITED.search(made):
        return False
    flaws = (
        _TWO_ARTICLES,
        _NEW_AFTER_SIGN,
        _SIGNS_TOGETHER,
        _NAMES_A_SIGN,
        _GLUED,
        _TWO_VERBS,
        _NO_PREDICATE,
        _WORD_TWICE,
        _NO_QUESTION,
        _HOW_MANY_OF_WHAT,
        _ENDS_OPEN,
        _MANY_AS_ONE,
        _IT_IS_SOME,
        _NOT_COMPARED,
        _TWO_PREDICATES,
        _BARE_NUMBER,
        _VERB_APART,
        _NO_NOUN,
        _CUT_SHORT,
        _NOTHING_BEHIND,
    )
    return all(_found(flaw, made) <= _found(flaw, own) for flaw in flaws)


def _is_part(sentence: str) -> bool:
    """Whether a sentence begins in the middle, or has nothing but what should stand in front of another one."""
    if _GOES_ON.match(sentence):
        return True
    front = _IN_FRONT.match(sentence)
    return front is not None and (front["thing"] is not None or not _DID.search(sentence))


_NOT_CONFIRMED = re.compile(
    r"not confirmed yet (?P<link>when|whether) (?P<clause>.+?)(?:[.!](?=\s|$)|$)", re.IGNORECASE
)
_REASON_INSIDE = re.compile(
    r"\b(?:because|since(?! \d)|but|while) .* (?:is|are) the cause$|\bbut\b(?! (?:also|only)\b)"
)
"""A reason, or what stands against it, that is sure, in a clause of what is not confirmed."""
_NO_EVENT = re.compile(
    r"^[^,]*\b(?:goal|aim|plan|target|hope|idea|intention|promise|word)s?\b[^,]* (?:is|was|are)\b|"
    r"^[^,]*\b(?:is|are|will|run|runs|opens?|works?|reopens?)\b[^,]*, (?:we|you|they|it|i|"
    r"(?:the|our|your|this)(?= [^,]*\b(?:is|are|was|were|will|has|have|can)\b))\b|"
    r" are checking\b|\bmake (?:it|this|that) up\b|\b(?:plan|count|rely) (?:with|on) us\b| (?:says|said|swears|"
    r"(?:claims|promises|hopes)(?= (?:that|to|it|they|we|the)\b)|thinks|convinced|certain|sure)\b",
    re.IGNORECASE,
)
"""A clause that is about a plan, or what somebody says, and not about what is to come."""
_NO_MAIN_CLAUSE = re.compile(
    r"(?:^|[.!] )(?:When|If|Because|While|Until|Once|Unless|Although|By the time|As soon as) [^,.!?:]*(?:[.!]|$)"
)
_DISAGREES = re.compile(
    r"\bI (?:\w+ly )?are\b|\b(?:some|every|any)(?:one|body)(?: in \w+)? (?:have|are|were)\b", re.IGNORECASE
)
_NEVER_A_TIME = re.compile(r"\b(?:last time|never|nothing|ever|already|currently)\b|\bnow\b", re.IGNORECASE)
_NO_FORM = re.compile(rf"\b(?:{'|'.join(sorted(NO_FORMS))})\b", re.IGNORECASE)
"""Forms that irregular verbs don't have."""


def _found(flaw: re.Pattern[str], sentence: str) -> set[str]:
    return {match.group().lower() for match in flaw.finditer(sentence)}


def _lone_signs(sentence: str) -> bool:
    """Whether a bracket or a quotation mark has no partner."""
    return (
        sentence.count("(") != sentence.count(")")
        or sentence.count("[") != sentence.count("]")
        or sentence.count('"') % 2 == 1
        or sentence.count("“") != sentence.count("”")
    )


_AGREES = re.compile(
    r"^(?P<many>(?:some|several)(?: of (?:the|our|your))? (?:[\w-]+ ){0,2}?[\w-]{2,}[^su\W]s) (?P<one>was|is|has)\b",
    re.IGNORECASE,
)
_PLURAL = {"was": "were", "is": "are", "has": "have"}
_COPY_OF_ITSELF = re.compile(r"\b(?P<what>\w{4,}) (?P<copy>\w+) of (?P<the>the|our|a) (?P=what)\b", re.IGNORECASE)


def agreeing(sentence: str) -> str:
    """The sentence with a verb in the plural behind "some orders", and no noun on both sides of an "of"."""
    sentence = _COPY_OF_ITSELF.sub(lambda same: f"{same['copy']} of {same['the']} {same['what']}", sentence)
    return _AGREES.sub(lambda verb: f"{verb['many']} {_PLURAL[verb['one'].lower()]}", sentence)


def is_whole(clause: str, language: Language) -> bool:
    """Whether a clause can stand behind "when" or "whether": it begins with its subject, and its verb follows."""
    clause = _OF_A_THING.sub(r"\1", clause)
    first, _, rest = clause.partition(" ")
    if first.lower() in BASES and _OBJECT.match(rest):
        return False  # "get all of them back"
    if _NO_BEGINNING.match(clause) or _NO_END.search(clause):
        return False
    at = verb_at(clause, language)
    likely = _LIKELY_VERB.search(clause) if at in (None, 0) else None
    if at in (None, 0) and likely is None:
        return False
    subject = clause[: likely.start("verb") if likely else language.tag(clause).span(at or 0, (at or 0) + 1)[0]]
    if _OWN_VERB.search(subject):
        return False
    comma = _APART.search(subject)
    return comma is None or (_LISTED.search(subject) is not None and not has_verb(subject[: comma.start()], language))


_NO_BEGINNING = re.compile(
    r"(?:again|also|perhaps|maybe|probably|possibly|likely|then|so|now|here|still|already|just|only|please|not|"
    r"never|once|"
    r"and|or|but|nor|because|due|if|when|while|until|unless|that|which|who|whom|whose|to|of|by|from|with|for|in|"
    r"on|at|as|"
    r"give|wait|hold|bear|be|have|let|take|keep|rest|trust|believe|mark|is|are|was|were|will|can|could|must|may|"
    r"might|"
    r"should|does|did|has|had|(?:i|we|you)(?:['’]\w+)? (?:\w+ ){0,3}?(?:swear|promise|guarantee|assure|vow|"
    r"pledge|bet|"
    r"word|guess|reckon|suspect|assume)|the last time|whatever|whoever|however|nothing|never|no|let['’]s)\b",
    re.IGNORECASE,
)
"""How no clause begins: with a word that is left over, a request, an assurance, or a link."""

_OBJECT = re.compile(
    r"(?:all|an?|our|the|your|their|them|it|us|you|everything|everybody|everyone|to|back)\b", re.IGNORECASE
)
"""What stands behind a verb, and not behind the first word of a subject."""
_OF_A_THING = re.compile(r"\b((?!it|that|there|he|she|what|who|this|here|let)\w+)['’]s\b", re.IGNORECASE)
"""A possessive, which is no verb."""

_LIKELY_VERB = re.compile(
    r"\b[a-z]+[^s\W] (?P<verb>(?!its\b|was\b|this\b)[a-z]{2,}[^s\W]s)"
    r"(?= (?:again|only|also|the|an?|our|your|all|some|every|it|them|us|you|no|more|up|down|\d[\d.,]*)\b|$)"
)
"""What can only be a verb behind a thing, in no list: "the loss exceeds 200 pounds"."""

_NO_END = re.compile(
    r"\b(?:will|shall|would|can|could|to|the|an?|of|and|or|with|for|(?:will|would|shall) (?:be|have))$", re.IGNORECASE
)

_OWN_VERB = re.compile(
    r"^(?:(?!\b(?:that|which|who|whose)\b).)*?\b(?:is|are|was|were|has|have|had|does|did)\b", re.IGNORECASE
)

_APART = re.compile(r"[;–—]|[,:](?!\d)")

_LISTED = re.compile(r"\b(?:and|or) ", re.IGNORECASE)
