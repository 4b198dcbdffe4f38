"""The clipboard for real: xclip under Xvfb, tmux with its own settings in a terminal we hold, and everything broken."""

from __future__ import annotations

import base64
import os
import re
import resource
import selectors
import stat
import subprocess
import time
from collections.abc import Callable, Iterator
from itertools import count
from pathlib import Path

import psutil
import pytest

from tests.programs import needs
from warroom.terminal import clipboard
from warroom.terminal.clipboard import Copied, copy, osc52

MESSAGE = "[SEV2] Update #2: Checkout errors\n\nImpact: 20 % of attempts fail — “card declined” 🧯\n"
OSC52 = re.compile(rb"\x1b\]52;[a-z]*;([A-Za-z0-9+/=]+)(?:\x07|\x1b\\)")


@pytest.fixture
def env() -> dict[str, str]:
    """A terminal on this machine, without any display."""
    return {"PATH": os.environ["PATH"], "HOME": os.environ["HOME"], "TERM": "xterm-256color", "LANG": "C.UTF-8"}


@pytest.fixture
def patient(monkeypatch: pytest.MonkeyPatch) -> None:
    """Allow for a loaded machine where the test isn't about the time limit."""
    monkeypatch.setattr(clipboard, "LIMIT_S", 30.0)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "outbox"


class Pty:
    """A terminal of ours: what is written to `slave` is what a person's terminal would have received."""

    def __init__(self) -> None:
        self.master, self.slave = os.openpty()
        self.received = b""

    def write(self, text: str) -> None:
        os.write(self.slave, text.encode())

    def until(self, done: Callable[[bytes], object], limit: float = 15) -> bytes:
        """Read until `done` says so of all that was received; fails after `limit` seconds."""
        deadline = time.monotonic() + limit
        with selectors.DefaultSelector() as selector:
            selector.register(self.master, selectors.EVENT_READ)
            while not done(self.received):
                assert time.monotonic() < deadline, f"never arrived; received {self.received!r}"
                if selector.select(0.2):
                    self.received += os.read(self.master, 65536)
        return self.received

    def close(self) -> None:
        os.close(self.master)
        os.close(self.slave)


@pytest.fixture
def pty() -> Iterator[Pty]:
    terminal = Pty()
    yield terminal
    terminal.close()


@pytest.fixture(scope="module")
def display() -> Iterator[str]:
    """An X display of our own, its number chosen by Xvfb."""
    ready, told = os.pipe()
    server = subprocess.Popen(
        ["Xvfb", "-displayfd", str(told), "-screen", "0", "640x480x8", "-nolisten", "tcp"],
        pass_fds=[told],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    os.close(told)
    number = b""
    while not number.endswith(b"\n"):
        chunk = os.read(ready, 16)
        assert chunk, "Xvfb did not start"
        number += chunk
    os.close(ready)
    yield f":{number.decode().strip()}"
    server.terminate()
    server.wait()


def _program(folder: Path, name: str, script: str) -> Path:
    """Put a program of this name in front of the PATH's own; returns the folder to put there."""
    folder.mkdir(exist_ok=True)
    program = folder / name
    program.write_text(f"#!/bin/sh\n{script}\n")
    program.chmod(0o755)
    return folder


def _decoded(sequence: bytes) -> str:
    found = OSC52.search(sequence)
    assert found, f"no OSC 52 in {sequence!r}"
    return base64.b64decode(found[1]).decode()


def _assert_kept(copied: Copied, text: str = MESSAGE) -> None:
    assert copied.file is not None
    assert copied.file.read_text() == text
    assert stat.S_IMODE(copied.file.stat().st_mode) == 0o600
    assert stat.S_IMODE(copied.file.parent.stat().st_mode) == 0o700


# A display ------------------------------------------------------------------------------------------------------------


@needs("xclip", "Xvfb")
@pytest.mark.usefixtures("patient")
def test_xclip_holds_the_text_and_only_then_it_is_called_copied(
    env: dict[str, str], display: str, folder: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    env["DISPLAY"] = display
    copied = copy(MESSAGE, env=env, to_terminal=None, folder=folder)

    assert (copied.outcome, copied.how) == ("copied", "xclip")
    assert copied.words == "Copied (read back from the clipboard)."
    pasted = subprocess.run(["xclip", "-selection", "clipboard", "-o"], env=env, capture_output=True, check=True)
    assert pasted.stdout.decode() == MESSAGE
    _assert_kept(copied)
    assert capfd.readouterr() == ("", "")


@needs("xclip", "Xvfb")
@pytest.mark.usefixtures("patient")
def test_a_clipboard_that_answers_with_something_else_is_not_called_copied(
    env: dict[str, str], display: str, folder: Path, tmp_path: Path, pty: Pty
) -> None:
    """As when a clipboard manager rewrites, or cuts, what it was given."""
    front = _program(
        tmp_path / "bin", "xclip", 'for a; do [ "$a" = -o ] && { echo other; exit; }; done; cat >/dev/null'
    )
    env |= {"DISPLAY": display, "PATH": f"{front}:{env['PATH']}"}
    copied = copy(MESSAGE, env=env, to_terminal=pty.write, folder=folder)

    assert (copied.outcome, copied.how) == ("sent", "OSC 52")
    assert _decoded(pty.until(OSC52.search)) == MESSAGE


@needs("xclip")
@pytest.mark.usefixtures("patient")
def test_a_dead_display_is_neither_copied_nor_heard_of_on_the_screen(
    env: dict[str, str], folder: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    env["DISPLAY"] = ":9871"
    copied = copy(MESSAGE, env=env, to_terminal=None, folder=folder)

    assert (copied.outcome, copied.how) == ("kept", "file")
    assert copied.words == f"No clipboard here; the text is in {copied.file}."
    _assert_kept(copied)
    assert capfd.readouterr() == ("", "")


def test_an_xclip_that_hangs_is_ended_with_its_children_within_the_limit(
    env: dict[str, str], folder: Path, tmp_path: Path, pty: Pty
) -> None:
    pids = tmp_path / "pids"
    front = _program(tmp_path / "bin", "xclip", f'sleep 600 & echo "$$ $!" >> {pids}; wait')
    env |= {"DISPLAY": ":0", "PATH": f"{front}:{env['PATH']}"}
    began = time.monotonic()
    copied = copy(MESSAGE, env=env, to_terminal=pty.write, folder=folder)
    took = time.monotonic() - began

    assert (copied.outcome, copied.how) == ("sent", "OSC 52")
    assert took < clipboard.LIMIT_S + 1.5
    _assert_kept(copied)
    started = [int(pid) for pid in pids.read_text().split()]
    assert len(started) == 2
    # What was killed dies when the system next gives it a turn, which a loaded machine may put off.
    deadline = time.monotonic() + 10
    while any(_runs(pid) for pid in started):
        assert time.monotonic() < deadline, f"{started} outlived the limit"
        time.sleep(0.01)


def _runs(pid: int) -> bool:
    try:
        return bool(psutil.Process(pid).status() != psutil.STATUS_ZOMBIE)
    except psutil.NoSuchProcess:
        return False


# tmux -----------------------------------------------------------------------------------------------------------------


class Tmux:
    """A tmux with default settings and one client, whose terminal is our pty."""

    def __init__(self, pty: Pty, env: dict[str, str], socket: Path) -> None:
        self._tmux = ["tmux", "-S", str(socket), "-f", "/dev/null"]
        self.pty = pty
        self._client = subprocess.Popen(
            [*self._tmux, "new-session", "-x", "80", "-y", "24", "cat"],
            stdin=pty.slave,
            stdout=pty.slave,
            stderr=pty.slave,
            env=env,
            start_new_session=True,
        )
        pty.until(lambda received: b"[0]" in received or b"0:cat" in received)
        self.inside = env | {"TMUX": self.run("display-message", "-p", "#{socket_path},#{pid},0")}

    def run(self, *command: str) -> str:
        return subprocess.run([*self._tmux, *command], capture_output=True, text=True, check=True).stdout.rstrip("\n")

    def buffer(self) -> str:
        return subprocess.run([*self._tmux, "show-buffer"], capture_output=True, check=True).stdout.decode()

    def close(self) -> None:
        subprocess.run([*self._tmux, "kill-server"], capture_output=True, check=False)
        self._client.wait(10)


@pytest.fixture
def tmux(pty: Pty, env: dict[str, str], tmp_path: Path) -> Iterator[Tmux]:
    server = Tmux(pty, env, tmp_path / "tmux")
    yield server
    server.close()


@needs("tmux")
@pytest.mark.usefixtures("patient")
@pytest.mark.parametrize("setting", ["external", "off"])
def test_tmux_takes_the_text_and_passes_it_to_the_terminal_around_it(tmux: Tmux, folder: Path, setting: str) -> None:
    """Default settings say `external`; what an application inside prints as OSC 52 would be dropped there."""
    tmux.run("set-option", "-s", "set-clipboard", setting)
    copied = copy(MESSAGE, env=tmux.inside, to_terminal=pytest.fail, folder=folder)

    assert (copied.outcome, copied.how) == ("sent", "tmux")
    assert copied.words == (
        f"In tmux's buffer and sent on to the terminal; if pasting gives nothing, the text is in {copied.file}."
    )
    assert tmux.buffer() == MESSAGE
    assert _decoded(tmux.pty.until(OSC52.search)) == MESSAGE
    _assert_kept(copied)


@needs("tmux")
@pytest.mark.usefixtures("patient")
def test_a_tmux_too_old_to_pass_it_on_is_said_to_hold_it_only_itself(
    tmux: Tmux, folder: Path, tmp_path: Path, env: dict[str, str]
) -> None:
    real = subprocess.run(["which", "tmux"], capture_output=True, text=True, check=True).stdout.strip()
    old = 'for a; do [ "$a" = -w ] && { echo "load-buffer: unknown flag -w" >&2; exit 1; }; done'
    front = _program(tmp_path / "bin", "tmux", f'{old}; exec {real} "$@"')
    inside = tmux.inside | {"PATH": f"{front}:{env['PATH']}"}
    copied = copy(MESSAGE, env=inside, to_terminal=pytest.fail, folder=folder)

    assert (copied.outcome, copied.how) == ("sent", "tmux buffer")
    assert copied.words.startswith("In tmux's buffer only (prefix ] pastes it)")
    assert tmux.buffer() == MESSAGE


@needs("tmux")
@pytest.mark.usefixtures("patient")
def test_a_tmux_that_has_gone_leaves_the_rest_of_the_chain(
    env: dict[str, str], folder: Path, tmp_path: Path, pty: Pty, capfd: pytest.CaptureFixture[str]
) -> None:
    env["TMUX"] = f"{tmp_path / 'gone'},1,0"
    copied = copy(MESSAGE, env=env, to_terminal=pty.write, folder=folder)

    assert (copied.outcome, copied.how) == ("sent", "OSC 52")
    assert capfd.readouterr() == ("", "")


def test_a_tmux_that_hangs_leaves_time_for_the_rest(
    env: dict[str, str], folder: Path, tmp_path: Path, pty: Pty
) -> None:
    front = _program(tmp_path / "bin", "tmux", "exec sleep 600")
    env |= {"TMUX": "/tmp/any,1,0", "PATH": f"{front}:{env['PATH']}"}
    began = time.monotonic()
    copied = copy(MESSAGE, env=env, to_terminal=pty.write, folder=folder)

    assert (copied.outcome, copied.how) == ("sent", "OSC 52")
    assert time.monotonic() - began < clipboard.LIMIT_S + 1.5


# SSH, and nothing at all ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("variable", ["SSH_TTY", "SSH_CONNECTION"])
def test_over_ssh_the_terminal_is_asked_and_nothing_more_is_claimed(
    env: dict[str, str], folder: Path, pty: Pty, variable: str
) -> None:
    """Even with a display: it is the far machine's, and nobody sits there."""
    env |= {variable: "/dev/pts/7", "DISPLAY": ":0"}
    copied = copy(MESSAGE, env=env, to_terminal=pty.write, folder=folder)

    assert (copied.outcome, copied.how) == ("sent", "OSC 52")
    assert copied.words == f"Sent to the terminal; if pasting gives nothing, the text is in {copied.file}."
    assert pty.until(OSC52.search) == osc52(MESSAGE).encode()
    _assert_kept(copied)


@pytest.mark.parametrize(("length", "warned"), [(3_000, ""), (5_000, "but some terminals"), (10_000, "but mosh and")])
def test_a_text_longer_than_terminals_take_comes_with_a_warning(
    env: dict[str, str], folder: Path, length: int, warned: str
) -> None:
    sent: list[str] = []
    copied = copy("x" * length, env=env | {"SSH_TTY": "/dev/pts/7"}, to_terminal=sent.append, folder=folder)

    assert copied.outcome == "sent"
    assert (f"{warned} " in copied.words) if warned else ("cut" not in copied.words)
    assert _decoded(sent[0].encode()) == "x" * length


@pytest.mark.parametrize("term", ["dumb", "linux"])
def test_a_terminal_without_a_clipboard_is_not_said_to_have_been_sent_anything(
    env: dict[str, str], folder: Path, term: str
) -> None:
    copied = copy(MESSAGE, env=env | {"TERM": term}, to_terminal=pytest.fail, folder=folder)
    assert copied.outcome == "kept"


def test_a_terminal_that_hung_up_leaves_the_file(env: dict[str, str], folder: Path, pty: Pty) -> None:
    def hung_up(_sequence: str) -> None:
        raise BrokenPipeError

    copied = copy(MESSAGE, env=env, to_terminal=hung_up, folder=folder)
    assert copied.outcome == "kept"
    _assert_kept(copied)


def test_with_no_program_at_all_the_text_is_kept(folder: Path, tmp_path: Path) -> None:
    copied = copy(MESSAGE, env={"PATH": str(tmp_path), "DISPLAY": ":0", "TMUX": "x"}, to_terminal=None, folder=folder)
    assert (copied.outcome, copied.how) == ("kept", "file")
    _assert_kept(copied)


# The file -------------------------------------------------------------------------------------------------------------


def test_an_unwritable_folder_is_told_and_the_chain_goes_on(env: dict[str, str], tmp_path: Path, pty: Pty) -> None:
    (tmp_path / "file").touch()
    folder = tmp_path / "file" / "outbox"
    sent = copy(MESSAGE, env=env, to_terminal=pty.write, folder=folder)
    assert (sent.outcome, sent.file) == ("sent", None)
    assert sent.words == f"Sent to the terminal; the text could not be kept in {folder} (Not a directory)."

    failed = copy(MESSAGE, env=env, to_terminal=None, folder=folder)
    assert (failed.outcome, failed.file) == ("failed", None)
    assert failed.words == (
        f"No clipboard here, and the text could not be kept in {folder} (Not a directory); "
        "select the text on the screen."
    )


def test_a_disk_that_takes_no_more_leaves_no_half_written_copy(env: dict[str, str], folder: Path) -> None:
    """The limit on the size of files stands in for the full disk: both end a write half-way."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (8, hard))
    try:
        copied = copy(MESSAGE, env=env | {"SSH_TTY": "x"}, to_terminal=None, folder=folder)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
    assert (copied.outcome, copied.file) == ("failed", None)
    assert f"could not be kept in {folder} (File too large)" in copied.words
    assert list(folder.iterdir()) == []


def test_copies_are_named_by_their_time_and_only_the_newest_stay(env: dict[str, str], folder: Path) -> None:
    env["SSH_TTY"] = "x"
    start = 1_795_403_820_042  # 2026-11-23 03:17:00.042 UTC
    names: list[str] = []
    seconds = count()
    for _ in range(clipboard.KEPT_FILES + 2):
        file = copy(MESSAGE, env=env, to_terminal=None, folder=folder, now=lambda: start + 1000 * next(seconds)).file
        assert file is not None
        names.append(file.name)

    assert names[0] == "message-20261123T031700.042Z.txt"
    assert sorted(file.name for file in folder.iterdir()) == names[2:]

    back = copy("the clock jumped back", env=env, to_terminal=None, folder=folder, now=lambda: start).file
    again = copy("the same instant", env=env, to_terminal=None, folder=folder, now=lambda: start).file
    assert back is not None
    assert again is not None
    assert again != back
    assert again.read_text() == "the same instant"
    assert len(list(folder.iterdir())) == clipboard.KEPT_FILES


def test_a_copy_is_private_whatever_the_umask(env: dict[str, str], folder: Path) -> None:
    before = os.umask(0)
    try:
        copied = copy(MESSAGE, env=env | {"SSH_TTY": "x"}, to_terminal=None, folder=folder)
    finally:
        os.umask(before)
    _assert_kept(copied)


def test_controls_in_the_text_are_made_visible_before_it_leaves(env: dict[str, str], folder: Path) -> None:
    sent: list[str] = []
    copied = copy("a\x1b]0;title\x07\ud800b", env=env | {"SSH_TTY": "x"}, to_terminal=sent.append, folder=folder)
    assert _decoded(sent[0].encode()) == "a␛]0;title␇⟨U+D800⟩b"
    _assert_kept(copied, "a␛]0;title␇⟨U+D800⟩b")
