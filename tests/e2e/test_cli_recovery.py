"""The time after the fix from the command line: recovery, milestones, stage, and closing with something owed."""

from __future__ import annotations

import json
from typing import Any

from tests.e2e.conftest import Cli

STAKEHOLDERS = "Tell all stakeholders"


def items(cli: Cli, *reference: str) -> Any:
    return {item["id"]: item for item in json.loads(cli.ok(*reference, "recovery", "--json"))["items"]}


def resolved(cli: Cli, severity: str = "2") -> str:
    ref = cli.declare("Checkout errors", severity)
    cli.clock.advance(minutes=30)
    cli.ok("resolve", "rolled back")
    return ref


def test_recovery_is_listed_ticked_skipped_opened_and_assigned(cli: Cli) -> None:
    cli.declare()
    assert cli.ok("recovery") == "Recovery begins once it is resolved"
    ran = cli.run("recovery", "done", "verified")
    assert (ran.code, ran.err) == (
        1, "warroom: recovery begins once the incident is resolved; resolve it first\n",
    )  # fmt: skip
    cli.clock.advance(minutes=30)
    cli.ok("resolve", "rolled back")
    said = cli.ok("recovery", "done", "verified", "error", "rate\x1b[2J is normal")
    assert said == "03:47 UTC recovery ✓ The fix works (verified) – error rate␛[2J is normal"
    assert cli.run("recovery", "skip", "channel").code == 2
    assert cli.run("recovery", "skip", "channel", "--because", " ").code == 2
    cli.ok("recovery", "skip", "channel", "--because", "it is the team's own")
    cli.ok("recovery", "assign", "customers", "Ana", "Souza")
    unknown = cli.run("recovery", "done", "nonsense")
    assert (unknown.code, unknown.out) == (2, "")
    assert "There is no recovery item 'nonsense'; the recovery items are verified, recurrence" in unknown.err
    by_hand = cli.run("recovery", "done", "post-mortem")
    assert (by_hand.code, "once the post-mortem is done or waived" in by_hand.err) == (1, True)
    listed = cli.ok("recovery").splitlines()
    assert listed[0].endswith(": 2 of 13")
    assert listed[1] == "First hour: 1:00:00, due 04:47 UTC"
    assert listed[2].split(maxsplit=2)[2] == ("The fix works (verified) (done 03:47 UTC Sam: error rate␛[2J is normal)")
    assert listed[5].lstrip().startswith("– channel")
    assert listed[8].endswith("Follow up with affected customers (Ana Souza does it)")
    found = items(cli)
    assert (found["channel"]["state"], found["channel"]["note"]) == ("skipped", "it is the team's own")
    assert found["customers"]["due_at"] == "2026-11-24T03:47:00Z"
    cli.ok("recovery", "open", "verified")
    assert items(cli)["verified"]["owed"]
    cli.clock.advance(minutes=61)
    assert items(cli)["verified"]["late"]
    assert cli.ok("recovery").splitlines()[1] == "First hour: LATE 01:00, due 04:47 UTC"
    assert cli.ok("next").splitlines()[0] == "The fix works (verified): due 04:47 UTC, LATE by 1 min"
    assert json.loads(cli.ok("next", "--json"))["action"] == "recovery"
    page = cli.ok("status")
    assert "Recovery · 1 of 13" in page
    assert "First hour  1/5  LATE 01:00, due 04:47 UTC  open: The fix works" in page
    assert "First 30 minutes" not in page
    data = json.loads(cli.ok("status", "--json"))
    assert (data["recovery"]["settled"], len(data["milestones"])) == (1, 9)


def test_closing_with_something_owed_says_so_and_it_stays_owed(cli: Cli) -> None:
    ref = resolved(cli)
    cli.ok("recovery", "done", "recurrence")
    ran = cli.run("close", "until Monday")
    assert (ran.code, ran.out) == (0, f"Closed {ref}\n")
    assert ran.err.startswith("warroom: this stays owed, and its clocks go on: The fix works (verified), Tell all")
    assert ran.err.endswith("Update the runbooks, Post-mortem\n")
    assert cli.ok("status", "--line") == "SEV2 Checkout errors · closed after 30m · First hour: 4 open in 1:00:00"
    assert cli.ok("next").splitlines()[0] == "The fix works (verified): due 04:47 UTC, in 1 h"
    assert cli.ok("recovery", "done", "verified").endswith("✓ The fix works (verified)")
    second = resolved(cli)
    cli.run("close")
    several = cli.run("recovery", "done", "thanks")
    assert several.code == 2
    assert "Several incidents are closed, with something owed: say which with -i REF" in several.err
    assert cli.ok("recovery", "done", "thanks", "-i", second[:4]).endswith("✓ Thank the responders")
    cli.declare("Search is slow", "4")
    assert "begins once" in cli.ok("recovery")


def test_closing_with_nothing_owed_is_as_before(cli: Cli) -> None:
    resolved(cli, "4")
    ran = cli.run("close")
    assert (ran.code, ran.err) == (0, "")
    assert cli.run("status", "--line").code == 1
    ran = cli.run("next")
    assert ran.out.splitlines() == ["Stand by; the incident is closed", "Nothing is owed to anybody here."]
    assert "optional" in cli.run("recovery").out


def test_after_a_recurrence_it_begins_anew(cli: Cli) -> None:
    resolved(cli)
    cli.ok("recovery", "done", "verified")
    cli.ok("reopen", "--because", "errors are back")
    cli.ok("resolve", "for good")
    assert cli.ok("recovery").splitlines()[0].endswith(": 0 of 13, round 2")
    assert "Resolution: For good." in cli.run("message", "resolution", "--set", "root_cause=x").out, "not the first fix"
    assert cli.ok("export", "log").count("The fix works (verified)") == 1


def test_milestones_are_listed_set_corrected_and_unset(cli: Cli) -> None:
    cli.declare("Checkout errors", "2", "--at", "-20m")
    listed = cli.ok("milestone").splitlines()
    assert len(listed) == 9
    assert listed[0] == "began         02:57 UTC  the declaration"
    assert listed[1] == "detected      not known"
    assert cli.ok("milestone", "mitigated", "-5m", "--because", "traffic went to the standby") == (
        "Mitigated at 03:12 UTC: traffic went to the standby"
    )
    cli.ok("milestone", "fixed", "03:05")
    assert cli.ok("milestone", "fixed") == "fixed         03:05 UTC  set by hand, Sam – odd: before “Mitigated”"
    assert cli.ok("milestone", "began", "-30m").startswith("Began")
    found = {row["id"]: row for row in json.loads(cli.ok("milestone", "--json"))}
    assert (found["began"]["at"], found["detected"]["at"]) == ("2026-11-23T02:47:00Z", None)
    assert found["fixed"]["problem"] == "before “Mitigated”"
    cli.ok("milestone", "fixed", "--unset")
    assert cli.ok("milestone", "fixed") == "fixed         not known"
    assert cli.ok("correct", "began", "-1h20m", "--because", "-5m was wrong").startswith("Began at 01:57 UTC")
    assert cli.ok("milestone", "mitigated", "-1h") == "Mitigated at 02:17 UTC"
    assert cli.ok("milestone", "mitigated", "-5min") == "Mitigated at 03:12 UTC"
    assert cli.ok("milestone", "began") == "began         01:57 UTC  -5m was wrong, Sam"
    for wrong in (
        ("noticed",), ("fixed", "soon"), ("fixed", "--because", "x"), ("--unset",), ("began", "--unset"),
        ("fixed", "--json"), ("fixed", "-5m", "--unset"),
    ):  # fmt: skip
        ran = cli.run("milestone", *wrong)
        assert (ran.code, ran.out, ran.err.count("\n")) == (2, "", 1), wrong
    assert cli.run("milestone", "closed", "-1m").code == 1
    cli.ok("resolve", "rolled back")
    cli.run("close")
    cli.ok("milestone", "detected", "-25m", "--because", "the first page")
    assert "the first page, Sam" in cli.ok("milestone", "detected")
    # A time without a day is on that of the incident, also across midnight, and on that of the milestone later.
    past = "2026-09-14 23:42Z Errors began\n2026-09-15 10:31Z Resolved, all back to normal\n"
    ref = cli.ok("import", "-", "--new", "Login fails", stdin=past.encode()).split()[4]
    for time, day in (("23:50", "2026-09-14"), ("00:12", "2026-09-15"), ("00:10", "2026-09-15")):
        cli.clock.advance(seconds=1)
        assert cli.ok("-i", ref, "milestone", "mitigated", time) == f"{day} Mitigated at {time} UTC"
    assert cli.ok("-i", ref, "milestone", "mitigated").startswith("mitigated     2026-09-15 00:10 UTC")
    assert cli.ok("-i", ref, "milestone", "fixed", "08:00") == "2026-09-15 Fixed at 08:00 UTC"
    assert "before the incident began" in cli.run("-i", ref, "milestone", "fixed", "2026-09-14T20:00Z").err


def test_the_stage_is_shown_and_set_back_only_with_a_reason(cli: Cli) -> None:
    cli.declare("Errors", "2", "--at", "03:00")
    assert "● triage       severity, assignment, escalation" in cli.ok("stage").splitlines()
    assert cli.ok("stage", "response") == "03:17 UTC Stage: Response"
    back = cli.run("stage", "triage")
    assert (back.code, "needs a reason" in back.err) == (1, True)
    cli.ok("stage", "triage", "--because", "it is another service")
    assert cli.run("stage", "triage").code == 1
    assert cli.run("stage", "bed").code == 2
    assert cli.run("stage", "recovery").code == 1
    assert cli.run("stage", "--at", "03:00").code == 2
    assert cli.ok("stage", "response", "--at", "03:10") == "03:10 UTC Stage: Response (added 7 min later)"
    cli.ok("resolve", "rolled back")
    assert "reopen it with a reason" in cli.run("stage", "response").err
    again = cli.ok("stage", "response", "--because", "errors are back").splitlines()
    assert "Reopened: errors are back" in again[0]
    cli.ok("resolve", "for good")
    cli.ok("stage", "recovery")
    cli.run("close")
    assert any(row.startswith("● closed") for row in cli.run("stage").out.splitlines())
