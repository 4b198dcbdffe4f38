"""What is told of one item of what to have ready: what it holds, who checked it, and where that goes."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import tzinfo
from typing import TYPE_CHECKING

from warroom.model import getting_ready, times
from warroom.model.getting_ready import ReadyField
from warroom.model.playbook import Playbook
from warroom.model.readiness import Ready
from warroom.terminal.content import shortened, wrapped

if TYPE_CHECKING:
    from warroom.messages.templates import Kind

_STANDING = {
    "customer_wording": "the first message to customers, to begin with",
    "status_page": "the composer, beside a message for the status page",
    "escalation": "the escalation, to read before anybody is told",
    "risks": "the declaration, so that you know them when it breaks",
    "schedule": "the question for the on-call engineer, as a hint",
}


def goes_into(field: ReadyField, playbook: Playbook) -> str:
    """Where the next incident finds what a field holds; "" if nowhere."""
    what, _, id = field.fills.partition(":")
    if what == getting_ready.FACT and (fact := playbook.fact(id)):
        return f"the {fact.label.lower()} of the next incident"
    if what == getting_ready.ROLE and (role := playbook.role(id)):
        return f"the {role.name.lower()} of the next incident, as an offer"
    if what == getting_ready.CONTACT:
        return "messages to customers"
    if what == getting_ready.AUDIENCE:
        label = next((row.label for row in playbook.audiences if row.id == id), id)
        return f"the recipients of messages to {label}"
    return _STANDING.get(id, "")


def about(item: Ready, playbook: Playbook, now: int, tz: tzinfo | None, width: int) -> list[tuple[str, str]]:
    """The lines about an item, each with its style: how it stands, then each field with where it goes."""
    lines: list[tuple[str, str]] = [(f"{item.number}. {item.row.text}: {item.told(now)}", "bold")]
    if item.at is not None:
        checked = f"Checked {times.day(item.at, tz)} by {item.by}"
        if item.stale_at is not None:
            checked += f", good until {times.day(item.stale_at, tz)}"
        lines.append((checked, ""))
    if item.by_itself:
        lines.append((shortened(f"By itself: {item.by_itself}", width), ""))
    for field in item.row.fields:
        text = item.values.get(field.id, "")
        into = goes_into(field, playbook)
        told = f"{field.label}: {' / '.join(text.split(chr(10))) if text else 'empty'}"
        if text or not field.optional:
            lines.append((shortened(told, width), "" if text else "$text-muted"))
            lines += [(shortened(f"  Goes into: {into}", width), "$text-muted")] if into else []
        else:
            lines.append((shortened(f"{field.label} (optional): {field.hint}", width), "$text-muted"))
    return lines + [(line, "$text-muted") for line in wrapped(item.row.about, width) if item.row.about]


def messages(kinds: Iterable[Kind]) -> str:
    """The messages that are filled in, each with who gets it, when, and what its sender fills in."""
    paragraphs = [
        f"{kind.label}\nTo: {kind.audience}\nWhen: {kind.when}\nHas: {'; '.join(field.label for field in kind.fields)}"
        for kind in kinds
    ]
    ending = "m on an incident fills them in from what is known, and shows each as people will read it."
    return "\n\n".join((*paragraphs, ending))


def criteria(item: Ready, playbook: Playbook) -> str:
    """What to read of an item that holds nothing: of the severity criteria, what they are."""
    paragraphs = [item.row.about] if item.row.about else []
    if item.row.id == "severity":
        for row in playbook.severities:
            examples = "; ".join(row.examples)
            paragraphs.append(f"{row.tag} {row.name}: {row.definition}.\nFor example: {examples}.\n{row.response}.")
        paragraphs += [
            "Who is affected: " + "; ".join(f"{one.label}: SEV{one.severity}" for one in playbook.matrix) + ".",
            "Whatever the number: " + "; ".join(f"{one.label}: SEV{one.severity}" for one in playbook.risks) + ".",
        ]
    return "\n\n".join(paragraphs) or item.row.text
