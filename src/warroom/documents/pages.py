"""The formats of a document for people: Markdown, plain text, and a web page (see `web_page`)."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from warroom.documents.layout import Facts, Heading, Items, Line, Paragraph, Part
from warroom.documents.web_page import as_html
from warroom.messages.markup import hanging, markdown, markdown_heading, markdown_lines
from warroom.text.width import width

_HANG = "    "
_LABEL_CELLS = 12
"""The width of the labels in a plain-text timeline, in cells."""


def as_markdown(parts: Sequence[Part]) -> str:
    """The document in Markdown (CommonMark)."""
    return "\n\n".join(map(_markdown_part, parts)) + "\n"


def _markdown_part(part: Part) -> str:
    match part:
        case Heading(level, text):
            return markdown_heading(text, level)
        case Facts(lines):
            return "\n".join(_markdown_item("- ", line) for line in lines)
        case Items(lines, numbered):
            marks = (f"{number}. " if numbered else "- " for number in range(1, len(lines) + 1))
            return "\n".join(map(_markdown_item, marks, lines))
        case Paragraph(text, strong):
            return f"**{markdown(text)}**" if strong else markdown_lines(text)


def _markdown_item(mark: str, line: Line) -> str:
    if line.lead:
        text = f"**{markdown(line.lead)}** " + markdown_words(_labelled(line), _HANG)
    elif line.label:
        text = f"**{markdown(line.label)}:** " + markdown_words(line.text, _HANG)
    else:
        text = markdown_words(line.text, _HANG)
    rows = [mark + text]
    rows += ["   - " + markdown_words(_labelled(detail), _HANG * 2) for detail in line.details]
    return "\n".join(row.rstrip() for row in rows)


def markdown_words(text: str, indent: str) -> str:
    """Escaped text within a list item; none of its lines can end the item, not even an empty one."""
    rows = markdown(text.strip()).split("\n")
    return hanging("  \n".join(row.rstrip(" ") or "\u00a0" for row in rows), indent)


def as_text(parts: Sequence[Part]) -> str:
    """The document as plain text: headings in capitals, later lines of a value indented."""
    rows: list[str] = []
    for before, part in zip([None, *parts], parts, strict=False):
        if before is not None and _stands_apart(before, part):
            rows.append("")
        rows += _text_rows(part)
    return "\n".join(rows) + "\n"


def _stands_apart(before: Part, part: Part) -> bool:
    """Whether there is an empty line between two parts: below the title, and above each heading."""
    if isinstance(before, Heading):
        return before.level == 1
    return isinstance(part, Heading)


def _text_rows(part: Part) -> Iterator[str]:
    match part:
        case Heading(level, text, in_capitals):
            yield text if level == 3 else in_capitals
        case Facts(lines):
            cells = max(width(line.label) for line in lines) + 3
            for line in lines:
                yield _text_words(_padded(f"{line.label}:", cells) + line.text)
        case Items(lines, numbered):
            for number, line in enumerate(lines, 1):
                yield (f"{number}. " if numbered else "") + _text_item(line)
                for detail in line.details:
                    yield "   " + _text_words(_labelled(detail), _HANG + "   ")
        case Paragraph(text):
            yield text


def _text_item(line: Line) -> str:
    if not line.lead:
        return _text_words(_labelled(line))
    label = _padded(line.label, _LABEL_CELLS) + "  " if line.label else ""
    return _text_words(f"{line.lead}  {label}{line.text}")


def _text_words(text: str, indent: str = _HANG) -> str:
    return hanging(text.strip("\n").rstrip(), indent)


def _padded(text: str, cells: int) -> str:
    return text + " " * (cells - width(text))


def _labelled(line: Line) -> str:
    """`Reason: it is safer`, or only the label or the text."""
    return ": ".join(filter(None, (line.label, line.text)))


PAGES: dict[str, Callable[[Sequence[Part]], str]] = {
    "md": as_markdown,
    "txt": as_text,
    "html": lambda parts: "".join(as_html(parts)),
}
"""Every format for people, by file suffix."""
