"""What customers read: the kind of problem, their impact as a sentence, a text that fits, and nothing of colleagues."""

from __future__ import annotations

import re

import pytest

from tests.unit.test_compose import BOOK, KINDS, Told
from warroom.messages.compose import Composed
from warroom.messages.fields import quiet_update
from warroom.messages.hints import hints
from warroom.messages.length import SHORT_FORMS
from warroom.model import acts
from warroom.model.entries import Draft
from warroom.model.kinds.lifecycle import Resolved

RISKS = {row.id: row.label for row in BOOK.risks} | {row.id: row.label for row in BOOK.matrix}


def told(system: str = "checkout", severity: int = 2, basis: str = "") -> Told:
    """An incident of forty minutes, with the system that customers know."""
    story = Told(severity)
    story.entries.clear()
    story.add(acts.lifecycle.declare("Trouble", severity, now=story.now, basis=basis))
    return story.fact("system", system).at(40)


def resolved(story: Told, how: str = "Resolved") -> Told:
    return story.at(98).add(Draft(Resolved(), how)).at(99)


def impact_line(composed: Composed) -> str:
    """The line that tells the impact, which follows the first paragraph."""
    return composed.text.split("\n\n")[2].split("\n")[0]


LINES = {
    "nobody can pay": ("What is happening: Nobody can pay.", "What happened: Nobody could pay."),
    "can't log in": ("What is happening: Can't log in.", "What happened: Couldn't log in."),
    "cant pay w/ card": ("What is happening: Can't pay with card.", "What happened: Couldn't pay with card."),
    "You can't pay by card.": ("What is happening: You can't pay by card.", "What happened: You couldn't pay by card."),
    "users can't pay": ("What is happening: Users can't pay.", "What happened: Users couldn't pay."),
    "you may not be able to upload photos": (
        "What is happening: You may not be able to upload photos.",
        "What happened: You may not have been able to upload photos.",
    ),
    "errors when you pay": ("What is happening: Errors when you pay.", "What happened: Errors when you paid."),
    "Customers see a blank page after pressing Pay. The basket is kept.": (
        "What is happening: A blank page after pressing Pay. The basket is kept.",
        "What happened: A blank page after pressing Pay. The basket was kept.",
    ),
    "duplicate charges, up to 3x": (
        "What is happening: Duplicate charges, up to 3x.",
        "What happened: Duplicate charges, up to 3x.",
    ),
    "emails not sent": ("What is happening: Emails not sent.", "What happened: Emails not sent."),
    "emails not sent since 2am": (
        "What is happening: Emails not sent since 2am.",
        "What happened: Emails not sent since 2am.",
    ),
    "photo uploads stuck at 99%": (
        "What is happening: Photo uploads stuck at 99%.",
        "What happened: Photo uploads stuck at 99%.",
    ),
    "cant log in, just spins": (
        "What is happening: Can't log in, just spins.",
        "The problem: Can't log in, just spins.",
    ),
    "page loads > 20 sec": ("What is happening: Page loads > 20 sec.", "What happened: Page loads > 20 sec."),
    "can't be opened": ("What is happening: Can't be opened.", "What happened: Couldn't be opened."),
    "everything": ("What is happening: Everything.", "What happened: Everything."),
    "WE LOST 3 HOURS OF WORK!!!": (
        "What is happening: We lost 3 hours of work.",
        "What happened: We lost 3 hours of work.",
    ),
    'the app says "no connection"...': (
        'What is happening: The app says "no connection".',
        'What happened: The app said "no connection".',
    ),
    "Half of the orders are still missing": (
        "What is happening: Half of the orders are still missing.",
        "The problem: Half of the orders are still missing.",
    ),
    "an unauthorized person viewed support tickets": (
        "What is happening: An unauthorized person viewed support tickets.",
        "What happened: An unauthorized person viewed support tickets.",
    ),
    "comments written between 02:00 and 03:30 UTC are missing": (
        "What is happening: Comments written between 02:00 and 03:30 UTC are missing.",
        "What happened: Comments written between 02:00 and 03:30 UTC were missing.",
    ),
    "uploading files larger than 100 MB fails": (
        "What is happening: Uploading files larger than 100 MB fails.",
        "The problem: Uploading files larger than 100 MB fails.",
    ),
    "- Card payments fail.\n- Apple Pay fails": ("What is happening:", "What happened:"),
}


def test_an_impact_stands_behind_words_that_fit_any_text() -> None:
    open_, over = told(), resolved(told())
    for impact, (now, then) in LINES.items():
        assert impact_line(open_.compose("customer", impact=impact)) == now
        assert impact_line(over.compose("customer", impact=impact)) == then
        for form in SHORT_FORMS:
            for composed in (
                open_.compose("customer", form, impact=impact),
                over.compose("customer", form, impact=impact),
            ):
                assert not re.search(r"[Yy]ou may (?:see|have seen):|What (?:is|was|happ|you may)", composed.text)
                assert composed.length is not None
                assert not composed.length.over, composed.text


OPENINGS = (
    ("login", "nobody can log in", "", "Login has been unavailable since 02:17 UTC.", ""),
    ("website", "WE ARE DOWN!!!", "all", "Our website has been unavailable since 02:17 UTC.", ""),
    (
        "website",
        "website down",
        "EU only",
        "We have had a problem with our website since 02:17 UTC.",
        "website down",
    ),
    ("Dashboard", "slow", "", "We have had a problem with our dashboard since 02:17 UTC.", "What is happening: Slow."),
    (
        "crane list",
        "loading is slower",
        "",
        "We have had a problem with our crane list since 02:17 UTC.",
        "loading is slower",
    ),
    ("payments", "shops wait 2 min and fail", "", "We have had a problem with payments since 02:17 UTC.", "and fail"),
    ("e-mails", "confirmations arrive late", "", "We have had a problem with e-mails since 02:17 UTC.", "arrive late"),
    (
        "stock list",
        "our site is down",
        "",
        "We have had a problem with our stock list since 02:17 UTC.",
        "our site is down",
    ),
    (
        "invoices",
        "invoices show the wrong VAT",
        "",
        "We have had a problem with invoices since 02:17 UTC.",
        "wrong VAT",
    ),
    ("checkout", "errors when paying", "", "We have had a problem with checkout since 02:17 UTC.", "errors when"),
    ("Stripe", "everything is down", "all", "Our service has been unavailable since 02:17 UTC.", ""),
    ("", "search is slow", "", "We have had a problem with our service since 02:17 UTC.", "search is slow"),
    ("checkout", "checkout may be down", "", "We have had a problem with checkout since 02:17 UTC.", "may be down"),
)


def test_the_first_sentence_says_that_it_is_unavailable_only_where_that_is_certain() -> None:
    for system, impact, affected, opening, rest in OPENINGS:
        text = told(system).compose("customer", impact=impact, affected=affected).text
        assert f"\n\n{opening} We are investigating the cause.\n" in text
        assert rest.casefold() in text.casefold()
        assert bool(rest) == ("What is happening: " in text), text


def test_the_end_says_that_it_works_again_and_how_and_why_as_its_sender_typed_it() -> None:
    story = resolved(told("payments"), "Moved payments to the second provider")
    text = story.compose("customer", impact="errors").text
    assert "It is resolved, and payments work normally again. We are still finding out why this happened.\n" in text
    assert "second provider" not in text, "that was noted for colleagues"
    own = {"cause": "a certificate expired", "prevention": "- we renew it every month.\n- an alert warns us."}
    own["status"] = "moved payments to the second provider"
    for form in ("plain", "slack"):
        text = story.compose("customer", form, impact="errors", **own).text.replace("*", "").replace("•", "-")
        assert "finding out why" not in text
        assert "\nWhy it happened: A certificate expired.\n\nMoved payments to the second provider.\n\nSo that" in text
        assert "\nSo that it does not happen again:\n- We renew it every month.\n- An alert warns us.\n" in text
    assert "certificate" not in told().compose("customer", impact="errors", **own).text, "fields of an end only"
    asked = remarks(story, impact="errors")
    hint = (
        "Colleagues read as Resolution “Moved payments to the second provider”: say in What we are doing what customers"
    )
    assert f"{hint} may know of it." in asked
    assert "Colleagues read" not in remarks(story, impact="errors", status="Payments work again.")
    steps = "Alert on payment latency\nPost-mortem by Friday"
    story.send("resolution", impact="errors", root_cause="A certificate expired", next_steps=steps)
    noted = (
        "as Root cause “A certificate expired”, as Resolution “Moved payments to the second provider” and as Next steps"
    )
    assert f"Colleagues read {noted} “Alert on payment latency" in remarks(story, impact="errors")
    asked = remarks(story, impact="errors", status="a", cause="b")
    assert (
        "Colleagues read as Next steps “Alert on payment latency; Post-mortem by Friday”: say in What will prevent it"
        in asked
    )
    assert "Colleagues read" not in remarks(story, impact="errors", **own)
    values, end = story.values("customer", impact="errors", status="a", cause="b"), KINDS["resolution"]
    starts = Told(1).add(Draft(Resolved(), "a")).values("resolution")["next_steps"]
    assert re.fullmatch(r"Follow-up with the affected customers by .*\nPost-mortem by .*", starts)
    for own_step in ("Alert on payment latency", ""):
        story.send("resolution", next_steps=f"{starts}\n{own_step}", impact="errors", root_cause="a", resolution="b")
        asked = "\n".join(hints(KINDS["customer"], values, story.snapshot, BOOK, resolution=end))
        assert not re.search("Follow-up|Post-mortem", asked), "nobody typed these"
        assert ("Colleagues read as Next steps “Alert on payment latency”: say in" in asked) is bool(own_step)
    assert "finding out why" not in story.compose("customer", impact="errors").text, "colleagues know it"
    story.send("customer", impact="errors", **own)
    assert story.values("customer")["cause"] == own["cause"]
    again = story.at(120).add(acts.lifecycle.reopen("it is back")).at(130)
    again = again.add(Draft(Resolved(), "Resolved")).at(131)
    assert again.values("customer")["cause"] == "", "it was the cause of another end"
    assert "Until now customers read as Why it happened “a certificate expired”. If it" in remarks(again, impact="a")
    known = resolved(told().fact("known", "The cause is a certificate that expired"))
    assert "finding out" not in known.compose("customer", impact="errors").text
    assert "Colleagues read as Root cause “The cause is a certificate that expired”: say in Why it" in remarks(known)
    for cause in ("We don't know yet", "unknown", "Not known yet; the provider is looking for it"):
        open_ = resolved(told())
        open_.send("resolution", impact="errors", root_cause=cause, resolution="fixed it")
        assert "finding out why" in open_.compose("customer", impact="errors").text
        assert "Root cause" not in remarks(open_, impact="errors")
    text = told().compose("customer", impact="errors", state="monitoring", workaround="try again", affected="all").text
    assert "we are checking that it works.\n" in text
    assert "\nAffected: All customers.\nWhat you can do now: Try again.\n" in text


@pytest.mark.parametrize(
    ("basis", "impact"),
    [
        (RISKS["data_loss"], "errors when paying"),
        (RISKS["security"], "errors"),
        ("", "you see orders of other customers"),
    ],
)
def test_nobody_is_told_to_try_again_where_data_may_have_been_seen(basis: str, impact: str) -> None:
    story = told(severity=1, basis=basis).fact("impact", impact)
    for state in ("investigating", "monitoring"):
        text = story.compose("customer", state=state).text
        assert "please check" not in text
        assert "should work" not in text
        assert "What this means for you" not in text, "nobody wrote that it is being found out"
        assert "Customers will ask whether their data is affected: say in What it means" in remarks(story, state=state)
        asked = told(severity=1, basis=basis).fact("impact", impact).fact("unknown", "whether files were seen")
        text = asked.compose("customer", state=state).text
        assert "What this means for you: We are finding out whether your data is affected.\n" in text
        assert "Customers will ask whether" not in remarks(asked, state=state)
        asked.fact("breach", "yes, names and addresses")
        assert "What this means for you" not in asked.compose("customer", state=state).text
        asked.fact("breach", "suspected")
        assert "finding out whether your data" in asked.compose("customer", state=state).text
    story = resolved(story)
    assert [field.id for field in story.compose("customer").missing] == ["meaning"]
    said = story.compose("customer", meaning="No data was seen by others.")
    assert said.ready
    assert "again" not in said.text


@pytest.mark.parametrize(
    ("noted", "told_by_us", "asked"),
    [
        # what is noted as a breach, whether customers read that we are finding out, and whether a hint asks
        ("documents of 18 customers visible to other customers", False, True),
        ("payslips sent to the wrong employees", False, True),
        ("no, but one account was read", False, True),
        ("suspected, under review", True, False),
        ("may have been read by a supplier", True, False),
        ("nobody saw other data", False, False),
        ("ruled out by security", False, False),
        ("no idea", False, False),
    ],
)
def test_a_breach_in_any_words_leads_to_a_sentence_or_a_hint_unless_it_is_denied(
    noted: str, told_by_us: bool, asked: bool
) -> None:
    story = told().fact("impact", "errors in the app").fact("breach", noted)
    text = story.compose("customer", state="investigating").text
    assert ("We are finding out whether your data is affected." in text) is told_by_us
    assert ("Customers will ask whether their data is affected" in remarks(story)) is asked
    for meaning in ("Some payslips were sent to others.", "14 CVs were opened by other employers.", "You can order."):
        assert "Customers will ask whether their data" not in remarks(story, meaning=meaning), "it was just typed"


def test_who_hears_of_no_time_hears_when_there_is_news() -> None:
    for form in ("plain", *SHORT_FORMS):
        text = told(severity=3).compose("customer", form, impact="errors").text
        assert "next update: as soon as this changes." in text.lower()
        assert "as soon as" not in resolved(told(severity=3)).compose("customer", form, impact="errors").text
    assert "as soon as" not in told().compose("customer", impact="errors").text


def test_a_text_message_has_plain_marks_and_the_news_where_its_title_is_too_long() -> None:
    impact = "“Pay” does nothing – the page’s button is grey"
    assert '"Pay" does nothing - the page\'s button is grey.' in told().compose("customer", "sms", impact=impact).text
    story = Told(title="Nothing works " * 12)
    composed = story.compose("escalation", "sms", why="looking", phone="555", what_i_need="x")
    assert composed.text == "[SEV2] Escalation: Looking. Needed: x. Dana, 555."
    text = story.compose("update", "sms", status="looking", impact="cards fail").text
    assert text == "[SEV2] Update #1: Looking. Impact: Cards fail. Next update: 03:45 CET. Dana."


def test_the_end_in_a_text_message_says_what_it_was_if_there_is_room() -> None:
    story = resolved(told()).compose(
        "resolution", "sms", impact="cards fail", resolution="moved", root_cause="a release"
    )
    assert " Impact: Cards failed. Moved. Cause: A release. Dana" in story.text


def test_what_is_of_no_use_to_customers_is_not_said() -> None:
    story = told().fact("workaround", "nothing to do")
    assert "In the meantime: You do not need to do anything.\n" in story.compose("customer", impact="errors").text
    quiet = story.compose_exactly(KINDS["customer"], quiet_update(KINDS["customer"], story.snapshot)).text
    assert "We are still investigating the cause. There is nothing new to report yet.\n" in quiet
    assert "What we are doing" not in quiet
    assert [field.id for field in told().compose("customer", impact="no impact").missing] == ["impact"]
    ended = told().add(acts.lifecycle.cancel("the alert fired on the test system"))
    assert "problem. It was a false alarm.\n" in ended.compose("customer").text, "the reason is for colleagues"
    chosen = ended.compose("customer", status="False alarm: a display was broken").text
    assert "problem. False alarm: a display was broken.\n" in chosen, "as it was typed"
    double = told().add(acts.lifecycle.cancel("same outage", duplicate_of="k7qd3f"))
    assert "k7qd3f" not in double.compose("customer").text
    assert "Customer inquiries" in told(severity=4).compose("initial", impact="errors").text
    nobody = told(severity=4, basis=RISKS["none"]).compose("initial", impact="errors")
    assert "Customer inquiries" not in nobody.text


LEFT_OVER = (
    "uploads turned off until Monday",
    "works for most, remaining 2% by tomorrow",
    "mitigated, still 5% errors, watching",
    "bug fixed; restoring the data takes until tomorrow",
    "workaround in place, real fix tomorrow",
    "closing, could not reproduce",
    "restarted the mail worker, still slow for some",
    "should be ok now, keeping an eye on it",
    "not fixed yet",
    "errors continue",
    "stable for now",
    "feature switched off",
    "released 5.2.1, users have to update",
    "Restarted, although line 4 is still closed",
    "If it rains, the gates still fail",
)


def test_nothing_is_said_to_work_again_while_words_say_that_something_is_left() -> None:
    for how in LEFT_OVER:
        story = resolved(told(), how)
        text = story.compose("customer", impact="errors").text
        assert "UTC (1 h 38 min). This incident is resolved." in text, how
        assert "works normally" not in text
        assert "how it was resolved sounds as if it were not over" in remarks(story, impact="errors"), how
    for how in ("The campaign is running again", "Eight people helped until the queue was empty"):
        assert "sounds as if" not in remarks(resolved(told(), how), impact="errors"), how
    for how in ("Rolled back; payments work again", "index rebuilt and verified", "errors are at 0% again"):
        story = resolved(told(), how)
        assert "It is resolved, and checkout works normally again." in story.compose("customer", impact="errors").text
        assert "sounds as if" not in remarks(story, impact="errors")
    for meaning in (
        "Please start them by hand if your crops still need water.",
        "If you still cannot sign in, please contact support.",
        "Should you still see old prices, reload the page.",
        "Anybody who still waits for a parcel can call us.",
    ):
        story = resolved(told(), "Rolled back")
        assert "checkout works normally again" in story.compose("customer", impact="errors", meaning=meaning).text
        assert "sounds as if" not in remarks(story, impact="errors", meaning=meaning)
    shut = "doors do not open, although the app still shows the key"
    assert (
        "doors did not open, although the app still showed the key."
        in resolved(told()).compose("resolution", impact=shut).text.casefold()
    )
    assert "says what is left" not in remarks(resolved(told()), impact=shut)
    story = told()
    for status in ("recommendations are switched off", "still 5% errors"):
        assert "should work" not in story.compose("customer", impact="errors", state="monitoring", status=status).text
    assert "should work" not in story.compose("customer", impact="works again for most", state="monitoring").text
    assert "the state is investigating" in remarks(story, impact="errors", status="Fixed")
    assert "does not say what fails" in remarks(story, impact="Still investigating.")
    assert not remarks(story, impact="errors", status="Fixed one of two causes")


def remarks(story: Told, **typed: str) -> str:
    return "\n".join(hints(KINDS["customer"], story.values("customer", **typed), story.snapshot, BOOK))


def test_what_customers_could_do_before_a_fix_is_offered_to_its_sender_and_not_told_by_itself() -> None:
    story = told().fact("impact", "errors").fact("workaround", "use PayPal")
    noted = "Until now it was noted as Workaround “use PayPal”. If it still holds, type it again, or just: same."
    assert noted in remarks(story, state="monitoring")
    story.send("customer", meaning="You are not charged")
    assert "In the meantime: Use PayPal." in story.compose("customer", state="identified").text
    story.at(50).send("update", status="a")
    for how in ({"state": "monitoring"}, {"state": "monitoring", "status": "Half of it works"}):
        for form in ("plain", *SHORT_FORMS):
            assert "PayPal" not in story.compose("customer", form, **how).text
            given = story.compose("customer", form, workaround="update the app", **how)
            assert "you can do now: update the app." in given.text.lower().replace("what ", "")
        asked = remarks(story, **how)
        asked_for = (
            "Until now customers read as Workaround “use PayPal”. If it still holds, type it again, or just: same."
        )
        assert asked_for in asked
        assert "Until now customers read as What it means for them “You are not charged”. If it still" in asked
        assert "Until now" not in remarks(story, workaround="call us", meaning="a", **how)
    assert "use PayPal" in story.compose("customer", state="monitoring", workaround="same").text.replace("U", "u")
    staged = told().fact("workaround", "use PayPal").add(acts.stages.set_stage(BOOK, "recovery")).at(45)
    assert staged.values("customer")["workaround"] == "", "a fix is in place"
    assert staged.fact("workaround", "update the app").values("customer")["workaround"] == "update the app"
    story.send("customer", state="monitoring", workaround="update the app")
    assert "What you can do now: Update the app." in story.compose("customer", state="monitoring").text
    assert "Until now" not in remarks(story, state="monitoring"), "it has been said since, or left out"
    over = resolved(story)
    assert over.values("customer")["workaround"] == over.values("customer")["meaning"] == ""
    assert "Until now customers read as Workaround “update the app”." in remarks(over)
    over.send("customer", workaround="Please update the app")
    assert "What you can do now: Please update the app." in over.compose("customer").text


def test_what_may_be_over_is_asked_about_once_something_works() -> None:
    story = told().fact("impact", "doors do not open").fact("segment", "hotels in Rome").fact("workaround", "use keys")
    story.send("customer", meaning="You may have to wait", state="identified")
    works = {"state": "identified", "status": "All doors open again"}
    for text in ("Use keys.", "You may have to wait.", "Doors do not open.", "Hotels in Rome."):
        assert text in story.compose("customer", **works).text, "all of it is carried"
    labels = "What they may have seen, Who is affected, Workaround and What it means for them"
    says = "What we are doing says “All doors open again”, and"
    assert f"{says} {labels} are as they were before: change what no longer holds." in remarks(story, **works)
    new = works | {"impact": "a", "affected": "b", "workaround": "c"}
    assert f"{says} What it means for them is as it was before: change" in remarks(story, **new)
    assert "was before: change" not in remarks(story, **new, meaning="")
    assert "were before" not in remarks(story, state="identified", status="We are testing doors")
    assert "were before" not in remarks(story, **works | {"state": "monitoring"}), (
        "then it is told in the past, or asked for"
    )


def test_advice_and_claims_fit_what_happened() -> None:
    failing = told("file uploads").fact("impact", "uploading large files fails")
    assert "please check whether" not in failing.compose("customer", status="Fixed; please try your upload again").text
    text = told().compose("customer", impact="pages are slow", state="monitoring").text
    assert "If you need help, please contact our support team." in text, "as its field says"
    for impact in ("customers are charged twice", "orders are accepted but not shipped"):
        assert "please check" not in told("payments").compose("customer", impact=impact).text
    assert "please check your payments" in told("payments").compose("customer", impact="card payments fail").text
    assert "finding out why" not in resolved(told(severity=4)).compose("customer", impact="errors").text
    taken = told("login", 1, RISKS["security"]).compose("customer", impact="12 accounts were opened by somebody else")
    assert "We have had a problem with login since" in taken.text
    opened = resolved(told("login")).compose("customer", impact="somebody opened 12 accounts", meaning="see below")
    assert "What happened: Somebody opened 12 accounts." in opened.text
    apps = told("iOS and Android apps").compose("customer", impact="errors")
    assert "a problem with our iOS and Android apps since" in apps.text


@pytest.mark.parametrize(
    ("title", "named"),
    [
        ("Checkout errors", "a problem with checkout"),
        ("Payments fail in the EU", "a problem with payments"),
        ("Login is down", "a problem with login"),
        ("Kafka errors", "a problem with our service"),
        ("Everything is slow", "a problem with our service"),
        ("Checkout of gift cards", "a problem with our service"),
        ("Checkout errors", "a problem with our customer portal"),
    ],
)
def test_until_the_system_is_noted_customers_read_what_the_title_names(title: str, named: str) -> None:
    story = Told(2)
    story.entries.clear()
    story.add(acts.lifecycle.declare(title, 2, now=story.now))
    story.fact("system", "customer portal" if "portal" in named else "").at(40)
    assert f"We have had {named} since" in story.compose("customer", impact="An error is shown").text


def test_words_for_customers_stay_when_a_fact_for_colleagues_follows() -> None:
    story = told().fact("impact", "alarms arrive late")
    own, noted = "Please agree with them to call you.", "followers can agree with the patient to be called"
    story.send("customer", workaround=own)
    story.at(50).fact("workaround", noted)
    assert story.values("customer")["workaround"] == own
    assert f"Workaround is what you sent at 03:57 CET. Since then, “{noted}” is known" in remarks(story)
    story.fact("segment", "parents")
    assert "Who is affected is empty, as it was at 03:57 CET. Since then, “parents” is known" in remarks(story)
    assert story.fact("workaround", "").values("customer")["workaround"] == "", "it is none any more"


def test_a_title_that_nobody_wrote_follows_what_is_known() -> None:
    story = Told(title="Something is wrong with the member app!").fact("impact", "errors").at(20)
    story.send("customer", state="investigating")
    assert story.values("customer")["title"] == "Problem with our service"
    assert story.fact("system", "FitCircle app").values("customer")["title"] == "Problem with our FitCircle app"
    story.send("customer", state="investigating", title="Trouble with the app")
    assert story.fact("system", "class bookings").values("customer")["title"] == "Trouble with the app"
