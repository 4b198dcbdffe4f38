"""How long a message is where it goes: parts of a text message, the characters of a post, a status page's title."""

from __future__ import annotations

import re

import msgspec

SHORT_FORMS = ("sms", "social")
"""The forms that have a short text of their own instead of the message."""
SMS_LIMIT, POST_LIMIT, TITLE_LIMIT = 160, 280, 100
SMS_LIMIT_OF_OTHERS = 70
"""The limit of a text message with any sign that is not of the phone network's own alphabet."""

_GSM = frozenset(
    "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿"
    "abcdefghijklmnopqrstuvwxyzäöñüà"
)
_GSM_TWICE = frozenset("^{}\\[~]|€")
"""Characters of the phone network's own alphabet that take the room of two."""
_LINK = re.compile(r"https?://\S+", re.IGNORECASE)
_LINK_LENGTH = 23
"""A link counts as this many characters of a post, however long it is."""


class Length(msgspec.Struct, frozen=True):
    """How much of its room a text takes: `units` of `limit`; `why` says what follows if that is too much."""

    units: int
    limit: int
    why: str = ""

    @property
    def over(self) -> int:
        """By how many characters it is too long; 0 if it fits."""
        return max(self.units - self.limit, 0)

    @property
    def words(self) -> str:
        """The count for people: `142 of 160`, or `12 over: the phone network splits it in 2`."""
        return f"{self.over} over: {self.why}" if self.over else f"{self.units} of {self.limit}"


def length(form: str, text: str, title: str = "") -> Length | None:
    """The length of a message in a form that has a limit; None if the form has none, or the message no title."""
    match form:
        case "sms":
            return _sms(text)
        case "social":
            return Length(_post_units(text), POST_LIMIT, f"a post takes {POST_LIMIT} characters")
        case "status" if title:
            return Length(len(title), TITLE_LIMIT, f"the title of a status page takes {TITLE_LIMIT} characters")
    return None


def costly_sign(text: str) -> str:
    """The first sign that is not of the phone network's own alphabet, so that a text message has less room; or ""."""
    return next((sign for sign in text if sign not in _GSM and sign not in _GSM_TWICE), "")


def _sms(text: str) -> Length:
    """Counted as the phone network does: one other character, such as a typographic quote, makes all take more room.

    Source: 3GPP TS 23.038. A message in several parts has a header in each, so that a part has less room.
    """
    strange = costly_sign(text)
    if strange:
        units, limit, part = len(text.encode("utf-16-le", "replace")) // 2, SMS_LIMIT_OF_OTHERS, 67
    else:
        units, limit, part = sum(2 if sign in _GSM_TWICE else 1 for sign in text), SMS_LIMIT, 153
    why = f"the phone network splits it in {-(-units // part)}"
    if strange:
        why += f" (“{strange}” leaves room for {limit} characters instead of {SMS_LIMIT})"
    return Length(units, limit, why)


def _post_units(text: str) -> int:
    """Counted as X does: a link as 23, and what is neither Latin nor a common mark as two."""
    links = len(_LINK.findall(text))
    return links * _LINK_LENGTH + sum(1 if _is_narrow(ord(sign)) else 2 for sign in _LINK.sub("", text))


def _is_narrow(code: int) -> bool:
    return code <= 0x10FF or 0x2000 <= code <= 0x200D or 0x2010 <= code <= 0x201F or 0x2032 <= code <= 0x2037
