"""`warroom demo` in a real terminal: it opens, and leaves nothing behind."""

from __future__ import annotations

import os
import shlex
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

from tests.e2e.conftest import SOURCE
from tests.programs import needs


@needs("tmux")
def test_the_tour_begins_with_a_call_and_leaves_nothing_behind(tmp_path: Path, fresh_home: Path) -> None:
    tmux = ["tmux", "-L", f"warroom-demo-{os.getpid()}", "-f", "/dev/null"]
    environ = {**os.environ, "PYTHONPATH": str(SOURCE), "TMPDIR": str(tmp_path)}

    def run(*arguments: str) -> str:
        done = subprocess.run([*tmux, *arguments], env=environ, capture_output=True, text=True, check=True, timeout=20)
        return done.stdout

    command = f"{shlex.quote(sys.executable)} -m warroom demo; echo left with $?; sleep 60"
    run("new-session", "-d", "-s", "demo", "-x", "120", "-y", "36", command)
    try:
        shown = _until(lambda: run("capture-pane", "-p"), "F3 skips")
        assert "n · type: Photos stay grey · enter · 2 · enter" in shown
        assert len(list(tmp_path.glob("warroom-demo-*"))) == 1
        run("send-keys", "n")
        run("send-keys", "-l", "Photos stay grey")
        run("send-keys", "Enter", "2", "Enter")
        shown = _until(lambda: run("capture-pane", "-p"), "NOW, near the top, is the one next thing to do.")
        assert "ctrl+n · type: Alex · enter" in shown
        run("send-keys", "C-q")
        assert "left with 0" in _until(lambda: run("capture-pane", "-p"), "left with")
    finally:
        subprocess.run([*tmux, "kill-server"], check=False, capture_output=True, timeout=20)
    assert list(tmp_path.glob("warroom-demo-*")) == []
    assert list(fresh_home.rglob("*.db")) == []


def _until(look: Callable[[], str], words: str) -> str:
    limit = time.monotonic() + 30
    while time.monotonic() < limit:
        if words in (shown := look()):
            return shown
        time.sleep(0.05)
    raise AssertionError(f"{words!r} was not seen in time; on the screen:\n{shown}")
