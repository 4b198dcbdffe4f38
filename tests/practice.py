"""A drill that somebody has played, told act by act into a real journal, for the tests of its report."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from tests.conftest import Clock
from warroom import drill_reports, drilling
from warroom.drill_reports import Reported, judge
from warroom.drilling import Found, Kept
from warroom.messages.compose import compose
from warroom.messages.fields import prefill
from warroom.messages.sending import drafts_when_sent
from warroom.model import acts
from warroom.model.drill_report import Earlier
from warroom.model.scenario import Scenario, load
from warroom.model.times import MINUTE
from warroom.session import Session
from warroom.store.drill_clock import Reading
from warroom.workspace import Workspace

SCENARIO = """
title = "Checkout errors affecting users"
lesson = "Keep every promised update, even while nobody knows the cause."
briefing = "You are the product manager on call."
minutes = 45

[[events]]
at = 0
by = "PagerDuty"
says = "Checkout 5xx above 5 % for 10 minutes"
rings = true

[[events]]
at = 5
by = "Marcus"
says = "About 20 % of checkout attempts fail, all at the last step"
tells = { affected = "about 20 % of attempts", impact = "payment fails at the last step" }

[[questions]]
id = "when"
at = 10
by = "Ana"
asks = "The board is asking. When will it be back? Give me a time."
better = "Say what is known and when you will write next, and promise no time."
within_min = 10
never = ["promise"]

[[events]]
at = 12
by = "Marcus"
says = "The payment API times out. Rolling back to v2.3.1"
kind = "action"

[[events]]
at = 30
by = "Marcus"
says = "Rolled back, errors are at 0.2 %"

[[expected]]
act = "declare"
text = "Declare it within 3 minutes"
by = 3
better = "Declare it at once: a title of three words is enough, everything else can be changed."

[[expected]]
act = "message"
what = "resolution"
text = "Tell everyone that it is over"
by = 40
better = "Send the resolution notice as soon as it is resolved."
"""


def scenario() -> Scenario:
    """The scenario that is played."""
    return load(SCENARIO, id="checkout", file="checkout.toml")


class Practice:
    """One run, by a clock that the test moves; minutes count from 03:17."""

    def __init__(self, workspace: Workspace, clock: Clock) -> None:
        self.workspace, self.clock, self.began = workspace, clock, clock()
        self.scenario = scenario()
        self._session: Session | None = None

    @property
    def session(self) -> Session:
        """The incident, once it is declared."""
        assert self._session is not None
        return self._session

    def at(self, minute: float) -> None:
        """Go to a minute."""
        self.clock.at = self.began + round(minute * MINUTE)

    def declare(self, minute: float, title: str = "Checkout errors") -> None:
        """Declare the incident, and let the scenario write what has happened until then."""
        self.at(minute)
        draft = acts.lifecycle.declare(title, 2, now=self.clock(), drill=True)
        self._session = self.workspace.declare(draft)
        self.feed()

    def feed(self) -> None:
        """Write what the scenario tells up to now."""
        told = [(row.at, row.by, row.says) for row in self.scenario.events]
        told += [(row.at, row.by, row.asks) for row in self.scenario.questions]
        there = {(entry.at, entry.author) for entry in self.workspace.journal.since(0)}
        for minute, by, words in sorted(told):
            at = self.began + round(minute * MINUTE)
            if at <= self.clock() and (at, by) not in there:
                self.workspace.journal.append(self.session.incident.id, acts.log.note(words, at), author=by)

    def send(self, minute: float, kind: str, fields: Mapping[str, str]) -> None:
        """Send a message as the composer does: with these fields, and what is filled in already."""
        self.at(minute)
        self.feed()
        self.session.poll()
        chosen, snapshot = self.workspace.kinds[kind], self.session.snapshot()
        offered = prefill(chosen, snapshot, author=self.workspace.author)
        values = {**offered, **fields}
        composed = compose(chosen, values, snapshot, author=self.workspace.author)
        assert composed.ready, (composed.missing, composed.problem)
        self.session.apply(*drafts_when_sent(composed, values, snapshot, offered))

    def judged(self, minute: float, earlier: tuple[Earlier, ...] = (), *, finished: bool = True) -> Reported:
        """The report at a minute."""
        self.at(minute)
        self.feed()
        kept = Kept(self.scenario, self.began, self.began, "", self.workspace.author)
        ended = self.clock() if finished else None
        clock = Reading(self.clock(), 5.0, started=True, ended=ended)
        return judge(self.workspace, Found(Path("checkout-2026-11-23-0317.db"), kept, clock), earlier)


def clumsy(practice: Practice) -> None:
    """A run as a first one goes: declared late, a promise of a time, a late update, nothing told to customers."""
    practice.declare(6)
    session = practice.session
    session.apply(acts.roles.assign(practice.workspace.playbook, session.incident, "ic", "Priya"))
    fields = {"impact": "payment fails at the last step", "affected": "about 20 %", "next_update": "30m"}
    practice.send(14, "initial", fields)
    practice.at(16)
    session.apply(acts.log.note("Marcus, how many users are affected?"))
    practice.send(18, "update", {"status": "It should be back in 20 minutes", "next_update": "20m"})
    practice.send(46, "update", {"status": "Rolled back, errors are gone", "next_update": "30m"})


def play_beside(journal: Path, clock: Clock, *, until: float, end: bool) -> Path:
    """Play the checkout scenario and do nothing but declare and appoint a commander; returns the run's file."""
    real = Workspace(journal, now=clock, author="Dana")
    real.open_journal(create=True)
    file = drilling.begin(journal, real.scenarios["checkout"], now=clock(), author="Dana", speed=60)
    drill = drilling.open_drill(file, now=clock, author="Dana", monotonic=lambda: 0.0)

    def go_to(minute: float) -> None:
        drill.clock.set(to=drill.run.at(minute))
        drill.beat()

    drill.beat()
    drill.clock.set(started=True, going=True)
    go_to(3)
    session = drill.workspace.declare(acts.lifecycle.declare("Checkout errors", 2, now=drill.clock.now()))
    go_to(5)
    session.poll()
    session.apply(acts.roles.assign(drill.workspace.playbook, session.incident, "ic", "Priya"))
    go_to(until)
    if end:
        drill.clock.set(ended=True)
    drill.close()
    if end:
        run = drilling.look(file)
        assert run is not None
        drill_reports.finish(run, real)
        drill_reports.finish(run, real)  # kept only once
    real.close()
    return file
