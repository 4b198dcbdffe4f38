"""The incident on one line, for tmux's status bar or a shell prompt."""

from __future__ import annotations

from warroom.model import ids, times
from warroom.model.clocks import TIMER, Clock, is_message_clock, nearest
from warroom.model.promises import PROMISE
from warroom.session import Session
from warroom.text.cleaning import clean_line
from warroom.text.width import shorten, width

CELLS = 100
_LABEL = 24


def status_line(session: Session) -> str:
    """`SEV2 Checkout errors · T+23m · update in 06:19`: at most 100 cells; a long title is cut.

    tmux interprets the output of #(…) again: #[…] sets colours, #(…) runs a command. So each # is doubled.
    """
    incident, now = session.incident, session.now()
    length = _short(incident.elapsed(now))
    clocks = session.snapshot().clocks
    # A message that people wait for is more important than any other clock.
    clock = nearest(tuple(clock for clock in clocks if is_message_clock(clock.id))) or nearest(clocks)
    parts = [f"{incident.outcome} after {length}" if incident.over() else f"T+{length}"]
    if clock is not None:
        when = clock.countdown if clock.state == "late" else f"in {clock.countdown}"
        parts.append(f"{_name(clock)} {when}")
    tail = "".join(f" · {part}" for part in parts)
    head = f"SEV{incident.severity} "
    title = shorten(clean_line(incident.name), CELLS - width(head + tail))
    return f"{head}{title}{tail}".replace("#", "##")


def _name(clock: Clock) -> str:
    """The id of a playbook clock, which is short; the label of any other clock."""
    own = clock.id == ids.CLOCK_EVENT or clock.id.startswith((TIMER, PROMISE, ids.CLOCK_RECOVERY))
    return shorten(clock.label, _LABEL) if own else clock.id


def _short(ms: int) -> str:
    hours, minutes = divmod(ms // times.MINUTE, 60)
    return f"{hours}h{minutes:02d}m" if hours else f"{minutes}m"
