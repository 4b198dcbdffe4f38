"""What a message to customers says beyond its fields: the kind of problem, what they can do, and how it ended."""

from __future__ import annotations

import re
from collections.abc import Mapping

from warroom.messages.advising import advice
from warroom.messages.amounts import over_amount
from warroom.messages.answers import NOT_KNOWN_TO_CUSTOMERS, says_no_news
from warroom.messages.at_the_end import CAUSE, STATUS, noted_at_the_end
from warroom.messages.calm import calm, counted_to_the_end
from warroom.messages.contradictions import says_it_works
from warroom.messages.customer_data import about_data
from warroom.messages.plans import later_than_the_end
from warroom.messages.said import beyond
from warroom.messages.services import service_of
from warroom.messages.sources import STATE
from warroom.messages.telling import stands_alone, told
from warroom.messages.templates import Kind
from warroom.messages.unfinished import unfinished
from warroom.messages.values import FOR_CUSTOMERS, standard_values
from warroom.model import ids
from warroom.model.harm import is_harm
from warroom.model.incident import Incident
from warroom.model.snapshot import Snapshot
from warroom.text.cleaning import clean

_CALM = ("affected", "status", "meaning", "workaround", "help", "apology", "cause", "prevention")


def for_customers(
    kind: Kind,
    typed: Mapping[str, str],
    said: Mapping[str, str],
    shown: Mapping[str, object],
    snapshot: Snapshot,
    *,
    state: str,
    over: bool,
) -> dict[str, object]:
    """The values that `compose` adds for customers, and fields as they read them; nothing for any other message.

    `typed` are the fields as typed, `said` as messages say them, `shown` without what their labels say already.
    """
    if not kind.public:
        return {}
    incident, names = snapshot.incident, snapshot.playbook.names
    impact, status = str(shown.get("impact", "")), said.get("status", "")
    data = about_data(snapshot, impact)
    when = standard_values(("period", "period_short", "back_since"), snapshot, "", over=over)
    values: dict[str, object] = {field: calm(str(shown[field]), names) for field in _CALM if field in shown}
    values |= told(
        impact,
        str(shown.get("affected", "")),
        service_of(incident, names),
        {key: str(value) for key, value in when.items()},
        names,
        state=state,
        over=over,
        data=data,
        unsure=any(unfinished(text, over=over) for text in _told_of_the_end(said, incident, over=over)),
        works=bool(says_it_works(status)),
        planned=bool(later_than_the_end(impact, snapshot)),
    )
    values |= advice(kind, typed, said, snapshot, state="resolved" if over else state, data=data)
    if over and str(values.get("affected", "")) == NOT_KNOWN_TO_CUSTOMERS:
        values["affected"] = ""  # nobody reads at the end that it is still not known
    elif _ALL.fullmatch(str(values.get("affected", "")).strip(" .!")):
        values["affected"] = "All customers"
    elif "affected" in values:
        values["affected"] = over_amount(_ABOUT.sub("About ", str(values["affected"])))
    if over and "affected" in values:
        values["affected"] = counted_to_the_end(str(values["affected"]))
    status = str(values.get("status", ""))
    values["status_tells"] = "says" if stands_alone(status) else ""
    values["nothing_new"] = not over and says_no_news(typed.get("status", ""))
    if values["nothing_new"]:
        values["status"] = ""
    values |= _beyond_the_state(str(values.get("status", "")), state="cancelled" if incident.cancelled else state)
    values["cause_open"] = over and _cause_is_open(kind, typed, snapshot)
    values["breach_noted"] = is_harm(clean(incident.fact(ids.FACT_BREACH)).strip())
    own = {field.id for field in kind.fields} & {*FOR_CUSTOMERS} - {*_CALM}
    return {name: value for name, value in values.items() if name not in own}


_ALL = re.compile(r"all|all of them|every(?:one|body)|100 ?%", re.IGNORECASE)


def _beyond_the_state(status: str, *, state: str) -> dict[str, object]:
    """What a status says beyond the sentence of its state, and which half of that sentence it says in its own words.

    That half is left out then, so that nobody reads it twice; what was typed stays.
    """
    found, doing = _SAYS.get(state, (None, None))
    partly = _PARTLY.search(status) is not None
    more = status if partly or state not in _TOLD else beyond(status, _TOLD[state])
    found_told = found is not None and any(map(found.match, _SENTENCE.split(more)))
    doing_told = doing is not None and doing.search(more) is not None
    return {"partly": partly, "status_more": more, "cause_told": found_told, "doing_told": doing_told}


_WE_ARE = r"\b(?:we(?: are|['’]re)|and(?: are)?)(?: (?:now|still|also|\w+ly))* "
_SAYS = {
    "investigating": (
        re.compile(
            r".*(?<!stopped )(?<!not )(?<!longer )\b(?:investigating|finding out|trying to find|search(?:ing)? for the"
            r"|(?:looking (?:for|into)|checking)"
            r" (?:it|this|how|what|why|the (?:root )?(?:cause|reason|problem|fault))\b)",
            re.IGNORECASE,
        ),
        None,
    ),
    "identified": (
        re.compile(
            r"(?:we(?: have|['’]ve)?(?: now)? )?(?:found(?: out)?|identified|know|understand)"
            r" (?:the (?:root )?(?:cause|problem|reason)|what|why)\b"
            r"|(?:the |our )?(?:root )?cause(?::| is| was| has been| found)(?! (?:not|still|un|being))",
            re.IGNORECASE,
        ),
        re.compile(
            _WE_ARE + r"(?:fix|repair|correct|restor|revers|revert|undo|roll|withdraw|replac|putt|chang|switch|restart"
            r"|reconnect|rebuild|deploy|install|apply|empty|clear|mend|solv|resolv|work|runn)ing\b",
            re.IGNORECASE,
        ),
    ),
    "monitoring": (
        re.compile(
            r"(?:a|the|our) (?:fix|solution|correction|patch) (?:is|was|has been)"
            r"(?: now)? (?:in place|live|deployed|released|applied|installed)\b"
            r"|we(?: have|['’]ve)?(?: now)? (?:fixed|deployed|released|applied|installed|put) ",
            re.IGNORECASE,
        ),
        re.compile(_WE_ARE + r"(?:checking|monitoring|watching|testing|observing|keeping an eye)\b", re.IGNORECASE),
    ),
}
"""By state: what a sentence begins with that says the first half of its sentence, and what says the second half."""
_SENTENCE = re.compile(r"(?<=[.!?])\s+|\n|;\s+")
_WORKING = (
    "we are we're now currently still actively continuing working on it this the problem issue incident investigating"
    " looking into checking it cause"
)
_FIXING = (
    f"{_WORKING} have found identified know known the and working on a fix in progress solution fixing repairing"
    " resolving solving as quickly fast soon possible"
)
_TOLD = {
    "investigating": _WORKING,
    "identified": _FIXING,
    "monitoring": f"{_FIXING} a fix solution in place implemented deployed applied released rolled out monitoring"
    " watching checking it works the results closely",
    "resolved": f"{_FIXING} resolved fixed solved it the problem issue incident now fully",
}
"""The words that say no more than the sentence of a state."""
_PARTLY = re.compile(r"\b(?:few|half|many|most|mostly|not|only|partly|some)\b|\d", re.IGNORECASE)
"""What says more than the state does: `works for some`."""
_ABOUT = re.compile(r"^(?:ca\.? ?|approx\.? ?|[~≈] ?)(?=\d)", re.IGNORECASE)


def _told_of_the_end(said: Mapping[str, str], incident: Incident, *, over: bool) -> list[str]:
    """What was said of how it ended, or of how far it is: by colleagues too, once it is over."""
    end = incident.resolution
    return [said.get("status", ""), said.get("meaning", ""), end.text if over and end is not None else ""]


def _cause_is_open(kind: Kind, typed: Mapping[str, str], snapshot: Snapshot) -> bool:
    """Whether customers may read that we are finding out why: a post-mortem is owed, and nobody has said anything.

    They were not told either that the cause was found.
    """
    incident = snapshot.incident
    if incident.cancelled or min(level for _, level in incident.severities) not in snapshot.playbook.post_mortem.owed:
        return False
    states = {sent.body.fields.get(STATE, "") for sent in incident.sent([ids.MESSAGE_CUSTOMER])}
    told = any(typed.get(id, "").strip() for id in (CAUSE, STATUS)) or states & {"identified", "monitoring"}
    return not told and CAUSE not in noted_at_the_end(kind, incident)
