"""Finds rough typing word by word: shortened words, units glued to numbers, names written small, capitals to shout."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from warroom.text.sentences import abbreviated
from warroom.wording.lexicon import english, is_english
from warroom.wording.nouns import is_plural
from warroom.wording.slips import meant_by

if TYPE_CHECKING:
    from collections.abc import Callable, Set

    from warroom.wording.lexicon import Lexicon


class Rough(NamedTuple):
    """Rough typing from `start` to `end` of a text, and the words to write instead; None if nobody can tell them."""

    start: int
    end: int
    instead: str | None


@cache
def _names() -> dict[str, str]:
    """Names of places, companies, days and months as they are written, by what is typed small."""
    names = Path(__file__).with_name("names.txt").read_text(encoding="utf-8").split()
    return {name.lower(): name for name in names}


@cache
def _ordinary() -> frozenset[str]:
    """Words that are no short forms, and no slips of longer words, beside those of `english.txt`."""
    return frozenset(Path(__file__).with_name("short_words.txt").read_text(encoding="utf-8").split())


@cache
def _written() -> dict[str, str]:
    """What is typed for a word, whatever stands beside it, and the word."""
    lines = Path(__file__).with_name("short_forms.txt").read_text(encoding="utf-8").splitlines()
    return {form: words for form, _, words in (line.partition(" = ") for line in lines)}


class Spelling:
    """Tells words from what was only typed in haste; `abbreviations` are known ones, in capitals.

    A word is judged once: its verdict stays.
    """

    def __init__(self, lexicon: Lexicon, abbreviations: Set[str]) -> None:
        self._lexicon, self._abbreviations = lexicon, abbreviations
        self._seen: dict[str, str | None] = {}

    def found(self, text: str, own: Set[str], people: Set[str], *, strict: bool) -> Iterator[Rough]:
        """All rough typing of a text, in no order; `own` are words of the incident that its readers know.

        `people` are the parts of names, as they are written. `strict` is for customers, who read no `40k` and no `~`.
        """
        seen = self._seen
        for word in _WORD.finditer(text):
            typed = word.group()
            if typed in seen:
                instead = seen[typed]
            else:
                if len(seen) > _MOST_REMEMBERED:
                    seen.clear()
                instead = seen[typed] = self._judged(typed)
            if instead != typed and typed not in own and (strict or typed not in _COLLEAGUES_KNOW):
                if instead is None and typed.title() in people:
                    instead = typed.title()
                yield Rough(word.start(), word.end(), instead)
        for word in _FIRST.finditer(text):
            typed = word["word"].lower()
            if typed in own or typed in _NAMES_TOO or (typed in _COLLEAGUES_KNOW and not strict):
                continue
            if short := _written().get(typed) or (typed.upper() if typed in _SMALL_ABBREVIATIONS else ""):
                yield Rough(word.start("word"), word.end(), short[:1].upper() + short[1:])
        for pair in _NAMES_APART.finditer(text) if "/" in text else ():
            for side in ("one", "other"):
                if name := _names().get(pair[side]):
                    yield Rough(pair.start(side), pair.end(side), name)
        for needs, pattern, write in _STRICT if strict else _ALWAYS:
            if needs in text:
                yield from _replaced(text, pattern, write)
        numbers = (_NUMBERS_STRICT if strict else _NUMBERS) if _DIGIT.search(text) else ()
        for pattern, write in numbers:
            yield from _replaced(text, pattern, write)
        for verb in _LOUD_VERB.finditer(text):
            if is_english(verb["all"].lower()):
                yield Rough(*verb.span("all"), verb["all"].lower())
        for loud in _LOUD_WORD.finditer(text):
            if not _NAMED_LOUD.match(text, loud.end()) and not _OTHERS_LOUD.search(text, 0, loud.start()):
                yield Rough(loud.start(), loud.end(), _begun(text, loud.start(), loud.group().lower()))

    def _judged(self, word: str) -> str | None:
        """What to write for a word: itself if it is fine, None if nobody can tell."""
        if word in _names():
            return _names()[word]
        if word in _written():
            return _written()[word]
        if word in _SMALL_ABBREVIATIONS:
            return word.upper()
        if len(word) == 1:
            return word
        stem = word.removesuffix("s")
        if (
            word in self._lexicon.sign
            or is_english(word)
            or word in _ordinary()
            or (len(stem) > 2 and stem in _ordinary())
        ):
            return word
        if len(word) > _SHORTEST - 1 and word.upper() in self._abbreviations:
            return word.upper()
        if word.endswith("s") and len(word) > 3 and word[:-1].upper() in self._abbreviations:
            return f"{word[:-1].upper()}s"
        if meant := meant_by(word):
            return meant
        return None if _is_short_form(word) else word


def _is_short_form(word: str) -> bool:
    """Whether a word that nobody knows looks like a shortened one: `gov`, `mgr`, `sig`, `cstmr`."""
    if len(word) <= _SHORTEST or _VOWEL.search(word) is None:
        return True
    return len(word) <= _LONGEST_CUT and word in _beginnings() and word not in _ordinary()


@cache
def _beginnings() -> frozenset[str]:
    """The beginnings of the longer English words that are no words themselves: `conf`, `prob`."""
    return frozenset(
        word[:length]
        for word in english()
        for length in range(_SHORTEST + 1, _LONGEST_CUT + 1)
        if len(word) >= length + _LEFT_OFF
    )


def _replaced(text: str, pattern: re.Pattern[str], write: Callable[[re.Match[str]], str | None]) -> Iterator[Rough]:
    for match in pattern.finditer(text):
        start, end = match.span("all")
        if start >= 0 and (instead := write(match)) != match["all"]:
            yield Rough(start, end, instead)


def _begun(text: str, start: int, words: str) -> str:
    """Words with a capital letter if a sentence begins with them."""
    before = text[:start].rstrip()
    begins = not before or (before[-1] in ".!?\n" and not abbreviated(before))
    return words[:1].upper() + words[1:] if begins else words


def _as_number(match: re.Match[str]) -> str:
    """`2.1M` as `2.1 million`, `~40k` as `about 40,000`."""
    about, digits = "about " * match["all"].startswith("~"), match["many"]
    if match["power"] not in "kK":
        return f"{about}{digits} {'billion' if match['power'] == 'bn' else 'million'}"
    whole, _, part = digits.replace(",", "").partition(".")
    return f"{about}{int(whole + part[:3].ljust(3, '0')):,}"


def numbers_written_out(text: str) -> str:
    """A text with its numbers as customers read them: `about 9,000 homes` for `~9k homes`."""
    for pattern, write in _NUMBERS_STRICT:
        for rough in reversed([*_replaced(text, pattern, write)]):
            text = text[: rough.start] + (rough.instead or "") + text[rough.end :]
    return text


def _time(match: re.Match[str]) -> str:
    many, unit = match["many"], _UNITS[match["unit"].lower()]
    return f"{many} {unit.removesuffix('s') if many == '1' else unit}"


def _times(match: re.Match[str]) -> str:
    return "twice" if match["many"] == "2" else f"{match['many']} times"


def _per(match: re.Match[str]) -> str:
    return f" per {_UNITS[match['unit']].removesuffix('s')}"


def _doubt_once(match: re.Match[str]) -> str | None:
    """A statement with a question mark; None for anything that may be a question."""
    begin = max(match.string.rfind(sign, 0, match.start()) for sign in ".!?:\n") + 1
    said = match.string[begin : match.start()]
    if len(said.split()) < _STATED or _ASKS.match(said) or _TO_READERS.search(said):
        return match["all"]
    return " (not confirmed yet)."


def _auto(match: re.Match[str]) -> str:
    """`auto refunds` are automatic, `refunds auto go out` do so automatically."""
    word = (match["noun"] or "").strip()
    acts = _DONE.search(word) or (match["doers"] and not _THING.search(word))
    return "automatic" if (word and not acts) or (match["before"] and not word) else "automatically"


def _about(match: re.Match[str]) -> str:
    """`9k riders ish` as `about 9k riders`."""
    unit = _UNITS.get(match["what"], match["what"])
    return f"about {match['many']} {unit.removesuffix('s') if match['many'] == '1' else unit}"


def _is(match: re.Match[str]) -> str | None:
    """A sign for "is" behind one thing; None behind things, or what was done: `drafts lost = complaints`."""
    begin = max(match.string.rfind(sign, 0, match.start()) for sign in ".!?:,;\n") + 1
    said = match.string[begin : match.start()].split()
    sure = len(said) <= _ONE_THING and not any(is_plural(word.lower()) for word in said) and not _DONE.search(said[-1])
    return " is " if sure else None


def _more_or_less(match: re.Match[str]) -> str | None:
    """`slow-ish` as `more or less slow`; None for a unit, as how many there are of it is nowhere near."""
    return None if match["what"] in _UNITS else f"more or less {match['what']}"


def _doubt(match: re.Match[str]) -> str:
    begin = max(match.string.rfind(sign, 0, match.start()) for sign in ".!?:\n") + 1
    if _ASKS.match(match.string, begin, match.start()):
        return "?"
    return " (not confirmed yet)" if match["more"] else " (not confirmed yet)."


def _of(match: re.Match[str]) -> str:
    return f"{match['some']} of {match['most']}"


_STATED = 3
"""Words of a statement in doubt at least: `Disk full?` may be a question."""
_TO_READERS = re.compile(
    r"\b(?:you|your|we|us|our|i|me|maybe|perhaps|prob|probably|possibly|guess|suspect|seems?|looks?|might|could)\b",
    re.IGNORECASE,
)
_ASKS = re.compile(
    r"[\s*•-]*(?:(?:and|but|so|or|also)[, ]+)?(?:what|when|where|who|whose|why|which|how|is|are|am|was|were|do|does|did"
    r"|can|could|will|would|shall|should|has|have|had|may|might|any|anyone|anybody|anything|still|need|questions?"
    r"|problems?"
    r"|trouble|not|isn['’]?t|don['’]?t|doesn['’]?t|can['’]?t|won['’]?t|aren['’]?t)\b|[^\w]*$",
    re.IGNORECASE,
)
"""How a question begins, and not a statement in doubt."""
_SHORTEST = 3
"""Letters up to which a word that nobody knows is taken for a short form."""
_LONGEST_CUT = 6
_LEFT_OFF = 3
"""Letters that a cut word has lost at least."""
_MOST_REMEMBERED = 20_000
_VOWEL = re.compile("[aeiouy]")
_WORD = re.compile(r"(?<![\w.@/\\#&=~$*_'’:-])[a-z]{1,20}(?![\w@/\\_=+*(-]|['’](?!s\b)\w|\.\w|:\w)")
_NAMES_APART = re.compile(r"(?<![\w./@-])(?P<one>[a-z]{3,20})/(?P<other>[a-z]{3,20})(?![\w/@=-])")
"""Names with a slash between them: `leeds/bradford`."""
_FIRST = re.compile(r"(?:^|(?<=[.!?:•*-] )|(?<=\n))(?P<word>U|[A-Z][a-z]{1,10})(?![\w@/\\_=+*(-]|['’]\w|\.\w|:\w)")
"""A word at the beginning of a sentence or an item, or behind a label."""
_COLLEAGUES_KNOW = frozenset({
    "api", "apis", "auth", "avg", "cam", "cams", "cert", "certs", "comms", "config", "configs", "ctrl", "dev",
    "devs", "dns", "eng", "env", "envs", "exec", "execs", "hd", "id", "ids", "incl", "infra", "maint", "mem", "mins",
    "ops", "orig", "repo", "repos", "sla", "slas", "sms", "spec", "specs", "sso", "subs", "sync", "url", "urls", "vpn"
})  # fmt: skip
"""Short words that colleagues say, and customers do not."""
_NAMES_TOO = frozenset({"jan", "apr", "jun", "jul", "acc", "cos", "eng", "ops"})
"""Short forms that are names or initials with a capital letter."""
_SMALL_ABBREVIATIONS = frozenset({"eu", "uk", "hq", "tv", "pc", "qr", "ip", "ui", "ux", "vp", "qa", "ai", "hr"})
_UNITS = {
    "s": "seconds", "sec": "seconds", "secs": "seconds", "m": "minutes", "min": "minutes", "mins": "minutes",
    "h": "hours", "hr": "hours", "hrs": "hours", "d": "days", "day": "days", "days": "days", "wk": "weeks",
    "wks": "weeks", "yr": "years", "yrs": "years", "hours": "hours", "minutes": "minutes", "seconds": "seconds",
}  # fmt: skip
_GLUED = r"(?<![\w.,:/$€£#\[-])(?P<all>(?P<many>\d{1,4}(?:\.\d{1,2})?)(?P<unit>UNIT))(?![\w/+-])"

_ISH = re.compile(r"(?<![\w.,:$€£-])(?P<all>(?:about |around )?(?P<many>\d[\d,.:]{0,9})[- ]?ish)\b")
_POWER = (
    r"(?<![\w.,:/$€£#-])(?P<all>(?:~ ?)?(?P<many>(?![48][kK])\d{1,3}(?:[.,]\d{1,3})?)(?P<power>POWER))(?![\w/+-])(?= "
    r"|[.,;)]|$)"
)
_NUMBERS = [
    (re.compile(_POWER.replace("POWER", "M|mn|mio|bn")), _as_number),
    (_ISH, lambda m: f"about {m['many']}"),
    (re.compile(_GLUED.replace("UNIT", "secs?|mins?|hrs?|wks?|yrs?|days?|hours|minutes|seconds")), _time),
]
_NUMBERS_STRICT = [
    *_NUMBERS,
    (re.compile(_GLUED.replace("UNIT", "[smhd]")), _time),
    (re.compile(_POWER.replace("POWER", "[kK]")), _as_number),
    (re.compile(r"(?<=[a-z0-9])(?P<all>/(?P<unit>hr|h|min|sec|wk|yr))\b(?![/=-])"), _per),
    (re.compile(r"(?<!\S)(?P<all>~ ?)(?=\d)"), lambda m: "about "),
    (re.compile(r"(?<!\S)(?P<all>[<>] ?)(?=\d)"), lambda m: "less than " if m["all"][0] == "<" else "more than "),
    (re.compile(r"(?<![\w/.,-])(?P<all>(?P<some>\d{1,4})/(?P<most>\d{2,5}))(?= [a-z]{3,20}s\b)"), _of),
]
_ONE_THING = 3
"""Words of a thing at most in front of what it is."""
_DONE = re.compile(r"(?:..ed|^(?:built|cut|done|given|held|kept|made|paid|put|sent|set|sold|taken|told|written))$")
_THING = re.compile(r"(?:s|tion|ment|al|er|ance|ing)$")
_ISH_APART = re.compile(
    r"(?<![\w.,:$€£-])(?P<all>(?:about |around )?(?P<many>\d[\d.,:–-]{0,9}[kK]?) ?(?P<what>[a-z]{1,20})[ -]ish)\b"
)
_EVERYBODY = [
    ("ok", re.compile(r"\b(?P<all>ok(?:ay)?-?ish)\b"), lambda m: "mostly working"),
    ("ish", re.compile(r"\b(?P<all>(?P<what>[a-z]{3,12})-ish)\b"), _more_or_less),
    (" tops", re.compile(
        r"(?<=\d)(?: ?(?:h|hrs?|hours?|m|mins?|minutes?|days?|weeks?|%)| [a-z]{3,20}s)(?P<all> tops)\b"
        r"(?=[.,;:!?)]|\s*$| (?:and|but|so|now|for|until|if|then|until|says?|he|she|they|i|we)\b)"
    ), lambda m: " at most"),
    ("'em", re.compile(r"(?<!\w)(?P<all>['’]em)\b"), lambda m: "them"),
    ("??", re.compile(r"\?\?\w[\w ]{0,30}\?\?|(?P<all> ?\?{2,9})(?P<more>[,;:)])?"), _doubt),
    ("?", re.compile(r"(?<=[a-z0-9)][a-z0-9)])(?P<all>\?)(?=\s|$)"), _doubt_once),
    ("auto", re.compile(r"\b(?P<before>(?:not|is|are|be|fully) )?"
        r"(?:(?P<doers>(?:they|it|we|you|that|which|who|will|can|[a-z]{3,20}[^su\W]s)(?<!\balways)) )?"
        r"(?P<all>auto)\b(?![-/.'’])(?P<noun> [a-z]{4,})?"),
     _auto),
    ("1st", re.compile(
        r"\b(?!(?:the|of|on|by|due|since|until|till|from|before|after|to|and|or) )[a-z]{2,20} (?P<all>1st)"
        r"(?=\s*[.,;:!?)]|\s*$| (?:then|and|before|so)\b)"
    ), lambda m: "first"),
    ("black fri", re.compile(r"\b(?P<all>black fri(?:day)?)\b"), lambda m: "Black Friday"),
    ("->", re.compile(r"(?P<all> ?-> ?)(?=\S)"), lambda m: " to "),
    ("→", re.compile(r"(?P<all> ?→ ?)(?=\S)"), lambda m: " to "),
    (" = ", re.compile(r"(?<=[a-z])(?P<all> = )(?=[A-Za-z])"), _is),
    ("+", re.compile(r"(?<=[A-Za-z][A-Za-z])(?P<all>\+)(?=[A-Za-z]{2})"), lambda m: " and "),
    (" @ ", re.compile(r"(?<=\w)(?P<all> @ )(?=\w)"), lambda m: " at "),
    ("i'", re.compile(r"(?<![\w'’])(?P<all>i)(?=['’](?:m|ll|ve|d)\b)"), lambda m: "I"),
    (" ", re.compile(
        r"\b(?:on|since|until|till|by|last|next|this|every|from|before|after) (?P<all>mon|wed|sat|sun)\b"
        r"(?! [a-z]{3,}ed\b)"
    ), lambda m: {"mon": "Monday", "wed": "Wednesday", "sat": "Saturday", "sun": "Sunday"}[m["all"]]),
    (" ", re.compile(
        r"\b(?P<all>new (?:york|zealand|delhi|jersey)|south (?:africa|america|korea)|north america|hong kong"
        r"|saudi arabia|united (?:states|kingdom)|sri lanka|cape town"
        r"|los angeles|san (?:antonio|diego|francisco|jose|marino)|santa (?:cruz|fe|monica)|tel aviv|covent garden"
        r"|milton keynes|canary wharf|kings cross|notting hill|port louis|mexico city|panama city|salt lake city"
        r"|sierra leone|den haag|le havre|bad homburg|novi sad|banja luka|phnom penh|addis ababa"
        r"|costa rica|puerto rico|rio de janeiro|sao paulo|buenos aires|kuala lumpur|las vegas|(?<=in )(?:china|turkey)"
        r"|(?:amazon|apple|google|samsung) pay|play store|app store|st (?=[A-Z]))"
    ), lambda m: "St " if m["all"] == "st " else m["all"].title().replace(" De ", " de ")),
]  # fmt: skip
_ALWAYS = [*_EVERYBODY, ("ish", _ISH_APART, _about)]
_STRICT = [
    *_EVERYBODY,
    ("ish", _ISH_APART, lambda m: numbers_written_out(_about(m))),
    (
        "x",
        re.compile(r"(?<![\w.,/-])(?P<all>(?P<many>[2-9])x)(?=[.,;!)]|$| (?:you|u|and|but|in|by|for|we|so)\b)"),
        _times,
    ),
]
_DIGIT = re.compile(r"\d")
_LOUD_WORD = re.compile(
    r"(?<![\w'’/.&-])(?:AGAIN|ALL|ALREADY|ALWAYS|ANY|ANYBODY|ANYONE|ANYTHING|AND|ARE|BEFORE|BUT|CANNOT|DEAD|DID|DOWN"
    r"|EVERY|EVERYBODY"
    r"|EVERYONE|EVERYTHING|FIRST|GONE|HUGE|JUST|LOST|MANY|MUST|NEVER|NOBODY|NONE|NOT(?<!DO NOT)|NOTHING|NOW|ONLY|PLEASE"
    r"|REALLY|SLOW|SOME|SOON|STILL|STOP|STUCK|TODAY|TONIGHT|TOO|TWICE|UNTIL|URGENT|VERY|WILL|WRONG|YET|DON['’]T"
    r"|CAN['’]T"
    r"|WON['’]T|ISN['’]T|BROKEN|FIXED|BACK|WORKING)(?![\w'’/.&-]|\.\w)"
)
"""Words in capitals that stand for nothing else: emphasis."""
_LOUD_VERB = re.compile(
    r"\b(?:can['’]?t|cannot|could(?:n['’]?t| not)|won['’]?t|(?:do|does|did)(?:n['’]?t| not)"
    r"|(?:un)?able to)"
    r" (?P<all>(?!DELETE|DROP|GET|GRANT|HEAD|INSERT|LOAD|LOCK|MERGE|PATCH|PING|POST|PUT|READ|SELECT|SET|UPDATE|WRITE)"
    r"[A-Z]{3,12})(?![\w'’/.&-]| [A-Z]{2})"
)
"""A verb in capitals behind what denies it: `can't END a ride`; commands are written in capitals."""
_NAMED_LOUD = re.compile(r":|,? [A-Z]{3,}")
_OTHERS_LOUD = re.compile(r"[A-Z]{2,},? $")
