"""A better sentence for a remark on a message, and the field whose text it changes."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

import msgspec

if TYPE_CHECKING:
    from warroom.wording import Finding, MessageText, Rules


class BetterWords(msgspec.Struct, frozen=True):
    """The better `sentence`, and the whole `text` of the `field` with it in its place."""

    field: str
    sentence: str
    text: str


def better_words(finding: Finding, values: Mapping[str, str], message: MessageText, rules: Rules) -> BetterWords | None:
    """Find the field that a remark is about, and its text with a better sentence.

    None if no field has these words, as those of the template itself, or if there is no better sentence. A field is
    checked by itself, because a message shows its text with a label, a capital letter or escaped marks.
    """
    from warroom.wording import better_sentence, check_text

    for field, text in values.items():
        if not text.strip():
            continue
        for found in check_text(text, rules, message.readers, message.facts):
            if found.key == finding.key or (found.rule == finding.rule and found.words in finding.words):
                better = better_sentence(text[found.first : found.last], found, message, rules)
                if better:
                    return BetterWords(field, better.strip(), text[: found.first] + better + text[found.last :])
    return None
