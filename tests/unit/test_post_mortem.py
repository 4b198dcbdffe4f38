"""The post-mortem: what the log fills in, what people write over it, side by side too, and when it is owed."""

from __future__ import annotations

from datetime import UTC

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.unit.story import BOOK, Story, message, moment
from warroom.model import acts
from warroom.model.after_the_fix import Section
from warroom.model.entries import Draft, Entry
from warroom.model.post_mortem import (
    STRUCTURED,
    PostMortem,
    as_text,
    changed_sections,
    people_named,
    picked_keys,
    timeline_lines,
)
from warroom.model.snapshot import Snapshot


def at(story: Story, minute: float = 90) -> PostMortem:
    """The post-mortem at a minute."""
    return Snapshot(story.incident, BOOK, moment(minute)).post_mortem


def text(story: Story, section: str, minute: float = 90) -> str:
    """The text of a section at a minute."""
    found = at(story, minute).section(section)
    assert found is not None
    return found.text


def told() -> Story:
    """An incident with everything that a section is filled in from, resolved after 50 minutes."""
    story = Story(2, began=-6)
    story.tell(1, acts.roles.assign(BOOK, story.incident, "on-call", "Marcus"))
    story.tell(2, acts.facts.fact(BOOK, "impact", "payment fails at the last step"))
    story.tell(3, acts.facts.fact(BOOK, "revenue_per_hour", "$60k"))
    story.tell(4, acts.facts.fact(BOOK, "unknown", "why the alert came late\nwho else was hit"))
    story.tell(5, message("initial", promise=20))
    decision = story.tell(10, acts.decisions.decision("Roll back", "it is faster", by="Priya", options="fix forward"))
    story.tell(12, acts.decisions.review(decision, "confirmed", "errors fell"))
    story.tell(25, message("update", 2, promise=60))
    story.tell(44, acts.lifecycle.resolve("Rolled back to v2.3.1"))
    return story


def test_the_log_fills_in_what_is_known_and_nothing_else() -> None:
    story = told()
    assert text(story, "summary") == (
        "SEV2 High: Checkout errors. Payment fails at the last step. "
        "It lasted 50 min, from 2026-11-23 03:11 UTC to 04:01 UTC. Rolled back to v2.3.1."
    )
    assert text(story, "impact").split("\n") == [
        "- User impact: payment fails at the last step",
        "- Duration: 50 min, from 2026-11-23 03:11 UTC to 04:01 UTC",
        "- Cost: ≈ $50,000 ($60k per hour × 50 min until it was resolved)",
    ]
    assert text(story, "decisions") == (
        "- 03:27 UTC Roll back – because it is faster, by Priya; options considered: fix forward; "
        "later confirmed: errors fell"
    )
    assert text(story, "communication", 50).split("\n") == [
        "- 03:22 UTC Initial #1 → leadership; next update promised for 03:37 UTC: late by 5 min",
        "- 03:42 UTC Update #2 → leadership; next update promised for 04:17 UTC: still to come",
        "- Acknowledgement: due by 03:32 UTC; sent 03:22 UTC, in time",
        "- Customer message: due by 03:47 UTC; not sent",
        "- Promised updates: 2, of which 1 late, 1 still to come",
    ]
    assert text(story, "communication").endswith("1 late, 1 missed")
    slow = Story(1)
    slow.tell(21, message("initial"))
    assert text(slow, "communication").endswith("- Customer message: due by 03:32 UTC; not sent")
    assert "- Acknowledgement: due by 03:32 UTC; sent 03:38 UTC, 6 min late" in text(slow, "communication")
    assert text(story, "questions") == "- why the alert came late\n- who else was hit"
    assert text(story, "detection").split("\n")[:2] == [
        "- Began: 03:11 UTC (the declaration)",
        "- Acknowledged: 03:18 UTC, 7 min after it began (On-call engineer: Marcus)",
    ]
    for judged in ("trigger", "root_cause", "factors", "went_well", "improve", "lucky", "lessons"):
        assert text(story, judged) == ""
    body = message("resolution").body
    notice = msgspec.structs.replace(body, fields={"root_cause": "Retries had no limit"})
    story.tell(46, acts.messages.send(notice, "Resolution"))  # type: ignore[arg-type]
    assert text(story, "root_cause") == "Retries had no limit"


def test_an_incident_of_which_little_is_known_says_little() -> None:
    story = Story(3)
    assert text(story, "summary", 10) == (
        "SEV3 Medium: Checkout errors. It lasted 10 min so far, since 2026-11-23 03:17 UTC."
    )
    assert text(story, "decisions") == "None was logged."
    assert text(story, "communication") == "- No message was sent"
    assert text(story, "questions") == ""


def test_a_section_is_live_until_it_is_written_and_again_when_it_is_given_back() -> None:
    story = told()
    first = at(story).section("impact")
    assert first is not None
    assert (first.live, first.parents) == (True, ())
    entry = story.tell(60, acts.post_mortem.write_section("impact", "Nobody could pay."))
    story.tell(61, acts.facts.fact(BOOK, "tickets", "37"))
    written = at(story).section("impact")
    assert written is not None
    assert (written.text, written.live, written.parents) == ("Nobody could pay.", False, (entry.key,))
    story.tell(62, acts.post_mortem.give_back("impact", written.parents))
    assert "- Tickets so far: 37" in text(story, "impact")
    story.tell(63, acts.corrections.retract(story.entries[-1]))
    assert text(story, "impact") == "Nobody could pay."
    assert at(story).state == "draft"


def test_two_who_write_side_by_side_are_both_kept_until_somebody_joins_them() -> None:
    story = told()
    base = story.tell(60, acts.post_mortem.write_section("trigger", "A deploy"))
    mine = story.tell(61, acts.post_mortem.write_section("trigger", "The deploy of v2.4", (base.key,)), author="Dana")
    theirs = story.tell(62, acts.post_mortem.write_section("trigger", "v2.4.0", (base.key,)), origin="there")
    section = at(story).section("trigger")
    assert section is not None
    assert {version.key for version in section.versions} == {mine.key, theirs.key}
    assert {section.text, *(other.text for other in section.others)} == {"The deploy of v2.4", "v2.4.0"}
    story.tell(63, acts.post_mortem.write_section("trigger", "The deploy of v2.4.0", section.parents))
    joined = at(story).section("trigger")
    assert joined is not None
    assert (joined.text, joined.others) == ("The deploy of v2.4.0", ())


def test_it_is_owed_after_a_serious_incident_until_it_is_done_or_waived() -> None:
    story = Story(3)
    story.tell(10, acts.lifecycle.resolve())
    assert (at(story).due, at(story).owed) == (None, False)
    story = told()
    assert (at(story).due, at(story).owed, at(story).state) == (moment(44 + 48 * 60), True, "not started")
    assert "post-mortem" in story.clocks(90)
    story.tell(50, acts.post_mortem.set_state("in review", "Ana"))
    assert (at(story).by, at(story).owed) == ("Ana", True)
    story.tell(51, acts.post_mortem.set_state("done"))
    assert not at(story).owed
    assert "post-mortem" not in story.clocks(90)
    story.tell(55, acts.lifecycle.reopen("it came back"))
    assert (at(story).state, at(story).due) == ("draft", None)
    story.tell(70, acts.lifecycle.resolve())
    assert (at(story).owed, at(story).due) == (True, moment(70 + 48 * 60))
    story.tell(71, acts.post_mortem.set_state("waived", because="a test of the provider"))
    assert (at(story).owed, at(story).because) == (False, "a test of the provider")


def test_one_that_came_back_tells_each_end_and_what_was_broken_again() -> None:
    story = told()
    story.tell(50, acts.milestones.set_milestone(story.incident, "mitigated", moment(30), "the graph"))
    story.tell(51, acts.milestones.set_milestone(story.incident, "mitigated", moment(31), "the log"))
    story.tell(55, acts.lifecycle.reopen("errors are back in the EU"))
    story.tell(56, acts.lifecycle.resolve("oops"))
    story.tell(56, acts.lifecycle.reopen("by mistake", undoes=True))
    story.tell(57, acts.milestones.set_milestone(story.incident, "mitigated", moment(56)))
    story.tell(70, acts.lifecycle.resolve("Disabled the new pool"))
    assert text(story, "summary").endswith(
        "It lasted 1 h 16 min, from 2026-11-23 03:11 UTC to 04:27 UTC. Resolved at 04:01 UTC: Rolled back to v2.3.1. "
        "It came back at 04:12 UTC: errors are back in the EU. Resolved at 04:27 UTC: Disabled the new pool."
    )
    shown = [line for line in lines(story) if line.startswith("milestone")]
    assert shown == ["milestone: Mitigated at 03:48 UTC: the log", "milestone: Mitigated at 04:13 UTC"]


def test_one_that_was_worse_before_owes_one_too() -> None:
    story = Story(1)
    story.severity(5, 3)
    story.tell(10, acts.lifecycle.resolve())
    assert at(story).owed


@pytest.mark.parametrize(
    ("draft", "reason"),
    [
        (acts.post_mortem.set_state("asleep"), "a post-mortem can't be 'asleep'"),
        (acts.post_mortem.set_state("waived"), "waiving the post-mortem needs a reason"),
        (acts.post_mortem.set_state("done"), "the incident is still open"),
        (acts.post_mortem.write_section("weather", "rain"), "the post-mortem has no section 'weather'"),
        (acts.post_mortem.write_section("impact", "x" * 2_000_001), "2,000,001 characters are too many here"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_what_is_refused(draft: Draft, reason: str) -> None:
    assert (Story(2).refused(5, draft) or "").startswith(reason)


def lines(story: Story, *others: Entry) -> list[str]:
    """The lines of the timeline, as the post-mortem shows them."""
    found = timeline_lines(story.incident, BOOK, others)
    return [f"{line.kind}: {line.words}" + (f" [{line.how}]" if line.how else "") for line in found]


def test_the_timeline_shows_what_matters_and_what_was_picked() -> None:
    story = told()
    note = story.tell(60, acts.log.note("Errors began with the deploy", moment(-7)))
    action = story.tell(61, acts.log.action("Rollback started", "Marcus", moment(11)))
    many = [story.tell(70, acts.log.note(f"note {number}")) for number in range(31)]
    assert lines(story, note, action)[0] == "note: Errors began with the deploy"
    assert lines(story, note, action, *many) == [
        "incident: began",
        "declared: severity set to SEV2",
        "update: Initial #1 → leadership",
        "decision: Roll back – it is faster, by Priya",
        "action: Rollback started – by Marcus",
        "update: Update #2 → leadership",
        "resolved: Rolled back to v2.3.1",
    ]
    story.tell(62, acts.post_mortem.choose_line(note, "picked"))
    story.tell(63, acts.post_mortem.choose_line(action, "left out"))
    decision = story.incident.decisions[0].entry
    story.tell(64, acts.post_mortem.choose_line(decision, "pinned", "Rolled back for speed"))
    assert picked_keys(story.incident) == [note.key, decision.key]
    assert lines(story, note, action, *many) == [
        "note: Errors began with the deploy [picked]",
        "incident: began",
        "declared: severity set to SEV2",
        "update: Initial #1 → leadership",
        "decision: Rolled back for speed [pinned]",
        "update: Update #2 → leadership",
        "resolved: Rolled back to v2.3.1",
    ]
    story.tell(65, acts.corrections.retract(decision, "never happened"))
    assert "decision: Rolled back for speed [pinned]" not in lines(story, note, action, decision)


def test_whose_names_count_as_people() -> None:
    story = told()
    story.tell(50, acts.roles.assign(BOOK, story.incident, "on-call", "Bo"), author="Ana")
    assert set(people_named(story.incident)) == {"Sam", "Ana", "Marcus", "Bo"}


@settings(max_examples=60)
@given(
    st.dictionaries(
        st.sampled_from([row.id for row in BOOK.post_mortem.sections if row.id not in STRUCTURED]),
        st.text(st.characters(codec="utf-8", exclude_characters="\r"), max_size=60),
        max_size=4,
    )
)
def test_all_sections_as_one_text_give_back_exactly_what_was_changed(texts: dict[str, str]) -> None:
    story = told()
    sections = at(story).sections
    known = {section.row.id: section.text for section in sections}
    whole = as_text(sections, UTC)
    assert changed_sections(whole, sections, UTC) == {}
    edited = whole
    expected = {}
    for id, words in texts.items():
        if any(line.startswith("=== ") for line in words.split("\n")):
            continue
        head = f"=== {id} === "
        start = edited.index("\n", edited.index(head)) + 1
        edited = edited[:start] + words + edited[start + len(known[id]) :]
        if words.strip("\n") != known[id].strip("\n"):
            expected[id] = words.strip("\n")
    assert changed_sections(edited, sections, UTC) == expected


def test_a_section_whose_heading_was_deleted_belongs_to_the_one_above_it() -> None:
    sections = at(told()).sections
    whole = as_text(sections, UTC)
    assert "=== trigger === Trigger" in whole
    edited = whole.replace("=== trigger === Trigger\n", "What set it off\n")
    assert changed_sections(edited, sections, UTC) == {
        "detection": f"{text(told(), 'detection')}\n\nWhat set it off",
    }


def test_a_companys_own_sections_begin_empty() -> None:
    rules = msgspec.structs.replace(BOOK.post_mortem, sections=[Section("legal", "Legal"), Section("impact", "Impact")])
    book = msgspec.structs.replace(BOOK, post_mortem=rules)
    found = Snapshot(told().incident, book, moment(90)).post_mortem.sections
    assert [(section.row.title, bool(section.text)) for section in found] == [("Legal", False), ("Impact", True)]
