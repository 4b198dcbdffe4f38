"""What can be done before the next incident, in the room that a short list of incidents leaves."""

from __future__ import annotations

from textual.content import Content
from textual.widgets import Static

from warroom.actions import Where, key_of

_ROWS: tuple[tuple[str, Where, str], ...] = (
    ("drills", "start", "Practise on a drill: an incident to play, and a report"),
    ("readiness", "start", "What to have ready, so that nobody looks for it then"),
    ("people", "everywhere", "People: phone numbers, who owns what, who is on call"),
    ("reviews", "start", "What the post-mortems of past incidents found"),
)


class WhatThereIs(Static):
    """A few quiet lines; none while there is no room for all of them."""

    DEFAULT_CSS = "WhatThereIs { display: none; height: auto; padding: 0 1; color: $text-muted; }"

    _new: bool | None = None

    def offer(self, room: int, *, new: bool) -> None:
        """Show the lines if they fit into so many rows; a `new` file has nothing to read yet, but a tour may help."""
        rows = [(key_of(id, where), words) for id, where, words in _ROWS if not (new and id == "reviews")]
        if new:
            rows.append(("warroom demo", "in a shell: the guided tour, if you are new here"))
        self.display = room > len(rows) + 1
        if self.display and new != self._new:
            self._new = new
            lines = [
                Content.assemble("  ", Content.styled(key, "bold $text-accent"), f"  {words}") for key, words in rows
            ]
            self.update(Content("\n").join([Content("Before the next one:"), *lines]))
