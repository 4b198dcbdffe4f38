"""`warroom templates`: see, copy and check the files that messages are made of."""

from __future__ import annotations

import textwrap
from pathlib import Path
from typing import TYPE_CHECKING

import click

from warroom import places
from warroom.cli.context import Failed, Invocation, complain, hand_over, invocation, say

if TYPE_CHECKING:
    from warroom.messages.templates import Kind


def builtin_folder() -> Path:
    """Where the messages that come with the program are. Raises PlaceError."""
    return places.templates() / "messages"


def own_folder() -> Path:
    """Where a company keeps messages of its own; it need not exist. Raises PlaceError."""
    return places.config_folder() / "templates"


def kinds() -> dict[str, Kind]:
    """Every kind of message there is. Raises Failed when the built-in ones can't be read."""
    from warroom.messages.sandbox import TemplateError
    from warroom.messages.templates import load_kinds

    try:
        return load_kinds(builtin_folder(), own_folder())
    except TemplateError as error:
        raise Failed(str(error)) from error


def find_kind(name: str, known: dict[str, Kind]) -> Kind:
    """The kind of that name. Raises click.UsageError naming the kinds there are, and why an own file is none."""
    if name in known:
        return known[name]
    from warroom.messages.templates import check, template_files

    reason = next((f" ({check(path)[0]})" for path in template_files(own_folder()) if path.stem == name), "")
    raise click.UsageError(f"There is no message {name!r}{reason}; there are {', '.join(known)}")


@click.group(
    help="See, copy and check the templates that messages are made of.",
    epilog="""\b
Examples:
  warroom templates list
  warroom templates show update
  warroom templates copy update
  warroom templates check
""",
)
def templates() -> None:
    """Hold the commands about templates together."""


@templates.command(
    "list",
    help="List every kind of message: what it is for, and whose template is used.",
    epilog="\b\nExamples:\n  warroom templates list\n",
)
def list_templates() -> None:
    """Say which messages there are, and which own files are not used and why."""
    from warroom.messages.templates import check, template_files

    known = kinds()
    for kind in known.values():
        say(f"{kind.id:<12} {kind.label} → {kind.audience} ({'own: ' + kind.file if kind.own else 'built-in'})")
        say(textwrap.fill(kind.when, 96, initial_indent=" " * 13, subsequent_indent=" " * 13))
        if kind.problem:
            complain(f"your own {kind.id} is not used: {kind.problem}")
    for path in template_files(own_folder()):
        if path.stem not in known and (problems := check(path)):
            complain(f"your own {path.stem} is not used: {problems[0]}")


@templates.command(
    help="Print the template of a message as it is used.", epilog="\b\nExamples:\n  warroom templates show customer\n"
)
@click.argument("name")
def show(name: str) -> None:
    """Print a template's file."""
    hand_over(Path(find_kind(name, kinds()).file).read_text("utf-8-sig").rstrip("\n"))


@templates.command(
    help="Copy a built-in template into your own folder, to edit it there; prints the new file's name.",
    epilog="\b\nExamples:\n  warroom templates copy customer\n",
)
@click.argument("name")
def copy(name: str) -> None:
    """Give the user a file of their own to change; one that is there already stays as it is."""
    find_kind(name, kinds())
    source, target = builtin_folder() / f"{name}.j2", own_folder() / f"{name}.j2"
    if target.exists() or not source.exists():
        raise Failed(f"{target} is there already; edit it, or remove it to start afresh")
    target.parent.mkdir(parents=True, exist_ok=True)
    with target.open("x", encoding="utf-8") as file:
        file.write(source.read_text("utf-8"))
    say(str(target))


@templates.command(
    help="Check templates, the built-in ones and your own unless FILE names others: header, fields, syntax, and that "
    "the message comes out. Each problem is told with file, line and reason.",
    epilog="\b\nExamples:\n  warroom templates check\n  warroom templates check update.j2\n",
)
@click.argument("files", nargs=-1, metavar="[FILE]...", type=click.Path(path_type=Path))
@invocation
def check(to: Invocation, files: tuple[Path, ...]) -> None:
    """Look for mistakes before they are found at three in the morning."""
    from warroom.messages.templates import check as check_template
    from warroom.messages.templates import template_files

    playbook = to.playbook()
    named = [inner for path in files for inner in (template_files(path) if path.is_dir() else [path])]
    looked_at = named if files else template_files(builtin_folder()) + template_files(own_folder())
    problems = [problem for path in looked_at for problem in check_template(path, playbook)]
    for problem in problems:
        click.echo(str(problem), err=True)
    if problems:
        raise Failed(f"{len(problems)} problem{'s' * (len(problems) > 1)} in {len(looked_at)} templates")
    say(f"OK: {len(looked_at)} template{'s' * (len(looked_at) != 1)}")
