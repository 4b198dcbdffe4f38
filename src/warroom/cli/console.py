"""Opening the console: the one place of the command line that reaches for Textual."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from warroom.cli.context import Invocation, complain

if TYPE_CHECKING:
    from warroom.workspace import Workspace


def has_terminal() -> bool:
    """Whether there is a screen to draw on and a keyboard to read; Textual draws on stderr."""
    return sys.stdin.isatty() and sys.stdout.isatty() and sys.stderr.isatty()


def open_console(to: Invocation) -> int:
    """Open the console on the journal and return its exit code; 2 where there is no terminal to draw on."""
    if not has_terminal():
        complain("the console needs a terminal; for scripts there are commands, see warroom --help.")
        return 2
    from warroom.cli.reference import find
    from warroom.workspace import Workspace

    # One that prints nothing: mistakes in the company's files are shown on the screen, which stderr would spoil.
    workspace = Workspace(to.path, now=to.now)
    try:
        journal = workspace.open_journal(create=True)
        incident = None if to.reference is None else find(journal, to.reference)
        return run_console(workspace, incident=incident)
    finally:
        workspace.close()


def run_console(workspace: Workspace, *, incident: str | None) -> int:
    """Run the console and return its exit code; `incident` is the id of the one to show first. Raises StoreError."""
    import gc

    # There is no garbage before the first frame; looking for it took a tenth of the time until then.
    gc.disable()
    try:
        from warroom.app import run

        return run(workspace, incident=incident)
    finally:
        gc.enable()
