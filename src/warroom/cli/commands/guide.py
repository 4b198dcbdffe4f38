"""`warroom guide`: read the classic mistakes and the manners of the war room."""

from __future__ import annotations

import sys

import click

from warroom.cli.context import Invocation, invocation, say
from warroom.model.guidance import manners_section, mistake_sections


@click.command(
    short_help="Read the classic mistakes, and war-room manners.",
    help="Read what to do and what not to do: the classic mistakes, the manners of the war room, or both. The words "
    "are those of the playbook.",
    epilog="""\b
Examples:
  warroom guide
  warroom guide mistakes
  warroom guide manners
""",
)
@click.argument("topic", type=click.Choice(["mistakes", "manners"]), required=False)
@invocation
def command(to: Invocation, topic: str | None) -> None:
    """Print the sections of a topic, or of both."""
    from warroom.text.width import wrap

    playbook = to.workspace.playbook
    sections = mistake_sections(playbook.mistakes) if topic != "manners" else []
    if topic != "mistakes":
        sections.append(manners_section(playbook.manners))
    for number, (heading, lines) in enumerate(sections):
        say(("\n" if number else "") + heading)
        for do_or_dont, text in lines:
            for row in wrap(text, 88, sys.maxsize, f"  {do_or_dont:<6} ", " " * 9):
                say(row)
