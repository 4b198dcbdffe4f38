"""`warroom redact`: words leave the file, the log says so, and the command tells where they may still be."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.e2e.conftest import Cli


@pytest.fixture
def ref(cli: Cli) -> str:
    found = cli.declare()
    cli.ok("log", 'The password is hunter2"x, not HUNTER2"X')
    cli.ok("decide", "Change it", "--because", 'hunter2"x was logged')
    cli.ok("fact", "impact", 'none by hunter2"x')
    return found


def test_the_words_are_gone_from_everything(cli: Cli, ref: str) -> None:
    out = cli.ok("redact", 'hunter2"x', "--because", "a password")

    assert out.splitlines() == [
        f"Redacted in 3 entries of {ref} “Checkout errors”: “[redacted: a password]” takes the place of the words",
        "Copies made earlier still have them: backups, exports, messages that were sent or copied, and perhaps your "
        "shell's history. If it was a password, change it.",
    ]
    assert b"hunter2" not in cli.db.read_bytes().lower()
    log = cli.ok("export", "log", "--format", "txt")
    assert "The password is [redacted: a password], not [redacted: a password]" in log
    assert "Words redacted in 3 entries: a password" in log
    assert "hunter2" not in log
    assert cli.ok("verify").startswith("OK: 5 entries")


def test_a_dry_run_shows_what_the_lines_would_say(cli: Cli, ref: str) -> None:
    before = cli.db.read_bytes()

    out = cli.ok("redact", "hunter2", "--because", "a password", "--dry-run")

    assert out.startswith(f"Would redact in 3 entries of {ref} “Checkout errors”:\n")
    assert 'note The password is [redacted: a password]"x, not [redacted: a password]"X' in out
    assert cli.db.read_bytes() == before


def test_the_words_come_from_standard_input_and_the_result_as_json(cli: Cli, ref: str) -> None:
    out = cli.ok("redact", "-", "--because", "a [secret]", "--json", "-i", ref, stdin=b'hunter2"x\n')

    found = json.loads(out)
    assert (found["incident"], len(found["entries"]), found["drafts"]) == (ref, 3, 0)
    assert found["mark"] == "[redacted: a (secret)]"
    assert "hunter2" not in out


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("", "--because", "x"), "at least 3 characters"),
        (("  ab ", "--because", "x"), "at least 3 characters"),
        (("hunter2",), "--because"),
        (("hunter2", "--because", " "), "reason is empty"),
        (("hunter2", "--because", "Hunter2 was logged"), "the very words"),
        (("hunter2", "--because", "x" * 300), "300 characters"),
        (("redacted", "--because", "x"), "part of the mark"),
    ],
)
def test_wrong_use_is_told_in_one_sentence(cli: Cli, ref: str, arguments: tuple[str, ...], said: str) -> None:
    before = cli.db.read_bytes()

    ran = cli.run("redact", *arguments)

    assert (ran.code, ran.out) == (2, "")
    assert said in ran.err
    assert cli.db.read_bytes() == before


def test_words_that_nobody_logged_are_a_failure(cli: Cli, ref: str) -> None:
    ran = cli.run("redact", "swordfish", "--because", "a password")

    assert ran == (1, "", f"warroom: no entry of {ref} and no draft has these words; nothing was changed\n")
    assert cli.run("redact", "swordfish", "--because", "a password", "--dry-run").code == 1
    assert cli.ok("verify").startswith("OK: 4 entries")


def test_where_else_the_words_are_is_told(cli: Cli, ref: str) -> None:
    other = cli.declare("Search is slow")
    cli.ok("-i", other, "log", "Sam says hunter2")

    ran = cli.run("-i", ref, "redact", "hunter2", "--because", "a password")

    assert ran.code == 0
    assert ran.err == f"warroom: 1 entry of {other} has the words too; redact them with -i {other}.\n"
    assert (
        "2 entries have the words as the author's name" in cli.run("-i", other, "redact", "Sam", "--because", "x").err
    )


def test_a_closed_incident_is_redacted_too(cli: Cli, ref: str) -> None:
    cli.ok("resolve", "Rolled back")
    cli.ok("close")

    assert cli.ok("-i", ref, "redact", "hunter2", "--because", "a password").startswith("Redacted in 3 entries")


def test_an_import_redacts_what_is_there(cli: Cli, ref: str, tmp_path: Path) -> None:
    there = str(tmp_path / "there.db")
    cli.ok("--db", there, "import", "-", stdin=cli.ok("export", "log", "--format", "json").encode())
    cli.ok("redact", "hunter2", "--because", "a password")

    out = cli.ok("--db", there, "import", "-", stdin=cli.ok("export", "log", "--format", "json").encode())

    assert out.splitlines() == [
        f"Imported {ref} “Checkout errors”: 5 entries, 1 of them new",
        "Words redacted in 3 entries: a password (they were here already, and are redacted as in the export)",
    ]
    assert b"hunter2" not in Path(there).read_bytes().lower()
    assert cli.ok("--db", there, "verify").startswith("OK: 6 entries")
    assert "Words redacted in 3 entries: a password" in cli.ok("--db", there, "export", "log")
