"""Which texts look the same on a screen: the same words in other white space, other Unicode, other capitals."""

from __future__ import annotations

import re
import unicodedata
from itertools import accumulate

from warroom.text.late import late

# What takes no room on a screen, also as `clean` makes it visible: it may stand between any two letters.
_NO_ROOM = late(
    "[\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u202a-\u202e\u2060-\u206f\u3164\ufe00-\ufe0f"
    "\ufeff\uffa0\ufff9-\ufffb\U000e0000-\U000e0fff]|⟨U\\+[0-9A-F]{4,6}⟩"
)
_SPACE = late(r"[\s⏎]+")  # a line break is shown as ⏎ on one line
_NEITHER = late(r"[\W_]+")
_JSON_ESCAPE = late(r"\\(?:u([0-9a-fA-F]{4})|.)", re.DOTALL)
# Letters of other alphabets that look like those of ours, in the order of the row below.
_TWINS = str.maketrans("абвгеіјкмнорстухһԁѕԛԝαεικνορτυχ", "a6breijkmhopctyxhdsqwaeikvoptux")
LEAST_ALIKE = 6
"""How many letters and digits words have at least to be looked for without what stands between them."""


def folded(text: str) -> str:
    """A text as it is compared: without capitals and what takes no room, with one space for each run of white space."""
    if text.isascii():
        return _SPACE.sub(" ", text.lower())
    return _SPACE.sub(" ", _normal(_NO_ROOM.sub("", text)))


def _normal(text: str) -> str:
    decomposed = unicodedata.normalize("NFD", text)
    return unicodedata.normalize("NFD", decomposed.casefold())


def places(words: str, text: str) -> list[tuple[int, int]]:
    """Where a text has words that are `folded`: the start and the end of each place, none of which overlap."""
    if not words or words not in folded(text):
        return []
    pieces = _pieces(text)
    starts = list(accumulate((len(piece) for piece, _, _ in pieces), initial=0))
    piece_at = {start: number for number, start in enumerate(starts)}
    whole = "".join(piece for piece, _, _ in pieces)
    found: list[tuple[int, int]] = []
    place = whole.find(words)
    while place >= 0:
        first, after = piece_at.get(place), piece_at.get(place + len(words))
        if first is None or after is None:  # only a part of a letter, such as the e of an é
            place = whole.find(words, place + 1)
            continue
        found.append((pieces[first][1], pieces[after - 1][2]))
        place = whole.find(words, place + len(words))
    return found


def _pieces(text: str) -> list[tuple[str, int, int]]:
    """A text cut into letters with their marks: each folded, where it starts, and where it ends. None is empty."""
    hidden = dict(found.span() for found in _NO_ROOM.finditer(text))
    cuts: list[tuple[int, int]] = []
    place = 0
    while place < len(text):
        end = hidden.get(place, place + 1)
        if cuts and (place in hidden or _is_mark(text[place])):
            cuts[-1] = (cuts[-1][0], end)
        else:
            cuts.append((place, end))
        place = end
    found: list[tuple[str, int, int]] = []
    for start, end in cuts:
        piece = folded(text[start:end])
        if piece == " " and found and found[-1][0] == " ":
            found[-1] = (" ", found[-1][1], end)
        elif piece:
            found.append((piece, start, end))
    return found


def _is_mark(character: str) -> bool:
    return not character.isascii() and unicodedata.combining(unicodedata.normalize("NFD", character)[0]) != 0


def skeleton(text: str) -> str:
    """Only the letters and digits of a text, without marks, in one alphabet: what somebody takes for the same."""
    if not text.isascii():
        plain = unicodedata.normalize("NFKD", _NO_ROOM.sub("", text)).casefold()
        text = "".join(c for c in unicodedata.normalize("NFKD", plain) if not unicodedata.combining(c))
        text = text.translate(_TWINS)
    return _NEITHER.sub("", text.lower())


def skeleton_of_json(data: str) -> str:
    """The same of JSON, without its quotation marks and line breaks."""
    if "\\" in data:
        data = _JSON_ESCAPE.sub(lambda found: chr(int(found[1], 16)) if found[1] else "", data)
    return skeleton(data)
