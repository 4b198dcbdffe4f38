"""Jinja's sandbox with limits on memory: no text or list that a template makes grows without end."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from functools import wraps
from typing import Any

from jinja2 import nodes
from jinja2.compiler import CodeGenerator, Frame, operators
from jinja2.exceptions import SecurityError
from jinja2.sandbox import ImmutableSandboxedEnvironment

MAX_TEXT = 2_000_000
"""The limit for a text that a template puts together, in characters."""
MAX_PARTS = 2_000_000
"""The limit for the items of a list, those of inner lists included."""
_MAX_NUMBER = 1_000
"""The limit for a number given to a filter, such as a width."""


class _Generator(CodeGenerator):
    """Makes `a ~ b` go through `LimitedEnvironment.concatenated`."""

    def visit_Concat(self, node: nodes.Concat, frame: Frame) -> None:  # noqa: N802, the name Jinja looks for
        self.write("environment.concatenated((")
        for part in node.nodes:
            self.visit(part, frame)
            self.write(", ")
        self.write("))")

    def visit_Compare(self, node: nodes.Compare, frame: Frame) -> None:  # noqa: N802, the name Jinja looks for
        self.write("(")
        self._visit_comparable(node.expr, frame)
        for operand in node.ops:
            self.write(f" {operators[operand.op]} ")
            self._visit_comparable(operand.expr, frame)
        self.write(")")

    def _visit_comparable(self, node: nodes.Expr, frame: Frame) -> None:
        self.write("environment.comparable(")
        self.visit(node, frame)
        self.write(")")


class LimitedEnvironment(ImmutableSandboxedEnvironment):
    """A sandbox that refuses what would take too much memory; raises SecurityError with the reason."""

    code_generator_class = _Generator
    intercepted_binops = frozenset({"+", "%"})

    @staticmethod
    def concat(parts: Iterable[str]) -> str:
        """The text of a macro, or of a block that is set; the name is Jinja's."""
        pieces = list(parts)
        _within(sum(map(len, pieces)))
        return "".join(pieces)

    def concatenated(self, parts: tuple[object, ...]) -> str:
        """The text of `a ~ b`."""
        return _short_enough("".join(_text(part) for part in parts))

    def comparable(self, value: Any) -> Any:
        """One side of a comparison, which nothing could interrupt if it had too many parts."""
        count_parts(value)
        return value

    def getattr(self, obj: Any, attribute: str) -> Any:
        """The same as the sandbox's own, but quicker if the name can only be a key: a long log has half a million."""
        if type(obj) is dict and attribute in obj and attribute not in _DICT_NAMES:
            return obj[attribute]
        return super().getattr(obj, attribute)

    def call_binop(self, context: Any, operator: str, left: Any, right: Any) -> Any:
        if operator == "%" and isinstance(left, str):
            _check_format(left, right)
        elif operator == "+" and isinstance(left, (str, list, tuple)) and isinstance(right, (str, list, tuple)):
            _within(len(left) + len(right))
        return super().call_binop(context, operator, left, right)

    def call(self, __context: Any, __obj: Any, *args: Any, **kwargs: Any) -> Any:
        method = getattr(__obj, "__wrapped__", __obj)  # the sandbox wraps `format`
        if isinstance(getattr(method, "__self__", None), str) and method.__name__ in _GROWING:
            raise SecurityError(f"{method.__name__}() can't be called on a text; use a filter")
        return super().call(__context, __obj, *args, **kwargs)


_DICT_NAMES = frozenset(dir(dict))
_WIDTHS = frozenset({"batch", "center", "indent", "pprint", "slice", "tojson", "truncate", "wordwrap"})
"""Filters with a number that makes the text longer."""
_GROWING = frozenset(
    {"center", "expandtabs", "format", "format_map", "join", "ljust", "replace", "rjust", "translate", "zfill"}
)
"""Methods of text that can make a short text very long."""


def _check_format(pattern: str, *values: object) -> None:
    if re.search(r"\d{4}|\*", pattern):
        raise SecurityError("a width in a format is larger than 999")
    texts = [text for value in values for text in (value.values() if isinstance(value, dict) else _items(value))]
    _within(len(pattern) + pattern.count("%") * max((len(text) for text in texts if isinstance(text, str)), default=0))


def _items(value: object) -> tuple[object, ...]:
    return tuple(value) if isinstance(value, (list, tuple)) else (value,)


def limited(name: str, filter: Callable[..., Any]) -> Callable[..., Any]:
    """A filter that refuses what it could only do at length."""

    @wraps(filter)
    def run(*args: Any, **kwargs: Any) -> Any:
        given = [arg for arg in (*args, *kwargs.values()) if isinstance(arg, (str, int, list, tuple, dict))]
        options = [arg for arg in (*args, *kwargs.values()) if isinstance(arg, int)]
        if name in _WIDTHS and any(abs(number) > _MAX_NUMBER for number in options):
            raise SecurityError(f"a number for the filter {name!r} is larger than {_MAX_NUMBER:,}")
        for arg in given:
            count_parts(arg)
        if name == "format" and given and isinstance(given[0], str):
            _check_format(given[0], *given[1:])
        elif name == "replace" and len(given) >= 3:
            text, old, new = map(str, given[:3])
            _within(len(text) + (text.count(old) if old else len(text) + 1) * len(new))
        elif name == "join" and given and isinstance(given[0], (str, list, tuple)):
            separator = max((len(arg) for arg in given[1:] if isinstance(arg, str)), default=0)
            _within(len(given[0]) * separator)
        elif name in ("indent", "tojson", "wordwrap") and given and isinstance(given[0], str):
            width = max((arg for arg in given[1:] if isinstance(arg, int)), default=0)
            _within(len(given[0]) + (given[0].count("\n") + 1) * width)
        result = filter(*args, **kwargs)
        return _short_enough(result) if isinstance(result, str) else result

    return run


def count_parts(value: object) -> None:
    """Raises SecurityError if a value has too many parts: lists of lists grow without taking memory, their text not."""
    waiting, count = [value], 0
    while waiting:
        part = waiting.pop()
        if isinstance(part, (list, tuple, dict)):
            count += len(part)
            if count > MAX_PARTS:
                raise SecurityError(f"a list has more than {MAX_PARTS:,} items")
            inner = part.values() if isinstance(part, dict) else part
            waiting += [item for item in inner if isinstance(item, (list, tuple, dict))]


def _text(value: object) -> str:
    count_parts(value)
    return str(value)


def _short_enough(text: str) -> str:
    _within(len(text))
    return text


def _within(length: int) -> None:
    if length > MAX_TEXT:
        raise SecurityError(f"a text becomes longer than {MAX_TEXT:,} characters")
