"""What the command line lets through and what it never does: hostile text, broken files, odd terminals."""

from __future__ import annotations

import json
import os
import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

from tests.e2e.conftest import SOURCE, Cli
from warroom.cli import main
from warroom.store.journal import Journal
from warroom.text.cleaning import clean

HOSTILE = [
    "\x1b]0;owned\x07\x1b[31mred",
    "\x9b31m C1 \x85",
    "left\u202eright\u2066",
    "[/x] [@click=app.quit] arr[i]",
    "{{ 7*7 }} {% for a in b %}",
    "# head | a | b\n- list <b>",
    "first\nsecond\n\nfourth",
    "x" * 10_000,
    "\u2028\u2029\ufeff",
    "tag \U000e0041",
    "family 👩‍👩‍👧 é e\u0301 決済",
]
CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")


@pytest.mark.parametrize("words", HOSTILE)
def test_hostile_text_is_kept_shown_and_exported_as_text(cli: Cli, words: str) -> None:
    cli.ok("declare", words, "--severity", "2", "--detected-by", words)
    cli.ok("log", words, "--kind", "decision", "--because", words, "--by", words)
    cli.ok("log", "-", stdin=words.encode())
    cli.ok("decide", "--reverse", "1", "--because", words)
    cli.ok("role", "ic", f"x{words}, {words}")
    cli.ok("fact", "customers", f"x{words}")
    cli.ok("escalate", "--told", "objects", "--because", words)
    cli.ok("timer", f"x{words}", "10m")
    cli.ok("resolve", words)
    cli.ok("reopen", "--because", words)
    views = ("status", "status --json", "status --line", "next", "next --json", "escalate", "timer --list")
    handed = (f"export handoff --format {form}" for form in ("md", "txt", "json"))
    printed = [cli.ok(*view.split()) for view in (*views, *handed)]
    exported = {form: cli.ok("export", "log", "--format", form) for form in ("md", "txt", "json", "csv")}
    for text in (*printed, *exported.values()):
        assert not CONTROL.search(text)
    entries = json.loads(exported["json"])["timeline"]
    said = [entry["text"] for entry in entries if entry["kind"] in ("decision", "note", "resolved")]
    assert said == [clean(words)] * 3
    assert entries[1]["data"]["because"] == clean(words)
    assert clean(words).split("\n")[0] in exported["txt"]
    assert cli.ok("verify").startswith("OK")


def test_hostile_text_in_a_mistake_is_shown_as_text(cli: Cli) -> None:
    cli.declare("\x1b]0;owned\x07")
    for arguments in (
        ["log", "x", "--at", "\x1b[31m"],
        ["-i", "\x1b[31m", "log", "x"],
        ["log", "x", "--kind", "\x1b[31m"],
        ["\x1b[31m"],
        ["declare", "a", "\x9b", "--severity", "2"],
        ["export", "log", "-o", "/nowhere/\x1b[31m"],
        ["log", "x", "--\x1b[31m"],
    ):
        ran = cli.run(*arguments)
        assert ran.code in (1, 2)
        assert not CONTROL.search(ran.out + ran.err)
    paste = "03:17 Priya: errors\n" * 999
    for line in (("log", "x", "--at", paste), ("severity", paste, "--because", "x"), ("tick", paste), (paste,)):
        ran = cli.run(*line)
        assert ran.code == 2
        assert "03:17 Priya: errors" in ran.err
        assert len(ran.err) < 400, "what is to be typed instead is not pushed off the screen"


def test_bytes_that_are_no_text_arrive_as_visible_signs(cli: Cli) -> None:
    cli.process("declare", b"caf\xe9 \x9b31m", "--severity", "2")
    for environ in (
        {},
        {"LC_ALL": "C", "LANG": "C"},
        {"LC_ALL": "POSIX", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"},
    ):
        ran = cli.process("log", b"\xff\xfe \xe2\x96\xb8", environ=environ)
        assert ran.code == 0, ran.err
        assert cli.process("log", "-", stdin=b"\xff\xfe", environ=environ).code == 0
        assert cli.process("status", environ=environ).code == 0
        ran = cli.process("export", "log", "--format", "txt", environ=environ)
        assert ran.code == 0, ran.err
        assert "caf⟨U+DCE9⟩ ⟨U+DC9B⟩31m" in ran.out
    assert cli.process("verify").code == 0


def test_a_latin_1_terminal_gets_what_it_can_show(cli: Cli) -> None:
    cli.declare("Größe → alles")
    ran = cli.process("status", "--line", environ={"PYTHONIOENCODING": "latin-1:strict"})
    assert ran.code == 0, ran.err
    assert ran.out.startswith("SEV2 Gr")


# Broken things


def test_the_companys_playbook_is_used(cli: Cli, fresh_home: Path) -> None:
    own = fresh_home / "config" / "warroom" / "playbook.toml"
    own.parent.mkdir(parents=True)
    shipped = SOURCE.parent / "templates" / "playbook.toml"
    own.write_text(shipped.read_text("utf-8").replace("acknowledge_within_min = 15", "acknowledge_within_min = 7"))
    cli.declare()
    clocks = json.loads(cli.ok("status", "--json"))["clocks"]
    assert {clock["id"]: clock["remaining_s"] for clock in clocks}["acknowledgement"] == 7 * 60


@pytest.mark.parametrize(
    ("content", "says"), [(b"", "it is empty"), (b"not a database at all", "cannot be opened as a journal")]
)
def test_a_file_that_is_no_journal_is_left_alone(cli: Cli, content: bytes, says: str) -> None:
    cli.db.write_bytes(content)
    for command in (["log", "x"], ["declare", "x", "--severity", "2"], ["status"], ["verify"]):
        ran = cli.run(*command)
        assert (ran.code, ran.out) == (1, ""), command
        assert says in ran.err
        assert ran.err.count("\n") == 1
    assert cli.db.read_bytes() == content


def test_output_that_can_not_be_written_is_said(cli: Cli) -> None:
    cli.declare()
    command = f"{shlex.quote(sys.executable)} -m warroom --db {shlex.quote(str(cli.db))}"
    environ = {**os.environ, "PYTHONPATH": str(SOURCE)}
    full = subprocess.run(
        ["sh", "-c", f"{command} status > /dev/full"], env=environ, capture_output=True, text=True, check=False
    )
    assert full.returncode == 1
    assert full.stderr == "warroom: the output: No space left on device.\n"
    wrong = subprocess.run(["sh", "-c", f"{command} nope 2> /dev/full"], env=environ, check=False)
    assert wrong.returncode == 2, "wrong use, also where that can't be said"
    gone = subprocess.run(
        ["bash", "-c", f"set -o pipefail; {command} export log | true"],
        env=environ,
        capture_output=True,
        text=True,
        check=False,
    )
    assert gone.stderr == ""


def test_what_is_logged_is_done_whatever_becomes_of_the_output(cli: Cli) -> None:
    cli.declare()
    command = f"{shlex.quote(sys.executable)} -m warroom --db {shlex.quote(str(cli.db))} log"
    said = []
    for shell in (
        f"{command} one > /dev/full",
        f"{command} two >&-",
        f"{command} three > /dev/full 2> /dev/full",
        f"set -o pipefail; {command} four | true",
    ):
        ran = subprocess.run(
            ["bash", "-c", shell],
            env={**os.environ, "PYTHONPATH": str(SOURCE)},
            capture_output=True,
            text=True,
            check=False,
        )
        assert ran.returncode == 0, shell
        said.append(ran.stderr)
    assert said == ["warroom: it is logged, but could not be printed here (No space left on device).\n", "", "", ""]
    with Journal.open(cli.db, now=lambda: 0, create=False) as journal:
        assert [entry.text for entry in journal.since(0)][1:] == ["one", "two", "three", "four"]


def test_an_interrupt_ends_quietly(cli: Cli, monkeypatch: pytest.MonkeyPatch) -> None:
    cli.declare()

    def interrupted(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("warroom.store.journal.Journal.open", interrupted)
    ran = cli.run("status")
    assert ran.code == 130
    assert "Traceback" not in ran.err


def test_a_mistake_of_our_own_is_not_hidden(cli: Cli, monkeypatch: pytest.MonkeyPatch) -> None:
    cli.declare()

    def broken(*_: object, **__: object) -> None:
        raise RuntimeError("ours")

    monkeypatch.setattr("warroom.session.Session.snapshot", broken)
    with pytest.raises(RuntimeError, match="ours"):
        main(["--db", str(cli.db), "status"], now=cli.clock)


# The console and the demo


@pytest.mark.parametrize("arguments", [[], ["demo"]])
def test_without_a_terminal_there_is_no_console(cli: Cli, arguments: list[str]) -> None:
    ran = cli.process(*arguments)
    assert (ran.code, ran.out) == (2, "")
    assert "needs a terminal" in ran.err
    assert ran.err.count("\n") == 1
    assert not cli.db.exists()


# Quickness


@pytest.mark.parametrize("arguments", [["log", "x"], ["status"], ["status", "--line"], ["status", "--json"]])
def test_the_quick_commands_load_nothing_heavy(cli: Cli, arguments: list[str]) -> None:
    cli.declare()
    heavy = ("textual", "rich", "sqlite_utils", "jinja2", "platformdirs", "humanize", "pyperclip", "asyncio")
    code = (
        "import sys; from warroom.cli import main\n"
        f"code = main({['--db', str(cli.db), *arguments]!r})\n"
        f"print([name for name in {heavy!r} if name in sys.modules], file=sys.stderr); sys.exit(code)"
    )
    done = subprocess.run(
        [sys.executable, "-c", code],
        env={**os.environ, "PYTHONPATH": str(SOURCE)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0
    assert done.stderr == "[]\n"


def test_the_first_frame_waits_for_nothing_that_only_a_message_or_a_document_needs() -> None:
    parts = ("warroom.documents", "warroom.messages", "warroom.wording", "warroom.store.redacting")
    later = ("jinja2", "sqlite_utils", "textual.widgets._text_area", "zoneinfo", *parts)
    code = (
        "import gc, sys; usual = gc.get_threshold(), sys.getswitchinterval()\n"
        "import warroom.cli, warroom.app, warroom.screens.start\n"
        "assert usual == (gc.get_threshold(), sys.getswitchinterval())\n"
        "from warroom.own_files import OwnFiles\n"
        "assert not OwnFiles(None).problems()\n"
        f"print(*(name for name in sys.modules if name.startswith({later!r})))"
    )
    environ = {**os.environ, "PYTHONPATH": str(SOURCE)}
    done = subprocess.run([sys.executable, "-c", code], env=environ, capture_output=True, text=True, check=True)
    assert done.stdout.split() == []


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_shells_complete_commands_and_options(cli: Cli, shell: str) -> None:
    script = cli.ok("completion", shell)
    assert "_WARROOM_COMPLETE" in script
    if shell == "bash":
        assert subprocess.run(["bash", "-n"], input=script, text=True, check=False).returncode == 0
    asked = {"_WARROOM_COMPLETE": f"{shell}_complete", "COMP_WORDS": "warroom dec", "COMP_CWORD": "1"}
    if shell == "fish":
        asked["COMP_CWORD"] = "dec"
    code = "import sys; from warroom.cli import main; sys.exit(main())"
    done = subprocess.run(
        [sys.executable, "-c", code],
        env={**os.environ, **asked, "PYTHONPATH": str(SOURCE)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert "declare" in done.stdout
    assert "status" not in done.stdout


@pytest.mark.parametrize(
    ("line", "code"),
    [("status >&-", 0), ("log again >&-", 0), ("log - <&-", 1), ("next 2>&-", 0), ("log - <&- 2>&-", 1)],
)
def test_a_stream_that_is_closed_is_no_traceback(cli: Cli, line: str, code: int) -> None:
    cli.declare()
    script = f'"{sys.executable}" -m warroom --db "{cli.db}" {line}'
    env = {**os.environ, "PYTHONPATH": str(SOURCE)}
    done = subprocess.run(["sh", "-c", script], capture_output=True, text=True, timeout=60, env=env, check=False)
    assert done.returncode == code
    assert "Traceback" not in done.stderr
