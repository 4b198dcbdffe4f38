"""The console's own two themes, and which theme suits the terminal."""

from __future__ import annotations

from collections.abc import Mapping

from textual.theme import Theme

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
    variables={"border-blurred": "#3b4252", "text-muted": "#8a93a6"},
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
    variables={"border-blurred": "#b8bcc4", "text-muted": "#5a6270"},
)
NAMES = ("warroom-dark", "warroom-light", "ansi-dark", "ansi-light")
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
