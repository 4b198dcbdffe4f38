"""The journal beside which a drill is played: whether something real is open there meanwhile."""

from __future__ import annotations

from pathlib import Path

from warroom.store.errors import StoreError
from warroom.store.journal import Journal


class RealJournal:
    """Looks at the journal beside which a drill is played: whether something real is open there."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._journal: Journal | None = None
        self._version: int | None = None
        self.open: tuple[str, str] | None = None
        """The id and the title of the newest real incident that is open."""

    def look(self) -> None:
        """Look again, if the file has changed. Never raises: what can't be read now is read the next time."""
        try:
            if self._journal is None:
                self._journal = Journal.open(self._path, now=lambda: 0, create=False, busy_s=0.2)
                self._journal.connection.wait_briefly()
                self._version = None
            version = self._journal.version()
            if version != self._version:
                found = [life for life in self._journal.lifecycles("open") if not life.declaration.drill]
                self.open = (found[0].incident, found[0].declaration.title) if found else None
                self._version = version
        except StoreError:
            self.close()

    def close(self) -> None:
        """Let go of the file."""
        if self._journal is not None:
            self._journal.close()
            self._journal = None
