"""Turning what is known of an incident into a message in the form asked for, and into the record of it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

import msgspec

from warroom.messages import forms
from warroom.messages.blocks import fill, fill_line, message_template
from warroom.messages.fields import NEXT_UPDATE, STATE, is_required, state_now
from warroom.messages.forms import Block, Bullets, Label, Rendered
from warroom.messages.next_update import read_next_update
from warroom.messages.sandbox import TemplateError
from warroom.messages.templates import Field, Kind
from warroom.messages.values import standard_values
from warroom.model import acts
from warroom.model.advice import next_number
from warroom.model.entries import Draft
from warroom.model.incident import Incident
from warroom.model.kinds.messages import MessageSent
from warroom.model.snapshot import Snapshot
from warroom.text.cleaning import clean

if TYPE_CHECKING:
    from warroom.wording import Finding, Words


class Composed(msgspec.Struct, frozen=True):
    """A message as it would go out now, in the form asked for.

    `body` is `text` without its heading; `body_at` and `subject_at` are where the two begin in `text` (`subject_at` is
    None where the form does not show it word for word). `missing` are required fields nobody has filled in: the text
    shows each as `[Impact?]`. `promise` is the next update it names, ms UTC. `problem` says why it should not go out
    as it is.
    """

    kind: Kind
    form: str
    to: str
    subject: str
    text: str
    body: str
    body_at: int
    subject_at: int | None
    missing: tuple[Field, ...]
    promise: int | None
    number: int
    problem: str
    rendered: Rendered

    @property
    def ready(self) -> bool:
        """Whether nothing is missing or wrong, so that it can be marked as sent."""
        return not self.missing and not self.problem

    def spans(self, findings: Iterable[Finding]) -> list[tuple[int, int]]:
        """Where in `text` the words that the wording checks remark on stand: (start, end) of each that is shown."""
        starts = {"body": self.body_at, "subject": self.subject_at}
        return [
            (start + finding.start, start + finding.end)
            for finding in findings
            if (start := starts.get(finding.part)) is not None and finding.end > finding.start
        ]


def compose(
    kind: Kind,
    values: Mapping[str, str],
    snapshot: Snapshot,
    *,
    author: str = "",
    form: str = "plain",
    to: str | None = None,
) -> Composed:
    """Make the message of what was filled in so far; nothing a person types makes it raise.

    `to` defaults to whom this kind of message last went to, else to its audience. Raises FormError for an unknown form.
    """
    incident = snapshot.incident
    typed = {field.id: clean(values.get(field.id, "")).strip("\n").rstrip() for field in kind.fields}
    missing = tuple(field for field in kind.fields if not typed[field.id].strip() and is_required(field, snapshot))
    next_update = typed.get(NEXT_UPDATE, "") if kind.promises else ""
    promised = read_next_update(next_update, snapshot.now, snapshot.tz, public=kind.public)
    state = typed.get(STATE, "").strip().lower() or state_now(kind, incident)
    problems = [promised.problem] if promised.problem else []
    if state not in forms.STATES:
        problems.append(f"There is no state {state!r}; it is one of {', '.join(forms.STATES)}.")
    if kind.id == "resolution" and not incident.over():
        problems.append("The incident is not resolved yet; resolve it before telling people that it is.")
    number = next_number(incident, kind.id)
    to = clean(to if to is not None else _last_recipients(kind, incident)).strip()
    shown: dict[str, object] = {**typed, "number": number, "resolved": incident.over(), "form": form, STATE: state}
    if next_update:
        shown[NEXT_UPDATE] = promised.words
    shown |= {field.id: placeholder(field) for field in missing}
    try:
        subject, blocks = _filled(kind, shown, snapshot, author)
    except TemplateError as error:
        problems.append(f"The template failed, {error}; these are its fields as they stand.")
        subject, blocks = f"[SEV{incident.severity}] {kind.label}: {clean(incident.title)}", _fields(kind, shown)
    rendered = Rendered(to, subject, blocks)
    formed = forms.render(form, rendered, state=state if state in forms.STATES else state_now(kind, incident))
    return Composed(
        kind=kind,
        form=form,
        to=to,
        subject=subject,
        text=formed.text,
        body=formed.body,
        body_at=formed.body_at,
        subject_at=formed.subject_at,
        missing=missing,
        promise=promised.promise,
        number=number,
        problem=" ".join(problems),
        rendered=rendered,
    )


def placeholder(field: Field) -> str:
    """What a message shows where a required field is empty."""
    return f"[{field.label}?]"


def as_sent(composed: Composed, values: Mapping[str, str], channel: str = "") -> MessageSent:
    """The record of a message that went out: word for word, with what was filled in, for the next one to start from."""
    return MessageSent(
        message=composed.kind.id,
        number=composed.number,
        to=composed.to,
        subject=composed.subject,
        body=composed.text,
        channel=channel or composed.form,
        promise=composed.promise,
        fields={field.id: clean(values.get(field.id, "")).strip() for field in composed.kind.fields},
    )


def sending(composed: Composed, values: Mapping[str, str], snapshot: Snapshot, channel: str = "") -> list[Draft]:
    """What marking a message as sent logs: facts it states that nobody had set, so as not to ask again, then itself."""
    kind, incident, playbook = composed.kind, snapshot.incident, snapshot.playbook
    stated = {field.id: values.get(field.id, "").strip() for field in kind.fields if f"fact:{field.id}" in field.source}
    facts = [
        acts.facts.fact(playbook, name, value)
        for name, value in stated.items()
        if value and playbook.fact(name) and not incident.fact(name) and not kind.public
    ]
    return [*facts, acts.messages.send(as_sent(composed, values, channel), kind.label)]


def words_to_check(composed: Composed, values: Mapping[str, str], snapshot: Snapshot) -> Words:
    """What the wording checks look at; `Composed.spans` says where in the text their findings stand."""
    from warroom.wording import Words

    incident = snapshot.incident
    promises: bool | None = None
    if composed.kind.promises and snapshot.playbook.severity(incident.severity).update_every_min:
        promises = composed.promise is not None
    people = {name: None for role in incident.roles for name in incident.holders(role)}
    return Words(
        kind=composed.kind.id,
        subject=composed.subject,
        body=composed.body,
        to=composed.to,
        partial=incident.severity > 1,
        promises_next=promises,
        people=tuple(people),
        needs=values.get("what_i_need", ""),
    )


def _filled(kind: Kind, shown: dict[str, object], snapshot: Snapshot, author: str) -> tuple[str, tuple[Block, ...]]:
    """The subject and the body with everything filled in. Raises TemplateError."""
    subject = message_template(kind.subject, file=kind.file, first_line=kind.subject_line)
    body = message_template(kind.body, file=kind.file, first_line=kind.body_line)
    values = standard_values(subject.names | body.names, snapshot, author) | shown
    return clean(fill_line(subject, values)), fill(body, values)


def _last_recipients(kind: Kind, incident: Incident) -> str:
    before = incident.sent([kind.id])
    return (before[-1].body.to if before else "") or kind.audience


def _fields(kind: Kind, shown: Mapping[str, object]) -> tuple[Block, ...]:
    """A message's fields one below the other, for when its template fails: what was typed is never lost."""
    return tuple(
        Bullets(field.label, tuple(str(shown[field.id]).split("\n")))
        if field.bullets
        else Label(field.label, str(shown[field.id]))
        for field in kind.fields
    )
