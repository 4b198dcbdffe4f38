"""Telling in the past tense what was typed while it went on: `Customers see errors` becomes `Customers saw errors`.

Only what is certain is changed: a clause has one word that can only be its verb. If that is not sure anywhere in a
text, all of it stays as it was typed, so that no text is half in the one tense and half in the other.
"""

from __future__ import annotations

import re

_AUXILIARIES = {
    "is": "was", "are": "were", "isn't": "wasn't", "aren't": "weren't", "it's": "it was", "they're": "they were",
    "we're": "we were",
    "has": "had", "have": "had", "hasn't": "hadn't", "haven't": "hadn't",
    "does": "did", "do": "did", "doesn't": "didn't", "don't": "didn't",
    "can": "could", "can't": "couldn't", "cannot": "could not", "am": "was",
}  # fmt: skip
_PERFECT = {"has": "was", "have": "were"}
"""What is left of `have been`, which then is over: `customers have been charged twice` becomes `were charged`."""
"""Words that are the verb of their clause, whatever follows them."""
_ONLY_VERBS = {
    "appear": "appeared", "arrive": "arrived", "become": "became", "begin": "began", "disappear": "disappeared",
    "encounter": "encountered", "exist": "existed", "expire": "expired", "fail": "failed", "get": "got", "go": "went",
    "keep": "kept", "lose": "lost", "need": "needed", "notice": "noticed", "occur": "occurred", "receive": "received",
    "remain": "remained", "see": "saw", "seem": "seemed", "stay": "stayed", "take": "took", "vanish": "vanished",
    "give": "gave", "freeze": "froze", "complain": "complained", "suffer": "suffered", "contain": "contained",
    "ask": "asked", "bounce": "bounced", "reject": "rejected", "refuse": "refused", "prevent": "prevented",
}  # fmt: skip
_ALSO_NOUNS = {
    "break": "broke", "call": "called", "crash": "crashed", "display": "displayed", "drop": "dropped",
    "experience": "experienced", "hang": "hung", "load": "loaded", "open": "opened", "report": "reported",
    "respond": "responded", "return": "returned", "run": "ran", "show": "showed", "stop": "stopped", "time": "timed",
    "wait": "waited", "work": "worked", "answer": "answered", "send": "sent", "pay": "paid", "enter": "entered",
    "click": "clicked", "buy": "bought", "try": "tried", "use": "used", "save": "saved", "submit": "submitted",
    "log": "logged", "sign": "signed", "check": "checked", "search": "searched", "upload": "uploaded",
    "order": "ordered", "reload": "reloaded", "want": "wanted", "drain": "drained", "place": "placed",
}  # fmt: skip
_VERBS = _ONLY_VERBS | _ALSO_NOUNS


def _third(verb: str) -> str:
    """`goes`, `vanishes`, `fails`: the form of a verb behind he, she or it."""
    return f"{verb}es" if verb.endswith(("s", "sh", "ch", "x", "o")) else f"{verb}s"


_THIRD = {_third(verb): verb for verb in _VERBS}
_CLAUSE = re.compile(
    r"[.!?;:,()\n–—]+|(?<=\s)-(?=\s)|\b(?:and|or|but|when|whenever|while|because|if|that|who|which|after|before|until|as"
    r"|so|since|where|although|though|than)\b",
    re.IGNORECASE,
)
_QUOTED = re.compile(r"[\"“„«][^\"”“»\n]*[\"”“»]|`[^`\n]*`")
_WORD = re.compile(r"[^\W_]+(?:['’-][^\W_]+)*")
_PLURAL = frozenset({"people", "they", "we", "you", "some", "most", "many", "all", "others", "both", "data"})
_SINGLE = frozenset({"it", "this", "that", "nothing", "everything", "something", "nobody", "everybody", "everyone"})
_OBJECT = frozenset(
    {"a", "an", "the", "no", "nothing", "only", "too", "very", "them", "empty", "blank", "out", "errors"}
)
_RELATIVE = frozenset({"who", "which", "that"})
_DETERMINERS = frozenset({"the", "our", "a", "an", "each", "every"})
_MODAL = frozenset({"will", "won't", "may", "might", "must", "should", "shall", "would", "could", "to", "not"})
_SUBORDINATE = frozenset(
    {"when", "whenever", "while", "because", "if", "that", "who", "which", "after", "before", "until", "as", "where"}
)
_PRONOUNS = frozenset({"you", "they", "we", "it", "he", "she"})
_ALONE = frozenset({"work", "crash", "hang", "load", "respond", "wait", "stop"})
"""Verbs that are nouns too, but hardly behind a plural: `wallets work`."""
_PAST = frozenset({*_VERBS.values(), *_AUXILIARIES.values(), "could", "did"})


def past(value: object, over: object = True) -> str:
    """A text in the past tense, if what it tells is `over` and each of its verbs is certain; else as it is."""
    text = str(value)
    if not over or "?" in text:
        return text
    hidden = _QUOTED.sub(lambda found: "\x00" * len(found[0]), text)
    changes: list[tuple[int, int, str]] = []
    joint = ""
    at = 0
    for mark in [*_CLAUSE.finditer(hidden), None]:
        end = mark.start() if mark else len(hidden)
        found = _verb(list(_WORD.finditer(hidden, at, end)), joint, mark[0].casefold() if mark else "")
        if found is None:
            return text
        changes += found
        if mark:
            joint, at = mark[0].casefold(), mark.end()
    for start, end, word in reversed(changes):
        text = text[:start] + _as_typed(word, text[start:end]) + text[end:]
    return text


def _as_typed(word: str, typed: str) -> str:
    """A word in capitals where the one that it replaces was."""
    if typed.isupper() and len(typed) > 1:
        return word.upper()
    return word[0].upper() + word[1:] if typed[0].isupper() else word


def _verb(words: list[re.Match[str]], joint: str, joint_after: str) -> list[tuple[int, int, str]] | None:
    """What to write instead of the verb of a clause, if it has one in the present; None if it is not certain."""
    lower = [word[0].casefold().replace("’", "'") for word in words]
    if sum(word in _PRONOUNS for word in lower) > 1:
        return None
    first = next((place for place, word in enumerate(lower) if word in _AUXILIARIES), None)
    candidates = [
        place
        for place, word in enumerate(lower)
        if (word in _VERBS or word in _THIRD) and not {*lower[max(place - 2, 0) : place]} & _MODAL
    ]
    if first is not None:
        if joint in _RELATIVE and any(place > first for place in candidates):
            return None  # the verb of the main clause may follow
        if first and lower[first - 1] in _MODAL:
            return []
        start, end, word = words[first].start(), words[first].end(), _AUXILIARIES[lower[first]]
        if lower[first] in _PERFECT and lower[first + 1 : first + 2] == ["been"] and "since" not in joint_after:
            return [(start, words[first + 1].end(), _PERFECT[lower[first]])]
        return [(start, end, word)]
    if any(word in _PAST and place < min(candidates, default=len(lower)) for place, word in enumerate(lower)):
        return []
    if not candidates:
        told = joint in _SUBORDINATE and len(lower) > 1 and not lower[0].endswith(("ing", "ed"))
        return None if told else []
    sure = [place for place in candidates if _is_verb(lower, place)]
    nouns = {place for place in candidates if place + 1 in sure and _THIRD.get(lower[place], "") in _ALSO_NOUNS}
    candidates = [place for place in candidates if place not in nouns]
    sure = [place for place in sure if place not in nouns]
    if len(candidates) > 1 or not sure:
        return None if joint or len(candidates) > 1 or lower[candidates[0]] in _VERBS else []
    word = lower[sure[0]]
    return [(words[sure[0]].start(), words[sure[0]].end(), _VERBS[_THIRD.get(word, word)])]


def _is_verb(words: list[str], place: int) -> bool:
    """Whether the word at a place can only be a verb, by the words beside it."""
    if place == 0:
        return False
    before, word = words[place - 1], words[place]
    after = words[place + 1] if place + 1 < len(words) else ""
    follows = after in _OBJECT or after.endswith("ly") or after.isdigit()
    if word in _THIRD and words[0] in _DETERMINERS and place > 1 and "of" not in words[:place]:
        return True
    if word in _THIRD:
        return _THIRD[word] in _ONLY_VERBS or before in _SINGLE or follows
    if before in _PLURAL:
        return True
    several = before.endswith("s") and not before.endswith(("ss", "us", "is"))
    return several and (word in _ONLY_VERBS or word in _ALONE or bool(after))
