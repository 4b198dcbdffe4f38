"""Making a short text fit where it goes: whole parts of it, in the order of their ranks, as long as there is room.

No sentence is cut or taken out of a field. Whoever wants to say it in fewer words writes the short text themselves.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence

import msgspec

from warroom.messages.length import SMS_LIMIT, length
from warroom.messages.ranks import Part

_PLAIN = str.maketrans({
    "‘": "'", "’": "'", "‚": ",", "“": '"', "”": '"', "„": '"', "–": "-", "—": "-", "…": "...", "\u00a0": " ",
    "₦": "NGN ", "₹": "INR ", "₩": "KRW ", "₪": "ILS ", "₫": "VND ", "₱": "PHP ", "₽": "RUB ", "₺": "TRY ", "₴": "UAH ",
    "\u202f": " ", "×": "x", "≈": "~", "→": "-", "•": "-", "≥": ">=", "≤": "<=", "−": "-",
})  # fmt: skip
"""Marks that take the room of ninety characters from a text message, and what stands for them there."""
_DEGREES = re.compile(r"°(?=[CF]\b)")

Write = Callable[[Mapping[str, object]], Sequence[str | Part]]
"""Fills in a short text, and gives its parts."""


class Fitted(msgspec.Struct, frozen=True):
    """A short text, and the names of the values without room in it; True for those of which it says a part."""

    text: str
    no_room: Mapping[str, bool]


def fitted(form: str, write: Write, values: Mapping[str, object], names: Iterable[str], front: str = "") -> Fitted:
    """The text with the parts that have room in a form; what has no rank is there even if it is too long.

    `names` are the values to be told of if they have no room. `front` will stand in front of the text, and takes room.
    """
    parts = write(values)
    ranked = [(part.rank, at, part) for at, part in enumerate(parts) if isinstance(part, Part)]
    shown = {at: part for at, part in enumerate(parts) if isinstance(part, str)}
    for _, at, part in sorted(ranked, key=lambda row: row[:2]):
        for text in part.texts:
            tried = length(form, plain(form, f"{front}{_joined(shown | {at: text})}"))
            if tried is None or not tried.over:
                shown[at] = text
                break
    left = [part for _, at, part in ranked if shown.get(at) != part.texts[0]]
    return Fitted(plain(form, _joined(shown)), _no_room(write, values, names, left, {*shown.values()}) if left else {})


def _joined(shown: Mapping[int, str]) -> str:
    text = ""
    for at in sorted(shown):
        part = shown[at]
        if part.startswith(":"):
            text = text.removesuffix(".") + part
        else:
            text += f" {part}" if text else part
    return text


def _no_room(
    write: Write, values: Mapping[str, object], names: Iterable[str], left: Iterable[Part], shown: set[str]
) -> dict[str, bool]:
    """The values of the parts `left` of which no text is among those shown; True for those that another part tells."""
    found = {}
    for name in names:
        if not str(values.get(name) or "").strip():
            continue
        without = write({**values, name: ""})  # a text that is not in it tells the value
        others = {text for part in without for text in (part.texts if isinstance(part, Part) else (part,))}
        telling = [{*part.texts} - others for part in left if part.texts[0] not in others]
        if any(not texts & shown for texts in telling):
            found[name] = bool(shown - others)
    return found


def plain(form: str, text: str) -> str:
    """A text with the marks of the phone network's own alphabet, if that is all that it takes."""
    if form != "sms":
        return text
    simple = _DEGREES.sub("", text.translate(_PLAIN))
    found = length(form, simple)
    return simple if found is not None and found.limit == SMS_LIMIT else text
