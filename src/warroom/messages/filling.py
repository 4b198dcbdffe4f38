"""Filling in the templates of a message: its body, its subject and title, and the short text of its form."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial

import msgspec

from warroom.messages import drills
from warroom.messages.blocks import fill, fill_line, fill_parts, message_template, short_template
from warroom.messages.fields import NEXT_UPDATE
from warroom.messages.fitting import fitted, plain
from warroom.messages.forms import Block, Bullets, Label, Rendered, Text
from warroom.messages.grammar import clause, sentence
from warroom.messages.length import SHORT_FORMS
from warroom.messages.said import beyond
from warroom.messages.sandbox import Template
from warroom.messages.sources import STATE
from warroom.messages.templates import Kind
from warroom.messages.tense import past
from warroom.messages.values import STATED_FACTS, standard_values
from warroom.model import ids
from warroom.model.snapshot import Snapshot
from warroom.text.cleaning import clean


def filled_in(
    kind: Kind,
    shown: dict[str, object],
    snapshot: Snapshot,
    author: str,
    form: str,
    own_short: str,
    mark: str,
) -> tuple[Rendered, tuple[str, ...]]:
    """The message filled in, addressed to nobody yet, and the labels of what has no room in its short text.

    `own_short` is the sender's own short text; without it, it is made of the fields. `mark` will stand in front of it.
    Raises TemplateError.
    """
    sources = {"subject": kind.subject, "title": kind.title}
    if form in SHORT_FORMS and not own_short:
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
    no_room: tuple[str, ...] = ()
    if form in lines:
        labels = _labels(kind, snapshot)
        front = (drills.MARK if snapshot.incident.drill else "") + (mark and f"{mark} ")
        fits = fitted(form, partial(fill_parts, lines[form]), values, labels, front)
        filled[form], no_room = (
            clean(fits.text),
            tuple(f"{'the rest of ' * part}{labels[name]}" for name, part in fits.no_room.items()),
        )
    subject, short = filled.get("subject", ""), filled.get(form, "") or plain(form, own_short)
    if form in SHORT_FORMS and not short:
        short = _shortened(subject or clean(snapshot.incident.title), shown)
    return Rendered("", subject, fill(body, values), filled.get("title", ""), short), no_room


_NAME = "name"
"""The field that a text may leave out without a word."""
_FACTS = (*STATED_FACTS, ids.FACT_BREACH)


def _short(kind: Kind, form: str) -> str:
    """The template of a short form: one of its own, or that for both; a post may also have that of a text message."""
    return kind.sms or kind.short if form == "sms" else kind.social or kind.short or kind.sms


def _labels(kind: Kind, snapshot: Snapshot) -> dict[str, str]:
    """The labels of what a short text may have no room for, by name: of facts, and of fields but the name."""
    labels = {field.id: field.label for field in kind.fields if field.id not in (STATE, _NAME)}
    facts = {name: row.label if (row := snapshot.playbook.fact(name)) else name for name in _FACTS}
    return labels | {name: label for name, label in facts.items() if name not in labels}


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
