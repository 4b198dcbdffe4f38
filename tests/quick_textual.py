"""What a console costs in tests beyond what a test looks at: importing this makes each of them a third cheaper."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator
from types import CodeType, FunctionType
from typing import Any

from rich.console import RenderableType
from textual import _callback as callbacks
from textual import _wait as pauses
from textual._compositor import Compositor
from textual._queue import Queue
from textual.css import stylesheet
from textual.css.model import RuleSet
from textual.css.parse import parse
from textual.css.tokenize import tokenize_values
from textual.css.tokenizer import Token
from textual.message import Message
from textual.message_pump import MessagePump
from textual.pilot import Pilot, WaitForScreenTimeout
from textual.screen import Screen

# Look every 4 ms instead of every 20 whether the console is at rest: most of the suite was spent on waiting to look.
pauses.SLEEP_GRANULARITY, pauses.SLEEP_IDLE = 1 / 250, 1 / 5000

_tokens: dict[frozenset[tuple[str, str]], dict[str, list[Token]]] = {}
_rules: dict[tuple[object, ...], list[RuleSet]] = {}


def _tokenize_once(values: dict[str, str]) -> dict[str, list[Token]]:
    key = frozenset(values.items())
    if key not in _tokens:
        _tokens[key] = tokenize_values(values)
    return _tokens[key]


def _parse_once(
    scope: str, css: str, read_from: tuple[str, str], *, variable_tokens: dict[str, list[Token]], **more: Any
) -> list[RuleSet]:
    # The tokens stay, so nothing else will have their id.
    key = (scope, css, read_from, id(variable_tokens), *more.items())
    if key not in _rules:
        _rules[key] = list(parse(scope, css, read_from, variable_tokens=variable_tokens, **more))
    return _rules[key]


# Each console would parse its styles again, for a fifth of its start: nothing changes them once they are parsed.
vars(stylesheet).update(parse=_parse_once, tokenize_values=_tokenize_once)

# The same number, without a call of Python for each of the hundreds of rules that are looked at for each widget.
RuleSet.__hash__ = object.__hash__  # type: ignore[method-assign]

_parameters: dict[CodeType, int] = {}
_count_parameters = callbacks._count_parameters


def _count_once(func: Callable[..., Any]) -> int:
    if not isinstance(func, FunctionType) or hasattr(func, "__wrapped__"):
        return _count_parameters(func)
    if func.__code__ not in _parameters:
        _parameters[func.__code__] = _count_parameters(func)
    return _parameters[func.__code__]


# Each pause makes a callback for every widget; Textual would inspect each of them anew.
callbacks._count_parameters = _count_once

_handlers: dict[tuple[type, type, str], list[tuple[type, str]] | None] = {}
_get_dispatch_methods = MessagePump._get_dispatch_methods


def _named_handlers(pump: type, message: type, name: str) -> list[tuple[type, str]] | None:
    """The names of the handlers of such a message, by class; None if one is chosen by a selector."""
    found: list[tuple[type, str]] = []
    for cls in pump.__mro__:
        if not set(message.__mro__).isdisjoint(vars(cls).get("_decorated_handlers") or ()):
            return None
        own = next((own for own in (f"_{name}", name) if vars(cls).get(own)), None)
        if own is not None and not getattr(vars(cls)[own], "_textual_on", None):
            found.append((cls, own))
    return found


def _handlers_of(pump: MessagePump, name: str, message: Message) -> Iterator[tuple[type, Any]]:
    key = (type(pump), type(message), name)
    if key not in _handlers:
        _handlers[key] = _named_handlers(*key)
    found = _handlers[key]
    if found is None:
        yield from _get_dispatch_methods(pump, name, message)
        return
    for cls, own in found:
        if message._no_default_action:
            return
        yield cls, vars(cls)[own].__get__(pump, cls)


# Textual looks for the handlers of each message in every base class; most have one at most, and always the same.
MessagePump._get_dispatch_methods = _handlers_of  # type: ignore[method-assign, assignment]

_ROUNDS = 50


def _is_at_rest(pump: MessagePump) -> bool:
    """Whether it waits for its next message, with all it had handled."""
    queue: Queue[Any] = pump._message_queue
    return queue.empty() and bool(queue.ready_event._waiters)


async def _wait_for_screen(pilot: Pilot[Any], timeout: float = 30.0) -> bool:
    """Wait until app and widgets have handled all messages, and those that came of them; False if one has failed."""
    app = pilot.app
    failed: asyncio.Future[Any] = asyncio.ensure_future(app._exception_event.wait())
    try:
        for _ in range(_ROUNDS):
            pumps: list[MessagePump] = [app, *app.screen.walk_children(with_self=True)] if app._screen_stack else []
            handled: list[asyncio.Future[Any]] = []
            for pump in pumps:
                reached = asyncio.Event()
                if not _is_at_rest(pump) and pump.call_later(reached.set):
                    handled.append(asyncio.ensure_future(reached.wait()))
            if not handled:
                return True
            everything = asyncio.gather(*handled)
            await asyncio.wait([everything, failed], timeout=timeout, return_when=asyncio.FIRST_COMPLETED)
            if not everything.done():
                everything.cancel()
                if not failed.done():
                    raise WaitForScreenTimeout("Messages are still not handled.")
                return False
        return True
    finally:
        failed.cancel()


# Textual asks every widget at each pause, a hundred of them; all but a few wait for a message, and need not be asked.
Pilot._wait_for_screen = _wait_for_screen  # type: ignore[assignment, method-assign]

_render_update, _pause = Compositor.render_update, Pilot.pause
_at_rest = False


def _render_at_rest(
    compositor: Compositor, full: bool = False, screen_stack: list[Screen[Any]] | None = None, simplify: bool = False
) -> RenderableType | None:
    return _render_update(compositor, full, screen_stack, simplify) if full or _at_rest else None


async def _pause_and_draw(pilot: Pilot[Any], delay: float | None = None) -> None:
    global _at_rest
    await _pause(pilot, delay)
    if not pilot.app.is_running or pilot.app._batch_count:
        return
    _at_rest = True
    try:
        pilot.app.screen._compositor_refresh()
    finally:
        _at_rest = False


# Draw what has changed each time the console is at rest, instead of up to 60 times a second: two of three frames would
# be replaced before a test can look, and drawing them was a fifth of what consoles cost.
Compositor.render_update = _render_at_rest  # type: ignore[assignment, method-assign]
Pilot.pause = _pause_and_draw  # type: ignore[assignment, method-assign]
