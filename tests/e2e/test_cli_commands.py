"""Declaring, logging, resolving, closing and reopening from the command line, and which incident a command means."""

from __future__ import annotations

import json
import re
import time
from pathlib import Path
from typing import Any

import pytest

from tests.e2e.conftest import Cli
from tests.stories import PLAYBOOK


def status(cli: Cli, *arguments: str) -> Any:
    return json.loads(cli.ok(*arguments, "status", "--json"))


def timeline(cli: Cli) -> list[Any]:
    return list(json.loads(cli.ok("export", "log", "--format", "json"))["timeline"])


# Declaring


def test_declare_prints_the_reference_alone(cli: Cli) -> None:
    ran = cli.run("declare", "Checkout errors", "--severity", "2")
    assert re.fullmatch(r"[a-z][a-z0-9]{5}\n", ran.out)
    assert ran.err == ""
    assert status(cli)["ref"] == ran.out.strip()


@pytest.mark.parametrize(
    ("affected", "severity"),
    [("none", 4), ("few", 3), ("many", 2), ("all", 1), ("data_loss", 1), ("security", 1), ("payments", 1)],
)
def test_who_is_affected_or_what_is_at_risk_gives_the_severity(cli: Cli, affected: str, severity: int) -> None:
    cli.ok("declare", "Checkout errors", "--affected", affected)
    assert status(cli)["severity"] == severity
    assert status(cli)["checklist"]["phases"][0]["items"][0]["text"] == f"Commander confirms SEV{severity}"
    labels = {row.id: row.label for row in PLAYBOOK.matrix} | {row.id: row.label for row in PLAYBOOK.risks}
    assert f"severity set to SEV{severity}: {labels[affected]}\n" in cli.ok("export", "log", "--format", "txt")
    assert affected in cli.ok("declare", "--help")


def test_a_severity_given_as_a_number_is_still_to_be_known(cli: Cli) -> None:
    cli.declare()
    assert status(cli)["checklist"]["phases"][0]["items"][0]["text"] == "Severity known"


@pytest.mark.parametrize("written", ["1", "SEV1", "sev1"])
def test_a_severity_is_read_as_people_write_it(cli: Cli, written: str) -> None:
    cli.declare("Everything down", written)
    assert status(cli)["severity"] == 1


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["x", "--severity", "2", "--affected", "many"], "not both"),
        (["x"], "none → SEV4, few → SEV3, many → SEV2, all → SEV1, data_loss → SEV1, security → SEV1, payments → SEV1"),
        (["x", "--severity", "5"], "'5' is not a severity"),
        (["x", "--affected", "some"], "--affected is one of none → SEV4, few → SEV3"),
        (["Checkout", "errors", "--severity", "2"], "put it in quotes: 'Checkout errors'"),
        (["x", "--severity", "2", "--at", "yesterday"], "can't read 'yesterday' as a time"),
        (["x", "--severity", "2", "--at", "2030-01-01T00:00Z"], "is in the future"),
        ([], "Missing argument 'TITLE'"),
    ],
)
def test_declaring_wrongly_says_what_is_wanted(cli: Cli, arguments: list[str], says: str) -> None:
    ran = cli.run("declare", *arguments)
    assert ran.code == 2
    assert ran.out == ""
    assert says in ran.err
    assert "Try 'warroom declare --help'." in ran.err
    assert ran.err.count("\n") == 1
    assert not cli.db.exists()


def test_began_and_learned_are_told_apart(cli: Cli) -> None:
    cli.declare("Checkout errors", "2", "--at", "-20m", "--learned", "03:12", "--detected-by", "5xx alert")
    found = status(cli)
    assert found["began_at"] == "2026-11-23T02:57:00Z"
    assert found["learned_at"] == "2026-11-23T03:12:00Z"
    assert found["elapsed_s"] == 20 * 60
    acknowledgement = next(clock for clock in found["clocks"] if clock["id"] == "acknowledgement")
    assert acknowledgement["due_at"] == "2026-11-23T03:27:00Z"


def test_learning_of_it_before_it_began_is_refused(cli: Cli) -> None:
    ran = cli.run("declare", "x", "--severity", "2", "--at", "-5m", "--learned", "-10m")
    assert (ran.code, ran.out) == (1, "")
    assert "can't have learned of it before it began" in ran.err


def test_an_empty_title_is_refused(cli: Cli) -> None:
    ran = cli.run("declare", "  ", "--severity", "2")
    assert (ran.code, ran.out) == (2, "")
    assert "The title is empty; say in a few words" in ran.err


# Logging


def test_words_are_joined_and_printed_as_they_stand(cli: Cli) -> None:
    cli.declare()
    assert cli.ok("log", "Provider", "confirms", "errors") == "03:17 UTC note Provider confirms errors"


def test_a_back_dated_decision_says_so_with_its_reason_and_maker(cli: Cli) -> None:
    cli.declare("Checkout errors", "2", "--at", "-20m")
    printed = cli.ok(
        "log",
        "Roll back to v2.3.1",
        "--kind",
        "decision",
        "--because",
        "faster and safer",
        "--by",
        "Priya",
        "--at",
        "-5m",
    )
    assert printed == (
        "03:12 UTC decision Roll back to v2.3.1 – because faster and safer, by Priya (added 5 min later)"
    )


def test_an_action_says_by_whom(cli: Cli) -> None:
    cli.declare()
    assert cli.ok("log", "Rollback started", "--kind", "action", "--by", "Marcus").endswith("started – by Marcus")


@pytest.mark.parametrize(
    ("when", "at"),
    [
        ("03:12", "2026-11-23T03:12:00Z"),
        ("23:50", "2026-11-22T23:50:00Z"),
        ("03:12Z", "2026-11-23T03:12:00Z"),
        ("2026-11-23T03:41+01:00", "2026-11-23T02:41:00Z"),
        ("-5m", "2026-11-23T03:12:00Z"),
        ("-1h20m", "2026-11-23T01:57:00Z"),
    ],
)
def test_every_way_of_giving_a_time(cli: Cli, when: str, at: str) -> None:
    cli.declare("Checkout errors", "2", "--at", "2026-11-22T20:00Z")
    cli.ok("log", "happened", "--at", when)
    assert [entry["at"] for entry in timeline(cli) if entry["kind"] == "note"] == [at]


def test_times_are_read_and_shown_in_the_local_zone(cli: Cli, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TZ", "Europe/Berlin")
    time.tzset()
    try:
        cli.declare("Checkout errors", "2", "--at", "-1h")
        assert cli.ok("log", "happened", "--at", "04:12") == "04:12 CET note happened (added 5 min later)"
        monkeypatch.setenv("TZ", "Mars/Base")
        ran = cli.run("log", "landed")
        assert "Mars" not in ran.out
        assert ran.err.startswith("warroom: TZ is “Mars/Base”, which is no time zone on this machine, so times are in ")
        monkeypatch.setenv("TZ", "Mars/Base")
        assert cli.run("status").err == "", "only what writes says so"
    finally:
        monkeypatch.undo()
        time.tzset()


def test_a_dash_reads_standard_input(cli: Cli) -> None:
    cli.declare()
    cli.ok("log", "-", stdin="first line\nsecond: déjà vu\n".encode())
    assert timeline(cli)[-1]["text"] == "first line\nsecond: déjà vu"


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["-5m", "happened"], "--at -5m"),
        (["x", "--because", "y"], "add --kind decision"),
        (["x", "--kind", "action", "--because", "y"], "add --kind decision"),
        (["x", "--by", "Priya"], "add --kind action or --kind decision"),
        (["x", "--kind", "rumour"], "'rumour' is not one of"),
        (["x", "--at", "04:99"], "not a valid time"),
        (["x", "--at", "2026-11-23T03:19Z"], "is in the future"),
        ([], "Missing argument 'TEXT...'"),
    ],
)
def test_logging_wrongly_says_what_is_wanted_and_logs_nothing(cli: Cli, arguments: list[str], says: str) -> None:
    cli.declare()
    ran = cli.run("log", *arguments)
    assert (ran.code, ran.out) == (2, "")
    assert says in ran.err
    assert "Try 'warroom log --help'." in ran.err
    assert status(cli)["entries"] == 1


@pytest.mark.parametrize("words", [["   "], ["-"], ["--", "-5m"]])
def test_nothing_to_log_is_refused(cli: Cli, words: list[str]) -> None:
    cli.declare()
    ran = cli.run("log", *words, stdin=b"\n")
    assert (ran.code, ran.out) == (2, "")
    assert "nothing to log yet" in ran.err


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["backup", ""], "The name of the file is empty; give one."),
        (["restore", " "], "The name of the file is empty; give one."),
        (["verify", ""], "The name of the file is empty; give one."),
        (["import", ""], "The name of the file is empty; give one."),
        (["export", "log", "-o", ""], "The name of the file is empty; give one."),
        (["backup", "-"], "- is not a file; a journal can't be piped, so give the name of a file."),
        (["--db", "", "status"], "--db is empty; give the journal's file, or leave it out."),
        (["-i", "", "status"], "-i is empty; give the incident's reference, or leave it out."),
        (["log", "-i", "", "x"], "-i is empty; give the incident's reference, or leave it out."),
        (["correct", "text", "last", ""], "The words are empty; to take the line back: warroom correct retract."),
    ],
)
def test_an_empty_argument_is_wrong_use_and_never_stands_for_something_else(
    cli: Cli, arguments: list[str], says: str
) -> None:
    cli.declare()
    ran = cli.run(*arguments)
    assert (ran.code, ran.out) == (2, "")
    assert ran.err.startswith(f"warroom: {says} Try 'warroom")
    assert ran.err.count("\n") == 1


def test_who_writes_is_the_environments_word_else_the_login_name(cli: Cli, monkeypatch: pytest.MonkeyPatch) -> None:
    cli.declare()
    monkeypatch.delenv("WARROOM_AUTHOR")
    monkeypatch.setenv("LOGNAME", "priya")
    cli.ok("log", "happened")
    assert [entry["author"] for entry in timeline(cli)] == ["Sam", "priya"]
    assert cli.ok("name") == "priya"
    assert cli.ok("name", "Priya Shah") == "The log and messages say Priya Shah from now on"
    cli.ok("log", "happened again")
    assert timeline(cli)[-1]["author"] == "Priya Shah"
    assert cli.run("name", " ").code == 2
    monkeypatch.setenv("WARROOM_AUTHOR", "Sam")
    assert "WARROOM_AUTHOR is set and goes before it: you sign as Sam until you unset it." in cli.run("name", "P").err


# The end


def test_resolving_says_how_long_it_took(cli: Cli) -> None:
    ref = cli.declare("Checkout errors", "2")
    cli.clock.advance(hours=2, minutes=25)
    assert cli.ok("resolve", "Rolled", "back", "--at", "-10m") == f"Resolved {ref} after 2 h 15 min"
    found = status(cli)
    assert (found["state"], found["resolved_at"], found["elapsed_s"]) == ("resolved", "2026-11-23T05:32:00Z", 8100)


def test_a_resolved_incident_takes_follow_ups_and_is_closed(cli: Cli) -> None:
    ref = cli.declare()
    assert "is not resolved yet" in cli.run("close").err
    cli.ok("resolve")
    cli.ok("log", "Customers", "told")
    assert "already resolved" in cli.run("resolve").err
    assert cli.ok("close", "Post-mortem on Thursday") == f"Closed {ref}"
    ran = cli.run("-i", ref, "log", "too late")
    assert (ran.code, ran.out) == (1, "")
    assert f"incident {ref} is closed; reopen it first" in ran.err


def test_reopening_lets_the_clocks_run_again(cli: Cli) -> None:
    ref = cli.declare()
    cli.ok("resolve")
    assert {clock["id"].partition(":")[0] for clock in status(cli)["clocks"]} == {"recovery", "post-mortem"}
    assert cli.ok("reopen", "--because", "errors are back") == f"Reopened {ref}"
    assert status(cli)["state"] == "open"
    assert status(cli)["clocks"] != []


# Which incident is meant


def test_without_a_journal_it_says_how_to_declare(cli: Cli) -> None:
    for command in (["log", "x"], ["status"], ["resolve"], ["export", "log"], ["-i", "abcd", "log", "x"], ["verify"]):
        ran = cli.run(*command)
        assert (ran.code, ran.out) == (1, ""), command
        assert "declare an incident to make one" in ran.err
    assert not cli.db.exists()


def test_with_nothing_open_it_says_how_to_declare(cli: Cli) -> None:
    ref = cli.declare("Checkout errors", "4")
    cli.ok("resolve")
    cli.ok("close")
    for command in (["log", "x"], ["status", "--line"], ["resolve"]):
        ran = cli.run(*command)
        assert (ran.code, ran.out) == (1, ""), command
        assert "declare one with: warroom declare TITLE" in ran.err
    assert status(cli, "-i", ref)["state"] == "closed"


def test_several_open_ones_are_listed(cli: Cli, monkeypatch: pytest.MonkeyPatch) -> None:
    one, two = cli.declare("Checkout errors"), cli.declare("Login slow", "3")
    ran = cli.run("log", "x")
    assert (ran.code, ran.out) == (2, "")
    assert "say which with -i REF" in ran.err
    assert f"{one}  SEV2  Checkout errors" in ran.err
    assert f"{two}  SEV3  Login slow" in ran.err
    assert cli.ok("-i", one, "log", "x")
    assert cli.ok("-i", two[:4].upper(), "log", "y")
    monkeypatch.setenv("WARROOM_INCIDENT", two)
    cli.ok("log", "z")
    assert [status(cli, "-i", ref)["entries"] for ref in (one, two)] == [2, 3]


def test_the_only_open_one_is_meant_whatever_else_there_was(cli: Cli) -> None:
    cli.declare("Old")
    cli.ok("resolve")
    new = cli.declare("New")
    cli.ok("log", "x")
    assert status(cli)["ref"] == new


def test_several_resolved_ones_are_listed_too(cli: Cli) -> None:
    cli.declare("One")
    cli.ok("resolve")
    cli.declare("Two")
    cli.ok("resolve")
    ran = cli.run("export", "log")
    assert (ran.code, ran.out) == (2, "")
    assert "Several incidents are resolved" in ran.err


def test_an_unknown_reference_lists_what_there_is(cli: Cli) -> None:
    ref = cli.declare()
    ran = cli.run("-i", "zzzzzz", "status")
    assert (ran.code, ran.out) == (2, "")
    assert "There is no incident 'zzzzzz'" in ran.err
    assert ref in ran.err


def test_an_ambiguous_reference_lists_what_it_fits(cli: Cli) -> None:
    refs: list[str] = []
    while len({ref[0] for ref in refs}) == len(refs):
        refs.append(cli.declare(f"Number {len(refs)}"))
    shared = refs[-1][0]
    ran = cli.run("-i", shared, "status")
    assert ran.code == 2
    assert f"{shared!r} matches several incidents" in ran.err
    assert all((ref in ran.err) == ref.startswith(shared) for ref in refs)


# The file


def test_the_environment_names_the_file(cli: Cli, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from warroom.cli import main

    monkeypatch.setenv("WARROOM_DB", str(tmp_path / "elsewhere" / "w.db"))
    assert main(["declare", "x", "--severity", "3"], now=cli.clock) == 0
    assert (tmp_path / "elsewhere" / "w.db").stat().st_mode & 0o777 == 0o600


def test_verify_counts_what_is_sound_and_names_what_is_not(cli: Cli) -> None:
    cli.declare()
    cli.ok("log", "the truth")
    assert cli.ok("verify") == "OK: 2 entries from 1 origin; file, chain, search index and summaries are intact."
    cli.db.write_bytes(cli.db.read_bytes().replace(b"the truth", b"the trick"))
    ran = cli.run("verify")
    assert ran.code == 1
    assert ":2 was changed after it was written" in ran.out
    assert ran.err == ""


def test_the_incident_can_be_named_after_the_command_as_well(cli: Cli) -> None:
    first, second = cli.declare("Checkout errors"), cli.declare("Login slow")
    assert "Retrying" in cli.ok("log", "-i", first, "Retrying helps")
    assert "Cache" in cli.ok("log", "Cache is full", "--incident", second)
    assert "Cache is full" in cli.ok("export", "log", "-i", second)
    assert "Cache is full" not in cli.ok("export", "log", "-i", first)
    assert "Login slow" in cli.ok("-i", first, "status", "-i", second), "the one after the command wins"
    for name in ("log", "status", "message", "next", "decide", "fact", "role", "tick", "severity", "escalate"):
        assert "-i, --incident REF" in cli.ok(name, "--help")
    for name in ("timer", "resolve", "close", "reopen"):
        assert "-i, --incident REF" in cli.ok(name, "--help")
    assert cli.run("log", "-i", "zzzz", "text").code == 2
