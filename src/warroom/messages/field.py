"""A field of a message: all that the console's form has to know of messages, so it is quick to import."""

from __future__ import annotations

from typing import Annotated

import msgspec

TO = "to"
"""The id of the composer's field for the recipients."""
MOST_IN_FIELD = 5_000
"""The limit for the text of a field, in characters: a message is for people, and every key composes all of it."""

NonEmpty = Annotated[str, msgspec.Meta(min_length=1)]


class Field(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A field of a message that its sender fills in.

    `source` lists where its initial text may come from, tried in order (see `fields.prefill`). A field with `lines`
    above 1 has several lines; `bullets` means that each line is an item of a list. `quiet` is what it says in a message
    with nothing new, if nobody has filled it in before.
    """

    id: Annotated[str, msgspec.Meta(pattern=r"^[a-z][a-z0-9_]*$")]
    label: NonEmpty
    hint: str = ""
    source: tuple[str, ...] = ()
    required: bool = False
    lines: Annotated[int, msgspec.Meta(ge=1, le=50)] = 1
    bullets: bool = False
    quiet: str = ""
