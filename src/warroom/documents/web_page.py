"""A document as a web page: one file without scripts, network or other files, for a phone, a screen and a printer."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from warroom.documents.layout import Facts, Heading, Items, Line, Paragraph, Part
from warroom.documents.web_style import STYLE
from warroom.messages.markup import html_words

_PAGE = """<!doctype html>
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
{body}
</body>
</html>
"""


def as_html(parts: Sequence[Part], figure: str = "") -> str:
    """The document as a web page; `figure` is HTML to put between its header and its first section.

    The title and the facts below it form the header. Headings go down one level at a time, whatever a template does.
    """
    title = next((part.text for part in parts if isinstance(part, Heading)), "")
    rest = list(_in_steps(parts))
    head: list[Part] = []
    if rest and isinstance(rest[0], Heading):
        head.append(rest.pop(0))
        if rest and isinstance(rest[0], Facts):
            head.append(rest.pop(0))
    body = ["<header>", *map(_part, head), "</header>"] if head else []
    first = next((number for number, part in enumerate(rest) if isinstance(part, Heading)), len(rest))
    body += ["<main>", *map(_part, rest[:first]), *filter(None, [figure]), *map(_part, rest[first:]), "</main>"]
    return _PAGE.format(title=html_words(title), style=STYLE, body="\n".join(body))


def _in_steps(parts: Sequence[Part]) -> Iterable[Part]:
    level = 0
    for part in parts:
        if isinstance(part, Heading):
            level = min(part.level, level + 1)
            yield Heading(level, part.text, part.in_capitals) if level != part.level else part
        else:
            yield part


def _part(part: Part) -> str:
    match part:
        case Heading(level, text):
            return f"<h{level}>{html_words(text)}</h{level}>"
        case Facts(lines):
            rows = (f"<div><dt>{html_words(line.label)}</dt><dd>{html_words(line.text)}</dd></div>" for line in lines)
            return "\n".join(["<dl>", *rows, "</dl>"])
        case Items(lines, numbered):
            return _list(lines, numbered=numbered)
        case Paragraph(text, strong):
            words = html_words(text)
            return f'<p class="strong"><strong>{words}</strong></p>' if strong else f"<p>{words}</p>"


def _list(lines: Sequence[Line], *, numbered: bool) -> str:
    """A list; with a time in front of each item, the times form a column, and so do labels if most items have one."""
    if numbered:
        return "\n".join(["<ol>", *map(_item, lines), "</ol>"])
    if not all(line.lead for line in lines):
        return "\n".join(["<ul>", *map(_item, lines), "</ul>"])
    kind = "times labelled" if sum(bool(line.label) for line in lines) * 2 > len(lines) else "times"
    return "\n".join([f'<ul class="{kind}" role="list">', *map(_item, lines), "</ul>"])


def _item(line: Line) -> str:
    text = html_words(line.text)
    if line.label:
        label = html_words(line.label) + (":" if line.text else "")
        text = f'<b class="label">{label}</b> <span>{text}</span>' if text else f'<b class="label">{label}</b>'
    elif line.lead:
        text = f"<span>{text}</span>"
    lead = f'<b class="lead">{html_words(line.lead)}</b> ' if line.lead else ""
    details = "".join(f"<li>{_detail(detail)}</li>" for detail in line.details)
    return f"<li>{lead}{text}" + (f"<ul>{details}</ul>" if details else "") + "</li>"


def _detail(line: Line) -> str:
    label = f'<b class="label">{html_words(line.label)}{":" if line.text else ""}</b> ' if line.label else ""
    lead = f"{html_words(line.lead)} " if line.lead else ""
    return lead + label + html_words(line.text)
