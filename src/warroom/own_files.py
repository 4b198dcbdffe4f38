"""A company's own files: which are used, and which built-in files replace those with a mistake.

A mistake in a company's file never raises: it becomes a Problem, and the built-in file is used until it is corrected.
"""

from __future__ import annotations

import os
import stat
from collections.abc import Callable, Iterable, Iterator
from functools import cached_property, lru_cache, partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import msgspec

from warroom import places
from warroom.text.cleaning import clean_line
from warroom.text.files import list_files, read_text, visible_files
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
_UNTIL = "until this is corrected"
_LIKE_TEMPLATES = frozenset({".txt", ".md", ".html", ".jinja", ".jinja2"})
"""Endings of files that were probably meant to be templates."""


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
            self._report(Problem(str(self.folder), 0, reason, f"the built-in ones are used {_UNTIL}"))
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

    def _read(self, name: str, parse: Callable[[str, str, bool], _Part], instead: str) -> _Part:
        """Read the company's file, else the built-in one; `parse` takes text, file, and whether it is the company's."""
        path = self._own_path(name)
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

        own = self._own_path(MESSAGES)
        found = load_kinds(places.templates() / "messages", own)
        files = {path.stem for path in self._own_templates(MESSAGES)}
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
        for path in self._own_templates(MESSAGES):
            if found := check_file(path):
                problems[path.stem] = self._kind_problem(path.stem, found[0].line, found[0].reason, str(path))
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

    def _kind_problem(self, id: str, line: int, reason: str, file: str) -> Problem:
        kind = self.kinds.get(id)
        if kind is None:
            meanwhile = "there is no built-in message of that name, so it can't be used " + _UNTIL
        elif kind.own:
            meanwhile = f"the previous version of the message is used {_UNTIL}"
        else:
            meanwhile = f"the built-in message is used {_UNTIL}"
        return Problem(file, line, reason, meanwhile)

    @cached_property
    def _scenarios(self) -> Found:
        from warroom.own_scenarios import known_ids, read_scenarios

        prefix = f"{SCENARIOS}/"
        before = {name.removeprefix(prefix): part for name, part in self._valid.items() if name.startswith(prefix)}
        found = read_scenarios(self._own_path(SCENARIOS), partial(known_ids, self), before)
        self._valid = {name: part for name, part in self._valid.items() if not name.startswith(prefix)}
        self._valid |= {f"{prefix}{id}": row for id, row in found.scenarios.items() if row.own}
        return found

    @property
    def scenarios(self) -> dict[str, Scenario]:
        """The scenarios to practise on, in the order they are offered: built-in, replaced by the company, added by it.

        Raises Mistake only if a built-in scenario is broken.
        """
        return self._scenarios.scenarios

    @property
    def scenario_problems(self) -> dict[str, Problem]:
        """The problem of each company scenario that is not used, by its id."""
        if self._own_path(SCENARIOS) is None:
            return {}  # nothing has to be read
        return {id: self._scenario_problem(id, mistake) for id, mistake in self._scenarios.mistakes.items()}

    def _more_scenario_problems(self) -> Iterator[Problem]:
        """Each scenario's mistakes after its first."""
        from warroom.model.scenario import ScenarioError

        for id, problem in self.scenario_problems.items():
            mistake = self._scenarios.mistakes[id]
            for where, reason in mistake.more if isinstance(mistake, ScenarioError) else ():
                yield msgspec.structs.replace(problem, where=where, reason=reason)

    def _scenario_problem(self, id: str, mistake: Mistake) -> Problem:
        used = self.scenarios.get(id)
        if used is None:
            meanwhile = f"it is left out {_UNTIL}"
        else:
            meanwhile = f"the {'previous version' if used.own else 'built-in scenario'} is used {_UNTIL}"
        return Problem(mistake.file, mistake.where, mistake.reason, meanwhile)

    def document(self, document: DocumentOf[_Material], form: str, material: _Material) -> Iterable[str]:
        """Write a document in one of its formats, in pieces, with the company's template, else the built-in one.

        Raises TemplateError only if the built-in template is broken, and whatever reading the entries raises.
        """
        from warroom.documents.registry import write

        shipped = places.templates() / "documents"
        written = write(document, form, material, own=self._own_path(DOCUMENTS), shipped=shipped)
        if written.problem is not None:
            self._report(_document_problem(written.problem))
        return written.pieces

    # All problems

    def problems(self) -> tuple[Problem, ...]:
        """All problems in the company's files. The first call checks all files, whether they have been used or not.

        Slow if there are templates of the company's own, because each is filled in as a test.
        """
        return tuple(dict.fromkeys((*self._found, *self._reported)))

    @cached_property
    def _found(self) -> tuple[Problem, ...]:
        playbook, _ = self.playbook, self.rules
        reported = tuple(self._reported)
        return (
            *reported,
            *self._folder_problems(),
            *self._misnamed(),
            *self._rule_problems(playbook),
            *self._message_problems(playbook),
            *self._document_problems(playbook),
            *self.scenario_problems.values(),
            *self._more_scenario_problems(),
        )

    def _folder_problems(self) -> Iterator[Problem]:
        for name in (MESSAGES, DOCUMENTS):
            folder = self._own_path(name)
            if folder is None:
                continue
            try:
                os.scandir(folder).close()
            except OSError as error:
                reason = f"can't be read ({error.strerror or error}); expected a folder of templates"
                yield Problem(str(folder), 0, reason, f"the built-in templates are used {_UNTIL}")
                break
        if folder := self._own_path(SCENARIOS):
            try:
                os.scandir(folder).close()
            except OSError as error:
                reason = f"can't be read ({error.strerror or error}); expected a folder of scenarios"
                yield Problem(str(folder), 0, reason, f"the built-in scenarios are used {_UNTIL}")

    def _misnamed(self) -> Iterator[Problem]:
        """Files that look as if they were meant for us, but are called otherwise, so that nothing uses them."""
        for path in self._misnamed_files():
            expected = f"expected {PLAYBOOK} or {WORDING}"
            if path.suffix != ".toml":
                expected = "the name of a template ends in .j2"
            yield Problem(str(path), 0, f"unknown file name; {expected}", "nothing uses this file")
        for path in self._misnamed_scenarios():
            reason = "unknown file name; the name of a scenario ends in .toml"
            yield Problem(str(path), 0, reason, "nothing uses this file")

    def _misnamed_scenarios(self) -> list[Path]:
        folder = self._own_path(SCENARIOS)
        if folder is None:
            return []
        from warroom.own_scenarios import misnamed

        return misnamed(folder)

    def _misnamed_files(self) -> list[Path]:
        """Files that have almost the name of one of ours, such as `playbok.toml` or `update.txt`."""
        from difflib import get_close_matches

        if self.folder is None or self._unusable:
            return []
        tables = [path for path in list_files(self.folder, ".toml") if path.name not in (PLAYBOOK, WORDING)]
        meant = [path for path in tables if get_close_matches(path.name, (PLAYBOOK, WORDING), 1)]
        for name, built_in in ((MESSAGES, "messages"), (DOCUMENTS, "documents")):
            folder = self._own_path(name)
            found = [path for path in visible_files(folder) if path.suffix in _LIKE_TEMPLATES] if folder else []
            if found:
                known = {path.name.split(".")[0] for path in visible_files(places.templates() / built_in)}
                meant += [path for path in found if path.name.split(".")[0] in known]
        return meant

    def _rule_problems(self, playbook: Playbook) -> Iterator[Problem]:
        """Rules of the company's that are for a kind of message, or a section of a post-mortem, that isn't there."""
        rules: Rules | None = self._valid.get(WORDING)
        path = self._own_path(WORDING)
        if rules is None or path is None:
            return
        kinds = [*self.kinds, *self.broken_kinds]
        sections = [row.id for row in playbook.post_mortem.sections]
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

    def _message_problems(self, playbook: Playbook) -> Iterator[Problem]:
        from warroom.messages.templates import check_file

        for path in self._own_templates(MESSAGES):
            for found in check_file(path, playbook):
                if path.stem in self.kind_problems:
                    yield self._kind_problem(path.stem, found.line, found.reason, found.file)
                else:
                    yield Problem(found.file, found.line, found.reason, f"the field starts empty {_UNTIL}")

    def _document_problems(self, playbook: Playbook) -> Iterator[Problem]:
        files = self._own_templates(DOCUMENTS)
        if not files:
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
        for path in files:
            if path.name not in uses:
                names = ", ".join(f"{document.templates[0]}{SUFFIX}" for document in every)
                reason = (
                    f"there is no document of that name; there are {names}, or for one format, as in log.md{SUFFIX}"
                )
                yield Problem(str(path), 0, reason, "this file is not used")
                continue
            document, forms = uses[path.name]
            try:
                tries = review_trials if document is REVIEW else drill_trials if document is DRILL else trials
                for material in tries(playbook):
                    for form in forms:
                        filled(path, form, document.values(material))
            except TemplateError as error:
                yield _document_problem(error)

    # Files

    def files(self) -> list[Path]:
        """The company's own files that exist."""
        single = [path for name in (PLAYBOOK, WORDING) if (path := self._own_path(name)) is not None]
        drills = self._own_path(SCENARIOS)
        scenarios = list_files(drills, ".toml") if drills else []
        return [*single, *self._own_templates(MESSAGES), *self._own_templates(DOCUMENTS), *scenarios]

    def stamp(self) -> tuple[object, ...]:
        """A value that changes whenever one of the files or folders changes; cheap, because no file is read."""
        folders = [path for name in (MESSAGES, DOCUMENTS, SCENARIOS) if (path := self._own_path(name)) is not None]
        if self.folder is not None:
            folders.append(self.folder)
        files = (*folders, *self.files(), *self._misnamed_files(), *self._misnamed_scenarios())
        return tuple((str(path), *_file_stamp(path)) for path in files)

    def _own_path(self, name: str) -> Path | None:
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

    def _own_templates(self, name: str) -> list[Path]:
        folder = self._own_path(name)
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
    from warroom.messages.readable import rules_of
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
    return Problem(mistake.file, mistake.where, mistake.reason, f"{used} used {_UNTIL}")


def _document_problem(error: TemplateError) -> Problem:
    return Problem(error.file, error.where, error.reason, f"the built-in document is used {_UNTIL}")


def _file_stamp(path: Path) -> tuple[int, ...]:
    try:
        found = path.stat()
    except OSError as error:
        return (error.errno or -1,)
    if stat.S_ISDIR(found.st_mode):
        return found.st_ino, found.st_mode  # its files are part of the stamp
    return found.st_ino, found.st_mode, found.st_size, found.st_mtime_ns, found.st_ctime_ns
