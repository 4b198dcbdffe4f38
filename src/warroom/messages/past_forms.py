"""The forms that a verb in the present takes when what it tells is over."""

from __future__ import annotations

import re

from warroom.messages.verbs import AUXILIARIES, BETWEEN, PAST, PERFECT, THIRD, VERBS
from warroom.text.verbs import BASES, participle, past, past_of


def past_form(verb: str) -> str:
    """The form of a verb in the past, by the tables, or else as regular verbs have it: `typed`, `planned`, `tried`."""
    verb = THIRD.get(verb, verb)
    if verb not in BASES and verb.endswith("s") and not verb.endswith("ss"):
        verb = verb[:-2] if verb.endswith(("sses", "shes", "ches", "xes", "zzes")) else verb[:-1]
        return past_form(f"{verb[:-2]}y" if verb.endswith("ie") else verb)
    return past(verb)


def changed(word: re.Match[str], lower: str) -> tuple[int, int, str]:
    return word.start(), word.end(), past_form(lower)


def possible(words: list[re.Match[str]], lower: list[str]) -> list[tuple[int, int, str]] | None:
    """What was possible then: `may be charged twice` becomes `may have been charged twice`."""
    place = next(place for place, word in enumerate(lower) if word in ("may", "might")) + 1
    while place < len(lower) and lower[place] in ("not", "also", "only"):
        place += 1
    if place >= len(lower) or lower[place] == "have":
        return [] if place < len(lower) else None
    word = lower[place]
    if word != "be" and word not in VERBS:
        return None
    return [(words[place].start(), words[place].end(), f"have {participle(word)}")]


def of_auxiliary(
    words: list[re.Match[str]], lower: list[str], first: int, joint_after: str
) -> list[tuple[int, int, str]] | None:
    """What to write instead of `is`, `have` and the like; None if it tells what is still so."""
    start, end, word = words[first].start(), words[first].end(), AUXILIARIES[lower[first]]
    if lower[first] in PERFECT and (done := [one for one in lower[first + 1 :] if one not in BETWEEN][:1]):
        if done == ["stopped"] and any(one.endswith("ing") for one in lower[first + 2 : first + 4]):
            return [(start, end, "had")]
        if lower[first + 1 : first + 2] == ["not"]:
            return [(start, end, "had")]  # what was still to come then is over too
        went_on = done == ["been"] and any(one.endswith("ing") for one in lower[first + 2 :])
        what = "".join(lower[first + 2 : first + 3])  # `have been made since Thursday`, not `has been stable since`
        acted = what in PAST or what.endswith(("ed", "en", "wn", "ne"))
        if done == ["been"] and lower[first + 1] == "been" and acted and not went_on and "since" in joint_after:
            return [(start, end, "had")]
        if done == ["been"] and lower[first + 1] == "been" and (went_on or "since" not in joint_after):
            return [(start, words[first + 1].end(), PERFECT[lower[first]])]
        is_done = done[0].endswith(("ed", "en", "wn", "ne")) or done[0] in PAST
        if "since" in joint_after and is_done and done != ["been"] and lower[first + 1] == done[0]:
            return [(start, words[first + 1].end(), past_of(done[0]))]  # `has shown … since 8`
        if not went_on and (done == ["been"] or is_done):
            return None  # `we have fixed it` is as true now as it was then
    return [(start, end, word)]
