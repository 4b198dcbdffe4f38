"""What was typed into sections of the post-mortem and is not logged yet, with the versions that it follows."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

from warroom.model.post_mortem import PostMortem

if TYPE_CHECKING:
    from warroom.screens.incident.page import IncidentPage


class SectionDrafts:
    """The drafts by section, saved every second, so that a crash loses nothing but the last one.

    Each remembers which versions of its section the writer had before them: what others write meanwhile is kept too.
    """

    def __init__(self, page: IncidentPage) -> None:
        self._page = page
        self._texts: dict[str, str] = {}
        self._follows: dict[str, tuple[str, ...]] = {}
        self._saved: dict[str, str] = {}
        self._ref = page.incident.id

    def __contains__(self, section: str) -> bool:
        return section in self._texts

    def __iter__(self) -> Iterator[str]:
        return iter(self._texts)

    def text(self, section: str, otherwise: str) -> str:
        """The draft of a section, else another text."""
        return self._texts.get(section, otherwise)

    def follows(self, section: str, otherwise: tuple[str, ...]) -> tuple[str, ...]:
        """The versions that the draft of a section follows; without a draft, other ones."""
        return self._follows.get(section, otherwise)

    def set(self, section: str, text: str, follows: tuple[str, ...]) -> None:
        """Keep what was typed; `follows` counts only for a new draft."""
        self._texts[section] = text
        self._follows.setdefault(section, follows)

    def logged(self, section: str, text: str, version: str) -> None:
        """A text of a section was logged as that version: its draft is done with, unless somebody typed on since."""
        if self._texts.get(section) == text:
            self.forget(section)
        elif section in self._texts:
            self._follows[section] = (version,)

    def forget(self, section: str) -> None:
        """Drop the draft of a section that was logged, or is not wanted any more."""
        self._texts.pop(section, None)
        self._follows.pop(section, None)

    def redact(self, change: Callable[[str], str]) -> None:
        """Change all drafts, such as by taking words out of them."""
        self._texts = {section: change(text) for section, text in self._texts.items()}

    def restore(self, view: PostMortem) -> list[str]:
        """Take up what was typed when the console ended; returns the sections in which there is something."""
        for section in view.sections:
            id = section.row.id
            kept = self._page.remembered(self._words(id), dict[str, str]) or {}
            if (text := kept.get("text")) is not None:
                self._saved[id] = text
                if text != section.text:
                    parents = self._page.remembered(self._parents(id), list[str])
                    self.set(id, text, section.parents if parents is None else tuple(parents))
        return list(self._texts)

    def save(self) -> None:
        """Save the drafts that have changed, and only those: another console may be writing another section."""
        for id in {*self._texts, *self._saved}:
            text = self._texts.get(id)
            if text == self._saved.get(id):
                continue
            self._page.remember(self._parents(id), None if text is None else list(self._follows.get(id, ())))
            self._page.remember(self._words(id), None if text is None else {"text": text})
            if text is None:
                self._saved.pop(id)
            else:
                self._saved[id] = text
        self._page.save_again()

    def _words(self, section: str) -> str:
        return f"words:post-mortem:{self._ref}:{section}"

    def _parents(self, section: str) -> str:
        return f"post-mortem:{self._ref}:{section}"
