"""Tells a short text in another language by its small words, since so few words prove nothing by themselves."""

from __future__ import annotations

import re
from collections.abc import Callable

_SMALL_WORDS = frozenset(
    # German, Dutch and the languages of Scandinavia; words that English has too, such as "die" and "was", are left out
    "der das und ist nicht wir ihr eine einen einer einem wird werden wurde wurden sind mit für auf zur zum vom bei "
    "aus nach oder aber auch noch nur wieder seit derzeit aktuell leider bitte kann können haben sie wegen keine "
    "het een niet zijn wij wordt worden kunnen onze voor naar maar ook weer sinds helaas "
    "och är inte vi det ett för att som kan på av har ikke og jeg vores våre igen igjen "
    # French, Spanish, Italian and Portuguese
    "le les des nous vous une est sont ne du avec dans sur qui que ce cette aux nos notre votre été "
    "el una está están estamos sus nuestro nuestra hemos muy más también desde "
    "il gli che è sono nel della delle dei degli stiamo siamo nostro nostra abbiamo anche "
    "não são estão uma os em nosso nossa você foi "
    # Polish, Czech, Turkish and Finnish
    "jest nie się są na dla jsou není bir için değil ei ole".split()
)
_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?")
FEWEST_WORDS, MOST_WORDS = 3, 12
"""In a longer text, the share of unknown words tells more; two words can be anything."""


def looks_foreign(text: str, is_known: Callable[[str], bool]) -> bool:
    """Whether a text of a few words is more likely in another language than English; `is_known` tells English words."""
    words = _WORD.findall(text)
    if not FEWEST_WORDS <= len(words) <= MOST_WORDS:
        return False
    small = unknown = in_lower_case = 0
    for word in words:
        lower = word.lower()
        if lower in _SMALL_WORDS:
            small += 1
        elif not is_known(lower):
            accented = word == lower and not word.isascii()
            small += accented
            unknown += not accented
            in_lower_case += word == lower
    if small < 1 or 2 * (small + unknown) < len(words):
        return False
    return small + unknown >= 3 or small >= 2 or (in_lower_case >= 1 and small + unknown >= 2)
