"""What an imported line becomes in the journal, and how a time that is not known well reads afterwards."""

from __future__ import annotations

from datetime import UTC

import pytest

from warroom.model import ids
from warroom.model.entries import PAST, Body, Draft, Entry
from warroom.model.incident import fold
from warroom.model.kinds.decisions import DecisionMade
from warroom.model.kinds.lifecycle import Declared, Resolved
from warroom.model.kinds.log import ActionTaken, Noted
from warroom.model.kinds.messages import MessageSent
from warroom.model.kinds.milestones import ITS_TIMELINE, MilestoneSet
from warroom.model.kinds.roles import RoleAssigned
from warroom.model.kinds.severity import SeveritySet
from warroom.model.lines import clock, line
from warroom.timelines import TimelineEntry, read
from warroom.timelines.drafts import Key, Known, began, drafts, key, placed, severity

BEGAN = 1_762_176_000_000  # 2025-11-03 13:20 UTC


def entries(text: str) -> tuple[TimelineEntry, ...]:
    """The entries of a timeline of that day."""
    return read(f"# 2025-11-03 (UTC)\n{text}").entries


def made(text: str, known: frozenset[Key] = frozenset(), *, is_open: bool = True, level: int = 2) -> list[Draft]:
    """The drafts of the entries."""
    return drafts(
        entries(text),
        began_at=BEGAN,
        level=level,
        is_open=is_open,
        known=Known(known),
        roles={ids.ROLE_COMMANDER},
        sent={ids.MESSAGE_UPDATE: 2},
    )


@pytest.mark.parametrize(
    ("text", "body"),
    [
        ("It rains", Noted()),
        ("Priya Sharma: it rains", Noted("Priya Sharma")),
        ("Marcus Weber: restarted the pods", ActionTaken("Marcus Weber")),
        ("Decided to wait because it heals", DecisionMade("it heals")),
        ("Told HR by mail", MessageSent(ids.MESSAGE_UPDATE, 3, "", "", "Told HR by mail", channel="timeline")),
        ("PagerDuty alert fired", MilestoneSet("detected", BEGAN, ITS_TIMELINE)),
        ("Severity raised to SEV1", SeveritySet(1, "Severity raised to SEV1")),
        ("Severity set to SEV2", Noted(called="severity")),
        ("Priya Sharma becomes incident commander", RoleAssigned(ids.ROLE_COMMANDER, "Priya Sharma")),
        ("Priya joined the call", Noted(called="role")),
        ("Incident declared", MilestoneSet("declared", BEGAN, ITS_TIMELINE)),
        ("All services back to normal", Resolved()),
    ],
)  # fmt: skip
def test_the_kind_of_a_line_becomes_an_entry(text: str, body: Body) -> None:
    (draft,) = made(f"- 13:20 {text}")
    assert (draft.body, draft.at) == (body, BEGAN)


def test_the_first_line_that_tells_of_a_milestone_sets_it_and_who_commands() -> None:
    text = (
        "- 13:20 Alert fired\n- 13:21 Second alert fired\n- 13:22 Kim Lee: acked the page\n"
        "- 13:23 Incident #231 declared, SEV2. IC: Priya\n- 13:40 Impact mitigated\n- 13:50 Mitigated again\n"
    )
    found = made(text, frozenset({key(BEGAN, "Checkout errors")}))  # as an incident that is new has its declaration
    set_ = [(d.body.milestone, d.body.by, d.text) for d in found if isinstance(d.body, MilestoneSet)]
    assert set_ == [
        ("detected", "", "Alert fired"),
        ("acknowledged", "Kim Lee", "acked the page"),
        ("declared", "", "Incident #231 declared, SEV2. IC: Priya"),
        ("mitigated", "", "Impact mitigated"),
    ]
    roles = [(d.body.name, d.text, d.at) for d in found if isinstance(d.body, RoleAssigned)]
    assert roles == [("Priya", "Incident commander: Priya", BEGAN + 180_000)]
    again = drafts(
        entries(text), began_at=BEGAN, level=2, is_open=True, known=Known(), roles=(), sent={}, reached={"detected"}
    )
    assert (again[0].body, len(again)) == (Noted(called="detected"), 6)


def test_it_is_over_when_somebody_says_so() -> None:
    given = {"began_at": BEGAN, "level": 2, "is_open": True, "known": Known(), "roles": (), "sent": {}}
    found = drafts(entries("- 13:20 It rains\n- 13:30 Resolved"), **given, ended=BEGAN + 1)  # type: ignore[arg-type]
    assert [(type(draft.body), draft.at) for draft in found][1:] == [(Noted, BEGAN + 600_000), (Resolved, BEGAN + 1)]


def test_posts_of_a_status_page_are_messages_to_customers_and_the_last_one_is_the_end() -> None:
    text = "Resolved\nIt works.\n{0}14:20\n\nIdentified\nA bad config.\n{0}13:50\n\nInvestigating\nWe look.\n{0}13:20\n"
    found = made(text.format("Nov 3, 2025 - "))
    kinds = [draft.body.message if isinstance(draft.body, MessageSent) else draft.body.kind for draft in found]
    assert kinds == ["customer", "customer", "resolved"]
    (alone,) = made("- 13:20 Identified: a bad config")
    assert isinstance(alone.body, MessageSent)
    assert alone.body.message == ids.MESSAGE_UPDATE  # one line is no status page


def test_only_an_exact_time_changes_the_state() -> None:
    text = "- ~13:20 All services back to normal\n- ~13:30 Severity raised to SEV1\n- ??:?? Status page updated\n"
    assert [draft.body for draft in made(text)] == [
        Noted(called="resolved", precision="approximate"),
        Noted(called="severity", precision="approximate"),
        Noted(called="sent", precision="unknown"),
    ]


def test_the_last_end_is_the_end() -> None:
    text = "- 13:30 All services back to normal\n- 13:40 Errors again\n- 13:50 All services back to normal\n"
    assert [type(draft.body) for draft in made(text)] == [Noted, Noted, Resolved]
    assert [type(draft.body) for draft in made(text, is_open=False)] == [Noted, Noted, Noted]


def test_what_is_known_or_there_twice_is_no_draft() -> None:
    text = "- 13:20 It rains\n- 13:20 It  rains\n- 13:21 It rains\n"
    assert [draft.at for draft in made(text)] == [BEGAN, BEGAN + 60_000]
    assert [draft.at for draft in made(text, frozenset({key(BEGAN, "It rains")}))] == [BEGAN + 60_000]


def test_more_changes_of_severity_than_an_incident_has_are_notes() -> None:
    text = "".join(f"- 13:20 Severity raised to SEV{1 + n % 2}, {n}\n" for n in range(200))
    assert sum(isinstance(draft.body, SeveritySet) for draft in made(text)) == 50


def test_a_line_without_a_time_stands_behind_the_one_before() -> None:
    found = entries("- ??:?? a\n- 13:20 b\n- ??:?? c\n")
    assert [(entry.text, at) for entry, at in placed(found)] == [("a", BEGAN), ("b", BEGAN), ("c", BEGAN)]


def test_it_began_when_it_was_detected() -> None:
    assert began(entries("- 13:00 Deploy finished\n- 13:20 Alert fired\n- 13:30 x\n")) == BEGAN
    assert began(entries("- 13:20 It rains\n- 13:30 x\n")) == BEGAN
    assert began(entries("- ??:?? It rains\n")) is None
    assert began(entries("- 13:00 Deploy\n- 13:20 5xx errors begin\n- 13:30 Alert fired\n")) == BEGAN


@pytest.mark.parametrize(
    ("text", "level"),
    [("SEV1 declared", 1), ("Incident opened, P3", 3), ("Incident declared", None), ("Deploy 1", None)],
)
def test_the_severity_that_the_words_give(text: str, level: int | None) -> None:
    assert severity(entries(f"- 13:20 {text}")) == level


def entry(n: int, at: int, recorded: int, body: Body) -> Entry:
    """An entry of the journal."""
    return Entry(n, "here", n, n, "k7qd3f", at, recorded, "Sam", "It rains", body)


@pytest.mark.parametrize(
    ("body", "shown"),
    [
        (Noted(), "13:20"),
        (Noted(precision="approximate"), "~13:20"),
        (ActionTaken(precision="unknown"), "--:--"),
        (DecisionMade(precision="day"), "--:--"),
        (Resolved(), "13:20"),
    ],
)
def test_a_time_is_shown_as_well_as_it_is_known(body: Body, shown: str) -> None:
    one = entry(1, BEGAN, BEGAN, body)
    assert clock(one, UTC) == shown
    assert line(one, UTC).startswith(f"{shown} UTC ")


@pytest.mark.parametrize(
    ("declared", "recorded", "late"),
    [
        (BEGAN + PAST, BEGAN + PAST, 0),  # imported together with the declaration
        (BEGAN + PAST, BEGAN + PAST + 90_000, 0),  # with a longer version of it, or by hand
        (BEGAN + PAST - 1, BEGAN + PAST - 1, PAST - 1),  # declared late, but while it was news
        (BEGAN, BEGAN + 90_000, 90_000),
        (BEGAN, BEGAN + 59_000, 0),
    ],
)
def test_what_was_written_down_with_a_past_incident_is_not_called_late(declared: int, recorded: int, late: int) -> None:
    incident = fold([entry(1, BEGAN, declared, Declared("Rain", 2, BEGAN, BEGAN))])
    one = entry(2, BEGAN, recorded, Noted())
    assert incident.added_late(one) == late
    assert ("(added " in line(one, UTC, incident)) == bool(late)
