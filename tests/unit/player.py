"""Playing a scenario in memory by doing what it teaches, for the tests of scenarios."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from tests.conftest import THREE_SEVENTEEN as START
from tests.unit.story import BOOK, Story, message, moment
from warroom.model import acts
from warroom.model.drill_report import Played, Remarked, Report, report
from warroom.model.drill_run import happens
from warroom.model.entries import Draft, Entry
from warroom.model.incident import Incident
from warroom.model.kinds.messages import MessageSent
from warroom.model.scenario import Event, Expected, Question, Scenario
from warroom.model.times import MINUTE

HALF = 0.5
"""The length of a step, in minutes: one act of whoever practises."""
STAKEHOLDERS = "leadership, customer success, support"


class Player:
    """Plays a scenario as somebody who writes down what is told, answers, does what is expected, and obeys NOW."""

    def __init__(self, scenario: Scenario) -> None:
        self.scenario = scenario
        self.stories: dict[int, Story] = {}
        self.waiting: list[tuple[float, int, Event | Question | Expected | tuple[str, str]]] = []
        for event in scenario.events:
            self.waiting += [(event.at + 1, event.incident, tell) for tell in event.tells.items()]
        for question in scenario.questions:
            self.waiting.append((question.at + question.within_min * 0.6, question.incident, question))
        for row in scenario.expected:
            if not row.never and row.act != "declare":
                self.waiting.append((max(row.since + 1, row.by - 3), row.incident, row))

    def play(self) -> None:
        """From the first minute to the last."""
        for step in range(int(self.scenario.minutes / HALF) + 1):
            minute = step * HALF
            self.feed(minute)
            for number, story in self.stories.items():
                self.act(minute, number, story)
            if minute % 1 == 0 and self.stories:
                self.obey(minute)

    def feed(self, minute: float) -> None:
        """What happens and is asked in this step, in incidents that are declared; a ringing event is heeded at once."""
        rows: list[Event | Question] = [*self.scenario.events, *self.scenario.questions]
        for row in rows:
            at, number, by = row.at, row.incident, row.by
            if not minute - HALF < at <= minute:
                continue
            if number not in self.stories:
                assert isinstance(row, Event)
                assert row.rings, "nothing comes before the incident is declared"
                self.stories[number] = self.declare(minute, number, row)
            if isinstance(row, Event) and not happens(row, moment(at), self.stories[number].entries):
                continue
            text = row.says if isinstance(row, Event) else row.asks
            draft = (
                acts.log.action(text, by) if isinstance(row, Event) and row.kind == "action" else acts.log.note(text)
            )
            self.stories[number].tell(at, draft, author=by)

    def declare(self, minute: float, number: int, ringing: Event) -> Story:
        story = Story.__new__(Story)
        story.book, story.entries = BOOK, []
        level = min(
            (row for row in self.scenario.expected if row.act == "severity" and row.incident == number),
            key=lambda row: row.since,
        )
        draft = acts.lifecycle.declare(ringing.says, int(level.what), now=moment(minute))
        story.tell(minute, draft)
        return story

    def act(self, minute: float, number: int, story: Story) -> None:
        """Do what is due."""
        due = [row for row in self.waiting if row[1] == number and row[0] <= minute]
        for row in due:
            self.waiting.remove(row)
            if isinstance(row[2], tuple):
                self.do(minute, story, acts.facts.fact(BOOK, *row[2]))
            elif isinstance(row[2], Question):
                self.answer(minute, story, row[2])
            elif isinstance(row[2], Expected):
                self.expected(minute, story, row[2])

    def answer(self, minute: float, story: Story, question: Question) -> None:
        if "decision" in question.answer:
            self.do(minute, story, acts.decisions.decision(question.better, "it is known by then"))
        elif "log" in question.answer:
            self.do(minute, story, acts.log.note(question.better))
        elif question.to:
            self.send(minute, story, "update", question.better)
        else:
            self.send(minute, story, "customer", question.better)

    def expected(self, minute: float, story: Story, row: Expected) -> None:
        now = story.incident
        match row.act:
            case "severity":
                if now.severity != int(row.what):
                    self.do(minute, story, acts.severity.set_severity(int(row.what), row.better, now.severity))
            case "message":
                if row.what in ("initial", "resolution", "escalation") and now.sent([row.what]):
                    return  # the NOW line was there first
                self.send(minute, story, row.what)
            case "role":
                self.do(minute, story, acts.roles.assign(BOOK, now, row.what, row.who or "Priya"))
            case "decision":
                if not any(entry.kind == "decision" and entry.at >= moment(row.since) for entry in story.entries):
                    self.do(minute, story, acts.decisions.decision(row.text, row.better))
            case "timer":
                self.do(minute, story, acts.timers.start_timer(row.text, moment(minute + 72 * 60)))
            case "escalate":
                if not any(logged.body.step == "told" for logged in now.escalations):
                    self.do(minute, story, acts.escalation.tell_commander("Priya", agrees=True))
            case "trigger":
                self.do(minute, story, acts.escalation.answer_trigger(BOOK, row.what, holds=True))
            case "resolve":
                self.do(minute, story, acts.lifecycle.resolve("The commander says so"))
            case "cancel":
                self.do(minute, story, acts.lifecycle.cancel("The probes were blind"))
            case "fact":
                assert now.fact(row.what), "an event tells it"
            case _:
                raise AssertionError(row.act)

    def obey(self, minute: float) -> None:
        """One thing that NOW says, of the first incident that says one, except messages that have time."""
        for number, story in self.stories.items():
            advice = story.now(minute)
            match advice.rule:
                case "phase_item":
                    self.do(minute, story, acts.items.tick(BOOK, advice.target))
                case "no_commander":
                    told = (row.who for row in self.scenario.expected if row.who and row.incident == number)
                    self.do(minute, story, acts.roles.assign(BOOK, story.incident, "ic", next(told, "Priya")))
                case "trigger":
                    self.do(minute, story, acts.escalation.tell_commander("Priya", agrees=True))
                case "needed_fact":
                    self.do(minute, story, acts.facts.fact(BOOK, advice.target, "not known yet"))
                case "escalation_message" | "resolution_notice" | "customer_notice":
                    self.send(minute, story, advice.target)
                case "stand_by" | "close" | "care" | "recovery" | "post_mortem" | "own_clock":
                    continue
                case _:
                    clock = next(one for one in story.clocks(minute).values() if one.id == advice.clock)
                    if clock.left > 2 * MINUTE:
                        continue
                    self.send(minute, story, advice.target)
            return

    def send(self, minute: float, story: Story, kind: str, words: str = "We are on it.") -> None:
        now = story.incident
        promise = minute + 28 if kind in ("initial", "update") and not now.over() else None
        draft = message(kind, len(now.sent([kind])) + 1, promise)
        to = "customers" if kind == "customer" else STAKEHOLDERS
        assert isinstance(draft.body, MessageSent)
        addressed = msgspec.structs.replace(draft.body, to=to, body=words)
        self.do(minute, story, msgspec.structs.replace(draft, body=addressed))

    def do(self, minute: float, story: Story, draft: Draft) -> None:
        assert story.refused(minute, draft) is None, (minute, draft.text)
        story.tell(minute, draft)


def no_remarks(incident: Incident, entry: Entry) -> Sequence[Remarked]:
    return ()


def judged(player: Player) -> Report:
    until = moment(player.scenario.minutes)
    entries = [player.stories[number].entries for number in sorted(player.stories)]
    return report(Played(player.scenario, BOOK, entries, began=START, now=until), no_remarks)
