"""What the kinds of entry say about themselves."""

from __future__ import annotations

from datetime import UTC
from pathlib import Path

import pytest

from tests.stories import NARRATIVE
from tests.unit.story import BOOK, Story, message
from warroom.model import acts, kinds, lines
from warroom.model.entries import Body, Unknown
from warroom.model.kinds import KINDS, LEADS_TO, decode
from warroom.model.kinds.facts import FactSet
from warroom.model.kinds.lifecycle import Reopened, Resolved
from warroom.model.kinds.messages import MessageSent
from warroom.model.kinds.roles import RoleAssigned

OWN_WORDS = {
    "message": "sent",
    "item": "checked",
    "timer": "clock",
    "timer-done": "clock",
    "dismissed": "set aside",
    "ruling": "decision",
    "context": "decision",
    "snooze": "snoozed",
    "amended": "corrected",
    "respelt": "corrected",
    "time": "corrected",
    "retracted": "took back",
    "import": "imported",
    "section": "section",
    "post-mortem": "review",
    "post-mortem-line": "section",
    "action-item": "follow-up",
    "action-item-changed": "follow-up",
    "person": "people",
    "person-removed": "people",
    "people-list": "people",
    "on-call": "people",
    "on-call-calendar": "people",
}


def test_every_file_of_the_package_defines_kinds() -> None:
    files = {path.stem for path in Path(kinds.__file__).parent.glob("*.py")} - {"__init__"}
    assert {kind.__module__.rpartition(".")[2] for kind in KINDS} == files


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.tag())
def test_no_field_of_a_kind_hides_an_answer_that_every_kind_gives(kind: type[Body]) -> None:
    assert not {*kind.__struct_fields__} & {name for name in vars(Body) if not name.startswith("_")}


def test_what_changes_no_state_is_what_people_write_down_themselves() -> None:
    assert {"note", "action"} == NARRATIVE


def test_what_decides_on_the_life_of_an_incident() -> None:
    assert LEADS_TO == {"declared": "open", "resolved": "resolved", "closed": "closed", "reopened": "open"}


def test_what_may_be_taken_back_and_what_reworded() -> None:
    assert {kind.tag() for kind in KINDS if kind.may_be_reworded} == {
        "note", "action", "decision", "action-item", "resolved",
    }  # fmt: skip
    stays = {"declared", "closed", "reopened", "redacted"}
    assert {kind.tag() for kind in KINDS if not kind.may_be_retracted} == stays


def test_what_is_worth_telling_in_the_next_update() -> None:
    told = {"note", "action", "decision", "severity", "resolved", "fact", "role"}
    assert {kind.tag() for kind in KINDS if kind.offered_for_update} == told


def test_how_the_timeline_calls_them() -> None:
    assert {kind.tag(): kind.timeline_name for kind in KINDS if kind.timeline_name} == OWN_WORDS
    entry = Story().tell(5, acts.items.tick(BOOK, "needed"))
    assert lines.label(entry) == "checked"
    assert Unknown("weather", "{}").kind_label == "weather"


def test_an_incident_gives_every_entry_that_counts_by_its_kind() -> None:
    story = Story()
    first = story.tell(1, acts.facts.fact(BOOK, "impact", "payment fails"))
    wrong = story.tell(2, acts.facts.fact(BOOK, "impact", "login fails"))
    story.tell(3, acts.corrections.amend(first, "User impact: payment fails for some"))
    story.tell(4, acts.corrections.retract(wrong))
    assert [(said.text, said.body.value) for said in story.incident.all(FactSet)] == [
        ("User impact: payment fails for some", "payment fails")
    ]
    assert story.incident.all(RoleAssigned) == ()
    assert story.incident.last(RoleAssigned) is None


def test_how_it_was_resolved_is_forgotten_once_it_is_reopened() -> None:
    story = Story()
    story.tell(30, acts.lifecycle.resolve("Rolled back"))
    resolution = story.incident.resolution
    assert resolution is not None
    assert (resolution.text, type(resolution.body)) == ("Rolled back", Resolved)
    story.tell(40, acts.lifecycle.reopen("errors are back"))
    assert story.incident.resolution is None
    assert story.incident.last(Reopened) == story.incident.reopened


def test_a_correction_says_what_was_done_to_which_line_by_whom_and_why() -> None:
    story = Story()
    entry = story.tell(5, acts.decisions.decision("Roll back"))
    change = story.tell(7, acts.corrections.amend(entry, "Roll back to v2.3.1", because="which version"), author="Ana")
    found = story.incident.replaced[entry.key]
    assert (found.key, found.target, found.text, found.at) == (change.key, entry.key, "Roll back to v2.3.1", entry.at)
    assert (found.author, found.because, found.recorded, found.retracted) == (
        "Ana",
        "which version",
        change.recorded,
        False,
    )


def test_an_entry_read_whole() -> None:
    story = Story()
    decision = story.tell(5, acts.decisions.decision("Roll back", "faster", by="Priya"))
    story.tell(6, acts.decisions.add_context(decision, options="fix forward", asked_by="support"))
    story.tell(7, acts.decisions.review(decision, "confirmed", "errors are falling"))
    assert decision.body.paragraphs(decision, story.incident, UTC) == [
        "Because: faster",
        "Options considered: fix forward",
        "Decided by: Priya",
        "Asked for by: support",
        "Confirmed at 03:24 UTC: errors are falling",
    ]
    sent = story.tell(8, message("initial"))
    assert sent.body.paragraphs(sent, story.incident, UTC) == ["Checkout errors", "We are on it."]
    done = story.tell(9, acts.log.action("Rolled back", "Marcus"))
    assert done.body.paragraphs(done, story.incident, UTC) == ["By: Marcus"]
    story.tell(10, acts.corrections.retract(decision))
    assert decision.body.paragraphs(decision, story.incident, UTC) == ["Because: faster"]


@pytest.mark.parametrize(
    ("kind", "fields", "line"),
    [
        ("declared", '"title":"t","severity":2,"began":0,"learned":0', "declared: severity set to SEV2"),
        ("note", '"later":"a field of a newer version"', "note: words"),
        ("decision", '"because":"faster","by":"Priya"', "decision: words – faster, by Priya"),
        ("trigger", '"trigger":"churn","holds":true', "trigger: words"),
        ("severity", '"severity":"not a number"', "severity: words"),
        ("weather", '"rain":1', "weather: words"),
    ],
)
def test_a_line_of_the_log_document(kind: str, fields: str, line: str) -> None:
    body = decode(kind, f'{{"kind":"{kind}",{fields}}}')
    assert ": ".join(body.log_line("words", BOOK)) == line


def test_a_message_in_the_log_document_goes_on_with_its_progress() -> None:
    body = MessageSent("update", 2, "leadership", "s", "b", fields={"progress": "rolled back"})
    assert body.log_line("Status update #2", BOOK) == ("update", "Status update #2 – rolled back")
