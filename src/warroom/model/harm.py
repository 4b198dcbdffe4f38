"""What words say of harm to data, such as a breach: that there is none, that it is suspected, or confirmed."""

from __future__ import annotations

import re

from warroom.text.not_known import DOUBT, says_a_guess, says_unknown

DATA = (
    r"(?:data|files?|photos?|documents?|messages?|records?|details?|passwords?|attachments?|uploads?|comments?"
    r"|accounts?)"
)
_HARM = (
    r"(?:access\w*|copied|deleted|downloaded|exposed|gone|leaked|lost|missing|read|saw|seen|sent|shown|stolen|taken|viewed"
    r"|visible)"
)
"""What happens to data that is lost or seen by others."""
SUSPECTED, CONFIRMED = "suspected", "confirmed"


def is_harm(noted: str) -> bool:
    """Whether a fact says in any words that there is harm, or that it is feared; not what is denied or not known."""
    return bool(noted) and not (denied(noted) or says_unknown(noted))


def standing(noted: str) -> tuple[str, str]:
    """How sure harm is (SUSPECTED, CONFIRMED, or "" if its words leave it open), and the words that tell the rest.

    `confirmed: 37 names were seen` is CONFIRMED, "37 names were seen"; the rest of `confirmed` alone is "yes".
    """
    if found := _SAID_FIRST.fullmatch(noted.strip()):
        how, rest = found["how"].lower(), found["rest"] or ""
        return ("" if how == "yes" or _DENIED.match(rest) else how), rest or "yes"
    return SUSPECTED if not says_unknown(noted) and says_open(_CLAUSES.split(noted, maxsplit=1)[0]) else "", noted


def reported_as(noted: str) -> str:
    """How harm is said to be, in "a data breach is …": also SUSPECTED where a fact denies it and then doubts that."""
    return standing(noted)[0] or (SUSPECTED if _DENIED.match(noted) else "reported")


_SAID_FIRST = re.compile(
    r"(?:yes[,;:] )?(?P<how>suspected|confirmed|yes(?=\s*:))"
    r"(?:(?:\s*[,;:]| [-–—]|)\s+(?:and |but |that )?(?P<rest>(?!or\b).+)|[.!]?)",
    re.IGNORECASE | re.DOTALL,
)
_CLAUSES = re.compile(r"[,;:.]\s+|\n")


def denied(noted: str) -> bool:
    """Whether a fact says plainly that there is none: `no`, `nothing was taken`; not `no, but one account was read`."""
    found = _SAID_FIRST.fullmatch(noted.strip())
    text = (found["rest"] or "") if found and found["how"].lower() == CONFIRMED else noted
    if not _DENIED.match(text) or _NOT_PLAIN.search(text) or says_open(text):
        return False
    return not any(_HARMED.search(part) and not _NEGATED.search(part) for part in _CLAUSES.split(text))


_DENIED = re.compile(r"(?:no|n|none|nobody|nothing|never|not|excluded|ruled out|denied)\b|n/?a$|-+$", re.IGNORECASE)
_NOT_PLAIN = re.compile(
    r"\?|\b(?:although|apart|aside|but|except|however|idea|know\w*|may|maybe|might|only|perhaps|possibl[ey]|still"
    r"|sure|though|unless|yet)\b",
    re.IGNORECASE,
)
_HARMED = re.compile(rf"\b{_HARM}\b|\b(?:was|were)[.!]?$", re.IGNORECASE)
_NEGATED = re.compile(r"\b(?:no|nobody|none|nothing|never|not|excluded|ruled out|without)\b", re.IGNORECASE)


def says_open(noted: str) -> bool:
    """Whether a fact says that it is not known yet, or only feared: `being checked`, `suspected`; not a guess."""
    return bool(noted) and not says_a_guess(noted) and (says_unknown(noted) or _SUSPECTED.search(noted) is not None)


_SUSPECTED = re.compile(
    r"^\W*(?:yes,? )?(?:suspect(?:ed|s)?|possibl[ey]|potential(?:ly)?|maybe|perhaps|not sure)\b"
    r"|\b(?:may|might)(?: have)?\b(?! \d)|\b(?:likely|probably|suspected|unconfirmed|whether)\b"
    r"|\bnot (?:yet )?(?:confirmed|certain|clear)\b|\b(?:being|to be) (?:check|confirm|determin|investigat|review)\w*"
    r"|\bunder (?:investigation|review)\b|^\W*(?:(?:we are|still) )*(?:checking|investigating|looking into|reviewing)\b"
    r"|\?\W*$",
    re.IGNORECASE,
)


def tells_of_exposure(text: str) -> bool:
    """Whether an impact tells of data that is lost, or that others see: `you see orders of other customers`."""
    return EXPOSED.search(text) is not None


EXPOSED = re.compile(
    r"\b(?:other|another|different|someone else|somebody else|strangers?|wrong)(?:['’]s)? (?:people|customer|user"
    r"|account|person|compan|tenant|patient|member)\w*"
    r"|\b(?:someone|somebody|anybody|anyone) else['’]?s\b"
    r"|\b(?:expos\w+|leak\w*|stolen|hack\w*|breach\w*|visible to|data loss)\b"
    r"|\blo(?:st|se)\b.*\b(?:data|files|photos|documents|uploads|orders|messages)\b"
    r"|\b(?:data|files|photos|documents|uploads|orders|messages) (?:\w+ ){0,3}(?:lost|gone|deleted)\b",
    re.IGNORECASE,
)


def asks_about_data(text: str) -> bool:
    """Whether a text leaves open if data was lost or seen: `whether files were read`, `messages may be missing`."""
    return _WHETHER_DATA.search(text) is not None


_WHETHER_DATA = re.compile(
    rf"\b(?:whether|if|how much|how many|may|might|could|possibly|unclear|not known)\b[^.;\n]*\b{DATA}\b"
    rf"[^.;\n]*\b(?:affected|{_HARM})\b",
    re.IGNORECASE,
)


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
