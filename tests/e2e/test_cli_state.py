"""Severity, roles and decisions from the command line, as status shows them afterwards."""

from __future__ import annotations

import json
from typing import Any

import pytest

from tests.e2e.conftest import Cli


def status(cli: Cli) -> Any:
    return json.loads(cli.ok("status", "--json"))


def test_a_change_of_severity_says_what_it_does_to_the_clocks(cli: Cli) -> None:
    cli.declare("Slow search", "3")
    cli.clock.advance(minutes=10)
    printed = cli.ok("severity", "SEV1", "--because", "Nobody can pay").splitlines()
    assert printed[0] == "SEV3 → SEV1"
    assert "Customer message due in 15 min" in printed
    assert "Resolution target: as soon as possible" in printed
    assert status(cli)["severity"] == 1
    assert "it is already SEV1" in cli.run("severity", "1", "--because", "x").err
    assert cli.run("severity", "2").code == 2


def test_a_role_is_taken_handed_over_and_left(cli: Cli) -> None:
    cli.declare()
    assert cli.ok("role", "ic", "Priya") == "03:17 UTC role Incident commander: Priya"
    assert cli.ok("role", "ic", "Ana", "Souza").endswith("Ana Souza, taking over from Priya")
    assert status(cli)["roles"] == {"ic": "Ana Souza"}
    assert status(cli)["stage"] == "response"
    cli.ok("role", "ic")
    assert status(cli)["roles"] == {}
    cli.ok("role", "expert", "Bo")
    cli.ok("role", "expert", "Chidi")
    assert status(cli)["roles"] == {"expert": "Bo, Chidi"}


def test_what_resolve_prints_is_the_duration_of_every_message_and_document(cli: Cli) -> None:
    cli.clock.advance(seconds=40)
    ref = cli.declare()
    cli.clock.advance(minutes=14, seconds=30)
    ran = cli.run("resolve", "Rolled back. Payments work again since 03:25 UTC")
    assert (ran.code, ran.out) == (0, f"Resolved {ref} after 15 min\n")
    correct = f"correct the end: warroom -i {ref} correct resolved 03:25Z\n"
    told = "“Payments work again since 03:25 UTC” was told"
    assert ran.err.startswith(f"warroom: {told}, and the incident lasts until 03:32 UTC, with its cost.")
    assert ran.err.endswith(correct)
    assert "Duration: 15 min (03:17 to 03:32 UTC)." in cli.ok(
        "message", "resolution", "--set", "root_cause=a timeout", "--set", "impact=payment fails"
    )
    assert "Duration: 15 min" in cli.ok("export", "log").replace("*", "")
    assert "15 min, from" in cli.ok("export", "postmortem")


@pytest.mark.parametrize("command", ["role", "fact", "tick"])
def test_an_unknown_name_lists_the_known_ones(cli: Cli, command: str) -> None:
    cli.declare()
    ran = cli.run(command, "non\x1bsense", "x")
    assert (ran.code, ran.out) == (2, "")
    assert "'non␛sense'; the" in ran.err
    assert ran.err.count("\n") == 1
    assert {"role": "on-call", "fact": "revenue_per_hour", "tick": "amplifier"}[command] in ran.err


def test_a_decision_keeps_all_that_was_said(cli: Cli) -> None:
    cli.declare()
    more = ("--options", "fix forward", "--by", "Priya", "--asked-by", "Sam")
    assert cli.ok("decide", "Roll back", "--because", "safer", *more) == (
        "03:17 UTC decision Roll back – because safer, by Priya"
    )
    log = cli.ok("export", "log")
    for words in ("1. **03:17** Roll back", "Reason: safer", "Options considered: fix forward", "Asked by: Sam"):
        assert words in log
    assert cli.run("decide", "Roll back").code == 2


def test_a_decision_is_confirmed_or_reversed_by_its_number(cli: Cli) -> None:
    cli.declare()
    cli.ok("decide", "Roll back", "--because", "safer")
    cli.ok("decide", "Checkout before search", "--because", "revenue")
    cli.clock.advance(minutes=9)
    assert cli.ok("decide", "--reverse", "1", "--because", "made it worse") == (
        "03:26 UTC Decision reversed: Roll back – made it worse"
    )
    cli.ok("decide", "--confirm", "2", "--because", "still so")
    first, second = status(cli)["decisions"]
    assert first == {
        "number": 1,
        "text": "Roll back",
        "because": "safer",
        "options": "",
        "by": "",
        "asked_by": "",
        "at": "2026-11-23T03:17:00Z",
        "outcome": "reversed",
        "outcome_because": "made it worse",
        "outcome_at": "2026-11-23T03:26:00Z",
    }
    assert (second["number"], second["outcome"]) == (2, "confirmed")
    for form in ("md", "txt"):
        assert "Later: reversed 03:26, because made it worse" in cli.ok("export", "log", "--format", form)


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        ((), "Say what was decided, or give --confirm N or --reverse N"),
        (("--confirm", "1", "--reverse", "1"), "not both"),
        (("--confirm", "1", "Roll back"), "say why with --because"),
        (("--confirm", "1", "--by", "Priya"), "belong to a new decision"),
        (("--confirm", "7"), "There is no decision 7; there are\n  1. Roll back"),
        (("--reverse", "0"), "There is no decision 0"),
    ],
)
def test_a_ruling_that_can_not_be_meant_is_explained(cli: Cli, arguments: tuple[str, ...], says: str) -> None:
    cli.declare()
    cli.ok("decide", "Roll back", "--because", "safer")
    ran = cli.run("decide", *arguments, "--because", "x")
    assert (ran.code, ran.out) == (2, "")
    assert says in ran.err
    assert status(cli)["entries"] == 2


def test_a_contact_comes_after_a_comma_and_goes_into_the_hand_over(cli: Cli) -> None:
    cli.declare()
    assert cli.ok("role", "ic", "Priya,", "+1 555 0100").endswith("Incident commander: Priya (+1 555 0100)")
    assert status(cli)["roles"] == {"ic": "Priya"}
    assert "Incident commander: Priya, +1 555 0100 (since" in cli.ok("export", "handoff", "--format", "txt")


def test_one_of_several_experts_leaves(cli: Cli) -> None:
    cli.declare()
    cli.ok("role", "expert", "Bo")
    cli.ok("role", "expert", "Chidi")
    for arguments, says in (
        (("expert",), "Say who leaves the role expert; Bo, Chidi do"),
        (("expert", "Dana", "--leave"), "'Dana' does not have the role expert; Bo, Chidi do"),
    ):
        ran = cli.run("role", *arguments)
        assert (ran.code, ran.out) == (2, "")
        assert says in ran.err
    assert cli.ok("role", "expert", "bo", "--leave").endswith("Subject-matter expert: Bo steps back")
    assert status(cli)["roles"] == {"expert": "Chidi"}
    assert "nobody has the role em" in cli.run("role", "em", "--leave").err


def test_next_is_the_now_line_with_its_reason(cli: Cli) -> None:
    cli.declare()
    text, reason = cli.ok("next").splitlines()
    assert text == status(cli)["next"]["text"] == "Find out who the incident commander is"
    assert reason.startswith("Without a commander")


def test_next_as_data_names_the_action_and_the_reason(cli: Cli) -> None:
    cli.declare()
    found = json.loads(cli.ok("next", "--json"))
    assert found["reason"].startswith("Without a commander")
    assert (found["action"], found["rule"], found["target"]) == ("roles", "no_commander", "ic")
    assert found["text"] == status(cli)["next"]["text"]


def test_with_nothing_open_reading_falls_back_on_the_incident_closed_last(cli: Cli) -> None:
    refs = []
    for title in ("Search is slow", "Checkout errors"):
        refs.append(cli.declare(title))
        cli.clock.advance(minutes=1)
    for ref in reversed(refs):  # closed in the other order
        cli.ok("-i", ref, "resolve", "restarted")
        cli.run("-i", ref, "close")
        cli.clock.advance(minutes=1)
    said = f"warroom: nothing is open; this is {refs[0]}, closed last: Search is slow\n"
    reading = (["status"], ["next"], ["export", "log"], ["export", "log", "--format", "csv"], ["timer"], ["escalate"])
    for command in reading:
        ran = cli.run(*command)
        assert (ran.code, ran.err) == (0, said), command
    assert (cli.run("status", "--line").out, cli.run("status", "--line").code) == ("", 2)  # both owe something
    assert said in cli.run("message", "customer").err
    for writing in (
        ["log", "too late"],
        ["message", "customer", "--sent"],
        ["timer", "x", "5m"],
        ["escalate", "--skip", "x"],
    ):
        asked = f"({refs[0]}, Search is slow, was closed last: say -i {refs[0]} for it); declare one with"
        assert asked in cli.run(*writing).err
    assert cli.run("reopen", "--because", "slow again").out == f"Reopened {refs[0]}\n"
    assert status(cli)["title"] == "Search is slow"


@pytest.mark.parametrize(
    "command",
    [
        "severity 1 --because",
        "decide Wait --because",
        "decide --confirm 1 --because",
        "log Wait --kind decision --because",
        "escalate --told objects --because",
        "escalate --skip",
        "escalate --not",
        "message escalation --because",
        "reopen --because",
    ],
)
@pytest.mark.parametrize("reason", ["", "  "])
def test_an_empty_reason_is_none(cli: Cli, command: str, reason: str) -> None:
    cli.declare()
    cli.ok("decide", "Roll back", "--because", "safer")
    ran = cli.run(*command.split(), reason)
    assert (ran.code, ran.out) == (2, "")
    assert "the reason is empty; say why, in a few words" in ran.err
    assert len(json.loads(cli.ok("export", "log", "--format", "json"))["timeline"]) == 2


def test_a_misspelt_name_is_corrected_without_a_hand_over(cli: Cli) -> None:
    cli.declare()
    cli.ok("role", "ic", "Pria, +1 555 0100")
    cli.clock.advance(minutes=5)
    assert cli.ok("role", "ic", "Priya", "--respell") == "03:17 UTC role Incident commander: Priya (+1 555 0100)"
    assert status(cli)["roles"] == {"ic": "Priya"}
    page = cli.ok("status")
    assert "Incident commander: Priya (+1 555 0100) · corrected" in page
    assert "Log · 2 entries" in page
    assert "spelt already" in cli.run("role", "ic", "Priya", "--respell").err
    cli.ok("role", "expert", "Bo")
    cli.ok("role", "expert", "Ana")
    assert "Say with --was whose name" in cli.run("role", "expert", "Beau", "--respell").err
    cli.ok("role", "expert", "Beau", "--respell", "--was", "bo")
    assert status(cli)["roles"]["expert"] == "Beau, Ana"
    for wrong in (("--was", "Bo"), ("--respell", "--leave")):
        assert cli.run("role", "expert", "Beau", *wrong).code == 2


def test_the_times_of_an_incident_are_corrected(cli: Cli) -> None:
    cli.declare()
    cli.clock.advance(minutes=20)
    printed = cli.ok("correct", "began", "2026-11-23T03:05Z", "--because", "first errors in the log")
    assert "03:05 UTC, not 03:17 UTC: first errors in the log\nDuration: 32 min so far" in printed
    assert status(cli)["began_at"] == "2026-11-23T03:05:00Z"
    ran = cli.run("correct", "learned", "2026-11-23T03:01Z")
    assert (ran.code, ran.err.count("\n")) == (1, 1)
    assert "before it began" in ran.err
    cli.ok("resolve", "Rolled back")
    cli.ok("close")
    cli.clock.advance(minutes=60)
    assert "Duration: 25 min" in cli.ok("correct", "resolved", "2026-11-23T03:30Z")
    assert status(cli)["resolved_at"] == "2026-11-23T03:30:00Z"
    log = cli.ok("export", "log")
    assert "Duration: 25 min" in log.replace("*", "")
    assert "detected" in log or "declared" in log
    assert cli.run("correct", "ended", "03:30").code == 2


def test_a_cancelled_incident_is_over_and_says_why(cli: Cli) -> None:
    first = cli.declare()
    second = cli.declare()
    assert cli.run("-i", second, "cancel", "the same", "--duplicate-of", second).code == 2
    printed = cli.ok("-i", second, "cancel", "both are about the database", "--duplicate-of", first[:5])
    assert printed == f"Cancelled {second}: duplicate of {first}"
    assert cli.ok("-i", second, "status", "--line").endswith(f"cancelled: duplicate of {first} after 0m")
    assert cli.ok("status", "--line").startswith("SEV"), "the other one is the only one that is open"
    cli.clock.advance(minutes=1)
    cli.ok("cancel", "the alert fired on the test environment")
    assert cli.run("status", "--line").code == 1
    assert status(cli)["cancelled"] == "false alarm"
    log = cli.ok("export", "log")
    assert "Cancelled" in log
    assert "false alarm – the alert fired on the test environment" in log
    assert "Resolved" not in log
    cli.ok("-i", first, "reopen", "--because", "it is real")
    assert (status(cli)["state"], status(cli)["cancelled"]) == ("open", None)


def test_words_that_are_all_blank_are_wrong_use_and_change_nothing(cli: Cli) -> None:
    cli.declare()
    cli.ok("role", "ic", "Priya")
    cli.ok("actions", "add", "Alert on 5xx", "--owner", "Priya")
    (item,) = (row["id"] for row in json.loads(cli.ok("actions", "--json")))
    before = status(cli)["entries"]
    for line in (
        ("declare", "{}", "--severity", "2"),
        ("log", "{}"),
        ("decide", "{}", "--because", "x"),
        ("role", "ic", "{}"),
        ("role", "ic", "{}", "--leave"),
        ("tick", "impact", "{}"),
        ("fact", "impact", "{}"),
        ("actions", "add", "{}"),
        ("actions", "assign", item, "{}"),
        ("actions", "reword", item, "{}"),
        ("actions", "remind", "{}"),
        ("correct", "text", "last", "{}"),
        ("correct", "began", "-5m", "--because", "{}"),
        ("milestone", "detected", "-0m", "--because", "{}"),
        ("recovery", "done", "verified", "{}"),
        ("recovery", "assign", "verified", "{}"),
        ("postmortem", "set", "lessons", "{}"),
        ("postmortem", "state", "waived", "--because", "{}"),
        ("cancel", "{}"),
        ("resolve", "{}"),
        ("close", "{}"),
    ):
        for blank in ("", " \n "):
            ran = cli.run(*(word.format(blank) for word in line))
            assert (ran.code, ran.out) == (2, ""), line
            assert " is empty; " in ran.err or "nothing to log" in ran.err or "are empty" in ran.err, (line, ran.err)
    assert status(cli)["entries"] == before
    assert status(cli)["state"] == "open"
    assert cli.run("resolve").code == 0, "no words at all are fine"


def test_what_is_so_already_is_said_and_not_logged_again(cli: Cli) -> None:
    cli.declare()
    cli.ok("actions", "add", "Alert on 5xx", "--owner", "Priya", "--due", "none")
    (item,) = (row["id"] for row in json.loads(cli.ok("actions", "--json")))
    at_first = (
        ("tick severity", "“Severity known” is ticked already, since 03:17 UTC (Sam)"),
        ("tick audience leadership", "“Who needs to know” is ticked already, since 03:17 UTC (Sam)"),
        ("fact impact payment", ""),
        ("role ic Priya", "Priya has the role ic already, since 03:17 UTC (Sam)"),
        (f"actions assign {item} Bo", f"{item} is with Bo already"),
        (f"actions due {item} 2026-12-20", f"{item} is due 2026-12-20 already"),
        (f"actions done {item}", f"{item} is done already"),
        (f"actions reword {item} Alert  on 429", f"{item} has those words already"),
    )
    then = (
        ("tick severity --undo", "“Severity known” is open already, since 03:21 UTC (Sam)"),
        ("resolve", ""),
        ("recovery done verified", "“The fix works (verified)” is done already, since 03:21 UTC (Sam)"),
        ("recovery skip channel --because no", "is skipped already, since 03:21 UTC (Sam)"),
        ("postmortem state review --by Ana", "the post-mortem is in review already, since 03:21 UTC"),
    )
    for lines in (at_first, then):
        for line, _ in lines:
            assert cli.run(*line.split()).code == 0, line
        before = status(cli)["entries"]
        cli.clock.advance(minutes=4)
        for line, words in lines:
            if words:
                ran = cli.run(*line.split())
                assert (ran.code, ran.out) == (0, ""), line
                assert f"{words}; nothing was logged." in ran.err, (line, ran.err)
        assert status(cli)["entries"] == before
    assert cli.ok("role", "ic", "Priya, +1 555 0100").endswith("Incident commander: Priya (+1 555 0100)")
    assert cli.ok("tick", "audience", "leadership, support").endswith("Who needs to know: leadership, support")
    assert cli.ok("tick", "severity").endswith("✓ Severity known")
