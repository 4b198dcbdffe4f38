"""What the report of a drill sums up, and where its parts must agree with each other."""

from __future__ import annotations

import msgspec
import pytest

from tests.conftest import THREE_SEVENTEEN as START
from tests.unit.judging import checks, judged, no_remarks, said, scenario
from tests.unit.story import BOOK, Story, message, moment
from warroom.documents.drill_report import unfinished, values
from warroom.model import acts
from warroom.model.drill_report import Earlier, Played, report
from warroom.model.kinds.messages import MessageSent
from warroom.model.scenario import Event, Expected, Question

LED = acts.roles.assign(BOOK, Story().incident, "ic", "Priya")
ESCALATE = Expected(act="escalate", text="Tell the commander", better="Several major customers are a reason.", by=30)
NAMES = "Northwind, Alpine Sports and Bergmann"
CUSTOMERS = Event(at=12, says="Three are calling me", by="Noor", tells={"customers": NAMES})


@pytest.fixture
def led() -> Story:
    """An incident with a commander, and nothing else."""
    story = Story()
    story.tell(1, LED)
    return story


def test_a_reason_to_escalate_that_was_told_and_not_written_down_is_named(led: Story) -> None:
    of = scenario(events=[*scenario().events, CUSTOMERS], expected=[ESCALATE])
    found = judged(led, of)
    assert said(found, "escalation") == [
        "- T+12:00 · 03:29 Noor told you a reason to escalate (several major customers are affected), "
        "but you had not written it down, so no rule asked for it."
    ]
    assert sum("scalat" in f"{one.text}{one.better}" for one in found.differently) == 1
    led.tell(14, acts.escalation.tell_commander("Priya", agrees=True))
    led.tell(15, message("escalation"))
    assert said(judged(led, of), "escalation") == [
        "+ T+15:00 · 03:32 You escalated for what you had been told (several major customers are affected), "
        "though it was not written down.",
        "+ T+15:00 · 03:32 The commander was told before you escalated.",
    ]


def test_where_nothing_asked_to_escalate_the_part_says_so_without_contradicting_the_scenario(led: Story) -> None:
    part = next(part for part in judged(led, scenario(expected=[ESCALATE])).parts if part.id == "escalation")
    assert part.words == (
        "Nothing that you had written down asked for it; what this scenario teaches says why it was due."
    )
    never = scenario(expected=[Expected(act="escalate", text="Escalate", better="No trigger held.", never=True)])
    led.tell(14, acts.escalation.tell_commander("Priya", agrees=True))
    assert [check.held for check in checks(judged(led, never), "expected")] == [False]
    worse = Story(1)
    assert checks(judged(worse, never), "expected") == [], "the part about escalation says that the rules asked for it"
    early = next(part for part in judged(worse, never, until=10).parts if part.id == "escalation")
    assert early.words == "A rule asked for it, and there was time left to do it."
    worse.tell(14, acts.escalation.tell_commander("Priya", agrees=True))
    assert checks(judged(worse, never), "expected") == [], "at SEV1 the rules ask for it"


@pytest.mark.parametrize(
    ("until", "finished", "before", "shorter", "changes"),
    [
        (20, False, Earlier(0, {"now": (1, 6), "first": (0, 1)}), "this", ["better", "not comparable"]),
        (20, True, Earlier(0, {"now": (1, 6), "first": (0, 1)}, minutes=40), "this", ["better", "not comparable"]),
        (20, False, Earlier(0, {"now": (1, 2)}, finished=False, minutes=8), "that", ["not comparable"]),
        (20, False, Earlier(0, {"now": (1, 5)}, finished=False, minutes=20), "", ["better"]),
        (40, True, Earlier(0, {"now": (4, 5), "first": (1, 9)}), "", ["better", "better"]),
        (40, True, Earlier(0, {"now": (1, 1), "first": (0, 1)}, finished=False, minutes=9), "that",
         ["not comparable", "not comparable"]),
    ],
)  # fmt: skip
def test_a_shorter_run_is_compared_only_where_it_has_as_many_checks(
    led: Story, until: float, *, finished: bool, before: Earlier, shorter: str, changes: list[str]
) -> None:
    led.tell(9, message("initial", promise=38))
    led.tell(11, message("customer"))
    for minute, item in enumerate(next(row for row in BOOK.phases if row.id == "assess").items, 12):
        led.tell(minute, acts.items.tick(BOOK, item.id))
    found = judged(led, until=until, finished=finished, earlier=[before])
    assert found.shorter == shorter
    assert [one.change for one in found.compared] == changes


def test_a_message_from_before_the_question_or_to_others_is_no_answer(led: Story) -> None:
    ask = Question(at=10, by="Lena", asks="What may I tell them?", better="Send it.", to="customers, support", id="ask")
    of = scenario(questions=[ask])

    def send(minute: float, to: str) -> None:
        draft = message("update")
        assert isinstance(draft.body, MessageSent)
        led.tell(minute, msgspec.structs.replace(draft, body=msgspec.structs.replace(draft.body, to=to)))

    send(9, "support")
    send(12, "leadership")
    assert said(judged(led, of), "questions") == [
        "- T+10:00 · 03:27 Lena asked, and nothing was sent or logged that could answer it."
    ]
    send(14, "leadership, Support")
    assert said(judged(led, of), "questions") == [
        "+ T+14:00 · 03:31 Lena asked; a message to leadership, Support went out after 4 min."
    ], "nobody reads whether it answers, so it does not say so"


def test_what_to_do_differently_comes_from_different_parts_and_names_a_late_message_once(led: Story) -> None:
    told = {"tickets": "37", "affected": "20 %", "system": "checkout", "channel": "#inc"}
    of = scenario(
        events=[*scenario().events, Event(at=2, says="So it is", by="Ana", tells=told)],
        expected=[Expected(act="message", what="update", text="Keep the promise", better="Send it.", by=20)],
    )
    led.tell(5, message("initial", promise=18))
    led.tell(24, message("update", 2, promise=30))
    led.tell(35, message("update", 3, promise=60))
    led.tell(36, message("customer"))
    found = judged(led, of)
    late = [one for part in found.parts for one in part.checks if not one.held and "03:41" in one.text]
    assert len(late) > 1, "the first late update stands in several parts"
    assert [one.part for one in found.differently] == ["first", "promises", "twice"]


def test_what_was_not_due_when_a_drill_was_ended_is_named_and_counts_neither_way(led: Story) -> None:
    """Also where the incident was over by then; what comes later in the scenario is not given away."""
    of = scenario(
        events=[*scenario().events, Event(at=30, says="No error since", by="Priya")],
        questions=[
            Question(at=18, by="Lena", asks="What may I tell them?", better="Send it.", to="support", id="ask"),
            Question(at=30, by="Dana", asks="And now?", better="Tell her.", id="late"),
        ],
        expected=[
            Expected(act="message", what="update", text="Keep the promise", better="Send it.", by=30),
            Expected(act="timer", text="Start a clock", better="Start one.", by=10),
            Expected(act="resolve", text="Resolve it", better="Wait for Priya.", since=30, by=36),
            Expected(act="message", what="resolution", text="Tell that it is over", better="Do.", since=30, by=40),
            Expected(act="cancel", text="Cancel it", better="It is real.", never=True),
        ],
    )
    led.tell(5, message("initial", promise=25))
    running = judged(led, of, until=22)
    assert [one.text for one in running.not_due] == [
        "Keep the promise (by 03:47).",
        "Answer Lena (by 03:50).",
    ]
    led.tell(21, acts.lifecycle.resolve("It looks well"))
    found = judged(led, of, until=22)
    assert said(found, "expected") == [
        "- T+10:00 · 03:27 Not done: Start a clock (by 03:27).",
        "- T+21:00 · 03:38 Too early: Resolve it. You did it at 03:38; here, the time for it comes at 03:47.",
    ]
    assert [*said(found, "questions"), *said(found, "promises")] == []
    assert {part.words for part in found.parts} >= {"No answer was due yet.", "No promised update was due."}
    met = msgspec.structs.replace(
        of, expected=[Expected(act="message", what="initial", text=t, better="B", by=9) for t in "ab"]
    )
    praised = [one.text for one in judged(led, met, until=22).went_well if one.part == "expected"]
    assert praised == ["Everything that this scenario teaches was done. That is, as far as it was due by then."]
    assert found.not_due == running.not_due
    assert not found.to_the_end
    assert unfinished(found) == "This run was ended early, after 22 min: what was not due yet is left out."
    assert judged(led, of, until=22, finished=False).not_due == ()
    without = msgspec.structs.replace(of, expected=of.expected[1:])
    assert judged(led, without, until=22).not_due[0].text == "Send the update that was promised (for 03:42)."
    played = judged(led, of)
    assert played.to_the_end
    assert [line[:30] for line in said(played, "expected")][2:] == [
        "- T+30:00 · 03:47 Not done: Ke",
        "- T+40:00 · 03:57 Not done: Te",
        "+ T+40:00 · 03:57 Rightly not ",
    ]


def test_a_wrong_name_for_a_role_is_not_written_down_in_any_part() -> None:
    of = scenario(
        expected=[Expected(act="role", what="ic", who="Olga Petrova", text="Who commands", better="Olga.", by=10)]
    )
    story = Story()
    story.tell(4, acts.roles.assign(BOOK, story.incident, "ic", "Priya"))
    wrong = judged(story, of)
    assert said(wrong, "expected") == [
        "- T+10:00 · 03:27 Not done: Who commands (by 03:27). You wrote “Priya” at 03:21, and it is Olga Petrova."
    ]
    assert not any("incident commander" in line for line in said(wrong, "now")), "nor is it praised for NOW"
    story.tell(12, acts.roles.assign(BOOK, story.incident, "ic", "olga"))
    assert said(judged(story, of), "expected") == [
        "- T+10:00 · 03:27 Late by 2 min: Who commands (by 03:27). You wrote “Priya” at 03:21, and it is Olga Petrova."
    ]
    right = Story()
    right.tell(4, acts.roles.assign(BOOK, right.incident, "ic", "Olga"))
    assert [check.held for check in checks(judged(right, of), "expected")] == [True]
    assert any("incident commander" in line for line in said(judged(right, of), "now"))


def test_what_says_nothing_of_the_question_does_not_answer_it() -> None:
    """The words may stand in another incident, where the scenario says so."""
    about = Question(at=2, by="Lena", asks="Charged twice?", better="No.", answer=("log", "message"), about=["charge"])
    of = scenario(questions=[about])
    story = Story()
    story.tell(4, message("update"))
    assert said(judged(story, of), "questions") == [
        "- T+02:00 · 03:19 Lena asked; a message to leadership went out after 2 min, but says nothing of that."
    ]
    story.tell(7, acts.log.note("Nobody is surcharged"))
    assert [check.held for check in checks(judged(story, of), "questions")] == [False], "a beginning of a word"
    other = Story()
    other.tell(9, acts.log.note("They are Charged once"))
    entries = [msgspec.structs.replace(entry, incident="other1") for entry in other.entries]

    def of_both(question: Question) -> list[str]:
        played = Played(
            scenario(questions=[question]), BOOK, [story.entries, entries], began=START, now=moment(40), finished=True
        )
        return [line.partition("asked; ")[2] for line in said(report(played, no_remarks), "questions")]

    assert of_both(about) == ["a message to leadership went out after 2 min, but says nothing of that."]
    assert of_both(msgspec.structs.replace(about, anywhere=True)) == ["a line was logged after 7 min."]


def test_where_a_scenario_forbids_the_first_words_for_a_while_the_advice_agrees_with_that() -> None:
    never = Expected(act="message", what="customer", text="Write", better="Wait for legal.", by=10, never=True)
    late = checks(judged(Story(1), scenario(expected=[never])), "first")[-1]
    assert late.text.startswith("At SEV1, the first message to customers was due within 15 min, by 03:32")
    assert late.better == "Send it from 03:27 on, as this scenario has it, and by 03:32."


def test_what_stands_in_the_title_another_fact_or_a_message_was_written_down() -> None:
    """What stands only in the log was not set as a fact, and that is said."""
    told = {"system": "checkout", "affected": "about 30 % of searches", "tickets": "37", "channel": "#inc-pay"}
    of = scenario(events=[*scenario().events, Event(at=2, says="So it is", by="Ana", tells=told)])
    story = Story()
    story.tell(4, acts.facts.fact(BOOK, "impact", "slow for about a third of people, since 37 min"))
    story.tell(20, acts.log.note("Bridge is #inc-pay, they say"))
    draft = message("update")
    assert isinstance(draft.body, MessageSent)
    story.tell(21, msgspec.structs.replace(draft, body=msgspec.structs.replace(draft.body, body="37 tickets so far.")))
    assert [line.partition(" Ana told it: ")[2] for line in said(judged(story, of), "twice")] == [
        "affected system, checkout. You wrote it into the title.",
        "share affected, about 30 % of searches. You wrote it into another fact (user impact) 2 min later.",
        "tickets so far, 37. You wrote it into a message only 19 min later.",
        "channel or bridge, #inc-pay. You logged it at 03:37, but not as a fact, so no message has it.",
    ]
    assert [check.held for check in checks(judged(story, of), "twice")] == [True, True, False, False]


def test_what_has_the_same_to_say_is_shown_as_one_and_still_counts_each() -> None:
    told = {"tickets": "37", "affected": "20 %", "runbook": "wiki.example.com/x", "channel": "#inc"}
    of = scenario(events=[*scenario().events, Event(at=2, says="So it is", by="Ana", tells=told)])
    found = judged(Story(), of)
    part = next(part for part in found.parts if part.id == "twice")
    assert (part.words, len(part.rows)) == ("0 of 4 checks held", 1)
    assert part.rows[0].text == (
        "4 things that you were told were never set as facts: tickets so far (Ana); share affected (Ana); "
        "runbook (Ana); channel or bridge (Ana)."
    )
    assert part.rows[0] in found.differently
    text = values(found)["parts"]
    betters = [check["better"] for one in text for check in one["checks"] if check["better"]]
    assert len(betters) == len(set(betters)), "no advice stands there twice"
