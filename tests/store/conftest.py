"""What the store's tests share: an open journal with one incident, and other processes to meet it."""

from __future__ import annotations

import os
import shutil
import sqlite3
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest


def by_hand(path: Path, *statements: str) -> None:
    """Do to a journal what nobody should: plain SQL, with its guards taken away; it goes on counting its entries."""
    connection = sqlite3.connect(path)
    triggers = connection.execute("SELECT name, sql FROM sqlite_schema WHERE type = 'trigger'").fetchall()
    for name, _ in triggers:
        connection.execute(f"DROP TRIGGER {name}")
    for statement in statements:
        connection.execute(statement)
    for name, sql in triggers:
        if not name.startswith("journal_no_"):
            connection.execute(sql)
    connection.commit()
    connection.close()


@pytest.fixture
def public_folder() -> Iterator[Path]:
    """A folder where every user can get at the files, which pytest's own folders do not allow."""
    outer = Path(tempfile.mkdtemp(prefix="warroom-public-"))
    outer.chmod(0o755)
    folder = outer / "sub"
    folder.mkdir(0o755)
    yield folder
    folder.chmod(0o700)
    shutil.rmtree(outer)


Start = Callable[..., "subprocess.Popen[str]"]


@pytest.fixture
def start() -> Iterator[Start]:
    """Start `workers.py` in a process of its own: start(job, argument, …)."""
    started: list[subprocess.Popen[str]] = []

    def start(*arguments: object) -> subprocess.Popen[str]:
        command = [sys.executable, "-m", "tests.store.workers", *map(str, arguments)]
        environment = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
        pipe, nothing = subprocess.PIPE, subprocess.DEVNULL
        process = subprocess.Popen(command, env=environment, stdin=nothing, stdout=pipe, stderr=pipe, text=True)
        started.append(process)
        return process

    yield start
    for process in started:
        if process.poll() is None:
            process.kill()
        process.communicate()


def finished(process: subprocess.Popen[str]) -> str:
    """Wait for a worker to end well, and give what it printed."""
    out, err = process.communicate(timeout=60)
    assert process.returncode == 0, err
    return out
