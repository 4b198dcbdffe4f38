"""What the features of the incident screen work with: session, snapshot, and ways to act, ask, pick, say and copy."""

from __future__ import annotations

from collections.abc import Callable, Coroutine, Mapping, Sequence
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, TypeVar, cast

from textual.widget import Widget

from warroom.actions import key_of
from warroom.model import ids, times
from warroom.model.entries import Draft, Entry
from warroom.model.incident import Incident
from warroom.model.kinds.facts import FactSet
from warroom.model.playbook import Playbook
from warroom.model.snapshot import Snapshot
from warroom.screens.incident.waiting import Act, WaitingActs
from warroom.screens.page import FAILURE_STAYS_S, NOTICE_STAYS_S, Page
from warroom.session import Session
from warroom.terminal.content import shortened
from warroom.widgets.logline import LogLine, LogQuestion, Notice
from warroom.widgets.suggestions import Suggestion

if TYPE_CHECKING:
    from warroom.screens.incident.composing import Feature as Composing
    from warroom.screens.incident.hints import Hints
    from warroom.screens.incident.remarks import Feature as Remarks
    from warroom.screens.incident.screen import IncidentScreen
    from warroom.widgets.composer import Composer

_NOTICE_CELLS = 60
"""The most cells of an entry's text in the notice that it is logged."""

AnyWidget = TypeVar("AnyWidget", bound=Widget)


class IncidentPage(Page):
    """Services for the screen of one incident; nothing is shown as done that is not on the disk."""

    def __init__(self, screen: IncidentScreen) -> None:
        super().__init__(screen, screen.workspace)  # type: ignore[arg-type]
        self._screen = screen
        self.redacting = False
        """Whether a thread is redacting words, so that the file is locked by this console itself."""
        self.doing = ""
        """What is told of an act while its result is being shown, if that is more than that it was logged."""
        self.done: list[Sequence[Entry]]
        """What the user did since the incident was opened here, the entries of each act, the last act last."""
        self.hints: Hints
        """The hints given on the incident that is open."""
        self.waiting = WaitingActs(self)
        """The acts that could not be logged yet."""

    @property
    def session(self) -> Session:
        """The incident being worked on."""
        return self._screen.session

    @property
    def incident(self) -> Incident:
        """The present state of the incident."""
        return self.session.incident

    @property
    def playbook(self) -> Playbook:
        """The playbook in force."""
        return self.session.playbook

    @property
    def snapshot(self) -> Snapshot:
        """The snapshot that the screen shows, taken at the last change or second."""
        return self._screen.snapshot

    @property
    def notice(self) -> Notice:
        """The widget for notices: that of a screen on top that is about this incident, else the incident's own."""
        return self._screen.query_one(Notice) if self._screen.is_covered_by_others() else super().notice

    @property
    def subject(self) -> object:
        return self.session

    def widget(self, kind: type[AnyWidget]) -> AnyWidget:
        """Return a widget of the screen by its class."""
        return self._screen.query_one(kind)

    @property
    def line(self) -> LogLine:
        """The log line, where questions are asked."""
        return self.widget(LogLine)

    def go(self, pane: str) -> None:
        """Bring a pane to the front and give it the focus."""
        self._screen.panes.go(pane)

    def bring_to_front(self, pane: str) -> None:
        """Make a pane the front one, without moving the focus."""
        self._screen.panes.bring_to_front(pane)

    def show_keys(self) -> None:
        """Show in the footer the keys that can act now."""
        self._screen.panes.show_keys()

    @property
    def pane(self) -> str:
        """The pane in front."""
        return self._screen.panes.front

    def sees(self, pane: str) -> bool:
        """Whether a pane is visible: on a small terminal only the front one is."""
        return self.pane == pane or not self._screen.has_class("-narrow")

    @property
    def panes(self) -> list[str]:
        """The present panes, in order."""
        return self._screen.panes.order

    @property
    def composing(self) -> bool:
        """Whether a message is being composed."""
        return self._screen.composing

    @property
    def composer(self) -> Composer:
        """The composer widget."""
        return self._screen.composer

    def has_composer(self, try_again: Callable[[], None]) -> bool:
        """Whether the composer is mounted; if not yet, keys wait, and `try_again` is called soon."""
        self._screen.opening = not any(composer.is_mounted for composer in self._screen.query("#composer"))
        if self._screen.opening:
            self._screen.set_timer(0.01, try_again)
        return not self._screen.opening

    def show_composer(self, on: bool) -> None:
        """Show or hide the composer."""
        self._screen.set_pane_classes({"-composing": on})

    @property
    def message(self) -> Composing:
        """The feature with the message being composed."""
        return self._screen.features.composing

    @property
    def remarks(self) -> Remarks:
        """The feature with the remarks on that message."""
        return cast("Remarks", self._screen.features.get("remarks"))

    async def do(self, action: str, target: str = "") -> None:
        """Carry out an action of the catalogue, on the target with this id if one is given."""
        await self._screen.do(action, target)

    def start(self, talk: Coroutine[Any, Any, None]) -> None:
        """Start a conversation with the user, as an action does."""
        self._screen.conversation.start(talk)

    def act(
        self,
        *drafts: Draft,
        done: str | Callable[[], str] = "",
        after: Callable[[], object] = lambda: None,
        words: Mapping[str, str] = MappingProxyType({}),
        name: str = "",
    ) -> bool:
        """Append entries and show the result; if they are refused or can't be written, say why and return False.

        While another process has the file locked, the act waits, which is told, and the answer is True as well.
        `done` is the notice once the entries are on the disk, and `after` is called then. `words` are drafts of the log
        line, besides the answer being given, that come back if a waiting act fails. Of acts with the same `name` only
        one waits; acts that are not an answer have one by default.
        """
        answers = self.line.answering
        name = name or ("" if answers else repr(drafts))
        act = Act(drafts, self.workspace.now(), done, after, {**words, **answers}, name)
        return self.waiting.do(act)

    def show_done(self, entries: list[Entry], done: str | Callable[[], str] = "") -> None:
        """Show entries that were just logged, with a notice."""
        self.done.append(entries)
        if isinstance(done, str):
            self.doing = done
            self.say((done or self._logged(entries[-1])) + self._without_cost(entries))
        self._screen.show(changed=True)
        self.doing = ""
        if not isinstance(done, str):
            self.say(done())
        self._screen.timeline.reveal(entries[-1])

    def show_changed(self) -> None:
        """Show the incident after a change of what was logged before."""
        self._screen.show(changed=True)

    def _logged(self, last: Entry) -> str:
        late = f", added {times.span(last.added_late)} later" if last.added_late else ""
        when = times.clock_zone_day(last.at, last.recorded, self.workspace.tz)
        return f"Logged at {when}{late}: {shortened(last.text, _NOTICE_CELLS)}"

    def _without_cost(self, entries: list[Entry]) -> str:
        """Say that the revenue per hour that was just set can't be read as an amount; empty if it can."""
        facts = {entry.body.name: entry.body.value for entry in entries if isinstance(entry.body, FactSet)}
        unread = facts.get(ids.FACT_REVENUE) and not self.session.snapshot().cost
        return ". There is no amount of money in it, so no cost is shown" if unread else ""

    def refuse_if_closed(self) -> bool:
        """Whether the incident is closed, with a notice: said before anything is typed that could not be logged."""
        closed = self.incident.state == "closed"
        if closed:
            self.say(f"This incident is closed; reopen it first ({key_of('close')})", failed=True)
        return closed

    def say(self, text: str, *, failed: bool = False, mark: str = "✓") -> None:
        """Show a notice; instead of no notice, and after any other, it is shown which acts are waiting."""
        waiting = self.waiting.notice
        if text and waiting and text != waiting:
            text = f"{text.rstrip('.')}. {waiting}"
        super().say(text or waiting, failed=failed or (not text and bool(waiting)), mark=mark)

    def notice_shown(self, text: str, *, failed: bool) -> None:
        """Let the notice just shown go after a while: on an incident, which acts still wait is told then."""
        stays = FAILURE_STAYS_S if failed and not self.waiting else NOTICE_STAYS_S
        self._screen.notice_shown(self.notice, stays if text and text != self.waiting.notice else 0)

    def remember(self, name: str, value: object) -> None:
        """Save a value for the next start, but not before the acts that wait: until then the file has their words."""
        if self.waiting:
            self.workspace.keep(name, value, later=True)
        else:
            super().remember(name, value)

    def save_again(self) -> None:
        """Save what could not be saved before, unless acts are waiting, which come first."""
        if not self.waiting:
            super().save_again()

    def clock(self, ms: int) -> str:
        """Format a time (ms UTC) for the user: `03:46 CET`."""
        return times.clock_zone(ms, self.workspace.tz)

    def clock_day(self, ms: int) -> str:
        """Format a time (ms UTC) for the user, with its date if that is not today: `2026-11-22 03:46 CET`."""
        return times.clock_zone_day(ms, self.workspace.now(), self.workspace.tz)

    async def ask(
        self,
        id: str,
        label: str,
        *,
        placeholder: str = "",
        hint: str = "",
        start: str = "",
        offered: bool = False,
        take: Callable[[str], bool] | None = None,
        keep: bool = False,
        when_closed: bool = False,
        suggest: Callable[[str], Sequence[Suggestion]] | None = None,
    ) -> str | None:
        """Ask a question in the log line and return the answer; None if the user left the line.

        `id` names the draft that is saved while the question is unanswered. `take` handles the answer and returns
        whether that worked; if not, the text stays in the line. `keep` leaves the draft in place for `forget`. On a
        closed incident a question is refused, because no answer could be logged, unless it is asked `when_closed`.
        The answer begins with `start`, which typing replaces if it is only `offered`. `suggest` gives the answers to
        suggest for what is typed so far.
        """
        if not when_closed and self.refuse_if_closed():
            return None
        answer = await self.answer_in(
            self.line, LogQuestion(id, label, placeholder, hint, start=start, offered=offered, suggest=suggest), take
        )
        if answer is not None and not keep:
            self.forget(id)
        return answer

    def forget(self, question: str) -> None:
        """Delete the draft of a question that is dealt with."""
        self.line.drafts.pop(question, None)

    def split_time(self, text: str, *, near: int | None = None) -> tuple[int | None, str] | None:
        """Split a leading time from the text: (ms UTC or None, the rest); None, with a notice, if it is not past.

        `near` is as for `times.parse_past`.
        """
        try:
            return times.split_leading_time(text, self.workspace.now(), self.workspace.tz, near=near)
        except times.TimeError as error:
            self.say(str(error), failed=True)
            return None


class Feature:
    """The base of all features; a feature has a method, plain or async, for each of its actions in the catalogue."""

    def __init__(self, page: IncidentPage) -> None:
        self.page = page
