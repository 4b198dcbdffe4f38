"""What `warroom import` does with a timeline that people wrote: shows what was understood, and adds it, all or nothing."""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING

import click

from warroom.cli.context import Failed, Invocation, notify, print_data, say
from warroom.text.cleaning import clean, clean_line

if TYPE_CHECKING:
    from warroom.timelines import Given, Timeline, Zone

MAX_BYTES = 20_000_000
"""The size limit for a timeline, in bytes: a hundred thousand long lines."""
MOST_ENTRIES = 100_000
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
    from warroom.timelines import read

    if into is not None and title is not None:
        raise click.UsageError("Give --into REF or --new TITLE, not both: an incident that is there, or a new one")
    if title is not None and not title.strip():
        raise click.UsageError("An incident needs a title: a few words about what users see")
    text = _decoded(data, name)
    timeline = read(text, _given(to, day, zone_name))
    if not timeline.entries:
        raise Failed(f"there is no time in {clean_line(name)} that could be read, so nothing was imported")
    if len(timeline.entries) > MOST_ENTRIES:
        raise Failed(
            f"{clean_line(name)} has more than {MOST_ENTRIES:,} entries, so nothing was imported; import it in parts"
        )
    shows = dry_run or (into is None and title is None)
    if as_json:
        _print_json(timeline)
    elif shows:
        _print(timeline)
    if not shows:
        _add(to, timeline, into=into, title=title, quiet=as_json)
    elif not as_json:
        missing = _question(timeline)
        if missing:
            notify(missing)
        elif not dry_run:
            notify("nothing was imported: add --new TITLE to make an incident of it, or --into REF to add it to one")


def _decoded(data: bytes, name: str) -> str:
    """The text of a file: UTF-8, or UTF-16 with its mark, or Windows' Latin letters. Raises Mistake."""
    from warroom.text.files import decoded
    from warroom.text.mistakes import Mistake

    if len(data) > MAX_BYTES:
        raise Mistake(name, 0, f"it is longer than {MAX_BYTES // 1_000_000} MB, the limit for a timeline")
    for mark, encoding in ((b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16")):
        if data.startswith(mark):
            try:
                return data.decode(encoding).replace("\r\n", "\n")
            except UnicodeDecodeError:
                raise Mistake(
                    name, 0, "this is not text; expected a timeline, such as a list of times and what happened"
                ) from None
    if b"\0" in data:
        raise Mistake(name, 0, "this is not text; expected a timeline, such as a list of times and what happened")
    return decoded(data, name)


def _given(to: Invocation, day: str | None, zone_name: str | None) -> Given:
    from warroom.timelines import Given, zone

    known: Zone | None = None
    if zone_name is not None:
        known = zone(zone_name)
        if known is None:
            raise click.UsageError(
                f"{clean_line(zone_name)!r} is no zone that is known: give UTC, CET, +02:00, or a name such as Europe/Berlin"
            )
        if known.tz is None:
            raise click.UsageError(f"{known.name} stands for several zones: give one of {', '.join(known.choices)}")
    if day is None:
        return Given(zone=known)
    return _of_day(to, day.strip(), known)


def _of_day(to: Invocation, text: str, known: Zone | None) -> Given:
    """The day, or the moment of T+0, that --date gives."""
    from warroom.model import times
    from warroom.timelines import Given

    wrong = click.UsageError(
        f"{clean_line(text)!r} is not a day: give it as 2026-11-23, or as 2026-11-23T03:12Z for what T+0 is"
    )
    if re.fullmatch(r"\d{4}-\d{1,2}-\d{1,2}", text):
        try:
            return Given(day=date(*map(int, text.split("-"))), zone=known)
        except ValueError:
            raise wrong from None
    try:
        tz = known.tz if known is not None else None
        zoned = bool(re.search(r"(?:Z|[+-]\d\d:?\d\d|UTC|GMT)$", text))
        if not zoned and tz is None:
            raise click.UsageError("For the moment of T+0, say its zone too: 2026-11-23T03:12Z, or add --zone")
        start = times.parse_past(text, 2**43, tz)
    except times.TimeError:
        raise wrong from None
    return Given(day=times.local(start, tz).date(), start=start, zone=known)


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
    from warroom.model import times

    for entry in timeline.entries:
        when = "no time" if entry.at is None else times.iso(entry.at)[:16].replace("T", " ") + "Z"
        when = (
            {"approximate": f"~{when}", "day": f"{when[:10]} (day)"}.get(entry.precision, when)
            if entry.at is not None
            else when
        )
        kind = entry.kind if entry.sure or entry.kind == "note" else f"{entry.kind}?"
        who = f"{entry.who}: " if entry.who else ""
        say(clean_line(f"{entry.line:>5}  {when:18}  {kind:10} {who}{entry.text}"))
    for line in timeline.not_understood[:_SHOWN]:
        say(clean_line(f"{line.line:>5}  not understood: {line.text}"))
    more = len(timeline.not_understood) - _SHOWN
    if more > 0:
        say(f"       and {more:,} more lines that were not understood")
    for remark in timeline.remarks:
        say(clean_line(f"{f'{remark.line:>5}' if remark.line else '     '}  note: {remark.text}"))
    count = len(timeline.entries)
    say(
        f"{count:,} {'entry' if count == 1 else 'entries'}, {len(timeline.not_understood):,} lines not understood. A ? marks a kind that was guessed."
    )


def _print_json(timeline: Timeline) -> None:
    import json

    from warroom.model import times

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
        "remarks": [{"line": remark.line or None, "text": remark.text} for remark in timeline.remarks]
        + (
            [{"line": None, "text": f"The timeline doesn't say {_question(timeline).partition(' say ')[2]}."}]
            if timeline.missing
            else []
        ),
    }
    print_data(json.dumps(found, ensure_ascii=False, indent=2))


def _add(to: Invocation, timeline: Timeline, *, into: str | None, title: str | None, quiet: bool) -> None:
    from warroom.cli.reference import find
    from warroom.imports import add

    if question := _question(timeline):
        raise click.UsageError(f"Nothing was imported, because {question}")
    journal = to.workspace.open_journal(create=title is not None)
    done = add(
        to.workspace,
        timeline,
        ref=find(journal, into) if into is not None else "",
        title=clean_line(title or "").strip(),
    )
    if quiet:
        return
    name = f"{done.incident.id} “{clean_line(done.incident.title)}”"
    total = f"{len(timeline.entries):,} {'entry' if len(timeline.entries) == 1 else 'entries'}"
    if done.added:
        say(
            f"Imported {total} into {name}, {'all' if done.added >= len(timeline.entries) else f'{done.added:,} of them'} new"
        )
    else:
        say(f"Nothing to import: all {total} are in {name} already")
    if done.assumed:
        notify(
            f"the timeline doesn't say how severe it was, so it is SEV{done.incident.severity}: change it with warroom severity if it was not"
        )
    if timeline.not_understood:
        notify(f"{len(timeline.not_understood):,} lines were not understood; see them with --dry-run")
