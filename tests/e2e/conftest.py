"""The command line as tests use it: in this process with a clock that stands still, or as a process of its own."""

from __future__ import annotations

import io
import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType
from typing import NamedTuple

import pytest

from tests.conftest import Clock
from tests.e2e.warm import SOURCE as SOURCE
from tests.e2e.warm import end_server
from warroom.cli import main


def pytest_sessionfinish() -> None:
    """Leave no process behind."""
    end_server()


class Ran(NamedTuple):
    """What came of a command: exit code, stdout, stderr."""

    code: int
    out: str
    err: str


class Cli:
    """Runs `warroom …` on a journal of the test's own."""

    def __init__(
        self, db: Path, clock: Clock, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        self.db = db
        self.clock = clock
        self._capsys = capsys
        self._monkeypatch = monkeypatch

    def run(self, *arguments: str, stdin: bytes | None = b"") -> Ran:
        """Run one command through the real entry point, in this process; without `stdin`, that is closed (<&-)."""
        given = None if stdin is None else io.TextIOWrapper(io.BytesIO(stdin))
        self._monkeypatch.setattr(sys, "stdin", given)
        self._capsys.readouterr()
        code = main(["--db", str(self.db), *arguments], now=self.clock)
        return Ran(code, *self._capsys.readouterr())

    def ok(self, *arguments: str, stdin: bytes = b"") -> str:
        """Run a command that must succeed without complaint; returns its output without the last newline."""
        ran = self.run(*arguments, stdin=stdin)
        assert ran.code == 0, ran.err
        return ran.out.removesuffix("\n")

    def declare(self, title: str = "Checkout errors", severity: str = "2", *arguments: str) -> str:
        """Declare an incident and return its reference."""
        return self.ok("declare", title, "--severity", severity, *arguments)

    def process(
        self, *arguments: str | bytes, stdin: bytes = b"", environ: Mapping[str, str] = MappingProxyType({})
    ) -> Ran:
        """Run one command as a process of its own, with the real clock."""
        command: list[str | bytes] = [sys.executable, "-m", "warroom", "--db", str(self.db), *arguments]
        done = subprocess.run(
            command,
            input=stdin,
            capture_output=True,
            timeout=60,
            env={**os.environ, "PYTHONPATH": str(SOURCE), **environ},
            check=False,
        )
        return Ran(done.returncode, done.stdout.decode("utf-8", "replace"), done.stderr.decode("utf-8", "replace"))


@pytest.fixture
def cli(tmp_path: Path, clock: Clock, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Cli:
    """The command line on an empty folder, at 03:17 UTC, in the hands of Sam."""
    monkeypatch.setenv("WARROOM_AUTHOR", "Sam")
    return Cli(tmp_path / "warroom.db", clock, capsys, monkeypatch)
