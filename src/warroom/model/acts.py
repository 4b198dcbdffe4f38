"""Everything the user can do to an incident, each as the draft of an entry with the words the timeline shows for it."""

from __future__ import annotations

from datetime import tzinfo

from warroom.model import times
from warroom.model.clocks import clocks
from warroom.model.entries import (
    ActionTaken,
    AdviceDismissed,
    Amended,
    ClockSnoozed,
    Closed,
    DecisionContextAdded,
    DecisionMade,
    DecisionReviewed,
    Declared,
    Draft,
    Entry,
    EscalationStep,
    FactSet,
    ItemTicked,
    MessageSent,
    Noted,
    Reopened,
    Resolved,
    Retitled,
    Retracted,
    RoleAssigned,
    SeveritySet,
    StageSet,
    TimerFinished,
    TimerStarted,
    TriggerAnswered,
)
from warroom.model.incident import Incident
from warroom.model.playbook import Playbook
from warroom.text.cleaning import clean_line


def declare(
    title: str, severity: int, *, now: int, began: int | None = None, learned: int | None = None, detected_by: str = ""
) -> Draft:
    """Begin an incident; unless told otherwise it begins when the user learned of it, and that is now."""
    learned = now if learned is None else learned
    began = min(now, learned) if began is None else began
    title = clean_line(title).strip()
    words = f"Declared SEV{severity}: {title}" + (f"; detected by {detected_by}" if detected_by else "")
    return Draft(Declared(title, severity, began, learned, detected_by), words, at=began)


def note(text: str, at: int | None = None) -> Draft:
    """Write down what happened."""
    return Draft(Noted(), text.strip(), at)


def action(text: str, by: str = "", at: int | None = None) -> Draft:
    """Write down what was done, and by whom."""
    return Draft(ActionTaken(by.strip()), text.strip(), at)


def decision(
    what: str, because: str = "", *, options: str = "", by: str = "", asked_by: str = "", at: int | None = None
) -> Draft:
    """Write down a decision with its reason."""
    return Draft(DecisionMade(because.strip(), options.strip(), by.strip(), asked_by.strip()), what.strip(), at)


def tick(playbook: Playbook, item: str, *, done: bool = True, value: str = "") -> Draft:
    """Tick or untick a checklist item."""
    row = playbook.item(item)
    words = row.text if row else item
    value = value.strip()
    return Draft(
        ItemTicked(item, done, value), f"{'✓' if done else 'not done:'} {words}" + (f": {value}" if value else "")
    )


def fact(playbook: Playbook, name: str, value: str, at: int | None = None) -> Draft:
    """Set a fact; an empty value withdraws it."""
    row = playbook.fact(name)
    label, value = (row.label if row else name), value.strip()
    return Draft(FactSet(name, value), f"{label}: {value}" if value else f"{label}: no longer known", at)


def assign(playbook: Playbook, incident: Incident | None, role: str, name: str, at: int | None = None) -> Draft:
    """Seat someone in a role, in the place of whoever holds it unless several may; an empty name vacates it.

    What follows a comma is how to reach them: `Priya, +1 555 0100`.
    """
    row = playbook.role(role)
    label, several = (row.name, row.several) if row else (role, False)
    name, _, contact = (part.strip() for part in name.partition(","))
    present = incident.holders(role) if incident else ()
    replaces = "" if not present or (several and name) else present[-1]
    if not name:
        words = f"{label}: {replaces or 'nobody'} steps back"
    elif replaces and replaces != name:
        words = f"{label}: {name}, taking over from {replaces}"
    else:
        words = f"{label}: {name}"
    return Draft(RoleAssigned(role, name, replaces, contact, several), words + (f" ({contact})" if contact else ""), at)


def step_back(playbook: Playbook, incident: Incident, role: str, name: str = "") -> Draft:
    """Let somebody leave a role; without a name the one who took it last."""
    present = incident.holders(role)
    found = next((one for one in present if one.casefold() == name.strip().casefold()), present[-1] if present else "")
    row = playbook.role(role)
    return Draft(RoleAssigned(role, "", found), f"{row.name if row else role}: {found or 'nobody'} steps back")


def set_severity(level: int, because: str, was: int, at: int | None = None) -> Draft:
    """Change the severity, with the reason."""
    because = because.strip()
    return Draft(SeveritySet(level, because), f"SEV{was} → SEV{level}" + (f": {because}" if because else ""), at)


def set_stage(playbook: Playbook, stage: str) -> Draft:
    """Enter a stage of the incident's life."""
    row = playbook.stage(stage)
    return Draft(StageSet(stage), f"Stage: {row.name if row else stage}")


def retitle(title: str) -> Draft:
    """Give the incident a better title."""
    title = clean_line(title).strip()
    return Draft(Retitled(title), f"Title: {title}")


def snooze(label: str, clock: str, due: int, until: int, because: str, tz: tzinfo | None = None) -> Draft:
    """Quieten a clock until a moment; its deadline stays where it is."""
    words = f"{label} snoozed until {times.clock_zone(until, tz)}: {because.strip()}"
    return Draft(ClockSnoozed(clock, until, because.strip(), due), words)


def answer_item(playbook: Playbook, incident: Incident, item: str, value: str = "") -> Draft:
    """Tick an item with an answer; a fact or a role it asks for ticks it by itself, and is not said twice."""
    row, value = playbook.item(item), value.strip()
    if row and value and row.asks_fact:
        return fact(playbook, row.asks_fact, value)
    if row and value and row.asks_role:
        return assign(playbook, incident, row.asks_role, value)
    return tick(playbook, item, value=value)


def start_timer(label: str, due: int, every: int = 0, tz: tzinfo | None = None) -> Draft:
    """Start a clock of one's own; `every` (ms) makes it come again after it was dealt with."""
    label = clean_line(label).strip()
    again = f", then every {times.span(every)}" if every else ""
    return Draft(TimerStarted(label, due, every), f"Clock: {label} at {times.clock_zone(due, tz)}{again}")


def finish_timer(incident: Incident, key: str, now: int, *, stop: bool = False) -> Draft:
    """Deal with an own clock: a repeating one goes on from now unless it is stopped."""
    said, _ = incident.timers.get(key, (None, 0))
    body = said.entry.body if said else None
    label, every = (body.label, body.every) if isinstance(body, TimerStarted) else ("clock", 0)
    again = now + every if every and not stop else 0
    return Draft(TimerFinished(key, again), f"{'Stopped' if stop else 'Done'}: {label}")


def dismiss(rule: str, about: str, text: str, because: str) -> Draft:
    """Set advice of the NOW line aside, with the reason; `text` is how the advice read."""
    return Draft(AdviceDismissed(rule, about, because.strip()), f"Set aside: {text} – {because.strip()}")


def answer_trigger(playbook: Playbook, trigger: str, holds: bool) -> Draft:
    """Say whether a reason to escalate holds."""
    row = next((row for row in playbook.triggers if row.id == trigger), None)
    return Draft(
        TriggerAnswered(trigger, holds), f"{'Holds' if holds else 'Does not hold'}: {row.text if row else trigger}"
    )


def tell_commander(commander: str, agrees: bool, because: str = "", triggers: list[str] | None = None) -> Draft:
    """Step 1 of escalating: the incident commander was told, and agrees or objects."""
    name = commander or "the incident commander"
    words = f"Escalation: {name} told, {'agrees' if agrees else 'objects'}" + (f": {because}" if because else "")
    return Draft(EscalationStep("told", agrees, because.strip(), triggers or []), words)


def skip_commander(because: str, triggers: list[str] | None = None) -> Draft:
    """Escalate without telling the commander first, which takes a reason."""
    words = f"Escalation without telling the commander first: {because.strip()}"
    return Draft(EscalationStep("skipped", False, because.strip(), triggers or []), words)


def decline_escalation(because: str, triggers: list[str] | None = None) -> Draft:
    """Decide not to escalate, which takes a reason too."""
    return Draft(
        EscalationStep("declined", False, because.strip(), triggers or []), f"Not escalating: {because.strip()}"
    )


def rule_on(decision: Entry, outcome: str, because: str) -> Draft:
    """Say what became of a decision: `confirmed` or `reversed`."""
    words = f"Decision {outcome}: {decision.text}" + (f" – {because.strip()}" if because.strip() else "")
    return Draft(DecisionReviewed(decision.key, outcome, because.strip()), words)


def add_context(decision: Entry, *, options: str = "", by: str = "", asked_by: str = "") -> Draft:
    """Add to a decision what was considered, who decided, who asked for it."""
    parts = {"options": options.strip(), "decided by": by.strip(), "asked by": asked_by.strip()}
    said = "; ".join(f"{name}: {value}" for name, value in parts.items() if value)
    return Draft(
        DecisionContextAdded(decision.key, options.strip(), by.strip(), asked_by.strip()), f"{decision.text}: {said}"
    )


def send(message: MessageSent, label: str, at: int | None = None) -> Draft:
    """Mark a message as sent, word for word."""
    number = f" #{message.number}" if message.message == "update" else ""
    return Draft(message, f"{label}{number}" + (f" → {message.to}" if message.to else ""), at)


def resolve(text: str = "", at: int | None = None) -> Draft:
    """End the users' trouble: the fix is in and verified."""
    return Draft(Resolved(), text.strip() or "Resolved", at)


def close(text: str = "") -> Draft:
    """Put the incident away."""
    return Draft(Closed(), text.strip() or "Closed")


def reopen(because: str = "") -> Draft:
    """Take up a resolved or closed incident again."""
    because = because.strip()
    return Draft(Reopened(because), f"Reopened: {because}" if because else "Reopened")


def amend(entry: Entry, text: str, at: int | None = None, because: str = "") -> Draft:
    """Correct the words or the time of an entry; the original stays readable."""
    return Draft(Amended(entry.key, because.strip()), text.strip(), entry.at if at is None else at)


def retract(entry: Entry, because: str = "") -> Draft:
    """Take an entry back; it stays readable and no longer counts."""
    because = because.strip()
    return Draft(Retracted(entry.key, because), f"Taken back: {entry.text}" + (f" ({because})" if because else ""))


def what_changed(before: Incident, after: Incident, playbook: Playbook, now: int) -> list[str]:
    """Which clocks a change moved, started or stopped, in words: "Customer message now due in 3 min"."""
    old = {clock.id: clock for clock in clocks(before, playbook, now)}
    new = {clock.id: clock for clock in clocks(after, playbook, now)}
    words = []
    for id, clock in new.items():
        if id in old and old[id].due == clock.due:
            continue
        # To the nearest minute: a moment after the change, 15 min are still 15 min.
        length = times.span(abs(clock.left) + times.MINUTE // 2)
        if clock.left < 0:
            words.append(f"{clock.label} is LATE by {length}")
        else:
            words.append(f"{clock.label} {'now ' if id in old else ''}due in {length}")
    words.extend(f"{clock.label}: no longer asked for" for id, clock in old.items() if id not in new)
    return words
