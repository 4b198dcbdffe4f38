"""What the console's tests share: the desk they sit at, and coroutines as tests."""

from __future__ import annotations

import asyncio
import inspect

import pytest

from tests.console import console
from warroom.app import WarroomApp
from warroom.terminal.clipboard import Copied

__all__ = ["Clipboard", "console"]


@pytest.hookimpl(tryfirst=True)
def pytest_pyfunc_call(pyfuncitem: pytest.Function) -> bool | None:
    """Run a test that is a coroutine in a loop of its own."""
    if not inspect.iscoroutinefunction(pyfuncitem.obj):
        return None
    names = inspect.signature(pyfuncitem.obj).parameters
    asyncio.run(pyfuncitem.obj(**{name: pyfuncitem.funcargs[name] for name in names}))
    return True


class Clipboard:
    """Where copied texts go in place of anybody's real clipboard."""

    def __init__(self) -> None:
        """Start with nothing copied."""
        self.texts: list[str] = []

    def copy(self, text: str, **_: object) -> Copied:
        """Take a text and say so."""
        self.texts.append(text)
        return Copied("copied", "test", "Copied.", None)


@pytest.fixture
def clipboard(monkeypatch: pytest.MonkeyPatch) -> Clipboard:
    """A clipboard to look into."""
    clipboard = Clipboard()
    monkeypatch.setattr("warroom.terminal.clipboard.copy", clipboard.copy)
    return clipboard


@pytest.fixture
def bells(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The terminal's title at each ring."""
    rung: list[str] = []
    monkeypatch.setattr(WarroomApp, "bell", lambda app: rung.append(app.terminal_title))
    return rung
