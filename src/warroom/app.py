"""The console: it puts the workspace, the screens and the terminal together, and leaves the terminal as it found it."""

from __future__ import annotations

import asyncio
import gc
import select
import signal
import sys
from collections.abc import Callable, Iterable
from contextlib import suppress
from functools import partial
from typing import ClassVar, Protocol, runtime_checkable

from textual import events
from textual.app import App, SystemCommand
from textual.binding import Binding, BindingType
from textual.screen import Screen

from warroom import actions
from warroom.screens.incident.screen import IncidentScreen
from warroom.screens.keys import bindings
from warroom.session import Session
from warroom.store.errors import StoreError
from warroom.terminal import output, themes
from warroom.text.cleaning import clean, clean_line
from warroom.workspace import Workspace

_TITLE_LENGTH = 80
_OWN_FILES_S = 3.0
"""This often the company's own files are looked at for changes."""
_LOADED_S = 2.0
"""After this long all is loaded that is loaded in the background."""


@runtime_checkable
class HasWords(Protocol):
    """A screen in which the user may have typed what is not sent yet."""

    def leave_words(self) -> None: ...


@runtime_checkable
class ShowsOwnFiles(Protocol):
    """A screen that shows what the company's own files say, and what is wrong in them."""

    def own_files_changed(self) -> None: ...


class WarroomApp(App[None]):
    """The application; what it shows is the affair of its screens."""

    ENABLE_COMMAND_PALETTE = True
    BINDINGS: ClassVar[list[BindingType]] = [
        binding for binding in bindings("everywhere") if isinstance(binding, Binding) and binding.action != "palette"
    ]

    def __init__(self, workspace: Workspace, *, incident: str | None = None) -> None:
        # NO_COLOR with a 16-colour theme would be black on black unless the terminal's own colours are kept.
        super().__init__(driver_class=output.driver_class(), ansi_color=True if workspace.env.get("NO_COLOR") else None)
        self.animation_level = "none"  # a key shows its effect at once, and a slow line carries no scrolling
        self.workspace = workspace
        self._first = incident
        self.terminal_title = ""
        self.register_theme(themes.DARK)
        self.register_theme(themes.LIGHT)
        kept = workspace.remembered("colours", str)
        left = kept if kept in themes.NAMES and not workspace.env.get("NO_COLOR") else None
        self._first_theme = left or themes.best(workspace.env)
        # Known before the styles are first read; those of 16 colours come out right only if the theme changes later.
        if not self.available_themes[self._first_theme].ansi:
            self.set_reactive(WarroomApp.theme, self._first_theme)
            self.stylesheet.set_variables(self.get_css_variables())
        self._styled_for = self.theme

    def refresh_css(self, animate: bool = True) -> None:
        """Read the styles again for another theme; Textual does so at every start too, which takes a tenth of it."""
        if self.theme != self._styled_for:
            super().refresh_css(animate)
            self._styled_for = self.theme

    def get_default_screen(self) -> Screen[object]:
        """The first screen at once, instead of an empty one to put it on."""
        screen = self._screen_for(self._first_incident())
        for path in screen.css_path:  # Textual reads the styles of pushed screens only
            self.stylesheet.read(path)
        self.stylesheet.parse()
        return screen

    def _first_incident(self) -> str | None:
        """The one asked for, else the one that was left open, else the only one there is to open."""
        if self._first is not None:
            return self._first
        running = [one.incident for one in self.workspace.journal.lifecycles() if one.state != "closed"]
        left = self.workspace.remembered("incident", str)
        if left in running:
            return left
        unresolved = [one.incident for one in self.workspace.journal.lifecycles("open")]
        return unresolved[0] if len(unresolved) == 1 else None

    def _screen_for(self, incident: str | None) -> Screen[object]:
        if incident is not None:
            return IncidentScreen(self.workspace, self.workspace.open(incident))  # type: ignore[return-value]
        from warroom.screens.start import StartScreen

        return StartScreen(self.workspace)  # type: ignore[return-value]

    async def on_event(self, event: events.Event) -> None:
        if isinstance(event, events.Paste) and not event.is_forwarded:
            # Before any widget sees it, Textual's own among them; terminals send a carriage return for a line's end.
            event.text = clean(event.text.replace("\r\n", "\n").replace("\r", "\n"))
        await super().on_event(event)

    def on_mount(self) -> None:
        self.theme = self._first_theme
        loop = asyncio.get_running_loop()
        with suppress(NotImplementedError, RuntimeError, ValueError):  # not the main thread, or not a Unix
            for name in (signal.SIGTERM, signal.SIGHUP):
                loop.add_signal_handler(name, self.leave)
        self.set_interval(1.0, self._leave_if_gone)
        self.set_interval(_OWN_FILES_S, self.look_at_own_files)
        self.set_timer(_LOADED_S, _collect_garbage_from_now_on)

    def _leave_if_gone(self) -> None:
        """A terminal that is gone gives an endless end of file, which would keep a processor busy for ever."""
        if self.is_headless or not hasattr(select, "poll"):
            return
        poller = select.poll()
        try:
            poller.register(sys.__stdin__.fileno(), 0)  # type: ignore[union-attr]
            gone = any(event & (select.POLLHUP | select.POLLERR | select.POLLNVAL) for _, event in poller.poll(0))
        except (OSError, ValueError):
            gone = True
        if gone:
            self.leave()

    def look_at_own_files(self) -> None:
        """Where somebody changed the company's own files, let the screens show what is in them now."""
        if self.workspace.refresh():
            for screen in self.screen_stack:
                if isinstance(screen, ShowsOwnFiles):
                    screen.own_files_changed()

    # Screens

    def show_incident(self, incident: str) -> None:
        """Open an incident in the place of what is shown."""
        try:
            session = self.workspace.open(incident)
        except StoreError as error:
            self.notify(str(error), severity="error", markup=False)
            return
        self.show_session(session)

    def show_session(self, session: Session) -> None:
        """Show an incident that is open."""
        try:
            self.workspace.remember("incident", session.incident.id)
        except StoreError as error:
            self.notify(str(error), severity="warning", markup=False)
        held = next((one for one in self.screen_stack if isinstance(one, IncidentScreen)), None)
        below = self.screen_stack.index(held) if held is not None else 0
        while len(self.screen_stack) > below + 1:
            self.pop_screen()
        if held is not None:
            held.adopt(session)
        else:
            self.push_screen(IncidentScreen(self.workspace, session))

    def show_start(self) -> None:
        """Show all incidents, to open another."""
        from warroom.screens.start import StartScreen

        if not isinstance(self.screen, StartScreen):
            self.push_screen(StartScreen(self.workspace))

    def show_last(self) -> None:
        """Go back to the incident the start screen was opened from."""
        if len(self.screen_stack) > 1:
            self.pop_screen()

    def show_declare(self) -> None:
        """Declare an incident."""
        from warroom.screens.declare import DeclareScreen

        if not isinstance(self.screen, DeclareScreen):
            self.push_screen(DeclareScreen(self.workspace))

    # Actions that hold everywhere

    def action_help(self) -> None:
        from warroom.screens.help import HelpScreen

        if isinstance(self.screen, HelpScreen):
            self.screen.dismiss()
        else:
            self.push_screen(HelpScreen())

    def action_colours(self) -> None:
        at = themes.NAMES.index(self.theme) if self.theme in themes.NAMES else -1
        self.theme = themes.NAMES[(at + 1) % len(themes.NAMES)]
        try:
            self.workspace.remember("colours", self.theme)
        except StoreError as error:
            self.notify(str(error), severity="warning", markup=False)

    def action_leave_console(self) -> None:
        self.leave()

    def leave(self) -> None:
        """Leave; what is being typed is kept first."""
        for screen in self.screen_stack:
            if isinstance(screen, HasWords):
                screen.leave_words()
        self.exit()

    def get_system_commands(self, screen: Screen[object]) -> Iterable[SystemCommand]:
        """The palette: every action that applies on the screen shown."""
        for action in actions.at(*getattr(screen, "PLACES", ()), "everywhere"):
            if action.feature != actions.WIDGET and action.id != "palette":
                yield SystemCommand(f"{action.label} ({action.key_name})", action.help, self._doing(screen, action))

    def _doing(self, screen: Screen[object], action: actions.Action) -> Callable[[], object]:
        if action.where == "everywhere":
            return partial(self.run_action, f"app.{action.id}")
        if isinstance(screen, IncidentScreen):
            return partial(screen.perform, action)
        return partial(screen.run_action, action.id)

    # The terminal itself

    def to_terminal(self, sequence: str) -> None:
        """Send a control sequence of our own making to the terminal."""
        output.write(self, sequence)

    def set_terminal_title(self, title: str) -> None:
        """Let the terminal's tab say it too; only when the words change."""
        title = clean_line(title)[:_TITLE_LENGTH]
        if title != self.terminal_title:
            self.terminal_title = title
            self.to_terminal(f"\x1b]0;{title}\x07")


def _collect_garbage_from_now_on() -> None:
    """What the console is made of stays: to go through it in search of garbage would hold up some key for 40 ms."""
    gc.freeze()
    gc.enable()


def run(workspace: Workspace, *, incident: str | None = None) -> int:
    """Open the console and return its exit code; `incident` is the id of the one to open first. Raises StoreError."""
    app = WarroomApp(workspace, incident=incident)
    app.run()
    return app.return_code or 0
