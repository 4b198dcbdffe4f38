"""The sandbox for templates of messages and documents: what they may use, and how long and deep they may be.

Jinja is imported only when a template is compiled.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import lru_cache
from itertools import islice
from pathlib import Path
from time import monotonic
from typing import TYPE_CHECKING, Any, NoReturn

import msgspec

from warroom.messages import grammar, said, tense
from warroom.messages.ranks import rank
from warroom.text.cleaning import clean
from warroom.text.files import read_text
from warroom.text.mistakes import Mistake

if TYPE_CHECKING:
    import jinja2
    from jinja2 import nodes

    from warroom.messages.limits import LimitedEnvironment

MAX_SOURCE_LENGTH = 100_000
"""The limit for a template, in bytes of its file and in characters; the longest built-in one has a twentieth."""
MAX_DEPTH = 60
"""The limit for the levels of a template's syntax tree; the deepest built-in template has 12."""

Finalize = Callable[[object], object]
"""The function applied to every value before it goes into the text."""


class TemplateError(Mistake):
    """A template that can't be used or failed; str() is one sentence naming file, line and reason.

    `line` counts from 1 within the file; 0 means the whole file.
    """

    def __init__(self, file: str, line: int, reason: str) -> None:
        """`file` and `reason` are cleaned and put on one line each."""
        super().__init__(clean(file).replace("\n", " "), line, " ".join(clean(reason).split()))
        self.line = line


class Language(msgspec.Struct, frozen=True, eq=False):
    """What templates of messages or of documents may use; None means everything that Jinja's own sandbox allows."""

    what: str
    """What such a template produces, for sentences: `message` or `document`."""
    max_length: int
    """The limit for the length of the output, in characters."""
    filters: tuple[str, ...] | None = None
    tests: tuple[str, ...] | None = None
    nodes: frozenset[str] | None = None
    loop_in_loop: bool = True
    attributes: bool = True


# fmt: off
MESSAGE = Language(
    "message",
    max_length=2_000_000,
    # None of these can make a text grow without limit.
    filters=(
        "capitalize", "count", "default", "first", "int", "join", "last", "length", "list", "lower", "replace", "title",
        "trim", "upper", "lines", "sentence", "clause", "continued", "points", "beyond",
        "past", "rank",
    ),
    tests=(
        "defined", "undefined", "none", "string", "number", "odd", "even", "eq", "ne", "in", "sameas", "true", "false",
    ),
    # Values, conditions and loops over values: nothing that can call code, read another file or run forever.
    nodes=frozenset({
        "Template", "Output", "TemplateData", "Const", "Name", "If", "For", "Assign", "With", "Filter", "Test",
        "Getattr", "CondExpr", "Compare", "Operand", "And", "Or", "Not", "Concat", "Add",
        "Sub", "Neg", "Pos", "List", "Tuple", "Dict", "Pair", "Keyword",
    }),
    loop_in_loop=False,
    attributes=False,
)
# fmt: on
DOCUMENT = Language("document", max_length=100_000_000)

_NOW = {"worth": "a short text is made of whole parts, such as {{ status | rank(3) }}"}
"""What to write instead of a filter that there was once."""
_OTHER_FILES = frozenset({"Include", "Extends", "Import", "FromImport"})
_REASONS = {
    "Call": "nothing can be called here; use a filter, such as {{ status | upper }}",
    "Mul": "values can't be multiplied",
    "Pow": "values can't be multiplied",
    "Macro": "macros can't be used in a message",
    "Include": "a template can't include another file",
    "Extends": "a template can't extend another file",
    "Import": "a template can't import another file",
    "FromImport": "a template can't import another file",
}


def read(path: Path) -> str:
    """Read a template file. Raises TemplateError if it is not a file, not UTF-8 text, or too long."""
    try:
        text = read_text(path, MAX_SOURCE_LENGTH)
    except Mistake as mistake:
        raise TemplateError(str(path), int(mistake.where or 1), mistake.reason) from None
    if "\0" in text:
        line = text.count("\n", 0, text.index("\0")) + 1
        raise TemplateError(str(path), line, "there is a NUL character; a template must be plain text")
    return text


SECONDS, _ITEMS_PER_SECOND = 1.5, 500
"""The time to fill in a template: so many seconds, and one more for so many entries of a long log."""
_AT_ONCE = 64
"""The number of pieces put together at a time: a long log has a million, which would take more memory than its text."""
_PAUSE_S = 30.0
"""Seconds for which a template that took too long is not tried again: not at each key typed into a message."""


class Template:
    """A checked template, ready to be filled in. Made by `compiled`."""

    def __init__(self, file: str, first_line: int, language: Language, code: jinja2.Template, names: set[str]) -> None:
        self.file = file
        self.first_line = first_line
        self.language = language
        self.names = names
        """The names of the values it uses."""
        self._code = code
        self._too_slow: tuple[float, TemplateError] | None = None
        """When it last took too long (in monotonic seconds), and the error raised then."""

    def render(self, values: Mapping[str, object]) -> str:
        """Fill it in. Raises TemplateError if it fails with these values."""
        from warroom.messages.deadline import Deadline

        if self._too_slow is not None and monotonic() - self._too_slow[0] < _PAUSE_S:
            raise self._too_slow[1]
        pieces: list[str] = []
        length = 0
        items = sum(len(value) for value in values.values() if isinstance(value, (list, tuple)))
        try:
            with Deadline(SECONDS + items / _ITEMS_PER_SECOND):
                rest = iter(self._code.generate(values))
                while length <= self.language.max_length and (some := list(islice(rest, _AT_ONCE))):
                    pieces.append("".join(some))
                    length += len(pieces[-1])
        except Exception as error:  # noqa: BLE001, a template can raise anything, and none of it may end the console
            self._fail(error)
        if length > self.language.max_length:
            reason = f"the {self.language.what} is longer than {self.language.max_length:,} characters"
            raise TemplateError(self.file, self.first_line, reason)
        return "".join(pieces)

    def _fail(self, error: Exception) -> NoReturn:
        """Raise the TemplateError for an exception during rendering, with its line in the file."""
        from jinja2 import TemplateError as JinjaError

        from warroom.messages.deadline import TookTooLong

        line = self.first_line + _line_of(error) - 1
        if isinstance(error, JinjaError):
            reason = (error.message or str(error)).rstrip(".")
        elif isinstance(error, RecursionError):
            reason = "it can't be filled in (the recursion does not end)"
        elif isinstance(error, TookTooLong):
            reason = "it takes too long to fill in"
        elif isinstance(error, MemoryError):
            reason = "it can't be filled in (there is not enough memory)"
        else:
            reason = f"it can't be filled in ({str(error) or type(error).__name__})"
        failure = TemplateError(self.file, line, reason)
        if isinstance(error, TookTooLong):
            self._too_slow = monotonic(), failure
        raise failure from error


def faults(
    source: str, language: Language, known: Iterable[str], *, file: str, first_line: int = 1
) -> tuple[list[TemplateError], set[str]]:
    """Find the mistakes in a template without running it, and the names of the values it uses.

    `known` are the names of all values, `first_line` is the line of the file where `source` begins.
    """
    from jinja2 import meta, nodes

    try:
        tree = _parsed(source, language, file, first_line)
    except TemplateError as error:
        return [error], set()
    found = list(_forbidden(tree, language, file, first_line))
    if found:
        return found, set()
    asked = meta.find_undeclared_variables(tree)
    for name in sorted(asked - set(known) - set(_environment(language, str).globals)):
        line = min(node.lineno for node in tree.find_all(nodes.Name) if node.name == name)
        reason = f"there is no field or value {name!r}; there are {', '.join(sorted(known))}"
        found.append(TemplateError(file, first_line + line - 1, reason))
    return found, asked


@lru_cache(maxsize=64)
def compiled(source: str, language: Language, finalize: Finalize, *, file: str, first_line: int = 1) -> Template:
    """Check and compile a template; `finalize` is applied to every value it shows. Raises TemplateError."""
    from jinja2 import meta

    from warroom.messages.deadline import Deadline

    tree = _parsed(source, language, file, first_line)
    for fault in _forbidden(tree, language, file, first_line):
        raise fault
    names = meta.find_undeclared_variables(tree)
    environment = _environment(language, finalize)
    try:
        with Deadline(SECONDS):  # what has no value in it is worked out here
            code = environment.from_string(tree)
    except (SyntaxError, RecursionError):  # Python's limits, for the code Jinja made
        raise TemplateError(file, first_line, _TOO_DEEP) from None
    except Exception as error:  # noqa: BLE001, as in `Template.render`
        reason = str(error) or type(error).__name__
        raise TemplateError(file, first_line, f"it can't be read ({reason})") from None
    return Template(file, first_line, language, code, names)


_TOO_DEEP = "the template is nested too deep"


def _parsed(source: str, language: Language, file: str, first_line: int) -> nodes.Template:
    """The syntax tree of a template. Raises TemplateError, also if it is too long or too deep."""
    from jinja2 import TemplateSyntaxError
    from jinja2.parser import Parser

    if len(source) > MAX_SOURCE_LENGTH:
        raise TemplateError(file, first_line, f"the template is longer than {MAX_SOURCE_LENGTH:,} characters")
    try:
        parser = Parser(_environment(language, str), source)
    except TemplateSyntaxError as error:
        raise _syntax_error(error, file, first_line) from None
    try:
        tree = parser.parse()
    except TemplateSyntaxError as error:
        raise _syntax_error(error, file, first_line) from None
    except (RecursionError, ValueError) as error:  # ValueError: a number with thousands of digits
        line = first_line + parser.stream.current.lineno - 1
        raise TemplateError(file, line, _TOO_DEEP if isinstance(error, RecursionError) else str(error)) from None
    level: list[nodes.Node] = [tree]
    for _ in range(MAX_DEPTH):
        level = [child for node in level for child in node.iter_child_nodes()]
    if level:
        raise TemplateError(file, first_line + level[0].lineno - 1, _TOO_DEEP)
    return tree


def _syntax_error(error: jinja2.TemplateSyntaxError, file: str, first_line: int) -> TemplateError:
    return TemplateError(file, first_line + error.lineno - 1, (error.message or "not readable").rstrip("."))


def _line_of(error: Exception) -> int:
    """The line of the template that raised an error; Jinja puts it into the traceback."""
    found, trace = getattr(error, "lineno", None) or 1, error.__traceback__
    while trace is not None:
        if trace.tb_frame.f_code.co_filename == "<template>":
            found = trace.tb_lineno
        trace = trace.tb_next
    return found


def _forbidden(tree: nodes.Node, language: Language, file: str, first_line: int) -> Iterator[TemplateError]:
    """The errors for everything in a syntax tree that a template of this language may not use."""

    def walk(node: nodes.Node, *, inside_loop: bool) -> Iterator[TemplateError]:
        name = type(node).__name__
        reason = _why_not(node, name, language, inside_loop=inside_loop)
        if reason:
            yield TemplateError(file, first_line + node.lineno - 1, reason)
        if reason and not _allowed(name, language):
            return
        for child in node.iter_child_nodes():
            yield from walk(child, inside_loop=inside_loop or name == "For")

    return walk(tree, inside_loop=False)


def _allowed(name: str, language: Language) -> bool:
    return name not in _OTHER_FILES if language.nodes is None else name in language.nodes


def _why_not(node: Any, name: str, language: Language, *, inside_loop: bool) -> str:
    """Why a part of a template can't be used; empty if it can."""
    if not _allowed(name, language):
        return _REASONS.get(name, f"this can't be used in a {language.what}; only values, filters, if, for and set")
    match name:
        case "Filter" if language.filters is not None and node.name not in language.filters:
            gone = f"; {_NOW[node.name]}" if node.name in _NOW else ""
            return f"there is no filter {node.name!r}{gone}; there are {', '.join(language.filters)}"
        case "Test" if language.tests is not None and node.name not in language.tests:
            return f"there is no test {node.name!r}; there are {', '.join(language.tests)}"
        case "Getattr" if not language.attributes and getattr(node.node, "name", "") != "loop":
            return f"values are plain text and have no {node.attr!r}"
        case "For" if inside_loop and not language.loop_in_loop:
            return "a loop can't be inside another loop"
        case "For" if node.recursive:
            return "a loop can't be recursive"
        case "Mul" | "Pow":
            return "values can't be multiplied"
    return ""


@lru_cache(maxsize=16)
def _environment(language: Language, finalize: Finalize) -> LimitedEnvironment:
    from jinja2 import StrictUndefined

    from warroom.messages.limits import LimitedEnvironment, count_parts, limited

    def shown(value: object) -> object:
        if not isinstance(value, str):
            count_parts(value)
        return finalize(value)

    environment = LimitedEnvironment(
        autoescape=False,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        undefined=StrictUndefined,
        finalize=shown,
    )
    known: dict[str, Callable[..., Any]] = {
        **environment.filters,
        "lines": lines,
        "sentence": grammar.sentence,
        "clause": grammar.clause,
        "continued": grammar.continued,
        "points": grammar.points,
        "beyond": said.beyond,
        "past": tense.past,
        "rank": rank,
    }
    names = known if language.filters is None else language.filters
    environment.filters = {name: limited(name, known[name]) for name in names}
    if language.nodes is None:
        for endless in ("range", "lipsum"):  # loops go over values only
            del environment.globals[endless]
    else:
        environment.globals.clear()
    return environment


def lines(value: object) -> list[str]:
    """The items of a list as people type it: one per line, with or without a dash or bullet in front."""
    lead, items = grammar.listed(str(value))
    return [lead, *items] if lead else items


# A cleaned value has no control characters, so these two can't come from a person; the text between them is hex.
_SEALED = re.compile("\x00([0-9a-f]*)\x01")


def seal(value: object) -> str:
    """Encode a value so that nothing in it can be taken for layout; `unseal` decodes it."""
    if type(value) is str:
        return f"\x00{value.encode('utf-8', 'replace').hex()}\x01"
    if type(value) is int:
        return str(value)
    text = "" if value is None else "\n".join(map(str, value)) if isinstance(value, list) else str(value)
    return f"\x00{text.encode(errors='replace').hex()}\x01"


def unseal(text: str, own: Callable[[str], str] = str) -> str:
    """A rendered text with its values decoded; `own` is applied to the template's own text only."""
    if "\x00" not in text:
        return own(text)
    if text[0] == "\x00" and text.find("\x01") == len(text) - 1:  # one value and nothing else, which is most common
        return bytes.fromhex(text[1:-1]).decode()
    parts = _SEALED.split(text)
    parts[1::2] = [bytes.fromhex(part).decode() for part in parts[1::2]]
    parts[::2] = map(own, parts[::2])
    return "".join(parts)


def is_value(line: str) -> bool:
    """Whether a rendered line is one value and nothing else."""
    return line.startswith("\x00") and line.find("\x01") == len(line) - 1


def shows_nothing(line: str) -> bool:
    """Whether a rendered line has values and all of them are empty."""
    if "\x00" not in line:
        return False
    return not any(bytes.fromhex(value[1]).strip() for value in _SEALED.finditer(line))
