"""Questions to the user in a straight line: `what = await page.ask(…)`, answered in the order the keys were typed.

A conversation is resumed by the very event that answers it, not by the event loop a little later: of keys that arrive
in one burst the next one then finds the next question already asked.
"""

from __future__ import annotations

from collections.abc import Callable, Coroutine, Generator
from typing import Any, Generic, TypeVar

Answer = TypeVar("Answer")
Resume = Callable[[Answer], None]


class Question(Generic[Answer]):
    """Something to await in a conversation: `pose` puts it to the user, and calls what it is given with the answer."""

    def __init__(self, pose: Callable[[Resume[Answer]], object]) -> None:
        self.pose = pose

    def __await__(self) -> Generator[Question[Answer], Answer, Answer]:
        return (yield self)


class Conversation:
    """The one conversation a screen has at a time; a new one ends the one before, whose words stay kept as drafts."""

    def __init__(self) -> None:
        self._talk: Coroutine[Any, Any, None] | None = None

    def start(self, talk: Coroutine[Any, Any, None]) -> None:
        """Run until the first question is put, or to the end."""
        if self._talk is not None:
            self._talk.close()
        self._talk = talk
        self._resume(talk, None)

    def _resume(self, talk: Coroutine[Any, Any, None], answer: Any) -> None:
        if talk is not self._talk:
            return  # the answer to a conversation that a later one has ended
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
