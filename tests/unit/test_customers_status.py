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
from warroom.messages.fitting import Fitted, fitted
from warroom.messages.length import SHORT_FORMS
from warroom.messages.ranks import Part, rank
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
    *("8.4.1 is in the App Store", "We don't know yet if bank details were shown", "testing failed, retrying"),
)
"""Those that are sentences: nothing stands in front of them."""
RECOVERED = re.compile(r"\b(?:again|recovered|back to normal|works? normally|fully)\b", re.IGNORECASE)


@pytest.mark.parametrize("state", ["investigating", "identified", "monitoring"])
def test_a_status_that_is_no_sentence_has_a_label_and_nothing_is_claimed_that_nobody_said(state: str) -> None:
    story = told()
    for status in STATUSES:
        for form in ("plain", *SHORT_FORMS):
            text = story.compose("customer", form, impact="errors when paying", state=state, status=status).text
            assert not RECOVERED.search(text.replace("pay again", "")), text
            assert "Until then" not in text
        text = story.compose("customer", impact="errors when paying", state=state, status=status).text
        shown = re.sub(r"(?m)^(- )?(.)", lambda found: (found[1] or "") + found[2].upper(), status)
        shown = shown.replace("w/", "with")
        fixed = state == "monitoring" and "\n" not in status  # it may be what is done, or what has become of it
        if status in WHOLE or not status or fixed:
            assert "What we are doing" not in text, text
            assert status not in WHOLE or f"\n\n{shown}.\n\n" in text
            assert not fixed or f"\n\n{shown[:7]}".casefold() in text.casefold()
        else:
            begins = (
                f"\nWhat we are doing:\n- {status[2:8]}"
                if status.startswith("-")
                else f"\nWhat we are doing: {shown[:7]}"
            )
            assert begins.casefold() in text.casefold(), text
        sentence = story.compose("customer", impact="errors", state=state, status=f"{status or 'a'}.").text
        assert "What we are doing" not in sentence or "\n" in status, "what was typed with a full stop is a sentence"


CAUSE_AND_ACT = (
    "An expired certificate prevents the sign-in. We are replacing it.",
    "Our mail queue grew faster than it could be processed. We have added capacity.",
    "One of our machines drops connections, we are taking it out of service.",
    "The database is overloaded by a reporting job, which we have stopped.",
    "A wrong tax table was used. We will issue corrected invoices; you don't have to do anything.",
    "A retry job sent the same payment twice. The job is switched off.",
    "A change sent orders to the wrong list\nWe have reverted the change",
)


def test_a_status_of_several_sentences_needs_nothing_in_front() -> None:
    story = told()
    for status in CAUSE_AND_ACT:
        text = story.compose("customer", impact="errors", state="identified", status=status).text
        assert ("What we are doing:" in text) is ("\n" in status), "of a list, a label says what it is"
        assert "\n" in status or f"\n\n{status}\n\n" in text


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
            assert "What happened:" in text or "The problem:" in text or kind != "customer"
            for line in re.findall(r"(?:What happened|while it lasted): (.*)", text):
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
    unclear, sent_before = {"impact": "errors", "meaning": "It is unclear if your card was used"}, told()
    sent_before.send("customer", **unclear)
    assert "Until now customers read as What it means for them “It is unclear" in remarks(resolved(sent_before))
    sent_before = resolved(sent_before)
    sent_before.send("customer", **unclear)
    assert "says “unclear”, and the incident is resolved" in remarks(sent_before)
    shown = story.compose("customer", impact="errors", status=question).text
    assert f"\n\n{question}.\n\n" in shown
    assert "normally again" not in shown
    taken = told(severity=1, basis=RISKS["security"]).fact("breach", "yes")
    assert "We are finding out whether" not in taken.compose("customer", impact="errors").text
    assert "whether their data is affected" in remarks(taken, impact="errors")


def test_the_end_says_what_was_not_affected_in_a_field_that_its_sender_sees() -> None:
    story = resolved(told().fact("data_loss", "no").fact("unknown", "none"))
    assert "not known" not in remarks(story, impact="errors")
    assert story.values("customer")["meaning"] == "No data was lost"
    assert "What this means for you: No data was lost." in story.compose("customer", impact="errors").text
    assert "No data" not in story.compose("customer", impact="errors", meaning="You were not charged").text
    assert "No data" not in told().fact("data_loss", "no").compose("customer", impact="errors").text


@pytest.mark.parametrize("severity", [1, 3])
def test_the_apology_fits_a_breach_at_any_severity(severity: int) -> None:
    worry = "We are sorry for the trouble and the worry this causes you."
    for breach, shown in (("confirmed: 14 CVs were opened", True), ("suspected", True), ("no", False), ("", False)):
        for story in (
            told(severity=severity).fact("breach", breach),
            resolved(told(severity=severity).fact("breach", breach)),
        ):
            text = story.compose("customer", impact="errors", meaning="a").text
            assert (worry in text) is shown
            assert text.count("We are ") - text.count("We are investigating") - text.count("We are still") == 1
            assert worry not in story.compose("customer", impact="errors", apology="Sorry!").text


def test_a_key_in_a_long_text_composes_a_short_form_with_few_tries() -> None:
    text = " ".join(f"Shop {at} shows an error page, and orders are confirmed late; the app works." for at in range(50))
    for form in SHORT_FORMS:
        tries: list[int] = []

        def write(values: Mapping[str, object], tries: list[int] = tries) -> list[str | Part]:
            tries.append(1)
            told = [values[field] for field in ("impact", "meaning") if values[field]]
            return ["Checkout is slow.", *(rank(text, 1).part for text in told)]

        fits = fitted(
            form, write, {"impact": text, "meaning": text.replace("Shop", "Hall")}, ["impact", "meaning", "x"]
        )
        assert fits == Fitted("Checkout is slow.", {"impact": False, "meaning": False})
        assert len(tries) == 3, "once, and once for each that may have no room"


def test_who_is_affected_is_the_segment_and_a_share_for_colleagues_is_only_offered() -> None:
    story = told().fact("impact", "errors").fact("affected", "31 of 118 filings").fact("customers", "870")
    assert "ffected:" not in story.compose("customer").text
    asked = "Colleagues read as Affected “31 of 118 filings”: say in Who is affected which customers it is."
    assert asked in remarks(story)
    assert asked not in remarks(story, affected="all law firms")
    assert asked not in remarks(told().fact("affected", "unknown"))
    assert "Colleagues read as Affected" not in remarks(told().fact("affected", "no idea, 80 tickets"))
    story.send("customer")
    assert asked not in remarks(story), "its sender has left it out"
    assert "32 of 118" in remarks(story.at(50).fact("affected", "32 of 118 filings"))
    story.fact("segment", "law firms in Cook and Lake counties")
    assert "Who is affected is empty, as it was at 03:57 CET. Since then, “law firms" in remarks(story)
    assert "32 of 118" not in remarks(story), "one hint for one field"
    story = told().fact("affected", "20 %").fact("segment", "EU customers")
    for end in (story, resolved(story)):
        assert "\nAffected: EU customers.\n" in end.compose("customer", impact="errors").text
    for affected in ("half of all orders", "EU customers"):
        shown = f"\nAffected: {affected[0].upper()}{affected[1:]}.\n"
        assert shown in told().compose("customer", impact="errors", affected=affected).text
    assert "\nEstimate: Twilio expects recovery by 15:00 UTC.\n" in (
        told().fact("impact", "errors").fact("eta", "Twilio expects recovery by 15:00 UTC").compose("update").text
    )
