"""Leaving the console without losing a word: what can't be saved is told first, and a second Q leaves all the same."""

from __future__ import annotations

import asyncio
import select
import signal
import sys
from collections.abc import Callable
from contextlib import suppress
from time import monotonic, sleep
from typing import Protocol, runtime_checkable

from textual import events
from textual.app import App
from textual.timer import Timer

from warroom.screens.page import notice_of, say_on_top
from warroom.store.errors import Busy, StoreError, locked
from warroom.text.cleaning import clean_line
from warroom.text.width import shorten
from warroom.workspace import Workspace

TOGETHER_S = 0.3
"""Letters that follow each other faster than this are being typed; Q waits for so long before it quits."""
_TYPING_MS = 600
"""How long after another letter Q is taken for one more of the same word."""
_ANSWER_MS = 10_000
"""How long a second Q counts as the answer to the question whether to quit."""
_PATIENCE_MS = 2000
"""How long it is tried again to save what is typed, while another process has the file locked."""
_RETRY_S = 0.05
_TOLD = 3
"""The most texts that are told to be lost; the others are counted."""
_WORDS = 30
_QUITS = "Q again quits and loses"


@runtime_checkable
class HasDrafts(Protocol):
    """A screen in which the user may have typed text that is not submitted yet."""

    def save_drafts(self) -> None: ...


@runtime_checkable
class HasUnsavedWords(Protocol):
    """A screen that has to log or save more than drafts."""

    def unsaved_words(self) -> list[str]: ...


class QuitKey:
    """Takes Q for the wish to quit only where it stands alone: words typed into no field must not end the app."""

    def __init__(self, app: App[None], workspace: Workspace, quit: Callable[[], object]) -> None:
        self._app, self._workspace, self._quit = app, workspace, quit
        self._timer: Timer | None = None
        self._typed_at = self._asked_at = 0

    def other_key(self, event: events.Key) -> None:
        """Note that another key was pressed; a letter right after Q calls quitting off."""
        self._typed_at = self._workspace.real_now() if event.is_printable else 0
        self._asked_at = 0
        if self._timer is not None:
            self._timer.stop()
            self._timer = None
            say_on_top(self._app, "Not quit, because other keys followed Q at once; press Q alone to quit", mark="▸")

    def pressed(self) -> None:
        """Quit, a moment later; ask first if other letters came right before."""
        now = self._workspace.real_now()
        if self._timer is not None or now - self._asked_at <= _ANSWER_MS:
            self._done()
        elif now - self._typed_at < _TYPING_MS:
            self._asked_at = now
            say_on_top(self._app, "Quit? Press Q again to quit; any other key stays", mark="?")
        else:
            self._timer = self._app.set_timer(TOGETHER_S, self._done)

    def _done(self) -> None:
        if self._timer is not None:
            self._timer.stop()
            self._timer = None
        self._quit()


class Leaving:
    """Saves what is typed, then ends the app."""

    def __init__(self, app: App[None], workspace: Workspace) -> None:
        self._app, self._workspace = app, workspace
        self._timer: Timer | None = None
        self._until = 0
        self._told: list[str] = []
        self.lost: list[str] = []
        """What could not be saved when the app ended."""
        self.was_at_once = False
        """Whether the system or the terminal has ended the app, so that no other may begin."""

    def watch(self) -> None:
        """From now on, end the app at once if the system asks for that, or if its terminal is gone."""
        loop = asyncio.get_running_loop()
        with suppress(NotImplementedError, RuntimeError, ValueError):  # not the main thread, or not a Unix
            for name in (signal.SIGTERM, signal.SIGHUP):
                loop.add_signal_handler(name, self.at_once)
        self._app.set_interval(1.0, self._look_for_terminal)

    def _look_for_terminal(self) -> None:
        """A terminal that is gone would return end-of-file forever, and keep a processor busy."""
        if self._app.is_headless or not hasattr(select, "poll"):
            return
        poller = select.poll()
        try:
            poller.register(sys.__stdin__.fileno(), 0)  # type: ignore[union-attr]
            gone = any(event & (select.POLLHUP | select.POLLERR | select.POLLNVAL) for _, event in poller.poll(0))
        except (OSError, ValueError):
            gone = True
        if gone:
            self.at_once()

    def ask(self) -> None:
        """End the app; if words can't be saved, say which and why, and end it when asked again.

        If only a lock is in the way, it is tried again until the lock is gone or another key is pressed; after two
        seconds, that is told.
        """
        words, error = self._save()
        if not words or words == self._told:
            self._end(words)
        elif not isinstance(error, Busy):
            self._tell(words, error)
        elif self._timer is None:
            self._until = self._workspace.real_now() + _PATIENCE_MS
            self._timer = self._app.set_interval(_RETRY_S, self.try_again)
            say_on_top(
                self._app,
                "Saving everything before leaving: another process has the file locked",
                mark="…",
            )

    def try_again(self) -> None:
        """Save what a lock was in the way of, and end the app; after two seconds, tell what can't be saved."""
        words, error = self._save()
        if words and isinstance(error, Busy):
            if self._workspace.real_now() >= self._until and not (words == self._told and self._is_shown()):
                self._tell(words, error)
            return
        self._stop()
        if words:
            self._tell(words, error)
        else:
            self._end([])

    def call_off(self) -> None:
        """Stay, if it is still being tried to leave: another key than Q was pressed."""
        if self._timer is not None:
            self._stop()
            self._told = []
            say_on_top(self._app, "Not quit, because another key was pressed; press Q to quit", mark="▸")

    def _stop(self) -> None:
        if self._timer is not None:
            self._timer.stop()
            self._timer = None

    def at_once(self) -> None:
        """End the app because the system or the terminal asks for it, after two seconds at most."""
        self.was_at_once = True
        deadline = monotonic() + _PATIENCE_MS / 1000
        words, error = self._save()
        while words and isinstance(error, Busy) and monotonic() < deadline:
            sleep(_RETRY_S)
            words, error = self._save()
        self._end(words)

    def _save(self) -> tuple[list[str], StoreError]:
        """Save what is typed; returns what could not be saved, and why."""
        for screen in self._app.screen_stack:
            if isinstance(screen, HasDrafts):
                screen.save_drafts()
        error = self._workspace.catch_up()
        words = [
            words
            for screen in self._app.screen_stack
            if isinstance(screen, HasUnsavedWords)
            for words in screen.unsaved_words()
        ]
        words += self._workspace.unsaved_words
        # What a screen has to log or save waits only for a lock.
        return words, error or locked(self._workspace.database)

    def _tell(self, words: list[str], error: StoreError) -> None:
        self._told = words
        texts = ", ".join(f"“{shorten(clean_line(text), _WORDS)}”" for text in words[:_TOLD])
        more = f" and {len(words) - _TOLD} more" if len(words) > _TOLD else ""
        waits = "This leaves once the file is free; any other key stays. " if self._timer is not None else ""
        say_on_top(self._app, f"{_QUITS} {texts}{more}. {waits}Not saved: {error}", failed=True)

    def _is_shown(self) -> bool:
        """Whether what was told is still on the screen, where it is not in a place of its own."""
        notice = notice_of(self._app.screen)
        return notice is None or notice.text.startswith(_QUITS)

    def _end(self, words: list[str]) -> None:
        self.lost = words
        self._app.exit()
