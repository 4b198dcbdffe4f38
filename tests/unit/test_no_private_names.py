"""Tests use the package as its other parts do: what begins with an underscore is its own business."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

TESTS = Path(__file__).parents[1]

FOREIGN = {
    "_batch_count": "textual.app.App: whether it holds back what it draws",
    "_callback": "textual: how it calls a message's handler",
    "_character_to_key": "textual.keys: what key a character is",
    "_compositor": "textual.screen.Screen: what is on the screen, without a terminal",
    "_compositor_refresh": "textual.screen.Screen: draws what has changed",
    "_count_parameters": "textual._callback: how many arguments a handler takes",
    "_display": "textual.app.App: what it sends to the terminal",
    "_driver": "textual.app.App: the terminal that is only pretended",
    "_exception": "textual.app.App: what a message handler raised",
    "_exception_event": "textual.app.App: set once a message handler has raised",
    "_exit": "textual.app.App: whether it was told to end",
    "_get_dispatch_methods": "textual.message_pump.MessagePump: finds the handlers of a message",
    "_message_queue": "textual.message_pump.MessagePump: the messages that it has not handled yet",
    "_no_default_action": "textual.message.Message: whether a handler has said that no other is called",
    "_on_timer_update": "textual.screen.Screen: draws at once what would be drawn a moment later",
    "_parser": "re: the one parser that sees patterns as `re` does",
    "_queue": "textual: what such a message queue is",
    "_screen_stack": "textual.app.App: its screens, empty before the first and after the last",
    "_size": "textual.driver.Driver: the size of the terminal that is only pretended",
    "_textual_on": "textual: what marks a handler that is chosen by a selector",
    "_toggle_cursor": "textual.widgets.Input: its cursor blinks, and a picture must not depend on when",
    "_toggle_cursor_blink_visible": "textual.widgets.TextArea: the same",
    "_wait": "Textual: how often its pilot looks whether the console is at rest",
    "_wait_for_screen": "textual.pilot.Pilot: waits until every message is dealt with",
    "_waiters": "asyncio.Event: whether somebody waits for it",
}
"""Private names of others that a test needs, whose they are and what for."""

_DOTTED = re.compile(r"warroom(?:\.\w+)*\._(?!_)\w+")


_BY_NAME = {"setattr", "delattr", "getattr", "hasattr"}


def _private(name: str) -> bool:
    return name.startswith("_") and not name.startswith("__")


def private_names(source: str) -> Iterator[tuple[int, str]]:
    """Where Python source reaches for a private name of anything but its own module: line and name.

    An attribute of anything but `self` and `cls`, an import, a dotted path or a name in a string as monkeypatch takes.
    """
    for node in ast.walk(ast.parse(source)):
        match node:
            case ast.Attribute(value=ast.Name(id="self" | "cls")):
                pass
            case ast.Attribute(attr=name) if _private(name):
                yield node.lineno, name
            case ast.ImportFrom(module=module, names=names):
                parts = [*(module or "").split("."), *(alias.name for alias in names)]
                yield from ((node.lineno, name) for name in parts if _private(name))
            case ast.Import(names=names):
                parts = [part for alias in names for part in alias.name.split(".")]
                yield from ((node.lineno, name) for name in parts if _private(name))
            case ast.Constant(value=str(text)) if found := _DOTTED.search(text):
                yield node.lineno, found.group().rpartition(".")[2]
            case ast.Call(
                func=ast.Attribute(attr="setattr" | "delattr") | ast.Name(id="setattr" | "getattr"), args=args
            ):
                words = [arg.value for arg in args if isinstance(arg, ast.Constant) and isinstance(arg.value, str)]
                yield from ((node.lineno, word) for word in words if _private(word))


def test_no_test_reaches_for_a_private_name_of_the_package() -> None:
    paths = [path for path in sorted(TESTS.rglob("*.py")) if path != Path(__file__)]
    found = [
        f"{path.relative_to(TESTS)}:{line}: {name} (use what is public, or make it so)"
        for path in paths
        for line, name in private_names(path.read_text("utf-8"))
        if name not in FOREIGN
    ]
    assert len(paths) > 50
    assert found == []


@pytest.mark.parametrize(
    ("source", "name"),
    [
        ("journal._connection.execute('x')", "_connection"),
        ("self.journal._now", "_now"),
        ("from warroom.model.entries import _decode", "_decode"),
        ("from warroom._inner import thing", "_inner"),
        ("import warroom._inner", "_inner"),
        ('"warroom.cli.export._PAGE"', "_PAGE"),
        ('monkeypatch.setattr(export, "_PAGE", 3)', "_PAGE"),
        ('getattr(journal, "_now")', "_now"),
    ],
)
def test_the_check_sees(source: str, name: str) -> None:
    assert [found for _, found in private_names(source)] == [name]


@pytest.mark.parametrize(
    "source", ["self._own = 1", "cls._own", "def _helper(): ...", "_helper()", "a.__dict__", '"_WARROOM_COMPLETE"']
)
def test_the_check_leaves_alone(source: str) -> None:
    assert list(private_names(source)) == []
