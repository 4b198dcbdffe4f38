"""The exported pages in a real browser: nothing keeps anybody from reading them, on a phone, in the dark, on paper."""

from __future__ import annotations

import html
import json
import re
import subprocess
from importlib.util import find_spec
from itertools import pairwise
from pathlib import Path
from typing import Any

import html5lib
import pytest

from tests.e2e.conftest import Cli
from tests.programs import needs
from warroom.documents.registry import DOCUMENTS, REVIEW

PHONE, SMALL, DESK = 390, 320, 1280
LONG = "https://support.example.com/queues/checkout?" + "filter=open&sort=created&" * 8 + "x" * 300
_POLICY = "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">"
_LOOK = """
<script>
const seen = matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light";
const tell = faults => parent.postMessage({name: NAME, seen, faults, width: innerWidth,
  across: Math.max(document.documentElement.scrollWidth, document.body.scrollWidth),
  shown: [...document.querySelectorAll("figure > svg")].filter(one => one.clientWidth).map(one => one.classList[0]),
}, "*");
if (AXE) axe.run(document).then(found => tell(found.violations.map(one => one.id + ": " + one.nodes[0].html)));
else tell([]);
</script>
"""
_FRAMES = """<!doctype html>
<script>addEventListener("message", event => {
  const told = document.createElement("pre"); told.textContent = JSON.stringify(event.data); document.body.append(told);
})</script>
<body>"""


@pytest.fixture
def pages(cli: Cli) -> dict[str, str]:
    """The page of each document about an incident with something of everything."""
    cli.declare("Checkout errors <b>affecting</b> users", "2", "--at", "-12m", "--detected-by", "5xx alert")
    cli.ok("role", "ic", "Priya, +1 555 0100")
    cli.ok("fact", "impact", f"payment fails {LONG}")
    cli.ok("fact", "revenue_per_hour", "$32k")
    cli.ok("fact", "affected", "about 20 %")
    cli.ok("log", LONG)
    cli.ok("message", "initial", "--set", "status=Rolling back", "--set", "next_update=20m", "--sent")
    cli.clock.advance(minutes=15)
    cli.ok("decide", "Roll back to v2.3.1", "--because", LONG, "--by", "Priya")
    cli.ok("severity", "1", "--because", "payments are down")
    cli.clock.advance(minutes=15)
    cli.ok("message", "update", "--set", "status=Errors fall", "--set", "next_update=30m", "--sent")
    cli.ok("escalate", "--not", "the rollback is working")
    cli.clock.advance(minutes=40)
    cli.ok("resolve", "Rolled back, checkout verified")
    return {name: cli.ok("export", name, "--format", "html") for name in (*DOCUMENTS, REVIEW.name)}


def test_a_strict_parser_reads_every_page(pages: dict[str, str]) -> None:
    for page in pages.values():
        tree = html5lib.HTMLParser(strict=True, namespaceHTMLElements=False).parse(page)
        levels = [int(part.tag[1]) for part in tree.iter() if re.fullmatch("h[1-6]", str(part.tag))]
        assert levels[0] == 1
        assert levels.count(1) == 1
        assert all(after <= before + 1 for before, after in pairwise(levels))
        assert [part.tag for part in tree.find("body")] == ["header", "main"]
        names = [part.get("id") for part in tree.iter() if part.get("id")]
        assert len(names) == len(set(names))
        assert _POLICY in page


@needs("chromium")
def test_everybody_can_read_every_page_on_any_screen(pages: dict[str, str], tmp_path: Path) -> None:
    axe = Path(str(find_spec("axe_core_python").origin)).with_name("axe.min.js")  # type: ignore[union-attr]
    (tmp_path / "axe.js").write_text(axe.read_text("utf-8"), "utf-8")
    frames = _FRAMES
    expected: dict[str, tuple[str, int, list[str]]] = {}
    for document, page in pages.items():
        picture = document == REVIEW.name or DOCUMENTS[document].picture
        for scheme, width, thorough in (("dark", PHONE, True), ("light", DESK, True), ("light", SMALL, False)):
            name = f"{document}-{scheme}-{width}"
            shown = ["wide" if width == DESK else "narrow"] if picture else []
            expected[name] = (scheme, width, shown)
            look = _LOOK.replace("NAME", json.dumps(name)).replace("AXE", json.dumps(thorough))
            script = '<script src="axe.js"></script>' if thorough else ""
            copy = page.replace(_POLICY, "").replace("</body>", f"{script}{look}</body>")
            (tmp_path / f"{name}.html").write_text(copy, "utf-8")
            style = f"color-scheme: {scheme}; width: {width}px; height: 800px"
            frames += f'<iframe src="{name}.html" style="{style}"></iframe>'
    (tmp_path / "all.html").write_text(frames, "utf-8")
    found = _told(tmp_path / "all.html")
    assert set(found) == set(expected)
    for name, (scheme, width, shown) in expected.items():
        told = found[name]
        assert told["faults"] == [], name
        assert (told["seen"], told["width"], told["shown"]) == (scheme, width, shown), name
        assert told["across"] <= width, f"{name} scrolls sideways"


def _told(page: Path) -> dict[str, dict[str, Any]]:
    """What each frame of a page tells, by its name."""
    options = ("--headless=new", "--no-sandbox", "--disable-gpu", "--dump-dom", "--virtual-time-budget=30000")
    profile = f"--user-data-dir={page.with_name('profile')}"
    done = subprocess.run(["chromium", *options, profile, page.as_uri()], capture_output=True, timeout=60, check=True)
    rows = re.findall(r"<pre>(.*?)</pre>", done.stdout.decode(), re.DOTALL)
    return {told["name"]: told for told in map(json.loads, map(html.unescape, rows))}


@needs("chromium")
def test_a_page_is_printed_by_the_browser_installed(cli: Cli, tmp_path: Path) -> None:
    cli.declare()
    there = tmp_path / "incident.pdf"
    ran = cli.run("export", "log", "--format", "pdf", "-o", str(there))
    assert (ran.code, ran.out, ran.err) == (0, "", f"warroom: wrote {there}\n")
    content = there.read_bytes()
    assert content.startswith(b"%PDF-")
    assert content.rstrip().endswith(b"%%EOF")
    assert b"/Lang (en)" in content
    assert sorted(path.name for path in tmp_path.iterdir()) == ["incident.pdf", "warroom.db"]
