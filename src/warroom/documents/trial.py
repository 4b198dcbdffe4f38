"""An incident made up to try a document's template on, before a real one needs it at three in the morning."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC

from warroom.documents.material import LOOK_BACK, Material
from warroom.model import acts
from warroom.model.entries import Draft, Entry
from warroom.model.incident import Incident, fold
from warroom.model.kinds.messages import MessageSent
from warroom.model.playbook import Playbook
from warroom.model.snapshot import Snapshot
from warroom.model.times import HOUR, MINUTE

_START = 1_795_403_820_000


def trials(playbook: Playbook) -> Iterator[Material]:
    """What a document is made of: an incident just declared, the same in full swing, the same when it is over."""
    story = _Story()
    story.tell(acts.lifecycle.declare("Checkout errors", 2, now=_START, detected_by="5xx alert"))
    yield story.material(playbook)
    _swing(story, playbook)
    yield story.material(playbook)
    story.tell(acts.lifecycle.resolve("Rolled back"))
    story.tell(acts.lifecycle.close("Post-mortem on Thursday"))
    yield story.material(playbook)


class _Story:
    """Entries in memory, a minute apart."""

    def __init__(self) -> None:
        self.entries: list[Entry] = []

    def tell(self, draft: Draft) -> Entry:
        number = len(self.entries) + 1
        recorded = _START + number * MINUTE
        at = recorded if draft.at is None else draft.at
        entry = Entry(number, "trial", number, recorded << 16, "trial", at, recorded, "Sam", draft.text, draft.body)
        self.entries.append(entry)
        return entry

    def incident(self) -> Incident:
        return fold(entry for entry in self.entries if entry.body.changes_state)

    def material(self, playbook: Playbook) -> Material:
        entries = list(self.entries)
        snapshot = Snapshot(self.incident(), playbook, _START + HOUR, UTC)
        return Material(snapshot, "Sam", lambda: entries, lambda: entries[-LOOK_BACK:])


def _swing(story: _Story, playbook: Playbook) -> None:
    for role in playbook.roles:
        story.tell(acts.roles.assign(playbook, story.incident(), role.id, "Priya, +1 555 0100"))
    for fact in playbook.facts:
        story.tell(acts.facts.fact(playbook, fact.id, "$32k" if "revenue" in fact.id else "about 20 %"))
    note = story.tell(acts.log.note("Errors began with the deploy", _START - 5 * MINUTE))
    story.tell(acts.corrections.amend(note, "Errors began before the deploy", because="looked again"))
    decision = story.tell(
        acts.decisions.decision("Roll back", "safer", options="fix forward", by="Priya", asked_by="Ana")
    )
    story.tell(acts.decisions.rule_on(decision, "confirmed", "errors are falling"))
    story.tell(acts.escalation.tell_commander("Priya", True, "go ahead"))
    story.tell(acts.timers.start_timer("check with Priya", _START + 2 * HOUR))
    story.tell(acts.lifecycle.set_severity(1, "payments are down", 2))
    promise = _START + 40 * MINUTE
    update = MessageSent("update", 1, "leadership", "Checkout errors", "We are on it.", "email", promise)
    story.tell(acts.messages.send(update, "Status update"))
