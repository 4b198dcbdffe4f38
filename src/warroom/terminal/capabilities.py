"""Checks which private parts of Textual exist in the form the console uses; without one, Textual's own way is used.

All of them are listed here, each with its benefit; the figures come from `python -m tests.bench`, with and without.
"""

from __future__ import annotations

import inspect
import sys
from collections.abc import Callable

from textual.app import App
from textual.driver import Driver
from textual.screen import Screen
from textual.widget import Widget

_CHECKS: dict[str, Callable[[], bool]] = {}
_FOUND: dict[str, bool] = {}


def available(name: str) -> bool:
    """Return whether a private part of Textual can be used; checked only once.

    Raises KeyError for a name that is not in the list.
    """
    if name not in _FOUND:
        _FOUND[name] = _passes(_CHECKS[name])
    return _FOUND[name]


def names() -> tuple[str, ...]:
    """Return the names of all private parts in use."""
    return tuple(_CHECKS)


def switch_off(*names: str) -> None:
    """Use Textual's own way instead of these parts, as if they were missing."""
    _FOUND.update(dict.fromkeys(names, False))


def reset() -> None:
    """Forget which parts were found or switched off."""
    _FOUND.clear()


def _check(check: Callable[[], bool]) -> Callable[[], bool]:
    _CHECKS[check.__name__.removeprefix("_")] = check
    return check


def _passes(check: Callable[[], bool]) -> bool:
    try:
        return check()
    except (ImportError, AttributeError, TypeError, ValueError):  # removed or changed
        return False


def _takes(function: object, *parameters: str) -> bool:
    """Return whether a function has exactly these parameters, after `self`."""
    return list(inspect.signature(function).parameters)[1:] == list(parameters)  # type: ignore[arg-type]


def _sets(function: object, name: str) -> bool:
    """Return whether a function's code mentions an attribute of that name."""
    return name in function.__code__.co_names  # type: ignore[attr-defined]


@_check
def _cells() -> bool:
    """`Screen._compositor`: a `Compositor` that draws only changed cells; 163 bytes a second when idle, not 1,186."""
    from textual._compositor import Compositor, CompositorUpdate

    return (
        _sets(Screen.__init__, "_compositor")
        and _sets(Compositor.__init__, "_dirty_regions")
        and _takes(Compositor.render_partial_update)
        and _takes(Compositor._regions_to_spans.__func__, "regions")  # type: ignore[attr-defined]
        and _takes(CompositorUpdate.render_segments, "console")
        and _takes(Widget.render_lines, "crop")
        and isinstance(Compositor.visible_widgets, property)
    )


@_check
def _quiet_titles() -> bool:
    """`Widget._border_title`: a title drawn without its whole widget; saves 1.3 ms and 4,700 of 9,700 bytes a tick."""
    return _sets(Widget.__init__, "_border_title")


@_check
def _output() -> bool:
    """`App._driver`: sequences that Textual has no call for; without it no tab title, and no clipboard over SSH."""
    return _sets(App.__init__, "_driver")


@_check
def _ordered_keys() -> bool:
    """`LinuxDriver` and `XTermParser`: in a burst of keys, each key goes to what the previous one opened.

    Otherwise, text typed after `l` before the log line opens would act as keys. Windows has another driver.
    """
    if sys.platform == "win32":
        return False
    from textual._xterm_parser import XTermParser
    from textual.drivers.linux_driver import LinuxDriver

    return (
        _takes(LinuxDriver.__init__, "app", "debug", "mouse", "size")
        and all(_sets(Driver.__init__, name) for name in ("_app", "_debug", "_loop"))
        and _takes(LinuxDriver.process_message, "message")
        and _takes(LinuxDriver.run_input_thread)
        and all(_sets(LinuxDriver.__init__, name) for name in ("_file", "fileno", "exit_event"))
        and _takes(XTermParser.feed, "data")
        and _takes(XTermParser.tick)
    )
