"""`warroom people`: from typing somebody in to reading a rota, in one file that only its owner can read."""

from __future__ import annotations

import json
import stat
from pathlib import Path

import pytest

from tests.e2e.conftest import Cli
from warroom import drilling, places
from warroom.workspace import Workspace

ROTA = """\
BEGIN:VCALENDAR
X-WR-CALNAME:Payments on-call
BEGIN:VEVENT
SUMMARY:On call - Marcus
DTSTART;TZID=UTC:20160104T090000
DURATION:P7D
RRULE:FREQ=WEEKLY
EXDATE;TZID=UTC:20261123T090000
END:VEVENT
BEGIN:VEVENT
SUMMARY:Sam
DTSTART:20261123T090000Z
DURATION:P7D
END:VEVENT
BEGIN:VEVENT
SUMMARY:On-call
DTSTART:20261123T090000Z
DURATION:P7D
END:VEVENT
END:VCALENDAR
"""


@pytest.fixture
def marcus(cli: Cli) -> str:
    """Marcus and Ana are known; returns the id of Marcus."""
    out = cli.ok("people", "add", "Marcus", "Lee", "--phone", "+1 555 0100", "--systems", "payments, ledger",
                 "--role", "SRE", "--email", "marcus@example.com", "--zone", "Asia/Tokyo")  # fmt: skip
    cli.ok("people", "add", "Ana Costa", "--role", "VP Engineering", "--note", "deputy: Marcus Lee")
    return out.partition(":")[0]


def test_who_owns_what_and_what_time_it_is_there(cli: Cli, marcus: str) -> None:
    assert cli.ok("people").splitlines() == [
        "name        role            systems           phone        time",
        "Ana Costa   VP Engineering",
        "Marcus Lee  SRE             payments, ledger  +1 555 0100  12:17",
    ]
    assert cli.ok("people", "find", "payments").splitlines()[1:] == [
        "Marcus Lee  SRE   payments, ledger  +1 555 0100  12:17"
    ]
    assert cli.run("people", "find", "dns").err == "warroom: nobody has “dns”; warroom people lists everybody\n"
    (found,) = json.loads(cli.ok("people", "find", "--json", "ledger"))
    assert (found["id"], found["systems"], found["lists"]) == (marcus, ["payments", "ledger"], [])
    assert cli.db.stat().st_mode & 0o077 == 0


def test_people_are_changed_and_refused_in_sentences(cli: Cli, marcus: str) -> None:
    assert cli.ok("people", "set", "marcus", "phone", "+5", "or", "6") == "Marcus Lee: phone +5 or 6"
    assert cli.ok("people", "set", "MARCUS@example.com", "name", "Marc Lee") == "Marc Lee: name Marc Lee"
    assert cli.ok("people", "set", marcus, "team") == "Marc Lee: team is empty"
    for arguments, why in (
        (("add", "ana costa"), "Ana Costa ("),
        (("add", "a", "--email", "b"), "“b” is not an e-mail address"),
        (("add", "a", "--zone", "Mars"), "“Mars” is not a time zone"),
        (("add", "x" * 300), "Name has 300 characters, 200 at most"),
        (("set", "ana", "shoes", "1"), "There is no field “shoes”; the fields are name, role"),
        (("set", "nobody", "phone", "1"), "Nobody is called “nobody”"),
        (("set", "", "phone", "1"), "Nobody is called “”"),
        (("forget", "ana"), "Nobody is called exactly “ana”; give the whole name, the e-mail or the id"),
        (("set", "e", "phone", "1"), "Nobody is called “e”; give the id of one of these, who have the words:\n  "),
        (("list", "leadership", "join", "ana"), "“join” is none of add, remove and delete"),
        (("list", "board"), "There is no list “board”; the lists are leadership, customer success"),
        (("on-call", "ana", "--from", "monday", "--until", "friday", "--week", "2026-W01"), "Give --week, or"),
        (("on-call", "ana", "--week", "2026-W77"), "“2026-W77” is no week"),
        (("on-call", "ana", "--from", "2026-13-01"), "“2026-13-01” is no day"),
        (("on-call", "ana", "--from", "2026-12-08", "--until", "2026-12-01"), "That ends before it begins"),
        (("--json", "lists"), "Put --json behind the command"),
    ):
        ran = cli.run("people", *arguments)
        assert (ran.code, ran.err[: len(why) + 9]) == (2, f"warroom: {why}"), arguments
    assert len(json.loads(cli.ok("people", "--json"))) == 2
    assert cli.ok("people", "remove", "ana") == "Removed: Ana Costa"
    assert len(json.loads(cli.ok("people", "--json"))) == 1


def test_a_list_is_the_audience_of_that_name(cli: Cli, marcus: str) -> None:
    assert cli.ok("people", "list", "leadership", "add", "marcus", "ana").splitlines() == [
        "leadership: Marcus Lee is on it",
        "leadership: Ana Costa is on it, without an e-mail address yet",
    ]
    cli.declare()
    out = cli.run(
        "message", "update", "--to", "leadership, ops@example.com", "--for", "email", "--set", "next_update=20m"
    ).out
    assert "To: marcus@example.com, ops@example.com" in out
    assert "\nWhom: Ana Costa, VP Engineering\nNext: " in cli.ok("escalate")
    cli.ok("people", "list", "leadership", "remove", "ana")
    assert cli.ok("people", "lists").splitlines()[0] == "leadership: Marcus Lee"
    cli.ok("people", "list", "War council", "add", "ana")
    assert cli.ok("people", "list", "war COUNCIL").splitlines()[1].startswith("Ana Costa")
    assert cli.ok("people", "list", "war council", "delete") == "War council: deleted"
    assert [row["members"] for row in json.loads(cli.ok("people", "lists", "--json"))] == [[marcus], [], [], []]


def test_a_rota_is_read_and_what_is_typed_goes_before_it(cli: Cli, marcus: str, tmp_path: Path) -> None:
    (file := tmp_path / "rota.ics").write_text(ROTA)
    cli.clock.at = 1_795_996_800_000  # 2026-11-30T00:00Z
    ran = cli.run("people", "on-call", str(file), "--dry-run")
    assert ran.out.splitlines()[:3] == [
        "Would read 31 times on call for Payments, up to Mon 2027-06-14 09:00",
        "  Mon 2026-11-23 09:00 – Mon 2026-11-30 09:00  Sam",
        "  Mon 2026-11-30 09:00 – Mon 2026-12-07 09:00  Marcus Lee",
    ]
    assert ran.err.splitlines() == [
        "warroom: these events name nobody, and are left out: On-call",
        "warroom: nobody of that name is known yet, so there is no phone number: Sam",
    ]
    assert "Nobody has said who is on call" in cli.ok("people", "on-call")
    assert cli.run("people", "on-call", str(file)).code == 0
    assert cli.ok("people", "on-call").splitlines() == [
        "now   Payments · Sam · no phone number · until Mon 2026-11-30 09:00",
        "next  Payments · Marcus Lee · +1 555 0100 · Mon 2026-11-30 09:00 – Mon 2026-12-07 09:00",
    ]
    assert cli.ok("people", "on-call", "ana", "--until", "2026-11-30 05:00") == (
        "on call for Payments: Ana Costa, Mon 2026-11-30 00:00 – Mon 2026-11-30 05:00"
    )
    (now,) = json.loads(cli.ok("people", "on-call", "--json"))["now"]
    assert (now["name"], now["until"]) == ("Ana Costa", "2026-11-30T05:00:00Z")
    assert cli.ok("people", "on-call", "--remove", now["shift"]) == "No longer on call for Payments: Ana Costa"
    assert "Sam" in cli.ok("people", "on-call").splitlines()[0]
    cli.clock.advance(hours=24 * 365)
    assert "what is known ended Mon 2027-06-14 09:00" in cli.ok("people", "on-call")
    for name, text, why in (
        ("empty.ics", "", "there is no event in it, so it is no calendar"),
        (
            "old.ics",
            ROTA.replace("RRULE:FREQ=WEEKLY", "").replace("2026", "2016"),
            "it has nobody on call between",
        ),
        ("gone.ics", None, "the file does not exist"),
    ):
        if text is not None:
            (tmp_path / name).write_text(text)
        ran = cli.run("people", "on-call", str(tmp_path / name))
        assert ran.code in (1, 2)
        assert why in ran.err


def test_files_go_in_and_out_and_nobody_is_there_twice(cli: Cli, marcus: str, tmp_path: Path) -> None:
    cards = b"BEGIN:VCARD\nFN:Marcus Lee\nEMAIL:marcus@example.com\nTEL:+1 555 0199\nEND:VCARD\n" \
            b"BEGIN:VCARD\nFN:Kim\nEMAIL:none\nEND:VCARD\nBEGIN:VCARD\nTEL:1\nEND:VCARD\n"  # fmt: skip
    would = cli.run("people", "import", "-", "--dry-run", stdin=cards)
    assert would.out.splitlines() == [
        "new      Kim",
        "changed  Marcus Lee: phone +1 555 0100 → +1 555 0199",
        "Would take in: 1 new, 1 changed, 0 as they were",
    ]
    assert would.err.splitlines() == [
        "warroom: line 6: Kim: “none” is not an e-mail address, such as priya@example.com; the rest is taken in",
        "warroom: line 10: 1: there is no name",
    ]
    assert "0100" in cli.ok("people", "find", "marcus")
    assert (
        cli.run("people", "import", "-", stdin=cards).out.splitlines()[-1]
        == "Taken in: 1 new, 1 changed, 0 as they were"
    )
    report = json.loads(cli.run("people", "import", "-", "--json", stdin=cards).out)
    assert (report["new"], report["changed"], report["same"], len(report["remarks"])) == ([], [], 2, 2)
    for name in ("people.csv", "people.vcf"):
        file = tmp_path / name
        assert cli.ok("people", "export", "-o", str(file)) == f"Wrote {file} with 3 people; only you can read it"
        assert stat.S_IMODE(file.stat().st_mode) == 0o600
        assert cli.ok("people", "import", str(file)) == "Taken in: 0 new, 0 changed, 3 as they were"
        assert cli.run("people", "export", "-o", str(file)).code == 1
    assert cli.run("people", "export", "-o", str(cli.db), "--force").code == 1
    assert cli.ok("people", "export").startswith(
        "name,role,team,systems,phone,email,chat,zone,hours,note,lists,id\r\nAna"
    )
    for given, code in ((b"", 1), (b"a,b\n", 1), (b"\xff\xfe", 1), (b"name\n\0", 1)):
        assert cli.run("people", "import", "-", stdin=given).code == code
    assert cli.run("people", "import", "").code == 2


def test_a_person_is_erased_from_the_file_and_nobody_else_is(cli: Cli, marcus: str, tmp_path: Path) -> None:
    (file := tmp_path / "rota.ics").write_text(ROTA)
    cli.run("people", "on-call", str(file))
    cli.ok("people", "add", "Marcus Leeson", "--phone", "+1 555 0100 22", "--team", "SRE")
    cli.ok("people", "set", marcus, "phone", "+44 20 7946 0000")
    cli.ok("people", "list", "support", "add", marcus)
    cli.run("people", "on-call", marcus, "--rotation", "Payments")
    ref = cli.declare("Marcus Lee broke it")
    assert cli.ok("people", "remove", marcus) == "Removed: Marcus Lee"
    ran = cli.run("people", "forget", "marcus lee", "--dry-run")
    assert ran.out == "Would erase Marcus Lee in 6 entries of people\n"
    copy = Workspace(cli.db, now=cli.clock, env={}).make_daily_copy()
    assert copy is not None
    ran = cli.run("people", "forget", "marcus lee")
    assert ran.out == "Erased Marcus Lee in 6 entries of people\nThe daily copies were made anew\n"
    assert ran.err.splitlines() == [
        f"warroom: 1 entry of {ref} may name them, and stay; see warroom -i {ref} redact.",
        "warroom: copies made earlier still have them: backups, exports, and the files they were imported from.",
    ]
    data = cli.db.read_bytes()
    for gone in (b"marcus@example.com", b"7946", b'0100"', b"ledger", b"Asia/Tokyo"):
        assert gone not in data + b"".join(path.read_bytes() for path in copy.parent.iterdir()), gone
    assert data.count(b"Marcus Lee") - data.count(b"Marcus Lee broke") == data.count(b"Marcus Leeson")
    people = {row["name"]: row for row in json.loads(cli.ok("people", "--json"))}
    assert people["Marcus Leeson"]["phone"] == "+1 555 0100 22"
    assert people["Ana Costa"]["note"] == "deputy: [redacted: a person asked to be forgotten]"
    assert "redacted" not in cli.ok("people", "on-call")
    assert cli.run("people", "forget", "marcus lee").code == 2
    assert cli.ok("verify").startswith("OK:")


def test_a_short_name_is_erased_wherever_it_stands_and_in_drills(cli: Cli, marcus: str, tmp_path: Path) -> None:
    bo = cli.ok("people", "add", "Bo Li", "--phone", "+1 555 111222").partition(":")[0]
    (file := tmp_path / "rota.ics").write_text(
        ROTA.replace("Payments on-call", "Bo Li rota").replace("Sam", "Bo Li, Kim")
    )
    cli.run("people", "on-call", str(file))
    cli.ok("people", "list", "Friends of Bo Li", "add", marcus)
    cli.ok("people", "set", marcus, "team", "Bo Li's crew")
    cli.ok("people", "set", marcus, "hours", "when Bo Lima sleeps")
    ref = cli.declare()
    cli.ok("role", "ic", "Bo Li")
    run = drilling.begin(cli.db, Workspace(cli.db, now=cli.clock).scenarios["checkout"], now=cli.clock(), author="Dana")
    real, cli.db = cli.db, run
    cli.declare()
    cli.ok("role", "ic", "Bo Li")
    cli.ok("role", "comms", "Bo Li, x42")
    cli.ok("log", "asked bo  li")
    assert b"x42" in run.read_bytes()
    assert b"111222" in run.read_bytes()
    cli.db = real
    (run.parent / "torn.db").write_bytes(run.read_bytes()[:3000])
    assert "Would erase them in 1 drill\n" in cli.run("people", "forget", bo, "--dry-run").out
    ran = cli.run("people", "forget", "bo li")
    assert ran.out.splitlines()[1] == "Erased them in 1 drill"
    assert ran.err.splitlines()[:2] == [
        f"warroom: 1 entry of {ref} may name them, and stay; see warroom -i {ref} redact.",
        f"warroom: these drills can't be read or changed, and may have them; delete them: {run.parent / 'torn.db'}",
    ]
    assert {name: run.read_bytes().lower().count(name) for name in (b"bo li", b"bo  li", b"111222", b"x42")} == {
        b"bo li": 0, b"bo  li": 0, b"111222": 0, b"x42": 0,
    }  # fmt: skip
    mark = "[redacted: a person asked to be forgotten]"
    found = next(row for row in json.loads(cli.ok("people", "--json")) if row["id"] == marcus)
    assert (found["team"], found["hours"]) == (f"{mark}'s crew", "when Bo Lima sleeps")
    lists = {row["label"]: row for row in json.loads(cli.ok("people", "lists", "--json"))}
    assert lists[f"Friends of {mark}"]["members"] == [marcus]
    assert b"friends-of-bo-li" not in cli.db.read_bytes()
    assert f"{mark} rota · " in cli.ok("people", "on-call")
    assert cli.ok("verify").startswith("OK:")
    cli.db = run
    assert cli.ok("verify").startswith("OK:")
    kept = drilling.look(run)
    assert kept is not None
    assert (kept.kept.journal, kept.scenario.id, kept.minute) == (str(real), "checkout", 0)


def test_a_name_that_may_be_any_word_is_told_of_where_it_stays(cli: Cli, marcus: str) -> None:
    zed = cli.ok("people", "add", "Zed", "--phone", "+1 555 223344").partition(":")[0]
    cli.ok("people", "set", marcus, "team", "Zed")
    cli.ok("people", "set", marcus, "phone", "+1 555 223344")
    cli.ok("people", "set", marcus, "note", "deputy: Zed, ZED@example.com")
    cli.ok("people", "list", "Zed fans", "add", marcus)
    cli.ok("people", "on-call", marcus, "--rotation", "Zed rota")
    ref = cli.declare('Zed\nand "Zed"')
    (own := places.config_folder()).mkdir(parents=True, exist_ok=True)
    (own / "readme.txt").write_text("ask Zed")
    (sent := places.outbox() / "1.txt").write_text("to: zed, +1 555 223344\nDear Zed")
    ran = cli.run("people", "forget", zed)
    assert ran.out.splitlines() == ["Erased Zed in 2 entries of people", "Erased in 1 copied and saved message"]
    assert ran.err.splitlines()[:-1] == [
        f"warroom: 1 entry of {ref} may name them, and stay; see warroom -i {ref} redact.",
        f"warroom: team, phone of “Marcus Lee” may be theirs, and stays; see warroom people set {marcus}.",
        "warroom: the list “Zed fans” may be called after them; make another one, and delete it.",
        "warroom: the rotation “Zed rota” may be called after them; read its calendar under another name.",
        f"warroom: these copied messages may name them, and stay; delete them: {sent}",
        f"warroom: these files of your own may name them, and stay; edit them: {own / 'readme.txt'}",
    ]


def test_a_drill_knows_the_people_and_changes_none(cli: Cli, marcus: str) -> None:
    scenarios = Workspace(cli.db, now=cli.clock).scenarios
    file = drilling.begin(cli.db, scenarios["checkout"], now=cli.clock(), author="Dana")
    real, cli.db = cli.db, file
    assert cli.ok("people", "find", "payments").splitlines()[1].startswith("Marcus Lee")
    assert cli.ok("people", "set", "marcus", "phone", "1").endswith("Marcus Lee: phone 1")
    cli.ok("people", "on-call", "marcus")
    assert cli.ok("people", "on-call").startswith("now   Marcus Lee · 1 · ")
    ran = cli.run("people", "forget", "marcus lee")
    assert (ran.code, "this is a drill's file" in ran.err) == (1, True)
    cli.db = real
    (found,) = json.loads(cli.ok("people", "find", "payments", "--json"))
    assert (found["phone"], found["on_call"]) == ("+1 555 0100", [])
