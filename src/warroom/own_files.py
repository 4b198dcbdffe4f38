"""A company's own files, each with the built-in one that stands in for it: decided here, once, for every part.

A mistake in an own file never raises: it becomes a Problem, and the built-in part serves until it is corrected.
"""

from __future__ import annotations

import os
import stat
from collections.abc import Callable, Iterable, Iterator
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import msgspec

from warroom import places
from warroom.text.files import list_files, read_text
from warroom.text.mistakes import Mistake, located

if TYPE_CHECKING:
    from warroom.documents.material import Material
    from warroom.documents.registry import Document
    from warroom.messages.sandbox import TemplateError
    from warroom.messages.templates import Kind
    from warroom.model.playbook import Playbook
    from warroom.wording import Rules

PLAYBOOK, WORDING, MESSAGES, DOCUMENTS = "playbook.toml", "wording.toml", "templates", "templates/documents"
"""Where each stands in a company's folder. The built-in messages are in `messages`, the built-in documents in
`documents`."""

_Part = TypeVar("_Part")
_UNTIL = "until this is corrected"


class Problem(msgspec.Struct, frozen=True):
    """A mistake in one of a company's own files; `where` is a line, counted from 1, or a key (0, "": the whole file).

    `meanwhile` says what is used in its place.
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
    """The parts a company may replace, each read once, when first asked for, and then kept.

    `before` is what was read earlier in the same process: a part that was sound then, and whose file is there but has a
    mistake now, stays as it was; with nothing from before, or the file gone, the built-in part serves.
    """

    def __init__(
        self,
        folder: Path | None,
        *,
        before: OwnFiles | None = None,
        tell: Callable[[Problem], None] = lambda problem: None,
    ) -> None:
        """Take `folder` for the company's (None: it has none); `tell` hears of each problem where it is first met."""
        self.folder = folder
        self._tell = tell
        self._sound: dict[str, Any] = {} if before is None else dict(before._sound)
        self._met: dict[Problem, None] = {}

    @cached_property
    def playbook(self) -> Playbook:
        """The company's playbook, else the whole built-in one. Raises Mistake only where the built-in one is broken."""
        return self._read(PLAYBOOK, _playbook, "the whole built-in playbook is")

    @cached_property
    def rules(self) -> Rules:
        """The company's wording rules, else the built-in ones. Raises Mistake only where those are broken."""
        return self._read(WORDING, _rules, "the built-in wording rules are")

    def _read(self, name: str, parse: Callable[[str, str, bool], _Part], instead: str) -> _Part:
        """Read an own file, else the built-in one; `parse` takes text, file, and whether it is the company's own."""
        path = self._own(name)
        if path is None:
            self._sound.pop(name, None)
        else:
            try:
                part = self._sound[name] = parse(read_text(path), str(path), True)
            except Mistake as mistake:
                kept: _Part | None = self._sound.get(name)
                self._meet(_problem(mistake, instead, kept=kept is not None))
                if kept is not None:
                    return kept
            else:
                return part
        shipped = places.templates() / name
        return parse(read_text(shipped), str(shipped), False)

    @cached_property
    def kinds(self) -> dict[str, Kind]:
        """The kinds of message there are, in the order they are offered: built-in ones, own versions, own new ones.

        Raises TemplateError only where a built-in one is broken.
        """
        from warroom.messages.templates import load_kinds

        own = self._own(MESSAGES)
        found = load_kinds(places.templates() / "messages", own)
        files = {path.stem for path in self._own_templates(MESSAGES)}
        for id in files - {id for id, kind in found.items() if kind.own}:
            if kept := self._sound.get(f"{MESSAGES}/{id}"):
                found[id] = kept
        self._sound = {name: part for name, part in self._sound.items() if not name.startswith(f"{MESSAGES}/")}
        self._sound |= {f"{MESSAGES}/{id}": kind for id, kind in found.items() if kind.own}
        return dict(sorted(found.items(), key=lambda pair: (pair[1].order, pair[0])))

    @cached_property
    def kind_problems(self) -> dict[str, Problem]:
        """Why an own message template is not used as it stands, by the id of the kind of message it was to be."""
        from warroom.messages.templates import check_file

        problems = {}
        for path in self._own_templates(MESSAGES):
            if found := check_file(path):
                problems[path.stem] = self._kind_problem(path.stem, found[0].line, found[0].reason, str(path))
        return problems

    @property
    def broken_kinds(self) -> dict[str, Problem]:
        """Own messages that can't be offered at all, as nothing stands in for them, each with the reason."""
        return {id: problem for id, problem in self.kind_problems.items() if id not in self.kinds}

    def _kind_problem(self, id: str, line: int, reason: str, file: str) -> Problem:
        kind = self.kinds.get(id)
        if kind is None:
            meanwhile = "there is no built-in message of that name, so it can't be used " + _UNTIL
        elif kind.own:
            meanwhile = f"the message as it was before the change is used {_UNTIL}"
        else:
            meanwhile = f"the built-in message is used {_UNTIL}"
        return Problem(file, line, reason, meanwhile)

    def document(self, document: Document, form: str, material: Material) -> Iterable[str]:
        """Write a document in one of its forms, in pieces, through the company's template, else the built-in one.

        Raises TemplateError only where the built-in one is broken, and whatever reading the entries raises.
        """
        from warroom.documents.registry import write

        shipped = places.templates() / "documents"
        written = write(document, form, material, own=self._own(DOCUMENTS), shipped=shipped)
        if written.problem is not None:
            self._meet(_document_problem(written.problem))
        return written.pieces

    # Every problem there is

    def problems(self) -> tuple[Problem, ...]:
        """Everything wrong with the company's files, whether it was met yet or not; checks all of them the first time.

        Slow where there are own templates: each is filled in on trial.
        """
        return tuple(dict.fromkeys((*self._found, *self._met)))

    @cached_property
    def _found(self) -> tuple[Problem, ...]:
        playbook, _ = self.playbook, self.rules
        met = tuple(self._met)
        return (*met, *self._folder_problems(), *self._message_problems(playbook), *self._document_problems(playbook))

    def _folder_problems(self) -> Iterator[Problem]:
        for name in (MESSAGES, DOCUMENTS):
            folder = self._own(name)
            if folder is None:
                continue
            try:
                os.scandir(folder).close()
            except OSError as error:
                reason = f"can't be read ({error.strerror or error}); expected a folder of templates"
                yield Problem(str(folder), 0, reason, f"the built-in templates are used {_UNTIL}")
                return

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
        from warroom.documents.render import SUFFIX, filled
        from warroom.documents.trial import trials
        from warroom.messages.sandbox import TemplateError

        uses = {
            f"{name}{ending}{SUFFIX}": (document, forms)
            for document in ALL.values()
            for name in document.templates
            for ending, forms in (("", tuple(PAGES)), *((f".{form}", (form,)) for form in PAGES))
        }
        for path in files:
            if path.name not in uses:
                names = ", ".join(f"{document.templates[0]}{SUFFIX}" for document in ALL.values())
                reason = (
                    f"there is no document of that name; there are {names}, or one for a form, as in log.md{SUFFIX}"
                )
                yield Problem(str(path), 0, reason, "nothing uses this file")
                continue
            document, forms = uses[path.name]
            try:
                for material in trials(playbook):
                    for form in forms:
                        filled(path, form, document.values(material))
            except TemplateError as error:
                yield _document_problem(error)

    # What there is

    def files(self) -> list[Path]:
        """The company's own files that there are."""
        single = [path for name in (PLAYBOOK, WORDING) if (path := self._own(name)) is not None]
        return [*single, *self._own_templates(MESSAGES), *self._own_templates(DOCUMENTS)]

    def stamp(self) -> tuple[object, ...]:
        """What changes whenever one of the files or folders does; cheap: a few looks at the folder, nothing is read."""
        folders = [path for name in (MESSAGES, DOCUMENTS) if (path := self._own(name)) is not None]
        return tuple((str(path), *_look(path)) for path in (*folders, *self.files()))

    def _own(self, name: str) -> Path | None:
        """The path of an own file or folder; None where there is none. What can't be told counts as there."""
        if self.folder is None:
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
        folder = self._own(name)
        return [] if folder is None else list_files(folder, ".j2")

    def _meet(self, problem: Problem) -> None:
        if problem not in self._met:
            self._met[problem] = None
            self._tell(problem)


def _playbook(text: str, file: str, own: bool) -> Playbook:
    from warroom.model.playbook import load

    if not own:
        return load(text, file=file)
    from warroom.actions import FOR_NOW

    return load(text, file=file, actions=FOR_NOW)


def _rules(text: str, file: str, own: bool) -> Rules:
    from warroom.wording import load

    return load(text, file=file)


def _problem(mistake: Mistake, instead: str, *, kept: bool) -> Problem:
    used = "what it said before the change is" if kept else instead
    return Problem(mistake.file, mistake.where, mistake.reason, f"{used} used {_UNTIL}")


def _document_problem(error: TemplateError) -> Problem:
    return Problem(error.file, error.where, error.reason, f"the built-in document is used {_UNTIL}")


def _look(path: Path) -> tuple[int, ...]:
    try:
        found = path.stat()
    except OSError as error:
        return (error.errno or -1,)
    if stat.S_ISDIR(found.st_mode):
        return found.st_ino, found.st_mode  # what stands in it is looked at by itself
    return found.st_ino, found.st_mode, found.st_size, found.st_mtime_ns, found.st_ctime_ns
