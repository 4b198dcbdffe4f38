"""Every document there is: a new one is a template, a file of values, and a row here."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path

import msgspec

from warroom.documents import handover, incident_log
from warroom.documents.material import Material
from warroom.documents.pages import PAGES
from warroom.documents.render import render
from warroom.documents.sections import Values
from warroom.messages.sandbox import TemplateError


class Document(msgspec.Struct, frozen=True):
    """A document and the forms it can be written in.

    `name` is what `warroom export` calls it, `about` and `examples` are its help there. `templates` are the names its
    template files go by, the shipped one's first. `values` makes what the template shows, and `data` what programs
    read, by form: text in pieces.
    """

    name: str
    about: str
    examples: str
    templates: tuple[str, ...]
    values: Callable[[Material], Values]
    data: dict[str, Callable[[Material], Iterable[str]]]

    @property
    def forms(self) -> tuple[str, ...]:
        """The forms it can be written in, the usual one first."""
        return (*PAGES, *self.data)


class Written(msgspec.Struct, frozen=True):
    """A document in one form: text in pieces; `problem` is why a company's own template was not used."""

    pieces: Iterable[str]
    problem: TemplateError | None = None


DOCUMENTS = {
    document.name: document
    for document in (
        Document(
            "log",
            "Export the incident log: header, timeline, decisions, stakeholder updates, resolution, duration.",
            """\b
Examples:
  warroom export log
  warroom export log --format txt -o incident.txt
  warroom export log --format html -o incident.html
  warroom -i k7qd export log --format csv -o timeline.csv
  warroom export log --format json | jq .duration_s
""",
            ("log",),
            incident_log.values,
            {"json": incident_log.as_json, "csv": incident_log.as_csv},
        ),
        Document(
            "handoff",
            "Write the hand-over for whoever takes over from you: where it stands, what is known, who has been told "
            "what and when, the promises and clocks that run, what is open, what is next.",
            """\b
Examples:
  warroom export handoff
  warroom export handoff --format txt -o handoff.txt
  warroom export handoff --format html -o handoff.html
  warroom export handoff --format json | jq .contacts
""",
            ("handover", "handoff"),
            handover.values,
            {"json": handover.as_json},
        ),
    )
}
"""The documents by name, in the order they are offered."""


def write(document: Document, form: str, material: Material, *, own: Path | None, shipped: Path) -> Written:
    """Write a document in one of its forms, through a company's own template in `own`, else the one in `shipped`.

    Raises TemplateError when the shipped template can't be used, and whatever reading the entries raises.
    """
    if form in document.data:
        return Written(document.data[form](material))
    page = render(document.templates, form, document.values(material), own=own, shipped=shipped)
    return Written([page.text], page.problem)
