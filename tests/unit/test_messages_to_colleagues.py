"""What messages to colleagues say for a reader who has no other source: changes, how many, by when, until when."""

from __future__ import annotations

import re

import msgspec
import pytest

from tests.unit.test_compose import BOOK, KINDS, Told, checkout, resolved
from warroom.messages.compose import Composed, compose
from warroom.messages.fields import repeated_message
from warroom.messages.hints import hints
from warroom.messages.rhythm import updates_told
from warroom.model import acts


def line(composed: Composed, label: str) -> str:
    """What stands behind a label; "" if it is not there."""
    found = re.search(rf"^{re.escape(label)}:(.*(?:\n- .*)*)$", composed.text, re.MULTILINE)
    return found[1].strip() if found else ""


def hinted(told: Told, kind: str, **typed: str) -> str:
    return "\n".join(hints(KINDS[kind], told.values(kind, **typed), told.snapshot, BOOK))


CADENCES = {
    "every 30 min": "every 30 min until this is resolved, and sooner if something changes",
    "Every hour.": "every hour until this is resolved, and sooner if something changes",
    "30 min": "every 30 min until this is resolved, and sooner if something changes",
    "hourly": "hourly until this is resolved, and sooner if something changes",
    "at least daily": "at least daily until this is resolved, and sooner if something changes",
    "when there is news": "when there is news",
    "as needed": "as needed",
    "Updates every hour in #inc-42": "every hour in #inc-42 until this is resolved, and sooner if something changes",
    "every 30 min, then hourly": "every 30 min, then hourly",
    "every hour until it works": "every hour until it works",
    "every 30 min\nor in the channel": "every 30 min\nor in the channel",
}


def test_only_an_interval_is_told_with_how_long_it_holds() -> None:
    assert {typed: updates_told(typed) for typed in CADENCES} == CADENCES


@pytest.mark.parametrize("severity", [1, 2, 3, 4])
def test_at_every_severity_colleagues_read_when_they_hear_more(severity: int) -> None:
    told = Told(severity).fact("impact", "payments fail").at(10)
    first = told.compose("initial")
    regular = bool(BOOK.severity(severity).update_every_min)
    assert line(first, "Updates").startswith("Every " if regular else "When there is news, and when it is resolved.")
    assert bool(line(first, "Next update")) == regular
    told.send("initial")
    update = told.at(20).compose("update", status="rolling back")
    assert line(update, "Next update").startswith("0" if regular else "When there is news")
    told.add(acts.lifecycle.resolve())
    assert "Next update" not in told.compose("update").text + told.compose("initial").text


def test_the_acknowledgement_is_update_1_to_its_readers_in_the_log_and_in_the_console() -> None:
    told = checkout()
    assert "This is update #1, the situation at 03:31 CET." in told.compose("initial").text
    told.send("initial")
    assert told.entries[-1].text.startswith("Initial acknowledgement #1 → ")
    assert told.compose("update").subject.startswith("[SEV2] Update #2: ")
    assert KINDS["initial"].counts, "the composer shows its number"


@pytest.mark.parametrize("typed", ["unknown", "TBD", "we don't know yet", "No idea.", "idk", "we have no idea yet"])
def test_what_is_not_known_reads_as_if_somebody_works_on_it(typed: str) -> None:
    told = checkout()
    for kind in ("initial", "update", "escalation"):
        composed = told.compose(kind, status=typed, progress=typed)
        assert "tatus: We are investigating; the cause is not known yet.\n" in composed.text
        assert "What changed" not in composed.text
    told.fact("known", "The cause is a bad release")
    assert "tatus: The cause is known, and we are working on a fix.\n" in told.compose("update", status=typed).text
    over = resolved().compose("resolution", root_cause=typed, resolution=typed, next_steps=typed)
    assert line(over, "Root cause") == "Not known yet."
    assert line(over, "Resolution") == "It works again; we do not know yet why."
    assert line(over, "Next steps") == "To be agreed in the post-mortem, which is due by 25 November."
    mild = Told(3).fact("impact", "x").at(20).add(acts.lifecycle.resolve())
    assert (
        line(mild.compose("resolution", root_cause="a", resolution="b", next_steps=typed), "Next steps")
        == "To be agreed."
    )


def test_what_changed_begins_with_the_severity_and_the_impact() -> None:
    told = Told(title="Login down").fact("impact", "some logins fail").at(10)
    told.send("initial", status="Restarting")
    told.at(20)
    assert "What changed" not in told.compose("update").text
    told.add(acts.severity.set_severity(1, "all logins now", was=2)).at(25)
    raised = "Raised from SEV2 to SEV1 at 03:37 CET: all logins now"
    assert line(told.compose("update"), "What changed") == f"{raised}."
    assert repeated_message(KINDS["update"], told.values("update"), told.snapshot) is None
    assert line(told.compose("update", progress="nothing new"), "What changed") == f"{raised}."
    shown = line(told.compose("update", impact="Nobody can log in.", progress="- rollback begun"), "What changed")
    changed = "Impact now: nobody can log in. Before: some logins fail"
    assert shown == f"- {raised}\n- {changed}\n- Rollback begun"
    told_already = {"progress": "raised to SEV1: nobody can log in", "impact": "nobody can log in"}
    assert line(told.compose("update", **told_already), "What changed") == "Raised to SEV1: nobody can log in."
    for same in ("Some logins fail.", "unknown", "logins fail"):
        assert "Impact now" not in told.compose("update", impact=same).text, same
    both = told.compose("update", impact="Nobody can log in", affected="all members", customers="12k").text
    assert f"- {changed}\n" in both
    assert "Affected now" not in both, "the last message said nothing of it, and this one does below"
    told.send("update", affected="at least 4 residents")
    more = told.compose("update", affected="37 residents", progress="12 of 37 residents called\n- rollback begun")
    assert "\n- Affected now: 37 residents. Before: at least 4 residents.\n- 12 of 37 residents called.\n" in more.text
    more = told.compose("update", affected="37 residents", progress="it is 37 residents; 12 are called")
    assert "Affected now" not in more.text, "its sender says it"
    told.send("update", impact="unknown", affected="about half of the members")
    told.at(40).add(acts.severity.set_severity(3, "only admins", was=1))
    shown = line(told.compose("update", impact="admins cannot log in", affected="9 admins"), "What changed")
    assert shown == (
        "- Lowered from SEV1 to SEV3 at 03:57 CET: only admins.\n"
        "- Impact now: admins cannot log in. Before: not known.\n"
        "- Affected now: 9 admins. Before: about half of the members."
    )
    two = told.compose("update", impact="The search is off. Before 13:10 some admins saw others.", affected="9 admins")
    assert "\n- Impact before: not known.\n" in two.text, "what it is now stands in its own line"
    long = "the app is switched off, " * 5 + "and before that members saw the bookings of others"
    shown = line(told.compose("update", impact=long), "What changed")
    assert "- Impact before: not known" in shown
    told.send("update", impact=long)
    assert "Impact: not as told before" in told.compose("update", impact=f"{long} for a day").text
    told.add(acts.lifecycle.resolve())
    assert "What changed" not in told.compose("update").text


def test_what_changed_names_what_is_noted_of_data() -> None:
    told = Told().fact("impact", "x").fact("data_loss", "Suspected").at(10)
    told.send("initial")
    told.at(20).fact("data_loss", "No").fact("breach", "suspected")
    assert line(told.compose("update", status="a"), "What changed") == "Data loss now: no. Before: suspected."
    assert "Data loss now" not in told.compose("update", status="a", progress="Data loss: no, checked twice").text
    told.send("update", status="a")
    assert "What changed" not in told.at(30).compose("update", status="b").text
    told.fact("breach", "confirmed: 14 letters were read")
    assert "What changed: Data breach now: confirmed. Before: suspected.\n" in told.compose("update", status="b").text
    told.fact("breach", "suspected: 14 letters were open")
    assert "now: suspected (14 letters were open). Before: suspected.\n" in told.compose("update", status="b").text
    told.fact("breach", "no: nobody outside opened the file.")
    shown = line(told.compose("update", status="b"), "What changed")
    assert shown == "Data breach now: no (nobody outside opened the file). Before: suspected."
    shown = line(told.compose("update", status="b", progress="Nobody outside opened the file."), "What changed")
    assert shown == "- Data breach now: no. Before: suspected.\n- Nobody outside opened the file."


def test_a_change_of_severity_is_told_by_when_it_was_made_and_not_by_when_it_was_typed() -> None:
    told = Told().fact("impact", "x").at(10)
    told.send("initial")
    then = told.at(25).values("update", status="b")
    raised = msgspec.structs.replace(acts.severity.set_severity(1, "all wards", was=2), at=told.at(20).now)
    told.at(60).add(raised).at(61).add(acts.severity.set_severity(3, "few wards", was=1))
    late = compose(KINDS["update"], then, told.snapshot.at(told.at(25).now), author="Dana")
    assert late.subject.startswith("[SEV1] ")
    assert line(late, "What changed") == "Raised from SEV2 to SEV1 at 03:37 CET: all wards."
    early = compose(KINDS["update"], then, told.snapshot.at(told.at(15).now), author="Dana")
    assert early.subject.startswith("[SEV2] ")
    assert "What changed" not in early.text
    told.at(62).send("update", status="b")
    backdated = msgspec.structs.replace(acts.severity.set_severity(1, "again", was=3), at=told.at(61.5).now)
    assert "Raised from SEV3 to SEV1" in told.at(70).add(backdated).compose("update").text, "nobody has read it yet"


def test_a_status_that_was_sent_already_is_pointed_out() -> None:
    told = Told().fact("impact", "x").at(10)
    told.send("initial", status="Rolling back")
    told.at(30)
    assert "Current status is word for word what you sent at 03:27 CET." in hinted(told, "update")
    assert hinted(told, "update", status="rolling back, half done") == ""
    assert hinted(told, "update", progress="half of the hosts are done") == ""
    assert hinted(told, "update", impact="x and y") == "", "the message has news"


REACH = [
    ("20%", "~1.200", "20%.", "About 1,200."),
    ("tills of store 4521", "~40 so far", "Tills of store 4521.", "About 40 so far."),
    ("About 20 % of attempts.", "1243", "About 20 % of attempts.", "1,243."),
    ("30 %", "43 (of 21,000)", "30 %.", "43 (of 21,000)."),
    ("all", "all", "All.", ""),
    ("approx. a third", "> 5000", "Approx. a third.", "More than 5,000."),
    ("nobody outside the company", "none", "Nobody outside the company.", "None."),
    ("EU only", "unknown", "EU only.", "Not known yet."),
    ("Everyone who pays by card is affected.", "40 enterprise customers", "Everyone who pays by card.",
     "40 enterprise customers."),
    ("0", "0 customers", "None.", ""),
]  # fmt: skip


@pytest.mark.parametrize(("affected", "customers", "first", "then"), REACH)
def test_who_is_affected_is_told_as_it_was_typed_and_once(affected: str, customers: str, first: str, then: str) -> None:
    for kind in ("initial", "update", "escalation"):
        composed = checkout().compose(kind, impact="errors", affected=affected, customers=customers)
        assert (line(composed, "Affected"), line(composed, "Customers affected")) == (first, then)


def test_numbers_and_amounts_are_written_alike() -> None:
    told = checkout().fact("revenue_per_hour", "12000 eur").at(125)
    composed = told.compose("escalation", affected="", customers="3.120")
    assert line(composed, "Customers affected") == "3,120."
    assert line(composed, "Revenue at risk per hour") == "12,000 EUR."
    over = resolved().compose(
        "resolution", tickets="0 tickets", costs="~ 85000 eur", affected="unknown", impact="unknown"
    )
    assert (line(over, "Support tickets"), line(over, "Cost"), line(over, "Affected")) == ("None.", "≈ 85,000 EUR.", "")


def test_the_subject_of_an_escalation_is_its_title_and_the_reason_stands_in_its_own_line() -> None:
    title = "Salary payments for November were not sent to the banks and some employees will not be paid in time"
    told = Told(1, title=title).fact("segment", "o2").fact("workaround", "Pay by invoice").fact("unknown", "the cause")
    for why in ("The regulator asks", "Two clinics need the images. The demo is at ten"):
        composed = told.compose("escalation", why=why, impact="errors", phone="555 1234", what_i_need="x")
        assert composed.subject == f"[SEV1] Escalation: {title}"
        assert line(composed, "Why") == f"{why}."
    labels = re.findall(r"^([^:\n]+):", composed.body, re.MULTILINE)
    assert labels == ["Why", "What I need", "How to reach me", "Open since", "Impact", "Current status"], (
        "a reader with no time reads only what the sender can shorten"
    )


def test_an_escalation_asks_by_when_and_how_its_sender_is_reached() -> None:
    told = Told().fact("impact", "x").at(20)
    for need in ("help", "an extra DBA", "I need two people"):
        assert "By when do you need it?" in hinted(told, "escalation", what_i_need=need), need
    asked = "“asap” is no time: by when do you need it?"
    assert asked in hinted(told, "escalation", what_i_need="a second engineer asap")
    for need in (
        "a decision by 05:00 CET",
        "a decision asap, until 0715",
        "legal on the bridge, now",
        "approval before midnight",
        "two people within the hour",
    ):
        assert "By when" not in hinted(told, "escalation", what_i_need=need), need
    for phone in ("slack", "bridge", "call me", "DM me"):
        assert f"“{phone}” has no number, link or channel" in hinted(told, "escalation", phone=phone), phone
    for phone in (
        "+49 170 5550100",
        "#inc-42",
        "now, on slack @dana",
        "meet.example.com/war",
        "Bridge 4",
        "x4711",
        "extension 4410",
        "unknown",
    ):
        assert "has no number" not in hinted(told, "escalation", phone=phone), phone


BREACHES = {
    "suspected: names of guests were shown to others": "Data breach suspected: Names of guests were shown to others.",
    "suspected": "Data breach suspected: Yes.",
    "possible leak of lab results": "Data breach suspected: Possible leak of lab results.",
    "under review": "Data breach suspected: Under review.",
    "not confirmed": "Data breach suspected: Not confirmed.",
    "Confirmed: 12 files were read; more may be": "Data breach confirmed: 12 files were read; more may be.",
    "37 members saw the name of another": "Data breach: 37 members saw the name of another.",
    "no payment data was read; 12 names were": "Data breach: No payment data was read; 12 names were.",
    "no idea": "Data breach: Not known yet.",
    "confirmed: no data was read": "",
    "no": "",
}


def test_a_breach_at_a_low_severity_is_pointed_out_until_colleagues_have_read_of_it() -> None:
    asked = "Data breach is noted as “confirmed: 14 addresses were seen”, and the subject says SEV3: raise the severity"
    told = Told(3).fact("impact", "parcels have the labels of others").at(10)
    told.fact("breach", "confirmed: 14 addresses were seen.")
    assert asked in hinted(told, "initial")
    assert asked not in hinted(told, "customer")
    told.send("initial", status="Reprinting")
    assert asked not in hinted(told, "update"), "whoever sent it has seen it"
    high = Told(2).fact("breach", "confirmed: 14 addresses were seen.")
    assert "raise the severity" not in hinted(high, "initial")
    assert "raise the severity" not in hinted(Told(3).fact("breach", "no"), "initial")


def test_what_an_escalation_needs_is_a_sentence() -> None:
    told = Told(title="Checkout errors").fact("impact", "x").fact("breach", "yes, DPO informed").at(20)
    typed = {"why": "churn", "phone": "555", "what_i_need": "I need you to approve refunds by 05:00 CET."}
    assert (
        "Churn. Data breach. Yes, DPO informed. I need you to approve refunds by 05:00 CET. Dana, 555"
        in told.compose("escalation", "sms", **typed).text
    )
    composed = told.compose("escalation", **typed)
    assert line(composed, "What I need") == "Approve refunds by 05:00 CET."
    assert line(composed, "Data breach") == "Yes, DPO informed."
    for kind in ("initial", "update", "resolution"):
        shown = told.compose(kind, status="a", root_cause="b", resolution="c", next_update="1h")
        assert line(shown, "Data breach") == "Yes, DPO informed.", kind
    for noted, told_as in BREACHES.items():
        told.fact("breach", noted)
        assert re.findall("Data breach.*", told.compose("escalation", **typed).text) == [told_as] * bool(told_as), noted
    typed["what_i_need"] = "you to call the CEO by noon CET"
    assert "Churn. I need you to call the CEO by noon CET. Dana" in told.compose("escalation", "sms", **typed).text
    assert line(told.compose("escalation", **typed), "What I need") == "Call the CEO by noon CET."
    assert line(told.compose("escalation", why="SEV1"), "Why") == "This is a SEV1."


def test_a_next_step_is_never_due_before_it_is_sent() -> None:
    told = checkout().at(55).add(acts.lifecycle.resolve())
    steps = "Follow-up with the affected customers by {}\n- Post-mortem by {},"
    for minute, first, second in (
        (60, "24 November", "25 November"),
        (26 * 60, "the end of today", "25 November"),
        (40 * 60 + 30, "the end of today", "25 November"),
        (42 * 60 + 45, "the end of 25 November", "25 November"),
        (90 * 60, "the end of 27 November", "the end of 27 November"),
    ):
        shown = line(told.at(minute).compose("resolution", root_cause="a", resolution="b"), "Next steps")
        assert shown.startswith(f"- {steps.format(first, second)}"), (minute, shown)


@pytest.mark.parametrize("resolution", ["Rollback in progress", "We are rolling back", "We will deploy a fix tomorrow"])
def test_a_resolution_that_sounds_unfinished_is_pointed_out(resolution: str) -> None:
    told = checkout().at(60).add(acts.lifecycle.resolve(resolution))
    assert "in Resolution sounds as if it were not over" in hinted(told, "resolution")
    assert "sounds as if" in hinted(told, "update"), "the status starts from it"
    for typed in ("Rolled back; payments work again", f"{resolution}, half of it"):
        assert "sounds as if" not in hinted(told, "resolution", resolution=typed), "its sender has just typed it"
    assert "sounds as if" not in hinted(checkout(), "update", status=resolution)


def test_inquiries_go_somewhere() -> None:
    for typed, shown in (
        ("Sarah (support lead)", "Sarah (support lead)."),
        ("#support", "#support."),
        ("to the help desk", "To the help desk."),
        ("Phone the front desk", "Phone the front desk."),
        ("Customer inquiries are for the front desk", "For the front desk."),
        ("call 0800 123456", "Call 0800 123456."),
        ("Sarah handles them", "Sarah handles them."),
        ("Desk managers call the duty line.", "Desk managers call the duty line."),
        ("Ms Okafor collects them.", "Ms Okafor collects them."),
        ("none", ""),
    ):
        assert line(checkout().compose("initial", inquiries=typed), "Customer inquiries") == shown


def test_why_it_was_cancelled_is_told_in_whole_sentences() -> None:
    for because, shown in (
        ("the probe was broken", "This was a false alarm: the probe was broken."),
        ("False alarm, the probe was broken.", "This was a false alarm: the probe was broken."),
        ("false alarm of the new probe", "This was a false alarm of the new probe."),
    ):
        told = checkout().add(acts.lifecycle.cancel(because))
        assert f"\n{shown}\nThe incident is closed, so this update is the last.\n" in told.compose("update").text
        assert f"\n{shown}\n" in told.compose("initial").text


def test_an_estimate_is_engineerings_unless_it_names_somebody_else() -> None:
    for typed, shown in (
        ("engineering thinks 20 more minutes", "Engineering's estimate: 20 more minutes."),
        ("vendor says 03:00 CET", "\nEstimate: Vendor says 03:00 CET."),
        ("2 h", "Engineering's estimate: 2 h."),
    ):
        assert shown in checkout().compose("update", status="a", eta=typed).text
