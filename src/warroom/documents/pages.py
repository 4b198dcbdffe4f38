"""The formats of a document for people: Markdown, plain text, a web page."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence

from warroom.documents.layout import Facts, Heading, Items, Line, Paragraph, Part
from warroom.messages.markup import hanging, html_words, markdown, markdown_heading, markdown_lines
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


_STYLE = """
:root { color-scheme: light dark; }
body { font: 1rem/1.5 system-ui, sans-serif; max-width: 50rem; margin: 2rem auto; padding: 0 1rem; }
h1 { font-size: 1.5rem; line-height: 1.25; }
h2 { font-size: 1.15rem; border-bottom: 1px solid #8888; margin: 2rem 0 .5rem; }
h3 { font-size: 1rem; margin: 1rem 0 .25rem; }
h1, h2, h3, p, li, dd { overflow-wrap: anywhere; }
p, li, dd, .words { white-space: pre-wrap; }
ul, ol { padding-left: 1.5rem; margin: .5rem 0; }
li ul { margin: 0; }
dl { display: grid; grid-template-columns: max-content 1fr; gap: .1rem 1rem; margin: 0; }
dt { font-weight: bold; }
dd { margin: 0; }
ul.times { list-style: none; padding-left: 0; }
@media print {
  :root { color-scheme: light; }
  body { font-size: 10pt; max-width: none; margin: 0; padding: 0; }
  h1, h2, h3 { break-after: avoid; }
  li, dd { break-inside: avoid; }
}
"""
_PAGE = """<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>{title}</title>
<style>{style}</style>
</head>
<body>
{body}
</body>
</html>
"""


def as_html(parts: Sequence[Part]) -> str:
    """The document as a web page without scripts, network or other files, which also prints well."""
    title = next((part.text for part in parts if isinstance(part, Heading)), "")
    return _PAGE.format(title=html_words(title), style=_STYLE, body="\n".join(map(_html_part, parts)))


def _html_part(part: Part) -> str:
    match part:
        case Heading(level, text):
            return f"<h{level}>{html_words(text)}</h{level}>"
        case Facts(lines):
            rows = (f"<dt>{html_words(line.label)}</dt><dd>{html_words(line.text)}</dd>" for line in lines)
            return _tagged("dl", rows)
        case Items(lines, numbered):
            tag = "ol" if numbered else "ul"
            return _tagged(tag, map(_html_item, lines), timed=not numbered and all(line.lead for line in lines))
        case Paragraph(text, strong):
            words = html_words(text)
            return f"<p><strong>{words}</strong></p>" if strong else f"<p>{words}</p>"


def _tagged(tag: str, rows: Iterable[str], *, timed: bool = False) -> str:
    return "\n".join([f'<{tag} class="times">' if timed else f"<{tag}>", *rows, f"</{tag}>"])


def _html_item(line: Line) -> str:
    if line.lead:
        words = f"<strong>{html_words(line.lead)}</strong> {html_words(_labelled(line))}"
    elif line.label:
        words = f"<strong>{html_words(line.label)}:</strong> {html_words(line.text)}"
    else:
        words = html_words(line.text)
    details = "".join(f"<li>{html_words(_labelled(detail))}</li>" for detail in line.details)
    return f"<li>{words}" + (f"<ul>{details}</ul>" if details else "") + "</li>"


PAGES: dict[str, Callable[[Sequence[Part]], str]] = {"md": as_markdown, "txt": as_text, "html": as_html}
"""Every format for people, by file suffix."""
