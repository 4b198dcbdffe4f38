"""Gentle hints where one of the classic mistakes is being made, each kind of mistake only once."""

from __future__ import annotations

from warroom.screens.incident.page import IncidentPage


class Hints:
    """Knows which kinds of mistake were hinted at on this incident."""

    def __init__(self, page: IncidentPage) -> None:
        self._page = page
        self._given: set[str] = set()

    def about_text(self, text: str, *, logged: bool = False) -> None:
        """Hint if a text leaves the user's role; with `logged`, also if it blames, which a message is checked for."""
        if not self._page.playbook.lane_hints:
            return
        from warroom import wording

        incident = self._page.incident
        people = tuple(name for role in incident.roles for name in incident.holders(role))
        found = wording.hint(text, self._page.workspace.rules, people=people, also=_FOR_THE_LOG if logged else ())
        if found is not None:
            self._give(found.rule, f"“{found.words}”: {found.why}")

    def about(self, mistake: str, occasion: str) -> None:
        """Hint with the playbook's own words at one of its mistakes, after a sentence that says what happened."""
        row = self._page.playbook.mistake(mistake)
        if row is not None and self._page.playbook.lane_hints:
            self._give(mistake, f"{occasion}. {row.do}")

    def _give(self, kind: str, text: str) -> None:
        if kind not in self._given:
            self._given.add(kind)
            self._page.say(text, mark="▸")


_FOR_THE_LOG = ("blame",)
"""Rules for messages that hold for the log too: it becomes the post-mortem."""
