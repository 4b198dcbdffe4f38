"""What another person at another process adds to an incident while the console is open."""

from __future__ import annotations

import random

from tests.stories import PLAYBOOK
from warroom.model import acts
from warroom.model.entries import Draft, Entry
from warroom.model.incident import Refused
from warroom.model.times import MINUTE
from warroom.session import Session


def append(session: Session, what: str, share: float) -> int:
    """Append entries of a kind, or none if refused; returns how many. `share` (0 to 1) chooses the details."""
    session.poll()
    drafts = _drafts(session, what, random.Random(share))
    try:
        return len(session.apply(*drafts))
    except Refused:
        return 0


def _drafts(session: Session, what: str, rng: random.Random) -> list[Draft]:
    incident, now = session.incident, session.now()
    number = rng.randrange(10_000)
    match what:
        case "note":
            return [acts.log.note(f"other {number}")]
        case "notes":
            return [acts.log.note(f"many {number} {each}\n" * rng.randint(1, 3)) for each in range(rng.randint(2, 60))]
        case "backdated":
            return [acts.log.note(f"earlier {number}", now - rng.randint(1, 2000) * MINUTE)]
        case "action":
            return [acts.log.action(f"restarted {number} " * rng.randint(1, 60), "Omar")]
        case "amend" | "move" | "retract":
            return [_correction(session, what, rng)] if _correctable(session) else []
        case "undo":
            changes = [each for some in incident.changes.values() for each in some if each.entry.body.may_be_retracted]
            return [acts.corrections.retract(rng.choice(changes).entry, "a slip")] if changes else []
        case "severity":
            return [acts.severity.set_severity(rng.randint(1, 4), f"because {number}", incident.severity)]
        case "title":
            return [acts.lifecycle.retitle(f"Title {number} " + "long " * rng.randint(0, 20))]
        case "fact":
            return [acts.facts.fact(PLAYBOOK, rng.choice(("impact", "system")), f"fact {number}")]
        case "role":
            return [acts.roles.assign(PLAYBOOK, incident, rng.choice(("ic", "on-call")), f"Person {number % 7}")]
        case "resolve":
            return [acts.lifecycle.resolve(f"fixed {number}")]
        case "reopen":
            return [acts.lifecycle.reopen("it is back")]
        case "close":
            return [acts.lifecycle.close("done")]
        case "cancel":
            return [acts.lifecycle.cancel("a false alarm")]
        case _:
            return [acts.decisions.decision(f"Decide {number}", "it is faster", by="Priya")]


def _correctable(session: Session) -> list[Entry]:
    entries = session.journal.since(0, session.incident.id)
    return [entry for entry in entries if entry.body.may_be_retracted and not (entry.body.corrects or entry.body.marks)]


def _correction(session: Session, what: str, rng: random.Random) -> Draft:
    entry = session.incident.shown(rng.choice(_correctable(session)))
    if what == "retract":
        return acts.corrections.retract(entry, rng.choice(("", "wrong graph")))
    at = entry.at if what == "amend" else session.now() - rng.randint(0, 300) * MINUTE
    return acts.corrections.amend(entry, f"{entry.text[:200]} corrected {rng.randrange(100)}", at)
