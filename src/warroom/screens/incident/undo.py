"""Taking back the last thing the user did here, so that a key pressed by mistake is never final; and doing it again."""

from __future__ import annotations

from collections.abc import Callable

from warroom.model.kinds.log import ActionTaken, Noted
from warroom.model.kinds.messages import MessageSent
from warroom.model.times import MINUTE
from warroom.model.undoing import Step
from warroom.screens.incident.page import Feature as Base
from warroom.screens.incident.page import IncidentPage
from warroom.store.errors import StoreError
from warroom.terminal.content import shortened
from warroom.widgets.choices import Choice

_JUST_NOW = 2 * MINUTE
"""Older acts are named before they are taken back: a key pressed once too often must not reach back into the night."""
_MANY = 10
"""An act of more entries than that, such as an import, is named before it is taken back, however recent it is."""
_WORDS = 40
"""The most cells of the words of what would be taken back next."""
_QUESTIONS = {Noted: "log", ActionTaken: "did"}
"""The questions in the log line that get their answers back."""


class Feature(Base):
    """Taking back one's own last acts on this incident, one after the other, and doing them again."""

    _asked = ""
    """The key of the last entry of the act that the user was asked about, as it is not taken back unasked."""

    def __init__(self, page: IncidentPage) -> None:
        super().__init__(page)
        self._passed: set[str] = set()
        """The keys of entries that can't be undone, which the user was told of: the next time, undoing goes past."""

    async def undo(self) -> None:
        """Take back the last act, and say in words what that was."""
        page = self.page
        if page.waiting:
            page.say(f"Taken back before it was saved: {page.waiting.drop_last()}")
            return
        step = self._step()
        if isinstance(step, StoreError):
            page.say(str(step), failed=True)
            return
        if step is None:
            self._say_why(page.session.why_no_undo, "You have done nothing here yet that can be taken back")
            return
        last = step.entries[-1]
        if step.obstacle:
            self._say_obstacle(step)
            return
        if step.cancels:
            await self._undo_import(step)
            return
        old = page.workspace.now() - last.recorded > _JUST_NOW
        if (old or len(step.entries) > _MANY) and self._asked != last.key:
            self._asked = last.key
            more = f", and {len(step.entries) - 1:,} more" if len(step.entries) > _MANY else ""
            words = step.entries[0].text.split("\n")[0] if more else step.words
            when = page.clock_day(last.at)
            page.say(f"That was at {when}: {words}{more}. Press ctrl+z again to take it back", mark="?")
            return
        page.act(*step.drafts, done=self._shortly(step), after=lambda: self._give_back(step))

    def _step(self) -> Step | StoreError | None:
        page = self.page
        try:
            return page.session.undo_step([{entry.key for entry in act} for act in page.done], passed=self._passed)
        except StoreError as error:
            return error

    def _say_obstacle(self, step: Step) -> None:
        """Say what is in the way, and what there is to undo before it."""
        said = f"What you did last can't be undone, {step.obstacle}"
        if self.page.incident.state != "closed":  # nothing can be taken back in a closed one
            self._passed.add(step.entries[-1].key)
            if isinstance(before := self._step(), Step):
                words = self._words(before)
                said += f". Press ctrl+z again to go past it{f', to: {words}' if words else ''}"
        self.page.say(said, failed=True)

    @staticmethod
    def _words(step: Step) -> str:
        return "" if step.obstacle else shortened(step.entries[-1].text.split("\n")[0], _WORDS)

    async def _undo_import(self, step: Step) -> None:
        """Undo the import that made this incident: without its lines it would be open, with clocks that run."""
        page, count = self.page, len(step.entries)
        lines = f"{count:,} {'line' if count == 1 else 'lines'}"
        rows = [
            Choice("cancel", "Take them back and cancel the incident", "ctrl+y brings all of it back", key="c"),
            Choice("lines", "Take the lines back; the incident is then open", key="l"),
            Choice("leave", "Leave it as it is", key="n"),
        ]
        chosen = await page.pick(f"Undo the import that made this incident, with {lines}?", rows)
        if chosen == "cancel":
            page.act(*step.cancels, done=f"Import undone: {lines} taken back, and the incident is cancelled")
        elif chosen == "lines":
            page.act(*step.drafts, done=f"Import undone: {lines} taken back. X cancels the incident")

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
            self._say_why(page.session.why_no_redo, "")
            return
        page.act(*step.drafts, done=self._shortly(step), after=lambda: self._take_words(step))

    def _say_why(self, why: Callable[[], str], else_: str) -> None:
        """Say why there is nothing to undo or to redo."""
        try:
            said = why()
        except StoreError as error:
            self.page.say(str(error), failed=True)
            return
        self.page.say(said[:1].upper() + said[1:] if said else else_, mark="▸")

    def _shortly(self, step: Step) -> str:
        many = len(step.entries) > _MANY
        return f"{step.done.split('; ')[0]}, and {len(step.entries) - 1:,} more" if many else step.done

    def _give_back(self, step: Step) -> None:
        """Put the words of what was taken back where they were typed; those of an import were typed nowhere."""
        page = self.page
        typed_here = any(entry.key == step.entries[-1].key for act in page.done for entry in act)
        if not typed_here and (len(step.entries) > 1 or step.entries[-1].added_late):
            return
        for entry in step.entries:
            if (question := _QUESTIONS.get(type(entry.body))) is not None:
                page.line.offer(question, "\n".join(other.text for other in step.entries))
            if isinstance(entry.body, MessageSent):
                page.message.give_back(entry.body)

    def _take_words(self, step: Step) -> None:
        """Take the words of what is there again out of the log line, where enter would log them once more."""
        page = self.page
        targets = [key for entry in step.entries if (key := entry.body.corrects) is not None]
        try:
            again = sorted(page.session.journal.entries(targets), key=lambda entry: entry.n)
        except StoreError as error:
            page.say(str(error), failed=True)
            return
        for question in {_QUESTIONS[type(entry.body)] for entry in again if type(entry.body) in _QUESTIONS}:
            page.line.take_offered(question, "\n".join(entry.text for entry in again))
