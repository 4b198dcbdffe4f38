"""Consoles that start at once: each is a process of its own, forked from one that has loaded what a console needs.

Loading and compiling is two thirds of what a console costs in its first seconds, and each of dozens of tests would pay
for it. What a start itself does is tested with `Terminal(console(db), …)`, which starts Python anew.
"""

from __future__ import annotations

import fcntl
import gc
import json
import os
import select
import signal
import socket
import subprocess
import sys
import termios
import time
from collections.abc import Mapping, Sequence
from contextlib import suppress
from functools import cache
from pathlib import Path

SOURCE = Path(__file__).parents[2] / "src"
_PATIENCE_S = 60.0
"""How long the first start may take, which waits until everything is loaded."""


class WarmProcess:
    """What `subprocess.Popen` is for a process that was started anew: its id, its end, and signals."""

    def __init__(self, arguments: Sequence[str], env: Mapping[str, str], terminal: int) -> None:
        """Start `warroom` with these arguments in a session of its own, on the open terminal of that descriptor."""
        self.args = ["warroom", *arguments]
        self.returncode: int | None = None
        self._told, theirs = socket.socketpair()
        with theirs:
            socket.send_fds(_server()[0], [b"."], [theirs.fileno(), terminal])
        self._lines = self._told.makefile("r", encoding="utf-8")
        asked = {"arguments": list(arguments), "environ": dict(env), "folder": os.getcwd()}  # noqa: PTH109 - a string
        self._told.sendall(json.dumps(asked).encode() + b"\n")
        assert select.select([self._told], [], [], _PATIENCE_S)[0], "no console was started"
        self.pid = self._number("runs as ")

    def _number(self, words: str) -> int:
        line = self._lines.readline()
        assert line.startswith(words), f"no process: {line!r}"
        return int(line.removeprefix(words))

    def wait(self, timeout: float | None = None) -> int:
        """Wait for the end, and return the exit code: minus the signal that ended it. Raises TimeoutExpired."""
        if self.returncode is None:
            if not select.select([self._told], [], [], timeout)[0]:
                raise subprocess.TimeoutExpired(self.args, timeout or 0)
            self.returncode = self._number("ended with ")
            self._lines.close()
            self._told.close()
        return self.returncode

    def poll(self) -> int | None:
        """The exit code of a process that has ended."""
        with suppress(subprocess.TimeoutExpired):
            self.wait(0)
        return self.returncode

    def send_signal(self, number: int) -> None:
        """Send a signal, unless it has ended."""
        if self.poll() is None:
            with suppress(ProcessLookupError):
                os.kill(self.pid, number)

    def kill(self) -> None:
        """End it as a crash would."""
        self.send_signal(signal.SIGKILL)

    def terminate(self) -> None:
        """Ask it to end."""
        self.send_signal(signal.SIGTERM)


@cache
def _server() -> tuple[socket.socket, subprocess.Popen[bytes]]:
    """Where to ask for processes, and who starts them."""
    ours, theirs = socket.socketpair()
    with theirs:
        server = subprocess.Popen(
            [sys.executable, "-P", __file__, str(theirs.fileno())],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            env={**os.environ, "PYTHONPATH": str(SOURCE)},
            pass_fds=[theirs.fileno()],
            start_new_session=True,
        )
    return ours, server


def end_server() -> None:
    """Let the server end, if there is one, once every process that it started has ended."""
    if _server.cache_info().currsize:
        asked, server = _server()
        asked.close()
        server.wait(_PATIENCE_S)
        _server.cache_clear()


# The server, which runs no thread and never a console itself


def _load() -> None:
    from importlib import import_module
    from pkgutil import walk_packages

    from warroom import screens, wording
    from warroom.workspace import Workspace

    for name in ("warroom.app", "warroom.cli.console"):
        import_module(name)
    for module in walk_packages(screens.__path__, f"{screens.__name__}."):
        import_module(module.name)
    workspace = Workspace(Path(os.devnull), now=lambda: 0)
    assert workspace.playbook
    assert workspace.kinds
    for _ in wording.compile_all(workspace.rules):
        pass


def _serve(asked: socket.socket) -> None:
    _load()
    gc.freeze()
    while True:
        ready, descriptors, _, _ = socket.recv_fds(asked, 1, 2)
        _reap(0 if not ready else os.WNOHANG)
        if not ready:
            return
        if os.fork() == 0:
            asked.close()
            _run(*descriptors)
            return
        for descriptor in descriptors:
            os.close(descriptor)


def _reap(options: int) -> None:
    """Take note of those that have ended, so that what they cost counts as a cost of the tests."""
    with suppress(ChildProcessError):
        while os.waitpid(-1, options)[0]:
            pass


def _run(told: int, terminal: int) -> None:
    """Fork once more: the one runs the console and returns when it is over, the other tells how that ended."""
    teller = socket.socket(fileno=told)
    with teller.makefile("r", encoding="utf-8") as lines:
        asked = json.loads(lines.readline())
    child = os.fork()
    if child == 0:
        _console(teller, terminal, **asked)
    os.close(terminal)
    _, status = os.waitpid(child, 0)
    with suppress(OSError):  # the test is over
        teller.sendall(b"ended with %d\n" % os.waitstatus_to_exitcode(status))
    os._exit(0)


def _console(
    teller: socket.socket, terminal: int, *, arguments: list[str], environ: dict[str, str], folder: str
) -> None:
    os.setsid()
    fcntl.ioctl(terminal, termios.TIOCSCTTY, 0)
    for descriptor in range(3):
        os.dup2(terminal, descriptor)
    os.close(terminal)
    os.chdir(folder)
    os.environ.clear()
    os.environ.update(environ)
    time.tzset()
    sys.argv = ["warroom", *arguments]
    # What the interpreter makes of the three descriptors when it starts.
    sys.stdin = sys.__stdin__ = open(0, encoding="utf-8", closefd=False)  # type: ignore[misc]  # noqa: SIM115
    sys.stdout = sys.__stdout__ = open(1, "w", encoding="utf-8", closefd=False)  # type: ignore[misc]  # noqa: SIM115
    sys.stderr = sys.__stderr__ = open(2, "w", encoding="utf-8", closefd=False)  # type: ignore[misc]  # noqa: SIM115
    teller.sendall(b"runs as %d\n" % os.getpid())
    teller.close()
    from warroom.cli import main

    sys.exit(main())


if __name__ == "__main__":
    _serve(socket.socket(fileno=int(sys.argv[1])))
