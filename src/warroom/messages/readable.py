"""What customers may read of words that were written for colleagues: each sentence is judged by the customers' remarks.

A sentence that nothing is remarked on is shown as it is; one whose technical names have plain ones, with those. Any
other is kept back whole, because a part of it may say something else, and the hints say which one it is and why.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from hashlib import sha256
from typing import TYPE_CHECKING

import msgspec

from warroom import places
from warroom.messages.amounts import count
from warroom.messages.calm import calm
from warroom.messages.grammar import capital
from warroom.messages.main_verb import has_verb
from warroom.messages.services import UNNAMED, service_of, vocabulary, words_of
from warroom.messages.shares import PEOPLE
from warroom.messages.unfinished import unfinished
from warroom.messages.who import says_not_who
from warroom.model import ids
from warroom.model.names import Names
from warroom.model.snapshot import Snapshot
from warroom.text.cleaning import clean
from warroom.text.remembered import Same
from warroom.text.sentences import same_words, unstopped
from warroom.text.verbs import participle_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from warroom.wording import Finding, MessageText, Rules

    RulesOf = Callable[[], Rules]


LEFT = "it is not over"
"""Why customers do not read that something is still to come."""


class KeptBack(msgspec.Struct, frozen=True):
    """A sentence that customers do not read, and why: `“MFA” is jargon`."""

    sentence: str
    why: str


class Readable(msgspec.Struct, frozen=True):
    """What customers read of a text ("" if none of it), and the sentences that they do not."""

    text: str = ""
    kept_back: tuple[KeptBack, ...] = ()


@lru_cache(maxsize=1)
def built_in_rules() -> Rules:
    """The built-in wording rules, read when the first text is judged."""
    return rules_of((places.templates() / _WORDING).read_text("utf-8"))


_WORDING = "wording.toml"


def rules_of(text: str) -> Rules:
    """The built-in wording rules from their text, once: what they compile serves as long as they do."""
    from warroom.wording import load

    made_of = sha256(text.encode()).digest()  # the text itself would be kept for nothing
    rules = _RULES.get(made_of)
    if rules is None:
        rules = load(text, file=_WORDING, try_patterns=False)
        _RULES.clear()
        _RULES[made_of] = rules
    return rules


_RULES: dict[bytes, Rules] = {}


def readable(
    text: str, snapshot: Snapshot, rules: RulesOf = built_in_rules, *, over: bool = False, parts: bool = False
) -> Readable:
    """The sentences of a text that customers may read by the wording `rules`, with what stands between them.

    If it tells how it is `over`, they do not read what is not: its sender is asked to tell them himself. With `parts`,
    a sentence need not say anything by itself: `all customers in Europe`.
    """
    incident, names = snapshot.incident, snapshot.playbook.names
    text = calm(clean(text).strip(), names)
    if not text:
        return Readable()
    system = clean(incident.fact(ids.FACT_SYSTEM)).strip()
    people = tuple(sorted({name for role in incident.roles for name in incident.holders(role)}))
    known = known_to_customers(snapshot, "" if parts else incident.fact("affected"))
    return _judged(text, system, people, known, names, Same(rules()), over=over, parts=parts)


def known_to_customers(snapshot: Snapshot, more: str = "") -> frozenset[str]:
    """The words that customers have read in our messages, or that name what they see; and those of `more`."""
    incident, names = snapshot.incident, snapshot.playbook.names
    named = service_of(incident, names)
    told = ["" if named == UNNAMED else clean(incident.fact(ids.FACT_SYSTEM)), named, incident.fact("impact"), more]
    for sent in incident.sent([ids.MESSAGE_CUSTOMER]):
        told += (sent.body.fields.get(field, "") for field in _TOLD_BEFORE)
    return words_of(" ".join(told))


_TOLD_BEFORE = ("impact", "status", "meaning", "workaround")
"""The fields of messages to customers of which every name is known to them."""


def scope(text: str, snapshot: Snapshot, rules: RulesOf = built_in_rules) -> Readable:
    """Who or what is affected, as customers read it, of words that colleagues noted: all of them, or none."""
    if why := "it is in doubt" if _DOUBTED.search(text) else says_not_who(text):
        return Readable("", (KeptBack(unstopped(clean(text).strip()), why),))
    text = count(calm(clean(text).strip(), snapshot.playbook.names))
    found = readable(text, snapshot, rules, parts=True)
    if found.kept_back:
        return Readable("", found.kept_back)
    return Readable(text) if same_words(found.text, text) else found


_DOUBTED = re.compile(r"\?\W*$")


@lru_cache(maxsize=256)
def _judged(
    text: str,
    system: str,
    people: tuple[str, ...],
    known: frozenset[str],
    names: Names,
    judge: Same[Rules],
    *,
    over: bool,
    parts: bool,
) -> Readable:
    shown, kept_back, before = "", [], ""
    for sentence, joint in _sentences(text):
        if over and unfinished(sentence):
            better, why = "", LEFT
        elif parts or says_something(sentence):
            better, why = _for_customers(sentence, system, people, None if parts else known, names, judge.thing)
        else:
            continue
        if better:
            shown += (before if shown else "") + (better if shown and before.startswith(";") else capital(better))
            before = joint
        elif why:
            kept_back.append(KeptBack(sentence, why))
    return Readable(shown, tuple(kept_back))


def _sentences(text: str) -> Iterator[tuple[str, str]]:
    """The sentences of a text, each with what stands behind it."""
    pieces = _JOINT.split(unstopped(text))
    for part, joint in zip(pieces[::2], [*pieces[1::2], ""], strict=True):
        if bare := unstopped(said := part.strip().lstrip("-*•– ").strip()):
            yield bare, f".{joint}" if said != bare and joint.strip(" ") == "" else joint


def says_something(clause: str) -> bool:
    """Whether a clause tells what was done or what is so: `backlog delivered`, not `fixed` or `all good`."""
    words = unstopped(clause.strip()).split()
    return len(words) > 1 and (
        any(PARTICIPLE.fullmatch(word.strip(",.")) or participle_of(word.strip(",.")) for word in words)
        or _BE.search(clause) is not None
        or has_verb(clause)
    )


_BE = re.compile(r"\b(?:is|are|was|were|has|have)\b", re.IGNORECASE)


_JOINT = re.compile(r"(;\s+|(?<=[.!?])\s+|\s*\n\s*)")
PARTICIPLE = re.compile(
    r"(?!(?:need|speed|feed|red|bed|hundred|indeed)$)(?:\w+ed|built|rebuilt|brought|cut|done|drawn|found|given|gone|held"
    r"|kept|left|made|put|reset|rewritten|run|sent|resent|set|shut|split|taken|undone|went|withdrawn|written)",
    re.IGNORECASE,
)


def _for_customers(
    sentence: str, system: str, people: tuple[str, ...], known: frozenset[str] | None, names: Names, rules: Rules
) -> tuple[str, str]:
    """A sentence as customers read it, or else "" and why they don't; `known` names are fine, None if any are."""
    from warroom.wording import Facts, MessageText
    from warroom.wording.rough import numbers_written_out

    better = numbers_written_out(sentence)
    if _WENT_BACK.fullmatch(sentence):
        better = "Went back to the previous version"
    better = _WENT_BACK_TO.sub(lambda found: "Went back" if found[0][0] == "R" else "went back", better)
    why = next(filter(None, (_about_colleagues(part, known, names) for part in _COMMA.split(better))), "")
    facts = Facts(people=people, systems=(system,) if system else ())
    message = MessageText(kind=ids.MESSAGE_CUSTOMER, body=better, audience="customers", facts=facts)
    findings = _remarks(better, message, rules)
    if not findings and not why:
        return better, ""
    if not why and (plain := _in_plain_words(better, findings, message, rules)):
        return plain, ""
    first = next(iter(findings), None)
    return "", f"“{first.words}”: {first.label}" if first else why


_COMMA = re.compile(r", (?:and |then )?")
_WENT_BACK = re.compile(r"rolled back(?: the (?:change|deployment|release|update|version))?", re.IGNORECASE)
_WENT_BACK_TO = re.compile(r"\b[Rr]olled back(?= to\b)")
"""What everybody types at the end, and customers need not know."""


def _remarks(text: str, message: MessageText, rules: Rules) -> list[Finding]:
    from warroom.wording import check_text

    found = check_text(text, rules, "customers", message.facts)
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
        re.fullmatch(r"v?\d+(?:\.\d+)+", words) and re.search(r"\b(?:version|app|update|release) $", text[:start], re.I)
    )


def _in_plain_words(text: str, findings: list[Finding], message: MessageText, rules: Rules) -> str:
    """A text with plain names for its technical ones, and nothing else of it changed; "" if they have none."""
    from warroom.wording import better_sentence

    if len(findings) > _MOST_NAMES or any(one.rule != _JARGON or not _only_names(one) for one in findings):
        return ""
    pieces, end = [], 0
    for one in sorted(findings, key=lambda one: one.start):
        pieces.append(re.escape(_ARTICLE.sub("", text[end : one.start]).casefold()))
        end = one.end
    kept = re.compile(rf"(?:(?:an?|the) )?{_NAME.join([*pieces, re.escape(text[end:].casefold())])}")
    better = text
    for _ in findings:
        left = _remarks(better, msgspec.structs.replace(message, body=better), rules)
        if not left:
            break
        better = better_sentence(better, left[0], msgspec.structs.replace(message, body=better), rules)
    if not better or _remarks(better, msgspec.structs.replace(message, body=better), rules):
        return ""
    return unstopped(better) if kept.fullmatch(unstopped(better).casefold()) else ""


_MOST_NAMES = 3
_JARGON = "jargon"
_ARTICLE = re.compile(r"\b(?:an?|the)\s*$", re.IGNORECASE)
_NAME = r"(?:(?:an?|the) )?[\w -]{2,50}?"


def _only_names(finding: Finding) -> bool:
    """Whether remarked words are only what something is called, so that a plain name says the same.

    One word alone depends on those beside it: `stale replication`, `shard 4`.
    """
    chat = finding.remark is not None and finding.remark.sort is not None
    return not (finding.words.isalpha() and not chat) and not _MORE_THAN_A_NAME.search(finding.words)


_MORE_THAN_A_NAME = re.compile(
    r"(?<![a-z]-)\b\d|\b(?:bad|broken|corrupt\w*|down|expired|full|lost|missing|no|not|slow|stale|without|wrong|to"
    r"|(?:was|is|were|are|has|have)|\w+(?:ed|ing))\b",
    re.IGNORECASE,
)
"""What says how something was, or what it did: `missing index`, `timed out`."""


def _about_colleagues(clause: str, known: frozenset[str] | None, names: Names) -> str:
    """Why a clause is for colleagues alone, apart from its wording: who did it, names, machines, what is to come."""
    words = clause.split()
    if len(words) > _LONGEST:
        return "it is too long"
    for word in (mark[0].strip() for mark in _OF_COLLEAGUES.finditer(clause)):
        if not (word.casefold() in known if known is not None else _CUSTOMERS.fullmatch(word)):
            return f"“{word}” is not for customers"
    if found := _TIME.search(clause):
        return f"“{found[0]}” has no time zone"
    if found := _LAWYERS.search(clause):
        return f"“{found[0]}” is for lawyers to word"
    if known is None:
        return ""
    somebody = _SOMEBODY.match(clause)
    if somebody and not {somebody["who"].casefold(), somebody["who"].casefold().removesuffix("s")} & (known | _PARTIES):
        return f"it says who did it (“{somebody['who']}”)"
    for place, word in enumerate(words):
        bare = word.strip(",.()'’:").removesuffix("'s").removesuffix("’s")
        if _REGION.fullmatch(" ".join(words[place + 1 : place + 2]).strip(",.")):
            continue  # `the Dublin region`
        if bare and _is_name(bare, words[place - 1] if place else "", known, names):
            return f"“{bare}” may be a name that they do not know"
    return ""


def _is_name(word: str, before: str, known: frozenset[str], names: Names) -> bool:
    """Whether a word is none that everybody knows, behind the word `before` it ("" if it is the first)."""
    from warroom.wording.lexicon import is_english, places

    low = word.casefold()
    one = low.removesuffix("s")
    own = word in vocabulary(names).written.values() and not vocabulary(names).technical.fullmatch(word)
    if own or {low, one} & known or low in _PLAIN or word in _WRITTEN or (word[0].isupper() and low in places()):
        return False
    if not word.isalpha():
        return _MACHINE.fullmatch(word) is not None
    if is_english(low) or is_english(one) or vocabulary(names).ordinary.fullmatch(low):
        return False
    if before.casefold() in ("via", "in") and word[0].isupper() and not word.isupper():
        return False  # a place
    verb = not before and PARTICIPLE.fullmatch(word)
    if _NOUN.fullmatch(low) and (word[0].islower() or not before):
        return False
    return not (verb or (len(low) > _SHORT and low.endswith(("ed", "ing", "ly", "es"))))


_NOUN = re.compile(r"[a-z]{3,}(?:[st]ion|ment|ness)s?|[a-z]{3,}nesses")
"""An ordinary English word by its ending: `admissions`."""
_REGION = re.compile("area|office|region|stores?")
_MACHINE = re.compile(r"[A-Za-z]+\d+[A-Za-z]?")
_LONGEST = 30
_SHORT = 4
_TIME = re.compile(r"(?<![\d:])\d\d?:\d\d(?!(?: ?(?:and|to|-|–) ?\d\d?:\d\d)? UTC|[\d:]|(?-i: in [A-Z]))")
_LAWYERS = re.compile(
    r"\b(?:take-?over|breach\w*|hack\w*|attack\w*|phish\w*|leak\w*|compromis\w+|stuffing|malware|fraud\w*|vulnerab\w+"
    r"|exploit\w*|expos\w+|stolen|suspicious|data loss|other (?:people|customer|user)s?)\b",
    re.IGNORECASE,
)
"""What nobody should read in public before it is agreed."""
_PLAIN = frozenset(
    {
        "app",
        "apps",
        "backlog",
        "cache",
        "dashboard",
        "dashboards",
        "login",
        "logins",
        "online",
        "sms",
        "timeline",
        "website",
    }
)
_WRITTEN = frozenset({"API", "EU", "UK", "US", "USA", "UTC", "SMS", "PDF", "CSV", "VAT", "VPN", "PIN", "QR", "OK"})
_OF_COLLEAGUES = re.compile(
    r"[\"“”`@#_/\\<>{}\[\]|=]|(?-i:(?<!pay )(?<!paid )(?<!paying )(?<!payments )\bby [A-Z]\w+)"
    r"|(?-i:\b(?!iOS\b|iPhone|iPad|eSIM)[a-z]+[A-Z]\w*)"
    r"|(?<!version )(?<!release )(?<!update )(?<!app )(?<![\dv.])\d+\.\d+(?:\.\d+)*"
    r"(?! ?(?:per cent|million|k|h|hours?|seconds?|GB|MB|TB)\b)(?! ?%)"
    r"|\b(?:believe|blam\w+|branch|colleagues?|commit|contractors?|credentials?|dev(?:s|elop\w+|ops)?|employees?"
    r"|engineers?|(?<!network )(?<!technical )(?<!hardware )fault|flags?|forgot\w*|guess|hope|human|nobody|intern"
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
_CUSTOMERS = re.compile(PEOPLE, re.IGNORECASE)
_PARTIES = frozenset(
    {"bank", "carrier", "host", "manufacturer", "operator", "partner", "processor", "provider", "supplier"}
)
"""Who may have done it without a name: `Carrier restored the routes`."""
