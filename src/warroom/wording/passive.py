"""What was done to what, without who did it: “The crew lost 14 parcels” is “14 parcels were lost”."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from warroom.text.verbs import PARTICIPLES, PASTS, participle_of
from warroom.wording.by_place import said_digits
from warroom.wording.nouns import inside
from warroom.wording.what_happened import let_happen, not_either, was_or_were

if TYPE_CHECKING:
    from warroom.wording.language import Language

BY = r"caused|triggered|brought about|brought on|provoked|produced|created|introduced|made worse|started"
MOVED = {
    "changed", "deployed", "merged", "migrated", "moved", "published", "pushed", "released", "sent", "set", "shipped",
    "uploaded",
}  # fmt: skip
AIM = re.compile(
    r" to (?!(?:the|our|your|their|a|an|all|each|every|these|those|production|prod|live|customers|users|orders|one|two|"
    r"three|four|five|six|seven|eight|nine|ten|eleven|twelve|some|several|many|most|both|half|dozens|hundreds|night)\b)"
    r"[a-z]+\b"
)
_IN_OTHER_WORDS = {
    "fat-fingered": "not entered correctly", "mistyped": "not entered correctly", "mis-typed": "not entered correctly",
    "mis-keyed": "not entered correctly", "miskeyed": "not entered correctly", "rubber-stamped": "not reviewed",
    "mislaid": "lost", "mistook": "confused",
    "overlooked": "not seen", "ignored": "not acted on", "neglected": "not looked after",
    "killed": "stopped", "hid": "not shown", "swallowed": "lost", "misread": "not read correctly",
    "misjudged": "not judged correctly", "miscounted": "not counted correctly", "misheard": "not heard correctly",
    "miscalculated": "not calculated correctly", "misinterpreted": "not understood correctly",
    "misunderstood": "not understood correctly",
}  # fmt: skip
"""What is said of a thing instead of the participle."""
_ANY_PAST = "|".join(sorted(PASTS - {"was", "had", "did"}))
_NEVER_DONE_TO = {
    "was", "had", "did", "got", "said", "thought", "went", "came", "sat", "lay", "stood", "slept", "fell", "rose",
    "swam", "began", "became", "grew", "overslept", "dealt", "fought", "sprang", "knew", "quit", "understood", "woke",
    "spoke", "met", "felt", "heard",
}  # fmt: skip
"""Verbs of which nothing is the object that could be said alone: "sat on the contract"."""
_IRREGULARS = "|".join(sorted(PASTS - _NEVER_DONE_TO))
_PARTICLE = "up|off|out|down|over|away|on|in"
NUMBERED = (
    r"(?!(?:about|around|after|at|before|by|for|from|in|of|on|only|over|to|until|with)\b)(?:[a-z-]+ )?"
    r"(?!(?:about|around|at|by|for|from|in|of|on|only|over|to|until|with)\b)[a-z]{3,} "
    r"(?:\d{1,4}|(?-i:[A-Z]\d{0,3}))(?![\w:.,]*\d)\b(?! ?%)"
)
"""A thing with a number or a letter for its name: "boiler 2"."""
_DID = re.compile(
    rf"(?P<who>[^;]{{1,90}}?) (?:has |have |had )?(?:\w+ly |again |just )?"
    rf"(?P<did>(?!(?:need|feed|exceed|speed|bleed|breed|indeed|used to)\b)(?:(?:[a-z]{{2,6}}-)?[a-z]{{2,14}}ed|"
    rf"{_IRREGULARS})(?: (?:{_PARTICLE}))?) "
    r"(?P<what>(?:the|a|an|our|your|their|his|her|its|all|some|this|that|these|those|both|every|each|two|"
    r"three|four|five|"
    r"six|seven|eight|nine|ten|dozens|hundreds|thousands|several|many|half|\d[\d.,]*)\b[^;]*|"
    rf"{NUMBERED}(?:[ ,][^;]*)?|"
    r"(?:us|me|[a-z]{3,}s) (?:the|an?|no|too)\b[^;]*|"
    r"(?!(?:it|them|this|that|us|you|me|off|down|out|up|in|by|to|at|for|on|from|with|not|and|too|"
    r"so)\b)[a-z][\w-]{2,20}"
    r"(?:(?: (?:at|in|on|since|for|again|yesterday|today|last|this|twice|by mistake|by accident)\b|,)[^;]*)?)$"
)
_TAIL = re.compile(
    r",? (?:(?:in|at|on|from|since|between|during|before|after|to|with|without|by|into|onto|again|twice|"
    r"a (?:second|third) time|yesterday|"
    r"today|last|this|when|while|until|under|over|through|against|across|"
    r"instead of|too (?:early|late|often|soon|fast|slowly)|"
    r"upside down|online(?= too\b|$))\b|for (?=\d|an?\b|about|around|free|good|half|hours|days|weeks|months|no\b|"
    r"the (?:whole|entire|rest|first|last)|two|three|several|some))"
)
_OF_THE_THING = re.compile(r" (?:at|for|in|of|on) (?:the |our |a )?[A-Za-z][^,;]*$")
"""Where the thing is that somebody saw or did not see, behind it."""
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
ARTICLE_OF = re.compile(r"\b(?:his|her|their|its) (?:own )?", re.IGNORECASE)
PLAIN_WORD = re.compile(
    r"(?:The|A|An|This|That|These|Those|Our|Your|All|Some|Both|Every|Two|Three|Last|Yesterday['’]s|Today['’]s)\b"
)
_DOING = re.compile(r"\b(?:before|after|while|when|by|without|instead of) \w+ing\b")
"""Something that somebody did, and not the thing that it was done to."""
_GOES_ON = re.compile(r" (?:did|does|do|is|are|was|were|has|have|had|will|would|can|could|not|never)\b")
_LIST_AT_END = re.compile(r"^[^,;]* (?:and|or) (?:(?-i:[A-Z][\w'’-]*)|(?:our|the|your) [\w-]+|\d+)$", re.IGNORECASE)
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
_AND_NOT = re.compile(r",? (?:and|but|so) (?:then |also |even )?(?:did|had|was|never|has|would|could)\b", re.IGNORECASE)
_HOW = re.compile(
    r" (?:overnight|(?!(?:only|early|daily|weekly|monthly|supply|family|assembly|reply|july)\b)\w{3,}ly)$",
    re.IGNORECASE,
)
_BY_HOW_MUCH = re.compile(
    r" (?:about |almost |nearly |some )?(?:\d[\d.,]*|an?|two|three|four|five|six|ten|twenty|several|many)"
    r" (?:seconds?|minutes?|hours?|days?|weeks?|months?|years?)$",
    re.IGNORECASE,
)
_COMPARED = re.compile(r" (?:too |later?\b|early\b|earlier\b|ago\b|after\b|before\b)", re.IGNORECASE)
_DUE = re.compile(r"\b(?:deadline|date|target|appointment)s?$", re.IGNORECASE)
BEGINS_AS_THING = re.compile(
    r"(?:the|an?|our|your|all|both|every|each|one|two|three|four|five|six|seven|eight|nine|ten|several|many|some|"
    r"\d[\d.,]*) "
    r"(?!of (?:them|it|these|those)\b)",
    re.IGNORECASE,
)
ALSO_DID = re.compile(rf",? and (?:then |so |therefore |just |simply )*(?=(?:[a-z]{{2,14}}ed|{_ANY_PAST})\b)")


def passive(clause: str) -> str:
    """What was done to what: "The crew lost 14 parcels in Leeds" is "14 parcels were lost in Leeds"."""
    if (nobody := _NOBODY.match(clause)) and not _LINKED.search(_TWO_DAYS.sub("", clause)):
        what = _OF_US.get(nobody["what"].lower(), nobody["what"])
        was = "were" if what in ("we", "they") else was_or_were(what)
        return f"{what} {was} not {nobody['how'] or ''}{nobody['did']}{nobody['rest']}"
    if to_it := _done_to_it(clause):
        return to_it
    if (first := _WHEN_FIRST.match(clause)) and (happened := passive(clause[first.end() :])):
        plain = PLAIN_WORD.match(happened)
        return f"{first.group()}{happened[:1].lower() if plain else happened[:1]}{happened[1:]}"
    deed = _DID.match(clause)
    if deed is None or _NOT_WHO.search(_TWO_NAMES.sub("Somebody", deed["who"])):
        return ""
    did, _, particle = deed["did"].lower().partition(" ")
    if did == "failed" or (particle in ("on", "in") and deed["what"][:1].isdigit()):
        return ""  # "failed on 5 and 6 May"
    if particle in ("on", "in") and not BEGINS_AS_THING.match(deed["what"]):
        return ""  # "merged on red"
    done = _IN_OTHER_WORDS.get(did) or participle_of(did)
    if not done:
        return ""
    what = _WITH_WHAT.sub("", deed["what"]) if _OF_THEM.search(deed["what"]) else deed["what"]
    what = ARTICLE_OF.sub("the ", what)
    if (
        _DOING.search(what)
        or (AIM.search(what) and did not in MOVED)
        or _GOES_ON.search(_LINKED.split(what, maxsplit=1)[0])
    ):
        return ""
    if _OF_THEM.search(what):
        return ""
    link = None if _LIST_AT_END.search(what) else _NEW_CLAUSE.search(what)
    what, more = (what[: link.start()], what[link.start() :]) if link else (what, "")
    if cost := _COST.match(more):  # it was what happened that cost it, and not only who did it
        more = f", which {cost['cost']}"
    elif also := ALSO_DID.match(more):
        happened = passive(f"Somebody {more[also.end() :]}")
        more = f" and {happened}" if BEGINS_AS_THING.match(happened) else ""
    elif _AND_NOT.match(more):
        more = not_either(more)
    if (offline := _OFFLINE.search(what)) and did in ("took", "brought", "knocked"):
        return f"{what[: offline.start()]} went{offline.group()}{more}"
    tail = _TAIL.search(what, what.find(" ") + 1)
    head, rest = (what[: tail.start()], what[tail.start() :]) if tail else (what, "")
    if two := _TWO_OBJECTS.fullmatch(head):
        whom = _OF_US.get(two["whom"].lower(), two["whom"])
        was = "were" if whom == "we" else was_or_were(whom)
        return f"{whom} {was} {done} {two['what']}{rest}{more}" if did in _GIVE else ""
    if ", " in head and " and " not in head:
        return ""  # what follows the comma is another clause
    if head.endswith(" not") or rest.endswith((" with it", " with them")):
        return ""
    if not particle and (apart := _PARTICLE_APART.search(head)):  # "waved the warning away"
        head, particle = head[: apart.start()], apart["particle"]
    if rest and (last := _LAST_OF_TWO.search(head)) and (last[1] in PARTICIPLES or _DONE_BEFORE.fullmatch(last[1])):
        head, rest = f"{head}{rest}", ""  # "orders placed on Sunday": that is when they were placed
    if rest.startswith(" on ") and done.endswith(" on"):  # "the warning on the screen was not acted on"
        head, rest = f"{head}{rest}", ""
    if rest and (long := _BY_HOW_MUCH.search(head)) and _COMPARED.match(rest):  # "closed the valve an hour too late"
        head, rest = head[: long.start()], f"{long.group()}{rest}"
    if how := _HOW.search(head):  # "your address was entered incorrectly"
        head, rest = head[: how.start()], f"{how.group()}{rest}"
    if did == "burst":
        return f"{head} burst{rest}{more}"  # and not "was burst"
    if did == "let":
        return let_happen(head, rest + more)
    if done.startswith("not ") and _OF_THE_THING.match(rest):  # "the gauge on boiler 2 was not read correctly"
        head, rest = f"{head}{rest}", ""
    if done == "not seen" and _DUE.search(head):
        done = "missed"
    if (state := STATE.search(head)) and did in LEFT:  # "left the door open"
        head, rest = head[: state.start()], f"{state.group()}{rest}"
    if did in LEFT and (began := STATE.match(rest)) and began.group().strip() not in ("on", "off", "in", "out"):
        return f"{head} {was_or_were(head)} {done}{rest}{more}"
    if done.startswith("not ") and rest.startswith(" again"):
        done, rest = f"again {done}", rest.removeprefix(" again")
    return f"{head} {was_or_were(head)} {done}{' ' + particle if particle else ''}{rest}{more}"


def whole_deed(sentence: str, *, shortened: bool = False) -> str:
    """A sentence that only says who did what as what was done; "" for any other.

    `shortened` leaves out what else it says of who it was.
    """
    plain = _MOCKING.sub(r"\1", _THEMSELVES.sub("", sentence))
    if shortened and (of_somebody := _OF_SOMEBODY.search(plain) or _WHILE_DOING.search(plain) or AIM.search(plain)):
        plain = f"{plain[: of_somebody.start()].rstrip(' ,;')}."
    words = plain.rstrip(".! ")
    if _LINKED.search(_AND_SO_MANY.sub(" ", words)) or _ERRED.search(words) or any(said_digits(words)):
        return ""
    happened = passive(words)
    return f"{happened[:1].upper()}{happened[1:]}{plain[len(words) :][:1]}" if happened else ""


def done_unconfirmed(guess: str, language: Language) -> str:
    """What was done as something that is not confirmed, from such a sentence about who did it; "" for another form."""
    begin, whether, rest = guess.partition(" whether ")
    deed = whole_deed(rest[:1].upper() + rest[1:], shortened=True) if whether else ""
    return f"{begin}{whether}{inside(deed, language)}" if deed else ""


_AND_SO_MANY = re.compile(r" and (?=\d)|,(?=\d)")
"""What is told in the same sentence of how many: "… and 300 orders were lost"."""
_OF_SOMEBODY = re.compile(
    r"(?<!,) which\b|\b(?:who|because|instead|without|by (?:mistake|accident)|after|when|if|had|would|should|"
    r"he|she|they|his|her|their|and (?!the\b|our\b|that\b|\d))\b",
    re.IGNORECASE,
)
WRONG = (
    r"(?:screwed|messed|mucked|fucked|cocked|stuffed|ballsed) up|screwed|botched|bungled|fumbled|ruined|"
    r"wrecked|spoiled|"
    r"spoilt|mishandled|mismanaged|blew|murdered|butchered|sabotaged|muddled|trashed|broke down on|"
    r"blundered (?:with|on|in)|"
    r"made a (?:\w+ )*?(?:mess|hash) of|dropped the ball (?:on|with)|let us down (?:on|with)"
)
_ERRED = re.compile(rf"\b(?:(?:error|mistake|slip)s?|{WRONG})\b", re.IGNORECASE)
"""What went wrong by itself, as far as the words tell: those who own it say "we"."""
_THEMSELVES = re.compile(r" (?:themselves|himself|herself|itself)(?=[.!]?$)", re.IGNORECASE)
_MOCKING = re.compile(
    r"[,;]? (?:brilliant|great|genius|bravo|thanks|of course|naturally|as usual|as always|well done|nice|clever|"
    r"lovely)"
    r"(?: job| work| one)?([.!]?)$",
    re.IGNORECASE,
)
_WHILE_DOING = re.compile(r"[ ,]*(?:\bjust )?\b(?:before|after|while|when|by|without|instead of) \w+ing\b.*$")
_GIVE = {"fed", "gave", "handed", "lent", "offered", "paid", "promised", "sent", "served", "showed", "sold", "told"}
_TWO_OBJECTS = re.compile(
    r"(?P<whom>[\w'’,.-]+(?: (?!(?:of|for)\b)[\w'’-]+){0,3}) (?P<what>(?:the|an?|our|your|no|too) .+)", re.IGNORECASE
)
"""Whom something was given, and what: "the cows the wrong dose"."""
_TWO_NAMES = re.compile(r"^[A-Z][\w'’-]+ and [A-Z][\w'’-]+$")
_COST = re.compile(
    r",? and (?:(?:so|then|also|thus|it|this|that) )?(?P<cost>cost (?:about |around |roughly )?"
    r"(?:us|you|them|our|your|the|some|\d[\d.,]*)\b.*)$",
    re.IGNORECASE,
)
_LAST_OF_TWO = re.compile(r"[a-z]+s ([a-z]+)$")
_DONE_BEFORE = re.compile(r"(?!(?:bed|deed|feed|hundred|need|red|seed|shed|speed|weed)$)[a-z]{2,}ed")
_PARTICLE_APART = re.compile(r" (?P<particle>aside|away)$", re.IGNORECASE)
_WHEN_FIRST = re.compile(
    r"(?:(?:around|at|from|on|since) (?:about )?(?:\d{1,2}[:.]\d\d|\d{1,2} ?[ap]m|noon|midnight|\w+day)"
    r"(?-i: [A-Z]{3,4})?|last \w+|overnight|this (?:afternoon|evening|morning)|today|yesterday),? "
    r"(?=(?:an?|one|our|some|the)\b|(?-i:[A-Z]))",
    re.IGNORECASE,
)


def _done_to_it(clause: str) -> str:
    """What was done to what a clause before this one names: "the cleaner unplugged it" is "it was unplugged"."""
    deed = _DID_IT.match(clause)
    done = participle_of(deed["did"].lower()) if deed and not _NOT_WHO.search(deed["who"]) else ""
    if deed is None or not done:
        return ""
    what = "they were" if deed["what"].lower() == "them" else "it was"
    return f"{what} {done}{deed['how'] or ''}{deed['when'] or ''}"


_DID_IT = re.compile(
    rf"(?P<who>[^;]{{1,60}}?) (?:had )?(?:\w+ly )?(?P<did>(?!(?:{BY}|made)\b)(?:[a-z]{{3,14}}ed|{_IRREGULARS})) "
    rf"(?P<what>it|them)"
    rf"(?P<how> (?:{_PARTICLE}))?(?P<when> (?:at|since|on|before|after|during|for|by|in|too|twice) [^,;]*)?"
    r"(?:,? and (?:told|warned|asked|informed) (?:nobody|no one|us|me)\b.*)?$",
    re.IGNORECASE,
)
_TWO_DAYS = re.compile(r"(?<=\d) and \d")
_NOBODY = re.compile(
    r"(?:nobody|no one|noone)(?: (?:at|in|on|from) (?:the |our )?[\w-]+(?: [\w-]+)??)?"
    r"(?: (?:had|has|have|ever|even|\w+ly))* "
    r"(?P<how>(?:load|stress|smoke|pen) )?(?P<did>told|(?!need)[a-z]{3,14}ed) "
    r"(?P<what>it|this|that|them|us|(?:the|our|your|this|that|these|those)(?: (?!(?:before|about|under|for|in|on|at|"
    r"with|against|of)\b)[\w-]+){1,4}(?: of (?:\d[\d.,]*|the|our|all)(?: [\w-]+){1,2}?)?)"
    r"(?P<rest>(?: (?:before|about|under|for|in|on|at|with|against|of) .*)?)$",
    re.IGNORECASE,
)
"""`Nobody tested the firmware under load`, which is no deed: without who it was, it would say that it was tested."""
_OF_US = {"us": "we", "them": "they"}
