"""Finds what people type in a chat and would not send, and writes it out: short forms, slips of typing, shouting."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, NamedTuple

from warroom.text.sentences import abbreviated
from warroom.wording.in_haste import left_out
from warroom.wording.kinds import Facts, Known
from warroom.wording.lexicon import as_tokens, is_english
from warroom.wording.rough import Spelling
from warroom.wording.typed import LOUD, SHORT, UNCLEAR, Typed

if TYPE_CHECKING:
    from warroom.wording.lexicon import Lexicon
    from warroom.wording.tagging import Tagged

WORDS = "chat"
"""The class of the words by which short forms are found."""
AUDIENCES = ("customers", "stakeholders", "leadership")


class _Form(NamedTuple):
    """A short form: the words before the one that it is found by, and their tokens; a pattern for the rest.

    `begins` says that it counts only where a clause begins, `any_case` that it counts in capitals too.
    """

    before: str
    tokens: int
    pattern: re.Pattern[str]
    length: int
    words: str
    begins: bool
    any_case: bool


class Chat:
    """The short forms of a wording file, without those that a company says are fine.

    The key of a form in capitals stands for any case; others don't count in capitals, since ATM is a machine. A `^` in
    front of one means that it counts only where a clause begins.
    """

    def __init__(self, forms: Mapping[str, str], known: Known) -> None:
        own = (*known.abbreviations, *known.terms, *known.systems)
        fine = {word.lower() for word in own}
        self._own = {part for word in own for part in word.lower().split()} - {
            word.lower() for word in known.abbreviations
        }
        self._known_abbreviations = frozenset(word.upper() for word in known.abbreviations)
        self._spelling: Spelling | None = None
        self._seen: dict[tuple[str, bool, tuple[str, ...], tuple[str, ...]], list[Typed]] = {}
        self._abbreviations = {word.upper() for word in (*known.abbreviations, *known.systems)}
        self._systems = {word.upper(): word for system in known.systems for word in system.split()}
        self._forms: dict[str, list[_Form]] = {}
        for form, words in forms.items():
            key = form.lower()
            known_as_it_is = form.lstrip("^") in own or (form.isupper() and key.lstrip("^") in fine)
            if not known_as_it_is and (anchor := _anchor(key)):
                self._forms.setdefault(anchor, []).append(_form(key, anchor, words, any_case=form.isupper()))
        for same in self._forms.values():
            same.sort(key=lambda form: (len(form.before), form.length, form.begins), reverse=True)

    @property
    def words(self) -> set[str]:
        """The word of each short form by which it is found, in lower case."""
        return set(self._forms)

    def found(self, tagged: Tagged, lexicon: Lexicon, facts: Facts, *, strict: bool) -> list[Typed]:
        """All chat typing in a text, by position; none of it overlaps. It is `strict` for customers, see `Spelling`.

        What each sentence has is remembered: who types changes one of many.
        """
        if len(tagged.text) > _LONGEST_BY_SENTENCE:
            return self._found(tagged, lexicon, facts, strict=strict)
        kept: list[Typed] = []
        for start, end in _sentences(tagged.text):
            key = tagged.text[start:end], strict, facts.systems, facts.people
            here = self._seen.get(key)
            if here is None:
                if len(self._seen) >= _MOST_REMEMBERED:
                    self._seen.clear()
                here = self._seen[key] = self._found(tagged.part(start, end), lexicon, facts, strict=strict)
            kept += [typed._replace(start=typed.start + start, end=typed.end + start) for typed in here]
        return kept

    def _found(self, tagged: Tagged, lexicon: Lexicon, facts: Facts, *, strict: bool) -> list[Typed]:
        if self._spelling is None:
            self._spelling = Spelling(lexicon, self._known_abbreviations)
        own = self._own.union(word for system in facts.systems for word in system.lower().split())
        people = {part for person in facts.people for part in person.split()}
        rough = (
            Typed(start, end, instead or "", UNCLEAR if instead is None else SHORT, clear=instead is not None)
            for start, end, instead in self._spelling.found(tagged.text, own, people, strict=strict)
        )
        listed = (*self._short(tagged, lexicon), *left_out(tagged, lexicon), *self._loud(tagged, lexicon))
        # what the wording file or a rule of its own tells comes before what is told word by word
        found = sorted(
            (
                *((typed.start, -typed.end, 0, typed) for typed in listed),
                *((typed.start, -typed.end, 1, typed) for typed in rough),
            )
        )
        kept: list[Typed] = []
        for *_, typed in found:
            if not kept or typed.start >= kept[-1].end:
                kept.append(typed)
        return kept

    def _short(self, tagged: Tagged, lexicon: Lexicon) -> Iterator[Typed]:
        text, done = tagged.text, 0
        for hit in lexicon.any_of(WORDS).finditer(tagged.signs):
            start, end = tagged.span(hit.start(), hit.end())
            for form in self._forms.get(text[start:end].lower(), ()):
                found = form.pattern.match(text, start)
                begin = start - len(form.before)
                if found is None or begin < done or text[begin:start].lower() != form.before:
                    continue
                if begin and (text[begin - 1] in _INSIDE or text[begin - 1].isalnum()):
                    continue
                typed, begins = text[begin : found.end()], _begins_a_clause(tagged, hit.start() - form.tokens, lexicon)
                if form.begins and not begins:
                    continue
                if not form.words and _word_at(tagged, hit.start() - 1) in _BEFORE_A_NAME:
                    break  # "the FYI column"
                if typed.islower() or form.any_case or (begins and typed[1:].islower()):
                    done = found.end()
                    yield Typed(begin, done, form.words, SHORT)
                    break

    def _loud(self, tagged: Tagged, lexicon: Lexicon) -> Iterator[Typed]:
        text = tagged.text
        for marks in _MANY_MARKS.finditer(text) if any(pair in text for pair in ("!!", "?!", "!?")) else ():
            if "!" in marks.group():
                yield Typed(marks.start(), marks.end(), "?" if "?" in marks.group() else ".", LOUD)
        for face in _FACE.finditer(text):
            yield Typed(face.start(), face.end(), "", LOUD)
        for sign in () if text.isascii() else _EMOJI.finditer(text):
            yield Typed(sign.start(), sign.end(), "", LOUD)
        for run in _CAPITALS.finditer(text):
            words = _WORD.findall(run.group())
            if sum(map(_is_plain_word, words)) >= _FEWEST_LOUD and text[run.end() : run.end() + 1] != ":":
                begins = not run.start() or text[max(run.start() - 9, 0) : run.start()].rstrip()[-1:] in (
                    "",
                    ".",
                    "!",
                    "?",
                    ":",
                    "\n",
                )
                yield Typed(run.start(), run.end(), self._quiet(run.group(), begins=begins), LOUD)

    def _quiet(self, words: str, *, begins: bool) -> str:
        """Words in capitals as they are written in a sentence."""
        quiet, before = "", ""
        for part in _PARTS.findall(words):
            lower = part.lower()
            if not part[0].isalpha():
                quiet += part
                continue
            if lower == "us" and before in ("", "the", "in", "our", "all"):
                word = part
            elif lower == "i" or lower.startswith(("i'", "i’")):
                word = "I" + lower[1:]
            elif part in self._systems:
                word = self._systems[part]
            elif is_english(lower) or len(part) == 1 or "'" in part or "’" in part:
                word = lower.title() if lower in _CAPITAL else lower
            elif part in self._abbreviations or any(sign.isdigit() for sign in part):
                word = part
            else:
                word = lower.title()
            quiet, before = quiet + word, lower
        return quiet[:1].upper() + quiet[1:] if begins else quiet


def _sentences(text: str) -> Iterator[tuple[int, int]]:
    """The spans of the sentences of a text, each with the white space behind it."""
    start = 0
    for gap in _NEXT_SENTENCE.finditer(text):
        if not abbreviated(text[max(start, gap.start() - _LONGEST_END) : gap.start()]):
            yield start, gap.end()
            start = gap.end()
    yield start, len(text)


_NEXT_SENTENCE = re.compile(r"(?<=[.!?])\s+(?=\w)")
_LONGEST_END = 20
"""Characters in front of a gap that tell whether a sentence ends there."""
_LONGEST_BY_SENTENCE = 10_000
"""Characters of a text that somebody types; a longer one is read, and is cheaper to check as a whole."""
_MOST_REMEMBERED = 2_000


def _word_at(tagged: Tagged, at: int) -> str:
    return "" if at < 0 else tagged.words(at, at + 1)[0].lower()


def _begins_a_clause(tagged: Tagged, at: int, lexicon: Lexicon) -> bool:
    return at <= 0 or lexicon.any_of(*_BEFORE_A_CLAUSE).match(tagged.signs, at - 1) is not None


def _is_plain_word(word: str) -> bool:
    return len(word) > 1 and is_english(word.lower().replace("’", "'"))


def _anchor(key: str) -> str:
    """The word by which a form is found: the first that is no common one, so that few places have to be looked at."""
    words = _FIRST.findall(key)
    return next((word for word in words if not is_english(word)), words[0] if words else "")


def _form(key: str, anchor: str, words: str, *, any_case: bool) -> _Form:
    whole = key.lstrip("^")
    at = re.search(rf"(?<![^\W_]){re.escape(anchor)}(?![^\W\d_])", whole)
    start = at.start() if at else 0
    rest = re.escape(whole[start:]).replace(r"\ ", r"\s{1,9}") + ("" if whole[-1] == "/" else _NO_MORE)
    before = whole[:start]
    pattern = re.compile(rest, re.IGNORECASE)
    return _Form(before, len(as_tokens(before)), pattern, len(whole), words, key.startswith("^"), any_case)


_BEFORE_A_CLAUSE = ("end", "question", "line", "comma", "colon", "semicolon", "dash", "open", "quote")
_BEFORE_A_NAME = {"the", "a", "an", "this", "that", "our", "your", "no", "any", "each", "every"}
_NO_MORE = r"(?![\w/&@-]|['’]\w|\.\w)"
_INSIDE = frozenset("/\\.@#-_'’&=:")
"""What stands in front of a part of an address or of a word, and of no word of its own."""
_FIRST = re.compile(r"(?<!['’])[^\W\d_]+")
_MANY_MARKS = re.compile(r"[!?]{2,40}")
_FACE = re.compile(r"[:;](?<!\S[:;])['’]?-?[()DPp/|](?![\w/(])|<(?<!\S<)3(?!\w)")
_EMOJI = re.compile(
    r"[\U0001f000-\U0001faff\u2600-\u26ff\u2705\u2728\u274c\u2757\u2764\u2b50"
    r"\u231a\u231b\u23e9-\u23f3\ufe0f\u200d]{1,40}"
)
_CAPITALS = re.compile(
    r"[A-Z](?<![\w'’/.&-][A-Z])[A-Z'’]{0,20}(?:,? [-–—&] |[,;]? |-)"
    r"(?:(?:[A-Z][A-Z'’]{0,20}|\d[\d:.,%]{0,8})(?:,? [-–—&] |[,;]? |-)){2,60}"
    r"(?:[A-Z][A-Z'’]{0,20}|\d[\d:.,%]{0,8})(?![\w'’])"
)
_WORD = re.compile(r"[A-Z][A-Z'’]*")
_PARTS = re.compile(r"[A-Z][A-Z'’]*|[^A-Z]+")
_FEWEST_LOUD = 3
_CAPITAL = {
    "monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday", "january", "february", "april",
    "june", "july", "august", "september", "october", "november", "december", "english",
}  # fmt: skip
