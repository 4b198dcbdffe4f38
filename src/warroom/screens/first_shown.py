"""What the console shows first: the incident that the user was in, or in a new file what to have ready."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress

from textual.app import App

from warroom.store.errors import StoreError
from warroom.workspace import Workspace


def where_the_user_was(workspace: Workspace) -> str | None:
    """The incident that was open last, else the only open one; None for the list of all. Raises StoreError.

    No drill while something real is open.
    """
    briefs = workspace.summaries()
    real, _ = workspace.apart(briefs)
    offered = real if any(brief.state == "open" for brief in real) else briefs
    states = {brief.id: brief.state for brief in offered}
    last = workspace.remembered("incident", str)
    if last is not None and states.get(last) in ("open", "resolved"):
        return last
    unresolved = [id for id, state in states.items() if state == "open"]
    return unresolved[0] if len(unresolved) == 1 else None


def ask_what_is_needed(app: App[None], workspace: Workspace, keep: Callable[[str, object], object]) -> None:
    """In a new file, ask for what is needed when something breaks; only once, which `keep` remembers."""
    with suppress(StoreError):  # which the start screen tells
        if workspace.journal.last_seq():
            return
        from warroom.screens.readiness.first_start import SEEN, FirstStartScreen, is_first

        if is_first(workspace):
            app.push_screen(FirstStartScreen(workspace))
            keep(SEEN, True)
