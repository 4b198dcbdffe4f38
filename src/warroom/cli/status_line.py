"""The incident on one line, for tmux's status bar or a shell prompt."""

from __future__ import annotations

from warroom.model import ids, times
from warroom.model.clocks import PROMISE, TIMER, Clock, is_promise, nearest
from warroom.session import Session
from warroom.text.cleaning import clean_line
from warroom.text.width import shorten, width

CELLS = 100
_LABEL = 24


def status_line(session: Session) -> str:
    """`SEV2 Checkout errors · T+23m · update in 06:19`: at most 100 cells, the title giving way first.

    tmux expands what #(…) prints once more: #[…] sets colours, #(…) runs a command. A doubled # stands for itself.
    """
    incident, now = session.incident, session.now()
    length = _short(incident.elapsed(now))
    clocks = session.snapshot().clocks
    # What people wait for comes before what only we count.
    clock = nearest(tuple(one for one in clocks if is_promise(one.id))) or nearest(clocks)
    parts = [f"{incident.state} after {length}" if incident.over() else f"T+{length}"]
    if clock is not None:
        face = clock.words if clock.state == "late" else f"in {clock.words}"
        parts.append(f"{_name(clock)} {face}")
    tail = "".join(f" · {part}" for part in parts)
    head = f"SEV{incident.severity} "
    title = shorten(clean_line(incident.title), CELLS - width(head + tail))
    return f"{head}{title}{tail}".replace("#", "##")


def _name(clock: Clock) -> str:
    """The playbook's clocks by their ids, which are short; the user's own clocks by their labels."""
    own = clock.id == ids.CLOCK_EVENT or clock.id.startswith((TIMER, PROMISE))
    return shorten(clock.label, _LABEL) if own else clock.id


def _short(ms: int) -> str:
    hours, minutes = divmod(ms // times.MINUTE, 60)
    return f"{hours}h{minutes:02d}m" if hours else f"{minutes}m"
