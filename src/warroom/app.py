"""The console's Textual app: connects workspace, screens and terminal, and leaves the terminal as it found it."""

from __future__ import annotations

import gc
import sys
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar, Protocol, runtime_checkable

from textual import events
from textual.app import App, ScreenStackError
from textual.binding import BindingType
from textual.css.query import NoMatches
from textual.screen import Screen

from warroom import actions
from warroom.actions import Where
from warroom.model.snapshot import Snapshot
from warroom.screens.background import DailyCopy, say_unfinished_import
from warroom.screens.first_shown import ask_what_is_needed, where_the_user_was
from warroom.screens.keys import bindings
from warroom.screens.leaving import Leaving, QuitKey
from warroom.screens.page import say_on_top
from warroom.screens.ringing import Ringing
from warroom.screens.shown import ShowsIncident, as_incident
from warroom.screens.typed_words import TypedWords
from warroom.screens.watch import Watch
from warroom.session import Session
from warroom.store.errors import Busy, StoreError
from warroom.terminal import output, themes
from warroom.text.cleaning import clean, clean_line
from warroom.widgets.keybar import KeyBar
from warroom.workspace import Workspace

if TYPE_CHECKING:
    from warroom.screens.incident.screen import IncidentScreen

_TITLE_LENGTH = 80
_OWN_FILES_S = 3.0
"""Seconds between checks whether the company's own files have changed."""
_COPY_S = 20.0
"""Seconds after the start until the copy of the day is made: not before the first keys are answered."""
_NEXT_COPY_S = 600.0
"""Seconds between checks whether another day has begun."""
_LOADED_S = 2.0
"""Seconds after which everything that loads in the background has loaded."""


@runtime_checkable
class ShowsOwnFiles(Protocol):
    """A screen that depends on the company's own files, and shows the mistakes in them."""

    def own_files_changed(self) -> None: ...


class WarroomApp(App[None]):
    """The application: start, screens, actions that apply everywhere, and the way out."""

    ENABLE_COMMAND_PALETTE = False  # it has one of its own
    # Below the clocks at the top, and away from the line that the user types in.
    CSS = """
    ToastRack { dock: top; align: right top; margin: 3 0 0 0; }
    Toast { max-width: 90%; padding: 0 1; }
    """
    BINDINGS: ClassVar[list[BindingType]] = bindings("everywhere")

    def __init__(self, workspace: Workspace, *, incident: str | None = None, at_start: bool = False) -> None:
        """`incident` is the one to show first, else with `at_start` the start screen, else where the user was last."""
        # With NO_COLOR, a 16-color theme would be black on black unless the terminal's own colors are kept.
        super().__init__(driver_class=output.driver_class(), ansi_color=True if workspace.env.get("NO_COLOR") else None)
        self.animation_level = "none"  # keys take effect at once, and a slow connection carries no scrolling
        self.workspace = workspace
        self._ringing = Ringing(self, workspace, self.set_terminal_title)
        self._typed_words = TypedWords(self, workspace)
        self._copy = DailyCopy(self, workspace, lambda: self._exit)
        self._first, self._at_start = incident, at_start
        self.next_drill: Path | None = None
        """The file of the drill that is to be opened once this app has ended."""
        self.drill_from_start = False
        """Whether that was chosen on the start screen, to which the user comes back."""
        self.terminal_title = ""
        self._quit_key = QuitKey(self, workspace, self.leave)
        self.leaving = Leaving(self, workspace)
        for theme in themes.OWN:
            self.register_theme(theme)
        saved = workspace.remembered("colours", str)
        chosen = saved if saved in themes.NAMES and not workspace.env.get("NO_COLOR") else None
        self._first_theme = chosen or themes.best(workspace.env)
        # Set before the styles are first read, except for 16-color themes: those look right only if set afterwards.
        if not self.available_themes[self._first_theme].ansi:
            self.set_reactive(WarroomApp.theme, self._first_theme)
            self.stylesheet.set_variables(self.get_css_variables())
        self._styled_for = self.theme

    def refresh_css(self, animate: bool = True) -> None:
        """Read the styles again for another theme only; Textual also does so at every start, a tenth of its time."""
        if self.theme != self._styled_for:
            super().refresh_css(animate)
            self._styled_for = self.theme

    def get_default_screen(self) -> Screen[object]:
        """Return the first screen itself, instead of Textual's empty default screen below it."""
        screen = self.first_screen()
        for path in screen.css_path:  # Textual reads the styles of pushed screens only
            self.stylesheet.read(path)
        self.stylesheet.parse()
        return screen

    def first_screen(self) -> Screen[object]:
        """Return the screen that is shown first."""
        if self._first is not None:
            return self._screen_for(self._first)
        return self._screen_for(None if self._at_start else where_the_user_was(self.workspace))

    def _screen_for(self, incident: str | None) -> Screen[object]:
        if incident is not None:
            return self._incident_screen_for(self.workspace.open(incident))  # type: ignore[return-value]
        from warroom.screens.start import StartScreen

        return StartScreen(self.workspace)  # type: ignore[return-value]

    def _incident_screen_for(self, session: Session) -> IncidentScreen:
        from warroom.screens.incident.screen import IncidentScreen

        return IncidentScreen(self.workspace, session)

    async def on_event(self, event: events.Event) -> None:
        if isinstance(event, events.Paste) and not event.is_forwarded:
            # Before any widget sees it, Textual's own among them; terminals send a carriage return for a line's end.
            event.text = clean(event.text.replace("\r\n", "\n").replace("\r", "\n"))
        if isinstance(event, events.Key) and not event.is_forwarded and event.key != "Q":
            self._quit_key.other_key(event)
            self.leaving.call_off()
        await super().on_event(event)

    def on_mount(self) -> None:
        self.theme = self._first_theme
        if self._first is None:  # never before an incident
            ask_what_is_needed(self, self.workspace, self._keep)
        self.leaving.watch()
        self.app_resume_signal.subscribe(self, self._draw_anew)
        self.set_interval(1.0, self._ringing.each_second)
        self.set_interval(1.0, self.take_out_redacted)
        self.set_interval(_OWN_FILES_S, self.reload_own_files)
        self.set_timer(_LOADED_S, _collect_garbage_from_now_on)
        self.set_timer(_COPY_S, self._copy.make)
        self.set_interval(_NEXT_COPY_S, self._copy.make)
        self.call_after_refresh(self.workspace.wait_briefly)
        self.call_after_refresh(say_unfinished_import, self, self.workspace)
        if self.workspace.unknown_zone:
            self.call_after_refresh(say_on_top, self, self.workspace.unknown_zone, failed=True)

    def _draw_anew(self, _: App[None]) -> None:
        """Fill the terminal after the shell's `fg`: it is blank, and Textual would only send what changes."""
        self.refresh(layout=True)

    def take_out_redacted(self) -> None:
        """Take words that others have redacted since the last call out of what is being typed."""
        self._typed_words.look()

    def reload_own_files(self) -> None:
        """If the company's own files have changed, update the screens."""
        if self.workspace.refresh():
            for screen in self.screen_stack:
                if isinstance(screen, ShowsOwnFiles):
                    screen.own_files_changed()

    # Screens

    def show_incident(self, incident: str) -> None:
        """Open an incident and show it instead of the present screen; one that is open already stays as it is."""
        existing = self._incident_screen
        if existing is not None and existing.session.incident.id == incident:  # with the question that is asked there
            self._uncover(existing)
            return
        try:
            session = self.workspace.open(incident)
        except StoreError as error:
            self.notify(str(error), severity="error", markup=False)
            return
        self.show_session(session)

    def show_entry(self, key: str) -> None:
        """Open the incident of an entry, and go to that line in its timeline."""
        try:
            entry = self.workspace.journal.entry(key)
        except StoreError as error:
            self.notify(str(error), severity="error", markup=False)
            return
        if entry is None:
            return
        self.show_incident(entry.incident)
        screen = self._incident_screen
        if screen is not None and screen.session.incident.id == entry.incident:
            screen.go_to_line(entry)

    def show_session(self, session: Session) -> None:
        """Show an incident that is already open."""
        if session.incident.id == self._ringing.rang:
            self._ringing.rang = ""
            self.clear_notifications()
        existing = self._incident_screen
        if existing is not None and not existing.may_switch():
            self.notify(f"{existing.page.waiting.sentence}. Open the other incident once that is saved", markup=False)
            return
        self._keep("incident", session.incident.id)
        self._uncover(existing)
        if existing is not None:
            existing.switch_to(session)
        else:
            self.push_screen(self._incident_screen_for(session))

    @property
    def _incident_screen(self) -> ShowsIncident | None:
        """The screen of the open incident, also below others; None if none is open."""
        return next(filter(None, map(as_incident, self.screen_stack)), None)

    def _uncover(self, screen: ShowsIncident | None) -> None:
        """Close all screens above the incident's, or above the first one if no incident is open."""
        position = 0 if screen is None else self.screen_stack.index(screen)
        while len(self.screen_stack) > position + 1:
            self.pop_screen()

    def show_start(self) -> None:
        """Show the start screen, to open another incident."""
        from warroom.screens.start import StartScreen

        if not isinstance(self.screen, StartScreen):
            self.push_screen(StartScreen(self.workspace, select=self._ringing.rang))

    def show_last(self) -> None:
        """Go back to the incident the start screen was opened from."""
        if len(self.screen_stack) > 1:
            self.pop_screen()

    def show_declare(self) -> None:
        """Show the screen for declaring an incident."""
        from warroom.screens.declare import DeclareScreen

        if not isinstance(self.screen, DeclareScreen):
            self.push_screen(DeclareScreen(self.workspace))

    # Actions that apply everywhere

    def action_help(self) -> None:
        from warroom.screens.help import HelpScreen

        if isinstance(self.screen, HelpScreen):
            self.screen.dismiss()
        else:
            self.push_screen(HelpScreen(self.workspace.playbook, self._where()))

    def _where(self) -> Where:
        """The place the user is in: that of the keys in the footer, else that of the screen."""
        for bar in self.screen.query(KeyBar):
            for action in bar.actions:
                if action.where != "everywhere":
                    return action.where
        return next(iter(getattr(self.screen, "PLACES", ())), "incident")

    def action_guide(self) -> None:
        """Show the second page of the help."""
        from warroom.screens.help import HelpScreen

        if isinstance(self.screen, HelpScreen):
            self.screen.dismiss()
        self.push_screen(HelpScreen(self.workspace.playbook, guide=True))

    def action_numbers(self) -> None:
        from warroom.screens.numbers import NumbersScreen

        if not isinstance(self.screen, NumbersScreen):
            self.push_screen(NumbersScreen(self.workspace))

    def action_drill(self) -> None:
        """Offer the scenarios to practise on; during a drill, its menu."""
        from warroom.screens.drill.scenarios import choose_drill

        choose_drill(self, self.workspace, self.open_drill)

    def open_drill(self, file: Path) -> None:
        """Leave, and open a drill's file; this console comes back after it."""
        from warroom.screens.start import StartScreen

        self.next_drill = file
        self.drill_from_start = isinstance(self.screen, StartScreen)
        self.leave()

    def action_people(self) -> None:
        from warroom.screens.people.screen import PeopleScreen

        if not isinstance(self.screen, PeopleScreen):
            self.push_screen(PeopleScreen(self.workspace))

    def action_colours(self) -> None:
        at = themes.NAMES.index(self.theme) if self.theme in themes.NAMES else -1
        self.theme = themes.NAMES[(at + 1) % len(themes.NAMES)]
        self._keep("colours", self.theme)

    def _keep(self, name: str, value: object) -> None:
        error = self.workspace.keep(name, value)
        if error is not None and not isinstance(error, Busy):  # if the file is locked, the next beats try again
            self.notify(str(error), severity="warning", markup=False)

    def action_leave_console(self) -> None:
        """Quit, unless Q is one letter of many, as when words are typed into no field."""
        self._quit_key.pressed()

    def action_help_quit(self) -> None:
        """Say how to quit, because ctrl+c doesn't: it copies what is selected, and many press it by habit."""
        key = actions.key_of("leave_console", "everywhere")
        say_on_top(
            self, f"Press {key} to quit, after esc if you are in a text; ctrl+c copies what is selected", mark="?"
        )

    async def action_quit(self) -> None:
        """Quit by Textual's own key, as Q does: nothing that is typed is lost."""
        self.leave()

    def leave(self) -> None:
        """Quit, after saving what is being typed; if that can't be saved, say so first."""
        self.leaving.ask()

    def action_palette(self) -> None:
        """Offer every action that applies on the present screen, and carry out the chosen one there."""
        from warroom.screens.palette import PaletteScreen, applying

        screen = self.screen
        if isinstance(screen, PaletteScreen):
            screen.action_back()
            return
        found = {action.name: action for action in applying(screen)}

        def carry_out(name: str | None) -> None:
            if name is not None:
                self.call_later(self._carry_out, screen, found[name])

        self.push_screen(PaletteScreen(list(found.values())), carry_out)

    async def _carry_out(self, screen: Screen[object], action: actions.Action) -> None:
        if action.id == "leave_console":
            self.leave()  # chosen by name: this is no letter typed by mistake
        elif action.where == "everywhere" or action.id == "guide":
            await self.run_action(f"app.{action.id}")
        elif (incident := as_incident(screen)) is not None:
            incident.perform(action)
        else:
            await screen.run_action(action.id)

    def _handle_exception(self, error: Exception) -> None:
        # While the app ends, a timer or a screen that was just being opened may miss its widgets, or any screen at all;
        # everything is saved by then.
        ending = self._exit or not self.is_running
        if not (ending and isinstance(error, (NoMatches, ScreenStackError))):
            super()._handle_exception(error)

    # The clocks of all incidents

    @property
    def all_clocks(self) -> Watch:
        """The clocks of all incidents."""
        return self._ringing.clocks

    def watch_clocks(self, shown: Snapshot | None = None) -> None:
        """Ring for the clocks of all incidents; see `Ringing.watch`."""
        self._ringing.watch(shown)

    # The terminal

    def to_terminal(self, sequence: str) -> None:
        """Send a control sequence to the terminal; never one with text from outside in it."""
        output.write(self, sequence)

    def set_terminal_title(self, title: str) -> None:
        """Set the terminal's title, if it differs from the last one set."""
        title = clean_line(title)[:_TITLE_LENGTH]
        if title != self.terminal_title:
            self.terminal_title = title
            self.to_terminal(f"\x1b]0;{title}\x07")


def _collect_garbage_from_now_on() -> None:
    """Start garbage collection, but not of what is loaded by now: going through that would delay a key by 40 ms."""
    gc.freeze()
    gc.enable()


def run(app: WarroomApp) -> int:
    """Run the console and return its exit code.

    What could not be saved when the user left is printed, to be copied from there. Raises StoreError.
    """
    app.run()
    with suppress(OSError):  # the terminal may be gone
        for words in app.leaving.lost:
            print(f"warroom: not saved: {clean_line(words)}", file=sys.stderr)
    return app.return_code or (1 if app.leaving.lost else 0)
