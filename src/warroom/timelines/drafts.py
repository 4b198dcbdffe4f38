"""From a timeline that was read to entries of the journal: each line once, in its own words."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Mapping, Sequence

from warroom.model import acts, ids, severity_words, times
from warroom.model.entries import Draft, Precision
from warroom.model.kinds.lifecycle import Resolved
from warroom.model.kinds.messages import OF_A_TIMELINE, MessageSent
from warroom.model.kinds.milestones import ITS_TIMELINE, SHORT, MilestoneSet
from warroom.model.kinds.roles import RoleAssigned
from warroom.model.kinds.severity import SeveritySet
from warroom.model.redaction import only_redacts
from warroom.text.cleaning import clean
from warroom.text.counts import counted
from warroom.timelines.reading import TimelineEntry
from warroom.timelines.rows import NAME, EntryKind, speaker

Key = tuple[int | None, str]
"""What tells an imported entry from another one: its time (None if that is not known) and its first words."""


class Known:
    """What tells the entries that an incident has; one whose words were redacted since is known by the others.

    A time of a whole minute stands for all of that minute, and one of a whole second for all of it: people write
    `02:00` of what was logged at 02:00:05. It makes no difference whether a text begins with the name of who said it.
    """

    def __init__(self, keys: Collection[Key] = (), marks: Collection[str] = ()) -> None:
        """`marks` are what stands for redacted words."""
        self.keys, self._marks = frozenset(keys), frozenset(marks)
        self._rounded = {(at, without_name(text)) for exact, text in self.keys for at in _rounded(exact)}
        self._redacted: dict[int | None, list[str]] = {}
        for exact, text in self.keys if marks else ():
            if any(mark in text for mark in self._marks):
                for at in _rounded(exact):
                    self._redacted.setdefault(at, []).append(without_name(text))

    def __contains__(self, key: Key) -> bool:
        if key in self.keys:
            return True
        at, text = key[0], without_name(key[1])
        return (at, text) in self._rounded or any(
            only_redacts(text, left, self._marks) for left in self._redacted.get(at, ())
        )

    def __len__(self) -> int:
        return len(self.keys)

    def with_more(self, keys: Collection[Key]) -> Known:
        """What is known, and `keys` as well."""
        return Known({*self.keys, *keys}, self._marks)


def without_name(text: str) -> str:
    """A text without what may stand in front of it: the name of who said it, or that it is a note."""
    text = text.removeprefix("note: ")
    return speaker(text)[1] or text


def _rounded(at: int | None) -> set[int | None]:
    """A time (ms UTC) as exactly as it may be written: as it is, and down to its second and its minute."""
    return {at} if at is None else {at, at - at % times.SECOND, at - at % times.MINUTE}


_LEAST_SHIFT = 15 * times.MINUTE
"""No two zones are nearer to each other (ms)."""
_MILESTONES = ("detected", "acknowledged", "declared", "mitigated")
"""The kinds of lines of which the first one with an exact time is a milestone."""
_NAMED = 5
"""The most lines that a sentence names; the others are counted."""
_MOST_CHANGES = 50
"""Changes of severity or command that count, because each is checked against all before; more than that are notes."""
_COMMANDER = (
    re.compile(rf"^(?:new )?(?:ic|incident (?:commander|manager|lead))\s*[:=–-]\s*(?P<name>{NAME})", re.IGNORECASE),
    re.compile(
        rf"^(?P<name>(?-i:{NAME})) (?:takes?|took|taking|assumes?|assumed|becomes?|became|is|acts?|named|steps? in)\b"
        r".{0,20}\b(?:ic|incident (?:commander|manager|lead|command))\b",
        re.IGNORECASE,
    ),
)
_COMMANDER_WITHIN = re.compile(
    rf"[.,;(–—-]\s*(?:new )?(?:ic|incident (?:commander|manager|lead)|commander)\s*[:=]\s*(?P<name>(?-i:{NAME}))"
    rf"|\b(?P<name2>(?-i:{NAME})) (?:is|as|takes?|took|becomes?) (?:the )?(?:ic|incident commander)\b",
    re.IGNORECASE,
)
"""Who commands, said at the end of a line about something else: "Incident declared, SEV2. IC: Priya"."""
_CUSTOMERS = re.compile(
    r"status ?page|customers?|users?|clients?|tweet|twitter|public|blog|banner|merchants?|subscribers?", re.IGNORECASE
)


_BEGAN = re.compile(
    r"\W{0,4}(?:(?:the|first|customer|user|\d+ ?%|http|5xx|api|login|checkout)\s+){0,3}"
    r"(?:errors?|outage|impact|incident|failures?|problems?|issues?|timeouts|degradation|downtime)\s+"
    r"(?:began|begins?|starts?|started)\b"
    r"|\W{0,4}(?:start|beginning) of (?:the )?(?:customer )?(?:impact|outage|incident)\b",
    re.IGNORECASE,
)
"""A line that says that the harm began."""


def placed(entries: Sequence[TimelineEntry]) -> list[tuple[TimelineEntry, int]]:
    """Each entry with the time at which it stands: one without a time stands with the one before it, else after it."""
    known = [entry.at for entry in entries]
    first = next((at for at in known if at is not None), None)
    found: list[tuple[TimelineEntry, int]] = []
    before = first
    for entry in entries:
        before = entry.at if entry.at is not None else before
        if before is not None:
            found.append((entry, before))
    return found


def not_exactly_over(entries: Sequence[TimelineEntry]) -> TimelineEntry | None:
    """The last line that says that it was over, if no line says so with an exact time: then none of them ends it."""
    ends = [entry for entry in entries if entry.kind == "resolved"]
    return ends[-1] if ends and all(entry.precision != "exact" or entry.at is None for entry in ends) else None


def began(entries: Sequence[TimelineEntry]) -> int | None:
    """When the incident began, ms UTC: when a line says so, or it was first detected or declared.

    Else it is the earliest time there is.
    """
    known = [entry.at for entry in entries if entry.at is not None and entry.precision != "day"]
    first = [e.at for e in entries if e.at is not None and e.kind in ("detected", "declared") and e.precision != "day"]
    first += [e.at for e in entries if e.at is not None and e.precision != "day" and _BEGAN.match(e.text)]
    return min(first or known or [entry.at for entry in entries if entry.at is not None], default=None)


def too_early(entries: Sequence[TimelineEntry], began_at: int, known: Known) -> list[TimelineEntry]:
    """The lines not `known` that tell a milestone, an end or a message from before an incident began (ms UTC).

    They are imported as notes: no incident can be detected or over before it began.
    """
    telling = (*_MILESTONES, "resolved", "message")
    return [
        entry
        for entry in entries
        if entry.kind in telling
        and entry.precision == "exact"
        and entry.at is not None
        and entry.at // times.MINUTE < began_at // times.MINUTE
        and key(entry.at, entry.text) not in known
    ]


def said_too_early(early: Sequence[TimelineEntry], incident: str, began_at: int) -> str:
    """Say which lines are `too_early` for an incident, and what to do if they are about it; "" for none."""
    if not early:
        return ""
    rows = ", ".join(str(entry.line) for entry in early[:_NAMED])
    more = f" and {len(early) - _NAMED:,} more" if len(early) > _NAMED else ""
    one = len(early) == 1
    kinds = ", ".join(dict.fromkeys(entry.kind for entry in early))
    when = times.iso(began_at)[:16].replace("T", " ") + "Z"
    lines = f"line {rows} ({kinds}) is" if one else f"lines {rows}{more} ({kinds}) are"
    count = "it counts only as a note, and does" if one else "they count only as notes, and do"
    return (
        f"{lines} from before {incident} began ({when}), so {count} not set when it was detected or over. If this is "
        f"about {incident}, correct when it began before you import it (warroom correct began; B in the console); if "
        "it is another incident, make a new one of it"
    )


def severity(entries: Sequence[TimelineEntry]) -> int | None:
    """The first severity that the words of the timeline give."""
    for entry in entries:
        if entry.kind in ("declared", "severity") and (level := severity_words.named(entry.text)):
            return level
    return None


def new_lines(entries: Sequence[TimelineEntry], known: Known) -> set[Key]:
    """What tells the lines that are not `known`, each once."""
    return {one for entry, at in placed(entries) if (one := key(at, entry.text)) not in known}


def key(at: int | None, text: str) -> Key:
    """What tells an entry from another one."""
    return at, " ".join(clean(text).split()).replace(", because ", " because ")


def same_words(lines: Sequence[Key], known: Known) -> str:
    """Say how many lines are known with the same words at another time, such as in another zone; "" if none.

    Words that were said twice within a few minutes are no sign of that.
    """
    there: dict[str, list[int]] = {}
    for at, text in known.keys:
        if at is not None:
            there.setdefault(text, []).append(at)
    nearest = (
        min((_apart(at, other) for other in there[text]), key=abs)
        for at, text in lines
        if at is not None and text in there
    )
    shifts = Counter(shift for shift in nearest if abs(shift) >= _LEAST_SHIFT)
    count = sum(shifts.values())
    if not count:
        return ""
    found = counted(count, "line has", "lines have")
    ((shift, most),) = shifts.most_common(1)
    if most < count:
        return f"{found} the same words at another time"
    return f"{found} the same words {times.span(abs(shift))} {'earlier' if shift < 0 else 'later'}"


def _apart(at: int, other: int) -> int:
    """How far the other time is from `at`, in ms, compared as exactly as `at` is written."""
    unit = next((unit for unit in (times.MINUTE, times.SECOND) if not at % unit), 1)
    return other - other % unit - at


def drafts(
    entries: Sequence[TimelineEntry],
    *,
    began_at: int,
    level: int,
    is_open: bool,
    known: Known,
    roles: Collection[str],
    sent: Mapping[str, int],
    reached: Collection[str] = (),
    ended: int | None = None,
) -> list[Draft]:
    """The entries that are not `known`, as drafts.

    `began_at` (ms UTC), `level` and `is_open` are those of the incident, `roles` the ids of its roles, `sent` the
    numbers of messages of each kind that it has, `reached` the milestones that are known. `ended` says when it was
    over, whatever the lines say (ms UTC).
    """
    numbers, changes = dict(sent), 0
    rows = [(entry, at) for entry, at in placed(entries) if key(at, entry.text) not in known]
    end = max(
        (at for entry, at in rows if entry.kind == "resolved" and entry.precision == "exact" and at >= began_at),
        default=None,
    )
    found: list[Draft] = []
    seen: set[Key] = set()
    reached = {*reached}
    commands = ids.ROLE_COMMANDER in roles
    if ended is not None:
        end = None
    for entry, at in sorted(rows, key=lambda row: row[1]):
        if key(at, entry.text) in seen:
            continue
        seen.add(key(at, entry.text))
        exact = entry.precision == "exact"
        draft: Draft | None = None
        if entry.kind == "decision":
            what, because = _reason(entry.text)
            draft = acts.decisions.decision(what, because, by=entry.who, at=at, precision=_precision(entry))
        elif entry.kind == "action":
            draft = acts.log.action(entry.text, entry.who, at, precision=_precision(entry))
        elif entry.kind == "resolved" and exact and is_open and at == end:
            draft, is_open = Draft(Resolved(by=entry.who), entry.text, at), False
        elif entry.kind == "message" and exact and at >= began_at:
            kind = _message(entry)
            numbers[kind] = numbers.get(kind, 0) + 1
            body = MessageSent(kind, numbers[kind], "", "", entry.text, channel=OF_A_TIMELINE, by=entry.who)
            draft = Draft(body, entry.text, at)
        elif changes >= _MOST_CHANGES:
            pass
        elif entry.kind == "severity" and exact and (to := severity_words.changed_to(entry.text)) not in (None, level):
            level, changes = to or level, changes + 1
            draft = Draft(SeveritySet(level, entry.text, by=entry.who), entry.text, at)
        elif entry.kind in _MILESTONES and exact and entry.kind not in reached and at >= began_at:
            reached.add(entry.kind)
            draft = Draft(MilestoneSet(entry.kind, at, ITS_TIMELINE, entry.who), entry.text, at)
        elif entry.kind == "role" and exact and commands and (name := _commander(entry)):
            draft, changes = Draft(RoleAssigned(ids.ROLE_COMMANDER, name, by=entry.who), entry.text, at), changes + 1
        if draft is None:
            draft = acts.log.note(entry.text, at, entry.who, called=_called(entry.kind), precision=_precision(entry))
        found.append(draft)
        if entry.kind in _MILESTONES and exact and commands and changes < _MOST_CHANGES and (name := _within(entry)):
            found.append(Draft(RoleAssigned(ids.ROLE_COMMANDER, name), f"Incident commander: {name}", at))
            changes += 1
    if ended is not None:
        found.append(acts.lifecycle.resolve("", ended))
    return found


def _called(kind: EntryKind) -> str:
    """What a note is called in the timeline."""
    return {"note": "", "message": "sent", **SHORT}.get(kind, kind)


def _precision(entry: TimelineEntry) -> Precision:
    return entry.precision if entry.at is not None else "unknown"


def _reason(text: str) -> tuple[str, str]:
    what, because, why = text.partition(" because ")
    return (what.rstrip(" ,"), why) if because and "\n" not in text else (text, "")


def _message(entry: TimelineEntry) -> str:
    to_customers = entry.is_post or _CUSTOMERS.search(entry.text)
    return ids.MESSAGE_CUSTOMER if to_customers else ids.MESSAGE_UPDATE


def _within(entry: TimelineEntry) -> str:
    """Who commands, as a line about something else says; "" if it doesn't."""
    found = _COMMANDER_WITHIN.search(entry.text)
    return (found["name"] or found["name2"]).strip() if found is not None else ""


def _commander(entry: TimelineEntry) -> str:
    for pattern in _COMMANDER:
        if (found := pattern.match(entry.text)) is not None:
            return found["name"].strip()
    if entry.who and re.match(r"(?:i'?m|i am|i'll be|taking) (?:the )?(?:ic|incident commander)\b", entry.text, re.I):
        return entry.who
    return ""
