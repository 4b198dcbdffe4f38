"""Post-mortems of past incidents that somebody has read: entries of a register, which belong to no incident."""

from __future__ import annotations

from warroom.model.entries import SHORT_TEXT, Body, Draft
from warroom.text.cleaning import clean_line


class PostMortemRead(Body, frozen=True, tag="post-mortem-read"):
    """The author has read the post-mortem of the incident `read`; `learned` is what to take from it, in a line.

    The incident's title is not kept here: words of it that are redacted there would stay.
    """

    in_incident = False
    most_characters = SHORT_TEXT

    read: str
    learned: str = ""

    def details(self) -> tuple[str, ...]:
        return (self.learned,) if self.learned else ()


class PostMortemUnread(Body, frozen=True, tag="post-mortem-unread"):
    """The author has not read the post-mortem of the incident `read` after all."""

    in_incident = False

    read: str


def mark_read(incident: str, learned: str = "") -> Draft:
    """Mark the post-mortem of an incident as read; `learned` is what to take from it, and may be empty."""
    learned = clean_line(learned.strip())
    words = f"Post-mortem of {incident} read" + (f" – {learned}" if learned else "")
    return Draft(PostMortemRead(incident, learned), words)


def mark_unread(incident: str) -> Draft:
    """Take back that the post-mortem of an incident was read."""
    return Draft(PostMortemUnread(incident), f"Post-mortem of {incident} not read after all")
