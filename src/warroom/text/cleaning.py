"""Making text from outside safe to show: what acts on a terminal becomes visible, what nobody sees is removed.

Text is cleaned where it enters the program: keys, paste, arguments and files (`clean`, `clean_line`), the fields of an
entry (`clean_deep`), rows of the journal file, which another program may have written (`clean`, `clean_json`). Code in
between may rely on that.

It is cleaned again where it leaves for a terminal or a document: the print functions of `cli.context`, the lines of
`terminal.line_widget`, `documents.render`, `messages.forms`. Cleaning twice changes nothing, and text that got in
uncleaned still can't act on a terminal.
"""

from __future__ import annotations

import re
import unicodedata
from itertools import groupby
from typing import Any

from warroom.text.late import late

# Characters that are never stored or sent to a terminal: C0 except newline and tab, DEL, C1, bidi controls, line and
# paragraph separators, tag characters, lone surrogates, and the interlinear/BOM characters that hide text.
# Variation selectors stay: emoji need them. str.isprintable is false for all of these.
_HOSTILE = late(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028\u2029\u202a-\u202e\u2066-\u2069\ufeff\ufff9-\ufffb"
    "\ud800-\udfff\U000e0000-\U000e007f]"
)
# Characters that take no room, with which two texts look the same and are not; chats and web pages are full of them.
# They are removed, except where a script or an emoji needs them: the joiners (U+200C, U+200D) behind all letters but
# those of Latin, Greek, Cyrillic and Armenian, and the break (U+200B) behind letters of languages that put no spaces
# between words. What a joiner stands behind stays itself, so that cleaning again finds the same.
_HIDDEN = late(
    "[\u00ad\u2060-\u2064\u206a-\u206f]|(?<![\u0590-\u1dff\u2190-\U0010ffff])[\u200c\u200d]"
    "|(?<![\u0e00-\u109f\u1780-\u17ff\u1950-\u1aaf])\u200b"
)
# Marks of the direction of writing, as they are or made visible. Group 1 is the rest of a line, from a mark on that
# turns letters round.
_DIRECTION = late(
    r"((?:[\u202d\u202e]|⟨U\+202[DE]⟩)[^\n]*)"
    r"|[\u061c\u200e\u200f\u202a-\u202c\u2066-\u2069\ufeff]|⟨U\+(?:061C|200[EF]|202[A-C]|206[6-9]|FEFF)⟩"
)
MOST_MARKS = 30
"""How many combining or invisible characters may follow one another; no language needs more, and Unicode's
stream-safe format has the same limit. With thousands on one letter, a terminal program takes seconds to draw a line."""
_MAY_CROWD = late(rf"[^\w\s\x00-\u02ff]{{{MOST_MARKS + 1},}}")  # marks are no word characters; nor are symbols
_MARKS = frozenset({"Mn", "Me", "Mc", "Cf"})
# The escapes of JSON: CR before LF, a pair of surrogates, one code unit, and those of one letter.
_JSON_ESCAPE = late(
    r"(\\r(?=\\n))|\\u(d[89ab][0-9a-f]{2})\\u(d[c-f][0-9a-f]{2})|\\u([0-9a-f]{4})|\\(.)", re.IGNORECASE | re.DOTALL
)
_MAY_HIDE = re.compile(r"\\[ubfr]", re.IGNORECASE)  # a quick test first: most JSON has none of these
_LETTERS = {"b": "\b", "f": "\f", "r": "\r"}


def _visible(match: re.Match[str]) -> str:
    code = ord(match.group())
    if code < 0x20:
        return chr(0x2400 + code)
    if code == 0x7F:
        return "␡"
    return f"⟨U+{code:04X}⟩"


def clean(text: str) -> str:
    """Make text harmless to a terminal: each control, bidi or surrogate character becomes a visible symbol.

    CRLF becomes LF. Newline and tab stay; characters that nobody sees are removed, unless a script needs them. Of more
    than `MOST_MARKS` marks on one letter, the others become their number. Cleaning twice changes nothing.
    """
    if not text.isascii() and _MAY_CROWD.search(text):
        text = _MAY_CROWD.sub(_thinned, text)
    if text.isprintable() or text.replace("\n", "").replace("\t", "").isprintable():
        return text
    return _HOSTILE.sub(_visible, _HIDDEN.sub("", text).replace("\r\n", "\n"))


def _thinned(match: re.Match[str]) -> str:
    pieces: list[str] = []
    for marks, run in groupby(match.group(), lambda character: unicodedata.category(character) in _MARKS):
        piece = "".join(run)
        if marks and len(piece) > MOST_MARKS:
            piece = f"{piece[:MOST_MARKS]}⟨{len(piece) - MOST_MARKS:,} more marks⟩"
        pieces.append(piece)
    return "".join(pieces)


def without_direction(text: str) -> str:
    """Remove from an imported text the marks of direction that chats and address books put around names and numbers.

    Those that turn letters round (U+202D and U+202E) stay, for `clean` to make visible: no such program uses them. In
    the rest of that line all marks stay, so that the one that ends the turning (U+202C) is visible too. What is typed
    or pasted keeps all of them, visible.
    """
    return text if text.isascii() else _DIRECTION.sub(r"\1", text)


def clean_line(text: str) -> str:
    """Clean text and put it on one line: newlines become ⏎, tabs a space."""
    return clean(text).replace("\n", " ⏎ ").replace("\t", " ")


def clean_deep(value: Any) -> Any:
    """Clean every string, key or value, in a JSON-like structure of dicts and lists."""
    if isinstance(value, str):
        return clean(value)
    if isinstance(value, dict):
        return {clean_deep(key): clean_deep(item) for key, item in value.items()}
    if isinstance(value, (list, tuple)):
        return [clean_deep(item) for item in value]
    return value


def clean_json(text: str) -> str:
    r"""Clean JSON text, including hostile characters written as escapes, such as `\u001b`.

    The JSON is not decoded, so malformed JSON is cleaned too. Harmless escapes stay unchanged.
    """
    text = clean(text)
    return _JSON_ESCAPE.sub(_Escapes(), text) if "\\" in text and _MAY_HIDE.search(text) else text


class _Escapes:
    """Cleans the escapes of one JSON text in their order, each as what it stands for, after the one before it."""

    def __init__(self) -> None:
        self._end, self._before = -1, ""

    def __call__(self, match: re.Match[str]) -> str:
        cr, high, low, unit, letter = match.groups()
        if cr:
            return ""
        if high:
            character = chr(0x10000 + ((int(high, 16) - 0xD800) << 10) + int(low, 16) - 0xDC00)
        else:
            character = chr(int(unit, 16)) if unit else _LETTERS.get(letter, "")
        start = match.start()
        before = self._before if start == self._end else match.string[start - 1 : start]
        self._end, self._before = match.end(), character or letter
        shown = clean(before + character).removeprefix(clean(before)) if _HIDDEN.search(character) else clean(character)
        return match.group() if shown == character else shown
