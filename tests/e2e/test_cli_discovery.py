"""A command is one file in `cli/commands`: found by its name, imported only to run, listed by its own one line."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests import readme
from tests.e2e.conftest import SOURCE, Cli
from warroom.cli import ORDER, command_named, commands, names

HOUR = """\
import click
from warroom.cli.context import Invocation, invocation, say

@click.command(short_help="Show the time.", help="Show the time.", epilog="")
@invocation
def command(to: Invocation) -> None:
    say(str(to.now()))
"""


def test_adding_a_command_is_adding_one_file(cli: Cli, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "what_time.py").write_text(HOUR)
    (tmp_path / "_shared.py").write_text("raise AssertionError('no command')")
    monkeypatch.setattr(commands, "__path__", [*commands.__path__, str(tmp_path)])
    assert cli.ok("what-time") == str(cli.clock())
    assert names() == [*ORDER, "what-time"], "what is not in the order follows by name"
    assert cli.ok("--help").splitlines()[cli.ok("--help").splitlines().index("Commands:") + len(names())].split() == [
        "what-time",
        "Show",
        "the",
        "time.",
    ]
    assert "| `warroom what-time` | Show the time. |" in readme.command_table()
    assert "did you mean 'what-time'?" in cli.run("what-tim").err
    monkeypatch.delitem(sys.modules, "warroom.cli.commands.what_time")
    monkeypatch.delattr(commands, "what_time")


@pytest.mark.parametrize("name", ["", "-x", "_shared", "__init__", "no such", "Log", "log.py", "os", "../log"])
def test_what_is_no_file_there_is_no_command(name: str) -> None:
    assert command_named(name) is None


def test_a_mistake_inside_a_command_is_not_taken_for_a_command_that_is_missing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "broken.py").write_text("import there_is_no_such_module")
    monkeypatch.setattr(commands, "__path__", [*commands.__path__, str(tmp_path)])
    with pytest.raises(ModuleNotFoundError, match="there_is_no_such_module"):
        command_named("broken")


def test_a_command_imports_no_other(cli: Cli) -> None:
    cli.declare()
    code = (
        "import sys; from warroom.cli import main\n"
        f"main({['--db', str(cli.db), 'log', 'x']!r})\n"
        "print(sorted(name for name in sys.modules if name.startswith('warroom.cli.commands.')))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code],
        env={**os.environ, "PYTHONPATH": str(SOURCE)},
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout.splitlines()[-1] == "['warroom.cli.commands.log']"
