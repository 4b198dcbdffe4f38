"""What every test starts from: one zone, one locale, an empty home, and nothing of the developer's terminal."""

from __future__ import annotations

import gc
import os
import shutil
import sys
import tempfile
import time
from collections.abc import Iterator, MutableMapping
from contextlib import suppress
from functools import cache
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from warroom.store.journal import Journal

STRIPPED = (
    "NO_COLOR",
    "FORCE_COLOR",
    "COLORTERM",
    "TMUX",
    "TMUX_PANE",
    "STY",
    "DISPLAY",
    "WAYLAND_DISPLAY",
    "ESCDELAY",
)
STRIPPED_PREFIXES = ("TEXTUAL", "SSH_", "WARROOM_", "XDG_", "LC_")
SET = {"TZ": "UTC", "LANG": "C.UTF-8", "LC_ALL": "C.UTF-8", "TERM": "xterm-256color", "COLORTERM": "truecolor"}

THREE_SEVENTEEN = 1_795_403_820_000
"""2026-11-23T03:17:00Z in ms: when the telephone rings in most tests."""


def _strip_environment() -> None:
    # Where the snapshot plugin gathers its pictures, which it tells the other worker by the environment.
    mine = [name for name in os.environ if name != "TEXTUAL_SNAPSHOT_TEMPDIR"]
    textual_was_told = any(name.startswith("TEXTUAL") or name == "ESCDELAY" for name in mine)
    for name in mine:
        if name in STRIPPED or name.startswith(STRIPPED_PREFIXES) or name in ("COLUMNS", "LINES"):
            del os.environ[name]
    os.environ.update(SET)
    # Dozens of tests start warroom anew; compiling it at each start is not what users wait for, nor should the tests.
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
    sys.dont_write_bytecode = False
    if hasattr(time, "tzset"):
        time.tzset()
    if textual_was_told:
        # The snapshot plugin imported Textual before this file was read; only a fresh import forgets those variables.
        for module in [name for name in sys.modules if name.partition(".")[0] == "textual"]:
            del sys.modules[module]


def _point_home_at(folder: Path, environ: MutableMapping[str, str]) -> None:
    environ["HOME"] = str(folder)
    environ["XDG_DATA_HOME"] = str(folder / "data")
    environ["XDG_CONFIG_HOME"] = str(folder / "config")
    environ["XDG_STATE_HOME"] = str(folder / "state")
    environ["XDG_CACHE_HOME"] = str(folder / "cache")


_strip_environment()
_SESSION_HOME = Path(tempfile.mkdtemp(prefix="warroom-tests-"))
_point_home_at(_SESSION_HOME, os.environ)


@pytest.hookimpl(tryfirst=True)
def pytest_collection(session: pytest.Session) -> None:
    """Let the workers begin to load the tests at different files, where all of them are asked for.

    In a new checkout nothing is compiled yet. Workers that begin with the same file compile each one at the same time,
    which costs 6 s of processor time for each worker; these find in the second half what the others have compiled.
    """
    worker = getattr(session.config, "workerinput", None)
    if worker is None or session.config.args_source is not pytest.Config.ArgsSource.TESTPATHS:
        return
    files = sorted(Path(__file__).parent.rglob("test_*.py"))
    names = [".".join(file.relative_to(session.config.rootpath).with_suffix("").parts) for file in files]
    first = len(names) * int(worker["workerid"].removeprefix("gw")) // worker["workercount"]
    for name in names[first:] + names[:first]:
        with suppress(Exception, pytest.skip.Exception):  # collecting it says what is wrong with it
            import_module(name)


def pytest_collection_finish() -> None:
    """Spare the garbage collector what stays until the end: looking through it took a tenth of the console's tests."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(20_000, 20, 100)


def pytest_unconfigure() -> None:
    """Leave nothing behind in the temporary folder."""
    shutil.rmtree(_SESSION_HOME, ignore_errors=True)


_empty_homes: list[Path] = []


@pytest.fixture(autouse=True)
def fresh_home(monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A home folder of the test's own, so that no test finds another's journal, settings or drafts.

    One that stayed empty is the next test's; making and removing thousands of folders takes seconds.
    """
    folder = _empty_homes.pop() if _empty_homes else Path(tempfile.mkdtemp(dir=_SESSION_HOME))
    environ: dict[str, str] = {}
    _point_home_at(folder, environ)
    for name, value in environ.items():
        monkeypatch.setenv(name, value)
    yield folder
    if folder.is_dir() and not any(folder.iterdir()):
        _empty_homes.append(folder)
    else:
        shutil.rmtree(folder, ignore_errors=True)


class Clock:
    """The time as a test wants it: call it for ms UTC, move it by hand."""

    def __init__(self, at: int = THREE_SEVENTEEN) -> None:
        """Start at `at`, ms UTC."""
        self.at = at

    def __call__(self) -> int:
        """Tell the time, ms UTC."""
        return self.at

    def advance(self, *, hours: float = 0, minutes: float = 0, seconds: float = 0, ms: int = 0) -> int:
        """Let time pass (or, with negative amounts, jump back); returns the new time."""
        self.at += ms + round((hours * 3600 + minutes * 60 + seconds) * 1000)
        return self.at


@pytest.fixture
def clock() -> Clock:
    """A clock standing at 03:17 UTC that the test moves."""
    return Clock()


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Where the journal of a test is."""
    return tmp_path / "journal.db"


@cache
def _empty_journal() -> tuple[bytes, bytes]:
    """The bytes of a new journal in which the first start was seen, and the id of the file in them."""
    from warroom.store.journal import Journal  # the environment has to be stripped before anything is imported
    from warroom.store.preferences import Preferences

    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "journal.db"
        with Journal.open(path, now=Clock()) as journal:
            origin = journal.origin.encode()
            Preferences(journal.connection).set("first start", "true")
        return path.read_bytes(), origin


def put_journal(path: Path) -> None:
    """Put a new journal there, with an id of its own; making one by all migrations takes four times as long."""
    from warroom.store.identity import new_origin

    content, origin = _empty_journal()
    assert content.count(origin) == 1
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    path.touch(0o600, exist_ok=False)
    path.write_bytes(content.replace(origin, new_origin().encode()))


@pytest.fixture
def journal(path: Path, clock: Clock) -> Iterator[Journal]:
    """A new journal, empty."""
    from warroom.store.journal import Journal

    put_journal(path)
    with Journal.open(path, now=clock) as journal:
        yield journal
