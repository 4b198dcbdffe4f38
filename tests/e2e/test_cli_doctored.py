"""A journal that another program wrote to: no command puts on the terminal what acts on it."""

from __future__ import annotations

import json

import pytest

from tests.doctored import acting, doctored
from tests.e2e.conftest import Cli
from tests.store.conftest import by_hand
from warroom.text.cleaning import clean_deep

PRINTED = (
    "status",
    "status --line",
    "next",
    "escalate",
    "timer --list",
    "decide --list",
    "message update",
    "message initial --format slack",
    "message resolution --format markdown",
    "export log --format md",
    "export log --format txt",
    "export log --format csv",
    "export handoff --format md",
    "export handoff --format txt",
    "stats",
    "stats --by system",
    "export review --by system --format txt",
    "log on",
    "log x --kind decision --because y",
    "fact system checkout",
    "role ic Max",
    "tick severity",
    "severity 3 --because better",
    "timer call 10m",
    "verify",
    "message update --sent",
    "resolve done",
    "close",
    "reopen --because again",
    "-i nowhere status",
)
DATA = (
    "status --json",
    "next --json",
    "stats --json --by system",
    "export log --format json",
    "export handoff --format json",
)


@pytest.mark.parametrize("ids", [False, True])
def test_nothing_that_any_command_prints_can_act(cli: Cli, ids: bool) -> None:
    cli.clock.advance(hours=1)
    doctored(cli.db, ids=ids)
    said = ""
    for command in (*DATA, *PRINTED):
        ran = cli.run(*command.split())
        assert "Traceback" not in ran.err
        assert acting(ran.out + ran.err) == set(), command
        said += ran.out + ran.err
        if command in DATA:
            assert ran.code == 0, ran.err
            data = json.loads(ran.out)
            assert clean_deep(data) == data, command
    assert "␛]0;owned␇" in said


def test_a_list_of_incidents_cannot_act(cli: Cli) -> None:
    doctored(cli.db, ids=True)
    cli.declare("Login fails")

    for arguments in (["status"], ["-i", "nothing", "status"], ["-i", "w", "log", "x", "--at", "\x1b"]):
        ran = cli.run(*arguments)
        assert (ran.code, ran.out) == (2, "")
        assert acting(ran.err) == set()
    listed = cli.run("status").err.splitlines()
    assert len([line for line in listed if line.startswith("  wghrsw␛]0;owned␇")]) == 1
    assert cli.run("-i", "wghrsw", "status", "--line").out.startswith("SEV1 ")


def test_as_processes_their_bytes_cannot_act(cli: Cli) -> None:
    doctored(cli.db)
    for command in ("status", "status --json", "status --line", "export log", "log on", "verify"):
        ran = cli.process(*command.split())
        assert acting(ran.out + ran.err) == set(), command
        assert ran.out, ran.err


def test_a_declaration_that_cannot_be_read_is_no_traceback(cli: Cli) -> None:
    cli.declare("Checkout errors")
    by_hand(cli.db, """UPDATE journal SET data = '{"kind":' WHERE kind = 'declared'""")

    assert "SEV2  Checkout errors (the declaration can't be read)" in cli.ok("status")
    assert cli.ok("log", "on").endswith("note on")
    assert "Checkout errors (the declaration can't be read)" in cli.ok("export", "log")
    assert "was changed after it was written" in cli.run("verify").out
