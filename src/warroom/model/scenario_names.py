"""Calling people by their roles in a scenario, where their names are not to be in it."""

from __future__ import annotations

import re
from collections.abc import Iterable

import msgspec

from warroom.model.entries import Entry
from warroom.model.incident import Incident
from warroom.model.kinds.roles import RoleAssigned
from warroom.model.playbook import Playbook
from warroom.model.scenario import Scenario


class Names:
    """What each name becomes: `Marcus` → `the on-call engineer`."""

    def __init__(self, called: dict[str, str]) -> None:
        self._called = {name.casefold(): role for name, role in called.items()}
        names = sorted(map(re.escape, called), key=len, reverse=True)
        self._pattern = re.compile(rf"(?<!\w)(?:{'|'.join(names)})(?!\w)", re.IGNORECASE) if names else None

    def replaced(self, text: str) -> str:
        """A text with roles instead of names, the first letter large where a sentence begins."""
        if self._pattern is None:
            return text

        def role(found: re.Match[str]) -> str:
            words = self._called[found.group().casefold()]
            begins = not text[: found.start()].strip() or text[: found.start()].rstrip()[-1] in ".!?:\n"
            return words[:1].upper() + words[1:] if begins else words

        return self._pattern.sub(role, text)

    def replaced_in(self, scenario: Scenario) -> Scenario:
        """The scenario with roles instead of names, everywhere."""
        if self._pattern is None:
            return scenario
        return msgspec.structs.replace(
            scenario,
            title=self.replaced(scenario.title)[:80],
            events=[
                msgspec.structs.replace(
                    row,
                    by=self.replaced(row.by),
                    says=self.replaced(row.says),
                    tells={name: self.replaced(value) for name, value in row.tells.items()},
                )
                for row in scenario.events
            ],
            expected=[msgspec.structs.replace(row, text=self.replaced(row.text), who="") for row in scenario.expected],
        )


def names_of(incident: Incident, entries: Iterable[Entry], playbook: Playbook) -> Names:
    """Everybody who is named as holding a role, as an author, or as having done something, each with a role."""
    called: dict[str, str] = {}
    for logged in incident.all(RoleAssigned):
        if logged.body.name and (row := playbook.role(logged.body.role)):
            called.setdefault(logged.body.name.strip(), f"the {row.name[:1].lower()}{row.name[1:]}")
    others = 0
    for entry in entries:
        by = getattr(entry.body, "by", "")
        for name in (entry.author, by if isinstance(by, str) else ""):
            if name.strip() and name.strip() not in called:
                others += 1
                called[name.strip()] = f"colleague {others}"
    for name, role in list(called.items()):
        first = name.split()[0]
        if first != name and len(first) > 2:
            called.setdefault(first, role)
    return Names(called)
