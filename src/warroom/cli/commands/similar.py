"""`warroom similar`: which earlier incidents resemble this one, and what resolved them."""

from __future__ import annotations

import click

from warroom.cli.context import Invocation, on_incident, print_json, say


@click.command(
    short_help="Show similar incidents, and what resolved them.",
    help="Show the incidents that resemble the present one, one given with -i, or WORDS: by the affected system, and "
    "by rare words of titles, facts, root causes and resolutions. Each says why it is similar, and what resolved it.",
    epilog="""\b
Examples:
  warroom similar
  warroom similar -i k7qd
  warroom similar certificate expired --system payment-api
""",
)
@click.argument("words", nargs=-1)
@click.option("--system", default="", metavar="NAME", help="The affected system, with WORDS.")
@click.option("--limit", type=click.IntRange(1, 100), default=5, metavar="N", help="At most N (default: 5).")
@click.option("--json", "as_json", is_flag=True, help="For programs: every field, times in ISO 8601 UTC.")
@on_incident
def command(to: Invocation, words: tuple[str, ...], system: str, limit: int, as_json: bool) -> None:
    """Print each incident in three lines, or an array of objects."""
    given = bool(words) or bool(system)
    if given and to.reference is not None:
        raise click.UsageError("Give words or -i REF, not both")
    workspace = to.workspace
    incident = "" if given else to.session(closed=True).incident.id
    found = workspace.similar(" ".join(words), system, incident=incident, most=limit)
    if as_json:
        from warroom.documents.status import iso

        print_json(
            [
                {
                    "id": one.id,
                    "title": one.title,
                    "severity": one.severity,
                    "state": one.state,
                    "began": iso(one.began),
                    "ended": iso(one.ended),
                    "same_system": one.similar.system or None,
                    "shared_words": one.similar.words,
                    "resolved_by": one.resolved_by or None,
                }
                for one in found
            ]
        )
        return
    if not found:
        say("No earlier incident is similar.")
    for one in found:
        say(f"{one.id}  {workspace.playbook.severity(one.severity).tag}  {' '.join(one.title.split())}")
        say(f"        similar: {one.similar.why}")
        say(f"        {one.in_words(workspace.tz)}")
