"""What to do and what not to do: the classic mistakes and the manners of the war room, as the playbook has them."""

from typing import Annotated

import msgspec

_NonEmpty = Annotated[str, msgspec.Meta(min_length=1)]


class ClassicMistake(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A mistake that is easily made in an incident: its name, what not to do, and what to do instead."""

    id: _NonEmpty
    title: _NonEmpty
    dont: _NonEmpty
    do: _NonEmpty


class Manners(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """How to behave where the incident is worked on."""

    do: list[_NonEmpty] = []
    dont: list[_NonEmpty] = []


Section = tuple[str, tuple[tuple[str, str], ...]]
"""A heading, and lines below it, each with `Do` or `Don't` in front."""


def mistake_sections(mistakes: list[ClassicMistake]) -> list[Section]:
    """The mistakes, each as a section."""
    return [(row.title, (("Don't", row.dont), ("Do", row.do))) for row in mistakes]


def manners_section(manners: Manners) -> Section:
    """The manners, as one section."""
    do = (("Do", line) for line in manners.do)
    return "In the war room", (*do, *(("Don't", line) for line in manners.dont))
