"""A company's own files: which are used, and which built-in files replace those with a mistake.

A mistake in a company's file never raises: it becomes a Problem, and the built-in file is used until it is corrected.
"""

from __future__ import annotations

import os
import stat
from collections.abc import Callable, Iterable
from functools import cached_property, lru_cache, partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import msgspec

from warroom import places
from warroom.text.files import list_files, read_text
from warroom.text.mistakes import Mistake, located

if TYPE_CHECKING:
    from warroom.documents.registry import DocumentOf
    from warroom.messages.sandbox import TemplateError
    from warroom.messages.templates import Kind
    from warroom.model.playbook import Playbook
    from warroom.model.scenario import Scenario
    from warroom.own_scenarios import Found
    from warroom.wording import Rules

PLAYBOOK, WORDING, MESSAGES, DOCUMENTS = "playbook.toml", "wording.toml", "templates", "templates/documents"
SCENARIOS = "drills"
"""The paths in a company's folder. The built-in messages are in `messages`, the built-in documents in `documents`."""

_Part = TypeVar("_Part")
_Material = TypeVar("_Material")
UNTIL = "until this is corrected"
"""How the sentence about a mistake ends, behind what is used meanwhile."""


class Problem(msgspec.Struct, frozen=True):
    """A mistake in one of a company's own files; `where` is a line, counted from 1, or a key (0, "": the whole file).

    `meanwhile` says what is used until it is corrected.
    """

    file: str
    where: int | str
    reason: str
    meanwhile: str

    def __str__(self) -> str:
        """The problem as one sentence: `FILE:12: reason; the built-in message is used until this is corrected`."""
        return f"{located(self.file, self.where, self.reason)}; {self.meanwhile}"

    @property
    def brief(self) -> str:
        """The same sentence with the file's name alone, for where a line is short."""
        return f"{located(Path(self.file).name, self.where, self.reason)}; {self.meanwhile}"


class OwnFiles:
    """The files that a company may replace, each read once, when it is first used.

    `before` is what was read earlier in the same process. If a file was valid then and has a mistake now, its previous
    version stays in use; if there is none, or the file is gone, the built-in file is used.
    """

    def __init__(
        self,
        folder: Path | None,
        *,
        before: OwnFiles | None = None,
        on_problem: Callable[[Problem], None] = lambda problem: None,
    ) -> None:
        """`folder` is the company's folder (None: it has none); `on_problem` is called once for each problem found."""
        self.folder = folder
        self._on_problem = on_problem
        self._valid: dict[str, Any] = {} if before is None else dict(before._valid)
        self._reported: dict[Problem, None] = {}

    @cached_property
    def _unusable(self) -> bool:
        """Whether the company's folder is there but is not a folder, or can't be entered; reported as one problem."""
        if self.folder is None:
            return False
        try:
            os.lstat(os.path.join(self.folder, "."))  # noqa: PTH118 - a Path would drop the dot
        except FileNotFoundError:
            return False
        except OSError as error:
            reason = f"can't be used ({error.strerror or error}); expected the folder of your own files"
            self._report(Problem(str(self.folder), 0, reason, f"the built-in ones are used {UNTIL}"))
            return True
        return False

    @cached_property
    def playbook(self) -> Playbook:
        """The company's playbook, else the built-in one. Raises Mistake only if the built-in playbook is broken."""
        return self._read(PLAYBOOK, _playbook, "the whole built-in playbook is")

    @cached_property
    def rules(self) -> Rules:
        """The company's wording rules, else the built-in ones. Raises Mistake only if the built-in rules are broken."""
        return self._read(WORDING, _rules, "the built-in wording rules are")

    @property
    def own_rules(self) -> Rules | None:
        """The company's wording rules as they were valid last; known once `rules` was used."""
        return self._valid.get(WORDING)

    def _read(self, name: str, parse: Callable[[str, str, bool], _Part], instead: str) -> _Part:
        """Read the company's file, else the built-in one; `parse` takes text, file, and whether it is the company's."""
        path = self.own_path(name)
        if path is None:
            self._valid.pop(name, None)
        else:
            try:
                part = self._valid[name] = parse(read_text(path), str(path), True)
            except Mistake as mistake:
                kept: _Part | None = self._valid.get(name)
                self._report(_problem(mistake, instead, kept=kept is not None))
                if kept is not None:
                    return kept
            else:
                return part
        shipped = places.templates() / name
        return parse(read_text(shipped), str(shipped), False)

    @cached_property
    def kinds(self) -> dict[str, Kind]:
        """The kinds of message in the order they are offered: built-in, replaced by the company, and added by it.

        Raises TemplateError only if a built-in template is broken.
        """
        from warroom.messages.templates import load_kinds

        own = self.own_path(MESSAGES)
        found = load_kinds(places.templates() / "messages", own)
        files = {path.stem for path in self.own_templates(MESSAGES)}
        for id in files - {id for id, kind in found.items() if kind.own}:
            if kept := self._valid.get(f"{MESSAGES}/{id}"):
                found[id] = kept
        self._valid = {name: part for name, part in self._valid.items() if not name.startswith(f"{MESSAGES}/")}
        self._valid |= {f"{MESSAGES}/{id}": kind for id, kind in found.items() if kind.own}
        return dict(sorted(found.items(), key=lambda pair: (pair[1].order, pair[0])))

    @cached_property
    def kind_problems(self) -> dict[str, Problem]:
        """The first problem of each company template that is not used, by the id of its kind of message."""
        from warroom.messages.templates import check_file

        problems = {}
        for path in self.own_templates(MESSAGES):
            if found := check_file(path):
                problems[path.stem] = self.kind_problem(path.stem, found[0].line, found[0].reason, str(path))
        return problems

    @property
    def known_kind_problems(self) -> dict[str, Problem]:
        """The same, as far as somebody has looked for them."""
        found: dict[str, Problem] = self.__dict__.get("kind_problems", {})
        return found

    @property
    def broken_kinds(self) -> dict[str, Problem]:
        """The company's kinds of message that can't be offered, because there is no built-in kind to use instead."""
        return {id: problem for id, problem in self.kind_problems.items() if id not in self.kinds}

    def kind_problem(self, id: str, line: int, reason: str, file: str) -> Problem:
        """The problem of a kind of message that is not used as the company has it, and what is used instead."""
        kind = self.kinds.get(id)
        if kind is None:
            meanwhile = "there is no built-in message of that name, so it can't be used " + UNTIL
        elif kind.own:
            meanwhile = f"the previous version of the message is used {UNTIL}"
        else:
            meanwhile = f"the built-in message is used {UNTIL}"
        return Problem(file, line, reason, meanwhile)

    @cached_property
    def found_scenarios(self) -> Found:
        """The scenarios, and the mistakes in the company's."""
        from warroom.own_scenarios import known_ids, read_scenarios

        prefix = f"{SCENARIOS}/"
        before = {name.removeprefix(prefix): part for name, part in self._valid.items() if name.startswith(prefix)}
        found = read_scenarios(self.own_path(SCENARIOS), partial(known_ids, self), before)
        self._valid = {name: part for name, part in self._valid.items() if not name.startswith(prefix)}
        self._valid |= {f"{prefix}{id}": row for id, row in found.scenarios.items() if row.own}
        return found

    @property
    def scenarios(self) -> dict[str, Scenario]:
        """The scenarios to practise on, in the order they are offered: built-in, replaced by the company, added by it.

        Raises Mistake only if a built-in scenario is broken.
        """
        return self.found_scenarios.scenarios

    @property
    def scenario_problems(self) -> dict[str, Problem]:
        """The problem of each company scenario that is not used, by its id."""
        if self.own_path(SCENARIOS) is None:
            return {}  # nothing has to be read
        return {id: self._scenario_problem(id, mistake) for id, mistake in self.found_scenarios.mistakes.items()}

    def _scenario_problem(self, id: str, mistake: Mistake) -> Problem:
        used = self.scenarios.get(id)
        if used is None:
            meanwhile = f"it is left out {UNTIL}"
        else:
            meanwhile = f"the {'previous version' if used.own else 'built-in scenario'} is used {UNTIL}"
        return Problem(mistake.file, mistake.where, mistake.reason, meanwhile)

    def document(self, document: DocumentOf[_Material], form: str, material: _Material) -> Iterable[str]:
        """Write a document in one of its formats, in pieces, with the company's template, else the built-in one.

        Raises TemplateError only if the built-in template is broken, and whatever reading the entries raises.
        """
        from warroom.documents.registry import write

        shipped = places.templates() / "documents"
        written = write(document, form, material, own=self.own_path(DOCUMENTS), shipped=shipped)
        if written.problem is not None:
            self._report(document_problem(written.problem))
        return written.pieces

    # All problems

    def problems(self) -> tuple[Problem, ...]:
        """All problems in the company's files. The first call checks all files, whether they have been used or not.

        Slow if there are templates of the company's own, because each is filled in as a test.
        """
        return tuple(dict.fromkeys((*self._found, *self._reported)))

    @cached_property
    def _found(self) -> tuple[Problem, ...]:
        from warroom.own_mistakes import mistakes

        _ = self.playbook  # reading them reports what is wrong in them
        if self.own_path(WORDING) is not None:  # the built-in rules are right, and slow to read
            _ = self.rules
        reported = tuple(self._reported)
        return (*reported, *mistakes(self))

    # Files

    def files(self) -> list[Path]:
        """The company's own files that exist."""
        single = [path for name in (PLAYBOOK, WORDING) if (path := self.own_path(name)) is not None]
        drills = self.own_path(SCENARIOS)
        scenarios = list_files(drills, ".toml") if drills else []
        return [*single, *self.own_templates(MESSAGES), *self.own_templates(DOCUMENTS), *scenarios]

    def stamp(self) -> tuple[object, ...]:
        """A value that changes whenever one of the files or folders changes; cheap, because no file is read."""
        from warroom.own_mistakes import misnamed_files

        folders = [path for name in (MESSAGES, DOCUMENTS, SCENARIOS) if (path := self.own_path(name)) is not None]
        if self.folder is not None:
            folders.append(self.folder)
        files = (*folders, *self.files(), *misnamed_files(self))
        return tuple((str(path), *_file_stamp(path)) for path in files)

    def own_path(self, name: str) -> Path | None:
        """The path of a company's file or folder; None if it does not exist."""
        if self.folder is None or self._unusable:
            return None
        path = self.folder / name
        try:
            path.lstat()
        except FileNotFoundError:
            return None
        except OSError:
            return path  # reading it will say why
        return path

    def own_templates(self, name: str) -> list[Path]:
        """The templates in one of the company's folders."""
        folder = self.own_path(name)
        return [] if folder is None else list_files(folder, ".j2")

    def _report(self, problem: Problem) -> None:
        if problem not in self._reported:
            self._reported[problem] = None
            self._on_problem(problem)


def _playbook(text: str, file: str, own: bool) -> Playbook:
    if not own:
        return _built_in_playbook(text, file)
    from warroom.actions import FOR_NOW
    from warroom.model.playbook import load

    def built_in() -> Playbook:
        shipped = places.templates() / PLAYBOOK
        return _built_in_playbook(read_text(shipped), str(shipped))

    return load(text, file=file, actions=FOR_NOW, built_in=built_in)


@lru_cache(maxsize=1)
def _built_in_playbook(text: str, file: str) -> Playbook:
    """Load the built-in playbook, once: it is needed again each time that the company's own files change."""
    from warroom.model.playbook import load

    return load(text, file=file)


def _rules(text: str, file: str, own: bool) -> Rules:
    from warroom.messages.rules import rules_of
    from warroom.wording import load

    if not own:
        return rules_of(text)
    rules = load(text, file=file)
    if not rules.left_out:
        return rules
    shipped = places.templates() / WORDING
    return rules.completed(rules_of(read_text(shipped)), file=file)


def _problem(mistake: Mistake, instead: str, *, kept: bool) -> Problem:
    used = "the previous version is" if kept else instead
    return Problem(mistake.file, mistake.where, mistake.reason, f"{used} used {UNTIL}")


def document_problem(error: TemplateError) -> Problem:
    """The problem of a company's template for a document."""
    return Problem(error.file, error.where, error.reason, f"the built-in document is used {UNTIL}")


def _file_stamp(path: Path) -> tuple[int, ...]:
    try:
        found = path.stat()
    except OSError as error:
        return (error.errno or -1,)
    if stat.S_ISDIR(found.st_mode):
        return found.st_ino, found.st_mode  # its files are part of the stamp
    return found.st_ino, found.st_mode, found.st_size, found.st_mtime_ns, found.st_ctime_ns
