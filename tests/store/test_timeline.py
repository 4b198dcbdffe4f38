"""The timeline as people read it: each line once, corrected, at its corrected time, and nothing for corrections."""

from __future__ import annotations

import random

from tests.conftest import Clock
from tests.stories import PLAYBOOK
from warroom.model import acts
from warroom.model.entries import Draft, Entry
from warroom.model.incident import Incident, fold
from warroom.model.kinds.corrections import Amended
from warroom.model.times import MINUTE
from warroom.session import Session
from warroom.store.journal import Journal
from warroom.store.timeline import Timeline


def as_read(journal: Journal, incident: Incident) -> list[Entry]:
    """The lines as they should be, worked out from everything that was written."""
    lines = [entry for entry in journal.since(0, incident.id) if entry.body.corrects is None]
    order = {change.target: change.entry.order for change in incident.replaced.values()}

    def place(entry: Entry) -> tuple[int, tuple[int, str, int]]:
        at = incident.shown(entry).at
        return at, entry.order if at == entry.at else order[entry.key]

    return sorted(lines, key=place)


def agrees(timeline: Timeline, journal: Journal, incident: Incident) -> None:
    """Count, pages and positions agree with what should be read."""
    expected = as_read(journal, incident)
    assert timeline.count(incident) == len(expected)
    assert timeline.page(incident, 0, 1000) == expected
    for offset in range(0, len(expected), 3):
        assert timeline.page(incident, offset, 5) == expected[offset : offset + 5]
    assert [timeline.position(incident, entry) for entry in expected] == list(range(len(expected)))


def test_each_line_stands_once_where_its_corrected_time_puts_it(journal: Journal, clock: Clock) -> None:
    chance = random.Random(8)
    declare = acts.lifecycle.declare("Checkout errors", 2, now=clock())
    session = Session.declare(journal, lambda: PLAYBOOK, declare, author="Sam", now=clock)
    timeline, lines = Timeline(journal), list[Entry]()
    for number in range(160):
        clock.advance(minutes=1)
        at = clock() - chance.randrange(9) * MINUTE
        what = chance.choice(["note", "note", "fact", "amend", "move", "retract", "undo"])
        standing = [
            entry
            for entry in lines
            if entry.key not in session.incident.replaced or not session.incident.replaced[entry.key].retracted
        ]
        reworded = [entry for entry in standing if entry.kind == "note"]
        undone = [change.entry for change in session.incident.replaced.values() if not change.retracted]
        if what in ("amend", "move") and reworded:
            line = session.incident.shown(chance.choice(reworded))
            session.apply(acts.corrections.amend(line, f"corrected {number}", at if what == "move" else None))
        elif what == "retract" and standing:
            session.apply(acts.corrections.retract(chance.choice(standing), "wrong graph"))
        elif what == "undo" and undone:
            session.apply(acts.corrections.retract(chance.choice(undone), "undone"))
        elif what == "fact":
            lines += session.apply(acts.facts.fact(PLAYBOOK, "impact", f"impact {number}", at))
        else:
            lines += session.apply(acts.log.note(f"note {number}", at))
        if number % 8 == 0:
            agrees(timeline, journal, session.incident)
    agrees(timeline, journal, session.incident)
    agrees(Timeline(journal), journal, session.incident)
    for change in session.incident.replaced.values():
        target = journal.entry(change.target)
        if target is not None and target.body.corrects is None:
            assert timeline.position(session.incident, change.entry) == timeline.position(session.incident, target)


def test_a_correction_of_a_line_that_has_not_arrived_is_shown_as_it_is(journal: Journal, clock: Clock) -> None:
    declare = acts.lifecycle.declare("Checkout errors", 2, now=clock())
    session = Session.declare(journal, lambda: PLAYBOOK, declare, author="Sam", now=clock)
    (line,) = session.apply(acts.log.note("Errors at 20 %"))
    clock.advance(minutes=1)
    journal.append(line.incident, Draft(Amended("elsewhere:7"), "Errors at 8 %"), author="Ana")
    session = Session(journal, lambda: PLAYBOOK, session.incident.id, author="Sam", now=clock)
    texts = [entry.text for entry in Timeline(journal).page(session.incident, 0, 9)]
    assert texts == ["Declared SEV2: Checkout errors", "Errors at 20 %", "Errors at 8 %"]


def test_a_search_finds_a_corrected_line_once_by_any_of_its_words(journal: Journal, clock: Clock) -> None:
    declare = acts.lifecycle.declare("Checkout errors", 2, now=clock())
    session = Session.declare(journal, lambda: PLAYBOOK, declare, author="Sam", now=clock)
    (line,) = session.apply(acts.log.note("Latency at 20 %"))
    session.apply(acts.corrections.amend(line, "Latency at 8 % on mobile"))
    (gone,) = session.apply(acts.log.note("Latency at 90 %"))
    session.apply(acts.corrections.retract(gone, "the wrong graph"))
    timeline = Timeline(journal)
    for words, found in (("latency", [gone, line]), ("mobile", [line]), ("20", [line]), ("graph", [gone]), ("x", [])):
        assert timeline.search(session.incident, words) == found


def test_corrections_that_name_each_other_or_themselves_are_read(journal: Journal, clock: Clock) -> None:
    """As they may come with an import from another program."""
    declare = acts.lifecycle.declare("Checkout errors", 2, now=clock())
    session = Session.declare(journal, lambda: PLAYBOOK, declare, author="Sam", now=clock)
    for target in (3, 2, 4, 1):
        body = Amended(f"{journal.origin}:{target}")
        journal.append(session.incident.id, Draft(body, f"round and round {target}"), author="Max")
    incident, timeline = fold(journal.state(session.incident.id)), Timeline(journal)
    assert timeline.search(incident, "round")
    assert timeline.count(incident) == len(timeline.page(incident, 0, 10)) == 1
