"""The README says what is so: its tables are made of the program, its examples run, what it points to is there."""

from __future__ import annotations

import os
import re
import shlex
import shutil
import subprocess
import sys
from difflib import ndiff
from pathlib import Path
from typing import cast

import pytest

from tests import readme
from tests.conftest import THREE_SEVENTEEN
from warroom import places
from warroom.cli import main
from warroom.messages.templates import SOURCE_PREFIXES, SOURCES
from warroom.messages.values import VALUES
from warroom.model import times
from warroom.model.contacts import CONTACTS
from warroom.own_files import OwnFiles
from warroom.terminal import clipboard
from warroom.wording import AUDIENCES, KINDS, Audience, check_text

TEXT = readme.README.read_text("utf-8")
ROOT = readme.README.parent
HEADINGS = re.compile(r"^#+ (.+)$", re.MULTILINE)


def test_the_tables_of_keys_and_commands_are_the_programs_own() -> None:
    fresh = readme.with_fresh_tables(TEXT)
    stale = [line for line in ndiff(TEXT.splitlines(), fresh.splitlines()) if not line.startswith("  ")]
    assert stale == [], "run `python -m tests.readme`"


def test_a_stale_table_is_noticed_and_mended_and_a_lost_marker_is_told_of() -> None:
    fresh = readme.with_fresh_tables(TEXT)
    stale = fresh.replace("| `l` | Log |", "| `L` | Log |")
    assert stale != fresh
    assert readme.with_fresh_tables(stale) == fresh
    with pytest.raises(ValueError, match="keys: end"):
        readme.with_fresh_tables(TEXT.replace("<!-- keys: end -->", ""))


@pytest.mark.parametrize(("marker", "ending"), [("command: console", "/warroom"), ("command: tests", "-m pytest")])
def test_the_two_commands_are_one_line_each_and_make_their_own_environment(marker: str, ending: str) -> None:
    fence, command, closing = readme.after_marker(marker, TEXT).splitlines()
    assert (fence, closing) == ("```sh", "```")
    assert command.startswith("python3 -m venv .venv && .venv/bin/pip install -q ")
    assert command.endswith(ending)


def test_everything_pointed_to_is_there() -> None:
    targets = [target for target in re.findall(r"\]\(([^)]+)\)", TEXT) if "://" not in target]
    headings = {"#" + re.sub(r"[^\w -]", "", line).strip().lower().replace(" ", "-") for line in HEADINGS.findall(TEXT)}
    assert [target for target in targets if target not in headings and not (ROOT / target).exists()] == []
    pictures = [target for target in targets if target.endswith(".svg")]
    assert len(pictures) == 3
    for picture in pictures:
        assert picture.startswith("tests/snapshot/__snapshots__/"), "the picture is one that the tests hold"
    named = re.findall(r"`((?:templates|tests|model|cli|screens)/[^`*<>\s]*)`", TEXT)
    assert len(named) > 5
    assert [name for name in named if not ((ROOT / name).exists() or (ROOT / "src/warroom" / name).exists())] == []


def test_whatever_a_message_template_may_use_is_named() -> None:
    part = TEXT[TEXT.index("### Message templates") : TEXT.index("**A mistake never stops you.**")]
    own = ("sentence", "clause", "points", "lines", "beyond")
    names = (
        *VALUES,
        *SOURCES,
        *(f"{prefix}…" for prefix in SOURCE_PREFIXES),
        *own,
        *(f"{{{name}}}" for name in CONTACTS),
    )
    code = " ".join(re.findall(r"`[^`]+`", part))
    assert [name for name in names if name.strip("…") not in code] == []


def test_the_example_of_own_wording_is_used_as_it_says(tmp_path: Path) -> None:
    fence, *lines, closing = readme.after_marker("own wording", TEXT).splitlines()
    assert (fence, closing) == ("```toml", "```")
    (tmp_path / "wording.toml").write_text("\n".join(lines), "utf-8")
    problems: list[object] = []
    rules = OwnFiles(tmp_path, on_problem=problems.append).rules
    assert problems == []
    for text, audience, kinds in (
        ("Heimdall broke the login in Norway.", "stakeholders", []),
        ("We moved two pods at 03:41 UTC. The DORA report is late.", "customers", []),
        ("A minor hiccup kept 2,000 cards from working.", "customers", []),
        ("Some users are affected by an issue.", "leadership", []),
        ("Cards fail in Spain due to the ticket agents.", "stakeholders", ["blame"]),
        ("A fire drill keeps cards from working in Spain.", "customers", ["jargon"]),
    ):
        assert [finding.rule for finding in check_text(text, rules, cast(Audience, audience))] == kinds, text


def test_the_kinds_of_remark_and_their_audiences_are_the_built_in_ones() -> None:
    rules = OwnFiles(None).rules
    told: dict[str, set[str]] = {"everybody, and the log": {*AUDIENCES}, "all but the log": {*AUDIENCES[:-1]}}
    rows = [row.split("|")[1:-1] for row in TEXT[TEXT.index("| Kind | What") :].split("\n\n")[0].splitlines()[2:]]
    assert [row[0].strip(" `") for row in rows] == list(KINDS)
    for id, _, readers in ([cell.strip(" `") for cell in row] for row in rows):
        kind = rules.language.kind(id)
        counts_for: set[str] = set(kind.audiences if kind else AUDIENCES)
        assert counts_for == (told.get(readers) or set(readers.split(", ")))


def test_every_file_of_the_wording_package_is_told_of() -> None:
    table = TEXT[TEXT.index("In `wording/`:") : TEXT.index("**Trust.**")]
    files = {path.name for path in (ROOT / "src/warroom/wording").iterdir() if path.suffix in (".py", ".txt")}
    assert set(re.findall(r"`(\w+\.\w+)`", table)) == files - {"__init__.py"}


def test_every_time_in_the_table_is_one_that_can_be_typed() -> None:
    cells = [row.split("|")[1] for row in readme.after_marker("times", TEXT).splitlines()[2:]]
    typed = [time for cell in cells for time in re.findall(r"`([^`]+)`", cell)]
    assert len(typed) >= 5
    for time in typed:
        assert times.parse_past(time, THREE_SEVENTEEN + times.HOUR) <= THREE_SEVENTEEN + times.HOUR


def test_what_copying_says_is_what_the_table_explains() -> None:
    said = Path(clipboard.__file__).read_text("utf-8")
    rows = readme.after_marker("copying", TEXT).splitlines()[2:]
    assert len(rows) == 5
    for row in rows:
        assert row.split("|")[1].strip() in said


@pytest.mark.skipif(sys.platform != "linux", reason="the folders told of as Linux's are looked at")
def test_the_places_are_where_the_table_says(monkeypatch: pytest.MonkeyPatch, fresh_home: Path) -> None:
    for name in ("XDG_DATA_HOME", "XDG_CONFIG_HOME", "XDG_STATE_HOME"):
        monkeypatch.delenv(name)
    for place in (places.database(), places.config_folder(), places.outbox()):
        assert f"`~/{place.relative_to(fresh_home)}" in TEXT
    assert f"the last {clipboard.KEPT_FILES} copied messages" in TEXT


@pytest.mark.skipif(shutil.which("bash") is None, reason="not installed: bash")
@pytest.mark.parametrize(
    "block",
    readme.code_blocks("console", TEXT),
    ids=(
        "correct",
        "numbers",
        "ready",
        "people",
        "incident",
        "redact",
        "timeline",
        "wording",
        "templates",
        "restore",
    ),
)
def test_the_examples_run_and_print_what_is_shown(
    block: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    """A command without anything for the shell to do runs in this process, through the entry point of the program."""
    examples = re.findall(r"^\$ (.+)\n((?:(?!\$ ).*\n)*)", block, re.MULTILINE)
    assert len(examples) == block.count("\n$ ") + 1
    environ = {**os.environ, "PYTHONPATH": str(ROOT / "src"), "PYTHON": sys.executable, "WARROOM_AUTHOR": "Sam"}
    (tmp_path / "bin").mkdir()
    program = tmp_path / "bin" / "warroom"
    program.write_text('#!/bin/sh\nexec "$PYTHON" -m warroom "$@"\n', "utf-8")
    program.chmod(0o755)
    environ["PATH"] = f"{program.parent}:{environ['PATH']}"
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("WARROOM_AUTHOR", "Sam")
    monkeypatch.setattr(sys, "stdin", None)
    for command, shown in examples:
        pattern = re.escape(shown.rstrip("\n")).replace("…", ".*")
        if command.startswith("warroom ") and not re.search(r"[|<>;&$`*]", command):
            capfd.readouterr()
            code = main(shlex.split(command)[1:])
            out, err = capfd.readouterr()
            assert code == 0, f"{command}\n{err}"
            assert re.fullmatch(pattern, out.rstrip("\n"), re.DOTALL), f"{command} printed\n{out}"
            continue
        done = subprocess.run(
            ["bash", "-c", f"set -euo pipefail\n{command}"],
            cwd=tmp_path,
            env=environ,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            timeout=60,
            check=False,
        )
        assert done.returncode == 0, f"{command}\n{done.stderr}"
        assert re.fullmatch(pattern, done.stdout.rstrip("\n"), re.DOTALL), f"{command} printed\n{done.stdout}"
