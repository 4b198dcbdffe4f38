"""`warroom incidents`, `search` and `similar`: over all incidents, for people and for programs."""

from __future__ import annotations

import json

import pytest

from tests.e2e.conftest import Cli


def told(cli: Cli) -> tuple[str, str, str]:
    """Three incidents: one long over, one resolved, one open; returns their references."""
    old = cli.declare("Certificate of payment-api expired", "1")
    cli.ok("fact", "-i", old, "system", "payment-api")
    cli.clock.advance(minutes=10)
    cli.ok("log", "-i", old, "--kind", "decision", "Renew by hand", "--because", "O'Brien knows the vendor")
    cli.clock.advance(minutes=32)
    cli.ok("resolve", "-i", old, "Renewed the certificate by hand")
    cli.clock.advance(hours=200)
    done = cli.declare("Search is slow", "3")
    cli.clock.advance(minutes=15)
    cli.ok("resolve", "-i", done, "Index rebuilt")
    cli.clock.advance(minutes=5)
    now = cli.declare("payment-api: expired certificate?", "2")
    return old, done, now


def test_all_incidents_are_listed_filtered_and_exported(cli: Cli, monkeypatch: pytest.MonkeyPatch) -> None:
    assert "There is no journal" in cli.run("incidents").err
    old, done, now = told(cli)
    rows = cli.ok("incidents").splitlines()
    assert rows[0].split()[:3] == ["incident", "due", "next"]
    assert rows[1].split()[0] == now, "open ones come first"
    assert {row.split()[0] for row in rows[1:]} == {old, done, now}
    assert "LATE 8 d  Resolved" in next(row for row in rows if old in row)
    assert rows[0].split()[3:] == ["stage", "began", "lasted", "post-mortem"], "a pipe takes all that there is"
    with monkeypatch.context() as narrow:
        narrow.setenv("COLUMNS", "80")
        assert max(map(len, cli.ok("incidents").splitlines())) <= 80
    assert [row.split()[0] for row in cli.ok("incidents", "--open").splitlines()[1:]] == [now]
    for options, refs in (
        (["--severity", "sev3"], {done}),
        (["--severity", "1", "--severity", "2"], {old, now}),
        (["--system", "Payment-API"], {old}),
        (["--since", "2d"], {done, now}),
        (["--limit", "1"], {now}),
        (["--open", "--severity", "3"], set()),
        (["--owed"], {old, done}),
        (["--unclosed"], set()),
        (["--over"], set()),
    ):
        found = json.loads(cli.ok("incidents", "--json", *options))
        assert {row["id"] for row in found} == refs, options
    assert cli.ok("incidents", "--open", "--severity", "3") == "No incident is like that."
    assert cli.ok("incidents", "--limit", "1").splitlines()[-1] == "… and 2 more"
    (row,) = json.loads(cli.ok("incidents", "--json", "--system", "payment-api"))
    assert (row["severity"], row["state"], row["lasted_s"], row["system"]) == (1, "resolved", 42 * 60, "payment-api")
    assert row["post_mortem"] == "late"
    assert row["promises"] == {"made": 0, "kept": 0, "late": 0, "missed": 0, "running": 0}
    assert row["next_due"]["late"] is True
    assert cli.run("incidents", "--severity", "7").code == 2
    ran = cli.run("incidents", "--open", "--over")
    assert ran == (2, "", "warroom: Give --open or --over, not both. Try 'warroom incidents --help'.\n")
    assert cli.run("incidents", "--open", "--all").code == cli.run("actions", "--all", "--overdue").code == 2
    assert cli.ok("incidents", "--open", "--open") == cli.ok("incidents", "--open")
    for since in ("-5d", "0d", "00w"):
        assert "can't read" in cli.run("incidents", "--since", since).err


def test_words_are_found_in_all_incidents_wherever_they_were_written(cli: Cli) -> None:
    old, done, now = told(cli)
    rows = cli.ok("search", "certificate").splitlines()
    assert [row.split()[2] for row in rows] == [now, old, old], "the newest first"
    assert rows[2].endswith("declared: Declared SEV1: Certificate of payment-api expired")
    (row,) = json.loads(cli.ok("search", "vendor", "o'brien", "--json"))
    assert (row["incident"], row["text"], row["kind"]) == (old, "Renew by hand", "decision")
    assert [row["excerpt"][start:end] for start, end in row["marks"]] == ["O'Brien", "vendor"]
    assert cli.ok("search", "index", "-i", old) == "Nothing has these words."
    assert done in cli.ok("search", "index", "-i", done)
    assert cli.ok("search", "certificate", "--limit", "1").splitlines()[1].startswith("… there are more")
    for words in ('"', "AND", "NEAR(", "*", "👩‍💻", "x" * 9_000, "-- '", "col:", "\x1b[2J"):
        ran = cli.run("search", "--", words)
        assert (ran.code, "\x1b" in ran.out) == (0 if any(map(str.isalnum, words)) else 2, False), words
        assert ran.code == 0 or "give letters or digits" in ran.err
    assert cli.ok("search", "-b") == cli.ok("search", "-x", "y") == "Nothing has these words."
    assert [row.split()[2] for row in cli.ok("search", "-api").splitlines()] == [now, old, old], "payment-api"
    assert "put -- in front of words that begin with a dash" in cli.run("search", "--api").err
    assert cli.run("search").code == 2
    assert cli.run("search", "x", "--all", "-i", old).code == 2


def test_similar_incidents_say_why_and_what_resolved_them(cli: Cli) -> None:
    old, _, now = told(cli)
    assert cli.ok("similar", "-i", now).splitlines() == [
        f"{old}  SEV1  Certificate of payment-api expired",
        "        similar: also payment-api; “certificate”, “payment-api”, “expired”",
        "        2026-11-23, over after 42 min: Renewed the certificate by hand",
    ]
    (row,) = json.loads(cli.ok("similar", "payment-api", "is", "down", "--json"))[:1]
    assert (row["id"], row["same_system"], row["resolved_by"]) == (
        old,
        "payment-api",
        "Renewed the certificate by hand",
    )
    assert cli.ok("similar", "unheard", "of") == "No earlier incident is similar."
    assert cli.run("similar", "words", "-i", old).code == 2
