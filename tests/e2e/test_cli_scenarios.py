"""`warroom drill list` and `warroom drill from`: the scenarios there are, and a past incident as one more."""

from __future__ import annotations

import json
import stat
from pathlib import Path

from tests.e2e.conftest import Cli
from warroom.model import ids
from warroom.model.kinds.drills import DrillFinished, Tally, finish_drill
from warroom.workspace import Workspace


def test_a_past_incident_becomes_a_scenario_that_is_listed(cli: Cli, fresh_home: Path) -> None:
    ref = cli.declare()
    cli.clock.advance(minutes=4)
    cli.ok("log", "One in five payments fails", "--kind", "action", "--by", "Marcus")
    cli.ok("role", "ic", "Priya")
    cli.ok("log", "The password is hunter2")
    cli.ok("redact", "hunter2", "--because", "a password")
    assert cli.run("drill", "from", ref).err == (
        f"warroom: incident {ref} is still open; a drill is made of one that is over\n"
    )
    cli.clock.advance(minutes=20)
    cli.ok("resolve", "Rolled back")
    ran = cli.run("drill", "from", ref, "checkout-then", "--without-names")
    file = fresh_home / "config" / "warroom" / "drills" / "checkout-then.toml"
    assert ran.out == (f"{file}: 5 events, 6 acts expected, 35 min\nStart it with: warroom drill start checkout-then\n")
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert "Marcus" not in file.read_text("utf-8")
    assert "The password is [redacted: a password]" in file.read_text("utf-8")
    assert cli.ok("check").startswith("OK: 1 file of your own")
    ran = cli.run("drill", "from", ref, "checkout-then")
    assert (ran.code, ran.err) == (1, f"warroom: {file} exists already; give another NAME, or remove it\n")
    ran = cli.run("drill", "from", ref, "no/name")
    assert ran.code == 2
    assert "NAME is up to 40 letters, digits, - and _" in ran.err
    assert cli.run("drill", "from", ref, "x", "--as", "y.toml").code == 2
    ran = cli.run("drill", "from", ref, "--as", str(fresh_home / "y"))
    assert (ran.code, "has to end in .toml" in ran.err, (fresh_home / "y").exists()) == (2, True, False)
    elsewhere = fresh_home / "elsewhere.toml"
    assert f"To practise on it, put it into {file.parent}" in cli.run("drill", "from", ref, "--as", str(elsewhere)).out
    assert "Marcus" in elsewhere.read_text("utf-8")

    rows = json.loads(cli.ok("drill", "list", "--json"))
    own = [row for row in rows if row["own"]]
    assert [(row["id"], row["minutes"], row["incidents"]) for row in own] == [("checkout-then", 35, 1)]
    assert len(rows) == 8
    assert all(row["last_run"] is None for row in rows)
    file.write_text(file.read_text("utf-8").replace("at = 4", "at = 400"), "utf-8")
    ran = cli.run("drill")
    assert ran.code == 0
    assert "checkout-then" not in ran.out
    assert ran.err == (
        f"warroom: {file}: events[number 2].at: expected a minute up to 35, the length of the drill, found 400; "
        "it is left out until this is corrected\n"
    )
    assert cli.run("check").code == 1


def test_the_list_says_how_each_scenario_went_last_time(cli: Cli) -> None:
    assert "last time" not in cli.ok("drill", "list"), "there is no journal yet"
    cli.declare()
    workspace = Workspace(cli.db, now=cli.clock)
    for day, held, finished in ((0, 5, True), (1, 7, False)):
        cli.clock.advance(hours=24 * day)
        tally = {"now": Tally(held, 9)}
        run = DrillFinished(f"checkout-{day}", "checkout", "Checkout", 20, 50, cli.clock.at, finished, tally)
        workspace.register(ids.REGISTER_READINESS).append(lambda _, run=run: [finish_drill(run)], author="Sam")  # type: ignore[misc]
    workspace.close()
    (line,) = [line.strip() for line in cli.ok("drill", "list").splitlines() if "last time" in line]
    assert line.startswith("last time, on ")
    assert line.endswith(", ended after 20 min: 7 of 9 checks held")
    rows = {row["id"]: row["last_run"] for row in json.loads(cli.ok("drill", "list", "--json"))}
    assert rows["vendor"] is None
    assert (rows["checkout"]["run"], rows["checkout"]["held"], rows["checkout"]["finished"]) == ("checkout-1", 7, False)
    cli.db.write_bytes(b"no journal")
    ran = cli.run("drill", "list")
    assert ran.code == 0
    assert ran.err.startswith("warroom: how earlier drills went is not known: ")
