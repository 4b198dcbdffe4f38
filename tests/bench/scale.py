"""What a journal of a million entries, and one of ten thousand incidents, cost compared with small ones."""

from __future__ import annotations

import sqlite3
import subprocess
import tempfile
import time
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from time import perf_counter

from tests.bench import subjects
from tests.bench.figures import Figure
from tests.bench.runs import Bench
from warroom.store.finder import find
from warroom.workspace import Workspace

_SEARCHES = {
    "a rare word": "bakedi",
    "a common word": "payment",
    "two common words": "payment checkout",
    "a common and a rare word": "payment bakedi",
    "the beginning of a common word": "paym",
    "a word that nobody wrote": "xylophone",
    "in one incident": "payment rollback",
}


def scale(bench: Bench) -> list[Figure]:
    """1,000 incidents with 1,000,000 entries, and 10,000 incidents; the files are kept in the temporary folder."""
    cache = Path(tempfile.gettempdir())
    bench.tell("writing a million entries, once")
    million, tenth = subjects.scale_file(cache), subjects.scale_file(cache, 10)
    bench.tell("writing ten thousand incidents, once")
    many, ten = subjects.many_file(cache), subjects.many_file(cache, 10)
    return [
        *_search(bench, million, tenth),
        *_screens(bench, million, many, ten),
        *_commands(bench, million),
        _similar(bench, million, tenth),
        _size(million, tenth),
    ]


def _opened(path: Path) -> closing[Workspace]:
    """A workspace on a file, as a context."""
    none = path.parent / "none"
    return closing(Workspace(path, now=lambda: time.time_ns() // 1_000_000, author="bench", env={}, config=none))


def _timed(act: Callable[[], object]) -> float:
    began = perf_counter()
    act()
    return (perf_counter() - began) * 1000


def _search(bench: Bench, million: Path, tenth: Path) -> list[Figure]:
    """Each search from the store, newest first, in all entries and in a tenth of them."""
    figures = []
    with _opened(million) as whole, _opened(tenth) as part:
        for name, words in _SEARCHES.items():
            bench.tell(f"search: {name}")
            taken: dict[Workspace, list[float]] = {whole: [], part: []}
            for _ in range(bench.runs.commands):
                for workspace, samples in taken.items():
                    incident = _last(workspace) if name == "in one incident" else None
                    samples.append(_timed(lambda: find(workspace.journal, words, incident)))  # noqa: B023
            figures.append(_growing(f"search of a million entries, {name}", taken[whole], taken[part], bound=50))
    return figures


def _growing(name: str, whole: list[float], tenth: list[float], bound: float) -> Figure:
    return Figure(name, "ms", tuple(whole), tuple(tenth), bound, against="a tenth of it", grows=True)


def _last(workspace: Workspace) -> str:
    """The incident of the last entry."""
    return workspace.journal.since(workspace.journal.last_seq() - 1)[0].incident


def _screens(bench: Bench, million: Path, many: Path, ten: Path) -> list[Figure]:
    """The start screen of each file from exec to the first frame, and opened from an incident."""
    files = {
        "empty": bench.copy(bench.files.empty, "scale-empty.db"),
        "million": bench.copy(million, "scale-million.db"),
        "ten": bench.copy(ten, "scale-ten.db"),
        "many": bench.copy(many, "scale-many.db"),
    }
    pieces = dict.fromkeys(files, ("warroom", "Declare an incident", "Help"))
    taken: dict[str, list[float]] = {name: [] for name in files}
    for turn in range(bench.runs.starts + 1):
        bench.tell(f"incidents {turn}/{bench.runs.starts}")
        for name, path in files.items():
            with subjects.console(bench.folder, path) as console:
                seconds = console.first_frame(pieces[name])
            if turn:  # the first turn sums the incidents up, and warms the file cache
                taken[name].append(seconds * 1000)
    ms = {name: tuple(samples) for name, samples in taken.items()}
    more = tuple(many - ten for many, ten in zip(ms["many"], ms["ten"], strict=True))
    return [
        Figure(
            "first frame, 1,000 incidents, 1,000,000 entries",
            "ms",
            ms["million"],
            ms["empty"],
            1.15,
            against="empty file",
        ),
        Figure("first frame, 10,000 incidents", "ms", ms["many"], ms["ten"], against="10 incidents"),
        Figure("incidents screen, 10,000: more than with 10", "ms", more, bound=100),
    ]


def _commands(bench: Bench, million: Path) -> list[Figure]:
    """`warroom log` and `warroom status` as whole processes, on a million entries and on an incident just declared."""
    files = {"fresh": bench.copy(bench.files.fresh, "scale-fresh.db"), "million": bench.folder / "scale-million.db"}
    with _opened(files["million"]) as workspace:
        last = _last(workspace)
    figures = []
    for name, arguments in (
        ("log", ("log", "Rollback started")),
        ("status", ("status",)),
        ("search", ("search", "bakedi")),
    ):
        taken: dict[str, list[float]] = {"fresh": [], "million": []}
        for turn in range(bench.runs.commands + 1):
            bench.tell(f"warroom {name} {turn}/{bench.runs.commands}")
            for file, path in files.items():
                env = subjects.environment(bench.folder, path)
                which = ("-i", last) if file == "million" and name != "search" else ()
                line = subjects.command(*which, *arguments)
                ms = _timed(lambda: subprocess.run(line, env=env, check=True, stdout=subprocess.DEVNULL))  # noqa: B023
                if turn:
                    taken[file].append(ms)
        samples = {file: tuple(ms) for file, ms in taken.items()}
        figures.append(
            Figure(
                f"warroom {name}, 1,000,000 entries",
                "ms",
                samples["million"],
                samples["fresh"],
                1.3,
                against="just declared",
            )
        )
    return figures


def _similar(bench: Bench, million: Path, tenth: Path) -> Figure:
    """The similar incidents of a title among a thousand, and among a hundred; the summaries are read already."""
    taken: list[list[float]] = []
    for path in (million, tenth):
        with _opened(path) as workspace:
            workspace.similar("warm up")
            runs = range(bench.runs.commands)
            taken.append([_timed(lambda: workspace.similar("Payment bakedi diloba", "search")) for _ in runs])
    return _growing("similar incidents, of 1,000", taken[0], taken[1], bound=50)


def _size(million: Path, tenth: Path) -> Figure:
    per_entry = []
    for path in (million, tenth):
        with closing(sqlite3.connect(path)) as connection:
            (entries,) = connection.execute("SELECT count(*) FROM journal").fetchone()
        per_entry.append(path.stat().st_size / entries)
    whole, part = per_entry
    return Figure("bytes on the disk, per entry", "B", (whole,), (part,), 400, against="a tenth of it", grows=True)
