"""What a message to customers says beyond its fields: the kind of problem, what they can do, how it ended and why."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import TYPE_CHECKING

from warroom.messages.advising import advice, meaning_now
from warroom.messages.afterwards import cause, how_fixed, told_of_prevention, told_of_the_cause
from warroom.messages.amounts import over_amount
from warroom.messages.answers import NOT_KNOWN_TO_CUSTOMERS, says_no_news
from warroom.messages.calm import calm, counted_to_the_end
from warroom.messages.contradictions import says_it_is_safe, says_it_works
from warroom.messages.customer_data import DATA_LOSS, about_data, data_at_risk, finding_out
from warroom.messages.doing import FIXED, OPEN, in_front_of
from warroom.messages.plans import later_than_the_end
from warroom.messages.readable import built_in_rules
from warroom.messages.restated import without_repetition
from warroom.messages.said import beyond
from warroom.messages.services import service_of
from warroom.messages.shares import PEOPLE
from warroom.messages.telling import told
from warroom.messages.templates import Kind
from warroom.messages.to_you import FIELDS as TO_THEM
from warroom.messages.to_you import said_to_them
from warroom.messages.unfinished import unfinished
from warroom.messages.values import FOR_CUSTOMERS, standard_values
from warroom.messages.who import says_not_who
from warroom.model.escalation import yes
from warroom.model.incident import Incident
from warroom.model.snapshot import Snapshot
from warroom.text.cleaning import clean
from warroom.text.sentences import same_words, unstopped

if TYPE_CHECKING:
    from warroom.messages.readable import RulesOf

_CALM = ("affected", "status", "meaning", "workaround", "help", "apology")


def for_customers(
    kind: Kind,
    typed: Mapping[str, str],
    said: Mapping[str, str],
    shown: Mapping[str, object],
    snapshot: Snapshot,
    rules: RulesOf = built_in_rules,
    *,
    state: str,
    over: bool,
) -> dict[str, object]:
    """The values that `compose` adds for customers, and fields as they read them; nothing for any other message.

    `typed` are the fields as typed, `said` as messages say them, `shown` without what their labels say already.
    """
    if not kind.public:
        return {}
    incident = snapshot.incident
    impact, works = str(shown.get("impact", "")), bool(says_it_works(said.get("status", "")))
    data = about_data(snapshot, impact)
    when = standard_values(("period", "period_short", "back_since"), snapshot, "", over=over)
    names = snapshot.playbook.names
    name = service_of(incident, names)
    values: dict[str, object] = {field: calm(str(shown[field]), names) for field in _CALM if field in shown}
    meaning = meaning_now(kind, typed, incident, state="resolved" if over else state)
    if meaning.over:
        said = {**said, "meaning": meaning.text}
        values["meaning"] = calm(meaning.text, names)
    values |= told(
        impact,
        str(shown.get("affected", "")),
        name,
        {key: str(value) for key, value in when.items()},
        names,
        state=state,
        over=over,
        data=data,
        unsure=any(unfinished(text, over=over) for text in _told_of_the_end(said, incident, over=over)),
        works=works,
        planned=bool(later_than_the_end(impact, snapshot)),
        seen=bool(_SEEN.search(said.get("impact", "")[: len(said.get("impact", "")) - len(impact)])),
    )
    values |= advice(kind, typed, said, snapshot, state="resolved" if over else state, data=data)
    asked = not over and data_at_risk(snapshot, impact) and finding_out(snapshot, said)
    asked = asked and not any(says_it_is_safe(said.get(id, "")) for id in ("status", "impact"))
    if kind.field("meaning") and asked and not said["meaning"].strip():
        values["meaning"] = "We are finding out whether your data is affected"
    if over and str(values.get("affected", "")) == NOT_KNOWN_TO_CUSTOMERS:
        values["affected"] = ""  # nobody reads at the end that it is still not known
    elif _ALL.fullmatch(str(values.get("affected", "")).strip(" .!")):
        values["affected"] = "All customers"
    elif "affected" in values:
        values["affected"] = over_amount(_ABOUT.sub("About ", str(values["affected"])))
    if says_not_who(str(values.get("affected", ""))):
        values["affected"] = ""  # a hint asks its sender for who it is
    if over and "affected" in values:
        values["affected"] = counted_to_the_end(str(values["affected"]))
    values["who"] = _WHO.search(str(values.get("affected", ""))) is not None
    status = str(values.get("status", ""))
    values["status_tells"] = in_front_of(status, over=over)
    if values["status_tells"] == OPEN:
        values["status"] = _IF.sub("whether", without_repetition(status, "What we do not know yet"))
    elif over and status and not unfinished(status, over=True) and same_words(status, how_fixed(snapshot, rules)):
        values["status_tells"] = FIXED
    begins, *_ = _SENTENCE.split(status, maxsplit=1)
    values["partly"] = _PARTLY.search(status) is not None
    tells_it = _CAUSE_SOUGHT if state == "investigating" else _CAUSE_FOUND
    values["cause_told"] = bool(tells_it.match(begins) and (values["partly"] or beyond(begins, _OF_THE_STATE)))
    values["nothing_new"] = not over and says_no_news(typed.get("status", ""))
    if values["nothing_new"]:
        values["status"] = ""
    elif incident.cancelled and (found := _OUTCOME.match(str(values.get("status", "")))):
        # The reason was given to colleagues, and that of a duplicate is about another incident.
        reworded = (
            unstopped(found["because"]).casefold() != unstopped(clean(incident.cancelled.body.because)).casefold()
        )
        because = f": {found['because']}" * reworded
        values["status"] = "" if found["other"] else f"It was a false alarm{because}"
    if state == "monitoring" and not data and "help" in values:
        still = "see errors" if _ERRORS.search(impact) and not _NO_ERRORS.search(impact) else "have problems"
        values["help"] = re.sub(r"^If you need help,", f"If you still {still},", str(values["help"]))
    why = cause(incident) if over and not incident.cancelled else ""
    ended = over and not incident.cancelled
    told_why = told_of_the_cause(snapshot, rules).text if ended else ""
    values["cause"] = "" if _says_as_much(status, told_why) else told_why
    values["prevention"] = told_of_prevention(snapshot, rules).text if ended else ""
    if over and kind.field("meaning") and not said["meaning"].strip() and yes(incident.fact(DATA_LOSS)) is False:
        values["meaning"] = "No data was lost"
    values["cause_open"] = over and not why and _why_is_sought(said.get("status", ""), snapshot)
    values |= {id: said_to_them(str(values[id])) for id in TO_THEM if id in values}
    own = {field.id for field in kind.fields} & {*FOR_CUSTOMERS}
    return {name: value for name, value in values.items() if name not in own}


_ERRORS = re.compile(r"\berrors?\b", re.IGNORECASE)
_NO_ERRORS = re.compile(r"\b(?:late|delay\w*|slow\w*|twice|double|duplicate|wrong|missing)\b", re.IGNORECASE)
_SEEN = re.compile(
    r"\b(?:see(?:ing)?|saw|seen|get(?:ting)?|got|notic\w+|experienc\w+|encounter\w*|fac\w+) $", re.IGNORECASE
)
"""The end of what was left out of an impact because its label says it: `you may see`."""
_ALL = re.compile(r"all|all of them|every(?:one|body)|100 ?%", re.IGNORECASE)
_IF = re.compile(r"^if\b", re.IGNORECASE)
_CAUSE_FOUND = re.compile(
    r"(?:we(?: have|['’]ve)?(?: now)? )?(?:found(?: out)?|identified|know|understand)"
    r" (?:the (?:root )?(?:cause|problem|reason)|what|why)\b"
    r"|(?:the |our )?(?:root )?cause(?::| is| was| has been)(?! (?:not|still|un|being))",
    re.IGNORECASE,
)
_CAUSE_SOUGHT = re.compile(
    r"(?:we(?: are|['’]re)(?: still| now| currently)? )?"
    r"(?:investigating|checking|finding out|looking (?:for|into)|trying to find out)"
    r" (?:the (?:root )?(?:cause|reason)|how|what|why)\b",
    re.IGNORECASE,
)
_SENTENCE = re.compile(r"(?<=[.!?])\s+|\n|;\s+")
_OF_THE_STATE = (
    "we have found identified know the cause and are working on a fix in progress still investigating looking for"
)
_PARTLY = re.compile(r"\b(?:few|half|many|most|mostly|not|only|partly|some)\b|\d", re.IGNORECASE)
"""What says more than the state does: `works for some`."""
_WHO = re.compile(rf"\b(?:{PEOPLE}|anyone|anybody|every(?:one|body)|no(?:body| one)|those|we|who|you)\b", re.IGNORECASE)
"""Words for people in what is affected; anything else, such as "about 20 % of calls", is no "who"."""
_ABOUT = re.compile(r"^(?:ca\.? ?|approx\.? ?|[~≈] ?)(?=\d)", re.IGNORECASE)
_OUTCOME = re.compile(r"(?:False alarm|Duplicate(?P<other> of \S+)): (?P<because>.+)", re.DOTALL | re.IGNORECASE)
_WHY = re.compile(r"\b(?:because|caused?|due to|reason|owing to)\b", re.IGNORECASE)


_NOTHING_FOUND = re.compile(
    r"\b(?:reproduc\w+|false alarm|nothing (?:was |is )?(?:broken|found|wrong)"
    r"|no (?:bug|cause|error|fault|issue|problem)s?"
    r"|not (?:a|an|our) (?:bug|error|issue|problem)|no longer (?:happens|occurs)|went away|works as)\b",
    re.IGNORECASE,
)


def _says_as_much(status: str, cause: str) -> bool:
    """Whether a status tells most of a cause in its own words: it need not be read twice."""
    words = {word for word in re.findall(r"\w+", cause.casefold()) if len(word) > _SHORT}
    told = {word for word in re.findall(r"\w+", status.casefold()) if len(word) > _SHORT}
    return len(words & told) * 3 >= len(words) * 2 > 0


_SHORT = 3


def _told_of_the_end(said: Mapping[str, str], incident: Incident, *, over: bool) -> list[str]:
    """What was said of how it ended, or of how far it is: by colleagues too, once it is over."""
    end = incident.resolution
    return [said.get("status", ""), said.get("meaning", ""), end.text if over and end is not None else ""]


def _why_is_sought(status: str, snapshot: Snapshot) -> bool:
    """Whether customers may read that we are finding out why: a post-mortem is owed, and no words say otherwise."""
    incident = snapshot.incident
    end = incident.resolution
    texts = [status, end.text if end is not None else ""]
    if incident.cancelled or min(level for _, level in incident.severities) not in snapshot.playbook.post_mortem.owed:
        return False
    return not any(_WHY.search(text) or _NOTHING_FOUND.search(text) for text in texts)
