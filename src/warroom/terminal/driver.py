"""The console's way to a real terminal: Textual's own, with keys taken one after the other and the title given back."""

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
"""A key may post a message, whose handler asks for a focus by way of two more queues; the last one is to spare."""
_LOOK_S = 0.01
_LONGEST_S = 1.0
_PAUSE_S = 0.05
"""After a key without another, so much later what it set off is waited for: not while it is being drawn."""
_READ = 4096
_PASTE_S = 2.0
"""So long after the last of a paste whose end does not come, the keyboard is given back."""
_LARGEST_PASTE = 1_000_000
"""Characters of a paste that are kept back; of a longer one these are handed on, still as text."""
_FRAME_BEGINS, _FRAME_ENDS = "\x1b[?2026h", "\x1b[?2026l"
_SHORT_FRAME = 256
"""Characters that a terminal gets in one piece, and so draws at once, unmarked."""


class _Unbroken:
    """What is written to, whose reader may be gone.

    The thread that writes would die of it, its queue fill up, and the console hang on the way out.
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


class Pastes:
    """Takes what was pasted out of what was typed.

    Textual's parser looks for keys in pasted text too: of a pasted log with colours in it, pieces would act as keys.
    """

    _START, _END = "\x1b[200~", "\x1b[201~"

    def __init__(self) -> None:
        self._pasted: str | None = None

    @property
    def waiting(self) -> bool:
        """Whether a paste has begun whose end has not come."""
        return self._pasted is not None

    def feed(self, text: str) -> Iterator[tuple[str, bool]]:
        """Split what came in into pieces that are not empty, each with whether it was pasted."""
        while text:
            if self._pasted is None:
                keys, begun, text = text.partition(self._START)
                if keys := keys.replace(self._END, ""):  # the end of a paste that was released before it came
                    yield keys, False
                self._pasted = "" if begun else None
                continue
            # The mark of the end may come in pieces.
            pasted, ended, text = (self._pasted + text).partition(self._END)
            if not ended and len(pasted) > _LARGEST_PASTE:
                kept = pasted[-len(self._END) :]
                yield pasted[: -len(self._END)], True
                pasted = kept
            self._pasted = None if ended else pasted
            if ended and pasted:
                yield pasted, True

    def release(self) -> Iterator[tuple[str, bool]]:
        """Give up waiting for the end of a paste: what came of it is text, and what comes next is keys again."""
        pasted, self._pasted = self._pasted, None
        if pasted:
            yield pasted, True


class TerminalDriver(LinuxDriver):
    """Keys that arrive in one burst, as they do over a slow line, act one by one.

    Textual hands each key to the widget that has the focus when it is read: of `l`, then words, read together, the
    words would all have gone to the list, as acts. Here the next key waits until the one before has moved the focus.
    Bytes that are no UTF-8 become �, where they would have ended the console.

    A frame is written in one piece, where Textual makes three of it, and a short one without its marks: 163 bytes a
    second idle instead of 179.
    """

    def __init__(
        self, app: App[object], *, debug: bool = False, mouse: bool = True, size: tuple[int, int] | None = None
    ) -> None:
        super().__init__(app, debug=debug, mouse=mouse, size=size)
        self._opened = False
        self._settled = True
        """Whether what the last key set off is known to be done."""
        self._before: Place = (None, None)
        """Where the last key came to."""
        self._frame: list[str] | None = None
        self._file = cast(Any, _Unbroken(cast(TextIO, self._file)))

    def start_application_mode(self) -> None:
        super().start_application_mode()  # type: ignore[no-untyped-call]
        self.write("\x1b[22;0t")  # keep the terminal's title

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
        pastes = Pastes()
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
                        return  # the terminal is gone; the console notices by itself
                    if not read:
                        return
                    last_read = monotonic()
                    pieces = pastes.feed(decode(read))
                elif pastes.waiting and monotonic() - last_read > _PASTE_S:
                    pieces = pastes.release()
                elif not self._settled:
                    self._settle()
                for text, is_pasted in pieces:
                    for event in [events.Paste(text)] if is_pasted else parser.feed(text):
                        self.process_message(event)
                for event in parser.tick():
                    self.process_message(event)

    def process_message(self, message: Message) -> None:
        if isinstance(message, events.InputEvent | events.Paste):
            if not self._settled or (isinstance(message, events.Key) and not self._opened):
                self._settle()  # the key before this, or what is still to be seen for the first time
            self._opened = self._opened or isinstance(message, events.Key)
        before = _place(self._app)
        super().process_message(message)
        if isinstance(message, events.Key) and not self._is_text(message):
            self._settled, self._before = False, before

    def _settle(self) -> None:
        self._wait_until_done()
        self._settled = True

    def _is_text(self, key: events.Key) -> bool:
        """Whether it is one more letter of what is being typed, which moves nothing."""
        focused = self._app.focused
        return key.is_printable and focused is not None and focused.check_consume_key(key.key, key.character)

    def _wait_until_done(self) -> None:
        done = asyncio.run_coroutine_threadsafe(all_done(self._app, self._before), self._loop)
        waited = 0.0
        # While the console ends, its loop waits for this thread.
        while waited < _LONGEST_S and not self.exit_event.is_set():
            try:
                done.result(_LOOK_S)
                return
            except NotYet:
                waited += _LOOK_S
        done.cancel()


async def all_done(app: App[Any], before: Place = (None, None)) -> None:
    """Wait until what was posted so far has been handled, and what that posted, up to a new screen and its focus.

    A key that changed neither screen nor focus since `before` is done when all the queues it passed are empty: most of
    the waiting goes for the few that did.
    """
    await _reached(app)
    for _ in range(_ROUNDS):
        while not _is_open(app):
            await asyncio.sleep(_LOOK_S)
        pumps = (app.focused or app.screen).ancestors_with_self
        for pump in pumps:
            await _reached(pump)
        if _place(app) == before and not any(pump.message_queue_size for pump in pumps):
            return


def _place(app: App[Any]) -> Place:
    """The screen and the widget that the next key goes to."""
    return (app.screen, app.focused) if _is_open(app) else (None, None)


def _is_open(app: App[object]) -> bool:
    try:
        return app.screen.is_mounted
    except ScreenStackError:
        return False


async def _reached(pump: MessagePump) -> None:
    """Wait until a queue has come to what is put into it now; for one that closes meanwhile, a tenth of a second."""
    mark = _Mark()
    if pump.post_message(events.Callback(callback=mark.reached)):
        await asyncio.wait([mark.future], timeout=_LONGEST_S / 10)


class _Mark:
    """Something put into a queue: a bound method, whose parameters Textual looks up once, and a partial's each time."""

    def __init__(self) -> None:
        self.future: asyncio.Future[None] = asyncio.get_running_loop().create_future()

    def reached(self) -> None:
        if not self.future.done():
            self.future.set_result(None)
