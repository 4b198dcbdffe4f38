"""What was typed into sections of the post-mortem and is not logged yet, with the versions that it follows."""

from __future__ import annotations

from collections.abc import Iterator
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
        ref = page.incident.id
        self._words, self._parents = f"words:post-mortem:{ref}", f"post-mortem:{ref}"

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

    def forget(self, section: str) -> None:
        """Drop the draft of a section that was logged, or is not wanted any more."""
        self._texts.pop(section, None)
        self._follows.pop(section, None)

    def restore(self, view: PostMortem) -> list[str]:
        """Take up what was typed when the console ended; returns the sections in which there is something."""
        kept = self._saved = self._page.remembered(self._words, dict[str, str]) or {}
        parents = self._page.remembered(self._parents, dict[str, list[str]]) or {}
        for id, text in kept.items():
            section = view.section(id)
            if section is not None and text != section.text:
                self.set(id, text, tuple(parents.get(id, section.parents)))
        return list(self._texts)

    def save(self) -> None:
        """Save the drafts for the next start, if they have changed."""
        if self._texts != self._saved:
            self._saved = dict(self._texts)
            self._page.remember(self._parents, {id: list(keys) for id, keys in self._follows.items()} or None)
            self._page.remember(self._words, self._saved or None)
        self._page.save_again()
