"""What `warroom import` does with a timeline that people wrote: shows what was understood, and adds it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from warroom.cli.context import Failed, Invocation, notify, print_data, say
from warroom.text.cleaning import clean_deep, clean_line
from warroom.text.counts import counted

if TYPE_CHECKING:
    from collections.abc import Sequence

    from warroom.imports import Added
    from warroom.redacted_before import Marked
    from warroom.there_already import There
    from warroom.timelines import Given, Timeline, TimelineEntry

_SHOWN = 10
"""Lines that were not understood that are listed; the others are counted."""
_NO_END = "this says that it was over, but not exactly when, so it does not end the incident"
_OPEN = "no line says that it was over, so it will be open"
_ASK = {
    "date": "which day it is: add --date, such as --date 2026-11-23",
    "year": "which year it is: add --date with the day of the first line, such as --date 2026-11-23",
    "start": "when T+0 is: add --date with its moment, such as --date 2026-11-23T03:12 --zone UTC",
    "zone": "which zone its times are in: add --zone, such as --zone UTC or --zone Europe/Berlin",
}


def import_timeline(
    to: Invocation,
    data: bytes,
    name: str,
    *,
    day: str | None,
    zone_name: str | None,
    into: str | None,
    title: str | None,
    ended: str | None,
    dry_run: bool,
    as_json: bool,
) -> None:
    """Read a timeline, show it or add it. Raises Failed, UsageError, Mistake, Refused and StoreError."""
    from msgspec.structs import replace

    from warroom.imports import MOST_ENTRIES, decoded
    from warroom.timelines import Remark, read

    if into is not None and title is not None:
        raise click.UsageError("Give --into REF or --new TITLE, not both: an incident that is there, or a new one")
    if into is not None and not into.strip():
        raise click.UsageError("--into is empty; give the reference of the incident that gets the timeline")
    if title is not None and not title.strip():
        raise click.UsageError("An incident needs a title: a few words about what users see")
    given = _given(day, zone_name)
    text, remark = decoded(data, name)
    timeline = read(text, given)
    if remark:
        timeline = replace(timeline, remarks=(Remark(0, remark), *timeline.remarks))
    question, adds = _question(timeline), not dry_run and (into is not None or title is not None)
    if not timeline.entries:
        if as_json and not adds:
            _print_json(timeline, "", [])
        nothing = f"there is no time in {clean_line(name)} that could be read, so nothing was imported"
        raise Failed(f"{nothing}{_why(timeline)}")
    if len(timeline.entries) > MOST_ENTRIES:
        many = f"{clean_line(name)} has more than {MOST_ENTRIES:,} entries"
        raise Failed(f"{many}, so nothing was imported; import it in parts")
    if adds and question:
        raise click.UsageError(f"Nothing was imported, because {question}")
    over = _over(ended, timeline, given, to) if ended is not None and not question else None
    done = _add(to, timeline, into=into, title=title, ended=over) if adds else None
    there, marked = (None, None) if adds else _there(to, timeline, into, title)
    if marked is not None:
        timeline = replace(timeline, entries=tuple(marked.entries))
    if as_json:
        lines = marked.by_line.items() if marked is not None else ()
        remarks: list[dict[str, object]] = [{"line": line or None, "text": f"{text}."} for line, text in lines]
        remarks += [{"line": None, "text": f"{text[:1].upper()}{text[1:]}."} for text in (done.remarks if done else ())]
        _print_json(timeline, question, remarks)
        if done is not None:
            notify(_what_was_imported(timeline, done))
    elif done is not None:
        if remark:
            notify(remark[:1].lower() + remark[1:].rstrip("."))
        _tell(timeline, done)
        if over is not None:
            say(f"It was over at {_shown(over)}")
    else:
        _print(timeline, there, marked.remarks if marked is not None else ())
    if question:
        raise click.UsageError(f"{question[:1].upper()}{question[1:]}")
    if done is None and not dry_run:
        ways = "--new TITLE to make an incident of it, --into REF to add it to one, or --dry-run to only look at it"
        raise click.UsageError(f"Nothing was imported: add {ways}")


def _given(day: str | None, zone_name: str | None) -> Given:
    """What --date and --zone say. Raises UsageError."""
    from warroom.timelines import Given, NotGiven, given_day, given_zone

    try:
        known = given_zone(zone_name) if zone_name is not None else None
        return Given(zone=known) if day is None else given_day(day, known)
    except NotGiven as error:
        raise click.UsageError(f"{error}") from None


def _over(ended: str, timeline: Timeline, given: Given, to: Invocation) -> int | None:
    """When it was over, ms UTC: what --ended says, a time or the last line. Raises UsageError."""
    from warroom.model import times
    from warroom.timelines import Given, Zone, read

    known = [entry.at for entry in timeline.entries if entry.at is not None]
    if not known:
        return None  # which is refused with the timeline
    if ended.strip().lower() == "last":
        return max(known)
    there = times.local(max(known), given.zone.tz if given.zone is not None else to.workspace.tz)
    beside = Given(day=there.date(), zone=given.zone or Zone("", there.tzinfo))
    found = read(f"{ended.strip()} - x", beside).entries
    if len(found) != 1 or found[0].at is None:
        wrong = f"--ended {clean_line(ended)!r} is no time"
        raise click.UsageError(f"{wrong}: give it as 2026-11-23T05:32Z, or say last for the time of the last line")
    return found[0].at


def _there(to: Invocation, timeline: Timeline, into: str | None, title: str | None) -> tuple[There | None, Marked]:
    """What the incident has to which the timeline would be added (None: none), and how that would be imported.

    Raises Failed and StoreError.
    """
    from msgspec.structs import replace

    from warroom.cli.reference import find
    from warroom.model.incident import fold
    from warroom.redacted_before import RedactedBefore
    from warroom.store.errors import Missing
    from warroom.there_already import NOTHING, imported_before, known, of_another_time, remarks
    from warroom.timelines.drafts import began, said_too_early, too_early

    try:
        journal = to.workspace.open_journal(create=False)
    except Missing:
        if into is not None:
            raise
        return None, RedactedBefore(None).marked(timeline.entries)
    ref, now, start = find(journal, into) if into is not None else "", to.now(), began(timeline.entries)
    there = known(journal, ref, to.workspace.playbook) if ref else None
    marked = RedactedBefore(journal).marked(timeline.entries, title or "", (there or NOTHING).all())
    more: tuple[str, ...] = ()
    if start is not None:
        same = ref or (imported_before(journal, title, start) if title else "")
        more = remarks(journal, title or "", start, marked.entries, to.workspace.playbook, into=same, is_done=False)
    if there is None:
        return None, replace(marked, remarks=(*marked.remarks, *more))
    incident = fold(journal.state(ref))
    early = too_early(marked.entries, incident.began, there.known)
    by_line = {entry.line: said_too_early([entry], ref, incident.began) for entry in early}
    told = {line: f"{text[:1].upper()}{text[1:]}" for line, text in by_line.items()}
    far = of_another_time(incident, timeline.entries, now, to.workspace.tz)
    more = (*more, *filter(None, [far, said_too_early(early, ref, incident.began)]))
    return there, replace(marked, by_line={**told, **marked.by_line}, remarks=(*marked.remarks, *more))


def _question(timeline: Timeline) -> str:
    """What has to be asked for; "" if nothing."""
    asked = [_ASK[what] for what in ("start", "date", "year", "zone") if what in timeline.missing]
    if not asked:
        return ""
    question = f"the timeline doesn't say {' and '.join(asked)}"
    if timeline.choices and "zone" in timeline.missing:
        question += f" (one of {', '.join(timeline.choices)})"
    return question + _why(timeline)


def _why(timeline: Timeline) -> str:
    """The first reason why something that looks like a time is none, in brackets; "" if there is no such thing."""
    reason = next((remark for remark in timeline.remarks if remark.is_reason), None)
    return f" (line {reason.line}: {clean_line(reason.text).rstrip('.')})" if reason is not None else ""


def _print(timeline: Timeline, there: There | None, redacted: Sequence[str]) -> None:
    """Print each line beside what was understood; a = marks those that the incident has already."""
    from warroom.timelines.drafts import key, new_lines, not_exactly_over, placed, same_words

    stands = {id(entry): at for entry, at in placed(timeline.entries)}
    width = max(18, *(len(_when(entry)) for entry in timeline.entries))
    kinds = max(10, *(len(_kind(entry)) for entry in timeline.entries))
    for entry in timeline.entries:
        kind = _kind(entry)
        who = f"{entry.who}: " if entry.who else ""
        at = stands.get(id(entry))
        mark = "=" if there is not None and at is not None and key(at, entry.text) in there.known else " "
        say(clean_line(f"{entry.line:>5} {mark}{_when(entry):{width}}  {kind:{kinds}} {who}{entry.text}"))
    for line in timeline.not_understood[:_SHOWN]:
        say(clean_line(f"{line.line:>5}  not understood: {line.text}"))
    if (more := len(timeline.not_understood) - _SHOWN) > 0:
        say(f"       and {counted(more, 'more line')} that were not understood")
    new_keys = set() if there is None else new_lines(timeline.entries, there.known)
    back = set() if there is None else new_keys & there.undone.keys()
    for remark in timeline.remarks:
        say(clean_line(f"{remark.line or '':>5}  note: {remark.text}"))
    for text in redacted:
        say(f"       note: {text}")
    if there is not None and (same := same_words([*(new_keys - back)], there.known)):
        say(f"       note: {same} in it: is the zone right (--zone), and the day (--date)?")
    if (end := not_exactly_over(timeline.entries)) is not None:
        say(f"{end.line:>5}  note: {_NO_END}: --ended says when it was over (last: with the last line)")
    elif there is None and all(entry.kind != "resolved" for entry in timeline.entries):
        say(f"       note: {_OPEN}: --ended says when it was over (last: with the last line)")
    unread = f"{counted(len(timeline.not_understood), 'line')} not understood"
    new = "" if there is None else f", {len(new_keys - back):,} of them new"
    new += f", {len(back):,} undone before and then back" if back else ""
    marks = "A ? marks a kind that was guessed" + ("" if there is None else ", a = what is there already")
    say(f"{_entries(timeline)}{new}, {unread}. {marks}.")


def _kind(entry: TimelineEntry) -> str:
    """Its kind, with a question mark if that was guessed."""
    return entry.kind if entry.sure or entry.kind == "note" else f"{entry.kind}?"


def _when(entry: TimelineEntry) -> str:
    if entry.at is None:
        about = "~" if entry.precision == "approximate" else ""
        return f"{about}{entry.written} (no {entry.lacking})" if entry.lacking else "no time"
    shown = _shown(entry.at)
    return {"approximate": f"~{shown}", "day": f"{shown[:10]} (day)"}.get(entry.precision, shown)


def _shown(at: int) -> str:
    """A time: `2025-11-03 18:50Z`."""
    from warroom.model import times

    return times.iso(at)[:16].replace("T", " ") + "Z"


def _entries(timeline: Timeline) -> str:
    count = len(timeline.entries)
    return counted(count, "entry", "entries")


def _print_json(timeline: Timeline, question: str, more: list[dict[str, object]]) -> None:
    import json

    from warroom.model import times

    remarks = [*({"line": remark.line or None, "text": remark.text} for remark in timeline.remarks), *more]
    if question:
        remarks.append({"line": None, "text": f"{question[:1].upper()}{question[1:]}."})
    found = {
        "entries": [
            {
                "line": entry.line,
                "at": None if entry.at is None else times.iso(entry.at),
                "precision": entry.precision,
                "kind": entry.kind,
                "text": entry.text,
                "who": entry.who,
                **({"written": entry.written} if entry.lacking else {}),
            }
            for entry in timeline.entries
        ],
        "not_understood": [{"line": line.line, "text": line.text} for line in timeline.not_understood],
        "remarks": remarks,
    }
    print_data(json.dumps(clean_deep(found), ensure_ascii=False, indent=2))


def _add(to: Invocation, timeline: Timeline, *, into: str | None, title: str | None, ended: int | None) -> Added:
    from warroom.cli.reference import find
    from warroom.imports import add

    journal = to.workspace.open_journal(create=title is not None)
    ref = find(journal, into) if into is not None else ""
    return add(to.workspace, timeline.entries, ref=ref, title=clean_line(title or "").strip(), ended=ended)


def _what_was_imported(timeline: Timeline, done: Added) -> str:
    name = f"{done.incident.id} “{clean_line(done.incident.name)}”"
    if not done.added:
        return f"Nothing to import: all {_entries(timeline)} are in {name} already"
    return done.said(len(timeline.entries), f" into {name}")


def _tell(timeline: Timeline, done: Added) -> None:
    """Say how much was new, what was assumed, and that it is open if no line ends it."""
    from warroom.model import times
    from warroom.timelines.drafts import not_exactly_over

    say(_what_was_imported(timeline, done))
    if done.same_words:
        right = "is the zone right (--zone), and the day (--date)?"
        undo = f"warroom -i {done.incident.id} correct undo"
        notify(f"{done.same_words} in {done.incident.id}: {right} If not, take the import back with {undo}")
    if done.reopened:
        say(f"{done.incident.id} was cancelled when its import was undone; it is {done.incident.state} now")
    elif done.incident.state == "cancelled":
        notify(f"{done.incident.id} is cancelled: warroom -i {done.incident.id} reopen opens it again")
    for remark in done.remarks:
        notify(remark)
    if done.assumed:
        assumed = f"so it is SEV{done.incident.severity}: change it with warroom severity if it was not"
        notify(f"the timeline doesn't say how severe it was, {assumed}")
    last = max((entry.at for entry in timeline.entries if entry.at is not None), default=None)
    if done.is_new and done.incident.state == "open" and last is not None:
        end = not_exactly_over(timeline.entries)
        why, at, then = "no line says that it was over", last, "with the last line"
        if end is not None:
            why = f"line {end.line} doesn't say exactly when it was over"
            at, then = (end.at, "at about that time") if end.at is not None else (last, then)
        when = times.iso(at)[:16] + "Z"
        notify(f"{why}, so it is open: warroom -i {done.incident.id} resolve --at {when} ends it {then}")
    if unread := len(timeline.not_understood):
        notify(f"{counted(unread, 'line')} {'was' if unread == 1 else 'were'} not understood: see --dry-run")
