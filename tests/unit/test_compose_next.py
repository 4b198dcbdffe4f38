"""Messages after the first: numbers, times of the next update, customers, nothing new, and text from outside."""

from __future__ import annotations

import msgspec
import pytest

from tests.unit.test_compose import (
    BERLIN,
    BOOK,
    FULL,
    KINDS,
    RULES,
    START,
    Told,
    after_the_first,
    checkout,
    resolved,
)
from warroom import wording
from warroom.messages.blocks import fill, fill_line, message_template
from warroom.messages.checking import message_to_check
from warroom.messages.compose import Composed, compose
from warroom.messages.fields import quiet_update
from warroom.messages.forms import FORMS, Bullets, Text
from warroom.messages.sending import sent_record
from warroom.model import acts, times
from warroom.model.kinds.messages import MessageSent
from warroom.model.snapshot import Snapshot
from warroom.model.times import MINUTE


def test_updates_count_on_from_the_acknowledgement() -> None:
    told = checkout()
    assert told.compose("update").number == 1
    assert told.send("initial").number == 1
    assert told.send("update").number == 2
    assert told.compose("update").subject == "[SEV2] Update #3: Checkout errors affecting users"


def test_what_was_sent_is_stored_word_for_word() -> None:
    told = checkout()
    composed = told.compose("initial", "slack", impact="*all* of it")
    message = sent_record(composed, told.values("initial", impact="*all* of it"))
    assert message.body == composed.text
    assert (message.channel, message.subject) == ("slack", composed.subject)
    assert message.promise == times.parse_past("2026-11-23T04:00+01:00", 1_800_000_000_000)
    assert message.fields["impact"] == "*all* of it"
    assert msgspec.json.decode(msgspec.json.encode(message), type=MessageSent) == message


@pytest.mark.parametrize(
    ("title", "shown"),
    [
        ("checkout errors.", "Checkout errors"),
        ("[SEV2] checkout errors", "Checkout errors"),
        ("SEV2: Incident: checkout errors", "Checkout errors"),
        ("Incident: checkout errors", "Checkout errors"),
        ("iPhone app: login fails", "iPhone app: login fails"),
        ("SEV2", "SEV2"),
        ("Errors at Acme Inc.", "Errors at Acme Inc."),
    ],
)
def test_a_title_is_fit_for_a_subject_however_it_was_typed(title: str, shown: str) -> None:
    told = Told(title=title).fact("impact", "errors")
    assert told.compose("initial").subject == f"[SEV2] Incident: {shown}"
    assert told.compose("customer").subject == shown


class TestNextUpdate:
    @pytest.mark.parametrize(
        ("typed", "shown"),
        [
            ("30m", "03:31 CET"),
            ("1h", "04:01 CET"),
            ("04:15", "04:15 CET"),
            ("04:15 CET", "04:15 CET"),
            ("04:15 cet", "04:15 CET"),
            ("03:15Z", "04:15 CET"),
            ("03:15 UTC", "04:15 CET"),
            ("2026-11-24T03:00", "03:00 CET on 24 November"),
            ("20h", "23:01 CET on 23 November"),
        ],
    )
    def test_is_read_and_shown_with_its_zone(self, typed: str, shown: str) -> None:
        told = checkout().at(-16)
        composed = told.compose("initial", next_update=typed)
        assert composed.problem == ""
        assert f"Next update: {shown}.\n" in composed.text

    def test_is_stored_as_a_whole_minute_not_earlier_than_meant(self) -> None:
        told = checkout().at(14.5)
        assert told.compose("initial", next_update="30m").promise == START + 45 * MINUTE

    @pytest.mark.parametrize(("minute", "shown"), [(14.5, "04:00"), (13, "04:00"), (17.9, "04:00"), (18, "04:05")])
    def test_that_is_proposed_is_a_round_time_not_later_than_the_cadence(self, minute: float, shown: str) -> None:
        told = checkout().at(minute)
        assert told.values("initial")["next_update"] == shown
        promise = told.compose("initial").promise
        assert promise is not None
        assert times.clock(promise, told.snapshot.tz) == shown, "the clock follows what was said"
        assert 25 * MINUTE < promise - told.now <= 30 * MINUTE

    @pytest.mark.parametrize(
        "typed", ["soonish", "9" * 10_000, "25:00", "04:15 PST", "0m", "9999-12-31T23:59", "99999h", "٣:١٥", "-5m"]
    )
    def test_that_can_not_be_meant_is_a_problem_in_words(self, typed: str) -> None:
        composed = checkout().compose("initial", next_update=typed)
        assert composed.promise is None
        assert composed.problem.startswith("Next update: ")
        assert typed in composed.text.lower() or typed in composed.text

    def test_that_passed_while_composing_does_not_jump_to_tomorrow(self) -> None:
        told = checkout()
        values = told.values("initial")
        composed = told.at(50).compose_exactly(KINDS["initial"], values)
        assert composed.promise is None
        assert "04:00 has passed" in composed.problem
        assert "2026-11-24T04:00" in composed.problem

    def test_for_customers_is_typed_locally_and_shown_in_utc(self) -> None:
        composed = checkout().compose("customer", impact="errors when paying", next_update="04:15")
        assert "Next update: 03:15 UTC.\n" in composed.text
        assert composed.promise == START + 58 * MINUTE

    def test_across_the_end_of_summer_time_names_the_right_zone(self) -> None:
        told = checkout()
        now = times.parse_past("2026-10-25T00:45Z", 1_800_000_000_000)
        values = told.values("initial", next_update="30m")
        composed = compose(KINDS["initial"], values, Snapshot(told.incident, BOOK, now, BERLIN), author="Dana")
        assert "Next update: 02:15 CET" in composed.text


class TestCustomers:
    def test_the_window_closes_with_the_incident(self) -> None:
        composed = resolved().compose("customer", impact="errors when paying")
        assert (
            "\n\nWe had a problem with checkout between 02:17 and 04:32 UTC (2 h 15 min). It is resolved, and"
            in composed.text
        )
        assert "Next update" not in composed.text

    def test_the_window_names_days_where_it_spans_some(self) -> None:
        told = Told()
        composed = told.at(24 * 60 + 11).compose("customer", impact="old data shown")
        assert "since 02:17 UTC on 23 November. We are" in composed.text
        told.add(acts.lifecycle.resolve())
        said = "between 02:17 UTC on 23 November and 02:28 UTC on 24 November (1 day). It is"
        assert said in told.compose("customer", impact="old data shown").text

    @pytest.mark.parametrize(
        ("severity", "apology", "at_the_end"),
        [
            (
                1,
                "We are sorry for the trouble this has caused you.",
                "We are very sorry. You rely on us, and we have let you down.",
            ),
            (3, "We are sorry for the inconvenience.", "We are sorry for the inconvenience."),
        ],
    )
    def test_the_apology_fits_the_worst_severity_and_is_heavy_only_once(
        self, severity: int, apology: str, at_the_end: str
    ) -> None:
        told = Told(severity).add(acts.severity.set_severity(4, "over soon", was=severity))
        for state in ("investigating", "identified", "monitoring"):
            assert told.compose("customer", impact="errors", state=state).text.endswith(f"\n\n{apology}")
        assert told.compose("customer", impact="errors", state="resolved").text.endswith(f"\n\n{at_the_end}")
        assert told.compose("customer", impact="errors", apology="we regret it").text.endswith("\n\nWe regret it.")

    def test_the_state_is_the_status_pages_heading_and_carries_over(self) -> None:
        told = checkout()
        composed = told.compose("customer", "status", impact="errors when paying", state="Identified")
        assert composed.text.startswith("Problem with checkout\nIdentified\n\nWe have had")
        told.send("customer", impact="errors when paying", state="identified")
        assert told.values("customer")["state"] == "identified"
        assert told.add(acts.lifecycle.resolve()).values("customer")["state"] == "resolved"

    def test_a_state_that_is_none_is_a_problem_and_no_crash(self) -> None:
        composed = checkout().compose("customer", "status", impact="x", state="fixed!!")
        assert "no state 'fixed!!'" in composed.problem
        assert composed.text.startswith("Problem with checkout\nInvestigating\n")

    def test_customers_get_a_plain_title(self) -> None:
        assert checkout().compose("customer").subject == "Problem with checkout"
        assert resolved().compose("customer").subject == "Resolved: Problem with checkout"


class TestNothingNew:
    def test_is_a_valid_update_at_once(self) -> None:
        told = after_the_first()
        kind = KINDS["update"]
        values = quiet_update(kind, told.snapshot, author="Dana")
        composed = told.compose_exactly(kind, values)
        assert composed.ready
        assert composed.promise is not None
        assert "Current status: Still investigating, nothing new.\n" in composed.text
        assert "What changed: Nothing new to report since the last message at 03:31 CET.\n" in composed.text
        assert wording.check(message_to_check(composed, values, told.snapshot), RULES) == ()

    def test_keeps_a_status_that_is_further_on(self) -> None:
        told = after_the_first()
        told.send("update", status="Rolling back")
        values = quiet_update(KINDS["update"], told.snapshot)
        assert values["status"] == "Rolling back"

    def test_invents_nothing_when_nothing_is_known(self) -> None:
        told = Told()
        values = quiet_update(KINDS["update"], told.snapshot)
        assert values["impact"] == "Not known yet"
        assert told.compose_exactly(KINDS["update"], values).ready

    def test_says_no_work_goes_on_when_it_is_over(self) -> None:
        told = Told().add(acts.lifecycle.resolve())
        assert quiet_update(KINDS["customer"], told.snapshot)["status"] == ""

    def test_speaks_calmly_to_customers(self) -> None:
        told = Told()
        kind = KINDS["customer"]
        values = quiet_update(kind, told.snapshot)
        composed = told.compose_exactly(kind, values)
        assert composed.ready
        assert "Not known yet" not in composed.text
        assert "What is happening: Parts of our service not working as they should.\n" in composed.text
        assert "We are still investigating the cause. There is nothing new to report yet.\n" in composed.text
        assert "nothing new\n" not in composed.text
        found = wording.check(message_to_check(composed, values, told.snapshot), RULES)
        assert {finding.rule for finding in found} == {"vague"}  # nobody has said yet what fails


HOSTILE = [
    "{{ 7*7 }}{% if x %}{# note #}",
    "{{ ''.__class__ }}",
    "Impact:: faked",
    "x\nNext update:: 23:59 CET",
    "x\n\nSigned:: someone else\n\n- item",
    "[/x] [@click=app.quit]x[/]",
    "\x1b]0;owned\x07\x9b31m",
    "\u202eevil\u2066",
    "\ud800 lone",
    "\x0041\x01 \x00\x01",
    "a" * 10_000,
    "*bold* _it_ `code` <https://x|y> <!channel> & <b>",
    "|".join("\\" * 50) + "|x",
]


@pytest.mark.parametrize("kind", FULL)
def test_hostile_words_are_inert_in_every_field_and_form(kind: str) -> None:
    for words in HOSTILE:
        told = Told(title=words)
        if kind == "resolution":
            told.add(acts.lifecycle.resolve())
        values = {field.id: words for field in KINDS[kind].fields if field.id not in ("next_update", "state")}
        # What is told twice is left out, so these differ.
        values |= {id: f"{words} {id}" for id in ("affected", "customers", "impact") if id in values}
        calm = dict.fromkeys(values, "calm")
        long = calm | {id: f"{id[:4]} {'calm ' * 30}" for id in ("affected", "customers") if id in values}
        composed = told.compose(kind, **values)
        apart = [labels(told.compose(kind, **typed)) for typed in (calm, long)]  # long ones are on two lines
        assert labels(composed) in apart, words
        for form in FORMS:
            text = told.compose(kind, form, to=words, **values).text
            assert not any(sign in text for sign in "\x1b\x07\x9b\x00\x01\u202e\u2066\ud800"), (form, words)
            text.encode("utf-8")
        if words.startswith("{{"):
            assert words in composed.text


def labels(composed: Composed) -> list[str]:
    """The labels; that of the impact says in one of two ways that it is over."""
    names = [block.name for block in composed.rendered.blocks if not isinstance(block, Text) and block.name]
    return [name.replace("at the time", "while it lasted") for name in names]


def test_user_words_can_not_start_a_block_of_their_own() -> None:
    composed = checkout().compose("update", status="fine\nNext update:: 23:59 CET", progress="a\nb:: c\n{{ d }}")
    assert labels(composed) == ["What changed", "Current status", "Impact", "Affected", "Open since", "Next update"]
    assert Bullets("What changed", ("A", "b:: c", "{{ d }}")) in composed.rendered.blocks
    assert Bullets("Current status", ("Fine", "Next update:: 23:59 CET")) in composed.rendered.blocks


def test_typed_fields_that_a_message_does_not_have_are_ignored() -> None:
    assert checkout().compose("initial", severity="SEV9", nonsense="x").text == FULL["initial"]


def test_a_template_that_fails_leaves_the_words_on_the_page() -> None:
    kind = msgspec.structs.replace(KINDS["update"], body="{{ status + 1 }}", file="update.j2", body_line=1)
    composed = checkout().compose_exactly(kind, {"status": "Rolling back", "impact": "x", "progress": "a\nb"})
    assert composed.problem.startswith("The template failed, update.j2:1: it can't be filled in")
    assert "Current status: Rolling back" in composed.text
    assert "- a\n- b" in composed.text


class TestBlocks:
    def test_a_body_of_every_part(self) -> None:
        body = (
            "Hello {{ who }},\nhow are you?\n\nOne:: {{ a }}\nGone:: {{ none }}\nList::* {{ items }}\n- and {{ a }}\n"
            "{% for item in items | lines %}\n- {{ loop.index }} {{ item | upper }}\n{% endfor %}\nlast {{ none }}\nend"
        )
        values = {"who": "you", "a": "1\n2", "items": "- x\n* y\n\n", "none": " "}
        assert fill(message_template(body, file="x.j2"), values) == (
            Text("Hello you,\nhow are you?"),
            Bullets("One", ("1", "2")),
            Bullets("List", ("x", "y", "and 1\n2", "1 X", "2 Y")),
            Text("end"),
        )

    def test_a_subject_is_one_line(self) -> None:
        assert fill_line(message_template("  {{ who }}\n!", file="x.j2"), {"who": "you"}) == "you !"

    def test_a_label_is_the_templates_never_a_values(self) -> None:
        template = message_template("{{ a }}:: {{ b }}", file="x.j2")
        assert fill(template, {"a": "Impact", "b": "x"}) == (Text("Impact:: x"),)
