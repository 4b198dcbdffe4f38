"""Every command goes on whatever mistake is in a company's own files, and says so once; `warroom check` finds them."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests import company
from tests.company import Spoil
from tests.e2e.conftest import SOURCE, Cli


@pytest.fixture
def own(fresh_home: Path) -> Path:
    """The company's folder, with nothing in it."""
    folder = fresh_home / "config" / "warroom"
    (folder / "templates" / "documents").mkdir(parents=True)
    return folder


def cases(mistakes: dict[str, tuple[Spoil, str]]) -> pytest.MarkDecorator:
    """Every kind of mistake in a file."""
    return pytest.mark.parametrize(("spoil", "sentence"), list(mistakes.values()), ids=list(mistakes))


LOOKS = (
    ["status"],
    ["status", "--json"],
    ["status", "--line"],
    ["next"],
    ["escalate"],
    ["export", "log"],
    ["export", "log", "--format", "json"],
    ["export", "log", "--format", "csv"],
    ["export", "handoff", "--format", "txt"],
    ["message", "update", "--set", "impact=one in five payments fails", "--set", "status=the release is rolled back"],
)
ACTS = (
    ["declare", "Login slow", "--severity", "3"],
    ["fact", "system", "checkout"],
    ["role", "ic", "Priya"],
    ["tick", "severity"],
    ["severity", "1", "--because", "worse"],
    ["escalate", "--told", "agrees"],
)
UNTOUCHED = (
    ["log", "a note"],
    ["log", "Rollback", "--kind", "action", "--by", "Marcus"],
    ["decide", "Roll back", "--because", "safer"],
    ["timer", "call", "10m"],
    ["verify"],
    ["templates", "list"],
    ["templates", "show", "update"],
    ["resolve"],
    ["reopen"],
)
"""What reads nothing of a playbook."""


@cases({name: company.BROKEN_PLAYBOOK[name] for name in ("not UTF-8", "a pipe", "nested too deep", "no such action")})
def test_with_a_broken_playbook_every_command_goes_on_with_the_built_in_one(
    cli: Cli, own: Path, spoil: Spoil, sentence: str
) -> None:
    ref = cli.declare()
    whole = {tuple(command): cli.run("-i", ref, *command) for command in LOOKS}
    spoil(own / "playbook.toml")
    for command in LOOKS:
        ran = cli.run("-i", ref, *command)
        assert (ran.code, ran.out) == whole[tuple(command)][:2], command
        assert _told(ran.err, own / "playbook.toml", sentence), command
    for command in ACTS:
        ran = cli.run("-i", ref, *command)
        assert ran.code == 0, (command, ran.err)
        assert _told(ran.err, own / "playbook.toml", sentence), command
    for command in UNTOUCHED:
        ran = cli.run("-i", ref, *command)
        assert (ran.code, ran.err) == (0, ""), command


@cases(company.BROKEN_PLAYBOOK)
def test_each_mistake_in_a_playbook_is_told_once_and_a_note_is_logged_without_a_word(
    cli: Cli, own: Path, spoil: Spoil, sentence: str
) -> None:
    cli.declare()
    whole = cli.ok("status")
    spoil(own / "playbook.toml")
    ran = cli.run("status")
    assert (ran.code, ran.out.removesuffix("\n")) == (0, whole)
    assert ran.err.count("\n") == 1
    assert _told(ran.err, own / "playbook.toml", sentence)
    assert cli.ok("log", "still logged") == "03:17 UTC note still logged"
    assert cli.run("log", "and without a word").err == ""


def _told(err: str, path: Path, sentence: str) -> bool:
    """Whether the mistake is told, once, on a line of its own."""
    lines = [line for line in err.splitlines() if str(path) in line]
    return len(lines) == 1 and lines[0].startswith(f"warroom: {path}{sentence}")


@cases(company.BROKEN_WORDING)
def test_with_broken_wording_rules_a_message_is_checked_by_the_built_in_ones(
    cli: Cli, own: Path, spoil: Spoil, sentence: str
) -> None:
    cli.declare()
    spoil(own / "wording.toml")
    arguments = ("--set", "impact=one in five payments fails", "--set", "status=Should be back in 30 minutes")
    ran = cli.run("message", "update", *arguments)
    assert ran.code == 0
    first, *warnings = ran.err.splitlines()
    assert first.startswith(f"warroom: {own / 'wording.toml'}{sentence}")
    assert "back in 30 minutes” promises what nobody" in warnings[0]
    for command in (["status"], ["log", "x"], ["templates", "list"]):
        assert cli.run(*command).err == "", command


@cases(company.BROKEN_MESSAGE)
def test_with_a_broken_template_the_built_in_message_goes_out(cli: Cli, own: Path, spoil: Spoil, sentence: str) -> None:
    cli.declare()
    update = (
        "message",
        "update",
        "--set",
        "impact=one in five payments fails",
        "--set",
        "status=the release is rolled back",
    )
    whole = cli.ok(*update)
    spoil(own / "templates" / "update.j2")
    for command in (update, ("templates", "show", "update"), ("templates", "list")):
        ran = cli.run(*command)
        assert ran.code == 0
        assert ran.err.count("\n") == 1
        assert _told(ran.err, own / "templates" / "update.j2", sentence), command
    assert cli.run(*update).out == whole + "\n"
    assert cli.run("message", "initial", "--set", "impact=one in five payments fails").err == "", (
        "another message has nothing to do with it"
    )
    ran = cli.run("templates", "check")
    assert ran.code == 1
    assert ran.err.startswith(f"{own / 'templates' / 'update.j2'}{sentence}")


@cases(company.BROKEN_MESSAGE)
def test_a_new_message_that_is_broken_is_listed_and_named(cli: Cli, own: Path, spoil: Spoil, sentence: str) -> None:
    cli.declare()
    broken = own / "templates" / "partner.j2"
    spoil(broken)
    ran = cli.run("templates", "list")
    assert ran.code == 0
    assert ran.out.splitlines()[-1] == f"partner      BROKEN, can't be used (own: {broken})"
    assert ran.err.startswith(f"warroom: {broken}{sentence}")
    for command in (["message", "partner"], ["templates", "show", "partner"]):
        ran = cli.run(*command)
        assert (ran.code, ran.out) == (2, "")
        assert f"The message 'partner' can't be used: {broken}{sentence}" in ran.err
        assert ran.err.count("\n") == 1
    assert (
        cli.run(
            "message",
            "update",
            "--set",
            "impact=one in five payments fails",
            "--set",
            "status=the release is rolled back",
        ).err
        == ""
    )


@cases(company.BROKEN_DOCUMENT)
def test_with_a_broken_document_the_built_in_one_is_written(
    cli: Cli, own: Path, tmp_path: Path, spoil: Spoil, sentence: str
) -> None:
    cli.declare()
    whole = cli.ok("export", "log")
    broken = own / "templates" / "documents" / "log.md.j2"
    spoil(broken)
    ran = cli.run("export", "log")
    assert (ran.code, ran.out.removesuffix("\n")) == (0, whole)
    assert _told(ran.err, broken, sentence)
    written = tmp_path / "incident.md"
    assert cli.run("export", "log", "-o", str(written)).code == 0
    assert written.read_text("utf-8").removesuffix("\n") == whole
    assert cli.run("export", "handoff").err == ""


# warroom check


def test_check_says_ok_and_how_much_there_was_to_check(cli: Cli, own: Path) -> None:
    assert cli.ok("check") == f"OK: no files of your own in {own}; the built-in ones are used"
    (own / "playbook.toml").write_text(company.PLAYBOOK)
    assert cli.ok("check") == f"OK: 1 file of your own in {own}"
    (own / "templates" / "update.j2").write_text(company.MESSAGE)
    (own / "templates" / "documents" / "log.md.j2").write_text("{{ title }}")
    (own / "wording.toml").write_text(company.WORDING)
    assert cli.ok("check") == f"OK: 4 files of your own in {own}"
    assert not cli.db.exists(), "no journal is needed, and none is made"


@pytest.mark.parametrize(
    ("name", "mistakes"),
    [
        ("playbook.toml", company.BROKEN_PLAYBOOK),
        ("wording.toml", company.BROKEN_WORDING),
        ("templates/update.j2", company.BROKEN_MESSAGE),
        ("templates/partner.j2", company.BROKEN_MESSAGE),
        ("templates/documents/handoff.txt.j2", company.BROKEN_DOCUMENT),
    ],
)
def test_check_finds_every_mistake(cli: Cli, own: Path, name: str, mistakes: dict[str, tuple[Spoil, str]]) -> None:
    path = own / name
    for spoil, sentence in mistakes.values():
        spoil(path)
        ran = cli.run("check")
        assert (ran.code, ran.out) == (1, "")
        first, last = ran.err.splitlines()
        assert first.startswith(f"{path}{sentence}")
        assert last == "warroom: 1 problem in your own files"
        path.rmdir() if path.is_dir() and not path.is_symlink() else path.unlink()


def test_check_prints_every_problem_of_every_file(cli: Cli, own: Path) -> None:
    (own / "playbook.toml").write_text("x = 1")
    (own / "templates" / "update.j2").write_text(company.HEADER + "{{ a }}\n{{ b }}")
    (own / "templates" / "documents" / "logg.md.j2").write_text("x")
    ran = cli.run("check")
    assert ran.code == 1
    names = [line.partition(f"{own}/")[2].partition(":")[0] for line in ran.err.splitlines()[:-1]]
    assert names == [
        "playbook.toml",
        "templates/update.j2",
        "templates/update.j2",
        "templates/documents/logg.md.j2",
    ]
    assert ran.err.splitlines()[-1] == "warroom: 4 problems in your own files"


def test_a_file_in_the_place_of_the_folder_is_one_problem(cli: Cli, own: Path) -> None:
    own.rename(own.with_name("moved"))
    own.write_text("not a folder")
    sentence = (
        f"{own}: can't be used (Not a directory); expected the folder of your own files; "
        "the built-in ones are used until this is corrected"
    )
    ran = cli.run("check")
    assert (ran.code, ran.out) == (1, "")
    assert ran.err.splitlines() == [sentence, "warroom: 1 problem in your own files"]
    cli.run("declare", "Checkout errors", "--severity", "2")
    assert cli.run("message", "initial").err.splitlines()[0] == f"warroom: {sentence}"


def test_check_knows_the_companys_own_playbook(cli: Cli, own: Path) -> None:
    fact = '\n[[facts]]\nid = "contract"\nlabel = "Contract"\n'
    template = company.MESSAGE.replace("+++\n", "+++\n", 1)
    head, _, body = template.removeprefix("+++\n").partition("+++\n")
    field = '\n[[fields]]\nid = "contract"\nlabel = "Contract"\nsource = ["fact:contract"]\n'
    (own / "templates" / "update.j2").write_text(f"+++\n{head}{field}+++\n{body}\nContract:: {{{{ contract }}}}\n")
    ran = cli.run("check")
    assert ran.code == 1
    assert "there is no fact 'contract' in the playbook" in ran.err
    (own / "playbook.toml").write_text(company.PLAYBOOK.replace("\n[[facts]]", f"{fact}\n[[facts]]", 1))
    assert cli.ok("check") == f"OK: 2 files of your own in {own}"


# The console, and what is loaded


def test_a_note_is_logged_while_a_pipe_stands_in_the_place_of_every_file(cli: Cli, own: Path) -> None:
    cli.declare()
    for name in ("playbook.toml", "wording.toml", "templates/update.j2", "templates/documents/log.md.j2"):
        os.mkfifo(own / name)
    for command in (["log", "x"], ["status"], ["export", "log"], ["templates", "list"]):
        assert cli.process(*command).code == 0


@pytest.mark.parametrize("own_playbook", ["", "x = 1"])
def test_the_quick_commands_stay_quick_with_own_files(cli: Cli, own: Path, own_playbook: str) -> None:
    cli.declare()
    (own / "playbook.toml").write_text(own_playbook or company.PLAYBOOK)
    (own / "templates" / "update.j2").write_text(company.MESSAGE)
    heavy = ("textual", "rich", "sqlite_utils", "jinja2", "warroom.messages", "warroom.documents", "warroom.wording")
    for arguments, unread in ((["log", "x"], [*heavy, "tomllib", "warroom.actions"]), (["status"], heavy)):
        code = (
            "import sys; from warroom.cli import main\n"
            f"code = main({['--db', str(cli.db), *arguments]!r})\n"
            f"print([name for name in {unread!r} if name in sys.modules]); sys.exit(code)"
        )
        done = subprocess.run(
            [sys.executable, "-c", code],
            env={**os.environ, "PYTHONPATH": str(SOURCE)},
            capture_output=True,
            text=True,
            check=True,
        )
        assert done.stdout.splitlines()[-1] == "[]"


def test_the_companys_playbook_and_rules_are_used(cli: Cli, own: Path) -> None:
    text = company.PLAYBOOK.replace("acknowledge_within_min = 15", "acknowledge_within_min = 7")
    (own / "playbook.toml").write_text(text)
    (own / "wording.toml").write_text('[[rule]]\nid = "x"\nlabel = "long"\nwhy = "w"\nmax_words = 2\n')
    cli.declare()
    clocks = json.loads(cli.ok("status", "--json"))["clocks"]
    assert {clock["id"]: clock["remaining_s"] for clock in clocks}["acknowledgement"] == 7 * 60
    ran = cli.run(
        "message", "update", "--set", "impact=one in five payments fails", "--set", "status=the release is rolled back"
    )
    assert ran.err.startswith("warning: ")
    assert "long: w" in ran.err


def test_the_guide_has_the_words_of_ones_own_playbook(cli: Cli, own: Path) -> None:
    both = cli.ok("guide")
    assert both.startswith("Being technical\n  Don't  Debug")
    assert both == cli.ok("guide", "mistakes") + "\n\n" + cli.ok("guide", "manners").removeprefix("\n")
    assert "In the war room\n  Do     Listen.\n" in both
    assert max(len(line) for line in both.splitlines()) <= 88
    (own / "playbook.toml").write_text(company.PLAYBOOK.replace("Listen.", "Listen to the IC."))
    assert "  Do     Listen to the IC.\n" in cli.ok("guide", "manners")
    (own / "playbook.toml").write_text(company.PLAYBOOK.replace('dont = "Wait for news', 'don = "Wait for news'))
    assert f"{own}/playbook.toml: mistakes.silent.don" in cli.run("guide").err
    (own / "playbook.toml").write_text(company.PLAYBOOK.replace('id = "promises"', 'id = "silent"'))
    assert "mistakes: expected every id once, found 'silent' twice" in cli.run("guide").err
