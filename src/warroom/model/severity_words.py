"""The severity that the words of a line name, in a timeline that people wrote."""

from __future__ import annotations

import re

from warroom.text.late import late

_CHANGE = late(
    r"(?:→|->|=>|\bto\b|\bas\b|\bat\b|:|\bnow\b)\s*(?:an? )?(?:sev(?:erity)?|p|prio(?:rity)?)?[ -]?([1-4])\b",
    re.IGNORECASE,
)
_NAMED = late(r"\b(?:sev|p)[ -]?([1-4])\b", re.IGNORECASE)


def changed_to(text: str) -> int | None:
    """The severity from then on, by the words of a change: “upgraded to SEV1”; None if they name none."""
    found = _CHANGE.search(text)
    return int(found[1]) if found is not None else None


def named(text: str) -> int | None:
    """The first severity that words name: “Declared SEV1”; None if they name none."""
    found = _NAMED.search(text)
    return int(found[1]) if found is not None else None


def stays(before: str, now: str, levels: tuple[int, ...]) -> str:
    """What to tell if a line that was corrected names another severity and none of the `levels` of the incident is it.

    `before` and `now` are the words of the line. "" if there is nothing to tell.
    """
    was, level = (changed_to(text) or named(text) for text in (before, now))
    if level is None or level == was or level in levels or not levels:
        return ""
    return f"The severity stays SEV{levels[-1]}; S or warroom severity changes it"
