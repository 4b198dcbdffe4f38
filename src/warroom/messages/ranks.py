"""The parts of a short text: the filter with which a template says which of them has room first.

`{{ status | rank(3) }}` is shown whole or not at all; `{{ workaround | rank(4, label="Meanwhile:") }}` has words in
front. Of a list, the first text that has room is shown. In any other text, the filter shows the first of all.
"""

from __future__ import annotations

import re

import msgspec

from warroom.messages.grammar import clause, continued, listed, sentence
from warroom.messages.restated import without_repetition


class Part(msgspec.Struct, frozen=True):
    """A part of a short text: the first of its `texts` that has room; a lower `rank` comes first.

    A text that begins with a colon goes on with the sentence in front of it: `Problem with checkout: errors.`
    """

    rank: float
    texts: tuple[str, ...]


class Ranked(str):
    """The first text of a part, which is what other templates show."""

    part: Part


def rank(value: object, rank: float, label: str = "") -> Ranked:
    """The filter of this name: a text, or the first of a list that has room, and when its turn comes.

    The label `:` lets it go on with the sentence in front, if it may begin with a small letter. Raises ValueError if a
    template gives something else.
    """
    if isinstance(rank, bool) or not isinstance(rank, (int, float)) or rank < 0:
        raise ValueError(f"rank takes a number from 0 up, such as rank(2), and not {rank!r}")
    if not isinstance(label, str):
        raise ValueError(f"the label of rank is a text, and not {label!r}")
    values = value if isinstance(value, (list, tuple)) else [value]
    texts = tuple(dict.fromkeys(filter(None, (_running(str(one).strip(), label) for one in values))))
    ranked = Ranked(texts[0] if texts else "")
    ranked.part = Part(float(rank), texts)
    return ranked


def _running(text: str, label: str) -> str:
    """A whole value as sentences of a running text, behind its label; "" of nothing."""
    if label.strip(":"):
        text = without_repetition(text, label.rstrip(":"))
    lead, items = listed(text)
    if not items:
        return ""
    words = f"{sentence(lead)} {'; '.join(map(clause, items))}." if lead else " ".join(map(sentence, items))
    if label != ":":
        return f"{label} {words}".lstrip()
    return f": {words[0].lower()}{words[1:]}" if continued(text)[:1].islower() else words


def marked(value: object) -> object:
    """What a short text does with each value before it is sealed: a part keeps what it is, in marks nobody can type."""
    return f"\x02{msgspec.json.encode(value.part).decode()}\x03" if isinstance(value, Ranked) else value


def parts_of(text: str) -> list[str | Part]:
    """The parts of a short text that was filled in; what is between them has no rank, and is always there."""
    found: list[str | Part] = []
    for at, part in enumerate(_MARKED.split(text)):
        if at % 2:
            ranked = msgspec.json.decode(part, type=Part)
            found += [ranked] if ranked.texts else []
        elif part.strip():
            found.append(part.strip())
    return found


_MARKED = re.compile("\x02([^\x03]*)\x03")
