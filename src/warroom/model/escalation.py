"""Escalation: which triggers apply, and which steps have been taken.

The steps come from the playbook: step 1 is to tell the incident commander and ask for agreement, step 2 is the message.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import tzinfo

import msgspec

from warroom.model import ids, times
from warroom.model.entries import Body, Logged
from warroom.model.incident import Incident
from warroom.model.kinds.escalation import EscalationStep
from warroom.model.kinds.messages import MessageSent
from warroom.model.playbook import Playbook
from warroom.text.not_known import says_unknown
from warroom.text.sentences import within

LONG_OUTAGE = 2 * times.HOUR
_GONE_ON = "it has gone on for"

_NUMBER = r"\d+(?:[.,]\d+)?|half an|an|a|one|two|three|four|five|six|several|a few|a couple of"
_LENGTH = (
    rf"(?:(?<![a-ce-gi-vx-z\d.,_])(?=\d)|\b(?=[a-z]))(?P<number>{_NUMBER})(?P<half>\s+and\s+a\s+half)?(?:(?<=\d)\s*|\s+)"
    r"(?P<unit>h(?:rs?|ours?)?|m(?:in(?:ute)?s?)?|d(?:ays?)?|w(?:eeks?)?)(?![a-z])"
    r"(?P<tail>(?<=h)\d{2}(?![\d:]|\s*m)|\s+and\s+a\s+half)?"
)
# Not compiled here: most commands never need them, and `re` keeps them once they are used.
_JOINED = r"[\s,]*(?:and)?\s*"
_COUNT = r"\b(?<![.,])\d+(?:[.,'\s]\d{3})*\b(?![.,]\d)(?!\s*(?:%|‰|per\s?cent\b))"
_MAJOR = (
    r"\s+(?:\w+\s+)?(?:of\s+(?:our|the)\s+)?(?:major|enterprise|key|strategic|large|largest|big|biggest|top|premium|vip"
    r"|important|named|contract|tier[- ]?(?:1|one))\b"
)
_NO_NAME = r"(?:all|any|some|many|most|several|few|the|our|about|users?|customers?|people|mobile|web|app|eu|us|uk)\b"
_BY = r"(?:^|\b(?:by|before|until|around|about|eta:?)\s+|~\s*)(?P<when>\d{1,2}:\d{2}(?:Z|[+-]\d{2}:?\d{2})?)(?![\d:])"
_FAR = 12 * times.HOUR
"""A clock time further ahead than this is taken for a time in the past, not for an estimate."""
_UNITS = {"w": 7 * 24 * times.HOUR, "d": 24 * times.HOUR, "h": times.HOUR, "m": times.MINUTE}
_WORDS = {
    "half an": 0.5,
    "an": 1,
    "a": 1,
    "one": 1,
    "two": 2,
    "three": 3,
    "four": 4,
    "five": 5,
    "six": 6,
    "several": 3,
    "a few": 3,
    "a couple of": 2,
}


class TriggerState(msgspec.Struct, frozen=True):
    """One trigger: whether it applies (None: not answered yet), why, and the question to ask the user, if any."""

    id: str
    text: str
    applies: bool | None
    why: str
    ask: str
    since: int | None = None
    """When it began to apply, ms UTC, if known; a step taken before then was not about this trigger."""

    @property
    def reason(self) -> str:
        """What to tell those to whom it is escalated: its text, unless what is known says it better."""
        return self.why if self.why.startswith((_GONE_ON, *_HARMS.values())) else self.text

    @property
    def in_full(self) -> str:
        """The reason, and what it is known from."""
        return self.why if self.reason == self.why else f"{self.text} ({self.why})"


class Progress(msgspec.Struct, frozen=True):
    """The state of every trigger, and the latest of each kind of step: each is None until it is taken."""

    triggers: tuple[TriggerState, ...]
    commander_told: Logged[EscalationStep] | None
    commander_agrees: bool
    commander_skipped: Logged[EscalationStep] | None
    declined: Logged[EscalationStep] | None
    sent: Logged[MessageSent] | None

    @property
    def active(self) -> tuple[TriggerState, ...]:
        """The triggers that apply."""
        return tuple(trigger for trigger in self.triggers if trigger.applies)

    @property
    def pending(self) -> TriggerState | None:
        """The first trigger that applies and has been followed by neither a message nor a decision not to escalate."""
        acted = [logged.at for logged in (self.sent, self.declined) if logged is not None]
        last = max(acted, default=None)
        return next((trigger for trigger in self.active if last is None or (trigger.since or 0) > last), None)

    @property
    def steps(self) -> list[Logged[Body]]:
        """The latest step of each kind, in order of time."""
        steps = (self.commander_told, self.commander_skipped, self.sent, self.declined)
        taken = [logged for logged in steps if logged is not None]
        return sorted(taken, key=lambda logged: (logged.at, logged.order))

    @property
    def latest(self) -> Logged[Body] | None:
        """The last step taken."""
        return self.steps[-1] if self.steps else None

    @property
    def may_send(self) -> bool:
        """Whether step 1 was done, or skipped with a reason, since the last escalation message."""
        first = [logged.at for logged in (self.commander_told, self.commander_skipped) if logged is not None]
        return bool(first) and (self.sent is None or max(first) > self.sent.at)


_Verdict = tuple[bool | None, str, int | None]
"""Whether a trigger applies, why, and since when (ms UTC)."""


def escalation(incident: Incident, playbook: Playbook, now: int, tz: tzinfo | None = None) -> Progress:
    """Work out which triggers apply and which steps were taken; `tz` is the zone of a clock time in an estimate."""
    states = []
    for row in playbook.triggers:
        computed = _COMPUTED.get(row.id)
        applies, why, since = computed(incident, playbook, now, tz) if computed else (None, "", None)
        answer = incident.answers.get(row.id)
        if answer is not None and not applies:
            applies, since = answer.body.holds, answer.at
            why = f"{answer.author} said {'yes' if applies else 'no'}"
        states.append(TriggerState(row.id, row.text, applies, why, row.ask, since))
    steps = {
        step: next((logged for logged in reversed(incident.escalations) if logged.body.step == step), None)
        for step in ("told", "skipped", "declined")
    }
    sent = incident.sent([ids.MESSAGE_ESCALATION])
    told = steps["told"]
    agrees = told is not None and told.body.agrees
    return Progress(tuple(states), told, agrees, steps["skipped"], steps["declined"], sent[-1] if sent else None)


def _sev1(incident: Incident, playbook: Playbook, now: int, tz: tzinfo | None) -> _Verdict:
    since = next((at for at, level in reversed(incident.severities) if level == 1), None)
    return (True, "it is SEV1", since) if incident.severity == 1 else (False, f"it is SEV{incident.severity}", None)


def _over_2h(incident: Incident, playbook: Playbook, now: int, tz: tzinfo | None) -> _Verdict:
    """By engineering's estimate, or by the time gone; where the severity's own target is longer, that one counts."""
    if incident.over():
        return False, "it is resolved", None
    eta = incident.fact(ids.FACT_ETA)
    estimate = estimated(eta)
    if eta and estimate is None:
        estimate = _until(eta, incident.facts[ids.FACT_ETA][-1].at, tz)
    target = playbook.severity(incident.severity).resolve_within_min
    if estimate is not None and estimate > max(LONG_OUTAGE, (target or 0) * times.MINUTE):
        return True, f"engineering estimates {within(eta)}", incident.facts[ids.FACT_ETA][-1].at
    passed, why = (target or 0) * times.MINUTE, f"{_GONE_ON} {times.span(incident.length(now))}"
    if target and incident.elapsed(now) > passed:
        return True, why, incident.began + passed
    return False, why, None


def _breach(incident: Incident, playbook: Playbook, now: int, tz: tzinfo | None) -> _Verdict:
    """By what is noted of a breach or of data loss, in any words that do not deny it."""
    facts = {fact: incident.fact(fact).strip() for fact in _HARMS}
    if not any(facts.values()):
        return None, "", None
    from warroom.model.harm import SUSPECTED, denied, is_harm, reported_as  # patterns that most incidents never need

    for fact, noted in facts.items():
        if is_harm(noted):
            how = reported_as(noted)
            why = "a breach is marked" if (fact, how) == (ids.FACT_BREACH, SUSPECTED) else f"{_HARMS[fact]} is {how}"
            return True, why, incident.facts[fact][-1].at
    return (False, "it is marked as no", None) if denied(facts[ids.FACT_BREACH]) else (None, "", None)


_HARMS = {ids.FACT_BREACH: "a data breach", ids.FACT_DATA_LOSS: "data loss"}


def _major_customers(incident: Incident, playbook: Playbook, now: int, tz: tzinfo | None) -> _Verdict:
    """By names, or by a number of customers that are said to be major; how many users there are does not say."""
    customers = incident.fact(ids.FACT_CUSTOMERS)
    if says_unknown(customers):
        return None, "", None
    why, since = f"customers: {within(customers)}", incident.facts[ids.FACT_CUSTOMERS][-1].at
    if (count := _count(re.search(rf"({_COUNT}){_MAJOR}", customers, re.IGNORECASE))) is not None:
        return count >= 2, why, since
    count = _count(re.search(f"({_COUNT})", customers))
    parts = [part.strip() for part in re.split(r",|;|\band\b|&|\n", customers) if part.strip()]
    if count is None and len(parts) > 1:
        named = [part for part in parts if part[0].isupper() and not re.match(_NO_NAME, part, re.IGNORECASE)]
        return (True, why, since) if len(named) > 1 else (None, "", None)
    return (None, "", None) if count is not None and count > 1 else (False, why, since)


def _count(found: re.Match[str] | None) -> int | None:
    return int(re.sub(r"\D", "", found[1])) if found else None


def yes(text: str) -> bool | None:
    """The answer that a yes/no fact gives: True, False, or None if it is unknown or anything else."""
    first = re.match(r"\w+", text.strip().lower())
    if first is None:
        return None
    return {"yes": True, "y": True, "suspected": True, "confirmed": True, "no": False, "n": False, "none": False}.get(
        first[0]
    )


def estimated(text: str) -> int | None:
    """The longest duration named in engineering's estimate, in ms; None if it names none.

    `2 h 15 min`, `1h30m`, `an hour and a half` are each one duration; `30 min or 3 hours` are two.
    """
    lengths: list[float] = []
    last, end = 0, 0
    for match in re.finditer(_LENGTH, text, re.IGNORECASE):
        number = re.sub(r"\s+", " ", match["number"].lower())
        value = _WORDS.get(number) or float(number.replace(",", "."))
        unit, tail = _UNITS[match["unit"][0].lower()], match["tail"] or ""
        length = value * unit + (int(tail) * times.MINUTE if tail.isdecimal() else 0)
        length += unit / 2 if match["half"] or tail.strip().startswith("and") else 0
        if lengths and unit < last and re.fullmatch(_JOINED, text[end : match.start()], re.IGNORECASE):
            lengths[-1] += length
        else:
            lengths.append(length)
        last, end = unit, match.end()
    return round(max(lengths)) if lengths else None


def _until(text: str, at: int, tz: tzinfo | None) -> int | None:
    """The time in ms from `at`, when an estimate was given, to the clock time it names ("by 06:30"); None without."""
    found = re.search(_BY, text, re.IGNORECASE)
    if found is None:
        return None
    try:
        length = times.parse_future(found["when"], at, tz) - at
    except times.TimeError:
        return None
    return length if length <= _FAR else None


_COMPUTED: dict[str, Callable[[Incident, Playbook, int, tzinfo | None], _Verdict]] = {
    ids.TRIGGER_SEV1: _sev1,
    ids.TRIGGER_OVER_2H: _over_2h,
    ids.TRIGGER_BREACH: _breach,
    ids.TRIGGER_MAJOR_CUSTOMERS: _major_customers,
}
