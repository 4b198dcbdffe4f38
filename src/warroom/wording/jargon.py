"""Technical terms in a text, and plain words in their place."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, NamedTuple

from warroom.wording.kinds import Jargon, Known
from warroom.wording.tokens import Token, cut

if TYPE_CHECKING:
    from warroom.wording.lexicon import Lexicon
    from warroom.wording.tagging import Tagged


class _Term(NamedTuple):
    """The plain words of a term, and of a verb those after "have" or "was", and those if nothing follows it.

    `alone` are two, of which the second is for after "have"; `passive` says that a verb's form can stand after "was",
    `base` that it is the form that can be taken for a noun: "the purge".
    """

    plain: str
    done: str
    alone: tuple[str, str] | None = None
    passive: bool = False
    noun: bool = False
    base: bool = False


class Terms:
    """The terms of a wording file; where several begin at a word, the longest counts."""

    def __init__(self, jargon: Jargon, known: Known) -> None:
        self._terms: dict[tuple[str, ...], _Term] = {}
        self._hyphenated: dict[str, _Term] = {}  # "a time-out" is a noun, "to time out" is none
        self._nouns: dict[tuple[str, ...], _Term] = {}
        """Those nouns that are verbs too: "the deploy", "we deploy"."""
        fine = (*known.terms, *known.systems)
        self._fine = {_key(term) for term in fine} | {_key(plural(term)) for term in fine}
        self._verbs: set[tuple[str, ...]] = set()
        for verb, plain in {**dict.fromkeys(jargon.alone, ""), **jargon.verbs}.items():
            forms, instead = verb.split("/"), (plain.split("/") * 5)[:5]
            alone = (jargon.alone.get(verb, "").split("/") * 5)[:5]
            self._verbs.update(map(_key, forms))
            for at, form in enumerate(forms[:5]):
                done = 3 if at == 2 else at
                without_object = (alone[at], alone[done]) if alone[at] else None
                self._add(form, _Term(instead[at], instead[done], without_object, passive=at in (2, 3), base=not at))
        for noun, plain in jargon.nouns.items():
            for form, instead_of_it in ((noun, plain), (plural(noun), plural(plain) if plain else "")):
                if form == noun != "" and instead_of_it != plain:
                    continue  # a name that ends in -s, such as Postgres, is no plural
                if _key(form) in self._terms:
                    self._nouns.setdefault(_key(form), _Term(instead_of_it, instead_of_it, noun=True))
                self._add(form, _Term(instead_of_it, instead_of_it, noun=form == noun))
        for term, plain in jargon.others.items():
            self._add(term, _Term(plain, plain))
        self._lengths: dict[str, list[int]] = {}
        for words in sorted(self._terms, key=len, reverse=True):
            lengths = self._lengths.setdefault(words[0], [])
            if len(words) not in lengths:
                lengths.append(len(words))

    def _add(self, words: str, term: _Term) -> None:
        key = _key(words)
        if key and key not in self._fine and _key(plural(words)) not in self._fine:
            if "-" in words:
                self._hyphenated.setdefault(words.lower(), term)
            self._terms.setdefault(key, term)

    @property
    def beginnings(self) -> set[str]:
        """The first word of each term, in lower case."""
        return set(self._lengths)

    def names_a_thing(self, words: str) -> bool:
        """Whether a term is the name of something, and not only what somebody does with it."""
        return _key(words) in self._nouns or _key(words) not in self._verbs

    def found(self, tagged: Tagged, lexicon: Lexicon) -> Iterator[tuple[int, int, str]]:
        """Each term in a text as its first token, the one after its last, and plain words ("" if there are none)."""
        done, noun_ended = 0, -1
        for begin in lexicon.any_of("term").finditer(tagged.signs):
            at = begin.start()
            if at < done:
                continue
            (first,) = _lower(tagged, at, at + 1)
            lengths = self._lengths.get(first, ())
            words = _lower(tagged, at, at + lengths[0]) if lengths and lengths[0] > 1 else (first,)
            for length in lengths:
                term = self._terms.get(words[:length])
                if term is not None and length <= len(words):
                    done = at + length
                    start, end = tagged.span(at, done)
                    term = self._hyphenated.get(tagged.text[start:end].lower(), term)
                    if words[:length] in self._nouns and (
                        noun_ended == at or _stands_as_noun(tagged, at, words[length - 1], lexicon)
                    ):
                        term = self._nouns[words[:length]]
                    if term.noun and not _BEFORE_A_NOUN.isdisjoint(_lower(tagged, max(at - 1, 0), at)):
                        noun_ended = done
                    yield at, done, _plain_words(term, tagged, at, done, lexicon)
                    break


def _plain_words(term: _Term, tagged: Tagged, first: int, last: int, lexicon: Lexicon) -> str:
    """The plain words of a term that stands from the token `first` up to but without `last`."""
    before = _lower(tagged, max(first - 2, 0), first)
    if term.base and not _ARTICLES.isdisjoint(before[-1:]):
        return ""  # as a noun it has no plain words
    done = not _HAVE.isdisjoint(before)
    if term.alone is not None and not (term.passive and done and not _OWN.issuperset(_HAVE.intersection(before))):
        after = _lower(tagged, last, last + 1)
        if not after or after[0] in _NO_OBJECT or lexicon.any_of(*_MARKS).match(tagged.signs, last):
            alone = term.alone[done]
            return alone.partition(" to ")[0] if after == ("to",) else alone  # it says itself where to
    plain = term.done if done else term.plain
    if "the" in _lower(tagged, first, last) and _belongs_to_another(tagged, last, lexicon):
        return ""  # "draining the node pool" is not "taking the server out of use pool"
    if term.noun and _HEAD.search(plain) and _belongs_to_another(tagged, last, lexicon):
        return ""  # "the copying of data lock"
    return f"the {plain}" if term.noun and _stands_alone(plain, tagged, first, last, lexicon) else plain


def _stands_as_noun(tagged: Tagged, at: int, last: str, lexicon: Lexicon) -> bool:
    """Whether a word that is a verb too is a noun at the token `at`: "the shard", "the primary shard"."""
    before = _lower(tagged, max(at - 2, 0), at)
    if not _BEFORE_A_NOUN.isdisjoint(before[-1:]):
        return True
    if len(before) < _TWO or last.endswith("s") or _BEFORE_A_NOUN.isdisjoint(before[:1]):
        return False
    between = tagged.signs[at - 1]
    return not before[1].endswith("s") and lexicon.any_of("function", *_MARKS).match(between) is None


_TWO = 2


def _belongs_to_another(tagged: Tagged, last: int, lexicon: Lexicon) -> bool:
    """Whether a noun in the singular that ends before the token `last` stands before another noun: "replica lock"."""
    after, (word,) = tagged.signs[last : last + 1], _lower(tagged, last, last + 1) or ("",)
    if word == "'s":
        return True
    if not after or lexicon.any_of(*_MARKS, *_NO_NOUN).match(after):
        return False
    if not word.endswith("s"):  # a verb would end so behind a noun in the singular
        return True
    return lexicon.any_of("function", "ed").match(tagged.signs, last + 1) is not None


_NO_NOUN = ("function", "ed", "finite", "ly", "does", "harm_state", "number", "clock", "percent")


def _stands_alone(plain: str, tagged: Tagged, first: int, last: int, lexicon: Lexicon) -> bool:
    """Whether a name such as DNS stands without an article that its plain words need: "in DNS", "in the … system"."""
    noun = _HEAD.split(plain)[0].split()[-1:]
    if not _WITH_ARTICLE.union(_COUNTED).issuperset(noun):
        return False
    marks = lexicon.any_of(*_MARKS)
    before, after = tagged.signs[first - 1 : first], tagged.signs[last : last + 1]
    words = {*_lower(tagged, max(first - 1, 0), first)}
    begins = not before or marks.match(before) is not None or not _BY_MEANS_OF.isdisjoint(words)
    if not begins and _is_name(tagged, first) and lexicon.any_of("ed", "past").match(before):
        return not after or marks.match(after) is not None  # "flushed Redis."
    if not _WITH_ARTICLE.issuperset(noun):
        pass  # only where a sentence begins is it sure that no other word belongs to it
    elif not begins and lexicon.any_of("ed", "past").match(before):  # but not "a misconfigured …"
        begins = _BEFORE_A_NOUN.isdisjoint(_lower(tagged, max(first - 2, 0), first - 1))
    elif not begins and _NOT_BEFORE_A_NAME.isdisjoint(words) and lexicon.any_of("function").match(before):
        begins = _BEFORE_A_NOUN.isdisjoint(words - _PREPOSITIONS)
    ends = not after or marks.match(after) or lexicon.any_of("function", "ed", "finite").match(after)
    if begins and (not after or marks.match(after)) and not _WITH_ARTICLE.issuperset(noun):
        return before != "" and bool(_BY_MEANS_OF & words)  # a headline of this term alone: "Feature flag misconfig."
    helped = not _MODAL.isdisjoint(_lower(tagged, last, last + 1))
    return bool(begins and (ends or helped))


def _is_name(tagged: Tagged, token: int) -> bool:
    """Whether a term is written as a name, which has no article of its own."""
    return tagged.words(token, token + 1)[0][:1].isupper()


_WITH_ARTICLE = {
    "system", "list", "database", "network", "directory", "company", "provider", "website", "process", "registry",
}  # fmt: skip
"""Nouns that don't stand without an article."""
_COUNTED = {
    "blockage", "change", "copy", "delay", "entry", "error", "fault", "fix", "group", "limit", "program", "protection",
    "queue", "record", "return", "server", "setting", "slowdown", "store", "switch", "target", "time", "version",
}  # fmt: skip
"""Others of them, whose terms are no names."""
_HEAD = re.compile(r" (?:of|to|for|in|with|on|that)\b")
_ARTICLES = {"the", "a", "an", "our", "your", "this"}
_MODAL = {
    "can", "cannot", "ca", "could", "may", "might", "must", "will", "would", "wo", "should", "still", "also", "now",
    "means", "meant", "causes", "caused", "affects",
}  # fmt: skip
_BY_MEANS_OF = {"using", "via", "through"}
"""What stands in front of a name, of which a tool is one."""
_PREPOSITIONS = {"with", "of", "by", "for", "from", "after", "before", "during", "since", "without"}
_NOT_BEFORE_A_NAME = {"no", "any", "each", "every", "another", "some", "all", "both", "what", "which", "own", "other"}


def _lower(tagged: Tagged, first: int, last: int) -> tuple[str, ...]:
    return tuple(word.lower() for word in tagged.words(first, last))


_HAVE = {"have", "has", "had", "be", "been", "being", "is", "are", "was", "were", "'ve", "get", "got"}
_BEFORE_A_NOUN = {
    "a", "an", "the", "our", "your", "their", "his", "her", "its", "this", "that", "each", "every", "last", "latest",
    "new", "next", "previous", "first", "second", "bad", "failed", "faulty", "broken", "recent", "with", "of", "by",
    "for", "from", "after", "before", "during", "since", "without", "another", "any", "no", "production", "prod",
}  # fmt: skip
"""What can stand before a noun, and not before a verb."""
_OWN = {"have", "has", "had", "'ve"}
"""After these, a verb in the past is what somebody did, and after the others of them what was done to something."""
_MARKS = ("comma", "colon", "semicolon", "dash", "open", "close", "end", "question", "line")
_NO_OBJECT = {
    "after", "again", "and", "as", "at", "because", "before", "but", "by", "during", "for", "from", "if", "immediately",
    "in", "now", "on", "once", "since", "so", "successfully", "then", "this", "to", "today", "tonight", "until", "when",
    "which", "while", "within", "yesterday",
}  # fmt: skip
"""What can stand after a verb that has no object."""


def _key(term: str) -> tuple[str, ...]:
    """The tokens of a term, as a text has them: `S3` is two, and `k8s` is one."""
    words = term.lower().replace("-", " ").split()
    return tuple(
        token.text
        for word in words
        for token in (cut(word) if _LETTER_AND_DIGIT.search(word) else [Token(word, 0, "")])
    )


_LETTER_AND_DIGIT = re.compile(r"[a-z]\d|\d[a-z]")


def plural(noun: str) -> str:
    """The plural of a noun or noun phrase, by its last word: `switch to the backup` stays as it is."""
    head, of, rest = noun.partition(" of ")
    if " to " in noun or " for " in noun or " with " in noun or " that " in noun:
        return noun
    if of:
        return f"{plural(head)} of {rest}"
    if not noun or (noun.endswith("s") and not noun.endswith("ss")):
        return noun
    if noun.endswith(("s", "x", "z", "ch", "sh")):
        return noun + "es"
    if noun.endswith("y") and noun[-2:-1] not in "aeiou":
        return noun[:-1] + "ies"
    return noun + "s"


def codes_in_words(sentence: str) -> str:
    """A sentence with errors named by their code in plain words: "Pages are 500ing" is "Pages are failing"."""
    sentence = _ERROR_CODE.sub(lambda code: "failing" if code["failing"] else "errors", sentence)
    sentence = _SLOWEST.sub(" for the slowest requests", sentence)
    sentence = _TO_A_VERSION.sub(_to_a_version, sentence)
    return _ENDS_WITH_CODE.sub(_ends_with_error, sentence)


_ERROR_CODE = re.compile(
    r"(?<!takes )(?<!take )(?<!took )(?<!for )(?<!after )(?<!within )(?<!in )(?<!than )"
    r"\b[45](?:(?:\d\d|xx)(?:'?s|(?P<failing>-?ing))|xx)\b",
    re.IGNORECASE,
)
"""Errors as engineers call them by the code of a web server: "502s", "5xx", "is 500ing"."""


def _ends_with_error(found: re.Match[str]) -> str:
    verb = found["verb"].lower()
    if verb in ("exit", "quit", "die", "abort", "terminate"):
        return f"{'stopped' if found['form'].endswith('d') else 'stop' + 's' * bool(found['form'])} with an error"
    return f"{found['verb']}{found['form']}{found['out']} with an error"


_ENDS_WITH_CODE = re.compile(
    r"\b(?P<verb>exit|stop|fail|end|abort|crash|time|quit|die|come back|answer|terminate)(?P<form>s|es|ed|d|)"
    r"(?P<out> out|) (?:with|on) (?:an? |the )?(?:http |exit |error |return |status |fault |stop )*"
    r"(?:(?:codes?|status|errno|signal|error|exception|http) (?:no\.? |number |code )?(?=[\w-]*\d)[\w-]+|"
    r"(?-i:SIG[A-Z]{3,6}|E[A-Z]{4,}|[A-Z]{2,4}-\d{3,}))",
    re.IGNORECASE,
)
"""What a program ends with, as engineers call it: "exits with code 137", "timed out with errno 110"."""


def _to_a_version(found: re.Match[str]) -> str:
    back, form = found["back"], found["form"].lower()
    done = "ing" if form.endswith("ing") else "ed" if form.endswith("ed") else "s" if form == "s" else ""
    words = _WENT_BACK[done] if back else _RELEASED[done]
    return words[:1].upper() + words[1:] if found.group()[:1].isupper() else words


_SLOWEST = re.compile(
    r"(?:(?<=\d s)|(?<=\d ms)|(?<=\ds)|(?<=\dms)|(?<=seconds)) (?:at (?:the )?)?p(?:50|75|9\d{1,2})\b"
)
"""Of which requests a time is that is told: "9 s p95"."""
_TO_A_VERSION = re.compile(
    r"\b(?:(?P<back>roll|revert)|deploy|ship|release|push)(?P<form>s|ed|ing|)(?(back)(?: back)?|(?: out)?) "
    r"(?:the |our )?(?:build|release|version|deploy(?:ment)?|image|tag|hotfix|patch) (?=[\w.-]*\d)v?\w[\w.-]*\b",
    re.IGNORECASE,
)
"""What was released or taken back, by the number of its version."""
_WENT_BACK = {
    "ed": "went back to the previous version", "ing": "going back to the previous version",
    "s": "goes back to the previous version", "": "go back to the previous version",
}  # fmt: skip
_RELEASED = {
    "ed": "released an update", "ing": "releasing an update", "s": "releases an update", "": "release an update",
}  # fmt: skip
