"""Private names of Textual: guarded, in one place, and nowhere overridden by chance."""

from __future__ import annotations

import importlib
import inspect
import pkgutil
import re
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from textual._compositor import Compositor
from textual.message_pump import MessagePump

import warroom
from warroom.terminal import capabilities, output

SOURCE = Path(warroom.__file__).parent
PRIVATE = re.compile(r"textual(\.\w+)*\._|_compositor\b|_dirty_regions\b")


@pytest.fixture(autouse=True)
def looked_up_anew() -> Iterator[None]:
    capabilities.reset()
    yield
    capabilities.reset()


def test_this_version_of_textual_has_all_of_them() -> None:
    missing = [name for name in capabilities.names() if not capabilities.available(name)]
    assert missing == (["ordered_keys"] if sys.platform == "win32" else [])


def test_one_of_another_shape_is_not_used(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Compositor, "render_partial_update", lambda self, more: None)
    assert not capabilities.available("cells")


def test_one_that_is_gone_is_not_used(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "textual._xterm_parser", None)
    assert not capabilities.available("ordered_keys")
    assert output.driver_class() is None


def test_they_are_named_in_the_folder_of_the_terminal_only() -> None:
    found = {
        file.relative_to(SOURCE).parts[0] for file in SOURCE.rglob("*.py") if PRIVATE.search(file.read_text("utf-8"))
    }
    assert found == {"terminal"}


def classes() -> Iterator[type]:
    for room in ("widgets", "screens"):
        package = importlib.import_module(f"warroom.{room}")
        for module in pkgutil.walk_packages(package.__path__, f"{package.__name__}."):
            loaded = importlib.import_module(module.name)
            for _, found in inspect.getmembers(loaded, inspect.isclass):
                if found.__module__ == module.name and issubclass(found, MessagePump):
                    yield found


def test_no_widget_or_screen_overrides_a_private_method() -> None:
    overridden = [
        f"{found.__name__}.{name}"
        for found in classes()
        for name in vars(found)
        if re.match(r"_[a-z]", name)
        for base in found.__mro__[1:]
        if base.__module__.startswith("textual") and callable(vars(base).get(name))
    ]
    assert overridden == []
