"""Finds what people type in a chat and would not send, and writes it out: short forms, slips of typing, shouting."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, NamedTuple

from warroom.text.sentences import abbreviated
from warroom.wording.by_place import said_by_place
from warroom.wording.kinds import Facts, Known
from warroom.wording.lexicon import as_tokens, is_english
from warroom.wording.nouns import is_plural
from warroom.wording.rough import Spelling

if TYPE_CHECKING:
    from warroom.wording.lexicon import Lexicon
    from warroom.wording.tagging import Tagged

WORDS, DOUBLED = "chat", "doubled"
"""The classes of the words by which short forms are found, and of words that are never right twice in a row."""
AUDIENCES = ("customers", "stakeholders", "leadership")


class Sort(NamedTuple):
    """A sort of chat typing: the label of its remarks, and why to write it differently."""

    label: str
    why: str


SHORT = Sort(
    "is chat shorthand", "Write it out: not everybody knows the short form, and it reads as if written in haste."
)
SLIP = Sort(
    "is a slip of typing", "It reads as if written in haste, which costs trust. Set it right before it goes out."
)
UNCLEAR = Sort(
    "is no word that every reader knows", "Write it out: a short form or a slip of typing makes readers guess."
)
LOUD = Sort("shouts", "Capitals, rows of exclamation marks and emoji alarm worried readers. Say it in plain sentences.")


class Typed(NamedTuple):
    """Chat typing from `start` to `end` of a text, and the words to write instead; "" to leave it out.

    Nobody can tell what to write for one that is not `clear`: it stays as it is.
    """

    start: int
    end: int
    instead: str
    sort: Sort
    clear: bool = True


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
        """All chat typing in a text, by position; none of it overlaps. It is `strict` for customers, see `Spelling`."""
        if self._spelling is None:
            self._spelling = Spelling(lexicon, self._known_abbreviations)
        own = self._own.union(word for system in facts.systems for word in system.lower().split())
        people = {part for person in facts.people for part in person.split()}
        rough = (
            Typed(start, end, instead or "", UNCLEAR if instead is None else SHORT, clear=instead is not None)
            for start, end, instead in self._spelling.found(tagged.text, own, people, strict=strict)
        )
        listed = (*self._short(tagged, lexicon), *_slips(tagged, lexicon), *self._loud(tagged, lexicon))
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


def all_of(text: str, typed: list[Typed]) -> Sort:
    """The sort of the chat typing of one sentence: its first, with a reason that names all of it and what to write."""
    first = typed[0]
    clear = [*dict.fromkeys(_told(text, slip) for slip in typed if slip.clear)]
    unclear = [*dict.fromkeys(_told(text, slip) for slip in typed if not slip.clear)]
    if len(clear) + len(unclear) == 1 and (first.sort is not SHORT or not first.instead):
        return first.sort
    why = f"Write {', '.join(clear)}. " if clear else ""
    why += f"Say in words what {_listed(unclear)} {'is' if len(unclear) == 1 else 'are'}. " if unclear else ""
    return Sort(first.sort.label, why + _HASTE)


def _told(text: str, slip: Typed) -> str:
    """Chat typing with what to write instead: `“people” for “ppl”`."""
    words, instead = (f"“{' '.join(typed.split())}”" for typed in (text[slip.start : slip.end], slip.instead))
    if not slip.clear:
        return words
    return f"{_NOTHING.get(instead, instead)} for {words}"


def _listed(words: list[str]) -> str:
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} and {words[-1]}"


_NOTHING = {"“”": "nothing", "“.”": "a full stop"}
_HASTE = "Not everybody knows short forms, and they read as if written in haste."


def written_out(text: str, typed: list[Typed]) -> str:
    """A text with its chat typing written out, each sentence with its capital letter."""
    for slip in reversed(typed):
        if not slip.clear:
            continue
        before, after, instead = text[: slip.start], text[slip.end :], slip.instead
        begins = not before.strip() or (before.rstrip()[-1] in ".!?\n" and not abbreviated(before.rstrip()))
        if not instead:
            after = _AFTER_NOTHING.sub("", after) if begins else after
            if slip.sort is LOUD and before.rstrip()[-1:].isalnum() and _NEW_CLAUSE.match(after):
                before, after = before.rstrip(), f", {after.lstrip()}"  # the sign stood for one
            if not begins and (not after.strip() or after.lstrip()[0] in ",;:.!?"):
                before = before.rstrip(" ,;:-–—" if not after.strip() else " ")
        elif instead == "." and before.rstrip()[-1:] in ".!?":
            instead = ""
        elif instead[-1:].isalnum() and after[:1].isalpha():
            instead += " "
        if begins:
            rest = instead or after
            rest = rest[:1].upper() + rest[1:]
            text = before + rest + (after if instead else "")
        else:
            text = before + instead + after
    return text


def _slips(tagged: Tagged, lexicon: Lexicon) -> Iterator[Typed]:
    """Words without their apostrophe, or typed twice, and signs for "and"."""
    text, signs = tagged.text, tagged.signs
    for no in lexicon.any_of("=n't").finditer(signs):
        start, end = tagged.span(no.start(), no.end())
        if text[start:end].lower() == "nt" and no.start():
            begin = tagged.span(no.start() - 1, no.start())[0]
            apart = "N'T" if text[start:end].isupper() else "n't"
            yield Typed(begin, end, text[begin:start] + apart, SLIP)
    for word in re.finditer(rf"({lexicon.any_of(DOUBLED).pattern})\1", signs):
        start, end = tagged.span(word.start(), word.end())
        first, _, second = text[start:end].partition(" ")
        if first.lower() == second.lower():
            yield Typed(start, end, first, SLIP)
    for its in _IT_IS.finditer(text) if "its " in text or "Its " in text else ():
        yield Typed(its.start(), its.end(), f"{its.group()[:-1]}'s", SLIP)
    for plus in _MORE_THAN.finditer(text) if "+" in text else ():
        takes = "take " if _word_before(text, plus.start()) in _TAKE_TIME else ""
        unit = _UNITS[plus["unit"][0].lower()].removesuffix("s" if plus["many"] == "1" else "!")
        yield Typed(plus.start(), plus.end(), f"{takes}more than {plus['many']} {unit}", SHORT)
    for high in _TOO_HIGH.finditer(text) if " too " in text else ():
        what = signs[tagged.token_at(high.start("what")) : tagged.token_at(high.start("too"))]
        if not lexicon.any_of(_VERBS).search(what):
            be = "were" if is_plural(_word_before(text, high.start("too"))) else "was"
            yield Typed(high.start("too"), high.end("too"), f"{be} {high['too']}", SHORT)
    for gone in _GONE.finditer(text) if "gone" in text or "missing" in text else ():
        at = tagged.token_at(gone.start("gone"))
        before = signs[tagged.token_at(gone.start()) : at]
        if before and not lexicon.any_of(_VERBS).search(before):
            yield Typed(gone.start("gone"), gone.end("gone"), f"are {gone['gone']}", SHORT)
    for short in _WITH_DIGITS.finditer(text):
        yield Typed(short.start(), short.end(), _SAID[short.group()], SHORT)
    for start, end, words in said_by_place(text):
        yield Typed(start, end, words or "", UNCLEAR if words is None else SHORT, clear=words is not None)
    for clock in _AT_A_TIME.finditer(text) if "@" in text else ():
        yield Typed(clock.start(), clock.end(), " at ", SHORT)
    for sign in _AND.finditer(text) if " & " in text or " + " in text else ():
        before, after = text[max(sign.start() - _LONGEST, 0) : sign.start()], text[sign.end() : sign.end() + 1]
        last = re.split(r"\s", before)[-1]
        if last.strip("*-") and not (last[0].isupper() and after.isupper()) and not last[0].isdigit():
            yield Typed(sign.start() + 1, sign.end() - 1, "and", SHORT)


def _word_before(text: str, at: int) -> str:
    words = text[max(at - _LONGEST, 0) : at].split()
    return words[-1].lower() if words else ""


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
_NEW_CLAUSE = re.compile(r" ?(?:we|i|it|they|but|so|and|please|will|can|still|now)\b", re.IGNORECASE)
_AFTER_NOTHING = re.compile(r"^[ ,:;–—-]+")
_AFTER_A_STATE = (
    r"(?=[.,;:!?)]|\s*$| (?:again|now|for|since|when|after|before|and|but|because|so|on|in|at|by|if|as|until|already|"
    r"yet|still|once|right|today|then|with|from)\b)"
)
_SAID = {
    "l8r": "later", "gr8": "great", "2moro": "tomorrow", "2morrow": "tomorrow", "2nite": "tonight", "2day": "today",
    "b4": "before", "w8": "wait", "4u": "for you",
    "any1": "anyone", "some1": "someone", "every1": "everyone", "no1": "nobody",
}  # fmt: skip
"""Words with a digit that is said."""
_WITH_DIGITS = re.compile(rf"(?<![\w/.@#-])(?:{'|'.join(_SAID)})(?![\w/@-])")
_IT_IS = re.compile(
    r"\b[Ii]ts(?= (?:\d\d?(?::\d\d|\s?[ap]m)|(?:a|an|the|not|been|still|just|now|only"
    r"|too|so|very|always|never|really|probably|getting"
    r"|going)\b"
    r"(?! own)|(?:\w{2,12}ed|down|up|back|broken|gone|slow|fine|okay|ok|over|done|working|happening|failing|loading"
    r"|lost|stuck|frozen|shut|sent|paid|hung|dead|late|full|empty|ready|live|true|coming|on|off|in|out|known|taken|bad|better|worse|weird"
    r"|clear)"
    rf"{_AFTER_A_STATE}|(?:aws|azure|stripe|cloudflare|google)(?=[.,;!]|\s*$)))",
    re.MULTILINE,
)
"""An "its" in front of what stands only after "it's"."""
_MORE_THAN = re.compile(
    r"(?<![\w.,$€£-])(?P<many>\d{1,3}(?:[.,]\d{1,2})?) ?(?P<unit>s|secs?|m|mins?|h|hrs?)\+(?![\w+])"
)
_UNITS = {"s": "seconds", "m": "minutes", "h": "hours"}
_TAKE_TIME = {
    "calls", "downloads", "exports", "files", "imports", "loads", "logins", "pages", "payments", "queries", "replies",
    "reports", "requests", "responses", "searches", "sign-ins", "transfers", "uploads",
}  # fmt: skip
_GONE = re.compile(
    r"(?:^|(?<=[.!?\n] ))[A-Za-z][a-z-]{2,20}s(?: (?!gone\b|missing\b)[\w'’-]{1,20}){0,6} "
    r"(?P<gone>gone|missing)(?=[.!]?\s*(?:\n|$))",
    re.MULTILINE,
)
"""Things in the plural that are gone, as a line of a chat has it: "files uploaded today gone"."""
_VERBS = "finite"
_TOO_HIGH = re.compile(
    r"\b(?:because|bc|b/c|cuz|cos) (?P<what>(?:[a-z][\w-]{0,20} ){1,4}?)"
    r"(?P<too>too (?:big|few|full|high|large|late|long|low|many|old|slow|small))"
    r"(?=[.,;!]|\s*$| (?:since|at|for|and|so)\b)",
    re.MULTILINE,
)
"""A reason without its verb: "because bounce rate too high"."""
_AT_A_TIME = re.compile(r" @ ?(?=\d{1,2}(?:[:.]\d\d|\s?[ap]m)\b)")
_AND = re.compile(r" [&+] (?=\w)")
_LONGEST = 40
"""Characters of a word in front of a sign for "and" that are looked at."""
