"""What customers can do: that there is nothing to do, or that they check what failed before they try it again."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import lru_cache

from warroom.messages.carried import WORKAROUND
from warroom.messages.customer_data import about_data
from warroom.messages.templates import Kind
from warroom.model import ids
from warroom.model.names import Names, Repeat, any_of
from warroom.model.playbook import Playbook
from warroom.model.snapshot import Snapshot

_LOOKED_AT = (
    r"delet\w+|display\w*|gone|late|log(?:ged|ging)?[ -]?(?:in|on|out)s?|lost|missing|search\w*|shown?|shows"
    r"|sign(?:ed|ing)?[ -]in|slow\w*(?!.*\b(?:error|fail))"
)
"""What is only looked at, or never begun, so that there is nothing to check: the way in to pay, what is slow."""


def advice(
    kind: Kind, typed: Mapping[str, str], said: Mapping[str, str], snapshot: Snapshot, *, state: str, data: bool
) -> dict[str, object]:
    """The values `check_first` and `workaround` of a message to customers.

    `typed` are its fields as typed, `said` as the message says them. Where `data` may have been lost or seen by others,
    nobody is told to try again.
    """
    if kind.field(WORKAROUND) is None:
        return {}
    known = said[WORKAROUND].strip() or said.get("meaning", "").strip()
    left_out = typed[WORKAROUND].strip() and not said[WORKAROUND].strip()  # "none": there is nothing they can do
    about = (said.get("impact", ""), snapshot.incident.fact(ids.FACT_SYSTEM), snapshot.incident.title)  # exact first
    said_already = known or left_out or data or _AGAIN.search(said.get("status", ""))
    check = "" if said_already else _check_first(about, snapshot.playbook, over=state == "resolved")
    values: dict[str, object] = {"check_first": check}
    if says_nothing_to_do(said[WORKAROUND]):
        values[WORKAROUND] = "You do not need to do anything"
    return values


def may_have_paid(kind: Kind, values: Mapping[str, str], snapshot: Snapshot) -> bool:
    """Whether customers are to check what failed before they pay again, and nobody says if they were charged."""
    texts = {field.id: values.get(field.id, "") for field in kind.fields}
    found = advice(kind, texts, texts, snapshot, state="resolved", data=about_data(snapshot, texts.get("impact", "")))
    return _PAYS.search(str(found.get("check_first", ""))) is not None


_PAYS = re.compile(r"\bpay(?:s|ment|ments)?\b", re.IGNORECASE)
_AGAIN = re.compile(
    r"\b(?:please|you can(?: now)?|you may(?: now)?|customers can(?: now)?)"
    r" (?:re-?try|(?:re)?start|repeat|re-?send|re-?upload|(?:\w+ ){1,5}again)\b",
    re.IGNORECASE,
)
"""A status that says already what they are to repeat."""


def says_nothing_to_do(text: str) -> bool:
    """Whether a workaround says only that there is nothing that customers have to do."""
    return _NOTHING_TO_DO.fullmatch(text.strip()) is not None


_NOTHING_TO_DO = re.compile(
    r"(?:there is )?(?:nothing|no action)(?: (?:to do|to be done|(?:is )?(?:needed|required|necessary)"
    r"|for (?:you|them)))+[.!]*",
    re.IGNORECASE,
)


def _check_first(about: Sequence[str], playbook: Playbook, *, over: bool) -> str:
    """What to check before trying again, if what failed may have gone through; by the first text that tells it."""
    then = " during this time" if over else ""
    rows, looked_at = _repeats(tuple(playbook.repeats), playbook.names)
    impact, *_ = about
    for text in about:
        row = next((row for row, words, unless in rows if words.search(unless.sub(" ", text))), None)
        if looked_at.search(text):
            return ""
        if row is None:
            continue
        if not _MAY_HAVE_FAILED.search(impact) or _WENT_THROUGH.search(impact):
            return ""
        if row.what:
            return f"If {row.what} failed{then}, please check your {row.where} before you {row.again} again."
        return f"Before you repeat something that failed{then}, please check whether it went through."
    return ""


@lru_cache(maxsize=8)
def _repeats(
    repeats: tuple[Repeat, ...], names: Names
) -> tuple[list[tuple[Repeat, re.Pattern[str], re.Pattern[str]]], re.Pattern[str]]:
    """The rows of what may have gone through, each with its words and its exceptions; and what is only looked at."""
    rows = [(row, _any(row.words), _any(row.unless)) for row in repeats]
    return rows, re.compile(rf"\b(?:{_LOOKED_AT}|{any_of(names.read)})\b", re.IGNORECASE)


def _any(words: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile(rf"\b{any_of(words)}\b", re.IGNORECASE)


_MAY_HAVE_FAILED = re.compile(
    r"\A\s*\Z|\b(?:abort\w*|blank|broken|cannot|can['’]?t|can not|could(?: not|n['’]?t)|crash\w*|declin\w+|down|empty"
    r"|errors?|fail\w*|freez\w+|hang\w*|hung|impossible|nobody|no[ -]one|not (?:available|possible|working)"
    r"|offline|outage|problems?|refus\w+|reject\w*|stuck|time-?outs?|tim(?:e|es|ed|ing) out"
    r"|unable|unavailable|unreachable|slow\w*|tak(?:e|es|ing)|trouble|issues?"
    r"|(?:do|does|did)(?: not|n['’]?t)(?! (?:contain|display|have|include|list|match|mention|show)\b))\b",
    re.IGNORECASE,
)
"""What an impact says if something that people did may seem to have failed; of no impact, that is assumed."""
_WENT_THROUGH = re.compile(
    r"\b(?:accepted|confirmed|paid|placed),? but\b"
    r"|\b(?:charged|billed|debited|paid) (?:\w+ )?(?:twice|double|too much|again)"
    r"|\b(?:double|duplicate)[- ]?(?:charg\w+|billed|billing|payments?)"
    r"|\bnot (?:been )?(?:delivered|dispatched|shipped)\b",
    re.IGNORECASE,
)
"""What went through for sure, so that there is nothing to check before trying again."""
