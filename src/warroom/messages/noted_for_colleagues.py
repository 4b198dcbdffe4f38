"""What shows that words were noted for colleagues: they are no sentence, or name as known what only these know."""

from __future__ import annotations

import re

from warroom.messages.main_verb import has_verb
from warroom.messages.readable import PARTICIPLE
from warroom.messages.verbs import AUXILIARIES, DETERMINERS, FINITE, FINITE_PAST, PAST, PRONOUNS
from warroom.text.verbs import participle_of


def is_whole(sentence: str) -> bool:
    """Whether a sentence surely has its subject and its verb: not the note `badge list loaded at all sites`."""
    words = [word.strip(",.;:").casefold() for word in sentence.split()]
    begun = bool(words) and words[0] in DETERMINERS | PRONOUNS
    done = [place for place in range(1, len(words)) if _tells_what_was_done(words[place])]
    for place in done:
        object_follows = words[place + 1 : place + 2] and words[place + 1] in DETERMINERS
        behind_a_noun = begun and words[place - 1] not in DETERMINERS and not words[place - 1].endswith("ly")
        if object_follows or behind_a_noun:
            return True
    # What was done to something needs its "was", whatever else may be a verb: `links of claims mended`.
    return has_verb(sentence) and (not done or any(word in _SURELY_A_VERB for word in words))


_SURELY_A_VERB = FINITE | FINITE_PAST | AUXILIARIES.keys()


def begins_with_act(sentence: str) -> bool:
    """Whether a sentence begins with what we did, without the "we": `Renewed the certificate`."""
    first, _, more = sentence.partition(" ")
    return bool(more) and _tells_what_was_done(first.casefold())


def _tells_what_was_done(word: str) -> bool:
    return bool(PARTICIPLE.fullmatch(word) or (participle_of(word) and not word.endswith("ed")))


def unheard_of(sentence: str, known: frozenset[str]) -> str:
    """What a sentence names as if its readers knew it, and they have not read of it: `the first gateway`; or "".

    One word alone may be of their own world: `the orders`, `the disk`.
    """
    for found in _THE.finditer(sentence):
        words = found["name"].casefold().split()
        while len(words) > 1 and (words[-1] in PAST or words[-1].endswith("ed")):
            words.pop()
        if len(words) > 1 and not {words[-1], words[-1].removesuffix("s")} & known:
            return f"{found[1]} {' '.join(words)}"
    return ""


_THE = re.compile(
    r"\b(the) (?P<name>(?!same\b)(?:(?!(?:after|and|are|as|at|before|but|by|can|could|did|does|for|from|had|has|have"
    r"|in|into|is|it|not|of|on|or|so|than|that|to|under|was|were|when|which|while|who|will|with)\b)[\w'’-]+ ?){1,4})",
    re.IGNORECASE,
)
