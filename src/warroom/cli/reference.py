"""Finding the incident that a command is about: given with `-i`, or the only one."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from warroom import places
from warroom.cli.context import Failed, notify
from warroom.model.drills import DRILL
from warroom.model.incident import fold
from warroom.text.cleaning import clean_line

if TYPE_CHECKING:
    from warroom.store.journal import Journal
    from warroom.store.lifecycles import Lifecycle

_LISTED = 10


def find(journal: Journal, reference: str | None, *, closed: bool = False, owing: bool = False) -> str:
    """The id of the incident with that reference; without one, of the only open incident, else the only resolved one.

    With `owing`, else of the only one that was closed while something was owed; with `closed`, else of the one closed
    last, which is said on stderr. A drill comes after a real one of the same state.
    Raises click.UsageError, which lists the incidents, if there is not exactly one; Failed if there is none.
    """
    if reference is not None:
        return _by_reference(journal, journal.lifecycles(), reference)
    for state in ("open", "resolved"):
        found = journal.lifecycles(state)
        real = [life for life in found if not life.declaration.drill]
        if len(real) == 1 and len(found) > 1:
            notify(f"this is {real[0].incident}, which is real; for the {DRILL} {_drills(found)} say -i REF")
        found = real or found
        if len(found) == 1:
            return found[0].incident
        if found:
            raise click.UsageError(f"Several incidents are {state}: say which with -i REF\n{_list(journal, found)}")
    if owing and (found := [life for life in journal.lifecycles("closed") if life.owes]):
        if len(found) == 1:
            return found[0].incident
        if not closed:
            how = "closed, with something owed"
            raise click.UsageError(f"Several incidents are {how}: say which with -i REF\n{_list(journal, found)}")
    over = [fold(journal.state(life.incident)) for life in journal.lifecycles("closed")[:_LISTED]]
    last = max(over, key=lambda incident: incident.closed_at or 0, default=None)
    if closed and last is not None:
        notify(f"nothing is open; this is {last.id}, {last.state} last: {clean_line(last.name)}")
        return last.id
    if places.is_of_a_drill(journal.path):
        if lives := journal.lifecycles():
            raise Failed(
                f"no incident of this {DRILL} is open; say which you mean with -i REF\n{_list(journal, lives)}"
            )
        from warroom.actions import key_of  # not where there is an incident: logging has to be quick

        how = f"{key_of('declare', 'call')} in its console"
        raise Failed(f"nothing is declared in this {DRILL} yet; {how}, or warroom drill declare TITLE, declares it")
    named = f" ({last.id}, {clean_line(last.name)}, was {last.state} last: say -i {last.id} for it)" if last else ""
    raise Failed(f"no incident is open{named}; declare one with: warroom declare TITLE --affected none|few|many|all")


def _drills(found: list[Lifecycle]) -> str:
    return ", ".join(life.incident for life in found if life.declaration.drill)


def other(journal: Journal, incident: str, reference: str) -> str:
    """The id of another incident than `incident`. Raises click.UsageError, which lists the incidents."""
    return _by_reference(journal, [life for life in journal.lifecycles() if life.incident != incident], reference)


def _by_reference(journal: Journal, known: list[Lifecycle], reference: str) -> str:
    wanted = reference.strip().lower()
    found = [life for life in known if wanted and life.incident.startswith(wanted)]
    exact = [life for life in found if life.incident == wanted]
    if len(exact or found) == 1:
        return (exact or found)[0].incident
    if found:
        raise click.UsageError(f"The reference {reference!r} matches several incidents\n{_list(journal, found)}")
    if not known:
        raise click.UsageError(f"There is no incident {reference!r}; there are none in {journal.path}")
    raise click.UsageError(f"There is no incident {reference!r}; there are\n{_list(journal, known)}")


def _list(journal: Journal, lives: list[Lifecycle]) -> str:
    rows = []
    for life in lives[:_LISTED]:
        incident = fold(journal.state(life.incident))
        state = "" if life.state == "open" else f" ({incident.outcome})"
        rows.append(f"  {life.incident}  SEV{incident.severity}  {clean_line(incident.name)[:80]}{state}")
    if len(lives) > _LISTED:
        rows.append(f"  … and {len(lives) - _LISTED} more")
    return "\n".join(rows)
