"""Asking the user several questions in a row, as straight code: `reason = await page.ask(…)`.

The event that answers a question resumes the conversation at once, not by way of the event loop: when several keys
arrive in one burst, the next key finds the next question already asked.
"""

from __future__ import annotations

from collections.abc import Callable, Coroutine, Generator
from typing import Any, Generic, TypeVar

Answer = TypeVar("Answer")
Resume = Callable[[Answer], None]


class Question(Generic[Answer]):
    """A question to await in a conversation: `pose` asks the user, and calls its argument with the answer."""

    def __init__(self, pose: Callable[[Resume[Answer]], object]) -> None:
        self.pose = pose

    def __await__(self) -> Generator[Question[Answer], Answer, Answer]:
        return (yield self)


class Conversation:
    """The conversation of a screen; a new one ends the previous one, whose text stays saved as a draft."""

    def __init__(
        self, on_end: Callable[[], object] = lambda: None, on_step: Callable[[], object] = lambda: None
    ) -> None:
        """`on_end` is called when a conversation ends before its question was answered, `on_step` before each step."""
        self._on_end, self._on_step = on_end, on_step
        self._talk: Coroutine[Any, Any, None] | None = None

    def start(self, talk: Coroutine[Any, Any, None]) -> None:
        """Run until the first question is asked, or to the end."""
        self.end()
        self._talk = talk
        self._resume(talk, None)

    def end(self) -> None:
        """End the conversation, if there is one; an answer that still comes is dropped."""
        talk, self._talk = self._talk, None
        if talk is not None:
            talk.close()
            self._on_end()

    def _resume(self, talk: Coroutine[Any, Any, None], answer: Any) -> None:
        if talk is not self._talk:
            return  # an answer for a conversation that a later one has ended
        self._on_step()
        try:
            question = talk.send(answer)
        except StopIteration:
            if talk is self._talk:
                self._talk = None
            return
        except BaseException:
            self._talk = None
            raise
        if not isinstance(question, Question):
            raise TypeError(f"a conversation can only await questions to the user, not {question!r}")
        question.pose(lambda given: self._resume(talk, given))
