"""The three views `warroom status` gives: for a person, a program, and the status bar of tmux."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
import unicodedata
from pathlib import Path
from typing import Any

import pytest

from tests.e2e.conftest import SOURCE, Cli
from tests.programs import needs
from tests.sample import write_sample
from warroom import places
from warroom.model.playbook import load
from warroom.text.width import width


def status(cli: Cli) -> Any:
    return json.loads(cli.ok("status", "--json"))


@pytest.fixture
def half_told(cli: Cli) -> Cli:
    """The demo's incident: everything a view can show is in it."""
    file = places.templates() / "playbook.toml"
    write_sample(cli.db, load(file.read_text("utf-8"), file=str(file)), cli.clock.at)
    return cli


# For a program


def test_the_documented_keys_are_there_with_their_types(half_told: Cli) -> None:
    found = status(half_told)
    types = {
        "ref": str,
        "title": str,
        "severity": int,
        "stage": str,
        "began_at": str,
        "learned_at": str,
        "elapsed_s": int,
        "roles": dict,
        "facts": dict,
        "checklist": dict,
        "clocks": list,
        "next": dict,
    }
    assert {key: type(found[key]) for key in types} == types
    for phase in found["checklist"]["phases"]:
        assert phase.keys() == {"id", "title", "items"}
        for item in phase["items"]:
            assert item.keys() == {"id", "text", "done", "value"}
    for clock in found["clocks"]:
        assert {"id", "label", "due_at", "remaining_s", "state"} <= clock.keys()
    assert found["next"].keys() == {"text", "action"}


def test_the_values_are_the_incidents(half_told: Cli) -> None:
    found = status(half_told)
    assert found["roles"] == {"on-call": "Marcus", "ic": "Priya"}
    assert found["facts"]["revenue_per_hour"] == "$32k"
    assert (found["stage"], found["state"], found["severity"]) == ("response", "open", 2)
    assert (found["began_at"], found["elapsed_s"]) == ("2026-11-23T02:42:00Z", 35 * 60)
    assert (found["checklist"]["done"], found["checklist"]["total"]) == (9, 12)
    items = {item["id"]: item for phase in found["checklist"]["phases"] for item in phase["items"]}
    assert items["system"] == {"id": "system", "text": "Affected system", "done": True, "value": "checkout"}
    assert items["amplifier"] == {"id": "amplifier", "text": "Amplifying event", "done": False, "value": None}
    clocks = {clock["id"]: clock for clock in found["clocks"]}
    assert clocks.keys() == {"customer", "update", "resolution"}
    assert (clocks["customer"]["remaining_s"], clocks["customer"]["state"]) == (-120, "late")
    assert (clocks["update"]["due_at"], clocks["update"]["promised"]) == ("2026-11-23T03:23:00Z", True)
    assert clocks["resolution"]["state"] == "ok"
    assert found["next"]["action"] == "update"
    assert "Customer message is LATE by 02:00" in found["next"]["text"]
    assert found["promises"] == [
        {"made_at": "2026-11-23T02:55:00Z", "due_at": "2026-11-23T03:23:00Z", "answered_at": None, "state": "running"}
    ]


def test_a_fresh_incident_has_the_acknowledgement_and_phase_clocks(cli: Cli) -> None:
    cli.declare("Everything down", "1")
    clocks = {clock["id"]: clock["remaining_s"] for clock in status(cli)["clocks"]}
    assert clocks == {"phase": 300, "acknowledgement": 900, "customer": 900}


def test_json_and_line_exclude_each_other(cli: Cli) -> None:
    ran = cli.run("status", "--json", "--line")
    assert (ran.code, ran.out) == (2, "")
    assert "--json or --line" in ran.err


def test_escalation_decisions_and_cost_are_there(half_told: Cli) -> None:
    found = status(half_told)
    assert found["cost"] == {"amount": 18667, "text": "≈ $19,000", "basis": "$32k per hour × 35 min since it began"}
    assert {one["id"]: one["holds"] for one in found["escalation"]} == {
        "sev1": False,
        "over_2h": False,
        "churn": None,
        "exposure": None,
        "breach": None,
        "major_customers": None,
    }
    (decision,) = found["decisions"]
    assert (decision["number"], decision["by"], decision["outcome"]) == (1, "Priya", None)


def test_a_cost_nobody_knows_is_null(cli: Cli) -> None:
    cli.declare()
    assert status(cli)["cost"] is None
    cli.ok("fact", "revenue_per_hour", "a lot")
    assert status(cli)["cost"] is None


def test_a_promise_carries_when_it_was_answered(cli: Cli) -> None:
    cli.declare()
    facts = ("--set", "impact=x", "--set", "affected=y", "--set", "status=z")
    assert cli.run("message", "initial", *facts, "--set", "next_update=30m", "--sent").code == 0
    cli.clock.advance(minutes=45)
    assert cli.run("message", "update", "--set", "next_update=30m", "--sent").code == 0
    late, running = status(cli)["promises"]
    assert (late["answered_at"], late["state"]) == ("2026-11-23T04:02:00Z", "late")
    assert (running["answered_at"], running["state"]) == (None, "running")
    assert "Promises  0 of 2 kept, 1 late, 1 still to come" in cli.ok("status")


# For a person


def test_the_page_holds_all_there_is_to_know(half_told: Cli) -> None:
    page = half_told.ok("status")
    for words in (
        "SEV2  Checkout errors affecting users",
        "T+00:35:00 · began 02:42 UTC · IC Priya",
        "NOW  Customer message is LATE by 02:00: send the customer message",
        "Customer message    LATE 02:00   due 03:15 UTC",
        "First 30 minutes · 9 of 12",
        "open: Amplifying event, Who needs to know",
        "On-call engineer    Marcus",
        "Cost       ≈ $19,000 ($32k per hour × 35 min since it began)",
        "Promises   0 of 1 kept, 1 still to come",
        "Decisions  1",
        "Revenue per hour   $32k",
        "03:04 UTC decision Roll back payment service to v2.3.1",
        "03:15 UTC note Errors falling: 20 % to 8 % of attempts",
    ):
        assert words in page
    assert "\x1b" not in page


@pytest.mark.parametrize(("columns", "widest"), [("40", 40), ("80", 80), ("10", 40), ("500", 120)])
def test_the_page_fits_the_terminal(half_told: Cli, monkeypatch: pytest.MonkeyPatch, columns: str, widest: int) -> None:
    monkeypatch.setenv("COLUMNS", columns)
    assert max(map(width, half_told.ok("status").splitlines())) <= widest


def test_a_wide_script_fits_the_terminal_too(cli: Cli, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "60")
    cli.declare("決済エラー" * 40)
    cli.ok("log", "障害の原因を調査中です" * 40)
    assert max(map(width, cli.ok("status").splitlines())) <= 60


def test_an_incident_of_another_day_shows_its_date(cli: Cli) -> None:
    cli.declare("Old trouble", "3", "--at", "2026-11-21T10:00Z")
    assert "began 2026-11-21 10:00 UTC" in cli.ok("status")


def test_a_phase_not_asked_for_says_so(cli: Cli) -> None:
    cli.declare("Slow search", "3")
    assert "15–30 Communicate    0/4  not required at this severity" in cli.ok("status")


# For a status bar


def test_the_line_names_the_promise_first(half_told: Cli) -> None:
    assert half_told.ok("status", "--line") == ("SEV2 Checkout errors affecting users · T+35m · customer LATE 02:00")


def test_the_line_counts_down_and_ends(cli: Cli) -> None:
    cli.declare()
    cli.clock.advance(minutes=2, seconds=1)
    assert cli.ok("status", "--line") == "SEV2 Checkout errors · T+2m · acknowledgement in 12:59"
    cli.clock.advance(hours=1)
    cli.ok("resolve")
    owed = "First hour: 5 open in 1:00:00"
    assert cli.ok("status", "--line") == f"SEV2 Checkout errors · resolved after 1h02m · {owed}"


@pytest.mark.parametrize("title", ["x" * 10_000, "決済エラー" * 1000, "two\nlines " * 50, "e\u0301" * 300])
def test_the_line_is_one_line_of_at_most_100_cells(cli: Cli, title: str) -> None:
    cli.declare(title)
    line = cli.ok("status", "--line")
    assert "\n" not in line
    assert 90 <= width(line) <= 100
    assert "… · T+0m" in unicodedata.normalize("NFC", line)


@needs("tmux")
def test_a_title_can_neither_run_nor_style_anything_in_tmux(cli: Cli, tmp_path: Path) -> None:
    title = "a #(echo run) #S #[fg=red]b #{pane_id} issue #42 is #1"
    cli.process("declare", title, "--severity", "2")
    wrapper = tmp_path / "line"
    wrapper.write_text(f"#!/bin/sh\nPYTHONPATH={SOURCE} exec {sys.executable} -m warroom --db {cli.db} status --line\n")
    wrapper.chmod(0o755)
    tmux = ["tmux", "-L", f"warroom-line-{os.getpid()}", "-f", "/dev/null"]

    def run(*arguments: str) -> str:
        return subprocess.run([*tmux, *arguments], capture_output=True, text=True, check=True, timeout=20).stdout

    run("new-session", "-d", "-s", "outer", "-x", "160", "-y", "10", "sleep 60")
    try:
        # A second server's client inside the first one is a terminal whose status bar can be read.
        run("set", "-g", "status", "off")
        inner = f"env -u TMUX tmux -L warroom-inner-{os.getpid()} -f /dev/null"
        run("respawn-pane", "-k", "-t", "outer", f"{inner} new-session -s inner 'sleep 60'")
        _until(lambda: "inner" in run("capture-pane", "-p", "-t", "outer"))
        for option, value in (
            ("status-interval", "1"),
            ("status-left", ""),
            ("window-status-current-format", ""),
            ("status-right-length", "150"),
            ("status-right", f"#({wrapper})"),
        ):
            subprocess.run([*inner.split()[3:], "set", "-g", option, value], check=True, timeout=20)
        shown = _until(lambda: line if "SEV2" in (line := run("capture-pane", "-p", "-t", "outer")) else "")
    finally:
        subprocess.run([*inner.split()[3:], "kill-server"], check=False, timeout=20)
        subprocess.run([*tmux, "kill-server"], check=False, capture_output=True, timeout=20)
    assert f"SEV2 {title} · T+0m · acknowledgement in 14:" in shown


def _until(look: Any) -> str:
    limit = time.monotonic() + 20
    while time.monotonic() < limit:
        if found := look():
            return str(found)
        time.sleep(0.1)
    raise AssertionError("not seen in time")
