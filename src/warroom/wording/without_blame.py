"""A clause that blames somebody as what happened: who did it goes, and what it did to whom stays."""

from __future__ import annotations

import re
from collections.abc import Iterator

from warroom.text.verbs import PASTS, participle_of
from warroom.wording.deeds import AIM, MOVED, not_done
from warroom.wording.kinds import Audience
from warroom.wording.nouns import is_plural
from warroom.wording.what_happened import are_many, let_happen, not_either, was_or_were

_IN = r"(?:[^,;]|,(?=\d))"
_BY = r"caused|triggered|brought about|brought on|provoked|produced|created|introduced|made worse|started"
_BE = r"(?:is|are|was|were|has been|have been|had been|got|gets|being)"
_LY = r"(?:\w+ly |all |clearly |only |again |also )*"
_EFFECT = r"(?P<effect>(?:[^,;]|,(?=\d)){3,160}?)"
_CAUSED_BY = re.compile(
    rf"{_EFFECT},? {_BE} {_LY}(?:{_BY}) by\b(?:{_IN}*?)(?P<when> (?:at|on|since|from|between) {_IN}*\d{_IN}*)?$", re.I
)
_OWED_TO = re.compile(
    rf"{_EFFECT},? (?:(?:is|are|was|were|has been|comes?|came|goes|went) )?{_LY}"
    r"(?:due to|because of|owing to|down to|on account of|thanks to|attributable to|a result of|the result of|"
    r"traced back to|the (?:sole )?(?:fault|doing|work|responsibility|mistake|error) of)\b.*$",
    re.IGNORECASE,
)
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
_WOULD = re.compile(
    r"(?:if .{3,160}?,|had .{3,160}?,) (?:then )?(?P<what>(?:[^,;]|,(?=\d)){2,120}?) (?P<would>would|could|might) "
    r"(?P<no>not |never |n['’]t )?(?P<have>have been|have|be) (?P<rest>(?:[^,;]|,(?=\d)){2,120})$|"
    r"(?P<what2>(?:[^,;]|,(?=\d)){2,120}?) (?P<would2>would|could|might) (?P<no2>not |"
    r"never )?(?P<have2>have been|have|be) "
    r"(?P<rest2>(?:[^,;]|,(?=\d)){2,120}?),? (?:if|had) .{3,160}$",
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
_WRONG = (
    r"(?:screwed|messed|mucked|fucked|cocked|stuffed|ballsed) up|screwed|botched|bungled|fumbled|ruined|"
    r"wrecked|spoiled|"
    r"spoilt|mishandled|mismanaged|blew|murdered|butchered|sabotaged|muddled|trashed|broke down on|"
    r"blundered (?:with|on|in)|"
    r"made a (?:\w+ )*?(?:mess|hash) of|dropped the ball (?:on|with)|let us down (?:on|with)"
)
_WENT_WRONG = re.compile(
    rf"(?P<who>.{{1,90}}?) (?:has |have |had )?(?:\w+ly |again |just )?(?:{_WRONG}) (?P<what>.{{3,160}})$",
    re.IGNORECASE,
)
_HIT = re.compile(
    r"(?P<who>.{1,90}?) (?:has |have |had )?(?:\w+ly )?(?P<did>drove|crashed|ran|smashed|backed|reversed|"
    r"ploughed) into "
    r"(?P<what>.{3,90})$",
    re.IGNORECASE,
)
_IN_OTHER_WORDS = {
    "mistook": "confused", "overlooked": "not noticed", "ignored": "not acted on", "neglected": "not looked after",
    "killed": "stopped", "hid": "not shown", "swallowed": "lost",
}  # fmt: skip
"""What is said of a thing instead of the participle."""
_NEVER_DONE_TO = {
    "was", "had", "did", "got", "said", "thought", "went", "came", "sat", "lay", "stood", "slept", "fell", "rose",
    "swam", "began", "became", "grew", "overslept", "dealt", "fought", "sprang", "knew", "quit", "understood", "woke",
    "spoke", "met", "felt", "heard",
}  # fmt: skip
"""Verbs of which nothing is the object that could be said alone: "sat on the contract"."""
_IRREGULARS = "|".join(sorted(PASTS - _NEVER_DONE_TO))
_PARTICLE = "up|off|out|down|over|away|on|in"
_DID = re.compile(
    rf"(?P<who>[^;]{{1,90}}?) (?:has |have |had )?(?:\w+ly |again |just )?"
    rf"(?P<did>(?!(?:need|feed|exceed|speed|bleed|breed|indeed|used to)\b)(?:[a-z]{{2,14}}ed|"
    rf"{_IRREGULARS})(?: (?:{_PARTICLE}))?) "
    r"(?P<what>(?:the|a|an|our|your|their|his|her|its|all|some|this|that|these|those|both|every|each|two|"
    r"three|four|five|"
    r"six|seven|eight|nine|ten|dozens|hundreds|thousands|several|many|half|\d[\d.,]*)\b[^;]*|"
    r"(?!(?:it|them|this|that|us|you|me|off|down|out|up|in|by|to|at|for|on|from|with|not|and|too|"
    r"so)\b)[a-z][\w-]{2,20}"
    r"(?:(?: (?:at|in|on|since|for|again|yesterday|today|last|this|twice|by mistake|by accident)\b|,)[^;]*)?)$"
)
_TAIL = re.compile(
    r",? (?:in|at|on|for|from|since|between|during|before|after|to|with|without|by|into|onto|again|twice|"
    r"yesterday|today|"
    r"last|this|when|while|until|under|over|through|against|across|too (?:early|late|often|soon|fast|slowly)|"
    r"upside down|online(?= too\b|$))\b"
)
_OF_THEM = re.compile(r"\b(?:his|her|their|himself|herself|themselves|he|she|they|him|them)\b", re.IGNORECASE)
_WITH_WHAT = re.compile(
    r",? (?:with|by|through|in) (?:his|her|their|its|an?|the|some) (?:[^,;]|,(?=\d))*$", re.IGNORECASE
)
_NOT_WHO = re.compile(
    r"\b(?:nobody|no one|noone|none|neither|hardly|should|could|would|ought|might|must|may|to|which|who|whoever|that|"
    r"because|when|if|and|but|not|"
    r"never|was|were|is|are|has|have|did|can)\b|n['’]t\b",
    re.I,
)
_ARTICLE_OF = re.compile(r"\b(?:his|her|their|its) (?:own )?", re.IGNORECASE)


_THEMSELVES = re.compile(r" (?:themselves|himself|herself|itself|on (?:their|his|her|its) own)$", re.IGNORECASE)


def blameless(clause: str, audience: Audience) -> Iterator[str]:
    """What a clause tells, without who is said to have done it; the form that says most first.

    `clause` has no full stop. Each is a whole sentence without one, or "" where the clause has another form.
    """
    clause = _THEMSELVES.sub("", _ASIDE.sub("", _APPOSITION.sub("", clause)))
    for pattern in (_REASON_THAT, _SHOULD):
        if found := pattern.match(clause):
            yield next(filter(None, found.groupdict().values()))
    for pattern in (_CAUSED_BY, _FAULT_OF, _CAUSE_OF, _CAUSING, _ON_THEM, _OWED_TO):
        if found := pattern.match(clause):
            groups = found.groupdict()
            effect = next((groups[name] for name in ("effect", "other", "third") if groups.get(name)), "")
            if effect:
                yield _of_effect(
                    effect + (groups.get("when") or ""), (groups.get("caused") or "caused").lower(), audience
                )
    forms = [clause]
    told, comma, rest = clause.partition(", ")
    if left := not_done(told).rstrip("."):
        yield f"{left}{comma}{rest}"
    if cleft := _CLEFT.match(clause):
        forms.insert(0, f"Somebody {cleft['does'] or cleft['did']}")
    elif relative := _RELATIVE.match(clause):
        forms.append(f"Somebody {relative['does']}")
    for form in forms:
        if wrong := _WENT_WRONG.match(form):
            yield f"What went wrong with {_named(_AGAIN.sub('', wrong['what']))} is under review"
        happened = passive(form)
        yield happened
        yield _LEFT_SO.sub(r"\1 ", happened) if _LEFT_SO.search(happened) else ""
        yield from second_deed(form)
        if hit := _HIT.match(form):
            yield f"{_named(hit['what'])} {was_or_were(hit['what'])} hit"


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


def under_review(happened: str, audience: Audience) -> str:
    """How something came to happen as what is asked, where that alone would say too little; "" for another form."""
    if not _WAS_DONE.match(happened):
        return ""
    what = happened[0].lower() + happened[1:] if _PLAIN_WORD.match(happened) else happened
    return f"We are reviewing how {what}" if audience == "customers" else f"How {what} is under review"


_WAS_DONE = re.compile(
    r"(?i:the|an?|our|your|all|both|every|two|three|\d[\d.,]*) [^,;:]+ (?:was|were) (?!not\b)[^,;:]+$"
)


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
    lower = effect[0].lower() + effect[1:] if _PLAIN_WORD.match(effect) else effect
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
_PLAIN_WORD = re.compile(
    r"(?:The|A|An|This|That|These|Those|Our|Your|All|Some|Both|Every|Two|Three|Last|Yesterday['’]s|Today['’]s)\b"
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
    if named[f"would{two}"].lower() == "could" and have == "have been" and no:
        return f"{what} {verb} not {rest}"
    return f"{what} {verb} {no}{rest}" if verb else f"{what} {rest}"


_DOING = re.compile(r"\b(?:before|after|while|when|by|without|instead of) \w+ing\b")
"""Something that somebody did, and not the thing that it was done to."""
_GOES_ON = re.compile(r" (?:did|does|do|is|are|was|were|has|have|had|will|would|can|could|not|never)\b")
_NEW_CLAUSE = re.compile(r",? (?:and|but|so|because|since(?! \d)|while|although|though|where|which is why)\b")
_OFFLINE = re.compile(r" (?:offline|down|out of service)\b.*$")
_LINKED = re.compile(r"[,;]| (?:and|but|so|that|which|who|because|since|as|when|while|until|before|after|where|if)\b")


LEFT = {"left", "kept", "set", "held", "found", "made", "turned", "forced", "wedged", "propped", "jammed", "locked"}
STATE = re.compile(
    r" (?:(?:wide|half|fully|partly|completely|badly) )?(?:open|closed|shut|ajar|unlocked|locked|running|idling|"
    r"on|off|"
    r"empty|full|dirty|loose|blank|exposed|useless|unusable|offline|cold|wet|un(?:attended|guarded|plugged|protected|"
    r"secured|checked|covered|tested|watched|manned|signed))"
    r"(?: (?:over ?night|all (?:night|day|morning|weekend)|again))*$",
    re.IGNORECASE,
)
"""The state that something was left in: it belongs behind the verb."""
_LEFT_SO = re.compile(
    r"\b(was|were) (?:left|kept) (?=(?:wide |half )?(?:open|ajar|running|unlocked|on|off|un\w+|empty)\b)"
)
"""What says that somebody did it: "the door was left open" and not "was open"."""


_AND_NOT = re.compile(r",? (?:and|but|so) (?:then |also |even )?(?:did|had|was|never|has|would|could)\b", re.IGNORECASE)
_HOW = re.compile(
    r" (?:overnight|(?!(?:only|early|daily|weekly|monthly|supply|family|assembly|reply|july)\b)\w{3,}ly)$",
    re.IGNORECASE,
)
_DUE = re.compile(r"\b(?:deadline|date|target|appointment)s?$", re.IGNORECASE)


def second_deed(clause: str) -> Iterator[str]:
    """What somebody also did, first beside what they did before it: "He was asleep and missed two pages" is "two pages
    were missed"."""
    for more in _ALSO_DID.finditer(clause):
        happened = passive(f"Somebody {clause[more.end() :]}")
        if _BEGINS_AS_THING.match(happened):
            before = passive(clause[: more.start()])
            if _BEGINS_AS_THING.match(before):
                yield f"{before} and {happened}"
            yield happened


_BEGINS_AS_THING = re.compile(
    r"(?:the|an?|our|your|all|both|every|each|one|two|three|four|five|six|seven|eight|nine|ten|several|many|some|"
    r"\d[\d.,]*) "
    r"(?!of (?:them|it|these|those)\b)",
    re.IGNORECASE,
)
_ALSO_DID = re.compile(rf",? and (?:then |so |therefore |just |simply )*(?=(?:[a-z]{{2,14}}ed|{_IRREGULARS})\b)")


def passive(clause: str) -> str:
    """What was done to what: "The crew lost 14 parcels in Leeds" is "14 parcels were lost in Leeds"."""
    if (nobody := _NOBODY.match(clause)) and not _LINKED.search(clause):
        what = _OF_US.get(nobody["what"].lower(), nobody["what"])
        was = "were" if what in ("we", "they") else was_or_were(what)
        return f"{what} {was} not {nobody['how'] or ''}{nobody['did']}{nobody['rest']}"
    if to_it := _done_to_it(clause):
        return to_it
    deed = _DID.match(clause)
    if deed is None or _NOT_WHO.search(deed["who"]):
        return ""
    did, _, particle = deed["did"].lower().partition(" ")
    done = _IN_OTHER_WORDS.get(did) or participle_of(did)
    if not done:
        return ""
    what = _WITH_WHAT.sub("", deed["what"]) if _OF_THEM.search(deed["what"]) else deed["what"]
    what = _ARTICLE_OF.sub("the ", what)
    if (
        _DOING.search(what)
        or (AIM.search(what) and did not in MOVED)
        or _GOES_ON.search(_LINKED.split(what, maxsplit=1)[0])
    ):
        return ""
    if _OF_THEM.search(what):
        return ""
    link = _NEW_CLAUSE.search(what)
    what, more = (what[: link.start()], what[link.start() :]) if link else (what, "")
    if also := _ALSO_DID.match(more):
        happened = passive(f"Somebody {more[also.end() :]}")
        more = f" and {happened}" if _BEGINS_AS_THING.match(happened) else ""
    elif _AND_NOT.match(more):
        more = not_either(more)
    if (offline := _OFFLINE.search(what)) and did in ("took", "brought", "knocked"):
        return f"{what[: offline.start()]} went{offline.group()}{more}"
    tail = _TAIL.search(what, what.find(" ") + 1)
    head, rest = (what[: tail.start()], what[tail.start() :]) if tail else (what, "")
    if head.endswith(" not") or rest.endswith((" with it", " with them")):
        return ""
    if rest.startswith(" on ") and done.endswith(" on"):  # "the warning on the screen was not acted on"
        head, rest = f"{head}{rest}", ""
    if how := _HOW.search(head):  # "your address was entered incorrectly"
        head, rest = head[: how.start()], f"{how.group()}{rest}"
    if did == "burst":
        return f"{head} burst{rest}{more}"  # and not "was burst"
    if did == "let":
        return let_happen(head, rest + more)
    if done == "not noticed" and _DUE.search(head):
        done = "missed"
    if (state := STATE.search(head)) and did in LEFT:  # "left the door open"
        head, rest = head[: state.start()], f"{state.group()}{rest}"
    if did in LEFT and (began := STATE.match(rest)) and began.group().strip() not in ("on", "off", "in", "out"):
        return f"{head} {was_or_were(head)} {done}{rest}{more}"
    return f"{head} {was_or_were(head)} {done}{' ' + particle if particle else ''}{rest}{more}"


def _done_to_it(clause: str) -> str:
    """What was done to what a clause before this one names: "the cleaner unplugged it" is "it was unplugged"."""
    deed = _DID_IT.match(clause)
    done = participle_of(deed["did"].lower()) if deed and not _NOT_WHO.search(deed["who"]) else ""
    if deed is None or not done:
        return ""
    what = "they were" if deed["what"].lower() == "them" else "it was"
    return f"{what} {done}{deed['how'] or ''}{deed['when'] or ''}"


_DID_IT = re.compile(
    rf"(?P<who>[^;]{{1,60}}?) (?:had )?(?:\w+ly )?(?P<did>(?!(?:{_BY}|made)\b)(?:[a-z]{{3,14}}ed|{_IRREGULARS})) "
    rf"(?P<what>it|them)"
    rf"(?P<how> (?:{_PARTICLE}))?(?P<when> (?:at|since|on|before|after|during|for|by|in|too|twice) [^,;]*)?"
    r"(?:,? and (?:told|warned|asked|informed) (?:nobody|no one|us|me)\b.*)?$",
    re.IGNORECASE,
)
_NOBODY = re.compile(
    r"(?:nobody|no one|noone)(?: (?:had|has|have|ever|even|\w+ly))* (?P<how>(?:load|stress|smoke|pen) )?"
    r"(?P<did>tested|checked|reviewed|verified|rehearsed|told|warned|asked|informed) "
    r"(?P<what>it|this|that|them|us|(?:the|our|your|this|that|these|those)(?: (?!(?:before|about|under|for|in|on|at|"
    r"with|against|of)\b)[\w-]+){1,4})(?P<rest>(?: (?:before|about|under|for|in|on|at|with|against|of) .*)?)$",
    re.IGNORECASE,
)
"""`Nobody tested the firmware under load`, which is no deed: without who it was, it would say that it was tested."""
_OF_US = {"us": "we", "them": "they"}
_AGAIN = re.compile(r",? (?:again|once more|as (?:usual|always)|big time|badly|completely)$", re.IGNORECASE)


def counterfactual(sentence: str) -> str:
    """What was the case, from what would not have been if somebody had done something; "" for another form."""
    would = _WOULD.match(sentence.rstrip(".! "))
    return _what_happened(would) if would else ""


def _named(what: str) -> str:
    """A thing with an article that belongs to nobody."""
    what = _ARTICLE_OF.sub("the ", what.strip())
    return f"the {what}" if re.match(r"[a-z]+$", what) and not is_plural(what) else what
