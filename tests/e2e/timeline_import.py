"""A timeline as people write one, and its import by the command line."""

from __future__ import annotations

from tests.doctored import acting
from tests.e2e.conftest import Cli, Ran

TIMELINE = """\
# Checkout errors, 2025-11-03 (UTC)

- 18:50 First alert: checkout error rate above 5 %
- ~19:00 Priya: customers report that payments fail
- 19:05 Incident declared, SEV2
- ??:?? somebody restarted the cache
- 19:12 Decided to roll back because it is faster
- 19:40 Rolled back to v2.3.1
- 19:55 All services back to normal

The next review is in March.
"""
RIGHT = ["--date", "2025-11-03", "--zone", "UTC"]


def imported(cli: Cli, text: str, *arguments: str) -> Ran:
    """Import a text from standard input."""
    return cli.run("import", "-", *arguments, stdin=text.encode())


def refused(cli: Cli, ran: Ran, code: int) -> str:
    """The one sentence with which an import was refused; nothing was written."""
    assert (ran.code, ran.out) == (code, "")
    assert ran.err.startswith("warroom: ")
    assert (ran.err.count("\n"), acting(ran.err)) == (1, set())
    assert not cli.db.exists()
    return ran.err.removeprefix("warroom: ").removesuffix("\n")
