"""The hand-over of the user's role: everything the next person has to know, and people's words literally."""

from __future__ import annotations

import json
from datetime import UTC
from pathlib import Path

import pytest
from markdown_it import MarkdownIt

from tests.conftest import THREE_SEVENTEEN as START
from tests.unit.test_documents import HOSTILE, PLAYBOOK, SHIPPED, Log, declared
from warroom.documents import handover
from warroom.documents.registry import DOCUMENTS, write
from warroom.model import acts
from warroom.model.entries import Draft
from warroom.model.kinds.messages import MessageSent
from warroom.model.kinds.roles import RoleAssigned
from warroom.model.times import HOUR, MINUTE

NOW = START + 30 * MINUTE


def render(log: Log, form: str = "txt", now: int = NOW, own: Path = Path("/nowhere")) -> str:
    written = write(DOCUMENTS["handoff"], form, log.material(PLAYBOOK, now), own=own, shipped=SHIPPED)
    assert written.problem is None
    return "".join(written.pieces)


def section(text: str, head: str) -> list[str]:
    """The lines under a heading of the plain form."""
    return text.split(f"\n{head}\n")[1].split("\n\n")[0].splitlines()


@pytest.fixture
def running() -> Log:
    """Half an hour into the checkout incident."""
    log = declared(began=START - 4 * MINUTE)
    log.add(acts.roles.assign(PLAYBOOK, None, "ic", "Priya, +1 555 0100"), START + MINUTE)
    log.add(acts.facts.fact(PLAYBOOK, "impact", "payment fails"), START + 2 * MINUTE)
    log.add(acts.facts.fact(PLAYBOOK, "revenue_per_hour", "$30k"), START + 3 * MINUTE)
    entry = log.add(acts.decisions.decision("Roll back", "safer", by="Priya"), START + 5 * MINUTE)
    log.add(acts.decisions.review(entry, "confirmed", "errors are falling"), START + 6 * MINUTE)
    sent = MessageSent("initial", 1, "leadership", "[SEV2] Incident", "…", "email", START + 20 * MINUTE)
    log.add(acts.messages.send(sent, "Initial acknowledgement"), START + 10 * MINUTE)
    update = MessageSent("update", 2, "leadership", "[SEV2] Update", "…", "email", START + 50 * MINUTE)
    log.add(acts.messages.send(update, "Status update"), START + 18 * MINUTE)
    log.add(acts.timers.start_timer("demo", START + 2 * HOUR, tz=UTC), START + 19 * MINUTE)
    log.add(acts.escalation.answer_trigger(PLAYBOOK, "churn", True), START + 20 * MINUTE)
    return log


def test_all_there_is_to_hand_over_is_on_the_page(running: Log) -> None:
    text = render(running)
    head = text.split("\n\nNEXT")[0].splitlines()
    assert head[0] == "HAND-OVER: Checkout errors"
    assert "From:                Sam, 2026-11-23 03:47 UTC" in head
    assert "Severity:            SEV2 High" in head
    assert "State:               Response" in head
    assert "Started:             03:13 UTC, 34 min ago" in head
    assert "Cost:                ≈ $17,000 ($30k per hour × 34 min since it began)" in head
    assert section(text, "NEXT") == [
        "Send the customer message: due 03:47, in 00:00",
        "Customers who are told early wait; customers who find out call.",
    ]
    assert "Stakeholders: acknowledge within 15 min, then every 30 to 60 min" in section(
        text, "WHAT THIS SEVERITY ASKS FOR"
    )
    clocks = section(text, "CLOCKS")
    assert "Stakeholder update: 20:00, due 04:07 UTC, promised" in clocks
    assert "demo: 1:30:00, due 05:17 UTC" in clocks
    assert section(text, "WHO HAS BEEN TOLD WHAT") == [
        "03:27 UTC  Initial acknowledgement #1 → leadership: [SEV2] Incident; "
        "next update promised for 03:37 UTC (kept, sent at 03:35 UTC)",
        "03:35 UTC  Status update #2 → leadership: [SEV2] Update; next update promised for 04:07 UTC (still to come)",
        "Promises: 1 kept, 0 late, 0 missed, 1 still to come, of 2 made.",
    ]
    assert section(text, "WHAT IS KNOWN")[0] == "User impact: payment fails (03:19 UTC)"
    assert section(text, "WHO IS WHO")[0] == "Incident commander: Priya, +1 555 0100 (since 03:18 UTC)"
    assert "Gather context: Who needs to know" in section(text, "STILL OPEN OF THE FIRST 30 MINUTES")
    assert section(text, "DECISIONS MADE") == [
        "1. 03:22 UTC  Roll back",
        "   Reason: safer",
        "   Decided by: Priya",
        "   Later: confirmed 03:23 UTC, because errors are falling",
    ]
    assert section(text, "ESCALATION") == [
        "Applies: churn risk is high (Sam said yes)",
        "Not answered yet: Is there media, legal or regulatory exposure?",
        "Still to decide: whether to escalate",
    ]


def test_the_last_ten_lines_are_there_without_the_corrections(running: Log) -> None:
    for number in range(12):
        entry = running.add(acts.log.note(f"note {number}"), START + 21 * MINUTE + number * 15_000)
    running.add(acts.corrections.amend(entry, "note 11, mended"), START + 29 * MINUTE)
    lines = section(render(running), "LAST LINES OF THE LOG")
    assert [line.split("note ")[-1] for line in lines] == [
        *map(str, range(2, 11)),
        "11, mended (corrected)",
    ]
    assert lines[0].startswith("03:38 UTC  note ")


def test_a_fresh_incident_says_what_is_not_there() -> None:
    text = render(declared(), now=START)
    assert section(text, "WHO HAS BEEN TOLD WHAT") == ["Nobody yet."]
    assert section(text, "WHAT IS KNOWN") == ["No facts yet."]
    assert section(text, "DECISIONS MADE") == ["None logged."]
    assert section(text, "WHO IS WHO")[0].startswith("Vacant: Incident commander, ")
    assert "Cost" not in text
    assert "Incident commander:  not known" in text


def test_a_resolved_incident_asks_for_nothing_of_the_first_minutes(running: Log) -> None:
    running.add(acts.lifecycle.resolve("Rolled back"), START + 25 * MINUTE)
    text = render(running)
    assert "State:               Resolution, resolved" in text
    assert "29 min in all, resolved 03:42 UTC" in text
    assert "STILL OPEN" not in text
    assert "Not answered yet" not in text


def test_dates_stand_where_it_reaches_into_another_day(running: Log) -> None:
    text = render(running, now=START + 24 * HOUR)
    assert "2026-11-23 03:27 UTC  Initial acknowledgement" in text
    assert section(text, "LAST LINES OF THE LOG")[0].startswith("2026-11-23 03:1")


def test_the_data_is_that_of_status_and_more(running: Log) -> None:
    found = json.loads(json.dumps(handover.as_data(running.material(PLAYBOOK, NOW))))
    assert (found["severity"], found["elapsed_s"], found["handed_over_by"]) == (2, 34 * 60, "Sam")
    assert found["contacts"] == {"Priya": "+1 555 0100"}
    assert found["protocol"]["target"] == "under 2 h"
    assert [message["promise"] for message in found["messages"]] == ["kept", "running"]
    assert found["messages"][0]["promised_at"] == "2026-11-23T03:37:00Z"
    assert found["log"][-1] == {
        "at": "2026-11-23T03:37:00Z",
        "kind": "trigger",
        "author": "Sam",
        "text": "Applies: churn risk is high",
    }
    assert found["cost"]["text"] == "≈ $17,000"


@pytest.mark.parametrize("words", HOSTILE)
def test_words_show_literally_in_markdown(words: str) -> None:
    shapes: list[list[str]] = []
    for shown in ("harmless", words):
        log = declared(f"T {shown}")
        log.add(Draft(RoleAssigned("ic", f"P {shown}", "", f"C {shown}"), "x"), START + MINUTE)
        log.add(acts.facts.fact(PLAYBOOK, "impact", f"F {shown}"), START + 2 * MINUTE)
        log.add(Draft(acts.timers.start_timer(f"K {shown}", START + HOUR).body, f"K {shown}"), START + 3 * MINUTE)
        log.add(acts.decisions.decision(f"D {shown}", f"R {shown}"), START + 4 * MINUTE)
        log.add(
            acts.messages.send(MessageSent("update", 1, f"A {shown}", f"S {shown}", "…"), "Status update"),
            START + 5 * MINUTE,
        )
        log.add(acts.escalation.decline_escalation(f"E {shown}"), START + 6 * MINUTE)
        tokens = MarkdownIt("commonmark").enable("table").parse(render(log, "md"))
        inline = [child for token in tokens if token.children for child in token.children]
        shapes.append(
            [token.type for token in tokens]
            + [child.type for child in inline if child.type not in ("text", "softbreak", "hardbreak", "text_special")]
        )
    assert shapes[0] == shapes[1]


def test_an_own_template_wins(running: Log, tmp_path: Path) -> None:
    (tmp_path / "handover.j2").write_text("# {{ title }}\n{{ next.text }}\n")
    assert render(running, own=tmp_path) == "Checkout errors\n\nSend the customer message: due 03:47, in 00:00\n"
    (tmp_path / "handoff.txt.j2").write_text("{{ title }}: {{ next.text }}\n")
    assert render(running, own=tmp_path) == "Checkout errors: Send the customer message: due 03:47, in 00:00\n"


def test_the_templates_that_came_with_earlier_versions_still_serve(running: Log) -> None:
    own = Path(__file__).parents[1] / "fixtures" / "documents-of-version-4"
    assert in_new_words(render(running, "txt", own=own)) == render(running, "txt")
    assert in_new_words(render(running, "md", own=own)).replace("- Vacant:", "- **Vacant:**") == render(running, "md")


def in_new_words(text: str) -> str:
    """Replace the sentences of the old templates that the built-in ones now have in other words."""
    text = text.replace("Holds: churn risk is high (Sam", "Applies: churn risk is high (Sam")
    return text.replace("Neither escalated nor decided against since.", "Still to decide: whether to escalate")
