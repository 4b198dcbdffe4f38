"""What is said in one place holds in all: facts in messages, clocks in every view, and a log of what was said."""

from __future__ import annotations

from collections.abc import Callable

import msgspec
import pytest

from tests.conftest import THREE_SEVENTEEN as START
from tests.unit.story import BOOK, Story, message, moment
from tests.unit.test_compose import KINDS, Told
from tests.unit.test_documents import PLAYBOOK, declared
from warroom.documents import status
from warroom.messages.compose import compose
from warroom.messages.field import Field
from warroom.messages.fields import quiet_update
from warroom.messages.resolved import claims_resolved
from warroom.messages.sending import drafts_when_sent, facts_set
from warroom.messages.templates import Kind
from warroom.model import acts
from warroom.model.kinds.facts import FactSet
from warroom.model.kinds.messages import MessageSent
from warroom.model.snapshot import Snapshot
from warroom.model.times import MINUTE

# Facts in messages


def facts_after(told: Told, kind: Kind, **typed: str) -> dict[str, str]:
    """The facts that marking a message as sent sets, after typing these values into its fields."""
    offered = told.values(kind.id) if kind.id in KINDS else {field.id: "" for field in kind.fields}
    values = offered | typed
    drafts = drafts_when_sent(told.compose_exactly(kind, values), values, told.snapshot, offered)
    assert drafts[-1].body.kind == "message"
    return {draft.body.name: draft.body.value for draft in drafts if isinstance(draft.body, FactSet)}


@pytest.mark.parametrize("kind", ["initial", "update", "resolution", "escalation"])
def test_a_field_changed_in_a_message_sets_its_fact(kind: str) -> None:
    told = Told().fact("impact", "payment fails").fact("affected", "20 %").fact("customers", "Acme, Globex")
    assert facts_after(told, KINDS[kind]) == {}
    assert facts_after(told, KINDS[kind], impact="payment fails for all", affected="30 %") == {
        "impact": "payment fails for all",
        "affected": "30 %",
    }
    assert facts_after(told, KINDS[kind], customers="40 enterprise customers") == {
        "customers": "40 enterprise customers"
    }


def test_a_fact_under_another_name_is_set_too() -> None:
    assert facts_after(Told().fact("revenue_per_hour", "$18k"), KINDS["escalation"], revenue="$32k") == {
        "revenue_per_hour": "$32k"
    }


def test_what_was_not_changed_does_not_undo_a_fact_that_came_meanwhile() -> None:
    told = Told().fact("impact", "payment fails")
    offered = told.values("update", next_update="30m", status="rolling back")
    told.fact("impact", "all is slow")
    composed = told.compose_exactly(KINDS["update"], offered)
    assert len(drafts_when_sent(composed, offered, told.snapshot, offered)) == 1


def test_leaving_out_or_not_knowing_sets_nothing() -> None:
    told = Told().fact("impact", "payment fails").fact("affected", "20 %")
    assert facts_after(told, KINDS["update"], impact="Not known yet", affected="") == {}
    nothing_new = quiet_update(KINDS["update"], Told().snapshot)
    assert nothing_new["impact"] == "Not known yet"
    assert facts_after(Told(), KINDS["update"], **nothing_new) == {}


def test_words_for_customers_and_fields_of_several_facts_set_nothing() -> None:
    told = Told().fact("impact", "5xx from payment pods").fact("workaround", "pay by invoice")
    assert facts_after(told, KINDS["customer"], impact="errors when paying") == {}
    own = Told().fact("impact", "payments fail")
    for story in (told, own):
        what_they_can_do = {"workaround": "please call us on +47 22 55 01 00"}
        assert facts_after(story, KINDS["customer"], **what_they_can_do) == {}, "that of colleagues stays theirs"
    own.at(5).send("customer", workaround="please call us")
    assert "Workaround" not in own.compose("update").text
    own.fact("workaround", "drivers take a ticket").send("update", status="checking")
    own.at(20)
    assert "Workaround: Drivers take a ticket." in own.compose("update", status="all tags are read again").text
    own.fact("workaround", "restart the reader once")
    assert "Workaround: Restart the reader once." in own.compose("update", status="all tags are read again").text
    told.at(5).send("customer", workaround="please bring your booking number")
    assert "Workaround: Pay by invoice.\n" in told.compose("update").text
    assert "In the meantime: Please bring your booking number.\n" in told.compose("customer").text
    both = Field("who", "Who", source=("fact:affected", "fact:customers"))
    mixed = msgspec.structs.replace(KINDS["update"], id="mixed", fields=(both,), body="Who:: {{ who }}", subject="x")
    assert facts_after(told, mixed, who="30 % and Acme") == {}


def test_everything_agrees_after_a_message_was_sent() -> None:
    told = Told().fact("impact", "payment fails").at(15)
    offered = told.values("update")
    values = offered | {"impact": "all is slow", "status": "rolling back", "next_update": "30m"}
    drafts = drafts_when_sent(told.compose_exactly(KINDS["update"], values), values, told.snapshot, offered)
    assert facts_set(drafts, BOOK) == "; User impact set to “all is slow”"
    for draft in drafts:
        told.add(draft)
    snapshot = told.snapshot
    item = next(item for phase in snapshot.checklist.phases for item in phase.items if item.row.id == "impact")
    assert (item.value, snapshot.incident.fact("impact")) == ("all is slow", "all is slow")
    assert "What do users see: all is slow?" in snapshot.script
    assert "User impact: all is slow" in [entry.text for entry in told.entries]
    assert {told.values(kind)["impact"] for kind in ("initial", "update", "escalation")} == {"all is slow"}
    assert told.values("resolution")["impact"] == "", "of what it was, and what it became, its sender says the worst"


# The share, and the customers


def test_the_share_and_the_customers_are_told_by_every_message() -> None:
    told = Told().fact("affected", "30 %").fact("customers", "40 enterprise customers")
    for kind in ("initial", "update", "resolution", "escalation"):
        text = told.compose(kind).text
        assert "Affected: 30 %.\nCustomers affected: 40 enterprise customers.\n" in text


@pytest.mark.parametrize(
    ("customers", "applies"),
    [
        ("40 enterprise customers", True),
        ("30 % of Acme's users", False),
        ("12.5 percent", False),
        ("5 % of users, 3 enterprise customers", True),
        ("Acme, Globex", True),
    ],
)
def test_a_share_is_no_number_of_customers(customers: str, applies: bool) -> None:
    story = Story()
    story.tell(1, acts.facts.fact(BOOK, "customers", customers))
    triggers = Snapshot(story.incident, BOOK, moment(2)).escalation.triggers
    assert next(row for row in triggers if row.id == "major_customers").applies is applies


# A clock is late once its minute is over


def _is_late_in() -> dict[str, Callable[[Snapshot], bool]]:
    return {
        "clock": lambda seen: next(clock for clock in seen.clocks if clock.id == "update").state == "late",
        "countdown": lambda seen: "LATE" in next(clock for clock in seen.clocks if clock.id == "update").countdown,
        "NOW": lambda seen: seen.advice.late,
        "NOW in words": lambda seen: "LATE" in seen.advice.text,
        "nearest clock": lambda seen: (nearest := seen.nearest_clock) is not None and nearest.state == "late",
        "promise": lambda seen: [promise.state for promise in seen.promises] == ["missed"],
        "json": lambda seen: any(
            clock["remaining_s"] < 0 for clock in status.as_data(seen)["clocks"] if clock["id"] == "update"
        ),
    }


@pytest.mark.parametrize("view", _is_late_in())
def test_a_promise_is_on_time_until_its_minute_is_over(view: str) -> None:
    story = Story(2)
    story.tell(1, message("customer"))
    story.tell(2, message("initial", promise=23))  # at 03:40
    for phase in BOOK.phases:
        for item in phase.items:
            story.tell(3, acts.items.tick(BOOK, item.id))
    before, last, after = (Snapshot(story.incident, BOOK, moment(at)) for at in (22, 23 + 59 / 60, 24))
    assert [_is_late_in()[view](seen) for seen in (before, last, after)] == [False, False, True]


# The log says what was said


def test_the_severity_was_set_when_it_was_declared() -> None:
    log = declared(began=START - 15 * MINUTE, detected_by="5xx alert", basis="Many users, degraded")
    log.add(acts.log.note("support calls", START - 5 * MINUTE), START + MINUTE)
    log.add(acts.severity.set_severity(1, "all down", 2, basis="Payments down"), START + 5 * MINUTE)
    text = log.render(PLAYBOOK, "txt").split("TIMELINE")[1]
    assert [line.split(None, 1) for line in text.splitlines() if line.strip()][:4] == [
        ["03:02", "detected      via 5xx alert (added 15 min later)"],
        ["03:12", "note          support calls (added 6 min later)"],
        ["03:17", "declared      severity set to SEV2: Many users, degraded"],
        ["03:22", "severity      SEV2 → SEV1: all down – Payments down"],
    ]


def test_nothing_is_said_that_nobody_said() -> None:
    log = declared()
    log.add(acts.roles.assign(PLAYBOOK, None, "ic", "Priya"), START + MINUTE)
    log.add(acts.roles.assign(PLAYBOOK, None, "on-call", "Marcus"), START + 2 * MINUTE)
    log.add(acts.lifecycle.resolve(), START + 9 * MINUTE)
    for form in ("md", "txt"):
        text = log.render(PLAYBOOK, form).lower()
        assert "priya" in text
        for words in ("acknowledged", "verified", "deployed", "fix"):
            assert words not in text


def test_what_is_shown_with_its_written_time_is_sorted_by_it() -> None:
    log = declared()
    entry = log.add(acts.log.note("first"), START + MINUTE)
    log.add(acts.log.note("second"), START + 2 * MINUTE)
    log.add(acts.corrections.amend(entry, "first, later", START + 5 * MINUTE), START + 6 * MINUTE)
    shown = [row["at"] for row in log.json()["timeline"]]
    assert shown == sorted(shown)
    shown = [row["time"] for row in log.csv()]
    assert shown == sorted(shown)
    corrected = log.render(PLAYBOOK, "txt")
    assert corrected.index("second") < corrected.index("first, later")


# The severity that was just chosen


def _severity_item(story: Story) -> tuple[str, bool]:
    item = next(item for phase in Snapshot(story.incident, BOOK, moment(9)).checklist.phases for item in phase.items)
    return item.row.text, item.done


def test_a_severity_from_the_matrix_is_known_and_left_to_be_confirmed() -> None:
    story = Story(2)
    assert _severity_item(story) == ("Severity known", False)
    story.tell(1, acts.roles.assign(BOOK, story.incident, "ic", "Priya"))
    story.tell(1, acts.severity.set_severity(3, "few so far", 2, basis="A small number of users"))
    assert story.now(2).text == "0–5 Assess: Commander confirms SEV3"
    story.tell(2, acts.items.answer_item(BOOK, story.incident, "severity"))
    assert story.entries[-1].text == "✓ Commander confirms SEV3"
    assert _severity_item(story) == ("Commander confirms SEV3", True)
    story.tell(3, acts.severity.set_severity(2, "more", 3, basis="Many users, degraded"))
    assert _severity_item(story) == ("Commander confirms SEV2", False)  # it was another that was confirmed
    story.tell(4, acts.severity.set_severity(3, "Priya says so", 2))
    assert _severity_item(story) == ("Severity known", True)


def test_without_the_playbooks_words_for_it_the_item_stays_as_it_is() -> None:
    from warroom.model.checklist import checklist

    phases = [
        msgspec.structs.replace(phase, items=[msgspec.structs.replace(item, text_if_chosen="") for item in phase.items])
        for phase in BOOK.phases
    ]
    own = msgspec.structs.replace(BOOK, phases=phases)
    story = Story(2, own)
    story.tell(1, acts.severity.set_severity(3, "few", 2, basis="A small number of users"))
    assert checklist(story.incident, own).phases[0].items[0].row.text == "Severity known"


# Resolved, to customers


@pytest.mark.parametrize(
    ("text", "claim"),
    [
        ("This incident has been resolved.", "This incident has been resolved"),
        ("[Resolved] Errors when paying", "[Resolved] Errors when paying"),
        ("We have now resolved the problem, sorry", "We have now resolved the problem"),
        ("It is not fixed for all, but most of it is RESOLVED", "most of it is RESOLVED"),
        ("This is not resolved yet. It will be resolved soon; we update you until it is resolved.", ""),
        ("The problem hasn't been resolved", ""),
        ("Names are resolved to the wrong host", ""),
        ("We are working to resolve it", ""),
        ("The cause is still unresolved", ""),
    ],
)
def test_words_that_say_it_is_resolved(text: str, claim: str) -> None:
    assert claims_resolved(text) == claim


OWN = msgspec.structs.replace(
    KINDS["customer"], id="banner", fields=(), body="All problems are resolved.", subject="", own=True
)


@pytest.mark.parametrize(
    ("kind", "typed"),
    [
        (KINDS["customer"], {"state": "resolved"}),
        (KINDS["customer"], {"state": " Resolved"}),
        (KINDS["customer"], {"status": "This incident has been resolved."}),
        (KINDS["customer"], {"impact": "Errors, now resolved"}),
        (OWN, {}),
    ],
)
def test_customers_read_resolved_only_once_it_is(kind: Kind, typed: dict[str, str]) -> None:
    told = Told().fact("impact", "errors when paying")
    values = (told.values("customer") | typed) if kind.fields else {}
    for form in ("plain", "email", "status"):
        refused = compose(kind, values, told.snapshot, form=form)
        assert not refused.ready
        assert "not resolved yet" in refused.problem
    told.at(5).add(acts.lifecycle.resolve())
    assert compose(kind, values, told.snapshot).ready
    told.at(6).add(acts.lifecycle.reopen())
    assert not compose(kind, values, told.snapshot).ready
    assert Told().fact("impact", "errors").compose("customer", status="We work on it until it is resolved").ready


def test_an_incident_reopened_meanwhile_refuses_what_was_written_before() -> None:
    story = Story()
    sent = MessageSent("customer", 1, "customers", "", "It works again", fields={"state": "resolved"})
    assert story.refused(3, acts.messages.send(sent, "Customer message")) == (
        "it is not resolved yet; resolve the incident before telling people that it is"
    )
    story.tell(4, acts.lifecycle.resolve())
    assert story.refused(5, acts.messages.send(sent, "Customer message")) is None
