"""The values that every message template may use in addition to its fields; computed only if the template uses them."""

from __future__ import annotations

from collections.abc import Callable, Container
from datetime import UTC

from warroom.model import times
from warroom.model.cost import cost_so_far
from warroom.model.snapshot import Snapshot
from warroom.text.cleaning import clean


def standard_values(asked: Container[str], snapshot: Snapshot, author: str) -> dict[str, object]:
    """The standard values that a template uses (`asked`), all as text."""
    found: dict[str, object] = {name: make(snapshot) for name, make in _VALUES.items() if name in asked}
    if "name" in asked:
        found["name"] = clean(author)
    return found


def _end(snapshot: Snapshot) -> int:
    """When it was over, or now if it is still open (ms UTC)."""
    end = snapshot.incident.ended_at
    return end if end is not None else snapshot.now


def _dated(at: int, snapshot: Snapshot) -> str:
    """A clock time with its zone, and with its date if that is not today."""
    day = times.day(at, snapshot.tz)
    clock = times.clock_zone(at, snapshot.tz)
    return clock if day == times.day(snapshot.now, snapshot.tz) else f"{day} {clock}"


def _window(snapshot: Snapshot) -> str:
    """When customers may have been affected, in UTC: `02:17 and 04:32 UTC`, or until now if it is still open."""
    incident = snapshot.incident
    end = _end(snapshot)
    first, last = times.clock(incident.began, UTC), times.clock(end, UTC)
    if times.day(incident.began, UTC) != times.day(end, UTC):
        first, last = f"{times.day(incident.began, UTC)} {first}", f"{times.day(end, UTC)} {last}"
    return f"{first} and {last} UTC" if incident.ended_at is not None else f"{first} UTC and now ({last} UTC)"


_VALUES: dict[str, Callable[[Snapshot], str]] = {
    "severity": lambda snapshot: f"SEV{snapshot.incident.severity}",
    "title": lambda snapshot: clean(snapshot.incident.title),
    "ref": lambda snapshot: snapshot.incident.id,
    "began": lambda snapshot: _dated(snapshot.incident.began, snapshot),
    "ended": lambda snapshot: _dated(_end(snapshot), snapshot),
    "duration": lambda snapshot: times.span(snapshot.incident.elapsed(snapshot.now)),
    "window": _window,
    "cost": lambda snapshot: clean(cost_so_far(snapshot.incident, snapshot.now)),
    "zone": lambda snapshot: times.zone_name(snapshot.now, snapshot.tz),
    "now": lambda snapshot: times.clock_zone(snapshot.now, snapshot.tz),
}

COMPOSED = ("number", "state", "resolved", "form")
"""The values that `compose` adds to every template."""
VALUES = (*_VALUES, "name", *COMPOSED)
"""The names of all values that a template may use in addition to its fields."""
