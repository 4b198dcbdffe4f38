"""What the screen says is logged is in the file, whatever then happens; what could not be logged is still there."""

from __future__ import annotations

import os
import random
import re
import resource
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.e2e.terminal import (
    Terminal,
    console,
    declared,
    environment,
    kept_words,
    only_incident,
    opened,
    stop_logging,
    texts,
    wait_for,
    warroom,
)
from tests.programs import needs
from warroom.store.verify import verify

WRITER = """
import sys, time
from pathlib import Path
from warroom.model import acts
from warroom.store.journal import Journal

path, incident, author = sys.argv[1:]
with Journal.open(Path(path), now=lambda: time.time_ns() // 1_000_000) as journal:
    for number in range(300):
        journal.append(incident, acts.log.note(f"{author} {number}"), author=author)
"""


def _wait_until_kept(db: Path, words: str, about: str = "") -> None:
    """Wait until the file holds these words whole: what has been typed by then is kept every second."""
    wait_for(lambda: words in kept_words(db, about), lambda: f"{words!r} is not kept: {kept_words(db, about)}")


def test_killed_while_logging_it_has_all_it_showed(tmp_path: Path) -> None:
    """Keys come in faster than they can be logged, and the end at whatever moment it is."""
    db = declared(tmp_path)
    chance = random.Random(317)
    shown: set[str] = set()
    for attempt in range(3):
        with opened(db) as terminal:
            lines = [f"round {attempt} line {number:03}" for number in range(100)]
            # ctrl+u clears what the round before had typed and not sent.
            terminal.type("l\x15" + "\rl".join(lines) + "\r")
            terminal.received_until(lines[chance.randrange(3, 9)])
            time.sleep(chance.uniform(0, 0.05))
            terminal.process.kill()
            terminal.process.wait()
            # Only what stands in the timeline, behind its time, is shown as logged; the input shows the line to come.
            seen = set(re.findall(r"\d\d:\d\d  note +(round \d line \d{3})", terminal.text()))
        assert seen
        shown |= seen
        assert shown <= set(texts(db))
        assert verify(db).problems == []
    # Nothing is there twice, and each round is there up to where it ended.
    logged = [text for text in texts(db) if text.startswith("round")]
    assert logged == sorted(set(logged))
    for attempt in range(3):
        ours = [text for text in logged if text.startswith(f"round {attempt}")]
        assert ours == [f"round {attempt} line {number:03}" for number in range(len(ours))]


def test_words_not_yet_sent_come_back_after_a_kill(tmp_path: Path) -> None:
    db = declared(tmp_path)
    with opened(db) as terminal:
        terminal.type("dRoll back the payment service")
        _wait_until_kept(db, "Roll back the payment service")
        terminal.process.kill()
    with opened(db) as terminal:
        terminal.type("d")
        terminal.until("Decision: Roll back the payment service")
        terminal.type("\r")
        terminal.until("Because:")
        terminal.type("faster and safer")
        _wait_until_kept(db, "faster and safer")
        terminal.process.kill()
    with opened(db) as terminal:
        terminal.type("d\r\r")
        terminal.until("Logged at", "Roll back the payment service", "because faster and safer")
    assert verify(db).ok


def test_a_new_incident_being_typed_comes_back_after_a_kill(tmp_path: Path) -> None:
    db = tmp_path / "journal.db"
    with opened(db, "Is something broken right now?") as terminal:
        terminal.type("nLogin fails for everyone")
        _wait_until_kept(db, "Login fails for everyone", about="declare")
        terminal.process.kill()
    with opened(db, "Nothing is open") as terminal:
        terminal.type("n")
        terminal.until("Login fails for everyone")


def test_four_other_writers_and_the_console_share_the_file(tmp_path: Path) -> None:
    db = declared(tmp_path)
    incident = only_incident(db)
    with opened(db, "Timeline · 1 ·") as terminal:
        writers = [
            subprocess.Popen([sys.executable, "-c", WRITER, db, incident, f"writer{number}"], env=environment())
            for number in range(4)
        ]
        terminal.type("lfrom the console\r")
        terminal.until("Logged at", limit_s=60)
        assert [writer.wait(60) for writer in writers] == [0] * 4
        terminal.until("Timeline · 1202 ·")
        # It may have been said for a while that the entry waited; not any more.
        wait_for(lambda: "locked" not in terminal.text(), terminal.text)
        stop_logging(terminal)
        terminal.type("?")
        terminal.until("Log what happened")
    written = texts(db)
    assert written.count("from the console") == 1
    assert sum(text.startswith("writer") for text in written) == 1200
    report = verify(db)
    assert (report.entries, report.problems) == (1202, [])


def test_keys_pressed_before_anything_is_shown_go_where_they_are_meant(tmp_path: Path) -> None:
    """`u` opens the message, so the letters after it are its words, even if the composer is not there yet."""
    db = declared(tmp_path)
    before = texts(db)
    with Terminal(console(db), environment()) as terminal:
        terminal.type("uxxQ every word is kept")
        terminal.until("Impact: xxQ every word is kept")
    assert texts(db) == before


# Root may write anything unless it gives that up.
WITHOUT_PRIVILEGE = ("setpriv", "--bounding-set=-dac_override") if os.getuid() == 0 else ()

needs_prlimit = pytest.mark.skipif(not hasattr(resource, "prlimit"), reason="the limit is set from outside")


@needs_prlimit
def test_a_full_disk_leaves_the_words_and_lets_them_be_sent_again(tmp_path: Path) -> None:
    db = declared(tmp_path)
    before = texts(db)
    with opened(db) as terminal:
        _, hard = resource.prlimit(terminal.process.pid, resource.RLIMIT_FSIZE)
        resource.prlimit(terminal.process.pid, resource.RLIMIT_FSIZE, (1, hard))
        terminal.type("lrollback\r started")  # words that follow enter show that it was not taken
        terminal.until("There is no space left to write", "> rollback started")
        assert texts(db) == before
        # Other acts are refused in the same way, and what was said stays as it was.
        terminal.type("\x1b")
        terminal.until("l Log")
        terminal.type(" l")
        terminal.until("> rollback started", "esc Leave", "0 of 12")
        assert texts(db) == before
        resource.prlimit(terminal.process.pid, resource.RLIMIT_FSIZE, (hard, hard))
        terminal.type("\r")
        terminal.until("Logged at", "note       rollback started")
    assert texts(db) == [*before, "rollback started"]
    assert verify(db).ok


@needs_prlimit
def test_declaring_on_a_full_disk_keeps_the_form(tmp_path: Path) -> None:
    db = tmp_path / "journal.db"
    with opened(db, "Is something broken right now?") as terminal:
        _, hard = resource.prlimit(terminal.process.pid, resource.RLIMIT_FSIZE)
        resource.prlimit(terminal.process.pid, resource.RLIMIT_FSIZE, (1, hard))
        terminal.type("nLogin fails\r2\r")
        terminal.until("There is no space left to write", "Login fails")
        resource.prlimit(terminal.process.pid, resource.RLIMIT_FSIZE, (hard, hard))
        terminal.type("\r")
        terminal.until("NOW ▸", "Login fails")
    assert texts(db) == ["Declared SEV2: Login fails"]


@pytest.mark.parametrize("what", ["moved away", "replaced"])
def test_a_file_that_is_gone_is_not_written_again_until_it_is_back(tmp_path: Path, what: str) -> None:
    db, aside, impostor = declared(tmp_path), tmp_path / "aside.db", tmp_path / "impostor"
    impostor.write_bytes(b"somebody else's")
    with opened(db) as terminal:
        db.rename(aside)
        if what == "replaced":
            os.link(impostor, db)
        said = "was replaced while" if what == "replaced" else "was deleted or moved"
        terminal.until(said)
        terminal.type("lrollback\r started")  # words that follow enter show that it was not taken
        terminal.until(said, "> rollback started")
        if what == "replaced":
            assert db.read_bytes() == b"somebody else's"
            db.unlink()
        assert not db.exists()
        aside.rename(db)
        terminal.type("\r")
        terminal.until("Logged at", "note       rollback started")
        terminal.process.terminate()
        assert terminal.ended() == 0
    assert texts(db)[-1] == "rollback started"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["impostor", "journal.db"]


@needs(*WITHOUT_PRIVILEGE[:1])
def test_a_file_without_write_permission_opens_to_be_read(tmp_path: Path) -> None:
    db = declared(tmp_path)
    warroom(db, "log", "before")
    db.chmod(0o400)
    with Terminal([*WITHOUT_PRIVILEGE, *console(db)], environment()) as terminal:
        terminal.until("note       before", "NOW ▸")
        terminal.type("lrollback\r started")
        terminal.until("cannot be opened or written with your permissions", "> rollback started")
        terminal.type("Q")
        terminal.until("> rollback startedQ")
        # Leaving is possible all the same, once it was said what that loses; the words are printed then.
        terminal.type("\x1b")
        terminal.until("l Log")
        terminal.type("Q")
        terminal.until("Q again quits and loses “rollback startedQ”")
        terminal.type("Q")
        assert terminal.ended() == 1
        assert b"warroom: not saved: rollback startedQ" in terminal.after_the_end()
    assert texts(db)[1:] == ["before"]
