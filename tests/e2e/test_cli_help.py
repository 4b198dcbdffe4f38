"""The help of the command line: every command has it, its examples work, and a misspelt name is guessed."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import click
import pytest

from tests.e2e.conftest import Cli
from warroom.cli import ORDER, names, short_help, warroom


def _commands() -> list[tuple[str, click.Command]]:
    context = click.Context(warroom)
    found: list[tuple[str, click.Command]] = [("", warroom)]
    for name in names():
        command = warroom.get_command(context, name)
        assert command is not None
        found.append((name, command))
        if isinstance(command, click.Group):
            found.extend((f"{name} {sub}", command.commands[sub]) for sub in command.commands)
    return found


def test_every_command_has_help_with_examples(cli: Cli) -> None:
    for name, command in _commands():
        text = cli.ok(*name.split(), "--help")
        assert "Examples:" in text, name
        assert re.search(rf"^ +.*warroom.*{name.split(' ')[-1]}", text.split("Examples:")[1], re.MULTILINE), name
        for parameter in command.params:
            if isinstance(parameter, click.Option) and not parameter.hidden:
                assert parameter.help, f"{name} {parameter.opts}"


ELSEWHERE = ("", "demo", "drill", "message", "templates")  # need a terminal, or are tried in tests of their own
BEFORE = {
    "actions": ["decide Wait --because unclear"] * 2 + ["actions add Alert --owner Priya --due 9w"] * 4,
    "close": ["resolve"],
    "recovery": ["resolve"],
    "postmortem": ["resolve"],
    "reopen": ["resolve"],
    "decide": ["decide Wait --because unclear"],
    "timer": ["timer demo 1h"],
    "role": ["role expert Bo", "role ic Pria"],
    "correct": [
        "resolve Rolled back",
        *["decide Wait --because unclear"] * 2,
        *[f"log line {number}" for number in range(10)],
        "log wrong graph",
        "correct pin 13",
        "correct link 13 1",
        "log one more",
        "correct undo",
    ],
    "import": ["export log --format json -o incident.json"],
    "people": [
        "people add Dana Cole",
        "people set Dana role VP Engineering",
        "people add Marcus Lee --systems payments",
        "people list leadership add Dana",
        "people add Ana",
        "people list support add Ana",
    ],
    "ready": ["ready set runbook https://wiki.example.com/runbook", "ready set on-call Marcus, hunter2 deployed"],
    "review": ["resolve", "postmortem set summary Checkout failed."],
    "redact": ["log The number is +1 555 0100, the token deployed, the password hunter2"],
}
"""What an example of a command takes for granted."""
EXAMPLES = [
    (name, line.strip())
    for name, command in _commands()
    if name.split(" ")[0] not in ELSEWHERE
    for line in (command.epilog or "").splitlines()
    if "warroom " in line
]


@pytest.mark.parametrize("group", dict.fromkeys(name.split(" ")[0] for name, _ in EXAMPLES))
def test_every_example_works(cli: Cli, group: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each on a copy of the same journal, in a folder of its own."""
    monkeypatch.setenv("VISUAL", "true")  # an editor that changes nothing
    monkeypatch.chdir(tmp_path)
    ref = cli.declare("Checkout errors", "2", "--at", "2026-11-22T00:00Z")
    for before in BEFORE.get(group, ()):
        cli.ok(*before.split())
        cli.clock.advance(seconds=1)
    start = {path.name: path.read_bytes() for path in tmp_path.iterdir() if path.is_file()}
    start["copy-of-warroom.db"] = cli.db.read_bytes()
    start["incidents-2026-11-23.db"] = cli.db.read_bytes()
    start["status.txt"] = b"Cards work again since 04:15 UTC."
    start["timeline.md"] = b"## 2026-11-22 (UTC)\n- 03:17 Alerts fire\n- 03:25 SEV2 declared\n"
    start["contacts.vcf"] = b"BEGIN:VCARD\nFN:Kim Roe\nEND:VCARD\n"
    start["team.csv"] = b"name,phone\nKim Roe,+1 555 0100\n"
    start["rota.ics"] = (
        b"BEGIN:VCALENDAR\nBEGIN:VEVENT\nSUMMARY:Ana\nDTSTART:20261120T090000Z\nDURATION:P7D\nEND:VEVENT\nEND:VCALENDAR\n"
    )
    start["notes.txt"] = b"T+0 alerts fire\nT+5m rolled back\n"
    for number, (name, example) in enumerate(EXAMPLES):
        if name.split(" ")[0] != group:
            continue
        folder = tmp_path / str(number)
        folder.mkdir()
        for file, content in start.items():
            (folder / file).write_bytes(content)
        monkeypatch.chdir(folder)
        cli.db = folder / cli.db.name
        command = re.split(r" \||>>? | < |'?\)'", example[example.index("warroom ") :])[0]
        other = cli.declare("Search is slow", "3") if "m3xz" in command else ""
        words = shlex.split(command.replace("k7qd", ref).replace("m3xz", other), comments=True)[1:]
        ran = cli.run(*words, stdin=b"03:17 deployed\n" if name == "import" else b"deployed\n")
        assert ran.code == 0, f"{example}: {ran.err}"


def test_the_table_of_commands_is_what_help_lists(cli: Cli) -> None:
    text = cli.ok("--help")
    for name in names():
        assert short_help(name).endswith(".")
        assert re.search(rf"^ +{name} +{re.escape(short_help(name)[:40])}", text, re.MULTILINE)
    assert names()[: len(ORDER)] == list(ORDER), "every name in the order is a file in cli/commands"


def test_a_misspelt_command_is_guessed(cli: Cli) -> None:
    ran = cli.run("declair", "x")
    assert ran.code == 2
    assert "There is no command 'declair'; did you mean 'declare'?" in ran.err


def test_the_version_is_said(cli: Cli) -> None:
    from warroom import __version__

    assert cli.ok("--version") == f"warroom {__version__}"
