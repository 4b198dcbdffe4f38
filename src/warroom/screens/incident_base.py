"""What the incident screen rests on: one picture shown to all its parts, acts appended, words kept, panes."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from msgspec.structs import replace
from textual import events, on, work

from warroom import actions
from warroom.model import acts, times
from warroom.model.checklist import script
from warroom.model.clocks import nearest
from warroom.model.entries import Draft, Entry
from warroom.model.incident import Refused
from warroom.model.snapshot import Snapshot
from warroom.session import Session
from warroom.store.errors import StoreError
from warroom.terminal.screens import CellScreen
from warroom.widgets.checklist import ChecklistPane
from warroom.widgets.clocks import ClocksPane
from warroom.widgets.headline import Headline, NowLine
from warroom.widgets.keybar import KeyBar
from warroom.widgets.logline import LogLine, Notice, Question
from warroom.widgets.timeline import TimelinePane
from warroom.workspace import Workspace

if TYPE_CHECKING:
    from warroom.terminal.clipboard import Copied

SMALLEST = (60, 16)
NARROW = (100, 30)
_NOTICE_TICKS = 16


class IncidentBase(CellScreen[None]):
    """One incident. Widgets post what the user wants, `act` appends it, and the new picture goes to all of them."""

    def __init__(self, workspace: Workspace, session: Session) -> None:
        super().__init__()
        self.workspace = workspace
        self.pane = "checklist"
        self._second = 0
        self._notice_left = 0
        self._said = 0
        self._unread = False
        self._take(session)

    def _take(self, session: Session) -> None:
        self.session = session
        self.view: Snapshot = self._look()
        self._kept: dict[str, str] = {}
        self._place: dict[str, str] = {}
        # What was late before it was opened has rung, or nobody was there to hear it.
        self._rung = {(clock.id, clock.due) for clock in self.view.clocks if clock.state == "late"}

    def adopt(self, session: Session) -> None:
        """Turn to another incident; what was being typed on this one is kept with it."""
        self.keep_words()
        self.keep_place()
        self._take(session)
        self._settle()

    # What is shown

    def on_mount(self) -> None:
        self._settle()
        self.set_interval(0.5, self.beat)

    def _settle(self) -> None:
        """Show the incident as it was left: its words, its pane."""
        try:
            where = self.workspace.remembered(f"pane:{self.session.incident.id}", str)
            self._kept = self.workspace.remembered(f"words:{self.session.incident.id}", dict[str, str]) or {}
        except StoreError as error:
            where = None
            self.say(str(error), failed=True)
        self.line.restore(self._kept)
        self.show(changed=True)
        self.go(where if where in ("checklist", "timeline") else "checklist")

    def _look(self) -> Snapshot:
        return self.session.snapshot()

    def show(self, *, changed: bool = False) -> None:
        """Make the picture anew and give it to all; `changed` where entries may have been added."""
        before = {one.id for one in self.view.holding}
        self.view = view = self._look()
        for trigger in view.holding:
            if trigger.id not in before and not view.incident.over():
                self.say(f"A reason to escalate: {trigger.text} ({trigger.why}). e escalates", mark="▲")
        self.query_one(Headline).show(view)
        self.query_one(NowLine).show(view)
        for id in ("#narrow-clocks", "#wide-clocks"):  # a query for all of a kind goes through every widget
            self.query_one(id, ClocksPane).show(view)
        self.query_one(ChecklistPane).show(view, "" if view.incident.over() else self.script_words())
        timeline = self.query_one(TimelinePane)
        if changed:
            timeline.show(view, changed=True)
            self.offer_keys()
        else:
            timeline.tick(view)
        self.show_title()

    def script_words(self) -> str:
        """The current phase's words to say, filled from what is known; empty once all phases are done."""
        current = self.view.checklist.current
        return (
            ""
            if current is None or self.view.incident.over()
            else script(current.row, self.script_values(), self.workspace.playbook)
        )

    def script_values(self) -> dict[str, str]:
        """What the scripts can be filled with."""
        incident, playbook = self.view.incident, self.workspace.playbook
        update = next((clock for clock in self.view.clocks if clock.id == "update"), None)
        values = {
            **incident.known_facts(),
            **{role.id: ", ".join(incident.holders(role.id)) for role in playbook.roles},
            "severity": playbook.severity(incident.severity).tag,
            "title": incident.title,
        }
        if update is not None:
            values["next_update"] = times.clock_zone(update.due, self.workspace.tz)
            values["minutes"] = str(max(update.left // times.MINUTE, 0))
        return values

    def show_title(self) -> None:
        """Let the terminal's title carry the nearest clock, and ring once where one has run out."""
        clock = nearest(self.view.clocks)
        tag = self.workspace.playbook.severity(self.view.incident.severity).tag
        if clock is None:
            due = str(self.view.incident.state)
        elif clock.state == "late":
            due = f"{clock.label} LATE"
        else:
            due = f"{clock.label} {max(clock.left // times.MINUTE, 0)} min"
        self.app.set_terminal_title(f"{tag} {due} · {self.view.incident.title}")  # type: ignore[attr-defined]
        for running in self.view.clocks:
            name = (running.id, running.due)
            if running.state == "late" and running.snoozed_until is None and name not in self._rung:
                self.app.bell()
                self._rung.add(name)
            elif running.snoozed_until is not None:
                self._rung.discard(name)

    # Time, and other processes

    def beat(self) -> None:
        """Twice a second: what others appended; once a second: the clocks, and the words not yet sent."""
        if self._notice_left and not (left := self._notice_left - 1):
            self.say("")
        elif self._notice_left:
            self._notice_left = left
        try:
            news = self.session.poll()
            if self._unread:
                self._unread = False
                if self.query_one(Notice).failed:
                    self.say("The file can be read again")
        except StoreError as error:
            if not self._unread:
                self.say(str(error), failed=True)
            self._unread = True
            news = []
        second = self.workspace.now() // times.SECOND
        if news:
            self.show(changed=True)
        elif second != self._second and self.is_current:
            self.show()
        if second != self._second:
            self._second = second
            self.keep_words()
            self.keep_place()

    def on_screen_resume(self) -> None:
        self.show(changed=True)

    def keep_words(self) -> None:
        """Keep what was typed and not sent in the file, so that it outlives the process."""
        words = {name: text for name, text in self.line.drafts.items() if text}
        if words == self._kept:
            return
        try:
            self.workspace.remember(f"words:{self.session.incident.id}", words or None)
            self._kept = words
        except StoreError as error:
            self.say(f"What you are typing can't be kept yet: {error}", failed=True)

    def keep_place(self) -> None:
        """Let the next start open where this one was left, however it ends."""
        pane = self.pane if self.pane != "composer" else "timeline"
        place = {"incident": self.session.incident.id, f"pane:{self.session.incident.id}": pane}
        changed = {name: value for name, value in place.items() if self._place.get(name) != value}
        self._place = place
        try:
            for name, value in changed.items():
                self.workspace.remember(name, value)
        except StoreError as error:
            self.say(str(error), failed=True)

    # Acts

    def act(self, *drafts: Draft, done: str = "") -> bool:
        """Append acts and show what came of it; where they can't be, say why and leave all words where they are."""
        try:
            entries = self.session.apply(*drafts)
        except (Refused, StoreError) as error:
            self.say(str(error), failed=True)
            return False
        self.say(done or self._logged(entries))
        self.show(changed=True)
        return True

    def _logged(self, entries: list[Entry]) -> str:
        last = entries[-1]
        late = f", added {times.span(last.added_late)} later" if last.added_late else ""
        return f"Logged at {times.clock_zone(last.at, self.workspace.tz)}{late}"

    def say(self, text: str, *, failed: bool = False, mark: str = "✓") -> None:
        """Tell what happened, above the log line; a failure stays until the next act."""
        self._said += 1
        self.query_one(Notice).say(text, failed=failed, mark=mark)
        self._notice_left = _NOTICE_TICKS if text and not failed else 0

    @property
    def line(self) -> LogLine:
        """The log line."""
        return self.query_one(LogLine)

    def ask(
        self,
        id: str,
        label: str,
        answered: Callable[[str], bool],
        *,
        placeholder: str = "",
        hint: str = "",
        start: str = "",
    ) -> None:
        """Ask for words in the log line."""
        self.line.ask(Question(id, label, placeholder, answered, hint, start=start))

    def log_question(self) -> Question:
        return Question("log", "Log", "log what happened…", self._log_it, back_dates=True)

    def _log_it(self, text: str) -> bool:
        found = self.dated(text)
        if found is None:
            return False
        at, rest = found
        return not rest.strip() or self.act(acts.note(rest, at))

    def dated(self, text: str) -> tuple[int | None, str] | None:
        """Take a time off the front; None, and a word why, where it is no time that has passed."""
        try:
            return times.split_front(text, self.workspace.now(), self.workspace.tz)
        except times.TimeError as error:
            self.say(str(error), failed=True)
            return None

    # Panes

    def go(self, pane: str) -> None:
        """Bring a pane to the front and give it the keys."""
        self.to_front(pane)
        self.call_later(self.focus_pane, pane)
        self.offer_keys()

    def to_front(self, pane: str) -> None:
        """Let a pane be the one that shows where there is room for one."""
        self.pane = pane
        self.mark({f"-pane-{name}": name == pane for name in ("checklist", "timeline", "composer")})

    def mark(self, classes: dict[str, bool]) -> None:
        """Set classes of the screen that only its panes are styled by; restyling every widget would take 15 ms."""
        if any(self.has_class(name) != on for name, on in classes.items()):
            self.update_classes(classes, update=False)
            if self.has_class("-narrow"):
                self.app.stylesheet.update_nodes(self.query("#left, #right, TimelinePane, Composer"))
            elif "-composing" in classes:  # which pane is in front makes a difference only where one shows at a time
                self.app.stylesheet.update_nodes(self.query("#composer"))

    def focus_pane(self, pane: str) -> None:
        """Give a pane the keys."""
        self.query_one(ChecklistPane if pane == "checklist" else TimelinePane).focus()

    def offer_keys(self) -> None:
        """Show the keys that act where the focus is."""
        asking = self.line.words.has_focus
        keys = actions.ASKING if asking else actions.footer("incident", "everywhere")
        end = {"open": "Resolve", "resolved": "Close", "closed": "Reopen"}[self.session.incident.state]
        self.query_one(KeyBar).show([replace(key, label=end) if key.id == "close" else key for key in keys])

    @on(events.DescendantFocus)
    def _follow_focus(self, event: events.DescendantFocus) -> None:
        for pane, kind in (("checklist", ChecklistPane), ("timeline", TimelinePane)):
            if isinstance(event.widget, kind):
                self.to_front(pane)
        self.offer_keys()

    @on(LogLine.Left)
    def _line_left(self) -> None:
        self.go(self.pane)

    def on_resize(self, event: events.Resize) -> None:
        width, height = event.size
        self.set_class(width < NARROW[0] or height < NARROW[1], "-narrow")
        self.set_class(width < SMALLEST[0] or height < SMALLEST[1], "-small")

    @work(thread=True, exclusive=True, group="copy")
    def copy_words(self, text: str, then: str = "") -> None:
        """Copy off the screen's own thread, and tell in words what really happened."""
        from warroom import places
        from warroom.terminal.clipboard import copy

        said = self._said
        found = copy(text, env=self.workspace.env, to_terminal=self.app.to_terminal, folder=places.outbox())  # type: ignore[attr-defined]
        self.app.call_from_thread(self._copied, found, then, said)

    def _copied(self, found: Copied, then: str, said: int) -> None:
        """Tell what became of a copy; what was said while it went on is said first."""
        meanwhile = self.query_one(Notice).text if self._said != said else ""
        failed = found.outcome == "failed"
        self.say(f"{meanwhile}. {found.words}" if meanwhile else f"{found.words} {then}".strip(), failed=failed)
