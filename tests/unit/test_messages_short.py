"""Text messages and posts: what is new stays, what was known goes, and nothing says the opposite of what was typed."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.unit.test_compose import Told
from tests.unit.test_customers_read import resolved, told
from warroom import places
from warroom.messages.compose import Composed
from warroom.messages.templates import check_file, load_kinds

HOSPITALS = "Patients of three hospitals still cannot book, change or cancel an appointment on the portal."


def left_out(composed: Composed) -> list[str]:
    """The fields of which the text says less, or nothing."""
    return [field.id for field in composed.shortened]


def fits(composed: Composed) -> str:
    """The text, which has to have room where it goes."""
    assert composed.length is not None
    assert not composed.length.over, composed.text
    return composed.text


@pytest.mark.parametrize(
    ("impact", "status"),
    [
        (HOSPITALS, "Booking works again at all hospitals, and we are watching it closely."),
        ("Leeds LS1-LS6 still down, rest is back", "all fibres done, some routers need a reboot"),
        ("Doctors still see results 20 minutes late", "Results arrive on time again in all clinics."),
        ("some parcels are still missing", "Tracking is back to normal"),
        ("600 orders so far never arrive", "Ordering back on, about 20 restaurants still offline"),
    ],
)
def test_an_impact_that_the_status_contradicts_is_not_in_a_short_text(impact: str, status: str) -> None:
    story = told("appointment booking").fact("impact", impact)
    for form in ("sms", "social"):
        composed = story.compose("customer", form, state="monitoring", status=status, meaning="Bookings stay valid.")
        text = fits(composed)
        assert status.rstrip(".").removesuffix(", and we are watching it closely").casefold() in text.casefold()
        assert impact.split()[0].casefold() not in text.casefold()
        assert "impact" in left_out(composed)
    whole = story.compose("customer", state="monitoring", status=status).text
    assert "What is happening:" not in whole, "that would be in the present"


def test_what_customers_need_goes_before_what_fails() -> None:
    story = told("mobile banking app").fact("workaround", "The correct balance is shown at cash machines and online.")
    balance = "Some customers see the balance of the previous day instead of today's balance."
    composed = story.compose("customer", "sms", impact=balance, affected="joint accounts", state="investigating")
    assert "Meanwhile: The correct balance is shown at cash machines and online." in fits(composed)
    assert left_out(composed) == ["impact", "affected"]
    story = told("payroll")
    story.send("customer", impact="Salaries of employees at 140 companies were not transferred this morning.")
    story = resolved(story, "All 140 payment files were submitted and confirmed by the bank.")
    paid = "Employees should see their salary by tomorrow morning at the latest."
    composed = story.compose("customer", "sms", meaning=paid)
    assert fits(composed).startswith("Resolved. Problem with payroll")
    assert f" {paid}" in composed.text
    assert left_out(composed) == ["impact", "status"]


def test_an_escalation_keeps_why_and_an_acknowledgement_what_is_done() -> None:
    story = Told(title="Orders are accepted but the restaurants do not get them").fact("impact", "no food arrives")
    composed = story.compose(
        "escalation", "sms", why="the refund total is over my limit (₦6m)",
        what_i_need="approve the other 340 refunds, now", phone="+233 20 555 0147",
    )  # fmt: skip
    assert "The refund total is over my limit (NGN 6m). Needed: approve the other 340 refunds, now." in fits(composed)
    composed = told().compose("initial", "sms", impact="no internet", status="The splice crew is on its way")
    assert "No internet. The splice crew is on its way. Next update:" in fits(composed)


def test_the_next_update_goes_before_the_end_of_a_long_status() -> None:
    status = "We have found the cause and are repairing all stations one after the other"
    story = told("charging app").fact("impact", "no car charges")
    typed = {"state": "identified", "status": f"{status}, beginning with those on motorways.", "next_update": "47m"}
    assert f" {status}. Update: " in fits(story.compose("customer", "sms", **typed))
    typed["status"] = "Charging works again at all stations, and we are checking the last 3 % of them."
    assert "the last 3 %" in story.compose("customer", "sms", **typed).text
    works = "Charging works again at all of our stations in the country"
    typed["status"] = f"{works}, and we are watching until all of those that were waiting have been charged in full."
    assert f" {works}. " in fits(story.compose("customer", "sms", **typed)), "the news stays, what we do beside it goes"


def test_an_update_is_never_without_its_status() -> None:
    story = told().fact("impact", "cards fail")
    story.send("initial")
    status = "The provider is laying a new cable between the two data centers " * 3
    composed = story.compose("update", "sms", status=status)
    assert status.strip() in composed.text
    assert composed.length is not None
    assert composed.length.over, "nothing to cut: the warning stays"
    assert left_out(composed) == ["next_update"]


def test_what_has_no_room_is_named_also_the_share_and_the_next_update() -> None:
    need = "Please use the mobile app, or call the hotline at any time of the day. Both work as usual"
    story = told(severity=1).fact("affected", "customers in Spain")
    composed = story.compose("customer", "sms", impact="cards fail", workaround=need, next_update="47m")
    assert fits(composed).endswith(f"{need}. Update: 03:44 UTC.")
    assert "cards fail" in composed.text.casefold()
    assert left_out(composed) == ["affected"]
    need += " in Spain, and on Sundays and holidays too"
    composed = story.compose("customer", "sms", impact="cards fail", workaround=need, next_update="47m")
    assert fits(composed).endswith(". Next update: 03:44 UTC.")
    assert left_out(composed) == ["affected", "workaround"], "it is never cut"


def test_a_template_has_one_short_text_or_one_for_each_form(tmp_path: Path) -> None:
    source = (places.templates() / "messages" / "customer.j2").read_text("utf-8")
    short = source[source.index("short = ") : source.index("order =")]
    assert max(map(len, short.split("\n"))) < 120, "somebody has to be able to read it"
    own = tmp_path / "customer.j2"
    own.write_text(source.replace("order =", 'sms = "Own: {{ impact | clause }}"\norder =', 1), "utf-8")
    kind = load_kinds(places.templates() / "messages", tmp_path)["customer"]
    story = told()
    values = story.values("customer", impact="cards fail")
    assert story.compose_exactly(kind, values, "sms").text == "Own: cards fail"
    assert "We are investigating the cause." in story.compose_exactly(kind, values, "social").text
    older = "Fixed.{% if room > 1 %} Why: {{ impact | clause }}{% elif room %} How.{% endif %}"
    own.write_text(
        source.replace("order =", f"sms = '{older}{{% if tight < 1 %}} Sorry.{{% endif %}}'\norder =", 1), "utf-8"
    )
    assert not check_file(own), "a template from before there was worth goes on working"
    kind = load_kinds(places.templates() / "messages", tmp_path)["customer"]
    assert story.compose_exactly(kind, values, "sms").text == "Fixed. Why: cards fail Sorry."
    values = story.values("customer", impact="cards fail " * 13 + "in it")
    assert story.compose_exactly(kind, values, "sms").text.endswith("in it"), "without the apology"
    values = story.values("customer", impact="cards fail " * 40)
    assert story.compose_exactly(kind, values, "sms").text == "Fixed. How. Sorry."
    own.write_text(source.replace("works_again or", "works_agian or", 1), "utf-8")
    (problem,) = check_file(own)
    wrong = own.read_text("utf-8").split("\n")[problem.line - 1]
    assert "works_agian" in wrong, "the line of the file, counted within the text of several lines"


def test_an_alarm_is_never_without_its_request_and_the_news_goes_before_what_is_known() -> None:
    alarm = "Your cows are still milked, but a cow that has calved since yesterday may be missed"
    request = "so please check these cows yourself"
    typed = {"meaning": f"{alarm}, {request}.", "next_update": "47m"}
    news = "All robots have connected again since 01:05 UTC, and the lists are complete."
    for form in ("sms", "social"):
        for state, status in (("identified", "We are installing what lets the robots connect."), ("monitoring", news)):
            story = told("herd service").fact("impact", "farmers cannot see which cows are due for milking")
            text = fits(story.compose("customer", form, state=state, status=status, **typed))
            assert ("may be missed" in text) <= (request in text)
            assert state == "identified" or status in text
    story = told("online pharmacy").fact("impact", "wrong doses are printed on labels for children's syrup")
    meaning = "The dose may be ten times too high. Please do not give the syrup."
    assert "Please do not give the syrup." in fits(story.compose("customer", "sms", meaning=meaning))
    fine = "Confirmations sent before 06:00 UTC are valid."
    story = told("ferry bookings").fact("impact", "passengers are shown a free cabin that is already sold")
    meaning = "Do not travel to the port before you have a confirmation."
    text = fits(story.compose("customer", "sms", meaning=f"{meaning} {fine}"))
    assert meaning in text
    assert fine not in text, "a request stands without the sentence behind it"


def test_the_others_are_never_without_what_they_are_the_others_of() -> None:
    story = Told(title="Registered letters cannot be handed in").fact("impact", "letters are not accepted")
    works = "360 offices accept registered letters again."
    rest = "We are restarting the other 60 offices."
    composed = story.compose("update", "sms", progress=f"The new range is loaded.\n{works}", status=rest)
    assert f"{works} {rest}" in fits(composed)
    assert "progress" in left_out(composed), "the first line of it has no room"
    composed = story.compose("update", "social", progress=f"The new range is loaded.\n{works}", status=rest)
    assert f"The new range is loaded. {works} {rest}" in fits(composed)
    assert left_out(composed) == []


def test_a_problem_is_not_told_twice_and_no_mark_within_a_name_ends_a_sentence() -> None:
    story = told("toll tags").fact("impact", "toll tags are not read at 14 of 86 toll plazas")
    ticket = "Please take a ticket in lanes 1 to 4 and pay by card or cash."
    text = fits(story.compose("customer", "sms", workaround=ticket, next_update="47m"))
    assert text.startswith("Since 02:17 UTC: toll tags are not read at 14 of 86 toll plazas. ")
    assert text.endswith(f" {ticket} Update: 03:44 UTC.")
    for impact, shown in (
        ("the code SAVE-20! is refused at the till", "the code SAVE-20! is refused at the till."),
        ("the film JAWS 2! does not start", "the film JAWS 2! does not start."),
        ("the till is dead! cards fail", "The till is dead! Cards fail."),
    ):
        assert shown.casefold() in fits(told("vouchers").compose("customer", "sms", impact=impact)).casefold()
        assert "! Is" not in told("vouchers").compose("customer", "sms", impact=impact).text
    for title, shown in (("Tills down?", "Tills down?"), ("Tills down.", "Tills down"), ("Tills down", "Tills down")):
        assert Told(title=title).compose("update", status="checking").subject == f"[SEV2] Update #1: {shown}"


def test_what_happened_to_peoples_data_and_what_still_fails_has_room_first() -> None:
    story = told("FitCircle app", 1).fact("breach", "confirmed: 37 members saw the name of another")
    card = "Please show your membership card at the front desk."
    seen = "some members saw the name and class bookings of another member."
    off, shown = f"The app is switched off. Before that, {seen}", "Payment data was not shown."
    fixing = f"We have found the cause and are removing the change that led to it. {shown}"
    post = fits(story.compose("customer", "social", impact=off, state="identified", status=fixing, workaround=card))
    assert f"{off} " in post, "what was not shown says little without what was"
    assert shown in post
    story.send("customer", impact=off, state="identified", workaround=card)
    on = "The app is on again, and each member sees only their own bookings."
    typed = {"impact": seen.capitalize(), "state": "monitoring", "status": on, "next_update": "30m"}
    composed = story.compose("customer", "sms", **typed)
    assert on in fits(composed)
    assert left_out(composed) == ["workaround", "next_update"], "they have read it, and it works"
    typed |= {"workaround": "Please change your password."}
    assert "Please change your password." in story.compose("customer", "sms", **typed).text
    story = told("the crane job list").fact("workaround", "Ask the control desk for each move on radio channel 12.")
    status = "Berth 4 works at normal speed again. Two cranes at Berth 3 are still slow."
    typed = {"state": "monitoring", "status": status, "impact": "Loading at Berth 3 is slower than planned."}
    assert status in fits(story.compose("customer", "sms", **typed))


def test_a_text_message_says_what_fails_before_what_works() -> None:
    story = told("WarmHub app").fact("workaround", "Turn the dial on the thermostat by hand.")
    typed = {"status": "We have found the cause and are renewing the security certificate of the thermostats."}
    typed |= {"state": "identified", "meaning": "Your heating keeps its last setting. Saved schedules still run."}
    text = fits(story.compose("customer", "sms", impact="You cannot change the temperature in the app.", **typed))
    assert ": you cannot change the temperature in the app." in text
    assert "Turn the dial on the thermostat by hand." in text


@pytest.mark.parametrize(
    ("noted", "told_of_it"),
    [("suspected: names were shown", "suspected"), ("confirmed: names were shown", "confirmed")]
    + [(noted, "") for noted in ("no", "nobody saw other data", "unknown")],
)
def test_colleagues_read_of_a_breach_in_a_text_message_too(noted: str, told_of_it: str) -> None:
    story = told().fact("impact", "errors").fact("breach", noted)
    for kind in ("initial", "update", "escalation"):
        text = story.compose(kind, "sms", status="Checking the drafts", why="a", phone="1", what_i_need="b").text
        assert (f"Data breach {told_of_it}" in text) is bool(told_of_it), kind


def test_of_a_sentence_that_lost_a_clause_only_the_clause_is_named_as_left_out() -> None:
    why = "because the vendor replaced the controllers and the belts that had been installed there in the spring"
    works = "The robots milk the cows again in all barns of the whole country"
    story = told("milk robots").fact("impact", "Cows are not milked.")
    composed = story.compose("customer", "sms", state="monitoring", status=f"{works}, {why}.", next_update="30m")
    assert f"{works}." in fits(composed)
    assert composed.lost == (f"{why}.",)
