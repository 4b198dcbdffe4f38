"""What the user did while another process had the file locked: it waits here, in order, and is logged afterwards."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import msgspec
from msgspec.structs import replace
from textual.timer import Timer

from warroom.model.entries import Draft
from warroom.model.incident import Refused
from warroom.store.errors import Busy, StoreError
from warroom.text.cleaning import clean_line
from warroom.text.width import shorten
from warroom.widgets.logline import Notice

if TYPE_CHECKING:
    from warroom.screens.incident.page import IncidentPage

WAITS = "Not saved yet: another process has the file locked. Trying again: "
_UNTOLD_MS = 300
"""An act that waits for less than this is not told: writers take turns, and each is done in a few ms."""
_RETRY_S = 0.02
_WORDS = 40
"""The most cells of an act's text in a notice."""


class Act(msgspec.Struct):
    """What the user did: the entries to log, when (ms UTC), and what follows once they are on the disk.

    `done` is the notice to show then, `after` is called then; `words` are the answers it was made of, by the question
    in the log line. Of several acts of the same `name` only the first waits.
    """

    drafts: tuple[Draft, ...]
    pressed_at: int
    done: str | Callable[[], str]
    after: Callable[[], object]
    words: dict[str, str]
    name: str

    @property
    def text(self) -> str:
        """The text of its first entry, on one line."""
        return clean_line(self.drafts[0].text)


class WaitingActs:
    """Logs acts in the order they were done; while the file is locked they wait, and nothing overtakes them."""

    def __init__(self, page: IncidentPage) -> None:
        self._page = page
        self._acts: list[Act] = []
        self._told = 0
        """How many waiting acts the user was told of last."""
        self._timer: Timer | None = None

    def __bool__(self) -> bool:
        return bool(self._acts)

    @property
    def texts(self) -> list[str]:
        """The texts of the acts that wait."""
        return [act.text for act in self._acts]

    @property
    def notice(self) -> str:
        """What to show as long as acts wait; empty if none does, or not for long enough."""
        return self.sentence if self._acts and self._told else ""

    @property
    def sentence(self) -> str:
        """What waits, and why."""
        more = f", and {len(self._acts) - 1} more" if len(self._acts) > 1 else ""
        return f"{WAITS}{shorten(self._acts[0].text, _WORDS)}{more}"

    def do(self, act: Act) -> bool:
        """Log an act, or let it wait; if it is refused or can't be written, say why and return False."""
        if act.name and any(other.name == act.name for other in self._acts):
            self._tell()
            return True
        self._acts.append(act)
        self._since = self._page.workspace.real_now()
        return self._log(new=act)

    def drop_last(self) -> str:
        """Drop the act that was done last, and put its words back; returns its text."""
        act = self._acts.pop()
        self._page.line.bring_back(act.words)
        self._watch()
        return act.text

    def try_again(self) -> None:
        """Log what waits, if the file is free; if it has not been free for a while, say so."""
        if not self._acts:
            return
        self._log()
        if not self._acts:
            return
        text = self._page.notice.text
        if len(self._acts) != self._told:
            if self._page.workspace.real_now() - self._since >= _UNTOLD_MS:
                self._tell()
        elif not text:  # another screen is on top now, with a place of its own for notices
            self._tell()

    def _tell(self) -> None:
        self._told = len(self._acts)
        self._page.say("")

    def _log(self, new: Act | None = None) -> bool:
        worked, failures = True, []
        while self._acts:
            act = self._acts[0]
            try:
                entries = self._page.session.apply(*(act.drafts if act is new else _dated(act)))
            except Busy:
                break
            except (Refused, StoreError) as error:
                del self._acts[0]
                worked = worked and act is not new
                failures.append(str(error) if act is new else self._give_back(act, error))
                continue
            del self._acts[0]
            self._page.show_done(entries, act.done)
            act.after()
        self._watch()
        if failures:
            self._page.say(" ".join(failures), failed=True)
        return worked

    def _give_back(self, act: Act, error: Exception) -> str:
        """Put the words of an act that failed after all back where they were typed; returns what to say."""
        self._page.line.bring_back(act.words)
        back = ". Your words are back where you typed them" if act.words else ""
        return f"Not logged: “{shorten(act.text, _WORDS)}”. {str(error).rstrip('.')}{back}."

    def _watch(self) -> None:
        """Try again by itself as long as acts wait."""
        if self._acts and self._timer is None:
            self._timer = self._page.screen.set_interval(_RETRY_S, self.try_again)
        elif not self._acts and self._timer is not None:
            self._timer.stop()
            self._timer, self._told = None, 0
            for notice in self._page.screen.query(Notice):  # another screen may have been on top since
                if notice.text.startswith(WAITS):
                    notice.say("")


def _dated(act: Act) -> list[Draft]:
    """The entries of an act that had to wait, with the time when the user did it."""
    return [replace(draft, at=act.pressed_at) if draft.at is None else draft for draft in act.drafts]
