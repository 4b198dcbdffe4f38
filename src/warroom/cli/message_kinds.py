"""Finding the kind of message that a command names."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from warroom.cli.context import notify

if TYPE_CHECKING:
    from warroom.messages.templates import Kind
    from warroom.workspace import Workspace


def find_kind(workspace: Workspace, name: str) -> Kind:
    """The kind of message with that name; a mistake in the company's own file for it is printed on stderr.

    Raises click.UsageError, which lists the known kinds, and says why the company's own file can't be used.
    """
    problem = workspace.kind_problems.get(name)
    kind = workspace.kinds.get(name)
    if kind is not None:
        if problem is not None:
            notify(str(problem))
        return kind
    known = ", ".join(workspace.kinds)
    if problem is not None:
        raise click.UsageError(f"The message {name!r} can't be used: {problem}. There are {known}")
    raise click.UsageError(f"There is no message {name!r}; there are {known}")
