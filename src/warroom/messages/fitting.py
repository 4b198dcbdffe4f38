"""Making a short text fit where it goes: of all that it could say, the sentences that are worth most and have room.

A template says what each part is worth (see `worth`). What has no worth is always there.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from typing import Any

import msgspec

from warroom.messages.length import SMS_LIMIT, length
from warroom.messages.matters import harms
from warroom.messages.worth import Choice, Option
from warroom.text.sentences import unstopped

TIGHTEST = 5
"""The last of the ways in which a template may say the same: its value `tight`, which is 0 in the one to prefer."""
_ROOMS = (3, 2, 1)
"""Values of `room` in which an older template, without `worth`, says more; it is 0 in all other ways."""
_PLAIN = str.maketrans({
    "‘": "'", "’": "'", "‚": ",", "“": '"', "”": '"', "„": '"', "–": "-", "—": "-", "…": "...", "\u00a0": " ",
    "₦": "NGN ", "₹": "INR ", "₩": "KRW ", "₪": "ILS ", "₫": "VND ", "₱": "PHP ", "₽": "RUB ", "₺": "TRY ", "₴": "UAH ",
    "\u202f": " ", "×": "x", "≈": "~", "→": "-", "•": "-", "≥": ">=", "≤": "<=", "−": "-",
})  # fmt: skip
"""Marks that take the room of ninety characters from a text message, and what stands for them there."""
_DEGREES = re.compile(r"°(?=[CF]\b)")
_OWN_WORDS = 0.1
"""How much less the program's own text in a field is worth than what somebody typed there."""
_OLD = 0.85
"""How much of its worth a text has that the last message of this kind had too."""
_APART = 8
"""What a sentence loses that speaks of `the other 60`, if what they are the other of is not there."""

Write = Callable[[Mapping[str, object]], Sequence[str | Choice]]
"""Fills in a short text, and gives its parts."""


class Fitted(msgspec.Struct, frozen=True):
    """A short text, and what has no room in it: the ids of the fields, and the sentences."""

    text: str
    left_out: tuple[str, ...] = ()
    lost: tuple[str, ...] = ()


class _Found(msgspec.Struct, frozen=True):
    worth: float
    options: tuple[Option, ...]
    parts: tuple[str | Choice, ...]
    values: Mapping[str, object]


def fitted(
    form: str,
    write: Write,
    values: Mapping[str, object],
    fields: Iterable[str],
    added: Iterable[str] = (),
    old: Iterable[str] = (),
    *,
    roomy: bool = False,
) -> Fitted:
    """The text that is worth most and fits the form, or else the shortest there is, since a warning says so then.

    `fields` are those whose words are to be told if they have no room. `added` are those whose text is the program's
    own: it goes before anything that somebody typed. `old` are those that the last message had too. `roomy` if the
    template uses `room`.
    """
    less = {share: {str(values[field]).strip() for field in ids} for share, ids in ((_OWN_WORDS, added), (_OLD, old))}
    best: _Found | None = None
    tried: list[tuple[str | Choice, ...]] = []
    for way in _ways(values, roomy=roomy):
        parts = tuple(write(way))
        if parts in tried:
            continue
        tried.append(parts)
        found = _worth_most(form, parts, less, protect=bool(values.get("at_risk")))
        if found is not None and (best is None or found[0] > best.worth):
            best = _Found(*found, parts, way)
    if best is None:
        best = min(
            (
                _Found(0, _least(parts, protect=bool(values.get("at_risk"))), parts, {**values, "room": 0})
                for parts in tried
            ),
            key=lambda found: _over(form, _joined(found.options)),
        )
    text = _joined(best.options)
    return Fitted(_plain(form, text), *_left_out(write, values, tried, best, fields))


def _ways(values: Mapping[str, object], *, roomy: bool) -> Iterable[dict[str, object]]:
    """The values of each way to say the same, the one to prefer first."""
    rooms = [(room, tight) for room in _ROOMS * roomy for tight in range(2)]
    return [
        {**values, "room": room, "tight": tight} for room, tight in [*rooms, *((0, n) for n in range(TIGHTEST + 1))]
    ]


def _over(form: str, text: str) -> int:
    found = length(form, _plain(form, text))
    return found.over if found else 0


def _options(part: str | Choice, less: Mapping[float, Collection[str]]) -> list[Option]:
    if isinstance(part, str):
        return [Option(part, 0)]
    share = min((share for share, texts in less.items() if part.raw in texts), default=1)
    return [*part.options(share), *[Option("", 0)] * (part.keep and share < 1 and not part.front)]


def _least(parts: Iterable[str | Choice], *, protect: bool) -> tuple[Option, ...]:
    """The shortest that the parts may be."""
    options = [_options(part, {}) for part in parts]
    rows = _with_harm(options) if protect else options
    return tuple(min(row, key=lambda option: len(option.text)) for row in rows)


def _worth_most(
    form: str, parts: Sequence[str | Choice], less: Mapping[float, Collection[str]], *, protect: bool
) -> tuple[float, tuple[Option, ...]] | None:
    """The options that are worth most together and fit, and their worth; None if not even the least of all fits.

    To `protect` people, harm to them or their data is told whatever else goes.
    """
    options = [_options(part, less) for part in parts]
    found = _best_of(form, options)
    if found is None or not protect or any(one.harm for one in found[1]):
        return found
    return _best_of(form, _with_harm(options))


def _with_harm(options: Sequence[list[Option]]) -> list[list[Option]]:
    """The options, of which one part has to tell of harm to people or their data, if any does."""
    first = next((at for at, row in enumerate(options) if any(one.harm for one in row)), None)
    return [[one for one in row if one.harm] if at == first else row for at, row in enumerate(options)]


def _best_of(form: str, options: Sequence[Sequence[Option]]) -> tuple[float, tuple[Option, ...]] | None:
    if form != "sms":
        return _search(options, lambda text: _units(form, text), _limit(form))
    plain = [[one for one in row if _units(form, _plain(form, one.text)) >= 0] for row in options]
    found = [
        _search(plain, lambda text: _units(form, _plain(form, text)), SMS_LIMIT),
        _search(options, lambda text: len(text.encode("utf-16-le", "replace")) // 2, 70),
    ]
    return max((one for one in found if one is not None), key=lambda one: one[0], default=None)


def _limit(form: str) -> int:
    found = length(form, "")
    return found.limit if found else 0


def _units(form: str, text: str) -> int:
    """The room that a text takes; less than 0 if a character in it leaves less room for all of it."""
    found = length(form, text)
    if found is None:
        return 0
    return found.units if form != "sms" or found.limit == SMS_LIMIT else -1


def _search(
    options: Sequence[Sequence[Option]], size: Callable[[str], int], limit: int
) -> tuple[float, tuple[Option, ...]] | None:
    """The best of all combinations: part by part, of those with the same end only what no shorter one is worth too."""
    start: dict[tuple[Any, ...], tuple[float, tuple[Option, ...]]] = {(0, "", False): (0.0, ())}
    states = start
    for row in options:
        grown: dict[tuple[Any, ...], tuple[float, tuple[Option, ...]]] = {}
        sizes = [size(option.text) for option in row]
        for (units, tail, last), (worth, chosen) in states.items():
            for option, more in zip(row, sizes, strict=True):
                if not option.text:
                    key, value = (units, tail, False), worth + option.worth
                else:
                    if option.text.startswith(":"):
                        if not tail:
                            continue
                        joint = -1 if tail in ".:" else 0
                    else:
                        if tail == ":" and option.labelled:
                            continue  # `Checkout: Affected: …`
                        joint = 1 if tail else 0
                    key = (units + joint + more, option.text[-1], option.last)
                    value = worth + option.worth - (_APART if option.refers and not last else 0)
                if key[0] <= limit and (key not in grown or value > grown[key][0]):
                    grown[key] = value, (*chosen, option)
        states = _undominated(grown)
    ended = [state for (_, tail, _), state in states.items() if tail != ":"]
    return max(ended, key=lambda state: state[0], default=None)


def _undominated(
    states: Mapping[tuple[Any, ...], tuple[float, tuple[Option, ...]]],
) -> dict[tuple[Any, ...], tuple[float, tuple[Option, ...]]]:
    kept: dict[tuple[Any, ...], tuple[float, tuple[Option, ...]]] = {}
    best: dict[tuple[object, object], float] = {}
    for key in sorted(states, key=lambda key: (key[0], -states[key][0])):
        group = (key[1] if key[1] in (".", ":", "") else "x", key[2])
        if states[key][0] > best.get(group, -1.0):
            best[group] = states[key][0]
            kept[key] = states[key]
    return kept


def _joined(options: Iterable[Option]) -> str:
    text = ""
    for option in options:
        if not option.text:
            continue
        if option.text.startswith(":"):
            text = (text[:-1] if text[-1:] in (".", ":") else text) + option.text
        else:
            text += f" {option.text}" if text else option.text
    return text


def _left_out(
    write: Write,
    values: Mapping[str, object],
    tried: Iterable[Iterable[str | Choice]],
    best: _Found,
    fields: Iterable[str],
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The fields of which the text says less than there is to say, and the sentences that it leaves out."""
    whole = {**values, "impact_untrue": False, "tight": 0, "room": 0}
    parts = [*(part for parts in tried for part in parts), *(write(whole) if values.get("impact_untrue") else ())]
    shown = {text for option in best.options for text in (*option.shown, option.text)}
    fixed = " ".join(part for part in best.parts if isinstance(part, str))
    lost: dict[str, str] = {}
    for part in parts:
        if isinstance(part, Choice):
            texts = part.texts if not part.one_of else () if shown & {*part.texts} - {""} else part.texts[:1]
            lost |= {text: part.raw for text in texts if text and text not in shown and text not in fixed}
    told: dict[str, list[str]] = {}
    for field in fields:
        value = str(values[field])
        if not value.strip():
            continue
        without = {**whole, field: ""}
        left = {
            text
            for tight in range(2)
            for part in write({**without, "tight": tight})
            if isinstance(part, Choice)
            for text in part.texts
        }
        if gone := [text for text, raw in lost.items() if text not in left and (raw or value in text)]:
            told[field] = gone
    quoted = dict.fromkeys(text for gone in told.values() for text in gone if lost[text])
    quoted |= dict.fromkeys(text for text, raw in lost.items() if raw and harms(text))  # also of a fact without a field
    return tuple(told), tuple(_missing(text, shown) for text in quoted)


def _missing(text: str, shown: Iterable[str]) -> str:
    """What is not shown of a sentence: its end, if it begins like a sentence that is shown."""
    begun = max((unstopped(part) for part in shown if part and text.startswith(unstopped(part))), key=len, default="")
    return text[len(begun) :].lstrip(" ,;") if begun else text


def _plain(form: str, text: str) -> str:
    """A text with the marks of the phone network's own alphabet, if that is all that it takes."""
    if form != "sms":
        return text
    plain = _DEGREES.sub("", text.translate(_PLAIN))
    return plain if _units(form, plain) >= 0 else text
