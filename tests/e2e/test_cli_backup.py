"""`warroom backup`: a whole copy while others write, and nothing overwritten."""

from __future__ import annotations

import json
import os
import re
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from tests.e2e.conftest import SOURCE, Cli


def test_the_copy_is_a_journal_of_its_own(cli: Cli, tmp_path: Path) -> None:
    ref = cli.declare()
    cli.ok("log", "before")
    copy = tmp_path / "copy.db"
    assert cli.ok("backup", str(copy)) == f"Backed up {cli.db} to {copy}"
    assert stat.S_IMODE(copy.stat().st_mode) == 0o600
    cli.ok("log", "after")
    there = ("--db", str(copy))
    assert cli.ok(*there, "verify").startswith("OK: 2 entries")
    assert f"{ref} · " in cli.ok(*there, "status")
    assert "after" not in cli.ok(*there, "export", "log")


def test_a_name_that_can_not_be_written_to_is_said(cli: Cli, tmp_path: Path) -> None:
    cli.declare()
    ran = cli.run("backup", str(tmp_path / "copy\udcff.db"))
    assert (ran.code, ran.out) == (1, "")
    assert ran.err.endswith("copy⟨U+DCFF⟩.db is not a name that SQLite can write to: give the backup another name.\n")


def test_a_copy_made_while_others_write_is_whole(cli: Cli, tmp_path: Path) -> None:
    cli.declare()
    writing = [
        subprocess.Popen(
            [sys.executable, "-m", "warroom", "--db", str(cli.db), "log", f"line {number}"],
            env={**os.environ, "PYTHONPATH": str(SOURCE)},
            stdout=subprocess.DEVNULL,
        )
        for number in range(6)
    ]
    copies = [tmp_path / f"copy-{number}.db" for number in range(4)]
    for copy in copies:
        assert cli.run("backup", str(copy)).code == 0
    assert [process.wait(60) for process in writing] == [0] * 6
    for copy in copies:
        assert cli.run("--db", str(copy), "verify").code == 0
        assert 1 <= json.loads(cli.ok("--db", str(copy), "status", "--json"))["entries"] <= 7


@pytest.mark.parametrize(
    "name",
    [
        "warroom.db-journal",
        "warroom.db-wal",
        "warroom.db-shm",
        "backups/warroom-2026-11-23.db",
        ".x.12-0123456789ab.new",
    ],
)
def test_a_name_whose_file_would_be_deleted_is_refused(cli: Cli, name: str) -> None:
    cli.declare()
    target = cli.db.parent / name
    target.parent.mkdir(exist_ok=True)
    ran = cli.run("backup", str(target))
    assert (ran.code, ran.out, ran.err.count("\n")) == (1, "", 1)
    assert ran.err.startswith(f"warroom: {target} is ")
    assert ran.err.endswith("give the backup another name.\n")
    assert not target.exists()
    if "." in name.removeprefix("warroom.db"):
        return
    ran = cli.run("--db", str(target), "declare", "Search is slow", "--severity", "2")
    assert (ran.code, "give the journal another" in ran.err, target.exists()) == (1, True, False)


@pytest.mark.parametrize("killed_at", ["VACUUM", "link"])
def test_a_backup_has_its_name_only_when_it_is_whole(
    cli: Cli, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, killed_at: str
) -> None:
    ref = cli.declare()
    target = tmp_path / "elsewhere" / "copy.db"
    target.parent.mkdir()

    def die(*given: object) -> None:
        raise SystemExit(9)  # what follows does not run either

    with monkeypatch.context() as patch:
        patch.setattr(Path, "unlink", lambda path, missing_ok=False: None)
        if killed_at == "link":
            patch.setattr("warroom.store.backup.give_name", die)
        else:
            patch.setattr("warroom.store.backup.os.fsync", die)
        with pytest.raises(SystemExit):
            cli.run("backup", str(target))
    (left,) = target.parent.iterdir()
    assert re.match(rf"\.copy\.db\.[0-9a-f]{{8}}-{os.getpid()}-", left.name)
    # The next one takes away at once what no process will ever finish.
    abandoned = left.with_name(left.name.replace(f"-{os.getpid()}-", "-999999999-"))
    left.rename(abandoned)
    abandoned.with_name(f"{abandoned.name}-journal").write_bytes(b"")
    assert cli.ok("backup", str(target.with_name("other.db"))).startswith("Backed up")
    assert [path.name for path in target.parent.iterdir()] == ["other.db"]
    assert f"{ref} · " in cli.ok("--db", str(target.with_name("other.db")), "status")


@pytest.mark.parametrize("what", ["file", "folder", "link", "journal"])
def test_what_is_there_already_is_not_overwritten(cli: Cli, tmp_path: Path, what: str) -> None:
    cli.declare()
    target = cli.db if what == "journal" else tmp_path / "there"
    if what == "file":
        target.write_text("precious")
    elif what == "folder":
        target.mkdir()
    elif what == "link":
        target.symlink_to(tmp_path / "nowhere")
    ran = cli.run("backup", str(target))
    assert (ran.code, ran.out) == (1, "")
    assert ran.err == f"warroom: {target} already exists: name another file for the backup.\n"
    assert what != "file" or target.read_text() == "precious"
    assert cli.ok("verify").startswith("OK")


def test_a_place_that_takes_no_file_and_a_journal_that_is_not_there_are_told(cli: Cli, tmp_path: Path) -> None:
    ran = cli.run("backup", str(tmp_path / "copy.db"))
    assert (ran.code, ran.out) == (1, "")
    assert "There is no journal at" in ran.err
    assert not (tmp_path / "copy.db").exists()
    cli.declare()
    ran = cli.run("backup", str(tmp_path / "no" / "such" / "copy.db"))
    assert (ran.code, ran.out) == (1, "")
    assert str(tmp_path / "no" / "such" / "copy.db") in ran.err
    assert ran.err.count("\n") == 1


def test_a_restore_says_first_what_the_backup_does_not_have(cli: Cli, tmp_path: Path) -> None:
    cli.declare()
    copy = tmp_path / "copy.db"
    cli.ok("backup", str(copy))
    assert cli.ok("restore", str(copy), "--dry-run") == f"Would restore 1 entry from {copy} to {cli.db}"
    cli.clock.advance(minutes=5)
    cli.ok("log", "after the backup")
    lost = "1 entry of the journal is not in this backup; the last one was written at "
    first, second = cli.ok("restore", str(copy), "--dry-run").splitlines()
    assert first.startswith(lost)
    assert second.startswith("Would restore")
    assert json.loads(cli.ok("status", "--json"))["entries"] == 2, "nothing was changed"
    said = cli.ok("restore", str(copy)).splitlines()
    assert said[0] == first
    assert [line.split()[0] for line in said] == ["1", "Restored", "What"]
    assert json.loads(cli.ok("status", "--json"))["entries"] == 1
    ran = cli.run("restore", str(tmp_path / "nope.db"))
    assert (ran.code, ran.err) == (1, f"warroom: There is no backup at {tmp_path / 'nope.db'}: check the path.\n")
