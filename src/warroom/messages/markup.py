"""Keeping people's words literal in Markdown, Slack, HTML and plain text: nothing they type acts as a mark there."""

from __future__ import annotations

import html
import re


def hanging(text: str, indent: str = "  ") -> str:
    """Indent the lines after the first, so that they are seen to belong to it."""
    return re.sub(r"\n(?=[^\n])", "\n" + indent, text) if "\n" in text else text


# Slack has no escape for its marks. One acts where it opens a word and its twin closes one later on the same line; only
# those are swapped for signs that look alike, so that `pay_service_v2` and `*.log` stay what they are.
_SLACK_LOOKALIKE = {"*": "∗", "_": "ˍ", "~": "∼", "`": "ˋ"}
_SLACK_OPENING = {mark: re.compile(rf"(?<![^\W_])\{mark}(?=\S)") for mark in _SLACK_LOOKALIKE}
_SLACK_CLOSING = {mark: re.compile(rf"(?<=\S)\{mark}(?![^\W_])") for mark in _SLACK_LOOKALIKE}
_SLACK_QUOTE = re.compile(r"^([ \t]*)>", re.MULTILINE)
# What Slack reads as a link or a mention when a text comes in through its API: <https://…|text>, <!channel>, <@U1>.
_SLACK_LINK = re.compile(r"<([!@#][^<>\n]*|[A-Za-z][A-Za-z0-9+.-]*:[^<>\n]*)>")
_SLACK_MARK = re.compile(r"[<>*_~`]")


def slack(text: str) -> str:
    """Words for Slack, as many characters as before: marks that would act become signs that look alike."""
    if not _SLACK_MARK.search(text):
        return text
    text = text.replace("```", "ˋˋˋ")  # the one mark that acts across lines
    text = _SLACK_QUOTE.sub(r"\1›", _SLACK_LINK.sub(r"‹\1›", text))
    return "\n".join(map(_slack_line, text.split("\n")))


def _slack_line(line: str) -> str:
    for mark, lookalike in _SLACK_LOOKALIKE.items():
        if line.count(mark) < 2:
            continue
        opening = {found.start() for found in _SLACK_OPENING[mark].finditer(line)}
        closing = {found.start() for found in _SLACK_CLOSING[mark].finditer(line)}
        if opening and closing and (first := min(opening)) < (last := max(closing)):
            acting = {at for at in opening | closing if first <= at <= last}
            line = "".join(lookalike if at in acting else sign for at, sign in enumerate(line))
    return line


def slack_bold(text: str) -> str:
    """Bold words for Slack; an asterisk among them can't end the bold."""
    return f"*{slack(text).replace('*', '∗')}*"


_MARKDOWN_MARK = re.compile(r"[\\`*_\[\]<>~|]|&(?=#?\w+;)")
_MARKDOWN_START = re.compile(r"^(?:([#+=-])|(\d+)([.)])(?=\s|$))", re.MULTILINE)
_LEADING_SPACE = re.compile(r"^[ \t]+", re.MULTILINE)
_MARKDOWN_ANY = re.compile(r"[\\`*_\[\]<>~|&]|^[#+=\d \t-]", re.MULTILINE)


def markdown(text: str) -> str:
    """Escape what Markdown would act on; leading spaces become no-break ones, so that they never start a code block."""
    if not _MARKDOWN_ANY.search(text):
        return text
    text = _MARKDOWN_MARK.sub(r"\\\g<0>", text)
    text = _MARKDOWN_START.sub(lambda found: "\\" + found[1] if found[1] else f"{found[2]}\\{found[3]}", text)
    return _LEADING_SPACE.sub(lambda found: "\u00a0" * len(found.group().expandtabs(4)), text)


def markdown_heading(text: str, level: int = 2) -> str:
    """A heading whose closing number signs stay; Markdown would take them for decoration."""
    words = text.rstrip("#")
    return "#" * level + " " + markdown(words) + "\\#" * (len(text) - len(words))


def markdown_lines(text: str, indent: str = "") -> str:
    """Escaped text whose line breaks hold (two spaces before each), its later lines indented into a list item."""
    escaped = markdown(text)
    return hanging(re.sub(r"(?<=[^\n])\n(?=[^\n])", "  \n", escaped), indent) if "\n" in text else escaped


def html_words(text: str) -> str:
    """Escape what HTML would act on; line breaks and spaces hold where the style sheet says `white-space: pre-wrap`."""
    return html.escape(text, quote=True)
