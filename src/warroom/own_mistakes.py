"""The mistakes in a company's own files beyond those that using them shows: every file is looked at, used or not."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import msgspec

from warroom import places
from warroom.own_files import (
    DOCUMENTS,
    MESSAGES,
    PLAYBOOK,
    SCENARIOS,
    UNTIL,
    WORDING,
    Problem,
    document_problem,
)
from warroom.text.cleaning import clean_line
from warroom.text.files import list_files, visible_files

if TYPE_CHECKING:
    from warroom.documents.registry import DocumentOf
    from warroom.own_files import OwnFiles

_LIKE_TEMPLATES = frozenset({".txt", ".md", ".html", ".jinja", ".jinja2"})
"""Endings of files that were probably meant to be templates."""


def mistakes(files: OwnFiles) -> Iterator[Problem]:
    """Every mistake but those of the playbook and the wording rules as such, which reading them reports.

    Slow if there are templates of the company's own, because each is filled in as a test.
    """
    yield from _folders(files)
    yield from _misnamed(files)
    yield from _rules(files)
    yield from _messages(files)
    yield from _documents(files)
    yield from _scenarios(files)


def misnamed_files(files: OwnFiles) -> list[Path]:
    """Files that look as if they were meant for us, but are called otherwise, so that nothing uses them."""
    return [*_almost_ours(files), *_misnamed_scenarios(files)]


def _almost_ours(files: OwnFiles) -> list[Path]:
    """Files that have almost the name of one of ours, such as `playbok.toml` or `update.txt`."""
    own = files.own_path(".")
    tables = [path for path in list_files(own, ".toml") if path.name not in (PLAYBOOK, WORDING)] if own else []
    meant = [path for path in tables if _is_almost_ours(path.name)]
    for name, built_in in ((MESSAGES, "messages"), (DOCUMENTS, "documents")):
        folder = files.own_path(name)
        found = [path for path in visible_files(folder) if path.suffix in _LIKE_TEMPLATES] if folder else []
        if found:
            known = {path.name.split(".")[0] for path in visible_files(places.templates() / built_in)}
            meant += [path for path in found if path.name.split(".")[0] in known]
    return meant


def _is_almost_ours(name: str) -> bool:
    from difflib import get_close_matches  # only where there is such a file: it is slow to import

    return bool(get_close_matches(name, (PLAYBOOK, WORDING), 1))


def _misnamed_scenarios(files: OwnFiles) -> list[Path]:
    folder = files.own_path(SCENARIOS)
    if folder is None:
        return []
    from warroom.own_scenarios import misnamed

    return misnamed(folder)


def _misnamed(files: OwnFiles) -> Iterator[Problem]:
    for path in _almost_ours(files):
        expected = f"expected {PLAYBOOK} or {WORDING}"
        if path.suffix != ".toml":
            expected = "the name of a template ends in .j2"
        yield Problem(str(path), 0, f"unknown file name; {expected}", "nothing uses this file")
    for path in _misnamed_scenarios(files):
        reason = "unknown file name; the name of a scenario ends in .toml"
        yield Problem(str(path), 0, reason, "nothing uses this file")


def _folders(files: OwnFiles) -> Iterator[Problem]:
    for what, names in (("templates", (MESSAGES, DOCUMENTS)), ("scenarios", (SCENARIOS,))):
        for folder in filter(None, map(files.own_path, names)):
            try:
                os.scandir(folder).close()
            except OSError as error:
                reason = f"can't be read ({error.strerror or error}); expected a folder of {what}"
                yield Problem(str(folder), 0, reason, f"the built-in {what} are used {UNTIL}")
                break


def _rules(files: OwnFiles) -> Iterator[Problem]:
    """Rules of the company's that are for a kind of message, or a section of a post-mortem, that isn't there."""
    rules, path = files.own_rules, files.own_path(WORDING)
    if rules is None or path is None:
        return
    kinds = [*files.kinds, *files.broken_kinds]
    sections = [row.id for row in files.playbook.post_mortem.sections]
    for table, found, known in (
        ("rule", rules.messages, kinds),
        ("lane", rules.lane, kinds),
        ("postmortem", rules.post_mortem, sections),
    ):
        for rule in () if table in rules.left_out else found:
            for key in ("applies_to", "except_for"):
                for at, id in enumerate(getattr(rule, key)):
                    if id not in (*known, "*"):
                        reason = f"expected one of {', '.join(known)}, or *, got {clean_line(repr(id))}"
                        yield Problem(str(path), f'{table} "{rule.id}", key {key}[{at}]', reason, "it is not used")


def _messages(files: OwnFiles) -> Iterator[Problem]:
    templates = files.own_templates(MESSAGES)
    if not templates:
        return
    from warroom.messages.templates import check_file

    for path in templates:
        for found in check_file(path, files.playbook):
            if path.stem in files.kind_problems:
                yield files.kind_problem(path.stem, found.line, found.reason, found.file)
            else:
                yield Problem(found.file, found.line, found.reason, f"the field starts empty {UNTIL}")


def _documents(files: OwnFiles) -> Iterator[Problem]:
    templates = files.own_templates(DOCUMENTS)
    if not templates:
        return
    from warroom.documents.pages import PAGES
    from warroom.documents.registry import DOCUMENTS as ALL
    from warroom.documents.registry import DRILL, REVIEW
    from warroom.documents.render import SUFFIX, filled
    from warroom.documents.trial import drill_trials, review_trials, trials
    from warroom.messages.sandbox import TemplateError

    every: tuple[DocumentOf[Any], ...] = (*ALL.values(), REVIEW, DRILL)
    uses = {
        f"{name}{ending}{SUFFIX}": (document, forms)
        for document in every
        for name in document.templates
        for ending, forms in (("", tuple(PAGES)), *((f".{form}", (form,)) for form in PAGES))
    }
    for path in templates:
        if path.name not in uses:
            names = ", ".join(f"{document.templates[0]}{SUFFIX}" for document in every)
            reason = f"there is no document of that name; there are {names}, or for one format, as in log.md{SUFFIX}"
            yield Problem(str(path), 0, reason, "this file is not used")
            continue
        document, forms = uses[path.name]
        try:
            tries = review_trials if document is REVIEW else drill_trials if document is DRILL else trials
            for material in tries(files.playbook):
                for form in forms:
                    filled(path, form, document.values(material))
        except TemplateError as error:
            yield document_problem(error)


def _scenarios(files: OwnFiles) -> Iterator[Problem]:
    """The first mistake of each scenario that is not used, then the others."""
    if not (problems := files.scenario_problems):
        return
    from warroom.model.scenario import ScenarioError

    yield from problems.values()
    for id, problem in problems.items():
        mistake = files.found_scenarios.mistakes[id]
        for where, reason in mistake.more if isinstance(mistake, ScenarioError) else ():
            yield msgspec.structs.replace(problem, where=where, reason=reason)
