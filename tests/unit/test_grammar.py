"""Putting what people type into a sentence changes its first letter, its end and its lines, and never its words."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from warroom.messages import grammar
from warroom.messages.grammar import clause, listed, points, sentence, without_label
from warroom.messages.length import length


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("errors when paying", "Errors when paying."),
        ("Customers cannot pay.", "Customers cannot pay."),
        ("does it work?", "Does it work?"),
        ("he said “it fails.”", "He said “it fails.”"),
        ("about 20 %", "About 20 %."),
        ("errors (web and app)", "Errors (web and app)."),
        ("iPhone users see nothing", "iPhone users see nothing."),
        ("API calls fail", "API calls fail."),
        ("payment-api fails", "payment-api fails."),
        ("api.js is missing", "api.js is missing."),
        ("nginx answers 502", "nginx answers 502."),
        ("e-mails arrive late", "E-mails arrive late."),
        ("customer's orders wait", "Customer's orders wait."),
        ("état inconnu", "État inconnu."),
        ("ошибки при оплате", "Ошибки при оплате."),
        ("ßeta", "ßeta."),
        ("api calls fail", "API calls fail."),
        ("db failover in progress...", "DB failover in progress."),
        ("go/no-go for the failover", "Go/no-go for the failover."),
        ("ios users see nothing", "iOS users see nothing."),
        ("us customers wait", "Us customers wait."),
        ("src/main.py is missing", "src/main.py is missing."),
        ("1. cards", "1. Cards."),
        ("see https://status.example.com", "See https://status.example.com"),
        ("write to help@example.com", "Write to help@example.com"),
        ("payments fail 🔥", "Payments fail 🔥"),
        ("支払いができません", "支払いができません"),
        ("one thing, ", "One thing."),
        ("payments fail;", "Payments fail."),
        ("payments fail -", "Payments fail."),
        ("errors...", "Errors."),
        ("too  many   spaces", "Too many spaces."),
        ("- one item", "One item."),
        ("[Impact?]", "[Impact?]"),
        ("ok\nnot ok", "- Ok\n- Not ok"),
        ("- It fails.\n- no mail", "- It fails.\n- No mail."),
        ("two things:\n- cards\n- wallets", "Two things:\n- Cards\n- Wallets"),
        ("  ", ""),
    ],
)
def test_a_sentence(typed: str, shown: str) -> None:
    assert sentence(typed) == shown
    assert sentence(shown) == shown


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("About 20 % of attempts.", "about 20 % of attempts"),
        ("The checkout fails.", "the checkout fails"),
        ("Acme and Globex", "Acme and Globex"),
        ("Orders at Acme Inc.", "orders at Acme Inc."),
        ("A third", "a third"),
        ("Notification e-mails arrive late", "notification e-mails arrive late"),
        ("Uploading a file fails", "uploading a file fails"),
        ("Stripe payments fail", "Stripe payments fail"),
        ("Errors when paying\nNo e-mail.", "errors when paying; no e-mail"),
        ("Two things:\n- cards\n- wallets", "two things: cards; wallets"),
        ("Wait…", "Wait"),
    ],
)
def test_a_clause(typed: str, shown: str) -> None:
    assert clause(typed) == shown


def test_a_list_and_the_line_that_introduces_it() -> None:
    assert listed("a:\n- b\n\n* c") == ("a:", ["b", "c"])
    assert listed("a\n- b") == ("", ["a", "b"])
    assert points("only one") == "Only one"


@pytest.mark.parametrize(
    ("typed", "labels", "shown"),
    [
        ("Impact: payment fails", ["Impact"], "Payment fails"),
        ("IMPACT: payment fails", ["Impact while it lasted"], "Payment fails"),
        ("Current status: rolling back", ["Status"], "Rolling back"),
        ("Status: rolling back", ["Current status"], "Rolling back"),
        ("- Impact: payment fails\n- more", ["Impact"], "- Payment fails\n- more"),
        ("Cause found: a release", ["What changed"], "Cause found: a release"),
        ("Impact:", ["Impact"], "Impact:"),
        ("https://example.com", ["https"], "https://example.com"),
        ("Impacted: all", ["Impact"], "Impacted: all"),
    ],
)
def test_a_label_is_not_told_twice(typed: str, labels: list[str], shown: str) -> None:
    assert without_label(typed, *labels) == shown


@given(st.text(alphabet="aB1 é.:;-*\n“”?!()[]@/", max_size=40))
def test_no_word_is_lost_or_changed(typed: str) -> None:
    def words(text: str) -> str:
        return "".join(letter for letter in text.casefold() if letter.isalnum())

    for change in (sentence, clause, points, grammar.capital):
        assert words(change(typed)) == words(typed)


@pytest.mark.parametrize(
    ("form", "text", "words"),
    [
        ("sms", "x" * 142, "142 of 160"),
        ("sms", "x" * 172, "12 over: the phone network splits it in 2"),
        ("sms", "[" + "x" * 158, "160 of 160"),
        ("sms", "x" * 307, "147 over: the phone network splits it in 3"),
        ("sms", "“" * 70, "70 of 70"),
        (
            "sms",
            "x" * 70 + "…",
            "1 over: the phone network splits it in 2 (“…” leaves room for 70 characters instead of 160)",
        ),
        ("sms", "🔥" * 35, "70 of 70"),
        ("social", "x" * 200 + " https://example.com/" + "y" * 300, "224 of 280"),
        ("social", "支" * 141, "2 over: a post takes 280 characters"),
        ("status", "T" * 103, "3 over: the title of a status page takes 100 characters"),
    ],
)
def test_what_fits_where_it_goes(form: str, text: str, words: str) -> None:
    found = length(form, text, text if form == "status" else "")
    assert found is not None
    assert found.words == words


@pytest.mark.parametrize("form", ["plain", "email", "slack", "markdown", "status"])
def test_other_forms_have_no_limit(form: str) -> None:
    assert length(form, "x" * 10_000) is None


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ("all traffic on fallback. error rate is falling", "All traffic on fallback. Error rate is falling."),
        ("is it over? yes! nginx is up.  we watch it", "Is it over? Yes! nginx is up. We watch it."),
        ("see e.g. the log, i.e. approx. five, no. seven", "See e.g. the log, i.e. approx. five, no. seven."),
        ("use it. iPhone works. api.example.com answers", "Use it. iPhone works. api.example.com answers."),
        ('it says "failed. try again". then it stops', 'It says "failed. try again". Then it stops.'),
        ("first. second\nthird", "- First. Second.\n- Third."),
    ],
)
def test_every_sentence_begins_with_a_capital(typed: str, told: str) -> None:
    assert sentence(typed) == told
