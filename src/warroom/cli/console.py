"""Opening the console; the only module of the command line that imports Textual."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from warroom.cli.context import Invocation, notify

if TYPE_CHECKING:
    from warroom.workspace import Workspace


def has_terminal() -> bool:
    """Whether stdin, stdout and stderr are a terminal; Textual draws on stderr."""
    return sys.stdin.isatty() and sys.stdout.isatty() and sys.stderr.isatty()


def open_console(to: Invocation) -> int:
    """Open the console on the journal and return its exit code; 2 if there is no terminal."""
    if not has_terminal():
        notify("the console needs a terminal; for scripts there are commands, see warroom --help.")
        return 2
    from warroom.cli.reference import find
    from warroom.workspace import Workspace

    # A workspace that prints nothing: the console shows mistakes in the company's files itself.
    workspace = Workspace(to.path, now=to.now)
    try:
        journal = workspace.open_journal(create=True)
        incident = None if to.reference is None else find(journal, to.reference)
        return run_console(workspace, incident=incident)
    finally:
        workspace.close()


def run_console(workspace: Workspace, *, incident: str | None) -> int:
    """Run the console and return its exit code; `incident` is the id of the incident to open. Raises StoreError."""
    import gc

    # There is no garbage before the first frame; looking for it took a tenth of the time until then.
    gc.disable()
    try:
        from warroom.app import run

        return run(workspace, incident=incident)
    finally:
        gc.enable()
