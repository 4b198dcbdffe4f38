"""A sentence that stands without the secret in it: what it is called stays, and that it is not shown."""

from __future__ import annotations

import re
from collections.abc import Iterator

_WHAT = (
    r"(?:pass(?:word|phrase|code)s?|pin|puk|codes?|otp|token|key|secret|number|no\.?|iban|account|card|"
    r"login|user(?:name)?|"
    r"credentials|pw|pwd|combination|birth|address|diagnosis|id)"
)
_CALLED = re.compile(
    rf"(?P<call>\b(?:[\w-]+ )*?(?P<what>{_WHAT}))(?P<is>:| =| is| was| are| were| has been)?(?: now| still)?:?\s+$",
    re.IGNORECASE,
)
_IN_WORDS = re.compile(
    rf"(?P<lead>.*?)(?P<what>\b{_WHAT})(?P<of> (?:of|for|on|to) [^\d]*?)?(?P<is>:| =| is| was| are|"
    rf" were)?(?: now| still)?:? (?P<value>\S+)$",
    re.IGNORECASE,
)
_IS = re.compile(r"\b(?P<is>is|was|are|were)(?: now| still)?:?\s+$", re.IGNORECASE)
_DETERMINER = re.compile(
    r"\b(?:the|an?|our|your|my|his|her|their|this|that|one|new|[\w]+['’]s|social|security|credit)(?: [\w-]+)?\s+$",
    re.IGNORECASE,
)


_PREPOSITION = re.compile(r"\b(?:to|from|into|on|with|by|of|for) $", re.IGNORECASE)
_OF_THE_READER = re.compile(r"\b(?:your|my) $", re.IGNORECASE)
_LINK = re.compile(r"https?://|www\.", re.IGNORECASE)
_ONLY_POINTS = re.compile(
    r"\b(?:see|visit|read|follow|check|watch|details?|info\w*|more|updates?|progress|is|are)\b[^,;]*$", re.IGNORECASE
)
_POINTS = re.compile(
    r",?(?: (?:at|on|under|via|from|here|with|through|using)(?: the| our| this)?(?: link| page| address)?)?:? ?$"
)


def in_its_place(sentence: str, start: int, end: int, *, given_out: bool, bare: str = "") -> Iterator[str]:
    """The sentence with the value from `start` to `end` hidden; `given_out` says that readers get it another way.

    `bare` is what to call it where the sentence doesn't: "an account"."""
    words = sentence[start:end].rstrip(",;.!")
    before, after = sentence[:start], sentence[start + len(words) :]
    if _LINK.match(words):
        if _ONLY_POINTS.search(before):
            return
        yield f"{_POINTS.sub('', before)}{after}"
        return
    if before.endswith(('"', "'", "“", "‘")) and after[:1] in "\"'”’":
        before, after = before[:-1], after[1:]
    if not after.strip(" ."):
        after = "." if sentence.endswith(".") else ""
    after = re.sub(r"^!+(?=[.\s])", "", after)
    hidden, aside = (
        ("shared separately", "that we share separately") if given_out else ("not shown here", "(not shown here)")
    )
    if inside := _IN_WORDS.match(words):
        before, named, verb = f"{before}{inside['lead']}", f"{inside['what']}{inside['of'] or ''}", inside["is"]
    elif called := _CALLED.search(before):
        begin = called.start("what")
        before, named, verb = before[:begin], before[begin : called.end("what")], called["is"]
    elif is_it := _IS.search(before):
        yield f"{before[: is_it.start()]}{'are' if is_it['is'].lower() in ('are', 'were') else 'is'} {hidden}{after}"
        return
    elif bare and _PREPOSITION.search(before):
        yield f"{before}{bare} {aside}{after}"
        return
    else:
        return
    if _OF_THE_READER.search(before) and not verb:
        yield f"{before}{named}{after}"
    if verb and verb.strip() in (":", "="):
        return
    if verb:
        yield f"{before}{named} {'are' if verb.strip().lower() in ('are', 'were') else 'is'} {hidden}{after}"
        return
    if before.endswith("(") and after.startswith(")"):
        yield f"{before[:-1].rstrip()}{after[1:]}"
        return
    if before.rstrip().endswith(",") and (after.startswith(",") or not after.strip(" .")):
        return  # beside what the sentence says, and not needed in it
    article = "" if _DETERMINER.search(before) else "The " if not before.strip() else "the "
    named = named[:1].lower() + named[1:] if article and named[1:].islower() else named
    yield f"{before}{article}{named} {aside}{after}"
