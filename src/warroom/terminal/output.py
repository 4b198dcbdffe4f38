"""What the console itself has to say to the terminal, beside what Textual draws."""

from __future__ import annotations

from typing import Any

from textual.app import App
from textual.driver import Driver

from warroom.terminal.capabilities import available


def write(app: App[Any], sequence: str) -> None:
    """Send a control sequence of our own making to the terminal; nothing where there is none to send it to."""
    if app.is_headless or not available("output"):
        return
    driver = app._driver
    if driver is not None:
        driver.write(sequence)
        driver.flush()


def driver_class() -> type[Driver] | None:
    """The console's own driver; None where only Textual's will do."""
    if not available("ordered_keys"):
        return None
    from warroom.terminal.driver import TerminalDriver

    return TerminalDriver
