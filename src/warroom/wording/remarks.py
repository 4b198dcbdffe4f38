"""Finds promises, blame, guesses, harm made small, vague words and jargon in a text."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Collection, Iterator
from itertools import pairwise

import msgspec

from warroom.wording.asked_for import is_asked_for
from warroom.wording.by_now import is_report
from warroom.wording.grammar import Matcher
from warroom.wording.in_front import without_nouns_in_front
from warroom.wording.kinds import Audience, Case, Facts, Kind
from warroom.wording.language import Compiled, Language
from warroom.wording.searching import Hit, Seen, matches
from warroom.wording.tagging import Tagged
from warroom.wording.typed import Sort, Typed, all_of

MOST_OF_A_KIND = 200
"""Remarks of one kind on one text; whoever has so many needs no further ones."""

_LONGEST_SENTENCE = 256
"""Tokens after which a sentence is taken to be over, so that a text without a full stop costs no more than others."""
_NEAR = 2
"""Paragraphs, items or labelled lines before and after a sentence that can say what the sentence does not."""

Slots = tuple[tuple[str, str], ...]


class Remark(msgspec.Struct, frozen=True):
    """Words to reconsider: offsets of the words (`start`, `end`) and of their sentence (`first`, `last`).

    `case` is the case of the kind that they belong to, with what its pattern kept in `slots`. `sort` is the sort of
    chat typing, None for everything else.
    """

    kind: str
    start: int
    end: int
    first: int
    last: int
    words: str
    case: Case
    slots: Slots = ()
    sort: Sort | None = None


def remarks(
    text: str, language: Language, audience: Audience, facts: Facts | None = None, without: Collection[str] = ()
) -> list[Remark]:
    """What to reconsider in a text for an audience, by position; no sentence twice for the same reason, except jargon.

    A text that is not in English has no remarks, see `Language.is_english`. The kinds `without` are left out.
    """
    facts = facts or Facts()
    tagged = language.tag(text, facts.people, facts.systems)
    if not tagged.signs or not language.is_english(tagged):
        return []
    reader = everything = _Reader(tagged.signs, tagged, language)
    unquoted = _without_quotes(tagged.signs, language)
    if unquoted != tagged.signs:
        reader = _Reader(unquoted, tagged, language)
    of_promises = reader
    if (bare := without_nouns_in_front(unquoted, language.lexicon)) != unquoted:
        of_promises = _Reader(bare, tagged, language)
    readers = {"jargon": everything, "promise": of_promises}
    found: list[Remark] = []
    for kind in language.tables.kind:
        if audience in kind.audiences and kind.id not in without and not language.is_off(kind.id, audience):
            found += readers.get(kind.id, reader).of_kind(kind, audience)
    if facts.now:
        now = dict(facts.now)
        found = [one for one in found if one.kind != "promise" or not is_report(text[one.first : one.last], now)]
    if "jargon" not in without and (typed := language.typed(tagged, audience, facts)):
        found = [remark for remark in found if remark.kind != "jargon" or not _is_typed(remark, typed)]
        found += reader.chat_typing(typed)
    found.sort(key=lambda remark: (remark.start, remark.end))
    return _one_by_one([remark for remark in found if not _beside_another(remark, found, text)])


def _is_typed(remark: Remark, typed: list[Typed]) -> bool:
    """Whether chat typing has some of the words of a remark."""
    last = bisect_left(typed, remark.end, key=lambda slip: slip.start) - 1
    return last >= 0 and typed[last].end > remark.start


def _one_by_one(found: list[Remark]) -> list[Remark]:
    """One remark of a kind for a sentence, but all of the technical terms, since each has plain words of its own."""
    seen: set[tuple[str, int]] = set()
    kept = []
    for remark in found:
        if remark.kind == "jargon" or (remark.kind, remark.first) not in seen:
            seen.add((remark.kind, remark.first))
            kept.append(remark)
    return kept


def _beside_another(remark: Remark, found: list[Remark], text: str) -> bool:
    """Whether a remark that counts only if it is alone stands beside another one, in the same part of its sentence."""
    alone = remark.case.alone
    if not alone:
        return False
    for other in found:
        if (
            other.first == remark.first
            and other.sort is None
            and "*" not in other.case.alone
            and (other.kind in alone or "*" in alone)
        ):
            between = text[min(other.end, remark.end) : max(other.start, remark.start)] or other.words
            if "*" in alone or other.kind == "blame" or not _NEW_PART.search(between):
                return True
    return False


_NEW_PART = re.compile(r"[,;:–—]|\b(?:but|and)\b")


class _Reader:
    """Searches one text."""

    def __init__(self, signs: str, tagged: Tagged, language: Language) -> None:
        """`signs` are those of the text, with or without what stands between quotation marks."""
        self._signs, self._tagged, self._language = signs, tagged, language
        lexicon = language.lexicon
        self._bounds = _bounds(signs, _ends(language))
        self._sentences = [signs[last + 1 : end + 1] for last, end in pairwise(self._bounds)]
        self._turns = [match.start() for match in lexicon.any_of("contrast", "semicolon").finditer(signs)]
        self._lines = [-1, *(match.start() for match in lexicon.any_of("line").finditer(signs)), len(signs)]
        self._specific = lexicon.any_of("specific")
        self._times = lexicon.any_of("number", "clock", "weekday")
        self._specific_lines: dict[int, bool] = {}
        self._places: dict[Matcher, list[int]] = {}

    def of_kind(self, kind: Kind, audience: Audience) -> list[Remark]:
        """The remarks of a kind, at most MOST_OF_A_KIND."""
        taken_by: dict[tuple[str, ...], bytearray] = {}
        found: list[Remark] = []
        for first, last, case, slots in self._matches(kind, audience):
            # A remark that counts only if it is alone may still be left out, so it keeps no other one away.
            taken = taken_by.setdefault(case.alone, bytearray(len(self._signs)))
            if any(taken[first:last]):
                continue
            begin, end = (first, last) if kind.id == "jargon" else self._sentence(first)
            taken[begin:end] = b"\1" * (end - begin)
            found.append(self._remark(kind.id, first, last, case, slots))
            if len(found) == MOST_OF_A_KIND:
                break
        return found

    def chat_typing(self, typed: list[Typed]) -> list[Remark]:
        """A remark for each sentence that has chat typing, but for what others said; its first is what is marked."""
        found: list[Remark] = []
        together: list[list[Typed]] = []
        over = -1
        for slip in typed:
            first = self._tagged.token_at(slip.start)
            if self._signs[first] != self._tagged.signs[first]:
                continue  # it is quoted
            if slip.start < over:
                together[-1].append(slip)
            elif len(found) < MOST_OF_A_KIND:
                last = self._tagged.token_at(slip.end - 1)
                remark = self._remark("jargon", first, last + 1, Case(()), ())
                words = self._tagged.text[slip.start : slip.end].strip()
                start = self._tagged.text.index(words, slip.start)
                begin = remark.first
                if first and not self._tagged.text[begin:start].strip() and remark.last <= start + len(words):
                    begin = self._tagged.span(*self._sentence(first - 1))[0]  # an emoji behind a sentence belongs to it
                if "\n" not in self._tagged.text[begin:start]:
                    remark = msgspec.structs.replace(remark, first=begin)
                over = remark.last
                found.append(msgspec.structs.replace(remark, start=start, end=start + len(words), words=words))
                together.append([slip])
        return [
            msgspec.structs.replace(remark, sort=all_of(self._tagged.text, slips))
            for remark, slips in zip(found, together, strict=True)
        ]

    def _matches(self, kind: Kind, audience: Audience) -> Iterator[tuple[int, int, Case, Slots]]:
        cases = self._language.cases(kind, audience)
        excused: dict[tuple[int, int, int], bool] = {}
        seen = self._language.seen(kind, audience)
        hits = seen.hits(self._sentences)
        for begin, sentence in zip(self._bounds, self._sentences, strict=False) if hits else ():
            for hit in hits.get(sentence, ()):
                case, first, last = cases[hit.case], begin + 1 + hit.first, begin + 1 + hit.last
                # A text is not vague if another part of the sentence is specific.
                clause = self._sentence(first) if case.case.alone else self._clause(first, last)
                if (hit.case, *clause) not in excused:
                    excused[hit.case, *clause] = self._excused(seen, hit.case, case, *clause)
                if not excused[hit.case, *clause] and not (kind.id == "promise" and self._is_asked_for(first, last)):
                    yield first, last, case.case, self._slots(hit, begin + 1)
        if kind.id == "jargon" and audience == "customers":
            for first, last, plain in self._language.terms.found(self._tagged, self._language.lexicon):
                yield first, last, Case((), instead=plain), ()

    def _excused(self, seen: Seen, number: int, case: Compiled, first: int, last: int) -> bool:
        if "*" in case.case.alone and self._is_specific(first):
            return True
        if seen.is_excused(number, self._signs[first:last]):
            return True
        if any(self._is_near(matcher, first) for matcher in case.unless_near):
            return True
        if any(matcher.is_in(self._labelled(first)) for matcher in case.unless_under):
            return True
        if not case.unless_all:
            return False
        start, end = self._sentence(first)
        if end < len(self._signs):  # "Not confirmed." may well be a sentence of its own, but not one about another time
            following, over = self._sentence(end)
            if not self._times.search(self._signs, following, over):
                end = over
        words = self._signs[start:end]
        return all(matcher.is_in(words) for matcher in case.unless_all)

    def _is_asked_for(self, first: int, last: int) -> bool:
        """Whether some tokens are what others are asked to do."""
        text = self._tagged.text
        begin, over = self._tagged.span(*self._sentence(first))
        start, end = self._tagged.span(first, last)
        return is_asked_for(text[begin:over], start - begin, end - begin, self._language)

    def _is_specific(self, token: int) -> bool:
        """Whether another sentence of the paragraph says something specific, so that this one may be general."""
        line = bisect_left(self._lines, token)
        if line not in self._specific_lines:
            words = self._specific.search(self._signs, self._lines[line - 1] + 1, self._lines[line])
            self._specific_lines[line] = words is not None
        return self._specific_lines[line]

    def _is_near(self, matcher: Matcher, token: int) -> bool:
        """Whether another sentence, at most _NEAR lines away, has a match."""
        if matcher not in self._places:
            self._places[matcher] = [match.start() for match in matches(matcher, self._signs, self._bounds)]
        line = bisect_left(self._lines, token)
        start = self._lines[max(line - 1 - _NEAR, 0)]
        end = self._lines[min(line + _NEAR, len(self._lines) - 1)]
        begin, over = self._sentence(token)
        places = self._places[matcher]
        return any(not begin <= place < over for place in places[bisect_left(places, start) : bisect_left(places, end)])

    def _labelled(self, token: int) -> str:
        """The sentence of a token behind the label of its line, or of the list that its line belongs to."""
        text, start = self._tagged.text, self._tagged.span(token, token + 1)[0]
        begin = text.rfind("\n", 0, start) + 1
        while begin and _ITEM.match(text, begin):
            begin = text.rfind("\n", 0, len(text[:begin].rstrip())) + 1
        if (label := _LABEL.match(text, begin)) is None:
            return ""
        first = self._tagged.token_at(label.start("label"))
        last = self._tagged.token_at(label.end("label"))
        sentence, over = self._sentence(token)
        return self._signs[first:last] + self._signs[max(sentence, last) : over]

    def _slots(self, hit: Hit, begin: int) -> Slots:
        found = []
        for name, first, last in hit.slots:
            start, end = self._tagged.span(begin + first, begin + last)
            found.append((name, self._tagged.text[start:end]))
        return tuple(found)

    def _sentence(self, token: int) -> tuple[int, int]:
        """The tokens of a sentence, with the sign that ends it."""
        after = bisect_left(self._bounds, token)
        start = self._bounds[after - 1] + 1
        return start, min(self._bounds[after] + 1, len(self._signs))

    def _clause(self, first: int, last: int) -> tuple[int, int]:
        """The part of a sentence around some tokens, without what stands on the other side of a "but"."""
        start, end = self._sentence(first)
        before, after = bisect_left(self._turns, first), bisect_left(self._turns, last)
        if before:
            start = max(start, self._turns[before - 1] + 1)
        if after < len(self._turns):
            end = min(end, self._turns[after])
        return start, end

    def _remark(self, kind: str, first: int, last: int, case: Case, slots: Slots) -> Remark:
        text = self._tagged.text
        start, end = _whole_words(text, *self._tagged.span(first, last))
        begin, over = self._tagged.span(*self._sentence(first))
        over = max(end, begin + len(text[begin:over].rstrip()))  # without the end of its line
        if over > begin and text[over - 1] in _LOUD_ENDS:
            while text[over : over + 1] in _LOUD_ENDS:  # "Back soon!!!"
                over += 1
        return Remark(kind, start, end, begin, over, text[start:end], case, slots)


def _whole_words(text: str, start: int, end: int) -> tuple[int, int]:
    """The place of some tokens with the rest of a word that is cut into several: "don't" for "n't"."""
    while start and text[start - 1].isalpha() and (text[start].isalpha() or text[start] in _APOSTROPHES):
        start -= 1
    while (
        end < len(text)
        and (text[end - 1].isalpha() or text[end - 1] in _APOSTROPHES)
        and _REST_OF_WORD.match(text, end)
    ):
        end += 1
    return start, end


_ITEM = re.compile(r"\s*(?:[-*•·▸–]|\d{1,2}[.)])\s")
_LABEL = re.compile(r"\W*(?P<label>[^\W\d][\w ]{1,40}):")
_LOUD_ENDS = frozenset("!?")
_APOSTROPHES = "'’‘ʼ´`"
_REST_OF_WORD = re.compile(rf"[^\W\d_]|[{_APOSTROPHES}](?=(?![sS]\b)[^\W\d_])")


def _ends(language: Language) -> re.Pattern[str]:
    return language.lexicon.any_of("end", "question", "line")


def _bounds(signs: str, ends: re.Pattern[str]) -> list[int]:
    """The last token of each sentence, with -1 before and the number of tokens after them."""
    bounds = [-1]
    for end in (*(match.start() for match in ends.finditer(signs)), len(signs)):
        bounds += range(bounds[-1] + _LONGEST_SENTENCE, end, _LONGEST_SENTENCE)
        bounds.append(end)
    return bounds


def _without_quotes(signs: str, language: Language) -> str:
    """The signs with everything between quotation marks made words without meaning, since others said it.

    A whole sentence between quotation marks stays: that is the writer's own.
    """
    quote = language.lexicon.signs("quote")[0]
    if quote not in signs:
        return signs
    plain = language.lexicon.signs("word")[0]
    parts, ends = signs.split(quote), _ends(language)
    for at in range(1, len(parts) - 1, 2):
        begins = not parts[at - 1] or ends.match(parts[at - 1][-1])
        if not begins or (
            parts[at] and not ends.match(parts[at][-1]) and not ends.match(parts[at + 1] or parts[at][0])
        ):
            parts[at] = plain * len(parts[at])
    return quote.join(parts)
