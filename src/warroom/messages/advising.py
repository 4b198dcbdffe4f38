"""What customers can do: the workaround while it lasts, a new one after the end, and whether to check what failed."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import NamedTuple

from warroom.messages.contradictions import leaves_some_out, says_it_works
from warroom.messages.customer_data import about_data
from warroom.messages.grammar import capital
from warroom.messages.templates import Kind
from warroom.model import ids
from warroom.model.incident import Incident
from warroom.model.kinds.stages import StageSet
from warroom.model.names import Names, Repeat, any_of
from warroom.model.playbook import Playbook
from warroom.model.snapshot import Snapshot
from warroom.text.cleaning import clean
from warroom.text.sentences import unstopped

WORKAROUND = "workaround"
_LOOKED_AT = (
    r"delet\w+|display\w*|gone|late|log(?:ged|ging)?[ -]?(?:in|on|out)s?|lost|missing|search\w*|shown?|shows"
    r"|sign(?:ed|ing)?[ -]in|slow\w*(?!.*\b(?:error|fail))"
)
"""What is only looked at, or never begun, so that there is nothing to check: the way in to pay, what is slow."""


def advice(
    kind: Kind, typed: Mapping[str, str], said: Mapping[str, str], snapshot: Snapshot, *, state: str, data: bool
) -> dict[str, object]:
    """The values `check_first` and `workaround` of a message to customers.

    `typed` are its fields as typed, `said` as the message says them. Once it is resolved, or a fix is in place for all,
    a workaround of before that is left out: it is needed no more. Where `data` may have been lost or seen by others,
    nobody is told to try again.
    """
    if kind.field(WORKAROUND) is None:
        return {}
    incident = snapshot.incident
    known = said[WORKAROUND].strip() or said.get("meaning", "").strip()
    left_out = typed[WORKAROUND].strip() and not said[WORKAROUND].strip()  # "none": there is nothing they can do
    about = (said.get("impact", ""), incident.fact(ids.FACT_SYSTEM), incident.title)  # the most exact first
    over = state == "resolved"
    fixed = over or state == "monitoring"
    values: dict[str, object] = {
        "check_first": ""
        if known or left_out or data or _AGAIN.search(said.get("status", ""))
        else _check_first(about, snapshot.playbook, over=over)
    }
    status = said.get("status", "")
    some = not over and (_FOR_SOME.search(status) or leaves_some_out(status))  # who still need it
    if fixed and not some and _is_of_before(kind, typed[WORKAROUND], incident, over=over):
        values[WORKAROUND] = ""
    if WORKAROUND not in values and _NOTHING_TO_DO.fullmatch(said[WORKAROUND].strip()):
        values[WORKAROUND] = "" if over else "You do not need to do anything"
    return values


class Meaning(NamedTuple):
    """What it means for customers: what they read, what was so only until it works, and what of it may have been."""

    text: str
    over: str = ""
    unsure: str = ""


def meaning_now(kind: Kind, typed: Mapping[str, str], incident: Incident, *, state: str) -> Meaning:
    """What it means for customers, without what they read before that is over once it works.

    It works if it is resolved, or if a fix is in place and the status says so. What they have not read yet stays.
    """
    meaning = typed.get("meaning", "")
    over = state == "resolved"
    if not (over or (state == "monitoring" and says_it_works(typed.get("status", "")))):
        return Meaning(meaning)
    end = incident.resolution if over else None
    sent = [message for message in incident.sent([kind.id]) if end is None or message.order < end.order]
    read = {_plain(part) for message in sent for part in _CLAUSES.split(message.body.fields.get("meaning", ""))[::2]}
    pieces = [*_CLAUSES.split(meaning), ""]
    kept, dropped, unsure = "", [], []
    for part, joint in zip(pieces[::2], pieces[1::2], strict=True):
        if _plain(part) in read and _UNTIL_IT_WORKS.search(part):
            dropped.append(part.strip())
            if kept.endswith((", and ", ", but ")):
                kept = f"{kept[:-6]}.{joint}"
            continue
        kept += (capital(part) if dropped else part) + joint
        if _plain(part) in read and _MAYBE_UNTIL_THEN.search(part):
            unsure.append(part.strip())
    return Meaning(kept.strip(" ,;\n") if dropped else meaning, " ".join(dropped), " ".join(unsure))


def needed_no_more(said: Mapping[str, str], incident: Incident) -> str:
    """The workaround that colleagues have read, if the status says that it all works again without it; or ""."""
    known, sent = incident.facts.get(WORKAROUND, ()), incident.messages
    told = bool(known and sent and known[-1].order < sent[-1].order)
    if not told or incident.over() or not says_it_works(said.get("status", "")):
        return ""
    return clean(known[-1].body.value).strip()


def _plain(text: str) -> str:
    return unstopped(" ".join(text.split())).casefold()


_CLAUSES = re.compile(r"((?<=[.!?])\s+|;\s+|\s*\n\s*|, (?:and|but) (?=you\b|your\b|we\b|they\b))")
_UNTIL_IT_WORKS = re.compile(
    r"\binstead\b|\b(?:for now|for the moment|in the meantime|meanwhile|(?:until|till) (?:it|this|that|then|we)\b"
    r"|(?:until|till|before) (?:(?:it|this|that) is |it['’]s )?(?:fixed|resolved|solved|back|over|further notice)\b)"
    r"|\b(?:may|might|will) (?:still |now )?(?:have|need) to "
    r"(?:be patient|bring|call|come|do without|go|queue|try|use|wait)\b"
    r"|\btakes? (?:\w+ ){0,2}longer\b|\bexpect (?:\w+ ){0,2}(?:delays?|longer|queues?|waits?)\b"
    r"|^(?:please )?(?:book|buy|bring|come|go|join|order|pay|queue|take|use|visit)\b(?! \w+ new\b)"
    r"|^(?:please )?(?:do not|don['’]t) (?:re-?try|try)\b"
    r"|^you (?:cannot|can not|can['’]t|(?:may|might) not|(?:may|might) (?:still )?(?:get|hear|notice|see|experience))"
    r" (?!(?:be|have|lose|need)\b(?! able\b))(?!.*\b(?:charg\w+|double|duplicate\w*|invoices?|twice)\b)\w"
    r"|\b(?:not|cannot|\w+n['’]t) (?!(?:\w+ )*?(?:charged|lost)\b)[^.;]*\byet\b"
    r"|\b(?:(?:may|might|can|do|does|is|are) not|cannot|(?:ca|do|does|is|are)n['’]t) (?:be )?(?:able to )?"
    r"(?:arrive|get|hear|load|notified|open|print|reach|reached|receive|received|see|seen|shown|start|told|work)\b"
    r"|\bstays? (?:closed|dark|down|empty|locked|offline|shut)\b",
    re.IGNORECASE,
)
"""What is so only while something does not work: `please use a staffed till`, `you may have to wait`."""


_MAYBE_UNTIL_THEN = re.compile(
    r"\bif you (?:\w+ )?(?:need|must|have to|want)\b(?! (?:help|more|any|further|support))[^.;\n]*"
    r"\b(?:ask|bring|call|come|drive|go|pay|ring|take|use|visit|walk)\b"
    r"|(?:^|\bplease )(?:do not|don['’]?t|avoid|stop) (?!worry|panic|forget)\w+"
    r"|\b(?:today|tonight|right now|urgently)\b[^.;\n]*\bplease\b"
    r"|\b(?:is|are|(?:may|might) (?:be|arrive|come)) (?:\w+ ){0,2}(?:delayed|late|limited|slow\w*|unavailable|wrong)\b",
    re.IGNORECASE,
)
"""What may go on although it works, so that its sender is asked: `do not use it`, `deliveries are delayed`."""


def may_have_paid(kind: Kind, values: Mapping[str, str], snapshot: Snapshot) -> bool:
    """Whether customers are to check what failed before they pay again, and nobody says if they were charged."""
    texts = {field.id: values.get(field.id, "") for field in kind.fields}
    found = advice(kind, texts, texts, snapshot, state="resolved", data=about_data(snapshot, texts.get("impact", "")))
    return _PAYS.search(str(found.get("check_first", ""))) is not None


_FOR_SOME = re.compile(
    r"\b(?:a few|half|many|most|not (?:all|every\w*|yet)|one after the other|only|part(?:ly|s)|(?:the )?rest|some"
    r"|still)\b|\d ?%|\b\d+ (?:of|out of) \d",
    re.IGNORECASE,
)
"""A status by which it does not work for everybody yet."""
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


def _is_of_before(kind: Kind, text: str, incident: Incident, *, over: bool) -> bool:
    """Whether a workaround is one of the time before the end, or before the fix if it is not `over` yet."""
    stages = [logged for logged in incident.all(StageSet) if logged.body.stage in _FIXED]
    fixed = incident.resolution if over else next(iter(stages), None)
    said = [(fact.order, fact.body.value) for fact in incident.facts.get(WORKAROUND, ())]
    for sent in incident.sent([kind.id]):
        if over or sent.body.fields.get("state", "").strip().lower() != "monitoring":
            said.append((sent.order, sent.body.fields.get(WORKAROUND, "")))
    same = [order for order, words in said if clean(words).strip() == text.strip()]
    return any(fixed is None or order < fixed.order for order in same)


_FIXED = ("resolution", "recovery")
"""The stages in which a fix is in place."""
