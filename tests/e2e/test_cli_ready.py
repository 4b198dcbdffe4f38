"""`warroom ready`: what is ready before the next incident, kept, checked and cleared without the console."""

from __future__ import annotations

import json

import pytest

from tests.e2e.conftest import Cli
from warroom import places
from warroom.drilling import begin
from warroom.model.scenario import load
from warroom.model.times import HOUR
from warroom.store.journal import Journal

DAY = 24 * HOUR


def test_a_new_file_says_how_to_begin(cli: Cli) -> None:
    lines = cli.ok("ready").splitlines()
    assert lines[:3] == ["Ready: 0 of 14", "Right now", "  ·  1  channel       incident channel (open)"]
    assert lines[-1] == "Begin with: warroom ready set channel VALUE; or open warroom and press R"
    assert len(lines) == 1 + 3 + 14 + 1


def test_kept_checked_stale_and_cleared(cli: Cli) -> None:
    assert cli.ok("ready", "set", "channel", "#incidents") == "incident channel: ready, 90 days left"
    assert cli.ok("ready", "set", "2", "Marcus, +49 170 5550100").endswith("open: The schedule's link missing")
    assert cli.ok("ready", "set", "who is on call", "--link", "https://pager.example.com").endswith("7 days left")
    cli.clock.at += 10 * DAY
    shown = cli.ok("ready")
    assert "Ready: 1 of 14, 1 stale" in shown
    assert "stale: checked 10 days ago, good for 7 days, checked 2026-11-23 by" in shown
    assert "Marcus, +49 170 5550100 · https://pager.example.com" in shown
    assert cli.ok("ready", "check", "on-call", "--good-for", "14").endswith("ready, 14 days left")
    assert cli.ok("ready", "clear", "channel", "--because", "we moved") == "incident channel: cleared: we moved"
    data = json.loads(cli.ok("ready", "--json"))
    assert (data["all"], data["ready"], data["stale"]) == (14, 1, 0)
    channel, on_call = data["items"][:2]
    assert (channel["state"], channel["because"], channel["values"]) == ("open", "we moved", {})
    assert on_call["values"] == {"engineer": "Marcus, +49 170 5550100", "schedule": "https://pager.example.com"}
    assert (on_call["good_for_days"], on_call["stale_at"]) == (14, "2026-12-17T03:17:00Z")
    assert on_call["fills"]["engineer"] == "role:on-call"


def test_what_is_kept_is_in_the_next_messages(cli: Cli) -> None:
    cli.ok("ready", "set", "distribution", "boss@example.com,", "ceo@example.com")
    cli.ok("ready", "set", "channel", "#incidents")
    cli.declare()
    sent = cli.ok("message", "initial", "--set", "impact=payment fails", "--for", "email")
    assert "boss@example.com, ceo@example.com" in sent
    assert "runbook" not in cli.ok("export", "handoff")
    cli.clock.at += 91 * DAY
    warned = cli.run("message", "initial", "--set", "impact=payment fails", "--for", "email").err
    assert "“boss@example.com” was kept ready, but checked 91 days ago: is it still right?" in warned
    cli.ok("ready", "set", "runbook", "https://wiki.example.com")
    assert "https://wiki.example.com (kept ready before the incident)" in cli.ok("export", "handoff", "--format", "txt")
    assert cli.ok("fact", "runbook") == "not known; kept ready: https://wiki.example.com"
    assert len(json.loads(cli.ok("incidents", "--json"))) == 1


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("set", "chanel", "x"), "There is no item 'chanel'; the items are channel, on-call"),
        (("set", "incident", "x"), "'incident' may be any of channel, metrics"),
        (("set", "severity", "x"), "severity holds nothing; warroom ready check severity says it is right"),
        (("set", "channel"), "Say what it holds"),
        (("set", "channel", "--link", "https://x.example"), "channel has no link of its own"),
        (("set", "on-call", "--link", "pager"), "begins with http:// or https://"),
        (("set", "on-call", "--field", "boss", "x"), "on-call has no field 'boss'; its fields are engineer, schedule"),
        (("set", "distribution", "boss"), "takes e-mail addresses"),
        (("set", "channel", "x" * 300), "at most 200 characters"),
        (("check", "runbook"), "first give it: Runbook"),
        (("check", "severity", "--good-for", "0"), "--good-for"),
        (("clear", "channel"), "--because"),
        (("clear", "channel", "--because", " "), "the reason is empty"),
        (("--json", "check", "severity"), "--json belongs to warroom ready alone"),
    ],
)
def test_refused_with_a_sentence(cli: Cli, arguments: tuple[str, ...], said: str) -> None:
    ran = cli.run("ready", *arguments)
    assert (ran.code, ran.out) == (2, "")
    assert said in ran.err
    assert "0 of 14" in cli.ok("ready")


def test_the_rota_and_the_lists_of_people_count_by_themselves(cli: Cli) -> None:
    cli.ok("people", "add", "Ana Costa", "--email", "ana@example.com", "--phone", "+49 170 5550101")
    cli.ok("people", "list", "leadership", "add", "Ana Costa")
    cli.ok("people", "on-call", "Ana Costa", "--from", "2026-11-23", "--until", "2026-11-23 06:00")
    shown = cli.ok("ready")
    assert "Ready: 2 of 14" in shown
    assert "on call now: Ana Costa, +49 170 5550101" in shown
    assert "lists of people: leadership" in shown
    cli.clock.at += 3 * HOUR
    assert "Ready: 1 of 14" in cli.ok("ready")
    cli.clock.at += 90 * DAY
    assert "Ready: 0 of 14, 1 stale" in cli.ok("ready")


def test_the_review_written_to_a_file_counts_as_looked_at(cli: Cli) -> None:
    cli.declare()
    cli.ok("export", "review")
    (metrics,) = (item for item in json.loads(cli.ok("ready", "--json"))["items"] if item["id"] == "metrics")
    assert (metrics["state"], metrics["good_for_days"]) == ("ready", 30)


def test_a_drill_uses_what_is_ready_and_changes_none_of_it(cli: Cli) -> None:
    cli.ok("ready", "set", "runbook", "https://wiki.example.com")
    with Journal.open(cli.db, now=cli.clock, create=False) as journal:
        before = journal.last_seq()
    scenario = load(
        (places.templates() / "drills" / "checkout.toml").read_text("utf-8"), id="checkout", file="checkout.toml"
    )
    real, cli.db = cli.db, begin(cli.db, scenario, now=cli.clock(), author="Sam")
    cli.declare()
    assert "https://wiki.example.com (kept ready before the incident)" in cli.run("export", "handoff").out
    ran = cli.run("ready", "set", "runbook", "https://elsewhere.example.com")
    assert (ran.code, ran.out) == (1, "")
    assert "this is the file of a drill" in ran.err
    with Journal.open(real, now=cli.clock, create=False) as journal:
        assert journal.last_seq() == before
