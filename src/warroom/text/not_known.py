"""Texts that say that something is not known, or that doubt it: `unknown`, `no idea`, `don't think so`."""

from __future__ import annotations

import re
import unicodedata

_GUESSED = (
    r"(?:i |we )?(?:(?:do not|don['’]t|dont) (?:think|believe) so|doubt it|(?:hope|think|guess) not)"
    r"|probably (?:not|no)|hopefully not|(?:very |highly )?unlikely|likely not"
)
UNKNOWN = re.compile(
    r"\?+|(?:(?:still|currently|as yet|it is|it's|this is|we are|we're) )*(?:an? )?(?:unknown|unclear|unsure|tb[acd]"
    r"|not (?:yet )?(?:known|clear|sure|certain|determined|identified)|to be (?:determined|confirmed)|no idea)"
    r"(?: (?:yet|at (?:the moment|this (?:time|point|stage))|so far|for now|right now|currently))?"
    r"|(?:we |i )?(?:do not|don['’]t|dont) (?:yet )?know(?: (?:yet|that|it))*"
    r"|(?:we |i )?(?:still )?have no (?:idea|clue)(?: yet)?|idk|dunno|wip|pending"
    r"|(?:nobody|no one) knows(?: (?:yet|that|it))*"
    rf"|{_GUESSED}",
    re.IGNORECASE,
)
_BEGINNINGS = ("unknown", "unclear", "not known", "not sure", "tbd", "?")
DOUBT = re.compile(r"\b(?:whether|if|not sure|unsure|hope\w*|think|probably|might|may|could)\b|\?", re.IGNORECASE)
_QUESTION = re.compile(r"\?+")


def says_a_guess(text: str) -> bool:
    """Whether a text is only what somebody believes: `don't think so`."""
    return re.fullmatch(_GUESSED, bare_words(text), re.IGNORECASE) is not None


def says_not_known(text: str) -> bool:
    """Whether a text says only that it is not known, or what somebody believes: `no idea`, `don't think so`."""
    return UNKNOWN.fullmatch(bare_words(text)) is not None


def says_unknown(text: str) -> bool:
    """Whether a text says nothing, or that it is not known, with or without more: `not known if data was taken`."""
    return not text.strip() or text.strip().lower().startswith(_BEGINNINGS) or says_not_known(text)


def bare_words(text: str) -> str:
    """A text on one line without the marks around it; question marks alone stay, since they say something."""
    line = " ".join(text.split())
    if _QUESTION.fullmatch(line):
        return line
    first = next((at for at, sign in enumerate(line) if not _is_mark(sign)), len(line))
    last = next((at for at in range(len(line) - 1, first, -1) if not _is_mark(line[at])), first)
    return line[first : last + 1]


def _is_mark(sign: str) -> bool:
    return unicodedata.category(sign)[0] in "PZC" or sign in "~^`|=<>+"
