"""What the layouts make of a text: rows with a time as written, and what stands between them."""

from __future__ import annotations

import re
from typing import Literal

import msgspec

from warroom.timelines.dates import Day
from warroom.timelines.stamps import Stamp
from warroom.timelines.zones import Zone

EntryKind = Literal[
    "note", "detected", "acknowledged", "declared", "role", "decision", "action", "message", "severity", "mitigated",
    "resolved",
]  # fmt: skip


class Row(msgspec.Struct):
    """One thing that happened, as it stands in the text: the line that it begins on, its time, its words, who."""

    line: int
    stamp: Stamp
    text: str = ""
    who: str = ""
    kind: str = ""
    """What the text itself says it is, such as in a column; "" if it doesn't."""


class DayMark(msgspec.Struct, frozen=True):
    """A date that holds for the rows under it."""

    line: int
    day: Day


class ZoneMark(msgspec.Struct, frozen=True):
    """A zone that holds for the rows under it, or for all of them if there is no other."""

    line: int
    zone: Zone


class Unread(msgspec.Struct, frozen=True):
    """A line that became no entry and belongs to none."""

    line: int
    text: str


class StartMark(msgspec.Struct, frozen=True):
    """The moment that T+0 is."""

    line: int
    stamp: Stamp


class AboutMark(msgspec.Struct, frozen=True):
    """All times are only about right."""

    line: int


class Doubt(msgspec.Struct, frozen=True):
    """Something to look at in the row that begins on this line; `is_reason` says why something has no time."""

    line: int
    text: str
    is_reason: bool = False


Item = Row | DayMark | ZoneMark | StartMark | AboutMark | Doubt | Unread

_NAME_WORD = r"[A-ZÀ-ÖØ-Þ][\w.'’-]*"
NAME = rf"@?{_NAME_WORD}(?: (?:{_NAME_WORD}|de|van|von|der|den|la|el|bin|al)){{0,3}}"
"""A pattern for a person's name as chats show it."""
_SPOKEN = re.compile(
    rf"(?:~\s?)?(?P<who>{NAME}|@[\w.-]+)(?: \((?:he|she|they|[A-Z])[^)]{{0,30}}\))?\s*:\s+(?P<rest>\S.*)", re.DOTALL
)
_NICK = re.compile(r"<[@+%&~!]?\s?(?P<who>[\w.`|\[\]\\^{}-]{1,40})>\s*(?P<rest>.*)", re.DOTALL)
_ACTING = re.compile(r"\*{1,3}\s(?P<who>[\w.`|-]{2,30})\s(?P<rest>\S.*)", re.DOTALL)
_TO = re.compile(r"From\s+(?P<who>\S.{0,50}?)(?:\s+to\s+\S.{0,80}?)?\s*:\s(?P<rest>.*)", re.DOTALL | re.IGNORECASE)
"""As Zoom has it: `From Ana Ruiz to Everyone: …`."""
_HANDLE = re.compile(r"(?P<who>[a-z][\w.-]{1,30}): +(?P<rest>\S.*)", re.DOTALL)
"""A name in small letters, which is one only in front of several texts: `pixelfox: …`."""
_NO_NAME_WORDS = """
    action actions alert alerts alarm cause comment communication context customer customers decision decisions
    deploy detected detection diagnosis error errors escalation eta event evidence fix fixed fyi hypothesis
    identified impact incident info internal investigating investigation issue issues learned link links
    mitigated mitigation monitoring next note notes observation outcome owner page paged plan postmortem problem
    question reason recovered recovery resolved result resolution risk root rootcause severity slack stack stage
    start started state status statuspage step summary symptom symptoms theory timeline todo trigger update
    updates user users verification warning workaround sev1 sev2 sev3 sev4 p0 p1 p2 p3 critical major minor
    production prod staging api db database web frontend backend jenkins kubernetes grafana pagerduty datadog
    prometheus opsgenie sentry cloudflare aws gcp azure github gitlab external ic oncall lead commander scribe
    end began beginning declared acknowledged triggered scheduled completed verified verifying ongoing
    im comms communications liaison coordinator manager responder responders attendees
"""
_NO_NAMES = frozenset(_NO_NAME_WORDS.split())
"""First words that are no names in front of a colon."""


def is_name(words: str) -> bool:
    """Whether some words look like a person's name, and not like a label."""
    return re.fullmatch(rf"{NAME}(?:, {NAME})?", words) is not None and words.split()[0].lower() not in _NO_NAMES


def is_word(words: str) -> bool:
    """Whether what may be a name is a word of English."""
    from warroom.wording.lexicon import is_english

    return is_english(words.lower())


def speaker(text: str) -> tuple[str, str]:
    """Who says a text, "" if it doesn't say, and the rest: `Priya: …`, `<priya> …`, `From Priya to Everyone: …`."""
    for pattern in (_NICK, _TO, _SPOKEN, _HANDLE, _ACTING):
        found = pattern.match(text)
        if found is None:
            continue
        who = found["who"].strip().lstrip("@")
        is_label = re.split(r"[ _]", who)[0].lower() in _NO_NAMES or (who.isupper() and len(who) > 4)
        if pattern in (_NICK, _ACTING) or not is_label:
            return who, found["rest"].strip()
    return "", text
