"""People who are known between incidents: who they are, the lists they are on, and when they are on call.

These entries stand in the register `ids.REGISTER_PEOPLE`, in no incident. Their ids are random, so that nothing of a
person is left in them once the rest is erased. The text of an entry never has more of a person than the name.
"""

from __future__ import annotations

import msgspec

from warroom.model.entries import Body


class PersonSaved(Body, frozen=True, tag="person"):
    """All that is known of a person from now on; what an earlier entry for the same `person` says no longer counts."""

    in_incident = False

    timeline_name = "people"

    person: str
    name: str
    title: str = ""
    team: str = ""
    systems: tuple[str, ...] = ()
    """What the person owns."""
    phone: str = ""
    email: str = ""
    chat: str = ""
    zone: str = ""
    hours: str = ""
    """When to reach them best, in their own words."""
    remark: str = ""


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
