"""The clock of a drill: killed, slept through, kept by one console, and never set by anybody's watch."""

from __future__ import annotations

import os
from contextlib import suppress

import msgspec
import pytest

from tests.conftest import THREE_SEVENTEEN
from tests.unit.drill_runs import CET, Runs, declare, log, runs, scenario, ticks
from warroom.model import acts, times
from warroom.model.drill_run import Run, begins
from warroom.model.scenario import Scenario
from warroom.model.times import MINUTE, SECOND
from warroom.store import drill_clock
from warroom.store.errors import StoreError
from warroom.store.journal import Journal
from warroom.store.leftovers import begun, this_machine
from warroom.store.preferences import Preferences

__all__ = ["runs", "scenario", "ticks"]


def test_a_killed_drill_goes_on_at_the_same_minute_and_writes_nothing_twice(runs: Runs) -> None:
    drill = runs.started()
    declare(drill)
    runs.pass_minutes(drill, 7.1)
    before, now = log(drill), drill.clock.now()
    assert len(before) == 5
    runs.kill(drill)
    runs.ticks.at += 3600
    runs.clock.at += 24 * times.HOUR
    again = runs.open()
    assert 0 <= now - again.clock.now() <= 10 * SECOND
    assert log(again) == before
    assert again.clock.reading.going, "it goes on as it was"
    again.close()
    # What was written and not saved is not written again either, nor is the clock set before the last entry.
    drill = runs.open()
    kept = drill.clock.reading
    runs.pass_minutes(drill, 3)
    drill.workspace.open(drill.logs[0][0]).apply(acts.log.note("seen"))
    last, lines = drill.clock.now(), len(log(drill))
    drill.clock.reading = msgspec.structs.replace(drill.clock.reading, now=kept.now)
    runs.kill(drill)
    again = runs.open()
    assert again.clock.now() == last
    assert len(log(again)) == lines


def test_the_clock_knows_only_seconds_that_pass_while_it_is_open(runs: Runs) -> None:
    drill = runs.started()
    clock, began = drill.clock, drill.kept.began
    runs.ticks.at += 1
    assert clock.now() - began == 10 * SECOND
    runs.clock.at += 48 * times.HOUR
    runs.clock.at -= 96 * times.HOUR
    assert clock.now() - began == 10 * SECOND, "the machine's clock is another one"
    runs.ticks.at += 8 * 3600
    assert clock.now() - began == 30 * SECOND, "the machine was asleep"
    runs.ticks.at -= 100
    assert clock.now() - began == 30 * SECOND
    clock.set(speed=60)
    runs.ticks.at += 0.5
    assert clock.now() - began == 60 * SECOND
    clock.set(going=False)
    runs.ticks.at += 1
    assert clock.now() - began == 60 * SECOND
    clock.set(to=drill.next_moment)
    assert clock.now() == drill.run.at(4)
    clock.set(going=True)
    clock.hold(True)
    drill.beat()
    runs.ticks.at += 1
    assert clock.now() == drill.run.at(4), "it is held"
    again = runs.open()
    assert again.clock.now() == drill.run.at(4), "and so it is for others"
    assert not again.clock.reading.moves
    runs.kill(drill)
    again.beat()
    assert again.clock.reading.moves, "whoever held it is gone"
    again.close()
    drill = runs.open()
    drill.beat()
    clock = drill.clock
    clock.set(to=drill.run.at(4))
    clock.set(going=True, ended=True)
    runs.ticks.at += 1
    assert clock.now() == clock.reading.ended == drill.run.at(4)
    drill.close()
    again = runs.open()
    assert (again.clock.reading.speed, again.clock.reading.going) == (60, False)
    assert again.clock.now() == again.clock.reading.ended


def test_only_one_console_keeps_the_time_and_another_one_follows(runs: Runs) -> None:
    first = runs.started()
    declare(first)
    second = runs.open()
    assert (first.clock.keeps, second.clock.keeps) == (True, False)
    runs.ticks.at += 1
    first.beat()
    second.beat()
    assert second.clock.now() == first.clock.now()
    runs.ticks.at += 1
    assert second.clock.now() - second.clock.reading.now == 10 * SECOND, "it goes on from what was saved"
    runs.ticks.at += 100
    assert second.clock.now() - second.clock.reading.now <= 12 * SECOND, "but not for long"
    at = first.clock.now()
    first.close()
    second.beat()
    assert second.clock.keeps
    assert second.clock.now() == at
    runs.pass_minutes(second, 4)
    assert [text for _, _, text in log(second)] == ["Checkout 5xx above 5 %", "Rolled back."]


@pytest.mark.parametrize("keeper", ["elsewhere-1-a", "{here}-{other}-{begun}-a", "{here}-{other}-a"])
def test_a_console_that_cant_be_asked_is_gone_when_its_clock_stands(runs: Runs, keeper: str) -> None:
    other = os.getppid()
    keep(runs, keeper.format(here=this_machine(), other=other, begun=begun(other)))
    drill = runs.open()
    assert not drill.clock.keeps
    runs.ticks.at += 2
    drill.beat()
    assert not drill.clock.keeps
    runs.ticks.at += 2
    drill.beat()
    assert drill.clock.keeps


def test_a_console_is_gone_whose_number_another_program_has_by_now(runs: Runs) -> None:
    other = os.getppid()
    if not begun(other):
        pytest.skip("this machine doesn't tell when a process was begun")
    for keeper in (f"{this_machine()}-{other}-{begun(other)}1-a", f"{this_machine()}-{os.getpid()}-1-a"):
        keep(runs, keeper)
        drill = runs.open()
        assert drill.clock.keeps, keeper
        drill.close()
    keep(runs, f"{this_machine()}-{'9' * 30}-1-a")
    assert not runs.open().clock.keeps, "a number that no process has is no reason to fail"


def keep(runs: Runs, keeper: str) -> None:
    """Let the file say that a console of this name keeps the clock."""
    runs.started().close()
    with Journal.open(runs.path, now=lambda: 0) as journal:
        preferences = Preferences(journal.connection)
        reading = drill_clock.read(preferences.get(drill_clock.CLOCK) or "")
        assert reading is not None
        preferences.set(drill_clock.CLOCK, drill_clock.written(msgspec.structs.replace(reading, keeper=keeper)))


def test_the_clock_can_be_taken_from_a_console_that_keeps_it(runs: Runs) -> None:
    first = runs.started()
    declare(first)
    runs.pass_minutes(first, 3)
    second = runs.open()
    assert not second.clock.keeps
    at = first.clock.now()
    second.take_over()
    assert second.clock.keeps
    assert second.clock.now() == at
    runs.ticks.at += 1
    first.beat()
    second.beat()
    assert (first.clock.keeps, second.clock.keeps) == (False, True)
    assert first.clock.now() == second.clock.now() == at + 10 * SECOND
    runs.pass_minutes(second, 2)
    first.beat()
    assert [text for _, _, text in log(first)].count("Rolled back.") == 1


def test_it_begins_at_the_scenario_s_time_of_day_also_where_the_clocks_skip_it(scenario: Scenario) -> None:
    noon = times.at_clock("12:00", CET, [times.local(THREE_SEVENTEEN, CET).date()])[0]
    assert times.clock(begins(scenario, noon, CET), CET) == "03:17"
    assert times.day(begins(scenario, noon, CET), CET) == times.day(noon, CET)
    spring = 1_774_774_800_000  # 2026-03-29T09:00Z: on that day the clocks go from 02:00 to 03:00
    skipped = msgspec.structs.replace(scenario, starts="02:30")
    assert times.clock(begins(skipped, spring, CET), CET) == "03:30"
    assert times.day(begins(skipped, spring, CET), CET) == "2026-03-29"
    late = Run(msgspec.structs.replace(scenario, starts="23:50"), begins(scenario, noon, CET))
    assert late.at(20) - late.began == 20 * MINUTE


def test_a_full_disk_is_told_and_what_could_not_be_written_comes_once_there_is_room(runs: Runs) -> None:
    drill = runs.started()
    session = declare(drill)
    runs.pass_minutes(drill, 1)
    session.apply(acts.log.note("x" * 20_000))
    assert drill.writer is not None
    disk = drill.writer.connection.sqlite
    disk.execute(f"PRAGMA max_page_count = {disk.execute('PRAGMA page_count').fetchone()[0]}")
    fill = acts.log.note("y" * 900)
    with suppress(StoreError):
        while True:  # until the last page is full
            drill.writer.append(session.incident.id, fill, author="Dana")
    runs.pass_minutes(drill, 6)
    assert "full" in drill.trouble or "space" in drill.trouble
    assert len(log(drill)) < 5
    disk.execute("PRAGMA max_page_count = 1000000")
    drill.beat()
    assert drill.trouble == ""
    assert [at for at, _, _ in log(drill)] == ["03:17", "03:21", "03:22", "03:23", "03:23"]


def test_a_thread_s_workspace_has_the_same_clock(runs: Runs) -> None:
    drill = runs.started()
    other = drill.workspace.another()
    runs.ticks.at += 1
    assert other.open_journal() is not drill.workspace.journal
    assert other.now() == drill.clock.now()
    assert other.real_now() == runs.clock()
    other.close()


def test_what_cant_be_saved_for_a_while_is_told_and_saved_later(runs: Runs) -> None:
    drill = runs.started()
    declare(drill)
    drill.workspace.wait_briefly()
    with Journal.open(runs.path, now=runs.clock) as other, other.writing():
        runs.pass_minutes(drill, 5)
        assert drill.trouble == ""
        runs.clock.at += 3 * SECOND
        drill.beat()
        assert "lock" in drill.trouble
        assert times.clock(drill.clock.now(), CET) == "03:22", "time passes all the same"
    drill.beat()
    assert drill.trouble == ""
    assert len(log(drill)) == 3
