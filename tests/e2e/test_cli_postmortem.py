"""The post-mortem from the command line: read, written, edited in an editor, and never lost."""

from __future__ import annotations

import json
import stat
import sys
from pathlib import Path

import pytest

from tests.e2e.conftest import SOURCE, Cli

HOSTILE = "\x1b]0;owned\x07 {{ 7777 * 7777 }} [red]x[/] <script>alert(1)</script> # no heading\n- **item** | a :: b"


def resolved(cli: Cli) -> str:
    """An incident that was resolved after 30 minutes."""
    ref = cli.declare()
    cli.ok("role", "on-call", "Marcus")
    cli.clock.advance(minutes=30)
    cli.ok("resolve", "Rolled back")
    return ref


def editor(tmp_path: Path, script: str) -> str:
    """A program that edits the file it is given."""
    path = tmp_path / "editor"
    path.write_text(f"#!/bin/sh\n{script}\n", "utf-8")
    path.chmod(path.stat().st_mode | stat.S_IXUSR)
    return str(path)


def test_it_is_read_written_and_its_state_set(cli: Cli) -> None:
    ref = resolved(cli)
    listed = cli.ok("postmortem").splitlines()
    assert listed[0] == f"Post-mortem of {ref}: not started; due 2026-11-25 03:47 UTC"
    assert listed[1] == "  summary        filled in from the log"
    assert "  trigger        empty" in listed
    assert cli.ok("postmortem", "set", "trigger", "The", "deploy") == "Trigger: written"
    assert cli.ok("postmortem", "show", "trigger") == "The deploy"
    assert cli.ok("postmortem", "set", "lessons", "-", stdin=b"One\n\n- two\n") == "Lessons learned: written"
    shown = cli.ok("postmortem", "show")
    assert "POST-MORTEM: Checkout errors" in shown
    assert "One\n" in shown
    assert "  trigger        written by Sam, 03:47 UTC" in cli.ok("postmortem")
    data = json.loads(cli.ok("postmortem", "--json"))
    assert (data["state"], data["owed"], data["written"]) == ("draft", True, ["trigger", "lessons"])
    assert {"id": "began", "at": "2026-11-23T03:17:00Z", "source": "the declaration", "problem": None} in data[
        "milestones"
    ]
    assert json.loads(cli.ok("status", "--json"))["postmortem"]["due_at"] == "2026-11-25T03:47:00Z"
    assert cli.ok("postmortem", "set", "trigger", "--from-log") == "Trigger: filled in from the log again"
    assert cli.ok("postmortem", "show", "trigger") == ""
    assert cli.ok("postmortem", "set", "factors", "- high load\n- no alert") == "Contributing factors: written"
    assert cli.ok("postmortem", "show", "factors") == "- high load\n- no alert"
    assert cli.ok("postmortem", "state", "review", "--by", "Ana") == "Post-mortem in review by Ana"
    done = cli.run("postmortem", "state", "done")
    assert (done.code, done.out) == (0, "Post-mortem done\n")
    assert done.err.startswith("warroom: still empty: Trigger, Root cause, What went well, ")
    assert cli.ok("postmortem").startswith(f"Post-mortem of {ref}: done\n")
    cli.ok("close")
    assert cli.ok("postmortem", "set", "lessons", "Three") == "Lessons learned: written"


def test_blame_is_remarked_on_and_stops_nothing(cli: Cli) -> None:
    resolved(cli)
    ran = cli.run("postmortem", "set", "root_cause", "Marcus forgot to limit the retries.")
    assert (ran.code, ran.out) == (0, "Root cause: written\n")
    assert ran.err.startswith("warning: “Marcus forgot to limit the retries” somebody forgot something: What could")
    assert cli.run("postmortem", "set", "root_cause", "Retries had no limit.").err == ""


def test_what_is_wrong_is_said(cli: Cli) -> None:
    resolved(cli)
    for wrong in (
        ("set", "trigger"),
        ("set", "trigger", "x", "--from-log"),
        ("set", "weather", "rain"),
        ("show", "timeline"),
        ("state", "asleep"),
        ("state", "done", "--by", "Ana"),
        ("state", "review", "--because", "x"),
    ):
        ran = cli.run("postmortem", *wrong)
        assert (ran.code, ran.out) == (2, ""), wrong
        assert ran.err.startswith("warroom: "), wrong
    ran = cli.run("postmortem", "state", "waived")
    assert ran.code == 2
    assert "Waiving it needs a reason" in ran.err
    assert cli.run("postmortem", "--json", "state", "done").code == 2


def test_a_section_and_all_of_it_are_edited_in_an_editor(
    cli: Cli, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    resolved(cli)
    monkeypatch.delenv("VISUAL", raising=False)
    monkeypatch.setenv("EDITOR", editor(tmp_path, 'echo "Retries had no limit" > "$1"'))
    assert cli.ok("postmortem", "edit", "root_cause") == "Root cause: written"
    assert cli.ok("postmortem", "show", "root_cause") == "Retries had no limit"
    monkeypatch.setenv("EDITOR", editor(tmp_path, ":"))
    assert cli.ok("postmortem", "edit") == "Nothing was changed"
    script = """sed -e '/^=== lessons/a\\
Limit every retry' -e '/^=== lucky/a\\
It was night' "$1" > "$1.new" && cat "$1.new" > "$1" && rm "$1.new" """
    monkeypatch.setenv("EDITOR", editor(tmp_path, script))
    assert cli.ok("postmortem", "edit").splitlines() == ["Where we got lucky: written", "Lessons learned: written"]
    assert json.loads(cli.ok("postmortem", "--json"))["written"] == ["root_cause", "lucky", "lessons"]
    monkeypatch.setenv("EDITOR", editor(tmp_path, "exit 3"))
    ran = cli.run("postmortem", "edit")
    assert ran.code == 1
    assert "set $EDITOR to the editor you use" in ran.err


def test_an_edited_text_that_cannot_be_logged_is_kept_in_a_file(
    cli: Cli, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    resolved(cli)
    monkeypatch.delenv("VISUAL", raising=False)
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    monkeypatch.setattr("tempfile.tempdir", None)
    monkeypatch.setenv("EDITOR", editor(tmp_path, f'echo "My words" > "$1"; mv "{cli.db}" "{cli.db}.away"'))
    ran = cli.run("postmortem", "edit", "lessons")
    assert ran.code == 1
    kept = Path(ran.err.rstrip("\n").rpartition("; your text is in ")[2])
    assert kept.read_text("utf-8") == "My words\n"


def test_texts_side_by_side_are_shown_everywhere_until_they_are_joined(
    cli: Cli, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    resolved(cli)
    monkeypatch.delenv("VISUAL", raising=False)
    monkeypatch.setenv(
        "EDITOR",
        editor(tmp_path, f'{sys.executable} -m warroom --db {cli.db} postmortem set trigger Theirs; echo Mine > "$1"'),
    )
    monkeypatch.setenv("PYTHONPATH", str(SOURCE))
    ran = cli.run("postmortem", "edit", "trigger")
    assert "Trigger was also written by somebody else: both texts are kept" in ran.err
    for shown in (
        cli.ok("postmortem", "show", "trigger"),
        *(cli.ok("export", "postmortem", "--format", f) for f in ("md", "txt", "html")),
    ):
        assert "Mine" in shown
        assert "Theirs" in shown
    assert "warroom: still texts to join: Trigger" in cli.run("postmortem", "state", "done").err
    monkeypatch.setenv("EDITOR", editor(tmp_path, f'cp "$1" {tmp_path}/seen; echo Both > "$1"'))
    cli.ok("postmortem", "edit", "trigger")
    assert "Mine" in (tmp_path / "seen").read_text("utf-8")
    assert "Theirs" in (tmp_path / "seen").read_text("utf-8")
    assert cli.ok("postmortem", "show", "trigger") == "Both"


def test_the_ending_of_the_file_says_the_format(cli: Cli, tmp_path: Path) -> None:
    resolved(cli)
    for name, begins in (("a.html", "<!doctype html>"), ("a.json", "{"), ("a.txt", "POST-MORTEM"), ("a.xyz", "# Post")):
        assert cli.run("export", "postmortem", "-o", str(tmp_path / name)).code == 0
        assert (tmp_path / name).read_text("utf-8").startswith(begins)


def test_hostile_text_is_words_in_every_form(cli: Cli, tmp_path: Path) -> None:
    resolved(cli)
    cli.ok("postmortem", "set", "impact", "-", stdin=HOSTILE.encode())
    cli.ok("postmortem", "set", "lessons", "x " * 500_000)
    for form in ("md", "txt", "html", "json"):
        out = cli.ok("export", "postmortem", "--format", form)
        assert "\x1b" not in out
        assert "60481729" not in out.split("Impact")[-1].split("Timeline")[0]
        assert "<script>" not in out.replace("\\<script\\>", "") or form in ("txt", "json")
        assert out.count("x x x x") > 1000
    assert "&lt;script&gt;" in cli.ok("export", "postmortem", "--format", "html")
