"""The README's picture of a post-mortem; `python -m tests.picture` takes it anew, with an installed Chromium."""

from __future__ import annotations

import subprocess
import sys
import tempfile
from pathlib import Path
from zoneinfo import ZoneInfo

from tests.conftest import THREE_SEVENTEEN, Clock
from tests.stories import learned_from
from warroom.documents.pdf import browser
from warroom.documents.registry import DOCUMENTS
from warroom.model.times import HOUR
from warroom.workspace import Workspace

PICTURE = Path(__file__).with_name("fixtures") / "post-mortem.png"
_SIZE = "1000,1180"


def take(folder: Path) -> None:
    """Write the page of the checkout incident, and let the browser show it. Raises CalledProcessError."""
    program = browser()
    if program is None:
        sys.exit("no Chromium is installed")
    clock = Clock(THREE_SEVENTEEN - HOUR)
    workspace = Workspace(folder / "warroom.db", author="Dana", now=clock, tz=ZoneInfo("Europe/Berlin"), config=folder)
    workspace.open_journal(create=True)
    session = learned_from(workspace, clock)
    page = folder / "post-mortem.html"
    page.write_text("".join(workspace.document(DOCUMENTS["postmortem"], "html", session)), "utf-8")
    options = ("--headless=new", "--no-sandbox", "--hide-scrollbars", f"--window-size={_SIZE}")
    subprocess.run(
        [program, *options, f"--screenshot={PICTURE}", page.as_uri()], check=True, capture_output=True, timeout=60
    )


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as name:
        take(Path(name))
