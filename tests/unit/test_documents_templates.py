"""The templates of documents: a company's own, broken ones, and the forms that one template is written in."""

from __future__ import annotations

from html.parser import HTMLParser
from pathlib import Path

import pytest

from tests.conftest import THREE_SEVENTEEN as START
from tests.unit.test_documents import HOSTILE, SHIPPED, Log, checkout, declared, playbook
from warroom.documents import registry
from warroom.documents.pages import PAGES
from warroom.documents.registry import DOCUMENTS
from warroom.documents.render import filled
from warroom.messages.sandbox import TemplateError
from warroom.model import acts
from warroom.model.entries import Draft
from warroom.model.kinds.roles import RoleAssigned
from warroom.model.playbook import Playbook
from warroom.model.times import MINUTE
from warroom.own_files import OwnFiles

__all__ = ["checkout", "playbook"]

EARLIER = Path(__file__).parents[1] / "fixtures" / "documents-of-version-4"


# A company's own template


def test_an_own_template_wins(playbook: Playbook, tmp_path: Path) -> None:
    (tmp_path / "log.md.j2").write_text("{{ ref }}: {{ title }} took {{ duration }}\n")
    assert declared("a *b*").render(playbook, own=tmp_path) == "k7qd3f: a \\*b\\* took 4 h\n"
    assert "INCIDENT LOG" in declared().render(playbook, "txt", own=tmp_path)


@pytest.mark.parametrize(
    ("source", "line", "why"),
    [
        ("one\n{% if %}\n", 2, "Expected an expression"),
        ("one\ntwo\n{{ nonsense }}\n", 3, "'nonsense' is undefined"),
        ("{{ title.__class__.__mro__ }}", 1, "unsafe"),
        ("{{ timeline.clear() }}", 1, "unsafe"),
        ("{{ 1 // 0 }}", 1, "division"),
        ("a\n{% include 'x' %}", 2, "can't include another file"),
        ("{% for x in range(9) %}{% endfor %}", 1, "'range' is undefined"),
        ("a\n{{ 'a' * 999999999 }}", 2, "can't be multiplied"),
        ("a\n{{ " + "(" * 3000 + "1" + ")" * 3000 + " }}", 2, "nested too deep"),
        ("a" * 10_000_000, 1, "longer than 100 kB"),
        ("{% macro m() %}{{ m() }}{% endmacro %}{{ m() }}", 1, "recursion"),
    ],
    ids=range(11),
)
@pytest.mark.parametrize("name", ["log.md.j2", "log.j2"])
def test_a_broken_own_template_is_named_with_its_line(
    playbook: Playbook, tmp_path: Path, source: str, line: int, why: str, name: str
) -> None:
    path = tmp_path / name
    path.write_text(source)
    written = declared().write(playbook, "md", own=tmp_path)
    assert str(written.problem).startswith(f"{path}:{line}: ")
    assert why in str(written.problem)
    assert "\n" not in str(written.problem)
    assert "".join(written.pieces) == declared().render(playbook)


def test_an_own_template_that_is_no_text_is_named(playbook: Playbook, tmp_path: Path) -> None:
    (tmp_path / "log.md.j2").write_bytes(b"\xff\xfe")
    written = declared().write(playbook, "md", own=tmp_path)
    assert "not UTF-8" in str(written.problem)
    assert "".join(written.pieces) == declared().render(playbook)


def test_a_broken_shipped_template_is_an_error(playbook: Playbook, tmp_path: Path) -> None:
    (tmp_path / "log.j2").write_text("# {{ nonsense }}\n")
    material = declared().material(playbook)
    with pytest.raises(TemplateError, match=r"log\.j2:1: 'nonsense' is undefined"):
        registry.write(DOCUMENTS["log"], "md", material, own=Path("/nowhere"), shipped=tmp_path)


def test_one_own_template_serves_every_form(playbook: Playbook, tmp_path: Path) -> None:
    (tmp_path / "log.j2").write_text("# Of {{ title }}\n\nTook:: {{ duration }}\nGone:: {{ closed }}\n## Nothing\n")
    log = declared("a *b*")
    assert log.render(playbook, "md", own=tmp_path) == "# Of a \\*b\\*\n\n- **Took:** 4 h\n"
    assert log.render(playbook, "txt", own=tmp_path) == "OF a *b*\n\nTook:  4 h\n"
    page = log.render(playbook, "html", own=tmp_path)
    assert "<h1>Of a *b*</h1>\n<dl>\n<div><dt>Took</dt><dd>4 h</dd></div>\n</dl>\n</header>" in page


def test_an_own_template_for_one_form_goes_before_the_one_for_all(playbook: Playbook, tmp_path: Path) -> None:
    (tmp_path / "log.j2").write_text("{{ title }}\n")
    (tmp_path / "log.html.j2").write_text("<b>{{ title }}</b>")
    assert declared("a <b>").render(playbook, "html", own=tmp_path) == "<b>a &lt;b&gt;</b>"
    assert declared("a <b>").render(playbook, "txt", own=tmp_path) == "a <b>\n"


def test_the_templates_that_came_with_earlier_versions_still_serve(checkout: Log, playbook: Playbook) -> None:
    """A company's own copy of one has the same names and values as before, and makes the same document."""
    own = Path(__file__).parents[1] / "fixtures" / "documents-of-version-4"
    for form in ("md", "txt"):
        before = checkout.render(playbook, form, own=own)
        before = before.replace("Fix deployed and verified:", "Resolved:")  # nobody may have said so
        assert [line.rstrip() for line in before.splitlines()] == checkout.render(playbook, form).splitlines()


# The web page


class Page(HTMLParser):
    """The tags and the words of a page."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.words: list[str] = []
        self.links: list[str] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.links += [name for name, _ in attrs if name in ("href", "src", "srcset", "action") or name[:2] == "on"]

    def handle_endtag(self, tag: str) -> None:
        self.tags.append(f"/{tag}")

    def handle_data(self, data: str) -> None:
        self.words.append(data)


def test_the_web_page_has_all_that_the_text_has_and_needs_nothing_else(checkout: Log, playbook: Playbook) -> None:
    page = checkout.render(playbook, "html")
    found = Page(page)
    words = " ".join("".join(found.words).split())
    places_in_page = [
        words.index(part)
        for part in (
            "Incident log: Checkout errors for 20 % of attempts",
            "SeveritySEV2 High",
            "Responders",
            "03:17 detected: via Login 5xx alert; severity set to SEV2",
            "03:23 Roll back to v2.3.1",
            "Reason: rollback is faster and safer",
            "Promises: 1 kept",
            "Resolved: 05:32: Rolled back, checkout verified",
        )
    ]
    assert places_in_page == sorted(places_in_page)
    assert not {"script", "link", "img", "iframe", "a", "form"} & set(found.tags)
    assert found.links == []
    assert "url(" not in page
    assert "@import" not in page
    opened = [tag for tag in found.tags if tag[0] != "/" and tag != "meta"]
    assert sorted(opened) == sorted(tag[1:] for tag in found.tags if tag[0] == "/")


@pytest.mark.parametrize(
    "words", [*HOSTILE, '"><img src=x onerror=alert(1)>', "</li></ul><script>x</script>", "</title>"]
)
def test_words_show_literally_in_the_web_page(playbook: Playbook, words: str) -> None:
    def page(shown: str) -> Page:
        log = declared(f"T {shown}", detected_by=shown)
        log.add(acts.facts.fact(playbook, "impact", f"F {shown}"), START + MINUTE)
        log.add(Draft(acts.log.note("x").body, f"N {shown}"), START + 2 * MINUTE)
        log.add(acts.decisions.decision(f"D {shown}", f"R {shown}"), START + 3 * MINUTE)
        log.add(Draft(RoleAssigned("ic", f"P {shown}"), "x"), START + 5 * MINUTE)
        return Page(log.render(playbook, "html"))

    found = page(words)
    assert found.tags == page("harmless").tags
    assert f"N {words}".strip() in "".join(found.words)


@pytest.mark.parametrize("document", DOCUMENTS)
@pytest.mark.parametrize("form", PAGES)
def test_every_document_is_written_in_every_form(checkout: Log, playbook: Playbook, document: str, form: str) -> None:
    material = checkout.material(playbook)
    written = registry.write(DOCUMENTS[document], form, material, own=Path("/nowhere"), shipped=SHIPPED)
    assert "Checkout errors for 20 % of attempts" in "".join(written.pieces)
    assert form in DOCUMENTS[document].forms


class TestLayout:
    """The small language of a document's template."""

    SOURCE = """\
# One: {{ a }}

Long label:: {{ a }}
Gone:: {{ none }}
B:: {{ lines }}
## Empty
### Empty too
## Full
Some words,
more words.

- {{ a }}:: {{ lines }}
- {{ a }} | kind:: {{ b }}
- {{ a }} | {{ b }}
- plain
1. {{ a }} | first
   - Why:: {{ b }}
   - Gone:: {{ none }}
   - {{ lines }}
1. second
**Loud {{ b }}**
### Part
x
"""
    VALUES = {"a": "A:: | x", "b": "<b>", "none": " ", "lines": "one\n\n- two"}

    @pytest.fixture
    def folder(self, tmp_path: Path) -> Path:
        (tmp_path / "x.j2").write_text(self.SOURCE)
        return tmp_path

    def test_as_text(self, folder: Path) -> None:
        assert filled(folder / "x.j2", "txt", self.VALUES).splitlines() == [
            "ONE: A:: | x",
            "",
            "Long label:  A:: | x",
            "B:           one",
            "",
            "    - two",
            "",
            "FULL",
            "Some words,",
            "more words.",
            "A:: | x: one",
            "",
            "    - two",
            "A:: | x  kind          <b>",
            "A:: | x  <b>",
            "plain",
            "1. A:: | x  first",
            "   Why: <b>",
            "   one",
            "",
            "       - two",
            "2. second",
            "Loud <b>",
            "",
            "Part",
            "x",
        ]

    def test_as_markdown(self, folder: Path) -> None:
        assert filled(folder / "x.j2", "md", self.VALUES).splitlines() == [
            "# One: A:: \\| x",
            "",
            "- **Long label:** A:: \\| x",
            "- **B:** one  ",
            "    \u00a0  ",
            "    \\- two",
            "",
            "## Full",
            "",
            "Some words,  ",
            "more words.",
            "",
            "- **A:: \\| x:** one  ",
            "    \u00a0  ",
            "    \\- two",
            "- **A:: \\| x** kind: \\<b\\>",
            "- **A:: \\| x** \\<b\\>",
            "- plain",
            "",
            "1. **A:: \\| x** first",
            "   - Why: \\<b\\>",
            "   - one  ",
            "        \u00a0  ",
            "        \\- two",
            "2. second",
            "",
            "**Loud \\<b\\>**",
            "",
            "### Part",
            "",
            "x",
        ]

    def test_as_a_web_page(self, folder: Path) -> None:
        page = filled(folder / "x.j2", "html", self.VALUES)
        assert page.split("<body>\n")[1].split("\n</body>")[0].splitlines() == [
            "<header>",
            "<h1>One: A:: | x</h1>",
            "<dl>",
            "<div><dt>Long label</dt><dd>A:: | x</dd></div>",
            "<div><dt>B</dt><dd>one",
            "",
            "- two</dd></div>",
            "</dl>",
            "</header>",
            "<main>",
            "<h2>Full</h2>",
            "<p>Some words,",
            "more words.</p>",
            "<ul>",
            "<li><b>A:: | x: </b>one",
            "",
            "- two</li>",
            "<li><b>A:: | x </b><b>kind: </b>&lt;b&gt;</li>",
            "<li><b>A:: | x </b>&lt;b&gt;</li>",
            "<li>plain</li>",
            "</ul>",
            "<ol>",
            "<li><b>A:: | x </b>first<ul><li><b>Why: </b>&lt;b&gt;</li><li>one",
            "",
            "- two</li></ul></li>",
            "<li>second</li>",
            "</ol>",
            '<p class="strong"><strong>Loud &lt;b&gt;</strong></p>',
            "<h3>Part</h3>",
            "<p>x</p>",
            "</main>",
        ]
        assert "<title>One: A:: | x</title>" in page


# As `warroom check` and the console see them


def problems(folder: Path, templates: dict[str, str]) -> list[str]:
    """What is wrong with a company's templates of documents, by file name."""
    own = folder / "templates" / "documents"
    own.mkdir(parents=True)
    for name, source in templates.items():
        (own / name).write_text(source, "utf-8")
    return [str(problem).removeprefix(f"{own}/").partition(";")[0] for problem in OwnFiles(folder).problems()]


@pytest.mark.parametrize("folder", [SHIPPED, EARLIER])
def test_the_shipped_ones_and_those_of_earlier_versions_are_sound(folder: Path, tmp_path: Path) -> None:
    assert problems(tmp_path, {path.name: path.read_text("utf-8") for path in folder.glob("*.j2")}) == []


def test_each_broken_one_is_named_with_its_line(tmp_path: Path) -> None:
    broken = {
        "log.j2": "# {{ title }}\n{{ nonsense }}\n",
        "handoff.txt.j2": "{% if %}",
        "handover.j2": "{{ next.text }}",
        "lgo.md.j2": "x",
        "notes.txt": "x",
    }
    found = problems(tmp_path, broken)
    assert "log.j2:2: 'nonsense' is undefined" in found
    assert "handoff.txt.j2:1: Expected an expression, got 'end of statement block'" in found
    assert [name.partition(":")[0] for name in found] == ["handoff.txt.j2", "lgo.md.j2", "log.j2"]
    assert any(name.startswith("lgo.md.j2: there is no document of that name") for name in found)
