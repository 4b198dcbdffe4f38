"""What each key of the incident screen does; a method `action_<id>` for every action of the catalogue."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual import on

from warroom.model import acts, times
from warroom.model.clocks import nearest, what_changed
from warroom.model.kinds.messages import MessageSent
from warroom.screens.calm_acts import CalmActs
from warroom.screens.pick import PickScreen
from warroom.screens.read import ReadScreen
from warroom.screens.severity import SeverityScreen
from warroom.store.errors import StoreError
from warroom.widgets.checklist import ChecklistPane
from warroom.widgets.choices import Choice
from warroom.widgets.headline import NowLine
from warroom.widgets.timeline import TimelinePane

if TYPE_CHECKING:
    from warroom.model.entries import Said


class Acts(CalmActs):
    """The acts on an incident, by key."""

    # The log

    def action_log(self) -> None:
        self.say("")
        self.line.ask()

    def action_did(self) -> None:
        def did(text: str) -> bool:
            found = self.dated(text)
            return found is not None and (not found[1].strip() or self.act(acts.action(found[1], at=found[0])))

        self.ask("did", "Action", did, placeholder="what was done, and by whom", hint="-5m in front back-dates")

    def action_decide(self) -> None:
        def decided(what: str) -> bool:
            found = self.dated(what)
            if found is None:
                return False
            at, rest = found
            if not rest.strip():
                return True

            def because(reason: str) -> bool:
                if not self.act(acts.decision(rest, reason, at=at)):
                    return False
                self.line.drafts.pop("decide", None)
                return True

            self.ask("because", "Because", because, placeholder="the reason", hint="enter logs the decision")
            # Until it is logged the decision itself stays kept, whatever happens while the reason is typed.
            self.line.drafts["decide"] = what
            return True

        self.ask("decide", "Decision", decided, placeholder="what was decided", hint="then enter, then the reason")

    # The checklist

    def action_tick(self) -> None:
        pane = self.query_one(ChecklistPane)
        item = pane.selected()
        if item is None:
            return
        if item.done:
            self.act(acts.tick(self.workspace.playbook, item.row.id, done=False), done=f"Not done: {item.row.text}")
        elif (item.row.asks_fact or item.row.asks_role) and not item.value:
            self.action_answer()
        elif self.act(acts.tick(self.workspace.playbook, item.row.id), done=f"Done: {item.row.text}"):
            pane.step()

    def action_answer(self) -> None:
        item = self.query_one(ChecklistPane).selected()
        if item is None:
            return
        row, playbook, incident = item.row, self.workspace.playbook, self.session.incident

        def answered(value: str) -> bool:
            draft = acts.answer_item(playbook, incident, row.id, value)
            taken = self.act(draft, done=f"Done: {row.text}")
            if taken:
                self.query_one(ChecklistPane).step()
            return taken

        self.ask(f"item:{row.id}", row.text, answered, placeholder=row.hint, hint="enter alone just ticks")

    def action_script(self) -> None:
        current = self.view.checklist.current
        if current is None:
            self.say("All phases of the first 30 minutes are done")
            return
        self.app.push_screen(ReadScreen(f"{current.row.title}: words to say", self.script_words(), self.copy_words))

    # Who does what

    def action_roles(self) -> None:
        incident, rows = self.session.incident, []
        for role in self.workspace.playbook.roles:
            held = incident.roles.get(role.id, ())
            seats = [(said.at, said.body) for said in held]
            who = [f"{seat.name} {seat.contact}".strip() for _, seat in seats]
            mine = " (your seat)" if role.mine else ""
            since = "; ".join(f"{seat.name} since {times.clock_zone(at, self.workspace.tz)}" for at, seat in seats)
            about = role.duties + (f" · {since}" if since else "")
            rows.append(Choice(role.id, f"{role.name}{mine}", "; ".join(who) or "vacant", about=about))
        self.app.push_screen(PickScreen("Who does what", rows), self.ask_role)

    def ask_role(self, id: str | None) -> None:
        """Ask who holds a role now; a minus in front lets somebody step back."""
        role = self.workspace.playbook.role(id or "")
        if role is None:
            return
        playbook, incident = self.workspace.playbook, self.session.incident

        def named(name: str) -> bool:
            if not name.strip():
                return True
            if name.strip().startswith("-"):
                return self.act(acts.step_back(playbook, incident, role.id, name.strip()[1:]))
            return self.act(acts.assign(playbook, incident, role.id, name))

        holders = incident.holders(role.id)
        takes = f"takes over from {holders[-1]}; - steps back" if holders and not role.several else "name, contact"
        if holders and role.several:
            takes = "one more; -name steps back"
        self.ask(f"role:{role.id}", role.name, named, placeholder="Priya, +1 555 0100", hint=takes)

    def action_severity(self) -> None:
        present = self.session.incident.severity

        def chosen(level: int | None) -> None:
            if level is None:
                return
            if level == present:
                self.say(f"It is SEV{level} already")
                return

            def because(reason: str) -> bool:
                before, held = self.session.incident, {one.id for one in self.view.holding}
                if not self.act(acts.set_severity(level, reason, present)):
                    return False
                moved = what_changed(before, self.session.incident, self.workspace.playbook, self.workspace.now())
                moved += [f"a reason to escalate (e): {one.text}" for one in self.view.holding if one.id not in held]
                self.say(f"SEV{present} → SEV{level}. " + ("; ".join(moved) if moved else "No clock moved"))
                return True

            self.ask("severity", f"SEV{present} → SEV{level}, because", because, placeholder="the reason")

        self.app.push_screen(SeverityScreen(self.workspace.playbook, present), chosen)

    def action_stage(self) -> None:
        rows = [Choice(row.id, row.name, row.what) for row in self.workspace.playbook.stages]

        def chosen(stage: str | None) -> None:
            if stage is not None and stage != self.session.incident.stage:
                self.act(acts.set_stage(self.workspace.playbook, stage))

        self.app.push_screen(PickScreen("Stage", rows, marked=self.session.incident.stage), chosen)

    def action_rename(self) -> None:
        title = self.session.incident.title
        self.ask(
            "title",
            "Title",
            lambda text: text.strip() == title or self.act(acts.retitle(text)),
            placeholder="what users see, in a few words",
            start=title,
        )

    # Clocks

    def action_snooze(self) -> None:
        clock = nearest(self.view.clocks)
        self.ask_snooze(clock.id if clock else "")

    # The end

    def action_close(self) -> None:
        state = self.session.incident.state

        def end(text: str) -> bool:
            found = self.dated(text)
            if found is None:
                return False
            at, rest = found
            draft = acts.resolve(rest, at) if state == "open" else acts.close(rest)
            if not self.act(draft):
                return False
            if state == "open":
                length = times.span(self.session.incident.elapsed(self.workspace.now()))
                self.say(f"Resolved after {length}. The resolution notice is next: u")
            return True

        if state == "open":
            hint = "-5m in front back-dates; esc leaves it open"
            self.ask("resolve", "Resolved", end, placeholder="how it was fixed", hint=hint)
        elif state == "resolved":
            self.ask("close", "Close", end, placeholder="anything left to say", hint="enter closes; esc leaves it")
        else:
            self.ask(
                "reopen", "Reopen, because", lambda reason: self.act(acts.reopen(reason)), placeholder="what came back"
            )

    # NOW, panes, other screens

    def action_now(self) -> None:
        if self.pane == "timeline":
            self.open_entry()
        else:
            self.do_now()

    def do_now(self) -> None:
        """Do what the NOW line says."""
        advice = self.view.advice
        if advice.action == "update":
            self.open_composer(advice.target)
        elif advice.action == "roles":
            self.ask_role(advice.target)
        elif advice.action == "checklist":
            self.query_one(ChecklistPane).select(advice.target)
            self.action_answer()
        else:
            getattr(self, f"action_{advice.action}")()

    def open_entry(self) -> None:
        """Show all of the selected entry, with what can be done to it."""
        entry = self.query_one(TimelinePane).selected()
        if entry is not None:
            from warroom.screens.entry import EntryScreen

            self.app.push_screen(EntryScreen(entry, self.view), self._entry_done)

    def _entry_done(self, wanted: tuple[str, str] | None) -> None:
        entry = self.query_one(TimelinePane).selected()
        if wanted is None or entry is None:
            return
        if wanted[0] == "amend":

            def amended(text: str) -> bool:
                found = self.dated(text)
                if found is None:
                    return False
                unchanged = found[1].strip() == entry.text and found[0] is None
                return unchanged or self.act(acts.amend(entry, found[1], found[0]))

            hint = "a time in front corrects the time"
            self.ask(f"amend:{entry.key}", "Correct", amended, start=wanted[1], hint=hint)
        elif wanted[0] == "retract":
            self.ask(
                f"retract:{entry.key}",
                "Take back, because",
                lambda reason: self.act(acts.retract(entry, reason)),
                placeholder="the reason; enter alone is fine",
            )
        elif wanted[0] == "copy":
            self.copy_words(wanted[1])

    def action_sent(self) -> None:
        sent: list[Said[MessageSent]] = list(self.session.incident.messages)[::-1]
        rows = [Choice(said.entry.key, said.text, times.clock_zone(said.at, self.workspace.tz)) for said in sent]

        def chosen(key: str | None) -> None:
            said = next((one for one in sent if one.entry.key == key), None)
            if said is not None:
                body = said.body
                text = body.body if body.channel != "plain" else f"{body.subject}\n\n{body.body}".strip()
                self.app.push_screen(ReadScreen(said.text, text, self.copy_words))

        self.app.push_screen(PickScreen("What was sent", rows, empty="Nothing was sent yet"), chosen)

    def action_search(self) -> None:
        from warroom.screens.search import SearchScreen

        def found(key: str | None) -> None:
            try:
                entry = self.workspace.journal.entry(key) if key else None
            except StoreError as error:
                self.say(str(error), failed=True)
                return
            if entry is not None:
                self.go("timeline")
                self.query_one(TimelinePane).go_to(entry)

        self.app.push_screen(SearchScreen(self.workspace, self.session.incident.id), found)

    def action_switch(self) -> None:
        self.app.show_start()  # type: ignore[attr-defined]

    def action_declare(self) -> None:
        self.app.show_declare()  # type: ignore[attr-defined]

    @on(NowLine.Pressed)
    def _now_pressed(self) -> None:
        self.do_now()

    @on(ChecklistPane.Ticked)
    def _item_clicked(self) -> None:
        self.action_tick()

    @on(TimelinePane.Unreadable)
    def _unreadable(self, event: TimelinePane.Unreadable) -> None:
        self.say(event.reason, failed=True)

    @on(TimelinePane.Opened)
    def _entry_clicked(self) -> None:
        self.open_entry()

    def action_checklist(self) -> None:
        self.go("checklist")

    def action_timeline(self) -> None:
        self.go("timeline")

    def action_composer(self) -> None:
        if not self.has_class("-composing"):
            self.open_composer()
        else:
            self.go("composer")

    def action_next_pane(self) -> None:
        order = ["checklist", "timeline"] + (["composer"] if self.has_class("-composing") else [])
        self.go(order[(order.index(self.pane) + 1) % len(order)])
