"""Who somebody is in the log and under messages: the name that was given, or the one of the login."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from contextlib import suppress

from warroom.model.kinds.redaction import MARK_BEGINS
from warroom.remembering import Remembering
from warroom.store.errors import StoreError
from warroom.store.journal import Journal
from warroom.text.cleaning import clean_line

AUTHOR = "WARROOM_AUTHOR"
_LOGINS = ("LOGNAME", "USER", "LNAME", "USERNAME")
_SIGNED = "words:signed"
"""The name under which it is remembered how each login signs; it can be redacted, as all that people typed."""


class Signing(Remembering):
    """The part of a workspace that knows its author: several people may use one file, each by a login of their own."""

    def __init__(
        self, journal: Callable[[], Journal], now: Callable[[], int], env: Mapping[str, str], author: str | None
    ) -> None:
        """`author` is the name that was given, which goes before all others; for the rest see `Remembering`."""
        super().__init__(journal, now)
        self._environ, self._given = env, author
        self._kept_name = ""

    @property
    def author(self) -> str:
        """The author of new entries: the name given, else $WARROOM_AUTHOR, else the name kept, else the login name."""
        return self._named or self._kept_name or self._login

    @property
    def is_unsigned(self) -> bool:
        """Whether nobody has said how the author signs, so that the login name has to do."""
        return not self._named and not self._kept_name

    @property
    def may_sign_otherwise(self) -> bool:
        """Whether the name is one that `sign_as` changes: not where it was given from outside."""
        return not self._named

    def sign_as(self, name: str) -> StoreError | None:
        """From now on sign with this name, for this login in this file; returns why that can't be stored yet."""
        self._kept_name = clean_line(name).strip()
        kept: dict[str, str] = {}
        with suppress(StoreError):
            kept = self.remembered(_SIGNED, dict[str, str]) or {}
        return self.keep(_SIGNED, kept | {self._login: self._kept_name})

    def _find_name(self) -> None:
        """Read the name that was kept, once the journal is open."""
        if not self._named:
            with suppress(StoreError):  # the login name has to do
                kept = (self.remembered(_SIGNED, dict[str, str]) or {}).get(self._login, "")
                self._kept_name = "" if MARK_BEGINS in kept else clean_line(kept).strip()

    @property
    def _named(self) -> str:
        names = (self._given or "", self._environ.get(AUTHOR, ""))
        return next((clean_line(name.strip()) for name in names if name.strip()), "")

    @property
    def _login(self) -> str:
        names = (self._environ.get(name, "") for name in _LOGINS)
        return next((clean_line(name.strip()) for name in names if name.strip()), "") or _login_name()


def _login_name() -> str:
    try:
        import pwd

        return clean_line(pwd.getpwuid(os.getuid()).pw_name)
    except (ImportError, KeyError):
        return "unknown"
