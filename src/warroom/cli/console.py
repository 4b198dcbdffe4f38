"""Opening the console: the one place of the command line that reaches for Textual."""

from __future__ import annotations

import sys

from warroom.cli.context import Invocation, complain


def has_terminal() -> bool:
    """Whether there is a screen to draw on and a keyboard to read; Textual draws on stderr."""
    return sys.stdin.isatty() and sys.stdout.isatty() and sys.stderr.isatty()


def open_console(to: Invocation) -> int:
    """Open the console on the journal and return its exit code; 2 where there is no terminal to draw on."""
    if not has_terminal():
        complain("the console needs a terminal; for scripts there are commands, see warroom --help.")
        return 2
    from warroom.cli.reference import find

    journal = to.journal(create=True)
    incident = None if to.reference is None else find(journal, to.reference)
    from warroom.app import run
    from warroom.workspace import Workspace

    return run(Workspace(journal, to.playbook(), author=to.author, now=to.now), incident=incident)
