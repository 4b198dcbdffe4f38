"""Taking back the last thing the user did here, so that a key pressed by mistake is never final; and doing it again."""

from __future__ import annotations

from warroom.model.kinds.log import ActionTaken, Noted
from warroom.model.kinds.messages import MessageSent
from warroom.model.times import MINUTE
from warroom.model.undoing import Step
from warroom.screens.incident.page import Feature as Base
from warroom.store.errors import StoreError

_JUST_NOW = 2 * MINUTE
"""Older acts are named before they are taken back: a key pressed once too often must not reach back into the night."""
_MANY = 10
"""An act of more entries than that, such as an import, is named before it is taken back, however recent it is."""
_QUESTIONS = {Noted: "log", ActionTaken: "did"}
"""The questions in the log line that get their answers back."""


class Feature(Base):
    """Taking back one's own last acts on this incident, one after the other, and doing them again."""

    _asked = ""
    """The key of the last entry of the act that the user was asked about, as it is not taken back unasked."""

    def undo(self) -> None:
        """Take back the last act, and say in words what that was."""
        page = self.page
        if page.waiting:
            page.say(f"Taken back before it was saved: {page.waiting.drop_last()}")
            return
        try:
            step = page.session.undo_step([{entry.key for entry in act} for act in page.done])
        except StoreError as error:
            page.say(str(error), failed=True)
            return
        if step is None:
            page.say("You have done nothing here yet that can be taken back", mark="▸")
            return
        last = step.entries[-1]
        if not step.drafts:
            page.say(f"This can't be taken back: {last.text}. Press x to go on from here", failed=True)
            return
        old = page.workspace.now() - last.recorded > _JUST_NOW
        if (old or len(step.entries) > _MANY) and self._asked != last.key:
            self._asked = last.key
            more = f", and {len(step.entries) - 1:,} more" if len(step.entries) > _MANY else ""
            words = step.entries[0].text.split("\n")[0] if more else step.words
            page.say(f"That was at {page.clock(last.at)}: {words}{more}. Press ctrl+z again to take it back", mark="?")
            return
        page.act(*step.drafts, done=self._shortly(step), after=lambda: self._give_back(step))

    def redo(self) -> None:
        """Do again what was taken back last, and say what that was."""
        page = self.page
        if page.waiting:
            page.say("First, what waits has to be saved; then ctrl+y does again what you took back", mark="▸")
            return
        try:
            step = page.session.redo_step()
        except StoreError as error:
            page.say(str(error), failed=True)
            return
        if step is None:
            page.say("There is nothing that you took back and could do again", mark="▸")
            return
        page.act(*step.drafts, done=self._shortly(step))

    def _shortly(self, step: Step) -> str:
        many = len(step.entries) > _MANY
        return f"{step.done.split(';')[0]}, and {len(step.entries) - 1:,} more" if many else step.done

    def _give_back(self, step: Step) -> None:
        """Put the words of what was taken back where they were typed."""
        page = self.page
        if len(step.entries) > _MANY:
            return
        for entry in step.entries:
            if (question := _QUESTIONS.get(type(entry.body))) is not None:
                page.line.offer(question, "\n".join(other.text for other in step.entries))
            if isinstance(entry.body, MessageSent):
                page.message.give_back(entry.body)
