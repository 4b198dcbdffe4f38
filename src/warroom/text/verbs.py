"""The forms of verbs: one table of the irregular ones, so that no sentence has “reseted” or “payed” in it."""

from __future__ import annotations

import re

_FORMS = """
arise arose arisen | be was been | bear bore borne | beat beat beaten | become became become | begin began begun
bend bent bent | bet bet bet | bid bid bid | bind bound bound | bite bit bitten | bleed bled bled | blow blew blown
break broke broken | breed bred bred | bring brought brought | broadcast broadcast broadcast | build built built
burn burnt burnt | burst burst burst | buy bought bought | cast cast cast | catch caught caught | choose chose chosen
cling clung clung | come came come | cost cost cost | creep crept crept | cut cut cut | deal dealt dealt | dig dug dug
do did done | draw drew drawn | drink drank drunk | drive drove driven | eat ate eaten | fall fell fallen
feed fed fed | feel felt felt | fight fought fought | find found found | flee fled fled | fly flew flown
forbid forbade forbidden | forget forgot forgotten | forgive forgave forgiven | freeze froze frozen | get got got
give gave given | go went gone | grind ground ground | grow grew grown | hang hung hung | have had had
hear heard heard | hide hid hidden | hit hit hit | hold held held | hurt hurt hurt | input input input
keep kept kept | know knew known | lay laid laid | lead led led | leave left left | lend lent lent | let let let
lie lay lain | light lit lit | lose lost lost | make made made | mean meant meant | meet met met
mislay mislaid mislaid | mislead misled misled | misread misread misread | mistake mistook mistaken
overdo overdid overdone | override overrode overridden | overrun overran overrun | oversee oversaw overseen
oversleep overslept overslept | overwrite overwrote overwritten | pay paid paid | prepay prepaid prepaid | put put put
quit quit quit | read read read | rebuild rebuilt rebuilt | redo redid redone | resend resent resent
reset reset reset | rewrite rewrote rewritten | rid rid rid | ride rode ridden | ring rang rung | rise rose risen
run ran run | say said said | see saw seen | seek sought sought | sell sold sold | send sent sent | set set set
shake shook shaken | shed shed shed | shine shone shone | shoot shot shot | show showed shown | shrink shrank shrunk
shut shut shut | sing sang sung | sink sank sunk | sit sat sat | sleep slept slept | slide slid slid | slit slit slit
speak spoke spoken | spend spent spent | spill spilt spilt | spin spun spun | split split split | spoil spoilt spoilt
spread spread spread | spring sprang sprung | stand stood stood | steal stole stolen | stick stuck stuck
sting stung stung | strike struck struck | swear swore sworn | sweep swept swept | swim swam swum | swing swung swung
take took taken | teach taught taught | tear tore torn | tell told told | think thought thought | throw threw thrown
thrust thrust thrust | undergo underwent undergone | understand understood understood | undo undid undone
unset unset unset | upset upset upset | wake woke woken | wear wore worn | weave wove woven | wet wet wet
win won won | wind wound wound | withdraw withdrew withdrawn | withhold withheld withheld | wring wrung wrung
write wrote written
"""
_ROWS = [verb.split() for line in _FORMS.strip().splitlines() for verb in line.split(" | ")]
_PAST = {base: past for base, past, _ in _ROWS}
_PARTICIPLE = {base: participle for base, _, participle in _ROWS}
_PARTICIPLE_OF_PAST = {past: participle for _, past, participle in _ROWS}
_PAST_OF_PARTICIPLE = {participle: past for _, past, participle in _ROWS}
PASTS = frozenset(_PARTICIPLE_OF_PAST)
"""The forms in the past that don't end in -ed: "broke", "reset"."""
BASES = frozenset(_PAST)
"""The same verbs as they are behind "to"."""
ONLY_PASTS = PASTS - BASES - {"bound", "felt", "found", "ground", "saw", "spoke", "wound"}
"""Those of them that are no other word."""
PARTICIPLES = frozenset(_PAST_OF_PARTICIPLE)
"""The forms behind "was" and "have" that don't end in -ed: "broken", "reset"."""
_DOUBLED = re.compile(
    r"(?:[^aeiou]*|qu)[aeiou][^aeiouwxy]|.*[^aeiou][ae]l|enrol|"
    r".*(?:mit|cur|pel|trol|plug|stop|ship|ban|gret|lap|zip|(?:con|de|in|pre|re|trans)fer)"
)
"""Verbs that double their last letter: "stopped", "submitted", "cancelled"."""


def regular(base: str) -> str:
    """The form that a verb has in the past if it is a regular one: "planned", "tried", "typed"."""
    if base.endswith("e"):
        return f"{base}d"
    if _DOUBLED.fullmatch(base):
        return f"{base}{base[-1]}ed"
    return re.sub(r"(?<=[^aeiou])y$", "i", base) + "ed"


_WORDS_ALL_THE_SAME = {
    "bed", "burned", "hanged", "leaded", "lied", "lighted", "ringed", "seed", "singed", "spilled", "spoiled", "weaved",
    "wetted", "winded",
}  # fmt: skip
NO_FORMS = frozenset({regular(base) for base in BASES} | {"broked"}) - _WORDS_ALL_THE_SAME
"""What irregular verbs would be as regular ones, and no English: "reseted"."""


def past(base: str) -> str:
    """The past of a verb: "ran", "flooded"."""
    return _PAST.get(base) or regular(base)


def participle(base: str) -> str:
    """The form of a verb behind "was" and "have": "paid", "reset", "renewed"."""
    return _PARTICIPLE.get(base) or regular(base)


def past_of(participle: str) -> str:
    """The past of a verb from its form behind "was": "taken" is "took"."""
    return _PAST_OF_PARTICIPLE.get(participle, participle)


def participle_of(form: str) -> str:
    """The form behind "was" for a verb in the past: "broke" is "broken"; "" if the word is no verb in the past."""
    return _PARTICIPLE_OF_PAST.get(form) or (form if form.endswith("ed") else "")
