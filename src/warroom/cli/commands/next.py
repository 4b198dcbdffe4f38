"""`warroom next`: show the one next thing to do."""

from __future__ import annotations

import click

from warroom.cli.context import Invocation, on_incident, print_json, say


@click.command(
    short_help="Show the one next thing to do.",
    help="Show the one next thing to do, and why it comes first.",
    epilog="""\b
Examples:
  warroom next
  warroom next --json
""",
)
@click.option("--json", "as_json", is_flag=True, help="For programs: text, action, reason, rule and target.")
@on_incident
def command(to: Invocation, as_json: bool) -> None:
    """Print the NOW line with its reason."""
    session = to.session(closed=True, owing=True)
    now, drill = session.snapshot().advice, session.incident.drill
    if as_json:
        data = {"text": now.text, "action": now.action, "reason": now.reason, "rule": now.rule, "target": now.target}
        print_json({**data, "drill": drill})
        return
    say(now.text)
    say(now.reason)
