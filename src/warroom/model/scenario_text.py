"""Writing a scenario as the TOML file that a person then edits."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import msgspec

from warroom.model.scenario import Event, Expected, Question, Scenario, Step
from warroom.text.cleaning import clean

_ROWS: tuple[tuple[str, type[msgspec.Struct]], ...] = (
    ("events", Event),
    ("questions", Question),
    ("expected", Expected),
    ("tour", Step),
)


def as_toml(scenario: Scenario, *, comment: str = "") -> str:
    """The scenario as TOML, without what is not set; `load` reads the same from it. `comment` comes first."""
    return "\n".join(_lines(scenario, comment)) + "\n"


def _lines(scenario: Scenario, comment: str) -> Iterator[str]:
    for line in comment.splitlines():
        yield f"# {clean(line)}".rstrip()
    yield ""
    for key in ("title", "lesson", "briefing", "minutes", "starts", "severity"):
        yield f"{key} = {_value(getattr(scenario, key))}"
    for name, kind in _ROWS:
        for row in getattr(scenario, name):
            yield ""
            yield f"[[{name}]]"
            for field in msgspec.structs.fields(kind):
                value = getattr(row, field.name)
                if field.required or value != _default(field):
                    yield f"{field.encode_name} = {_value(value)}"


def _default(field: msgspec.structs.FieldInfo) -> Any:
    return field.default if field.default_factory is msgspec.NODEFAULT else field.default_factory()


def _value(value: Any) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float):
        return f"{value:.4f}".rstrip("0").rstrip(".")
    if isinstance(value, int):
        return str(value)
    if isinstance(value, dict):
        pairs = ", ".join(f"{json.dumps(key)} = {_value(inner)}" for key, inner in value.items())
        return f"{{ {pairs} }}"
    if isinstance(value, (list, tuple)):
        return f"[{', '.join(map(_value, value))}]"
    return json.dumps(clean(value), ensure_ascii=False)
