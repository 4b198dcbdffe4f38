"""All forms of a sentence without its leak, the one that keeps most first: “The door code is 4711#” is “The door code
is shared separately”."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from warroom.wording.fault import Fault
from warroom.wording.plain_words import in_plain_words
from warroom.wording.pointing import on_status_page, turned_to_support, without_new_value, without_where
from warroom.wording.without_leak import (
    LOGIN_BEFORE,
    in_its_place,
    named_before,
    with_condition,
    without_secret,
    without_value,
)


def without_leak(fault: Fault) -> Iterator[str]:
    """The sentence without what must not leave the company, the form that keeps most first."""
    left_out = [*dict.fromkeys(_left_out(_without_its_sign(fault)))]
    if _is_subject(fault):
        left_out = [made for made in left_out if made.startswith("One of us")]
    yield from left_out
    if "jargon" in fault.kinds:
        yield from (in_plain_words(made, *fault.judge) for made in left_out if made)


def _is_subject(fault: Fault) -> bool:
    """Whether a gap stands where the subject should, so that no sentence is left without it: "The [hall?] failed"."""
    own, of = fault.own, fault.language.lexicon.any_of
    verb = of("finite", "ed", "past", "does").match(fault.language.tag(own[fault.end :].lstrip(" ,")).signs)
    return own[fault.start] in "[<{" and _NO_NOUN_BEFORE.search(own, 0, fault.start) is not None and verb is not None


_NO_NOUN_BEFORE = re.compile(r"(?:^|[.;:] |\b(?:the|an?|our|your|this|all|both|and) )$", re.IGNORECASE)


def _without_its_sign(fault: Fault) -> Fault:
    """The same where a secret in the middle of a sentence ends with a "!": that is part of it."""
    own, end = fault.own, fault.end
    while end > fault.start and own[end - 1] in "!?":
        end -= 1
    sign = _SIGN_OF_IT.match(own, end)
    return replace(fault, own=own[:end] + own[sign.end() :], end=end) if sign else fault


def _left_out(fault: Fault) -> Iterator[str]:
    own, start, end = fault.own, fault.start, fault.end
    if own[end - 1 : end].isalnum() and (rest := _REST_OF_IT.match(own, end)):
        end = rest.end()
    left_out = " ".join(fault.finding.better)
    if _TO_SUPPORT.match(left_out):
        if _TURN_TO.search(own, 0, start):
            yield with_condition(fault.finding.better[0], own, start, end)
        if asked := turned_to_support(own, start, end):
            yield asked
            return  # whom else to turn to is of no use without the number
        if _TURN_TO.search(own, 0, start) and _ONLY_TO_TURN.match(own):
            yield fault.finding.better[0]
    if _TO_STATUS.match(left_out) and (goes_on := without_where(own, start, end)):
        yield goes_on
    if _TO_STATUS.match(left_out) and (seen := on_status_page(own, start, end)):
        yield seen
    if _LOOK_AT.search(own, 0, start) and _TO_STATUS.match(left_out):
        yield fault.finding.better[0]
    yield named_before(own, start, end)
    yield _without_gaps(fault)
    given_out = "shared separately" in left_out and fault.judge.audience in ("customers", "stakeholders")
    yield without_new_value(own, start, end, given_out=given_out)
    with_login = [*without_value(own, start, end, _LEFT_OUT.match(left_out))]
    if LOGIN_BEFORE.search(own[:start]):
        yield from with_login
    called = [*in_its_place(own, start, end, given_out=given_out, bare=_called(left_out))] if left_out else []
    if _AT_ITS_END.fullmatch(own[:start] + own[end:]):
        yield from called
    yield without_secret(own, start, end, labelled=fault.labelled)
    yield from called
    yield from with_login


def _without_gaps(fault: Fault) -> str:
    """The sentence without any of its gaps; "" if it has only one, or if one can't be left out."""
    sentence = fault.own
    for times in range(_MOST_GAPS):
        leaks = [found for found in fault.judge.found(sentence) if found.rule == "leak"]
        if not leaks:
            return sentence if times > 1 else ""
        place = leaks[0].start, leaks[0].end
        left = (without_secret(sentence, *place, labelled=fault.labelled), *without_value(sentence, *place, None))
        sentence = next(filter(None, left), "")
    return ""


def _called(left_out: str) -> str:
    """What a number is, where a sentence does not call it anything; "" if that can't be told."""
    return "an account" if "bank details" in left_out else "a card" if "card details" in left_out else ""


_REST_OF_IT = re.compile(r"[-_/#*!$]*[\w#*$-]*[\w#*$]")
"""What belongs to a code that is only found in part: "7719-B"."""
_SIGN_OF_IT = re.compile(r"[!?]+(?=,? [a-z\d(])")
_TO_SUPPORT = re.compile(r"Please contact\b")
_TURN_TO = re.compile(r"\b(?:ask|call|contact|e-?mail|mail|phone|reach|ring|text|whatsapp|write)\b", re.IGNORECASE)
_AT_ITS_END = re.compile(
    r".* with (?!the\b|an?\b|your\b|our\b)(?:[a-z-]+ ){1,3} \w.*|"
    r".*\b(?:has|have|had|with|by|under|of) (?:\S+ ){1,5}\W*|[A-Z]\w+ +(?:is|was|has)\b.*",
    re.DOTALL,
)
"""A sentence that needs what a secret is called: nothing follows it, or nothing stands in front of it."""
_ONLY_TO_TURN = re.compile(
    r"(?:please )?(?:ask|call|contact|e-?mail|mail|phone|reach|ring|text|whatsapp|write)\b[^.;]*[.!]?$", re.IGNORECASE
)
_TO_STATUS = re.compile(r"Follow our status page\b")
_LOOK_AT = re.compile(
    r"^(?:please )?(?:(?:you can )?(?:follow|see|watch|track|read|find)|more|details|updates?|progress)\b",
    re.IGNORECASE,
)
_LEFT_OUT = re.compile(r"The (?P<what>(?:access|bank|card|personal) details)\b")
_MOST_GAPS = 5
