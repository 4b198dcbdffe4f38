"""What a message template may say, and how its output becomes blocks in which user text can't pass for layout.

In a template's body `Label:: …` is a labelled line, `Label::* …` a list under a label whose items are the lines of the
value (or the `- …` lines below it), any other line a line of a paragraph, and an empty line ends the paragraph. A line
with values of which none has words is left out. Every value comes out of Jinja as an opaque token that is turned back
into words only after the lines have been told apart.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from warroom.messages.forms import Block, Bullets, Label, Text

if TYPE_CHECKING:
    import jinja2
    from jinja2 import nodes
    from jinja2.sandbox import ImmutableSandboxedEnvironment

FILTERS = (
    "capitalize",
    "count",
    "default",
    "first",
    "int",
    "join",
    "last",
    "length",
    "list",
    "lower",
    "replace",
    "title",
    "trim",
    "upper",
)
"""The filters of Jinja a message may use, besides `lines`: none that can make a text grow without bound."""

TESTS = ("defined", "undefined", "none", "string", "number", "odd", "even", "eq", "ne", "in", "sameas", "true", "false")

# Values, conditions and loops over values: nothing that can call code, read another file or not come to an end.
# fmt: off
_NODES = frozenset({
    "Template", "Output", "TemplateData", "Const", "Name", "If", "For", "Assign", "With", "Filter", "Test",
    "Getattr", "CondExpr", "Compare", "Operand", "And", "Or", "Not", "Concat", "Add",
    "Sub", "Neg", "Pos", "List", "Tuple", "Dict", "Pair", "Keyword",
})
# fmt: on
_SAID = {
    "Call": "nothing can be called here; use a filter, such as {{ status | upper }}",
    "Macro": "macros can't be used in a message",
    "Include": "a message can't include another file",
    "Extends": "a message can't extend another file",
    "Import": "a message can't import another file",
    "FromImport": "a message can't import another file",
}


TOO_DEEP = (RecursionError, MemoryError, SyntaxError)
"""What Python says of a template nested deeper than it reads or compiles; Jinja's own syntax errors are others."""
NESTED = "it is nested too deep; no template needs more than a few levels"


class TemplateFault(Exception):
    """A template that can't be used or didn't work out; `line` counts from 1 within the text given."""

    def __init__(self, line: int, reason: str) -> None:
        """Keep where it is wrong beside what is wrong."""
        super().__init__(reason)
        self.line = line
        self.reason = reason


def examine(source: str, known: Iterable[str]) -> tuple[list[TemplateFault], set[str]]:
    """Find what is wrong with a template's text before any of it runs, and which values it asks for.

    `known` are the names of all values there are.
    """
    from jinja2 import TemplateSyntaxError, meta, nodes

    environment = _environment()
    try:
        tree = environment.parse(source)
        faults = list(_faults(tree, inside_loop=False))
    except TemplateSyntaxError as error:
        return [TemplateFault(error.lineno, (error.message or "not readable").rstrip("."))], set()
    except TOO_DEEP:
        return [TemplateFault(1, NESTED)], set()
    if faults:
        return faults, set()
    asked = meta.find_undeclared_variables(tree)
    unknown = asked - set(known)
    for name in sorted(unknown):
        at = min(node.lineno for node in tree.find_all(nodes.Name) if node.name == name)
        faults.append(TemplateFault(at, f"there is no field or value {name!r}; there are {', '.join(sorted(known))}"))
    return faults, asked


def fill(subject: str, body: str, values: Mapping[str, object]) -> tuple[str, tuple[Block, ...]]:
    """Fill a template's subject and body; the values are literal text, whatever is in them.

    Raises TemplateFault when the template doesn't work out with these values.
    """
    from jinja2 import TemplateError

    rendered: list[str] = []
    for source in (subject, body):
        try:
            rendered.append(_compiled(source).render(dict(values)))
        except TemplateFault:
            raise
        except TemplateError as error:
            raise TemplateFault(_line_of(error), (error.message or str(error)).rstrip(".")) from error
        except TOO_DEEP:
            raise TemplateFault(1, NESTED) from None
        except (ArithmeticError, AttributeError, LookupError, TypeError, ValueError) as error:
            raise TemplateFault(_line_of(error), f"it doesn't work out ({error})") from error
    return " ".join(_words(rendered[0]).split()), tuple(_blocks(rendered[1]))


def _line_of(error: Exception) -> int:
    """The template's line an error arose on: Jinja writes it into the traceback."""
    found, trace = getattr(error, "lineno", None) or 1, error.__traceback__
    while trace is not None:
        if trace.tb_frame.f_code.co_filename == "<template>":
            found = trace.tb_lineno
        trace = trace.tb_next
    return found


def lines(value: object) -> list[str]:
    """The items of a list as people type one: a line each, with or without a dash or bullet in front."""
    found = (_BULLET.sub("", line.strip()) for line in str(value).split("\n"))
    return [line for line in found if line]


_BULLET = re.compile(r"^[-*•]\s+")


def _faults(node: nodes.Node, *, inside_loop: bool) -> Iterator[TemplateFault]:
    """Everything in a syntax tree that a message template may not use."""
    name = type(node).__name__
    if name not in _NODES:
        yield TemplateFault(
            node.lineno, _SAID.get(name, f"{name} can't be used in a message; only values, filters, if, for, set")
        )
        return
    named: Any = node
    if name == "Filter" and named.name not in (*FILTERS, "lines"):
        yield TemplateFault(
            node.lineno, f"there is no filter {named.name!r}; there are {', '.join((*FILTERS, 'lines'))}"
        )
    if name == "Test" and named.name not in TESTS:
        yield TemplateFault(node.lineno, f"there is no test {named.name!r}; there are {', '.join(TESTS)}")
    if name == "Getattr" and getattr(named.node, "name", "") != "loop":
        yield TemplateFault(node.lineno, f"values are plain words and have no {named.attr!r}")
    if name == "For" and inside_loop:
        yield TemplateFault(node.lineno, "a loop can't stand inside another loop")
    if name == "For" and named.recursive:
        yield TemplateFault(node.lineno, "a loop can't be recursive")
    for child in node.iter_child_nodes():
        yield from _faults(child, inside_loop=inside_loop or name == "For")


@lru_cache(maxsize=1)
def _environment() -> ImmutableSandboxedEnvironment:
    from jinja2 import StrictUndefined
    from jinja2.sandbox import ImmutableSandboxedEnvironment

    environment = ImmutableSandboxedEnvironment(
        autoescape=False, trim_blocks=True, lstrip_blocks=True, undefined=StrictUndefined, finalize=_token
    )
    known: dict[str, Callable[..., Any]] = dict(environment.filters)
    environment.filters = {name: known[name] for name in FILTERS} | {"lines": lines}
    environment.globals.clear()
    return environment


@lru_cache(maxsize=64)
def _compiled(source: str) -> jinja2.Template:
    environment = _environment()
    for fault in _faults(environment.parse(source), inside_loop=False):
        raise fault
    return environment.from_string(source)


# A cleaned value holds no control characters, so these two can't come from a person; what stands between them is hex.
_TOKEN = re.compile("\x00([0-9a-f]*)\x01")
_LABEL = re.compile(r"(?P<name>[^:\x00]+?)\s*::(?P<list>\*?)(?:\s+(?P<rest>.*))?")


def _token(value: object) -> str:
    text = "" if value is None else "\n".join(map(str, value)) if isinstance(value, list) else str(value)
    return f"\x00{text.encode(errors='replace').hex()}\x01"


def _words(text: str) -> str:
    return _TOKEN.sub(lambda found: bytes.fromhex(found[1]).decode(), text)


def _is_empty(line: str) -> bool:
    """Whether a line was to show values, and none of them has words."""
    values = _TOKEN.findall(line)
    return bool(values) and not any(bytes.fromhex(value).strip() for value in values)


def _blocks(rendered: str) -> Iterator[Block]:
    paragraph: list[str] = []
    label, items = "", None
    for line in [*map(str.strip, rendered.split("\n")), ""]:
        if line and _is_empty(line):
            continue
        if items is not None and line.startswith("- "):
            items.append(_words(line[2:]))
            continue
        if items is not None:
            yield Bullets(label, tuple(items))
            items = None
        found = _LABEL.fullmatch(line)
        if paragraph and (found or not line):
            yield Text("\n".join(paragraph))
            paragraph = []
        if found and found["list"]:
            label, items = found["name"], lines(_words(found["rest"] or ""))
        elif found:
            yield Label(found["name"], _words(found["rest"] or ""))
        elif line:
            paragraph.append(_words(line))
