"""What `warroom import` does with a timeline that people wrote: shows what was understood, and adds it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from warroom.cli.context import Failed, Invocation, notify, print_data, say
from warroom.text.cleaning import clean_deep, clean_line

if TYPE_CHECKING:
    from warroom.imports import Added
    from warroom.timelines import Given, Timeline, TimelineEntry

_SHOWN = 10
"""Lines that were not understood that are listed; the others are counted."""
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
    dry_run: bool,
    as_json: bool,
) -> None:
    """Read a timeline, show it or add it. Raises Failed, UsageError, Mistake, Refused and StoreError."""
    from warroom.imports import MOST_ENTRIES, decoded
    from warroom.timelines import read

    if into is not None and title is not None:
        raise click.UsageError("Give --into REF or --new TITLE, not both: an incident that is there, or a new one")
    if title is not None and not title.strip():
        raise click.UsageError("An incident needs a title: a few words about what users see")
    timeline = read(decoded(data, name), _given(day, zone_name))
    if not timeline.entries:
        raise Failed(f"there is no time in {clean_line(name)} that could be read, so nothing was imported")
    if len(timeline.entries) > MOST_ENTRIES:
        many = f"{clean_line(name)} has more than {MOST_ENTRIES:,} entries"
        raise Failed(f"{many}, so nothing was imported; import it in parts")
    question = _question(timeline)
    adds = not dry_run and (into is not None or title is not None)
    if adds and question:
        raise click.UsageError(f"Nothing was imported, because {question}")
    done = _add(to, timeline, into=into, title=title) if adds else None
    if as_json:
        _print_json(timeline, question)
    elif done is not None:
        _tell(timeline, done)
    else:
        _print(timeline)
        if not question and not dry_run:
            notify("nothing was imported: add --new TITLE to make an incident of it, or --into REF to add it to one")
    if question:
        raise click.UsageError(f"{question[:1].upper()}{question[1:]}")


def _given(day: str | None, zone_name: str | None) -> Given:
    """What --date and --zone say. Raises UsageError."""
    from warroom.timelines import Given, NotGiven, given_day, given_zone

    try:
        known = given_zone(zone_name) if zone_name is not None else None
        return Given(zone=known) if day is None else given_day(day, known)
    except NotGiven as error:
        raise click.UsageError(f"{error}") from None


def _question(timeline: Timeline) -> str:
    """What has to be asked for; "" if nothing."""
    asked = [_ASK[what] for what in ("start", "date", "year", "zone") if what in timeline.missing]
    if not asked:
        return ""
    question = f"the timeline doesn't say {' and '.join(asked)}"
    if timeline.choices and "zone" in timeline.missing:
        question += f" (one of {', '.join(timeline.choices)})"
    return question


def _print(timeline: Timeline) -> None:
    """Print each line beside what was understood."""
    width = max(18, *(len(_when(entry)) for entry in timeline.entries))
    for entry in timeline.entries:
        kind = entry.kind if entry.sure or entry.kind == "note" else f"{entry.kind}?"
        who = f"{entry.who}: " if entry.who else ""
        say(clean_line(f"{entry.line:>5}  {_when(entry):{width}}  {kind:10} {who}{entry.text}"))
    for line in timeline.not_understood[:_SHOWN]:
        say(clean_line(f"{line.line:>5}  not understood: {line.text}"))
    if (more := len(timeline.not_understood) - _SHOWN) > 0:
        say(f"       and {more:,} more {'line' if more == 1 else 'lines'} that were not understood")
    for remark in timeline.remarks:
        say(clean_line(f"{remark.line or '':>5}  note: {remark.text}"))
    unread = f"{_count(len(timeline.not_understood), 'line')} not understood"
    say(f"{_entries(timeline)}, {unread}. A ? marks a kind that was guessed.")


def _when(entry: TimelineEntry) -> str:
    from warroom.model import times

    if entry.at is None:
        return f"{entry.written} (no {entry.lacking})".strip() if entry.lacking else "no time"
    shown = times.iso(entry.at)[:16].replace("T", " ") + "Z"
    return {"approximate": f"~{shown}", "day": f"{shown[:10]} (day)"}.get(entry.precision, shown)


def _count(number: int, what: str) -> str:
    return f"{number:,} {what}" if number == 1 else f"{number:,} {what}s"


def _entries(timeline: Timeline) -> str:
    count = len(timeline.entries)
    return f"{count:,} {'entry' if count == 1 else 'entries'}"


def _print_json(timeline: Timeline, question: str) -> None:
    import json

    from warroom.model import times

    remarks = [{"line": remark.line or None, "text": remark.text} for remark in timeline.remarks]
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
            }
            for entry in timeline.entries
        ],
        "not_understood": [{"line": line.line, "text": line.text} for line in timeline.not_understood],
        "remarks": remarks,
    }
    print_data(json.dumps(clean_deep(found), ensure_ascii=False, indent=2))


def _add(to: Invocation, timeline: Timeline, *, into: str | None, title: str | None) -> Added:
    from warroom.cli.reference import find
    from warroom.imports import add

    journal = to.workspace.open_journal(create=title is not None)
    ref = find(journal, into) if into is not None else ""
    return add(to.workspace, timeline.entries, ref=ref, title=clean_line(title or "").strip())


def _tell(timeline: Timeline, done: Added) -> None:
    """Say how much was new, and what was assumed."""
    name, total = f"{done.incident.id} “{clean_line(done.incident.title)}”", _entries(timeline)
    if not done.added:
        say(f"Nothing to import: all {total} are in {name} already")
    elif done.added >= len(timeline.entries):
        say(f"Imported {total} into {name}, all new")
    else:
        say(f"Imported {total} into {name}, {done.added:,} of them new")
    if done.assumed:
        assumed = f"so it is SEV{done.incident.severity}: change it with warroom severity if it was not"
        notify(f"the timeline doesn't say how severe it was, {assumed}")
    if unread := len(timeline.not_understood):
        notify(f"{_count(unread, 'line')} {'was' if unread == 1 else 'were'} not understood: see --dry-run")
