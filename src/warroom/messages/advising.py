"""What customers can do: the workaround while it lasts, a new one after the end, and whether to check what failed."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from warroom.messages.templates import Kind
from warroom.model import ids
from warroom.model.incident import Incident
from warroom.text.cleaning import clean

WORKAROUND = "workaround"
_DONE = re.compile(
    r"\b(?:book(?:ed|ings?)?|bought|buy(?:ing)?|cards?|checkouts?|deposits?|donat\w+|orders?|ordered|ordering|paid|pay"
    r"|pay(?:ing|s)|payments?|purchas\w+|refunds?|registrations?|reserv\w+|sav(?:e|es|ing)|sign-?ups?|submi\w+"
    r"|subscri\w+|top-?ups?|transactions?|transfer\w*|upload\w*|withdraw\w*)\b",
    re.IGNORECASE,
)
"""What people do that may have worked although it seemed to fail: paying, ordering, saving."""
_LOOKED_AT = re.compile(
    r"\b(?:dashboards?|delet\w+|display\w*|e-?mails?|export\w*|gone|histor\w+|invoices?|late|lists?"
    r"|log(?:ged|ging)?[ -]?(?:in|on|out)s?|lost|missing|notifications?|overview|reports?|search\w*|shown?|shows"
    r"|sign(?:ed|ing)?[ -]in|slow\w*(?!.*\b(?:error|fail))|statements?|statistics)\b",
    re.IGNORECASE,
)
"""What is only looked at, or never begun, so that there is nothing to check: the list of orders, the way in to pay."""


def advice(
    kind: Kind, typed: Mapping[str, str], said: Mapping[str, str], incident: Incident, over: bool
) -> dict[str, object]:
    """The values `check_first` and `workaround` of a message to customers; nothing for any other message.

    `typed` are its fields as typed, `said` as the message says them. Once it is `over`, a workaround of before the end
    is left out: it is needed no more.
    """
    if not kind.public or kind.field(WORKAROUND) is None:
        return {}
    known = said[WORKAROUND].strip() or said.get("meaning", "").strip()
    left_out = typed[WORKAROUND].strip() and not said[WORKAROUND].strip()  # "none": there is nothing they can do
    about = (said.get("impact", ""), incident.fact(ids.FACT_SYSTEM), incident.title)  # the most exact first
    values: dict[str, object] = {"check_first": not known and not left_out and _may_have_worked(about)}
    if over and _is_of_before_the_end(kind, typed[WORKAROUND], incident):
        values[WORKAROUND] = ""
    return values


def _may_have_worked(about: Iterable[str]) -> bool:
    """Whether something that failed may have gone through all the same, by the first text that tells it."""
    for text in about:
        done, looked_at = _DONE.search(text), _LOOKED_AT.search(text)
        if done or looked_at:
            return looked_at is None
    return False


def _is_of_before_the_end(kind: Kind, text: str, incident: Incident) -> bool:
    end = incident.resolution
    said = [(fact.order, fact.body.value) for fact in incident.facts.get(WORKAROUND, ())]
    said += [(sent.order, sent.body.fields.get(WORKAROUND, "")) for sent in incident.sent([kind.id])]
    same = [order for order, words in said if clean(words).strip() == text.strip()]
    return any(end is None or order < end.order for order in same)
