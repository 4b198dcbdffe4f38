"""A terminal to measure in: a program on a pty, every byte it sends timed as it arrives."""

from __future__ import annotations

import fcntl
import os
import pty
import re
import select
import signal
import struct
import termios
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from time import perf_counter

import psutil
import pyte

from warroom.terminal import themes

WIDTH, HEIGHT = 120, 36
_PATIENCE_S = 20.0
_QUIET_S = 0.06
_CONTROL = re.compile(r"\x1b(?:\[[0-?]*[ -/]*[@-~]|\][^\x07]*\x07|[()][0-9A-B]|[=>78])")
_ASKS_SYNC, _HAS_SYNC = b"\x1b[?2026$p", b"\x1b[?2026;2$y"


class Screen:
    """What the program has drawn, kept by a terminal emulator."""

    def __init__(self) -> None:
        self._screen = pyte.Screen(WIDTH, HEIGHT)
        self._stream = pyte.ByteStream(self._screen)

    def feed(self, data: bytes) -> None:
        """Take what the program sent."""
        self._stream.feed(data)

    @property
    def text(self) -> str:
        """Its lines."""
        return "\n".join(self._screen.display)

    def marked(self, column: int) -> str:
        """The lines that have the background of a pane's cursor at a column."""
        rows = (y for y in range(HEIGHT) if self._screen.buffer[y][column].bg == _CURSOR)
        return "\n".join(self._screen.display[y][column:] for y in rows)


_CURSOR = (themes.DARK.boost or "").removeprefix("#")


class Terminal:
    """A program running on a pty of 120×36, answering as today's terminals do; leave the `with` and it is gone."""

    def __init__(self, arguments: Sequence[str], env: Mapping[str, str]) -> None:
        self.screen = Screen()
        self.sent = 0
        """Bytes the program has sent."""
        self.started = perf_counter()
        self.pid, self._pty = pty.fork()
        if self.pid == 0:
            fcntl.ioctl(0, termios.TIOCSWINSZ, struct.pack("HHHH", HEIGHT, WIDTH, 0, 0))
            os.execve(arguments[0], list(arguments), dict(env))
        self._process = psutil.Process(self.pid)

    def __enter__(self) -> Terminal:
        return self

    def __exit__(self, *_: object) -> None:
        os.kill(self.pid, signal.SIGKILL)
        os.close(self._pty)
        os.waitpid(self.pid, 0)

    def first_frame(self, pieces: Sequence[str]) -> float:
        """Seconds from exec until the last of these pieces of the screen has come."""
        shown, missing = "", list(pieces)
        while missing:
            at, data = self._read(_PATIENCE_S)
            shown += data.decode("utf-8", "replace")
            plain = _CONTROL.sub("", shown)
            missing = [piece for piece in missing if piece not in plain]
        return at - self.started

    def settle(self) -> None:
        """Take what still comes, until nothing does for a moment."""
        with suppress(TimeoutError):
            for _ in range(100):
                self._read(_QUIET_S)

    def type(self, key: bytes) -> None:
        """Press a key that is not measured, and let it take effect."""
        os.write(self._pty, key)
        self.wait(_QUIET_S)
        self.settle()

    def press(self, key: bytes, shown: Callable[[Screen], bool]) -> float:
        """Seconds from a key to the end of the burst of bytes that brings the change it makes."""
        self.settle()
        pressed = perf_counter()
        os.write(self._pty, key)
        while perf_counter() - pressed < _PATIENCE_S:
            # All of a burst is read and timed before any of it is looked at, so that looking delays nothing.
            burst = [self._read(_PATIENCE_S, feed=False)]
            with suppress(TimeoutError):
                while True:
                    burst.append(self._read(0.012, feed=False))
            for at, data in burst:
                self.screen.feed(data)
                if shown(self.screen):
                    for _, rest in burst[[when for when, _ in burst].index(at) + 1 :]:
                        self.screen.feed(rest)
                    return at - pressed
        raise TimeoutError(f"{key!r} changed nothing that was expected; the screen is:\n{self.screen.text}")

    def wait(self, seconds: float) -> None:
        """Let time pass, reading what comes."""
        until = perf_counter() + seconds
        while (left := until - perf_counter()) > 0:
            with suppress(TimeoutError):
                self._read(left)

    def cpu(self) -> float:
        """Seconds of processor the program has used."""
        times = self._process.cpu_times()
        return float(times.user + times.system)

    def memory(self) -> float:
        """Resident megabytes."""
        return float(self._process.memory_info().rss) / 1e6

    def _read(self, timeout: float, *, feed: bool = True) -> tuple[float, bytes]:
        ready, _, _ = select.select([self._pty], [], [], timeout)
        if not ready:
            raise TimeoutError(f"nothing came for {timeout} s; the screen is:\n{self.screen.text}")
        data = os.read(self._pty, 65536)
        at = perf_counter()
        self.sent += len(data)
        if _ASKS_SYNC in data:
            os.write(self._pty, _HAS_SYNC)
        if feed:
            self.screen.feed(data)
        return at, data
