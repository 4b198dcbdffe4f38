"""Filling in the templates of a message: its body, its subject and title, and the short text of its form."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial

import msgspec

from warroom.messages import drills
from warroom.messages.blocks import fill, fill_line, fill_parts, message_template, short_template
from warroom.messages.fields import NEXT_UPDATE
from warroom.messages.fitting import fitted
from warroom.messages.forms import Block, Bullets, Label, Rendered, Text
from warroom.messages.grammar import clause, sentence
from warroom.messages.length import SHORT_FORMS
from warroom.messages.said import beyond
from warroom.messages.sandbox import Template
from warroom.messages.sources import STATE
from warroom.messages.templates import Kind
from warroom.messages.tense import past
from warroom.messages.values import standard_values
from warroom.model.snapshot import Snapshot
from warroom.text.cleaning import clean
from warroom.text.sentences import same_words


def filled_in(
    kind: Kind,
    shown: dict[str, object],
    snapshot: Snapshot,
    author: str,
    form: str,
    *,
    protect: bool,
    typed: Mapping[str, str],
) -> tuple[Rendered, tuple[str, ...], tuple[str, ...]]:
    """The message filled in, addressed to nobody yet, the ids of fields that it shortens, and the sentences it loses.

    Raises TemplateError. See `fitted` for `protect`.
    """
    sources = {"subject": kind.subject, "title": kind.title}
    if form in SHORT_FORMS:
        sources[form] = _short(kind, form)
    lines = {
        key: (short_template if key in SHORT_FORMS else message_template)(
            source, file=kind.file, first_line=kind.subject_line if key == "subject" else 1
        )
        for key, source in sources.items()
        if source
    }
    body = message_template(kind.body, file=kind.file, first_line=kind.body_line)
    asked = body.names.union(*(line.names for line in lines.values()))
    values = standard_values(asked, snapshot, author, over=shown["resolved"] is True, public=kind.public) | shown
    filled = {key: _line(line, values) for key, line in lines.items() if key not in SHORT_FORMS}
    less: tuple[str, ...] = ()
    lost: tuple[str, ...] = ()
    if form in lines:
        write = drills.with_room(partial(fill_parts, lines[form]), drill=snapshot.incident.drill)
        old = _read_before(kind, typed, snapshot)
        values |= {"at_risk": protect}
        added = [id for id, text in typed.items() if shown.get(id) and not text]
        told = [id for id in typed if id not in (STATE, _NAME, *added)]
        fits = fitted(form, write, values, told, added, old, roomy="room" in lines[form].names)
        filled[form], less = clean(drills.unmarked(fits.text, drill=snapshot.incident.drill)), fits.left_out
        lost = fits.lost
    subject, short = filled.get("subject", ""), filled.get(form, "")
    if form in SHORT_FORMS and not short:
        short = _shortened(subject or clean(snapshot.incident.title), shown)
    return Rendered("", subject, fill(body, values), filled.get("title", ""), short), less, lost


_NAME = "name"
"""The field that a text may leave out without a word."""


def _short(kind: Kind, form: str) -> str:
    """The template of a short form: one of its own, or that for both; a post may also have that of a text message."""
    return kind.sms or kind.short if form == "sms" else kind.social or kind.short or kind.sms


def _read_before(kind: Kind, typed: Mapping[str, str], snapshot: Snapshot) -> list[str]:
    """The ids of the fields whose text is that of the last message of this kind."""
    sent = snapshot.incident.sent([kind.id])
    last = sent[-1].body.fields if sent else {}
    return [id for id, text in typed.items() if text and same_words(last.get(id, ""), text)]


def _line(line: Template, values: Mapping[str, object]) -> str:
    return clean(fill_line(line, values))


def marked(rendered: Rendered, mark: str) -> Rendered:
    """A message with a gap on top, so that nobody sends by accident that it is resolved."""
    short = rendered.short and f"{mark} {rendered.short}"
    return msgspec.structs.replace(rendered, blocks=(Text(mark), *rendered.blocks), short=short)


def _shortened(subject: str, shown: Mapping[str, object]) -> str:
    """The text for a form with little room, of a template that has none: the subject, the impact, the next update."""
    told = past(shown.get("impact", ""), shown["resolved"] is True and not shown["cancelled"] and not shown["reported"])
    impact, promised = clause(beyond(told, subject)), str(shown.get(NEXT_UPDATE, ""))
    if shown["resolved"] and impact:
        impact = f"Impact {'at the time' if shown['reported'] else 'while it lasted'}: {impact}"
    parts = [subject, impact, promised and f"Next update: {promised}"]
    return " ".join(map(sentence, filter(None, parts)))


def only_fields(kind: Kind, shown: Mapping[str, object]) -> tuple[Block, ...]:
    """A list of the message's fields, shown if its template fails, so that nothing typed is lost."""
    return tuple(
        Bullets(field.label, tuple(str(shown[field.id]).split("\n")))
        if field.bullets
        else Label(field.label, str(shown[field.id]))
        for field in kind.fields
    )
