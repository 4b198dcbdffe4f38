"""What is said of customers in a message to them: `Customers can buy it online` becomes `You can buy it online`."""

from __future__ import annotations

import re

from warroom.text.sentences import unstopped

FIELDS = ("workaround", "meaning")
"""The fields in which customers read what they can do and what it means for them."""


def said_to_them(text: str) -> str:
    """A text in which what customers can or must do is said to them, where nothing else of the sentence changes."""
    return _SENTENCE.sub(_to_them, text)


def still_of_them(text: str) -> str:
    """The first sentence of a text that is said of customers and not to them, and that may name others; "" if none."""
    return next((unstopped(found[0].strip()) for found in _SENTENCE.finditer(text) if not _is_sure(found)), "")


def _to_them(found: re.Match[str]) -> str:
    you = "You" if found["who"][0].isupper() else "you"
    return f"{found['before']}{you}{found['rest']}" if _is_sure(found) else found[0]


def _is_sure(found: re.Match[str]) -> bool:
    return _OTHERS.search(found["rest"]) is None


_SENTENCE = re.compile(
    r"(?P<before>(?:^|(?<=[.!?;]\s)|\n)[-*•– ]*)(?P<who>(?:all |our |the )?(?:customers|users|clients))"
    r"(?P<rest> (?:can(?:not|['’]t)?|could|do not|don['’]t|have to|may|must|need (?:not|to)|needn['’]t"
    r"|should(?:n['’]t)?)\b[^.;\n]*)",
    re.IGNORECASE,
)
_OTHERS = re.compile(r"\b(?:they|their|theirs|them|themselves|you|your|we|who)\b", re.IGNORECASE)
"""Words behind which it is not sure who is meant once the customers are `you`."""
