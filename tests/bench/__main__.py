"""`python -m tests.bench`: measure, print the table, and exit 1 if a bound does not hold."""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

from tests.bench.figures import as_json, table
from tests.bench.measures import MEASURES
from tests.bench.runs import FULL, QUICK, Bench
from tests.bench.scale import scale
from tests.bench.subjects import build

ONLY_NAMED = {"scale": scale}
"""Measures that take minutes the first time, so that they run only if they are named."""
_ALL = {**MEASURES, **ONLY_NAMED}


def options(arguments: Sequence[str] | None) -> argparse.Namespace:
    """Read the command line."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench", description=__doc__)
    parser.add_argument(
        "measures", nargs="*", metavar="MEASURE", help="only these (default: all but scale); see --list"
    )
    parser.add_argument("--list", action="store_true", help="name the measures and leave")
    parser.add_argument("--quick", action="store_true", help="fewer runs: a glance, not a verdict")
    parser.add_argument("--json", action="store_true", help="every sample, for programs")
    parser.add_argument("--folder", type=Path, help="where to put the files (default: the temporary folder)")
    given = parser.parse_args(arguments)
    if unknown := [name for name in given.measures if name not in _ALL]:
        parser.error(f"there is no measure {unknown[0]!r}; there are {', '.join(_ALL)}")
    return given


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure what is asked for; 0 if every bound holds."""
    given = options(arguments)
    if given.list:
        for name, measure in _ALL.items():
            print(f"{name:12}{(measure.__doc__ or '').splitlines()[0]}")
        return 0
    tell = _tell if sys.stderr.isatty() else lambda _: None
    with tempfile.TemporaryDirectory(prefix="warroom-bench-", dir=given.folder) as name:
        folder = Path(name)
        tell("writing the files")
        bench = Bench(folder, build(folder), QUICK if given.quick else FULL, tell)
        figures = [figure for name in given.measures or MEASURES for figure in _ALL[name](bench)]
    tell("")
    print(as_json(figures) if given.json else table(figures))
    return int(any(figure.verdict == "over" for figure in figures))


def _tell(words: str) -> None:
    print(f"\r\x1b[K{words}", end="", file=sys.stderr, flush=True)


if __name__ == "__main__":
    sys.exit(main())
