"""Reading a TOML file that a person wrote into a typed struct; what is wrong in it is a `Mistake` they can act on."""

from __future__ import annotations

import re
from collections.abc import Iterable
from types import UnionType
from typing import Any, TypeVar, get_args, get_type_hints

import msgspec

from warroom.text.cleaning import clean_line
from warroom.text.late import late
from warroom.text.mistakes import Mistake

T = TypeVar("T")


MAX_DOTS = 500
"""The limit for the dots in one line: reading a dotted key takes time and memory with the square of its length.

Those in strings and comments don't count.
"""


def dotted_line(text: str) -> int:
    """The first line with too many dots, counted from 1; 0 if there is none."""
    if text.count(".") <= MAX_DOTS:
        return 0
    bare = _QUOTED.sub(lambda found: "\n" * found.group().count("\n"), text)
    return next((number for number, line in enumerate(bare.split("\n"), 1) if line.count(".") > MAX_DOTS), 0)


_QUOTED = late(
    r"""
    "{3} (?: [^"\\]++ | \\[\s\S] | "(?!"") )*+ "{0,5}  # the last two of five quotation marks belong to the text
    | '{3} (?: [^']++ | '(?!'') )*+ '{0,5}
    | " (?: [^"\\\n]++ | \\. )*+ "?
    | ' [^'\n]*+ '?
    | \#[^\n]*+
    """,
    re.VERBOSE,
)
"""A string or a comment of TOML. One that is not closed ends with its line or the file, where reading stops as well."""


def parse(text: str, *, file: str) -> dict[str, Any]:
    """Read TOML; raises Mistake with the line."""
    import tomllib  # only where a file is read: `warroom log` reads none

    if line := dotted_line(text):
        raise Mistake(file, line, f"there are more than {MAX_DOTS} dots in this line; use only a few levels")
    try:
        return tomllib.loads(text)
    except RecursionError:
        reason = "its tables or lists are nested too deep; use only a few levels"
        raise Mistake(file, 0, reason) from None
    except ValueError as error:  # Python's own ValueError: a number with thousands of digits
        at = re.search(r"\(at line (\d+)", str(error))
        last = max(len(text.rstrip().splitlines()), 1)
        line = int(at[1]) if at else last if "end of document" in str(error) else 0
        raise Mistake(file, line, f"not valid TOML: {error}") from None


def convert(data: dict[str, Any], shape: type[T], *, file: str) -> T:
    """Check parsed TOML against a struct; raises Mistake whose `where` is the path: `severities[1].name`."""
    try:
        return msgspec.convert(data, shape)
    except msgspec.ValidationError as error:
        raise Mistake(file, *_explained(str(error), data, shape)) from None


def _explained(error: str, data: dict[str, Any], shape: type[Any]) -> tuple[str, str]:
    """Turn msgspec's error message into the path of the key, and what is expected there."""
    problem, _, path = error.partition(" - at `$")
    key = _named(path.rstrip("`").lstrip("."), data, shape)
    within = f"{key}." if key else ""
    if unknown := re.fullmatch(r"Object contains unknown field `(.*)`", problem, re.DOTALL):
        return within + clean_line(unknown[1]), unknown_key(unknown[1], _fields(shape, key))
    if missing := re.fullmatch(r"Object missing required field `(.*)`", problem):
        return within + missing[1], "this key is required, but missing"
    got: Any = data
    for step in _steps(key):
        try:
            got = got[int(step)] if isinstance(got, list) else got[step]
        except (KeyError, IndexError, ValueError, TypeError):
            got = None
            break
    if problem.startswith("Invalid enum value"):
        allowed = ", ".join(map(str, get_args(_shape_at(shape, key))))
        return key, f"expected one of {allowed}, got {_short(got)}" if allowed else in_plain_words(problem)
    found = f" (it is {_short(got)})" if key and got is not None and not isinstance(got, (dict, list)) else ""
    return key, in_plain_words(problem) + found


def _named(path: str, data: Any, shape: Any) -> str:
    """The path with the name of the key for each `[...]`, which is all that msgspec says of a key of any name."""
    while "[...]" in path:
        before, _, after = path.partition("[...]")
        values, table = shape, data
        for step in _steps(before):
            values, table = _inside(values, step), table[int(step)] if isinstance(table, list) else table[step]
        name = next((name for name, value in table.items() if not _fits(value, _inside(values, "..."))), "")
        path = f"{before}.{name if _BARE.fullmatch(name) else _quoted(name)}{after}"
    return path


def _fits(value: object, shape: Any) -> bool:
    try:
        msgspec.convert(value, shape)
    except msgspec.ValidationError:
        return False
    return True


def _inside(shape: Any, step: str) -> Any:
    """The type of what is under a key or at a place of a list."""
    shape = _without_none(shape)
    if _is_struct(shape):
        return get_type_hints(shape)[step]
    return next((part for part in reversed(get_args(shape)) if part is not ...), Any)


def _without_none(shape: Any) -> Any:
    """The type that matters where something may be left out, or be text instead."""
    if isinstance(shape, UnionType):
        return next(part for part in get_args(shape) if part not in (type(None), str))
    return shape


def _is_struct(shape: Any) -> bool:
    return isinstance(shape, type) and issubclass(shape, msgspec.Struct)


_BARE = late(r"[\w-]+")
_STEP = late(r"""[\w-]+|"(?:\\.|[^"\\])*\"""")


def _quoted(name: str) -> str:
    return '"' + name.replace("\\", "\\\\").replace('"', '\\"') + '"'


def _steps(path: str) -> list[str]:
    """The keys and places of lists in a path, such as `jargon.nouns."fire drill"`."""
    found = (step.group() for step in _STEP.finditer(path))
    return [re.sub(r"\\(.)", r"\1", step[1:-1]) if step.startswith('"') else step for step in found]


_TYPES = {
    "int": "a whole number",
    "float": "a number",
    "str": "text in quotes",
    "bool": "true or false",
    "array": "a list",
    "object": "a table",
}


_IDENTIFIER = r"^[a-z][a-z0-9_]*$"
"""The pattern of the ids that people give; msgspec's messages show it as it is."""


def in_plain_words(problem: str) -> str:
    """Msgspec's error message for people: "expected a whole number, got text in quotes"."""

    def name(match: re.Match[str]) -> str:
        types = [_TYPES.get(type, type) for type in match[1].split(" | ") if type != "null"]
        return " or ".join(types)

    words = re.sub(r"`([a-z]+(?: \| [a-z]+)*)`", name, problem[0].lower() + problem[1:])
    words = words.replace(" of length >= 1", " that is not empty")
    unit = "rows" if "a list of length" in words else "characters"
    words = re.sub(r" of length <= (\d+)", rf" of at most \1 {unit}", words)
    words = words.replace(f" matching regex {_IDENTIFIER!r}", " of small letters, digits and _, a letter first")
    return words.replace(" >= ", " of at least ").replace(" <= ", " of at most ")


def unknown_key(name: str, known: Iterable[str]) -> str:
    """Say that a key is unknown, and which one may be meant or which ones there are."""
    from difflib import get_close_matches

    known = sorted(known)
    near = get_close_matches(name, known, 1)
    return f"unknown key; did you mean {near[0]!r}?" if near else f"unknown key; known keys are {', '.join(known)}"


def _shape_at(shape: Any, path: str) -> Any:
    """The type of what is at a path."""
    for step in _steps(path):
        shape = _inside(shape, step)
    return shape


def _fields(shape: Any, path: str) -> list[str]:
    """The keys that a table may have at a path: for `rule[0]`, those of a rule."""
    shape = _shape_at(shape, path)
    return [field.encode_name for field in msgspec.structs.fields(_without_none(shape))]


def _short(value: object) -> str:
    """A value, shortened to fit into a sentence."""
    text = clean_line(repr(value))
    return text if len(text) <= 60 else f"{text[:59]}…"
