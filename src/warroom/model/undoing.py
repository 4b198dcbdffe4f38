"""Undoing one's own last acts, one after the other, and doing again what was undone; both are entries like any other.

Everything follows from the log: which acts are a person's own, in which order they did them, and what they have undone.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from itertools import islice

import msgspec
from msgspec.structs import replace

from warroom.model.entries import Draft, Entry
from warroom.model.incident import Incident
from warroom.model.kinds.corrections import Retracted, retract
from warroom.model.kinds.lifecycle import Closed, Declared, Reopened, Resolved, reopen
from warroom.model.kinds.redaction import Redacted


class Step(msgspec.Struct, frozen=True):
    """An act to undo or to redo: its entries, oldest first, the drafts that do it, and what to tell the user then.

    There are no drafts for an act that can't be undone, such as closing; `words` are those of its entries.
    """

    entries: tuple[Entry, ...]
    drafts: tuple[Draft, ...]
    words: str
    done: str


def undo(incident: Incident, own: Iterable[Entry], together: Iterable[Collection[str]] = ()) -> Step | None:
    """The step that undoes the last act that is not undone; None if there is none.

    `own` are the entries of this person in this incident that this file wrote, the latest first; only as many are taken
    as are needed. An act is the entries that have the same `recorded`; `together` are the keys of the entries of acts
    that are known better.
    """
    entries = iter(own)
    for last in entries:
        is_step = last.body.undo_step == "undo" or (last.body.undo_step == "redo" and isinstance(last.body, Retracted))
        if is_step or isinstance(last.body, Redacted) or _is_gone(incident, last):
            continue
        if isinstance(last.body, Declared):
            return None
        found = [last, *_same_act(incident, last, entries, list(together))]
        return _undoing(tuple(reversed(found)))
    return None


def redo(incident: Incident, own: Iterable[Entry]) -> Step | None:
    """The step that does again what was undone last; None if nothing was, or something else was done since."""
    entries = iter(own)
    for last in entries:
        if last.body.undo_step == "redo" or isinstance(last.body, Redacted):
            continue
        if last.body.undo_step != "undo":
            return None
        if _is_gone(incident, last):
            continue
        if isinstance(last.body, Reopened):
            return _ending_again(incident, entries)
        assert isinstance(last.body, Retracted)
        found = [last, *islice(entries, max(last.body.together - 1, 0))]
        return _redoing(tuple(reversed(found)))
    return None


def _same_act(
    incident: Incident, last: Entry, before: Iterable[Entry], together: Sequence[Collection[str]]
) -> Iterable[Entry]:
    """The other entries of the act whose last entry is given, going backwards."""
    known = next((keys for keys in together if last.key in keys), None)
    n = last.n
    for entry in before:
        if known is None:
            of_another = any(entry.key in keys for keys in together)
            follows = entry.n == n - 1 and not isinstance(entry.body, Declared)
            same = follows and entry.recorded == last.recorded and not entry.body.undo_step and not of_another
        else:
            same = entry.key in known
        if not same:
            return
        n = entry.n
        if not _is_gone(incident, entry):
            yield entry


def _is_gone(incident: Incident, entry: Entry) -> bool:
    """Whether the entry has been taken back already, in this way or another."""
    if isinstance(entry.body, (Resolved, Closed)):
        return incident.state == "open"  # somebody has reopened it
    if isinstance(entry.body, Reopened) and entry.body.undoes:
        return incident.state != "open"
    change = incident.replaced.get(entry.key)
    return change is not None and change.retracted


def _undoing(entries: tuple[Entry, ...]) -> Step:
    drafts = [_opposite(entry, len(entries)) for entry in reversed(entries)]
    words = "; ".join(entry.text.split("\n")[0] for entry in entries)
    first = entries[0].body
    if isinstance(first, Retracted):
        done = "Put back: " + words.removeprefix("Taken back: ")
    elif first.corrects is not None:
        done = f"Taken back, as it was before: {words}"
    elif isinstance(first, Resolved):
        done = f"No longer resolved: {words}"
    else:
        done = f"Taken back: {words}"
    kept = tuple(draft for draft in drafts if draft is not None)
    return Step(entries, kept if len(kept) == len(drafts) else (), words, done)


def _opposite(entry: Entry, together: int) -> Draft | None:
    """What takes an entry back; None for a change of state that only a later one can undo."""
    if isinstance(entry.body, Resolved):
        return reopen("marked as resolved by mistake", undoes=True)
    if isinstance(entry.body, Closed) and entry.body.cancelled:
        return reopen("cancelled by mistake", undoes=True)
    return retract(entry, "undone", how="undo", together=together) if entry.body.may_be_retracted else None


def _redoing(entries: tuple[Entry, ...]) -> Step:
    drafts = tuple(retract(entry, "redone", how="redo", together=len(entries)) for entry in reversed(entries))
    words = "; ".join(_undone_words(entry) for entry in reversed(entries))
    return Step(entries, drafts, words, f"Done again: {words}")


def _undone_words(entry: Entry) -> str:
    first = entry.text.split("\n")[0]
    return first.removeprefix("Taken back: ").removesuffix(" (undone)")


def _ending_again(incident: Incident, before: Iterable[Entry]) -> Step | None:
    """Resolve or cancel once more, at the same time and with the same words as before that was undone."""
    ended = next((entry for entry in before if isinstance(entry.body, (Resolved, Closed))), None)
    if ended is None or not isinstance(ended.body, (Resolved, Closed)):
        return None
    shown = incident.shown(ended)
    words = shown.text.split("\n")[0]
    return Step(
        (ended,), (Draft(replace(ended.body, again=True), shown.text, shown.at),), words, f"Done again: {words}"
    )
