"""The values that every message template may use in addition to its fields; computed only if the template uses them."""

from __future__ import annotations

import re
from collections.abc import Callable, Container, Sequence
from datetime import UTC, tzinfo

from warroom.messages.amounts import amount, numbers
from warroom.messages.answers import worded
from warroom.messages.calm import calm, lowered, written_out
from warroom.messages.dates import end_of, lasted, long_day, periods, ranged, time_told
from warroom.messages.grammar import capital
from warroom.messages.resolved import claims_resolved
from warroom.messages.services import UNNAMED, service, service_of, vocabulary
from warroom.model import ids, times
from warroom.model.contacts import contact
from warroom.model.cost import cost, cost_so_far
from warroom.model.harm import denied, standing
from warroom.model.kinds.lifecycle import Declared, Resolved, Retitled
from warroom.model.milestones import milestones
from warroom.model.names import Names
from warroom.model.snapshot import Snapshot
from warroom.text.cleaning import clean
from warroom.text.sentences import unstopped


def standard_values(
    asked: Container[str], snapshot: Snapshot, author: str, *, over: bool | None = None, public: bool = False
) -> dict[str, object]:
    """The standard values that a template uses (`asked`), all as text; `over` if it speaks of an end already.

    `public` if it is for customers.
    """
    found: dict[str, object] = {name: make(snapshot) for name, make in _VALUES.items() if name in asked}
    over = snapshot.incident.over() if over is None else over
    found |= {name: make(snapshot, over) for name, make in _TIMES.items() if name in asked}
    names = snapshot.playbook.names
    facts = {name: calm(clean(snapshot.incident.fact(name)).strip(), names) for name in STATED_FACTS if name in asked}
    found |= worded(facts, public=public)
    if ids.FACT_BREACH in asked or BREACH_IS in asked:
        noted = clean(snapshot.incident.fact(ids.FACT_BREACH)).strip()
        found[BREACH_IS], rest = standing(noted)
        said = worded({ids.FACT_BREACH: rest}, public=public)[ids.FACT_BREACH]
        found[ids.FACT_BREACH] = "" if denied(noted) else said
    if "name" in asked:
        found["name"] = clean(author)
    for value, name in _CONTACTS.items():
        if value in asked:
            found[value] = clean(contact(snapshot.playbook.contacts, snapshot.incident, name, author))
    return found


BREACH_IS = "breach_is"
"""Whether a breach is suspected or confirmed, "" if its own words say how it stands."""
STATED_FACTS = ("known", "unknown", "workaround", "segment", "data_loss")
"""The facts that messages state as they are, for which their sender needs no field."""
_CONTACTS = {"support": "support", "status_page": "status_page", "channel": "channel", "contact": "me"}
"""The contacts by the name that they have in a template."""


def _end(snapshot: Snapshot) -> int:
    """When it was over, or now if it is still open (ms UTC)."""
    return end_of(snapshot.incident.ended_at, snapshot.now)


def _window(snapshot: Snapshot, over: bool) -> str:
    """When customers may have been affected, in UTC: `02:17 and 04:32 UTC`, or until now if it is still open."""
    incident = snapshot.incident
    end = _end(snapshot)
    first, last = times.clock(incident.began, UTC), times.clock(end, UTC)
    if times.day(incident.began, UTC) != times.day(end, UTC):
        first, last = f"{times.day(incident.began, UTC)} {first}", f"{times.day(end, UTC)} {last}"
    return f"{first} and {last} UTC" if over else f"{first} UTC and now ({last} UTC)"


def _period(snapshot: Snapshot, over: bool) -> str:
    """When customers were affected, in UTC, to go on a sentence: `since 02:17 UTC`, or once over `between … and …`.

    It names the days if not all of it is today, and the years if not all of it is in this one.
    """
    incident, end = snapshot.incident, _end(snapshot)
    days = {times.day(at, UTC) for at in (incident.began, end, snapshot.now)}

    year = len({times.local(at, UTC).year for at in (incident.began, end, snapshot.now)}) > 1

    def told(at: int) -> str:
        return f"{times.clock(at, UTC)} UTC" + (f" on {long_day(at, UTC, year=year)}" if len(days) > 1 else "")

    if not over:
        return f"since {told(incident.began)}"
    first, last = told(incident.began), told(end)
    if first == last:
        return f"at {first}"
    if times.day(incident.began, UTC) == times.day(end, UTC):
        first = times.clock(incident.began, UTC)
    return f"between {first} and {last}"


def _period_short(snapshot: Snapshot, over: bool) -> str:
    """The period where there is little room: `(02:17-04:32 UTC)` once it is over and within one day."""
    began, end = snapshot.incident.began, _end(snapshot)
    first, last = times.clock(began, UTC), times.clock(end, UTC)
    if not over or first == last or len({times.day(at, UTC) for at in (began, end, snapshot.now)}) > 1:
        return _period(snapshot, over)
    return f"({first}-{last} UTC)"


def _returned(snapshot: Snapshot) -> str:
    """When what was over came back: `at 06:01 CET, after it was resolved at 05:32 CET`; "" if it never did."""
    incident = snapshot.incident
    again = incident.restarted
    if again is None:
        return ""
    ends = [logged for logged in incident.all(Resolved) if logged.order < again.order]
    ended = f"resolved at {time_told(ends[-1].at, snapshot.now, snapshot.tz)}" if ends else "cancelled"
    return f"at {time_told(again.at, snapshot.now, snapshot.tz)}, after it was {ended}"


def _course(snapshot: Snapshot) -> str:
    """When it was noticed, mitigated, fixed and confirmed, as far as that is known: `Fixed 04:10, confirmed 04:25 CET`.

    "" if nothing is known but when it began and ended, which is told anyway.
    """
    found = [
        (words, one.at)
        for one in milestones(snapshot.incident, _STEPS)
        if one.at is not None and not one.problem and (words := _STEPS[one.id]) and one.at != snapshot.incident.began
    ]
    if not any(words in ("fixed", "confirmed", "mitigated") for words, _ in found):
        return ""
    return _in_turn(found, snapshot, snapshot.tz)


def _in_turn(found: Sequence[tuple[str, int]], snapshot: Snapshot, tz: tzinfo | None) -> str:
    """What was reached, each with its time (ms UTC): `fixed 04:10, confirmed 04:25 CET`."""
    days = {times.day(at, tz) for _, at in found}
    if len(days | {times.day(snapshot.now, tz)}) > 1:
        return ", ".join(f"{words} at {time_told(at, snapshot.now, tz, dated=True)}" for words, at in found)
    told = ", ".join(f"{words} {times.clock(at, tz)}" for words, at in found)
    return f"{told} {times.zone_name(found[-1][1], tz)}"


def _states_told(snapshot: Snapshot) -> str:
    """When customers first read of each state, in UTC: `first reported 02:20, cause found 03:05 UTC`.

    "" if they read of one state only, or of one after the end, or if it came back: then it is no course of events.
    """
    incident, found = snapshot.incident, dict[str, int]()
    for sent in incident.sent([ids.MESSAGE_CUSTOMER]):
        if words := _STATES.get(sent.body.fields.get("state", "").strip().lower()):
            found.setdefault(words, sent.at)
    ended = incident.ended_at
    if len(found) < _SEVERAL or incident.restarted or (ended is not None and max(found.values()) > ended):
        return ""
    return _in_turn([*found.items()], snapshot, UTC)


_STATES = {"investigating": "first reported", "identified": "cause found", "monitoring": "fix in place"}
_SEVERAL = 2


_STEPS = {"detected": "noticed", "mitigated": "mitigated", "fixed": "fixed", "verified": "confirmed"}
"""The milestones between beginning and end that readers of the resolution ask for, in plain words."""


def _back_since(snapshot: Snapshot) -> str:
    """When what customers were told was over came back, in UTC; "" if it did not, or if they had not been told."""
    incident, again = snapshot.incident, snapshot.incident.restarted
    before = [sent.body for sent in incident.sent([ids.MESSAGE_CUSTOMER]) if again and sent.order < again.order]
    if again is None or not any(
        body.fields.get("state", "").strip().lower() == "resolved" or claims_resolved(body.body) for body in before
    ):
        return ""
    today = times.day(_end(snapshot), UTC) == times.day(snapshot.now, UTC)
    return time_told(again.at, snapshot.now, UTC, dated=not today)


_MARKS = " .!?…,;:-–—"
_TAG = re.compile(r"\[?SEV[- ]?\d\]?\s*[:–-]?\s*(?:incident\s*:\s*)?|incident\s*:\s*", re.IGNORECASE)


def headline(title: str, names: Names) -> str:
    """A title for a subject: without a severity or "Incident:" in front, and without marks behind."""
    title = clean(title).strip()
    bare = title[found.end() :] if (found := _TAG.match(title)) else title
    words = bare.rstrip(_MARKS)
    if bare[len(words) :].strip() == "?":
        words = f"{words}?"  # it says that it is not sure
    if bare.startswith(".", len(words)):
        words = unstopped(f"{words}.")  # that of an abbreviation stays
    return capital(written_out(lowered(words or bare or title, names), names))


def subject_title(title: str, names: Names, *, over: bool = False) -> str:
    """A title for colleagues to read, without shouting: `PHOTOS GONE?? albums empty` is `Photos gone? Albums empty`.

    What its end doubts is told as not confirmed yet, until it is `over`.
    """
    calmed = _SHOUTED.sub(lambda found: found[0].lower(), headline(title, names))
    calmed = _MANY_MARKS.sub(lambda found: "?" if "?" in found[0] else "!", calmed)
    calmed = calmed.removesuffix("?") if over else calmed
    doubt = " (not confirmed yet)" if not over and _DOUBTED.search(clean(title)) else ""
    if calmed.removesuffix("?") == headline(title, names).removesuffix("?"):
        return calmed + doubt
    return capital(re.sub(r"(?<=[?!] )[a-z]", lambda found: found[0].upper(), calmed)) + doubt


_DOUBTED = re.compile(
    r"^(?!\W*(?:are|can|did|do|does|how|is|what|when|where|which|who|why)\b).*\w ?\?[?!]+\s*$", re.I | re.S
)
"""A title that doubts what it says, and asks nothing."""
_LOUD = r"(?:AGAIN|ALL|BROKEN|DOWN|EMPTY|EVERYTHING|GONE|LOST|MISSING|NEVER|NOBODY|NOT|NOTHING|SLOW|STILL|STUCK)"
_SHOUTED = re.compile(rf"\b(?:[A-Z]{{4,}} )?{_LOUD}\b(?: {_LOUD}\b)*")
_MANY_MARKS = re.compile(r"(?<=\w)[?!]{2,}")


def public_title(snapshot: Snapshot) -> str:
    """The title for customers: `Problem with checkout`; the incident's own only if its words are fit for them."""
    return _title_with(snapshot.incident.title, snapshot.incident.fact(ids.FACT_SYSTEM), snapshot)


def was_public_title(title: str, snapshot: Snapshot) -> bool:
    """Whether a title is one that a message offered by what the incident and the system were called at some time."""
    incident = snapshot.incident
    own = {one.body.title for one in incident.all(Declared)} | {one.body.title for one in incident.all(Retitled)}
    systems = {"", *(logged.body.value for logged in incident.facts.get(ids.FACT_SYSTEM, ()))}
    return any(title.strip() == _title_with(one, system, snapshot) for one in own for system in systems)


def _title_with(own: str, system: str, snapshot: Snapshot) -> str:
    names = snapshot.playbook.names
    named = service(system, names)
    if named == UNNAMED and not is_internal(clean(own).rstrip(_MARKS.replace("?", "")), names):
        return headline(own, names)
    return f"Problem with {named}"


def is_internal(title: str, names: Names) -> bool:
    """Whether a title is worded for colleagues: not to be read by customers unless somebody chooses it for them."""
    return bool(_INTERNAL.search(title) or vocabulary(names).technical.search(title))


_INTERNAL = re.compile(
    rf"\b{_LOUD}\b|\b[45]\d\d(?:s|ing|ed)\b|(?i:\b(?:borked|busted|crap\w*|fubar|garbage|hosed|lol|screwed|toast)\b)|"
    r"\b[A-Z]{3,}\s+[A-Z]{3,}\b|\b[45](?:\d\d|xx)\b|\bw/|\b\w+-\w+-\d|\b[a-z]+-(?:api|db|prod|service|svc|worker)\b"
    r"|[!?/_#]| [-–—] |\b(?:[A-Z]{2,}-\d+|v?\d+\.\d+\.\d+)\b"
    r"|(?i:\b(?:azure|k8s|take-?over|breach\w*|hack\w*|attack\w*|leak\w*"
    r"|compromis\w+|credentials?|stuffing|phishing|malware|fraud\w*|vulnerab\w+|exploit\w*|exposed?|suspicious|possibl[ey]"
    r"|suspect\w*|data loss|other (?:peoples?|customers?|users?)|time-?outs?|exceptions?|memory|cpu|disk|something"
    r"|wtf|bug|certs?|500s)\b)"
)
"""Signs of a title that is for colleagues: shouting, error codes, machines, and what lawyers word first."""


def cost_told(snapshot: Snapshot, revenue: str = "") -> str:
    """The cost with its basis; "15 min until it was resolved" would read as an estimate of the resolution.

    `revenue` per hour is what a message says, if that is not what is noted.
    """
    told = cost_so_far(snapshot.incident, snapshot.now, revenue)
    return amount(numbers(_up_to(clean(told).replace(" until it was resolved)", ")"), snapshot)))


def cost_sum(snapshot: Snapshot, revenue: str = "") -> str:
    """The cost without its basis; "" if it is not known."""
    found = cost(snapshot.incident, snapshot.now, revenue)
    return amount(_up_to(found.text, snapshot)) if found else ""


def _up_to(told: str, snapshot: Snapshot) -> str:
    """A cost as "up to" where only a share is affected: the revenue per hour may be that of everybody."""
    share = _A_PART.search(snapshot.incident.fact("affected"))
    return f"up to about {told.removeprefix('≈ ')}" if told and share else told


_A_PART = re.compile(r"(?<![\d.,])\d{1,2}(?:[.,]\d+)?\s*(?:%|per\s?cent\b)", re.IGNORECASE)


_VALUES: dict[str, Callable[[Snapshot], str]] = {
    "severity": lambda snapshot: f"SEV{snapshot.severity}",
    "title": lambda snapshot: clean(snapshot.incident.title),
    "headline": lambda snapshot: subject_title(
        snapshot.incident.title, snapshot.playbook.names, over=snapshot.incident.over()
    ),
    "public_title": public_title,
    "ref": lambda snapshot: snapshot.incident.id,
    "began": lambda snapshot: ranged(snapshot.incident.began, snapshot),
    "ended": lambda snapshot: ranged(_end(snapshot), snapshot),
    "span": periods,
    "duration": lambda snapshot: lasted(snapshot.incident.length(snapshot.now)),
    "service": lambda snapshot: service_of(snapshot.incident, snapshot.playbook.names),
    "worst": lambda snapshot: f"SEV{min(level for _, level in snapshot.incident.severities)}",
    "cost": cost_told,
    "cost_sum": cost_sum,
    "returned": _returned,
    "course": _course,
    "back_since": _back_since,
    "states_told": _states_told,
    "zone": lambda snapshot: times.zone_name(snapshot.now, snapshot.tz),
    "now": lambda snapshot: ranged(snapshot.now, snapshot),
}

_TIMES: dict[str, Callable[[Snapshot, bool], str]] = {
    "window": _window,
    "period": _period,
    "period_short": _period_short,
}

FOR_CUSTOMERS = (
    *("opening", "opening_short", "ending", "check_first", "nothing_new", "breach_noted"),
    *("cause_open", "cause_told", "doing_told", "status_tells", "status_more", "partly", "works_again"),
)
"""The values that a message to customers has in addition; in any other they are empty."""
COMPOSED = (
    *(
        "number",
        "state",
        "resolved",
        "cancelled",
        "form",
        "reported",
        "at_risk",
        "updates",
        "need",
        "eta_of_others",
    ),
    *FOR_CUSTOMERS,
)
"""The values that `compose` adds to every template."""
VALUES = (*_VALUES, *_TIMES, *STATED_FACTS, ids.FACT_BREACH, BREACH_IS, "name", *_CONTACTS, *COMPOSED)
"""The names of all values that a template may use in addition to its fields."""
