"""Whether data of customers may have been lost or seen by others: by what is noted, at risk, or said of the impact."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from warroom.model import ids
from warroom.model.harm import is_harm, says_open
from warroom.model.kinds.lifecycle import Declared, severity_chosen
from warroom.model.kinds.severity import SeveritySet
from warroom.model.snapshot import Snapshot
from warroom.text.cleaning import clean

DATA_LOSS = "data_loss"
_RISKS = (DATA_LOSS, "security")
EXPOSED = re.compile(
    r"\b(?:other|another|different|someone else|somebody else|strangers?|wrong)(?:['’]s)? (?:people|customer|user"
    r"|account|person|compan|tenant|patient|member)\w*"
    r"|\b(?:someone|somebody|anybody|anyone) else['’]?s\b"
    r"|\b(?:expos\w+|leak\w*|stolen|hack\w*|breach\w*|visible to|data loss)\b"
    r"|\blo(?:st|se)\b.*\b(?:data|files|photos|documents|uploads|orders|messages)\b"
    r"|\b(?:data|files|photos|documents|uploads|orders|messages) (?:\w+ ){0,3}(?:lost|gone|deleted)\b",
    re.IGNORECASE,
)


def noted_harms(snapshot: Snapshot) -> Iterator[str]:
    """What is noted as a breach or as data loss, in whatever words; not what is only denied, guessed or not known."""
    for name in (ids.FACT_BREACH, DATA_LOSS):
        noted = clean(snapshot.incident.fact(name)).strip()
        if is_harm(noted):
            yield noted


def about_data(snapshot: Snapshot, impact: str = "") -> bool:
    """Whether data may have been lost or seen by others: by what is noted or at risk, or by what the impact says."""
    incident = snapshot.incident
    risks = {row.label for row in snapshot.playbook.risks if row.id in _RISKS}
    bases = {logged.body.basis for logged in incident.all(Declared)}
    bases |= {logged.body.basis for logged in incident.all(SeveritySet)}
    return bool(any(noted_harms(snapshot)) or risks & bases or EXPOSED.search(impact or incident.fact("impact")))


def data_at_risk(snapshot: Snapshot, impact: str = "") -> bool:
    """Whether data may be affected as far as is known now: not what it was first taken for, as by `about_data`."""
    chosen = severity_chosen(snapshot.incident)
    risks = {row.label for row in snapshot.playbook.risks if row.id in _RISKS}
    at_risk = (chosen and chosen[1] in risks) or EXPOSED.search(impact or snapshot.incident.fact("impact"))
    return bool(any(noted_harms(snapshot)) or at_risk)


def finding_out(snapshot: Snapshot, said: Mapping[str, str]) -> bool:
    """Whether somebody wrote that it is not known yet, or being found out, if data of customers is affected."""
    incident = snapshot.incident
    if any(says_open(clean(incident.fact(name)).strip()) for name in (ids.FACT_BREACH, DATA_LOSS)):
        return True
    if any(noted_harms(snapshot)):
        return False
    texts = (incident.fact("unknown"), said.get("status", ""), said.get("impact", ""), incident.fact("impact"))
    return any(_WHETHER_DATA.search(clean(text)) for text in texts)


DATA = (
    r"(?:data|files?|photos?|documents?|messages?|records?|details?|passwords?|attachments?|uploads?|comments?"
    r"|accounts?)"
)
_TAKEN = (
    r"(?:access\w*|affected|copied|deleted|downloaded|exposed|gone|leaked|lost|missing|read|seen|shown|stolen|taken"
    r"|viewed)"
)
_WHETHER_DATA = re.compile(
    rf"\b(?:whether|if|how much|how many|may|might|could|possibly|unclear|not known)\b[^.;\n]*\b{DATA}\b"
    rf"[^.;\n]*\b{_TAKEN}\b",
    re.IGNORECASE,
)


def tells_of_harm(text: str, harm: str) -> bool:
    """Whether a text for customers says in any sentence how it is with the data that a `harm` was noted of."""
    named = _named(harm)
    return any(
        (_SAID_OF_DATA.search(part) and (_NAMES_DATA.search(part) or named & _named(part)))
        or (_KEPT.search(part) and _OF_THEIRS.search(part))
        for part in _PART.split(text)
    )


def _named(text: str) -> set[str]:
    """The longer words of a text, without the "s" of a plural."""
    return {word.removesuffix("s") for word in _WORD.findall(text.casefold())}


_KEPT = re.compile(
    r"\b(?:deleted|exposed|gone|intact|kept|leaked|lost|missing|recorded|safe(?! to\b)|saved|stolen|stored"
    r"|(?:is|are|was|were) (?:all |still )*there)\b",
    re.IGNORECASE,
)
_OF_THEIRS = re.compile(r"\b(?:all|no|nobody|none|nothing|whether|your)\b", re.IGNORECASE)
"""With it, what was kept or lost need not be called data: `no return was lost`, `all entries are kept as drafts`."""


_PART = re.compile(r"[.;!?]\s|\n")
_WORD = re.compile(r"(?!(?:about|customers?|other|suspected|their|there|under|users?|which|whose)\b)[^\W\d_]{5,}")
_NAMES_DATA = re.compile(rf"\b{DATA}\b", re.IGNORECASE)
_SAID_OF_DATA = re.compile(
    rf"\b(?:{_TAKEN}|disclosed|intact|published|recover\w*|restor\w*|safe|saw|see|sent|show|shows|view|visible)\b",
    re.IGNORECASE,
)
