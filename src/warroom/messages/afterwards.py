"""What colleagues wrote about an end, as far as customers can read it: the cause, the fix, and what will prevent it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from warroom.messages.noted_for_colleagues import begins_with_act, is_whole, unheard_of
from warroom.messages.readable import KeptBack, Readable, built_in_rules, known_to_customers, readable
from warroom.model import ids
from warroom.model.incident import Incident
from warroom.model.snapshot import Snapshot
from warroom.text.cleaning import clean
from warroom.text.sentences import unstopped

if TYPE_CHECKING:
    from warroom.messages.readable import RulesOf

KNOWN = "known"
"""What `cause` says if customers were told that it was found, and colleagues did not write which it is."""


def cause(incident: Incident) -> str:
    """The cause as colleagues know it; "" if it is not known."""
    told = [sent.body.fields.get("root_cause", "") for sent in incident.sent([ids.MESSAGE_RESOLUTION])]
    for known in (clean(text).strip() for text in reversed(told)):
        if known and not _NOT_KNOWN.search(known):
            return known
    known = clean(incident.fact("known")).strip()
    found = _CAUSE.match(known)
    if found and not _NOT_KNOWN.search(known):
        which = known[found.end() :].strip()
        if only_found := _FOUND.match(which):
            return only_found["which"] or KNOWN  # `the cause was found and fixed` does not say which it is
        return which
    if told and _NOT_KNOWN.search(told[-1]):
        return ""
    states = [sent.body.fields.get("state", "") for sent in incident.sent([ids.MESSAGE_CUSTOMER])]
    return KNOWN if any(state in ("identified", "monitoring") for state in states) else ""


_CAUSE = re.compile(r"(?:[-*•] )?(?:the |our )?(?:root )?cause(?::| is | was )", re.IGNORECASE)
_FOUND = re.compile(
    r"(?:clear|confirmed|fixed|found|identified|known|removed|understood)\b(?:(?::| as| to be) (?P<which>.+))?",
    re.IGNORECASE | re.DOTALL,
)
_NOT_KNOWN = re.compile(
    r"\?|\b(?:could (?:be|have)|guess|likely|(?<!in )(?<!since )(?<!of )(?<!on )may(?! \d)"
    r"|maybe|might|perhaps|possibly|presumably|probably|seems?|suspect\w*|tbd"
    r"|unclear|unknown|still|no (?:cause|clue|idea|reason)|nobody knows)\b"
    r"|(?:\bnot|n['’]t) (?:yet|(?:fully |really )?(?:certain|clear|confirmed|determined|established|found|identified"
    r"|know|known|sure|understand|understood))\b|^(?:none|no|n/?a|-+)$",
    re.IGNORECASE,
)


def how_fixed(snapshot: Snapshot, rules: RulesOf = built_in_rules) -> str:
    """How it was resolved, as far as customers can read it; "" if it was not said, or only for colleagues."""
    return told_of_the_fix(snapshot, rules).text


def told_of_the_fix(snapshot: Snapshot, rules: RulesOf = built_in_rules) -> Readable:
    """What customers read of how it was resolved, and which sentences they don't."""
    end = snapshot.incident.resolution
    if end is None or end.text == "Resolved":
        return Readable()
    found = readable(end.text, snapshot, rules, over=True)
    if not found.text and not found.kept_back and len(end.text.split()) > _SHORT_ANSWER:
        return Readable("", (KeptBack(unstopped(clean(end.text).strip()), "it does not say what was done"),))
    sentences = _SENTENCE.split(found.text)
    why = {one: _no_fix(one) for one in sentences[::2] if one}
    odd = [one for one in why if why[one]]
    if not odd:
        return found
    kept = "".join(
        one + joint for one, joint in zip(sentences[::2], [*sentences[1::2], ""], strict=True) if one not in odd
    )
    left = (KeptBack(unstopped(one), why[one]) for one in odd)
    return Readable(kept.strip(" ;\n"), (*found.kept_back, *left))


_SHORT_ANSWER = 3
"""Words that say only that it is over: `all good again`."""
_SENTENCE = re.compile(r"(;\s+|(?<=[.!?])\s+|\s*\n\s*)")


def _no_fix(sentence: str) -> str:
    """Why customers can't read a sentence as how it was resolved; "" if they can."""
    if not _tells_the_fix(sentence):
        return "it does not say how it was resolved"
    told = is_whole(sentence) or begins_with_act(sentence) or sentence.casefold().startswith("works ")
    return "" if told else _NOTE


_NOTE = "it is a note and no sentence"


def _tells_the_fix(sentence: str) -> bool:
    """Whether a sentence does not tell what happened to customers, or says that it works again for them."""
    return not _HARM.search(sentence) or bool(_ACT.match(sentence) or _WORKS_AGAIN.search(sentence))


_ACT = re.compile(
    r"we \w|(?!affected|bounced|dropped|failed|lost|missed|rejected)[a-z]{2,}ed (?!by\b)\w", re.IGNORECASE
)
_HARM = re.compile(
    r"\b(?:affected|bounced|complain\w*|declined|dropped|fail\w*|had to|impacted|lost|miss(?:ed|ing)|rejected"
    r"|unhappy)\b",
    re.IGNORECASE,
)
_WORKS_AGAIN = re.compile(
    r"\b(?:again|back|normal(?:ly)?|repaired|resent|restored|fixed|recovered"
    r"|(?:was|were|has been|have been) (?:\w+ly )?(?:corrected|exchanged|rebuilt|reconnected|renewed|replaced|reset"
    r"|restarted|rolled back|swapped))\b",
    re.IGNORECASE,
)


def told_of_the_cause(snapshot: Snapshot, rules: RulesOf = built_in_rules) -> Readable:
    """What customers read of why it happened: what colleagues noted as the cause, and no status of before the end.

    Of a cause they read all or nothing: a part of it may be another cause. It stands in no field in which its sender
    could reword it; so they read no note, and nothing that names as known what they have not read of.
    """
    known = cause(snapshot.incident)
    found = readable(known, snapshot, rules) if known and known != KNOWN else Readable()
    heard_of = known_to_customers(snapshot)
    for one in filter(None, _SENTENCE.split(found.text)[::2] if not found.kept_back else ()):
        if not is_whole(one):
            return Readable("", (KeptBack(unstopped(one), _NOTE),))
        if unheard_of(one, heard_of):
            return Readable("", (KeptBack(unstopped(one), f"they have not read of “{unheard_of(one, heard_of)}”"),))
    if found.text or found.kept_back or known in ("", KNOWN):
        return found if not found.kept_back else Readable("", found.kept_back)
    return Readable("", (KeptBack(unstopped(known), "it does not say what happened"),))


def told_of_prevention(snapshot: Snapshot, rules: RulesOf = built_in_rules) -> Readable:
    """The next steps that customers can read as what we will change, a line each: `We will add …`.

    Those that they can't read are kept back; what is no change, such as a post-mortem, is none of theirs.
    """
    sent = snapshot.incident.sent([ids.MESSAGE_RESOLUTION])
    steps = clean(sent[-1].body.fields.get("next_steps", "")) if sent else ""
    shown: list[str] = []
    kept_back: list[KeptBack] = []
    for row in filter(None, (unstopped(row.strip().lstrip("-*•– ")) for row in steps.split("\n"))):
        row = _WE_WILL.sub("", row)
        change = row if _IF_BY_THEN.search(row) else unstopped(_BY_WHEN.sub("", row).strip())
        for words, instead in _CHANGE_NAMED:
            if named := words.match(change):
                change = named.expand(instead) + change[named.end() :]
                break
        if not _CHANGES.match(change) or _OF_COLLEAGUES.search(change):
            continue
        found = readable(f"We {change[0].lower()}{change[1:]}", snapshot, rules)
        if found.text and not found.kept_back:
            shown.append(f"We will {unstopped(found.text.removeprefix('We '))}.")
        kept_back += (KeptBack(row, one.why) for one in found.kept_back)
    return Readable("\n".join(shown), tuple(kept_back))


_WE_WILL = re.compile(r"we(?:['’]ll| will| are going to) ", re.IGNORECASE)
_BY_WHEN = re.compile(
    r",? (?:\((?:by |until |due )?[^()]*\)|from (?:\d\d? )?(?-i:[A-Z])\w+"
    r"|(?:(?:first|starting|the first) )?(?:by|until|before|due) (?:the )?(?:end of )?"
    r"(?:(?:the |this )?(?:month|quarter|week|year)\b|\d|next|(?-i:[A-Z])|tomorrow|noon)[^,;]*)$",
    re.IGNORECASE,
)
"""By when a colleague does it, which customers were not promised."""
_IF_BY_THEN = re.compile(r"\b(?:if|when|unless) (?:[\w'’-]+ )+(?:by|before|until) [^,;]+$", re.IGNORECASE)
"""`Alert when the job is not finished by 5 a.m.`: the time belongs to what happens, not to the work of a colleague."""
_CHANGE_NAMED = (
    (re.compile(r"alert(?:s|ing)? (?:on|for) (?:the )?(.+?) (?:latency|response times?)$", re.I),
     r"add an alert that warns us when the \1 responds slowly"),
    (re.compile(r"(?:an )?alert (?=(?:on|for|when|if|before)\b)", re.I), "add an alert "),
    (re.compile(r"alerts (?=(?:on|for|when|if|before)\b)", re.I), "add alerts "),
    (re.compile(r"(?:alerting|monitoring) (?=(?:of|on|for)\b)", re.I), "add monitoring "),
    (re.compile(r"(?:an )?automat(?:ic|ed) (?:fail-?over|switch(?:-?over)?) (to|between) (.+)", re.I),
     r"make the switch \1 \2 automatic"),
    (re.compile(r"(?:an )?automat(?:ic|ed) (?=test)", re.I), "add automatic "),
    (re.compile(r"add (?=(?:alert|alarm)\b)", re.I), "add an "),
    (re.compile(r"add (?=(?:check|limit|warning|test|time-?out)\b)", re.I), "add a "),
    (re.compile(r"(?:an? )?(?P<verb>review|check|test)s? of (?=\w)", re.I), r"\g<verb> "),
    (re.compile(r"tests? (?=(?:of|for|that)\b)", re.I), "add tests "),
)  # fmt: skip
"""Changes that are noted by what there will be, and not by what somebody does."""
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
