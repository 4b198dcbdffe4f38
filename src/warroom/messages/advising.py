"""What customers can do: the workaround while it lasts, a new one after the end, and whether to check what failed."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from warroom.messages.templates import Kind
from warroom.model import ids
from warroom.model.escalation import yes
from warroom.model.incident import Incident
from warroom.model.kinds.lifecycle import Declared, SeveritySet, StageSet, severity_chosen
from warroom.model.snapshot import Snapshot
from warroom.text.cleaning import clean

WORKAROUND = "workaround"
_DONE = re.compile(
    r"\b(?:book(?:ed|ings?)?|bought|buy(?:ing)?|(?<!gift )cards?|checkouts?|deposits?|donat\w+|orders?|ordered|ordering"
    r"|paid|pay|pay(?:ing|s)|payments?|purchas\w+|refunds?|registrations?|reserv\w+|sav(?:e|es|ing)|sign-?ups?|submi\w+"
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
    kind: Kind, typed: Mapping[str, str], said: Mapping[str, str], incident: Incident, *, state: str, data: bool
) -> dict[str, object]:
    """The values `check_first` and `workaround` of a message to customers.

    `typed` are its fields as typed, `said` as the message says them. Once it is resolved, or a fix is in place, a
    workaround of before that is left out: it is needed no more. Where `data` may have been lost or seen by others,
    nobody is told to try again.
    """
    if kind.field(WORKAROUND) is None:
        return {}
    known = said[WORKAROUND].strip() or said.get("meaning", "").strip()
    left_out = typed[WORKAROUND].strip() and not said[WORKAROUND].strip()  # "none": there is nothing they can do
    about = (said.get("impact", ""), incident.fact(ids.FACT_SYSTEM), incident.title)  # the most exact first
    over = state == "resolved"
    fixed = over or state == "monitoring"
    values: dict[str, object] = {"check_first": "" if known or left_out or data else _check_first(about, over=over)}
    if fixed and _is_of_before(kind, typed[WORKAROUND], incident, over=over):
        values[WORKAROUND] = ""
    elif _NOTHING_TO_DO.fullmatch(said[WORKAROUND].strip()):
        values[WORKAROUND] = "" if over else "You do not need to do anything"
    return values


_NOTHING_TO_DO = re.compile(
    r"(?:there is )?(?:nothing|no action)(?: (?:to do|to be done|(?:is )?(?:needed|required|necessary)"
    r"|for (?:you|them)))+[.!]*",
    re.IGNORECASE,
)
_EXPOSED = re.compile(
    r"\b(?:other|another|different|someone else|somebody else|strangers?|wrong)(?:['’]s)? (?:people|customer|user"
    r"|account|person|compan|tenant|patient|member)\w*"
    r"|\b(?:someone|somebody|anybody|anyone) else['’]?s\b"
    r"|\b(?:expos\w+|leak\w*|stolen|hack\w*|breach\w*|visible to|data loss)\b"
    r"|\blo(?:st|se)\b.*\b(?:data|files|photos|documents|uploads|orders|messages)\b"
    r"|\b(?:data|files|photos|documents|uploads|orders|messages) (?:\w+ ){0,3}(?:lost|gone|deleted)\b",
    re.IGNORECASE,
)
_RISKS = ("data_loss", "security")


def about_data(snapshot: Snapshot, impact: str = "") -> bool:
    """Whether data may have been lost or seen by others: by what is at risk, or by what the impact says."""
    incident = snapshot.incident
    risks = {row.label for row in snapshot.playbook.risks if row.id in _RISKS}
    bases = {logged.body.basis for logged in incident.all(Declared)}
    bases |= {logged.body.basis for logged in incident.all(SeveritySet)}
    taken = yes(incident.fact(ids.FACT_BREACH)) is True
    return bool(taken or risks & bases or _EXPOSED.search(impact or incident.fact("impact")))


def data_at_risk(snapshot: Snapshot, impact: str = "") -> bool:
    """Whether data may be affected as far as is known now: not what it was first taken for, as by `about_data`."""
    chosen = severity_chosen(snapshot.incident)
    risks = {row.label for row in snapshot.playbook.risks if row.id in _RISKS}
    return bool((chosen and chosen[1] in risks) or _EXPOSED.search(impact or snapshot.incident.fact("impact")))


def _check_first(about: Sequence[str], *, over: bool) -> str:
    """What to check before trying again, if what failed may have gone through; by the first text that tells it."""
    then = " during this time" if over else ""
    impact, *_ = about
    for text in about:
        done, looked_at = _DONE.search(text), _LOOKED_AT.search(text)
        if not done and not looked_at:
            continue
        if looked_at:
            return ""
        if not _MAY_HAVE_FAILED.search(impact) or _WENT_THROUGH.search(impact):
            return ""
        for pattern, what, where, again in _CHECKED:
            if pattern.search(text):
                return f"If {what} failed{then}, please check your {where} before you {again} again."
        return f"Before you repeat something that failed{then}, please check whether it went through."
    return ""


_CHECKED = (
    (
        re.compile(
            r"\b(?:(?<!gift )cards?|charg\w+|checkouts?|paid|pay(?:ing|s|ments?)?|purchas\w+|buy(?:ing)?|bought)\b",
            re.IGNORECASE,
        ),
        *("a payment", "orders", "pay"),
    ),
    (re.compile(r"\border(?:s|ed|ing)?\b", re.IGNORECASE), *("an order", "orders", "order")),
    (re.compile(r"\b(?:book(?:ed|ings?)?|reserv\w+)\b", re.IGNORECASE), *("a booking", "bookings", "book")),
    (re.compile(r"\b(?:transfer\w*|withdraw\w*)\b", re.IGNORECASE), *("a transfer", "account", "send it")),
)
"""What may have worked although it seemed to fail, where to see that, and what is not to be done twice."""


_MAY_HAVE_FAILED = re.compile(
    r"\A\s*\Z|\b(?:abort\w*|blank|broken|cannot|can['’]?t|can not|could(?: not|n['’]?t)|crash\w*|declin\w+|down|empty"
    r"|errors?|fail\w*|freez\w+|hang\w*|hung|impossible|nobody|no[ -]one|not (?:available|possible|working)"
    r"|offline|outage|problems?|refus\w+|reject\w*|stuck|time-?outs?|tim(?:e|es|ed|ing) out"
    r"|unable|unavailable|unreachable|(?:do|does|did)(?: not|n['’]?t)|slow\w*|tak(?:e|es|ing)|trouble|issues?)\b",
    re.IGNORECASE,
)
"""What an impact says if something that people did may seem to have failed; of no impact, that is assumed."""
_WENT_THROUGH = re.compile(
    r"\b(?:accepted|confirmed|paid|placed),? but\b"
    r"|\b(?:charged|billed|debited|paid) (?:\w+ )?(?:twice|double|too much|again)"
    r"|\b(?:double|duplicate)[- ]?(?:charg\w+|billed|billing|payments?)"
    r"|\bnot (?:been )?(?:delivered|dispatched|shipped)\b",
    re.IGNORECASE,
)
"""What went through for sure, so that there is nothing to check before trying again."""


def _is_of_before(kind: Kind, text: str, incident: Incident, *, over: bool) -> bool:
    """Whether a workaround is one of the time before the end, or before the fix if it is not `over` yet."""
    stages = [logged for logged in incident.all(StageSet) if logged.body.stage in _FIXED]
    fixed = incident.resolution if over else next(iter(stages), None)
    said = [(fact.order, fact.body.value) for fact in incident.facts.get(WORKAROUND, ())]
    for sent in incident.sent([kind.id]):
        if over or sent.body.fields.get("state", "").strip().lower() != "monitoring":
            said.append((sent.order, sent.body.fields.get(WORKAROUND, "")))
    same = [order for order, words in said if clean(words).strip() == text.strip()]
    return any(fixed is None or order < fixed.order for order in same)


_FIXED = ("resolution", "recovery")
"""The stages in which a fix is in place."""
