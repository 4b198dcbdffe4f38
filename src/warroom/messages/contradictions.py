"""Finding what one message says in two ways: what is still noted as not known beside the answer, back beside down."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from warroom.messages.answered import DOUBT, TELLING, answered, perhaps_answered
from warroom.messages.customer_data import DATA_LOSS
from warroom.messages.extents import fewer_left, says_nobody
from warroom.messages.overtaken import is_less_by_now
from warroom.messages.templates import Kind
from warroom.messages.tense import may_be_past, past, speaks_of_now
from warroom.messages.unfinished import what_is_left
from warroom.model import ids
from warroom.model.entries import Logged
from warroom.model.harm import says_open
from warroom.model.incident import Incident
from warroom.model.kinds.facts import says_unknown
from warroom.model.kinds.messages import MessageSent
from warroom.model.snapshot import Snapshot
from warroom.text.cleaning import clean
from warroom.text.not_known import says_a_guess
from warroom.text.sentences import same_words, unstopped, within


def says_it_is_safe(text: str) -> str:
    """The words of a text that say that nothing was lost or seen: `files are safe`; "" if none do."""
    found = _SAFE.search(text)
    return (
        " ".join(found[0].split()) if found and not DOUBT.search(text[max(0, found.start() - 30) : found.end()]) else ""
    )


_SAFE = re.compile(
    r"\b(?:[\w'’-]+ )?(?:is|are|were|was) (?:all |still )?(?:safe|intact)\b"
    r"|\b(?:copies|data|documents|entries|everything|files|images|messages|orders|photos|records)"
    r" (?:all |still )*(?:exists?|(?:is|are) (?:all |still )*(?:stored|there))\b"
    r"|\b(?:[\w'’-]+ )?(?:is |are |was |were )?not (?:really )?lost\b"
    r"|\b(?:no|none of the|nothing)(?: [\w'’-]+){0,2} (?:was |were |is |are )?(?:lost|exposed|leaked)\b",
    re.IGNORECASE,
)


def says_it_works(text: str) -> str:
    """The words of a text by which all of it works again: `booking works again at all shops`; "" if none do."""
    if leaves_some_out(text):
        return ""
    for part in _PARTS.split(text):
        found = _WORKS.search(part)
        if found and not _NOT_ALL.search(part):
            return " ".join(found[0].split())
    return ""


def leaves_some_out(text: str) -> bool:
    """Whether a text names a part of which it says something else: `except the roses`, or gate 2 beside gate 1."""
    if _EXCEPT.search(text):
        return True
    of_one = [(found, part) for part in _PARTS.split(text) if (found := _ONE_OF_SEVERAL.match(part))]
    works = {found["noun"].casefold() for found, part in of_one if _WORKS.search(part)}
    return any(found["noun"].casefold() in works for found, part in of_one if not _WORKS.search(part))


_EXCEPT = re.compile(
    r"\b(?:except|excluding|apart from|aside from|other than|but not"
    r"|without(?! (?:any |further |new )?(?:delays?|errors?|interruptions?|limits?|loss|problems?|restrictions?)\b))\b",
    re.IGNORECASE,
)
_ONE_OF_SEVERAL = re.compile(
    r"\W*(?i:the )?(?!(?i:about|after|around|before|from|only|over|sev|since|until)\b)"
    r"(?P<noun>[^\W\d_]{2,}[^\W\d_s])s? (?:\d+|[A-Z])\b(?! (?:of|out)\b)"
)
"""The beginning of a clause about one of several: `Clock 5 is being tested`, `Channels 1 and 2 work again`."""
_PARTS = re.compile(r"(?<!\d)[.,;](?!\d)|\n|\b(?:and|but|though|although) (?=(?:we|it|they|some|a few|the)\b)")
_FINE = (
    r"(?:available|back|clear|complete|correct|fine|good|green|healthy|normal|ok|okay|online|on|open|possible|reachable"
    r"|ready|right|safe|stable|sync|time|up|usable)"
)
_BAD = (
    r"(?:block\w*|broke\w*|cancel\w*|crash\w*|declin\w*|delay\w*|down|dropp\w*|empty|errors?|fail\w*|full|gone|late|lost"
    r"|offline|refus\w*|reject\w*|slow\w*|stuck|twice|wrong\w*)"
)
"""What is wrong again: `returns have been rejected again`."""
_NOT_ON_ITS_WAY = r"(?<!getting )(?<!coming )(?<!going )(?<!bringing )"
_WORKS = re.compile(
    r"\b(?:works?|working|respond(?:s|ing)?|loads?|runs?|running|open) (?:\w+ )?(?:again|normally|as usual|fine)\b"
    rf"|{_NOT_ON_ITS_WAY}\bback (?:online|on|up|to normal)\b|\bpossible again\b"
    r"|\b(?:is|are) (?:(?!(?:\w+(?:ed|en|ing)|brought|held|paid|put|read|sent|won) )\w+ ){0,2}"
    r"(?:back(?! to (?!normal))|restored|recovered|up again|online again|available again)\b"
    r"|\b(?:complet|arriv|succeed|go(?:ing)? through)\w* (?:(?!late\b|empty\b|twice\b)\w+ )?(?:again|normally)\b"
    r"|\bcaught up\b"
    r"|\b(?:has|have) been (?:answer|arriv|deliver|load|mov|open|reach|receiv|respond|runn|work)ing\b"
    rf"(?!.*\b{_BAD}\b)(?: [\w:'’-]+){{0,7}}? again\b"
    r"|\ball (?:[\w'’-]+ ){1,3}?(?:(?:is|are|were|have been) )?(?:\w+ly )?(?:back|done|fixed|online|re-?\w+ed|repaired"
    r"|resolved|restored|rolled back|up|working)\b"
    r"|\ball (?:[\w'’-]+ ){1,3}?(?:are (?:now )?(?:available|open|operational|reachable|running|usable)"
    r"|have (?:now )?started)(?=\W*$| (?:now|since|in|at)\b)"
    r"|^(?!\W*(?:we|our|i|please|pls|plz|you may|try|ask|come|log|open|reload|restart|scan|sign|start)\b)"
    rf"(?!.*(?:\s\w+ing|\b(?:beg[au]n|call|came|check|happen\w*|loaded|same|sent|started|tried|try|{_BAD}))\b)"
    rf"(?!\W*(?:an?|the|this|that) (?:[\w'’-]+ ){{0,3}}(?!{_FINE} )[\w'’-]+ again\b)"
    r".*\bagain\b"
    r"|^\W*(?:fully |all )?(?:recovered|restored|fixed|back)\b",
    re.IGNORECASE,
)
_NOT_ALL = re.compile(
    r"\b(?:(?:has|have|needs?) to|must"
    r"|almost|being|few|guess|half|hardly|hope\w*|if|likely|many|maybe|most(?:ly)?|nearly|no|not|once|only"
    r"|part(?:ly|ial\w*)|perhaps|possibly|presumably|prob(?:ably)?|should|some|soon|still|think|until|when|where|whether|will)\b|n['’]t\b|%|\d/\d"
    r"|\b(?:\d+|one|two|three|four|five|six|seven|eight|nine|ten|eleven) (?:of|out of) \w"
    r"|^\W*(?:\d[\d,]*|one|two|three|four|five|six|seven|eight|nine|ten|eleven) [a-z]",
    re.IGNORECASE,
)


def contradictions(kind: Kind, values: Mapping[str, str], snapshot: Snapshot) -> Iterator[str]:
    """What a message with these texts in its fields, by id, says in two ways, a sentence each."""
    incident, book = snapshot.incident, snapshot.playbook
    unknown = unstopped(clean(incident.fact("unknown")).strip())
    if "unknown" in kind.body and (answer := answered(values, incident)):
        said = f"“{unknown}” is still noted as not known, and this message says “{answer}”"
        yield f"{said}. It is left out; clear that fact."
    elif "unknown" in kind.body and (answer := perhaps_answered(values, incident)):
        yield f"“{unknown}” is still noted as not known. If “{within(answer)}” is the answer, clear that fact."
    for name in (DATA_LOSS, ids.FACT_BREACH):
        noted, row = clean(incident.fact(name)).strip(), book.fact(name)
        if row and name in kind.body and says_a_guess(noted):
            guessed = f"{row.label}: “{noted}” is a guess, so colleagues read that it is not known"
            yield f"{guessed}. Set that fact to yes, no, or what is being checked."
        elif row and says_open(noted):
            safe = next(filter(None, (says_it_is_safe(values.get(id, "")) for id in TELLING)), "")
            if safe:
                yield f"This message says “{safe}”, and {row.label} is still “{noted}”: set that fact to what is true."
    yield from _fewer_left(kind, values, incident)
    status, impact = kind.field("status"), kind.field("impact")
    if status is None or impact is None or incident.over():
        return
    if kind.public:
        told, said = values.get("status", ""), values.get("impact", "")
        works, state = says_it_works(told), values.get("state", "").strip().lower()
        told_as_now = state in ("investigating", "identified") or speaks_of_now(said) or not may_be_past(said)
        if told_as_now and (works := works or is_less_by_now(told, said)):
            now = "is told as it was before"
            yield f"{status.label} says “{works}”, and {impact.label} {now}. Say what it was, or what is left of it."
        return
    yield _still_affected(kind, values, incident)
    found, told = _BACK.search(values.get("status", "")), values.get("impact", "")
    if found and same_words(told, incident.fact("impact")) and not what_is_left(told):
        yield f"{status.label} says “{found[0]}”, and {impact.label} is as it was before. Say what is left of it."
        return
    for field in filter(None, (status, kind.field("progress"))):
        if (works := says_it_works(values.get(field.id, ""))) and _goes_on_now(told):
            now = "is told as if it went on"
            yield f"{field.label} says “{works}”, and {impact.label} {now}. Say what it was, or what is left of it."
            return
    if works := is_less_by_now(values.get("status", ""), told):
        yield f"{status.label} says “{works}”, and {impact.label} is told as it was before. Say what is left of it."


_TOLD = ("status", "progress")


def _fewer_left(kind: Kind, values: Mapping[str, str], incident: Incident) -> Iterator[str]:
    """If an impact or a share is that of before some of it was mended, by this message or by the last update."""
    fields = filter(None, map(kind.field, _TOLD))
    texts: list[tuple[str, str, Logged[MessageSent] | None]] = [
        (field.label, values.get(field.id, ""), None) for field in fields
    ]
    for sent in [] if kind.public else incident.sent(_NUMBERED)[-1:]:
        texts += [("The last update", sent.body.fields.get(id, ""), sent) for id in _TOLD]
    for field in filter(None, map(kind.field, ("impact", "affected"))):
        noted, facts = values.get(field.id, "").strip(), incident.facts.get(field.id, ())
        for label, text, message in texts:
            if message and not (facts and same_words(noted, facts[-1].body.value) and facts[-1].when < message.when):
                continue  # it may be newer than that message
            if not incident.over() and (words := fewer_left(text, noted)):
                yield f"{label} says “{words}”, and {field.label} is still “{unstopped(noted)}”: say how many are left."
                break


def _still_affected(kind: Kind, values: Mapping[str, str], incident: Incident) -> str:
    """If all of it works again by the status, and a share is told beside it that was told before."""
    field, share = kind.field("affected"), unstopped(values.get("affected", "").strip())
    works = says_it_works(values.get("status", ""))
    if field is None or not works or not share or says_unknown(share) or says_nobody(share):
        return ""
    told = [sent.body.fields.get("affected", "") for sent in incident.sent(_NUMBERED)[-1:]]
    if not any(same_words(share, before) for before in told or [incident.fact("affected")]):
        return ""  # it is new
    return f"The status says “{works}”, and {field.label} is still “{share}”: say how many are affected by now."


_NUMBERED = (ids.MESSAGE_INITIAL, ids.MESSAGE_UPDATE)


def _goes_on_now(impact: str) -> bool:
    """Whether an impact tells in the present what fails, and not only what is left of it: `bags are sorted by hand`."""
    return not what_is_left(impact) and (speaks_of_now(impact) or past(impact) != impact or not may_be_past(impact))


_BACK = re.compile(
    r"\b(?:(?:[\w'’-]+ )?(?:is|are) (?:now )?(?:back\b(?! to square)|restored|up again|online again)"
    rf"|(?:[\w'’-]+ )?(?:{_NOT_ON_ITS_WAY}back (?:online|to normal)|works? again|working again"
    r"|restore done|coming (?:in|through) again))",
    re.IGNORECASE,
)
