"""The report of a drill: what it finds in a run, with the moment and what would have been better."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import msgspec
import pytest

from tests.conftest import THREE_SEVENTEEN as START
from tests.unit.judging import checks, judged, no_remarks, said, scenario
from tests.unit.story import BOOK, Story, message, moment
from warroom.documents.drill_report import lasted, unfinished
from warroom.model import acts
from warroom.model.drill_report import Earlier, Played, Remarked, report
from warroom.model.entries import Entry
from warroom.model.incident import Incident
from warroom.model.scenario import Event, Expected, Question


@pytest.fixture(scope="module")
def story() -> Story:
    """A run with a late update, customers who are forgotten, a lost fact, and somebody who waits for an answer."""
    story = Story()
    story.tell(2, acts.roles.assign(BOOK, story.incident, "ic", "Priya"))
    story.tell(9, message("initial", promise=30))
    story.tell(38, message("update", 2, promise=68))
    return story


EVERYTHING = scenario(
    events=[Event(at=4, says="20 % fail", by="Marcus", tells={"affected": "20 %"})],
    questions=[Question(at=10, by="Dana", asks="When is it back?", better="Say when you write next.")],
    expected=[Expected(act="message", what="customer", text="Tell customers", better="Tell them.", by=30)],
)


def test_each_part_says_when_it_was_and_what_happened(story: Story) -> None:
    found = judged(story, EVERYTHING)
    assert found.words == "5 of 12 checks held"
    assert said(found, "promises") == [
        "- T+30:00 · 03:47 Initial #1 promised the next update for 03:47; it came at 03:55, 8 min late."
    ]
    assert said(found, "first") == [
        "+ T+09:00 · 03:26 At SEV2, the acknowledgement went out after 9 min; the limit is 15 min.",
        "- T+30:00 · 03:47 At SEV2, the first message to customers was due within 30 min, by 03:47; it was never sent.",
    ]
    assert said(found, "twice") == [
        "- T+04:00 · 03:21 Marcus told it: share affected, 20 %. It was never written down."
    ]
    assert said(found, "now") == [
        "+ T+02:00 · 03:19 “Find out who the incident commander is” was done in time.",
        "+ T+09:00 · 03:26 “Send the initial acknowledgement: due 03:32” was done in time.",
        "- T+30:00 · 03:47 NOW said “Send status update #2: promised for 03:47”; it was done at 03:55, 8 min late.",
        "- T+30:00 · 03:47 NOW said “Customer message is LATE: send the customer message”; it was never done.",
    ]
    assert said(found, "questions") == [
        "- T+10:00 · 03:27 Dana asked; a message to leadership went out only after 28 min."
    ]
    assert said(found, "expected") == ["- T+30:00 · 03:47 Not done: Tell customers (by 03:47)."]
    assert all(one.better for part in found.parts for one in part.checks if not one.held)


def test_the_summary_names_the_worst_each_about_something_else(story: Story) -> None:
    found = judged(story, EVERYTHING)
    assert [one.part for one in found.differently] == ["first", "promises", "twice"], "the late update is named once"
    assert len(found.went_well) == 3
    assert all(one.held for one in found.went_well)


def test_a_run_that_goes_on_is_judged_only_by_what_can_be_known(story: Story) -> None:
    found = judged(story, EVERYTHING, until=20, finished=False)
    assert said(found, "promises") == []
    assert said(found, "first") == said(judged(story, EVERYTHING), "first")[:1]
    assert said(found, "questions") == []
    assert said(found, "expected") == []
    assert found.words == "4 of 5 checks held"


@pytest.fixture
def led() -> Story:
    """An incident with a commander, and nothing else."""
    story = Story()
    story.tell(1, acts.roles.assign(BOOK, story.incident, "ic", "Priya"))
    return story


def test_a_promise_is_kept_missed_or_still_running(led: Story) -> None:
    led.tell(5, message("initial", promise=25))
    led.tell(25, message("update", 2, promise=35))
    assert [check.held for check in checks(judged(led, until=34), "promises")] == [True]
    late = judged(led, until=40)
    assert said(late, "promises")[1] == "- T+35:00 · 03:52 Update #2 promised the next update for 03:52; it never came."
    assert "Write at 03:52 even if there is no news" in checks(late, "promises")[1].better


def test_the_limits_of_the_first_words_are_those_of_the_severity_at_that_time(led: Story) -> None:
    led.severity(2, 3)
    assert said(judged(led), "first") == [], "at SEV3 nobody has to be told"
    led.severity(10, 1)
    led.tell(20, message("initial", promise=50))
    led.tell(30, message("customer"))
    assert said(judged(led), "first") == [
        "+ T+20:00 · 03:37 At SEV1, the acknowledgement went out after 10 min; the limit is 15 min.",
        "- T+25:00 · 03:42 At SEV1, the first message to customers was due within 15 min, by 03:42; "
        "it came at 03:47, 5 min late.",
    ]


def test_the_first_message_to_customers_counts_from_when_it_was_learned_of(led: Story) -> None:
    """It promises a next update, whose clock has the name of the first one's."""
    led.tell(10, message("initial", promise=38))
    led.tell(22, message("customer", promise=45))
    found = judged(led)
    assert said(found, "first")[1:] == [
        "+ T+22:00 · 03:39 At SEV2, the first message to customers went out after 22 min; the limit is 30 min."
    ]
    led.tell(37, message("update", 2))
    assert said(judged(led), "promises") == [
        "+ T+37:00 · 03:54 Initial #1 promised the next update for 03:55; it came at 03:54, in time."
    ], "it is dated when it came, not when it would have been due"


def test_a_false_alarm_owes_customers_nothing_and_says_the_same_of_a_late_message_everywhere() -> None:
    story = Story(1)
    story.tell(1, acts.roles.assign(BOOK, story.incident, "ic", "Priya"))
    story.tell(20.9, message("initial", promise=38))
    story.tell(27, acts.lifecycle.cancel("The probes were blind"))
    found = judged(story)
    assert said(found, "first") == [
        "- T+15:00 · 03:32 At SEV1, the acknowledgement was due within 15 min, by 03:32; it came at 03:37, 5 min late."
    ]
    late = [line for line in said(found, "now") if "03:32" in line or "ustomer" in line]
    assert late == [
        "- T+15:00 · 03:32 NOW said “Send the initial acknowledgement: due 03:32”; it was done at 03:37, 5 min late."
    ]


def test_what_falls_due_after_the_end_of_the_scenario_is_not_held_against_a_run(led: Story) -> None:
    led.tell(9, message("initial", promise=39))
    led.tell(20, message("customer"))
    led.tell(38, message("update", 2, promise=46))
    at_the_end, later = judged(led), judged(led, until=100)
    for part in ("promises", "first", "now", "questions", "expected"):
        assert said(later, part) == said(at_the_end, part)
    assert lasted(later) == "40 min, and 1 h after its end"
    assert unfinished(later).endswith("what fell due after the end is not held against you.")


def test_what_nobody_was_told_before_it_was_over_counts_too(led: Story) -> None:
    led.tell(20, acts.lifecycle.resolve("Rolled back"))
    assert said(judged(led), "first") == [
        "- T+15:00 · 03:32 At SEV2, the acknowledgement was due within 15 min, by 03:32; it was never sent."
    ]


TOLD = scenario(
    events=[
        Event(at=2, says="Only the EU, about 20 % of attempts", by="Marcus", tells={"affected": "20 %"}),
        Event(at=4, says="37 tickets", by="Ana", tells={"tickets": "37"}),
        Event(at=5, says="It is checkout", by="Ana", tells={"system": "checkout"}),
    ]
)


def test_what_is_told_is_to_be_written_down_within_minutes(led: Story) -> None:
    led.tell(3, acts.facts.fact(BOOK, "system", "the checkout"))
    led.tell(11, acts.facts.fact(BOOK, "affected", "20 %"))
    led.tell(20, acts.facts.fact(BOOK, "tickets", "37"))
    assert said(judged(led, TOLD), "twice") == [
        "+ T+02:00 · 03:19 Marcus told it: share affected, 20 %. Written down after 9 min.",
        "- T+04:00 · 03:21 Ana told it: tickets so far, 37. It was written down only 16 min later.",
        "+ T+05:00 · 03:22 Ana told it: affected system, checkout. You knew it already.",
    ]


def test_a_wrong_fact_is_not_written_down_whatever_else_went_well(led: Story) -> None:
    of = scenario(
        events=[
            Event(at=1, says="30 % fail", by="Ana", tells={"affected": "30 %"}),
            Event(at=15, says="False alarm", by="Ingrid", tells={"impact": "none: only the monitoring was blind"}),
            Event(at=20, says="Down to 10 %", by="Ana", tells={"affected": "10 %", "system": "booking"}),
        ]
    )
    led.tell(2, acts.facts.fact(BOOK, "affected", "about a third"))
    led.tell(19, acts.facts.fact(BOOK, "impact", "Booking fails for users in Europe"))
    led.tell(22, acts.facts.fact(BOOK, "system", "warehouse"))
    found = judged(led, of)
    assert said(found, "twice") == [
        "+ T+01:00 · 03:18 Ana told it: share affected, 30 %. Written down after 1 min.",
        "- T+19:00 · 03:36 You wrote “Booking fails for users in Europe” at 03:36, "
        "and Ingrid had told “none: only the monitoring was blind”.",
        "- T+20:00 · 03:37 Ana told it: share affected, 10 %. It was never written down; “about a third” stood there.",
        "- T+22:00 · 03:39 You wrote “warehouse” at 03:39, and Ana had told “booking”: no word or figure is the same.",
    ]
    assert not any("blind" in check.text for check in found.went_well)
    assert any("blind" in check.text for check in found.differently)


@pytest.mark.parametrize(
    ("questions", "found"),
    [
        ([(1, "How many users are affected?")], []),
        ([(3, "How many users are affected?")], ["You asked for what Marcus had told at 03:19: share affected."]),
        ([(6, "Any workaround?"), (9, "Is there really no workaround?")], ["You had asked this at 03:23 already."]),
        ([(6, "Who is in the bridge?"), (9, "Who is in the bridge?")], ["You had asked this at 03:23 already."]),
        ([(6, "Any workaround?"), (9, "Is the runbook at hand?")], []),
        ([(6, "Checked whether users are affected.")], []),
        ([(6, "Ana asks how many users are affected?")], []),
        ([(6, "And now?"), (9, "And now?")], []),
        ([(6, "When can I write to customers?"), (9, "When do you need me?")], []),
        ([(6, "When will it be back?"), (9, "How long will it take?")], ["You had asked this at 03:23 already."]),
    ],
)  # fmt: skip
def test_nobody_is_asked_for_what_was_told_or_asked_before(
    led: Story, questions: list[tuple[float, str]], found: list[str]
) -> None:
    for minute, words in questions:
        led.tell(minute, acts.log.note(words))
    failed = [check.text for check in checks(judged(led, TOLD), "twice") if not check.held and check.said]
    assert failed == found


Act = tuple[float, str]
ASKED = "From 03:27 the rules asked to escalate (SEV1 is declared)"


@pytest.mark.parametrize(
    ("told", "found"),
    [
        ([], []),
        ([(10, "sev1")], [f"- {ASKED}; nothing was sent or decided."]),
        (
            [(10, "sev1"), (12, "agrees"), (14, "send")],
            [
                f"+ {ASKED}; the escalation was sent after 4 min.",
                "+ The commander was told before you escalated.",
            ],
        ),
        (
            [(10, "sev1"), (14, "send")],
            [
                f"+ {ASKED}; the escalation was sent after 4 min.",
                "- You escalated without telling the commander, Priya, first.",
            ],
        ),
        (
            [(10, "sev1"), (30, "decline")],
            [f"- {ASKED}; it was decided not to, with a reason, only after 20 min."],
        ),
        (
            [(12, "agrees"), (14, "send")],
            ["- You escalated although no rule asked for it.", "+ The commander was told before you escalated."],
        ),
    ],
)  # fmt: skip
def test_escalation_follows_the_rules(led: Story, told: list[Act], found: list[str]) -> None:
    do = {
        "sev1": lambda at: led.severity(at, 1),
        "agrees": lambda at: led.tell(at, acts.escalation.tell_commander("Priya", agrees=True)),
        "send": lambda at: led.tell(at, message("escalation")),
        "decline": lambda at: led.tell(at, acts.escalation.decline_escalation("leadership is here")),
    }
    for minute, act in told:
        do[act](minute)
    marks = [f"{'+' if one.held else '-'} {one.text}" for one in checks(judged(led), "escalation")]
    assert marks == found


def test_advice_that_has_no_deadline_is_to_be_done_within_ten_minutes_of_now() -> None:
    story = Story()
    story.tell(9, acts.roles.assign(BOOK, story.incident, "ic", "Priya"))
    story.tell(10, message("initial", promise=60))
    story.tell(11, message("customer"))
    for item in next(row for row in BOOK.phases if row.id == "assess").items:
        story.tell(14, acts.items.tick(BOOK, item.id))
    found = said(judged(story), "now")
    assert found[0] == "+ T+09:00 · 03:26 “Find out who the incident commander is” was done in time."
    slow = [line for line in found if line.startswith("-")]
    assert slow == [
        "- T+14:00 · 03:31 NOW said “5–15 Gather context: Affected system” for 11 min: nobody did it.",
        "- T+25:00 · 03:42 NOW said “15–30 Communicate: In the channel or bridge” for 15 min: nobody did it.",
    ]


def test_an_answer_is_judged_by_its_words_and_its_time() -> None:
    of = scenario(
        questions=[
            Question(at=5, by="Ana", asks="When is it back?", better="Promise no time.", never=["promise"], id="when"),
            Question(
                at=20, by="Ben", asks="Shall I tell customers?", better="Decide.", answer=("decision",), id="tell"
            ),
        ]
    )
    story = Story()
    promise = story.tell(9, message("update", 1, promise=30))
    story.tell(38, acts.decisions.decision("Support tells customers", "they ask already"))

    def remarks(incident: Incident, entry: Entry) -> Sequence[Remarked]:
        return [Remarked("promise", "Promise", "in 20 minutes", "Nobody knows.")] if entry.key == promise.key else []

    played = Played(of, BOOK, [story.entries], began=START, now=moment(40))
    found = report(played, remarks)
    assert said(found, "questions") == [
        "- T+09:00 · 03:26 Ana asked; a message to leadership went out after 4 min, with “in 20 minutes”.",
        "- T+20:00 · 03:37 Ben asked; a decision was logged only after 18 min.",
    ]
    assert checks(found, "questions")[0].why == "Nobody knows."
    assert checks(found, "questions")[1].said == "Shall I tell customers?"


@pytest.mark.parametrize(
    ("row", "found"),
    [
        ({"act": "severity", "what": "1", "text": "Raise it", "by": 12}, "+ Done: Raise it (by 03:29)."),
        ({"act": "severity", "what": "1", "text": "Raise it", "by": 8}, "- Late by 2 min: Raise it (by 03:25)."),
        ({"act": "message", "what": "update", "text": "Tell", "since": 20, "by": 30}, "- Not done: Tell (by 03:47)."),
        ({"act": "message", "what": "update", "text": "Tell", "by": 30}, "+ Done: Tell (by 03:47)."),
        ({"act": "cancel", "text": "Cancel it", "never": True}, "+ Rightly not done: Cancel it."),
        ({"act": "severity", "what": "1", "text": "Panic", "never": True, "by": 15}, "- Done, and better left: Panic."),
        ({"act": "severity", "what": "1", "text": "Panic", "never": True, "by": 9}, "+ Rightly not done: Panic."),
        ({"act": "declare", "text": "Declare both", "incident": 2}, "- Not done: Declare both."),
    ],
)  # fmt: skip
def test_what_a_scenario_expects(led: Story, row: dict[str, Any], found: str) -> None:
    led.severity(10, 1)
    led.tell(12, message("update", promise=30))
    [line] = said(judged(led, scenario(expected=[Expected(better="Do it.", **row)])), "expected")
    assert line.split(" ", 4)[0] + " " + line.split(" ", 4)[4] == found


def test_a_run_is_compared_part_by_part_with_the_last_one_before_it(story: Story) -> None:
    runs = [
        Earlier(moment(-3000), {"promises": (1, 1)}),
        Earlier(moment(-2000), {"promises": (0, 2), "first": (2, 2), "now": (1, 2), "escalation": (1, 1)}),
    ]
    found = judged(story, EVERYTHING, earlier=runs[::-1])
    assert [(one.part, one.words(None)) for one in found.compared] == [
        ("promises", "the same, 0 of 1 now and 0 of 2 on 2026-11-21"),
        ("first", "worse, 1 of 2 now and 2 of 2 on 2026-11-21"),
        ("now", "the same, 2 of 4 now and 1 of 2 on 2026-11-21"),
    ]
    assert found.earlier == tuple(runs)


def test_of_several_incidents_each_check_says_which_it_is_about(story: Story) -> None:
    other = Story()
    other.tell(1, acts.lifecycle.retitle("Sign-in is slow"))
    entries = [msgspec.structs.replace(entry, incident="other1") for entry in other.entries]
    found = report(Played(scenario(), BOOK, [story.entries, entries], began=START, now=moment(40)), no_remarks)
    assert said(found, "first")[-2:] == [
        "- T+30:00 · 03:47 Checkout errors: At SEV2, the first message to customers was due within 30 min, by 03:47; "
        "it was never sent.",
        "- T+30:00 · 03:47 Sign-in is slow: At SEV2, the first message to customers was due within 30 min, by 03:47; "
        "it was never sent.",
    ]
    assert [ref for ref, _ in found.incidents] == ["k7qd3f", "other1"]
