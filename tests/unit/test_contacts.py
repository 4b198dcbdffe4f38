"""Contacts and audiences: from the incident, else the playbook; what nobody has said is left out."""

from __future__ import annotations

from collections.abc import Callable

import msgspec
import pytest

from tests.unit.test_compose import BOOK, KINDS, Told
from tests.unit.test_playbook import change
from warroom import places
from warroom.messages.compose import compose
from warroom.messages.fields import prefill
from warroom.messages.forms import mailto
from warroom.model import acts
from warroom.model.contacts import Audience, Contacts
from warroom.model.playbook import PlaybookError, load
from warroom.model.snapshot import Snapshot

LEADERS = Audience("leadership", "leadership", ["ceo@example.com", "cto@example.com"])
REACHED = msgspec.structs.replace(
    BOOK,
    contacts=Contacts(support="help@example.com", channel="#inc", people={"dana": "+49 170"}),
    audiences=[LEADERS, Audience("support", "customer support")],
)


def start(kind: str, told: Told) -> dict[str, str]:
    """The fields of a message as they start, with the contacts above."""
    return prefill(KINDS[kind], Snapshot(told.incident, REACHED, told.now), author="Dana")


def test_messages_name_the_contacts_of_the_playbook() -> None:
    told = Told()
    assert start("initial", told)["inquiries"].startswith("Please send them to support (help@example.com), not ")
    assert start("customer", told)["help"] == "If you need help, please contact our support team: help@example.com"
    assert start("escalation", told)["phone"] == "+49 170"


def test_what_is_not_known_is_left_out_or_asked_for() -> None:
    told = Told()
    assert told.values("initial")["inquiries"].startswith("Please send them to support, not ")
    assert told.values("customer")["help"] == "If you need help, please contact our support team"
    assert told.values("escalation")["phone"] == ""
    assert "phone" in [field.id for field in told.compose("escalation").missing]


def test_the_incident_knows_better_than_the_playbook() -> None:
    told = Told().fact("channel", "#inc-checkout")
    assert told.values("escalation")["phone"] == "In #inc-checkout"
    told.add(acts.roles.assign(BOOK, None, "comms", "Dana, +1 555 0100"))
    assert start("escalation", told)["phone"] == "+1 555 0100"


def test_an_audience_is_its_addresses_in_an_email_and_its_name_in_the_log() -> None:
    told = Told().fact("impact", "payment fails")
    snapshot = Snapshot(told.incident, REACHED, told.now)
    composed = compose(KINDS["initial"], start("initial", told), snapshot, author="Dana", form="email")
    assert composed.text.startswith("To: ceo@example.com, cto@example.com\nSubject: ")
    assert composed.to == "leadership, customer success, support"
    assert mailto(composed.rendered).startswith("mailto:ceo@example.com,cto@example.com?")


def test_an_address_that_is_in_two_lists_is_used_once() -> None:
    told = Told().fact("impact", "payment fails")
    lists = [LEADERS, Audience("support", "support", ["Help@Example.com", "CTO@example.com", "help@example.com"])]
    snapshot = Snapshot(told.incident, msgspec.structs.replace(BOOK, audiences=lists), told.now)
    to = "leadership, support, help@example.com"
    composed = compose(KINDS["initial"], start("initial", told), snapshot, author="Dana", form="email", to=to)
    assert composed.text.startswith("To: ceo@example.com, cto@example.com, Help@Example.com\nSubject: ")
    typed = msgspec.structs.replace(composed.rendered, to="a@example.com, A@example.com, b@example.com")
    assert mailto(typed).startswith("mailto:a@example.com,b@example.com?")


def test_a_contact_with_a_full_stop_is_no_end_of_a_sentence() -> None:
    told = Told()
    contacts = Contacts(support="help@example.com.", status_page="https://status.example.com.", people={"Dana": "555."})
    snapshot = Snapshot(told.incident, msgspec.structs.replace(BOOK, contacts=contacts), told.now)
    values = prefill(KINDS["initial"], snapshot, author="Dana") | {"impact": "payment fails"}
    text = compose(KINDS["initial"], values, snapshot, author="Dana").text
    assert "(help@example.com), not" in text
    assert "Status page: https://status.example.com\n" in text
    assert prefill(KINDS["escalation"], snapshot, author="Dana")["phone"] == "555"


def people(row: str) -> str:
    """The shipped playbook with one person to reach."""
    return change("[contacts.people]", f"[contacts.people]\n{row}\n#")


@pytest.mark.parametrize(
    ("spoil", "words"),
    [
        (change('label = "leadership"\naddresses = []', 'label = "leadership"\naddresses = ["boss"]'), "'boss'"),
        (change('id = "support"\nlabel = "support"', 'id = "leadership"\nlabel = "support"'), "'leadership' twice"),
        (change('support = ""     #', 'suport = ""     #'), "did you mean 'support'?"),
        (change("[contacts.people]", "[contacts.persons]"), "persons"),
        (change('support = ""', 'support = """a\nb"""'), "contacts.support: expected one line of text without control"),
        (
            change('channel = ""', f'channel = "{"c" * 201}"'),
            "contacts.channel: expected at most 200 characters, found 201",
        ),
        (
            change('status_page = ""', 'status_page = "status.example.com"'),
            "begins with http:// or https://, found 'status",
        ),
        (
            change('status_page = ""', 'status_page = "javascript:alert(1)"'),
            "contacts.status_page: expected an address",
        ),
        (people('"" = "+49 170"'), "contacts.people: expected a name in front of each contact, found an empty one"),
        (
            people('"Da\\nna" = "+49"'),
            "contacts.people: expected one line of text without control characters, as the name",
        ),
        (people(f'{"d" * 201} = "+49"'), "contacts.people: expected at most 200 characters, found 201, as the name"),
        (people('Dana = " "'), "contacts.people.Dana: expected how to reach this person, found nothing"),
        (people('Dana = "+49\\u001b[31m"'), "contacts.people.Dana: expected one line of text"),
    ],
)
def test_a_mistake_in_them_is_told(spoil: str, words: str) -> None:
    with pytest.raises(PlaybookError, match=r"contacts|audiences") as error:
        load(spoil, file="playbook.toml")
    assert words in str(error.value)


def test_an_older_playbook_gets_the_built_in_ones() -> None:
    text = (places.templates() / "playbook.toml").read_text("utf-8")
    text = text.replace("audience:customer-success", "audience:support")  # what REACHED has
    begin, end = text.index("[[audiences]]"), text.index("[[phases]]")
    built_in: Callable[[], object] = lambda: REACHED  # noqa: E731
    older = load(text[:begin] + text[end:], file="own.toml", built_in=built_in)  # type: ignore[arg-type]
    assert (older.audiences, older.contacts) == (REACHED.audiences, REACHED.contacts)


def test_contacts_may_be_as_long_as_their_limit() -> None:
    page = f"HTTPS://{'s' * 192}"
    spoil = change('status_page = ""', f'status_page = "{page}"', people(f'"{"d" * 200}" = "{"9" * 200}"'))
    assert load(spoil, file="playbook.toml").contacts.status_page == page
