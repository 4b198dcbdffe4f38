"""`warroom import` of a timeline that people wrote: shown line by line, imported whole, and not imported twice."""

from __future__ import annotations

import json
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path
from threading import Barrier

from tests.e2e.conftest import Cli
from tests.e2e.timeline_import import RIGHT, TIMELINE, imported
from warroom.imports import add
from warroom.timelines import read
from warroom.workspace import Workspace


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
