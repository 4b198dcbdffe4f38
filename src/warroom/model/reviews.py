"""Which post-mortems of past incidents there are to read, and which of them somebody has read."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Literal

import msgspec

from warroom.model.entries import Entry
from warroom.model.kinds.post_mortem import DONE, DRAFT, REVIEW
from warroom.model.kinds.reviews import PostMortemRead, PostMortemUnread
from warroom.model.summary import IncidentSummary

Order = Literal["newest", "system"]
"""By when the incident began, or those first whose system was affected most often."""


class ToRead(msgspec.Struct, frozen=True):
    """A post-mortem to read: its incident in brief, and the entry by which it is marked as read, if it is.

    `others` is how many further incidents of the list affected the same system.
    """

    brief: IncidentSummary
    read: Entry | None = None
    others: int = 0

    @property
    def done(self) -> bool:
        """Whether the post-mortem is done; else it is still being written."""
        return self.brief.post_mortem == DONE

    @property
    def learned(self) -> str:
        """What whoever has read it takes from it; empty if nothing was written."""
        return self.read.body.learned if self.read is not None and isinstance(self.read.body, PostMortemRead) else ""


def read_by(entries: Iterable[Entry], author: str | None = None) -> dict[str, Entry]:
    """The last entry by which each post-mortem was marked as read, by the incident's reference.

    By one `author`, or by anybody; `entries` are those of the register of readiness, in order.
    """
    marked: dict[tuple[str, str], Entry] = {}
    for entry in entries:
        if author not in (None, entry.author):
            continue
        if isinstance(entry.body, PostMortemRead):
            marked[entry.author, entry.body.read] = entry
        elif isinstance(entry.body, PostMortemUnread):
            marked.pop((entry.author, entry.body.read), None)
    return {id: entry for (_, id), entry in sorted(marked.items(), key=lambda pair: pair[1].order)}


def to_read(
    briefs: Iterable[IncidentSummary], entries: Iterable[Entry], author: str, order: Order = "newest"
) -> list[ToRead]:
    """The post-mortems of real incidents that have one, those that are done first.

    `briefs` are all incidents, `entries` those of the register of readiness, `author` is whoever reads.
    """
    written = [
        brief for brief in briefs if brief.over and not brief.drill and brief.post_mortem in (DONE, REVIEW, DRAFT)
    ]
    systems = Counter(_system(brief) for brief in written)
    read = read_by(entries, author)
    rows = [
        ToRead(brief, read.get(brief.id), systems[_system(brief)] - 1 if _system(brief) else 0) for brief in written
    ]
    rows.sort(key=lambda row: row.brief.newest_first)
    if order == "system":
        rows.sort(key=lambda row: (not _system(row.brief), -row.others, _system(row.brief)))
    rows.sort(key=lambda row: not row.done)
    return rows


def _system(brief: IncidentSummary) -> str:
    return brief.system.casefold()


def counted(rows: Sequence[ToRead]) -> str:
    """`2 of 5 read`."""
    return f"{sum(row.read is not None for row in rows)} of {len(rows)} read"
