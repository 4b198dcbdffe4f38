"""Cuts a text into tokens: words, numbers, clock times, addresses, signs and the ends of sentences.

A token has a shape, which says what it looks like; what it means is the lexicon's. Hyphens between letters separate
words, so that "roll-back" and "roll back" are the same two words.
"""

from __future__ import annotations

import re
from typing import NamedTuple

TYPOGRAPHY = str.maketrans("‘’ʼ´`“”„«»‐‑‒–—−", "'''''\"\"\"\"\"------")
"""Typographic signs as plain ones, each one character, so that offsets stay as they are."""


def plain_signs(text: str) -> str:
    """A text with typographic signs as plain ones; most texts have none, which is quick to see."""
    if text.isascii():
        return text if "`" not in text else text.replace("`", "'")
    return _TYPOGRAPHIC.sub(lambda sign: _PLAIN[sign.group()], text)


_PLAIN = {chr(sign): chr(plain) if isinstance(plain, int) else plain for sign, plain in TYPOGRAPHY.items()}
_TYPOGRAPHIC = re.compile(f"[{''.join(_PLAIN)}]")
"""Found one by one, because they are few, and `translate` looks at every character of a text that has one."""


SHAPES = (
    "word", "number", "clock", "percent", "money", "url", "email", "address", "domain", "host", "region", "path",
    "code", "exception", "reference", "version", "comma", "colon", "semicolon", "dash", "open", "close", "quote",
    "sign", "end", "question", "line",
)  # fmt: skip
"""What a token can look like. `end` and `question` end a sentence, `line` a paragraph, an item or a labelled line."""

MAX_CHUNK = 200
"""A run of characters without white space that is longer than this is one token that looks like code."""


class Token(NamedTuple):
    """A token of a chunk: its text, its offset in the chunk, and what it looks like (one of SHAPES)."""

    text: str
    at: int
    shape: str


CHUNK = re.compile(r"\n\s*|\S+")
"""A run of characters without white space, or the end of a line with the white space after it."""
LIST_MARKS = frozenset("-*•·▸✓✗>#|")
"""What can stand in front of an item of a list, besides a number."""


def cut(chunk: str) -> list[Token]:
    """The tokens of a run of characters without white space, whose typographic signs are already plain ones."""
    if len(chunk) > MAX_CHUNK:
        return [Token(chunk, 0, "code")]
    tokens: list[Token] = []
    start, end = 0, len(chunk)
    if chunk[0] == "#" and (channel := _CHANNEL.match(chunk)) is not None:
        marks = [
            Token(sign, at, _SIGNS.get(sign, "sign")) for at, sign in enumerate(chunk[channel.end() :], channel.end())
        ]
        return [Token(channel.group(), 0, "reference"), *marks]
    while start < end and chunk[start] in _OPENING and not _ABOUT.match(chunk, start):
        tokens.append(Token(chunk[start], start, _SIGNS.get(chunk[start], "sign")))
        start += 1
    tail: list[Token] = []
    while end > start and chunk[end - 1] in _CLOSING:
        if chunk[end - 1] in ")]" and _OPENED[chunk[end - 1]] in chunk[start : end - 1]:
            break
        if _KEEPS_ITS_DOT.fullmatch(chunk, start, end):
            return [*tokens, Token(chunk[start:end], start, _dotted(chunk[start])), *tail[::-1]]
        end -= 1
        tail.append(Token(chunk[end], end, _SIGNS.get(chunk[end], "sign")))
    tokens += _core(chunk[start:end], start)
    return tokens + tail[::-1]


def _dotted(first: str) -> str:
    return "clock" if first.isdigit() else "word"


_OPENED = {")": "(", "]": "["}
_OPENING = "\"'([{<*_~#@>|+=\\"
_CLOSING = "\"')]}>*_~.,;:!?…|\\"
_SIGNS = {
    ",": "comma", ";": "semicolon", ":": "colon", "-": "dash", "(": "open", "[": "open", "{": "open", ")": "close",
    "]": "close", "}": "close", '"': "quote", "%": "percent", ".": "end", "!": "end", "?": "question", "…": "end",
}  # fmt: skip
_KEEPS_ITS_DOT = re.compile(
    r"(?:[ap]\.m|e\.g|i\.e|approx|(?-i:[Ee]st)|ca|vs|no|incl|max|min|hrs?|mr|mrs|ms|dr|co|corp|inc|ltd|extn?|u\.[ks]|\d{1,2}(?::\d\d)?[ap]\.m)\.",
    re.IGNORECASE,
)
_CHANNEL = re.compile(r"#(?=\d{0,20}[a-z])[a-z0-9][\w-]{1,60}(?=[\"')\]>*_.,;:!?…]{0,4}$)")
"""A channel of a chat, such as `#inc-42`."""
_ABOUT = re.compile(r"[~<>]\d")
_LETTER = r"[^\W\d_]"
_SHAPED = re.compile(
    r"""
    (?P<url>(?:[a-z][a-z0-9+]{1,12}://|www\.).+)
  | (?P<email>[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,6})
  | (?P<clock>\d{1,2}[:.h]\d\d(?::\d\d)?(?:[ap]\.?m\.?|Z|h)?(?:-\d{1,2}[:.]\d\d)?|\d{1,2}[ap]\.?m\.?|\d{1,2}h\d\d
      |\d{4}-\d\d-\d\dT[\d:.]+\S{0,6})
  | (?P<address>(?:\d{1,3}\.){3}\d{1,3}(?:[:/]\d{1,5})?|(?:[0-9a-fA-F]{1,4}:){3,7}[0-9a-fA-F:]{0,9}|[\w.-]+:\d{2,5})
  | (?P<version>[vV]\d{1,5}(?:\.\w{1,12}){0,4}(?:-\w{1,16})?|\d+(?:\.\d+){2,4}(?:-\w{1,16})?)
  | (?P<money>[$€£¥₹]\d[\d.,]*(?:k|m|bn|M|K)?|\d[\d.,]*(?:k|m|bn)?[$€£¥₹])
  | (?P<percent>\d[\d.,]*%)
  | (?P<number>[~<>≈+-]?\d[\d.,]*(?:(?:-|/)\d[\d.,]*)?(?:st|nd|rd|th|ish|k|K|x)?)
    """,
    re.VERBOSE,
)
_PATH = re.compile(
    r"[\w.~$-]*(?:/[\w.@%~$-]+){2,}/?|/[\w.-]+/?|[A-Za-z]:\\\S+|\w+\.(?:py|js|ts|go|java|rb|php|cs|sql|ya?ml|json|toml|sh|conf|cfg|ini|log)(?::\d+)?"
)
_DOMAIN = re.compile(r"(?:[a-zA-Z][a-zA-Z0-9-]*\.)+[a-zA-Z]{2,24}(?:/[\w./?=&%#-]*)?")
_ROLE = "(?:rtr|srv|fw|nas|esx|bkp|web|app|db|sql|vm|dc|node|edge|core|sw)"
"""What a machine is for, as its name tells it: "rtr02"."""
_HOST = re.compile(
    r"(?:[\w-]+\.)+(?:internal|local|localdomain|lan|corp|intra|intranet|svc|cluster|private|consul|core)(?:[.:/].*)?"
    r"|(?=[\w.-]*\d)(?:[a-z0-9_-]+\.)+[a-z]{2,24}(?::\d{2,5})?|localhost(?::\d+)?"
    r"|(?!(?:covid|mid|non|over|post|pre|sub|top|type|under|up)-)(?:"
    r"[a-z]+\d*(?:-[a-z0-9]+)*-\d[a-z0-9]*(?:-\d[a-z0-9]*)*"  # "db-prod-07", "ams2-fw-01"
    r"|[a-z]{2,}\d*(?:-[a-z0-9]+)*-[a-z]{3,}\d{1,3}|[a-z]{2,}\d*(?:-[a-z0-9]+)+-[a-z]{2,}\d{1,3}"  # "lhr-edge-rtr02"
    r"|[a-z]{2,}\d{1,2}[a-z]{2,}\d{1,2})"
    rf"|(?i:{_ROLE})0\d{{1,2}}|(?=[A-Z0-9-]*{_ROLE.upper()}\d)[A-Z]{{2,}}\d*(?:-[A-Z0-9]+)*-[A-Z]{{2,}}\d{{1,3}}"
)
_CODE = re.compile(r"\w*(?:[A-Za-z0-9]_\w|_[a-z]).*|.*(?:::|\(\)|->|==|\\|&&|\w\(\w|\$\{).*|(?:\w+\.)+\w+|\w+\.\w+\(.*")
_REGION = re.compile(r"[a-z]{2,12}(?:-gov|-iso)?-?(?:north|south|east|west|central){1,2}-?\d{1,2}(?:-?[a-f])?")
"""A place where a cloud provider has its computers, such as `eu-west-1` and `us-central1`."""
_REFERENCE = re.compile(
    r"(?!(?:ERR|ERROR|ORA|TNS|PLS|SQL|HTTP|SSL|TLS|DB|RC|EC|SEV|FY|UTC|GMT|COVID|ISO|CVE|KB)-)[A-Z]{2,10}-\d{2,6}"
)
"""The number of a ticket, such as `SUP-123`."""
_ERROR_CODE = re.compile(
    r"[1-5]xx|[45]\d\ds|E-?\d{3,6}|0x[0-9a-fA-F]+|E[A-Z]{5,16}|[A-Z]{2,4}-\d{2,5}(?=\b)|\d{2,5}/(?:tcp|udp)"
    r"|(?=[0-9a-f]{0,38}[a-f])(?=(?:[a-f]{0,38}\d){2})[0-9a-f]{7,40}"
)
_PERCENTILE = re.compile(r"[pP]\d{2,3}|[a-zA-Z]\d{1,2}[a-zA-Z]s?")
"""`p99`, `k8s`: letters and digits that are said as a word."""
_CAMEL = re.compile(
    r"[a-z]{2,}(?:[A-Z][a-z]+)+|(?:[A-Z][a-z]+){3,}|(?:[A-Z][a-z]+)+(?:Exception|Error|Handler|Service|Manager|Controller|Resolver|Factory|Impl)"
)
_FAILS = re.compile(r"(?:Error|Exception)$")
_EXCEPTION = re.compile(r"(?:\w+\.)+\w*(?:Error|Exception|Fault)")
_SERVICE = re.compile(r"[a-z][a-z0-9]*(?:-[a-z0-9]+)*-(?:svc|api|prod|stg|db|gw|worker|backend)")
_COUNTED = re.compile(rf"([~<>]?\d[\d.,]*)-?({_LETTER}+)")
_PIECE = re.compile(
    rf"n't\b|'(?:ll|s|re|ve|d|m)\b|{_LETTER}+?(?=n't\b)|{_LETTER}+(?:'(?!(?:ll|s|re|ve|d|m)\b){_LETTER}+)*|\d[\d.,]*|.",
    re.IGNORECASE,
)


def _core(core: str, at: int) -> list[Token]:
    """The tokens of a chunk without the signs around it."""
    if not core:
        return []
    if core.isalpha():
        if core.lower() in _WITHOUT_APOSTROPHE:  # "dont"
            return [Token(core[:-2], at, "word"), Token(core[-2:], at + len(core) - 2, "word")]
        return [Token(core, at, "word" if not _is_camel(core) else "exception" if _FAILS.search(core) else "code")]
    if core.replace("-", "").replace("'", "").isalpha():
        if "-" in core and _SERVICE.fullmatch(core):
            return [Token(core, at, "host")]
        if "'" not in core and core[0] != "-" != core[-1]:
            return _hyphenated(core, at)
    elif shaped := _shaped(core, at):
        return shaped
    tokens = []
    for piece in _PIECE.finditer(core):
        text = piece.group()
        if text == "-" and piece.start() > 0 and piece.end() < len(core):
            continue
        shape = "word" if text[-1].isalpha() else "number" if text[0].isdigit() else _SIGNS.get(text, "sign")
        tokens.append(Token(text, at + piece.start(), shape))
    return tokens


def _hyphenated(core: str, at: int) -> list[Token]:
    tokens = []
    for word in core.split("-"):
        if word:
            tokens.append(Token(word, at, "word"))
        at += len(word) + 1
    return tokens


def is_one_word(letters: str) -> bool:
    """Whether a chunk of letters only is one token and a word, as nearly all are."""
    if len(letters) > MAX_CHUNK or (letters[-1] in "tT" and letters.lower() in _WITHOUT_APOSTROPHE):
        return False
    return not _is_camel(letters)


def _is_camel(word: str) -> bool:
    """Whether letters are a name in code: "CheckoutService"; nearly all words have no capital where it could be one."""
    return not word[1:].islower() and not word.isupper() and _CAMEL.fullmatch(word) is not None


def _shaped(core: str, at: int) -> list[Token]:
    """The tokens of a chunk that looks like no words; empty if it is none of these.

    Each shape is tried only on a chunk that has a sign which it can't be without.
    """
    dot, digit = "." in core, _DIGIT.search(core) is not None
    linked = "://" in core or core.count(":") > 2 or (dot and ("@" in core or core.startswith("www.")))
    if (digit or linked) and (shaped := _SHAPED.fullmatch(core)) is not None:
        assert shaped.lastgroup
        return [Token(core, at, shaped.lastgroup)]
    if digit and _PERCENTILE.fullmatch(core):
        return [Token(core, at, "word")]
    if digit and _REFERENCE.fullmatch(core):
        return [Token(core, at, "reference")]
    if digit and _REGION.fullmatch(core):
        return [Token(core, at, "region")]
    if digit and _ERROR_CODE.fullmatch(core):
        return [Token(core, at, "code")]
    if dot and _EXCEPTION.fullmatch(core):
        return [Token(core, at, "exception")]
    if "-" in core and _SERVICE.fullmatch(core):
        return [Token(core, at, "host")]
    if digit and (counted := _COUNTED.fullmatch(core)) is not None and counted[2].islower():  # "30min", "2-hour"
        return [Token(counted[1], at, "number"), Token(counted[2], at + counted.start(2), "word")]
    if (dot or "/" in core or "\\" in core) and _PATH.fullmatch(core):
        return [Token(core, at, "path")]
    if (dot or digit) and _HOST.fullmatch(core):
        return [Token(core, at, "host")]
    if dot and _DOMAIN.fullmatch(core):
        return [Token(core, at, "domain")]
    if _OF_CODE.search(core) and _CODE.fullmatch(core):
        return [Token(core, at, "code")]
    return []


_DIGIT = re.compile(r"\d")
_OF_CODE = re.compile(r"[_.:()>=\\&{]")
_VERBS_BEFORE_NOT = "wo do ca did does is was are were could would should have has had"
_WITHOUT_APOSTROPHE = {f"{verb}nt" for verb in _VERBS_BEFORE_NOT.split()}
