"""Telling in the past tense what was typed while it went on: `Customers see errors` becomes `Customers saw errors`.

Only what is certain is changed: a clause has one word that can only be its verb. If that is not sure anywhere in a
text, or if it speaks of now ("works again", "900 are lost"), all of it stays as it was typed, so that no text is half
in the one tense and half in the other. `told_in_past` says which it is, for the words around it.
"""

from __future__ import annotations

import re

_AUXILIARIES = {
    "is": "was", "are": "were", "isn't": "wasn't", "aren't": "weren't", "it's": "it was", "they're": "they were",
    "we're": "we were", "there's": "there was",
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
    "come": "came", "happen": "happened", "hear": "heard", "ignore": "ignored", "skip": "skipped", "throw": "threw",
    "require": "required", "render": "rendered", "deliver": "delivered", "disconnect": "disconnected", "find": "found",
    "connect": "connected", "cancel": "cancelled", "hide": "hid", "miss": "missed", "spin": "spun", "deny": "denied",
    "duplicate": "duplicated",
}  # fmt: skip
_ALSO_NOUNS = {
    "break": "broke", "call": "called", "crash": "crashed", "display": "displayed", "drop": "dropped",
    "experience": "experienced", "hang": "hung", "load": "loaded", "open": "opened", "report": "reported",
    "respond": "responded", "return": "returned", "run": "ran", "show": "showed", "stop": "stopped", "time": "timed",
    "wait": "waited", "work": "worked", "answer": "answered", "send": "sent", "pay": "paid", "enter": "entered",
    "click": "clicked", "buy": "bought", "try": "tried", "use": "used", "save": "saved", "submit": "submitted",
    "log": "logged", "sign": "signed", "check": "checked", "search": "searched", "upload": "uploaded",
    "order": "ordered", "reload": "reloaded", "want": "wanted", "drain": "drained", "place": "placed",
    "start": "started", "end": "ended", "cause": "caused", "block": "blocked", "print": "printed", "sync": "synced",
    "redirect": "redirected", "refresh": "refreshed", "update": "updated", "stall": "stalled", "loop": "looped",
    "lag": "lagged", "play": "played", "download": "downloaded", "export": "exported", "import": "imported",
    "scan": "scanned", "decline": "declined", "charge": "charged", "look": "looked", "turn": "turned", "leak": "leaked",
    "delay": "delayed", "process": "processed", "reach": "reached", "flicker": "flickered", "change": "changed",
    "double": "doubled", "list": "listed", "hold": "held", "match": "matched", "sound": "sounded",
}  # fmt: skip
_VERBS = _ONLY_VERBS | _ALSO_NOUNS


def _third(verb: str) -> str:
    """`goes`, `vanishes`, `denies`, `fails`: the form of a verb behind he, she or it."""
    if verb.endswith("y") and verb[-2:-1] not in "aeiou":
        return f"{verb[:-1]}ies"
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
_MODAL = frozenset({
    "will", "won't", "may", "might", "must", "should", "shall", "would", "could", "couldn't", "did", "didn't", "to",
    "not",
})  # fmt: skip
_SUBORDINATE = frozenset(
    {"when", "whenever", "while", "because", "if", "that", "who", "which", "after", "before", "until", "as", "where"}
)
_PRONOUNS = frozenset({"you", "they", "we", "it", "he", "she"})
_ALONE = frozenset({"work", "crash", "hang", "load", "respond", "wait", "stop"})
"""Verbs that are nouns too, but hardly behind a plural: `wallets work`."""
_BREAKS = frozenset({"crash", "hang", "freeze", "stop", "work"})
_BEHIND = frozenset(
    {"on", "at", "after", "right", "during", "when", "whenever", "while", "if", "as", "because", "in", "for", "every"}
)
_BETWEEN = frozenset({"also", "not", "just", "now", "since", "fully", "already", "all", "both", "only"})
"""What may stand in the middle of `have fixed`."""
_SPANS = frozenset({"after", "before", "until", "since"})
_AMOUNTS = frozenset({"a", "an", "about", "one", "two", "three", "several", "some"})
"""What follows `after` in `after a minute`, which is no clause."""
_PREPOSITIONS = frozenset({"of", "with", "for", "in", "on", "to", "from", "by", "about", "after", "at", "more", "many"})
"""In front of `crashes`, they make it a noun: `problems with app crashes on start`."""
_PAST = frozenset({*_VERBS.values(), *_AUXILIARIES.values(), "could", "did"})


_NOW = re.compile(
    r"\?|\b(?:(?:do not|don['’]t) know|again|already|at present|at the moment|back|currently|deleted|for good|gone|lost"
    r"|may|might|must|no longer"
    r"|now|permanently|recovered|restored|shall|so far|still|today|will|won['’]t|yet)\b",
    re.IGNORECASE,
)
"""What speaks of now or later, or of what stays: none of it was so only while it lasted."""


def past(value: object, over: object = True) -> str:
    """A text in the past tense, if what it tells is `over` and each of its verbs is certain; else as it is."""
    text = str(value)
    for start, end, word in reversed(_changes(text) or []) if over else []:
        text = text[:start] + _as_typed(word, text[start:end]) + text[end:]
    return text


def told_in_past(text: str) -> bool:
    """Whether a text, as `past` returns it, surely tells what is over; `errors when paying` does too."""
    return _changes(text) is not None


def _changes(text: str) -> list[tuple[int, int, str]] | None:
    """The words to put into the past tense, each with its start and end; None if not all of the text is certain."""
    hidden = _QUOTED.sub(lambda found: "\x00" * len(found[0]), text)
    if _NOW.search(hidden):
        return None
    changes: list[tuple[int, int, str]] = []
    joint = ""
    at = 0
    for mark in [*_CLAUSE.finditer(hidden), None]:
        end = mark.start() if mark else len(hidden)
        found = _verb(list(_WORD.finditer(hidden, at, end)), joint, mark[0].casefold() if mark else "")
        if found is None:
            return None
        changes += found
        if mark:
            joint, at = mark[0].casefold(), mark.end()
    return changes


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
        if lower[first] in _PERFECT and (done := [one for one in lower[first + 1 :] if one not in _BETWEEN][:1]):
            if done == ["been"] and lower[first + 1] == "been" and "since" not in joint_after:
                return [(start, words[first + 1].end(), _PERFECT[lower[first]])]
            went_on = done == ["been"] and any(one.endswith("ing") for one in lower[first + 2 :])
            if not went_on and (done == ["been"] or done[0].endswith(("ed", "en", "wn", "ne")) or done[0] in _PAST):
                return None  # `we have fixed it` is as true now as it was then
        return [(start, end, word)]
    if any(word in _PAST and place < min(candidates, default=len(lower)) for place, word in enumerate(lower)):
        return None if any(_is_verb(lower, place, joint_after) for place in candidates) else []
    if not candidates:
        span = joint in _SPANS and len(lower) > 1 and (lower[0] in _AMOUNTS or lower[0].isdigit())
        told = joint in _SUBORDINATE and len(lower) > 1 and not span and not lower[0].endswith(("ing", "ed"))
        return None if told else []
    sure = [place for place in candidates if _is_verb(lower, place, joint_after)]
    if not sure and any(word in _PAST for word in lower[max(candidates) + 1 :]):
        return []
    thirds = [place for place in sure if lower[place] in _THIRD]
    nouns = {place for place in candidates if place + 1 in sure and _THIRD.get(lower[place], "") in _ALSO_NOUNS}
    nouns |= {p for p in candidates if p not in sure and lower[p] in _ALSO_NOUNS and any(p < verb for verb in thirds)}
    nouns |= {p for p in candidates if p and lower[p] in _ALSO_NOUNS and lower[p - 1] in _PREPOSITIONS | _DETERMINERS}
    bases = [place for place in sure if lower[place] in _VERBS and place not in nouns]
    nouns |= {p for p in candidates if p not in sure and lower[p] in _THIRD and any(p < verb for verb in bases)}
    candidates = [place for place in candidates if place not in nouns]
    sure = [place for place in sure if place not in nouns]
    if len(candidates) != 1 or not sure:
        return None
    word = lower[sure[0]]
    return [(words[sure[0]].start(), words[sure[0]].end(), _VERBS[_THIRD.get(word, word)])]


def _is_verb(words: list[str], place: int, joint_after: str) -> bool:
    """Whether the word at a place can only be a verb, by the words beside it and the one that joins the next clause."""
    if place == 0:
        return False
    before, word = words[place - 1], words[place]
    after = words[place + 1] if place + 1 < len(words) else ""
    follows = after in _OBJECT or after.endswith("ly") or after.isdigit()
    if word in _THIRD and words[0] in _DETERMINERS and place > 1 and "of" not in words[:place]:
        return True
    if word in _THIRD and _THIRD[word] in _BREAKS and not before.endswith("s") and not _PREPOSITIONS & {*words[:place]}:
        return after in _BEHIND or (not after and joint_after in _BEHIND)
    if word in _THIRD:
        return _THIRD[word] in _ONLY_VERBS or before in _SINGLE or follows
    if before in _PLURAL:
        return True
    several = before.endswith("s") and not before.endswith(("ss", "us", "is"))
    if word in _ONLY_VERBS and any(other.endswith("s") and len(other) > 3 for other in words[:place]):
        return True
    return several and (word in _ONLY_VERBS or word in _ALONE or bool(after) or joint_after in _SPANS)
