"""The screen of an open incident: lays out the panes, gives them each new snapshot, and forwards keys to features."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, ClassVar, cast

from textual import events, on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.widgets import Static

from warroom import actions
from warroom.actions import Action
from warroom.model import ids, times
from warroom.model.clocks import Clock, is_message_clock
from warroom.model.entries import Entry
from warroom.screens.conversation import Conversation
from warroom.screens.incident.features import Features
from warroom.screens.incident.hints import Hints
from warroom.screens.incident.page import IncidentPage
from warroom.screens.incident.panes import Panes
from warroom.screens.incident.polling import Polling
from warroom.screens.incident.saved_state import SavedState
from warroom.screens.incident.timeline import open_entry
from warroom.screens.incident.timeline_view import FIND, find_as_typed, restore_view
from warroom.screens.keys import bindings
from warroom.screens.shown import ShowsIncident
from warroom.session import Session
from warroom.store.filtered import FilteredTimeline
from warroom.store.timeline import Timeline
from warroom.widgets.banner import Banner
from warroom.widgets.checklist import ChecklistPane
from warroom.widgets.choices import Choices
from warroom.widgets.clocks import ClocksPane
from warroom.widgets.headline import Headline, NowLine
from warroom.widgets.keybar import KeyBar
from warroom.widgets.logline import LOG, LogLine, Notice
from warroom.widgets.suggestions import Suggestions
from warroom.widgets.timeline import TimelinePane
from warroom.workspace import Workspace

if TYPE_CHECKING:
    from warroom.screens.incident.advice import Feature as Advice
    from warroom.screens.incident.log import Feature as Log
    from warroom.widgets.composer import Composer
    from warroom.widgets.message_form import FieldArea

SMALLEST = (60, 16)
NARROW = (100, 30)
WIDE = 160
"""From this width on there is a third column."""
_BEAT_S = 0.5

_MESSAGE_LETTERS = tuple(action.key for action in actions.at("compose") if len(action.key) == 1)
"""The keys that act on a message; no other place of the incident screen uses them."""


class IncidentScreen(ShowsIncident):
    """One incident. Widgets post what the user wants, a feature carries it out, and all widgets get a new snapshot."""

    CSS_PATH = "screen.tcss"
    AUTO_FOCUS = ""
    BINDINGS: ClassVar[list[BindingType]] = [
        *bindings("incident", "do('{id}')"),
        *(Binding(key, f"not_on_message('{key}')", show=False) for key in _MESSAGE_LETTERS),
    ]
    PLACES: ClassVar[tuple[actions.Where, ...]] = ("incident",)

    def __init__(self, workspace: Workspace, session: Session) -> None:
        super().__init__()
        self.workspace = workspace
        self.page = IncidentPage(self)
        self.panes = Panes(self)
        self.conversation = Conversation(lambda: self.page.line.withdraw(), self.page.step_begins)
        self._features_of: dict[str, Features] = {}
        self._hints_of: dict[str, Hints] = {}
        self._done_on: dict[str, list[Sequence[Entry]]] = {}
        self._second = 0
        self._gave_reason = False
        self._notice_left = 0
        self._notice_shown: Notice
        self._polling = Polling(self.page)
        self._open(session)

    def _open(self, session: Session) -> None:
        self.session = session
        self.snapshot = session.snapshot()
        # These are kept for each incident, for when the user comes back to it.
        self.features = self._features_of.setdefault(session.incident.id, Features(self.page))
        self.saved_state = SavedState(self.page)
        self.page.hints = self._hints_of.setdefault(session.incident.id, Hints(self.page))
        self.page.done = self._done_on.setdefault(session.incident.id, [])

    def compose(self) -> ComposeResult:
        yield Headline()
        yield NowLine()
        yield Banner()
        clocks = ClocksPane(id="narrow-clocks")
        clocks.narrow = True
        yield clocks
        with Horizontal(id="body"):
            with Vertical(id="left"):
                yield ChecklistPane()
                yield ClocksPane(id="wide-clocks")
            with Vertical(id="right"):
                journal = self.session.journal
                timeline = Timeline(journal)
                yield TimelinePane(timeline, lambda only: FilteredTimeline(journal, timeline, only))
        yield Static(Content(f"warroom needs at least {SMALLEST[0]}×{SMALLEST[1]} cells"), id="small")
        yield Notice()
        yield Suggestions()
        yield LogLine(self._log, self.workspace.now, self.workspace.tz)
        yield KeyBar()

    def on_mount(self) -> None:
        self._restore()
        self.set_interval(_BEAT_S, self.beat)
        self.call_after_refresh(self._prepare_composer)

    def _prepare_composer(self) -> None:
        """Mount the composer, hidden, once the first frame is drawn: opening it is then quick."""
        if not self.is_attached:
            return  # the user has left already, or the system asked for it
        from warroom.widgets.composer import Composer

        self.query_one("#right").mount(Composer(id="composer"))
        self.features.composing.words.prepare()
        self.page.check_own_files()

    def may_switch(self) -> bool:
        """Whether another incident may be shown: not while acts on this one still have to be logged."""
        self.page.waiting.try_again()
        return not self.page.waiting

    def switch_to(self, session: Session) -> None:
        """Show another incident, after saving what was being typed on this one; nothing of this one stays behind."""
        self.save_drafts()
        self.conversation.end()
        if self.composing:
            self.features.composing.close()
        self._polling.begin_anew()
        self._open(session)
        self._restore()
        self.page.say("")

    def go_to_line(self, entry: Entry) -> None:
        """Go to a line of the timeline, once the screen is there."""

        def go() -> None:
            self.page.go("timeline")
            self.timeline.go_to(entry)

        self.call_after_refresh(go)

    def is_covered_by_others(self) -> bool:
        """Whether the screen on top is not about this incident: the start screen, or declaring another one."""
        return self.is_attached and not {"start", "declare"}.isdisjoint(getattr(self.app.screen, "PLACES", ()))

    def _restore(self) -> None:
        """Show the incident as it was left: its drafts and its front pane."""
        pane = self.saved_state.restore()
        restore_view(self.page)
        self.show(changed=True)
        self.panes.go(pane)

    # Features

    async def do(self, id: str, target: str = "") -> None:
        """Carry out an action of the catalogue on this incident or its message."""
        action = next(action for action in actions.at(*self.PLACES, "compose") if action.id == id)
        await self.features.carry_out(action, target)

    def perform(self, action: Action) -> None:
        """Start an action as the screen's conversation; not while the terminal is too small to show what it does."""
        if self.has_class("-small"):
            self.app.bell()
            return
        self.conversation.start(self.features.carry_out(action))

    def action_not_on_message(self, key: str) -> None:
        """Say where a key of the message works, when it is pressed anywhere else."""
        way = "3 goes to it" if self.composing else "u opens the one that is due"
        self.page.say(f"{key} works on a message: {way}", mark="▸")

    def action_do(self, id: str) -> None:
        line = self.page.line
        if id == "undo" and line.input.has_focus and (line.input.value or line.question is not LOG):
            # Starting another action would put the question away, with what is typed in it.
            self.page.say("Leave the line with esc first; then ctrl+z takes back the last thing you did", mark="▸")
            return
        self.perform(actions.BY_ID[id])

    @on(NowLine.Pressed)
    def _now_pressed(self) -> None:
        self.conversation.start(cast("Advice", self.features.get("advice")).follow())

    @on(ChecklistPane.Ticked)
    def _item_clicked(self) -> None:
        self.action_do("tick")

    @on(TimelinePane.Opened)
    def _entry_clicked(self) -> None:
        self.conversation.start(open_entry(self.page))

    @on(TimelinePane.Unreadable)
    def _timeline_unreadable(self, event: TimelinePane.Unreadable) -> None:
        self._polling.tell(event.reason)

    def _log(self, text: str) -> bool:
        return cast("Log", self.features.get("log")).write(text)

    @on(LogLine.Typed)
    def _typed(self, event: LogLine.Typed) -> None:
        if self.page.line.question.id == FIND:
            find_as_typed(self.page, event.text)
            return
        typed_here = event.text == self.page.line.input.value  # and not for the incident that was shown before
        if typed_here and self.page.line.question is LOG:  # not answers: what was decided is logged, whoever decided it
            self.features.composing.words.hint(event.text, logged=True)

    @on(LogLine.Left)
    def _line_left(self) -> None:
        self.panes.go(self.panes.front)

    # The composer

    @property
    def timeline(self) -> TimelinePane:
        """The timeline."""
        return self.query_one(TimelinePane)

    @property
    def composer(self) -> Composer:
        """The composer, which is mounted once the first frame is drawn."""
        return cast("Composer", self.query_one("#composer"))

    @property
    def composing(self) -> bool:
        """Whether a message is being composed."""
        return self.has_class("-composing")

    def on_composer_edited(self) -> None:
        if self.composing:  # not about a message of the incident that was shown before
            self.features.composing.edited()

    def on_field_area_too_long(self, event: FieldArea.TooLong) -> None:
        self.page.say(
            f"Not pasted: {event.length:,} characters are too many for a message. Paste the part that people need; "
            f"the log takes all of it",
            failed=True,
        )

    def on_composer_action_requested(self, event: Composer.ActionRequested) -> None:
        event.stop()
        self.perform(next(action for action in actions.at("compose") if action.id == event.action))

    @on(Choices.Chosen, "#picks")
    def _entry_picked(self, event: Choices.Chosen) -> None:
        event.stop()
        self.features.composing.pick_entry(event.choice.id)

    def action_edit_fields(self) -> None:
        self.composer.edit()

    # Showing the incident

    def show(self, *, changed: bool = False) -> None:
        """Take a new snapshot and give it to all widgets; `changed` if entries may have been added."""
        before = {trigger.id for trigger in self.snapshot.active_triggers}
        self.snapshot = now = self.session.snapshot()
        notices, told = self.page.notices, self.page.doing
        for trigger in now.active_triggers:
            if trigger.id not in before and not now.incident.over():
                way = ". Press e" if self.app.screen is self else ""  # it is answered on the screen that `e` opens
                reason = f"A reason to escalate: {trigger.in_full}{way}"
                self.page.say(f"{told}. {reason}" if told else reason, mark="▲")
        self.query_one(Headline).show(now, self.page.console.all_clocks.late_elsewhere(now.incident.id))
        self.query_one(NowLine).show(now, self.panes.enter_follows)
        for id in ("#narrow-clocks", "#wide-clocks"):  # a query by class would go through every widget
            self.query_one(id, ClocksPane).show(now)
        self.query_one(ChecklistPane).show(now, now.script)
        if self.has_class("-wide"):
            self._show_overview()
        timeline = self.timeline
        if changed:
            timeline.show(now, changed=True)
            self.panes.show_keys()
            if self.page.composing:
                self.features.composing.follow()
        else:
            timeline.tick(now)
        self._gave_reason = self.page.notices != notices
        self.page.console.watch_clocks(now)

    def clocks_ran_out(self, clocks: list[Clock]) -> None:
        """Hint at the silence once a promised message is late; a reason to escalate stays readable."""
        messages = [clock for clock in clocks if is_message_clock(clock.id)]
        silent = min(messages, key=lambda clock: clock.id != self.snapshot.advice.clock, default=None)
        if silent is not None and not self._gave_reason:
            self.page.hints.about(ids.MISTAKE_SILENT, f"{silent.label} is LATE")

    def set_pane_classes(self, classes: dict[str, bool]) -> None:
        """Set classes of the screen that only affect its panes, and restyle only those: all of it would take 15 ms."""
        if any(self.has_class(name) != on for name, on in classes.items()):
            self.update_classes(classes, update=False)
            if self.has_class("-narrow"):
                self.app.stylesheet.update_nodes(self.query("#left, #right, TimelinePane, Composer"))
            elif "-composing" in classes:  # on a large terminal, the front pane makes no difference
                self.app.stylesheet.update_nodes(self.query("#composer"))

    def on_resize(self, event: events.Resize) -> None:
        width, height = event.size
        self.set_class(width < NARROW[0] or height < NARROW[1], "-narrow")
        self.set_class(width < SMALLEST[0] or height < SMALLEST[1], "-small")
        self.set_class(wide := width >= WIDE and height >= NARROW[1], "-wide")
        if wide:
            self._show_overview()

    def _show_overview(self) -> None:
        """Show the third column, which is made when it is first needed: a smaller terminal does without its cost."""
        from warroom.widgets.overview import Overview

        found = self.query(Overview)
        overview = found.first() if found else Overview()
        overview.show(self.snapshot)
        if not found:
            self.query_one("#body").mount(overview)

    @on(events.DescendantFocus)
    def _follow_focus(self, event: events.DescendantFocus) -> None:
        self.panes.follow_focus(event.widget)

    @property
    def open_hint(self) -> str:
        """Say how to open another incident from where the focus is; empty while a message is being composed."""
        if self.composing:
            return ""
        return " esc, then o opens it" if self.page.line.input.has_focus else " o opens it"

    def on_screen_resume(self) -> None:
        self.show(changed=True)

    def notice_shown(self, notice: Notice, stays_s: float) -> None:
        """Let the notice just shown stay for so many seconds, or for 0 s until the next one."""
        self._notice_shown, self._notice_left = notice, int(stays_s / _BEAT_S)

    def own_files_changed(self) -> None:
        """Show the incident by the company's own files as they are now, and the mistakes in them."""
        self.show(changed=True)
        self.page.check_own_files()

    # Passing time, and other processes

    def beat(self) -> None:
        """Twice a second: show what others appended; once a second: update the clocks and save the drafts."""
        if not self.page.redacting:
            self.page.console.take_out_redacted()
        self.page.waiting.try_again()
        if self._notice_left:
            self._notice_left -= 1
            if not self._notice_left and self._notice_shown is not self.page.notice and self._notice_shown.is_attached:
                self._notice_shown.say("")  # another screen is on top now, with a place of its own for notices
            elif not self._notice_left:
                self.page.say("")
        has_new_entries = self._polling.poll()
        second = self.workspace.real_now() // times.SECOND
        passed = second != self._second
        if has_new_entries:
            self.show(changed=True)
        elif passed and self.is_current:
            self.show()
        if passed:
            self._second = second
            self.save_drafts()

    def save_drafts(self) -> None:
        """Save what was typed and not submitted, and where the user was, so that both are back after a crash."""
        self.page.waiting.try_again()
        self.saved_state.save_drafts()
        self.saved_state.save_position()
        if self.composing:
            self.features.composing.save_draft()
        self.page.save_again()

    def redact_words(self, change: Callable[[str], str]) -> None:
        """Change the drafts of the log line, and read those of messages anew; nothing brings the words back."""
        self.page.line.redact(change)
        for features in self._features_of.values():
            features.composing.forget_words()

    def unsaved_words(self) -> list[str]:
        """What would be lost by leaving now, besides the drafts that the workspace could not write yet."""
        unread = self.features.composing.unsaved_words if self.composing else []
        return [*self.page.waiting.texts, *self.saved_state.unsaved_words, *unread]
