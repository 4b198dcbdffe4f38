"""`warroom drill from REF`: make a scenario to practise on out of a past incident."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from warroom.cli.context import Failed, Invocation, invocation, notify, say

if TYPE_CHECKING:
    from warroom.workspace import Workspace


@click.command(
    "from",
    short_help="Make a scenario out of a past incident.",
    help="Make a scenario out of a past incident that is over, and write it into the folder drills/ of your own files, "
    "where you can edit it. What others said and did happens in it at the same minutes; the facts, messages, decisions "
    "and changes of severity of that time are expected of whoever practises. NAME is what to call it (else its title).",
    epilog="""\b
Examples:
  warroom drill from k7qd
  warroom drill from k7qd checkout-november --at-most 60 --without-names
""",
)
@click.argument("reference", metavar="REF")
@click.argument("name", required=False)
@click.option("--as", "file", metavar="FILE", type=click.Path(path_type=Path), help="Write it into this file instead.")
@click.option(
    "--at-most",
    type=click.IntRange(5, 24 * 60),
    metavar="MINUTES",
    help="Shorten the longest gaps until the drill takes at most so many minutes (else the incident's own, and 11 more "
    "for telling everybody that it is over).",
)
@click.option("--without-names", is_flag=True, help="Call people by their roles instead of their names.")
@invocation
def command(
    to: Invocation, reference: str, name: str | None, file: Path | None, at_most: int | None, without_names: bool
) -> None:
    """Write the scenario, and print its file and how to start it."""
    from warroom.cli.reference import find
    from warroom.documents.material import from_journal
    from warroom.documents.saving import AlreadyThere, NotSaved, save
    from warroom.model import times
    from warroom.model.scenario import is_name, load
    from warroom.model.scenario_from import NotASubject, from_incident
    from warroom.model.scenario_text import as_toml

    if file is not None and name is not None:
        raise click.UsageError("Give NAME or --as FILE, not both: a scenario is called as its file is")
    if name is not None and not is_name(name):
        raise click.UsageError("NAME is up to 40 letters, digits, - and _, such as payments-down")
    if file is not None and file.suffix != ".toml":
        raise click.UsageError("The name of FILE has to end in .toml: other files are not read as scenarios")
    workspace = to.workspace
    session = workspace.open(find(workspace.journal, reference))
    incident, material = session.incident, from_journal(session.journal, session.snapshot(), author=session.author)
    try:
        scenario = from_incident(
            incident,
            material.entries(),
            workspace.playbook,
            names=not without_names,
            at_most=at_most,
            tz=workspace.tz,
        )
    except NotASubject as error:
        raise Failed(str(error)) from None
    path = file or _place(workspace, name or _named_after(incident.title, incident.id))
    day = times.day(incident.began, workspace.tz)
    text = as_toml(scenario, comment=_COMMENT.format(id=incident.id, day=day))
    load(text, id=path.stem, file=str(path))  # that it can be read again, and that its name is one; raises Mistake
    try:
        save(path, [text], to.path, replace=False)
    except AlreadyThere:
        raise Failed(f"{path} exists already; give another NAME, or remove it") from None
    except NotSaved as error:
        raise Failed(str(error)) from None
    say(f"{path}: {len(scenario.events)} events, {len(scenario.expected)} acts expected, {scenario.minutes} min")
    people = "customers" if without_names else "people (but --without-names) and customers"
    notify(f"read it through before you give it away: it names {people} as the log does")
    if file is None or path.resolve().parent == _place(workspace, "x").resolve().parent:
        say(f"Start it with: warroom drill start {path.stem}")
    else:
        say(f"To practise on it, put it into {_place(workspace, 'x').parent}")


_COMMENT = """\
A scenario to practise on, made of incident {id} of {day} by warroom drill from.
Edit it: give it a lesson and a briefing, take out what gives the answer away, and add questions, such as

  [[questions]]
  at = 12
  by = "Dana (VP Product)"
  asks = "When will it be back?"
  to = "leadership"
  never = ["promise"]
  better = "Say what is known, and when the next update comes."

templates/drills/checkout.toml explains every key; warroom check finds mistakes."""


def _place(workspace: Workspace, name: str) -> Path:
    """The file of a scenario in the company's folder, which is made if it isn't there. Raises Failed."""
    from warroom import places
    from warroom.own_files import SCENARIOS

    folder = (workspace.config or places.config_folder()) / SCENARIOS
    try:
        places.make_private_folder(folder)
    except OSError as error:
        raise Failed(f"{folder} can't be made ({error.strerror or error})") from None
    return folder / f"{name}.toml"


def _named_after(title: str, id: str) -> str:
    from warroom.model.after_the_fix import slug

    words = slug(title)[:_LONGEST_NAME].strip("-")
    return f"{words}-{id}"


_LONGEST_NAME = 30
