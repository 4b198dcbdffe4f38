"""What customers read of a status: words in front of it that fit, no claim that nobody made, and open questions."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import UTC

import pytest

from tests.unit.test_compose import BOOK, KINDS
from tests.unit.test_customers_read import RISKS, remarks, resolved, told
from warroom import places
from warroom.messages.compose import compose
from warroom.messages.fields import prefill
from warroom.messages.fitting import fitted
from warroom.messages.hints import hints
from warroom.messages.length import SHORT_FORMS, Length, length
from warroom.messages.worth import Choice, marking, parts_of, worth
from warroom.model import playbook
from warroom.model.snapshot import Snapshot

STATUSES = (
    "queue draining fast",
    "watching error rates",
    "node's back up",
    "missing index",
    "JS error on safari",
    "found it, db lock",
    "The cache is too small",
    "A cable was cut",
    "replica was promoted w/ old data",
    "Rolling nodes",
    "rolled back the driver",
    "we moved payments to the second provider",
    "Two teams are working on the backups",
    "An expired certificate is being replaced",
    "70 % of devices are back",
    "all hands on it",
    "fix in review",
    "We don't know yet if bank details were shown",
    "billing job ran twice",
    "testing failed, retrying",
    "Restarting",
    "- cert renewed\n- rolling nodes",
    "captcha off for now; existing users ok",
    "they say it takes an hour",
    "Corrected invoices being generated",
    "It works for some",
    "We are reading the logs",
    "we are losing orders",
    "8.4.1 is in the App Store",
    "",
)
"""What is typed as the status: acts, causes, what is so, questions, half sentences."""
WHOLE = (
    *("we moved payments to the second provider", "We are reading the logs"),
    *("Two teams are working on the backups", "An expired certificate is being replaced"),
    *("The cache is too small", "A cable was cut", "replica was promoted w/ old data", "70 % of devices are back"),
    *("they say it takes an hour", "It works for some", "we are losing orders"),
    "8.4.1 is in the App Store",
)
"""Those that are sentences, and tell what is so: nothing stands in front of them."""
ACT = re.compile(
    r"(?:we|our team|two teams) (?:are|is) (?!losing)|(?:checking|rolling|watching|restarting|re\w+ing)\b"
    r"|.* (?:is|are) being |- (?:checking|rolling)",
    re.IGNORECASE,
)
RECOVERED = re.compile(r"\b(?:again|recovered|back to normal|works? normally|fully)\b", re.IGNORECASE)


@pytest.mark.parametrize("state", ["investigating", "identified", "monitoring"])
def test_a_status_stands_behind_words_that_fit_it_and_nothing_is_claimed_that_nobody_said(state: str) -> None:
    story = told()
    for status in STATUSES:
        for form in ("plain", *SHORT_FORMS):
            text = story.compose("customer", form, impact="errors when paying", state=state, status=status).text
            assert not RECOVERED.search(text.replace("pay again", "")), text
            assert "Until then" not in text
        text = story.compose("customer", impact="errors when paying", state=state, status=status).text
        said = re.search(r"\n(What we (?:are doing|did|do not know yet|know and .*)|Latest): ?\n?(.*)", text)
        if status in WHOLE:
            assert said is None, text
            assert f"\n\n{status[0].upper()}{status[1:].replace('w/', 'with')}.\n\n" in text
        elif said is None:
            assert status in ("", "Restarting"), text
        elif said[1] == "What we are doing":
            assert ACT.match(said[2]), said[0]
        elif said[1] == "What we did":
            assert re.match("Rolled back", said[2]), said[0]
        elif said[1] == "What we do not know yet":
            assert said[2] == "Whether bank details were shown."
        elif said[1] != "Latest":
            assert status == "testing failed, retrying"


CAUSE_AND_ACT = (
    "An expired certificate prevents the sign-in. We are replacing it.",
    "Our mail queue grew faster than it could be processed. We have added capacity.",
    "One of our machines drops connections, we are taking it out of service.",
    "The database is overloaded by a reporting job, which we have stopped.",
    "A wrong tax table was used. We will issue corrected invoices; you don't have to do anything.",
    "A retry job sent the same payment twice. The job is switched off.",
    "A change sent orders to the wrong list\nWe have reverted the change",
)


def test_a_status_of_several_sentences_has_words_in_front_that_fit_all_of_them() -> None:
    story = told()
    for status in CAUSE_AND_ACT:
        text = story.compose("customer", impact="errors", state="identified", status=status).text
        assert "Latest: " not in text, status
    text = story.compose("customer", impact="errors", state="identified", status=CAUSE_AND_ACT[0]).text
    assert f"\n\n{CAUSE_AND_ACT[0]}\n\n" in text
    mixed = story.compose("customer", impact="errors", state="identified", status=CAUSE_AND_ACT[5]).text
    assert f"\nWhat we know and what we are doing: {CAUSE_AND_ACT[5]}\n" in mixed


OWN = """
[names]
suppliers = ["globex"]
ours = ["kiosk"]
ordinary = ["parking", "kiosk"]
[[repeats]]
words = ["parking"]
unless = ["parking map"]
what = "a parking ticket"
where = "tickets"
again = "pay"
"""


def test_a_company_names_its_products_and_what_may_have_gone_through() -> None:
    shipped = (places.templates() / "playbook.toml").read_text("utf-8")
    begins = shipped.index("[names]")
    text = shipped[:begins] + OWN + shipped[shipped.index("# -----", begins) :]
    book = playbook.load(text, file="playbook.toml", built_in=lambda: BOOK)
    assert (book.names.suppliers, book.names.internal) == (("globex",), BOOK.names.internal)

    def read(system: str, impact: str) -> str:
        snapshot = Snapshot(told(system).incident, book, told(system).now, UTC)
        values = prefill(KINDS["customer"], snapshot) | {"impact": impact, "title": ""}
        return compose(KINDS["customer"], values, snapshot).text

    assert "a problem with our parking kiosk since" in read("Parking Kiosk", "errors")
    assert "a problem with our service since" in read("Globex", "errors")
    assert "If a parking ticket failed, please check your tickets before you pay again." in read("x", "parking fails")
    assert "please check" not in read("x", "the parking map fails")
    for wrong, expected in (
        ('suppliers = ["(x"]', "names.suppliers: expected words, of which the last may end with *, found '(x'"),
        ('supplier = ["x"]', "supplier"),
    ):
        with pytest.raises(playbook.PlaybookError, match=re.escape(expected)):
            playbook.load(text.replace('suppliers = ["globex"]', wrong), file="playbook.toml")
    with pytest.raises(playbook.PlaybookError, match="expected where and again beside what"):
        playbook.load(text.replace('again = "pay"\n', ""), file="playbook.toml")


SEEN = (
    "API took 20+ secs or times out",
    "API calls take more than 20 seconds or time out",
    "Notifications arriving twice",
    "Emails arriving 2-3 hrs late",
    "bookings people entered and saved disappear",
    "the app says you have no internet",
    "app says no internet even tho there is",
    "users will see an error",
    "Cart empties itself, coupons rejected",
    "Some prices show as 0.00 and people buy",
    "webhooks not sent since 9ish",
    "users can't log in and get an error",
    "dashboards take 30+ secs or hang",
    "search shows old stuff / no results",
    "App crashes on launch since 5.1",
    "the stream freezes and ends",
    "widget covers half the page on mobile",
    "takes 30-40s to log in, some time out",
    "the terminals show “No connection”",
    "The weekly report arrives as an empty file",
    "Texts come back in English",
    "Pictures are blurred and sound breaks up",
    "E-mails bounce back to customers",
    "Vehicle positions have not moved since 03:10",
    "Anyone who changed their password today is locked out",
    "Customers stand in front of cars that do not open",
    "items shown as in stock but aren't; ppl order and get cancelled",
)
STILL = re.compile(
    r"\b(?:is|are|has|have|does|do|can't|cannot|times? out|takes?|says|shows?|gets?|disappear|empties|would)\b"
)


def test_what_was_seen_is_told_in_the_past_or_behind_words_for_any_tense() -> None:
    for impact in SEEN:
        story = resolved(told().fact("impact", impact))
        for kind in ("customer", "resolution"):
            text = story.compose(kind, root_cause="a", resolution="b").text
            assert (
                "you may have seen" in text or "What happened:" in text or "The problem:" in text or kind != "customer"
            )
            for line in re.findall(r"(?:What happened|What you may have seen|while it lasted): (.*)", text):
                assert not STILL.search(line), line


def test_what_is_not_known_reaches_everybody_and_is_remarked_on() -> None:
    question = "We don't know yet if bank details were shown"
    story = told().fact("unknown", "whether bank details were shown")
    story.send("customer", impact="errors", status=question)
    story = resolved(story)
    assert "What we don't know yet: Whether bank details were shown." in story.compose("resolution").text
    assert "The last message to customers said" in remarks(story, impact="errors")
    assert "still noted as not known" in remarks(story, impact="errors")
    said = story.compose("customer", impact="errors", meaning="It is unclear if your card was used")
    assert "It is resolved" in said.text
    assert "says “unclear”" not in remarks(story, meaning="It is unclear if it was used"), "it was just typed"
    sent_before = resolved(told())
    sent_before.send("customer", impact="errors", meaning="It is unclear if your card was used")
    assert "says “unclear”, and the incident is resolved" in remarks(sent_before)
    shown = story.compose("customer", impact="errors", status=question).text
    assert "What we do not know yet: Whether bank details were shown." in shown
    assert "normally again" not in shown
    taken = told(severity=1, basis=RISKS["security"]).fact("breach", "yes")
    assert "We are finding out whether" not in taken.compose("customer", impact="errors").text
    assert "whether their data is affected" in remarks(taken, impact="errors")


def test_the_end_says_what_will_prevent_it_and_what_was_not_affected() -> None:
    steps = (
        "Add an alert that warns us before a certificate expires\nPost-mortem by Friday\n"
        "- we will test the renewal every month\nAsk Dana about the logs\nReplace redis in all regions\n"
        "Add an alert on payment errors"
    )
    story = resolved(told().fact("data_loss", "no").fact("unknown", "none"))
    assert "not known" not in remarks(story, impact="errors")
    story.send(
        "resolution", impact="errors", root_cause="a certificate expired", resolution="renewed it", next_steps=steps
    )
    text = story.compose("customer", impact="errors").text
    assert (
        "So that it does not happen again:\n- We will add an alert that warns us before a certificate expires.\n"
        "- We will test the renewal every month.\n- We will add an alert on payment errors.\n\n" in text
    )
    said = "Customers do not read all of what will prevent it: “Replace redis in all regions” ("
    assert said in remarks(story, impact="errors")
    assert "What this means for you: No data was lost." in text
    assert "No data" not in story.compose("customer", impact="errors", meaning="You were not charged").text
    assert "No data" not in told().fact("data_loss", "no").compose("customer", impact="errors").text


def test_what_was_done_is_told_as_it_was_typed_where_it_is_no_act_of_ours() -> None:
    for how, shown in (
        ("Corrected invoices were sent", "How it was resolved: Corrected invoices were sent."),
        ("Corrected the invoices", "How it was resolved: Corrected the invoices."),
        ("Our supplier repaired the cable", "How it was resolved: Our supplier repaired the cable."),
        ("Carrier restored the routes", "How it was resolved: Carrier restored the routes."),
        ("Works again, and the site is reachable", "How it was resolved: Works again, and the site is reachable."),
    ):
        assert shown in resolved(told(), how).compose("customer", impact="errors").text
    for affected, shown in (("half of all orders", "Affected: Half"), ("EU customers", "Who is affected: EU")):
        assert shown in told().compose("customer", impact="errors", affected=affected).text


marked = marking(str)


def test_a_key_in_a_long_text_composes_a_short_form_with_few_tries() -> None:
    text = " ".join(f"Shop {at} shows an error page, and orders are confirmed late; the app works." for at in range(50))
    for form in SHORT_FORMS:
        tries: list[int] = []

        def write(values: Mapping[str, object], tries: list[int] = tries) -> list[str | Choice]:
            tries.append(1)
            parts = parts_of("".join(str(marked(worth(values[field], 5))) for field in ("impact", "meaning")))
            return parts if values["tight"] else ["Checkout:", *parts]

        fits = fitted(form, write, {"impact": text, "meaning": text.replace("Shop", "Hall")}, ["impact", "meaning"])
        assert fits.left_out == ("impact", "meaning")
        assert "Shop 0" in fits.text
        assert not (length(form, fits.text) or Length(1, 0)).over
        assert len(tries) < 20


HOW = (
    # what was typed as colleagues resolved it, and what customers read of it
    ("Refunded all duplicate charges", "How it was resolved: Refunded all duplicate charges."),
    ("Sent corrected invoices to all 870 customers", "How it was resolved: Sent corrected invoices to all 870"),
    ("Corrected invoices sent to all 870 customers", "How it was resolved: Corrected invoices sent to all 870"),
    ("Added capacity", "How it was resolved: Added capacity."),
    ("Revoked all keys", "How it was resolved: Revoked all keys."),
    ("Released the fix for large exports", "How it was resolved: Released the fix for large exports."),
    ("Version 8.4.1 is in the App Store", "How it was resolved: Version 8.4.1 is in the App Store."),
    ("The failed network switch was replaced", "How it was resolved: The failed network device was replaced."),
    ("The failed network device was replaced", "How it was resolved: The failed network device was replaced."),
    ("Added storage for Portugal and Spain", "How it was resolved: Added storage for Portugal and Spain."),
    ("Routed calls via Singapore", "How it was resolved: Routed calls via Singapore."),
    (
        "The disk was enlarged. The shops were opened",
        "How it was resolved: The disk was enlarged. The shops were opened.",
    ),
    ("Rolled back to the previous version", "How it was resolved: Went back to the previous version."),
)
KEPT_BACK = (
    # what was typed, what customers read of it, and what the sender is told about the rest
    ("Account locked, sessions reset, MFA enforced", "", "“MFA”"),
    ("Cleared disk on auth db; we sent all orders again", "How it was resolved: We sent all orders again.", "“auth”"),
    ("Admissions restarted in all wards", "", "it is a note and no sentence"),
    ("Configuration reverted, backlog delivered", "", "it is a note and no sentence"),
    ("Full badge list loaded at all sites. We checked the gates", "How it was resolved: We checked", "it is a note"),
    ("Old payment form restored", "", "it is a note and no sentence"),
    (
        "Payments switched to the fallback gateway; checkout verified",
        "",
        "“checkout verified” (it is a note and no sentence)",
    ),
    ("The update of the store was rolled back", "", "“rolled back”"),
    ("Added the missing index", "", "“missing index”"),
    ("The tax service returned 0", "", "“returned 0”"),
    ("The carrier changed its routes without notice", "", "makes somebody the cause"),
    ("Marco restarted the server", "", "who did it (“Marco”)"),
    ("Fixed by Marco", "", "“by Marco” is not for customers"),
    ("Restored from s3 versioning", "", "“s3” may be a name"),
    ("The leaked keys were revoked", "", "“leaked” is for lawyers"),
)


def test_what_was_typed_at_the_end_reaches_customers_as_far_as_nothing_is_remarked_on() -> None:
    for how, shown in HOW:
        story = resolved(told(), how)
        assert shown in story.compose("customer", impact="errors").text, how
        assert "Customers do not read" not in remarks(story, impact="errors"), how
    for how, shown, why in KEPT_BACK:
        story = resolved(told(), how)
        text, hint = story.compose("customer", impact="errors").text, remarks(story, impact="errors")
        assert (shown in text) if shown else ("What we did" not in text and "How it was" not in text), how
        assert f"Customers do not read{' all of' * bool(shown)} how it was resolved: " in hint, how
        assert why in hint
        assert "Say it in plain words in What we are doing." in hint
        assert "Customers do not read" not in remarks(story, impact="errors", status="We replaced the lock")


def test_customers_read_why_it_happened_as_colleagues_found_and_no_status_as_if_it_were_a_cause() -> None:
    story = told()
    story.send(
        "customer",
        impact="errors",
        state="identified",
        status="An expired certificate prevents the sign-in. Renewing it.",
    )
    ended = resolved(story)
    assert "Why it happened" not in ended.compose("customer").text
    steps = "Alert on payment API latency by Dec 4\nAutomatic failover to the fallback gateway by Dec 18\nPost-mortem"
    ended.send(
        "resolution",
        impact="errors",
        root_cause="A full disk stopped the orders",
        resolution="cleared",
        next_steps=steps,
    )
    text = ended.compose("customer").text
    assert "Why it happened: A full disk stopped the orders.\n" in text
    assert "- We will add an alert that warns us when the payment API responds slowly.\n" in text
    assert "- We will make the switch to the backup system automatic.\n" in text
    status = "Orders can be placed again"
    for cause, why in (
        ("Redis was full", "“Redis”"),
        ("Memory leak in version 8.2 of the app", "it does not say what happened"),
        ("A certificate on the first gateway had expired", "they have not read of “the first gateway”"),
        ("A page sent every gift twice when the card processor was slow", "read of “the card processor”"),
        ("An export was incomplete. Badge list of Friday cut", "“Badge list of Friday cut” (it is a note and no"),
        ("A full disk stopped the orders", ""),
    ):
        ended.send("resolution", impact="errors", root_cause=cause, resolution="cleared")
        kept_back = "Customers do not read why it happened: " in (asked := remarks(ended, status=status))
        assert (kept_back, why in asked) == (bool(why), True), cause
        assert "why it happened" not in remarks(ended, status=f"{status}; a fault of our software was the reason")
    for known, why in (("The cause was found and fixed", ""), ("The cause is identified: a disk was full", "A disk")):
        text = resolved(told().fact("known", known)).compose("customer", impact="errors").text
        assert (f"Why it happened: {why}" in text) if why else "Why it happened" not in text
    for status in (
        "A storage problem was found, and a fix is going out",
        "Bad price file got sent, our IT guy is on it",
    ):
        told_before = told()
        told_before.send("customer", impact="errors", state="identified", status=status)
        assert "Why it happened" not in resolved(told_before).compose("customer").text


SCOPES = (
    # a fact, and what customers read of it
    ("20 % of attempts", "\nAffected: 20 % of attempts.\n"),
    ("all customers in Europe", "\nWho is affected: All customers in Europe.\n"),
    ("customers with version 8.4 on iOS 18", "\nWho is affected: Customers with version 8.4 on iOS 18.\n"),
    ("around 8% of requests, mostly in us-east-1", "\nAffected: Around 8% of requests, mostly in one region.\n"),
    ("~20% of txns", "\nAffected: About 20% of transactions.\n"),
    ("unknown", ""),
    ("everyone i think", ""),
    ("312 orders since 08:00", ""),
)


def test_a_scope_that_is_known_as_a_fact_reaches_customers_until_it_is_cleared() -> None:
    for noted, shown in SCOPES:
        story = told().fact("impact", "errors").fact("affected", noted).fact("customers", "870")
        text = story.compose("customer").text
        assert shown in text if shown else "ffected:" not in text, noted
        assert "870" not in text, "a count of colleagues"
        asked = not shown and noted != "unknown"
        assert (f"Customers do not read “{noted}” (" in remarks(story)) is asked, noted
    story = told().fact("impact", "errors").fact("affected", "20 % of attempts")
    story.send("customer", affected="")
    assert "ffected:" not in story.compose("customer").text
    story = told().fact("affected", "20 %").fact("segment", "EU customers")
    assert "\nWho is affected: EU customers.\n" in story.compose("customer", impact="errors").text
    assert "\nEstimate: Twilio expects recovery by 15:00 UTC.\n" in (
        told().fact("impact", "errors").fact("eta", "Twilio expects recovery by 15:00 UTC").compose("update").text
    )


@pytest.mark.parametrize(
    ("cause", "told_to_customers"),
    [
        ("The certificate was not renewed in time", "The certificate was not renewed in time"),
        ("There was no alert on the disk", "There was no alert on the disk"),
        ("The disk was not renewed in May", "The disk was not renewed in May"),
        ("The disk may have been full", ""),
        ("We don't know yet", ""),
        ("Not yet known", ""),
        ("It isn't clear why the disk filled up", ""),
        ("Maybe the disk was full", ""),
    ],
)
def test_a_cause_may_be_something_that_was_not_there(cause: str, told_to_customers: str) -> None:
    story = resolved(told())
    story.send("resolution", impact="errors", root_cause=cause, resolution="fixed it")
    text = story.compose("customer", impact="errors").text
    assert (told_to_customers or "finding out why") in text, text
    assert cause == told_to_customers or cause not in text


@pytest.mark.parametrize(
    "status",
    ["Search is switched off while we rebuild the index", "The certificate expired; we're uploading a new one"],
)
def test_what_was_done_about_it_is_not_told_as_the_cause(status: str) -> None:
    story = told()
    story.send("customer", impact="errors", state="identified", status=status)
    assert "Why it happened" not in resolved(story).compose("customer", impact="errors").text


def test_a_single_technical_word_is_not_swapped_behind_the_back_of_its_sender() -> None:
    story = resolved(told())
    story.send(
        "resolution", impact="errors", root_cause="A stale replication lock was left behind", resolution="fixed it"
    )
    text = story.compose("customer", impact="errors").text
    assert "Why it happened" not in text
    assert "replication" not in text
    told_of = hints(KINDS["customer"], story.values("customer", impact="errors"), story.snapshot, BOOK)
    assert any("replication" in hint for hint in told_of)


@pytest.mark.parametrize(
    ("status", "all_works"),
    [
        ("Clock 3 works again. Clock 5 is being tested.", False),
        ("Clocks 3 and 4 work again, clock 5 is still being tested.", False),
        ("All auctions run again, except those for roses.", False),
        ("Clock 3 works again. Clock 5 works again.", True),
        ("All auctions run again, without delays.", True),
    ],
)
def test_a_workaround_stays_while_a_part_that_is_named_does_not_work(status: str, all_works: bool) -> None:
    way = "You can bid in the auction hall"
    story = told().fact("impact", "online bids are not counted").fact("workaround", way)
    story.send("customer", state="identified", status="We have found the cause")
    text = story.at(30).compose("customer", state="monitoring", status=status).text
    assert (way in text) is not all_works
