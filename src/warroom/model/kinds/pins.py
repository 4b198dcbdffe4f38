"""Pinning the lines of the timeline that matter most, so that they stand out among the others."""

from __future__ import annotations

from warroom.model.entries import BaseIncident, Body, Draft, Entry, Logged
from warroom.model.playbook import Playbook


class Pinned(Body, frozen=True, tag="pinned"):
    """The line `target` was pinned; this is no line itself."""

    allowed_when_closed = True

    target: str

    @property
    def marks(self) -> str:
        return self.target

    def refusal(self, incident: BaseIncident, draft: Draft, playbook: Playbook, now: int) -> str | None:
        change = incident.replaced.get(self.target)
        if change is not None and change.retracted:
            return "that line was taken back, so it can't be pinned"
        return "that line is pinned already" if self.target in pinned_keys(incident) else None


class Unpinned(Body, frozen=True, tag="unpinned"):
    """The line `target` is no longer pinned; this is no line itself."""

    allowed_when_closed = True

    target: str

    @property
    def marks(self) -> str:
        return self.target

    def refusal(self, incident: BaseIncident, draft: Draft, playbook: Playbook, now: int) -> str | None:
        return None if self.target in pinned_keys(incident) else "that line is not pinned"


def pin(entry: Entry) -> Draft:
    """Pin a line of the timeline; `entry` is the line as it reads now."""
    return Draft(Pinned(entry.key), f"Pinned: {_words(entry)}")


def unpin(entry: Entry) -> Draft:
    """Take the pin off a line of the timeline; `entry` is the line as it reads now."""
    return Draft(Unpinned(entry.key), f"No longer pinned: {_words(entry)}")


def _words(entry: Entry) -> str:
    return entry.text.partition("\n")[0]


def pins(incident: BaseIncident) -> list[Logged[Pinned] | Logged[Unpinned]]:
    """Every pinning and unpinning, in order."""
    both: list[Logged[Pinned] | Logged[Unpinned]] = [*incident.all(Pinned), *incident.all(Unpinned)]
    return sorted(both, key=lambda logged: logged.order)


def pinned_keys(incident: BaseIncident) -> frozenset[str]:
    """The keys of the lines that are pinned now."""
    last = {logged.body.target: isinstance(logged.body, Pinned) for logged in pins(incident)}
    return frozenset(key for key, is_pinned in last.items() if is_pinned)
