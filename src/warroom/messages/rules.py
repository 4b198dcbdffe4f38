"""The built-in wording rules, made of their text only once."""

from __future__ import annotations

from hashlib import sha256
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    from warroom.wording import Rules

    RulesOf = Callable[[], Rules]


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
