"""Writing a document with its template, a company's own or the built-in one, in any format for people."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache
from os.path import lexists
from pathlib import Path

import msgspec

from warroom.documents.layout import of_a_drill, parts
from warroom.documents.pages import PAGES, markdown_words
from warroom.documents.sections import Values
from warroom.documents.web_page import as_html
from warroom.messages.markup import hanging, html_words
from warroom.messages.sandbox import DOCUMENT, Finalize, TemplateError, compiled, read, seal
from warroom.model.drills import NOT_REAL
from warroom.text.cleaning import clean

SUFFIX = ".j2"


class Page(msgspec.Struct, frozen=True):
    """A document in a format for people, in pieces; `problem` is why a company's own template was not used."""

    pieces: Iterable[str]
    problem: TemplateError | None = None


def render(
    names: tuple[str, ...],
    form: str,
    values: Values,
    *,
    own: Path | None,
    shipped: Path,
    figure: str = "",
    drill: bool = False,
) -> Page:
    """Write a document in a format of PAGES with the first template found; `names` are its possible names.

    A company may have `<name>.<form>.j2` in the folder `own`, whose output is the document itself, or `<name>.j2` for
    every format (see `layout`). If there is neither, or it fails, the template in `shipped` is used. The text of
    `values` is always literal. `figure` is HTML for a web page, unless its template is for web pages only. A document
    about a `drill` says so on top, whatever its template does. Raises TemplateError if the shipped template can't be
    used.
    """
    problem = None
    for path in own_files(names, form, own) if own is not None else ():
        try:
            return Page(_pieces(path, form, values, figure, drill=drill))
        except TemplateError as error:
            problem = error
            break
    return Page(_pieces(shipped / f"{names[0]}{SUFFIX}", form, values, figure, drill=drill), problem)


def own_files(names: tuple[str, ...], form: str, own: Path) -> list[Path]:
    """The company's own templates of a document for a format; those for this format only come first."""
    paths = [own / f"{name}.{form}{SUFFIX}" for name in names] + [own / f"{name}{SUFFIX}" for name in names]
    return [path for path in paths if lexists(path)]


def filled(path: Path, form: str, values: Values) -> str:
    """Fill one template file in. Raises TemplateError."""
    return "".join(_pieces(path, form, values))


def _pieces(path: Path, form: str, values: Values, figure: str = "", *, drill: bool = False) -> Iterable[str]:
    """Fill one template file in at once, and lay it out as it is read. Raises TemplateError."""
    for_this_form = path.name.endswith(f".{form}{SUFFIX}")
    template = compiled(read(path), DOCUMENT, _LITERAL[form] if for_this_form else seal, file=str(path))
    text = template.render(values)
    if for_this_form:
        return [clean(_of_a_drill(text, form) if drill else text)]
    found = of_a_drill(parts(text)) if drill else parts(text)
    return map(clean, as_html(found, figure)) if form == "html" else [clean(PAGES[form](found))]


_BODY = re.compile(r"<body[^>]*>", re.IGNORECASE)


def _of_a_drill(text: str, form: str) -> str:
    """A finished document about a drill, with a line on top that says so."""
    if form != "html":
        return f"**{NOT_REAL}**\n\n{text}" if form == "md" else f"{NOT_REAL}\n\n{text}"
    line = f'<p style="color: #b00020"><strong>{NOT_REAL}</strong></p>\n'
    body = _BODY.search(text)
    return f"{text[: body.end()]}\n{line}{text[body.end() :]}" if body else line + text


# How values are escaped in a template that is for one format only.

_PLAIN_WORDS = re.compile(r"[^\W\d_][\w ,;:'\"()/%→–]*", re.ASCII)
_HANG = "    "


def _literal_markdown(value: object) -> object:
    return _escaped(value) if isinstance(value, str) else value


@lru_cache(4096)
def _escaped(value: str) -> str:
    if "_" not in value and _PLAIN_WORDS.fullmatch(value):
        return value
    if not value.strip():
        return " " if value else ""
    lead = " " if value[:1].isspace() else ""  # only one: several at the start of a line would begin a code block
    return lead + markdown_words(value, _HANG)


def _literal_text(value: object) -> object:
    return hanging(value.strip("\n"), _HANG) if isinstance(value, str) else value


def _literal_html(value: object) -> object:
    return html_words(value) if isinstance(value, str) else value


_LITERAL: dict[str, Finalize] = {"md": _literal_markdown, "txt": _literal_text, "html": _literal_html}
