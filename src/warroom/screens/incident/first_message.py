"""Getting the first message ready in the background, so that it opens as quickly as the next one."""

from __future__ import annotations

from textual.worker import get_current_worker

from warroom.screens.giving_way import giving_way
from warroom.screens.incident.page import IncidentPage


class FirstMessage:
    """What the first message needs, read while nobody composes; `words_are_read` tells whether texts can be checked."""

    def __init__(self, page: IncidentPage) -> None:
        self._page = page
        self.words_are_read = False

    def prepare(self) -> None:
        """Load what the message that is due will need, once, in a thread that stops when the screen is left."""
        if self.words_are_read:
            return
        screen, workspace, due = self._page.screen, self._page.workspace, self._page.session.snapshot().due_message

        def load() -> None:
            from warroom import wording
            from warroom.messages.loading import load as load_message

            rules, kinds = workspace.rules, workspace.kinds
            worker = get_current_worker()
            for _ in wording.compile_all(rules):
                if worker.is_cancelled:  # the console is left, which would wait for this thread
                    return
            self.words_are_read = True
            load_message(kinds.get(due) or next(iter(kinds.values())), rules, workspace.playbook.names)

        def work() -> None:
            with giving_way():
                load()

        screen.run_worker(work, thread=True)
