"""The console's own themes, and which theme suits the terminal."""

from __future__ import annotations

from collections.abc import Mapping
from copy import copy

from textual.theme import BUILTIN_THEMES, Theme

DARK = Theme(
    name="warroom-dark",
    primary="#7aa2f7",
    secondary="#5f87af",
    warning="#e0af68",
    error="#f7768e",
    success="#8bc34a",
    accent="#7dcfff",
    foreground="#d5d9e3",
    background="#14161b",
    surface="#1b1e25",
    panel="#232833",
    boost="#2a303d",
    dark=True,
    variables={"border-blurred": "#465066", "text-muted": "#8a93a6", "cursor-line": "on #2a303d"},
)
LIGHT = Theme(
    name="warroom-light",
    primary="#1d4ed8",
    secondary="#475569",
    warning="#9a5b00",
    error="#b3122e",
    success="#2f6b12",
    accent="#0b6a88",
    foreground="#1c2230",
    background="#fbfbfa",
    surface="#f1f1ee",
    panel="#e4e5e2",
    boost="#dcdeda",
    dark=False,
    variables={"border-blurred": "#a3a8b2", "text-muted": "#5a6270", "cursor-line": "on #dcdeda"},
)


def _own_ansi(name: str, **variables: str) -> Theme:
    """Return Textual's theme of 16 colors, with what the console needs besides; names and colors stay the same.

    The line under the cursor is underlined: there is no background that every palette has, and NO_COLOR has none.
    """
    theme = copy(BUILTIN_THEMES[name])
    theme.variables = {**theme.variables, "cursor-line": "bold underline", **variables}
    return theme


ANSI_DARK = _own_ansi("ansi-dark", **{"border-blurred": "ansi_bright_black"})
ANSI_LIGHT = _own_ansi("ansi-light", **{"border-blurred": "ansi_bright_black"})
OWN = (DARK, LIGHT, ANSI_DARK, ANSI_LIGHT)
NAMES = tuple(theme.name for theme in OWN)
"""The themes that the theme key goes through."""


def best(env: Mapping[str, str]) -> str:
    """Return the theme for a terminal with this environment; one of its own 16 colors if it has no more."""
    light = _is_light(env)
    if env.get("NO_COLOR") or not _has_many(env):
        return "ansi-light" if light else "ansi-dark"
    return "warroom-light" if light else "warroom-dark"


def _has_many(env: Mapping[str, str]) -> bool:
    if env.get("COLORTERM", "").lower() in ("truecolor", "24bit"):
        return True
    term = env.get("TERM", "")
    return any(word in term for word in ("256", "direct", "kitty", "alacritty", "ghostty", "foot", "wezterm"))


def _is_light(env: Mapping[str, str]) -> bool:
    """Return whether COLORFGBG (`foreground;background`) says that the background is light; most terminals don't."""
    background = env.get("COLORFGBG", "").rpartition(";")[2]
    return background in ("7", "15")
