"""`warroom completion`: print the completion script for a shell."""

from __future__ import annotations

import click
from click.shell_completion import get_completion_class

from warroom.cli.context import say


@click.command(
    short_help="Print the completion script for a shell.",
    help="Print the script that lets a shell complete warroom's commands and options.",
    epilog="""\b
Examples:
  warroom completion bash >> ~/.bashrc
  warroom completion zsh >> ~/.zshrc
  warroom completion fish > ~/.config/fish/completions/warroom.fish
""",
)
@click.argument("shell", type=click.Choice(["bash", "zsh", "fish"]))
@click.pass_context
def command(ctx: click.Context, shell: str) -> None:
    """Print click's own script for that shell."""
    make = get_completion_class(shell)
    assert make is not None
    script = make(ctx.find_root().command, {}, "warroom", "_WARROOM_COMPLETE").source()
    say(script.strip("\n"))
