"""Making text from outside safe to show: hostile characters become visible, everything else stays as typed.

There is one gate in and one gate out, and these functions are both.

The gate in is where text enters: keys, paste, arguments and files (`clean`, `clean_line`), the fields of an entry
(`clean_deep`), rows of the journal file, which another program may have written (`clean`, `clean_json`). What has
come in needs no second look anywhere.

The gate out is where text leaves for a terminal or a document: the print functions of `cli.context`, the lines of
`terminal.line_widget`, `documents.render`, `messages.forms`. Cleaning twice changes nothing, so what slipped in by
some way nobody thought of still cannot act on a terminal.
"""

from __future__ import annotations

import re
from typing import Any

import msgspec

# What must never reach a terminal or be stored as it came: C0 but newline and tab, DEL, C1, bidi controls, line and
# paragraph separators, tag characters, lone surrogates, and the interlinear/BOM characters that hide text.
# ZWJ and variation selectors stay: names and emoji need them. None of these is printable in Python's sense.
_HOSTILE = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028\u2029\u202a-\u202e\u2066-\u2069\ufeff\ufff9-\ufffb"
    "\ud800-\udfff\U000e0000-\U000e007f]"
)
# What may hide such a character in JSON; the other escapes stand for a quote, a slash, a newline or a tab.
_JSON_ESCAPE = re.compile(r"\\[ubfr]")


def _visible(match: re.Match[str]) -> str:
    code = ord(match.group())
    if code < 0x20:
        return chr(0x2400 + code)
    if code == 0x7F:
        return "␡"
    return f"⟨U+{code:04X}⟩"


def clean(text: str) -> str:
    """Keep text from acting on a terminal: each control, bidi or surrogate character becomes a visible sign.

    CRLF becomes LF. Newline, tab and ZWJ stay. Cleaning twice changes nothing.
    """
    if text.isprintable():
        return text
    return _HOSTILE.sub(_visible, text.replace("\r\n", "\n"))


def clean_line(text: str) -> str:
    """Clean text and fit it onto one line: newlines show as ⏎, tabs as a space."""
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


def clean_json(text: str) -> str:
    r"""Clean JSON that is still text, and every string in it, where `\u001b` would only act once decoded.

    What holds nothing hostile comes back as it was, and so does what msgspec can't decode.
    """
    text = clean(text)
    if "\\" not in text or not _JSON_ESCAPE.search(text):
        return text
    try:
        value = msgspec.json.decode(text)
        safe = clean_deep(value)
    except (msgspec.DecodeError, RecursionError):
        return text
    return text if safe == value else msgspec.json.encode(safe).decode()
