"""Making a short text fit where it goes: first the template leaves words out, then what was typed loses its end.

A text is cut only where a sentence or a clause ends, and never by what limits or turns around the rest of it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator, Mapping

import msgspec

from warroom.messages.length import length

TIGHTEST = 5
"""The last of the steps in which a template leaves words out; its value `tight` is 0 where there is room for all."""
ROOM = (3, 2, 1)
"""The steps before the first, in which a template also says how and why it ended; its value `room` is 0 after them.

In each of them, `tight` is 0 and 1: what was typed is worth more than an apology.
"""
_WITHOUT_ADDED = 2
"""The step from which on the program adds no sentence of its own."""
_IMPACT, _STATUS = "impact", "status"
_CUT = (_IMPACT, "workaround", "meaning", _STATUS, "resolution", "why")
"""The fields that may lose their end, the least important first."""
_INSTRUCTIONS = ("workaround", "meaning")
"""The fields that say what to do. They are left out whole if nothing else helps, unless somebody's data is at risk."""
_OTHERS = ("affected", "next_update", "root_cause")
"""The fields that a template leaves out as a whole, by `tight`."""
_PLAIN = str.maketrans({
    "‘": "'", "’": "'", "‚": ",", "“": '"', "”": '"', "„": '"', "–": "-", "—": "-", "…": "...", "\u00a0": " ",
    "₦": "NGN ", "₹": "INR ", "₩": "KRW ", "₪": "ILS ", "₫": "VND ", "₱": "PHP ", "₽": "RUB ", "₺": "TRY ", "₴": "UAH ",
    "\u202f": " ", "×": "x", "≈": "~", "→": "-", "•": "-", "≥": ">=", "≤": "<=", "−": "-",
})  # fmt: skip
"""Marks that take the room of ninety characters from a text message, and what stands for them there."""


def rooms_of(names: Collection[str], values: Mapping[str, object]) -> tuple[int, ...]:
    """The steps of `ROOM` in which a template that uses these `names` says something else."""
    if "room" not in names:
        return ()
    if values.get("cause") and values.get("status"):
        return ROOM
    return (ROOM[0],) if values.get("cause") or values.get("status") else ()


class Fitted(msgspec.Struct, frozen=True):
    """A short text, and the ids of the fields of which it shows less than where there is room for all."""

    text: str
    left_out: tuple[str, ...] = ()


class Rules(msgspec.Struct, frozen=True):
    """What may be left out of a short text.

    With `protect`, what the readers are told to do, and what happened, is never left out. `added` are the ids of fields
    whose text is the program's own: they go before anything that somebody typed. `rooms` are the values of `room` to
    try first, as by `rooms_of`. With `whole`, the template also works without the impact and without the status: an
    `old` impact, which the readers know, goes before the next update. An impact that is `untrue` by now is never shown.
    """

    protect: bool = False
    added: tuple[str, ...] = ()
    rooms: tuple[int, ...] = ()
    whole: bool = False
    old: bool = False
    untrue: bool = False


def fitted(
    form: str, write: Callable[[Mapping[str, object]], str], values: Mapping[str, object], rules: Rules
) -> Fitted:
    """The text that keeps most and fits the form, or else the shortest there is, since a warning says so then.

    `write` fills in the template of one line.
    """
    start = {**values, _IMPACT: ""} if rules.untrue and rules.whole else values
    shortest: tuple[int, str, Mapping[str, object]] | None = None
    measured: dict[object, tuple[int, int]] = {}
    passed: tuple[int, list[Mapping[str, object]]] | None = None
    fields = {*_CUT, *rules.added}
    bare = {**start, "tight": TIGHTEST, "room": 0, _STATUS: ""}
    others = rules.whole and any(
        start.get(name) and _shows(form, write, bare, name) for name in (_IMPACT, *_INSTRUCTIONS)
    )
    for shorter in _shorter(start, rules, others=others):
        size = sum(len(str(shorter.get(field, ""))) for field in fields)
        if not shorter["room"] and _cannot_fit(size, shorter["tight"], measured):
            if passed is None or size < passed[0]:
                passed = size, []
            if size == passed[0]:
                passed[1].append(shorter)
            continue
        text = _written(form, write, shorter)
        found = length(form, text)
        if found is None or not found.over:
            fullest, text = _put_back(form, write, start, shorter, text, rules)
            return Fitted(text, _left_out(form, write, values, fullest, rules))
        if shorter["room"]:
            continue  # it is not all that the next ones leave out
        measured[shorter["tight"]] = size, found.over
        if shortest is None or found.over < shortest[0]:
            shortest = found.over, text, shorter
    for shorter in passed[1] if passed else []:
        text = _written(form, write, shorter)
        found = length(form, text)
        if shortest is None or found is None or found.over < shortest[0]:
            shortest = found.over if found else 0, text, shorter
    assert shortest is not None  # the values as they are come first
    return Fitted(shortest[1], _left_out(form, write, values, shortest[2], rules))


def _cannot_fit(size: int, tight: object, measured: Mapping[object, tuple[int, int]]) -> bool:
    """Whether a text is too long for sure, by others that are `measured`: each key composes it, so none is in vain.

    `size` are the characters of its fields. Each measured text, by `tight`, has the same, and by how much it is over.
    A character takes the room of two at most, and without a strange one, a text message has room for 90 more.
    """
    return any(
        over > 2 * (before - size) + (_SAME_WORDS if tight == step else _OTHER_WORDS)
        for step, (before, over) in measured.items()
    )


_SAME_WORDS = 200
"""The room that there may be without a field, beside its own: its label, and that of a strange character."""
_OTHER_WORDS = 500
"""The same, with the words that a template leaves out in another step."""


def _shorter(values: Mapping[str, object], rules: Rules, *, others: bool) -> Iterator[Mapping[str, object]]:
    """The values for a text that says less and less: first fewer words of the template, then of the fields.

    The status goes as a whole only where the text has `others` that say something.
    """
    for room in rules.rooms:
        for tight in range(_WITHOUT_ADDED):
            yield {**values, "tight": tight, "room": room}
    values = {**values, "room": 0}
    for tight in range(TIGHTEST):
        if tight == _WITHOUT_ADDED:
            values = {**values, **dict.fromkeys(rules.added, "")}
        yield {**values, "tight": tight}
    yield from _with_fewer_words(values, rules)
    if others and values.get(_STATUS):
        yield from _with_fewer_words({**values, _STATUS: ""}, rules)


def _with_fewer_words(values: Mapping[str, object], rules: Rules) -> Iterator[Mapping[str, object]]:
    """The values with less and less of the fields: their ends, then the whole of what matters least."""
    less: dict[str, object] = {**values, "tight": TIGHTEST - 1}

    def steps() -> Iterator[Mapping[str, object]]:
        for words in range(
            _WITHOUT_ADDED, int(str(less["tight"]))
        ):  # there may be room again for words of the template
            yield {**less, "tight": words}
        yield less

    def without_end(field: str) -> Iterator[Mapping[str, object]]:
        nonlocal less
        while cut := _without_end(str(less.get(field, "")), instruction=field in _INSTRUCTIONS):
            less = {**less, field: cut}
            yield from steps()

    def with_next_update() -> Iterator[Mapping[str, object]]:
        """The same with the next update, which is worth more than the end of a long status."""
        nonlocal less
        whole = less
        if values.get("next_update"):
            less = {**less, "tight": TIGHTEST - 1}
            yield less
            yield from without_end(_STATUS)
        less = whole

    others = [field for field in (*_INSTRUCTIONS, _STATUS, "resolution", "why") if values.get(field)]
    without_impact = rules.whole and not rules.protect and bool(others) and bool(values.get(_IMPACT))
    yield from without_end(_IMPACT)
    if without_impact and rules.old:
        less = {**less, _IMPACT: ""}
        yield from steps()
    yield from with_next_update()
    less = {**less, "tight": TIGHTEST}
    yield less
    if without_impact and not rules.old:
        less = {**less, _IMPACT: ""}
        yield from with_next_update()
        yield from steps()
    for field in _CUT[1:]:
        yield from without_end(field)
    for field in () if rules.protect else _INSTRUCTIONS:
        if less.get(field):
            less = {**less, field: ""}
            yield from steps()


def _put_back(
    form: str,
    write: Callable[[Mapping[str, object]], str],
    values: Mapping[str, object],
    shorter: Mapping[str, object],
    text: str,
    rules: Rules,
) -> tuple[Mapping[str, object], str]:
    """A text that fits, with all of what was left out before for which there is room again, what matters most first."""
    lost = [field for field in reversed(_CUT) if shorter.get(field) != values.get(field) and field not in rules.added]
    tries: list[dict[str, object]] = []
    for field in lost:
        tries.append({field: values[field]})
        cut = str(values[field])
        while (cut := _without_end(cut, instruction=field in _INSTRUCTIONS)) and cut != shorter.get(field):
            tries.append({field: cut})
    tries += [{"tight": words} for words in range(_WITHOUT_ADDED, int(str(shorter["tight"])))] if lost else []
    full: set[str] = set()
    for more in tries:
        ((name, value),) = more.items()
        used = length(form, text)
        added = len(str(value)) - len(str(shorter.get(name, "")))
        if name in full or used is None or (name != "tight" and added > used.limit - used.units):
            continue
        longer = {**shorter, **more}
        if not (found := length(form, again := _written(form, write, longer))) or not found.over:
            full.add(name)
            shorter, text = longer, again
    return shorter, text


def _left_out(
    form: str,
    write: Callable[[Mapping[str, object]], str],
    values: Mapping[str, object],
    shorter: Mapping[str, object],
    rules: Rules,
) -> tuple[str, ...]:
    """The fields of a shorter text that were cut, or that the template shows only where there is more room."""
    cut = any(shorter.get(field) != values.get(field) for field in _CUT if field not in rules.added)
    if not shorter["tight"] and (shorter["room"] or not rules.rooms) and not cut:
        return ()
    full = {**values, "tight": 0, "room": max(rules.rooms, default=0)}
    told = []
    for field in (*_CUT, *_OTHERS):
        if field in rules.added or not values.get(field) or not _shows(form, write, full, field):
            continue
        if shorter.get(field) != values[field] or not _shows(form, write, shorter, field):
            told.append(field)
    return tuple(told)


def _shows(form: str, write: Callable[[Mapping[str, object]], str], values: Mapping[str, object], field: str) -> bool:
    """Whether a text has anything of a field."""
    return _written(form, write, values) != _written(form, write, {**values, field: ""})


def _written(form: str, write: Callable[[Mapping[str, object]], str], values: Mapping[str, object]) -> str:
    text = write(values)
    if form != "sms":
        return text
    plain = text.translate(_PLAIN)
    found = length(form, plain)
    return plain if found is not None and found.limit > 70 else text


def _without_end(text: str, *, instruction: bool = False) -> str:
    """A text without its last part; "" if it has only one, or would mean something else.

    Of an `instruction`, a further one may be left out, since the first is the one that matters.
    """
    rows = [row for row in text.rstrip().split("\n") if row.strip()]
    if len(rows) > 1:
        kept = _LIMITS.match(rows[-1].lstrip("-*• ")) or _TO_DO.search(rows[-1])
        return "" if kept or rows[-2].rstrip().endswith(":") else "\n".join(rows[:-1])
    for mark in reversed(list(_END.finditer(text))):
        rest = text[mark.end() :].strip()
        if not rest or _ABBREVIATED.search(text[: mark.end()].rstrip()):
            continue
        if mark[0].strip() in (",", ";"):
            matters = _LIMITS.search(rest) or (not instruction and _TO_DO.search(rest))
            matters = None if _WE_WATCH.match(rest) else matters
        else:
            matters = _LIMITS.match(rest) or _DENIES.search(rest) or (not instruction and _TO_DO.search(rest))
        if matters:
            continue
        if mark[0].strip() == "," and not (_CLAUSE.match(rest) or (instruction and _PLEASE.match(rest))):
            continue
        if mark[0].strip() == "," and _CONDITION.match(_LAST_SENTENCE.split(text[: mark.start()])[-1]):
            continue  # `If your file is missing, we will contact you`: the first part says nothing without the other
        return _joined(text[: mark.start()], rest) + mark[0].strip().rstrip(",;")
    return ""


def _joined(kept: str, rest: str) -> str:
    """What is left of a list of clauses, with an "and" in front of its last one: `a, b` of `a, b, and c`."""
    head, comma, last = kept.rpartition(", ")
    if not comma or not re.match(r"and\b", rest, re.IGNORECASE) or _LAST_SENTENCE.search(last):
        return kept
    return f"{head} and {last}"


_LAST_SENTENCE = re.compile(r"[.!?;]\s+|\n")
_CONDITION = re.compile(
    r"\s*(?:after|although|as|because|before|if|once|since|unless|until|when|whenever|while)\b", re.IGNORECASE
)
_END = re.compile(r"[.!?]\s+|;\s+|,\s+")
_ABBREVIATED = re.compile(r"\b(?:approx|e\.g|i\.e|etc|incl|vs|no|nr|ca|co|corp|inc|ltd|\w)\.$", re.IGNORECASE)
_DENIES = re.compile(
    r"\b(?:no|not|none|never|nobody|nothing|cannot|only|except\w*|excluding|unless|without)\b|n['’]t\b", re.IGNORECASE
)
"""Words that say what is not so, or for whom; they matter also in a sentence of their own."""
_LIMITS = re.compile(
    rf"{_DENIES.pattern}|\b(?:(?:and|so) )?(?:but|however|instead|just|nor|neither|or|until|although|though|apart"
    r"|besides|if|false|still|yet|than|others?|rest|last|left|remaining"
    r"|mostly|mainly|most|some|this is|it is|that is|limited|while|whereas"
    r"|works?|does|do|fine|ok|okay|safe)\b",
    re.IGNORECASE,
)
"""The same, and words that limit or turn around what stands in front of them."""
_WE_WATCH = re.compile(
    r"(?:and|so) we(?: are|['’]re) (?:now |still |closely )*(?:checking|monitoring|observing|watching)\b"
    r"(?!.*(?:\b(?:but|last|most|not|only|remaining|rest|some|still)\b|n['’]t\b|\d))",
    re.IGNORECASE,
)
"""What we do beside it, whose own words limit nothing in front of it: `and we are watching until all is delivered`."""
_TO_DO = re.compile(
    r"\b(?:please|change|reset|check|delete|log out|sign out|switch|update|contact|wait|use)\b", re.IGNORECASE
)
"""Words for what the readers are to do."""
_PLEASE = re.compile(r"(?:and |then )?please\b", re.IGNORECASE)
_CLAUSE = re.compile(
    r"(?:(?:and|so) )?(?:all|because|beginning|especially|e\.g\.|for example|including|it|our|starting|the"
    r"|their|they|this|we|which|you|your|so|since)\b",
    re.IGNORECASE,
)
"""How a clause begins, so that what is in front of its comma is one too, and not the beginning of a list."""
