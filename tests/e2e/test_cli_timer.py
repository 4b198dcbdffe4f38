"""`warroom timer`: clocks of one's own, started, listed, dealt with."""

from __future__ import annotations

import json
from typing import Any

import pytest

from tests.e2e.conftest import Cli


def own(cli: Cli) -> dict[str, Any]:
    clocks = json.loads(cli.ok("status", "--json"))["clocks"]
    return {clock["label"]: clock for clock in clocks if clock["id"].startswith("timer:")}


@pytest.mark.parametrize(
    ("words", "label", "due"),
    [
        (("check with the commander", "10m"), "check with the commander", "03:27"),
        (("check", "with", "the", "commander", "1h30m"), "check with the commander", "04:47"),
        (("demo", "10:00"), "demo", "10:00"),
        (("demo at 10:00Z",), "demo", "10:00"),
        (("call back", "2026-11-23T05:00+01:00"), "call back", "04:00"),
    ],
)
def test_a_clock_is_started_for_a_moment_to_come(cli: Cli, words: tuple[str, ...], label: str, due: str) -> None:
    cli.declare()
    assert cli.ok("timer", *words) == f"03:17 UTC Clock: {label} at {due} UTC"
    assert own(cli)[label]["due_at"] == f"2026-11-23T{due}:00Z"


def test_one_dealt_with_is_gone(cli: Cli) -> None:
    cli.declare()
    cli.ok("timer", "demo", "10:00")
    assert cli.ok("timer", "--done", "demo") == "03:17 UTC clock Done: demo"
    assert own(cli) == {}
    assert cli.ok("timer", "--list").startswith("No clock of your own is running")


def test_a_repeating_one_goes_on_until_it_is_stopped(cli: Cli) -> None:
    cli.declare()
    assert cli.ok("timer", "ask support", "5m", "--every", "15m").endswith("at 03:22 UTC, then every 15 min")
    cli.clock.advance(minutes=7)
    assert own(cli)["ask support"]["state"] == "late"
    assert cli.ok("timer", "--done", "1") == "03:24 UTC clock Done: ask support; due again at 03:39 UTC"
    assert own(cli)["ask support"]["due_at"] == "2026-11-23T03:39:00Z"
    assert cli.ok("timer", "--stop", "ask") == "03:24 UTC clock Stopped: ask support"
    assert own(cli) == {}


def test_the_list_is_numbered_in_the_order_of_starting(cli: Cli) -> None:
    cli.declare()
    cli.ok("timer", "demo", "10:00")
    cli.ok("timer", "ask support", "5m", "--every", "15m")
    cli.clock.advance(minutes=6)
    assert cli.ok("timer", "--list").splitlines() == [
        "1  demo         6:37:00      due 10:00 UTC",
        "2  ask support  LATE 01:00   due 03:22 UTC, every 15 min",
    ]
    assert cli.ok("timer") == cli.ok("timer", "--list")


def test_a_label_that_is_a_number_is_meant_before_the_number(cli: Cli) -> None:
    cli.declare()
    cli.ok("timer", "first", "10m")
    cli.ok("timer", "1", "20m")
    cli.ok("timer", "--done", "1")
    assert list(own(cli)) == ["first"]


def test_own_clocks_stand_in_the_views_for_people(cli: Cli) -> None:
    cli.declare("Slow #(search)", "4")
    cli.ok("timer", "ask #(support) for tickets of the day", "5m")
    assert "ask #(support) for tickets of the day  05:00        due 03:22 UTC" in cli.ok("status")
    line = cli.ok("status", "--line")
    assert line == "SEV4 Slow ##(search) · T+0m · ask ##(support) for tick… in 05:00"


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (("demo",), "can't read 'demo' as a time"),
        (("10m",), "say what the clock is for"),
        (("demo", "-5m"), "No such option"),
        (("demo", "2026-11-22T10:00Z"), "has passed"),
        (("demo", "10m", "--every", "10:00"), "is not a length of time; try 15m"),
        (("demo", "10m", "--every", "0m"), "is not a length of time; try 15m"),
        (("--every", "10m"), "give it a LABEL and WHEN"),
        (("demo", "10m", "--list"), "Give one of"),
        (("--done", "x", "--stop", "x"), "Give one of"),
        (("--done", "nonsense"), "'nonsense' is not one of your clocks; there are\n  1  call A\n  2  call B"),
        (("--done", "3"), "'3' is not one of your clocks"),
        (("--done", "call"), "'call' matches several clocks; give a number"),
    ],
)
def test_wrong_use_is_explained_and_logs_nothing(cli: Cli, arguments: tuple[str, ...], says: str) -> None:
    cli.declare()
    cli.ok("timer", "call A", "10m")
    cli.ok("timer", "call B", "20m")
    ran = cli.run("timer", *arguments)
    assert (ran.code, ran.out) == (2, "")
    assert says in ran.err
    assert json.loads(cli.ok("status", "--json"))["entries"] == 3


def test_with_no_clock_running_that_is_said(cli: Cli) -> None:
    cli.declare()
    ran = cli.run("timer", "--done", "1")
    assert (ran.code, ran.err) == (2, "warroom: No clock of your own is running. Try 'warroom timer --help'.\n")
