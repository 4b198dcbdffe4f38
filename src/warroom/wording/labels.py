"""What stands in front of a sentence and is no part of it: the mark of a list, a time, a label."""

from __future__ import annotations

import re
from collections.abc import Iterator

_SPEAKER = r"(?:We|I|You|It|They|There|This|That|He|She)\b"
_STAMP = r"(?:[\[(]?\d{1,2}[:.]\d\d(?::\d\d)?[\])]?(?: ?Z| [A-Z]{3,4})?:?(?: [-–—])? +)?"
_LABEL = re.compile(
    rf"(?P<mark>\s*(?:[-*•·▸] +|\d{{1,2}}[.)] +)?)(?P<stamp>{_STAMP})(?:(?!{_SPEAKER})[A-Z][\w’' /-]{{0,30}}:\s+)?"
)
_SAYS_SOMETHING = re.compile(r"\b(?:is|are|was|were|has|have|had|says?|said|thinks?|knows?)\b")
_ENDS_A_LABEL = re.compile(r"[A-Za-z][^:]*:\s*$")


def is_label(head: str) -> bool:
    """Whether what stands in front of a sentence is more than a mark or a time."""
    return _ENDS_A_LABEL.search(head) is not None


def without_label(sentence: str, *, stamps: bool) -> Iterator[tuple[str, str]]:
    """What stands in front of a sentence, and the sentence itself: first without its label, then with it.

    With `stamps`, a time in front of it, as in a log, counts as a label too.
    """
    label = _LABEL.match(sentence)
    assert label is not None
    if _SAYS_SOMETHING.search(label.group()):  # "The auditors are right: …"
        yield sentence[: label.end("mark")], sentence[label.end("mark") :].rstrip()
        return
    ends = (
        [label.end("mark")] if not stamps and label["stamp"] else [label.end(), label.end("stamp"), label.end("mark")]
    )
    for at in dict.fromkeys(ends):
        yield sentence[:at], sentence[at:].rstrip()
