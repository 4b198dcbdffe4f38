"""`warroom name`: under which name you sign, and changing it."""

from __future__ import annotations

import click

from warroom.cli.context import Failed, Invocation, invocation, notify, say
from warroom.cli.parameters import TextCommand
from warroom.model.getting_ready import ReadyField, normal, refusal
from warroom.signing import AUTHOR

_FIELD = ReadyField("name", "Your name")


@click.command(
    cls=TextCommand,
    short_help="Show or change the name you sign with.",
    help="Show under which name you write into the log and sign messages; with NAME, change it from now on, for your "
    f"login in this file. What was written before keeps its name. {AUTHOR} goes before it.",
    epilog="""\b
Examples:
  warroom name
  warroom name "Dana Reyes"
""",
)
@click.argument("name", nargs=-1)
@invocation
def command(to: Invocation, name: tuple[str, ...]) -> None:
    """Print the name, or keep another one."""
    workspace = to.workspace
    if not name:
        say(workspace.author)
        return
    words = normal(_FIELD, " ".join(name))
    if not words:
        raise click.UsageError("NAME is empty; give your first and last name, as people know you")
    if reason := refusal(_FIELD, words):
        raise click.UsageError(reason)
    workspace.open_journal(create=True)
    if workspace.drill is not None:
        raise Failed("this is the file of a drill; give your name without `drill`, and the next drill has it")
    if (error := workspace.sign_as(words)) is not None:
        raise Failed(f"Nothing was changed: {error}")
    if workspace.may_sign_otherwise:
        say(f"The log and messages say {workspace.author} from now on")
    else:
        notify(f"{AUTHOR} is set and goes before it: you sign as {workspace.author} until you unset it.")
