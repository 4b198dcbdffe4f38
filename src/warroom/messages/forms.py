"""The forms a message takes for where it goes: plain text, e-mail, Slack, Markdown, a status page.

A message comes in as blocks, not as text to parse, so that what people typed can never be taken for layout.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable

import msgspec

from warroom.text.cleaning import clean

FORMS = ("plain", "email", "slack", "markdown", "status")
STATES = ("investigating", "identified", "monitoring", "resolved")
"""What a status page calls the stages of an incident."""

MAILTO_LIMIT = 2_000
"""Characters of a `mailto:` link that every mail program and operating system in use takes."""


class Label(msgspec.Struct, frozen=True, tag="label"):
    """One named fact of a message: `Impact: a fifth of checkouts fail`."""

    name: str
    text: str


class Bullets(msgspec.Struct, frozen=True, tag="bullets"):
    """A list under a name; an empty name leaves the list alone."""

    name: str
    items: tuple[str, ...]


class Text(msgspec.Struct, frozen=True, tag="text"):
    """A paragraph, or several with empty lines between them."""

    text: str


Block = Label | Bullets | Text


class Rendered(msgspec.Struct, frozen=True):
    """A message with every value filled in, before it takes a form; all of it is literal text."""

    to: str
    subject: str
    blocks: tuple[Block, ...]


class FormError(ValueError):
    """A message that cannot take the form asked for; its str() says why and what to do instead."""


def render(form: str, message: Rendered, *, state: str = "") -> str:
    """Write a message as it is pasted where it goes; `state`, one of STATES, is what a status page shows first.

    Blocks without words are left out. Raises FormError for an unknown form, or a status page without a state.
    """
    subject = _one_line(message.subject)
    match form:
        case "plain":
            head = subject
        case "email":
            head = "\n".join(
                f"{name}: {value}" for name, value in (("To", _one_line(message.to)), ("Subject", subject))
            )
        case "slack":
            head = _slack_bold(subject) if subject else ""
        case "markdown":
            head = _markdown_heading(subject) if subject else ""
        case "status":
            if state not in STATES:
                raise FormError(f"A status page needs a state: one of {', '.join(STATES)} (not {state!r}).")
            head = state.capitalize()
        case _:
            raise _unknown(form)
    return clean("\n\n".join(part for part in (head, body(form, message)) if part))


def body(form: str, message: Rendered) -> str:
    """Write only what stands below the subject; the form's rules for people's words apply.

    Raises FormError for an unknown form.
    """
    writers: dict[str, Callable[[Iterable[Block]], str]] = {
        "plain": _plain_body,
        "email": _plain_body,
        "status": _plain_body,
        "slack": _slack_body,
        "markdown": _markdown_body,
    }
    if form not in writers:
        raise _unknown(form)
    return clean(writers[form](filter(None, map(_tidied, message.blocks))))


def mailto(message: Rendered) -> str:
    """Make the link that opens a message in the mail program, addressed to whatever in `to` is an e-mail address.

    Raises FormError when the link would be longer than MAILTO_LIMIT: some programs cut such a link in silence.
    """
    from urllib.parse import quote

    named = (word for word in _BETWEEN_ADDRESSES.split(clean(message.to)) if _ADDRESS.fullmatch(word))
    addresses = ",".join(quote(address, safe="@") for address in named)
    text = body("email", message).replace("\n", "\r\n")
    subject = clean(_one_line(message.subject))
    link = f"mailto:{addresses}?subject={quote(subject, safe='')}&body={quote(text, safe='')}"
    if len(link) > MAILTO_LIMIT:
        raise FormError(
            f"This message is too long to hand to a mail program ({len(link):,} characters as a link, "
            f"{MAILTO_LIMIT:,} are safe); copy it and paste it into a new mail instead."
        )
    return link


_BETWEEN_ADDRESSES = re.compile(r"[\s<>,;:\"'()\[\]]+")
_ADDRESS = re.compile(r"[^@]+@[^@]+")


def _unknown(form: str) -> FormError:
    return FormError(f"There is no form {form!r}; choose one of {', '.join(FORMS)}.")


def _one_line(text: str) -> str:
    return " ".join(clean(text).split())


def _tidied(block: Block) -> Block | None:
    """A block cleaned and without blank edges, or None when no words are left."""
    match block:
        case Label(name, text):
            words = _trimmed(text)
            if not words or not name.strip():
                return Text(words) if words else None
            return Label(_one_line(name), words)
        case Bullets(name, items):
            kept = tuple(filter(None, map(_trimmed, items)))
            return Bullets(_one_line(name), kept) if kept else None
        case Text(text):
            words = _trimmed(text)
            return Text(words) if words else None


def _trimmed(text: str) -> str:
    """Cleaned text without empty lines around it or white space at the ends of its lines."""
    return "\n".join(line.rstrip() for line in clean(text).split("\n")).strip("\n")


def _hanging(text: str, indent: str = "  ") -> str:
    """Indent the lines after the first, so that they are seen to belong to it."""
    return re.sub(r"\n(?=[^\n])", "\n" + indent, text)


def _stacked(parts: Iterable[tuple[bool, str]]) -> str:
    """Join blocks: paragraphs stand between empty lines, labels and lists follow one another closely."""
    out = ""
    before = True
    for paragraph, text in parts:
        out += ("\n\n" if paragraph or before else "\n") + text if out else text
        before = paragraph
    return out


def _plain_body(blocks: Iterable[Block]) -> str:
    return _stacked((isinstance(block, Text), _plain_block(block)) for block in blocks)


def _plain_block(block: Block) -> str:
    match block:
        case Label(name, text):
            return f"{name}: {_hanging(text.lstrip())}"
        case Bullets(name, items):
            return "\n".join([f"{name}:"] * bool(name) + [f"- {_hanging(item.lstrip())}" for item in items])
        case Text(text):
            return text


# Slack has no escape for its marks. One acts where it opens a word and its twin closes one later on the same line; only
# those are swapped for signs that look alike, so that `pay_service_v2` and `*.log` stay what they are.
_SLACK_LOOKALIKE = {"*": "∗", "_": "ˍ", "~": "∼", "`": "ˋ"}
_SLACK_OPENING = {mark: re.compile(rf"(?<![^\W_])\{mark}(?=\S)") for mark in _SLACK_LOOKALIKE}
_SLACK_CLOSING = {mark: re.compile(rf"(?<=\S)\{mark}(?![^\W_])") for mark in _SLACK_LOOKALIKE}
_SLACK_QUOTE = re.compile(r"^([ \t]*)>", re.MULTILINE)
# What Slack reads as a link or a mention when a text comes in through its API: <https://…|text>, <!channel>, <@U1>.
_SLACK_LINK = re.compile(r"<([!@#][^<>\n]*|[A-Za-z][A-Za-z0-9+.-]*:[^<>\n]*)>")


def _slack(text: str) -> str:
    text = text.replace("```", "ˋˋˋ")  # the one mark that acts across lines
    text = _SLACK_QUOTE.sub(r"\1›", _SLACK_LINK.sub(r"‹\1›", text))
    return "\n".join(map(_slack_defused, text.split("\n")))


def _slack_defused(line: str) -> str:
    for mark, lookalike in _SLACK_LOOKALIKE.items():
        if line.count(mark) < 2:
            continue
        opening = {found.start() for found in _SLACK_OPENING[mark].finditer(line)}
        closing = {found.start() for found in _SLACK_CLOSING[mark].finditer(line)}
        if opening and closing and (first := min(opening)) < (last := max(closing)):
            acting = {at for at in opening | closing if first <= at <= last}
            line = "".join(lookalike if at in acting else sign for at, sign in enumerate(line))
    return line


def _slack_bold(text: str) -> str:
    return f"*{_slack(text).replace('*', '∗')}*"


def _slack_body(blocks: Iterable[Block]) -> str:
    return _stacked((isinstance(block, Text), _slack_block(block)) for block in blocks)


def _slack_block(block: Block) -> str:
    match block:
        case Label(name, text):
            return f"{_slack_bold(name + ':')} {_hanging(_slack(text.lstrip()))}"
        case Bullets(name, items):
            head = [_slack_bold(name + ":")] * bool(name)
            return "\n".join(head + [f"• {_hanging(_slack(item.lstrip()))}" for item in items])
        case Text(text):
            return _slack(text)


_MARKDOWN_MARK = re.compile(r"[\\`*_\[\]<>~|]|&(?=#?\w+;)")
_MARKDOWN_START = re.compile(r"^(?:([#+=-])|(\d+)([.)])(?=\s|$))", re.MULTILINE)
_LEADING_SPACE = re.compile(r"^[ \t]+", re.MULTILINE)


def _markdown(text: str) -> str:
    """Escape what Markdown would act on; leading spaces become no-break ones, so that they never start a code block."""
    text = _MARKDOWN_MARK.sub(r"\\\g<0>", text)
    text = _MARKDOWN_START.sub(lambda found: "\\" + found[1] if found[1] else f"{found[2]}\\{found[3]}", text)
    return _LEADING_SPACE.sub(lambda found: "\u00a0" * len(found.group().expandtabs(4)), text)


def _markdown_heading(text: str) -> str:
    """A heading whose closing number signs stay; Markdown would take them for decoration."""
    words = text.rstrip("#")
    return "## " + _markdown(words) + "\\#" * (len(text) - len(words))


def _markdown_lines(text: str, indent: str = "") -> str:
    """Escaped text whose line breaks hold (two spaces before each), its later lines indented into a list item."""
    broken = re.sub(r"(?<=[^\n])\n(?=[^\n])", "  \n", _markdown(text))
    return _hanging(broken, indent)


def _markdown_body(blocks: Iterable[Block]) -> str:
    return "\n\n".join(map(_markdown_block, blocks))


def _markdown_block(block: Block) -> str:
    match block:
        case Label(name, text):
            return f"**{_markdown(name)}:** {_markdown_lines(text.lstrip())}"
        case Bullets(name, items):
            head = f"**{_markdown(name)}:**\n\n" if name else ""
            return head + "\n".join(f"- {_markdown_lines(item.lstrip(), '  ')}" for item in items)
        case Text(text):
            return _markdown_lines(text)
