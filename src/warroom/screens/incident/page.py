"""What a feature of the incident screen works with: session, snapshot, and ways to act, ask, pick, say and copy."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, TypeVar

from textual.widget import Widget

from warroom.model import times
from warroom.model.entries import Draft, Entry
from warroom.model.incident import Incident, Refused
from warroom.model.playbook import Playbook
from warroom.model.snapshot import Snapshot
from warroom.screens.conversation import Question
from warroom.screens.page import Page
from warroom.session import Session
from warroom.store.errors import StoreError
from warroom.widgets.logline import LogLine, LogQuestion

if TYPE_CHECKING:
    from warroom.screens.incident.composing import Feature as Composing
    from warroom.screens.incident.screen import IncidentScreen
    from warroom.widgets.composer import Composer

AnyWidget = TypeVar("AnyWidget", bound=Widget)


class IncidentPage(Page):
    """One incident on the screen; nothing is told as done that is not on the disk."""

    def __init__(self, screen: IncidentScreen) -> None:
        super().__init__(screen, screen.workspace)  # type: ignore[arg-type]
        self._screen = screen

    @property
    def session(self) -> Session:
        """The incident being worked on."""
        return self._screen.session

    @property
    def incident(self) -> Incident:
        """The incident as it stands."""
        return self.session.incident

    @property
    def playbook(self) -> Playbook:
        """The playbook in force."""
        return self.session.playbook

    @property
    def snapshot(self) -> Snapshot:
        """What the screen shows: the incident at the last change or second."""
        return self._screen.snapshot

    def widget(self, kind: type[AnyWidget]) -> AnyWidget:
        """A part of the screen, by its class."""
        return self._screen.query_one(kind)

    @property
    def line(self) -> LogLine:
        """The log line, where questions are asked."""
        return self.widget(LogLine)

    def go(self, pane: str) -> None:
        """Bring a pane to the front and give it the keys."""
        self._screen.panes.go(pane)

    @property
    def pane(self) -> str:
        """The pane in front."""
        return self._screen.panes.front

    @property
    def panes(self) -> list[str]:
        """The panes there are now, in order."""
        return self._screen.panes.order

    @property
    def composing(self) -> bool:
        """Whether a message is on the screen."""
        return self._screen.composing

    @property
    def composer(self) -> Composer:
        """The composer."""
        return self._screen.composer

    @property
    def has_composer(self) -> bool:
        """Whether the composer is in place: it comes right after the first frame."""
        return any(composer.is_mounted for composer in self._screen.query("#composer"))

    def mark_composing(self, on: bool) -> None:
        """Bring the composer on the screen, or take it off."""
        self._screen.mark({"-composing": on})

    @property
    def message(self) -> Composing:
        """The message being composed."""
        return self._screen.composing_feature

    async def do(self, action: str, about: str = "") -> None:
        """Do what an action of the catalogue does; `about` is what it is to be done with, where that is known."""
        await self._screen.do(action, about)

    def act(self, *drafts: Draft, done: str = "") -> bool:
        """Append entries and show what came of it; where they can't be, say why and return False."""
        try:
            entries = self.session.apply(*drafts)
        except (Refused, StoreError) as error:
            self.say(str(error), failed=True)
            return False
        self.say(done or self._logged(entries[-1]))
        self._screen.show(changed=True)
        return True

    def _logged(self, last: Entry) -> str:
        late = f", added {times.span(last.added_late)} later" if last.added_late else ""
        return f"Logged at {self.clock(last.at)}{late}"

    def say(self, text: str, *, failed: bool = False, mark: str = "✓") -> None:
        """Tell what happened; a failure stays until the next notice, the rest for a few seconds."""
        super().say(text, failed=failed, mark=mark)
        self._screen.notice_told(lasting=failed or not text)

    def clock(self, ms: int) -> str:
        """A moment as the user reads it: `03:46 CET`."""
        return times.clock_zone(ms, self.workspace.tz)

    async def ask(
        self,
        id: str,
        label: str,
        *,
        placeholder: str = "",
        hint: str = "",
        start: str = "",
        take: Callable[[str], bool] | None = None,
        keep: bool = False,
    ) -> str | None:
        """Ask for words in the log line and give them back; None where the line was left.

        `id` names the draft that is kept while it is unanswered. `take` does what is to be done with the words and says
        whether that worked; if not, they stay in the line. `keep` leaves the draft in place for `forget`.
        """
        question = LogQuestion(id, label, placeholder, hint, start=start)
        while True:
            words = await Question[str | None](lambda resume: self.line.ask(question, resume))
            if words is None:
                return None
            if take is None or take(words):
                if not keep:
                    self.forget(id)
                return words

    def forget(self, question: str) -> None:
        """Drop the draft of a question: what it asked for is done."""
        self.line.drafts.pop(question, None)

    def dated(self, text: str) -> tuple[int | None, str] | None:
        """Take a time off the front: (ms UTC or None, the rest); None, and a notice why, where it is no past time."""
        try:
            return times.split_leading_time(text, self.workspace.now(), self.workspace.tz)
        except times.TimeError as error:
            self.say(str(error), failed=True)
            return None


class Feature:
    """Something the user can do on an incident; a method for each of its actions in the catalogue, plain or async."""

    def __init__(self, page: IncidentPage) -> None:
        self.page = page
