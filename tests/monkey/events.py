"""What the monkey does, drawn from a seed alone and not from what the console answers, so that it can be replayed."""

from __future__ import annotations

import random
from typing import Any

from warroom.actions import ACTIONS

Event = tuple[str, Any]
"""What is done, and with what."""

SIZES = ((60, 20), (80, 24), (120, 36), (160, 45), (40, 10))
_PLACES = {"incident": 4, "compose": 2, "everywhere": 1}
_NEVER = {"Q"}
"""Keys that are events of their own."""
_MOVES = ("up", "down", "left", "right", "home", "end", "pageup", "pagedown", "tab", "shift+tab")
_EDITS = ("backspace", "delete", "ctrl+u", "ctrl+k", "ctrl+w", "ctrl+a", "ctrl+e")
_WORDS = (
    "rollback started", "checkout", "Priya", "-5m db is slow", "03:20 first alert", "40k", "25%", "sev2", "10m", "2h",
    "Is it DNS?", "[bold]x[/bold]", "{{ 7*7 }}", "éà 日本語 emoji 👩‍💻", "resolved?", "99:99", "-1m", "y", "n", "1",
    "25 h", "we promise it is fixed in 20 minutes", "x" * 90, "tomorrow 03:00", "customers can't pay " * 8,
)  # fmt: skip
_PASTES = (
    "one line",
    "03:10 alert\n03:12 Priya: looking\n03:15 rollback",
    "a\n\nb\n\n\nc\n",
    "\x1b[31mred\x1b[0m \x1b]0;title\x07 \x9b2J \u202eevil\u202c",
    "e" + "\u0301" * 500,
    "日本語" * 200,
    "\t\ttabs\tand \r\n carriage\r returns",
    "👩‍👩‍👧‍👦🏳️‍🌈" * 30,
    "\n" * 50,
)
_HUGE = ("word " * 30_000, "tiny\n" * 20_000, "x" * 200_000)
_ADVANCES = (200, 1000, 1000, 5000, 31_000, 60_000, 61_000, 5 * 60_000, 20 * 60_000, 3 * 3_600_000)
OTHERS = (
    "note", "note", "note", "notes", "backdated", "action", "amend", "move", "retract", "severity", "title", "fact",
    "role", "resolve", "reopen", "cancel", "close", "decision", "undo",
)  # fmt: skip


def _keys() -> tuple[list[str], list[int]]:
    weights: dict[str, int] = {}
    for action in ACTIONS:
        for key in (action.key, *action.keys):
            weights[key] = weights.get(key, 0) + _PLACES.get(action.where, 1)
    weights |= dict.fromkeys(_MOVES, 3) | {"escape": 18, "enter": 14, "down": 6, "up": 6}
    weights |= dict.fromkeys(_EDITS, 1)
    for key in _NEVER:
        weights.pop(key, None)
    return list(weights), list(weights.values())


_KEYS, _KEY_WEIGHTS = _keys()
_KINDS = {
    "keys": 56, "words": 12, "answer": 6, "paste": 4, "resize": 3, "clock": 8, "other": 8, "lock": 1, "switch": 3,
    "quit": 0.7, "restart": 0.4, "scroll": 1,
}  # fmt: skip


def draw(rng: random.Random, count: int) -> list[Event]:
    """Draw that many events."""
    kinds = rng.choices(list(_KINDS), list(_KINDS.values()), k=count)
    return [(kind, _detail(rng, kind, number)) for number, kind in enumerate(kinds)]


def _detail(rng: random.Random, kind: str, number: int) -> Any:
    match kind:
        case "keys":
            return rng.choices(_KEYS, _KEY_WEIGHTS)
        case "words":
            words = f"word{number}x" if rng.random() < 0.4 else rng.choice(_WORDS)
            return (words, rng.random() < 0.5)
        case "answer":
            return (rng.choice(("l", "l", "l", "d", "a", "T", "f", "r", "t", "z", "c", "x", "u", "slash")), number)
        case "paste":
            return rng.choice(_HUGE) if rng.random() < 0.05 else rng.choice(_PASTES)
        case "resize":
            return rng.choice(SIZES)
        case "clock":
            return rng.choice(_ADVANCES)
        case "other":
            return (rng.choice(OTHERS), rng.random())
        case "lock":
            return (rng.choice(("IMMEDIATE", "EXCLUSIVE", "reader")), rng.randint(1, 6))
        case "switch":
            return rng.randint(0, 3)
        case "quit":
            return rng.choices(_KEYS, _KEY_WEIGHTS)[0]
        case "scroll":
            return rng.choice((-1, 1))
    return None


def told(event: Event) -> str:
    """An event in a few words."""
    kind, what = event
    text = repr(what)
    return f"{kind} {text if len(text) < 100 else text[:80] + f'… ({len(text)} characters)'}"
