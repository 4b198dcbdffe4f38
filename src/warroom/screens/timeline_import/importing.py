"""The last question before a timeline goes into an incident that is there: its times were looked at, and are right."""

from __future__ import annotations

from collections.abc import Sequence

from warroom.screens.page import Page
from warroom.screens.timeline_import.draft import TimelineDraft
from warroom.terminal.content import shortened
from warroom.text.counts import counted
from warroom.there_already import There
from warroom.timelines.drafts import Key, same_words
from warroom.widgets.choices import Choice

_TITLE = 30
"""The most cells of the incident's title in the question, which has one row of a small terminal."""


async def ask_to_import(page: Page, draft: TimelineDraft, new: Sequence[Key], there: There) -> bool:
    """Ask whether to import the lines that are `new` into the draft's incident, which has those that are `there`."""
    lines = counted(len(new), "line")
    same = same_words([one for one in new if one not in there.undone], there.known)
    about = f"{same}: is the zone right (z), and the day (d)?" if same else ""
    rows = [
        Choice("look", "Look at them first", key="l", about=about),
        Choice("import", f"Import {lines}", key="i", about=about),
    ]
    title = shortened(draft.called, _TITLE)
    return await page.pick(f"Import {lines} into “{title}”?", rows) == "import"
