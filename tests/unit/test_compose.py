"""Composing: what a message starts from, how it reads in full, and that typed words stay words."""

from __future__ import annotations

from collections.abc import Callable
from zoneinfo import ZoneInfo

import msgspec
import pytest

from warroom import places, wording
from warroom.messages.blocks import fill, fill_line, message_template
from warroom.messages.compose import Composed, compose, message_to_check, sent_record
from warroom.messages.fields import prefill, quiet_update
from warroom.messages.forms import FORMS, Bullets, Label, Text
from warroom.messages.templates import Kind, load_kinds
from warroom.model import acts, playbook, times
from warroom.model.entries import Draft, Entry
from warroom.model.incident import Incident, fold
from warroom.model.kinds.lifecycle import Resolved
from warroom.model.kinds.messages import MessageSent
from warroom.model.snapshot import Snapshot
from warroom.model.times import MINUTE

BOOK = playbook.load((places.templates() / "playbook.toml").read_text("utf-8"), file="playbook.toml")
RULES = wording.load((places.templates() / "wording.toml").read_text("utf-8"), file="wording.toml")
KINDS = load_kinds(places.templates() / "messages")
BERLIN = ZoneInfo("Europe/Berlin")
START = times.parse_past("2026-11-23T03:17+01:00", 1_800_000_000_000)


class Told:
    """An incident told minute by minute; `at` counts minutes from 03:17 CET."""

    def __init__(self, severity: int = 2, title: str = "Checkout errors affecting users") -> None:
        self.entries: list[Entry] = []
        self.minute = 0.0
        self.add(acts.lifecycle.declare(title, severity, now=self.now))

    @property
    def now(self) -> int:
        return START + round(self.minute * MINUTE)

    @property
    def incident(self) -> Incident:
        return fold(self.entries)

    @property
    def snapshot(self) -> Snapshot:
        return Snapshot(self.incident, BOOK, self.now, BERLIN)

    def at(self, minute: float) -> Told:
        self.minute = minute
        return self

    def add(self, draft: Draft) -> Told:
        n = len(self.entries) + 1
        at = self.now if draft.at is None else draft.at
        self.entries.append(Entry(n, "here", n, n, "kq7x2m", at, self.now, "Dana", draft.text, draft.body))
        return self

    def fact(self, name: str, value: str) -> Told:
        return self.add(acts.facts.fact(BOOK, name, value))

    def values(self, kind: str, **typed: str) -> dict[str, str]:
        return prefill(KINDS[kind], self.snapshot, author="Dana") | typed

    def compose(self, kind: str, form: str = "plain", to: str | None = None, **typed: str) -> Composed:
        return self.compose_exactly(KINDS[kind], self.values(kind, **typed), form, to)

    def compose_exactly(
        self, kind: Kind, values: dict[str, str], form: str = "plain", to: str | None = None
    ) -> Composed:
        return compose(kind, values, self.snapshot, author="Dana", form=form, to=to)

    def send(self, kind: str, to: str | None = None, **typed: str) -> MessageSent:
        composed = self.compose(kind, to=to, **typed)
        assert composed.ready, (composed.missing, composed.problem)
        message = sent_record(composed, self.values(kind, **typed))
        self.add(acts.messages.send(message, KINDS[kind].label))
        return message


def checkout() -> Told:
    """Fourteen minutes into the checkout incident, with what is known then."""
    told = Told()
    told.fact("impact", "Payment fails at the last step").fact("affected", "about 20 % of attempts")
    return told.at(14)


def resolved() -> Told:
    told = checkout()
    told.send("initial")
    told.at(135).add(Draft(Resolved(), "The payment service was rolled back to v2.3.1."))
    return told.at(140)


SENSIBLE: dict[str, Callable[[], Composed]] = {
    "initial": lambda: checkout().compose("initial"),
    "update": lambda: after_the_first().compose(
        "update",
        status="Rolling back the payment service",
        progress="Cause found: last night's release\n- Rollback started",
    ),
    "resolution": lambda: resolved().compose(
        "resolution", root_cause="A release of the payment service exhausted its database connections."
    ),
    "customer": lambda: checkout().compose(
        "customer", impact="errors when paying", meaning="You were not charged for failed attempts."
    ),
    "escalation": lambda: (
        checkout()
        .fact("revenue_per_hour", "$32k")
        .compose(
            "escalation",
            why="estimate above 2 h",
            what_i_need="approval to refund failed orders, by 05:00 CET",
            phone="+49 170 5550100",
        )
    ),
}


def after_the_first() -> Told:
    told = checkout()
    told.send("initial")
    return told.at(43)


FULL = {
    "initial": """\
[SEV2] Incident: Checkout errors affecting users

We are aware of this problem and are investigating it.

Impact: Payment fails at the last step
Affected: about 20 % of attempts
Status: Investigating
Next update: 04:01 CET
Questions and customer inquiries: Dana
Updates: every 30 min until this is resolved, sooner if something changes

Dana""",
    "update": """\
[SEV2] Update #2: Checkout errors affecting users

Current status: Rolling back the payment service
Progress:
- Cause found: last night's release
- Rollback started
Impact: Payment fails at the last step
Affected: about 20 % of attempts
Next update: 04:30 CET

Dana""",
    "resolution": """\
[RESOLVED] SEV2: Checkout errors affecting users

This incident is resolved.

Duration: 2 h 15 min (03:17 CET to 05:32 CET)
Root cause: A release of the payment service exhausted its database connections.
Resolution: The payment service was rolled back to v2.3.1.
Impact: Payment fails at the last step
Affected: about 20 % of attempts
Next steps:
- Post-mortem within 48 h
- Actions to prevent a recurrence, each with an owner
- Follow-up with the affected customers

Thank you to everyone who helped to resolve this, and to everyone who waited.

Dana""",
    "customer": """\
Between 02:17 UTC and now (02:31 UTC), you may have noticed the following: errors when paying

State: Investigating

We are investigating the cause.

What this means for you: You were not charged for failed attempts.

We are sorry for the trouble this has caused you.""",
    "escalation": """\
[ESCALATION] SEV2: Checkout errors affecting users - estimate above 2 h

Why: estimate above 2 h
Summary: Checkout errors affecting users, since 03:17 CET (14 min so far)
Impact: Payment fails at the last step
Affected: about 20 % of attempts
Revenue at risk per hour: $32k
Cost so far: ≈ $7,467 ($32k per hour × 14 min)
Current status: Investigating
What I need: approval to refund failed orders, by 05:00 CET
Available: now

Dana, +49 170 5550100""",
}


@pytest.mark.parametrize("kind", FULL)
def test_each_message_reads_in_full(kind: str) -> None:
    composed = SENSIBLE[kind]()
    assert composed.text == FULL[kind]
    assert composed.ready
    assert composed.to == KINDS[kind].audience


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("kind", FULL)
def test_a_sensible_message_raises_no_word_of_warning(kind: str, form: str) -> None:
    told = resolved() if kind == "resolution" else after_the_first()
    told.add(acts.roles.assign(BOOK, told.incident, "ic", "Priya")).add(
        acts.roles.assign(BOOK, None, "on-call", "Marcus")
    )
    first = SENSIBLE[kind]()
    fields = {field.id: text for field in first.kind.fields if (text := filled(first, field.id))}
    composed = told.compose(kind, form, **fields)
    words = message_to_check(composed, told.values(kind, **fields), told.snapshot)
    assert words.people == ("Priya", "Marcus")
    assert wording.check(words, RULES) == ()
    assert composed.text.endswith(words.body)


def filled(composed: Composed, field: str) -> str:
    """What the sensible messages above have typed into a field, so that the same can be composed elsewhere."""
    typed = {
        "update": {"status": "Rolling back the payment service", "progress": "Cause found\nRollback started"},
        "resolution": {"root_cause": "A release of the payment service exhausted its database connections."},
        "customer": {"impact": "errors when paying", "meaning": "You were not charged for failed attempts."},
        "escalation": {
            "why": "estimate above 2 h",
            "what_i_need": "approval to refund, by 05:00 CET",
            "phone": "+49 170",
        },
    }
    return typed.get(composed.kind.id, {}).get(field, "")


def test_a_promise_of_recovery_is_found_where_the_text_shows_it() -> None:
    told = after_the_first()
    composed = told.compose("update", status="should be back in 30 minutes")
    (finding,) = wording.check(message_to_check(composed, told.values("update"), told.snapshot), RULES)
    ((start, end),) = composed.spans([finding])
    assert composed.text[start:end] == finding.words


@pytest.mark.parametrize("form", FORMS)
def test_remarks_are_found_in_subject_and_body_of_every_form(form: str) -> None:
    told = Told(title="It should be back in 30 minutes").fact("impact", "x")
    composed = told.compose("initial", form, status="We should be back in 30 minutes")
    findings = wording.check(message_to_check(composed, told.values("initial"), told.snapshot), RULES)
    spans = composed.spans(findings)
    shown = [composed.text[start:end] for start, end in spans]
    subject = [finding.words for finding in findings if finding.part == "subject"]
    body = [finding.words for finding in findings if finding.part == "body"]
    assert subject
    assert len(body) == 1
    assert shown == (body if form in ("status", "markdown") else subject + body)
    assert all(start >= composed.body_at for start, _ in spans[-1:])
    assert composed.text[composed.body_at :] == composed.body


def test_a_subject_that_a_form_shows_word_for_word_has_its_place() -> None:
    told = Told(title="Checkout")
    kind = msgspec.structs.replace(KINDS["initial"], subject="{{ title }}")
    places_of = {form: told.compose_exactly(kind, told.values("initial"), form).subject_at for form in FORMS}
    to = len("To: leadership, customer success, support\nSubject: ")
    assert places_of == {"plain": 0, "email": to, "slack": 1, "markdown": 3, "status": None}


class TestMissing:
    def test_what_is_missing_shows_as_a_gap_and_is_named(self) -> None:
        composed = Told().compose("initial")
        assert [field.id for field in composed.missing] == ["impact"]
        assert "Impact: [Impact?]" in composed.text
        assert not composed.ready

    def test_blank_words_are_missing_words(self) -> None:
        assert [field.id for field in Told().compose("initial", impact=" \n\t").missing] == ["impact"]

    def test_an_optional_line_without_words_is_left_out(self) -> None:
        composed = checkout().compose("initial", affected="", cadence="")
        assert "Affected" not in composed.text
        assert "Updates" not in composed.text
        assert composed.ready

    def test_a_next_update_is_owed_only_where_there_is_a_cadence(self) -> None:
        strict, loose = Told(severity=2), Told(severity=3)
        assert [field.id for field in strict.compose("initial", impact="x", next_update="").missing] == ["next_update"]
        composed = loose.compose("initial", impact="x")
        assert composed.ready
        assert "Next update" not in composed.text
        assert message_to_check(composed, {}, loose.snapshot).promises_next is None

    def test_a_resolution_before_the_end_is_a_problem(self) -> None:
        composed = checkout().compose("resolution", root_cause="a", resolution="b")
        assert composed.problem.startswith("The incident is not resolved yet")
        assert not composed.ready


class TestCarryingOver:
    def test_what_was_typed_once_is_there_the_next_time(self) -> None:
        told = Told()
        told.send("initial", impact="Payment fails", affected="a fifth", status="Looking at the release")
        values = told.values("update")
        assert (values["impact"], values["affected"]) == ("Payment fails", "a fifth")
        assert values["status"] == "Looking at the release"
        assert values["progress"] == ""

    def test_the_newer_of_fact_and_message_counts(self) -> None:
        told = Told().fact("impact", "old fact")
        told.send("initial", impact="what people were told")
        assert told.values("update")["impact"] == "what people were told"
        told.fact("impact", "new fact")
        assert told.values("update")["impact"] == "new fact"

    def test_what_was_left_empty_on_purpose_stays_empty(self) -> None:
        told = checkout()
        told.send("initial", affected="")
        assert told.values("update")["affected"] == ""

    def test_customers_keep_their_own_words(self) -> None:
        told = checkout()
        told.send("customer", impact="errors when paying")
        told.fact("impact", "payment pods return 5xx")
        assert told.values("customer")["impact"] == "errors when paying"

    def test_a_retracted_fact_is_not_carried_over(self) -> None:
        assert Told().fact("impact", "wrong").fact("impact", "").values("initial")["impact"] == ""

    def test_recipients_stay_until_changed(self) -> None:
        told = checkout()
        told.send("initial", to="the board")
        assert told.compose("initial").to == "the board"
        assert told.compose("update").to == "leadership, customer success, support"

    def test_a_post_mortem_is_owed_for_what_was_once_severe(self) -> None:
        told = Told(severity=3)
        assert told.values("resolution")["next_steps"] == ""
        told.add(acts.lifecycle.set_severity(1, "worse", was=3)).add(acts.lifecycle.set_severity(3, "better", was=1))
        assert told.values("resolution")["next_steps"].startswith("Post-mortem within 48 h\n")

    def test_how_it_was_resolved_is_known_from_the_log(self) -> None:
        assert resolved().values("resolution")["resolution"] == "The payment service was rolled back to v2.3.1."
        told = checkout().add(acts.lifecycle.resolve())
        assert told.values("resolution")["resolution"] == ""


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
    assert message.promise == times.parse_past("2026-11-23T04:01+01:00", 1_800_000_000_000)
    assert message.fields["impact"] == "*all* of it"
    assert msgspec.json.decode(msgspec.json.encode(message), type=MessageSent) == message


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
            ("2026-11-24T03:00", "2026-11-24 03:00 CET"),
            ("20h", "2026-11-23 23:01 CET"),
        ],
    )
    def test_is_read_and_shown_with_its_zone(self, typed: str, shown: str) -> None:
        told = checkout().at(-16)
        composed = told.compose("initial", next_update=typed)
        assert composed.problem == ""
        assert f"Next update: {shown}\n" in composed.text

    def test_is_stored_as_a_whole_minute_not_earlier_than_meant(self) -> None:
        told = checkout().at(14.5)
        assert told.compose("initial", next_update="30m").promise == START + 45 * MINUTE
        assert told.values("initial")["next_update"] == "04:02"

    @pytest.mark.parametrize(
        "typed", ["soonish", "9" * 10_000, "25:00", "04:15 PST", "0m", "9999-12-31T23:59", "99999h", "٣:١٥", "-5m"]
    )
    def test_that_can_not_be_meant_is_a_problem_in_words(self, typed: str) -> None:
        composed = checkout().compose("initial", next_update=typed)
        assert composed.promise is None
        assert composed.problem.startswith("Next update: ")
        assert typed in composed.text

    def test_that_passed_while_composing_does_not_jump_to_tomorrow(self) -> None:
        told = checkout()
        values = told.values("initial")
        composed = told.at(50).compose_exactly(KINDS["initial"], values)
        assert composed.promise is None
        assert "04:01 has passed" in composed.problem
        assert "2026-11-24T04:01" in composed.problem

    def test_for_customers_is_typed_locally_and_shown_in_utc(self) -> None:
        composed = checkout().compose("customer", impact="errors when paying", next_update="04:15")
        assert "Next update: 03:15 UTC" in composed.text
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
        assert composed.text.startswith("Between 02:17 and 04:32 UTC, you may have noticed")
        assert "State: Resolved" in composed.text

    def test_the_window_names_days_where_it_spans_some(self) -> None:
        told = Told()
        composed = told.at(24 * 60 + 11).compose("customer", impact="old data shown")
        assert "Between 2026-11-23 02:17 UTC and now (2026-11-24 02:28 UTC)" in composed.text

    def test_the_state_is_the_status_pages_heading_and_carries_over(self) -> None:
        told = checkout()
        composed = told.compose("customer", "status", impact="errors when paying", state="Identified")
        assert composed.text.startswith("Identified\n\nBetween")
        assert "State:" not in composed.text
        told.send("customer", impact="errors when paying", state="identified")
        assert told.values("customer")["state"] == "identified"
        assert told.add(acts.lifecycle.resolve()).values("customer")["state"] == "resolved"

    def test_a_state_that_is_none_is_a_problem_and_no_crash(self) -> None:
        composed = checkout().compose("customer", "status", impact="x", state="fixed!!")
        assert "no state 'fixed!!'" in composed.problem
        assert composed.text.startswith("Investigating\n")

    def test_only_an_email_has_a_subject(self) -> None:
        assert checkout().compose("customer").subject == ""
        assert checkout().compose("customer", "email").subject == "Checkout errors affecting users"


class TestNothingNew:
    def test_is_a_valid_update_at_once(self) -> None:
        told = after_the_first()
        kind = KINDS["update"]
        values = quiet_update(kind, told.snapshot, author="Dana")
        composed = told.compose_exactly(kind, values)
        assert composed.ready
        assert composed.promise is not None
        assert "Current status: Still investigating, nothing new\n" in composed.text
        assert "- Nothing new to report since the last message at 03:31 CET\n" in composed.text
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
    "|".join("\\" * 50),
]


@pytest.mark.parametrize("words", HOSTILE, ids=range(len(HOSTILE)))
@pytest.mark.parametrize("kind", FULL)
def test_hostile_words_are_inert_in_every_field_and_form(kind: str, words: str) -> None:
    told = Told(title=words)
    if kind == "resolution":
        told.add(acts.lifecycle.resolve())
    values = {field.id: words for field in KINDS[kind].fields if field.id not in ("next_update", "state")}
    calm = dict.fromkeys(values, "calm")
    composed = told.compose(kind, **values)
    names = [block.name for block in composed.rendered.blocks if not isinstance(block, Text)]
    as_calm = [block.name for block in told.compose(kind, **calm).rendered.blocks if not isinstance(block, Text)]
    assert names == as_calm
    for form in FORMS:
        text = told.compose(kind, form, to=words, **values).text
        assert not any(sign in text for sign in "\x1b\x07\x9b\x00\x01\u202e\u2066\ud800")
        text.encode("utf-8")
    if words.startswith("{{"):
        assert words in composed.text


def test_user_words_can_not_start_a_block_of_their_own() -> None:
    composed = checkout().compose("update", status="fine\nNext update:: 23:59 CET", progress="a\nb:: c\n{{ d }}")
    labels = [block.name for block in composed.rendered.blocks if isinstance(block, Label)]
    assert labels == ["Current status", "Impact", "Affected", "Next update"]
    assert Bullets("Progress", ("a", "b:: c", "{{ d }}")) in composed.rendered.blocks


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
            Label("One", "1\n2"),
            Bullets("List", ("x", "y", "and 1\n2", "1 X", "2 Y")),
            Text("end"),
        )

    def test_a_subject_is_one_line(self) -> None:
        assert fill_line(message_template("  {{ who }}\n!", file="x.j2"), {"who": "you"}) == "you !"

    def test_a_label_is_the_templates_never_a_values(self) -> None:
        template = message_template("{{ a }}:: {{ b }}", file="x.j2")
        assert fill(template, {"a": "Impact", "b": "x"}) == (Text("Impact:: x"),)
