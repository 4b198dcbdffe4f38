"""The playbook's tables for the time after the fix: recovery, the post-mortem and action items."""

import re
from collections.abc import Collection, Iterator
from typing import Annotated, Literal

import msgspec

NonEmpty = Annotated[str, msgspec.Meta(min_length=1)]
Minutes = Annotated[int, msgspec.Meta(gt=0, le=366 * 24 * 60)]
Days = Annotated[int, msgspec.Meta(gt=0, le=3660)]
Level = Annotated[int, msgspec.Meta(ge=1, le=4)]

DoneBy = Literal["", "post-mortem", "action-item", "verified"]


class _Row(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A table of the playbook: immutable, and an unknown key is a mistake."""


class RecoveryItem(_Row, frozen=True):
    """One thing to do after the fix, `required` at these severities and optional at the others.

    It ticks itself when a message of one of `done_by_message` goes out after the resolution, or by what `done_by`
    names: the post-mortem is done, an action item exists that prevents it, or the milestone "verified" is set.
    """

    id: NonEmpty
    text: NonEmpty
    required: list[Level] = []
    done_by_message: list[str] = []
    done_by: DoneBy = ""


class Horizon(_Row, frozen=True):
    """What is to be done by a certain time after the resolution; without `within_min` its items have no clock.

    An item may be only a text, as in playbooks written before items had more: then it is optional.
    """

    when: NonEmpty
    items: list[RecoveryItem | NonEmpty]
    within_min: Minutes | None = None

    @property
    def rows(self) -> list[RecoveryItem]:
        """The items, those that are only a text as well."""
        return [RecoveryItem(slug(row), row) if isinstance(row, str) else row for row in self.items]


class Section(_Row, frozen=True):
    """One section of the post-mortem: what belongs in it, and the questions to ask while writing it.

    With `blameless`, its text is checked for people named as the cause. Sections whose id the program knows are filled
    in from the log until somebody edits them.
    """

    id: NonEmpty
    title: NonEmpty
    hint: str = ""
    questions: list[NonEmpty] = []
    blameless: bool = False


class PostMortem(_Row, frozen=True):
    """At which severities a post-mortem is owed, within which time after the resolution, and its sections."""

    owed: list[Level] = []
    within_min: Minutes = 48 * 60
    sections: list[Section] = []

    def section(self, id: str) -> Section | None:
        """The section with that id, if there is one."""
        return next((row for row in self.sections if row.id == id), None)


class ActionKind(_Row, frozen=True):
    """What an action item is for, such as to prevent the incident or to detect it sooner."""

    id: NonEmpty
    name: NonEmpty
    what: str = ""


class Priority(_Row, frozen=True):
    """A priority of action items: how many days after the resolution they are due, at which severities it is usual."""

    id: NonEmpty
    name: NonEmpty
    within_days: Days | None = None
    usual: list[Level] = []


class ActionItems(_Row, frozen=True):
    """The kinds and priorities of action items, each in the order they are offered."""

    kinds: list[ActionKind] = []
    priorities: list[Priority] = []

    def kind(self, id: str) -> ActionKind | None:
        """The kind with that id, if there is one."""
        return next((row for row in self.kinds if row.id == id), None)

    def priority(self, id: str) -> Priority | None:
        """The priority with that id, if there is one."""
        return next((row for row in self.priorities if row.id == id), None)

    def usual(self, severity: int) -> Priority | None:
        """The priority that is usual at a severity; None if no priority names it."""
        return next((row for row in self.priorities if severity in row.usual), None)


def slug(text: str) -> str:
    """An id made of a text: `the fix works (verified)` → `the-fix-works-verified`."""
    return re.sub(r"[^a-z0-9]+", "-", text.lower()).strip("-") or "item"


def mistakes(recovery: list[Horizon], post_mortem: PostMortem, action_items: ActionItems) -> Iterator[tuple[str, str]]:
    """Mistakes that types can't catch, each as (key, what is expected)."""
    before = 0
    for number, horizon in enumerate(recovery, 1):
        if horizon.within_min is not None:
            if horizon.within_min <= before:
                yield f"recovery[number {number}].within_min", f"expected more than {before}, as the row above it has"
            before = horizon.within_min
    yield from _duplicates("recovery.items", [row.id for horizon in recovery for row in horizon.rows])
    yield from _duplicates("post_mortem.sections", [row.id for row in post_mortem.sections])
    yield from _duplicates("action_items.kinds", [row.id for row in action_items.kinds])
    yield from _duplicates("action_items.priorities", [row.id for row in action_items.priorities])


def _duplicates(key: str, ids: Collection[str]) -> Iterator[tuple[str, str]]:
    seen: set[str] = set()
    for id in ids:
        if id in seen:
            yield key, f"expected every id once, found {id!r} twice"
            return
        seen.add(id)
