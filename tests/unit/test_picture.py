"""The picture of the incident in a web page: what it shows, what it leaves out, and that no mark covers another."""

from __future__ import annotations

import re
from datetime import UTC, datetime, tzinfo
from itertools import pairwise
from xml.etree import ElementTree as Xml
from zoneinfo import ZoneInfo

import msgspec
import pytest

from tests.conftest import THREE_SEVENTEEN as START
from tests.unit.story import BOOK, Story, message, moment
from warroom.documents.drawing import NARROW, WIDE, Axis, Sheet
from warroom.documents.picture import picture
from warroom.documents.web_style import STYLE
from warroom.model import acts
from warroom.model.entries import Draft, Entry
from warroom.model.kinds.messages import MessageSent
from warroom.model.snapshot import Snapshot
from warroom.model.times import HOUR, MAX_MS, MIN_MS, MINUTE, to_ms


class Drawn:
    """A picture, taken apart: the words and the shapes of one of its two drawings, and its caption."""

    def __init__(self, story: Story, minute: float, sheet: Sheet = WIDE, tz: tzinfo = UTC) -> None:
        self.figure = Xml.fromstring(picture(Snapshot(story.incident, story.book, moment(minute), tz)))
        (self.svg,) = (svg for svg in self.figure.iter("svg") if svg.get("class") == sheet.name)
        self.words = ["".join(text.itertext()) for text in self.svg.iter("text")]
        self.description = self.svg.findtext("desc") or ""
        self.title = self.svg.findtext("title") or ""
        self.caption = " ".join("".join(part.itertext()) for part in self.figure.iter("figcaption"))

    def shapes(self, kind: str) -> list[Xml.Element]:
        """The shapes of a class."""
        return [shape for shape in self.svg.iter() if kind in (shape.get("class") or "").split()]


def outage() -> Story:
    """Two hours: noticed at 03:17, two audiences, one update late, one never sent, resolved at 05:17."""
    story = Story(began=-6)
    story.tell(2, acts.roles.assign(BOOK, story.incident, "ic", "Priya"))
    story.tell(3, acts.facts.fact(BOOK, "revenue_per_hour", "$30k"))
    story.tell(10, message("initial", promise=30))
    story.tell(12, message("customer", promise=60))
    story.tell(20, acts.decisions.decision("Roll back", "safer"))
    story.tell(20.2, acts.decisions.decision("Freeze deploys", "calm"))
    story.tell(28, message("update", 2, promise=50))
    story.severity(40, 1)
    story.tell(42, acts.escalation.tell_commander("Priya", True))
    story.tell(44, message("escalation"))
    story.tell(57, message("update", 3, promise=80))
    first = story.entries[5]
    story.tell(61, acts.decisions.review(first, "reversed", "no use"))
    story.tell(78, message("update", 4))
    story.tell(120, acts.lifecycle.resolve("Fixed"))
    story.tell(125, message("resolution"))
    return story


@pytest.mark.parametrize("sheet", [WIDE, NARROW], ids=["wide", "narrow"])
def test_it_shows_what_happened_when(sheet: Sheet) -> None:
    drawn = Drawn(outage(), 125, sheet)
    assert drawn.title == "The incident over time"
    for words in (
        *("Began 03:11", "Learned of 03:17", "Resolved 05:17", "SEV2", "SEV1", "Triage", "Response", "Resolution"),
        *("Stakeholders", "Customers", "Decisions", "Escalation", "Cost", "Time (UTC)", "04:00", "1", "2"),
        *("told, agrees", "message sent", "7 min late", "missed", "≈ $63,000"),
    ):
        assert words in drawn.words
    assert "Now" not in " ".join(drawn.words)
    assert [len(drawn.shapes(kind)) for kind in ("message", "late", "missed", "check", "decision", "undone")] == [
        *(6, 1, 1, 2 if sheet is WIDE else 1, 1, 1)
    ]
    assert (len(drawn.shapes("escalation")), len(drawn.shapes("cost")), len(drawn.shapes("stage"))) == (2, 1, 3)
    (first, second) = drawn.shapes("sev")
    assert float(first.get("height", 0)) < float(second.get("height", 0)), "the more serious one is the higher one"
    assert float(first.get("x", 0)) + float(first.get("width", 0)) == pytest.approx(float(second.get("x", 0)))
    assert drawn.description == (
        "From 2026-11-23 03:08 UTC to 2026-11-23 05:24 UTC. Began 03:11. Learned of 03:17. Resolved 05:17. "
        "Severity: SEV2 from 03:17, SEV1 from 03:57. "
        "Stages: Triage from 03:17, Response from 03:19, Resolution from 05:17. "
        "Messages, Stakeholders: 03:27 (next promised for 03:47: in time), 03:45 (next promised for 04:07: late), "
        "04:14 (next promised for 04:37: in time), 04:35, 05:22. "
        "Messages, Customers: 03:29 (next promised for 04:17: missed). "
        "Decisions: 1 at 03:37 (reversed later), 2 at 03:37. Escalation: 03:59 told, agrees, 04:01 message sent. "
        "Cost ≈ $63,000 ($30k per hour × 2 h 6 min until it was resolved)."
    )
    for meaning in ("message sent", "came in time", "came late", "never came", "decision", "reversed later"):
        assert meaning in drawn.caption
    assert "still to come" not in drawn.caption


def test_what_is_not_known_is_left_out() -> None:
    drawn = Drawn(Story(), 7)
    assert drawn.words[-2:] == ["Stage", "Triage"]
    assert "Learned of" not in " ".join(drawn.words)
    assert drawn.caption == ""
    assert "Now 03:24" in drawn.words
    for absent in ("message", "decision", "escalation", "cost"):
        assert drawn.shapes(absent) == []
    story = Story()
    story.tell(5, message("update", promise=20))
    assert [len(Drawn(story, 8).shapes(kind)) for kind in ("waiting", "due", "overdue")] == [1, 1, 0]
    assert "still to come" in Drawn(story, 8).caption
    story.tell(9, acts.lifecycle.cancel("a test"))
    assert {"Cancelled 03:26"} <= set(Drawn(story, 30).words)


def test_what_comes_days_later_does_not_squeeze_the_hours_that_matter() -> None:
    story = outage()
    story.tell(125, acts.decisions.decision("Post-mortem on Thursday", "all are there"))
    before = Drawn(story, 130)
    story.tell(3 * 24 * 60, message("update", 9))
    story.tell(3 * 24 * 60, acts.lifecycle.close("Done"))
    after = Drawn(story, 4 * 24 * 60)
    assert [word for word in after.words if ":" in word] == [word for word in before.words if ":" in word]
    assert "outside the time shown: 1 after." in after.caption


def test_an_end_by_mistake_is_none_and_a_real_one_is() -> None:
    story = Story()
    story.tell(10, acts.lifecycle.resolve("Oops"))
    story.tell(11, acts.lifecycle.reopen("by mistake", undoes=True))
    story.tell(40, acts.lifecycle.resolve("Fixed"))
    story.tell(60, acts.lifecycle.reopen("It is back"))
    words = Drawn(story, 90).words
    assert [word for word in ("Resolved 03:27", "Resolved 03:57", "Reopened 04:17", "Now 04:47") if word in words] == [
        *("Resolved 03:57", "Reopened 04:17", "Now 04:47")
    ]


def _spans(shapes: list[Xml.Element]) -> list[tuple[float, float, float]]:
    """(y, left, right) of circles or boxes."""
    found = []
    for shape in shapes:
        if shape.tag == "circle":
            x, y, r = (float(shape.get(name, 0)) for name in ("cx", "cy", "r"))
            found.append((y, x - r, x + r))
        else:
            x, y, width = (float(shape.get(name, 0)) for name in ("x", "y", "width"))
            found.append((y, x, x + width))
    return found


@pytest.mark.parametrize("sheet", [WIDE, NARROW], ids=["wide", "narrow"])
def test_ten_thousand_marks_never_cover_one_another_and_those_without_room_are_counted(sheet: Sheet) -> None:
    story = Story()
    drafts = [acts.decisions.decision("Do it", "why not"), message("update", promise=700)]
    for number in range(10_000):
        story.entries.append(_entry(story, number, drafts[number % 2]))
    drawn = Drawn(story, 600, sheet)
    shown = 0
    for kind in ("message", "decision"):
        spans = sorted(_spans(drawn.shapes(kind)))
        shown += len(spans)
        assert 20 < len(spans) < 400
        for (y, _, right), (next_y, left, _) in pairwise(spans):
            assert y != next_y or right <= left
    (told,) = (part for part in drawn.figure.iter("p") if part.get("class") == sheet.name)
    assert told.text == f"{10_000 - shown:,} more marks are not drawn, because there is no room."
    assert len(drawn.description) < 2_000
    assert "and 4,988 more" in drawn.description


def _entry(story: Story, number: int, draft: Draft) -> Entry:
    first = story.entries[0]
    at = START + number * HOUR * 9 // 10_000
    return msgspec.structs.replace(
        first, seq=number + 2, n=number + 2, hlc=at << 16, at=at, recorded=at, text=draft.text, body=draft.body
    )


BERLIN = ZoneInfo("Europe/Berlin")


@pytest.mark.parametrize(
    ("minutes", "tz", "first", "step"),
    [
        (10, UTC, "03:17", 1),
        (90, UTC, "03:20", 10),
        (24 * 60, UTC, "04:00", 120),
        (5 * 24 * 60, UTC, "12:00", 12 * 60),
        (90, ZoneInfo("Asia/Kathmandu"), "09:10", 10),
    ],
)
def test_the_times_on_the_axis_are_round_and_have_room(minutes: int, tz: tzinfo, first: str, step: int) -> None:
    axis = Axis(START, START + minutes * MINUTE, WIDE.left, WIDE.right, tz)
    ticks = axis.ticks()
    assert ticks[0][1] == first
    assert {b - a for (a, _), (b, _) in pairwise(ticks)} == {step * MINUTE}
    assert min(axis.x(b) - axis.x(a) for (a, _), (b, _) in pairwise(ticks)) > 40
    narrow = Axis(START, START + minutes * MINUTE, NARROW.left, NARROW.right, tz).ticks()
    assert 2 <= len(narrow) < len(ticks)


def test_the_axis_follows_the_clocks_when_they_change_and_names_days_of_a_long_one() -> None:
    autumn = to_ms(datetime(2026, 10, 25, tzinfo=BERLIN))  # the clocks go back at 03:00
    axis = Axis(autumn, autumn + 30 * HOUR, WIDE.left, WIDE.right, BERLIN)
    assert list(axis.midnights()) == [autumn + 25 * HOUR]
    assert axis.ticks()[0] == (autumn, "00:00")
    year = Axis(autumn, autumn + 400 * 24 * HOUR, WIDE.left, WIDE.right, BERLIN)
    assert all(re.fullmatch(r"\d{4}-\d\d-\d\d", label) for _, label in year.ticks())
    assert 3 <= len(year.ticks()) <= 10
    ages = Axis(MIN_MS, MAX_MS, WIDE.left, WIDE.right, BERLIN)
    assert (3 <= len(ages.ticks()) <= 10, ages.midnights()) == (True, [])
    story = Story()
    story.tell(26 * 60, acts.lifecycle.resolve("Done"))
    assert {"2026-11-23", "2026-11-24"} <= set(Drawn(story, 26 * 60).words)


def test_a_wrong_clock_or_a_restless_severity_makes_no_endless_picture() -> None:
    ages = Story(began=(MIN_MS - START) / MINUTE)
    assert "Learned of" in Drawn(ages, 5).description
    assert len(picture(Snapshot(ages.incident, BOOK, moment(5), UTC))) < 20_000
    restless = Story()
    for number in range(3_000):
        draft = acts.severity.set_severity(1 + number % 2, "hm", 2 - number % 2)
        restless.entries.append(_entry(restless, number, draft))
    drawn = Drawn(restless, 600)
    assert 100 < len(drawn.shapes("sev")) < 1_000
    assert {shape.get("class") for shape in drawn.shapes("sev")} == {"sev sev1", "sev sev2"}
    again = Story()
    for number in range(300):
        again.tell(number, acts.lifecycle.resolve("Done") if number % 2 else acts.lifecycle.reopen("no"))
    assert "more marks are not drawn" in Drawn(again, 300).caption


def test_words_of_people_are_only_text() -> None:
    story = Story()
    wild = "</title></svg><script>alert(1)</script>&quot;"
    story.tell(5, acts.messages.send(MessageSent(wild, 1, wild, wild, wild, promise=moment(30)), wild))
    story.tell(6, acts.escalation.decline_escalation(wild))
    drawn = Drawn(story, 20)
    assert [child.tag for child in drawn.figure] == ["svg", "svg", "figcaption"]
    assert not list(drawn.figure.iter("script"))
    assert any(word.startswith("</title>") for word in drawn.words)


def _luminance(colour: str) -> float:
    digits = colour.removeprefix("#")
    digits = "".join(digit * 2 for digit in digits) if len(digits) == 3 else digits
    parts = [int(digits[at : at + 2], 16) / 255 for at in (0, 2, 4)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


@pytest.mark.parametrize("scheme", [0, 1, 2], ids=["light", "dark", "print"])
def test_the_colours_of_words_and_shapes_have_enough_contrast(scheme: int) -> None:
    """4.5 to 1 for words and 3 to 1 for shapes, as WCAG's level AA asks for."""
    blocks = re.findall(r":root \{(.*?)\}", STYLE, re.DOTALL)
    colours = dict(re.findall(r"--([\w-]+): (#\w+)", blocks[scheme]))
    pairs = {("ink", on): 4.5 for on in ("paper", "panel", "sev1", "sev2", "sev3", "sev4")}
    pairs |= {(name, "paper"): 4.5 for name in ("soft", "late")} | {
        ("soft", "panel"): 4.5,
        ("accent-ink", "accent"): 4.5,
    }
    pairs |= {(name, "paper"): 3 for name in ("accent", "good", *(f"sev{level}-edge" for level in range(1, 5)))}
    for (name, on), least in pairs.items():
        lighter, darker = sorted((_luminance(colours[name]), _luminance(colours[on])), reverse=True)
        assert (lighter + 0.05) / (darker + 0.05) >= least, (name, on)
