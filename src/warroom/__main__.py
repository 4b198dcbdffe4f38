"""What runs as `warroom`, and as `python -m warroom`: the command line in a process of its own, tuned to be quick."""

from __future__ import annotations

import atexit
import gc
import sys

_ALLOCATIONS = 50_000
"""New objects until garbage is looked for: a short command makes none, and looking took a tenth of its time.

It is never set back: Python would look for garbage at once, just before the end.
"""


def main() -> int:
    """Run the command line of this process; returns its exit code."""
    gc.set_threshold(_ALLOCATIONS, *gc.get_threshold()[1:])  # before the imports, which make many objects
    atexit.register(gc.freeze)  # else Python looks for garbage in all that is loaded when it ends, which took 20 ms
    from warroom.cli import main as run

    return run()


if __name__ == "__main__":
    sys.exit(main())
