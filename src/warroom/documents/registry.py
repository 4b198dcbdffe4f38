"""The list of all documents. A new document needs a template, a module that makes its values, and a row here."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Generic, TypeVar

import msgspec

from warroom.documents import (
    action_items,
    drill_report,
    handover,
    incident_log,
    log_json,
    post_mortem,
    review,
    timeline,
)
from warroom.documents.material import Material
from warroom.documents.pages import PAGES
from warroom.documents.picture import picture
from warroom.documents.render import render
from warroom.documents.review import Review
from warroom.documents.review_picture import review_picture
from warroom.documents.sections import Values
from warroom.documents.table import of_a_drill
from warroom.messages.sandbox import TemplateError
from warroom.model.drill_report import Report

M = TypeVar("M")


class DocumentOf(msgspec.Struct, Generic[M], frozen=True):
    """A document and the formats it can be written in, made of `M`: `Material` of one incident, or `Review` of many.

    `name` is its name in `warroom export`, `about` and `examples` are its help there. `templates` are the possible
    names of its template files, the built-in one first. `values` makes the values for the template. `data` has a
    function for each format for programs, which returns the text in pieces. `title` is its name in the console's list.
    `picture` draws the picture for its web page, a `figure` element, if it has one.
    """

    name: str
    about: str
    examples: str
    templates: tuple[str, ...]
    values: Callable[[M], Values]
    data: dict[str, Callable[[M], Iterable[str]]]
    title: str = ""
    picture: Callable[[M], str] | None = None

    @property
    def label(self) -> str:
        """Its title, else its name."""
        return self.title or self.name.replace("-", " ").capitalize()

    @property
    def forms(self) -> tuple[str, ...]:
        """The formats it can be written in, the default first."""
        return (*PAGES, *self.data)


Document = DocumentOf[Material]
"""A document about one incident."""


class Written(msgspec.Struct, frozen=True):
    """A document in one format: text in pieces; `problem` is why a company's own template was not used."""

    pieces: Iterable[str]
    problem: TemplateError | None = None


def _over_time(material: Material) -> str:
    """The picture of an incident over time."""
    return picture(material.snapshot)


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
            {"json": log_json.as_json, "csv": incident_log.as_csv},
            "Incident log",
            picture=_over_time,
        ),
        Document(
            "handoff",
            "Export your hand-over for the person who takes over: status, facts, who has been told what and when, "
            "promises, running clocks, what is open, and what is next.",
            """\b
Examples:
  warroom export handoff
  warroom export handoff --format txt -o handoff.txt
  warroom export handoff --format html -o handoff.html
  warroom export handoff --format json | jq .contacts
""",
            ("handover", "handoff"),
            handover.values,
            {"json": handover.as_json, "csv": handover.as_csv},
            "Hand-over of your role",
        ),
        Document(
            "postmortem",
            "Export the post-mortem: every section as it stands, filled in from the log where nobody has edited it.",
            """\b
Examples:
  warroom export postmortem -o post-mortem.md
  warroom export postmortem --format html -o post-mortem.html
  warroom export postmortem --format json | jq .sections
""",
            ("post-mortem",),
            post_mortem.values,
            {"json": post_mortem.as_json, "csv": post_mortem.as_csv},
            "Post-mortem",
            picture=_over_time,
        ),
        Document(
            "actions",
            "Export the incident's action items, the first due first.",
            """\b
Examples:
  warroom export actions
  warroom export actions --format csv -o actions.csv
""",
            ("actions",),
            action_items.values,
            {"json": action_items.as_json, "csv": action_items.as_csv},
            "Action items",
        ),
        Document(
            "timeline",
            "Export the timeline alone: what happened, as it reads now, corrections applied.",
            """\b
Examples:
  warroom export timeline
  warroom export timeline --format html -o timeline.html
  warroom export timeline --format json | jq '.[].text'
""",
            ("timeline",),
            timeline.values,
            {"json": timeline.as_json, "csv": incident_log.as_csv},
            "Timeline",
        ),
    )
}
"""The documents about one incident by name, in the order they are offered."""

REVIEW = DocumentOf[Review](
    "review",
    "Export the review of incidents, for the monthly meeting: the numbers that `warroom stats` shows, compared by "
    "month, or as --by says.",
    """\b
Examples:
  warroom export review --since 90d -o review.md
  warroom export review --since 2026-01 --by severity -o review.html
  warroom export review --format csv -o times.csv
""",
    ("review",),
    review.values,
    {"json": review.as_json, "csv": review.as_csv},
    "Review of incidents",
    picture=review_picture,
)
"""The document about many incidents."""

DRILL = DocumentOf[Report](
    "drill",
    "Report on a drill: what went well, what to do differently, and everything that was checked, compared with earlier "
    "runs of the same scenario.",
    """\b
Examples:
  warroom drill report
  warroom drill report 2 --format html -o drill.html
  warroom drill report checkout-2026-11-23-0317 --json | jq .held
""",
    ("drill",),
    drill_report.values,
    {"json": drill_report.as_json},
    "Report of a drill",
)
"""The document about a run of a drill."""


def write(document: DocumentOf[M], form: str, material: M, *, own: Path | None, shipped: Path) -> Written:
    """Write a document in one of its formats, with a company's own template in `own`, else the one in `shipped`.

    One about a drill says so in every format; in JSON, `drill` is among the values themselves.

    Raises TemplateError if the shipped template can't be used, and whatever reading the entries raises.
    """
    drill = isinstance(material, Report) or (isinstance(material, Material) and material.snapshot.incident.drill)
    if form in document.data:
        pieces = document.data[form](material)
        return Written(of_a_drill(pieces) if drill and form == "csv" else pieces)
    figure = document.picture(material) if document.picture and form == "html" else ""
    page = render(
        document.templates, form, document.values(material), own=own, shipped=shipped, figure=figure, drill=drill
    )
    return Written(page.pieces, page.problem)
