"""Stories that several kinds of tests begin with, told to a real journal."""

from __future__ import annotations

from collections.abc import Iterator

from tests.conftest import Clock
from warroom import places
from warroom.messages.compose import compose
from warroom.messages.fields import prefill
from warroom.messages.sending import sent_record
from warroom.model import acts, playbook
from warroom.model.entries import Draft
from warroom.model.kinds import KINDS
from warroom.model.kinds.messages import MessageSent
from warroom.model.kinds.milestones import MilestoneSet
from warroom.model.times import HOUR, MINUTE, SECOND
from warroom.session import Session
from warroom.workspace import Workspace

PLAYBOOK = playbook.load((places.templates() / "playbook.toml").read_text("utf-8"), file="playbook.toml")
TITLE = "Checkout errors affecting users"
DAY = 24 * HOUR
NARRATIVE = frozenset(kind.tag() for kind in KINDS if not kind.changes_state)
"""The tags of the kinds that change no state, which the store never reads to fold."""


def half_told(workspace: Workspace, clock: Clock) -> Session:
    """The checkout incident, begun at the clock's time (03:17), as it stands at 03:46:41.

    That is six minutes before the update promised at 03:31. Leaves the clock there.
    """
    begun = clock()
    clock.advance(minutes=6)
    session = workspace.declare(
        acts.lifecycle.declare(TITLE, 2, now=clock(), began=begun, detected_by="checkout 5xx alert")
    )

    def at(minutes: float, *drafts: Draft) -> None:
        clock.at = begun + round(minutes * MINUTE)
        session.apply(*drafts)

    at(6.5, acts.items.tick(PLAYBOOK, "severity"))
    at(7, acts.roles.assign(PLAYBOOK, session.incident, "on-call", "Marcus"))
    at(
        7.5,
        acts.items.tick(PLAYBOOK, "responders", value="Priya"),
        acts.roles.assign(PLAYBOOK, session.incident, "ic", "Priya"),
    )
    at(8, acts.items.tick(PLAYBOOK, "impact"), acts.facts.fact(PLAYBOOK, "impact", "errors for about 20 % of attempts"))
    at(8.5, acts.items.tick(PLAYBOOK, "needed", value="now"))
    at(9, acts.items.tick(PLAYBOOK, "system", value="checkout"), acts.facts.fact(PLAYBOOK, "system", "checkout"))
    at(11, acts.log.note("Errors began with the deploy of payment service v2.4.0", begun - 2 * MINUTE))
    at(13, acts.decisions.decision("Roll back payment service to v2.3.1", "rollback is faster and safer", by="Priya"))
    at(14, _acknowledgement(workspace, session))
    at(16, acts.items.tick(PLAYBOOK, "audience", value="leadership, CS, support"))
    at(19, acts.log.action("Rollback started, one host at a time", "Marcus"))
    at(24, acts.log.note("Error rate down from 20 % to 9 %"))
    clock.at = begun + 29 * MINUTE + 41 * SECOND
    return session


def _acknowledgement(workspace: Workspace, session: Session) -> Draft:
    """The first message, filled in as the composer fills it, promising the next for 03:53."""
    kind = workspace.kinds["initial"]
    snapshot, author = session.snapshot(), workspace.author
    values = prefill(kind, snapshot, author=author)
    values |= {"next_update": "03:53", "status": "Engineering is rolling back the payment service"}
    composed = compose(kind, values, snapshot, author=author)
    assert composed.ready, (composed.missing, composed.problem)
    return acts.messages.send(sent_record(composed, values), kind.label)


def learned_from(workspace: Workspace, clock: Clock) -> Session:
    """The checkout incident to its end: more messages, one of them late, the fix, and the post-mortem in review."""
    session = half_told(workspace, clock)
    begun = session.incident.began

    def at(minutes: float, *drafts: Draft) -> None:
        clock.at = begun + round(minutes * MINUTE)
        session.apply(*drafts)

    def sent(kind: str, number: int, to: str, promise: float | None = None, **fields: str) -> Draft:
        due = None if promise is None else begun + round(promise * MINUTE)
        label = workspace.kinds[kind].label
        return acts.messages.send(MessageSent(kind, number, to, TITLE, "…", promise=due, fields=fields), label)

    everybody = "leadership, customer success, support"
    at(30, acts.facts.fact(PLAYBOOK, "revenue_per_hour", "$32k"), acts.facts.fact(PLAYBOOK, "tickets", "37"))
    at(31, sent("customer", 1, "customers"))
    at(41, sent("update", 2, everybody, 66))
    at(48, acts.decisions.decision("Pause the newsletter", "it would double the traffic", by="Dana"))
    at(58, acts.lifecycle.resolve("Rolled back to v2.3.1 on all hosts"))
    at(60, sent("resolution", 1, everybody, root_cause="The new client did not limit its retries"))
    at(62, sent("customer", 2, "customers"))
    at(63, acts.recovery.set_item(PLAYBOOK, "verified", "done", "no failed payment since 04:12"))
    sections = {
        "trigger": "The deploy of payment service v2.4.0 at 03:15.",
        "root_cause": "The new payment client retries without a limit. When one bank answered slowly, retries used up "
        "all connections, and payments at every bank failed.",
        "factors": "- The alert waits for 6 minutes before it fires\n- No dashboard shows retries",
        "went_well": "The rollback was decided within 8 minutes of the first call, and took 12.",
        "lessons": "A retry without a limit turns a slow partner into an outage of our own.",
    }
    at(90, *(acts.post_mortem.write_section(id, text) for id, text in sections.items()))
    items = (
        ("Limit retries in every client", "Marcus", "prevent"),
        ("Alert on failed payments by bank", "Ana", "detect"),
    )
    for text, owner, purpose in items:
        at(91, acts.action_items.add(text, owner=owner, due="2027-01-18", purpose=purpose, priority="normal"))
    at(92, acts.post_mortem.set_state("in review", "Ana"))
    return session


def a_year(workspace: Workspace, clock: Clock, incidents: int = 40) -> list[str]:
    """So many incidents of the last 360 days, the last one still open, and their ids; the clock stays where it is.

    They are resolved sooner and sooner, but more and more promised updates come late. Nothing is left to chance.
    """
    end, told = clock(), list[tuple[int, int, Draft]]()
    for number in range(incidents):
        began = end - round((incidents - number) * 360 / incidents * DAY) + number * 7919 % 600 * MINUTE
        if number == incidents - 1:
            began = end - 35 * MINUTE
        told += [(began + round(minute * MINUTE), number, draft) for minute, draft in _ordinary(number, began)]
        if number < incidents - 1:
            length = 30 + number * 37 % 60 + 3 * (incidents - number)
            told += [(began + round(minute * MINUTE), number, draft) for minute, draft in _end(number, began, length)]
    found: list[str] = []
    with workspace.journal.writing() as writer:
        for at, number, draft in sorted(told, key=lambda one: one[0]):
            if number == len(found):
                found.append(writer.new_incident_id())
            if at <= end:
                clock.at = at
                writer.append(found[number], draft, author="Dana")
    clock.at = end
    return found


def _ordinary(number: int, began: int) -> Iterator[tuple[float, Draft]]:
    """An incident of that number while it goes on, each act with its minute."""
    system = ("checkout", "login", "checkout", "search", "checkout", "")[number % 6]
    title = f"{system.capitalize() or 'Export'} {('shows errors', 'is slow', 'is down')[number % 3]}"
    severity = (2, 3, 1, 2, 4)[number % 5]
    yield 4, acts.lifecycle.declare(title, severity, now=began + 4 * MINUTE, began=began)
    if number % 3:
        yield 5, Draft(MilestoneSet("detected", began + (2 + number % 7) * MINUTE), "Detected")
    if system:
        yield 6, acts.facts.fact(PLAYBOOK, "system", system)
    if number % 4:
        yield 7, acts.facts.fact(PLAYBOOK, "revenue_per_hour", "$12k")
    yield 8 + number % 5, acts.roles.assign(PLAYBOOK, None, "ic", "Priya")
    if number % 7:
        late = 12 if number % 9 == 5 or (number % 11 == 10 and number > 20) else -4
        yield 12, _message("initial", 1, began + 42 * MINUTE)
        yield 42 + late, _message("update", 2, None if number % 13 else began + 80 * MINUTE)
    if severity == 1:
        yield 20, _message("escalation", 1)
        yield 26 + number % 10, _message("customer", 1)


def _end(number: int, began: int, length: int) -> Iterator[tuple[float, Draft]]:
    """How the incident ends after so many minutes, and what follows."""
    if number % 17 == 16:
        yield length, acts.lifecycle.cancel("the alert was wrong")
        return
    if number % 2:
        yield length - 7, Draft(MilestoneSet("mitigated", began + (length - 8) * MINUTE), "Mitigated")
    yield length, acts.lifecycle.resolve("Rolled back")
    cause = ("An expired certificate", "A retry without a limit", "", "A full disk", "", "")[number % 6]
    yield length + 3, _message("resolution", 1, root_cause=cause)
    if number % 4 == 0:
        yield length + 90, acts.action_items.add("Alert earlier", owner="Ana", due="2026-11-0" + str(number % 9 + 1))
    if number % 5 != 3:
        yield length + 60 * (20 + number % 40), acts.post_mortem.set_state("done", "Ana")


def _message(kind: str, number: int, promise: int | None = None, **fields: str) -> Draft:
    return acts.messages.send(MessageSent(kind, number, "leadership", TITLE, "…", promise=promise, fields=fields), kind)
