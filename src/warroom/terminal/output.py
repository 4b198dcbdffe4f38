"""Sending control sequences to the terminal that Textual has no call for."""

from __future__ import annotations

from typing import Any

from textual.app import App
from textual.driver import Driver

from warroom.terminal.capabilities import available


def write(app: App[Any], sequence: str) -> None:
    """Send a control sequence to the terminal, if there is one; never one with text from outside in it."""
    if app.is_headless or not available("output"):
        return
    driver = app._driver
    if driver is not None:
        driver.write(sequence)
        driver.flush()


def driver_class() -> type[Driver] | None:
    """Return the console's own driver; None if Textual's has to be used."""
    if not available("ordered_keys"):
        return None
    from warroom.terminal.driver import TerminalDriver

    return TerminalDriver
