"""Taking back the last thing the user did here, so that a key pressed by mistake is never final."""

from __future__ import annotations

from collections.abc import Sequence

from warroom.model import acts
from warroom.model.entries import Draft, Entry
from warroom.model.kinds.corrections import Retracted
from warroom.model.kinds.lifecycle import Closed, Resolved
from warroom.model.kinds.log import ActionTaken, Noted
from warroom.model.kinds.messages import MessageSent
from warroom.model.times import MINUTE
from warroom.screens.incident.page import Done
from warroom.screens.incident.page import Feature as Base

_JUST_NOW = 2 * MINUTE
"""Older acts are named before they are taken back: a key pressed once too often must not reach back into the night."""
_QUESTIONS = {Noted: "log", ActionTaken: "did"}
"""The questions in the log line that get their answers back."""


class Feature(Base):
    """Taking back one's own last acts, one after the other; only those since this incident was opened here."""

    _asked: Done | None = None
    """The act that was too long ago to be taken back unasked, as the user was told."""

    def undo(self) -> None:
        """Take back the last act, and say in words what that was."""
        page = self.page
        if page.waiting:
            page.say(f"Taken back before it was saved: {page.waiting.drop_last()}")
            return
        while page.done and all(self._is_gone(entry) for entry in page.done[-1].entries):
            page.done.pop()
        if not page.done:
            page.say("You have done nothing here yet that can be taken back", mark="▸")
            return
        last = page.done[-1]
        entries = [entry for entry in last.entries if not self._is_gone(entry)]
        drafts: Sequence[Draft | None] = last.back or [_opposite(entry) for entry in reversed(entries)]
        if None in drafts:
            page.say(f"This can't be taken back: {entries[-1].text}. Press x to go on from here", failed=True)
            return
        words = "; ".join(entry.text.split("\n")[0] for entry in entries)
        what = f"Taken back: {words}"
        if isinstance(entries[0].body, Retracted):
            what = "Put back: " + words.removeprefix("Taken back: ")
        elif entries[0].body.corrects is not None:
            what = f"Taken back, as it was before: {words}"
        elif isinstance(entries[0].body, Resolved):
            what = f"No longer resolved: {words}"
        if page.workspace.now() - entries[-1].recorded > _JUST_NOW and self._asked is not last:
            self._asked = last
            when = page.clock(entries[-1].at)
            page.say(f"That was at {when}: {words}. Press ctrl+z again to take it back", mark="?")
            return

        def after() -> None:
            page.done.remove(last)
            for entry in entries:
                if (question := _QUESTIONS.get(type(entry.body))) is not None:
                    page.line.offer(question, "\n".join(other.text for other in entries))
                if isinstance(entry.body, MessageSent):
                    page.message.give_back(entry.body)

        page.act(*filter(None, drafts), done=what, after=after, back=())

    def _is_gone(self, entry: Entry) -> bool:
        """Whether the entry has been taken back already, in this way or another."""
        incident = self.page.incident
        if isinstance(entry.body, (Resolved, Closed)):
            return incident.state == "open"  # somebody has reopened it
        change = incident.replaced.get(entry.key)
        return change is not None and change.retracted


def _opposite(entry: Entry) -> Draft | None:
    """Return what takes an entry back; None for a change of state that only a later one can undo."""
    if isinstance(entry.body, Resolved):
        return acts.lifecycle.reopen("marked as resolved by mistake", undoes=True)
    if isinstance(entry.body, Closed) and entry.body.cancelled:
        return acts.lifecycle.reopen("cancelled by mistake", undoes=True)
    return acts.corrections.retract(entry, "undone") if entry.body.may_be_retracted else None
