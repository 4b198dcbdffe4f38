"""Which lines of a text are sentences of their own, as in a chat or a list, and which are wrapped prose; which signs
between brackets end no sentence."""

from __future__ import annotations

import re

_ASIDE = re.compile(
    r"\[[^\[\]\n]{0,80}[.!?…][^\[\]\n]{0,80}\](?=[,.;:!?]|,? [a-z\d(\[])"
    r"|\([^()\n]{0,80}[.!?…][^()\n]{0,80}\)(?=[,.;:!?]|,? [a-z\d(\[])"
)


def asides(text: str) -> list[tuple[int, int]]:
    """The spans between brackets that have the end of a sentence, in a sentence that goes on behind them.

    "We lost [how many?] barrels" is one sentence, and so is "the tills (all four!) are back".
    """
    return [aside.span() for aside in _ASIDE.finditer(text)] if "[" in text or "(" in text else []


_NEW_ITEM = re.compile(r"[-–—*•·▸✓✗>#|] ?|\d{1,2}[.)] |[A-Za-z][\w /#'-]{0,30}:(?:\s|$)")


def ends_at_line(text: str, line_end: re.Match[str]) -> bool:
    """Whether the end of a line ends a sentence: before an empty line, an item, a label, or a line of its own.

    A line is one of its own, as in a chat, if the next one begins like a sentence and would have begun on this one if
    somebody had wrapped the lines of a paragraph. White space before the end of the line belongs to the line.
    """
    if line_end.group().count("\n") > 1 or _NEW_ITEM.match(text, line_end.end()) is not None:
        return True
    end = line_end.start()
    if text[end - 1 : end] in _ENDS:
        return False  # the sentence has an end of its own
    following = _NEXT_WORD.match(text, line_end.end())
    if following is None and _STAMP.match(text, line_end.end()) is None:
        return False
    last = text[max(end - _LONGEST_WORD, 0) : end].rsplit(None, 1)[-1:]
    if not last or last[0].lower() in _GOES_ON or last[0].endswith(","):
        return False
    if following is None:
        return True
    word = following.group().rstrip("'")
    if word.split("'")[0] in _BEGINS_A_SENTENCE:
        return True
    start = text.rfind("\n", 0, end) + 1
    length = end - start
    beside = max(start - 1 - text.rfind("\n", 0, max(start - 1, 0)) - 1, _length_of_line(text, line_end.end()))
    return length > _WIDEST or length + 1 + len(word) <= max(beside, _NARROWEST)


def _length_of_line(text: str, start: int) -> int:
    end = text.find("\n", start, start + _WIDEST)
    return (min(len(text), start + _WIDEST) if end < 0 else end) - start


_ENDS = (".", "!", "?", "…")
_NARROWEST, _WIDEST = 60, 140
"""The characters of a line between which people wrap paragraphs."""
_LONGEST_WORD = 40
_STAMP = re.compile(r"[\[(]?\d{1,2}:\d\d|\[\d")
"""The time in front of a line of a log or a chat."""
_NEXT_WORD = re.compile(r"[A-Z][\w']{0,40}")
_UNFINISHED = """
    a an the of to in on at by for from with into onto over under about between and or but nor than as if because
    since until till while when where which whose our your their his her my its this these those is are was were be
    been has have had will would should could can may might must not no mr mrs ms dr via per that
"""
_GOES_ON = frozenset(_UNFINISHED.split())
"""Words after which a sentence goes on."""
_NO_NAMES = """
    A All Also An And Any Anyone Are At But Can Could Did Do Does Don For From Has Have He Hello Hi How However If In
    Is It Let Maybe My Never No Nobody Not Now OK Ok Okay On Our Please Probably She Should Since So Some Someone Sorry
    Still Thanks That The Then There These They This Those Today Tomorrow Until Was We What When Where Which Who Why
    Would Yes You Your
"""
_BEGINS_A_SENTENCE = frozenset(_NO_NAMES.split())
"""Words with a capital letter only where a sentence begins, since they are no names."""
