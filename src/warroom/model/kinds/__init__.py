"""The kinds of entry: one file a family, each kind with everything about it.

A new kind is a struct in one of these files, or in a new one, which is found without being listed anywhere: its fields
and tag, what it answers differently from `entries.Body`, the function that drafts it with its words, and what can be
asked of an incident about it.
"""

from __future__ import annotations

from functools import cache
from importlib import import_module
from pathlib import Path

import msgspec

from warroom.model.entries import Body, Unknown


def _kinds() -> tuple[type[Body], ...]:
    """Every kind that a file beside this one defines."""
    found: list[type[Body]] = []
    for path in sorted(Path(__file__).parent.iterdir()):
        if path.suffix != ".py" or path.name.startswith("_") or not path.stem.isidentifier():
            continue
        module = import_module(f"{__name__}.{path.stem}")
        found += [
            value
            for value in vars(module).values()
            if isinstance(value, type) and issubclass(value, Body) and value.__module__ == module.__name__
        ]
    return tuple(found)


KINDS = _kinds()
LEADS_TO = {kind.tag(): kind.leads_to for kind in KINDS if kind.leads_to is not None}
"""The tags of the kinds that decide on an incident's life, and what they make of it."""

_BY_TAG = {kind.tag(): kind for kind in KINDS}


@cache
def _decoder(kind: type[Body]) -> msgspec.json.Decoder[Body]:
    """Made when a kind is first met: a short log has few of them, and each takes its time."""
    return msgspec.json.Decoder(kind)


def decode(kind: str, data: str) -> Body:
    """Turn a `data` column back into a body; a kind or shape this version does not know comes back as `Unknown`."""
    known = _BY_TAG.get(kind)
    if known is None:
        return Unknown(kind, data)
    try:
        return _decoder(known).decode(data)
    except (msgspec.ValidationError, msgspec.DecodeError):
        return Unknown(kind, data)
