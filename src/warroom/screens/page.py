"""What every screen of the console needs: the workspace, notices, questions and copying."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Protocol, TypeVar, cast

from textual.app import App
from textual.screen import Screen

from warroom.screens.conversation import Question
from warroom.store.errors import Busy, DiskFull, StoreError
from warroom.widgets.banner import Banner
from warroom.widgets.logline import LogLine, LogQuestion, Notice

if TYPE_CHECKING:
    from textual.timer import Timer

    from warroom.model.snapshot import Snapshot
    from warroom.screens.watch import Watch
    from warroom.session import Session
    from warroom.terminal.clipboard import Copied
    from warroom.widgets.choices import Choice
    from warroom.workspace import Workspace

Result = TypeVar("Result")

NOTICE_STAYS_S, FAILURE_STAYS_S = 8.0, 60.0
"""How long a notice stays, and one that something failed; most are no longer true after that."""

_UNSAVED = "What you are typing can't be saved yet"


class Console(Protocol):
    """The methods of the app that its screens use."""

    @property
    def all_clocks(self) -> Watch: ...

    def show_incident(self, incident: str) -> None: ...
    def show_entry(self, key: str) -> None: ...
    def show_session(self, session: Session) -> None: ...
    def show_start(self) -> None: ...
    def show_last(self) -> None: ...
    def show_declare(self) -> None: ...
    def action_numbers(self) -> None: ...
    def action_drill(self) -> None: ...
    def open_drill(self, file: Path) -> None: ...
    def watch_clocks(self, shown: Snapshot | None = None) -> None: ...
    def take_out_redacted(self) -> None: ...
    def to_terminal(self, sequence: str) -> None: ...


def notice_of(screen: Screen[object]) -> Notice | None:
    """The place for notices of a screen; None if it has none.

    Notices are direct children of their screens; a query would go through every widget, for each action.
    """
    return next((child for child in screen.children if isinstance(child, Notice)), None)


def say_on_top(
    app: App[None], text: str, *, failed: bool = False, mark: str = "✓", seconds: float | None = None
) -> None:
    """Show a notice on whatever screen is on top; if that has no place for notices, beside it for some `seconds`."""
    page: object = getattr(app.screen, "page", None)
    notice = notice_of(app.screen)
    if isinstance(page, Page):
        page.say(text, failed=failed, mark=mark)
    elif notice is not None:
        notice.say(text, failed=failed, mark=mark)
    else:
        app.notify(text, severity="error" if failed else "information", timeout=seconds, markup=False)


class Page:
    """Services for one screen; notices appear on the top screen if it has a place for them."""

    def __init__(self, screen: Screen[object], workspace: Workspace) -> None:
        self.screen = screen
        self.workspace = workspace
        self.notices = 0
        """The number of notices so far, to detect whether another one was shown in the meantime."""
        self._told_before = 0
        """The number of notices when the present step of a conversation began."""
        self._told_unsaved = self._is_unread = False
        self._going: Timer | None = None
        """Lets the notice go that was shown last."""

    @property
    def console(self) -> Console:
        """The app."""
        return cast(Console, self.screen.app)

    @property
    def notice(self) -> Notice:
        """The widget for notices: that of the top screen, else that of this page's screen."""
        top = self.screen.app.screen if self.screen.is_attached else self.screen
        return notice_of(top) or self.screen.query_one(Notice)

    @property
    def subject(self) -> object:
        """What this page is about at present; a result that comes late is only shown while it is still the same."""
        return self.screen

    def say(self, text: str, *, failed: bool = False, mark: str = "✓") -> None:
        """Show a notice about what happened; it goes after a while, a failure only after a minute."""
        self.notices += 1
        self.notice.say(text, failed=failed, mark=mark)
        self.notice_shown(text, failed=failed)

    def notice_shown(self, text: str, *, failed: bool) -> None:
        """Let the notice just shown go after a while, unless it tells of something that takes its time."""
        if self._going is not None:
            self._going.stop()
            self._going = None
        if text and not text.endswith("…") and self.screen.is_attached:
            notice = self.notice

            def go() -> None:
                if notice.is_attached and notice.text == text:
                    notice.say("")

            self._going = self.screen.set_timer(FAILURE_STAYS_S if failed else NOTICE_STAYS_S, go)

    def step_begins(self) -> None:
        """Note that a conversation goes on after a key or an answer: a notice up to here is about something before."""
        self._told_before = self.notices

    def let_notice_go(self) -> None:
        """Let a notice go that is about something before, but not that typed words are not saved."""
        if self.notice.text and not self.notice.text.startswith(_UNSAVED):
            self.say("")

    async def answer_in(
        self, line: LogLine, question: LogQuestion, take: Callable[[str], bool] | None = None
    ) -> str | None:
        """Ask a question in a line and return the answer; None if the user left the line.

        `take` handles the answer and returns whether that worked; if not, the text stays in the line. A notice about
        something before goes, and so does one that refused an answer once there is another, or none.
        """
        if self.notices == self._told_before:
            self.let_notice_go()
        refused = -1
        while True:
            answer = await Question[str | None](lambda resume: line.ask(question, resume))
            if answer is None or take is None or take(answer):
                if self.notices == refused:
                    self.let_notice_go()
                return answer
            refused = self.notices

    def remember(self, name: str, value: object) -> None:
        """Save a value for the next start; if that fails, it is kept and saved by a later `save_again`."""
        error = self.workspace.keep(name, value)
        if error is not None and not isinstance(error, Busy) and not self.workspace.unsaved_words:
            full = f"No space is left to write {self.workspace.database}: nothing can be saved until you free some"
            self.say(
                full if isinstance(error, DiskFull) else str(error), failed=True
            )  # nobody asked for it: no "again"

    def save_again(self) -> None:
        """Save what could not be saved before; if typed text still can't be, and not just for a moment, say so."""
        workspace, was_unsaved = self.workspace, self.workspace.unsaved.is_there
        error = workspace.catch_up()
        shown = self.notice.text.startswith(_UNSAVED)
        if error is None:
            if shown:
                self.say("What you typed is saved")
        elif workspace.unsaved_words and was_unsaved:
            replaceable = shown or self.notice.text in ("", str(error))
            is_worth_telling = workspace.unsaved.is_worth_telling(error)
            if is_worth_telling and (replaceable or not (self._told_unsaved or self.notice.failed)):
                self.say(f"{_UNSAVED}: {error}", failed=True)
                self._told_unsaved = True
            return
        self._told_unsaved = False

    def remembered(self, name: str, kind: type[Result]) -> Result | None:
        """Return the value saved under a name, if it has the expected type; if it can't be read, show a notice."""
        try:
            return self.workspace.remembered(name, kind)
        except StoreError as error:
            self.say(str(error), failed=True)
            return None

    def reading(self, read: Callable[[], Result]) -> Result | None:
        """What is read each second; None if it can't be, which is said once, unless the file is only locked."""
        try:
            found = read()
        except StoreError as error:
            if not isinstance(error, Busy) and not self._is_unread:
                self.say(str(error), failed=True)
            self._is_unread = True
            return None
        self._is_unread = False
        return found

    def check_own_files(self) -> None:
        """Look for mistakes in the company's own files, in a thread, and show them in the banner."""

        def work() -> None:
            problems = [problem.brief for problem in self.workspace.problems]
            self.screen.app.call_from_thread(self._show_problems, problems)

        self.screen.run_worker(work, thread=True, exclusive=True, group="own files")

    def _show_problems(self, problems: list[str]) -> None:
        for banner in self.screen.query(Banner):  # none if the screen was closed in the meantime
            banner.show(problems)

    async def show(self, screen: Screen[Result]) -> Result | None:
        """Push a screen and return its result; None if it was left without an answer."""
        return await Question[Result | None](lambda resume: self.screen.app.push_screen(screen, resume))

    async def pick(
        self,
        title: str,
        rows: list[Choice],
        *,
        marked: str = "",
        start: str = "",
        empty: str = "Nothing to choose from",
    ) -> str | None:
        """Let the user choose a row, and return its id; None if nothing was chosen.

        `marked` is the row that is the present value, `start` the one that the cursor is on at first.
        """
        from warroom.screens.pick import PickScreen

        return await self.show(PickScreen(title, rows, marked=marked, start=start, empty=empty))

    def copy(self, text: str, then: str = "", *, failed: Callable[[], object] = lambda: None) -> None:
        """Copy a text, in a thread, and show a notice of what really happened, followed by `then`.

        `failed` is called if the text could not be copied anywhere.
        """
        screen, workspace, before, subject = self.screen, self.workspace, self.notices, self.subject

        def work() -> None:
            from warroom import places
            from warroom.terminal.clipboard import copy

            found = copy(text, env=workspace.env, to_terminal=self.console.to_terminal, folder=places.outbox())
            screen.app.call_from_thread(self._copied, found, then, before, subject)
            if found.outcome == "failed":
                screen.app.call_from_thread(failed)

        screen.run_worker(work, thread=True, exclusive=True, group="copy")

    def _copied(self, found: Copied, then: str, before: int, subject: object) -> None:
        """Show the result of copying, after any notice that came up in the meantime."""
        if subject is not self.subject:  # another incident is shown: this notice would seem to be about that one
            if found.outcome == "failed":
                self.screen.app.notify(f"The text copied before: {found.words}", severity="error", markup=False)
            return
        meanwhile = self.notice.text if self.notices != before else ""
        failed = found.outcome == "failed"
        self.say(f"{meanwhile}. {found.words}" if meanwhile else f"{found.words} {then}".strip(), failed=failed)
