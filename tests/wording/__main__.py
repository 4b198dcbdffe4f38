"""`python -m tests.wording [FILE] [--wrong]`: precision and recall of the remarks, by kind, on both halves.

FILE is a file of labelled sentences like corpus.toml, which is measured whole. --wrong also prints the sentences of the
first half (or of FILE) that are missed or wrong; those of the second half are not shown, so that no rule is fitted to
them.
"""

from __future__ import annotations

import argparse
from pathlib import Path

from tests.wording.measure import Figures, measure, sentences, shipped_rules
from warroom.wording import KINDS


def main() -> None:
    """Print the tables."""
    parser = argparse.ArgumentParser(prog="python -m tests.wording", description=__doc__)
    parser.add_argument("files", nargs="*", type=Path, metavar="FILE", help="labelled sentences, measured whole")
    parser.add_argument("--wrong", action="store_true", help="also print what is missed or wrong")
    given = parser.parse_args()
    files = given.files
    rules = shipped_rules()
    if files:
        tables = [(str(file), measure(sentences(file), rules)) for file in files]
    else:
        found = sentences()
        tables = [
            (f"half {half} (rules written {'with' if half == 1 else 'without'} it)", measure(chosen, rules))
            for half in (1, 2)
            for chosen in ([sentence for sentence in found if sentence.half == half],)
        ]
    for at, (name, figures) in enumerate(tables):
        _print(name, figures)
        if given.wrong and (files or at == 0):
            print("\n".join(figures.errors), end="\n\n")


def _print(name: str, figures: Figures) -> None:
    print(f"{name}\n{'':12} recall            precision")
    for kind in (*KINDS, ""):
        found, missed, wrong = figures.found, figures.missed, figures.wrong
        hits = found[kind] if kind else found.total()
        lacking = missed[kind] if kind else missed.total()
        false = wrong[kind] if kind else wrong.total()
        print(
            f"{kind or 'all':12} {figures.recall(kind):.2f} ({hits:3} of {hits + lacking:3})"
            f"  {figures.precision(kind):.2f} ({false} wrong)"
        )
    print()


if __name__ == "__main__":
    main()
