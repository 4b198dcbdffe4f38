"""Writing what is kept of an incident through a template: people's words come out literally, whatever it does."""

from __future__ import annotations

import re
from functools import lru_cache
from pathlib import Path
from typing import Any

from warroom.messages import forms
from warroom.text.cleaning import clean


class DocumentError(Exception):
    """A document template that can't be used; its str() names file, line and reason."""


def render(document: str, form: str, values: dict[str, Any], *, own: Path, shipped: Path) -> str:
    """Write a document (`log`, `handoff`) through its template, the one in `own` if it is there, else in `shipped`.

    Templates are called `<document>.<form>.j2`; `form` is `md` or `txt`. Whatever stands in `values` comes out
    literally, in Markdown too, whatever the template does with it. Raises DocumentError.
    """
    name = f"{document}.{form}.j2"
    path = own / name if (own / name).exists() else shipped / name
    from jinja2 import StrictUndefined, TemplateError, TemplateSyntaxError
    from jinja2.sandbox import ImmutableSandboxedEnvironment

    environment = ImmutableSandboxedEnvironment(
        autoescape=False,
        keep_trailing_newline=True,
        trim_blocks=True,
        lstrip_blocks=True,
        undefined=StrictUndefined,
        finalize=_literal_markdown if form == "md" else _literal_text,
    )
    try:
        source = path.read_text("utf-8")
    except (OSError, UnicodeDecodeError) as error:
        reason = error.strerror if isinstance(error, OSError) else "it is not UTF-8 text"
        raise DocumentError(f"{path}: can't be read ({reason}); correct it or remove it") from None
    mistakes = (TemplateError, TypeError, ValueError, ArithmeticError, LookupError, AttributeError, RecursionError)
    try:
        code = environment.compile(source, name, str(path))
        template = environment.template_class.from_code(environment, code, environment.make_globals(None))
        return clean(template.render(values))
    except TemplateSyntaxError as error:
        raise DocumentError(f"{path}, line {error.lineno}: {error.message}; correct it or remove the file") from None
    except mistakes as error:
        raise DocumentError(f"{path}{_line_of(error, path)}: {error}; correct it or remove the file") from None


def _line_of(error: Exception, path: Path) -> str:
    trace, number = error.__traceback__, 0
    while trace is not None:
        if trace.tb_frame.f_code.co_filename == str(path):
            number = trace.tb_lineno
        trace = trace.tb_next
    return f", line {number}" if number else ""


_PLAIN_WORDS = re.compile(r"[^\W\d_][\w ,;:'\"()/%→–]*", re.ASCII)


@lru_cache(4096)
def _literal_markdown(value: object) -> object:
    if not isinstance(value, str):
        return value
    if "_" not in value and _PLAIN_WORDS.fullmatch(value):
        return value
    if not value.strip():
        return " " if value else ""
    lead = " " if value[:1].isspace() else ""  # within a line; more would begin a code block at the start of one
    rows = forms.render("markdown", forms.Rendered("", "", (forms.Text(value.lstrip()),))).body.split("\n")
    # An empty line would end the list item the text stands in: one with a no-break space does not.
    return lead + _hanging("  \n".join(row.rstrip(" ") or "\u00a0" for row in rows))


def _literal_text(value: object) -> object:
    return _hanging(value.strip("\n")) if isinstance(value, str) else value


def _hanging(text: str) -> str:
    """Later lines stand a little in, so that they are seen to belong to the first."""
    return re.sub(r"\n(?=[^\n])", "\n    ", text)
