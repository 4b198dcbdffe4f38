"""The acts that keep the user in their lane: escalating, decisions, own clocks, advice set aside, care for the team."""

from __future__ import annotations

from warroom.model import acts, times
from warroom.model.clocks import EVENT, TIMER
from warroom.model.decisions import Decided, decided
from warroom.model.entries import FactSet, TimerStarted
from warroom.model.escalation import MESSAGE, Progress, escalation
from warroom.screens.escalate import STEP_ONE, EscalateScreen
from warroom.screens.message_acts import MessageActs
from warroom.screens.pick import PickScreen
from warroom.screens.read import ReadScreen
from warroom.store.errors import StoreError
from warroom.text.width import shorten
from warroom.widgets.choices import Choice

_LABEL = 20
"""So many cells of a clock's label in a question, which must leave room for the answer."""


def _told(one: Decided) -> str:
    """The reason of a decision, and whatever else is known of it, in a few words."""
    parts = {"because": one.because, "options:": one.options, "decided by": one.by, "asked for by": one.asked_by}
    known = [f"{name} {value}" for name, value in parts.items() if value]
    if one.outcome:
        known.append(f"{one.outcome}: {one.outcome_because}" if one.outcome_because else one.outcome)
    return "; ".join(known)


class CalmActs(MessageActs):
    """What the incident screen does besides the log, the checklist and the messages."""

    # Escalating

    def open_composer(self, id: str | None = "") -> None:
        """As for any message, but the one that escalates has a step before it."""
        if id == MESSAGE and not self.escalation().may_send:
            self.app.push_screen(EscalateScreen(self, STEP_ONE), self._escalate)
        else:
            super().open_composer(id)

    def escalation(self) -> Progress:
        """How far escalating has come, now."""
        return escalation(self.session.incident, self.workspace.playbook, self.workspace.now(), self.workspace.tz)

    def action_escalate(self) -> None:
        self.app.push_screen(EscalateScreen(self), self._escalate)

    def _escalate(self, step: str | None) -> None:
        holding = [one.id for one in self.escalation().holding]
        commander = ", ".join(self.session.incident.holders("ic"))
        if step in ("agrees", "objects"):
            agrees = step == "agrees"

            def told(words: str) -> bool:
                if not self.act(acts.tell_commander(commander, agrees, words, holding)):
                    return False
                self.call_later(self.action_escalate)
                return True

            hint = "enter alone is fine"
            self.ask(f"escalation:{step}", f"The commander {step}", told, placeholder="in their words", hint=hint)
        elif step == "skip":

            def skipped(reason: str) -> bool:
                if not self.act(acts.skip_commander(reason, holding)):
                    return False
                self.call_later(self.action_escalate)
                return True

            self.ask(
                "escalation:skip", "Without the commander, because", skipped, placeholder="the reason; it is logged"
            )
        elif step == "decline":
            self.ask(
                "escalation:decline",
                "Not escalating, because",
                lambda reason: self.act(acts.decline_escalation(reason, holding)),
                placeholder="the reason; it is logged as a decision",
            )
        elif step == "message":
            self.open_composer(MESSAGE)
        elif step == "facts":
            self.action_facts()

    # What is known

    def action_facts(self) -> None:
        playbook, incident = self.workspace.playbook, self.session.incident
        rows = []
        for fact in playbook.facts:
            told = [
                f"{times.clock(said.at, self.workspace.tz)} {said.entry.body.value or 'no longer known'}"
                for said in incident.facts.get(fact.id, ())
                if isinstance(said.entry.body, FactSet)
            ]
            times_told = f"  ({len(told)})" if len(told) > 1 else ""
            rows.append(
                Choice(fact.id, fact.label, incident.fact(fact.id) + times_told, about=" → ".join(told) or fact.hint)
            )

        def chosen(name: str | None) -> None:
            fact = playbook.fact(name or "")
            if fact is None:
                return
            self.ask(
                f"fact:{fact.id}",
                fact.label,
                lambda value: value.strip() == incident.fact(fact.id) or self.act(acts.fact(playbook, fact.id, value)),
                placeholder=fact.hint,
                hint="enter sets it",
                start=incident.fact(fact.id),
            )

        self.app.push_screen(PickScreen("What is known", rows), chosen)

    # Decisions

    def action_decisions(self) -> None:
        rows = [
            Choice(one.said.entry.key, f"{one.number}. {one.said.text}", self.outcome(one), about=_told(one))
            for one in decided(self.session.incident)
        ]
        self.app.push_screen(PickScreen("Decisions", rows, empty="No decision yet; d logs one"), self._decision)

    def outcome(self, one: Decided) -> str:
        """What became of a decision, and when; empty while it simply stands."""
        return (
            f"{one.outcome} {times.clock_zone(one.outcome_at, self.workspace.tz)}" if one.outcome_at is not None else ""
        )

    def _decision(self, key: str | None) -> None:
        one = next((one for one in decided(self.session.incident) if one.said.entry.key == key), None)
        if one is None:
            return
        said, known = one.said, {"options": one.options, "by": one.by, "asked_by": one.asked_by}
        rows = [
            Choice("confirmed", "Confirm it", "it was looked at again and stands", key="c"),
            Choice("reversed", "Reverse it", "with the reason", key="r"),
            Choice("options", "Options considered", known["options"], key="o"),
            Choice("by", "Decided by", known["by"], key="b"),
            Choice("asked_by", "Asked for by", known["asked_by"], key="a"),
        ]

        def chosen(what: str | None) -> None:
            if what in ("confirmed", "reversed"):
                label = f"{what.capitalize()}, because"
                self.ask(f"ruling:{what}", label, lambda why: self.act(acts.rule_on(said.entry, what, why)))
            elif what is not None:
                label = next(row.text for row in rows if row.id == what)

                def added(words: str) -> bool:
                    return not words.strip() or self.act(acts.add_context(said.entry, **{what: words}))

                self.ask(f"context:{what}", label, added, start=known[what])

        self.app.push_screen(PickScreen(said.text, rows), chosen)

    # Own clocks

    def action_timers(self) -> None:
        running = {clock.id: clock for clock in self.view.clocks if clock.id.startswith(TIMER)}
        if not running:
            self.ask_timer()
            return
        rows = [Choice("new", "Start another clock", key="n")]
        rows += [Choice(id, clock.label, clock.words) for id, clock in running.items()]

        def chosen(id: str | None) -> None:
            if id == "new":
                self.ask_timer()
            elif id is not None:
                self._timer(id)

        self.app.push_screen(PickScreen("Your own clocks", rows), chosen)

    def ask_timer(self) -> None:
        """Ask what for and when, in one line."""

        def answered(words: str) -> bool:
            if not words.strip():
                return True
            try:
                label, due, every = times.split_timer(words, self.workspace.now(), self.workspace.tz)
            except times.TimeError as error:
                self.say(str(error), failed=True)
                return False
            return self.act(acts.start_timer(label, due, every, self.workspace.tz))

        hint = "10m, at 10:00, or every 15m at the end"
        self.ask("timer", "Clock", answered, placeholder="check with the commander 10m", hint=hint)

    def _timer(self, id: str) -> None:
        key = id.removeprefix(TIMER)
        said, _ = self.session.incident.timers.get(key, (None, 0))
        if said is None or not isinstance(body := said.entry.body, TimerStarted):
            return
        again = f"again in {times.span(body.every)}" if body.every else "it is over then"
        rows = [
            Choice("done", "Done", again, key="d"),
            Choice("stop", "Stop it for good", key="s"),
            Choice("snooze", "Snooze", "with a reason", key="z"),
        ]

        def chosen(what: str | None) -> None:
            if what in ("done", "stop"):
                incident, now = self.session.incident, self.workspace.now()
                self.act(acts.finish_timer(incident, key, now, stop=what == "stop"))
            elif what == "snooze":
                self.ask_snooze(id)

        self.app.push_screen(PickScreen(body.label, rows), chosen)

    # Advice

    def action_set_aside(self) -> None:
        advice = self.view.advice
        if advice.rule == "stand_by":
            self.say("There is no advice to set aside")
            return
        clock = {"overdue": "", "acknowledge": "acknowledgement", "update_soon": "update", "customer": "customer"}
        if advice.rule in clock:
            self.ask_snooze(clock[advice.rule] or (late.id if (late := self.view.late_message_clock) else ""))
            return
        self.ask(
            "dismiss",
            "Set aside, because",
            lambda reason: self.act(acts.dismiss(advice.rule, advice.target, advice.text, reason)),
            placeholder="the reason",
            hint="logged, and not advised again",
        )

    def ask_snooze(self, id: str) -> None:
        """Ask why a clock is to be quiet for a while."""
        clock = next((one for one in self.view.clocks if one.id == id), None)
        if clock is None or clock.id == EVENT:
            self.say("No clock to snooze")
            return
        minutes = self.workspace.playbook.clocks.snooze_min

        def because(reason: str) -> bool:
            until = self.workspace.now() + minutes * times.MINUTE
            return self.act(acts.snooze(clock.label, clock.id, clock.due, until, reason, self.workspace.tz))

        label = f"Snooze {shorten(clock.label, _LABEL)} {minutes} min, because"
        self.ask("snooze", label, because, placeholder="the reason; it is logged")

    def action_care(self) -> None:
        def cared(words: str) -> bool:
            if not words.strip():
                return True
            return self.act(
                acts.action(f"For the team: {words}"), acts.dismiss("care", "", "look after the team", words)
            )

        self.ask("care", "For the team", cared, placeholder="pizza ordered; Ana relieves Marcus at 05:00")

    # The seat

    def action_handoff(self) -> None:
        from warroom.documents.registry import DOCUMENTS
        from warroom.messages.sandbox import TemplateError

        try:
            words = "".join(self.workspace.document(DOCUMENTS["handoff"], "txt", self.session))
        except (TemplateError, StoreError) as error:
            self.say(str(error), failed=True)
            return
        self.app.push_screen(ReadScreen("Hand-over of your seat", words, self.copy_words))
