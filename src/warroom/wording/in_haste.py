"""What is left out in haste, an apostrophe, a verb, words for which signs and digits stand: “dont” is “don't”."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from warroom.wording.by_place import said_by_place
from warroom.wording.nouns import is_plural
from warroom.wording.typed import SHORT, SLIP, UNCLEAR, Typed

if TYPE_CHECKING:
    from warroom.wording.lexicon import Lexicon
    from warroom.wording.tagging import Tagged

DOUBLED = "doubled"
"""The class of the words that are never right twice in a row."""


def left_out(tagged: Tagged, lexicon: Lexicon) -> Iterator[Typed]:
    """Words without their apostrophe, or typed twice, and signs for "and"."""
    text, signs = tagged.text, tagged.signs
    for no in lexicon.any_of("=n't").finditer(signs):
        start, end = tagged.span(no.start(), no.end())
        if text[start:end].lower() == "nt" and no.start():
            begin = tagged.span(no.start() - 1, no.start())[0]
            apart = "N'T" if text[start:end].isupper() else "n't"
            yield Typed(begin, end, text[begin:start] + apart, SLIP)
    for word in re.finditer(rf"({lexicon.any_of(DOUBLED).pattern})\1", signs):
        start, end = tagged.span(word.start(), word.end())
        first, _, second = text[start:end].partition(" ")
        if first.lower() == second.lower():
            yield Typed(start, end, first, SLIP)
    for its in _IT_IS.finditer(text) if "its " in text or "Its " in text else ():
        yield Typed(its.start(), its.end(), f"{its.group()[:-1]}'s", SLIP)
    for plus in _MORE_THAN.finditer(text) if "+" in text else ():
        takes = "take " if _word_before(text, plus.start()) in _TAKE_TIME else ""
        unit = _UNITS[plus["unit"][0].lower()].removesuffix("s" if plus["many"] == "1" else "!")
        yield Typed(plus.start(), plus.end(), f"{takes}more than {plus['many']} {unit}", SHORT)
    for high in _TOO_HIGH.finditer(text) if " too " in text else ():
        what = signs[tagged.token_at(high.start("what")) : tagged.token_at(high.start("too"))]
        if not lexicon.any_of(_VERBS).search(what):
            be = "were" if is_plural(_word_before(text, high.start("too"))) else "was"
            yield Typed(high.start("too"), high.end("too"), f"{be} {high['too']}", SHORT)
    for gone in _GONE.finditer(text) if "gone" in text or "missing" in text else ():
        at = tagged.token_at(gone.start("gone"))
        before = signs[tagged.token_at(gone.start()) : at]
        if before and not lexicon.any_of(_VERBS).search(before):
            yield Typed(gone.start("gone"), gone.end("gone"), f"are {gone['gone']}", SHORT)
    for short in _WITH_DIGITS.finditer(text):
        yield Typed(short.start(), short.end(), _SAID[short.group()], SHORT)
    for start, end, words in said_by_place(text):
        yield Typed(start, end, words or "", UNCLEAR if words is None else SHORT, clear=words is not None)
    for clock in _AT_A_TIME.finditer(text) if "@" in text else ():
        yield Typed(clock.start(), clock.end(), " at ", SHORT)
    for sign in _AND.finditer(text) if " & " in text or " + " in text else ():
        before, after = text[max(sign.start() - _LONGEST, 0) : sign.start()], text[sign.end() : sign.end() + 1]
        last = re.split(r"\s", before)[-1]
        if last.strip("*-") and not (last[0].isupper() and after.isupper()) and not last[0].isdigit():
            yield Typed(sign.start() + 1, sign.end() - 1, "and", SHORT)


def _word_before(text: str, at: int) -> str:
    words = text[max(at - _LONGEST, 0) : at].split()
    return words[-1].lower() if words else ""


_AFTER_A_STATE = (
    r"(?=[.,;:!?)]|\s*$| (?:again|now|for|since|when|after|before|and|but|because|so|on|in|at|by|if|as|until|already|"
    r"yet|still|once|right|today|then|with|from)\b)"
)
_SAID = {
    "l8r": "later", "gr8": "great", "2moro": "tomorrow", "2morrow": "tomorrow", "2nite": "tonight", "2day": "today",
    "b4": "before", "w8": "wait", "4u": "for you",
    "any1": "anyone", "some1": "someone", "every1": "everyone", "no1": "nobody",
}  # fmt: skip
"""Words with a digit that is said."""
_WITH_DIGITS = re.compile(rf"(?<![\w/.@#-])(?:{'|'.join(_SAID)})(?![\w/@-])")
_IT_IS = re.compile(
    r"\b[Ii]ts(?= (?:\d\d?(?::\d\d|\s?[ap]m)|(?:a|an|the|not|been|still|just|now|only"
    r"|too|so|very|always|never|really|probably|getting"
    r"|going)\b"
    r"(?! own)|(?:\w{2,12}ed|down|up|back|broken|gone|slow|fine|okay|ok|over|done|working|happening|failing|loading"
    r"|lost|stuck|frozen|shut|sent|paid|hung|dead|late|full|empty|ready|live|true|coming|on|off|in|out|known|taken|bad|better|worse|weird"
    r"|clear)"
    rf"{_AFTER_A_STATE}|(?:aws|azure|stripe|cloudflare|google)(?=[.,;!]|\s*$)))",
    re.MULTILINE,
)
"""An "its" in front of what stands only after "it's"."""
_MORE_THAN = re.compile(
    r"(?<![\w.,$€£-])(?P<many>\d{1,3}(?:[.,]\d{1,2})?) ?(?P<unit>s|secs?|m|mins?|h|hrs?)\+(?![\w+])"
)
_UNITS = {"s": "seconds", "m": "minutes", "h": "hours"}
_TAKE_TIME = {
    "calls", "downloads", "exports", "files", "imports", "loads", "logins", "pages", "payments", "queries", "replies",
    "reports", "requests", "responses", "searches", "sign-ins", "transfers", "uploads",
}  # fmt: skip
_GONE = re.compile(
    r"(?:^|(?<=[.!?\n] ))[A-Za-z][a-z-]{2,20}s(?: (?!gone\b|missing\b)[\w'’-]{1,20}){0,6} "
    r"(?P<gone>gone|missing)(?=[.!]?\s*(?:\n|$))",
    re.MULTILINE,
)
"""Things in the plural that are gone, as a line of a chat has it: "files uploaded today gone"."""
_VERBS = "finite"
_TOO_HIGH = re.compile(
    r"\b(?:because|bc|b/c|cuz|cos) (?P<what>(?:[a-z][\w-]{0,20} ){1,4}?)"
    r"(?P<too>too (?:big|few|full|high|large|late|long|low|many|old|slow|small))"
    r"(?=[.,;!]|\s*$| (?:since|at|for|and|so)\b)",
    re.MULTILINE,
)
"""A reason without its verb: "because bounce rate too high"."""
_AT_A_TIME = re.compile(r" @ ?(?=\d{1,2}(?:[:.]\d\d|\s?[ap]m)\b)")
_AND = re.compile(r" [&+] (?=\w)")
_LONGEST = 40
"""Characters of a word in front of a sign for "and" that are looked at."""
