"""From a template's output to blocks, in such a way that people's words can't pass for layout.

In a template's body `Label:: …` is a labelled line, `Label::* …` a list under a label whose items are the lines of the
value (or the `- …` lines below it), any other line a line of a paragraph, and an empty line ends the paragraph. A line
with values of which none has words is left out. Values come out of the sandbox sealed, and become words again only
after the lines have been told apart.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from warroom.messages.forms import Block, Bullets, Label, Text
from warroom.messages.sandbox import MESSAGE, Template, compiled, lines, seal, shows_nothing, unseal


def message_template(source: str, *, file: str, first_line: int = 1) -> Template:
    """Make a message's subject or body ready to be filled in; `first_line` is the line of the file it begins on.

    Raises TemplateError when it can't be used.
    """
    return compiled(source, MESSAGE, seal, file=file, first_line=first_line)


def fill(body: Template, values: Mapping[str, object]) -> tuple[Block, ...]:
    """Fill a message's body in; the values are literal text, whatever is in them.

    Raises TemplateError when the template doesn't work out with these values.
    """
    return tuple(_blocks(body.render(values)))


def fill_line(subject: Template, values: Mapping[str, object]) -> str:
    """Fill in a template of one line, such as a subject. Raises TemplateError."""
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
