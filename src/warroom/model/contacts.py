"""Who is told and how to reach them: the audiences, and the contacts that messages name."""

import re
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Annotated

import msgspec

from warroom.text.cleaning import clean_line
from warroom.text.late import late
from warroom.text.sentences import unstopped

if TYPE_CHECKING:
    from warroom.model.incident import Incident

_NonEmpty = Annotated[str, msgspec.Meta(min_length=1)]

CONTACTS = ("support", "status_page", "channel", "me")
"""The contacts that a message template may name."""
MOST_CHARACTERS = 200
"""The limit for a contact and for a person's name: both stand within a sentence."""


class Audience(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """People who are told together; a message to `label` or `id` goes to the e-mail `addresses`, if there are any."""

    id: _NonEmpty
    label: _NonEmpty
    addresses: list[_NonEmpty] = []


class Contacts(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """How to reach support, the status page and the channel; `people` by the name they use as author. "" is unknown."""

    support: str = ""
    status_page: str = ""
    channel: str = ""
    people: dict[str, str] = {}


def contact(contacts: Contacts, incident: "Incident", name: str, author: str = "") -> str:
    """A contact, as a fact or role of the incident has it, otherwise the playbook; "" if nobody has said.

    `name` is one of CONTACTS; `me` is the contact of `author`.
    """
    if name != "me":
        return unstopped((incident.fact(name) or getattr(contacts, name, "")).strip())
    given = (logged.body for held in incident.roles.values() for logged in held)
    of_role = (body.contact for body in given if body.contact and _same(body.name, author))
    of_book = (text for person, text in contacts.people.items() if _same(person, author))
    return next((unstopped(text.strip()) for text in (*of_role, *of_book) if author.strip() and text.strip()), "")


def addresses(to: str, audiences: Iterable[Audience]) -> str:
    """The recipients of a message with the addresses of each audience in place of its name, each address once."""
    known = {name.casefold(): row for row in audiences for name in (row.id, row.label) if row.addresses}
    if not known:
        return to
    found: dict[str, str] = {}
    for part in map(str.strip, to.split(",")):
        for name in row.addresses if (row := known.get(part.casefold())) else filter(None, [part]):
            found.setdefault(name.casefold(), name)
    return ", ".join(found.values())


def mistakes(audiences: list[Audience], contacts: Contacts) -> Iterator[tuple[str, str]]:
    """Mistakes that types can't catch, each as (key, what is expected)."""
    yield from _audience_mistakes(audiences)
    for name in ("support", "status_page", "channel"):
        if expected := _not_a_line(getattr(contacts, name)):
            yield f"contacts.{name}", expected
    page = contacts.status_page.strip()
    if page and not _WEB_ADDRESS.match(page):
        yield "contacts.status_page", f"expected an address that begins with http:// or https://, found {page!r}"
    for person, text in contacts.people.items():
        if not person.strip():
            yield "contacts.people", "expected a name in front of each contact, found an empty one"
        elif expected := _not_a_line(person):
            yield "contacts.people", f"{expected}, as the name of each person"
        elif not text.strip():
            yield f"contacts.people.{person}", "expected how to reach this person, found nothing"
        elif expected := _not_a_line(text):
            yield f"contacts.people.{person}", expected


def _not_a_line(text: str) -> str:
    """What is expected instead of a text that is not short enough to stand in a sentence; "" if it is."""
    if len(text) > MOST_CHARACTERS:
        return f"expected at most {MOST_CHARACTERS} characters, found {len(text):,}"
    return "" if clean_line(text) == text else "expected one line of text without control characters"


def _audience_mistakes(audiences: list[Audience]) -> Iterator[tuple[str, str]]:
    seen: set[str] = set()
    for row in audiences:
        for name in {row.id.casefold(), row.label.casefold()}:
            if name in seen:
                yield f"audiences.{row.id}", f"expected every id and label once, found {name!r} twice"
            seen.add(name)
        if "," in row.label:
            yield f"audiences.{row.id}.label", "expected no comma, which separates audiences"
        for address in row.addresses:
            if not _ADDRESS.fullmatch(address):
                yield f"audiences.{row.id}.addresses", f"expected e-mail addresses, found {address!r}"


def is_link(text: str) -> bool:
    """Whether a text is an address of the web and nothing else."""
    return re.fullmatch(r"https?://[^\s/]\S*", text, re.IGNORECASE) is not None


def is_address(text: str) -> bool:
    """Whether a text is an e-mail address and nothing else."""
    return _ADDRESS.fullmatch(text) is not None


_WEB_ADDRESS = late(r"https?://\S", re.IGNORECASE)
_ADDRESS = late(r"[^@\s<>,;]+@[^@\s<>,;]+")


def _same(one: str, other: str) -> bool:
    return one.strip().casefold() == other.strip().casefold()
