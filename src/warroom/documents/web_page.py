"""A document as a web page: one file without scripts, network or other files, for a phone, a screen and a printer."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache

from warroom.documents.layout import Facts, Heading, Items, Line, Paragraph, Part
from warroom.documents.web_style import STYLE
from warroom.messages.markup import html_words
from warroom.model.drills import DRILL
from warroom.text.width import width

_HEAD = """<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>{title}</title>
<style>{style}</style>
</head>
<body>
"""
_FOOT = "</main>\n</body>\n</html>\n"
_AT_ONCE = 1_000
"""The number of items that a piece of the page has at most."""
_MOST_ALIGNED = 200
"""In longer lists, what follows the names of items does not form a column: that would take a browser too long."""
_SHORT = 10
"""The width of a time that leaves room beside it on a phone, in cells."""


def as_html(parts: Sequence[Part], figure: str = "") -> Iterator[str]:
    """The document as a web page, in pieces; `figure` is HTML to put between its header and its first section.

    The title and the facts below it form the header. Headings go down one level at a time, whatever a template does.
    """
    title = next((part.text for part in parts if isinstance(part, Heading)), "")
    yield _HEAD.format(title=html_words(title), style=STYLE)
    head = _length_of_header(parts)
    rest = list(_in_steps(parts))
    if head:
        yield "<header>\n"
        for part in rest[:head]:
            yield from _part(part)
        yield "</header>\n"
    yield "<main>\n"
    waiting = figure
    for part in rest[head:]:
        if waiting and isinstance(part, Heading):
            yield f"{waiting}\n"
            waiting = ""
        yield from _part(part)
    if waiting:
        yield f"{waiting}\n"
    yield _FOOT


def _length_of_header(parts: Sequence[Part]) -> int:
    if not parts or not isinstance(parts[0], Heading):
        return 0
    below = 2 if parts[0].drill else 1
    return below + 1 if len(parts) > below and isinstance(parts[below], Facts) else below


def _in_steps(parts: Sequence[Part]) -> Iterator[Part]:
    level = 0
    for part in parts:
        if isinstance(part, Heading):
            level = min(part.level, level + 1)
            yield Heading(level, part.text, part.in_capitals, part.drill)
        else:
            yield part


def _part(part: Part) -> Iterator[str]:
    match part:
        case Heading(level, text, drill=True):
            rest = html_words(text.removeprefix(DRILL))
            yield f'<h{level}><span class="drill">{DRILL}</span>{rest}</h{level}>\n'
        case Heading(level, text):
            yield f"<h{level}>{html_words(text)}</h{level}>\n"
        case Facts(lines):
            rows = (f"<div><dt>{html_words(line.label)}</dt><dd>{html_words(line.text)}</dd></div>" for line in lines)
            yield "\n".join(["<dl>", *rows, "</dl>\n"])
        case Items(lines, numbered):
            tag, kind = ("ol", "") if numbered else ("ul", _kind_of_list(lines))
            yield f"<{tag}{kind}>\n"
            for first in range(0, len(lines), _AT_ONCE):
                yield "\n".join(map(_item, lines[first : first + _AT_ONCE])) + "\n"
            yield f"</{tag}>\n"
        case Paragraph(text, strong):
            words = html_words(text)
            yield f'<p class="strong"><strong>{words}</strong></p>\n' if strong else f"<p>{words}</p>\n"


def _kind_of_list(lines: Sequence[Line]) -> str:
    """The attributes of a list: with a time in front of each item, the times form a column, and so may labels.

    On a phone there is no room for a column of `long` times, such as those with a date.

    Its role is said because some screen readers take a list without marks for none.
    """
    if not all(line.lead for line in lines):
        return ""
    labelled = sum(bool(line.label) for line in lines) * 2 > len(lines)
    widths = {width(line.lead) for line in lines}
    long = max(widths) > _SHORT
    aligned = len(widths) > 1 and not labelled and len(lines) <= _MOST_ALIGNED  # of times, all are as wide anyway
    kinds = (" labelled" if labelled else "") + (" long" if long else "") + (" aligned" if aligned else "")
    return f' class="times{kinds}" role="list"'


def _item(line: Line) -> str:
    lead = _bold(line.lead, " ") if line.lead else ""
    details = "".join(f"<li>{_detail(detail)}</li>" for detail in line.details)
    return f"<li>{lead}{_labelled(line)}" + (f"<ul>{details}</ul>" if details else "") + "</li>"


def _detail(line: Line) -> str:
    return (html_words(line.lead) + " " if line.lead else "") + _labelled(line)


def _labelled(line: Line) -> str:
    text = html_words(line.text)
    return (_bold(line.label, ": " if text else "") if line.label else "") + text


@lru_cache(2_000)  # times and labels are the same on many lines
def _bold(words: str, then: str) -> str:
    return f"<b>{html_words(words)}{then}</b>"
