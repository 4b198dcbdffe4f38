"""An end that is later than the time since when it has worked by what was told: duration and cost count too much."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import UTC, tzinfo
from itertools import takewhile

from warroom.messages.contradictions import leaves_some_out, says_it_works
from warroom.messages.plans import CLOCK, moment_of
from warroom.messages.unfinished import what_is_left
from warroom.model import times
from warroom.model.incident import Incident
from warroom.text.cleaning import clean
from warroom.text.sentences import unstopped

_LATER = 5 * times.MINUTE
"""By how much the end is later than what was told, for a hint; within it, somebody looked before resolving."""


def ended_before(incident: Incident, tz: tzinfo | None, texts: Iterable[str] = ()) -> str:
    """A hint with the command that corrects the end, if it has worked since well before it; "" if nothing says so.

    The newest words that say since when it all works count: those of `texts`, then how it was resolved, then what was
    sent.
    """
    resolved, end = incident.resolution, incident.ended_at
    if resolved is None or end is None or incident.cancelled:
        return ""
    again = incident.restarted
    sent = [message for message in incident.messages if again is None or message.order > again.order]
    since_fixed = takewhile(lambda message: message.body.fields.get("state") not in _BROKEN, reversed(sent))
    told = [message.body.fields.get(field, "") for message in since_fixed for field in ("status", "progress")]
    said = map(clean, (*texts, resolved.text, *told))
    of_all = takewhile(lambda text: not _tells_what_is_left(text), said)
    for part in (part for text in of_all for part in _PARTS.split(text)):
        found = _SINCE.search(part)
        at = moment_of(found, end, tz) if found and says_it_works(part) else None
        if found is None or at is None or found["zone"] not in (None, times.zone_name(at, tz)):
            continue
        if not incident.began < at <= end - _LATER:
            return ""
        zone = UTC if found["utc"] and times.zone_name(at, tz) not in found[0] else tz
        then, ended = (times.clock_zone(moment, zone) for moment in (at, end))
        correct = f"warroom -i {incident.id} correct resolved {times.clock(at, UTC)}Z"
        quoted = unstopped(" ".join(part.split()))
        lasts = f"“{quoted}” was told, and the incident lasts until {ended}, with its cost"
        return f"{lasts}. If all of it was over by {then}, correct the end: {correct}"
    return ""


def _tells_what_is_left(text: str) -> bool:
    """Whether it did not all work by a text: then what was said before it was no end either."""
    return leaves_some_out(text) or any(map(what_is_left, _PARTS.split(text)))


_BROKEN = ("investigating", "identified")
"""What customers read as the state while it did not work, or not any more."""
_PARTS = re.compile(r"(?<=[.!?;])\s+|\n|, (?:and|but|so) ")
_SINCE = re.compile(
    rf"\bsince (?:about )?{CLOCK}(?: (?P<zone>(?-i:[A-Z]{{2,5}}))\b)?(?! (?:yesterday|on)\b)", re.IGNORECASE
)
