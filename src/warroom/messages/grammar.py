"""Putting what people type into a sentence: a capital letter, a full stop, a list from several lines, and no more.

The words stay as they were typed. The functions are filters of the message templates.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from warroom.text.remembered import remembered
from warroom.text.sentences import abbreviated, unstopped

_BULLET = re.compile(r"^[-*•–]\s+")
_ENDS = ".!?…:。！？；：，؟۔।"
"""What may end a text so that no full stop follows."""
_SLIP = re.compile(r"(?:(?<=[\w%)])[,;]|\s+[-–—])+\s*$")
"""What people leave at the end of a text that goes on no more: a full stop takes its place."""
_TRAILING = re.compile(r"(?<=[\w%)\"”’])\s*(?:\.{2,}|…)$")
"""Dots with which people stop typing: what is sent ends with a full stop."""
_SHOUTED = re.compile(r"!{2,}$")
_SPACES = re.compile(r"(?<=\S) {2,}(?=\S)")
_CLOSING = "\"'”’»›)]}*_`"
_TWO_SENTENCES = re.compile(r"[^\W\d_]{3}[.!?]\s+[A-Z]")
_NUMBERED = re.compile(r"\d{1,2}[.)]\s+")

_WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*(?=[\s,;:.!?)…]|$|/[A-Za-z][A-Za-z-]*(?=[\s,;:!?)]|\.?$))")
_NAMED_LOWER = re.compile(
    r"(?:npm|nginx|git|kubectl|systemd|etcd|redis|postgres|kafka|cron|curl|ssh|tmux|www)\b"
    r"|https?\b"
    r"|[a-z]+(?:-[a-z]+)*-(?:api|svc|service|db|prod|web|worker|queue|client|gateway)\b"
    r"|[a-z-]+[.:](?=[^\s.…])"
)
"""Names that are written in lower case, also at the beginning of a sentence."""
_ABBREVIATION = re.compile(
    r"(?P<word>2fa|api|aws|cdn|ceo|cfo|cpu|cto|csv|dba|etl|db|dns|eu|gcp|gdpr|gpu|iam|ios|ip|pdf|psp|qa|s3|sla|sms|sql|sre|ssl|sso"
    r"|tls|uk|ui|url|vm|vpn|vp)(?=s?(?:[\s,;:!?)…]|\.(?:\s|$)|$|/[a-z]))"
)
"""Abbreviations that people type small; at the beginning of a sentence, Api would be no better than api."""
_WRITTEN = {"ios": "iOS"}

_OPENER = re.compile(
    r"(?:an?|about|all|almost|any|anybody|anyone|approval|around|as|at|between|both|by|during|each|engineers"
    r"|engineering|every|everybody|everyone|few|fewer|for|from|half|how|in|its?|many|more|most|nearly|no|nobody|none"
    r"|not|on|one|only|our|people|permission|several|since|some|somebody|someone|something|that|the|their|there"
    r"|these|they|this|those|two|three|four|five|six|seven|eight|nine|ten|under|up|users|was|we|were|what|when|where|while|who|with|without|you|your|customers|payments?"
    r"|calls|downloads?|exports|images|imports|invoices|numbers|pages?|passwords?|photos|prices|push|reports|site"
    r"|uploads?|videos|errors?|blank|broken|delayed|delays?|duplicate|e-?mails?|empty|failed|failing|failures?|incorrect|incomplete"
    r"|intermittent|late|logins?|missing|old|partial|problems?|slow|slower|time-?outs?|very|wrong"
    r"|accounts|addresses|alerts|anything|apps?|attachments?|backups?|bookings?|buttons?|cards|charges|charts|checkout"
    r"|codes|comments|confirmations|dashboards?|data|deliveries|documents?|duplicates|entries|everything|files?|guests"
    r"|links?|lists|members|messages?|nothing|notifications?|open|orders?|parcels|receipts|refunds?|requests|results"
    r"|search|searches|shipments|sign-?ins?|sign-?ups?|tables|tickets|visitors|webhooks?"
    r"|[a-z]{3,}(?:ers|ments|ings|tions)|(?:card|bank|phone|push|text|web|video) [a-z]+s|clinics|shops|stores"
    r"|(?:add|chang|click|creat|delet|download|edit|enter|export|import|load|log|open|pay|print|renam|sav|scroll|search"
    r"|send|shar|sign|switch|upload)ing)(?=[\s,]|$)",
    re.IGNORECASE,
)
"""Words that are lower-case within a sentence; any other word with a capital may be a name, and keeps it."""


def sentence(value: object) -> str:
    """A value as a sentence: it begins with a capital letter and ends with a full stop; so does each one within it.

    Several lines become the items of a list, as by `points`.
    """
    text = str(value).strip()
    if "\n" in text:
        return points(text)
    return _stopped(capitals(_SPACES.sub(" ", _BULLET.sub("", text))))


def points(value: object) -> str:
    """A value of several lines as a list, `- …` a line: each item has a capital, and all or none have a full stop.

    A first line that introduces the others (see `listed`) stays above them.
    """
    lead, items = listed(str(value))
    items = [capitals(_SPACES.sub(" ", _TRAILING.sub("", _SLIP.sub("", item)))) for item in items]
    if any(_is_sentence(item) or _TWO_SENTENCES.search(item) for item in items):
        items = [_stopped(item) for item in items]
    if len(items) < 2 and not lead:
        return "".join(items)
    return "\n".join([capital(lead)] * bool(lead) + [f"- {item}" for item in items])


def clause(value: object) -> str:
    """A value within a sentence or a subject: on one line, without its full stop, in lower case where that is sure."""
    lead, items = listed(str(value))
    return " ".join(
        filter(
            None,
            [
                lead and _lowered(lead),
                "; ".join(_lowered(unstopped(_TRAILING.sub("", _SLIP.sub("", item)))) for item in items),
            ],
        )
    )


def continued(value: object) -> str:
    """A value behind a label within a running text: as by `clause`, with a full stop.

    Several items are one clause if each begins small, else sentences: `Slow pages` may begin with a name.
    """
    lead, items = listed(str(value))
    if not lead and any(not item[:1].islower() for item in map(_lowered, items[1:])):
        return " ".join(_stopped(capital(item)) for item in items)
    text = clause(value)
    full = capitals(text)
    short = full[:2] != text[:2].capitalize()  # `api calls` becomes `API calls`, which keeps its capitals
    return _stopped(full if short else text[:1] + full[1:])


@remembered
def capital(text: str) -> str:
    """A text with a capital letter first, if it begins with an ordinary word: not a name such as iPhone or api.js.

    The number in front of an item stays.
    """
    number = _NUMBERED.match(text)
    start = number.end() if number else 0
    if short := _ABBREVIATION.match(text, start):
        return text[:start] + _WRITTEN.get(short["word"], short["word"].upper()) + text[short.end("word") :]
    word = _WORD.match(text, start)
    if word is None or not word[0].islower() or _NAMED_LOWER.match(text, start) or len(text[start].upper()) > 1:
        return text
    return text[:start] + text[start].upper() + text[start + 1 :]


@remembered
def capitals(text: str) -> str:
    """A text of which every sentence begins with a capital letter, as by `capital`; words in quotation marks stay."""
    parts = _NEXT_SENTENCE.split(text)
    quotes = ticks = opened = 0
    for at, before in enumerate(parts[:-1], 1):
        quotes, ticks = quotes + before.count('"'), ticks + before.count("`")
        opened += before.count("“") - before.count("”")
        if not (quotes % 2 or ticks % 2 or opened > 0 or _NO_END.search(before[-12:])):
            parts[at] = capital(parts[at])
    return capital("".join(parts))


def sentences(text: str) -> list[str]:
    """The sentences of a text of which each begins with a capital letter, as by `sentence`, with their marks."""
    found: list[str] = []
    start = 0
    for end in _BETWEEN.finditer(text):
        before = text[start : end.start()]
        if not (_NO_END.search(f"{before[-12:]} ") or before.count('"') % 2 or before.count("“") > before.count("”")):
            found.append(before)
            start = end.end()
    return [*found, text[start:]]


_BETWEEN = re.compile(r"(?:(?<=[.!?])|(?<=[.!?][\"”’)]))\s+(?=[^\w\s]?(?:[^\W\da-z_]|\d))")
_NEXT_SENTENCE = re.compile(
    r"(?:(?<=[^\s.!?][.!?][ \t])|(?<=[^\s.!?][.!?][ \t]{2}))(?<![\dA-Z][!?] )(?<![\dA-Z][!?] {2})(?=[^\W\d_])"
)
"""Where a sentence may begin; behind `the code SAVE-20!` or `Jeopardy AZ!` it may go on."""
_NO_END = re.compile(
    r"(?:\b(?:etc|approx|appr|incl|excl|vs|no|nos|nr|e\.\s?g|i\.\s?e|eg|ie|ca|cf|resp|est|max|min|mins|sec|secs|hrs?"
    r"|inc|ltd|corp|co|dept|avg|temp|config|prod|env|ver|vol|fig|ref|sev|mr|mrs|ms|dr|st|a\.m|p\.m|[^\W\d_])"
    r"|(?:^|\s)\d{1,2}|\.\.)\.\s+$",
    re.IGNORECASE,
)
"""A full stop that need not end a sentence: of an abbreviation, a number in a list, or an ellipsis."""


def listed(text: str) -> tuple[str, list[str]]:
    """The line that introduces a list, "" if there is none, and its items: the lines of a text without their bullets.

    The first line introduces the others if it ends with a colon and has no bullet.
    """
    rows = _rows(text)
    items = [row for row in (_BULLET.sub("", row).strip() for row in rows) if row and row not in "-*•–"]
    if len(items) > 1 and _introduces(rows[0]):
        return items[0], items[1:]
    return "", items


def is_list(text: str) -> bool:
    """Whether people typed a list: two lines or more with bullets, but for a line that introduces them."""
    rows = _rows(text)
    return len(rows) > 1 and all(_BULLET.match(row) or _NUMBERED.match(row) for row in rows[_introduces(rows[0]) :])


def _rows(text: str) -> list[str]:
    return [row for row in map(str.strip, text.split("\n")) if row]


def _introduces(row: str) -> bool:
    return row.endswith(":") and not _BULLET.match(row)


def without_label(text: str, *labels: str) -> str:
    """A text without the label that it is shown behind: `Impact: payment fails`, behind `Impact`.

    Part of the label is enough, or more than the label: `Status: …` behind `Current status`. An amount behind "… per
    hour" loses its own "per hour".
    """
    if any(label.strip().casefold().endswith(" per hour") for label in labels):
        text = _PER_HOUR.sub("", text)
    found = _LABELLED.match(text)
    if found is None:
        return text
    own = f" {found['label'].casefold()} "
    for label in labels:
        other = f" {label.strip().casefold()} "
        if other.strip() and (other.startswith(own) or other.endswith(own) or own.endswith(other)):
            return (found["bullet"] or "") + capital(text[found.end() :])
    return text


_PER_HOUR = re.compile(r"(?<=\S)(?:\s*/\s*(?:h|hr|hour)|\s+(?:per|an|a)\s+(?:h|hr|hour))(?=\.?$)", re.IGNORECASE)
_LABELLED = re.compile(r"(?P<bullet>[-*•–] +)?(?P<label>[^\W\d_][^:\n]{0,40}):[ \t]+(?=\S)")


@remembered
def _stopped(text: str) -> str:
    """A text with a full stop, unless it ends with a mark, an address, a picture, or a script that has another one."""
    text = _SHOUTED.sub("!", _TRAILING.sub(".", _SLIP.sub("", text)))
    bare = text.rstrip(_CLOSING)
    if not bare or bare[-1] in _ENDS or _is_address(text.split()[-1]):
        return text
    last = bare[-1]
    if not last.isalnum():
        return f"{text}." if last in "%€$£°+" else text
    latin = ord(last) < 0x590 or 0x1E00 <= ord(last) < 0x2000  # with Greek and Cyrillic
    return f"{text}." if latin else text


def _is_address(word: str) -> bool:
    """Whether a word is a link or an e-mail address: a full stop behind it would be taken for a part of it."""
    name, at, host = word.rpartition("@")
    return "://" in word or word.lower().startswith("www.") or bool(name and at and "." in host)


@remembered
def _lowered(text: str) -> str:
    """A text with a small letter first, if it begins with a word that is surely no name."""
    first = _OPENER.match(text)
    return text[0].lower() + text[1:] if first and not first[0][1:].isupper() else text


def _is_sentence(text: str) -> bool:
    return text.rstrip(_CLOSING).endswith((".", "!", "?")) and not abbreviated(text)


def joined(parts: Sequence[str]) -> str:
    """`a, b and c`."""
    return " and ".join(filter(None, [", ".join(parts[:-1]), parts[-1]]))
