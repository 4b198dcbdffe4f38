"""A field of a message: all that the console's form has to know of messages, so it is quick to import."""

from __future__ import annotations

from typing import Annotated, Literal, get_args

import msgspec

TO = "to"
"""The id of the composer's field for the recipients."""
MOST_IN_FIELD = 5_000
"""The limit for the text of a field, in characters: a message is for people, and every key composes all of it."""

Form = Literal["plain", "email", "slack", "markdown", "status", "sms", "social"]
"""A form in which a message is pasted somewhere."""
State = Literal["investigating", "identified", "monitoring", "resolved"]
"""The state of an incident on a status page."""
FORMS: tuple[str, ...] = get_args(Form)
STATES: tuple[str, ...] = get_args(State)

NonEmpty = Annotated[str, msgspec.Meta(min_length=1)]


class Field(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A field of a message that its sender fills in.

    `source` lists where its initial text may come from, tried in order (see `fields.prefill`). A field with `lines`
    above 1 has several lines; `bullets` means that each line is an item of a list. `quiet` is what it says in a message
    with nothing new, if nobody has filled it in before. `only` names the forms and the states of a message in which it
    is shown and counts; without any, it always does.
    """

    id: Annotated[str, msgspec.Meta(pattern=r"^[a-z][a-z0-9_]*$")]
    label: NonEmpty
    hint: str = ""
    source: tuple[str, ...] = ()
    required: bool = False
    lines: Annotated[int, msgspec.Meta(ge=1, le=50)] = 1
    bullets: bool = False
    quiet: str = ""
    only: tuple[Form | State, ...] = ()

    def counts(self, form: str, state: str) -> bool:
        """Whether it is a field of a message in this form, about an incident in this state."""
        forms = [name for name in self.only if name in FORMS]
        states = [name for name in self.only if name in STATES]
        return (not forms or form in forms) and (not states or state in states)
