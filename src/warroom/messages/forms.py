"""The forms of a message: plain text, e-mail, Slack, Markdown, a status page, a text message, a post.

A message is a sequence of blocks, not text to parse, so that nothing people type is taken for layout.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable

import msgspec

from warroom.messages.field import FORMS as FORMS
from warroom.messages.field import STATES as STATES
from warroom.messages.length import SHORT_FORMS
from warroom.messages.markup import (
    hanging,
    markdown,
    markdown_behind,
    markdown_heading,
    markdown_lines,
    slack,
    slack_bold,
)
from warroom.text.cleaning import clean

MAILTO_LIMIT = 2_000
"""The length of a `mailto:` link, in characters, that every common mail program and operating system accepts."""


class Label(msgspec.Struct, frozen=True, tag="label"):
    """A labelled line of a message: `Impact: a fifth of checkouts fail`."""

    name: str
    text: str


class Bullets(msgspec.Struct, frozen=True, tag="bullets"):
    """A list with a label above it, unless the name is empty; `lead` is a line that introduces it."""

    name: str
    items: tuple[str, ...]
    lead: str = ""


class Text(msgspec.Struct, frozen=True, tag="text"):
    """A paragraph, or several with empty lines between them."""

    text: str


Block = Label | Bullets | Text


class Rendered(msgspec.Struct, frozen=True):
    """A message with every value filled in, not yet in a form; all of it is literal text.

    `title` is that of a status page, `short` the text for the forms in SHORT_FORMS; both may be "".
    """

    to: str
    subject: str
    blocks: tuple[Block, ...]
    title: str = ""
    short: str = ""


class Formed(msgspec.Struct, frozen=True):
    """A message in a form, ready to paste: `text` is its heading followed by `body`.

    `body_at` and `subject_at` are the offsets of body and subject in `text`; `subject_at` is None if the form has no
    subject or does not show it word for word.
    """

    text: str
    body: str
    body_at: int
    subject_at: int | None


class FormError(ValueError):
    """A message can't be written in a form; str() says why and what to do instead."""


def render(form: str, message: Rendered, *, state: str = "") -> Formed:
    """Write a message in a form; `state`, one of STATES, is on a status page, below the title if there is one.

    Empty blocks are left out. Raises FormError for an unknown form, or a status page without a state.
    """
    if form not in FORMS:
        raise FormError(f"There is no form {form!r}; choose one of {', '.join(FORMS)}.")
    if form in SHORT_FORMS:
        short = _one_line(message.short or f"{message.subject}\n{render('plain', message).body}")
        return Formed(short, short, 0, None)
    head, subject_at = _head(form, message, state)
    body = clean(_BODIES[form](filter(None, map(_tidied, message.blocks))))
    if not head or not body:
        return Formed(head + body, body, len(head), subject_at)
    return Formed(f"{head}\n\n{body}", body, len(head) + 2, subject_at)


def _head(form: str, message: Rendered, state: str) -> tuple[str, int | None]:
    """The heading above the body, and the offset of the subject in it. Raises FormError."""
    if form == "status":
        if state not in STATES:
            raise FormError(f"A status page needs a state: one of {', '.join(STATES)} (not {state!r}).")
        return "\n".join(filter(None, [_one_line(message.title), state.capitalize()])), None
    subject = _one_line(message.subject)
    if form == "email":
        before = f"To: {_recipients(_one_line(message.to))}\nSubject: "
        return before + subject, len(before)
    if not subject:
        return "", None
    if form == "slack":
        return slack_bold(subject), 1
    if form == "markdown":
        head = markdown_heading(subject)
        before = "## "
        return head, len(before) if head == before + subject else None
    return subject, 0


def _recipients(to: str) -> str:
    """The recipients that a mail program accepts, with the names beside addresses; all, if none is an address."""
    if '"' in to:  # a comma in quotation marks separates nobody
        return to
    return ", ".join(part for part in each_recipient(to) if _HAS_ADDRESS.search(part)) or to


def without_address(to: str) -> list[str]:
    """The recipients that an e-mail leaves out, because others have an address and they have none."""
    each = each_recipient(to)
    left = [part for part in each if not _HAS_ADDRESS.search(part)]
    return [] if '"' in to or len(left) == len(each) else left


def each_recipient(to: str) -> list[str]:
    """The recipients in a line, each once."""
    if '"' in to:
        return [to]
    once: dict[str, str] = {}
    for part in filter(None, map(str.strip, _BETWEEN.split(to))):
        once.setdefault(part.casefold(), part)
    return list(once.values())


_BETWEEN = re.compile("[,;]")
_HAS_ADDRESS = re.compile(r"[^@\s]@[^@\s]")


def mailto(message: Rendered) -> str:
    """The link that opens a message in the mail program, addressed to the e-mail addresses in `to`.

    Raises FormError if the link would be longer than MAILTO_LIMIT, because some programs silently cut longer links.
    """
    from urllib.parse import quote

    named = [word for word in _BETWEEN_ADDRESSES.split(clean(message.to)) if _ADDRESS.fullmatch(word)]
    once = {word.casefold(): word for word in reversed(named)}
    addresses = ",".join(quote(address, safe="@") for address in reversed(once.values()))
    text = render("email", message).body.replace("\n", "\r\n")
    subject = _one_line(message.subject)
    link = f"mailto:{addresses}?subject={quote(subject, safe='')}&body={quote(text, safe='')}"
    if len(link) > MAILTO_LIMIT:
        raise FormError(
            f"This message is too long to hand to a mail program ({len(link):,} characters as a link, "
            f"{MAILTO_LIMIT:,} are safe); copy it and paste it into a new e-mail instead."
        )
    return link


_BETWEEN_ADDRESSES = re.compile(r"[\s<>,;:\"'()\[\]]+")
_ADDRESS = re.compile(r"[^@]+@[^@]+")


def _one_line(text: str) -> str:
    return " ".join(clean(text).split())


def _tidied(block: Block) -> Block | None:
    """A block, cleaned and trimmed; None if it is empty."""
    match block:
        case Label(name, text):
            words = _trimmed(text)
            if not words or not name.strip():
                return Text(words) if words else None
            return Label(_one_line(name), words)
        case Bullets(name, items, lead):
            kept = tuple(filter(None, map(_trimmed, items)))
            return Bullets(_one_line(name), kept, _one_line(lead)) if kept else None
        case Text(text):
            words = _trimmed(text)
            return Text(words) if words else None


def _trimmed(text: str) -> str:
    """Cleaned text without surrounding empty lines or trailing white space."""
    text = clean(text)
    if "\n" not in text:
        return text.rstrip()
    return "\n".join(line.rstrip() for line in text.split("\n")).strip("\n")


def _stacked(parts: Iterable[tuple[bool, str]]) -> str:
    """Join blocks: with an empty line before and after what stands apart, and none between labels and their lists."""
    out = ""
    before = True
    for paragraph, text in parts:
        out += ("\n\n" if paragraph or before else "\n") + text if out else text
        before = paragraph
    return out


def _apart(block: Block) -> bool:
    """Whether empty lines set the block apart: it is a paragraph, or a list without a label."""
    return isinstance(block, Text) or not block.name


def _plain_body(blocks: Iterable[Block]) -> str:
    return _stacked((_apart(block), _plain_block(block)) for block in blocks)


def _plain_block(block: Block) -> str:
    match block:
        case Label(name, text):
            return f"{name}: {hanging(text.lstrip())}"
        case Bullets(name, items, lead):
            head = " ".join(filter(None, [name and f"{name}:", lead]))
            return "\n".join([head] * bool(head) + [_item("-", hanging(item.lstrip())) for item in items])
        case Text(text):
            return text


def _item(mark: str, text: str) -> str:
    """An item of a list; one that has a number in front needs no other mark."""
    return text if _NUMBERED.match(text) else f"{mark} {text}"


_NUMBERED = re.compile(r"\d{1,2}[.)] +(?=\S)")


def _slack_body(blocks: Iterable[Block]) -> str:
    return _stacked((_apart(block), _slack_block(block)) for block in blocks)


def _slack_block(block: Block) -> str:
    match block:
        case Label(name, text):
            return f"{slack_bold(name + ':')} {hanging(slack(text.lstrip()))}"
        case Bullets(name, items, lead):
            head = " ".join(filter(None, [name and slack_bold(name + ":"), slack(lead)]))
            return "\n".join([head] * bool(head) + [_item("•", hanging(slack(item.lstrip()))) for item in items])
        case Text(text):
            return slack(text)


def _markdown_body(blocks: Iterable[Block]) -> str:
    return "\n\n".join(map(_markdown_block, blocks))


def _markdown_block(block: Block) -> str:
    match block:
        case Label(name, text):
            return f"**{markdown(name)}:** {markdown_behind(text.lstrip())}"
        case Bullets(name, items, lead):
            head = " ".join(filter(None, [name and f"**{markdown(name)}:**", markdown(lead)]))
            return (head and f"{head}\n\n") + "\n".join(f"- {markdown_lines(item.lstrip(), '  ')}" for item in items)
        case Text(text):
            return markdown_lines(text)


_BODIES: dict[str, Callable[[Iterable[Block]], str]] = {
    "plain": _plain_body,
    "email": _plain_body,
    "status": _plain_body,
    "slack": _slack_body,
    "markdown": _markdown_body,
}
