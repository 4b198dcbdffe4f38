"""The NOW line as the playbook wants it: a table of states, and people who simply do what it says."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.unit.story import BOOK, Story, message, moment
from warroom.model import acts
from warroom.model.clocks import is_message_clock
from warroom.model.snapshot import Snapshot
from warroom.model.times import MINUTE

Step = tuple[float, str]
"""When something happens, in minutes since the user learned of it, and what; see `_STEPS`."""


def _tick_all(phase: str) -> Callable[[Story, float], None]:
    def run(story: Story, minute: float) -> None:
        for item in next(row for row in BOOK.phases if row.id == phase).items:
            story.tell(minute, acts.items.tick(BOOK, item.id))

    return run


def _know(*facts: str) -> Callable[[Story, float], None]:
    def run(story: Story, minute: float) -> None:
        for fact in facts:
            story.tell(minute, acts.facts.fact(BOOK, fact, "as far as we know"))

    return run


def _everything(story: Story, minute: float) -> None:
    """All that the first 30 minutes ask for, short of messages and escalating."""
    story.tell(minute, acts.roles.assign(BOOK, story.incident, "ic", "Priya"))
    for phase in BOOK.phases:
        _tick_all(phase.id)(story, minute)
    _know("impact", "affected", "workaround")(story, minute)


_STEPS: dict[str, Callable[[Story, float], object]] = {
    "ic": lambda story, at: story.tell(at, acts.roles.assign(BOOK, story.incident, "ic", "Priya")),
    "ic leaves": lambda story, at: story.tell(at, acts.roles.assign(BOOK, story.incident, "ic", "")),
    "assess done": _tick_all("assess"),
    "context done": _tick_all("context"),
    "all items done": _everything,
    "impact known": _know("impact"),
    "message facts known": _know("impact", "affected", "workaround"),
    "ack": lambda story, at: story.tell(at, message("initial", promise=at + 30)),
    "ack, promised in 60": lambda story, at: story.tell(at, message("initial", promise=at + 60)),
    "update": lambda story, at: story.tell(at, message("update", promise=at + 30)),
    "customer": lambda story, at: story.tell(at, message("customer")),
    "customer, promised in 30": lambda story, at: story.tell(at, message("customer", promise=at + 30)),
    "partner, promised in 20": lambda story, at: story.tell(at, message("partner", promise=at + 20)),
    "resolution": lambda story, at: story.tell(at, message("resolution")),
    "escalation": lambda story, at: story.tell(at, message("escalation")),
    "ic agrees": lambda story, at: story.tell(at, acts.escalation.tell_commander("in the bridge", agrees=True)),
    "ic told": lambda story, at: story.tell(at, acts.escalation.tell_commander("in the bridge", agrees=False)),
    "ic left out": lambda story, at: story.tell(at, acts.escalation.skip_commander("nobody leads")),
    "no escalation": lambda story, at: story.tell(at, acts.escalation.decline_escalation("leadership is in the room")),
    "churn": lambda story, at: story.tell(at, acts.escalation.answer_trigger(BOOK, "churn", True)),
    "breach": lambda story, at: story.tell(at, acts.facts.fact(BOOK, "breach", "suspected")),
    "eta 3 h": lambda story, at: story.tell(at, acts.facts.fact(BOOK, "eta", "3 hours")),
    "clock of 5": lambda story, at: story.tell(at, acts.timers.start_timer("call Sam", moment(at + 5))),
    "food": lambda story, at: story.tell(at, acts.advice.dismiss("care", "", "look after the team", "pizza is here")),
    "sev1": lambda story, at: story.severity(at, 1),
    "sev2": lambda story, at: story.severity(at, 2),
    "resolve": lambda story, at: story.tell(at, acts.lifecycle.resolve()),
    "reopen": lambda story, at: story.tell(at, acts.lifecycle.reopen()),
    "close": lambda story, at: story.tell(at, acts.lifecycle.close()),
    "snooze ack": lambda story, at: story.tell(
        at, acts.timers.snooze("Acknowledgement", "acknowledgement", moment(15), moment(at + 5), "in the bridge")
    ),
}


def told(severity: int, steps: list[Step]) -> Story:
    """An incident in which this happened."""
    story = Story(severity)
    for minute, step in steps:
        _STEPS[step](story, minute)
    return story


DONE: list[Step] = [(1, "all items done")]
SENT: list[Step] = [*DONE, (2, "no escalation"), (8, "ack, promised in 60"), (9, "customer")]

STATES: list[tuple[int, list[Step], float, str, str]] = [
    # Severity, what happened, the minute; then the rule that applies and what it is about.
    # a. What is late comes first: the longest overdue of all messages, then an own clock.
    (1, [], 16, "overdue", "initial"),
    (2, [], 16, "overdue", "initial"),
    (1, [(5, "ack")], 16, "overdue", "customer"),
    (2, [(5, "ack")], 31, "overdue", "customer"),
    (2, [(14, "ack"), (15, "customer")], 45, "overdue", "update"),
    (2, [(14, "ack")], 45, "overdue", "customer"),
    (2, [(14, "ack"), (15, "customer, promised in 30")], 46, "overdue", "update"),
    (2, [(14, "customer, promised in 30"), (15, "ack")], 46, "overdue", "customer"),
    (2, [(0, "ack")], 31, "overdue", "update"),  # both were due at minute 30, and only one was promised
    (2, [*SENT, (10, "partner, promised in 20")], 31, "overdue", "partner"),
    (1, [*DONE, (2, "churn")], 16, "overdue", "initial"),
    (2, [(0, "clock of 5")], 16, "overdue", "initial"),
    (2, [(0, "ic"), (0, "clock of 5")], 6, "own_clock", ""),
    (1, [(0, "clock of 5")], 6, "own_clock", ""),
    (3, [(20, "clock of 5")], 26, "own_clock", ""),
    (2, [*SENT, (110, "update"), (111, "clock of 5")], 121, "own_clock", ""),
    # b. What is due within ten minutes, the nearest first.
    (1, [], 5, "acknowledge", "initial"),
    (2, [], 5, "acknowledge", "initial"),
    (1, [(0, "ic")], 14, "acknowledge", "initial"),
    (1, [(5, "ack")], 6, "customer", "customer"),
    (1, [(5, "ack")], 14, "customer", "customer"),
    (2, [(5, "ack"), (5, "ic"), (5, "all items done")], 19, "stand_by", ""),
    (2, [(5, "ack")], 20, "customer", "customer"),
    (2, [*SENT], 58, "update_soon", "update"),
    (2, [*SENT], 57, "stand_by", ""),
    (2, [*SENT, (10, "partner, promised in 20")], 21, "update_soon", "partner"),
    (2, [(5, "ack"), (6, "customer, promised in 30")], 26, "update_soon", "update"),
    (2, [(5, "customer, promised in 30"), (6, "ack")], 26, "customer", "customer"),
    (2, [(3, "snooze ack"), (3, "ic")], 6, "phase_item", "severity"),
    (1, [*DONE, (5, "ack"), (5, "churn")], 6, "customer", "customer"),
    (2, [(14, "ack"), (14, "sev1")], 15, "customer", "customer"),
    (2, [(14, "ack"), (15, "sev1")], 21, "overdue", "customer"),
    # c. Escalating: the commander is found, asked, and then leadership is told.
    (1, [], 0, "no_commander", "ic"),
    (1, [], 4, "no_commander", "ic"),
    (1, [(0, "ic")], 1, "trigger", "sev1"),
    (1, [(0, "ic"), (1, "ic told")], 2, "trigger", "sev1"),
    (1, [(0, "ic"), (1, "ic agrees")], 2, "escalation_message", "escalation"),
    (1, [(1, "ic left out")], 2, "escalation_message", "escalation"),
    (1, [(0, "ic"), (1, "ic agrees"), (2, "escalation")], 3, "phase_item", "severity"),
    (1, [(0, "ic"), (1, "no escalation")], 2, "phase_item", "severity"),
    (1, [*DONE, (5, "ack"), (6, "customer")], 7, "trigger", "sev1"),
    (2, [*SENT, (10, "churn")], 11, "trigger", "churn"),
    (2, [*SENT, (10, "breach")], 11, "trigger", "breach"),
    (2, [*SENT, (10, "eta 3 h")], 11, "trigger", "over_2h"),
    (2, [*SENT, (60, "update"), (85, "update"), (110, "update")], 119, "stand_by", ""),
    (2, [*SENT, (60, "update"), (85, "update"), (110, "update")], 121, "trigger", "over_2h"),
    (2, [*SENT, (20, "sev1")], 21, "trigger", "sev1"),
    (3, [(10, "churn")], 11, "no_commander", "ic"),
    (3, [(10, "churn"), (10, "ic")], 11, "trigger", "churn"),
    (2, [*SENT, (10, "churn"), (11, "resolve"), (12, "resolution"), (12, "customer")], 13, "recovery", "verified"),
    # d. The commander.
    (2, [], 0, "no_commander", "ic"),
    (2, [(5, "ack")], 6, "no_commander", "ic"),
    (2, [*SENT, (10, "ic leaves")], 11, "no_commander", "ic"),
    (3, [], 0, "phase_item", "severity"),
    (4, [], 0, "stand_by", ""),
    # e. The present phase.
    (2, [(0, "ic")], 1, "phase_item", "severity"),
    (2, [(0, "ic"), (1, "assess done")], 2, "phase_item", "system"),
    (2, [(0, "ic"), (1, "assess done"), (1, "context done")], 2, "phase_item", "initial"),
    (2, [(0, "ic"), (5, "ack"), (6, "customer")], 14, "phase_item", "severity"),
    (2, [(0, "ic"), (5, "ack"), (6, "customer")], 15, "phase_item", "system"),
    (2, [(0, "ic"), (5, "ack"), (6, "customer")], 24, "phase_item", "system"),
    (2, [(0, "ic"), (15, "ack"), (16, "customer")], 25, "phase_item", "channel"),
    (2, [(0, "ic"), (31, "ack"), (31, "customer")], 40, "needed_fact", "impact"),
    (3, [], 26, "stand_by", ""),
    # f. What the next message will state.
    (
        2,
        [(0, "ic"), (1, "assess done"), (1, "context done"), (7, "ack"), (8, "customer")],
        41,
        "overdue",
        "update",
    ),
    (2, [(0, "ic"), (31, "ack"), (31, "customer"), (32, "impact known")], 42, "stand_by", ""),
    (
        2,
        [(0, "ic"), (39, "ack, promised in 60"), (39, "customer, promised in 30"), (40, "impact known")],
        41,
        "needed_fact",
        "workaround",
    ),
    # g. The team, where there is nothing more urgent.
    (2, [*SENT, (60, "update"), (115, "update"), (121, "no escalation")], 122, "care", ""),
    (2, [*SENT, (60, "update"), (115, "update"), (121, "no escalation"), (122, "food")], 123, "stand_by", ""),
    (2, [*SENT, (60, "update"), (115, "update")], 121, "trigger", "over_2h"),
    (2, [*SENT, (60, "update"), (115, "update"), (121, "no escalation")], 136, "update_soon", "update"),
    (1, [*SENT, (60, "update"), (115, "update")], 122, "care", ""),
    (3, [(1, "assess done"), (1, "context done")], 122, "stand_by", ""),
    (4, [], 122, "stand_by", ""),
    # h. Nothing to do.
    (2, [*SENT], 20, "stand_by", ""),
    (4, [], 500, "stand_by", ""),
    # After the resolution.
    (2, [*SENT, (20, "resolve")], 21, "resolution_notice", "resolution"),
    (2, [*SENT, (20, "resolve"), (22, "resolution")], 23, "customer_notice", "customer"),
    (2, [*SENT, (20, "resolve"), (22, "resolution"), (23, "customer")], 24, "recovery", "verified"),
    (2, [(5, "ack"), (20, "resolve"), (22, "resolution")], 23, "recovery", "verified"),
    (2, [(5, "customer"), (20, "resolve")], 21, "customer_notice", "customer"),
    (2, [(14, "resolve")], 15, "recovery", "verified"),
    (3, [(14, "resolve")], 15, "recovery", "verified"),
    (2, [*SENT, (20, "resolve")], 69, "overdue", "resolution"),
    (2, [*SENT, (20, "resolve"), (22, "resolution"), (23, "customer"), (24, "close")], 25, "stand_by", ""),
    (2, [*SENT, (20, "resolve"), (22, "resolution"), (23, "customer"), (30, "reopen")], 31, "stand_by", ""),
]


def test_the_first_rule_that_applies() -> None:
    for severity, steps, minute, rule, target in STATES:
        advice = told(severity, steps).now(minute)
        about = "" if advice.rule == "own_clock" else advice.target
        assert (advice.rule, about) == (rule, target), (severity, minute, advice.text)
        assert advice.reason, (severity, minute, advice.text)


def test_the_key_for_the_next_message_opens_the_one_in_the_line() -> None:
    asked = set()
    for severity, steps, minute, _, _ in STATES:
        snapshot = Snapshot(told(severity, steps).incident, BOOK, moment(minute))
        if snapshot.advice.action == "update":
            assert snapshot.due_message == snapshot.advice.target
            asked.add(snapshot.due_message)
    assert asked == {"initial", "update", "customer", "resolution", "escalation", "partner"}


def test_nothing_asks_for_a_message_that_is_due_in_hours() -> None:
    asked = 0
    for severity, steps, minute, _, _ in STATES:
        snapshot = Snapshot(told(severity, steps).incident, BOOK, moment(minute))
        if snapshot.advice.rule in ("acknowledge", "customer", "update_soon"):
            clock = snapshot.clock(snapshot.advice.clock)
            assert clock is not None
            assert 0 <= clock.left <= 10 * MINUTE
            asked += 1
    assert asked > 10


def test_a_closed_incident_asks_for_nothing_and_its_key_does_not_reopen_it() -> None:
    story = told(2, [(5, "resolve"), (6, "close")])
    assert story.now(7).text == "Stand by; the incident is closed"
    assert story.now(7).action == "switch"


# --- People who simply do what the line says ----------------------------------------------------------------------

PACE = 2
"""Minutes that each step takes."""


def obey(story: Story, minute: float, level: int) -> str:
    """Do what the line says at a minute, which is done two minutes later; returns what it said."""
    advice, done = story.now(minute), minute + PACE
    cadence = BOOK.severity(level).cadence_min or 60
    match advice.rule:
        case "phase_item":
            story.tell(done, acts.items.tick(BOOK, advice.target))
        case "no_commander":
            story.tell(done, acts.roles.assign(BOOK, story.incident, "ic", "Priya"))
        case "trigger":
            story.tell(done, acts.escalation.tell_commander("in the bridge", agrees=True))
        case "needed_fact":
            _know(advice.target)(story, done)
        case "care":
            story.tell(done, acts.advice.dismiss("care", "", advice.text, "pizza is here"))
        case "recovery":
            story.tell(done, acts.recovery.set_item(BOOK, advice.target, "done"))
        case "post_mortem":
            story.tell(done, acts.post_mortem.set_state("done"))
        case "stand_by" | "close":
            pass
        case _:
            promise = done + cadence if advice.target in ("initial", "update") else None
            story.tell(done, message(advice.target, promise=promise))
    return advice.text


def late(story: Story, minute: float) -> dict[str, float]:
    """The messages that are late at a minute, each with the minute it was due."""
    running = Snapshot(story.incident, BOOK, moment(minute)).clocks
    return {
        clock.id: (clock.due - moment(0)) / MINUTE for clock in running if clock.left < 0 and is_message_clock(clock.id)
    }


@pytest.mark.parametrize("begin", [0, 12, 40])
@pytest.mark.parametrize("level", [1, 2, 3, 4])
def test_whoever_does_what_it_says_is_in_time(level: int, begin: int) -> None:
    story, lines = Story(level), []
    # Two messages can't be sent at once: what is due before both could be is late through nobody's fault.
    due = sorted((clock.due - moment(0)) / MINUTE for clock in story.clocks(0).values() if is_message_clock(clock.id))
    feasible = [at for number, at in enumerate(due, 1) if begin + PACE * number <= at]
    for minute in range(begin, 240, PACE):
        if minute == 200:
            story.tell(minute, acts.lifecycle.resolve())
        lines.append(f"{minute:4}  {obey(story, minute, level)}")
        missed = late(story, minute + PACE)
        in_time = [at for at in missed.values() if at in feasible or at > begin + PACE * (len(due) + 1)]
        assert not in_time, "\n".join([*lines, f"late: {missed}"])
    print(f"SEV{level} from minute {begin}", *lines, sep="\n")
    assert lines[-1].endswith("Close the incident: nothing is owed any more")
    if level in (3, 4):
        assert not any("escalat" in line or "food" in line or "LATE" in line for line in lines)
    else:
        assert story.incident.sent(["escalation"])
        assert story.incident.resolution_announced()


def test_the_line_settles_once_everything_is_done() -> None:
    """No rule comes back for ever: doing what it says always leads on."""
    story = Story(1)
    for minute in range(0, 60, PACE):
        before = story.now(minute)
        obey(story, minute, 1)
        after = story.now(minute + PACE)
        assert before.rule == "stand_by" or (after.rule, after.target) != (before.rule, before.target)


def test_a_reason_to_escalate_speaks_of_an_estimate_only_if_there_is_one() -> None:
    story = Story(2)
    for at, name in [*SENT, (60, "update"), (85, "update"), (110, "update")]:
        _STEPS[name](story, at)
    text = Snapshot(story.incident, BOOK, moment(121)).advice.text
    assert text.endswith("escalate: it has gone on for 2 h 1 min")
    story.tell(121, acts.facts.fact(BOOK, "eta", "3 hours."))
    snapshot = Snapshot(story.incident, BOOK, moment(122))
    assert snapshot.advice.text.endswith("escalate: the estimated time to fix it is over 2 h")
    assert snapshot.escalation.pending is not None
    assert snapshot.escalation.pending.in_full.endswith(" (engineering estimates 3 hours)")
