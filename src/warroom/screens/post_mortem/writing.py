"""Logging sections of the post-mortem, also while another process keeps the file locked."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from warroom.model import acts
from warroom.model.kinds.post_mortem import versions
from warroom.model.post_mortem import PostMortem
from warroom.screens.post_mortem.drafts import SectionDrafts

if TYPE_CHECKING:
    from warroom.screens.incident.page import IncidentPage


class SectionWriter:
    """Logs what was typed; a draft is given up only once just that text is on the disk."""

    def __init__(self, page: IncidentPage, drafts: SectionDrafts, changed: Callable[[], None]) -> None:
        """`changed` is called after something was logged."""
        self._page, self._drafts, self._changed = page, drafts, changed
        self._waiting: set[str] = set()
        """The sections of acts that wait for the file: what is typed into them meanwhile stays a draft."""

    def write(self, texts: dict[str, str]) -> bool:
        """Log these texts by section; if they can't be logged, that is told, and they stay drafts."""
        page, view = self._page, self._page.session.snapshot().post_mortem
        if not page.waiting:
            self._waiting.clear()  # an act that waited and was refused is over, too
        sections = [row for row in view.sections if row.row.id in texts and row.row.id not in self._waiting]
        if not sections:
            return True
        drafts = [
            acts.post_mortem.write_section(id, texts[id], self._drafts.follows(id, section.parents))
            for section in sections
            for id in (section.row.id,)
        ]

        def after() -> None:
            for section in sections:
                id = section.row.id
                self._waiting.discard(id)
                self._drafts.logged(id, texts[id], versions(page.incident, id)[-1].key)
            self._changed()
            self._tell_conflicts([section.row.id for section in sections])

        done = page.act(*drafts, done=f"Logged: {', '.join(section.row.title for section in sections)}", after=after)
        if page.waiting:
            self._waiting.update(section.row.id for section in sections)
        return done

    def fill_in_again(self, id: str) -> None:
        """Fill a section in from the log again, after logging its draft, so that nothing typed is lost."""
        page = self._page
        draft = self._drafts.text(id, "")
        if id in self._drafts and draft.strip() and not self.write({id: draft}):
            return
        section = page.session.snapshot().post_mortem.section(id)
        if section is None or id in self._waiting or section.live:
            return
        page.act(
            acts.post_mortem.give_back(id, section.parents),
            done=f"{section.row.title}: filled in from the log again; ctrl+z brings your text back",
            after=self._changed,
        )

    def _tell_conflicts(self, ids: list[str]) -> None:
        view: PostMortem = self._page.session.snapshot().post_mortem
        for id in ids:
            section = view.section(id)
            if section is not None and section.others:
                names = ", ".join(dict.fromkeys(version.author for version in section.others))
                self._page.say(f"{section.row.title} was also written by {names}: both texts are kept", failed=True)
