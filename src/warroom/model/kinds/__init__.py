"""The kinds of journal entry: one file per family, with everything about each kind.

A new kind is a struct in one of these files, or in a new file, which is found automatically: its fields and tag, what
it overrides of `entries.Body`, the function that makes a draft of it, and functions that read it from an incident.
"""

from __future__ import annotations

from functools import cache
from importlib import import_module
from pathlib import Path

import msgspec

from warroom.model.entries import Body, Unknown


def _kinds() -> tuple[type[Body], ...]:
    """Every kind defined in a file of this folder."""
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
"""The tags of the kinds that open, resolve or close an incident, each with the state it leads to."""

_BY_TAG = {kind.tag(): kind for kind in KINDS}


@cache
def _decoder(kind: type[Body]) -> msgspec.json.Decoder[Body]:
    """Made only when a kind is first read: a short log has few kinds, and each decoder takes time to build."""
    return msgspec.json.Decoder(kind)


def decode(kind: str, data: str) -> Body:
    """Turn a `data` column back into a body; `Unknown` if this version does not know the kind or its fields."""
    known = _BY_TAG.get(kind)
    if known is None:
        return Unknown(kind, data)
    try:
        return _decoder(known).decode(data)
    except (msgspec.ValidationError, msgspec.DecodeError):
        return Unknown(kind, data)
