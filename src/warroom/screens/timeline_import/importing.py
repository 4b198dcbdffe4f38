"""The last question before a timeline goes into an incident that is there: its times were looked at, and are right."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from warroom.model import times
from warroom.screens.page import Page
from warroom.screens.timeline_import.draft import TimelineDraft
from warroom.timelines.drafts import Key, Known
from warroom.widgets.choices import Choice


async def ask_to_import(page: Page, draft: TimelineDraft, new: Sequence[Key], known: Known) -> bool:
    """Ask whether to import the lines that are `new` into the incident, which has those that are `known`."""
    lines = f"{len(new):,} {'line' if len(new) == 1 else 'lines'}"
    about = same_words(new, known)
    rows = [
        Choice("look", "Look at them first", key="l", about=about),
        Choice("import", f"Import {lines}", key="i", about=about),
    ]
    return await page.pick(f"Import {lines} into {draft.incident}?", rows) == "import"


def same_words(new: Sequence[Key], known: Known) -> str:
    """Say how many lines are there already with the same words at another time, such as in another zone; "" if none."""
    there: dict[str, list[int]] = {}
    for at, text in known.keys:
        if at is not None:
            there.setdefault(text, []).append(at)
    shifts = Counter(
        min((other - at for other in there[text]), key=abs) for at, text in new if at is not None and text in there
    )
    count = sum(shifts.values())
    if not count:
        return ""
    lines = "1 line has" if count == 1 else f"{count:,} lines have"
    ((shift, most),) = shifts.most_common(1)
    if most < count:
        return f"{lines} the same words at another time: is the zone right (z), and the day (d)?"
    when = f"{times.span(abs(shift))} {'earlier' if shift < 0 else 'later'}"
    return f"{lines} the same words {when}: is the zone right (z), and the day (d)?"
