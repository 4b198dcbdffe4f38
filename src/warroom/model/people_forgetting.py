"""Erasing a person: what each entry about them says once nothing of them is left in it."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable
from typing import Any

from warroom.model.entries import Draft, Entry
from warroom.model.kinds.people import ListChanged, OnCall, OnCallRead, Person, PersonRemoved, folded
from warroom.model.kinds.redaction import Redacted
from warroom.model.kinds.roles import RoleAssigned
from warroom.model.people_changes import new_id
from warroom.model.redaction import LEAST, WholeWords, Words, WrongWords, mark

BECAUSE = "a person asked to be forgotten"
_KEPT = ("kind", "person")
_SAID = ("title", "team", "systems", "hours", "chat", "phone")
"""The fields of somebody else that may have a name besides what they are for."""
_ONLY_OURS = 6
"""A phone number, address or chat name of fewer characters may be part of anything else."""


class Forgetting:
    """What to take out of the register for one person, of whom the entries have any number of versions."""

    def __init__(self, person: str, entries: Iterable[Entry], because: str = BECAUSE) -> None:
        """`person` is the id. Raises WrongWords for a reason that can't be given."""
        self.person, self.because = person, because
        self.mark = mark(because)
        entries = list(entries)
        everybody = [entry.body for entry in entries if isinstance(entry.body, Person)]
        saved = [body for body in everybody if body.id == person]
        self.names = list(dict.fromkeys(body.name for body in saved if body.name))
        self.contacts = list(
            dict.fromkeys(text for body in saved for text in (body.phone, body.email, body.chat) if text)
        )
        self._folded = {folded(name) for name in self.names}
        self._others = {folded(body.name) for body in everybody if body.id != person} - self._folded
        told = [text for text in (*self.contacts, *self.names) if len(text) >= LEAST]
        words = "|".join(re.escape(text) for text in sorted(told, key=len, reverse=True))
        self._pattern = re.compile(rf"(?<!\w)(?:{words})(?!\w)" if words else r"(?!)", re.IGNORECASE)
        self._sure = self.words(name for name in self.names if " " in name.strip())
        """Names that are no ordinary word, as Page is."""
        self._contacts = self.words(self.contacts)
        self.sure = (*self._contacts, *self._sure)
        """What can be taken out wherever it stands."""
        self._looked_for = [re.compile(rf"(?<!\w){re.escape(name)}(?!\w)", _case(name)) for name in self.names]
        slugs = [re.compile(rf"(?<![^-]){_slug(words.words)}(?![^-])") for words in self._sure if _slug(words.words)]
        self._groups = {
            entry.body.group: new_id()
            for entry in entries
            if isinstance(entry.body, ListChanged) and any(slug.search(entry.body.group) for slug in slugs)
        }
        """The ids of lists that were made of a name, each with the one that it gets."""

    def is_in(self, *texts: str) -> bool:
        """Whether one of the texts may name the person, or has a contact of theirs."""
        return any(
            any(one.search(text) for one in self._looked_for) or any(one.are_in(text) for one in self.sure)
            for text in texts
        )

    @property
    def draft(self) -> Draft:
        """The entry that takes the person off everywhere; it says nothing of them."""
        return Draft(PersonRemoved(self.person), "removed: a person who is forgotten")

    def stays_in(self, field: str, text: str) -> bool:
        """Whether a field of somebody else may have the person even then; a contact is theirs only as a whole."""
        rest = self._without(text) if field == "note" else self.without_names(text)
        named = any(one.search(rest) for one in self._looked_for)
        return named or rest in self.contacts

    def words(self, texts: Iterable[str]) -> list[Words]:
        """Of these texts, those that can be looked for where they stand by themselves; no short one without a space."""
        found: list[Words] = []
        for text in texts:
            if len(text) >= _ONLY_OURS or " " in text.strip():
                try:
                    found.append(WholeWords(text, self.because))
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
        if not isinstance(fields, dict):
            return None
        if change is None:
            new_text, new_data = self._role(text, fields, data) if kind == RoleAssigned.tag() else (text, data)
            found = self._anywhere(kind, new_text, new_data)
            return None if found == (text, data) else found
        new = change(self, fields)
        if new is None:
            return None
        words = text if new == fields else self._without(text)
        if kind == Person.tag() and new.get("person") == self.person:
            words = f"person: {self.mark}"
        elif kind == PersonRemoved.tag():
            words = text if text == self.draft.text else f"removed: {self.mark}"
        if (words, new) == (text, fields):
            return None
        return words, json.dumps(new, ensure_ascii=False, separators=(",", ":"))

    def _anywhere(self, kind: str, text: str, data: str) -> tuple[str, str]:
        """An entry that is not about people, such as one of a drill's log, without the names and contacts."""
        for words in () if kind == Redacted.tag() else self.sure:
            text, data = words.redact(text), words.redact_data(kind, data)
        return text, data

    def _role(self, text: str, fields: dict[str, Any], data: str) -> tuple[str, str]:
        """Who took a role, or had it before, with the contact that was typed; also where the name may be any word."""
        theirs = [field for field in ("name", "replaces") if folded(str(fields.get(field, ""))) in self._folded]
        changed = [*theirs, *(["contact"] if "name" in theirs else [])]
        new = {field: self.mark for field in changed if fields.get(field)}
        for field in new:
            text = text.replace(str(fields[field]), self.mark)
        if not new:
            return text, data
        return text, json.dumps(fields | new, ensure_ascii=False, separators=(",", ":"))

    def without_names(self, value: Any) -> Any:
        """A text, or a list of them, without the names that are no ordinary word."""
        if isinstance(value, list):
            return [self.without_names(one) for one in value]
        if isinstance(value, str):
            for words in self._sure:
                value = words.redact(value)
        return value

    def _without(self, text: str) -> str:
        return str(self._pattern.sub(lambda _: self.mark, self.without_names(text)))

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
        # Somebody else, of whom it may say: deputy of …; how they are called and reached is theirs.
        new = {name: self.without_names(value) if name in _SAID else value for name, value in fields.items()}
        if isinstance(remark := new.get("remark"), str):
            new["remark"] = self._without(remark)
        return new

    def _list(self, fields: dict[str, Any]) -> dict[str, Any]:
        new = {**fields, "group": self._groups.get(fields.get("group", ""), fields.get("group"))}
        return new | {"label": self.without_names(fields["label"])} if "label" in fields else new

    def _removed(self, fields: dict[str, Any]) -> dict[str, Any] | None:
        return fields if fields.get("person") == self.person else None

    def _shift(self, fields: dict[str, Any]) -> dict[str, Any]:
        name, id = fields.get("name"), fields.get("person", "")
        if not isinstance(name, str) or (id and id != self.person):
            return fields
        if id or folded(name) in self._folded:
            return fields | {"name": self.mark}
        if folded(name) in self._others:
            return fields
        for words in self.sure:
            name = words.redact(name)
        return fields | {"name": name}

    def _on_call(self, fields: dict[str, Any]) -> dict[str, Any]:
        new = self._shift(fields)
        return new | {"rotation": self.without_names(new["rotation"])} if "rotation" in new else new

    def _shifts(self, fields: dict[str, Any]) -> dict[str, Any]:
        new = {name: self.without_names(value) if name == "rotation" else value for name, value in fields.items()}
        if isinstance(shifts := fields.get("shifts"), list):
            new["shifts"] = [self._shift(one) if isinstance(one, dict) else one for one in shifts]
        return new


def _case(name: str) -> int:
    """A short name that is one word is looked for in its own capitals only: Will is not “will”."""
    return 0 if len(name) < _ONLY_OURS and " " not in name else re.IGNORECASE


def _slug(name: str) -> str:
    return re.sub(r"[^a-z0-9]+", "-", folded(name)).strip("-")


_CHANGES: dict[str, Callable[[Forgetting, dict[str, Any]], dict[str, Any] | None]] = {
    Person.tag(): Forgetting._person,
    PersonRemoved.tag(): Forgetting._removed,
    ListChanged.tag(): Forgetting._list,
    OnCall.tag(): Forgetting._on_call,
    OnCallRead.tag(): Forgetting._shifts,
}
