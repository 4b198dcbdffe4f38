"""`warroom export log`: real incidents fed in by the command line, and where the document goes."""

from __future__ import annotations

import csv
import json
import os
import stat
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.e2e.conftest import SOURCE, Cli
from warroom.documents.saving import AlreadyThere, save

REPLAY = Path(__file__).parents[1] / "fixtures" / "github-2018-10-21.csv"
KINDS = {"action": "action", "decision": "decision"}


def test_githubs_day_of_2018_exports_with_both_dates_and_its_duration(cli: Cli) -> None:
    rows = list(csv.DictReader(REPLAY.read_text("utf-8").splitlines()))
    detected, *rest, last = rows
    cli.declare("Database degraded", "1", "--at", detected["time"], "--learned", "2018-10-21T22:54Z")
    for row in rows:
        cli.ok("log", row["text"], "--at", row["time"], "--kind", KINDS.get(row["kind"], "note"))
    cli.ok("resolve", last["text"], "--at", last["time"])
    for form in ("md", "txt"):
        text = cli.ok("export", "log", "--format", form).replace("**", "")
        positions = [text.index(row["text"]) for row in rows]
        assert positions == sorted(positions)
        assert text.index("2018-10-21\n") < positions[0] < text.index("2018-10-22\n") < positions[-1]
        assert "24 h 11 min" in text
        assert "1. 2018-10-21 23:19" in text
        assert "UTC" in text
    data = json.loads(cli.ok("export", "log", "--format", "json"))
    assert data["duration_s"] == (24 * 60 + 11) * 60
    table = list(csv.DictReader(cli.ok("export", "log", "--format", "csv").splitlines()))
    assert [row["text"] for row in table if row["kind"] in ("note", "action", "decision")] == [r["text"] for r in rows]
    assert len(rest) == 15


def test_the_log_goes_to_a_file_that_is_the_owners_alone(cli: Cli, tmp_path: Path) -> None:
    cli.declare()
    there = tmp_path / "incident.md"
    ran = cli.run("export", "log", "-o", str(there))
    assert (ran.code, ran.out, ran.err) == (0, "", f"warroom: wrote {there}\n")
    assert there.read_text("utf-8").startswith("# Incident log: Checkout errors\n")
    assert stat.S_IMODE(there.stat().st_mode) == 0o600
    assert there.stat().st_nlink == 1
    assert sorted(path.name for path in tmp_path.iterdir()) == ["incident.md", "warroom.db"]


def test_another_file_is_only_replaced_with_force(cli: Cli, tmp_path: Path) -> None:
    cli.declare()
    there, link = tmp_path / "incident.md", tmp_path / "link.md"
    there.write_text("mine")
    there.chmod(0o644)
    link.symlink_to(there)
    for name in (there, link):
        ran = cli.run("export", "log", "-o", str(name))
        says = f"warroom: {name} exists already; add --force to replace it, or name another file with -o\n"
        assert (ran.code, ran.out, ran.err) == (1, "", says)
        assert there.read_text() == "mine"
    assert cli.run("export", "log", "-o", str(link), "--force").code == 0
    assert link.is_symlink()
    assert there.read_text("utf-8").startswith("# Incident log: Checkout errors\n")
    assert stat.S_IMODE(there.stat().st_mode) == 0o600
    assert cli.run("export", "handoff", "-o", str(there), "--force", "--format", "txt").code == 0
    assert there.read_text("utf-8").startswith("HAND-OVER")
    assert cli.run("export", "log", "-o", "/dev/null").err == "warroom: wrote /dev/null\n"
    odd = there.with_name("log.doc")
    ran = cli.run("export", "log", "-o", str(odd))
    assert ran.err.startswith(
        "warroom: “log.doc” has none of the endings md, txt, html, json, csv, pdf, so it is md; or"
    )
    assert ran.code == 0
    assert cli.run("export", "log", "-o", str(odd), "--force", "--format", "txt").err == f"warroom: wrote {odd}\n"
    odd.unlink()
    assert sorted(path.name for path in tmp_path.iterdir()) == ["incident.md", "link.md", "warroom.db"]


@pytest.mark.parametrize("links", [True, False])
def test_a_file_that_appears_meanwhile_is_kept(tmp_path: Path, links: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    def unsupported(path: Path, target: Path) -> None:
        raise PermissionError(1, "Operation not permitted")

    if not links:
        monkeypatch.setattr(Path, "hardlink_to", unsupported)
    there = tmp_path / "incident.md"

    def pieces() -> Iterator[str]:
        yield "half of it"
        there.write_text("theirs")
        yield "the other half"

    with pytest.raises(AlreadyThere, match="exists already"):
        save(there, pieces(), tmp_path / "journal.db", replace=False)
    assert there.read_text() == "theirs"
    save(tmp_path / "other.md", ["all of it"], tmp_path / "journal.db", replace=False)
    assert (tmp_path / "other.md").read_text() == "all of it"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["incident.md", "other.md"]


def test_a_dash_is_standard_output(cli: Cli) -> None:
    cli.declare()
    assert cli.ok("export", "log", "-o", "-") == cli.ok("export", "log")


def test_the_journal_is_not_written_over(cli: Cli, tmp_path: Path) -> None:
    cli.declare()
    link = tmp_path / "link.md"
    link.symlink_to(cli.db)
    for target in (cli.db, link):
        ran = cli.run("export", "log", "-o", str(target))
        assert (ran.code, ran.out) == (1, "")
        assert "is the journal itself; name another file" in ran.err
    assert cli.ok("verify").startswith("OK")


@pytest.mark.parametrize(
    ("target", "says"),
    [("", "is a folder; name a file in it"), ("no/such/x.md", "can't be written: there is no folder")],
)
def test_a_place_that_takes_no_file_is_named(cli: Cli, tmp_path: Path, target: str, says: str) -> None:
    cli.declare()
    ran = cli.run("export", "log", "-o", str(tmp_path / target))
    assert (ran.code, ran.out) == (1, "")
    assert says in ran.err
    assert ran.err.count("\n") == 1


def test_a_company_template_wins_and_a_broken_one_is_named(cli: Cli, fresh_home: Path) -> None:
    cli.declare("Checkout <errors>")
    folder = fresh_home / "config" / "warroom" / "templates" / "documents"
    folder.mkdir(parents=True)
    (folder / "log.txt.j2").write_text("{{ title }} / {{ severity }}\n")
    assert cli.ok("export", "log", "--format", "txt") == "Checkout <errors> / SEV2 High"
    (folder / "log.txt.j2").write_text("fine\n{{ nonsense }}\n")
    ran = cli.run("export", "log", "--format", "txt")
    assert (ran.code, ran.out.splitlines()[0]) == (0, "INCIDENT LOG: Checkout <errors>")
    broken = folder / "log.txt.j2"
    assert ran.err == (
        f"warroom: {broken}:2: 'nonsense' is undefined; the built-in document is used until this is corrected\n"
    )
    assert "<h1>Incident log: Checkout &lt;errors&gt;</h1>" in cli.ok("export", "log", "--format", "html")


def test_more_entries_than_a_page_come_out_in_order(cli: Cli, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("warroom.documents.material.PAGE", 3)
    cli.declare("Checkout errors", "2", "--at", "-1h")
    for minute in (50, 10, 40, 20, 30):
        cli.ok("log", f"{minute} minutes ago", "--at", f"-{minute}m")
    found = json.loads(cli.ok("export", "log", "--format", "json"))["timeline"]
    assert [entry["text"][:2] for entry in found[1:]] == ["50", "40", "30", "20", "10"]


def test_a_corrected_time_moves_the_line_across_pages(cli: Cli, monkeypatch: pytest.MonkeyPatch) -> None:
    from warroom.model import acts
    from warroom.store.journal import Journal

    monkeypatch.setattr("warroom.documents.material.PAGE", 2)
    ref = cli.declare("Checkout errors", "2", "--at", "-1h")
    for minute in (50, 40, 30, 20, 10):
        cli.ok("log", f"{minute} minutes ago", "--at", f"-{minute}m")
    with Journal.open(cli.db, now=cli.clock) as journal:
        entry = journal.timeline(ref, 1, 1)[0]
        journal.append(ref, acts.corrections.amend(entry, "really 15", cli.clock.at - 15 * 60_000), author="Sam")
    lines = [line for line in cli.ok("export", "log").splitlines() if " note: " in line]
    assert [line.split("note: ")[1][:9] for line in lines] == [
        "40 minute",
        "30 minute",
        "20 minute",
        "really 15",
        "10 minute",
    ]
    assert lines[3] == "- **03:02** note: really 15 (corrected, see below)"


def test_the_hand_over_goes_where_the_log_goes(cli: Cli, tmp_path: Path) -> None:
    cli.declare("Checkout <errors>")
    cli.ok("timer", "demo", "10:00")
    there = tmp_path / "handoff.md"
    ran = cli.run("export", "handoff", "-o", str(there))
    assert (ran.code, ran.out, ran.err) == (0, "", f"warroom: wrote {there}\n")
    assert there.read_text("utf-8").startswith(
        "# Hand-over: Checkout \\<errors\\>\n\n- **From:** Sam, 2026-11-23 03:17 UTC\n"
    )
    assert stat.S_IMODE(there.stat().st_mode) == 0o600
    assert "<h1>Hand-over: Checkout &lt;errors&gt;</h1>" in cli.ok("export", "handoff", "--format", "html")
    assert "HAND-OVER: Checkout <errors>" in cli.ok("export", "handoff", "--format", "txt")
    found = json.loads(cli.ok("export", "handoff", "--format", "json"))
    assert (found["title"], found["log"][-1]["text"]) == ("Checkout <errors>", "Clock: demo at 10:00 UTC")
    assert cli.run("export", "handoff", "-o", str(cli.db)).code == 1


def test_only_the_last_lines_are_handed_over(cli: Cli, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("warroom.documents.material.LOOK_BACK", 12)
    cli.declare()
    for number in range(15):
        cli.ok("log", f"line {number}")
    found = json.loads(cli.ok("export", "handoff", "--format", "json"))
    assert [entry["text"] for entry in found["log"]] == [f"line {number}" for number in range(5, 15)]


def test_a_link_stays_a_link_and_a_pipe_is_written_to(cli: Cli, tmp_path: Path) -> None:
    cli.declare()
    (tmp_path / "link.md").symlink_to(tmp_path / "target.md")
    cli.run("export", "log", "-o", str(tmp_path / "link.md"))
    assert (tmp_path / "link.md").is_symlink()
    assert (tmp_path / "target.md").read_text("utf-8").startswith("# Incident log: Checkout errors")
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    reader = os.open(pipe, os.O_RDONLY | os.O_NONBLOCK)
    assert cli.run("export", "log", "-o", str(pipe)).code == 0
    assert os.read(reader, 16) == b"# Incident log: "
    os.close(reader)
    assert pipe.is_fifo()


# PDF; a script stands in for the browser


def _browser(folder: Path, body: str) -> str:
    program = folder / "browser"
    program.write_text(f"#!/bin/sh\n{body}\n")
    program.chmod(0o755)
    return str(program)


def test_a_pdf_goes_to_a_file_or_a_pipe_but_to_no_terminal(
    cli: Cli, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    cli.declare()
    prints = 'for a; do case "$a" in --print-to-pdf=*) out="${a#*=}";; esac; done; printf "%%PDF-\\377" > "$out"'
    monkeypatch.setenv("WARROOM_BROWSER", _browser(tmp_path, prints))
    there = tmp_path / "handoff.pdf"
    ran = cli.run("export", "handoff", "--format", "pdf", "-o", str(there))
    assert (ran.code, ran.out, ran.err) == (0, "", f"warroom: wrote {there}\n")
    assert there.read_bytes() == b"%PDF-\xff"
    assert stat.S_IMODE(there.stat().st_mode) == 0o600
    command = [sys.executable, "-m", "warroom", "--db", str(cli.db), "export", "log", "--format", "pdf"]
    env = {**os.environ, "PYTHONPATH": str(SOURCE)}
    assert subprocess.run(command, env=env, capture_output=True, check=True, timeout=60).stdout == b"%PDF-\xff"
    master, slave = os.openpty()
    done = subprocess.run(command, env=env, stdin=slave, stdout=slave, stderr=subprocess.PIPE, timeout=60, check=False)
    os.close(master)
    os.close(slave)
    assert (done.returncode, done.stderr.decode().count("\n")) == (2, 1)
    assert "a PDF can't be shown on a terminal; name a file with -o" in done.stderr.decode()


def test_without_a_browser_there_is_no_pdf_and_one_sentence_says_what_to_do(
    cli: Cli, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    cli.declare()
    there = tmp_path / "incident.pdf"
    for browser, says in (
        (str(tmp_path / "none"), "there is no such program; name a Chromium, or write it with --format html"),
        (_browser(tmp_path, "exit 7"), "can't print it (exit code 7); write it with --format html"),
    ):
        monkeypatch.setenv("WARROOM_BROWSER", browser)
        ran = cli.run("export", "log", "--format", "pdf", "-o", str(there))
        assert (ran.code, ran.out, ran.err.count("\n")) == (1, "", 1)
        assert says in ran.err
    monkeypatch.delenv("WARROOM_BROWSER")
    monkeypatch.setenv("PATH", str(tmp_path))
    assert "needs Chromium, Chrome or Edge" in cli.run("export", "log", "--format", "pdf", "-o", str(there)).err
    assert not there.exists()
