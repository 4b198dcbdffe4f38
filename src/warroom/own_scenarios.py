"""The scenarios of drills: the built-in ones, and a company's own, which replace or add to them."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from warroom import places
from warroom.model.scenario import Known, Scenario, load
from warroom.model.scenario_mistakes import fitted
from warroom.text.files import list_files, read_text, visible_files
from warroom.text.mistakes import Mistake

if TYPE_CHECKING:
    from warroom.own_files import OwnFiles

SUFFIX = ".toml"
_MOST_BYTES = 200_000
_LIKE_SCENARIOS = frozenset({".txt", ".md", ".json", ".yaml", ".yml", ".tml"})
"""Endings of files that were probably meant to be scenarios."""


class Found(NamedTuple):
    """The scenarios by id, in the order they are offered, and the mistake of each of the company's that isn't used."""

    scenarios: dict[str, Scenario]
    mistakes: dict[str, Mistake]


def read_scenarios(own: Path | None, known: Known, before: Mapping[str, Scenario]) -> Found:
    """Read all scenarios. One of the company's with a mistake is the one of `before`, else the built-in one, if any.

    A built-in one is fitted to the company's playbook. Raises Mistake only if a built-in scenario is broken.
    """
    found = {}
    for path in list_files(places.templates() / "drills", SUFFIX):
        found[path.stem] = fitted(load(read_text(path), id=path.stem, file=str(path)), known)
    mistakes: dict[str, Mistake] = {}
    for path in list_files(own, SUFFIX) if own else []:
        id = path.stem
        try:
            found[id] = load(read_text(path, _MOST_BYTES), id=id, file=str(path), known=known, own=True)
        except Mistake as mistake:
            mistakes[id] = mistake
            if id in before:
                found[id] = before[id]
    return Found(dict(sorted(found.items(), key=lambda pair: (pair[1].order, pair[0]))), mistakes)


def misnamed(own: Path) -> list[Path]:
    """Files in the company's folder of scenarios that nothing reads, because their names end otherwise."""
    meant = (SUFFIX, *_LIKE_SCENARIOS)
    return [path for path in visible_files(own) if path.suffix != SUFFIX and path.suffix.lower() in meant]


def known_ids(files: OwnFiles, kind: str) -> Collection[str]:
    """The ids that a scenario may name; see `scenario.Known`."""
    if kind == "message":
        return [*files.kinds, *files.broken_kinds]
    if kind == "remark":
        from warroom.wording.kinds import KINDS

        return list(dict.fromkeys((*KINDS, *(row.id for row in files.rules.language.tables.kind))))
    playbook = files.playbook
    if kind == "item":
        return [item.id for phase in playbook.phases for item in phase.items]
    rows: dict[str, list[Any]] = {
        "fact": playbook.facts,
        "role": playbook.roles,
        "trigger": playbook.triggers,
        "audience": playbook.audiences,
    }
    return [row.id for row in rows[kind]]
