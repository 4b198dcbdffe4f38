"""Erasing a person: what each entry about them says once nothing of them is left in it."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable
from typing import Any

from warroom.model.entries import Draft, Entry
from warroom.model.kinds.people import OnCall, OnCallRead, PersonRemoved, PersonSaved
from warroom.model.people import folded
from warroom.model.redaction import LEAST, Words, WrongWords, mark

BECAUSE = "a person asked to be forgotten"
_KEPT = ("kind", "person")
_ONLY_OURS = 6
"""A phone number, address or chat name of fewer characters may be part of anything else."""


class Forgetting:
    """What to take out of the register for one person, of whom the entries have any number of versions."""

    def __init__(self, person: str, entries: Iterable[Entry], because: str = BECAUSE) -> None:
        """`person` is the id. Raises WrongWords for a reason that can't be given."""
        self.person, self.because = person, because
        self.mark = mark(because)
        saved = [entry.body for entry in entries if isinstance(entry.body, PersonSaved) and entry.body.person == person]
        self.names = list(dict.fromkeys(body.name for body in saved if body.name))
        self.contacts = list(
            dict.fromkeys(text for body in saved for text in (body.phone, body.email, body.chat) if text)
        )
        self._folded = {folded(name) for name in self.names}
        told = [text for text in (*self.contacts, *self.names) if len(text) >= LEAST]
        words = "|".join(re.escape(text) for text in sorted(told, key=len, reverse=True))
        self._pattern = re.compile(rf"(?<!\w)(?:{words})(?!\w)" if words else r"(?!)", re.IGNORECASE)

    @property
    def draft(self) -> Draft:
        """The entry that takes the person off everywhere; it says nothing of them."""
        return Draft(PersonRemoved(self.person), "removed: a person who is forgotten")

    def words(self, texts: Iterable[str]) -> list[Words]:
        """Of these texts, those that can be looked for in drafts and saved messages, where they stand by themselves."""
        found = []
        for text in texts:
            if len(text) >= _ONLY_OURS:
                try:
                    found.append(Words(text, self.because))
                except WrongWords:
                    continue  # such as “incident”, which is nobody's address
        return found

    def rewritten(self, kind: str, text: str, data: str) -> tuple[str, str] | None:
        """What an entry says afterwards, as its text and its JSON; None if it has nothing of the person."""
        try:
            fields = json.loads(data)
        except (ValueError, RecursionError):
            return None
        change = _CHANGES.get(kind)
        if change is None or not isinstance(fields, dict):
            return None
        new = change(self, fields)
        if new is None:
            return None
        words = text if new == fields else self._without(text)
        if kind == PersonSaved.tag() and new.get("person") == self.person:
            words = f"person: {self.mark}"
        elif kind == PersonRemoved.tag():
            words = text if text == self.draft.text else f"removed: {self.mark}"
        if (words, new) == (text, fields):
            return None
        return words, json.dumps(new, ensure_ascii=False, separators=(",", ":"))

    def _without(self, text: str) -> str:
        return self._pattern.sub(lambda _: self.mark, text)

    def _all(self, fields: dict[str, Any]) -> dict[str, Any]:
        """The fields with the mark in place of every text."""
        return {name: value if name in _KEPT else self._marked(value) for name, value in fields.items()}

    def _marked(self, value: Any) -> Any:
        if isinstance(value, str):
            return self.mark if value else value
        return [self._marked(one) for one in value] if isinstance(value, list) else value

    def _person(self, fields: dict[str, Any]) -> dict[str, Any] | None:
        if fields.get("person") == self.person:
            return self._all(fields)
        if isinstance(remark := fields.get("remark"), str):
            return fields | {"remark": self._without(remark)}  # somebody else, of whom it may say: deputy of …
        return None

    def _removed(self, fields: dict[str, Any]) -> dict[str, Any] | None:
        return fields if fields.get("person") == self.person else None

    def _shift(self, fields: dict[str, Any]) -> dict[str, Any]:
        name, id = fields.get("name"), fields.get("person", "")
        own = id == self.person or (not id and isinstance(name, str) and folded(name) in self._folded)
        return fields | {"name": self.mark} if own else fields

    def _shifts(self, fields: dict[str, Any]) -> dict[str, Any]:
        shifts = fields.get("shifts")
        if not isinstance(shifts, list):
            return fields
        return fields | {"shifts": [self._shift(one) if isinstance(one, dict) else one for one in shifts]}


_CHANGES: dict[str, Callable[[Forgetting, dict[str, Any]], dict[str, Any] | None]] = {
    PersonSaved.tag(): Forgetting._person,
    PersonRemoved.tag(): Forgetting._removed,
    OnCall.tag(): Forgetting._shift,
    OnCallRead.tag(): Forgetting._shifts,
}
