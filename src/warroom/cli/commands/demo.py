"""`warroom demo`: the guided tour through a first drill, in a file that is deleted afterwards."""

from __future__ import annotations

from pathlib import Path

import click

from warroom.cli.console import run_tour, without_terminal
from warroom.cli.context import Invocation, invocation, notify

_SCENARIO = "first"


@click.command(
    short_help="Take the guided tour: a first drill, in five minutes.",
    help="Take the guided tour: a first incident to practise on, from the first ring to the last message, in about "
    "five minutes. A box says what to press and why, and goes on when you did it. Its file is deleted afterwards, and "
    "your own files are left out.",
    epilog="""\b
Examples:
  warroom demo
""",
)
@click.pass_context
@invocation
def command(to: Invocation, ctx: click.Context) -> None:
    """Begin the drill in a temporary folder, and open the tour on it."""
    if reason := without_terminal("the tour", "run it in one, without a pipe"):
        notify(reason)
        ctx.exit(2)
    import os
    import tempfile

    from warroom import drilling
    from warroom.own_files import OwnFiles
    from warroom.store.journal import Journal

    with tempfile.TemporaryDirectory(prefix="warroom-demo-") as folder:
        journal, own = Path(folder) / "demo.db", Path(folder) / "config"
        Journal.open(journal, now=to.real_now).close()
        author = to.workspace.author
        scenario = OwnFiles(None).scenarios[_SCENARIO]
        file = drilling.begin(journal, scenario, now=to.real_now(), author=author, speed=1)
        drill = drilling.open_drill(file, now=to.real_now, author=author, env=os.environ, config=own)
        code = run_tour(drill)
    ctx.exit(code)
