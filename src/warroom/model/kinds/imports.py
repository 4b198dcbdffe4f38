"""What somebody said of a timeline before it was imported; so the same lines, imported again, are known."""

from __future__ import annotations

from collections.abc import Sequence

from warroom.model.entries import Body, Draft
from warroom.model.playbook import Playbook
from warroom.text.counts import counted


class TimelineChecked(Body, frozen=True, tag="import"):
    """A timeline was corrected before it was imported.

    `settled` are the lines that were corrected or left out, as they read before that: when they happened (ms UTC, None
    if that was not known) and their words.
    """

    timeline_name = "imported"

    settled: tuple[tuple[int | None, str], ...]

    def log_line(self, text: str, playbook: Playbook) -> tuple[str, str]:
        return self.timeline_name, text


def checked(settled: Sequence[tuple[int | None, str]], corrected: int, left_out: int) -> Draft:
    """Say that a timeline was imported after lines of it were corrected or left out."""
    parts = [
        *([f"{counted(corrected, 'line')} corrected"] if corrected else []),
        *([f"{counted(left_out, 'line')} left out"] if left_out else []),
    ]
    return Draft(TimelineChecked(tuple(settled)), f"Timeline imported; {', '.join(parts)}")
