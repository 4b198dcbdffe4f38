"""`warroom redact`: words leave the file, the log says so, and the command tells where they may still be."""

from __future__ import annotations

import errno
import json
import os
import shutil
from pathlib import Path

import pytest

from tests.e2e.conftest import Cli
from warroom import places
from warroom.store.leftovers import unfinished_name


@pytest.fixture
def ref(cli: Cli) -> str:
    found = cli.declare()
    cli.ok("log", 'The password is hunter2"x, not HUNTER2"X')
    cli.ok("decide", "Change it", "--because", 'hunter2"x was logged')
    cli.ok("fact", "impact", 'none by hunter2"x')
    return found


def test_the_words_are_gone_from_everything(cli: Cli, ref: str) -> None:
    out = cli.ok("redact", 'hunter2"x', "--because", "a password")

    assert out.splitlines() == [
        f"Redacted in 3 entries of {ref} “Checkout errors”: “[redacted: a password]” takes the place of the words",
        "Copies made earlier still have them: backups, exports, messages that were sent or copied, and perhaps your "
        "shell's history. If it was a password, change it.",
    ]
    assert b"hunter2" not in cli.db.read_bytes().lower()
    log = cli.ok("export", "log", "--format", "txt")
    assert "The password is [redacted: a password], not [redacted: a password]" in log
    assert "Words redacted in 3 entries: a password" in log
    assert "hunter2" not in log
    assert cli.ok("verify").startswith("OK: 5 entries")


def test_a_dry_run_shows_what_the_lines_would_say(cli: Cli, ref: str) -> None:
    before = cli.db.read_bytes()

    out = cli.ok("redact", "hunter2", "--because", "a password", "--dry-run")

    assert out.startswith(f"Would redact in 3 entries of {ref} “Checkout errors”:\n")
    assert 'note The password is [redacted: a password]"x, not [redacted: a password]"X' in out
    assert 'decision Change it\n      because: [redacted: a password]"x was logged\n' in out, "each place that changes"
    assert cli.db.read_bytes() == before


def test_the_words_come_from_standard_input_and_the_result_as_json(cli: Cli, ref: str) -> None:
    out = cli.ok("redact", "-", "--because", "a [secret]", "--json", "-i", ref, stdin=b'hunter2"x\n')

    found = json.loads(out)
    assert (found["incident"], len(found["entries"]), found["drafts"]) == (ref, 3, 0)
    assert found["mark"] == "[redacted: a (secret)]"
    assert "hunter2" not in out


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("", "--because", "x"), "at least 3 characters"),
        (("  ab ", "--because", "x"), "at least 3 characters"),
        (("hunter2",), "--because"),
        (("hunter2", "--because", " "), "reason is empty"),
        (("hunter2", "--because", "Hunter2 was logged"), "the very words"),
        (("hunter2", "--because", "x" * 300), "300 characters"),
        (("redacted", "--because", "x"), "part of the mark"),
        (("sev", "--because", "x"), "warroom writes itself"),
    ],
)
def test_wrong_use_is_told_in_one_sentence(cli: Cli, ref: str, arguments: tuple[str, ...], said: str) -> None:
    before = cli.db.read_bytes()

    ran = cli.run("redact", *arguments)

    assert (ran.code, ran.out) == (2, "")
    assert said in ran.err
    assert cli.db.read_bytes() == before


def test_words_that_nobody_logged_are_a_failure(cli: Cli, ref: str) -> None:
    ran = cli.run("redact", "swordfish", "--because", "a password")

    assert ran == (1, "", f"warroom: no entry of {ref} and no draft has these words; nothing was changed\n")
    assert cli.run("redact", "swordfish", "--because", "a password", "--dry-run").code == 1
    assert cli.ok("verify").startswith("OK: 4 entries")


def test_where_else_the_words_are_is_told(cli: Cli, ref: str) -> None:
    other = cli.declare("Search is slow")
    cli.ok("-i", other, "log", "Sam says hunter2")

    ran = cli.run("-i", ref, "redact", "hunter2", "--because", "a password")

    assert ran.code == 0
    assert ran.err == f"warroom: 1 entry of {other} has the words too; redact them with -i {other}.\n"
    assert (
        "2 entries have the words as the author's name" in cli.run("-i", other, "redact", "Sam", "--because", "x").err
    )


def test_lines_that_look_the_same_go_and_those_that_look_alike_are_named(cli: Cli) -> None:
    cli.declare()
    texts = ("A 4111 1111 2222", "B 4111 1111\t2222", "C 4111  1111 2222", "D 4111 1111\n2222", "E 4111\u00a01111 2222")
    for text in texts:
        cli.ok("log", "-", stdin=text.encode())
    cli.ok("decide", "Call them", "--because", "they sent 4111 1111\n2222")
    cli.ok("log", "F 4111-1111-2222")

    ran = cli.run("redact", "4111 1111 2222", "--because", "a card")

    assert ran.code == 0
    assert ran.out.startswith("Redacted in 6 entries")
    assert "1 entry has the same letters and digits with something else between them, and stays: " in ran.err
    assert ran.err.count("\n") == 1
    assert [b"1111 2222" in cli.db.read_bytes(), b"1111\\n2222" in cli.db.read_bytes()] == [False, False]
    log = cli.ok("export", "log", "--format", "txt")
    assert [f"{letter} [redacted: a card]" in log for letter in "ABCDE"] == [True] * 5
    assert cli.ok("search", "2222").count("\n") == 0, "the one that is left"
    assert cli.ok("verify").startswith("OK: 9 entries")


def test_daily_copies_that_cannot_be_replaced_are_told_of_until_they_are(
    cli: Cli, ref: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = cli.db.with_name("backups")
    cli.ok("backup", str(cli.db.with_name("copy.db")))
    folder.mkdir()
    for name in ("warroom-2026-11-20.db", "warroom-2026-11-21.db"):
        shutil.copy(cli.db, folder / name)
    before = cli.db.with_name("warroom-before-restore-2026-11-19-0341.db")
    shutil.copy(cli.db, before)
    unlink = Path.unlink

    def refuse(path: Path, missing_ok: bool = False) -> None:
        if path.name == "warroom-2026-11-20.db":
            raise PermissionError(errno.EPERM, "no")
        unlink(path, missing_ok)

    with monkeypatch.context() as patch:
        patch.setattr(Path, "unlink", refuse)
        ran = cli.run("redact", "hunter2", "--because", "a password")
        assert ran.code == 1
        assert "Redacted in 3 entries" in ran.out
        assert f"delete it when you can: {before}" in ran.out
        assert f"still have the words: {folder / 'warroom-2026-11-20.db'} cannot be" in ran.err
        assert sorted(path.name for path in folder.iterdir()) == ["warroom-2026-11-20.db", "warroom-2026-11-23.db"]
        assert cli.run("redact", "hunter2", "--because", "a password").code == 1
        assert cli.run("redact", "hunter3", "--because", "a password").err.endswith("nothing was changed\n")
    ran = cli.run("verify")
    assert (ran.code, ran.err) == (1, "")
    assert ran.out.startswith(f"{folder / 'warroom-2026-11-20.db'} is a daily copy from before words were redacted")

    out = cli.ok("redact", "hunter2", "--because", "a password")

    assert out.startswith("The daily copies of the file were replaced by one without the words\n")
    assert [path.name for path in folder.iterdir()] == ["warroom-2026-11-23.db"]
    assert b"hunter2" not in (folder / "warroom-2026-11-23.db").read_bytes()
    before.unlink()
    assert cli.run("redact", "hunter2", "--because", "a password").code == 1
    assert cli.ok("verify").startswith("OK")


def test_a_closed_incident_is_redacted_too(cli: Cli, ref: str) -> None:
    cli.ok("resolve", "Rolled back")
    cli.ok("close")

    assert cli.ok("-i", ref, "redact", "hunter2", "--because", "a password").startswith("Redacted in 3 entries")


def test_an_import_redacts_what_is_there(cli: Cli, ref: str, tmp_path: Path) -> None:
    there = str(tmp_path / "there.db")
    cli.ok("--db", there, "import", "-", stdin=cli.ok("export", "log", "--format", "json").encode())
    cli.ok("redact", "hunter2", "--because", "a password")
    (tmp_path / "backups").mkdir()
    shutil.copy(there, tmp_path / "backups" / "there-2026-11-22.db")

    out = cli.ok("--db", there, "import", "-", stdin=cli.ok("export", "log", "--format", "json").encode())

    assert out.splitlines() == [
        f"Imported {ref} “Checkout errors”: 5 entries, 1 of them new",
        "Words redacted in 3 entries: a password (they were here already, and are redacted as in the export)",
    ]
    assert b"hunter2" not in Path(there).read_bytes().lower()
    assert [path.name for path in (tmp_path / "backups").iterdir()] == ["there-2026-11-23.db"]
    assert cli.ok("--db", there, "verify").startswith("OK: 6 entries")
    assert "Words redacted in 3 entries: a password" in cli.ok("--db", there, "export", "log")


def test_redacted_words_do_not_come_back_from_notes_or_from_what_was_exported_before(cli: Cli, tmp_path: Path) -> None:
    ref = cli.declare("Leak")
    cli.clock.advance(seconds=5.2)  # people write 03:17 of it
    cli.ok("log", "now we saw Quokka9 in the logs")
    cli.ok("log", "--kind", "action", "--by", "Kim", "--", "- pasted *Quokka9*\n_here_")
    cli.ok("log", "plain line")
    cli.ok("correct", "text", "last", "plain line, corrected")
    cli.ok("decide", "Rotate Quokka9", "--because", "it is public", "--by", "Ann")
    cli.ok("log", "--at", "02:10", "token Quokka9 first")
    files = [tmp_path / f"{what}.{form}" for what in ("log", "timeline") for form in ("md", "txt", "csv", "json")]
    for file in files:
        file.write_text(cli.ok("export", file.stem, "--format", file.suffix[1:]))
    files.remove(tmp_path / "log.json")  # an incident of its own, which comes back as it is
    names = ("", "Ann: ", "note: ")
    notes = [f"2026-11-23\n03:17 {name}now we saw Quokka9 in the logs\n03:17 plain line\n" for name in names]
    shown = cli.run("import", "-", "--zone", "UTC", "--into", ref, "--dry-run", stdin=notes[1].encode())
    assert ("2 entries, 0 of them new" in shown.out, "the same words" in shown.out) == (True, False)
    page = cli.run("import", "-", "--into", ref, stdin=cli.ok("export", "log", "--format", "html").encode())
    assert (page.code, page.err.count("import its JSON instead")) == (1, 1)

    cli.ok("redact", "Quokka9", "--because", "token")

    texts = [(note, "--zone", "UTC") for note in notes] + [(file.read_text(),) for file in files]
    for text, *zone in texts:
        ran = cli.run("import", "-", "--into", ref, *zone, stdin=text.encode())
        assert (ran.out.startswith("Nothing to import: all "), ran.err) == (True, ""), ran
    for number, (text, *zone) in enumerate(texts):
        ran = cli.run("import", "-", "--new", f"Once more, {number}", "--json", *zone, stdin=text.encode())
        assert "redacted in " in ran.out, ran
    assert b"quokka" not in cli.db.read_bytes().lower()
    there = cli.run("import", "-", "--dry-run", "--json", stdin=(tmp_path / "timeline.md").read_bytes())
    found = {(entry["kind"], entry["who"], entry["text"]) for entry in json.loads(there.out)["entries"]}
    assert {("action", "Kim", "- pasted *[redacted: token]*\n_here_"), ("note", "", "plain line, corrected")} <= found
    assert ("decision", "Ann", "Rotate [redacted: token] because it is public") in found


def test_what_a_killed_backup_left_is_removed_or_named_and_copied_messages_are_redacted(
    cli: Cli, ref: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    running = unfinished_name(cli.db.with_name("b.db")).name  # of this process
    ended = cli.db.with_name(running.replace(f"-{os.getpid()}-", "-999999999-"))
    elsewhere = cli.db.with_name(".b.db.00ff00ff00ff.new")  # of an unknown process, just now
    copy = cli.db.parent / "backups" / f".{cli.db.stem}-2026-11-23.db.999999999.part"
    copy.parent.mkdir()
    left = [ended, elsewhere, copy]
    monkeypatch.setenv("XDG_STATE_HOME", str(cli.db.parent / "state"))
    message = places.outbox() / "message-1.txt"
    message.write_text("Now HUNTER2 is public.\n")
    for file in (*left, cli.db.with_name(running)):
        file.write_text("hunter2")
    assert (cli.run("verify").code, ended.exists()) == (0, True), "nothing was redacted yet"

    ran = cli.run("redact", "hunter2", "--because", "a password")

    assert ran.out.splitlines()[-1].endswith(f"that was not finished may still have them: {elsewhere}")
    assert [file.exists() for file in left] == [False, True, False]
    assert "Redacted in 1 message that was copied and saved" in ran.out
    assert message.read_text() == "Now [redacted: a password] is public.\n"
    ended.write_text("hunter2")
    found = cli.run("verify")
    assert (found.code, [line.split(" was left")[0] for line in found.out.splitlines()]) == (
        1,
        sorted(map(str, (ended, elsewhere))),
    )
    cli.ok("status")
    assert (ended.exists(), cli.db.with_name(running).exists()) == (False, True)
    os.utime(elsewhere, (0, 0))
    cli.ok("backup", str(cli.db.with_name("b.db")))
    assert cli.ok("verify").startswith("OK: ")


def test_what_somebody_takes_from_the_post_mortem_goes_with_its_incident(cli: Cli, ref: str) -> None:
    cli.ok("resolve", "changed it")
    cli.ok("postmortem", "state", "done")
    cli.run("review", "read", ref, "--learned", 'Never log hunter2"x')
    other = cli.declare("Search is slow", "3")
    cli.ok("-i", other, "resolve", "done")
    cli.ok("-i", other, "postmortem", "state", "done")
    cli.run("review", "read", other, "--learned", 'No HUNTER2"x here')
    ran = cli.run("-i", ref, "redact", 'hunter2"x', "--because", "a password")
    assert "Redacted in 3 entries and 1 note on what its post-mortem teaches of" in ran.out
    assert "1 entry of readiness has the words too; redact them with warroom ready redact." in ran.err
    assert "Never log [redacted: a password]" in cli.ok("review")
    assert b"Never log hunter2" not in cli.db.read_bytes()
    cli.ok("-i", other, "redact", 'hunter2"x', "--because", "a password")
    assert b"hunter2" not in cli.db.read_bytes().lower()
    assert cli.ok("verify").startswith("OK: ")


def test_what_was_kept_ready_leaves_the_file_too_also_after_it_was_cleared(cli: Cli) -> None:
    cli.ok("ready", "set", "runbook", "wiki, log in with hunter2")
    ran = cli.run("ready", "clear", "runbook", "--because", "moved")
    assert "stays in the file's history; for a secret: warroom ready redact WORDS" in ran.err
    assert b"hunter2" in cli.db.read_bytes()
    assert "Would redact in 1 entry of what is kept ready:" in cli.ok(
        "ready", "redact", "hunter2", "--because", "a password", "--dry-run"
    )
    out = cli.ok("ready", "redact", "hunter2", "--because", "a password")
    assert out.startswith("Redacted in 1 entry of what is kept ready: “[redacted: a password]” takes the place")
    assert b"hunter2" not in cli.db.read_bytes()
    assert cli.ok("verify").startswith("OK: ")
    assert cli.run("ready", "redact", "hunter2", "--because", "a password").code == 1
