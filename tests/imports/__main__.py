"""`python -m tests.imports [--wrong]`: how much of the timelines in `timelines/` is understood, by layout."""

from __future__ import annotations

import sys
from collections import Counter

from tests.imports.measure import measure, samples


def main() -> None:
    """Print the table; --wrong also prints each difference."""
    total: Counter[str] = Counter()
    print(f"{'timeline':28} {'layout':20} entries  found   times   kinds")
    for sample in samples():
        counts, differences = measure(sample)
        total += counts
        found = max(counts["found"], 1)
        print(
            f"{sample.name[:28]:28} {sample.expected['layout'][:20]:20} {counts['there']:7}"
            f"  {counts['found'] / counts['there']:.2f}    {counts['time'] / found:.2f}    {counts['kind'] / found:.2f}"
        )
        if "--wrong" in sys.argv:
            print("".join(f"    {difference}\n" for difference in differences), end="")
    found = total["found"]
    print(
        f"\n{len(samples())} timelines: {found} of {total['there']} entries found ({found / total['there']:.3f}), "
        f"{total['wrong']} that are none; of those found {total['time'] / found:.3f} have the right time, "
        f"{total['kind'] / found:.3f} the right kind, {total['text'] / found:.3f} the right words"
    )


if __name__ == "__main__":
    main()
