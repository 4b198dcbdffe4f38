"""`warroom escalate`: the triggers, the steps, and what the message says of a step left out."""

from __future__ import annotations

import json
from typing import Any

import pytest

from tests.e2e.conftest import Cli

SEND = (
    "message",
    "escalation",
    "--set",
    "impact=payment fails",
    "--set",
    "why=SEV1",
    "--set",
    "what_i_need=a refund",
    "--set",
    "phone=+49 170",
)


def triggers(cli: Cli) -> dict[str, Any]:
    return {one["id"]: one for one in json.loads(cli.ok("status", "--json"))["escalation"]}


def timeline(cli: Cli) -> Any:
    return json.loads(cli.ok("export", "log", "--format", "json"))["timeline"]


def test_without_options_it_says_what_holds_and_what_is_next(cli: Cli) -> None:
    cli.declare("Nobody can pay", "1")
    cli.ok("role", "ic", "Priya")
    lines = cli.ok("escalate").splitlines()
    assert lines[0] == "applies       SEV1 is declared – it is SEV1"
    assert lines[2] == (
        "not answered  churn risk is high – Is the churn risk high? warroom escalate --answer churn=yes|no"
    )
    assert lines[-1] == (
        "Next: SEV1 is declared: tell Priya, ask for agreement, and log the answer with --told agrees|objects"
    )
    assert len(timeline(cli)) == 2


def test_with_nothing_to_escalate_it_says_so(cli: Cli) -> None:
    cli.declare()
    assert cli.ok("escalate").endswith("Next: nothing; no trigger applies")


def test_the_playbooks_way_told_then_sent(cli: Cli) -> None:
    cli.declare("Nobody can pay", "1")
    cli.ok("role", "ic", "Priya")
    first, then = cli.ok("escalate", "--told", "agrees").splitlines()
    assert first == "03:17 UTC Escalation: Priya told, agrees"
    assert then == "Next: send the message, short, with what you need: warroom message escalation --sent"
    entry = timeline(cli)[-1]
    assert (entry["kind"], entry["data"]["triggers"], entry["data"]["agrees"]) == ("escalation", ["sev1"], True)
    ran = cli.run(*SEND, "--sent")
    assert (ran.code, "neither been told" in ran.err) == (0, False)
    assert cli.ok("escalate").endswith("Next: nothing; every trigger that applies has been acted on")


def test_a_commander_who_objects_leaves_a_choice(cli: Cli) -> None:
    cli.declare("Nobody can pay", "1")
    first, then = cli.ok("escalate", "--told", "objects", "--because", "minutes away").splitlines()
    assert first == "03:17 UTC Escalation: the incident commander told, objects: minutes away"
    assert "agree with them first" in then
    assert "--not REASON" in then


def test_step_one_is_left_out_only_for_a_reason(cli: Cli) -> None:
    cli.declare("Nobody can pay", "1")
    for option in ("--skip", "--not"):
        ran = cli.run("escalate", option, " ")
        assert (ran.code, ran.out) == (2, "")
        assert "the reason is empty; say why" in ran.err
    assert len(timeline(cli)) == 1
    assert "the commander first: unreachable" in cli.ok("escalate", "--skip", "unreachable")
    assert "neither been told" not in cli.run(*SEND).err


def test_not_escalating_is_a_decision_too(cli: Cli) -> None:
    cli.declare("Nobody can pay", "1")
    shown = cli.ok("escalate", "--not", "fixed in a minute")
    assert shown.splitlines() == [
        "03:17 UTC escalation Not escalating: fixed in a minute",
        "Next: nothing; every trigger that applies has been acted on",
    ]
    assert "03:17 UTC Not escalating: fixed in a minute" in cli.ok("escalate")


def test_a_message_is_sent_before_the_commander_is_told_only_for_a_reason(cli: Cli) -> None:
    cli.declare("Nobody can pay", "1")
    shown = cli.run(*SEND)
    assert shown.code == 0
    assert "warning: the incident commander has not been told" in shown.err
    for arguments in ((), ("--because", " ")):
        refused = cli.run(*SEND, "--sent", *arguments)
        assert refused.code == 2
        assert len(timeline(cli)) == 1
    refused = cli.run(*SEND, "--sent")
    assert "warroom escalate --told agrees|objects, or skip that step with --because REASON" in refused.err
    assert cli.run(*SEND, "--sent", "--because", "nobody answers").code == 0
    assert [entry["kind"] for entry in timeline(cli)][1:] == ["escalation", "fact", "message"]
    skipped = timeline(cli)[1]["data"]
    assert (skipped["step"], skipped["because"], skipped["triggers"]) == ("skipped", "nobody answers", ["sev1"])


def test_a_message_is_sent_without_a_reason_once_the_commander_was_told(cli: Cli) -> None:
    cli.declare("Nobody can pay", "1")
    cli.ok("escalate", "--told", "agrees")
    assert cli.run(*SEND, "--sent").code == 0
    cli.clock.advance(minutes=1)
    cli.ok("escalate", "--skip", "nobody answers")
    assert cli.run(*SEND, "--sent").code == 0
    assert cli.run("message", "update", "--because", "x").code == 2


def test_answers_are_kept_several_at_once(cli: Cli) -> None:
    cli.declare()
    cli.ok("escalate", "--answer", "churn=yes", "--answer", "exposure=no")
    found = triggers(cli)
    assert (found["churn"]["holds"], found["churn"]["why"]) == (True, "Sam said yes")
    assert (found["exposure"]["holds"], found["breach"]["holds"]) == (False, None)


def test_an_answer_counts_for_the_step_taken_with_it(cli: Cli) -> None:
    cli.declare()
    cli.ok("escalate", "--answer", "churn=yes", "--told", "agrees")
    assert timeline(cli)[-1]["data"]["triggers"] == ["churn"]


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (("--told", "agrees", "--not", "x"), "Give one of --told, --skip and --not"),
        (("--told", "maybe"), "is not one of 'agrees', 'objects'"),
        (("--because", "x"), "add --told agrees or --told objects"),
        (("--answer", "churn"), "TRIGGER=yes or TRIGGER=no"),
        (("--answer", "churn=perhaps"), "TRIGGER=yes or TRIGGER=no"),
        (("--answer", "nonsense=yes"), "those to answer are churn, exposure"),
        (("--answer", "sev1=no"), "set the fact instead"),
    ],
)
def test_wrong_use_is_one_sentence_and_logs_nothing(cli: Cli, arguments: tuple[str, ...], says: str) -> None:
    cli.declare()
    ran = cli.run("escalate", *arguments)
    assert (ran.code, ran.out) == (2, "")
    assert says in ran.err
    assert ran.err.count("\n") == 1
    assert len(timeline(cli)) == 1


def test_a_resolved_incident_is_not_escalated(cli: Cli) -> None:
    cli.declare("Nobody can pay", "1")
    cli.ok("resolve")
    assert cli.ok("escalate").endswith("Next: nothing; it is resolved")
