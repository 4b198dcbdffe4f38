"""What customers may read of words that were written for colleagues: each clause is judged by the customers' remarks.

A clause that nothing is remarked on is shown as it is; one with a better sentence that keeps all it says, as that
sentence. Any other is kept back alone, and the hints say which one it is and why.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import TYPE_CHECKING

import msgspec

from warroom import places
from warroom.messages.grammar import capital
from warroom.messages.services import service, vocabulary, words_of
from warroom.messages.tense import has_verb
from warroom.messages.unfinished import unfinished
from warroom.model import ids
from warroom.model.names import Names
from warroom.model.snapshot import Snapshot
from warroom.text.cleaning import clean
from warroom.text.sentences import same_words, unstopped

if TYPE_CHECKING:
    from warroom.wording import Finding, MessageText, Rules


LEFT = "it is not over"
"""Why customers do not read that something is still to come."""


class KeptBack(msgspec.Struct, frozen=True):
    """A clause that customers do not read, and why: `“MFA” is jargon`."""

    clause: str
    why: str


class Readable(msgspec.Struct, frozen=True):
    """What customers read of a text ("" if none of it), and the clauses that they do not."""

    text: str = ""
    kept_back: tuple[KeptBack, ...] = ()


def readable(text: str, snapshot: Snapshot, *, over: bool = False, parts: bool = False) -> Readable:
    """The clauses of a text that customers may read, with the joints between them.

    If it tells how it is `over`, they do not read what is not: its sender is asked to tell them himself. With `parts`,
    a clause need not say anything by itself: `all customers in Europe`.
    """
    incident, names = snapshot.incident, snapshot.playbook.names
    system = clean(incident.fact(ids.FACT_SYSTEM)).strip()
    people = tuple(sorted({name for role in incident.roles for name in incident.holders(role)}))
    told = " ".join(
        (system, service(system, names), incident.fact("impact"), "" if parts else incident.fact("affected"))
    )
    return _judged(clean(text).strip(), system, people, words_of(told), names, over=over, parts=parts)


def scope(text: str, snapshot: Snapshot) -> Readable:
    """Who or what is affected, as customers read it, of words that colleagues noted: all of them, or none."""
    found = readable(text, snapshot, parts=True)
    if found.kept_back:
        return Readable("", found.kept_back)
    return Readable(clean(text)) if same_words(found.text, text) else found


@lru_cache(maxsize=256)
def _judged(
    text: str, system: str, people: tuple[str, ...], known: frozenset[str], names: Names, *, over: bool, parts: bool
) -> Readable:
    shown, kept_back, before = "", [], ""
    for clause, joint in _clauses(text):
        if over and unfinished(clause):
            better, why = "", LEFT
        elif parts or says_something(clause):
            better, why = _for_customers(clause, system, people, None if parts else known, names)
        else:
            continue
        if better:
            shown += (before if shown else "") + (
                better if shown and before.startswith((",", ";")) else capital(better)
            )
            before = joint
        elif why:
            kept_back.append(KeptBack(clause, why))
    return Readable(shown, tuple(kept_back))


def _clauses(text: str) -> Iterator[tuple[str, str]]:
    """The clauses of a text, each with what stands behind it; at a comma only between such as say something."""
    pieces = _JOINT.split(unstopped(text))
    for part, joint in zip(pieces[::2], [*pieces[1::2], ""], strict=True):
        rows = _COMMA.split(part)
        alone = len(rows) > 1 and all(says_something(row) and not _DEPENDS.match(row) for row in rows[::2])
        for row, comma in zip(rows[::2], [*rows[1::2], joint], strict=True) if alone else [(part, joint)]:
            if bare := unstopped(row.strip().lstrip("-*•– ").strip()):
                yield bare, comma if comma.strip() or "\n" in comma else (". " if comma else "")


def says_something(clause: str) -> bool:
    """Whether a clause tells what was done or what is so: `backlog delivered`, not `fixed` or `all good`."""
    words = unstopped(clause.strip()).split()
    return len(words) > 1 and (
        any(_PARTICIPLE.fullmatch(word.strip(",.")) for word in words)
        or _BE.search(clause) is not None
        or has_verb(clause)
    )


_BE = re.compile(r"\b(?:is|are|was|were|has|have)\b", re.IGNORECASE)


_JOINT = re.compile(r"(;\s+|(?<=[.!?])\s+|\s*\n\s*)")
_COMMA = re.compile(r"(, (?:and |then )?)")
_DEPENDS = re.compile(
    r"(?:which|who|that|where|because|so|but|as|when|while|if|until|after|before|\w+ing)\b", re.IGNORECASE
)
_PARTICIPLE = re.compile(
    r"(?!(?:need|speed|feed|red|bed|hundred|indeed)$)(?:\w+ed|built|rebuilt|brought|cut|done|drawn|found|given|gone|held"
    r"|kept|left|made|put|reset|rewritten|run|sent|resent|set|shut|split|taken|undone|went|withdrawn|written)",
    re.IGNORECASE,
)


def _for_customers(
    clause: str, system: str, people: tuple[str, ...], known: frozenset[str] | None, names: Names
) -> tuple[str, str]:
    """A clause as customers read it, or else "" and why they don't; `known` names are fine, None if any are."""
    from warroom.wording import Facts, MessageText

    why = _about_colleagues(clause, known, names)
    better = _BACK_TO.sub(lambda found: "Went back" if found[0].startswith("R") else "went back", clause)
    facts = Facts(people=people, systems=(system,) if system else ())
    for _ in range(_MOST_REMARKS):
        message = MessageText(kind=ids.MESSAGE_CUSTOMER, body=better, audience="customers", facts=facts)
        findings = _remarks(better, message)
        if not findings and not why:
            return better, ""
        if why or not (instead := _instead(better, findings, message)):
            break
        better = instead
    first = _remarks(clause, MessageText(kind="", body=clause, audience="customers", facts=facts))[:1]
    return "", f"“{first[0].words}”: {first[0].label}" if first else why or "there is no plain sentence for it"


_MOST_REMARKS = 4
_BACK_TO = re.compile(r"\b[Rr]olled back(?= to\b)")


def _remarks(text: str, message: MessageText) -> list[Finding]:
    from warroom.wording import check_text

    found = check_text(text, built_in_rules(), "customers", message.facts)
    return [
        one
        for one in found
        if not (one.rule == "jargon" and _is_version(text, one.start, one.words))
        and not (
            one.rule == "vague" and same_words(one.words, text)
        )  # it hides nothing, and its sender sees the remark
    ]


def _is_version(text: str, start: int, words: str) -> bool:
    """Whether words are the number of a version that the text calls one, as customers know their app by."""
    return bool(
        re.fullmatch(r"v?\d+(?:\.\d+)+", words) and re.search(r"\b(?:version|app|update) $", text[:start], re.I)
    )


def _instead(text: str, findings: list[Finding], message: MessageText) -> str:
    """A better sentence that keeps every word that is not remarked on, or ""."""
    from warroom.wording import better_sentence

    spans = [(one.start, one.end) for one in findings]
    left = "".join(sign if not any(a <= at < b for a, b in spans) else " " for at, sign in enumerate(text))
    for finding, own in ((finding, own) for finding in findings for own in (True, False)):
        is_chat = finding.remark is not None and finding.remark.sort is not None
        if finding.words.isalpha() and not is_chat:
            continue  # plain words for a single word depend on those beside it: `stale replication`, `shard 4`
        better = better_sentence(text, finding, message, built_in_rules(), own_words=own)
        if not better or better.count(". ") > text.count(". "):
            continue  # a sentence beside it says less than it
        if _stems(left) <= _stems(better) and not _TWICE.search(better):
            return unstopped(better.strip())
    return ""


_TWICE = re.compile(r"\b(\w+ \w+ \w+)\b.* \1\b", re.IGNORECASE)


def _stems(text: str) -> set[str]:
    return {word[:4] for word in re.findall(r"\w+", text.casefold()) if len(word) > 3 or word.isdigit()}


def _about_colleagues(clause: str, known: frozenset[str] | None, names: Names) -> str:
    """Why a clause is for colleagues alone, apart from its wording: who did it, names, machines, what is to come."""
    words = clause.split()
    if len(words) > _LONGEST:
        return "it is too long"
    if found := _OF_COLLEAGUES.search(clause):
        return f"“{found[0].strip()}” is for colleagues"
    if found := _TIME.search(clause):
        return f"“{found[0]}” has no time zone"
    if found := _LAWYERS.search(clause):
        return f"“{found[0]}” is for lawyers to word"
    if known is None:
        return ""
    found = _SOMEBODY.match(clause)
    if found and not {found["who"].casefold(), found["who"].casefold().removesuffix("s")} & known:
        return f"it says who did it (“{found['who']}”)"
    for place, word in enumerate(words):
        bare = word.strip(",.()'’:").removesuffix("'s").removesuffix("’s")
        if bare and _is_name(bare, words[place - 1] if place else "", known, names):
            return f"“{bare}” may be a name that they do not know"
    return ""


def _is_name(word: str, before: str, known: frozenset[str], names: Names) -> bool:
    """Whether a word is none that everybody knows, behind the word `before` it ("" if it is the first)."""
    from warroom.wording.lexicon import is_english

    low = word.casefold()
    one = low.removesuffix("s")
    if {low, one} & known or low in _PLAIN or word in _WRITTEN or word in vocabulary(names).written.values():
        return False
    if not word.isalpha():
        return _MACHINE.fullmatch(word) is not None
    if is_english(low) or is_english(one) or vocabulary(names).ordinary.fullmatch(low):
        return False
    if before.casefold() in ("via", "in") and word[0].isupper() and not word.isupper():
        return False  # a place
    verb = not before and _PARTICIPLE.fullmatch(word)
    return not (verb or (len(low) > _SHORT and low.endswith(("ed", "ing", "ly", "es"))))


_MACHINE = re.compile(r"[A-Za-z]+\d+[A-Za-z]?")
_LONGEST = 30
_SHORT = 4
_TIME = re.compile(r"(?<![\d:])\d\d?:\d\d(?!(?: ?(?:and|to|-|–) ?\d\d?:\d\d)? UTC|[\d:])")
_LAWYERS = re.compile(
    r"\b(?:take-?over|breach\w*|hack\w*|attack\w*|leak\w*|compromis\w+|stuffing|phishing|malware|fraud\w*|vulnerab\w+"
    r"|exploit\w*|expos\w+|stolen|suspicious|data loss|other (?:people|customer|user)s?)\b",
    re.IGNORECASE,
)
"""What nobody should read in public before it is agreed."""
_PLAIN = frozenset(
    {"app", "apps", "backlog", "dashboard", "dashboards", "login", "logins", "online", "sms", "timeline", "website"}
)
_WRITTEN = frozenset({"API", "EU", "UK", "US", "USA", "UTC", "SMS", "PDF", "CSV", "VAT", "VPN", "PIN", "QR", "OK"})
_OF_COLLEAGUES = re.compile(
    r"[\"“”`@#_/\\<>{}\[\]|=]|(?-i:\bby [A-Z]\w+)|(?-i:\b(?!iOS\b|iPhone|iPad|eSIM)[a-z]+[A-Z]\w*)"
    r"|(?<!version )(?<![\dv.])\d+\.\d+(?:\.\d+)*(?! ?(?:per cent|million|h|hours?|seconds?|GB|MB|TB)\b)(?! ?%)"
    r"|\b(?:believe|blam\w+|branch|colleagues?|commit|contractors?|credentials?|dev\w*|employees?"
    r"|engineers?|fault|flags?|forgot\w*|guess|hope|human|intern"
    r"|juniors?|merge[ds]?|mistakes?|operators?|scripts?|somebody|someone|team|they|their|think|ticket|vendors?|will|yet"
    r"|still|he|she|his|her|i|my)\b",
    re.IGNORECASE,
)
"""What customers should not read about colleagues and suppliers, and what is to come, which nobody can promise."""
_SOMEBODY = re.compile(
    r"(?!(?:we|all|it|this|that|which|both|one)\b)(?P<who>[A-Z][\w'’-]*|[a-z]\w*(?<!s)) (?:has |had )?"
    r"(?:\w{2,}ed|\w+built|made|put|ran|reset|sent|took|undid) (?:it|them|the|a|an|our|all|every|some)\b",
    re.IGNORECASE,
)
"""`Marco restarted the server`: a single word in front of a verb and what it was done to."""


@lru_cache(maxsize=1)
def built_in_rules() -> Rules:
    """The built-in wording rules, read when the first text is judged."""
    return rules_of((places.templates() / _WORDING).read_text("utf-8"))


_WORDING = "wording.toml"


@lru_cache(maxsize=1)
def rules_of(text: str) -> Rules:
    """The built-in wording rules from their text, once: what they compile serves as long as they do."""
    from warroom.wording import load

    return load(text, file=_WORDING, try_patterns=False)
