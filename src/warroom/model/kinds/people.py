"""People who are known between incidents: who they are, the lists they are on, and when they are on call.

These entries stand in the register `ids.REGISTER_PEOPLE`, in no incident. Their ids are random, so that nothing of a
person is left in them once the rest is erased. The text of an entry never has more of a person than the name.
"""

from __future__ import annotations

import re
import unicodedata
from datetime import tzinfo
from functools import cached_property

import msgspec

from warroom.model.entries import Body


class Person(Body, frozen=True, dict=True, tag="person", rename={"id": "person", "role": "title", "note": "remark"}):
    """All that is known of a person from now on; what an earlier entry for the same `id` says no longer counts.

    "" is what nobody has said. `zone` is as typed, such as Europe/Berlin. Files have three of the fields under the
    names they had at first.
    """

    in_incident = False

    timeline_name = "people"

    id: str
    name: str
    role: str = ""
    team: str = ""
    systems: tuple[str, ...] = ()
    """What the person owns."""
    phone: str = ""
    email: str = ""
    chat: str = ""
    zone: str = ""
    hours: str = ""
    """When to reach them best, in their own words."""
    note: str = ""

    @cached_property
    def contact(self) -> str:
        """How to reach the person at once: by phone, else in the chat, else by e-mail; "" if nobody has said."""
        return self.phone or self.chat or self.email

    @cached_property
    def words(self) -> str:
        """What one looks for words in."""
        return folded(
            "\n".join(
                (self.name, *self.systems, self.team, self.role, self.email, self.phone, self.chat, self.note, self.id)
            )
        )

    @cached_property
    def parts(self) -> tuple[str, ...]:
        """The parts of the name, as one looks for them."""
        return tuple(folded(self.name).split())

    @cached_property
    def owned(self) -> str:
        """The systems the person owns, as one looks for them."""
        return folded("\n".join(self.systems))

    @cached_property
    def tz(self) -> tzinfo | None:
        """The zone the person is in; None if it is not known."""
        return zone_of(self.zone)

    def value(self, field: str) -> str:
        """One of FIELDS as text; systems with commas between them."""
        found: str | tuple[str, ...] = getattr(self, field)
        return ", ".join(found) if isinstance(found, tuple) else found


class PersonRemoved(Body, frozen=True, tag="person-removed"):
    """A person is no longer known here, and on no list; earlier entries stay in the file until they are erased."""

    in_incident = False

    timeline_name = "people"

    person: str


class ListChanged(Body, frozen=True, tag="people-list"):
    """People are put on a list or taken off it; the first entry for a `group` makes the list. A `label` renames it."""

    in_incident = False

    timeline_name = "people"

    group: str
    label: str = ""
    joins: tuple[str, ...] = ()
    leaves: tuple[str, ...] = ()
    removed: bool = False
    """Whether the list is gone with this."""


class Shift(msgspec.Struct, frozen=True, omit_defaults=True):
    """Somebody is on call from `since` up to `until` (ms UTC); `person` is "" for somebody who is not known here."""

    since: int
    until: int
    name: str
    person: str = ""


class OnCall(Body, frozen=True, tag="on-call"):
    """Somebody is on call for a rotation, as a person typed it; it goes before what a calendar says of that time.

    A later entry with the same `shift` replaces it; with `until` before `since`, there is none any more.
    """

    in_incident = False

    timeline_name = "people"

    shift: str
    since: int
    until: int
    name: str
    person: str = ""
    rotation: str = ""


class OnCallRead(Body, frozen=True, tag="on-call-calendar"):
    """The shifts of a rotation as a calendar has them; they replace those read for the same rotation before."""

    in_incident = False

    timeline_name = "people"

    rotation: str
    shifts: tuple[Shift, ...] = ()


def folded(text: str) -> str:
    """A text as it is compared: small letters without accents, on one line each, without spaces around it."""
    text = text.strip().casefold()
    if text.isascii():
        return text
    return "".join(sign for sign in unicodedata.normalize("NFKD", text) if not unicodedata.combining(sign))


def zone_of(name: str) -> tzinfo | None:
    """The time zone with that IANA name; None if there is none."""
    from zoneinfo import ZoneInfo  # not at every start

    if not re.fullmatch(r"[A-Za-z][A-Za-z0-9_+-]*(?:/[A-Za-z0-9_+-]+)*", name):
        return None
    try:
        return ZoneInfo(name)
    except (KeyError, OSError, ValueError):  # no zone, or a folder of zones
        return None
