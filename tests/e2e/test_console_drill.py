"""A drill in a real terminal, at sixty times the speed of a watch: to its end by script, and killed in the middle."""

from __future__ import annotations

from pathlib import Path

from tests.e2e.terminal import ENTER, ESCAPE, Terminal, console, environment, texts
from tests.e2e.warm import WarmProcess
from warroom import drilling

SCENARIO = """
title = "Search is slow"
lesson = "Say when you will say more."
briefing = "You are on call."
minutes = 6
starts = "23:58"
order = 1

[[events]]
at = 0
by = "PagerDuty"
says = "Search p95 above 8 s"
rings = true

[[events]]
at = 3
by = "Marcus"
says = "An index was missing. It is back."

[[events]]
at = 5
by = "Priya"
says = "It is over."

[[questions]]
at = 1
by = "Iris"
asks = "What do I tell people?"
better = "Say what is known."
within_min = 4
answer = ["log"]
"""
F2 = "\x1bOQ"


def _started(db: Path, config: Path, *words: str, **environ: str) -> Terminal:
    (config / "warroom" / "drills").mkdir(parents=True, exist_ok=True)
    (config / "warroom" / "drills" / "slow.toml").write_text(SCENARIO, "utf-8")
    environ |= {"XDG_CONFIG_HOME": str(config)}
    command = ["--db", str(db), *words]
    return Terminal(command, environment(**environ), columns=80, lines=24, start=WarmProcess)


def _declare(terminal: Terminal) -> None:
    terminal.until("You are on call.", "enter Begin")
    terminal.type(ENTER)
    terminal.until("PagerDuty: Search p95 above 8 s")
    terminal.type("n")
    terminal.until("Who is affected?")
    terminal.type(f"Search is slow{ENTER}2\x07")
    terminal.until("DRILL SEV2  Search is slow")


def test_a_drill_at_speed_60_is_played_to_its_report(tmp_path: Path) -> None:
    db = tmp_path / "real.db"
    with _started(db, tmp_path / "config") as terminal:
        terminal.until("Before the first incident")
        terminal.type(ESCAPE)
        terminal.until("To practise, press D")
        terminal.type("D")
        terminal.until("Practise on a drill", "▸ Search is slow (yours)  ", "Say when you will say more.")
        terminal.type(ENTER)
        _declare(terminal)
        for faster in ("×10", "×20", "×60"):
            terminal.type(F2)
            terminal.until(f"Faster: {faster}")
            terminal.type("f")
            terminal.until(f"{faster}  ")
        terminal.until("Iris asks: What do I tell people?")
        terminal.type("l")
        terminal.until("esc Leave")
        terminal.type(f"Told Iris what is known{ENTER}{ESCAPE}")
        terminal.until_gone("Iris asks")
        terminal.type("2")
        terminal.until("00:03", "It is over.")  # the day has changed
        terminal.type("x")
        terminal.until("how it was fixed")
        terminal.type(f"index restored{ENTER}")
        terminal.until("RESOLUTION")
        terminal.type(F2)
        terminal.until("End the drill and see the report")
        terminal.type("e")
        terminal.until("Report: Search is slow")
        terminal.type(ESCAPE)
        terminal.until("Nothing is open.", "n Declare")  # the console it was begun in
        assert "DRILL" not in terminal.text()
        terminal.type("Q")
        assert terminal.ended() == 0
    [run] = drilling.runs(db)
    assert run.finished
    assert texts(run.path).count("It is over.") == 1
    assert [text.partition(";")[0] for text in texts(db)] == ["DRILL played: Search is slow"]


def test_a_killed_drill_goes_on_at_the_same_minute_and_nothing_comes_twice(tmp_path: Path) -> None:
    db = tmp_path / "real.db"
    with _started(db, tmp_path / "config", "drill", "start", "slow", "--speed", "60") as terminal:
        _declare(terminal)
        terminal.type("2")
        terminal.until("An index was missing")
        terminal.process.kill()
        terminal.process.wait()
    [before] = drilling.runs(db)
    assert before.clock.keeper
    assert 2 <= before.minute < 30, "the time is saved once a second, which is a minute here"
    logged = texts(before.path)
    assert logged.count("Search p95 above 8 s") == 1
    with _started(db, tmp_path / "config", "drill", "start", "--speed", "1", NO_COLOR="1") as terminal:
        terminal.until("×1", "DRILL SEV2  Search is slow", "Iris asks: What do I tell people?")
        terminal.type("Q")
        assert terminal.ended() == 0
        assert b"go on with it: warroom drill start" in terminal.after_the_end()
    # The file opens as a drill by itself, wherever it is named.
    with Terminal(["--db", str(before.path)], environment(), columns=80, lines=24, start=WarmProcess) as terminal:
        terminal.until("DRILL  0", "×1", "F2 menu", "DRILL SEV2  Search is slow")
        terminal.type("Q")
        assert terminal.ended() == 0
    [after] = drilling.runs(db)
    assert 0 <= after.clock.now - before.clock.now <= 2 * 60_000, "a second at this speed, and what it was open for"
    assert not after.clock.keeper
    again = texts(before.path)
    assert again[: len(logged)] == logged
    assert sorted(set(again)) == sorted(again), "nothing was written twice"
    assert not db.exists()


def test_a_terminal_that_goes_away_during_a_drill_ends_everything(tmp_path: Path) -> None:
    db = tmp_path / "real.db"
    with Terminal(console(db), environment(XDG_CONFIG_HOME=str(tmp_path))) as terminal:
        terminal.until("Before the first incident")
        terminal.type(ESCAPE)
        terminal.until("To practise, press D")
        terminal.type("D")
        terminal.until("Practise on a drill")
        terminal.type(ENTER)
        terminal.until("NOT STARTED", "enter Begin")
        terminal.hang_up()
        assert terminal.ended() == 0
    [run] = drilling.runs(db)
    assert not run.clock.keeper, "it was let go in order"
