"""Finding the kind of message a command names, and saying what is wrong with a company's own file for it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from warroom.cli.context import complain

if TYPE_CHECKING:
    from warroom.messages.templates import Kind
    from warroom.workspace import Workspace


def find_kind(workspace: Workspace, name: str) -> Kind:
    """The kind of message of that name; a mistake in the company's own file for it is told on stderr.

    Raises click.UsageError naming the kinds there are, or why the company's own one can't be used.
    """
    problem = workspace.kind_problems.get(name)
    kind = workspace.kinds.get(name)
    if kind is not None:
        if problem is not None:
            complain(str(problem))
        return kind
    known = ", ".join(workspace.kinds)
    if problem is not None:
        raise click.UsageError(f"The message {name!r} can't be used: {problem}. There are {known}")
    raise click.UsageError(f"There is no message {name!r}; there are {known}")
