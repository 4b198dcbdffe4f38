"""The kinds of message: one template file each, built-in or a company's own, checked before it is used.

A file has a TOML header between two lines `+++`, then a Jinja body; `blocks` describes its layout.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from pathlib import Path

import msgspec

from warroom.messages.blocks import fill, fill_line, message_template
from warroom.messages.field import FORMS, STATES, Field, NonEmpty
from warroom.messages.length import SHORT_FORMS
from warroom.messages.sandbox import MESSAGE, TemplateError, faults, read
from warroom.messages.values import VALUES
from warroom.model.contacts import CONTACTS
from warroom.model.playbook import Playbook
from warroom.text.files import list_files
from warroom.text.toml import MAX_DOTS, dotted_line, in_plain_words, unknown_key

SUFFIX = ".j2"

OWN_SHORT = "short"
"""The id of the field with the words of a text message or a post, if it is a field of these forms only."""
ONE_LINE = ("subject", "title", "short", "sms", "social")
"""The keys of the header that are templates of one line, though they may be written on several."""

SOURCES = (
    "author",
    "cadence",
    "cost",
    "duration",
    "last",
    "next_update",
    "public_title",
    "resolution",
    "severity",
    "state",
    "title",
    "trigger",
)
SOURCE_PREFIXES = ("contact:", "fact:", "role:", "last:", "owed:", "text:")


class Kind(msgspec.Struct, frozen=True):
    """One kind of message; `own` if it comes from the company's file, `problem` is why that file was not used.

    `promises`: it may promise a next update. `public`: it goes to customers. `counts`: its messages are numbered.
    `title` is that of a status page; `short` is the short text for a text message and a post, `sms` and `social` are
    one for each of these instead ("": one made from the subject). `subject_line` and `body_line` are the lines of
    `file` where subject and body begin.
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
    subject_line: int = 1
    body_line: int = 1
    title: str = ""
    short: str = ""
    sms: str = ""
    social: str = ""

    @property
    def own_short(self) -> Field | None:
        """The field with the sender's own words for a text message or a post, if there is one."""
        return next(filter(is_own_short, self.fields), None)

    def field(self, id: str) -> Field | None:
        """The field with that id, if there is one."""
        return next((field for field in self.fields if field.id == id), None)


def is_own_short(field: Field) -> bool:
    """Whether a text message or a post is what is typed in this field, if anything is."""
    return field.id == OWN_SHORT and bool(field.only) and set(field.only) <= {*SHORT_FORMS}


class _Header(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    label: NonEmpty
    audience: NonEmpty
    when: NonEmpty
    subject: str
    title: str = ""
    short: str = ""
    sms: str = ""
    social: str = ""
    order: int = 100
    promises: bool = False
    public: bool = False
    counts: bool = False
    fields: tuple[Field, ...] = ()


class _File(msgspec.Struct, frozen=True):
    """A parsed template file; `body_line` is the line where its body begins."""

    path: Path
    header_text: str
    header: _Header
    body: str
    body_line: int


def load_kinds(builtin: Path, own: Path | None = None) -> dict[str, Kind]:
    """Read every kind of message, in the order they are offered; a company's own file replaces the built-in one.

    If a company's file can't be used, the built-in kind stays, with the reason in `Kind.problem`; without a built-in
    kind of that name it is left out (`check` says why). Raises TemplateError if a built-in file can't be read.
    """
    kinds: dict[str, Kind] = {}
    for path in template_files(builtin):
        try:
            kinds[path.stem] = _kind(_read(path), own=False)
        except TemplateError as error:
            raise TemplateError(error.file, error.line, f"{error.reason}; install warroom again") from error
    if not kinds:
        raise TemplateError(str(builtin), 0, "there are no message templates here; install warroom again")
    for path in template_files(own) if own else ():
        file, problems = _examined(path, None)
        if file is not None and not problems:
            kinds[path.stem] = _kind(file, own=True)
        elif path.stem in kinds:
            kinds[path.stem] = msgspec.structs.replace(kinds[path.stem], problem=str(problems[0]))
    return dict(sorted(kinds.items(), key=lambda pair: (pair[1].order, pair[0])))


def template_files(folder: Path) -> list[Path]:
    """The template files of a folder by name; none if the folder is missing or can't be read."""
    return list_files(folder, SUFFIX)


def check(path: Path, playbook: Playbook | None = None) -> list[TemplateError]:
    """Find all mistakes in a template file, or in all files of a folder; a playbook is needed to check its ids.

    Each file is also filled in as a test: once with every field, once with only the required fields.
    """
    files = template_files(path) if path.is_dir() else [path]
    return [problem for file in files for problem in check_file(file, playbook)]


def check_file(path: Path, playbook: Playbook | None = None) -> list[TemplateError]:
    """Find all mistakes in the template file at `path`."""
    return _examined(path, playbook)[1]


def _examined(path: Path, playbook: Playbook | None) -> tuple[_File | None, list[TemplateError]]:
    """The parsed file, None if it can't be parsed, and all mistakes in it."""
    try:
        file = _read(path)
    except TemplateError as error:
        return None, [error]
    problems = [*_check_fields(file, playbook)]
    known = {*VALUES, *(field.id for field in file.header.fields)}
    used: set[str] = set()
    wrong: list[TemplateError] = []
    for source, line in _parts(file):
        found, names = faults(source, MESSAGE, known, file=str(path), first_line=line)
        wrong += found
        used |= names
    problems += wrong or _check_use(file, used)
    return file, sorted(problems, key=lambda problem: problem.line)


def _problem(path: Path, line: int, reason: str) -> TemplateError:
    return TemplateError(str(path), line, reason)


def _subject_line(file: _File) -> int:
    return _line_of(file.header_text, r"subject\s*=")


def _parts(file: _File) -> list[tuple[str, int]]:
    """The templates in a file that it has, each with the line where it begins: the body, then those of one line."""
    lines = [(getattr(file.header, key), _first_line(file.header_text, key)) for key in ONE_LINE]
    return [(file.body, file.body_line), *((source, line) for source, line in lines if source)]


def _first_line(header_text: str, key: str) -> int:
    """The line of the file where a text of the header begins: the next one if only quotes stand behind its key."""
    line = _line_of(header_text, rf"{key}\s*=")
    below = re.search(rf"^\s*{key}\s*=\s*(?:'''|\"\"\")\s*$", header_text, re.MULTILINE)
    return line + 1 if below else line


def _line_of(header_text: str, pattern: str, nth: int = 0) -> int:
    """The line of the file where the header has that key for the nth time (from 0); 1 if it does not."""
    found = [number for number, line in enumerate(header_text.split("\n"), 2) if re.match(rf"\s*(?:{pattern})", line)]
    return found[nth] if nth < len(found) else 1


def _read(path: Path) -> _File:
    """Parse a file. Raises TemplateError."""
    if not re.fullmatch(r"[a-z][a-z0-9_-]*", path.stem):
        reason = "the file name must begin with a lower-case letter and have only lower-case letters, digits, - and _"
        raise TemplateError(str(path), 1, reason)
    text = read(path)
    parts = re.fullmatch(r"\+\+\+[ \t]*\n(.*?)^\+\+\+[ \t]*(?:\n(.*))?", text, re.DOTALL | re.MULTILINE)
    if parts is None:
        begun = re.match(r"\+\+\+[ \t]*\n", text)
        reason = "the header is not closed; end it with a second line of +++"
        if not begun:
            reason = "the file must begin with a header: TOML between two lines of +++"
        raise TemplateError(str(path), 1, reason)
    header_text, body = parts[1], parts[2] or ""
    return _File(path, header_text, _header(path, header_text), body, header_text.count("\n") + 3)


def _header(path: Path, text: str) -> _Header:
    if dotted := dotted_line(text):
        raise TemplateError(str(path), dotted + 1, f"there are more than {MAX_DOTS} dots in this line")
    try:
        return msgspec.convert(tomllib.loads(text), _Header)
    except msgspec.ValidationError as error:
        raise TemplateError(str(path), *_explained(str(error), text)) from None
    except RecursionError:
        raise TemplateError(str(path), 1, "the header is nested too deep") from None
    except ValueError as error:  # also from a number that is too long
        reason = str(error)
        line = re.search(r"at line (\d+)", reason)
        reason = re.sub(r" \(at .*\)", "", reason)
        raise TemplateError(
            str(path), int(line[1]) + 1 if line else 1, f"the header is not valid TOML: {reason}"
        ) from None


def _explained(error: str, text: str) -> tuple[int, str]:
    """The line of the header that msgspec's error message is about, and the reason as a sentence."""
    complaint, _, where = error.partition(" - at `$")
    where = where.strip("`.")
    table = re.match(r"fields\[(\d+)\]\.?", where)
    start = _line_of(text, r"\[\[fields\]\]", int(table[1])) if table else 2
    if missing := re.fullmatch(r"Object missing required field `(.*)`", complaint):
        return start if table else 1, f"the header{' of this field' if table else ''} lacks {missing[1]!r}"
    if unknown := re.fullmatch(r"Object contains unknown field `(.*)`", complaint):
        below = "\n".join(text.split("\n")[start - 2 :])
        line = _line_of(below, rf"{re.escape(unknown[1])}\s*=") + start - 2
        known = msgspec.structs.fields(Field if table else _Header)
        return line, f"{unknown[1]}: {unknown_key(unknown[1], [field.encode_name for field in known])}"
    key = where[table.end() :] if table else where
    below = "\n".join(text.split("\n")[start - 2 :])
    line = _line_of(below, rf"{re.escape(re.split(r'[.[]', key)[0])}\s*=") + start - 2
    if key.startswith("only["):
        complaint += f"; expected one of {', '.join((*FORMS, *STATES))}"
    return max(line, 1), f"{key or 'fields'}: {in_plain_words(complaint)}"


def _check_fields(file: _File, playbook: Playbook | None) -> Iterator[TemplateError]:
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
            elif prefix == "contact" and (stray := set(re.findall(r"\{(.*?)\}", name)) - set(CONTACTS)):
                known = ", ".join(f"{{{contact}}}" for contact in CONTACTS)
                yield _problem(file.path, line, f"there is no contact {{{min(stray)}}}; there are {known}")
            elif playbook and prefix == "fact" and not playbook.fact(name):
                facts = ", ".join(row.id for row in playbook.facts)
                yield _problem(file.path, line, f"there is no fact {name!r} in the playbook; its facts are {facts}")
            elif playbook and prefix == "role" and not playbook.role(name):
                roles = ", ".join(row.id for row in playbook.roles)
                yield _problem(file.path, line, f"there is no role {name!r} in the playbook; its roles are {roles}")


def _check_use(file: _File, used: set[str]) -> Iterator[TemplateError]:
    """Mistakes found by filling the template in: fields that are never used, errors, an empty message."""
    for nth, field in enumerate(file.header.fields):
        if field.id not in used and not is_own_short(field):
            line = _line_of(file.header_text, r"\[\[fields\]\]", nth)
            yield _problem(file.path, line, f"the field {field.id!r} is declared and never used")
    for every in (True, False):
        values: dict[str, object] = {name: name for name in VALUES}
        values |= {"number": 1, "resolved": every, "form": "plain", "state": "investigating"}
        values |= {field.id: field.label if every or field.required else "" for field in file.header.fields}
        path = str(file.path)
        try:
            (body, body_line), *others = _parts(file)
            for source, line in others:
                fill_line(message_template(source, file=path, first_line=line), values)
            blocks = fill(message_template(body, file=path, first_line=body_line), values)
        except TemplateError as error:
            yield error
            return
        if every and not blocks:
            yield _problem(file.path, file.body_line, "the message is empty")
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
        subject_line=_subject_line(file),
        body_line=file.body_line,
        title=header.title,
        short=header.short,
        sms=header.sms,
        social=header.social,
    )
