"""The chart of the review: a row for each group, every incident a dot, and nothing drawn outside of it."""

from __future__ import annotations

import re
from datetime import UTC
from xml.etree import ElementTree as Xml

from tests.unit.story import BOOK, message, moment
from tests.unit.test_metrics import DAY, incident, resolved
from warroom.documents.drawing import NARROW, WIDE, text_width
from warroom.documents.review import Review
from warroom.documents.review_picture import review_picture
from warroom.documents.web_style import STYLE
from warroom.model import acts
from warroom.model.incident import Incident
from warroom.model.metrics import By, report


def drawn(incidents: list[Incident], by: By, now: float = 400 * DAY) -> Xml.Element:
    return Xml.fromstring(review_picture(Review(report(incidents, BOOK, moment(now), UTC, by=by), 0, None, by, UTC)))


def sheet(figure: Xml.Element, name: str = "wide") -> Xml.Element:
    (found,) = (svg for svg in figure.iter("svg") if svg.get("class") == name)
    return found


def shapes(of: Xml.Element, kind: str) -> list[Xml.Element]:
    return [shape for shape in of.iter() if kind in (shape.get("class") or "").split()]


def words(of: Xml.Element) -> list[str]:
    return [text.text or "" for text in of.iter("text") if "halo" not in (text.get("class") or "")]


def of_some_months() -> list[Incident]:
    """Six in November, of which one is open; none in December; two in January, one with broken promises."""
    found = [incident(resolved(30 + 10 * number), f"nov{number}") for number in range(5)]
    late = resolved(90)
    late.tell(91, message("initial", promise=100))
    late.tell(112, message("update", 2, promise=130))
    late.tell(125, message("update", 3, promise=150))
    open_one = resolved(30)
    open_one.tell(31, acts.lifecycle.reopen("again"))
    return [
        *found,
        incident(open_one, "open"),
        incident(late, "jan1", days=45),
        incident(resolved(600), "jan2", days=46),
    ]


def test_a_row_for_each_month_with_every_incident_as_a_dot_and_the_median_of_five() -> None:
    figure = drawn(of_some_months(), "month")
    wide = sheet(figure)
    assert [word for word in words(wide) if word.startswith("202")] == ["2026-11", "2026-12", "2027-01"]
    assert [shape.get("width") for shape in shapes(wide, "count")][1] == "0", "a month without any has its row"
    assert (len(shapes(wide, "took")), len(shapes(wide, "median"))) == (7, 1)
    assert (len(shapes(wide, "update-kept")), len(shapes(wide, "update-late"))) == (1, 1)
    assert len(shapes(wide, "update-missed")) == 1
    assert "2 of 3 broken" in words(wide)
    assert [word for word in words(wide) if word in ("6", "0", "2")] == ["6", "0", "2", "0"], (
        "counts, and 0 of the axis"
    )
    assert wide.findtext("desc") == (
        "2026-11: 6 incidents; resolved in median 50 min (5). 2026-12: 0 incidents. "
        "2027-01: 2 incidents; resolved in 1 h 30 min, 10 h (2); "
        "promised updates: 1 kept, 1 late, 1 never came."
    )
    caption = " ".join("".join(part.itertext()) for part in figure.iter("figcaption"))
    assert "Left out of the times: 1 (not resolved)." in caption
    assert "never came" in caption
    assert "still running" not in caption


def test_names_are_plain_text_and_all_stays_within_the_drawing() -> None:
    incidents = []
    for number in range(30):
        story = resolved(1 + number**4)
        story.tell(20, message("initial", promise=25))
        story.tell(21 + number**4, acts.facts.fact(BOOK, "system", f"{number} <b>&\x1b[31m" + "界" * 60))
        incidents.append(incident(story, f"inc{number}"))
    figure = drawn(incidents, "system", now=10_000 * DAY)
    for size in (WIDE, NARROW):
        svg = sheet(figure, size.name)
        _, _, across, high = map(float, (svg.get("viewBox") or "").split())
        assert across == size.width
        for box in svg.iter("rect"):
            assert float(box.get("x") or 0) + float(box.get("width") or 0) <= across
        for text in svg.iter("text"):
            x, room = float(text.get("x") or 0), text_width(text.text or "")
            left = {"end": x - room, "middle": x - room / 2}.get(text.get("text-anchor") or "", x)
            assert left >= -1, text.text
            assert left + room <= across + 1, text.text
            assert 0 < float(text.get("y") or 0) <= high
        assert len(shapes(svg, "count")) == 24
        labels = shapes(svg, "time")
        assert len([one for one in labels if one.get("text-anchor")]) <= 12, "few labels on the axis"
    caption = " ".join("".join(part.itertext()) for part in figure.iter("figcaption"))
    assert "6 more are in the figures below." in caption
    assert "\x1b" not in Xml.tostring(figure, "unicode")


def test_every_kind_of_mark_has_a_style_and_without_incidents_there_is_no_chart() -> None:
    figure = drawn(of_some_months(), "severity")
    assert [word for word in words(sheet(figure)) if word.startswith("SEV")] == ["SEV2"]
    for shape in sheet(figure).iter():
        for kind in (shape.get("class") or "").split():
            if shape.tag in ("rect", "circle", "line"):
                assert re.search(rf"\.{kind}\b", STYLE), kind
    assert review_picture(Review(report([], BOOK, moment(0), UTC, by="month"), 0, None, "month", UTC)) == ""
    alone = drawn([incident(resolved(0), "one")], "month")
    assert "Time to resolve" not in words(sheet(alone)), "nothing took any time"
