"""`warroom demo`: open the console on a sample incident, in a file that is deleted afterwards."""

from __future__ import annotations

from pathlib import Path

import click

from warroom.cli.console import has_terminal, run_console
from warroom.cli.context import Invocation, invocation, notify


@click.command(
    short_help="Open the console on a sample incident in a temporary file.",
    help="Open the console on a sample incident in full swing, in a file that is deleted afterwards.",
    epilog="""\b
Examples:
  warroom demo
""",
)
@click.pass_context
@invocation
def command(to: Invocation, ctx: click.Context) -> None:
    """Write the sample into a temporary file, and open the console on it."""
    if not has_terminal():
        notify("the demo needs a terminal; run it in one, without a pipe.")
        ctx.exit(2)
    import os
    import tempfile

    from warroom.cli.sample import AUTHOR, write_sample
    from warroom.store.daily_copies import SETTING
    from warroom.workspace import Workspace

    with tempfile.TemporaryDirectory(prefix="warroom-demo-") as folder:
        workspace = Workspace(
            Path(folder) / "demo.db", author=AUTHOR, now=to.real_now, env={**os.environ, SETTING: "off"}
        )
        try:
            incident = write_sample(workspace.database, workspace.playbook, to.real_now())
            code = run_console(workspace, incident=incident)
        finally:
            workspace.close()
    ctx.exit(code)
