"""`warroom templates`: list, show, copy and check the templates of messages."""

from __future__ import annotations

import os
import textwrap
from pathlib import Path
from typing import TYPE_CHECKING

import click

from warroom import places
from warroom.cli.context import Failed, Invocation, invocation, notify, print_data, say
from warroom.cli.message_kinds import find_kind
from warroom.messages.templates import SUFFIX, check_file, template_files
from warroom.own_files import MESSAGES
from warroom.text.counts import counted
from warroom.text.files import read_text

if TYPE_CHECKING:
    from warroom.workspace import Workspace


@click.group(
    short_help="List, copy and check the message templates.",
    help="List, show, copy and check the templates of messages.",
    epilog="""\b
Examples:
  warroom templates list
  warroom templates show update
  warroom templates copy update
  warroom templates check
""",
)
def command() -> None:
    """The group of commands for templates."""


@command.command(
    "list",
    short_help="List every kind of message.",
    help="List every kind of message: what it is for, and whether its template is built-in or your own. A new "
    "template of your own with a mistake is listed as broken, with the reason.",
    epilog="\b\nExamples:\n  warroom templates list\n",
)
@invocation
def list_templates(to: Invocation) -> None:
    """Print every kind of message, and which of the company's own files are not used and why."""
    workspace = to.workspace
    for kind in workspace.kinds.values():
        say(f"{kind.id:<12} {kind.label} → {kind.audience} ({'own: ' + kind.file if kind.own else 'built-in'})")
        say(textwrap.fill(kind.when, 96, initial_indent=" " * 13, subsequent_indent=" " * 13))
    for id in workspace.broken_kinds:
        say(f"{id:<12} BROKEN, can't be used (own: {_own_folder(workspace) / id}{SUFFIX})")
    for problem in workspace.kind_problems.values():
        notify(str(problem))


@command.command(
    help="Print the template that is used for a message.",
    epilog="\b\nExamples:\n  warroom templates show customer\n",
)
@click.argument("name")
@invocation
def show(to: Invocation, name: str) -> None:
    """Print a template's file."""
    print_data(read_text(Path(find_kind(to.workspace, name).file)).rstrip("\n"))


@command.command(
    short_help="Copy a built-in template, to edit it.",
    help="Copy a built-in template into your own folder, where you can edit it; prints the name of the new file.",
    epilog="\b\nExamples:\n  warroom templates copy customer\n",
)
@click.argument("name")
@invocation
def copy(to: Invocation, name: str) -> None:
    """Copy a built-in template to the company's folder; an existing file is not overwritten."""
    source, target = _builtin_folder() / f"{name}{SUFFIX}", _own_folder(to.workspace) / f"{name}{SUFFIX}"
    if os.path.lexists(target):
        raise Failed(f"{target} already exists; edit it, or remove it to start again")
    if source not in template_files(_builtin_folder()):
        find_kind(to.workspace, name)
        raise Failed(f"{name} is a message of your own; there is no built-in template to copy")
    text = read_text(source)
    try:
        places.make_private_folder(target.parent)
        with os.fdopen(os.open(target, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600), "w", encoding="utf-8") as file:
            file.write(text)
    except FileExistsError:
        raise Failed(f"{target} already exists; edit it, or remove it to start again") from None
    except OSError as error:
        raise Failed(f"{target} can't be written ({error.strerror or error})") from None
    say(str(target))


@command.command(
    short_help="Check templates for mistakes.",
    help="Check templates, by default the built-in ones and your own: header, fields, syntax, and a test message. "
    "Each problem is printed with file, line and reason. (To check all your files: warroom check.)",
    epilog="\b\nExamples:\n  warroom templates check\n  warroom templates check update.j2\n",
)
@click.argument("files", nargs=-1, metavar="[FILE]...", type=click.Path(path_type=Path))
@invocation
def check(to: Invocation, files: tuple[Path, ...]) -> None:
    """Print the mistakes in templates."""
    playbook = to.workspace.playbook
    named = [inner for path in files for inner in (template_files(path) if path.is_dir() else [path])]
    checked = named if files else template_files(_builtin_folder()) + template_files(_own_folder(to.workspace))
    built_in = _builtin_folder()  # a fact that a company's playbook leaves out is an empty field there, and no mistake
    problems = [
        problem
        for path in dict.fromkeys(checked)
        for problem in check_file(path, None if path.parent == built_in else playbook)
    ]
    # Counted as `templates list` shows them: a template of one's own takes the place of the built-in one of its name.
    count = len({path.resolve() for path in named} if files else {path.stem for path in checked})
    for problem in problems:
        click.echo(str(problem), err=True)
    if problems:
        broken = len({problem.file for problem in problems})
        raise Failed(f"{counted(len(problems), 'problem')}, in {broken} of {counted(count, 'template')}")
    say(f"OK: {counted(count, 'template')}")


def _builtin_folder() -> Path:
    return places.templates() / "messages"


def _own_folder(workspace: Workspace) -> Path:
    """The folder for a company's own messages, which may not exist. Raises PlaceError for a user without a home."""
    return (workspace.config or places.config_folder()) / MESSAGES
