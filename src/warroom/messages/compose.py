"""Composing a message about an incident in a given form, and logging it as sent."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from datetime import UTC
from functools import partial
from typing import TYPE_CHECKING

import msgspec

from warroom.messages import forms
from warroom.messages.advising import about_data
from warroom.messages.answers import NOTHING_NEW, says_nothing, worded
from warroom.messages.blocks import fill, fill_line, message_template
from warroom.messages.colleagues import for_colleagues, if_unknown
from warroom.messages.customers import for_customers
from warroom.messages.fields import NEXT_UPDATE, STATE, cadence, fact_of, is_required, state_now
from warroom.messages.fitting import fitted
from warroom.messages.forms import Block, Bullets, Label, Rendered, Text
from warroom.messages.grammar import clause, sentence, without_label
from warroom.messages.length import SHORT_FORMS, Length, length
from warroom.messages.next_update import read_next_update
from warroom.messages.resolved import claims_resolved
from warroom.messages.restated import without_repetition
from warroom.messages.said import beyond
from warroom.messages.sandbox import Template, TemplateError
from warroom.messages.shares import doubled, newer_share
from warroom.messages.templates import Field, Kind
from warroom.messages.tense import past, told_in_past
from warroom.messages.values import FOR_CUSTOMERS, headline, standard_values
from warroom.model import acts, ids, times
from warroom.model.advice import next_message_number
from warroom.model.contacts import addresses, contact
from warroom.model.entries import Draft
from warroom.model.incident import Incident
from warroom.model.kinds.facts import FactSet, says_unknown
from warroom.model.kinds.messages import MessageSent
from warroom.model.playbook import Playbook
from warroom.model.snapshot import Snapshot
from warroom.text.cleaning import clean, clean_line

if TYPE_CHECKING:
    from warroom.wording import Audience, Finding, MessageText


class Composed(msgspec.Struct, frozen=True):
    """A message as it would be sent now, in one form.

    `body` is `text` without its heading. `body_at` and `subject_at` are the offsets of body and subject in `text`
    (`subject_at` is None if the form does not show the subject word for word). `missing` are the required fields that
    are still empty: the text shows each as `[Impact?]`. `promise` is the time of the next update, ms UTC. `problem`
    says what must be corrected before it is sent. `length` is the room it takes where it goes, if that is limited;
    `shortened` are the fields of which a text with little room shows less than was typed.
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
    length: Length | None = None
    shortened: tuple[Field, ...] = ()

    @property
    def wrong_place(self) -> str:
        """Why the message should not go where its form says; "" if it may: what is internal stays inside."""
        where = _PUBLIC_FORMS.get(self.form)
        if where is None or self.kind.public:
            return ""
        return f"this message is for colleagues, and everybody reads {where}: write the customer message for it"

    @property
    def left_out(self) -> list[str]:
        """The recipients that an e-mail does not name, because they have no address and others have."""
        return forms.without_address(self.rendered.to) if self.form == "email" else []

    @property
    def gaps(self) -> list[str]:
        """What the text shows where something is still to be filled in: `[Impact?]`."""
        typed = _GAP.findall("\n".join((self.rendered.subject, self.rendered.title, self.rendered.short, *self._words)))
        return list(dict.fromkeys([*map(placeholder, self.missing), *typed]))

    @property
    def _words(self) -> list[str]:
        """The texts of the blocks."""
        return [
            "\n".join([block.lead, *block.items]) if isinstance(block, Bullets) else block.text
            for block in self.rendered.blocks
        ]

    @property
    def ready(self) -> bool:
        """Whether it can be marked as sent: nothing is missing, and there is no problem."""
        return not self.missing and not self.problem

    def spans(self, findings: Iterable[Finding]) -> list[tuple[int, int]]:
        """The (start, end) in `text` of each finding of the wording checks whose words are shown."""
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
    """Compose a message from the fields filled in so far; whatever a person types, it does not raise.

    `to` defaults to the last recipients of this kind of message, otherwise to its audience. Raises FormError for an
    unknown form.
    """
    incident = snapshot.incident
    typed = {field.id: clean(values.get(field.id, "")).strip("\n").rstrip() for field in kind.fields}
    required = frozenset(field.id for field in kind.fields if is_required(field, snapshot, typed.get("impact", "")))
    unknown = if_unknown(kind, snapshot)
    said = worded(typed, public=kind.public, over=incident.over(), required=required, if_unknown=unknown)
    if said.get("progress") == NOTHING_NEW and not incident.messages:  # "since the last message", and there is none
        said["progress"] = ""
    missing = tuple(field for field in kind.fields if field.id in required and not said[field.id].strip())
    next_update = typed.get(NEXT_UPDATE, "") if kind.promises else ""
    promised = read_next_update(next_update, snapshot.now, snapshot.tz, public=kind.public)
    state = typed.get(STATE, "").strip().lower() or state_now(kind, incident)
    problems = [promised.problem] if promised.problem else []
    if state not in forms.STATES:
        problems.append(f"There is no state {state!r}; it is one of {', '.join(forms.STATES)}.")
    mark = ""
    if kind.id == ids.MESSAGE_RESOLUTION and incident.cancelled:
        mark = CANCELLED
        problems.append("The incident was cancelled, not resolved; send a status update that says so.")
    draft = not incident.over() and (kind.id == ids.MESSAGE_RESOLUTION or state == "resolved")
    if draft:
        mark = DRAFT
        problems.append(
            "The incident is not resolved yet: this is a draft, as if it ended now. Resolve it before you send this."
        )
    number = next_message_number(incident, kind.id, snapshot.now if snapshot.past else None)
    to = clean(to).strip() if to is not None else usual_recipients(kind, incident)
    shown: dict[str, object] = {
        field.id: without_repetition(
            without_label(said[field.id], field.label, field.id.replace("_", " ")), field.label
        )
        for field in kind.fields
    }
    shown |= newer_share(kind, said, incident, over=incident.over() or draft or state == "resolved")
    shown |= dict.fromkeys(doubled(shown), "")
    shown |= {"number": number, "form": form, STATE: state}
    shown |= {"resolved": incident.over() or draft, "cancelled": incident.cancelled is not None}
    shown["reported"] = not told_in_past(str(shown.get("impact", "")))
    shown = dict.fromkeys(FOR_CUSTOMERS, "") | shown  # a company's own field may have such a name
    shown |= for_customers(kind, typed, said, shown, snapshot, state=state, over=incident.over() or draft)
    shown |= for_colleagues(kind, said, shown, snapshot, over=incident.over() or draft)
    if kind.public and typed.get("title"):
        shown["title"] = headline(typed["title"], snapshot.playbook.names)
    if next_update:
        shown[NEXT_UPDATE] = promised.text
    shown |= {field.id: placeholder(field) for field in missing}
    less: tuple[str, ...] = ()
    try:
        protect = kind.public and about_data(snapshot, str(shown.get("impact", "")))
        rendered, less = _filled(kind, shown, snapshot, author, form, protect=protect, typed=typed)
    except TemplateError as error:
        problems.append(f"The template failed, {error}; only its fields are shown.")
        subject = f"[SEV{incident.severity}] {kind.label}: {clean(incident.title)}"
        rendered = Rendered("", subject, _fields(kind, shown), short=subject)
    if mark:
        rendered = _marked(rendered, mark)
    subject = rendered.subject
    rendered = msgspec.structs.replace(rendered, to=addresses(to, snapshot.playbook.audiences))
    formed = forms.render(form, rendered, state=state if state in forms.STATES else state_now(kind, incident))
    if kind.public and not incident.over() and not problems and (claim := claims_resolved(f"{subject}\n{formed.body}")):
        problems.append(
            f"The incident is not resolved yet, and customers would read “{claim}”; resolve it first, or change that."
        )
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
        length=length(form, formed.text, rendered.title),
        shortened=tuple(field for field in kind.fields if field.id in less),
    )


_GAP = re.compile(r"\[[^\[\]\n]{1,60}\?\]")


def placeholder(field: Field) -> str:
    """The text that a message shows for an empty required field."""
    return f"[{field.label}?]"


def sent_record(composed: Composed, values: Mapping[str, str], channel: str = "") -> MessageSent:
    """The record of a message that was sent: its text, and its fields for the next message to start from."""
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


def drafts_when_sent(
    composed: Composed,
    values: Mapping[str, str],
    snapshot: Snapshot,
    offered: Mapping[str, str],
    channel: str = "",
    at: int | None = None,
) -> list[Draft]:
    """The drafts to log when a message is marked as sent: the facts that were changed in it, then the message.

    `offered` are the texts that the fields started from: a field that still has its own was not changed, and sets a
    fact only if nobody had set it. Leaving something out, or saying that it is not known, sets nothing. `at` is when it
    was sent (ms UTC), if that is not now.
    """
    return [
        *_facts(composed.kind, values, snapshot, offered, at),
        acts.messages.send(sent_record(composed, values, channel), composed.kind.label, at),
    ]


def drafts_of_text(
    composed: Composed, typed: Mapping[str, str], snapshot: Snapshot, text: str, channel: str, at: int | None = None
) -> list[Draft]:
    """The drafts to log when a text that was written and sent elsewhere is logged word for word.

    `typed` are the fields it is known to say: facts and the promised time follow from those only.
    """
    sent = msgspec.structs.replace(
        sent_record(composed, typed, channel),
        subject="",
        body=text,
        fields={k: clean(v).strip() for k, v in typed.items()},
    )
    return [*_facts(composed.kind, typed, snapshot, {}, at), acts.messages.send(sent, composed.kind.label, at)]


def _facts(
    kind: Kind, values: Mapping[str, str], snapshot: Snapshot, offered: Mapping[str, str], at: int | None
) -> list[Draft]:
    """The drafts of the facts that a message changed; see `drafts_when_sent`."""
    incident, playbook = snapshot.incident, snapshot.playbook
    facts: dict[str, str] = {}
    for field in kind.fields:
        fact, value = fact_of(kind, field), clean(values.get(field.id, "")).strip()
        changed = value != offered.get(field.id, "").strip() or not incident.fact(fact)
        if playbook.fact(fact) and changed and value != incident.fact(fact) and not _says_no_fact(value):
            facts[fact] = value
    return [acts.facts.fact(playbook, fact, value, at) for fact, value in facts.items()]


def _says_no_fact(value: str) -> bool:
    return says_unknown(value) or says_nothing(value)


def facts_set(drafts: Iterable[Draft], playbook: Playbook) -> str:
    """What to tell the user about the facts among the drafts: `; User impact set to “payment fails”`, or ""."""
    labels = {row.id: row.label for row in playbook.facts}
    facts = [draft.body for draft in drafts if isinstance(draft.body, FactSet)]
    return "".join(f"; {labels.get(fact.name, fact.name)} set to “{clean_line(fact.value)}”" for fact in facts)


def same_number(composed: Composed, snapshot: Snapshot) -> str:
    """What to tell the user if a message logged late has the number of one that is logged already, or ""."""
    others = (logged for logged in snapshot.incident.sent([composed.kind.id]) if logged.body.number == composed.number)
    other = next(others, None) if composed.kind.counts else None
    return f"; what you sent at {times.clock_zone(other.at, snapshot.tz)} is #{composed.number} too" if other else ""


def message_to_check(composed: Composed, values: Mapping[str, str], snapshot: Snapshot) -> MessageText:
    """The message as the wording checks need it; `Composed.spans` maps their findings to `Composed.text`."""
    from warroom.wording import Facts, MessageText

    kind, incident = composed.kind, snapshot.incident
    promises: bool | None = None
    if composed.kind.promises and cadence(snapshot):
        promises = composed.promise is not None
    people = {name: None for role in incident.roles for name in incident.holders(role)}
    readers: Audience = "stakeholders"
    if kind.public:
        readers = "customers"
    elif kind.id == ids.MESSAGE_ESCALATION:
        readers = "leadership"
    promise = times.clock_zone(composed.promise, UTC if kind.public else snapshot.tz) if composed.promise else ""
    return MessageText(
        kind=kind.id,
        subject="" if composed.form in SHORT_FORMS else composed.subject,
        body=composed.body,
        to=composed.to,
        partial=incident.severity > 1,
        promises_next=promises,
        short=composed.form in SHORT_FORMS,
        people=tuple(people),
        needs=values.get("what_i_need", ""),
        audience=readers,
        facts=Facts(
            people=tuple(people),
            systems=tuple(filter(None, [incident.fact(ids.FACT_SYSTEM)])),
            impact=clean_line(values.get("impact", "")),
            next_update=promise,
            contacts=tuple(
                filter(
                    None,
                    (
                        clean_line(values.get("help", "")) if kind.public else "",
                        *(contact(snapshot.playbook.contacts, incident, name) for name in _PUBLIC),
                    ),
                )
            ),
        ),
    )


_PUBLIC_FORMS = {"status": "the status page", "social": "a post"}
_PUBLIC = ("support", "status_page")
"""The contacts that everybody may have."""


def _filled(
    kind: Kind,
    shown: dict[str, object],
    snapshot: Snapshot,
    author: str,
    form: str,
    *,
    protect: bool,
    typed: Mapping[str, str],
) -> tuple[Rendered, tuple[str, ...]]:
    """The message with its values filled in, addressed to nobody yet, and the ids of fields that it shortens.

    Raises TemplateError. See `fitted` for `protect`.
    """
    sources = {"subject": kind.subject, "title": kind.title}
    if form in SHORT_FORMS:
        sources[form] = kind.sms if form == "sms" else kind.social or kind.sms
    lines = {
        key: message_template(source, file=kind.file, first_line=kind.subject_line if key == "subject" else 1)
        for key, source in sources.items()
        if source
    }
    body = message_template(kind.body, file=kind.file, first_line=kind.body_line)
    asked = body.names.union(*(line.names for line in lines.values()))
    values = standard_values(asked, snapshot, author, over=shown["resolved"] is True, public=kind.public) | shown
    filled = {key: _line(line, values) for key, line in lines.items() if key not in SHORT_FORMS}
    less: tuple[str, ...] = ()
    if form in lines:
        added = [id for id, text in typed.items() if shown.get(id) and not text]
        fits = fitted(form, partial(_line, lines[form]), values, protect=protect, added=added)
        filled[form], less = fits.text, fits.left_out
    subject, short = filled.get("subject", ""), filled.get(form, "")
    if form in SHORT_FORMS and not short:
        short = _shortened(subject or clean(snapshot.incident.title), shown)
    return Rendered("", subject, fill(body, values), filled.get("title", ""), short), less


def _line(line: Template, values: Mapping[str, object]) -> str:
    return clean(fill_line(line, values))


def _marked(rendered: Rendered, mark: str) -> Rendered:
    """A message with a gap on top, so that nobody sends by accident that it is resolved."""
    short = rendered.short and f"{mark} {rendered.short}"
    return msgspec.structs.replace(rendered, blocks=(Text(mark), *rendered.blocks), short=short)


DRAFT, CANCELLED = "[Draft: is it resolved?]", "[Draft: cancelled, or resolved?]"


def _shortened(subject: str, shown: Mapping[str, object]) -> str:
    """The text for a form with little room, of a template that has none: the subject, the impact, the next update."""
    told = past(shown.get("impact", ""), shown["resolved"] is True and not shown["cancelled"])
    impact, promised = clause(beyond(told, subject)), str(shown.get(NEXT_UPDATE, ""))
    if shown["resolved"] and impact:
        impact = f"Impact {'at the time' if shown['reported'] else 'while it lasted'}: {impact}"
    parts = [subject, impact, promised and f"Next update: {promised}"]
    return " ".join(map(sentence, filter(None, parts)))


def usual_recipients(kind: Kind, incident: Incident) -> str:
    """The last recipients of this kind of message, otherwise its audience."""
    before = incident.sent([kind.id])
    if kind.id != ids.MESSAGE_RESOLUTION:
        return clean((before[-1].body.to if before else "") or kind.audience).strip()
    # The end is for everyone who was told, such as those to whom it was escalated.
    told = [
        kind.audience,
        *(logged.body.to for logged in incident.messages if logged.body.message != ids.MESSAGE_CUSTOMER),
    ]
    people: dict[str, str] = {}
    for to in told:
        for name in filter(None, map(str.strip, to.split(","))):
            people.setdefault(name.casefold(), name)
    return clean(", ".join(people.values())).strip()


def _fields(kind: Kind, shown: Mapping[str, object]) -> tuple[Block, ...]:
    """A list of the message's fields, shown if its template fails, so that nothing typed is lost."""
    return tuple(
        Bullets(field.label, tuple(str(shown[field.id]).split("\n")))
        if field.bullets
        else Label(field.label, str(shown[field.id]))
        for field in kind.fields
    )
