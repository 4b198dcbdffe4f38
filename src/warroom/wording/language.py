"""The language of a wording file: word classes, phrases, kinds of remark, technical terms; compiled when first used."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from functools import cached_property, lru_cache, partial

import msgspec

from warroom.wording import shapes
from warroom.wording.additions import mistakes
from warroom.wording.chat import AUDIENCES as CHAT_AUDIENCES
from warroom.wording.chat import WORDS, Chat
from warroom.wording.foreign import looks_foreign
from warroom.wording.grammar import Grammar, Matcher, PatternError, words_of
from warroom.wording.in_haste import DOUBLED
from warroom.wording.jargon import Terms
from warroom.wording.kinds import AUDIENCES, KINDS, Audience, Case, Facts, Jargon, Kind, Known
from warroom.wording.lexicon import (
    ABBREVIATION,
    NAME,
    ROSTER,
    SYSTEM,
    UNKNOWN,
    Lexicon,
    is_english,
    spelled_out,
)
from warroom.wording.searching import Seen
from warroom.wording.tagging import Tagged, Tagger
from warroom.wording.tokens import SHAPES
from warroom.wording.typed import Typed

_FEW_WORDS = 6
"""In a text of fewer words, or with fewer letters of another alphabet, the language can't be told."""
_ENGLISH = 0.5
"""The share of known words, and of letters of its alphabet, from which a text counts as English."""
_SHORT_WORD = 5
_SHORT = 200
"""Characters of a text up to which its small words are looked at."""
_LATIN = re.compile(r"[\W\d_\u0000-\u024f\u1e00-\u1eff]+")
"""Everything but the letters of other alphabets and scripts."""


class Mistaken(Exception):
    """A mistake in the language of a file, with its key and what is expected there."""

    def __init__(self, key: str, expected: str) -> None:
        super().__init__(key)
        self.key, self.expected = key, expected


class Compiled(msgspec.Struct, frozen=True):
    """A case ready to search with; `case` is as the file has it."""

    case: Case
    patterns: tuple[Matcher, ...] = ()
    unless: tuple[Matcher, ...] = ()
    unless_all: tuple[Matcher, ...] = ()
    unless_near: tuple[Matcher, ...] = ()
    unless_under: tuple[Matcher, ...] = ()


class Tables(msgspec.Struct, frozen=True):
    """The tables of a wording file that make up its language.

    `lexicon` has lists of words, `more` words to add to them, `off` the kinds of remark that are off by audience or for
    `all`.
    """

    lexicon: dict[str, str] = {}
    phrases: dict[str, tuple[str, ...]] = {}
    kind: tuple[Kind, ...] = ()
    jargon: Jargon = Jargon()
    known: Known = Known()
    more: dict[str, str] = {}
    off: dict[str, tuple[str, ...]] = {}


class Language:
    """The language of a wording file."""

    def __init__(self, tables: Tables) -> None:
        self.tables = tables
        self._cases: dict[tuple[str, Audience], tuple[Compiled, ...]] = {}
        self._seen: dict[tuple[str, Audience], Seen] = {}

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Language) and (self is other or self.tables == other.tables)

    def __hash__(self) -> int:
        return hash((len(self.tables.lexicon), len(self.tables.phrases), len(self.tables.kind)))

    def with_own(self, own: Tables) -> Language:
        """This language with a company's additions: its words, terms, names, and what it switched off.

        Without any it is this very language, which is read already. Raises Mistaken for a list that isn't there.
        """
        if own == Tables():
            return self
        self._check_more(own.more)
        tables, jargon, known = self.tables, self.tables.jargon, self.tables.known
        without_object = {verb: plain for verb, plain in jargon.alone.items() if verb not in own.jargon.verbs}
        more = {name: f"{tables.more.get(name, '')} {words}" for name, words in own.more.items()}
        return Language(
            msgspec.structs.replace(
                tables,
                more={**tables.more, **more},
                off={**tables.off, **own.off},
                jargon=Jargon(
                    {**jargon.nouns, **own.jargon.nouns},
                    {**jargon.verbs, **own.jargon.verbs},
                    {**without_object, **own.jargon.alone},
                    {**jargon.others, **own.jargon.others},
                    {**jargon.chat, **own.jargon.chat},
                ),
                known=Known(
                    known.systems + own.known.systems,
                    known.terms + own.known.terms,
                    known.abbreviations + own.known.abbreviations,
                ),
            )
        )

    @cached_property
    def terms(self) -> Terms:
        """The technical terms."""
        return Terms(self.tables.jargon, self.tables.known)

    @cached_property
    def chat(self) -> Chat:
        """What people type in a chat."""
        return Chat(self.tables.jargon.chat, self.tables.known)

    @cached_property
    def lexicon(self) -> Lexicon:
        """The classes of every word."""
        tables = self.tables
        classes = {name: spelled_out(words, tables.lexicon) for name, words in tables.lexicon.items()}
        for name, words in tables.more.items() if tables.lexicon else ():  # an own file alone has no lists
            classes[name] = [*classes.get(name, ()), *spelled_out(words, tables.lexicon)]
        classes["term"] = sorted(self.terms.beginnings)
        classes[WORDS] = sorted(self.chat.words)
        classes.setdefault(DOUBLED, [])
        classes["explained"] = [form for word in tables.known.abbreviations for form in _singular_too(word)]
        patterns = [pattern for phrase in tables.phrases.values() for pattern in phrase]
        for kind in tables.kind:
            patterns += kind.unless
            for case in kind.case:
                patterns += (*case.patterns, *case.unless, *case.unless_all, *case.unless_near, *case.unless_under)
        return Lexicon(classes, {word for pattern in patterns for word in words_of(pattern)})

    @cached_property
    def grammar(self) -> Grammar:
        """The phrases, written out. Raises PatternError."""
        return Grammar(self.lexicon, self.tables.phrases)

    def kind(self, id: str) -> Kind | None:
        """The kind with that id, if the file has it."""
        return next((kind for kind in self.tables.kind if kind.id == id), None)

    def is_off(self, kind: str, audience: Audience) -> bool:
        """Whether a company has switched off a kind of remark for an audience."""
        return any(kind in self.tables.off.get(who, ()) for who in ("all", audience))

    def typed(self, tagged: Tagged, audience: Audience, facts: Facts) -> list[Typed]:
        """The chat typing in a text, for those readers to whom it is remarked on."""
        kind = self.kind("jargon")
        if kind is None or audience not in kind.audiences or audience not in CHAT_AUDIENCES:
            return []
        return (
            []
            if self.is_off("jargon", audience)
            else self.chat.found(tagged, self.lexicon, facts, strict=audience == "customers")
        )

    def compile(self) -> Iterator[None]:
        """Read what every audience needs, part by part, so that the first check is quick; safe in any thread.

        Raises PatternError. Then the phrases as they are written out, which take megabytes, are needed no more.
        """
        for kind in self.tables.kind:
            for audience in kind.audiences:
                self.cases(kind, audience)
                yield
        self.__dict__.pop("grammar", None)

    def cases(self, kind: Kind, audience: Audience) -> tuple[Compiled, ...]:
        """The cases of a kind for an audience, ready to search with. Raises PatternError."""
        key = kind.id, audience
        if key not in self._cases:
            found = (case for case in kind.case if audience in (case.audiences or kind.audiences))
            self._cases[key] = tuple(self._compiled(kind, case) for case in found)
        return self._cases[key]

    def seen(self, kind: Kind, audience: Audience) -> Seen:
        """What was found of a kind in the sentences that were checked so far."""
        key = kind.id, audience
        if key not in self._seen:
            self._seen[key] = Seen(self.cases(kind, audience), self.lexicon.signs("line")[0])
        return self._seen[key]

    def _compiled(self, kind: Kind, case: Case) -> Compiled:
        grammar = self.grammar
        return Compiled(
            case,
            tuple(grammar.matcher(pattern) for pattern in self._one_by_one(case.patterns)),
            tuple(map(grammar.matcher, self._one_by_one((*kind.unless, *case.unless)))),
            tuple(map(grammar.matcher, case.unless_all)),
            tuple(map(grammar.matcher, self._one_by_one(case.unless_near))),
            tuple(map(grammar.matcher, self._one_by_one(case.unless_under))),
        )

    def _one_by_one(self, patterns: tuple[str, ...]) -> Iterator[str]:
        """The patterns, and for one that is only a phrase those of the phrase, down to the last: each needs less."""
        for pattern in patterns:
            phrase = self.tables.phrases.get(pattern[1:-1]) if pattern[:1] + pattern[-1:] == "{}" else None
            yield from self._one_by_one(phrase) if phrase else (pattern,)

    def check(self) -> None:
        """Find the first mistake in the file. Raises Mistaken."""
        tables = self.tables
        for table in ("lexicon", "phrases"):
            if getattr(tables, table) and not tables.kind:
                raise Mistaken(table, "expected [[kind]] tables that use it; [more] adds words to the built-in lists")
        if tables.kind:
            self._check_more(tables.more)
        for name, words in tables.lexicon.items():
            self._try_list(f"lexicon.{name}", words)
        for mistake in mistakes(tables):
            raise Mistaken(*mistake)
        for mistake in shapes.mistakes(tables):
            raise Mistaken(*mistake)
        for who, kinds in tables.off.items():
            if who not in ("all", *AUDIENCES):
                raise Mistaken(f"off.{who}", f"expected all or one of {', '.join(AUDIENCES)}")
            known = [*(kind.id for kind in tables.kind), "leak"] if tables.kind else KINDS
            for kind_id in kinds:
                if kind_id not in known:
                    raise Mistaken(f"off.{who}", f"expected kinds of remark ({', '.join(known)}), got {kind_id!r}")
        for name, patterns in tables.phrases.items():
            for at, pattern in enumerate(patterns):
                self._try(f"phrases.{name}[{at}]", partial(words_of, pattern))
        for where, pattern in self._patterns():
            self._try(where, partial(words_of, pattern))
        self._try("phrases", lambda: self.grammar)
        for where, pattern in self._patterns():
            self._try(where, partial(self._matches_words, pattern))

    def _matches_words(self, pattern: str) -> None:
        """Read a pattern. Raises PatternError for one that matches where there is no word."""
        for matcher in map(self.grammar.matcher, self._one_by_one((pattern,))):
            if matcher.needed is None and matcher.pattern.search("") is not None:
                raise PatternError("a pattern that matches at least one word; this one matches empty text")

    def _patterns(self) -> Iterator[tuple[str, str]]:
        """Each pattern of the kinds of remark, with its place in the file."""
        for kind in self.tables.kind:
            for at, pattern in enumerate(kind.unless):
                yield f'kind "{kind.id}", key unless[{at}]', pattern
            for number, case in enumerate(kind.case, 1):
                for key in ("patterns", "unless", "unless_all", "unless_near", "unless_under"):
                    for at, pattern in enumerate(getattr(case, key)):
                        yield f'kind "{kind.id}", case number {number}, key {key}[{at}]', pattern

    def _check_more(self, more: Mapping[str, str]) -> None:
        """Find words that are to be added to a list that isn't there. Raises Mistaken."""
        from difflib import get_close_matches

        for name in more:
            if name not in self.tables.lexicon:
                close = get_close_matches(name, self.tables.lexicon, 1)
                meant = f"; did you mean {close[0]!r}?" if close else ""
                raise Mistaken(f"more.{name}", f"expected the name of a list of [lexicon]{meant}")
            self._try_list(f"more.{name}", more[name])

    def _try_list(self, where: str, words: str) -> None:
        """Read the words of a list. Raises Mistaken for another list in them that isn't there."""
        try:
            spelled_out(words, self.tables.lexicon)
        except KeyError as error:
            raise Mistaken(where, f"expected the name of another list, got {{{error.args[0]}}}") from None

    @staticmethod
    def _try(where: str, read: Callable[[], object]) -> None:
        """Read a pattern. Raises Mistaken, with the place of the phrase if the mistake is in one."""
        try:
            read()
        except PatternError as error:
            raise Mistaken(f"phrases.{error.phrase}" if error.phrase else where, f"expected {error}") from None

    @cached_property
    def _not_words(self) -> list[str]:
        names = (*SHAPES[1:], NAME, ABBREVIATION, ROSTER, SYSTEM)
        return [sign for name in names for sign in self.lexicon.signs(name)]

    def _is_known(self, word: str) -> bool:
        return word in self.lexicon.sign or is_english(word)

    def is_english(self, tagged: Tagged) -> bool:
        """Whether a text is in English, or too short to tell."""
        if not tagged.text.isascii():
            foreign = len(_LATIN.sub("", tagged.text))
            if foreign >= _FEW_WORDS and foreign > (1 - _ENGLISH) * sum(map(str.isalpha, tagged.text)):
                return False
        unknown = sum(map(tagged.signs.count, self.lexicon.signs(UNKNOWN)))
        words = len(tagged.signs) - sum(map(tagged.signs.count, self._not_words))
        if len(tagged.text) < _SHORT and looks_foreign(tagged.text, self._is_known):
            return False
        return words < _FEW_WORDS or unknown <= (1 - _ENGLISH) * words

    def is_half_written(self, text: str) -> bool:
        """Whether a text has two short words in lower case that are in no list, as short forms that nobody knows."""
        tagged = self.tag(text)
        unknown = set(self.lexicon.signs(UNKNOWN))
        words = zip(tagged.signs, tagged.words(0, len(tagged.signs)), strict=True)
        return sum(sign in unknown and len(word) <= _SHORT_WORD and word.islower() for sign, word in words) > 1

    def tag(self, text: str, people: tuple[str, ...] = (), systems: tuple[str, ...] = ()) -> Tagged:
        """A text with the character of each token; `people` and `systems` are names that it may have."""
        return _tagger(self, people, systems).tag(text)


def _singular_too(abbreviation: str) -> list[str]:
    """An abbreviation in lower case, and `slo` for SLOs: that SLOs is SLO with an ending is known everywhere else."""
    one = abbreviation.removesuffix("s")
    return [abbreviation.lower(), *([one.lower()] if one != abbreviation and one.isupper() else [])]


@lru_cache(maxsize=16)
def _tagger(language: Language, people: tuple[str, ...], systems: tuple[str, ...]) -> Tagger:
    return Tagger(language.lexicon, people, (*language.tables.known.systems, *systems))
