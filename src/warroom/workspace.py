"""What the console works with from start to end: the file, the company's data, who is writing, what time it is."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from datetime import tzinfo
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

import msgspec

from warroom import places
from warroom.model.playbook import Playbook
from warroom.session import Session
from warroom.store.journal import Journal
from warroom.store.preferences import Preferences

if TYPE_CHECKING:
    from warroom.messages.templates import Kind
    from warroom.model.entries import Draft
    from warroom.wording import Rules

_Kept = TypeVar("_Kept")


class Workspace:
    """One place for everything a screen may need; what is slow to read is read when first asked for.

    `now` gives ms UTC, `tz` is the zone people read times in (None: the machine's own).
    """

    def __init__(
        self,
        journal: Journal,
        playbook: Playbook,
        *,
        author: str,
        now: Callable[[], int],
        tz: tzinfo | None = None,
        env: Mapping[str, str] | None = None,
        config: Path | None = None,
    ) -> None:
        self.journal = journal
        self.preferences = Preferences(journal.connection)
        self.playbook = playbook
        self.author = author
        self.now = now
        self.tz = tz
        self.env = dict(os.environ) if env is None else env
        self.config = config if config is not None else places.config_folder()

    def open(self, incident: str) -> Session:
        """Open an incident. Raises StoreError."""
        return Session(self.journal, self.playbook, incident, author=self.author, now=self.now, tz=self.tz)

    def declare(self, draft: Draft) -> Session:
        """Begin an incident and open it. Raises Refused, or StoreError."""
        return Session.declare(self.journal, self.playbook, draft, author=self.author, now=self.now, tz=self.tz)

    @cached_property
    def kinds(self) -> dict[str, Kind]:
        """The kinds of message there are, the company's own templates included."""
        from warroom.messages.templates import load_kinds

        return load_kinds(places.templates() / "messages", self.config / "templates")

    @cached_property
    def rules(self) -> Rules:
        """The wording rules; the company's own file wins. Raises WordingError."""
        from warroom.wording import load

        own = self.config / "wording.toml"
        path = own if own.exists() else places.templates() / "wording.toml"
        return load(path.read_text("utf-8"), file=str(path))

    def remember(self, name: str, value: object) -> None:
        """Keep something for the next start. Raises StoreError."""
        self.preferences.set(name, None if value is None else msgspec.json.encode(value).decode())

    def remembered(self, name: str, kind: type[_Kept]) -> _Kept | None:
        """What was kept under a name, if it has the form expected. Raises StoreError."""
        kept = self.preferences.get(name)
        if kept is None:
            return None
        try:
            return msgspec.json.decode(kept, type=kind)
        except (msgspec.DecodeError, msgspec.ValidationError):
            return None
