"""Escaping text for Markdown, Slack, HTML and plain text, so that nothing people type acts as markup."""

from __future__ import annotations

import re


def hanging(text: str, indent: str = "  ") -> str:
    """Indent all lines but the first."""
    return re.sub(r"\n(?=[^\n])", "\n" + indent, text) if "\n" in text else text


# Slack has no escape for its marks. A mark acts if it opens a word and the same mark closes a word later on the same
# line. Only such marks are replaced, by characters that look alike, so that `pay_service_v2` and `*.log` stay intact.
_SLACK_LOOKALIKE = {"*": "∗", "_": "ˍ", "~": "∼", "`": "ˋ"}
_SLACK_OPENING = {mark: re.compile(rf"(?<![^\W_])\{mark}(?=\S)") for mark in _SLACK_LOOKALIKE}
_SLACK_CLOSING = {mark: re.compile(rf"(?<=\S)\{mark}(?![^\W_])") for mark in _SLACK_LOOKALIKE}
_SLACK_QUOTE = re.compile(r"^([ \t]*)>", re.MULTILINE)
# What Slack reads as a link or a mention if the text is sent through its API: <https://…|text>, <!channel>, <@U1>.
_SLACK_LINK = re.compile(r"<([!@#][^<>\n]*|[A-Za-z][A-Za-z0-9+.-]*:[^<>\n]*)>")
_SLACK_LINK_OPENS = re.compile(r"<(?=[!@#]|[A-Za-z][A-Za-z0-9+.-]*:)")
_WITHIN_EACH_OTHER = 10
_SLACK_MARK = re.compile(r"[<>*_~`]")


def slack(text: str) -> str:
    """Text for Slack: marks that would act are replaced by characters that look alike; its length stays the same."""
    if not _SLACK_MARK.search(text):
        return text
    text = text.replace("```", "ˋˋˋ")  # the one mark that acts across lines
    for _ in range(_WITHIN_EACH_OTHER):  # without the inner one, what is around it may be one: `<!<!>>`
        text, links = _SLACK_LINK.subn(r"‹\1›", text)
        if not links:
            break
    else:
        text = _SLACK_LINK_OPENS.sub("‹", text)
    text = _SLACK_QUOTE.sub(r"\1›", text)
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
    """Bold text for Slack; an asterisk in it can't end the bold."""
    return f"*{slack(text).replace('*', '∗')}*"


_MARKDOWN_MARK = re.compile(r"[\\`*_\[\]<>~|]|&(?=#?\w+;)")
_MARKDOWN_START = re.compile(r"^(?:([#+=-])|(\d+)([.)])(?=\s|$))", re.MULTILINE)
_LEADING_SPACE = re.compile(r"^[ \t]+", re.MULTILINE)
_MARKDOWN_ANY = re.compile(r"[\\`*_\[\]<>~|&]|^[#+=\d \t-]", re.MULTILINE)


def markdown(text: str) -> str:
    """Escape text for Markdown; leading spaces become no-break spaces, so that they don't start a code block."""
    if not _MARKDOWN_ANY.search(text):
        return text
    text = _MARKDOWN_MARK.sub(r"\\\g<0>", text)
    text = _MARKDOWN_START.sub(lambda found: "\\" + found[1] if found[1] else f"{found[2]}\\{found[3]}", text)
    return _LEADING_SPACE.sub(lambda found: "\u00a0" * len(found.group().expandtabs(4)), text)


def markdown_heading(text: str, level: int = 2) -> str:
    """A heading; number signs at its end are escaped, because Markdown would drop them."""
    words = text.rstrip("#")
    return "#" * level + " " + markdown(words) + "\\#" * (len(text) - len(words))


def markdown_lines(text: str, indent: str = "") -> str:
    """Escaped text that keeps its line breaks (two spaces before each); later lines are indented."""
    escaped = markdown(text)
    return hanging(re.sub(r"(?<=[^\n])\n(?=[^\n])", "  \n", escaped), indent) if "\n" in text else escaped


def markdown_behind(text: str) -> str:
    """The same for what stands behind a label on its line, where no list and no heading can begin: `212.` stays so."""
    return markdown_lines(f":{text}")[1:]


def html_words(text: str) -> str:
    """Escape text for HTML; the style sheet keeps line breaks and spaces with `white-space: pre-wrap`."""
    from html import escape  # with the names of 2,000 characters, which no message needs

    return escape(text, quote=True)
