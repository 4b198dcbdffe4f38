"""A sample incident in full swing, written into a journal as if it had just happened."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from warroom.model import acts, ids, times
from warroom.model.entries import Draft
from warroom.model.incident import Refused
from warroom.model.kinds.messages import MessageSent
from warroom.model.playbook import Playbook
from warroom.model.times import MINUTE
from warroom.session import Session
from warroom.store.journal import Journal

AUTHOR = "Sam"


def write_sample(path: Path, playbook: Playbook, now: int) -> str:
    """Write the sample into a new journal as if it had happened until `now`, ms UTC; return its reference."""
    at = now - _LEARNED * MINUTE

    def clock() -> int:
        return at

    with Journal.open(path, now=clock) as journal:
        declaration = acts.lifecycle.declare(
            "Checkout errors affecting users",
            2,
            now=at,
            began=now - _BEGAN * MINUTE,
            detected_by="checkout 5xx alert",
        )
        session = Session.declare(journal, lambda: playbook, declaration, author=AUTHOR, now=clock)
        for ago, author, act in _SCRIPT:
            at = now - round(ago * MINUTE)
            session.author = author
            with suppress(Refused):  # leave out what a company's own playbook does not have
                session.apply(act(playbook, session, at))
        return session.incident.id


_BEGAN, _LEARNED, _SENT = 35, 32, 22
"""Minutes before the demo opens. The customer message, due 30 min after learning of it, is two minutes late."""
_PROMISE = 6
_TO = "leadership, customer success, support"

_Act = Callable[[Playbook, Session, int], Draft]


def _assign(role: str, name: str) -> _Act:
    return lambda playbook, session, at: acts.roles.assign(playbook, session.incident, role, name)


def _fact(name: str, value: str) -> _Act:
    return lambda playbook, session, at: acts.facts.fact(playbook, name, value)


def _tick(item: str, value: str = "") -> _Act:
    return lambda playbook, session, at: acts.items.tick(playbook, item, value=value)


def _note(text: str, back: int = 0) -> _Act:
    return lambda playbook, session, at: acts.log.note(text, at - back * MINUTE if back else None)


def _action(text: str, by: str) -> _Act:
    return lambda playbook, session, at: acts.log.action(text, by)


def _decision(what: str, because: str, options: str, by: str) -> _Act:
    return lambda playbook, session, at: acts.decisions.decision(what, because, options=options, by=by)


def _initial(playbook: Playbook, session: Session, at: int) -> Draft:
    """The acknowledgement; it promises the next update for six minutes after the demo opens."""
    promise = (at + (_SENT + _PROMISE) * MINUTE) // MINUTE * MINUTE
    by = times.clock_zone(promise)
    fields = {
        "impact": "Payment fails at the last step",
        "affected": "about 20 % of checkout attempts",
        "status": "Engineering is investigating",
        "next_update": by,
    }
    body = (
        f"We are responding to an incident that began at {times.clock_zone(session.incident.began)}. "
        f"This is the situation at {times.clock_zone(at)}.\n\n"
        f"Impact: {fields['impact']}.\nAffected: About 20 % of checkout attempts.\nStatus: {fields['status']}.\n"
        f"Next update: {by}.\nUpdates: Every 30 min until this is resolved, and sooner if something changes.\n"
        "Customer inquiries: Please send them to support, not to the people who are fixing this.\n\nSam"
    )
    message = MessageSent(
        "initial", 1, _TO, "[SEV2] Incident: Checkout errors affecting users", body, "email", promise, fields
    )
    return acts.messages.send(message, "Initial acknowledgement")


_SCRIPT: tuple[tuple[float, str, _Act], ...] = (
    (31, "Sam", _tick("severity")),
    (30.5, "Sam", _assign(ids.ROLE_ON_CALL, "Marcus")),
    (30, "Sam", _assign(ids.ROLE_COMMANDER, "Priya")),
    (29, "Sam", _fact("impact", "payment fails at the last step")),
    (28, "Sam", _tick("needed", "now")),
    (27, "Marcus", _note("Errors began with the deployment of payment service v2.4.0", 7)),
    (25.5, "Sam", _fact(ids.FACT_SYSTEM, "checkout")),
    (25, "Sam", _fact("affected", "about 20 % of attempts")),
    (24, "Sam", _fact(ids.FACT_REVENUE, "$32k")),
    (_SENT, "Sam", _initial),
    (20, "Sam", _fact("channel", "#inc-checkout")),
    (17, "Priya", _note("Database connections are exhausted on two of six payment hosts")),
    (
        13,
        "Sam",
        _decision(
            "Roll back payment service to v2.3.1",
            "rolling back is faster and safer than a fix",
            "fix forward, switch the payment provider",
            "Priya",
        ),
    ),
    (9, "Marcus", _action("Rollback started, one host at a time", "Marcus")),
    (4, "Sam", _note("Support reports 37 tickets, most from mobile")),
    (1.5, "Marcus", _note("Errors falling: 20 % to 8 % of attempts")),
)
"""Minutes ago, the author, the act; a few checklist items are left open for the user."""
