"""Copying a message to the nearest clipboard, and always to a file too; the result says where the text really is.

The order: tmux's own buffer inside tmux; OSC 52 over SSH; the system's clipboard, read back; OSC 52 again; the file.
"""

from __future__ import annotations

import base64
import contextlib
import os
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from itertools import count
from pathlib import Path
from typing import IO, Literal

import msgspec

from warroom.places import make_private_folder
from warroom.text.cleaning import clean

LIMIT_S = 2.0
"""Seconds that all programs may take together; any that still run then are killed."""

KEPT_FILES = 50
"""How many copied messages stay in the folder; the oldest are deleted."""

_SHORT_OSC52 = 4_096
_LONG_OSC52 = 12_000
"""Characters of encoded text that VTE's terminals and mosh accept; they may silently cut or drop longer texts."""

_NO_CLIPBOARD_TERMINALS = frozenset({"dumb", "linux"})


class Copied(msgspec.Struct, frozen=True):
    """The result of copying a text; `words` is the sentence to show.

    copied: the clipboard was read back and has the text. sent: tmux or the terminal got it, no more is known.
    kept: only `file` has it. failed: nothing has it; `file` is None whenever it couldn't be written.
    """

    outcome: Literal["copied", "sent", "kept", "failed"]
    how: str
    words: str
    file: Path | None


def copy(
    text: str,
    *,
    env: Mapping[str, str],
    to_terminal: Callable[[str], None] | None,
    folder: Path,
    now: Callable[[], int] = lambda: time.time_ns() // 1_000_000,
) -> Copied:
    """Copy a text to where it can be pasted, and say where that is; blocks up to LIMIT_S, so not for the UI thread.

    `env` is the user's environment, `to_terminal` writes an escape sequence to the terminal (None: there is none),
    `folder` gets a copy of the text as a file readable by this user only, named by `now` (ms UTC). Never raises when
    a program, display or disk fails.
    """
    text = clean(text)
    deadline = time.monotonic() + LIMIT_S
    file: Path | None = None
    trouble = ""
    try:
        file = _keep(text, folder, now())
    except OSError as error:
        trouble = f"the text could not be kept in {folder} ({error.strerror or error})"

    def result(outcome: Literal["copied", "sent"], how: str, words: str) -> Copied:
        if outcome == "sent":
            words += f"; if pasting gives nothing, the text is in {file}." if file else f"; {trouble}."
        elif trouble:
            words += f" But {trouble}."
        return Copied(outcome, how, words, file)

    over_ssh = bool(env.get("SSH_TTY") or env.get("SSH_CONNECTION"))
    in_tmux = _tmux(text, env, deadline) if env.get("TMUX") else "absent"
    if in_tmux == "passed on":
        return result("sent", "tmux", f"In tmux's buffer and sent on to the terminal{_length_warning(text)}")
    if not over_ssh and (tool := _system_clipboard(text, env, deadline)):
        return result("copied", tool, "Copied (read back from the clipboard).")
    if in_tmux == "in the buffer":
        return result(
            "sent", "tmux buffer", "In tmux's buffer only (prefix ] pastes it): this tmux does not pass it on"
        )
    if _send(text, env, to_terminal):
        return result("sent", "OSC 52", f"Sent to the terminal{_length_warning(text)}")
    if file is None:
        return Copied("failed", "nothing", f"No clipboard here, and {trouble}; select the text on the screen.", None)
    return Copied("kept", "file", f"No clipboard here; the text is in {file}.", file)


def osc52(text: str) -> str:
    """Return the escape sequence that asks a terminal to put a text on its clipboard."""
    return f"\x1b]52;c;{base64.b64encode(text.encode()).decode()}\x07"


def _length_warning(text: str) -> str:
    length = len(osc52(text))
    if length <= _SHORT_OSC52:
        return ""
    who = "some terminals" if length <= _LONG_OSC52 else "mosh and some terminals"
    return f", but {who} cut a text this long, so check its end after pasting"


def _send(text: str, env: Mapping[str, str], to_terminal: Callable[[str], None] | None) -> bool:
    """Send an OSC 52 sequence to the terminal; False if there is no terminal, or it is known to ignore them."""
    if to_terminal is None or env.get("TERM", "") in _NO_CLIPBOARD_TERMINALS:
        return False
    try:
        to_terminal(osc52(text))
    except (OSError, ValueError):  # the terminal hung up, or its stream was closed
        return False
    return True


def _tmux(text: str, env: Mapping[str, str], deadline: float) -> Literal["passed on", "in the buffer", "absent"]:
    """Fill tmux's buffer, have tmux (3.2 or later) pass it on to its terminal, and read it back."""
    deadline = min(deadline, time.monotonic() + LIMIT_S / 2)  # a tmux that hangs leaves time for the rest of the chain
    data = text.encode()
    passed_on = _bounded(["tmux", "load-buffer", "-w", "-"], data, env, deadline) is not None
    if not passed_on:
        _bounded(["tmux", "load-buffer", "-"], data, env, deadline)
    if _bounded(["tmux", "show-buffer"], b"", env, deadline) != data:
        return "absent"
    return "passed on" if passed_on else "in the buffer"


_TOOLS = {
    "wl": "wl-copy",
    "osx_pbcopy": "pbcopy",
    "osx_pyobjc": "the macOS clipboard",
    "windows": "the Windows clipboard",
    "wsl": "clip.exe",
    "dev_clipboard": "/dev/clipboard",
}
# pyperclip sets no time limit for the programs it runs and lets them print on the screen: it runs in another process.
_COPY = (
    "import sys, pyperclip\n"
    "pyperclip.copy(sys.stdin.buffer.read().decode())\n"
    "print(pyperclip.copy.__name__.removeprefix('copy_'))"
)
_PASTE = "import sys, pyperclip\nsys.stdout.buffer.write(pyperclip.paste().encode())"


def _system_clipboard(text: str, env: Mapping[str, str], deadline: float) -> str:
    """Copy with pyperclip; returns the name of the tool it used, or "" unless the clipboard then has the text.

    A second process reads it back: a clipboard that belongs to a process (Qt's) would end with the first one.
    """
    if not sys.executable:
        return ""
    python = [sys.executable, "-P", "-c"]
    used = _bounded([*python, _COPY], text.encode(), env, deadline)
    if used is None:
        return ""
    found = _bounded([*python, _PASTE], b"", env, deadline)
    if found is None or found.decode(errors="replace").replace("\r\n", "\n") != text:
        return ""
    tool = used.decode().strip()
    return _TOOLS.get(tool, tool)


def _bounded(command: list[str], data: bytes, env: Mapping[str, str], deadline: float) -> bytes | None:
    """Run a program until `deadline` (monotonic seconds), return its output; None if it fails, or hangs and is killed.

    Output goes to a file, not a pipe: xclip and wl-copy keep running to own the selection, and would keep a pipe open.
    The program gets its own session, so that its children can be killed with it, and so that the owner of the
    selection outlives the terminal.
    """
    remaining = deadline - time.monotonic()
    if remaining <= 0:
        return None
    try:
        with _scratch() as output:
            process = subprocess.Popen(
                command,
                stdin=subprocess.PIPE,
                stdout=output,
                stderr=subprocess.DEVNULL,
                env=dict(env),
                start_new_session=True,
            )
            try:
                process.communicate(data, timeout=remaining)
            except subprocess.TimeoutExpired:
                return None
            finally:
                if process.poll() is None:
                    _kill(process)
            output.seek(0)
            return output.read() if process.returncode == 0 else None
    except OSError:  # no such program, no memory for a process, no space for its output
        return None


def _scratch() -> IO[bytes]:
    """Open a file for a program's output: in memory if possible, so that copying also works with a full disk."""
    if sys.platform == "linux":
        return os.fdopen(os.memfd_create("output"), "w+b")
    return tempfile.TemporaryFile()


def _kill(process: subprocess.Popen[bytes]) -> None:
    """Kill a program and its children."""
    if hasattr(os, "killpg"):
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
    else:
        process.kill()
    if process.stdin:
        with contextlib.suppress(OSError):
            process.stdin.close()
    process.wait()


def _keep(text: str, folder: Path, at: int) -> Path:
    """Write a text to a new file (0600) in a folder (created with 0700 if needed), completely or not at all."""
    make_private_folder(folder)
    stamp = datetime.fromtimestamp(at / 1000, UTC).strftime("%Y%m%dT%H%M%S") + f".{at % 1000:03}Z"
    for n in count(1):
        file = folder / f"message-{stamp}{'' if n == 1 else f'-{n}'}.txt"
        with contextlib.suppress(FileExistsError):
            os.close(os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))
            break
    unfinished = file.with_suffix(".unfinished")
    try:
        with os.fdopen(os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as stream:
            stream.write(text.encode())
            stream.flush()
            os.fsync(stream.fileno())
        unfinished.replace(file)
    except OSError:
        for left in (unfinished, file):
            with contextlib.suppress(OSError):
                left.unlink()
        raise
    with contextlib.suppress(OSError):
        others = sorted(other for other in folder.glob("message-*") if other != file)
        for old in others[: -(KEPT_FILES - 1)]:
            old.unlink()
    return file
