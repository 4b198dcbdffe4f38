"""A clause that blames somebody as what happened, without who did it: “The courier lost 14 parcels in Leeds” is
“14 parcels were lost in Leeds”."""

from __future__ import annotations

import re
from collections.abc import Iterator

from warroom.text.verbs import PARTICIPLES, PASTS
from warroom.wording.deeds import not_done
from warroom.wording.kinds import Audience
from warroom.wording.nouns import is_plural
from warroom.wording.passive import ALSO_DID, ARTICLE_OF, BEGINS_AS_THING, BY, PLAIN_WORD, WRONG, passive
from warroom.wording.what_happened import are_many, was_or_were

_IN = r"(?:[^,;]|,(?=\d))"
_BE = r"(?:is|are|was|were|has been|have been|had been|got|gets|being)"
_LY = r"(?:\w+ly |all |clearly |only |again |also )*"
_EFFECT = r"(?P<effect>(?:[^,;]|,(?=\d)){3,160}?)"
_ERROR = (
    r"(?:(?:human|operator|operating|user|manual|clerical|typing|handling|planning|\w+['’]s) )*"
    r"(?:errors?|mistakes?|carelessness|negligence|sloppiness|oversight|inattention|incompetence|slips?)"
)
_WHERE_IT_WAS = r"(?:during|while|when|in|at|on|between|of) (?:[^,;]|,(?=\d)){3,120}?"
_ERROR_DID = re.compile(
    rf"(?:an? |the |our |some |their |his |her )?{_ERROR}(?P<where> {_WHERE_IT_WAS})? (?:has |have |had )?"
    rf"(?P<did>(?!caused|resulted|led|meant)[a-z]{{3,14}}ed|cost (?P<us>us|them|you)|"
    rf"{'|'.join(sorted(PASTS - {'cost', 'led', 'meant'}))}) "
    r"(?P<what>(?:the|our|all|\d[\d.,]*|half|some)(?:[^,;]|,(?=\d)){2,120})",
    re.IGNORECASE,
)
_ERROR_IN = re.compile(
    rf"(?:[^,;]{{2,80}}? (?:is|was|were|be|came from) )?(?:an? |the |our |simply |just |plain |pure )*{_ERROR} "
    rf"(?P<where>(?:during|while|when|in|at) (?:[^,;]|,(?=\d)){{3,120}})",
    re.IGNORECASE,
)
_HAS_VERB = re.compile(r"\b(?:caused|cost|is|are|was|were|has|have|had|led|meant|resulted)\b", re.IGNORECASE)
_CAUSED_BY = re.compile(
    rf"{_EFFECT},? {_BE} {_LY}(?:{BY}) by\b(?:{_IN}*?)(?P<when> (?:at|on|since|from|between|during) {_IN}*\d{_IN}*)?$",
    re.I,
)
_OWED_TO = re.compile(
    rf"{_EFFECT},? (?:(?:is|are|was|were|has been|comes?|came|goes|went) )?{_LY}"
    r"(?:due to|because of|owing to|down to|on account of|thanks to|attributable to|a result of|the result of|"
    r"traced back to|the (?:sole )?(?:fault|doing|work|responsibility|mistake|error) of)\b.*$",
    re.IGNORECASE,
)
_OWED_FIRST = re.compile(
    rf"(?:after|as a result of|because of|due to|following|owing to|thanks to|through) [^,;]{{1,60}}?"
    rf"(?:\b{_ERROR}|\w+['’]s? \w+(?: (?:by|in|of) (?:the |our )?\w+)?),? "
    r"(?P<effect>(?:the|our|your|an?|all|both|some|half|\d)(?:[^,;]|,(?=\d))* (?:[^,;]|,(?=\d)){6,160})$",
    re.IGNORECASE,
)
"""What followed from somebody's error, where the error comes first."""
_FAULT_OF = re.compile(
    rf"{_EFFECT},? (?:is|are|was|were) {_LY}(?:{_IN}{{2,60}}['’]s?|(?:their|his|her|your)) "
    r"(?:own )?(?:fault|doing|mistake|error|responsibility|work)\b.*$",
    re.IGNORECASE,
)
_ON_THEM = re.compile(rf"{_EFFECT},? (?:is|are|was|were) {_LY}on (?:the |our )?[A-Za-z]\w+(?: \w+)?$", re.IGNORECASE)
_CAUSING = re.compile(
    r".{2,160}? (?:has |have |had )?(?:\w+ly )?(?:(?P<caused>caused|led to|resulted in|triggered|"
    r"brought about|provoked|"
    r"contributed to|produced|created)|(?:is|are|was|were) (?:\w+ly )?(?:at the root of|behind|"
    r"to blame for|at fault for|responsible for|"
    r"guilty of|"
    r"the (?:main |only |sole |real |root |true |direct |underlying |first )*"
    r"(?:cause|reason|origin|culprit|source) (?:of|for|behind)|"
    r"the (?:ones?|people|person|team) (?:to blame|responsible|at fault) for)) (?P<effect>[^;]{3,160})$",
    re.IGNORECASE,
)
_REASON_THAT = re.compile(
    r".{2,160}? (?:is|are|was|were) the (?:\w+ )?reason,? (?:that|why) (?P<clause>.{6,160})$|"
    r"the (?:\w+ )?reason,? (?:that|why) (?P<first>.{6,160}?) (?:is|are|was|were) .*$",
    re.IGNORECASE,
)
_CAUSE_OF = re.compile(
    r"the (?:\w+ )?(?:root )?(?:cause|reason|culprit|origin)s? (?:of|for|behind) (?P<effect>(?:[^,;]|"
    r",(?=\d)){3,120}?),? "
    r"(?:is|are|was|were|:) .*$|"
    r"(?:the (?:\w+ )?)?(?:ones?|people|persons?|team|blame|fault|"
    r"responsibility)(?: to blame)? for (?P<other>(?:[^,;]|,(?=\d)){3,120}?) "
    r"(?:is|are|was|were|lies|lay|rests|goes|falls) .*$|"
    r".{1,80}?\bblames? (?:[^,;]|,(?=\d)){2,60} for (?P<third>(?:[^,;]|,(?=\d)){3,120})$",
    re.IGNORECASE,
)
_SHOULD = re.compile(
    r".{2,120}? (?:(?:should|could|ought to|must|might) (?:easily |really |at least )?have (?:\w+ly )?|"
    r"(?:did not|didn['’]t|never|failed to|forgot to|had not|hadn['’]t) (?:even |bother to )?)"
    r"(?:known?|seen?|noticed?|realised?|realized?|spotted|spot|checked|check|understood|understand|"
    r"remembered|remember|"
    r"said|say|told|tell us|tell|mentioned|mention|caught|catch|reported|report|foreseen|foresee)"
    r"(?: (?:us|anybody|anyone|somebody))? that (?P<clause>.{6,200})$",
    re.IGNORECASE,
)
_CLEFT = re.compile(
    r"(?:it|this|that)(?:['’]s| is| was| must be| must have been) (?:\w+ly |only |again )?(?P<who>(?:[^,;]|"
    r",(?=\d)){1,60}?),? "
    r"(?:who|that|which) (?P<does>.+)$|"
    r"(?:the )?(?:root )?(?:cause|reason|culprit|problem|one)(?: (?:here|of this))?(?: is| was|"
    r":) (?P<name>(?:[^,;]|,(?=\d)){1,60}?),? "
    r"(?:who|that|which) (?P<did>.+)$",
    re.IGNORECASE,
)
_RELATIVE = re.compile(
    r"(?P<who>(?:the|an?|our|some|whoever|[A-Z][\w'’-]+)(?: [^\s,;]+){0,5}?),? (?:who|"
    r"that) (?P<does>(?:[^,;]|,(?=\d))+?)(?:, .*)?$"
)
_IN_A_TEAM = re.compile(
    r" (?:in|at|by|of) (?:(?:the|our|your|an?|one of our) )?(?:[\w'’-]+ ){0,3}?"
    r"(?:accounting|accounts|admin|billing|crew|department|desk|dispatch|division|engineering|finance|group|it|logistics|"
    r"marketing|office|operations|ops|payroll|procurement|sales|shift|squad|support|team|unit|vendor|supplier)s?",
    re.IGNORECASE,
)
"""Where an error was, if only those who made it are told of."""
_DONE_BY_US = re.compile(
    r"billed|booked|cancelled|charged|closed|debited|deleted|delivered|invoiced|lost|paid|printed|published|refunded|"
    r"sent|shipped|showed|sold|switched off|transferred",
    re.IGNORECASE,
)
_WENT_WRONG = re.compile(
    rf"(?P<who>.{{1,90}}?) (?:has |have |had )?(?:\w+ly |again |just )?(?:{WRONG}) (?P<what>.{{3,160}})$",
    re.IGNORECASE,
)
_SAT_ON = re.compile(
    r"[^,;]{1,60}? (?:has |have |had )?(?:sat|slept) on (?P<what>(?:the|our|an?|your) [^,;]{2,60}?)"
    r"(?P<rest>(?: (?:between|for|from|since|until) .*)?)$",
    re.IGNORECASE,
)
_HIT = re.compile(
    r"(?P<who>.{1,90}?) (?:has |have |had )?(?:\w+ly )?(?P<did>drove|crashed|ran|smashed|backed|reversed|"
    r"ploughed) into "
    r"(?P<what>.{3,90})$",
    re.IGNORECASE,
)
_THEMSELVES = re.compile(r" (?:themselves|himself|herself|itself|on (?:their|his|her|its) own)$", re.IGNORECASE)


def blameless(clause: str, audience: Audience) -> Iterator[str]:
    """What a clause tells, without who is said to have done it; the form that says most first.

    `clause` has no full stop. Each is a whole sentence without one, or "" where the clause has another form.
    """
    clause = _THEMSELVES.sub("", _ASIDE.sub("", _APPOSITION.sub("", clause)))
    for pattern in (_REASON_THAT, _SHOULD):
        if found := pattern.match(clause):
            yield next(filter(None, found.groupdict().values()))
    if first := _OWED_FIRST.match(clause):
        yield first["effect"]
    if error := _ERROR_DID.fullmatch(clause):
        did, where = "lost" if error["us"] else error["did"], error["where"] or ""
        if _IN_A_TEAM.fullmatch(where):
            if audience == "customers" and _DONE_BY_US.fullmatch(did):
                yield f"We {did} {error['what']}"
            where = ""
        happened = passive(f"Somebody {did} {error['what']}")
        yield f"{happened}{where}" if happened else ""
    elif (error := _ERROR_IN.fullmatch(clause)) and not _HAS_VERB.search(error["where"]):
        went = f"went wrong {error['where']}"
        yield f"We are reviewing what {went}" if audience == "customers" else f"What {went} is under review"
    for pattern in (_CAUSED_BY, _FAULT_OF, _CAUSE_OF, _CAUSING, _ON_THEM, _OWED_TO):
        if found := pattern.match(clause):
            groups = found.groupdict()
            effect = next((groups[name] for name in ("effect", "other", "third") if groups.get(name)), "")
            if effect:
                yield _of_effect(
                    effect + (groups.get("when") or ""), (groups.get("caused") or "caused").lower(), audience
                )
    yield from _by_mistake(clause)
    forms = [clause]
    told, comma, rest = clause.partition(", ")
    if left := not_done(told).rstrip("."):
        yield f"{left}{comma}{rest}"
    if cleft := _CLEFT.match(clause):
        forms.insert(0, f"Somebody {cleft['does'] or cleft['did']}")
    elif relative := _RELATIVE.match(clause):
        forms.append(f"Somebody {relative['does']}")
    for form in forms:
        if lay := _SAT_ON.match(form):
            yield f"{_named(lay['what'])} {was_or_were(lay['what'])} not dealt with{lay['rest']}"
        if wrong := _WENT_WRONG.match(form):
            yield f"What went wrong with {_named(_AGAIN.sub('', wrong['what']))} is under review"
        happened = passive(form)
        yield happened
        yield LEFT_SO.sub(r"\1 ", happened) if LEFT_SO.search(happened) else ""
        yield from second_deed(form)
        if hit := _HIT.match(form):
            yield f"{_named(hit['what'])} {was_or_were(hit['what'])} hit"
        if untold := _WITHOUT_A_WORD.search(form):
            yield passive(form[: untold.start()])


_WITHOUT_A_WORD = re.compile(r",? without (?:asking|informing|telling|warning)\b[^,;]*$", re.IGNORECASE)


def _by_mistake(clause: str) -> Iterator[str]:
    """What was done without the words that it was in error, which say that somebody erred."""
    was = _IN_ERROR.search(clause)
    if was and _WAS.search(clause, 0, was.end()):
        done = f"{clause[: was.start()]}{clause[was.end() :]}".strip(" ,")
        yield f"{done}, which should not have happened"
        yield done


_IN_ERROR = re.compile(
    r",? \b(?:accidentally|mistakenly|erroneously|inadvertently|by (?:a |an )?(?:mistake|accident|error)|in error)\b",
    re.I,
)
_WAS = re.compile(r"\b(?:was|were|has been|have been|had been|got)\b", re.IGNORECASE)
_APPOSITION = re.compile(r", (?:(?:the|our|an?) )?[A-Z](?:[^,;]|,(?=\d)){1,40}(?=$|,(?! and\b))")
"""A name beside the thing that has it: "our contractor, Nordhandling"."""
_ASIDE = re.compile(r", (?:who|which) (?:[^,;]|,(?=\d)){3,90},(?= )")
_MOCKING = re.compile(
    r"^(?:(?:typical|of course|as (?:usual|always|ever)|great|brilliant|naturally|obviously|clearly|once again|"
    r"yet again|"
    r"surprise|wow|guess what|no surprise)\b[,:!]? )+",
    re.IGNORECASE,
)
_LAST_ASIDE = re.compile(r", (?:who|which) [^,;]*$")


def deed(sentence: str, audience: Audience) -> Iterator[str]:
    """What was done or not, from a sentence that only points at who did it: "The cause was Jo, who cut the cable"."""
    main = _LAST_ASIDE.sub("", sentence.rstrip(".! "))
    if (cause := _CAUSE_OF.match(main)) and (effect := next(filter(None, cause.groupdict().values()), "")):
        yield _of_effect(effect, "caused", audience)
    if cleft := _CLEFT.match(sentence.rstrip(".! ")):
        form = f"Somebody {cleft['does'] or cleft['did']}"
        yield not_done(form)
        yield passive(form)
    if (plain := _MOCKING.sub("", main)) != main:
        yield from blameless(plain, audience)
    if "," not in main:
        yield from second_deed(main)


def _of_effect(effect: str, caused: str, audience: Audience) -> str:
    """What is asked about an effect: a thing that happened, or a clause of its own."""
    effect = effect.strip(" ,")
    if _CLAUSE.search(effect):
        return effect
    lower = effect[0].lower() + effect[1:] if PLAIN_WORD.match(effect) else effect
    return (
        f"We are reviewing what {caused} {lower}"
        if audience == "customers"
        else f"What {caused} {lower} is under review"
    )


_CLAUSE = re.compile(
    rf"^(?!(?:the fact that|that)\b){_IN}*? (?:is|are|was|were|has|have|had|can['’]?t?|cannot|could|did|"
    rf"does|do|will)\b|"
    r"^\S+ [^,;]+? (?:failed|stopped)\b",
    re.I,
)
LEFT_SO = re.compile(
    r"\b(was|were) (?:left|kept) (?=(?:wide |half )?(?:open|ajar|running|unlocked|on|off|un\w+|empty)\b)"
)
"""What says that somebody did it: "the door was left open" and not "was open"."""


def second_deed(clause: str) -> Iterator[str]:
    """What somebody also did, first beside what they did before it: "He was asleep and missed two pages" is "two pages
    were missed"."""
    for more in ALSO_DID.finditer(clause):
        happened = passive(f"Somebody {clause[more.end() :]}")
        if BEGINS_AS_THING.match(happened):
            before = passive(clause[: more.start()])
            if BEGINS_AS_THING.match(before):
                yield f"{before} and {happened}"
            yield happened


_AGAIN = re.compile(r",? (?:again|once more|as (?:usual|always)|big time|badly|completely)$", re.IGNORECASE)


def _named(what: str) -> str:
    """A thing with an article that belongs to nobody."""
    what = ARTICLE_OF.sub("the ", what.strip())
    return f"the {what}" if re.match(r"[a-z]+$", what) and not is_plural(what) else what


_WOULD = re.compile(
    r"(?:if .{3,160}?,|had .{3,160}?,) (?:then )?(?P<what>(?:[^,;]|,(?=\d)){2,120}?) (?P<would>would|could|might) "
    r"(?P<still>still )?(?P<no>not |never |n['’]t )?(?P<have>have been|have|be) (?P<rest>(?:[^,;]|,(?=\d)){2,120})$|"
    r"(?P<what2>(?:[^,;]|,(?=\d)){2,120}?) (?P<would2>would|could|might) (?P<still2>still )?(?P<no2>not |"
    r"never )?(?P<have2>have been|have|be) "
    r"(?P<rest2>(?:[^,;]|,(?=\d)){2,120}?),? (?:if|had) .{3,160}$",
    re.IGNORECASE,
)


def under_review(happened: str, audience: Audience) -> str:
    """How something came to happen as what is asked, where that alone would say too little; "" for another form."""
    if not _WAS_DONE.match(happened):
        return ""
    what = happened[0].lower() + happened[1:] if PLAIN_WORD.match(happened) else happened
    return f"We are reviewing how {what}" if audience == "customers" else f"How {what} is under review"


_WAS_DONE = re.compile(
    r"(?i:the|an?|our|your|all|both|every|two|three|\d[\d.,]*) [^,;:]+ (?:was|were) (?!not\b)[^,;:]+$"
)


def _what_happened(would: re.Match[str]) -> str:
    """What was the case: "The pump would have been there" is "The pump was not there"."""
    named = would.groupdict()
    two = "2" if named["what2"] else ""
    what, have, rest = (named[f"{name}{two}"] for name in ("what", "have", "rest"))
    no = "" if named[f"no{two}"] else "not "
    verb = was_or_were(what) if have == "have been" else ("are" if are_many(what) else "is") if have == "be" else ""
    if not verb and no:
        return ""
    if named[f"still{two}"] and verb in ("is", "are"):
        return f"{what} {verb} no longer {rest}"
    if named[f"would{two}"].lower() == "could" and have == "have been" and no:
        return f"{what} {verb} not {rest}"
    return f"{what} {verb} {no}{rest}" if verb else f"{what} {rest}"


def counterfactual(sentence: str) -> Iterator[str]:
    """What was the case, from what would not have been if somebody had done something, the form that says most first;
    none for another form."""
    if would := _WOULD.match(sentence.rstrip(".! ")):
        happened = _what_happened(would)
        if happened and (left := _IF_HAD.match(sentence)):
            yield f"{left['what']} {was_or_were(left['what'])} not {left['done']}, and {happened}"
        yield happened


_IF_HAD = re.compile(
    r"(?:if (?:[^,;]{2,60}?) had|had (?:[^,;]{2,60}?)) (?:only |just |properly )?(?P<done>[a-z]{2,14}ed|"
    rf"{'|'.join(sorted(PARTICIPLES))}) (?P<what>(?:the|our|an?|all|both) [^,;]{{2,60}}?), ",
    re.IGNORECASE,
)
