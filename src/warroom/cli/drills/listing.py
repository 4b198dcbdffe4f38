"""`warroom drill list`: the scenarios to practise on."""

from __future__ import annotations

import click

from warroom.cli.context import Invocation, invocation, say
from warroom.model.scenario import load
from warroom.places import templates
from warroom.text.files import list_files, read_text


@click.command("list", short_help="List the scenarios to practise on.")
@invocation
def command(to: Invocation) -> None:
    """Print each scenario with its lesson."""
    for path in list_files(templates() / "drills", ".toml"):
        scenario = load(read_text(path), id=path.stem, file=str(path))
        say(f"{scenario.id}  {scenario.title}, {scenario.minutes} min. {scenario.lesson}")
