"""`warroom people on-call`: who is on call now and next; typed in, or read from a calendar."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import tzinfo
from pathlib import Path

import click

from warroom.cli.context import Failed, Invocation, invocation, notify, print_json, quoted, say
from warroom.cli.parameters import TextCommand, as_typed
from warroom.cli.people.changing import write
from warroom.cli.people.listing import person_of
from warroom.model import times
from warroom.model.entries import Draft
from warroom.model.on_call_spans import between, week
from warroom.model.people import Directory, Duty
from warroom.model.people_changes import WrongField, parsed
from warroom.model.people_changes import on_call as put_on_call
from warroom.text.cleaning import clean_line
from warroom.text.counts import counted

_LISTED = 8


@click.command(
    "on-call",
    cls=TextCommand,
    short_help="Who is on call, now and next.",
    help="Who is on call, now and next. With a NAME, put that person on call for a week, or from one time until "
    "another; what you type goes before what a calendar says. With a FILE of a calendar (.ics), read who is on call "
    "when; reading it again replaces what was read for the same rotation.",
    epilog="""\b
Examples:
  warroom people on-call
  warroom people on-call Marcus --week 2026-W49
  warroom people on-call Marcus --from 2026-12-01 --until 2026-12-08 --rotation payments
  warroom people on-call rota.ics --dry-run
""",
)
@click.argument("who", nargs=-1, metavar="[NAME|FILE.ics]")
@click.option("--from", "since", metavar="DAY", help="2026-12-01, or 2026-12-01 09:00; now if it is left out.")
@click.option("--until", metavar="DAY", help="The same, not on call any more then; a week later if it is left out.")
@click.option("--week", "weeks", metavar="WEEK", help="A week from Monday to Monday: 2026-W49.")
@click.option(
    "--rotation", metavar="NAME", help="The team or rotation, such as payments; needed once there are several."
)
@click.option("--remove", "take_off", metavar="ID", help="Take back a time that was typed.")
@click.option("--dry-run", is_flag=True, help="Only show what would be read.")
@click.option("--json", "as_json", is_flag=True, help="For programs: now and next, times in ISO 8601 UTC.")
@invocation
def on_call_(
    to: Invocation,
    who: tuple[str, ...],
    since: str | None,
    until: str | None,
    weeks: str | None,
    rotation: str | None,
    take_off: str | None,
    dry_run: bool,
    as_json: bool,
) -> None:
    """Show who is on call, or change it."""
    name = as_typed(" ".join(who)).strip()
    if take_off is not None:
        _take_off(to, take_off.strip())
    elif not name:
        if since or until or weeks:
            raise click.UsageError("Say who is on call then: warroom people on-call NAME --from DAY --until DAY")
        _show(to, (rotation or "").strip() or None, as_json=as_json)
    elif name.lower().endswith((".ics", ".ical", ".ifb")):
        _read(to, Path(name).expanduser(), rotation or "", dry_run=dry_run)
    else:
        _put(to, name, _span(to, since, until, weeks), rotation)


def _span(to: Invocation, since: str | None, until: str | None, weeks: str | None) -> tuple[int, int]:
    """From when until when, ms UTC. Raises click.UsageError."""
    if weeks is not None and (since or until):
        raise click.UsageError("Give --week, or --from and --until, not both")
    now, tz = to.now(), to.workspace.tz
    try:
        return between(since or "", until or "", now, tz) if weeks is None else week(weeks, tz)
    except WrongField as error:
        raise click.UsageError(f"{str(error)[:1].upper()}{str(error)[1:]}") from None


def _put(to: Invocation, name: str, span: tuple[int, int], given: str | None) -> None:
    shown: list[str] = []

    def drafts(there: Directory) -> Iterator[Draft]:
        try:
            person = person_of(there, name)
        except click.UsageError:
            if there.named_so(name):
                raise  # several people have the name
            person = None
        rotation = _rotation(there) if given is None else parsed("team", given)
        text = person.name if person else parsed("name", name)
        shown.append(str(text))
        yield put_on_call(str(text), person, str(rotation), *span)
        if person is None:
            notify(f"nobody is called {quoted(name)} yet; warroom people add makes them known, with a phone number.")

    (entry,) = write(to, drafts)
    since, until = span
    tz = to.workspace.tz
    say(f"{entry.text}, {_when(since, tz)} – {_when(until, tz)}")


def _rotation(there: Directory) -> str:
    """The rotation that is meant if none is given: the only one there is, or one without a name."""
    known = list(dict.fromkeys(duty.rotation for duty in there.duties()))
    if len(known) > 1:
        names = ", ".join(quoted(name) if name else '"" for the one without a name' for name in known)
        raise WrongField(f"say for which rotation, with --rotation: {names}")
    return known[0] if known else ""


def _take_off(to: Invocation, id: str) -> None:
    def drafts(there: Directory) -> Iterator[Draft]:
        duty = next((duty for duty in there.duties() if duty.shift == id and id), None)
        if duty is None:
            typed = ", ".join(dict.fromkeys(duty.shift for duty in there.duties() if duty.shift))
            raise WrongField(f"no time on call that was typed has the id {quoted(id)}; there are: {typed or 'none'}")
        yield put_on_call(duty.name, duty.person, duty.rotation, duty.since, duty.since - 1, shift=id)

    (entry,) = write(to, drafts)
    say(f"{entry.text[:1].upper()}{entry.text[1:]}")


def _show(to: Invocation, rotation: str | None, *, as_json: bool) -> None:
    there, now, tz = to.workspace.people(), to.now(), to.workspace.tz
    at_present, later = there.on_call(now, rotation), there.next_on_call(now, rotation)
    if as_json:
        data = {"now": [_data(duty) for duty in at_present], "next": [_data(duty) for duty in later]}
        print_json(data)
        return
    for what, duties in (("now", at_present), ("next", later)):
        for duty in duties:
            say(f"{what:4}  {line(duty, now, tz)}")
    if at_present or later:
        return
    past = [duty for duty in there.duties() if rotation is None or duty.rotation.casefold() == rotation.casefold()]
    if past:
        last = max(duty.until for duty in past)
        say(f"Nobody is on call now; what is known ended {_when(last, tz)}. Read the calendar again, or say who it is.")
    else:
        say("Nobody has said who is on call; begin with: warroom people on-call Marcus --until monday")
        say("or read it from a calendar: warroom people on-call rota.ics --dry-run")


def line(duty: Duty, now: int, tz: tzinfo | None) -> str:
    """Who it is, how to reach them, for which rotation and until when, on one line."""
    when = (
        f"until {_when(duty.until, tz)}" if duty.since <= now else f"{_when(duty.since, tz)} – {_when(duty.until, tz)}"
    )
    parts = (
        duty.rotation,
        duty.name,
        duty.contact or "no phone number",
        when,
        f"id {duty.shift}" if duty.shift else "",
    )
    return " · ".join(clean_line(part) for part in parts if part)


def _when(ms: int, tz: tzinfo | None) -> str:
    return f"{times.local(ms, tz):%a %Y-%m-%d %H:%M}"


def _data(duty: Duty) -> dict[str, object]:
    return {
        "rotation": duty.rotation,
        "name": duty.name,
        "person": duty.person.id if duty.person else None,
        "contact": duty.contact,
        "since": times.iso(duty.since),
        "until": times.iso(duty.until),
        "shift": duty.shift or None,
    }


def _read(to: Invocation, path: Path, rotation: str, *, dry_run: bool) -> None:
    from warroom.addressbook.decoding import MOST_BYTES
    from warroom.addressbook.rotas import read_rota
    from warroom.text.files import read_named

    now, tz = to.now(), to.workspace.tz
    rota = read_rota(read_named(path, MOST_BYTES), str(path), rotation, now, tz)
    found = rota.taken(to.workspace.people())
    for number, remark in rota.remarks(found):
        notify(f"{path}, line {number}: {remark}" if number else remark)
    if not found.shifts:
        raise Failed(f"{path} names nobody, so it is not known who is on call; nothing was changed")
    if not dry_run:
        write(to, lambda there: iter([rota.taken(there).draft]))
    last = max(shift.until for shift in found.shifts)
    does = "Would read" if dry_run else "Read"
    count = len(found.shifts)
    say(f"{does} {counted(count, 'time')} on call for {rota.rotation}, up to {_when(last, tz)}")
    for shift in [shift for shift in found.shifts if shift.until > now][:_LISTED]:
        say(f"  {_when(shift.since, tz)} – {_when(shift.until, tz)}  {shift.name}")
