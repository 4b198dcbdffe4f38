"""Composing a message about an incident in a given form."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

import msgspec

from warroom.messages import drills, forms
from warroom.messages.answers import NOTHING_NEW, worded
from warroom.messages.colleagues import for_colleagues, if_unknown
from warroom.messages.customer_data import about_data
from warroom.messages.customers import for_customers
from warroom.messages.field import Field
from warroom.messages.fields import NEXT_UPDATE, is_required
from warroom.messages.filling import filled_in, marked, only_fields
from warroom.messages.forms import Bullets, Rendered
from warroom.messages.grammar import without_label
from warroom.messages.length import SMS_LIMIT, SMS_LIMIT_OF_OTHERS, Length, length
from warroom.messages.next_update import read_next_update
from warroom.messages.plans import later_than_the_end
from warroom.messages.recipients import usual_recipients
from warroom.messages.resolved import claims_resolved
from warroom.messages.restated import without_repetition
from warroom.messages.sandbox import TemplateError
from warroom.messages.shares import repeated
from warroom.messages.sources import STATE, state_now
from warroom.messages.templates import Kind
from warroom.messages.tense import told_in_past
from warroom.messages.unchanged import as_told_last
from warroom.messages.values import FOR_CUSTOMERS, headline
from warroom.model import ids
from warroom.model.advice import next_message_number
from warroom.model.contacts import addresses
from warroom.model.snapshot import Snapshot
from warroom.text.cleaning import clean

if TYPE_CHECKING:
    from warroom.wording import Finding


class Composed(msgspec.Struct, frozen=True):
    """A message as it would be sent now, in one form.

    `state` is that of the incident in it. `body` is `text` without its heading. `body_at` and `subject_at` are the
    offsets of body and subject in `text` (`subject_at` is None if the form does not show the subject word for word).
    `missing` are the required fields that are still empty: the text shows each as `[Impact?]`. `promise` is the time of
    the next update, ms UTC, and `promised` its text. `problem` says what must be corrected before it is sent. `length`
    is the room it takes where it goes, if that is limited; `no_room` are the labels of what is not in a short text made
    of the fields, because there is no room for it, and `costly_sign` one that takes much of it. `own_short` is the text
    that its sender typed instead of `made_short`, the short text that is made of them.
    """

    kind: Kind
    form: str
    state: str
    to: str
    subject: str
    text: str
    body: str
    body_at: int
    subject_at: int | None
    missing: tuple[Field, ...]
    promise: int | None
    promised: str
    number: int
    problem: str
    rendered: Rendered
    length: Length | None = None
    no_room: tuple[str, ...] = ()
    costly_sign: str = ""
    own_short: str = ""
    made_short: str = ""

    @property
    def wrong_place(self) -> str:
        """Why the message should not go where its form says; "" if it may: what is internal stays inside."""
        where = _PUBLIC_FORMS.get(self.form)
        if where is None or self.kind.public:
            return ""
        return f"this message is for colleagues, and everybody reads {where}: write the customer message for it"

    def told(self, values: Mapping[str, str]) -> dict[str, str]:
        """The texts of the fields, by id, that the text is made of: one alone where its sender typed a short text."""
        fields = [field for field in self.kind.fields if field.counts(self.form, self.state)]
        if self.own_short:
            fields = [field for field in fields if field == self.kind.own_short]
        return {field.id: values.get(field.id, "") for field in fields}

    @property
    def left_out_for_room(self) -> str:
        """What a short text has no room for, and what to do about it; "" if all is in it."""
        if not self.no_room:
            return ""
        own = self.kind.own_short
        told = f"No room for: {', '.join(self.no_room)}."
        if self.costly_sign:
            told += f" “{self.costly_sign}” leaves an SMS {SMS_LIMIT_OF_OTHERS} characters instead of {SMS_LIMIT}."
        return told + (f" Write the {own.label} yourself if it matters." if own else "")

    @property
    def unsaid_promise(self) -> str:
        """When the next update is promised for, if a short text that its sender typed says another time or none."""
        if not self.own_short or self.promise is None or self.promised.split()[0] in self.own_short:
            return ""
        return f"The clock of the next update is set for {self.promised}, which this text does not say"

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
    values = as_told_last(kind, values, snapshot)
    state = clean(values.get(STATE, "")).strip().lower() if kind.field(STATE) else ""
    state = state or state_now(kind, incident)
    if kind.public and incident.over() and not incident.cancelled and state in forms.STATES:
        state = "resolved"  # whatever its sender typed, who is told so
    typed = {
        field.id: clean(values.get(field.id, "")).strip("\n").rstrip() if field.counts(form, state) else ""
        for field in kind.fields
    }
    required = frozenset(field.id for field in kind.fields if is_required(field, snapshot, typed.get("impact", "")))
    unknown = if_unknown(kind, snapshot)
    said = worded(typed, public=kind.public, over=incident.over(), required=required, if_unknown=unknown)
    if said.get("progress") == NOTHING_NEW and not incident.messages:  # "since the last message", and there is none
        said["progress"] = ""
    own_short = ""
    if (field := kind.own_short) is not None and said[field.id].strip():
        own_short = " ".join(typed[field.id].split())
    missing = tuple(
        field
        for field in kind.fields
        if field.id in required and field.counts(form, state) and not said[field.id].strip() and not own_short
    )
    next_update = typed.get(NEXT_UPDATE, "") if kind.promises else ""
    promised = read_next_update(next_update, snapshot.now, snapshot.tz, public=kind.public)
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
    shown |= dict.fromkeys(repeated(shown), "")
    shown |= {"number": number, "form": form, STATE: state}
    shown |= {"resolved": incident.over() or draft, "cancelled": incident.cancelled is not None}
    impact = str(shown.get("impact", ""))
    shown["reported"] = not told_in_past(impact) or bool(later_than_the_end(impact, snapshot))
    shown = dict.fromkeys(FOR_CUSTOMERS, "") | shown  # a company's own field may have such a name
    shown |= for_customers(kind, typed, said, shown, snapshot, state=state, over=incident.over() or draft)
    shown |= for_colleagues(kind, said, shown, snapshot, over=incident.over() or draft)
    if kind.public and typed.get("title"):
        shown["title"] = headline(typed["title"], snapshot.playbook.names)
    if next_update:
        shown[NEXT_UPDATE] = promised.text
    shown |= {field.id: placeholder(field) for field in missing}
    shown["at_risk"] = kind.public and about_data(snapshot, str(shown.get("impact", "")))
    no_room: tuple[str, ...] = ()
    sign = ""
    try:
        rendered, no_room, sign = filled_in(kind, shown, snapshot, author, form, own_short, mark)
    except TemplateError as error:
        problems.append(f"The template failed, {error}; only its fields are shown.")
        subject = f"[SEV{incident.severity}] {kind.label}: {clean(incident.title)}"
        rendered = Rendered("", subject, only_fields(kind, shown), short=own_short or subject)
    made_short = "" if own_short else rendered.short
    if mark:
        rendered = marked(rendered, mark)
    if incident.drill:
        rendered = drills.marked(rendered)
    subject = rendered.subject
    rendered = msgspec.structs.replace(rendered, to=addresses(to, snapshot.playbook.audiences))
    formed = forms.render(form, rendered, state=state if state in forms.STATES else state_now(kind, incident))
    if incident.drill:
        formed = drills.apart(formed)
    if kind.public and not incident.over() and not problems and (claim := claims_resolved(f"{subject}\n{formed.body}")):
        problems.append(
            f"The incident is not resolved yet, and customers would read “{claim}”; resolve it first, or change that."
        )
    return Composed(
        kind=kind,
        form=form,
        state=state,
        to=to,
        subject=subject,
        text=formed.text,
        body=formed.body,
        body_at=formed.body_at,
        subject_at=formed.subject_at,
        missing=missing,
        promise=promised.promise,
        promised=promised.text,
        number=number,
        problem=" ".join(problems),
        rendered=rendered,
        length=length(form, formed.text, rendered.title),
        no_room=no_room,
        costly_sign=sign,
        own_short=own_short,
        made_short=made_short,
    )


_GAP = re.compile(r"\[[^\[\]\n]{1,60}\?\]")


def placeholder(field: Field) -> str:
    """The text that a message shows for an empty required field."""
    return f"[{field.label}?]"


_PUBLIC_FORMS = {"status": "the status page", "social": "a post"}
DRAFT, CANCELLED = "[Draft: is it resolved?]", "[Draft: cancelled, or resolved?]"
