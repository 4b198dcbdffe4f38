"""The ends of an incident and what undid them, in order."""

from __future__ import annotations

from typing import cast

from warroom.model.entries import BaseIncident, Logged
from warroom.model.kinds.lifecycle import Closed, Reopened, Resolved
from warroom.model.redoing import Redoing


def turns(incident: BaseIncident) -> list[Logged[Redoing]]:
    """Every end and every reopening that was not taken back, in order."""
    found: list[Logged[Redoing]] = [*incident.all(Resolved), *incident.all(Closed), *incident.all(Reopened)]
    return sorted(found, key=lambda logged: logged.order)


def undone_ends(incident: BaseIncident) -> dict[str, Logged[Reopened]]:
    """Every end that was a mistake: by its key, the entry that undid it."""
    found: dict[str, Logged[Reopened]] = {}
    end = ""
    for logged in turns(incident):
        if not isinstance(logged.body, Reopened):
            end = logged.key
            continue
        if logged.body.undoes and end:
            found[end] = cast("Logged[Reopened]", logged)
        end = ""
    return found
