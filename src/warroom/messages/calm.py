"""A text without the marks of a hurried hand: shouting, dots behind it, and apostrophes that were left out."""

from __future__ import annotations

import re

from warroom.messages.grammar import capital
from warroom.messages.services import vocabulary
from warroom.model.names import Names


def calm(text: str, names: Names) -> str:
    """A text as its readers see it: without shouting or dots behind it, `w/` as `with`, and `cant` as `can't`."""
    if "!!" in text:
        text = _SHOUTS.sub(".", text)
    if ".." in text or "…" in text:
        text = _DOTS.sub(".", text)
    if "w/" in text:
        text = _WITHOUT.sub("without ", _WITH.sub("with ", text))
    text = lowered(text, names)
    if "nt" not in text.lower():
        return text
    return _BARE_NOT.sub(lambda found: f"{found[0][:-1]}'{found[0][-1]}", text)


def lowered(text: str, names: Names) -> str:
    """A text of several words that are all in capitals, in small letters; names that are `written` so keep theirs."""
    if not text.isupper() or sum(len(word) > 2 for word in re.findall(r"[^\W\d_]+", text)) < 2:
        return text
    known = vocabulary(names)
    text = capital(known.capitals.sub(lambda found: known.written[found[0]], text.lower()))
    return re.sub(r"\bi\b", "I", text)


UNTIL_NOW = re.compile(r",? (?:so far|by now|until now|and counting|at the moment)\b", re.IGNORECASE)
"""What nobody needs to read of a number once it is over: there will be no more."""
_BARE_NOT = re.compile(r"\b(?:ca|do|wo|does|is|are|did|could)nt\b", re.IGNORECASE)
_SHOUTS = re.compile(r"[!?]*!{2,}[!?]*(?=\s|$)")
_WITH, _WITHOUT = re.compile(r"\bw/ ?(?!o\b)"), re.compile(r"\bw/o\b ?")
_DOTS = re.compile(r"(?<=[\w)%\"”'])(?:\.{2,}|…)(?=\s*$)")
