"""What a screen of the console works with: the workspace, a notice, a question, a copy; the same on every screen."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol, TypeVar, cast

from textual.screen import Screen

from warroom.screens.conversation import Question
from warroom.store.errors import StoreError
from warroom.widgets.banner import Banner
from warroom.widgets.logline import Notice

if TYPE_CHECKING:
    from warroom.session import Session
    from warroom.terminal.clipboard import Copied
    from warroom.widgets.choices import Choice
    from warroom.workspace import Workspace

Result = TypeVar("Result")


class Console(Protocol):
    """The app as its screens know it."""

    def show_incident(self, incident: str) -> None: ...
    def show_session(self, session: Session) -> None: ...
    def show_start(self) -> None: ...
    def show_last(self) -> None: ...
    def show_declare(self) -> None: ...
    def set_terminal_title(self, title: str) -> None: ...
    def to_terminal(self, sequence: str) -> None: ...


class Page:
    """One screen and what it may do; a notice goes to the screen that is on top, if it has a place for one."""

    def __init__(self, screen: Screen[object], workspace: Workspace) -> None:
        self.screen = screen
        self.workspace = workspace
        self.notices = 0
        """How many notices there have been, to tell whether one came meanwhile."""

    @property
    def console(self) -> Console:
        """The app."""
        return cast(Console, self.screen.app)

    @property
    def notice(self) -> Notice:
        """Where notices go: on the screen on top, else on the page's own."""
        top = self.screen.app.screen if self.screen.is_attached else self.screen
        # Notices stand directly on their screens; a query goes through every widget, at each act.
        found = next((child for child in top.children if isinstance(child, Notice)), None)
        return found or self.screen.query_one(Notice)

    def say(self, text: str, *, failed: bool = False, mark: str = "✓") -> None:
        """Tell what happened; a failure stays until the next notice."""
        self.notices += 1
        self.notice.say(text, failed=failed, mark=mark)

    def remember(self, name: str, value: object, *, what: str = "") -> bool:
        """Keep something for the next start; where it can't be kept, say so (`what` first) and return False."""
        try:
            self.workspace.remember(name, value)
        except StoreError as error:
            self.say(f"{what}: {error}" if what else str(error), failed=True)
            return False
        return True

    def remembered(self, name: str, kind: type[Result]) -> Result | None:
        """What was kept under a name, if it has the form expected; where it can't be read, say so."""
        try:
            return self.workspace.remembered(name, kind)
        except StoreError as error:
            self.say(str(error), failed=True)
            return None

    def check_own_files(self) -> None:
        """Look for mistakes in the company's own files, off the screen's own thread, and let the banner tell them."""

        def work() -> None:
            problems = [problem.brief for problem in self.workspace.problems]
            self.screen.app.call_from_thread(self._show_problems, problems)

        self.screen.run_worker(work, thread=True, exclusive=True, group="own files")

    def _show_problems(self, problems: list[str]) -> None:
        for banner in self.screen.query(Banner):  # none where the screen was left meanwhile
            banner.show(problems)

    async def show(self, screen: Screen[Result]) -> Result | None:
        """Put a screen on top and give back what it was left with; None where it was left without an answer."""
        return await Question[Result | None](lambda resume: self.screen.app.push_screen(screen, resume))

    async def pick(
        self, title: str, rows: list[Choice], *, marked: str = "", empty: str = "Nothing to choose from"
    ) -> str | None:
        """Let the user choose a row, and give back its id; None where none was chosen."""
        from warroom.screens.pick import PickScreen

        return await self.show(PickScreen(title, rows, marked=marked, empty=empty))

    def copy(self, text: str, then: str = "") -> None:
        """Copy off the screen's own thread, and tell in words what really happened, then `then`."""
        screen, workspace, before = self.screen, self.workspace, self.notices

        def work() -> None:
            from warroom import places
            from warroom.terminal.clipboard import copy

            found = copy(text, env=workspace.env, to_terminal=self.console.to_terminal, folder=places.outbox())
            screen.app.call_from_thread(self._copied, found, then, before)

        screen.run_worker(work, thread=True, exclusive=True, group="copy")

    def _copied(self, found: Copied, then: str, before: int) -> None:
        """Tell what became of a copy; what was told while it went on is told first."""
        meanwhile = self.notice.text if self.notices != before else ""
        failed = found.outcome == "failed"
        self.say(f"{meanwhile}. {found.words}" if meanwhile else f"{found.words} {then}".strip(), failed=failed)
