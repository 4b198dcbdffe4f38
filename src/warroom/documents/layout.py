"""Reads the parts of a document from a template's output; nothing that people typed is taken for layout.

In a document's template:

    # Incident log: {{ title }}          a heading; ## begins a section, ### a part of one
    Severity:: {{ severity }}            a labelled line; consecutive ones are aligned
    - {{ item }}                         an item of a list
    - Owner:: {{ owner }}                an item with a label
    - {{ time }} | {{ what }}            an item with a time (or another short lead) in front
    - {{ time }} | {{ kind }}:: {{ text }}
    1. {{ time }} | {{ what }}           a numbered item; the items are numbered automatically
       - Reason:: {{ because }}          a detail of the item above, indented
    **{{ next }}**                       a line in bold
    anything else                        a line of a paragraph, which ends at an empty line

A line is left out if it has values and all of them are empty; so is a heading with nothing below it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

import msgspec

from warroom.messages.sandbox import shows_nothing, unseal
from warroom.model.drills import DRILL, NOT_REAL


class Heading(msgspec.Struct, frozen=True):
    """The title (level 1), a section (2) or a part of one (3).

    `in_capitals` is the text with the template's own text in capitals, for plain text. The title of a document about a
    `drill` has the mark in front.
    """

    level: int
    text: str
    in_capitals: str
    drill: bool = False


class Line(msgspec.Struct, frozen=True):
    """A labelled line or an item: a lead such as a time, a label, and the text; each may be empty."""

    lead: str = ""
    label: str = ""
    text: str = ""
    details: tuple[Line, ...] = ()


class Facts(msgspec.Struct, frozen=True):
    """Consecutive labelled lines, such as the header of a document."""

    lines: tuple[Line, ...]


class Items(msgspec.Struct, frozen=True):
    """A list, numbered from 1 or with bullets."""

    lines: tuple[Line, ...]
    numbered: bool = False


class Paragraph(msgspec.Struct, frozen=True):
    """Text without a label; if `strong`, one line in bold."""

    text: str
    strong: bool = False


Part = Heading | Facts | Items | Paragraph

_HEADING = re.compile(r"(#{1,3})\s+(.*)")
_DETAIL = re.compile(r"\s{2,}- (.*)")
_ITEM = re.compile(r"(-|\d+\.) (.*)")
_STRONG = re.compile(r"\*\*(.+)\*\*")


def parts(rendered: str) -> list[Part]:
    """The parts of a rendered document; the text of values is never read as layout."""
    found: list[Part] = []
    for part in _merged(rendered):
        # Remove a heading with nothing below it, except the title.
        while found and isinstance(part, Heading) and _is_empty(found[-1], part):
            found.pop()
        found.append(part)
    while found and isinstance(found[-1], Heading) and found[-1].level > 1:
        found.pop()
    return found


def of_a_drill(found: list[Part]) -> list[Part]:
    """The parts of a document about a drill: the mark in its title, and what it means on a line of its own below."""
    title, rest = Heading(1, DRILL, DRILL, drill=True), found
    if found and isinstance(found[0], Heading):
        level, text, capitals = found[0].level, found[0].text, found[0].in_capitals
        title, rest = Heading(level, f"{DRILL} – {text}", f"{DRILL} – {capitals}", drill=True), found[1:]
    return [title, Paragraph(NOT_REAL, strong=True), *rest]


def _is_empty(before: Part, heading: Heading) -> bool:
    return isinstance(before, Heading) and before.level >= heading.level and before.level > 1


def _merged(rendered: str) -> Iterator[Part]:
    """The parts in order; consecutive lines of the same sort form one part."""
    lines: list[Line] = []
    sort = ""
    for kind, part in [*_classified_lines(rendered), ("end", Paragraph(""))]:
        if kind == "detail" and lines and sort in ("-", "1."):
            assert isinstance(part, Line)
            lines[-1] = msgspec.structs.replace(lines[-1], details=(*lines[-1].details, part))
            continue
        kind = "-" if kind == "detail" else kind
        if lines and kind != sort:
            yield Facts(tuple(lines)) if sort == "label" else Items(tuple(lines), numbered=sort == "1.")
            lines = []
        sort = kind
        if isinstance(part, Line):
            lines.append(part)
        elif kind != "end":
            yield part


def _classified_lines(rendered: str) -> Iterator[tuple[str, Part | Line]]:
    """Each line with its sort (`label`, `-`, `1.`, `detail`, …); a paragraph as a whole."""
    paragraph: list[str] = []
    for row in [*rendered.split("\n"), ""]:
        line = row.strip()
        if line and shows_nothing(line):
            continue
        found = _line(row, line) if line else None
        if paragraph and (found or not line):
            yield "paragraph", Paragraph("\n".join(paragraph))
            paragraph = []
        if found:
            yield found
        elif line:
            paragraph.append(unseal(line))


def _line(row: str, line: str) -> tuple[str, Part | Line] | None:
    """The sort and content of a line; None for a line of a paragraph."""
    if line.startswith("- ") and row[0] == "-":
        return "-", _item(line[2:])
    if found := _HEADING.fullmatch(line):
        text = _one_line(found[2])
        return "heading", Heading(len(found[1]), text, " ".join(unseal(found[2], str.upper).split()))
    if found := _DETAIL.fullmatch(row):
        return "detail", _item(found[1])
    if found := _ITEM.fullmatch(line):
        return ("-" if found[1] == "-" else "1."), _item(found[2])
    if found := _STRONG.fullmatch(line):
        return "strong", Paragraph(_one_line(found[1]), strong=True)
    if labelled := _labelled(line):
        return "label", Line(label=labelled[0], text=unseal(labelled[1]))
    return None


def _item(text: str) -> Line:
    lead = label = ""
    before, mark, rest = text.partition(" | ")
    if mark or text.endswith(" |"):
        lead, text = _one_line(before.removesuffix(" |")), rest
    if labelled := _labelled(text):
        label, text = labelled
    return Line(lead, label, unseal(text))


def _labelled(text: str) -> tuple[str, str] | None:
    """Label and text of `Label:: text`; None if it is anything else."""
    label, mark, rest = text.partition("::")
    if not mark or not label or ":" in label or (rest and not rest[0].isspace()):
        return None
    return _one_line(label), rest.lstrip()


@lru_cache(2_000)  # times and kinds are the same on many lines
def _one_line(text: str) -> str:
    return " ".join(unseal(text).split())
