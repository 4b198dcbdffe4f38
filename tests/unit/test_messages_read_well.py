"""Every message, in every state and form and however its fields are filled in, reads without an edit."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

import pytest

from tests.unit.test_compose import KINDS, RULES, TYPED, Told, checkout
from warroom import wording
from warroom.messages.checking import message_to_check
from warroom.messages.compose import Composed, compose
from warroom.messages.fields import repeated_message
from warroom.messages.forms import FORMS, STATES, Text
from warroom.messages.length import SHORT_FORMS
from warroom.model import acts
from warroom.model.entries import Draft
from warroom.model.kinds.lifecycle import Resolved

ORDINARY = {
    "impact": "errors when paying",
    "affected": "about 20 % of attempts",
    "system": "checkout",
    "status": "switching to the second payment system",
    "progress": "cause found: the payment API answers too late\ntraffic moved to the second payment system",
    "root_cause": "the payment API timed out under load",
    "resolution": "payments were moved to the second payment system",
    "what_i_need": "approval to refund failed orders, by 05:00 CET",
    "why": "estimate above 2 h",
    "phone": "+49 170 5550100",
    "name": "Dana",
}
"""What is in a field that a filling below says nothing about."""

FILLINGS: tuple[str | dict[str, str], ...] = (
    # a text goes into every field that takes words of any kind
    "errors when paying",
    "Customers cannot pay by card.",
    "checkout fails",
    "20 % of payments fail",
    "- errors when paying\n- no confirmation e-mail",
    "Errors when paying.\nNo confirmation e-mail",
    "Two things fail:\n- cards\n- wallets",
    "cards fail\nwallets work\n\nbank transfers work",
    "iPhone users see a blank page",
    "API calls time out",
    "eBay orders are not imported!",
    "e-mails arrive late",
    "“Payment failed” is shown",
    "Is it only Europe? Not known.",
    "see https://status.example.com/i/42",
    "nothing can be bought (web and app)",
    "payment-api answers with errors",
    "a third of the orders, approx.",
    "1. cards fail\n2. wallets fail",
    "errors at Acme Inc.",
    "Zahlungen schlagen fehl",
    "ошибки при оплате",
    "支払いができません",
    "€40k of orders wait…",
    "you may see errors when you pay.",
    "Some customers are affected.",
    "Customers see errors when they pay by card",
    "I need approval to refund",
    "because it takes long",
    "The root cause is not known yet.",
    "payments fail for 20 % of attempts, and",
    "payments fail,",
    "errors...",
    "errors when paying\nSlow pages",
    "* Cards fail\n* Wallets work",
    "CHECKOUT IS DOWN",
    "can't log in",
    "emails not sent, checkout very slow...",
    "you can't pay by card.",
    "nobody can log in!!!",
    "37",
    "none",
    "unknown",
    "TBD",
    "no change",
    "Payments have failed for an hour",
    "payments failed until 05:30",
    "too  many   spaces",
    "checkout fails and the order is not created " * 9,
    "db failover in progress...",
    "go/no-go for the failover",
    "ppl in london cant pay w/ paypal, cpu at 100 lol",
    "sellers not getting paid, payouts stuck since monday + no mails",
    "yesterdays export for 600ish users in berlin!!",
    # a dictionary goes into the fields it names
    {},
    {"affected": "", "customers": "", "system": "", "status": "Investigating", "progress": "", "name": ""},
    {"impact": "Impact: errors when paying", "status": "Current status: rolling back", "why": "Why: it takes long"},
    {"affected": "Customers in the EU.", "customers": "Acme and Globex", "tickets": "37", "name": "Dana Ó Briain"},
    {"impact": "The payment page stays empty.", "meaning": "you were not charged", "workaround": "use PayPal"},
    {
        "affected": "20%",
        "customers": "~1.200 customers so far",
        "cadence": "when there is news",
        "revenue": "12000 eur",
    },
    {
        "status": "we don't know yet",
        "progress": "tbd",
        "next_steps": "unknown",
        "tickets": "0",
        "inquiries": "Sarah (lead)",
    },
    {"affected": "no idea, 80 tickets in 1h", "customers": "lots", "revenue": "5k?", "costs": "9k eur?"},
    {"apology": "we apologise", "next_update": "", "cadence": "Every hour.", "help": "ask your account manager"},
)
FIXED = {"state", "next_update", "name", "cadence", "short"}
"""Fields that don't take words of any kind, or are shown as they are."""


def incident(state: str, severity: int = 2, title: str = "Checkout errors affecting users") -> Told:
    """The checkout incident: open, resolved or cancelled."""
    told = Told(severity, title).fact("revenue_per_hour", "$32k")
    if state == "resolved":
        return told.at(135).add(Draft(Resolved(), "Payments were moved to the second payment system")).at(140)
    if state == "cancelled":
        return told.at(20).add(acts.lifecycle.cancel("the probe was broken"))
    return told.at(14)


CASES = [
    ("initial", "open", ""),
    ("initial", "resolved", ""),
    ("initial", "cancelled", ""),
    ("update", "open", ""),
    ("update", "resolved", ""),
    ("update", "cancelled", ""),
    ("resolution", "resolved", ""),
    ("escalation", "open", ""),
    ("escalation", "resolved", ""),
    *(("customer", "resolved" if state == "resolved" else "open", state) for state in STATES),
    ("customer", "cancelled", "resolved"),
]


def filled(kind: str, filling: str | dict[str, str]) -> dict[str, str]:
    """The fields of a message that a filling fills in."""
    fields = [field.id for field in KINDS[kind].fields]
    typed = {id: text for id, text in ORDINARY.items() if id in fields}
    if isinstance(filling, dict):
        return typed | {id: text for id, text in filling.items() if id in fields}
    return typed | {id: filling for id in fields if id not in FIXED}


def renderings(kind: str, state: str, shown_as: str) -> Iterator[tuple[int, Composed]]:
    """A message in a state, with every filling, each third of them in every form."""
    story = incident(state)
    snapshot, values = story.snapshot, story.values(kind)
    for number, filling in enumerate(FILLINGS):
        typed = values | filled(kind, filling) | ({"state": shown_as} if shown_as else {})
        for form in FORMS if number % 3 == 0 else ("plain", "sms"):
            yield number, compose(KINDS[kind], typed, snapshot, author="Dana", form=form)


MARK = re.compile(r"^(?:[-•] |\*\*(?=\S)|\*(?=\S)|## )+")
SLIPS = {
    "two spaces": r"\S  +\S",
    "two marks": r"(?<!\.)\.\.(?!\.)|[.!?] [.!?]|[,;:][.,;:](?!//)|[!?]\.",
    "a space before a mark": r"\w [.,;!?](?:\s|$)",
    "a small letter after a full stop": r"(?<!approx)(?<!Inc)[a-z]{3}\. (?!iPhone|eBay|payment-api)[a-zà-ÿ]",
    "a small i": r"\bi\b(?![./])",
    "a wrong article": r"\b(?:a|an) (?:errors|customers|payments)\b|\ba (?=[aeio]\w+ )|\ban (?=[bcdfgjklmnpqrtvwxyz])",
    "an empty label": r"[^:]:\n(?!\s*(?:[-•]|1\.) )",
    "a label told twice": r"(?i)\b([a-z]{3,}(?: [a-z]+)*): \*{0,2} ?\1:",
    "a comma before a time span": r", (?:between|since|from) \d",
    "a label and its value": r"(?i)you may (?:see|have seen)\W+you may|affected:.* (?:is|are|was|were) affected\.?$"
    r"|I need\W+I need|why\W+because|cause:\W+the (?:root )?cause|in the meantime\W+(?:none|the workaround)",
    "a colon, twice": r": [^\n.]*: none\b|changed:\W+(?:no change|none)",
    "a date as machines write it": r"\b\d{4}-\d\d-\d\d\b",
    "an answer as if nobody worked on it": r"(?i)\b(?:status|changed|next steps|resolution): not known",
    "until when it holds, twice": r"(?i)\bupdates: (?:when|as|if|until)\b.* until this is resolved",
    "dots": r"\.\.\.$",
    "a number without its commas": r"(?<![\d.,:+ ])\d{5,}(?!\d)",
    "a mark at the end": r"[,;]$",
    "chat shorthand": r"(?i)\b(?:ppl|abt|pls|lol|yday|\d+ish)\b|\bw/|[a-z]{2} \+ [a-z]|\byesterdays\b",
    "a name typed small": r"(?<!“)\b(?:paypal|london|berlin|monday|cpu|iban)\b",
    "an amount with a question mark": r"\d ?(?:k|eur)?\?",
    "template code": r"\{\{|\}\}|\{%|\x00|\bNone\b(?![.;]| so| yet)|\bTrue\b",
}
SINCE = re.compile(r"\bsince \d", re.IGNORECASE)
PRESENT = re.compile(
    r"\bwe are (?:investigating|working|responding|checking|watching)|\bis affected\b|\bwhat you may see\b|\bso far\b"
    r"|\bwhat we are doing\b|\bis causing\b|\bat risk\b|\bare fixing\b|\bupdates: |\bnext update\b|^\*{0,2}impact:",
    re.IGNORECASE | re.MULTILINE,
)
ENDS = re.compile(r"""[.!?…:][”"’)\]]*$|[,;–-]$|\]$""")


def lines_of(composed: Composed) -> list[str]:
    """The lines of a message as they read, without marks of the form and without the heading and the signature."""
    body = composed.body.replace("\\", "").replace("**", "").replace("\u00a0", " ")
    if composed.form == "slack":
        body = re.sub(r"\*([^*\n]+)\*", r"\1", body)
    return [line.strip() for line in body.split("\n") if line.strip()]


def is_signature(line: str, composed: Composed) -> bool:
    return line == composed.rendered.blocks[-1].text if isinstance(composed.rendered.blocks[-1], Text) else False


def slips(composed: Composed, *, over: bool) -> list[str]:
    """What a careful reader would mark in a message."""
    lines, text = lines_of(composed), composed.text
    together = "\n".join(lines)
    found = [name for name, pattern in SLIPS.items() if re.search(pattern, together)]
    spans = "between " in text.lower() or re.search(r"\(\d\d:\d\d-\d\d:\d\d UTC\)", text) is not None
    spans = spans or (composed.length is not None and re.search(r"^Resolved\. |works again\.", text) is not None)
    if spans != (over and composed.kind.public and "closed" not in text):
        found.append("between, and it is not over; or it is, and the message does not say so")
    if len(SINCE.findall(text)) > 1:
        found.append("since, twice")
    if over and "ancelled" not in text and PRESENT.search(text):
        found.append("the present tense, when it is over")
    if not composed.missing and composed.gaps:
        found.append("a gap")
    for line in lines:
        words = re.sub(r"^(?:[-•]|\d\.) ", "", line)
        first = re.match(r"[a-z]\w*", words)
        if first and not re.match(r"iPhone|eBay|payment-api|https?:", words):
            found.append(f"a sentence begins with a small letter: {line}")
        item = words != line or composed.form in ("sms", "social")
        latin = words[-1].isascii() and not re.search(r"\S+://\S+$", words)
        if not item and latin and not ENDS.search(words) and not is_signature(line, composed):
            found.append(f"a sentence without an end: {line}")
    return found


@pytest.mark.parametrize("severity", [1, 2, 3])
def test_what_the_templates_say_raises_no_remark(severity: int) -> None:
    raised = []
    for kind, state, shown_as in CASES:
        story = incident(state, severity)
        values = story.values(kind) | filled(kind, {}) | ({"state": shown_as} if shown_as else {})
        for form in FORMS:
            composed = compose(KINDS[kind], values, story.snapshot, author="Dana", form=form)
            found = wording.check(message_to_check(composed, values, story.snapshot), RULES)
            raised += [f"{kind}, {state} {shown_as}, {form}: {finding.label}: {finding.words}" for finding in found]
    assert raised == []


@pytest.mark.parametrize(("kind", "state", "shown_as"), CASES)
def test_every_filling_reads_without_an_edit(kind: str, state: str, shown_as: str) -> None:
    wrong = [
        f"{number} {composed.form}: {', '.join(found)}\n{composed.text}"
        for number, composed in renderings(kind, state, shown_as)
        if (found := slips(composed, over=state != "open"))
    ]
    assert not wrong, f"{len(wrong)}:\n" + "\n\n".join(wrong[:5])


IMPACT = "Customers cannot pay by card"
FRAMED = re.compile(r"(?:\bseen|\bwhile it lasted):\W+customers cannot pay by card", re.IGNORECASE)


@pytest.mark.parametrize(("kind", "state", "shown_as"), [case for case in CASES if case[1] == "resolved"])
@pytest.mark.parametrize("form", FORMS)
def test_what_was_the_case_does_not_stand_as_if_it_still_were(kind: str, state: str, shown_as: str, form: str) -> None:
    story = incident(state).fact("impact", IMPACT)
    values = story.values(kind) | filled(kind, {"impact": IMPACT}) | ({"state": shown_as} if shown_as else {})
    text = compose(KINDS[kind], values, story.snapshot, author="Dana", form=form).text
    assert text.lower().count("cannot pay") == len(FRAMED.findall(text))


SMALL = {"a", "an", "and", "are", "at", "by", "for", "have", "in", "is", "it", "of", "the", "to", "was", "we", "with"}


def content(text: str) -> set[str]:
    """The words of a sentence that say something, each without its ending."""
    words = set(
        re.findall(r"[a-z]{2,}|\d+", re.sub(r"^\[SEV\d\] (?:Incident|Resolved|Update #\d+): ", "", text).lower())
    )
    return {word.removesuffix("s") for word in words - SMALL}


@pytest.mark.parametrize(("kind", "state", "shown_as"), CASES)
def test_a_short_text_says_nothing_twice_in_a_row(kind: str, state: str, shown_as: str) -> None:
    for title, impact in (
        ("Checkout errors", "Errors at checkout"),
        ("Checkout errors", "errors at the checkout; 20 % of payments fail."),
        ("Checkout errors", "Errors at checkout for 20 % of attempts"),
        ("Payments fail at checkout", "Payments fail"),
        ("Payments fail", "- Payments fail\n- no confirmation e-mail"),
        ("Nobody can log in", "Users cannot log in"),
    ):
        story = incident(state, title=title).fact("system", "checkout").fact("impact", impact)
        values = story.values(kind) | filled(kind, {"impact": impact}) | ({"state": shown_as} if shown_as else {})
        for form in SHORT_FORMS:
            text = compose(KINDS[kind], values, story.snapshot, author="Dana", form=form).text
            said = [content(part) for part in re.split(r"(?<=[.!?;]) ", text) if "while it lasted" not in part]
            twice = [both for both in pairwise(said) if both[0] <= both[1] or both[1] <= both[0]]
            assert not [both for both in twice if all(both)], (form, text)
            assert kind != "customer" or state == "cancelled" or "checkout" in text.casefold(), (form, text)


def test_what_is_known_and_what_is_not_reaches_colleagues_until_it_is_over() -> None:
    known = {"known": "The payment API times out.", "unknown": "why\nsince when", "workaround": "PayPal works."}
    told = checkout()
    for name, value in known.items():
        told.fact(name, value)
    for kind in ("initial", "update"):
        shown = told.compose(kind, status="Moving payments").text
        assert "What we know: The payment API times out.\n" in shown
        assert "What we don't know yet:\n- Why\n- Since when\n" in shown
        assert "Workaround: PayPal works.\n" in shown
    assert "In the meantime: PayPal works.\n" in told.compose("customer", **TYPED["customer"]).text
    told.send("update", status="Moving payments")
    assert repeated_message(KINDS["update"], told.values("update"), told.snapshot) is not None
    told.at(20).fact("known", "The provider answers too late")
    assert repeated_message(KINDS["update"], told.values("update"), told.snapshot) is None
    told.add(acts.lifecycle.resolve())
    for kind in ("initial", "update", "resolution"):
        shown = told.compose(kind, root_cause="no time limit", resolution="moved").text
        assert "What we know" not in shown
        assert "What we don't know yet:\n- Why\n- Since when\n" in shown, "an open question stays open"


@pytest.mark.parametrize(("kind", "form"), [(kind, form) for kind in ("customer", "resolution") for form in FORMS])
def test_a_resolution_can_be_drafted_before_the_end_and_says_that_it_is_a_draft(kind: str, form: str) -> None:
    told = checkout()
    typed = {"state": "resolved", "root_cause": "no time limit", "resolution": "payments were moved"}
    composed = told.compose(kind, form, **TYPED["customer"], **typed)
    assert composed.problem.startswith("The incident is not resolved yet: this is a draft")
    assert not composed.ready
    assert composed.gaps == ["[Draft: is it resolved?]"]
    assert composed.gaps[0] in composed.text.replace("\\", "")
    assert not PRESENT.search(composed.text)
    if kind == "customer":
        assert ("(02:17-02:31 UTC)" if form == "sms" else " between 02:17 and 02:31 UTC") in composed.text
    told.add(acts.lifecycle.resolve())
    assert told.compose(kind, form, **TYPED["customer"], **typed).gaps == []


@pytest.mark.parametrize("kind", ["initial", "update", "resolution", "escalation", "customer"])
def test_what_is_for_colleagues_is_not_for_the_status_page(kind: str) -> None:
    told = checkout()
    for form in FORMS:
        wrong = told.compose(kind, form).wrong_place
        assert bool(wrong) == (kind != "customer" and form in ("status", "social")), wrong


def test_an_impact_and_a_share_are_told_as_they_were_typed_whatever_their_figures() -> None:
    told = Told().fact("impact", "payments fail (20 % of attempts)").at(10)
    told.send("initial", affected="about 20 %")
    told.at(20).fact("affected", "35 %").at(30)
    for kind in ("initial", "update", "escalation"):
        text = told.compose(kind, status="moving").text
        assert "Impact: Payments fail (20 % of attempts).\nAffected: 35 %.\n" in text
