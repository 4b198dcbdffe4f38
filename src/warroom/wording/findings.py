"""What the checks of wording find, and which of the findings of rules and of kinds of remark stay side by side."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable
from itertools import accumulate
from typing import Literal

import msgspec

from warroom.wording.kinds import KINDS, Audience, Facts
from warroom.wording.remarks import Remark

Part = Literal["subject", "body", "whole"]


class MessageText(msgspec.Struct, frozen=True):
    """A message as it would be sent, with what the rules need to know about its incident.

    `kind` is the kind of message. `audience` is who reads it; if empty, customers for a customer message, else
    stakeholders. `promises_next` is None if the message needs no next update; `needs` is what an escalation asks for;
    `partial` means that the problem is only partial, `short` that it is a text message or a post; `people` are the
    names of everybody who has a role; `facts` are what a better sentence may state. `zone` is the short name of
    the time zone in which its author types times, "" if nobody knows.
    """

    kind: str
    subject: str = ""
    body: str = ""
    to: str = ""
    partial: bool = False
    short: bool = False
    promises_next: bool | None = None
    people: tuple[str, ...] = ()
    needs: str = ""
    audience: Audience | Literal[""] = ""
    facts: Facts = Facts()
    zone: str = ""

    @property
    def readers(self) -> Audience:
        """Who reads the message."""
        return self.audience or ("customers" if self.kind == "customer" else "stakeholders")

    @property
    def says_over(self) -> bool:
        """Whether it says that the incident is resolved."""
        return _SAYS_OVER.search(f"{self.subject}\n{self.body}") is not None


_SAYS_OVER = re.compile(
    r"^(?:\[[^\]\n]{1,20}\] ?)?Resolved\b(?! by\b)|"
    r"\b(?:is|has been|was|are) (?:now |fully |since )?resolved\b(?! (?:by|in)\b)",
    re.IGNORECASE | re.MULTILINE,
)


class Finding(msgspec.Struct, frozen=True):
    """Something to reconsider before sending: `start` and `end` are offsets in `part`, both 0 for the whole message.

    `words` is the text that matched, or a count such as `120 words`. `first` and `last` are the offsets of its
    sentence, both 0 if it is about no sentence. `remark` is what a kind of remark found, None if a rule did; `better`
    are the sentences that a rule offers instead.
    """

    rule: str
    label: str
    why: str
    part: Part
    start: int
    end: int
    words: str
    first: int = 0
    last: int = 0
    remark: Remark | None = None
    better: tuple[str, ...] = ()

    @property
    def key(self) -> str:
        """The key to dismiss only this match, however it is wrapped, and not the rule's other findings."""
        return f"{self.rule}:{' '.join(self.words.split()).casefold()}"


def moved(finding: Finding, by: int) -> Finding:
    """A finding in a piece that begins `by` characters after the beginning of the text."""
    remark = finding.remark
    if remark is not None:
        places = {name: getattr(remark, name) + by for name in ("start", "end", "first", "last")}
        remark = msgspec.structs.replace(remark, **places)
    places = {name: getattr(finding, name) + by for name in ("start", "end", "first", "last")}
    return msgspec.structs.replace(finding, remark=remark, **places)


def merged(part: Part, by_rules: list[Finding], by_kinds: Iterable[Finding]) -> list[Finding]:
    """The findings of rules and of kinds of remark in a part, each of the words for one reason.

    A leak is no jargon, blame that the rules of a post-mortem found is said once, and a remark is more important than a
    rule without a kind, such as for a time without its zone.
    A remark that counts only if it is alone has no place in a sentence with a rule's.
    """
    here = [finding for finding in by_rules if finding.part == part]
    leaks, ruled = _Spans(f for f in here if f.rule == "leak"), _Spans(here)
    blamed = _Spans(f for f in here if f.rule == "blame")
    kept = [
        finding
        for finding in by_kinds
        if finding.remark is None
        or not (
            (finding.rule == "blame" and blamed.overlap(finding.start, finding.end))
            or (finding.rule == "jargon" and leaks.overlap(finding.start, finding.end))
            or (finding.remark.case.alone and ruled.overlap(finding.first, finding.last))
        )
    ]
    marked = _Spans(kept)
    rest = [f for f in by_rules if f.part != part or f.rule in KINDS or not marked.overlap(f.start, f.end)]
    return [*rest, *kept]


def is_contact(finding: Finding, facts: Facts) -> bool:
    """Whether it is about an address or a number that the company gives to everybody."""
    words = finding.words.strip().casefold()
    return finding.rule == "leak" and bool(words) and any(words in contact.casefold() for contact in facts.contacts)


class _Spans:
    """Where findings are, to ask quickly if one of them overlaps with some words."""

    def __init__(self, findings: Iterable[Finding]) -> None:
        spans = sorted((finding.start, finding.end) for finding in findings)
        self._starts = [start for start, _ in spans]
        self._reach = list(accumulate((end for _, end in spans), max))

    def overlap(self, start: int, end: int) -> bool:
        """Whether a finding has some of the characters from `start` up to `end`."""
        last = bisect_left(self._starts, end) - 1
        return last >= 0 and self._reach[last] > start
