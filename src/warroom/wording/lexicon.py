"""Which words belong to which classes, and one character for each set of classes that a word can have.

The grammar then searches a text of such characters, one for each token, with Python's `re`: quick, and in linear time.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Set
from functools import cache
from pathlib import Path

from warroom.wording.tokens import SHAPES

NAME, ABBREVIATION, ROSTER, SYSTEM, UNKNOWN = "name", "abbreviation", "roster", "system", "unknown"
PLACE = "place"
"""The built-in class of countries, cities and regions; nearly all are names too."""
AGENT = "agent"
"""The built-in class of words whose ending says that they name somebody by a trade: "florist", "beekeeper"."""
ENDINGS = ("ed", "ing", "ly")
"""Endings that are a class of their own, for every word."""
SPECIFIC = "specific"
"""The built-in class of all words and numbers that are not in the class `generic`: they say something."""
GENERIC = "generic"
"""The class of words that say nothing specific: the list of that name, and `general.txt`."""
BUILT_IN = (*SHAPES[1:], NAME, PLACE, ABBREVIATION, ROSTER, SYSTEM, UNKNOWN, AGENT, *ENDINGS, SPECIFIC)
"""The classes that a file doesn't define: what a token looks like, names, and endings of words."""
MARKS = ("percent", "comma", "colon", "semicolon", "dash", "open", "close", "quote", "sign", "end", "question", "line")
_FIRST = 0x21
"""The first character that stands for a set of classes; those below 256 are quicker to compile."""

_FORMS = re.compile(r"([^()]*)\(([a-z,]*)\)([^()]*)")


_CONTRACTION = re.compile(r"([a-z]+)(n't)|([a-z]+)('(?:ll|s|re|ve|d|m))")


def as_tokens(words: str) -> list[str]:
    """Words as the tokens that a text has for them: `won't roll-back` is `wo`, `n't`, `roll`, `back`."""
    found: list[str] = []
    for word in words.lower().replace("-", " ").split():
        split = _CONTRACTION.fullmatch(word)
        found += [part for part in split.groups() if part] if split else [word]
    return found


def spelled_out(words: str, lists: Mapping[str, str] | None = None) -> list[str]:
    """The words of a list: `deploy(s,ed,ing) fat_finger` is deploy, deploys, deployed, deploying and fat finger.

    `{name}` stands for the words of another list. Raises KeyError for one that isn't there.
    """
    found: list[str] = []
    for word in words.split():
        if word.startswith("{") and word.endswith("}"):
            found += spelled_out((lists or {})[word[1:-1]])
            continue
        forms = _FORMS.fullmatch(word)
        if forms:
            endings = ("", *forms[2].split(","))
            found += [f"{forms[1]}{ending}{forms[3]}".replace("_", " ") for ending in endings]
        else:
            found.append(word.replace("_", " "))
    return found


@cache
def english() -> frozenset[str]:
    """Common English words in lower case, by which a text in English and an ordinary word are known."""
    file = Path(__file__).with_name("english.txt")
    return frozenset(file.read_text(encoding="utf-8").split())


@cache
def places() -> frozenset[str]:
    """Countries, cities and regions in lower case, but for those that people are often called: "Florence"."""
    names = Path(__file__).with_name("names.txt").read_text(encoding="utf-8").partition("\n\n")[0].split()
    return frozenset(name.lower() for name in names) - _ALSO_PEOPLE


_ALSO_PEOPLE = frozenset(
    ["adelaide", "austin", "chad", "florence", "georgia", "jordan", "raleigh", "sofia", "sydney", "virginia"]
)


def general() -> frozenset[str]:
    """Words so general that a sentence of nothing else doesn't say what fails, for whom or since when."""
    file = Path(__file__).with_name("general.txt")
    return frozenset(file.read_text(encoding="utf-8").split())


_TRADE = re.compile(
    r"[a-z]{2,}(?:(?<!l)ist|alist|elist|ician|arian|keeper|smith|monger|maker|setter|layer|worker|fitter|grapher)s?|"
    r"[a-z]{3,}(?:man|woman|men|women|person)"
)


def _complete(word: str, classes: Set[str]) -> frozenset[str]:
    """The classes of a word, with those that every word has and those of its ending."""
    endings = [end for end in ENDINGS if word.endswith(end) and len(word) > len(end) + 2]
    return _one_set(frozenset({"word", *classes, *endings, *([AGENT] if _TRADE.fullmatch(word) else ())}))


@cache
def _one_set(classes: frozenset[str]) -> frozenset[str]:
    """The one set of these classes: thousands of words have the same, which took megabytes."""
    return classes


@cache
def _general() -> tuple[dict[str, frozenset[str]], list[tuple[str, ...]]]:
    """The classes of each general word that is in no list, and those of several tokens; the same for every lexicon."""
    tokens = [tuple(as_tokens(word)) for word in sorted(general())]
    words = {parts[0]: _complete(parts[0], {GENERIC}) for parts in tokens if len(parts) == 1}
    return words, [parts for parts in tokens if len(parts) > 1]


def is_english(word: str) -> bool:
    """Whether a word in lower case is a common one, or one of its regular forms."""
    words = english()
    if word in words:
        return True
    for ending, instead, doubles in _ENDING_IN.get(word[-1:], ()):
        if word.endswith(ending) and len(word) - len(ending) > 2:
            stem = word[: -len(ending)]
            for letters in instead:
                if stem + letters in words:
                    return True
            if doubles and stem[-1] == stem[-2] and stem[:-1] in words:
                return True
    return word.startswith(_PREFIXES) and any(
        word.startswith(prefix) and is_english(word[len(prefix) :])
        for prefix in _PREFIXES
        if len(word) > len(prefix) + 3 and not word[-1].isdigit()
    )


_PREFIXES = ("un", "re", "mis", "pre", "non")
_REGULAR = (
    ("s", ("", "e")), ("es", ("",)), ("ies", ("y",)), ("ed", ("", "e")), ("ied", ("y",)), ("ing", ("", "e")),
    ("ly", ("", "le", "e")), ("ily", ("y",)), ("er", ("", "e")), ("ers", ("", "e")), ("est", ("", "e")),
    ("ness", ("",)), ("ment", ("",)),
    ("ments", ("",)), ("ful", ("",)), ("less", ("",)), ("able", ("", "e")), ("ation", ("", "e")), ("ations", ("", "e")),
    ("ion", ("", "e")), ("ions", ("", "e")),
)  # fmt: skip
_ENDING_IN = {
    last: [
        (ending, instead, ending in ("ed", "ing", "er", "est")) for ending, instead in _REGULAR if ending[-1] == last
    ]
    for last in {ending[-1] for ending, _ in _REGULAR}
}
"""The regular endings by their last letter, with whether the letter before them may be doubled: "stopped"."""


_SPELLED = "="
"""The class of the words that patterns spell out, each of which has a character of its own."""
_KNOWN_TRADE, _UNKNOWN_TRADE = frozenset({AGENT, "word"}), frozenset({AGENT, UNKNOWN})
_SHORT_TERM = frozenset({ABBREVIATION, "term"})
_ONLY_A_TERM = frozenset({"term", "word", "chat"})


class Lexicon:
    """The character for each word; `classes` are lists of words by name, `literals` words that patterns spell out.

    `classes` hold words and phrases of several words; a phrase is not a word of the class here, see `phrases`.
    """

    def __init__(self, classes: Mapping[str, Iterable[str]], literals: Iterable[str]) -> None:
        self.phrases: dict[str, list[tuple[str, ...]]] = {}
        member: dict[str, set[str]] = {}
        spelled = set(literals)
        for name, words in classes.items():
            self.phrases[name] = []
            for word in words:
                parts = tuple(as_tokens(word))
                if len(parts) > 1:
                    self.phrases[name].append(parts)
                    spelled.update(parts)
                elif parts:
                    member.setdefault(parts[0], set()).add(name)
        of_general, phrases = _general()
        self.phrases[GENERIC] = [*self.phrases.get(GENERIC, ()), *phrases]
        spelled.update(part for parts in phrases for part in parts)
        for word in spelled:
            member.setdefault(word, set()).add(_SPELLED)
        for word in member.keys() & of_general.keys():
            member[word].add(GENERIC)
        self._signs: list[str] = []
        self._sign: dict[frozenset[str], str] = {}
        self._with: dict[str, list[str]] = {}
        self._any_of: dict[tuple[str, ...], re.Pattern[str]] = {}
        for shape in (*SHAPES, NAME, ABBREVIATION, ROSTER, SYSTEM, UNKNOWN, *ENDINGS):
            self._sign_of(frozenset({shape}))
        self.of_shape = {next(iter(classes)): sign for classes, sign in self._sign.items()}
        self.of_shape[PLACE] = self._sign_of(frozenset({NAME, PLACE}))
        self.of_shape["exception"] = self._sign_of(frozenset({"exception", "code"}))
        for classes_of_one in (_SHORT_TERM, _KNOWN_TRADE, _UNKNOWN_TRADE):
            self._sign_of(classes_of_one)
        self._classes = dict(of_general)
        self.sign = {word: self._sign_of(classes) for word, classes in of_general.items()}
        # Words that patterns spell out come last, since they are many and each has a character of its own.
        for word in sorted(member, key=lambda word: (_SPELLED in member[word], word)):
            complete = self._classes[word] = _complete(word, member[word])
            self.sign[word] = self._new_sign(complete) if _SPELLED in complete else self._sign_of(complete)

    def _sign_of(self, classes: frozenset[str]) -> str:
        if classes not in self._sign:
            self._sign[classes] = self._new_sign(classes)
        return self._sign[classes]

    def _new_sign(self, classes: frozenset[str]) -> str:
        number = _FIRST + len(self._signs)
        sign = chr(number if number < 0xD800 else number + 0x800)
        self._signs.append(sign)
        for name in classes:
            self._with.setdefault(name, []).append(sign)
        return sign

    def classes_of(self, word: str) -> frozenset[str]:
        """The classes of a word in lower case; none for one that is in no list."""
        return self._classes.get(word, frozenset())

    def signs(self, name: str) -> list[str]:
        """The characters of all words that belong to a class; of the word itself for `=word`, if patterns spell it."""
        if name.startswith(_SPELLED):
            return [self.sign[word]] if _SPELLED in self.classes_of(word := name.removeprefix(_SPELLED)) else []
        if name == SPECIFIC:
            empty = {sign for shape in (GENERIC, *MARKS[1:]) for sign in self._with.get(shape, ())}
            return [sign for sign in self._signs if sign not in empty]
        return self._with.get(name, [])

    def any_of(self, *names: str) -> re.Pattern[str]:
        """A pattern for one character of any word of these classes, compiled once."""
        if names not in self._any_of:
            signs = "".join(re.escape(sign) for name in names for sign in self.signs(name))
            self._any_of[names] = re.compile(f"[{signs}]" if signs else "(?!)")
        return self._any_of[names]

    def of_word(self, text: str) -> str:
        """The character for a token that is a word."""
        lower = text.lower()
        if "." in lower:
            lower = lower.replace(".", "")
        sign = self.sign.get("n't" if lower == "nt" else lower)
        if sign is not None:
            short = len(text) > 1 and text.isupper() and self._classes[lower] <= _ONLY_A_TERM and not is_english(lower)
            return self._sign[_SHORT_TERM] if short else sign
        shape = self._unlisted(text, lower)
        if shape in ("word", UNKNOWN) and _TRADE.fullmatch(lower):
            return self._sign[_UNKNOWN_TRADE if shape == UNKNOWN else _KNOWN_TRADE]
        return self.of_shape[shape]

    def _unlisted(self, text: str, lower: str) -> str:
        known = is_english(lower)
        if not known:
            capitals = text[:-1] if text[-1] == "s" and len(text) > 2 else text
            if 1 < len(capitals) < 8 and capitals.isupper():
                listed = capitals is not text or "." in text  # as it stands, it is in no list
                return "word" if listed and "explained" in self.classes_of(capitals.lower()) else ABBREVIATION
            if text[0].isupper():
                return PLACE if lower in places() else NAME
        for ending in ENDINGS:
            if lower.endswith(ending) and len(lower) > len(ending) + 2:
                return ending
        return "word" if known else UNKNOWN
