"""What the screens about all incidents work with: acts on any incident, questions in their own line, and undoing."""

from __future__ import annotations

from collections.abc import Callable, Coroutine, Sequence
from typing import TYPE_CHECKING, Any

from warroom.model import acts
from warroom.model.entries import Draft, Entry
from warroom.model.incident import Refused
from warroom.screens.incident.page import IncidentPage
from warroom.screens.page import Page
from warroom.screens.shown import as_incident
from warroom.session import Session
from warroom.store.errors import Busy, StoreError
from warroom.terminal.content import shortened
from warroom.text.cleaning import clean_line
from warroom.widgets.item_rows import ItemDetails
from warroom.widgets.logline import LogLine, LogQuestion

if TYPE_CHECKING:
    from warroom.screens.list_screen import ListScreen

DRAFTS = "words:action items"
"""The name under which answers are saved that were typed and not submitted; begins like all of them."""
_NOTICE_CELLS = 60


class ItemPage(Page):
    """Services for a screen about all incidents; an act goes to the incident of the selected row."""

    def __init__(self, screen: ListScreen, drafts: str = DRAFTS) -> None:
        """`drafts` is the name under which answers are saved that were typed and not submitted."""
        super().__init__(screen, screen.workspace)  # type: ignore[arg-type]
        self._screen = screen
        self._saved_as = drafts
        self._sessions: dict[str, Session] = {}
        self._done: list[tuple[str, Sequence[Entry]]] = []
        """What the user did on this screen, with its incident, the last act last."""
        self._drafts: dict[str, str] = {}
        self._saved: dict[str, str] = {}

    @property
    def line(self) -> LogLine:
        """The line in which questions are asked; hidden while none is."""
        return self._screen.query_one(LogLine)

    def start(self, talk: Coroutine[Any, Any, None]) -> None:
        """Start a conversation with the user."""
        self._screen.conversation.start(talk)

    # Incidents

    def incident_page(self, incident: str) -> IncidentPage | None:
        """The page of the incident, if it is the one that is open below this screen."""
        page = self._incident_page()
        return page if page is not None and page.incident.id == incident else None

    def _incident_page(self) -> IncidentPage | None:
        found = filter(None, map(as_incident, self._screen.app.screen_stack))
        return next((screen.page for screen in found), None)

    def session(self, incident: str) -> Session | None:
        """Open an incident, as it is now; None, with a notice, if it can't be read."""
        if (page := self.incident_page(incident)) is not None:
            return page.session
        try:
            if incident in self._sessions:
                self._sessions[incident].poll()
            else:
                self._sessions[incident] = self.workspace.open(incident)
        except StoreError as error:
            self.say(str(error), failed=True)
            return None
        return self._sessions[incident]

    # Acting

    def act(
        self,
        incident: str,
        *drafts: Draft,
        done: str = "",
        after: Callable[[], object] = lambda: None,
        undoes: bool = False,
    ) -> bool:
        """Append entries to an incident; if they are refused or can't be written, say why and return False.

        `done` is the notice once they are on the disk, and `after` is called then. On the incident that is open below
        this screen, an act waits while another process has the file locked; for others that is told at once. With
        `undoes`, it can't be undone itself.
        """
        own = self.incident_page(incident)
        if own is not None:
            page = own

            def logged() -> None:
                self._logged(incident, () if undoes else page.done[-1])
                after()

            words = dict(self.line.answering)
            return page.act(*drafts, done=done, after=logged, words=words)
        session = self.session(incident)
        if session is None:
            return False
        try:
            entries = session.apply(*drafts)
        except (Refused, StoreError) as error:
            back = ". Nothing is lost: press enter again" if isinstance(error, Busy) and self.line.answering else ""
            self.say(str(error).rstrip(".") + back, failed=True)
            return False
        self.say(done or f"Logged: {shortened(entries[-1].text, _NOTICE_CELLS)}")
        self._logged(incident, () if undoes else entries)
        after()
        return True

    def _logged(self, incident: str, entries: Sequence[Entry]) -> None:
        if entries:
            self._done.append((incident, entries))
        if self._screen.is_attached:  # it may have been left while the act had to wait
            self._screen.reload()

    def undo(self) -> None:
        """Take back the last act on this screen, and say in words what that was."""
        below = self._incident_page()
        if below is not None and below.waiting:
            self.say(f"Taken back before it was saved: {below.waiting.drop_last()}")
            return
        while self._done:
            incident, entries = self._done.pop()
            session = self.session(incident)
            if session is None:
                return
            standing = [entry for entry in reversed(entries) if entry.key not in session.incident.replaced]
            if not standing:
                continue  # taken back on the incident's own screen
            words = "; ".join(shortened(entry.text, _NOTICE_CELLS) for entry in standing)
            drafts = [
                acts.corrections.retract(entry, "undone", how="undo", together=len(standing)) for entry in standing
            ]
            if not self.act(incident, *drafts, done=f"Taken back: {words}", undoes=True):
                self._done.append((incident, entries))
            return
        self.say("You have done nothing here yet that can be taken back", mark="▸")

    # Asking

    def drafts_of(self, incident: str) -> dict[str, str]:
        """Where answers about an incident are kept until they are submitted: with the incident's own if it is open."""
        page = self.incident_page(incident)
        return page.line.drafts if page is not None else self._drafts

    async def ask(
        self,
        incident: str,
        id: str,
        label: str,
        *,
        placeholder: str = "",
        hint: str = "",
        start: str = "",
        offered: bool = False,
        take: Callable[[str], bool] | None = None,
        keep: bool = False,
    ) -> str | None:
        """Ask a question about an incident in the line, as on the incident's screen."""
        self.line.drafts = self.drafts_of(incident)
        self._screen.show_line(True)
        answer = await self.answer_in(
            self.line, LogQuestion(id, label, placeholder, hint, start=start, offered=offered), take
        )
        if answer is not None and not keep:
            self.forget(incident, id)
        return answer

    def show_new(self, text: str, owner: str) -> None:
        """Show what is known of an item that is being added, until the question is answered."""
        self._screen.query_one(ItemDetails).show(text, f"new · {clean_line(owner) or 'no owner'}")

    def forget(self, incident: str, *questions: str) -> None:
        """Delete the drafts of questions that are dealt with."""
        for question in questions:
            self.drafts_of(incident).pop(question, None)

    def restore(self) -> None:
        """Bring back the answers that were typed and not submitted, about incidents that were not open."""
        self._drafts = dict(self.remembered(self._saved_as, dict[str, str]) or {})
        self._saved = dict(self._drafts)

    def save_drafts(self) -> None:
        """Save what was typed and not submitted, if it has changed."""
        drafts = {id: text for id, text in self._drafts.items() if text}
        if drafts != self._saved:
            self._saved = drafts
            self.remember(self._saved_as, drafts or None)
