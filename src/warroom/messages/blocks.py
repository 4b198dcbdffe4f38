"""Turns a template's output into blocks; nothing that people type into a value is taken for layout.

In a template's body, `Label:: …` is a labelled line, or a list if the value has several lines. `Label::* …` is always
a list; its items are the lines of the value, or the `- …` lines below it. Any other line belongs to a paragraph, which
ends at an empty line; a value that is alone on its line and was typed as a list is one. A line is left out if it has
values and all of them are empty. The sandbox seals each value, and it is unsealed only after the layout has been read.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from warroom.messages.forms import Block, Bullets, Label, Text
from warroom.messages.grammar import is_list, listed, without_label
from warroom.messages.ranks import Part, marked, parts_of
from warroom.messages.restated import without_repetition
from warroom.messages.sandbox import MESSAGE, Template, compiled, is_value, seal, shows_nothing, unseal


def message_template(source: str, *, file: str, first_line: int = 1) -> Template:
    """Compile a message's subject or body; `first_line` is the line of the file where it begins.

    Raises TemplateError if it can't be used.
    """
    return compiled(source, MESSAGE, seal, file=file, first_line=first_line)


def short_template(source: str, *, file: str, first_line: int = 1) -> Template:
    """The same for a short text, which `fill_parts` fills in."""
    return compiled(source, MESSAGE, _sealed, file=file, first_line=first_line)


def _sealed(value: object) -> str:
    return seal(marked(value))


def fill_parts(short: Template, values: Mapping[str, object]) -> list[str | Part]:
    """Fill in a short text: its parts, of which some have a rank. Raises TemplateError."""
    return parts_of(fill_line(short, values))


def fill(body: Template, values: Mapping[str, object]) -> tuple[Block, ...]:
    """Fill in a message's body; the values are always literal text.

    Raises TemplateError if the template fails with these values.
    """
    return tuple(_blocks(body.render(values)))


def fill_line(subject: Template, values: Mapping[str, object]) -> str:
    """Fill in a one-line template, such as a subject. Raises TemplateError."""
    rendered = _REPEATED.sub(lambda found: found[1] + seal(_behind(unseal(found[3]), found[2])), subject.render(values))
    return " ".join(unseal(rendered).split())


_LABEL = re.compile(r"(?P<name>[^:\x00]+?)\s*::(?P<list>\*?)(?:\s+(?P<rest>.*))?")
_REPEATED = re.compile(r"(\b((?:[^\W\d_]+ ){0,4}[^\W\d_]+):\s+)(\x00[0-9a-f]*\x01)")
"""A few words with a colon in front of a value: `Incident: `, which the value may begin with too."""


def _behind(text: str, label: str) -> str:
    """A text for behind a label, without what only repeats it."""
    return without_repetition(without_label(text, label, label.rpartition(" ")[2]), label)


def _blocks(rendered: str) -> Iterator[Block]:
    paragraph: list[str] = []
    label, lead, items = "", "", None
    for line in [*map(str.strip, rendered.split("\n")), ""]:
        if line and shows_nothing(line):
            continue
        if items is not None and line.startswith("- "):
            items.append(unseal(line[2:]))
            continue
        if items is not None:
            yield Bullets(label, tuple(items), lead)
            items = None
        found = _LABEL.fullmatch(line) if "::" in line else None
        alone = unseal(line) if found is None and is_value(line) else ""
        if paragraph and (found or not line or is_list(alone)):
            yield Text("\n".join(paragraph))
            paragraph = []
        if found:
            label = found["name"]
            text = without_repetition(without_label(unseal(found["rest"] or ""), label), label)
            lead, rows = listed(text)
            if found["list"]:
                items = rows
            elif len(rows) > 1 or lead:
                yield Bullets(label, tuple(rows), lead)
            else:
                yield Label(label, text)
        elif is_list(alone):
            lead, rows = listed(alone)
            yield Bullets("", tuple(rows), lead)
        elif line:
            paragraph.append(unseal(line))
