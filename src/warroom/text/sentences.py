"""What people type, put into a sentence that goes on after it: its own full stop must not stand in the middle."""

from __future__ import annotations

import re

from warroom.text.late import late

_ABBREVIATED = late(r"(?:\b(?:etc|approx|incl|vs|inc|ltd|co|corp|e\.g|i\.e|a\.m|p\.m)|\.\.|\b[A-Z])\.$", re.IGNORECASE)
_LONGEST = 12
"""Characters at the end of a text that are looked at for an abbreviation."""
_BULLET = late(r"^[-*•–]\s+")
_QUESTION = late(r"[?!]*\?[?!]*$")


def abbreviated(text: str) -> bool:
    """Whether the full stop at its end belongs to an abbreviation, or to an ellipsis."""
    return _ABBREVIATED.search(text[-_LONGEST:]) is not None


def unstopped(text: str) -> str:
    """A text without the full stop at its end; a full stop of an abbreviation stays."""
    return text[:-1] if text.endswith(".") and not abbreviated(text) else text


def within(text: str) -> str:
    """A text on one line, for the middle of a sentence: without its full stop or exclamation mark.

    A question mark says that it is not sure, which must not get lost: `checkout (?)`.
    """
    rows = (_BULLET.sub("", row).strip() for row in text.strip().split("\n"))
    line = "; ".join(unstopped(row) for row in rows if row)
    return _QUESTION.sub(" (?)", line) if _QUESTION.search(line) else line.rstrip("!").rstrip() or line


def before(text: str, mark: str) -> str:
    """A text on one line, with the mark that the sentence has behind it: a question or an exclamation keeps its own."""
    line = within(text)
    if line.endswith(" (?)"):
        return f"{line[:-4]}?"
    return line if line.endswith(mark) else f"{line}{mark}"


def same_words(one: str, other: str) -> bool:
    """Whether two texts are the same words, whatever their case, their spaces and their full stop."""
    return unstopped(" ".join(one.split())).casefold() == unstopped(" ".join(other.split())).casefold()
