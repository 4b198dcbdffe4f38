"""What the journal has of a timeline already: in the incident it goes to, and in others with the same title."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import tzinfo
from typing import NamedTuple

from warroom.model import times
from warroom.model.entries import Draft, Entry
from warroom.model.incident import Incident, fold
from warroom.model.kinds.decisions import DecisionMade
from warroom.model.kinds.imports import TimelineChecked
from warroom.model.kinds.redaction import MARK_BEGINS, Redacted
from warroom.model.playbook import Playbook
from warroom.model.redaction import mark, only_redacts
from warroom.model.undoing import undone
from warroom.store.journal import Journal
from warroom.store.lifecycles import Lifecycle
from warroom.text.cleaning import clean_line
from warroom.timelines import TimelineEntry
from warroom.timelines.drafts import Key, Known, key, placed, same_words

_PAGE = 5_000
_NEAR = 26 * times.HOUR
"""Two incidents may be the same one, read in different zones, if they began no further apart (ms)."""

_DAY = 24 * times.HOUR
_FAR = 7 * _DAY
"""Lines so many ms before or after an incident are hardly about it."""
_OF_A_MINUTE = 100


class There(NamedTuple):
    """What an incident has: what tells its lines, and for each line that was undone what undid it."""

    known: Known
    undone: Mapping[Key, Entry]

    def all(self) -> Known:
        """What tells its lines, also those that were undone."""
        return self.known.with_more(self.undone)


NOTHING = There(Known(), {})


def known(journal: Journal, ref: str, playbook: Playbook) -> There:
    """What tells the entries that an incident has, each as it was first written, or read in a timeline.

    It is also known as it reads now, and as documents show it, because people import these too. What was undone, such
    as a whole import, is apart; a line that was taken back by hand is known. Raises StoreError.
    """
    found: set[Key] = set()
    marks: set[str] = set()
    taken_back: dict[Key, Entry] = {}
    offset = 0
    state = journal.state(ref)
    gone, replaced = undone(state), fold(state).replaced if state else {}
    while page := journal.timeline(ref, offset, _PAGE):
        for entry in page:
            if entry.key in gone:
                taken_back[key(entry.at, words(entry))] = gone[entry.key]
                continue
            if isinstance(entry.body, TimelineChecked):
                found.update((at, text) for at, text in entry.body.settled)
            else:
                found.add(key(entry.at, words(entry)))
                now = entry.corrected(replaced.get(entry.key))
                if now is not entry:
                    found.add(key(now.at, words(now)))
                for at, _, text in now.body.log_lines(now, now.at, now.text, playbook):
                    found.add(key(at, text))
            if isinstance(entry.body, Redacted):
                marks.add(mark(entry.body.because))
        offset += len(page)
    return There(Known(found, marks), {one: entry for one, entry in taken_back.items() if one not in found})


def imported_before(journal: Journal, title: str, start: int) -> str:
    """The incident with the same title that began in the same minute; "" if there is none.

    Words of its title may have been redacted since. Raises StoreError.
    """
    for life in journal.lifecycles():
        began = life.declaration.began
        if began // times.MINUTE == start // times.MINUTE and _is_same_title(journal, life, title):
            cancelled = fold(journal.state(life.incident)).cancelled
            if cancelled is None or not cancelled.body.undoes:  # else its import was undone: it is imported anew
                return life.incident
    return ""


def remarks(
    journal: Journal,
    title: str,
    start: int,
    entries: Sequence[TimelineEntry],
    playbook: Playbook,
    *,
    into: str = "",
    is_done: bool = True,
) -> tuple[str, ...]:
    """What to tell about other incidents: one with the title that a new one gets, or that has all of these lines.

    The same timeline, with another title or read in another zone, would be there twice. Only incidents that began near
    `start` (ms UTC) are looked at, and not the one it goes `into`. `is_done` is whether it was imported already. Raises
    StoreError.
    """
    undo = "undo this import and import it" if is_done else "import it"
    found: list[str] = []
    lines = [key(at, entry.text) for entry, at in placed(entries)]
    for life in journal.lifecycles():
        if life.incident == into or abs(life.declaration.began - start) > _NEAR:
            continue
        is_titled = bool(title) and _is_same_title(journal, life, title)
        if not is_titled and not (lines and _has(journal, life.incident, lines[0])):
            continue
        if fold(journal.state(life.incident)).state == "cancelled":
            continue
        there = known(journal, life.incident, playbook).all()
        new = [one for one in lines if one not in there]
        same = same_words(new, there)
        if not same and len(new) < len(lines):
            same = f"{len(lines) - len(new):,} of these lines {'is' if len(lines) - len(new) == 1 else 'are'}"
        name = f"{life.incident} “{clean_line(life.declaration.name)}”"
        if not is_titled:
            if not new:
                go = "" if into else f": if it is the same incident, {undo} into {life.incident}"
                found.append(f"{name} has all of these lines already{go}")
        elif same:
            found.append(
                f"{name} has the same title, and {same} there: if it is the same incident, {undo} "
                f"into {life.incident}, in the right zone"
            )
    return tuple(found)


def of_another_time(incident: Incident, entries: Sequence[TimelineEntry], now: int, tz: tzinfo | None) -> str:
    """Say so if all lines are of days long before or after the incident to which they go; "" if they are not."""
    known = [entry.at for entry in entries if entry.at is not None]
    if not known:
        return ""
    before, after = incident.began - max(known), min(known) - (incident.ended_at or now)
    if max(before, after) < _FAR:
        return ""
    day, days = times.day(min(known), tz), max(before, after) // _DAY
    when = "before it began" if before > 0 else "after it was over"
    return f"these lines are of {day}, {days} days {when}: “{clean_line(incident.title)}” may not be their incident"


def _has(journal: Journal, ref: str, line: Key) -> bool:
    """Whether an incident has a line, as it was first written; only the lines of its minute are read."""
    at, _ = line
    if at is None:
        return False
    page = journal.timeline(ref, journal.position_at(ref, at), _OF_A_MINUTE)
    return any(key(entry.at, words(entry)) == line for entry in page)


def _is_same_title(journal: Journal, life: Lifecycle, title: str) -> bool:
    """Whether an incident was declared with this title, apart from what was redacted in it since."""
    there, words = life.declaration.title, _one_line(title)
    if there.casefold() == words.casefold() or MARK_BEGINS not in there:
        return there.casefold() == words.casefold()
    redactions = fold(journal.state(life.incident)).all(Redacted)
    return only_redacts(words, there, {mark(logged.body.because) for logged in redactions})


def _one_line(title: str) -> str:
    return " ".join(title.split())


def words(entry: Entry | Draft) -> str:
    """Its words as a timeline has them, with the reason of a decision."""
    because = entry.body.because if isinstance(entry.body, DecisionMade) else ""
    return f"{entry.text} because {because}" if because else entry.text
