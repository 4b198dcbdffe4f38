"""The one gate for text that came from people: hostile characters become visible, everything else stays as typed."""

from __future__ import annotations

import re
from typing import Any

# What must never reach a terminal or be stored as it came: C0 but newline and tab, DEL, C1, bidi controls, line and
# paragraph separators, tag characters, lone surrogates, and the interlinear/BOM characters that hide text.
# ZWJ and variation selectors stay: names and emoji need them.
_HOSTILE = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028\u2029\u202a-\u202e\u2066-\u2069\ufeff\ufff9-\ufffb"
    "\ud800-\udfff\U000e0000-\U000e007f]"
)


def _visible(match: re.Match[str]) -> str:
    code = ord(match.group())
    if code < 0x20:
        return chr(0x2400 + code)
    if code == 0x7F:
        return "␡"
    return f"⟨U+{code:04X}⟩"


def clean(text: str) -> str:
    """Keep people's words from acting on a terminal: each control, bidi or surrogate character becomes a visible sign.

    CRLF becomes LF. Newline, tab and ZWJ stay. Cleaning twice changes nothing.
    """
    if text.isascii() and text.isprintable():
        return text
    return _HOSTILE.sub(_visible, text.replace("\r\n", "\n"))


def clean_line(text: str) -> str:
    """Fit cleaned text onto one line of the screen or of a terminal: newlines show as ⏎, tabs as a space."""
    return clean(text).replace("\n", " ⏎ ").replace("\t", " ")


def clean_deep(value: Any) -> Any:
    """Clean every string, key or value, in a structure of dicts and lists as JSON has them."""
    if isinstance(value, str):
        return clean(value)
    if isinstance(value, dict):
        return {clean_deep(key): clean_deep(item) for key, item in value.items()}
    if isinstance(value, (list, tuple)):
        return [clean_deep(item) for item in value]
    return value
