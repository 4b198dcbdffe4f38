"""What happens in a drill and when, what has answered a question, and what a command on its file does."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from tests.conftest import Clock
from tests.unit.drill_runs import CET, SHORT, Runs, declare, log, runs, scenario, ticks
from tests.unit.story import Story, message, moment
from warroom import drilling, places
from warroom.cli import main
from warroom.model import acts, times
from warroom.model.drill_run import Run, asks, next_moment, unwritten
from warroom.model.kinds.messages import MessageSent
from warroom.model.scenario import Scenario, load
from warroom.real_journal import RealJournal
from warroom.screens.watch import Watch
from warroom.store.errors import StoreError
from warroom.store.journal import Journal
from warroom.store.verify import verify
from warroom.workspace import Workspace

__all__ = ["runs", "scenario", "ticks"]


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


def test_an_event_may_depend_on_what_was_sent_by_then() -> None:
    more = (
        '[[events]]\nat = 8\nby = "Lena"\nsays = "Nobody says a word."\nunless_sent = "customer"\n'
        '[[events]]\nat = 8\nby = "Lena"\nsays = "They thank you."\nif_sent = "customer"\n'
    )
    run, story = Run(load(SHORT + more, id="short", file="short.toml"), moment(0)), Story()

    def of_lena() -> list[str]:
        logs = [(story.incident.id, story.entries)]
        return [line.draft.text for _, line in unwritten(run, moment(11), logs) if line.by == "Lena"]

    assert of_lena() == ["Nobody says a word."]
    assert next_moment(run, moment(7), [("", story.entries)]) == moment(8)
    story.tell(9, message("customer"))
    assert of_lena() == ["Nobody says a word."], "it was sent only after that"
    story.tell(8, acts.log.note("Nobody says a word.", moment(8)), author="Lena")
    assert of_lena() == [], "it comes once"
    story = Story()
    story.tell(5, message("customer"))
    assert of_lena() == ["They thank you."]


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
    link = runs.journal.with_name("link.db")
    link.symlink_to(runs.journal)
    assert {run.path for run in drilling.runs(link)} == {runs.path, other}
    places.drills_of(runs.journal).with_name("link-drills").mkdir()
    assert list(drilling.runs(link)) == [], "those that were begun by the link's name stay where they are"


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

    def fails(*words: str) -> str:
        assert main(["--db", str(runs.journal), *words]) == 1
        return capfd.readouterr().err

    assert "nothing is declared in this DRILL yet; n in its console, or warroom drill declare" in fails(
        "drill", "log", "x"
    )
    reference = run("declare", "By hand", "--severity", "3", db=runs.path).strip()
    assert "DRILL: 02:19 UTC note seen" in run("drill", "log", "seen")
    assert "DRILL: 02:17 UTC note earlier" in run("drill", "log", "02:17 earlier")
    assert "DRILL: By hand · T+0m" in run("drill", "status", "--line")
    assert not runs.journal.exists(), "nothing of it is in the real one"
    with Journal.open(runs.path, now=runs.clock) as journal:
        assert [life.declaration.drill for life in journal.lifecycles()] == [True]
        assert journal.lifecycles()[0].incident == reference
        assert max(entry.recorded for entry in journal.since(0)) == drill.run.at(2)
    run("drill", "cancel", "It was nothing")
    assert f"no incident of this DRILL is open; say which you mean with -i REF\n  {reference}" in fails(
        "drill", "message", "customer", "--sent"
    )
    assert "By hand" in run("drill", "status", "-i", reference)
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


def test_with_two_drills_open_a_command_has_to_say_which(
    runs: Runs, scenario: Scenario, clock: Clock, capfd: pytest.CaptureFixture[str]
) -> None:
    first = runs.started()
    other = drilling.begin(runs.journal, scenario, now=clock(), author="Dana", tz=CET)
    second = drilling.open_drill(other, now=clock, author="Dana", env={}, tz=CET, monotonic=runs.ticks)
    second.beat()
    assert main(["--db", str(runs.journal), "drill", "status"]) == 2
    err = capfd.readouterr().err
    assert "Several drills are open in consoles; say which with warroom --db FILE COMMAND" in err
    assert f"  {runs.path}  Checkout errors" in err
    assert f"  {other}  Checkout errors" in err
    first.close()
    os.utime(runs.path, (2**31, 2**31))
    assert main(["--db", str(runs.journal), "drill", "declare", "Search", "--severity", "3"]) == 0
    assert [brief.title for brief in second.workspace.summaries()] == ["Search"], "the one that is open, not the newest"
    second.close()


def test_starting_needs_a_terminal_and_a_name_that_there_is(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str], runs: Runs
) -> None:
    db = str(tmp_path / "new.db")

    def fails(*words: str, db: str = db) -> str:
        assert main(["--db", db, "drill", "start", *words]) == 2
        return capfd.readouterr().err

    assert "a drill needs a terminal" in fails("checkout")
    monkeypatch.setattr("warroom.cli.drills.start.without_terminal", lambda *_: "")
    assert "did you mean 'checkout'?" in fails("chekout")
    assert "there are first" in fails("zzzzz")
    assert "No drill waits" in fails()
    assert "61" in fails("checkout", "--speed", "61")
    assert "--speed is a number from 1 to 60" in fails("checkout", "--speed", "nan")
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
