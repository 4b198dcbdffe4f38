"""A made-up incident for testing the template of a document."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import UTC

from warroom.documents.material import LOOK_BACK, Material
from warroom.documents.review import Review
from warroom.model import acts
from warroom.model.drill_report import Earlier, Played, Remarked, Report
from warroom.model.drill_report import report as drill_report
from warroom.model.entries import Draft, Entry, encode
from warroom.model.incident import Incident, fold
from warroom.model.kinds.messages import MessageSent
from warroom.model.metrics import By, report
from warroom.model.playbook import Playbook
from warroom.model.scenario import Event, Expected, Question, Scenario
from warroom.model.snapshot import Snapshot
from warroom.model.times import HOUR, MINUTE

_START = 1_795_403_820_000


def trials(playbook: Playbook) -> Iterator[Material]:
    """The material of a made-up incident: just declared, in full swing, and closed."""
    story = _Story()
    story.add(acts.lifecycle.declare("Checkout errors", 2, now=_START, detected_by="5xx alert"))
    yield story.material(playbook)
    _add_everything(story, playbook)
    yield story.material(playbook)
    story.add(acts.lifecycle.resolve("Rolled back"))
    story.add(acts.lifecycle.close("Post-mortem on Thursday"))
    yield story.material(playbook)


def review_trials(playbook: Playbook) -> Iterator[Review]:
    """The reviews of no incident, of a made-up one in full swing, and of six that are over, which have medians."""
    story = _Story()
    story.add(acts.lifecycle.declare("Checkout errors", 2, now=_START, detected_by="5xx alert"))
    _add_everything(story, playbook)
    going_on = story.incident()
    story.add(acts.lifecycle.resolve("Rolled back"))
    over = story.incident()
    tries: tuple[tuple[Sequence[Incident], By | None], ...] = (((), None), ([going_on], None), ([over] * 6, "month"))
    for incidents, by in tries:
        found = report(incidents, playbook, _START + HOUR, UTC, by=by)
        yield Review(found, _START + HOUR, _START - HOUR, by, UTC)


def drill_trials(playbook: Playbook) -> Iterator[Report]:
    """The reports of a made-up run that has just begun, and of one played to the end, compared with another."""
    story = _Story()
    story.add(acts.lifecycle.declare("Checkout errors", 2, now=_START, drill=True))
    events = [Event(at=2, says="About 20 % of payments fail", by="Marcus", tells={"affected": "20 %"})]
    question = Question(at=3, by="Ana", asks="When will it be back?", better="Say when you write next.")
    wanted = Expected(act="declare", text="Declare it", better="Declare it at once.", by=1)
    scenario = Scenario(
        "Checkout errors", "Write in time.", "You are on call.", 30, events, questions=[question], expected=[wanted]
    )
    entries = list(story.entries)
    yield drill_report(
        Played(scenario, playbook, [entries], began=_START, now=_START + MINUTE, finished=False, tz=UTC), _no_remarks
    )
    _add_everything(story, playbook)
    played = Played(scenario, playbook, [story.entries], began=_START, now=_START + HOUR, tz=UTC)
    yield drill_report(played, _no_remarks, [Earlier(_START - HOUR, {"promises": (0, 1), "expected": (1, 1)})])


def _no_remarks(incident: Incident, entry: Entry) -> tuple[Remarked, ...]:
    return ()


class _Story:
    """A list of entries in memory, a minute apart."""

    def __init__(self) -> None:
        self.entries: list[Entry] = []

    def add(self, draft: Draft) -> Entry:
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
        written = [(entry, encode(entry.body)) for entry in entries]
        snapshot = Snapshot(self.incident(), playbook, _START + HOUR, UTC)
        return Material(snapshot, "Sam", lambda: entries, lambda: written, lambda: entries[-LOOK_BACK:])


def _add_everything(story: _Story, playbook: Playbook) -> None:
    for role in playbook.roles:
        story.add(acts.roles.assign(playbook, story.incident(), role.id, "Priya, +1 555 0100"))
    for fact in playbook.facts:
        story.add(acts.facts.fact(playbook, fact.id, "$32k" if "revenue" in fact.id else "about 20 %"))
    note = story.add(acts.log.note("Errors began with the deploy", _START - 5 * MINUTE))
    story.add(acts.corrections.amend(note, "Errors began before the deploy", because="looked again"))
    decision = story.add(
        acts.decisions.decision("Roll back", "safer", options="fix forward", by="Priya", asked_by="Ana")
    )
    story.add(acts.decisions.review(decision, "confirmed", "errors are falling"))
    story.add(acts.escalation.tell_commander("Priya", True, "go ahead"))
    story.add(acts.timers.start_timer("check with Priya", _START + 2 * HOUR))
    story.add(acts.severity.set_severity(1, "payments are down", 2))
    promise = _START + 40 * MINUTE
    update = MessageSent("update", 1, "leadership", "Checkout errors", "We are on it.", "email", promise)
    story.add(acts.messages.send(update, "Status update"))
