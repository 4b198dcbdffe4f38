"""The kinds of entry: one file a family, each kind with everything about it.

A new kind is a struct in one of these files, or in a new one, which is found without being listed anywhere: its fields
and tag, what it answers differently from `entries.Body`, the function that drafts it with its words, and what can be
asked of an incident about it.
"""

from __future__ import annotations

from importlib import import_module
from pathlib import Path
from typing import Any, Union

import msgspec

from warroom.model.entries import Body, Unknown


def _kinds() -> tuple[type[Body], ...]:
    """Every kind that a file beside this one defines."""
    found: list[type[Body]] = []
    for file in sorted(Path(__file__).parent.glob("[a-z]*.py")):
        module = import_module(f"{__name__}.{file.stem}")
        found += [
            value
            for value in vars(module).values()
            if isinstance(value, type) and issubclass(value, Body) and value.__module__ == module.__name__
        ]
    return tuple(found)


KINDS = _kinds()
NARRATIVE = frozenset(str(kind.__struct_config__.tag) for kind in KINDS if not kind.changes_state)
"""The tags of the kinds that change no state."""

_decode = msgspec.json.Decoder(Union[KINDS]).decode  # noqa: UP007


def decode(kind: str, data: str) -> Body:
    """Turn a `data` column back into a body; a kind or shape this version does not know comes back as `Unknown`."""
    try:
        body: Any = _decode(data)
    except (msgspec.ValidationError, msgspec.DecodeError):
        return Unknown(kind, data)
    return body if body.kind == kind else Unknown(kind, data)
