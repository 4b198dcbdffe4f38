"""Whether data of customers may have been lost or seen by others: by what is noted, at risk, or said of the impact."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from warroom.model import ids
from warroom.model.harm import DATA as DATA
from warroom.model.harm import EXPOSED as EXPOSED
from warroom.model.harm import asks_about_data, is_harm, says_open, tells_of_exposure
from warroom.model.kinds.lifecycle import Declared, severity_chosen
from warroom.model.kinds.severity import SeveritySet
from warroom.model.snapshot import Snapshot
from warroom.text.cleaning import clean

DATA_LOSS = "data_loss"
_RISKS = (DATA_LOSS, "security")


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
    return bool(any(noted_harms(snapshot)) or risks & bases or tells_of_exposure(impact or incident.fact("impact")))


def data_at_risk(snapshot: Snapshot, impact: str = "") -> bool:
    """Whether data may be affected as far as is known now: not what it was first taken for, as by `about_data`."""
    chosen = severity_chosen(snapshot.incident)
    risks = {row.label for row in snapshot.playbook.risks if row.id in _RISKS}
    at_risk = (chosen and chosen[1] in risks) or tells_of_exposure(impact or snapshot.incident.fact("impact"))
    return bool(any(noted_harms(snapshot)) or at_risk)


def finding_out(snapshot: Snapshot, said: Mapping[str, str]) -> bool:
    """Whether somebody wrote that it is not known yet, or being found out, if data of customers is affected."""
    incident = snapshot.incident
    if any(says_open(clean(incident.fact(name)).strip()) for name in (ids.FACT_BREACH, DATA_LOSS)):
        return True
    if any(noted_harms(snapshot)):
        return False
    texts = (incident.fact("unknown"), said.get("status", ""), said.get("impact", ""), incident.fact("impact"))
    return any(asks_about_data(clean(text)) for text in texts)
