"""Composing: what a message starts from, how it reads in full, and that typed words stay words."""

from __future__ import annotations

from collections.abc import Callable
from itertools import product
from pathlib import Path
from zoneinfo import ZoneInfo

import msgspec
import pytest

from tests.wording.measure import shipped_rules
from warroom import places, wording
from warroom.messages.checking import message_to_check
from warroom.messages.compose import Composed, compose
from warroom.messages.fields import prefill
from warroom.messages.forms import FORMS, STATES
from warroom.messages.length import SHORT_FORMS
from warroom.messages.sending import sent_record
from warroom.messages.templates import Kind, load_kinds
from warroom.model import acts, playbook, times
from warroom.model.entries import Draft, Entry
from warroom.model.incident import Incident, fold
from warroom.model.kinds.lifecycle import Resolved
from warroom.model.kinds.messages import MessageSent
from warroom.model.snapshot import Snapshot
from warroom.model.times import MINUTE

BOOK = playbook.load((places.templates() / "playbook.toml").read_text("utf-8"), file="playbook.toml")
RULES = shipped_rules()
KINDS = load_kinds(places.templates() / "messages")
GOLDEN = Path(__file__).parents[1] / "fixtures" / "messages"
"""The messages of the checkout incident as they are best: texts to read."""
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
        state = typed.get("state", "")
        return prefill(KINDS[kind], self.snapshot, author="Dana", state=state) | typed

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
    return told.fact("system", "checkout").at(14)


def resolved() -> Told:
    told = checkout()
    told.send("initial")
    told.at(135).add(Draft(Resolved(), "All payments go through the fallback gateway"))
    return told.at(140)


TYPED: dict[str, dict[str, str]] = {
    "update": {
        "status": "Switching all payments to the fallback gateway",
        "progress": "Cause found: the payment API times out\n- A tenth of payments goes through the fallback gateway",
    },
    "resolution": {"root_cause": "The payment API timed out, and payments had no time limit of their own"},
    "customer": {"impact": "errors when paying by card", "meaning": "You were not charged for failed attempts."},
    "escalation": {
        "status": "A tenth of payments goes through the fallback gateway",
        "what_i_need": "approval to refund failed orders, by 05:45 CET",
        "phone": "+49 170 5550100",
    },
}
"""What is typed into each message of the checkout incident; all else is filled in."""

SENSIBLE: dict[str, Callable[[], Composed]] = {
    "initial": lambda: checkout().compose("initial"),
    "update": lambda: after_the_first().compose("update", **TYPED["update"]),
    "resolution": lambda: resolved().compose("resolution", **TYPED["resolution"]),
    "customer": lambda: checkout().compose("customer", **TYPED["customer"]),
    "escalation": lambda: long().compose("escalation", **TYPED["escalation"]),
}


def after_the_first() -> Told:
    told = checkout()
    told.send("initial")
    return told.at(43)


def long() -> Told:
    """Two hours into it, which is a reason to escalate."""
    return checkout().fact("customers", "40 enterprise customers").fact("revenue_per_hour", "$32k").at(121)


OTHERS: dict[str, Callable[[], Composed]] = {
    "update.email": lambda: after_the_first().compose("update", "email", **TYPED["update"]),
    "update.slack": lambda: after_the_first().compose("update", "slack", **TYPED["update"]),
    "update.markdown": lambda: after_the_first().compose("update", "markdown", **TYPED["update"]),
    "update.sms": lambda: after_the_first().compose("update", "sms", **TYPED["update"]),
    "customer.status": lambda: checkout().compose("customer", "status", **TYPED["customer"]),
    "customer-identified.status": lambda: customers("identified", "status", status="we are moving payments elsewhere"),
    "customer-monitoring.status": lambda: customers("monitoring", "status"),
    "customer-resolved.status": lambda: resolved().compose("customer", "status", **TYPED["customer"]),
    "customer-resolved.sms": lambda: resolved().compose("customer", "sms", **TYPED["customer"]),
    "customer-resolved.social": lambda: resolved().compose("customer", "social", **TYPED["customer"]),
}
"""Other states and forms of the same."""


def customers(state: str, form: str, **typed: str) -> Composed:
    return after_the_first().compose("customer", form, state=state, **TYPED["customer"], **typed)


def told_to_the_end() -> Told:
    """The checkout incident with all that its people type on the way: causes, acts, next steps, and each fact once."""
    told = Told(1)
    told.fact("system", "checkout").fact("impact", "Customers see an error at the last step of checkout")
    told.fact("affected", "20 % of attempts").at(14)
    told.send("initial", status="Payment API times out; cause not known yet")
    told.send("customer", state="investigating")
    told.at(60).send("customer", state="identified", status=CAUSE)
    told.at(110).send("customer", state="monitoring", status="Payments go through the backup system.")
    told.at(135).add(Draft(Resolved(), "Switched payments to the fallback gateway; tested the checkout")).at(140)
    told.send(
        "resolution",
        root_cause="The service that processed payments responded too slowly",
        next_steps="Alert on payment API latency by Dec 4\nAutomatic failover to the fallback gateway by Dec 18",
    )
    return told


CAUSE = "The service that processes payments responds too slowly. We are switching to a backup system."
AT_THE_END = {
    "cause": "a service that processes payments responded too slowly",
    "status": "switched payments to the backup system",
    "prevention": "We will add an alert that warns us when payments are slow.\nWe will make the switch automatic.",
}
OTHERS["checkout-resolved.status"] = lambda: told_to_the_end().compose("customer", "status", **AT_THE_END)
OTHERS["checkout-resolved.social"] = lambda: told_to_the_end().compose("customer", "social", **AT_THE_END)


FULL = {kind: (GOLDEN / f"{kind}.txt").read_text("utf-8") for kind in SENSIBLE}


@pytest.mark.parametrize("name", [*SENSIBLE, *OTHERS])
def test_each_message_reads_in_full(name: str) -> None:
    composed = (SENSIBLE | OTHERS)[name]()
    assert composed.text == (GOLDEN / f"{name}.txt").read_text("utf-8")
    assert composed.ready
    assert composed.to == composed.kind.audience
    assert composed.length is None or composed.length.over == 0


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("kind", FULL)
def test_a_sensible_message_raises_no_word_of_warning(kind: str, form: str) -> None:
    told = resolved() if kind == "resolution" else after_the_first()
    told.add(acts.roles.assign(BOOK, told.incident, "ic", "Priya")).add(
        acts.roles.assign(BOOK, None, "on-call", "Marcus")
    )
    fields = TYPED.get(kind, {})
    if kind == "escalation":
        fields = fields | {"why": "estimate above 2 h"}
    composed = told.compose(kind, form, **fields)
    words = message_to_check(composed, told.values(kind, **fields), told.snapshot)
    assert words.people == ("Priya", "Marcus")
    assert wording.check(words, RULES) == ()
    assert composed.text.endswith(words.body)


def test_a_promise_of_recovery_is_found_where_the_text_shows_it() -> None:
    told = after_the_first()
    composed = told.compose("update", status="should be back in 30 minutes")
    (finding,) = wording.check(message_to_check(composed, told.values("update"), told.snapshot), RULES)
    ((start, end),) = composed.spans([finding])
    assert composed.text[start:end] == finding.words


@pytest.mark.parametrize("form", FORMS)
def test_remarks_are_found_in_subject_and_body_of_every_form(form: str) -> None:
    told = Told(title="It should be back in 30 minutes").fact("impact", "cards fail in Spain")
    composed = told.compose("initial", form, status="We should be back in 30 minutes")
    findings = wording.check(message_to_check(composed, told.values("initial"), told.snapshot), RULES)
    spans = composed.spans(findings)
    shown = [composed.text[start:end] for start, end in spans]
    subject = [finding.words for finding in findings if finding.part == "subject"]
    body = [finding.words for finding in findings if finding.part == "body"]
    assert bool(subject) is (form not in SHORT_FORMS)
    assert len(body) == (2 if form in SHORT_FORMS else 1), "a short text has the title too"
    assert shown == (body if form in ("status", "markdown", *SHORT_FORMS) else subject + body)
    assert all(start >= composed.body_at for start, _ in spans[-1:])
    assert composed.text[composed.body_at :] == composed.body


def test_a_subject_that_a_form_shows_word_for_word_has_its_place() -> None:
    told = Told(title="Checkout")
    kind = msgspec.structs.replace(KINDS["initial"], subject="{{ title }}")
    places_of = {form: told.compose_exactly(kind, told.values("initial"), form).subject_at for form in FORMS}
    to = len("To: leadership, customer success, support\nSubject: ")
    short = dict.fromkeys(SHORT_FORMS)
    assert places_of == {"plain": 0, "email": to, "slack": 1, "markdown": 3, "status": None, **short}


def test_a_template_of_the_old_style_reads_as_before(tmp_path: Path) -> None:
    (tmp_path / "customer.j2").write_bytes((GOLDEN / "old-style.j2").read_bytes())
    kind = load_kinds(places.templates() / "messages", tmp_path)["customer"]
    told = checkout()
    values = prefill(kind, told.snapshot) | {"impact": "errors when paying", "affected": "Card payments:\n- in the EU"}
    assert told.compose_exactly(kind, values, "email").text == (
        "To: customers\nSubject: Checkout errors affecting users\n\n"
        "Between 02:17 UTC and now (02:31 UTC), you may have noticed the following: errors when paying\n\n"
        "State: Investigating\nAffected: Card payments:\n- in the EU\n\nWe are investigating the cause.\n\n"
        "What this means for you: If you need help, please contact our support team.\n\n"
        "We are sorry for the trouble this has caused you."
    )
    sms = told.compose_exactly(kind, values, "sms")
    assert sms.text == "Checkout errors affecting users. Errors when paying."


def test_every_field_can_be_reached_in_the_console() -> None:
    for kind in KINDS.values():
        for form, state in product(FORMS, STATES):
            fields = [field for field in kind.fields if field.counts(form, state) and field is not kind.own_short]
            assert len(fields) <= 11, (kind.id, form, state)


class TestMissing:
    def test_what_is_missing_shows_as_a_gap_and_is_named(self) -> None:
        composed = Told().compose("initial")
        assert [field.id for field in composed.missing] == ["impact"]
        assert "Impact: [Impact?]\n" in composed.text
        assert composed.gaps == ["[Impact?]"]
        assert not composed.ready

    def test_blank_words_are_missing_words(self) -> None:
        assert [field.id for field in Told().compose("initial", impact=" \n\t").missing] == ["impact"]

    def test_an_optional_line_without_words_is_left_out(self) -> None:
        composed = checkout().compose("initial", affected="", cadence="")
        assert "Affected:" not in composed.text
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

    def test_customers_hear_of_a_fact_that_has_changed_unless_they_have_words_of_their_own(self) -> None:
        told = Told().fact("impact", "Payments fail.").fact("segment", "the EU").at(5)
        told.send("customer", impact="payments fail")
        told.at(10).fact("impact", "payments and refunds fail").fact("segment", "all of Europe")
        values = told.values("customer")
        assert (values["impact"], values["affected"]) == ("payments and refunds fail", "all of Europe")
        told.send("customer", impact="errors when paying", affected="the EU")
        values = told.values("customer")
        assert (values["impact"], values["affected"]) == ("errors when paying", "the EU")
        told.at(20).fact("impact", "")
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
        told.add(acts.severity.set_severity(1, "worse", was=3)).add(acts.severity.set_severity(3, "better", was=1))
        assert told.values("resolution")["next_steps"].startswith("Follow-up with the affected customers by ")

    def test_how_it_was_resolved_is_known_from_the_log(self) -> None:
        assert resolved().values("resolution")["resolution"] == "All payments go through the fallback gateway"
        told = checkout().add(acts.lifecycle.resolve())
        assert told.values("resolution")["resolution"] == ""


if (
    __name__ == "__main__"
):  # takes the texts as they are now for the best ones: read the difference before committing it
    for name, message in (SENSIBLE | OTHERS).items():
        (GOLDEN / f"{name}.txt").write_text(message().text, "utf-8")
