"""`warroom declare --drill`: what follows says DRILL, and real incidents come first and are counted without it."""

from __future__ import annotations

import json
from pathlib import Path

from tests.e2e.conftest import Cli


def practised(cli: Cli) -> str:
    """A drill that is under way, with a message sent and an action item that is overdue; returns its reference."""
    ran = cli.run("declare", "Checkout errors", "--affected", "many", "--drill")
    assert ran.code == 0
    assert "cancel this one, and declare a new one without --drill" in ran.err
    ref = ran.out.strip()
    cli.ok("fact", "system", "checkout")
    cli.ok("fact", "impact", "Payment fails at the last step")
    cli.clock.advance(minutes=4)
    cli.ok("milestone", "acknowledged", "-1m")
    cli.ok("message", "initial", "--set", "next_update=20m", "--sent")
    cli.ok("actions", "add", "Print the phone list", "--owner", "Ana", "--due", "1d")
    return ref


def test_every_command_about_a_drill_says_so(cli: Cli) -> None:
    ref = practised(cli)
    assert cli.run("fact", "impact").err.startswith(f"warroom: DRILL: Checkout errors ({ref})\n")
    assert cli.ok("log", "Rolling back").startswith("DRILL: ")
    assert cli.ok("status").splitlines()[0] == "SEV2  DRILL: Checkout errors"
    assert "NOW  DRILL: " in cli.ok("status")
    assert cli.ok("status", "--line").startswith("SEV2 DRILL: Checkout errors · ")
    assert cli.ok("next").startswith("DRILL: ")
    assert "DRILL: Checkout errors" in cli.ok("incidents")
    assert "DRILL: Checkout errors" in cli.ok("search", "rolling")
    assert "DRILL: Checkout errors" in cli.ok("actions")
    assert "DRILL: Checkout errors)" in cli.ok("actions", "remind")
    for arguments in (["status"], ["next"], ["export", "log", "--format"], ["export", "handoff", "--format"]):
        data = json.loads(cli.ok(*arguments, "json" if arguments[-1] == "--format" else "--json"))
        assert data["drill"] is True, arguments
    for arguments in (["incidents"], ["search", "rolling"], ["actions"]):
        (row,) = json.loads(cli.ok(*arguments, "--json"))
        assert row["drill"] is True, arguments
    sms = cli.run("message", "customer", "--for", "sms", "--set", "impact=errors when paying").out
    assert sms.startswith("DRILL: ")
    ran = cli.run("message", "update", "--sent", "--text", "-", stdin=b"We are on it")
    assert ran.err.endswith("the text does not say DRILL: tell those who got it that it is an exercise\n")
    ran = cli.run("correct", "text", "declared", "Checkout is fine")
    assert "a drill never becomes real, nor a real incident a drill: cancel it and declare a new one" in ran.err


def test_a_real_incident_comes_first_and_nothing_is_mixed(cli: Cli) -> None:
    drill = practised(cli)
    assert cli.ok("stats").splitlines()[0] == "No incident yet, so there are no numbers."
    cli.clock.advance(minutes=1)
    real = cli.declare("Checkout errors", "4")
    ran = cli.run("log", "Errors in Spain")
    assert ran.err == f"warroom: this is {real}, which is real; for the DRILL {drill} say -i REF\n"
    assert not ran.out.startswith("DRILL")
    assert "DRILL" not in cli.run("-i", real, "message", "update", "--set", "impact=Payment fails").out
    rows = [row.split()[0] for row in cli.ok("incidents").splitlines()[1:]]
    assert rows == [real, drill], "though the drill is more serious, and somebody was promised an update"
    cli.clock.advance(hours=72)
    assert {row["id"] for row in json.loads(cli.ok("similar", "Checkout errors", "--json"))} == {real}
    found = json.loads(cli.ok("stats", "--json", "--by", "system"))
    assert (found["all"]["incidents"], found["all"]["promises"]["made"], found["all"]["actions"]["total"]) == (1, 0, 0)
    assert found["all"]["systems"]["rows"] == []
    assert found["drills"]["drills"] == 1
    assert found["drills"]["times"]["stakeholders"]["values_s"] == [4 * 60]
    assert found["drills"]["promises"]["missed"] == 1
    words = "1, counted apart: acknowledged in 3 min; first message in 4 min; 0 of 1 promises kept"
    assert " ".join(cli.ok("stats").split()).count(words) == 1
    assert " ".join(cli.ok("export", "review").split()).count(words.split(";")[0]) == 1
    rows = cli.ok("export", "review", "--format", "csv").splitlines()
    assert [row.split(",")[1] for row in rows if row.startswith('"DRILL"')] == ['"acknowledge"', '"stakeholders"']


def test_a_drill_stays_one_in_another_journal(cli: Cli, tmp_path: Path) -> None:
    ref = practised(cli)
    cli.ok("resolve", "Rolled back")
    exported = tmp_path / "drill.json"
    cli.ok("export", "log", "--format", "json", "-o", str(exported))
    cli.ok("verify")
    other = str(tmp_path / "other.db")
    assert "DRILL: Checkout errors" in cli.ok("--db", other, "import", str(exported))
    (row,) = json.loads(cli.ok("--db", other, "incidents", "--json"))
    assert (row["id"], row["drill"], row["action_items"]["overdue"]) == (ref, True, 0)
    cli.ok("--db", other, "verify")
