"""What is said of customers in a message to them: `Customers can buy it online`."""

from __future__ import annotations

import re

from warroom.text.sentences import unstopped

FIELDS = ("workaround", "meaning")
"""The fields in which customers read what they can do and what it means for them."""


def said_of_them(text: str) -> str:
    """The first sentence of a text that is said of customers and not to them; "" if none is."""
    found = _SENTENCE.search(text)
    return unstopped(found[0].strip(" \n-*•–")) if found else ""


_SENTENCE = re.compile(
    r"(?:^|(?<=[.!?;]\s)|\n)[-*•– ]*(?:all |our |the )?(?:customers|users|clients)"
    r" (?:can(?:not|['’]t)?|could|do not|don['’]t|have to|may|must|need (?:not|to)|needn['’]t"
    r"|should(?:n['’]t)?)\b[^.;\n]*",
    re.IGNORECASE,
)
