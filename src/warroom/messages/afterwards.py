"""What colleagues wrote about an end, as far as customers can read it: the cause, the fix, and what will prevent it."""

from __future__ import annotations

import re

from warroom.messages.doing import AS_ADJECTIVE
from warroom.messages.grammar import capital
from warroom.messages.services import service, vocabulary, words_of
from warroom.messages.values import is_internal
from warroom.model import ids
from warroom.model.incident import Incident
from warroom.model.names import Names
from warroom.model.snapshot import Snapshot
from warroom.text.cleaning import clean
from warroom.text.sentences import unstopped


def cause(incident: Incident) -> str:
    """The cause as colleagues know it; "" if it is not known."""
    for sent in reversed(incident.sent([ids.MESSAGE_RESOLUTION])):
        known = clean(sent.body.fields.get("root_cause", "")).strip()
        if known and not _NOT_KNOWN.search(known):
            return known
    known = clean(incident.fact("known")).strip()
    found = _CAUSE.match(known)
    if found and not _NOT_KNOWN.search(known):
        return known[found.end() :].strip()
    states = [sent.body.fields.get("state", "") for sent in incident.sent([ids.MESSAGE_CUSTOMER])]
    return "known" if any(state in ("identified", "monitoring") for state in states) else ""


_CAUSE = re.compile(r"(?:[-*•] )?(?:the |our )?(?:root )?cause(?::| is | was )", re.IGNORECASE)
_NOT_KNOWN = re.compile(
    r"\?|\b(?:could|guess|likely|may|maybe|might|no|not|perhaps|possibly|presumably|probably|seems?|suspect\w*|tbd|unclear"
    r"|unknown|still)\b|n['’]t\b|^(?:none|n/?a|-+)$",
    re.IGNORECASE,
)


def how_fixed(snapshot: Snapshot) -> str:
    """How it was resolved, as a sentence that customers can read; "" if the words for that were for colleagues."""
    end = snapshot.incident.resolution
    if end is None or end.text == "Resolved":
        return ""
    text = clean(end.text).strip()
    if (found := _DID.match(text)) and len(text.split()) > 1 and not AS_ADJECTIVE.match(text):
        text = f"We {found[0].lower()}{text[found.end() :]}"
    names = snapshot.playbook.names
    return fit_for_customers(text, service(snapshot.incident.fact(ids.FACT_SYSTEM), names), names)


_DID = re.compile(
    r"(?:added|adjusted|corrected|disabled|extended|fixed|increased|mended|moved|removed|renewed|repaired|replaced|restored"
    r"|stopped|switched|turned|updated)\b(?! by\b)",
    re.IGNORECASE,
)


def fit_for_customers(text: str, name: str, names: Names) -> str:
    """A text as a clause that customers can read, "" if it may be worded for colleagues, or name somebody."""
    words = unstopped(text.strip()).split()
    if not 3 <= len(words) <= 25 or "\n" in text.strip() or _FOR_COLLEAGUES.search(text) or is_internal(text, names):
        return ""
    known = words_of(name)
    if any(word[0].isupper() and word.casefold().strip(",.") not in known for word in words[1:]):
        return ""
    first = words[0].casefold()
    plural = first.endswith("s") and words[1] in ("were", "are", "have")
    begins = first in _BEGINNINGS or first in known or plural or AS_ADJECTIVE.match(text) is not None
    told = any(word.casefold() in _TOLD or word.endswith("ed") for word in words[1:])
    return capital(unstopped(text.strip())) if begins and told and not vocabulary(names).technical.search(text) else ""


_BEGINNINGS = frozenset({"we", "our", "the", "a", "an", "all", "it", "this", "one", "part", "too"})
_TOLD = frozenset({"was", "were", "has", "have", "had", "did", "could", "went", "took", "ran"})
_FOR_COLLEAGUES = re.compile(
    r"[\"“”`@#_/\\<>{}\[\]|=]|\d[\d.:-]*\d|\bby (?!our|the|an?\b)\w+|(?-i:[a-z][A-Z])"
    r"|\b(?:believe|blame|branch|build|capacity|commit|config\w*|container|credentials?|deploy\w*|dev\w*|engineers?"
    r"|fail-?over|failed over|fallback|fault|fix(?:es)?|flags?|forgot\w*|gateway|guess|hope|hot-?fix\w*|human|incident"
    r"|junior|logs?|merge\w*|mistakes?|operators?|patch\w*|queues?|reboot\w*|redeploy\w*|restart\w*|revert\w*"
    r"|roll(?:ed|ing)?[ -]?back|scal(?:ed|ing)|scripts?|somebody|someone|still|team|think|threads?|ticket|timed? out"
    r"|time-?outs?|traffic|vendor|version|will|yet)\b",
    re.IGNORECASE,
)
"""What customers would not understand, or should not read about colleagues and suppliers."""


def prevention(incident: Incident, names: Names) -> str:
    """The next steps that customers can read as what we will change, a line each: `We will add …`; "" for none."""
    sent = incident.sent([ids.MESSAGE_RESOLUTION])
    steps = clean(sent[-1].body.fields.get("next_steps", "")) if sent else ""
    found = []
    for row in filter(None, (unstopped(row.strip().lstrip("-*•– ")) for row in steps.split("\n"))):
        others = (word for word in row.split()[1:] if word[0].isupper() or word[0].isdigit())
        if not _CHANGES.match(row) or _OF_COLLEAGUES.search(row) or any(others):
            continue
        if not (_FOR_COLLEAGUES.search(row) or is_internal(row, names)):
            found.append(f"We will {row[0].lower()}{row[1:]}")
    return "\n".join(found)


_CHANGES = re.compile(
    r"(?:add|automate|change|check|extend|improve|introduce|keep|limit|make|monitor|protect|renew|replace|review"
    r"|set up|test|watch)(?: [\w'’-]+){2,14}",
    re.IGNORECASE,
)
"""What somebody will do so that it does not happen again."""
_OF_COLLEAGUES = re.compile(
    r"\b(?:post-?mortem|retro\w*|follow|owner|by (?:mon|tues|wednes|thurs|fri|satur|sun)day|runbook|on-?call|rota|root"
    r"|customers?|legal|finance|support|who|why|whether|pager|refunds?|invoices?)\b",
    re.IGNORECASE,
)
