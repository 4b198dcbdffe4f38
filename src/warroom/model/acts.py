"""Everything the user can do to an incident, each as the draft of an entry with the words the timeline shows for it."""

from __future__ import annotations

from datetime import tzinfo

from warroom.model import times
from warroom.model.cleaning import clean_line
from warroom.model.clocks import clocks
from warroom.model.entries import (
    Action,
    Amended,
    Closed,
    Decision,
    Declared,
    Draft,
    Entry,
    Fact,
    Item,
    Message,
    Note,
    Reopened,
    Resolved,
    Retracted,
    Role,
    Severity,
    Snooze,
    Stage,
    Title,
)
from warroom.model.incident import Incident
from warroom.model.playbook import Playbook


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
    return Draft(Note(), text.strip(), at)


def action(text: str, by: str = "", at: int | None = None) -> Draft:
    """Write down what was done, and by whom."""
    return Draft(Action(by.strip()), text.strip(), at)


def decision(
    what: str, because: str = "", *, options: str = "", by: str = "", asked_by: str = "", at: int | None = None
) -> Draft:
    """Write down a decision with its reason."""
    return Draft(Decision(because.strip(), options.strip(), by.strip(), asked_by.strip()), what.strip(), at)


def tick(playbook: Playbook, item: str, *, done: bool = True, value: str = "") -> Draft:
    """Tick or untick a checklist item."""
    row = playbook.item(item)
    words = row.text if row else item
    value = value.strip()
    return Draft(Item(item, done, value), f"{'✓' if done else 'not done:'} {words}" + (f": {value}" if value else ""))


def fact(playbook: Playbook, name: str, value: str, at: int | None = None) -> Draft:
    """Set a fact; an empty value withdraws it."""
    row = playbook.fact(name)
    label, value = (row.label if row else name), value.strip()
    return Draft(Fact(name, value), f"{label}: {value}" if value else f"{label}: no longer known", at)


def assign(playbook: Playbook, incident: Incident | None, role: str, name: str, at: int | None = None) -> Draft:
    """Seat someone in a role, in the place of whoever holds it unless several may; an empty name vacates it."""
    row = playbook.role(role)
    label, name = (row.name if row else role), name.strip()
    present = incident.holders(role) if incident else ()
    replaces = "" if not present or (row and row.several and name) else present[-1]
    if not name:
        words = f"{label}: {replaces or 'nobody'} steps back"
    elif replaces and replaces != name:
        words = f"{label}: {name}, taking over from {replaces}"
    else:
        words = f"{label}: {name}"
    return Draft(Role(role, name, replaces), words, at)


def set_severity(level: int, because: str, was: int, at: int | None = None) -> Draft:
    """Change the severity, with the reason."""
    because = because.strip()
    return Draft(Severity(level, because), f"SEV{was} → SEV{level}" + (f": {because}" if because else ""), at)


def set_stage(playbook: Playbook, stage: str) -> Draft:
    """Enter a stage of the incident's life."""
    row = playbook.stage(stage)
    return Draft(Stage(stage), f"Stage: {row.name if row else stage}")


def retitle(title: str) -> Draft:
    """Give the incident a better title."""
    title = clean_line(title).strip()
    return Draft(Title(title), f"Title: {title}")


def snooze(label: str, clock: str, due: int, until: int, because: str, tz: tzinfo | None = None) -> Draft:
    """Quieten a clock until a moment; its deadline stays where it is."""
    words = f"{label} snoozed until {times.clock_zone(until, tz)}: {because.strip()}"
    return Draft(Snooze(clock, until, because.strip(), due), words)


def send(message: Message, label: str, at: int | None = None) -> Draft:
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
        if clock.left < 0:
            words.append(f"{clock.label} is LATE by {times.span(-clock.left)}")
        else:
            words.append(f"{clock.label} {'now ' if id in old else ''}due in {times.span(clock.left)}")
    words.extend(f"{clock.label}: no longer asked for" for id, clock in old.items() if id not in new)
    return words
