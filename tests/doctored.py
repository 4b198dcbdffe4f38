"""A journal that another program has filled with everything that would act on a terminal."""

from __future__ import annotations

import json
import shutil
import sqlite3
from pathlib import Path
from typing import Any

from tests.store.conftest import by_hand

OLD = Path(__file__).parent / "fixtures" / "journal-of-version-4.db"

ACTS = "\x1b]0;owned\x07\x1b[31m\x9b31m\x9d0;owned\x9c\x7f\x08\u202eevil\u2066x\u2028\ufeff\U000e0041"
"""Sets a title, a colour and a direction, and hides text, where nothing stops it."""

NOT_UTF_8 = b"\xed\xa0\x80\xff"
"""A lone surrogate as some programs write it, and a byte that is nothing."""

# What the program itself looks up or counts with; with these changed too, an entry means something else.
_IDS = {"kind", "item", "role", "stage", "target", "clock", "rule", "trigger", "step", "outcome", "message", "channel"}


def doctored(to: Path, *, ids: bool = False) -> Path:
    """Make a journal at `to` with one open incident, an entry of each kind, and hostile text wherever text can be.

    With `ids`, the incident, the origin and every id in the data are hostile too.
    """
    shutil.copy(OLD, to)
    by_hand(to, "DELETE FROM journal WHERE n = 34")  # where it was resolved for the second time
    connection = sqlite3.connect(to)
    connection.create_function("hostile", 1, lambda text: f"{text}{ACTS}", deterministic=True)
    connection.create_function("hostile_json", 1, lambda text: _hostile_json(text, ids), deterministic=True)
    connection.execute("UPDATE journal SET author = hostile(author), text = hostile(text), data = hostile_json(data)")
    connection.execute("UPDATE journal SET kind = hostile(kind) WHERE n = 35")
    if ids:
        connection.execute("UPDATE journal SET incident = hostile(incident), origin = hostile(origin)")
        connection.execute("UPDATE tally SET incident = hostile(incident)")
        connection.execute("UPDATE origin SET id = hostile(id)")
    else:
        connection.execute("UPDATE journal SET data = replace(data, 'easing', '\\ud800') WHERE n = 27")
        connection.execute("UPDATE journal SET author = CAST(? AS TEXT), text = CAST(? AS TEXT) WHERE n = 9", [
            NOT_UTF_8, b"broken " + NOT_UTF_8,
        ])  # fmt: skip
    connection.commit()
    connection.close()
    return to


def _hostile_json(text: str, ids: bool) -> str:
    # ASCII controls have to be escaped in JSON; the others stand as they are, as most programs write them.
    return json.dumps(_hostile(json.loads(text), ids), ensure_ascii=False)


def _hostile(value: Any, ids: bool) -> Any:
    if isinstance(value, dict):
        return {
            key: item if key == "kind" or (key in _IDS and not ids) else _hostile(item, ids)
            for key, item in value.items()
        }
    if isinstance(value, list):
        return [_hostile(item, ids) for item in value]
    return f"{value}{ACTS}\r\nand\ton\b\f" if isinstance(value, str) else value


def keep_hostile(path: Path, **preferences: object) -> None:
    """Put values into the preferences as JSON, past the program; every string in them gets hostile text behind it."""
    connection = sqlite3.connect(path)
    for name, value in preferences.items():
        row = (name, json.dumps(_hostile(value, True), ensure_ascii=False))
        connection.execute("INSERT OR REPLACE INTO preferences VALUES (?, ?)", row)
    connection.commit()
    connection.close()


def acting(printed: str) -> set[str]:
    """The characters in text for a terminal that would act on it; newline and tab may be there."""
    hostile = {*ACTS, "\r", "\f", "\v", *map(chr, range(0x80, 0xA0)), *map(chr, range(0xD800, 0xE000))}
    return {char for char in printed if char in hostile and not char.isprintable()}
