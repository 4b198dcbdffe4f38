"""What the end tells of an impact and of how many were affected: the worst that was told, not what was left at last."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import TYPE_CHECKING

from warroom.messages.all_clear import is_all_clear
from warroom.messages.extents import UNTIL, extent, got_better, grown, is_rest_of, narrowed, says_nobody
from warroom.messages.templates import Kind
from warroom.messages.tense import past
from warroom.messages.unfinished import what_is_left
from warroom.model import ids
from warroom.model.incident import Incident
from warroom.model.kinds.facts import says_unknown
from warroom.model.snapshot import Snapshot
from warroom.text.cleaning import clean
from warroom.text.sentences import same_words, unstopped

if TYPE_CHECKING:
    from warroom.messages.readable import RulesOf

AFFECTED, CUSTOMERS = "affected", "customers"
_TO_COLLEAGUES = (ids.MESSAGE_INITIAL, ids.MESSAGE_UPDATE, ids.MESSAGE_RESOLUTION, ids.MESSAGE_ESCALATION)


def worst_impact(known: Iterable[str]) -> str:
    """Of the impacts that were known one after another, the last that was not only what was left of another; or "".

    What says that nobody is hit any more, or that it works, was never the worst.
    """
    hit = (impact for impact in known if impact and not is_all_clear(impact))
    return _worst(hit, lambda before, now: bool(what_is_left(now)) or got_better(before, now))


def worst_known(impact: str, kind: Kind, incident: Incident) -> str:
    """The impact as it was last known in full, if these words tell only what was left of it towards the end."""
    known = [clean(fact.body.value).strip() for fact in incident.facts.get("impact", ())]
    if impact.strip() not in known:
        if not is_all_clear(impact):
            return impact  # words for these readers
        told = incident.sent([kind.id]) if kind.public else []
        known = [*known, *(clean(sent.body.fields.get("impact", "")).strip() for sent in told), impact.strip()]
    return worst_impact(known[: known.index(impact.strip()) + 1]) or impact


def worst_share(told: Sequence[str], last: str, *, better: bool, over: bool = True) -> str:
    """The worst share that was told, with the last one behind it where that is another one: `all 8 shops (2 until …)`.

    No other one stands behind it if it is a clause, told in the past: `2,700 orders were waiting`; or if not `over`.

    `told` are the shares as readers were told them, the first one first. `better` if other words say that it got
    better in between: then the first share is the worst one also where figures don't tell.
    """
    if _no_share(last):
        return last
    before = [share for share in told if not _no_share(share) and not _VAGUE.search(share)]

    def less(one: str, then: str) -> bool:
        change = -1 if is_all_clear(then) else grown(one, then)
        return change == -1 or (change is None and (better or narrowed(one, then)))

    most = _worst([*before, last], less)
    if _HAS_VERB.search(_MORE_CLOSELY.split(most)[0]):
        return past(most)
    if not over or same_words(most, last) or says_nobody(last, most) or is_all_clear(last):
        return most
    last = _BY_NOW.sub("", last)
    rest = _in_short(unstopped(last), most)
    if _OWN_TIME.search(rest):  # `returns that were rejected towards the end` would be others
        return f"{unstopped(most)}; {UNTIL}, {rest}"
    if same_words(rest, last) or "(" in most + rest:
        return f"{unstopped(most)}; {rest} {UNTIL}"
    return f"{unstopped(most)} ({rest} {UNTIL})"


def _worst(told: Iterable[str], less: Callable[[str, str], bool]) -> str:
    """The last of some texts that is not `less` than the worst one before it; "" if there are none."""
    worst = ""
    for text in told:
        if not worst or not less(worst, text):
            worst = text
    return worst


def _no_share(text: str) -> bool:
    """Whether a text tells of no share, or of two by itself."""
    return not text.strip() or says_unknown(text) or _SAYS_BOTH.search(text) is not None


def _in_short(last: str, most: str) -> str:
    """The last share without what the worst one says already: `60 of 800 meters` behind `all 800 meters` is `60`."""
    last = re.sub(r"^[~≈] ?(?=\d)", "about ", last)
    whole = _OF_THE_SAME.search(last) if extent(last).part is not None else None
    if whole and re.sub(r"^(?:all|our|the) ", "", whole[1].casefold()) in most.casefold():
        return last[: whole.start()].casefold()
    return last


_VAGUE = re.compile(
    r"\?|^(?:a (?:few|lot|number)|few|many|most|several|some|various)\b"
    r"|\b(?:i think|maybe|not sure|perhaps|probably)\b",
    re.IGNORECASE,
)
"""Words without a figure, or a guess: what is told later is more exact."""
_SAYS_BOTH = re.compile(
    rf"\b{UNTIL}|\bat (?:first|its worst|the (?:beginning|peak|start|worst))\b"
    r"|\b(?:later|last figure|towards the end)\b",
    re.IGNORECASE,
)
_BY_NOW = re.compile(
    r"^(?:(?:by now|currently|down to|just|now|only|still)\b,? ?)+|,? (?:by now|now|only|so far|still)(?=\.?$)",
    re.IGNORECASE,
)
"""What is said of a share at a time, and not of what it was at the end."""
_OF_THE_SAME = re.compile(r" of ((?:(?:all|our|the) )?\S+(?: [\w'’-]+){0,3})$")
_HAS_VERB = re.compile(
    r"\b(?:is|are|has|have|can|cannot|can['’]t|do not|don['’]t|does not|doesn['’]t|fail|fails|wait)\b", re.IGNORECASE
)
"""What makes a clause of a share for sure: `212 claims` has a noun that may be a verb elsewhere."""
_MORE_CLOSELY = re.compile(r"\b(?:that|where|which|who|whose|with)\b", re.IGNORECASE)
_OWN_TIME = re.compile(r"\b(?:from|since|that|where|which|who|whose)\b", re.IGNORECASE)
"""What would take a time behind it for its own."""


def worst_shares(
    kind: Kind, start: Mapping[str, str], snapshot: Snapshot, rules: RulesOf, *, better: bool
) -> dict[str, str]:
    """The share and the customers that a message of the end starts from, instead of the last ones in `start`.

    Customers read only the worst one; colleagues also what was left of it at the end.
    `better` if the impact got better before the end.
    """
    found = {}
    for field in (AFFECTED, CUSTOMERS):
        last, told = start.get(field, "").strip(), _told(kind, field, snapshot, rules)
        before = next((text for text in reversed(told) if text), "")
        if not last and before and says_nobody(known := noted(snapshot, field), before):
            last = known  # customers do not read `nobody any more`
        if last:
            found[field] = worst_share(told, last, better=better, over=not kind.public)
    share, total = found.get(AFFECTED, ""), found.get(CUSTOMERS, "")
    if UNTIL not in share and rest_of_what_was_told(share, total or noted(snapshot, CUSTOMERS), snapshot.incident):
        read = (
            [*_told(kind, AFFECTED, snapshot, rules), *_known(kind, AFFECTED, snapshot, rules)] if kind.public else []
        )
        if told := [text for text in read if text and not same_words(text, share)]:
            return {AFFECTED: worst_share(told, told[-1], better=better, over=False)}
        left = f"{unstopped(share)} {UNTIL}"
        return {AFFECTED: left} if not total else {AFFECTED: "", CUSTOMERS: f"{unstopped(total)}; {left}"}
    return found


def rest_of_what_was_told(share: str, total: str, incident: Incident) -> bool:
    """Whether a share is what is left of a number of customers that colleagues were told before they knew the share."""
    if not share or not total or not is_rest_of(share, total):
        return False
    sent = (message.body.fields for message in incident.sent(_TO_COLLEAGUES))
    first = next((fields for fields in sent if same_words(fields.get(CUSTOMERS, ""), total)), None)
    return first is not None and not same_words(first.get(AFFECTED, ""), share)


def told_with_more(share: str, total: str, incident: Incident) -> bool:
    """Whether a number of customers was told beside a larger share, and has not been corrected since."""
    return any(
        same_words(sent.body.fields.get(CUSTOMERS, ""), total)
        and grown(sent.body.fields.get(AFFECTED, ""), share) == -1
        for sent in incident.sent(_TO_COLLEAGUES)
    )


def noted(snapshot: Snapshot, name: str) -> str:
    """A fact as it is now, as text."""
    return clean(snapshot.incident.fact(name)).strip()


def _told(kind: Kind, field: str, snapshot: Snapshot, rules: RulesOf) -> list[str]:
    """What these readers were told in a field, oldest first; the facts, as they read them, if they read nothing yet."""
    incident = snapshot.incident
    sent = incident.sent([kind.id] if kind.public else _TO_COLLEAGUES)
    if sent:
        return [clean(message.body.fields.get(field, "")).strip() for message in sent]
    return _known(kind, field, snapshot, rules)


def _known(kind: Kind, field: str, snapshot: Snapshot, rules: RulesOf) -> list[str]:
    """What the fact of a field was, as these readers read it, oldest first."""
    row, incident = kind.field(field), snapshot.incident
    names = [source.removeprefix("fact:") for source in row.source if source.startswith("fact:")] if row else []
    known = [clean(fact.body.value).strip() for name in names[-1:] for fact in incident.facts.get(name, ())]
    return [text for text in known if not says_unknown(text)]
