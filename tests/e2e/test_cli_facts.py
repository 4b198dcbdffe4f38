"""Facts and ticks from the command line, as status shows them afterwards."""

from __future__ import annotations

import json
from typing import Any

from tests.e2e.conftest import Cli


def status(cli: Cli) -> Any:
    return json.loads(cli.ok("status", "--json"))


def items(cli: Cli) -> Any:
    return {item["id"]: item for phase in status(cli)["checklist"]["phases"] for item in phase["items"]}


def test_a_fact_is_set_and_withdrawn(cli: Cli) -> None:
    cli.declare()
    assert cli.ok("fact", "impact", "payment", "fails") == "03:17 UTC fact User impact: payment fails"
    assert status(cli)["facts"] == {"impact": "payment fails"}
    assert cli.ok("fact", "impact") == "payment fails"
    cli.ok("fact", "impact", "--clear")
    assert cli.ok("fact", "impact") == "not known"
    assert cli.run("fact", "impact", "x", "--clear").code == 2
    assert cli.run("fact", "--clear").code == 2
    for command, name in (("fact", "revenue_per_hour"), ("tick", "business")):
        looks_like_an_option = cli.run(command, name, "-5")
        assert looks_like_an_option.code == 2
        assert "put -- in front of a value that begins with a dash" in looks_like_an_option.err
        below_zero = cli.run(command, name, "--", "-5")
        assert below_zero.code == 2
        assert "can't be “Revenue per hour”: write a figure that is not below zero; for example: $32k" in below_zero.err
    no_amount = cli.run("fact", "revenue_per_hour", "a lot")
    assert (no_amount.code, no_amount.err) == (0, "warroom: there is no amount of money in it, so no cost is shown.\n")
    assert cli.run("fact", "revenue_per_hour", "$32k").err == cli.run("fact", "revenue_per_hour", "?").err == ""
    cli.ok("fact", "revenue_per_hour", "--clear")
    cli.ok("fact", "impact", "payment\nfails")
    assert cli.ok("fact").splitlines()[:2] == ["system            not known", "impact            payment ⏎ fails"]
    cli.ok("fact", "impact", "--clear")
    assert status(cli)["facts"] == {}


def test_a_fact_known_since_before_the_present_one_is_history(cli: Cli) -> None:
    cli.declare()
    cli.ok("fact", "impact", "payment fails")
    ran = cli.run("fact", "impact", "login is slow", "--at", "-5m")
    assert (ran.code, ran.out) == (0, "03:12 UTC fact User impact: login is slow (added 5 min later)\n")
    assert ran.err == "warroom: impact stays as it is: since 03:17 UTC it is “payment fails”.\n"
    assert cli.ok("fact", "impact") == "payment fails"


def test_a_fact_is_not_known_since_long_before_the_incident(cli: Cli) -> None:
    cli.declare()
    ran = cli.run("fact", "impact", "payment fails", "--at", "2020-01-01T10:00Z")
    assert (ran.code, ran.out) == (2, "")
    assert "that time is more than a day before the incident began; give the time since when it is known" in ran.err
    assert status(cli)["facts"] == {}
    cli.ok("fact", "impact", "payment fails", "--at", "-23h")


def test_a_tick_takes_the_answer_where_it_belongs(cli: Cli) -> None:
    cli.declare()
    cli.ok("tick", "severity")
    cli.ok("tick", "responders", "Priya")
    cli.ok("tick", "system", "checkout")
    cli.ok("tick", "audience", "leadership")
    found = status(cli)
    assert (found["roles"], found["facts"]) == ({"ic": "Priya"}, {"system": "checkout"})
    assert found["checklist"]["done"] == 4
    assert items(cli)["audience"]["value"] == "leadership"
    cli.ok("tick", "severity", "--undo")
    assert not items(cli)["severity"]["done"]
