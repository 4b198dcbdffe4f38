"""What happens in a drill, when, and what has answered a question; and the clock by which it happens."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from zoneinfo import ZoneInfo

import msgspec
import pytest

from tests.conftest import THREE_SEVENTEEN, Clock
from warroom import drilling, places
from warroom.cli import main
from warroom.drilling import Drill, RealJournal
from warroom.model import acts, times
from warroom.model.drill_run import Run, asks, begins
from warroom.model.entries import Entry
from warroom.model.kinds.messages import MessageSent
from warroom.model.scenario import Scenario, load
from warroom.model.times import MINUTE, SECOND
from warroom.screens.watch import Watch
from warroom.session import Session
from warroom.store import drill_clock
from warroom.store.errors import StoreError
from warroom.store.journal import Journal
from warroom.store.leftovers import this_machine
from warroom.store.preferences import Preferences
from warroom.store.verify import verify
from warroom.workspace import Workspace

SHORT = """
title = "Checkout errors"
lesson = "Keep every promise."
briefing = "You are on call."
minutes = 20

[[events]]
at = 0
by = "PagerDuty"
says = "Checkout 5xx above 5 %"
rings = true

[[events]]
at = 4
by = "Marcus"
says = "Rolled back."
kind = "action"

[[events]]
at = 10
by = "PagerDuty"
says = "Search is slow"
rings = true
incident = 2

[[events]]
at = 12
by = "Priya"
says = "It is search now."
incident = 2

[[questions]]
at = 5
by = "Iris"
asks = "When will it be back?"
better = "Promise an update, not an end."
within_min = 5
answer = ["message"]
to = "customer-success"

[[questions]]
at = 6
by = "Dana"
asks = "Can you stay quiet?"
better = "No."
answer = ["decision", "log"]

[[questions]]
at = 6.5
by = "Robin"
asks = "Do we roll back?"
better = "Decide."
answer = ["decision"]
"""
CET = ZoneInfo("Europe/Berlin")


class Ticks:
    """A monotonic clock that a test moves, in seconds."""

    def __init__(self) -> None:
        """Begin anywhere."""
        self.at = 1000.0

    def __call__(self) -> float:
        return self.at


@pytest.fixture
def scenario() -> Scenario:
    """One with two incidents and three questions."""
    return load(SHORT, id="short", file="short.toml")


@pytest.fixture
def ticks() -> Ticks:
    """The clock of the machine that nobody can set."""
    return Ticks()


class Runs:
    """Runs beside one journal, each opened as often as a test likes."""

    def __init__(self, journal: Path, scenario: Scenario, clock: Clock, ticks: Ticks) -> None:
        """Begin one run; Dana practises."""
        self.journal, self.clock, self.ticks = journal, clock, ticks
        self.path = drilling.begin(journal, scenario, now=clock(), author="Dana", tz=CET, speed=10)
        self._open: list[Drill] = []

    def open(self) -> Drill:
        """Open it as a console does."""
        drill = drilling.open_drill(self.path, now=self.clock, author="Dana", env={}, tz=CET, monotonic=self.ticks)
        self._open.append(drill)
        drill.workspace.journal.connection.sqlite.execute("PRAGMA synchronous = OFF")  # nobody cuts the power here
        drill.beat()
        return drill

    def started(self) -> Drill:
        """Open it, and begin."""
        drill = self.open()
        drill.clock.set(started=True, going=True)
        return drill

    def pass_minutes(self, drill: Drill, minutes: float) -> None:
        """Let so many minutes of the drill pass, a beat at a time."""
        for _ in range(round(minutes * 60 / drill.clock.reading.speed)):
            self.ticks.at += 1
            drill.beat()

    def kill(self, drill: Drill) -> None:
        """End the process that has it open, with no time to say goodbye: its name in the file is a dead one's."""
        dead = drill_clock.written(msgspec.structs.replace(drill.clock.reading, keeper=f"{this_machine()}-{_dead()}-0"))
        Preferences(drill.workspace.journal.connection).set(drill_clock.CLOCK, dead)
        drill.workspace.close()

    def close(self) -> None:
        """Close all."""
        for drill in self._open:
            drill.close()


def _dead() -> int:
    """The number of a process that has ended."""
    process = os.posix_spawn("/bin/true", ["true"], {})
    os.waitpid(process, 0)
    return process


@pytest.fixture
def runs(tmp_path: Path, scenario: Scenario, clock: Clock, ticks: Ticks) -> Iterator[Runs]:
    """A run that was begun at 03:20 beside a journal that does not exist yet."""
    clock.at = THREE_SEVENTEEN - times.HOUR
    made = Runs(tmp_path / "warroom.db", scenario, clock, ticks)
    yield made
    made.close()


def declare(drill: Drill, title: str = "Checkout errors") -> Session:
    """Declare an incident now."""
    return drill.workspace.declare(acts.lifecycle.declare(title, 2, now=drill.workspace.now()))


def log(drill: Drill) -> list[tuple[str, str, str]]:
    """What the scenario has written so far: the drill's time, who, what."""
    found: list[Entry] = drill.workspace.journal.since(0)
    return [
        (times.clock(entry.at, CET), entry.author, entry.text)
        for entry in found
        if entry.kind in ("note", "action") and entry.author != "Dana"
    ]


def test_events_and_questions_are_written_at_exactly_their_minute_once_there_is_an_incident(runs: Runs) -> None:
    drill = runs.started()
    assert times.clock(drill.clock.now(), CET) == "03:17"
    rings = drill.rings
    assert rings is not None
    assert rings.says == "Checkout 5xx above 5 %"
    runs.pass_minutes(drill, 2)
    assert log(drill) == [], "there is no incident to write it to"
    session = declare(drill)
    assert session.incident.drill
    assert session.incident.name == "DRILL: Checkout errors"
    assert times.clock(session.incident.declared_at, CET) == "03:19"
    runs.pass_minutes(drill, 4.3)
    assert drill.rings is None
    assert log(drill) == [
        ("03:17", "PagerDuty", "Checkout 5xx above 5 %"),
        ("03:21", "Marcus", "Rolled back."),
        ("03:22", "Iris", "When will it be back?"),
        ("03:23", "Dana (drill)", "Can you stay quiet?"),
    ]
    written = next(entry for entry in drill.workspace.journal.since(0) if entry.author == "Marcus")
    assert written.at == written.recorded == drill.run.at(4)
    runs.pass_minutes(drill, 6)
    rings = drill.rings
    assert rings is not None
    assert rings.incident == 2
    assert len(log(drill)) == 5, "what belongs to the second incident waits for it"
    other = declare(drill, "Search")
    drill.beat()
    assert log(drill)[5:] == [("03:27", "PagerDuty", "Search is slow"), ("03:29", "Priya", "It is search now.")]
    assert {entry.incident for entry in drill.workspace.journal.since(0) if entry.author == "Priya"} == {
        other.incident.id
    }
    assert drill.next_moment is None
    assert not drill.is_done, "nothing is over yet"
    assert verify(runs.path).problems == [], "what is written for an earlier moment is no mistake"


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


def test_a_console_on_another_machine_is_gone_when_its_clock_stands(runs: Runs) -> None:
    drill = runs.started()
    preferences = drill.workspace.preferences
    drill.close()
    with Journal.open(runs.path, now=lambda: 0) as journal:
        preferences = Preferences(journal.connection)
        text = preferences.get(drill_clock.CLOCK)
        reading = drill_clock.read(text or "")
        assert reading is not None
        preferences.set(
            drill_clock.CLOCK, drill_clock.written(msgspec.structs.replace(reading, keeper="elsewhere-1-a"))
        )
    drill = runs.open()
    assert not drill.clock.keeps
    runs.ticks.at += 2
    drill.beat()
    assert not drill.clock.keeps
    runs.ticks.at += 2
    drill.beat()
    assert drill.clock.keeps


def test_questions_are_answered_by_the_scenario_s_rule(runs: Runs) -> None:
    drill = runs.started()
    session = declare(drill)
    runs.pass_minutes(drill, 7)
    assert [asks(one) for one in drill.waiting] == [
        "Iris asks: When will it be back?",
        "Dana (drill) asks: Can you stay quiet?",
        "Robin asks: Do we roll back?",
    ]

    def send(to: str) -> None:
        session.apply(acts.messages.send(MessageSent("update", 1, to, "S", "B"), "Update"))
        drill.beat()

    send("leadership")
    assert len(drill.waiting) == 3, "it went to somebody else"
    session.apply(acts.log.note("They know"))
    drill.beat()
    assert [one.by for one in drill.waiting] == ["Iris", "Robin"], "a line of the log answers what it may"
    session.apply(acts.decisions.decision("Roll back", "Robin asked"))
    drill.beat()
    assert [one.by for one in drill.waiting] == ["Iris"]
    runs.pass_minutes(drill, 4)
    [iris] = drill.waiting
    assert iris.late(drill.clock.now())
    send("Leadership, Customer success")
    assert drill.waiting == []
    answered = next(one for one in drill.asked() if one.by == "Iris")
    assert answered.late(0), "it came too late"


def test_a_decision_answers_whom_it_names_and_what_is_taken_back_answers_nothing(runs: Runs) -> None:
    drill = runs.started()
    session = declare(drill)
    runs.pass_minutes(drill, 7)
    [made] = session.apply(acts.decisions.decision("Roll back", "as Robin proposed"))
    drill.beat()
    assert [one.by for one in drill.waiting] == ["Iris", "Dana (drill)"]
    session.apply(acts.corrections.retract(made, "not decided"))
    drill.beat()
    assert [one.by for one in drill.waiting] == ["Iris", "Dana (drill)", "Robin"]


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


def test_a_run_s_file_is_private_has_a_name_of_its_own_and_keeps_the_scenario(
    runs: Runs, scenario: Scenario, clock: Clock
) -> None:
    assert runs.path.name == "short-2026-11-23-0317.db"
    assert runs.path.parent == runs.journal.parent / "warroom-drills" == places.drills_of(runs.journal)
    assert (runs.path.stat().st_mode & 0o777, runs.path.parent.stat().st_mode & 0o777) == (0o600, 0o700)
    assert not runs.journal.exists()
    other = drilling.begin(runs.journal, scenario, now=clock(), author="Dana", tz=CET)
    assert other.name == "short-2026-11-23-0317-2.db"
    found = drilling.look(runs.path)
    assert found is not None
    assert found.scenario == scenario
    assert (found.how_far, found.finished) == ("0 of 20 min", False)
    drill = runs.started()
    runs.pass_minutes(drill, 5)
    drill.close()
    waits = drilling.unfinished(runs.journal)
    assert waits is not None
    assert (waits.path, waits.how_far) == (runs.path, "5 of 20 min")
    drill = runs.open()
    drill.clock.set(ended=True)
    drill.close()
    waits = drilling.unfinished(runs.journal, "short")
    assert waits is not None
    assert waits.path == other
    assert drilling.unfinished(runs.journal, "else") is None
    (runs.path.parent / "no.db").write_text("no journal")
    assert {run.path for run in drilling.runs(runs.journal)} == {runs.path, other}


def test_where_no_file_can_be_made_one_sentence_says_so(tmp_path: Path, scenario: Scenario, clock: Clock) -> None:
    (tmp_path / "warroom-drills").write_text("in the way")
    with pytest.raises(StoreError) as raised:
        drilling.begin(tmp_path / "warroom.db", scenario, now=clock(), author="Dana")
    assert "warroom-drills" in str(raised.value)
    Journal.open(tmp_path / "plain.db", now=clock).close()
    with pytest.raises(StoreError, match="not a drill's file"):
        drilling.open_drill(tmp_path / "plain.db", now=clock)


def test_every_command_on_a_drill_s_file_uses_its_clock_and_declares_drills(
    runs: Runs, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    drill = runs.started()
    runs.pass_minutes(drill, 2)
    drill.close()
    monkeypatch.setenv("WARROOM_AUTHOR", "Dana")

    def run(*words: str, db: Path = runs.journal) -> str:
        assert main(["--db", str(db), *words], now=lambda: runs.clock.at + 99 * times.HOUR) == 0
        return capfd.readouterr().out

    reference = run("declare", "By hand", "--severity", "3", db=runs.path).strip()
    assert "DRILL: 02:19 UTC note seen" in run("drill", "log", "seen")
    assert "DRILL: 02:17 UTC note earlier" in run("drill", "log", "02:17 earlier")
    assert "DRILL: By hand · T+0m" in run("drill", "status", "--line")
    assert not runs.journal.exists(), "nothing of it is in the real one"
    with Journal.open(runs.path, now=runs.clock) as journal:
        assert [life.declaration.drill for life in journal.lifecycles()] == [True]
        assert journal.lifecycles()[0].incident == reference
        assert max(entry.recorded for entry in journal.since(0)) == drill.run.at(2)
    timeline = runs.journal.with_name("old.txt")
    timeline.write_text("2026-11-20 03:00 Search was slow\n2026-11-20 03:10 Restarted it\n")
    run("drill", "import", str(timeline), "--new", "Search", "--zone", "UTC")
    with Journal.open(runs.path, now=runs.clock) as journal:
        assert [life.declaration.drill for life in journal.lifecycles()] == [True, True]
    run("declare", "Real", "--severity", "3")
    exported = runs.journal.with_name("real.json")
    run("export", "log", "--format", "json", "-o", str(exported))
    assert main(["--db", str(runs.path), "import", str(exported)]) == 1
    assert "This is a drill's file" in capfd.readouterr().err
    assert "DRILL" not in run("log", "real")
    assert main(["--db", str(runs.journal), "drill", "lgo", "x"]) == 2
    assert "did you mean 'log'?" in capfd.readouterr().err
    assert main(["--db", str(runs.journal.with_name("other.db")), "drill", "log", "x"]) == 2
    assert "No drill runs or waits" in capfd.readouterr().err


def test_starting_needs_a_terminal_and_a_name_that_there_is(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str], runs: Runs
) -> None:
    db = str(tmp_path / "new.db")

    def fails(*words: str, db: str = db) -> str:
        assert main(["--db", db, "drill", "start", *words]) == 2
        return capfd.readouterr().err

    assert "a drill needs a terminal" in fails("checkout")
    monkeypatch.setattr("warroom.cli.drills.start.has_terminal", lambda: True)
    assert "did you mean 'checkout'?" in fails("chekout")
    assert "there are first" in fails("zzzzz")
    assert "No drill waits" in fails()
    assert "61" in fails("checkout", "--speed", "61")
    assert "file of a drill already" in fails("checkout", db=str(runs.path))
    assert not (tmp_path / "new-drills").exists()


def test_what_is_real_meanwhile_is_seen_whatever_becomes_of_the_file(tmp_path: Path, clock: Clock) -> None:
    path = tmp_path / "warroom.db"
    real = RealJournal(path)
    real.look()
    assert real.open is None
    workspace = Workspace(path, now=clock, author="Dana", env={})
    workspace.open_journal(create=True)
    workspace.declare(acts.lifecycle.declare("Practice", 2, now=clock(), drill=True))
    real.look()
    assert real.open is None
    session = workspace.declare(acts.lifecycle.declare("Payments down", 1, now=clock()))
    real.look()
    assert real.open == (session.incident.id, "Payments down")
    with workspace.journal.writing():
        real.look()
        assert real.open == (session.incident.id, "Payments down")
    session.apply(acts.lifecycle.resolve())
    workspace.close()
    real.look()
    assert real.open is None
    path.rename(tmp_path / "before.db")
    real.look()
    other = Workspace(path, now=clock, author="Dana", env={})
    other.open_journal(create=True)
    again = other.declare(acts.lifecycle.declare("Once more", 1, now=clock()))
    other.close()
    real.look()
    assert real.open == (again.incident.id, "Once more")
    real.close()


def test_a_full_disk_is_told_and_what_could_not_be_written_comes_once_there_is_room(runs: Runs) -> None:
    drill = runs.started()
    session = declare(drill)
    runs.pass_minutes(drill, 1)
    session.apply(acts.log.note("x" * 20_000))
    assert drill._writer is not None
    disk = drill._writer.connection.sqlite
    disk.execute(f"PRAGMA max_page_count = {disk.execute('PRAGMA page_count').fetchone()[0]}")
    fill = acts.log.note("y" * 900)
    with suppress(StoreError):
        while True:  # until the last page is full
            drill._writer.append(session.incident.id, fill, author="Dana")
    runs.pass_minutes(drill, 6)
    assert "full" in drill.trouble or "space" in drill.trouble
    assert len(log(drill)) < 5
    disk.execute("PRAGMA max_page_count = 1000000")
    drill.beat()
    assert drill.trouble == ""
    assert [at for at, _, _ in log(drill)] == ["03:17", "03:21", "03:22", "03:23", "03:23"]


def test_in_a_drill_s_file_drills_ring_and_count_like_what_is_real(runs: Runs) -> None:
    drill = runs.started()
    first, second = declare(drill), declare(drill, "Search").incident.id
    watch = Watch(drill.workspace)
    watch.read()
    runs.pass_minutes(drill, 16)
    watch.read()
    assert watch.late_elsewhere(second) == 1
    assert {due.incident.id for due in watch.ring()} == {first.incident.id, second}
    assert watch.late_elsewhere(first.incident.id) == 1


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
