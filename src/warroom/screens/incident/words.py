"""The words that remarks and hints go by: read when a text is first typed, so that who only watches needs none."""

from __future__ import annotations

import asyncio
import sys
import threading
from typing import TYPE_CHECKING

from warroom.screens.giving_way import giving_way
from warroom.screens.incident.page import IncidentPage

if TYPE_CHECKING:
    from warroom.messages.rules import RulesOf
    from warroom.messages.templates import Kind
    from warroom.workspace import Workspace

_DRAWN_S = 0.1
"""How long after a key has opened a message all of it is drawn for sure."""


class Words:
    """Reads the words in a thread, while the person types on; `are_read` tells whether texts can be checked."""

    def __init__(self, page: IncidentPage) -> None:
        self._page = page
        self._reading = False
        self._typed: tuple[str, bool] | None = None
        """What was typed last while they were being read, and whether it is for the log."""
        self.are_read = False

    def prepare(self) -> None:
        """Load all but the words for the message that is due, so that it opens quickly."""
        workspace, due = self._page.workspace, self._page.session.snapshot().due_message

        def load() -> None:
            from warroom.messages.loading import load_message

            with giving_way():
                load_message(_kind(workspace, due), workspace.playbook.names)

        self._page.screen.run_worker(load, thread=True)

    def read(self) -> None:
        """Begin to read them, once; they are there at once if this process has read the same ones before."""
        from warroom.messages.loading import load_words

        workspace, due = self._page.workspace, self._page.session.snapshot().due_message
        self.are_read = self.are_read or _were_read(workspace.current_rules)
        if self.are_read or self._reading:
            return
        self._reading = True

        left = threading.Event()

        def load() -> None:
            with giving_way():
                load_words(_kind(workspace, due), workspace.current_rules, left.is_set)

        async def read() -> None:
            try:
                await asyncio.to_thread(load)
            finally:
                left.set()  # the console would wait for the thread when it is left
                self._reading = False
            self.are_read = True
            if self._page.message.words is not self:
                return  # another incident was opened in the meantime
            self._page.message.words_came()
            if self._typed is not None:
                text, logged = self._typed
                self.hint(text, logged=logged)

        # The message is drawn first: it would have to share the processor with the thread.
        self._page.screen.set_timer(_DRAWN_S, lambda: self._page.screen.run_worker(read(), group="words"))

    def hint(self, text: str, *, logged: bool = False) -> None:
        """Show a hint if a text leaves the user's role, or, as a line for the log (`logged`), blames somebody."""
        if text.strip():
            self.read()
        self._typed = None if self.are_read else (text, logged)
        if self.are_read:
            self._page.hints.about_text(text, logged=logged)


def _kind(workspace: Workspace, id: str) -> Kind:
    """The kind of message with that id, else the first one."""
    return workspace.kinds.get(id) or next(iter(workspace.kinds.values()))


def _were_read(rules: RulesOf) -> bool:
    """Whether this process has read these rules before; asking for that must not take what reading them takes."""
    if "warroom.wording" not in sys.modules:
        return False
    from warroom.wording import were_compiled

    return were_compiled(rules)
