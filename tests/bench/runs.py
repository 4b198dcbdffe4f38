"""How often each thing is measured, and with what."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import msgspec

from tests.bench.subjects import Files


class Runs(msgspec.Struct, frozen=True):
    """How often each thing is measured; `idle` in seconds."""

    starts: int
    presses: int
    commands: int
    appends: int
    exports: int
    idle: float


FULL = Runs(starts=11, presses=40, commands=21, appends=300, exports=5, idle=30.0)
QUICK = Runs(starts=3, presses=10, commands=5, appends=60, exports=2, idle=5.0)


class Bench(msgspec.Struct, frozen=True):
    """Where the files are, how often to measure, and whom to tell how far it is."""

    folder: Path
    files: Files
    runs: Runs
    tell: Callable[[str], None]

    def copy(self, file: Path, name: str) -> Path:
        """A journal of one's own, for what writes into it."""
        return Path(shutil.copy(file, self.folder / name))
