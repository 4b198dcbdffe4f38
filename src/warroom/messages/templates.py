"""The kinds of message there are: one file each, built in or a company's own, read and checked before it is used.

A file is a TOML header between two lines `+++` and a Jinja body; what the body may say is told in `blocks`.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Annotated

import msgspec

from warroom.messages.blocks import TemplateFault, examine, fill
from warroom.model.playbook import Playbook
from warroom.text.cleaning import clean
from warroom.text.files import list_files, read_text
from warroom.text.mistakes import Mistake, toml_mistake

SUFFIX = ".j2"
TO = "to"
"""The field of a message being composed that says who it goes to."""
VALUES = (
    "severity",
    "title",
    "number",
    "ref",
    "began",
    "ended",
    "duration",
    "window",
    "cost",
    "zone",
    "name",
    "now",
    "state",
    "resolved",
    "form",
)
"""What every template may use besides its own fields; `compose` fills them."""

SOURCES = (
    "author",
    "cadence",
    "duration",
    "last",
    "next_update",
    "resolution",
    "severity",
    "state",
    "title",
    "trigger",
)
SOURCE_PREFIXES = ("fact:", "role:", "last:", "owed:", "text:")

Words = Annotated[str, msgspec.Meta(min_length=1)]


class TemplateError(Exception):
    """A message template that can't be used; its text is one sentence naming file, line and reason."""


class Problem(msgspec.Struct, frozen=True):
    """What is wrong with a template file, and where; lines count from 1."""

    file: str
    line: int
    reason: str

    def __str__(self) -> str:
        """`update.j2:12: reason`, as editors and people look it up."""
        return f"{self.file}:{self.line}: {self.reason}"


class Field(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One thing a message says that its sender fills in.

    `source` names where the text to start from comes from, tried in order (see `compose.prefill`). `lines` above 1 asks
    for a multi-line field, `bullets` means that each line is an item of a list.
    """

    id: Annotated[str, msgspec.Meta(pattern=r"^[a-z][a-z0-9_]*$")]
    label: Words
    hint: str = ""
    source: tuple[str, ...] = ()
    required: bool = False
    lines: Annotated[int, msgspec.Meta(ge=1, le=50)] = 1
    bullets: bool = False


class Kind(msgspec.Struct, frozen=True):
    """One kind of message; `own` when it comes from the company's file, `problem` why that file was not used.

    `promises`: it may carry a next update. `public`: it goes to customers. `counts`: it is known by its number.
    """

    id: str
    label: str
    audience: str
    when: str
    order: int
    promises: bool
    public: bool
    counts: bool
    fields: tuple[Field, ...]
    subject: str
    body: str
    file: str
    own: bool
    problem: str = ""

    def field(self, id: str) -> Field | None:
        """The field of that id."""
        return next((field for field in self.fields if field.id == id), None)


class _Header(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    label: Words
    audience: Words
    when: Words
    subject: str
    order: int = 100
    promises: bool = False
    public: bool = False
    counts: bool = False
    fields: tuple[Field, ...] = ()


class _File(msgspec.Struct, frozen=True):
    """A template file taken apart; `body_line` is the line its body begins on."""

    path: Path
    header_text: str
    header: _Header
    body: str
    body_line: int


class _Unusable(Exception):
    def __init__(self, problem: Problem) -> None:
        super().__init__(str(problem))
        self.problem = problem


def load_kinds(builtin: Path, own: Path | None = None) -> dict[str, Kind]:
    """Read every kind of message, in the order they are offered: a company's own file wins over the built-in one.

    An own file that can't be used leaves the built-in in place with the reason in `Kind.problem`; where there is no
    built-in of that name it is left out (`check` tells why). Raises TemplateError when a built-in file can't be read.
    """
    kinds: dict[str, Kind] = {}
    for path in template_files(builtin):
        try:
            kinds[path.stem] = _kind(_read(path), own=False)
        except _Unusable as error:
            raise TemplateError(f"{error}; install warroom again") from error
    if not kinds:
        raise TemplateError(f"there are no message templates in {builtin}; install warroom again")
    for path in template_files(own) if own else ():
        problems = check_file(path)
        if not problems:
            kinds[path.stem] = _kind(_read(path), own=True)
        elif path.stem in kinds:
            kinds[path.stem] = msgspec.structs.replace(kinds[path.stem], problem=str(problems[0]))
    return dict(sorted(kinds.items(), key=lambda pair: (pair[1].order, pair[0])))


def template_files(folder: Path) -> list[Path]:
    """The template files of a folder by name; none where the folder is missing or can't be read."""
    return list_files(folder, SUFFIX)


def check(path: Path, playbook: Playbook | None = None) -> list[Problem]:
    """Say everything that is wrong with a template file, or with all of a folder; with a playbook, its ids as well.

    A file without problems has been filled in on trial: with every field, and with only those required.
    """
    files = template_files(path) if path.is_dir() else [path]
    return [problem for file in files for problem in check_file(file, playbook)]


def check_file(path: Path, playbook: Playbook | None = None) -> list[Problem]:
    """Say everything that is wrong with what stands at `path`, which is to be a template file."""
    try:
        file = _read(path)
    except _Unusable as error:
        return [error.problem]
    problems = [*_check_fields(file, playbook)]
    known = {*VALUES, *(field.id for field in file.header.fields)}
    subject_line = _line_of(file.header_text, r"subject\s*=")
    subject_faults, in_subject = examine(file.header.subject, known)
    body_faults, in_body = examine(file.body, known)
    problems += [_problem(path, subject_line, fault.reason) for fault in subject_faults]
    problems += [_problem(path, file.body_line + fault.line - 1, fault.reason) for fault in body_faults]
    if not subject_faults and not body_faults:
        problems += _check_use(file, in_subject | in_body)
    return sorted(problems, key=lambda problem: problem.line)


def _problem(path: Path, line: int, reason: str) -> Problem:
    return Problem(clean(str(path)), line, clean(reason).replace("\n", " "))


def _line_of(header_text: str, pattern: str, nth: int = 0) -> int:
    """The line of the file on which the header has that key for the nth time; 1 where it hasn't."""
    found = [number for number, line in enumerate(header_text.split("\n"), 2) if re.match(rf"\s*(?:{pattern})", line)]
    return found[nth] if nth < len(found) else 1


def _read(path: Path) -> _File:
    if not re.fullmatch(r"[a-z][a-z0-9_-]*", path.stem):
        reason = "the name of a message is small letters, digits, - and _, beginning with a letter"
        raise _Unusable(_problem(path, 1, reason))
    try:
        text = read_text(path)
    except Mistake as mistake:
        raise _Unusable(_problem(path, int(mistake.where or 1), mistake.reason)) from None
    parts = re.fullmatch(r"\+\+\+[ \t]*\n(.*?)^\+\+\+[ \t]*(?:\n(.*))?", text, re.DOTALL | re.MULTILINE)
    if parts is None:
        raise _Unusable(_problem(path, 1, "the file begins with a header: TOML between two lines of +++"))
    header_text, body = parts[1], parts[2] or ""
    return _File(path, header_text, _header(path, header_text), body, header_text.count("\n") + 3)


def _header(path: Path, text: str) -> _Header:
    try:
        raw = tomllib.loads(text)
    except (ValueError, RecursionError) as error:  # a number of thousands of digits is a ValueError of Python's own
        found = toml_mistake("", error)
        reason = re.sub(r" \(at .*\)", "", found.reason.removeprefix("not valid TOML: "))
        line = int(found.where) + 1 if found.where else 1
        raise _Unusable(_problem(path, line, f"the header is no TOML: {reason}")) from None
    try:
        return msgspec.convert(raw, _Header)
    except msgspec.ValidationError as error:
        raise _Unusable(_problem(path, *_explained(str(error), text))) from None


def _explained(error: str, text: str) -> tuple[int, str]:
    """Where in the header msgspec's complaint belongs, and the complaint in words."""
    said, _, where = error.partition(" - at `$")
    where = where.strip("`.")
    table = re.match(r"fields\[(\d+)\]\.?", where)
    start = _line_of(text, r"\[\[fields\]\]", int(table[1])) if table else 2
    if missing := re.fullmatch(r"Object missing required field `(.*)`", said):
        return start if table else 1, f"the header{' of this field' if table else ''} lacks {missing[1]!r}"
    if unknown := re.fullmatch(r"Object contains unknown field `(.*)`", said):
        below = "\n".join(text.split("\n")[start - 2 :])
        line = _line_of(below, rf"{re.escape(unknown[1])}\s*=") + start - 2
        return line, f"there is no header key {unknown[1]!r}; check its spelling"
    key = where[table.end() :] if table else where
    below = "\n".join(text.split("\n")[start - 2 :])
    line = _line_of(below, rf"{re.escape(re.split(r'[.[]', key)[0])}\s*=") + start - 2
    return max(line, 1), f"{key or 'fields'}: {said[0].lower()}{said[1:]}"


def _check_fields(file: _File, playbook: Playbook | None) -> Iterator[Problem]:
    seen: set[str] = set()
    for nth, field in enumerate(file.header.fields):
        line = _line_of(file.header_text, r"\[\[fields\]\]", nth)
        if field.id in seen:
            yield _problem(file.path, line, f"the field {field.id!r} is declared twice")
        seen.add(field.id)
        for source in field.source:
            prefix, colon, name = source.partition(":")
            if source not in SOURCES and prefix + colon not in SOURCE_PREFIXES:
                known = ", ".join((*SOURCES, *(f"{prefix}…" for prefix in SOURCE_PREFIXES)))
                yield _problem(
                    file.path, line, f"the field {field.id!r} has an unknown source {source!r}; known are {known}"
                )
            elif playbook and prefix == "fact" and not playbook.fact(name):
                facts = ", ".join(row.id for row in playbook.facts)
                yield _problem(file.path, line, f"there is no fact {name!r} in the playbook; its facts are {facts}")
            elif playbook and prefix == "role" and not playbook.role(name):
                roles = ", ".join(row.id for row in playbook.roles)
                yield _problem(file.path, line, f"there is no role {name!r} in the playbook; its roles are {roles}")


def _check_use(file: _File, used: set[str]) -> Iterator[Problem]:
    """Fields nobody would see, and templates that don't work out or come out empty."""
    for nth, field in enumerate(file.header.fields):
        if field.id not in used:
            line = _line_of(file.header_text, r"\[\[fields\]\]", nth)
            yield _problem(file.path, line, f"the field {field.id!r} is declared and never used")
    for every in (True, False):
        values: dict[str, object] = {name: name for name in VALUES}
        values |= {"number": 1, "resolved": every, "form": "plain", "state": "investigating"}
        values |= {field.id: field.label if every or field.required else "" for field in file.header.fields}
        try:
            _, blocks = fill(file.header.subject, file.body, values)
        except TemplateFault as fault:
            yield _problem(file.path, file.body_line + fault.line - 1, fault.reason)
            return
        if every and not blocks:
            yield _problem(file.path, file.body_line, "the message comes out empty")
            return


def _kind(file: _File, *, own: bool) -> Kind:
    header = file.header
    return Kind(
        id=file.path.stem,
        label=header.label,
        audience=header.audience,
        when=header.when,
        order=header.order,
        promises=header.promises,
        public=header.public,
        counts=header.counts,
        fields=header.fields,
        subject=header.subject,
        body=file.body,
        file=str(file.path),
        own=own,
    )
