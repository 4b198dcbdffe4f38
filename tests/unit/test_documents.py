"""The incident log as a document: the playbook's form, and people's words shown literally."""

from __future__ import annotations

import csv
import io
import json
from datetime import UTC, timedelta, timezone, tzinfo
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from tests.conftest import THREE_SEVENTEEN as START
from tests.stories import NARRATIVE
from warroom import places
from warroom.documents import incident_log, log_json, registry
from warroom.documents.material import Material
from warroom.documents.registry import DOCUMENTS, Written
from warroom.model import acts
from warroom.model.entries import Draft, Entry, Unknown, encode
from warroom.model.incident import fold
from warroom.model.kinds.messages import MessageSent
from warroom.model.kinds.milestones import ITS_TIMELINE, MilestoneSet
from warroom.model.kinds.roles import RoleAssigned
from warroom.model.playbook import Playbook, load
from warroom.model.snapshot import Snapshot
from warroom.model.times import HOUR, MINUTE

SHIPPED = places.templates() / "documents"


PLAYBOOK = load((places.templates() / "playbook.toml").read_text("utf-8"), file="playbook.toml")


@pytest.fixture
def playbook() -> Playbook:
    """The shipped playbook."""
    return PLAYBOOK


class Log:
    """Entries in the making: each act is written down at its own minute."""

    def __init__(self, declaration: Draft) -> None:
        self.entries: list[Entry] = []
        self.add(declaration, START)

    def add(self, draft: Draft, recorded: int, author: str = "Sam") -> Entry:
        n = len(self.entries) + 1
        at = recorded if draft.at is None else draft.at
        entry = Entry(n, "here", n, n, "k7qd3f", at, recorded, author, draft.text, draft.body)
        self.entries.append(entry)
        return entry

    def material(self, playbook: Playbook, now: int = START + 4 * HOUR, tz: tzinfo = UTC) -> Material:
        incident = fold(entry for entry in self.entries if entry.kind not in NARRATIVE)
        corrected = {key: change.at for key, change in incident.replaced.items() if not change.retracted}
        entries = sorted(self.entries, key=lambda entry: corrected.get(entry.key, entry.at))
        latest = sorted(self.entries, key=lambda entry: entry.at)
        written = [(entry, encode(entry.body)) for entry in latest]
        return Material(Snapshot(incident, playbook, now, tz), "Sam", lambda: entries, lambda: written, lambda: latest)

    def write(self, playbook: Playbook, form: str, tz: tzinfo = UTC, own: Path = Path("/nowhere")) -> Written:
        return registry.write(DOCUMENTS["log"], form, self.material(playbook, tz=tz), own=own, shipped=SHIPPED)

    def render(self, playbook: Playbook, form: str = "md", tz: tzinfo = UTC, own: Path = Path("/nowhere")) -> str:
        written = self.write(playbook, form, tz, own)
        assert written.problem is None
        return "".join(written.pieces)

    def json(self, now: int = START) -> dict[str, Any]:
        found: dict[str, Any] = json.loads("".join(log_json.as_json(self.material(PLAYBOOK, now))))
        return found

    def csv(self) -> list[dict[str, str]]:
        text = "".join(incident_log.as_csv(self.material(PLAYBOOK)))
        return list(csv.DictReader(io.StringIO(text, newline="")))


def declared(title: str = "Checkout errors", **more: Any) -> Log:
    return Log(acts.lifecycle.declare(title, 2, now=START, **more))


@pytest.fixture
def checkout(playbook: Playbook) -> Log:
    """The checkout incident: declared at 03:17, rolled back, told to people twice, resolved after 2 h 15 min."""
    log = declared("Checkout errors for 20 % of attempts", detected_by="Login 5xx alert")
    log.add(acts.roles.assign(playbook, None, "on-call", "Marcus"), START + 2 * MINUTE)
    log.add(acts.roles.assign(playbook, None, "ic", "Priya"), START + 3 * MINUTE)
    log.add(acts.facts.fact(playbook, "system", "checkout"), START + 4 * MINUTE)
    because = "rollback is faster and safer"
    log.add(acts.decisions.decision("Roll back to v2.3.1", because, by="Priya"), START + 6 * MINUTE)
    log.add(acts.log.action("Rollback started", "Marcus"), START + 8 * MINUTE)
    first = MessageSent("initial", 1, "leadership, CS", "[SEV2] Incident", "…", "email", START + 44 * MINUTE)
    log.add(acts.messages.send(first, "Initial acknowledgement"), START + 14 * MINUTE)
    second = MessageSent(
        "update", 2, "leadership, CS", "[SEV2] Update #2", "…", "slack", None, {"progress": "cause found"}
    )
    log.add(acts.messages.send(second, "Status update"), START + 40 * MINUTE)
    log.add(acts.log.note("Errors back to normal", at=START + 120 * MINUTE), START + 140 * MINUTE)
    log.add(acts.lifecycle.resolve("Rolled back, checkout verified", START + 135 * MINUTE), START + 141 * MINUTE)
    log.add(acts.lifecycle.close(), START + 200 * MINUTE)
    return log


@pytest.mark.parametrize("form", ["md", "txt"])
def test_the_log_has_the_playbooks_form(checkout: Log, playbook: Playbook, form: str) -> None:
    text = checkout.render(playbook, form).replace("**", "")
    places_in_text = [
        text.index(words)
        for words in (
            "Checkout errors for 20 % of attempts",
            "2026-11-23",
            "SEV2 High",
            "Priya",
            "2026-11-23 03:17 UTC",
            "checkout",
            "2 h 15 min",
            "via Login 5xx alert; severity set to SEV2",
            "Roll back to v2.3.1 – rollback is faster and safer, by Priya",
            "Rollback started – by Marcus",
            "Status update #2 → leadership, CS – cause found",
            "Errors back to normal (added 20 min later)",
            "1. 03:23",
            "Reason: rollback is faster and safer",
            "Decided by: Priya",
            "Initial acknowledgement #1 → leadership, CS (email)",
            "next update promised for 04:01 (kept, sent at 03:57)",
            "Status update #2 → leadership, CS (slack)",
            "Promises: 1 kept, 0 late, 0 missed, 0 still to come, of 1 made.",
            "Resolved: 05:32: Rolled back, checkout verified",
            "Closed: 06:37",
        )
    ]
    assert places_in_text == sorted(places_in_text)
    assert text.rstrip().endswith("Duration: 2 h 15 min")
    assert "2026-11-23\n\n" not in text.lower().split("timeline")[1]


def test_an_unfinished_incident_says_so(playbook: Playbook) -> None:
    text = declared().render(playbook)
    assert "- **Duration:** 4 h so far" in text
    assert "Not resolved; 4 h so far." in text
    assert "None logged." in text
    assert "None sent." in text
    assert "**Incident commander:** not known" in text


def test_dates_stand_where_it_crosses_midnight_and_nowhere_else(playbook: Playbook) -> None:
    log = declared()
    log.add(acts.log.note("the same day"), START + HOUR)
    assert "### " not in log.render(playbook)
    log.add(acts.decisions.decision("Wait for the morning"), START + 24 * HOUR)
    text = log.render(playbook)
    assert text.index("### 2026-11-23") < text.index("the same day") < text.index("### 2026-11-24")
    assert "1. **2026-11-24 03:17** Wait for the morning" in text


def test_the_zone_is_named_and_stands_on_each_line_when_it_changes(playbook: Playbook) -> None:
    berlin = ZoneInfo("Europe/Berlin")
    assert "- **Times:** CET\n" in declared().render(playbook, tz=berlin)
    night = 1_792_885_200_000  # 2026-10-25T01:40+02:00: the clocks go back at 03:00
    log = Log(acts.lifecycle.declare("Checkout errors", 2, now=night))
    log.add(acts.log.note("in the hour that comes twice"), night + 60 * MINUTE)
    log.add(acts.log.note("in it again"), night + 120 * MINUTE)
    text = log.render(playbook, tz=berlin)
    assert "- **Times:** CEST, CET, named on each line\n" in text.replace("CET, CEST", "CEST, CET")
    assert " CEST** note: in the hour that comes twice" in text
    assert " CET** note: in it again" in text
    nameless = declared().render(playbook, tz=timezone(timedelta(hours=3)))
    assert "- **Times:** UTC+03:00\n" in nameless


def test_a_corrected_line_stands_in_its_new_place_and_the_original_below(playbook: Playbook) -> None:
    log = declared()
    wrong = log.add(acts.log.note("Rolled back payment"), START + 30 * MINUTE)
    log.add(acts.log.note("Support told"), START + 31 * MINUTE)
    log.add(
        acts.corrections.amend(wrong, "Rolled back search", START + 40 * MINUTE, "misheard"),
        START + 50 * MINUTE,
        "Priya",
    )
    text = log.render(playbook)
    before, after = text.split("## Corrections")
    assert before.index("Support told") < before.index("**03:57** note: Rolled back search (corrected, see below)")
    assert "Rolled back payment" not in before
    assert (
        "**04:07** Priya corrected the line of 03:47: Rolled back payment → 03:57 Rolled back search (misheard)"
        in after
    )


def test_a_line_taken_back_is_only_among_the_corrections(playbook: Playbook) -> None:
    log = declared()
    wrong = log.add(acts.decisions.decision("Switch provider"), START + 30 * MINUTE)
    log.add(acts.corrections.retract(wrong, "another incident"), START + 50 * MINUTE)
    before, after = log.render(playbook).split("## Corrections")
    assert "Switch provider" not in before
    assert "took back the line of 03:47: Switch provider (another incident)" in after


def test_a_role_is_told_with_its_times_and_to_whom_it_was_handed(playbook: Playbook) -> None:
    log = declared()
    log.add(acts.roles.assign(playbook, None, "ic", "Priya"), START + MINUTE)
    incident = fold(log.entries)
    log.add(acts.roles.assign(playbook, incident, "ic", "Ana, +1 555 0100"), START + 30 * MINUTE)
    log.add(acts.roles.assign(playbook, None, "expert", "Bo"), START + 31 * MINUTE)
    log.add(acts.roles.step_back(playbook, fold(log.entries), "expert", "Bo"), START + 40 * MINUTE)
    text = log.render(playbook, "txt")
    responders = text.split("RESPONDERS\n")[1].split("\n\n")[0]
    assert responders.splitlines() == [
        "Incident commander: Priya, from 03:18 to 03:47, handed over to Ana",
        "Incident commander: Ana, since 03:47",
        "Subject-matter expert: Bo, from 03:48 to 03:57",
    ]


def test_the_cost_stands_with_its_basis_where_it_is_known(checkout: Log, playbook: Playbook) -> None:
    assert "Cost" not in checkout.render(playbook)
    checkout.add(acts.facts.fact(playbook, "revenue_per_hour", "$32k"), START + 5 * MINUTE)
    assert "- **Cost:** ≈ $72,000 ($32k per hour × 2 h 15 min until it was resolved)\n" in checkout.render(playbook)


def test_a_decision_has_what_was_added_to_it_and_what_became_of_it(playbook: Playbook) -> None:
    log = declared()
    entry = log.add(acts.decisions.decision("Roll back", "safer", options="wait"), START + MINUTE)
    log.add(acts.decisions.add_context(entry, options="wait, fix forward", asked_by="Sam"), START + 2 * MINUTE)
    log.add(acts.decisions.add_context(entry, by="Priya"), START + 3 * MINUTE)
    log.add(acts.decisions.review(entry, "confirmed", "errors are falling"), START + 20 * MINUTE)
    text = log.render(playbook, "txt")
    assert text.split("DECISIONS MADE\n")[1].split("\n\n")[0].splitlines() == [
        "1. 03:18  Roll back",
        "   Reason: safer",
        "   Options considered: wait, fix forward",
        "   Decided by: Priya",
        "   Asked by: Sam",
        "   Later: confirmed 03:37, because errors are falling",
    ]
    assert "03:37  decision      confirmed: Roll back – errors are falling" in text


def test_the_steps_of_escalating_are_told_with_what_held(playbook: Playbook) -> None:
    log = declared()
    log.add(acts.escalation.tell_commander("Priya", False, "minutes away", ["sev1", "churn"]), START + MINUTE)
    log.add(acts.messages.send(MessageSent("escalation", 1, "VP Product", "s", "…"), "Escalation"), START + 5 * MINUTE)
    log.add(acts.escalation.decline_escalation("the VP knows", ["a trigger of old"]), START + 9 * MINUTE)
    text = log.render(playbook, "txt")
    assert text.split("\nESCALATION\n")[1].split("\n\n")[0].splitlines() == [
        "03:18  Escalation: Priya told, objects: minutes away (SEV1 is declared; churn risk is high)",
        "03:22  Escalation → VP Product",
        "03:26  Not escalating: the VP knows (a trigger of old)",
    ]
    assert "ESCALATION" not in declared().render(playbook, "txt")


def test_promises_late_and_missed_are_told(playbook: Playbook) -> None:
    log = declared()
    for number, (sent, due) in enumerate(((5, 35), (50, 80)), 1):
        update = MessageSent("update", number, "CS", "s", "…", "plain", START + due * MINUTE)
        log.add(acts.messages.send(update, "Status update"), START + sent * MINUTE)
    text = log.render(playbook)
    assert "next update promised for 03:52 (late, sent at 04:07)" in text
    assert "next update promised for 04:37 (missed)" in text
    assert "Promises: 0 kept, 1 late, 1 missed, 0 still to come, of 2 made." in text


def test_an_own_clock_is_told_without_saying_twice_what_it_is(playbook: Playbook) -> None:
    log = declared()
    entry = log.add(acts.timers.start_timer("demo", START + HOUR, tz=UTC), START + MINUTE)
    log.add(acts.timers.finish_timer(fold(log.entries), entry.key, START + HOUR), START + HOUR)
    text = log.render(playbook, "txt")
    assert "03:18  clock         demo at 04:17 UTC\n" in text
    assert "04:17  clock         Done: demo\n" in text


HOSTILE = [
    "# heading",
    "a\n# heading",
    "a\n\n# heading\n\n- item",
    "<script>alert(1)</script>",
    "[a](http://example.com)",
    "![a](http://example.com/x.png)",
    "a | b | c",
    "```\ncode",
    "    code",
    "a\n    code",
    "1. one\n2. two",
    "> quote",
    "---",
    "a\n---",
    "a\n===",
    "*bold* _it_ `code`",
    "&lt; &amp;",
    "{{ 7 * 7 }} {% for x in y %}",
    "<http://example.com>",
    "a\\",
    "\ttab",
    "- [x] task",
]


@pytest.mark.parametrize("words", HOSTILE)
def test_words_show_literally_in_markdown(playbook: Playbook, words: str) -> None:
    assert_literal(playbook, words)


@settings(max_examples=60, deadline=None, derandomize=True)
@given(st.text(alphabet=st.sampled_from('ab 1.)#*_`[]()<>!|\\-+=~&;:{}%\n\t/"'), min_size=1, max_size=40))
def test_any_words_show_literally_in_markdown(words: str) -> None:
    assert_literal(PLAYBOOK, words)


def assert_literal(playbook: Playbook, words: str) -> None:
    """The document's structure is that of one with harmless words in their place, and the words are all there."""
    shapes: list[list[str]] = []
    texts: list[str] = []
    for shown in ("harmless", words):
        log = declared(f"T {shown}", detected_by=shown)
        log.add(acts.facts.fact(playbook, "impact", f"F {shown}"), START + MINUTE)
        log.add(Draft(acts.log.note("x").body, f"N {shown}"), START + 2 * MINUTE)
        entry = log.add(acts.decisions.decision(f"D {shown}", f"R {shown}"), START + 3 * MINUTE)
        log.add(acts.decisions.review(entry, "reversed", f"W {shown}"), START + 4 * MINUTE)
        log.add(Draft(RoleAssigned("ic", f"P {shown}"), "x"), START + 5 * MINUTE)
        log.add(acts.escalation.skip_commander(f"S {shown}"), START + 6 * MINUTE)
        tokens = MarkdownIt("commonmark").enable("table").parse(log.render(playbook))
        inline = [child for token in tokens if token.children for child in token.children]
        shapes.append(
            [token.type for token in tokens]
            + [child.type for child in inline if child.type not in ("text", "softbreak", "hardbreak", "text_special")]
        )
        texts.append("".join(child.content for child in inline))
    assert shapes[0] == shapes[1]
    assert "".join(f"N {words}".split()) in "".join(texts[1].split())


@pytest.mark.parametrize("words", HOSTILE)
def test_plain_text_and_data_hold_the_words_unchanged(playbook: Playbook, words: str) -> None:
    log = declared()
    log.add(Draft(acts.log.note("x").body, words), START + MINUTE)
    assert words.strip("\n").split("\n")[0] in log.render(playbook, "txt")
    assert log.json()["timeline"][1]["text"] == words
    assert log.csv()[1]["text"].removeprefix("'") == words.removeprefix("'")


def test_a_spreadsheet_that_reads_the_csv_runs_nothing() -> None:
    log = declared()
    formulas = ["=1+1", "+1", "-2+3", "@SUM(A1)", "\t=1", " =1", "=cmd|' /C calc'!A0"]
    harmless = ["a = b", "1-2", "'quoted'", "mail a@b.c"]
    for words in (*formulas, *harmless):
        log.add(Draft(acts.log.note("x").body, words), START + MINUTE)
    assert [row["text"] for row in log.csv()[1:]] == [*(f"'{words}" for words in formulas), *harmless]
    assert [entry["text"] for entry in log.json()["timeline"][1:]] == [*formulas, *harmless]


def test_csv_has_one_row_an_entry(checkout: Log) -> None:
    rows = checkout.csv()
    assert tuple(rows[0]) == incident_log.CSV_COLUMNS
    assert len(rows) == len(checkout.entries)
    late = next(row for row in rows if row["text"] == "Errors back to normal")
    assert (late["time"], late["recorded"]) == ("2026-11-23T05:17:00Z", "2026-11-23T05:37:00Z")
    assert [(row["by"], row["detail"]) for row in rows if row["kind"] == "decision"] == [
        ("Priya", "because rollback is faster and safer")
    ]
    checkout.add(acts.log.note("Pods crash", by="Jonas", called="detected"), START + 201 * MINUTE)
    body = MilestoneSet("declared", START, ITS_TIMELINE, "Kim")
    checkout.add(Draft(body, "Incident #231 opened", START), START + 202 * MINUTE)
    told = {(row["kind"], row["by"], row["text"], row["detail"]) for row in checkout.csv()}
    assert told >= {("detected", "Jonas", "Pods crash", ""), ("declared", "Kim", "Incident #231 opened", "")}


def test_json_has_the_header_and_every_entry_in_full(checkout: Log) -> None:
    found = checkout.json(START + 9 * HOUR)
    assert (found["ref"], found["severity"], found["duration_s"]) == ("k7qd3f", 2, 8100)
    assert len(found["timeline"]) == len(checkout.entries)
    message = next(entry for entry in found["timeline"] if entry["kind"] == "message")
    assert message["data"]["promise"] == START + 44 * MINUTE
    assert found["updates"] == ["here:7", "here:8"]


def test_an_entry_of_a_kind_from_a_newer_version_is_exported_too(playbook: Playbook) -> None:
    log = declared()
    entry = Entry(
        2, "there", 1, 2, "k7qd3f", START, START, "Ana", "a vote on the rollback", Unknown("vote", "{not JSON")
    )
    log.entries.append(entry)
    assert "vote: a vote on the rollback" in log.render(playbook)
    found = log.json()["timeline"][1]
    assert (found["kind"], found["data"]) == ("vote", "{not JSON")
