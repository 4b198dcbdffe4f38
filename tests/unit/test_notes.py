"""What customers would read as a sentence and is only a note: remarked on, with the whole sentence where it is sure."""

from __future__ import annotations

import pytest

from tests.unit.test_compose import KINDS, RULES, Told, checkout, resolved
from warroom.messages.better import better_words, fields_of_facts
from warroom.messages.checking import NOTE, findings, message_to_check
from warroom.model import times
from warroom.wording import Finding


def remarks(told: Told, form: str = "status", **typed: str) -> list[Finding]:
    """The remarks on a customer message with these texts in its fields."""
    values = told.values("customer", **typed)
    return findings(told.compose("customer", form, **typed), values, told.snapshot, RULES)


def offered(told: Told, finding: Finding, form: str = "status", **typed: str) -> str:
    """The text of the field with the better sentence for a remark; "" if there is none."""
    values = told.values("customer", **typed)
    message = message_to_check(told.compose("customer", form, **typed), values, told.snapshot)
    better = better_words(finding, values, message, RULES, fields_of_facts(KINDS["customer"]))
    return better.text if better is not None else ""


@pytest.mark.parametrize(
    ("field", "note", "whole"),
    [
        ("impact", "no internet no landline. mobile ok", "There is no internet and no landline. mobile ok"),
        ("impact", "parcels show 'label created', no scans since 1ish, ppl wait",
         "Parcels show 'label created', there are no scans since about 1, and people wait"),
        ("impact", "workers with new badges not let in", "Workers with new badges are not let in"),
        ("impact", "passengers without a seat not let on", "Passengers without a seat are not let on"),
        ("impact", "orders from the shop not picked up", "Orders from the shop are not picked up"),
        ("impact", "Websites fail, worse in asia", "Websites fail, and it is worse in Asia"),
        ("impact", "Orders get lost, refunds not auto", "Orders get lost, and refunds are not automatic"),
        ("impact", "code accepted but price stays full", "Code is accepted but price stays full"),
        ("workaround", "turn off dnssec at registrar BUT takes hrs",
         "Turn off DNSSEC at registrar but it takes hours"),
        ("workaround", "turn router off n on if still nothing", "Turn router off and on if it still does not work"),
        ("status", "all 96 spliced, calls ok from both homes", "All 96 were spliced, and calls are ok from both homes"),
        ("meaning", "funds safe", "Funds are safe"),
        ("impact", "app spins 40s then nothing", "App spins 40 seconds, and then nothing happens"),
        ("workaround", "restart app if still wrong", "Restart app if it is still wrong"),
        ("impact", "robots stop, need a reset", "Robots stop, and need a reset"),
        ("impact", "cards fail, terminals freeze, people leave", "Cards fail, terminals freeze, and people leave"),
        ("impact", "98% of reads ok", "98% of reads are ok"),
        ("status", "scanner issue, fix going out now", "Scanner issue, fix is going out now"),
        ("status", "ingest caught up", "Ingest has caught up"),
        ("status", "all 14 lanes caught up", "All 14 lanes have caught up"),
        ("impact", "belts stopped T2, bags piling up, flights leaving w/o bags",
         "Belts stopped T2, bags are piling up, and flights are leaving without bags"),
        ("impact", "Parcels leaving Leipzig delayed", "Parcels leaving Leipzig are delayed"),
        ("impact", "name and address of 40 members in the hands of another member",
         "Name and address of 40 members are in the hands of another member"),
        ("impact", "Orders are complete, no need to confirm them",
         "Orders are complete, and there is no need to confirm them"),
        ("meaning", "no refunds for tickets of today", "There are no refunds for tickets of today"),
    ],
)  # fmt: skip
def test_a_note_is_named_and_one_better_sentence_mends_all_of_it(field: str, note: str, whole: str) -> None:
    typed = {"state": "identified", field: note}
    found = [finding for finding in remarks(checkout(), **typed) if finding.rule == NOTE]
    assert found, note
    assert "lacks" in found[0].why
    assert offered(checkout(), found[0], **typed) == whole
    left = remarks(checkout(), **{**typed, field: whole})
    assert [one.words for one in left if one.rule == NOTE and one.words.casefold() == found[0].words.casefold()] == []


def test_what_may_be_a_verb_that_nobody_knows_is_asked_about_and_nothing_is_put_in() -> None:
    for impact, word in (("card payments late", "payments"), ("Water drains late", "drains")):
        found = [one for one in remarks(checkout(), impact=impact) if one.rule == NOTE]
        assert found[0].why.startswith(f"Customers read it as a sentence, and it lacks a verb, unless “{word}” is one.")
        assert offered(checkout(), found[0], impact=impact) == ""


def test_where_no_label_says_who_acts_the_sentence_does() -> None:
    typed = {"state": "identified", "status": "rolling back the price list", "impact": "Prices are wrong."}
    told = checkout()
    assert [one.words for one in remarks(told, "status", **typed) if one.rule == NOTE] == []
    found = [one for one in remarks(told, "social", **typed) if one.rule == NOTE]
    assert [one.words for one in found] == ["rolling back the price list"]
    assert offered(told, found[0], "social", **typed) == "We are rolling back the price list"


@pytest.mark.parametrize(
    ("field", "text", "words"),
    [
        ("impact", "Students get bounced back, exam at 9", "exam at 9"),
        ("impact", "pension amounts in the hands of another member; letter to each of them today",
         "pension amounts in the hands of another member"),
        ("impact", "wrong prices; letter to each of them today", "letter to each of them today"),
        ("impact", "today's call-offs complete in the portal, no need for a second confirmation",
         "no need for a second confirmation"),
        ("meaning", "another member's annual statement after a click on “Download”",
         "another member's annual statement after a click on “Download”"),
        ("meaning", "errors when paying", "errors when paying"),
    ],
)  # fmt: skip
def test_what_nobody_can_tell_is_asked_for(field: str, text: str, words: str) -> None:
    typed = {"state": "identified", field: text}
    found = [one for one in remarks(checkout(), **typed) if one.rule == NOTE]
    assert [one.words for one in found] == [words]
    label = {"impact": "What they may have seen", "meaning": "What it means for them"}[field]
    assert found[0].why.endswith(f"Write the whole sentence in {label}.")
    assert offered(checkout(), found[0], **typed) == ""


def test_what_is_over_was_so_unless_it_stays_so() -> None:
    for note, whole in (
        ("Call-offs did not arrive, 340 call-offs late", "Call-offs did not arrive, and 340 call-offs were late"),
        ("bags piling up", "Bags were piling up"),
        ("funds safe", "Funds are safe"),
    ):
        typed = {"state": "resolved", "impact": note}
        found = [one for one in remarks(resolved(), **typed) if one.rule == NOTE]
        assert offered(resolved(), found[0], **typed) == whole


@pytest.mark.parametrize(
    "impact",
    [
        "errors when paying",
        "slow pages in Spain, Italy and France",
        "Delays of up to 40 minutes at the gates",
        "Our partner bank, Fjordbank, has confirmed that payments are late.",
        "Orders placed after 08:00 UTC are not delivered.",
        "Cards fail, bank transfers work.",
        "Two of the four cranes at Pier 7 are out of service.",
        "No sound on calls from the desk phone.",
        "Interest is calculated correctly, but shown one day late.",
        "Checked bags arrive one hour late.",
        "ppl r charged anyway",
        "Staff write loans down by hand.",
        "Files growing without limit fill the disk.",
        "Goods not let through customs wait at the port.",
        "Gates not set to manual stay closed.",
        "Parents and carers receive alarms 25 minutes late",
        "People who follow a patient, such as parents and carers, receive low-glucose alarms up to 25 minutes late",
        "Vets dose animals late.",
        "The pump alarms late.",
        "Crews landed planes late.",
        "Orders stuck in Leeds clog the depot.",
        "Files growing without limit clog the disk.",
    ],
)
def test_sentences_and_names_of_what_people_see_are_no_notes(impact: str) -> None:
    assert [one.words for one in remarks(checkout(), impact=impact) if one.rule == NOTE] == []


def test_what_it_means_for_them_may_be_a_sentence_an_instruction_or_an_answer() -> None:
    for meaning in (
        "Your data is safe.",
        "No. Sorry for the wait",
        "Refunds follow tomorrow",
        "Vets dose animals late.",
        "If you were charged twice, we refund it.",
        "Keep your ticket",
        "We'll refund it",
        "Anyone in row 5: move to row 9",
        "You may be asked to sign in again",
        "Your deposits remain covered by the scheme",
    ):
        assert [one.words for one in remarks(checkout(), meaning=meaning) if one.rule == NOTE] == [], meaning


def test_colleagues_may_read_notes() -> None:
    told = checkout()
    typed = {"status": "All 96 spliced, mobile ok", "progress": "Rollback started"}
    values = told.values("update", **typed)
    found = findings(told.compose("update", **typed), values, told.snapshot, RULES)
    assert [one.words for one in found] == []


def test_words_that_a_message_shows_with_their_apostrophe_are_found_in_the_field() -> None:
    told, typed = checkout(), {"impact": "cust cant pay since 3ish", "status": "they didnt tell us"}
    for rule, field, better in (
        ("jargon", "impact", "Customers can't pay since about 3"),
        ("blame", "status", "What allowed the incident is under review."),
    ):
        values, composed = told.values("update", **typed), told.compose("update", "plain", **typed)
        found = next(one for one in findings(composed, values, told.snapshot, RULES) if one.rule == rule)
        message = message_to_check(composed, values, told.snapshot)
        words = better_words(found, values, message, RULES, fields_of_facts(KINDS["update"]))
        assert words is not None
        assert (words.field, words.text) == (field, better)


def test_the_zone_in_which_times_are_typed_goes_behind_all_of_a_field_at_once() -> None:
    typed = {
        "state": "identified",
        "impact": "Orders fail since 07:00, some since 5 am. From 9:00 to 9:30 UTC all did.",
    }
    found = [finding for finding in remarks(checkout(), **typed) if finding.rule == "zone-missing"]
    assert [finding.words for finding in found][:1] == ["07:00"]
    whole = "Orders fail since 07:00 CET, some since 5 am CET. From 9:00 to 9:30 UTC all did."
    assert offered(checkout(), found[0], **typed) == whole
    typed["impact"] = whole
    assert [finding for finding in remarks(checkout(), **typed) if finding.rule == "zone-missing"] == []


def test_a_field_in_another_language_is_named_though_the_words_around_it_are_english() -> None:
    for text in (
        "チェックアウトが失敗します",
        "El pago falla en el último paso",
        "Le paiement échoue",
        "Оплата не проходит",
        "Die Zahlung schlägt fehl",
        "Les trains ne partent pas de la gare",
        "Patienten können sich nicht anmelden",
        "Die Ergebnisse aus dem Labor kommen nicht an",
    ):
        found = remarks(Told(), "plain", impact=text, status="We are restoring the database")
        (foreign,) = (one for one in found if one.rule == "language")
        assert (foreign.part, foreign.words, foreign.label) == (
            "whole",
            "What they may have seen",
            "does not look like English",
        ), text
        assert [one.rule for one in found if one.words in text and one.words] == [], "English is all that is checked"
    for text in (
        "Trains from São Paulo to Rio de Janeiro are late",
        "Kiosks at Gare de Lyon and Châtelet les Halles are down",
        "Transfers to Crédit Agricole and Banco de España fail",
        "payments-api-7 p99 is over 3s on eu-west-1",
        "Rückstau on crane 3 keeps lorries waiting",
        "Patients of the Charité can not check in",
        "Parcels for Łódź go to Gdańsk",
        "checkout fails",
    ):
        assert not [one for one in remarks(Told(), "plain", impact=text) if one.rule == "language"], text


def test_a_time_that_is_past_when_a_message_goes_out_is_no_promise() -> None:
    told = checkout()
    for minutes, remarked in ((-10, []), (10, ["promise"])):
        moment = times.clock_zone(told.snapshot.now + minutes * 60_000, told.snapshot.tz)
        typed = {"progress": f"Berlin and Hamburg restored by {moment}, Munich still out"}
        values = told.values("update", **typed)
        found = findings(told.compose("update", **typed), values, told.snapshot, RULES)
        assert [one.rule for one in found if one.rule == "promise"] == remarked


@pytest.mark.parametrize(
    ("need", "promised"),
    [
        ("someone at the provider with authority to reactivate 480 SIM cards, by 14:00 UTC", False),
        ("I need your approval; payments will be back by 14:00 UTC", True),
    ],
)
def test_by_when_something_is_needed_of_others_is_no_promise(need: str, promised: bool) -> None:
    told = Told().fact("impact", "Drivers get no jobs")
    values = told.values("escalation", why="The cards are blocked", what_i_need=need, phone="555")
    composed = told.compose("escalation", why="The cards are blocked", what_i_need=need, phone="555")
    found = findings(composed, values, told.snapshot, RULES)
    assert ("promise" in {one.rule for one in found}) is promised
