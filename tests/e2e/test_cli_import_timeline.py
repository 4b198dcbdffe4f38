"""`warroom import` of a timeline that people wrote: shown, imported whole, or refused with one sentence."""

from __future__ import annotations

import json
import os
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path
from threading import Barrier

import pytest

from tests.doctored import ACTS, acting
from tests.e2e.conftest import Cli, Ran
from warroom.imports import add
from warroom.timelines import read
from warroom.workspace import Workspace

TIMELINE = """\
# Checkout errors, 2025-11-03 (UTC)

- 18:50 First alert: checkout error rate above 5 %
- ~19:00 Priya: customers report that payments fail
- 19:05 Incident declared, SEV2
- ??:?? somebody restarted the cache
- 19:12 Decided to roll back because it is faster
- 19:40 Rolled back to v2.3.1
- 19:55 All services back to normal

The next review is in March.
"""
RIGHT = ["--date", "2025-11-03", "--zone", "UTC"]


def imported(cli: Cli, text: str, *arguments: str) -> Ran:
    """Import a text from standard input."""
    return cli.run("import", "-", *arguments, stdin=text.encode())


def refused(cli: Cli, ran: Ran, code: int) -> str:
    """The one sentence with which an import was refused; nothing was written."""
    assert (ran.code, ran.out) == (code, "")
    assert ran.err.startswith("warroom: ")
    assert (ran.err.count("\n"), acting(ran.err)) == (1, set())
    assert not cli.db.exists()
    return ran.err.removeprefix("warroom: ").removesuffix("\n")


def test_a_timeline_is_shown_line_by_line_and_nothing_is_written(cli: Cli) -> None:
    ran = imported(cli, TIMELINE, "--dry-run")
    assert (ran.code, ran.err) == (0, "")
    rows = ran.out.splitlines()
    assert rows[0] == "    3  2025-11-03 18:50Z   detected?  First alert: checkout error rate above 5 %"
    assert rows[1] == "    4  ~2025-11-03 19:00Z  detected?  Priya: customers report that payments fail"
    assert rows[3] == "    6  no time             action?    somebody restarted the cache"
    assert "   11  not understood: The next review is in March." in rows
    assert rows[-1] == "7 entries, 1 line not understood. A ? marks a kind that was guessed."
    assert not cli.db.exists()

    looked = imported(cli, TIMELINE)
    assert (looked.code, looked.out) == (2, ran.out)
    assert looked.err.startswith("warroom: Nothing was imported: add --new TITLE")
    assert not cli.db.exists()
    done = imported(cli, TIMELINE, "--json", "--new", "Errors")
    assert (done.code, done.err.startswith("warroom: Imported 7 entries into ")) == (0, True)
    ref = done.err.split()[5]
    cli.ok("-i", ref, "correct", "undo")
    (row,) = json.loads(cli.ok("incidents", "--all", "--json"))
    assert (row["outcome"], row["lasted_s"]) == ("cancelled: mistaken import", None)
    assert " d" not in cli.ok("incidents", "--all").splitlines()[1], "how long it lasted says nothing"
    assert "mistaken import · " in cli.ok("status", "-i", ref)


def test_json_has_entries_what_was_not_understood_and_remarks(cli: Cli) -> None:
    found = json.loads(imported(cli, TIMELINE.replace("19:40", "18:40"), "--dry-run", "--json").out)
    assert list(found) == ["entries", "not_understood", "remarks"]
    assert found["entries"][1] == {
        "line": 4,
        "at": "2025-11-03T19:00:00Z",
        "precision": "approximate",
        "kind": "detected",
        "text": "customers report that payments fail",
        "who": "Priya",
    }
    assert (found["entries"][3]["at"], found["entries"][3]["precision"]) == (None, "unknown")
    assert found["not_understood"] == [{"line": 11, "text": "The next review is in March."}]
    assert found["remarks"] == [{"line": 8, "text": "This line is earlier than line 7 before it; it stays as it is."}]
    asked = json.loads(imported(cli, "- 10:00 Errors began\n", "--json").out)
    assert [remark["line"] for remark in asked["remarks"]] == [None]
    assert (asked["entries"][0]["at"], asked["entries"][0]["written"]) == (None, "10:00")
    none = imported(cli, "- 1950-05-05 10:00 Errors began\n", "--dry-run", "--json", "--zone", "UTC")
    assert (none.code, len(json.loads(none.out)["not_understood"])) == (1, 1)
    assert none.err.endswith("imported (line 1: Only the years 1970 to 2199 are read, not 1950-05-05)\n")
    assert not cli.db.exists()


def test_a_new_incident_reads_like_its_timeline(cli: Cli) -> None:
    ran = imported(cli, TIMELINE, "--new", "Checkout errors")
    ref = cli.ok("status").split(" · ")[0].splitlines()[-1]
    assert ran.out == f"Imported 7 entries into {ref} “Checkout errors”, all new\n"
    assert ran.err == "warroom: 1 line was not understood: see --dry-run\n"
    text = " ".join(cli.ok("export", "log", "--format", "txt").split())
    assert "~19:00 detected customers report that payments fail – by Priya" in text
    assert "--:-- action somebody restarted the cache" in text
    log = cli.ok("export", "log")
    assert "- **18:50** incident: began; SEV2, as its timeline says" in log
    assert "1. **19:12** Decided to roll back" in log
    assert "Resolved:** 19:55" in log
    assert "later)" not in log
    status = cli.ok("status")
    assert "SEV2  Checkout errors" in status
    assert "2025-11-03 19:40 UTC action Rolled back to v2.3.1\n" in status
    assert "later)" not in status
    assert cli.ok("verify").startswith("OK: 8 entries from 1 origin")

    cli.clock.advance(minutes=1)
    cli.ok("log", "Looked at it again", "--at", "2025-11-03T20:00Z")
    assert "later)" not in cli.ok("export", "log")  # all of it was


def test_what_is_there_is_not_imported_again(cli: Cli) -> None:
    imported(cli, TIMELINE, "--new", "Checkout errors")
    ref = cli.ok("status").split(" · ")[0].splitlines()[-1]
    again = imported(cli, TIMELINE, "--new", "Checkout errors")
    assert again.out == f"Nothing to import: all 7 entries are in {ref} “Checkout errors” already\n"
    assert imported(cli, TIMELINE, "--into", ref[:4]).out == again.out
    longer = TIMELINE.replace("\nThe next", "- 20:10 Told support by mail\n\nThe next")
    assert (
        imported(cli, longer, "--into", ref).out == f"Imported 8 entries into {ref} “Checkout errors”, 1 of them new\n"
    )
    assert cli.ok("verify").startswith("OK: 9 entries")
    assert cli.ok("export", "log").count("Rolled back to v2.3.1") == 1
    for what, form in (("timeline", "md"), ("timeline", "txt"), ("log", "csv")):
        ran = imported(cli, cli.ok("export", what, "--format", form), "--into", ref)
        assert (ran.out, ran.err) == (f"Nothing to import: all 9 entries are in {ref} “Checkout errors” already\n", "")


def test_corrected_redacted_and_imported_elsewhere_it_is_still_the_same_incident(cli: Cli, tmp_path: Path) -> None:
    secret = TIMELINE.replace("somebody restarted the cache", "somebody typed hunter2 into the cache")
    imported(cli, secret, "--new", "Checkout errors")
    ref = cli.ok("status").split(" · ")[0].splitlines()[-1]
    for minutes, act in enumerate(
        (
            ("text", "Rolled back to", "Rolled back to v2.3.0"),
            ("time", "Rolled back to", "2025-11-03T19:41Z"),
            ("retract", "customers report", "--because", "was another incident"),
            ("pin", "First alert"),
            ("kind", "somebody typed", "note"),
        )
    ):
        cli.clock.advance(minutes=minutes)
        cli.ok("correct", *act, "-i", ref)
    cli.ok("-i", ref, "redact", "hunter2", "--because", "a password")
    log = cli.ok("-i", ref, "export", "log")
    assert "- **19:41** action: Rolled back to v2.3.0" in log
    assert r"typed \[redacted: a password\]" in log

    again = imported(cli, secret + "- 20:10 Told support by mail\n", "--into", ref, "--date", "2025-11-03")
    assert again.out.endswith(", 1 of them new\n")
    assert cli.ok("verify").startswith("OK: ")
    assert b"hunter2" not in cli.db.read_bytes()

    cli.ok("-i", ref, "export", "log", "--format", "json", "-o", str(tmp_path / "all.json"))
    there = str(tmp_path / "there.db")
    cli.ok("--db", there, "import", str(tmp_path / "all.json"))
    assert cli.ok("--db", there, "-i", ref, "export", "log") == cli.ok("-i", ref, "export", "log")
    assert cli.ok("--db", there, "verify").startswith("OK: ")


def test_a_line_twice_and_the_same_words_at_another_time_are_told(cli: Cli) -> None:
    text = "2025-11-03\n18:50 SEV2 incident declared\n18:55 down\n18:55 down\n19:00 all services back to normal\n"
    ran = imported(cli, text, "--new", "Checkout errors", "--zone", "UTC")
    ref = ran.out.split()[6]
    name = f"{ref} “Checkout errors”"
    assert (ran.out, ran.err) == (
        f"Imported 3 of 4 entries into {name}, all new; 1 line says the same as one above\n",
        "",
    )
    again = imported(cli, text, "--into", ref, "--zone", "UTC")
    assert again.out == f"Nothing to import: all 4 entries are in {name} already\n"
    shown = imported(cli, text, "--into", ref, "--zone", "Europe/Berlin", "--dry-run").out
    assert "note: 3 lines have the same words 1 h later in it: is the zone right (--zone), and the day" in shown
    told = imported(cli, text, "--into", ref, "--zone", "Europe/Berlin").err
    assert told.startswith(f"warroom: 3 lines have the same words 1 h later in {ref}: is the zone right (--zone)")
    other = imported(cli, text, "--new", "checkout errors", "--date", "2025-11-03", "--zone", "+05:00")
    assert f"{name} has the same title, and 4 lines have the same words 4 h later there: " in other.err


def test_a_line_that_sets_a_milestone_or_ends_it_is_corrected_on_the_line(cli: Cli) -> None:
    text = "# 2025-11-03 (UTC)\n- 18:50 First alert\n- 19:20 Severity raised to SEV1\n- 19:55 Resolved\n"
    ref = imported(cli, text, "--new", "Errors").out.split()[4]

    def corrected(what: str, *arguments: str) -> str:
        cli.clock.advance(seconds=1)
        return cli.ok("-i", ref, "correct", what, *arguments)

    assert corrected("text", "First alert", "First page").endswith("18:50 UTC detected First page · corrected")
    assert corrected("time", "First page", "18:52").endswith("18:52 UTC detected First page · corrected")
    assert cli.ok("-i", ref, "milestone", "detected").startswith("detected      2025-11-03 18:52 UTC  its timeline")
    assert "that is before the incident began" in cli.run("-i", ref, "correct", "time", "First page", "18:40").err
    assert corrected("text", "Severity", "Now SEV1").endswith("19:20 UTC severity Now SEV1 · corrected")
    assert corrected("text", "Now SEV1", "Now SEV3").endswith("Now SEV3 · corrected")
    assert "SEV3" in cli.ok("-i", ref, "status"), "what the line says counts"
    assert corrected("undo").startswith("Taken back; it reads again: Now SEV1")
    assert "SEV1" in cli.ok("-i", ref, "status")
    cli.clock.advance(seconds=1)
    named = cli.run("-i", ref, "correct", "text", "First page", "First page, SEV4")
    assert named.err == "warroom: The severity stays SEV1; S or warroom severity changes it\n"
    assert corrected("undo").startswith("Taken back; it reads again: First page")
    assert corrected("text", "4", "All is well").endswith("19:55 UTC resolved All is well · corrected")
    assert corrected("time", "All is well", "19:57").endswith("19:57 UTC resolved All is well · corrected")
    assert corrected("resolved", "19:59").splitlines()[1] == "Duration: 1 h 9 min"
    log = cli.ok("-i", ref, "export", "log")
    assert "- **19:59** resolved: All is well (corrected, see below)" in log, "its words are those of the correction"
    assert corrected("undo").startswith("Taken back")
    assert "corrected the line of 2025-11-03 19:55: Resolved → 2025-11-03 19:57 All is well" in log
    refused_ = cli.run("-i", ref, "correct", "time", "All is well", "18:40").err
    assert refused_ == "warroom: it can't be resolved before it began; correct when it began first\n"
    cli.ok("-i", ref, "reopen", "--because", "it is back")
    assert "it was reopened" not in cli.run("-i", ref, "correct", "time", "All is well", "19:58").err
    cli.ok("-i", ref, "milestone", "fixed", "19:50")
    assert "can't be reworded" in cli.run("-i", ref, "correct", "text", "Fixed at", "x").err, "it was set by hand"
    assert cli.ok("verify").startswith("OK: ")


def test_a_line_that_tells_of_a_message_can_be_corrected_but_not_one_that_was_sent(cli: Cli) -> None:
    ran = imported(
        cli, "2025-11-03\n18:50 SEV2 alert\n18:55 Told customers by mail\n", "--new", "Errors", "--zone", "UTC"
    )
    ref = ran.out.split()[4]
    assert (
        cli.ok("correct", "text", "Told", "Told support", "-i", ref)
        == "2025-11-03 18:55 UTC sent Told support · corrected"
    )
    assert cli.ok("correct", "time", "Told", "18:57", "-i", ref).startswith("2025-11-03 18:57 UTC sent")
    assert "- **18:57** Told support (timeline)" in cli.ok("-i", ref, "export", "log")
    assert (
        cli.ok("correct", "kind", "Told", "action", "-i", ref) == "2025-11-03 18:57 UTC action Told support · corrected"
    )
    cli.ok("-i", ref, "message", "update", "--sent", "--at", "2025-11-03T19:00Z", "--text", "-", stdin=b"We look at it")
    assert "line can't be reworded" in cli.run("correct", "text", "last", "other", "-i", ref).err


def test_words_that_were_redacted_and_the_same_timeline_in_another_zone_are_told(cli: Cli) -> None:
    text = "# 2025-11-03\n- 10:00 SEV2: hunter2 in the log\n- 10:20 Key changed\n- ~10:30 Resolved, hunter2 is void\n"
    dry = imported(cli, text, "--zone", "UTC", "--dry-run").out
    assert "    4  note: this says that it was over, but not exactly when, so it does not end the incident" in dry
    ran = imported(cli, text, "--zone", "UTC", "--new", "Key hunter2 in the log")
    ref = ran.out.split()[4]
    told = f"so it is open: warroom -i {ref} resolve --at 2025-11-03T10:30Z ends it at about that time"
    assert f"line 4 doesn't say exactly when it was over, {told}" in ran.err
    cli.ok("-i", ref, "redact", "hunter2", "--because", "a password")

    again = imported(cli, text, "--zone", "UTC", "--new", "Key hunter2 in the log")
    assert again.out.startswith(f"Nothing to import: all 3 entries are in {ref} ")
    assert b"hunter2" not in cli.db.read_bytes()

    name = f"{ref} “Key [redacted: a password] in the log”"
    # They don't come back: not in lines that were not there before, nor under another title.
    longer = text + "- 10:40 Hunter2 was in the backups too\n"
    told = f"have words that were redacted in {name}; [redacted: a password] goes in instead\n"
    dry = imported(cli, longer, "--zone", "CET", "--new", "About hunter2", "--dry-run").out
    assert f"note: the title and lines 2, 4, 5 {told}" in dry
    assert "hunter2" not in dry.lower()
    (first, *others) = json.loads(imported(cli, longer, "--zone", "CET", "--json").out)["remarks"][-3:]
    assert first == {"line": 2, "text": f"It has {told.removeprefix('have ').rstrip()}."}
    assert [one["line"] for one in others] == [4, 5]
    ran = imported(cli, longer, "--zone", "UTC", "--into", ref)
    assert (ran.out.split(", ")[1], ran.err) == ("1 of them new\n", f"warroom: line 5 {told.replace('have', 'has', 1)}")
    other = imported(cli, longer, "--zone", "CET", "--new", "Key hunter2 in the log", "--ended", "last").err
    assert f"the title and lines 2, 4, 5 {told}" in other
    assert b"hunter2" not in cli.db.read_bytes().lower()
    assert f"{name} has the same title, and 4 lines have the same words 1 h later there: if it is the same" in other
    again = imported(cli, longer, "--zone", "CET", "--new", "Key hunter2 in the log")
    assert again.out.startswith("Nothing to import: all 4 entries are in "), "with marks it is known too"


def test_a_dry_run_into_an_incident_says_what_is_new(cli: Cli) -> None:
    ref = imported(cli, TIMELINE, "--new", "Checkout errors").out.split()[4]
    longer = TIMELINE.replace("\nThe next", "- 20:10 Told support by mail\n\nThe next")
    rows = imported(cli, longer, "--into", ref, "--dry-run").out.splitlines()
    assert rows[0].startswith("    3 =2025-11-03 18:50Z   detected?")
    assert rows[7].startswith("   10  2025-11-03 20:10Z   message?")
    assert rows[-1].startswith("8 entries, 1 of them new, 1 line not understood.")
    assert imported(cli, longer, "--into", "zzzz", "--dry-run").err.startswith("warroom: There is no incident 'zzzz'")


def test_an_incident_without_an_end_is_said_to_be_open_and_may_be_given_one(cli: Cli) -> None:
    text = "# 2025-11-03 (UTC)\n- 10:00 SEV2 declared, Kim is IC\n- 10:10 Alert acked\n- 10:30 Disk grown\n"
    ran = imported(cli, text, "--new", "Disk")
    ref = ran.out.split()[4]
    ends = f"warroom -i {ref} resolve --at 2025-11-03T10:30Z"
    assert ran.err == f"warroom: no line says that it was over, so it is open: {ends} ends it with the last line\n"
    told = {line.split()[0]: line.split()[1:] for line in cli.ok("-i", ref, "milestone").splitlines()}
    assert told["declared"][:2] == ["2025-11-03", "10:00"]
    assert told["acknowledged"][:2] == ["2025-11-03", "10:10"]
    assert "IC Kim" in cli.ok("-i", ref, "status")
    again = imported(cli, text, "--into", ref, "--ended", "last")
    assert again.out.endswith("already\nIt was over at 2025-11-03 10:30Z\n")
    assert "resolved after 30 min" in cli.ok("-i", ref, "status")

    other = imported(cli, text, "--new", "Other", "--ended", "11:15")
    assert other.out.splitlines()[1:] == ["It was over at 2025-11-03 11:15Z"]
    same = f"{ref} “Disk” has all of these lines already: if it is the same incident, "
    assert other.err == f"warroom: {same}undo this import and import it into {ref}\n"
    shown = imported(cli, text, "--dry-run").out
    assert f"note: {same}import it into {ref}" in shown
    assert "no line says that it was over, so it will be open: --ended says when" in shown
    for words in ("It is resolved now", "service restored", "fixed, all customers can log in again"):
        ended = imported(cli, f"# 2025-11-03 (UTC)\n- 10:10 Alert on db\n- 10:30 {words}\n", "--dry-run").out
        assert "resolved?" in ended, words
    now = cli.declare()
    away = "these lines are of 2025-11-03, 384 days before it began: “Checkout errors” may not be their incident"
    assert f"note: {away}" in imported(cli, text, "--dry-run", "--into", now).out
    assert away in imported(cli, text, "--into", now).err
    refused_ = imported(cli, text, "--new", "Third", "--ended", "soon")
    assert refused_.err.startswith("warroom: --ended 'soon' is no time: give it as 2026-11-23T05:32Z, or say last")
    assert imported(cli, text, "--into", ref, "--ended", "last").code == 1  # it is over already
    assert cli.ok("verify").startswith("OK: ")


def test_a_timeline_goes_into_an_incident_that_is_there(cli: Cli) -> None:
    ref = cli.declare()
    ran = imported(
        cli,
        "- 03:05 Errors began\n- 03:10 Restarted the pods\n",
        "--into",
        ref,
        "--date",
        "2026-11-23",
        "--zone",
        "UTC",
    )
    assert (ran.out, ran.err) == (f"Imported 2 entries into {ref} “Checkout errors”, all new\n", "")
    assert "- **03:10** action: Restarted the pods (added 7 min later)" in cli.ok("export", "log")
    assert imported(cli, TIMELINE, "--into", "zzzz").err.startswith("warroom: There is no incident 'zzzz'")
    assert cli.ok("verify").startswith("OK: 3 entries")


def test_a_severity_that_nobody_gave_is_said_to_be_assumed(cli: Cli) -> None:
    ran = imported(cli, "- 10:00 Errors began\n- 10:30 Restarted\n", "--new", "Errors", *RIGHT)
    assert "doesn't say how severe it was, so it is SEV2: change it with warroom severity" in ran.err
    for document in ("log", "timeline", "postmortem"):
        text = cli.ok("export", document)
        assert "incident: began; SEV2 assumed" in text, "nobody declared it, and nobody set that"
        assert "severity set" not in text
    assert cli.ok("correct", "lines").splitlines()[0] == "1  2025-11-03 10:00 UTC Imported, SEV2 assumed: Errors"
    assert "severe" not in imported(cli, "- 10:00 SEV1 declared\n", "--new", "Worse", *RIGHT).err
    assert "SEV1  Worse" in cli.run("status").err


@pytest.mark.parametrize(
    ("text", "given", "asks", "stands"),
    [
        (
            "- 10:00 Errors began",
            ["--zone", "UTC"],
            "which day it is: add --date, such as --date 2026",
            "10:00 (no day)",
        ),
        (
            "- 5 May 10:00 Errors began",
            ["--zone", "UTC"],
            "which year it is: add --date with the",
            "May 5 10:00 (no year)",
        ),
        ("- 10:00 Errors began", ["--date", "2025-11-03"], "which zone its times are in", "2025-11-03 10:00 (no zone)"),
        (
            "# 3 Nov 2025\n- 10:00 IST x",
            [],
            "one of Asia/Kolkata, Europe/Dublin, Asia/Jeru",
            "2025-11-03 10:00 (no zone)",
        ),
        ("T+0 Errors began\nT+65m Restarted", [], "when T+0 is: add --date with its moment", "T+1h05m (no T+0)"),
    ],
)
@pytest.mark.parametrize("what", [["--new", "Errors"], ["--new", "Errors", "--json"]])
def test_what_the_timeline_does_not_say_is_asked_for(
    cli: Cli, text: str, given: list[str], asks: str, stands: str, what: list[str]
) -> None:
    asked = refused(cli, imported(cli, text, *what, *given), 2)
    assert asked.startswith("Nothing was imported, because the timeline doesn't say ")
    assert asks in asked
    shown = imported(cli, text, "--dry-run", *given)
    assert (shown.code, asks in shown.err, stands in shown.out) == (2, True, True)
    assert shown.err.startswith("warroom: The timeline doesn't say ")


def test_what_is_said_beside_the_timeline_is_used(cli: Cli) -> None:
    def at(text: str, *given: str) -> str:
        return str(json.loads(imported(cli, text, "--json", *given).out)["entries"][-1]["at"])

    assert at("10:00 Errors began", "--date", "2025-07-01", "--zone", "Europe/Berlin") == "2025-07-01T08:00:00Z"
    assert at("10:00 IST Errors began", "--date", "2025-07-01", "--zone", "CET") == "None", "not what IST stands for"
    assert at("10:00 IST Errors began", "--date", "2025-07-01", "--zone", "Asia/Kolkata") == "2025-07-01T04:30:00Z"
    assert at("T+0 a\nT+5m b", "--date", "2025-07-01 03:12", "--zone", "UTC") == "2025-07-01T03:17:00Z"
    assert at("T+0 a\nT+5m b", "--date", "2025-07-01T03:12Z") == "2025-07-01T03:17:00Z"


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["--new", "a", "--into", "b"], "Give --into REF or --new TITLE, not both"),
        (["--new", " "], "An incident needs a title"),
        (["--zone", "Mars", "--new", "a"], "'Mars' is not a known zone: give UTC, CET, +02:00, or a name such as"),
        (["--zone", "CST", "--new", "a"], "CST stands for several zones: give one of America/Chicago, Asia/Shanghai"),
        (["--date", "2025-02-30", "--new", "a"], "'2025-02-30' is not a day: give it as 2026-11-23"),
        (["--into", ""], "--into is empty; give the reference of the incident that gets the timeline"),
        (["--date", "soon", "--zone", "UTC", "--new", "a"], "'soon' is not a day"),
        (["--date", "1066-10-14", "--new", "a"], "'1066-10-14' is not a day"),
        (["--date", "2025-11-03T03:12", "--new", "a"], "For the moment of T+0, say its zone too"),
    ],
)
def test_wrong_use_is_refused_with_one_sentence(cli: Cli, arguments: list[str], says: str) -> None:
    assert says in refused(cli, imported(cli, TIMELINE, *arguments), 2)


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (b"Nothing happened.\n", "there is no time in standard input that could be read, so nothing was imported"),
        (b"", "there is no time in standard input that could be read"),
        (b"- ??:?? Errors began\n", "no line has a time that is known, so nothing was imported"),
        (b"- 10:00 M\xfcller \xc3\xbcber it\n", "standard input:1: this is not UTF-8 text; save it as UTF-8"),
        (b"- 10:00 \xcf\xf0\xe8\xe2\xe5\xf2\n", "standard input:1: this is not UTF-8 text; save it as UTF-8"),
        (b"- 10:00 x\n- 10:05 \0 y\n", "standard input:2: this is not text, there is a NUL in it; expected a timeline"),
        (b"\xff\xfe\xff", "standard input: this is not text; expected a timeline"),
        (b"- 2199-01-01 10:00 UTC Errors begin\n", "that time is in the future; only what has happened can be logged"),
        (b"{" * 100_000, "there is no time in standard input that could be read"),
    ],
)
def test_what_can_not_be_imported_is_refused_with_one_sentence(cli: Cli, data: bytes, says: str) -> None:
    ran = cli.run("import", "-", "--new", "Errors", stdin=data)
    assert ran.code == 1
    assert says in ran.err
    assert (ran.out, ran.err.count("\n")) == ("", 1)
    assert not cli.db.exists() or cli.ok("verify").startswith("OK: 0 entries")


def test_a_folder_and_a_file_without_end_are_refused(cli: Cli, tmp_path: Path) -> None:
    assert "this is not a file; expected a timeline" in refused(cli, cli.run("import", str(tmp_path), "--new", "a"), 1)
    assert "the file does not exist" in refused(cli, cli.run("import", str(tmp_path / "no.md"), "--new", "a"), 1)
    (tmp_path / "huge.md").touch()
    os.truncate(tmp_path / "huge.md", 100_000_000)  # takes no space on the disk
    says = "it is longer than 20 MB, the limit for a timeline"
    assert says in refused(cli, cli.run("import", str(tmp_path / "huge.md"), "--new", "a"), 1)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "cp1252"])
def test_text_may_be_in_the_encodings_that_programs_write(cli: Cli, encoding: str) -> None:
    text = "# 2025-11-03 (UTC)\r\n- 10:00 Müller: größere Pods\r\n"
    ran = cli.run("import", "-", "--json", stdin=text.encode(encoding))
    read = json.loads(ran.out)
    assert [entry["text"] for entry in read["entries"]] == ["größere Pods"]
    assert [remark["text"].partition(":")[0] for remark in read["remarks"]] == (
        ["Line 2 is not UTF-8, so the file is read as Windows-1252"]
        if encoding == "cp1252"
        else ["The file does not say how its letters are stored; it is read as UTF-16."]
        if encoding == "utf-16-le"
        else []
    )


def test_how_a_file_was_decoded_is_said_and_its_own_page_is_told_from_a_timeline(cli: Cli) -> None:
    ran = cli.run("import", "-", "--new", "Outage", stdin=b"2025-11-03 10:00Z M\xfcller acked\n")
    assert ran.out.endswith(", all new\n")
    assert "line 1 is not UTF-8, so the file is read as Windows-1252: check letters such as ü and é\n" in ran.err
    page = cli.ok("export", "log", "--format", "html")
    ran = cli.run("import", "-", "--dry-run", stdin=page.encode())
    instead = "import its JSON instead (warroom export log --format json), with which everything comes back"
    assert (ran.code, ran.out) == (1, "")
    assert ran.err == f"warroom: standard input: this is a page that warroom exported; {instead}\n"


def test_a_table_with_a_million_columns_is_read(cli: Cli) -> None:
    wide = "time,event" + ",x" * 1_000_000 + "\n2025-11-03 10:00Z,Errors began" + "," * 1_000_000 + "\n"
    ran = cli.run("import", "-", "--json", stdin=wide.encode())
    assert [entry["text"] for entry in json.loads(ran.out)["entries"]] == ["Errors began"]


def test_hostile_text_becomes_harmless(cli: Cli) -> None:
    text = f"# 2025-11-03 (UTC)\n- 10:00 Errors {ACTS} began\n- 10:05 <{ACTS}> {ACTS}\n{ACTS}\n"
    shown = imported(cli, text, "--dry-run")
    ran = imported(cli, text, "--new", f"Title {ACTS}")
    assert ran.code == 0, ran.err
    seen = shown.out + shown.err + ran.out + ran.err + imported(cli, text, "--json").out
    seen += cli.ok("status") + cli.ok("export", "log") + cli.ok("export", "log", "--format", "json")
    assert acting(seen) == set()
    assert cli.ok("verify").startswith("OK: ")
    assert imported(cli, text, "--new", f"Title {ACTS}").out.startswith("Nothing to import")


def test_changes_of_severity_without_end_are_kept_as_words(cli: Cli) -> None:
    lines = [f"- {n // 60 % 24:02}:{n % 60:02} Severity raised to SEV{1 + n % 2} ({n})" for n in range(1_000)]
    ran = imported(cli, "\n".join(lines), "--new", "Errors", *RIGHT)
    assert ran.out.endswith("all new\n"), ran.err
    assert cli.ok("verify").startswith("OK: 1001 entries")


@pytest.mark.parametrize("option", [["--date", "2025-11-03"], ["--zone", "UTC"], ["--into", "k7qd"], ["--new", "a"]])
def test_our_own_export_needs_nothing_beside_it(cli: Cli, tmp_path: Path, option: list[str]) -> None:
    cli.declare()
    log = cli.ok("export", "log", "--format", "json").encode()
    there = tmp_path / "there.db"
    ran = cli.run("--db", str(there), "import", "-", *option, stdin=log)
    assert (ran.code, ran.out) == (2, "")
    assert ran.err.startswith(f"warroom: This is an incident that warroom exported, so leave out {option[0]}")
    shown = cli.ok("--db", str(there), "import", "-", "--dry-run", stdin=log)
    assert shown.endswith("nothing was imported (--dry-run)")
    (entry,) = json.loads(cli.ok("--db", str(there), "import", "-", "--dry-run", "--json", stdin=log))["entries"]
    assert (entry["at"], entry["kind"], entry["text"]) == (
        "2026-11-23T03:17:00Z",
        "declared",
        "Declared SEV2: Checkout errors",
    )
    assert not there.exists()


def test_an_imported_incident_goes_to_another_journal_as_it_is(cli: Cli, tmp_path: Path) -> None:
    imported(cli, TIMELINE, "--new", "Checkout errors")
    log = cli.ok("export", "log", "--format", "json")
    there = ["--db", str(tmp_path / "there.db")]
    assert cli.ok(*there, "import", "-", stdin=log.encode()).endswith("8 entries, all new")
    assert cli.ok(*there, "export", "log", "--format", "json") == log
    assert cli.ok(*there, "export", "log") == cli.ok("export", "log")


def test_two_imports_of_one_file_at_the_same_moment_make_one_incident(cli: Cli) -> None:
    timeline = read("\n".join(["2025-11-03", *(f"{n // 60:02}:{n % 60:02}Z step {n}" for n in range(300))]))
    together = Barrier(2)

    def add_it(_: int) -> int:
        with closing(Workspace(cli.db, now=cli.clock)) as workspace:
            workspace.open_journal(create=True)
            together.wait(30)
            return add(workspace, timeline.entries, title="Twice").added

    with ThreadPoolExecutor(2) as pool:
        assert sorted(pool.map(add_it, range(2))) == [0, 300]
    assert cli.ok("incidents", "--all").count("Twice") == 1


def test_lines_from_before_the_incident_began_are_said_not_to_count(cli: Cli) -> None:
    ref = cli.declare()
    told = (
        f"lines 2, 3 (detected, resolved) are from before {ref} began (2026-11-23 03:17Z), so they count only as notes"
    )
    text = "2025-11-03 (UTC)\n18:50 Detected: errors\n19:55 Resolved: all services back to normal\n"
    assert f"note: {told}" in imported(cli, text, "--into", ref, "--dry-run").out
    remarks = json.loads(imported(cli, text, "--into", ref, "--dry-run", "--json").out)["remarks"]
    assert [remark["line"] for remark in remarks] == [2, 3]
    assert f"warroom: {told}" in imported(cli, text, "--into", ref).err
    assert "from before" not in imported(cli, text, "--into", ref).err, "nothing is new"
    cli.ok("correct", "began", "2025-11-03 18:00")
    assert imported(cli, f"{text}19:58 Resolved: for good\n", "--into", ref).err == ""
    assert "resolved" in cli.ok("status").splitlines()[1]
