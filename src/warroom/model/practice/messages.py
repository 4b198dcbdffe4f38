"""Checks of what was sent: promised updates, the first words to everybody, and the wording."""

from __future__ import annotations

from collections.abc import Iterator

from warroom.model import ids, times
from warroom.model.clocks import Clock
from warroom.model.practice.checks import Check, Where
from warroom.model.practice.played import Played, Practised, Remarks
from warroom.model.promises import late_by, late_from


def promises(played: Played) -> Iterator[Check]:
    """Every update that was promised, and whether it came in time; not those that are not due yet."""
    for practised in played.incidents:
        snapshot = practised.at_the_end
        entries = {logged.key: logged for logged in practised.incident.messages}
        for promise in snapshot.promises:
            if promise.state == "running" or (promise.is_broken and promise.due > played.judged_until):
                continue
            made = entries[promise.key]
            due = times.clock(promise.due, played.tz)
            about = f"{practised.number}:{made.body.message}:{promise.due}"
            where = Where(about, practised.id, promise.key)
            said = f"{made.text.partition(' → ')[0]} promised the next update for {due}"
            better = f"Write at {due} even if there is no news: say what is known, and when you will write next."
            if promise.is_broken:
                kind = made.body.message
                awaited = ids.MESSAGE_UPDATE if kind == ids.MESSAGE_INITIAL else kind
                answer = next((key for key, logged in entries.items() if logged.at == promise.answered), "")
                where = where.of_message(practised.number, awaited, answer)
            came = "" if promise.answered is None else times.clock(promise.answered, played.tz)
            if promise.state == "kept" and promise.answered is not None:
                yield Check("promises", True, promise.answered, f"{said}; it came at {came}, in time.", where=where)
            elif promise.late_by is not None:
                late = f"it came at {came}, {times.span(promise.late_by)} late"
                yield Check("promises", False, promise.due, f"{said}; {late}.", better, 80, where=where)
            else:
                yield Check("promises", False, promise.due, f"{said}; it never came.", better, 95, where=where)


_FIRST = {
    ids.CLOCK_ACKNOWLEDGEMENT: (ids.MESSAGE_INITIAL, "acknowledgement"),
    ids.CLOCK_CUSTOMER: (ids.MESSAGE_CUSTOMER, "first message to customers"),
}
"""The clocks of the first communication, each with the message that answers it and how it is called here."""


def first_communication(played: Played) -> Iterator[Check]:
    """Whether colleagues, and customers, first heard of each incident within the limits of its severity.

    Customers are owed nothing about a false alarm that was cancelled.
    """
    for practised in played.incidents:
        for id, (kind, name) in _FIRST.items():
            if id != ids.CLOCK_CUSTOMER or practised.incident.cancelled is None:
                yield from _first(practised, id, kind, name)


def _first(practised: Practised, id: str, kind: str, name: str) -> Iterator[Check]:
    played = practised.played
    last: Clock | None = None
    severity, answered_by = 0, getattr(played.playbook.clocks, id).answered_by
    sent = practised.incident.sent(answered_by)
    for seen in practised.seen:
        if seen.snapshot.incident.sent(answered_by) or (sent and last is not None and seen.at > sent[0].at):
            break  # from then on the clock of the same name is that of the next update, if one was promised
        clock = seen.snapshot.clock(id)
        if clock is not None:
            last, severity = clock, seen.snapshot.incident.severity
        elif not seen.snapshot.incident.over():
            last = None  # it was not required any more
    if last is None:
        return
    limit = times.span(last.due - last.since)
    due = times.clock(last.due, played.tz)
    where = Where(f"{practised.number}:{kind}", practised.id)
    where = where.of_message(practised.number, kind, sent[0].key if sent else "")
    asked = f"At SEV{severity}, the {name} was due within {limit}, by {due}"
    better = f"Send it by {due} with what is known by then: what users see, and when you will write next."
    if (forbidden := _forbidden_until(practised, kind, last.due)) is not None:
        better = f"Send it from {times.clock(forbidden, played.tz)} on, as this scenario has it, and by {due}."
    if sent:
        at = sent[0].at
        where = where.on(sent[0].key)
        if at < late_from(last.due):
            after = times.span(at - last.since)
            text = f"At SEV{severity}, the {name} went out after {after}; the limit is {limit}."
            yield Check("first", True, at, text, where=where)
        elif last.due <= played.judged_until:
            late = f"it came at {times.clock(at, played.tz)}, {times.span(late_by(at, last.due))} late"
            yield Check("first", False, last.due, f"{asked}; {late}.", better, 85, where=where)
    elif min(played.judged_until, practised.incident.ended_at or played.now) >= late_from(last.due):
        yield Check("first", False, last.due, f"{asked}; it was never sent.", better, 100, where=where)


def _forbidden_until(practised: Practised, kind: str, due: int) -> int | None:
    """Until when the scenario wants that no such message goes out (ms UTC); None if it does not, or not until then."""
    played = practised.played
    rows = (row for row in played.scenario.expected if row.never and (row.act, row.what) == ("message", kind))
    until = (played.moment(row.by) for row in rows if row.incident == practised.number)
    return next((moment for moment in until if moment <= due), None)


_WEIGHTS = {
    "promise": 88, "leak": 86, "blame": 76, "speculation": 62, "minimising": 60, "vague": 40, "jargon": 38,
}  # fmt: skip
"""How much the kinds of remark matter; what other rules remark on matters less."""


def wording(played: Played, remarks: Remarks) -> Iterator[Check]:
    """Each remark on a message that went out all the same, and each message without one."""
    for practised in played.incidents:
        for entry in practised.messages:
            found = remarks(practised.before(entry), entry)
            name = entry.text.partition(" → ")[0]
            where = Where("", practised.id, entry.key)
            if not found:
                yield Check("wording", True, entry.at, f"{name} went out without a remark.", where=where)
            for remark in found:
                words = f"“{remark.words}”" if remark.words else f"a remark: {remark.label}"
                better, why = (remark.better, remark.why) if remark.better else (remark.why, "")
                text = f"{name} went out with {words}."
                where = Where(f"{entry.key}:{remark.kind}", practised.id, entry.key)
                weight = _WEIGHTS.get(remark.kind, 30)
                yield Check("wording", False, entry.at, text, better, weight, remark.sentence, where, why)
