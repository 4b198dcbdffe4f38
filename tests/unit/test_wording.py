"""The wording checks, through `check` and `hint`, on the rules as shipped."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest

from tests.wording.measure import shipped_rules
from warroom.wording import MessageText, check, hint

RULES = shipped_rules()
SENTENCES: dict[str, list[dict[str, Any]]] = tomllib.loads(
    Path(__file__).with_name("wording_sentences.toml").read_text(encoding="utf-8")
)
PEOPLE = ("Priya", "Marcus", "Dana Whitfield", "Tomasz")


def found(
    body: str, kind: str = "update", *, subject: str = "", partial: bool = False, people: tuple[str, ...] = PEOPLE
) -> list[str]:
    """The ids of the rules that point at a phrase."""
    words = MessageText(kind=kind, subject=subject, body=body, partial=partial, people=people)
    return [finding.rule for finding in check(words, RULES) if finding.part != "whole"]


def judged(words: MessageText) -> set[str]:
    """The ids of the rules that object to the message as a whole."""
    return {finding.rule for finding in check(words, RULES) if finding.part == "whole"}


def labelled(entry: dict[str, Any]) -> set[str]:
    return set(
        found(
            entry["text"],
            entry.get("kind", "update"),
            subject=entry.get("subject", ""),
            partial=entry.get("partial", False),
        )
    )


@pytest.mark.parametrize(
    ("good", "bad"), [("good", "bad"), ("second_good", "second_bad"), ("holdout_good", "holdout_bad")]
)
def test_precision_and_recall_on_labelled_sentences(good: str, bad: str) -> None:
    alarms = [(entry["text"], rules) for entry in SENTENCES[good] if (rules := labelled(entry))]
    beside = [(entry["text"], rules) for entry in SENTENCES[bad] if (rules := labelled(entry) - {entry["rule"]})]
    missed = [entry["text"] for entry in SENTENCES[bad] if entry["rule"] not in labelled(entry)]
    hits = len(SENTENCES[bad]) - len(missed)
    precision = hits / (hits + len(alarms) + len(beside))
    recall = hits / len(SENTENCES[bad])
    print(f"\n{good}/{bad}: {len(SENTENCES[good])}+{len(SENTENCES[bad])} sentences, "
          f"precision {precision:.3f}, recall {recall:.3f}")  # fmt: skip
    assert precision >= 0.9, alarms + beside
    assert recall >= 0.9, missed


def test_the_labelled_sets_are_as_large_as_they_claim_and_name_real_rules() -> None:
    assert len(SENTENCES["good"]) >= 80
    assert len(SENTENCES["bad"]) >= 80
    assert all(len(SENTENCES[name]) >= 20 for name in SENTENCES)
    assert {entry["rule"] for entry in SENTENCES["bad"]} == {
        "promise", "blame", "speculation", "jargon", "leak", "zone-missing", "outage-overstated"
    }  # fmt: skip


# --- The five messages, filled in sensibly ----------------------------------------------------------------------------

INITIAL = MessageText(
    kind="initial",
    to="leadership, customer success, support",
    subject="[SEV2] Incident: Checkout errors affecting users",
    body="""We are responding to an incident that began at 03:17 CET. This is what we know at 03:31 CET.

Impact: customers see a payment error during checkout
Affected: about 20 % of attempts
Status: the payments team is looking into it, Priya commands the incident
Next update: 03:53 CET

Please send inquiries to #inc-checkout. You will hear from me every 30 minutes until this is resolved.

Sam Okafor""",
    partial=True,
    promises_next=True,
    people=PEOPLE,
)
UPDATE = MessageText(
    kind="update",
    to="leadership, customer success, support",
    subject="[SEV2] Update #2: Checkout errors affecting users",
    body="""Current status: fix in progress

Progress:
- Cause found: the 03:05 CET release of the payment service exhausted its database connections
- Decided to roll back to v2.3.1, because it is faster and safer
- Marcus started the rollback at 03:31 CET

Impact: unchanged, about 20 % of attempts
Next update: 04:23 CET

Sam Okafor""",
    partial=True,
    promises_next=True,
    people=PEOPLE,
)
RESOLUTION = MessageText(
    kind="resolution",
    to="leadership, customer success, support",
    subject="[RESOLVED] SEV2: Checkout errors affecting users",
    body="""Summary
Duration: 2 h 15 min, from 03:17 to 05:32 CET
Root cause: a release of the payment service exhausted its database connections
Resolution: rolled back to v2.3.1 and verified
Impact: about 20 % of checkout attempts failed

Next steps: post-mortem within 48 hours, prevention, follow-up with affected customers

Thank you to Priya, Marcus and the payments team.

Sam Okafor""",
    partial=True,
    people=PEOPLE,
)
CUSTOMER = MessageText(
    kind="customer",
    body="""Between 02:17 and 04:32 UTC you may have seen an error when paying.

The problem is resolved. You were not charged for attempts that failed; please try again.
If you were charged twice, write to support@example.com.

We are sorry for the trouble.""",
    partial=True,
    people=PEOPLE,
)
ESCALATION = MessageText(
    kind="escalation",
    to="VP Engineering, VP Product",
    subject="[ESCALATION] SEV2: Checkout errors affecting users - two major customers affected",
    body="""Two major customers are affected, and Priya (IC) agrees with telling you.

Summary: a fifth of checkout attempts fail since 03:17 CET
Impact: about $32,000 an hour at risk
Current status: rollback running, verified step by step
What I need: your approval to offer refunds, by 05:00 CET

I am on the bridge now. Sam Okafor, +49 170 5550100""",
    partial=True,
    needs="approval to offer refunds",
    people=PEOPLE,
)


@pytest.mark.parametrize("words", [INITIAL, UPDATE, RESOLUTION, CUSTOMER, ESCALATION], ids=lambda words: words.kind)
def test_a_sensible_message_raises_nothing(words: MessageText) -> None:
    assert check(words, RULES) == ()


# --- Each rule, both ways ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("body", "flagged"),
    [
        ("The shop will be back in 30 minutes.", True),
        ("The shop will be back\nin half\nan hour.", True),
        ("We’ll have it fixed by 10:00 CET.", True),
        ("WE SHOULD BE UP SHORTLY", True),
        ("Login is coming back any minute now.", True),
        ("Engineering expects the shop to be back in 30 minutes.", False),
        ("We will be back with an update in 30 minutes.", False),
        ("The shop was back in 30 minutes.", False),
        ("Will checkout be back? We do not know.", False),
        ("Post-mortem will be available by Friday.", False),
        ("Marcus will be online at 06:00 CET.", False),
    ],
)
def test_promised_recovery(body: str, flagged: bool) -> None:
    assert ("promise" in found(body)) is flagged


@pytest.mark.parametrize(
    ("kind", "body", "rule"),
    [
        ("update", "ETA: expecting resolution in approximately 30 minutes", "promise"),
        ("update", "Engineering estimates 30 minutes; next update 04:15 CET", None),
        ("customer", "Engineering estimates 30 minutes; next update 03:15 UTC", "promise"),
        ("initial", "The fix should take an hour or so.", "promise"),
        ("initial", "The payments team says the fix should take an hour or so.", None),
        ("escalation", "ETA per engineering: 90 minutes.", None),
        ("escalation", "ETA unknown.", None),
        ("customer", "We do not have an ETA yet.", None),
    ],
)
def test_estimates(kind: str, body: str, rule: str | None) -> None:
    assert found(body, kind) == ([rule] if rule else [])


@pytest.mark.parametrize(
    ("body", "flagged"),
    [
        ("Tomasz forgot to restart the worker.", True),
        ("Whitfield's fault, plainly.", True),  # a name that nobody knows
        ("Dana's fault, plainly.", True),
        ("The new contractor made a mistake.", True),
        ("They really messed up.", True),
        ("They messed up.", True),
        ("Due to human error the queue stopped.", True),
        ("A missing check let the wrong file through.", False),
        ("It's nobody's fault.", False),
        ("Tomasz restarted the worker.", False),
        ("If you forgot your password, reset it.", False),
    ],
)
def test_blame(body: str, flagged: bool) -> None:
    assert ("blame" in found(body)) is flagged


def test_blame_knows_people_by_the_roles_they_hold_and_by_case() -> None:
    assert found("Will broke the build.", people=("Will Ng",)) == ["blame"]
    assert "blame" not in found("Will broke the build.", people=())
    assert found("May has broken the queue.", people=("May",)) == ["blame"]
    assert "blame" not in found("This may have broken the queue.", people=("May",))
    assert found("@sam broke the build.", people=("@sam",)) == ["blame"]


@pytest.mark.parametrize(
    ("body", "flagged"),
    [
        ("It is probably the cache.", True),
        ("It must be a DNS issue.", True),
        ("The cause was most likely a bad certificate.", True),
        ("Working hypothesis: it is probably the cache.", False),
        ("We suspect the cache.", True),
        ("Engineering suspects the cache, which is not confirmed.", False),
        ("It is probably best to wait for the test.", False),
        ("The message must be the same for everyone.", False),
        ("Probably caused by a deploy, to be confirmed.", False),
    ],
)
def test_speculation(body: str, flagged: bool) -> None:
    assert ("speculation" in found(body)) is flagged


@pytest.mark.parametrize(
    "body",
    [
        "See db-7.eu for the queue.",
        "The address 192.168.0.12 is slow.",
        "Version v2.3.1 is gone.",
        "Our pods were restarted.",
        "A burst of 5xx was seen.",
        "java.lang.NullPointerException at com.shop.pay.Charge.run(Charge.java:88)",
        "KeyError in checkout_service",
    ],
)
def test_inside_talk_in_a_message_to_customers(body: str) -> None:
    assert "jargon" in found(body, "customer")


@pytest.mark.parametrize(
    ("body", "flagged"),
    [
        ("The address 192.168.0.12 is slow.", True),
        ("The host db-prod-03 is slow.", True),
        ("KeyError in checkout_service since 03:17 UTC", True),
        ("The BGP routes to Oslo are gone.", True),
        ("The border gateway protocol (BGP) routes to Oslo are gone.", False),
        ("The CEO and the EU team have a SEV1 call at 10:00 UTC.", False),
        ("Our pods were restarted at 03:41 UTC.", False),
    ],
)
def test_inside_talk_in_a_message_to_colleagues(body: str, flagged: bool) -> None:
    assert ("jargon" in found(body)) is flagged


@pytest.mark.parametrize(
    "body",
    [
        "Please update the app to v5.2.1.",
        "The self-service portal works.",
        "See https://status.example.com/past_events for more.",
        "We served 500 customers and 1.5 million requests.",
    ],
)
def test_customers_may_read_this(body: str) -> None:
    assert found(body, "customer") == []


@pytest.mark.parametrize(
    ("body", "flagged"),
    [
        ("AKIAIOSFODNN7EXAMPLE", True),
        ("db_password = 'correct horse'", True),
        ("password=hunter2", True),
        ("password: hunter2", True),
        ("password: <redacted>", False),
        ("password=********", False),
        ("token is expired", False),
        ("Password resets: 1,340 today", False),
        ("Authorization: Bearer abcdef0123456789abcdef", True),
        ("mysql://root:toor@10.0.0.1/shop", True),
        ("https://example.com:8443/path?mail=a@example.com", False),
        ("-----BEGIN OPENSSH PRIVATE KEY-----", True),
        ("xoxb-000000000000-EXAMPLE", True),
    ],
)
def test_secrets(body: str, flagged: bool) -> None:
    assert ("leak" in found(body)) is flagged


@pytest.mark.parametrize(
    ("text", "flagged"),
    [
        ("[SEV2]", False),
        ("[RESOLVED] SEV2", False),
        ("[ESCALATION] SEV1", False),
        ("[PAY-123]", False),
        ("[the runbook](https://wiki.example.com)", False),
        ("items[0] and arr[i]", False),
        ("5 < 6 and 7 > 2", False),
        ("[time]", True),
        ("[YOUR NAME]", True),
        ("<name>", True),
        ("TBD", True),
        ("{{ impact }}", True),
        ("{impact}", True),
        ("Impact: ???", True),
    ],
)
def test_placeholders_in_subject_and_body(text: str, flagged: bool) -> None:
    assert ("leak" in found(text)) is flagged
    assert ("leak" in found("Payments fail.", subject=text)) is flagged


@pytest.mark.parametrize(
    ("body", "flagged"),
    [
        ("Meet at 10:00.", True),
        ("Meet at 10:00 UTC.", False),
        ("Meet at 10:00 CET.", False),
        ("Meet at 10:00Z.", False),
        ("Meet at 10:00+01:00.", False),
        ("Meet at 10:00 Berlin time.", False),
        ("From 10:00 to 11:00 CEST.", False),
        ("Meet at 10 am.", True),
        ("Meet at 10 a.m. UTC.", False),
        ("Meet at 10:00.\n\nAll times in UTC.", False),
        ("Meet at 10:00. Later at 11:00 UTC.", True),
        ("We meet 1:1 for 1:30 h at T+00:20:00.", False),
        ("The met team sat down at 10:00.", True),
    ],
)
def test_a_time_needs_a_zone(body: str, flagged: bool) -> None:
    assert ("zone-missing" in found(body)) is flagged


def test_outage_is_right_for_a_full_one_only() -> None:
    for body in ("The outage goes on.", "Checkout is down.", "Nobody can log in."):
        assert "outage-overstated" in found(body, partial=True)
        assert "outage-overstated" not in found(body, partial=False)
    for body in ("A partial outage.", "Checkout is down for about 20 % of users.", "Error rates are down."):
        assert "outage-overstated" not in found(body, partial=True)


def test_no_next_update() -> None:
    for kind in ("initial", "update"):
        assert judged(MessageText(kind=kind, body="Still investigating.", promises_next=False)) == {
            "next-update-missing"
        }
        assert judged(MessageText(kind=kind, body="Still investigating.", promises_next=True)) == set()
        assert judged(MessageText(kind=kind, body="Still investigating.", promises_next=None)) == set()
        said = MessageText(kind=kind, body="Still investigating. Next update: 04:15 CET.", promises_next=False)
        assert judged(said) == set()
    assert judged(MessageText(kind="resolution", body="Fixed.", promises_next=False)) == set()


def test_a_customer_notice_has_a_state_and_an_apology() -> None:
    assert judged(MessageText(kind="customer", body="You may see errors.")) == {"state-missing", "apology-missing"}
    assert judged(MessageText(kind="customer", body="We are investigating errors.")) == {"apology-missing"}
    assert judged(MessageText(kind="customer", body="You may see errors. We apologize.")) == {"state-missing"}
    for sought in ("We are checking why cards fail.", "Our team is finding out how it was lost."):
        assert judged(MessageText(kind="customer", body=f"You may see errors. {sought} We apologize.")) == set()
    asked = "You may see errors. Please check your orders. We apologize."
    assert judged(MessageText(kind="customer", body=asked)) == {"state-missing"}
    assert judged(MessageText(kind="customer", body="We’re sorry, and working on it.")) == set()
    assert judged(MessageText(kind="update", body="You may see errors.")) == set()


def test_a_question_that_is_open_when_all_is_said_to_be_over() -> None:
    def over(words: str, kind: str = "customer", subject: str = "Resolved: Problem with checkout") -> set[str]:
        message = MessageText(kind=kind, subject=subject, body=f"Fixed. {words} We are sorry.")
        return {finding.rule for finding in check(message, RULES)} & {"open-question"}

    for words in (
        "We don't know yet if bank details were shown.",
        "We are still checking who was affected.",
        "Whether orders were lost is unknown.",
        "We are finding out how many orders were lost.",
    ):
        assert over(words) == {"open-question"}, words
        assert over(words, subject="Problem with checkout") == set(), words
        assert over(words, kind="resolution") == set(), words
        assert over(f"It is resolved. {words}", subject="") == {"open-question"}, words
        assert over(f"It is not resolved yet. {words}", subject="") == set(), words
    for words in (
        "It is not yet clear what caused it, and the review of it follows.",  # which takes days, also when it is over
        "We switched the faulty part off at 05:30 UTC.",
        "You could not pay until 05:30 UTC.",
        "Payments no longer fail.",
        "If you are not sure whether you paid, please contact us.",
        "We did not know until 05:00 UTC that refunds failed.",
        "The app said “unknown device” in Spain.",
    ):
        assert over(words) == set(), words


def test_an_escalation_is_short_asks_for_something_and_goes_to_few() -> None:
    def escalation(body: str = "Facts.", to: str = "VP", needs: str = "approval") -> set[str]:
        return judged(MessageText(kind="escalation", body=body, to=to, needs=needs))

    assert escalation() == set()
    assert escalation(body="word " * 120) == set()
    assert escalation(body="word " * 121) == {"escalation-length"}
    assert escalation(needs=" ") == {"escalation-need"}
    assert escalation(needs="", body="I need a decision on refunds.") == set()
    assert escalation(to="a@example.com, b; c & d\ne, ,") == set()
    assert escalation(to="a, b, c, d, e and f") == {"escalation-recipients"}
    assert judged(MessageText(kind="update", body="word " * 121, to="a,b,c,d,e,f")) == set()


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        ("Have you tried clearing the cache?", "debugging"),
        ("maybe it's the load balancer", "debugging"),
        ("Why is it taking so long?", "pressure"),
        ("Why is this\nstill taking so long", "pressure"),
        ("can you guys hurry", "pressure"),
        ("how much longer", "pressure"),
        ("just restart it", "technical-decision"),
        ("Let’s roll back", "technical-decision"),
        ("Marcus is restarting the payment service", None),
        ("Priya decided to roll back the payment service", None),
        ("Roll-back finished, error rate falling", None),
        ("CEO asks how long it will take", None),
        ("Support wants to know when it will be fixed", None),
        ("Demo for Northwind at 10:00 CET", None),
        ("", None),
    ],
)
def test_hint_keeps_the_user_in_their_lane(text: str, rule: str | None) -> None:
    finding = hint(text, RULES)
    assert (finding.rule if finding else None) == rule
    if finding:
        assert text[finding.start : finding.end] == finding.words != ""
        assert finding.why
