"""Undoing one's own last acts, one after the other, and doing again what was undone; both are entries like any other.

Everything follows from the log: which acts are a person's own, in which order they did them, and what they have undone.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Sequence
from datetime import tzinfo
from itertools import islice

import msgspec
from msgspec.structs import replace

from warroom.model import times
from warroom.model.ends import turns, undone_ends
from warroom.model.entries import Body, Draft, Entry, Logged
from warroom.model.incident import Incident, corrections_in_force, fold
from warroom.model.kinds.corrections import Amended, Retracted, retract
from warroom.model.kinds.lifecycle import (
    Closed,
    Declared,
    Reopened,
    Resolved,
    cancel_import,
    reopen,
)
from warroom.model.kinds.redaction import Redacted
from warroom.model.redoing import Redoing

_IN_THE_WAY: dict[type[Body], str] = {
    Closed: "closing the incident: x or warroom reopen reopens it",
    Reopened: "reopening the incident: x or warroom resolve resolves it again",
    Redacted: "redacting words, which are gone for good",
}
"""What can't be undone, and what to do instead."""
_CLOSED = "because the incident is closed: x or warroom reopen reopens it"


class Step(msgspec.Struct, frozen=True):
    """An act to undo or to redo: its entries, oldest first, the drafts that do it, and what to tell the user then.

    There are no drafts for an act that can't be undone, such as closing: `obstacle` says what it is, and what to do.
    `words` are those of its entries. If the act is the import that made the incident, `cancels` are the drafts that
    cancel the incident as well.
    """

    entries: tuple[Entry, ...]
    drafts: tuple[Draft, ...]
    words: str
    done: str
    obstacle: str = ""
    cancels: tuple[Draft, ...] = ()


def undo(
    incident: Incident,
    own: Iterable[Entry],
    together: Iterable[Collection[str]] = (),
    passed: Collection[str] = (),
    *,
    find: Callable[[str], Entry | None] = lambda key: None,
    tz: tzinfo | None = None,
) -> Step | None:
    """The step that undoes the last act that is not undone; None if there is none.

    `own` are the entries of this person in this incident that this file wrote, the latest first; only as many are taken
    as are needed. An act is the entries that have the same `recorded`; `together` are the keys of the entries of acts
    that are known better. `passed` are the keys of entries to go past, which can't be undone. `find` gives an entry by
    its key; `tz` is the zone in which people read times.
    """
    entries = iter(own)
    for last in entries:
        if last.body.undo_step or last.key in passed or _is_gone(incident, last):
            continue
        if isinstance(last.body, Declared):
            return None
        if (obstacle := _obstacle(last)) is not None:
            return Step((last,), (), last.text, "", obstacle)
        found, made = _same_act(incident, last, entries, list(together))
        if incident.state == "closed" and any(isinstance(entry.body, Resolved) for entry in found):
            return Step((last,), (), last.text, "", _CLOSED)
        step = _undoing(tuple(reversed(found)), made=made)
        if len(found) == 1 and isinstance(last.body, Amended) and (target := find(last.body.target)) is not None:
            return replace(step, done=_amended_back(incident, target, last, tz))
        return step
    return None


def redo(incident: Incident, own: Iterable[Entry]) -> Step | None:
    """The step that does again what was undone last; None if nothing was, or something else was done since."""
    entries = iter(own)
    for last in entries:
        if last.body.undo_step == "redo" or isinstance(last.body, Redacted):
            continue
        if last.body.undo_step != "undo":
            return None
        found = [last, *islice(entries, max(getattr(last.body, "together", 0) - 1, 0))]
        if left := [entry for entry in found if not _is_gone(incident, entry)]:
            return _redoing(incident, left)
    return None


def why_no_redo(incident: Incident, own: Iterable[Entry]) -> str:
    """Why there is nothing to redo: nothing was undone, or something else was done since; for `own` see `undo`."""
    since: Entry | None = None
    is_import = False
    for entry in own:
        is_import = is_import or (isinstance(entry.body, Closed) and entry.body.undoes)
        if entry.body.undo_step == "undo" and since is not None and not _is_gone(incident, entry):
            words = since.text.split("\n")[0]
            said = f"you did something else since you last took something back ({words}), so that can't be done again"
            return said + ("; import the timeline again, and its lines are back as they were" if is_import else "")
        since = since or (entry if entry.body.undo_step != "redo" else None)
    return "there is nothing that you took back and could do again"


def undone(state: Sequence[Entry]) -> dict[str, Entry]:
    """What is undone: by its key, the entry that undid it. What was taken back for a reason somebody gave is not.

    `state` are the entries that count for the state of an incident, in order.
    """
    incident = fold(state)
    found = {
        target: change.entry
        for target, change in incident.replaced.items()
        if isinstance(change.entry.body, Retracted) and change.entry.body.how == "undo"
    }
    return found | {key: undid.entry for key, undid in undone_ends(incident).items() if not undid.body.of}


def put_back(incident: Incident, undid: Entry, because: str) -> Draft | None:
    """What takes back the entry `undid`, which undid something; None if something else was done about that since."""
    if _is_gone(incident, undid):
        return None
    if isinstance(undid.body, Retracted):
        return retract(undid, because, how="redo")
    if isinstance(undid.body, Closed):
        draft = reopen(because)
        return replace(draft, body=replace(draft.body, undoes=True, again=True, target=undid.key))
    end = _end_before(incident, undid)
    later = (one.body for one in turns(incident) if one.order > undid.order)
    if end is None or any(isinstance(body, Reopened) and not body.undoes for body in later):
        return None  # it was reopened since, so an end from before that is none now
    return Draft(replace(end.body, again=True, target=undid.key), f"{end.body.kind_label.capitalize()} again", end.at)


def _same_act(
    incident: Incident, last: Entry, before: Iterable[Entry], together: Sequence[Collection[str]]
) -> tuple[list[Entry], bool]:
    """The entries of the act whose last entry is given, going backwards, and whether it made the incident."""
    known = next((keys for keys in together if last.key in keys), None)
    found, n = [last], last.n
    for entry in before:
        if known is None:
            of_another = any(entry.key in keys for keys in together)
            follows = entry.n == n - 1 and entry.recorded == last.recorded
            if follows and isinstance(entry.body, Declared):
                return found, entry.at < entry.recorded  # declared for the past, with all that happened then
            same = follows and not entry.body.undo_step and not of_another and _obstacle(entry) is None
        else:
            same = entry.key in known
        if not same:
            break
        n = entry.n
        if not _is_gone(incident, entry):
            found.append(entry)
    return found, False


def _is_gone(incident: Incident, entry: Entry) -> bool:
    """Whether the entry has been taken back already, in this way or another."""
    change = incident.replaced.get(entry.key)
    if change is not None and change.retracted and change.entry.body.corrects is not None:
        return True
    if not isinstance(entry.body, Redoing):
        return False
    later = [one.body for one in turns(incident) if one.order > entry.order]
    if isinstance(entry.body, Reopened):  # an import is cancelled after its end was taken back, in the same act
        return any(_is_end(body) and not getattr(body, "undoes", False) for body in later)
    last = next((body for body in reversed(later) if isinstance(body, Reopened) or body.again), None)
    return isinstance(last, Reopened)  # else an earlier version wrote the end once more, to redo it


def _end_before(incident: Incident, entry: Entry) -> Logged[Redoing] | None:
    """The end that the entry, which reopens the incident, took back."""
    ends = (one for one in reversed(turns(incident)) if one.order < entry.order and _is_end(one.body))
    return next(ends, None) if isinstance(entry.body, Reopened) else None


def _is_end(body: Body) -> bool:
    return isinstance(body, (Resolved, Closed))


def _obstacle(entry: Entry) -> str | None:
    """What an entry is that can't be undone, and what to do; None if it can."""
    if (isinstance(entry.body, Closed) and entry.body.cancelled) or (
        isinstance(entry.body, Reopened) and entry.body.of
    ):
        return None
    return next((words for kind, words in _IN_THE_WAY.items() if isinstance(entry.body, kind)), None)


def _undoing(entries: tuple[Entry, ...], *, made: bool) -> Step:
    drafts = [_opposite(entry, len(entries)) for entry in reversed(entries)]
    words = "; ".join(entry.text.split("\n")[0] for entry in entries)
    first = entries[0].body
    if isinstance(first, Retracted):
        done = "Put back: " + words.removeprefix("Taken back: ")
    elif first.corrects is not None:
        done = f"Taken back, as it was before: {words}"
    elif isinstance(first, Reopened):
        done = f"Resolved again: {words.removeprefix('Reopened: ')} – taken back"
    elif isinstance(first, Resolved):
        done = f"No longer resolved: {words}"
    else:
        done = f"Taken back: {words}"
    cancels: tuple[Draft, ...] = ()
    if made:
        more = len(entries) + 1
        cancels = (*(_opposite(entry, more) for entry in reversed(entries)), cancel_import(more))
    return Step(entries, tuple(drafts), words, done, cancels=cancels)


def _amended_back(incident: Incident, target: Entry, amended: Entry, tz: tzinfo | None) -> str:
    """What to tell when the last correction of a line is undone: how the line reads again."""
    now = incident.shown(target)
    left = {key: [c for c in found if c.key != amended.key] for key, found in incident.changes.items()}
    again = target.corrected(corrections_in_force(left).get(target.key))
    words = again.text.split("\n")[0]
    if again.text != now.text:
        return f"Taken back; it reads again: {words}"
    if again.at != now.at:
        return f"Taken back; its time is {times.clock_zone_day(again.at, now.at, tz)} again: {words}"
    if again.kind != now.kind or type(again.body) is not type(now.body):
        return f"Taken back; its kind is {again.body.kind_label} again: {words}"
    return f"Taken back, as it was before: {words}"


def _opposite(entry: Entry, together: int) -> Draft:
    """What takes an entry back; of what changes the state, only an end can be taken back."""
    if _is_end(entry.body):
        what = "cancelled" if isinstance(entry.body, Closed) else "marked as resolved"
        because = f"{what} by mistake" if together == 1 else "what ended it was taken back"
        return reopen(because, undoes=True, together=together)
    if isinstance(entry.body, Reopened):
        return Draft(Resolved(again=True, target=entry.key), "Resolved again", entry.at)
    return retract(entry, "undone", how="undo", together=together)


def _redoing(incident: Incident, undone: Sequence[Entry]) -> Step | None:
    """Do again what the entries `undone`, the last first, have undone."""
    drafts: list[Draft] = []
    words: list[str] = []
    for entry in undone:
        because = "the import is there again" if isinstance(entry.body, Closed) else "redone"
        if (draft := put_back(incident, entry, because)) is None:
            continue
        if isinstance(draft.body, Retracted):
            words.append(_undone_words(entry))
        elif (end := _end_before(incident, entry)) is not None:
            words.append(end.text.split("\n")[0])
        drafts.append(draft)
    if not drafts:
        return None
    first = undone[-1]
    said = "; ".join(words)
    return Step(tuple(reversed(undone)), tuple(drafts), said, f"{_again(incident, first, drafts)}: {said}")


def _again(incident: Incident, undone: Entry, drafts: Sequence[Draft]) -> str:
    """What is true again of the entry that `undone` had taken back, once it is redone with these drafts."""
    if len(drafts) == 1 and isinstance(drafts[0].body, Resolved):
        return "Resolved again"
    if len(drafts) == 1 and isinstance(drafts[0].body, Closed):
        return "Cancelled again"
    target = undone.body.corrects
    changes = (change for several in incident.changes.values() for change in several)
    corrected = next((change for change in changes if change.key == target), None)
    if corrected is None:
        return "Done again"
    return "Taken back again" if corrected.retracted else "Corrected again"


def _undone_words(entry: Entry) -> str:
    first = entry.text.split("\n")[0]
    return first.removeprefix("Taken back: ").removeprefix("Put back: ").removesuffix(" (undone)")
