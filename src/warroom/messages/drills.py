"""The mark of a drill on every message about it, whatever its template says: on top, and in front of each title."""

from __future__ import annotations

import msgspec

from warroom.messages.forms import Formed, Rendered, Text
from warroom.model import drills

MARK = f"{drills.DRILL}: "
"""What stands in front of a title and of a short text, which has to have room for it."""


def marked(rendered: Rendered) -> Rendered:
    """A message with the mark in front of subject and title, on a line of its own on top, and in the short text."""
    short = rendered.short and _once(rendered.short)
    return msgspec.structs.replace(
        rendered,
        subject=_once(rendered.subject),
        title=rendered.title and _once(rendered.title),
        blocks=(Text(drills.NOT_REAL), *rendered.blocks),
        short=short,
    )


def apart(formed: Formed) -> Formed:
    """A message in its form with the line that marks it counted to the heading: nobody is to remark on its wording."""
    mark, between, rest = formed.body.partition("\n\n")
    if not between or formed.body.startswith(MARK):
        return formed
    return msgspec.structs.replace(formed, body=rest, body_at=formed.body_at + len(mark) + len(between))


def _once(text: str) -> str:
    return text if text.startswith(MARK) else f"{MARK}{text}"
