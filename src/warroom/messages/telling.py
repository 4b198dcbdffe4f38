"""How customers are told of a problem: the sentences around its impact, and whether its status needs a label."""

from __future__ import annotations

import re
from collections.abc import Mapping

from warroom.messages.calm import calm
from warroom.messages.grammar import capital
from warroom.messages.main_verb import has_verb
from warroom.messages.problems import begun, is_out
from warroom.messages.services import several, vocabulary
from warroom.messages.tense import told_in_past
from warroom.messages.unfinished import goes_on
from warroom.model.names import Names

IMPACT = "impact"


def told(
    impact: str,
    affected: str,
    service: str,
    when: Mapping[str, str],
    names: Names,
    *,
    state: str,
    over: bool,
    data: bool,
    unsure: bool = False,
    works: bool = False,
    planned: bool = False,
) -> dict[str, object]:
    """The impact as customers read it, and the words around it.

    The impact is "" if the `opening` says all of it. `when` has the period, a short one, and when it came back. `data`
    if data may have been lost or seen by others, and `unsure` if words of the incident say that something is not over:
    then nothing is said to work again; nor if `works`, the status saying so itself. `planned` if the impact tells of a
    time that has not come, so that it is not told in the past.
    """
    text = calm(impact, names)
    out = not data and is_out(text, affected, service)
    opening, _ = begun(service, when["period"], out=out, over=over)
    _, short = begun(service, when["period_short"], out=out, over=over)
    if back := when["back_since"]:
        opening = f"The problem with {service} {'that ' * over}came back at {back}{' is now resolved' * over}"
        short = f"{'Problem' if over else 'The problem'} with {service} {'that ' * over}came back at {back}"
    elif out:
        text = ""
    one = not several(service)
    again = f"{service} work{'s' * one} normally again"
    ending = "The problem is resolved" if out else "It is resolved"
    vague = unsure or bool(why_not_again(impact, names, data=data))
    if back:
        ending = "" if vague or works else capital(f"{again}.")
    else:
        ending = "This incident is resolved" if unsure else ending
        ending += "." if vague or works else f", and {again}."
    return {
        IMPACT: text,
        "reported": planned or not told_in_past(text),
        "works_again": "" if vague or works else capital(f"{service} work{'s' * one} again."),
        "opening": opening,
        "opening_short": short,
        "ending": ending,
    }


def why_not_again(impact: str, names: Names, *, data: bool) -> str:
    """Why customers don't read at the end that it works normally again, by what happened; "" if they may."""
    text = calm(impact, names)
    if data:
        return "data may have been lost or seen by others"
    if vocabulary(names).wrong.search(text):
        return "what was wrong before the end may still be wrong"
    return "the impact tells of something that the end does not undo" if goes_on(text) else ""


def stands_alone(status: str) -> bool:
    """Whether a status is made of whole sentences, so that it needs no label: it is no list, and typed as sentences.

    So it is if it ends with a full stop, or if each part of it has a verb.
    """
    text = status.strip()
    return "\n" not in text and (
        text.endswith((".", "!")) or (text != "" and all(map(has_verb, _SENTENCE.split(text))))
    )


_SENTENCE = re.compile(r"(?<=[.!?])\s+|;\s+")
