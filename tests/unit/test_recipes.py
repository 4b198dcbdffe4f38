"""The README's recipes name every file that is needed: each is followed in a copy of the package, and tried there."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]

KIND = '''
"""Thanks, so that nobody who helped is forgotten."""

from __future__ import annotations

from warroom.model.entries import Body, Draft


class Thanked(Body, frozen=True, tag="thanked"):
    """Somebody who is to be thanked afterwards."""

    changes_state = False


def thank(who: str) -> Draft:
    """Write down whom to thank."""
    return Draft(Thanked(), f"Thank {who.strip()}")
'''
FEATURE = '''
"""Writing down whom to thank."""

from __future__ import annotations

from warroom.model.kinds.thanks import thank
from warroom.screens.incident.page import Feature as Base


class Feature(Base):
    """Thanks."""

    async def thank(self) -> None:
        await self.page.ask("thank", "Thank", take=lambda who: self.page.act(thank(who)))
'''
COMMAND = '''
"""`warroom thank`: write down whom to thank."""

from __future__ import annotations

import click

from warroom.cli.context import Invocation, invocation, say
from warroom.model.kinds.thanks import thank
from warroom.model.lines import line


@click.command(short_help="Write down whom to thank.")
@click.argument("who")
@invocation
def command(to: Invocation, who: str) -> None:
    """Append it and print it."""
    (entry,) = to.session().apply(thank(who))
    say(line(entry))
'''
KIND_ROW = '    Action("thank", "Y", "Thank", "Write down whom to thank", "thanks"),\n'

SCREEN = '''
"""What warroom is."""

from __future__ import annotations

from textual.app import ComposeResult
from textual.content import Content
from textual.screen import Screen
from textual.widgets import Static

from warroom.screens.incident.page import IncidentPage
from warroom.screens.keys import bindings


class AboutScreen(Screen[None]):
    """A line about the incident."""

    CSS_PATH = "about.tcss"
    BINDINGS = bindings("about")
    PLACES = ("about",)

    def __init__(self, page: IncidentPage) -> None:
        super().__init__()
        self._page = page

    def compose(self) -> ComposeResult:
        yield Static(Content(f"This is about: {self._page.incident.title}"))

    def action_back(self) -> None:
        self.dismiss()
'''
SCREEN_ROWS = """    Action("about", "J", "About", "See what this is about", SCREEN, opens="about"),
    Action("back", "escape", "Back", "Go back", "about", "about"),
"""
PLACE = '    "about": Place("On what this is about", "warroom.screens.about:AboutScreen"),\n'

DOCUMENT = '''
"""A summary in one line."""

from __future__ import annotations

from warroom.documents.material import Material
from warroom.documents.sections import Values


def values(material: Material) -> Values:
    """What the template is given."""
    return {"title": material.snapshot.incident.title, "stage": material.snapshot.incident.stage}
'''
DOCUMENT_ROW = '        Document("summary", "Export a summary in one line.", "", ("summary",), summary.values, {}),\n'

USE_KEY = """
import asyncio, sys, time
from pathlib import Path
from warroom.app import WarroomApp
from warroom.workspace import Workspace

async def main() -> None:
    workspace = Workspace(Path(sys.argv[1]), now=lambda: time.time_ns() // 1_000_000)
    app = WarroomApp(workspace)
    async with app.run_test(size=(120, 36)) as pilot:
        await pilot.pause()
        await pilot.press(sys.argv[2])
        await pilot.pause()
        if len(sys.argv) > 3:
            await pilot.press(*sys.argv[3], "enter")
            await pilot.pause()
        print("\\n".join("".join(segment.text for segment in row) for row in app.screen._compositor.render_strips()))

asyncio.run(main())
"""


class Copy:
    """A copy of the package to follow a recipe in; `touched` are the files it needed."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.touched: set[str] = set()
        for name in ("src/warroom", "templates"):
            shutil.copytree(ROOT / name, folder / name)  # with what is compiled: to do that again takes two seconds
        shutil.copy(ROOT / "pyproject.toml", folder)
        self._run("declare", "Checkout errors", "--severity", "2")

    def add(self, name: str, text: str) -> None:
        """Write a new file."""
        assert not (self.folder / name).exists()
        (self.folder / name).write_text(text.lstrip("\n"), "utf-8")
        self.touched.add(name)

    def insert(self, name: str, before: str, text: str) -> None:
        """Put lines into a file, before the first line that begins so."""
        file = self.folder / name
        source = file.read_text("utf-8")
        assert source.count(before) >= 1
        at = source.index(before)
        file.write_text(source[:at] + text + source[at:], "utf-8")
        self.touched.add(name)

    def _run(self, *arguments: str, program: tuple[str, ...] = ("-m", "warroom")) -> str:
        env = {**os.environ, "PYTHONPATH": str(self.folder / "src"), "WARROOM_DB": str(self.folder / "warroom.db")}
        done = subprocess.run(
            [sys.executable, *program, *arguments], env=env, capture_output=True, text=True, timeout=60, check=False
        )
        assert done.returncode == 0, done.stderr
        return done.stdout

    def command(self, *arguments: str) -> str:
        """What a command prints."""
        return self._run(*arguments)

    def key(self, key: str, *words: str) -> str:
        """The screen after a key, and words with enter."""
        return self._run(str(self.folder / "warroom.db"), key, *words, program=("-c", USE_KEY))


@pytest.fixture
def copy(tmp_path: Path) -> Copy:
    """A copy of the package, with one incident declared."""
    return Copy(tmp_path)


def test_a_kind_of_entry_with_its_key_and_its_command_takes_four_files(copy: Copy) -> None:
    copy.add("src/warroom/model/kinds/thanks.py", KIND)
    copy.insert("src/warroom/actions.py", '    Action("copy", "y", "Copy", "Copy the message"', KIND_ROW)
    copy.add("src/warroom/screens/incident/thanks.py", FEATURE)
    copy.add("src/warroom/cli/commands/thank.py", COMMAND)
    assert len(copy.touched) == 4
    assert "thanked Thank Priya" in copy.command("thank", "Priya")
    assert "Write down whom to thank." in copy.command("--help")
    screen = copy.key("Y", "Bo")
    assert "thanked    Thank Priya" in screen
    assert "thanked    Thank Bo" in screen
    assert "thanked: Thank Bo" in copy.command("export", "log")


def test_a_screen_takes_two_files_and_its_rows(copy: Copy) -> None:
    copy.add("src/warroom/screens/about.py", SCREEN)
    copy.add("src/warroom/screens/about.tcss", "AboutScreen { padding: 1; }\n")
    copy.insert("src/warroom/actions.py", '    Action("copy", "y", "Copy", "Copy the message"', SCREEN_ROWS)
    copy.insert("src/warroom/actions.py", '    "help": Place(', PLACE)
    assert len(copy.touched) == 3
    assert "This is about: Checkout errors" in copy.key("J")


def test_a_document_takes_a_template_a_file_of_values_and_a_row(copy: Copy) -> None:
    copy.add("templates/documents/summary.j2", "# {{ title }}\n\nStage:: {{ stage }}\n")
    copy.add("src/warroom/documents/summary.py", DOCUMENT)
    copy.insert("src/warroom/documents/registry.py", '        Document(\n            "handoff"', DOCUMENT_ROW)
    registry = copy.folder / "src/warroom/documents/registry.py"
    registry.write_text(
        registry.read_text("utf-8").replace("    action_items,\n", "    action_items,\n    summary,\n", 1), "utf-8"
    )
    assert len(copy.touched) == 3
    assert copy.command("export", "summary") == "# Checkout errors\n\n- **Stage:** triage\n"
    assert "<h1>Checkout errors</h1>" in copy.command("export", "summary", "--format", "html")
