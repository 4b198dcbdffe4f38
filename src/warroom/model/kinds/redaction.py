"""Removing words that should never have been logged, from the file itself; the entry says that, never the words."""

from __future__ import annotations

from typing import NamedTuple

from warroom.model.entries import BaseIncident, Body, Draft, Tone
from warroom.model.playbook import Playbook
from warroom.text.counts import counted

MARK_BEGINS = "[redacted: "
"""How what stands in the place of redacted words begins; see `model.redaction.mark`."""


class Record(NamedTuple):
    """What a redaction did: to how many entries, and `Redacted.digests` and `links`."""

    entries: int
    digests: dict[str, str]
    links: dict[str, str]


class Redacted(Body, frozen=True, tag="redacted"):
    """Words were replaced by a mark in `entries` entries; the rest is recorded for `store.redactions`, by key.

    `digests` has what each of them says since then, `links` its place in the hash chain of the file that wrote this. An
    entry that was changed by hand before is in neither.
    """

    may_be_retracted = False
    instead = "what was redacted is gone for good"
    allowed_when_closed = True
    tone = Tone.ACTIVE

    because: str
    entries: int
    digests: dict[str, str]
    links: dict[str, str] = {}

    def refusal(self, incident: BaseIncident, draft: Draft, playbook: Playbook, now: int) -> str | None:
        return "words are redacted in the file itself, not by logging that they are"

    def log_line(self, text: str, playbook: Playbook) -> tuple[str, str]:
        return self.timeline_name or self.kind, text


def redacted(because: str, record: Record) -> Draft:
    """Say that words were redacted, in how many entries and why."""
    entries = counted(record.entries, "entry", "entries")
    return Draft(Redacted(because, *record), f"Words redacted in {entries}: {because}")
