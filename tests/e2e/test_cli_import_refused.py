"""`warroom import` of a timeline: what it lacks is asked for, and what can't be read is refused with one sentence."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

from tests.doctored import ACTS, acting
from tests.e2e.conftest import Cli
from tests.e2e.timeline_import import RIGHT, TIMELINE, imported, refused


@pytest.mark.parametrize(
    ("text", "given", "asks", "stands"),
    [
        (
            "- 10:00 Errors began",
            ["--zone", "UTC"],
            "which day it is: add --date, such as --date 2026",
            "10:00 (no day)",
        ),
        (
            "- 5 May 10:00 Errors began",
            ["--zone", "UTC"],
            "which year it is: add --date with the",
            "May 5 10:00 (no year)",
        ),
        ("- 10:00 Errors began", ["--date", "2025-11-03"], "which zone its times are in", "2025-11-03 10:00 (no zone)"),
        (
            "# 3 Nov 2025\n- 10:00 IST x",
            [],
            "one of Asia/Kolkata, Europe/Dublin, Asia/Jeru",
            "2025-11-03 10:00 (no zone)",
        ),
        ("T+0 Errors began\nT+65m Restarted", [], "when T+0 is: add --date with its moment", "T+1h05m (no T+0)"),
    ],
)
@pytest.mark.parametrize("what", [["--new", "Errors"], ["--new", "Errors", "--json"]])
def test_what_the_timeline_does_not_say_is_asked_for(
    cli: Cli, text: str, given: list[str], asks: str, stands: str, what: list[str]
) -> None:
    asked = refused(cli, imported(cli, text, *what, *given), 2)
    assert asked.startswith("Nothing was imported, because the timeline doesn't say ")
    assert asks in asked
    shown = imported(cli, text, "--dry-run", *given)
    assert (shown.code, asks in shown.err, stands in shown.out) == (2, True, True)
    assert shown.err.startswith("warroom: The timeline doesn't say ")


def test_what_is_said_beside_the_timeline_is_used(cli: Cli) -> None:
    def at(text: str, *given: str) -> str:
        return str(json.loads(imported(cli, text, "--json", *given).out)["entries"][-1]["at"])

    assert at("10:00 Errors began", "--date", "2025-07-01", "--zone", "Europe/Berlin") == "2025-07-01T08:00:00Z"
    assert at("10:00 IST Errors began", "--date", "2025-07-01", "--zone", "CET") == "None", "not what IST stands for"
    assert at("10:00 IST Errors began", "--date", "2025-07-01", "--zone", "Asia/Kolkata") == "2025-07-01T04:30:00Z"
    assert at("T+0 a\nT+5m b", "--date", "2025-07-01 03:12", "--zone", "UTC") == "2025-07-01T03:17:00Z"
    assert at("T+0 a\nT+5m b", "--date", "2025-07-01T03:12Z") == "2025-07-01T03:17:00Z"


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["--new", "a", "--into", "b"], "Give --into REF or --new TITLE, not both"),
        (["--new", " "], "An incident needs a title"),
        (["--zone", "Mars", "--new", "a"], "'Mars' is not a known zone: give UTC, CET, +02:00, or a name such as"),
        (["--zone", "CST", "--new", "a"], "CST stands for several zones: give one of America/Chicago, Asia/Shanghai"),
        (["--date", "2025-02-30", "--new", "a"], "'2025-02-30' is not a day: give it as 2026-11-23"),
        (["--into", ""], "--into is empty; give the reference of the incident that gets the timeline"),
        (["--date", "soon", "--zone", "UTC", "--new", "a"], "'soon' is not a day"),
        (["--date", "1066-10-14", "--new", "a"], "'1066-10-14' is not a day"),
        (["--date", "2025-11-03T03:12", "--new", "a"], "For the moment of T+0, say its zone too"),
    ],
)
def test_wrong_use_is_refused_with_one_sentence(cli: Cli, arguments: list[str], says: str) -> None:
    assert says in refused(cli, imported(cli, TIMELINE, *arguments), 2)


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (b"Nothing happened.\n", "there is no time in standard input that could be read, so nothing was imported"),
        (b"", "there is no time in standard input that could be read"),
        (b"- ??:?? Errors began\n", "no line has a time that is known, so nothing was imported"),
        (b"- 10:00 M\xfcller \xc3\xbcber it\n", "standard input:1: this is not UTF-8 text; save it as UTF-8"),
        (b"- 10:00 \xcf\xf0\xe8\xe2\xe5\xf2\n", "standard input:1: this is not UTF-8 text; save it as UTF-8"),
        (b"- 10:00 x\n- 10:05 \0 y\n", "standard input:2: this is not text, there is a NUL in it; expected a timeline"),
        (b"\xff\xfe\xff", "standard input: this is not text; expected a timeline"),
        (b"- 2199-01-01 10:00 UTC Errors begin\n", "that time is in the future; only what has happened can be logged"),
        (b"{" * 100_000, "there is no time in standard input that could be read"),
    ],
)
def test_what_can_not_be_imported_is_refused_with_one_sentence(cli: Cli, data: bytes, says: str) -> None:
    ran = cli.run("import", "-", "--new", "Errors", stdin=data)
    assert ran.code == 1
    assert says in ran.err
    assert (ran.out, ran.err.count("\n")) == ("", 1)
    assert not cli.db.exists() or cli.ok("verify").startswith("OK: 0 entries")


def test_a_folder_and_a_file_without_end_are_refused(cli: Cli, tmp_path: Path) -> None:
    assert "this is not a file; expected a timeline" in refused(cli, cli.run("import", str(tmp_path), "--new", "a"), 1)
    assert "the file does not exist" in refused(cli, cli.run("import", str(tmp_path / "no.md"), "--new", "a"), 1)
    (tmp_path / "huge.md").touch()
    os.truncate(tmp_path / "huge.md", 100_000_000)  # takes no space on the disk
    says = "it is longer than 20 MB, the limit for a timeline"
    assert says in refused(cli, cli.run("import", str(tmp_path / "huge.md"), "--new", "a"), 1)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "cp1252"])
def test_text_may_be_in_the_encodings_that_programs_write(cli: Cli, encoding: str) -> None:
    text = "# 2025-11-03 (UTC)\r\n- 10:00 Müller: größere Pods\r\n"
    ran = cli.run("import", "-", "--json", stdin=text.encode(encoding))
    read = json.loads(ran.out)
    assert [entry["text"] for entry in read["entries"]] == ["größere Pods"]
    assert [remark["text"].partition(":")[0] for remark in read["remarks"]] == (
        ["Line 2 is not UTF-8, so the file is read as Windows-1252"]
        if encoding == "cp1252"
        else ["The file does not say how its letters are stored; it is read as UTF-16."]
        if encoding == "utf-16-le"
        else []
    )


def test_how_a_file_was_decoded_is_said_and_its_own_page_is_told_from_a_timeline(cli: Cli) -> None:
    ran = cli.run("import", "-", "--new", "Outage", stdin=b"2025-11-03 10:00Z M\xfcller acked\n")
    assert ran.out.endswith(", all new\n")
    assert "line 1 is not UTF-8, so the file is read as Windows-1252: check letters such as ü and é\n" in ran.err
    page = cli.ok("export", "log", "--format", "html")
    ran = cli.run("import", "-", "--dry-run", stdin=page.encode())
    instead = "import its JSON instead (warroom export log --format json), with which everything comes back"
    assert (ran.code, ran.out) == (1, "")
    assert ran.err == f"warroom: standard input: this is a page that warroom exported; {instead}\n"


def test_a_table_with_a_million_columns_is_read(cli: Cli) -> None:
    wide = "time,event" + ",x" * 1_000_000 + "\n2025-11-03 10:00Z,Errors began" + "," * 1_000_000 + "\n"
    ran = cli.run("import", "-", "--json", stdin=wide.encode())
    assert [entry["text"] for entry in json.loads(ran.out)["entries"]] == ["Errors began"]


def test_hostile_text_becomes_harmless(cli: Cli) -> None:
    text = f"# 2025-11-03 (UTC)\n- 10:00 Errors {ACTS} began\n- 10:05 <{ACTS}> {ACTS}\n{ACTS}\n"
    shown = imported(cli, text, "--dry-run")
    ran = imported(cli, text, "--new", f"Title {ACTS}")
    assert ran.code == 0, ran.err
    seen = shown.out + shown.err + ran.out + ran.err + imported(cli, text, "--json").out
    seen += cli.ok("status") + cli.ok("export", "log") + cli.ok("export", "log", "--format", "json")
    assert acting(seen) == set()
    assert cli.ok("verify").startswith("OK: ")
    assert imported(cli, text, "--new", f"Title {ACTS}").out.startswith("Nothing to import")


def test_changes_of_severity_without_end_are_kept_as_words(cli: Cli) -> None:
    lines = [f"- {n // 60 % 24:02}:{n % 60:02} Severity raised to SEV{1 + n % 2} ({n})" for n in range(1_000)]
    ran = imported(cli, "\n".join(lines), "--new", "Errors", *RIGHT)
    assert ran.out.endswith("all new\n"), ran.err
    assert cli.ok("verify").startswith("OK: 1001 entries")


@pytest.mark.parametrize("option", [["--date", "2025-11-03"], ["--zone", "UTC"], ["--into", "k7qd"], ["--new", "a"]])
def test_our_own_export_needs_nothing_beside_it(cli: Cli, tmp_path: Path, option: list[str]) -> None:
    cli.declare()
    log = cli.ok("export", "log", "--format", "json").encode()
    there = tmp_path / "there.db"
    ran = cli.run("--db", str(there), "import", "-", *option, stdin=log)
    assert (ran.code, ran.out) == (2, "")
    assert ran.err.startswith(f"warroom: This is an incident that warroom exported, so leave out {option[0]}")
    shown = cli.ok("--db", str(there), "import", "-", "--dry-run", stdin=log)
    assert shown.endswith("nothing was imported (--dry-run)")
    (entry,) = json.loads(cli.ok("--db", str(there), "import", "-", "--dry-run", "--json", stdin=log))["entries"]
    assert (entry["at"], entry["kind"], entry["text"]) == (
        "2026-11-23T03:17:00Z",
        "declared",
        "Declared SEV2: Checkout errors",
    )
    assert not there.exists()
