"""What a message does with short answers, words that its labels say already, and what is over or came back."""

from __future__ import annotations

import re

import pytest

from tests.unit.test_compose import BOOK, KINDS, Told, checkout
from warroom.messages.answers import says_nothing, worded
from warroom.messages.forms import FORMS
from warroom.messages.hints import hints
from warroom.messages.restated import without_repetition
from warroom.messages.tense import past, told_in_past
from warroom.messages.verbs import VERBS, third
from warroom.model import acts
from warroom.model.entries import Draft
from warroom.model.kinds.lifecycle import Resolved
from warroom.model.kinds.messages import MessageSent

PAST = {
    "Riders who tap Unlock at the dock get an error": "Riders who tapped Unlock at the dock got an error",
    "users who sign up don't get a mail": "users who signed up didn't get a mail",
    "people who try to pay get an error": "people who tried to pay got an error",
    "users who pay by card see an error": "users who paid by card saw an error",
    "Drivers who tap “Start” in the app see a wheel": "Drivers who tapped “Start” in the app saw a wheel",
    "Since 09:25 CET, the map has shown old positions": "Since 09:25 CET, the map had shown old positions",
    "300 accounts have no backups since Tuesday": "300 accounts had no backups since Tuesday",
    "The map has shown old positions since 09:25 CET": "The map had shown old positions since 09:25 CET",
    "the app says you have no internet": "the app said you had no internet",
    "the app says no internet although there is": "the app said no internet although there was",
    "Customers see errors when paying": "Customers saw errors when paying",
    "Customers cannot pay by card.": "Customers could not pay by card.",
    "customers see errors when they pay": "customers saw errors when they paid",
    "checkout fails": "checkout failed",
    "20 % of payments fail": "20 % of payments failed",
    "- cards fail\n- wallets work": "- cards failed\n- wallets worked",
    "the page loads slowly": "the page loaded slowly",
    "page loads take 30 s": "page loads took 30 s",
    "API calls time out": "API calls timed out",
    "Orders are imported but e-mails go missing": "Orders were imported but e-mails went missing",
    "Customers can't log in; the app shows a blank page": "Customers couldn't log in; the app showed a blank page",
    "customers have been charged twice": "customers had been charged twice",
    "Payments have been failing since 03:10": "Payments had been failing since 03:10",
    "There's an error page": "There was an error page",
    "“Payment fails” is shown": "“Payment fails” was shown",
    "CUSTOMERS CANNOT PAY": "CUSTOMERS COULD NOT PAY",
    "Checkout users get logged out": "Checkout users got logged out",
    "Search takes 8-12 s instead of <1s.": "Search took 8-12 s instead of <1s.",
    "API calls from the EU fail; webhooks come late.": "API calls from the EU failed; webhooks came late.",
    "mails arrive late": "mails arrived late",
    "users get charged twice; search returns nothing": "users got charged twice; search returned nothing",
    "search finds nothing": "search found nothing",
    "import of orders fails": "import of orders failed",
    "users are logged out after a minute": "users were logged out after a minute",
    "order confirmations arrive late": "order confirmations arrived late",
    "report exports hang": "report exports hung",
    "nothing works": "nothing worked",
    "you get an error when you click Buy": "you got an error when you clicked Buy",
    "cant pay w/ card": "couldn't pay w/ card",
    "orders may be charged twice": "orders may have been charged twice",
    "you may not be able to upload photos": "you may not have been able to upload photos",
    "some may see old prices": "some may have seen old prices",
    'the app says "no connection"': 'the app said "no connection"',
    "password reset mails never arrive": "password reset mails never arrived",
    "customers who have a coupon can't use it": "customers who had a coupon couldn't use it",
    "it crashes when you tap Send": "it crashed when you tapped Send",
    "users can't log in, those already logged in are fine": "users couldn't log in, those already logged in were fine",
    "searches come back empty": "searches came back empty",
    "messages are sent but never arrive": "messages were sent but never arrived",
    "search has stopped working": "search had stopped working",
    "Payments by card in Poland and Hungary fail": "Payments by card in Poland and Hungary failed",
    "A booking is cancelled as soon as it is paid": "A booking was cancelled as soon as it was paid",
    "customers see duplicate entries": "customers saw duplicate entries",
    "app shows old data, web is fine": "app showed old data, web was fine",
    "Search returns no results for projects created today": "Search returned no results for projects created today",
    "Revenue is shown as 0 EUR in the dashboard": "Revenue was shown as 0 EUR in the dashboard",
    "The report that managers get every Monday is empty": "The report that managers got every Monday was empty",
    "No one receives the code for signing in": "No one received the code for signing in",
    "Images in product pages are missing and prices show as 0.00": "Images in product pages were missing and "
    "prices showed as 0.00",
    "People cannot lock or unlock their doors": "People could not lock or unlock their doors",
    "guests see errors and blank pages in the shop": "guests saw errors and blank pages in the shop",
    "no seats are shown in shops and on the orders page": "no seats were shown in shops and on the orders page",
}
MAY_BE_NOUNS = (
    "bookings people entered and saved disappear",
    "orders cost 0 EUR",
    "slow pages or time out",
    "API took 20+ seconds or times out",
    "API calls take 20 seconds or time out",
    "the map freezes, the app shows --",
    "app crashes on start; page shows 404",
    "the app crashes when you open it",
    "App crashes right after start on iOS 17.",
    "checkout hangs after address step",
    "exports never finish",
    "search shows results from last week",
    "Customers who are in the EU see errors",
    "when users pay, they see an error",
    "customers must log in again",
    "app will not start",
    "dont see my orders",
    "app wont start",
    "you'll see an empty inbox",
    "customers will get an error",
    "emails we send end up in spam",
    "some files people upload disappear",
    "the export you download is empty",
    "login does not work unless you clear your cookies",
    "customers get an error, paypal still works",
    "checkout works for most, fails for some",
    "Orders made today fail",
    "Users located in Asia wait up to 40 seconds",
    "The chat window covers the buy button",
    "At 09:00 the list empties and fills again",
    "The app asks for the password each time it opens",
    "The tool lets an operator delete a volume",
    "The app is available and solves the problem",
    "The cart empties itself",
    "Customers are logged out while they type",
    "Invoices issued on 1 November show the wrong VAT rate",
    "customers can't log in and see an error page",
    "uploading files larger than 100 MB fails",
    "Signing in with Google returns to the login page",
    "Orders placed with a voucher show the full price",
    "Messages sent from the mobile app arrive twice",
    "Since 08:00 no e-mails are delivered",
    'The app shows "Something went wrong" and closes',
    "The editor loses what people write",
    "The phone line drops calls after two minutes",
    "API requests with a filter return too many rows",
    "Exports started before noon never finish",
    "The list of orders ends at 100",
    "Admins who invite a colleague get an error",
    "Invitations that admins send don't arrive",
    "If you pay with PayPal, the order stays open",
    "the plan does not load, and foremen phone the yard",
    "the map does not load, and couriers guess the address",
    "the app shows nothing to everybody who opens it",
    "late claims stop the import",
)
"""A noun, an adjective or a clause within the clause may be in them, so they stay as they were typed."""
AS_TYPED = (
    "errors when paying",
    "Checkout was slow",
    "payments failed for users",
    "Payments will fail",
    "page loads > 20 sec",
    "user reports missing",
    "duplicate charges, up to 3x",
    "we lost 3 hours of data",
    "photo uploads stuck at 99%",
    "Is it only Europe? It is not known.",
    "App crashes",
    "if you pay by card you see an error",
    "customers report that login fails",
    "Customers unable to pay",
    "all double charges refunded",
    "We have restored the service",
    "Zahlungen schlagen fehl",
    "Because nobody looked at the disk, writes stopped at noon",
    "Never share your PIN with anybody",
    "Let's move on",
    "SES throttled us bc bounce rate too high",
    "The daily reports of sales",
    "Please don't pay again",
    "late breaks at the gates",
    "wrong returns pages",
    "",
)
NOT_SURE = (
    "Login works again for most, some may need to reset cookies.",
    "3,200 of 4,100 files are back. 900 are lost for good.",
    "App crashes; login takes 20 s",
    "Users report that checkout fails",
    "Half of the orders are still missing",
    "It was restarted and has been stable since",
    "We do not know how many customers are affected",
    "Everything customers save is lost",
    "Errors are back",
    "Requests to the API that use the old key fail",
    "Corrected invoices go out tomorrow",
    "The cart scrambles itself",
    "Wait for news before you pay again",
)
UNKNOWN_VERBS = (
    "farmers cannot see which cows are due, and the robots milk every cow on the timetable of yesterday",
    "Tractors cannot get a route, and drivers plough by hand",
    "the sensors do not send values, and the sheds water every bed twice",
    "pianos cannot be booked, and crews tune by ear",
    "the belts stop, and staff carry bags by hand",
    "the lock fails and the door squeaks",
    "the robot stops and milks every cow twice",
    "drivers are late and phone the yard",
    "the belt stops and jams",
    "the map is blank. Skippers steer by compass.",
    "the meters send nothing, so we estimate the bills",
    "the gates stay shut, and stewards at the doors whistle",
    "prices are wrong in the shops that open late",
    "bikes unlock by themselves",
    "the dam gate sticks and the river rises",
    "the pump stops and the gate at the dam sticks",
)
STAYS = ("switched the feature off, rest is ok", "you will get an e-mail from us by tomorrow")


def test_what_is_over_is_told_in_the_past_where_the_verb_is_certain() -> None:
    assert {text: past(text) for text in PAST} == PAST
    assert {text: past(text) for text in AS_TYPED} == {text: text for text in AS_TYPED}
    assert past("checkout fails", False) == "checkout fails"
    assert {text: past(text) for text in NOT_SURE} == {text: text for text in NOT_SURE}
    unsure = (*MAY_BE_NOUNS, *UNKNOWN_VERBS)
    assert [text for text in unsure if past(text) != text] == [], "no half of it goes into the past"
    assert [text for text in (*unsure, *NOT_SURE, *STAYS) if told_in_past(text)] == []
    surely = (
        *PAST.values(),
        *AS_TYPED[:2],
        "wrong amounts in change orders",
        "late breaks at the gates",
        "wrong returns pages",
        "errors on the orders page",
        "errors in the customer order lists",
        "a queue at the north gates",
        "page loads > 20 sec",
        "duplicate charges, up to 3x",
    )
    assert [told for told in surely if not told_in_past(told)] == []


NO_VERBS = (
    "We refunded all {} charges",
    "Refunded all {} charges",
    "All {} orders were processed",
    "Some {} orders were lost because of {} errors",
    "The {} and {} pages were fixed",
    "We deleted the {}",
    "We found {}",
    "{} were delayed",
    "Several {} failed",
    "The {} that were lost were sent again",
)


def test_what_may_be_an_adjective_or_a_noun_is_no_verb_beside_one_that_is_in_the_past() -> None:
    forms = [(frame, verb if place < 5 else third(verb)) for verb in VERBS for place, frame in enumerate(NO_VERBS)]
    typed = [frame.format(word, word) for frame, word in forms]
    assert [(text, past(text)) for text in typed if past(text) != text] == []
    assert past("All duplicate orders are rejected") == "All duplicate orders were rejected"


def resolved_with(impact: str) -> Told:
    return Told().fact("impact", impact).at(20).add(acts.lifecycle.resolve("Restarted it"))


def test_what_is_not_surely_past_is_not_framed_as_if_it_were() -> None:
    asked = "Impact stays as it was typed"
    for impact in (UNKNOWN_VERBS[0], "farmers could not see which cows were due"):
        story = resolved_with(impact)
        found = "\n".join(hints(KINDS["resolution"], story.values("resolution"), story.snapshot, BOOK))
        assert (asked in found) is (impact in UNKNOWN_VERBS)
        shown = story.compose("resolution", root_cause="a").text
        assert f"Impact {'at the time' if impact in UNKNOWN_VERBS else 'while it lasted'}: Farmers c" in shown
    for impact in ("Returns were not registered.", "Followers received alarms late, while the reader sounded them."):
        story = resolved_with(impact)
        found = "\n".join(hints(KINDS["resolution"], story.values("resolution"), story.snapshot, BOOK))
        assert asked not in found, "it is told in the past, whether that is certain or not"
    for impact in NOT_SURE:
        told, typed = Told().fact("impact", impact), {"root_cause": "a", "resolution": "b", "status": "c", "why": "d"}
        shown = told.compose("customer", "plain", state="monitoring").text
        assert re.search(
            f"(?:What (?:you may see|is happening)|The problem): {re.escape(impact.rstrip('.'))}", shown
        ), shown
        told.at(20).add(acts.lifecycle.resolve())
        for kind in ("initial", "update", "resolution", "escalation", "customer"):
            for form in FORMS:
                text = told.compose(kind, form, **typed).text.replace("\\", "").replace("*", "")
                assert not re.search(r"(?:may have seen|while it lasted):", text), text
                shown = rf"(?:at the time|problem): {re.escape(impact.rstrip('.'))}"
                assert form in ("sms", "social") or re.search(shown, text), text


ONCE = [
    ("You may see", "you may see errors when you pay.", "errors when you pay."),
    ("What you may see", "You may see errors when you pay.", "Errors when you pay."),
    ("What you may have seen", "Customers see errors when paying", "Errors when paying"),
    ("What you may have seen", "Customers see errors when they pay", "Customers see errors when they pay"),
    ("What you may see", "Users get logged out", "Users get logged out"),
    ("What you may see", "Users get errors", "Errors"),
    ("Who is affected", "Some customers are affected.", "Some customers."),
    ("Who is affected", "Customers who pay by card are affected.", "Customers who pay by card."),
    ("Affected", "affects customers in the EU", "customers in the EU"),
    ("Affected", "We believe that 20 % of users are affected", "We believe that 20 % of users are affected"),
    ("Who is affected", "We don't know who is affected.", "We don't know who is affected."),
    ("Who was affected", "This affects only the EU", "Only the EU"),
    ("Affected", "20 % are currently affected. The share grows.", "20 % are currently affected. The share grows."),
    ("What I need", "I need approval", "Approval"),
    ("Why", "because it takes long", "it takes long"),
    ("Why", "since 03:17 nothing works", "since 03:17 nothing works"),
    ("Root cause", "The root cause is not known yet", "Not known yet"),
    ("Support tickets", "Support tickets are 40 by now", "40 by now"),
    ("Affected system", "Affected system is the till", "The till"),
    ("Why", "Why is the pump off", "Why is the pump off"),
    ("What changed", "What changed is the pump?", "What changed is the pump?"),
    ("Resolution", "It was fixed by rolling back", "Rolling back"),
    ("Resolution", "It was fixed by Priya", "It was fixed by Priya"),
    ("In the meantime", "In the meantime, use PayPal", "Use PayPal"),
    ("Support tickets", "37 tickets so far", "37 so far"),
    ("Engineering's estimate", "ETA: 1 h", "ETA: 1 h"),
    ("Affected", "affected", "affected"),
]


def test_a_value_does_not_say_again_what_its_label_says() -> None:
    assert [(label, text, without_repetition(text, label)) for label, text, _ in ONCE] == ONCE


def test_a_required_field_without_a_word_is_asked_for() -> None:
    for text in (".", "-", "…", "--", "n/a", "N/A.", " - ", "*"):
        assert says_nothing(text)
        composed = checkout().compose("initial", impact=text, status="moving", affected=text)
        assert [field.id for field in composed.missing] == ["impact"], text
        assert "Affected:" not in composed.text
    for text in ("none", "unknown", "?", "5", "🔥", "NA", "支払い"):
        assert not says_nothing(text), text
    escalation = {"why": "none", "impact": "x", "what_i_need": "TBD", "phone": "unknown"}
    missing = checkout().compose("escalation", **escalation).missing
    assert [field.id for field in missing] == ["why", "what_i_need", "phone"]
    told = Told()
    missing = checkout().compose("escalation", **escalation | {"what_i_need": "nothing for now"}).missing
    assert "what_i_need" in [field.id for field in missing]
    for text in ("unknown", "none"):
        assert [field.id for field in told.compose("customer", impact=text).missing] == ["impact"]


def test_short_answers_are_told_in_words_that_fit() -> None:
    typed = {"progress": "No change.", "eta": "none", "customers": "no", "affected": "TBD", "status": "same as before"}
    told = checkout().fact("workaround", "none").fact("known", "nothing")
    assert "What changed" not in told.compose("update", **typed).text, "there is no message before it"
    told.send("initial")
    text = told.compose("update", **typed).text
    assert "What changed: Nothing new since the last message.\nCurrent status: No change so far.\n" in text
    assert "\nCustomers affected: None.\nWorkaround: None so far.\nOpen since" in text
    assert "Engineering's estimate: None yet.\n" in text
    typed = {"impact": "errors", "workaround": "none", "affected": "unknown", "help": "a@b.example", "apology": "none"}
    text = Told().compose("customer", **typed).text
    assert "Affected: We do not know yet.\nNext update:" in text, "there is nothing they can do"
    for words in ("unknown", "?", "not known yet", "none"):
        colleagues = checkout().fact("known", words).fact("unknown", words).compose("update", status="moving").text
        assert "know" not in colleagues, colleagues
    assert text.endswith("\n\nIf you need help, please contact a@b.example")
    assert worded({"progress": "nothing new"}, public=False, over=True) == {"progress": ""}
    assert worded({"affected": "no customers in the EU"}, public=True) == {"affected": "no customers in the EU"}


@pytest.mark.parametrize("same", ["same", "as before", "Unchanged.", "no change"])
def test_what_is_the_same_is_what_was_told_last(same: str) -> None:
    from warroom.messages.sending import drafts_when_sent

    told = checkout()
    told.send("initial")
    values = told.values("update", status="Waiting", impact=same, affected=same)
    composed = told.compose("update", status="Waiting", impact=same, affected=same)
    assert "Impact: Payment fails at the last step.\nAffected: About 20 % of attempts.\n" in composed.text
    assert "changed" not in composed.text
    (sent,) = drafts_when_sent(composed, values, told.snapshot, told.values("update"))
    assert isinstance(sent.body, MessageSent)
    assert sent.body.fields["affected"] == "about 20 % of attempts"


def test_a_plan_is_not_told_as_done() -> None:
    later, before = "Fines are sent automatically at 18:00 UTC", "Fines are sent at 03:30 CET"
    for impact, shown in ((later, later), (before, "Fines were sent at 03:30 CET")):
        told = Told().fact("impact", impact).at(60).add(Draft(Resolved(), "Stopped it"))
        assert f" {shown}.\n" in told.compose("resolution", root_cause="A disk").text
        for form in ("plain", "social", "sms"):
            assert f" {shown}." in told.compose("customer", form, affected="", impact=impact, status="").text, form
        asked = "\n".join(hints(KINDS["resolution"], told.values("resolution"), told.snapshot, BOOK))
        assert ("“18:00 UTC” in Impact is later than the end" in asked) is (impact == later)


def test_a_dash_sets_no_fact() -> None:
    from warroom.messages.sending import drafts_when_sent

    told = Told().fact("impact", "payments fail")
    composed, values = told.compose("initial", affected="-"), told.values("initial", affected="-")
    (sent,) = drafts_when_sent(composed, values, told.snapshot, told.values("initial"))
    assert sent.body.kind == "message"


def test_items_in_a_short_text_are_sentences() -> None:
    told = Told()
    shown = {
        "errors when paying\nSlow pages": ": errors when paying. Slow pages.",
        "errors when paying\nStripe payments fail": ". Errors when paying. Stripe payments fail.",
        "- Errors when paying.\n- No e-mail": ": errors when paying. No e-mail.",
    }
    for typed, words in shown.items():
        for form in ("sms", "social"):
            assert f"since 02:17 UTC{words} We are investigating" in told.compose("customer", form, impact=typed).text


def test_an_escalation_says_once_how_long_it_has_gone_on() -> None:
    told = Told().fact("revenue_per_hour", "$32k").fact("impact", "payments fail").at(121)
    composed = told.compose("escalation", what_i_need="approval", phone="555")
    assert composed.text.count("2 h 1 min") == 1


@pytest.mark.parametrize("form", FORMS)
def test_colleagues_and_customers_hear_that_it_came_back(form: str) -> None:
    told = checkout()
    told.send("customer", impact="errors when paying")
    told.send("update", status="Moving payments")
    told.at(60).add(acts.lifecycle.resolve("Payments moved"))
    told.send("customer")
    told.at(90).add(acts.lifecycle.reopen("errors again")).at(95)
    text = told.compose("update", form).text.replace("\\", "").replace("*", "")
    when = "" if form == "sms" else "at 04:47 cet, after it was resolved at 04:17 cet."
    assert f"came back{'.' * (form == 'sms')}" in text.lower()
    assert when in text.lower()
    assert "Moving payments" not in text, "that was before it came back"
    assert form in ("sms", "social", "status") or "(came back)" in text
    assert "problem with checkout came back at 03:47 UTC" in told.compose("customer", form).text
    fields = {"impact": "x", "root_cause": "x", "what_i_need": "x", "phone": "x", "why": "x"}
    if form not in ("sms", "social"):
        for kind in ("initial", "escalation", "resolution"):
            assert "At 04:47 CET, after it was resolved" in told.compose(kind, form, **fields).text
    told.add(acts.lifecycle.resolve("The provider mended it"))
    text = told.compose("customer", form).text
    assert "problem with checkout that came back at 03:47 UTC" in text.replace("Problem", "problem")
    assert "came back" not in checkout().compose("update", form).text


def test_customers_who_never_heard_that_it_was_over_are_not_told_that_it_came_back() -> None:
    told = checkout()
    told.send("customer", impact="errors when paying")
    told.add(acts.lifecycle.resolve()).at(20).add(acts.lifecycle.reopen("again"))
    assert "We have had a problem with checkout since 02:17 UTC." in told.compose("customer").text


@pytest.mark.parametrize("form", FORMS)
def test_the_resolution_notice_of_a_cancelled_incident_says_that_it_is_a_draft(form: str) -> None:
    told = checkout().add(acts.lifecycle.cancel("the probe was broken"))
    composed = told.compose("resolution", form, root_cause="a", resolution="b")
    assert composed.gaps == ["[Draft: cancelled, or resolved?]"]
    assert composed.gaps[0] in composed.text.replace("\\", "")


def test_the_segment_says_who_is_affected() -> None:
    told = Told().fact("segment", "customers who pay by card")
    assert "Affected: Customers who pay by card.\n" in told.compose("customer", impact="errors").text


def test_what_is_being_done_is_said_once() -> None:
    said = {
        "investigating": "We are looking into it.",
        "identified": "We have identified the issue and are working on a fix.",
        "monitoring": "A fix has been deployed and we are monitoring the results",
    }
    for state, status in said.items():
        text = Told().compose("customer", impact="errors", state=state, status=status).text
        assert "What we are doing" not in text, text
        more = Told().compose("customer", impact="errors", state=state, status="Our provider renews a certificate").text
        assert "\nOur provider renews a certificate.\n" in more


def test_every_kind_that_tells_an_impact_knows_these_fields() -> None:
    assert all({"impact"} <= {field.id for field in kind.fields} for kind in KINDS.values())


def test_two_drafts_of_one_message_lose_no_words() -> None:
    from warroom.screens.incident.message_drafts import joined_drafts

    known = {"status": "a", "impact": "x"}
    assert joined_drafts(known, {"status": "b", "impact": "x"}, {"status": "a", "impact": "y"}) == {"impact": "y"}
    assert joined_drafts(known, {"status": "b"}, {"status": "c"}) == {"status": "b\nc"}
    assert joined_drafts(known, {"status": "b and more"}, {"status": "b"}) == {}
    assert joined_drafts(known, {"status": "b"}, {"status": "b\nc"}) == {"status": "b\nc"}
    assert joined_drafts({}, {"status": "b"}, {}) == {}


def test_the_preview_goes_to_the_first_remark_once(monkeypatch: pytest.MonkeyPatch) -> None:
    from warroom.widgets.message_preview import Preview

    monkeypatch.setattr(Preview, "redraw", lambda preview: None)
    preview, text = Preview(), "\n".join(f"line {number}" for number in range(40))
    start = text.index("line 30")
    preview.show(text, [(start, start + 7)])
    assert any("line 30" in str(line) for line in preview.draw(40, 6))
    preview.action_scroll(-100)
    preview.show(f"{text} more", [(start, start + 7)])
    assert "line 0" in str(preview.draw(40, 6)[0]), "who scrolls elsewhere stays there"


@pytest.mark.parametrize(
    ("status", "goes_on"),
    [
        ("Disabled passengers can use the lift again.", False),
        ("The temporary bridge was taken away.", False),
        ("The disabled account was enabled again.", False),
        ("The temporary bridge was inspected.", True),
        ("A temporary bridge was built.", True),
        ("The account stays disabled.", True),
    ],
)
def test_what_was_put_right_is_not_called_unfinished(status: str, goes_on: bool) -> None:
    story = Told().fact("impact", "errors").at(20).add(acts.lifecycle.resolve(status))
    found = hints(KINDS["resolution"], story.values("resolution"), story.snapshot, BOOK)
    assert ("sounds as if it were not over" in "\n".join(found)) is goes_on
