"""`warroom check`: find mistakes in the company's own files before they matter."""

from __future__ import annotations

import click

from warroom.cli.context import Failed, Invocation, invocation, say
from warroom.text.counts import counted


@click.command(
    short_help="Check your company's own files.",
    help="Check all of your company's own files: playbook.toml, wording.toml, the scenarios of drills, and the "
    "templates of messages and documents, which are filled in as a test. Each problem is printed with file, line or "
    "key, and what is used until it is corrected. The exit code is 1 if there is a problem.",
    epilog="""\b
Examples:
  warroom check
""",
)
@invocation
def command(to: Invocation) -> None:
    """Print every problem."""
    from warroom.workspace import Workspace

    workspace = Workspace(to.path, now=to.real_now)  # without on_problem: all problems are printed below
    problems, files = workspace.problems, workspace.own_files
    for problem in problems:
        click.echo(str(problem), err=True)
    if problems:
        raise Failed(f"{counted(len(problems), 'problem')} in your own files")
    if files:
        say(f"OK: {counted(len(files), 'file')} of your own in {workspace.config}")
    else:
        say(f"OK: no files of your own in {workspace.config or 'your home folder'}; the built-in ones are used")
