"""The kinds of remark as a wording file describes them: word classes, phrases, patterns, and better sentences."""

from __future__ import annotations

from typing import Literal

import msgspec

Audience = Literal["customers", "stakeholders", "leadership", "post-mortem", "log"]
AUDIENCES: tuple[Audience, ...] = ("customers", "stakeholders", "leadership", "post-mortem", "log")
"""Who reads a text. The first is outside of the company; the last two are kept, and must not blame anybody."""
KINDS = ("promise", "blame", "speculation", "minimising", "vague", "jargon", "leak")
"""The kinds of remark, in the order in which they matter to whoever reads the message."""


class Case(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Patterns of one kind that have the same excuses and the same better sentence.

    `unless` are patterns that excuse it if one matches in the same clause, `unless_all` if all match in the same
    sentence. `better` replaces the whole sentence, `instead` only the words that matched; in both `{slot}` stands for
    what a pattern kept as `<slot: …>`. `drop` is a class of words to leave
    out of what matched. `alone` are the kinds of remark beside which a case doesn't count in one sentence; "*" is any.
    `unless_near` are patterns that excuse it in another sentence close by, `unless_under` those that match from the
    label of its line or list on: `Next steps: …`. `why` is what to ask instead of the kind's.
    """

    patterns: tuple[str, ...]
    audiences: tuple[Audience, ...] = ()
    unless: tuple[str, ...] = ()
    unless_all: tuple[str, ...] = ()
    unless_near: tuple[str, ...] = ()
    unless_under: tuple[str, ...] = ()
    why: str = ""
    better: str = ""
    instead: str = ""
    alone: tuple[str, ...] = ()
    drop: str = ""


class Kind(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A kind of remark: for whom it holds, why, its cases, and by audience (or `else`) the sentences to take instead.

    The first of the `better` sentences that has no remark of its own is offered.
    """

    id: str
    label: str
    why: str
    audiences: tuple[Audience, ...]
    case: tuple[Case, ...] = ()
    unless: tuple[str, ...] = ()
    better: dict[str, tuple[str, ...]] = {}


class Jargon(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Technical terms with their plain words, "" where there are none.

    Nouns are singular; of verbs all forms are given, as `reboot/reboots/rebooted/rebooted/rebooting`. Those in `alone`
    have plain words of their own for where nothing follows: "we rolled back" is not "we rolled back the release".
    `chat` has what people type in a chat, and what to write instead, "" to leave it out.
    """

    nouns: dict[str, str] = {}
    verbs: dict[str, str] = {}
    alone: dict[str, str] = {}
    others: dict[str, str] = {}
    chat: dict[str, str] = {}


class Known(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Words that are fine in a company's messages: names of its systems and products, terms its customers know."""

    systems: tuple[str, ...] = ()
    terms: tuple[str, ...] = ()
    abbreviations: tuple[str, ...] = ()


class Facts(msgspec.Struct, frozen=True):
    """What is known about the incident that a better sentence can state, each "" if it is not known.

    `people` are the names of everybody who has a role, `systems` what is affected. `contacts`
    are those that the company gives its readers, which leak nothing. `now` is the minute of the day at which the text
    goes out, by the short name of each zone in which it is known; that under "" is for times without a zone.
    """

    people: tuple[str, ...] = ()
    systems: tuple[str, ...] = ()
    impact: str = ""
    affected: str = ""
    next_update: str = ""
    contacts: tuple[str, ...] = ()
    now: tuple[tuple[str, int], ...] = ()
