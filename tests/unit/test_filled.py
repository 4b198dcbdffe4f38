"""What was kept ready goes where nobody has said anything else: contacts, recipients, scripts, hand-over, messages."""

from __future__ import annotations

from tests.conftest import THREE_SEVENTEEN as START
from tests.unit.story import BOOK, Story, moment
from warroom import places
from warroom.documents import handover
from warroom.documents.material import Material
from warroom.documents.render import SUFFIX
from warroom.documents.render import filled as filled_template
from warroom.messages.compose import compose
from warroom.messages.fields import prefill
from warroom.messages.kept_ready import kept_ready
from warroom.messages.templates import load_kinds
from warroom.model import acts
from warroom.model.contacts import contact
from warroom.model.filled import filled
from warroom.model.playbook import Playbook
from warroom.model.readiness import DAY, Ready
from warroom.model.similar import known_risks
from warroom.model.snapshot import Snapshot

KINDS = load_kinds(places.templates() / "messages")


def kept(days_ago: int, **items: dict[str, str]) -> Playbook:
    """The playbook with items that hold these values, by id with _ for -, checked so many days before 03:17."""
    rows = {id.replace("_", "-"): values for id, values in items.items()}
    found = [
        Ready(row, "now", 1, rows[row.id], "Lena", START - days_ago * DAY, good_for_days=row.good_for_days)
        for group in BOOK.readiness
        for row in group.rows
        if row.id in rows
    ]
    return filled(BOOK, found, START)


def test_nothing_kept_is_the_very_same_playbook() -> None:
    assert filled(BOOK, [], START) is BOOK
    assert kept(1, channel={}) is BOOK


def test_the_incident_goes_first_then_what_was_kept_then_the_playbook() -> None:
    book = kept(1, channel={"channel": "#incidents"}, templates={"support": "help@example.com"})
    story = Story(book=book)
    assert contact(book.contacts, story.incident, "channel") == "#incidents"
    assert contact(book.contacts, story.incident, "support") == "help@example.com"
    assert contact(BOOK.contacts, story.incident, "channel") == ""
    story.tell(1, acts.facts.fact(book, "channel", "#inc-42"))
    assert contact(book.contacts, story.incident, "channel") == "#inc-42"


def test_the_script_and_the_hand_over_have_them_and_mark_what_is_stale() -> None:
    book = kept(95, channel={"channel": "#incidents"}, runbook={"runbook": "https://wiki.example.com"})
    story = Story(book=book)
    story.tell(1, acts.facts.fact(book, "channel", "#inc-42"))
    snapshot = Snapshot(story.incident, book, moment(20))
    runbook = "https://wiki.example.com (checked 95 days ago, stale)"
    assert ("Somebody asks for the runbook", runbook) in snapshot.script_with_replies.replies
    material = Material(snapshot, "Dana", tuple, tuple, tuple)
    assert handover.values(material)["usual"] == [{"id": "runbook", "name": "Runbook", "value": runbook}]
    assert handover.as_data(material)["usual_facts"] == {"runbook": runbook}
    page = places.templates() / "documents" / f"handover{SUFFIX}"
    text = "".join(filled_template(page, "txt", handover.values(material)))
    assert "Runbook: https://wiki.example.com (checked 95 days ago, stale) (kept ready before the incident)" in text
    assert not any(
        "runbook" in when for when, _ in Snapshot(story.incident, BOOK, moment(20)).script_with_replies.replies
    )


def test_approved_wording_begins_the_first_message_to_customers_where_nothing_else_does() -> None:
    book = kept(10, templates={"wording": "We know how much you rely on us.", "procedure": "Lena may\nlog in"})
    story = Story(book=book)
    customer = KINDS["customer"]
    values = prefill(customer, Snapshot(story.incident, book, moment(5)))
    assert values["status"] == "We know how much you rely on us."
    assert prefill(customer, Snapshot(story.incident, BOOK, moment(5)))["status"] == ""
    assert prefill(KINDS["initial"], Snapshot(story.incident, book, moment(5)))["status"] != values["status"]
    composed = compose(customer, values, Snapshot(story.incident, book, moment(5)), form="status")
    assert list(kept_ready(composed, Snapshot(story.incident, book, moment(5)))) == [
        "How the status page is changed: Lena may / log in"
    ]
    story.tell(30, acts.lifecycle.resolve("Rolled back"))
    assert "rely on us" not in prefill(customer, Snapshot(story.incident, book, moment(31)))["status"]


def test_colleagues_read_in_which_channel_it_is_worked_on_and_customers_do_not() -> None:
    book = kept(1, channel={"channel": "#incidents"})
    story = Story(book=book)

    def told(kind: str, minutes: int) -> str:
        snapshot = Snapshot(story.incident, book, moment(minutes))
        values = prefill(KINDS[kind], snapshot) | {"status": "looking into it", "impact": "payment fails"}
        return compose(KINDS[kind], values, snapshot).text

    assert "Channel: #incidents" in told("initial", 5)
    assert "#incidents" not in told("customer", 5)
    story.tell(6, acts.facts.fact(book, "channel", "#inc-42"))
    assert "Channel: #inc-42" in told("update", 10)


def test_the_distribution_list_is_to_whom_messages_go_and_a_stale_one_says_so() -> None:
    book = kept(95, distribution={"leadership": "boss@example.com\nceo@example.com"})
    snapshot = Snapshot(Story(book=book).incident, book, moment(5))
    composed = compose(KINDS["initial"], {}, snapshot, to="leadership, support")
    assert composed.rendered.to == "boss@example.com, ceo@example.com, support"
    assert list(kept_ready(composed, snapshot)) == [
        "“boss@example.com” was kept ready, but checked 95 days ago: is it still right?"
    ]


def test_a_known_risk_is_told_where_the_title_names_it() -> None:
    risks = "The certificate of checkout runs out\nOne search node only\n"
    assert known_risks(risks, "Checkout errors: certificate") == ["The certificate of checkout runs out"]
    assert known_risks(risks, "Login is slow") == []
    assert known_risks(risks, "") == []
