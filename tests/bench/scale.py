"""What a journal of a million entries, and one of ten thousand incidents, cost compared with small ones."""

from __future__ import annotations

import sqlite3
import subprocess
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from time import perf_counter

from tests.bench import subjects
from tests.bench.figures import Figure
from tests.bench.measures import Bench
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
    million = subjects.scale_file(cache)
    bench.tell("writing ten thousand incidents, once")
    many, ten = subjects.many_file(cache), subjects.many_file(cache, 10)
    return [
        *_search(bench, million),
        *_screens(bench, million, many, ten),
        *_commands(bench, million),
        _similar(bench, million),
        _size(million),
    ]


def _workspace(path: Path) -> Workspace:
    return Workspace(path, now=lambda: time.time_ns() // 1_000_000, author="bench", env={}, config=path.parent / "none")


def _timed(act: Callable[[], object]) -> float:
    began = perf_counter()
    act()
    return (perf_counter() - began) * 1000


def _search(bench: Bench, million: Path) -> list[Figure]:
    """Each search from the store, newest first; the floor is what it takes to read as many entries by their keys."""
    workspace, figures = _workspace(million), []
    try:
        journal = workspace.journal
        one = journal.since(journal.last_seq() - 1)[0].incident
        for name, words in _SEARCHES.items():
            bench.tell(f"search: {name}")
            incident = one if name == "in one incident" else None
            taken = [_timed(lambda: find(journal, words, incident)) for _ in range(bench.runs.commands)]  # noqa: B023
            figures.append(Figure(f"search of a million entries, {name}", "ms", tuple(taken), bound=50))
    finally:
        workspace.close()
    return figures


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
    workspace = _workspace(files["million"])
    last = workspace.journal.since(workspace.journal.last_seq() - 1)[0].incident
    workspace.close()
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


def _similar(bench: Bench, million: Path) -> Figure:
    """The similar incidents of a title among a thousand, the summaries read already."""
    workspace = _workspace(million)
    try:
        workspace.similar("warm up")
        taken = [
            _timed(lambda: workspace.similar("Payment bakedi diloba", "search")) for _ in range(bench.runs.commands)
        ]
    finally:
        workspace.close()
    return Figure("similar incidents, of 1,000", "ms", tuple(taken), bound=50)


def _size(million: Path) -> Figure:
    connection = sqlite3.connect(million)
    (entries,) = connection.execute("SELECT count(*) FROM journal").fetchone()
    connection.close()
    return Figure("bytes on the disk, per entry", "B", (million.stat().st_size / entries,), bound=400)
