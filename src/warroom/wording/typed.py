"""Chat typing in a text, its sorts and what to write instead: “frm 9 to all custs” is “from 9 to all customers”."""

from __future__ import annotations

import re
from typing import NamedTuple

from warroom.text.sentences import abbreviated


class Sort(NamedTuple):
    """A sort of chat typing: the label of its remarks, and why to write it differently."""

    label: str
    why: str


SHORT = Sort(
    "is chat shorthand", "Write it out: not everybody knows the short form, and it reads as if written in haste."
)
SLIP = Sort(
    "is a slip of typing", "It reads as if written in haste, which costs trust. Set it right before it goes out."
)
UNCLEAR = Sort(
    "is no word that every reader knows", "Write it out: a short form or a slip of typing makes readers guess."
)
LOUD = Sort("shouts", "Capitals, rows of exclamation marks and emoji alarm worried readers. Say it in plain sentences.")


class Typed(NamedTuple):
    """Chat typing from `start` to `end` of a text, and the words to write instead; "" to leave it out.

    Nobody can tell what to write for one that is not `clear`: it stays as it is.
    """

    start: int
    end: int
    instead: str
    sort: Sort
    clear: bool = True


def all_of(text: str, typed: list[Typed]) -> Sort:
    """The sort of the chat typing of one sentence: its first, with a reason that names all of it and what to write."""
    first = typed[0]
    clear = [*dict.fromkeys(_told(text, slip) for slip in typed if slip.clear)]
    unclear = [*dict.fromkeys(_told(text, slip) for slip in typed if not slip.clear)]
    if len(clear) + len(unclear) == 1 and (first.sort is not SHORT or not first.instead):
        return first.sort
    why = f"Write {', '.join(clear)}. " if clear else ""
    why += f"Say in words what {_listed(unclear)} {'is' if len(unclear) == 1 else 'are'}. " if unclear else ""
    return Sort(first.sort.label, why + _HASTE)


def _told(text: str, slip: Typed) -> str:
    """Chat typing with what to write instead: `“people” for “ppl”`."""
    words, instead = (f"“{' '.join(typed.split())}”" for typed in (text[slip.start : slip.end], slip.instead))
    if not slip.clear:
        return words
    return f"{_NOTHING.get(instead, instead)} for {words}"


def _listed(words: list[str]) -> str:
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} and {words[-1]}"


_NOTHING = {"“”": "nothing", "“.”": "a full stop"}
_HASTE = "Not everybody knows short forms, and they read as if written in haste."


def written_out(text: str, typed: list[Typed]) -> str:
    """A text with its chat typing written out, each sentence with its capital letter."""
    for slip in reversed(typed):
        if not slip.clear:
            continue
        before, after, instead = text[: slip.start], text[slip.end :], slip.instead
        begins = not before.strip() or (before.rstrip()[-1] in ".!?\n" and not abbreviated(before.rstrip()))
        if not instead:
            after = _AFTER_NOTHING.sub("", after) if begins else after
            if slip.sort is LOUD and before.rstrip()[-1:].isalnum() and _NEW_CLAUSE.match(after):
                before, after = before.rstrip(), f", {after.lstrip()}"  # the sign stood for one
            if not begins and (not after.strip() or after.lstrip()[0] in ",;:.!?"):
                before = before.rstrip(" ,;:-–—" if not after.strip() else " ")
        elif instead == "." and before.rstrip()[-1:] in ".!?":
            instead = ""
        elif instead[-1:].isalnum() and after[:1].isalpha():
            instead += " "
        if begins:
            rest = instead or after
            rest = rest[:1].upper() + rest[1:]
            text = before + rest + (after if instead else "")
        else:
            text = before + instead + after
    return text


_NEW_CLAUSE = re.compile(r" ?(?:we|i|it|they|but|so|and|please|will|can|still|now)\b", re.IGNORECASE)
_AFTER_NOTHING = re.compile(r"^[ ,:;–—-]+")
