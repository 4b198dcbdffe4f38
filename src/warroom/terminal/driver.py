"""The console's terminal driver: Textual's own, but keys act one after the other and the title is restored."""

from __future__ import annotations

import asyncio
import os
import selectors
from codecs import getincrementaldecoder
from collections.abc import Iterable, Iterator
from concurrent.futures import TimeoutError as NotYet
from contextlib import suppress
from time import monotonic
from typing import Any, TextIO, cast

from textual import events
from textual._xterm_parser import XTermParser
from textual.app import App, ScreenStackError
from textual.drivers.linux_driver import LinuxDriver
from textual.message import Message
from textual.message_pump import MessagePump
from textual.screen import Screen
from textual.widget import Widget

_ROUNDS = 4
"""A key may post a message, whose handler moves the focus by way of two more queues; the fourth round is a reserve."""
_POLL_S = 0.01
_LONGEST_S = 1.0
_LOOK_S = 0.1
"""How often to look whether a queue that is waited for was closed, in which case it never answers."""
_PAUSE_S = 0.05
"""Seconds without another key until the driver waits for the last key's effects, so as not to delay its drawing."""
_READ = 4096
_PASTE_S = 2.0
"""Seconds of silence after which a paste without an end mark is over, so that the keyboard works again."""
_LARGEST_KEY = 8
"""Bytes that one key sends at most; a paste comes in longer pieces."""
_LARGEST_PASTE = 1_000_000
"""Characters of a paste to hold until its end; a longer paste is passed on in parts, still as text."""
_FRAME_BEGINS, _FRAME_ENDS = "\x1b[?2026h", "\x1b[?2026l"
_SHORT_FRAME = 256
"""Characters of a frame that needs no marks, because a terminal receives and draws it in one piece."""


class _SafeOutput:
    """An output file that ignores write errors, for when the terminal is gone.

    Otherwise the writing thread would die, its queue fill up, and the console hang on exit.
    """

    def __init__(self, file: TextIO) -> None:
        self._file = file
        self.fileno = file.fileno

    def write(self, text: str) -> None:
        with suppress(OSError, ValueError):
            self._file.write(text)

    def flush(self) -> None:
        with suppress(OSError, ValueError):
            self._file.flush()


Place = tuple[Screen[Any] | None, Widget | None]


class PasteSplitter:
    """Separates pasted text from typed keys.

    Textual's parser looks for keys in pasted text too: parts of a pasted log with color codes would act as keys.
    """

    _START, _END = "\x1b[200~", "\x1b[201~"

    def __init__(self) -> None:
        self._pasted: str | None = None

    @property
    def waiting(self) -> bool:
        """Whether a paste has begun and not ended."""
        return self._pasted is not None

    def feed(self, text: str) -> Iterator[tuple[str, bool]]:
        """Split the input into non-empty pieces, each with whether it was pasted."""
        while text:
            if self._pasted is None:
                keys, begun, text = text.partition(self._START)
                if keys := keys.replace(self._END, ""):  # the end of a paste that was released early
                    yield keys, False
                self._pasted = "" if begun else None
                continue
            # The end mark may arrive in pieces.
            pasted, ended, text = (self._pasted + text).partition(self._END)
            if not ended and len(pasted) > _LARGEST_PASTE:
                kept = pasted[-len(self._END) :]
                yield pasted[: -len(self._END)], True
                pasted = kept
            self._pasted = None if ended else pasted
            if ended and pasted:
                yield pasted, True

    def release(self) -> Iterator[tuple[str, bool]]:
        """Stop waiting for the end of a paste: what arrived is text, and what arrives next is keys again."""
        pasted, self._pasted = self._pasted, None
        if pasted:
            yield pasted, True


class TerminalDriver(LinuxDriver):
    """Makes keys that arrive in one burst, as over a slow connection, act one by one.

    Textual gives each key to the widget that has the focus when it is read: when `l` and some text are read together,
    the text would act as keys on the list. Here each key waits until the previous one has moved the focus.
    Bytes that are not UTF-8 become �; with Textual's driver they end the console.

    A frame is written in one piece, not three, and a short one without its marks: 163 bytes a second when idle
    instead of 179.
    """

    def __init__(
        self, app: App[object], *, debug: bool = False, mouse: bool = True, size: tuple[int, int] | None = None
    ) -> None:
        super().__init__(app, debug=debug, mouse=mouse, size=size)
        self._opened = False
        self._settled = True
        """Whether the effects of the last key are known to be complete."""
        self._before: Place = (None, None)
        """Where the keyboard was before the last key."""
        self._frame: list[str] | None = None
        self._file = cast(Any, _SafeOutput(cast(TextIO, self._file)))

    def start_application_mode(self) -> None:
        super().start_application_mode()  # type: ignore[no-untyped-call]
        self.write("\x1b[22;0t")  # save the terminal's title

    def stop_application_mode(self) -> None:
        self.write("\x1b[23;0t")
        super().stop_application_mode()

    def write(self, data: str) -> None:
        if data == _FRAME_BEGINS:
            self._frame = []
        elif self._frame is None:
            super().write(data)
        elif data != _FRAME_ENDS:
            self._frame.append(data)
        else:
            frame, self._frame = "".join(self._frame), None
            super().write(frame if len(frame) < _SHORT_FRAME else f"{_FRAME_BEGINS}{frame}{_FRAME_ENDS}")

    def run_input_thread(self) -> None:
        parser = XTermParser(self._debug)
        pastes = PasteSplitter()
        decode = getincrementaldecoder("utf-8")("replace").decode
        last_read = monotonic()
        with selectors.SelectSelector() as selector:
            selector.register(self.fileno, selectors.EVENT_READ)
            while not self.exit_event.is_set():
                pieces: Iterable[tuple[str, bool]] = ()
                if selector.select(_PAUSE_S if not self._settled else 0.1):
                    try:
                        read = os.read(self.fileno, _READ)
                    except OSError:
                        return  # the terminal is gone; the app notices by itself
                    if not read:
                        return
                    # While somebody presses keys at a screen that is waiting for the end of a paste, it still ends.
                    if not pastes.waiting or len(read) > _LARGEST_KEY:
                        last_read = monotonic()
                    pieces = pastes.feed(decode(read))
                elif not self._settled and not pastes.waiting:
                    self._settle()
                if pastes.waiting and monotonic() - last_read > _PASTE_S:
                    pieces = (*pieces, *pastes.release())
                for text, is_pasted in pieces:
                    for event in [events.Paste(text)] if is_pasted else parser.feed(text):
                        self.process_message(event)
                for event in parser.tick():
                    self.process_message(event)

    def process_message(self, message: Message) -> None:
        if isinstance(message, events.InputEvent | events.Paste):
            if not self._settled or (isinstance(message, events.Key) and not self._opened):
                self._settle()  # wait for the previous key, or for the first screen
            self._opened = self._opened or isinstance(message, events.Key)
        before = _place(self._app)
        super().process_message(message)
        if isinstance(message, events.Key) and not self._is_text(message):
            self._settled, self._before = False, before

    def _settle(self) -> None:
        self._wait_until_done()
        self._settled = True

    def _is_text(self, key: events.Key) -> bool:
        """Return whether a key only types a letter into the focused widget, which can't move the focus."""
        focused = self._app.focused
        return key.is_printable and focused is not None and focused.check_consume_key(key.key, key.character)

    def _wait_until_done(self) -> None:
        idle = asyncio.run_coroutine_threadsafe(wait_until_idle(self._app, self._before), self._loop)
        waited = 0.0
        # When the app exits, its event loop waits for this thread.
        while waited < _LONGEST_S and not self.exit_event.is_set():
            try:
                idle.result(_POLL_S)
                return
            except NotYet:
                waited += _POLL_S
        idle.cancel()


async def wait_until_idle(app: App[Any], before: Place = (None, None), *, patience_s: float = _LOOK_S) -> None:
    """Wait until all posted messages are handled, and those they posted, up to a new screen and its focus.

    A queue that has not handled them after `patience_s` is not waited for any longer. A key that has changed neither
    screen nor focus since `before` is complete as soon as the queues are empty that it passed; only the few others need
    all rounds.
    """
    await _wait_for_queue(app, patience_s)
    for _ in range(_ROUNDS):
        while not _is_open(app):
            await asyncio.sleep(_POLL_S)
        pumps = (app.focused or app.screen).ancestors_with_self
        for pump in pumps:
            await _wait_for_queue(pump, patience_s)
        if _is_open(app) and _place(app) == before and not any(pump.message_queue_size for pump in pumps):
            return


def _place(app: App[Any]) -> Place:
    """The screen and the widget that the next key goes to."""
    return (app.screen, app.focused) if _is_open(app) else (None, None)


def _is_open(app: App[object]) -> bool:
    try:
        return app.screen.is_mounted and not getattr(app.screen, "opening", False)
    except ScreenStackError:
        return False


async def _wait_for_queue(pump: MessagePump, patience_s: float) -> None:
    """Wait until a queue has handled all its present messages, or it is closed, or `patience_s` is over."""
    marker = _Marker()
    if not pump.post_message(events.Callback(callback=marker.reached)):
        return
    until, look_after = monotonic() + patience_s, min(patience_s, _LOOK_S)
    await asyncio.wait([marker.future], timeout=look_after)
    while not marker.future.done() and monotonic() < until and pump.is_running:
        await asyncio.wait([marker.future], timeout=look_after)


class _Marker:
    """A callback to put into a queue: a bound method, because Textual inspects a `partial` anew at every call."""

    def __init__(self) -> None:
        self.future: asyncio.Future[None] = asyncio.get_running_loop().create_future()

    def reached(self) -> None:
        if not self.future.done():
            self.future.set_result(None)
