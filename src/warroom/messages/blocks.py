"""Turns a template's output into blocks; nothing that people type into a value is taken for layout.

In a template's body, `Label:: …` is a labelled line. `Label::* …` is a labelled list; its items are the lines of the
value, or the `- …` lines below it. Any other line belongs to a paragraph, which ends at an empty line. A line is left
out if it has values and all of them are empty. The sandbox seals each value, and it is unsealed only after the layout
has been read.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from warroom.messages.forms import Block, Bullets, Label, Text
from warroom.messages.sandbox import MESSAGE, Template, compiled, lines, seal, shows_nothing, unseal


def message_template(source: str, *, file: str, first_line: int = 1) -> Template:
    """Compile a message's subject or body; `first_line` is the line of the file where it begins.

    Raises TemplateError if it can't be used.
    """
    return compiled(source, MESSAGE, seal, file=file, first_line=first_line)


def fill(body: Template, values: Mapping[str, object]) -> tuple[Block, ...]:
    """Fill in a message's body; the values are always literal text.

    Raises TemplateError if the template fails with these values.
    """
    return tuple(_blocks(body.render(values)))


def fill_line(subject: Template, values: Mapping[str, object]) -> str:
    """Fill in a one-line template, such as a subject. Raises TemplateError."""
    return " ".join(unseal(subject.render(values)).split())


_LABEL = re.compile(r"(?P<name>[^:\x00]+?)\s*::(?P<list>\*?)(?:\s+(?P<rest>.*))?")


def _blocks(rendered: str) -> Iterator[Block]:
    paragraph: list[str] = []
    label, items = "", None
    for line in [*map(str.strip, rendered.split("\n")), ""]:
        if line and shows_nothing(line):
            continue
        if items is not None and line.startswith("- "):
            items.append(unseal(line[2:]))
            continue
        if items is not None:
            yield Bullets(label, tuple(items))
            items = None
        found = _LABEL.fullmatch(line) if "::" in line else None
        if paragraph and (found or not line):
            yield Text("\n".join(paragraph))
            paragraph = []
        if found and found["list"]:
            label, items = found["name"], lines(unseal(found["rest"] or ""))
        elif found:
            yield Label(found["name"], unseal(found["rest"] or ""))
        elif line:
            paragraph.append(unseal(line))
